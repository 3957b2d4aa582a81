"""Extracts what concerns some units from a plan; blocks keep the labels that they have in the whole plan."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.model import Attachment, Block, Box, Document, Paragraph, Section, Text
from planwriter.plan.duties import concerns
from planwriter.plan.flow import attachment_labels
from planwriter.plan.tables import target_table, task_table
from planwriter.start.records import replace

_TARGETS = "指标表"


def extract_units(document: Document, units: tuple[str, ...]) -> Document:
    """A document with what these units lead or support, named after them, with the labels of the numbered `document`.

    A block that names a unit is kept whole, and the headings above it. If the units have no tasks, a table
    shows their targets. The extract is not issued: it has no frame, and its labels are text.
    """
    wanted = frozenset(units)
    parts = tuple(replace(part, blocks=tuple(_kept(part.blocks, wanted))) for part in document.parts)
    cut = replace(
        document,
        title=_title(document.title, units),
        label="",
        preface=(),
        parts=tuple(part for part in parts if part.blocks),
        closing=(),
        frame=None,
        native_numbering=False,
        targets=tuple(target for target in document.targets if concerns(target.duty, wanted)),
    )
    labelled = zip(document.attachments, attachment_labels(document), strict=True)
    attachments = tuple(
        each for attachment, label in labelled for each in _attachment(replace(attachment, label=label), cut, wanted)
    )
    if not cut.parts and cut.targets and not any(each.made_of == _TARGETS for each in attachments):
        own = Attachment(title=Text(value=_TARGETS), made_of=_TARGETS, blocks=(target_table(cut.targets),))
        attachments = (*attachments, own)
    return replace(cut, attachments=attachments)


def _title(title: str, units: tuple[str, ...]) -> str:
    named = f"{'、'.join(units)}任务摘编"
    return f"{title}（{named}）" if title else named


def _kept(blocks: tuple[Block, ...], units: frozenset[str]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Paragraph):
            if concerns(block.duty, units):
                yield block
        elif isinstance(block, Section):
            yield from _section(block, units)
        elif isinstance(block, Box):
            children = tuple(_kept(block.children, units))
            if children:
                yield replace(block, children=children)


def _section(section: Section, units: frozenset[str]) -> Iterator[Section]:
    if concerns(section.duty, units):
        yield section
        return
    children = tuple(_kept(section.children, units))
    if children:
        text = None if section.title else section.text  # without a title, the text is the heading
        yield replace(section, text=text, duty=None, children=children)


def _attachment(attachment: Attachment, cut: Document, units: frozenset[str]) -> Iterator[Attachment]:
    """The attachment, cut down; tables made from the outline are made from the extract instead."""
    if attachment.made_of == _TARGETS:
        blocks: tuple[Block, ...] = (target_table(cut.targets),) if cut.targets else ()
    elif attachment.made_of:
        blocks = (task_table(cut.parts),) if cut.parts else ()
    else:
        blocks = tuple(_kept(attachment.blocks, units))
    if blocks:
        yield replace(attachment, blocks=blocks)
