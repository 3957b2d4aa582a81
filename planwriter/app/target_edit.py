"""Changes targets, singly or from a sheet: first shows the consequences, then writes all of the change or nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator
from contextlib import contextmanager

from planwriter.app import plans
from planwriter.app.journal.author_files import replace_file
from planwriter.app.journal.journal import Step
from planwriter.app.linked import OpenedWorkbook, OpenWorkbookIn, open_workbook
from planwriter.app.session import Session
from planwriter.app.target_list import TargetSource, open_targets
from planwriter.findings.catalogue import finding, typed
from planwriter.findings.finding import Finding, Pos, Result, Severity, Span, has_errors
from planwriter.findings.report import sort_findings
from planwriter.language.figures import Refusal, Settled, TypedFigure, read_figure, settle
from planwriter.language.units import split_magnitude
from planwriter.plan.changed import ChangedSentence, changed_sentences
from planwriter.sheets.edit_cell import cell_with
from planwriter.sheets.read import MAX_BYTES, read_workbook
from planwriter.source.edit import Uneditable, Value, edit
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence
from planwriter.start.records import dataclass, replace
from planwriter.system import files
from planwriter.system.lock import locked
from planwriter.targets.heads import BASE_YEAR, KEY, NAMES, Path
from planwriter.targets.sheet import (
    FIGURES,
    SheetTargets,
    cells_of,
    choose_sheet,
    csv_text,
    left_sheets,
    parted,
    plain_figure,
    settled_cells,
    targets_in,
)
from planwriter.targets.yearly import adds_up

_UNSETTLED = frozenset(("PW404", "PW406", "PW430"))
"""Errors between figures that may occur temporarily while values are changed one by one."""


_VALUE: Path = ("数值",)

Change = dict[Path, str]
"""New values of one target by path, in the form of cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetEdit:
    """The consequences of setting values; nothing is written yet."""

    path: str
    """The file that changes: the outline, or its workbook."""
    before: bytes
    after: bytes
    values: tuple[tuple[str, str, str, str], ...]
    """For each value: the target's key, its path (分年.2027), before, after."""
    sentences: tuple[ChangedSentence, ...]
    findings: tuple[Finding, ...]
    """The findings on the outline that are new after the change."""


def parse_path(name: str) -> Path | None:
    """The path of 数值, 基期.数值, 分年.2027; None if a target has no such value."""
    path = tuple(name.split("."))
    if len(path) == 2 and path[0] == "分年":
        year = path[1].removesuffix("年")
        return ("分年", year) if re.fullmatch(r"\d{4}", year, re.ASCII) else None
    return path if path in NAMES and path != KEY else None


def path_words() -> tuple[str, ...]:
    """The paths of a target's values that can be set."""
    return (*(".".join(path) for path in NAMES if path != KEY), "分年.2027")


def set_values(
    session: Session, source: TargetSource, changes: dict[str, Change], sheet: SheetTargets | None = None
) -> Result[TargetEdit | None]:
    """The edit that makes `changes` (by target key); None, and findings, if it is refused.

    A change that would make the outline unreadable, or alter anything else in it, is refused. With `sheet`, from which the
    changes come, what is wrong with a value is found in its cell.
    """
    before = {key: cells_of(source.targets.entries[key]) for key in changes if key in source.targets.entries}
    changes = {
        key: {path: text for path, text in change.items() if before.get(key, {}).get(path) != text}
        for key, change in changes.items()
    }
    changes = {
        key: _with_bounds(_without_unit(change, before.get(key, {})), before.get(key, {}))
        for key, change in changes.items()
        if change
    }
    try:
        old = _book_bytes(source) if source.book else source.data
        made = _edit_book(source, old, changes) if source.book else _edit_outline(source, changes)
    except _Refusal as refusal:
        return Result(None, (refusal.finding,))
    data, open_book = (source.data, _opener(source, made)) if source.book else (made, None)
    after = plans.plan_bytes(session, data, files.shown_path(source.path), path=source.path, open_book=open_book)
    new = plans.new_findings(source.plan.findings, after.findings)
    grave = tuple(each for each in new if each.severity is Severity.ERROR and each.code not in _UNSETTLED)
    if grave or after.outline is None:
        grave = tuple(_in_sheets(grave, data, sheet)) if sheet else grave
        names = "、".join([*changes][:3]) + "等" * (len(changes) > 3)
        return Result(None, (*grave, _refused(source, names, "改了以后提纲就读不通了", "照上面的问题换一个值。")))
    documents = source.plan.document, after.document
    sentences = changed_sentences(documents[0], documents[1]) if documents[0] and documents[1] else ()
    values = tuple(
        (key, ".".join(path), before.get(key, {}).get(path, ""), text)
        for key, change in changes.items()
        for path, text in change.items()
    )
    return Result(
        TargetEdit(path=source.own_path, before=old, after=made, values=values, sentences=sentences, findings=new)
    )


