"""The lines of one plan by what they are around it: notice, title, body, attachments, signature."""

from __future__ import annotations

from planwriter.importing.script import ScriptLine
from planwriter.start.records import dataclass, field


@dataclass(slots=True, kw_only=True)
class AttachmentLines:
    """An attachment: its label, its title, its content."""

    label: ScriptLine
    title: list[ScriptLine]
    lines: list[ScriptLine]

    @property
    def title_text(self) -> str:
        """The title on one line."""
        return joined(self.title)

    @property
    def all(self) -> list[ScriptLine]:
        """All lines in their order."""
        return [self.label, *self.title, *self.lines]


@dataclass(slots=True, kw_only=True)
class PlanLines:
    """The lines of one plan by what they are; every line is in one of the lists, and `all` has them in their order."""

    head: list[tuple[str, ScriptLine]] = field(default_factory=list)
    """What stands above the first title, by its key: 份号, 密级, 紧急程度, 发文机关, 文号, 签发人, 附件标识."""
    notice_title: list[ScriptLine] = field(default_factory=list)
    number: ScriptLine | None = None
    """The document number below the first title."""
    recipients: ScriptLine | None = None
    notice_body: list[ScriptLine] = field(default_factory=list)
    attached: list[ScriptLine] = field(default_factory=list)
    """附件说明."""
    signature: list[ScriptLine] = field(default_factory=list)
    date: ScriptLine | None = None
    note: ScriptLine | None = None
    label: ScriptLine | None = None
    """The 附件 label above the plan."""
    title: list[ScriptLine] = field(default_factory=list)
    body: list[ScriptLine] = field(default_factory=list)
    listed: list[ScriptLine] = field(default_factory=list)
    """附件说明 at the end of a plan that a notice wraps."""
    attachments: list[AttachmentLines] = field(default_factory=list)
    imprint: list[ScriptLine] = field(default_factory=list)
    within: PlanLines | None = None
    """Title, signature and date of a plan that stands in the body, behind a notice without a title."""
    all: list[ScriptLine] = field(default_factory=list)

    @property
    def own_list(self) -> list[ScriptLine]:
        """附件说明 at the end of the plan itself."""
        return self.listed if self.is_notice else self.attached

    @property
    def is_notice(self) -> bool:
        """True if a notice wraps the plan."""
        return bool(self.notice_title)

    @property
    def is_framed(self) -> bool:
        """True if anything of an official frame stands around the plan."""
        around = (self.date, self.signature, self.recipients, self.number, self.imprint, self.head)
        return self.is_notice or any(around)

    @property
    def title_text(self) -> str:
        """The title on one line."""
        return joined(self.title)


def joined(lines: list[ScriptLine]) -> str:
    """The lines of a title as one; a blank stays only between words of letters."""
    made = ""
    for line in lines:
        text = line.text.strip()
        gap = " " if made[-1:].isascii() and made[-1:].isalnum() and text[:1].isascii() and text[:1].isalnum() else ""
        made += gap + text
    return made
