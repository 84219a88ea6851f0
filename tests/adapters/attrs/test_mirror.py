"""The attrs classes that mirror our models."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from inspect import signature
from typing import Any, get_args

import attrs
import cattrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import realtime_models as rm
from realtime_models._runtime.base import Model
from realtime_models.adapting import is_model
from realtime_models.catalog import as_model, find, type_names
from realtime_models_attrs import Mirror, configure, to_attrs
from tests.support.foreign import Bare
from tests.support.strategies import instances

MODELS = [model for name in type_names() if (model := as_model(find(name)))]
SESSION = rm.RealtimeSessionCreateRequestGA
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


def parts(hint: object) -> Iterator[object]:
    """Yield an annotation and all its parts."""
    yield hint
    for part in get_args(hint):
        yield from parts(part)


@each_model
def test_a_mirror_has_the_fields_of_its_model(model: type[Model]) -> None:
    mirror = to_attrs(model)
    assert mirror is to_attrs(model)
    assert (mirror.__name__, mirror.__doc__) == (model.__name__, model.__doc__)
    parameters = signature(model).parameters
    assert [field.name for field in attrs.fields(mirror)] == list(parameters)
    for made in attrs.fields(mirror):
        assert made.kw_only
        assert made.converter
        assert made.validator
        required = parameters[made.name].default is parameters[made.name].empty
        assert made.default is (attrs.NOTHING if required else parameters[made.name].default)
        for part in parts(made.type):
            assert part is rm.Unknown or not is_model(part), made.name


@each_model
def test_a_field_is_described_as_the_api_describes_it(model: type[Model]) -> None:
    for made in attrs.fields(to_attrs(model)):
        assert made.metadata["json_name"] == made.name
        assert made.metadata["hidden"] is not made.repr
        if made.name != "extra":
            assert made.metadata["schema"]["description"]


def test_the_metadata_has_limits_and_secrets() -> None:
    fields = attrs.fields_dict(to_attrs(rm.MCPTool))
    assert fields["tunnel_id"].metadata["schema"]["pattern"] == "^tunnel_[a-z0-9]{32}$"
    hidden = [name for name, made in fields.items() if made.metadata["hidden"]]
    assert hidden == ["authorization", "headers", "extra"]


@each_model
@given(data=st.data())
def test_nothing_is_lost_on_the_way_there_and_back(model: type[Model], data: st.DataObject) -> None:
    ours = model.from_dict(data.draw(instances(model.__name__)))
    mirror = to_attrs(model).from_wire(ours)
    assert mirror.to_wire() == ours
    assert repr(mirror) == repr(ours)
    same = Mirror[Model].from_wire(ours)
    assert mirror == same
    assert hash(mirror) == hash(same)
    assert pickle.loads(pickle.dumps(mirror)) == mirror == copy.deepcopy(mirror)


def test_a_mirror_holds_mirrors_unknown_and_frozen_values() -> None:
    ours = SESSION.from_dict(
        {
            "type": "realtime",
            "tools": [
                {"type": "function", "name": "f", "parameters": {"a": [1]}},
                {"type": "mcp", "server_label": "s", "headers": {"a": "b"}},
                {"type": "newer", "x": None},
            ],
            "prompt": {"id": "p", "variables": {"a": "b", "c": {"type": "input_text", "text": ""}}},
            "include": None,
            "mood": {"sunny": [True]},
        }
    )
    mirror: Any = to_attrs(SESSION).from_wire(ours)
    function, mcp, newer = mirror.tools
    assert isinstance(function, to_attrs(rm.RealtimeFunctionTool))
    assert isinstance(mcp, to_attrs(rm.MCPTool))
    assert newer == rm.Unknown({"type": "newer", "x": None})
    assert function.parameters == {"a": (1,)}
    assert mirror.prompt.variables["c"] == to_attrs(rm.InputTextContent)(text="")
    assert (mirror.include, mirror.instructions) == (None, rm.UNSET)
    assert mirror.extra == rm.JsonObject({"mood": {"sunny": [True]}})
    assert mirror.to_wire() == ours


def test_an_unknown_variant_stays_unknown_whatever_it_holds() -> None:
    kept = rm.Unknown({"type": "function", "name": 5})
    ours = SESSION(tools=[kept])
    assert to_attrs(SESSION).from_wire(ours).to_wire() == ours


def test_a_mirror_is_built_by_hand_like_a_model() -> None:
    tool = rm.RealtimeFunctionTool(name="f", parameters={"type": "object", "enum": [1]})
    function, session = to_attrs(rm.RealtimeFunctionTool), to_attrs(SESSION)
    mirror: Any = session(
        tools=[function(name="f", parameters={"type": "object", "enum": [1]}), tool],
        output_modalities=["text"],
        prompt=rm.Prompt(id="p", variables={"a": rm.InputTextContent(text="b")}),
    )
    assert mirror.type == "realtime"
    assert mirror.tools[0] == mirror.tools[1]
    assert mirror.to_wire() == SESSION(
        tools=[tool, tool],
        output_modalities=["text"],
        prompt=rm.Prompt(id="p", variables={"a": rm.InputTextContent(text="b")}),
    )
    prompt = to_attrs(rm.Prompt)(id="p", variables={"a": mirror.prompt.variables["a"], "b": "c"})
    assert prompt.to_wire().to_dict()["variables"] == {
        "a": {"type": "input_text", "text": "b"},
        "b": "c",
    }


def test_a_mirror_is_frozen_and_slotted() -> None:
    mirror: Any = to_attrs(rm.RealtimeFunctionTool)(name="f")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        mirror.name = "g"
    assert not hasattr(mirror, "__dict__")
    assert attrs.evolve(mirror, name="g") == to_attrs(rm.RealtimeFunctionTool)(name="g")


@pytest.mark.parametrize(
    ("model", "fields", "message"),
    [
        (rm.MCPTool, {"server_label": 5}, "MCPTool.server_label: expected str, found int"),
        (rm.MCPTool, {"server_label": rm.UNSET}, "server_label: expected str, found UnsetType"),
        (
            rm.MCPTool,
            {"server_label": "s", "type": "f"},
            "MCPTool.type: expected Literal['mcp'], found str",
        ),
        (rm.MCPTool, {"server_label": "s", "authorization": b"secret"}, "found bytes"),
        (rm.MCPTool, {"server_label": "s", "headers": {"a": 5}}, "found JsonObject"),
        (rm.MCPTool, {"server_label": "s", "allowed_tools": "ab"}, "found str"),
        (rm.MCPTool, {"server_label": "s", "defer_loading": 0}, "found int"),
        (SESSION, {"tools": ["secret"]}, "found tuple"),
        (SESSION, {"audio": {}}, "found JsonObject"),
        (SESSION, {"prompt": rm.MCPTool(server_label="s")}, "found MCPTool"),
    ],
)
def test_a_value_of_another_type_is_refused_and_not_shown(
    model: type[Model], fields: dict[str, object], message: str
) -> None:
    with pytest.raises(TypeError) as info:
        to_attrs(model)(**fields)
    assert str(info.value).endswith(message)
    assert "secret" not in str(info.value)


def test_what_was_kept_although_it_is_broken_has_no_mirror() -> None:
    kept = rm.RealtimeServerEventResponseDone.from_dict({"event_id": "ek_secret"}, invalid="keep")
    session = SESSION.from_dict({"type": "realtime", "tools": [{"type": "mcp"}]}, invalid="keep")
    around = rm.RealtimeClientEventSessionUpdate(session=session)
    for value, name in ((kept, type(kept)), (around, SESSION)):
        with pytest.raises(rm.DecodeError, match=rf"^{name.__name__}: ") as info:
            to_attrs(type(value)).from_wire(value)
        assert "ek_secret" not in str(info.value)


def test_a_mirror_is_made_of_its_own_model_only() -> None:
    with pytest.raises(TypeError, match="^MCPTool is not what this RealtimeFunctionTool mirrors$"):
        to_attrs(rm.RealtimeFunctionTool).from_wire(rm.MCPTool(server_label="s"))  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class Tree:
    """A class of a user that follows ``WireModel``; it holds itself, ours, and another."""

    leaves: tuple[Tree, ...] = ()
    tool: rm.RealtimeFunctionTool | None = None
    point: Bare | None = None
    depth: int = field(default=0, init=False)

    @classmethod
    def from_dict(cls, data: Any, /) -> Tree:
        return cls(leaves=tuple(map(cls.from_dict, data["leaves"])))

    def to_dict(self) -> dict[str, Any]:
        return {"leaves": [leaf.to_dict() for leaf in self.leaves]}


def test_any_dataclass_that_follows_the_protocol_has_a_mirror_even_if_it_holds_itself() -> None:
    mirror: Any = to_attrs(Tree)
    assert attrs.fields(mirror).leaves.type == tuple[mirror, ...]
    assert attrs.fields(mirror).point.type == Bare | None
    assert attrs.fields(mirror).leaves.metadata["schema"] is None
    tree = Tree(leaves=(Tree(tool=rm.RealtimeFunctionTool(name="f")), Tree(point=Bare())))
    made = mirror.from_wire(tree)
    assert isinstance(made.leaves[0], mirror)
    assert made.leaves[0].tool == to_attrs(rm.RealtimeFunctionTool)(name="f")
    assert made.to_wire() == tree
    assert mirror(leaves=[mirror(), Tree()]).to_wire() == Tree(leaves=(Tree(), Tree()))


@pytest.mark.parametrize("cls", [dict, Bare, rm.Unknown, rm.WireModel, rm.Problem])
def test_only_a_dataclass_of_the_protocol_has_a_mirror(cls: Any) -> None:
    with pytest.raises(TypeError, match="is not a dataclass that follows WireModel$"):
        to_attrs(cls)


@pytest.mark.original
def test_threads_get_the_same_mirror() -> None:
    code = (
        "import sys; sys.setswitchinterval(1e-6)\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from realtime_models import RealtimeServerEventResponseDone as Done\n"
        "from realtime_models_attrs import to_attrs\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    print(len({*pool.map(to_attrs, [Done] * 64)}))\n"
    )
    assert run(code) == "1\n"


@pytest.mark.original
def test_cattrs_is_not_needed() -> None:
    code = (
        "import sys; sys.modules['cattrs'] = sys.modules['cattr'] = None\n"
        "from realtime_models import RealtimeFunctionTool as Tool\n"
        "from realtime_models_attrs import to_attrs\n"
        "print(to_attrs(Tool).from_wire(Tool(name='f')).to_wire())\n"
    )
    assert run(code) == "RealtimeFunctionTool(type='function', name='f')\n"


def run(code: str) -> str:
    """Return what a fresh interpreter prints for some code."""
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(
        command, check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout


@attrs.frozen
class Call:
    """A user's attrs class, annotated with a mirror."""

    tool: Mirror[rm.RealtimeFunctionTool]


def test_a_mirror_is_an_annotation() -> None:
    converter = cattrs.Converter()
    configure(converter)
    call = converter.structure({"tool": {"name": "f"}}, Call)
    assert type(call.tool) is to_attrs(rm.RealtimeFunctionTool)
    assert call.tool.to_wire().to_dict() == {"name": "f"}
    assert converter.unstructure(call) == {"tool": {"name": "f"}}


def test_a_union_is_refused_with_what_to_use() -> None:
    union: Any = rm.RealtimeServerEvent
    with pytest.raises(TypeError, match="^RealtimeServerEvent is a union, which has no mirror: "):
        to_attrs(union)
