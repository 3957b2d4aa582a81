"""What an outline says of its plan beside the text: kind, bureau, region and years, read from title, signature and dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from planwriter.importing.plan_lines import PlanLines, joined
from planwriter.language.regions import level_of
from planwriter.model import Region
from planwriter.outline.kind import Kind
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

UNKNOWN_UNIT, UNKNOWN_REGION = "某单位", Region(name="某县", level="县")
DEFAULT_YEAR = 2026
_MAX_READ, _MAX_GUESSES = 100_000, 16
"""How much of a text is read for words that are bound to a year, and how many years are tried."""
_COUNTRY = Region(name="全国", level="国家")
_NATIONAL = regex(
    r"国务院|中共中央|中央|全国|国家|最高人民|(?:教育|财政|民政|公安|司法|水利|商务|应急管理|交通运输|农业农村|农业|自然资源|生态环境|住房城乡建设|工业和信息化|人力资源社会保障|文化和旅游|退役军人事务|科学技术|科技|卫生健康)部"
)
_ABOUT = regex(r"(?:关于|印发|转发)")
_YEAR = regex(r"((?:19|20)\d\d)\s*年(?!以?前)")
_CITED_YEAR = regex(r"[〔\[﹝]((?:19|20)\d\d)[〕\]﹞]")
_GOAL = regex(
    r"(?:到|至|于)((?:19|20)\d\d)年|(?<!\d)(?=(?:19|20)\d\d年(?:年?底|\d{1,2}月(?:底|末|\d{1,2}日)?)前)((?:19|20)\d\d)"
)
_SPAN = regex(r"((?:19|20)\d\d)\s*年?\s*[—–―~～\-－至到]+\s*((?:19|20)\d\d)")
_MULTI_WORDS = regex(r"行动计划|行动方案|三年行动|规划|计划|攻坚")
_OFFICE = r"(?:人民政府办公(?:厅|室)|人民政府|办公(?:厅|室)|委员会|领导小组(?:办公室)?|管理局|管委会|局|厅|委|院|会|中心|部|公司|学校|小学|中学|幼儿园|办事处|街道|镇|乡|学院|大学|处)"
_UNIT = regex(rf"[\u4e00-\u9fff（）()、]{{2,40}}?{_OFFICE}(?=$|20\d\d|[二〇零一九]|关于|印发|转发|\s)")
_LEADING_YEAR = regex(r"\A(?:(?:19|20)\d\d|[二〇零一三四五六七八九]{4})\s*年度?\s*")
_UNIT_BEHIND_YEAR = regex(
    rf"(?![全各我本])([\u4e00-\u9fff]{{2,20}}?{_OFFICE})(?=工作(?:要点|计划|安排|思路|打算|方案)|政务公开|重点工作)"
)
"""Matches the bureau behind the year in a title: 2026年青山县教育局工作要点."""
_PLACE = regex(
    r"(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,8}?(?:市|自治州|地区|盟))?(?:[\u4e00-\u9fff]{1,8}?(?:自治县|自治旗|县|区|旗|市))?(?:[\u4e00-\u9fff]{1,6}?(?:镇|乡|街道))?"
)
_PARTS = regex(
    r"[\u4e00-\u9fff]{1,8}?(?:自治区|自治州|自治县|自治旗|开发区|高新区|新区|地区|街道|省|市|州|盟|县|区|旗|镇|乡)"
)


class Identity(NamedTuple):
    """Kind, bureau, region and years of a plan, and by their keys what is doubtful about them."""

    kind: Kind
    unit: str
    region: Region
    years: tuple[int, int]
    doubts: dict[str, str]


class Given(NamedTuple):
    """What the user says of the plan; "" and None for what is to be found in the text."""

    kind: Kind | None = None
    unit: str = ""
    region: Region | None = None
    year: int = 0


def identify(plan: PlanLines, kinds: tuple[Kind, ...], given: Given, notice: PlanLines | None = None) -> Identity:
    """What a plan is; `notice` is the first plan of its file, whose notice covers it too."""
    doubts: dict[str, str] = {}
    front = notice or plan
    if plan.within is not None:
        front = plan.within
    titles = [plan.title_text or front.title_text, joined(front.notice_title), front.title_text]
    years = _years(plan, front, titles, given.year, doubts)
    if "年度" in doubts:
        years = _fitting(years, plan, front)
    kind = given.kind or _kind(titles[0], years, kinds)
    first, last = years
    if kind.multi_year and first == last:
        last = first + max(kind.span, 2) - 1
        doubts["起止"] = "末年是推算的，核对起止年份"
    if not kind.multi_year:
        last = first
    unit = given.unit or _unit(front, titles)
    if not unit:
        unit, doubts["单位"] = UNKNOWN_UNIT, "文中没有写明发文单位，写上全称"
    region = given.region or _region(unit, titles)
    if region is None:
        region, doubts["地区"] = UNKNOWN_REGION, "看不出是哪个地区的，写上全称"
    return Identity(kind, unit, region, (first, last), doubts)


def _kind(title: str, years: tuple[int, int], kinds: tuple[Kind, ...]) -> Kind:
    """The kind whose name is in the title; else the nearest one by period."""
    named = [
        (len(name), -at, kind) for at, kind in enumerate(kinds) for name in (kind.name, *kind.aliases) if name in title
    ]
    multi = (years[0] != years[1] or "三年" in title) and _MULTI_WORDS.search(title) is not None
    fitting = [each for each in named if each[2].multi_year == multi]
    if fitting:
        return max(fitting, key=lambda each: each[:2])[2]
    order = (
        ("三年行动计划",)
        if multi
        else ("工作要点",)
        if re.search(r"要点|工作计划|工作安排|工作思路", title)
        else ("实施方案",)
    )
    wanted = [kind for kind in kinds if kind.name in order] or [kind for kind in kinds if kind.multi_year == multi]
    return (wanted or list(kinds))[0]


def _years(plan: PlanLines, front: PlanLines, titles: list[str], given: int, doubts: dict[str, str]) -> tuple[int, int]:
    for title in titles:
        if (span := _SPAN.search(title)) and 1949 <= int(span[1]) < int(span[2]) <= 2100:
            return (given or int(span[1]), int(span[2]) if not given else given + int(span[2]) - int(span[1]))
    if given:
        return given, given
    for title in titles:
        if named := _YEAR.findall(title):
            told = int(named[-1] if "总结" in title else named[0])
            return told, told
    key = "年度"
    for line, where in ((front.date, "成文日期"), (plan.date, "成文日期"), (front.number, "发文字号")):
        if line is not None and (year := re.search(r"(?:19|20)\d\d", line.text)):
            doubts[key] = f"标题里没有年份，取自{where}"
            return int(year[0]), int(year[0])
    year_found = _year_of_text(plan, titles)
    doubts[key] = "标题里没有年份，取自正文" if year_found else "文中没有写明年份"
    return year_found or DEFAULT_YEAR, year_found or DEFAULT_YEAR


def _year_of_text(plan: PlanLines, titles: list[str]) -> int:
    """The year that a text without one in its title speaks for; 0 if it names none.

    It is that of its plan period, of the latest document that it cites, or the one that it names first and most; never
    later than a year by which something is to be done.
    """
    from planwriter.checks.year_words import PERIODS

    for title in titles:
        for name, (first, _) in PERIODS.items():
            if name in title:
                return first
    text = "\n".join(line.text for line in plan.body)[:_MAX_READ]
    head = "".join(line.text for line in plan.body[:6])
    cited = [int(each) for each in _CITED_YEAR.findall(head)]
    counted = Counter(int(year) for year in _YEAR.findall(head) or _YEAR.findall(text))
    year = max(cited, default=0) or (counted.most_common(1)[0][0] if counted else 0)
    goals = [int(one or two) for one, two in _GOAL.findall(text)]
    goals = [each for each in goals if each >= max(cited, default=year - 5)]
    return min((year, *goals)) if year else 0


def _fitting(years: tuple[int, int], plan: PlanLines, front: PlanLines) -> tuple[int, int]:
    """Guessed years, or others that the text speaks of, so that what it says of its time (“十四五”开局) fits them."""
    from planwriter.checks.year_words import misplaced_year_words

    text = "\n".join(line.text for line in (*front.notice_body, *plan.body))[:_MAX_READ]
    told = [year for year, _ in Counter(int(each[1]) for each in _YEAR.finditer(text)).most_common(_MAX_GUESSES)]
    near = [years[0] + 1, years[0] - 1]
    for first in (years[0], *near, *told, *range(DEFAULT_YEAR, DEFAULT_YEAR - _MAX_GUESSES, -1)):
        if 1949 <= first <= 2100 and not any(True for _ in misplaced_year_words(text, (first, first))):
            return first, first + years[1] - years[0]
    return years


def _unit(front: PlanLines, titles: list[str]) -> str:
    """The bureau: before 关于印发 in a title, in the signature, before the year in a title."""
    for title in (titles[1], titles[0], titles[2]):
        about = _ABOUT.search(title)
        if about and 4 <= len(name := _first_name(title[: about.start()])) <= 40 and _UNIT.match(name):
            return name
    for line in front.signature[:1]:
        name = _first_name(line.text)
        if 4 <= len(name) <= 40:
            return name
    for key, line in front.head:
        if key == "发文机关":
            return _first_name(line.text.strip().removesuffix("文件"))
    for line in front.body[:1]:
        names = line.text.split()
        if len(names) > 2 and len(line.text) <= 160 and re.fullmatch(rf".{{2,20}}?{_OFFICE}", names[0]):
            return names[0]
    for title in titles:
        year = _LEADING_YEAR.match(title)
        behind = _UNIT_BEHIND_YEAR.match(title, year.end()) if year else None
        if behind:
            return behind[1]
        found = _UNIT.match(title)
        if (
            found and found.end() < len(title) and not re.match(r".{0,6}(?:计划|方案|意见|要点)", title[found.end() :])
        ) or (found and re.match(r"(?:20\d\d|[二〇零]{2})", title[found.end() :])):
            return found.group()
    return ""


def _first_name(text: str) -> str:
    """The first of several names, without the blanks inside it."""
    names = re.split(r"[\t]|\s{2,}|　", text.strip())
    first = names[0].strip()
    if " " in first and re.search(_OFFICE + r"\s", first):
        first = re.split(r"\s", first)[0]
    return re.sub(r"[\s（()）].*|\s", "", first)


def region_of_unit(unit: str) -> str:
    """The region that the name of a unit says for certain: 青山县 for 青山县财政局; "" for one of a township in a county.

    A township's office may name its county first, and then writes for the township.
    """
    from planwriter.clauses.systems import TOWNSHIP, plan_level

    found = _region(unit, ())
    if found is None or not level_of(found.name):
        return ""
    is_above = plan_level(unit, found.level) == TOWNSHIP != plan_level("", found.level)
    return "" if is_above else found.name


def _region(unit: str, titles: Iterable[str]) -> Region | None:
    """The region that a bureau's name, or else a title, begins with."""
    bare = [_LEADING_YEAR.sub("", name) for name in (unit, *titles)]
    names = [name.removeprefix("中国共产党").removeprefix("中共").lstrip("《“关于印发") for name in bare]
    for name in names:
        found = _known(name) or _formed(name)
        if found is not None:
            return found
    if any(_NATIONAL.match(name.removeprefix("关于").removeprefix("中国")) for name in (unit, *titles)):
        return _COUNTRY
    return next((found for name in names[1:] if (found := _before_a_title(name)) is not None), None)


