"""Compares the parts of a plan with the skeleton of its kind, and its headings with each other: PW206 to PW210, PW542, PW543."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Span
from planwriter.model import Block, Level, Outline, Paragraph, Part, Section, Use
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.model.walk import TextRole, TextVisit, walk, walk_texts
from planwriter.outline.kind import Kind, SkeletonPart


def check_skeleton(
    outline: Outline, kind: Kind, lost: tuple[str, ...] = (), memo: Memo = NO_MEMO
) -> tuple[Finding, ...]:
    """The findings on parts that are missing, empty or misplaced, or that lack what the kind demands.

    `lost` names entries that could not be parsed, or parts under a wrong name: they are not reported as missing.
    """
    return memo.once(_findings, kind, outline.origin, *outline.parts, by=(lost, outline.years[1]))


def _findings(
    lost: tuple[str, ...], last_year: int, kind: Kind, origin: Span | None, *parts: Part
) -> tuple[Finding, ...]:
    return tuple(_check(parts, origin, kind, lost, last_year))


def _check(
    parts: tuple[Part, ...], origin: Span | None, kind: Kind, lost: tuple[str, ...], last_year: int
) -> Iterator[Finding]:
    skeleton = "、".join(kind.roles)
    present = {part.role: part for part in parts}
    yield from _check_order(parts, kind)
    top = _top_level(parts)
    for wanted in kind.skeleton:
        part_given = present.get(wanted.role)
        if part_given is None:
            if wanted.required and wanted.role not in lost and origin is not None:
                later = kind.roles[kind.roles.index(wanted.role) + 1 :]
                followers = (part.origin for part in parts if part.role in later and part.origin)
                place = next(followers, None) or _last_line(origin)
                yield finding("PW206", place, part=wanted.role, kind=kind.name, skeleton=skeleton)
            continue
        if not part_given.blocks:
            if wanted.required and not lost:
                yield finding("PW207", _part_span(part_given), part=wanted.role)
            continue
        yield from _check_form(part_given, wanted, kind, top)
        if not lost:
            yield from _check_demands(part_given, wanted, last_year, kind)
    yield from _check_headings(tuple(block for part in parts for block in part.blocks), "文件")


def _part_span(part: Part) -> Span:
    assert part.origin is not None
    return part.origin


def _last_line(place: Span) -> Span:
    """The last non-empty line, below which a missing part would be added."""
    text = place.source.text
    end = len(text.rstrip())
    start = text.rfind("\n", 0, end) + 1
    return Span(place.source, end - len(text[start:end].lstrip()), end)


def _check_order(parts: tuple[Part, ...], kind: Kind) -> Iterator[Finding]:
    """A finding for each part that must move to restore the order of the skeleton; as few parts as possible."""
    order = [kind.roles.index(part.role) for part in parts]
    runs: list[list[int]] = []  # for each part, the longest ordered sequence that ends with it
    for nth, rank in enumerate(order):
        shorter = [run for run in runs if order[run[-1]] < rank]
        runs.append([*max(shorter, key=len, default=[]), nth])
    kept = max(runs, key=len, default=[])
    for nth, part in enumerate(parts):
        if nth in kept or part.origin is None:
            continue
        after = [order[other] for other in kept if other > nth and order[other] < order[nth]]
        before = [order[other] for other in kept if other < nth and order[other] > order[nth]]
        other, side = (kind.roles[max(after)], "后") if after else (kind.roles[min(before)], "前")
        skeleton = "、".join(kind.roles)
        yield finding("PW208", part.origin, part=part.role, other=other, side=side, skeleton=skeleton)


def _top_level(parts: tuple[Part, ...]) -> Level | None:
    """The level that all parts begin with; None if they differ, or are cut into clauses."""
    levels = {block.level for part in parts for block in part.blocks if isinstance(block, Section)}
    uses = any(isinstance(block, Use) for part in parts for block in part.blocks)
    return levels.pop() if len(levels) == 1 and not uses and len(parts) > 1 else None


def _check_form(part: Part, wanted: SkeletonPart, kind: Kind, top: Level | None) -> Iterator[Finding]:
    """Compares each top block of a part with the forms that the kind allows there.

    In a plan whose parts all begin with one lower level, such as 1. or （一）, that level stands for 章.
    """
    for block in part.blocks:
        if isinstance(block, Section):
            form, place = block.level.word, block.origin
            if block.level is top and Level.CHAPTER.word in wanted.forms:
                continue
        elif isinstance(block, Paragraph):
            form, place = "段首", block.text.origin
            if "段首" not in wanted.forms and any(isinstance(each, Section | Use) for each in part.blocks):
                continue  # a lead paragraph before the sections of a part
        else:
            continue
        if form not in wanted.forms and place is not None:
            allowed = "、".join(_FORM_WORDS.get(each, each) for each in wanted.forms)
            shown = _FORM_WORDS.get(form, form)
            yield finding("PW209", place, kind=kind.name, part=part.role, form=shown, allowed=allowed)
            return


_FORM_WORDS = {"段首": "一段文字", "章": "章（一、）", "节": "节（（一））", "条": "条（1.）", "款": "款（（1））"}


def _check_demands(part: Part, wanted: SkeletonPart, last_year: int, kind: Kind) -> Iterator[Finding]:
    """Checks that the part says what the kind demands, in titles or in the first words of paragraphs."""
    if any(isinstance(visit.block, Use) for visit in walk(part.blocks)):
        return  # the content of a clause is checked in its library
    openings = [opening for visit in walk_texts(part.blocks) for opening in _openings(visit)]
    for name, words in wanted.demands:
        if not any(word in opening for opening in openings for word in words):
            place, year = _part_span(part), last_year or "末"
            yield finding("PW210", place, kind=kind.name, part=part.role, wanted=name, year=year)


def _openings(visit: TextVisit) -> Iterator[str]:
    """The title of a block, or the first words of paragraphs without a title."""
    if visit.role in (TextRole.TITLE, TextRole.BOX_TITLE, TextRole.CAPTION):
        yield visit.text.value
    elif visit.role is TextRole.TEXT and isinstance(visit.holder, Paragraph):
        yield from (line[:16] for line in visit.text.value.split("\n"))
    elif visit.role is TextRole.TEXT and isinstance(visit.holder, Section) and not visit.holder.title:
        yield visit.text.value[:16]


_LONGEST_HEADING = 20
_FEWEST_BESIDE = 2
"""So many headings of the same level have content if one without is reported."""


def _check_headings(blocks: tuple[Block, ...], scope: str) -> Iterator[Finding]:
    """The findings on headings beside each other: one without content among others that have some, and one that stands twice."""
    sections = [(block, nth) for nth, block in enumerate(blocks) if isinstance(block, Section)]
    seen: set[str] = set()
    for section, nth in sections:
        title = section.title.value if section.title else ""
        if title and title in seen and section.origin is not None:
            yield finding("PW543", section.origin, title=title, scope=scope)
        seen.add(title)
        if _is_bare(section, blocks[nth + 1 : nth + 2]) and section.origin is not None:
            beside = [each for each, _ in sections if each.level is section.level and each is not section]
            if len(beside) >= _FEWEST_BESIDE and all(each.text or each.children for each in beside):
                yield finding("PW542", section.origin, title=title, level=section.level.word)
        yield from _check_headings(section.children, section.level.word)


def _is_bare(section: Section, following: tuple[Block, ...]) -> bool:
    """True for the heading of a 章 or 节 with nothing below it, which does not say all in one sentence itself."""
    if section.text or section.children or section.title is None or section.level > Level.SECTION:
        return False
    title = section.title.value
    is_sentence = (
        len(title) > _LONGEST_HEADING
        or title[:1].isdigit()
        or any(mark in title for mark in "，；。：")
        or "{{" in title
    )
    return not is_sentence and all(isinstance(block, Section | Use) for block in following)
