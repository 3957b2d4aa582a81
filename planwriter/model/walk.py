"""The walks over the model: every block with its parents, every text with its role.

Code that reads blocks or texts uses these walks and selects texts by role, so that omissions are visible in the code.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Iterable, Iterator

from planwriter.model import (
    Attachment,
    Block,
    Box,
    Document,
    Duty,
    Frame,
    Outline,
    Paragraph,
    Part,
    Picture,
    Section,
    Table,
    Target,
    Text,
    Use,
)
from planwriter.model.memo import Memo
from planwriter.start.enums import IntEnum, auto
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import replace
from planwriter.start.typing import TypeAlias, TypeVar

T = TypeVar("T")
H = TypeVar("H")
Parent: TypeAlias = Part | Attachment | Section | Box
"""What can contain a block."""
Holder: TypeAlias = Block | Attachment | Frame | Target | Outline | Document
"""What can contain a text."""


class TextRole(IntEnum):
    """The role of a text in what contains it."""

    TITLE = auto()
    TEXT = auto()
    """文 of a section, or a paragraph."""
    BOX_TITLE = auto()
    CELL = auto()
    CAPTION = auto()
    """Of a table or a picture."""
    LEAD = auto()
    SUPPORT = auto()
    DEADLINE = auto()
    ARGUMENT = auto()
    """A value that a use gives to a parameter of the clause."""
    CLAUSE = auto()
    VARIANT_NAME = auto()
    ARGUMENT_NAME = auto()
    TARGET_KEY = auto()
    """A target that a chart shows."""
    VARIANT = auto()
    """A variant of a clause's text."""
    DEFAULT = auto()
    """The default of a clause's parameter."""
    PLAN_TITLE = auto()
    PLAN_LABEL = auto()
    PREFACE = auto()
    CLOSING = auto()
    ATTACHMENT_TITLE = auto()
    ISSUER = auto()
    NUMBER = auto()
    APPROVER = auto()
    CLASSIFICATION = auto()
    URGENCY = auto()
    COPY_NUMBER = auto()
    RECIPIENT = auto()
    NOTICE_TITLE = auto()
    NOTICE_BODY = auto()
    SIGNATURE = auto()
    DATE = auto()
    NOTE = auto()
    COPY = auto()
    PRINTER = auto()
    PRINT_DATE = auto()


DUTY = frozenset((TextRole.LEAD, TextRole.SUPPORT, TextRole.DEADLINE))
NAMES = frozenset((TextRole.CLAUSE, TextRole.VARIANT_NAME, TextRole.ARGUMENT_NAME, TextRole.TARGET_KEY))
"""Names that are looked up: they are neither filled in nor printed."""
OWN_FORM = frozenset(
    (TextRole.NUMBER, TextRole.CLASSIFICATION, TextRole.COPY_NUMBER, TextRole.DATE, TextRole.PRINT_DATE)
)
"""Texts whose form is checked when the frame is read (PW601 to PW604)."""


class Visit(NamedTuple):
    """A block and its parents, outermost first."""

    block: Block
    parents: tuple[Parent, ...] = ()


class TextVisit(NamedTuple):
    """A text, its role, what contains it, and the parents of that, outermost first."""

    text: Text
    role: TextRole
    holder: Holder
    parents: tuple[Parent, ...] = ()


class PlacedText(NamedTuple):
    """A text, its role, the block that contains it if any, and the titles around it, outermost first."""

    text: Text
    role: TextRole
    block: Block | None = None
    titles: tuple[Text, ...] = ()


def walk(blocks: Iterable[Block], parents: tuple[Parent, ...] = ()) -> Iterator[Visit]:
    """The blocks and all blocks inside them; each comes before the blocks inside it."""
    for block in blocks:
        yield Visit(block, parents)
        if isinstance(block, (Section, Box)):
            yield from walk(block.children, (*parents, block))


def walk_plan(plan: Outline | Document) -> Iterator[Visit]:
    """Every block of the parts, then every block of the attachments."""
    for part in plan.parts:
        yield from walk(part.blocks, (part,))
    for attachment in plan.attachments:
        yield from walk(attachment.blocks, (attachment,))


