"""A whole table that is put in as a tracked change: each of its rows is, as Word has it."""

from __future__ import annotations

from itertools import zip_longest

from planwriter.model import Merge
from planwriter.readers.docx.pieces import children, local_name, tokens
from planwriter.readers.docx.places import Places
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.writers.docx.markup import STYLE_TAGS, TABLE_STYLE
from planwriter.writers.docx.tracked_marks import Marker
from planwriter.writers.docx.tracked_rows import cell_paragraph, new_runs, table_paragraphs

_WIDTH = 8844
"""The width of a table if there is no other to tell it, in twips: that of the type area of GB/T 9704."""
_COLUMN = regex(rb"<(?:[\w.-]{1,99}:)?gridCol\s[^<>]{0,200}?\bw\s*=\s*[\"'](\d{1,6})")
_SIDES = ["top", "left", "bottom", "right", "insideH", "insideV"]


class NewTable(NamedTuple):
    """A table that is put in; see `InsertTable`."""

    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...]
    author: str
    like: int
    styled: bool
    """True if the file has the styles that planwriter gives tables."""
    comment: str = ""


def table_xml(places: Places, table: NewTable, marker: Marker) -> bytes:
    """The element of a new table."""
    columns = max(map(len, table.rows), default=0) or 1
    form, total, samples = _like(places, table, marker)
    width = max(total // columns, 1)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for _ in range(columns))
    merged = _merged(table.merges, width)
    made = [f"<w:tbl{marker.declared}>".encode(), form, f"<w:tblGrid>{grid}</w:tblGrid>".encode()]
    for at, row in enumerate(table.rows):
        made.append(_row_head(table.author, marker, is_first=at == 0))
        for column, text in zip_longest(range(columns), row, fillvalue=""):
            properties = merged.get((at, int(column)), f'<w:tcW w:w="{width}" w:type="dxa"/>')
            if properties:
                made.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>".encode())
                like, is_head = samples[min(at, len(samples) - 1)], at == 0
                is_first = is_head and column == 0
                made.append(_paragraph(places, like, text, table, marker, is_head=is_head, is_first=is_first))
                made.append(b"</w:tc>")
        made.append(b"</w:tr>")
    made.append(b"</w:tbl>")
    return b"".join(made)


def _row_head(author: str, marker: Marker, *, is_first: bool) -> bytes:
    sign = b"" if marker.plain else marker.sign("ins", author)
    return b"<w:tr><w:trPr><w:cantSplit/>" + b"<w:tblHeader/>" * is_first + sign + b"</w:trPr>"


def _paragraph(
    places: Places, like: int, text: str, table: NewTable, marker: Marker, *, is_head: bool, is_first: bool
) -> bytes:
    comment = table.comment if is_first else ""
    if like:
        return cell_paragraph(places, like, text, table.author, marker, comment)
    style = STYLE_TAGS["table_head" if is_head else "table_text"].encode() if table.styled else b""
    runs = new_runs(text, b"", table.author, marker, comment)
    return b"<w:p>" + (b"<w:pPr>" + style + b"</w:pPr>" if style else b"") + runs + b"</w:p>"


def _like(places: Places, table: NewTable, marker: Marker) -> tuple[bytes, int, tuple[int, ...]]:
    """Properties, width, and the paragraphs that those of the first and of later rows look like; 0 for none."""
    number = table.like
    if 0 <= number < len(places.tables):
        place = places.tables[number]
        head = places.data[place.start : place.rows[0].start if place.rows else place.end]
        start = head.index(b">") + 1
        found = {local_name(name, marker.prefix): raw for name, raw in _children(head, start)}
        total = sum(int(each) for each in _COLUMN.findall(found.get("tblGrid", b"")))
        numbers = table_paragraphs(places, number)
        if "tblPr" in found and total and numbers:
            return found["tblPr"], total, (numbers[0], numbers[-1])
    if table.styled:
        style = f'<w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
        return f"<w:tblPr>{style}</w:tblPr>".encode(), _WIDTH, (0,)
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in _SIDES)
    form = f'<w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
    return form.encode(), _WIDTH, (0,)


def _children(raw: bytes, start: int) -> list[tuple[bytes, bytes]]:
    return list(children(raw, start, len(raw))) if tokens(raw, start, len(raw)) else []


def _merged(merges: tuple[Merge, ...], width: int) -> dict[tuple[int, int], str]:
    """The properties of merged cells by row and column; "" for a cell covered by one to its left."""
    made: dict[tuple[int, int], str] = {}
    for each in merges:
        span = f'<w:gridSpan w:val="{each.columns}"/>' if each.columns > 1 else ""
        for row in range(each.row, each.row + each.rows):
            made.update({(row, column): "" for column in range(each.column, each.column + each.columns)})
            down = "" if each.rows == 1 else '<w:vMerge w:val="restart"/>' if row == each.row else "<w:vMerge/>"
            made[row, each.column] = f'<w:tcW w:w="{width * each.columns}" w:type="dxa"/>{span}{down}'
    return made
