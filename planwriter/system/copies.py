"""Copies of this process that work beside it: each knows all that this one has read.

For systems that copy a process without starting Python anew (Linux); `processes` has pools for all. It is done with pipes alone:
importing the standard library's pools takes as long as making three documents, and their threads would stand in the way.
"""

from __future__ import annotations

import contextlib
import os
import select
import sys
from collections.abc import Callable, Iterator, Sequence

from planwriter.start.typing import TYPE_CHECKING, Any
from planwriter.system import interrupts

if TYPE_CHECKING:
    import pickle
else:
    try:
        import _pickle as pickle  # without the modules that its pure form needs
    except ImportError:
        import pickle

_SIZE = 8
"""The bytes of a number in a pipe."""
_STOCK = 3
"""How many jobs a copy has at a time, so that it never waits for its next one."""


class LostCopy(Exception):
    """A copy has ended before its work was done."""


def can_copy() -> bool:
    """True if a process can be copied here. macOS can too, but its libraries do not survive it."""
    return hasattr(os, "fork") and sys.platform != "darwin"


class _Copy:
    """One copy, seen from the process that made it."""

    def __init__(self, work: Callable[[int], object], others: Sequence[_Copy]) -> None:
        self.jobs: list[int] = []
        """The places in the list of the jobs that it was given and has not answered, in order."""
        taken, self.given = os.pipe()
        self.answers, answered = os.pipe()
        self.ends = self.given, self.answers
        try:
            self.number = os.fork()
            if self.number == 0:
                _work(work, taken, answered, [end for each in (self, *others) for end in each.ends])
        except OSError:
            self.let_go()
            raise
        finally:
            os.close(taken)
            os.close(answered)

    def give(self, at: int, job: int) -> None:
        self.jobs.append(at)
        try:
            os.write(self.given, job.to_bytes(_SIZE, "little"))
        except BrokenPipeError:
            raise LostCopy from None

    def answer(self) -> tuple[int, Any]:
        """Its first job's place, and what that gave; raises what that raised, or LostCopy."""
        size = int.from_bytes(_read(self.answers, _SIZE), "little")
        is_made, made = pickle.loads(_read(self.answers, size))
        if not is_made:
            raise made
        return self.jobs.pop(0), made

    def let_go(self) -> None:
        """Ends the copy after the job that it has begun."""
        for each in self.ends:
            os.close(each)


def _work(work: Callable[[int], object], taken: int, answered: int, foreign: Sequence[int]) -> None:
    """What a copy does until it gets no more jobs. It never returns, so that nothing of its parent's is done twice."""
    try:
        interrupts.leave_to_parent()
        for each in foreign:  # as long as a copy has them, the others would not see the end of the parent
            os.close(each)
        while True:
            answer = _answer_of(work, int.from_bytes(_read(taken, _SIZE), "little"))
            left = memoryview(len(answer).to_bytes(_SIZE, "little") + answer)
            while left:
                left = left[os.write(answered, left) :]
    finally:
        os._exit(0)


def _answer_of(work: Callable[[int], object], job: int) -> bytes:
    try:
        return pickle.dumps((True, work(job)), 5)
    except BaseException as error:
        try:
            return pickle.dumps((False, error), 5)
        except Exception:
            return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")), 5)


def _read(pipe: int, size: int) -> bytes:
    """So many bytes of a pipe; raises LostCopy if it ends before."""
    pieces: list[bytes] = []
    while size:
        piece = os.read(pipe, size)
        if not piece:
            raise LostCopy
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


class Copies:
    """Copies of this process that all do the same work. A context, at the end of which they are gone.

    They ignore Ctrl-C; a request to end (SIGTERM) that reaches one of them ends it, which is a LostCopy. Raises OSError if no
    process can be made.
    """

    def __init__(self, count: int, work: Callable[[int], object]) -> None:
        self._copies: list[_Copy] = []
        try:
            for _ in range(count):
                self._copies.append(_Copy(work, self._copies))
        except OSError:  # fewer do it too
            if not self._copies:
                raise

    def __enter__(self) -> Copies:
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._copies:
            each.let_go()
        for each in self._copies:
            with contextlib.suppress(ChildProcessError):  # where the system collects them by itself
                os.waitpid(each.number, 0)

    def results(
        self, jobs: Sequence[int], first: Sequence[Any], stopped: Callable[[], bool], ahead: int
    ) -> Iterator[Any]:
        """What `work` gives for the jobs, in their order; once `stopped` returns True, no further one is given to a copy.

        `first` is what the first of them gave. At most `ahead` of the others are done before one of them is taken.
        """
        done = dict(enumerate(first))
        given = len(done)
        for wanted in range(len(jobs)):
            if not stopped():
                given = self._give(jobs, given, min(wanted + ahead, len(jobs)))
            while wanted not in done:
                busy = [each.answers for each in self._copies if each.jobs]
                if not busy:
                    return
                ready, _, _ = select.select(busy, (), ())
                for each in self._copies:
                    if each.answers in ready:
                        at, made = each.answer()
                        done[at] = made
                if not stopped():
                    given = self._give(jobs, given, min(wanted + ahead, len(jobs)))
            yield done.pop(wanted)

    def _give(self, jobs: Sequence[int], given: int, last: int) -> int:
        """Gives the copies jobs up to number `last`, those first that have the fewest; returns how many have been given."""
        for stock in range(_STOCK):
            for each in self._copies:
                if given < last and len(each.jobs) <= stock:
                    each.give(given, jobs[given])
                    given += 1
        return given
