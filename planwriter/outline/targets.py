"""Reads 指标 and 核验 of an outline: targets typed in it or filled in on a sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Findings, Result, Span
from planwriter.model import Figure, Share, Target, Text
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.outline.tables import OpenWorkbook, find_sheet, read_sheets
from planwriter.outline.values import make_text, read_duty, read_texts
from planwriter.sheets.sheet import ENDINGS
from planwriter.source import keys
from planwriter.source.nodes import Mapping, Node, Scalar, kind_word
from planwriter.source.schema import FIGURE, check_shape, word_at, words_at

if TYPE_CHECKING:
    from planwriter.targets.sheet import SheetTargets


_CITED = re.compile(r"指标\.(\w+)")
_FIGURE_HINTS = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


def targets_node(node: Node | None, open_workbook: OpenWorkbook | None) -> Result[Mapping | None]:
    """The mapping of targets under 指标, or that of the workbook it names; None if there is none."""
    if isinstance(node, Mapping) and not is_workbook(node):
        return Result(node)
    book = targets_book(node, open_workbook)
    return Result(book.value.mapping if book.value else None, book.findings)


def is_workbook(node: Node | None) -> bool:
    """True if 指标 names a workbook: by its file name, or as {文件: 指标.xlsx, 工作表: 二季度}."""
    file = node.entries.get("文件") if isinstance(node, Mapping) else node
    return isinstance(file, Scalar) and not file.empty and (file is node or file.value.lower().endswith(ENDINGS))


def targets_book(node: Node | None, open_workbook: OpenWorkbook | None) -> Result[SheetTargets | None]:
    """The targets in the workbook that 指标 names; None if it names none, or one that cannot be read."""
    if node is None or not is_workbook(node):
        return Result(None)
    from planwriter.targets.sheet import choose_sheet, targets_in

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
    return found.result(found.take(targets_in(chosen)) if chosen else None)


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
        made.append(found.take(memo.once(_read_target, value, node.keys[key].span, by=(key,))))
    return found.result(tuple(made))


def _has_figure(node: Node) -> bool:
    """True if a value may be that of a target."""
    return isinstance(node, Mapping) or (isinstance(node, Scalar) and FIGURE.match(node.value) is not None)


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


_QUOTES = "“”‘’＂＇「」"


def _read_target(key: str, node: Node, origin: Span) -> Result[Target]:
    found = Findings()
    take = found.take
    if not isinstance(node, Mapping):
        empty = isinstance(node, Scalar) and node.empty
        value, unit = (None, "") if empty else take(_read_figure(node, key, "数值"))
        broken = value is None and not empty
        return found.result(Target(key=key, value=value, unit=unit, broken=broken, origin=origin))
    where = f"指标“{key}”"
    got = take(check_shape(node, keys.TARGET, where))
    value, typed_unit = take(_read_figure(got["value"], key, "数值")) if "value" in got else (None, "")
    unit = take(_read_unit(got))
    if unit and typed_unit:
        found.append(finding("PW222", got["value"].span, where=where, unit=typed_unit))
    own_unit, formula = unit or typed_unit, got.get("formula")
    target = Target(
        key=key,
        name=word_at(got, "name"),
        value=value,
        unit=own_unit,
        bound=word_at(got, "bound"),
        baseline=take(_read_baseline(got.get("baseline"), key, own_unit)),
        years=take(_read_steps(got.get("years"), key, own_unit)),
        shares=take(_read_shares(got.get("shares"), key)),
        duty=take(read_duty(got)),
        nature=word_at(got, "nature"),
        basis=take(words_at(got, "basis", "依据")),
        formula=make_text(formula) if isinstance(formula, Scalar) else None,
        broken=node.torn or bool(found),
        unit_origin=got["unit"].span if unit else None,
        origin=origin,
    )
    return found.result(target)


def _read_unit(got: dict[str, Node]) -> Result[str]:
    """The unit of a target, without the Chinese quotes that a writer may put around it."""
    unit = word_at(got, "unit")
    bare = unit.strip(_QUOTES)
    if unit.isascii() or bare == unit:
        return Result(unit)
    allowed = f"{bare}，或者加英文引号：'{bare}'"
    return Result(bare, (finding("PW204", got["unit"].span, key="单位", value=unit, allowed=allowed),))


def _read_figure(node: Node, target: str, key: str) -> Result[tuple[Figure | None, str]]:
    """The figure of a value such as 95, 96.50 or 95%, and the unit typed behind it."""
    from decimal import Decimal

    value = node.value if isinstance(node, Scalar) else ""
    match = FIGURE.match(value)
    unit = value[match.end() :].strip() if match else ""
    if match and len(unit) <= 6 and not any(mark.isdigit() or mark in ",.，．、。:-" for mark in unit):
        return Result((Figure(value=Decimal(match.group()), origin=node.span), unit))
    advice = "写阿拉伯数字，例如 95 或 96.50；单位写在“单位”里。"
    plain = value.translate(_FIGURE_HINTS).replace(",", "")
    if FIGURE.fullmatch(plain):
        advice = f"写成 {plain}。"
    shown = value if isinstance(node, Scalar) else kind_word(node)
    return Result((None, ""), (finding("PW410", node.span, name=target, key=key, value=shown, advice=advice),))


def _wrong_unit(typed: str, unit: str, node: Node, target: str) -> Finding:
    """The finding on a yearly figure whose unit is not the target's: nothing is converted."""
    reason = f"这里写的是“{typed}”，指标的单位是“{unit}”" if unit else f"这里写了“{typed}”，指标却没有写单位"
    advice = "各年和基期的数都用指标的单位，只写数字。"
    return finding("PW414", node.span, name=target, reason=reason, advice=advice)


def _read_baseline(node: Node | None, target: str, unit: str) -> Result[tuple[int, Figure] | None]:
    if not isinstance(node, Mapping):
        return Result(None)
    found = Findings()
    got = found.take(check_shape(node, keys.BASELINE, f"指标“{target}”的基期"))
    if "year" not in got or "value" not in got:
        return found.result(None)
    value, typed_unit = found.take(_read_figure(got["value"], target, "基期"))
    if typed_unit not in ("", unit):
        found.append(_wrong_unit(typed_unit, unit, got["value"], target))
        return found.result(None)
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
        value, typed_unit = found.take(_read_figure(value_node, target, f"{year}年"))
        if typed_unit not in ("", unit):
            found.append(_wrong_unit(typed_unit, unit, value_node, target))
        elif int(year) in steps:
            found.append(finding("PW109", place, key=f"{year}年"))
        elif value is not None:
            steps[int(year)] = value
    return found.result(tuple(sorted(steps.items(), key=lambda step: step[0])))


def _read_shares(node: Node | None, target: str) -> Result[tuple[Share, ...]]:
    if not isinstance(node, Mapping):
        return Result(())
    found = Findings()
    shares = []
    for name, value_node in node.entries.items():
        value, unit = found.take(_read_figure(value_node, target, name))
        if value is not None:
            shares.append(Share(name=name, figure=value, unit=unit))
    return found.result(tuple(shares))


def read_assertions(node: Node | None) -> Result[tuple[Text, ...]]:
    """The assertions of 核验, in the order typed."""
    return read_texts(node, "核验")


def is_year(value: str) -> bool:
    """True for a year from 1949 to 2100, in four ASCII digits."""
    return len(value) == 4 and value.isascii() and value.isdigit() and 1949 <= int(value) <= 2100