def _in_sheets(found: tuple[Finding, ...], data: bytes, sheet: SheetTargets) -> Iterator[Finding]:
    """Findings on values of the outline `data` at the cells of `sheet` from which the values were taken."""
    tree = load_tree(data, "").value
    targets = tree.entries.get("指标") if tree else None
    cells: dict[tuple[int, int], Span] = {}
    for key, node in targets.entries.items() if isinstance(targets, Mapping) else ():
        for path, value in _values_of(node):
            if path in sheet.columns.get(key, {}):
                place = value.span.pos
                cells[place.line, place.column] = sheet.sheet.source.span(sheet.rows[key], sheet.columns[key][path])
    for each in found:
        cell = cells.get((each.pos.line, each.pos.column))
        yield replace(each, pos=cell.pos, source=cell.source, remedy=()) if cell else each


def _values_of(node: Node) -> Iterator[tuple[Path, Node]]:
    """The values of a target by their paths."""
    for key, value in node.entries.items() if isinstance(node, Mapping) else ():
        inner = value.entries.items() if isinstance(value, Mapping) else ()
        yield from (((key, name.removesuffix("年") if key == "分年" else name), each) for name, each in inner)
        yield (key,), value


@contextmanager
def editing(session: Session, path: str) -> Iterator[Result[TargetSource | None]]:
    """The outline at `path` with its targets, while no other process may change the file in which they stand."""
    opened = open_targets(session, path)
    if opened.value is None:
        yield opened
        return
    with locked(opened.value.own_path) as failed:
        if failed is not None:
            yield Result(None, (failed,))
        elif opened.value.book is None and files.read_file(path).value == opened.value.data:
            yield opened
        else:  # changed while we waited
            yield open_targets(session, path)


def write_edit(edited: TargetEdit, command: str) -> tuple[Finding, ...]:
    """Writes the changed file, all of it or nothing; nothing if the file has changed since it was read.

    To be called while `editing`, or while the file is locked. `command` is what the journal calls it: targets set.
    """
    told = [f"{key}　{path}：{before or '（没有）'} → {after}" for key, path, before, after in edited.values]
    return replace_file(edited.path, edited.before, edited.after, Step(command), told)


def _with_bounds(change: Change, before: Change) -> Change:
    """A change in which yearly figures keep the bound that they had: ≥94 becomes ≥95."""
    made = dict(change)
    for path, text in change.items():
        old, new = read_figure(before.get(path, "")), read_figure(text)
        if isinstance(old, TypedFigure) and isinstance(new, TypedFigure) and path[0] in ("分年", "基期"):
            made[path] = new._replace(bound=new.bound or old.bound).plain if path != BASE_YEAR else text
    return made


