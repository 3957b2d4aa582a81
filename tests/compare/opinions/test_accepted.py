"""Accepted opinions as a version of the plan."""

import pytest

from planwriter.compare.opinions.accepted import is_in, wanted_plan
from planwriter.compare.opinions.opinion_table import FilledRow, Verdict
from planwriter.compare.opinions.opinions import Opinion, Wish
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine, VersionTable
from planwriter.plan.flow import BODY, LineRole

_WORDS = "新建幼儿园3所。补充教师30名。完成时限为6月。"


def _line(text: str, label: str = "", level: int = 0) -> VersionLine:
    return VersionLine(role=LineRole.HEADING1 if level == 1 else BODY, text=text, label=label, level=level)


def _plan(*items: VersionItem) -> PlanVersion:
    return PlanVersion(name="要点", items=items)


_PLAN = _plan(
    _line("重点任务", "一、", 1),
    _line(_WORDS),
    _line("改造危房。"),
    VersionTable(rows=(("项目", "数量"), ("幼儿园", "3"))),
    _line("保障措施", "二、", 1),
    _line("落实责任。"),
)


def _row(number: int, opinion: Opinion | None) -> FilledRow:
    return FilledRow(number, "财政局", "", "", Verdict.TAKEN, "采纳", "", opinion, opinion, "{}", (), False)


def _change(old: str, new: str, text: str = _WORDS, at: int = 1) -> Opinion:
    start = text.index(old)
    return Opinion(wish=Wish.CHANGE, at=at, text=text, start=start, end=start + len(old), new=new)


_FIVE = _change("新建幼儿园3所。", "新建幼儿园5所。")
_MORE = _change("补充教师30名。", "补充教师40名。")
_PUT_IN = Opinion(wish=Wish.CHANGE, at=1, text=_WORDS, start=8, end=8, new="加强培训。")
_ADD = Opinion(wish=Wish.ADD, at=2, text="改造危房。", new="建好操场。", label="3.", level=3)
_REMOVE = Opinion(wish=Wish.REMOVE, at=2, text="改造危房。", end=5)
_MOVE = Opinion(wish=Wish.MOVE, at=1, text=_WORDS, end=len(_WORDS), new="保障措施", count=2)
_CELL = Opinion(wish=Wish.CELL, at=3, text="项目\t数量\n幼儿园\t3", start=10, end=11, new="5", row=1, column=1)
_TABLE = Opinion(wish=Wish.TABLE, at=3, text="项目\t数量\n幼儿园\t3", end=11, new="项目\t数量\n幼儿园\t3\n小学\t1")
_ALL = (_FIVE, _MORE, _PUT_IN, _ADD, _REMOVE, _MOVE, _CELL, _TABLE)


def _texts(plan: PlanVersion) -> list[str]:
    return [each.text for each in plan.items]


def test_words_of_several_opinions_go_together() -> None:
    made = wanted_plan(_PLAN, [_row(3, _FIVE), _row(4, _MORE), _row(5, _PUT_IN)])
    assert made.refused == () and len(made.taken) == 3
    assert _texts(made.version)[1] == "新建幼儿园5所。加强培训。补充教师40名。完成时限为6月。"
    assert [each.mark for each in made.version.items] == [0, 1, 2, 3, 4, 5] == [each.mark for each in made.base.items]


def test_paragraphs_are_added_removed_and_moved() -> None:
    made = wanted_plan(_PLAN, [_row(3, _ADD), _row(4, _REMOVE)])
    assert _texts(made.version)[2:3] == ["建好操场。"] and "改造危房。" not in _texts(made.version)
    assert [each.mark for each in made.version.items] == [0, 1, -1, 3, 4, 5]
    moved = wanted_plan(_PLAN, [_row(3, _MOVE)])
    assert [each.mark for each in moved.version.items] == [0, 3, 4, 1, 2, 5]


def test_three_that_change_their_places_all_round() -> None:
    swapped = [
        Opinion(wish=Wish.MOVE, at=2, text="改造危房。", end=5, new="落实责任。"),
        Opinion(wish=Wish.MOVE, at=5, text="落实责任。", end=5, new="重点任务"),
    ]
    made = wanted_plan(_PLAN, [_row(at, each) for at, each in enumerate(swapped, 3)])
    assert [each.mark for each in made.version.items] == [0, 5, 2, 1, 3, 4]
    assert all(is_in(each, made.version) for each in swapped)


def test_cells_and_tables() -> None:
    (made,) = (each for each in wanted_plan(_PLAN, [_row(3, _CELL)]).version.items if isinstance(each, VersionTable))
    assert made.rows == (("项目", "数量"), ("幼儿园", "5"))
    (made,) = (each for each in wanted_plan(_PLAN, [_row(3, _TABLE)]).version.items if isinstance(each, VersionTable))
    assert made.rows[2] == ("小学", "1")


