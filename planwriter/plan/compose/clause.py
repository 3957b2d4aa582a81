"""A clause at its place of use: if it fits, its block, the values of its parameters, and what the use overrides."""

from __future__ import annotations

from planwriter.clauses.clause import Clause
from planwriter.clauses.parameters import MAX_ARGUMENT, argument_value, meant_percent
from planwriter.fill.plain import NameTable, show
from planwriter.findings.catalogue import near
from planwriter.findings.finding import Cause, Span
from planwriter.model import Argument, Block, Outline, Paragraph, Section, Text, Use
from planwriter.model.walk import NAMES
from planwriter.plan.compose.texts import Scope, Texts, parameters_in
from planwriter.plan.compose.unset import Unset, is_commitment


def check_fit(clause: Clause, use: Use, scope: Scope, texts: Texts, outline: Outline) -> None:
    """Reports a clause used for a kind of plan, a level or a year that it is not written for."""
    reason = ""
    if clause.kinds and outline.kind not in clause.kinds:
        reason = f"它用于{'、'.join(clause.kinds)}"
    elif clause.levels and outline.region.level and not _level_fits(outline.region.level, clause.levels):
        reason = f"它用于{'、'.join(clause.levels)}一级"
    elif clause.validity and outline.years[0] and not clause.validity.covers_some_of(*outline.years):
        reason = f"它的有效期是 {clause.validity}"
    elif (
        clause.years
        and outline.years[0]
        and not (clause.years[0] <= outline.years[0] and outline.years[1] <= clause.years[1])
    ):
        reason = f"它用于 {clause.years[0]}—{clause.years[1]} 年"
    if reason and use.origin is not None:
        texts.add("PW312", use.origin, scope, clause=clause.identifier, reason=reason)


def _level_fits(level: str, levels: tuple[str, ...]) -> bool:
    """True if a clause for `levels` fits a region of `level`; a 县级市 also takes clauses for a 县 or a 市."""
    return level in levels or (level == "县级市" and ("市" in levels or "县" in levels))


def check_places(clause: Clause, scope: Scope, texts: Texts, outline: Outline) -> None:
    """Reports a shared clause that names the user's place or bureau; `checks.places` finds places elsewhere."""
    own = tuple(name for name in (outline.unit, outline.region.name, outline.region.superior) if len(name) > 2)
    for place, name in texts.memo.lasting(_named_in, clause, by=(own,)):
        texts.add("PW314", place, scope, name=name)


def _named_in(own: tuple[str, ...], clause: Clause) -> tuple[tuple[Span, str], ...]:
    """The places where a clause has one of the names, at most one in each text."""
    found = []
    for text, role in clause.texts():
        name = next((name for name in own if name in text.value), "") if role not in NAMES else ""
        if name and text.origin is not None:
            found.append((text.origin.find(name), name))
    return tuple(found)


def chosen_block(clause: Clause, use: Use, scope: Scope, texts: Texts) -> Block:
    """The clause's block, with the text of the requested variant."""
    if use.variant is None:
        return clause.block
    for name, text in clause.variants:
        if name == use.variant.value:
            return (
                texts.memo.replaced(clause.block, text=text)
                if isinstance(clause.block, (Section, Paragraph))
                else clause.block
            )
    advice = near(use.variant.value, tuple(name for name, _ in clause.variants))
    place = use.variant.origin or use.origin
    assert place is not None
    texts.add("PW306", place, scope, clause=clause.identifier, variant=use.variant.value, advice=advice)
    return clause.block


