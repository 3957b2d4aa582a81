"""Blocks of an outline that have the text of a clause become its use (用) with 参数; the text stays the same."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from planwriter.clauses.clause import Clause, Parameter
from planwriter.clauses.parameters import argument_value
from planwriter.clauses.systems import PlanProfile, misfit, plan_level, users_of
from planwriter.fill import HOLE, fill
from planwriter.fill.optional import bracket_fault, cuts, named_parameters, optional_parts, without_parts
from planwriter.fill.plain import NameTable
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Result, Span
from planwriter.model import Block, Outline, Paragraph, Section, Text, Use
from planwriter.model.walk import rebuild
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex
from planwriter.start.records import replace

Names: TypeAlias = Mapping[str, object]
NEAR = 0.6
"""A text is listed as near a clause if at least this share of the pairs of characters of both is in both (Jaccard)."""
_SHORT = 16
"""Shorter texts are like many others by chance."""
_MOST_LISTED = 20
_LONGEST = 4_000
"""Longer texts are not compared: no clause is as long."""
_MOST_PARTS, _MOST_TEXTS = 8, 3
"""A clause with more optional parts, or more parameters that may be any words, is left out: trying it could take long."""
_NUMBER = r"(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?[余多]?[十百千万亿]{0,2}[余多]?"
_MOST_TRIED = 50
"""So many wordings with one title, or that begin with a hole, are tried for a block."""
_OF_TYPE = {
    "整数": _NUMBER,
    "小数": _NUMBER,
    "百分数": r"(?:0|[1-9]\d{0,2})(?:\.\d{1,6})?",
    "年份": r"(?:19|20)\d\d",
    "日期": r"\d{4}年\d{1,2}月(?:\d{1,2}日)?",
    "文本": r"[^。；\n]{1,60}?",
}
_OF_PARAMETER = regex(r"参数\s*\.\s*(\w+)")
_TITLE_END = "\x1f"
"""Stands between the title and the text of a block."""
_USUAL = "常"
_PLAIN = regex(r"[^\w]")


class _Wording(NamedTuple):
    """One of the wordings of a clause: its text behind its title, and the name by which a use asks for it."""

    clause: Clause
    text: str
    variant: str


class _Near(NamedTuple):
    likeness: float
    clause: Clause


def match_clauses(outline: Outline, clauses: Iterable[Clause], names: Names) -> Result[Outline]:
    """The outline with uses in the place of the blocks that are clauses, word for word; `names` are those of its texts.

    The findings name the clauses used, and the blocks that are near one.
    """
    matcher = _Matcher(outline, clauses, names)
    parts = tuple(replace(part, blocks=rebuild(part.blocks, matcher.changed)) for part in outline.parts)
    return Result(replace(outline, parts=parts) if matcher.used else outline, tuple(matcher.findings()))


def printing_values(
    clause: Clause, level: str, variant: str, title: str, text: str, names: Names
) -> dict[str, str] | None:
    """The values of its parameters with which a clause prints a title, "" for none, and a text; None if it cannot.

    `variant` is the wording that its use asks for; "" for none.
    """
    whole = f"{title}{_TITLE_END}{text}" if title else text
    if len(whole) > _LONGEST or "{" in whole or "\n" in whole:
        return None
    for wording in _wordings(clause, level):
        pattern = _pattern(wording, names) if wording.variant == variant else None
        match = pattern.fullmatch(whole) if pattern is not None else None
        if match is not None:
            return {name: value for name, value in match.groupdict().items() if value is not None}
    return None


class _Matcher:
    def __init__(self, outline: Outline, clauses: Iterable[Clause], names: Names) -> None:
        self.outline = outline
        self.names = names
        self.level = plan_level(outline.unit, outline.region.level)
        profile = PlanProfile(outline.unit, outline.region.level, outline.kind, outline.years)
        self.wordings = [
            wording
            for clause in clauses
            if not misfit(users_of(clause), profile)
            for wording in _wordings(clause, self.level)
        ]
        self.heads: dict[str, list[int]] = {}
        for at, wording in enumerate(self.wordings):
            self.heads.setdefault(self.head(wording), []).append(at)
        self.patterns: dict[int, re.Pattern[str] | None] = {}
        self.likeness = _Likeness([wording.text for wording in self.wordings], names)
        self.used: list[tuple[str, Span]] = []
        self.near: list[tuple[str, Span, _Near]] = []

    def head(self, wording: _Wording) -> str:
        """The title of a wording as this plan prints it; for one without a title, how it begins; "" if a hole decides that."""
        title, mark, _ = wording.text.partition(_TITLE_END)
        if mark:
            filled, faults = fill(title, self.names)
            return "" if faults else filled + _TITLE_END
        return "" if "{" in title[:2] or "〔" in title[:2] else title[:2]

    def changed(self, block: Block) -> Block:
        """The use of the clause that a block is, or the block itself."""
        origin = _origin(block)
        text = _text(block)
        if origin is None or not text or "{" in text or len(text) > _LONGEST:
            return block
        title, mark, _ = text.partition(_TITLE_END)
        own, others = self.heads.get(title + mark if mark else title[:2], []), self.heads.get("", [])
        for at in (*own[:_MOST_TRIED], *others[:_MOST_TRIED]):
            made = self.use(self.wordings[at], at, block, text, origin)
            if made is not None:
                self.used.append((made.clause.value, origin))
                return made
        plain = text.partition(_TITLE_END)[2] if mark else text
        found = self.likeness.nearest(plain)
        if found is not None:
            near = _Near(found[0], self.wordings[found[1]].clause)
            self.near.append((title if mark else title[:12], origin, near))
        return block

    def use(self, wording: _Wording, at: int, block: Block, text: str, origin: Span) -> Use | None:
        """The use of a wording in the place of a block; None if it does not print the same."""
        clause = wording.clause
        if not self.is_alike(clause, block):
            return None
        if at not in self.patterns:
            self.patterns[at] = _pattern(wording, self.names)
        pattern = self.patterns[at]
        match = pattern.fullmatch(text) if pattern is not None else None
        if match is None:
            return None
        given = {name: value for name, value in match.groupdict().items() if value is not None}
        declared = {each.name: each for each in clause.parameters}
        values = {}
        for name, typed in given.items():
            values[name], problem = argument_value(declared[name], typed)
            if problem is not None:
                return None
        names = {**self.names, "参数": NameTable("参数", values)}
        filled, faults = fill(wording.text, names, None, cuts(wording.text, frozenset(values)))
        if faults or filled != text:
            return None
        return Use(
            clause=Text(value=clause.identifier, origin=origin),
            arguments=tuple((Text(value=name, origin=origin), Text(value=typed)) for name, typed in given.items()),
            variant=Text(value=wording.variant, origin=origin) if wording.variant else None,
            duty=block.duty if isinstance(block, Section | Paragraph) else None,
            numbering=block.numbering if isinstance(block, Section) else None,
            run_in=block.run_in if isinstance(block, Section) else None,
            identifier=block.identifier if isinstance(block, Section) else "",
            origin=origin,
        )

    def is_alike(self, clause: Clause, block: Block) -> bool:
        """True if a block and a clause's have the same level and nothing but text that would be lost."""
        own = clause.block
        if isinstance(own, Paragraph):
            return isinstance(block, Paragraph)
        if not isinstance(own, Section) or not isinstance(block, Section) or own.level != block.level:
            return False
        if self.outline.functions and clause.lead_functions and block.duty is None:
            return False  # the use would name departments that the block does not
        return own.duty is None and own.numbering is None and own.run_in in (None, block.run_in)

    def findings(self) -> Iterator[Finding]:
        """The clauses used, and the blocks that are near one."""
        if self.used:
            names = "、".join(name for name, _ in self.used)
            yield finding("PW755", self.used[0][1], count=len(self.used), clauses=names)
        used = {name for name, _ in self.used}
        told = (each for each in self.near if each[2].clause.identifier not in used)
        for _, (title, origin, near) in zip(range(_MOST_LISTED), told, strict=False):
            likeness = min(math.floor(near.likeness * 100), 99)
            yield finding("PW756", origin, title=title, clause=near.clause.identifier, likeness=likeness)


