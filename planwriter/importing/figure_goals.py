"""Whether a figure says what is to be reached or delivered."""

from __future__ import annotations

from planwriter.importing.figure_names import CHANGES, LEVEL_AT_END, noun_before
from planwriter.importing.figure_words import ACTS, METRICS, RATES, last_clause, last_verb
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_SETS_OUT = regex(r"(?:提高|提升|增加|增长|扩大|上升|下降|降低|压减|减少|调整|升|增|降)[到至]")
_BUILDS = ("建", "创", "购置", "配置", "培训", "培养", "招聘", "引进", "新增", "增加", "选", "打造", "开发")
_PAST = ("已", "现有", "目前", "上年", "去年", "原有", "截至", "以来", "累计", "预计", "凡")
_EACH = regex(
    r"每(?!年|两年|三年|[十百千万]{1,2}[人户名])|各(?=[建设配有创]|$)|每年对|每年(?:至少)?(?:组织|举办|召开|开展)"
)
_NORMS = frozenset(("学时", "课时", "部", "类", "种", "条", "次", "期"))
"""Units of norms and of routine: they are lifted only with a bound, and not at all if they are for each of something."""
_ALLOWS = regex(r"最高|按照?|标准|上限|单个|单项|单笔|时速|厚度|半径|速度|罚款|处以")
"""Words before a figure that is a norm or a measure, and no target."""
_STANDARD = regex(r"标准[：:][^。；]*\Z")
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


def is_target(figure: FigureInSentence) -> bool:
    """True if a figure says what is to be reached or delivered; in doubt it does not."""
    _, unit, bound, lead, after, name, between = figure
    clause = last_clause(lead)
    if _is_norm_or_past(figure, clause):
        return False
    if not unit:
        return bool(bound) and (name.endswith(RATES) or "达标" in name)
    if unit in ("%", "‰") or unit.endswith("百分点"):
        is_goal = bool(bound) or CHANGES.search(clause) is not None or name.endswith(METRICS)
        return is_goal or any(word in clause for word in ("确保", "力争", "实现", "推动", "年底"))
    if after.startswith("的") and not after[1:].startswith(_AFTER_OF) and not bound:
        return False
    if clause.endswith("等") or _lists_names(clause):
        return _BUILT.match(clause) is not None
    if bound == "不少于" and _ONE.search(lead + figure.digits):
        return False
    if bound or _goes_on(between):
        return True
    if unit in _NORMS and not any(word in clause for word in _BUILDS):
        return False
    verb = last_verb(clause)
    if verb and not any(word in clause[clause.rfind(verb) :] for word in ACTS):
        return True
    if noun_before(lead).endswith(METRICS) or LEVEL_AT_END.search(name):
        return True
    aims = any(word in lead[-60:] for word in _AIMS) and not any(word in clause for word in ACTS)
    return aims or clause.startswith("把")


def _is_norm_or_past(figure: FigureInSentence, clause: str) -> bool:
    """True for a figure that allows, prescribes or tells something, and so is nothing to be reached."""
    _, unit, bound, lead, after, *_ = figure
    if _ALLOWS.search(clause) or _STANDARD.search(lead) or _GIVES.match(after) or (lead.endswith("在") and not bound):
        return True
    if _SETS_OUT.match(after) or _EACH.search(clause) or any(word in clause for word in _PAST):
        return True
    return unit in ("学时", "课时", "个工作日") or (after.startswith("的") and unit != "%" and not bound)


def _lists_names(clause: str) -> bool:
    """True for 启动甲学院和乙学院2所: the figure counts what is named before it."""
    return _NAMES.search(clause[-40:]) is not None


def _goes_on(between: str) -> bool:
    """True if the words between two figures make them one list: ，课桌凳; 、公办园."""
    return 0 < len(between) <= 28 and _GOES_ON.fullmatch(between) is not None
