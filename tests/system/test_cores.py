"""How many processors may be used: affinity and the limits of containers."""

from __future__ import annotations

import os

import pytest

from planwriter.system import cores as module
from planwriter.system.cores import cores


def machine(monkeypatch: pytest.MonkeyPatch, count: int, files: dict[str, str]) -> int:
    monkeypatch.setattr(module, "_bound_to", lambda: count)
    monkeypatch.setattr(module, "_read", lambda path: files.get(path, ""))
    return cores()


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ({}, 8),
        ({"/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": "max 100000\n"}, 8),
        ({"/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": "200000 100000\n"}, 2),
        ({"/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": "150000 100000\n"}, 2),
        ({"/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": "50000 100000\n"}, 1),
        ({"/proc/self/cgroup": "0::/a/b\n", "/sys/fs/cgroup/a/cpu.max": "300000 100000\n"}, 3),
        ({"/proc/self/cgroup": "0::/a/b\n", "/sys/fs/cgroup/a/b/cpu.max": "9900000 100000\n"}, 8),
        (
            {
                "/proc/self/cgroup": "3:cpu,cpuacct:/x\n",
                "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "400000\n",
                "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
            },
            4,
        ),
        (
            {
                "/proc/self/cgroup": "3:cpu:/\n",
                "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
                "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
            },
            8,
        ),
        ({"/proc/self/cgroup": "0::/../..\n", "/sys/fs/cgroup/cpu.max": "0 0\n"}, 8),
        ({"/proc/self/cgroup": "nonsense\n\n::\n" + ":" * 50, "/sys/fs/cgroup/cpu.max": "many 100000\n"}, 8),
    ],
)
def test_the_limit_of_the_container_counts(monkeypatch: pytest.MonkeyPatch, files: dict[str, str], wanted: int) -> None:
    assert machine(monkeypatch, 8, files) == wanted


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="the system has no affinity")
def test_the_processors_that_a_process_is_bound_to_count() -> None:
    before = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(before)})
        assert cores() == 1
    finally:
        os.sched_setaffinity(0, before)


def test_a_system_without_affinity_is_asked_for_its_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "process_cpu_count", raising=False)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1


def test_python_s_own_count_is_taken_if_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_read", lambda path: "")
    monkeypatch.setattr(os, "process_cpu_count", lambda: 5, raising=False)
    assert cores() == 5
