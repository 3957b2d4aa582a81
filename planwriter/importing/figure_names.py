"""The name of the target that a figure belongs to: the noun before it, or the verb before it with the noun behind it."""

from __future__ import annotations

from planwriter.checks.figures.reading import name_before
from planwriter.importing.figure_words import ACTS, DELIVERS, METRICS, last_clause, last_verb
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_SHORT = frozenset(
    (
        "产值",
        "产量",
        "税收",
        "投资",
        "营收",
        "增速",
        "总产",
        "床位",
        "用工",
        "植树",
        "造林",
        "改厕",
        "引才",
        "修路",
        "种草",
        "育林",
        "引资",
        "改水",
        "绿化",
        "受众",
    )
)
"""Names of two characters that say enough by themselves."""

_NOUN = regex(
    r"[\u4e00-\u9fffA-Za-z“”‘’·_]{2,30}?"
    r"(?=[，。；、（）：\d《\s]|$|到农村|进行|参加|获得|入选|作为|建设成|工作|任务|任教|就读|评选|通过)"
)
_THINNED = regex(r"(?:和|与|及|等|用于|以及)+$")
_ODD = regex(r"[\s_*“”‘’\"'·、,，《》〈〉\0.%-]+")
_BEGINNING = regex(
    r"^(?:20\d\d届|\d年|(?:[到至从在]|截至)?(?:20\d\d|20_)年?(?:间|底前|年底|底|末)?|年底前?|年末|力争|确保|努力|推动|实现|计划|每年|每两年|每三年|适当|大力|支持|继续|组织|全[市县区省乡镇校]|[我各本][市县区校]|和|的|有|并|以上|以下|其中|要|须|应(?![急用])|初步|全国|面向|\d{1,2}月(?:\d{1,2}日|底|末)?(?:之?前)?|达到|保持|含|累计|全年|年(?=培训|新增|引进|招收|接待|生产|加工|完成)|共(?!建|享))+"
)
_ENDING = regex(
    r"(?:至少|(?<![签节集违])约|共计|共|有|达|为|在|预计|目标|要|占|每年|分别|力争|争取|总数|总量|任务|等|原则上|累计|与20\d\d年相比)+$"
)
_LEVEL = regex(r"(?:国家|自治区|省|市|县|区|乡|镇|校){1,2}(?:（[^）]*）)?级")
LEVEL_AT_END = regex(r"(?:国家|自治区|省|市|县|区|乡|镇|校)级$")
_STARS = regex(r"(?<=[、和及])(?:[2-5]A级|[一二三四五]星级|[甲乙丙]级)$")
_ANY_STARS = regex(r"[2-5]A级|[一二三四五]星级|[甲乙丙]级")
_SHARE_OF = regex(r"(.{2,14}?)(?:要|应|须)?占.{2,20}(?:比例|比重)$")
_BRACKET_FIRST = regex(r"\A（[^（）]{0,20}）")
_BRACKETED = regex(r"（[^（）]{0,20}）")
_OF_SHARE = regex(r"的?(?P<noun>[\u4e00-\u9fff]{3,16}?)(?=[，。；、]|$)")
_WHEN = ("年底前", "年底", "年末", "前")
_LONGEST = 20
_ATTRIBUTE = regex(r"\A\d{1,3}(?:周?岁|月龄|户|型|人|度|小时)(?:及?以[上下内])?(?:的)?")
"""Matches a number that belongs to the name behind it: 60岁以上老年人接种率, 2型糖尿病患者管理率."""
_AMOUNT = regex(r"\A\d{1,6}(?:[百千]?[万亿])元(?:及?以[上下])?的?(?=[\u4e00-\u9fff]{1,12}$)")
"""Matches an amount of money that tells what is counted from others of its kind: 50万元以上的村占比."""
_IN_BRACKETS = regex(r"（[^（）\d]{1,40}）")
CHANGES = regex(r"(?:年均|同比|[比较](?:上年|20\d\d年))?(?:增长|增加|下降|降低|提高|减少|压减|提升)了?$")
_SHRUNK = regex(r"(?:压缩|缩短|压减|缩小|拓展|发展)[到至]$")
_MEASURES = ("总量", "总数", "人数", "数量", "面积")
_SHARE_ALONE = regex(r"占(?:比|[^，。；\d]{2,16}的?(?:比重|比例)?)?(?:达到?|超过|提高到)?")
_CHANGE_ALONE = regex(r"(?:年均|同比|比?较?上?年?|[比较](?:20\d\d年)?)?(?:增长|增加|下降|降低|提高|提升|减少|压减)")
_OF_A_YEAR = regex(r"(20\d\d)年(?:底|末|度|内)?(?:计划|拟|要)?$")
_STEP = regex(r"20\d\d年$")
_TOTAL_ALONE = regex(r"(?:总数|总量|总计|累计|全年|力争|争取|确保|总体)*(?:达到?|突破|超过|完成)")
_MEASURED = {
    **dict.fromkeys(("公里", "米"), "里程"),
    **dict.fromkeys(("亩", "公顷", "平方米", "平方公里", "平方"), "面积"),
    **{"元": "投资", "人": "人数", "户": "户数", "吨": "吨数", "立方米": "方量"},
}
"""What the second figure for one thing measures, by its unit: 治理河道3条21公里."""
_PEOPLE = ("人次", "人", "名", "户")
FOR_WHOM = regex(r"(?:\A|[，：])(?:为|给|向|帮助|帮扶)$")
_GIVEN = regex(
    r"(?P<who>[\u4e00-\u9fff、（）]{2,16}?)(?:提供|适配|实施|发放|办理|配备|建立|落实|购买|实现)(?P<what>[\u4e00-\u9fff]{2,12})"
)
_AND = regex("以及|[和与]|(?<!普)及")
_TAIL = regex(r"[\u4e00-\u9fff]{0,2}(?:率|比例|占比|比重|标准|面积|数量|人数|量|额|数|收入|产值|面|度|规模|投资|水平)$")


