"""The official frame on the page, measured against GB/T 9704 7.2 to 7.4; skipped if the tools are missing.

LibreOffice 7.4 sets a fifth of a character between Chinese and digits even if autoSpaceDE is off; `_gaps` allows for it.
"""

from __future__ import annotations

import itertools
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from planwriter.model import Document, Paragraph
from planwriter.start.records import replace
from tests import pages
from tests.documents import paragraph
from tests.pages import TextLine, samples
from tests.pages.ink import Band, bands
from tests.pages.samples import EVERYTHING, RECIPIENTS, SENTENCE, frame, framed

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(bool(pages.missing()), reason=pages.missing() or "-"),
]

LEFT, RIGHT, TOP, BOTTOM = 28, 184, 37, 262
LINE = 28.95 * pages.MM_PER_POINT
CHARACTER = 16 * pages.MM_PER_POINT
SMALL = 14 * pages.MM_PER_POINT
MM = 1.0
"""The tolerance of every measurement, in millimetres."""
_IN_LINE = 2.8
"""The distance from the upper edge of a line to that of its 3号 characters, in millimetres, with the substitute fonts."""

Open = Callable[[str], Path]


def _short_lines(count: int) -> list[Paragraph]:
    return [paragraph("办好人民满意的教育。")] * count


def _full_pages() -> dict[str, Document]:
    """Documents whose text ends where a signature or an imprint has no room left, or just enough."""
    bare = frame(head="无", issuers=(), number=None)
    unsigned = replace(EVERYTHING, head="无", number=None, signatures=(), date=None, note=None)
    return {
        **{f"signed{count}": framed(bare, *_short_lines(count), title="") for count in range(14, 23)},
        **{f"imprint{count}": framed(unsigned, *_short_lines(count), title="") for count in range(18, 22)},
        "long_paragraph": framed(bare, *_short_lines(15), paragraph("办好人民满意的教育" * 21), title=""),
    }


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Open:
    """The PDF of a sample by its name; all are made in one run."""
    files = {name: samples.render(made) for name, made in {**samples.SAMPLES, **_full_pages()}.items()}
    return pages.to_pdfs(files, tmp_path_factory.mktemp("frame")).__getitem__


def line(found: list[TextLine], start: str) -> TextLine:
    (only,) = [each for each in found if each.text.startswith(start)]
    return only


def _gaps(text: str) -> float:
    """How much wider LibreOffice makes a line for the seams between Chinese and digits."""
    return len(re.findall(r"(?<=\d)(?=[年月日])|(?<=[年月日])(?=\d)", text)) * CHARACTER / 5


def line_top(found: TextLine) -> float:
    """The upper edge of the line in which 3号 text stands."""
    return found.top - _IN_LINE


def red(path: Path, page: int = 1) -> tuple[list[Band], Band]:
    """The red bands above the rule, and the rule."""
    *mark, rule = bands(path, page, red=True)
    assert rule.is_rule
    return mark, rule


# head


def test_copy_number_secrecy_and_urgency_stand_in_the_first_three_lines_at_the_left(pdf: Open) -> None:
    found = pages.lines_of_pages(pdf("everything"))[0]
    assert [each.text for each in found[:3]] == ["000123", "秘密★1年", "特急"]
    for at, each in enumerate(found[:3]):
        assert each.left == pytest.approx(LEFT, abs=MM)
        assert line_top(each) == pytest.approx(TOP + at * LINE, abs=MM)


@pytest.mark.parametrize("name", ["everything", "joint", "upward", "long_mark", "unsealed", "notice"])
def test_the_mark_begins_35_mm_below_the_edge_of_the_type_area_and_fits_its_width(pdf: Open, name: str) -> None:
    mark, _ = red(pdf(name))
    assert mark[0].top == pytest.approx(TOP + 35, abs=MM)
    assert min(band.left for band in mark) >= LEFT - 0.2
    assert max(band.right for band in mark) <= RIGHT + 0.2


