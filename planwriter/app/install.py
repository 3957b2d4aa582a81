"""Libraries installed in a workspace, updated and removed, and their uses in its outlines recorded as reviewed."""

from __future__ import annotations

import os
from collections.abc import Callable

from planwriter.app.libraries import library_names
from planwriter.app.workspace_outlines import WorkspaceOutlines
from planwriter.clauses.library import Library, open_files
from planwriter.findings.catalogue import finding, typed
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.language.versions import Requirement, Version, parse_requirement, parse_version, parse_wanted
from planwriter.model import Text
from planwriter.sharing.bundle import Bundle
from planwriter.sharing.lock import Lock, Locked
from planwriter.sharing.signers import changed_signer
from planwriter.sharing.trust import Signed, Trust
from planwriter.start.records import dataclass, replace
from planwriter.system import files
from planwriter.system.workspace import WORKSPACE_FILE


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageCandidate:
    """A package that may be installed: fetched, opened, and judged by who signed it."""

    data: bytes
    bundle: Bundle
    trust: Trust
    source: str
    """Where it came from, as the lock records it."""
    place: str = ""
    """Where it came from, as it can be typed; without credentials."""

    @property
    def locked(self) -> Locked:
        """What the lock says of it once it is installed."""
        signer = "、".join(self.trust.names) if self.trust.signed is Signed.TRUSTED else ""
        keys = self.trust.trusted or tuple(sorted(self.trust.fingerprints))
        manifest = self.bundle.manifest
        return Locked(
            name=manifest.name,
            version=str(self.bundle.version),
            source=self.source,
            digest=self.bundle.sha256,
            signer=signer,
            keys=keys,
        )

    def library(self) -> Library:
        """Its clauses."""
        return open_files(self.bundle.files, f"{self.bundle.manifest.name} {self.bundle.version}")


def install_library(
    outlines: WorkspaceOutlines, candidate: PackageCandidate, *, signer_changed: bool = False
) -> Result[bool]:
    """Puts a library into the workspace; False if that very package is installed already.

    A different version of an installed library is refused: `update_library` is for that, after its changes were shown.
    So is one by a different signer (PW331), unless the user accepts that by `signer_changed`.
    """
    store, new = outlines.store, candidate.locked
    with store.changing("library install") as lock:
        if lock.value is None:
            return Result(False, lock.findings)
        there = lock.value.find(new.name)
        if there is not None and there.digest == new.digest and store.open(there).value is not None:
            store.drop_unused(lock.value)
            return Result(False)
        changed = _changed(outlines, there, candidate)
        if changed and not signer_changed:
            return Result(False, (changed,))
        if there is not None and (there.version, there.digest) != (new.version, new.digest):
            return Result(False, (_taken(there, candidate, signer_changed=bool(changed)),))
        new = new if changed else _still(there, new)
        failed = store.put(candidate.data, candidate.bundle)
        if failed:
            return Result(False, (failed,))
        return _write(outlines, lock.value.with_library(new))


def _changed(outlines: WorkspaceOutlines, there: Locked | None, candidate: PackageCandidate) -> Finding | None:
    """PW331 if a package is not signed by those who signed the one in use."""
    if there is None:
        return None
    known = outlines.store.with_keys(there)
    return changed_signer(known, candidate.locked.name, candidate.trust, candidate.place or candidate.source)


def _still(there: Locked | None, new: Locked) -> Locked:
    """A library by the same signers as before, whose names are kept if this user trusts none of their keys."""
    return (
        new if there is None or new.signer or not there.signer else replace(new, signer=there.signer, keys=there.keys)
    )


def downgrade(there: Locked, candidate: PackageCandidate) -> Finding | None:
    """PW329 if a package is an older version than the one in use."""
    have, new = parse_version(there.version), candidate.locked
    if new.name != there.name or have is None or candidate.bundle.version >= have:
        return None
    command = typed("planwriter", "library", "update", new.name, "--from", candidate.place, "--to", new.version)
    reason = f"这里装的是 {there.version}，换上它是退回旧版"
    advice = f"要新版的，换一个来源；确实要退回旧版，写明版本：{command}。"
    return finding("PW329", Pos(candidate.place), library=f"{new.name} {new.version}", reason=reason, advice=advice)


def _taken(there: Locked, candidate: PackageCandidate, *, signer_changed: bool) -> Finding:
    """Why a library is not installed over the one of its name that is there, and what to type."""
    new = candidate.locked
    same = there.version == new.version
    reason = f"这里装的也是 {there.version}，内容却不一样" if same else f"这里已经装了 {there.version}"
    words = ["planwriter", "library", "update", new.name]
    words += [] if new.source == there.source and new.registry is not None else ["--from", candidate.place]
    words += ["--to", new.version] if new.registry is not None else []
    words += [] if new.signer or (not there.signer and "--from" not in words) else ["--allow-unsigned"]
    words += ["--signer-changed"] if signer_changed else []
    advice = f"看一看换了以后哪些文件会变：{typed(*words)}{'；同一版有两种内容，先问发布单位哪一个对' * same}。"
    return finding("PW329", Pos(candidate.source), library=f"{new.name} {new.version}", reason=reason, advice=advice)


