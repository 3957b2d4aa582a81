"""Yearly figures that add up: the total is their sum, everywhere; figures reached by then keep the last as the total."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from planwriter.app.plans import plan_file
from planwriter.app.session import Session
from planwriter.app.target_edit import set_values
from planwriter.app.target_list import open_targets
from planwriter.model import Figure, Target
from planwriter.targets.yearly import adds_up
from tests.support import lines, outline, plan

_HEAD = "文种: 三年行动计划\n单位: 青山县教育局\n地区: {名称: 青山县, 上级: 云岭市}\n起止: [2026, 2028]\n"
_LEAD = "总体要求:\n  - 章: 总体要求\n    内容:\n      - 节: 工作目标\n        文: 办好教育。\n"
_YEARS = "分年: {2026: 300, 2027: 300, 2028: 400}"


def _text(target: str, key: str = "甲", extra: str = "") -> str:
    tasks = f"重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: 三年{{{{ 指标.{key} }}}}。\n"
    return outline(tasks, head=_HEAD, lead=_LEAD, extra=f"指标:\n  {key}: {{{target}}}\n{extra}")


def _shown(target: str, key: str = "甲") -> str:
    line = next(line for line in lines(_text(target, key)) if "三年" in line and "。三年" in line)
    return line.split("。三年")[1].removesuffix("。")


def _codes(target: str, key: str = "甲") -> list[str]:
    return [each.code for each in plan(_text(target, key)).findings]


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        (f"单位: 个, 界限: 新增, {_YEARS}", "新增1000个"),
        (f"名称: 新增托位, 单位: 个, {_YEARS}", "1000个"),
        (f"名称: 新建公办幼儿园, 单位: 所, {_YEARS}", "1000所"),
        (f"名称: 改扩建幼儿园, 单位: 所, {_YEARS}", "1000所"),
        (f"名称: 新改扩建幼儿园, 单位: 所, {_YEARS}", "1000所"),
        (f"名称: 每年新增学位, 单位: 个, {_YEARS}", "1000个"),
        (f"名称: 培训教师, 单位: 人次, 分年口径: 合计, {_YEARS}", "1000人次"),
        (f"名称: 新增托位, 单位: 个, 分年口径: 累计, {_YEARS}", "400个"),
        (f"名称: 托位总数, 单位: 个, {_YEARS}", "400个"),
        (f"名称: 新增托位累计数, 单位: 个, {_YEARS}", "400个"),
        ('名称: 新增学位使用率, 单位: "%", 分年: {2026: 80, 2027: 85, 2028: 90}', "90%"),
        (f"名称: 新建幼儿园, 单位: 所, 数值: 400, {_YEARS}", "400所"),
        ("名称: 新建幼儿园, 单位: 所, 分年: {2027: 5}", "5所"),
        ("名称: 新增就业, 单位: 人次, 分年: {2026: 1.2万, 2027: 1.1万}", "2.3万人次"),
        ("名称: 新增就业, 单位: 人次, 分年: {2026: 1.2万, 2027: 900}", "12900人次"),
        ("名称: 新增车位, 单位: 个, 分年: {2026: 300余, 2027: 300}", "600余个"),
        ("名称: 新增车位, 单位: 个, 分年: {2026: 3000余}", "3000余个"),
    ],
)
def test_the_total_of_yearly_figures(target: str, shown: str) -> None:
    assert _shown(target) == shown
    assert _codes(target) == []


def test_a_key_says_it_as_well_as_a_name() -> None:
    assert _shown(f"单位: 个, {_YEARS}", "新增托位（个）") == "1000个"


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (f"单位: 个, 界限: 新增, 数值: 900, {_YEARS}", "2028年是 400个、各年合计是 1000个，与数值 900个"),
        (f"名称: 新增托位, 单位: 个, 数值: 900, {_YEARS}", "2028年是 400个、各年合计是 1000个，与数值 900个"),
        (f"名称: 培训, 单位: 人次, 数值: 900, 分年口径: 合计, {_YEARS}", "各年合计是 1000人次，与数值 900人次"),
        (f"名称: 培训, 单位: 人次, 数值: 400, 分年口径: 合计, {_YEARS}", "各年合计是 1000人次，与数值 400人次"),
        (f"名称: 新增托位, 单位: 个, 数值: 1000, 分年口径: 累计, {_YEARS}", "2028年是 400个，与数值 1000个"),
    ],
)
def test_a_wrong_total_is_reported_with_its_readings(target: str, words: str) -> None:
    (found,) = [each for each in plan(_text(target)).findings if each.code == "PW404"]
    assert words in found.message


@pytest.mark.parametrize("value", ["400", "1000"])
def test_a_value_says_which_reading_is_meant(value: str) -> None:
    assert _codes(f"名称: 新建园, 单位: 所, 数值: {value}, {_YEARS}") == []


def test_rising_figures_without_a_value_are_a_hint() -> None:
    rising = "名称: 新建园, 单位: 所, 分年: {2026: 3, 2027: 5, 2028: 8}"
    assert _codes(rising) == ["PW491"]
    for said in (", 数值: 16", ", 数值: 8", ", 分年口径: 合计", ", 分年口径: 累计"):
        assert _codes(rising + said) == []
    assert _codes("名称: 幼儿园, 单位: 所, 分年: {2026: 3, 2027: 5, 2028: 8}") == []
    assert _codes("名称: 新建园, 单位: 所, 分年: {2026: 3, 2027: 4, 2028: 5}") == []


def test_what_is_done_each_year_and_does_not_rise_is_a_hint() -> None:
    each_year = "名称: 培训教师, 单位: 人次, 分年: {2026: 300, 2027: 300, 2028: 280}"
    (found,) = [each for each in plan(_text(each_year)).findings if each.code == "PW491"]
    assert "按到那一年为止的数算，目标是 280人次；要是各年当年的数，合计就是 880人次" in found.message
    for said in (", 数值: 280", ", 分年口径: 合计", ", 分年口径: 累计"):
        assert "PW491" not in _codes(each_year + said)


@pytest.mark.parametrize(
    "target",
    [
        "名称: 培训教师, 单位: 人次, 分年: {2026: 300, 2027: 310, 2028: 320}",
        "名称: 培训合格率, 单位: '%', 分年: {2026: 98, 2027: 98, 2028: 98}",
        "名称: 粮食播种面积, 单位: 万亩, 分年: {2026: 52, 2027: 52, 2028: 52}",
        "名称: 建设用地总规模, 单位: 亩, 分年: {2026: 900, 2027: 890, 2028: 880}",
        "名称: 培训教师, 单位: 人次, 分年: {2028: 280}",
    ],
)
def test_what_rises_lasts_or_is_a_rate_is_none(target: str) -> None:
    assert "PW491" not in _codes(target)


def test_shares_of_a_sum_may_fall_whatever_the_bound() -> None:
    falling = "单位: 个, 界限: 不低于, 分年: {2026: 400, 2027: 300, 2028: 300}"
    assert _codes(f"名称: 新增托位, {falling}") == []
    assert "PW405" in _codes(f"名称: 托位, {falling}")


def test_formulas_and_tables_use_the_sum() -> None:
    target = f"名称: 新增托位, 单位: 个, {_YEARS}"
    both = "  合并: {单位: 个, 公式: 甲 * 2}\n附件: [指标表]\n"
    shown = lines(_text(target, extra=both))
    assert "1\t新增托位\t个\t300\t300\t400\t1000" in shown
    assert any(line.startswith("2\t合并\t个") and line.endswith("\t2000") for line in shown)


def _source(folder: Path, text: str) -> tuple[Session, str]:
    path = folder / "提纲.yaml"
    path.write_text(text, "utf-8")
    return Session().at(str(path)), str(path)


def test_setting_a_year_changes_the_total_in_the_text(tmp_path: Path) -> None:
    session, path = _source(tmp_path, _text(f"单位: 个, 界限: 新增, {_YEARS}"))
    source = open_targets(session, path).value
    assert source is not None
    edited = set_values(session, source, {"甲": {("分年", "2028"): "500"}}).value
    assert edited is not None and any("新增1100个" in each.after for each in edited.sentences)
    edited = set_values(session, source, {"甲": {("数值",): "1200"}}).value
    assert edited is not None and [each.code for each in edited.findings] == ["PW404"]


def test_a_sheet_says_it_in_a_column_and_refuses_to_set_a_sum(tmp_path: Path) -> None:
    sheet = "键,名称,单位,2026年,2027年,2028年,分年口径\n甲,新增托位,个,300,300,400,\n乙,培训教师,人次,1,2,3,累计\n"
    (tmp_path / "指标.csv").write_text(sheet, "utf-8")
    text = (
        _text("单位: 个")
        .replace("指标:\n  甲: {单位: 个}\n", "指标: 指标.csv\n")
        .replace("三年{{", "三年{{ 指标.乙 }}、{{")
    )
    session, path = _source(tmp_path, text)
    made = plan_file(session, path)
    assert [each.code for each in made.findings] == []
    assert made.outline is not None and made.document is not None
    assert [str(each.value.value) for each in made.document.targets if each.value] == ["1000", "3"]
    source = open_targets(session, path).value
    assert source is not None
    refused = set_values(session, source, {"甲": {("数值",): "1200"}})
    assert refused.value is None and "各年的合计" in refused.findings[-1].hint


def test_two_plans_of_one_bureau_agree_on_a_total_and_a_year() -> None:
    from planwriter.targets.disagreement import check_disagreement

    three, one = (
        plan(_text("名称: 新增托位, 单位: 个, 数值: 1000")),
        plan(
            outline(head=_HEAD.replace("三年行动计划", "工作要点").replace("起止: [2026, 2028]", "年度: 2028"))
            + "指标:\n  甲: {名称: 新增托位, 单位: 个, 界限: 新增, 数值: 400}\n"
        ),
    )
    assert three.outline is not None and one.outline is not None
    found = list(check_disagreement([three.outline, one.outline]))
    assert [each.code for each in found] == []


def _numbers(*figures: int, value: int) -> Target:
    years = tuple((2026 + nth, Figure(value=Decimal(figure))) for nth, figure in enumerate(figures))
    return Target(key="新增学位", unit="个", years=years, value=Figure(value=Decimal(value)))


def test_without_a_word_the_value_decides_whether_yearly_figures_add_up() -> None:
    assert adds_up(_numbers(300, 300, 400, value=1000))
    assert not adds_up(_numbers(300, 600, 1000, value=1000)), "the last of them"
    assert adds_up(_numbers(0, 0, 400, value=400)), "the sum and the last of them"
