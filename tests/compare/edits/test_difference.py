"""Tests of what differs between two versions of a plan."""

from __future__ import annotations

from random import Random

import pytest

from planwriter.compare.edits.difference import (
    ChangedTarget,
    ComparedSide,
    Difference,
    DifferenceKind,
    Differences,
    differences,
    summary,
)
from planwriter.compare.matching.grids import CellEdit
from planwriter.compare.versions.from_plan import version_of_plan
from planwriter.compare.versions.version import PlanVersion, Stretch, Value, VersionLine, VersionPicture
from planwriter.model.walk import TextRole
from planwriter.plan.flow import BODY
from planwriter.start.records import replace
from tests.compare.sides import edited_items, line, side, table, version
from tests.growth import steps
from tests.random_outlines import planned_outline

A = "1.加快推进农村公路建设。年内完成改造30公里。"
B = "2.完善养老服务体系。新增床位120张。"
C = "3.全面落实河湖长制。水质优良比例达到95%。"
D = "4.开展职业技能培训。帮助群众就近就业。"


def _numbered(*lines: str) -> list[str]:
    return [f"{at}.{each.partition('.')[2]}" for at, each in enumerate(lines, 1)]


def _kinds(found: Differences) -> list[tuple[str, int, int]]:
    return [(row.kind.value, row.old, row.new) for row in found.rows]


def test_an_insertion_renumbers_what_follows_and_that_is_no_change() -> None:
    found = differences(side(A, B, C), side(*_numbered(A, D, B, C)))
    assert [row.kind for row in found.changes] == [DifferenceKind.NEW]
    assert found.renumbered == 2
    assert summary(found) == "新增 1 处；另有 2 处只是序号随之改变。"


def test_a_label_changed_by_hand_is_a_change() -> None:
    found = differences(side(A, B, C), side(A, "5" + B[1:], C))
    assert [(row.new, row.relabelled, row.reasons) for row in found.changes] == [(1, True, ("编号由“2.”改为“5.”",))]
    found = differences(side("一、水利", A, B), side("一、水利", A, "（一）" + B[2:]))
    assert [row.reasons for row in found.changes] == [("由三级改为二级",)]


def test_a_moved_block_is_one_move_and_stands_where_it_left_too() -> None:
    found = differences(side(A, B, C, D), side(*_numbered(C, D, A, B)))
    moved = [row for row in found.rows if row.kind is DifferenceKind.MOVED]
    left = [row for row in found.rows if row.kind is DifferenceKind.LEFT]
    assert [row.follows for row in moved] == [False, True]
    assert [row.new for row in left] == [row.new for row in moved]
    assert summary(found) == "移动 1 处（共 2 段）；另有 2 处只是序号随之改变。"


def test_a_moved_and_changed_paragraph() -> None:
    found = differences(side(A, B, C), side(*_numbered(C.replace("95%", "98%"), A, B)))
    row = found.changes[0]
    assert row.kind is DifferenceKind.MOVED
    assert row.reasons == ("移动", "数字由95%改为98%")
    assert "其中 1 段文字也改了" in summary(found)


def test_what_was_deleted_stands_where_it_stood() -> None:
    found = differences(side(A, B, C), side(*_numbered(A, C)))
    assert _kinds(found) == [("不变", 0, 0), ("删除", 1, -1), ("不变", 2, 1)]
    assert found.renumbered == 1


def test_tables_are_compared_cell_by_cell_and_what_counts_rows_is_no_difference() -> None:
    old = table("序号|指标|数值", "1|床位|120", "2|学校|3")
    new = table("序号|指标|数值", "1|公路|30", "2|床位|150", "3|学校|3")
    found = differences(side(old), side(new))
    assert found.changes[0].cells == (CellEdit(2, 2, "120", "150"), CellEdit(1, -1, "", "公路　30"))
    assert found.changes[0].reasons == ("表中改 1 格", "表中增加 1 行")


def test_pictures_are_compared_by_their_words() -> None:
    found = differences(side(VersionPicture(text="图：床位120张")), side(VersionPicture(text="图：床位150张")))
    assert found.changes[0].reasons == ("图的说明修改",)


def test_a_figure_is_named_by_its_target() -> None:
    text = B[2:]
    at = text.index("120")
    filled = VersionLine(role=BODY, text=text, label="2.", level=3, values=(Value(at, at + 3, "指标.床位"),))
    old = ComparedSide(version("a", filled, targets=(("床位", "120张"),)))
    found = differences(old, side(B.replace("120", "150"), targets=(("床位", "150张"),)))
    assert found.targets == (ChangedTarget("床位", "120张", "150张"),)
    assert found.changes[0].reasons == ("指标“床位”由120张调整为150张",)
    typed = ComparedSide(version("b.docx", B.replace("120", "150")), typed=True)
    assert differences(old, typed).changes[0].reasons == ("指标“床位”由120调整为150",)


def test_a_docx_knows_of_unchanged_lines_what_its_record_knows() -> None:
    text = "新增床位120张。"
    known = VersionLine(role=BODY, text=text, values=(Value(4, 7, "指标.床位"),), mark=0)
    base = PlanVersion(name="a.docx", items=(known,), targets=(("床位", "120张"),))
    docx = ComparedSide(PlanVersion(name="a.docx", items=(replace(known, values=()),)), base, typed=True)
    found = differences(docx, side("新增床位150张。"))
    assert found.changes[0].reasons == ("指标“床位”由120调整为150",)
    assert found.targets == ()


