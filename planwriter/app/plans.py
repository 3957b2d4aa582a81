"""Runs the stages from an outline to a numbered document, and collects all findings."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from planwriter.app.libraries import clause_lookup, outline_libraries
from planwriter.app.linked import OpenWorkbookIn, open_picture, open_superior, open_workbook
from planwriter.app.session import Session
from planwriter.app.settings import apply_levels
from planwriter.checks.citations import check_citations
from planwriter.checks.outline import check_outline
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import MAX_FINDINGS, Finding, Pos, Result, has_errors
from planwriter.findings.report import soften, sort_findings
from planwriter.model import Document, Outline, Section, Use
from planwriter.model.memo import Memo
from planwriter.model.walk import walk, walk_plan
from planwriter.outline.kind import Kind, find_kind
from planwriter.outline.read import misnamed_parts, read_outline
from planwriter.plan.compose.compose import Composed, compose_outline
from planwriter.plan.number import number_document
from planwriter.source import keys
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Scalar
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass, replace
from planwriter.start.typing import TYPE_CHECKING, TypeVar
from planwriter.system import files

if TYPE_CHECKING:
    from planwriter.clauses.stack import LibraryStack
    from planwriter.outline.rows import Row

T = TypeVar("T")


class LoadedOutline(NamedTuple):
    """An outline file as a tree, before anything is read from it."""

    tree: Result[Mapping | None]
    shown: str
    """Its name in findings."""
    path: str = ""
    """Where it is; the files that it names are looked for beside it."""
    typed: bytes = b""
    """The file itself."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The results of the stages that an outline file passed, and every finding."""

    path: str
    outline: Outline | None = None
    kind: Kind | None = None
    document: Document | None = None
    findings: tuple[Finding, ...] = ()
    typed: bytes = b""
    """The outline file."""
    draft: bool = False
    unit: str = ""
    """The units that the document is cut down to, as typed; "" if it is whole."""
    row: str = ""
    """The row of a sheet that it is made for; "" for none."""

    @property
    def sound(self) -> bool:
        """True if the document was made and no finding is an error."""
        return self.document is not None and not has_errors(self.findings)


def plan_file(session: Session, path: str, *, draft: bool = False, shown: str = "") -> Plan:
    """Makes the numbered document of an outline file, with every finding; writes nothing.

    With `draft`, unfinished parts (missing or empty) are warnings. `shown` is its name in findings if that is not its path.
    """
    shown = files.shown_path(shown or path)
    data = files.read_named(path, shown)
    if data.value is None:
        return Plan(shown, findings=data.findings)
    return plan_bytes(session, data.value, shown, draft=draft, path=path)


def plan_bytes(
    session: Session,
    data: bytes,
    shown: str,
    *,
    draft: bool = False,
    path: str = "",
    open_book: OpenWorkbookIn | None = None,
) -> Plan:
    """Like `plan_file`, for an outline in memory; `shown` is its name in findings.

    `open_book` opens the workbooks that it names, instead of those on the disk.
    """
    loaded = LoadedOutline(session.load_outline(data, shown), shown, path, data)
    return plan_tree(session, loaded, draft=draft, open_book=open_book)


def read_bytes(session: Session, data: bytes, shown: str) -> Result[Outline | None]:
    """The outline in a file in memory, with what is found in reading it; it is neither checked nor composed."""
    tree = load_tree(data, shown, keys.OUTLINE_KEYS)
    kinds = session.kinds()
    if tree.value is None or not kinds.value:
        return Result(None, (*kinds.findings, *tree.findings))
    read = read_outline(tree.value, kinds.value, session.settings.defaults, memo=session.memo)
    if read.value is None:
        return Result(None, (*tree.findings, *read.findings))
    return Result(read.value[0], (*tree.findings, *read.findings))


