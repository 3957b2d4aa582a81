"""Which figures say what is to be reached or delivered."""

from __future__ import annotations

import pytest

from planwriter.importing.figure_goals import FigureInSentence, is_for_each, is_norm, is_past, is_target


def figure(lead: str, unit: str, after: str = "。", bound: str = "", name: str = "名称", words: str = "") -> bool:
    return is_target(FigureInSentence("5", unit, bound, lead, after, name, "", words))


@pytest.mark.parametrize(
    ("lead", "unit", "after"),
    [
        ("改良老果园", "亩", "。"),
        ("新装路灯", "盏", "，"),
        ("硬化公路", "条", "。"),
        ("推动", "条", "生产线投产。"),
        ("为", "名", "残疾儿童提供康复服务。"),
        ("茶叶产量", "吨", "。"),
    ],
)
def test_what_is_delivered(lead: str, unit: str, after: str) -> None:
    assert figure(lead, unit, after)


@pytest.mark.parametrize(
    ("lead", "unit", "after"),
    [
        ("下设办公室", "个", "。"),
        ("设组长", "名", "。"),
        ("现有水库", "座", "。"),
        ("评定一等奖", "名", "、"),
        ("落实纪律", "条", "规定。"),
        ("召开会议", "次", "。"),
        ("考核满分", "分", "。"),
        ("办结期限", "个工作日", "。"),
    ],
)
def test_what_only_tells_how_things_are(lead: str, unit: str, after: str) -> None:
    assert not figure(lead, unit, after)


def test_a_time_is_a_target_if_it_is_to_become_shorter() -> None:
    assert figure("审批时间压缩至", "个工作日", bound="达到", name="审批时间")
    assert not figure("开放时间每周不少于", "小时", bound="不少于", name="开放时间")
    assert figure("服务时长突破", "小时", bound="超过", name="服务时长", words="万")


def test_norms_and_what_there_was() -> None:
    assert is_norm("补助标准不低于", "元") and not is_norm("低保标准提高到", "元")
    assert not is_norm("主导国家标准", "项")
    assert is_for_each("每校") and not is_for_each("每年")
    assert is_past("已建成", "", "") and is_past("累计建成", "", "")
    assert not is_past("累计实现", "", "") and not is_past("比上年减少", "", "")
