"""Figures as people type them: ≥96%, 95%以上, 约300, 300余, 1.2万人次, １，２００. The only reader of such texts."""

from __future__ import annotations

import functools
from decimal import Decimal

from planwriter.language.numerals import numeral_value
from planwriter.language.units import is_ratio, magnitude_power, split_magnitude
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex
from planwriter.start.typing import Any

BEFORE = {
    "不低于": "不低于",
    "不少于": "不少于",
    "不超过": "不超过",
    "不高于": "不高于",
    "超过": "超过",
    "低于": "低于",
    "达到": "达到",
    "力争": "力争达到",
    "约": "约",
    "新增": "新增",
}
"""The bounds (界限) that stand before a figure, and how prose writes them."""
AFTER = ("以上", "以内", "以下", "左右")
"""The bounds that stand behind a figure and its unit."""
BOUNDS = (*BEFORE, *AFTER)
_TYPED_BEFORE = {
    **{"≥": "不低于", ">=": "不低于", "≧": "不低于", "⩾": "不低于", "大于等于": "不低于", "大于或等于": "不低于"},
    **{"≤": "不超过", "<=": "不超过", "≦": "不超过", "⩽": "不超过", "小于等于": "不超过", "小于或等于": "不超过"},
    **{
        ">": "超过",
        "大于": "超过",
        "高于": "超过",
        "多于": "超过",
        "逾": "超过",
        "<": "低于",
        "小于": "低于",
        "少于": "低于",
    },
    **{
        "不小于": "不低于",
        "至少": "不少于",
        "不大于": "不超过",
        "不多于": "不超过",
        "至多": "不超过",
        "最多": "不超过",
    },
    **{"≈": "约", "大约": "约", "达": "达到", "力争达到": "力争"},
    **{word: word for word in BEFORE},
}
_TYPED_AFTER = {**{word: word for word in AFTER}, "及以上": "以上", "及以下": "以下", "之内": "以内", "上下": "左右"}
UNSET = "【待填】"
"""What a draft shows for the value of a target that has none yet, which is reported at the target."""
_BLANK = frozenset(("-", "--", "—", "——", "–", "－", "－－", "―", "─", "/", "／", "\\", "无"))
"""What people write into the cell of a figure that does not exist."""
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，％＜＞＝－−／", "0123456789.,%<>=--/")
_WHOLE = r"\d{1,15}"
_NUMBER = rf"-?(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}(?![\d,])|{_WHOLE})(?:\.\d{{1,10}})?"
_DIGITS = regex(rf"-?{_WHOLE}(?:\.\d{{1,10}})?", re.ASCII)
_SIGN = "|".join(
    sorted(_TYPED_BEFORE, key=len, reverse=True)
)  # none of their characters means anything else in a pattern
_FIGURE = regex(
    rf"(?P<before>{_SIGN})?\s*(?P<number>{_NUMBER})\s*"
    r"(?P<words>[余多]?(?:百(?!分)|千(?![米克瓦伏])|[十万亿]){0,3}[余多]?)\s*(?P<rest>[^\d]*)",
    re.ASCII,
)
_AFTER = regex(rf"(.*?)\s*({'|'.join(sorted(_TYPED_AFTER, key=len, reverse=True))})", re.S)
_MAX_UNIT = 6
_NO_UNIT = regex(r"[,.，．、。:：;；!?<>≥≤=+*×~～≈±()（）\-—–\n]|[余约近]|左右|上下|以[上下内外]|之[间内]|^[wW]|^[kK]$")
_RANGE = regex(r"(\d[\d,.]*)\s*([^\d]{0,4}?)\s*(?:[-~～—–]+|至|到)\s*(\d[\d,.]*)\s*(.{0,6})", re.S)
_FRACTION = regex(r"(\d{1,9})/(\d{1,9})(.{0,6})", re.S)
_SHARE = regex(r"百分之(.{1,20})", re.S)
_SHORT = regex(r"(.*?\d\s*)[wW](.{0,6})", re.S)
_SPLIT = regex(r"(\d{1,6})([万亿])(\d{1,6})([千百]?)(.{0,6})", re.S)
_NUMERAL = regex(r"([零〇一二两三四五六七八九十百千万亿]{1,20})(.{0,6})", re.S)
_MAX_TYPED = 100
_MAX_WORDS = 30
_WORDS = regex(
    r"(?!待|暂|未|另|见|略|百分之|[一二三四五六七八九十百千万亿零〇两]+[个所人]?$)[\u4e00-\u9fff、，（）“”]+"
)
"""Words in the place of a figure; those that say that it is still missing are none."""
_GROWTH = regex(
    r"(?:比?(?:上年|去年|同期)|同比|年均)?(?:增长|增加|提高|提升|上升|下降|降低|减少|压减)\s*(?P<rest>[^\u4e00-\u9fff]*\d.*)",
    re.S,
)
_PENDING = regex(r"待定|待补充?|待明确|暂无|暂定|未定|另行.*|TBD", re.I)
PLAIN_ADVICE = "写阿拉伯数字，例如 95、96.50 或 1.2万；单位写在“单位”里。"


