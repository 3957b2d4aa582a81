"""Tests of comparing two files."""

from __future__ import annotations

from pathlib import Path

import pytest

from planwriter.app.roundtrip.diff import compare_files, default_output, is_comparable
from planwriter.app.session import Session
from planwriter.compare.edits.difference import DifferenceKind
from tests.compare.office import rendered
from tests.random_outlines import planned_outline, random_outline
from tests.readers.docx.making import body, packed, para


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("seed", range(6))
def test_an_outline_and_its_docx_do_not_differ(seed: int) -> None:
    Path("甲.yaml").write_text(random_outline(seed), encoding="utf-8")
    Path("甲.docx").write_bytes(rendered(planned_outline(seed)))
    for old, new in (("甲.yaml", "甲.docx"), ("甲.docx", "甲.yaml"), ("甲.docx", "甲.docx"), ("甲.yaml", "甲.yaml")):
        compared = compare_files(Session(), old, new)
        assert compared.found is not None
        assert compared.found.changes == (), (old, new)


def test_what_was_changed_in_the_outline_is_found_in_the_docx() -> None:
    text = random_outline(3)
    Path("甲.yaml").write_text(text, encoding="utf-8")
    Path("乙.docx").write_bytes(rendered(planned_outline(3)))
    Path("丙.yaml").write_text(text.replace("数值: 12,", "数值: 18,"), encoding="utf-8")
    for old in ("甲.yaml", "乙.docx"):
        found = compare_files(Session(), old, "丙.yaml").found
        assert found is not None
        assert found.changes
        assert {row.kind for row in found.changes} == {DifferenceKind.CHANGED}


def test_a_foreign_docx() -> None:
    Path("甲.docx").write_bytes(packed(body(para("一、抓好教学") + para("开齐课程。") + para("二、抓好安全"))))
    Path("乙.docx").write_bytes(packed(body(para("一、抓好教学") + para("开足课程。") + para("二、抓好安全"))))
    found = compare_files(Session(), "甲.docx", "乙.docx").found
    assert found is not None
    assert [row.kind for row in found.changes] == [DifferenceKind.CHANGED]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("坏.docx", b"PK\x03\x04 not a package", "PW850"),
        ("空.docx", b"", "PW850"),
        ("坏.yaml", b"\xff\xfe\x00", "PW102"),
        ("没有.yaml", None, "PW101"),
        ("没有.docx", None, "PW101"),
    ],
)
def test_what_cannot_be_read_is_a_finding(name: str, data: bytes | None, code: str) -> None:
    Path("好.yaml").write_text(random_outline(1), encoding="utf-8")
    if data is not None:
        Path(name).write_bytes(data)
    for pair in ((name, "好.yaml"), ("好.yaml", name)):
        compared = compare_files(Session(), *pair)
        assert compared.found is None
        assert code in {each.code for each in compared.findings}


def test_names() -> None:
    assert is_comparable("要点.YAML") and is_comparable("要点.yml") and is_comparable("要点.DOCX")
    assert not is_comparable("要点.doc") and not is_comparable("要点")
    assert default_output("文/要点.docx", "html") == "文/要点-对照.html"
