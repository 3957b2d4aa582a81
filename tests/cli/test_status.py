from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planwriter.cli.group import cli
from tests.hands import Hand
from tests.support import outline

OUTLINE = outline()
LINE = OUTLINE[: OUTLINE.index("条: 抓好教学")].count("\n") + 1


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("要点.yaml").write_text(OUTLINE, "utf-8")
    invoke("render", "要点.yaml")
    return tmp_path


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def edit() -> None:
    hand = Hand(Path("要点.docx").read_bytes())
    hand.track("上好课", "上好每一堂课")
    Path("要点.docx").write_bytes(hand.save())


def test_nothing_changed() -> None:
    made = invoke("status", "要点.yaml")
    assert (made.exit_code, made.stdout) == (0, "要点.docx：没有动过；要点.yaml：没有改。\n")


def test_both_sides_are_shown_with_what_to_do(folder: Path) -> None:
    edit()
    Path("要点.yaml").write_text(OUTLINE.replace("落实责任。", "落实责任，年底考核。"), "utf-8")
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    made = invoke("status", "要点.yaml")
    assert made.exit_code == 0
    lines = made.stdout.splitlines()
    assert lines[:6] == [
        "要点.docx：手改过，改 1 句；要点.yaml：后来改过，改 1 句。",
        "有 2 处修订没有接受，下面当作都接受了。",
        f"  改　“1.抓好教学”（要点.yaml:{LINE}）",
        "    － 上好课。",
        "    ＋ 上好【每一堂】课。",
        "提纲改了：",
    ]
    assert "接着做：" in lines
    assert lines[-1].startswith("  planwriter ")
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_json_is_for_programs() -> None:
    edit()
    made = invoke("status", "要点.yaml", "--format", "json")
    (values,) = json.loads(made.stdout)
    assert (values["state"], values["tracked"], len(values["hand"])) == ("edited", 2, 1)


def test_several_outlines_are_looked_at_one_by_one() -> None:
    Path("二.yaml").write_text(OUTLINE, "utf-8")
    Path("本局.yaml").write_text("版式: 本局\n基于: 行距28磅\n", "utf-8")
    made = invoke("status", "要点.yaml", "二.yaml", "本局.yaml")
    assert made.stdout.splitlines()[:2] == [
        "要点.docx：没有动过；要点.yaml：没有改。",
        "二.docx：还没有生成。",
    ]
    assert "PW123" in made.stderr


def test_the_docx_may_come_first_and_only_with_one_outline() -> None:
    Path("要点.docx").rename("回来的.DOCX")
    assert "回来的.DOCX：没有动过" in invoke("status", "回来的.DOCX", "要点.yaml").stdout
    assert "要点.yaml：没有改" in invoke("status", "回来的.DOCX").stdout, "the file knows its outline"
    Path("别人的.docx").write_bytes(b"PK")
    for names in (["别人的.docx"], ["要点.yaml", "二.yaml", "a.docx"], ["要点.yaml", "a.docx", "b.docx"]):
        wrong = invoke("status", *names)
        assert wrong.exit_code == 2
        assert "写一份提纲" in wrong.output


def test_a_file_that_cannot_be_read_is_an_error() -> None:
    Path("要点.docx").write_bytes(b"PK")
    made = invoke("status", "要点.yaml")
    assert made.exit_code == 1
    assert "PW850" in made.stderr
    assert invoke("status", "没有.yaml").exit_code == 4


@pytest.mark.parametrize("ending", [".doc", ".WPS", ".odt"])
def test_a_document_of_another_format_is_no_outline(ending: str) -> None:
    made = invoke("status", "要点.yaml", f"要点{ending}")
    assert made.exit_code == 2 and "另存为 .docx" in made.output
