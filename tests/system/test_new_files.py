"""New files of a batch are written as `write_file` writes them, or not at all."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planwriter.system import files
from planwriter.system.new_files import NewFiles
from planwriter.system.spare import spare_path


def test_a_new_file_is_as_write_file_makes_it(tmp_path: Path) -> None:
    assert NewFiles(str(tmp_path)).write("甲.docx", b"new" * 100_000)
    assert files.write_file(str(tmp_path / "乙.docx"), b"new") is None
    assert (tmp_path / "甲.docx").read_bytes() == b"new" * 100_000
    assert (tmp_path / "甲.docx").stat().st_mode == (tmp_path / "乙.docx").stat().st_mode
    assert sorted(os.listdir(tmp_path)) == sorted(["甲.docx", "乙.docx"])


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "稿.docx").write_bytes(b"old")
    (tmp_path / "夹").mkdir()
    (tmp_path / "链").symlink_to(tmp_path / "没有")
    new = NewFiles(str(tmp_path))
    assert not any(new.write(name, b"new") for name in ("稿.docx", "夹", "链"))
    assert (tmp_path / "稿.docx").read_bytes() == b"old" and not (tmp_path / "没有").exists()
    assert sorted(os.listdir(tmp_path)) == sorted(["稿.docx", "夹", "链"])


def test_a_folder_that_is_not_there_gets_nothing(tmp_path: Path) -> None:
    assert not NewFiles(str(tmp_path / "没有")).write("稿.docx", b"new")
    assert not NewFiles(str(tmp_path)).write("稿\0.docx", b"new")
    assert os.listdir(tmp_path) == []


def test_nothing_is_written_through_a_link_that_leads_out_of_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "区").mkdir()
    (tmp_path / "区" / "planwriter.yaml").write_text("", "utf-8")
    (tmp_path / "外").mkdir()
    (tmp_path / "区" / "各校").symlink_to(tmp_path / "外", target_is_directory=True)
    (tmp_path / "外链").symlink_to(tmp_path / "外", target_is_directory=True)
    assert not NewFiles(str(tmp_path / "区" / "各校")).write("稿.docx", b"new")
    assert os.listdir(tmp_path / "外") == []
    assert NewFiles(str(tmp_path / "外链")).write("稿.docx", b"new"), "no workspace: the user's own choice"


def test_old_spares_are_left_to_write_file(tmp_path: Path) -> None:
    spare = Path(spare_path(str(tmp_path / "稿.docx"), "1"))
    spare.write_bytes(b"half")
    os.utime(spare, (time.time() - 10 * 24 * 3600,) * 2)
    assert not NewFiles(str(tmp_path)).write("稿.docx", b"new")
    assert files.write_file(str(tmp_path / "稿.docx"), b"new") is None
    assert os.listdir(tmp_path) == ["稿.docx"]


def test_a_disk_that_fills_half_way_leaves_nothing(tmp_path: Path) -> None:
    """A real process under a file size limit: the system refuses the write after some bytes, as a full disk does."""
    program = (
        "import sys; from planwriter.system.new_files import NewFiles; "
        "print(NewFiles(sys.argv[1]).write('稿.docx', b'x' * 500_000))"
    )

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], preexec_fn=limit, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "False", done.stderr
    assert os.listdir(tmp_path) == []


def test_an_interrupt_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    new = NewFiles(str(tmp_path))
    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        new.write("稿.docx", b"new")
    assert os.listdir(tmp_path) == []
