"""Pictures in every format: inline in the .docx with all required parts, embedded in HTML, as words elsewhere."""

from __future__ import annotations

import html
import io
import re
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from planwriter.audit.audit import audit_docx
from planwriter.layout.layout import Length
from planwriter.model import Document, Image
from planwriter.writers.docx.picture import fitted
from planwriter.writers.plot import find_font
from tests.support import document, outline, plan_file, render
from tests.wordml import ORDER, W, root_of, stored
from tests.writers.pictures import JPEG, PLAN, png

pytest.importorskip("matplotlib")
drawn = pytest.mark.skipif(find_font("指标") is None, reason="no Chinese font is installed")

WORDS = "学前三年毛入园率（%）：2025年（基期）92.50，2026年≥97；大班额比例（%）：2025年（基期）2，2026年≤1。"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/%s}"
INLINE, PROPERTIES, EXTENT, BLIP = (
    _DRAWING % "wordprocessingDrawing" + "inline",
    _DRAWING % "wordprocessingDrawing" + "docPr",
    _DRAWING % "wordprocessingDrawing" + "extent",
    _DRAWING % "main" + "blip",
)


def _rendered(made: Document, form: str) -> bytes:
    rendered = render(made, form)
    assert rendered.findings == () and rendered.value is not None
    return rendered.value


def lines_of(data: bytes) -> list[str]:
    """The lines of a .docx without tables; a picture's is its alternative text."""
    lines = []
    for paragraph in docx.Document(io.BytesIO(data)).paragraphs:
        pictures = [each.get("descr") or "" for each in paragraph._p.iter(PROPERTIES)]
        lines += pictures or ([paragraph.text.replace("\n", "")] if paragraph.runs else [])
    return lines


@drawn
def test_the_text_of_the_docx_is_that_of_the_text_writer() -> None:
    made = document(PLAN)
    text = _rendered(made, "text").decode().splitlines()
    assert lines_of(_rendered(made, "docx")) == text
    assert text[text.index(WORDS) + 1] == "图1　学前教育主要指标", "the caption stands below its picture"


@drawn
def test_two_renderings_give_the_same_bytes_and_one_image_is_held_once() -> None:
    data = _rendered(document(PLAN), "docx")
    assert data == _rendered(document(PLAN), "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert [name for name in archive.namelist() if "media" in name] == [
            "word/media/image1.png",
            "word/media/image2.png",
        ]


@drawn
def test_every_picture_is_found_through_its_relationship_and_type() -> None:
    made = docx.Document(io.BytesIO(_rendered(document(PLAN), "docx")))
    blips = list(made.element.iter(BLIP))
    parts = [made.part.related_parts[each.get(f"{{{each.nsmap['r']}}}embed")] for each in blips]
    assert [(str(part.partname), part.content_type) for part in parts] == [
        ("/word/media/image1.png", "image/png"),
        ("/word/media/image2.png", "image/png"),
        ("/word/media/image1.png", "image/png"),
    ]
    numbers = [each.get("id") for each in made.element.iter(PROPERTIES)]
    assert numbers == ["1", "2", "3"]


