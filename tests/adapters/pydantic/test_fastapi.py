"""The FastAPI application of `examples/`, over HTTP, and our types in FastAPI."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Annotated, Any

import fastapi
import httpx
import pytest
import uvicorn
from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from jsonschema import Draft202012Validator

import realtime_models as rm
from realtime_models_pydantic import Wire, WireRoute, to_pydantic
from tests.support.paths import EXAMPLES

REQUEST = json.loads((EXAMPLES / "session_create_request_ga.json").read_text("utf-8"))
SESSIONS, RECORDINGS = "/v1/realtime/sessions", "/recordings"
app: FastAPI = import_module("examples.fastapi_app").app
Tool: Any = to_pydantic(rm.RealtimeFunctionTool)
Marked: Any = Annotated[rm.RealtimeFunctionTool, Wire]
OLD = fastapi.__version__ < "0.118.3"
sse: Any = import_module("fastapi.sse") if find_spec("fastapi.sse") else None


def mirrored() -> FastAPI:
    """Return an application whose request bodies and responses are mirrors."""
    app = FastAPI()

    def bare() -> Any:
        return rm.RealtimeFunctionTool(name="f").to_dict()

    def rename(tool: Any) -> Any:
        tool.name += "_again"
        return tool

    rename.__annotations__ = {"tool": Tool, "return": Tool}
    app.post("/tools")(rename)
    app.get("/bare")(bare)
    return app


@dataclass
class Found:
    """A user's dataclass, which holds a value of ours."""

    tool: Any
    count: int


def unannotated() -> FastAPI:
    """An application whose routes, in routers within routers, say nothing of what they return."""
    router = APIRouter(route_class=WireRoute)
    tool = rm.RealtimeFunctionTool(name="ring")

    def one() -> Any:
        return tool

    async def several(name: Any) -> Any:
        return {"tools": (rm.RealtimeFunctionTool(name=name), None)}

    def inside() -> Any:
        return Found({tool}, 1)

    def stream() -> Any:
        yield tool
        yield {"tool": tool}

    def numbers() -> Any:
        return ["3"]

    def response() -> Any:
        return JSONResponse(tool.to_dict())

    for route in (one, several, inside, stream, numbers, response):
        route.__annotations__ = {}
    # As it is with `from __future__ import annotations`.
    several.__annotations__ = {"name": "str"}
    numbers.__annotations__ = {"return": list[int]}
    for route in (one, several, inside, stream, numbers, response):
        router.get(f"/{route.__name__}")(route)
    if sse:
        router.get("/events", response_class=sse.EventSourceResponse)(events)
    # What is annotated needs nothing.
    router.get("/part", response_model=Marked, response_model_exclude={"name"})(one)
    around = APIRouter(prefix="/around")
    around.include_router(router)
    app = FastAPI()
    app.include_router(router)
    app.include_router(around, prefix="/further")
    return app


async def events() -> Any:
    """Stream a value, and events that hold one, as newer versions of FastAPI can."""
    tool = rm.RealtimeFunctionTool(name="ring")
    yield tool
    yield sse.ServerSentEvent(data=tool, event="tool")
    yield sse.ServerSentEvent(data=[tool])


events.__annotations__ = {}


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    """A client of a server on a port of this machine, which serves both applications."""
    app.mount("/mirrored", mirrored())
    app.mount("/unannotated", unannotated())
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with httpx.Client(base_url=url, trust_env=False, timeout=30) as client:
            while thread.is_alive() and not server.started:
                time.sleep(0.01)
            yield client
        server.should_exit = True
        thread.join()
    del app.router.routes[-2:]


def problems(answer: httpx.Response) -> list[tuple[Any, ...]]:
    """Return what is wrong with a body, according to the response."""
    assert answer.status_code == 422
    assert all(entry["input"] is None for entry in answer.json()["detail"])
    return [(*entry["loc"], entry["type"]) for entry in answer.json()["detail"]]


def test_a_session_is_minted(client: httpx.Client) -> None:
    answer = client.post(SESSIONS, json=REQUEST)
    assert answer.status_code == 200
    session = rm.RealtimeSessionCreateResponseGA.from_json(answer.content)
    assert answer.json() == {
        **REQUEST,
        "id": session.id,
        "object": "realtime.session",
        "expires_at": session.expires_at,
    }


def test_what_is_absent_null_or_newer_goes_through_the_mint_unchanged(client: httpx.Client) -> None:
    body = {
        "type": "realtime",
        "instructions": None,
        "tools": [{"type": "newer.tool", "x": [None]}, {"name": "f"}],
        "newer": {"a": [1.5, None]},
    }
    answer = client.post(SESSIONS, json=body).json()
    assert {name: answer[name] for name in body} == body
    assert {*answer} - {*body} == {"id", "object", "expires_at"}


