"""Work done by several processes at once."""

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
    """Processes that each call `begin` first, do not hear Ctrl-C, and end with who started them.

    Work is to be given to them while one is `deaf`. Raises OSError, ImportError or NotImplementedError on a system that has
    not what processes talk by.
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
        """Ends the processes at once, whatever they are at."""
        self._leash.end()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As its base: ends the processes when their work is done."""
        super().shutdown(wait, cancel_futures=cancel_futures)
        self._leash.close()


def _begin(leash: Leash, begin: Callable[..., None] | None, arguments: tuple[object, ...]) -> None:
    leash.hold()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows does not hand down what `deaf` sets
    if begin is not None:
        begin(*arguments)


class Leash:
    """What processes are held by: they end at once when `end` is called, and when who started them is gone.

    Each of them begins with `hold`. Nobody reads what is sent, so that all of them see it.
    """

    def __init__(self) -> None:
        self._held, self._hand = multiprocessing.Pipe(duplex=False)

    def __getstate__(self) -> dict[str, object]:
        return {"_held": self._held}

    def end(self) -> None:
        """Ends the processes, whatever they are at."""
        self._hand.send_bytes(b"!")

    def close(self) -> None:
        """Lets go of it, once the processes are gone."""
        self._hand.close()
        self._held.close()

    def hold(self) -> None:
        """To be called in a process that is started: from then on it ends with who started it."""
        parent = multiprocessing.parent_process()
        if parent is not None:
            threading.Thread(target=_end_with, args=([self._held, parent.sentinel],), daemon=True).start()


def _end_with(signs: list[object]) -> None:
    wait(signs)  # type: ignore[arg-type]
    os._exit(1)


@contextlib.contextmanager
def deaf() -> Iterator[None]:
    """Processes started within do not hear Ctrl-C: who started them says when they stop."""
    try:
        heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not the main thread, which alone may say it
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)
