"""Checks the texts of an outline for blanks (PW216), end marks of titles (PW217) and labels typed by hand (PW218)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.citations import HandTyped, NumberInText, numbers_in
from planwriter.checks.prose.endings import FIELD
from planwriter.checks.prose.leftovers import around, leftovers
from planwriter.checks.wording import check_bounds, check_wording, may_repeat_bounds
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Span
from planwriter.language.numerals import TYPED_LABEL
from planwriter.model import Level, Outline, Paragraph, Section, Target, Text
from planwriter.model.memo import NO_MEMO, Memo, Recent
from planwriter.model.walk import NAMES, OWN_FORM, PlacedText, TextRole, read_plan_texts, walk
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex

_TITLES = frozenset(
    (
        TextRole.TITLE,
        TextRole.BOX_TITLE,
        TextRole.CAPTION,
        TextRole.PLAN_TITLE,
        TextRole.ATTACHMENT_TITLE,
        TextRole.NOTICE_TITLE,
    )
)
_TITLES_AND_TEXTS = _TITLES.union((TextRole.TEXT,))
_NOT_READ = NAMES | OWN_FORM
_END_MARKS = "。；，、：,;:."
_TITLE_END = "PW217"
_LEADS = regex(r"(?:下列|以下|如下|之一|，).*：\Z")
"""Matches an item that leads to those inside it: 有下列情形之一的，可以简化程序："""
_SENTENCE = regex(r"[，；].*。\Z|\d.*。\Z")
"""Matches an item of one sentence that was typed as a title: 加大宣传力度，营造良好氛围。"""
_LETTER = r"[^\W\da-zA-Z_]"  # Chinese characters and a few more: a range of code points takes 1 ms to compile
_OPEN_END = regex(rf"(?:{_LETTER}|[\d%]|\}}\}})$")


def check_texts(outline: Outline, targets: tuple[Target, ...], memo: Memo = NO_MEMO) -> Iterator[Finding]:
    """The findings on each text of the outline; `targets` have all typed and computed values."""
    hand_typed = HandTyped(targets, memo)
    by_key = {target.key: target for target in targets}
    readings = read_plan_texts(outline, _read, memo)
    if any(each.code == _TITLE_END for reading in readings for each in reading.found):
        readings = _without_a_style(readings, outline)
    for reading in readings:
        yield from reading.found
        if reading.bounds:
            yield from check_bounds(reading.text, by_key)
        if reading.numbers:
            yield from hand_typed.check(reading.text, reading.numbers)


def _without_a_style(readings: tuple[_Reading, ...], outline: Outline) -> tuple[_Reading, ...]:
    """The readings without findings on a 。 behind a title that is a habit of the plan, or ends a sentence.

    It is a habit if all titles of a level have it that stand on lines of their own, as in many published plans; a slip is a title
    that differs from its like. A title that leads to items, or is all there is of an item, may be a sentence.
    """
    titles: dict[Level, list[Text]] = {}
    spared: list[Text] = []
    run_in: set[Level] = set()
    for part in outline.parts:
        for visit in walk(part.blocks):
            block = visit.block
            if not isinstance(block, Section) or block.title is None:
                continue
            if block.children and _LEADS.search(block.title.value):
                spared.append(block.title)
            elif not _stands_alone(block, outline):
                run_in.add(block.level)
            else:
                titles.setdefault(block.level, []).append(block.title)
                is_all = block.level > Level.CHAPTER and block.text is None and not block.children
                if is_all and _SENTENCE.search(block.title.value):
                    spared.append(block.title)
    for level, alike in titles.items():
        if (len(alike) > 1 or level in run_in) and all(title.value.endswith("。") for title in alike):
            spared += alike
    places = {title.origin for title in spared if title.origin is not None}
    return tuple(
        reading._replace(found=tuple(each for each in reading.found if each.code != _TITLE_END))
        if reading.text.origin in places
        else reading
        for reading in readings
    )


def _stands_alone(block: Section, outline: Outline) -> bool:
    level = outline.numbering[block.level - 1]
    return block.text is None or not (level.run_in if block.run_in is None else block.run_in)


class _Reading(NamedTuple):
    """A text, what is wrong in it whatever the targets are, and what is compared with the targets."""

    text: Text
    found: tuple[Finding, ...]
    bounds: bool
    """True if a bound may be typed beside a citation that includes it."""
    numbers: tuple[NumberInText, ...]


def _read(placed: PlacedText) -> _Reading | None:
    """Reads one text of the outline; None if there is nothing wrong and nothing to compare."""
    text, role = placed.text, placed.role
    value = text.value
    if role in _NOT_READ or text.origin is None or not value:
        return None
    key = (value, role, _opens(placed), placed.block.__class__)
    numbers = _sound.get(key)
    if numbers is not None:
        bounds = may_repeat_bounds(value)
        return _Reading(text, (), bounds, numbers) if numbers or bounds else None
    reading = _Reading(text, tuple(_found_in(placed, text.origin)), may_repeat_bounds(value), numbers_in(value))
    if not reading.found:
        _sound.put(key, value, reading.numbers)
    return reading if any(reading[1:]) else None


_sound = Recent()
"""The numbers in texts without findings."""


def _found_in(placed: PlacedText, origin: Span) -> Iterator[Finding]:
    text, role = placed.text, placed.role
    yield from _check_blanks(text.value, origin)
    if role in _TITLES_AND_TEXTS:
        yield from _check_end(placed, origin)
        yield from _check_label(placed, origin)
    yield from check_wording(text)


def _check_blanks(value: str, origin: Span) -> Iterator[Finding]:
    """Reports blanks that were not filled in."""
    blanks = list(leftovers(value))
    if blanks:
        shown = "”“".join(dict.fromkeys(around(value, *blank) for blank in blanks[:3]))
        yield finding("PW216", origin.within(value, *blanks[0]), count=len(blanks), samples=shown)


def _check_end(placed: PlacedText, origin: Span) -> Iterator[Finding]:
    """Reports a title that ends with a mark, and a text after a title that does not."""
    value = placed.text.value
    if placed.role in _TITLES and value[-1] in _END_MARKS:
        place, end = origin.within(value, len(value) - 1, len(value)), len(value.rstrip(_END_MARKS))
        certain = not value[end:].startswith(".") and "\n" not in value
        remedy = origin.replaced_within(value, end, len(value), "") if certain and end else ()
        yield finding("PW217", place, remedy=remedy, mark=value[-1])
    runs_on = placed.role is TextRole.TEXT and isinstance(placed.block, Section) and placed.block.title is not None
    if runs_on and _OPEN_END.search(value, max(len(value) - 3, 0)) and _is_prose(value.rpartition("\n")[2]):
        last = origin.within(value, len(value) - 1, len(value))
        shown = value[value.rfind("{{") :] if value.endswith("}}") else value[-6:]
        yield finding("PW501", last, what="这段话末尾没有标点：", mark=f"“{shown}”", advice="补上句号。")


def _is_prose(line: str) -> bool:
    """True for a line that has a mark inside, and names no field (责任单位：教育局，各乡镇)."""
    return any(mark in line for mark in "，；。") and FIELD.match(line) is None


def _check_label(placed: PlacedText, origin: Span) -> Iterator[Finding]:
    """Reports a label typed by hand: in a numbered block it is printed twice, in other lines it is not counted."""
    label = TYPED_LABEL.match(placed.text.value) if _opens(placed) else None
    if label is None:
        return
    shown, rest = label.group().strip(), placed.text.value[label.end() :]
    why, advice = "程序还会再编一次", f"删去“{shown}”，编号由程序统一编排。"
    remedy = origin.replaced_within(placed.text.value, 0, label.end(), "") if rest else ()
    if isinstance(placed.block, Paragraph):
        title = re.split("[。；：\n]", rest, maxsplit=1)[0].strip()
        why, remedy = "增删、调换以后不会跟着改", ()
        advice = f"写成一级：- {_level_of(shown)}: {title if 0 < len(title) <= 30 else '……'}，编号由程序统一编排；不要编号的，删去“{shown}”。"
    yield finding("PW218", origin, remedy=remedy, label=shown, why=why, advice=advice)


def _opens(placed: PlacedText) -> bool:
    """True for the first text of a block."""
    is_first = placed.role is TextRole.TEXT and (not isinstance(placed.block, Section) or placed.block.title is None)
    return placed.role is TextRole.TITLE or is_first


def _level_of(label: str) -> str:
    """The level that usually has this form of label."""
    if label[0].isdecimal():
        return "条"
    if label.endswith("、"):
        return "章"
    return "节" if re.match("[（(][一二三四五六七八九十百]", label) else "款"
