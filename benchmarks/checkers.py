"""How long type checkers take over a program of ten lines, beside the same with the official SDK.

Processor time is measured, since machines are shared; the candidates take turns in every round.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

ROUNDS: Final = 5

NOTHING: Final = """
import dataclasses
import json

print(json.dumps({}))
"""
ONE: Final = """
from realtime_models import RealtimeSessionCreateRequestGA

session = RealtimeSessionCreateRequestGA(
    instructions="Be brief.",
    output_modalities=["text"],
    tool_choice="auto",
)
print(session.instructions)
print(session.to_json())
"""
SDK_ONE: Final = """
from openai.types.realtime import RealtimeSessionCreateRequest

session = RealtimeSessionCreateRequest(
    type="realtime",
    instructions="Be brief.",
    output_modalities=["text"],
    tool_choice="auto",
)
print(session.instructions)
print(session.to_json())
"""
ALL: Final = """
import realtime_models as rt

def told(event: rt.RealtimeServerEvent) -> str:
    if isinstance(event, rt.RealtimeServerEventError):
        return event.error.message
    if isinstance(event, rt.RealtimeServerEventResponseDone):
        return event.response.id or "?"
    return event.type or "?"

print(rt.RealtimeSessionCreateRequestGA(instructions="Be brief.").to_json())
"""
SDK_ALL: Final = """
import openai.types.realtime as rt

def told(event: rt.RealtimeServerEvent) -> str:
    if isinstance(event, rt.RealtimeErrorEvent):
        return event.error.message
    if isinstance(event, rt.ResponseDoneEvent):
        return event.response.id or "?"
    return event.type or "?"

print(rt.RealtimeSessionCreateRequest(type="realtime", instructions="Be brief.").to_json())
"""
PROGRAMS: Final = {
    "nothing": NOTHING,
    "one": ONE,
    "sdk_one": SDK_ONE,
    "all": ALL,
    "sdk_all": SDK_ALL,
}


def main() -> None:
    """Measure all programs and print a table."""
    with TemporaryDirectory() as name:
        Path(name, "pyrightconfig.json").write_text("{}")
        rounds = [dict(one_round(Path(name), number)) for number in range(ROUNDS)]
    print(
        f"mypy {version('mypy')}, pyright {version('pyright')}, openai {version('openai')};"
        f" seconds of processor time, medians of {ROUNDS} rounds"
    )
    print(f"{'':22}{'no import':>10}{'one type':>10}{'SDK':>8}{'ratio':>7}", end="")
    print(f"{'all types':>11}{'SDK':>8}{'ratio':>7}")
    for way in dict.fromkeys(way for way, _ in rounds[0]):
        print_row(way, {program: [one[way, program] for one in rounds] for program in PROGRAMS})


def one_round(folder: Path, number: int) -> Iterator[tuple[tuple[str, str], float]]:
    """The time of each program in each way of checking."""
    for name, text in PROGRAMS.items():
        program = folder / f"{name}.py"
        program.write_text(text)
        mypy = ["mypy", "--strict", "--config-file=", f"--cache-dir={folder}/{number}-{name}"]
        yield ("mypy, cold", name), seconds(*mypy, str(program))
        yield ("mypy, nothing changed", name), seconds(*mypy, str(program))
        program.write_text(f"{text}print(1)\n")
        yield ("mypy, program changed", name), seconds(*mypy, str(program))
        yield ("pyright", name), seconds("pyright", f"--pythonpath={sys.executable}", str(program))


def seconds(program: str, *arguments: str) -> float:
    """The processor time that a checker takes, which must find nothing wrong."""
    command = [str(Path(sysconfig.get_path("scripts"), program)), *arguments]
    before = os.times()
    done = subprocess.run(command, cwd=Path(arguments[-1]).parent, capture_output=True, text=True)
    after = os.times()
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    spent = after.children_user - before.children_user
    return spent + after.children_system - before.children_system


def print_row(way: str, times: Mapping[str, list[float]]) -> None:
    medians = {program: statistics.median(found) for program, found in times.items()}
    print(f"{way:22}{medians['nothing']:10.2f}", end="")
    for ours, theirs, width in (("one", "sdk_one", 10), ("all", "sdk_all", 11)):
        ratios = [slow / fast for slow, fast in zip(times[theirs], times[ours], strict=True)]
        print(f"{medians[ours]:{width}.2f}{medians[theirs]:8.2f}", end="")
        print(f"{statistics.median(ratios):7.1f}", end="")
    print()


if __name__ == "__main__":
    main()
