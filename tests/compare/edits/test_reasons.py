"""Tests of what a change is called."""

from __future__ import annotations

import pytest

from planwriter.compare.edits.reasons import reasons_of
from planwriter.compare.versions.version import VersionPicture, VersionTable
from planwriter.compare.words.texts import changed
from planwriter.model import Merge
from planwriter.plan.flow import HEADINGS, LineRole
from planwriter.start.records import replace
from tests.compare.sides import line

NO_TARGETS: tuple[dict[str, str], dict[str, str]] = ({}, {})


def _told(old: str, new: str, targets: tuple[dict[str, str], dict[str, str]] = NO_TARGETS) -> tuple[str, ...]:
    one, other = line(old), line(new)
    return tuple(reasons_of(one, other, changed(one.text, other.text), (), targets, relabelled=False))


@pytest.mark.parametrize(
    ("old", "new", "reasons"),
    [
        ("建成3所。", "建成5所。", ("数字由3改为5",)),
        ("2026年3月完成。", "2026年6月完成。", ("时间由2026年3月改为2026年6月",)),
        ("加强管理。", "强化管理。", ("文字修改",)),
        ("建成3所，加强管理。", "建成5所，强化管理。", ("数字由3改为5", "文字修改")),
        ("完成。（责任单位：甲）", "完成。", ("去掉责任单位（原为甲）",)),
        ("完成。（责任单位：甲；配合单位：乙）", "完成。（责任单位：甲；配合单位：丙）", ("配合单位由“乙”改为“丙”",)),
        ("完成。", "完成。", ()),
    ],
)
def test_words(old: str, new: str, reasons: tuple[str, ...]) -> None:
    assert _told(old, new) == reasons


def test_the_only_target_that_changed_in_the_same_way_is_named() -> None:
    targets = {"床位": "120张", "学校": "3所"}, {"床位": "150张", "学校": "3所"}
    assert _told("新增120张。", "新增150张。", targets) == ("指标“床位”由120张调整为150张",)
    twice = {"床位": "120张", "座位": "120个"}, {"床位": "150张", "座位": "150个"}
    assert _told("新增120张。", "新增150张。", twice) == ("数字由120改为150",)


def test_roles_boxes_and_looks() -> None:
    body = line("完成。")
    other = replace(body, boxed=True, look="红色")
    assert tuple(reasons_of(body, other, (), (), NO_TARGETS, relabelled=False)) == ("移入专栏", "格式：红色")
    assert tuple(reasons_of(other, body, (), (), NO_TARGETS, relabelled=False)) == ("移出专栏", "去掉手设的格式")
    heading = replace(body, role=HEADINGS[1])
    assert tuple(reasons_of(body, heading, (), (), NO_TARGETS, relabelled=False)) == ("由正文改为二级标题",)
    frame = replace(body, role=LineRole.DATE)
    assert tuple(reasons_of(body, frame, (), (), NO_TARGETS, relabelled=False)) == ()


def test_labels() -> None:
    old, new = line("1.完成。"), line("完成。")
    assert tuple(reasons_of(old, new, (), (), NO_TARGETS, relabelled=True)) == ("由三级改为无编号",)
    assert tuple(reasons_of(replace(old, level=0), new, (), (), NO_TARGETS, relabelled=True)) == ("去掉编号",)


def test_merged_cells_and_pictures() -> None:
    table = VersionTable(rows=(("甲", "乙"),))
    merged = replace(table, merges=(Merge(row=0, column=0, rows=1, columns=2),))
    assert tuple(reasons_of(table, merged, (), (), NO_TARGETS, relabelled=False)) == ("合并的单元格不同",)
    picture = VersionPicture(text="甲")
    edits = changed("甲", "乙")
    assert tuple(reasons_of(picture, replace(picture, text="乙"), edits, (), NO_TARGETS, relabelled=False)) == (
        "图的说明修改",
    )
