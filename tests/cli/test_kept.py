"""render --keep-comments: the comments of people outlive a new render."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planwriter.cli.group import cli
from planwriter.readers.docx.comments import read_comments
from tests.app.answers import TEXT, answer, sent


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("要点.yaml").write_text(TEXT, "utf-8")
    return tmp_path


def _render(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["render", "要点.yaml", *arguments])


def _comments(path: str) -> list[str]:
    return [each.text for each in read_comments(Path(path).read_bytes())]


def test_comments_go_into_the_new_file() -> None:
    Path("旧.docx").write_bytes(
        answer(lambda hand: hand.comment("12栋", "核实。"), lambda hand: hand.comment("两千册", "太多。"))
    )
    Path("要点.yaml").write_text(TEXT.replace("每校配备图书两千册", "每校配备图书一千册"), "utf-8")
    made = _render("--keep-comments", "旧.docx")
    assert made.exit_code == 0
    assert made.stdout == (
        "已生成 要点.docx\n旧稿里的 2 条批注都带过来了：1 条在原处，1 条的话改过了，挂在原来的那一段上。\n"
    )
    assert "PW829" in made.stderr and sorted(_comments("要点.docx")) == ["太多。", "核实。"]


def test_a_file_with_nothing_but_comments_added_is_written_over() -> None:
    old = answer(lambda hand: hand.comment("12栋", "核实。"))
    Path("要点.docx").write_bytes(old)
    Path("要点.yaml").write_text(TEXT.replace("6月", "9月"), "utf-8")
    refused = _render()
    assert refused.exit_code != 0 and Path("要点.docx").read_bytes() == old
    made = _render("--keep-comments", "要点.docx")
    assert made.exit_code == 0 and _comments("要点.docx") == ["核实。"]
    again = _render("--keep-comments", "要点.docx")
    assert again.exit_code == 0 and _comments("要点.docx") == ["核实。"]
    assert sorted(each.name for each in Path().iterdir() if each.suffix == ".docx") == ["要点.docx"]


@pytest.mark.parametrize("tracked", [False, True])
def test_a_file_with_other_edits_is_not(tracked: bool) -> None:
    old = answer(
        lambda hand: hand.comment("12栋", "核实。"),
        lambda hand: hand.track("3所", "5所") if tracked else hand.replace("3所", "5所"),
    )
    Path("要点.docx").write_bytes(old)
    made = _render("--keep-comments", "要点.docx")
    assert made.exit_code != 0 and "PW803" in made.stderr and Path("要点.docx").read_bytes() == old
    forced = _render("--keep-comments", "要点.docx", "--force")
    assert forced.exit_code == 0 and _comments("要点.docx") == ["核实。"]
    assert Path("要点（手改 1）.docx").read_bytes() == old


def test_without_comments_and_without_a_file() -> None:
    Path("旧.docx").write_bytes(sent())
    assert _render("--keep-comments", "旧.docx").stdout.endswith("旧稿里没有别人的批注。\n")
    Path("要点.docx").unlink()
    Path("坏.docx").write_bytes(b"x")
    for name in ("没有.docx", "坏.docx"):
        made = _render("--keep-comments", name)
        assert made.exit_code != 0 and "没有生成" in made.stderr and not Path("要点.docx").exists()


@pytest.mark.parametrize("more", [("--to", "pdf"), ("--emit", "outline"), ("要点.yaml",), ("--final",)])
def test_wrong_use(more: tuple[str, ...]) -> None:
    made = _render("--keep-comments", "旧.docx", *more)
    assert made.exit_code == 2 and "--keep-comments" in made.output
