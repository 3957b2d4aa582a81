"""One story of a .docx (the text, a footer, a text box): collects its paragraphs, tables and sections in order."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.readers.docx.document import Revision, TextBox, WordBlock, WordParagraph, WordTable
from planwriter.readers.docx.lists import ListCount, Lists
from planwriter.readers.docx.properties import Properties, properties
from planwriter.readers.docx.runs import OpenField, Runs
from planwriter.readers.docx.shape import Formats
from planwriter.readers.docx.styles import Styles
from planwriter.readers.docx.wrappers import Marks, format_changes, revision
from planwriter.readers.docx.xml import Node, R, UnreadableDocx
from planwriter.start.named_tuple import NamedTuple

MAX_PARAGRAPHS = 200_000
MAX_CHARACTERS = 5_000_000
"""The most characters in all texts of a file, including computed labels."""
PAGES = ("default", "even", "first")
"""The types of headers and footers."""
_MARKS = ("del", "moveFrom", "ins", "moveTo")


class CellPlace(NamedTuple):
    """The indices of a table, a row and a cell, each from 0; -1 outside of tables."""

    table: int = -1
    row: int = -1
    cell: int = -1


OUTSIDE = CellPlace()


class SectionEnd(NamedTuple):
    """The data at the end of a section: its properties, and the relationships of its headers and footers by type.

    `start` is the number of the section's first paragraph.
    """

    start: int
    properties: Properties
    headers: dict[str, str]
    footers: dict[str, str]
    changes: tuple[Revision, ...]


class Shared:
    """Shared by all stories of a file: the styles, and the bounds on their total content."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self._paragraphs, self._characters = 0, 0

    def count(self, characters: int) -> None:
        """Counts a paragraph. Raises UnreadableDocx if there are too many, or if their texts are too long."""
        self._paragraphs += 1
        self._characters += characters
        if self._paragraphs > MAX_PARAGRAPHS:
            raise UnreadableDocx(f"段落超过 {MAX_PARAGRAPHS} 个")
        if self._characters > MAX_CHARACTERS:
            raise UnreadableDocx(f"文字和自动编号一共超过 {MAX_CHARACTERS // 10000} 万字")


