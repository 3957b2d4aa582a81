"""Marks commitments that nobody set in a draft: 覆盖率达到【95%】."""

from __future__ import annotations

from planwriter.checks.figures.reading import unit_at
from planwriter.model import Block, Box, Document, Duty, Filling, Paragraph, Picture, Section, Table, Text
from planwriter.model.walk import rebuild
from planwriter.plan.tables import task_table
from planwriter.start.records import replace


def mark_unset(document: Document) -> Document:
    """The document with 【】 around each figure or date that a clause took from its defaults, with its unit.

    The marks are set after every check, so that no rule reads them. They stand in the texts, so that every form of output
    shows them, and `audit` reports them in a .docx.
    """
    parts = tuple(replace(part, blocks=rebuild(part.blocks, _marked_block)) for part in document.parts)
    attachments = tuple(
        replace(each, blocks=(task_table(parts),))
        if each.made_of == "任务分解表"
        else replace(each, blocks=rebuild(each.blocks, _marked_block))
        for each in document.attachments
    )
    return replace(document, parts=parts, attachments=attachments)


def _marked_block(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=_marked(block.text), duty=_marked_duty(block.duty))
    if isinstance(block, Section):
        return replace(
            block,
            title=_marked(block.title) if block.title else None,
            text=_marked(block.text) if block.text else None,
            duty=_marked_duty(block.duty),
        )
    if isinstance(block, Box):
        return replace(block, title=_marked(block.title))
    if isinstance(block, (Table, Picture)) and block.caption:
        block = replace(block, caption=_marked(block.caption))
    if isinstance(block, Table):
        return replace(block, rows=tuple(tuple(_marked(cell) for cell in row) for row in block.rows))
    return block


def _marked_duty(duty: Duty | None) -> Duty | None:
    if duty is None:
        return None
    deadline = _marked(duty.deadline) if duty.deadline else None
    return Duty(lead=tuple(map(_marked, duty.lead)), support=tuple(map(_marked, duty.support)), deadline=deadline)


def _end_of_unit(text: str, end: int) -> int:
    unit, after = unit_at(text, end)
    return after + len("工作日") if unit == "个" and text.startswith("工作日", after) else after if unit else end


def _marked(text: Text) -> Text:
    filling = text.filling
    if filling is None or not filling.unset:
        return text
    made, at = [], 0
    added: list[tuple[int, int]] = []
    for first, last in filling.unset:
        begin, end = first - filling.offset, last - filling.offset
        if begin < at or end > len(text.value) or begin >= end:  # in another paragraph, or empty
            continue
        end = _end_of_unit(text.value, end)
        made.append(f"{text.value[at:begin]}【{text.value[begin:end]}】")
        added.append((begin + filling.offset, end + filling.offset))
        at = end
    return replace(text, value="".join(made) + text.value[at:], filling=_with_marks(filling, added))


def _with_marks(filling: Filling, added: list[tuple[int, int]]) -> Filling:
    """The filling with its pieces where they stand once there are marks around the stretches `added`."""
    first, *others = filling.pieces
    moved = ((start + sum((a <= start) + (b < start) for a, b in added), at, is_hole) for start, at, is_hole in others)
    return replace(filling, pieces=(first, *moved))
