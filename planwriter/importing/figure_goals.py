"""Whether a figure says what is to be reached or delivered."""

from __future__ import annotations

from planwriter.checks.figures.reading import WHOLE
from planwriter.importing.figure_names import CHANGES, FOR_WHOM, LEVEL_AT_END
from planwriter.importing.figure_parts import SPANS
from planwriter.importing.figure_words import ACTS, METRICS, last_clause, last_verb
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_SETS_OUT = regex(r"(?:提高|提升|增加|增长|扩大|上升|下降|降低|压减|减少|调整|升|增|降)[到至]")
_BUILDS = ("建", "创", "购置", "配置", "培训", "培养", "招聘", "引进", "新增", "增加", "选", "打造", "开发")
_PAST = ("已", "现有", "目前", "上年", "去年", "原有", "截至", "以来", "预计", "凡")
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
_SHORTER = regex(r"(?:(?:压缩|缩短|压减|减少|降|降低)[到至]|控制在|月数.{0,4})$")
_LASTS = ("时间", "时限", "时长", "天数", "周期", "月数")
_COUNTED = WHOLE.union("亩吨株盏棵台枚例头只支张宗辆条").union(("公里", "公顷", "平方米", "人次", "批次", "立方米"))
"""Units of what is delivered, not of norms or money."""
_STOPS = "，、。；）\n"
_TELLS = regex(
    r"(?<!社会)(?<!党)组织|举办|召开|参加|指导|安排|引导|支持|推进|协调|接受|出台|制定|印发|^[下内]?设(?![备施计])|设有|[下内]设|[^专]有$|^有|[现共拥含]有|^含|包括|包含|涉及|^由|^共|一共|合计|分为|满分|距|最|[每各凡]|等奖|抽查|预案|网格|人员$|为$|是$|现|^原|其他|^另|第|其余|不足|超[过出]|会议|措施|政策|小组|组长|专班|例会|会商|问题|线索|牵头|领导"
)
"""Words of a clause whose figure tells what there is, or how something is organized."""
_BROUGHT = regex(r"(?:推动|推进|支持|确保|实现|力争|带动|助力)$")
_RESULT = regex(
    r"[\u4e00-\u9fff（）、“”]{2,24}?(?:投产|达产|开工|竣工|上市|入库|升规|入规|建成|完工|通车|并网|落地|就业|改造|升级|转型|上云|投用|运营|创建|达标|销号|修复)"
)
"""Matches what comes of the things that a figure counts: 推动30条生产线投产."""
_UNITLESS = regex(r"(?:率|占比|比例|比重|面|份额|度|人数|系数|指数|比|倍差|水平|达标)[^，。；、\d]{0,6}$")
_RULES = regex(r"[\u4e00-\u9fff]{0,4}(?:规定|措施|政策|意见|纪律|举措|标准|建议|任务|线索|问题)")
_AGAINST = regex("[比较](?:上年|去年)")
_WILL_BE = regex(r"累计(?:实现|达|下降|降低|减少|提高)")
_GIVES = regex(r"[^，。；]{0,12}?(?:给予|贴息|奖补|补助|补贴|奖励|的基础上)")
_NAMES = regex(r"(?:学院|学校|中学|小学|幼儿园|医院|城区)[和、][^，。]{2,20}(?:学院|学校|中学|小学|幼儿园|医院|城区)$")
_BUILT = regex(r"(?:拟|计划|确保|完成)?(?:新建|扩建|改扩建|改建|迁建)")
_ONE = regex(r"至少(?:有|配有|建有)?1(?!\d)")
_GOES_ON = regex(r"[^，、；。]{0,10}[，、；][^，、；。]{0,16}")
_AIMS = ("目标", "建设成一批", "力争", "到20")
"""What shortly before a figure says that it is an aim."""
_AFTER_OF = ("目标", "任务", "水平", "要求", "标准")


class FigureInSentence(NamedTuple):
    """A figure with what stands around it in its sentence."""

    digits: str
    unit: str
    bound: str
    lead: str
    """What stands before it."""
    after: str
    """What stands behind it and its bound."""
    name: str
    """The name that the target would have."""
    between: str
    """What stands between it and the last figure of the sentence that is a target; "" if there is none."""
    words: str = ""
    """The words between the number and its unit: 万."""


