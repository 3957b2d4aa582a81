"""planwriter audit --annotate: what is written, and when nothing is."""

import io
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planwriter.cli.group import cli
from tests.audit.planting import good
from tests.readers.docx.making import body, packed, para


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("坏.docx").write_bytes(packed(body(para("上好课,教好书。"))))
    Path("好.docx").write_bytes(good())
    return tmp_path


def _audit(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["audit", *arguments])


def test_findings_are_written_as_comments_beside_what_is_shown() -> None:
    plain, made = _audit("坏.docx"), _audit("坏.docx", "--annotate", "批注.docx")
    assert made.exit_code == plain.exit_code == 1 and made.stdout == plain.stdout
    with zipfile.ZipFile(io.BytesIO(Path("批注.docx").read_bytes())) as archive:
        comments = archive.read("word/comments.xml").decode()
    count = comments.count("<w:comment ")
    assert count == plain.stdout.count("[PW") and f"已写出 批注.docx：{count} 条批注。" in made.stderr
    assert "PW501" in comments


def test_a_finding_on_words_has_the_column_of_its_first_character() -> None:
    assert "坏.docx:1:4 [PW501]" in _audit("坏.docx").stdout


def test_a_file_that_is_there_stays_and_without_findings_none_is_written(folder: Path) -> None:
    made = _audit("坏.docx", "--annotate", "好.docx")
    assert made.exit_code == 4 and "[PW339]" in made.stderr and Path("好.docx").read_bytes() == good()
    assert "没有另存" in _audit("好.docx", "--annotate", "新.docx").stderr and not Path("新.docx").exists()


def test_one_file_at_a_time_and_an_unreadable_one_is_only_reported() -> None:
    assert _audit("坏.docx", "好.docx", "--annotate", "新.docx").exit_code == 2
    Path("不是.docx").write_bytes(b"\xd0\xcf\x11\xe0")
    made = _audit("不是.docx", "--annotate", "新.docx")
    assert made.exit_code == 1 and "[PW650]" in made.stdout and not Path("新.docx").exists()
