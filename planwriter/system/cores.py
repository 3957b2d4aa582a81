"""How many processors this process may use."""

from __future__ import annotations

import os
from collections.abc import Iterator

_GROUPS = "/sys/fs/cgroup"


def cores() -> int:
    """The processors that this process is bound to, within the limit of its container (cgroup); at least 1."""
    return max(1, min((_bound_to(), *_limits())))


def _bound_to() -> int:
    counted = getattr(os, "process_cpu_count", None)  # Python 3.13; it knows PYTHON_CPU_COUNT too
    if counted is not None:
        return int(counted() or 1)
    try:
        return len(os.sched_getaffinity(0))  # not on macOS and Windows
    except (AttributeError, OSError):
        return os.cpu_count() or 1


def _limits() -> Iterator[int]:
    """The limits of the control groups that this process is in, in whole processors, rounded up."""
    for line in _read("/proc/self/cgroup").splitlines()[:100]:
        _, controllers, path = (*line.split(":", 2), "", "")[:3]
        if not controllers:
            for place in _upwards(_GROUPS, path):
                yield from _quota(*_read(f"{place}/cpu.max").split())
        elif "cpu" in controllers.split(","):
            for place in _upwards(f"{_GROUPS}/cpu", path):
                yield from _quota(_read(f"{place}/cpu.cfs_quota_us"), _read(f"{place}/cpu.cfs_period_us"))


def _upwards(root: str, path: str) -> Iterator[str]:
    """The folders of a control group and of those around it, at most 32."""
    parts = [part for part in path.split("/") if part not in ("", "..")][:31]
    for count in range(len(parts), -1, -1):
        yield "/".join((root, *parts[:count]))


def _quota(*said: str) -> Iterator[int]:
    """The processors of a quota and its period in microseconds; nothing for "max", -1 or a file that is not there."""
    numbers = [int(word) for word in said if word.strip().isdecimal()]
    if len(numbers) == 2 and all(numbers):
        yield -(-numbers[0] // numbers[1])


def _read(path: str) -> str:
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            return file.read(64 * 1024)
    except OSError:
        return ""