class TypedNumber(Decimal):
    """A number with the words typed behind it: exactly 12000, and shown as 1.2万; 300余.

    It counts as the decimal that it is. Only formatting it as `f` shows the words, as every printed figure is formatted.
    """

    __slots__ = ("shown", "words")
    shown: str
    words: str

    def __new__(cls, number: str, words: str) -> TypedNumber:
        """The number `number` (digits) followed by `words`, such as 万 or 余."""
        made = super().__new__(cls, Decimal(number).scaleb(magnitude_power(words)))
        made.shown, made.words = f"{number}{words}", words
        return made

    def __format__(self, specifier: str, *_: object) -> str:
        return self.shown if specifier == "f" else super().__format__(specifier)

    def __reduce__(self) -> Any:
        return TypedNumber, (self.shown.removesuffix(self.words), self.words)


class TypedFigure(NamedTuple):
    """A figure as typed: its bound (界限), its digits, the words behind them (万, 余), and its unit."""

    bound: str
    number: str
    words: str
    unit: str

    @property
    def magnitude(self) -> str:
        """The words that multiply the number: 万 of 30余万; "" if there are none."""
        return self.words.strip("余多")

    @property
    def typed_unit(self) -> str:
        """The unit with the magnitude before it: 万人次 of 1.2万人次."""
        return self.magnitude + self.unit

    @property
    def plain(self) -> str:
        """The figure in its plain form: digits and signs of half width, no separators, the usual word for its bound."""
        before = self.bound if self.bound in BEFORE else ""
        return f"{before}{self.number}{self.words}{self.unit}{self.bound if not before else ''}"

    def value(self, *, with_words: bool = True) -> Decimal:
        """The exact number, shown with its words; without them, the number as if they belonged to the unit."""
        return TypedNumber(self.number, self.words) if self.words and with_words else Decimal(self.number)


class Refusal(NamedTuple):
    """A text that is no figure: how to write it."""

    advice: str


class Settled(NamedTuple):
    """A figure in the unit of its target: its value, and the target's unit, which may come from the figure itself."""

    value: Decimal
    unit: str
    is_doubled: bool
    """True if the unit stands at the figure although the target has it already."""


def is_rough(number: Decimal) -> bool:
    """True for 300余 and 30多万, which are no exact figures."""
    return isinstance(number, TypedNumber) and any(word in number.words for word in "余多")


def is_blank(text: str) -> bool:
    """True for a dash, 无 or nothing: there is no figure."""
    return not text.strip() or text.strip() in _BLANK