def _without_unit(change: Change, before: Change) -> Change:
    """A change whose value does not name the unit again that the target has: 12公里 becomes 12."""
    typed, own = read_figure(change.get(_VALUE, "")), change.get(("单位",), before.get(("单位",), ""))
    made = settle(typed, own) if isinstance(typed, TypedFigure) and own else None
    if not isinstance(typed, TypedFigure) or not isinstance(made, Settled) or not made.is_doubled:
        return change
    words = "" if typed.typed_unit == own else typed.words
    return {**change, _VALUE: typed._replace(words=words, unit="").plain}


class _Refusal(Exception):
    def __init__(self, reason: Finding) -> None:
        self.finding = reason


def _refused(source: TargetSource, key: str, reason: str, advice: str = "打开文件，自己改这一处。") -> Finding:
    node = source.targets.keys.get(key)
    return finding(
        "PW424", node.span if node else Pos(files.shown_path(source.own_path)), name=key, reason=reason, advice=advice
    )


def _edit_outline(source: TargetSource, changes: dict[str, Change]) -> bytes:
    value: dict[str, Value] = {key: _wanted(source.targets.entries.get(key), change) for key, change in changes.items()}
    try:
        return edit(source.data, source.tree, {"指标": value}) if value else source.data
    except Uneditable as error:
        raise _Refusal(_refused(source, _culprit(source, value), str(error))) from error


def _culprit(source: TargetSource, value: dict[str, Value]) -> str:
    """The target that caused a refusal: the first that cannot be changed by itself."""
    for key, each in value.items():
        try:
            edit(source.data, source.tree, {"指标": {key: each}})
        except Uneditable:
            return key
    return next(iter(value))


def _wanted(node: Node | None, change: Change) -> Value:
    """New values in the form that the target's mapping has; a unit typed together with its figure stays there."""
    entries = (
        node.entries
        if isinstance(node, Mapping)
        else {"数值": node}
        if isinstance(node, Scalar) and not node.empty
        else {}
    )
    typed = entries.get("数值")
    old = read_figure(typed.value) if isinstance(typed, Scalar) else None
    made: dict[str, Value] = {}
    rest = dict(change)
    if isinstance(old, TypedFigure) and not rest.keys().isdisjoint((("数值",), ("单位",), ("界限",))):
        made.update(_figure_text(old, rest, entries))
    for path, text in rest.items():
        parts = parted(path[0], text)
        value: Value = parts if len(parts) > 1 or isinstance(entries.get(path[0]), Sequence) else text
        if len(path) == 1:
            made[path[0]] = value
            continue
        inner = entries.get(path[0])
        known = inner.entries if isinstance(inner, Mapping) else {}
        into = made.setdefault(path[0], {})
        assert isinstance(into, dict)
        name = f"{path[1]}年" if f"{path[1]}年" in known else path[1]
        before = known.get(name)
        step = read_figure(before.value) if isinstance(before, Scalar) and path != BASE_YEAR else None
        into[name] = _as_typed(step, text) if isinstance(step, TypedFigure) and path[0] in FIGURES else value
    if isinstance(node, Scalar) and not node.empty:
        return made["数值"] if made.keys() == {"数值"} else {"数值": node.value, **made}
    return made


def _figure_text(old: TypedFigure, rest: Change, entries: Container[str]) -> dict[str, Value]:
    """The new text of a figure typed with its unit or its bound, which stay there; takes what it uses out of `rest`."""
    has_unit, has_bound = bool(old.unit) and "单位" not in entries, bool(old.bound) and "界限" not in entries
    new = read_figure(rest.get(("数值",), old.plain))
    if not (has_unit or has_bound) or isinstance(new, Refusal):
        return {}
    rest.pop(("数值",), None)
    if has_unit and ("单位",) in rest:
        magnitude, base = split_magnitude(rest.pop(("单位",)))
        old, new = old._replace(unit=base), new._replace(words=magnitude, unit=base)
    if has_bound and ("界限",) in rest:
        old = new = new._replace(bound=rest.pop(("界限",)))
    return {"数值": _as_typed(old, new.plain)}


