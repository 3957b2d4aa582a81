"""An outline and its targets, in its own YAML or in a workbook, and the places that use them."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterator

from planwriter.app import plans
from planwriter.app.libraries import outline_libraries
from planwriter.app.linked import open_workbook
from planwriter.app.session import Session
from planwriter.clauses.uses import uses_in_outline
from planwriter.findings.catalogue import finding, near
from planwriter.findings.finding import Finding, Pos, Result, Severity, Span
from planwriter.model import Target
from planwriter.outline.targets import is_workbook, targets_book
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence
from planwriter.start.records import dataclass, replace
from planwriter.system import files
from planwriter.targets.formulas import complete_targets
from planwriter.targets.sheet import SheetTargets, cells_of

_UNSETTLED = frozenset(("PW404", "PW406"))
"""Errors between figures that may occur temporarily while values are changed one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSource:
    """An outline file with its targets, whose values are typed in its own YAML or in a workbook."""

    path: str
    data: bytes
    plan: plans.Plan
    tree: Mapping
    targets: Mapping
    book: SheetTargets | None = None
    """The workbook's sheet, if the targets come from one."""
    book_path: str = ""

    @property
    def own_path(self) -> str:
        """The file in which a target's value is changed."""
        return self.book_path or self.path

    def key_of(self, name: str) -> Result[str | None]:
        """The key of the target with this key or this unique 名称."""
        if name in self.targets.entries:
            return Result(name)
        called = [key for key, node in self.targets.entries.items() if cells_of(node).get(("名称",)) == name]
        if len(called) == 1:
            return Result(called[0])
        known = (*self.targets.entries, *(cells_of(node).get(("名称",), "") for node in self.targets.entries.values()))
        advice = (
            f"有 {len(called)} 个指标叫这个名称，写键：{'、'.join(called)}。"
            if called
            else near(name, tuple(filter(None, known)))
        )
        return Result(None, (finding("PW423", Pos(self.plan.path), name=name, advice=advice),))


def open_targets(session: Session, path: str) -> Result[TargetSource | None]:
    """The outline at `path` with its targets; None, and findings, if they cannot be read as a whole."""
    shown = files.shown_path(path)
    data = files.read_named(path, shown)
    if data.value is None:
        return Result(None, data.findings)
    plan = plans.plan_bytes(session, data.value, shown, path=path)
    tree = load_tree(data.value, shown, OUTLINE_KEYS)
    own = (
        each
        for each in plan.findings
        if each.pos.file == shown and each.code < "PW200" and each.severity is Severity.ERROR
    )
    unread = tuple(
        each for each in own if each.code not in ("PW101", "PW102")
    )  # a missing workbook, a different encoding
    if tree.value is None or plan.outline is None or unread:
        return Result(None, unread or plan.findings)
    node = tree.value.entries.get("指标")
    made = TargetSource(
        path=path,
        data=data.value,
        plan=plan,
        tree=tree.value,
        targets=node if isinstance(node, Mapping) else Mapping(tree.value.span),
    )
    if not is_workbook(node):
        return Result(made)
    year = plan.outline.years[0]
    book = targets_book(node, functools.partial(open_workbook, os.path.dirname(path)), year)
    file = node.entries["文件"] if isinstance(node, Mapping) else node
    told = tuple(each for each in book.findings if each.severity is Severity.ERROR)
    if book.value is None or told or not isinstance(file, Scalar):
        return Result(None, told)
    book_path = os.path.join(os.path.dirname(path), file.value.replace("\\", "/"))
    return Result(replace(made, targets=book.value.mapping, book=book.value, book_path=book_path))


def plan_years(source: TargetSource) -> tuple[int, ...]:
    """The years for which an export has columns: those of a plan over several years."""
    first, last = source.plan.outline.years if source.plan.outline else (0, 0)
    return tuple(range(first, last + 1)) if first and last > first else ()


def target_errors(source: TargetSource) -> tuple[Finding, ...]:
    """The errors in targets that prevent a complete export."""
    outline = source.plan.outline
    if outline is not None and not any(each.broken for each in outline.targets):
        return ()
    return tuple(each for each in source.plan.findings if each.severity is Severity.ERROR and each.code != "PW412")


# uses of targets


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTarget:
    """A target with all typed and computed values, and the places that use it."""

    target: Target
    uses: tuple[Pos, ...]
    """The places of the outline that cite it, directly or through a clause used there."""


def targets_with_uses(session: Session, source: TargetSource) -> tuple[ListedTarget, ...]:
    """The targets of an outline in the order typed."""
    outline = source.plan.outline
    assert outline is not None
    uses: dict[str, list[Pos]] = {}
    for key, span in _cited(session, source):
        uses.setdefault(key, []).append(span.pos)
    targets = (each for each in complete_targets(outline.targets).value if each.origin is not None)
    return tuple(ListedTarget(target=each, uses=tuple(sorted(set(uses.get(each.key, ()))))) for each in targets)


def _cited(session: Session, source: TargetSource) -> Iterator[tuple[str, Span]]:
    """The targets that texts, formulas, tables and clauses cite, each with its place."""
    keys = sorted(source.targets.entries, key=len, reverse=True)
    either = "|".join(map(re.escape, keys)) or "(?!)"
    name, bare = re.compile(rf"指标\.({either})(?!\w)"), re.compile(rf"(?<!\w)({either})(?!\w)")
    for scalar in _scalars(source.tree):
        yield from (
            (match[1], scalar.span.within(scalar.value, *match.span())) for match in name.finditer(scalar.value)
        )
    for key, node in source.targets.entries.items():
        formula = node.entries.get("公式") if isinstance(node, Mapping) else None
        if isinstance(formula, Scalar):
            yield from ((match[1], formula.span) for match in bare.finditer(formula.value) if match[1] != key)
    outline = source.plan.outline
    assert outline is not None
    for made in outline.attachments:
        if made.made_of == "指标表" and made.origin:
            yield from ((key, made.origin) for key in keys)
    stack = outline_libraries(session, outline, os.path.dirname(source.path)).value
    for use in uses_in_outline(outline):
        clause = stack.find(use.clause.value)
        if clause is not None and clause.node is not None and use.origin:
            yield from ((match[1], use.origin) for each in _scalars(clause.node) for match in name.finditer(each.value))


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    else:
        for each in node.items if isinstance(node, Sequence) else node.entries.values():
            yield from _scalars(each)
