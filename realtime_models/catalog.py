"""Public names: what each stands for, and the words of its docstrings.

This stands above the generated modules: a name is looked up by importing the one it lives in.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import Final

from ._runtime.annotations import is_class
from ._runtime.base import Model
from ._runtime.shape import model_shape, shape_of
from .wire import HOMES, SHORT_NAMES

VARYING: Final = re.compile("(?i)Realtime|Beta|(Server|Client)?Event|Session(?=Input|Output)")
"""What the official SDK leaves out of the names of classes, puts elsewhere, or adds."""
SDK_NAMES: Final[Mapping[str, str]] = {
    "CallAcceptParams": "RealtimeSessionCreateRequestGA",
    "CallCreateParams": "RealtimeCallCreateRequest",
    "CallReferParams": "RealtimeCallReferRequest",
    "CallRejectParams": "RealtimeCallRejectRequest",
    "ClientSecretCreateParams": "RealtimeCreateClientSecretRequest",
    "ClientSecretCreateResponse": "RealtimeCreateClientSecretResponse",
    "RealtimeAudioConfig": "RealtimeSessionCreateRequestGAAudio",
    "RealtimeAudioConfigInput": "RealtimeSessionCreateRequestGAAudioInput",
    "RealtimeAudioConfigOutput": "RealtimeSessionCreateRequestGAAudioOutput",
    "RealtimeAudioInputTurnDetection": "RealtimeTurnDetection",
    "RealtimeResponseCreateAudioOutput": "RealtimeResponseCreateParamsAudio",
    "RealtimeResponseCreateMcpTool": "MCPTool",
    "RealtimeResponseStatus": "RealtimeResponseStatusDetails",
    "RealtimeToolChoiceConfig": "RealtimeBetaResponseCreateParamsToolChoice",
    "RealtimeToolsConfigUnion": "RealtimeResponseCreateParamsToolsInner",
    "RealtimeTracingConfig": "RealtimeSessionCreateRequestGATracing",
    "RealtimeTranscriptionSessionAudio": "RealtimeTranscriptionSessionCreateRequestGAAudio",
    "RealtimeTranscriptionSessionAudioInput": "RealtimeSessionCreateRequestGAAudioInput",
    "RealtimeTranscriptionSessionAudioInputTurnDetection": "RealtimeTurnDetection",
    "RealtimeTranscriptionSessionTurnDetection": (
        "RealtimeTranscriptionSessionCreateResponseGAAudioInputTurnDetection"
    ),
}
"""The names of the official SDK that share too little with ours to be compared."""


class UnknownName(LookupError):
    """No type has this name."""


def find(type_or_name: object) -> object:
    """Return the model, alias or function of a name, and an annotation as it is.

    Raises ``LookupError`` for a name that no type has.
    """
    if not isinstance(type_or_name, str):
        return type_or_name
    if type_or_name not in HOMES:
        raise UnknownName(f"no type is called {type_or_name}")
    name = SHORT_NAMES.get(type_or_name, type_or_name)
    found: object = getattr(import_module(home(name)), name)
    return found


def home(name: str) -> str:
    """Return the full name of the module in which a name is defined."""
    return f"{__package__}.wire.{HOMES[name]}"


def type_names() -> Iterator[str]:
    """Return the names of all models and aliases, in the order of the alphabet."""
    return (name for name in HOMES if name[0].isupper() and name not in SHORT_NAMES)


def tags_of(name: str) -> tuple[str, ...]:
    """Return the values of ``type`` by which a model is known; none for an alias."""
    model = as_model(find(name))
    return tuple(map(str, model_shape(model).tags.get("type", ()))) if model else ()


def find_names(word: str) -> list[str]:
    """Return the types that a word means: the current API's first, none if it means none.

    A word is a name or short name, the ``type`` of an object (``response.done``), what the
    official SDK calls a class (``ResponseDoneEvent``), in capital letters or not, or any of these
    with a field of it, which means what the field holds (``response.done.response``).
    """
    names = {*type_names()}
    word = SHORT_NAMES.get(word) or SDK_NAMES.get(word, word)
    if word in names:
        return [word]
    plain = plain_word(word)
    found = [name for own, name in _words_for_types() if plain_word(own) == plain]
    holder, _, field = word.rpartition(".")
    for name in find_names(holder) if holder and not found else ():
        case = shape_of(find(name)).cases.get("object")
        for model in case.models if case else ():
            annotation: object = getattr(model.__dataclass_fields__.get(field), "type", "")
            parts = re.sub(r"\W", " ", str(annotation)).split()
            found += [part for part in parts if part in names]
    return sorted(set(found), key=found.index)


def find_name(word: str) -> str:
    """Return the first type that a word means; raise :class:`UnknownName` with words like it."""
    if found := find_names(word):
        return found[0]
    import difflib  # Only mistakes need it.

    for fold, cutoff in ((str.casefold, 0.85), (plain_word, 0.7)):
        # Of words that are folded to the same, the current API's is told.
        words = {fold(own): own for own, _ in reversed([*_words_for_types()])}
        if close := difflib.get_close_matches(fold(word), words, cutoff=cutoff):
            hint = " or ".join([words[key] for key in close])
            raise UnknownName(f"no type is called {word}; is it {hint}?")
    raise UnknownName(f"no type is called {word}")


def _words_for_types() -> Iterator[tuple[str, str]]:
    """Yield each word for a type, with its name; the current API's before the others."""
    for name in sorted(type_names(), key=_api):
        shorts = [short for short, own in SHORT_NAMES.items() if own == name]
        yield from [(word, name) for word in (*shorts, name, *tags_of(name))]