def _as_typed(old: TypedFigure, text: str) -> str:
    """A new figure with the unit and the bound that stand at the old one, if it has none of its own."""
    new = read_figure(text)
    if isinstance(new, Refusal):
        return text
    if old.unit and not new.unit:
        magnitude, base = split_magnitude(old.typed_unit)
        new = new._replace(words=new.words or magnitude, unit=base)
    return new._replace(bound=new.bound or old.bound).plain


# in a workbook


def _book_bytes(source: TargetSource) -> bytes:
    read = files.read_file(source.book_path, limit=MAX_BYTES)
    if read.value is None:
        raise _Refusal(read.findings[0])
    return read.value


def _edit_book(source: TargetSource, data: bytes, changes: dict[str, Change]) -> bytes:
    assert source.book is not None
    book = source.book
    for key, change in changes.items():
        for path, text in change.items():
            try:
                data, book = _with_cell(data, book, key, path, text, source.book_path)
            except Uneditable as error:
                advice = "在 WPS 或 Excel 里打开工作簿，自己改这一格。"
                known = book.columns.get(key, ())
                years = [each[1] for each in known if each[0] == "分年" and len(each) > 1]
                missing = path == ("数值",) and path not in {each[:2] for each in known}
                if missing and _adds_up(source, key):
                    advice = "数值是各年的合计，表里没有这一列；改各年的数，或者在表里加一列“数值”。"
                elif missing and years:
                    advice = f"数值取自最后一年，改那一年的：{typed('planwriter', 'targets', 'set', source.path, key, f'分年.{max(years)}={text}')}"
                raise _Refusal(_refused(source, key, str(error), advice)) from error
    return data


def _adds_up(source: TargetSource, key: str) -> bool:
    """True if the value of a target is the sum of its yearly figures."""
    outline = source.plan.outline
    return outline is not None and any(target.key == key and adds_up(target) for target in outline.targets)


def _with_cell(
    data: bytes, book: SheetTargets, key: str, path: Path, text: str, name: str
) -> tuple[bytes, SheetTargets]:
    """The workbook with one value of a target changed in its cell, and the targets read again from it."""
    column = next((at for known, at in book.columns.get(key, {}).items() if known[:2] == path), None)
    if key not in book.rows or column is None:
        raise Uneditable(
            f"表里没有“{key if column is not None else '.'.join(path)}”这一{'行' if column is not None else '列'}"
        )
    row, shown = book.rows[key], book.sheet.rows[book.rows[key]][column]
    wanted = _all_cells(book)
    wanted[key][path] = text
    texts = [text]
    if path[0] in FIGURES and path != BASE_YEAR:
        before = read_figure(shown)
        if isinstance(before, TypedFigure):
            whole = wanted[key][path] = _as_typed(before, text)
            texts = (
                [whole, text] if whole.endswith("%") else [text, whole]
            )  # a number that its format shows with 所 stays one
        wanted[key] = settled_cells(wanted[key])
    for each in texts:
        for made in cell_with(data, book.sheet, row, column, each if book.sheet.name else csv_text(path, each)):
            again = _read_again(made, book, name)
            if again and _all_cells(again) == wanted and _others(again, row, column) == _others(book, row, column):
                return made, again
    raise Uneditable("改了它会牵动别的格子，或者这一格显示不出这个值")


def _all_cells(book: SheetTargets) -> dict[str, dict[Path, str]]:
    return {key: cells_of(node) for key, node in book.mapping.entries.items()}


def _read_again(data: bytes, book: SheetTargets, name: str) -> SheetTargets | None:
    sheets = read_workbook(data, os.path.basename(name)).value
    sheet = next((each for each in sheets if each.name == book.sheet.name), None)
    made = targets_in(sheet, book.year) if sheet else Result(None)
    return None if has_errors(made.findings) else made.value


