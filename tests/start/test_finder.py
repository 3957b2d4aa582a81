"""Modules found by our finder are those that Python's own finds."""

from __future__ import annotations

import importlib.machinery
import os
import pkgutil
import py_compile
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import planwriter
from planwriter.start.finder import Finder
from tests.support import ROOT

MODULES = [each.name for each in pkgutil.walk_packages(planwriter.__path__, "planwriter.")]


_COMMAND = """
from planwriter.__main__ import main
sys.argv = ['planwriter', 'check', 'none.yaml']
try:
    main()
except SystemExit:
    pass
"""
_LIBRARY = "import planwriter.app.plans\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module, a package and a module in it, compiled, where the finder looks."""
    made = tmp_path / "planwriter"
    (made / "inner").mkdir(parents=True)
    for name in ("one.py", "inner/__init__.py", "inner/two.py"):
        (made / name).write_text(f"name = {name!r}\n")
        _compile(made / name)
    monkeypatch.setattr("planwriter.start.finder._FOLDER", str(made))
    return made


def usual(name: str, folder: Path) -> importlib.machinery.ModuleSpec | None:
    return importlib.machinery.PathFinder.find_spec(name, [str(folder)])


@pytest.mark.parametrize(("name", "inside"), [("one", ""), ("inner", ""), ("inner.two", "inner")])
def test_a_compiled_module_is_found_as_python_finds_it(folder: Path, name: str, inside: str) -> None:
    found, expected = Finder.find_spec(f"planwriter.{name}"), usual(f"planwriter.{name}", folder / inside)
    assert found is not None and expected is not None
    for each in ("name", "origin", "cached", "has_location", "parent"):
        assert getattr(found, each) == getattr(expected, each), each
    places = found.submodule_search_locations, expected.submodule_search_locations
    assert places[0] == (None if places[1] is None else list(places[1]))
    codes = [spec.loader.get_code(spec.name) for spec in (found, expected)]  # type: ignore[union-attr]
    assert codes[0] == codes[1] and codes[0].co_filename == codes[1].co_filename
    assert found.loader.get_code(found.name) == codes[0], "it can be had again, as `runpy` and `inspect` ask"  # type: ignore[union-attr]


def test_a_source_that_was_changed_is_left_to_python(folder: Path) -> None:
    assert Finder.find_spec("planwriter.one") is not None
    source = folder / "one.py"
    stat = source.stat()
    source.write_text("name = 'longer than before'\n")
    os.utime(source, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert Finder.find_spec("planwriter.one") is None, "another size"
    _compile(source)
    assert Finder.find_spec("planwriter.one") is not None
    os.utime(source, (stat.st_atime, stat.st_mtime + 10))
    assert Finder.find_spec("planwriter.one") is None, "another time"


def test_what_it_does_not_know_is_left_to_python(folder: Path) -> None:
    py_compile.compile(str(folder / "one.py"), invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
    assert Finder.find_spec("planwriter.one") is None, "checked by a hash"
    shutil.rmtree(folder / "inner" / "__pycache__")
    for name in ("planwriter.inner", "planwriter.inner.two", "planwriter.none", "planwriter", "os", "planwriters.one"):
        assert Finder.find_spec(name) is None, name


def test_a_file_of_another_python_is_left_to_it(folder: Path) -> None:
    compiled = Path(usual("planwriter.one", folder).cached)  # type: ignore[union-attr, arg-type]
    compiled.write_bytes(bytes([compiled.read_bytes()[0] ^ 1]) + compiled.read_bytes()[1:])
    assert Finder.find_spec("planwriter.one") is None
    compiled.write_bytes(b"")
    assert Finder.find_spec("planwriter.one") is None


def test_every_module_of_an_installation_is_found(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "planwriter", tmp_path / "planwriter", ignore=shutil.ignore_patterns("__pycache__"))
    program = """
import compileall, sys
compileall.compile_dir("planwriter", quiet=2)
from planwriter.start import finder
finder.install()
finder.install()
assert sys.meta_path.count(finder.Finder) == 1
for name in sys.argv[1:]:
    if finder.Finder.find_spec(name) is None:
        print(name)
"""
    run = [sys.executable, "-c", program, *MODULES]
    done = subprocess.run(
        run, cwd=tmp_path, env=_plain_environment(tmp_path), capture_output=True, text=True, check=True
    )
    assert done.stdout == "" and len(MODULES) > 100


@pytest.mark.parametrize("option", ["-O", "-Xpycache_prefix=elsewhere"])
def test_other_names_of_compiled_files_leave_it_out(tmp_path: Path, option: str) -> None:
    program = "import sys; from planwriter.start import finder; finder.install(); print(finder.Finder in sys.meta_path)"
    run = [sys.executable, option, "-c", program]
    done = subprocess.run(run, cwd=tmp_path, env=_plain_environment(ROOT), capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize(("program", "loader"), [(_COMMAND, "_Loader"), (_LIBRARY, "SourceFileLoader")])
def test_commands_are_run_with_it_and_programs_that_use_the_package_without(
    tmp_path: Path, program: str, loader: str
) -> None:
    shutil.copytree(ROOT / "planwriter", tmp_path / "planwriter", ignore=shutil.ignore_patterns("__pycache__"))
    program = f"import compileall, sys\ncompileall.compile_dir('planwriter', quiet=2)\n{program}"
    program += "print(type(sys.modules['planwriter.app'].__loader__).__name__)"
    run = [sys.executable, "-c", program]
    environment = _plain_environment(tmp_path)
    done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == loader


def _compile(source: Path) -> None:
    py_compile.compile(str(source), invalidation_mode=py_compile.PycInvalidationMode.TIMESTAMP)


def _plain_environment(path: Path) -> dict[str, str]:
    """The environment without what says how and where files are compiled, and with `path` to import from."""
    return {
        **{name: value for name, value in os.environ.items() if "PYTHON" not in name and name != "SOURCE_DATE_EPOCH"},
        "PYTHONPATH": str(path),
    }
