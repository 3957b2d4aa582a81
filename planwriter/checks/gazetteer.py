"""Finds the places of China in a text: provinces, cities and counties by name, and the bureaus named after a place.

Chinese has no spaces between words. So a name is searched by its last character and accepted only in a suitable context:
大方县 almost anywhere, 大方 before 教育局 or after its city, 城区 only after its city. `gazetteer/make.py` determines the context
that each name needs.
"""

from __future__ import annotations

import functools
import os
from bisect import bisect_left
from collections.abc import Iterator

from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.system import files

_DEPARTMENTS = (
    "教育体育|教育和体育|教育科技|教育科学技术|教育|教体|教科体|发展和改革|发改|财政|公安|民政|司法|人力资源和社会保障|人社|自然资源|"
    "住房和城乡建设|住建|交通运输|水利|农业农村|商务|文化和旅游|文旅|卫生健康|卫健|应急管理|审计|市场监督管理|市场监管|统计|医疗保障|"
    "体育|科学技术|科技|工业和信息化|生态环境|城市管理|税务|乡村振兴|退役军人事务"
)
OFFICE = rf"(?:(?:{_DEPARTMENTS})(?:委员会|局|厅|委)|人民政府|人大常委会|政协|纪委监委)"
"""Matches an office that is named after its place: 教育局, 发展和改革委员会, 人民政府."""
_SCHOOL = (
    r"(?:第?[一二三四五六七八九十]+(?:中|小|幼|实小)|第[一二三四五六七八九十]+(?:中学|小学|幼儿园)|职教中心|职校|籍)"
)
_OFFICE = regex(OFFICE)
_FIRST = "".join(sorted({word[0] for word in _DEPARTMENTS.split("|")})) + "人政纪第一二三四五六七八九十职籍"
_NAMED_AFTER = regex(f"(?=[{_FIRST}])(?:{OFFICE}|{_SCHOOL})")
"""Matches what a place may be named before. The first character is looked at first: this takes a quarter of the time."""
_SHAPED = regex(rf"(..)(?:自治县|自治州|自治旗|县|市|区|旗)(?={OFFICE})")
_LAST = regex("[省市县区旗盟州]")
_INTO = frozenset("到在赴与和同向由从往给及至鉴自习报请经据按")
"""Words of one character that often precede a place."""
_RUN_ON = {
    "县": "级域区乡市镇直城中",
    "市": "级场域区政容情民",
    "区": "级域间块划分位别县",
    "旗": "帜舰下县",
    "州": "级",
    "盟": "友",
}
"""For the last character of a name, the characters that form a word with it (市场, 区域), for names that are also words."""
_SHORT_LENGTHS = (8, 7, 6, 5, 4, 3, 2)
_TITLE = regex(r"《[^《》]*》|“[^“”]{0,16}(?:经验|精神|模式|医改|会议|工程|共识|宣言)”")
_STOPS = regex(r"\W|[的等为是与和及学跟开将有]")


class Place(NamedTuple):
    """A place in a text, from index `start` to before `end`.

    `codes` are those of GB/T 2260: several if divisions share the name, none if the place is recognized only by its form.
    `office` is the office after the name, or "".
    """

    start: int
    end: int
    name: str
    codes: tuple[str, ...] = ()
    office: str = ""


class _Entry(NamedTuple):
    codes: tuple[str, ...]
    kind: str
    before: str
    """The characters after which it is not a name."""


class _Tables(NamedTuple):
    """The three tables of divisions.tsv, whose lines are searched by halving. See gazetteer/make.py."""

    names: list[str]
    shorts: list[str]
    heads: dict[str, str]
    """The names of provinces and cities by their first two characters."""
    firsts: frozenset[str]
    """The first characters of these names."""


@functools.lru_cache(maxsize=2048)  # documents made from one outline share most texts
def find_places(text: str) -> tuple[Place, ...]:
    """The places named in a text, in order; of two that overlap the longer one, and of two of equal length the first."""
    found: list[Place] = []
    taken = bytearray(len(text))
    for place in sorted({*_full(text), *_behind_their_city(text), *_short(text), *_shaped(text)}, key=_rank):
        if not any(taken[place.start : place.end]):
            taken[place.start : place.end] = b"\1" * (place.end - place.start)
            found.append(place)
    made: list[Place] = []
    for place in sorted(found):
        above = made[-1].codes if made and made[-1].end == place.start else ()
        made.append(place._replace(codes=_below(place.codes, above) or place.codes, office=_office(text, place.end)))
    return tuple(made)


