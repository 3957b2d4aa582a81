"""What every source gives and everything after it reads: a file as lines, with what the file knows about each.

A source reads one kind of file. It gives one line for each paragraph, in reading order, and one for each table, and leaves
out what is not text of the document: navigation, page numbers, running heads. It does not interpret the text: labels,
levels, titles and the frame are recognized afterwards, the same for all sources.

- A label that was typed stays in `text`. A label that the program counts (Word's lists, `<ol>`) is no text of the file:
  it goes to `label`, as it is shown (一、, 1.), and `text` begins after it.
- `style` is set only if the file says it: by a heading style or outline level of Word, `<h1>`. A line that merely looks
  like a heading (large, bold, centred) has no style; `bold` and `centred` say so.
- A line break inside a paragraph is a newline in `text`.
"""

from __future__ import annotations

from planwriter.model import Merge
from planwriter.start.records import dataclass, field

STYLES = ("标题", "章", "节", "条", "款")
"""What a style can say: the title of a document, or a heading of one of the four levels, the highest first."""
COUNTED = "行"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptLine:
    """A paragraph or a table of a file."""

    text: str = ""
    """The text as the file has it, blanks included; "" for a table or a blank line."""
    number: int = 0
    """The line, paragraph or row from 1 in the file, for findings; see `Script.counted`."""
    part: int = 0
    """Its place among the lines that the text of one `number` was split into; a source leaves it at 0."""
    label: str = ""
    """The label that the program counts itself, else ""."""
    style: str = ""
    """One of `STYLES`, or "" if no style says what the line is."""
    rows: tuple[tuple[str, ...], ...] = ()
    """The cells of a table, row by row, all rows of one length; a merged area has its text in its first cell."""
    merges: tuple[Merge, ...] = ()
    """The merged areas of a table."""
    page_break: bool = False
    """True if the line begins a new page."""
    centred: bool = False
    right: bool = False
    """True if the line is set to the right, as signatures and dates are."""
    bold: bool = False
    """True if the whole line is bold, or in a type that the body does not have."""
    boxed: bool = False
    """True in a frame or a text box (专栏); the lines of one box stand together."""

    @property
    def key(self) -> tuple[int, int]:
        """What tells the line from all others of its script."""
        return self.number, self.part


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The lines of one file."""

    name: str
    """The name of the file in findings."""
    lines: tuple[ScriptLine, ...] = field(default=(), repr=False)
    counted: str = COUNTED
    """What the numbers of the lines count: 行 for texts, 段 for all other files."""


MAX_BYTES = 32 * 1024 * 1024
"""The largest file that is imported."""
MAX_LINES = 200_000
"""The most lines of a file."""
MAX_CELLS = 200_000
"""The most cells of all tables of a file together."""
