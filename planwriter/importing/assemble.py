"""From the lines of a plan to its outline, in one of several ways from the richest to the plainest."""

from __future__ import annotations

from collections.abc import Iterable

from planwriter.importing.identity import Identity
from planwriter.importing.numbering import Finisher, infer_numbering
from planwriter.importing.official_frame import is_attachment_list, is_same_in_print, official_frame
from planwriter.importing.parts import divide
from planwriter.importing.plan_lines import AttachmentLines, PlanLines, joined
from planwriter.importing.script import ScriptLine
from planwriter.importing.structure import BoxEntry, Entry, Keys, Leaf, SectionEntry, read_entries, read_table
from planwriter.importing.texts import Origins, whole_text
from planwriter.model import Attachment, Block, Outline, Part, Text
from planwriter.start.enums import IntEnum
from planwriter.start.records import dataclass, replace


class Way(IntEnum):
    """How much of a text is told apart, from most to least."""

    FRAMED = 0
    """Notice, signature and list of attachments are those of the frame, and the attachments stand by themselves."""
    BODY = 1
    """Notice and signature are those of the frame; list and attachments are paragraphs and headings of the plan."""
    UNFRAMED = 2
    """What stands around the plan is paragraphs; the attachments stand by themselves."""
    UNATTACHED = 3
    """The attachments, too, are paragraphs and headings of the plan."""
    PLAIN = 4
    """No line but the first title is told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembler:
    """Makes the outline of one plan."""

    plan: PlanLines
    identity: Identity
    origins: Origins

    def outline(self, way: Way, plain: Keys = frozenset()) -> Outline | None:
        """The outline made in that way; the lines in `plain` stay paragraphs. None if the way does not apply."""
        plan, kind = self.plan, self.identity.kind
        is_framed = way <= Way.BODY
        if is_framed and not plan.is_framed:
            return None
        if way is Way.UNFRAMED and plan.attachments and plan.imprint:
            return None
        title, main = self._framed(way, plain) if is_framed else self._unframed(way, plain)
        attachments = plan.attachments if way in (Way.FRAMED, Way.UNFRAMED) else []
        runs = [self._entries(each.lines, plain) for each in attachments]
        divided = divide(main, kind)
        body = [entry for entries in divided.parts.values() for entry in entries]
        inner = [box.children for run in (body, *runs) for box in _boxes(run)]
        numbering = infer_numbering([body, *runs, *inner], kind.numbering, is_extract=not title)
        finisher = Finisher(self.origins, numbering)
        blocks = iter(finisher.blocks(body, continued=True))
        made = [self._attachment(each, finisher.blocks(run)) for each, run in zip(attachments, runs, strict=True)]
        frame = official_frame(plan, self.origins, attachments_apart=way is Way.FRAMED) if is_framed else None
        before = 1 if frame and frame.body_attached else 0
        return Outline(
            kind=kind.name,
            unit=self.identity.unit,
            region=self.identity.region,
            years=self.identity.years,
            title=self._title(title)
            if title
            else None
            if any(each.start > 1 for each in numbering)
            else Text(value=""),
            label=self._label("附件1" if made else "附件", before) if is_framed or not plan.is_notice else None,
            preface=self._paragraphs(divided.preface),
            parts=tuple(
                Part(role=role, blocks=tuple(next(blocks) for _ in run)) for role, run in divided.parts.items()
            ),
            closing=self._paragraphs(divided.closing),
            numbering=numbering,
            native_numbering=kind.native_numbering,
            duty_note=kind.duty_note,
            layout=kind.layout,
            attachments=tuple(_counted(each, before + nth, before + len(made)) for nth, each in enumerate(made, 1)),
            frame=frame,
        )

    def _framed(self, way: Way, plain: Keys) -> tuple[list[ScriptLine], list[Entry]]:
        """The title and the entries of a plan whose frame is told apart."""
        plan = self.plan
        made = self._entries(plan.body, plain)
        if way is Way.BODY or not is_attachment_list(plan, plan.own_list):
            made += [self._leaf(line) for line in plan.own_list]
        if way is Way.BODY:
            made += self._attached(plain)
        return plan.title, made

    def _attached(self, plain: Keys) -> list[Entry]:
        """The attachments as entries of the plan."""
        made: list[Entry] = []
        for each in self.plan.attachments:
            made += [self._leaf(line) for line in (each.label, *each.title)]
            made += self._entries(each.lines, plain)
        return made

    def _unframed(self, way: Way, plain: Keys) -> tuple[list[ScriptLine], list[Entry]]:
        """The title and the entries of a plan; what stands around its body is paragraphs."""
        plan = self.plan
        lines = [line for line in plan.all if line is not plan.label or plan.is_notice]
        title = plan.notice_title or plan.title
        if plan.head and lines:
            title = lines[:1]
        keys = {line.key for line in title}
        lines = [line for line in lines if line.key not in keys]
        if way is Way.PLAIN:
            return title, [self._leaf(line) for line in lines]
        inside = {line.key for line in plan.body}
        apart = {line.key for each in plan.attachments for line in each.all} | {line.key for line in plan.imprint}
        apart |= inside
        start = next((at for at, line in enumerate(lines) if line.key in inside), len(lines))
        made: list[Entry] = [self._leaf(line) for line in lines[:start] if line.key not in apart]
        made += self._entries(plan.body, plain)
        made += [self._leaf(line) for line in lines[start:] if line.key not in apart]
        if way is Way.UNATTACHED:
            made += self._attached(plain)
        return title, [*made, *(self._leaf(line) for line in plan.imprint)]

    def _entries(self, lines: list[ScriptLine], plain: Keys) -> list[Entry]:
        return read_entries(lines, self.origins, plain)

    def _leaf(self, line: ScriptLine) -> Leaf:
        table = read_table(line, self.origins) if line.rows else None
        return Leaf(line=line.number, text=whole_text(line), table=table)

    def _attachment(self, each: AttachmentLines, blocks: tuple[Block, ...]) -> Attachment:
        label = each.label.text.strip()
        return Attachment(
            title=self._title(each.title), label=label, blocks=blocks, origin=self.origins.span(each.label.number)
        )

    def _title(self, lines: list[ScriptLine]) -> Text:
        return self.origins.text(joined(lines), lines[0].number)

    def _label(self, counted: str, before: int) -> Text | None:
        """The label above the plan; None if the frame prints the `counted` one itself."""
        line = self.plan.label
        if line is None or (before and is_same_in_print(line.text, counted)):
            return None
        return self.origins.text(line.text.strip(), line.number)

    def _paragraphs(self, leaves: Iterable[Leaf]) -> Text | None:
        texts = [(leaf.text, leaf.line) for leaf in leaves if leaf.text]
        return self.origins.text("\n".join(text for text, _ in texts), texts[0][1]) if texts else None


def _counted(attachment: Attachment, number: int, count: int) -> Attachment:
    """An attachment without a label of its own if the program counts it to the same one."""
    counted = "附件" if count == 1 else f"附件{number}"
    return replace(attachment, label="") if is_same_in_print(attachment.label, counted) else attachment


def _boxes(entries: Iterable[Entry]) -> list[BoxEntry]:
    made: list[BoxEntry] = []
    for entry in entries:
        if isinstance(entry, BoxEntry):
            made.append(entry)
        if isinstance(entry, BoxEntry | SectionEntry):
            made += _boxes(entry.children)
    return made
