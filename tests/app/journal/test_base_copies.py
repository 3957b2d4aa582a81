"""Keeping what a document was made from; what is kept is read in `test_rendered`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from planwriter.app.journal.base_copies import copies_name, key_of, note_render
from planwriter.app.journal.rendered import known_renders
from tests.commands import run
from tests.support import ROOT


def test_a_plain_render_loads_nothing_of_the_journal(tmp_path: Path) -> None:
    (tmp_path / "要点.yaml").write_bytes((ROOT / "examples" / "first.yaml").read_bytes())
    program = (
        "import sys; from planwriter.__main__ import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", program, "render", "要点.yaml"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    for _ in range(2):  # the first makes the folder
        (tmp_path / "要点.docx").unlink(missing_ok=True)
        made = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=True)
    loaded = set(made.stderr.split())
    assert "planwriter.app.journal.base_copies" in loaded
    assert {
        "planwriter.app.journal.journal",
        "planwriter.app.journal.rendered",
        "planwriter.system.journal_folder",
    }.isdisjoint(loaded)


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        (("要点.yaml",), ["要点.docx"]),
        (("要点.yaml", "--to", "html"), []),
        (("要点.yaml", "方案.yaml"), ["方案.docx", "要点.docx"]),
        (("要点.yaml", "方案.yaml", "-o", "稿/"), ["稿/方案.docx", "稿/要点.docx"]),
    ],
)
def test_what_is_kept_of_a_render(tmp_path: Path, arguments: tuple[str, ...], kept: list[str]) -> None:
    for name in ("要点", "方案"):
        (tmp_path / f"{name}.yaml").write_bytes((ROOT / "examples" / "first.yaml").read_bytes())
    assert run(tmp_path, "render", *arguments).returncode == 0
    made = known_renders(str(tmp_path))
    assert sorted(each.file for each in made) == kept
    assert all(each.docx == (tmp_path / each.file).read_bytes() for each in made)


def test_an_outline_that_is_gone_is_not_noted(tmp_path: Path) -> None:
    note_render(str(tmp_path / "要点.yaml"), str(tmp_path / "要点.docx"), b"1")
    assert known_renders(str(tmp_path)) == []


def test_names(tmp_path: Path) -> None:
    assert key_of(str(tmp_path), str(tmp_path / "县" / "要点.docx")) == "县/要点.docx"
    assert copies_name("a") == copies_name("a") != copies_name("b")
