"""Rows of tables that are put in and deleted as tracked changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence

from planwriter.readers.docx.document import WordParagraph, WordTable
from planwriter.readers.docx.pieces import RunPiece, children, local_name, pieces_of, tokens
from planwriter.readers.docx.places import Places
from planwriter.start.patterns import regex
from planwriter.writers.docx.tracked_form import form_of
from planwriter.writers.docx.tracked_marks import Marker, bare

_MARKERS = regex(rb"<(?:[\w.-]{1,99}:)?bookmark(?:Start|End)\s[^<>]*/>")
_ROW_TAG = regex(rb"<([^\s/>]{1,200})")
_NOT_COPIED = frozenset(("ins", "del", "trPrChange", "tblHeader"))
_LAST = frozenset(("ins", "del", "trPrChange"))


def row_paragraphs(places: Places, table: int, row: int) -> range:
    """The numbers of the paragraphs in a row."""
    place = places.tables[table].rows[row]
    low = bisect_left(places.paragraphs, place.start, key=lambda each: each.start)
    high = bisect_left(places.paragraphs, place.end, key=lambda each: each.start)
    return range(low + 1, high + 1)


def table_paragraphs(places: Places, table: int) -> range:
    """The numbers of the paragraphs in a table."""
    place = places.tables[table]
    low = bisect_left(places.paragraphs, place.start, key=lambda each: each.start)
    high = bisect_left(places.paragraphs, place.end, key=lambda each: each.start)
    return range(low + 1, high + 1)


def remove_table(places: Places, table: int, author: str, marker: Marker) -> list[tuple[int, int, bytes]]:
    """The stretches of the text that change when a table is deleted, without its cells."""
    place = places.tables[table]
    if marker.plain:
        return [(place.start, place.end, b"".join(_unpaired(places.data[place.start : place.end])))]
    return [remove_row(places, table, row, author, marker) for row in range(len(place.rows))]


def row_trouble(
    places: Places, number: int, row: int, cells: Sequence[str] | None, gone: Collection[int], *, plain: bool
) -> str:
    """Why a row cannot be put in behind this one (with `cells`), or deleted; "" if it can."""
    table = places.read.tables[number] if 0 <= number < len(places.tables) else None
    if table is None:
        return "没有这张表"
    least = -1 if cells is not None else 0
    if not least <= row < len(table.rows) or not table.rows:
        return "表里没有这一行"
    if cells is None:
        if any(each in gone for each in row_paragraphs(places, number, row)):
            return "同一行另有一处修改要把它删掉"
        if _begins_merge(table, row):
            return "这一行有竖着合并的单元格，要在 Word 里删"
        if plain and len(table.rows) == 1:
            return "表里只有这一行，删了就没有表了"
        return ""
    like = table.rows[_like(table, row)]
    if len(like.cells) != len(cells):
        return f"新的一行有 {len(cells)} 格，表里相邻的一行有 {len(like.cells)} 格"
    if any(cell.continues for cell in like.cells) or _begins_merge(table, _like(table, row)):
        return "相邻的一行有竖着合并的单元格，要在 Word 里加"
    if not all(cell.blocks and all(isinstance(each, WordParagraph) for each in cell.blocks) for cell in like.cells):
        return "相邻的一行里套着表格，要在 Word 里加"
    return ""


def _like(table: WordTable, after: int) -> int:
    """The row that a new one looks like: the one before it, but not a header if there is another."""
    at = max(after, 0)
    return at + 1 if table.rows[at].header and at + 1 < len(table.rows) else at


def _begins_merge(table: WordTable, row: int) -> bool:
    """True if a cell of the next row continues one of this row."""
    return row + 1 < len(table.rows) and any(cell.continues for cell in table.rows[row + 1].cells)


def remove_row(places: Places, table: int, row: int, author: str, marker: Marker) -> tuple[int, int, bytes]:
    """The stretch of the text that changes when a row is deleted, without its cells."""
    place = places.tables[table].rows[row]
    if marker.plain:
        return place.start, place.end, b"".join(_unpaired(places.data[place.start : place.end]))
    return place.form, place.formed, _form(places.data[place.form : place.formed], "del", author, marker)


def _form(old: bytes, kind: str, author: str, marker: Marker, dropped: Collection[str] = ()) -> bytes:
    """The properties of a row, with its tracked change."""
    found = [each for each in tokens(old, 0, len(old)) if each.name]
    inner = list(children(old, found[0].end, found[-1].start)) if len(found) > 1 else []
    named = [(local_name(name, marker.prefix), raw) for name, raw in inner]
    first = b"".join(raw for name, raw in named if name not in _LAST and name not in dropped)
    last = b"".join(raw for name, raw in named if name in _LAST and name not in dropped and name != kind)
    sign = b"" if marker.plain else marker.sign(kind, author)
    body = last + sign if kind == "del" and b"trPrChange" not in last else sign + last
    if not first + body:
        return b""
    return b"<" + marker.prefix + b"trPr>" + first + body + b"</" + marker.prefix + b"trPr>"


def _unpaired(raw: bytes) -> list[bytes]:
    """The ends of bookmarks in a row that is taken out whose other end is outside of it."""
    found: dict[bytes, list[bytes]] = {}
    for each in _MARKERS.findall(raw):
        number = _ID.search(each)
        found.setdefault(number[1] if number else b"", []).append(each)
    return [each[0] for each in found.values() if len(each) == 1]


_ID = regex(rb"\bid\s*=\s*[\"']([^\"']{1,40})")


def insert_row(
    places: Places, number: int, after: int, cells: Sequence[str], author: str, marker: Marker
) -> tuple[int, int, bytes]:
    """The stretch of the text that changes when a row is put in."""
    table = places.read.whole_tables()[number]
    like = _like(table, after)
    rows = places.tables[number].rows
    place = rows[like]
    data = places.data
    made: list[bytes] = []
    opened = _ROW_TAG.match(data, place.start)
    name = opened[1] if opened else b"w:tr"
    made += (b"<" + name + b">", data[_behind_tag(data, place.start) : place.form])
    made.append(_form(data[place.form : place.formed], "ins", author, marker, _NOT_COPIED))
    at = place.formed
    for cell, text in zip(table.rows[like].cells, cells, strict=True):
        numbers = [each.number for each in cell.blocks if isinstance(each, WordParagraph)]
        first, last = places.paragraphs[numbers[0] - 1], places.paragraphs[numbers[-1] - 1]
        made += (_bare(data[at : first.start]), cell_paragraph(places, numbers[0], text, author, marker))
        at = last.end
    made.append(_bare(data[at : place.end]))
    target = rows[after].end if after >= 0 else rows[0].start
    return target, target, b"".join(made)


def _behind_tag(data: bytes, start: int) -> int:
    return data.index(b">", start) + 1


def _bare(raw: bytes) -> bytes:
    """What stands between the texts of a row, without bookmarks, which have their names only once."""
    return bytes(_MARKERS.sub(b"", raw))


def cell_paragraph(places: Places, number: int, text: str, author: str, marker: Marker, comment: str = "") -> bytes:
    """The only paragraph of a cell of a new row, which looks like another one. Its end goes with the row."""
    place = places.paragraphs[number - 1]
    form = form_of(places.data, place, marker.prefix).copy
    runs = pieces_of(places.data, place)
    look = next((bare(each.form) for each in runs if isinstance(each, RunPiece)), form.run_form(marker.prefix))
    made = new_runs(text, look, author, marker, comment)
    return b"<" + place.name + b">" + form.made(marker.prefix) + made + b"</" + place.name + b">"


def new_runs(text: str, look: bytes, author: str, marker: Marker, comment: str = "") -> bytes:
    """The characters of a new cell, with a comment on them."""
    run = marker.run(text, look) if text else b""
    if run and not marker.plain:
        run = marker.start("ins", author) + run + marker.end("ins")
    start, end = marker.comment(author, comment) if comment else (b"", b"")
    return start + run + end
