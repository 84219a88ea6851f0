"""``python -m tests.conformance`` prints how far the schema agrees with each outside source.

The tests assert what this prints; ``tox -e conformance`` runs both.
"""

from __future__ import annotations

from contextlib import suppress
from importlib.util import find_spec

from codegen.drift import compare, read_list, read_schema
from codegen.published import read_description
from realtime_models import DecodeError
from tests.support.paths import REFERENCE, SCHEMA
from tests.support.reference import BROKEN, captured, examples
from tests.support.snake import decode, write


def main() -> None:
    """Print a line for each source, also for a missing one."""
    if REFERENCE.is_dir():
        theirs = read_description(REFERENCE / "openapi-realtime.json")
        found = compare(theirs, read_schema(SCHEMA), listed=read_list(SCHEMA))
        print(f"API description, {len(theirs)} schemas: {found.summary}")
        print(f"examples of the description: {_read(examples())}, {len(BROKEN)} known to be wrong")
        print(f"captured: {_read([(case['schema_hint'], case['payload']) for case in captured()])}")
    else:
        print("the reference data is not here")
    if find_spec("openai"):
        from openai import __version__

        from tests.sdk.test_sdk import KNOWN, comparison, news, samples

        print(
            f"SDK {__version__}: {len(comparison().places)} places compared, {len(KNOWN)} kinds of"
            f" known differences, {len(news())} new; {len(list(samples()))} JSON documents through"
            " both"
        )
        for line in news():
            print(line)
    else:
        print("the SDK is not here")


def _read(cases: list[tuple[str, object]]) -> str:
    equal = 0
    for name, data in cases:
        with suppress(DecodeError):
            equal += write(name, decode(name, data)) == data
    return f"{len(cases)} compared, {equal} equal"


if __name__ == "__main__":
    main()
