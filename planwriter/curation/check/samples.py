"""Composes a clause by itself: its sample must give the declared text (PW353), and every variant must compose."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.clauses.clause import Clause, Parameter
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Result
from planwriter.model import Argument, Outline, Part, Region, Section, Text, Use
from planwriter.outline.kind import Kind
from planwriter.plan.compose.compose import ClauseLookup, Composed, FindClause, compose_outline
from planwriter.plan.flow import flow

PLACE, SUPERIOR, YEAR = "青山", "云岭市", 2026
"""Samples are composed for 青山县教育局 in 云岭市 and for 2026, unless the clause needs a different level or year."""
_OF_TEXTS = frozenset(("PW304", "PW308", "PW309", "PW310", "PW311"))
"""Errors of a text or an argument. Targets belong to the outline, and `links` checks uses."""
_SHOWN = 12


def check_sample(clause: Clause, find: FindClause, kinds: tuple[Kind, ...]) -> Iterator[Finding]:
    """The findings on a composed clause, each once: errors in its text and variants, a sample with a different text."""
    yield from dict.fromkeys(_faults(clause, find, kinds))


def _faults(clause: Clause, find: FindClause, kinds: tuple[Kind, ...]) -> Iterator[Finding]:
    wanted = clause.sample.variant if clause.sample else ""
    for variant in dict.fromkeys((wanted, "", *(variant.name for variant in clause.variants))):
        made = _compose(clause, find, kinds, variant)
        errors = [each for each in made.findings if each.code in _OF_TEXTS]
        yield from errors
        if clause.sample and variant == wanted and not errors:
            yield from _compare(clause, _text(clause, made.value))


def sample_text(clause: Clause, find: FindClause, kinds: tuple[Kind, ...]) -> str:
    """The text that a clause's sample gives, one line for each paragraph, without labels and without a run-in title."""
    variant = clause.sample.variant if clause.sample else ""
    return _text(clause, _compose(clause, find, kinds, variant).value)


def _compare(clause: Clause, text: str) -> Iterator[Finding]:
    assert clause.sample is not None
    told = clause.sample.text
    if text == told or clause.sample_origin is None:
        return
    at = next(
        (nth for nth, (one, other) in enumerate(zip(text, told, strict=False)) if one != other),
        min(len(text), len(told)),
    )
    shown, given = (each[at : at + _SHOWN] or "（到此为止）" for each in (told, text))
    difference = f"第 {at + 1} 字起，示例写的是“{shown}”，条款给出的是“{given}”"
    region = _region(clause)
    place, unit = clause.sample_origin.find("文本"), f"{region.name}教育局"
    yield finding("PW353", place, clause=clause.identifier, difference=difference, unit=unit, year=_year(clause))


def _compose(clause: Clause, find: FindClause, kinds: tuple[Kind, ...], variant: str) -> Result[Composed]:
    """The document of a plan that uses only this clause, with the arguments of its sample or with fitting ones."""
    kind = next((kind for kind in kinds if kind.name in clause.kinds), kinds[0])
    region, year = _region(clause), _year(clause)
    use = Use(
        clause=Text(value=clause.identifier, origin=clause.origin),
        arguments=clause.sample.arguments if clause.sample else _examples(clause),
        variant=Text(value=variant, origin=clause.sample_origin or clause.origin) if variant else None,
        origin=clause.origin,
    )
    outline = Outline(
        kind=kind.name,
        unit=f"{region.name}教育局",
        region=region,
        years=(year, year + max(kind.span, 1) - 1),
        title=Text(value="题"),
        parts=(Part(role=kind.roles[0], blocks=(use,)),),
        numbering=kind.numbering,
        duty_note=kind.duty_note,
        layout=kind.layout,
        origin=clause.origin,
    )
    return compose_outline(outline, kind, ClauseLookup(find=find, identifiers=tuple))


def _text(clause: Clause, composed: Composed) -> str:
    items = list(flow(composed.document))[1:]
    lines = ["".join(run.text for run in getattr(item, "runs", ())) for item in items]
    block = clause.block
    if isinstance(block, Section) and block.title and not block.children and lines:
        lines[0] = lines[0].removeprefix(block.title.value + "。")
    return "\n".join(lines)


def _region(clause: Clause) -> Region:
    level = "县" if not clause.levels or "县" in clause.levels else clause.levels[0]
    return Region(name=PLACE + ("市" if level == "县级市" else level), level=level, superior=SUPERIOR)


def _year(clause: Clause) -> int:
    first, last = clause.years or (YEAR, YEAR)
    if clause.validity:
        first, last = max(first, int(clause.validity.first[:4])), min(last, int(clause.validity.last[:4]))
    return min(max(YEAR, first), last)


def _examples(clause: Clause) -> tuple[tuple[Text, Argument], ...]:
    return tuple(
        (Text(value=each.name, origin=each.origin), Text(value=_example(each), origin=each.origin))
        for each in clause.parameters
        if each.default is None
    )


def _example(parameter: Parameter) -> str:
    """A value that fits a parameter."""
    if parameter.type in ("整数", "小数", "百分数"):
        return f"{parameter.minimum if parameter.minimum is not None else min(parameter.maximum or 1, 1)}"
    return {"年份": str(YEAR), "日期": f"{YEAR}年9月", "选项": (*parameter.choices, "")[0]}.get(
        parameter.type, parameter.name
    )
