"""Harvesting from files: outlines and texts together; files that cannot be read are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from planwriter.app.harvest import harvest_files
from planwriter.app.importing import import_bytes
from planwriter.app.session import Session
from planwriter.findings.finding import Finding, Result
from planwriter.importing.identity import Given
from tests.importing.making import PLAN

LONG = PLAN.replace("落实制度", "落实").replace(
    "考核结果用于评优评先。", "考核结果用于评优评先，每学期公示2次，公示期内有异议的由督学逐一核实，核实结果当面答复。"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("甲.txt").write_text(LONG, "utf-8")
    Path("乙.txt").write_text(LONG.replace("公示2次", "公示3次").replace("青山县", "白水县"), "utf-8")
    Path("另.txt").write_text(PLAN, "utf-8")


def harvested(*names: str) -> Result[str]:
    return harvest_files(Session(), names)


def test_texts_and_outlines_are_compared() -> None:
    text = harvested("甲.txt", "乙.txt").value
    assert "条: 落实考核制度" in text and "每学期公示〔{{ 参数.次数 }}次〕" in text
    (plan,) = import_bytes(Session(), Path("乙.txt").read_bytes(), "乙.txt", Given()).value
    Path("乙.yaml").write_text(plan.yaml, "utf-8")
    made = harvested("甲.txt", "乙.yaml").value
    assert [line for line in made.splitlines() if not line.startswith("#")] == [
        line for line in text.splitlines() if not line.startswith("#")
    ]


def test_a_file_that_cannot_be_read_is_told() -> None:
    Path("坏.yaml").write_text("[", "utf-8")
    codes = [each.code for each in harvested("没有.yaml", "坏.yaml", "没有.txt").findings]
    assert codes.count("PW101") == 2 and len(codes) > 2


def known() -> tuple[Finding, ...]:
    """A library of the workspace has the wording already."""
    draft = harvested("甲.txt", "乙.txt").value
    Path("库").mkdir()
    Path("库/library.yaml").write_text("名称: 县库\n版本: 1.0.0\n级别: 县\n格式: 2\n", "utf-8")
    Path("库/drafts.yaml").write_text(draft, "utf-8")
    Path("planwriter.yaml").write_text("库: [库]\n", "utf-8")
    return harvest_files(Session("planwriter.yaml"), ("甲.txt", "乙.txt")).findings


CASES: list[tuple[str, int, Callable[[], tuple[Finding, ...]]]] = [
    ("PW760", 0, lambda: harvested("甲.txt", "另.txt").findings[-1:]),
    ("PW761", 13, known),
]


@pytest.mark.parametrize(("code", "line", "make"), CASES, ids=[code for code, *_ in CASES])
def test_every_finding_has_its_place(code: str, line: int, make: Callable[[], tuple[Finding, ...]]) -> None:
    told = [each for each in make() if each.code == code]
    assert told and told[0].pos.line == line and told[0].hint


def test_what_recurs_is_not_told_as_missing() -> None:
    assert harvested("甲.txt", "乙.txt").findings == ()
