"""Finds gaps in counted points: 一是 … 四是, 第一，… 第三，, 以下3项 with two points (PW506), and numbers typed into a text (PW507)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex

_DIGITS = "一二三四五六七八九十"
_NUMBER = {word: number for number, word in enumerate((*_DIGITS, "十一", "十二", "十三", "十四", "十五"), 1)}
_WORDS = {number: word for word, number in _NUMBER.items()}
_POINTS = (
    ("{}是", regex(r"(?:^|(?<=[。；：，！？\n）]))([一二三四五六七八九十]{1,2})(?=是(?!否|一))", re.M)),
    ("{}要", regex(r"(?:^|(?<=[。；：！？\n]))([一二三四五六七八九十]{1,2})(?=要)", re.M)),
    ("第{}，", regex(r"(?:^|(?<=[。；：！？\n]))第([一二三四五六七八九十]{1,2})(?=[，、])", re.M)),
)


_SIGNS = {
    form: tuple(each.format(word) for word in "一二三四五" for each in {form, form.replace("，", "、")})
    for form, _ in _POINTS
}
"""The first points of each form; a quick search for them saves compiling its pattern."""


_PROMISED = regex(
    r"以下(?P<count>\d{1,2}|[两三四五六七八九十])(?:项|个方面|方面|点|件|条)[^。；：:\n]{0,12}[：:](?=一是)"
)


class CountedPoint(NamedTuple):
    """A counted point: its form, its number, and the range of the number's characters in the text."""

    form: str
    number: int
    start: int
    end: int


def points_in(text: str) -> Iterator[CountedPoint]:
    """The counted points of a text, those of each form in their order."""
    for form, pattern in _POINTS:
        if not any(sign in text for sign in _SIGNS[form]):
            continue
        for found in pattern.finditer(text):
            if found[1] in _NUMBER:
                yield CountedPoint(form, _NUMBER[found[1]], *found.span(1))


def promised_points(text: str) -> Iterator[Slip]:
    """The slips of one text: more or fewer points behind 以下3项： than it says."""
    if "以下" not in text or "：一是" not in text:
        return
    for found in _PROMISED.finditer(text):
        count = _NUMBER.get(found["count"].replace("两", "二")) or int(found["count"])
        numbers = [each.number for each in points_in(text[found.end() :].partition("\n")[0]) if each.form == "{}是"]
        last = next((at for at, number in enumerate(numbers) if number != at + 1), len(numbers))
        if last != count:
            what = f"前面写“{found.group().rstrip('：:')}”，后面列了 {last} 项"
            yield Slip(*found.span(), "PW506", what, "漏了的补上；没有漏的，改前面的数。")


class PointCounter:
    """Follows the points of a document from text to text: each 一是 begins anew, each further one must be the next."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def read(self, points: Iterable[CountedPoint]) -> Iterator[Slip]:
        """The slips in the points of the next text."""
        for point in points:
            form, number, last = point.form, point.number, self._last.get(point.form, 0)
            if number not in (1, last + 1) and (last or (number < 6 and form != "{}要")):
                yield self._slip(point, last)
            self._last[form] = number

    @staticmethod
    def _slip(point: CountedPoint, last: int) -> Slip:
        form = point.form
        shown, before = form.format(_WORDS[point.number]), form.format(_WORDS[last]) if last else ""
        what = f"“{shown}”前面是“{before}”，序数接不上" if last else f"“{shown}”前面没有“{form.format('一')}”"
        return Slip(point.start, point.end, "PW506", what, "漏了的补上，多了的、错了的改序数。")


_TYPED = regex(r"(?:(?<=[。；：！？\n])|^)[ \t\u3000]*(?:(\d{1,2})(?:[.．](?!\d)|、)|[（(](\d{1,2})[）)])(?=\D)", re.M)

_TYPED_SIGNS = ("1.", "1．", "1、", "（1", "(1")


def typed_numbers(text: str) -> Iterator[Slip]:
    """A slip at the first of several numbers that were typed inside a text: 1.… 2.…; one at its start is PW218."""
    if not any(map(text.__contains__, _TYPED_SIGNS)):
        return
    found = list(_TYPED.finditer(text))
    numbers = [int(each[1] or each[2]) for each in found]
    if len(found) > 1 and numbers[:2] == [numbers[0], numbers[0] + 1] and found[0].start() > 0:
        shown = "”“".join(each.group().strip() for each in found[:3])
        advice = "分成几款，一款一条，由程序统一编号；只是句子里列举的，改成“一是”“二是”。"
        yield Slip(*found[0].span(), "PW507", f"文字里手写了编号“{shown}”", advice)
