"""The document as a flow of lines, the same for every writer: what stands in each paragraph, and in which role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from planwriter.model import Block, Box, Document, Duty, Paragraph, Section, Table

TITLE = "title"
BODY = "body"
HEADINGS = ("heading1", "heading2", "heading3", "heading4")
CAPTION = "caption"
BOX_TITLE = "box_title"
_SENTENCE_ENDS = "。！？；："


class Run(NamedTuple):
    """Characters of one role: a heading's face for a title that runs in, the body's for the text after it."""

    text: str
    role: str


class Line(NamedTuple):
    """One paragraph. `role` is that of the paragraph; `boxed` tells those inside a 专栏."""

    role: str
    runs: tuple[Run, ...]
    boxed: bool = False

    @property
    def text(self) -> str:
        """The characters of the paragraph."""
        return "".join(run.text for run in self.runs)


class Grid(NamedTuple):
    """A table: rows of cells, the first row its header."""

    rows: tuple[tuple[str, ...], ...]


Item: TypeAlias = Line | Grid


def flow(document: Document) -> Iterator[Item]:
    """The lines and tables of a numbered document, from its title to its last paragraph."""
    if document.title:
        yield _line(document.title, TITLE)
    for paragraph in document.preface:
        yield _line(paragraph.text.value, BODY)
    for part in document.parts:
        for block in part.blocks:
            yield from _block(block, document)
    for paragraph in document.closing:
        yield _line(paragraph.text.value, BODY)


def _line(text: str, role: str) -> Line:
    return Line(role, (Run(text, role),))


def _block(block: Block, document: Document) -> Iterator[Item]:
    if isinstance(block, Section):
        yield from _section(block, document)
    elif isinstance(block, Paragraph):
        yield _line(block.text.value + _note(block.duty, document), BODY)
    elif isinstance(block, Box):
        yield _line(block.title.value, BOX_TITLE)._replace(boxed=True)
        for child in block.children:
            for item in _block(child, document):
                yield item._replace(boxed=True) if isinstance(item, Line) else item
    elif isinstance(block, Table):
        if block.caption and block.caption.value:
            yield _line(block.caption.value, CAPTION)
        yield Grid(tuple(tuple(cell.value for cell in row) for row in block.rows))


def _section(section: Section, document: Document) -> Iterator[Item]:
    role = HEADINGS[section.level - 1]
    level = document.numbering[section.level - 1]
    run_in = level.run_in if section.run_in is None else section.run_in
    title = section.title.value if section.title else ""
    texts = [line.strip() for line in section.text.value.split("\n") if line.strip()] if section.text else []
    note = _note(section.duty, document)
    if texts:
        texts[-1] += note
    elif note and section.children and title:  # a heading by itself stays one; who answers follows on a line of its own
        texts, run_in = [note], False
    else:
        title += note
    if not title:
        if texts:
            yield Line(BODY, (Run(section.label, BODY), Run(texts[0], BODY)) if section.label else (Run(texts[0], BODY),))
        yield from (_line(text, BODY) for text in texts[1:])
    elif texts and run_in:
        stop = "" if title[-1] in _SENTENCE_ENDS else "。"
        yield Line(BODY, (Run(section.label + title + stop, role), Run(texts[0], BODY)))
        yield from (_line(text, BODY) for text in texts[1:])
    else:
        yield _line(section.label + title, role)
        yield from (_line(text, BODY) for text in texts)
    for child in section.children:
        yield from _block(child, document)


def _note(duty: Duty | None, document: Document) -> str:
    return duty_note(duty) if document.duty_note == "句末" else ""


def duty_note(duty: Duty | None) -> str:
    """Who answers for a block, as it closes the paragraph: （责任单位：甲股、乙股；配合单位：丙股；完成时限：2026年12月）."""
    if duty is None:
        return ""
    parts = []
    if duty.lead:
        parts.append("责任单位：" + "、".join(unit.value for unit in duty.lead))
    if duty.support:
        parts.append("配合单位：" + "、".join(unit.value for unit in duty.support))
    if duty.deadline:
        parts.append("完成时限：" + duty.deadline.value)
    return "（" + "；".join(parts) + "）" if parts else ""
