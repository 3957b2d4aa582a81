"""Checks what the format of a library asks for: numbers without defaults, sound brackets, samples of every parameter."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.clauses.clause import Clause
from planwriter.clauses.library import FORMAT, Library
from planwriter.fill.optional import bracket_fault
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.model.walk import NAMES
from planwriter.plan.compose.unset import is_commitment


def check_form(clause: Clause) -> Iterator[Finding]:
    """Findings on a clause of format 2: invented numbers (PW359), faulty brackets (PW319), parameters without a sample (PW360)."""
    if clause.format < FORMAT:
        return
    given = {key.value for key, _ in clause.sample.arguments} if clause.sample else set()
    for parameter in clause.parameters:
        if parameter.origin is None:
            continue
        if parameter.default is not None and is_commitment(parameter.default.value):
            value = parameter.default.value
            yield finding("PW359", parameter.origin, clause=clause.identifier, name=parameter.name, value=value)
        lacking = [word for word, said in (("说明", parameter.about),) if not said]
        if parameter.name not in given and parameter.default is None:
            lacking.append("示例里的值")
        if lacking:
            what = f"参数“{parameter.name}”没有{'，也没有'.join(lacking)}"
            yield finding("PW360", parameter.origin, what=what, advice="补上；示例写法：示例: {参数: {名称: 值}}。")
    for text, role in clause.texts():
        at, reason = bracket_fault(text.value) if role not in NAMES else (-1, "")
        if reason and text.origin is not None:
            yield finding("PW319", text.origin.within(text.value, at, at + 1), reason=reason)


def lacking(library: Library) -> str:
    """What a library of format 1 lacks in comparison with the newest; "" if nothing, or if it is of that format."""
    clauses = library.clauses() if library.format < FORMAT else ()
    numbers = sum(
        1 for clause in clauses if any(each.default and is_commitment(each.default.value) for each in clause.parameters)
    )
    counts = (
        ("没有写“适用”", sum(1 for each in clauses if not (each.kinds or each.levels or each.years))),
        ("的参数带着数字的默认值", numbers),
        ("没有“简”的变体", sum(1 for each in clauses if all(variant.name != "简" for variant in each.variants))),
        ("没有依据", sum(1 for each in clauses if not each.basis)),
    )
    told = "；".join(f"{count} 条{what}" for what, count in counts if count)
    return f"{library.shown} 是格式 1 的条款库，照样能用。和格式 2 比，{len(clauses)} 条里有：{told}。" if told else ""
