"""Which sentences of a document are others after a change, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from planwriter.findings.finding import Pos
from planwriter.language.sentences import sentence_changes
from planwriter.model import Document, Paragraph, Section, Table, Text
from planwriter.model.walk import TextRole, walk_plan, walk_plan_texts
from planwriter.plan.flow import ATTACHED, BODY, HEADINGS, LABEL, TITLE, Grid, Imprint, Line, Plate, duty_note, flow


class ChangedSentence(NamedTuple):
    """A stretch of a document that is another now; `before` or `after` is empty where it is new or gone."""

    where: str
    """The heading or attachment that it stands under; for a row of a table its first cells."""
    before: str
    after: str
    pos: Pos | None = None
    """Where the text was typed, if anywhere."""


class _Unit(NamedTuple):
    """A paragraph or a row."""

    where: str
    text: str
    pos: Pos | None = None
    is_row: bool = False


def changed_sentences(before: Document, after: Document) -> tuple[ChangedSentence, ...]:
    """The sentences, headings and rows of tables that differ between two numbered documents, in the order they stand."""
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
    """The stretches that differ; each paragraph against its own where there are as many as before."""
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
    """Where the paragraphs and the rows of a document were typed; of equal paragraphs the first, of equal rows the last."""
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
"""Texts that fill a line. Cells fill one together, as do the units of a block and the names in the frame."""
_ROW = "\0"
"""Between the cells of a row when the whole row is looked for."""


def _first(row: tuple[Text, ...]) -> Pos | None:
    """Where the first cell of a row was typed that somebody typed."""
    return next((cell.origin.pos for cell in row if cell.origin), None)


def _place(line: Line, places: dict[str, Pos]) -> Pos | None:
    for run in reversed(line.runs):
        if run.text in places:
            return places[run.text]
    return line.section.origin.pos if line.section and line.section.origin else None
