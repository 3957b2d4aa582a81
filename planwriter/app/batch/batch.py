"""Makes many documents: a batch is a list of jobs, a runner yields what they give, in their order.

A runner is a function of the batch, the numbers of its jobs, and whether to stop. The one here works on this machine, in
one process or in several; `cluster` has one for many machines. PDF is a second step, over the finished .docx.
"""

from __future__ import annotations

import functools
import itertools
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence

from planwriter.findings.finding import Finding
from planwriter.start.records import dataclass, replace
from planwriter.start.typing import TYPE_CHECKING, Protocol, TypeAlias
from planwriter.system import watch
from planwriter.system.copies import Copies, LostCopy, can_copy
from planwriter.system.cores import cores
from planwriter.system.program import is_own_data

if TYPE_CHECKING:
    from concurrent.futures import Future

    from planwriter.system.processes import Pool


FEW = 12
"""Up to this number of jobs, one process is used: starting a second takes longer."""
_AT_ONCE = 4
"""The number of jobs that a process takes at a time."""
_AHEAD = 4
"""How many such portions are made ahead for each process: what waits to be written stays in memory."""
_WAVE = 500
"""The most .docx that are made before they are converted to PDF, for the same reason."""


Facts: TypeAlias = "tuple[tuple[str, str], ...]"
"""What a document was made from, as `system.watch` records it, without planwriter's own data; sorted."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a job gives: the bytes of its document, None if there is none, the findings, and what it was made from."""

    data: bytes | None
    findings: tuple[Finding, ...] = ()
    facts: Facts = ()


def facts_of(seen: Mapping[str, str]) -> Facts:
    """The facts in a record of `system.watch`."""
    return tuple(sorted((fact, state) for fact, state in seen.items() if not _is_own(fact)))


@functools.lru_cache(maxsize=1024)
def _is_own(fact: str) -> bool:
    return is_own_data(fact[1:])


class Batch(Protocol):
    """A list of jobs that can be sent to other processes. A job makes a document; it writes nothing."""

    @property
    def form(self) -> str:
        """The form of the documents; "" if they are only checked. For pdf, the jobs give .docx."""

    @property
    def is_piped(self) -> bool:
        """True if an input is no regular file, so that only one process can read it."""

    def begin(self) -> Callable[[int], Made]:
        """Called once in each process: the function that does the job of a number."""


Stopped: TypeAlias = "Callable[[], bool]"
Runner: TypeAlias = "Callable[[Batch, Sequence[int], Stopped], Iterator[Made]]"


def made_form(form: str) -> str:
    """The form that the jobs of a batch make."""
    return "docx" if form == "pdf" else form


def run_here(
    batch: Batch, jobs: Sequence[int], stopped: Stopped = lambda: False, *, processes: int | None = None
) -> Iterator[Made]:
    """Yields what the jobs of these numbers give, in their order; once `stopped` returns True, no further one is begun.

    Several processes are used for more than a few jobs, if the system has the means.
    """
    if not jobs:
        return iter(())
    made = _made(batch, jobs, stopped, processes or cores())
    return as_pdf(made, stopped, processes or cores()) if batch.form == "pdf" else made


def _made(batch: Batch, jobs: Sequence[int], stopped: Stopped, processes: int) -> Iterator[Made]:
    workers = min(processes, len(jobs) // _AT_ONCE + 1)
    with watch.accounted():
        first: list[Made] = []
        if len(jobs) > FEW and workers > 1 and not batch.is_piped:
            if can_copy():
                make = batch.begin()
                first = [] if stopped() else [make(jobs[0])]  # then the copies know all that jobs share
                copies = _copies(workers, make)
                if copies is not None:
                    with copies:
                        yield from _from_copies(copies, jobs, first, stopped, workers * _AHEAD * _AT_ONCE)
                    return
            else:
                pool = _pool(workers, batch)
                if pool is not None:
                    with pool:
                        yield from _from_pool(pool, jobs, stopped, workers * _AHEAD)
                    return
        make = batch.begin()
        yield from first
        for job in jobs[len(first) :]:
            if stopped():
                return
            yield make(job)


def _copies(workers: int, make: Callable[[int], Made]) -> Copies | None:
    try:
        return Copies(workers, make)
    except OSError:  # no more processes on this system
        return None


def _from_copies(
    copies: Copies, jobs: Sequence[int], first: Sequence[Made], stopped: Stopped, ahead: int
) -> Iterator[Made]:
    try:
        yield from copies.results(jobs, first, stopped, ahead)
    except LostCopy:
        if not stopped():  # else the signal reached the copies too
            raise


def _pool(workers: int, batch: Batch) -> Pool | None:
    try:
        from planwriter.system.processes import Pool

        return Pool(workers, _begin, batch)
    except (ImportError, NotImplementedError, OSError):  # no semaphores or no processes on this system
        return None


def _from_pool(pool: Pool, jobs: Sequence[int], stopped: Stopped, ahead: int) -> Iterator[Made]:
    from concurrent.futures import BrokenExecutor

    from planwriter.system.processes import deaf

    chunks = (jobs[at : at + _AT_ONCE] for at in range(0, len(jobs), _AT_ONCE))
    with deaf():  # the processes are started here
        waiting = deque(pool.submit(_make_some, chunk) for chunk in itertools.islice(chunks, ahead))
    while waiting:
        chunk = waiting.popleft()
        try:
            made = _result(chunk, waiting, stopped)
        except BrokenExecutor:
            if stopped():  # the signal reached the processes too
                return
            raise
        if not stopped():
            waiting += (pool.submit(_make_some, chunk) for chunk in itertools.islice(chunks, 1))
        yield from made


def _result(chunk: Future[list[Made]], waiting: deque[Future[list[Made]]], stopped: Stopped) -> list[Made]:
    """What a portion gives; nothing if it was not begun before the request to stop."""
    if stopped():
        for each in (chunk, *waiting):
            each.cancel()
    return [] if chunk.cancelled() else chunk.result()


class _Process:
    """What one process keeps between jobs."""

    make: Callable[[int], Made]


def _begin(batch: Batch) -> None:
    watch.begin()
    _Process.make = batch.begin()


def _make_some(jobs: Sequence[int]) -> list[Made]:
    return list(map(_Process.make, jobs))


def as_pdf(made: Iterator[Made], stopped: Stopped, lanes: int) -> Iterator[Made]:
    """The .docx of a batch converted to PDF, in waves: first .docx, then all of them by several LibreOffices."""
    while wave := list(itertools.islice(made, _WAVE)):
        yield from _converted(wave, stopped, lanes)


def _converted(wave: list[Made], stopped: Stopped, lanes: int) -> Iterator[Made]:
    from planwriter.writers.pdf_groups import docx_to_pdfs
    from planwriter.writers.stamp import stamp

    documents = [each.data for each in wave if each.data is not None]
    pdfs = docx_to_pdfs(documents, lanes=lanes, stopped=stopped)
    for each in wave:
        if each.data is not None:
            pdf = next(pdfs, None)
            if pdf is None:  # stopped
                return
            data = stamp(pdf.value, "pdf") if pdf.value is not None else None
            each = replace(each, data=data, findings=(*each.findings, *pdf.findings))
        yield each