def update_library(
    outlines: WorkspaceOutlines, candidate: PackageCandidate, *, signer_changed: bool = False
) -> Result[bool]:
    """Replaces a library by a different version; the uses of clauses that change are to be reviewed from then on.

    False, without findings, if that very package is installed already. One by a different signer is refused (PW331), unless
    the user accepts that by `signer_changed`.
    """
    store, new = outlines.store, candidate.locked
    with store.changing("library update") as lock:
        if lock.value is None:
            return Result(False, lock.findings)
        there = lock.value.find(new.name)
        refused = unmet_requirements(outlines, candidate)
        if there is None or refused or there.digest == new.digest:
            store.drop_unused(lock.value)
            return Result(False, refused)
        changed = _changed(outlines, there, candidate)
        if changed and not signer_changed:
            return Result(False, (changed,))
        failed = store.put(candidate.data, candidate.bundle)
        if failed:
            return Result(False, (failed,))
        new = new if changed else _still(there, new)
        kept = replace(lock.value, uses=_with_new(outlines, lock.value.uses))
        previous = there.previous or (there.version, there.digest)
        return _write(outlines, kept.with_library(replace(new, previous=previous)), record=False)


def requirements_on(outlines: WorkspaceOutlines, name: str) -> tuple[tuple[Text, Requirement], ...]:
    """The versions of a library that 库 asks for, in the workspace file and in the outlines, each with its place."""
    typed_names = [
        *library_names(outlines.session),
        *(each for read in outlines.read() for each in read.outline.libraries),
    ]
    made = {}
    for text in typed_names:
        wanted = parse_wanted(text.value)
        if wanted and "@" in text.value and wanted[0] == name and text.origin:
            made[text.origin.pos] = (text, wanted[1])
    return tuple(made.values())


def acceptable_versions(
    outlines: WorkspaceOutlines, locked: Locked, wanted: Requirement | None = None
) -> Callable[[Version], bool]:
    """Says which versions may replace a library.

    They are those `wanted`; otherwise those that 库 asks for, or that break no outline, and none that is older.
    """
    asked = [requirement for _, requirement in requirements_on(outlines, locked.name)]
    have = parse_version(locked.version)
    if wanted is None and not asked and have is not None:
        wanted = parse_requirement(f"^{have}")
    if wanted is not None:
        return wanted.allows
    lowest = have if have is not None and all(each.allows(have) for each in asked) else None
    return lambda version: all(each.allows(version) for each in asked) and (lowest is None or version >= lowest)


def unmet_requirements(outlines: WorkspaceOutlines, candidate: PackageCandidate) -> tuple[Finding, ...]:
    """A finding at each 库 that asks for a different version."""
    version = candidate.bundle.version
    advice = "先改这里的要求，再换版本。"
    return tuple(
        finding("PW328", name.origin, wanted=name.value, reason=f"要换上的是 {version}", advice=advice)
        for name, requirement in requirements_on(outlines, candidate.locked.name)
        if name.origin and not requirement.allows(version)
    )


def remove_library(outlines: WorkspaceOutlines, name: str) -> Result[bool]:
    """Takes a library out of the workspace; False if it is not installed there."""
    store = outlines.store
    with store.changing("library remove") as lock:
        if lock.value is None:
            return Result(False, lock.findings)
        if lock.value.find(name) is None:
            return Result(False)
        return _write(outlines, lock.value.without_library(name), record=False)


def accept_changes(outlines: WorkspaceOutlines, seen: set[tuple[str, str]]) -> Result[bool]:
    """Records uses (outline and clause) as reviewed, and deletes the versions that nothing needs any more."""
    store = outlines.store
    with store.changing("library review") as lock:
        if lock.value is None:
            return Result(False, lock.findings)
        outlines.session.forget_installed()  # an update may have come before
        now = outlines.fingerprints()
        uses = _with_new(outlines, lock.value.uses)
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
        return _write(outlines, Lock(libraries=libraries, uses=uses), record=False)


def _with_new(outlines: WorkspaceOutlines, old: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The recorded fingerprints, without clauses that are not used any more, and with those of new uses.

    An outline with errors keeps its own until it can be read again.
    """
    now = outlines.fingerprints()
    whole = {read.name for read in outlines.read() if read.whole}
    made = {name: marks for name, marks in old.items() if name not in whole and outlines.has(name)}
    for name, marks in now.items():
        made[name] = {
            **made.get(name, {}),
            **{clause: old.get(name, {}).get(clause, mark) for clause, mark in marks.items()},
        }
    return made


def _write(outlines: WorkspaceOutlines, lock: Lock, *, record: bool = True) -> Result[bool]:
    """Writes the lock, and deletes the packages that nothing needs; with `record`, new uses count as reviewed.

    False and a finding if that fails; the findings on the journal come with either.
    """
    failed = outlines.store.write(lock)
    outlines.session.forget_installed()
    if failed is None and record:
        failed = outlines.store.write(replace(lock, uses=_with_new(outlines, lock.uses)))
    if failed:
        return Result(False, (failed,))
    outlines.store.drop_unused(lock)
    return Result(True, outlines.store.noted)


def make_workspace(folder: str) -> Result[str | None]:
    """The planwriter.yaml of a folder that is to become a workspace."""
    path = os.path.join(folder, WORKSPACE_FILE)
    text = "# 这个文件夹里的提纲共用的设置，例如：\n# 单位: 青山县教育局\n# 地区: 青山县\n"
    failed = files.write_file(path, text.encode())
    return Result(None, (failed,)) if failed else Result(path)
