"""The record in a .docx: what it was made from, so that hand edits can be told from changes of the outline.

It stands as a text in a property of the file, compressed. A file that comes back may hold anything in its place: what is not a
record is refused as a whole, within bounds.
"""

from __future__ import annotations

from binascii import a2b_base64
from collections.abc import Callable

from planwriter import __version__
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Pos, Result
from planwriter.model import LEVEL_WORDS, Document, MadeFrom, Merge
from planwriter.model.walk import TextRole
from planwriter.plan.filled import Filled
from planwriter.plan.flow import Grid, Line, LineRole, Plate, flow, shown
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass
from planwriter.start.typing import TypeAlias
from planwriter.system.zip import open_zip
from planwriter.system.zip_bounds import DOCX, BadArchive
from planwriter.system.zip_inflate import checksum, inflate
from planwriter.writers.docx import recording
from planwriter.writers.docx.package import CUSTOM_PART
from planwriter.writers.docx.recording import BIT, ENCODING, FIELD, FORMAT, ITEM, PART

MAX_SIZE = 16 * 1024 * 1024
"""The most that a record unpacks to, in bytes."""
MAX_ITEMS, MAX_CELLS = 200_000, 1_000_000
UNKNOWN = MadeFrom("", "")


class RecordStretch(NamedTuple):
    """Characters of a line that are those of a text of the outline."""

    start: int
    end: int
    role: TextRole


class RecordLine(NamedTuple):
    """A paragraph; its text does not contain its label. `place` is the line of the outline at which its block begins."""

    role: LineRole
    text: str
    label: str = ""
    level: int = 0
    boxed: bool = False
    place: int = 0
    clause: str = ""
    stretches: tuple[RecordStretch, ...] = ()
    values: tuple[Filled, ...] = ()


class CellValue(NamedTuple):
    """Characters of a cell that were filled in, and what was typed for them between {{ and }}."""

    row: int
    column: int
    start: int
    end: int
    typed: str


class RecordTable(NamedTuple):
    """A table: rows of cells, the merged cells, and what was filled in in cells."""

    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...] = ()
    place: int = 0
    values: tuple[CellValue, ...] = ()


class RecordPicture(NamedTuple):
    """A picture, by its alternative text."""

    text: str
    place: int = 0


