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


class Printed(NamedTuple):
    """Characters of a line, from `start` to before `end`, that are those of a text from `offset` on."""

    start: int
    end: int
    text: Text
    offset: int
    role: TextRole


class Line(NamedTuple):
    """One paragraph. `role` is its role; `boxed` is True inside a 专栏."""

    role: LineRole
    runs: tuple[Run, ...]
    boxed: bool = False
    new_page: bool = False
    """True if the paragraph begins a new page."""
    section: Section | None = None
    """The section whose label the paragraph begins with."""
    texts: tuple[Printed, ...] = ()
    """The texts of the document in the line, in its order; all other characters are added in print."""
    block: Block | None = None
    """The block that the paragraph belongs to; None for the title, the paragraphs around the parts, and the frame."""

    @property
    def text(self) -> str:
        """The characters of the paragraph."""
        return "".join([text for text, _ in self.runs])


class Grid(NamedTuple):
    """A table: rows of cells, the first being its header, and the merged cells."""

    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...] = ()
    block: Table | None = None
    """The table, whose texts are those of the cells."""

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

    rows: tuple[Line, ...]
    """One line for each row; printer and date are separated by a tab."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The text of each row."""
        return tuple(row.text for row in self.rows)


class Plate(NamedTuple):
    """A picture, and below it its caption."""

    text: str
    """The picture in words, such as the figures of a chart; the alternative text if the picture is shown."""
    caption: str
    image: Image | None
    """None if the charts have not been drawn, for writers that show no pictures."""
    texts: tuple[Printed, ...] = ()
    """The text of the document in the caption."""
    block: Picture | None = None

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
        yield _imprint(frame)


def shown(item: Item) -> tuple[Line | Grid | Plate, ...]:
    """What a reader sees of an item, one for each paragraph of a .docx; nothing of blank lines and of the red rule.

    The caption of a picture, each issuer of a joint mark and each row of an imprint are lines of their own.
    """
    if isinstance(item, Line):
        if item.role in (BLANK_MARK, BLANK_RULE, RULE):
            return ()
        if item.role == MARK and "\n" in item.runs[0].text:
            return tuple(_issuers(item))
        first = item.runs[0].text if item.runs else ""
        return (item,) if (first and not first.isspace()) or item.text.strip() else ()
    if isinstance(item, Grid):
        return (item,) if any(item.rows) else ()
    if isinstance(item, Imprint):
        return tuple(row for row in item.rows if row.text.strip())
    alone = item._replace(caption="", texts=()) if item.caption else item
    caption = Line(CAPTION, (Run(item.caption, CAPTION),), texts=item.texts, block=item.block)
    return (alone, caption) if item.caption.strip() else (alone,)


def _issuers(mark: Line) -> Iterator[Line]:
    at = 0
    for name in mark.runs[0].text.split("\n"):
        texts = tuple(each for each in mark.texts if at <= each.start < at + len(name))
        if name:
            yield Line(MARK, (Run(name, MARK),), texts=_moved(texts, -at))
        at += len(name) + 1
    yield Line(MARK, mark.runs[1:])


def _notice(document: Document, frame: Frame, memo: Memo) -> Iterator[Item]:
    """The notice, and after it the plan: under an 附件 label, or as the printed document without one."""
    names = [_title(document), *_names(document)] if frame.body_attached else _names(document)
    yield _text_line(frame.notice_title, TITLE, TextRole.NOTICE_TITLE) if frame.notice_title else _line("", TITLE)
    yield from _number_below(frame)
    yield from _recipients(frame)
    body, offset = frame.notice_body, 0
    for line in body.value.split("\n") if body else ("",):
        texts = (Printed(0, len(line), body, offset, TextRole.NOTICE_BODY),) if body and line else ()
        yield Line(BODY, (Run(line, BODY),), texts=texts)
        offset += len(line) + 1
    is_below = frame.body_attached or frame.listed_in_notice
    yield from _attached(names if is_below and frame.lists_attachments else [])
    yield from _signature(frame)
    if frame.body_attached:
        label = document.label or ("附件" if len(names) == 1 else "附件1")
        yield from _plan(document, memo, label=label, new_page=True)
    else:
        yield from _plan(document, memo, label=document.label, new_page=True)
        yield from _attached(names if frame.lists_attachments and not is_below else [])
    yield from _attachments(document, memo)


