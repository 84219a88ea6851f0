"""The raw data of a run, its environment, and the ratios computed from it."""

from __future__ import annotations

import json
import platform
import re
import statistics
import sysconfig
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timezone
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

OURS: Final = "realtime_models"
LIBRARIES: Final = ("msgspec", "orjson", "pydantic", "mashumaro", "openai")


@dataclass(frozen=True)
class Figure:
    """What one peer needed for one subject, in every round."""

    measure: str
    """What was measured, as in a table's title."""
    subject: str
    """The name of the payload, or of what was imported."""
    peer: str
    unit: str
    """``ns`` or ``bytes``."""
    rounds: Sequence[float]

    def rounded(self) -> Figure:
        """Return the figure in four digits, which is more than any time is stable in."""
        return replace(self, rounds=[float(f"{value:.4g}") for value in self.rounds])

    @property
    def median(self) -> float:
        return statistics.median(self.rounds)


@dataclass(frozen=True)
class Results:
    """All figures of one run."""

    environment: Mapping[str, str]
    figures: Sequence[Figure]
    less: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What each peer does less than ours, in words."""

    def of(self, measure: str) -> Results:
        """Return the figures of one measure."""
        chosen = [figure for figure in self.figures if figure.measure == measure]
        return Results(self.environment, chosen, self.less)

    def measures(self) -> list[str]:
        return list(dict.fromkeys(figure.measure for figure in self.figures))

    def subjects(self) -> list[str]:
        return list(dict.fromkeys(figure.subject for figure in self.figures))

    def peers(self) -> list[str]:
        return list(dict.fromkeys(figure.peer for figure in self.figures))

    def figure(self, subject: str, peer: str) -> Figure | None:
        """Return a figure of results that have only one measure."""
        found = (one for one in self.figures if (one.subject, one.peer) == (subject, peer))
        return next(found, None)

    def ratio(self, subject: str, peer: str, base: str = OURS) -> float | None:
        """Return how many times as much as ``base`` a peer needed: the median over the rounds."""
        one, other = self.figure(subject, peer), self.figure(subject, base)
        if one is None or other is None:
            return None
        pairs = zip(one.rounds, other.rounds, strict=True)
        return statistics.median(mine / theirs for mine, theirs in pairs)

    def mean_ratio(self, peer: str, base: str = OURS) -> float | None:
        """Return the geometric mean over the subjects that both have."""
        ratios = (self.ratio(subject, peer, base) for subject in self.subjects())
        found = [ratio for ratio in ratios if ratio is not None]
        return statistics.geometric_mean(found) if found else None


def environment(note: str = "") -> dict[str, str]:
    """Describe what the figures depend on; the note says what else the machine did."""
    found = {
        "date": datetime.now(timezone.utc).date().isoformat(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "build": f"{platform.python_compiler()}, {_optimizations()}",
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
    }
    found |= {name: version(name) for name in LIBRARIES if find_spec(name)}
    return found | ({"note": note} if note else {})


def _optimizations() -> str:
    """Describe how the interpreter was built, which affects the figures."""
    arguments = str(sysconfig.get_config_var("CONFIG_ARGS") or "")
    options = {"--enable-optimizations": "PGO", "--with-lto": "LTO"}
    found = [name for option, name in options.items() if option in arguments]
    return " and ".join(found) or "neither PGO nor LTO"


def _processor() -> str:
    """Return the name of the processor, where the system knows it."""
    described = Path("/proc/cpuinfo")
    text = described.read_text("utf-8") if described.exists() else ""
    names = re.findall(r"^model name\s*: (.*)", text, re.MULTILINE)
    return f"{names[0]}, {len(names)} logical" if names else platform.processor()


def save(results: Results, file: Path) -> None:
    """Write the raw data, a figure a line."""
    lines = [json.dumps(asdict(figure)) for figure in results.figures]
    text = ",\n".join(f"    {line}" for line in lines)
    about = {"environment": results.environment, "less": results.less}
    head = json.dumps(about, indent=2)[:-2]  # without the bracket that ends it
    file.write_text(f'{head},\n  "figures": [\n{text}\n  ]\n}}\n', "utf-8")


def load(file: Path) -> Results:
    """Load what :func:`save` has written."""
    data = json.loads(file.read_text("utf-8"))
    figures = [Figure(**figure) for figure in data["figures"]]
    return Results(data["environment"], figures, data["less"])
