"""发文, from the lines around a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwriter.importing.line_forms import APPROVER, COPIES, PRINTED
from planwriter.importing.plan_lines import PlanLines, joined
from planwriter.importing.script import ScriptLine
from planwriter.importing.texts import Origins, whole_text
from planwriter.language.dates import official_date, spelled_date
from planwriter.model import Frame, Text
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass

_BLANKS = regex(r"\s+")
_BETWEEN_NAMES = regex("[，,]")
_WIDTHS = str.maketrans("：，（）．", ":,().")


def official_frame(plan: PlanLines, origins: Origins, *, attachments_apart: bool) -> Frame:
    """The frame of a plan. With `attachments_apart` its attachments stand by themselves, so that the frame may list them."""
    attached = plan.is_notice and attachments_apart and is_attachment_list(plan, plan.attached, with_plan=True)
    in_notice = plan.is_notice and attachments_apart and not attached and is_attachment_list(plan, plan.attached)
    is_listed = attachments_apart and (attached or in_notice or is_attachment_list(plan, plan.own_list))
    lines = _FrameLines(plan, origins)
    number, approvers = lines.number_and_approvers()
    date, signature = lines.date(), lines.signature()
    copies, printer, print_date = lines.imprint()
    issuers = tuple(lines.of_head("发文机关"))
    body = [*plan.notice_body, *(plan.attached if plan.is_notice and not (attached or in_notice) else [])]
    first = next(iter(plan.notice_title or plan.title), None)
    return Frame(
        form="通知" if plan.is_notice else "直发",
        head="印制" if issuers else "无" if number is None or plan.number is not None else "留空",
        issuers=tuple(lines.text(each, each.text.strip().removesuffix("文件")) for each in issuers),
        number=number,
        approvers=approvers,
        classification=lines.first("密级"),
        urgency=lines.first("紧急程度"),
        copy_number=lines.first("份号"),
        recipients=lines.names(plan.recipients, _BETWEEN_NAMES.split(plan.recipients.text.strip()[:-1]))
        if plan.recipients
        else (),
        notice_title=lines.text(plan.notice_title[0], _as_broken(plan.notice_title)) if plan.is_notice else None,
        notice_body=origins.paragraphs(map(whole_text, body), body[0].number) if body else None,
        lists_attachments=is_listed or not plan.attachments,
        listed_in_notice=in_notice,
        body_attached=attached or not plan.is_notice,
        signatures=tuple(name for line in signature for name in lines.names(line, line.text.split("\t"))),
        signed=bool(signature),
        date=date,
        sealed=len(signature) <= 1 or any("\t" in line.text for line in signature),
        note=lines.text(plan.note, plan.note.text.strip().strip("（）()")) if plan.note else None,
        copies=copies,
        printer=printer,
        print_date=print_date,
        origin=origins.span(first.number) if first else None,
    )


@dataclass(frozen=True, slots=True)
class _FrameLines:
    """The lines around a plan as texts that know their places."""

    plan: PlanLines
    origins: Origins

    def text(self, line: ScriptLine, value: str) -> Text:
        return self.origins.text(value.strip(), line.number)

    def names(self, line: ScriptLine, names: Iterable[str]) -> tuple[Text, ...]:
        return tuple(self.text(line, name) for name in names if name.strip())

    def of_head(self, key: str) -> Iterator[ScriptLine]:
        return (line for known, line in self.plan.head if known == key)

    def first(self, key: str) -> Text | None:
        line = next(self.of_head(key), None)
        return self.text(line, line.text) if line else None

    def number_and_approvers(self) -> tuple[Text | None, tuple[Text, ...]]:
        """文号 and 签发人, which may stand on one line."""
        line = self.plan.number or next(self.of_head("文号"), None)
        approver = next(self.of_head("签发人"), None)
        signed = APPROVER.fullmatch(approver.text.strip()) if approver else None
        approvers = self.names(approver, _BLANKS.split(signed[2])) if approver and signed else ()
        if approver and signed and signed[1]:
            return self.text(approver, _BLANKS.sub("", signed[1])), approvers
        return self.text(line, _BLANKS.sub("", whole_text(line))) if line else None, approvers

    def date(self) -> Text | None:
        """成文日期; None if it cannot be read."""
        line = self.plan.date
        bare = _BLANKS.sub("", line.text) if line else ""
        shown = official_date(bare) or spelled_date(bare)
        return self.text(line, shown) if line and shown else None

    def signature(self) -> list[ScriptLine]:
        """The lines of 署名; a date that cannot be read stands among them."""
        unread = [self.plan.date] if self.plan.date and self.date() is None else []
        return [*self.plan.signature, *unread]

    def imprint(self) -> tuple[tuple[Text, ...], Text | None, Text | None]:
        """抄送, 印发机关 and 印发日期."""
        copies: tuple[Text, ...] = ()
        printer = print_date = None
        for line in self.plan.imprint:
            text = line.text.strip()
            if copied := COPIES.fullmatch(text):
                copies = self.names(line, _BETWEEN_NAMES.split(copied[1].rstrip("。")))
            elif printed := PRINTED.fullmatch(text):
                printer = self.text(line, printed[1])
                print_date = self.text(line, official_date(_BLANKS.sub("", printed[2])) or printed[2])
        return copies, printer, print_date


def is_attachment_list(plan: PlanLines, lines: list[ScriptLine], *, with_plan: bool = False) -> bool:
    """True if `lines` are the list of attachments that the frame prints; `with_plan` if the plan is the first of them."""
    names = [each.title_text for each in plan.attachments]
    names = [plan.title_text, *names] if with_plan else names
    return bool(lines and names) and is_same_in_print("".join(map(whole_text, lines)), _list_of(names))


def is_same_in_print(one: str, other: str) -> bool:
    """True if two texts differ only in blanks and in the widths of marks."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return _BLANKS.sub("", text).translate(_WIDTHS)


def _list_of(names: list[str]) -> str:
    """附件说明 as it is printed."""
    if len(names) == 1:
        return f"附件：{names[0]}"
    return "附件：" + "".join(f"{number}.{name}" for number, name in enumerate(names, 1))


def _as_broken(lines: list[ScriptLine]) -> str:
    """The title of a notice, broken where it was, unless a pair of marks is torn."""
    texts = [line.text.strip() for line in lines]
    is_torn = any(text.count(one) != text.count(two) for text in texts for one, two in ("《》", "“”", "（）"))
    return joined(lines) if is_torn else "\n".join(texts)
