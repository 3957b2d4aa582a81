"""The rules of a plan: its skeleton, held against the tree, and what its texts and targets must not be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planwriter.checks.wording import check_wording
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Span
from planwriter.language.numerals import TYPED_LABEL
from planwriter.language.unit_names import unit_names
from planwriter.model import Block, Box, Duty, Outline, Paragraph, Part, Picture, Section, Table, Target, Text, Use
from planwriter.outline.kind import Kind, SkeletonPart
from planwriter.targets.assertions import check_assertions
from planwriter.targets.formulas import complete_targets
from planwriter.targets.rules import check_targets
from planwriter.targets.values import FigureView

_END_MARKS = "。；，、：,;:."
_LETTER = r"[^\W\da-zA-Z_]"  # Chinese characters and a few more: a range of code points takes 1 ms to compile
_PLACEHOLDER = (
    rf"(?<![A-Za-z])_+|_+(?![A-Za-z])|[×xX＊*]{{2,}}(?={_LETTER})|(?<={_LETTER})(?:×{{2,}}|X{{2,}}|x{{2,}})|(?<![A-Za-z*])\*(?=[%％.．万亿元人名个所家次项年月日处套场])"
    r"|某某|【\s*】|（\s*）|\(\s*\)|[（(【](?:待定|待补充|待填|填写|略)[）)】]|TODO|待补充|待填写"
)


def check_outline(outline: Outline, kind: Kind, *, lost: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """Every finding on the outline as a whole: skeleton, years, texts, targets.

    `lost` names entries that could not be parsed, or parts under a wrong name: it is not said that they are missing.
    """
    findings: list[Finding] = []
    _check_parts(outline, kind, lost, findings)
    targets = complete_targets(outline.targets).value
    _check_texts(outline, targets, findings)
    _check_duty_note(outline, findings)
    for part in outline.parts:
        _check_duties(part.blocks, findings)
    findings += check_targets(targets, outline.years)
    findings += check_assertions(outline.assertions, targets)
    return tuple(findings)


def check_citations(outline: Outline, cited: frozenset[str], *, torn: bool = False) -> tuple[Finding, ...]:
    """Targets that no text cites, where no table of all targets is attached.

    With `torn` a text that could not be read counts too, as far as it names a target.
    """
    if any(attachment.made_of == "指标表" for attachment in outline.attachments):
        return ()
    if torn and outline.origin is not None:
        cited = cited.union(re.findall(r"指标\.(\w+)", "\n".join(outline.origin.source.lines)))
    return tuple(
        finding("PW401", target.origin, name=target.title, key=target.key)
        for target in outline.targets
        if target.key not in cited and target.origin is not None and not target.broken
    )


def _check_duty_note(outline: Outline, findings: list[Finding]) -> None:
    """Who answers is to stand in a table: then there must be one, where anybody is named in the text at all."""
    attached = any(attachment.made_of == "任务分解表" for attachment in outline.attachments)
    if outline.duty_note != "附表" or attached or outline.origin is None:
        return
    named = any(_names_somebody(part.blocks) for part in outline.parts)
    if named:
        key = outline.origin.find("\n责任标注")  # at the beginning of a line: the key, not the words in a text
        place = Span(key.source, key.start + 1, key.end) if key is not outline.origin else key
        findings.append(finding("PW606", place))


def _check_duties(blocks: tuple[Block, ...], findings: list[Finding]) -> None:
    """Units that are named twice for one block."""
    for block in blocks:
        duty = getattr(block, "duty", None)
        if duty is not None:
            seen: dict[str, str] = {}
            for where, texts in (("“责任单位”", duty.lead), ("“配合单位”", duty.support)):
                for text, name in ((each, name) for each in texts for name in unit_names(each.value)):
                    if name in seen and text.origin:
                        both = f"{where}里" if seen[name] == where else f"{seen[name]}和{where}里"
                        findings.append(finding("PW222", text.origin, where=both, unit=name))
                    seen.setdefault(name, where)
        if isinstance(block, Section | Box):
            _check_duties(block.children, findings)


def _names_somebody(blocks: tuple[Block, ...]) -> bool:
    return any(
        (isinstance(block, Section | Use) and block.duty is not None)
        or (isinstance(block, Section | Box) and _names_somebody(block.children))
        for block in blocks
    )


# the skeleton


def _check_parts(outline: Outline, kind: Kind, lost: tuple[str, ...], findings: list[Finding]) -> None:
    skeleton = "、".join(kind.roles)
    present = {part.role: part for part in outline.parts}
    _check_order(outline.parts, kind, findings)
    for wanted in kind.skeleton:
        part_given = present.get(wanted.role)
        if part_given is None:
            if wanted.required and wanted.role not in lost and outline.origin is not None:
                later = kind.roles[kind.roles.index(wanted.role) + 1 :]
                followers = (part.origin for part in outline.parts if part.role in later and part.origin)
                place = next(followers, None) or _last_line(outline.origin)
                findings.append(finding("PW206", place, part=wanted.role, kind=kind.name, skeleton=skeleton))
            continue
        if not part_given.blocks:
            if wanted.required and not lost:
                findings.append(finding("PW207", _part_span(part_given), part=wanted.role))
            continue
        _check_form(part_given, wanted, kind, findings)
        if not lost:
            _check_demands(part_given, wanted, outline, kind, findings)


def _part_span(part: Part) -> Span:
    assert part.origin is not None
    return part.origin


def _last_line(place: Span) -> Span:
    """The last line that holds something: below it a missing part would be added."""
    text = place.source.text
    end = len(text.rstrip())
    start = text.rfind("\n", 0, end) + 1
    return Span(place.source, end - len(text[start:end].lstrip()), end)


def _check_order(parts: tuple[Part, ...], kind: Kind, findings: list[Finding]) -> None:
    """The parts that would have to move, as few as may be, for all to stand in the order of the skeleton."""
    order = [kind.roles.index(part.role) for part in parts]
    runs: list[list[int]] = []  # for each part the longest run in order that ends with it
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
        findings.append(finding("PW208", part.origin, part=part.role, other=other, side=side, skeleton=skeleton))


def _check_form(part: Part, wanted: SkeletonPart, kind: Kind, findings: list[Finding]) -> None:
    """Each block at the top of a part against the forms the kind takes there."""
    for block in part.blocks:
        if isinstance(block, Section):
            form, place = block.level.word, block.origin
        elif isinstance(block, Paragraph):
            form, place = "段首", block.text.origin
            if "段首" not in wanted.forms and any(isinstance(each, Section | Use) for each in part.blocks):
                continue  # a lead paragraph before the sections of a part
        else:
            continue
        if form not in wanted.forms and place is not None:
            allowed = "、".join(_FORM_WORDS.get(each, each) for each in wanted.forms)
            shown = _FORM_WORDS.get(form, form)
            findings.append(finding("PW209", place, kind=kind.name, part=part.role, form=shown, allowed=allowed))
            return


_FORM_WORDS = {"段首": "一段文字", "章": "章（一、）", "节": "节（（一））", "条": "条（1.）", "款": "款（（1））"}


def _check_demands(part: Part, wanted: SkeletonPart, outline: Outline, kind: Kind, findings: list[Finding]) -> None:
    for name, words in wanted.demands:
        openings = list(_openings(part.blocks))
        if any(isinstance(block, Use) for block in part.blocks):
            continue  # what a clause holds is the library's matter
        if not any(word in opening for opening in openings for word in words):
            findings.append(
                finding(
                    "PW210",
                    _part_span(part),
                    kind=kind.name,
                    part=part.role,
                    wanted=name,
                    year=outline.years[1] or "末",
                )
            )


def _openings(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The titles of a part, and the first words of its paragraphs."""
    for block in blocks:
        if isinstance(block, Paragraph):
            for line in block.text.value.split("\n"):
                yield line[:16]
        elif isinstance(block, Section):
            if block.title:
                yield block.title.value
            if block.text and not block.title:
                yield block.text.value[:16]
            yield from _openings(block.children)


