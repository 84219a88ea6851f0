"""Annotations resolve at run time, for frameworks that read them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any, get_type_hints

import realtime_models as rm


def callables() -> Iterator[tuple[str, Any]]:
    """Yield every public class and function, and the methods of the classes."""
    for name in dir(rm):
        value: Any = getattr(rm, name)
        if inspect.isclass(value):
            yield name, value
            for method, function in inspect.getmembers(value):
                is_public = method == "__init__" or not method.startswith("_")
                if is_public and (inspect.isfunction(function) or inspect.ismethod(function)):
                    yield f"{name}.{method}", function
        elif inspect.isfunction(value):
            yield name, value


def test_the_hints_of_every_public_callable_resolve() -> None:
    found = dict(callables())
    assert len(found) > 1000
    for function in found.values():
        get_type_hints(function, include_extras=True)
    assert get_type_hints(rm.RealtimeFunctionTool.to_dict)["return"] == dict[str, rm.JsonValue]