class TakenFigure(NamedTuple):
    """A figure that was taken, for those that go on with its list."""

    end: int
    """The index behind it."""
    name: str
    verb: str
    """The verb of delivery before it; "" if there is none."""
    unit: str = ""


def target_name(lead: str, after: str, unit: str, last: TakenFigure | None, between: str) -> str:
    """The name of the target: the noun before the figure, or the verb before it with the noun behind it.

    `last` is the figure before it that was taken, `between` are the words between the two.
    """
    name = noun_before(lead)
    if _LEVEL.fullmatch(name):
        above = LEVEL_AT_END.sub("", last.name) if last is not None else _above(lead[: -len(name)])
        return _LEVEL.sub(name, above, count=1) if _LEVEL.search(above) else above + name
    if last is not None:
        goes_on = _going_on(name, lead, after, unit, last, between)
        if goes_on:
            return goes_on
    if _CHANGE_ALONE.fullmatch(name):
        return ""
    if lead.endswith("等"):
        noun = _noun(after)
        return _shortened(last_verb(last_clause(lead)) + noun) if noun else ""
    if name in _SHORT:
        return name
    if "元" in unit and name in ("投入", "投资"):
        return f"{name}资金"
    if after.startswith(("的", "完成")) and (name.endswith(_WHEN) or len(name) < 3):
        share = _OF_SHARE.match(after)
        return share["noun"] if share else ""
    is_verb = name in ACTS or name.endswith((*DELIVERS, *_WHEN)) or len(name) < 3
    if not is_verb or (len(name) > 2 and name.endswith(METRICS)):
        return name
    given = _GIVEN.match(after) if FOR_WHOM.search(lead) else None
    if given is not None:
        return _shortened(cleaned(given["who"].rpartition("的")[2] + given["what"]))
    behind = _noun(after)
    verb = next((each for each in DELIVERS if name.endswith(each)), "")
    if not verb and last is not None and not name:
        verb = last.verb
    if not behind and name in DELIVERS and unit in _PEOPLE:
        return name + unit
    return _shortened(f"{verb}{behind}") if behind else (name if len(name) > 3 else "")


def _going_on(name: str, lead: str, after: str, unit: str, last: TakenFigure, between: str) -> str:
    """The name of a figure that goes on with the one before it, and says only in what it differs; "" if it does not."""
    if not between.strip("、，（和") and after[:1] in "，、。；）" and unit != last.unit and unit in _MEASURED:
        return last.name + _MEASURED[unit]
    if not between:
        return last.name + unit
    if len(between) > 28 or between[:1] not in "，、；（和以":
        return ""
    stars = _STARS.search(lead)
    if stars is not None:
        return _ANY_STARS.sub(stars.group(), last.name) if _ANY_STARS.search(last.name) else ""
    verb = next((each for each in DELIVERS if lead.endswith(each)), "")
    year = _OF_A_YEAR.search(lead[: len(lead) - len(verb)])
    if (
        year is not None
        and name in ("", verb)
        and (verb in ("", last.verb, "完成", "建成", "新增", "达到") or last.name.startswith(verb))
    ):
        return f"{_STEP.sub('', last.name)}{year[1]}年"
    if _SHARE_ALONE.fullmatch(last_clause(lead)) and unit == "%":
        return f"{last.name}占比"
    if _CHANGE_ALONE.fullmatch(name):
        return last.name.removesuffix("完成") + name
    if not name and _TOTAL_ALONE.fullmatch(last_clause(lead)):
        return CHANGES.sub("", last.name) + ("总数" if "总" in between else "")
    if name and name == verb and after[:1] in "，、。；" and last.verb:
        is_same = last.name.startswith(last.verb)
        return name + (last.name.removeprefix(last.verb) if is_same else unit)
    if len(name) == 2 and name not in DELIVERS and name not in ACTS and name not in _SHORT:
        return last.verb + name
    return f"{last.verb}{name}" if name.startswith("达") and name[1:2].isdecimal() and last.verb else ""


