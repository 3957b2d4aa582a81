"""Finds numbers that are not written as GB/T 15835 asks, or that have lost a character (PW520, PW521, PW523).

Most numbers are right. So each is looked at once, with the characters beside it, and only the rules that these characters
may break are tried, on a few characters around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.language.units import PER_MANY
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex
from planwriter.start.typing import TypeAlias

_DASHES = r"—～–~－\-"
_COUNTED = "个名所家场次项人户条件套座处亩吨元"
_UNIT = rf"(?:个百分点|个月|人次|平方米|公里|公顷|小时|分钟|工作日|课时|学时|[万亿]?[{_COUNTED}]|[天年月日周米岁倍期]|[%％‰]|[万亿])"
_WORDS = "〇一二三四五六七八九"
_SMALL = "一二三四五六七八九"
_FIGURE = regex(r"[0-9][0-9.]*")
_BACK, _AHEAD = 20, 24
"""How many characters before and after a number a rule may look at."""
DATE_KINDS = frozenset(("年份没有写全", "日期用了点或斜线"))
"""The kinds of slips that are none in a cell of a table, where dates may be short."""

_Make: TypeAlias = Callable[["re.Match[str]"], "Slip | None"]
_Rule: TypeAlias = "tuple[re.Pattern[str], _Make]"


class _SignedRule(NamedTuple):
    """A rule on numbers in words: without one of the signs in the text its pattern is not tried."""

    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    make: _Make


def odd_numbers(text: str) -> Iterator[Slip]:
    """The slips of one text."""
    told: set[tuple[int, int]] = set()
    for found in _FIGURE.finditer(text):
        start, end = found.span()
        for pattern, make in _suspects(text, start, end):
            for match in pattern.finditer(text, max(0, start - _BACK), min(len(text), end + _AHEAD)):
                slip = make(match) if match.start() <= end and start <= match.end() else None
                if slip is not None and slip[:2] not in told:
                    told.add(slip[:2])
                    yield slip
    for rule in _IN_WORDS:
        if any(sign in text for sign in rule.signs):
            yield from filter(None, map(rule.make, rule.pattern.finditer(text)))


def _suspects(text: str, start: int, end: int) -> Iterator[_Rule]:
    """The rules that a number may break, by its length and the characters beside it."""
    after = text[end : end + 1]
    if after == "年":
        yield from _YEARS.get(end - start, ())
    else:
        yield from _AFTER.get(after, ())
    if start:
        yield from _BEFORE.get(text[start - 1], ())
    if text[start] == "0":
        yield from _ZEROS
    if (
        end - start > 2
        and (text[end - 1] != "." or after in "%％")
        and text.count(".", start, end) > 1 - (after in "%％")
    ):
        yield from _POINTED


def _slip(found: re.Match[str], what: str, advice: str, new: str | None = None, group: str | int = 0) -> Slip:
    """A slip of the kind that `what` names; with `new`, which replaces the characters of the group, it can be mended."""
    start, end = found.span(group)
    return Slip(start, end, "PW521", f"{what}“{found.group()}”", advice, new, what)


# dates and times


def _zero(found: re.Match[str]) -> Slip:
    return _slip(found, "月、日前面补了零", "删去“0”：年月日写成 2026年3月5日，不编虚位。", found.group()[1:])


def _short_year(found: re.Match[str]) -> Slip:
    return _slip(found, "年份没有写全", "年份写四位数，例如 2026年3月。")


def _dotted(found: re.Match[str]) -> Slip:
    new = f"{found['y']}年{int(found['m'])}月{int(found['d'])}日"
    return _slip(found, "日期用了点或斜线", f"改成“{new}”。", new)


def _cut_year(found: re.Match[str]) -> Slip | None:
    if int(found["b"]) <= int(found["a"][2:]):
        return None
    return _slip(
        found, "后一个年份没有写全", f"改成“{found['a'][:2]}{found['b']}年”。", found["a"][:2] + found["b"], "b"
    )


def _clock(found: re.Match[str]) -> Slip:
    return _slip(found, "时间的两种写法混在一起", "写成 8时30分 或 8:30；过了中午的用“下午”，或者用二十四小时制。")


# ranges


def _one_sided(found: re.Match[str]) -> Slip | None:
    first, unit = found["a"], found["u"]
    if float(first) >= float(found["b"]) or (len(first) == 4 and first[:2] in ("19", "20")):
        return None
    return _slip(
        found,
        f"范围的前一个数没有写“{unit}”",
        f"两个数都写：{first}{unit}{found['dash']}{found['b']}{unit}。",
        first + unit,
        "a",
    )


# figures in figures and in words

_TIMES = {"十": 10, "百": 100, "千": 1000}


def _mixed(found: re.Match[str]) -> Slip:
    new = f"{int(found['n']) * _TIMES[found['m']]}{found['w']}"
    return _slip(found, "阿拉伯数字后面用了“十”“百”“千”", f"改成“{new}”；只有“万”“亿”可以和阿拉伯数字连用。", new)


def _mixed_twice(found: re.Match[str]) -> Slip | None:
    if (found["m"] == "亿") != bool(found["w"]):
        return None
    new = f"{found['a']}.{found['b']}{found['m']}"
    return _slip(found, "一个数里有两个数位的字", f"改成“{new}”。", new)


def _both(found: re.Match[str]) -> Slip:
    return _slip(found, "一个数里汉字和阿拉伯数字混用", "全用阿拉伯数字，或者全用汉字。")


def _word_percent(found: re.Match[str]) -> Slip:
    return _slip(found, "百分数一半汉字、一半数字", f"改成“{found[1]}%”。", f"{found[1]}%")


def _percent_of_words(found: re.Match[str]) -> Slip:
    return _slip(found, "百分号前面是汉字", "数字和百分号都用阿拉伯的写法，例如 95%。")


def _percent_points(found: re.Match[str]) -> Slip:
    return _slip(
        found, "百分号和“百分点”写在一起", "说提高了多少的，写“个百分点”，删去百分号；说占多少的，删去“个百分点”。"
    )


def _zero_years(found: re.Match[str]) -> Slip | None:
    new = found.group()
    for mark in "零○◯ＯO0":
        new = new.replace(mark, "〇")
    return None if new == found.group() else _slip(found, "年份里的“〇”打成了别的字", f"改成“{new}”。", new)


def _decades(found: re.Match[str]) -> Slip:
    return _slip(found, "世纪和年代一个用汉字、一个用数字", "都用阿拉伯数字，例如 20世纪90年代。")


_ORDINALS = {"1": "一", "2": "二", "3": "三"}


def _ordinal(found: re.Match[str]) -> Slip:
    new = f"第{_ORDINALS[found[1]]}"
    return _slip(found, "固定的说法里用了阿拉伯数字", f"改成“{new}{found[2]}”。", f"{new}{found[2]}")


def _pair(found: re.Match[str]) -> Slip:
    return _slip(found, "量词前面用了“二”", f"改成“两{found[1]}”。", f"两{found[1]}")


def _neighbours(found: re.Match[str]) -> Slip | None:
    first, second = found[1], found[2]
    words = _WORDS[int(first)] + _WORDS[int(second)] if first.isascii() else first + second
    if _WORDS.index(words[1]) != _WORDS.index(words[0]) + 1:
        return None
    what = "两个相邻的数表示大概，中间用了顿号"
    advice = f"改成“{words}”，用汉字，不用顿号；不是大概的，不用改。"
    return Slip(found.start(1), found.end(2), "PW521", f"{what}“{first}、{second}”", advice, words, what)


def _some(found: re.Match[str]) -> Slip:
    return _slip(found, "“几”和阿拉伯数字连用", "大概的数用汉字，例如 二十几个。")


# what was lost


def _lost(
    found: re.Match[str], what: str, advice: str, kind: str, new: str | None = None, group: str | int = 0
) -> Slip:
    return Slip(*found.span(group), "PW523", what, advice, new, kind)


def _rate(found: re.Match[str]) -> Slip | None:
    if not 1 < float(found["n"]) <= 100 or PER_MANY.search(found.string, max(0, found.start() - 8), found.start()):
        return None
    return _lost(found, f"“{found.group()}”没有写百分号", f"是百分数的，写成“{found['n']}%”。", "rate", None, "n")


def _from_to(found: re.Match[str]) -> Slip:
    new = f"{found['a']}%"
    return _lost(found, f"“{found.group()}”前一个数没有写百分号", f"改成“{new}”。", "rate", new, "a")


TYPED_DIGITS = str.maketrans("lIO", "110")
"""Letters that were typed in the place of digits."""


def _letter(found: re.Match[str]) -> Slip:
    new = found.group().translate(TYPED_DIGITS)
    return _lost(found, f"“{found.group()}”开头是英文字母，不是数字", f"核对后改成“{new}”。", "letter")


def _some_years(found: re.Match[str]) -> Slip | None:
    first, second = found["a"], found["b"]
    if not 0 < int(second) - int(first) <= 2:
        return None
    advice = f"是 {first} 到 {second} 年的，写成“{first}—{second}年”；真是 {first}{second} 年的，不用改。"
    return _lost(found, f"“{first}{second}年”中间像是丢了一字线", advice, "years", None, "n")


def _run_on_years(found: re.Match[str]) -> Slip:
    new = f"{found['a']}—{found['b']}"
    return _lost(found, f"“{found.group()}年”两个年份中间丢了一字线", f"改成“{new}年”。", "span", new)


def _word_dash(found: re.Match[str]) -> Slip:
    return _lost(found, f"“{found.group()}”里的一字线打成了汉字“一”", "改成“—”。", "dash", "—", "dash")


def _letter_percent(found: re.Match[str]) -> Slip:
    return _lost(found, f"百分号打成了字母“{found[1]}”", "改成“%”。", "percent", "%", 1)


def _points(found: re.Match[str]) -> Slip:
    return _lost(found, f"“{found.group()}”有多余的小数点，或者丢了数字", "核对原来的数。", "points")


def _spaced(found: re.Match[str]) -> Slip:
    return Slip(*found.span(1), "PW520", "数字和百分号中间有空格", "删去空格。", "", "percent")


def _spaced_point(found: re.Match[str]) -> Slip:
    return Slip(*found.span(1), "PW520", "小数点旁边有空格", "删去空格。", ".", "figure")


# bounds said twice


def _about(found: re.Match[str]) -> Slip | None:
    if found["b"] in ("近", "将近", "接近") and any(mark in found["n"] for mark in "年月天日周期届次"):
        return None
    return _slip(found, "大概的意思说了两遍", f"“{found['b']}”和“{found['a']}”留一个。")


def _bound(found: re.Match[str]) -> Slip:
    return _slip(found, "界限说了两遍", f"“{found['b']}”和“{found['a']}”留一个。")


def _odd_and_more(found: re.Match[str]) -> Slip:
    return _slip(found, "大概的意思说了两遍", "“余”“多”和后面的“左右”“以上”留一个。")


def _about_twice(found: re.Match[str]) -> Slip:
    return _slip(found, "大概的意思说了两遍", "留一个。")


def _bound_twice(found: re.Match[str]) -> Slip:
    return _slip(found, "界限写了两个", "核对后留一个。")


def _points_without_measure(found: re.Match[str]) -> Slip:
    return _slip(found, "“百分点”前面没有“个”", "改成“个百分点”。", "个百分点")


def _fewer_times(found: re.Match[str]) -> Slip:
    return _slip(found, "减少用了倍数", "减少、降低不用倍数说，写减少百分之几，或者减少到几分之几。")


# signs in a figure


def _comma(found: re.Match[str]) -> Slip:
    return _slip(found, "数字里的逗号不对", "千位以上的数连着写，或者每三位用一个半角逗号；是两个数的，用顿号隔开。")


def _point(found: re.Match[str]) -> Slip:
    return _slip(found, "小数点打成了别的符号", "改成半角的“.”。", ".", "p")


def _no_zero(found: re.Match[str]) -> Slip:
    return _slip(found, "小数点前面没有数", f"改成“0{found.group()}”；漏了数字的，补上。")


def _leading(found: re.Match[str]) -> Slip:
    new = found.group().lstrip("0")
    return _slip(found, "数的前面多了零", f"改成“{new}”。", new)


def _money(found: re.Match[str]) -> Slip:
    return _slip(found, "“￥”和“元”写了两遍", "公文正文里删去“￥”。", found.group()[1:].lstrip())


_FIXED = "产业|课堂|书记|责任人|时间(?!段)|要务|资源|动力|生产力|手资料|方(?![案向面法式阵])"
_SHORT_YEAR: _Rule = (regex(rf"(?<![\d.{_DASHES}])[0-3]\d年(?=\d{{1,2}}月)"), _short_year)
_DOTTED: _Rule = (
    regex(
        r"(?<![\d.．/])(?P<y>(?:19|20)\d\d)(?P<s>[.．/])(?P<m>1[0-2]|0?[1-9])(?P=s)(?P<d>3[01]|[12]\d|0?[1-9])(?![\d.．/])"
    ),
    _dotted,
)
_ZERO: _Rule = (regex(r"(?<=\d年)0[1-9](?=月)|(?<=\d月)0[1-9](?=[日号])"), _zero)
_CUT_YEAR: _Rule = (regex(rf"(?<!\d)(?P<a>20\d\d)[{_DASHES}](?P<b>\d\d)年(?!级)"), _cut_year)
_CLOCK: _Rule = (regex(r"\d{1,2}[:：][0-5]\d分|上午(?:1[3-9]|2[0-3])[:：时点]"), _clock)
_ONE_SIDED: _Rule = (
    regex(
        rf"(?<![\d.%％万亿元A-Za-z年月第{_DASHES}])(?P<a>\d{{1,9}}(?:\.\d{{1,9}})?)(?P<dash>[{_DASHES}])(?P<b>\d{{1,9}}(?:\.\d{{1,9}})?)(?P<u>[%％‰万亿])"
    ),
    _one_sided,
)
_MIXED: _Rule = (
    regex(
        r"(?<![\d.第,，—～A-Za-z万亿])(?P<n>[1-9]\d{0,2})(?P<m>[千百十])(?P<w>[万亿]?)(?![千百十分克瓦米伏赫帕卡焦牛安字兆乏货色姓年度叶合事日位里堰\d])"
    ),
    _mixed,
)
_MIXED_WITHIN: _Rule = (regex(r"(?<![\d.第])\d{1,2}[百千]\d{1,3}(?=[个名所家户亩座处人套台辆张件项条吨])"), _both)
_MIXED_TWICE: _Rule = (
    regex(r"(?<![\d.])(?P<a>\d{1,6})(?P<m>[万亿])(?P<b>[1-9])千(?P<w>万?)(?![米克瓦])"),
    _mixed_twice,
)
_MORE: _Rule = (regex(rf"\d[万亿千百]?[余多](?:{_UNIT})?(?:左右|以上|上下)"), _odd_and_more)
_RATE: _Rule = (
    regex(
        r"(?:(?<!容积)(?<!频)(?<!汇)(?<!心)(?<!功)(?<!速)(?<!杠杆)率|占比|比例|比重|覆盖面)(?:均|全部|力争|要|应|总体|稳定|分别|保持|年均)?"
        r"(?:达到|提高到|提升到|增加到|降低到|下降到|保持在|稳定在|控制在|提升至|提高至|降至|增至|不低于|不少于|不高于|不超过|高于|低于|超过|达|为) ?"
        r"(?P<n>\d{1,3}(?:\.\d{1,3})?)(?:以上|以内|以下|左右)?(?=[，。；、）\n]|\Z)"
    ),
    _rate,
)
_FROM_TO: _Rule = (
    regex(
        r"(?:由|从)(?P<a>\d{1,3}(?:\.\d{1,3})?)(?:增加|提高|提升|上升|增长|下降|降低|降|提|升)(?:到|至|为)(?P<b>\d{1,3}(?:\.\d{1,3})?)[%％]"
    ),
    _from_to,
)
_ABOUT: _Rule = (
    regex(
        rf"(?<![节大公预签契协违合集条简制特履邀相誓规守附邻远最临亲])(?P<b>大约|约|将近|接近|近|大概)(?P<n>\d[\d.]{{0,9}}{_UNIT}?)(?P<a>左右|上下|余(?!年)|多(?=[{_COUNTED}万亿]))"
    ),
    _about,
)
_BOUND: _Rule = (
    regex(
        rf"(?P<b>不低于|不少于|不超过|不高于|不小于|不大于|至少|最少|最多|超过|高于|低于|多于|少于|大于|小于)(?P<n>\d[\d.]{{0,9}}{_UNIT}?)(?P<a>以上|以下|以内|左右|之内)(?:(?<=[%％]..)|(?!的?(?:学历|职称|学校|医院|企业|单位)))"
    ),
    _bound,
)
_COMMA: _Rule = (
    regex(
        rf"(?<![\d，,.])(?:[1-9]\d{{0,2}}(?:，\d{{3}}){{1,4}}|\d{{1,3}},\d{{1,2}}|\d{{1,3}},\d{{4,9}}|\d{{4,9}},\d{{3}})(?=[万亿]?[{_COUNTED}张台辆株棵头只支枚例盏])"
    ),
    _comma,
)
_POINT: _Rule = (regex(r"(?<![\d．·.]\d)(?<=\d)(?P<p>[．·。])\d{1,4}(?=[%％万亿倍])"), _point)
_NO_ZERO: _Rule = (regex(r"(?<![\dA-Za-z_.)）\0])\.\d{1,4}(?=[%％万亿倍元])"), _no_zero)
_LEADING: _Rule = (
    regex(rf"(?<![\d.{_DASHES}/:：,，、A-Za-z（(〔第年月\0])0{{1,9}}[1-9]\d{{0,9}}(?=[{_COUNTED}%％])"),
    _leading,
)
_LETTER: _Rule = (
    regex(
        r"(?<![A-Za-z0-9./-])[lI]\d{1,6}(?:\.\d{1,4})?(?=[%％个名所家户亩万亿元条项座处人套台辆张件次场吨公])|(?<![A-Za-z0-9./-])O\.\d{1,4}(?=[%％万亿倍元])"
    ),
    _letter,
)
_SOME_YEARS: _Rule = (
    regex(
        r"(?:未来|今后|力争|再用|争取用|通过|利用|用|经过)(?P<n>(?P<a>[1-5])(?P<b>[2-9])年)(?=时间|左右|内|的?努力|，|。|的)"
    ),
    _some_years,
)
_RUN_ON_YEARS: _Rule = (regex(r"(?<!\d)(?P<a>20\d\d)(?P<b>20\d\d)(?=年)"), _run_on_years)
_AMOUNT: tuple[_Rule, ...] = (_MIXED_TWICE, _MORE)
_RANGES: tuple[_Rule, ...] = (_CUT_YEAR, _ONE_SIDED)
_SPACES: tuple[_Rule, ...] = (
    (regex("\\d([ \u00a0\u3000]{1,9})(?=[%％‰])"), _spaced),
    (
        regex("\\d([ \u00a0\u3000]{0,9}\\.[ \u00a0\u3000]{1,9}|[ \u00a0\u3000]{1,9}\\.)(?=\\d{1,4}[%％万亿倍])"),
        _spaced_point,
    ),
)
_YEARS: dict[int, tuple[_Rule, ...]] = {2: (_SHORT_YEAR, _SOME_YEARS), 8: (_RUN_ON_YEARS,)}
"""The rules on a number before 年, by its length."""
_ZEROS: tuple[_Rule, ...] = (_ZERO, _LEADING)
_POINTED: tuple[_Rule, ...] = (
    _DOTTED,
    (regex(r"(?<![\d.A-Za-z])\d{1,4}\.\d{1,4}\.\d{1,4}(?=[%％万亿])|\d\.[%％]"), _points),
)
_AFTER: dict[str, tuple[_Rule, ...]] = {
    **dict.fromkeys("—～–~－-", _RANGES),
    "十": (_MIXED,),
    **dict.fromkeys("万亿", _AMOUNT),
    **dict.fromkeys("余多", (_MORE,)),
    **dict.fromkeys("增提上下降升", (_FROM_TO,)),
    **dict.fromkeys("以左。；）\n", (_RATE,)),
    **dict.fromkeys("百千", (_MIXED, _MIXED_WITHIN)),
    **dict.fromkeys(_SMALL[1:], ((regex(rf"(?<![\d.])\d{{1,3}}[{_SMALL[1:]}](?=[个名所家户])"), _both),)),
    **dict.fromkeys("oO", ((regex(r"(?<=\d)([oO][/／][oO])"), _letter_percent),)),
    **dict.fromkeys(" \u00a0\u3000", _SPACES),
    **dict.fromkeys("：:", (_CLOCK,)),
    **dict.fromkeys("/．", (_DOTTED, _POINT)),
    "·": (_POINT,),
    "。": (_RATE, _POINT),
    "，": (_RATE, _COMMA),
    ",": (_COMMA,),
    "": (_RATE,),
    "世": ((regex(rf"\d\d世纪[{_SMALL[1:]}]十年代"), _decades),),
    "、": (
        _RATE,
        (
            regex(r"(?<![\d第、.—～至])([1-8])、([2-9])(?=个月|天|年(?![级代度])|公里|个?小时|个?多?学期)"),
            _neighbours,
        ),
    ),
    "几": ((regex(r"\d几(?=[个名年岁天次所家人万户])"), _some),),
    "倍": ((regex(r"(?:减少|降低|下降|缩短|压减)(?:了|约)?\d[\d.]{0,5}倍"), _fewer_times),),
    "一": ((regex(r"\d{1,4}(?P<dash>一)\d{1,4}"), _word_dash),),
}
"""The rules that a number may break, by the character after it."""
_BEFORE: dict[str, tuple[_Rule, ...]] = {
    **dict.fromkeys("约近概", (_ABOUT,)),
    **dict.fromkeys("于过少多", (_BOUND,)),
    **dict.fromkeys("十百千", ((regex(rf"[{_SMALL}几][十百千]\d{{1,3}}(?=[{_COUNTED}])"), _both),)),
    **dict.fromkeys("￥¥ ", ((regex(r"[￥¥] ?\d[\d,.]{0,20}[万亿]?元"), _money),)),
    **dict.fromkeys("lI", (_LETTER,)),
    ".": (_NO_ZERO, _LETTER),
    "之": ((regex(r"百分之(\d{1,3}(?:\.\d{1,4})?)(?![\d—～%％])"), _word_percent),),
    "纪": ((regex(r"(?:十九|二十一?)世纪[2-9]0年代"), _decades),),
    "第": ((regex(rf"第([123])({_FIXED})"), _ordinal),),
    "午": (_CLOCK,),
}
"""The same by the character before it."""
_IN_WORDS = (
    _SignedRule(("百分点",), regex(r"(?<=\d)(?P<n>百分点)"), _points_without_measure),
    _SignedRule(
        ("约近", "约将", "近约", "近将", "约接", "大约约"),
        regex(r"(?:大约|约|将近|接近|近){2}(?=\d)(?<![签节违履条预契相]约.)"),
        _about_twice,
    ),
    _SignedRule(
        ("以上以", "以内以", "以下以", "于不"),
        regex(r"以[上下内]以[上下内]|(?:不低于|不少于|不超过|不高于|不小于){2}"),
        _bound_twice,
    ),
    _SignedRule(("%百", "%个百", "％百", "％个百"), regex(r"\d[%％]个?百分点"), _percent_points),
    _SignedRule(
        ("零", "○", "◯", "Ｏ", "二O", "二0"),
        regex(r"[一二][一二三四五六七八九〇零○◯ＯO0]{3}年"),
        _zero_years,
    ),
    _SignedRule(
        ("二个", "二名", "二项", "二件", "二家"),
        regex(rf"二(?<![\d第十百千万零〇、初其星年级班组{_SMALL}]二)(个(?!百)|名(?!法)|项(?!式)|件|家(?![子庄村沟]))"),
        _pair,
    ),
    _SignedRule(
        ("、",),
        regex(
            rf"、(?<=(?<![第、十百千万零〇{_SMALL}])([{_SMALL[:-1]}])、)([{_SMALL[1:]}])(?=个月|天(?![然津])|公里|小时)"
        ),
        _neighbours,
    ),
    _SignedRule(("%", "％"), regex(r"[%％](?<=[一二三四五六七八九十百][%％])"), _percent_of_words),
    _SignedRule(("倍",), regex(rf"(?:减少|降低|下降|缩短|压减)(?:了|约)?[{_SMALL}两十]{{1,2}}倍"), _fewer_times),
)
