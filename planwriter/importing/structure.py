"""The lines of a plan as blocks: sections with their levels, titles and texts, paragraphs, boxes and tables.

Every character of the lines goes into a block. Only the label of a section is left out, since it is printed again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from planwriter.importing.duties import split_duty
from planwriter.importing.headings import heading_levels
from planwriter.importing.labels import LabelSeries, TypedLabel
from planwriter.importing.script import ScriptLine
from planwriter.importing.series import MAX_LEVEL, Labelled, levels_of, with_labels
from planwriter.importing.texts import Origins, whole_text
from planwriter.model import Duty, OwnNumbering, Table
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass, field, replace

MAX_TITLE = 36
"""The longest title that text follows in its paragraph."""
MAX_STANDING = 60
"""The longest title on a line of its own."""
_ITEM = 3
"""The level of an item without a number, if it does not stand deeper."""
_NO_TITLE_END = "；;：:，,、！？!?"
_PAIRS = dict(zip("《“（(〈【‘", "》”）)〉】’", strict=True))
_CAPTION = regex(
    r"(?:附?表|图)\s*[0-9一二三四五六七八九十]{1,3}(?:-\d+)?[\s：:．.、]*.{0,40}|.{2,30}(?:表|清单|名单|一览)"
)


@dataclass(slots=True, kw_only=True)
class Leaf:
    """A paragraph or a table between sections."""

    line: int
    text: str = ""
    table: Table | None = None


@dataclass(slots=True, kw_only=True)
class BoxEntry:
    """A 专栏 in the making."""

    line: int
    title: str
    children: list[Entry]


@dataclass(slots=True, kw_only=True)
class SectionEntry:
    """A section in the making."""

    line: int
    level: int
    label: TypedLabel | None
    """None for a heading without a label."""
    title: str = ""
    texts: list[str] = field(default_factory=list)
    children: list[Entry] = field(default_factory=list)
    duty: Duty | None = None
    run_in: bool | None = None
    """True if text follows the title in its paragraph, False if it stands below it, None if there is none."""
    own: OwnNumbering | None = None


Entry: TypeAlias = "SectionEntry | BoxEntry | Leaf"
Keys: TypeAlias = "frozenset[tuple[int, int]]"
"""Lines of a script, by their keys."""


def sections(entries: list[Entry]) -> Iterator[SectionEntry]:
    """The sections in reading order, without those in boxes."""
    for entry in entries:
        if isinstance(entry, SectionEntry):
            yield entry
            yield from sections(entry.children)


def read_entries(lines: list[ScriptLine], origins: Origins, plain: Keys = frozenset()) -> list[Entry]:
    """The entries that the lines make; a line whose number is in `plain` stays a paragraph."""
    labelled = with_labels(lines, plain)
    return _Builder(origins, levels_of(labelled), plain).entries(labelled)


class _Builder:
    def __init__(self, origins: Origins, levels: dict[LabelSeries, int], plain: Keys) -> None:
        self.origins = origins
        self.levels = levels
        self.plain = plain
        self.made: list[Entry] = []
        self.open: list[SectionEntry] = []

    def entries(self, lines: list[Labelled]) -> list[Entry]:
        headings = heading_levels(lines, self.levels, self.plain)
        at = 0
        while at < len(lines):
            each = lines[at]
            if each.line.boxed:
                end = at + 1
                while end < len(lines) and lines[end].line.boxed:
                    end += 1
                self.add_box([line.line for line in lines[at:end]])
                at = end
                continue
            if each.line.rows:
                self.add_table(each.line)
            else:
                following = lines[at + 1] if at + 1 < len(lines) else None
                self.add_line(each, headings.get(at, 0), following, headings.get(at + 1, 0))
            at += 1
        return self.made

    @property
    def into(self) -> list[Entry]:
        return self.open[-1].children if self.open else self.made

    def add_line(self, each: Labelled, level: int, following: Labelled | None, next_level: int) -> None:
        """A heading of that level, or with 0 a paragraph."""
        goes_on = following is not None and not following.line.boxed and not following.line.rows
        entry = _section(each, level, goes_on=goes_on and (next_level == 0 or next_level > level)) if level else None
        if entry is None:
            self.add_paragraph(whole_text(each.line), each.line.number)
            return
        if entry.texts:
            self.lift_from_text(entry)
        else:
            title, duty = split_duty(entry.title)
            if title:
                entry.title, entry.duty = title, self.origins.duty(duty, entry.line)
        while self.open and self.open[-1].level >= level:
            self.open.pop()
        self.into.append(entry)
        self.open.append(entry)

    def lift_from_text(self, entry: SectionEntry) -> None:
        rest, duty = split_duty(entry.texts[-1])
        if duty is None or not (rest or entry.title):
            return
        entry.duty = self.origins.duty(duty, entry.line)
        entry.texts[-1:] = [rest] if rest else []
        if not entry.texts:
            entry.run_in = None

    def add_paragraph(self, text: str, number: int) -> None:
        entry = self.open[-1] if self.open else None
        if entry is not None and self.add_item(text, number):
            return
        if entry is None or entry.children or entry.duty is not None:
            self.into.append(Leaf(line=number, text=text))
            return
        if entry.title and not entry.texts:
            entry.run_in = False
        entry.texts.append(text)
        self.lift_from_text(entry)

    def add_item(self, text: str, number: int) -> bool:
        """Adds a paragraph with a title and units as an item without a number; False if it is none."""
        rest, duty = split_duty(text)
        title, rest = split_title(rest, goes_on=False) if duty is not None else ("", "")
        while self.open and self.open[-1].label is None and self.open[-1].duty is not None:
            self.open.pop()
        level = max(self.open[-1].level + 1, _ITEM) if self.open else _ITEM
        if not (title and rest) or level > MAX_LEVEL:
            return False
        entry = SectionEntry(line=number, level=level, label=None, title=title, texts=[rest], run_in=True)
        entry.duty = self.origins.duty(duty, number)
        self.into.append(entry)
        self.open.append(entry)
        return True

    def add_box(self, lines: list[ScriptLine]) -> None:
        """A 专栏: its first line is its title."""
        first, *others = (replace(line, boxed=False) for line in lines)
        if first.rows:
            for line in (first, *others):
                if line.rows:
                    self.add_table(line)
                else:
                    self.add_paragraph(whole_text(line), line.number)
            return
        children = read_entries(others, self.origins, self.plain)
        self.into.append(BoxEntry(line=first.number, title=whole_text(first), children=children))

    def add_table(self, line: ScriptLine) -> None:
        """A table, with the paragraph before it as its caption if that looks like one."""
        made = read_table(line, self.origins)
        into = self.into
        before = into[-1] if into else None
        entry = self.open[-1] if self.open and not into else None
        if isinstance(before, Leaf) and before.table is None and _CAPTION.fullmatch(before.text):
            made = replace(made, caption=self.origins.text(before.text, before.line))
            into.pop()
        elif entry and entry.run_in is False and entry.duty is None and _CAPTION.fullmatch(entry.texts[-1]):
            made = replace(made, caption=self.origins.text(entry.texts.pop(), line.number))
            entry.run_in = False if entry.texts else None
        into.append(Leaf(line=line.number, table=made))


def read_table(line: ScriptLine, origins: Origins) -> Table:
    """The table of a line, without the merges of its cells, which no typed table has."""
    rows = tuple(tuple(origins.text(cell, line.number) for cell in row) for row in line.rows)
    return Table(rows=rows, origin=origins.span(line.number))


def _section(each: Labelled, level: int, *, goes_on: bool) -> SectionEntry | None:
    """The section that a line begins; None if it would be empty."""
    text = each.text if each.label else whole_text(each.line)
    title, rest = split_title(text, goes_on=goes_on) if each.label else (text, "")
    if not title and not rest:
        return None
    entry = SectionEntry(line=each.line.number, level=level, label=each.label, title=title)
    if rest:
        entry.texts.append(rest)
        entry.run_in = True if title else None
    return entry


def split_title(text: str, *, goes_on: bool) -> tuple[str, str]:
    """The title and the text of a labelled line, without the label; `goes_on` if more of the item stands below it."""
    stop = text.find("。")
    if stop < 0:
        is_title = len(text) <= MAX_STANDING and (text[-1:] not in _NO_TITLE_END or (goes_on and text[-1:] in "：:"))
        return (text, "") if is_title else ("", text)
    if stop == len(text) - 1:
        is_title = goes_on and len(text) <= MAX_TITLE and not _has_clauses(text)
        return (text, "") if is_title else ("", text)
    title = text[:stop]
    rest = text[stop + 1 :].strip()
    if (
        2 <= len(title) <= MAX_TITLE
        and rest
        and title[-1] not in _NO_TITLE_END
        and _is_closed(title)
        and not _has_clauses(title)
    ):
        return title.rstrip(), rest
    return "", text


def _has_clauses(title: str) -> bool:
    return any(mark in title for mark in "；;：:！？!?")


def _is_closed(title: str) -> bool:
    """True if every bracket and quotation mark that a text opens is closed in it."""
    waiting: list[str] = []
    for mark in title:
        if mark in _PAIRS:
            waiting.append(_PAIRS[mark])
        elif mark in _PAIRS.values() and (not waiting or waiting.pop() != mark):
            return False
    return not waiting
