"""Every finding of the catalogue: a case that has it, in its exact place, and the same case corrected.

A folder of cases/findings is named after a code, with a word for further cases. It holds bad.yaml, good.yaml and, in
expected.txt, the findings on bad.yaml, one per line. `pytest --update-goldens` rewrites expected.txt.
"""

import os
import re
from pathlib import Path

import pytest

from planwriter.app import plans
from planwriter.cli import main
from planwriter.findings.explain import explanation
from planwriter.findings.messages import all_codes, message_of
from planwriter.findings.report import format_short
from tests.each import assert_each
from tests.findings import (
    faulty_blocks,
    faulty_clauses,
    faulty_files,
    faulty_packages,
    faulty_pictures,
    faulty_sheets,
    faulty_years,
)
from tests.findings.making import Maker, codes, findings_of, makers_in
from tests.support import ROOT, outline, plan, plan_file

TESTS = ROOT / "tests"
CASES = TESTS / "cases"
FOLDERS = sorted((CASES / "findings").iterdir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_bad_outline_gives_its_findings_where_a_writer_looks(
    folder: Path, monkeypatch: pytest.MonkeyPatch, update_goldens: bool
) -> None:
    monkeypatch.chdir(folder)
    found = findings_of("bad.yaml")
    shown = format_short(found)
    if update_goldens:
        (folder / "expected.txt").write_text(shown, "utf-8", newline="\n")
    assert shown == (folder / "expected.txt").read_text("utf-8")
    assert folder.name[:5] in codes(found)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_mended_outline_has_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert format_short(findings_of("good.yaml")) == ""


MADE = [
    make
    for module in (
        faulty_blocks,
        faulty_clauses,
        faulty_files,
        faulty_packages,
        faulty_pictures,
        faulty_sheets,
        faulty_years,
    )
    for make in makers_in(module)
]


@pytest.mark.parametrize("make", MADE, ids=lambda make: f"{make.__doc__}-{make.__name__}")
def test_what_no_file_can_hold_is_a_finding_too(make: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert make.__doc__ in codes(make(tmp_path))


def test_a_mistake_of_our_own_is_reported_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*arguments: object, **options: object) -> None:
        raise KeyError("没想到")

    monkeypatch.setattr(plans, "plan_file", broken)
    with pytest.raises(SystemExit) as stop:
        main(["check", "提纲.yaml"])
    assert stop.value.code == 5
    shown = capsys.readouterr().err
    assert "[PW901] 程序自己出了错：KeyError" in shown and "Traceback" not in shown


def test_a_sound_outline_has_no_finding_and_a_small_file_is_not_too_large() -> None:
    assert plan(outline()).findings == ()


# the workspace file


def _in_workspace(text: str, levels: str) -> str:
    Path("planwriter.yaml").write_text(levels, "utf-8")
    Path("提纲.yaml").write_text(text, "utf-8")
    return format_short(plan_file("提纲.yaml").findings)


def test_a_workspace_file_is_checked_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert _in_workspace(outline(), "检查:\n  PW999: 忽略\n") == (
        "planwriter.yaml:2:3: 错误 PW201 检查里没有“PW999”这个键。\n"
    )
    assert _in_workspace(outline(), "检查:\n  PW217: 算了\n") == (
        "planwriter.yaml:2:10: 错误 PW204 “PW217”不能是“算了”。\n"
    )
    assert _in_workspace(outline(), "检查:\n  PW105: 忽略\n") == (
        "planwriter.yaml:2:10: 错误 PW204 “PW105”不能是“忽略”。\n"
    )


# the catalogue as a whole


ELSEWHERE: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("PW125", "PW125", "[{}]", ("stories/test_hostile_files.py",)),
    ("PW334", "PW334", '== ["{}"]', ("sharing/test_signing.py",)),
    ("PW650", "PW679", ': ("{}", ', ("audit/test_audit.py",)),
    ("PW682", "PW695", ': ("{}", ', ("audit/test_traces.py",)),
    ("PW701", "PW719", '("{}", ', ("app/test_importing.py",)),
    ("PW720", "PW734", '== ["{}"]', ("importing/sources/test_*.py",)),
    ("PW735", "PW748", '"{}"', ("importing/tasks/test_*.py", "app/task_edit/*.py", "app/test_import_tasks.py")),
    ("PW750", "PW764", '("{}", ', ("app/test_import_extras.py", "app/test_harvest.py")),
    ("PW770", "PW772", '== ["{}"]', ("audit/test_annotate.py",)),
    ("PW805", "PW806", '== "{}"', ("writers/test_pdf.py",)),
    ("PW810", "PW814", '"{}"', ("app/batch/test_cluster.py",)),
    (
        *("PW815", "PW829", '"{}"'),
        ("app/roundtrip/test_*.py", "cli/test_accepting.py", "compare/opinions/test_kept_comments.py"),
    ),
    ("PW840", "PW840", '"{}"', ("writers/docx/test_record.py",)),
    ("PW841", "PW841", ': ("{}", ', ("audit/test_traces.py",)),
    ("PW850", "PW859", '"{}"', ("compare/**/test_*.py", "app/**/test_*.py")),
    ("PW863", "PW879", "{}", ("app/roundtrip/test_absorb.py", "cli/test_absorb.py")),
    ("PW880", "PW889", '"{}"', ("writers/docx/test_tracked.py", "app/roundtrip/test_re*.py")),
    ("PW890", "PW896", '"{}"', ("app/journal/test_*.py",)),
)
"""The codes, from one to another, whose cases stand in other tests; how these write a code; and these tests."""


