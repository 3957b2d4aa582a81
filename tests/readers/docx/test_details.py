"""What a file has besides text: properties, people, template, linked and embedded files, macros."""

from __future__ import annotations

import io
import zipfile

import pytest

from planwriter.readers.docx import details
from planwriter.readers.docx.document import FileDetails, Property
from planwriter.readers.docx.read import read_docx
from tests.readers.docx.making import body, packed, para, part, related


def with_files(data: bytes, **files: str) -> bytes:
    """The package with files added; __ in a name is a slash."""
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), text)
    return buffer.getvalue()


def read(data: bytes) -> FileDetails:
    return read_docx(data).details


PLAIN = packed(body(para("甲")))


def test_a_plain_file_has_none() -> None:
    assert read(PLAIN) == FileDetails((), (), (), (), "", (), (), ())


def test_properties_have_their_part_and_the_text_at_every_depth() -> None:
    core = '<a:p xmlns:a="urn:a"><a:creator>张三</a:creator><a:empty/></a:p>'
    custom = '<p><property name="拟稿"><v><w>李四</w></v></property></p>'
    data = with_files(PLAIN, a_DOT_xml=core, b_DOT_xml=custom)
    data = related(data, "", ("x", "metadata/core-properties", "a.xml"), ("y", "custom-properties", "b.xml"))
    assert read(data).properties == (Property("a.xml", "creator", "张三"), Property("b.xml", "拟稿", "李四"))


def test_long_values_and_many_properties_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(details, "MAX_DETAILS", 2)
    data = with_files(PLAIN, a_DOT_xml=f"<p><a>{'长' * 900}</a><b>2</b><c>3</c></p>")
    found = read(related(data, "", ("x", "core-properties", "a.xml"))).properties
    assert [len(each.value) for each in found] == [200, 1]


def test_people_and_comments_are_named() -> None:
    comments = part("comments", f'<w:comment w:author="张三">{para("甲")}</w:comment><w:comment/>')
    people = '<a:people xmlns:a="urn:a"><a:person a:author="李四"/><a:other a:author="王五"/></a:people>'
    found = read(packed(body(para("甲")), comments=comments, people=people))
    assert (found.comments, found.people) == (("张三", ""), ("李四",))


def test_settings_name_variables_and_the_template() -> None:
    settings = part("settings", '<w:docVars><w:docVar w:name="拟稿" w:val="1"/></w:docVars>')
    data = packed(body(para("甲")), settings=settings)
    entries = (("a", "attachedTemplate", "file:///甲.dotx"), ("b", "mailMergeSource", "file:///乙.xls"))
    found = read(related(data, "word/settings.xml", *entries, outside=True))
    assert (found.variables, found.template, found.sources) == (("拟稿",), "file:///甲.dotx", ("file:///乙.xls",))


def test_linked_files_are_sources_and_links_are_not() -> None:
    entries = (("a", "image", "file:///甲.png"), ("b", "hyperlink", "file:///乙.docx"))
    assert read(related(PLAIN, "word/document.xml", *entries, outside=True)).sources == ("file:///甲.png",)


@pytest.mark.parametrize(
    ("name", "is_object", "is_macro"),
    [
        ("word/embeddings/oleObject1.bin", True, False),
        ("word/embeddings/Microsoft_Excel_Sheet.xlsx", True, False),
        ("word/activeX/activeX1.bin", True, False),
        ("word/activeX/activeX1.xml", False, False),
        ("word/embeddings/_rels/a.xlsx.rels", False, False),
        ("word/media/image1.png", False, False),
        ("word/vbaProject.bin", False, True),
        ("word/VBAPROJECT.BIN", False, True),
    ],
)
def test_embedded_files_and_macros_are_known_by_their_names(name: str, is_object: bool, is_macro: bool) -> None:
    found = read(with_files(PLAIN, **{name: "x"}))
    assert (found.objects, found.macros) == ((name,) * is_object, (name,) * is_macro)
