"""Two installations have the same name if they make the same documents."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planwriter import __version__
from planwriter.system.program import DATA, is_own_data, program
from tests.support import ROOT

_ASK = "from planwriter.system.program import program; print(program())"


def named(folder: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-c", _ASK]
    asked = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return asked.stdout.strip()


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """planwriter as a wheel installs it: the data inside the package."""
    shutil.copytree(ROOT / "planwriter", tmp_path / "planwriter", ignore=shutil.ignore_patterns("__pycache__"))
    for name in DATA:
        shutil.copytree(ROOT / name, tmp_path / "planwriter" / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_a_wheel_and_a_source_tree_are_the_same_planwriter(installed: Path) -> None:
    assert named(installed) == program() and program().startswith(f"{__version__}+")


@pytest.mark.parametrize("name", ["planwriter/plan/flow.py", "planwriter/section_library/common.yaml"])
def test_a_changed_file_is_another_planwriter(installed: Path, name: str) -> None:
    path = installed / name
    path.write_bytes(path.read_bytes() + b"\n# changed\n")
    assert named(installed) != program()


def test_the_line_ends_of_another_system_are_the_same_planwriter(installed: Path) -> None:
    path = installed / "planwriter" / "section_library" / "common.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert named(installed) == program()


def test_own_data_is_known_by_its_place() -> None:
    assert is_own_data(str(ROOT / "section_library" / "common.yaml")) and is_own_data(str(ROOT / "templates"))
    assert not is_own_data(str(ROOT / "examples" / "first.yaml")) and not is_own_data(str(ROOT / "templates-mine"))
