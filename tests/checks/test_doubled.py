"""Words that a hole prints are not said again around it: units, percent, bounds, marks, names."""

from __future__ import annotations

from pathlib import Path

import pytest

from planwriter.app.fix import fix_bytes
from planwriter.app.plans import plan_file
from planwriter.app.session import Session
from tests.support import outline, plan

_TARGETS = """指标:
  新建园: {名称: 新建公办幼儿园, 数值: 3, 单位: 所}
  覆盖率: {名称: 普惠性幼儿园覆盖率, 数值: 95, 单位: "%", 界限: 以上}
  托位: {名称: 托位, 数值: 300, 单位: 个, 界限: 新增, 分年: {2026: 300}}
  培训: {名称: 教师培训, 数值: 300, 单位: 人次, 分项: {城关镇: 120, 云河镇: 180}}
  投入: {名称: 投入资金, 数值: 500, 单位: 万元, 基期: {年份: 2025, 数值: 400}}
  名师: {名称: 培养名师, 数值: 5, 单位: 名}
  教师: {名称: 新招教师, 数值: 60, 单位: 人}
  普惠率: {名称: 普惠率, 数值: 95, 单位: "%", 界限: 力争}
"""


def _text(text: str) -> str:
    tasks = f"重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: {text}\n"
    return outline(tasks, extra=_TARGETS)


def _words(text: str) -> list[str]:
    return [each.message.split("”")[0][1:] for each in plan(_text(text)).findings if each.code == "PW236"]


def _fixed(text: str) -> str:
    made = fix_bytes(Session(), _text(text).encode(), "提纲.yaml").after.decode()
    return made.split("文: ")[1].split("\n")[0].strip("'")


@pytest.mark.parametrize(
    ("text", "word", "fixed"),
    [
        ("新建{{ 指标.新建园 }}所。", "所", "新建{{ 指标.新建园 }}。"),
        ("新建{{ 指标.新建园.值 }}所以上。", "所", "新建{{ 指标.新建园.值 }}以上。"),
        ("新建{{ 指标.新建园 }}所公办幼儿园。", "所", "新建{{ 指标.新建园 }}公办幼儿园。"),
        ("覆盖率{{ 指标.覆盖率 }}%。", "%", "覆盖率{{ 指标.覆盖率 }}。"),
        ("覆盖率{{ 指标.覆盖率.值 }}％。", "％", "覆盖率{{ 指标.覆盖率.值 }}。"),
        ("覆盖率为百分之{{ 指标.覆盖率 }}。", "百分之", "覆盖率为{{ 指标.覆盖率 }}。"),
        ("托位{{ 指标.托位.年(2026) }}个。", "个", "托位{{ 指标.托位.年(2026) }}。"),
        ("城关镇培训{{ 指标.培训.分项.城关镇 }}人次。", "人次", "城关镇培训{{ 指标.培训.分项.城关镇 }}。"),
        ("培训{{ 指标.培训 }}次。", "次", "培训{{ 指标.培训 }}。"),
        ("投入{{ 指标.投入 }}万元，", "万元", "投入{{ 指标.投入 }}，"),
        ("投入{{ 指标.投入 }}元。", "元", "投入{{ 指标.投入 }}。"),
        ("增加{{ 指标.投入.增量 }}万元的投入。", "万元", "增加{{ 指标.投入.增量 }}的投入。"),
        ("今年新增托位{{ 指标.托位 }}。", "新增", "今年托位{{ 指标.托位 }}。"),
        ("力争普惠率{{ 指标.普惠率 }}。", "力争", "普惠率{{ 指标.普惠率 }}。"),
        ("{{ 单位 }}教育局牵头。", "教育局", "{{ 单位 }}牵头。"),
        ("青山县{{ 单位 }}牵头。", "青山县", "{{ 单位 }}牵头。"),
    ],
)
def test_words_that_a_hole_prints_are_cut(text: str, word: str, fixed: str) -> None:
    assert _words(text) == [word]
    assert _fixed(text) == fixed


@pytest.mark.parametrize(
    "text",
    [
        "新建{{ 指标.新建园.数 }}所公办幼儿园。",
        "普惠率{{ 指标.覆盖率 }}以上。",  # PW415
        "新建{{ 指标.新建园 }}，所需资金由县财政保障。",
        "新建{{ 指标.新建园 }}所需资金由县财政保障。",
        "培养{{ 指标.名师 }}名师。",
        "招聘{{ 指标.教师 }}人才。",
        "覆盖率{{ 指标.覆盖率.数 }}%。",
        "托位{{ 指标.托位 }}，新增学位优先安排。",
        "新增公办幼儿园3所、托位{{ 指标.托位 }}。",
        "{{ 地区 }}县委高度重视，{{ 单位 }}局长负责。",
        "{{ 年度 }}年，{{ 全域 }}教育系统抓好落实。",
        "培训覆盖{{ 指标.培训.分项 }}，",
        "投入{{ 指标.投入 }}，元旦前到位。",
    ],
)
def test_words_that_only_look_alike_are_silent(text: str) -> None:
    assert _words(text) == []


def test_a_different_unit_is_reported_and_left_to_the_writer() -> None:
    text = "招聘{{ 指标.教师 }}人次。"
    assert _words(text) == ["人"] and _fixed(text) == text


def test_a_clause_and_its_argument(tmp_path: Path) -> None:
    (tmp_path / "县库").mkdir()
    (tmp_path / "县库/library.yaml").write_text("名称: 青山县条款库\n版本: 1.0.0\n", "utf-8")
    clause = (
        "- 条款: 校园/培训\n  条: 开展培训\n"
        "  文: 全年培训{{ 参数.人数 }}人，{{ 参数.时限 }}前完成，学习《{{ 参数.文件 }}》，{{ 参数.要求 }}。\n"
        "  责任单位: 责任单位：教研室\n"
        "  参数:\n    人数: {类型: 文本}\n    时限: {类型: 文本}\n    文件: {类型: 文本}\n    要求: {类型: 文本}\n"
    )
    (tmp_path / "县库/校园.yaml").write_text(clause, "utf-8")
    use = (
        "重点任务:\n  - 章: 办好食堂\n    内容:\n      - 用: 校园/培训\n"
        "        参数: {人数: 300人, 时限: 2026年12月底前, 文件: 《学习指南》, 要求: 按季调度。}\n"
    )
    path = tmp_path / "提纲.yaml"
    path.write_text(outline(use, extra="库: 县库\n"), "utf-8")
    found = [each for each in plan_file(Session().at(str(path)), str(path)).findings if each.code in ("PW235", "PW236")]
    assert sorted(each.code for each in found) == ["PW235", *["PW236"] * 4]
    fixed = fix_bytes(Session().at(str(path)), path.read_bytes(), str(path)).after.decode()
    assert "{人数: 300, 时限: 2026年12月底, 文件: 《学习指南》, 要求: 按季调度}" in fixed
