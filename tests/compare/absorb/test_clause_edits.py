"""Edited clauses: parameters if only these changed, else own words that say so, else blocks of the outline's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from planwriter.app.open_outline import open_outline
from planwriter.app.roundtrip.trial import Absorbed, absorbed
from planwriter.app.session import Session
from tests.absorbing import Items, drop, put, retype, sides
from tests.support import LEAD, TAIL

LIBRARY = """\
- 条款: 甲/宣讲
  条: 师德宣讲
  文: 在{{ 全域 }}宣讲{{ 参数.场次 }}场，由{{ 参数.单位 }}办。
  参数: {场次: {类型: 整数, 说明: 场次}, 单位: {类型: 文本, 说明: 谁办}}
- 条款: 甲/可选
  条: 建园扩容
  文: 新建园{{ 参数.园数 }}所〔，新增学位{{ 参数.学位 }}个〕，年底开园。
  参数: {园数: {类型: 整数, 说明: 园数}, 学位: {类型: 整数, 说明: 学位}}
- 条款: 甲/一段
  文: 每年培训{{ 参数.人次 }}人次。
  参数: {人次: {类型: 整数, 说明: 人次}}
- 条款: 甲/整套
  节: 一套办法
  参数: {次数: {类型: 整数, 说明: 次数}}
  内容:
    - 条: 头一条
      文: 办{{ 参数.次数 }}次，在{{ 全域 }}推开。
    - 条: 第二条
      文: 查一遍。
"""
HEAD = "文种: 工作要点\n年度: 2026\n"
TASKS = """\
重点任务:
  - 章: 队伍
    内容:
      - 用: 甲/宣讲   # 用注
        参数: {场次: 6, 单位: 人事股}
        责任单位: 人事股
"""
SET = "重点任务:\n  - 章: 队伍\n    内容:\n      # 上注\n      - 用: 甲/整套\n        参数: {次数: 3}\n"


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    (tmp_path / "planwriter.yaml").write_text(
        "单位: 青山县教育局\n地区: {名称: 青山县, 上级: 云岭市}\n库: [库]\n", "utf-8"
    )
    (tmp_path / "库").mkdir()
    (tmp_path / "库" / "library.yaml").write_text('名称: 县库\n版本: 1.0.0\n格式: 2\n需要: ">=0.1"\n', "utf-8")
    (tmp_path / "库" / "甲.yaml").write_text(LIBRARY, "utf-8")
    return tmp_path


def taken(bureau: Path, tasks: str, *edits: tuple[str, str]) -> Absorbed:
    def edit(items: Items) -> None:
        for old, new in edits:
            retype(items, old, new)

    return taken_with(bureau, tasks, edit)


def taken_with(bureau: Path, tasks: str, edit: object) -> Absorbed:
    path = bureau / "提纲.yaml"
    made = open_outline(Session().at(str(path)), (HEAD + LEAD + tasks + TAIL).encode(), "提纲.yaml", str(path))
    assert made.value is not None, made.findings
    return absorbed(made.value, sides(made.value, edit))  # type: ignore[arg-type]


def text(made: Absorbed) -> str:
    assert not made.left, made.left
    return made.after.decode().removeprefix(HEAD + LEAD).removesuffix(TAIL)


def test_only_a_parameter(bureau: Path) -> None:
    assert text(taken(bureau, TASKS, ("6场", "8场"))) == TASKS.replace("场次: 6", "场次: 8")
    both = taken(bureau, TASKS, ("6场，由人事股办", "8场，由教研室办"))
    assert text(both) == TASKS.replace("场次: 6, 单位: 人事股", "场次: 8, 单位: 教研室")


def test_words_that_are_no_parameter(bureau: Path) -> None:
    made = taken(bureau, TASKS, ("宣讲6场", "巡讲6场"))
    wanted = '        改写: {文: "在{{ 全域 }}巡讲{{ 参数.场次 }}场，由{{ 参数.单位 }}办。", 条款原文: '
    assert wanted in text(made)
    assert [each.code for each in made.findings] == ["PW860"]
    title = taken(bureau, TASKS, ("师德宣讲。", "师德巡讲。"))
    assert "改写: {标题: 师德巡讲, 条款原文: " in text(title)
    again = made.after.decode().removeprefix(HEAD + LEAD).removesuffix(TAIL)
    more = taken(bureau, again, ("巡讲6场", "巡回宣讲6场"))
    assert text(more) == again.replace("巡讲", "巡回宣讲")
    units = taken(bureau, TASKS, ("责任单位：人事股", "责任单位：教研室"))
    assert text(units) == TASKS.replace("责任单位: 人事股", "责任单位: 教研室")


def test_a_place_that_a_clause_fills_in(bureau: Path) -> None:
    assert '改写: {文: "在全省宣讲{{ 参数.场次 }}场' in text(taken(bureau, TASKS, ("在全县", "在全省")))


def test_a_clause_that_is_a_paragraph(bureau: Path) -> None:
    tasks = TASKS.replace(
        "甲/宣讲   # 用注\n        参数: {场次: 6, 单位: 人事股}", "甲/一段\n        参数: {人次: 90}"
    )
    assert text(taken(bureau, tasks, ("90人次", "95人次"))) == tasks.replace("人次: 90", "人次: 95")
    assert '改写: {文: "全年培训{{ 参数.人次 }}人次。"' in text(taken(bureau, tasks, ("每年", "全年")))


def test_what_a_clause_holds_becomes_the_outlines_own(bureau: Path) -> None:
    made = taken(bureau, SET, ("查一遍", "查两遍"))
    assert made.expanded == ("甲/整套",)
    assert text(made) == (
        "重点任务:\n  - 章: 队伍\n    内容:\n      # 上注\n      - 节: 一套办法\n        内容:\n"
        "          - 条: 头一条\n            文: '办3次，在{{ 全域 }}推开。'\n"
        "          - 条: 第二条\n            文: 查两遍。\n"
    )
    shorter = taken_with(bureau, SET, lambda items: drop(items, "查一遍"))
    assert "第二条" not in text(shorter) and "头一条" in text(shorter)
    more = taken_with(bureau, SET, lambda items: put(items, "头一条", "再加一条。要办好。", level=3))
    assert text(more).index("头一条") < text(more).index("条: 再加一条") < text(more).index("第二条")


def test_a_clause_that_stays_as_it_is_stays_a_use(bureau: Path) -> None:
    made = taken_with(bureau, SET, lambda items: retype(items, "队伍", "教师队伍"))
    assert text(made) == SET.replace("章: 队伍", "章: 教师队伍") and made.expanded == ()


def test_a_part_that_was_left_out_is_a_parameter_too(bureau: Path) -> None:
    tasks = TASKS.replace("甲/宣讲   # 用注\n        参数: {场次: 6, 单位: 人事股}", "甲/可选\n        参数: {园数: 3}")
    made = taken(bureau, tasks, ("3所，", "3所，新增学位90个，"))
    assert text(made) == tasks.replace("{园数: 3}", "{园数: 3, 学位: 90}")
    made = taken(bureau, tasks, ("3所，", "4所，新增学位若干，"))
    assert "改写: {文: " in text(made)
