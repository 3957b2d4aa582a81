"""From the lines of a plan to its outline, in one of several ways from the richest to the plainest."""

from __future__ import annotations

import re
from collections.abc import Iterable

from planwriter.importing.frame import AttachmentLines, PlanLines, joined
from planwriter.importing.identity import Identity
from planwriter.importing.numbering import Finisher, infer_numbering
from planwriter.importing.parts import divide
from planwriter.importing.script import ScriptLine
from planwriter.importing.structure import BoxEntry, Entry, Keys, Leaf, SectionEntry, read_entries, read_table
from planwriter.importing.texts import Origins, whole_text
from planwriter.language.dates import official_date
from planwriter.model import Attachment, Block, Frame, Outline, Part, Text
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
        title, main = self.framed(way, plain) if is_framed else self.unframed(way, plain)
        attachments = plan.attachments if way in (Way.FRAMED, Way.UNFRAMED) else []
        runs = [self.entries(each.lines, plain) for each in attachments]
        divided = divide(main, kind)
        body = [entry for entries in divided.parts.values() for entry in entries]
        inner = [box.children for run in (body, *runs) for box in _boxes(run)]
        numbering = infer_numbering([body, *runs, *inner], kind.numbering, is_extract=not title)
        finisher = Finisher(self.origins, numbering)
        blocks = iter(finisher.blocks(body, continued=True))
        made = [self.attachment(each, finisher.blocks(run)) for each, run in zip(attachments, runs, strict=True)]
        frame = self.frame(way) if is_framed else None
        label = plan.label.text.strip() if plan.label and (is_framed or not plan.is_notice) else ""
        before = 1 if frame and frame.body_attached else 0
        if before and _same(label, "附件1" if made else "附件"):
            label = ""
        return Outline(
            kind=kind.name,
            unit=self.identity.unit,
            region=self.identity.region,
            years=self.identity.years,
            title=self.title(title) if title else None if any(each.start > 1 for each in numbering) else Text(value=""),
            label=self.origins.text(label, plan.label.number) if label and plan.label else None,
            preface=self.paragraphs(divided.preface),
            parts=tuple(
                Part(role=role, blocks=tuple(next(blocks) for _ in run)) for role, run in divided.parts.items()
            ),
            closing=self.paragraphs(divided.closing),
            numbering=numbering,
            native_numbering=kind.native_numbering,
            duty_note=kind.duty_note,
            layout=kind.layout,
            attachments=tuple(_counted(each, before + nth, before + len(made)) for nth, each in enumerate(made, 1)),
            frame=frame,
        )

    def framed(self, way: Way, plain: Keys) -> tuple[list[ScriptLine], list[Entry]]:
        """The title and the entries of a plan whose frame is told apart."""
        plan = self.plan
        made = self.entries(plan.body, plain)
        own = plan.listed if plan.is_notice else plan.attached
        if way is Way.BODY or not self.is_listed(own):
            made += [_leaf(line, self.origins) for line in own]
        if way is Way.BODY:
            made += self.attached(plain)
        return plan.title, made

    def is_listed(self, lines: list[ScriptLine], *, with_plan: bool = False) -> bool:
        """True if lines are the list of attachments that the frame prints; `with_plan` if the plan is the first of them."""
        names = [each.title_text for each in self.plan.attachments]
        names = [self.plan.title_text, *names] if with_plan else names
        return bool(lines and names) and _same("".join(map(whole_text, lines)), _listed(names))

    def attached(self, plain: Keys) -> list[Entry]:
        """The attachments as entries of the plan."""
        made: list[Entry] = []
        for each in self.plan.attachments:
            made += [_leaf(line, self.origins) for line in (each.label, *each.title)]
            made += self.entries(each.lines, plain)
        return made

    def unframed(self, way: Way, plain: Keys) -> tuple[list[ScriptLine], list[Entry]]:
        """The title and the entries of a plan; what stands around its body is paragraphs."""
        plan = self.plan
        lines = [line for line in plan.all if line is not plan.label or plan.is_notice]
        title = plan.notice_title or plan.title
        if plan.head and lines:
            title = lines[:1]
        keys = {line.key for line in title}
        lines = [line for line in lines if line.key not in keys]
        if way is Way.PLAIN:
            return title, [_leaf(line, self.origins) for line in lines]
        inside = {line.key for line in plan.body}
        apart = {line.key for each in plan.attachments for line in each.all} | {line.key for line in plan.imprint}
        apart |= inside
        start = next((at for at, line in enumerate(lines) if line.key in inside), len(lines))
        made: list[Entry] = [_leaf(line, self.origins) for line in lines[:start] if line.key not in apart]
        made += self.entries(plan.body, plain)
        made += [_leaf(line, self.origins) for line in lines[start:] if line.key not in apart]
        if way is Way.UNATTACHED:
            made += self.attached(plain)
        return title, [*made, *(_leaf(line, self.origins) for line in plan.imprint)]

    def entries(self, lines: list[ScriptLine], plain: Keys) -> list[Entry]:
        return read_entries(lines, self.origins, plain)

    def attachment(self, each: AttachmentLines, blocks: tuple[Block, ...]) -> Attachment:
        label = each.label.text.strip()
        return Attachment(
            title=self.title(each.title), label=label, blocks=blocks, origin=self.origins.span(each.label.number)
        )

    def title(self, lines: list[ScriptLine]) -> Text:
        return self.origins.text(joined(lines), lines[0].number)

    def paragraphs(self, leaves: Iterable[Leaf]) -> Text | None:
        texts = [(leaf.text, leaf.line) for leaf in leaves if leaf.text]
        return self.origins.text("\n".join(text for text, _ in texts), texts[0][1]) if texts else None

    def texts(self, lines: Iterable[ScriptLine]) -> tuple[Text, ...]:
        return tuple(self.origins.text(whole_text(line), line.number) for line in lines)

    def frame(self, way: Way) -> Frame:
        """发文, from the lines around the plan."""
        plan, origins = self.plan, self.origins
        head: dict[str, list[ScriptLine]] = {}
        for key, line in plan.head:
            head.setdefault(key, []).append(line)
        number = plan.number or next(iter(head.get("文号", ())), None)
        attached = plan.is_notice and way is Way.FRAMED and self.is_listed(plan.attached, with_plan=True)
        own = plan.listed if plan.is_notice else plan.attached
        in_notice = plan.is_notice and way is Way.FRAMED and not attached and self.is_listed(plan.attached)
        is_listed = way is Way.FRAMED and (attached or in_notice or self.is_listed(own))
        body = [*plan.notice_body, *(plan.attached if plan.is_notice and not (attached or in_notice) else [])]
        approver = next(iter(head.get("签发人", ())), None)
        signed = re.fullmatch(r"(.*?)\s*签发人\s*[:：]\s*(.+)", approver.text.strip()) if approver else None
        copies, printer, print_date = self.imprint()
        shown_date = official_date(re.sub(r"\s", "", plan.date.text)) if plan.date else None
        signature = [*plan.signature, *(_some(plan.date) if shown_date is None else [])]
        marked = "发文机关" in head
        return Frame(
            form="通知" if plan.is_notice else "直发",
            head="印制" if marked else "无" if number is None or plan.number is not None else "留空",
            issuers=tuple(
                self.origins.text(line.text.strip().removesuffix("文件").strip(), line.number)
                for line in head.get("发文机关", ())
            ),
            number=origins.text(_number(signed[1] if signed and signed[1] else whole_text(number)), number.number)
            if number
            else None,
            approvers=tuple(origins.text(name, approver.number) for name in re.split(r"[\s　]+", signed[2].strip()))
            if signed and approver
            else (),
            classification=self.one(head.get("密级")),
            urgency=self.one(head.get("紧急程度")),
            copy_number=self.one(head.get("份号")),
            recipients=self.recipients(),
            notice_title=origins.text(_as_broken(plan.notice_title), plan.notice_title[0].number)
            if plan.is_notice
            else None,
            notice_body=self.paragraphs(Leaf(line=line.number, text=whole_text(line)) for line in body),
            lists_attachments=is_listed or not plan.attachments,
            listed_in_notice=in_notice,
            body_attached=attached or not plan.is_notice,
            signatures=tuple(
                origins.text(name.strip(), line.number)
                for line in signature
                for name in line.text.split("\t")
                if name.strip()
            ),
            signed=bool(signature),
            date=origins.text(shown_date, plan.date.number) if plan.date and shown_date else None,
            sealed=len(signature) <= 1 or any("\t" in line.text for line in signature),
            note=origins.text(plan.note.text.strip().strip("（）()"), plan.note.number) if plan.note else None,
            copies=copies,
            printer=printer,
            print_date=print_date,
            origin=origins.span((plan.notice_title or plan.title)[0].number)
            if plan.notice_title or plan.title
            else None,
        )

    def one(self, lines: list[ScriptLine] | None) -> Text | None:
        return self.origins.text(lines[0].text.strip(), lines[0].number) if lines else None

    def recipients(self) -> tuple[Text, ...]:
        line = self.plan.recipients
        if line is None:
            return ()
        return tuple(
            self.origins.text(name.strip(), line.number)
            for name in re.split("[，,]", line.text.strip()[:-1])
            if name.strip()
        )

    def imprint(self) -> tuple[tuple[Text, ...], Text | None, Text | None]:
        copies: tuple[Text, ...] = ()
        printer = print_date = None
        for line in self.plan.imprint:
            text = line.text.strip()
            if re.match(r"抄\s*送", text):
                names = re.sub(r"^抄\s*送\s*[:：]", "", text).rstrip("。")
                copies = tuple(
                    self.origins.text(name.strip(), line.number) for name in re.split("[，,]", names) if name.strip()
                )
            elif printed := re.fullmatch(r"(.{2,40}?)\s+(.{8,20}?)\s*印\s*发", text):
                printer = self.origins.text(printed[1].strip(), line.number)
                shown = official_date(re.sub(r"\s", "", printed[2]))
                print_date = self.origins.text(shown or printed[2].strip(), line.number)
        return copies, printer, print_date