@pytest.mark.parametrize("name", ["everything", "long_mark"])
def test_the_mark_of_one_bureau_is_one_line_in_the_middle(pdf: Open, name: str) -> None:
    mark, _ = red(pdf(name))
    assert len(mark) == 1
    assert (mark[0].left + mark[0].right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=MM)
    assert mark[0].right - mark[0].left > 145


@pytest.mark.parametrize("name", ["everything", "joint", "unsealed", "long_mark"])
def test_two_lines_stay_free_between_mark_and_number(pdf: Open, name: str) -> None:
    mark, rule = red(pdf(name))
    (number,) = [each for each in bands(pdf(name), 1, red=False) if mark[-1].bottom < each.top < rule.top]
    assert number.top - mark[-1].bottom == pytest.approx(3 * LINE - CHARACTER, abs=MM)
    assert (number.left + number.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=MM)


@pytest.mark.parametrize("name", ["everything", "joint", "upward", "three_approvers", "long_title"])
def test_the_red_rule_stands_4_mm_below_the_number_as_wide_as_the_type_area(pdf: Open, name: str) -> None:
    mark, rule = red(pdf(name))
    number = [each for each in bands(pdf(name), 1, red=False) if mark[-1].bottom < each.top < rule.top][-1]
    assert rule.top - number.bottom == pytest.approx(4, abs=MM)
    assert rule.left == pytest.approx(LEFT, abs=0.1)
    assert rule.right == pytest.approx(RIGHT, abs=0.1)
    assert 0.35 <= rule.bottom - rule.top <= 0.5


@pytest.mark.parametrize(
    ("name", "title"), [("everything", "青山县教育局2026年工作要点"), ("long_title", "青山县教育局关于进一步")]
)
def test_the_title_stands_two_lines_below_the_rule(pdf: Open, name: str, title: str) -> None:
    _, rule = red(pdf(name))
    found = line(pages.lines_of_pages(pdf(name))[0], title)
    first = line(pages.lines_of_pages(pdf("none"))[0], "青山县教育局2026年工作要点")
    assert found.top - rule.top == pytest.approx(first.top - TOP + 2 * LINE, abs=MM)


def test_a_title_of_sixty_characters_is_balanced_over_lines_that_break_between_words(pdf: Open) -> None:
    found = pages.lines_of_pages(pdf("long_title"))[0]
    at = [each.text for each in found].index("青山县教育局关于进一步")
    lines = list(itertools.takewhile(lambda each: not each.text.startswith(SENTENCE[:4]), found[at:]))
    assert "".join(each.text for each in lines) == samples.SAMPLES["long_title"].title
    for each in lines:
        assert LEFT - MM <= each.left < each.right <= RIGHT + MM
        assert (each.left + each.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=MM)
    pitches = [below.bottom - above.bottom for above, below in itertools.pairwise(lines)]
    assert pitches == [pytest.approx(LINE, abs=0.1)] * (len(lines) - 1)


def test_number_and_approver_stand_one_character_from_the_edges_on_one_line(pdf: Open) -> None:
    found = line(pages.lines_of_pages(pdf("upward"))[0], "青教发")
    assert found.text == "青教发〔2026〕3号签发人：某某某"
    assert found.left == pytest.approx(LEFT + CHARACTER, abs=MM)
    assert found.right == pytest.approx(RIGHT - CHARACTER, abs=MM)
    assert "某某某" in pages.texts_by_font(pdf("upward"))["FandolKai-Regular"]


def test_several_approvers_stand_two_a_line_and_the_number_beside_the_last(pdf: Open) -> None:
    first, second = [each for each in pages.lines_of_pages(pdf("three_approvers"))[0] if "某某" in each.text]
    assert (first.text.replace("　", ""), second.text) == ("签发人：某某某某某", "青教发〔2026〕3号某某某")
    assert first.right == pytest.approx(RIGHT - CHARACTER, abs=MM)
    assert second.left == pytest.approx(LEFT + CHARACTER, abs=MM)
    assert second.right == pytest.approx(RIGHT - 4 * CHARACTER, abs=MM)


