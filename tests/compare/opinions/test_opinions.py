"""What a bureau wants changed: edits sentence by sentence, and comments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.compare.matching.match import match_items
from planwriter.compare.opinions.opinions import (
    Opinion,
    Wish,
    found_in,
    in_order,
    opinions_of,
    placed_in,
    sentence_changes,
)
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine, VersionTable, WordComment
from planwriter.plan.flow import LineRole
from planwriter.start.records import replace
from tests.growth import assert_linear

_OLD = "新建幼儿园3所。补充教师30名，其中农村20名。完成时限为6月。"


def _line(text: str, label: str = "", level: int = 0, *remarks: WordComment) -> VersionLine:
    role = LineRole.HEADING1 if level == 1 else LineRole.BODY
    return VersionLine(role=role, text=text, label=label, level=level, remarks=remarks)


def _version(*items: VersionItem) -> PlanVersion:
    return PlanVersion(name="要点", items=items)


_BASE = _version(
    _line("重点任务", "一、", 1),
    _line(_OLD),
    _line("改造危房校舍12栋，全部完成验收，列入年度民生实事。"),
    VersionTable(rows=(("项目", "数量"), ("幼儿园", "3"))),
    _line("保障措施", "二、", 1),
    _line("各学校要落实主体责任，按月报送进度，年底统一考核。"),
)


def _found(*items: VersionItem) -> list[Opinion]:
    edited = _version(*items)
    return list(opinions_of(_BASE, edited, match_items(_BASE.items, edited.items)))


def _with(at: int, item: VersionItem) -> list[VersionItem]:
    items = list(_BASE.items)
    items[at] = item
    return items


@pytest.mark.parametrize(
    ("new", "changes"),
    [
        (_OLD, []),
        (_OLD.replace("3所", "5所"), [("新建幼儿园3所。", "新建幼儿园5所。")]),
        (
            _OLD.replace("3所", "5所").replace("6月", "9月"),
            [("新建幼儿园3所。", "新建幼儿园5所。"), ("完成时限为6月。", "完成时限为9月。")],
        ),
        (_OLD.replace("完成时限为6月。", ""), [("完成时限为6月。", "")]),
        (_OLD.replace("完成", "加强培训。完成"), [("", "加强培训。")]),
        (_OLD + "公开结果。", [("", "公开结果。")]),
        (_OLD[:-1] + "，并公开。", [("完成时限为6月。", "完成时限为6月，并公开。")]),
    ],
)
def test_changes_are_whole_sentences(new: str, changes: list[tuple[str, str]]) -> None:
    assert [(_OLD[start:end], words) for start, end, words in sentence_changes(_OLD, new)] == changes


_TEXTS = st.lists(
    st.sampled_from(["新建3所", "补充30名", "完成", "，", "。", "；", "\n", "甲", "2026年"]), max_size=14
).map("".join)


@given(_TEXTS, _TEXTS)
def test_the_changes_of_a_text_make_the_other_one(old: str, new: str) -> None:
    made, at = "", 0
    for start, end, words in sentence_changes(old, new):
        assert at <= start <= end
        made += old[at:start] + words
        at = end
    assert made + old[at:] == new


def test_an_unchanged_file_has_no_opinion() -> None:
    assert _found(*_BASE.items) == []


def test_a_change_names_its_place() -> None:
    (only,) = _found(*_with(1, _line(_OLD.replace("3所", "5所"))))
    assert (only.wish, only.at, only.old, only.new) == (Wish.CHANGE, 1, "新建幼儿园3所。", "新建幼儿园5所。")


def test_paragraphs_that_are_added_and_removed() -> None:
    items = [*_BASE.items[:5], _line("建立考核通报制度。", "1.", 3)]
    added, removed = _found(*items)
    assert (added.wish, added.at, added.text, added.label, added.new) == (
        Wish.ADD,
        4,
        "保障措施",
        "1.",
        "建立考核通报制度。",
    )
    assert (removed.wish, removed.at, removed.old) == (Wish.REMOVE, 5, _BASE.items[5].text)


def test_what_is_moved_together_is_one_opinion() -> None:
    first, second, *rest = _BASE.items
    (only,) = _found(rest[0], rest[1], rest[2], rest[3], first, second)
    assert (only.wish, only.at, only.count, only.new) == (Wish.MOVE, 0, 2, _BASE.items[5].text)


def test_a_cell_and_a_table_of_another_form() -> None:
    (cell,) = _found(*_with(3, VersionTable(rows=(("项目", "数量"), ("幼儿园", "5")))))
    assert (cell.wish, cell.old, cell.new, cell.row, cell.column) == (Wish.CELL, "3", "5", 1, 1)
    (table,) = _found(*_with(3, VersionTable(rows=(("项目", "数量"), ("幼儿园", "3"), ("小学", "1")))))
    assert table.wish == Wish.TABLE and table.new.endswith("小学\t1")


def test_a_comment_is_about_the_sentence_that_its_words_stand_in() -> None:
    new = _OLD.replace("3所", "15所")
    remark = WordComment(1, "王某", "2026-03-05", "太少。", new.index("20名"), new.index("20名") + 3)
    change, said = _found(*_with(1, _line(new, "", 0, remark)))
    assert change.wish == Wish.CHANGE
    assert (said.wish, said.old, said.new, said.author) == (Wish.SAY, "补充教师30名，其中农村20名。", "太少。", "王某")
    whole = WordComment(1, "王某", "", "不妥。", 0, 0)
    (said,) = _found(*_with(4, _line("保障措施", "二、", 1, whole)))
    assert (said.at, said.old, said.text) == (4, "", "保障措施")


def test_an_opinion_is_found_again_in_a_later_state_of_the_plan() -> None:
    (change,) = _found(*_with(1, _line(_OLD.replace("3所", "5所"))))
    later = _version(_line("新的一段，说明来由。"), *_with(1, _line(_OLD.replace("6月", "9月"))))
    (placed,) = placed_in([change], _BASE, later)
    assert (placed.at, placed.old, placed.older) == (2, "新建幼儿园3所。", False)
    (lost,) = placed_in([change], _BASE, _version(*_with(1, _line(_OLD.replace("3所", "4所")))))
    assert lost.at == 1 and lost.older
    (gone,) = placed_in([change], _BASE, _version(_line("保障措施", "二、", 1)))
    assert gone.at == -1 and gone.older


def test_words_that_stand_twice_are_not_found() -> None:
    opinion = Opinion(wish=Wish.CHANGE, at=0, text="甲。乙。", start=0, end=2, new="丙。")
    assert found_in(opinion, "丁。甲。") == (2, 4)
    assert found_in(opinion, "甲。甲。") is None and found_in(opinion, "丁。") is None
    put_in = replace(opinion, start=2, end=2)
    assert found_in(put_in, "丁。甲。戊。") == (4, 4)


def test_equal_opinions_stand_together_in_the_order_of_the_plan() -> None:
    late = Opinion(wish=Wish.REMOVE, at=5, text="甲", end=1)
    early = Opinion(wish=Wish.SAY, at=1, text="乙", new="改 一改")
    lost = Opinion(wish=Wish.SAY, at=-1, new="总的意见", older=True)
    assert in_order([lost, late, early, late, replace(early, new="改一改", author="别人")]) == [[2, 4], [1, 3], [0]]


def test_time_is_linear() -> None:
    def made(count: int) -> tuple[str, str]:
        old = "".join(f"第{number}句话说的是不同的事。" for number in range(count))
        return old, old.replace("说的是", "讲的是")

    assert_linear(lambda texts: list(sentence_changes(*texts)), made, 800)
