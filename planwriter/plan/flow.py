"""The document as a flow of lines, the same for every writer: the text and the role of each paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.model import (
    Block,
    Box,
    Document,
    Duty,
    Frame,
    Image,
    Merge,
    Numbering,
    Paragraph,
    Picture,
    Section,
    Table,
    Text,
)
from planwriter.model.added import ADDED, DUTY_NOTE
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.model.walk import TextRole
from planwriter.start.enums import Enum
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.typing import TypeAlias


class LineRole(str, Enum):
    """The role of a paragraph, or of the characters of a run; the writers name their styles after it.

    Layouts use the same names. BLANK_MARK and BLANK_RULE are the spaces for the mark and the red
    rule on pre-printed paper; they have no text.
    """

    TITLE = "title"
    BODY = "body"
    HEADING1 = "heading1"
    HEADING2 = "heading2"
    HEADING3 = "heading3"
    HEADING4 = "heading4"
    CAPTION = "caption"
    BOX_TITLE = "box_title"
    COPY_NUMBER = "copy_number"
    SECRECY = "secrecy"
    MARK = "mark"
    NUMBER = "number"
    RULE = "rule"
    RECIPIENTS = "recipients"
    ATTACHED = "attached"
    SIGNATURE = "signature"
    DATE = "date"
    NOTE = "note"
    LABEL = "label"
    IMPRINT = "imprint"
    BLANK_MARK = "blank_mark"
    BLANK_RULE = "blank_rule"

    __str__ = str.__str__

    def __format__(self, spec: str) -> str:
        return str.__format__(self, spec)  # the value, not the name, in every version of Python


HEADINGS = (LineRole.HEADING1, LineRole.HEADING2, LineRole.HEADING3, LineRole.HEADING4)
# Globals, since the writers compare roles line by line: in Python 3.11 an enum lookup takes forty times as long.
TITLE = LineRole.TITLE
BODY = LineRole.BODY
CAPTION = LineRole.CAPTION
BOX_TITLE = LineRole.BOX_TITLE
COPY_NUMBER = LineRole.COPY_NUMBER
SECRECY = LineRole.SECRECY
MARK = LineRole.MARK
NUMBER = LineRole.NUMBER
RULE = LineRole.RULE
RECIPIENTS = LineRole.RECIPIENTS
ATTACHED = LineRole.ATTACHED
SIGNATURE = LineRole.SIGNATURE
DATE = LineRole.DATE
NOTE = LineRole.NOTE
LABEL = LineRole.LABEL
IMPRINT = LineRole.IMPRINT
BLANK_MARK = LineRole.BLANK_MARK
BLANK_RULE = LineRole.BLANK_RULE
_SENTENCE_ENDS = "。！？；："


class Run(NamedTuple):
    """Characters of one role: the heading's for a run-in title, the body's for the text after it."""

    text: str
    role: LineRole


class Line(NamedTuple):
    """One paragraph. `role` is its role; `boxed` is True inside a 专栏."""

    role: LineRole
    runs: tuple[Run, ...]
    boxed: bool = False
    new_page: bool = False
    """True if the paragraph begins a new page."""
    section: Section | None = None
    """The section whose label the paragraph begins with."""

    @property
    def text(self) -> str:
        """The characters of the paragraph."""
        return "".join(run.text for run in self.runs)


class Grid(NamedTuple):
    """A table: rows of cells, the first being its header, and the merged cells."""

    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...] = ()

    @property
    def heads(self) -> int:
        """The number of header rows: the first row, and the rows that merged cells join to it."""
        count = 1
        for each in sorted(self.merges):
            if each.row < count:
                count = max(count, each.row + each.rows)
        return count if count < len(self.rows) else 1


class Imprint(NamedTuple):
    """The 版记 at the foot of the last page: recipients of copies, printer, and date of printing."""

    copies: str
    printer: str
    printed: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The text, one line for each row; printer and date are separated by a tab."""
        copies = (ADDED[TextRole.COPY].around(self.copies),) if self.copies else ()
        printed = f"\t{ADDED[TextRole.PRINT_DATE].around(self.printed)}" if self.printed else ""
        return (*copies, self.printer + printed)


class Plate(NamedTuple):
    """A picture, and below it its caption."""

    text: str
    """The picture in words, such as the figures of a chart; the alternative text if the picture is shown."""
    caption: str
    image: Image | None
    """None if the charts have not been drawn, for writers that show no pictures."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The text, for writers that show no pictures."""
        return tuple(line for line in (self.text, self.caption) if line)


Item: TypeAlias = Line | Grid | Imprint | Plate


