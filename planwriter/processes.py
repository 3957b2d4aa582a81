"""Work done by several processes at once."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor


def pool(workers: int, begin: Callable[..., None] | None = None, *arguments: object) -> ProcessPoolExecutor:
    """Processes that each call `begin` first and do not hear Ctrl-C; work is to be given to them while one is `deaf`.

    Raises OSError, ImportError or NotImplementedError on a system that has not what processes talk by.
    """
    return ProcessPoolExecutor(workers, initializer=_begin, initargs=(begin, arguments))


def _begin(begin: Callable[..., None] | None, arguments: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows does not hand down what `deaf` sets
    if begin is not None:
        begin(*arguments)


@contextlib.contextmanager
def deaf() -> Iterator[None]:
    """Processes started within do not hear Ctrl-C, not even while they begin: who started them says when they stop."""
    try:
        heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not the main thread, which alone may say it
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)
