"""The tests mirror the house, lean on no test module, and CI pins whatever they need."""

from __future__ import annotations

import ast
import configparser
import re
from pathlib import Path

import pytest
from hypothesis import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import conftest
from tests.support import ROOT

NO_ROOMS = ("stories", "pages", "fuzz", "benchmarks")
"""Folders of tests/ that have no folder in planwriter/; benchmarks has one beside it."""
EXCEPTIONS = {
    "audit/test_foreign.py": "files of other programs, held against the whole of audit",
    "sharing/test_hostile.py": "hostile packages, indexes and answers, held against the whole of sharing",
}
"""Test files that name no module, and what they are about."""


def _misplaced(tests: Path, package: Path) -> list[str]:
    """The test files of `tests` that name no module or package at the same place in `package`."""
    found = []
    for path in sorted(tests.rglob("test_*.py")):
        name = path.relative_to(tests).as_posix()
        module = package / path.relative_to(tests).parent / path.stem.removeprefix("test_")
        own = module.parent.name == module.name and (module.parent / "__init__.py").is_file()
        there = own or module.with_suffix(".py").is_file() or (module / "__init__.py").is_file()
        if not there and name.split("/")[0] not in NO_ROOMS and name not in EXCEPTIONS:
            found.append(name)
    return found


def _without_tests(tests: Path, package: Path) -> list[str]:
    """The folders of `package` for which `tests` has none, or one without a test."""
    rooms = sorted(path.parent.name for path in package.glob("*/__init__.py"))
    return [room for room in rooms if not any((tests / room).rglob("test_*.py"))]


