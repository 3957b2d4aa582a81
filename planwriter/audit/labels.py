"""Reads the labels of levels in a text: level, number, and faults of form and order."""

from __future__ import annotations

import functools
import unicodedata

from planwriter.language.numerals import chinese_numeral
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass

_NUMERAL = "[一二三四五六七八九十百零〇]{1,6}"
_MARKS = "[、.．，,]"
_COUNTED = f"{_NUMERAL}(?:、|年级|季度|产业|线|类|等|级|批|期)"
"""Matches what follows 一、 if that is no label: 一、二年级, 二、三产业."""
_FORMS = (
    (1, regex(rf"()({_NUMERAL})()({_MARKS})(?!{_COUNTED})")),
    (2, regex(rf"([（(])({_NUMERAL})([）)])({_MARKS}?)")),
    (3, regex(r"()([0-9０-９]{1,3})()([.．、，,])(?![0-9])")),
    (4, regex(rf"([（(])([0-9０-９]{{1,3}})([）)])({_MARKS}?)")),
    (3, regex(r"()([0-9]{1,3})([）)])()(?![0-9])")),
)
_SOUND = (regex(r".+、"), regex(r"（.+）"), regex(r"[0-9]+[.．、]"), regex(r"（[0-9]+）"))


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a paragraph. `number` is 0 if its numeral cannot be read."""

    text: str
    level: int
    number: int
    marked: bool
    """True if a mark stands after the bracket: （一）、 ."""

    @property
    def sound(self) -> bool:
        """True for the forms 一、 （一） 1. （1）, and for 1、, which is as common as 1. ."""
        return self.number > 0 and not self.marked and _SOUND[self.level - 1].fullmatch(self.text) is not None


@functools.cache
def _numbers() -> dict[str, int]:
    return {chinese_numeral(number): number for number in range(1, 200)}


def read_label(text: str) -> Label | None:
    """The label that a paragraph begins with; None if there is none."""
    start = text.lstrip()
    for level, form in _FORMS:
        match = form.match(start)
        if match:
            numeral = match[2]
            digits = unicodedata.normalize("NFKC", numeral)
            number = int(digits) if digits.isascii() else _numbers().get(numeral.replace("〇", "零"), 0)
            return Label(match[0], level, number, level in (2, 4) and bool(match[4]))
    return None


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """A label out of order."""

    label: Label
    before: str
    """The previous label of its level, "" if there is none."""
    is_inner: bool
    """True for the 1. of a list inside an item whose own label has the same form."""


class Order:
    """Follows the labels of a document. Below a new parent a level may continue or restart; it may not skip a number.

    A list inside an item may have labels of the item's own form; its first label is reported, not each of the others.
    In a fragment, which is a document without a title, the first label of a level may have any number.
    """

    def __init__(self, *, fragment: bool = False) -> None:
        self._fragment = fragment
        self._within: dict[int, tuple[tuple[int, ...], ...]] = {}
        """For each level the open lists that its labels may mean: their last numbers, outermost first."""
        self._ever: dict[int, int] = {}
        self._texts: dict[int, str] = {}

    def begin_again(self) -> None:
        """Restarts all levels, at a new title or attachment."""
        self._within, self._ever, self._texts = {}, {}, {}

    def take(self, label: Label) -> OutOfOrder | None:
        """Counts the next label; returns it if it is out of order."""
        level, number = label.level, label.number
        meant, before = self._within.get(level, ()), self._texts.get(level, "")
        now = tuple(
            dict.fromkeys(
                (*opened[:at], number) for opened in meant for at, last in enumerate(opened) if last == number - 1
            )
        )
        follows = bool(now) or number == self._ever.get(level, 0) + 1 or (number == 1 and not meant)
        is_inner = not follows and number == 1 and before != label.text
        if is_inner:
            now = tuple((*opened, 1)[-MAX_INNER:] for opened in meant)
        self._within = {each: lists for each, lists in self._within.items() if each < level}
        self._within[level] = now[:MAX_MEANT] or ((number,),)
        self._ever[level] = number
        self._texts[level] = label.text
        if follows or (self._fragment and not before):
            return None
        return OutOfOrder(label, before, is_inner)


MAX_INNER = 4
"""How deep lists of one form are followed."""
MAX_MEANT = 16
