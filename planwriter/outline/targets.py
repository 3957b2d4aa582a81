"""Reads 指标 and 核验 of an outline: targets typed in it or filled in on a sheet."""

from __future__ import annotations

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Findings, Result, Span, has_errors
from planwriter.language.figures import TypedFigure, read_figure
from planwriter.model import Figure, Share, Target, Text
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.outline.figures import read_figure_node, read_share_node, read_step_node
from planwriter.outline.values import duty_of, make_text, read_texts
from planwriter.source import keys
from planwriter.source.nodes import Mapping, Node, Scalar
from planwriter.source.schema import check_shape, word_at, words_at
from planwriter.start.patterns import regex
from planwriter.start.records import replace
from planwriter.start.typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from planwriter.outline.tables import OpenWorkbook
    from planwriter.targets.sheet import SheetTargets


_CITED = regex(r"指标\.([^\s{}.'\"+*/]+)")


def targets_node(node: Node | None, open_workbook: OpenWorkbook | None, year: int = 0) -> Result[Mapping | None]:
    """The mapping of targets under 指标, or that of the workbook it names; None if there is none."""
    if isinstance(node, Mapping) and not is_workbook(node):
        return Result(node)
    book = targets_book(node, open_workbook, year)
    return Result(book.value.mapping if book.value else None, book.findings)


def is_workbook(node: Node | None) -> bool:
    """True if 指标 names a workbook: by its file name, or as {文件: 指标.xlsx, 工作表: 二季度}."""
    file = node.entries.get("文件") if isinstance(node, Mapping) else node
    if not isinstance(file, Scalar) or file.empty:
        return False
    if file is node:
        return True
    from planwriter.sheets.sheet import ENDINGS

    return file.value.lower().endswith(ENDINGS)


def targets_book(node: Node | None, open_workbook: OpenWorkbook | None, year: int = 0) -> Result[SheetTargets | None]:
    """The targets in the workbook that 指标 names; None if it names none, or one that cannot be read.

    `year` is the first year of the plan, 0 if it is not known.
    """
    if node is None or not is_workbook(node):
        return Result(None)
    from planwriter.outline.tables import find_sheet, read_sheets
    from planwriter.targets.sheet import choose_sheet, left_sheets, targets_in

    found = Findings()
    got: dict[str, Node] = {"file": node}
    if isinstance(node, Mapping):
        got = found.take(check_shape(node, keys.TARGET_BOOK, "指标"))
    file, wanted = got["file"], got.get("sheet")
    assert isinstance(file, Scalar)
    sheets = found.take(read_sheets(file, open_workbook, "指标", "一组“指标名: 数值”"))
    if sheets is None:
        return found.result(None)
    chosen = found.take(find_sheet(wanted, file, sheets)) if isinstance(wanted, Scalar) else choose_sheet(sheets)
    if chosen is None and wanted is None:
        advice = "填好表再生成；planwriter targets export 写出一份样表。"
        found.append(finding("PW122", file.span, file=file.value, what="没有内容", advice=advice))
    made = found.take(targets_in(chosen, year)) if chosen else None
    if made is not None and wanted is None:
        found += left_sheets(sheets, made)
    return found.result(made)


def read_targets(node: Node | None, memo: Memo = NO_MEMO) -> Result[tuple[Target, ...]]:
    """The targets of a mapping, in the order typed."""
    if not isinstance(node, Mapping):
        return Result(())
    found = Findings()
    made = []
    for key, value in node.entries.items():
        if key in keys.OUTLINE and not _has_figure(value):  # an outer key indented too far; all after it are outer too
            advice = f"“{key}”前面多了空格，去掉，与“指标”对齐；它下面的各行也跟着左移。"
            found.append(finding("PW201", node.keys[key].span, where="指标", key=key, advice=advice))
            break
        made.append(found.take(memo.once(_read_target, value, node.keys[key].span, by=(key, memo))))
    return found.result(tuple(made))


