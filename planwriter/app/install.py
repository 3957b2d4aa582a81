"""Libraries put into a workspace, exchanged for another version and taken out, and what that changes in its outlines."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from planwriter.app import plans
from planwriter.app.installed import Installed
from planwriter.app.libraries import layers_of, library_names, shelf_of
from planwriter.app.session import Bench
from planwriter.clauses.library import Library, open_files
from planwriter.clauses.stack import Layers
from planwriter.clauses.uses import fingerprint, uses_of
from planwriter.clauses.walk import clause_texts
from planwriter.findings.catalogue import finding, typed
from planwriter.findings.finding import Finding, Pos, Result, Severity
from planwriter.language.versions import Requirement, Version, parse_requirement, parse_version, parse_wanted
from planwriter.model import Outline, Part, Text, Use
from planwriter.outline.kind import Kind
from planwriter.plan.compose.compose import compose_outline
from planwriter.sharing.bundle import Bundle
from planwriter.sharing.lock import Lock, Locked
from planwriter.sharing.trust import Signed, Trust
from planwriter.system import files
from planwriter.system.workspace import WORKSPACE_FILE, find_outlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A package that may be installed: fetched, opened, and judged by who signed it."""

    data: bytes
    bundle: Bundle
    trust: Trust
    source: str
    """Where it came from, as the lock records it."""

    @property
    def locked(self) -> Locked:
        """What the lock says of it once it is installed."""
        signer = "、".join(self.trust.names) if self.trust.signed is Signed.TRUSTED else ""
        manifest = self.bundle.manifest
        return Locked(
            name=manifest.name,
            version=str(self.bundle.version),
            source=self.source,
            digest=self.bundle.sha256,
            signer=signer,
        )

    def library(self) -> Library:
        """Its clauses."""
        return open_files(self.bundle.files, f"{self.bundle.manifest.name} {self.bundle.version}")


@dataclass(frozen=True, slots=True, kw_only=True)
class UseChange:
    """A use of a clause whose wording is another now: where it stands, and its sentences before and after."""

    outline: str
    pos: Pos
    clause: str
    before: tuple[str, ...]
    """Empty where the wording before is not known any more."""
    after: tuple[str, ...]
    problems: tuple[Finding, ...] = ()
    """What is wrong with the use by the wording after: a parameter that is gone, a clause that is."""


@dataclass(frozen=True, slots=True)
class _Read:
    """An outline of the workspace, its kind, and the uses in it."""

    name: str
    outline: Outline
    kind: Kind
    whole: bool
    """False where something is wrong with it, so that uses may be among what could not be read."""

    @property
    def uses(self) -> tuple[Use, ...]:
        return tuple(uses_of(self.outline))


class Workshop:
    """The outlines of a workspace, read once, and their layers with the libraries in use or with others in their place."""

    def __init__(self, workspace: str, progress: Callable[[str], None] | None = None) -> None:
        self.workspace = workspace
        self.installed = Installed(workspace)
        self._progress = progress or (lambda name: None)
        self._outlines: tuple[_Read, ...] | None = None
        self._bench = Bench()

    def forget(self) -> None:
        """Takes no library as read any more: another one is in use now."""
        self._bench = Bench()

    def outlines(self) -> tuple[_Read, ...]:
        """Those that can be read; what is wrong with them is for `check` to tell."""
        if self._outlines is None:
            made, bench = [], Bench()
            for name in find_outlines(self.installed.folder):
                self._progress(name)
                plan = plans.plan_file(os.path.join(self.installed.folder, name), bench)
                if plan.outline is not None and plan.kind is not None:
                    made.append(_Read(name, plan.outline, plan.kind, plan.sound))
            self._outlines = tuple(made)
        return self._outlines

    def has(self, name: str) -> bool:
        """True where that file is there."""
        return os.path.isfile(os.path.join(self.installed.folder, name))

    def layers(self, read: _Read, bench: Bench | None = None) -> Layers:
        """The libraries of an outline; those of `bench`, where other ones are to be taken."""
        folder = os.path.dirname(os.path.join(self.installed.folder, read.name))
        return layers_of(read.outline, bench or self._bench, folder, self.workspace).value

    def marks(self) -> dict[str, dict[str, str]]:
        """The fingerprints of every clause in use, by outline and clause."""
        made: dict[str, dict[str, str]] = {}
        for read in self.outlines():
            layers = self.layers(read)
            made[read.name] = {use.clause.value: _mark(use, layers) for use in read.uses}
        return {name: {clause: mark for clause, mark in marks.items() if mark} for name, marks in made.items()}

    def changes(self, new: dict[str, Library]) -> Iterator[UseChange]:
        """What would be another in which outline, were the libraries `new` in the place of those of their names."""
        exchanged = Bench(replaced=new)
        lock = self.installed.lock().value or Lock()
        gone = any(each.name in new and self.installed.open(each).value is None for each in lock.libraries)
        for read in self.outlines():
            before, after = self.layers(read), self.layers(read, exchanged)
            marks = lock.uses.get(read.name, {}) if gone else {}
            for use in read.uses:
                mark = _mark(use, before)
                recorded = marks.get(use.clause.value, mark)
                if recorded != _mark(use, after):
                    yield _change(read, use, before if recorded == mark else None, after)

    def suspects(self) -> Iterator[UseChange]:
        """The uses of clauses that changed since they were last looked at."""
        lock = self.installed.lock().value or Lock()
        old = {each.name: library for each in lock.libraries if (library := self._previous(each)) is not None}
        earlier = Bench(replaced=old)
        for read in self.outlines():
            marks = lock.uses.get(read.name, {})
            now = self.layers(read)
            before: Layers | None = None
            for use in read.uses:
                mark = marks.get(use.clause.value)
                if mark and mark != _mark(use, now):
                    before = before or self.layers(read, earlier)
                    yield _change(read, use, before if _mark(use, before) == mark else None, now)

    def _previous(self, locked: Locked) -> Library | None:
        if locked.previous is None:
            return None
        earlier = replace(locked, version=locked.previous[0], digest=locked.previous[1], previous=None)
        return self.installed.open(earlier).value


