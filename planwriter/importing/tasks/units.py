"""The units and the deadline of a task, from the cells of a task list and from the brackets at the end of its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwriter.language.deadlines import read_deadline
from planwriter.language.figures import is_blank
from planwriter.language.unit_names import unit_names
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_SUPPORT = regex(
    r"[（(]\s*(?:配合|协办|协同|参与)(?:单位|部门)?\s*[:：]?\s*([^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*)[）)]\s*$"
)
_PARTS = regex(
    r"(牵头(?:责任)?(?:单位|部门)?|责任(?:单位|部门|科室|股室)|主办(?:单位)?|承办(?:单位)?|配合(?:单位|部门|科室|股室)?"
    r"|协办(?:单位)?|参与(?:单位|部门)?|(?:完成)?(?:时限|时间|期限)|时间节点)\s*[:：]\s*"
)
_LEADING = regex(r"^(.*?)[（(]\s*(?:牵头|主办|主责|总牵头|第一责任)(?:单位|部门)?\s*[）)]$")
_HELPING = regex(r"^(.*?)[（(]\s*(?:配合|协办|参与)(?:单位|部门)?\s*[）)]$")
_WHO = regex(
    r"(?:由\s*)?(.{2,120}?)(?:负责)?牵头(?:负责|落实|组织实施|实施)?(?:[，,；;、]\s*(.{2,200}?)(?:等)?(?:参与)?(?:配合|协办|协同)(?:落实)?)?"
)
_UNIT = regex(
    r"(?:(?:各|有关|相关|所有|其他).{1,24}|.{1,24}(?:局|委|委员会|办|办公室|部|厅|会|院|校|学校|中学|小学|幼儿园|股|科|室|处|中心|站|所|队|镇|乡|街道|办事处|公司|集团"
    r"|银行|法院|检察院|单位|部门|政府|县|区|市|村|社区|联|教研室))"
)
_LINES = regex(r"[\n\r]+")
_SEVERAL = regex(r"[\n\r；;]+")
_MIDNIGHT = regex(r"(?:(?<=日) ?|(?<=\d) )0{1,2}:00(?::00)?\Z")
"""Matches the time that a workbook adds to a date."""
_MAX_BRACKETS = 400


class TypedDuty(NamedTuple):
    """Units and a deadline as texts."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: str = ""

    def __bool__(self) -> bool:
        return bool(self.lead or self.support or self.deadline)


def read_units(text: str, *, support: bool = False) -> TypedDuty:
    """The units in a cell: those marked 牵头 or 配合 as such, the others by the column, of which `support` is that of 配合单位."""
    text = text.strip()
    if is_blank(text):
        return TypedDuty()
    parts = _parts(text)
    if parts is not None:
        return parts
    helpers: tuple[str, ...] = ()
    match = _SUPPORT.search(text)
    if match is not None and match[1].strip() and not support:
        helpers, text = tuple(_names(match[1])), text[: match.start()]
    marked = [(name, _LEADING.fullmatch(name), _HELPING.fullmatch(name)) for name in _names(text)]
    lead = tuple(leads[1].strip() for _, leads, _ in marked if leads)
    others = tuple(helps[1].strip() if helps else name for name, leads, helps in marked if not leads)
    if lead or support:
        return TypedDuty(lead, (*others, *helpers))
    plain = tuple(name for name, _, helps in marked if not helps)
    return TypedDuty(plain, (*(helps[1].strip() for _, _, helps in marked if helps), *helpers))


def _names(text: str) -> Iterator[str]:
    """The units in a text of several lines; a comma at the end of a line is dropped."""
    for line in _LINES.split(text):
        yield from unit_names(line.strip().strip("、，,；;。"))


def _parts(text: str) -> TypedDuty | None:
    """The units of a text that says whose they are: 牵头单位：甲局；配合单位：乙局. None if it does not begin so."""
    marks = [*_PARTS.finditer(text)]
    if not marks or marks[0].start() != 0:
        return None
    lead: list[str] = []
    support: list[str] = []
    deadline = ""
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        value = text[mark.end() : end].strip(" \u3000\t\r\n；;，,。")
        if "时" in mark[1] or "期限" in mark[1]:
            if deadline:
                return None
            deadline = value
        elif mark[1].startswith(("配合", "协办", "参与")):
            support += _names(value)
        else:
            lead += _names(value)
    return TypedDuty(tuple(lead), tuple(support), deadline)


def split_brackets(text: str) -> tuple[str, TypedDuty]:
    """A text without the brackets at its end that name units, and these; the text and nothing if there are none."""
    typed = text.rstrip()
    bare = typed.rstrip("。；;")
    if not bare.endswith(("）", ")")):
        return text, TypedDuty()
    depth, at = 0, len(bare)
    while at > max(0, len(bare) - _MAX_BRACKETS):
        at -= 1
        depth += (bare[at] in "）)") - (bare[at] in "（(")
        if depth == 0:
            break
    if depth or at == 0:
        return text, TypedDuty()
    duty = _in_brackets(bare[at + 1 : -1].strip())
    before = bare[:at].rstrip()
    stop = "" if before.endswith(("。", "；", "！", "？")) or not before else typed[len(bare) :]
    return (before + stop, duty) if duty else (text, TypedDuty())


def _in_brackets(inside: str) -> TypedDuty:
    parts = _parts(inside)
    if parts is not None:
        return parts if _are_units((*parts.lead, *parts.support)) else TypedDuty()
    match = _WHO.fullmatch(inside)
    if match is not None:
        made = TypedDuty(tuple(_names(match[1])), tuple(_names(match[2] or "")))
        return made if _are_units((*made.lead, *made.support)) else TypedDuty()
    made = read_units(inside)
    return made if _are_units((*made.lead, *made.support)) else TypedDuty()


def _are_units(names: Iterable[str]) -> bool:
    typed = [*names]
    return bool(typed) and all(map(_UNIT.fullmatch, typed))


def deadlines_in(text: str) -> list[str]:
    """The deadlines in a cell: one for each line, or for each part between semicolons."""
    pieces = (_MIDNIGHT.sub("", piece.strip()).strip("。，,、") for piece in _SEVERAL.split(text))
    return [part for part in pieces if part and not is_blank(part)]


def is_understood(deadline: str) -> bool:
    """True for a deadline in a form that people use."""
    return bool(read_deadline(deadline).kind)


def whole_deadline(first: str, last: str) -> str:
    """The time from one date to another: 2026年3月至2026年9月."""
    return f"{read_deadline(first).shown}至{read_deadline(last).shown}"