def outside_titles(text: str) -> str:
    """The text with document titles and set phrases (“浦江经验”) blanked, since place names in them do not mean the place."""
    return _TITLE.sub(lambda title: "\0" * len(title.group()), text)


def codes_of(name: str) -> tuple[str, ...]:
    """The codes of the divisions with this full name."""
    entry = _named(name)
    return entry.codes if entry else ()


def is_within(code: str, other: str) -> bool:
    """True if the division `code` is `other` or lies in it."""
    return code.startswith(other.removesuffix("00").removesuffix("00"))


def kind_of(name: str) -> str:
    """The context that a full name needs: "" (almost none), word, common, open, office or parent."""
    entry = _named(name)
    if entry is None:
        raise KeyError(name)
    return entry.kind


# the candidates


def _rank(place: Place) -> tuple[bool, int, int]:
    return (not place.codes, place.start - place.end, place.start)


def _full(text: str) -> Iterator[Place]:
    """Full names in a suitable context."""
    for last in _LAST.finditer(text):
        end = last.end()
        for name, entry in _names_ending(text[end - 2 : end]):
            start = end - len(name)
            if start < 0 or not text.startswith(name, start):
                continue
            if _is_behind(text, start, entry.codes) or _stands_alone(text, start, end, entry):
                yield Place(start, end, name, entry.codes)
                break


def _stands_alone(text: str, start: int, end: int, entry: _Entry) -> bool:
    """True if the characters around a full name show that it is one."""
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    if entry.kind == "parent" or (before and before in entry.before):
        return False
    if entry.kind == "open" and before.isalpha() and before not in _INTO:
        return False
    if _office(text, end) or (after == "委" and text[end : end + 2] != "委托"):
        return True
    if entry.kind == "office" or text[end - 1 : end + 1] in ("区域", "区间", "区块"):
        return False
    return not (entry.kind and after and after in _RUN_ON.get(text[end - 1], ""))


def _is_behind(text: str, start: int, codes: tuple[str, ...]) -> bool:
    """True if the city or province of one of `codes` is named directly before `start`."""
    if start < 2:
        return False
    ending = text[start - 2 : start]
    for name, entry in (*_names_ending(ending), *_shorts_ending(ending)):
        if text.endswith(name, 0, start) and _below(codes, _cities(entry)):
            return True
    return False


def _cities(entry: _Entry) -> tuple[str, ...]:
    """The codes of provinces and cities among those of a name."""
    return tuple(code for code in entry.codes if code.endswith("00"))


def _behind_their_city(text: str) -> Iterator[Place]:
    """Short names after the name of their city or province: 毕节大方, 贵州省大方."""
    heads, firsts = _tables().heads, _tables().firsts
    for at in [at for at, mark in enumerate(text[:-3]) if mark in firsts]:
        names = heads.get(text[at : at + 2])
        for name in names.split(" ") if names else ():
            if not text.startswith(name, at):
                continue
            upper, start = _named(name) or _short_named(name), at + len(name)
            for length in _SHORT_LENGTHS:
                end = start + length
                lower = _short_named(text[start:end]) if end <= len(text) else None
                codes = _below(lower.codes, _cities(upper)) if lower and upper else ()
                if lower and codes and _may_be_short(lower, text, end):
                    yield Place(start, end, text[start:end], codes)
                    break


def _may_be_short(entry: _Entry, text: str, end: int) -> bool:
    if entry.kind == "":
        return True
    return entry.kind == "word" and (
        end == len(text) or _STOPS.match(text, end) is not None or bool(_office(text, end))
    )


def _short(text: str) -> Iterator[Place]:
    """Short names before an office or a school: 大方教育局, 大方一中."""
    for office in _NAMED_AFTER.finditer(text):
        end = office.start()
        for name, entry in _shorts_ending(text[end - 2 : end]):
            start = end - len(name)
            before = text[max(start - 1, 0) : max(start, 0)]
            fits = start >= 0 and text.startswith(name, start) and entry.kind in ("", "word")
            if fits and not (before and before in entry.before):
                yield Place(start, end, name, entry.codes)
                break


