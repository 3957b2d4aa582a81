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


def conflicts(
    folder: Path, new: str, hand: Callable[[Hand], None], text: str = TEXT
) -> tuple[AbsorbPlan, ConflictCopy]:
    (folder / NAME).write_text(new, "utf-8")
    base = opened(text)
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


TABLE = TEXT.replace("      - 条: 收费", "      - 表: [[项目, 数量], [图书, 3万册], [操场, 2个]]\n      - 条: 收费")


def test_cells_of_a_table(tmp_path: Path) -> None:
    plan, made = conflicts(
        tmp_path, TABLE.replace("3万册", "4万册"), lambda edit: edit.type_cell("3万册", "5万册"), TABLE
    )
    assert (made.marked, made.left, len(plan.conflicts)) == (1, 0, 1) and troubles(made.data) == []
    assert "4万册" in words(resolved(made.data, accept=True))
    assert "5万册" in words(resolved(made.data, accept=False))
    assert [each.text for each in read_comments(made.data)] == [
        "同一处文字两边都改了。原来：3万；提纲：4万；文件：5万。接受这处修订用提纲的，拒绝用文件的。"
    ]


def test_rows_of_a_table(tmp_path: Path) -> None:
    new = TABLE.replace("[操场, 2个]", "[操场, 2个], [食堂, 1个]")
    plan, made = conflicts(tmp_path, new, lambda edit: edit.delete_row("操场"), TABLE)
    assert (made.marked, made.left, len(plan.conflicts)) == (1, 0, 1) and troubles(made.data) == []
    accepted, rejected = (words(resolved(made.data, accept=each)) for each in (True, False))
    assert "操场\t2个\n食堂\t1个" in accepted and "图书\t3万册" in rejected
    assert "操场" not in rejected and "食堂\t" not in rejected
    assert [each.text.startswith("两边都改了这张表的行列。") for each in read_comments(made.data)] == [True]


ITEMS = "甲乙丙丁戊己"
MANY = outline(
    "重点任务:\n  - 章: 办园\n    内容:\n"
    + "".join(f"      - 条: {each}项\n        文: 办好{each}这一件事情。\n" for each in ITEMS)
)


def item_order(data: bytes) -> str:
    return "".join(each for each in words(data) if each in ITEMS)[::2]


def test_places(tmp_path: Path) -> None:
    first = "      - 条: 甲项\n        文: 办好甲这一件事情。\n"
    third = "      - 条: 丙项\n        文: 办好丙这一件事情。\n"
    new = MANY.replace(first, "").replace(third, third + first)
    plan, made = conflicts(tmp_path, new, lambda edit: edit.move("甲这一件事情", "戊这一件事情"), MANY)
    assert (made.marked, made.left, len(plan.conflicts)) == (1, 0, 1) and troubles(made.data) == []
    assert item_order(resolved(made.data, accept=True)) == "乙丙甲丁戊己"
    assert item_order(resolved(made.data, accept=False)) == "乙丙丁戊甲己"
    assert "两边都移了" in read_comments(made.data)[0].text
