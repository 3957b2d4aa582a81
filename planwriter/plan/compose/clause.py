"""A clause at its place of use: if it fits, its block, the values of its parameters, and what the use overrides."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.clauses.clause import Clause
from planwriter.clauses.parameters import MAX_ARGUMENT, argument_value, meant_percent, required_parameters
from planwriter.clauses.systems import plan_level
from planwriter.fill.optional import is_printed, optional_parts, required_names
from planwriter.fill.plain import NameTable, show
from planwriter.findings.catalogue import near
from planwriter.findings.finding import Cause, Span
from planwriter.model import Argument, Block, Box, Duty, Outline, Paragraph, Rewrite, Section, Text, Use
from planwriter.model.walk import NAMES, walk_texts
from planwriter.plan.compose.texts import Scope, Texts, parameters_in
from planwriter.plan.compose.unset import Unset, is_commitment
from planwriter.start.digests import sha256
from planwriter.start.records import replace


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


MAIN = "常"
"""The name by which a use asks for a clause's main text where it has another for the plan's level."""


def chosen_wording(clause: Clause, use: Use, scope: Scope, texts: Texts, outline: Outline) -> Block:
    """The clause's block in the wording that the use asks for, else in that for the plan's level if it has one."""
    level = plan_level(outline.unit, outline.region.level) if use.variant is None and clause.format > 1 else ""
    wanted = use.variant.value if use.variant else level
    is_main = wanted == MAIN and clause.format > 1
    if use.variant is not None and clause.variant(wanted) is None and not is_main:
        advice = near(use.variant.value, tuple(each.name for each in clause.variants))
        place = use.variant.origin or use.origin
        assert place is not None
        texts.add("PW306", place, scope, clause=clause.identifier, variant=use.variant.value, advice=advice)
    return texts.memo.once(_worded, clause, by=(wanted,))


def _worded(name: str, clause: Clause) -> Block:
    return clause.worded(name)


def argument_values(clause: Clause, block: Block, use: Use, scope: Scope, texts: Texts) -> dict[str, object]:
    """The values of the clause's parameters: given at the place of use, or their defaults.

    A parameter that the wording `block` can do without has none if it is not given.
    """
    given: dict[str, tuple[Text, Argument]] = {
        key.value: (key, value) for key, value in use.arguments if not _is_left_out(value, scope)
    }
    required = texts.memo.once(_required, clause, block)
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
            if texts.trace is not None:
                texts.trace.give(parameter, argument, _sample_of(clause, name))
        elif parameter.default is not None:
            filled, place = texts.fill(parameter.default, scope).value, parameter.default.origin
        elif name not in required:
            continue
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
        percent = meant_percent(parameter, value, _sample_of(clause, name)) if name in given else ""
        if percent and place is not None:
            texts.add("PW511", place, scope, name=name, value=filled, other=percent)
        if problem is not None and place is not None and texts.faults == before:
            shown = filled if isinstance(filled, str) else "、".join(filled)
            texts.add("PW304", place, scope, name=name, expected=problem.expected, value=shown, advice=problem.advice)
    if clause.format > 1:
        _check_printed(clause, block, use, values, scope, texts)
    return values


def _sample_of(clause: Clause, name: str) -> str:
    """The value that a clause's sample gives to a parameter; "" if none."""
    given = clause.sample.arguments if clause.sample else ()
    return next((value.value for key, value in given if key.value == name and isinstance(value, Text)), "")


def _required(clause: Clause, block: Block) -> frozenset[str]:
    return required_parameters(clause, block)


def _is_left_out(argument: Argument, scope: Scope) -> bool:
    """True if a clause hands on a parameter of its own that has no value."""
    if not scope.chain or not isinstance(argument, Text):
        return False
    table = scope.names.get("参数")
    names = parameters_in(argument.value)
    return isinstance(table, NameTable) and bool(names) and not any(name in table.values for name in names)


def _check_printed(
    clause: Clause, block: Block, use: Use, values: dict[str, object], scope: Scope, texts: Texts
) -> None:
    """Reports values that are not printed: the wording does not have them, or needs another value beside them."""
    values_of = frozenset(values)
    printed: set[str] = set()
    waiting: dict[str, tuple[str, ...]] = {}
    for text in (visit.text.value for visit in walk_texts((block,))):
        printed |= required_names(text)
        for part in optional_parts(text):
            if is_printed(part, values_of):
                printed.update(part.names)
            else:
                lacking = tuple(name for name in part.names if name not in values_of)
                waiting.update((name, lacking) for name in part.names)
    if use.broken or use.rewrite or any(_uses_in(block)):
        return
    for key, _ in use.arguments:
        name = key.value
        if name in values_of and name not in printed and key.origin is not None:
            lacking = waiting.get(name, ())
            reason = f"还缺“{'、'.join(lacking)}”" if lacking else "这种写法里没有它"
            advice = f"补上{'、'.join(lacking)}。" if lacking else "换一种写法（变体），或删去这个参数。"
            texts.add("PW318", key.origin, scope, clause=clause.identifier, name=name, reason=reason, advice=advice)


