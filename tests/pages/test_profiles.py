"""Every built-in layout, a combination of them and a bureau's own layout on the page; skipped if the tools are missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from planwriter.layout.find import known_layouts, load_layout, read_layout_text
from planwriter.layout.layout import Layout
from planwriter.model import Level
from planwriter.writers.docx.write import render_docx
from tests import pages
from tests.documents import document, paragraph, sample, section
from tests.pages.ink import bands
from tests.pages.samples import SAMPLES

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(bool(pages.missing()), reason=pages.missing() or "-"),
]

SHIPPED = [each.name for each in known_layouts()]
OWN = {
    "几样一起": "版式: 几样一起\n基于: [行距28磅, 三级加粗, 页码居中, 方正字体]\n",
    "疏": "版式: 疏\n基于: gb9704\n页边: {上: 30mm, 下: 30mm, 左: 27mm, 右: 27mm}\n网格: {行距: 31磅, 字距: 0磅}\n页码: {距版心: 9mm}\n",
    "密": "版式: 密\n基于: 页码居中\n网格: {行距: 24磅}\n",
}
NAMES = [*SHIPPED, *OWN]
MM = 1.0
Open = Callable[[str, str], Path]


def layout(name: str) -> Layout:
    if name in OWN:
        made = read_layout_text(OWN[name], f"{name}.yaml")
        assert made.value is not None, made.findings
        return made.value
    stored = load_layout(name).value
    assert stored is not None
    return stored.layout


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Open:
    """The PDF of a layout's document: "full" pages of prose, all "roles", or with "everything" of the frame."""
    roles = sample().parts[0].blocks
    made = {
        "full": document(paragraph("办好人民满意的教育" * 300), title=""),
        "roles": document(
            *roles,
            section(Level.CHAPTER, "其他", "", section(Level.ITEM, "单独的标题")),
            title="青山县教育局2026年工作要点",
        ),
        "everything": SAMPLES["everything"],
    }
    files = {
        f"{NAMES.index(name)}-{kind}": render_docx(each, layout(name)) for name in NAMES for kind, each in made.items()
    }
    paths = pages.to_pdfs(files, tmp_path_factory.mktemp("profiles"), {**pages.STAND_INS, **pages.OTHER_STAND_INS})
    return lambda name, kind: paths[f"{NAMES.index(name)}-{kind}"]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_holds_the_lines_and_characters_that_fit_its_grid(pdf: Open, name: str) -> None:
    own = layout(name)
    lines = own.height.emu // own.pitch.emu
    columns = own.width.emu // (own.role("body").size + own.tracking).emu
    found = pages.lines_of_pages(pdf(name, "full"))
    assert [len(page) - 1 for page in found[:-1]] == [lines] * (len(found) - 1)
    assert {len(line.text) for line in found[1][:-1]} == {columns}
    assert (found[1][-2].top - found[1][0].top) / (lines - 1) == pytest.approx(own.pitch.mm, abs=0.02)


@pytest.mark.parametrize("name", [*SHIPPED, "几样一起"])
def test_the_local_practices_leave_22_lines_of_28_characters(name: str) -> None:
    own = layout(name)
    assert own.height.emu // own.pitch.emu == 22
    assert own.width.emu // (own.role("body").size + own.tracking).emu == 28


@pytest.mark.parametrize("name", NAMES)
def test_the_page_number_stands_where_the_layout_has_it(pdf: Open, name: str) -> None:
    own = layout(name)
    left, right = own.margins.left.mm, (own.paper[0] - own.margins.right).mm
    bottom, free = (own.paper[1] - own.margins.bottom).mm, own.page_number.inset * own.page_number.size.mm
    for at, page in enumerate(pages.lines_of_pages(pdf(name, "full"))):
        number = page[-1]
        assert number.text == f"—{at + 1}—"
        assert (number.top + number.bottom) / 2 == pytest.approx(bottom + own.page_number.gap.mm, abs=MM)
        if not own.page_number.outside:
            assert (number.left + number.right) / 2 == pytest.approx((left + right) / 2, abs=MM)
        elif at % 2:
            assert number.left == pytest.approx(left + free, abs=MM)
        else:
            assert number.right == pytest.approx(right - free, abs=MM)


@pytest.mark.parametrize("name", NAMES)
def test_the_frame_keeps_its_places(pdf: Open, name: str) -> None:
    """The mark 35 mm below the type area's edge, the red rule 4 mm below the number, the imprint on the lower edge."""
    own, path = layout(name), pdf(name, "everything")
    left, right, top = own.margins.left.mm, (own.paper[0] - own.margins.right).mm, own.margins.top.mm
    mark, rule = bands(path, 1, red=True)
    assert mark.top == pytest.approx(top + 35, abs=MM)
    number = [each for each in bands(path, 1, red=False) if mark.bottom < each.top < rule.top][-1]
    assert rule.top - number.bottom == pytest.approx(4, abs=0.5)
    assert rule.left == pytest.approx(left, abs=0.2)
    assert rule.right == pytest.approx(right, abs=0.2)
    last = [each for each in bands(path, len(pages.lines_of_pages(path)), red=False) if each.is_rule][-1]
    assert last.bottom == pytest.approx((own.paper[1] - own.margins.bottom).mm, abs=MM)


@pytest.mark.parametrize("name", NAMES)
def test_the_title_stands_two_lines_below_the_rule(pdf: Open, name: str) -> None:
    own, path = layout(name), pdf(name, "everything")
    _, rule = bands(path, 1, red=True)
    below = next(each for each in bands(path, 1, red=False) if each.top > rule.bottom)
    assert below.top - rule.bottom == pytest.approx((own.pitch * 2).mm, abs=4), (
        "two lines, and what the title's line has above it"
    )


@pytest.mark.parametrize("name", NAMES)
def test_each_role_is_set_in_its_own_face(pdf: Open, name: str) -> None:
    stand_ins = {**pages.STAND_INS, **pages.OTHER_STAND_INS}
    texts, own = pages.texts_by_font(pdf(name, "roles")), layout(name)
    for role, words in (("title", "青山县教育局"), ("heading1", "其他"), ("heading3", "单独的标题")):
        look = own.role(role)
        family = stand_ins[look.font]
        assert any(font.startswith(family) and words in text for font, text in texts.items()), (
            role,
            look.font,
            sorted(texts),
        )


@pytest.mark.parametrize("name", NAMES)
def test_level_three_is_bold_if_the_layout_says_so(pdf: Open, name: str) -> None:
    """Checked on the digits of its numbers: the Chinese substitute fonts have no bold font."""
    bold = pages.texts_by_font(pdf(name, "roles")).get("LiberationSerif-Bold", "")
    assert ("1." in bold) == layout(name).role("heading3").bold
