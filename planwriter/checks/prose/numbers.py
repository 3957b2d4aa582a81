"""Finds numbers that are not written as GB/T 15835 asks: 2026年03月, 5—10%, 2千, 约30人左右, 二个, 百分之5 (PW521)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex

_DASHES = r"—～–~－\-"
_COUNTED = "个名所家场次项人户条件套座处亩吨元"
_UNIT = rf"(?:个百分点|个月|人次|平方米|公里|公顷|小时|分钟|工作日|课时|学时|[万亿]?[{_COUNTED}]|[天年月日周米岁倍期]|[%％‰]|[万亿])"
_DIGITS = frozenset("0123456789")
_WORDS = "〇一二三四五六七八九"
_SMALL = "一二三四五六七八九"


class _Rule(NamedTuple):
    """A rule: without one of the signs in the text its pattern is not tried. `make` returns what is wrong, or None."""

    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    make: Callable[[re.Match[str]], Slip | None]


def odd_numbers(text: str, *, is_cell: bool = False) -> Iterator[Slip]:
    """The slips of one text; dates in a cell of a table may be short."""
    if not _DIGITS.isdisjoint(text):
        for rule in _WITH_DIGITS if is_cell else (*_WITH_DIGITS, *_DATES):
            yield from _apply(rule, text)
    for rule in _WITHOUT_DIGITS:
        yield from _apply(rule, text)


def _apply(rule: _Rule, text: str) -> Iterator[Slip]:
    if any(sign in text for sign in rule.signs):
        for found in rule.pattern.finditer(text):
            slip = rule.make(found)
            if slip is not None:
                yield slip


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
    return _slip(
        found, "两个相邻的数表示大概，中间用了顿号", f"改成“{words}”，用汉字，不用顿号；不是大概的，不用改。", words
    )


def _some(found: re.Match[str]) -> Slip:
    return _slip(found, "“几”和阿拉伯数字连用", "大概的数用汉字，例如 二十几个。")


# bounds said twice


def _about(found: re.Match[str]) -> Slip | None:
    if found["b"] in ("近", "将近", "接近") and any(mark in found["n"] for mark in "年月天日周期届次"):
        return None
    return _slip(found, "大概的意思说了两遍", f"“{found['b']}”和“{found['a']}”留一个。")


def _bound(found: re.Match[str]) -> Slip:
    return _slip(found, "界限说了两遍", f"“{found['b']}”和“{found['a']}”留一个。")


def _odd_and_more(found: re.Match[str]) -> Slip:
    return _slip(found, "大概的意思说了两遍", "“余”“多”和后面的“左右”“以上”留一个。")


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
_DATES = (
    _Rule(("年",), regex(rf"(?<![\d.{_DASHES}])[0-3]\d年(?=\d{{1,2}}月)"), _short_year),
    _Rule(
        ("20", "19"),
        regex(
            r"(?<![\d.．/])(?P<y>(?:19|20)\d\d)(?P<s>[.．/])(?P<m>1[0-2]|0?[1-9])(?P=s)(?P<d>3[01]|[12]\d|0?[1-9])(?![\d.．/])"
        ),
        _dotted,
    ),
)
_WITH_DIGITS = (
    _Rule(("年0", "月0"), regex(r"(?<=\d年)0[1-9](?=月)|(?<=\d月)0[1-9](?=[日号])"), _zero),
    _Rule(("20",), regex(rf"(?<!\d)(?P<a>20\d\d)[{_DASHES}](?P<b>\d\d)年(?!级)"), _cut_year),
    _Rule(("分", "午"), regex(r"\d{1,2}[:：][0-5]\d分|上午(?:1[3-9]|2[0-3])[:：时点]"), _clock),
    _Rule(
        ("%", "％", "‰", "万", "亿"),
        regex(
            rf"(?<![\d.%％万亿元A-Za-z年月第{_DASHES}])(?P<a>\d{{1,9}}(?:\.\d{{1,9}})?)(?P<dash>[{_DASHES}])(?P<b>\d{{1,9}}(?:\.\d{{1,9}})?)(?P<u>[%％‰万亿])"
        ),
        _one_sided,
    ),
    _Rule(
        ("千", "百", "十"),
        regex(
            r"(?<![\d.第,，—～A-Za-z万亿])(?P<n>[1-9]\d{0,2})(?P<m>[千百十])(?P<w>[万亿]?)(?![千百十分克瓦米伏赫帕卡焦牛安字兆乏货色姓年度叶合事日位里堰\d])"
        ),
        _mixed,
    ),
    _Rule(("千",), regex(r"(?<![\d.])(?P<a>\d{1,6})(?P<m>[万亿])(?P<b>[1-9])千(?P<w>万?)(?![米克瓦])"), _mixed_twice),
    _Rule(
        ("十", "百", "千"),
        regex(rf"[{_SMALL}几][十百千]\d{{1,3}}(?=[{_COUNTED}])"),
        _both,
    ),
    _Rule(tuple(_SMALL[1:]), regex(rf"(?<![\d.])\d{{1,3}}[{_SMALL[1:]}](?=[个名所家户])"), _both),
    _Rule(("百分之",), regex(r"百分之(\d{1,3}(?:\.\d{1,4})?)(?![\d—～%％])"), _word_percent),
    _Rule(("百分点",), regex(r"\d[%％]个?百分点"), _percent_points),
    _Rule(
        ("年代",),
        regex(rf"\d\d世纪[{_SMALL[1:]}]十年代|(?:十九|二十一?)世纪[2-9]0年代|[十九二一]{{2,3}}世纪[2-9]0年代"),
        _decades,
    ),
    _Rule(("第1", "第2", "第3"), regex(rf"第([123])({_FIXED})"), _ordinal),
    _Rule(
        ("、",),
        regex(r"(?<![\d第、.—～至])([1-8])、([2-9])(?=个月|天|年(?![级代度])|公里|个?小时|个?多?学期)"),
        _neighbours,
    ),
    _Rule(("几",), regex(r"\d几(?=[个名年岁天次所家人万户])"), _some),
    _Rule(
        ("约", "近", "大概"),
        regex(
            rf"(?<![节大公预签契协违合集条简制特履邀相誓规守附邻远最临亲])(?P<b>大约|约|将近|接近|近|大概)(?P<n>\d[\d.]{{0,9}}{_UNIT}?)(?P<a>左右|上下|余(?!年)|多(?=[{_COUNTED}万亿]))"
        ),
        _about,
    ),
    _Rule(
        ("以上", "以下", "以内", "左右", "之内"),
        regex(
            rf"(?P<b>不低于|不少于|不超过|不高于|不小于|不大于|至少|最少|最多|超过|高于|低于|多于|少于|大于|小于)(?P<n>\d[\d.]{{0,9}}{_UNIT}?)(?P<a>以上|以下|以内|左右|之内)(?![的]?(?:学历|职称|学校|医院|企业|单位))"
        ),
        _bound,
    ),
    _Rule(
        ("余", "多"),
        regex(rf"\d[万亿千百]?[余多](?:{_UNIT})?(?:左右|以上|上下)"),
        _odd_and_more,
    ),
    _Rule(
        ("，", ","),
        regex(
            rf"(?<![\d，,.])(?:[1-9]\d{{0,2}}(?:，\d{{3}})+|\d{{1,3}},\d{{1,2}}|\d{{1,3}},\d{{4,9}}|\d{{4,9}},\d{{3}})(?=[万亿]?[{_COUNTED}])"
        ),
        _comma,
    ),
    _Rule(("．", "·", "。"), regex(r"(?<![\d．·.]\d)(?<=\d)(?P<p>[．·。])\d{1,4}(?=[%％万亿倍])"), _point),
    _Rule((".",), regex(r"(?<![\d.\w)）])\.\d{1,4}(?=[%％万亿倍元])"), _no_zero),
    _Rule(("0",), regex(rf"(?<![\d.{_DASHES}/:：,，、A-Za-z（(〔第年月\0.])0+[1-9]\d*(?=[{_COUNTED}%％])"), _leading),
    _Rule(("￥", "¥"), regex(r"[￥¥] ?\d[\d,.]{0,20}[万亿]?元"), _money),
    _Rule(
        ("减少", "降低", "下降", "缩短", "压减"),
        regex(r"(?:减少|降低|下降|缩短|压减)(?:了|约)?\d[\d.]{0,5}倍"),
        _fewer_times,
    ),
)
_WITHOUT_DIGITS = (
    _Rule(("二零", "二○", "二◯", "二Ｏ", "二O", "二0", "一九"), regex(r"[一二][一二三四五六七八九〇零○◯ＯO0]{3}年"), _zero_years),
    _Rule(("二个", "二名", "二项", "二件", "二家"), regex(rf"(?<![第十百千万零〇、初其星年级班组{_SMALL}])二(个(?!百)|名(?!法)|项(?!式)|件|家(?![子庄村沟]))"), _pair),
    _Rule(
        ("、",),
        regex(rf"(?<![第、十百千万零〇{_SMALL}])([{_SMALL[:-1]}])、([{_SMALL[1:]}])(?=个月|天(?![然津])|公里|小时)"),
        _neighbours,
    ),
    _Rule(("%", "％"), regex(r"[一二三四五六七八九十百]{1,4}[%％]"), _percent_of_words),
    _Rule(("倍",), regex(rf"(?:减少|降低|下降|缩短|压减)(?:了|约)?[{_SMALL}两十]{{1,2}}倍"), _fewer_times),
)  # fmt: skip
