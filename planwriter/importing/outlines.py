"""From a script to outlines: cleaned, split into plans, assembled in the richest way that loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Findings, Pos, Result, Span
from planwriter.importing.assemble import Assembler, Way
from planwriter.importing.clean import clean_script
from planwriter.importing.frame import split_plans
from planwriter.importing.identity import Given, Identity, identify
from planwriter.importing.plan_lines import PlanLines
from planwriter.importing.script import Script, ScriptLine
from planwriter.importing.structure import Keys
from planwriter.importing.texts import Origins, whole_text
from planwriter.importing.verify import is_whole, missing_lines
from planwriter.language.dates import spelled_date
from planwriter.model import Outline
from planwriter.outline.kind import Kind
from planwriter.start.named_tuple import NamedTuple

Render: TypeAlias = Callable[[Outline, Kind], str]
"""Prints an outline as text."""
_ROUNDS = 3
"""How often lines that are not printed as they stand are made paragraphs before a plainer way is taken."""
_SHOWN = 20
_OPTIONS = {"文种": " --kind ", "单位": " --unit ", "地区": " --region ", "年度": " --year ", "起止": " --year "}


class Imported(NamedTuple):
    """An outline made from a file, its kind, and what of it is to be checked, by its key (`write.Notes`)."""

    outline: Outline
    kind: Kind
    notes: dict[object, str]
    way: Way
    lines: tuple[ScriptLine, ...]
    """The lines that it was made from."""
    lost: tuple[ScriptLine, ...] = ()
    """Those of them that it does not print as they are."""
    whole: bool = True
    """True if it prints all of them in their order, and nothing else."""


def import_script(
    script: Script, kinds: tuple[Kind, ...], given: Given, render: Render
) -> Result[tuple[Imported, ...]]:
    """The outlines of the plans in a script, each printing all of its lines; findings say what is doubtful or lost."""
    found = Findings()
    cleaned = found.take(clean_script(script))
    if not cleaned.lines:
        found.append(finding("PW703", Pos(script.name)))
        return found.result(())
    merged = next((line for line in cleaned.lines if line.merges), None)
    if merged is not None:
        found.append(finding("PW711", Pos(script.name, merged.number)))
    origins = Origins(script)
    plans = split_plans(list(cleaned.lines))
    made = []
    for plan in plans:
        identity = identify(plan, kinds, given, plans[0])
        imported = _richest(plan, identity, origins, render)
        found += _doubts(script, plan, identity, imported)
        made.append(imported)
    if len(plans) > 1:
        titles = "、".join(f"《{plan.title_text}》" for plan in plans)
        found.append(finding("PW704", Pos(script.name), count=len(plans), titles=titles))
    return found.result(tuple(made))


def _richest(plan: PlanLines, identity: Identity, origins: Origins, render: Render) -> Imported:
    """The outline made in the first way that prints the lines of a plan as they are."""
    assembler = Assembler(plan=plan, identity=identity, origins=origins)
    last: Imported | None = None
    for way in Way:
        plain: Keys = frozenset()
        for _ in range(_ROUNDS):
            outline = assembler.outline(way, plain)
            if outline is None:
                break
            printed = render(outline, identity.kind)
            whole = is_whole(plan.all, printed)
            lost = () if whole else tuple(missing_lines(plan.all, printed))
            notes: dict[object, str] = dict(identity.doubts.items())
            last = Imported(outline, identity.kind, notes, way, tuple(plan.all), lost, whole)
            if whole:
                return last
            body = {line.key for line in plan.body}
            wrong = {line.key for line in lost if line.key in body} - plain
            if not wrong:
                break
            plain = plain | wrong
    assert last is not None
    return last


def _doubts(script: Script, plan: PlanLines, identity: Identity, imported: Imported) -> Iterator[Finding]:
    """What is not sure about a plan, and the lines that its outline does not print as they are."""
    place = Pos(script.name, (plan.notice_title or plan.title or plan.all)[0].number)
    yield from told_doubts(place, identity, imported.outline)
    frame = imported.outline.frame
    if plan.date and frame and frame.date and "".join(plan.date.text.split()) != frame.date.value:
        typed, place_of_date = plan.date.text.strip(), Pos(script.name, plan.date.number)
        if spelled_date("".join(typed.split())):
            yield finding("PW713", place_of_date, typed=typed, date=frame.date.value)
    if plan.is_framed and imported.way > Way.BODY:
        yield finding("PW706", place)
    if imported.way is Way.PLAIN:
        yield finding("PW707", place)
    if not imported.whole and not imported.lost:
        yield finding("PW702", place, text=whole_text(plan.all[0])[:_SHOWN])
    for line in imported.lost:
        yield finding("PW702", Pos(script.name, line.number), text=whole_text(line)[:_SHOWN])


def told_doubts(place: Span | Pos, identity: Identity, outline: Outline) -> Iterator[Finding]:
    """What is not sure about the kind, the bureau, the region and the years of a plan."""
    for key, doubt in identity.doubts.items():
        yield finding("PW705", place, key=key, doubt=doubt, value=_value(key, outline), option=_OPTIONS[key])


def _value(key: str, outline: Outline) -> str:
    first, last = outline.years
    return {
        "文种": outline.kind,
        "单位": outline.unit,
        "地区": outline.region.name,
        "年度": str(first),
        "起止": f"{first}—{last}",
    }.get(key, "")
