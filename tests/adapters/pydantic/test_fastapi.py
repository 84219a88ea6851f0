"""The FastAPI application of `examples/`, over HTTP, and our types in FastAPI."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from importlib import import_module
from typing import Annotated, Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from jsonschema import Draft202012Validator

import realtime_models as rm
from realtime_models_pydantic import Wire, WireRoute, to_pydantic
from tests.support.paths import EXAMPLES

REQUEST = json.loads((EXAMPLES / "session_create_request_ga.json").read_text("utf-8"))
SESSIONS, RECORDINGS = "/v1/realtime/sessions", "/recordings"
app: FastAPI = import_module("examples.fastapi_app").app
Tool: Any = to_pydantic(rm.RealtimeFunctionTool)


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


def unannotated() -> FastAPI:
    """An application whose routes return values and say nothing of it."""
    app = FastAPI()
    app.router.route_class = WireRoute

    def tool() -> Any:
        return rm.RealtimeFunctionTool(name="ring")

    async def tools(name: str) -> Any:
        return {"tools": (rm.RealtimeFunctionTool(name=name), None)}

    def numbers() -> Any:
        return ["3"]

    tool.__annotations__ = tools.__annotations__ = {}
    numbers.__annotations__ = {"return": list[int]}
    for route in (tool, tools, numbers):
        app.get(f"/{route.__name__}")(route)
    return app


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


def components(document: Any, name: str) -> list[Any]:
    """Return the schemas of a type; pydantic 2.7 makes two of some: for input and for output."""
    schemas = document["components"]["schemas"]
    return [schemas[key] for key in (name, f"{name}-Input", f"{name}-Output") if key in schemas]


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
    for union in components(document, "RealtimeServerEvent"):
        assert union["discriminator"]["mapping"]["error"].startswith(
            "#/components/schemas/RealtimeServerEventError"
        )


def test_a_message_is_valid_under_the_document(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    body = document["paths"][SESSIONS]["post"]["requestBody"]["content"]["application/json"]
    validator = Draft202012Validator({**body["schema"], "components": document["components"]})
    validator.validate(REQUEST)
    assert not validator.is_valid({**REQUEST, "tools": [{"type": "mcp"}]})


def test_a_type_that_is_both_a_mirror_and_marked_has_one_schema() -> None:
    both = FastAPI()

    def route(tool: Any) -> Any:
        return tool

    route.__annotations__ = {
        "tool": Tool,
        "return": Annotated[rm.RealtimeFunctionTool, Wire],
    }
    both.post("/")(route)
    document = get_openapi(title="both", version="1", routes=both.routes)
    ours = rm.json_schema(rm.RealtimeFunctionTool)["$defs"]
    assert isinstance(ours, dict)
    assert document["components"]["schemas"]["RealtimeFunctionTool"] == ours["RealtimeFunctionTool"]


def test_a_route_without_annotation_answers_the_json_of_what_it_returns(
    client: httpx.Client,
) -> None:
    assert client.get("/unannotated/tool").json() == {"type": "function", "name": "ring"}
    answer = client.get("/unannotated/tools", params={"name": "f"})
    assert answer.json() == {"tools": [{"type": "function", "name": "f"}, None]}
    assert client.get("/unannotated/numbers").json() == [3]


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
print("RealtimeFunctionTool" in document["components"]["schemas"])
"""


def test_a_route_needs_no_marks_once_they_are_installed() -> None:
    command = [sys.executable, "-c", INSTALLED]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.splitlines() == [
        "{'name': 'f', 'description': None}",
        "True",
    ]
