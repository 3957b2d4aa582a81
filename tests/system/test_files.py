"""Files are written as a whole or not at all, and every failure is a finding."""

import errno
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from planwriter.system import files
from planwriter.system.reasons import reason_of
from planwriter.system.workspace import find_workspace


def test_a_file_is_written_whole_and_leaves_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "稿.docx"
    assert files.write_file(str(target), b"new") is None
    assert files.write_file(str(target), b"newer") is None
    assert target.read_bytes() == b"newer"
    assert os.listdir(tmp_path) == ["稿.docx"]


def test_a_folder_that_does_not_exist_is_a_finding(tmp_path: Path) -> None:
    failed = files.write_file(str(tmp_path / "没有" / "稿.docx"), b"new")
    assert failed is not None and failed.code == "PW801"


def test_a_folder_in_the_place_of_the_file_is_a_finding(tmp_path: Path) -> None:
    failed = files.write_file(str(tmp_path), b"new")
    assert failed is not None and failed.code == "PW802"


@pytest.mark.skipif(os.name != "posix", reason="rights are told by mode only on POSIX systems")
def test_a_folder_without_permission_is_a_finding(tmp_path: Path) -> None:
    """In a child that is not root: root may write anywhere."""
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o055)
    tmp_path.chmod(0o555)
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setuid(65534)
        failed = files.write_file(str(tmp_path / "稿.docx"), b"new")
        os._exit(0 if failed is not None and failed.code == "PW802" and "没有权限" in failed.message else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    tmp_path.chmod(0o755)
    assert os.listdir(tmp_path) == []


def test_a_disk_that_fills_half_way_keeps_the_old_file(tmp_path: Path) -> None:
    """A real process under a file size limit: the system refuses the write after some bytes, as a full disk does."""
    target = tmp_path / "稿.docx"
    target.write_bytes(b"old")
    program = (
        "import sys; from planwriter.system.files import write_file; "
        "failed = write_file(sys.argv[1], b'x' * 500_000); print(failed.code if failed else 'written')"
    )

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(
        [sys.executable, "-c", program, str(target)], preexec_fn=limit, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "PW802", done.stderr
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["稿.docx"]


def test_a_write_to_a_full_device_is_a_finding() -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    program = "from planwriter.system.streams import write_stdout; import sys; failed = write_stdout(b'x'); sys.stderr.write(failed.code if failed else 'written')"
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", program], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert "PW802" in done.stderr


@pytest.mark.kill
def test_a_process_killed_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "稿.docx"
    target.write_bytes(b"old")
    program = (
        "import os, sys, signal; from planwriter.system import files; "
        "os.fsync = lambda number: os.kill(os.getpid(), signal.SIGKILL); files.write_file(sys.argv[1], b'new')"
    )
    done = subprocess.run([sys.executable, "-c", program, str(target)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert target.read_bytes() == b"old"


def test_a_missing_file_and_a_folder_are_distinguished(tmp_path: Path) -> None:
    missing = files.read_file(str(tmp_path / "没有.yaml")).findings
    folder = files.read_file(str(tmp_path)).findings
    assert ["没有这个文件" in missing[0].message, "这是文件夹" in folder[0].message] == [True, True]


def test_a_name_with_a_nul_is_refused() -> None:
    assert files.read_file("甲\0乙").findings[0].code == "PW101"


def test_the_rights_of_the_file_that_is_replaced_stay(tmp_path: Path) -> None:
    target = tmp_path / "稿.docx"
    target.write_bytes(b"old")
    target.chmod(0o640)
    files.write_file(str(target), b"new")
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "稿.docx", tmp_path / "链接.docx"
    target.write_bytes(b"old")
    link.symlink_to(target)
    assert files.write_file(str(link), b"new") is None
    assert link.is_symlink() and target.read_bytes() == b"new"


def test_the_workspace_is_found_by_walking_up(tmp_path: Path) -> None:
    (tmp_path / "planwriter.yaml").write_text("单位: 青山县教育局\n", "utf-8")
    inner = tmp_path / "2026" / "要点"
    inner.mkdir(parents=True)
    assert find_workspace(str(inner / "提纲.yaml")) == str(tmp_path / "planwriter.yaml")


def test_every_reason_is_reported_in_chinese() -> None:
    assert reason_of(OSError(errno.ENOSPC, "x")) == "磁盘满了"
