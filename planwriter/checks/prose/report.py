"""Turns slips into findings: several of one kind in a document are one finding with their number and the first places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwriter.checks.prose.slip import Slip
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Replacement, Span
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import replace

MAX_APART = 3
"""As many slips of one kind have a finding each."""
MAX_RELATED = 5


class PlacedSlip(NamedTuple):
    """A slip, its place, and the remedy if that is certain."""

    slip: Slip
    place: Span | Pos
    remedy: tuple[Replacement, ...] = ()
    where: str = ""
    """Words for the place that the finding begins with."""


def report_slips(found: Iterable[PlacedSlip]) -> Iterator[Finding]:
    """The findings, in the order of the first slip of each kind."""
    kinds: dict[tuple[str, str], list[PlacedSlip]] = {}
    for each in found:
        kinds.setdefault((each.slip.code, each.slip.kind), []).append(each)
    for alike in kinds.values():
        if len(alike) <= MAX_APART:
            for one in alike:
                yield _finding(one, "", one.remedy)
            continue
        first, *others = alike
        related = tuple((_pos(other.place), other.where + other.slip.what) for other in others[:MAX_RELATED])
        remedy = tuple(each for one in alike for each in one.remedy)
        yield _finding(first, f"（共 {len(alike)} 处）", remedy, related)


def _finding(
    one: PlacedSlip, count: str, remedy: tuple[Replacement, ...], related: tuple[tuple[Pos, str], ...] = ()
) -> Finding:
    slip = one.slip
    what = f"{one.where}{slip.what}{count}"
    return finding(slip.code, one.place, remedy=remedy, related=related, what=what, advice=slip.advice)


def _pos(place: Span | Pos) -> Pos:
    return place.pos if isinstance(place, Span) else place


def gather(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, in their order; if one kind of mark (PW501) is wrong in many texts, it is one finding with their number.

    The kind is the beginning of the message: 用了英文引号. The remedies of all texts are those of the one finding.
    """
    found = list(findings)
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for each in found:
        if each.code == _MARKS:
            kinds.setdefault((each.pos.file, _kind_of(each)), []).append(each)
    many = {key: alike for key, alike in kinds.items() if len(alike) > MAX_APART}
    for each in found:
        alike = many.get((each.pos.file, _kind_of(each)), []) if each.code == _MARKS else []
        if not alike:
            yield each
        elif alike[0] is each:
            related = tuple((other.pos, other.message.removesuffix("。")) for other in alike[1 : MAX_RELATED + 1])
            remedy = tuple(part for one in alike for part in one.remedy)
            message = f"{each.message.removesuffix('。')}（共 {len(alike)} 处）。"
            yield replace(each, message=message, related=related, remedy=remedy)


_MARKS = "PW501"


def _kind_of(found: Finding) -> str:
    return found.message.partition("：")[2].partition(" ")[0] or found.message.partition(" ")[0]
