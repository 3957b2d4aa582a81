"""Figures in the prose of a plan that are targets: what is to be reached or delivered, with its name, bound and year."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.figures.reading import SENTENCE, WHOLE, name_before, unit_at, without_titles
from planwriter.importing.figure_names import (
    ACTS,
    BREAK,
    CHANGES,
    FOR_WHOM,
    LEVEL_AT_END,
    METRICS,
    Seen,
    cleaned,
    name_of,
    named,
    shared_names,
    verb_in,
)
from planwriter.language.figures import AFTER, BEFORE, TypedFigure, read_figure
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex

_NUMBER = regex(
    r"(?<!\d )(?<![\d０-９.:/A-Za-z＋+~～—–\-*_第〔×])(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?(?![\d.]|[:A-Za-z*_+＋~～—–×-]|/(?!10万)|[∶： ]\d)",
    re.ASCII,
)
_WORDS = regex(r"[余多]?(?:百(?!分)|千(?![米克瓦伏])|[十万亿]){0,3}[余多]?")
_MORE_UNITS = regex(
    r"微克/立方米|毫克/升|元/吨|立方米|平方|吨标准?煤|千瓦时|千瓦|兆瓦|美元|批次|户次|亩次|件次|例次|人份|标箱|班次|车次|架次|[枚盏棵桩孔粒艘匹羽桶]|路(?![灯口面径线桥段由])|片(?![区面段长])|分(?![别类级局公散享行析之项钟布配])"
    r"|个月|个工作日|工作日|分钟|小时|天(?![然气津])|支(?![持部出撑付队])|支(?=队伍)|张(?![贴榜家])|例(?![行如会外])|头(?![部等条])|根(?![据治本])|口(?![径岸号碑腔])"
    r"|方(?![面案式法向便可能阵志])|单(?![位元独项个一品产])|块(?!链)|首(?![批次个席创])|集(?![中体团成聚合市约])|副(?![主书县市省高校])|架(?![设构])|眼(?![科镜部])"
    r"|本(?![科级地县市区校次年行方项])|份(?!额)|宗(?![旨教地])|斤|粒|笔(?!试)|尾(?![矿气水])|幅(?!度)|株|张|瓶|册|把(?![关握控])|面(?![积向对临粉貌])"
)
"""Matches units that only the figures of targets have: the rules on figures do not read them."""
_SPANS = frozenset(("个月", "个工作日", "工作日", "分钟", "小时", "天"))
_YEAR = regex(r"(?<!\d)(20\d\d)年")
_REACH = 120
"""How many characters before a figure are read for its meaning."""
_PRINTED = tuple(sorted(((word, bound) for bound, word in BEFORE.items()), key=lambda pair: -len(pair[0])))
"""The words before a figure that a citation prints, with their bound."""
_SAID = tuple(
    sorted(
        {
            **dict.fromkeys(("不得低于", "不能低于", "不小于"), "不低于"),
            **dict.fromkeys(("不得少于", "不能少于", "至少"), "不少于"),
            **dict.fromkeys(("不得超过", "不能超过", "至多", "最多"), "不超过"),
            **dict.fromkeys(("突破", "高于", "多于", "逾", "超"), "超过"),
            **dict.fromkeys(("不得高于", "不能高于"), "不高于"),
            **dict.fromkeys(("达", "增至", "升至", "降至", "压减至"), "达到"),
            **{
                verb + to: "达到"
                for verb in (
                    "提高", "提升", "增加", "增长", "扩大", "上升", "下降", "降低", "压减", "减少", "保持在", "稳定在", "控制在", "压缩", "缩短", "缩小", "拓展", "发展", "升", "增", "降"
                )
                for to in (("",) if verb.endswith("在") else ("到", "至"))
            },
        }.items(),
        key=lambda pair: -len(pair[0]),
    )
)  # fmt: skip
"""Words before a figure that stay in the text, and what they mean."""
_FROM = regex(
    r"[由从](?P<when>[^，。；\d]{0,8}(?:(?P<year>20\d\d)年(?:底|末)?)?的?)"
    r"(?P<before>(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?)(?P<words>[十百千万亿]{0,2})(?P<unit>[^\d，。；]{0,4}?)"
    r"(?:提高|提升|增加|增长|扩大|上升|下降|降低|压减|减少|调整|升|增|降)[到至]$"
)
_SETS_OUT = regex(r"(?:提高|提升|增加|增长|扩大|上升|下降|降低|压减|减少|调整|升|增|降)[到至]")
_BUILDS = ("建", "创", "购置", "配置", "培训", "培养", "招聘", "引进", "新增", "增加", "选", "打造", "开发")
_PAST = ("已", "现有", "目前", "上年", "去年", "原有", "截至", "以来", "预计", "凡")
_LETTER = regex(r"[A-Za-z]")
_RULES = regex(r"[\u4e00-\u9fff]{0,4}(?:规定|措施|政策|意见|纪律|举措|标准|建议|任务|线索|问题)")
_AGAINST = regex("[比较](?:上年|去年)")
_WILL_BE = regex(r"累计(?:实现|达|下降|降低|减少|提高)")
_EACH = regex(
    r"每(?!年|两年|三年|[十百千万]{1,2}[人户名])|各(?=[建设配有创奖]|$)|每年对|每年(?:至少)?(?:组织|举办|召开|开展)"
)
_NORMS = frozenset(("学时", "课时", "部", "类", "种", "条", "次", "期"))
"""Units of norms and of routine: they are lifted only with a bound, and not at all if they are for each of something."""
_ALLOWS = regex(
    r"最[高大]|按照|(?<![年月])按(?![时期需揭摩病])|上限|单个|单项|单笔|时速|厚度|半径|(?<!增长)速度|罚款|处以"
)
"""Words before a figure that is a norm or a measure, and no target."""
_STANDARD = regex(r"标准[：:][^。；]*\Z")
_NORM = regex(r"(?<!高)标准(?!化|厂房|园|地|池|的|\d|(?:分别)?(?:提高|提升|增加|上调)[到至为])")
_BROUGHT = regex(r"(?:推动|推进|支持|确保|实现|力争|带动|助力)$")
_RESULT = regex(
    r"[\u4e00-\u9fff（）、“”]{2,24}?(?:投产|达产|开工|竣工|上市|入库|升规|入规|建成|完工|通车|并网|落地|就业|改造|升级|转型|上云|投用|运营|创建|达标|销号|修复)"
)
"""Matches what comes of the things that a figure counts: 推动30条生产线投产."""
_UNITLESS = regex(r"(?:率|占比|比例|比重|面|份额|度|人数|系数|指数|比|倍差|水平|达标)[^，。；、\d]{0,6}$")
_OF_A_WHOLE = regex(r"(?P<bound>不低于|不少于|不超过|不高于|超过)[\u4e00-\u9fff]{2,20}的$")
"""Matches the words between a share and what it is of: 比例不低于总里程的5%."""
_SHORTER = regex(r"(?:(?:压缩|缩短|压减|减少|降|降低)[到至]|控制在|月数.{0,4})$")
_LASTS = ("时间", "时限", "时长", "天数", "周期", "月数")
_SPENT = ("用于", "支持", "建设", "实施", "专项", "资金", "的专项")
_COUNTED = WHOLE.union("亩吨株盏棵台枚例头只支张宗辆条").union(("公里", "公顷", "平方米", "人次", "批次", "立方米"))
"""Units of what is delivered, not of norms or money."""
_STOPS = "，、。；）\n"
_TELLS = regex(
    r"(?<!社会)(?<!党)组织|举办|召开|参加|指导|安排|引导|支持|推进|协调|接受|出台|制定|印发|^[下内]?设(?![备施计])|设有|[下内]设|[^专]有$|^有|[现共拥含]有|^含|包括|包含|涉及|^由|^共|一共|合计|分为|满分|距|最|[每各凡]|等奖|抽查|预案|网格|人员$|为$|是$|现|^原|其他|^另|第|其余|不足|超[过出]|会议|措施|政策|小组|组长|专班|例会|会商|问题|线索|牵头|领导"
)
"""Words of a clause whose figure tells what there is, or how something is organized."""
_JOINS = frozenset(("、", "和", "，", "与", "及", "以上、", "左右、", "以内、", "以上和", "以内和"))
_COMPARED = ("", "同比", "年均", "比上年", "较上年", "增幅", "同比增幅")
_MOST_LISTED = 9
_GIVES = regex(r"[^，。；]{0,12}?(?:给予|贴息|奖补|补助|补贴|奖励|的基础上)")
_NAMES = regex(r"(?:学院|学校|中学|小学|幼儿园|医院|城区)[和、][^，。]{2,20}(?:学院|学校|中学|小学|幼儿园|医院|城区)$")
_BUILT = regex(r"(?:拟|计划|确保|完成)?(?:新建|扩建|改扩建|改建|迁建)")
_ONE = regex(r"至少(?:有|配有|建有)?1(?!\d)")
_GOES_ON = regex(r"[^，、；。]{0,10}[，、；][^，、；。]{0,16}")
_CHINESE = regex(r"[\u4e00-\u9fff]")
_GOES_BEYOND = ("并", "且", "和", "的", "力争", "以", "左右")
_OF_A_LIST = regex(r"等\d|\d大类|\A[万亿]?元以[上下]")
_NUMERALS = "一二三四五六七八九十"
_AFTER_OF = ("目标", "任务", "水平", "要求", "标准")
_SPLIT = regex(
    r"(?P<years>(?:20\d\d年?(?:底|末)?[、，和]){1,9}20\d\d年(?:底|末)?)(?P<link>[^。；\d，]{0,20}?分别[^。；\d]{0,10}?)"
    r"(?P<figures>(?:\d{1,12}(?:\.\d{1,6})?[^\d。；、，]{0,6}[、，和]){1,9}\d{1,12}(?:\.\d{1,6})?)"
)


class Baseline(NamedTuple):
    """The figure from which a target sets out; `year` is 0 if the text does not say it."""

    start: int
    end: int
    figure: TypedFigure
    year: int


class LiftableFigure(NamedTuple):
    """A figure of a text that is a target; the indices are those of the text."""

    start: int
    """Of the number."""
    end: int
    """Behind its unit and the bound behind that."""
    before: int
    """Where the bound begins that a citation prints; `start` if there is none."""
    figure: TypedFigure
    bound: str
    name: str
    year: int = 0
    """The year by which it is to be reached, if the text names one; 0 else."""
    baseline: Baseline | None = None
    is_step: bool = False
    """True for one of several figures that are given year by year."""


def liftable_figures(text: str) -> Iterator[LiftableFigure]:
    """The figures of a text that are targets, in order."""
    if "{" in text or not any(sign.isdigit() for sign in text):
        return
    blank = without_titles(text)
    for sentence in SENTENCE.finditer(blank):
        yield from _in_sentence(blank, *sentence.span())


def _in_sentence(text: str, begin: int, end: int) -> Iterator[LiftableFigure]:
    split = _SPLIT.search(text, begin, end)
    done = begin
    if split is not None:
        made = list(_steps(text, begin, split))
        if made:
            yield from made
            done = split.end()
    seen: list[Seen] = []
    for match in _NUMBER.finditer(text, done, end):
        if match.start() < done:
            continue
        lead = text[max(begin, match.start() - _REACH) : match.start()]
        found = _each_of_several(text, end, lead, match, seen) if "分别" in lead[-20:] else []
        if not found:
            figure = _figure(text, begin, end, match, seen[-1] if seen else None)
            found = [figure] if figure is not None else []
        for each in found:
            verb = verb_in(text[max(begin, each.start - _REACH) : each.start])
            seen.append(Seen(each.end, each.name, verb or (seen[-1].verb if seen else ""), each.figure.unit))
            done = each.end
            yield each


def _steps(text: str, begin: int, split: re.Match[str]) -> Iterator[LiftableFigure]:
    """The figures of 2026年、2027年、2028年分别达到93%、94%、95%."""
    years = [int(year) for year in re.findall(r"20\d\d", split["years"])]
    numbers = list(_NUMBER.finditer(text, split.start("figures"), split.end("figures")))
    name = cleaned(name_before(text[max(begin, split.start() - _REACH) : split.start()]))
    if len(years) != len(numbers) or not name:
        return
    for year, number in zip(years, numbers, strict=True):
        unit, at = unit_at(text, number.end())
        at = at if unit else number.end()
        read = read_figure(text[number.start() : at])
        if isinstance(read, TypedFigure):
            yield LiftableFigure(number.start(), at, number.start(), read, "达到", name, year, is_step=True)


def _each_of_several(text: str, end: int, lead: str, first: re.Match[str], seen: list[Seen]) -> list[LiftableFigure]:
    """The figures of 甲覆盖率、乙覆盖率分别达到95%、90%, and of 甲12所、乙5所，分别增长3%、2%; empty if it is not clear of what they are."""
    before, _, link = lead.rpartition("分别")
    if len(link) > 14 or BREAK.search(link) or "、" in link:
        return []
    figures = _listed_figures(text, end, first)
    clause = BREAK.split(before)[-1].removesuffix("均")
    change = CHANGES.search(link)
    if clause in _COMPARED:
        names = [each.name for each in seen[-len(figures) :]] if change is not None else []
    else:
        names = shared_names(clause, len(figures), verb_in(link))
    if len(figures) < 2 or len(names) != len(figures) or any(word in clause for word in _PAST):
        return []
    if _EACH.search(link) and _NORM.search(clause + "分别" + link):
        return []
    printed, said = _bound_before(lead)
    tail = clause * (clause in _COMPARED) + change.group() if change is not None else ""
    made = []
    for name, (number, unit_end, read) in zip(names, figures, strict=True):
        behind = next((word for word in AFTER if text.startswith(word, unit_end)), "")
        opens = number.start() - len(printed) if number is first and not behind else number.start()
        year = _year_of(before)
        made.append(
            LiftableFigure(number.start(), unit_end + len(behind), opens, read, behind or said, name + tail, year)
        )
    return made


def _listed_figures(text: str, end: int, first: re.Match[str]) -> list[tuple[re.Match[str], int, TypedFigure]]:
    """The figures that stand side by side from `first` on, each with its end and value."""
    made: list[tuple[re.Match[str], int, TypedFigure]] = []
    at = first.start()
    for number in _NUMBER.finditer(text, first.start(), end):
        between = text[at : number.start()]
        if number is not first and number.start() != first.start() and between not in _JOINS:
            break
        if len(made) == _MOST_LISTED:
            return []
        unit, at = _unit_behind(text, number.end())
        read = read_figure(text[number.start() : at])
        if not unit or not isinstance(read, TypedFigure):
            return []
        made.append((number, at, read))
        at += next((len(word) for word in AFTER if text.startswith(word, at)), 0)
    return made


def _unit_behind(text: str, at: int) -> tuple[str, int]:
    """The unit behind a number that ends at an index, and where it ends; "" and the index if there is none."""
    if text.startswith("/10万", at):
        return "/10万", at + 4
    words = _WORDS.match(text, at)
    behind = words.end() if words else at
    unit, close = unit_at(text, behind)
    if not unit:
        unit, close = unit_at(text, at)
    more = _MORE_UNITS.match(text, behind)
    if more is not None and (more.end() > close or not unit):
        return more.group(), more.end()
    return (unit, close) if unit else ("", at)


def _bound_before(lead: str) -> tuple[str, str]:
    """The bound that stands before a figure as a citation prints it, and the bound that is said; "" if there is none."""
    printed = next(((word, bound) for word, bound in _PRINTED if lead.endswith(word)), ("", ""))
    said = next(((word, bound) for word, bound in _SAID if lead.endswith(word)), ("", ""))
    if len(said[0]) > len(printed[0]):
        return "", said[1]
    return printed


def _figure(text: str, begin: int, end: int, match: re.Match[str], last: Seen | None) -> LiftableFigure | None:
    unit, at = _unit_behind(text, match.end())
    lead = text[max(begin, match.start() - _REACH) : match.start()].rstrip(" ")
    if not unit and text.startswith("年", match.end()) and name_of(lead).endswith(("年限", "寿命")):
        unit, at = "年", match.end() + 1
    at = at if unit else match.end()
    behind = next((word for word in ("及以上", "之内", *AFTER) if text.startswith(word, at)), "")
    of_whole = _OF_A_WHOLE.search(lead) if unit == "%" else None
    printed, said = _bound_before(lead) if of_whole is None else ("", of_whole["bound"])
    bound = behind if behind in AFTER else said
    if behind and behind not in AFTER:
        return None
    end_of = at + len(behind)
    read = _read(text, match, unit, at)
    if read is None or (not unit and not bound) or _LETTER.match(text, end_of):
        return None
    after = text[end_of : min(end, end_of + 40)]
    if _counts_what_follows(lead, after, unit, behind, bound):
        return None
    gap = text[last.end : match.start()] if last is not None else ""
    name = named(lead if of_whole is None else lead[: of_whole.start()], after, unit, last, gap)
    if not name or _is_cut(name, lead) or not _is_target(lead, after, unit, bound, name, text, last, match.start()):
        return None
    whole = len(lead) == match.start() - max(begin, match.start() - _REACH)  # no space before the number
    before = match.start() - len(printed) if printed and not behind and whole else match.start()
    year = _year_of(lead)
    return LiftableFigure(
        match.start(),
        end_of,
        before,
        read,
        bound,
        name,
        0 if name.endswith(f"{year}年") else year,
        _baseline(lead, match.start() - len(lead), unit) if whole else None,
    )


def _read(text: str, match: re.Match[str], unit: str, at: int) -> TypedFigure | None:
    """The figure of a number with its unit."""
    read = read_figure(text[match.start() : at] if unit != "/10万" else match.group())
    if not isinstance(read, TypedFigure) or read.bound:
        return None
    return read._replace(unit=unit) if unit == "/10万" else read


def _counts_what_follows(lead: str, after: str, unit: str, behind: str, bound: str) -> bool:
    """True for a figure that only describes the noun behind it (30户以上自然村), or whose unit is not known (3万管)."""
    if unit == "个" and after.startswith(("工作日", "月", "小时", "学期")):
        return True
    is_limit = behind != "" or (bound == "超过" and not after.startswith("的"))
    if is_limit and "元" in unit and _CHINESE.match(after) and not after.startswith(_GOES_BEYOND[:3]):
        return not after.startswith(_SPENT) and not (after.startswith("的") and "资金" in after[:16])
    if unit.endswith("瓦") and _CHINESE.match(after) and not after.startswith(_GOES_BEYOND):
        return True
    unit = "" if unit in ("万", "亿") else unit
    if not behind and unit:
        return False
    goes_on = _CHINESE.match(after) is not None and not after.startswith(_GOES_BEYOND)
    return goes_on and (
        not unit or lead.endswith(("对", "其中", "、")) or not lead or BREAK.fullmatch(lead[-1]) is not None
    )


def _is_cut(name: str, lead: str) -> bool:
    """True for a name that has lost its beginning, or is no name: 四级手术占比 of 三、四级手术占比, two of 分别达到."""
    before = lead[-len(name) - 1 : -len(name)]
    if _OF_A_LIST.search(name) or "分别" in BREAK.split(lead)[-1] or (len(name) < 4 and before.isdecimal()):
        return True
    at = lead.rfind(name[:4])
    return at > 1 and lead[at - 1] == "、" and lead[at - 2] in _NUMERALS and name[0] in _NUMERALS


def _year_of(lead: str) -> int:
    named = _YEAR.findall(lead)
    return int(named[-1]) if named else 0


def _baseline(lead: str, offset: int, unit: str) -> Baseline | None:
    found = _FROM.search(lead)
    if found is None or (found["unit"] and found["unit"] != unit):
        return None
    start, end = found.start("before"), found.end("unit")
    read = read_figure(lead[start:end])
    year = int(found["year"]) if found["year"] else 0
    return Baseline(offset + start, offset + end, read, year) if isinstance(read, TypedFigure) else None


def _is_target(lead: str, after: str, unit: str, bound: str, name: str, text: str, last: Seen | None, at: int) -> bool:
    """True if a figure says what is to be reached or delivered; in doubt it does not."""
    clause = BREAK.split(lead)[-1]
    sentence = lead
    if (
        _ALLOWS.search(clause)
        or _STANDARD.search(lead)
        or (unit not in WHOLE and _NORM.search(clause))
        or _GIVES.match(after)
        or (lead.endswith("在") and not bound)
    ):
        return False
    if _SETS_OUT.match(after) or _EACH.search(clause) or _is_past(clause, lead, bound):
        return False
    if unit in _SPANS:
        return name.endswith(_LASTS) and (_SHORTER.search(clause) is not None or "万" in text[at : at + 12])
    if (
        unit in ("学时", "课时")
        or (unit == "分" and not (bound and "满意" in name))
        or (after.startswith("的") and unit != "%" and not bound)
    ):
        return False
    is_rate = unit in ("%", "‰") or unit.endswith("百分点")
    if not unit:
        return bool(bound) and _UNITLESS.search(clause) is not None
    if is_rate:
        goal = bool(bound) or CHANGES.search(clause) is not None or name.endswith(METRICS)
        return goal or any(word in clause for word in ("确保", "力争", "实现", "推动", "年底"))
    if after.startswith("的") and not after[1:].startswith(_AFTER_OF) and not bound:
        return False
    if clause.endswith("等") or _lists_names(clause):
        return _BUILT.match(clause) is not None
    if clause.endswith("等奖") or (bound == "不少于" and _ONE.search(lead + text[at : at + 2])):
        return False
    if bound:
        return True
    if last is not None and _goes_on(text[last.end : at]):
        return True
    if _BROUGHT.search(clause) and unit in _COUNTED and _RESULT.match(after):
        return True
    verb = verb_in(clause)
    if (
        unit in _NORMS
        and not any(word in clause for word in _BUILDS)
        and (unit not in ("条", "部") or not verb or _RULES.match(after))
    ):
        return False
    if verb and not (any(word in clause[clause.rfind(verb) :] for word in ACTS)):
        return True
    if clause.endswith(METRICS) or LEVEL_AT_END.search(name) is not None:
        return True
    if any(word in sentence[-60:] for word in ("目标", "建设成一批", "力争", "到20")) and not any(
        word in clause for word in ACTS
    ):
        return True
    if clause.startswith("把") or FOR_WHOM.search(lead):
        return True
    return unit in _COUNTED and (not after or after[0] in _STOPS) and _TELLS.search(clause) is None


def _is_past(clause: str, lead: str, bound: str) -> bool:
    """True for a figure of what there is: 现有120所; 累计 may also speak of what there will be."""
    if any(word in _AGAINST.sub("", clause) for word in _PAST):
        return True
    if "累计" not in clause or (bound and bound != "超过"):
        return False
    return _WILL_BE.search(clause) is None and not any(
        word in lead for word in ("力争", "到20", "确保", "三年", "目标")
    )


def _lists_names(clause: str) -> bool:
    """True for 启动甲学院和乙学院2所: the figure counts what is named before it."""
    return _NAMES.search(clause[-40:]) is not None


def _goes_on(between: str) -> bool:
    """True if the words between two figures make them one list: ，课桌凳; 、公办园."""
    return len(between) <= 28 and _GOES_ON.fullmatch(between) is not None