class _Words(NamedTuple):
    """Characters of a line, and the texts in them, counted from their beginning."""

    value: str
    texts: tuple[Printed, ...] = ()


def _words(text: Text | None, role: TextRole) -> _Words:
    """A whole text."""
    if text is None or not text.value:
        return _Words("")
    return _Words(text.value, (Printed(0, len(text.value), text, 0, role),))


def _unbroken(text: Text | None, role: TextRole) -> _Words:
    """A whole text without its line ends."""
    if text is None or "\n" not in text.value:
        return _words(text, role)
    made: list[Printed] = []
    at = offset = 0
    for piece in text.value.split("\n"):
        if piece:
            made.append(Printed(at, at + len(piece), text, offset, role))
        at += len(piece)
        offset += len(piece) + 1
    return _Words(text.value.replace("\n", ""), tuple(made))


def _listed(texts: tuple[Text, ...], between: str, role: TextRole) -> _Words:
    """Several texts, separated by `between`."""
    made: list[Printed] = []
    at = 0
    for text in texts:
        size = len(text.value)
        if size:
            made.append(Printed(at, at + size, text, 0, role))
        at += size + len(between)
    return _Words(between.join([text.value for text in texts]), tuple(made))


def _moved(texts: tuple[Printed, ...], by: int) -> tuple[Printed, ...]:
    """The texts in a line in which `by` more characters stand before them."""
    if not by or not texts:
        return texts
    return tuple([Printed(start + by, end + by, text, offset, role) for start, end, text, offset, role in texts])


def _around(before: str, words: _Words, after: str = "") -> _Words:
    return _Words(before + words.value + after, _moved(words.texts, len(before)))


def _title(document: Document) -> _Words:
    """The title of the plan; what an extract adds to it is no text of the document."""
    whole = _unbroken(document.title_text, TextRole.PLAN_TITLE)
    return _Words(document.title, whole.texts if document.title.startswith(whole.value) else ())


def _label(document: Document) -> _Words:
    whole = _words(document.label_text, TextRole.PLAN_LABEL)
    return _Words(document.label, whole.texts if document.label == whole.value else ())


def _head(frame: Frame) -> Iterator[Line]:
    """份号, 密级, 紧急程度, 发文机关标志, 发文字号 and 签发人, red rule."""
    if frame.head == "无":
        return
    if frame.copy_number:
        yield _text_line(frame.copy_number, COPY_NUMBER, TextRole.COPY_NUMBER)
    if frame.classification:
        yield _text_line(frame.classification, SECRECY, TextRole.CLASSIFICATION)
    if frame.urgency:
        yield _text_line(frame.urgency, SECRECY, TextRole.URGENCY)
    printed = frame.head == "印制"
    suffix = ADDED[TextRole.ISSUER].after
    names: list[str] = []
    texts: list[Printed] = []
    at = 0
    for issuer in frame.issuers:
        name = issuer.value.removesuffix(suffix)
        names.append(name)
        if name:
            texts.append(Printed(at, at + len(name), issuer, 0, TextRole.ISSUER))
        at += len(name) + 1
    runs = (Run("\n".join(names), MARK), Run(suffix, MARK))
    yield Line(MARK if printed and runs[0].text else BLANK_MARK, runs, texts=tuple(texts))
    if frame.approvers:
        yield from _approved(_words(frame.number, TextRole.NUMBER), frame.approvers)
    elif frame.number:
        yield _text_line(frame.number, NUMBER, TextRole.NUMBER)
    yield Line(RULE if printed else BLANK_RULE, ())


def _approved(number: _Words, approvers: tuple[Text, ...]) -> Iterator[Line]:
    """签发人, two on each line; the document number stands on the last line (7.2.6)."""
    for at in range(0, len(approvers), 2):
        lead = number if at + 2 >= len(approvers) else _Words("")
        first = f"{lead.value}\t{ADDED[TextRole.APPROVER].before if at == 0 else ''}"
        names = _listed(approvers[at : at + 2], "　", TextRole.APPROVER)
        texts = lead.texts + _moved(names.texts, len(first))
        yield Line(NUMBER, (Run(first, NUMBER), Run(names.value, HEADINGS[1])), texts=texts)