def _uses_in(block: Block) -> Iterator[Use]:
    """The uses of other clauses in a clause's block, to which it may hand its values on."""
    for child in block.children if isinstance(block, Section | Box) else ():
        if isinstance(child, Use):
            yield child
        yield from _uses_in(child)


def clause_scope(clause: Clause, block: Block, use: Use, scope: Scope, texts: Texts) -> Scope:
    """The scope in which the clause's wording `block` is filled: the values of its parameters, and where each comes from."""
    values = argument_values(clause, block, use, scope, texts)
    names = {**scope.names, "参数": NameTable("参数", values)}
    outer = scope.use or use
    if texts.trace is not None:
        texts.trace.enter(names, is_inner=bool(scope.chain))
    inner = Scope(names, (*scope.chain, clause.identifier), outer)
    inner.given = frozenset(values) if clause.format > 1 else None
    if outer.origin is None:
        return inner
    note = f"条款“{clause.identifier}”里的文字"
    inner.cause = Cause(outer.origin, note, clause=clause.identifier)
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


def usual_duty(block: Block, clause: Clause, use: Use, outline: Outline) -> Block:
    """The block with the departments that have its functions (主办, 配合) by the plan's 职能, unless units are named."""
    if not isinstance(block, Section) or block.duty or use.duty or not clause.lead_functions:
        return block
    units = dict(outline.functions)
    lead = tuple(dict.fromkeys(units[each] for each in clause.lead_functions if each in units))
    support = tuple(dict.fromkeys(units[each] for each in clause.support_functions if each in units))
    duty = Duty(lead=lead, support=tuple(each for each in support if each not in lead))
    return replace(block, duty=duty) if lead else block


def filled_argument(argument: Argument, scope: Scope, texts: Texts) -> str | tuple[str, ...]:
    """An argument with its holes filled: a text, or several for a list."""
    if isinstance(argument, Text):
        return texts.fill(argument, scope).value
    return tuple(texts.fill(text, scope).value for text in argument)


def wording_digest(block: Block) -> str:
    """8 hexadecimal digits that identify the words of a clause's wording, without those of the blocks in it."""
    title = block.title.value if isinstance(block, Section) and block.title else ""
    text = block.text.value if isinstance(block, Section | Paragraph) and block.text else ""
    return sha256(f"{title}\n{text}".encode())[:8]


def sound_rewrite(clause: Clause, wording: Block, use: Use, scope: Scope, texts: Texts) -> Rewrite | None:
    """What replaces the words of a clause; reports that they are replaced, and if they have changed since then."""
    rewrite = use.rewrite
    place = (rewrite.origin if rewrite else None) or use.origin
    if rewrite is None or place is None:
        return None
    if not isinstance(wording, Section | Paragraph) or (rewrite.title and not isinstance(wording, Section)):
        what = "它没有标题，不能改写标题" if isinstance(wording, Paragraph) else "它不是一段文字"
        texts.add("PW862", place, scope, clause=clause.identifier, reason=what)
        return None
    texts.add("PW860", place, scope, clause=clause.identifier)
    now = wording_digest(wording)
    if rewrite.wording and rewrite.wording != now:
        texts.add("PW861", place, scope, clause=clause.identifier, digest=now)
    return rewrite


def without_rewritten(wording: Block, rewrite: Rewrite) -> Block:
    """A clause's wording without the words that are replaced, so that nothing is asked for them."""
    if isinstance(wording, Section):
        title, text = None if rewrite.title else wording.title, None if rewrite.text else wording.text
        return replace(wording, title=title, text=text)
    return wording


def rewrite_scope(inner: Scope, scope: Scope) -> Scope:
    """The scope of what replaces the words of a clause: that of the use, and the clause's parameters."""
    names = {**scope.names, "参数": inner.names["参数"]}
    return Scope(names, scope.chain, scope.use, scope.cause, inner.causes, inner.unset)


def rewritten(block: Block, rewrite: Rewrite, own: Scope, texts: Texts) -> Block:
    """A composed block of a clause with the words that are printed instead."""
    if not isinstance(block, Section):
        return block
    return replace(
        block,
        title=texts.fill(rewrite.title, own) if rewrite.title else block.title,
        text=texts.fill(rewrite.text, own) if rewrite.text else block.text,
    )


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
