"""What both sides changed differently, as tracked changes in a copy of the returned file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from planwriter.app.outputs import render
from planwriter.app.roundtrip.absorb import AbsorbPlan, conflicts_in_word, plan_absorb
from planwriter.app.roundtrip.returned import Returned
from planwriter.app.session import Session
from planwriter.compare.tracked.conflict_copy import ConflictCopy
from planwriter.compare.versions.from_word import version_of_word
from planwriter.compare.versions.version import VersionLine
from planwriter.findings.finding import Result
from planwriter.readers.docx.comments import read_comments
from planwriter.writers.docx.questions import questions_of
from tests.absorbing import NAME, SAMPLE, opened
from tests.hands import Hand
from tests.revisions import resolved, troubles
from tests.support import outline
from tests.writers.pictures import png

TASKS = (
    "重点任务:\n  - 章: 办园\n    内容:\n"
    "      - 条: 建园\n        文: 今年新建幼儿园，年底开园。\n"
    "      - 条: 收费\n        文: 收费标准要向家长公示。\n"
    "      - 条: 食堂\n        文: 食堂每月检查，结果上墙。\n"
)
TEXT = outline(TASKS)


def copied(
    folder: Path, new: str, hand: Callable[[Hand], None], text: str = TEXT
) -> tuple[AbsorbPlan, Result[ConflictCopy | None]]:
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
    return plan, conflicts_in_word(plan, back)


def absorbed_again(folder: Path, text: str, data: bytes, made: ConflictCopy) -> AbsorbPlan:
    """What is absorbed of a copy whose conflicts were settled; `text` is the outline of which the file was made."""
    base = opened(text).version()
    edited = version_of_word(data, "改.docx", base=base).value
    assert edited is not None
    back = Returned(path="改.docx", record=None, base=base, edited=edited, asked=questions_of(made.data))
    plan = plan_absorb(Session().at(str(folder / NAME)), str(folder / NAME), back).value
    assert plan is not None
    return plan


def conflicts(
    folder: Path, new: str, hand: Callable[[Hand], None], text: str = TEXT
) -> tuple[AbsorbPlan, ConflictCopy]:
    plan, made = copied(folder, new, hand, text)
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
    new = TABLE.replace("[操场, 2个]", "[操场, 5个], [食堂, 1个]")
    plan, made = conflicts(tmp_path, new, lambda edit: edit.delete_row("操场"), TABLE)
    assert (made.marked, made.left, len(plan.conflicts)) == (1, 0, 1) and troubles(made.data) == []
    accepted, rejected = (words(resolved(made.data, accept=each)) for each in (True, False))
    assert "操场\t5个\n食堂\t1个" in accepted and "图书\t3万册" in rejected
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
    said = read_comments(made.data)[0].text
    assert "提纲：接在2.丙项。办好丙这一件事情。后面；文件：接在5.戊项。办好戊这一件事情。后面" in said


# deleted on one side, changed on the other

EVERYTHING = (
    SAMPLE.replace("管理\n    文: 管好学校。\n", "管理\n    内容:\n      - 条: 食堂\n        文: 每月检查。\n")
    .replace("3万册]]\n", "3万册]]\n        题: 表1　条件\n")
    .replace("文: 张榜公示。\n", "文: 张榜公示。\n          - 款: 核验\n            文: 逐人核验。\n")
)


def without(words: str) -> str:
    assert words in EVERYTHING
    return EVERYTHING.replace(words, "")


def deleted(*texts: str, table: str = "") -> Callable[[Hand], None]:
    def hand(edit: Hand) -> None:
        for each in texts:
            edit.delete(each)
        if table:
            edit.delete_table(table)

    return hand


TABLE_HERE = "      - 表: [[项目, 数], [图书, 3万册]]\n        题: 表1　条件\n"
CHAPTER = "  - 章: 管理\n    内容:\n      - 条: 食堂\n        文: 每月检查。\n"
ADDED = "            文: 逐人核验。\n"


@pytest.mark.parametrize(
    ("new", "hand", "ours", "theirs"),
    [
        (
            EVERYTHING.replace("3万册", "4万册"),
            deleted("表1", table="3万册"),
            ["表1　条件", "项目\t数\n图书\t4万册"],
            [],
        ),
        (
            EVERYTHING.replace("表1　条件", "表1　设备"),
            deleted("表1", table="3万册"),
            ["表1　设备", "项目\t数\n图书\t3万册"],
            [],
        ),
        (
            without(TABLE_HERE),
            lambda edit: edit.type_cell("3万册", "4万册"),
            [],
            ["表1　条件", "项目\t数\n图书\t4万册"],
        ),
        (
            EVERYTHING.replace("[项目, 数], [图书, 3万册]", "[项目, 数, 注], [图书, 3万册, 新]"),
            lambda edit: edit.type_cell("3万册", "4万册"),
            ["项目\t数\t注\n图书\t3万册\t新"],
            ["项目\t数\n图书\t4万册"],
        ),
        (EVERYTHING.replace("条: 食堂", "条: 灶间"), deleted("每月检查"), ["4.灶间。每月检查。"], []),
        (
            EVERYTHING.replace("每月检查", "每周检查"),
            deleted("二、管理", "每月检查"),
            ["二、管理", "4.食堂。每周检查。"],
            [],
        ),
        (
            without(CHAPTER),
            lambda edit: edit.replace("每月检查", "每周检查"),
            [],
            ["二、管理", "4.食堂。每周检查。"],
        ),
        (
            EVERYTHING.replace(ADDED, f"{ADDED}          - 款: 均衡\n            文: 搭配教师。\n"),
            deleted("编班", "张榜公示", "逐人核验"),
            ["3.编班", "（3）均衡。搭配教师。"],
            [],
        ),
        (
            without(CHAPTER),
            lambda edit: edit.add_after("每月检查", "5.校车。定期检修。"),
            [],
            ["二、管理", "5.校车。定期检修。"],
        ),
        (EVERYTHING.replace("阳光分班", "均衡分班"), deleted("阳光分班"), ["均衡分班。"], []),
        (EVERYTHING.replace("此件公开", "此件不公开"), deleted("此件公开"), ["（此件不公开）"], []),
        (EVERYTHING.replace("- 甲校。", "- 乙校。"), deleted("甲校"), ["乙校。"], []),
    ],
)
def test_whatever_one_side_deleted_and_the_other_changed_is_marked(
    tmp_path: Path, new: str, hand: Callable[[Hand], None], ours: list[str], theirs: list[str]
) -> None:
    """Accepted, it is in the outline's state, rejected in the file's; taken back, nothing is left to ask."""
    plan, made = conflicts(tmp_path, new, hand, EVERYTHING)
    assert made.marked == len(plan.conflicts) > 0 == made.left
    assert troubles(made.data) == []
    both = {accept: resolved(made.data, accept=accept) for accept in (True, False)}
    accepted, rejected = lines(both[True]), lines(both[False])
    assert [each for each in accepted if each not in rejected] == ours
    assert [each for each in rejected if each not in accepted] == theirs
    for data in both.values():
        again = absorbed_again(tmp_path, EVERYTHING, data, made)
        assert (again.conflicts, again.comments) == ((), ())
        assert {why for _, why in again.absorbed.left} <= {"这张表的列数改了"}


def lines(data: bytes) -> list[str]:
    version = version_of_word(data, "甲.docx").value
    assert version is not None
    return [item.label + item.text if isinstance(item, VersionLine) else item.text for item in version.items]


def test_a_picture_is_listed(tmp_path: Path) -> None:
    (tmp_path / "甲.png").write_bytes(png(40, 40))
    (tmp_path / "乙.png").write_bytes(png(20, 20))
    text = EVERYTHING.replace(TABLE_HERE, "      - 图: 甲.png\n        题: 图1　校园\n")

    def hand(edit: Hand) -> None:
        edit.delete("图1")
        picture = next(edit.document.element.body.iter(qn("w:drawing"))).getparent().getparent()
        picture.getparent().remove(picture)

    (tmp_path / NAME).write_text(text.replace("甲.png", "乙.png"), "utf-8")
    base = opened(text, str(tmp_path / NAME))
    data = render(Session(), base.document, "docx").value
    assert data is not None
    edit = Hand(data)
    hand(edit)
    edited = version_of_word(edit.save(), "改.docx", base=base.version()).value
    assert edited is not None
    back = Returned(path="改.docx", data=edit.save(), record=None, base=base.version(), edited=edited)
    plan = plan_absorb(Session().at(str(tmp_path / NAME)), str(tmp_path / NAME), back).value
    assert plan is not None
    made = conflicts_in_word(plan, back)
    assert made.value is not None
    assert (made.value.marked, made.value.left) == (1, 1)
    assert [each.code for each in made.findings] == ["PW881"]
    assert "图写不成修订" in made.findings[0].message


# tables that both moved, lines in which line ends were typed


@pytest.mark.parametrize("caption", ["        题: 表1　条件\n", ""])
def test_a_table_that_both_moved(tmp_path: Path, caption: str) -> None:
    table = f"      - 表: [[项目, 数量], [图书, 3万册], [操场, 2个]]\n{caption}"
    first, fourth = (f"      - 条: {each}项\n" for each in ("甲", "丁"))

    def hand(edit: Hand) -> None:
        after = edit.paragraph("办好戊这一件事情")
        for each in (edit.table("图书"), *([edit.paragraph("表1")] if caption else [])):
            after.addnext(each)

    plan, made = conflicts(tmp_path, MANY.replace(fourth, table + fourth), hand, MANY.replace(first, table + first))
    assert made.marked == len(plan.conflicts) == 1 + bool(caption)
    assert troubles(made.data) == []
    accepted, rejected = (lines(resolved(made.data, accept=each)) for each in (True, False))
    block = [*(["表1　条件"] if caption else []), "项目\t数量\n图书\t3万册\n操场\t2个"]
    assert accepted[accepted.index("3.丙项。办好丙这一件事情。") + 1 :][: len(block)] == block
    assert rejected[rejected.index("5.戊项。办好戊这一件事情。") + 1 :][: len(block)] == block
    assert sorted(accepted) == sorted(rejected)


@pytest.mark.parametrize("file", ["年底开园。", "秋季开园。"])
@pytest.mark.parametrize("typed", ["break_line", "split"])
def test_a_line_that_was_parted_inside_of_a_conflict(tmp_path: Path, typed: str, file: str) -> None:
    def hand(edit: Hand) -> None:
        edit.replace("年底开园。", file)
        getattr(edit, typed)(file)

    new = TEXT.replace("年底", "春季")
    plan, made = conflicts(tmp_path, new, hand)
    assert made.marked == len(plan.conflicts) == 1 and troubles(made.data) == []
    both = {accept: resolved(made.data, accept=accept) for accept in (True, False)}
    assert "1.建园。今年新建幼儿园，春季开园。" in lines(both[True])
    assert words(both[False]).replace("\n", "|").count(f"今年新建幼儿园，|{file}|") == 1
    after = []
    for data in both.values():
        again = absorbed_again(tmp_path, TEXT, data, made)
        assert again.conflicts == ()
        after.append([each.text for each in opened(again.after.decode()).version().items])
    assert after[0] == [each.text for each in opened(new).version().items]
    at = after[1].index("建园。今年新建幼儿园，")
    assert after[1][at + 1] == file


def test_what_a_hand_added_behind_a_line_end_is_not_taken_out_with_a_conflict(tmp_path: Path) -> None:
    def hand(edit: Hand) -> None:
        edit.replace("年底开园。", "年底开园。招生计划另行公布。")
        edit.break_line("年底开园。")

    _, made = copied(tmp_path, TEXT.replace("年底", "春季"), hand)
    assert [each.code for each in made.findings] == ["PW881"]
    assert made.value is not None and (made.value.marked, made.value.left) == (0, 1)
