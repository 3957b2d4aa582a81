"""Tests of the 修改对照表."""

from __future__ import annotations

from planwriter.compare.display.leader_table import leader_rows, leader_table
from planwriter.compare.edits.difference import Differences, differences
from planwriter.plan.flow import TITLE
from planwriter.start.records import replace
from planwriter.writers.docx.marked import MarkedGrid, MarkedLine, MarkedRun, Marking
from tests.compare.golden import NEW, OLD
from tests.compare.sides import line, side, table

_SIGNS = {Marking.STRUCK: "[{}]", Marking.PUT_IN: "<{}>", Marking.COME: "«{}»", Marking.GONE: "«{}»"}


def _shown(runs: tuple[MarkedRun, ...]) -> str:
    return "".join(_SIGNS.get(run.marking, "{}").format(run.text) for run in runs)


def _rows(found: Differences) -> list[tuple[str, str, str]]:
    return [(_shown(old), _shown(new), remark) for old, new, remark in leader_rows(found)]


def test_the_rows() -> None:
    assert _rows(differences(OLD, NEW)) == [
        ("«二、修好公路»（等 2 段）", "«一、修好公路»（等 2 段）", "由二、移到一、"),
        (
            "1.……新增床位[120]张。",
            "1.……新增床位<150>张。",
            "二、1.完善养老服务体系：指标“床位”由120张调整为150张",
        ),
        ("[2.开展职业技能培训。帮助群众就近就业。]", "（删去）", "删除（一、2.）"),
        ("（无）", "<2.兴修水利。改造<管网>&泵站。>", "新增（二、2.）"),
        (
            "3.……（责任单位：水利股）",
            "3.……（责任单位：水利股<、办公室>）",
            "二、3.全面落实河湖长制：责任单位由“水利股”改为“水利股、办公室”",
        ),
        ("[120]", "<150>", "二、3.全面落实河湖长制 表：床位 · 数值"),
        ("（无）", "<公路　30>", "二、3.全面落实河湖长制 表：增加第3行"),
    ]


def test_what_is_put_in_together_is_one_row() -> None:
    old = ("一、甲", "二、乙")
    new = ("一、甲", "二、新的一章", "1.第一件事。做好。", "做法如下。", "2.第二件事。做好。", "三、乙")
    assert _rows(differences(side(*old), side(*new))) == [
        ("（无）", "<二、新的一章\n1.第一件事。做好。\n做法如下。\n2.第二件事。做好。>", "新增（二、）"),
    ]
    long = ("二、新的一章", f"1.第一件事。{'做好。' * 100}", "做法如下。", "2.第二件事。做好。", "3.第三件事。做好。")
    assert [row[2] for row in _rows(differences(side(*old), side("一、甲", *long, "三、乙")))] == [
        "新增（二、）",
        "新增（二、2.）",
        "新增（二、3.）",
    ]


def test_a_moved_and_changed_paragraph() -> None:
    old = ("1.甲事。完成3所。", "2.乙事。按期做。", "3.丙事。抓紧做。")
    new = ("1.乙事。按期做。", "2.丙事。抓紧做。", "3.甲事。完成5所。")
    assert _rows(differences(side(*old), side(*new))) == [
        ("3.……完成[3]所。", "3.……完成<5>所。", "由“1.甲事”移来；3.甲事：移动；数字由3改为5"),
    ]


def test_a_new_table_and_format_alone() -> None:
    found = differences(side("一句话。"), side(replace(line("一句话。"), look="加粗"), table("甲|乙", "1|2")))
    assert _rows(found) == [("（无）", "<甲　乙\n1　2>", "新增（导语 表）")]
    page = leader_table(found)
    assert page[-1] == MarkedLine("table_text", (MarkedRun("另有 1 处只改了格式，没有列出。"),), plain=True)


def test_the_page() -> None:
    title, files, said, grid = leader_table(differences(OLD, NEW))
    assert isinstance(title, MarkedLine) and isinstance(files, MarkedLine) and isinstance(said, MarkedLine)
    assert _shown(title.runs) == "《青山县2026年工作要点》\n修改对照表"
    assert _shown(files.runs) == "原稿：要点.yaml　　现稿：要点（二稿）.yaml"
    assert _shown(said.runs).startswith("修改 3 处")
    assert isinstance(grid, MarkedGrid)
    assert [_shown(cell) for cell in grid.rows[0]] == ["序号", "原文", "修改后", "说明"]
    assert [_shown(row[0]) for row in grid.rows[1:]] == [str(at) for at in range(1, 8)]


def test_marks_inside_the_marks_of_the_title_are_single() -> None:
    title = line("关于印发《青山县2026年工作要点》的通知")
    made = leader_table(
        differences(side(replace(title, role=TITLE), "一句。"), side(replace(title, role=TITLE), "两句。"))
    )
    assert isinstance(made[0], MarkedLine)
    assert _shown(made[0].runs).startswith("《关于印发〈青山县2026年工作要点〉的通知》\n")


def test_nothing_differs() -> None:
    page = leader_table(differences(OLD, OLD))
    assert page[-1] == MarkedLine("table_text", (MarkedRun("两稿没有不同。"),), plain=True)