def _wordings(clause: Clause, level: str) -> Iterator[_Wording]:
    """The wordings of a clause that is one text, without blocks inside it, each with the name by which it is asked for."""
    block = clause.block
    if clause.base is not None and isinstance(block, Paragraph) and not block.text.value:
        return
    if not isinstance(block, Section | Paragraph) or (isinstance(block, Section) and block.children):
        return
    has_own = clause.format > 1 and clause.variant(level) is not None
    head = (block.title.value if block.title else "") + _TITLE_END if isinstance(block, Section) else ""
    if "\n" not in head and clause.text:
        yield _Wording(clause, head + clause.text, _USUAL if has_own else "")
    for each in clause.variants:
        if each.text.value and not each.children:
            yield _Wording(clause, head + each.text.value, "" if has_own and each.name == level else each.name)


def _text(block: Block) -> str:
    """The title and the text of a block that has nothing else; "" for other blocks."""
    if isinstance(block, Paragraph):
        return block.text.value
    if isinstance(block, Section) and block.title and block.text and not block.children:
        return block.title.value + _TITLE_END + block.text.value
    return ""


def _origin(block: Block) -> Span | None:
    if isinstance(block, Section):
        return block.origin or (block.title.origin if block.title else None)
    return block.text.origin if isinstance(block, Paragraph) else None


