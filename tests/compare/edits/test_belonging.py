"""What stands under what, and what was done under an item that the other side deleted."""

from __future__ import annotations

from planwriter.compare.edits.belonging import OneSide, Orphans, orphans, owners
from planwriter.compare.versions.version import VersionItem, VersionLine, VersionPicture
from planwriter.plan.flow import BODY, BOX_TITLE, CAPTION, LABEL, SIGNATURE
from tests.compare.sides import line, table


def test_titles_captions_and_boxes() -> None:
    items: list[VersionItem] = [
        line("# 要点"),
        line("一、办学"),  # 1
        line("1.建园。新建两所。"),
        line("没有编号的一段。"),
        line("（1）公示。张榜。"),  # 4
        VersionLine(role=CAPTION, text="表1"),
        table("项目|数"),
        line("二、管理"),  # 7
        VersionPicture(text="（图片：甲.png）"),
        VersionLine(role=CAPTION, text="图1"),
        VersionLine(role=BOX_TITLE, text="专栏1", boxed=True),  # 10
        line("1.工程。修路。", boxed=True),
        line("里面的一段。", boxed=True),
        line("1.食堂。检查。"),  # 13
        VersionLine(role=SIGNATURE, text="青山县教育局"),
        VersionLine(role=LABEL, text="附件1"),  # 15
        line("甲校。"),
    ]
    assert owners(items) == [-1, -1, 1, 2, 2, 4, 5, -1, 7, 8, 7, 10, 11, 7, -1, -1, 15]


BASE: list[VersionItem] = [line("一、办学"), line("1.建园。新建。"), line("二、管理"), line("1.食堂。检查。")]
ABOVE = {1: 0, 3: 2}


def found(items: list[VersionItem], keys: list[int], others: list[int], changed: list[int]) -> Orphans:
    return orphans(OneSide(items, keys, {0, 1, 2, 3}, set(others), set(changed)), ABOVE)


def test_what_is_put_in_or_changed_where_all_was_deleted() -> None:
    new = line("2.校车。检修。")
    assert found([*BASE, new], [0, 1, 2, 3, 9], [0, 1], []) == Orphans(frozenset({2}), (9,))
    assert found(BASE, [0, 1, 2, 3], [0, 1], [3]) == Orphans(frozenset({2}), ())
    assert found([*BASE[:2], new, *BASE[2:]], [0, 1, 9, 2, 3], [0, 1], []) == Orphans(frozenset(), ())
    assert found([BASE[0], BASE[2], BASE[3], BASE[1]], [0, 2, 3, 1], [0, 1], []) == Orphans(frozenset({2}), ())


def test_who_deletes_a_title_alone_means_just_that() -> None:
    assert found([*BASE, line("2.校车。检修。")], [0, 1, 2, 3, 9], [0, 1, 3], []) == Orphans(frozenset(), ())
    assert found(BASE, [0, 1, 2, 3], [0, 1, 2, 3], [3]) == Orphans(frozenset(), ())


def test_a_caption_and_its_table_stay_together() -> None:
    items: list[VersionItem] = [
        VersionLine(role=BODY, text="甲"),
        VersionLine(role=CAPTION, text="表1"),
        table("项目|数"),
    ]
    for changed, other in ((1, 2), (2, 1)):
        side = OneSide(items, [0, 1, 2], {0, 1, 2}, {0}, {changed})
        assert orphans(side, {2: 1}).places == {other}
