"""How the sections of a plan are numbered: the forms and restarts that most of them follow; the others have their own 编号."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import cast

from planwriter.importing.structure import BoxEntry, Entry, Leaf, SectionEntry, sections
from planwriter.importing.texts import Origins
from planwriter.language.numerals import LabelStyle
from planwriter.model import Block, Box, Level, LevelNumbering, Numbering, OwnNumbering, Paragraph, Section
from planwriter.start.records import replace

_FOLDED = str.maketrans("（）．、", "()..")


def infer_numbering(runs: Sequence[list[Entry]], base: Numbering, *, is_extract: bool) -> Numbering:
    """The numbering that leaves the fewest exceptions in the runs: the plan, then its boxes and attachments.

    The numbers of each run begin anew. `base` is that of the kind, kept where it does as well as another. Of an extract
    (a text without title that begins in the middle) the first numbers are 起始.
    """
    flat = [list(sections(run)) for run in runs]
    levels = []
    for index, usual in enumerate(base):
        own = [each for run in flat for each in run if each.level == index + 1]
        made = replace(usual, style=_style(own) or usual.style, run_in=_run_in(own, default=usual.run_in))
        first = (
            next((each.label.number for each in flat[0] if each.level == index + 1 and each.label), 1) if flat else 1
        )
        if is_extract and first > 1:
            made = replace(made, start=first)
        choices = sorted(range(index + 1), key=lambda restart: restart != usual.restart)
        levels.append(
            min(
                (replace(made, restart=restart) for restart in choices),
                key=lambda level: _exceptions(flat, index, level),
            )
        )
    return cast(Numbering, tuple(levels))


def _style(entries: list[SectionEntry]) -> LabelStyle | None:
    """The form that most labels have."""
    styles = Counter(each.label.style for each in entries if each.label)
    return max(styles, key=lambda style: styles[style]) if styles else None


def _run_in(entries: list[SectionEntry], *, default: bool) -> bool:
    """True if most titles are followed by text in their paragraph."""
    ways = Counter(each.run_in for each in entries if each.run_in is not None)
    return default if ways[True] == ways[False] else ways[True] > ways[False]


def _exceptions(flat: list[list[SectionEntry]], index: int, level: LevelNumbering) -> int:
    """How many sections of a level would need a number of their own."""
    count = 0
    for nth, run in enumerate(flat):
        counter = _Counter(index, level, continued=nth == 0)
        count += sum(1 for each in run if counter.passes(each) is not None)
    return count


class _Counter:
    """Counts one level as `plan.number` does."""

    def __init__(self, index: int, level: LevelNumbering, *, continued: bool) -> None:
        self.index = index
        self.restart = level.restart
        self.next = level.start if continued else 1
        self.counted = not continued

    def passes(self, entry: SectionEntry) -> int | None:
        """The number that the section needs of its own; None if it has the next one, or none."""
        if entry.level - 1 < self.index:
            if self.restart >= entry.level and self.counted:
                self.next = 1
            return None
        if entry.level - 1 > self.index or entry.label is None:
            return None
        own = entry.label.number if entry.label.number != self.next else None
        self.next = entry.label.number + 1
        self.counted = True
        return own


class Finisher:
    """Turns entries into blocks, with their own numbering where it differs from that of the plan."""

    def __init__(self, origins: Origins, numbering: Numbering) -> None:
        self.origins = origins
        self.numbering = numbering

    def blocks(self, entries: list[Entry], *, continued: bool = False) -> tuple[Block, ...]:
        """The blocks of a run of entries; `continued` for those of the plan itself, to which 起始 applies."""
        counters = [_Counter(index, level, continued=continued) for index, level in enumerate(self.numbering)]
        for entry in sections(entries):
            numbers = [counter.passes(entry) for counter in counters]
            entry.own = self.own(entry, numbers[entry.level - 1])
        return tuple(self.block(entry) for entry in entries)

    def own(self, entry: SectionEntry, number: int | None) -> OwnNumbering | None:
        """The 编号 of a section, if its label is not the one that it would get; None if it is."""
        if entry.label is None:
            return OwnNumbering(unnumbered=True)
        usual = self.numbering[entry.level - 1].style
        style = entry.label.style if folded(entry.label.style) != folded(usual) else None
        return OwnNumbering(start=number, style=style) if number is not None or style is not None else None

    def block(self, entry: Entry) -> Block:
        """An entry as a block of the outline."""
        if isinstance(entry, Leaf):
            return entry.table or Paragraph(text=self.origins.text(entry.text, entry.line))
        if isinstance(entry, BoxEntry):
            title = self.origins.text(entry.title, entry.line)
            return Box(title=title, children=self.blocks(entry.children), origin=title.origin)
        usual = self.numbering[entry.level - 1].run_in
        return Section(
            level=Level(entry.level),
            title=self.origins.text(entry.title, entry.line) if entry.title else None,
            text=self.origins.paragraphs(entry.texts, entry.line),
            children=tuple(self.block(child) for child in entry.children),
            duty=entry.duty,
            numbering=entry.own,
            run_in=entry.run_in if entry.run_in is not None and entry.run_in != usual else None,
            origin=self.origins.span(entry.line),
        )


def folded(style: LabelStyle) -> tuple[str, str, str]:
    """One value for all spellings of a form: 1. 1． 1、 are the same, and so are （一） and (一)."""
    return style.before.translate(_FOLDED), style.numeral, style.after.translate(_FOLDED)
