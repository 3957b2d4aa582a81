from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest

from planwriter.cli.edits import show_edits
from planwriter.compare.edits.hand_edits import EditKind, HandEdit, hand_edits
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine, WordComment
from planwriter.plan.flow import BODY


def line(text: str, label: str = "", **more: object) -> VersionLine:
    return VersionLine(role=BODY, text=text, label=label, **more)  # type: ignore[arg-type]


def shown(capsys: pytest.CaptureFixture[str], old: Sequence[VersionItem], new: Sequence[VersionItem]) -> list[str]:
    versions = (PlanVersion(name="稿", items=tuple(each)) for each in (old, new))
    edits = hand_edits(*versions).edits
    show_edits(edits, [each.place for each in edits], "要点.yaml")
    return capsys.readouterr().out.splitlines()


FIRST = [
    line("建好学校，新增3所。", "1.", place=7),
    line("上好课。", "2.", place=9),
    line("配齐教师。", "3.", place=12),
]


def test_changed_words_stand_between_brackets(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, [*FIRST], [line("建好学校，新增5所。", "1."), *FIRST[1:]]) == [
        "  改　“1.建好学校”（要点.yaml:7）",
        "    － 建好学校，新增【3】所。",
        "    ＋ 建好学校，新增【5】所。",
    ]


def test_what_is_new_or_deleted_has_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, [*FIRST], [*FIRST[:2], line("另办一件事。")]) == [
        "  删去　“3.配齐教师”（要点.yaml:12）",
        "    － 3.配齐教师。",
        "  新增　“2.上好课”下面（要点.yaml:9）",
        "    ＋ 另办一件事。",
    ]


def test_moves_formats_and_comments_are_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    said = WordComment(1, "财政局", "", "钱够吗？", 0, 4)
    new = [line("配齐教师。", "3.", look="加粗"), line("建好学校，新增3所。", "1.", remarks=(said,)), FIRST[1]]
    assert shown(capsys, [*FIRST], new) == [
        "  移动　3.配齐教师。（要点.yaml:12）：原在“2.上好课”之后，现在最前面",
        "  改格式　“3.配齐教师”（要点.yaml:12）：加粗",
        "  批注　“1.建好学校”（要点.yaml:7）：财政局对“建好学校”说：钱够吗？",
    ]


def test_a_split_paragraph_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    old = [line("建好学校，新增三所。上好每一堂课。", "1.", place=7)]
    assert shown(capsys, old, [line("建好学校，新增三所。", "1."), line("上好每一堂课。")]) == [
        "  分段　“1.建好学校”（要点.yaml:7）：另起一段的是“上好每一堂课。”"
    ]


def edit(kind: EditKind, old: str, new: str) -> HandEdit:
    return HandEdit(kind, old, new, 0, 0, 3, "“1.建好学校”")


def test_long_sentences_are_cut_around_what_changed(capsys: pytest.CaptureFixture[str]) -> None:
    long = "，".join(f"第{at}项任务按月推进" for at in range(90))
    show_edits([edit(EditKind.CHANGED, f"{long}新增3所{long}。", f"{long}新增5所{long}。")], [3], "要点.yaml")
    before, after = capsys.readouterr().out.splitlines()[1:]
    assert "新增【3】所" in before
    assert "新增【5】所" in after
    assert max(len(before), len(after)) < 90
    assert before.count("…") == 2


def test_so_many_are_shown_and_the_rest_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    edits = [edit(EditKind.NEW, "", "另办一件事。")] * 5
    show_edits(edits, [3] * 5, "要点.yaml", limit=2)
    assert capsys.readouterr().out.splitlines()[-1] == "  还有 3 处没有列出来。"
    show_edits(edits, [3] * 5, "要点.yaml", limit=0)
    assert len(capsys.readouterr().out.splitlines()) == 10


def test_what_steers_a_terminal_is_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "甲\x1b[2J\n乙"
    for kind in EditKind:
        show_edits([edit(kind, hostile, f"{hostile}丙")._replace(author=hostile, was=hostile)], [3], "要点.yaml")
    made = capsys.readouterr().out
    assert "\x1b" not in made
    assert "甲\\x1b[2J↵乙" in made


def test_on_a_terminal_changed_words_have_a_color(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planwriter.cli.edits.colored", lambda stream: True)
    monkeypatch.setattr(
        "planwriter.cli.edits.echo", lambda text, err: print(text, file=sys.stderr if err else sys.stdout)
    )
    show_edits([edit(EditKind.CHANGED, "新增3所。", "新增5所。")], [3], "要点.yaml")
    made = capsys.readouterr().out
    assert "新增\x1b[31m3\x1b[0m所。" in made
    assert "新增\x1b[32m5\x1b[0m所。" in made
