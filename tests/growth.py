"""Whether work grows no faster than its input, and whether it ends: the only place of the tests that looks at a clock.

A machine may be busy, slow, or both by turns, so a measured time says little. What runs in Python is counted in `steps`, which
are the same on every machine. What runs in C, such as a pattern, is timed in `assert_linear`, with sizes so far apart that a
quadratic case takes eight times what is allowed and a linear one a quarter of it, and only what exceeds it every time fails.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

Input = TypeVar("Input")

RATIO = 32
"""How many times the large input is as large as the small one."""
ALLOWED = 4 * RATIO
"""How many times as long it may take; a quadratic one takes 1024 times as long."""
SHORT = 0.25
"""Seconds of CPU that are soon enough whatever a small input takes."""
TRIES = 6
"""How often the allowed time must be exceeded."""
PATIENCE = 120.0
"""Seconds of CPU after which a hostile input counts as one without an end. None takes more than 5 on an idle machine."""


def steps(run: Callable[[], object]) -> int:
    """How many steps of Python a run takes. What is made once should have been made before."""
    count = 0

    def step(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


def assert_linear(run: Callable[[Input], object], made: Callable[[int], Input], size: int) -> None:
    """Fails if `run` takes out of all proportion longer for the input of a size than for a 32nd of it."""
    small, large = made(size // RATIO), made(size)
    long, short = _seconds(run, large), float("inf")
    for _ in range(TRIES):
        if long <= SHORT:
            return
        short = min(short, *[_seconds(run, small) for _ in range(3)])
        if long <= ALLOWED * short:
            return
        long = min(long, _seconds(run, large))
    raise AssertionError(f"{RATIO} times the size takes {long / short:.0f} times as long: {long:.2f} s of CPU")


def assert_linear_text(run: Callable[[str], object], text: str) -> None:
    """Fails if `run` takes out of all proportion longer for a text than for the first 32nd of it."""
    assert_linear(run, lambda size: text[:size], len(text))


@contextmanager
def soon(patience: float = PATIENCE) -> Iterator[None]:
    """Fails if what stands in it took longer than anything that ends on the slowest machine."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < patience


def _seconds(run: Callable[[Input], object], given: Input) -> float:
    gc.disable()  # its work depends on what other tests have left
    try:
        begun = time.process_time()
        run(given)
        return time.process_time() - begun
    finally:
        gc.enable()
