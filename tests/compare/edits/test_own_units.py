"""Units that were typed on a line of their own."""

from __future__ import annotations

import pytest

from planwriter.compare.edits.own_units import units_alone, with_units_in_place
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine, WordComment
from planwriter.plan.flow import BODY, HEADINGS, TITLE
from tests.compare.sides import line


def placed(*items: VersionItem, base: tuple[VersionItem, ...] = ()) -> list[str]:
    made = with_units_in_place(PlanVersion(name="改", items=items), PlanVersion(name="原", items=base))
    return [each.text for each in made.items]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("责任单位：办公室、人事股。", "（责任单位：办公室、人事股）"),
        ("（责任单位：办公室，人事股；完成时限：2026年6月）", "（责任单位：办公室、人事股；完成时限：2026年6月）"),
        ("责任单位:办公室 配合单位:各学校", "（责任单位：办公室；配合单位：各学校）"),
        ("牵头单位：办公室；配合单位：人事股", "（责任单位：办公室；配合单位：人事股）"),
        ("完成时限：2026年6月底前。", "（完成时限：2026年6月底前）"),
        ("责任单位：办公室要牵头抓好落实。", ""),
        ("责任单位要切实负起责任。", ""),
        ("办公室、人事股负责。", ""),
    ],
)
def test_only_what_says_nothing_else(typed: str, printed: str) -> None:
    assert units_alone(line(typed)) == printed


def test_they_end_the_paragraph_before() -> None:
    said = WordComment(1, "财政局", "", "对", 0, 2)
    item, units = line("1.收费。公示标准。"), line("责任单位：办公室", remarks=(said,))
    assert placed(item, units, line("2.食堂。检查。")) == ["收费。公示标准。（责任单位：办公室）", "食堂。检查。"]
    made = with_units_in_place(PlanVersion(name="改", items=(item, units)), PlanVersion(name="原", items=()))
    one = made.items[0]
    assert isinstance(one, VersionLine)
    assert one.remarks == (said._replace(end=0),)


def test_below_a_title_of_items_they_stay() -> None:
    title = VersionLine(role=HEADINGS[2], text="编班", label="3.", level=3)
    units = VersionLine(role=HEADINGS[2], text="责任单位：办公室。")
    assert placed(title, units, line("（1）公示。张榜。")) == ["编班", "（责任单位：办公室）", "公示。张榜。"]
    assert placed(title, units, line("4.收费。公示。")) == ["编班（责任单位：办公室）", "收费。公示。"]


def test_what_was_there_before_or_has_units_already_is_left() -> None:
    units = VersionLine(role=BODY, text="（责任单位：办公室）")
    assert placed(line("甲。"), units, base=(units,)) == ["甲。", "（责任单位：办公室）"]
    assert placed(line("甲。（责任单位：乙股）"), units) == ["甲。（责任单位：乙股）", "（责任单位：办公室）"]
    assert placed(units) == ["（责任单位：办公室）"]
    was = VersionLine(role=BODY, text="（责任单位：财务股）")
    assert placed(line("甲。"), units, base=(line("甲。"), was)) == ["甲。", "（责任单位：办公室）"]


def test_before_the_first_item_they_are_a_paragraph_like_any_other() -> None:
    assert placed(plain("为抓好落实，制定本方案。"), plain("完成时限：2026年6月。")) == [
        "为抓好落实，制定本方案。",
        "完成时限：2026年6月。",
    ]
    later = (line("1.收费。公示标准。"), plain("标准一年一定。"), plain("完成时限：2026年6月。"))
    assert placed(*later) == ["收费。公示标准。", "标准一年一定。（完成时限：2026年6月）"]
    assert placed(*later[:1], VersionLine(role=TITLE, text="另一个方案"), *later[1:])[3] == "完成时限：2026年6月。"


def plain(text: str) -> VersionLine:
    return VersionLine(role=BODY, text=text)


def test_two_lines_of_units_are_not_joined() -> None:
    item = line("1.收费。公示标准。（责任单位：人事股）")
    assert placed(item, plain("责任单位：办公室。"), plain("责任单位：督导室。"))[1:] == [
        "责任单位：办公室。",
        "责任单位：督导室。",
    ]