def walk_texts(blocks: Iterable[Block], parents: tuple[Parent, ...] = ()) -> Iterator[TextVisit]:
    """Every text of the blocks and of all blocks inside them, in reading order."""
    for block, above in walk(blocks, parents):
        for text, role in block_texts(block):
            yield TextVisit(text, role, block, above)


def walk_plan_texts(plan: Outline | Document) -> Iterator[TextVisit]:
    """Every text of a plan in reading order: body, attachments, frame, responsible units of the targets.

    The title of a Document is no Text and is not included.
    """
    for each in _outermost(plan):
        if isinstance(each, Visit):
            yield from walk_texts((each.block,), each.parents)
        else:
            yield each


def read_plan_texts(
    plan: Outline | Document, read: Callable[..., T | None], memo: Memo, by: tuple[Hashable, ...] = ()
) -> tuple[T, ...]:
    """What `read(*by, placed)` returns for the `PlacedText` of each text, in the order of `walk_plan_texts`, without None.

    `read` must be a pure function of a module: it is called once for the texts of a block that does not change. If no text
    changes, the result is the very same tuple.
    """
    if not memo.remembers_blocks:
        made = [read(*by, placed) for placed in _placed_texts(plan)]
        return tuple([each for each in made if each is not None])
    title, label = (plan.title, plan.label) if isinstance(plan, Outline) else (None, None)
    around = title, label, plan.preface, plan.closing, plan.frame
    body = memo.once(_read_body, *around, *plan.parts, *plan.attachments, by=(memo, read, by))
    duties = [target.duty for target in plan.targets if target.duty]
    owed = memo.once(_read_duties, *duties, by=(memo, read, by))
    return memo.once(_both, body, owed) if owed else body


def _read_body(
    memo: Memo,
    read: Callable[..., T | None],
    by: tuple[Hashable, ...],
    title: Text | None,
    label: Text | None,
    preface: Text | tuple[Paragraph, ...] | None,
    closing: Text | tuple[Paragraph, ...] | None,
    frame: Frame | None,
    *holders: Part | Attachment,
) -> tuple[T, ...]:
    """What is read in all texts of a plan but those of its targets."""
    how = (read, by)
    found: list[T] = []
    for text, role in ((title, TextRole.PLAN_TITLE), (label, TextRole.PLAN_LABEL)):
        found += memo.once(_read_text, text, by=(role, *how)) if text else ()
    for text in _texts_around(preface):
        found += memo.once(_read_text, text, by=(TextRole.PREFACE, *how))
    attachments = [each for each in holders if isinstance(each, Attachment)]
    for part in holders[: len(holders) - len(attachments)]:
        found += memo.once(_read_blocks, part, by=(memo, *how))
    for text in _texts_around(closing):
        found += memo.once(_read_text, text, by=(TextRole.CLOSING, *how))
    for attachment in attachments:
        found += memo.once(_read_text, attachment.title, by=(TextRole.ATTACHMENT_TITLE, *how))
        found += memo.once(_read_blocks, attachment, by=(memo, *how))
    if frame:
        found += memo.once(_read_all, frame, by=(frame_texts, *how))
    return tuple(found)


def _both(body: tuple[T, ...], owed: tuple[T, ...]) -> tuple[T, ...]:
    return body + owed


class _Last(NamedTuple):
    plan: object
    texts: tuple[PlacedText, ...]


_last = [_Last(None, ())]
"""The plan whose texts were read last: several rules in turn read the same."""


def _placed_texts(plan: Outline | Document) -> tuple[PlacedText, ...]:
    last = _last[0]
    if last.plan is not plan:
        last = _last[0] = _Last(plan, tuple(_place_texts(plan)))
    return last.texts


def _place_texts(plan: Outline | Document) -> Iterator[PlacedText]:
    for each in _outermost(plan):
        if isinstance(each, Visit):
            yield from _place_block(each.block, _titles(each.parents))
        else:
            yield PlacedText(each.text, each.role)


def _place_block(block: Block, titles: tuple[Text, ...]) -> Iterator[PlacedText]:
    around = (*titles, *_titles((block,)))
    for text, role in block_texts(block):
        yield PlacedText(text, role, block, around)
    for inner in block.children if isinstance(block, (Section, Box)) else ():
        yield from _place_block(inner, around)