@drawn
def test_a_picture_stands_centred_in_single_spacing_no_wider_than_the_type_area() -> None:
    root = root_of(_rendered(document(PLAN), "docx"))
    layout = stored()[0]
    for inline in root.iter(INLINE):
        (p_pr,) = (each for each in inline.iterancestors(f"{W}p"))
        form = p_pr.find(f"{W}pPr")
        assert form is not None
        spacing, indent, align = (form.find(f"{W}{tag}") for tag in ("spacing", "ind", "jc"))
        assert spacing is not None and (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("240", "auto")
        assert indent is not None and (indent.get(f"{W}firstLine"), indent.get(f"{W}firstLineChars")) == ("0", "0")
        assert align is not None and align.get(f"{W}val") == "center"
        extent = inline.find(EXTENT)
        assert extent is not None
        assert layout.width.emu * 0.99 < int(extent.get("cx", "0")) <= layout.width.emu
        assert 0 < int(extent.get("cy", "0")) < layout.height.emu


@drawn
def test_children_stand_in_the_order_of_the_schema_and_the_caption_goes_with_its_picture() -> None:
    root = root_of(_rendered(document(PLAN), "docx"))
    for element in root.iter():
        order = ORDER.get(etree.QName(element).localname, "").split()
        if order and element.tag.startswith(W):
            places = [order.index(etree.QName(child).localname) for child in element]
            assert places == sorted(places)
    picture = next(root.iter(INLINE)).getparent().getparent().getparent()  # type: ignore[union-attr]
    assert picture is not None and picture.find(f"{W}pPr/{W}keepNext") is not None
    caption = picture.getnext()
    assert caption is not None
    assert caption.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Caption"  # type: ignore[union-attr]
    assert caption.find(f"{W}pPr/{W}keepNext").get(f"{W}val") == "0"  # type: ignore[union-attr]


@drawn
def test_html_holds_the_picture_itself_and_its_words() -> None:
    page = _rendered(document(PLAN), "html").decode()
    figures = re.findall(r"<figure>(.*?)</figure>", page, re.S)
    assert len(figures) == 3
    assert re.match(
        r'<img src="data:image/png;base64,[A-Za-z0-9+/=]+" alt="([^"]*)" style="width:156\.0mm">', figures[0]
    )
    assert html.unescape(figures[0].split('alt="')[1].split('"')[0]) == WORDS
    assert '<figcaption class="caption">图1　学前教育主要指标</figcaption>' in figures[0]


def test_words_need_no_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    made = document(PLAN)
    assert WORDS in _rendered(made, "text").decode()
    assert "**图1　学前教育主要指标**" in _rendered(made, "md").decode()
    for form in ("docx", "html", "pdf"):
        refused = render(made, form)
        assert refused.value is None and {each.code for each in refused.findings} == {"PW461"}
        assert [each.pos.line for each in refused.findings] == [19, 11, 12]


@drawn
def test_a_plan_with_pictures_has_no_deviation_from_its_layout() -> None:
    assert [each.code for each in audit_docx(_rendered(document(PLAN), "docx"), "要点.docx", stored()[0])] == []


def test_a_target_in_a_picture_counts_as_cited_and_an_unknown_one_is_reported() -> None:
    from tests.support import plan

    found = [each.code for each in plan(PLAN).findings]
    assert found == []
    assert [each.code for each in plan(PLAN.replace("[入园率, 班额]", "[入学率, 班额]")).findings] == ["PW402", "PW402"]


# files


@pytest.mark.parametrize(("name", "data"), [("平面图.png", png(40, 30)), ("平面图.JPG", JPEG)])
def test_a_picture_in_a_file_is_set_in_its_own_size(
    name: str, data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(data)
    Path("提纲.yaml").write_text(
        outline(extra=f"附件:\n  - 标题: 校园平面图\n    内容:\n      - {{图: {name}, 题: 图1　城东小学}}\n"), "utf-8"
    )
    made = plan_file("提纲.yaml")
    assert made.findings == () and made.document is not None
    rendered = _rendered(made.document, "docx")
    assert lines_of(rendered) == _rendered(made.document, "text").decode().splitlines()
    assert lines_of(rendered)[-2:] == [f"（图片：{name}）", "图1　城东小学"]
    (extent,) = root_of(rendered).iter(EXTENT)
    assert (extent.get("cx"), extent.get("cy")) == (str(40 * 9525), str(30 * 9525))
    assert "bytes" in __import__("planwriter.plan.emit", fromlist=["emit"]).to_json(made.document)


@pytest.mark.parametrize("size", [(10_000, 10), (10, 10_000), (3000, 4000), (1, 1)])
def test_a_large_picture_is_fitted_in_its_proportions(size: tuple[int, int]) -> None:
    layout = stored()[0]
    width, height = fitted(Image(data=b"", form="png", width=size[0], height=size[1]), layout)
    assert Length(1) <= width <= layout.width and Length(1) <= height < layout.height
    assert width.emu / height.emu == pytest.approx(size[0] / size[1], rel=0.01)