def test_the_names_of_a_joint_issue_are_stretched_to_one_width_beside_the_word_for_document(pdf: Open) -> None:
    names = [each for each in bands(pdf("joint"), 1, red=True, right=143) if not each.is_rule][:3]
    assert [each.left for each in names] == [pytest.approx(names[0].left, abs=0.5)] * 3
    assert [each.right for each in names] == [pytest.approx(names[0].right, abs=0.5)] * 3
    (word,) = bands(pdf("joint"), 1, red=True, left=146)[:1]
    assert word.left > names[0].right
    assert (word.top + word.bottom) / 2 == pytest.approx((names[0].top + names[-1].bottom) / 2, abs=MM)


def test_paper_with_a_printed_head_leaves_the_same_space(pdf: Open) -> None:
    printed, blank = (pages.lines_of_pages(pdf(name))[0] for name in ("everything", "left_blank"))
    assert bands(pdf("left_blank"), 1, red=True) == []
    for start in ("000123", "青教发", "青山县教育局2026", "各镇"):
        assert line(blank, start).top == pytest.approx(line(printed, start).top, abs=0.2)


@pytest.mark.parametrize("name", ["everything", "joint", "long_title", "recipients", "notice", "nine", "left_blank"])
def test_the_first_page_shows_text_of_the_body(pdf: Open, name: str) -> None:
    shown = "".join(each.text for each in pages.lines_of_pages(pdf(name))[0])
    assert "坚持以人民为中心" in shown or "现将《青山县" in shown


# body and signature


def test_recipients_stand_a_line_below_the_title_and_wrap_to_the_edge(pdf: Open) -> None:
    found = pages.lines_of_pages(pdf("recipients"))[0]
    at = [each.text for each in found].index("青山县教育局2026年工作要点")
    lines = list(itertools.takewhile(lambda each: not each.text.startswith(SENTENCE[:4]), found[at + 1 :]))
    assert "".join(each.text for each in lines) == "，".join(RECIPIENTS) + "："
    assert [each.left for each in lines] == [pytest.approx(LEFT, abs=MM)] * len(lines)
    assert lines[0].bottom - found[at].bottom == pytest.approx(2 * LINE, abs=2 * MM)
    assert {len(each.text) for each in lines[:-1]} <= {27, 28}


def test_nine_attachments_stand_a_line_below_the_body_with_their_names_aligned(pdf: Open) -> None:
    found = pages.lines_of_pages(pdf("nine"))[1]
    first = line(found, "附件：1.")
    assert first.left == pytest.approx(LEFT + 2 * CHARACTER, abs=MM)
    above = found[found.index(first) - 1]
    assert first.top - above.top == pytest.approx(2 * LINE, abs=MM)
    for number in range(2, 10):
        assert line(found, f"{number}.").left == pytest.approx(LEFT + 5 * CHARACTER, abs=MM)
    last = line(found, "9.")
    wrapped = found[found.index(last) + 1]
    assert wrapped.left == pytest.approx(last.left + 0.75 * CHARACTER, abs=MM)
    assert not wrapped.text.endswith("。")


@pytest.mark.parametrize("name", ["everything", "joint", "four"])
def test_with_a_seal_the_date_stands_four_characters_from_the_right_and_the_name_over_its_middle(
    pdf: Open, name: str
) -> None:
    found = pages.lines_of_pages(pdf(name))[1]
    date = line(found, "2026年3月5日")
    own = found[found.index(date) - 1]
    assert date.right == pytest.approx(RIGHT - 4 * CHARACTER, abs=MM)
    assert (own.left + own.right) / 2 == pytest.approx((date.left + _gaps(date.text) + date.right) / 2, abs=MM)
    assert date.top - own.top == pytest.approx(LINE, abs=MM)


def test_with_a_seal_two_lines_stay_free_above_the_name(pdf: Open) -> None:
    """A seal of 42 mm over name and date then begins within a line of the text (7.3.5.1)."""
    found = pages.lines_of_pages(pdf("everything"))[1]
    own = line(found, "青山县教育局")
    assert own.top - found[found.index(own) - 1].top == pytest.approx(3 * LINE, abs=MM)


