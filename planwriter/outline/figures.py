"""Figures in an outline: each typed text read in the unit of its target."""

from __future__ import annotations

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Result
from planwriter.language.figures import PLAIN_ADVICE, Refusal, TypedFigure, is_blank, read_figure, settle
from planwriter.model import Figure
from planwriter.source.nodes import Node, Scalar, kind_word


def read_figure_node(node: Node, target: str, key: str, own: str = "") -> Result[tuple[Figure | None, str]]:
    """The figure of a value (95, 96.50, 1.2万, ≥96%), and the unit of its target; None for a dash.

    `own` is the unit that the target has otherwise, "" if none.
    """
    read = _read(node, target, key)
    if read.value is None:
        return Result((None, own), read.findings)
    made = settle(read.value, own)
    if isinstance(made, Refusal):
        typed, place = read.value.typed_unit, node.span
        told = finding("PW470", place, name=target, key=key, typed=typed, unit=own, advice=made.advice)
        return Result((None, own), (told,))
    doubled = _doubled(node, target, made.unit) if made.is_doubled else None
    figure = Figure(value=made.value, bound=read.value.bound, origin=node.span)
    return Result((figure, made.unit), (doubled,) if doubled else ())


def _doubled(node: Node, target: str, unit: str) -> Finding:
    """The finding on a unit that stands at the figure too; the remedy takes it away there."""
    typed = node.value if isinstance(node, Scalar) else ""
    at = typed.find(unit)
    remedy = node.span.replaced_within(typed, at, at + len(unit), "") if typed.count(unit) == 1 else ()
    return finding("PW222", node.span, remedy=remedy, where=f"指标“{target}”", unit=unit)


def read_step_node(node: Node, target: str, key: str, own: str) -> Result[Figure | None]:
    """A yearly figure or the baseline, in the unit of its target: nothing is converted."""
    read = _read(node, target, key)
    if read.value is None:
        return Result(None, read.findings)
    made = settle(read.value, own)
    typed = read.value.typed_unit
    if isinstance(made, Refusal):
        reason, advice = f"这里写的是“{typed}”，指标的单位是“{own}”", f"各年和基期的数都用指标的单位。{made.advice}"
        return Result(None, (finding("PW414", node.span, name=target, reason=reason, advice=advice),))
    if made.unit != own:
        reason, advice = f"这里写了“{typed}”，指标却没有写单位", "各年和基期的数都用指标的单位，只写数字。"
        return Result(None, (finding("PW414", node.span, name=target, reason=reason, advice=advice),))
    return Result(Figure(value=made.value, bound=read.value.bound, origin=node.span))


def read_share_node(node: Node, target: str, key: str, own: str) -> Result[tuple[Figure | None, str]]:
    """A part of a target, and its unit if it is typed at the part: parts may have units of their own."""
    read = _read(node, target, key)
    if read.value is None or read.value.unit:
        return read_figure_node(node, target, key)
    made = read_figure_node(node, target, key, own)
    return Result((made.value[0], ""), made.findings)


def _read(node: Node, target: str, key: str) -> Result[TypedFigure | None]:
    typed = node.value if isinstance(node, Scalar) else ""
    if isinstance(node, Scalar) and is_blank(typed):
        return Result(None)
    read = read_figure(typed) if isinstance(node, Scalar) else Refusal(PLAIN_ADVICE)
    if isinstance(read, TypedFigure):
        return Result(read)
    shown = typed if isinstance(node, Scalar) else kind_word(node)
    return Result(None, (finding("PW410", node.span, name=target, key=key, value=shown, advice=read.advice),))
