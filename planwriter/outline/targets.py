"""Reads 指标 and 核验 of an outline: targets typed in it or filled in on a sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Span
from planwriter.model import Figure, Share, Target, Text
from planwriter.outline.blocks import Reader
from planwriter.sheets.sheet import ENDINGS
from planwriter.source import keys
from planwriter.source.load import Mapping, Node, Scalar, kind_word
from planwriter.source.schema import FIGURE, check_shape, texts, word_at

if TYPE_CHECKING:
    from planwriter.targets.sheet import SheetTargets


_CITED = re.compile(r"指标\.(\w+)")
_FIGURE_HINTS = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


def targets_node(node: Node | None, reader: Reader) -> Mapping | None:
    """The mapping of targets that 指标 holds, or that of the workbook it names; None where there is none."""
    if isinstance(node, Mapping) and not is_workbook(node):
        return node
    book = targets_book(node, reader)
    return book.mapping if book else None


def is_workbook(node: Node | None) -> bool:
    """True where 指标 names a workbook: by its file name, or as {文件: 指标.xlsx, 工作表: 二季度}."""
    file = node.entries.get("文件") if isinstance(node, Mapping) else node
    return isinstance(file, Scalar) and not file.empty and (file is node or file.value.lower().endswith(ENDINGS))


def targets_book(node: Node | None, reader: Reader) -> SheetTargets | None:
    """The targets in the workbook that 指标 names; None where it names none, or none that can be read."""
    if node is None or not is_workbook(node):
        return None
    from planwriter.targets.sheet import choose_sheet, targets_in

    got: dict[str, Node] = {"file": node}
    if isinstance(node, Mapping):
        got = check_shape(node, keys.TARGET_BOOK, "指标", reader.findings)
    file, wanted = got["file"], got.get("sheet")
    assert isinstance(file, Scalar)
    sheets = reader.sheets_of(file, "指标", "一组“指标名: 数值”")
    if sheets is None:
        return None
    chosen = reader.sheet_named(wanted, file, sheets) if isinstance(wanted, Scalar) else choose_sheet(sheets)
    if chosen is None and wanted is None:
        reader.add(
            "PW122",
            file,
            file=file.value,
            what="没有内容",
            advice="填好表再生成；planwriter targets export 写出一份样表。",
        )
    return targets_in(chosen, reader.findings) if chosen else None


def read_targets(node: Node | None, reader: Reader, findings: list[Finding]) -> tuple[Target, ...]:
    if not isinstance(node, Mapping):
        return ()
    made = []
    for key, value in node.entries.items():
        if key in keys.OUTLINE and not _has_figure(
            value
        ):  # an outer key with spaces before it; what follows is its own
            advice = f"“{key}”前面多了空格，去掉，与“指标”对齐；它下面的各行也跟着左移。"
            findings.append(finding("PW201", node.keys[key].span, where="指标", key=key, advice=advice))
            break
        made.append(_read_target(key, value, node.keys[key].span, reader, findings))
    return tuple(made)


def _has_figure(node: Node) -> bool:
    """True where a value may be that of a target."""
    return isinstance(node, Mapping) or (isinstance(node, Scalar) and FIGURE.match(node.value) is not None)


def lost_targets(tree: Mapping, typed: Node | None, read: Mapping | None) -> tuple[Target, ...]:
    """What may have been targets among the entries that could not be read: nothing is said where they are cited."""
    known = {*keys.OUTLINE_KEYS, *(read.entries if read else ())}
    lost = list(tree.lost)
    if read is None and is_workbook(typed):
        lost += _CITED.findall(tree.span.source.text)
    for key, node in tree.entries.items():
        if (
            isinstance(node, Mapping) and key not in keys.OUTLINE_KEYS
        ):  # 指标 under a wrong name, or one of them too far out
            lost += (key, *node.entries)
    return tuple(Target(key=key, broken=True) for key in dict.fromkeys(lost) if key not in known)


_QUOTES = "“”‘’＂＇「」"


def _read_target(key: str, node: Node, origin: Span, reader: Reader, findings: list[Finding]) -> Target:
    if not isinstance(node, Mapping):
        empty = isinstance(node, Scalar) and node.empty
        value, unit = (None, "") if empty else _figure(node, key, "数值", findings)
        return Target(key=key, value=value, unit=unit, broken=value is None and not empty, origin=origin)
    where = f"指标“{key}”"
    before = len(findings)
    got = check_shape(node, keys.TARGET, where, findings)
    value, typed_unit = _figure(got["value"], key, "数值", findings) if "value" in got else (None, "")
    unit = word_at(got, "unit")
    if unit and not unit.isascii() and unit.strip(_QUOTES) != unit:
        allowed = f"{unit.strip(_QUOTES)}，或者加英文引号：'{unit.strip(_QUOTES)}'"
        findings.append(finding("PW204", got["unit"].span, key="单位", value=unit, allowed=allowed))
        unit = unit.strip(_QUOTES)
    if unit and typed_unit:
        findings.append(finding("PW222", got["value"].span, where=where, unit=typed_unit))
    formula = got.get("formula")
    return Target(
        key=key,
        name=word_at(got, "name"),
        value=value,
        unit=unit or typed_unit,
        bound=word_at(got, "bound"),
        baseline=_read_baseline(got.get("baseline"), key, unit or typed_unit, findings),
        years=_read_steps(got.get("years"), key, unit or typed_unit, findings),
        shares=_read_shares(got.get("shares"), key, findings),
        duty=reader.duty(got),
        nature=word_at(got, "nature"),
        basis=tuple(scalar.value for scalar in texts(got["basis"], findings, "依据")) if "basis" in got else (),
        formula=Text(value=formula.value, origin=formula.span) if isinstance(formula, Scalar) else None,
        broken=node.torn or len(findings) > before,
        unit_origin=got["unit"].span if unit else None,
        origin=origin,
    )


def _figure(node: Node, target: str, key: str, findings: list[Finding]) -> tuple[Figure | None, str]:
    """The figure of a value such as 95, 96.50 or 95%, and the unit typed behind it."""
    from decimal import Decimal

    value = node.value if isinstance(node, Scalar) else ""
    match = FIGURE.match(value)
    unit = value[match.end() :].strip() if match else ""
    if match and len(unit) <= 6 and not any(mark.isdigit() or mark in ",.，．、。:-" for mark in unit):
        return Figure(value=Decimal(match.group()), origin=node.span), unit
    advice = "写阿拉伯数字，例如 95 或 96.50；单位写在“单位”里。"
    plain = value.translate(_FIGURE_HINTS).replace(",", "")
    if FIGURE.fullmatch(plain):
        advice = f"写成 {plain}。"
    shown = value if isinstance(node, Scalar) else kind_word(node)
    findings.append(finding("PW410", node.span, name=target, key=key, value=shown, advice=advice))
    return None, ""


def _same_unit(typed: str, unit: str, node: Node, target: str, findings: list[Finding]) -> bool:
    """True where the unit typed behind a yearly figure, if any, is that of the target: nothing is converted."""
    if typed and typed != unit:
        reason = f"这里写的是“{typed}”，指标的单位是“{unit}”" if unit else f"这里写了“{typed}”，指标却没有写单位"
        advice = "各年和基期的数都用指标的单位，只写数字。"
        findings.append(finding("PW414", node.span, name=target, reason=reason, advice=advice))
    return not typed or typed == unit


def _read_baseline(node: Node | None, target: str, unit: str, findings: list[Finding]) -> tuple[int, Figure] | None:
    if not isinstance(node, Mapping):
        return None
    got = check_shape(node, keys.BASELINE, f"指标“{target}”的基期", findings)
    if "year" not in got or "value" not in got:
        return None
    value, typed_unit = _figure(got["value"], target, "基期", findings)
    if not _same_unit(typed_unit, unit, got["value"], target, findings):
        return None
    return None if value is None else (int(word_at(got, "year")), value)


def _read_steps(node: Node | None, target: str, unit: str, findings: list[Finding]) -> tuple[tuple[int, Figure], ...]:
    if not isinstance(node, Mapping):
        return ()
    steps: list[tuple[int, Figure]] = []
    for key, value_node in node.entries.items():
        year = key.removesuffix("年")
        if not is_year(year):
            advice = "写成 {2026: 94, 2027: 95}。"
            findings.append(
                finding(
                    "PW203", node.keys[key].span, key="分年", expected="四位数的年份", found=f"“{key}”", advice=advice
                )
            )
            continue
        value, typed_unit = _figure(value_node, target, f"{year}年", findings)
        if not _same_unit(typed_unit, unit, value_node, target, findings):
            continue
        if any(year == str(step) for step, _ in steps):
            findings.append(finding("PW109", node.keys[key].span, key=f"{year}年"))
        elif value is not None:
            steps.append((int(year), value))
    return tuple(sorted(steps, key=lambda step: step[0]))


def _read_shares(node: Node | None, target: str, findings: list[Finding]) -> tuple[Share, ...]:
    if not isinstance(node, Mapping):
        return ()
    shares = []
    for name, value_node in node.entries.items():
        value, unit = _figure(value_node, target, name, findings)
        if value is not None:
            shares.append(Share(name=name, figure=value, unit=unit))
    return tuple(shares)


def read_assertions(node: Node | None, findings: list[Finding]) -> tuple[Text, ...]:
    if node is None or (isinstance(node, Scalar) and node.empty):
        return ()
    return tuple(Text(value=item.value, origin=item.span) for item in texts(node, findings, "核验"))


def is_year(value: str) -> bool:
    return len(value) == 4 and value.isascii() and value.isdigit() and 1949 <= int(value) <= 2100