def _others(book: SheetTargets, row: int, column: int) -> list[list[str]]:
    rows = [[*each] for each in book.sheet.rows]
    rows[row][column] = ""
    return rows


def _opener(source: TargetSource, data: bytes) -> OpenWorkbookIn:
    """Returns a function that opens the outline's workbooks, with the changed one in its new state."""

    def opened(folder: str, name: Scalar) -> OpenedWorkbook:
        if os.path.join(folder, name.value.replace("\\", "/")) == source.book_path:
            return Result(read_workbook(data, name.value).value)
        return open_workbook(folder, name)

    return opened


# sheets written and read back


def read_sheet(path: str, year: int = 0) -> Result[SheetTargets | None]:
    """The targets of a workbook or .csv for a plan that begins in `year`; None, and findings, if any part cannot be read."""
    shown = files.shown_path(path)
    data = files.read_named(path, shown, limit=MAX_BYTES)
    if data.value is None:
        return Result(None, data.findings)
    sheets = read_workbook(data.value, shown)
    sheet = choose_sheet(sheets.value)
    if sheet is None:
        empty = finding("PW122", Pos(shown), file=shown, what="没有内容", advice="先填好表。")
        return Result(None, sheets.findings or (empty,))
    made = targets_in(sheet, year)
    left = left_sheets(sheets.value, made.value) if made.value else ()
    findings = (*sheets.findings, *made.findings, *left)
    return Result(None if has_errors(findings) else made.value, findings)


def matched(source: TargetSource, sheet: SheetTargets) -> SheetTargets:
    """A sheet whose rows have the keys of the outline: a row that has only the name (名称) of a target is that target."""
    named: dict[str, list[str]] = {}
    for key, node in source.targets.entries.items():
        name = node.entries.get("名称") if isinstance(node, Mapping) else None
        if isinstance(name, Scalar) and key not in sheet.rows:
            named.setdefault(name.value, []).append(key)
    keys = {
        name: keys[0]
        for name, keys in named.items()
        if len(keys) == 1 and name in sheet.rows and name not in source.targets.entries
    }
    if not keys:
        return sheet
    return replace(
        sheet,
        mapping=Mapping(
            sheet.mapping.span,
            {keys.get(key, key): node for key, node in sheet.mapping.entries.items()},
            {keys.get(key, key): place for key, place in sheet.mapping.keys.items()},
        ),
        columns={
            keys.get(key, key): {path: at for path, at in each.items() if path != ("名称",) or key not in keys}
            for key, each in sheet.columns.items()
        },
        rows={keys.get(key, key): each for key, each in sheet.rows.items()},
    )


def import_changes(source: TargetSource, sheet: SheetTargets) -> Result[dict[str, Change]]:
    """The values in which a sheet differs from the outline, by target; hints on omitted values, which are kept."""
    changes: dict[str, Change] = {}
    told: list[Finding] = []
    old = {key: cells_of(node) for key, node in source.targets.entries.items()}
    for key, new in _all_cells(sheet).items():
        columns = {path[:2] for path in sheet.columns[key]}
        was = old.get(key, {})
        change = {path: text for path, text in new.items() if was.get(path) != text}
        if change or key not in old:
            changes[key] = change
        for path in columns.intersection(was).difference(new):
            what = f"指标“{key}”的“{'.'.join(path)}”在表里空着（提纲里是“{was[path]}”）"
            told.append(finding("PW425", sheet.mapping.keys[key].span, what=what))
    told += (
        finding("PW425", source.targets.keys[key].span, what=f"表里没有指标“{key}”")
        for key in old
        if key not in sheet.rows
    )
    return Result(changes, sort_findings(told))


def typed_change(changes: dict[Path, str]) -> Change:
    """Values in their plain form: figures without full-width digits and thousands separators."""
    return {
        path: plain_figure(text) if path[0] in FIGURES and path != BASE_YEAR else text for path, text in changes.items()
    }
