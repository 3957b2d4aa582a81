"""What a plain `render` or `check` may import: every module more is paid for by every run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from planwriter.start.patterns import COMPILED
from tests.support import ROOT

GROUPS = {
    "Python starts with them": "encodings genericpath os posixpath stat",
    "they are small, and most of the others need them": (
        "collections functools itertools keyword operator reprlib types warnings"
    ),
    "figures and dates": "datetime decimal math numbers",
    "the disk and signals": "contextlib errno gc",
    "places in a file, names of files": "bisect unicodedata",
    "the package that is written, and its digest": "binascii struct zlib",
    "an outline is YAML": "base64 cython_runtime yaml",
    "ourselves": "planwriter",
}
"""The modules that may be imported, by the reason for which they are; a package stands for all of its modules."""
ALLOWED = frozenset(" ".join(GROUPS.values()).split())
COMPILING = frozenset(() if Path(COMPILED).exists() else ("copyreg", "enum", "re"))
"""What compiling patterns needs besides, for a version of Python without a file of compiled ones."""
HEAVY = {
    "ast": "a formula",
    "inspect": "dataclasses and click",
    "lxml": "a new base package",
    "openpyxl": "a workbook",
    "sqlite3": "the search for clauses",
    "cryptography": "a signature",
    "hashlib": "a long document",
    "pathlib": "nothing",
    "re": "a pattern that is made while the program runs",
    "typing": "nothing",
    "subprocess": "LibreOffice",
    "click": "the command line, if it is not one of the commonest",
    "jinja2": "a hole that is more than a name",
    "cerberus": "a mapping that is not valid",
    "dataclasses": "generated code",
    "enum": "nothing",
    "json": "another form of output",
    "docx": "a new base package",
}
"""Modules that must never be among them, and what they are there for."""
_PROGRAM = """
import sys
before = set(sys.modules)
from planwriter.__main__ import main
try:
    main()
finally:
    print(*(set(sys.modules) - before), file=sys.stderr)
"""
"""Modules that are there before belong to the interpreter and its `site`."""


def imported(folder: Path, *arguments: str) -> set[str]:
    """The top modules that a command imports, without those whose name begins with an underscore."""
    command = [sys.executable, "-S", "-c", _path() + _PROGRAM, *arguments]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert made.returncode == 0, made.stderr
    return {name.partition(".")[0] for name in made.stderr.split() if not name.startswith("_")}


def _path() -> str:
    """The search path of this process, for one that does not run `site`, whose files may import anything."""
    return f"import sys; sys.path[:] = {[str(ROOT), *sys.path]!r}\n"


def _outline(folder: Path) -> str:
    (folder / "first.yaml").write_bytes((ROOT / "examples" / "first.yaml").read_bytes())
    return "first.yaml"


@pytest.mark.skipif(sys.platform == "win32", reason="other modules of the system")
@pytest.mark.parametrize("command", ["render", "check"])
def test_a_plain_command_imports_only_what_is_allowed(command: str, tmp_path: Path) -> None:
    assert imported(tmp_path, command, _outline(tmp_path)) - ALLOWED - COMPILING == set()


def test_check_imports_no_more_than_render(tmp_path: Path) -> None:
    name = _outline(tmp_path)
    assert imported(tmp_path, "check", name) <= imported(tmp_path, "render", name)


def test_what_is_heavy_is_not_allowed() -> None:
    assert ALLOWED.isdisjoint(HEAVY)


def test_a_heavy_module_is_found(tmp_path: Path) -> None:
    assert {"click", "inspect"} <= imported(tmp_path, "check", _outline(tmp_path), "--strict") - ALLOWED


def test_the_end_of_a_process_looks_through_nothing(tmp_path: Path) -> None:
    program = (
        "import atexit, gc; atexit.register(lambda: print(gc.isenabled(), gc.get_freeze_count() > 10_000, gc.get_count()[0]))\n"
        "from planwriter.__main__ import main\nmain()"
    )
    command = [sys.executable, "-S", "-c", _path() + program, "check", _outline(tmp_path)]
    made = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    enabled, is_frozen, left = made.stdout.split()[-3:]
    assert (enabled, is_frozen) == ("False", "True") and int(left) < 100
