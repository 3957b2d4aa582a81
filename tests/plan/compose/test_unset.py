"""Commitments that nobody set: which defaults are meant, and how they are listed."""

from pathlib import Path

import pytest

from planwriter.findings.finding import Finding
from planwriter.plan.compose.unset import is_commitment
from tests.support import outline, plan_file


@pytest.mark.parametrize(
    ("default", "expected"),
    [
        ("95", True),
        ("1.2万", True),
        ("９５", True),
        ("9月", True),
        ("2026年12月底", True),
        ("8月31日", True),
        ("三所", True),
        ("两次", True),
        ("三", True),
        ("五千万元", True),
        ("每学期两次", True),
        ("3名以上", True),
        ("第三季度", True),
        ("高质量发展", False),
        ("党的二十大及二十届历次全会精神", False),
        ("每季度", False),
        ("半年", False),
        ("《幼儿园建设标准（2016年版）》", False),
        ("12345政务服务热线", False),
        ("“五项管理”“双减”", False),
        ("坚定维护“两个确立”", False),
        ("增强四个意识", False),
        ("一体化", False),
        ("{{ 年度 }}年", False),
        ("{{ 指标.率 }}", False),
        ("{{ 年度 }}年12月", True),
    ],
)
def test_a_commitment_is_a_figure_or_a_date(default: str, expected: bool) -> None:
    assert is_commitment(default) is expected


def _found(clauses: str, uses: str) -> list[Finding]:
    Path("县库").mkdir(exist_ok=True)
    Path("县库/library.yaml").write_text("名称: 青山县条款库\n版本: 1.0.0\n", "utf-8")
    Path("县库/校园.yaml").write_text(clauses, "utf-8")
    tasks = f"重点任务:\n  - 章: 办好食堂\n    内容:\n{uses}"
    Path("提纲.yaml").write_text(outline(tasks, extra="库: 县库\n"), "utf-8")
    return list(plan_file("提纲.yaml").findings)


CLAUSE = "- 条款: 校园/食堂\n  条: 办好食堂\n  文: 达标率达到{{ 参数.率 }}%。\n  参数: {率: {类型: 百分数, 默认: 95}}\n"


def test_every_use_is_listed_once_and_later_ones_are_related(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = _found(CLAUSE, "      - 用: 校园/食堂\n" * 5)
    assert [each.code for each in found] == ["PW316"]
    assert "有 5 个数" in found[0].message and found[0].message.count("“率”95%") == 3
    assert [pos.line for pos, _ in found[0].related] == [13, 14]
    assert found[0].pos.file == "提纲.yaml" and found[0].pos.line == 10


def test_what_the_author_sets_is_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert _found(CLAUSE, "      - 用: 校园/食堂\n        参数: {率: 95}\n") == []


def test_a_default_that_a_clause_passes_on_is_listed_at_the_use_in_the_outline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outer = (
        "- 条款: 校园/后勤\n  节: 抓好后勤\n  内容:\n    - 用: 校园/食堂\n      参数: {率: '{{ 参数.达标 }}'}\n"
        "  参数: {达标: {类型: 百分数, 默认: 90}}\n"
    )
    found = _found(CLAUSE + outer, "      - 用: 校园/后勤\n")
    assert [(each.code, each.pos.line) for each in found] == [("PW316", 10)]
    assert "“达标”90%" in found[0].message
    assert _found(CLAUSE + outer, "      - 用: 校园/后勤\n        参数: {达标: 90}\n") == []


def test_a_default_in_wording_that_is_not_used_is_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    clause = CLAUSE + "  变体: {简: 办好每一个食堂。}\n"
    assert _found(clause, "      - 用: 校园/食堂\n        变体: 简\n") == []


def test_an_outline_that_lost_an_entry_has_no_such_hint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = _found(CLAUSE, '      - 用: 校园/食堂\n        参数: {率: "95}\n')
    assert found and "PW316" not in [each.code for each in found]


# findings on composed text point at the outline


def test_a_finding_on_a_clause_points_at_its_use_or_at_the_argument(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    clause = CLAUSE.replace("达标率达到", "新建食堂3.5个，达标率达到").replace("95}", "195, 最大: 200}")
    [counted, unset, rate] = sorted(_found(clause, "      - 用: 校园/食堂\n"), key=lambda each: each.code == "PW444")
    places = [(each.code, each.pos.file, each.pos.line) for each in (unset, counted, rate)]
    assert {code for code, _, _ in places} == {"PW316", "PW445", "PW444"}
    assert {(file, line) for _, file, line in places} == {("提纲.yaml", 10)}
    assert "参数: {率: ……}" in rate.hint and rate.related[0][0].file == "县库/校园.yaml"
    given = _found(clause, "      - 用: 校园/食堂\n        参数: {率: 190}\n")
    assert [(each.code, each.pos.line, each.pos.column) for each in given] == [("PW445", 10, 9), ("PW444", 11, 17)]
