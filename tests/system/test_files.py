"""Files are written as a whole or not at all, and every failure is a finding."""

import errno
import os
import resource
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from planwriter.clauses.library import open_folder
from planwriter.findings.finding import Severity
from planwriter.system import files
from planwriter.system.lock import locked
from planwriter.system.reasons import reason_of
from planwriter.system.workspace import find_outlines, find_workspace


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


@pytest.mark.parametrize("length", [82, 83, 84, 85])
def test_a_name_as_long_as_the_disk_allows_is_written_locked_and_cleared(tmp_path: Path, length: int) -> None:
    """The name of the spare file was cut by characters once, and was too long then."""
    target = tmp_path / ("甲" * length)
    old = tmp_path / f".{'甲' * 66}.1.tmp"
    old.write_bytes(b"left over")
    os.utime(old, (1, 1))
    with locked(str(target)) as failed:
        assert failed is None and files.write_file(str(target), b"new") is None
    assert os.listdir(tmp_path) == [target.name]


def test_spares_older_than_a_day_are_cleared_beside_their_target_only(tmp_path: Path) -> None:
    kept = [".稿.docx.1.tmp", ".别的.docx.1.tmp", ".稿.docx.x.tmp", "稿.docx.2.tmp"]
    for name in (*kept, ".稿.docx.2.tmp", ".稿.docx.0123456789abcdef.tmp"):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (1, 1))
    os.utime(tmp_path / kept[0])
    (tmp_path / ".稿.docx.3.tmp").symlink_to(tmp_path / kept[1])
    assert files.write_file(str(tmp_path / "稿.docx"), b"new") is None
    assert sorted(os.listdir(tmp_path)) == sorted(["稿.docx", ".稿.docx.3.tmp", *kept])


def test_a_spare_of_a_killed_process_of_the_same_number_is_no_obstacle(tmp_path: Path) -> None:
    """In a container every run may have the same number."""
    (tmp_path / f".稿.docx.{os.getpid()}.tmp").write_bytes(b"torn")
    assert files.write_file(str(tmp_path / "稿.docx"), b"new") is None
    assert (tmp_path / "稿.docx").read_bytes() == b"new"


# pipes, devices and links


def reading(pipe: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", f"print(open({str(pipe)!r}).read(), end='')"], stdout=subprocess.PIPE
    )


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "管.txt"
    os.mkfifo(pipe)
    with reading(pipe) as reader:
        assert files.write_file(str(pipe), b"new" * 100_000) is None
        assert reader.communicate(timeout=30)[0] == b"new" * 100_000
    assert pipe.is_fifo() and os.listdir(tmp_path) == ["管.txt"]


def test_a_pipe_that_nobody_reads_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planwriter.system.streams._PATIENCE", 0.1)
    os.mkfifo(tmp_path / "管")
    failed = files.write_file(str(tmp_path / "管"), b"new")
    assert failed is not None and failed.code == "PW802" and "没有程序在读" in failed.message


@pytest.mark.parametrize("through_link", [False, True])
def test_a_device_is_written_to_and_stays_one(tmp_path: Path, through_link: bool) -> None:
    """`cd /dev; render … --to text -o null` replaced the device once. That of a terminal is safe if it fails: none is made there."""
    ours, theirs = os.openpty()
    device = os.ttyname(theirs)
    (tmp_path / "链接").symlink_to(device)
    assert files.write_file(str(tmp_path / "链接") if through_link else device, b"new") is None
    assert os.read(ours, 9) == b"new"
    assert stat.S_ISCHR(os.stat(device).st_mode) and (tmp_path / "链接").is_symlink()
    os.close(ours)
    os.close(theirs)


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("套接字")
        failed = files.write_file("套接字", b"new")
    assert failed is not None and failed.code == "PW802" and stat.S_ISSOCK(os.stat("套接字").st_mode)


def test_a_link_to_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "夹").mkdir()
    (tmp_path / "链接").symlink_to(tmp_path / "夹")
    failed = files.write_file(str(tmp_path / "链接"), b"new")
    assert failed is not None and failed.code == "PW802" and "指向文件夹的链接" in failed.message
    assert (tmp_path / "链接").is_symlink() and os.listdir(tmp_path / "夹") == []


def test_a_pipe_is_read_only_if_it_was_named(tmp_path: Path) -> None:
    pipe = tmp_path / "管"
    os.mkfifo(pipe)
    refused = files.read_file(str(pipe))
    assert refused.findings[0].code == "PW101" and "管道" in refused.findings[0].message
    with subprocess.Popen([sys.executable, "-c", f"open({str(pipe)!r}, 'w').write('x')"]):
        assert files.read_named(str(pipe)).value == b"x"
    assert files.read_named(str(pipe)).value == b"x", "what came through it is kept"


