"""Reduces the line pitch of a page so that the signature stands on the page of its text (GB/T 9704 7.3.5.5).

If the remaining space cannot hold the signature, the standard asks to adjust the line pitch. This is done for a notice of one
paragraph: it cannot move to the next page with the signature, since the first page must show text, and its height is known
without page breaks. If no pitch that can be read is small enough, the blank lines of the head grow instead, so that the paragraph's
last line moves to the next page with the signature. In a longer text, the last paragraph moves there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import ceil

from planwriter.layout.layout import Layout
from planwriter.plan.flow import (
    ATTACHED,
    BLANK_RULE,
    BODY,
    DATE,
    HEADINGS,
    NOTE,
    NUMBER,
    RECIPIENTS,
    RULE,
    SIGNATURE,
    TITLE,
    Item,
    Line,
)
from planwriter.start.patterns import regex
from planwriter.writers.docx.title import text_width

_DRAWN = {RECIPIENTS, BODY, *HEADINGS, ATTACHED, SIGNATURE, DATE, NOTE}
_LEAST = 1.5
"""The least line pitch, in type sizes of the body."""
_MAX_LOOSE = 1.5
"""How much the blank lines of the head may grow at the most, in their own height."""
_SLACK = 60
"""The space left free for rounding by programs, in twips."""
_BEFORE = regex(r'<w:spacing w:before="(\d+)"/>')
_ABOVE = regex(r'w:before="(\d+)"')
_LEFT = regex(r'w:left="(\d+)"')
_LINE = regex(r'w:line="(\d+)"')
_PLACE = regex("<w:(?:ind|jc|rPr|sectPr)[ />]|</w:pPr>")


def squeeze(made: list[str], items: Sequence[Item], starts: Sequence[int], layout: Layout) -> None:
    """Reduces the pitch of the paragraphs `made` of a first page if that keeps the signature on it, or else draws them apart.

    `starts` holds for each item the index in `made` at which it begins.
    """
    last = _last_signed(items)
    if last is None:
        return
    drawn = [at for at in range(last + 1) if _role(items[at]) in _DRAWN]
    if sum(_role(items[at]) in (BODY, *HEADINGS) for at in drawn) > 1:
        return
    pitch = layout.pitch.twips
    fixed = sum(
        _height(made[at], items[index], layout)
        for index in range(last + 1)
        if index not in drawn
        for at in _range(starts, index)
    )
    flexible = sum(_height(made[starts[index]], items[index], layout) for index in drawn)
    room = layout.height.twips - fixed
    if flexible <= room:
        return
    gaps = [
        made[starts[index]]
        for index in drawn
        if _role(items[index]) == SIGNATURE and f'w:before="{2 * pitch}"' in made[starts[index]]
    ]
    blanks = {
        index: lines for index in range(last + 1) if (lines := _blank_lines(made[starts[index]], items[index], layout))
    }
    for blank, gap in product((0, sum(blanks.values()) * pitch), (2, 1) if gaps else (2,)):
        narrow = int((room + blank - _SLACK) * pitch // (flexible + blank - (2 - gap) * pitch))
        if narrow >= layout.role(BODY).size.twips * _LEAST:
            for index in drawn:
                own = 1 if gap == 1 and made[starts[index]] in gaps else None
                made[starts[index]] = _drawn(made[starts[index]], narrow, pitch, own)
            for index, lines in blanks.items() if blank else ():
                made[starts[index]] = _blanks_drawn(made[starts[index]], _role(items[index]), round(lines * narrow))
            return
    _loosen(made, items, starts, layout, room, blanks)


def _loosen(
    made: list[str],
    items: Sequence[Item],
    starts: Sequence[int],
    layout: Layout,
    room: int,
    blanks: Mapping[int, float],
) -> None:
    """Lets the blank lines of the head grow until the last line of the only paragraph stands on the next page.

    `room` is the height for what stands below the head; `blanks` are the blank lines by the item that they belong to.
    """
    body = next((index for index, item in enumerate(items) if _role(item) == BODY), None)
    if body is None:
        return
    first, pitch, grown = starts[body], layout.pitch.twips, sum(blanks.values())
    lines = _lines(made[first], items[body], layout)
    above = sum(
        _height(made[starts[index]], items[index], layout) for index in range(body) if _role(items[index]) in _DRAWN
    )
    spare = room - above - int((lines - 0.5) * pitch)
    if lines == 1 or spare > _MAX_LOOSE * grown * pitch:
        return
    made[first] = made[first].replace("<w:keepNext/>", "", 1)
    for index, count in blanks.items() if spare > 0 else ():
        blank = round(count * (pitch + spare / grown))
        made[starts[index]] = _blanks_drawn(made[starts[index]], _role(items[index]), blank)


def _blank_lines(paragraph: str, item: Item, layout: Layout) -> float:
    """The blank lines that the head requires at a paragraph (7.2.5, 7.3.1); their pitch is reduced last."""
    role = _role(item)
    if role == NUMBER:
        return 2 if f'w:before="{2 * layout.pitch.twips}"' in paragraph else 0
    return 2 if role in (RULE, BLANK_RULE) else layout.role(TITLE).after if role == TITLE else 0


def _blanks_drawn(paragraph: str, role: str, blank: int) -> str:
    if role == NUMBER:
        return _BEFORE.sub(f'<w:spacing w:before="{blank}"/>', paragraph, count=1)
    if _BEFORE.search(paragraph):
        return _BEFORE.sub(rf'<w:spacing w:before="\1" w:after="{blank}"/>', paragraph, count=1)
    return _PLACE.sub(lambda match: f'<w:spacing w:after="{blank}"/>{match[0]}', paragraph, count=1)


def _last_signed(items: Sequence[Item]) -> int | None:
    """The index of the last line of the signature; None if there is none, or if anything but lines stands before it."""
    for at, item in enumerate(items):
        if not isinstance(item, Line) or item.boxed or (item.new_page and at):
            return None
        if item.role in (SIGNATURE, DATE, NOTE) and (
            at + 1 == len(items) or _role(items[at + 1]) not in (SIGNATURE, DATE, NOTE)
        ):
            return at
    return None


def _role(item: Item) -> str:
    return item.role if isinstance(item, Line) else ""


def _range(starts: Sequence[int], index: int) -> range:
    return range(starts[index], starts[index + 1])


def _height(paragraph: str, item: Item, layout: Layout) -> int:
    """The height of a finished paragraph, in twips."""
    before = _ABOVE.search(paragraph)
    line = _LINE.search(paragraph)
    role = _role(item)
    known = any(each.name == role for each in layout.roles)
    own = max(layout.pitch, layout.role(role).size * 1.15) if known else layout.pitch
    after = round(layout.pitch.twips * layout.role(role).after) if known else 0
    if role in (RULE, BLANK_RULE):
        return (int(before[1]) if before else 0) + 20 + 2 * layout.pitch.twips
    height = int(line[1]) if line else own.twips
    count = (
        paragraph.partition("</w:tc>")[0].count("<w:p>")
        if paragraph.startswith("<w:tbl>")
        else _lines(paragraph, item, layout)
    )
    return (int(before[1]) if before else 0) + count * height + after


def _lines(paragraph: str, item: Item, layout: Layout) -> int:
    """The number of lines that a paragraph of text takes."""
    role = _role(item)
    if role not in (RECIPIENTS, BODY, *HEADINGS, ATTACHED) or not isinstance(item, Line):
        return paragraph.count("<w:br/>") + 1
    size = layout.role(role).size.twips
    left = _LEFT.search(paragraph)
    room = (layout.width.twips - (int(left[1]) if left else 0)) / (size + min(layout.tracking.twips, 0))
    indent = 0 if left else layout.role(role).indent
    return max(1, ceil((text_width(item.text) / 2 + indent) / int(room)))


def _drawn(paragraph: str, narrow: int, pitch: int, gap: int | None) -> str:
    """A paragraph with the pitch `narrow`; the space above it shrinks in proportion, or becomes `gap` lines."""
    before = _BEFORE.search(paragraph)
    above = gap * narrow if gap is not None else round(int(before[1]) * narrow / pitch) if before else 0
    space = f' w:before="{above}"' if above else ""
    spacing = f'<w:spacing{space} w:line="{narrow}" w:lineRule="exact"/>'
    if before:
        return paragraph.replace(before[0], spacing, 1)
    if not paragraph.startswith("<w:p><w:pPr>"):
        return paragraph.replace("<w:p>", f"<w:p><w:pPr>{spacing}</w:pPr>", 1)
    return _PLACE.sub(lambda match: spacing + match[0], paragraph, count=1)
