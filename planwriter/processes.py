"""Work done by several processes at once."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator


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
