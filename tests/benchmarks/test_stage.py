"""All contestants must make the same document; one that does not is refused."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from docx import Document

from benchmarks import stage
from benchmarks.inputs import EXAMPLES, Unfit
from benchmarks.measure import Contestant
from benchmarks.stage import PLANWRITER, Stage

WANTED = ["标题", "一、第一章", "正文。"]


def _docx(*texts: str) -> bytes:
    document, out = Document(), io.BytesIO()
    for text in texts:
        document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def test_the_same_paragraphs_are_the_same_document() -> None:
    stage.compare("peer", WANTED, WANTED)
    stage.compare("planwriter", ["文号", *WANTED, "印发"], WANTED, more=2)


@pytest.mark.parametrize(
    "made",
    [
        WANTED[:2],
        [*WANTED, "多"],
        ["多", *WANTED],
        [WANTED[1], WANTED[0], WANTED[2]],
        ["标题", "一、第一章", "正文"],
        [],
    ],
)
def test_a_different_document_is_refused(made: list[str]) -> None:
    with pytest.raises(Unfit, match="peer made another document"):
        stage.compare("peer", made, WANTED)


@pytest.mark.parametrize("made", [["文号", *WANTED[:2]], ["标题", "正文。", "一、第一章"]])
def test_a_missing_paragraph_is_found_among_others(made: list[str]) -> None:
    with pytest.raises(Unfit):
        stage.compare("planwriter", made, WANTED, more=2)


def test_the_texts_of_a_docx_have_no_empty_paragraphs() -> None:
    assert stage.texts_of(_docx("甲", "", "乙")) == ["甲", "乙"]


@pytest.mark.parametrize("name", ["qingshan-2026", "first"])
def test_planwriter_and_python_docx_make_the_same(name: str, tmp_path: Path) -> None:
    set_out = stage.set_out(EXAMPLES / f"{name}.yaml", tmp_path / name)
    entered = [each for each in set_out.contestants if each.name in (PLANWRITER, "python-docx")]
    stage.rehearse(Stage(entered, set_out.texts, set_out.others))
    assert (set_out.others > 0) is (name == "first")


def test_a_contestant_that_makes_something_else_stops_the_race(tmp_path: Path) -> None:
    given, output = tmp_path / "given.docx", tmp_path / "made.docx"
    given.write_bytes(_docx("标题", "别的"))
    copied = f"import shutil; shutil.copy({str(given)!r}, {str(output)!r})"
    peer = Contestant("peer", (sys.executable, "-c", copied), output)
    with pytest.raises(Unfit, match="peer made another document: paragraph 2 is '别的'"):
        stage.rehearse(Stage([peer], WANTED, 0))
    broken = Contestant("peer", (sys.executable, "-c", "raise SystemExit('no paper')"), output)
    with pytest.raises(Unfit, match="peer failed:\nno paper"):
        stage.rehearse(Stage([broken], WANTED, 0))
