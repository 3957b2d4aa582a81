"""Blanks what others have written, document titles and quotations, so that rules on wording leave it alone."""

from __future__ import annotations

from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex

_TITLE = regex(r"《[^》\n]{0,120}》")
_QUOTATION = regex(r"“[^”\n]{0,300}”")
_LONG_QUOTATION = regex(r"“[^”\n]{13,300}”")
"""Matches a quotation that is a sentence; what is shorter is a term: “四个意识”."""


class OwnWords(NamedTuple):
    """A text, and the same text with titles and quotations blanked, character by character."""

    text: str
    terms: str
    """Without document titles and quoted sentences."""
    prose: str
    """Without quoted terms either."""


def own_words(text: str) -> OwnWords:
    """A text as the rules on wording read it."""
    terms = _TITLE.sub(_blank, text) if "《" in text else text
    if "“" not in text:
        return OwnWords(text, terms, terms)
    return OwnWords(text, _LONG_QUOTATION.sub(_blank, terms), _QUOTATION.sub(_blank, terms))


def _blank(found: re.Match[str]) -> str:
    return "\0" * len(found.group())