def _as_broken(lines: list[ScriptLine]) -> str:
    """The title of a notice, broken where it was, unless a pair of marks is torn."""
    texts = [line.text.strip() for line in lines]
    is_torn = any(text.count(one) != text.count(two) for text in texts for one, two in ("《》", "“”", "（）"))
    return joined(lines) if is_torn else "\n".join(texts)


def _some(line: ScriptLine | None) -> list[ScriptLine]:
    return [line] if line is not None else []


def _leaf(line: ScriptLine, origins: Origins) -> Leaf:
    table = read_table(line, origins) if line.rows else None
    return Leaf(line=line.number, text=whole_text(line), table=table)


def _counted(attachment: Attachment, number: int, count: int) -> Attachment:
    """An attachment without a label of its own if the program counts it to the same one."""
    counted = "附件" if count == 1 else f"附件{number}"
    return replace(attachment, label="") if _same(attachment.label, counted) else attachment


def _boxes(entries: Iterable[Entry]) -> list[BoxEntry]:
    made: list[BoxEntry] = []
    for entry in entries:
        if isinstance(entry, BoxEntry):
            made.append(entry)
        if isinstance(entry, BoxEntry | SectionEntry):
            made += _boxes(entry.children)
    return made


def _number(text: str) -> str:
    """A document number without blanks."""
    return re.sub(r"\s", "", text)


def _listed(names: list[str]) -> str:
    """附件说明 as it is printed."""
    if len(names) == 1:
        return f"附件：{names[0]}"
    return "附件：" + "".join(f"{number}.{name}" for number, name in enumerate(names, 1))


def _same(one: str, other: str) -> bool:
    """True if two texts differ only in blanks and in the widths of marks."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text).translate(str.maketrans("：，（）．", ":,()."))