def _number_below(frame: Frame) -> Iterator[Line]:
    """The document number below the title, if no head has it."""
    if frame.head == "无" and frame.number:
        yield _text_line(frame.number, NUMBER, TextRole.NUMBER)


def _recipients(frame: Frame) -> Iterator[Line]:
    if frame.recipients:
        added = ADDED[TextRole.RECIPIENT]
        names = _listed(frame.recipients, "，", TextRole.RECIPIENT)
        yield _words_line(_around(added.before, names, added.after), RECIPIENTS)


def _attached(names: list[_Words]) -> Iterator[Line]:
    """附件说明, without book-title marks and end marks (7.3.4)."""
    head = ADDED[TextRole.ATTACHMENT_TITLE].before
    if len(names) == 1:
        yield _words_line(_around(head, names[0]), ATTACHED)
    for number, name in enumerate(names if len(names) > 1 else (), 1):
        yield _words_line(_around(f"{head if number == 1 else ''}{number}.", name), ATTACHED)


def _names(document: Document) -> list[_Words]:
    return [_words(attachment.title, TextRole.ATTACHMENT_TITLE) for attachment in document.attachments]


def _signature(frame: Frame) -> Iterator[Line]:
    """署名, 成文日期 and 附注; with seals, as many names side by side as fit on the line (7.3.5)."""
    names = frame.signatures
    longest = max((len(name.value) for name in names), default=0)
    across = (3 if longest <= 8 else 2 if longest <= 13 else 1) if frame.sealed else 1
    for at in range(0, len(names), across):
        yield _words_line(_listed(names[at : at + across], "\t", TextRole.SIGNATURE), SIGNATURE)
    if frame.date:
        yield _text_line(frame.date, DATE, TextRole.DATE)
    if frame.note:
        added, value = ADDED[TextRole.NOTE], frame.note.value
        bare = value.strip("（）()")
        offset = len(value) - len(value.lstrip("（）()")) if bare else 0
        texts = (Printed(0, len(bare), frame.note, offset, TextRole.NOTE),) if bare else ()
        yield _words_line(_around(added.before, _Words(bare, texts), added.after), NOTE)


def _imprint(frame: Frame) -> Imprint:
    rows: list[Line] = []
    if any(each.value for each in frame.copies) or len(frame.copies) > 1:
        added = ADDED[TextRole.COPY]
        copies = _listed(frame.copies, "，", TextRole.COPY)
        rows.append(_words_line(_around(added.before, copies, added.after), IMPRINT))
    value, texts = _words(frame.printer, TextRole.PRINTER)
    printed = _words(frame.print_date, TextRole.PRINT_DATE)
    if printed.value:
        added = ADDED[TextRole.PRINT_DATE]
        date = _around(f"{value}\t{added.before}", printed, added.after)
        value, texts = date.value, texts + date.texts
    rows.append(_words_line(_Words(value, texts), IMPRINT))
    return Imprint(tuple(rows))


def _plan(document: Document, memo: Memo, *, label: str = "", new_page: bool = False) -> Iterator[Item]:
    """The plan itself, from the label above its title to its last paragraph."""
    if label:
        own = _label(document)
        yield _words_line(own if own.value == label else _Words(label), LABEL)._replace(new_page=new_page)
    if document.title:
        yield _words_line(_title(document), TITLE)._replace(new_page=new_page and not label)
    if document.frame and not document.frame.is_notice:
        yield from _number_below(document.frame)
        yield from _recipients(document.frame)
    for paragraph in document.preface:
        yield _text_line(paragraph.text, BODY, TextRole.PREFACE)
    for part in document.parts:
        yield from _blocks(part.blocks, document, memo)
    for paragraph in document.closing:
        yield _text_line(paragraph.text, BODY, TextRole.CLOSING)


def _attachments(document: Document, memo: Memo) -> Iterator[Item]:
    """The attachments, each on a new page under its label."""
    for attachment, label in zip(document.attachments, attachment_labels(document), strict=True):
        yield _line(label, LABEL)._replace(new_page=True)
        yield _text_line(attachment.title, TITLE, TextRole.ATTACHMENT_TITLE)
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


def _words_line(words: _Words, role: LineRole, block: Block | None = None) -> Line:
    return Line(role, (Run(words.value, role),), False, False, None, words.texts, block)


