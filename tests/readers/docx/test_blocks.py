"""Paragraphs and tables in order, with their places."""

from __future__ import annotations

from planwriter.readers.docx.document import Revision, WordParagraph, WordTable
from tests.readers.docx.making import only, para, part, read, run


def cell(inner: str, form: str = "") -> str:
    return f"<w:tc><w:tcPr>{form}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, form: str = "") -> str:
    return f"<w:tr><w:trPr>{form}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str, form: str = "") -> str:
    return f"<w:tbl><w:tblPr>{form}</w:tblPr>{''.join(rows)}</w:tbl>"


def texts(block: WordParagraph | WordTable) -> object:
    if isinstance(block, WordParagraph):
        return block.text
    return [[[texts(each) for each in cell.blocks] for cell in row.cells] for row in block.rows]


def test_blocks_stand_in_their_order() -> None:
    found = read(para("前") + table(row(cell(para("甲")), cell(para("乙") + para("丙")))) + para("后"))
    assert [texts(each) for each in found.blocks] == ["前", [[["甲"], ["乙", "丙"]]], "后"]
    assert [(each.number, each.table, each.row, each.cell) for each in found.paragraphs] == [
        (1, -1, -1, -1),
        (2, 0, 0, 0),
        (3, 0, 0, 1),
        (4, 0, 0, 1),
        (5, -1, -1, -1),
    ]
    assert found.tables == (found.blocks[1],) and found.tables[0].start == 2


def test_a_table_in_a_cell_is_counted_where_it_begins() -> None:
    inner = table(row(cell(para("里"))))
    found = read(table(row(cell(para("甲") + inner + para("乙")))) + table(row(cell(para("丙")))))
    assert [(each.start, each.nested) for each in found.tables] == [(1, False), (2, True), (4, False)]
    assert [each.table for each in found.paragraphs] == [0, 1, 0, 2]
    assert [texts(each) for each in found.blocks] == [[[["甲", [[["里"]]], "乙"]]], [[["丙"]]]]


def test_merged_cells_tell_their_columns_and_rows() -> None:
    found = read(
        table(
            row(cell(para("合"), '<w:gridSpan w:val="2"/>'), cell(para("竖"), '<w:vMerge w:val="restart"/>')),
            row(cell(para("甲")), cell(para("乙")), cell(para(""), "<w:vMerge/>")),
            row(cell(para("丙")), cell(para("丁")), cell(para(""), '<w:vMerge w:val="continue"/>')),
        )
    ).tables[0]
    assert [[(each.span, each.continues) for each in row.cells] for row in found.rows] == [
        [(2, False), (1, False)],
        [(1, False), (1, False), (1, True)],
        [(1, False), (1, False), (1, True)],
    ]


def test_rows_tell_whether_they_are_headers_stay_whole_or_were_changed() -> None:
    found = read(
        table(
            row(form="<w:cantSplit/><w:tblHeader/>"),
            row(form='<w:cantSplit w:val="0"/><w:ins w:author="张三"/>'),
            row(form="<w:del/>"),
            "<w:tr/>",
        )
    ).tables[0]
    assert [(each.whole, each.header) for each in found.rows] == [(True, True), *[(False, False)] * 3]
    assert [each.revision for each in found.rows] == [
        None,
        Revision("ins", "张三", ""),
        Revision("del", "", ""),
        None,
    ]


def test_a_floating_table_says_so() -> None:
    found = read(table(row(), form="<w:tblpPr/>") + table(row())).tables
    assert [each.floating for each in found] == [True, False]


def test_rows_cells_and_blocks_in_wrappers_count() -> None:
    def wrapped(inner: str) -> str:
        return f'<w:sdt><w:sdtPr><w:tag w:val="t"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'

    found = read(wrapped(table(wrapped(row(wrapped(cell(wrapped(para("甲")))))))) + para("乙"))
    assert [texts(each) for each in found.blocks] == [[[["甲"]]], "乙"]
    assert [len(each.controls) for each in found.paragraphs] == [4, 0]
    assert [each.tag for each in found.tables[0].controls] == ["t"]


def test_what_does_not_belong_between_blocks_is_left_out() -> None:
    found = read(para("甲") + "<w:x><w:p/></w:x><w:tbl><w:p/><w:tr><w:p/></w:tr></w:tbl><w:del><w:p/></w:del>")
    assert [each.text for each in found.paragraphs] == ["甲"]


def test_a_paragraph_knows_the_alignment_of_its_style() -> None:
    form = '<w:pPr><w:jc w:val="right"/></w:pPr>'
    style = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
    made = only(form + run("甲"), styles=part("styles", style))
    assert (made.align, made.styled_align) == ("right", "center")
