"""The tables of a .docx as rows of one length, with their merged areas."""

from __future__ import annotations

from planwriter.model import Merge
from planwriter.readers.docx.document import WordCell, WordParagraph, WordRow, WordTable
from planwriter.start.named_tuple import NamedTuple

MAX_COLUMNS = 200
"""The most columns of a table; Word allows 63."""


class WordGrid(NamedTuple):
    """The cells of a table, row by row, its merged areas, and how many cells were counted."""

    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...]
    cells: int


def is_box(table: WordTable) -> bool:
    """True for a table of one column: a frame around paragraphs."""
    return all(len(row.cells) == 1 for row in table.rows)


def grid_of(table: WordTable, limit: int) -> WordGrid:
    """The cells of a table. If there are more than `limit`, only their number is given."""
    kept = [row for row in table.rows if not row.deleted]
    width = max([_width(row) for row in kept], default=0)
    if width * len(kept) > limit:
        return WordGrid((), (), width * len(kept))
    rows: list[tuple[str, ...]] = []
    merges: list[Merge] = []
    above: dict[tuple[int, int], int] = {}
    """The merged areas that the row before reaches, by first column and width: indices in `merges`."""
    for number, row in enumerate(kept):
        texts, at = [""] * width, 0
        reached: dict[tuple[int, int], int] = {}
        for cell in row.cells:
            span = _span(cell, at)
            if span == 0:
                break
            texts[at] = cell_text(cell)
            index = above.get((at, span), -1) if cell.continues and not texts[at].strip() else -1
            if index >= 0:
                texts[at] = ""
                merges[index] = merges[index]._replace(rows=merges[index].rows + 1)
            else:
                index = len(merges)
                merges.append(Merge(number, at, 1, span))
            reached[at, span] = index
            at += span
        above = reached
        rows.append(tuple(texts))
    return WordGrid(tuple(rows), tuple(each for each in merges if each.rows > 1 or each.columns > 1), width * len(kept))


def cell_text(cell: WordCell) -> str:
    """The paragraphs of a cell, a line each; a table in it has a line for each row."""
    lines: list[str] = []
    carried = ""
    for block in cell.blocks:
        if isinstance(block, WordParagraph):
            carried += "".join([run.text for run in block.shown])
            if block.mark is None or not block.mark.deletes:
                lines.append(block.label + carried)
                carried = ""
        else:
            lines += ["\t".join([cell_text(each) for each in row.cells]) for row in block.rows if not row.deleted]
    return "\n".join([*lines, carried] if carried else lines)


def _width(row: WordRow) -> int:
    return min(sum([cell.span for cell in row.cells]), MAX_COLUMNS)


def _span(cell: WordCell, at: int) -> int:
    return min(cell.span, MAX_COLUMNS - at)
