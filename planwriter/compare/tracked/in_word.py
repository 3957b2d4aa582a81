"""Where the lines and cells of a version stand in the .docx that it was read from, so that their words can be changed there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from planwriter.compare.matching.grids import match_grids
from planwriter.compare.versions.version import VersionLine, VersionTable
from planwriter.compare.words.texts import changed
from planwriter.plan.flow import TITLE
from planwriter.readers.docx.document import WordCell, WordDocument, WordParagraph, WordTable
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.typing import TypeAlias
from planwriter.writers.docx.tracked import InsertRow, Remove, RemoveRow, WordChange, WordRewrite


class LineInWord(NamedTuple):
    """A line in its paragraph: the characters as they are typed there, and where each of them stands."""

    paragraph: WordParagraph
    typed: str
    """The label, unless Word counts it, and the text."""
    places: tuple[int, ...]
    """For each character of `typed`, and for its end, its place among the characters of the paragraph."""

    @property
    def counted(self) -> bool:
        """True if Word counts the label."""
        return bool(self.paragraph.label)


class WordPlaces:
    """The places of the items of a version in a .docx."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._tables = {each.start: number for number, each in reversed(list(enumerate(document.tables)))}

    def line(self, line: VersionLine) -> LineInWord | None:
        """The place of a line; None if it is in a text box, or divided between paragraphs."""
        if not 0 < line.place <= len(self._document.paragraphs):
            return None
        paragraph = self._document.paragraphs[line.place - 1]
        shown = "".join([run.text for run in paragraph.shown])
        typed = line.text if paragraph.label and line.label == paragraph.label else line.whole
        if shown == typed:
            return LineInWord(paragraph, typed, tuple(range(len(shown) + 1)))
        if line.role == TITLE and shown.replace("\n", "") == typed.replace("\n", ""):
            places = [at for at, char in enumerate(shown) if char != "\n"]
            return LineInWord(paragraph, typed.replace("\n", ""), (*places, len(shown)))
        return None

    def broken(self, line: VersionLine) -> LineInWord | None:
        """The whole paragraph of which a line is the part before the first line end typed in it; None if it is not."""
        if not 0 < line.place <= len(self._document.paragraphs):
            return None
        paragraph = self._document.paragraphs[line.place - 1]
        shown = "".join([run.text for run in paragraph.shown])
        typed = line.text if paragraph.label and line.label == paragraph.label else line.whole
        first, _, rest = shown.partition("\n")
        return LineInWord(paragraph, shown, tuple(range(len(shown) + 1))) if rest and first.strip() == typed else None

    def table(self, table: VersionTable) -> int:
        """The number of a table; -1 if it is in a text box."""
        number = self._tables.get(table.place, -1)
        return number if number >= 0 and any(self._kept(number)) else -1

    def _kept(self, number: int) -> Iterator[int]:
        """The rows of a table that are not deleted."""
        for at, row in enumerate(self._document.tables[number].rows):
            if not row.deleted:
                yield at

    def rows(self, number: int) -> list[int]:
        """The numbers that the rows of a version have in the table of the .docx."""
        return list(self._kept(number))

    def span(self, number: int) -> tuple[int, int]:
        """The first and the last paragraph of a table."""
        table = self._document.tables[number]
        return table.start, max(_last(table), table.start)

    def cell(self, number: int, row: int, column: int) -> WordCell | None:
        """The cell at which a column of a row of the .docx begins."""
        at = 0
        for cell in self._document.tables[number].rows[row].cells:
            if at == column:
                return cell
            at += cell.span
        return None

    def width(self, number: int, row: int) -> int:
        """How many cells a row of the .docx has."""
        return len(self._document.tables[number].rows[row].cells)

    def has_merges_down(self, number: int) -> bool:
        """True if cells of a table are merged over several rows."""
        return any(cell.continues for row in self._document.tables[number].rows for cell in row.cells)


def _last(table: WordTable) -> int:
    numbers = [0]
    for row in table.rows:
        for cell in row.cells:
            numbers += (each.number if isinstance(each, WordParagraph) else _last(each) for each in cell.blocks)
    return max(numbers)


def line_changes(line: LineInWord, new: str, author: str, comment: str = "") -> Iterator[WordRewrite]:
    """What makes `new` of the typed characters of a line; the blanks around them stay as they are."""
    old = line.typed
    if line.paragraph.style == "title" or len(line.places) <= len(old):
        new = new.replace("\n", "")
    if old.strip() == new.strip():
        return
    body = old.strip()
    before = old[: len(old) - len(old.lstrip())]
    after = old[len(old.rstrip()) :] if body else ""
    new = before + new.strip() + after
    for edit in changed(old, new):
        start, end = line.places[edit.start], line.places[edit.end]
        if edit.end > edit.start:
            end = line.places[edit.end - 1] + 1
        yield WordRewrite(line.paragraph.number, start, end, new[edit.new_start : edit.new_end], author, comment)
        comment = ""


def cell_changes(cell: WordCell, new: str, author: str, comment: str = "") -> list[WordChange] | None:
    """What makes `new` the text of a cell; None if it cannot be written."""
    paragraphs = [each for each in cell.blocks if isinstance(each, WordParagraph)]
    if len(paragraphs) != len(cell.blocks) or not paragraphs or any(each.label or each.mark for each in paragraphs):
        return None
    parts = new.split("\n")
    if len(parts) != len(paragraphs) or any("\n" in each.text for each in paragraphs):
        parts = [new]
    made: list[WordChange] = []
    for paragraph, part in zip(paragraphs, parts, strict=False):
        line = LineInWord(paragraph, paragraph.text, tuple(range(len(paragraph.text) + 1)))
        found = list(line_changes(line, part, author, comment))
        comment = "" if found else comment
        made += found
    made += (Remove(each.number, author) for each in paragraphs[len(parts) :])
    return made


Rows: TypeAlias = "Sequence[tuple[str, ...]]"


class TableChanges(NamedTuple):
    """What makes other rows of those of a table, and the cells that cannot be changed: their rows and new words."""

    changes: list[WordChange]
    failed: list[tuple[int, str]]


def table_changes(
    places: WordPlaces,
    number: int,
    old: Rows,
    new: Rows,
    author: str,
    comments: Mapping[tuple[int, int], str] = MappingProxyType({}),
) -> TableChanges:
    """What makes the rows `new` of the rows `old` of a table, row by row and cell by cell.

    `comments` are put on changed cells, by their rows and columns in `new`.
    """
    rows = places.rows(number)
    pairs = dict(match_grids(old, new).rows)
    made = TableChanges([], [])
    changes, failed = made
    changes += (RemoveRow(number, rows[each], author) for each in range(len(old)) if each not in pairs)
    news = {new_row: old_row for old_row, new_row in pairs.items()}
    last = -1
    for row, cells in enumerate(new):
        if row not in news:
            width = places.width(number, rows[max(last, 0)])
            changes.append(InsertRow(number, rows[last] if last >= 0 else -1, tuple(cells[:width]), author))
            continue
        last = news[row]
        for column, (one, other) in enumerate(zip(old[last], cells, strict=False)):
            if one.strip() == other.strip():
                continue
            cell = places.cell(number, rows[last], column)
            found = cell_changes(cell, other, author, comments.get((row, column), "")) if cell is not None else None
            if found is None:
                failed.append((row, other))
            else:
                changes += found
        while last + 1 < len(old) and last + 1 not in pairs:
            last += 1
    return made