def is_target(figure: FigureInSentence) -> bool:
    """True if a figure says what is to be reached or delivered; in doubt it does not."""
    digits, unit, bound, lead, after, name, between, _ = figure
    clause = last_clause(lead)
    if is_norm(clause, unit) or _is_told(figure, clause):
        return False
    if unit in SPANS:
        return name.endswith(_LASTS) and (_SHORTER.search(clause) is not None or "万" in figure.words)
    if not unit:
        return bool(bound) and _UNITLESS.search(clause) is not None
    if unit in ("%", "‰") or unit.endswith("百分点"):
        is_goal = bool(bound) or CHANGES.search(clause) is not None or name.endswith(METRICS)
        return is_goal or any(word in clause for word in ("确保", "力争", "实现", "推动", "年底"))
    if after.startswith("的") and not after[1:].startswith(_AFTER_OF) and not bound:
        return False
    if clause.endswith("等") or _lists_names(clause):
        return _BUILT.match(clause) is not None
    if clause.endswith("等奖") or (bound == "不少于" and _ONE.search(lead + digits)):
        return False
    if bound or _goes_on(between) or (unit in _COUNTED and _BROUGHT.search(clause) and _RESULT.match(after)):
        return True
    verb = last_verb(clause)
    if unit in _NORMS and not any(word in clause for word in _BUILDS) and not _is_made(unit, verb, after):
        return False
    return _is_delivered(figure, clause, verb)


def _is_delivered(figure: FigureInSentence, clause: str, verb: str) -> bool:
    """True if the words around a figure without a bound say that it is to be delivered."""
    is_routine = any(word in clause for word in ACTS)
    if verb and not any(word in clause[clause.rfind(verb) :] for word in ACTS):
        return True
    if clause.endswith(METRICS) or LEVEL_AT_END.search(figure.name):
        return True
    if not is_routine and any(word in figure.lead[-60:] for word in _AIMS):
        return True
    if clause.startswith("把") or FOR_WHOM.search(figure.lead):
        return True
    ends = not figure.after or figure.after[0] in _STOPS
    return ends and figure.unit in _COUNTED and _TELLS.search(clause) is None


def _is_made(unit: str, verb: str, after: str) -> bool:
    """True for 硬化公路3条, 加装电梯15部: units that also count rules and books."""
    return unit in ("条", "部") and bool(verb) and not _RULES.match(after)


def is_norm(clause: str, unit: str) -> bool:
    """True if a clause sets a norm for what its figure measures: 补助标准不低于5000元."""
    return unit not in WHOLE and _NORM.search(clause) is not None


def is_for_each(words: str) -> bool:
    """True for words with 每 or 各, whose figure is a norm for each of something."""
    return _EACH.search(words) is not None


def is_past(clause: str, lead: str, bound: str) -> bool:
    """True for a figure of what there is: 现有120所; 累计 may also speak of what there will be."""
    if any(word in _AGAINST.sub("", clause) for word in _PAST):
        return True
    if "累计" not in clause or (bound and bound != "超过"):
        return False
    return _WILL_BE.search(clause) is None and not any(
        word in lead for word in ("力争", "到20", "确保", "三年", "目标")
    )


def _is_told(figure: FigureInSentence, clause: str) -> bool:
    """True for a figure that allows, prescribes or tells something, and so is nothing to be reached."""
    unit, bound, lead, after = figure.unit, figure.bound, figure.lead, figure.after
    if _ALLOWS.search(clause) or _STANDARD.search(lead) or _GIVES.match(after) or (lead.endswith("在") and not bound):
        return True
    if _SETS_OUT.match(after) or is_for_each(clause) or is_past(clause, lead, bound):
        return True
    if unit == "分":
        return not bound or "满意" not in figure.name
    return unit in ("学时", "课时") or (after.startswith("的") and unit != "%" and not bound)


def _lists_names(clause: str) -> bool:
    """True for 启动甲学院和乙学院2所: the figure counts what is named before it."""
    return _NAMES.search(clause[-40:]) is not None


def _goes_on(between: str) -> bool:
    """True if the words between two figures make them one list: ，课桌凳; 、公办园."""
    return 0 < len(between) <= 28 and _GOES_ON.fullmatch(between) is not None