def flow(document: Document, memo: Memo = NO_MEMO) -> Iterator[Item]:
    """The lines and tables of a numbered document, from its head to its imprint (GB/T 9704 7.2 to 7.4)."""
    frame = document.frame
    if frame is None:
        yield from _plan(document, memo, label=document.label)
        yield from _attachments(document, memo)
        return
    yield from _head(frame)
    if frame.is_notice:
        yield from _notice(document, frame, memo)
    else:
        yield from _plan(document, memo, label=document.label)
        yield from _attached(_names(document) if frame.lists_attachments else [])
        yield from _signature(frame)
        yield from _attachments(document, memo)
    if frame.has_imprint:
        copies = "，".join(each.value for each in frame.copies)
        yield Imprint(copies, _value(frame.printer), _value(frame.print_date))


def _notice(document: Document, frame: Frame, memo: Memo) -> Iterator[Item]:
    """The notice, and after it the plan: under an 附件 label, or as the printed document without one."""
    names = [document.title, *_names(document)] if frame.body_attached else _names(document)
    yield _line(_value(frame.notice_title), TITLE)
    yield from _number_below(frame)
    yield from _recipients(frame)
    yield from (_line(line, BODY) for line in _value(frame.notice_body).split("\n"))
    yield from _attached(names if frame.body_attached and frame.lists_attachments else [])
    yield from _signature(frame)
    if frame.body_attached:
        label = document.label or ("附件" if len(names) == 1 else "附件1")
        yield from _plan(document, memo, label=label, new_page=True)
    else:
        yield from _plan(document, memo, label=document.label, new_page=True)
        yield from _attached(names if frame.lists_attachments else [])
    yield from _attachments(document, memo)


def _value(text: Text | None) -> str:
    return text.value if text else ""


def _head(frame: Frame) -> Iterator[Line]:
    """份号, 密级, 紧急程度, 发文机关标志, 发文字号 and 签发人, red rule."""
    if frame.head == "无":
        return
    if frame.copy_number:
        yield _line(frame.copy_number.value, COPY_NUMBER)
    yield from (_line(text.value, SECRECY) for text in (frame.classification, frame.urgency) if text)
    printed = frame.head == "印制"
    suffix = ADDED[TextRole.ISSUER].after
    names = "\n".join(name.value.removesuffix(suffix) for name in frame.issuers)
    yield Line(MARK if printed and names else BLANK_MARK, (Run(names, MARK), Run(suffix, MARK)))
    if frame.approvers:
        yield from _approved(_value(frame.number), [name.value for name in frame.approvers])
    elif frame.number:
        yield _line(frame.number.value, NUMBER)
    yield Line(RULE if printed else BLANK_RULE, ())


def _approved(number: str, names: list[str]) -> Iterator[Line]:
    """签发人, two on each line; the document number stands on the last line (7.2.6)."""
    for at in range(0, len(names), 2):
        lead = number if at + 2 >= len(names) else ""
        head = ADDED[TextRole.APPROVER].before if at == 0 else ""
        yield Line(NUMBER, (Run(f"{lead}\t{head}", NUMBER), Run("　".join(names[at : at + 2]), HEADINGS[1])))


def _number_below(frame: Frame) -> Iterator[Line]:
    """The document number below the title, if no head has it."""
    if frame.head == "无" and frame.number:
        yield _line(frame.number.value, NUMBER)


def _recipients(frame: Frame) -> Iterator[Line]:
    if frame.recipients:
        names = "，".join(name.value for name in frame.recipients)
        yield _line(ADDED[TextRole.RECIPIENT].around(names), RECIPIENTS)


def _attached(names: list[str]) -> Iterator[Line]:
    """附件说明, without book-title marks and end marks (7.3.4)."""
    head = ADDED[TextRole.ATTACHMENT_TITLE].before
    if len(names) == 1:
        yield _line(head + names[0], ATTACHED)
    for number, name in enumerate(names if len(names) > 1 else (), 1):
        yield _line(f"{head if number == 1 else ''}{number}.{name}", ATTACHED)


def _names(document: Document) -> list[str]:
    return [attachment.title.value for attachment in document.attachments]


def _signature(frame: Frame) -> Iterator[Line]:
    """署名, 成文日期 and 附注; with seals, as many names side by side as fit on the line (7.3.5)."""
    names = [name.value for name in frame.signatures]
    longest = max(map(len, names), default=0)
    across = (3 if longest <= 8 else 2 if longest <= 13 else 1) if frame.sealed else 1
    yield from (_line("\t".join(names[at : at + across]), SIGNATURE) for at in range(0, len(names), across))
    if frame.date:
        yield _line(frame.date.value, DATE)
    if frame.note:
        yield _line(ADDED[TextRole.NOTE].around(frame.note.value.strip("（）()")), NOTE)


def _plan(document: Document, memo: Memo, *, label: str = "", new_page: bool = False) -> Iterator[Item]:
    """The plan itself, from the label above its title to its last paragraph."""
    if label:
        yield _line(label, LABEL)._replace(new_page=new_page)
    if document.title:
        yield _line(document.title, TITLE)._replace(new_page=new_page and not label)
    if document.frame and not document.frame.is_notice:
        yield from _number_below(document.frame)
        yield from _recipients(document.frame)
    for paragraph in document.preface:
        yield _line(paragraph.text.value, BODY)
    for part in document.parts:
        yield from _blocks(part.blocks, document, memo)
    for paragraph in document.closing:
        yield _line(paragraph.text.value, BODY)


