"""Numbers the sections of a document: 一、 （一） 1. （1）, restarting as the kind or the outline says."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Result, Span
from planwriter.language.numerals import LabelStyle
from planwriter.model import Block, Box, Count, Document, Numbering, Section
from planwriter.model.memo import NO_MEMO, Memo
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
    parts = tuple(memo.replaced(part, blocks=counter.blocks(part.blocks)) for part in document.parts)
    findings = counter.findings
    attachments = []
    for attachment in document.attachments:
        own = _Counter(document.numbering, series, memo, continued=False)
        attachments.append(memo.replaced(attachment, blocks=own.blocks(attachment.blocks)))
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

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The blocks with their labels; one that does not change, behind numbers that do not change, is numbered once."""
        if not self.memo.remembers_blocks:
            return self.memo.gathered(list(map(self.block, blocks)), blocks)
        made: list[Block] = []
        for block in blocks:
            if not isinstance(block, (Section, Box)) or not block.children:
                made.append(self.block(block))
                continue
            state = (self.series, tuple(self.next), tuple(self.counted), self.all_series[0])
            numbered = self.memo.once(_numbered, block, self.numbering, by=(self.memo, *state))
            self.next, self.counted = list(numbered.next), list(numbered.counted)
            self.all_series[0] = numbered.all_series
            self.findings += numbered.findings
            made.append(numbered.block)
        return self.memo.gathered(made, blocks)

    def block(self, block: Block) -> Block:
        if isinstance(block, Section):
            return self.section(block)
        if isinstance(block, Box):
            inner = _Counter(self.numbering, self.all_series, self.memo, continued=False)
            numbered = self.memo.replaced(block, children=inner.blocks(block.children))
            self.findings += inner.findings
            return numbered
        return block

    def section(self, section: Section) -> Section:
        label, count = self.label(section)
        return self.memo.replaced(section, label=label, count=count, children=self.blocks(section.children))

    def label(self, section: Section) -> tuple[str, Count | None]:
        index = section.level - 1
        own = section.numbering
        if own and own.unnumbered:
            self.restart_below(section)
            return "", None
        number = own.start if own and own.start is not None else self.next[index]
        style = own.style if own and own.style else self.numbering[index].style
        if own and section.origin is not None and number not in (1, self.next[index]) and self.next[index] > 1:
            self.findings += _odd_number(section.origin, style, number, self.next[index])
        self.next[index] = number + 1
        self.counted[index] = True
        self.restart_below(section)
        try:
            return self.memo.once(_labelled, by=(style, number, self.series))
        except ValueError:
            if section.origin is not None:
                self.findings.append(
                    finding("PW221", section.origin, number=number, style=style.before + style.numeral + style.after)
                )
            return f"（{number}）", None

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
    block: Block,
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


def _labelled(style: LabelStyle, number: int, series: int) -> tuple[str, Count]:
    """A label and what it is made from. Raises ValueError if the style cannot write the number."""
    return style.label(number), Count(number=number, style=style, series=series)
