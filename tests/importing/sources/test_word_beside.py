"""What a .docx has beside its text; `test_word` shows the kinds."""

from __future__ import annotations

from planwriter.importing.sources.word_beside import left_out
from tests.readers.docx.making import para, read, run


def test_one_finding_for_each_kind_with_its_first_place() -> None:
    picture = "<w:p><w:r><w:drawing><a:blip xmlns:a='a'/></w:drawing></w:r></w:p>"
    (found,) = left_out(read(para("正文") + picture + picture), "来文.docx")
    assert (found.code, found.pos.line) == ("PW723", 2) and "2 处" in found.message
    assert [place.line for place, _ in found.related] == [3]


def test_a_line_that_is_drawn_is_no_picture() -> None:
    line = '<w:p><w:r><w:pict><v:line xmlns:v="v"/></w:pict></w:r></w:p>'
    assert list(left_out(read(line), "来文.docx")) == []
    letters = (
        '<w:p><w:r><w:pict><v:shape xmlns:v="v"><v:textpath string="青山县教育局文件"/></v:shape></w:pict></w:r></w:p>'
    )
    assert [each.code for each in left_out(read(letters), "来文.docx")] == ["PW723"]


def test_a_box_of_text_is_no_picture() -> None:
    box = f"<w:p><w:r><w:pict><w:txbxContent>{para('框里')}</w:txbxContent></w:pict></w:r></w:p>"
    assert list(left_out(read(box), "来文.docx")) == []


def test_rows_count_as_changes() -> None:
    table = f'<w:tbl><w:tr><w:trPr><w:ins w:id="1" w:author="a"/></w:trPr><w:tc>{para("甲")}</w:tc></w:tr></w:tbl>'
    (found,) = left_out(read(table), "来文.docx")
    assert found.code == "PW721" and "添上 1 处，删去 0 处" in found.message


def test_one_change_in_several_runs_is_one() -> None:
    inner = f'<w:p><w:ins w:id="1" w:author="a">{run("添")}{run("上", "<w:b/>")}</w:ins></w:p>'
    (found,) = left_out(read(inner), "来文.docx")
    assert "添上 1 处" in found.message
