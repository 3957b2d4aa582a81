"""The lines of a document as they are compared: their labels, levels, texts, values and places."""

from __future__ import annotations

import pytest

from planwriter.compare.versions.from_plan import shown_items, version_of_plan
from planwriter.compare.versions.version import PlanVersion, VersionLine, VersionTable
from planwriter.model import Document
from planwriter.model.walk import TextRole
from planwriter.plan.flow import BOX_TITLE, Grid, Line, LineRole
from tests.random_outlines import planned_outline
from tests.support import document, outline
from tests.wordml import lines_of
from tests.wordml import render as render_docx
from tests.writers.framed import documents

DOCUMENTS = documents()
_TARGETS = "指标:\n  入园率: {数值: 95, 单位: '%', 界限: 不低于}\n  园数: {数值: 12, 单位: 所}\n"
_TASKS = (
    "重点任务:\n  - 章: 提高质量\n    内容:\n      - 节: 抓好入园\n        文: |\n          新建{{ 指标.园数 }}。\n\n"
    "          入园率{{ 指标.入园率 }}。\n        责任单位: [学前教育股, 计财股]\n      - 用: 教师队伍/师德师风\n"
    "        参数: {宣讲场次: 6}\n"
)


def _version(text: str) -> PlanVersion:
    return version_of_plan(document(text), "提纲.yaml")


def _line(made: PlanVersion, start: str) -> VersionLine:
    return next(each for each in made.items if isinstance(each, VersionLine) and each.text.startswith(start))


def test_a_line_has_its_label_apart() -> None:
    made = _version(outline(_TASKS, extra=_TARGETS))
    chapter, section = _line(made, "提高质量"), _line(made, "抓好入园")
    assert (chapter.label, chapter.level, chapter.role) == ("一、", 1, LineRole.HEADING1)
    assert (section.label, section.level) == ("（一）", 2)
    assert _line(made, "入园率").level == 0


def test_its_stretches_and_values_are_counted_without_the_label() -> None:
    made = _version(outline(_TASKS, extra=_TARGETS))
    first, second = _line(made, "抓好入园"), _line(made, "入园率")
    shown = [(first.text[at:end], role) for at, end, role in first.stretches]
    assert shown == [("抓好入园", TextRole.TITLE), ("新建12所。", TextRole.TEXT)]
    assert [(first.text[at:end], typed) for at, end, typed in first.values] == [("12所", "指标.园数")]
    assert [(second.text[at:end], role) for at, end, role in second.stretches] == [
        ("入园率不低于95%。", TextRole.TEXT),
        ("学前教育股", TextRole.LEAD),
        ("计财股", TextRole.LEAD),
    ]
    assert [(second.text[at:end], typed) for at, end, typed in second.values] == [("不低于95%", "指标.入园率")]


def test_a_block_stands_where_it_was_typed_and_a_clause_where_it_was_used() -> None:
    text = outline(_TASKS, extra=_TARGETS)
    made, typed = _version(text), text.split("\n")
    assert typed[_line(made, "抓好入园").place - 1] == "      - 节: 抓好入园"
    assert _line(made, "入园率").place == _line(made, "抓好入园").place
    (used,) = (each for each in made.items if isinstance(each, VersionLine) and each.clause == "教师队伍/师德师风")
    assert typed[used.place - 1].strip() == "- 用: 教师队伍/师德师风"
    assert ("6", "参数.宣讲场次") in [(used.text[at:end], name) for at, end, name in used.values]


def test_the_targets_are_those_that_texts_cite() -> None:
    assert _version(outline(_TASKS, extra=_TARGETS)).targets == (("入园率", "不低于95%"), ("园数", "12所"))


def test_a_box_and_a_table_are_known() -> None:
    made = version_of_plan(DOCUMENTS["everything"], "甲")
    boxed = [each.text for each in made.items if isinstance(each, VersionLine) and each.boxed]
    assert boxed[:2] == ["专栏1　学前教育工程", "改造园舍。"]
    assert BOX_TITLE in {each.role for each in made.items if isinstance(each, VersionLine)}
    tables = [each for each in made.items if isinstance(each, VersionTable)]
    assert tables[0].rows[2] == ("2", "巩固率\n（九年）", "")


def check_version(made: Document) -> None:
    """Checks that the items of the version are those of the flow, and that a .docx shows the same text."""
    version, items = version_of_plan(made, "甲"), shown_items(made)
    assert len(version.items) == len(items)
    for one, item in zip(version.items, items, strict=True):
        if isinstance(one, VersionLine):
            assert isinstance(item, Line) and item.text == one.label + one.text and item.text.strip()
            assert all(0 <= at < end <= len(one.text) for at, end, _ in (*one.stretches, *one.values))
        elif isinstance(one, VersionTable):
            assert isinstance(item, Grid) and len({*map(len, one.rows)}) == 1
            assert all(row[: len(own)] == own for row, own in zip(one.rows, item.rows, strict=True))
    if not any(isinstance(each, VersionTable) for each in version.items):
        lines = [each.label + each.text for each in version.items if isinstance(each, VersionLine)]
        assert [each for each in lines_of(render_docx(made)) if each.strip()] == lines


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_item_is_an_item_of_the_flow(name: str) -> None:
    check_version(DOCUMENTS[name])


@pytest.mark.parametrize("seed", range(40))
def test_so_it_is_in_any_outline(seed: int) -> None:
    check_version(planned_outline(seed))