def _noun(after: str) -> str:
    """The noun that a text begins with, without what describes it: 平台 of 在国内有影响力的平台."""
    found = _NOUN.match(_BRACKET_FIRST.sub("", after))
    words = found.group() if found else ""
    return cleaned(_THINNED.sub("", words[words.rfind("的") + 1 :]))


def _above(lead: str) -> str:
    """The noun before a colon that levels are listed behind: 名校长 of 名校长（园长）培养目标：国家级3名."""
    plain = _BRACKETED.sub("", lead)
    return _shortened(cleaned(name_before(plain[:-1])).removesuffix("培养")) if plain.endswith("：") else ""


def noun_before(lead: str) -> str:
    """The noun phrase at the end of a text, without the words between it and the figure behind it."""
    if "（" in lead:
        lead = _IN_BRACKETS.sub("", lead)  # （助理） in the middle of a name
    lead = _SHRUNK.sub("", lead)
    changed = CHANGES.search(lead)
    name = name_before(lead[: changed.start()]) + changed.group() if changed else name_before(lead)
    return _with_measure(_shortened(cleaned(name)), lead)


def _with_measure(name: str, lead: str) -> str:
    """The name, with the word behind it that says what is measured if the name is too short without it: 用水总量."""
    return name + next((word for word in _MEASURES if len(name) == 2 and f"{name}{word}" in lead[-20:]), "")


def shared_names(clause: str, count: int, verb: str) -> list[str]:
    """The names of things that are listed before their figures: 职工支付比例 and 居民支付比例 of 职工、居民支付比例.

    `verb` is what is to be done with all of them, if a verb says so. Empty if there are not `count` things.
    """
    parts = clause.split("、")
    if len(parts) < count:
        parts += _AND.split(parts.pop(), maxsplit=1)
    if len(parts) != count:
        return []
    last = _with_measure(cleaned(name_before(parts[-1])), parts[-1])
    tail = _TAIL.search(last)
    made = []
    for part in parts[:-1]:
        name = _with_measure(cleaned(name_before(part)), part)
        made.append(name if _TAIL.search(name) or tail is None else name + tail.group())
    made.append(last)
    if tail is None:
        made = [verb + each for each in made if verb]
    return [_shortened(each) for each in made] if all(len(each) > 2 for each in made) else []


def cleaned(name: str) -> str:
    """A noun phrase without the words at its beginning and end that do not name anything."""
    name = _BEGINNING.sub("", name.replace("\0", ""))
    name = _ATTRIBUTE.sub("", _ODD.sub("", name))
    name = _BEGINNING.sub("", name)
    short = _ENDING.sub("", name)
    name = short if len(short) > 2 or not name.endswith(("总量", "总数")) else name
    return f"达{name}" if _AMOUNT.match(name) else name.lstrip("0123456789")


def _shortened(name: str) -> str:
    """A name of at most `_LONGEST` characters: from its last verb of delivery on, or behind the last 的."""
    share = _SHARE_OF.fullmatch(name)
    if share is not None and len(name) > _LONGEST - 4:
        return f"{share[1]}占比"
    verb = "" if name.endswith(METRICS) else last_verb(name[:-1])
    if verb and len(name) > 8 and 0 < name.rfind(verb) < len(name) - len(verb) - 1:
        name = name[name.rfind(verb) :]
    if len(name) > _LONGEST and "的" in name[-_LONGEST:-2]:
        name = name[name.rfind("的", 0, -2) + 1 :]
    name = name[-_LONGEST:]
    short = _ENDING.sub("", name)
    return (short if len(short) > 2 or not name.endswith(("总量", "总数")) else name).lstrip("0123456789的和")
