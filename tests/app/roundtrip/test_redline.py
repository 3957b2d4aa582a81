"""Two files as one .docx with tracked changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from planwriter.app.roundtrip.redline import redline_files
from planwriter.app.session import Session
from planwriter.compare.versions.from_plan import version_of_plan
from tests.compare.office import rendered, word
from tests.compare.redlines import words
from tests.hands import Hand
from tests.random_outlines import planned_outline, random_outline
from tests.revisions import resolved, texts, troubles
from tests.support import plan


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(old: str, new: str) -> tuple[bytes, list[str]]:
    found = redline_files(Session(), old, new, author="办公室")
    assert found.value is not None, found.findings
    assert troubles(found.value.data) == []
    return found.value.data, [each.code for each in found.findings]


def test_any_two_files() -> None:
    before, after = random_outline(3), random_outline(3).replace("数值: 12,", "数值: 18,")
    Path("甲.yaml").write_text(before, encoding="utf-8")
    Path("乙.yaml").write_text(after, encoding="utf-8")
    Path("甲.docx").write_bytes(rendered(planned_outline(3)))
    document = plan(after, draft=True).document
    assert document is not None
    Path("乙.docx").write_bytes(rendered(document))
    new = words(version_of_plan(document, "乙"))
    for old in ("甲.yaml", "甲.docx"):
        for later in ("乙.yaml", "乙.docx"):
            data, codes = made(old, later)
            assert codes == []
            assert words(word(resolved(data, accept=True))) == new
            assert texts(resolved(data, accept=False)) == texts(Path("甲.docx").read_bytes())


def test_tracked_changes_that_are_there_already_are_told() -> None:
    hand = Hand(rendered(planned_outline(3)))
    first = next(each.text for each in hand.document.paragraphs if len(each.text) > 8)
    hand.track(first[2:4], "改")
    Path("甲.docx").write_bytes(hand.save())
    Path("甲.yaml").write_text(random_outline(3), encoding="utf-8")
    data, codes = made("甲.docx", "甲.yaml")
    assert codes == ["PW882"]
    assert words(word(resolved(data, accept=True))) == words(word(rendered(planned_outline(3))))


def test_files_that_cannot_be_read() -> None:
    Path("甲.docx").write_bytes(b"PK")
    Path("甲.yaml").write_text(random_outline(3), encoding="utf-8")
    for old, new in (("甲.docx", "甲.yaml"), ("甲.yaml", "甲.docx"), ("无.docx", "甲.yaml"), ("甲.yaml", "无.yaml")):
        found = redline_files(Session(), old, new, author="办公室")
        assert found.value is None
        assert found.findings, (old, new)