def test_a_pipe_in_a_data_folder_is_a_finding_and_one_in_a_workspace_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "甲.yaml").write_text("文种: 工作要点\n", "utf-8")
    for name in ("乙.yaml", "kind.yaml"):
        os.mkfifo(tmp_path / name)
    assert [(each.folder, [found.code for found in each.findings]) for each in files.read_data_files(str(tmp_path))] == [
        ("kind.yaml", ["PW101"]), ("乙.yaml", ["PW101"]), ("甲.yaml", [])
    ]  # fmt: skip
    outlines = find_outlines(str(tmp_path))
    assert outlines.value == ("甲.yaml",)
    assert [(each.code, each.severity, each.pos.file) for each in outlines.findings] == [
        ("PW101", Severity.WARNING, name) for name in ("kind.yaml", "乙.yaml")
    ]
    assert all("管道" in each.message for each in outlines.findings)
    assert [each.code for each in open_folder(str(tmp_path), "库").findings].count("PW101") == 2


def test_whatever_cannot_be_read_in_a_workspace_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("锁着", "股"):
        (tmp_path / name).mkdir()
    (tmp_path / "股/甲.yaml").write_text("文种: 工作要点\n", "utf-8")
    (tmp_path / "股/圈.yaml").symlink_to("圈.yaml")
    (tmp_path / "股/套接字.yml").symlink_to("/dev/null")
    (tmp_path / "股/管.txt").symlink_to("/dev/null")
    (tmp_path / "股/.#甲.yaml").symlink_to("somebody@host.1234")  # an editor's mark
    listed = os.scandir

    def scandir(path: str) -> Iterator[os.DirEntry[str]]:
        if path == str(tmp_path / "锁着"):
            raise PermissionError(errno.EACCES, "no", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    outlines = find_outlines(str(tmp_path))
    assert outlines.value == ("股/甲.yaml",)
    assert {each.pos.file: each.message for each in outlines.findings} == {
        "股/圈.yaml": "读不到文件：链接绕成了圈，或者在这里不能用链接。",
        "股/套接字.yml": "读不到文件：这是管道或设备，不是普通的文件。",
        "锁着": "读不到文件：没有权限。",
    }
    assert {each.severity for each in outlines.findings} == {Severity.WARNING}


# links out of a workspace


@pytest.fixture
def area(tmp_path: Path) -> Path:
    """A workspace, beside a folder of the user's with a file."""
    (tmp_path / "家").mkdir()
    (tmp_path / "家/信.txt").write_text("自己的", "utf-8")
    (tmp_path / "区").mkdir()
    (tmp_path / "区/planwriter.yaml").touch()
    return tmp_path / "区"


def test_nothing_is_written_created_locked_or_deleted_through_a_link_out_of_a_workspace(area: Path) -> None:
    (area / "夹").symlink_to(area.parent / "家")
    (area / "稿.txt").symlink_to(area.parent / "家/信.txt")
    (area / "新").symlink_to(area.parent / "没有")
    tried = [
        files.write_file(str(area / "稿.txt"), b"x"),
        files.write_file(str(area / "夹/信.txt"), b"x"),
        files.write_file(str(area / "新"), b"x"),
        files.write_new(str(area / "夹/新.txt"), b"x"),
        files.make_folder(str(area / "夹/新")),
    ]
    with locked(str(area / "夹/信.txt")) as failed:
        tried.append(failed)
    assert [each and each.code for each in tried] == ["PW807"] * len(tried)
    files.delete_files(str(area / "夹"), lambda name: True)
    assert os.listdir(area.parent / "家") == ["信.txt"] and not (area.parent / "没有").exists()
    assert (area.parent / "家/信.txt").read_text("utf-8") == "自己的"


def test_a_link_within_a_workspace_and_a_workspace_behind_a_link_are_fine(area: Path) -> None:
    (area / "实").mkdir()
    (area / "夹").symlink_to(area / "实")
    (area.parent / "快捷").symlink_to(area)
    assert files.write_file(str(area / "夹/稿.txt"), b"x") is None
    assert files.write_file(str(area.parent / "快捷/稿.txt"), b"x") is None


def test_only_regular_files_that_are_unwanted_are_deleted(tmp_path: Path) -> None:
    (tmp_path / "夹").mkdir()
    (tmp_path / "夹/子").mkdir()
    (tmp_path / "外").write_bytes(b"x")
    (tmp_path / "夹/链接").symlink_to(tmp_path / "外")
    os.mkfifo(tmp_path / "夹/管")
    for name in ("要", "不要"):
        (tmp_path / "夹" / name).write_bytes(b"x")
    files.delete_files(str(tmp_path / "夹"), lambda name: name != "要")
    assert sorted(os.listdir(tmp_path / "夹")) == ["子", "管", "要", "链接"] and (tmp_path / "外").exists()


@pytest.mark.parametrize(("given", "seconds"), [("0", 0), ("1798761600", 1798761600), ("99999999999", 99999999999)])
def test_the_time_that_is_set(given: str, seconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    assert files.now() == seconds


@pytest.mark.parametrize("given", ["", "-1", "1.5", "１", "9" * 12, "now"])
def test_a_time_that_is_none_is_the_clocks(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    monkeypatch.setattr("time.time", lambda: 1234.5)
    assert files.now() == 1234