def plan_tree(
    session: Session,
    loaded: LoadedOutline,
    *,
    draft: bool = False,
    row: Row | None = None,
    open_book: OpenWorkbookIn | None = None,
) -> Plan:
    """Like `plan_bytes`, for an outline that is loaded; the cells of `row` are laid over it and may be cited."""
    tree, shown = loaded.tree.value, loaded.shown
    word = _kind_word(tree) if tree is not None and row is None else ""  # a row may hold another kind
    kinds = session.kinds_for(word)
    findings = [*kinds.findings, *session.settings.findings, *loaded.tree.findings]
    outline = kind = document = None
    if tree is not None and kinds.value:
        if row is not None:
            from planwriter.outline.rows import lay_row

            tree = lay_row(tree, row)
        folder = os.path.dirname(loaded.path)
        read = _read(session, tree, kinds.value, folder, row, open_book)
        findings += read.findings
        if read.value is not None:
            outline, kind = read.value
            findings += _check_read(session, outline, kind, tree, kinds.value, folder)
            reviewed = session.reviewed_uses(loaded.path)
            made = plan_outline(session, outline, kind, folder=folder, reviewed=reviewed)
            document = made.value[1]
            is_torn = has_errors(loaded.tree.findings)  # then a parameter may be lost
            findings += (each for each in made.findings if each.code != "PW316" or not is_torn)
            findings += _check_composed(made.value, outline, session.memo)
            findings += check_citations(outline, made.value[0].cited_targets, torn=has_errors(findings))
            findings += _check_superior(session, outline, folder)
    own = (each if not each.remedy or each.pos.file == shown else replace(each, remedy=()) for each in findings)
    ordered = tuple(apply_levels(_bounded(_gathered(sort_findings(own)), shown), session.settings.levels))
    if draft and document is not None and any(each.code == "PW316" for each in findings):
        from planwriter.plan.unset_marks import mark_unset

        document = mark_unset(document)
    told = f"{os.path.basename(row.source.name)} 第{row.number}行" if row is not None else ""
    return Plan(shown, outline, kind, document, soften(ordered) if draft else ordered, loaded.typed, draft, "", told)


def _read(
    session: Session,
    tree: Mapping,
    kinds: tuple[Kind, ...],
    folder: str,
    row: Row | None,
    open_book: OpenWorkbookIn | None,
) -> Result[tuple[Outline, Kind] | None]:
    """The outline in a tree and its kind; the files that it names are opened in `folder`."""
    memo = session.memo
    books = memo.once(_inside, open_book or open_workbook, by=(folder,))
    pictures = memo.once(_inside, open_picture, by=(folder,))
    read = read_outline(tree, kinds, session.settings.defaults, books, pictures, row, memo)
    if read.value is None or row is None:
        return read
    outline, kind = read.value
    return Result((replace(outline, row=row.cited), kind), read.findings)


def _check_read(
    session: Session, outline: Outline, kind: Kind, tree: Mapping, kinds: tuple[Kind, ...], folder: str
) -> Iterator[Finding]:
    """What the rules find in an outline before it is composed."""
    if find_kind(_kind_word(tree), kinds) is not None:
        lost = (*tree.lost, *misnamed_parts(tree, kind))
        yield from check_outline(outline, kind, lost=lost, memo=session.memo)
    yield from _check_prose(session, outline)
    yield from _check_layout(session, outline, tree, folder)


def _inside(folder: str, opens: Callable[[str, Scalar], T]) -> Callable[[Scalar], T]:
    """A function that opens the files which an outline in `folder` names."""
    return functools.partial(opens, folder)


def _kind_word(tree: Mapping) -> str:
    node = tree.entries.get("文种")
    return node.value if isinstance(node, Scalar) else ""


def _check_layout(session: Session, outline: Outline, tree: Mapping, folder: str) -> tuple[Finding, ...]:
    node = tree.entries.get("版式") or session.settings.defaults.nodes.get("layout")
    if node is None:
        return ()
    from planwriter.layout.find import check_layout

    return check_layout(outline.layout, session.workspace, node.span, folder)


def _check_prose(session: Session, outline: Outline) -> tuple[Finding, ...]:
    from planwriter.checks.prose.outline import check_prose

    terms = session.own_terms()
    found = check_prose(outline, functools.partial(_charset, session, outline), session.memo, terms.value)
    return (*terms.findings, *found)


def _charset(session: Session, outline: Outline) -> str:
    """The character set of the font of the outline's body: gb2312, gbk, or "" if it is unknown."""
    from planwriter.checks.prose.characters import charset_of
    from planwriter.layout.find import load_layout

    stored = session.memo.lasting(load_layout, by=(outline.layout, session.workspace)).value
    fonts = [role.font for role in stored.layout.roles if role.name == "body"] if stored else []
    return charset_of(fonts[0]) if fonts else ""


