"""Figures lifted into 指标: what they become, that the text stays the same, and how many of a list made by hand are found."""

from __future__ import annotations

import re

import pytest

from planwriter.app import plans
from planwriter.app.session import Session
from planwriter.importing.lift_targets import TargetProposal, chosen, lift_targets, propose_targets, renamed
from planwriter.model import Outline, Target
from planwriter.model.walk import walk_plan_texts
from planwriter.outline.kind import find_kind
from planwriter.writers.text import render_text
from tests.growth import assert_linear
from tests.importing.real_targets import REAL_TARGETS
from tests.support import HEAD, REAL, outline

SESSION = Session()
THREE_YEARS = "文种: 三年行动计划\n单位: 青山县教育局\n地区: {名称: 青山县, 上级: 云岭市}\n起止: [2026, 2028]\n"


def read(text: str) -> Outline:
    made = plans.read_bytes(SESSION, text.encode(), "提纲.yaml").value
    assert made is not None
    return made


def of(sentence: str, head: str = HEAD) -> Outline:
    return read(
        outline(f"重点任务:\n  - 章: 办好教育\n    内容:\n      - 条: 抓落实\n        文: '{sentence}'\n", head=head)
    )


def printed(made: Outline) -> str:
    kind = find_kind(made.kind, SESSION.kinds().value)
    assert kind is not None
    document = plans.plan_outline(SESSION, made, kind)
    assert not [each for each in document.findings if each.code.startswith("PW4")]
    return render_text(document.value[1])


def proposed(sentence: str, head: str = HEAD) -> tuple[TargetProposal, ...]:
    return propose_targets(of(sentence, head)).value


def lifted(sentence: str, head: str = HEAD) -> tuple[Target, ...]:
    """The targets of a sentence; fails if its text does not stay the same."""
    before = of(sentence, head)
    after = lift_targets(before, propose_targets(before).value).value
    assert printed(after) == printed(before)
    return after.targets


def told(target: Target) -> tuple[str, str, str, str]:
    value = f"{target.value.value:f}" if target.value else ""
    return target.key, value, target.unit, target.bound


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("新建幼儿园12所。", ("新建幼儿园", "12", "所", "")),
        ("新建3所公办园。", ("新建公办园", "3", "所", "")),
        ("全县学前三年毛入园率达96%以上。", ("学前三年毛入园率", "96", "%", "以上")),
        ("九年义务教育巩固率达到96.50%。", ("九年义务教育巩固率", "96.50", "%", "达到")),
        ("流失率控制在1.5%以内。", ("流失率", "1.5", "%", "以内")),
        ("公办园幼儿占比不低于65%。", ("公办园幼儿占比", "65", "%", "不低于")),
        ("普惠园覆盖率不得低于85%。", ("普惠园覆盖率", "85", "%", "不低于")),
        ("教育经费年均增长5%以上。", ("教育经费年均增长", "5", "%", "以上")),
        ("新增2000个学位。", ("新增学位", "2000", "个", "新增")),
        ("培训乡村教师1.2万人次。", ("培训乡村教师", "1.2万", "人次", "")),
        ("力争2026年民办学校达到100所。", ("民办学校", "100", "所", "达到")),
        ("毛入园率力争达到97%。", ("毛入园率", "97", "%", "力争")),
        ("投入7.4亿元，改善办学条件。", ("投入资金", "7.4亿", "元", "")),
    ],
)
def test_a_figure_becomes_a_target(sentence: str, expected: tuple[str, ...]) -> None:
    assert [told(each) for each in lifted(sentence)] == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "落实《加强学校管理20条规定》，抓好“两个确立”。",
        "贯彻青教发〔2026〕3号文件，3月5日前完成。",
        "对连续任教9年以上的教师予以表彰。",
        "送教上门每月不少于2次，每次不少于2学时。",
        "每个乡镇（街道）至少有1所公办园。",
        "抓好三个建设，落实一把手责任，坚持“1+N”机制。",
        "举办第25届艺术节，召开2次会议。",
        "启动甲学院和乙学院2所院校筹建工作。",
        "组织第一幼儿园等3所幼儿园参加评估。",
        "全县现有学校120所，上年招生3000人。",
        "测试人数预计1.4万人。",
        "在15—59周岁人群中推广。",
        "购置5*台电脑，达到*%以上。",
    ],
)
def test_other_figures_stay(sentence: str) -> None:
    assert proposed(sentence) == ()


def test_a_baseline_is_cited_and_its_year_told() -> None:
    before = of("普惠园覆盖率由93.2%提高到95%。")
    made = lift_targets(before, propose_targets(before).value)
    (target,) = made.value.targets
    assert target.baseline is not None and (target.baseline[0], str(target.baseline[1].value)) == (2025, "93.2")
    assert [each.code for each in made.findings] == ["PW750", "PW751"]
    assert "{{ 指标.普惠园覆盖率.基期 }}提高到{{ 指标.普惠园覆盖率.值 }}" in str(made.value)
    assert printed(made.value) == printed(before)


def test_a_baseline_with_its_year_is_not_told() -> None:
    before = of("普惠园覆盖率由2024年的93%提高到95%。")
    made = lift_targets(before, propose_targets(before).value)
    assert made.value.targets[0].baseline is not None and made.value.targets[0].baseline[0] == 2024
    assert [each.code for each in made.findings] == ["PW750"]


def test_years_make_one_target() -> None:
    (target,) = lifted("毛入园率2026年、2027年、2028年分别达到93%、94%、95%。", THREE_YEARS)
    assert [(year, str(figure.value)) for year, figure in target.years] == [(2026, "93"), (2027, "94"), (2028, "95")]
    (target,) = lifted("到2027年，毛入园率达到94%；到2028年，毛入园率达到95%。", THREE_YEARS)
    assert target.value is not None and str(target.value.value) == "95"
    assert [(year, str(figure.value)) for year, figure in target.years] == [(2027, "94")]


