"""Which bureau sent a file back: by the file's name, by who changed it, or as the writer says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_UNIT = regex(
    r"[\u4e00-\u9fff]{1,18}?(?:委员会|管委会|办公室|办事处|教研室|检察院|开发区|派出所|服务中心|指挥部|总工会|工商联|妇联|残联|科协|团委|"
    r"法院|学校|中学|小学|幼儿园|公司|集团|银行|街道|社区|中心|支队|大队|政府|"
    r"[局委办部厅院校股科室处站所队镇乡会])(?=$|[^\u4e00-\u9fff])"
)
_NOISE = regex(
    r"关于|对于|征求意见稿|征求意见|意见建议|修改意见|反馈意见|无意见|意见表|意见|建议|反馈|回复|回函|复函|修改稿|修订稿|修改|修订|送审稿|讨论稿|初稿|定稿|终稿|"
    r"正式|最终版|最新版|副本|复制|盖章|扫描件|扫描|文件|稿|版|的|(?<![\u4e00-\u9fff])对|[（(]\d+[）)]|\d+"
)
_REGION = regex(
    r"^[\u4e00-\u9fff]{1,8}?(?:自治区|自治州|自治县|省|市|州|县|区|旗)(?=[\u4e00-\u9fff]{2})|^[省市州县区](?=[\u4e00-\u9fff]{2})"
)
_SHORT = frozenset(("编办", "妇联", "团委", "科协", "残联", "侨联", "文联", "工会", "社联"))
"""Bureaus whose names have two characters."""
_MAX_STEM = 200


class Respondent(NamedTuple):
    """The bureau that sent a file; with `doubt`, in words, if that is not certain."""

    unit: str
    doubt: str = ""


def sender_of(
    stem: str, authors: Iterable[str], *, titles: Sequence[str] = (), known: Collection[str] = ()
) -> Respondent:
    """The bureau of a file with the name `stem` (without its ending), in which `authors` changed or commented.

    `titles` are texts that every file's name may have, such as the plan's title; `known` are names of bureaus, as they
    are to be written.
    """
    stem = stem[:_MAX_STEM]
    rest = stem
    for title in sorted((each for each in titles if len(each) > 1), key=len, reverse=True):
        rest = rest.replace(title, " ")
    named = _units(rest, known)
    signed = _distinct((unit for each in authors for unit in _author(each, known)), known)
    if len(named) == 1:
        return Respondent(named[0])
    both = [each for each in named if same_unit(each, signed)]
    if len(both) == 1:
        return Respondent(both[0])
    if named:
        return Respondent(named[-1], f"文件名里有几个单位（{'、'.join(named)}）")
    if len(signed) == 1:
        return Respondent(signed[0], "文件名里没有单位，按修订、批注的作者定的")
    words = _NOISE.sub(" ", rest).split()
    shown = max(words, key=len) if words else stem
    reason = f"作者有几个单位（{'、'.join(signed)}）" if signed else "文件名和作者里都没有单位"
    return Respondent(shown, reason)


def as_unit(author: str, known: Collection[str] = ()) -> str:
    """The bureau that the name of an author is; "" if it is a person's."""
    found = _author(author, known)
    return found[0] if len(found) == 1 else ""


def same_unit(unit: str, others: Iterable[str]) -> bool:
    """True if one of the others is the same bureau: 财政局, 县财政局 and 青山县财政局 are."""
    return any(_bare(unit) == _bare(other) for other in others)


def _author(author: str, known: Collection[str]) -> list[str]:
    plain = "".join(author.split())[:_MAX_STEM]
    if plain in known:
        return [plain]
    match = _UNIT.fullmatch(plain) if 2 < len(plain) <= 20 else None
    return _distinct([plain], known) if match else []


def _units(text: str, known: Collection[str]) -> list[str]:
    """The bureaus named in a text, each once, as they are known."""
    exact = [each for each in known if each in text]
    longest = [each for each in exact if not any(each != other and each in other for other in exact)]
    if longest:
        return _distinct(sorted(longest, key=text.find), known)
    pieces = _NOISE.sub(" ", text)
    found = [match.group() for match in _UNIT.finditer(pieces) if len(match.group()) > 2]
    return _distinct([*found, *(word for word in pieces.split() if word in _SHORT)], known)


def _distinct(units: Iterable[str], known: Collection[str]) -> list[str]:
    """The bureaus, each once, and as they are known if only one known name is the same."""
    made: list[str] = []
    for unit in units:
        alike = [each for each in known if _bare(each) == _bare(unit)]
        name = unit if unit in known or len(alike) != 1 else alike[0]
        if not same_unit(name, made):
            made.append(name)
    return made


def _bare(unit: str) -> str:
    """The name without the region in front of it."""
    plain = "".join(unit.split())
    return _REGION.sub("", _REGION.sub("", plain))
