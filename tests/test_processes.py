"""Processes that are started for a while: they end with who started them, and at once when they are told to."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from pathlib import Path

import pytest

from planwriter.processes import Leash

_SCRIPT = """
import os, time
from concurrent.futures import ProcessPoolExecutor
from planwriter.processes import Leash

def work():
    print(os.getpid(), flush=True)
    time.sleep(100)

if __name__ == "__main__":
    leash = Leash()
    pool = ProcessPoolExecutor(2, initializer=leash.hold)
    for _ in range(2):
        pool.submit(work)
    time.sleep(100)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_workers_end_when_who_started_them_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "work.py"
    script.write_text(_SCRIPT, "utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [int(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(signal.SIGKILL)
        begun = time.monotonic()
        assert parent.stdout.read() == ""  # the pipe ends when the last of them does
        assert time.monotonic() - begun < 30, workers


def test_workers_end_at_once_when_they_are_let_go() -> None:
    begun = time.monotonic()
    with contextlib.closing(Leash()) as leash:
        pool = ProcessPoolExecutor(2, initializer=leash.hold)
        asked = [pool.submit(time.sleep, 100) for _ in range(4)]
        while not any(each.running() for each in asked):
            time.sleep(0.05)
        leash.end()
        with pytest.raises(BrokenExecutor):
            asked[0].result()
        pool.shutdown()
    assert time.monotonic() - begun < 30