# texts


@dataclass(frozen=True, slots=True)
class _Place:
    """A text of the outline and what it is: a title, the text of a block, anything else."""

    text: Text
    is_title: bool = False
    opens: bool = False
    """True where a number typed by hand would double the program's."""
    runs_on: bool = False
    """True for the text behind a title, which is of whole sentences."""
    is_line: bool = False
    """True for a line of its own, which gets no number."""


def _texts(outline: Outline) -> Iterator[_Place]:
    for text in (outline.title, outline.preface, outline.closing):
        if text:
            yield _Place(text)
    if outline.frame:
        yield from (_Place(text) for text in (outline.frame.notice_title, outline.frame.notice_body) if text)
    for part in outline.parts:
        yield from _block_texts(part.blocks)
    for attachment in outline.attachments:
        yield _Place(attachment.title)
        yield from _block_texts(attachment.blocks)


def _block_texts(blocks: tuple[Block, ...]) -> Iterator[_Place]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _Place(block.text, opens=True, is_line=True)
        elif isinstance(block, Section):
            if block.title:
                yield _Place(block.title, is_title=True, opens=True)
            if block.text:
                yield _Place(block.text, opens=block.title is None, runs_on=block.title is not None)
            yield from _duty_texts(block.duty)
            yield from _block_texts(block.children)
        elif isinstance(block, Use):
            for _, argument in block.arguments:
                for value in (argument,) if isinstance(argument, Text) else argument:
                    yield _Place(value)
            yield from _duty_texts(block.duty)
        elif isinstance(block, Box):
            yield _Place(block.title)
            yield from _block_texts(block.children)
        elif isinstance(block, Table):
            if block.caption:
                yield _Place(block.caption)
            for row in block.rows:
                yield from (_Place(cell) for cell in row)
        elif isinstance(block, Picture) and block.caption:
            yield _Place(block.caption, is_title=True)


