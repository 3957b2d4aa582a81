"""The content of a .docx as values: paragraphs and tables with their places, runs with their looks, page setups.

The default view shows the document with all tracked changes accepted; deleted text is kept and marked.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from planwriter.start.named_tuple import NamedTuple

_BLANKS = {"\u3000": 1.0, " ": 0.5, "\xa0": 0.5}


class Look(NamedTuple):
    """The look of characters: fonts by script, size in half-points, added space in twips, colour as RRGGBB or ""."""

    chinese: str
    latin: str
    """The font of letters and digits."""
    quotes: str
    """The font of “ ” ‘ ’ … and —, which Word treats as Western unless the run says otherwise."""
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
    highlight: str
    """The name of the colour it is highlighted in; "" for none."""
    shade: str
    """The colour behind the characters as RRGGBB; "" for none."""


class RunStyle(NamedTuple):
    """What the styles of a run say of its look, without what is set by hand."""

    name: str
    """The name of its character style in lower case; "" if it has none."""
    look: Look
    """The look that its paragraph's style and its character style give."""
    paragraph: Look
    """The look that its paragraph's style alone gives."""


class Revision(NamedTuple):
    """A tracked change; author and date as the file gives them.

    `kind` is ins, del, moveFrom or moveTo, for a cell cellIns, cellDel or cellMerge, and for a change of format the name of
    its element, such as rPrChange.
    """

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
    ends: bool = True
    """True if it ends in the same paragraph."""


class WordRun(NamedTuple):
    """Characters of one look."""

    text: str
    look: Look
    page: bool = False
    """True for a page number that Word fills in; its text is then 1."""
    revision: Revision | None = None
    controls: tuple[ContentControl, ...] = ()
    """The content controls around the run and its paragraph, the outermost first."""
    field: int = -1
    """The index, from 0, of the paragraph's field whose result the run is; -1 for none."""
    instruction: bool = False
    """True for text in a field's instruction, which is never shown."""
    style: RunStyle | None = None
    """None for a page number."""


class WordParagraph(NamedTuple):
    """A paragraph. Indents are in characters of its own size, lengths in twips."""

    number: int
    """Its number, from 1, among all paragraphs of its story (the text, a footer, a text box) and its tables."""
    label: str
    """The label that Word counts, for a paragraph in a list; else ""."""
    list_level: int
    """Its level in a list, from 0; -1 outside of lists."""
    runs: tuple[WordRun, ...]
    """All runs, including those that are deleted, hidden or in a field's instruction."""
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
    """The meaning of `line`: exact, atLeast, or auto (240ths of a line)."""
    before: int
    after: int
    snaps: bool
    outline: int
    """The outline level from 1; 0 for body text."""
    new_page: bool
    boxed: bool
    shade: str
    """The colour behind it as RRGGBB; "" for none."""
    framed: bool
    """True in a frame or text box, whose position does not follow from the indents."""
    drawn: bool
    """True if it contains a picture or shape."""
    pictured: bool
    """True if it contains a picture, a diagram or letters drawn as a shape, and not only lines and boxes."""
    table: int
    """The index of its table, from 0; -1 outside of tables."""
    row: int
    cell: int
    """The indices of its row and cell in the table, from 0; -1 outside of tables."""
    section: int
    mark: Revision | None
    """The tracked change of its end: accepting a deletion joins the next paragraph to it."""
    changes: tuple[Revision, ...]
    """The tracked changes of its format and its runs' format, and of runs without text, such as pictures."""
    comments: tuple[str, ...]
    """The identifiers of the comments on it."""
    links: tuple[str, ...]
    """The targets of its links: an address, the path of a file, or # and the name of a bookmark."""
    controls: tuple[ContentControl, ...]
    fields: tuple[WordField, ...]
    continued: str
    """The instruction of the outermost field that began in an earlier paragraph and has not ended; "" for none."""
    descriptions: tuple[str, ...]
    """The alternative texts of its pictures and shapes."""
    boxes: tuple[TextBox, ...]
    """The text boxes anchored in it."""
    bookmarks: tuple[str, ...]
    """The names of the bookmarks that begin in it, or between the block before and it."""
    styled_align: str
    """The alignment that its style gives."""

    @property
    def text(self) -> str:
        """The characters, including the label that Word counts."""
        return self.label + "".join(run.text for run in self.shown)

    @property
    def words(self) -> str:
        """The text without the white space around it."""
        return self.text.strip()

    @property
    def blanks(self) -> float:
        """The number of white-space characters used as an indent."""
        free = 0.0
        for mark in self.text:
            if mark not in _BLANKS:
                return free
            free += _BLANKS[mark]
        return free

    @property
    def indent(self) -> float:
        """The distance of the first line from the edge of the type area, in characters."""
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
    """A cell: the number of columns it spans, whether it continues the cell above, and its tracked changes."""

    blocks: tuple[WordBlock, ...]
    span: int
    continues: bool
    changes: tuple[Revision, ...]


