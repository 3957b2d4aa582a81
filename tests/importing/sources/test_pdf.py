"""PDFs as scripts: lines joined to paragraphs, running heads left out. What reads a PDF is skipped without pdfminer.six."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from planwriter.importing.script import Script, ScriptLine
from planwriter.importing.sources import pdf, pdf_pages
from planwriter.importing.sources.pdf import script_of
from planwriter.importing.sources.pdf_pages import PdfLine, PdfPage
from planwriter.writers.text import render_text
from tests import pages as rendered
from tests.importing.sources.pdfs import pdf as made_by_hand
from tests.importing.sources.shown import codes, lines
from tests.support import drafts, render

needs_reader = pytest.mark.skipif(
    importlib.util.find_spec("pdfminer") is None, reason="pdfminer.six is not installed: pip install planwriter[pdf]"
)
WIDTH, LEFT, RIGHT, SIZE = 595.0, 90.0, 506.0, 16.0
FULL = "字" * 26


def line(
    text: str, base: float, left: float = LEFT, *, size: float = SIZE, right: float | None = None, bold: bool = False
) -> PdfLine:
    end = left + size * len(text) if right is None else right
    return PdfLine(text, left, end, base, size, bold)


def page(*lines: PdfLine, pictures: bool = False) -> PdfPage:
    return PdfPage(WIDTH, 842.0, lines, pictures)


def script(*pages: PdfPage) -> Script:
    made = script_of(pages, "计划.pdf").value
    assert made is not None
    return made


def texts(*pages: PdfPage) -> list[str]:
    return [each.text for each in script(*pages).lines]


def centred(text: str, base: float, size: float = SIZE) -> PdfLine:
    return line(text, base, (WIDTH - size * len(text)) / 2, size=size)


INDENT = LEFT + 2 * SIZE
BODY = (
    line("字" * 24, 700, INDENT), line(FULL, 672), line("末尾。", 644),
    line("二" * 24, 616, INDENT), line(FULL, 588), line("又一段。", 560),
)  # fmt: skip


def test_an_indent_begins_a_paragraph() -> None:
    assert texts(page(*BODY)) == ["字" * 24 + FULL + "末尾。", "二" * 24 + FULL + "又一段。"]


def test_a_paragraph_goes_on_over_the_page() -> None:
    assert texts(page(*BODY, line("三" * 24, 532, INDENT)), page(line(FULL, 700), line("完。", 672))) == [
        *("字" * 24 + FULL + "末尾。", "二" * 24 + FULL + "又一段。", "三" * 24 + FULL + "完。"),
    ]


def test_a_short_line_ends_a_paragraph_without_indents() -> None:
    assert texts(page(line(FULL, 700), line("短。", 672), line(FULL, 644), line(FULL, 616), line("尾。", 588))) == [
        *(FULL + "短。", FULL * 2 + "尾。"),
    ]


def test_a_line_that_ends_early_for_a_word_does_not() -> None:
    assert (
        texts(page(*BODY, line("三" * 24, 532, INDENT), line("字" * 24, 504), line("尾。", 476)))[-1]
        == "三" * 24 + "字" * 24 + "尾。"
    )


def test_a_gap_or_another_size_begins_a_paragraph() -> None:
    assert texts(page(*BODY, line(FULL, 476), line("尾。", 448)))[2] == FULL + "尾。"
    assert texts(page(*BODY, line(FULL, 532, size=12, right=RIGHT), line("尾。", 504)))[2:] == [FULL, "尾。"]


def test_the_lines_of_a_title_are_one() -> None:
    made = script(page(centred("青山县教育发展", 760, 22), centred("三年行动计划", 728, 22), *BODY))
    assert (made.lines[0].text, made.lines[0].centred) == ("青山县教育发展三年行动计划", True)
    two = script(page(centred("青山县教育局", 760, 16), centred("2026年2月", 728, 16), *BODY))
    assert [each.text for each in two.lines[:2]] == ["青山县教育局", "2026年2月"]


def test_words_of_letters_are_parted_where_lines_are_joined() -> None:
    made = page(
        *BODY, line("三" * 24, 532, INDENT), line("字" * 20 + "uses ABC", 504, right=RIGHT), line("words。", 476)
    )
    assert "ABC words。" in texts(made)[-1]


def test_where_a_line_stands_is_kept() -> None:
    made = script(page(*BODY, line("青山县教育局", 476, 380), line("2026年2月3日", 448, 390), centred("附则", 420)))
    assert [(each.text, each.right, each.centred) for each in made.lines[2:]] == [
        *(("青山县教育局", True, False), ("2026年2月3日", True, False), ("附则", False, True)),
    ]


def test_numbers_and_running_heads_are_left_out_and_said() -> None:
    pages = [page(line("青山县教育局文件汇编", 800), *BODY, centred(f"— {at} —", 40)) for at in range(1, 5)]
    made = script_of(pages, "计划.pdf")
    assert lines(made) == ["字" * 24 + FULL + "末尾。", "二" * 24 + FULL + "又一段。"] * 4
    assert codes(made) == ["PW728", "PW722"] and "8 行，如“青山县教育局文件汇编”" in made.findings[1].message


def test_a_number_within_the_page_and_a_head_of_one_page_stay() -> None:
    made = script_of([page(line("特急", 800), line("12", 700), line(FULL, 672))], "计划.pdf")
    assert "特急" in lines(made) and codes(made) == ["PW728"]


def test_a_page_that_is_a_picture_and_unknown_characters_are_said() -> None:
    made = script_of([page(*BODY), page(pictures=True), page(line("\ufffd字\ufffd", 700))], "计划.pdf")
    assert codes(made) == ["PW728", "PW723", "PW730"]
    assert "第2页" in made.findings[1].message and "2 个字" in made.findings[2].message


def test_unknown_characters_alone_are_said() -> None:
    made = script_of([page(line("\ufffd字", 700))], "计划.pdf")
    assert codes(made)[1:] == ["PW730"]


def test_without_the_library_the_finding_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "is_installed", lambda: False)
    made = pdf.read(b"%PDF-", "计划.pdf")
    assert made.value is None and codes(made) == ["PW726"] and "planwriter[pdf]" in made.findings[0].hint


@needs_reader
def test_a_scanned_file_is_a_finding() -> None:
    made = pdf.read(made_by_hand([], streams=[b"q 100 0 0 100 0 0 cm /I Do Q"]), "扫描.pdf")
    assert made.value is None and codes(made) == ["PW727"] and "OCR" in made.findings[0].hint


@needs_reader
def test_a_damaged_file_is_a_finding() -> None:
    assert codes(pdf.read(b"%PDF-1.4", "坏.pdf")) == ["PW720"]


@needs_reader
def test_a_file_made_by_hand_is_read() -> None:
    made = pdf.read(made_by_hand([[(122, 700, 16, "字" * 24), (90, 672, 16, FULL), (90, 644, 16, "尾。")]]), "计划.pdf")
    assert made.value is not None
    assert made.value.lines == (ScriptLine(text="字" * 24 + FULL + "尾。", number=1),)


@needs_reader
@pytest.mark.libreoffice
@pytest.mark.skipif(bool(rendered.missing()), reason=rendered.missing() or "nothing is missing")
def test_the_pdf_of_our_docx_has_the_lines_of_the_text_writer(tmp_path: Path) -> None:
    names = ("qingshan-2026", "yunling-three-year", "implementation-plan")
    files = rendered.to_pdfs({name: render(drafts()[name], "docx").value or b"" for name in names}, tmp_path)
    for name in names:
        assert lines(pdf.read(files[name].read_bytes(), f"{name}.pdf")) == render_text(drafts()[name]).splitlines()
