from __future__ import annotations

import json
from pathlib import Path

import pytest

from planwriter.app.edited import BaseSource
from planwriter.app.journal.base_copies import note_render
from planwriter.app.outputs import extract, render_plan
from planwriter.app.plans import plan_file
from planwriter.app.roundtrip.status import ChangedSides, PlanStatus, docx_beside, plan_status, status_values
from planwriter.app.session import Session
from planwriter.compare.edits.hand_edits import EditKind
from planwriter.start.records import replace
from tests.commands import run
from tests.hands import Hand, retouched, without_record
from tests.support import outline

TASKS = (
    "重点任务:\n  - 章: 提高质量\n    内容:\n"
    "      - 条: 抓好教学\n        文: 上好课。\n        责任单位: 基础教育股\n"
    "      - 条: 配齐教师\n        文: 招聘教师9名。\n        责任单位: 人事股\n"
)
OUTLINE = outline(TASKS)
LINE = OUTLINE[: OUTLINE.index("条: 抓好教学")].count("\n") + 1


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(OUTLINE)
    render()
    return tmp_path


def write(text: str) -> None:
    Path("要点.yaml").write_text(text, "utf-8")


def render(unit: str = "") -> None:
    plan = plan_file(Session(), "要点.yaml")
    data = render_plan(Session(), extract(plan, unit) if unit else plan, "docx").value
    assert data is not None
    Path(docx_beside("要点.yaml", unit)).write_bytes(data)


def edit(old: str = "上好课", new: str = "上好每一堂课", docx: str = "要点.docx") -> None:
    hand = Hand(Path(docx).read_bytes())
    hand.replace(old, new)
    Path(docx).write_bytes(hand.save())


def status(docx: str = "", unit: str = "") -> PlanStatus:
    made = plan_status(Session(), "要点.yaml", docx, unit)
    assert made.value is not None, made.findings
    return made.value


def codes(docx: str = "") -> list[str]:
    return [each.code for each in plan_status(Session(), "要点.yaml", docx).findings]


def test_nothing_changed() -> None:
    made = status()
    assert (made.sides, made.source, made.hand, made.next) == (ChangedSides.CLEAN, BaseSource.RECORD, None, ())
    assert codes() == []


def test_a_save_changes_nothing() -> None:
    Path("要点.docx").write_bytes(retouched(Path("要点.docx").read_bytes()))
    made = status()
    assert made.sides is ChangedSides.CLEAN
    assert made.hand is not None
    assert made.hand.edits == ()


def test_the_outline_changed() -> None:
    write(OUTLINE.replace("上好课", "上好每一堂课"))
    made = status()
    assert (made.sides, made.next) == (ChangedSides.OUTLINE, (("生成", "planwriter render 要点.yaml"),))
    assert made.ours is not None
    assert [each.new for each in made.ours.edits] == ["上好每一堂课。"]


def test_what_does_not_print_is_no_change_of_the_outline() -> None:
    write("# 只加了一行注释\n" + OUTLINE)
    assert status().sides is ChangedSides.CLEAN


def test_the_docx_was_edited() -> None:
    edit()
    made = status()
    assert made.sides is ChangedSides.EDITED
    assert made.hand is not None
    (change,) = made.hand.edits
    assert (change.old, change.new, made.line_of(change)) == ("上好课。", "上好每一堂课。", LINE)
    assert made.next


def test_the_edits_are_in_the_outline() -> None:
    edit()
    write(OUTLINE.replace("上好课", "上好每一堂课"))
    made = status()
    assert (made.sides, made.taken, made.next) == (ChangedSides.CLEAN, 1, ())
    assert made.hand is not None
    assert made.hand.edits == ()
    write(OUTLINE.replace("上好课", "上好每一堂课").replace("办好教育", "办好人民教育"))
    made = status()
    assert (made.sides, made.taken) == (ChangedSides.OUTLINE, 1)
    assert made.ours is not None
    assert [each.new for each in made.ours.edits] == ["办好人民教育。"]
    write(OUTLINE.replace("上好课", "上好音乐课"))
    assert (status().sides, status().taken) == (ChangedSides.BOTH, 0)


def test_a_line_break_is_in_the_outline_as_a_paragraph() -> None:
    hand = Hand(Path("要点.docx").read_bytes())
    hand.break_line("9名")
    Path("要点.docx").write_bytes(hand.save())
    assert status().sides is ChangedSides.EDITED
    assert run(Path.cwd(), "absorb", "要点.docx", "--yes").returncode == 0
    made = status()
    assert (made.sides, made.next) == (ChangedSides.CLEAN, ())


def test_what_is_left_after_the_words_has_its_own_way() -> None:
    hand = Hand(Path("要点.docx").read_bytes())
    hand.comment("上好课", "怎么上？")
    Path("要点.docx").write_bytes(hand.save())
    assert status().next == (("再生成，批注带过来", "planwriter render 要点.yaml --keep-comments 要点.docx"),)
    hand.format("招聘教师")
    Path("要点.docx").write_bytes(hand.save())
    assert [command for _, command in status().next] == [
        "planwriter render 要点.yaml -o 要点-新.docx",
        "planwriter render 要点.yaml --force",
    ]


