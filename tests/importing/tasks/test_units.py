"""Units and deadlines as people type them in task lists."""

from __future__ import annotations

import pytest

from planwriter.importing.tasks.units import TypedDuty, deadlines_in, read_units, split_brackets, whole_deadline


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("学前教育股、计财股", TypedDuty(("学前教育股", "计财股"))),
        ("学前教育股\n计财股", TypedDuty(("学前教育股", "计财股"))),
        ("学前教育股（配合：计财股、办公室）", TypedDuty(("学前教育股",), ("计财股", "办公室"))),
        ("牵头单位：甲局；配合单位：乙局、丙局", TypedDuty(("甲局",), ("乙局", "丙局"))),
        ("甲局（牵头）、乙局、丙局", TypedDuty(("甲局",), ("乙局", "丙局"))),
        ("甲局（牵头）、乙局（配合）、丙局", TypedDuty(("甲局",), ("乙局", "丙局"))),
        ("甲局、乙局（配合）", TypedDuty(("甲局",), ("乙局",))),
        ("—", TypedDuty()),
        ("各乡镇（街道）", TypedDuty(("各乡镇（街道）",))),
    ],
)
def test_a_cell_of_units(text: str, made: TypedDuty) -> None:
    assert read_units(text) == made


def test_a_column_of_supporting_units() -> None:
    assert read_units("甲局、乙局", support=True) == TypedDuty((), ("甲局", "乙局"))


@pytest.mark.parametrize(
    ("text", "rest", "duty"),
    [
        ("修路。（责任单位：甲股；完成时限：6月底前）", "修路。", TypedDuty(("甲股",), (), "6月底前")),
        ("修路（甲股牵头，各乡镇配合）。", "修路。", TypedDuty(("甲股",), ("各乡镇",))),
        ("修路（甲局、乙局）", "修路", TypedDuty(("甲局", "乙局"))),
        ("修路（含支线）。", "修路（含支线）。", TypedDuty()),
        ("修路（一期）", "修路（一期）", TypedDuty()),
        ("（甲局）", "（甲局）", TypedDuty()),
        ("修路）", "修路）", TypedDuty()),
    ],
)
def test_units_in_brackets_behind_a_text(text: str, rest: str, duty: TypedDuty) -> None:
    assert split_brackets(text) == (rest, duty)


def test_deadlines() -> None:
    assert deadlines_in("6月底前；12月底前\n长期") == ["6月底前", "12月底前", "长期"]
    assert deadlines_in("—") == []
    assert deadlines_in("2026年12月15日 0:00:00；2026-6-30 00:00") == ["2026年12月15日", "2026-6-30"]
    assert deadlines_in("每日 10:00") == ["每日 10:00"]
    assert whole_deadline("2026.3", "2026年10月") == "2026年3月至2026年10月"
