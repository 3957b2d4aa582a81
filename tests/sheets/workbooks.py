"""Workbooks of several makers, damaged and hostile ones among them."""

import io
import zipfile

import openpyxl


def book(*sheets: tuple[str, list[list[object]]]) -> bytes:
    """A workbook made by openpyxl."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets:
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def rezipped(data: bytes, part: str, content: bytes) -> bytes:
    """A workbook in which one part has been replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return stream.getvalue()


SMALL = book(("甲", [["一", 2]]))
SHEET = "xl/worksheets/sheet1.xml"


def far_cell() -> bytes:
    """A workbook whose only cell is far from the first."""
    made = openpyxl.Workbook()
    made.worksheets[0]["ZZ900000"] = 1
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


HOSTILE = {
    "old format": (b"\xd0\xcf\x11\xe0" + b"\0" * 99, ".xls"),
    "a text": ("序号".encode(), "不是"),
    "nothing": (b"", "不是"),
    "50 MB": (b"PK" + b"\0" * 50 * 1024 * 1024, "MB"),
    "cut off": (SMALL[:-200], "坏"),
    "no workbook": (b"PK\x05\x06" + b"\0" * 18, "没有工作簿"),
    "a bomb": (rezipped(SMALL, SHEET, b"<a>" + b" " * 60 * 1024 * 1024 + b"</a>"), "解开"),
    "entities": (rezipped(SMALL, SHEET, b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "DTD"),
    "hidden entities": (rezipped(SMALL, SHEET, '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")), "DTD"),
    "no XML": (rezipped(SMALL, SHEET, b"<worksheet"), "坏"),
    "another XML": (rezipped(SMALL, "xl/workbook.xml", b"<a/>"), "没有工作表"),
    "many cells": (rezipped(SMALL, SHEET, b"<worksheet>" + b"<c/>" * 200_001 + b"</worksheet>"), "单元格"),
    "a far cell": (far_cell(), "多余的行"),
}
