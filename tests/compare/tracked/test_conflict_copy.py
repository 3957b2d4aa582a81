"""What both sides changed differently, as tracked changes in a copy of the returned file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from planwriter.app.outputs import render
from planwriter.app.roundtrip.absorb import AbsorbPlan, conflicts_in_word, plan_absorb
from planwriter.app.roundtrip.returned import Returned
from planwriter.app.session import Session
from planwriter.compare.tracked.conflict_copy import ConflictCopy
from planwriter.compare.versions.from_word import version_of_word
from planwriter.readers.docx.comments import read_comments
from tests.absorbing import NAME, opened
from tests.hands import Hand
from tests.revisions import resolved, troubles
from tests.support import outline

TASKS = (
    "重点任务:\n  - 章: 办园\n    内容:\n"
    "      - 条: 建园\n        文: 今年新建幼儿园，年底开园。\n"
    "      - 条: 收费\n        文: 收费标准要向家长公示。\n"
    "      - 条: 食堂\n        文: 食堂每月检查，结果上墙。\n"
)
TEXT = outline(TASKS)


def conflicts(folder: Path, new: str, hand: Callable[[Hand], None]) -> tuple[AbsorbPlan, ConflictCopy]:
    (folder / NAME).write_text(new, "utf-8")
    base = opened(TEXT)
    data = render(Session(), base.document, "docx").value
    assert data is not None
    edit = Hand(data)
    hand(edit)
    edited = version_of_word(edit.save(), "改.docx").value
    assert edited is not None
    back = Returned(path="改.docx", data=edit.save(), record=None, base=base.version(), edited=edited)
    path = str(folder / NAME)
    plan = plan_absorb(Session().at(path), path, back).value
    assert plan is not None
    made = conflicts_in_word(plan, back)
    assert made.value is not None and made.findings == ()
    return plan, made.value


def words(data: bytes) -> str:
    version = version_of_word(data, "甲.docx").value
    assert version is not None
    return "\n".join(item.text for item in version.items)


def test_accepted_it_is_the_outlines_and_rejected_the_files(tmp_path: Path) -> None:
    def hand(edit: Hand) -> None:
        edit.replace("年底", "秋季")
        edit.replace("每月", "每周")

    plan, made = conflicts(tmp_path, TEXT.replace("年底", "春季"), hand)
    assert (made.marked, made.left, len(plan.conflicts)) == (1, 0, 1) and troubles(made.data) == []
    assert "春季开园" in words(resolved(made.data, accept=True))
    rejected = words(resolved(made.data, accept=False))
    assert "秋季开园" in rejected and "每周检查" in rejected
    said = [each.text for each in read_comments(made.data)]
    assert said == ["同一处文字两边都改了。原来：年底；提纲：春季；文件：秋季。接受这处修订用提纲的，拒绝用文件的。"]
    assert [each.author for each in read_comments(made.data)] == ["提纲"]


def test_deleted_on_one_side(tmp_path: Path) -> None:
    gone = TEXT.replace("      - 条: 收费\n        文: 收费标准要向家长公示。\n", "")
    plan, made = conflicts(tmp_path, gone, lambda edit: edit.replace("家长", "社会"))
    assert made.marked == 1 and "收费标准" not in words(resolved(made.data, accept=True))
    assert "向社会公示" in words(resolved(made.data, accept=False))
    changed = TEXT.replace("向家长", "向社会")
    plan, made = conflicts(tmp_path, changed, lambda edit: edit.delete("收费标准"))
    assert plan.after == plan.before and made.marked == 1
    accepted = words(resolved(made.data, accept=True))
    assert accepted.index("年底开园") < accepted.index("向社会公示") < accepted.index("每月检查")
    assert "收费标准" not in words(resolved(made.data, accept=False))