def test_a_bad_body_is_answered_with_one_entry_for_each_problem(client: httpx.Client) -> None:
    secret = {"type": "mcp", "authorization": "ek_secret", "headers": {"A": "ek_secret"}}
    answer = client.post(
        SESSIONS,
        json={
            "type": "realtime",
            "audio": {"input": {"turn_detection": {"type": "server_vad", "threshold": "high"}}},
            "tools": [secret, {"type": "function", "name": 5}, "hello"],
        },
    )
    assert problems(answer) == [
        ("body", "audio", "input", "turn_detection", "threshold", "wrong_type"),
        ("body", "tools", 0, "server_label", "missing"),
        ("body", "tools", 1, "name", "wrong_type"),
        ("body", "tools", 2, "wrong_type"),
    ]
    assert answer.json()["detail"][2]["msg"] == "expected string, found integer"
    assert "ek_secret" not in answer.text


def test_a_body_that_is_no_object_is_answered_with_one_problem(client: httpx.Client) -> None:
    assert problems(client.post(SESSIONS, json=[])) == [("body", "wrong_type")]


def test_unions_go_through_in_a_model_of_ones_own(client: httpx.Client) -> None:
    error = {"type": "error", "event_id": "e", "error": {"type": "x", "message": "busy"}}
    newer = {"type": "response.dreamed", "sheep": [1, None]}
    answer = client.post(RECORDINGS, json={"caller": "me", "events": [error, newer]})
    assert answer.json() == {"errors": ["busy"], "newer": 1, "last": newer}
    answer = client.post(RECORDINGS, json={"caller": "me", "events": []})
    assert answer.json() == {"errors": [], "newer": 0, "last": None}
    answer = client.post(RECORDINGS, json={"caller": "me", "events": [error, {"type": "error"}]})
    assert problems(answer) == [
        ("body", "events", 1, "event_id", "missing"),
        ("body", "events", 1, "error", "missing"),
    ]


def test_mirrors_are_bodies_and_answers_as_well(client: httpx.Client) -> None:
    answer = client.post("/mirrored/tools", json={"name": "f", "description": None, "x": 1})
    assert answer.json() == {"type": "function", "name": "f_again", "description": None, "x": 1}
    bad = client.post("/mirrored/tools", json={"name": 5, "parameters": []})
    assert problems(bad) == [("body", "name", "wrong_type"), ("body", "parameters", "wrong_type")]


def test_a_route_without_annotation_answers_what_to_dict_gives(client: httpx.Client) -> None:
    assert client.get("/mirrored/bare").json() == {"type": "function", "name": "f"}


def components(document: Any, name: str, modes: Any = ("Input", "Output")) -> list[Any]:
    """Return the schemas of a type: where both modes are used, there is one for each."""
    schemas = document["components"]["schemas"]
    return [schemas[key] for key in (name, *(f"{name}-{mode}" for mode in modes)) if key in schemas]


