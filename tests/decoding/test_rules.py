"""The rules of what servers refuse, applied to values at paths."""

from __future__ import annotations

from realtime_models._runtime.annotations import Rule
from realtime_models._runtime.notices import _at, _refused_by


def test_a_field_that_is_needed_may_not_be_null() -> None:
    rule = Rule(because="it is needed", needs=("audio.model",))
    for audio, refused in (({}, True), ({"model": None}, True), ({"model": "m"}, False)):
        assert list(_refused_by(rule, {"audio": audio}, "/session")) == ["/session/audio"] * refused
    assert not list(_refused_by(rule, {"audio": None}, ""))


def test_a_path_goes_through_the_items_of_an_array_but_not_of_arrays_in_it() -> None:
    assert [*_at({"a": [{"b": 1}, {"b": 2}]}, "a.b", "")] == [("/a/0/b", 1), ("/a/1/b", 2)]
    assert [*_at({"a": [[{"b": 1}]]}, "a.b", "")] == []
