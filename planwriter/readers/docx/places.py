"""Where the paragraphs of a .docx stand in the bytes of its text, so that something can be put into it and nothing else changes."""

from __future__ import annotations

from collections.abc import Callable

from planwriter.readers.docx.blocks import ParagraphElement, RowElement, TableElement
from planwriter.readers.docx.inline import RunElement
from planwriter.readers.docx.lists import Lists
from planwriter.readers.docx.package import Package
from planwriter.readers.docx.read import BodyAbove
from planwriter.readers.docx.story import Shared, Story
from planwriter.readers.docx.styles import Styles
from planwriter.readers.docx.xml import ElementStream, Handler, UnreadableDocx
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_TAG = regex(rb"<([^\s/>]{1,200})(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_DECLARED = regex(rb"\s*<\?xml[^>]{0,60}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})")


class RunPlace(NamedTuple):
    """A run that a reader sees: the bytes of its element, those of the paragraph's child that it is in, and its text."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    text: str


class ParagraphPlace(NamedTuple):
    """The bytes of a paragraph: its start tag, where its content begins (behind its properties), and its end tag."""

    start: int
    opened: int
    content: int
    closing: int
    """Where its end tag begins; the place behind the start tag if the element has no content."""
    name: bytes
    """The name of its element with its prefix: w:p."""
    is_empty: bool
    """True if it is written as one tag: <w:p/>."""
    end: int
    """The place behind its end tag."""
    runs: tuple[RunPlace, ...]


class RowPlace(NamedTuple):
    """The bytes of a table row; its properties are between `form` and `formed`, which are the same if it has none."""

    start: int
    form: int
    formed: int
    end: int


class TablePlace(NamedTuple):
    """The bytes of a table, and of its rows."""

    start: int
    end: int
    rows: tuple[RowPlace, ...]


class Places(NamedTuple):
    """The text of a .docx as bytes, and the places of its paragraphs, in the order of their numbers."""

    part: str
    data: bytes
    space: str
    """The namespace of WordprocessingML in this file."""
    paragraphs: tuple[ParagraphPlace, ...]
    tables: tuple[TablePlace, ...]
    """In the order in which they begin, as they are numbered."""
    read: Story
    """The same text as values."""


def locate(package: Package) -> Places:
    """The places in the text of a .docx. Raises UnreadableDocx if it is not in UTF-8, or cannot be read."""
    data = package.content(package.main)
    declared = _DECLARED.match(data)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii")):
        raise UnreadableDocx(f"{package.main} 不是 UTF-8 编码")
    related = dict(package.related(package.main).values())
    styles = Styles(package, related.get("styles", ""), related.get("theme", ""))
    story = Story(Shared(styles), Lists(package, related.get("numbering", "")))
    streams: list[_PlacedStream] = []

    def stream(root: Handler) -> ElementStream:
        streams.append(_PlacedStream(root, data, story))
        return streams[0]

    package.read(package.main, BodyAbove(story), stream)
    found = streams[0]
    if len(found.paragraphs) != len(story.paragraphs):
        raise UnreadableDocx("正文的段落数不清")
    tables = tuple(found.tables[number] for number in sorted(found.tables))
    if len(tables) != len(story.tables):
        raise UnreadableDocx("正文的表格数不清")
    return Places(package.main, data, found.space, tuple(found.paragraphs), tables, story)


class _PlacedStream(ElementStream):
    """Notes where the paragraphs of a story and their runs begin and end."""

    def __init__(self, root: Handler, data: bytes, story: Story) -> None:
        super().__init__(root)
        self._data, self._story = data, story
        self._index: Callable[[], int] = lambda: 0
        self.placed = self._take_index
        self.paragraphs: list[ParagraphPlace] = []
        self.tables: dict[int, TablePlace] = {}
        self.space = ""
        self._draft: _Draft | None = None
        self._around: list[_TableDraft] = []
        self._level = 0

    def _take_index(self, index: Callable[[], int]) -> None:
        self._index = index

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        handler = self._open[-1]
        self._level += 1
        if not self.space:
            self.space = name.rpartition("}")[0]
        if self._draft is None:
            if isinstance(handler, ParagraphElement) and handler.story is self._story:
                self._draft = _Draft(self._index(), self._level, handler)
            elif isinstance(handler, TableElement) and handler.story is self._story:
                self._around.append(_TableDraft(self._index(), self._level, handler.at))
            elif self._around:
                self._start_in_table(self._around[-1], handler, name)
            return
        draft = self._draft
        if self._level == draft.level + 1:
            draft.child = self._index()
            draft.child_runs = len(draft.runs)
            draft.is_form = name.endswith("}pPr") and not draft.has_content
            draft.has_content = True
        if draft.open is None and isinstance(handler, RunElement) and handler.runs is draft.paragraph.runs:
            draft.open, draft.run, draft.shown = handler, self._index(), len(handler.runs.shown)

    def end(self, name: str) -> None:
        handler, draft = self._open[-1], self._draft
        super().end(name)
        if draft is not None:
            if self._level == draft.level:
                self.paragraphs.append(self._place(draft))
                self._draft = None
            else:
                if handler is draft.open and isinstance(handler, RunElement):
                    self._end_run(draft, handler)
                    draft.open = None
                if self._level == draft.level + 1:
                    self._end_child(draft)
        elif self._around:
            self._end_in_table(self._around[-1])
        self._level -= 1

    def _start_in_table(self, table: _TableDraft, handler: Handler, name: str) -> None:
        if isinstance(handler, RowElement) and not table.row_level:
            table.row, table.row_level = self._index(), self._level
            table.form = table.formed = table.row + len(self._tag(table.row)[0])
        elif self._level == table.row_level + 1 and name.endswith(("}trPr", "}tblPrEx")):
            table.open_form = name.rpartition("}")[2]
            table.form = self._index()

    def _end_in_table(self, table: _TableDraft) -> None:
        if self._level == table.row_level + 1 and table.open_form:
            table.formed = self._behind(table.form)
            if table.open_form == "tblPrEx":
                table.form = table.formed
            table.open_form = ""
        elif self._level == table.row_level:
            table.rows.append(RowPlace(table.row, table.form, table.formed, self._behind(table.row)))
            table.row_level = 0
        elif self._level == table.level:
            self.tables[table.number] = TablePlace(table.start, self._behind(table.start), tuple(table.rows))
            self._around.pop()

    def _end_run(self, draft: _Draft, handler: RunElement) -> None:
        text = "".join(each.text for each in handler.runs.shown[draft.shown :])
        if text:
            draft.runs.append(RunPlace(draft.run, self._behind(draft.run), 0, 0, text))

    def _end_child(self, draft: _Draft) -> None:
        end = self._behind(draft.child)
        if draft.is_form:
            draft.content, draft.is_form = end, False
        for at in range(draft.child_runs, len(draft.runs)):
            draft.runs[at] = draft.runs[at]._replace(outer_start=draft.child, outer_end=end)

    def _behind(self, start: int) -> int:
        """The place behind the element that ends now and began at `start`."""
        index = self._index()
        tag, _ = self._tag(start)
        return start + len(tag) if tag.endswith(b"/>") else self._data.index(b">", index) + 1

    def _tag(self, start: int) -> tuple[bytes, bytes]:
        """The start tag that stands there, and the name in it."""
        found = _TAG.match(self._data, start)
        if found is None:
            raise UnreadableDocx("正文里有的标记太长")
        return found.group(), found[1]

    def _place(self, draft: _Draft) -> ParagraphPlace:
        tag, name = self._tag(draft.start)
        opened = draft.start + len(tag)
        is_empty = tag.endswith(b"/>")
        closing = opened if is_empty else self._index()
        content = draft.content or opened
        end = opened if is_empty else self._data.index(b">", closing) + 1
        return ParagraphPlace(draft.start, opened, content, closing, name, is_empty, end, tuple(draft.runs))


class _Draft:
    """A paragraph that is open."""

    def __init__(self, start: int, level: int, paragraph: ParagraphElement) -> None:
        self.start, self.level, self.paragraph = start, level, paragraph
        self.content = self.child = self.child_runs = self.run = self.shown = 0
        self.open: RunElement | None = None
        self.is_form = self.has_content = False
        self.runs: list[RunPlace] = []


class _TableDraft:
    """A table that is open, and the row in it that is; `row_level` is 0 while none is."""

    def __init__(self, start: int, level: int, number: int) -> None:
        self.start, self.level, self.number = start, level, number
        self.row = self.row_level = self.form = self.formed = 0
        self.open_form = ""
        self.rows: list[RowPlace] = []
