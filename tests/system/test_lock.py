"""The lock of a file that is edited: one holder, nothing left over, and a refusal is a finding."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planwriter.system import lock
from planwriter.system.lock import lock_path, locked
from tests.support import ROOT

HOLDER = (
    "import sys, time; from planwriter.system.lock import locked\n"
    "with locked(sys.argv[1]) as failed:\n"
    "    print(failed.message if failed else 'held', flush=True)\n"
    "    sys.stdin.read()\n"
)


def holder(target: Path) -> "subprocess.Popen[str]":
    """A process that holds the lock until its input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(target)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    return process


def test_the_lock_waits_and_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "要点.yaml"
    with holder(target) as process:
        assert os.listdir(tmp_path) == [".要点.yaml.planwriter-lock"]
        begun = time.monotonic()
        killer = f"import os, time; time.sleep(0.5); os.kill({process.pid}, {signal.SIGKILL:d})"
        with subprocess.Popen([sys.executable, "-c", killer]), locked(str(target)) as failed:
            assert failed is None and time.monotonic() - begun > 0.3
    assert os.listdir(tmp_path) == []


def test_two_names_of_one_file_have_one_lock(tmp_path: Path) -> None:
    (tmp_path / "实.yaml").touch()
    (tmp_path / "链接.yaml").symlink_to(tmp_path / "实.yaml")
    assert lock_path(str(tmp_path / "链接.yaml")) == lock_path(str(tmp_path / "实.yaml"))


def test_a_lock_that_is_held_too_long_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "WAIT", 0.1)
    with holder(tmp_path / "要点.yaml") as process:
        with locked(str(tmp_path / "要点.yaml")) as failed:
            assert failed is not None and failed.code == "PW802" and "另一个 planwriter" in failed.message
        process.communicate("")


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_disk_that_refuses_locks_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """The system call itself is made to fail, as some network disks do."""

    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", refused)
    with locked(str(tmp_path / "要点.yaml")) as failed:
        assert failed is not None and failed.code == "PW802" and "不支持给文件加锁" in failed.message


def test_a_folder_that_takes_no_lock_and_one_that_is_not_there_are_findings(tmp_path: Path) -> None:
    (tmp_path / ".要点.yaml.planwriter-lock").mkdir()
    with locked(str(tmp_path / "要点.yaml")) as failed:
        assert failed is not None and failed.code == "PW802"
    with locked(str(tmp_path / "没有/要点.yaml")) as failed:
        assert failed is not None and failed.code == "PW801"
    assert not (tmp_path / "没有").exists()


def test_a_lock_that_is_a_link_does_not_touch_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "信").write_bytes(b"mine")
    (tmp_path / ".要点.yaml.planwriter-lock").symlink_to(tmp_path / "信")
    with locked(str(tmp_path / "要点.yaml")) as failed:
        assert failed is not None and failed.code == "PW802"
    assert (tmp_path / "信").read_bytes() == b"mine"