def _mark(use: Use, layers: Layers) -> str:
    clause = layers.find(use.clause.value)
    return fingerprint(clause, layers.find) if clause is not None else ""


def _change(read: _Read, use: Use, before: Layers | None, after: Layers) -> UseChange:
    old = _sentences(read, use, before).value if before else ()
    new = _sentences(read, use, after)
    pos = use.origin.pos if use.origin else Pos(read.name)
    clause = use.clause.value
    return UseChange(outline=read.name, pos=pos, clause=clause, before=old, after=new.value, problems=new.findings)


def _sentences(read: _Read, use: Use, layers: Layers) -> Result[tuple[str, ...]]:
    """The texts that a use gives, filled in, and the errors on the way."""
    alone = replace(
        read.outline, preface=None, parts=(Part(role="", blocks=(use,)),), closing=None, attachments=(), frame=None
    )
    composed = compose_outline(alone, read.kind, shelf_of(layers))
    blocks = composed.value.document.parts[0].blocks
    lines = tuple(line for block in blocks for text in clause_texts(block) for line in text.value.split("\n") if line)
    return Result(lines, tuple(each for each in composed.findings if each.severity is Severity.ERROR))


# changing the workspace


def install(workshop: Workshop, candidate: Candidate) -> Result[bool]:
    """Puts a library into the workspace; False where that very package is there already.

    A library of that name in another version is not exchanged in passing: that is for `update`, which shows what changes.
    """
    installed, new = workshop.installed, candidate.locked
    with installed.changing() as lock:
        if lock.value is None:
            return Result(False, lock.findings)
        there = lock.value.find(new.name)
        if there is not None and there.digest == new.digest and installed.read(there).value is not None:
            installed.drop_unused(lock.value)
            return Result(False)
        if there is not None and (there.version, there.digest) != (new.version, new.digest):
            return Result(False, (_taken(there, candidate),))
        failed = installed.put(candidate.data, candidate.bundle)
        if failed:
            return Result(False, (failed,))
        told = _write(workshop, lock.value.with_library(new))
        return Result(not told, told)


def _taken(there: Locked, candidate: Candidate) -> Finding:
    """Why a library is not installed over the one of its name that is there, and what to type."""
    new = candidate.locked
    same = there.version == new.version
    reason = f"这里装的也是 {there.version}，内容却不一样" if same else f"这里已经装了 {there.version}"
    words = ["planwriter", "library", "update", new.name]
    words += [] if new.source == there.source and new.registry is not None else ["--from", new.registry or new.source]
    words += ["--to", new.version] if new.registry is not None else []
    words += [] if new.signer or (not there.signer and "--from" not in words) else ["--allow-unsigned"]
    advice = f"看一看换了以后哪些文件会变：{typed(*words)}{'；同一版有两种内容，先问发布单位哪一个对' * same}。"
    return finding("PW329", Pos(candidate.source), library=f"{new.name} {new.version}", reason=reason, advice=advice)


def update(workshop: Workshop, candidate: Candidate) -> Result[bool]:
    """Exchanges a library for another version; the uses of clauses that change are suspect from then on.

    False, without findings, where that very package is in use already.
    """
    installed, new = workshop.installed, candidate.locked
    with installed.changing() as lock:
        if lock.value is None:
            return Result(False, lock.findings)
        there = lock.value.find(new.name)
        refused = unwanted(workshop, candidate)
        if there is None or refused or there.digest == new.digest:
            installed.drop_unused(lock.value)
            return Result(False, refused)
        failed = installed.put(candidate.data, candidate.bundle)
        if failed:
            return Result(False, (failed,))
        kept = replace(lock.value, uses=_with_new(workshop, lock.value.uses))
        previous = there.previous or (there.version, there.digest)
        told = _write(workshop, kept.with_library(replace(new, previous=previous)), record=False)
        return Result(not told, told)