def _has_figure(node: Node) -> bool:
    """True if a value may be that of a target."""
    return isinstance(node, Mapping) or (isinstance(node, Scalar) and isinstance(read_figure(node.value), TypedFigure))


def lost_targets(tree: Mapping, typed: Node | None, read: Mapping | None) -> tuple[Target, ...]:
    """Possible targets among the entries that could not be read; citations of these are not reported."""
    known = {*keys.OUTLINE_KEYS, *(read.entries if read else ())}
    lost = list(tree.lost)
    if read is None and is_workbook(typed):
        lost += _CITED.findall(tree.span.source.text)
    for key, node in tree.entries.items():
        if isinstance(node, Mapping) and key not in keys.OUTLINE_KEYS:  # 指标 misspelt, or a target indented too little
            lost += (key, *node.entries)
    return tuple(Target(key=key, broken=True) for key in dict.fromkeys(lost) if key not in known)


_VALUE = "数值"
_QUOTES = "“”‘’＂＇「」"


def _read_target(key: str, memo: Memo, node: Node, origin: Span) -> Result[Target]:
    """One target; what a plain number does not matter to is not read again if only that is new."""
    value = node.entries.get(_VALUE) if isinstance(node, Mapping) and memo.remembers_blocks else None
    if isinstance(node, Mapping) and isinstance(value, Scalar) and not node.torn and _is_plain(value.value):
        others = {name: each for name, each in node.entries.items() if name != _VALUE}
        alike = memo.once(_read_alike, origin, *others.values(), by=(key, memo, *others))
        if not alike.findings:
            figure = read_figure_node(value, key, _VALUE, alike.value.unit).value[0]
            return Result(replace(alike.value, value=figure))
    return _read_whole(key, memo, node, origin)


def _is_plain(typed: str) -> bool:
    """True for a number without a bound, a magnitude or a unit."""
    read = read_figure(typed)
    return isinstance(read, TypedFigure) and not (read.bound or read.words or read.unit)


def _read_alike(key: str, memo: Memo, *given: object) -> Result[Target]:
    """A target with any plain number; `given` are the names of its other entries, its place, and these entries."""
    names = [each for each in given if isinstance(each, str)]
    origin, *nodes = given[len(names) :]
    assert isinstance(origin, Span)
    entries = {**dict(zip(names, cast("list[Node]", nodes), strict=True)), _VALUE: Scalar("1", origin)}
    node = Mapping(origin, entries, {name: Scalar(name, origin) for name in entries})
    return _read_whole(key, memo, node, origin)


def _read_whole(key: str, memo: Memo, node: Node, origin: Span) -> Result[Target]:
    found = Findings()
    take = found.take
    if not isinstance(node, Mapping):
        empty = isinstance(node, Scalar) and node.empty
        value, unit = (None, "") if empty else take(read_figure_node(node, key, "数值"))
        broken = value is None and bool(found)
        bound = value.bound if value else ""
        return found.result(Target(key=key, value=value, unit=unit, bound=bound, broken=broken, origin=origin))
    where = f"指标“{key}”"
    got = take(check_shape(node, keys.TARGET, where))
    unit, formula = take(_read_unit(got)), got.get("formula")
    value, own_unit = take(read_figure_node(got["value"], key, "数值", unit)) if "value" in got else (None, unit)
    if value is None:
        own_unit = unit or _unit_of_steps(got.get("years"), got.get("baseline"))
    years = take(_read_steps(got.get("years"), key, own_unit))
    target = Target(
        key=key,
        name=word_at(got, "name"),
        value=value,
        unit=own_unit,
        bound=word_at(got, "bound") or _typed_bound(value, years),
        baseline=take(_read_baseline(got.get("baseline"), key, own_unit)),
        years=years,
        yearly=word_at(got, "yearly"),
        shares=take(_read_shares(got.get("shares"), key, own_unit)),
        duty=take(memo.once(duty_of, got.get("lead"), got.get("support"), got.get("deadline"))),
        nature=word_at(got, "nature"),
        basis=take(words_at(got, "basis", "依据")),
        formula=make_text(formula) if isinstance(formula, Scalar) else None,
        broken=node.torn or has_errors(found),
        unit_origin=got["unit"].span if unit else None,
        origin=origin,
    )
    return found.result(target)


