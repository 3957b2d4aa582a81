"""Each machine's figures are kept in a file of its own, and the README is made of these files."""

import re
from pathlib import Path

import pytest

from benchmarks import results
from benchmarks.tables import Figures, Table


def _figures(value: str) -> Figures:
    return Figures("PDF", (Table("many", ("", "s"), (("planwriter", value),)),), ("note",))


def test_the_readme_is_what_the_results_say() -> None:
    text = results.README.read_text("utf-8")
    assert results.with_figures(text, results.section()) == text


def test_machines_are_kept_apart(tmp_path: Path) -> None:
    results.store("Chip (R), 2 cores", "Python 3", {"pdf": _figures("1")}, folder=tmp_path)
    results.store("Laptop", "Python 3", {"pdf": _figures("2")}, folder=tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chip-r-2-cores.json", "laptop.json"]
    assert results.section(tmp_path).count("### ") == 2 + 2
    assert "### Laptop\n\nPython 3.\n\n#### PDF\n\n```\nmany\n" in results.section(tmp_path)


def test_races_that_are_not_run_again_stay_with_their_versions(tmp_path: Path) -> None:
    results.store("Laptop", "Python 3", {"pdf": _figures("1"), "check": _figures("2")}, folder=tmp_path)
    results.store("Laptop", "Python 4", {"check": _figures("3")}, folder=tmp_path)
    shown = results.section(tmp_path)
    assert shown.index("Python 3.") < shown.index("planwriter  1") < shown.index("Python 4.")
    assert "planwriter  3" in shown and "planwriter  2" not in shown


def test_races_stand_in_the_order_of_the_program(tmp_path: Path) -> None:
    for name in ("pdf", "old", "check"):
        results.store("Laptop", "Python 3", {name: Figures(name, ())}, ["check", "growth", "pdf"], tmp_path)
    assert re.findall("#### (.*)", results.section(tmp_path)) == ["check", "pdf", "old"]


def test_rows_are_lines_of_the_file(tmp_path: Path) -> None:
    results.store("Laptop", "Python 3", {"pdf": _figures("1")}, folder=tmp_path)
    assert '["planwriter", "1"]' in (tmp_path / "laptop.json").read_text("utf-8")


def test_figures_replace_those_between_the_markers() -> None:
    text = f"above\n{results.START}\n\nold\n\n{results.END}\nbelow\n"
    assert results.with_figures(text, "new") == f"above\n{results.START}\n\nnew\n\n{results.END}\nbelow\n"


@pytest.mark.parametrize("text", ["nothing", results.START, results.END, f"{results.END}{results.START}"])
def test_a_readme_without_markers_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no markers"):
        results.with_figures(text, "new")


def test_the_machine_says_cores_and_python() -> None:
    assert " cores, " in results.machine() and ", Python 3." in results.machine()
