"""A slip in a text: what a rule found, and what should stand there; and the lines of a document that rules read."""

from __future__ import annotations

from planwriter.start.enums import Enum, auto
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex


class Slip(NamedTuple):
    """The characters from `start` to before `end` of a text, and what is wrong with them."""

    start: int
    end: int
    code: str
    what: str
    advice: str
    new: str | None = None
    """What to write instead, if there is only one answer."""
    kind: str = ""
    """What slips of one code have in common if they are reported together."""


FOREVER = 9999


class Dated(NamedTuple):
    """A slip that is one only in plans that end before, or begin after, a year; in any plan if both are as given here."""

    slip: Slip
    before: int = FOREVER
    after: int = 0

    @property
    def is_certain(self) -> bool:
        """True if it is a slip in any plan."""
        return self.before == FOREVER and not self.after

    def is_in(self, years: tuple[int, int]) -> bool:
        """True for a plan of these years; a slip that depends on the year is none if that is unknown (0)."""
        first, last = years
        return first > 0 and (last < self.before != FOREVER or 0 < self.after < first)


class LineKind(Enum):
    """What a line is, as far as the rules on prose differ."""

    HEADING = auto()
    PROSE = auto()
    CELL = auto()
    NAME = auto()
    """A name, a number or a date of the official frame, a unit, a caption."""


class ProseLine(NamedTuple):
    """A text of a document."""

    text: str
    kind: LineKind
    marks: str = "。"
    """The marks by which prose is recognized that must end with one (see `open_ending`)."""


def beside(text: str, start: int, end: int, reach: int) -> str:
    """The characters from `start` to `end` of a text with those beside them in the same paragraph, at most `reach` on each side."""
    before, after = text[max(0, start - reach) : start], text[end : end + reach]
    return before.rpartition("\n")[2] + text[start:end] + after.partition("\n")[0]


# what others have written is left alone

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