def _text_line(text: Text, role: LineRole, text_role: TextRole, block: Block | None = None) -> Line:
    return _words_line(_words(text, text_role), role, block)


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
        yield from _section(block, numbering, block.duty if with_units else None)
    elif isinstance(block, Paragraph):
        yield _words_line(_with_units(_words(block.text, _TEXT), block.duty if with_units else None), BODY, block)
    elif isinstance(block, Box):
        yield _text_line(block.title, BOX_TITLE, TextRole.BOX_TITLE, block)
    elif isinstance(block, Table):
        if block.caption and block.caption.value:
            yield _text_line(block.caption, CAPTION, TextRole.CAPTION, block)
        yield Grid(tuple(tuple(cell.value for cell in row) for row in block.rows), block.merges, block)
    elif isinstance(block, Picture):
        from planwriter.targets.series import chart_text

        text = chart_text(block.series) if not block.file else f"（图片：{block.file.rpartition('/')[2]}）"
        caption = _unbroken(block.caption, TextRole.CAPTION)
        yield Plate(text, caption.value, block.image, caption.texts, block)


_TEXT, _TITLE = TextRole.TEXT, TextRole.TITLE


def _lines_of(text: Text | None) -> list[tuple[str, int]]:
    """The lines of a text that are not blank, without the spaces around them, and where each begins in the text."""
    if text is None:
        return []
    value = text.value
    if "\n" not in value and value == value.strip():
        return [(value, 0)] if value else []
    made, offset = [], 0
    for line in value.split("\n"):
        bare = line.strip()
        if bare:
            made.append((bare, offset + len(line) - len(line.lstrip())))
        offset += len(line) + 1
    return made


def _section(section: Section, numbering: Numbering, duty: Duty | None) -> Iterator[Item]:
    role = HEADINGS[section.level - 1]
    level = numbering[section.level - 1]
    run_in = level.run_in if section.run_in is None else section.run_in
    title, label, text = section.title.value if section.title else "", section.label, section.text
    texts = _lines_of(text)
    head = label
    covered: tuple[Printed, ...] = ()
    if section.title and title:
        head += title
        covered = (Printed(len(label), len(head), section.title, 0, _TITLE),)
    joined = bool(texts) and (run_in or not title)
    """True if the first line of the text stands in the paragraph of the title."""
    if joined and title and title[-1] not in _SENTENCE_ENDS:
        head += "。"
    lines: list[_Words] = []
    for nth, (bare, begin) in enumerate(texts):
        at = len(head) if joined and not nth else 0
        own = Printed(at, at + len(bare), text, begin, _TEXT)  # type: ignore[arg-type]
        lines.append(_Words(head + bare, (*covered, own)) if joined and not nth else _Words(bare, (own,)))
    if lines:
        lines[-1] = _with_units(lines[-1], duty)
    elif title and section.children and duty_note(duty):  # the units stand on a line below the heading
        lines = [_with_units(_Words(""), duty)]
    else:
        head, covered = _with_units(_Words(head, covered), duty)
    if joined:
        first, inside = lines.pop(0)
        rest = Run(first[len(head) :], BODY)
        runs = (Run(head, role if title else BODY), rest) if head else (rest,)
        yield Line(BODY, runs, False, False, section, inside, section)
    elif head != label:
        yield Line(role, (Run(head, role),), False, False, section, covered, section)
    yield from (_words_line(each, BODY, section) for each in lines)


def duty_note(duty: Duty | None) -> str:
    """The responsible units of a block as its paragraph ends with them: （责任单位：甲股、乙股；配合单位：丙股；完成时限：2026年12月）."""
    return _with_units(_Words(""), duty).value


def _with_units(words: _Words, duty: Duty | None) -> _Words:
    """Words with the responsible units of a block behind them."""
    if duty is None:
        return words
    value, texts, between = words.value + DUTY_NOTE.before, list(words.texts), ""
    for role, names in (
        (TextRole.LEAD, duty.lead),
        (TextRole.SUPPORT, duty.support),
        (TextRole.DEADLINE, (duty.deadline,) if duty.deadline else ()),
    ):
        if names:
            added = ADDED[role]
            value += between + added.before
            for name in names:
                if name.value:
                    texts.append(Printed(len(value), len(value) + len(name.value), name, 0, role))
                value += f"{name.value}、"
            value = value[:-1] + added.after
            between = "；"
    return _Words(value + DUTY_NOTE.after, tuple(texts)) if between else words
