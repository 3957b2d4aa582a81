"""The history of an outline: what each command changed, and what was changed by hand between them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planwriter.app.history import BY_HAND, HistoryEntry, history, history_json
from planwriter.app.journal import journal
from planwriter.app.journal.author_files import change_file
from planwriter.app.journal.base_copies import note_render
from planwriter.app.journal.journal import Step
from planwriter.app.session import Session
from planwriter.start.digests import sha256

OUTLINE = """\
文种: 工作要点
单位: 青山县教育局
年度: 2026
指标:
  覆盖率: {数值: 95, 单位: "%"}
总体要求: 办好教育。
重点任务:
  - 章: 办好学前教育
    内容:
      - 条: 建设幼儿园
        文: 全年新建5所。覆盖率达到{{ 指标.覆盖率 }}。
      - 条: 管好网点
        文: 规范办园行为。
      - 条: 配齐教师
        文: 招聘教师40名，充实到柳林镇。
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "要点.yaml").write_text(OUTLINE, "utf-8")
    return tmp_path / "要点.yaml"


def command(path: Path, old: str, new: str, name: str = "targets set", told: tuple[str, ...] = ()) -> None:
    before = path.read_text("utf-8")
    assert old in before
    after = before.replace(old, new)
    assert change_file(str(path), before.encode(), after.encode(), Step(name), told) == ()


def by_hand(path: Path, old: str, new: str) -> None:
    before = path.read_text("utf-8")
    assert old in before
    path.write_text(before.replace(old, new), "utf-8")


def told(path: Path, newest: int = 0) -> tuple[HistoryEntry, ...]:
    made = history(Session().at(str(path)), str(path), newest=newest)
    assert made.findings == ()
    return made.value


def test_a_target_and_the_block_that_cites_it(path: Path) -> None:
    command(path, "数值: 95", "数值: 96")
    (made,) = told(path)
    assert (made.command, made.step) == ("targets set", 1)
    assert made.lines == (
        "指标　覆盖率　数值：95 → 96",
        "改写　1.建设幼儿园",
        "  － 覆盖率达到95%。",
        "  ＋ 覆盖率达到96%。",
    )


def test_edits_by_hand_stand_between_the_commands(path: Path) -> None:
    command(path, "数值: 95", "数值: 96")
    by_hand(path, "规范办园行为", "严格规范办园行为")
    command(path, "数值: 96", "数值: 97")
    by_hand(path, "40名", "50名")
    made = told(path)
    assert [each.command for each in made] == ["targets set", BY_HAND, "targets set", BY_HAND]
    assert made[1].lines[0] == "改写　2.管好网点" and made[3].lines[0] == "改写　3.配齐教师"
    assert [each.command for each in told(path, newest=2)] == ["targets set", BY_HAND]


def test_comments_and_layout_are_no_change(path: Path) -> None:
    command(path, "数值: 95", "数值: 96")
    by_hand(path, "年度: 2026", "年度: 2026   # 今年")
    assert [each.command for each in told(path)] == ["targets set"]


def test_blocks_that_are_new_gone_or_moved(path: Path) -> None:
    first = "      - 条: 建设幼儿园\n        文: 全年新建5所。覆盖率达到{{ 指标.覆盖率 }}。\n"
    last = "      - 条: 配齐教师\n        文: 招聘教师40名，充实到柳林镇。\n"
    command(path, last, "", "x")
    command(path, first, first + last, "x")
    command(path, first + last, last + first, "x")
    made = told(path)
    assert [each.what for entry in made for each in entry.blocks] == ["删去", "新增", "移动"]
    assert "（原来是 " in made[2].lines[0]


def test_a_target_that_is_new_or_gone(path: Path) -> None:
    line = '  覆盖率: {数值: 95, 单位: "%"}\n'
    command(path, line, line + "  新建园: {数值: 5, 单位: 所}\n", "targets import")
    (made,) = told(path)
    assert made.lines == ("指标　新建园　数值：（没有） → 5", "指标　新建园　单位：（没有） → 所")


def test_a_render_is_told_and_what_was_changed_before_and_after(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "100")
    command(path, "数值: 95", "数值: 96")
    by_hand(path, "40名", "50名")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "200")
    note_render(str(path), str(path.with_suffix(".docx")), b"1")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "300")
    by_hand(path, "50名", "60名")
    command(path, "数值: 96", "数值: 97")
    made = told(path)
    assert [each.command for each in made] == ["targets set", BY_HAND, "render", BY_HAND, "targets set"]
    assert made[2].file == "要点.docx" and made[2].at == journal.stamp(200)


def test_within_one_second_a_render_stands_where_its_outline_does(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "100")
    document = str(path.with_suffix(".docx"))
    note_render(str(path), document, b"1")
    command(path, "数值: 95", "数值: 96")
    note_render(str(path), document, b"2")
    command(path, "数值: 96", "数值: 97")
    note_render(str(path), document, b"3")
    assert [each.command for each in told(path)] == ["render", "targets set"] * 2 + ["render"]


def test_a_clock_that_was_set_back_makes_no_edit_by_hand(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "900")
    document = str(path.with_suffix(".docx"))
    note_render(str(path), document, b"1")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "100")
    command(path, "数值: 95", "数值: 96")
    note_render(str(path), document, b"2")
    command(path, "数值: 96", "数值: 97")
    assert sorted(each.command for each in told(path)) == ["render"] * 2 + ["targets set"] * 2


def test_a_state_that_was_not_kept_says_what_the_command_said(path: Path) -> None:
    command(path, "数值: 95", "数值: 96", told=("覆盖率　数值：95 → 96",))
    Path(journal.copy_path(str(path.parent), sha256(OUTLINE.encode()))).unlink()
    (made,) = told(path)
    assert made.lines == ("覆盖率　数值：95 → 96",)


def test_a_state_that_is_no_plan_is_told_by_its_targets(path: Path) -> None:
    command(path, "重点任务:", "重点任务？")
    command(path, "数值: 95", "数值: 96")
    assert told(path)[1].targets != ()


def test_an_outline_without_a_history_and_one_that_is_not_there(path: Path) -> None:
    assert told(path) == ()
    made = history(Session(), str(path.with_name("没有.yaml")))
    assert made.value == () and [each.code for each in made.findings] == ["PW101"]


def test_a_damaged_journal_says_so(path: Path) -> None:
    command(path, "数值: 95", "数值: 96")
    text = path.parent / ".planwriter" / "journal" / "journal.txt"
    text.write_bytes(text.read_bytes() + b"x\n")
    made = history(Session(), str(path))
    assert len(made.value) == 1 and [each.code for each in made.findings] == ["PW893"]


def test_as_json(path: Path) -> None:
    command(path, "数值: 95", "数值: 96")
    (made,) = json.loads(history_json(told(path)))
    assert made["targets"] == [{"key": "覆盖率", "value": "数值", "before": "95", "after": "96"}]
    assert made["blocks"][0]["label"] == "1." and made["step"] == 1
