"""Composes a clause by itself: its sample must give the declared text (PW353), and every variant must compose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from planwriter.clauses.clause import Clause, Parameter
from planwriter.clauses.parameters import required_parameters
from planwriter.clauses.systems import SCHOOL, TOWNSHIP
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Result
from planwriter.model import Argument, Outline, Part, Region, Section, Text, Use
from planwriter.outline.kind import Kind
from planwriter.plan.compose.compose import ClauseLookup, Composed, FindClause, compose_outline
from planwriter.plan.flow import flow

SAMPLE_REGION, SAMPLE_YEAR = Region(name="青山县", level="县", superior="云岭市"), 2026
"""Samples are written for this invented place, so that no real district's name is shared with a clause, and for this
year, unless the clause needs a different level or year."""
_OF_TEXTS = frozenset(("PW304", "PW308", "PW309", "PW310", "PW311"))
"""Errors of a text or an argument. Targets belong to the outline, and `links` checks uses."""
_SHOWN = 12
Arguments: TypeAlias = "tuple[tuple[Text, Argument], ...]"


def check_sample(clause: Clause, find: FindClause, kinds: tuple[Kind, ...]) -> Iterator[Finding]:
    """The findings on a composed clause, each once: errors in its text and variants, a sample with a different text."""
    yield from dict.fromkeys(_faults(clause, find, kinds))


def _faults(clause: Clause, find: FindClause, kinds: tuple[Kind, ...]) -> Iterator[Finding]:
    wanted = clause.sample.variant if clause.sample else ""
    for variant in dict.fromkeys((wanted, "", *(variant.name for variant in clause.variants))):
        made = _compose(clause, find, kinds, variant)
        errors = [each for each in made.findings if each.code in _OF_TEXTS]
        yield from errors
        if clause.format > 1 and not errors:
            bare = _compose(clause, find, kinds, variant, _needed(clause, variant))
            yield from (each for each in bare.findings if each.code in _OF_TEXTS)
        if clause.sample and clause.sample.text and variant == wanted and not errors:
            yield from _compare(clause, _text(clause, made.value))


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
    place, unit = clause.sample_origin.find("文本"), _unit(clause, region)
    yield finding("PW353", place, clause=clause.identifier, difference=difference, unit=unit, year=_year(clause))


def _needed(clause: Clause, variant: str) -> Arguments:
    """The arguments without which a wording of a clause does not read, from its sample or made up."""
    names = required_parameters(clause, clause.worded(variant))
    return tuple(each for each in _arguments(clause) if each[0].value in names)


def _arguments(clause: Clause) -> Arguments:
    """The arguments of a clause's sample, and fitting ones for what it leaves out."""
    given = clause.sample.arguments if clause.sample else ()
    names = {key.value for key, _ in given}
    return (*given, *(each for each in _examples(clause) if each[0].value not in names))


def _compose(
    clause: Clause, find: FindClause, kinds: tuple[Kind, ...], variant: str, arguments: Arguments | None = None
) -> Result[Composed]:
    """The document of a plan that uses only this clause, with the arguments of its sample or with fitting ones."""
    kind = next((kind for kind in kinds if kind.name in clause.kinds), kinds[0])
    region, year = _region(clause), _year(clause)
    use = Use(
        clause=Text(value=clause.identifier, origin=clause.origin),
        arguments=_arguments(clause) if arguments is None else arguments,
        variant=Text(value=variant, origin=clause.sample_origin or clause.origin) if variant else None,
        origin=clause.origin,
    )
    outline = Outline(
        kind=kind.name,
        unit=_unit(clause, region),
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
    if clause.format > 1 and level in (SCHOOL, TOWNSHIP):
        return Region(name="柳林镇", level="镇", superior=SAMPLE_REGION.name) if level == TOWNSHIP else SAMPLE_REGION
    return Region(name="青山" + ("市" if level == "县级市" else level), level=level, superior=SAMPLE_REGION.superior)


def _unit(clause: Clause, region: Region) -> str:
    """The unit that a clause is composed for: one in charge of everything from format 2 on, or a school."""
    if clause.format < 2:
        return f"{region.name}教育局"
    return f"{region.name}第一中学" if clause.levels[:1] == (SCHOOL,) else f"{region.name}人民政府"


def _year(clause: Clause) -> int:
    first, last = clause.years or (SAMPLE_YEAR, SAMPLE_YEAR)
    if clause.validity:
        first, last = max(first, int(clause.validity.first[:4])), min(last, int(clause.validity.last[:4]))
    return min(max(SAMPLE_YEAR, first), last)


def _examples(clause: Clause) -> Arguments:
    return tuple(
        (Text(value=each.name, origin=each.origin), Text(value=_example(each), origin=each.origin))
        for each in clause.parameters
        if each.default is None
    )


def _example(parameter: Parameter) -> str:
    """A value that fits a parameter."""
    if parameter.type in ("整数", "小数", "百分数"):
        return f"{parameter.minimum if parameter.minimum is not None else min(parameter.maximum or 1, 1)}"
    return {"年份": str(SAMPLE_YEAR), "日期": f"{SAMPLE_YEAR}年9月", "选项": (*parameter.choices, "")[0]}.get(
        parameter.type, parameter.name
    )
