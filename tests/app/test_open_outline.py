"""An outline opened to be changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.absorbing import NAME
from tests.app.roundtrip.returning import TEXT, plan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / NAME).write_text(TEXT, "utf-8")
    return tmp_path


def test_an_outline_that_is_not_finished(folder: Path) -> None:
    text = TEXT.replace("数值: 12, ", "")
    (folder / NAME).write_text(text, "utf-8")
    made = plan(folder, lambda edit: edit.replace("要公示", "要公开"), base=text)
    assert made.after.decode() == text.replace("要公示", "要公开") and made.is_whole
