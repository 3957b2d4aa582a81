"""The 花脸稿 of two versions: the new one with what was struck out and put in, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.compare.display.marked_rows import item_of, row_pieces, table_rows
from planwriter.compare.display.marked_text import Mark, MarkedPiece
from planwriter.compare.edits.difference import Difference, DifferenceKind, Differences
from planwriter.compare.matching.grids import width_of
from planwriter.compare.versions.place_names import title_of
from planwriter.compare.versions.version import VersionItem, VersionLine, VersionPicture, VersionTable
from planwriter.plan.flow import BODY, HEADINGS
from planwriter.writers.docx.marked import MarkedGrid, MarkedItem, MarkedLine, MarkedRun, Marking

HEADER = "花脸稿　送审用　不得印发"
"""Stands on every page, so that the copy is not issued by mistake."""
_MARKINGS = {Mark.KEPT: Marking.NONE, Mark.OUT: Marking.STRUCK, Mark.IN: Marking.PUT_IN}


def struck_copy(found: Differences) -> tuple[MarkedItem, ...]:
    """The paragraphs and tables of both versions."""
    return tuple(_item(found, row) for row in found.rows)


def _item(found: Differences, row: Difference) -> MarkedItem:
    item = item_of(found, row)
    kept = {DifferenceKind.MOVED: Marking.COME, DifferenceKind.LEFT: Marking.GONE}.get(row.kind, Marking.NONE)
    if isinstance(item, VersionTable):
        rows = tuple(tuple(runs_of(cell, kept) for cell in cells) for cells in table_rows(found, row))
        return MarkedGrid(
            rows, item.merges if len(rows) == len(item.rows) and width_of(rows) == width_of(item.rows) else ()
        )
    pieces = row_pieces(found, row)
    if isinstance(item, VersionPicture):
        return MarkedLine(BODY, (MarkedRun("〔图〕"), *runs_of(pieces, kept)), plain=True)
    if item.role != BODY or not item.level:
        return MarkedLine(str(item.role), runs_of(pieces, kept), item.boxed)
    old = found.old.items[row.old] if row.old >= 0 else item
    label = old.label if row.relabelled and isinstance(old, VersionLine) else item.label
    ends = len(label) + _title_size(old), len(item.label) + _title_size(item)
    runs = tuple(_with_faces(pieces, ends, str(HEADINGS[min(item.level, len(HEADINGS)) - 1]), kept))
    return MarkedLine(str(item.role), runs, item.boxed)


def runs_of(pieces: tuple[MarkedPiece, ...], kept: Marking = Marking.NONE) -> tuple[MarkedRun, ...]:
    """The pieces as runs; `kept` marks what stayed in them."""
    return tuple(MarkedRun(text, kept if mark is Mark.KEPT else _MARKINGS[mark]) for text, mark in pieces)


def _title_size(item: VersionItem) -> int:
    """How many characters the title has that a paragraph begins with, and the mark behind it."""
    if not isinstance(item, VersionLine) or not item.level:
        return 0
    size = len(title_of(item))
    return size + (item.text[size : size + 1] in ("。", "：", "；")) if size else 0


def _with_faces(
    pieces: tuple[MarkedPiece, ...], ends: tuple[int, int], face: str, kept: Marking
) -> Iterator[MarkedRun]:
    """The pieces as runs, those of the title with the type of a heading. `ends` are where the title ends in both texts."""
    old = new = 0
    for text, mark in pieces:
        marking = kept if mark is Mark.KEPT else _MARKINGS[mark]
        size = max(ends[0] - old if mark is Mark.OUT else ends[1] - new, 0)
        old += len(text) if mark is not Mark.IN else 0
        new += len(text) if mark is not Mark.OUT else 0
        if text[:size]:
            yield MarkedRun(text[:size], marking, face)
        if text[size:]:
            yield MarkedRun(text[size:], marking)
