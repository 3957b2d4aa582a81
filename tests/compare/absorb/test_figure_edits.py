"""Figures edited where a text cites a target are told apart from other edits."""

from __future__ import annotations

from planwriter.app.roundtrip.trial import absorbed
from planwriter.compare.absorb.figure_edits import FigureEdit, cited_elsewhere, figures_apart
from planwriter.compare.absorb.outline_nodes import outline_map
from planwriter.compare.edits.sides import MergedSides, Sides, merged_sides
from planwriter.compare.versions.from_plan import shown_items
from tests.absorbing import Items, opened, retype, sides
from tests.support import outline

TARGETS = "指标:\n  园: {数值: 12, 单位: 所}\n  率: {数值: 95, 单位: '%', 界限: 不低于, 分年: {2026: 93, 2027: 95}}\n"
TASKS = (
    "重点任务:\n  - 章: 办园\n    内容:\n"
    "      - 条: 建园\n        文: 新建{{ 指标.园 }}，入园率{{ 指标.率.年(2026) }}。\n"
    "      - 条: 其他\n        文: 那{{ 指标.园.值 }}要开园，一共{{ 指标.园.数 * 2 }}个班。\n"
)
TEXT = outline(TASKS, extra=TARGETS)


def apart(
    *edits: tuple[str, str], here: frozenset[tuple[int, int]] = frozenset()
) -> tuple[Sides, MergedSides, tuple[FigureEdit, ...]]:
    def edit(items: Items) -> None:
        for old, new in edits:
            retype(items, old, new)

    made = opened(TEXT)
    both = sides(made, edit)
    lines = outline_map(made.tree, ["总体要求", "重点任务", "保障措施"], shown_items(made.document))
    merged, figures = figures_apart(both, merged_sides(both), lines, here)
    return both, merged, figures


def test_a_figure_and_other_words() -> None:
    both, merged, figures = apart(("新建12所", "改建15所"))
    assert [(each.target, each.path, each.before, each.after) for each in figures] == [
        ("园", ("数值",), "12所", "15所")
    ]
    assert [*merged.contents.values()] == ["建园。改建12所，入园率不低于93%。"]
    assert cited_elsewhere(both, figures[0], figures)


def test_a_year_and_a_computed_figure() -> None:
    _, _, figures = apart(("93", "94"), ("24", "26"))
    assert [(each.target, each.path) for each in figures] == [("率", ("分年", "2026")), ("", ())]


def test_a_figure_that_is_changed_where_it_stands() -> None:
    _, merged, figures = apart(("12所，", "15所，"))
    key = (figures[0].key, figures[0].nth)
    _, here, _ = apart(("12所，", "15所，"), here=frozenset((key,)))
    assert "15所" in str(here.contents) and "15所" not in str(merged.contents)


def test_all_that_cite_it_changed_alike() -> None:
    both, _, figures = apart(("新建12所", "新建15所"), ("那12所", "那15所"))
    assert len(figures) == 2 and not cited_elsewhere(both, figures[0], figures)


def test_without_a_choice_all_is_printed() -> None:
    made = opened(TEXT)
    done = absorbed(made, sides(made, lambda items: retype(items, "新建12所", "新建15所")))
    assert "文: 新建15所，入园率{{ 指标.率.年(2026) }}。" in done.after.decode() and done.figures == ()


def test_cited_twice_in_one_text() -> None:
    both, _, figures = apart(("那12所", "那15所"))
    assert cited_elsewhere(both, figures[0], figures)
