"""What `render` says of the .docx that its own replaces, or must not replace."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planwriter.cli.group import cli
from tests.hands import Hand, retouched
from tests.support import outline

OUTLINE = outline()
LINE = OUTLINE[: OUTLINE.index("条: 抓好教学")].count("\n") + 1


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(OUTLINE)
    return tmp_path


def write(text: str) -> None:
    Path("要点.yaml").write_text(text, "utf-8")


def render(*options: str) -> Result:
    return CliRunner().invoke(cli, ["render", "要点.yaml", *options])


def test_the_first_time_nothing_is_compared() -> None:
    assert render().stdout == "已生成 要点.docx\n"
    assert render().stdout == "已生成 要点.docx\n"


def test_how_many_sentences_differ_is_said() -> None:
    render()
    write(OUTLINE.replace("上好课", "上好每一堂课").replace("落实责任。", "落实责任。年底考核。"))
    assert render().stdout == "已生成 要点.docx\n与上次生成的相比：改 1 句、新增 1 句。\n"
    write("# 注释\n" + Path("要点.yaml").read_text("utf-8"))
    assert render().stdout == "已生成 要点.docx\n与上次生成的相比，文字没有变。\n"


def test_they_are_listed_if_asked_for() -> None:
    render()
    write(OUTLINE.replace("上好课", "上好每一堂课"))
    assert render("--changes").stdout.splitlines()[2:] == [
        f"  改　“1.抓好教学”（要点.yaml:{LINE}）",
        "    － 上好课。",
        "    ＋ 上好【每一堂】课。",
    ]


def test_a_file_that_was_only_saved_is_replaced() -> None:
    render()
    target = Path("要点.docx")
    target.write_bytes(retouched(target.read_bytes()))
    write(OUTLINE.replace("上好课", "上好每一堂课"))
    assert render().stdout == "已生成 要点.docx\n与上次生成的相比：改 1 句。\n"


def test_where_it_refuses_the_hand_edits_are_listed() -> None:
    render()
    hand = Hand(Path("要点.docx").read_bytes())
    hand.replace("上好课", "上好每一堂课")
    Path("要点.docx").write_bytes(hand.save())
    before = Path("要点.docx").read_bytes()
    refused = render()
    assert refused.exit_code == 4
    assert refused.stdout == ""
    for line in ("PW803", "要点.docx：手改过，改 1 句；要点.yaml：没有改。", "    ＋ 上好【每一堂】课。", "接着做："):
        assert line in refused.stderr
    assert Path("要点.docx").read_bytes() == before
    forced = render("--force")
    assert forced.exit_code == 0
    assert Path("要点（手改 1）.docx").read_bytes() == before


def test_changes_are_for_one_docx() -> None:
    Path("二.yaml").write_text(OUTLINE, "utf-8")
    for more in (["二.yaml"], ["--to", "md"], ["-o", "-"], ["--emit", "outline"]):
        wrong = render("--changes", *more)
        assert (wrong.exit_code, "--changes" in wrong.output) == (2, True), more