_NAMED = regex(
    r"(?![全我各本该城社园校街地市县区])([\u4e00-\u9fff]{2,5}?(?:自治县|自治旗|县|区|市|旗|镇|乡|街道))(?![场级域民政直区镇])"
)


def _before_a_title(name: str) -> Region | None:
    """The place that the title of a plan begins with, by its form alone: 云岭市职业教育三年行动计划."""
    match = _NAMED.match(name)
    return Region(name=match[1], level=level_of(match[1])) if match and level_of(match[1]) else None


def _known(name: str) -> Region | None:
    """The last of the places that a name begins with, as the gazetteer knows them."""
    from planwriter.checks.gazetteer import find_places

    at, found, superior = 0, "", ""
    for place in find_places(name[:60]):
        if place.start != at or not level_of(place.name):
            break
        superior, found, at = found, place.name, place.end
    tail = (
        re.match(r"([\u4e00-\u9fff]{1,6}?(?:镇|乡|街道))(?:党|人民|办|政府|综合|党政|安全|20|$)", name[at:])
        if found
        else None
    )
    if tail and level_of(tail[1]):
        superior, found = found, tail[1]
    return Region(name=found, level=level_of(found), superior=superior) if found else None


def _formed(name: str) -> Region | None:
    """A place that is not in the gazetteer, by its form: 青山县教育局, 柳林镇人民政府."""
    match = re.match(
        r"((?:[\u4e00-\u9fff]{2,6}?(?:省|自治区))?(?:[\u4e00-\u9fff]{1,6}?(?:市|自治州|州|盟))?)([\u4e00-\u9fff]{1,6}?(?:自治县|自治旗|县|区|旗|市|镇|乡|街道))(?=[\u4e00-\u9fff]*(?:局|政府|委|办|厅|会|中心|学校|小学|中学|院|所|队|处|20\d\d))",
        name,
    )
    if match is None or not level_of(match[2]):
        return None
    return Region(name=match[2], level=level_of(match[2]), superior=match[1])
