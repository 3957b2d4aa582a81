"""Checks responsible units: each is named once for one thing (PW222) and printed somewhere (PW606)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Span
from planwriter.language.unit_names import unit_names
from planwriter.model import Attachment, Block, Duty, Outline, Paragraph, Part, Section, Use
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.model.walk import walk


def check_duties(outline: Outline, memo: Memo = NO_MEMO) -> Iterator[Finding]:
    """The findings on the units that blocks and targets name."""
    yield from _check_note(outline)
    for holder in (*outline.parts, *outline.attachments):
        yield from memo.once(_doubles_in, holder)
    yield from memo.once(_doubles_of, *(target.duty for target in outline.targets if target.duty))


def _duty(block: Block) -> Duty | None:
    return block.duty if isinstance(block, (Section, Paragraph, Use)) else None


def _check_note(outline: Outline) -> Iterator[Finding]:
    """Reports an outline whose units stand only in a table (附表), if its parts name units and no table is attached."""
    attached = any(attachment.made_of == "任务分解表" for attachment in outline.attachments)
    if outline.duty_note != "附表" or attached or outline.origin is None:
        return
    if any(_duty(visit.block) for part in outline.parts for visit in walk(part.blocks)):
        key = outline.origin.find("\n责任标注")  # at the start of a line: the key, not a word in a text
        yield finding("PW606", Span(key.source, key.start + 1, key.end) if key is not outline.origin else key)


def _doubles_of(*duties: Duty) -> tuple[Finding, ...]:
    return tuple(each for duty in duties for each in _check_doubles(duty))


def _doubles_in(holder: Part | Attachment) -> tuple[Finding, ...]:
    """The findings on all blocks of a part or an attachment."""
    return tuple(each for visit in walk(holder.blocks) for each in _check_doubles(_duty(visit.block)))


def _check_doubles(duty: Duty | None) -> Iterator[Finding]:
    """A finding for each unit named twice for one thing."""
    if duty is None:
        return
    seen: dict[str, str] = {}
    for where, texts in (("“责任单位”", duty.lead), ("“配合单位”", duty.support)):
        for text, name in ((each, name) for each in texts for name in unit_names(each.value)):
            if name in seen and text.origin:
                both = f"{where}里" if seen[name] == where else f"{seen[name]}和{where}里"
                yield finding("PW222", text.origin, where=both, unit=name)
            seen.setdefault(name, where)