def _typed_bound(value: Figure | None, years: tuple[tuple[int, Figure], ...]) -> str:
    """The bound typed at the figure that is the target's value: 不低于 for ≥96%."""
    last = value or (years[-1][1] if years else None)
    return last.bound if last else ""


def _unit_of_steps(years: Node | None, baseline: Node | None) -> str:
    """The unit typed at the yearly figures of a target that has no unit elsewhere, the last one first."""
    steps = [*years.entries.values()][::-1] if isinstance(years, Mapping) else ()
    before = baseline.entries.values() if isinstance(baseline, Mapping) else ()
    for each in (*steps, *before):
        made = read_figure(each.value) if isinstance(each, Scalar) else None
        if isinstance(made, TypedFigure) and made.unit:
            return made.typed_unit if made.words == made.magnitude else made.unit
    return ""


def _read_unit(got: dict[str, Node]) -> Result[str]:
    """The unit of a target, without the Chinese quotes that a writer may put around it."""
    unit = word_at(got, "unit")
    bare = unit.strip(_QUOTES)
    if unit.isascii() or bare == unit:
        return Result(unit)
    right = f'"{bare}"' if bare[:1] in ("%", "@", "`", "*", "&", "!", "|", ">") else bare
    span = got["unit"].span
    remedy = span.replaced_within(unit, 0, len(unit), right) if bare else ()
    return Result(bare, (finding("PW204", span, remedy=remedy, key="单位", value=unit, allowed=right),))


def _read_baseline(node: Node | None, target: str, unit: str) -> Result[tuple[int, Figure] | None]:
    if not isinstance(node, Mapping):
        return Result(None)
    found = Findings()
    got = found.take(check_shape(node, keys.BASELINE, f"指标“{target}”的基期"))
    if "year" not in got or "value" not in got:
        return found.result(None)
    value = found.take(read_step_node(got["value"], target, "基期", unit))
    return found.result(None if value is None else (int(word_at(got, "year")), value))


def _read_steps(node: Node | None, target: str, unit: str) -> Result[tuple[tuple[int, Figure], ...]]:
    if not isinstance(node, Mapping):
        return Result(())
    found = Findings()
    steps: dict[int, Figure] = {}
    for key, value_node in node.entries.items():
        year, place = key.removesuffix("年"), node.keys[key].span
        if not is_year(year):
            expected, shown, advice = "四位数的年份", f"“{key}”", "写成 {2026: 94, 2027: 95}。"
            found.append(finding("PW203", place, key="分年", expected=expected, found=shown, advice=advice))
            continue
        value = found.take(read_step_node(value_node, target, f"{year}年", unit))
        if int(year) in steps:
            found.append(finding("PW109", place, key=f"{year}年"))
        elif value is not None:
            steps[int(year)] = value
    return found.result(tuple(sorted(steps.items(), key=lambda step: step[0])))


def _read_shares(node: Node | None, target: str, own: str) -> Result[tuple[Share, ...]]:
    if not isinstance(node, Mapping):
        return Result(())
    found = Findings()
    shares = []
    for name, value_node in node.entries.items():
        value, unit = found.take(read_share_node(value_node, target, name, own))
        if value is not None:
            shares.append(Share(name=name, figure=value, unit=unit))
    return found.result(tuple(shares))


def read_assertions(node: Node | None) -> Result[tuple[Text, ...]]:
    """The assertions of 核验, in the order typed."""
    return read_texts(node, "核验")


def is_year(value: str) -> bool:
    """True for a year from 1949 to 2100, in four ASCII digits."""
    return len(value) == 4 and value.isascii() and value.isdigit() and 1949 <= int(value) <= 2100
