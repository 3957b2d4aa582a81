"""Writes the documents of a batch: leaves out what is up to date, writes what its jobs give, and records what is done."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence

from planwriter.app import outputs
from planwriter.app.batch.batch import Batch, Made, Runner, Stopped, run_here
from planwriter.app.batch.record import BatchRecord, States
from planwriter.app.journal.base_copies import note_render
from planwriter.findings.finding import Finding, has_errors
from planwriter.start.records import dataclass
from planwriter.start.typing import TYPE_CHECKING
from planwriter.system import watch
from planwriter.system.new_files import NewFiles
from planwriter.system.program import program

if TYPE_CHECKING:
    from planwriter.sharing.store import Store


@dataclass(frozen=True, slots=True)
class Planned:
    """A document that is wanted: its file, its outline, and what distinguishes it from others of this outline (its row)."""

    target: str
    outline: str
    row: Sequence[object] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: its number, the file, whether it was written, and the findings."""

    job: int
    target: str
    done: bool
    findings: tuple[Finding, ...]


class _Folder:
    """A folder that documents are written into, with its record."""

    def __init__(self, path: str) -> None:
        self.record = BatchRecord(path)
        self.new = NewFiles(path)


class Delivery:
    """The documents of a batch on their way to their files.

    `options` are all options that change a document. With `everything`, what is up to date is made too. With `store`, the
    documents are written there; then there is no record, and all are made.
    """

    def __init__(
        self,
        batch: Batch,
        orders: Sequence[Planned],
        options: Sequence[object],
        *,
        force: bool,
        everything: bool,
        runner: Runner = run_here,
        store: Store | None = None,
    ) -> None:
        self._batch = batch
        self._orders = orders
        self._options = options
        self._force = force
        self._runner = runner
        self._store = store
        self._folders: dict[str, _Folder] = {}
        self._told: dict[tuple[str, str], list[object]] = {}
        states = States()
        self.wanted = [job for job in range(len(orders)) if store or everything or not self._is_current(job, states)]
        """The numbers of the jobs to be done, in order."""

    @property
    def skipped(self) -> int:
        """How many documents are up to date."""
        return len(self._orders) - len(self.wanted)

    def run(self, stopped: Stopped) -> Iterator[Outcome]:
        """Does the jobs and writes their documents, in order; once `stopped` returns True, no further job is begun."""
        try:
            for job, made in zip(self.wanted, self._runner(self._batch, self.wanted, stopped), strict=False):
                with watch.facts():  # what is looked for in writing is no input of a document
                    outcome = self._write(job, made)
                yield outcome
        finally:
            for folder in self._folders.values():
                folder.record.save()

    def _write(self, job: int, made: Made) -> Outcome:
        order = self._orders[job]
        name = os.path.basename(order.target)
        if self._store is not None:
            return self._put(self._store, job, name, made)
        folder = self._folder(order)
        written: tuple[Finding, ...] = ()
        if made.data is not None and not folder.new.write(name, made.data):
            form = self._batch.form
            refused = outputs.guard_output(order.target, made.data, form, outline=order.outline)
            # what a power failure leaves empty differs from its record, and so is made again
            written = outputs.write_output(order.target, made.data, refused, force=self._force, sync=False)
        done = made.data is not None and not has_errors(written)
        if done and made.data is not None:
            folder.record.put(name, self._key(order), made.facts, made.data)
            if self._batch.form == "docx" and not order.row:
                note_render(order.outline, order.target, made.data)
        else:
            folder.record.drop(name)
        return Outcome(job, order.target, done, (*made.findings, *written))

    def _put(self, store: Store, job: int, name: str, made: Made) -> Outcome:
        from planwriter.app.batch.remote_outputs import put_output

        put = put_output(store, name, made.data, self._batch.form) if made.data is not None else ()
        done = made.data is not None and not has_errors(put)
        return Outcome(job, f"{store.shown.rstrip('/')}/{name}", done, (*made.findings, *put))

    def _is_current(self, job: int, states: States) -> bool:
        order = self._orders[job]
        record, name = self._folder(order).record, os.path.basename(order.target)
        return name in record and record.is_current(name, self._key(order), states)

    def _folder(self, order: Planned) -> _Folder:
        path = os.path.dirname(order.target)
        if path not in self._folders:
            self._folders[path] = _Folder(path)
        return self._folders[path]

    def _key(self, order: Planned) -> str:
        """The digest of all that changes a document beside the files that it is made from."""
        told = json.dumps([*self._told_of(order.outline, os.path.dirname(order.target)), order.row], ensure_ascii=True)
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def _told_of(self, outline: str, folder: str) -> list[object]:
        """What is in the keys of all documents made of an outline into a folder."""
        told = self._told.get((outline, folder))
        if told is None:
            try:
                inner = os.path.relpath(outline, folder or ".").replace(os.sep, "/")
            except ValueError:  # another drive
                inner = outline
            told = self._told[outline, folder] = [program(), *self._options, self._batch.form, inner]
        return told
