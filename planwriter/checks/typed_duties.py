"""Finds responsible units that stand only in a text, so that no list of duties has them (PW250)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Span
from planwriter.language.unit_names import unit_names
from planwriter.model import Outline, Paragraph, Section
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.model.walk import PlacedText, TextRole, read_plan_texts
from planwriter.start.patterns import re, regex

_HEAD = r"(?:责任|牵头|主责|承办)(?:单位|部门|股室|科室|处室) ?[：:] ?"
_TYPED = regex(
    rf"[（(【] ?(?:责任领导 ?[：:][^（()）【】：:\n]{{1,60}}[；;，,] ?)?({_HEAD}[^（）()【】\n]{{2,200}})[）)】] ?[。；]?$"
    rf"|(?:^|(?<=[。；！])) ?({_HEAD}[^。：:（()）【】\n]{{2,200}})。?$",
    re.M,
)
_SIGNS = ("单位：", "单位:", "部门：", "部门:", "室：", "室:", "处：", "处:", "单位 ", "部门 ", "室 ")
_ROLE = regex(r"[；;，,。] ?(?=(?:配合|协办|协助|参与|完成|时限|责任人)[^：:]{0,4}[：:])")
"""Matches before what follows the lead units: 配合单位：…, 完成时限：…."""


def check_typed_duties(outline: Outline, memo: Memo = NO_MEMO) -> Iterator[Finding]:
    """A finding for each text that ends with responsible units, if its block has no 责任单位."""
    return itertools.chain.from_iterable(read_plan_texts(outline, _read, memo))


def _read(placed: PlacedText) -> tuple[Finding, ...] | None:
    """The findings in one text; None if it has none."""
    text, block = placed.text, placed.block
    if placed.role is not TextRole.TEXT or text.origin is None or not isinstance(block, (Section, Paragraph)):
        return None
    if (block.duty and block.duty.lead) or not any(word in text.value for word in _SIGNS):
        return None
    return (*_found_in(text.value, text.origin),) or None


def _found_in(value: str, origin: Span) -> Iterator[Finding]:
    for found in _TYPED.finditer(value):
        nth = 1 if found[1] else 2
        if "{{" not in found.group():
            place = origin.within(value, found.start(nth), found.end(nth))
            yield finding("PW250", place, shown=found[nth], entries=_entries(found[nth]), printed=_printed(found[nth]))


def _entries(typed: str) -> str:
    """The lines of an outline that say the same as a note on units."""
    lead, *others = _ROLE.split(typed)
    lines = [f"“责任单位: {_listed(lead)}”"]
    for each in others:
        label, _, value = each.strip("；;，,。 ").replace(":", "：").partition("：")
        if label.startswith(("完成", "时限")):
            lines.append(f"“时限: {value.strip()}”")
        elif not label.startswith("责任人"):
            lines.append(f"“配合单位: {_listed(each)}”")
    return "".join(lines)


def _printed(typed: str) -> str:
    """What changes in print, if a note has a label of its own."""
    label = re.split(" ?[：:]", typed, maxsplit=1)[0]
    return "" if label == "责任单位" else f"（“{label}”排成“责任单位”）"


def _listed(typed: str) -> str:
    """The units after a label, as the value of a key."""
    names = unit_names(re.split("[：:]", typed, maxsplit=1)[1])
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"