def test_rows_and_cells_of_several_go_together() -> None:
    other = Opinion(wish=Wish.TABLE, at=3, text=_TABLE.text, end=11, new="项目\t数量\n初中\t2\n幼儿园\t3")
    rows = [_row(at, each) for at, each in enumerate((_TABLE, _CELL, other), 3)]
    made = wanted_plan(_PLAN, rows)
    table = made.version.items[3]
    assert isinstance(table, VersionTable) and made.refused == ()
    assert table.rows == (("项目", "数量"), ("初中", "2"), ("幼儿园", "5"), ("小学", "1"))
    assert all(is_in(each, made.version) for each in (_TABLE, _CELL, other))
    assert len(wanted_plan(made.version, rows).already) == 3
    gone = Opinion(wish=Wish.TABLE, at=3, text=_TABLE.text, end=11, new="项目\t数量")
    assert not is_in(gone, _plan(VersionTable(rows=(("学校", "人数"), ("一中", "9")))))  # another table


@pytest.mark.parametrize("opinion", _ALL, ids=[str(each.wish) + str(at) for at, each in enumerate(_ALL)])
def test_what_was_taken_is_not_taken_again(opinion: Opinion) -> None:
    assert not is_in(opinion, _PLAN) and not is_in(opinion, _PLAN, done=True)
    made = wanted_plan(_PLAN, [_row(3, opinion)])
    assert len(made.taken) == 1 and is_in(opinion, made.version, done=True)
    again = wanted_plan(made.version, [_row(3, opinion)])
    assert _texts(again.version) == _texts(made.version)
    assert len(again.already) == 1 and again.taken == ()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([_FIVE, _change("新建幼儿园3所。", "新建幼儿园4所。")], "和表里第 3 行改在同一处"),
        ([_REMOVE, _change("改造危房。", "改造危房2栋。", "改造危房。", 2)], "第 3 行要删掉这一段"),
        ([_change("改造危房。", "改造危房2栋。", "改造危房。", 2), _REMOVE], "第 3 行改的也是这一段"),
        ([_REMOVE, _MOVE], "第 3 行已经把这一段删掉"),
        (
            [_CELL, _CELL.__class__(wish=Wish.CELL, at=3, text=_CELL.text, start=10, end=11, new="6", row=1, column=1)],
            "同一格",
        ),
        (
            [_TABLE, _TABLE.__class__(wish=Wish.TABLE, at=3, text=_TABLE.text, end=11, new="项目\n幼儿园")],
            "同一张表，合不到一起",
        ),
    ],
)
def test_two_that_do_not_go_together(rows: list[Opinion], said: str) -> None:
    made = wanted_plan(_PLAN, [_row(at, each) for at, each in enumerate(rows, 3)])
    assert [each.at for each in made.taken] == [3]
    ((refused, reason),) = made.refused
    assert refused.at == 4 and said in reason


@pytest.mark.parametrize(
    ("opinion", "said"),
    [
        (None, "看不出"),
        (Opinion(wish=Wish.SAY, at=1, text=_WORDS, new="太少。"), "是批注"),
        (_change("没有的话。", "别的话。", "没有的话。", 1), "这句话提纲里没有了"),
        (Opinion(wish=Wish.REMOVE, at=2, text="改造危房12栋。", end=8), "这一段提纲里没有了"),
        (Opinion(wish=Wish.ADD, at=2, text="没有的段。", new="新的。"), "它前面的那一段"),
        (Opinion(wish=Wish.MOVE, at=1, text=_WORDS, new="没有的段。"), "要移到后面的那一段"),
        (Opinion(wish=Wish.CELL, at=3, text="别的\t表", new="5", row=0, column=1), "这张表"),
        (_change("落实责任。", "", "落实责任。", 5), "没有字了"),
    ],
)
def test_what_cannot_be_taken_is_told(opinion: Opinion | None, said: str) -> None:
    made = wanted_plan(_PLAN, [_row(3, opinion)])
    ((_, reason),) = made.refused
    assert said in reason and made.version == made.base


def test_the_words_are_found_where_they_stand_now() -> None:
    later = _plan(_line("新的一段。"), *_PLAN.items[:1], _line(_WORDS.replace("6月", "9月")), *_PLAN.items[2:])
    made = wanted_plan(later, [_row(3, _FIVE), _row(4, _ADD)])
    assert made.refused == ()
    assert (
        _texts(made.version)[2] == "新建幼儿园5所。补充教师30名。完成时限为9月。"
        and _texts(made.version)[4] == "建好操场。"
    )
    twice = _plan(*later.items, _line("新建幼儿园3所。"))
    assert wanted_plan(twice, [_row(3, _FIVE)]).places == {3: 2}
    unclear = _plan(*later.items, _line(_WORDS.replace("6月", "8月")))
    assert len(wanted_plan(unclear, [_row(3, _FIVE)]).refused) == 1


def test_words_that_changed_beside_an_opinion_stay() -> None:
    later = _plan(_line(_WORDS.replace("30名", "35名").replace("新建幼儿园3所", "年内新建幼儿园3所")))
    made = wanted_plan(later, [_row(3, _FIVE)])
    assert _texts(made.version) == ["年内新建幼儿园5所。补充教师35名。完成时限为6月。"]
    assert wanted_plan(made.version, [_row(3, _FIVE)]).already
