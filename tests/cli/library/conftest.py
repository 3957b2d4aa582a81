"""The workspace of the tests of the library's commands."""

from pathlib import Path

import pytest

from tests.app.libraries import OUTLINE
from tests.cli.library.bureau import Bureau


@pytest.fixture
def bureau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Bureau:
    monkeypatch.setenv("PLANWRITER_CONFIG", str(tmp_path / "设置"))
    folder = tmp_path / "县 里"
    folder.mkdir()
    (folder / "planwriter.yaml").write_text("单位: 青山县教育局\n", "utf-8")
    (folder / "要点.yaml").write_text(OUTLINE, "utf-8")
    monkeypatch.chdir(folder)
    return Bureau(folder, capsys)