def _pattern(wording: _Wording, names: Names) -> re.Pattern[str] | None:
    """A wording as a pattern with a group for each parameter; None if it has holes that are no names."""
    text = wording.text
    parts = optional_parts(text)
    declared = {each.name: each for each in wording.clause.parameters}
    texts = sum(each.type not in _OF_TYPE or each.type == "文本" for each in wording.clause.parameters)
    if len(parts) > _MOST_PARTS or texts > _MOST_TEXTS or bracket_fault(text)[1]:
        return None
    if not named_parameters(text) <= declared.keys():
        return None
    seen: set[str] = set()
    made, at = [], 0
    try:
        for part in parts:
            made.append(_literal(text[at : part.start], names, declared, seen))
            with_value = _literal(text[part.start + 1 : part.bar], names, declared, seen)
            otherwise = (
                _literal(text[part.bar + 1 : part.end - 1], names, declared, seen) if part.bar < part.end - 1 else ""
            )
            made.append(f"(?:{with_value}|{otherwise})" if otherwise else f"(?:{with_value})?")
            at = part.end
        made.append(_literal(text[at:], names, declared, seen))
    except _Unmatchable:
        return None
    return re.compile("".join(made))


class _Unmatchable(Exception):
    """A hole that is neither a name of the plan nor a parameter."""


def _literal(text: str, names: Names, declared: Mapping[str, Parameter], seen: set[str]) -> str:
    """A stretch of a wording as a pattern."""
    made, at = [], 0
    for hole in HOLE.finditer(text):
        made.append(re.escape(text[at : hole.start()]))
        at = hole.end()
        expression = hole[1].strip()
        named = _OF_PARAMETER.fullmatch(expression)
        if named is None:
            if expression not in names or not isinstance(names[expression], str):
                raise _Unmatchable
            made.append(re.escape(str(names[expression])))
        elif named[1] in seen:
            made.append(f"(?P={named[1]})")
        else:
            seen.add(named[1])
            made.append(f"(?P<{named[1]}>{_of_type(declared[named[1]])})")
    rest = text[at:]
    if "{{" in rest or "}}" in rest or "{%" in text:
        raise _Unmatchable
    return "".join((*made, re.escape(rest)))


def _of_type(parameter: Parameter) -> str:
    if parameter.type == "选项":
        return "|".join(re.escape(each) for each in sorted(parameter.choices, key=len, reverse=True)) or "(?!)"
    return _OF_TYPE.get(parameter.type, _OF_TYPE["文本"])


class _Likeness:
    """Which wording is most like a text: those that share one of its rarest pairs are compared (prefix filter)."""

    def __init__(self, wordings: list[str], names: Names) -> None:
        def shown(hole: re.Match[str]) -> str:
            return str(names.get(hole[1].strip(), ""))

        bodies = [each.rpartition(_TITLE_END)[2] for each in wordings]
        self.pairs = [_pairs(HOLE.sub(shown, without_parts(body))) for body in bodies]
        self.often = Counter(pair for pairs in self.pairs for pair in pairs)
        self.holders: dict[str, list[int]] = {}
        for at, pairs in enumerate(self.pairs):
            for pair in self.rarest(pairs):
                self.holders.setdefault(pair, []).append(at)

    def rarest(self, pairs: frozenset[str]) -> list[str]:
        """The pairs of which two texts that are alike must share one."""
        count = len(pairs) - math.ceil(NEAR * len(pairs)) + 1
        return sorted(pairs, key=lambda pair: (self.often[pair], pair))[:count]

    def nearest(self, text: str) -> tuple[float, int] | None:
        """The likeness and the index of the wording most like a text; None if none is near."""
        pairs = _pairs(text)
        if len(pairs) < _SHORT:
            return None
        best: tuple[float, int] | None = None
        for at in sorted({at for pair in self.rarest(pairs) for at in self.holders.get(pair, ())}):
            other = self.pairs[at]
            if min(len(pairs), len(other)) < NEAR * max(len(pairs), len(other)):
                continue
            shared = len(pairs & other)
            likeness = shared / (len(pairs) + len(other) - shared)
            if likeness >= NEAR and (best is None or likeness > best[0]):
                best = likeness, at
        return best


def _pairs(text: str) -> frozenset[str]:
    plain = _PLAIN.sub("", text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
