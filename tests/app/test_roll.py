"""Next year's outline on the disk: its name, what was reached, and how it checks."""

from pathlib import Path

import openpyxl
import pytest

from planwriter.app.roll import RolledOutline, roll_file, rolled_name
from planwriter.app.session import Session
from planwriter.findings.finding import Severity
from planwriter.rolling.words import Turn
from tests.support import EXAMPLES, outline, plan_file

TARGETS = "指标:\n  新建园: {名称: 新建幼儿园, 数值: 3, 单位: 所}\n  满意度: {名称: 群众满意度, 数值: 92, 单位: '%', 界限: 力争}\n"
CITING = (
    "重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n"
    "        文: 新建幼儿园{{ 指标.新建园 }}，群众满意度{{ 指标.满意度 }}。\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("要点2026.yaml").write_text(outline(CITING, extra=TARGETS), "utf-8")
    return tmp_path


def _rolled(path: str = "要点2026.yaml", *, year: int = 0, target: str = "", reached: str = "") -> RolledOutline:
    made = roll_file(Session().at(path), path, year=year, target=target, reached=reached)
    assert made.value is not None, made.findings
    return made.value


def _refusal(path: str, *, year: int = 0, reached: str = "") -> list[str]:
    made = roll_file(Session().at(path), path, year=year, reached=reached)
    assert made.value is None
    return [each.code for each in made.findings]


@pytest.mark.parametrize(
    ("path", "turn", "made"),
    [
        ("要点2026.yaml", Turn((2026, 2026), (2027, 2027)), "要点2027.yaml"),
        ("县/2026年要点2026.yaml", Turn((2026, 2026), (2027, 2027)), "县/2027年要点2027.yaml"),
        ("2026/要点.yaml", Turn((2026, 2026), (2028, 2028)), "2026/要点-2028.yaml"),
        ("计划2026-2028.yaml", Turn((2026, 2028), (2029, 2031)), "计划2029-2031.yaml"),
        ("计划2026-2027.yml", Turn((2026, 2027), (2027, 2028)), "计划2027-2028.yml"),
        ("计划.yaml", Turn((2026, 2028), (2029, 2031)), "计划-2029.yaml"),
    ],
)
def test_the_new_name_has_the_new_years(path: str, turn: Turn, made: str) -> None:
    assert rolled_name(path, turn) == made


def test_the_next_period_is_the_default() -> None:
    assert _rolled().turn.new == (2027, 2027)
    assert _rolled(year=2029).turn == Turn((2026, 2026), (2029, 2029))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_checks_but_for_values_and_what_is_listed(path: Path, folder: Path) -> None:
    made = _rolled(str(path), target="新.yaml")
    Path("新.yaml").write_bytes(made.data)
    errors = [each for each in plan_file("新.yaml").findings if each.severity is Severity.ERROR]
    remarks = {each.pos.line for each in made.findings if each.code == "PW766"}
    unlisted = [each for each in errors if each.code != "PW412" and each.pos.line - 1 not in remarks]
    assert unlisted == []
    assert plan_file("新.yaml", draft=True).document is not None


def test_words_and_clauses_of_the_old_year_are_remarks() -> None:
    tasks = (
        CITING + "      - 条: 开局\n        文: 2026年是“十五五”开局之年，抓好开局。\n      - 用: 总体要求/年度总要求\n"
    )
    Path("要点2026.yaml").write_text(outline(tasks, extra=TARGETS), "utf-8")
    made = _rolled(year=2029)
    told = [each.message for each in made.findings if each.code == "PW766"]
    assert any("开局之年" in each for each in told), told
    lines = made.data.decode().split("\n")
    for each in made.findings:
        if each.code == "PW766":
            assert lines[each.pos.line - 1][each.pos.column - 1 :].startswith("# 待核：")
    assert made.data.decode().count("# 待核：") == len(told)


def test_what_was_reached_comes_from_a_workbook_or_a_yaml() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("名称", "单位", "数值"), ("新建幼儿园", "所", 4), ("校车", "辆", 9)):
        sheet.append(row)
    book.save("完成.xlsx")
    made = roll_file(Session(), "要点2026.yaml", reached="完成.xlsx")
    assert made.value is not None and "基期: {年份: 2026, 数值: 4}" in made.value.data.decode()
    assert [each.code for each in made.value.findings if each.code == "PW768"] == ["PW768"]
    Path("完成.yaml").write_text("新建园: 5所\n群众满意度: 93.5%\n", "utf-8")
    text = _rolled(reached="完成.yaml").data.decode()
    assert "基期: {年份: 2026, 数值: 5}" in text and "基期: {年份: 2026, 数值: 93.5}" in text


def test_what_cannot_be_moved_is_refused() -> None:
    Path("无.yaml").write_text(outline().replace("年度: 2026\n", ""), "utf-8")
    assert _refusal("无.yaml") == ["PW765"]
    assert _refusal("要点2026.yaml", year=2026) == ["PW765"]
    assert _refusal("没有.yaml") == ["PW101"]
    assert _refusal("要点2026.yaml", reached="没有.xlsx") == ["PW101"]
    Path("坏.yaml").write_text(outline().replace("文: 上好课", "文：上好课"), "utf-8")
    assert _refusal("坏.yaml") == ["PW106", "PW765"]
    Path("乱.yaml").write_text("a: [\n", "utf-8")
    assert "PW765" in _refusal("乱.yaml") or _refusal("乱.yaml")


def test_the_old_file_is_not_touched(folder: Path) -> None:
    before = Path("要点2026.yaml").read_bytes()
    _rolled()
    assert Path("要点2026.yaml").read_bytes() == before and len(list(folder.iterdir())) == 1
