"""What a .docx holds, as values: paragraphs and tables in order with their places, runs as they look, the page of each section.

The default view is the document as it reads with all tracked changes accepted; what is deleted is kept and marked.
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

_BLANKS = {"\u3000": 1.0, " ": 0.5, "\xa0": 0.5}


class Look(NamedTuple):
    """How characters look: fonts by script, size in half-points, space added to each in twips, colour as RRGGBB or ""."""

    chinese: str
    latin: str
    """The font of letters and digits."""
    quotes: str
    """The font of “ ” ‘ ’ … and —, which Word takes for Western unless told."""
    size: int
    bold: bool
    italic: bool
    underlined: bool
    struck: bool
    spacing: int
    color: str
    themed: bool
    """True when the Chinese font comes from the theme."""
    raised: bool
    hidden: bool


class Revision(NamedTuple):
    """A tracked change: `kind` is ins, del, moveFrom or moveTo; author and date as the file gives them."""

    kind: str
    author: str
    date: str

    @property
    def deletes(self) -> bool:
        """True when accepting the change takes the text away."""
        return self.kind in ("del", "moveFrom")


class ContentControl(NamedTuple):
    """A content control (w:sdt) around runs or blocks. `placeholder` is True while it shows its prompt."""

    tag: str
    alias: str
    placeholder: bool


class WordField(NamedTuple):
    """A field that begins in a paragraph: its instruction, such as PAGE or TOC \\o "1-3"."""

    instruction: str


class WordRun(NamedTuple):
    """Characters of one look."""

    text: str
    look: Look
    page: bool = False
    """True for a page number that Word fills in; the text is then 1."""
    revision: Revision | None = None
    controls: tuple[ContentControl, ...] = ()
    """The content controls around the run, the outermost first; those around its paragraph too."""
    field: int = -1
    """The field of the paragraph that the run is the result of, counted from 0; -1 for none."""
    instruction: bool = False
    """True for text that stands in a field's instruction, which is never shown."""


class WordParagraph(NamedTuple):
    """A paragraph. Indents are in characters of its own size, lengths in twips."""

    number: int
    """Its place among all paragraphs of its story (the text, a footer, a text box), those of tables too; from 1."""
    label: str
    """What Word counts itself, for the paragraph of a list."""
    list_level: int
    """Its level in a list, from 0; -1 outside of lists."""
    runs: tuple[WordRun, ...]
    """All its runs: also those that are deleted, hidden or in a field's instruction."""
    shown: tuple[WordRun, ...]
    """The runs that a reader sees."""
    style: str
    """The name of its style in lower case."""
    align: str
    first: float
    left: float
    right: float
    line: int
    rule: str
    """How `line` is meant: exact, atLeast, or auto (240ths of a line)."""
    before: int
    after: int
    snaps: bool
    outline: int
    """The outline level from 1; 0 for body text."""
    new_page: bool
    boxed: bool
    framed: bool
    """True in a frame or text box, whose place the indents do not tell."""
    drawn: bool
    """True when it holds a picture or shape."""
    table: int
    """The table it stands in, counted from 0; -1 outside of tables."""
    row: int
    cell: int
    """Its row and cell in the table, counted from 0; -1 outside of tables."""
    section: int
    mark: Revision | None
    """The tracked change of its end: accepting a deletion joins the next paragraph to it."""
    controls: tuple[ContentControl, ...]
    fields: tuple[WordField, ...]
    continued: str
    """The instruction of the outermost field that an earlier paragraph began and none has ended; "" for none."""
    boxes: tuple[TextBox, ...]
    """The text boxes that are anchored in it."""
    bookmarks: tuple[str, ...]
    """The names of the bookmarks that begin in it, or between it and the block before."""

    @property
    def text(self) -> str:
        """The characters, the label that Word counts among them."""
        return self.label + "".join(run.text for run in self.shown)

    @property
    def words(self) -> str:
        """The text without the white space around it."""
        return self.text.strip()

    @property
    def blanks(self) -> float:
        """The characters of white space that stand in for an indent."""
        free = 0.0
        for mark in self.text:
            if mark not in _BLANKS:
                return free
            free += _BLANKS[mark]
        return free

    @property
    def indent(self) -> float:
        """How far the first line begins from the type area's edge, in characters."""
        return self.left + self.first + self.blanks

    @property
    def excerpt(self) -> str:
        """The first words, as findings cite them."""
        words = re.sub(r"\s+", " ", self.words)
        return words if len(words) <= 12 else words[:12] + "…"

    @property
    def size(self) -> int:
        """The size of its first characters, in half-points."""
        return next((run.look.size for run in self.shown if run.text.strip()), 0)


class WordCell(NamedTuple):
    """A cell: the columns it spans, and whether it goes on with the cell above it."""

    blocks: tuple[WordBlock, ...]
    span: int
    continues: bool


class WordRow(NamedTuple):
    """A row: whether it stays on one page, whether it is a header, and a tracked change of the row itself."""

    cells: tuple[WordCell, ...]
    whole: bool
    header: bool
    revision: Revision | None


class WordTable(NamedTuple):
    """A table. `start` is the number of its first paragraph; `nested` tells that it stands in a cell."""

    start: int
    rows: tuple[WordRow, ...]
    floating: bool
    nested: bool
    controls: tuple[ContentControl, ...]


WordBlock: TypeAlias = WordParagraph | WordTable


class TextBox(NamedTuple):
    """A text box, a story of its own: its blocks in order, and all its paragraphs."""

    blocks: tuple[WordBlock, ...]
    paragraphs: tuple[WordParagraph, ...]


class PageSetup(NamedTuple):
    """The page of one section; lengths in twips. `start` is the number of its first paragraph."""

    start: int
    width: int
    height: int
    landscape: bool
    top: int
    bottom: int
    left: int
    right: int
    footer: int
    grid: str
    """The type of its grid: lines, linesAndChars, snapToChars, or ""."""
    pitch: int
    char_space: int
    """What the grid adds to a character's width, in 4096ths of a point."""
    title_page: bool
    dashed: bool
    """True when Word itself puts dashes around the page number."""
    footers: tuple[tuple[str, tuple[WordParagraph, ...]], ...]
    """The paragraphs of the footers by type (default, even, first), inherited ones too; those of text boxes last."""


class WordDocument(NamedTuple):
    """The text of a .docx. `paragraphs` and `tables` are all that stand in `blocks`, at every depth, as they begin."""

    blocks: tuple[WordBlock, ...]
    paragraphs: tuple[WordParagraph, ...]
    tables: tuple[WordTable, ...]
    sections: tuple[PageSetup, ...]
    even_and_odd: bool
