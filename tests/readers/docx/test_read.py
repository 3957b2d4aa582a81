"""Documents as a whole: sections and footers, bounds, and work that grows with the size of a file and no faster."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planwriter.audit.audit import audit_docx, read_case
from planwriter.audit.flaws import Case
from planwriter.audit.learn import learn_layout
from planwriter.audit.traces import traces
from planwriter.readers.docx import read as read_module
from planwriter.readers.docx import story
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.xml import UnreadableDocx
from tests import growth
from tests.audit.planting import layout
from tests.readers.docx.making import body, packed, para, part, read

if TYPE_CHECKING:
    pass

HOSTILE = Path(__file__).parents[4] / "shared" / "faults" / "hostile"
PAGE = '<w:pgSz w:w="11906" w:h="16838"/>'
WIDE = '<w:pgSz w:w="16838" w:h="11906"/>'


def footer(text: str) -> str:
    return part("ftr", para(text))


def uses(name: str, kind: str = "default") -> str:
    return f'<w:footerReference w:type="{kind}" r:id="r{name}"/>'


# sections


def test_a_section_ends_with_the_paragraph_that_describes_it() -> None:
    found = read(para("甲") + para("乙", f"<w:sectPr>{PAGE}</w:sectPr>") + para("丙") + f"<w:sectPr>{WIDE}</w:sectPr>")
    assert [(each.start, each.landscape) for each in found.sections] == [(1, False), (3, True)]
    assert [each.section for each in found.paragraphs] == [0, 0, 1]
    assert [each.new_page for each in found.paragraphs] == [False, False, True]


def test_a_section_may_go_on_on_the_same_page() -> None:
    found = read(para("甲", '<w:sectPr><w:type w:val="continuous"/></w:sectPr>') + para("乙"))
    assert [each.new_page for each in found.paragraphs] == [False, False] and len(found.sections) == 2


def test_a_document_without_sections_has_the_page_that_word_takes() -> None:
    (found,) = read(para("甲")).sections
    assert (found.width, found.height, found.top, found.footer, found.grid) == (12240, 15840, 1440, 720, "")


def test_the_page_of_a_section() -> None:
    (found,) = read(
        f'<w:sectPr>{PAGE}<w:pgMar w:top="-37mm" w:left="28mm" w:gutter="100"/><w:titlePg/>'
        '<w:docGrid w:type="lines" w:linePitch="579" w:charSpace="-5"/><w:pgNumType w:fmt="numberInDash"/></w:sectPr>'
    ).sections
    assert (found.top, found.left, found.grid, found.pitch, found.char_space) == (2098, 1687, "lines", 579, -5)
    assert found.title_page and found.dashed


def test_footers_are_inherited_by_type() -> None:
    found = read(
        para("甲", f"<w:sectPr>{uses('footer1')}{uses('footer2', 'even')}</w:sectPr>")
        + para("乙", f"<w:sectPr>{uses('footer2')}</w:sectPr>")
        + f"<w:sectPr>{uses('none')}</w:sectPr>",
        footer1=footer("一"),
        footer2=footer("二"),
        settings=part("settings", "<w:evenAndOddHeaders/>"),
    )
    shown = [{kind: [each.text for each in paragraphs] for kind, paragraphs in each.footers} for each in found.sections]
    assert shown == [{"default": ["一"], "even": ["二"]}, *[{"default": ["二"], "even": ["二"]}] * 2]
    assert found.even_and_odd


def test_the_text_boxes_of_a_footer_come_after_it() -> None:
    box = f"<w:p><w:r><w:pict><w:txbxContent>{para('框')}</w:txbxContent></w:pict></w:r></w:p>"
    found = read(f"<w:sectPr>{uses('footer1')}</w:sectPr>", footer1=part("ftr", box + para("后"))).sections[0]
    assert [(each.text, each.framed) for _, each_of in found.footers for each in each_of] == [
        ("", False),
        ("后", False),
        ("框", True),
    ]


def test_a_document_without_body_is_none() -> None:
    with pytest.raises(UnreadableDocx, match="没有 Word 的正文"):
        read_docx(packed("<html><body/></html>"))


# bounds


@pytest.mark.parametrize(
    ("where", "bound", "inner"),
    [
        (story, "MAX_PARAGRAPHS", para("甲") * 11),
        (story, "MAX_CHARACTERS", para("甲乙丙丁") * 3),
        (read_module, "_MAX_FOOTERS", para("甲", f"<w:sectPr>{uses('footer1')}</w:sectPr>") * 10),
    ],
)
def test_each_bound_holds(monkeypatch: pytest.MonkeyPatch, where: object, bound: str, inner: str) -> None:
    read(inner, footer1=footer("一"))
    monkeypatch.setattr(where, bound, 10 if bound != "_MAX_FOOTERS" else 9)
    with pytest.raises(UnreadableDocx, match="超过"):
        read(inner, footer1=footer("一"))


# work


def steps(data: bytes) -> int:
    """How many steps of Python it takes to read a file, to audit it, to find what it carries and to learn from it."""
    learn_layout(packed(body(para("甲"))), "来文.docx", "样本")  # what is made once

    def run() -> None:
        audit_docx(data, "来文.docx", layout())
        case = read_case(data, "来文.docx", layout())
        assert isinstance(case, Case)
        list(traces(case, "来文.docx"))
        learn_layout(data, "来文.docx", "样本")

    return growth.steps(run)


def _times(inner: str, before: str = "", after: str = "") -> Callable[[int], bytes]:
    return lambda size: packed(body(para("题") + before + inner * size + after))


def _styled(size: int) -> bytes:
    """Each style is based on the one before."""
    styles = "".join(
        f'<w:style w:styleId="s{at}"><w:basedOn w:val="s{at - 1}"/><w:pPr><w:jc w:val="left"/></w:pPr></w:style>'
        for at in range(size)
    )
    inner = "".join(para("甲", f'<w:pStyle w:val="s{at}"/>') for at in range(size))
    return packed(body(inner), styles=part("styles", styles))


def _of_one_large_style(size: int) -> bytes:
    many = "".join(f'<w:x{at} w:val="1"/>' for at in range(size))
    styles = part("styles", f'<w:style w:styleId="s"><w:pPr>{many}</w:pPr><w:rPr>{many}</w:rPr></w:style>')
    inner = "".join(para("甲", f'<w:pStyle w:val="s"/><w:ind w:left="{at}"/>') for at in range(size))
    return packed(body(inner), styles=styles)


def _listed(size: int) -> bytes:
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    lists = "".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="0"/></w:num>' for at in range(1, size + 1))
    numbering = part("numbering", f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>{lists}')
    inner = "".join(para("甲", f'<w:numPr><w:numId w:val="{at}"/></w:numPr>') for at in range(1, size + 1))
    return packed(body(inner), numbering=numbering)


def _sections(size: int) -> bytes:
    page = "<w:fldSimple w:instr='PAGE'/>"
    form = f"<w:sectPr>{uses('footer1')}{uses('footer1', 'even')}</w:sectPr>"
    return packed(body(para("甲", form) * size), footer1=part("ftr", f"<w:p>{page}</w:p>"))


BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE </w:instrText></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
CELL = f"<w:tc>{para('甲')}</w:tc>"
ROW = f"<w:tr>{CELL}</w:tr>"
TABLE = f"<w:tbl>{ROW}</w:tbl>"
BOX = f"<w:r><w:pict><w:txbxContent>{para('甲')}</w:txbxContent></w:pict></w:r>"
BREAK = '<w:r><w:t> </w:t><w:br w:type="page"/></w:r>'
INSERTED, DELETED = (f"<w:{name}><w:r><w:t>甲</w:t></w:r></w:{name}>" for name in ("ins", "del"))
NOTE = f'<w:footnote w:id="1">{para("注")}</w:footnote>'
HEADED = '<w:sectPr><w:headerReference w:type="default" r:id="rheader1"/></w:sectPr>'
COMMENT = '<w:comment w:author="甲"/>'
COMMENT_MARK = '<w:r><w:commentReference w:id="1"/></w:r>'
COMMENTED = f"<w:p>{COMMENT_MARK}</w:p>"
TOC = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText></w:r>'
ENTRY = '<w:p><w:hyperlink w:anchor="_Toc1"><w:r><w:t>甲</w:t></w:r></w:hyperlink></w:p>'
VARIABLE = '<w:docVar w:name="甲"/>'
SIZES: dict[str, Callable[[int], bytes]] = {
    "paragraphs": _times(para("甲")),
    "empty paragraphs": _times("<w:p/>"),
    "document numbers": _times(para("青教发〔2026〕1号")),
    "attachments": _times(para("附件：甲") + para("附件1") + para("甲")),
    "titles": _times(para("甲", '<w:pStyle w:val="Title"/>') + "<w:p/>"),
    "tables": _times(TABLE),
    "nested tables": _times(f"<w:tbl><w:tr><w:tc>{TABLE * 3}</w:tc></w:tr></w:tbl>"),
    "rows": _times(ROW, "<w:tbl>", "</w:tbl>"),
    "cells": _times(CELL, "<w:tbl><w:tr>", "</w:tr></w:tbl>"),
    "runs": _times("<w:r><w:t>甲</w:t></w:r>", "<w:p>", "</w:p>"),
    "texts of a run": _times("<w:t>甲</w:t>", "<w:p><w:r>", "</w:r></w:p>"),
    "open fields": _times(f"{BEGIN}<w:r><w:t>甲</w:t></w:r>", "<w:p>", "</w:p>"),
    "fields": _times(BEGIN + END, "<w:p>", "</w:p>"),
    "open fields of paragraphs": _times(f"<w:p>{BEGIN}</w:p>"),
    "instructions": _times("<w:instrText> A</w:instrText>", f"<w:p>{BEGIN}<w:r>", "</w:r></w:p>"),
    "simple fields": _times('<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>', "<w:p>", "</w:p>"),
    "page breaks": _times(BREAK, "<w:p>", "</w:p>"),
    "tracked changes": _times(INSERTED + DELETED, "<w:p>", "</w:p>"),
    "content controls": _times(f"<w:sdt><w:sdtPr/><w:sdtContent>{INSERTED}</w:sdtContent></w:sdt>", "<w:p>", "</w:p>"),
    "text boxes": _times(BOX, "<w:p>", "</w:p>"),
    "bookmarks": _times('<w:bookmarkStart w:name="a"/>'),
    "properties": _times('<w:jc w:val="left"/>', "<w:p><w:pPr>", "</w:pPr></w:p>"),
    "styles": _styled,
    "one large style": _of_one_large_style,
    "lists": _listed,
    "sections": _sections,
    "notes": lambda size: packed(body(para("题")), footnotes=part("footnotes", NOTE * size)),
    "paragraphs of a header": lambda size: packed(body(para("题") + HEADED), header1=part("hdr", para("眉") * size)),
    "comments": lambda size: packed(body(para("题") + COMMENTED * size), comments=part("comments", COMMENT * size)),
    "comments of a paragraph": _times(COMMENT_MARK, "<w:p>", "</w:p>"),
    "changes of format": _times(
        '<w:r><w:rPr><w:rPrChange w:author="甲"/></w:rPr><w:t>甲</w:t></w:r>', "<w:p>", "</w:p>"
    ),
    "hidden runs": _times(
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r><w:r><w:t>乙</w:t></w:r>", "<w:p>", "</w:p>"
    ),
    "links": _times('<w:hyperlink r:id="a"><w:r><w:t>甲</w:t></w:r></w:hyperlink>', "<w:p>", "</w:p>"),
    "references": _times('<w:fldSimple w:instr="REF _Ref1"><w:r><w:t>甲</w:t></w:r></w:fldSimple>', "<w:p>", "</w:p>"),
    "dates": _times('<w:fldSimple w:instr="DATE"><w:r><w:t>甲</w:t></w:r></w:fldSimple>', "<w:p>", "</w:p>"),
    "entries of one heading": _times(ENTRY, f'<w:p><w:bookmarkStart w:name="_Toc1"/></w:p><w:p>{TOC}</w:p>'),
    "entries of contents": _times(ENTRY, f"<w:p>{TOC}</w:p>"),
    "people": lambda size: packed(body(para("题")), people=part("people", '<w:person w:author="甲"/>' * size)),
    "variables": lambda size: packed(
        body(para("题")), settings=part("settings", f"<w:docVars>{VARIABLE * size}</w:docVars>")
    ),
}


@pytest.mark.parametrize("name", SIZES)
def test_four_times_the_size_is_at_most_four_times_the_work(name: str) -> None:
    made = SIZES[name]
    assert steps(made(240)) < 4.4 * steps(made(60))


# hostile files in bounds of memory and time

_CHILD = """
import resource, sys
from planwriter.audit import audit
from planwriter.layout.find import load_layout
layout = load_layout("gb9704").value.layout
data = open(sys.argv[1], "rb").read()
resource.setrlimit(resource.RLIMIT_AS, (300 * 2**20,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (100, 100))
print(*[each.code for each in audit.audit_docx(data, "来文.docx", layout)])
"""
_TAGS = {
    "paragraphs": "<w:p/>",
    "runs": "<w:p><w:r/></w:p>",
    "tables": "<w:tbl/>",
    "unknown": "<w:a/>",
    "text": f"<w:p><w:r><w:t>{'字' * 10_000}</w:t></w:r></w:p>",
}


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a process")
@pytest.mark.parametrize("name", [*_TAGS, "d-label", "d-alt"])
def test_a_hostile_file_is_refused_soon_and_in_300_megabytes(tmp_path: Path, name: str) -> None:
    path = HOSTILE / f"{name}.docx"
    if name in _TAGS:
        path = tmp_path / "来文.docx"
        path.write_bytes(packed(body(_TAGS[name] * (20 * 2**20 // len(_TAGS[name].encode())))))
    elif not path.exists():
        pytest.skip("the file is not here")
    done = subprocess.run([sys.executable, "-c", _CHILD, str(path)], capture_output=True, text=True, check=False)
    assert done.stdout == "PW650\n", done.stderr[-500:]


REJECTABLE = (
    '<w:p><w:r><w:t>新建</w:t></w:r><w:del w:id="1" w:author="甲"><w:r><w:delText>3所</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="甲"><w:r><w:t>5所</w:t></w:r></w:ins></w:p>'
    '<w:p><w:pPr><w:rPr><w:ins w:id="3" w:author="甲"/></w:rPr></w:pPr><w:ins w:id="4"><w:r><w:t>新段</w:t></w:r></w:ins></w:p>'
    '<w:tbl><w:tr><w:trPr><w:ins w:id="5" w:author="甲"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>'
)


def test_changes_can_be_rejected() -> None:
    taken, rejected = (read_docx(packed(body(REJECTABLE)), rejected=each) for each in (False, True))
    assert [each.text for each in taken.paragraphs] == ["新建5所", "新段", ""]
    assert [each.text for each in rejected.paragraphs] == ["新建3所", "", ""]
    mark, row = rejected.paragraphs[1].mark, rejected.tables[0].rows[0].revision
    assert mark is not None
    assert mark.deletes
    assert row is not None
    assert row.deletes


def test_labels_are_counted_as_if_changes_were_rejected() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    lists = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )
    number = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    new = f'<w:p><w:pPr>{number}<w:rPr><w:ins w:id="3" w:author="甲"/></w:rPr></w:pPr></w:p>'
    data = packed(body(new + para("甲", number)), numbering=lists)
    assert [read_docx(data, rejected=each).paragraphs[1].label for each in (False, True)] == ["2.", "1."]
