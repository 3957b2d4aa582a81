"""The table of opinions as a file: what was filled in in it by hand is read again and stays."""

from __future__ import annotations

import os
from collections.abc import Sequence

from planwriter.app import outputs
from planwriter.app.roundtrip.collect import Collected
from planwriter.compare.opinions.opinion_table import FilledRow, OpinionRow, read_rows
from planwriter.compare.opinions.opinions import Opinion
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.sheets.read import MAX_BYTES, read_workbook
from planwriter.start.records import replace
from planwriter.system import files


def with_decisions(collected: Collected, earlier: Sequence[FilledRow]) -> Collected:
    """The opinions with what was filled in in the table that was there before."""
    exact = {each.mark: each for each in reversed(earlier) if each.mark}
    loose: dict[object, list[FilledRow]] = {}
    for each in earlier:
        if each.original is not None:
            loose.setdefault(_wording(each.original), []).append(each)
    used: set[int] = set()
    rows: list[OpinionRow] = []
    for row in collected.rows:
        alike = loose.get(_wording(row.opinion), ())
        found = exact.get(row.mark) or (alike[0] if len(alike) == 1 else None)
        if found is None or found.at in used:
            rows.append(row)
            continue
        used.add(found.at)
        said = found.said if found.is_reworded else ""
        rows.append(replace(row, verdict=found.typed, reason=found.reason, said=said))
    others = [each for each in earlier if each.at not in used]
    kept = tuple(each for each in others if each.is_by_hand)
    return replace(
        collected,
        rows=tuple(rows),
        decided=sum(1 for each in rows if each.verdict or each.reason or each.said),
        kept=kept,
        dropped=len(others) - len(kept),
    )


def _wording(opinion: Opinion) -> object:
    """What two opinions have in common that are the same on two states of a plan."""
    return str(opinion.wish), opinion.old, opinion.new, opinion.label, opinion.row, opinion.column


def read_table(path: str) -> Result[list[FilledRow] | None]:
    """The rows of a table of opinions; None, with a finding, if the file is none."""
    shown = files.shown_path(path)
    data = files.read_named(path, shown, limit=MAX_BYTES + 1)
    if data.value is None:
        return Result(None, data.findings)
    sheets = read_workbook(data.value, shown)
    if not sheets.value:
        return Result(None, sheets.findings)
    rows = read_rows(sheets.value)
    if rows is None:
        return Result(None, (finding("PW826", Pos(shown), file=shown),))
    return Result(rows, sheets.findings)


def write_table(collected: Collected, path: str, *, force: bool) -> Result[Collected]:
    """Writes the table; what was filled in in the one that is there stays, and a copy of that is kept."""
    if not os.path.isfile(path):
        return Result(collected, outputs.write_output(path, collected.workbook(), None, force=force))
    earlier = read_table(path)
    if earlier.value is None:
        refused = outputs.refuse_existing(path)
        return Result(collected, outputs.write_output(path, collected.workbook(), refused, force=force))
    collected = with_decisions(collected, earlier.value)
    data = collected.workbook()
    if outputs.refuse_existing(path, data) is None:
        return Result(collected)
    told: tuple[Finding, ...] = ()
    if any(each.is_by_hand for each in earlier.value):
        copy = outputs.keep_copy(path, "上一次", files.write_new)
        if copy.value is None:
            return Result(collected, copy.findings)
        told = (finding("PW827", Pos(path), file=path, copy=copy.value),)
    return Result(collected, (*told, *outputs.write_output(path, data, None, force=force)))
