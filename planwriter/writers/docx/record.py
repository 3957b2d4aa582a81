"""The record in a .docx: what it was made from, so that hand edits can be told from changes of the outline.

It stands as a text in a property of the file, compressed. A file that comes back may hold anything in its place: what is not a
record is refused as a whole, within bounds.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterable

from planwriter import __version__
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Pos, Result
from planwriter.model import LEVEL_WORDS, Document, Merge
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.model.walk import TextRole
from planwriter.plan.filled import Filled, filled_in
from planwriter.plan.flow import Grid, Item, Line, LineRole, Plate, Printed, flow, shown
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass
from planwriter.start.typing import TypeAlias
from planwriter.system.zip import open_zip
from planwriter.system.zip_bounds import DOCX, BadArchive
from planwriter.system.zip_inflate import checksum, inflate
from planwriter.system.zip_write import deflated
from planwriter.writers.docx.package import CUSTOM_PART

FORMAT = 1
MAX_SIZE = 16 * 1024 * 1024
"""The most that a record unpacks to, in bytes."""
MAX_ITEMS, MAX_CELLS = 200_000, 1_000_000
PROPERTY = "planwriter-record"


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


class RecordTable(NamedTuple):
    """A table: rows of cells, and the merged cells."""

    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...] = ()
    place: int = 0


class RecordPicture(NamedTuple):
    """A picture, by its alternative text."""

    text: str
    place: int = 0


RecordItem: TypeAlias = RecordLine | RecordTable | RecordPicture


class MadeFrom(NamedTuple):
    """The outline that a .docx was made from: the name of its file without folders, and the sha256 of its bytes."""

    outline: str
    digest: str


UNKNOWN = MadeFrom("", "")


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
    items = (_item(each) for item in flow(document) for each in shown(item))
    return Record(made=made, version=__version__, items=tuple(items), targets=_targets(document))


def _targets(document: Document) -> tuple[tuple[str, str], ...]:
    if not document.targets:
        return ()
    from planwriter.targets.values import view_of

    return tuple((each.key, str(view_of(each))) for each in document.targets if each.value is not None)


def _item(item: Line | Grid | Plate) -> RecordItem:
    if isinstance(item, Grid):
        return RecordTable(item.rows, item.merges, _place(item))
    if isinstance(item, Plate):
        return RecordPicture(item.text, _place(item))
    text, label, level = item.text, "", 0
    if item.section is not None:
        label, level = item.section.label, int(item.section.level)
    size = len(label)
    texts = item.texts
    cause = texts[0].text.origin.cause if texts and texts[0].text.origin else None
    return RecordLine(
        item.role,
        text[size:],
        label,
        level,
        item.boxed,
        _place(item),
        cause.clause if cause else "",
        tuple([RecordStretch(start - size, end - size, role) for start, end, _, _, role in texts]),
        tuple([Filled(start - size, end - size, typed) for start, end, typed in filled_in(texts)]),
    )


def _place(item: Line | Grid | Plate) -> int:
    """The line of the outline at which the block of an item begins; 0 if it is unknown."""
    texts: tuple[Printed, ...] = () if isinstance(item, Grid) else item.texts
    own = texts[0].text.origin if texts else None
    block = item.block
    origin = own.cause.place if own and own.cause else getattr(block, "origin", None) or own
    if origin is None:
        return 0
    pos = origin.pos
    return 0 if pos.cell else int(pos.line)


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

_FIELD, _ITEM, _PART, _BIT = "\x1f", "\x1e", "\x1d", "\x1c"
_ESCAPED = regex("[\x1b-\x1f]")
_UNESCAPED = regex("\x1b([@-D])")
_ROLES = {role.value: role for role in LineRole}
_TEXT_ROLES = {int(role): role for role in TextRole}
_HEAD = regex("pw([0-9]{1,4}):([0-9]{1,9}):([0-9]{1,10}):")


def encode(record: Record) -> str:
    """The record as ASCII text without spaces."""
    return _packed(record.made, record.version, record.targets, map(_line_of, record.items))


def encode_items(document: Document, items: Iterable[Item], made: MadeFrom, memo: Memo = NO_MEMO) -> str:
    """The record of a numbered document with this flow, encoded; what was made of an item before is used again."""
    lines = (line for item in items for line in memo.once(_lines, item))
    return _packed(made, __version__, _targets(document), lines)


def _lines(item: Item) -> tuple[str, ...]:
    return tuple([_line_of(_item(each)) for each in shown(item)])


def _packed(made: MadeFrom, version: str, targets: tuple[tuple[str, str], ...], lines: Iterable[str]) -> str:
    head = _FIELD.join((_safe(made.outline), made.digest, version))
    shown_targets = _FIELD.join(f"{_safe(key)}{_PART}{_safe(figure)}" for key, figure in targets)
    data = _ITEM.join((head, shown_targets, *lines)).encode("utf-8", "surrogatepass")
    packed = binascii.b2a_base64(deflated(data).packed, newline=False).decode("ascii")
    return f"pw{FORMAT}:{len(data)}:{checksum(data)}:{packed}"


def _safe(text: str) -> str:
    """A text without the characters that separate fields."""
    if text.isprintable():
        return text
    return _ESCAPED.sub(lambda match: f"\x1b{chr(ord(match[0]) + 0x25)}", text)


def _unsafe(text: str) -> str:
    if "\x1b" not in text:
        return text
    return _UNESCAPED.sub(lambda match: chr(ord(match[1]) - 0x25), text)


def _line_of(item: RecordItem) -> str:
    """An item as one text."""
    if isinstance(item, RecordLine):
        role, text, label, level, boxed, place, clause, stretches, values = item
        spans = " ".join([f"{start} {end} {role:d}" for start, end, role in stretches])
        filled = _PART.join([f"{start} {end} {_safe(typed)}" for start, end, typed in values]) if values else ""
        fields = (
            role.value,
            _safe(text),
            _safe(label),
            f"{level}{'b' if boxed else ''}",
            str(place),
            spans,
            _safe(clause),
            filled,
        )
        return _FIELD.join(fields)
    if isinstance(item, RecordTable):
        rows = "".join(["".join([_safe(cell) + _BIT for cell in row]) + _PART for row in item.rows])
        merges = " ".join(["{} {} {} {}".format(*each) for each in item.merges])
        return _FIELD.join(("table", rows, merges, str(item.place)))
    return _FIELD.join(("picture", _safe(item.text), str(item.place)))


def decode(text: str) -> Record | None:
    """The record that `encode` made this text of; None if it is damaged, of a later format, or no record at all."""
    head = _HEAD.match(text)
    if head is None or int(head[1]) != FORMAT or int(head[2]) > MAX_SIZE or len(text) > 2 * MAX_SIZE:
        return None
    try:
        packed = binascii.a2b_base64(text[head.end() :].encode("ascii"))
        data = inflate(packed, int(head[2]))
        if data is None or checksum(data) != int(head[3]):
            return None
        whole = data.decode("utf-8", "surrogatepass")
        if whole.count(_ITEM) > MAX_ITEMS or whole.count(_BIT) > MAX_CELLS:
            return None
        first, targets, *items = whole.split(_ITEM)
        outline, digest, version = first.split(_FIELD)
        return Record(
            made=MadeFrom(_unsafe(outline), digest),
            version=version,
            items=tuple(map(_read_item, items)),
            targets=tuple(_read_target(each) for each in targets.split(_FIELD) if each),
        )
    except (ValueError, LookupError):  # binascii.Error and UnicodeError are ValueErrors
        return None


def _read_target(text: str) -> tuple[str, str]:
    key, figure = text.split(_PART)
    return _unsafe(key), _unsafe(figure)


def _read_item(text: str) -> RecordItem:
    """An item that `_line_of` wrote. Raises ValueError or LookupError."""
    kind, *fields = text.split(_FIELD)
    if kind == "picture":
        words, place = fields
        return RecordPicture(_unsafe(words), _number(place))
    if kind == "table":
        rows, merges, place = fields
        cells = tuple(tuple(map(_unsafe, row.split(_BIT)[:-1])) for row in rows.split(_PART)[:-1])
        return RecordTable(cells, tuple(_merges(merges)), _number(place))
    words, label, level, place, spans, clause, filled = fields
    words = _unsafe(words)
    numbers = [int(each) for each in spans.split()]
    if len(numbers) % 3:
        raise ValueError(spans)
    stretches = tuple(
        RecordStretch(*_within(words, *numbers[at : at + 2]), _TEXT_ROLES[numbers[at + 2]])
        for at in range(0, len(numbers), 3)
    )
    values = tuple(_read_value(words, each) for each in filled.split(_PART) if each)
    depth, boxed = _number(level.removesuffix("b"), len(LEVEL_WORDS)), level.endswith("b")
    return RecordLine(
        _ROLES[kind], words, _unsafe(label), depth, boxed, _number(place), _unsafe(clause), stretches, values
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
    return Filled(*_within(text, int(start), int(end)), _unsafe(typed))


def _merges(text: str) -> list[Merge]:
    numbers = [int(each) for each in text.split()]
    if len(numbers) % 4 or any(each < 0 for each in numbers):
        raise ValueError(text)
    return [Merge(*numbers[at : at + 4]) for at in range(0, len(numbers), 4)]
