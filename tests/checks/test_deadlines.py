"""Deadlines that cannot be read (PW252), and those without a year in a plan for several years (PW253)."""

import pytest

from tests.support import HEAD, lines, outline, plan

SPAN = HEAD.replace("文种: 工作要点", "文种: 三年行动计划").replace("年度: 2026", "起止: [2026, 2028]")


def _outline(deadline: str, head: str = HEAD) -> str:
    block = f"      - 条: 抓好教学\n        文: 上好课。\n        责任单位: 教研室\n        时限: {deadline}\n"
    return outline(f"重点任务:\n  - 章: 提高质量\n    内容:\n{block}", head=head, extra="附件: [任务分解表]\n")


def _codes(deadline: str, head: str = HEAD) -> list[str]:
    return [
        each.code for each in plan(_outline(deadline, head)).findings if each.code.startswith(("PW25", "PW5", "PW44"))
    ]


@pytest.mark.parametrize("deadline", ["26年12月", "尽快", "2026.13", "2026.2.30", "13月底", "县里开会之前"])
def test_what_is_no_time_is_a_hint_and_printed_as_typed(deadline: str) -> None:
    assert _codes(deadline) == ["PW252"]
    assert f"1.抓好教学。上好课。（责任单位：教研室；完成时限：{deadline}）" in lines(_outline(deadline))


@pytest.mark.parametrize(
    "deadline",
    [
        "2026.12.31",
        "6-9月",
        "2026年12月",
        "年底前",
        "长期坚持",
        "Q3",
        "2026/6~2026/9",
        "每季度末",
        "{{ 年度 }}.12",
        "30日内",
    ],
)
def test_what_is_understood_is_silent(deadline: str) -> None:
    assert _codes(f'"{deadline}"') == []


def test_a_day_that_does_not_exist_is_reported_once() -> None:
    assert _codes("2026年2月30日") == ["PW447"]
    assert _codes("2026年13月") == ["PW447"]


def test_a_date_of_last_year_is_found_in_every_form() -> None:
    for deadline in ("2025年12月", "2025.12.31", "2025/12", "二〇二五年十二月"):
        assert _codes(deadline) == ["PW443"]


@pytest.mark.parametrize("deadline", ["12月底", "6.30", "第三季度", "年底前", "下半年"])
def test_a_plan_for_several_years_needs_a_year(deadline: str) -> None:
    assert _codes(deadline, SPAN) == ["PW253"]
    assert _codes(deadline) == []


@pytest.mark.parametrize("deadline", ["2027年12月底", "每年12月底", "全年", "长期坚持", "2026—2028年", "2026.6-2027.6"])
def test_a_year_or_a_duty_of_every_year_is_silent(deadline: str) -> None:
    assert _codes(deadline, SPAN) == []


def test_the_note_the_table_and_the_target_show_the_same_form() -> None:
    made = lines(_outline("2026.12.31").replace("总体要求", "指标: {率: {数值: 3, 时限: 2026/6}}\n总体要求"))
    assert sum("2026年12月31日" in line for line in made) == 2


@pytest.mark.parametrize(
    "units", ["【教研室】/人事股", "教研室；人事股。", "教研室 人事股室", "【教研室】【人事股】", "教研室,人事股"]
)
def test_units_are_printed_as_an_official_list(units: str) -> None:
    made = lines(_outline("年底前").replace("责任单位: 教研室", f"责任单位: {units}"))
    names = "教研室、人事股室" if "股室" in units else "教研室、人事股"
    assert f"1.抓好教学。上好课。（责任单位：{names}；完成时限：年底前）" in made
    assert any(line.split("\t")[3:] == [names, "年底前"] for line in made)
