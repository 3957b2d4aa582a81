"""Brings the filled-in values of an outline into the .docx that was made of it and edited since."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator

from planwriter.app import outputs, plans
from planwriter.app.journal.author_files import replace_file
from planwriter.app.journal.journal import Step
from planwriter.app.journal.rendered import last_render
from planwriter.app.session import Session
from planwriter.compare.tracked.refresh import Refreshed, RefreshedValue, RefreshState, refresh
from planwriter.compare.versions.from_plan import shown_items, version_of_plan
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Findings, Pos, Result
from planwriter.model import Document, Table
from planwriter.plan.flow import Grid
from planwriter.start.records import dataclass
from planwriter.system import files
from planwriter.system.lock import locked
from planwriter.system.zip_bounds import DOCX
from planwriter.writers.docx.record import Record, decode, record_of_docx, record_text


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshPlan:
    """A .docx as it is, and what becomes of it."""

    path: str
    before: bytes
    refreshed: Refreshed

    @property
    def after(self) -> bytes:
        """The file with its new values."""
        return self.refreshed.data


def plan_refresh(session: Session, outline: str, docx: str, *, plain: bool = False) -> Result[RefreshPlan | None]:
    """What becomes of the .docx if it gets the values of the outline; nothing is written. None if that cannot be told."""
    found = Findings()
    shown = files.shown_path(docx)
    data = found.take(files.read_named(docx, shown, limit=DOCX.packed))
    if data is None:
        return found.result(None)
    record = found.take(record_of_docx(data, shown)) or _kept_record(docx, outline)
    if record is None:
        found += (finding("PW885", Pos(shown), file=shown, reason="里面没有生成时留下的记录，旁边也没有留底"),)
        return found.result(None)
    made = record.made
    if made.outline not in ("", os.path.basename(outline)):
        reason = f"它是“{made.outline}”生成的，不是这份提纲（提纲改过名的，先改回“{made.outline}”）"
        found += (finding("PW885", Pos(shown), file=shown, reason=reason),)
        return found.result(None)
    if made.row:
        found += (finding("PW885", Pos(shown), file=shown, reason=f"它是按“{made.row}”成批生成的"),)
        return found.result(None)
    plan = plans.plan_file(session, outline, draft=made.draft)
    plan = outputs.extract(plan, made.unit) if made.unit else plan
    if not plan.sound or plan.document is None:
        found += plan.findings
        return found.result(None)
    current = version_of_plan(plan.document, files.shown_path(outline))
    cells = _filled_cells(plan.document)
    digest = outputs.made_from(plan).digest
    refreshed = found.take(refresh(data, shown, record, current, cells, plain=plain, digest=digest))
    if refreshed is None:
        return found.result(None)
    found += tuple(_left(refreshed.values, shown))
    return found.result(RefreshPlan(path=docx, before=data, refreshed=refreshed))


def _kept_record(docx: str, outline: str) -> Record | None:
    """The record that was kept when a file was made that has lost its own."""
    kept = last_render(docx, outline)
    text = (kept.record or record_text(kept.docx)) if kept is not None else None
    return decode(text) if text else None


def _filled_cells(document: Document) -> dict[int, Collection[tuple[int, int]]]:
    """The cells of tables that are filled in, by the numbers of the tables among what is shown: {{ }}, or made by planwriter."""
    made: dict[int, Collection[tuple[int, int]]] = {}
    for at, item in enumerate(shown_items(document)):
        if isinstance(item, Grid) and isinstance(item.block, Table):
            made[at] = {
                (row, column)
                for row, cells in enumerate(item.block.rows)
                for column, cell in enumerate(cells)
                if cell.origin is None or cell.filling is not None
            }
    return made


_REASONS = {RefreshState.LOST: "文件里没有这一处了", RefreshState.UNWRITTEN: ""}


def _left(values: tuple[RefreshedValue, ...], shown: str) -> Iterator[Finding]:
    """A finding for each value that is not in the file."""
    for each in values:
        place = Pos(shown, each.paragraph)
        old, new, where = each.old.strip() or "（空）", each.new.strip() or "（空）", each.where
        if each.state is RefreshState.HAND:
            yield finding("PW883", place, where=where, old=old, new=new, found=each.found)
        elif each.state in _REASONS:
            reason = _REASONS[each.state] or each.found
            yield finding("PW884", place, where=where, old=old, new=new, reason=reason.rstrip("。"))


def write_refreshed(plan: RefreshPlan, target: str = "", *, force: bool = False) -> Result[str]:
    """Writes the file, all of it or nothing, to `target`, or in its place, so that it can be undone.

    If the journal cannot take the file as it was, a copy of that is put beside, and its path is the result.
    """
    if target:
        refused = outputs.refuse_existing(target, plan.after)
        return Result("", outputs.write_output(target, plan.after, refused, force=force))
    told = [
        f"{each.where}：{each.old} → {each.new}" for each in plan.refreshed.values if each.state is RefreshState.DONE
    ]
    with locked(plan.path) as failed:
        if failed is not None:
            return Result("", (failed,))
        copy = outputs.keep_copy(plan.path, "刷新前", files.write_new)
        if copy.value is None:
            return Result("", copy.findings)
        written = replace_file(plan.path, plan.before, plan.after, Step("refresh"), told)
        if written:
            return Result(copy.value, (*copy.findings, *written))
        gone = files.delete_file(copy.value)
        return Result(copy.value if gone else "")