def test_seals_side_by_side_do_not_touch(pdf: Open) -> None:
    shown = subprocess.run(
        ("pdftotext", "-bbox", "-f", "2", "-l", "2", str(pdf("four")), "-"), check=True, capture_output=True
    )
    words = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>(.县教育局)<', shown.stdout.decode())
    middles = [(float(left) + float(right)) / 2 * pages.MM_PER_POINT for left, _, right, _ in words]
    assert len(words) == 4
    assert min(after - before for before, after in itertools.pairwise(middles[:3])) > 42
    assert middles[0] - 21 > LEFT - MM
    assert middles[3] == pytest.approx(middles[2], abs=0.2)
    assert (float(words[3][1]) - float(words[2][1])) * pages.MM_PER_POINT > 42


def test_without_a_seal_the_name_stands_two_characters_from_the_right_and_the_date_two_in_from_it(pdf: Open) -> None:
    found = pages.lines_of_pages(pdf("unsealed"))[1]
    own, date = line(found, "青山县教育局"), line(found, "2026年3月5日")
    assert own.right == pytest.approx(RIGHT - 2 * CHARACTER, abs=MM)
    assert date.left == pytest.approx(own.left + 2 * CHARACTER, abs=MM)
    assert own.top - found[found.index(own) - 1].top == pytest.approx(2 * LINE, abs=MM)


def test_a_date_longer_than_the_name_stands_two_characters_from_the_right_and_the_name_moves(pdf: Open) -> None:
    found = pages.lines_of_pages(pdf("short_name"))[1]
    own, date = line(found, "县教育局"), line(found, "2026年12月31日")
    assert date.right == pytest.approx(RIGHT - 2 * CHARACTER, abs=MM)
    assert date.left + _gaps(date.text) == pytest.approx(own.left + 2 * CHARACTER, abs=MM)


def test_without_seals_the_names_of_a_joint_issue_stand_below_each_other(pdf: Open) -> None:
    found = pages.lines_of_pages(pdf("joint_unsealed"))[1]
    names = [line(found, name) for name in samples.JOINT]
    assert [each.left for each in names] == [pytest.approx(names[0].left, abs=0.2)] * 3
    assert max(each.right for each in names) == pytest.approx(RIGHT - 2 * CHARACTER, abs=MM)
    assert line(found, "2026年").left == pytest.approx(names[0].left + 2 * CHARACTER, abs=MM)


def test_the_note_stands_below_the_date_two_characters_in(pdf: Open) -> None:
    found = pages.lines_of_pages(pdf("everything"))[1]
    note, date = line(found, "（此件公开发布）"), line(found, "2026年3月5日")
    assert note.top - date.top == pytest.approx(LINE, abs=MM)
    bracket = CHARACTER / 2  # what is free in the bracket's own box
    assert LEFT + 2 * CHARACTER - MM <= note.left <= LEFT + 2 * CHARACTER + bracket + MM


@pytest.mark.parametrize("lines", range(14, 23))
def test_a_signature_never_stands_alone_on_its_page(pdf: Open, lines: int) -> None:
    """The text ends on lines 14 to 22 of the page."""
    found = pages.lines_of_pages(pdf(f"signed{lines}"))
    assert [each.text[:4] for each in found[-1]][-3:-1] == ["青山县教", "2026"]
    assert found[-1][0].text == "办好人民满意的教育。"
    assert line_top(found[-1][0]) == pytest.approx(TOP, abs=MM)
    assert len(found) == (1 if lines <= 18 else 2)


@pytest.mark.parametrize("count", range(1, 7))
def test_a_notice_draws_its_lines_together_for_its_signature_while_they_can_be_read(pdf: Open, count: int) -> None:
    """Without that the signature of the plainest notice stands alone on the second page, with the list of attachments."""
    found = pages.lines_of_pages(pdf(f"notice_of_{count}"))
    signed = next(at for at, page in enumerate(found) if any(each.text.startswith("2026年3月5日") for each in page))
    assert signed == (0 if count <= 3 else 1)
    if signed == 0:
        lines = [each for each in found[0] if each.left < LEFT + 4 * CHARACTER and each.top > 150]
        pitches = [below.top - above.top for above, below in itertools.pairwise(lines)]
        assert min(pitches) >= 24 * pages.MM_PER_POINT - 0.2
        assert max(each.bottom for each in found[0][:-1]) < BOTTOM + 0.5
    else:
        assert found[0][-2].text.startswith("现将"), "the first page ends with the first line of the paragraph"
        assert found[1][0].text.endswith("贯彻落实。") and found[1][1].text.startswith("附件：1.")


