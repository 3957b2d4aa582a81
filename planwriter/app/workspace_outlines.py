"""The outlines of a workspace with their libraries, and the changes that a different library version makes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from planwriter.app import plans
from planwriter.app.libraries import clause_lookup, outline_libraries
from planwriter.app.session import Session
from planwriter.clauses.library import Library
from planwriter.clauses.stack import LibraryStack
from planwriter.clauses.uses import fingerprint, uses_in_outline
from planwriter.findings.finding import Finding, Pos, Result, Severity
from planwriter.model import Block, Outline, Paragraph, Part, Section, Use
from planwriter.model.walk import walk
from planwriter.outline.kind import Kind
from planwriter.plan.compose.compose import compose_outline
from planwriter.plan.flow import duty_note
from planwriter.sharing.changes import lines_of
from planwriter.sharing.lock import Lock, Locked
from planwriter.start.records import dataclass, replace
from planwriter.system.workspace import WORKSPACE_FILE, find_outlines, inner_path


@dataclass(frozen=True, slots=True, kw_only=True)
class UseChange:
    """A clause use whose text has changed: its place, and its sentences before and after."""

    outline: str
    pos: Pos
    clause: str
    before: tuple[str, ...]
    """Empty if the text before the change is not available."""
    after: tuple[str, ...]
    problems: tuple[Finding, ...] = ()
    """The findings on the use after the change: its clause or a parameter is missing."""


@dataclass(frozen=True, slots=True)
class _ReadOutline:
    """An outline of the workspace, its kind, and the uses in it."""

    name: str
    outline: Outline
    kind: Kind
    whole: bool
    """False if it has errors, so that some of its uses may not have been read."""

    @property
    def uses(self) -> tuple[Use, ...]:
        return tuple(uses_in_outline(self.outline))


class WorkspaceOutlines:
    """The outlines of a workspace, read once, each with its libraries as they are or with some of them replaced."""

    def __init__(self, session: Session, progress: Callable[[str], None] | None = None) -> None:
        self.session = session
        self.store = session.store
        self._progress = progress or (lambda name: None)
        self._outlines: tuple[_ReadOutline, ...] | None = None
        self.unread: tuple[Finding, ...] = ()
        """Warnings on files that may be outlines but cannot be read; empty until the outlines are read."""

    def read(self) -> tuple[_ReadOutline, ...]:
        """The outlines that can be read; findings on them are reported only by `check`."""
        if self._outlines is None:
            made = []
            names = find_outlines(self.store.folder)
            for name in names.value:
                self._progress(name)
                path = os.path.join(self.store.folder, name)
                plan = plans.plan_file(self.session.at(path), path)
                if plan.outline is not None and plan.kind is not None:
                    made.append(_ReadOutline(name, plan.outline, plan.kind, plan.sound))
            self._outlines, self.unread = tuple(made), names.findings
        return self._outlines

    def name_of(self, path: str) -> str:
        """The name under which the outline at `path` is listed."""
        return inner_path(path, os.path.join(self.store.folder, WORKSPACE_FILE))

    def has(self, name: str) -> bool:
        """True if that file exists."""
        return os.path.isfile(os.path.join(self.store.folder, name))

    def stack(self, read: _ReadOutline, session: Session | None = None) -> LibraryStack:
        """The libraries of an outline, by default those of the workspace as it is."""
        folder = os.path.dirname(os.path.join(self.store.folder, read.name))
        return outline_libraries(session or self.session, read.outline, folder).value

    def fingerprints(self) -> dict[str, dict[str, str]]:
        """The fingerprint of every clause in use, by outline and clause."""
        made: dict[str, dict[str, str]] = {}
        for read in self.read():
            stack = self.stack(read)
            made[read.name] = {use.clause.value: _mark(use, stack) for use in read.uses}
        return {name: {clause: mark for clause, mark in marks.items() if mark} for name, marks in made.items()}

    def changes(self, new: dict[str, Library]) -> Iterator[UseChange]:
        """The uses that would change if the libraries `new` replaced the installed ones of their names."""
        exchanged = self.session.with_libraries(new)
        lock = self.store.lock().value or Lock()
        gone = any(each.name in new and self.store.open(each).value is None for each in lock.libraries)
        for read in self.read():
            before, after = self.stack(read), self.stack(read, exchanged)
            marks = lock.uses.get(read.name, {}) if gone else {}
            for use in read.uses:
                mark = _mark(use, before)
                recorded = marks.get(use.clause.value, mark)
                if recorded != _mark(use, after):
                    yield _change(read, use, before if recorded == mark else None, after)

    def unreviewed(self) -> Iterator[UseChange]:
        """The uses whose clauses have changed since they were last reviewed."""
        lock = self.store.lock().value or Lock()
        old = {each.name: library for each in lock.libraries if (library := self._previous(each)) is not None}
        earlier = self.session.with_libraries(old)
        for read in self.read():
            marks = lock.uses.get(read.name, {})
            now = self.stack(read)
            before: LibraryStack | None = None
            for use in read.uses:
                mark = marks.get(use.clause.value)
                if mark and mark != _mark(use, now):
                    before = before or self.stack(read, earlier)
                    yield _change(read, use, before if _mark(use, before) == mark else None, now)

    def _previous(self, locked: Locked) -> Library | None:
        if locked.previous is None:
            return None
        return self.store.open_earlier(locked).value


def _mark(use: Use, stack: LibraryStack) -> str:
    clause = stack.find(use.clause.value)
    return fingerprint(clause, stack.find) if clause is not None else ""


def _change(read: _ReadOutline, use: Use, before: LibraryStack | None, after: LibraryStack) -> UseChange:
    old = _sentences(read, use, before).value if before else ()
    new = _sentences(read, use, after)
    pos, clause = use.origin.pos if use.origin else Pos(read.name), use.clause.value
    return UseChange(outline=read.name, pos=pos, clause=clause, before=old, after=new.value, problems=new.findings)


def _sentences(read: _ReadOutline, use: Use, stack: LibraryStack) -> Result[tuple[str, ...]]:
    """The filled-in texts of a use, and the errors found."""
    alone = replace(
        read.outline, preface=None, parts=(Part(role="", blocks=(use,)),), closing=None, attachments=(), frame=None
    )
    composed = compose_outline(alone, read.kind, clause_lookup(stack))
    texts = _texts(composed.value.document.parts[0].blocks)
    lines = tuple(line for text in texts for line in text.split("\n") if line)
    return Result(lines, tuple(each for each in composed.findings if each.severity is Severity.ERROR))


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The texts of blocks line by line, and the notes of their responsible units."""
    yield from lines_of(blocks)
    for visit in walk(blocks):
        if isinstance(visit.block, (Section, Paragraph)):
            yield duty_note(visit.block.duty)
