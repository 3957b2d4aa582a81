"""A missing peer is named and left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import pdf, peers, stage
from benchmarks.effort import QUICK
from benchmarks.inputs import EXAMPLES


def test_without_programs_each_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(peers, "NODE_MODULES", tmp_path)
    monkeypatch.setattr(peers, "font_folder", lambda: None)
    told = "\n".join(peers.missing())
    assert all(name in told for name in ("docx-js", "pandoc", "LibreOffice", "Typst"))
    names = [each.name for each in stage.set_out(EXAMPLES / "first.yaml", tmp_path / "stage").contestants]
    assert "planwriter" in names and not {"pandoc", "docx-js"} & set(names)
    assert pdf.run(tmp_path, QUICK).notes == ("Not measured: LibreOffice or pdftotext is not installed.",)


def test_planwriter_is_its_script_or_its_module() -> None:
    assert peers.planwriter()[-1].endswith("planwriter")


def test_an_install_that_is_not_this_folder_is_told() -> None:
    assert peers.installed_elsewhere() == "" or "planwriter" in peers.installed_elsewhere()


def test_the_versions_begin_with_python() -> None:
    assert peers.versions().startswith("Python 3.") and "planwriter" in peers.versions()
