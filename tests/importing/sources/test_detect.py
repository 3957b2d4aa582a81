"""What kind of file something is, whatever its name says."""

from __future__ import annotations

import io
import zipfile

import pytest

from planwriter.importing.sources import detect
from planwriter.importing.sources.detect import SourceKind, kind_of_file
from tests.readers.docx.making import body, packed, para

DOCX = packed(body(para("正文")))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(*names: str, first: bytes = b"x") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name in names:
            made.writestr(name, first)
    return buffer.getvalue()


def compound(stream: str) -> bytes:
    return OLE + b"\0" * 504 + f"{stream}\0".encode("utf-16-le") + b"\0" * 100


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (DOCX, "计划.docx", detect.WORD),
        (DOCX, "计划.doc", detect.WORD),
        (DOCX, "计划.wps", detect.WORD),
        (DOCX, "计划.txt", detect.WORD),
        (DOCX[:-30], "断了.docx", detect.WORD),
        (compound("WordDocument"), "计划.wps", detect.OLD_WORD),
        (compound("WordDocument"), "计划.docx", detect.OLD_WORD),
        (compound("Workbook"), "表.doc", detect.WORKBOOK),
        (compound("PowerPoint Document"), "讲.ppt", detect.SLIDES),
        (compound("EncryptedPackage"), "密.docx", detect.LOCKED),
        (compound("Other"), "什么.doc", detect.OLD_WORD),
        (b"{\\rtf1\\ansi", "计划.doc", detect.RICH_TEXT),
        (
            archive("mimetype", "content.xml", first=b"application/vnd.oasis.opendocument.text"),
            "计划.odt",
            detect.OPEN_TEXT,
        ),
        (archive("mimetype", first=b"application/vnd.oasis.opendocument.spreadsheet"), "表.ods", detect.WORKBOOK),
        (archive("OFD.xml", "Doc_0/Document.xml"), "文.pdf", detect.OFD),
        (archive("xl/workbook.xml", "[Content_Types].xml"), "表.docx", detect.WORKBOOK),
        (archive("ppt/presentation.xml"), "讲.pptx", detect.SLIDES),
        (archive("要点.docx"), "包.zip", detect.ARCHIVE),
        (archive("[Content_Types].xml", "正文/document.xml"), "怪.docx", detect.WORD),
        (b"%PDF-1.7\n", "计划.doc", detect.PDF),
        (b"\xef\xbb\xbf\n%PDF-1.4", "计划.pdf", detect.PDF),
        (b"\x89PNG\r\n\x1a\n", "图.pdf", detect.PICTURE),
        (b"\xff\xd8\xff\xe0", "图.jpg", detect.PICTURE),
        (b"Rar!\x1a\x07\x00", "包.docx", detect.ARCHIVE),
        (b"MZ\x90\x00", "setup.exe", detect.PROGRAM),
        (b"<!DOCTYPE html><html>", "计划.doc", detect.WEB),
        ("<html><p>要点".encode("utf-16"), "计划.txt", detect.WEB),
        (b"\xef\xbb\xbf\r\n <HTML>", "计划.wps", detect.WEB),
        ("<div>要点</div>".encode(), "计划.htm", detect.WEB),
        ("<div>要点</div>".encode(), "计划.txt", detect.TEXT),
        ("正文，没有标记".encode(), "计划.html", detect.TEXT),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "计划.doc", detect.WEB),
        ("# 要点".encode(), "计划.md", detect.MARKDOWN),
        ("# 要点".encode(), "计划", detect.TEXT),
        (b"1 < 2", "计划.docx", detect.TEXT),
        (b"", "空.docx", detect.TEXT),
    ],
)
def test_the_bytes_say_what_a_file_is(data: bytes, name: str, kind: SourceKind) -> None:
    assert kind_of_file(data, name) is kind


@pytest.mark.parametrize("kind", [each for each in vars(detect).values() if isinstance(each, SourceKind)])
def test_a_kind_has_a_source_or_a_way_out(kind: SourceKind) -> None:
    assert kind.shown and kind.advice.endswith("。") and kind.module in ("", "text", "word", "office", "web", "pdf")
