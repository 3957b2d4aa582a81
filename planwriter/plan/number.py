"""Numbers the sections of a document: 一、 （一） 1. （1）, restarting as the kind or the outline says."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Result, Span
from planwriter.language.numerals import LabelStyle
from planwriter.model import Block, Box, Count, Document, Numbering, Section
from planwriter.model.memo import NO_MEMO, Memo, joined
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import replace


def number_document(document: Document, memo: Memo = NO_MEMO) -> Result[Document]:
    """The document with the labels of all sections; numbering it again gives the same result.

    The numbers of a level continue within the level named by its `restart` (0: the whole document) and restart at
    every block of that level or a higher one. 起始 sets only the first number of a level. Boxes and attachments count
    by themselves.
    """
    series = [0]
    counter = _Counter(document.numbering, series, memo)
    parts = tuple(
        [memo.replaced(part, blocks=memo.gathered(counter.blocks(part.blocks), part.blocks)) for part in document.parts]
    )
    findings = counter.findings
    attachments = []
    for attachment in document.attachments:
        own = _Counter(document.numbering, series, memo, continued=False)
        blocks = memo.gathered(own.blocks(attachment.blocks), attachment.blocks)
        attachments.append(memo.replaced(attachment, blocks=blocks))
        findings += own.findings
    return Result(replace(document, parts=parts, attachments=tuple(attachments)), tuple(findings))


class _Numbered(NamedTuple):
    """A block with its labels, the findings on it, and the state of the counter behind it."""

    block: Block
    findings: tuple[Finding, ...]
    next: tuple[int, ...]
    counted: tuple[bool, ...]
    all_series: int


class _Counter:
    def __init__(self, numbering: Numbering, series: list[int], memo: Memo, *, continued: bool = True) -> None:
        self.memo = memo
        self.numbering = numbering
        self.all_series = series
        """How many series of numbers there are so far; all counters of a document share the list."""
        self.series = series[0]
        series[0] += 1
        self.next = [level.start if continued else 1 for level in numbering]
        self.counted = [not continued] * len(numbering)
        """For each level, whether a block of it has been counted; until then 起始 applies."""
        self.findings: list[Finding] = []

    def blocks(self, blocks: tuple[Block, ...]) -> list[Block]:
        """The blocks with their labels; one that does not change, behind numbers that do not change, is numbered once."""
        made: list[Block] = []
        for block in blocks:
            if isinstance(block, Section) and not block.children:
                made.append(self.labelled(block, self.number(block), ()))
            elif isinstance(block, (Section, Box)):
                made.append(self.remembered(block) if self.memo.remembers_blocks else self.block(block))
            else:
                made.append(block)
        return made

    def remembered(self, block: Section | Box) -> Block:
        """What `block` makes, and does to this counter."""
        if isinstance(block, Section):
            self.restart_below(block)  # numbers that restart anyway make no difference
        state = (self.series, tuple(self.next), tuple(self.counted), self.all_series[0])
        numbered = self.memo.once(_numbered, block, self.numbering, by=(self.memo, *state))
        self.next, self.counted = list(numbered.next), list(numbered.counted)
        self.all_series[0] = numbered.all_series
        self.findings += numbered.findings
        return numbered.block

    def block(self, block: Section | Box) -> Block:
        if isinstance(block, Section):
            number = self.number(block)
            return self.labelled(block, number, joined(self.blocks(block.children), block.children))
        inner = _Counter(self.numbering, self.all_series, self.memo, continued=False)
        numbered = self.memo.replaced(block, children=joined(inner.blocks(block.children), block.children))
        self.findings += inner.findings
        return numbered

    def number(self, section: Section) -> int | None:
        """The number of a section, which is counted; None if it has none."""
        index = section.level - 1
        own = section.numbering
        if own and own.unnumbered:
            self.restart_below(section)
            return None
        number = own.start if own and own.start is not None else self.next[index]
        if own and section.origin is not None and number not in (1, self.next[index]) and self.next[index] > 1:
            self.findings += _odd_number(section.origin, _style(section, self.numbering), number, self.next[index])
        self.next[index] = number + 1
        self.counted[index] = True
        self.restart_below(section)
        return number

    def labelled(self, section: Section, number: int | None, children: tuple[Block, ...]) -> Section:
        """A section with its label and with numbered children."""
        made = self.memo.once(_labelled, section, children, self.numbering, by=(number, self.series))
        if made is not None:
            return made
        style = _style(section, self.numbering)
        if section.origin is not None:
            shown = style.before + style.numeral + style.after
            self.findings.append(finding("PW221", section.origin, number=number, style=shown))
        return replace(section, label=f"（{number}）", count=None, children=children)

    def restart_below(self, section: Section) -> None:
        for index in range(section.level, len(self.next)):
            if self.numbering[index].restart >= section.level and self.counted[index]:
                self.next[index] = 1


def _numbered(
    memo: Memo,
    series: int,
    next_numbers: tuple[int, ...],
    counted: tuple[bool, ...],
    all_series: int,
    block: Section | Box,
    numbering: Numbering,
) -> _Numbered:
    counter = _Counter(numbering, [series], memo)
    counter.all_series[0] = all_series
    counter.next, counter.counted = list(next_numbers), list(counted)
    made = counter.block(block)
    return _Numbered(made, tuple(counter.findings), tuple(counter.next), tuple(counter.counted), counter.all_series[0])


def _odd_number(place: Span, style: LabelStyle, number: int, expected: int) -> Iterator[Finding]:
    """The finding on a number set by hand that does not follow the one before it; one that begins anew with 1 does."""
    try:
        label, before = style.label(number), style.label(expected - 1)
    except ValueError:
        return  # PW221
    yield finding("PW544", place, label=label, before=before, how="重复了" if number < expected else "接不上")


def _labelled(
    number: int | None, series: int, section: Section, children: tuple[Block, ...], numbering: Numbering
) -> Section | None:
    """A section with a label, or without one, and with these children; None if the style cannot write the number."""
    label, count = "", None
    if number is not None:
        style = _style(section, numbering)
        try:
            label, count = style.label(number), Count(number=number, style=style, series=series)
        except ValueError:
            return None
    if section.label == label and section.count == count and section.children is children:
        return section
    return replace(section, label=label, count=count, children=children)


def _style(section: Section, numbering: Numbering) -> LabelStyle:
    own = section.numbering
    return own.style if own and own.style else numbering[section.level - 1].style