RecordItem: TypeAlias = RecordLine | RecordTable | RecordPicture


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a .docx was made from."""

    made: MadeFrom
    version: str
    """The version of planwriter."""
    items: tuple[RecordItem, ...]
    targets: tuple[tuple[str, str], ...] = ()
    """The keys of the targets that have a value, and the figures as texts cite them."""


# from a document


def record_of(document: Document, made: MadeFrom = UNKNOWN) -> Record:
    """The record of a numbered document: item i is item i of what is `shown` of its flow."""
    items = tuple(_item(each) for item in flow(document) for each in shown(item))
    return Record(made=made, version=__version__, items=items, targets=recording.targets_of(document))


def _item(item: Line | Grid | Plate) -> RecordItem:
    if isinstance(item, Line):
        role, text, label, level, boxed, place, clause, stretches, values = recording.line_fields(item)
        spans = tuple([RecordStretch(*each) for each in stretches])
        return RecordLine(role, text, label, level, boxed, place, clause, spans, tuple(values))
    if isinstance(item, Grid):
        inside = tuple([CellValue(*each) for each in recording.cell_values(item)])
        return RecordTable(item.rows, item.merges, recording.place_of(item), inside)
    return RecordPicture(item.text, recording.place_of(item))


# in a file


def record_of_docx(data: bytes, name: str) -> Result[Record | None]:
    """The record in the .docx `name`; None if it has none, or with a finding (PW840) if what it has is no longer a record."""
    text = record_text(data)
    if text is None:
        return Result(None)
    record = decode(text)
    return Result(record, () if record else (finding("PW840", Pos(name), file=name),))


def record_text(data: bytes) -> str | None:
    """The record in a .docx as it is encoded there; None if there is none, or if the file is no package."""
    try:
        part = open_zip(data, DOCX).get(CUSTOM_PART)
    except BadArchive:
        return None
    found = _PROPERTY.search(part) if part else None
    return _SPACES.sub("", found[1].decode("ascii")) if found else None


_PROPERTY = regex(
    rb'<property\b[^<>]{0,400}\bname="planwriter-record"[^<>]{0,400}>\s{0,99}<(?:\w{1,9}:)?lpwstr>([0-9A-Za-z+/=:\s]*)</'
)
_SPACES = regex(r"\s+")


# as a text

_UNESCAPED = regex("\x1b([@-D])")
_ROLES = {role.value: role for role in LineRole}
_TEXT_ROLES = {int(role): role for role in TextRole}
_HEAD = regex("pw([0-9]{1,4}):([0-9]{1,9}):([0-9]{1,10}):")
_DECODE: dict[str, Callable[[str], bytes]] = {"1": bytes.fromhex, str(FORMAT): a2b_base64}
"""How the bytes of a record are written in each format."""


def encode(record: Record) -> str:
    """The record as ASCII text without spaces."""
    return recording.packed(record.made, record.version, record.targets, map(_text_of, record.items))


def _text_of(item: RecordItem) -> str:
    if isinstance(item, RecordLine):
        return recording.line_text(*item)
    return recording.table_text(*item) if isinstance(item, RecordTable) else recording.picture_text(*item)


def _unsafe(text: str) -> str:
    if "\x1b" not in text:
        return text
    return _UNESCAPED.sub(lambda match: chr(ord(match[1]) - 0x25), text)


def decode(text: str) -> Record | None:
    """The record that `encode` made this text of; None if it is damaged, of a later format, or no record at all."""
    head = _HEAD.match(text)
    if head is None or head[1] not in _DECODE or int(head[2]) > MAX_SIZE or len(text) > 3 * MAX_SIZE:
        return None
    try:
        data = inflate(_DECODE[head[1]](text[head.end() :]), int(head[2]))
        if data is None or checksum(data) != int(head[3]):
            return None
        whole = data.decode(ENCODING, "surrogatepass")
        if whole.count(ITEM) > MAX_ITEMS or whole.count(BIT) > MAX_CELLS:
            return None
        first, targets, *items = whole.split(ITEM)
        outline, digest, version, unit, draft, row = first.split(FIELD)
        return Record(
            made=MadeFrom(_unsafe(outline), digest, _unsafe(unit), draft == "1", _unsafe(row)),
            version=version,
            items=tuple(map(_read_item, items)),
            targets=tuple(_read_target(each) for each in targets.split(FIELD) if each),
        )
    except (ValueError, LookupError):  # UnicodeError is a ValueError
        return None


def _read_target(text: str) -> tuple[str, str]:
    key, figure = text.split(PART)
    return _unsafe(key), _unsafe(figure)


def _read_item(text: str) -> RecordItem:
    """An item that `_line_of` wrote. Raises ValueError or LookupError."""
    kind, *fields = text.split(FIELD)
    if kind == recording.PICTURE:
        words, place = fields
        return RecordPicture(_unsafe(words), _number(place))
    if kind == recording.TABLE:
        rows, merges, place, filled = fields
        cells = tuple(tuple(map(_unsafe, row.split(BIT)[:-1])) for row in rows.split(PART)[:-1])
        values = tuple(_read_cell_value(cells, each) for each in filled.split(PART) if each)
        return RecordTable(cells, tuple(_merges(merges)), _number(place), values)
    words, label, level, place, spans, clause, filled = fields
    words = _unsafe(words)
    numbers = [int(each) for each in spans.split()]
    if len(numbers) % 3:
        raise ValueError(spans)
    stretches = tuple(
        RecordStretch(*_within(words, *numbers[at : at + 2]), _TEXT_ROLES[numbers[at + 2]])
        for at in range(0, len(numbers), 3)
    )
    inside = tuple(_read_value(words, each) for each in filled.split(PART) if each)
    depth, boxed = _number(level.removesuffix("b"), len(LEVEL_WORDS)), level.endswith("b")
    return RecordLine(
        _ROLES[kind], words, _unsafe(label), depth, boxed, _number(place), _unsafe(clause), stretches, inside
    )


def _number(text: str, most: int = MAX_SIZE) -> int:
    number = int(text)
    if not 0 <= number <= most:
        raise ValueError(text)
    return number


def _within(text: str, start: int, end: int) -> tuple[int, int]:
    if not 0 <= start <= end <= len(text):
        raise ValueError(start, end)
    return start, end


def _read_value(text: str, value: str) -> Filled:
    start, end, typed = value.split(" ", 2)
    return (*_within(text, int(start), int(end)), _unsafe(typed))


def _read_cell_value(rows: tuple[tuple[str, ...], ...], value: str) -> CellValue:
    row, column, start, end, typed = value.split(" ", 4)
    at, beside = _number(row), _number(column)
    return CellValue(at, beside, *_within(rows[at][beside], int(start), int(end)), _unsafe(typed))


def _merges(text: str) -> list[Merge]:
    numbers = [int(each) for each in text.split()]
    if len(numbers) % 4 or any(each < 0 for each in numbers):
        raise ValueError(text)
    return [Merge(*numbers[at : at + 4]) for at in range(0, len(numbers), 4)]
