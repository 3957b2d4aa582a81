"""The sentences that differ between two versions of a document, and their places."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from planwriter.findings.finding import Pos
from planwriter.language.sentences import sentence_changes
from planwriter.model import Document, Paragraph, Section, Table, Text
from planwriter.model.walk import TextRole, walk_plan, walk_plan_texts
from planwriter.plan.flow import ATTACHED, BODY, HEADINGS, LABEL, TITLE, Grid, Imprint, Line, Plate, duty_note, flow
from planwriter.start.named_tuple import NamedTuple


class ChangedSentence(NamedTuple):
    """A changed stretch of a document; `before` is empty if it is new, `after` if it is gone."""

    where: str
    """The heading or attachment above it; for a table row its first cells."""
    before: str
    after: str
    pos: Pos | None = None
    """The place where the text was typed; None if nobody typed it."""


class _Unit(NamedTuple):
    """A paragraph or a row."""

    where: str
    text: str
    pos: Pos | None = None
    is_row: bool = False


def changed_sentences(before: Document, after: Document) -> tuple[ChangedSentence, ...]:
    """The sentences, headings and table rows that differ between two numbered documents, in document order."""
    old, new = list(_units(before)), list(_units(after))
    made: list[ChangedSentence] = []
    for first, last, start, end in _differing(old, new):
        if last - first == end - start:
            for one, other in zip(old[first:last], new[start:end], strict=True):
                made += _pair(one, other)
            continue
        made += (ChangedSentence(each.where, each.text, "", each.pos) for each in old[first:last])
        made += (ChangedSentence(each.where, "", each.text, each.pos) for each in new[start:end])
    return tuple(made)


def _differing(old: list[_Unit], new: list[_Unit]) -> Iterator[tuple[int, int, int, int]]:
    """The ranges that differ; paragraph by paragraph if a range has as many units as before."""
    if len(old) == len(new):
        yield from ((at, at + 1, at, at + 1) for at in range(len(old)) if old[at].text != new[at].text)
        return
    matcher = SequenceMatcher(a=[each.text for each in old], b=[each.text for each in new], autojunk=False)
    yield from ((first, last, start, end) for tag, first, last, start, end in matcher.get_opcodes() if tag != "equal")


def _pair(old: _Unit, new: _Unit) -> Iterator[ChangedSentence]:
    if old.text == new.text:
        return
    pairs = ((old.text, new.text),) if old.is_row or new.is_row else sentence_changes(old.text, new.text)
    yield from (ChangedSentence(new.where, was, now, new.pos) for was, now in pairs)


def _units(document: Document) -> Iterator[_Unit]:
    places = _places(document)
    where = ""
    for item in flow(document):
        if isinstance(item, Grid):
            for row in item.rows:
                cells = [cell.replace("\n", " ") for cell in row]
                pos = places.get(_ROW.join(row))
                yield _Unit(" ".join((where, *cells[:2])).strip(), "　".join(cells), pos, True)
        elif isinstance(item, Imprint):
            yield from (_Unit("版记", line) for line in item.lines)
        elif isinstance(item, Plate):
            yield from (_Unit(where, line, places.get(line)) for line in item.lines)
        else:
            if item.role in (*HEADINGS, TITLE, LABEL):
                where = f"{where} {item.text}" if item.role == TITLE and where.startswith("附件") else item.text
            head = item.runs[0].text if item.role == BODY and item.section and len(item.runs) > 1 else ""
            shown = head.removesuffix("。") or ("" if item.role == ATTACHED else where)
            yield _Unit(shown, item.text, _place(item, places))


def _places(document: Document) -> dict[str, Pos]:
    """The places where paragraphs and rows were typed; the first of equal paragraphs, the last of equal rows."""
    tables = (visit.block for visit in walk_plan(document) if isinstance(visit.block, Table))
    made = {
        _ROW.join(cell.value for cell in row): pos for table in tables for row in table.rows if (pos := _first(row))
    }
    for visit in walk_plan_texts(document):
        if visit.text.origin is None or visit.role not in _PLACED:
            continue
        lines = visit.text.value.split("\n")
        if visit.role is TextRole.TEXT and isinstance(visit.holder, (Section, Paragraph)):
            lines.append(lines[-1] + duty_note(visit.holder.duty))
        for line in lines:
            made.setdefault(line.strip(), visit.text.origin.pos)
    return made


_AROUND = (TextRole.PREFACE, TextRole.CLOSING, TextRole.ATTACHMENT_TITLE, TextRole.NOTICE_TITLE, TextRole.NOTICE_BODY)
_PLACED = frozenset((*_AROUND, TextRole.TITLE, TextRole.TEXT, TextRole.BOX_TITLE, TextRole.CAPTION))
"""Roles whose text fills a line by itself. Cells, units of a block and names in the frame share a line."""
_ROW = "\0"
"""Separates the cells of a row in the text by which the whole row is looked up."""


def _first(row: tuple[Text, ...]) -> Pos | None:
    """The place of the first cell of a row that was typed."""
    return next((cell.origin.pos for cell in row if cell.origin), None)


def _place(line: Line, places: dict[str, Pos]) -> Pos | None:
    for run in reversed(line.runs):
        if run.text in places:
            return places[run.text]
    return line.section.origin.pos if line.section and line.section.origin else None