def is_wordy(text: str) -> bool:
    """True for words instead of a figure, such as 全覆盖 and 持平; not for a number in words, and not for 待定."""
    plain = text.strip()
    return (
        2 <= len(plain) <= _MAX_WORDS
        and _WORDS.fullmatch(plain) is not None
        and not is_blank(plain)
        and _advice(plain) == PLAIN_ADVICE
    )


def read_figure(text: str) -> TypedFigure | Refusal:
    """The figure that a text is, whole and without doubt; else how to write it."""
    return _read(text) if len(text) <= _MAX_KEPT else _read.__wrapped__(text)


_MAX_KEPT = 100
"""What was read is remembered for texts up to this length."""


@functools.lru_cache(maxsize=1024)
def _read(text: str) -> TypedFigure | Refusal:
    if _DIGITS.fullmatch(text):
        return TypedFigure("", text, "", "")
    typed = text.strip()[: _MAX_TYPED + 1].translate(_HALF_WIDTH)
    match = _FIGURE.fullmatch(typed) if len(typed) <= _MAX_TYPED else None
    if match is None:
        return Refusal(_advice(typed))
    bound = _TYPED_BEFORE.get(match["before"] or "", "")
    rest = match["rest"].strip()
    behind = _AFTER.fullmatch(rest)
    if behind:
        rest = behind[1]
    if behind and bound:
        return Refusal("界限写了两个，留一个：前面的“不低于”之类，或者后面的“以上”之类。")
    words = match["words"]
    if len(rest) > _MAX_UNIT or _NO_UNIT.search(rest) or rest == "成" or not _fit(words):
        return Refusal(_advice(typed))
    return TypedFigure(
        bound or (_TYPED_AFTER[behind[2]] if behind else ""), match["number"].replace(",", ""), words, rest
    )


def plain_unit(unit: str) -> str:
    """A unit as it stands in a reading: ％ is %."""
    return unit.strip().translate(_HALF_WIDTH)


def settle(reading: TypedFigure, own: str) -> Settled | Refusal:
    """A figure read in the unit `own` of its target ("" if the target has none); refused if its own unit is another.

    A magnitude belongs to the number: 1.2万 beside 人次 is exactly 12000 and stays 1.2万人次. Without `own` the unit is
    as typed, 万人次. Two units that can be read in two ways are refused, with both ways to write them.
    """
    if not own:
        whole = bool(reading.unit) and reading.words == reading.magnitude
        return Settled(
            reading.value(with_words=not whole), reading.typed_unit if whole else reading.unit, is_doubled=False
        )
    if reading.unit and reading.typed_unit == own and reading.words == reading.magnitude:
        return Settled(reading.value(with_words=False), own, is_doubled=True)
    magnitude, base = split_magnitude(own)
    if reading.magnitude and magnitude and base and reading.unit == base and reading.words == reading.magnitude:
        made = Decimal(reading.value()).scaleb(-magnitude_power(magnitude)).normalize()
        return Refusal(f"换算成“{own}”写“{made:f}”，或者把单位改成“{reading.typed_unit}”。")
    if reading.magnitude and (magnitude or is_ratio(own)):
        return Refusal(
            _two_ways(reading, own, base) if magnitude else f"“{own}”前面没有“{reading.magnitude}”，核对数和单位。"
        )
    if reading.unit and reading.magnitude and reading.unit == own:
        other = f"，或者数里写“{reading.number}”、单位写“{reading.typed_unit}”"
        exact = reading.words == reading.magnitude
        return Refusal(f"数里写“{reading.number}{reading.words}”、单位写“{own}”{other if exact else ''}。")
    if reading.unit and reading.unit != own:
        return Refusal(f"只留一个单位：“{reading.typed_unit}”，或者“{own}”。")
    return Settled(reading.value(), own, is_doubled=bool(reading.unit))


