"""Where paragraphs and runs stand in the bytes of a text."""

import pytest

from planwriter.readers.docx.package import Package
from planwriter.readers.docx.places import Places, locate
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.xml import UnreadableDocx
from tests.audit.planting import good
from tests.readers.docx.making import body, packed, para, run


def _located(inner: str) -> Places:
    return locate(Package(packed(body(inner))))


def _content(places: Places, number: int) -> str:
    place = places.paragraphs[number - 1]
    return places.data[place.content : place.closing].decode()


def test_the_content_begins_behind_the_properties() -> None:
    places = _located(para("甲") + f"<w:p w:rsidR='1>2'>{run('乙')}</w:p><w:p/><w:p ></w:p>")
    assert [_content(places, number) for number in (1, 2, 3, 4)] == [run("甲"), run("乙"), "", ""]
    assert [each.is_empty for each in places.paragraphs] == [False, False, True, False]
    assert {each.name for each in places.paragraphs} == {b"w:p"}
    assert places.data[places.paragraphs[1].closing :].startswith(b"</w:p><w:p/>")


def test_paragraphs_have_the_numbers_of_the_reader() -> None:
    data = good()
    document, places = read_docx(data), locate(Package(data))
    assert len(places.paragraphs) == len(document.paragraphs) > 20
    for para_read, place in zip(document.paragraphs, places.paragraphs, strict=True):
        assert "".join(each.text for each in place.runs) == para_read.text[len(para_read.label) :]


def test_runs_have_their_elements_and_the_child_that_they_are_in() -> None:
    first, second = run("甲"), f"<w:ins w:id='1' w:author='x'>{run('乙')}{run('丙')}</w:ins>"
    places = _located(
        f"<w:p>{first}<w:del w:id='2' w:author='x'><w:r><w:delText>丁</w:delText></w:r></w:del>{second}</w:p>"
    )
    runs = places.paragraphs[0].runs
    assert [each.text for each in runs] == ["甲", "乙", "丙"]
    assert [places.data[each.start : each.end].decode() for each in runs] == [first, run("乙"), run("丙")]
    assert [places.data[each.outer_start : each.outer_end].decode() for each in runs] == [first, second, second]


def test_text_boxes_are_no_part_of_the_paragraph() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{para('框')}</w:txbxContent></w:pict></w:r>"
    places = _located(f"<w:p>{run('甲')}{box}{run('乙')}</w:p>{para('丙')}")
    assert [[each.text for each in one.runs] for one in places.paragraphs] == [["甲", "乙"], ["丙"]]


def test_cells_and_controls_count() -> None:
    cell = f"<w:tbl><w:tr><w:tc>{para('格')}</w:tc></w:tr></w:tbl>"
    control = f"<w:sdt><w:sdtContent>{para('控件')}</w:sdtContent></w:sdt>"
    places = _located(para("甲") + cell + control)
    assert [_content(places, number) for number in (1, 2, 3)] == [run("甲"), run("格"), run("控件")]


def test_another_encoding_is_refused() -> None:
    text = '<?xml version="1.0" encoding="GB18030"?>' + body(para("甲"))
    with pytest.raises(UnreadableDocx):
        locate(Package(packed(text)))
