"""The ratios as a picture: a line for each peer, to the left of ours if it needs less.

Ratios are drawn on a logarithmic scale, on which twice as much and half as much are equally
far from the middle. The picture adapts to a light or dark colour scheme.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Final, TypeAlias

from .report import HEADLINES, times
from .results import OURS, Results

Scale: TypeAlias = Callable[[float], float]

WRITTEN_IN: Final = {"json": "C", "msgspec": "C", "pydantic": "Rust", "openai": "pydantic"}

WIDTH: Final = 760
NAMES: Final = 160
"""The width of the column of names."""
NUMBER: Final = 56
"""The space for a number at either end."""
ROW: Final = 24
HEAD: Final = 46
"""The height of a panel's title with the space above it."""

STYLE: Final = """
    .paper { fill: #ffffff } .title { fill: #1a1d21; font-weight: 600 } .name { fill: #3d444d }
    .other { fill: #8a929c; stroke: #8a929c } .ours { fill: #0f6fde; stroke: #0f6fde }
    .axis { stroke: #c3c9d1 } .small { fill: #656d76; font-size: 12px }
    text { font: 14px system-ui, sans-serif; stroke: none } .line { stroke-width: 3 }
    @media (prefers-color-scheme: dark) {
      .paper { fill: #14171b } .title { fill: #eceff3 } .name { fill: #c5ccd5 }
      .other { fill: #79828d; stroke: #79828d } .ours { fill: #63a8ff; stroke: #63a8ff }
      .axis { stroke: #424a54 } .small { fill: #9aa3ae }
    }
"""


def chart(results: Results) -> str:
    """Return the SVG of a run, without the headlines that were not measured."""
    ratios = {one.title: one.ratios(results) for one in HEADLINES if one.is_drawn}
    drawn = {title: found for title, found in ratios.items() if len(found) > 1}
    height = sum(HEAD + ROW * len(found) for found in drawn.values()) + HEAD
    about = results.environment
    foot = (
        f"Times as much as {OURS} needs; logarithmic. {about.get('python', '')},"
        f" {about.get('date', '')}. Raw data: benchmarks/results.json"
    )
    title = f"What {OURS} needs beside other libraries"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
            f"  <title>{escape(title)}</title>",
            f"  <style>{STYLE}  </style>",
            f'  <rect class="paper" width="{WIDTH}" height="{height}" rx="8"/>',
            *(f"  {line}" for line in _body(drawn)),
            f'  <text class="small" x="16" y="{height - 16}">{escape(foot)}</text>',
            "</svg>",
            "",
        ]
    )


def _body(drawn: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Yield the panels, one below the other, on one scale."""
    values = [ratio for ratios in drawn.values() for ratio in ratios.values()] or [1.0]
    scale = _scale(min(values), max(values))
    top = 0
    for title, ratios in drawn.items():
        top += HEAD
        bottom = top + ROW * len(ratios)
        yield f'<text class="title" x="16" y="{top - 12}">{escape(title)}</text>'
        middle = scale(1)
        yield f'<line class="axis" x1="{middle}" y1="{top}" x2="{middle}" y2="{bottom}"/>'
        for index, (peer, ratio) in enumerate(ratios.items()):
            yield from _row(peer, ratio, top + ROW * index + ROW // 2, scale)
        top = bottom


def _scale(least: float, most: float) -> Scale:
    """Return a function from ratios to places; equal factors are equally far apart."""
    span = math.log(most / least) or 1.0
    width = WIDTH - NAMES - 2 * NUMBER
    return lambda ratio: round(NAMES + NUMBER + width * math.log(ratio / least) / span, 1)


def _row(peer: str, ratio: float, y: int, scale: Scale) -> Iterator[str]:
    """Yield the name, a line from the middle to the place of the ratio, and the number."""
    kind = "ours" if peer == OURS else "other"
    x = scale(ratio)
    language = f" ({WRITTEN_IN[peer]})" if peer in WRITTEN_IN else ""
    yield f'<text class="name" x="{NAMES}" y="{y + 5}" text-anchor="end">{peer}{language}</text>'
    yield f'<line class="{kind} line" x1="{scale(1)}" y1="{y}" x2="{x}" y2="{y}"/>'
    yield f'<circle class="{kind}" cx="{x}" cy="{y}" r="5"/>'
    anchor, shift = ("end", -10) if ratio < 1 else ("start", 10)
    number = "1" if peer == OURS else times(ratio)
    place = f'x="{x + shift}" y="{y + 4}" text-anchor="{anchor}"'
    yield f'<text class="small" {place}>{number}&#215;</text>'