def _duty_texts(duty: Duty | None) -> Iterator[_Place]:
    if duty is not None:
        yield from (_Place(unit) for unit in (*duty.lead, *duty.support))
        if duty.deadline:
            yield _Place(duty.deadline)


def _check_texts(outline: Outline, complete: tuple[Target, ...], findings: list[Finding]) -> None:
    hand_typed = _HandTyped(complete)
    targets = {target.key: target for target in complete}
    for place in _texts(outline):
        text = place.text
        if text.origin is None:
            continue
        value = text.value
        blanks = list(re.finditer(_PLACEHOLDER, value)) if _might_be_blank(value) else []
        if blanks:
            shown = "”“".join(dict.fromkeys(_around(value, match) for match in blanks[:3]))
            spot = text.origin.within(value, *blanks[0].span())
            findings.append(finding("PW216", spot, count=len(blanks), samples=shown))
        if place.is_title and value[-1:] in _END_MARKS and value:
            mark = text.origin.within(value, len(value) - 1, len(value))
            findings.append(finding("PW217", mark, mark=value[-1]))
        label = TYPED_LABEL.match(value) if place.opens else None
        if label:
            findings.append(_typed_label(text.origin, label.group().strip(), value[label.end() :], place))
        if place.runs_on and _OPEN_END.search(value) and any(mark in value for mark in "，；。") and text.origin:
            tail = text.origin.within(value, len(value) - 1, len(value))
            shown = value[value.rfind("{{") :] if value.endswith("}}") else value[-6:]
            findings.append(finding("PW501", tail, what="这段话末尾没有标点：", mark=f"“{shown}”", advice="补上句号。"))
        findings += check_wording(text, targets)
        hand_typed.check(text, findings)


def _typed_label(origin: Span, label: str, rest: str, place: _Place) -> Finding:
    """A number typed by hand: doubled in a block that is numbered, left standing in a line that is not."""
    if not place.is_line:
        return finding(
            "PW218", origin, label=label, why="程序还会再编一次", advice=f"删去“{label}”，编号由程序统一编排。"
        )
    level = (
        "章"
        if label.endswith("、") and not label[0].isdecimal()
        else "条"
        if label[0].isdecimal()
        else "节"
        if re.match("[（(][一二三四五六七八九十百]", label)
        else "款"
    )
    title = re.split("[。；：\n]", rest, maxsplit=1)[0].strip()
    advice = f"写成一级：- {level}: {title if 0 < len(title) <= 30 else '……'}，编号由程序统一编排；不要编号的，删去“{label}”。"
    return finding("PW218", origin, label=label, why="增删、调换以后不会跟着改", advice=advice)


_OPEN_END = re.compile(rf"(?:{_LETTER}|[\d%]|\}}\}})$")


_BLANK_SIGNS = "_*×xX＊某【（(T待"


def _might_be_blank(value: str) -> bool:
    return any(sign in value for sign in _BLANK_SIGNS)


def _around(value: str, match: re.Match[str]) -> str:
    return value[max(0, match.start() - 4) : min(match.end(), match.start() + 12) + 4].replace("\n", "")


class _HandTyped:
    """Looks for a target's figure typed by hand in a sentence that names the target (PW403)."""

    def __init__(self, targets: tuple[Target, ...]) -> None:
        self.figures: dict[str, dict[str, list[Target]]] = {}
        """By their number, and by number and unit, the targets of that value: a few, to stay quick."""
        for target in targets:
            if target.value is not None and target.unit:
                figure = str(FigureView(target, target.value.value, bound=""))
                alike = self.figures.setdefault(f"{target.value.value:f}", {}).setdefault(figure, [])
                if len(alike) < MAX_ALIKE:
                    alike.append(target)

    def check(self, text: Text, findings: list[Finding]) -> None:
        if not self.figures or text.origin is None:
            return
        value = _HOLE.sub(lambda hole: "\0" * len(hole.group()), text.value)
        told: set[str] = set()
        for sentence in _SENTENCE.finditer(value):
            for number in _NUMBER.finditer(value, *sentence.span()):
                for figure, targets in self.figures.get(number.group(), {}).items():
                    if not value.startswith(figure, number.start(), sentence.end()):
                        continue
                    for target in targets:
                        named = target.title in sentence.group() or target.key in sentence.group()
                        if named and target.key not in told:
                            told.add(target.key)
                            place = text.origin.within(text.value, number.start(), number.start() + len(figure))
                            findings.append(finding("PW403", place, figure=figure, name=target.title, key=target.key))


_HOLE = re.compile(r"\{\{[^{}]*\}\}")
_SENTENCE = re.compile(r"[^。；\n]+")
_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?")
MAX_ALIKE = 20
