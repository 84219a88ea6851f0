"""The command ``convert``: the same documents in the other form of the API."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from .._runtime.conversion import convert
from .._runtime.errors import DecodeError, Problem
from .._runtime.json_values import is_map
from ..dynamic import from_wire
from ..wire.correspondence import TYPES
from .check import NO_TYPE
from .documents import Document, Documents
from .options import Options
from .recognise import Recogniser
from .source import Progress, Source


def run(options: Options) -> int:
    """Print the documents of files in the other form, and tell what is lost; the exit status."""
    try:
        return max([convert_file(file, options) for file in options.files])
    except TypeError as error:  # The type that was named has no other form.
        print(error, file=sys.stderr)
        return 2


def convert_file(file: str, options: Options) -> int:
    """Convert the documents of a file, and tell what is wrong or lost; the exit status."""
    recogniser = Recogniser(named=options.type_name)
    source, statuses = Source(file, Progress([])), set[int]()
    for document in Documents(source, options):
        for place, part, _ in recogniser.read(document):
            problems = convert_document(part, options)
            statuses.add(int(any(options.strict or p.code != "no_place" for p in problems)))
            for problem in problems:
                moved = problem._replace(pointer=document.pointer + place + problem.pointer)
                print(f"{file}:{document.line}: {moved}", file=sys.stderr)
    return max(statuses) if source.was_read(not statuses) else 2


def convert_document(document: Document, options: Options) -> Sequence[Problem]:
    """Print a document in the other form; return what is wrong or lost."""
    data = document.data
    if document.problems:
        return document.problems
    if not options.type_name and not (is_map(data) and isinstance(data.get("type"), str)):
        return [NO_TYPE]
    events = "RealtimeBetaEvent" if options.to == "ga" else "RealtimeEvent"
    try:
        converted = convert(TYPES, from_wire(options.type_name or events, data), options.to)
    except DecodeError as error:
        return error.problems
    if converted.value:
        # What is lost stands below, also where both streams end in one place.
        print(converted.value.to_json(), flush=bool(converted.lost))
    return converted.lost
