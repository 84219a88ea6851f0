"""The command ``convert``: the same documents in the other form of the API."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from .._runtime.conversion import convert
from .._runtime.errors import DecodeError, Problem
from .._runtime.json_values import is_map
from ..dynamic import from_wire
from ..wire.correspondence import TYPES
from .documents import Documents
from .judge import NO_TYPE
from .options import Options
from .recognise import events_in
from .source import Progress, Source


def run(options: Options) -> int:
    """Print the documents of files in the other form, and tell what is lost; the exit status."""
    try:
        return max([convert_file(file, options) for file in options.files])
    except TypeError as error:  # The type that was named has no other form.
        print(error, file=sys.stderr)
        return 2


def convert_file(file: str, options: Options) -> int:
    """Convert the documents of a file; the exit status."""
    source, statuses = Source(file, Progress([])), list[int]()
    for document in Documents(source, options):
        where, at = f"{file}:{document.line}", document.pointer
        if document.problems:
            statuses.append(tell(where, at, document.problems))
            continue
        events = () if options.type_name else events_in([document.data])
        # They are found in an array with the document, which is no part of it.
        found: list[tuple[str, object]] = [(place[2:], event) for place, event in events]
        for place, data in found or [("", document.data)]:
            statuses.append(convert_part(where, at + place, data, options))
    complaint = source.complaint or ("" if statuses else "no JSON object was found in it")
    if complaint:
        print(f"{file}: {complaint}", file=sys.stderr)
    return 2 if complaint else max(statuses)


def convert_part(where: str, place: str, data: object, options: Options) -> int:
    """Print a value in the other form; the exit status."""
    if not options.type_name and not (is_map(data) and isinstance(data.get("type"), str)):
        return tell(where, place, [NO_TYPE])
    events = "RealtimeBetaEvent" if options.to == "ga" else "RealtimeEvent"
    try:
        converted = convert(TYPES, from_wire(options.type_name or events, data), options.to)
    except DecodeError as error:
        return tell(where, place, error.problems)
    if converted.value:
        # What is lost stands below, also where both streams end in one place.
        print(converted.value.to_json(), flush=bool(converted.lost))
    told = tell(where, place, converted.lost)
    return told if options.strict and converted.lost else 0


def tell(where: str, place: str, problems: Sequence[Problem]) -> int:
    """Tell problems on standard error; the exit status of a document that has them."""
    for problem in problems:
        print(f"{where}: {problem._replace(pointer=place + problem.pointer)}", file=sys.stderr)
    return 1
