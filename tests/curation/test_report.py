"""The figures of a library as a table."""

from __future__ import annotations

from planwriter.clauses.library import open_files
from planwriter.curation.report import HEADS, WHOLE, library_figures, report_rows, report_values

FINANCE = """- 条款: 财政/评价
  条: 评价项目
  文: 8月底前评价〔{{ 参数.数 }}个〕项目。
  变体: {简: 8月底前评价。, 乡镇: 配合评价。}
  参数: {数: {类型: 整数, 说明: 项目数}}
  依据: [预算法, 采购法]

- 条款: 采购/公开
  条: 公开采购
  文: 意向提前公开。合同按时公示。结果一律上网。
  依据: [预算法]
"""
AUDIT = "- 条款: 审计/整改\n  文: 逐项回访。\n"
BASES = "- 依据: 预算法\n  全称: 预算法\n  核对日期: 2026-11-30\n\n- 依据: 采购法\n  全称: 采购法\n"


def figures() -> tuple[object, ...]:
    manifest = "名称: 县库\n版本: 1.0.0\n格式: 2\n"
    named = {"library.yaml": manifest, "财政.yaml": FINANCE, "审计.yaml": AUDIT, "bases.yaml": BASES, "空.yaml": ""}
    return library_figures(open_files({name: text.encode() for name, text in named.items()}, "县库"))


def test_a_row_for_each_file_with_clauses_and_one_for_all() -> None:
    finance, audit, whole = figures()
    assert (finance.name, finance.clauses, finance.topics) == ("财政.yaml", 2, 2)  # type: ignore[attr-defined]
    assert (audit.name, audit.clauses, audit.spread) == ("审计.yaml", 1, 0)  # type: ignore[attr-defined]
    assert (whole.name, whole.clauses, whole.topics) == (WHOLE, 3, 3)  # type: ignore[attr-defined]


def test_the_figures_are_counted() -> None:
    row = figures()[0]
    values = report_values([row])[0]  # type: ignore[list-item]
    assert values["with_figure"] == values["three_sentences"] == values["with_short"] == values["with_level"] == 0.5
    assert values["bases"] == {"count": 2, "oldest_check": "2026-11-30", "never_checked": 1}
    lengths = (len("8月底前评价10个项目。"), len("意向提前公开。合同按时公示。结果一律上网。"))
    assert values["length"] == {"p10": lengths[0], "median": lengths[1], "p90": lengths[1], "spread": 0.273}


def test_every_cell_has_a_head() -> None:
    rows = report_rows(figures())  # type: ignore[arg-type]
    assert {len(row) for row in rows} == {len(HEADS)}
    assert rows[1][-3:] == ("0", "—", "0")


def test_a_library_without_clauses_has_no_rows() -> None:
    assert library_figures(open_files({"library.yaml": "名称: 县库\n版本: 1.0.0\n".encode()}, "县库")) == ()
