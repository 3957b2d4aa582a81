"""Units of official figures: which ones are convertible (万人 and 人, 亩 and 公顷), and by what factor."""

from __future__ import annotations

import functools

from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex


class Unit(NamedTuple):
    """What a unit measures, and its factor to the smallest unit of that dimension: an integer, so that nothing is rounded."""

    dimension: str
    factor: int


RATIO = "%"
_PLAIN = ""
_ANY_COUNT = "个"
_MEASURES: dict[str, dict[str, int]] = {
    RATIO: {
        "/10万": 1,
        "1/10万": 1,
        "/十万": 1,
        "1/十万": 1,
        "/万": 10,
        "1/万": 10,
        "‰": 100,
        "%": 1_000,
        "％": 1_000,
        "百分点": 1_000,
        "个百分点": 1_000,
    },
    "元": {"元": 1},
    "长度": {"毫米": 1, "厘米": 10, "米": 1_000, "公里": 1_000_000},
    "面积": {"平方米": 3, "亩": 2_000, "公顷": 30_000, "平方公里": 3_000_000},  # 一亩是三分之二千平方米
    "质量": {"克": 1, "公斤": 1_000, "斤": 500, "吨": 1_000_000},
}
_ALIKE = (("人", "名", "位"), ("所", "家", "处", "座"), ("场", "次", "场次"))
"""Counting words for the same things."""
_KNOWN = {unit: Unit(measure, factor) for measure, units in _MEASURES.items() for unit, factor in units.items()}
_KNOWN.update({word: Unit(words[0], 1) for words in _ALIKE for word in words})
PER_MANY = regex("[十百千万亿][元人台车吨户头公件]")
"""Matches what a rate is of that is no percentage: 百亿元产值死亡率, 万车死亡率."""
_MAGNITUDES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_MAGNITUDE = regex("[十百千万亿]{1,3}")
_POWERS = {sign: len(str(factor)) - 1 for sign, factor in _MAGNITUDES.items()}


@functools.lru_cache(maxsize=512)
def parse_unit(unit: str) -> Unit:
    """The meaning of a unit as typed; an unknown unit is its own dimension."""
    if unit in _KNOWN:
        return _KNOWN[unit]
    match = _MAGNITUDE.match(unit)
    if match is None:
        return Unit(unit, 1)
    base = parse_unit(unit[match.end() :])
    factor = base.factor
    for sign in match.group():
        factor *= _MAGNITUDES[sign]
    return Unit(base.dimension, factor)


def is_convertible(one: str, other: str) -> bool:
    """True if figures of the two units can be added and compared: 个 counts anything, and a figure without a unit fits all."""
    dimensions = {parse_unit(one).dimension, parse_unit(other).dimension}
    if len(dimensions) == 1 or _PLAIN in dimensions:
        return True
    return _ANY_COUNT in dimensions and dimensions.isdisjoint(_MEASURES)


def is_ratio(unit: str) -> bool:
    """True for %, ‰, 1/10万 and 个百分点."""
    return parse_unit(unit).dimension == RATIO


def behind(unit: str) -> str:
    """A unit as it is written after a figure: /10万 (as in 10/10万) if the unit is 1/10万."""
    return unit.removeprefix("1") if unit.startswith("1/") else unit


def split_magnitude(unit: str) -> tuple[str, str]:
    """The magnitude at the beginning of a unit, and the rest: 万 and 人次 of 万人次; "" and the unit if there is none."""
    match = None if unit in _KNOWN else _MAGNITUDE.match(unit)
    rest = unit[match.end() :] if match else unit
    return (match.group(), rest) if match and not rest.startswith(("分", "米", "克", "瓦")) else ("", unit)


def magnitude_power(words: str) -> int:
    """The power of ten of the magnitudes in `words`: 4 for 万, 7 for 千万, 0 for 余."""
    return sum(_POWERS.get(sign, 0) for sign in words)


def is_plain(unit: str) -> bool:
    """True if there is no unit, apart from a magnitude such as 万."""
    return parse_unit(unit).dimension == _PLAIN
