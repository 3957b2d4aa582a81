"""Applies all rules on an outline as typed: skeleton, texts, duties and targets."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.added_words import check_added_words
from planwriter.checks.deadlines import check_deadlines
from planwriter.checks.duties import check_duties
from planwriter.checks.frame import check_frame
from planwriter.checks.skeleton import check_skeleton
from planwriter.checks.texts import check_texts
from planwriter.checks.title_years import check_title_years
from planwriter.checks.typed_duties import check_typed_duties
from planwriter.checks.unit_names import check_unit_names
from planwriter.findings.finding import Finding
from planwriter.model import Outline
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.outline.kind import Kind
from planwriter.targets.formulas import complete_targets
from planwriter.targets.rules import check_targets


def check_outline(
    outline: Outline, kind: Kind, *, lost: tuple[str, ...] = (), memo: Memo = NO_MEMO
) -> Iterator[Finding]:
    """Every finding on the outline as a whole.

    `lost` names entries that could not be parsed, or parts under a wrong name: they are not reported as missing.
    """
    targets = memo.once(complete_targets, outline.targets).value
    yield from check_skeleton(outline, kind, lost, memo)
    yield from check_texts(outline, targets, memo)
    yield from check_duties(outline, memo)
    yield from check_unit_names(outline, memo)
    yield from check_typed_duties(outline, memo)
    yield from check_deadlines(outline, memo)
    yield from check_frame(outline)
    yield from check_title_years(outline)
    yield from check_added_words(outline, memo)
    yield from check_targets(targets, outline.years, memo)
    if outline.assertions:
        from planwriter.targets.assertions import check_assertions

        yield from check_assertions(outline.assertions, targets)
