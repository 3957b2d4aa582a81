"""The core needs neither lxml nor cryptography nor sqlite3 nor matplotlib: without them it gives the same bytes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import run
from tests.support import ROOT

_WITHOUT = ("lxml", "cryptography", "sqlite3", "matplotlib")
_PROGRAM = """
import sys
for name in {without!r}:
    sys.modules[name] = None
from planwriter.cli import main
try:
    main({arguments!r})
finally:
    assert not [name for name in sys.modules if name.partition(".")[0] in {without!r} and sys.modules[name]]
"""
_OUTPUTS = ("first.docx", "first.txt", "first.html", "first.md", "样子.yaml")


def run_without(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Runs a command without these modules in a process of its own; returns how it ended and what it said."""
    program = _PROGRAM.format(without=_WITHOUT, arguments=list(arguments))
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


def run_with(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Like `run_without`, with everything that is installed."""
    done = run(folder, *arguments)
    return done.returncode, done.stdout, done.stderr


def everything(
    folder: Path, run_one: Callable[..., tuple[int, str, str]]
) -> tuple[list[tuple[int, str, str]], list[bytes]]:
    """Checks, renders, audits and learns in a new folder; returns what was said, and what was written."""
    folder.mkdir()
    shutil.copy(ROOT / "examples" / "first.yaml", folder)
    said = [
        run_one(folder, *arguments)
        for arguments in (
            ("check", "first.yaml"),
            ("render", "first.yaml"),
            ("render", "first.yaml", "--to", "text"),
            ("render", "first.yaml", "--to", "html"),
            ("render", "first.yaml", "--to", "md"),
            ("audit", "first.docx"),
            ("layout", "learn", "first.docx", "-o", "样子.yaml"),
        )
    ]
    return said, [(folder / name).read_bytes() for name in _OUTPUTS]


def test_without_them_all_is_said_and_written_as_with_them(tmp_path: Path) -> None:
    alone, together = everything(tmp_path / "alone", run_without), everything(tmp_path / "together", run_with)
    assert alone == together
    assert [code for code, _, _ in alone[0]] == [0] * 7


@pytest.mark.parametrize("name", _WITHOUT)
def test_what_is_taken_away_is_away(tmp_path: Path, name: str) -> None:
    program = f"import sys; sys.modules[{name!r}] = None; import {name}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "ModuleNotFoundError" in done.stderr
