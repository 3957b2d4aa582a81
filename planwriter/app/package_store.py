"""The libraries installed in a workspace: their packages in its store, and the lock that says which are in use."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager

from planwriter.app.journal.author_files import change_file, note_all
from planwriter.app.journal.journal import Step
from planwriter.clauses.library import Library, open_files
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result, Severity
from planwriter.language.regions import FARTHEST, rank_named
from planwriter.sharing.bundle import MAX_BUNDLE, Bundle, open_bundle
from planwriter.sharing.lock import MAX_BYTES, Lock, Locked, digest_in, local_source, read_lock, store_name, write_lock
from planwriter.sharing.signers import fingerprints, record_fault
from planwriter.start.records import dataclass, field, replace
from planwriter.system import files
from planwriter.system.lock import locked as held
from planwriter.system.spare import is_spare
from planwriter.system.watch import is_there
from planwriter.system.workspace import LOCK_FILE, STORE


@dataclass(slots=True)
class PackageStore:
    """What is installed in the workspace of `workspace`, its planwriter.yaml."""

    workspace: str
    noted: tuple[Finding, ...] = ()
    """What is to be said of the journal since the last `changing` began."""
    _step: Step = field(default_factory=lambda: Step("library"))
    _opened: dict[Locked, Result[Library | None]] = field(default_factory=dict)
    _lock: Result[Lock | None] | None = None

    @property
    def folder(self) -> str:
        """The workspace's folder."""
        return os.path.dirname(os.path.abspath(self.workspace))

    def lock(self) -> Result[Lock | None]:
        """What planwriter.lock says, read once; an empty lock where there is none, None where it cannot be used."""
        if self._lock is None:
            self._lock = self._read_lock()
        return self._lock

    def _read_lock(self) -> Result[Lock | None]:
        path = os.path.join(self.folder, LOCK_FILE)
        if not is_there(path):
            return Result(Lock())
        data = files.read_file(path, LOCK_FILE, limit=MAX_BYTES)
        return Result(None, data.findings) if data.value is None else read_lock(data.value, LOCK_FILE)

    def write(self, lock: Lock) -> Finding | None:
        """Writes the lock whole; a finding where that fails. To be called while `changing`."""
        self._lock = None
        lock = replace(lock, libraries=tuple(self._up_to_date(each) for each in lock.libraries))
        path = os.path.join(self.folder, LOCK_FILE)
        before = files.read_file(path, LOCK_FILE, limit=MAX_BYTES).value if is_there(path) else None
        return self._change(path, before, write_lock(lock))

    def _change(self, path: str, before: bytes | None, after: bytes) -> Finding | None:
        """Writes a file of the workspace, and notes it in the journal."""
        told = change_file(path, before, after, self._step)
        failed = next((each for each in told if each.severity is Severity.ERROR), None)
        self.noted = (*self.noted, *(each for each in told if each is not failed))
        return failed

    def _up_to_date(self, locked: Locked) -> Locked:
        """An entry that an earlier planwriter wrote as it is written now: with fingerprints, without an absolute path."""
        locked = replace(locked, source=local_source(locked.source, self.folder))
        return self.with_keys(locked) if locked.signer else locked

    def with_keys(self, locked: Locked) -> Locked:
        """A library in use with the fingerprints in its package, if the lock records none."""
        data = self.read(locked).value if not locked.keys else None
        bundle = open_bundle(data, locked.file_name).value if data is not None else None
        return replace(locked, keys=fingerprints(bundle)) if bundle is not None else locked

    @contextmanager
    def changing(self, command: str) -> Iterator[Result[Lock | None]]:
        """The lock, read anew, while no other process may change the workspace; None with findings where it is not to be had.

        `command` is what the journal calls what is done. A store or a lock that is a link leading out of the workspace is refused.
        """
        with held(os.path.join(self.folder, LOCK_FILE)) as failed:
            failed = failed or files.make_folder(os.path.join(self.folder, STORE))
            if failed is not None:
                yield Result(None, (failed,))
                return
            self._lock, self._step, self.noted = None, Step(command), ()
            yield self.lock()

    def put(self, data: bytes, bundle: Bundle) -> Finding | None:
        """Stores a package, whole or not at all."""
        name = store_name(bundle.manifest.name, str(bundle.version), bundle.sha256)
        self._opened.clear()
        path = os.path.join(self.folder, STORE, name)
        before = files.read_file(path, limit=MAX_BUNDLE).value if is_there(path) else None
        return self._change(path, before, data)

    def read(self, locked: Locked) -> Result[bytes | None]:
        """The package of a library in use; a finding (PW326) where it is gone or is another."""
        path = os.path.join(self.folder, STORE, locked.file_name)
        library = f"{locked.name} {locked.version}"
        if not is_there(path):
            return Result(
                None,
                (finding("PW326", Pos(LOCK_FILE), library=library, what="不见了", command=locked.install_command),),
            )
        data = files.read_file(path, f"{STORE}/{locked.file_name}", limit=MAX_BUNDLE)
        if data.value is not None and hashlib.sha256(data.value).hexdigest() != locked.digest:
            return Result(
                None,
                (
                    finding(
                        "PW326",
                        Pos(LOCK_FILE),
                        library=library,
                        what="和锁定时的不一样",
                        command=locked.install_command,
                    ),
                ),
            )
        return data

    def open(self, locked: Locked) -> Result[Library | None]:
        """A library in use, opened once."""
        if locked not in self._opened:
            self._opened[locked] = self._open(locked)
        return self._opened[locked]

    def open_earlier(self, locked: Locked) -> Result[Library | None]:
        """The version of a library that was in use before, which is only shown; its sha256 alone is checked."""
        assert locked.previous is not None
        version, digest = locked.previous
        return self._open(replace(locked, version=version, digest=digest), recorded=False)

    def _open(self, locked: Locked, *, recorded: bool = True) -> Result[Library | None]:
        data = self.read(locked)
        if data.value is None:
            return Result(None, data.findings)
        bundle = open_bundle(data.value, locked.file_name)
        if bundle.value is None:
            return Result(None, bundle.findings)
        fault = record_fault(bundle.value, locked, LOCK_FILE) if recorded else None
        if fault:
            return Result(None, (fault,))
        return Result(open_files(bundle.value.files, f"{locked.name} {locked.version}"))

    def libraries(self) -> Result[tuple[tuple[Locked, Library], ...]]:
        """All libraries in use, those of the nearest level first (县 before 市 before 省); one that is gone is there as `lost`."""
        lock = self.lock()
        findings = list(lock.findings)
        made = []
        for locked in lock.value.libraries if lock.value else ():
            opened = self.open(locked)
            findings += opened.findings
            made.append((locked, opened.value or Library(f"{locked.name} {locked.version}", lost=True)))
        return Result(tuple(sorted(made, key=lambda each: (_rank(each[1]), each[0].name))), tuple(findings))

    def drop_unused(self, lock: Lock) -> None:
        """Deletes the packages that neither the lock nor a review of what was before needs.

        Only what this program has put there is deleted: packages whose bytes are those that their names promise, and spares.
        """
        wanted = set()
        for each in lock.libraries:
            wanted.add(each.file_name)
            if each.previous:
                wanted.add(store_name(each.name, *each.previous))
        files.delete_files(
            os.path.join(self.folder, STORE), lambda name: name not in wanted and (is_spare(name) or self._leave(name))
        )

    def _leave(self, name: str) -> bool:
        """True for the name of a package that `put` has stored, with the bytes that it had then; the journal keeps them."""
        digest, path = digest_in(name), os.path.join(self.folder, STORE, name)
        data = files.read_file(path, limit=MAX_BUNDLE).value if digest else None
        if data is None or hashlib.sha256(data).hexdigest()[: len(digest)] != digest:
            return False
        self.noted = (*self.noted, *note_all([(path, data, None)], self._step))
        return True


def _rank(library: Library) -> int:
    rank = rank_named(library.manifest.level) if library.manifest else None
    return FARTHEST if rank is None else rank
