"""The command absorb: what it shows before it writes, and what it exits with."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.commands import run
from tests.hands import Hand
from tests.support import outline

TASKS = (
    "重点任务:\n  - 章: 办园   # 章注\n    内容:\n"
    "      - 条: 建园\n        文: 新建幼儿园{{ 指标.园 }}，年底开园。\n"
    "      - 条: 开园\n        文: 这{{ 指标.园 }}要开好。\n"
)
TEXT = outline(TASKS, extra="指标:\n  园: {数值: 12, 单位: 所}\n")


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    (tmp_path / "要点.yaml").write_text(TEXT, "utf-8")
    assert run(tmp_path, "render", "要点.yaml").returncode == 0
    edit = Hand((tmp_path / "要点.docx").read_bytes())
    edit.replace("年底", "秋季")
    (tmp_path / "改.docx").write_bytes(edit.save())
    edit.replace("12所，", "15所，")
    edit.comment("要开好", "写细一点")
    (tmp_path / "再改.docx").write_bytes(edit.save())
    return tmp_path


def test_the_plan_is_shown_before_anything_is_written(bureau: Path) -> None:
    made = run(bureau, "absorb", "改.docx", "要点.yaml", "--no-record", "--dry-run")
    assert made.returncode == 0, made.stderr
    assert "改　第 11 行　建园。新建幼儿园12所，年底开…：“年底”→“秋季”\n收回 1 处。\n没有写。\n" in made.stdout
    assert (bureau / "要点.yaml").read_text("utf-8") == TEXT
    shown = run(bureau, "absorb", "改.docx", "要点.yaml", "--no-record")
    assert shown.stdout.endswith("没有写。看过了要写进提纲，加 --yes。\n")
    done = run(bureau, "absorb", "改.docx", "要点.yaml", "--no-record", "--yes")
    assert done.returncode == 0 and "已写进 要点.yaml。再排一遍：planwriter render 要点.yaml\n" in done.stdout
    assert (bureau / "要点.yaml").read_text("utf-8") == TEXT.replace("年底", "秋季")
    again = run(bureau, "absorb", "改.docx", "要点.yaml", "--no-record", "--yes")
    assert again.returncode == 0 and again.stdout == "收回 0 处。\n要点.yaml 不用改。\n"


def test_a_summary_counts_what_is_not_done(bureau: Path) -> None:
    made = run(bureau, "absorb", "再改.docx", "要点.yaml", "--no-record", "--yes")
    assert made.returncode == 1
    assert "--force" not in made.stdout  # it would lose what was not absorbed
    assert "另排一份：planwriter render 要点.yaml --keep-comments 再改.docx -o" in made.stdout
    assert "收回 1 处，没有收回 1 处，批注 1 条。" in made.stdout and "批注　财政局" in made.stdout
    assert "[PW866] “12所 → 15所”没有收回：没有定改指标还是只改这里。" in made.stderr
    assert (bureau / "要点.yaml").read_text("utf-8") == TEXT.replace("年底", "秋季")
    made = run(bureau, "absorb", "再改.docx", "要点.yaml", "--no-record", "--yes", "--numbers", "指标")
    assert made.returncode == 0 and "改指标　第 11 行　园：12所 → 15所\n    跟着变：" in made.stdout
    assert "数值: 15" in (bureau / "要点.yaml").read_text("utf-8")


def test_what_cannot_be_done_at_all(bureau: Path) -> None:
    assert run(bureau, "absorb", "没有.docx", "要点.yaml").returncode == 4
    assert run(bureau, "absorb", "没有.docx").returncode == 4
    assert run(bureau, "absorb", "要点.yaml", "改.docx", "--dry-run").returncode == 0
    (bureau / "坏.docx").write_bytes(b"no package")
    assert "PW850" in run(bureau, "absorb", "坏.docx", "要点.yaml").stderr
    assert "PW850" in run(bureau, "absorb", "坏.docx").stderr
    made = run(bureau, "absorb", "要点.yaml")
    assert made.returncode == 2 and "“要点.yaml”是提纲" in made.stderr and "absorb 要点.docx 要点.yaml" in made.stderr
    docx.Document().save(str(bureau / "别人的.docx"))
    made = run(bureau, "absorb", "别人的.docx")
    assert made.returncode == 2 and "把提纲写在后面" in made.stderr


def test_the_same_words_are_left_to_people(bureau: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from planwriter.app.roundtrip.absorb import AbsorbPlan, plan_absorb
    from planwriter.app.roundtrip.returned import Returned
    from planwriter.app.session import Session
    from planwriter.cli.absorb import _show
    from planwriter.compare.versions.from_word import version_of_word
    from tests.absorbing import opened

    (bureau / "要点.yaml").write_text(TEXT.replace("年底", "春季"), "utf-8")
    edited = version_of_word((bureau / "改.docx").read_bytes(), "改.docx").value
    assert edited is not None
    path = str(bureau / "要点.yaml")
    back = Returned(path="改.docx", record=None, base=opened(TEXT).version(), edited=edited)
    made = plan_absorb(Session().at(path), path, back).value
    assert isinstance(made, AbsorbPlan) and made.after == made.before and not made.is_whole
    _show(made)
    told = capsys.readouterr()
    assert (
        "[PW867] 同一处文字两边都改了（1.建园。新建幼儿园12所，春…）：原来是“年底”，提纲里是“春季”，文件里是“秋季”"
        in told.err
    )
    assert told.out.endswith("收回 0 处，两边都改了、没有动的 1 处。\n")


@pytest.mark.parametrize("answers", [["不知道", "这", "文件"], ["4", "2", "2"], ["0", "２", "文"]])
def test_what_is_not_certain_is_asked(
    answers: list[str], bureau: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from planwriter.cli import absorb

    (bureau / "要点.yaml").write_text(TEXT.replace("年底", "春季"), "utf-8")
    monkeypatch.chdir(bureau)
    monkeypatch.setattr(absorb, "asks", lambda: True)
    monkeypatch.setattr(absorb, "confirm", lambda question: True)
    left = iter(answers)
    monkeypatch.setattr(absorb, "prompt", lambda question, default: next(left))
    with pytest.raises(SystemExit) as stopped:
        absorb.absorb.main(["再改.docx", "要点.yaml"], standalone_mode=False)
    assert stopped.value.code == 0 and next(left, None) is None
    wanted = TEXT.replace("新建幼儿园{{ 指标.园 }}，年底", "新建幼儿园15所，秋季")
    assert (bureau / "要点.yaml").read_text("utf-8") == wanted
    told = capsys.readouterr()
    assert "第 11 行，指标“园”：12所 → 15所" in told.out and "写号码，或者写 指标、这里、不改 里的一个。" in told.err
    assert (
        "1. 同一处文字两边都改了　1.建园。新建幼儿园12所，春…\n   原来：年底\n   提纲：春季\n   文件：秋季\n"
        in told.out
    )


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("办好3所学校。", "办好5所学校。", "“3”→“5”"),
        ("办好学校。", "办好公办学校。", "加“公办”"),
        ("办好公办学校。", "办好学校。", "删“公办”"),
        ("开展“清朗”行动。", '开展"清朗"行动。', '【“】→【"】，【”】→【"】'),
        ("开展清朗行动。", "开展“清朗”行动。", "加【“】，加【”】"),
    ],
)
def test_what_changes_is_told_apart_from_quotes(before: str, after: str, told: str) -> None:
    from planwriter.cli.absorb import _told
    from planwriter.compare.absorb.absorption import AbsorbStep, StepKind

    assert _told(AbsorbStep(StepKind.WORDS, (0,), before, after, 3, 1)).endswith(f"：{told}")


def test_a_number_that_was_taken_off_is_told(bureau: Path) -> None:
    edit = Hand((bureau / "要点.docx").read_bytes())
    edit.replace("一、办园", "办园")
    (bureau / "改.docx").write_bytes(edit.save())
    made = run(bureau, "absorb", "改.docx", "要点.yaml", "--yes")
    assert made.returncode == 1
    assert "“编号 一、 → （没有）”没有收回：去掉了编号，提纲里它还是有编号的一条" in made.stderr


def test_of_a_table_that_is_not_taken_the_changed_cells_are_named(tmp_path: Path) -> None:
    (tmp_path / "要点.yaml").write_text(f"{TEXT}附件:\n  - 任务分解表\n", "utf-8")
    assert run(tmp_path, "render", "要点.yaml").returncode == 0
    edit = Hand((tmp_path / "要点.docx").read_bytes())
    edit.type_cell("完成时限", "何时完成")
    (tmp_path / "改.docx").write_bytes(edit.save())
    made = run(tmp_path, "absorb", "改.docx", "要点.yaml", "--yes")
    assert "“改：序号｜重点任务｜具体内容｜责任…：加‘何时’，删‘时限’”没有收回：这张表是程序按提纲排的" in made.stderr