def _read_blocks(
    memo: Memo, read: Callable[..., T | None], by: tuple[Hashable, ...], holder: Part | Attachment
) -> tuple[T, ...]:
    titles = _titles((holder,))
    return tuple(
        each for block in holder.blocks for each in memo.once(_read_block, block, *titles, by=(memo, read, by))
    )


def _read_block(
    memo: Memo, read: Callable[..., T | None], by: tuple[Hashable, ...], block: Block, *titles: Text
) -> tuple[T, ...]:
    """What is read in the texts of a block and of the blocks inside it, each of which is remembered by itself."""
    around = (*titles, *_titles((block,)))
    made = [read(*by, PlacedText(text, role, block, around)) for text, role in block_texts(block)]
    found = [each for each in made if each is not None]
    for inner in block.children if isinstance(block, (Section, Box)) else ():
        found += memo.once(_read_block, inner, *around, by=(memo, read, by))
    return tuple(found)


def _read_text(role: TextRole, read: Callable[..., T | None], by: tuple[Hashable, ...], text: Text) -> tuple[T, ...]:
    made = read(*by, PlacedText(text, role))
    return () if made is None else (made,)


def _read_all(
    texts_of: Callable[[H], Iterable[tuple[Text, TextRole]]],
    read: Callable[..., T | None],
    by: tuple[Hashable, ...],
    *holders: H,
) -> tuple[T, ...]:
    made = (read(*by, PlacedText(text, role)) for holder in holders for text, role in texts_of(holder))
    return tuple(each for each in made if each is not None)


def _read_duties(memo: Memo, read: Callable[..., T | None], by: tuple[Hashable, ...], *duties: Duty) -> tuple[T, ...]:
    """What is read in duties, each of which is remembered by itself."""
    return tuple([each for duty in duties for each in memo.once(_read_all, duty, by=(duty_texts, read, by))])


def _titles(holders: Iterable[Parent | Block]) -> tuple[Text, ...]:
    titled = (each for each in holders if isinstance(each, (Section, Box, Attachment)))
    return tuple(each.title for each in titled if each.title)


def _outermost(plan: Outline | Document) -> Iterator[TextVisit | Visit]:
    """The outermost blocks of a plan, and the texts that stand in no block, in reading order."""
    if isinstance(plan, Outline) and plan.title:
        yield TextVisit(plan.title, TextRole.PLAN_TITLE, plan)
    if isinstance(plan, Outline) and plan.label:
        yield TextVisit(plan.label, TextRole.PLAN_LABEL, plan)
    for text in _texts_around(plan.preface):
        yield TextVisit(text, TextRole.PREFACE, plan)
    for part in plan.parts:
        yield from (Visit(block, (part,)) for block in part.blocks)
    for text in _texts_around(plan.closing):
        yield TextVisit(text, TextRole.CLOSING, plan)
    for attachment in plan.attachments:
        yield TextVisit(attachment.title, TextRole.ATTACHMENT_TITLE, attachment)
        yield from (Visit(block, (attachment,)) for block in attachment.blocks)
    if plan.frame:
        for text, role in frame_texts(plan.frame):
            yield TextVisit(text, role, plan.frame)
    for target in plan.targets:
        for text, role in duty_texts(target.duty):
            yield TextVisit(text, role, target)


def _texts_around(around: Text | tuple[Paragraph, ...] | None) -> tuple[Text, ...]:
    """The texts of a preface or closing: a single text in an outline, paragraphs in a document."""
    if isinstance(around, tuple):
        return tuple(paragraph.text for paragraph in around)
    return (around,) if around else ()


def block_texts(block: Block) -> Iterator[tuple[Text, TextRole]]:
    """The texts of one block with their roles, without those of the blocks inside it."""
    if isinstance(block, Section):
        if block.title:
            yield block.title, TextRole.TITLE
        if block.text:
            yield block.text, TextRole.TEXT
        yield from duty_texts(block.duty)
    elif isinstance(block, Paragraph):
        yield block.text, TextRole.TEXT
        yield from duty_texts(block.duty)
    elif isinstance(block, Box):
        yield block.title, TextRole.BOX_TITLE
    elif isinstance(block, Use):
        yield from _use_texts(block)
    else:
        if block.caption:
            yield block.caption, TextRole.CAPTION
        if isinstance(block, Table):
            cell_role = TextRole.CELL  # a member looked up for each cell takes longer than the walk (Python 3.11)
            yield from ((cell, cell_role) for row in block.rows for cell in row)
        else:
            yield from ((key, TextRole.TARGET_KEY) for key in block.targets)


