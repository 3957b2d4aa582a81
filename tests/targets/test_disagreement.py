"""Two plans of one bureau with different figures for a target and a year are reported, with both places."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from planwriter.cli.group import cli
from planwriter.targets.disagreement import check_disagreement
from tests.support import outline, plan

YEAR = "文种: 工作要点\n单位: {unit}\n地区: 青山县\n年度: 2026\n指标:\n  园: {{名称: {name}, {figure}}}\n"
SPAN = "文种: 三年行动计划\n单位: {unit}\n地区: 青山县\n起止: [2026, 2028]\n指标:\n  率: {{名称: {name}, {figure}}}\n"


def _text(head: str, figure: str, name: str = "普惠性幼儿园覆盖率", unit: str = "青山县教育局") -> str:
    return outline("", head=head.format(figure=figure, name=name, unit=unit))


def _found(*texts: str) -> list[str]:
    outlines = [made.outline for made in map(plan, texts) if made.outline]
    assert len(outlines) == len(texts)
    return [each.message for each in check_disagreement(outlines)]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ('数值: 95, 单位: "%"', '数值: 97, 单位: "%", 分年: {2026: 96, 2027: 97, 2028: 97}'),
        ("数值: 300, 单位: 个", "数值: 900, 单位: 个, 分年: {2026: 200, 2027: 600, 2028: 900}"),
        ("数值: 1.2, 单位: 万人", "数值: 15000, 单位: 人, 分年: {2026: 13000, 2027: 14000, 2028: 15000}"),
    ],
)
def test_a_different_figure_for_one_year_is_reported(one: str, two: str) -> None:
    (message,) = _found(_text(YEAR, one), _text(SPAN, two))
    assert "2026 年" in message and "两份计划对不上" in message


def test_baselines_are_compared() -> None:
    one = '数值: 95, 单位: "%", 基期: {年份: 2025, 数值: 93}'
    two = '数值: 97, 单位: "%", 基期: {年份: 2025, 数值: 92}'
    assert len(_found(_text(YEAR, one), _text(SPAN, two))) == 1


@pytest.mark.parametrize(
    ("one", "two", "name", "unit"),
    [
        (
            '数值: 95, 单位: "%"',
            '数值: 97, 单位: "%", 分年: {2026: 95, 2027: 96, 2028: 97}',
            "普惠性幼儿园覆盖率",
            "青山县教育局",
        ),
        ('数值: 95, 单位: "%"', '数值: 97, 单位: "%"', "普惠性幼儿园覆盖率", "青山县教育局"),
        ('数值: 95, 单位: "%"', '数值: 97, 单位: "%", 分年: {2026: 96}', "学前三年毛入园率", "青山县教育局"),
        ('数值: 95, 单位: "%"', '数值: 97, 单位: "%", 分年: {2026: 96}', "普惠性幼儿园覆盖率", "青山县卫生健康局"),
        ("数值: 1.2, 单位: 万人", "数值: 14000, 单位: 人, 分年: {2026: 12000}", "普惠性幼儿园覆盖率", "青山县教育局"),
        ("数值: 3, 单位: 所", "数值: 9, 单位: 亿元, 分年: {2026: 5}", "普惠性幼儿园覆盖率", "青山县教育局"),
    ],
)
def test_plans_that_agree_or_are_about_different_things_are_silent(one: str, two: str, name: str, unit: str) -> None:
    assert _found(_text(YEAR, one), _text(SPAN, two, name, unit)) == []


def test_check_of_a_folder_names_both_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "2026年"
    folder.mkdir()
    (folder / "要点.yaml").write_text(_text(YEAR, '数值: 95, 单位: "%"'), "utf-8")
    (folder / "计划.yaml").write_text(_text(SPAN, '数值: 97, 单位: "%", 分年: {2026: 96, 2028: 97}'), "utf-8")
    for names in (["2026年"], ["2026年/要点.yaml", "2026年/计划.yaml"]):
        made = CliRunner().invoke(cli, ["check", *names])
        assert made.output.count("PW465") == 1 and "要点.yaml" in made.output and "计划.yaml" in made.output
    assert "PW465" not in CliRunner().invoke(cli, ["check", "2026年/要点.yaml"]).output


def test_a_folder_without_outlines_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "空").mkdir()
    made = CliRunner().invoke(cli, ["check", "空"])
    assert made.exit_code == 2 and "里没有提纲" in made.output
