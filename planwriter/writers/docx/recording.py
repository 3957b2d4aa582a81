"""The record that a .docx carries, as it is written: the lines of a document as one compressed text. `record` reads it.

Kept apart from the reading, since every render pays for what is imported here.
"""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Iterable, Sequence

from planwriter import __version__
from planwriter.model import Document, MadeFrom, Merge
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.model.walk import TextRole
from planwriter.plan.filled import filled_in
from planwriter.plan.flow import Grid, Item, Line, LineRole, Plate, Printed, shown
from planwriter.start.patterns import regex
from planwriter.start.typing import TypeAlias
from planwriter.system.zip_inflate import checksum
from planwriter.system.zip_write import deflated

FORMAT = 2
ENCODING = "utf-16-le"
"""Chinese text is packed in a sixth of the time that UTF-8 takes, and becomes shorter."""
FIELD, ITEM, PART, BIT = "\x1f", "\x1e", "\x1d", "\x1c"
"""What separates the fields of an item, the items, the entries of a field, and what an entry consists of."""
TABLE, PICTURE = "table", "picture"
"""The first field of an item that is no line, whose first field is its role."""
_PACKING = 3

Stretches: TypeAlias = "Sequence[tuple[int, int, TextRole]]"
Values: TypeAlias = "Sequence[tuple[int, int, str]]"
"""The first and the last place of what was filled in, and what was typed for it; see `plan.filled.Filled`."""
CellValues: TypeAlias = "Sequence[tuple[int, int, int, int, str]]"
"""The same in a table, after the row and the column of the cell; see `record.CellValue`."""
LineFields: TypeAlias = "tuple[LineRole, str, str, int, bool, int, str, Stretches, Values]"
"""The fields of a `record.RecordLine`."""
Recorded: TypeAlias = "tuple[tuple[str, ...], Values | CellValues]"
"""An item of the flow in the record: one text for each of what a reader sees of it; and what was filled in, if it is one."""


def recorded(item: Item) -> Recorded:
    """An item of the flow for the record."""
    seen = shown(item)
    if len(seen) == 1:
        (only,) = seen
        if isinstance(only, Line):
            fields = line_fields(only)
            return (line_text(*fields),), fields[8]
        if isinstance(only, Grid):
            values = cell_values(only)
            return (table_text(only.rows, only.merges, place_of(only), values),), values
    return tuple([_text_of(each) for each in seen]), ()


def _text_of(item: Line | Grid | Plate) -> str:
    if isinstance(item, Line):
        return line_text(*line_fields(item))
    if isinstance(item, Grid):
        return table_text(item.rows, item.merges, place_of(item), cell_values(item))
    return picture_text(item.text, place_of(item))


def line_fields(line: Line) -> LineFields:
    """A line for the record. Its text does not contain its label."""
    role, _, boxed, _, section, texts, _ = line
    text, label, level, size = line.text, "", 0, 0
    if section is not None:
        label, level = section.label, section.level
        size = len(label)
        if size:
            text = text[size:]
    cause = texts[0].text.origin.cause if texts and texts[0].text.origin else None
    return (
        role,
        text,
        label,
        int(level),
        boxed,
        place_of(line),
        cause.clause if cause else "",
        [(start - size, end - size, of) for start, end, _, _, of in texts],
        filled_in(texts, size),
    )


def place_of(item: Line | Grid | Plate) -> int:
    """The line of the outline at which the block of an item begins; 0 if it is unknown."""
    texts: tuple[Printed, ...] = () if isinstance(item, Grid) else item.texts
    own = texts[0].text.origin if texts else None
    cause = own.cause if own else None
    origin = cause.place if cause else getattr(item.block, "origin", None) or own
    return origin.source.line(origin.start) if origin is not None else 0


def cell_values(grid: Grid) -> CellValues:
    """What was filled in in the cells of a table, in reading order."""
    if grid.block is None:
        return ()
    return [
        (row, column, *filled)
        for row, cells in enumerate(grid.block.rows)
        for column, text in enumerate(cells)
        if text.filling is not None and text.value
        for filled in filled_in((Printed(0, len(text.value), text, 0, TextRole.CELL),))
    ]


def targets_of(document: Document, memo: Memo = NO_MEMO) -> tuple[tuple[str, str], ...]:
    """The keys of the targets that have a value, and their figures as texts cite them."""
    if not document.targets:
        return ()
    from planwriter.targets.values import shown_of

    return tuple([(each.key, memo.once(shown_of, each)[1]) for each in document.targets if each.value is not None])


# as a text


def packed(made: MadeFrom, version: str, targets: Iterable[tuple[str, str]], texts: Iterable[str]) -> str:
    """A record as ASCII text without spaces."""
    outline, digest, unit, draft, row = made
    head = FIELD.join((safe(outline), digest, version, safe(unit), "1" if draft else "", safe(row)))
    figures = FIELD.join([f"{safe(key)}{PART}{safe(figure)}" for key, figure in targets])
    data = ITEM.join((head, figures, *texts)).encode(ENCODING, "surrogatepass")
    coded = b2a_base64(deflated(data, level=_PACKING).packed, newline=False).decode()
    return f"pw{FORMAT}:{len(data)}:{checksum(data)}:{coded}"


def packed_document(document: Document, made: MadeFrom, texts: Iterable[str], memo: Memo = NO_MEMO) -> str:
    """The record of a document with the texts of the items of its flow."""
    return packed(made, __version__, targets_of(document, memo), texts)


_ESCAPED = regex("[\x1b-\x1f]")


def safe(text: str) -> str:
    """A text without the characters that separate fields."""
    if text.isprintable():
        return text
    return _ESCAPED.sub(lambda match: f"\x1b{chr(ord(match[0]) + 0x25)}", text)


def line_text(
    role: LineRole,
    text: str,
    label: str,
    level: int,
    boxed: bool,
    place: int,
    clause: str,
    stretches: Stretches,
    values: Values,
) -> str:
    """A line as one text."""
    spans = " ".join([f"{start} {end} {of.value}" for start, end, of in stretches])
    filled = PART.join([f"{start} {end} {safe(typed)}" for start, end, typed in values]) if values else ""
    fields = (role.value, text, label, f"{level}b" if boxed else str(level), str(place), spans, clause, filled)
    if text.isprintable() and label.isprintable() and clause.isprintable():
        return FIELD.join(fields)
    return FIELD.join((role.value, safe(text), safe(label), *fields[3:6], safe(clause), filled))


def table_text(rows: Sequence[Sequence[str]], merges: Iterable[Merge], place: int, values: CellValues = ()) -> str:
    """A table as one text."""
    cells = "".join(["".join([safe(cell) + BIT for cell in row]) + PART for row in rows])
    joined = " ".join(["{} {} {} {}".format(*each) for each in merges])
    filled = PART.join([f"{row} {column} {start} {end} {safe(typed)}" for row, column, start, end, typed in values])
    return FIELD.join((TABLE, cells, joined, str(place), filled))


def picture_text(words: str, place: int) -> str:
    """A picture as one text."""
    return FIELD.join((PICTURE, safe(words), str(place)))
