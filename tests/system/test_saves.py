"""Waiting for files that are saved, in every way in which programs save."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from planwriter.system import saves
from planwriter.system.saves import Look, Saves, look_at


def _in_place(path: Path) -> None:
    path.write_bytes(b"new")


def _by_a_spare(path: Path) -> None:
    spare = path.with_name(".spare")
    spare.write_bytes(b"new")
    os.replace(spare, path)


def _in_two_steps(path: Path) -> None:
    path.unlink()
    time.sleep(0.05)
    path.write_bytes(b"n")
    time.sleep(0.05)
    path.write_bytes(b"new")


def _with_a_backup(path: Path) -> None:
    path.rename(path.with_name(path.name + "~"))
    time.sleep(0.05)
    path.write_bytes(b"new")


SAVING = (_in_place, _by_a_spare, _in_two_steps, _with_a_backup)


def waited(path: Path, save: Callable[[Path], None], *, poll: bool) -> Look:
    """How a file looks after it was saved while it was waited for."""
    seen = look_at([str(path)])
    saver = threading.Timer(0.2, save, [path])
    saver.start()
    made = Saves(poll=poll, every=0.05).wait([str(path)], seen)
    saver.join()
    return made


@pytest.mark.parametrize("save", SAVING)
@pytest.mark.parametrize("poll", [True, False])
def test_a_save_is_seen_when_it_is_done(
    tmp_path: Path, save: Callable[[Path], None], poll: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if save in (_in_two_steps, _with_a_backup):
        monkeypatch.setattr(saves, "_SETTLED", 1.0)  # on a busy machine more than a tenth lies between two steps
    path = tmp_path / "要点.yaml"
    path.write_bytes(b"the old text")
    (made,) = waited(path, save, poll=poll)
    assert made is not None and made[1] == 3


@pytest.mark.parametrize("poll", [True, False])
def test_a_file_that_vanishes_and_one_that_comes_are_seen(tmp_path: Path, poll: bool) -> None:
    path = tmp_path / "要点.yaml"
    path.write_bytes(b"old")
    assert waited(path, Path.unlink, poll=poll) == (None,)
    assert waited(path, _in_place, poll=poll) != (None,)


def test_what_changed_before_it_was_waited_for_is_seen_at_once(tmp_path: Path) -> None:
    path = tmp_path / "要点.yaml"
    path.write_bytes(b"old")
    seen = look_at([str(path)])
    path.write_bytes(b"newer")
    assert Saves().wait([str(path)], seen) != seen


def test_nothing_is_done_while_nothing_happens(tmp_path: Path) -> None:
    """No busy loop: between two looks the process sleeps."""
    path = tmp_path / "要点.yaml"
    path.write_bytes(b"old")
    for poll in (True, False):
        before, seen = time.thread_time(), look_at([str(path)])
        saver = threading.Timer(1.0, _in_place, [path])
        saver.start()
        Saves(poll=poll).wait([str(path)], seen)
        assert time.thread_time() - before < 0.5
        saver.join()
        path.write_bytes(b"old text")


def test_without_watchfiles_files_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert Saves().polls


def test_when_the_system_cannot_tell_files_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folders: object) -> None:
        raise OSError("no watches are left")

    monkeypatch.setattr(saves, "_told", fail)
    path = tmp_path / "要点.yaml"
    path.write_bytes(b"old")
    made = Saves(every=0.01)
    threading.Timer(0.1, _in_place, [path]).start()
    made.wait([str(path)], look_at([str(path)]))
    assert made.polls


@pytest.mark.skipif(sys.platform == "win32", reason="/proc")
def test_a_share_is_known_by_its_mount(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "mounts"
    share = tmp_path / "共 享"
    (share / "县").mkdir(parents=True)
    shown = str(share).replace(" ", "\\040")
    told.write_text(f"dev / ext4 rw 0 0\nserver:/x {shown} nfs4 rw 0 0\n", "utf-8")
    monkeypatch.setattr(saves, "_MOUNTS", str(told))
    assert saves.is_share(str(share / "县")) and saves.is_share(str(share)) and not saves.is_share(str(tmp_path))
    monkeypatch.setattr(saves, "_MOUNTS", str(tmp_path / "none"))
    assert not saves.is_share(str(share))


def test_names_that_are_none_are_not_there() -> None:
    assert look_at(["a\0b", "/no/such"]) == (None, None)
