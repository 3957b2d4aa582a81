"""The texts of a composed document, each with its place in the author's file."""

from __future__ import annotations

import functools

from planwriter.findings.finding import Span
from planwriter.model import Filling, Text
from planwriter.model.walk import PlacedText, TextRole
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_NARROW_WORDS = ("城区", "城镇", "农村", "乡村", "乡镇", "片区", "各县", "各区", "各镇", "各校", "街道", "分解", "分配")
_NARROW_ENDS = (*"镇乡县区市旗", "小学", "中学", "学校", "幼儿园")
"""Words in a heading which show that the text below it concerns only a part of the plan's region."""


_MARKED = regex(r"【([^【】]{0,20}\d[^【】]{0,20})】")


class Passage(NamedTuple):
    """A text of the document."""

    text: Text
    is_deadline: bool = False
    """True for a 时限, which contains nothing but a date."""
    is_narrow: bool = False
    """True if its figures may be those of a town or a school: below such a heading, or in a row of a table."""

    def place(self, start: int, end: int) -> Span | None:
        """The place in the author's file of the characters from `start` to before `end`; None if the author did not type them."""
        return self.text.place(start, end)

    def unmarked(self) -> Passage:
        """The passage without the marks round a figure that nobody set, so that 达到【95%】 reads as 达到95%."""
        typed = self.text.value
        if "【" not in typed or self.text.filling is not None:
            return self
        value, at, pieces = "", 0, []
        for mark in _MARKED.finditer(typed):
            for begin, end in ((at, mark.start()), mark.span(1)):
                pieces.append((len(value), begin, False))
                value += typed[begin:end]
            at = mark.end()
        filling = Filling(typed=typed, pieces=(*pieces, (len(value), at, False)))
        return self._replace(text=Text(value=value + typed[at:], origin=self.text.origin, filling=filling))


_FRAME = (TextRole.NOTICE_TITLE, TextRole.NOTICE_BODY, TextRole.NOTE)
"""Its numbers and dates have rules of their own (PW601 to PW607)."""
_AROUND = (TextRole.PREFACE, TextRole.CLOSING, TextRole.ATTACHMENT_TITLE)
_BLOCK = (TextRole.TITLE, TextRole.TEXT, TextRole.BOX_TITLE, TextRole.CELL, TextRole.CAPTION, TextRole.DEADLINE)
"""Units are names, without figures."""
_DEADLINES, _OF_TABLES = frozenset((TextRole.DEADLINE,)), frozenset((TextRole.CELL, TextRole.CAPTION))
_READ = frozenset((*_AROUND, *_BLOCK, *_FRAME))


def passage_of(placed: PlacedText) -> Passage | None:
    """The text of a composed document as a passage; None for a name, and in attachments that planwriter makes."""
    text, role, _, titles = placed
    if role not in _READ or text.origin is None:
        return None
    is_narrow = role in _OF_TABLES or any(_is_narrow_title(title.value) for title in titles)
    return Passage(text, role in _DEADLINES, is_narrow)


@functools.lru_cache(maxsize=1024)
def _is_narrow_title(title: str) -> bool:
    return title.endswith(_NARROW_ENDS) or any(word in title for word in _NARROW_WORDS)
