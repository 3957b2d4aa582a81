"""One test of thousands of small cases, which as tests of their own would take longer to collect and report than to run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

Case = TypeVar("Case")


def assert_each(check: Callable[[Case], None], cases: Iterable[Case], name: Callable[[Case], object] = str) -> None:
    """Fails if `check` fails for one of the cases; says of each that fails which it is, and why."""
    failed, count = list[str](), 0
    for case in cases:
        count += 1
        try:
            check(case)
        except (Exception, pytest.fail.Exception) as error:
            failed.append(f"{name(case)}: {type(error).__name__} {error}")
    assert count, "there is no case"
    if failed:
        pytest.fail(f"{len(failed)} of {count} cases:\n\n" + "\n\n".join(failed), pytrace=False)
