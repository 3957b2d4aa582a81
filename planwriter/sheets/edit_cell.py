"""Replaces one cell of a .csv or .xlsx and nothing else. The caller checks that the cell then reads as intended."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from xml.etree import ElementTree

from planwriter.sheets.sheet import Sheet, cell_name
from planwriter.source.edit import Uneditable, codec_of
from planwriter.start.patterns import regex
from planwriter.system.zip import Entry, Zip, extra_fields, open_zip
from planwriter.system.zip_bounds import XLSX, BadArchive
from planwriter.system.zip_format import STORED, ZIP64_EXTRA
from planwriter.system.zip_write import Head, deflated, pack_entries, stored

_BOM = b"\xef\xbb\xbf"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MODE = 0o600 << 16
"""The file permissions of an archive entry that has none."""
_FORMULA = regex(rb"<(?:\w+:)?f[ >/]")


def cell_with(data: bytes, sheet: Sheet, row: int, column: int, value: str) -> Iterator[bytes]:
    """The file with `value` in a cell of a sheet, in each form that may read as `value`: as a number, then as a text.

    Raises Uneditable. Row and column count from 0.
    """
    if not sheet.name:
        yield _csv_with(data, row, column, value)
        return
    try:
        archive = open_zip(data, XLSX)
        part = _part_of(archive, sheet.name)
        if any(_FORMULA.search(archive[name]) for name in archive if "worksheets/" in name):
            raise Uneditable("工作簿里有公式，改了这一格，别处要重算")
        xml = archive[part].decode("utf-8")
    except BadArchive as error:
        raise Uneditable(str(error)) from error
    except UnicodeDecodeError as error:
        raise Uneditable("工作表不是 UTF-8 编码") from error
    percent = re.fullmatch(r"(-?\d+)(?:\.(\d+))?%", value)
    if percent or re.fullmatch(r"-?\d+(?:\.\d+)?", value):
        number = _hundredth(value.removesuffix("%")) if percent else value
        yield _with_part(archive, part, _cell(xml, row, column, ("", f"<v>{number}</v>")))
    text = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    yield _with_part(
        archive, part, _cell(xml, row, column, (' t="inlineStr"', f'<is><t xml:space="preserve">{text}</t></is>'))
    )


def _hundredth(number: str) -> str:
    from decimal import Decimal

    return f"{Decimal(number).scaleb(-2).normalize():f}"


# .csv


def _csv_with(data: bytes, row: int, column: int, value: str) -> bytes:
    start = len(_BOM) if data.startswith(_BOM) else 0
    codec = codec_of(data)
    text = data[start:].decode(codec)
    first = text[:4000].replace("\r", "\n").partition("\n")[0]
    mark = max(",\t;", key=first.count)
    fields = _fields(text, mark)
    if row >= len(fields) or column >= len(fields[row]):
        raise Uneditable("这一行在文件里没有那么多格")
    begin, end = fields[row][column]
    quoted = text[begin : begin + 1] == '"' or any(each in value for each in (mark, '"', "\n", "\r"))
    written = '"' + value.replace('"', '""') + '"' if quoted else value
    return data[:start] + (text[:begin] + written + text[end:]).encode(codec)


def _fields(text: str, mark: str) -> list[list[tuple[int, int]]]:
    """The start and end of each field of each line, including its quotes."""
    field = re.compile(rf'("(?:[^"]|"")*")?[^{mark}\r\n]*')
    lines: list[list[tuple[int, int]]] = [[]]
    at = 0
    while at <= len(text):
        match = field.match(text, at)
        assert match is not None
        lines[-1].append(match.span())
        at = match.end()
        if text[at : at + 1] != mark:
            at += text.startswith("\r\n", at)
            lines.append([])
        at += 1
    return lines


# .xlsx


def _part_of(archive: Zip, name: str) -> str:
    """The path of the part that contains the sheet `name`."""
    book = ElementTree.fromstring(archive["xl/workbook.xml"])
    wanted = next(
        (each.get(_RELATION) for each in book.iter() if each.tag.endswith("}sheet") and each.get("name") == name), None
    )
    for each in ElementTree.fromstring(archive["xl/_rels/workbook.xml.rels"]):
        if wanted and each.get("Id") == wanted:
            target = each.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise Uneditable("工作簿的结构看不明白")


def _cell(xml: str, row: int, column: int, made: tuple[str, str]) -> str:
    """A sheet's XML with one cell replaced or added; the style of a replaced cell is kept."""
    line = re.search(rf'<((?:\w+:)?)row\b[^>]*?\br="{row + 1}"[^>]*?(?:/>|>(.*?)</(?:\w+:)?row>)', xml, re.S)
    if line is None or line[2] is None:
        raise Uneditable("这一行在工作表里找不到")
    kind, content = made
    prefix, name = line[1], cell_name(row, column)
    content = re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", content) if prefix else content
    later: int | None = None
    for cell in re.finditer(r"<(?:\w+:)?c\b([^>]*?)(?:/>|>.*?</(?:\w+:)?c>)", line[2], re.S):
        place = re.search(r'\br="([A-Z]+)(\d+)"', cell[1])
        if place is None:
            raise Uneditable("工作表里的格子没有写明位置")
        if place[1] + place[2] == name:
            style = re.search(r'\ss="\d+"', cell[1])
            new = f'<{prefix}c r="{name}"{style[0] if style else ""}{kind}>{content}</{prefix}c>'
            return xml[: line.start(2) + cell.start()] + new + xml[line.start(2) + cell.end() :]
        if later is None and (len(place[1]), place[1]) > (len(name.rstrip("0123456789")), name.rstrip("0123456789")):
            later = cell.start()
    at = line.start(2) + later if later is not None else line.end(2)
    return xml[:at] + f'<{prefix}c r="{name}"{kind}>{content}</{prefix}c>' + xml[at:]


def _with_part(archive: Zip, part: str, xml: str) -> bytes:
    """The archive with the text of one part replaced; other parts, their order and their dates are unchanged."""
    entries = {}
    for entry in archive.entries:
        content = xml.encode() if entry.name == part else archive.read(entry)
        pack_one = stored if entry.method == STORED else deflated
        entries[entry.name] = pack_one(content, _head(entry))
    return pack_entries(entries, archive.comment)


def _head(entry: Entry) -> Head:
    """The header of an entry, without the fields that only an archive over 4 GB needs."""
    extra = b"".join(
        struct.pack("<HH", number, len(field)) + field
        for number, field in extra_fields(entry.extra)
        if number != ZIP64_EXTRA
    )
    return Head(
        made_by=entry.made_by,
        needs=entry.needs,
        time=entry.time,
        date=entry.date,
        internal=entry.internal,
        mode=entry.mode or _MODE,
        extra=extra,
        comment=entry.comment,
    )
