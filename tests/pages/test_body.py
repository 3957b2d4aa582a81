"""Pages as laid out by LibreOffice, measured against GB/T 9704; skipped if the tools are missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from planwriter.layout.find import load_layout
from planwriter.model import Document, Level, Paragraph, Section
from planwriter.writers.docx.write import render_docx
from tests import pages
from tests.documents import document, paragraph, sample, section, table

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(bool(pages.missing()), reason=pages.missing() or "-"),
]

PAGE_WIDTH, PAGE_HEIGHT = 210, 297
LEFT, RIGHT, TOP, BOTTOM = 28, PAGE_WIDTH - 26, 37, PAGE_HEIGHT - 35


def pdf_of(made: Document, folder: Path) -> Path:
    found = load_layout("gb9704").value
    assert found is not None
    return pages.to_pdf(render_docx(made, found.layout, found.base), folder)


def prose() -> Paragraph:
    return paragraph("办好人民满意的教育" * 300)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages full of text without punctuation."""
    return pdf_of(document(prose(), title=""), tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document with something of everything, and long paragraphs with punctuation and digits."""
    sentences = "坚持以人民为中心，落实“双减”要求；到2028年，普惠性幼儿园覆盖率不低于95%，新建（改扩建）公办园12所。"
    chapter: Section = section(Level.CHAPTER, "主要任务", "", section(Level.SECTION, "扩大资源", sentences * 12))
    made = document(chapter, *sample().parts[0].blocks, title="云岭市义务教育优质均衡发展三年行动计划（2026—2028年）")
    return pdf_of(made, tmp_path_factory.mktemp("mixed"))


def test_a_full_page_has_22_lines(full: Path) -> None:
    found = pages.lines_of_pages(full)
    assert [len(page) - 1 for page in found[:-1]] == [22] * (len(found) - 1)


def test_a_full_line_has_28_characters_and_a_first_line_26(full: Path) -> None:
    lines = pages.lines_of_pages(full)[0][:-1]
    assert [len(line.text) for line in lines] == [26] + [28] * 21


def test_text_keeps_to_the_type_area_within_a_millimetre(full: Path) -> None:
    for page in pages.lines_of_pages(full)[:-1]:
        lines = page[:-1]
        assert min(line.left for line in lines) == pytest.approx(LEFT, abs=1)
        assert max(line.right for line in lines) == pytest.approx(RIGHT, abs=1)
        assert TOP <= lines[0].top < TOP + 4
        assert BOTTOM - 4 < lines[-1].bottom <= BOTTOM


def test_lines_stand_28_95_points_apart(full: Path) -> None:
    lines = pages.lines_of_pages(full)[1][:-1]
    assert (lines[-1].top - lines[0].top) / 21 == pytest.approx(28.95 * pages.MM_PER_POINT, abs=0.02)


def test_no_line_of_mixed_text_leaves_the_type_area(mixed: Path) -> None:
    for page in pages.lines_of_pages(mixed):
        for line in page:
            assert line.left > LEFT - 1
            assert line.right < RIGHT + 1


def test_no_character_is_lost_on_the_page(mixed: Path) -> None:
    """LibreOffice 7.4 loses marks that hang out of a justified line; the base does not let it hang them."""
    shown = "".join(line.text for page in pages.lines_of_pages(mixed) for line in page[:-1])
    for mark in "，。；“”（）":
        sentence_marks = (
            "坚持以人民为中心，落实“双减”要求；到2028年，普惠性幼儿园覆盖率不低于95%，新建（改扩建）公办园12所。" * 12
        )
        assert shown.count(mark) >= sentence_marks.count(mark), mark


def test_odd_page_numbers_stand_right_and_even_ones_left_with_one_character_free(full: Path) -> None:
    numbers = [page[-1] for page in pages.lines_of_pages(full)]
    assert [number.text for number in numbers[:2]] == ["—1—", "—2—"]
    character = 14 * pages.MM_PER_POINT
    assert numbers[0].right == pytest.approx(RIGHT - character, abs=1)
    assert numbers[1].left == pytest.approx(LEFT + character, abs=1)


def test_the_dashes_of_the_page_number_stand_7_mm_below_the_type_area(full: Path) -> None:
    for page in pages.lines_of_pages(full):
        number = page[-1]
        assert (number.top + number.bottom) / 2 == pytest.approx(BOTTOM + 7, abs=1)


def test_each_role_has_its_font(mixed: Path) -> None:
    texts = pages.texts_by_font(mixed)
    assert "云岭市义务教育优质均衡发展" in texts["FandolBold-Bold"]
    assert "主要任务" in texts["FandolHei-Regular"]
    assert "扩大资源" in texts["FandolKai-Regular"]
    assert "普惠性幼儿园覆盖率" in texts["FandolFang-Regular"]
    assert "2028" in texts["LiberationSerif"]
    assert "—1—" in texts["FandolSong-Regular"].replace(" ", "")


def test_quotes_are_set_in_the_chinese_font(mixed: Path) -> None:
    texts = pages.texts_by_font(mixed)
    assert "“双减”" in texts["FandolFang-Regular"]
    assert not set("“”……") & set(texts["LiberationSerif"])


def test_all_fonts_are_the_stand_ins(mixed: Path) -> None:
    wanted = {
        "FandolBold-Bold",
        "FandolSong-Regular",
        "FandolHei-Regular",
        "FandolKai-Regular",
        "FandolFang-Regular",
        "LiberationSerif",
    }
    assert pages.fonts(mixed) == wanted


def test_the_title_is_centred_in_two_lines_and_a_line_stays_free_below(mixed: Path) -> None:
    first, second, body = pages.lines_of_pages(mixed)[0][:3]
    assert (first.text, second.text) == ("云岭市义务教育优质均衡发展", "三年行动计划（2026—2028年）")
    for line in (first, second):
        assert (line.left + line.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=2)
    assert body.bottom - second.bottom == pytest.approx(2 * 28.95 * pages.MM_PER_POINT, abs=2)


def test_a_long_table_repeats_its_header_on_every_page(tmp_path: Path) -> None:
    rows = [(str(number), "扩大普惠性资源供给", "学前教育股") for number in range(1, 90)]
    found = pages.lines_of_pages(pdf_of(document(table(("序号", "任务", "责任单位"), *rows), title=""), tmp_path))
    assert len(found) > 2
    assert all(page[0].text == "序号任务责任单位" for page in found)
    assert [line.text.removesuffix("扩大普惠性资源供给学前教育股") for page in found for line in page[1:-1]] == [
        row[0] for row in rows
    ]
