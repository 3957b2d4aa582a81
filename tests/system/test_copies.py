"""Copies of a process give what it would have given itself, and end with it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from planwriter.system.copies import Copies, LostCopy, can_copy

pytestmark = pytest.mark.skipif(not can_copy(), reason="processes are not copied on this system")


def never() -> bool:
    return False


def given(work: Callable[[int], object], jobs: list[int], count: int = 3, ahead: int = 100) -> list[object]:
    with Copies(count, work) as made:
        return list(made.results(jobs, [], never, ahead))


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("ahead", [1, 4, 100])
def test_results_come_in_the_order_of_the_jobs(count: int, ahead: int) -> None:
    def work(job: int) -> tuple[int, bytes]:
        if job % 7 == 0:
            time.sleep(0.002)
        return job, bytes([job]) * (job * 5000)  # more than a pipe holds

    assert given(work, [*range(40, 0, -1)], count, ahead) == [
        (job, bytes([job]) * (job * 5000)) for job in range(40, 0, -1)
    ]


def test_the_work_is_done_in_other_processes_that_know_what_this_one_knows() -> None:
    known = {"here": os.getpid()}
    answers = given(lambda job: f"{os.getpid()} {known['here']}", [0] * 12, count=2)
    pids = {str(each).split()[0] for each in answers}
    assert len(pids) == 2 and str(os.getpid()) not in pids
    assert {str(each).split()[1] for each in answers} == {str(os.getpid())}


def test_what_is_known_is_not_done_again() -> None:
    with Copies(2, lambda job: job * 10) as made:
        assert list(made.results([1, 2, 3], ["first"], never, 100)) == ["first", 20, 30]
    with Copies(2, lambda job: job * 10) as made:
        assert (
            list(made.results([1], ["first"], never, 100)) == ["first"] and list(made.results([], [], never, 9)) == []
        )


def test_once_stopped_only_what_was_given_is_done() -> None:
    seen: list[object] = []
    with Copies(2, lambda job: job) as made:
        for each in made.results([*range(1000)], [], lambda: len(seen) > 4, 6):
            seen.append(each)
    assert seen == [*range(len(seen))] and 5 <= len(seen) <= 20


def test_nothing_is_begun_if_it_was_stopped_before() -> None:
    with Copies(2, lambda job: job) as made:
        assert list(made.results([1, 2], [], lambda: True, 100)) == []


def test_an_error_of_the_work_is_raised_here() -> None:
    def work(job: int) -> int:
        if job == 5:
            raise MemoryError("too much")
        return job

    with pytest.raises(MemoryError, match="too much"):
        given(work, [*range(20)])


def test_an_error_that_cannot_be_sent_is_told() -> None:
    class Own(Exception):
        pass

    def work(job: int) -> int:
        raise Own("odd")

    with pytest.raises(RuntimeError, match="Own: odd"):
        given(work, [1])
    with pytest.raises(Exception, match="pickle"):
        given(lambda job: lambda: job, [1])


def test_a_copy_that_dies_is_noticed() -> None:
    def work(job: int) -> int:
        if job == 9:
            os.kill(os.getpid(), signal.SIGKILL)
        return job

    with pytest.raises(LostCopy):
        given(work, [*range(20)])


def test_copies_ignore_an_interrupt_and_heed_the_request_to_end() -> None:
    def work(job: int) -> int:
        os.kill(os.getpid(), signal.SIGINT if job < 5 else signal.SIGTERM)
        return job

    assert given(work, [*range(5)]) == [*range(5)]
    with pytest.raises(LostCopy):
        given(work, [*range(10)])


def test_no_process_and_no_pipe_is_left() -> None:
    before = os.listdir("/dev/fd")
    with pytest.raises(ValueError, match="consumer"), Copies(4, lambda job: b"x" * 300_000) as made:
        for _ in made.results([*range(100)], [], never, 50):
            raise ValueError("consumer")
    for each in made._copies:
        with pytest.raises(ChildProcessError):
            os.waitpid(each.number, os.WNOHANG)
    assert os.listdir("/dev/fd") == before


def test_a_system_that_makes_fewer_processes_uses_those(monkeypatch: pytest.MonkeyPatch) -> None:
    real, left = os.fork, [1]

    def fork() -> int:
        if not left:
            raise BlockingIOError(11, "no more processes")
        left.pop()
        return real()

    before = os.listdir("/dev/fd")
    monkeypatch.setattr(os, "fork", fork)
    assert given(lambda job: job, [1, 2, 3]) == [1, 2, 3]
    with pytest.raises(OSError, match="no more"):
        Copies(2, lambda job: job)
    assert os.listdir("/dev/fd") == before


_SCRIPT = """
import os, sys, time
from planwriter.system.copies import Copies

def work(job):
    os.write(1, b"%d\\n" % os.getpid())  # in one piece: the other writes too
    time.sleep(float(sys.argv[1]))

with Copies(2, work) as made:
    list(made.results([0, 1], [], lambda: False, 9))
"""


@pytest.mark.kill
def test_copies_end_after_their_job_when_who_made_them_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "work.py"
    script.write_text(_SCRIPT, "utf-8")
    with subprocess.Popen([sys.executable, str(script), "0.5"], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [int(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(signal.SIGKILL)
        begun = time.monotonic()
        assert parent.stdout.read() == ""  # the pipe ends when the last of them does
        assert time.monotonic() - begun < 300, workers