def _api(name: str) -> tuple[bool, bool]:
    """Return what sorts the current API before that of translations, and the beta last."""
    return name.startswith("RealtimeBeta"), name.startswith("RealtimeTranslation")


def plain_word(word: str) -> str:
    """Return a word for a type without that in which ours and those of the official SDK differ."""
    word = re.sub("(?i)(Message)(User|System|Assistant)$", r"\2\1", word)
    return (VARYING.sub("", word) or word).casefold()


def as_model(found: object) -> type[Model] | None:
    """Return what was found, if it is a model; ``None`` for an alias."""
    return found if is_class(found) and issubclass(found, Model) else None


def alias_doc(name: str) -> str:
    """Return what the alias of this name stands for; empty without source."""
    return _docs(home(name)).get("", {}).get(name, "")


def model_doc(model: type[object]) -> str:
    """Return what a model is; empty without docstrings."""
    return _words(inspect.getdoc(model) or "")


def field_docs(model: type[Model]) -> Mapping[str, str]:
    """Return what the fields of a model mean, by name; empty without source."""
    return _docs(model.__module__).get(model.__name__, {})


def _words(doc: str) -> str:
    """Return the description in a docstring, without the line that names the schema."""
    return inspect.cleandoc(doc).partition("\n\nSchema:")[0].replace("\n", " ")


def _read_docs(module: str) -> Mapping[str, Mapping[str, str]]:
    """Read what stands under the fields of a module's classes, by class; under "", its aliases."""
    try:
        tree = ast.parse(inspect.getsource(import_module(module)))
    except OSError:  # Only bytecode is there.
        return {}
    bodies = {node.name: node.body for node in tree.body if isinstance(node, ast.ClassDef)}
    docs: dict[str, dict[str, str]] = {}
    for owner, body in {"": tree.body, **bodies}.items():
        for pair in pairwise(body):
            match pair:
                case ast.AnnAssign(ast.Name(name)), ast.Expr(ast.Constant(str(doc))):
                    docs.setdefault(owner, {})[name] = _words(doc)
                case _:
                    pass
    return docs


# Not as a decorator: mypy finds the type Any in that.
_docs: Final[Callable[[str], Mapping[str, Mapping[str, str]]]] = cache(_read_docs)
