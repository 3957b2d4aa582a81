"""Ctrl-C (SIGINT) and the system's request to end (SIGTERM), which are answered in the same way."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from planwriter.start.typing import TYPE_CHECKING

if TYPE_CHECKING:
    import signal
else:
    import _signal as signal  # without its enumerations

EXIT_CODE = 130
"""The exit code of a run that a signal has ended."""
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class _Heard:
    """Whether a signal has ended the work."""

    yes = False


def heard() -> bool:
    """True once a signal has raised KeyboardInterrupt, even if a library made something else of it."""
    return _Heard.yes


def listen() -> None:
    """From now on both signals raise a KeyboardInterrupt; one that the process was started to ignore stays ignored."""
    for number in _SIGNALS:
        with contextlib.suppress(ValueError):  # not the main thread
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _interrupt)


def ignore() -> None:
    """From now on both signals are ignored."""
    for number in _SIGNALS:
        with contextlib.suppress(ValueError):  # not the main thread
            signal.signal(number, signal.SIG_IGN)


def leave_to_parent() -> None:
    """In a copy of a process: Ctrl-C, which reaches both, is for the first one to answer; the system's request ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _interrupt(_number: int, _frame: object) -> None:
    _Heard.yes = True
    raise _Interrupted


class _Interrupted(KeyboardInterrupt):
    """Python ends the process by SIGINT once KeyboardInterrupt itself has come out of an `exec` (that of a dataclass, for
    instance), even if it is caught: the exit code would not be ours.
    """


@contextlib.contextmanager
def noted() -> Iterator[Callable[[], bool]]:
    """A context in which a first signal is only noted, so that what was begun is finished; yields whether there was one."""
    seen: list[int] = []

    def note(number: int, frame: object) -> None:
        if seen:
            _interrupt(number, frame)
        seen.append(number)

    before = {}
    try:
        for number in _SIGNALS:
            before[number] = signal.signal(number, note)
    except ValueError:  # not the main thread
        yield lambda: False
        return
    try:
        yield lambda: bool(seen)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
