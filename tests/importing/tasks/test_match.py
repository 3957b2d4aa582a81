"""Which edited row is which."""

from __future__ import annotations

from planwriter.importing.tasks.match import MatchedRow, match_rows

OLD = [
    MatchedRow(1, "甲章", "修建道路。全年铺筑沥青路面八十公里，改造危桥。"),
    MatchedRow(2, "甲章", "开行公交。新辟镇村线路三条，更换车辆。"),
    MatchedRow(3, "乙章", "培训教师。暑期开展全员轮训，每人六天。"),
]


def test_the_same_rows_in_any_order() -> None:
    made = match_rows(OLD, [OLD[2], OLD[0], OLD[1]])
    assert made.pairs == {0: (2, "内容"), 1: (0, "内容"), 2: (1, "内容")} and made.doubtful == {}


def test_title_likeness_and_number() -> None:
    new = [
        MatchedRow(1, "甲章", "修建道路。只修县道。"),
        MatchedRow(9, "甲章", "开行城乡公交。新辟镇村线路五条，更换车辆。"),
        MatchedRow(3, "乙章", "暑期开展轮训：骨干带头，分期组织，每人登记学时。"),
        MatchedRow(0, "乙章", "办好食堂。每周公布菜谱。"),
    ]
    assert match_rows(OLD, new).pairs == {0: (0, "标题"), 1: (1, "文字相似"), 2: (2, "序号")}


def test_equal_rows_are_told_apart_by_their_numbers() -> None:
    twice = [MatchedRow(1, "甲", "按月调度。"), MatchedRow(2, "甲", "按月调度。")]
    assert {at: old for at, (old, _) in match_rows(twice, twice[::-1]).pairs.items()} == {0: 1, 1: 0}


def test_a_row_like_two_others_is_doubtful() -> None:
    old = [MatchedRow(1, "甲", "改造东街路灯一百盏并安装监控"), MatchedRow(2, "甲", "改造西街路灯一百盏并安装监控")]
    made = match_rows(old, [MatchedRow(0, "甲", "改造南街路灯一百盏并安装监控")])
    assert made.pairs == {} and made.doubtful == {0: (0, 1)}


def test_two_rows_like_the_same_one_are_doubtful() -> None:
    old = [MatchedRow(1, "甲", "改造东街路灯一百盏并安装监控")]
    new = [MatchedRow(0, "甲", "改造东街路灯两百盏并安装监控"), MatchedRow(0, "甲", "改造东街路灯三百盏并安装监控")]
    made = match_rows(old, new)
    assert made.pairs == {} and made.doubtful == {0: (0,), 1: (0,)}


def test_many_rows_are_not_compared_each_with_each() -> None:
    old = [MatchedRow(0, "甲", f"第{at}件事的说明文字") for at in range(600)]
    new = [MatchedRow(0, "甲", f"关于{at}的另外一句话") for at in range(600)]
    assert match_rows(old, new).pairs == {}
