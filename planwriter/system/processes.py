"""Pools of processes that work in parallel."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext


class Pool(ProcessPoolExecutor):
    """Worker processes that each call `begin` first, ignore Ctrl-C, and end with the process that started them.

    A request to end (SIGTERM) that reaches a worker too ends it, which is a `BrokenProcessPool` for who waits for its work.

    Work must be submitted within `deaf`. Raises OSError, ImportError or NotImplementedError on a system without the means of
    communication between processes.
    """

    def __init__(
        self,
        workers: int,
        begin: Callable[..., None] | None = None,
        *arguments: object,
        context: BaseContext | None = None,
    ) -> None:
        self._leash = Leash()
        try:
            super().__init__(workers, context, initializer=_begin, initargs=(self._leash, begin, arguments))
        except BaseException:
            self._leash.close()
            raise

    def end(self) -> None:
        """Ends the processes at once, even in the middle of their work."""
        self._leash.end()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Like the method of the base class: ends the processes when their work is done."""
        super().shutdown(wait, cancel_futures=cancel_futures)
        self._leash.close()


def _begin(leash: Leash, begin: Callable[..., None] | None, arguments: tuple[object, ...]) -> None:
    leash.hold()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows does not inherit what `deaf` sets
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if begin is not None:
        begin(*arguments)


class Leash:
    """Ties worker processes to the process that starts them: they end at once when `end` is called or when it is gone.

    Each worker calls `hold` first. The message is never read from the pipe, so that all workers see it.
    """

    def __init__(self) -> None:
        self._held, self._hand = multiprocessing.Pipe(duplex=False)

    def __getstate__(self) -> dict[str, object]:
        return {"_held": self._held}

    def end(self) -> None:
        """Ends the processes, even in the middle of their work."""
        self._hand.send_bytes(b"!")

    def close(self) -> None:
        """Closes the pipe, once the processes are gone."""
        self._hand.close()
        self._held.close()

    def hold(self) -> None:
        """Called in a worker process: from then on it ends with the process that started it."""
        parent = multiprocessing.parent_process()
        if parent is not None:
            threading.Thread(target=_end_with, args=([self._held, parent.sentinel],), daemon=True).start()


def _end_with(signs: list[object]) -> None:
    wait(signs)  # type: ignore[arg-type]
    os._exit(1)


@contextlib.contextmanager
def deaf() -> Iterator[None]:
    """A context in which started processes ignore Ctrl-C; the process that starts them decides when they stop."""
    try:
        heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # only the main thread may set it
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)


def bound_memory(more: int) -> None:
    """Lets this process take at most `more` bytes beyond those that it has, on a system that tells how many these are."""
    try:
        with open("/proc/self/statm", "rb") as file:
            pages = int(file.read().split()[0])
    except (OSError, ValueError):
        return
    import resource

    limit = pages * resource.getpagesize() + more
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
