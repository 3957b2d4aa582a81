"""The name of the target that a figure belongs to: the noun before it, or the verb before it with the noun behind it."""

from __future__ import annotations

from planwriter.checks.figures.reading import name_before
from planwriter.importing.figure_words import ACTS, DELIVERS, METRICS, last_clause, last_verb
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

CHANGES = regex(r"(?:年均|同比|比上年|较上年)?(?:增长|增加|下降|降低|提高|减少|压减|提升)(?:了)?$")
_NOUN = regex(
    r"[\u4e00-\u9fffA-Za-z“”‘’·_]{2,30}?"
    r"(?=[，。；、（）：\d《\s]|$|到农村|进行|参加|获得|入选|作为|建设成|工作|任务|任教|就读|评选|通过)"
)
_THINNED = regex(r"(?:和|与|及|等|用于|以及)+$")
_ODD = regex(r"[\s_*“”‘’\"'·、,，《》〈〉\0.%-]+")
_BEGINNING = regex(
    r"^(?:20\d\d届|\d年|(?:[到至从在]|截至)?(?:20\d\d|20_)年?(?:间|底前|年底|底|末)?|年底前?|年末|力争|确保|努力|推动|实现|计划|每年|每两年|每三年|适当|大力|支持|继续|组织|全[市县区省乡镇校]|[我各本][市县区校]|和|的|有|并|以上|以下|其中|要|须|应|初步|全国|面向|达到|保持|共(?!建|享))+"
)
_ENDING = regex(
    r"(?:至少|约|共计|共|有|达|为|在|预计|目标|要|占|分别|力争|争取|总数|总量|任务|等|原则上|与20\d\d年相比)+$"
)
_LEVEL = regex(r"(?:国家|自治区|省|市|县|区|乡|镇|校){1,2}(?:（[^）]*）)?级")
LEVEL_AT_END = regex(r"(?:国家|自治区|省|市|县|区|乡|镇|校)级$")
_SHARE_OF = regex(r"(.{2,14}?)(?:要|应|须)?占.{2,20}(?:比例|比重)$")
_BRACKET_FIRST = regex(r"\A（[^（）]{0,20}）")
_BRACKETED = regex(r"（[^（）]{0,20}）")
_OF_SHARE = regex(r"的?(?P<noun>[\u4e00-\u9fff]{3,16}?)(?=[，。；、]|$)")
_WHEN = ("年底前", "年底", "年末", "前")
_LONGEST = 20
_ATTRIBUTE = regex(r"\A\d{1,3}(?:周?岁|月龄|户|型|人|度|小时)(?:及?以[上下内])?(?:的)?")
"""Matches a number that belongs to the name behind it: 60岁以上老年人接种率, 2型糖尿病患者管理率."""
_IN_BRACKETS = regex(r"（[^（）\d]{1,12}）")


class TakenFigure(NamedTuple):
    """A figure that was taken, for those that go on with its list."""

    end: int
    """The index behind it."""
    name: str
    verb: str
    """The verb of delivery before it; "" if there is none."""


def target_name(lead: str, after: str, last: TakenFigure | None) -> str:
    """The name of the target whose figure stands between `lead` and `after`; "" if it has none.

    It is the noun before the figure, or the verb before it with the noun behind it; `last` may lend its verb.
    """
    name = noun_before(lead)
    if _LEVEL.fullmatch(name):
        above = LEVEL_AT_END.sub("", last.name) if last is not None else _above(lead[: -len(name)])
        return above + name
    if lead.endswith("等"):
        noun = _noun(after)
        return _shortened(last_verb(last_clause(lead)) + noun) if noun else ""
    if after.startswith(("的", "完成")) and (name.endswith(_WHEN) or len(name) < 3):
        share = _OF_SHARE.match(after)
        return share["noun"] if share else ""
    if not (name in ACTS or name.endswith((*DELIVERS, *_WHEN)) or len(name) < 3):
        return name
    behind = _noun(after)
    verb = next((each for each in DELIVERS if name.endswith(each)), "")
    if not verb and last is not None and not name:
        verb = last.verb
    if not behind and name in ("投入", "投资"):
        return f"{name}资金"
    return _shortened(f"{verb}{behind}") if behind else (name if len(name) > 3 else "")


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
    """The noun that a text ends with, and the word of change behind it: 门诊量同比增长."""
    if "（" in lead:
        lead = _IN_BRACKETS.sub("", lead)  # （助理） in the middle of a name
    changed = CHANGES.search(lead)
    name = name_before(lead[: changed.start()]) + changed.group() if changed else name_before(lead)
    return _shortened(cleaned(name))


def cleaned(name: str) -> str:
    """A name without marks, and without what only leads to it (到2027年, 力争) or to its figure (达到, 约)."""
    name = _BEGINNING.sub("", name.replace("\0", ""))
    name = _ATTRIBUTE.sub("", _ODD.sub("", name))
    name = _ENDING.sub("", _BEGINNING.sub("", name))
    return name.lstrip("0123456789")


def _shortened(name: str) -> str:
    """A name of at most `_LONGEST` characters: from its last verb of delivery on, or behind the last 的."""
    share = _SHARE_OF.fullmatch(name)
    if share is not None and len(name) > _LONGEST - 4:
        return f"{share[1]}占比"
    verb = "" if name.endswith(METRICS) else last_verb(name[:-1])
    if verb and len(name) > 8 and name.rfind(verb) > 0:
        name = name[name.rfind(verb) :]
    if len(name) > _LONGEST and "的" in name[-_LONGEST:-2]:
        name = name[name.rfind("的", 0, -2) + 1 :]
    return _ENDING.sub("", name[-_LONGEST:]).lstrip("0123456789的和")
