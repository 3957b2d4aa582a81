"""The wheel contains the templates and the library, and works in any folder without the source tree."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel unpacked as pip would; its dependencies are those of the test environment."""
    source, site = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("site")
    import shutil

    for name in ("planwriter", "templates", "section_library", "gazetteer", "wordlists"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(site / "dist"), str(source)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    (wheel,) = (site / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site / "lib")
    return site / "lib"


def test_it_makes_checks_and_renders_from_a_different_folder(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed)}

    def run(*arguments: str) -> str:
        program = f"import sys; sys.path.insert(0, {str(installed)!r}); from planwriter.cli import main; import planwriter; assert planwriter.__file__.startswith({str(installed)!r}); main({list(arguments)!r})"
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("new", "三年行动计划", "--unit", "云岭市教育局", "--region", "云岭市", "--year", "2026", "-o", "计划.yaml")
    assert run("check", "计划.yaml") == "没有发现问题。\n"
    run("render", "计划.yaml")
    assert (tmp_path / "计划.docx").stat().st_size > 4000


def test_it_holds_the_data_and_no_tests(installed: Path) -> None:
    names = {str(path.relative_to(installed)).replace(os.sep, "/") for path in installed.rglob("*") if path.is_file()}
    assert {"planwriter/section_library/library.yaml", "planwriter/section_library/topics.tsv"} <= names
    assert "planwriter/templates/annual_work_points/starter.yaml" in names
    assert "planwriter/templates/layouts/gb9704.docx" in names
    assert "planwriter/gazetteer/divisions.tsv" in names
    assert "planwriter/wordlists/index.tsv" in names
    compiled = {f"planwriter/start/{path.name}" for path in (ROOT / "planwriter" / "start").glob("*.bin")}
    assert compiled and compiled <= names
    assert "planwriter/py.typed" in names
    assert not [name for name in names if name.startswith(("tests", "benchmarks", "docs"))]
