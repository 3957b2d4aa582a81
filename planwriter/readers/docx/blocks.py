"""Reads paragraphs and tables from XML: each element passes its content to its story when it ends."""

from __future__ import annotations

from collections.abc import Callable

from planwriter.readers.docx.document import Revision, TextBox, WordBlock, WordCell, WordRow, WordTable
from planwriter.readers.docx.inline import Inline
from planwriter.readers.docx.properties import is_on, number, properties
from planwriter.readers.docx.runs import Runs
from planwriter.readers.docx.story import OUTSIDE, CellPlace, Draft, Story
from planwriter.readers.docx.wrappers import Marks, OpenElement, format_changes, revision
from planwriter.readers.docx.xml import SKIP, Handler, Node, W, grow


class Blocks(OpenElement):
    """An element that contains paragraphs and tables: a body, a footer, a text box, a cell."""

    __slots__ = ("_framed", "_into", "_place", "story")

    def __init__(
        self, story: Story, into: list[WordBlock], marks: Marks, place: CellPlace = OUTSIDE, *, framed: bool = False
    ) -> None:
        super().__init__(marks)
        self.story, self._into, self._place, self._framed = story, into, place, framed

    def open(self, name: str, attributes: dict[str, str], marks: Marks) -> Handler:
        if name == "p":
            return ParagraphElement(
                self.story, self._into, Draft(self._place, marks, self._framed, self.story.bookmarks)
            )
        if name == "tbl":
            return TableElement(self.story, self._into, marks, nested=self._place != OUTSIDE)
        if name == "bookmarkStart":
            self.story.bookmarks.append(attributes.get(f"{W}name", ""))
        return SKIP


class Body(Blocks):
    """The body of the text; the properties of its last section are at its end."""

    __slots__ = ("_form",)

    def __init__(self, story: Story) -> None:
        super().__init__(story, story.blocks, Marks())
        self._form: Node | None = None

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        if name == "sectPr" and self._form is None:
            return grow(name, attributes, self._take)
        return super().start(name, attributes)

    def _take(self, node: Node) -> None:
        self._form = node

    def end(self) -> None:
        self.story.end_last_section(self._form)


class _Box(Blocks):
    __slots__ = ("_take",)

    def __init__(self, story: Story, marks: Marks, take: Callable[[TextBox], None]) -> None:
        super().__init__(story, story.blocks, marks, framed=True)
        self._take = take

    def end(self) -> None:
        self._take(self.story.text_box())


class ParagraphElement(Inline):
    """A paragraph. Its properties come first, as the standard demands; runs before them have the default style."""

    __slots__ = ("_draft", "_form", "_into", "story")

    def __init__(self, story: Story, into: list[WordBlock], draft: Draft) -> None:
        story.bookmarks = []
        super().__init__(Runs(story.shared.styles, story.unended), draft.bookmarks, self._open_text_box, draft.marks)
        self.story, self._into, self._draft = story, into, draft
        self._form: Node | None = None

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        if name == "pPr" and self._form is None:
            return grow(name, attributes, self._take)
        return super().start(name, attributes)

    def end(self) -> None:
        self._into.append(self.story.add(self._draft, self.runs, self._form))

    def _take(self, node: Node) -> None:
        self._form = node
        self._draft.direct = properties(node)
        self.runs.style = self._draft.direct.get("pStyle.val", "")

    def _open_text_box(self, take: Callable[[TextBox], None], marks: Marks) -> Handler:
        return _Box(self.story.box(), marks, take)


class TableElement(OpenElement):
    """A table; `at` is its index in the story."""

    __slots__ = ("_form", "_grid", "_into", "_nested", "_start", "at", "rows", "story")

    def __init__(self, story: Story, into: list[WordBlock], marks: Marks, *, nested: bool) -> None:
        super().__init__(marks)
        self.story, self._into, self._nested = story, into, nested
        self.rows: list[WordRow] = []
        self.at, self._start = len(story.tables), len(story.paragraphs) + 1
        self._form: Node | None = None
        self._grid: tuple[Revision, ...] = ()
        story.tables.append(None)

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        if name == "tblPr" and self._form is None:
            return grow(name, attributes, self._take)
        if name == "tblGrid":
            return grow(name, attributes, self._take_grid, _GRID_CHANGE)
        return super().start(name, attributes)

    def open(self, name: str, attributes: dict[str, str], marks: Marks) -> Handler:
        return RowElement(self.story, self.rows, marks, CellPlace(self.at, len(self.rows))) if name == "tr" else SKIP

    def _take(self, node: Node) -> None:
        self._form = node

    def _take_grid(self, node: Node) -> None:
        self._grid = format_changes(node)

    def end(self) -> None:
        made = WordTable(
            start=self._start,
            rows=tuple(self.rows),
            floating=self._form is not None and self._form.find("tblpPr") is not None,
            nested=self._nested,
            controls=self.marks.controls,
            changes=(*format_changes(self._form), *self._grid),
        )
        self.story.tables[self.at] = made
        self._into.append(made)


_GRID_CHANGE = frozenset(("tblGridChange",))


class RowElement(OpenElement):
    """A row of a table."""

    __slots__ = ("_cells", "_exceptions", "_form", "_into", "_place", "_story")

    def __init__(self, story: Story, into: list[WordRow], marks: Marks, place: CellPlace) -> None:
        super().__init__(marks)
        self._story, self._into, self._place = story, into, place
        self._cells: list[WordCell] = []
        self._form: Node | None = None
        self._exceptions: tuple[Revision, ...] = ()

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        if name == "trPr" and self._form is None:
            return grow(name, attributes, self._take)
        if name == "tblPrEx":
            return grow(name, attributes, self._take_exceptions)
        return super().start(name, attributes)

    def open(self, name: str, attributes: dict[str, str], marks: Marks) -> Handler:
        place = CellPlace(self._place.table, self._place.row, len(self._cells))
        return _Cell(self._story, self._cells, marks, place) if name == "tc" else SKIP

    def _take(self, node: Node) -> None:
        self._form = node

    def _take_exceptions(self, node: Node) -> None:
        self._exceptions = format_changes(node)

    def end(self) -> None:
        got = properties(self._form)
        whole, header = (is_on(got.get(f"{name}.val", "")) for name in ("cantSplit", "tblHeader"))
        changes = (*format_changes(self._form), *self._exceptions)
        moved = _row_revision(self._form) or self.marks.revision
        self._into.append(WordRow(tuple(self._cells), whole, header, moved, changes))


def _row_revision(form: Node | None) -> Revision | None:
    """The tracked change of a row, which its properties name."""
    found = (form.find("del") or form.find("ins")) if form is not None else None
    return revision(found.name, found.attributes) if found is not None else None


class _Cell(Blocks):
    __slots__ = ("_blocks", "_cells", "_form")

    def __init__(self, story: Story, cells: list[WordCell], marks: Marks, place: CellPlace) -> None:
        self._blocks: list[WordBlock] = []
        super().__init__(story, self._blocks, marks, place)
        self._cells = cells
        self._form: Node | None = None

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        if name == "tcPr" and self._form is None:
            return grow(name, attributes, self._take)
        return super().start(name, attributes)

    def _take(self, node: Node) -> None:
        self._form = node

    def end(self) -> None:
        got = properties(self._form)
        span = max(number(got.get("gridSpan.val", ""), 1), 1)
        merge = got.get("vMerge.val", "restart")
        self._cells.append(WordCell(tuple(self._blocks), span, merge != "restart", format_changes(self._form)))
