"""The labels that a browser counts for the items of ordered lists (<ol>)."""

from __future__ import annotations

from collections.abc import Callable

from planwriter.importing.sources.markup import Block
from planwriter.language.numerals import NUMERAL_MAX, chinese_numeral
from planwriter.start.patterns import regex

_CHINESE = regex(
    r"list-style(?:-type)?\s*:[^;]*\b(?:cjk-ideographic|(?:simp|trad)-chinese-(?:in)?formal|cjk-decimal)", 2
)
_NONE = regex(r"list-style(?:-type)?\s*:[^;]*\bnone", 2)
_WHOLE = regex(r"\s*(-?\d{1,6})\s*")
_FORMS: dict[str, Callable[[int], str]] = {
    "a": lambda at: chr(ord("a") + (at - 1) % 26),
    "A": lambda at: chr(ord("A") + (at - 1) % 26),
}


def labels_of(block: Block) -> dict[int, str]:
    """The labels of the items of an ordered list, by the items' identities (id)."""
    if _NONE.search(block.attributes.get("style", "")) is not None:
        return {}
    found: dict[int, str] = {}
    at = _number(block.attributes.get("start", ""), 1)
    for item in block.blocks():
        if item.name == "li":
            at = _number(item.attributes.get("value", ""), at)
            if _NONE.search(item.attributes.get("style", "")) is None:
                found[id(item)] = _label(block, at)
            at += 1
    return found


def _number(text: str, default: int) -> int:
    match = _WHOLE.fullmatch(text)
    return int(match[1]) if match is not None else default


def _label(block: Block, at: int) -> str:
    if _CHINESE.search(block.attributes.get("style", "")) is not None and 1 <= at <= NUMERAL_MAX:
        return f"{chinese_numeral(at)}、"
    form = _FORMS.get(block.attributes.get("type", ""))
    return f"{form(at) if form is not None and at > 0 else at}."
