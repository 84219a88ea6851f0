"""The command ``convert``: the same documents in the other form of the API."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from .._runtime.errors import DecodeError, Problem
from .._runtime.json_values import is_map
from .._runtime.model import Unknown
from ..catalog import find_name
from ..dynamic import from_wire
from ..migration import convert
from ..wire.beta_events import (
    realtime_beta_client_event_from_dict,
    realtime_beta_server_event_from_dict,
)
from ..wire.client_events import realtime_client_event_from_dict
from ..wire.server_events import realtime_server_event_from_dict
from .documents import Document, Documents
from .judge import NO_TYPE
from .options import Options
from .recognise import events_in
from .source import Progress, Source


def run(options: Options) -> int:
    """Print the documents of files in the other form, and tell what is lost; the exit status."""
    if options.type_name is not None:
        options.type_name = find_name(options.type_name)
    try:
        return max([convert_file(file, options) for file in options.files])
    except TypeError as error:  # The type that was named has no other form.
        print(error, file=sys.stderr)
        return 2


def convert_file(file: str, options: Options) -> int:
    """Convert the documents of a file; the exit status."""
    source, statuses = Source(file, Progress([])), list[int]()
    for document in Documents(source, options):
        where = f"{file}:{document.line}"
        if document.problems:
            statuses.append(tell(where, document.pointer, document.problems))
        for place, data in parts(document, options):
            statuses.append(convert_part(where, document.pointer + place, data, options))
    complaint = source.complaint or ("" if statuses else "no JSON object was found in it")
    if complaint:
        print(f"{file}: {complaint}", file=sys.stderr)
    return 2 if complaint else max(statuses)


def parts(document: Document, options: Options) -> list[tuple[str, object]]:
    """Return what is to be converted, with pointers: of the record of a log, its events."""
    if document.problems:
        return []
    events = [] if options.type_name else [*events_in([document.data])]
    # The array around the document, in which events are found, is not part of it.
    found: list[tuple[str, object]] = [(place[2:], event) for place, event in events]
    return found or [("", document.data)]


def convert_part(where: str, place: str, data: object, options: Options) -> int:
    """Print a value in the other form; the exit status."""
    try:
        converted = convert(decode(data, options), options.to)
    except DecodeError as error:
        return tell(where, place, error.problems)
    if converted.value:
        print(converted.value.to_json())
    told = tell(where, place, converted.lost)
    return told if options.strict and converted.lost else 0


def decode(data: object, options: Options) -> object:
    """Decode a value of the form that is converted."""
    if options.type_name:
        return from_wire(options.type_name, data)
    if not is_map(data) or not isinstance(data.get("type"), str):
        raise DecodeError("document", [NO_TYPE])
    if options.to == "ga":
        event = realtime_beta_client_event_from_dict(data)
        return realtime_beta_server_event_from_dict(data) if isinstance(event, Unknown) else event
    event_ga = realtime_client_event_from_dict(data)
    return realtime_server_event_from_dict(data) if isinstance(event_ga, Unknown) else event_ga


def tell(where: str, place: str, problems: Iterable[Problem]) -> int:
    """Tell problems on standard error; the exit status of a document that has them."""
    for problem in problems:
        moved = problem._replace(pointer=place + problem.pointer)
        print(f"{where}: {moved}", file=sys.stderr)
    return 1
