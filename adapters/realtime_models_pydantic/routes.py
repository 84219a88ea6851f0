"""Routes of FastAPI whose functions return our values and say nothing of it."""

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator, Callable, Generator
from dataclasses import fields, is_dataclass
from functools import wraps
from typing import Annotated, get_args, get_origin

import fastapi.routing
from fastapi.dependencies.utils import get_typed_signature
from pydantic import BaseModel

from realtime_models.adapting import is_model, is_value, rebuilt, union_members

# An event of a stream is no JSON, but holds some; older versions have none.
_StreamEvent: type | tuple[()] = getattr(fastapi.routing, "ServerSentEvent", ())


class WireRoute(fastapi.routing.APIRoute):
    """Answer with the JSON of what a function returns or yields, also without an annotation.

    FastAPI itself would write such an answer as a dataclass, which does not know what is absent.
    Use it as ``APIRouter(route_class=WireRoute)``, or ``app.router.route_class = WireRoute`` before
    the routes are made.
    """

    def __init__(self, path: str, endpoint: Callable[..., object], **options: object) -> None:
        _make_route(self, path, endpoint, **options)
        for field in self.dependant.query_params:
            parts = union_members(field.field_info.annotation)
            known = [get_args(part)[0] for part in parts if get_origin(part) is Annotated]
            if any(is_model(kind) for part in known for kind in union_members(part)):
                hint = "write Annotated[X | None, Wire], not Annotated[X, Wire] | None"
                raise TypeError(f"{field.name} is no body for this version of FastAPI: {hint}")
        if self.response_field is None and getattr(self, "stream_item_field", None) is None:
            _make_route(self, path, _written(endpoint), **options)


_make_route: Callable[..., None] = fastapi.routing.APIRoute.__init__


def _written(function: Callable[..., object]) -> Callable[..., object]:
    """The same function, with JSON for each of our values in what it returns or yields."""

    def answer(*args: object, **options: object) -> object:
        return _to_json(function(*args, **options))

    async def answer_later(*args: object, **options: object) -> object:
        found = function(*args, **options)
        return _to_json(await found if inspect.isawaitable(found) else found)

    written = wraps(function)(answer_later if inspect.iscoroutinefunction(function) else answer)
    # Old versions look for the types of parameters where the function is defined.
    written.__dict__["__signature__"] = get_typed_signature(function)
    return written


def _to_json(value: object) -> object:
    return rebuilt(value, _part_to_json)


def _part_to_json(value: object) -> object:
    if is_value(value):
        return value.to_dict()
    if isinstance(value, BaseModel) and isinstance(value, _StreamEvent):
        return value.model_copy(update={"data": _to_json(dict(value)["data"])})
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, AsyncGenerator):
        return (_to_json(part) async for part in value)
    if isinstance(value, (set, frozenset, Generator)):
        return (_to_json(part) for part in value)
    return value