def _shaped(text: str) -> Iterator[Place]:
    """Unknown names that have the form of a place before an office: 青山县教育局."""
    for match in _SHAPED.finditer(text):
        before = text[max(match.start() - 1, 0) : match.start()]
        opens = not before or not before.isalnum() or before in _INTO
        opens = opens and all("\u4e00" <= mark <= "\u9fff" for mark in match[1])  # a range in the pattern costs 1 ms
        if opens and match[1] not in _NO_NAMES and _NO_PLACE_MARKS.isdisjoint(match[1]):
            yield Place(match.start(), match.end(), match.group())


_NO_PLACE_MARKS = frozenset(
    "全我各本该在省市州区旗县镇乡个到和与及或每一两三级由向经报请对按据被把让会是的以从为其他某委辖请给同"
)
_NO_NAMES = frozenset(
    [
        "联合",
        "配合",
        "构建",
        "包括",
        "协同",
        "组织",
        "根据",
        "按照",
        "依照",
        "依据",
        "通过",
        "提请",
        "上报",
        "协调",
        "统筹",
        "指导",
        "督促",
        "汇总",
        "建立",
        "成立",
        "调整",
        "邀请",
        "接受",
        "服从",
        "落实",
        "执行",
        "贯彻",
        "支持",
        "参加",
        "隶属",
        "属于",
        "对接",
        "依托",
        "借助",
        "争取",
        "推动",
        "推进",
        "加强",
        "强化",
        "完善",
        "明确",
        "由于",
        "自治",
        "直辖",
        "所在",
        "所属",
        "有关",
        "相关",
        "以及",
        "参照",
        "学习",
        "遵照",
        "印发",
        "转发",
    ]
)
"""Words that may stand before 县教育局 without being a name, such as 联合."""


def _office(text: str, end: int) -> str:
    match = _OFFICE.match(text, end)
    return match.group() if match else ""


def _below(codes: tuple[str, ...], above: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `codes` that lie in one of `above`."""
    return tuple(code for code in codes if any(code != other and is_within(code, other) for other in above))


# the tables


@functools.cache
def _tables() -> _Tables:
    data = files.read_file(os.path.join(files.data_folder("gazetteer"), "divisions.tsv")).value
    assert data is not None
    names, shorts, heads = data.decode("utf-8").replace("\r\n", "\n").split("\n\n")
    upper = {line[:2]: line[3:] for line in heads.split("\n") if line}
    return _Tables(
        [line for line in names.split("\n") if not line.startswith("#")],
        shorts.split("\n"),
        upper,
        frozenset(head[0] for head in upper),
    )


def _backwards(line: str) -> str:
    """The first column of a line, read backwards, by which the lines are ordered."""
    return line[: line.index("\t")][::-1]


@functools.lru_cache(maxsize=4096)
def _names_ending(ending: str) -> tuple[tuple[str, _Entry], ...]:
    """The full names with these last two characters, the longest first."""
    return tuple((line[: line.index("\t")], _entry(line)) for line in _lines_ending(_tables().names, ending))


@functools.lru_cache(maxsize=4096)
def _shorts_ending(ending: str) -> tuple[tuple[str, _Entry], ...]:
    """The short names with these last two characters, the longest first."""
    return tuple((line[: line.index("\t")], _shared(line)) for line in _lines_ending(_tables().shorts, ending))


def _lines_ending(lines: list[str], ending: str) -> list[str]:
    wanted = ending[::-1]
    first = last = bisect_left(lines, wanted, key=_backwards) if len(wanted) == 2 else len(lines)
    while last < len(lines) and _backwards(lines[last]).startswith(wanted):
        last += 1
    return sorted(lines[first:last], key=lambda line: -line.index("\t"))


def _named(name: str) -> _Entry | None:
    """The division or divisions with a full name."""
    return next((entry for each, entry in _names_ending(name[-2:]) if each == name), None)


def _short_named(name: str) -> _Entry | None:
    """All divisions with a short name of at least two characters."""
    return next((entry for each, entry in _shorts_ending(name[-2:]) if each == name), None)


def _entry(line: str) -> _Entry:
    """The division of a line of the first table."""
    _, _, codes, kind, before = line.split("\t")
    return _Entry(tuple(codes.split(" ")), kind, before)


def _shared(line: str) -> _Entry:
    """What a short name means: the divisions of a line of the second table together."""
    entries = [entry for name in line.partition("\t")[2].split(" ") if (entry := _named(name))]
    codes = tuple(code for entry in entries for code in entry.codes)
    return _Entry(codes, max(entry.kind for entry in entries), "".join(entry.before for entry in entries))