def _leaning(tests: Path) -> list[str]:
    """The files of `tests` that import something out of a test module."""
    found = []
    for path in sorted(tests.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            if isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{name}" for name in names]
            if any(re.match(r"tests\.(\w+\.)*test_", name) for name in names):
                found.append(path.relative_to(tests).as_posix())
    return found


def _unpinned(requirements: list[str], constraints: str) -> list[str]:
    """The requirements to which `constraints` gives no version, or one that they do not allow."""
    pins = {canonicalize_name(pin.name): pin.specifier for pin in map(Requirement, constraints.splitlines()[1:])}
    return [
        each
        for each, wanted in zip(requirements, map(Requirement, requirements), strict=True)
        if not any(wanted.specifier.contains(pin.version) for pin in pins.get(canonicalize_name(wanted.name), ()))
    ]


def _write(root: Path, *names: str, text: str = "") -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")


def test_the_tests_of_a_module_stand_where_its_name_says() -> None:
    assert _misplaced(ROOT / "tests", ROOT / "planwriter") == []
    assert _misplaced(ROOT / "tests" / "benchmarks", ROOT / "benchmarks") == []
    assert all((ROOT / "tests" / name).is_file() for name in EXCEPTIONS)


def test_a_test_file_without_a_module_is_reported(tmp_path: Path) -> None:
    _write(tmp_path, "p/room/__init__.py", "p/room/chair.py", "p/room/inner/__init__.py")
    _write(tmp_path, *(f"t/{name}.py" for name in ("room/test_chair", "room/test_room", "room/test_inner")))
    assert _misplaced(tmp_path / "t", tmp_path / "p") == []
    _write(tmp_path, "t/room/test_table.py", "t/chair/test_chair.py")
    assert _misplaced(tmp_path / "t", tmp_path / "p") == ["chair/test_chair.py", "room/test_table.py"]


def test_every_folder_has_tests() -> None:
    assert _without_tests(ROOT / "tests", ROOT / "planwriter") == []


def test_a_folder_without_tests_is_reported(tmp_path: Path) -> None:
    _write(tmp_path, "p/attic/__init__.py", "p/room/__init__.py", "t/attic/support.py", "t/room/test_room.py")
    assert _without_tests(tmp_path / "t", tmp_path / "p") == ["attic"]


def test_no_test_module_is_imported() -> None:
    assert _leaning(ROOT / "tests") == []


def test_an_import_of_a_test_module_is_reported(tmp_path: Path) -> None:
    _write(tmp_path, "one.py", text="def made() -> None:\n    from tests.audit.test_learn import learned\n")
    _write(tmp_path, "two.py", text="from tests.audit import test_learn\n")
    _write(tmp_path, "three.py", text="import tests.test_learn\n")
    _write(tmp_path, "sound.py", text="from tests.support import outline\nimport tests.audit.planting\n")
    assert _leaning(tmp_path) == ["one.py", "three.py", "two.py"]


def test_what_weighs_on_the_machine_runs_last(request: pytest.FixtureRequest) -> None:
    ranks = [conftest.rank(item) for item in request.session.items]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(("name", "rank"), [("kill", 1), ("libreoffice", 2), ("hypothesis", 0)])
def test_a_mark_puts_a_test_behind_the_others(name: str, rank: int, request: pytest.FixtureRequest) -> None:
    request.node.add_marker(name)
    assert conftest.rank(request.node) == rank


def test_examples_are_the_same_each_time_unless_asked_for(request: pytest.FixtureRequest) -> None:
    asked = request.config.getoption("--hypothesis-profile") == "random"
    assert settings().derandomize is not asked


def test_ci_pins_every_dependency_of_the_tests() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", "utf-8")
    extras = setup["options.extras_require"]
    wanted = "\n".join((setup["options"]["install_requires"], extras["test"], extras["cluster"]))
    requirements = [line for line in wanted.splitlines() if line]
    assert _unpinned(requirements, (ROOT / ".ci" / "constraints.txt").read_text("utf-8")) == []


def test_a_dependency_without_a_pin_is_reported() -> None:
    wanted = ["Chair >= 2", "table[leg] < 3", "lamp"]
    assert _unpinned(wanted, "# pins\nchair==1.9\ntable==2.5\n") == ["Chair >= 2", "lamp"]


def test_only_one_module_of_the_tests_measures_time() -> None:
    """A measured time says little on a busy machine: `growth` counts, or looks at what only a quadratic case exceeds."""
    clocks = re.compile(r"\b(?:process_time|perf_counter|thread_time)(?:_ns)?\b")
    found = {
        path.relative_to(ROOT / "tests").as_posix()
        for path in (ROOT / "tests").rglob("*.py")
        if clocks.search(path.read_text("utf-8"))
    }
    assert found == {"growth.py", "fuzz/long.py", "stories/test_house.py", "system/test_saves.py"}


def _untyped(package: Path) -> list[str]:
    """The places where a command is shown with the name of a file in it, which may have spaces and brackets, as it is."""
    bare = re.compile(
        r"planwriter(?: [a-z]+)+ \{(?!typed\(|clause\}|library\.name\}|found\[0\]\.name\}|escaped\(answer)"
    )
    return [
        f"{path.relative_to(package).as_posix()}:{number}"
        for path in sorted(package.rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1)
        if bare.search(line)
    ]


def test_a_command_that_is_shown_can_be_typed() -> None:
    assert _untyped(ROOT / "planwriter") == [], "use typed() of planwriter.findings.catalogue"


def test_a_command_with_a_name_as_it_is_is_reported(tmp_path: Path) -> None:
    _write(tmp_path, "one.py", text='A = f"再排一遍：planwriter render {path}"\n')
    _write(tmp_path, "two.py", text='A = f"再排一遍：{typed(path)}，或者 planwriter check"\n')
    assert _untyped(tmp_path) == ["one.py:1"]


def test_every_package_is_installed() -> None:
    stated = configparser.ConfigParser()
    stated.read(ROOT / "setup.cfg", "utf-8")
    installed = set(stated["options"]["packages"].split())
    found = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "planwriter").rglob("__init__.py")}
    data = {each for each in installed if each not in found}
    assert found <= installed, "add it to setup.cfg"
    assert data == {f"planwriter.{name}" for name in ("gazetteer", "section_library", "templates", "wordlists")}