def _use_texts(use: Use) -> Iterator[tuple[Text, TextRole]]:
    yield use.clause, TextRole.CLAUSE
    if use.variant:
        yield use.variant, TextRole.VARIANT_NAME
    for name, argument in use.arguments:
        yield name, TextRole.ARGUMENT_NAME
        yield from ((text, TextRole.ARGUMENT) for text in (argument if isinstance(argument, tuple) else (argument,)))
    if use.rewrite:
        if use.rewrite.title:
            yield use.rewrite.title, TextRole.TITLE
        if use.rewrite.text:
            yield use.rewrite.text, TextRole.TEXT
    yield from duty_texts(use.duty)


def duty_texts(duty: Duty | None) -> Iterator[tuple[Text, TextRole]]:
    """The responsible units and the deadline, with their roles."""
    if duty is not None:
        yield from ((unit, TextRole.LEAD) for unit in duty.lead)
        yield from ((unit, TextRole.SUPPORT) for unit in duty.support)
        if duty.deadline:
            yield duty.deadline, TextRole.DEADLINE


def frame_texts(frame: Frame) -> Iterator[tuple[Text, TextRole]]:
    """The texts of the frame with their roles, from the head of the first page to the foot of the last."""
    given: tuple[tuple[Text | tuple[Text, ...] | None, TextRole], ...] = (
        (frame.copy_number, TextRole.COPY_NUMBER),
        (frame.classification, TextRole.CLASSIFICATION),
        (frame.urgency, TextRole.URGENCY),
        (frame.issuers, TextRole.ISSUER),
        (frame.number, TextRole.NUMBER),
        (frame.approvers, TextRole.APPROVER),
        (frame.notice_title, TextRole.NOTICE_TITLE),
        (frame.recipients, TextRole.RECIPIENT),
        (frame.notice_body, TextRole.NOTICE_BODY),
        (frame.signatures, TextRole.SIGNATURE),
        (frame.date, TextRole.DATE),
        (frame.note, TextRole.NOTE),
        (frame.copies, TextRole.COPY),
        (frame.printer, TextRole.PRINTER),
        (frame.print_date, TextRole.PRINT_DATE),
    )
    for value, role in given:
        for text in value if isinstance(value, tuple) else (value,) if value else ():
            yield text, role


def figures_in(holders: Iterable[Part | Attachment], memo: Memo) -> Iterator[Table | Picture]:
    """The tables and pictures of a plan, also those inside other blocks, in reading order."""
    for holder in holders:
        if memo.remembers_blocks:
            yield from memo.once(_figures_in, *holder.blocks, by=(memo,))
        else:
            yield from (block for block, _ in walk(holder.blocks) if isinstance(block, (Table, Picture)))


def _figures_in(memo: Memo, *blocks: Block) -> tuple[Table | Picture, ...]:
    """The tables and pictures in blocks, each of which is remembered by itself."""
    made: list[Table | Picture] = []
    for block in blocks:
        if isinstance(block, (Section, Box)):
            made += memo.once(_figures_in, *block.children, by=(memo,)) if block.children else ()
        elif isinstance(block, (Table, Picture)):
            made.append(block)
    return tuple(made)


def is_made(visit: Visit) -> bool:
    """True inside a table made from the outline (指标表, 任务分解表), whose texts also occur elsewhere."""
    outermost = visit.parents[0] if visit.parents else None
    return isinstance(outermost, Attachment) and outermost.made_of != ""


def rebuild(blocks: tuple[Block, ...], change: Callable[[Block], Block]) -> tuple[Block, ...]:
    """The blocks with `change` applied to each, then to the blocks inside the result, in reading order.

    Unchanged blocks are returned as the same objects.
    """
    made = tuple(_rebuilt(block, change) for block in blocks)
    return made if any(map(operator.is_not, made, blocks)) else blocks


def _rebuilt(block: Block, change: Callable[[Block], Block]) -> Block:
    changed = change(block)
    if not isinstance(changed, (Section, Box)):
        return changed
    children = rebuild(changed.children, change)
    return changed if children is changed.children else replace(changed, children=children)