def _two_ways(reading: TypedFigure, own: str, base: str) -> str:
    shown = f"{reading.number}{reading.words}"
    return (
        f"是{shown}{base}，就把单位改成“{base}”，或者数里只写“{reading.number}”；"
        f"是{reading.value():f}个{own}，写成“{Decimal(reading.value()):f}”。"
        if base
        else f"“{reading.magnitude}”和“{own}”只留一个。"
    )


def _fit(words: str) -> bool:
    """True if the magnitudes among the words make one: 万, 千万, 万亿; not 亿千."""
    return words.strip("余多") in (
        "",
        "十",
        "百",
        "千",
        "万",
        "十万",
        "百万",
        "千万",
        "亿",
        "十亿",
        "百亿",
        "千亿",
        "万亿",
    )


# how to write what is no figure


def _advice(typed: str) -> str:
    """How to write a text that is no figure."""
    if match := _RANGE.fullmatch(typed):
        return f"一个指标只有一个数：写“{match[1]}”，界限写“以上”；或者写“{match[3]}”，界限写“以内”。"
    if (match := _FRACTION.fullmatch(typed)) and match[3].startswith("万"):
        return f"写成 {match[1]}，单位写“/{match[2]}{match[3]}”。"
    if match and int(match[2]):
        return _fraction_advice(int(match[1]), int(match[2]), match[3].strip())
    if (match := _SHARE.fullmatch(typed)) and (share := _spoken(match[1])):
        return f"写成 {share}%。"
    if match := _SPLIT.fullmatch(typed):
        return _split_advice(*match.groups())
    if (match := _SHORT.fullmatch(typed)) and not isinstance(read := read_figure(f"{match[1]}万{match[2]}"), Refusal):
        return f"写成 {read.plain}。"
    if match := re.fullmatch(r"(.)成([^余多]?)[余多]?", typed):
        tens, ones = _spoken(match[1]), "5" if match[2] == "半" else _spoken(match[2] or "0")
        if len(tens) == len(ones) == 1:
            return f"写成 {tens}{ones}%。"
    if (match := _NUMERAL.fullmatch(typed)) and (number := numeral_value(match[1])) is not None:
        return f"写成 {number}{match[2]}。"
    joined = re.sub(r"(?<=\d)[\s,](?=\d)", "", typed)
    if joined != typed and not isinstance(read := read_figure(joined), Refusal):
        return f"写成 {read.plain}。"
    if match := _GROWTH.fullmatch(typed):
        return f"名称写成“……增长”“……降幅”之类，数只写“{match['rest']}”；或者写增减以后的数。"
    if _PENDING.fullmatch(typed):
        return "定下来再填；先空着这一格的，生成时加 --draft。"
    if re.match(r"(?:将近|接近|近|不到|不足|差不多)\s*\d", typed):
        return "去掉前面的词，界限写“约”“低于”之类。"
    return PLAIN_ADVICE


def _spoken(text: str) -> str:
    """The digits of a number in a word: 95 for 95 and for 九十五; "" if it is none."""
    if re.fullmatch(r"\d{1,15}(?:\.\d{1,10})?", text, re.ASCII):
        return text
    number = numeral_value(text)
    return "" if number is None else str(number)


def _fraction_advice(part: int, whole: int, unit: str) -> str:
    made = Decimal(part) / Decimal(whole)
    exact = made * whole == part and made.as_tuple().exponent >= -6  # type: ignore[operator]
    percent = f"{made * 100:.2f}".rstrip("0").rstrip(".")
    if unit or not exact:
        return f"分数写成小数或百分数，例如 {percent}%。"
    return f"分数写成小数或百分数：{made.normalize():f} 或 {percent}%。"


def _split_advice(first: str, magnitude: str, second: str, step: str, unit: str) -> str:
    low = int(second) * {"千": 1000, "百": 100}.get(step, 1)
    if not step and len(second) == 1:
        low *= 10 ** (magnitude_power(magnitude) - 1)  # 3万5 is 35000
    return f"写成 {int(first) * 10 ** magnitude_power(magnitude) + low}{unit}。"
