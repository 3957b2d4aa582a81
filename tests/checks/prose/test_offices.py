"""A bureau that is named in two ways."""

from __future__ import annotations

import pytest

from planwriter.checks.prose.offices import OfficeNames, offices_in


def _wrong(*texts: str) -> list[str]:
    names = OfficeNames()
    return [text[slip.start : slip.end] for text in texts for slip in names.read(offices_in(text))]


@pytest.mark.parametrize(
    ("texts", "wrong"),
    [
        (["县卫健局牵头。", "县卫健委配合。"], ["卫健委"]),
        (["县教育局、县教体局。"], ["教体局"]),
        (["县发展和改革局、县发展改革局。"], ["发展改革局"]),
        (["县水利局、县水务局、县水务局。"], ["水务局"]),
    ],
)
def test_two_names_of_one_bureau(texts: list[str], wrong: list[str]) -> None:
    assert _wrong(*texts) == wrong


@pytest.mark.parametrize(
    "text", ["县卫生健康局、县卫健局。", "市发改委、县发改局。", "县教育局、县财政局。", "发改委、发改局。"]
)
def test_names_that_may_stand_beside_each_other(text: str) -> None:
    assert _wrong(text) == []
