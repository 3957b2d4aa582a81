"""What becomes of the targets of an outline: last year's values are the bases, and the new values are still to be set."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Pairs

from planwriter.language.figures import Refusal, TypedFigure, read_figure
from planwriter.rolling.edits import Edit, emptied, entries_removed, key_moved, set_value
from planwriter.rolling.words import Doubt, Turn
from planwriter.source.edit import Uneditable, Value
from planwriter.source.nodes import Mapping, Node, Scalar


def base_years(targets: Mapping, turn: Turn, reached: Pairs[str, str]) -> dict[str, tuple[int, int]]:
    """The old and the new base year of the targets whose base moves."""
    made = {}
    for key, node in targets.entries.items():
        typed = node.entries.get("基期") if isinstance(node, Mapping) else None
        year = typed.entries.get("年份") if isinstance(typed, Mapping) else None
        if isinstance(year, Scalar) and year.value.isdecimal() and _reached(key, node, turn, reached):
            made[key] = int(year.value), turn.old[1]
    return made


def roll_targets(targets: Mapping, turn: Turn, reached: Pairs[str, str]) -> Iterator[Edit | Doubt]:
    """The edits of all targets; a doubt for each that cannot be changed without touching more than itself."""
    for key, node in targets.entries.items():
        if node.span.start < targets.keys[key].span.start:
            continue  # an alias: what it refers to is changed
        place = targets.keys[key].span.start
        try:
            if isinstance(node, Mapping):
                yield from list(_roll_mapping(key, node, turn, reached))
            elif isinstance(node, Scalar) and not node.empty:
                yield _roll_figure(key, node, turn, reached)
        except Uneditable as error:
            yield Doubt(place, f"指标“{key}”没有改：{error}")


def _reached(key: str, node: Node, turn: Turn, reached: Pairs[str, str]) -> str:
    """The figure that becomes the base of a target: what was reached, else what was aimed at; "" if neither is known."""
    entries = node.entries if isinstance(node, Mapping) else {"数值": node}
    name = entries.get("名称")
    for each in (key, name.value if isinstance(name, Scalar) else ""):
        if each in reached:
            return reached[each]
    typed = entries.get("数值")
    if isinstance(typed, Scalar) and not typed.empty:
        return typed.value
    yearly = entries.get("分年")
    if isinstance(yearly, Mapping):
        last = next((each for year, each in yearly.entries.items() if year[:4] == str(turn.old[1])), None)
        if isinstance(last, Scalar) and not last.empty:
            return last.value
    return ""


def _roll_figure(key: str, node: Scalar, turn: Turn, reached: Pairs[str, str]) -> Edit:
    """A target that is a figure alone: 新建园: 3所."""
    figure = _figure(node.value)
    base = _figure(_reached(key, node, turn, reached))
    parts = ["数值: "]
    if figure.unit:
        parts.append(f"单位: {_plain(figure.typed_unit)}")
    if figure.bound:
        parts.append(f"界限: {figure.bound}")
    parts.append(f"基期: {{年份: {turn.old[1]}, 数值: {_plain(_number(base, unit=figure.unit))}}}")
    raw = node.span.raw.rstrip()
    if "\n" in raw or raw[:1] in ("&", "*", "|", ">"):
        raise Uneditable("它的值写在几行上，或者带着记号")
    return Edit(node.span.start, node.span.start + len(raw), f"{{{', '.join(parts)}}}", "指标")


def _roll_mapping(key: str, node: Mapping, turn: Turn, reached: Pairs[str, str]) -> Iterator[Edit | Doubt]:
    entries = node.entries
    base = _reached(key, node, turn, reached)
    if [*entries] == ["分年"] and turn.old[0] == turn.old[1] and node.span.raw[:1] == "{":
        yield from _roll_only_yearly(key, node, turn, base)
        return
    typed = entries.get("数值")
    value: dict[str, Value] = {}
    if isinstance(typed, Scalar) and not typed.empty:
        figure = _figure(typed.value)
        if figure.unit and "单位" not in entries:
            value["单位"] = figure.typed_unit
        if figure.bound and "界限" not in entries:
            value["界限"] = figure.bound
        yield emptied(node, "数值", "指标")
    if base:
        value["基期"] = {"年份": str(turn.old[1]), "数值": _number(_figure(base), unit=_unit(entries, value))}
        yield from set_value(node, value, "指标")
    elif "基期" in entries and "公式" in entries:
        yield Doubt(node.keys["基期"].span.start, f"指标“{key}”按公式算，基期没有改")
    yield from _roll_yearly(key, node, turn)
    shares = entries.get("分项")
    if isinstance(shares, Mapping):
        for name, each in shares.entries.items():
            if isinstance(each, Scalar) and not each.empty:
                yield emptied(shares, name, "指标")


def _roll_only_yearly(key: str, node: Mapping, turn: Turn, base: str) -> Iterator[Edit | Doubt]:
    """A target of a year that has nothing but its yearly figures: {分年: {2026: 3所}}."""
    yearly = node.entries["分年"]
    if not (base and isinstance(yearly, Mapping) and all(year[:4] <= str(turn.old[1]) for year in yearly.entries)):
        yield Doubt(node.keys["分年"].span.start, f"指标“{key}”的分年没有改")
        return
    figure = _figure(base)
    unit = f"单位: {_plain(figure.typed_unit)}, " if figure.unit else ""
    old = f"基期: {{年份: {turn.old[1]}, 数值: {_plain(_number(figure, unit=figure.typed_unit))}}}"
    yield Edit(
        node.keys["分年"].span.start, yearly.span.start + len(yearly.span.raw.rstrip()), f"数值: , {unit}{old}", "指标"
    )


def _roll_yearly(key: str, node: Mapping, turn: Turn) -> Iterator[Edit | Doubt]:
    """The yearly figures: in a plan of several years they move and are emptied; in a plan of one year those behind go."""
    yearly = node.entries.get("分年")
    if not isinstance(yearly, Mapping):
        return
    years = {each: int(each[:4]) for each in yearly.entries if each[:4].isdecimal() and len(each) >= 4}
    if turn.old[0] == turn.old[1]:
        passed = [each for each, year in years.items() if year < turn.new[0]]
        if len(passed) == len(yearly.entries):
            yield from entries_removed(node, ("分年",), "指标")
        elif passed:
            yield from entries_removed(yearly, frozenset(passed), "指标")
        return
    for each, year in years.items():
        if turn.old[0] <= year <= turn.old[1]:
            yield key_moved(yearly, each, str(year + turn.shift), "指标")
            figure = yearly.entries[each]
            if isinstance(figure, Scalar) and not figure.empty:
                yield emptied(yearly, each, "指标")
        else:
            yield Doubt(yearly.keys[each].span.start, f"指标“{key}”分年里的 {year} 年不在原来的起止里，没有改")


def _figure(text: str) -> TypedFigure:
    figure = read_figure(text)
    if isinstance(figure, Refusal):
        raise Uneditable(f"“{text[:20]}”不是一个数")
    return figure


def _unit(entries: Pairs[str, Node], value: Pairs[str, Value]) -> str:
    unit = entries.get("单位")
    return unit.value if isinstance(unit, Scalar) else str(value.get("单位", ""))


def _number(figure: TypedFigure, *, unit: str) -> str:
    """A figure as a base: without its bound, and without the unit that the target has itself."""
    if not unit or not figure.unit:
        return figure._replace(bound="").plain
    return figure._replace(bound="", words="" if unit == figure.typed_unit else figure.words, unit="").plain


def _plain(text: str) -> str:
    return f'"{text}"' if text[:1] in ("%", "‰", "@", "`") else text
