"""Where items go that were put in, moved, or left without the block that they were in."""

from __future__ import annotations

from planwriter.compare.versions.version import VersionLine
from planwriter.start.records import replace
from tests.absorbing import SAMPLE as TEXT
from tests.absorbing import Items, changed, drop, find, put, retype, shift, taken


def test_what_is_put_in() -> None:
    made = changed(TEXT, lambda items: put(items, "张榜公示", "接受监督。"))
    assert made == TEXT.replace(
        "            文: 张榜公示。\n",
        "            文:\n              - 张榜公示。\n              - 接受监督。\n",
    )
    made = changed(TEXT, lambda items: put(items, "阳光分班", "转学。按规定办理。", level=3))
    assert made == TEXT.replace(
        "          - 阳光分班。   # 段注\n",
        "          - 阳光分班。   # 段注\n      - 条: 转学\n        文: 按规定办理。\n",
    )
    made = changed(TEXT, lambda items: put(items, "管好学校", "强化评价", level=1))
    assert made == TEXT.replace("    文: 管好学校。\n", "    文: 管好学校。\n  - 章: 强化评价\n")
    made = changed(TEXT, lambda items: put(items, "坚持稳中求进", "抓重点。"))
    assert made == TEXT.replace(
        "总体要求: 坚持稳中求进，办好教育。\n", "总体要求:\n  - 坚持稳中求进，办好教育。\n  - 抓重点。\n"
    )


def test_a_chapter_before_the_first_one_is_in_the_list_of_that() -> None:
    def new(items: Items) -> None:
        put(items, "坚持稳中求进", "评价。改评价。", level=3)
        put(items, "坚持稳中求进", "抓改革", level=1)

    block = "  - 章: 抓改革\n    内容:\n      - 条: 评价\n        文: 改评价。\n"
    assert changed(TEXT, new) == TEXT.replace("  # 第一章的注", f"{block}  # 第一章的注")

    def moved(items: Items) -> None:
        shift(items, "管好学校", "坚持稳中求进")
        shift(items, "管理", "坚持稳中求进")

    block = "  - 章: 管理\n    文: 管好学校。\n"
    assert changed(TEXT, moved) == TEXT.replace(block, "").replace("  # 第一章的注", f"{block}  # 第一章的注")


def test_an_item_that_was_typed_without_a_label() -> None:
    text = TEXT.replace("          - 阳光分班。   # 段注\n", "")
    made = changed(text, lambda items: put(items, "就近入学", "转学。按规定办理。"))
    assert made == text.replace(
        "          - 就近入学。\n", "          - 就近入学。\n      - 条: 转学\n        文: 按规定办理。\n"
    )
    made = changed(TEXT, lambda items: put(items, "阳光分班", "转学。按规定办理。"))  # behind a second paragraph
    assert "          - 转学。按规定办理。\n" in made


def test_a_heading_takes_the_items_behind_it() -> None:
    made = changed(TEXT, lambda items: put(items, "阳光分班", "深化改革", level=1))
    assert made.index("章: 深化改革") < made.index("条: 编班") < made.index("章: 管理")
    assert "  - 章: 深化改革\n    内容:\n" in made


def test_what_is_deleted_and_moved() -> None:
    made = changed(TEXT, lambda items: drop(items, "阳光分班"))
    assert made == TEXT.replace("          - 阳光分班。   # 段注\n", "          # 段注\n")
    made = changed(TEXT, lambda items: drop(items, "招生。", "阳光分班"))
    assert made == TEXT.replace(
        "      - 条: 招生\n        文:\n          - 就近入学。\n          - 阳光分班。   # 段注\n", "      # 段注\n"
    )
    made = changed(TEXT, lambda items: shift(items, "建园。新建", "张榜公示"))
    assert made.index("公示") < made.index("条: 建园") and "# 牵头" in made
    made = changed(TEXT, lambda items: shift(items, "管好学校", "坚持稳中求进"))
    assert "总体要求:\n  - 坚持稳中求进，办好教育。\n  - 管好学校。\n" in made


