"""Routes of FastAPI whose functions return our values and say nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from inspect import iscoroutinefunction

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from realtime_models.adapting import is_value, rebuilt


class WireRoute(APIRoute):
    """Answer with the JSON of what a function returns, also without an annotation.

    FastAPI itself would write such an answer as a dataclass, which does not know what is absent.
    Use it as ``APIRouter(route_class=WireRoute)``, or ``app.router.route_class = WireRoute`` before
    the routes are made.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[object, None, Response]]:
        """Return what answers a request."""
        if self.response_field is None and self.dependant.call:
            self.dependant.call = _written(self.dependant.call)
        return super().get_route_handler()


def _written(function: Callable[..., object]) -> Callable[..., object]:
    """The same function, with JSON for each of our values in what it returns."""
    if iscoroutinefunction(function):

        @wraps(function)
        async def answer(*args: object, **options: object) -> object:
            return rebuilt(await function(*args, **options), _to_json)

        return answer

    @wraps(function)
    def answer_at_once(*args: object, **options: object) -> object:
        return rebuilt(function(*args, **options), _to_json)

    return answer_at_once


def _to_json(value: object) -> object:
    return value.to_dict() if is_value(value) else value