def test_one_figure_twice_is_one_target_and_another_figure_another() -> None:
    (target,) = lifted("新建幼儿园12所。年内新建幼儿园12所。")
    assert target.key == "新建幼儿园"
    assert [each.key for each in lifted("到年底新建幼儿园12所。年内新建幼儿园5所。")] == ["新建幼儿园", "新建幼儿园2"]


def test_proposals_can_be_refused() -> None:
    made = proposed("新建幼儿园12所，改造校舍3万平方米，培训教师800人次，新增学位2000个。")
    assert [each.number for each in made] == [1, 2, 3, 4]
    assert [each.key for each in chosen(made, ["新建幼儿园", "3-4"])] == ["改造校舍"]
    assert chosen(made, []) == made
    assert chosen(made, ["999999999", "没有这个"]) == made


def test_what_cannot_be_printed_the_same_is_told_and_stays() -> None:
    found = propose_targets(of("建设数字\\教育基地5个，新建幼儿园12所。"))
    assert [each.key for each in found.value] == ["新建幼儿园"]
    assert [each.code for each in found.findings] == ["PW752"]


def test_only_the_number_is_cited_if_its_unit_is_typed_oddly() -> None:
    for sentence, hole in (("评选精品课 20 节。", "评选精品课.数"), ("普惠园覆盖率达98％。", "普惠园覆盖率.数")):
        (made,) = proposed(sentence)
        assert [each.hole for each in made.citations] == [f"{{{{ 指标.{hole} }}}}"]
        assert lifted(sentence)
    assert proposed("新增学位1 200个。") == ()


def test_figures_of_titles_are_lifted_too() -> None:
    before = read(outline("重点任务:\n  - 章: 办园\n    内容:\n      - 条: 新建幼儿园12所\n      - 条: 抓落实\n"))
    after = lift_targets(before, propose_targets(before).value).value
    assert [told(each) for each in after.targets] == [("新建幼儿园", "12", "所", "")]
    assert any(each.text.value == "新建幼儿园{{ 指标.新建幼儿园 }}" for each in walk_plan_texts(after))
    assert printed(after) == printed(before)


def test_figures_for_each_year_are_steps_up_to_the_last_year() -> None:
    yearly = "2026年改造危桥30座。2027年改造危桥34座。2028年改造危桥32座。"
    (target,) = lifted(yearly, THREE_YEARS)
    assert [(year, str(figure.value)) for year, figure in target.years] == [(2026, "30"), (2027, "34"), (2028, "32")]


def test_a_proposal_can_have_a_longer_name() -> None:
    (made,) = proposed("新建幼儿园12所。")
    longer = renamed(made)
    assert longer.key == "新建幼儿园目标"
    assert [each.hole for each in longer.citations] == ["{{ 指标.新建幼儿园目标 }}"]


def test_targets_and_holes_of_the_outline_stay() -> None:
    before = read(
        outline(
            extra="指标: {新建幼儿园: {数值: 5, 单位: 所}}\n",
            lead="总体要求: 新建幼儿园{{ 指标.新建幼儿园 }}。年内新建幼儿园12所。\n",
        )
    )
    assert propose_targets(before).value == ()  # a text with holes was written by hand
    assert lift_targets(before, ()).value is before


def _matches(name: str, proposals: tuple[TargetProposal, ...]) -> tuple[int, int, int]:
    """How many citations there are, how many of them are listed, and how many of the list are there."""
    (path,) = (each for each in REAL if each.stem == name)
    texts = [visit.text.value for visit in walk_plan_texts(read(path.read_text("utf-8")))]
    listed: set[tuple[str, int]] = set()
    for words in (quote for file, quote, _ in REAL_TARGETS if file == name):
        number = re.search(r"[\d.l]+$", words)
        assert number is not None, words
        places = [(text, text.find(words) + number.start()) for text in texts if words in text]
        assert places, words
        listed.update(places[:1])
    cited = {
        (each.text.value, re.compile(r"[\d.]+").search(each.text.value, each.start).start())  # type: ignore[union-attr]
        for proposal in proposals
        for each in proposal.citations
    }
    return len(cited), len(cited & listed), len(listed)


def test_what_was_done_last_year_is_no_target() -> None:
    def tasks(title: str) -> str:
        return f"重点任务:\n  - 章: {title}\n    内容:\n      - 条: 办园\n        文: 全年新建幼儿园12所。\n"

    assert propose_targets(read(outline(tasks("2025年工作回顾")))).value == ()
    assert propose_targets(read(outline(tasks("2025年主要工作完成情况")))).value == ()
    assert [each.key for each in propose_targets(read(outline(tasks("2026年工作打算")))).value] == ["新建幼儿园"]


@pytest.mark.skipif(not REAL, reason="the published plans (../shared/real) are not here")
def test_the_targets_of_published_plans_are_found() -> None:
    cited = right = listed = 0
    for path in REAL:
        before = read(path.read_text("utf-8"))
        proposals = propose_targets(before).value
        counts = _matches(path.stem, proposals)
        cited, right, listed = cited + counts[0], right + counts[1], listed + counts[2]
        assert printed(lift_targets(before, proposals).value) == printed(before)
    assert right / cited >= 0.95, f"precision {right}/{cited}"
    assert right / listed >= 0.80, f"recall {right}/{listed}"


def test_time_grows_with_the_text_alone() -> None:
    assert_linear(
        propose_targets, lambda size: of("由" * 50 + "新建幼儿园12所，由3%提高到5%，2026年、" * size + "。"), 800
    )
