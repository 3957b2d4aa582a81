"""Does the jobs of a batch on a dask.distributed cluster; the bytes are those of a run on this machine.

The scheduler gives the work of a worker that dies to another one. What no worker can do is done here.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import logging
import time
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

from planwriter.app.batch.batch import Batch, Made, Stopped, as_pdf, run_here
from planwriter.app.batch.sender import Sender
from planwriter.app.batch.shipment import Chunk, Sendable, SharedFiles, do_chunk, identity, leave_site
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.start.records import dataclass
from planwriter.system import watch

INSTALL = 'pip install "planwriter[cluster]"'
_CONNECT_SECONDS = 15
_GLANCE = 0.2
"""How often a request to stop is heard, in seconds."""
_PATIENCE = 60.0
"""How long a cluster may be without any worker, in seconds."""
_MOST = 50
"""The most jobs in a chunk."""
_CHUNKS_EACH = 4
"""How many chunks each thread of a worker gets in all, at least, so that all end at about the same time."""
_AHEAD = 2
"""How many chunks wait for each thread at a time."""


class Lost(Exception):
    """The cluster does not answer any more."""


def connect(address: str, form: str) -> Result[Cluster | None]:
    """The cluster whose scheduler is at `address`, for documents of this form.

    PW810 without the extra `cluster`, PW811 if the cluster cannot be reached or has no workers, PW812 if one of its workers
    has another planwriter.
    """
    if importlib.util.find_spec("distributed") is None:
        return Result(None, (finding("PW810", Pos(address), package="distributed", command=INSTALL),))
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client = _connected(address)
    except Exception as error:  # of the network, of TLS, of the address
        return Result(None, (finding("PW811", Pos(address), address=address, reason=_shown(error)),))
    try:
        told = client.run(identity, form, on_error="return")
    except Exception as error:
        told, failed = {}, _shown(error)
    else:
        failed = "上面没有工作进程"
    wrong = None
    if not told:
        wrong = finding("PW811", Pos(address), address=address, reason=failed)
    elif others := {worker: each for worker, each in told.items() if each != identity(form)}:
        wrong = other_planwriter(address, next(iter(others.values())), form, worker=next(iter(others)))
    if wrong is not None:
        client.close()
        return Result(None, (wrong,))
    return Result(Cluster(client, address))


def _connected(address: str) -> Any:
    """A client of the scheduler. One that fails to connect is closed here: left to the garbage collector, it can block the next."""
    from distributed import Client

    kind: Any = Client
    client = kind.__new__(kind)
    try:
        client.__init__(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except BaseException:
        with contextlib.suppress(Exception):
            client.close(timeout=_CONNECT_SECONDS)
            client._loop_runner.stop()  # `close` does not, for a client that never connected
        raise
    return client


def other_planwriter(address: str, other: object, form: str, worker: str = "") -> Finding:
    """PW812: a worker has another planwriter, or none."""
    told = other if isinstance(other, str) else f"没有装好 planwriter（{_shown(other)}）"
    return finding("PW812", Pos(address), worker=worker or address, other=told, own=identity(form))


def _shown(error: object) -> str:
    """An error of dask in one short line."""
    said = " ".join(str(error).split())[:120]
    return f"{type(error).__name__} {said}".strip().rstrip("。.")


@dataclass(slots=True)
class Cluster:
    """A connection to a scheduler. Its `run` is a runner of batches."""

    client: Any
    address: str
    made_here: int = 0
    """How many jobs were done on this machine, the first one not counted."""

    def close(self) -> None:
        """Ends the connection; what is still being done is given up."""
        with contextlib.suppress(Exception):  # it may be gone
            self.client.close(timeout=_CONNECT_SECONDS)

    def run(self, batch: Batch, jobs: Sequence[int], stopped: Stopped) -> Iterator[Made]:
        """Yields what the jobs give, in their order; see `batch.run_here`."""
        with watch.accounted():
            if not jobs:
                return
            sendable: Sendable = batch  # type: ignore[assignment]
            first = list(run_here(batch, jobs[:1], stopped))
            yield from first
            if not first or stopped():
                return
            sender = Sender.of(sendable, jobs, first[0])
            if not sender.base or batch.is_piped:
                yield from self._here(batch, jobs[1:], stopped)
                return
            done = 1
            try:
                for made in _Sending(self, sender, jobs[1:], stopped).results():
                    done += 1
                    yield made
            except Lost:
                yield from self._here(batch, jobs[done:], stopped)

    def _here(self, batch: Batch, jobs: Sequence[int], stopped: Stopped) -> Iterator[Made]:
        self.made_here += len(jobs)
        return run_here(batch, jobs, stopped)

    @property
    def threads(self) -> int:
        """How many jobs all workers do at a time."""
        return sum(self.client.nthreads().values())


@dataclass(frozen=True, slots=True)
class _Sent:
    """A chunk on its way: all jobs that it stands for, those that were sent, and the future of their answers."""

    jobs: Sequence[int]
    there: tuple[int, ...]
    future: Any


class _Sending:
    """The chunks of one batch."""

    def __init__(self, cluster: Cluster, sender: Sender, jobs: Sequence[int], stopped: Stopped) -> None:
        self._cluster, self._sender, self._jobs, self._stopped = cluster, sender, jobs, stopped
        self._client = cluster.client
        self._make: Any = None
        self._shared = self._share()

    def _share(self) -> Any:
        """The shared files on the cluster: a task, not scattered data, so that they are there again if a worker dies."""
        shared = self._sender.shared()
        return self._ask(lambda: self._client.submit(_same, shared, key=f"planwriter-{shared.name}", pure=True))

    def results(self) -> Iterator[Made]:
        """Yields the results in order; raises Lost if the cluster is gone."""
        threads = max(1, self._ask(lambda: self._cluster.threads))
        size = max(1, min(_MOST, len(self._jobs) // (threads * _CHUNKS_EACH)))
        portions = deque(self._jobs[at : at + size] for at in range(0, len(self._jobs), size))
        waiting: deque[_Sent] = deque()
        try:
            while portions or waiting:
                while portions and len(waiting) < threads * _AHEAD:
                    waiting.append(self._send(portions.popleft()))
                yield from self._answers(waiting.popleft())
                if self._stopped():
                    return
        finally:
            self._client.cancel([each.future for each in waiting if each.future is not None])

    def _send(self, jobs: Sequence[int]) -> _Sent:
        chunk, there = self._sender.chunk(jobs)
        future = None
        if chunk is not None:
            future = self._ask(lambda: self._client.submit(_on_worker, self._shared, chunk, pure=False))
        return _Sent(jobs, there, future)

    def _answers(self, sent: _Sent) -> Iterator[Made]:
        answers = self._wait(sent)
        if answers is None:  # stopped
            return
        for job in sent.jobs:
            answer = answers.get(job)
            if isinstance(answer, Finding):
                yield Made(None, (answer,))
                continue
            made = self._sender.taken(job, answer)
            if made is None:
                self._cluster.made_here += 1
                made = self._done_here(job)
            yield made
            if self._stopped():
                return

    def _wait(self, sent: _Sent) -> dict[int, object] | None:
        """The answers by jobs; None if there was a request to stop."""
        from distributed import KilledWorker

        if sent.future is None:
            return {}
        since = time.monotonic()
        while not sent.future.done():
            if self._stopped():
                return None
            time.sleep(_GLANCE if time.monotonic() - since > 1 else 0.01)
            if time.monotonic() - since > _PATIENCE:
                since = time.monotonic()
                if not self._ask(lambda: self._cluster.threads):
                    raise Lost
        try:
            told = sent.future.result(timeout=_PATIENCE)
        except KilledWorker:
            return self._one_by_one(sent)
        except Exception as error:
            if sent.future.status == "error" and not isinstance(error, OSError):
                raise
            raise Lost from error
        if isinstance(told, str):
            wrong = other_planwriter(self._cluster.address, told, self._sender.batch.form)
            return dict.fromkeys(sent.there, wrong)
        if not isinstance(told, list) or len(told) != len(sent.there):
            return {}
        return dict(zip(sent.there, told, strict=True))

    def _one_by_one(self, sent: _Sent) -> dict[int, object] | None:
        """The answers of a chunk that ended its workers, each job alone; PW813 for the one that ends them again."""
        if len(sent.jobs) == 1:
            shown = self._sender.batch.named(sent.jobs)[0]
            return {sent.jobs[0]: finding("PW813", Pos(shown), address=self._cluster.address)}
        made: dict[int, object] = {}
        for job in sent.there:
            alone = self._wait(self._send([job]))
            if alone is None:
                return None
            made.update(alone)
        return made

    def _done_here(self, job: int) -> Made:
        batch = self._sender.batch
        if self._make is None:
            self._make = batch.begin()
        made: Made = self._make(job)
        if self._sender.learn(made):
            self._shared = self._share()
        return next(as_pdf(iter([made]), lambda: False, 1)) if batch.form == "pdf" else made

    def _ask(self, question: Any) -> Any:
        """What the client answers; raises Lost if the scheduler is gone."""
        try:
            return question()
        except Exception as error:
            if self._client.status == "running" and not isinstance(error, OSError):
                raise
            raise Lost from error


def _same(shared: SharedFiles) -> SharedFiles:
    return shared


def _on_worker(shared: SharedFiles, chunk: Chunk) -> list[Made | None] | str:
    from distributed import get_worker

    atexit.register(leave_site)
    return do_chunk(shared, chunk, get_worker().local_directory)
