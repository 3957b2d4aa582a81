"""Figures in the prose of a plan that are targets: what is to be reached or delivered, with its name, bound and year."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.figures.reading import SENTENCE, name_before, unit_at, without_titles
from planwriter.language.figures import AFTER, BEFORE, TypedFigure, read_figure
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex

_NUMBER = regex(
    r"(?<![\d０-９.:/A-Za-z＋+~～—–\-*_第〔×])(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?(?![\d.]|[:/A-Za-z*_+＋~～—–×-])",
    re.ASCII,
)
_WORDS = regex(r"[余多]?(?:百(?!分)|千(?![米克瓦伏])|[十万亿]){0,3}[余多]?")
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
                    "提高", "提升", "增加", "增长", "扩大", "上升", "下降", "降低", "压减", "减少", "保持在", "稳定在", "控制在", "发展", "升", "增", "降"
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
_CHANGES = regex(r"(?:年均|同比|比上年|较上年)?(?:增长|增加|下降|降低|提高|减少|压减|提升)(?:了)?$")
_DELIVERS = (
    "新建改扩建", "拟新建", "新建", "改扩建", "扩建", "改建", "新创建", "迁建", "续建", "创建", "建设", "建成", "建立", "打造", "开发", "新增", "增加", "增设", "培养", "培育", "培训", "选派", "选聘", "招聘",
    "招录", "引进", "补充", "购置", "配置", "配备", "添置", "改造", "投入", "投资", "争取", "评选", "遴选", "推出", "推荐", "共建共享", "共建", "建", "创", "完成", "认定",
    "命名", "盘活", "疏通", "拆除", "硬化", "更新", "修复", "治理", "栽植", "安装", "储备", "发展", "走访慰问", "走访", "救助", "整顿", "选树", "改建", "实施", "引育", "采购", "布设",
    "化解", "回引", "轮岗", "交流", "消除", "筹集", "发放", "资助", "招收", "输送",
)  # fmt: skip
_ACTS = (
    "组织",
    "举办",
    "开展",
    "召开",
    "参加",
    "指导",
    "安排",
    "引导",
    "支持",
    "推进",
    "协调",
    "接受",
    "预计",
    "出台",
    "制定",
    "印发",
)
_BUILDS = ("建", "创", "购置", "配置", "培训", "培养", "招聘", "引进", "新增", "增加", "选", "打造", "开发")
_PAST = ("已", "现有", "目前", "上年", "去年", "原有", "截至", "以来", "累计", "预计", "凡")
_EACH = regex(
    r"每(?!年|两年|三年|[十百千万]{1,2}[人户名])|各(?=[建设配有创]|$)|每年对|每年(?:至少)?(?:组织|举办|召开|开展)"
)
_NORMS = frozenset(("学时", "课时", "部", "类", "种", "条", "次", "期"))
"""Units of norms and of routine: they are lifted only with a bound, and not at all if they are for each of something."""
_RATES = ("率", "占比", "比例", "比重", "覆盖面", "合格率", "份额", "满意度", "知晓度", "集中度", "化解度")
_METRICS = (
    *_RATES,
    "人数",
    "规模",
    "面积",
    "数量",
    "总数",
    "总量",
    "学位",
    "数",
    "额",
    "经费",
    "资金",
    "年限",
    "寿命",
    "达标",
)
_BREAK = regex(r"[，。；：:！？\n]")
_NOUN = regex(
    r"[\u4e00-\u9fffA-Za-z“”‘’·_]{2,30}?"
    r"(?=[，。；、（）：\d《\s]|$|到农村|进行|参加|获得|入选|作为|建设成|工作|任务|任教|就读|评选|通过)"
)
_ALLOWS = regex(r"最高|按照?|标准|上限|单个|单项|单笔|时速|厚度|半径|速度|罚款|处以")
"""Words before a figure that is a norm or a measure, and no target."""
_STANDARD = regex(r"标准[：:][^。；]*\Z")
_GIVES = regex(r"[^，。；]{0,12}?(?:给予|贴息|奖补|补助|补贴|奖励|的基础上)")
_THINNED = regex(r"(?:和|与|及|等|用于|以及)+$")
_ODD = regex(r"[\s_*“”‘’\"'·、,，《》〈〉\0.%-]+")
_BEGINNING = regex(
    r"^(?:20\d\d届|\d年|(?:[到至从在]|截至)?(?:20\d\d|20_)年?(?:间|底前|年底|底|末)?|年底前?|年末|力争|确保|努力|推动|实现|计划|每年|每两年|每三年|适当|大力|支持|继续|组织|全[市县区省乡镇校]|[我各本][市县区校]|和|的|有|并|以上|以下|其中|要|须|应|初步|全国|面向|达到|保持|共(?!建|享))+"
)
_ENDING = regex(
    r"(?:至少|约|共计|共|有|达|为|在|预计|目标|要|占|分别|力争|争取|总数|总量|任务|等|原则上|与20\d\d年相比)+$"
)
_LEVEL = regex(r"(?:国家|自治区|省|市|县|区|乡|镇|校){1,2}(?:（[^）]*）)?级")
_LEVEL_AT_END = regex(r"(?:国家|自治区|省|市|县|区|乡|镇|校)级$")
_NAMES = regex(r"(?:学院|学校|中学|小学|幼儿园|医院|城区)[和、][^，。]{2,20}(?:学院|学校|中学|小学|幼儿园|医院|城区)$")
_BUILT = regex(r"(?:拟|计划|确保|完成)?(?:新建|扩建|改扩建|改建|迁建)")
_ONE = regex(r"至少(?:有|配有|建有)?1(?!\d)")
_SHARE_OF = regex(r"(.{2,14}?)(?:要|应|须)?占.{2,20}(?:比例|比重)$")
_BRACKET_FIRST = regex(r"\A（[^（）]{0,20}）")
_BRACKETED = regex(r"（[^（）]{0,20}）")
_OF_SHARE = regex(r"的?(?P<noun>[\u4e00-\u9fff]{3,16}?)(?=[，。；、]|$)")
_GOES_ON = regex(r"[^，、；。]{0,10}[，、；][^，、；。]{0,16}")
_WHEN = ("年底前", "年底", "年末", "前")
_LONGEST = 20
_CHINESE = regex(r"[\u4e00-\u9fff]")
_GOES_BEYOND = ("并", "且", "和", "的", "力争", "以", "左右")
_CHANGE_ALONE = regex(r"(?:年均|同比|比?较?上?年?)?(?:增长|增加|下降|降低|提高|提升|减少|压减)")
_OF_A_LIST = regex(r"等\d|\d大类|\A[万亿]?元以[上下]")
_CLAUSE = regex(r"[。；！？\n]")
_NUMERALS = "一二三四五六七八九十"
_ATTRIBUTE = regex(r"\A\d{1,3}(?:周?岁|月龄|户|型|人|度|小时)(?:及?以[上下内])?(?:的)?")
"""Matches a number that belongs to the name behind it: 60岁以上老年人接种率, 2型糖尿病患者管理率."""
_IN_BRACKETS = regex(r"（[^（）\d]{1,12}）")
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


class _Seen(NamedTuple):
    """A figure that was taken, for those that go on with its list."""

    end: int
    name: str
    verb: str


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
    last: _Seen | None = None
    for match in _NUMBER.finditer(text, done, end):
        found = _figure(text, begin, end, match, last)
        if found is not None:
            verb = _verb(text[max(begin, found.start - _REACH) : found.start])
            last = _Seen(found.end, found.name, verb or (last.verb if last else ""))
            yield found


def _steps(text: str, begin: int, split: re.Match[str]) -> Iterator[LiftableFigure]:
    """The figures of 2026年、2027年、2028年分别达到93%、94%、95%."""
    years = [int(year) for year in re.findall(r"20\d\d", split["years"])]
    numbers = list(_NUMBER.finditer(text, split.start("figures"), split.end("figures")))
    name = _cleaned(name_before(text[max(begin, split.start() - _REACH) : split.start()]))
    if len(years) != len(numbers) or not name:
        return
    for year, number in zip(years, numbers, strict=True):
        unit, at = unit_at(text, number.end())
        at = at if unit else number.end()
        read = read_figure(text[number.start() : at])
        if isinstance(read, TypedFigure):
            yield LiftableFigure(number.start(), at, number.start(), read, "达到", name, year, is_step=True)


def _figure(text: str, begin: int, end: int, match: re.Match[str], last: _Seen | None) -> LiftableFigure | None:
    words = _WORDS.match(text, match.end())
    unit, at = unit_at(text, words.end() if words else match.end())
    if not unit:
        unit, at = unit_at(text, match.end())
    lead = text[max(begin, match.start() - _REACH) : match.start()].rstrip(" ")
    if not unit and text.startswith("年", match.end()) and _name(lead).endswith(("年限", "寿命")):
        unit, at = "年", match.end() + 1
    at = at if unit else match.end()
    behind = next((word for word in ("及以上", "之内", *AFTER) if text.startswith(word, at)), "")
    printed = next(((word, bound) for word, bound in _PRINTED if lead.endswith(word)), ("", ""))
    said = next((bound for word, bound in _SAID if lead.endswith(word)), "")
    if any(lead.endswith(word) and len(word) > len(printed[0]) for word, _ in _SAID):
        printed = ("", "")
    bound = behind if behind in AFTER else (printed[1] or said)
    if behind and behind not in AFTER:
        return None
    end_of = at + len(behind)
    read = read_figure(text[match.start() : at])
    if not isinstance(read, TypedFigure) or read.bound or (not unit and not bound):
        return None
    after = text[end_of : min(end, end_of + 40)]
    if _counts_what_follows(lead, after, unit, behind):
        return None
    name = _named(text, lead, after, begin, last)
    if not name or _is_cut(name, lead) or not _is_target(lead, after, unit, bound, name, text, last, match.start()):
        return None
    whole = len(lead) == match.start() - max(begin, match.start() - _REACH)  # no space before the number
    before = match.start() - len(printed[0]) if printed[0] and not behind and whole else match.start()
    return LiftableFigure(
        match.start(),
        end_of,
        before,
        read,
        bound,
        name,
        _year_of(lead),
        _baseline(lead, match.start() - len(lead), unit) if whole else None,
    )


def _counts_what_follows(lead: str, after: str, unit: str, behind: str) -> bool:
    """True for a figure that only describes the noun behind it (30户以上自然村), or whose unit is not known (3万管)."""
    if unit == "个" and after.startswith(("工作日", "月", "小时", "学期")):
        return True
    if behind and "元" in unit and after.startswith(("项目", "企业", "工程", "的项目", "的企业")):
        return True
    unit = "" if unit in ("万", "亿") else unit
    if not behind and unit:
        return False
    goes_on = _CHINESE.match(after) is not None and not after.startswith(_GOES_BEYOND)
    return goes_on and (
        not unit or lead.endswith(("对", "其中", "、")) or not lead or _BREAK.fullmatch(lead[-1]) is not None
    )


def _is_cut(name: str, lead: str) -> bool:
    """True for a name that has lost its beginning, or is no name: 四级手术占比 of 三、四级手术占比, 同比增长, two of 分别达到."""
    if _CHANGE_ALONE.fullmatch(name) or _OF_A_LIST.search(name):
        return True
    clause = _CLAUSE.split(lead)[-1]
    if "分别" in clause:
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


def _is_target(lead: str, after: str, unit: str, bound: str, name: str, text: str, last: _Seen | None, at: int) -> bool:
    """True if a figure says what is to be reached or delivered; in doubt it does not."""
    clause = _BREAK.split(lead)[-1]
    sentence = lead
    if _ALLOWS.search(clause) or _STANDARD.search(lead) or _GIVES.match(after) or (lead.endswith("在") and not bound):
        return False
    if _SETS_OUT.match(after) or _EACH.search(clause) or any(word in clause for word in _PAST):
        return False
    if unit in ("学时", "课时", "个工作日") or (after.startswith("的") and unit != "%" and not bound):
        return False
    is_rate = unit in ("%", "‰") or unit.endswith("百分点")
    if not unit:
        return bool(bound) and (name.endswith(_RATES) or "达标" in name)
    if is_rate:
        goal = bool(bound) or _CHANGES.search(clause) is not None or name.endswith(_METRICS)
        return goal or any(word in clause for word in ("确保", "力争", "实现", "推动", "年底"))
    if after.startswith("的") and not after[1:].startswith(_AFTER_OF) and not bound:
        return False
    if clause.endswith("等") or _lists_names(clause):
        return _BUILT.match(clause) is not None
    if bound == "不少于" and _ONE.search(lead + text[at : at + 2]):
        return False
    if bound:
        return True
    if last is not None and _goes_on(text[last.end : at]):
        return True
    if unit in _NORMS and not any(word in clause for word in _BUILDS):
        return False
    verb = _verb(clause)
    if verb and not (any(word in clause[clause.rfind(verb) :] for word in _ACTS)):
        return True
    if _name(lead).endswith(_METRICS) or _LEVEL_AT_END.search(name) is not None:
        return True
    if any(word in sentence[-60:] for word in ("目标", "建设成一批", "力争", "到20")) and not any(
        word in clause for word in _ACTS
    ):
        return True
    return bool(clause.startswith("把"))


def _lists_names(clause: str) -> bool:
    """True for 启动甲学院和乙学院2所: the figure counts what is named before it."""
    return _NAMES.search(clause[-40:]) is not None


def _goes_on(between: str) -> bool:
    """True if the words between two figures make them one list: ，课桌凳; 、公办园."""
    return len(between) <= 28 and _GOES_ON.fullmatch(between) is not None


def _verb(clause: str) -> str:
    """The verb of delivery that stands last in a clause; "" if there is none."""
    places = [(clause.rfind(verb) + len(verb), len(verb), verb) for verb in _DELIVERS if verb in clause]
    return max(places)[2] if places else ""


def _named(text: str, lead: str, after: str, begin: int, last: _Seen | None) -> str:
    """The name of the target: the noun before the figure, or the verb before it with the noun behind it."""
    name = _name(lead)
    if _LEVEL.fullmatch(name):
        above = _LEVEL_AT_END.sub("", last.name) if last is not None else _above(lead[: -len(name)])
        return above + name
    if lead.endswith("等"):
        noun = _noun(after)
        return _shortened(_verb(_BREAK.split(lead)[-1]) + noun) if noun else ""
    if after.startswith(("的", "完成")) and (name.endswith(_WHEN) or len(name) < 3):
        share = _OF_SHARE.match(after)
        return share["noun"] if share else ""
    is_verb = name in _DELIVERS or name in _ACTS or name.endswith(_DELIVERS) or len(name) < 3 or name.endswith(_WHEN)
    if not is_verb:
        return name
    behind = _noun(after)
    verb = next((each for each in _DELIVERS if name.endswith(each)), "")
    if not verb and last is not None and not name:
        verb = last.verb
    if not behind and name in ("投入", "投资"):
        return f"{name}资金"
    return _shortened(f"{verb}{behind}") if behind else (name if len(name) > 3 else "")


def _noun(after: str) -> str:
    """The noun that a text begins with, without what describes it: 平台 of 在国内有影响力的平台."""
    found = _NOUN.match(_BRACKET_FIRST.sub("", after))
    words = found.group() if found else ""
    return _cleaned(_THINNED.sub("", words[words.rfind("的") + 1 :]))


def _above(lead: str) -> str:
    """The noun before a colon that levels are listed behind: 名校长 of 名校长（园长）培养目标：国家级3名."""
    plain = _BRACKETED.sub("", lead)
    return _shortened(_cleaned(name_before(plain[:-1])).removesuffix("培养")) if plain.endswith("：") else ""


def _name(lead: str) -> str:
    if "（" in lead:
        lead = _IN_BRACKETS.sub("", lead)  # （助理） in the middle of a name
    changed = _CHANGES.search(lead)
    name = name_before(lead[: changed.start()]) + changed.group() if changed else name_before(lead)
    return _shortened(_cleaned(name))


def _cleaned(name: str) -> str:
    name = _BEGINNING.sub("", name.replace("\0", ""))
    name = _ATTRIBUTE.sub("", _ODD.sub("", name))
    name = _ENDING.sub("", _BEGINNING.sub("", name))
    return name.lstrip("0123456789")


def _shortened(name: str) -> str:
    """A name of at most `_LONGEST` characters: from its last verb of delivery on, or behind the last 的."""
    share = _SHARE_OF.fullmatch(name)
    if share is not None and len(name) > _LONGEST - 4:
        return f"{share[1]}占比"
    verb = "" if name.endswith(_METRICS) else _verb(name[:-1])
    if verb and len(name) > 8 and name.rfind(verb) > 0:
        name = name[name.rfind(verb) :]
    if len(name) > _LONGEST and "的" in name[-_LONGEST:-2]:
        name = name[name.rfind("的", 0, -2) + 1 :]
    return _ENDING.sub("", name[-_LONGEST:]).lstrip("0123456789的和")
