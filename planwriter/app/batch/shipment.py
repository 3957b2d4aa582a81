"""The jobs of a batch as they are sent to another machine, with the files that they need, and how they are done there.

The machines share no disk. A chunk of jobs carries its files; the worker lays them out in a folder of its own, as they lie at the
sender relative to one another, does the jobs, and returns bytes, findings and what it read. The sender compares what was
read with its own disk: a job for which a file was missing, or was another, is done by the sender.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence

from planwriter.app.batch.batch import Batch, Made, as_pdf
from planwriter.app.session import Session
from planwriter.start.records import dataclass, replace
from planwriter.start.typing import Protocol
from planwriter.system import watch
from planwriter.system.mirror import Mirror
from planwriter.system.program import program
from planwriter.system.workspace import WORKSPACE_FILE
from planwriter.system.zip_write import packing


class Sendable(Batch, Protocol):
    """A batch whose jobs can be sent to other machines."""

    @property
    def session(self) -> Session:
        """Any session: of the workspace of the outlines, or of none."""

    def named(self, jobs: Sequence[int]) -> tuple[str, ...]:
        """The files that the command line names for these jobs."""

    def sent(self, jobs: Sequence[int], inner: Callable[[str], str]) -> tuple[Sendable, Sequence[int]]:
        """A batch for another machine, in which these jobs have the numbers returned; `inner` gives the paths of files there.

        Findings show the paths as typed.
        """

    def unpacked(self, root: str, session: Session) -> Sendable:
        """The batch on that machine: its files lie below `root`."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some jobs of a batch, with the files that they alone need."""

    identity: str
    """The sender's `identity`: another planwriter does not do them."""
    batch: Sendable
    jobs: tuple[int, ...]
    files: Mapping[str, bytes | None]


@dataclass(frozen=True, slots=True)
class SharedFiles:
    """The files that the chunks share, by their paths relative to the sender's base folder; None stands for a folder."""

    name: str
    """A digest of the files."""
    files: Mapping[str, bytes | None]


def identity(form: str) -> str:
    """What two machines must have in common to make the same bytes: planwriter, compression and, for pdf, LibreOffice."""
    office = ""
    if form == "pdf":
        from planwriter.system.office import office_version

        office = f", {office_version()}"
    return f"planwriter {program()}, zlib {packing()}{office}"


def do_chunk(shared: SharedFiles, chunk: Chunk, parent: str) -> list[Made | None] | str:
    """Does the jobs of a chunk in a folder below `parent`; on a worker.

    None stands for a job that this machine cannot do as the sender would. A text says why none was done.
    """
    with _Site.lock:
        own = identity(chunk.batch.form)
        if own != chunk.identity:
            return own
        site = _Site.at(shared, parent, chunk.batch.session)
        if not site.mirror.is_alone:
            return f"{own}, {parent}"
        site.mirror.put(chunk.files)
        try:
            return [_sent_back(each, site.mirror.root) for each in site.do(chunk)]
        finally:
            site.clear(chunk)


class _Site:
    """What a worker keeps between chunks: the shared files in their folder, and what was read of them.

    One chunk is done at a time: what is read is recorded for the whole process.
    """

    lock = threading.RLock()
    _now: _Site | None = None

    def __init__(self, shared: SharedFiles, parent: str, session: Session) -> None:
        self._name, self._files = shared.name, shared.files
        self.mirror = Mirror(parent, f"planwriter-{os.getpid()}-{shared.name[:16]}")
        self.mirror.put(shared.files)
        self._session = session
        self._batch: Sendable | None = None
        self._make: Callable[[int], Made] | None = None

    @classmethod
    def at(cls, shared: SharedFiles, parent: str, session: Session) -> _Site:
        """The site of these shared files; that of others is given up."""
        if cls._now is None or cls._now._name != shared.name:
            leave_site()
            watch.begin()
            cls._now = cls(shared, parent, session)
        return cls._now

    def do(self, chunk: Chunk) -> Iterator[Made]:
        """Does the jobs of a chunk, whose files are there."""
        batch = chunk.batch.unpacked(self.mirror.root, self._session)
        if self._make is None or batch != self._batch:
            self._batch, self._make = batch, batch.begin()
        made = map(self._make, chunk.jobs)
        return as_pdf(made, lambda: False, 1) if batch.form == "pdf" else made

    def clear(self, chunk: Chunk) -> None:
        """Deletes the files of a chunk; those that it laid over shared ones are as before."""
        shared = {name: data for name, data in self._files.items() if name in chunk.files}
        self.mirror.remove(name for name, data in chunk.files.items() if data is not None)
        self.mirror.put(shared)


def leave_site() -> None:
    """Deletes the folder of a worker, when it ends or gets other files."""
    with _Site.lock:
        if _Site._now is not None:
            _Site._now.mirror.close()
            _Site._now = None


def _sent_back(made: Made, root: str) -> Made | None:
    """What a job gave, with paths relative to the root; None if it read, or speaks of, anything of this machine's own."""
    facts = []
    for fact, state in made.facts:
        path = os.path.relpath(fact[1:], root).replace(os.sep, "/")
        if path != ".." and not path.startswith("../"):
            facts.append((fact[0] + path, state))
        elif fact[0] != watch.FILE or os.path.basename(path) != WORKSPACE_FILE:  # a workspace is searched for upwards
            return None
    return None if root in repr(made.findings) else replace(made, facts=tuple(facts))
