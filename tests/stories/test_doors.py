"""What touches the disk or the environment stands in `system/`, and in the few places named here."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.each import assert_each
from tests.support import ROOT

NAMED = {
    "planwriter/sharing/store.py": "a registry on a disk: releases appear whole by link and rename",
    "planwriter/start/finder.py": "modules are found on the disk, as Python does it",
    "planwriter/start/compiled.py": "it writes the compiled patterns, in a checkout of the repository",
    "planwriter/start/patterns.py": "the compiled patterns are read, before anything else of ours is imported",
}
"""Modules outside `system/` that may, and why."""
FREE = frozenset(("path", "sep", "linesep", "name", "fspath", "PathLike", "devnull", "getpid"))
"""What `os` offers without touching the disk; `os.path` only asks."""


def _touches(source: str) -> Iterator[str]:
    """The names by which a module touches the disk or the environment."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os":
            if node.attr not in FREE:
                yield f"os.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module == "os":
            yield from (f"os.{each.name}" for each in node.names if each.name not in FREE)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open":
            yield "open"
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
            yield from (name for name in names if name.split(".")[0] in ("pathlib", "glob"))


MODULES = sorted(path for path in (ROOT / "planwriter").rglob("*.py") if path.parent.name != "system")


def test_a_module_outside_system_does_not_touch_the_disk() -> None:
    def check(path: Path) -> None:
        if path.relative_to(ROOT).as_posix() not in NAMED:
            assert list(_touches(path.read_text("utf-8"))) == []

    assert_each(check, MODULES, lambda path: path.relative_to(ROOT))


@pytest.mark.parametrize("name", NAMED)
def test_a_named_place_is_still_needed(name: str) -> None:
    assert list(_touches((ROOT / name).read_text("utf-8"))), "take it off the list"


@pytest.mark.parametrize(
    "line",
    [
        "import os\nos.unlink('x')",
        "from os import replace",
        "open('x')",
        "import os\nos.environ['X']",
        "import pathlib",
    ],
)
def test_the_check_can_fail(line: str) -> None:
    assert list(_touches(line))


def test_asking_for_a_path_is_free() -> None:
    assert not list(_touches("import os\nos.path.isfile(os.path.join('a', 'b'))"))