class WordRow(NamedTuple):
    """A row: whether it stays on one page, whether it is a header, and the tracked changes of the row and its format."""

    cells: tuple[WordCell, ...]
    whole: bool
    header: bool
    revision: Revision | None
    changes: tuple[Revision, ...]

    @property
    def deleted(self) -> bool:
        """True if a tracked change deletes the row."""
        return self.revision is not None and self.revision.deletes


class WordTable(NamedTuple):
    """A table. `start` is the number of its first paragraph; `nested` is True inside a cell."""

    start: int
    rows: tuple[WordRow, ...]
    floating: bool
    nested: bool
    controls: tuple[ContentControl, ...]
    changes: tuple[Revision, ...]
    """The tracked changes of its format."""


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
    """The width that the grid adds to each character, in 4096ths of a point."""
    title_page: bool
    dashed: bool
    """True when Word itself puts dashes around the page number."""
    footers: tuple[tuple[str, tuple[WordParagraph, ...]], ...]
    """The paragraphs of the footers by type (default, even, first), including inherited ones; text boxes come last."""
    changes: tuple[Revision, ...]
    """The tracked changes of its format."""


class SideStory(NamedTuple):
    """Text beside the body: a header, a footer, a footnote, an endnote or a text box."""

    place: str
    """Its place in the writer's words: 页眉, 第2节页脚, 脚注1, 第5段的文本框."""
    is_note: bool
    """True for a footnote or an endnote."""
    paragraphs: tuple[WordParagraph, ...]


class Property(NamedTuple):
    """A property of a file: the part that has it, its name there, and the first characters of its value."""

    part: str
    name: str
    value: str


class FileDetails(NamedTuple):
    """What a file says about itself and who worked on it, and what it has besides text."""

    properties: tuple[Property, ...]
    """The built-in properties, and those that a writer added."""
    people: tuple[str, ...]
    """The names in the list of persons who changed or commented."""
    comments: tuple[str, ...]
    """The author of each comment."""
    variables: tuple[str, ...]
    """The names of the document variables."""
    template: str
    """The path of the attached template; "" for none."""
    sources: tuple[str, ...]
    """The targets of linked pictures, objects and tables of addresses."""
    objects: tuple[str, ...]
    """The names of the parts that are embedded files or objects."""
    macros: tuple[str, ...]
    """The names of the parts that are macros."""


class WordDocument(NamedTuple):
    """The text of a .docx. `paragraphs` and `tables` are those in `blocks`, at every depth, in the order they begin."""

    blocks: tuple[WordBlock, ...]
    paragraphs: tuple[WordParagraph, ...]
    tables: tuple[WordTable, ...]
    sections: tuple[PageSetup, ...]
    even_and_odd: bool
    sides: tuple[SideStory, ...]
    """The headers and footers that are printed, the notes and the text boxes."""
    details: FileDetails
