"""The texts of a composed document, each with its place in what the author typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planwriter.findings.finding import Span
from planwriter.model import Block, Box, Document, Duty, Paragraph, Section, Table, Text

_NARROW_WORDS = ("城区", "城镇", "农村", "乡村", "乡镇", "片区", "各县", "各区", "各镇", "各校", "街道", "分解", "分配")
_NARROW_ENDS = (*"镇乡县区市旗", "小学", "中学", "学校", "幼儿园")
"""Words in a heading which show that the text below it concerns only a part of the plan's region."""


class Passage(NamedTuple):
    """A text of the document."""

    text: Text
    is_deadline: bool = False
    """True for a 时限, which contains nothing but a date."""
    is_narrow: bool = False
    """True if its figures may be those of a town or a school: below such a heading, or in a row of a table."""

    def place(self, start: int, end: int) -> Span | None:
        """The place in the author's file of the characters from `start` to before `end`; None if the author did not type them."""
        return self.text.place(start, end)


def passages(document: Document) -> Iterator[Passage]:
    """The texts of a document in reading order; those that no author typed are left out."""
    for paragraph in document.preface:
        yield Passage(paragraph.text)
    for part in document.parts:
        yield from _of_blocks(part.blocks, False)
    for paragraph in document.closing:
        yield Passage(paragraph.text)
    for attachment in document.attachments:
        if not attachment.made_of:
            yield from _of_blocks(attachment.blocks, _is_narrow(attachment.title))


def _of_blocks(blocks: tuple[Block, ...], narrow: bool) -> Iterator[Passage]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield Passage(block.text, is_narrow=narrow)
            yield from _of_duty(block.duty)
        elif isinstance(block, Section):
            inside = narrow or _is_narrow(block.title)
            yield from (Passage(text, is_narrow=inside) for text in (block.title, block.text) if text)
            yield from _of_duty(block.duty)
            yield from _of_blocks(block.children, inside)
        elif isinstance(block, Box):
            yield Passage(block.title)
            yield from _of_blocks(block.children, narrow or _is_narrow(block.title))
        elif isinstance(block, Table):
            yield from (Passage(cell, is_narrow=True) for row in block.rows for cell in row)


def _is_narrow(title: Text | None) -> bool:
    return title is not None and (
        title.value.endswith(_NARROW_ENDS) or any(word in title.value for word in _NARROW_WORDS)
    )


def _of_duty(duty: Duty | None) -> Iterator[Passage]:
    if duty and duty.deadline:
        yield Passage(duty.deadline, is_deadline=True)
