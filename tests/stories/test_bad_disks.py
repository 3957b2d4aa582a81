"""Every command that writes, on a disk that is full and on one that is read-only: a finding, nothing torn, nothing lost."""

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import run
from tests.stories.writers import WRITERS, Writer, files_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the disks are tmpfs")


def _mount(folder: Path, options: str) -> None:
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("a disk cannot be mounted here")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "盘"
    folder.mkdir()
    if shutil.which("mount") is None:
        pytest.skip("mount is not installed")
    _mount(folder, "size=4m")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _typed(folder: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    return run(folder, *words, PLANWRITER_CONFIG=str(folder / "config"))


def _refused(folder: Path, writer: Writer) -> None:
    """Asserts that the command ends with a finding and leaves every file as it was."""
    before = files_of(folder)
    made = _typed(folder, writer.words(0))
    assert made.returncode in (1, 4) and "[PW" in made.stderr, (made.returncode, made.stderr)
    assert "PW901" not in made.stderr and "Traceback" not in made.stderr
    assert files_of(folder) == before


@pytest.mark.parametrize("writer", WRITERS, ids=lambda each: each.name)
def test_on_a_full_disk_nothing_is_torn_and_the_next_run_works(template: Path, disk: Path, writer: Writer) -> None:
    folder = disk / "县"
    shutil.copytree(template, folder)
    filler = disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    _refused(folder, writer)
    filler.unlink()
    made = _typed(folder, writer.words(0))
    assert made.returncode == 0 and writer.done(folder, 0), made.stderr


@pytest.mark.parametrize("writer", WRITERS, ids=lambda each: each.name)
def test_on_a_read_only_disk_nothing_is_torn_and_the_next_run_works(template: Path, disk: Path, writer: Writer) -> None:
    folder = disk / "县"
    shutil.copytree(template, folder)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    _refused(folder, writer)
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    made = _typed(folder, writer.words(0))
    assert made.returncode == 0 and writer.done(folder, 0), made.stderr
