"""What sort of change it is, in the words of a table of changes: 指标调整, 责任单位, 完成时限, 标题, 层级."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planwriter.compare.matching.grids import CellEdit
from planwriter.compare.versions.version import Value, VersionItem, VersionLine, VersionTable
from planwriter.compare.words.texts import TextEdit
from planwriter.compare.words.units import is_word, units
from planwriter.model.added import ADDED
from planwriter.model.walk import TextRole
from planwriter.plan.flow import BODY, HEADINGS, LineRole
from planwriter.start.patterns import regex

_DUTIES = {
    "责任单位": (ADDED[TextRole.LEAD].before, "牵头单位："),
    "配合单位": (ADDED[TextRole.SUPPORT].before,),
    "完成时限": (ADDED[TextRole.DEADLINE].before,),
}
_FIELD = regex("(" + "|".join(word for words in _DUTIES.values() for word in words) + r")([^；;）)\n]{0,400})")
_FIELD_NAMES = {word: name for name, words in _DUTIES.items() for word in words}
_TARGET = regex(r"\s{0,9}指标\.([^\s.+\-*/(){}|]{1,60})(?:\.[^\s{}|]{1,30})?\s{0,9}")
_DIGIT = regex("[0-9０-９〇零一二三四五六七八九十百千万亿%％]")
_DATE = regex("[年月日]")
_LEVELS = ("无编号", "一级", "二级", "三级", "四级")
_ROLES = {
    BODY: "正文",
    **{role: f"{word}级标题" for role, word in zip(HEADINGS, "一二三四", strict=True)},
    LineRole.BOX_TITLE: "专栏题",
    LineRole.CAPTION: "表题或图题",
    LineRole.TITLE: "大标题",
}
_TITLES = frozenset((LineRole.TITLE, LineRole.BOX_TITLE, LineRole.CAPTION, *HEADINGS))
_LONG = 30
"""A figure with its words that is longer is not cited."""
_BESIDE = 2
_MOST = 6
"""How many changes of figures are named for a paragraph."""


def reasons_of(
    old: VersionItem,
    new: VersionItem,
    edits: Sequence[TextEdit],
    cells: Sequence[CellEdit],
    targets: tuple[Mapping[str, str], Mapping[str, str]],
    *,
    relabelled: bool,
) -> Iterator[str]:
    """The sorts of change between two items that are one; nothing if they are the same."""
    if isinstance(old, VersionLine) and isinstance(new, VersionLine):
        if relabelled:
            yield _of_label(old, new)
        if edits:
            yield from _of_words(old, new, edits, targets)
        yield from _of_place(old, new)
    elif isinstance(old, VersionTable) or isinstance(new, VersionTable):
        yield from _of_table(cells)
        if isinstance(old, VersionTable) and isinstance(new, VersionTable):
            if sorted(old.merges) != sorted(new.merges) and old.rows == new.rows:
                yield "合并的单元格不同"
            if old.look != new.look:
                yield _of_look(new.look)
    elif edits:
        yield "图的说明修改"


def _of_label(old: VersionLine, new: VersionLine) -> str:
    if old.level != new.level:
        return f"由{_LEVELS[min(old.level, 4)]}改为{_LEVELS[min(new.level, 4)]}"
    if old.label and new.label:
        return f"编号由“{old.label}”改为“{new.label}”"
    return "增加编号" if new.label else "去掉编号"


def _of_place(old: VersionLine, new: VersionLine) -> Iterator[str]:
    """Another style, into a box or out of it, another look."""
    if old.role != new.role and old.role in _ROLES and new.role in _ROLES and old.level == new.level:
        yield f"由{_ROLES[old.role]}改为{_ROLES[new.role]}"
    if old.boxed != new.boxed:
        yield "移入专栏" if new.boxed else "移出专栏"
    if old.look != new.look:
        yield _of_look(new.look)


def _of_look(look: str) -> str:
    return f"格式：{look}" if look else "去掉手设的格式"


def _of_words(
    old: VersionLine, new: VersionLine, edits: Sequence[TextEdit], targets: tuple[Mapping[str, str], Mapping[str, str]]
) -> Iterator[str]:
    told: set[TextEdit] = set()
    made: list[str] = []
    for edit in edits:
        said = _of_target(old, new, edit, targets)
        if said:
            told.add(edit)
            made.append(said)
    before, after = _fields(old.text), _fields(new.text)
    for name in _DUTIES:
        if before.get(name) != after.get(name):
            made.append(_of_field(name, before.get(name), after.get(name)))
    for edit in edits:
        if (
            edit in told
            or _is_in_field(old.text, edit.start, edit.end)
            or _is_in_field(new.text, edit.new_start, edit.new_end)
        ):
            continue
        one, other = old.text[edit.start : edit.end], new.text[edit.new_start : edit.new_end]
        if _is_figure(one) and _is_figure(other):
            made.append(f"{'时间' if _DATE.search(one) else '数字'}由{one}改为{other}")
        elif _is_title(old, edit):
            made.append("标题修改")
        else:
            made.append("文字修改")
    yield from list(dict.fromkeys(made))[:_MOST]


def _of_target(
    old: VersionLine, new: VersionLine, edit: TextEdit, targets: tuple[Mapping[str, str], Mapping[str, str]]
) -> str:
    """A changed figure by its target: the one that was filled in where the edit is."""
    for values, start, end in ((old.values, edit.start, edit.end), (new.values, edit.new_start, edit.new_end)):
        for value in values:
            name = _target_of(value)
            if name and value.start < end and start < value.end:
                before, after = targets[0].get(name, ""), targets[1].get(name, "")
                if before and after and before != after:
                    return f"指标“{name}”由{before}调整为{after}"
                one, other = old.text[edit.start : edit.end], new.text[edit.new_start : edit.new_end]
                if 0 < len(one) <= _LONG and 0 < len(other) <= _LONG and _is_figure(one) and _is_figure(other):
                    return f"指标“{name}”由{one}调整为{other}"
                return f"指标“{name}”调整"
    return _of_figure(old.text[edit.start : edit.end], new.text[edit.new_start : edit.new_end], targets)


def _of_figure(one: str, other: str, targets: tuple[Mapping[str, str], Mapping[str, str]]) -> str:
    """A changed figure by the only target whose figure changed in the same way."""
    if not one or not other or not _is_figure(one) or not _is_figure(other):
        return ""
    fitting = [
        name
        for name, before in targets[0].items()
        if (after := targets[1].get(name, before)) != before and one in units(before) and other in units(after)
    ]
    return f"指标“{fitting[0]}”由{targets[0][fitting[0]]}调整为{targets[1][fitting[0]]}" if len(fitting) == 1 else ""


def _target_of(value: Value) -> str:
    match = _TARGET.fullmatch(value.typed)
    return match[1] if match else ""


def _of_field(name: str, old: str | None, new: str | None) -> str:
    if old is None or new is None:
        return f"增加{name}：{new}" if old is None else f"去掉{name}（原为{old}）"
    return f"{name}由“{old}”改为“{new}”" if len(old) + len(new) <= 2 * _LONG else f"{name}调整"


def _fields(text: str) -> dict[str, str]:
    """责任单位, 配合单位 and 完成时限 as a paragraph has them."""
    return {_FIELD_NAMES[match[1]]: match[2].strip() for match in _FIELD.finditer(text)}


def _is_in_field(text: str, start: int, end: int) -> bool:
    """True if characters stand within the words that units and deadlines are printed with, or are these words themselves."""
    if start == end:
        return False
    covered = [match.span() for match in _FIELD.finditer(text)]
    if not covered:
        return False
    rest = [at for at in range(start, end) if not any(a <= at < b for a, b in covered)]
    return len(rest) < end - start and all(text[at] in "（）；;()" for at in rest)


def _is_figure(words: str) -> bool:
    """True if words are numbers or dates, with two characters at most that stand with them."""
    parts = units(words) if len(words) <= _LONG else ()
    others = [part for part in parts if not _DIGIT.search(part)]
    return len(parts) > len(others) <= _BESIDE and not any(map(is_word, others))


def _is_title(line: VersionLine, edit: TextEdit) -> bool:
    if line.role in _TITLES:
        return True
    return any(
        each.role == TextRole.TITLE and each.start <= edit.start and edit.end <= each.end for each in line.stretches
    )


def _of_table(cells: Sequence[CellEdit]) -> Iterator[str]:
    """How many cells, rows and columns of a table differ."""
    rows = [cell for cell in cells if cell.column < 0 <= cell.row]
    columns = [cell for cell in cells if cell.row < 0 <= cell.column]
    single = len(cells) - len(rows) - len(columns)
    if single:
        yield f"表中改 {single} 格"
    for word, found in (("行", rows), ("列", columns)):
        added = sum(not cell.old for cell in found)
        if added:
            yield f"表中增加 {added} {word}"
        if len(found) > added:
            yield f"表中删去 {len(found) - added} {word}"
