"""Worker processes end with the process that started them, and at once on request."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest

from planwriter.system.processes import Pool

_SCRIPT = """
import os, time
from planwriter.system.processes import Pool

def work():
    os.write(1, b"%d\\n" % os.getpid())  # in one piece: the other writes too
    time.sleep(600)

if __name__ == "__main__":
    pool = Pool(2)
    for _ in range(2):
        pool.submit(work)
    time.sleep(600)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.kill
def test_workers_end_when_who_started_them_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "work.py"
    script.write_text(_SCRIPT, "utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [int(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(signal.SIGKILL)
        begun = time.monotonic()
        assert parent.stdout.read() == ""  # the pipe ends when the last of them does
        assert time.monotonic() - begun < 300, workers


def test_workers_end_at_once_when_they_are_let_go() -> None:
    begun = time.monotonic()
    pool = Pool(2)
    asked = [pool.submit(time.sleep, 600) for _ in range(4)]
    while not any(each.running() for each in asked):
        time.sleep(0.05)
    pool.end()
    with pytest.raises(BrokenExecutor):
        asked[0].result()
    pool.shutdown()
    assert time.monotonic() - begun < 300


_BOUNDED = """
from planwriter.system.processes import bound_memory
bound_memory(64 * 1024 * 1024)
small = bytearray(16 * 1024 * 1024)
try:
    bytearray(256 * 1024 * 1024)
except MemoryError:
    print("refused")
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell what a process has")
def test_a_process_takes_no_more_than_it_may() -> None:
    done = subprocess.run([sys.executable, "-c", _BOUNDED], capture_output=True, text=True, check=True)
    assert done.stdout == "refused\n"