def test_a_deleted_heading_leaves_its_items_to_the_one_before() -> None:
    made = changed(TEXT, lambda items: drop(items, "管理", "管好学校"))
    assert made == TEXT.replace("  - 章: 管理\n    文: 管好学校。\n", "")
    made = changed(TEXT, lambda items: drop(items, "编班"))
    assert "款: 公示" in made and "条: 编班" not in made


def test_new_lines_of_the_frame() -> None:
    bare = TEXT.replace("  附注: 此件公开\n", "").replace("  主送: [各中心校, 县直各校]   # 照名单\n", "")
    made = changed(bare, lambda items: put(items, "2026年3月5日", "（此件公开）"))
    assert made == bare.replace("  成文日期: 2026年3月5日\n", "  成文日期: 2026年3月5日\n  附注: 此件公开\n")
    made = changed(bare, lambda items: put(items, "关于印发《", "各中心校，各园："))
    assert "  主送: [各中心校, 各园]\n" in made


def test_a_paragraph_that_leaves_its_block_keeps_its_units() -> None:
    text = TEXT.replace(
        "          - 阳光分班。   # 段注\n", "          - 阳光分班。   # 段注\n        责任单位: 基教股\n"
    )
    made = changed(text, lambda items: drop(items, "招生。"))
    assert "      - 阳光分班。（责任单位：基教股）\n" in made and "条: 招生" not in made


def test_a_line_put_in_before_the_text_of_a_heading() -> None:
    made = changed(TEXT, lambda items: put(items, "管理", "先立规矩。"))
    assert made == TEXT.replace("    文: 管好学校。\n", "    文:\n      - 先立规矩。\n      - 管好学校。\n")


def test_another_level() -> None:
    def edit(items: Items) -> None:
        at = find(items, "张榜公示")
        item = items[at]
        assert isinstance(item, VersionLine)
        items[at] = replace(item, level=3, label="4.")

    made = changed(TEXT, edit)
    assert "      - 条: 编班\n      - 条: 公示\n        文: 张榜公示。\n" in made


def test_a_paragraph_that_was_parted_keeps_what_is_filled_in_and_its_units() -> None:
    text = TEXT.replace("新建幼儿园{{ 指标.园 }}，年底开园。", "年初动工。新建幼儿园{{ 指标.园 }}，年底开园。")

    def edit(items: Items) -> None:
        rest = "新建幼儿园12所，年底开园。（责任单位：计财股；完成时限：2026年12月）"
        retype(items, rest, "")
        put(items, "年初动工", rest)

    made = changed(text, edit)
    assert made == text.replace(
        "        文: 年初动工。新建幼儿园{{ 指标.园 }}，年底开园。\n",
        "        文:\n          - 年初动工。\n          - 新建幼儿园{{ 指标.园 }}，年底开园。\n",
    )


def test_units_that_stand_behind_a_new_last_paragraph() -> None:
    text = TEXT.replace(
        "          - 阳光分班。   # 段注\n", "          - 阳光分班。   # 段注\n        责任单位: 基教股\n"
    )

    def edit(items: Items) -> None:
        retype(items, "（责任单位：基教股）", "")
        put(items, "阳光分班", "张榜公布。（责任单位：基教股、办公室）")

    made = changed(text, edit)
    assert "          - 张榜公布。\n        责任单位: [基教股, 办公室]\n" in made


def test_a_rest_without_the_line_that_it_was_parted_from_is_left_too() -> None:
    def edit(items: Items) -> None:
        retype(items, "坚持稳中求进，办好教育。", "坚持稳中求进，{{")
        put(items, "坚持稳中求进", "办好教育。")

    made = taken(TEXT, edit)
    assert made.after == made.before and sorted(step.kind.value for step, _ in made.left) == ["增", "改"]
