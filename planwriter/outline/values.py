"""The values that blocks of outlines and clauses have in common: texts, responsible units, arguments."""

from __future__ import annotations

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Findings, Result
from planwriter.language.unit_names import needs_splitting, unit_names
from planwriter.model import Argument, Duty, Text
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence, kind_word
from planwriter.source.schema import texts

_NO_TEXT: Result[Text | None] = Result(None)
_NO_TEXTS: Result[tuple[Text, ...]] = Result(())
_NO_DUTY: Result[Duty | None] = Result(None)


def make_text(node: Scalar) -> Text:
    """The text of a scalar, with its place."""
    return Text(value=node.value, origin=node.span)


def text_of(node: Node | None) -> Text | None:
    """The text of a scalar; None if the node is anything else, or empty."""
    return make_text(node) if isinstance(node, Scalar) and not node.empty else None


def read_texts(node: Node | None, key: str) -> Result[tuple[Text, ...]]:
    """The texts of a value that is a text or a list of texts; `key` names it in findings."""
    if node is None:
        return _NO_TEXTS
    read = texts(node, key)
    return Result(tuple([make_text(item) for item in read.value]), read.findings)


def read_paragraphs(node: Node | None, key: str) -> Result[Text | None]:
    """The paragraphs of a text, or of a list of texts, as one text; None if there is none."""
    if node is None:
        return _NO_TEXT
    if isinstance(node, Scalar):
        return Result(text_of(node))
    read = texts(node, key)
    joined = "\n".join(scalar.value for scalar in read.value)
    return Result(Text(value=joined, origin=node.span) if read.value else None, read.findings)


def read_duty(got: dict[str, Node]) -> Result[Duty | None]:
    """The responsible units and the deadline of a block, from its checked values; None if it has neither."""
    if "lead" not in got and "support" not in got and "deadline" not in got:
        return _NO_DUTY
    return duty_of(got.get("lead"), got.get("support"), got.get("deadline"))


def duty_of(lead: Node | None, support: Node | None, deadline: Node | None) -> Result[Duty | None]:
    """The responsible units and the deadline of a block, from the values of their keys; None if all are empty."""
    leads, supports = read_texts(lead, "责任单位"), read_texts(support, "配合单位")
    duty = Duty(lead=_units(leads.value), support=_units(supports.value), deadline=text_of(deadline))
    is_empty = not (duty.lead or duty.support or duty.deadline)
    return Result(None if is_empty else duty, (*leads.findings, *supports.findings))


def _units(texts: tuple[Text, ...]) -> tuple[Text, ...]:
    """The units of a duty; a text that lists them otherwise than official prose does (【甲股】/乙股) becomes a text for each."""
    if not any(needs_splitting(text.value) for text in texts):
        return texts
    made: list[Text] = []
    for text in texts:
        if text.origin is None or "{{" in text.value or not needs_splitting(text.value):
            made.append(text)
        else:
            made += [Text(value=name, origin=text.origin.find(name)) for name in unit_names(text.value)]
    return tuple(made)


def read_arguments(node: Node | None) -> Result[tuple[tuple[Text, Argument], ...]]:
    """The arguments of a clause use, in the order typed."""
    found = Findings()
    made: list[tuple[Text, Argument]] = []
    for name, value in node.entries.items() if isinstance(node, Mapping) else ():
        key = make_text(node.keys[name]) if isinstance(node, Mapping) else Text(value=name)
        if isinstance(value, Scalar):
            made.append((key, make_text(value)))
        elif isinstance(value, Sequence):
            made.append((key, found.take(read_texts(value, name))))
        else:
            shown, advice = kind_word(value), "每个参数写一个值。"
            found.append(finding("PW203", value.span, key=name, expected="文字或数", found=shown, advice=advice))
    return found.result(tuple(made))