def _tested_elsewhere(code: str) -> bool:
    """True if a code is in one of the tests that have the cases of its range."""
    return any(
        written.format(code) in path.read_text("utf-8")
        for first, last, written, names in ELSEWHERE
        if first <= code <= last
        for name in names
        for path in TESTS.glob(name)
    )


def test_every_code_has_a_case() -> None:
    def check(code: str) -> None:
        held = any(folder.name[:5] == code for folder in FOLDERS) or any(make.__doc__ == code for make in MADE)
        assert code == "PW901" or held or _tested_elsewhere(code)

    assert_each(check, all_codes())


def test_every_code_has_a_page() -> None:
    def check(code: str) -> None:
        page = explanation(code)
        headings = ["它说：", "为什么：", "错的写法：", "对的写法：", "办法："]
        assert page.startswith(f"{code}（{message_of(code).severity.word}）\n")
        assert [line for line in page.splitlines()[1:] if line and not line.startswith(" ")] == headings
        sections = re.split(r"^\S+：\n", page, flags=re.M)[1:]
        assert all(section.strip() for section in sections)
        assert sections[2] != sections[3], "the wrong and the right way are the same"

    assert_each(check, all_codes())


def test_a_case_folder_holds_nothing_else() -> None:
    known = {
        "bad.yaml",
        "good.yaml",
        "expected.txt",
        "县库",
        "改好的库",
        "planwriter.yaml",
        "本局.yaml",
        "上级.yaml",
        "改好.yaml",
        "用语.yaml",
    }
    assert [str(folder) for folder in FOLDERS if not set(os.listdir(folder)) <= known] == []
    assert [folder.name for folder in FOLDERS if folder.name[:5] not in all_codes()] == []


# many mistakes at once


def test_one_run_reports_every_mistake_of_an_outline(monkeypatch: pytest.MonkeyPatch, update_goldens: bool) -> None:
    folder = CASES / "twenty-mistakes"
    monkeypatch.chdir(folder)
    found = plan_file("outline.yaml").findings
    if update_goldens:
        (folder / "expected.txt").write_text(format_short(found), "utf-8", newline="\n")
    assert format_short(found) == (folder / "expected.txt").read_text("utf-8")
    assert len(found) >= 20 and len(set(codes(found))) >= 20
    assert all(each.pos.line and each.pos.column for each in found)
