"""What one object is taken for, without others to tell its API."""

from __future__ import annotations

from collections.abc import Mapping

from realtime_models.cli.recognise import Recogniser


def recognise(data: Mapping[str, object], api: str | None = None) -> str | None:
    """Return the name of the type, if there is one."""
    kind = Recogniser(api).find(data)
    return kind if kind is None or isinstance(kind, str) else kind.__name__