def _gathered(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings; many of one kind of mark are one."""
    from planwriter.checks.prose.report import gather

    return tuple(gather(findings))


_FEWEST_BLOCKS = 10
"""A plan with fewer numbered blocks is not judged as a whole."""


def _check_sameness(document: Document, outline: Outline, stack: LibraryStack, memo: Memo) -> tuple[Finding, ...]:
    """The finding on what makes the items of a plan look alike."""
    blocks = (visit.block for part in document.parts for visit in walk(part.blocks))
    numbered = (block for block in blocks if isinstance(block, Section))
    if sum(1 for _ in islice(numbered, _FEWEST_BLOCKS)) < _FEWEST_BLOCKS:
        return ()
    from planwriter.checks.sameness import check_sameness

    return tuple(check_sameness(document, outline, lambda: _at_full_length(outline, stack), memo))


def _at_full_length(outline: Outline, stack: LibraryStack) -> list[str]:
    """The clauses that an outline uses at full length, and that have a short wording (简)."""
    blocks = (visit.block for visit in walk_plan(outline))
    used = dict.fromkeys(block.clause.value for block in blocks if isinstance(block, Use) and block.variant is None)
    clauses = (stack.find(name) for name in used)
    return [each.identifier for each in clauses if each and any(variant.name == "简" for variant in each.variants)]


def _check_composed(made: tuple[Composed, Document], outline: Outline, memo: Memo) -> Iterator[Finding]:
    from planwriter.checks.composed import check_composed

    composed, document = made
    return check_composed(document, composed.targets, outline, memo)


def _check_superior(session: Session, outline: Outline, folder: str) -> tuple[Finding, ...]:
    """Compares the plan's targets with those of the superior plan, if the outline names one."""
    name = outline.superior
    if name is None or name.origin is None:
        return ()
    above = open_superior(session, outline, folder)
    if above.value is None:
        return above.findings
    from planwriter.targets.align import check_alignment

    return (*above.findings, *check_alignment(outline, above.value))


def new_findings(before: tuple[Finding, ...], after: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings on an outline that it has only after a change."""
    from collections import Counter

    known = Counter((each.code, each.message) for each in before)
    new = []
    for each in after:
        known[each.code, each.message] -= 1
        if known[each.code, each.message] < 0:
            new.append(each)
    return tuple(new)


def check_together(plans: Iterable[Plan]) -> tuple[Finding, ...]:
    """The findings on plans that are read together: targets of one bureau that disagree.

    A plan is done with when the next one is asked for.
    """
    outlines = (plan.outline for plan in plans if plan.outline is not None)
    from planwriter.targets.disagreement import check_disagreement

    return tuple(check_disagreement(outlines))


def _bounded(findings: tuple[Finding, ...], shown: str) -> tuple[Finding, ...]:
    """The first findings, up to a limit; if there are more, a further finding says so."""
    if len(findings) <= MAX_FINDINGS:
        return findings
    return (*findings[:MAX_FINDINGS], finding("PW119", Pos(shown), limit=MAX_FINDINGS))


def plan_outline(
    session: Session,
    outline: Outline,
    kind: Kind,
    *,
    folder: str = "",
    reviewed: dict[str, str] | None = None,
) -> Result[tuple[Composed, Document]]:
    """The composed and the numbered document of an outline in memory, for example after a change of a target.

    `reviewed` has the fingerprints of clauses at the last review of their uses; clauses that have changed since are
    reported.
    """
    memo = session.memo
    memo.next_document()
    stack = outline_libraries(session, outline, folder)
    composed = compose_outline(outline, kind, clause_lookup(stack.value), memo)
    numbered = number_document(composed.value.document, memo)
    told = [each for library in stack.value.opened for each in library.findings]
    findings = (*stack.findings, *told, *stack.value.findings, *composed.findings, *numbered.findings)
    findings = (*findings, *_check_sameness(numbered.value, outline, stack.value, memo))
    if reviewed:
        findings = (*findings, *_unreviewed(outline, stack.value, reviewed))
    return Result((composed.value, numbered.value), findings)


def _unreviewed(outline: Outline, stack: LibraryStack, reviewed: dict[str, str]) -> Iterator[Finding]:
    """A finding at each use of a clause that has changed since the use was reviewed."""
    from planwriter.clauses.uses import fingerprint, uses_in_outline

    for use in uses_in_outline(outline):
        clause = stack.find(use.clause.value)
        known = reviewed.get(use.clause.value)
        if clause is not None and known and use.origin and fingerprint(clause, stack.find) != known:
            yield finding("PW327", use.origin, clause=clause.identifier)