def test_the_document_names_and_describes_every_type(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    post = document["paths"][SESSIONS]["post"]
    body = post["requestBody"]["content"]["application/json"]["schema"]
    answer = post["responses"]["200"]["content"]["application/json"]["schema"]
    assert body["$ref"].startswith("#/components/schemas/RealtimeSessionCreateRequestGA")
    assert answer["$ref"].startswith("#/components/schemas/RealtimeSessionCreateResponseGA")
    schemas = document["components"]["schemas"]
    Draft202012Validator.check_schema({"$defs": schemas})
    text = json.dumps(document)
    refs = {part.split('"')[0] for part in text.split('"$ref": "#/components/schemas/')[1:]}
    assert refs <= {*schemas}
    ours: Any = rm.json_schema("RealtimeServerEvent")["$defs"]
    for name in (*ours, "RealtimeServerEvent"):
        found = components(document, name)
        assert found
        assert all(schema["description"] for schema in found)
    (read,) = components(document, "RealtimeServerEvent", ("Input",))
    assert read["discriminator"]["mapping"]["error"].startswith(
        "#/components/schemas/RealtimeServerEventError"
    )
    (written,) = components(document, "RealtimeServerEvent", ("Output",))
    assert written["anyOf"][-1]["properties"]["type"]["not"]["enum"][0] == ("conversation.created")


def test_a_message_is_valid_under_the_document(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    body = document["paths"][SESSIONS]["post"]["requestBody"]["content"]["application/json"]
    validator = Draft202012Validator({**body["schema"], "components": document["components"]})
    validator.validate(REQUEST)
    assert not validator.is_valid({**REQUEST, "tools": [{"type": "mcp"}]})


def test_a_type_that_is_both_a_mirror_and_marked_has_one_schema_a_mode() -> None:
    both = FastAPI()

    def route(tool: Any) -> Any:
        return tool

    route.__annotations__ = {
        "tool": Tool,
        "return": Annotated[rm.RealtimeFunctionTool, Wire],
    }
    both.post("/")(route)
    document = get_openapi(title="both", version="1", routes=both.routes)
    modes: tuple[Any, Any] = ("validation", "serialization")
    assert components(document, "RealtimeFunctionTool") == [
        rm.json_schema(rm.RealtimeFunctionTool, mode=mode)["$defs"]["RealtimeFunctionTool"]  # type: ignore[index,call-overload]
        for mode in modes
    ]


@pytest.mark.parametrize("place", ["/unannotated", "/unannotated/further/around"])
def test_a_route_without_annotation_answers_the_json_of_what_it_returns(
    client: httpx.Client, place: str
) -> None:
    ring = {"type": "function", "name": "ring"}
    assert client.get(f"{place}/one").json() == client.get(f"{place}/response").json() == ring
    answer = client.get(f"{place}/several", params={"name": "f"})
    assert answer.json() == {"tools": [{"type": "function", "name": "f"}, None]}
    assert client.get(f"{place}/inside").json() == {"tool": [ring], "count": 1}
    assert client.get(f"{place}/numbers").json() == [3]
    assert client.get(f"{place}/part").json() == {"type": "function"}
    streamed = client.get(f"{place}/stream").text
    expected = [json.dumps(ring), json.dumps({"tool": ring})]
    assert streamed.splitlines() == expected or json.loads(streamed) == [ring, {"tool": ring}]


@pytest.mark.skipif(sse is None, reason="this version of FastAPI has no server-sent events")
@pytest.mark.parametrize("place", ["/unannotated", "/unannotated/further/around"])
def test_events_that_a_server_sends_are_the_json_of_what_is_yielded(
    client: httpx.Client, place: str
) -> None:
    lines = client.get(f"{place}/events").text.splitlines()
    sent = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data")]
    ring = {"type": "function", "name": "ring"}
    assert sent == [ring, ring, [ring]]
    assert "event: tool" in lines


def test_a_response_that_is_made_of_a_value_fails_rather_than_being_wrong() -> None:
    with pytest.raises(TypeError, match="is not JSON serializable"):
        JSONResponse(rm.RealtimeFunctionTool(name="f"))


def test_text_that_could_not_be_sent_back_is_refused(client: httpx.Client) -> None:
    body = b'{"type": "realtime", "instructions": "\\ud800"}'
    answer = client.post(SESSIONS, content=body, headers={"content-type": "application/json"})
    assert problems(answer) == [("body", "wrong_type")]


def optional(hint: Any) -> FastAPI:
    """Return an application with a body that need not be there."""

    def route(tool: Any = None) -> Any:
        return tool

    route.__annotations__ = {"tool": hint}
    app = FastAPI()
    app.router.route_class = WireRoute
    app.post("/")(route)
    return app


def test_a_body_that_need_not_be_there_is_one() -> None:
    app = optional(Annotated[rm.RealtimeFunctionTool | None, Wire])
    assert "requestBody" in app.openapi()["paths"]["/"]["post"]


@pytest.mark.skipif(OLD, reason="this version of FastAPI takes it for a query parameter")
def test_a_body_that_need_not_be_there_may_be_marked_inside() -> None:
    assert "requestBody" in optional(Marked | None).openapi()["paths"]["/"]["post"]


def test_what_fastapi_takes_for_a_query_parameter_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As old versions do by themselves.
    home = sys.modules.get("fastapi._compat.shared") or sys.modules["fastapi._compat"]
    monkeypatch.setattr(home, "field_annotation_is_complex", lambda annotation: False)
    with pytest.raises(TypeError) as info:
        optional(Marked | None)
    hint = "write Annotated[X | None, Wire], not Annotated[X, Wire] | None"
    assert str(info.value) == f"tool is no body for this version of FastAPI: {hint}"


INSTALLED = """
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from realtime_models import RealtimeFunctionTool
from realtime_models_pydantic import install

install()
app = FastAPI()


@app.post("/")
def route(tool: RealtimeFunctionTool) -> RealtimeFunctionTool:
    return tool


(made,) = [route for route in app.routes if route.path == "/"]
value, errors = made.body_field.validate({"name": "f", "description": None}, {}, loc=("body",))
assert not errors
print(made.response_field.serialize(value))
document = get_openapi(title="a", version="1", routes=app.routes)
print([name for name in document["components"]["schemas"] if "Tool" in name])
"""


def test_a_route_needs_no_marks_once_they_are_installed() -> None:
    command = [sys.executable, "-c", INSTALLED]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.splitlines() == [
        "{'name': 'f', 'description': None}",
        "['RealtimeFunctionTool-Input', 'RealtimeFunctionTool-Output']",
    ]
