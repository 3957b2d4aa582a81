"""Work done by several processes at once."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from multiprocessing.connection import wait


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