class Story:
    """Collects the content of a story. Lists in its text boxes are counted separately.

    `targets` are those of its part's links by relationship.
    """

    def __init__(self, shared: Shared, lists: Lists, targets: dict[str, str] | None = None) -> None:
        self.shared, self.lists, self._targets = shared, lists, targets or {}
        self.formats = Formats(shared.styles, lists)
        self.numbers = ListCount(lists)
        self.blocks: list[WordBlock] = []
        self.paragraphs: list[WordParagraph] = []
        self.tables: list[WordTable | None] = []
        self.sections: list[SectionEnd] = []
        self.first = 1
        self.breaks = False
        self.bookmarks: list[str] = []
        self.unended: list[OpenField] = []
        self._in_boxes: ListCount | None = None
        self._is_box = False

    def box(self) -> Story:
        """The story of a text box in this one, which is in the same section."""
        made = Story(self.shared, self.lists, self._targets)
        if self._in_boxes is None:
            self._in_boxes = made.numbers
        made.numbers = made._in_boxes = self._in_boxes
        made.formats, made.sections, made._is_box = self.formats, self.sections, True
        return made

    def whole_tables(self) -> tuple[WordTable, ...]:
        """The tables; to be called when all have ended."""
        return tuple(table for table in self.tables if table is not None)

    def text_box(self) -> TextBox:
        """The story as a text box."""
        return TextBox(tuple(self.blocks), tuple(self.paragraphs))

    def add(self, draft: Draft, runs: Runs, ppr: Node | None) -> WordParagraph:
        """Adds a paragraph that has ended, and counts it."""
        styles = self.shared.styles
        form = self.formats.of(runs.style, draft.direct)
        mark = _mark(ppr)
        listed = form.list_id and (mark is None or not mark.deletes)
        label = self.numbers.label(form.list_id, form.list_level) if listed else ""
        self.shared.count(len(label) + sum([len(run.text) for run in runs.runs]))
        shown = tuple(runs.shown)
        first = next((run for run in shown if run.text.strip()), None)
        size = first.look.size if first else styles.characters(runs.style, {}).size
        new_page = self.breaks or runs.break_before or form.new_page
        self.breaks = runs.break_after or (new_page and first is None)
        made = WordParagraph(
            number=len(self.paragraphs) + 1,
            label=label,
            list_level=form.list_level if form.list_id else -1,
            runs=shown if len(shown) == len(runs.runs) else tuple(runs.runs),
            shown=shown,
            style=styles.name(runs.style),
            new_page=new_page,
            boxed=ppr is not None and ppr.find("pBdr") is not None,
            shade=form.shade,
            framed=draft.framed or form.framed,
            drawn=runs.drawn,
            pictured=runs.pictured,
            table=draft.place.table,
            row=draft.place.row,
            cell=draft.place.cell,
            section=len(self.sections),
            mark=mark,
            changes=(*runs.changes, *(_changes(ppr) if ppr is not None else ())),
            comments=tuple(runs.comments),
            links=tuple([anchor or self._targets.get(name, "") for name, anchor in runs.links]) if runs.links else (),
            controls=draft.marks.controls,
            fields=runs.fields,
            continued=runs.continued,
            descriptions=tuple(runs.descriptions),
            boxes=tuple(runs.boxes),
            bookmarks=tuple(draft.bookmarks),
            styled_align=self.formats.of(runs.style, {}).shape(max(size, 1))["align"],
            **form.shape(max(size, 1)),
        )
        self.paragraphs.append(made)
        self._end_section(ppr.find("sectPr") if ppr is not None else None)
        return made

    def _end_section(self, form: Node | None) -> None:
        if form is not None and not self._is_box:
            self.sections.append(_section_end(self.first, form))
            self.first = len(self.paragraphs) + 1
            self.breaks = form.value_of("type") != "continuous"

    def end_last_section(self, form: Node | None) -> None:
        """The text ends with the sectPr of the body, if it has one."""
        if form is not None or self.first <= len(self.paragraphs) or not self.sections:
            self.sections.append(_section_end(self.first, form))


class Draft:
    """The data of a paragraph that are known before its runs are read."""

    __slots__ = ("bookmarks", "direct", "framed", "marks", "place")

    def __init__(self, place: CellPlace, marks: Marks, framed: bool, bookmarks: list[str]) -> None:
        self.place, self.marks, self.framed, self.bookmarks = place, marks, framed, bookmarks
        self.direct: Properties = {}


def _mark(form: Node | None) -> Revision | None:
    """The tracked change of a paragraph's end; a deletion has precedence over an insertion."""
    marks = form.find("rPr") if form is not None else None
    found = [each for name in _MARKS if marks is not None and (each := marks.find(name)) is not None]
    return revision(found[0].name, found[0].attributes) if found else None


def _changes(form: Node) -> Iterator[Revision]:
    """The tracked changes of a paragraph's format: its own, those of its end and of its number."""
    for each in form.children:
        if each.name == "pPrChange":
            yield revision(each.name, each.attributes)
        elif each.name == "rPr":
            yield from format_changes(each)
        elif each.name == "numPr":
            yield from format_changes(each)
            if (new := each.find("ins")) is not None:
                yield revision("numberingChange", new.attributes)


def _section_end(start: int, form: Node | None) -> SectionEnd:
    headers, footers = (_references(form, name) for name in ("headerReference", "footerReference"))
    return SectionEnd(start, properties(form), headers, footers, format_changes(form))


def _references(form: Node | None, name: str) -> dict[str, str]:
    return {
        each.value("type") or "default": each.attributes.get(f"{R}id", "")
        for each in (form.children if form is not None else ())
        if each.name == name and each.value("type") in ("", *PAGES)
    }