def wishes(workshop: Workshop, name: str) -> tuple[tuple[Text, Requirement], ...]:
    """What 库 asks of a library, in the workspace file and in each outline, where it says a version."""
    typed_names = [
        *library_names(workshop.workspace),
        *(each for read in workshop.outlines() for each in read.outline.libraries),
    ]
    made = {}
    for text in typed_names:
        wanted = parse_wanted(text.value)
        if wanted and "@" in text.value and wanted[0] == name and text.origin:
            made[text.origin.pos] = (text, wanted[1])
    return tuple(made.values())


def fitting(workshop: Workshop, locked: Locked, wanted: Requirement | None = None) -> Callable[[Version], bool]:
    """Which versions may take a library's place: those `wanted`; else what 库 asks for, or what breaks no outline, and none older."""
    asked = [requirement for _, requirement in wishes(workshop, locked.name)]
    have = parse_version(locked.version)
    if wanted is None and not asked and have is not None:
        wanted = parse_requirement(f"^{have}")
    if wanted is not None:
        return wanted.allows
    lowest = have if have is not None and all(each.allows(have) for each in asked) else None
    return lambda version: all(each.allows(version) for each in asked) and (lowest is None or version >= lowest)


def unwanted(workshop: Workshop, candidate: Candidate) -> tuple[Finding, ...]:
    """A finding at each 库 that asks for another version than the candidate's."""
    version = candidate.bundle.version
    advice = "先改这里的要求，再换版本。"
    return tuple(
        finding("PW328", name.origin, wanted=name.value, reason=f"要换上的是 {version}", advice=advice)
        for name, requirement in wishes(workshop, candidate.locked.name)
        if name.origin and not requirement.allows(version)
    )


def remove(workshop: Workshop, name: str) -> Result[bool]:
    """Takes a library out of the workspace; False where it is not in use there."""
    installed = workshop.installed
    with installed.changing() as lock:
        if lock.value is None:
            return Result(False, lock.findings)
        if lock.value.find(name) is None:
            return Result(False)
        left = lock.value.without_library(name)
        told = _write(workshop, left, record=False)
        return Result(not told, told)


def accept(workshop: Workshop, seen: set[tuple[str, str]]) -> Result[bool]:
    """Records uses (outline and clause) as looked at, and lets go of versions that nothing needs any more."""
    installed = workshop.installed
    with installed.changing() as lock:
        if lock.value is None:
            return Result(False, lock.findings)
        now = workshop.marks()
        uses = _with_new(workshop, lock.value.uses)
        for outline, clause in seen:
            mark = now.get(outline, {}).get(clause)
            uses[outline] = {**uses.get(outline, {}), **({clause: mark} if mark else {})}
        open_ones = any(
            mark != now.get(outline, {}).get(clause, mark)
            for outline, marks in uses.items()
            for clause, mark in marks.items()
        )
        libraries = (
            lock.value.libraries if open_ones else tuple(replace(each, previous=None) for each in lock.value.libraries)
        )
        told = _write(workshop, Lock(libraries=libraries, uses=uses), record=False)
        return Result(not told, told)


def _with_new(workshop: Workshop, old: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The fingerprints that are recorded, without clauses that are not used any more, and with those of new uses.

    An outline with errors keeps its own: what it uses is looked at when it can be read again.
    """
    now = workshop.marks()
    whole = {read.name for read in workshop.outlines() if read.whole}
    made = {name: marks for name, marks in old.items() if name not in whole and workshop.has(name)}
    for name, marks in now.items():
        made[name] = {
            **made.get(name, {}),
            **{clause: old.get(name, {}).get(clause, mark) for clause, mark in marks.items()},
        }
    return made


def _write(workshop: Workshop, lock: Lock, *, record: bool = True) -> tuple[Finding, ...]:
    """Writes the lock, and then lets go of packages that nothing needs; with `record`, new uses are taken as looked at."""
    failed = workshop.installed.write(lock)
    workshop.forget()
    if failed is None and record:
        failed = workshop.installed.write(replace(lock, uses=_with_new(workshop, lock.uses)))
    if failed:
        return (failed,)
    workshop.installed.drop_unused(lock)
    return ()


def make_workspace(folder: str) -> Result[str | None]:
    """The planwriter.yaml of a folder that is to become a workspace."""
    path = os.path.join(folder, WORKSPACE_FILE)
    text = "# 这个文件夹里的提纲共用的设置，例如：\n# 单位: 青山县教育局\n# 地区: 青山县\n"
    failed = files.write_file(path, text.encode())
    return Result(None, (failed,)) if failed else Result(path)