def _attachments(document: Document, memo: Memo) -> Iterator[Item]:
    """The attachments, each on a new page under its label."""
    for attachment, label in zip(document.attachments, attachment_labels(document), strict=True):
        yield _line(label, LABEL)._replace(new_page=True)
        yield _line(attachment.title.value, TITLE)
        yield from _blocks(attachment.blocks, document, memo)


def attachment_labels(document: Document) -> list[str]:
    """附件, or 附件1 and so on if there are several; a plan under a notice's 附件 label is counted as the first."""
    frame = document.frame
    before = 1 if frame and frame.is_notice and frame.body_attached else 0
    alone = before + len(document.attachments) == 1
    return [
        each.label or ("附件" if alone else f"附件{number}")
        for number, each in enumerate(document.attachments, before + 1)
    ]


def _line(text: str, role: LineRole) -> Line:
    return Line(role, (Run(text, role),))


def _blocks(blocks: tuple[Block, ...], document: Document, memo: Memo) -> Iterator[Item]:
    for block in blocks:
        yield from memo.once(_items, block, document.numbering, by=(memo, document.duty_note == "句末", False))


def _items(memo: Memo, with_units: bool, boxed: bool, block: Block, numbering: Numbering) -> tuple[Item, ...]:
    """The items of a block, and those of the blocks inside it, each of which is remembered by itself.

    With `with_units` its paragraphs end with their units.
    """
    boxed = boxed or isinstance(block, Box)
    made = list(_own_items(block, numbering, with_units=with_units))
    if boxed:
        made = [item._replace(boxed=True) if isinstance(item, Line) else item for item in made]
    for inner in block.children if isinstance(block, (Section, Box)) else ():
        made += memo.once(_items, inner, numbering, by=(memo, with_units, boxed))
    return tuple(made)


def _own_items(block: Block, numbering: Numbering, *, with_units: bool) -> Iterator[Item]:
    """The items of one block, without those of the blocks inside it."""
    if isinstance(block, Section):
        yield from _section(block, numbering, duty_note(block.duty) if with_units else "")
    elif isinstance(block, Paragraph):
        yield _line(block.text.value + (duty_note(block.duty) if with_units else ""), BODY)
    elif isinstance(block, Box):
        yield _line(block.title.value, BOX_TITLE)
    elif isinstance(block, Table):
        if block.caption and block.caption.value:
            yield _line(block.caption.value, CAPTION)
        yield Grid(tuple(tuple(cell.value for cell in row) for row in block.rows), block.merges)
    elif isinstance(block, Picture):
        from planwriter.targets.series import chart_text

        text = chart_text(block.series) if not block.file else f"（图片：{block.file.rpartition('/')[2]}）"
        yield Plate(text, _value(block.caption).replace("\n", ""), block.image)


def _section(section: Section, numbering: Numbering, note: str) -> Iterator[Item]:
    role = HEADINGS[section.level - 1]
    level = numbering[section.level - 1]
    run_in = level.run_in if section.run_in is None else section.run_in
    title = section.title.value if section.title else ""
    texts = [line.strip() for line in section.text.value.split("\n") if line.strip()] if section.text else []
    if texts:
        texts[-1] += note
    elif note and section.children and title:  # the units stand on a line below the heading
        texts, run_in = [note], False
    else:
        title += note
    if not title:
        if texts:
            runs = (Run(section.label, BODY), Run(texts[0], BODY)) if section.label else (Run(texts[0], BODY),)
            yield Line(BODY, runs, section=section)
        yield from (_line(text, BODY) for text in texts[1:])
    elif texts and run_in:
        stop = "" if title[-1] in _SENTENCE_ENDS else "。"
        yield Line(BODY, (Run(section.label + title + stop, role), Run(texts[0], BODY)), section=section)
        yield from (_line(text, BODY) for text in texts[1:])
    else:
        yield _line(section.label + title, role)._replace(section=section)
        yield from (_line(text, BODY) for text in texts)


def duty_note(duty: Duty | None) -> str:
    """The responsible units of a block as its paragraph ends with them: （责任单位：甲股、乙股；配合单位：丙股；完成时限：2026年12月）."""
    if duty is None:
        return ""
    texts = ((TextRole.LEAD, duty.lead), (TextRole.SUPPORT, duty.support))
    parts = [ADDED[role].around("、".join(unit.value for unit in units)) for role, units in texts if units]
    if duty.deadline:
        parts.append(ADDED[TextRole.DEADLINE].around(duty.deadline.value))
    return DUTY_NOTE.around("；".join(parts)) if parts else ""