def test_a_paragraph_that_was_split_or_joined() -> None:
    one, other = ("1.甲事。做好。再做一遍。", "2.乙事。"), ("1.甲事。做好。", "再做一遍。", "2.乙事。")
    split = differences(side(*one), side(*other)).changes
    assert [row.reasons for row in split] == [("后面的话另起一段",), ("由上一段分出，文字没有改",)]
    joined = differences(side(*other), side(*one)).changes
    assert [row.reasons for row in joined] == [("下一段并到这一段",), ("并到上一段，文字没有改",)]
    changed = differences(side(*one), side("1.甲事。做好。", "再做两遍。", "2.乙事。")).changes
    assert not any("文字没有改" in reason for row in changed for reason in row.reasons)


def test_a_moved_paragraph_says_behind_what_it_stands() -> None:
    row = differences(side(A, B, C), side(*_numbered(B, A, C))).changes[0]
    assert {row.behind, row.was_behind} in ({"", "1.加快推进农村公路建设"}, {"1.完善养老服务体系", ""})


def test_marks_pair_what_words_do_not() -> None:
    first, second = line(A), line(B)
    base = version("a", replace(first, mark=0), replace(second, mark=1))
    edited = version("b", replace(line("1.全部重写的一句话。"), mark=0), replace(second, mark=1))
    found = differences(side(first, second), ComparedSide(edited, base, typed=True))
    assert [(row.kind, row.old, row.new) for row in found.changes] == [(DifferenceKind.CHANGED, 0, 0)]


def test_a_typed_label_is_told_as_in_the_other_version() -> None:
    typed = ComparedSide(version("b.docx", VersionLine(role=BODY, text=A)), typed=True)
    assert differences(side(A), typed).is_empty
    assert differences(typed, side(A)).is_empty


def test_units_and_deadlines() -> None:
    note = "（责任单位：{}；完成时限：{}）"
    old = A + note.format("交通股", "2026年10月")
    new = A + note.format("交通股、计财股", "2026年11月")
    assert differences(side(old), side(new)).changes[0].reasons == (
        "责任单位由“交通股”改为“交通股、计财股”",
        "完成时限由“2026年10月”改为“2026年11月”",
    )
    assert differences(side(A), side(new)).changes[0].reasons[0] == "增加责任单位：交通股、计财股"


def test_titles_frame_and_format() -> None:
    found = differences(side("# 青山县工作要点", A), side("# 青山县工作计划", A))
    assert found.changes[0].where == "标题"
    assert found.changes[0].reasons == ("标题修改",)
    text = "推进节水。改造管网。"
    titled = VersionLine(role=BODY, text=text, stretches=(Stretch(0, 4, TextRole.TITLE),))
    changed_title = replace(titled, text="深化节水。改造管网。")
    assert differences(side(titled), side(changed_title)).changes[0].reasons == ("标题修改",)
    bold = ComparedSide(version("b", replace(line(A), look="加粗")), typed=True)
    assert differences(side(A), bold).changes[0].reasons == ("格式：加粗",)


def test_a_title_on_two_lines_is_the_same_on_one() -> None:
    assert differences(side("# 青山县\n工作要点"), side("# 青山县工作要点")).is_empty


@pytest.mark.parametrize("seed", range(60))
def test_every_item_is_told_once_and_the_edits_make_the_new_text(seed: int) -> None:
    old = version_of_plan(planned_outline(seed % 20), "a")
    new = replace(old, name="b", items=tuple(edited_items(old.items, Random(seed))))
    found = differences(ComparedSide(old), ComparedSide(new))
    assert [row.new for row in found.rows if row.kind is not DifferenceKind.LEFT and row.new >= 0] == list(
        range(len(new.items))
    )
    olds = [row.old for row in found.rows if row.kind is not DifferenceKind.LEFT and row.old >= 0]
    assert sorted(olds) == list(range(len(old.items)))
    for row in found.rows:
        if row.old >= 0 and row.new >= 0 and row.kind is not DifferenceKind.LEFT:
            assert _applied(found, row).strip() == found.new.items[row.new].text.strip() or row.cells
    assert differences(ComparedSide(old), ComparedSide(old)).is_empty


def _applied(found: Differences, row: Difference) -> str:
    old, new = found.old.items[row.old].text, found.new.items[row.new].text
    made, at = "", 0
    for edit in row.edits:
        made += old[at : edit.start] + new[edit.new_start : edit.new_end]
        at = edit.end
    return made + old[at:]


def test_the_work_grows_with_the_number_of_paragraphs() -> None:
    def work(count: int) -> int:
        old = [f"{at}.第{at}项工作按时完成，覆盖率达到{at % 90}%。" for at in range(1, count)]
        new = [each.replace("按时", "按期") if at % 7 == 0 else each for at, each in enumerate(old)]
        one, other = side(*old), side(*new[5:], *new[:5])
        return steps(lambda: differences(one, other))

    assert work(200) < 20_000 * 200
    assert work(1_000) < 20_000 * 1_000