@pytest.mark.parametrize("name", ["loose", "loose_printed_head", "loose_upward"])
def test_the_only_paragraph_of_a_notice_stands_on_both_pages_if_its_signature_needs_the_second(
    pdf: Open, name: str
) -> None:
    """It went to the second page with the signature as a whole, so that the first page showed no text."""
    first, second, *_ = pages.lines_of_pages(pdf(name))
    assert first[-2].text.startswith("现将") and second[0].text.endswith("贯彻落实。")
    assert any(each.text.startswith("2026年3月5日") for each in second)
    assert BOTTOM - 2 * LINE < line_top(first[-2]) <= BOTTOM - LINE + MM


def test_a_long_last_paragraph_goes_over_with_its_signature(pdf: Open) -> None:
    found = pages.lines_of_pages(pdf("long_paragraph"))
    assert len(found) == 2
    assert found[1][0].text.startswith("办好人民满意的教育")


# attachments and imprint


def test_the_label_stands_on_the_first_line_and_the_title_on_the_third(pdf: Open) -> None:
    found = pages.lines_of_pages(pdf("everything"))[2]
    label, title = found[:2]
    assert label.text == "附件"
    assert label.left == pytest.approx(LEFT, abs=MM)
    assert line_top(label) == pytest.approx(TOP, abs=MM)
    on_first_line = pages.lines_of_pages(pdf("none"))[0][0]
    assert title.top - on_first_line.top == pytest.approx(2 * LINE, abs=MM)
    assert (title.left + title.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=MM)
    assert "附件" in pages.texts_by_font(pdf("everything"))["FandolHei-Regular"]


def test_the_plan_of_a_notice_follows_on_a_new_page_under_its_label(pdf: Open) -> None:
    found = pages.lines_of_pages(pdf("notice"))
    assert [each.text for each in found[2][:2]] == ["附件1", "青山县教育局2026年工作要点"]
    assert [line(page, "附件").text for page in found[3:] if page[0].text.startswith("附件")] == ["附件2", "附件3"]


def test_the_plan_as_the_printed_document_follows_on_a_new_page_without_one(pdf: Open) -> None:
    found = pages.lines_of_pages(pdf("printed"))
    assert found[1][0].text == "青山县教育局2026年工作要点"
    assert not any(each.text.startswith("附件") for page in found for each in page)


@pytest.mark.parametrize("name", sorted(samples.SAMPLES))
def test_page_numbers_run_on(pdf: Open, name: str) -> None:
    found = pages.lines_of_pages(pdf(name))
    assert [page[-1].text for page in found] == [f"—{number}—" for number in range(1, len(found) + 1)]


def test_a_wide_table_stands_on_landscape_pages_with_its_label_and_header(pdf: Open) -> None:
    shown = subprocess.run(("pdfinfo", "-l", "99", str(pdf("notice"))), check=True, capture_output=True).stdout.decode()
    sizes = [(float(width), float(height)) for width, height in re.findall(r"size: +([\d.]+) x ([\d.]+)", shown)]
    turned = [width > height for width, height in sizes]
    assert turned == [False] * 3 + [True] * (len(sizes) - 4) + [False]
    found = pages.lines_of_pages(pdf("notice"))
    assert [each.text for each in found[3][:2]] == ["附件2", "主要指标"]
    numbers = [
        match[1] for page in found[3:-1] for each in page if (match := re.match(r"(\d+)(?:普惠|百分比)", each.text))
    ]
    assert numbers == [str(number) for number in range(1, 40)]
    for page in found[3:-1]:
        assert min(each.left for each in page[:-1]) > 35 - MM
        assert max(each.right for each in page) < 297 - 37 + MM
        assert max(each.bottom for each in page[:-1]) < 210 - 26 + MM


