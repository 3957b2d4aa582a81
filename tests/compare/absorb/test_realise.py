"""The changes of an outline's file: each is made where a writer would have made it, and everything else stays."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from planwriter.app.open_outline import open_outline
from planwriter.app.roundtrip.trial import absorbed
from planwriter.app.session import Session
from planwriter.compare.versions.version import VersionTable
from planwriter.start.records import replace
from tests.absorbing import SAMPLE as TEXT
from tests.absorbing import Items, changed, drop, find, opened, printed, put, recell, retype, shift, sides, taken


def test_words_change_where_they_are_typed() -> None:
    assert changed(TEXT, lambda items: retype(items, "稳中求进", "守正创新")) == TEXT.replace("稳中求进", "守正创新")
    assert changed(TEXT, lambda items: retype(items, "年底开园", "秋季开园")) == TEXT.replace("年底", "秋季")
    assert changed(TEXT, lambda items: retype(items, "阳光分班", "均衡分班")) == TEXT.replace("阳光", "均衡")
    assert changed(TEXT, lambda items: retype(items, "按季调度", "按月调度")) == TEXT.replace("按季", "按月")
    assert changed(TEXT, lambda items: retype(items, "甲校", "乙校")) == TEXT.replace("甲校", "乙校")


ODD = ("张　三", "a\u00a0b", "1\t2", "- 甲", "甲: 乙 # 丙", "[甲]", "“引”'\"", "🙂", "&甲 *乙", "|", "no", "010")


@pytest.mark.parametrize("odd", ODD)
def test_characters_that_mean_something_in_an_outline(odd: str) -> None:
    made = changed(TEXT, lambda items: retype(items, "就近入学。", f"{odd}。"))
    assert f"招生。{odd}。" in printed(opened(made).version())
    assert odd in printed(opened(changed(TEXT, lambda items: put(items, "管好学校", odd))).version())


def test_characters_without_width_are_no_edit() -> None:
    assert changed(TEXT, lambda items: retype(items, "就近入学", "就近\u200b入学\ufeff")) == TEXT


def test_titles_units_and_deadlines() -> None:
    assert changed(TEXT, lambda items: retype(items, "管理", "治理")) == TEXT.replace("章: 管理", "章: 治理")
    assert changed(TEXT, lambda items: retype(items, "建园。", "扩园。")) == TEXT.replace("条: 建园", "条: 扩园")
    made = changed(
        TEXT, lambda items: retype(items, "计财股；完成时限：2026年12月", "计财股、办公室；完成时限：2026年6月")
    )
    assert made == TEXT.replace("责任单位: 计财股 ", "责任单位: [计财股, 办公室] ").replace("2026年12月", "2026年6月")
    made = changed(TEXT, lambda items: retype(items, "（责任单位：计财股；完成时限：2026年12月）", ""))
    assert made == TEXT.replace("        责任单位: 计财股   # 牵头\n        时限: 2026年12月\n", "        # 牵头\n")
    made = changed(TEXT, lambda items: retype(items, "阳光分班。", "阳光分班。（责任单位：基教股）"))
    assert "          - 阳光分班。   # 段注\n        责任单位: 基教股\n" in made
    made = changed(TEXT, lambda items: retype(items, "招生。就近入学", "招生就近入学"))
    assert '条: ""\n        文:\n          - 招生就近入学。\n' in made


def test_tables() -> None:
    assert changed(TEXT, lambda items: recell(items, "3万册", "4万册")) == TEXT.replace("3万册", "4万册")
    listed = TEXT.replace(
        "- 表: [[项目, 数], [图书, 3万册]]", "- 表:\n          - [项目, 数]\n          - [图书, 3万册]   # 行注"
    )

    def more(items: Items) -> None:
        at = find(items, "图书")
        table = items[at]
        assert isinstance(table, VersionTable)
        items[at] = replace(table, rows=(*table.rows, ("仪器", "2套")))

    assert changed(listed, more) == listed.replace("   # 行注\n", "   # 行注\n          - [仪器, 2套]\n")
    assert changed(TEXT, more) == TEXT.replace("[图书, 3万册]]", "[图书, 3万册], [仪器, 2套]]")


def test_the_frame() -> None:
    assert changed(TEXT, lambda items: retype(items, "县直各校", "各民办校")) == TEXT.replace("县直各校", "各民办校")
    made = changed(TEXT, lambda items: retype(items, "各中心校，县直各校", "各中心校，县直各校，各园"))
    assert made == TEXT.replace("[各中心校, 县直各校]", "[各中心校, 县直各校, 各园]")
    made = changed(TEXT, lambda items: retype(items, "请结合实际认真贯彻落实", "请抓好落实"))
    assert "  通知正文: 现将《青山县教育局2026年工作要点》印发给你们，请抓好落实。\n" in made
    assert changed(TEXT, lambda items: drop(items, "此件公开")) == TEXT.replace("  附注: 此件公开\n", "")
    made = changed(TEXT, lambda items: retype(items, "2026年3月5日", "2026年3月9日"))
    assert made == TEXT.replace("3月5日", "3月9日")


def test_what_cannot_be_made_is_told() -> None:
    made = taken(TEXT, lambda items: retype(items, "青教发〔2026〕3号", "青教发2026"))
    assert made.after == made.before and len(made.left) == 1 and "不合格式" in made.left[0][1]
    made = taken(TEXT, lambda items: retype(items, "张榜公示", "写{{ 上 }}"))
    assert made.after == made.before and "{{ }}" in made.left[0][1]

    def two(items: Items) -> None:
        retype(items, "坚持稳中求进", "坚持{{ 守正 }}")
        retype(items, "管好学校", "管好各校")

    made = taken(TEXT, two)
    assert made.after.decode() == TEXT.replace("管好学校", "管好各校") and len(made.left) == len(made.done) == 1


def test_what_is_made_of_other_texts_follows_them() -> None:
    made = taken(TEXT, lambda items: retype(items, "青山县教育局文件", "青山县人民政府文件"))
    assert made.after.decode() == TEXT.replace("发文机关: 青山县教育局", "发文机关: 青山县人民政府")
    assert ("青山县教育局", "青山县人民政府") in made.follows


def test_a_new_table() -> None:
    def edit(items: Items) -> None:
        items.insert(find(items, "管好学校") + 1, VersionTable(rows=(("项目", "数"), ("校车", "9辆"))))

    assert changed(TEXT, edit) == TEXT.replace(
        "    文: 管好学校。\n",
        "    文: 管好学校。\n    内容:\n      - 表:\n          - [项目, 数]\n          - [校车, 9辆]\n",
    )


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\n# 尾注", "\r\n"])
def test_the_end_of_the_file_stays(end: str) -> None:
    text = TEXT.rstrip("\n") + "\n"
    text = (text.replace("\n", "\r\n") if "\r" in end else text).rstrip() + end
    line = "\r\n" if "\r" in end else "\n"
    outline = open_outline(Session(), text.encode(), "提纲.yaml", "").value
    assert outline is not None
    made = absorbed(outline, sides(outline, lambda items: put(items, "甲校", "乙校。")))
    assert made.after.decode() == text.replace("      - 甲校。", f"      - 甲校。{line}      - 乙校。")


def test_no_comment_is_lost_and_each_goes_with_its_item() -> None:
    text = TEXT.replace(
        "    内容:\n      - 条: 建园", "    内容:   # 内容注\n      # 建园的注\n      - 条: 建园"
    ).replace(
        "        内容:\n          - 款", "        # 前注\n        内容:  # 款注\n          # 公示的注\n          - 款"
    )
    comments = sorted(re.findall(r"# *[^\n]+", text))
    edits: list[Callable[[Items], None]] = [
        lambda items: shift(items, "新建幼儿园", "张榜公示"),
        lambda items: drop(items, "办学"),
        lambda items: drop(items, "编班"),
        lambda items: drop(items, "办学", "新建幼儿园", "招生。就近", "阳光分班", "编班", "张榜公示", "图书"),
        lambda items: shift(items, "张榜公示", "新建幼儿园"),
        lambda items: drop(items, "新建幼儿园"),
    ]
    for edit in edits:
        assert sorted(re.findall(r"# *[^\n]+", changed(text, edit))) == comments
    moved = changed(text, edits[0])
    assert "      # 建园的注\n      - 条: 建园" in moved and moved.index("条: 招生") < moved.index("# 建园的注")
    new = changed(text, lambda items: put(items, "办学", "甲事。办好甲事。", level=3))
    assert "文: 办好甲事。\n      # 建园的注\n      - 条: 建园" in new


def test_units_that_were_parted_from_their_line_are_still_its_units() -> None:
    def parted(items: Items) -> None:
        retype(items, "（责任单位：计财股；完成时限：2026年12月）", "")
        put(items, "新建幼儿园", "（责任单位：计财股；完成时限：2026年12月）")

    made = taken(TEXT, parted)
    assert made.after.decode() == TEXT
    assert made.left == ()


def test_rows_of_a_list_in_brackets_that_moves() -> None:
    def edit(items: Items) -> None:
        drop(items, "办学")
        at = find(items, "3万册")
        table = items[at]
        assert isinstance(table, VersionTable)
        items[at] = replace(table, rows=(*table.rows, ("操场", "2个")))

    made = taken(TEXT, edit)
    assert made.left == () and "[图书, 3万册], [操场, 2个]]" in made.after.decode()


def test_what_is_filled_in_stays_so_in_a_line_that_was_joined() -> None:
    text = TEXT.replace("- 阳光分班。   # 段注", "- 阳光分班{{ 指标.园 }}。   # 段注")

    def joined(items: Items) -> None:
        drop(items, "阳光分班12所")
        retype(items, "就近入学。", "就近入学。阳光分班12所。")

    made = changed(text, joined)
    assert "就近入学。阳光分班{{ 指标.园 }}。\n" in made and made.count("阳光分班") == 1


def test_a_notice_has_a_text() -> None:
    text = TEXT.replace("  附注: 此件公开\n", "  附注: 此件公开\n  通知正文: 现将要点发给你们，请抓好落实。\n")
    made = taken(text, lambda items: drop(items, "请抓好落实"))
    assert made.after.decode() == text
    assert [reason for _, reason in made.left] == ["通知不能没有正文，删了会排上惯用的那一句"]


def test_a_table_does_not_leave_its_caption() -> None:
    text = TEXT.replace("3万册]]\n", "3万册]]\n        题: 表1　条件\n")
    assert text != TEXT
    for edit in (
        lambda items: shift(items, "表1", "就近入学"),
        lambda items: shift(items, "表1", "3万册"),
        lambda items: shift(items, "3万册", "管好学校"),
    ):
        made = taken(text, edit)
        assert made.after.decode() == text
        assert "表和它的题要一起动" in "".join(reason for _, reason in made.left)


def test_a_paragraph_that_was_joined_to_the_last_keeps_the_units_of_its_item() -> None:
    text = TEXT.replace("阳光分班。   # 段注\n", "阳光分班。   # 段注\n        责任单位: 基教股\n        时限: 8月\n")

    def join(items: Items) -> None:
        last = find(items, "阳光分班。")
        retype(items, "就近入学。", "就近入学。" + items[last].text)
        del items[last]

    made = changed(text, join)
    assert "          - 就近入学。阳光分班。\n" in made
    assert "        责任单位: 基教股\n        时限: 8月\n" in made and "# 段注" in made


def test_a_last_paragraph_that_was_deleted_takes_the_units_of_its_item_along() -> None:
    text = TEXT.replace("阳光分班。   # 段注\n", "阳光分班。\n        责任单位: 基教股\n")
    assert "基教股" not in changed(text, lambda items: drop(items, "阳光分班"))
