"""A figure keeps its words all the way: from an outline, a sheet and a parameter into every table and every output."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from tests.support import outline, plan_file, render

TARGETS = """\
指标:
  培训: {数值: 1.5万, 单位: 人次, 基期: {年份: 2025, 数值: 1万}}
  资金: {数值: 5000万, 单位: 元}
  网点: {数值: 300余, 单位: 个}
  达标: {数值: ≥96%}
附件: [指标表, {标题: 投入, 表: 表.csv}]
库: 县库
"""
TASKS = """\
重点任务:
  - 章: 办好教育
    内容:
      - 条: 做实培训
        文: 培训{{ 指标.培训 }}，比上年增加{{ 指标.培训.增量 }}；投入{{ 指标.资金.数 }}元；网点{{ 指标.网点 }}，达标率{{ 指标.达标 }}。
      - 用: 宣讲/宣讲
        参数: {人次: 1.2万}
"""
CLAUSE = """\
- 条款: 宣讲/宣讲
  条: 开展宣讲
  文: 宣讲{{ 参数.人次 }}人次，两年共{{ 参数.人次 * 2 }}人次。
  参数: {人次: {类型: 整数, 单位: 人次, 说明: 人次}}
  示例: {参数: {人次: 6}, 文本: 宣讲6人次，两年共12人次。}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "县库").mkdir()
    manifest = "名称: 县库\n版本: 1.0.0\n发布单位: 青山县教育局\n级别: 县\n说明: 试\n"
    (tmp_path / "县库" / "library.yaml").write_text(manifest, "utf-8")
    (tmp_path / "县库" / "a.yaml").write_text(CLAUSE, "utf-8")
    (tmp_path / "表.csv").write_text("项目,金额\n甲,{{ 指标.资金 }}\n", "utf-8")
    (tmp_path / "要点.yaml").write_text(outline(TASKS, extra=TARGETS), "utf-8")
    return tmp_path


def test_words_and_sums_are_right_in_every_output(folder: Path) -> None:
    made = plan_file(str(folder / "要点.yaml"))
    assert [each.code for each in made.findings] == [] and made.document is not None
    text = (render(made.document, "text").value or b"").decode()
    assert "培训1.5万人次，比上年增加0.5万人次；投入5000万元；网点300余个，达标率不低于96%。" in text
    assert "宣讲1.2万人次，两年共24000人次。" in text
    assert "甲\t5000万元" in text
    for row in ("培训\t人次\t1万\t1.5万", "资金\t元\t\t5000万", "网点\t个\t\t300余", "达标\t%\t\t≥96"):
        assert row in text


def test_an_argument_that_is_no_plain_figure_is_refused(folder: Path) -> None:
    file = folder / "要点.yaml"
    for typed, way in (("十二", "12"), ("≥6", "6"), ("3/4", "0.75"), ("1万2千", "12000"), ("90-95", "只有一个数")):
        file.write_text(outline(TASKS.replace("1.2万", typed), extra=TARGETS), "utf-8")
        found = plan_file(str(file)).findings
        assert any(way in each.hint for each in found), found


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (3, '0"所"', "3所"),
        (12345678, '0!.0,"万元"', "1234.6万元"),
        (12, "000000", "000012"),
        (0, '0;-0;"—"', "—"),
        (46086.604166666664, "m月d日 h:mm", "3月5日 14:30"),
        (0.985, "0.0%", "98.5%"),
    ],
)
def test_a_table_of_a_workbook_prints_what_its_cells_show(folder: Path, value: float, form: str, shown: str) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["项目", "数"])
    book.worksheets[0].append(["甲", value])
    book.worksheets[0]["B2"].number_format = form
    stream = io.BytesIO()
    book.save(stream)
    (folder / "项目.xlsx").write_bytes(stream.getvalue())
    for extra, tasks in (
        (TARGETS.replace("表.csv", "项目.xlsx"), TASKS),
        (TARGETS, f"{TASKS}      - 表: 项目.xlsx\n"),
    ):
        (folder / "要点.yaml").write_text(outline(tasks, extra=extra), "utf-8")
        made = plan_file(str(folder / "要点.yaml"))
        assert made.findings == () and made.document is not None
        assert f"甲\t{shown}" in (render(made.document, "text").value or b"").decode()