def test_landscape_pages_have_their_number_where_the_bound_pages_have_it(pdf: Open) -> None:
    """Turned back to the left, they have it 7 mm below the type area, right with a character free on odd pages, left on even ones."""
    for at, page in enumerate(pages.lines_of_pages(pdf("notice"))[3:-1], 4):
        number = page[-1]
        assert number.text == f"—{at}—"
        assert (number.left + number.right) / 2 == pytest.approx(35 - 7, abs=MM)
        if at % 2:
            assert number.bottom == pytest.approx(210 - 26 - 14 * pages.MM_PER_POINT, abs=MM)
        else:
            assert number.top == pytest.approx(28 + 14 * pages.MM_PER_POINT, abs=MM)


def test_three_hundred_rows_are_all_there_under_a_header_on_every_page(pdf: Open) -> None:
    found = pages.lines_of_pages(pdf("rows"))[2:]
    rows = [each.text for page in found for each in page if "扩大" in each.text]
    assert rows == [f"{number}扩大普惠性资源供给学前教育股" for number in range(1, 301)]
    assert [page[0 if at else 2].text for at, page in enumerate(found)] == ["序号任务责任单位"] * len(found)
    assert found[-1][-2].text.startswith("青山县教育局办公室")


@pytest.mark.parametrize(
    ("name", "page"), [("everything", 3), ("notice", 8), ("printed", 2), ("rows", 12), ("left_blank", 2)]
)
def test_the_imprint_stands_on_the_lower_edge_of_the_last_page(pdf: Open, name: str, page: int) -> None:
    found = pages.lines_of_pages(pdf(name))
    assert len(found) == page
    rules = [each for each in bands(pdf(name), page, red=False) if each.is_rule][-3:]
    assert rules[-1].bottom == pytest.approx(BOTTOM, abs=MM)
    assert [each.bottom - each.top for each in rules] == [
        pytest.approx(0.35, abs=0.09),
        pytest.approx(0.25, abs=0.09),
        pytest.approx(0.35, abs=0.09),
    ]
    for rule in rules:
        assert rule.left == pytest.approx(LEFT, abs=0.2)
        assert rule.right == pytest.approx(RIGHT, abs=0.2)
    copies, wrapped, printed, _ = found[-1][-4:]
    assert copies.left == pytest.approx(LEFT + SMALL, abs=MM)
    assert wrapped.left == pytest.approx(LEFT + 4 * SMALL, abs=MM)
    assert wrapped.text.endswith("。")
    assert printed.left == pytest.approx(LEFT + SMALL, abs=MM)
    assert printed.right == pytest.approx(RIGHT - SMALL, abs=MM)
    assert printed.text == "青山县教育局办公室2026年3月6日印发"


@pytest.mark.parametrize(("lines", "count"), [(18, 1), (19, 2), (20, 2), (21, 2)])
def test_the_imprint_covers_no_text_if_the_page_is_full(pdf: Open, lines: int, count: int) -> None:
    path = pdf(f"imprint{lines}")
    found = pages.lines_of_pages(path)
    assert len(found) == count
    assert sum(each.text == "办好人民满意的教育。" for each in found[0]) == lines
    rules = [each for each in bands(path, count, red=False) if each.is_rule]
    assert rules[-1].bottom == pytest.approx(BOTTOM, abs=MM)
    text = [each for each in found[count - 1] if each.text == "办好人民满意的教育。"]
    assert not text or text[-1].bottom < rules[0].top


def test_an_imprint_longer_than_a_page_goes_on_the_next_one_and_loses_nothing(pdf: Open) -> None:
    found = pages.lines_of_pages(pdf("copied"))
    assert len(found) >= 2
    text = "".join(each.text for page in found for each in page)
    assert [school for school in samples.SCHOOLS if school not in re.sub("—\\d—", "", text)] == []
    for page in found:
        assert max(each.bottom for each in page[:-1]) < BOTTOM + MM


def test_a_document_without_a_frame_has_nothing_of_one(pdf: Open) -> None:
    assert bands(pdf("none"), 1, red=True) == []
    assert pages.lines_of_pages(pdf("none"))[0][0].text == "青山县教育局2026年工作要点"