def argument_values(clause: Clause, use: Use, scope: Scope, texts: Texts) -> dict[str, object]:
    """The values of the clause's parameters: given at the place of use, or their defaults."""
    given: dict[str, tuple[Text, Argument]] = {key.value: (key, value) for key, value in use.arguments}
    declared = {parameter.name: parameter for parameter in clause.parameters}
    for name, (key, _) in given.items():
        if name not in declared and key.origin is not None:
            advice = near(name, tuple(declared), what="它的参数有") if declared else "它不带参数，删去“参数”一行。"
            texts.add("PW305", key.origin, scope, clause=clause.identifier, name=name, advice=advice)
    values: dict[str, object] = {}
    for name, parameter in declared.items():
        before = texts.faults
        if name in given:
            key, argument = given[name]
            filled = filled_argument(argument, scope, texts)
            place = (argument.origin if isinstance(argument, Text) else None) or key.origin or use.origin
        elif parameter.default is not None:
            filled, place = texts.fill(parameter.default, scope).value, parameter.default.origin
        else:
            about = f"（{parameter.about}）" if parameter.about else ""
            if use.origin is not None and not use.broken:
                texts.add("PW303", use.origin, scope, clause=clause.identifier, name=name, about=about)
            values[name] = ""
            continue
        if sum(map(len, filled)) > MAX_ARGUMENT and place is not None:
            texts.add("PW311", place, scope, what=f"参数“{name}”", limit=f"{MAX_ARGUMENT} 字")
            filled = ""
        value, problem = argument_value(parameter, filled)
        values[name] = value
        percent = meant_percent(parameter, value) if name in given else ""
        if percent and place is not None:
            texts.add("PW511", place, scope, name=name, value=filled, other=percent)
        if problem is not None and place is not None and texts.faults == before:
            shown = filled if isinstance(filled, str) else "、".join(filled)
            texts.add("PW304", place, scope, name=name, expected=problem.expected, value=shown, advice=problem.advice)
    return values


def clause_scope(clause: Clause, use: Use, scope: Scope, texts: Texts) -> Scope:
    """The scope in which the clause's texts are filled: the values of its parameters, and where each comes from."""
    values = argument_values(clause, use, scope, texts)
    names = {**scope.names, "参数": NameTable("参数", values)}
    outer = scope.use or use
    inner = Scope(names, (*scope.chain, clause.identifier), outer)
    if outer.origin is None:
        return inner
    note = f"条款“{clause.identifier}”里的文字"
    inner.cause = Cause(outer.origin, note)
    given = {key.value: (key, value) for key, value in use.arguments}
    for parameter in clause.parameters:
        name = parameter.name
        if name in given:
            _trace_argument(name, *given[name], scope, inner)
        elif parameter.default is not None:
            advice = "" if scope.chain else f"这里用的是条款的默认值，可以在“用”下面写：参数: {{{name}: ……}}。"
            inner.causes[name] = Cause(outer.origin, note, advice)
            if not use.broken and is_commitment(parameter.default.value):
                unit = "%" if parameter.type == "百分数" else parameter.unit
                inner.unset[name] = Unset(outer.origin, name, show(values[name]) + unit)
    return inner


def _trace_argument(name: str, key: Text, argument: Argument, scope: Scope, inner: Scope) -> None:
    """Notes in the scope of a clause who set a parameter: the author, or the clause that uses this one."""
    assert inner.cause is not None
    given = (argument,) if isinstance(argument, Text) else argument
    if not scope.chain:
        place = next((text.origin for text in given if text.origin), None) or key.origin
        inner.causes[name] = inner.cause._replace(place=place) if place else inner.cause
        return
    inner.causes[name] = inner.cause
    for passed in (passed for text in given for passed in parameters_in(text.value)):
        inner.causes[name] = scope.causes.get(passed, inner.causes[name])
        if passed in scope.unset:
            inner.unset[name] = scope.unset[passed]


def filled_argument(argument: Argument, scope: Scope, texts: Texts) -> str | tuple[str, ...]:
    if isinstance(argument, Text):
        return texts.fill(argument, scope).value
    return tuple(texts.fill(text, scope).value for text in argument)


def overridden(block: Block, use: Use, scope: Scope, texts: Texts) -> Block:
    """The block with what the use overrides: responsible units, number, and whether the title stands alone."""
    if isinstance(block, Paragraph):
        return texts.memo.replaced(block, duty=texts.duty(use.duty, scope))
    if not isinstance(block, Section):
        return block
    return texts.memo.replaced(
        block,
        duty=texts.duty(use.duty, scope) or block.duty,
        numbering=use.numbering or block.numbering,
        run_in=block.run_in if use.run_in is None else use.run_in,
        identifier=use.identifier or block.identifier,
        clause=use.clause.value,
    )
