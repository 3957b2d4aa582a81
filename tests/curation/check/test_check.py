"""The check of libraries: every planted fault is reported in its place, and correct libraries have no findings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter import cli
from planwriter.app.session import Session
from planwriter.clauses.library import Library, open_files
from planwriter.curation.check import check_library
from planwriter.curation.check.duplicates import ALIKE, SHORT, alike
from planwriter.findings.finding import Finding
from planwriter.language import dates

KINDS = Session().kinds().value
SOUND = """\
- 条款: 德育/宣讲
  条: 加强师德宣讲
  文: 组织师德专题宣讲，{{ 全域 }}每年不少于{{ 参数.场次 }}场。
  参数: {场次: {类型: 整数, 说明: 每年场次, 默认: 5, 最小: 1}}
  变体: {简: "每年组织师德宣讲{{ 参数.场次 }}场。"}
  适用: {文种: [工作要点], 级别: [县, 区], 年度: [2023, 2027]}
  有效期: [2024-01-01, 2027年12月31日]
  示例: {参数: {场次: 6}, 文本: 组织师德专题宣讲，全县每年不少于6场。}
"""


def _library(clauses: str, manifest: str = "名称: 县库\n版本: 1.0.0\n", shown: str = "县库") -> Library:
    return open_files({"library.yaml": manifest.encode(), "德育.yaml": clauses.encode()}, shown)


def _check(clauses: str, *others: Library, on: str = "", manifest: str = "名称: 县库\n版本: 1.0.0\n") -> list[Finding]:
    return list(check_library(_library(clauses, manifest), others, kinds=KINDS, on=on))


def _told(
    clauses: str, *others: Library, on: str = "", manifest: str = "名称: 县库\n版本: 1.0.0\n"
) -> list[tuple[str, int, int]]:
    found = _check(clauses, *others, on=on, manifest=manifest)
    assert all(each.hint for each in found)
    return [(each.code, each.pos.line, each.pos.column) for each in found]


def test_a_sound_library_has_none() -> None:
    assert _told(SOUND, on="2026-06-30") == []


@pytest.mark.parametrize(
    ("sound", "bad", "told"),
    [
        ("{{ 参数.场次 }}场。\n  参数", "{{ 参数.次数 }}场。\n  参数", ("PW351", 3, 31)),
        ("最小: 1}}", "最小: 1}, 多: {类型: 文本}}", ("PW352", 4, 46)),
        ("不少于6场", "不少于8场", ("PW353", 8, 21)),
        ("[工作要点]", "[工作要典]", ("PW354", 6, 13)),
        ("[工作要点]", "[年度工作要点]", ("PW354", 6, 13)),
        ("[县, 区]", "[县, 自治县]", ("PW354", 6, 28)),
        ("[2023, 2027]", "[2027, 2023]", ("PW354", 6, 37)),
        ("[2023, 2027]", "[2021, 2023]", ("PW354", 6, 37)),
        ("最小: 1", "最小: 9, 最大: 6", ("PW355", 4, 8)),
        ("最小: 1", "最小: 6", ("PW355", 4, 8)),
        ("默认: 5", "默认: 五", ("PW355", 4, 8)),
        ("类型: 整数, 说明: 每年场次, 默认: 5, 最小: 1", "类型: 选项", ("PW355", 4, 8)),
        ("最小: 1", "可选: [1, 2]", ("PW355", 4, 8)),
        ("类型: 整数, 说明: 每年场次, 默认: 5, 最小: 1", "类型: 文本, 最小: 1", ("PW355", 4, 8)),
        ("[2024-01-01, 2027年12月31日]", "[2027-01-01, 2026-12-31]", ("PW358", 7, 8)),
        ("[2024-01-01, 2027年12月31日]", "[2024年, 2026年]", ("PW358", 7, 8)),
        ("组织师德", "由大方县教育局组织师德", ("PW314", 3, 7)),
        ("组织师德", "由云岭市发展和改革委员会组织师德", ("PW314", 3, 7)),
        ("每年组织", "在七星关区每年组织", ("PW314", 5, 13)),
        ("{{ 全域 }}", "{{ 全城 }}", ("PW309", 3, 15)),
        ('简: "每年组织师德宣讲{{ 参数.场次 }}场。"', '简: "每年{{ 全城 }}宣讲{{ 参数.场次 }}场。"', ("PW309", 5, 14)),
    ],
)
def test_a_planted_fault_is_reported_at_its_place(sound: str, bad: str, told: tuple[str, int, int]) -> None:
    assert sound in SOUND
    found = _told(SOUND.replace(sound, bad, 1))
    assert told in found
    assert {code for code, _, _ in found} <= {told[0], "PW352", "PW353"}  # what a fault brings with it


# clauses that use others

USER = "- 条款: 德育/章\n  条: 师德\n  内容:\n    - 用: 德育/宣讲\n      参数: {场次: 6}\n      变体: 简\n"


@pytest.mark.parametrize(
    ("sound", "bad", "told"),
    [
        ("用: 德育/宣讲", "用: 德育/没有", ("PW301", 12, 10)),
        ("{场次: 6}", "{次数: 6}", ("PW305", 13, 12)),
        ("变体: 简", "变体: 繁", ("PW306", 14, 11)),
    ],
)
def test_a_use_is_held_against_the_clause_it_names(sound: str, bad: str, told: tuple[str, int, int]) -> None:
    clauses = SOUND.replace("  条: 加强师德宣讲\n", "  款: 加强师德宣讲\n")
    assert _told(clauses + USER) == []
    assert _told(clauses + USER.replace(sound, bad)) == [told]


def test_a_parameter_without_a_default_must_be_handed_on() -> None:
    clauses = SOUND.replace("条: 加", "款: 加").replace(", 默认: 5", "") + USER.replace("      参数: {场次: 6}\n", "")
    assert _told(clauses) == [("PW303", 12, 10)]


def test_an_argument_that_does_not_fit_is_reported() -> None:
    clauses = SOUND.replace("条: 加", "款: 加") + USER.replace("场次: 6", "场次: 六")
    assert [code for code, _, _ in _told(clauses)] == ["PW304"]


def test_a_ring_is_reported_at_each_use_in_it_and_not_at_those_outside() -> None:
    ring = "".join(
        f"- 条款: 圈/{name}\n  条: 第{name}个\n  内容:\n    - 用: 圈/{after}\n"
        for name, after in ("甲乙", "乙丙", "丙甲", "丁甲")
    )
    found = _check(ring)
    assert [(each.code, each.pos.line) for each in found] == [("PW307", 4), ("PW307", 8), ("PW307", 12)]
    assert "圈/甲 → 圈/乙 → 圈/丙 → 圈/甲" in found[0].message


def test_a_clause_of_a_different_library_is_no_dead_link() -> None:
    other = _library(SOUND.replace("条: 加", "款: 加"), "名称: 市库\n版本: 1.0.0\n", "市库")
    assert _told(USER.replace("德育/章", "德育/本县"), other) == []


# the keeper's own names


def test_the_publishers_place_is_reported_though_no_gazetteer_knows_it() -> None:
    manifest = "名称: 县库\n版本: 1.0.0\n发布单位: 青山县教育局\n"
    assert _told(SOUND.replace("组织师德专题", "在青山县组织师德专题"), manifest=manifest)[0] == ("PW314", 3, 7)


def test_a_title_may_name_a_place() -> None:
    assert _told(SOUND.replace("组织师德专题宣讲", "学习《大方县教研办法》", 2)) == []


# validity


@pytest.mark.parametrize(
    ("on", "codes"), [("2023-12-31", ["PW357"]), ("2024-01-01", []), ("2027-12-31", []), ("2028-01-01", ["PW357"])]
)
def test_wording_is_held_against_the_day_that_is_asked_for(on: str, codes: list[str]) -> None:
    assert [code for code, _, _ in _told(SOUND, on=on)] == codes


def test_days_are_typed_in_full() -> None:
    assert dates.iso_date("2026-3-5") == dates.iso_date("2026年3月5日") == "2026-03-05"
    assert dates.iso_date("2026年3月") is None and dates.iso_date("2026-02-30") is None


# doubles


def test_similar_clauses_are_reported_within_a_library_and_across() -> None:
    twin = SOUND.replace("德育/宣讲", "德育/讲座").replace("加强师德宣讲", "加强师德讲座")
    assert [each.message for each in _check(SOUND + twin)] == ["条款“德育/讲座”和“德育/宣讲”有 77% 的文字相同。"]
    other = _library(twin, "名称: 市库\n版本: 1.0.0\n", "市库")
    assert _told(SOUND, other) == [("PW356", 1, 3)]


def test_a_clause_that_replaces_one_of_a_different_library_is_no_double_unless_nothing_differs() -> None:
    other = _library(SOUND, "名称: 市库\n版本: 1.0.0\n", "市库")
    assert _told(SOUND, other) == [("PW356", 1, 3)]
    assert _told(SOUND.replace("专题宣讲", "专题宣传"), other) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("甲乙丙丁戊己", min_size=SHORT, max_size=30), max_size=12))
def test_the_quick_search_finds_what_comparing_all_finds(texts: list[str]) -> None:
    sets = [{text[at : at + 2] for at in range(len(text) - 1)} for text in texts]
    expected = {
        (one, other)
        for other in range(len(texts))
        for one in range(other)
        if texts[one] == texts[other] or len(sets[one] & sets[other]) / len(sets[one] | sets[other]) >= ALIKE
    }
    assert {(one, other) for one, other, _ in alike(texts)} == expected


# the command


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a library of its own that is not sound."""
    (tmp_path / "县库").mkdir()
    (tmp_path / "县库" / "library.yaml").write_text("名称: 县库\n版本: 1.0.0\n", "utf-8")
    (tmp_path / "县库" / "德育.yaml").write_text(SOUND.replace("组织师德专题", "在大方县组织师德专题"), "utf-8")
    (tmp_path / "planwriter.yaml").write_text("库: [县库]\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        cli.main(["library", "check", *arguments])
    assert isinstance(stop.value.code, int)
    return stop.value.code


def test_it_checks_the_workspaces_own_libraries(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("--format", "short") == 0
    assert capsys.readouterr().out == "县库/德育.yaml:3:7: 警告 PW314 条款里写了“大方县”，别处用了会张冠李戴。\n"
    assert _run("--strict") == 3
    assert "1 个警告。" in capsys.readouterr().out


def test_it_speaks_json_and_takes_folders_and_a_day(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("县库", "--on", "2028年1月1日", "--format", "json") == 0
    assert [each["code"] for each in json.loads(capsys.readouterr().out)] == ["PW314", "PW357"]
    assert _run("没有的库", "--format", "short") == 1
    assert "PW302" in capsys.readouterr().out


def test_a_workspace_may_drop_a_finding(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "planwriter.yaml").write_text("库: [县库]\n检查: {PW314: 忽略}\n", "utf-8")
    assert _run() == 0
    assert capsys.readouterr().out == "没有发现问题。\n"


def test_it_says_what_is_missing(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("--on", "明年") == 2
    assert "--on 后面写一个日期" in capsys.readouterr().err
    (workspace / "planwriter.yaml").write_text("", "utf-8")
    assert _run() == 2
    assert "没有写查哪个条款库" in capsys.readouterr().err


def test_the_built_in_library_passes_by_its_folder(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from planwriter.clauses.built_in import built_in_folder

    assert _run(built_in_folder(), "--strict") == 0
