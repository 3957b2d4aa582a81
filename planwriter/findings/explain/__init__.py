"""The page that `planwriter explain` prints for a finding: what it says, why it matters, a wrong and a right example.

The pages stand in the modules beside this one, a family of codes in each.
"""

from __future__ import annotations

import importlib
import string
from typing import NamedTuple

from planwriter.findings.catalogue import CATALOGUE

_FAMILIES = {
    "PW101": "reading",
    "PW201": "outline",
    "PW301": "clauses",
    "PW325": "libraries",
    "PW350": "quality",
    "PW401": "targets",
    "PW440": "figures",
    "PW501": "form",
    "PW650": "layout",
    "PW801": "output",
}
"""The first code of each family, in order, and the module of its pages."""


class Page(NamedTuple):
    """What the catalogue does not say of a finding."""

    why: str
    wrong: str
    right: str
    way: str


def explanation(code: str) -> str:
    """The page of a finding of the catalogue, its lines ended. Raises KeyError for a code that is not in it."""
    message, page = CATALOGUE[code], _page(code)
    parts = [
        f"{code}（{message.severity.word}）",
        f"它说：\n{_indented(_blanked(message.sentence))}",
        f"为什么：\n{_indented(page.why)}",
        f"错的写法：\n{_indented(page.wrong)}",
        f"对的写法：\n{_indented(page.right)}",
        f"办法：\n{_indented(page.way)}",
    ]
    return "\n\n".join(parts) + "\n"


def _page(code: str) -> Page:
    family = _FAMILIES[max(first for first in _FAMILIES if first <= code)]
    pages: dict[str, Page] = importlib.import_module(f"planwriter.findings.explain.{family}").PAGES
    return pages[code]


def _blanked(sentence: str) -> str:
    """A sentence of the catalogue with 「…」 where a finding names the thing itself."""
    pieces = (text + ("「…」" if field is not None else "") for text, field, _, _ in string.Formatter().parse(sentence))
    return "".join(pieces).replace("“「…」”", "「…」")


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.split("\n"))
