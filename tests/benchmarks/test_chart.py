"""The chart is an SVG that shows what was measured, light and dark."""

from __future__ import annotations

from xml.etree import ElementTree

from benchmarks.chart import chart
from benchmarks.report import HEADLINES
from benchmarks.results import OURS, Figure, Results

NAMESPACE = {"svg": "http://www.w3.org/2000/svg"}


def results(**peers: float) -> Results:
    figures = [
        Figure(HEADLINES[0].measure, "message", peer, "ns", [time])
        for peer, time in {OURS: 10.0, **peers}.items()
    ]
    return Results({"python": "CPython 3.13.0", "date": "2026-11-22"}, figures)


def drawn(found: Results) -> ElementTree.Element:
    return ElementTree.fromstring(chart(found))


def places(root: ElementTree.Element) -> dict[str, float]:
    """Return where the circle of each peer is."""
    names = [str(text.text) for text in root.findall("svg:text[@class='name']", NAMESPACE)]
    circles = [float(circle.attrib["cx"]) for circle in root.findall("svg:circle", NAMESPACE)]
    return dict(zip(names, circles, strict=True))


def test_a_peer_that_needs_less_is_to_the_left_of_ours() -> None:
    found = places(drawn(results(msgspec=2.5, mashumaro=40)))
    assert list(found) == ["msgspec (C)", OURS, "mashumaro"]
    assert found["msgspec (C)"] < found[OURS] < found["mashumaro"]


def test_equal_factors_are_equally_far_apart() -> None:
    found = places(drawn(results(msgspec=2.5, mashumaro=40)))
    left, middle, right = found.values()
    assert abs((middle - left) - (right - middle)) < 0.5


def test_everything_is_within_the_picture() -> None:
    root = drawn(results(msgspec=0.1, mashumaro=4000))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for element in root.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert 0 <= float(element.attrib.get(name, 0)) <= width
        for name in ("y", "y1", "y2", "cy"):
            assert 0 <= float(element.attrib.get(name, 0)) <= height


def test_a_reader_may_prefer_dark() -> None:
    style = drawn(results(mashumaro=40)).findtext("svg:style", "", NAMESPACE)
    assert "prefers-color-scheme: dark" in style


def test_a_headline_without_figures_is_left_out() -> None:
    titles = drawn(results(mashumaro=40)).findall("svg:text[@class='title']", NAMESPACE)
    assert [title.text for title in titles] == [HEADLINES[0].title]
    assert "<circle" not in chart(results())