def test_a_document_for_a_row_is_not_held_against_the_outline() -> None:
    plan = replace(plan_file(Session(), "要点.yaml"), row="学校.xlsx 第2行")
    data = render_plan(Session(), plan, "docx").value
    assert data is not None
    Path("一小.docx").write_bytes(data)
    edit(docx="一小.docx")
    assert codes("一小.docx") == ["PW857"]
    made = status("一小.docx")
    assert (made.sides, made.ours) == (ChangedSides.EDITED, None)
    assert made.next == ()  # no command takes it back


def test_both_changed_and_the_lines_are_those_of_now() -> None:
    edit()
    hand = Hand(Path("要点.docx").read_bytes())
    hand.add_after("招聘教师", "另聘两人。")
    Path("要点.docx").write_bytes(hand.save())
    write("# 注释\n# 注释\n" + OUTLINE.replace("办好教育", "办好人民教育"))
    made = status()
    assert made.sides is ChangedSides.BOTH
    assert made.hand is not None
    assert [(each.kind, made.line_of(each)) for each in made.hand.edits] == [
        (EditKind.CHANGED, LINE + 2),
        (EditKind.NEW, LINE + 5),
    ]


def test_there_is_no_docx() -> None:
    Path("要点.docx").unlink()
    made = status()
    assert (made.sides, made.next) == (ChangedSides.UNMADE, (("生成", "planwriter render 要点.yaml"),))
    assert status("别的.docx").next == (("生成", "planwriter render 要点.yaml -o 别的.docx"),)


def test_an_extract_is_compared_with_the_extract() -> None:
    render("人事股")
    assert docx_beside("要点.yaml", "人事股") == "要点-人事股.docx"
    assert status(unit="人事股").sides is ChangedSides.CLEAN
    edit("教师9名", "教师19名", "要点-人事股.docx")
    made = status(unit="人事股")
    assert made.sides is ChangedSides.EDITED
    assert status("要点-人事股.docx").sides is ChangedSides.EDITED, "the record knows the unit"
    assert made.hand is not None
    assert len(made.hand.edits) == 1


def test_the_record_is_lost() -> None:
    edit()
    Path("要点.docx").write_bytes(without_record(Path("要点.docx").read_bytes()))
    assert codes() == ["PW852"]
    made = status()
    assert (made.sides, made.source, made.ours) == (ChangedSides.EDITED, BaseSource.OUTLINE, None)


def test_the_record_is_lost_but_the_journal_has_it() -> None:
    note_render("要点.yaml", "要点.docx", Path("要点.docx").read_bytes())
    edit()
    Path("要点.docx").write_bytes(without_record(Path("要点.docx").read_bytes()))
    write(OUTLINE.replace("办好教育", "办好人民教育"))
    assert codes() == ["PW896"]
    made = status()
    assert (made.sides, made.source) == (ChangedSides.BOTH, BaseSource.COPY)


def test_the_docx_of_another_outline() -> None:
    Path("要点.yaml").rename("旧要点.yaml")
    write(OUTLINE)
    assert codes() == []
    Path("要点.yaml").unlink()
    made = plan_status(Session(), "旧要点.yaml", "要点.docx")
    assert [each.code for each in made.findings] == ["PW853"]
    assert made.value is not None
    assert made.value.sides is ChangedSides.CLEAN


def test_a_file_of_something_else() -> None:
    import docx

    document = docx.Document()
    for at in range(20):
        document.add_paragraph(f"会议纪要第{at}项，另作安排。")
    document.save("纪要.docx")
    assert codes("纪要.docx") == ["PW852", "PW854"]


def test_doubtful_pairs_are_said() -> None:
    edit("招聘教师9名", "分批招聘急需的骨干教师，定向培养一批")
    Path("要点.docx").write_bytes(without_record(Path("要点.docx").read_bytes()))
    made = plan_status(Session(), "要点.yaml")
    assert "PW855" in [each.code for each in made.findings]
    assert any("配齐教师" in each.message for each in made.findings)


@pytest.mark.parametrize("text", [OUTLINE.replace("上好课", "'{{ 没有 }}'"), "文种: [\n", "x" * 99])
def test_an_outline_with_errors_leaves_the_hand_edits(text: str) -> None:
    edit()
    write(text)
    made = plan_status(Session(), "要点.yaml")
    assert [each.code for each in made.findings] == ["PW856"]
    assert made.value is not None
    assert (made.value.sides, made.value.ours) == (ChangedSides.EDITED, None)
    assert made.value.hand is not None
    assert [made.value.line_of(each) for each in made.value.hand.edits] == [LINE]


def test_an_outline_that_is_not_there() -> None:
    made = plan_status(Session(), "没有.yaml")
    assert made.value is None
    assert [each.code for each in made.findings] == ["PW101"]


def test_a_broken_docx() -> None:
    Path("要点.docx").write_bytes(b"PK\x03\x04")
    made = plan_status(Session(), "要点.yaml")
    assert made.value is None
    assert [each.code for each in made.findings][-1] == "PW850"


def test_the_values_are_for_programs() -> None:
    edit()
    values = json.loads(json.dumps(status_values(status()), ensure_ascii=False))
    assert (values["state"], values["base"], values["document"]) == ("edited", "record", "要点.docx")
    assert values["hand"] == [
        {
            "kind": "changed",
            "where": "“1.抓好教学”",
            "line": LINE,
            "old": "上好课。",
            "new": "上好每一堂课。",
            "changed": [[2, 2, 2, 5]],
        }
    ]
