"""A layout file becomes a typed layout; faults in it are reported in their place."""

from __future__ import annotations

import pytest

from planwriter.findings.finding import Result
from planwriter.layout.layout import SIZES, Layout, Length, mm, parse_length, pt, read_layout
from planwriter.source.keys import LAYOUT_KEYS
from planwriter.source.load import load_tree
from planwriter.start.records import replace
from tests.support import ROOT

STANDARD = (ROOT / "templates" / "layouts" / "gb9704.yaml").read_text(encoding="utf-8")


def read(text: str) -> Result[Layout | None]:
    tree = load_tree(text.encode(), "版式.yaml", LAYOUT_KEYS)
    assert tree.value is not None
    assert tree.findings == ()
    return read_layout(tree.value)


def standard() -> Layout:
    made = read(STANDARD)
    assert made.findings == ()
    assert made.value is not None
    return made.value


def changed(old: str, new: str) -> Result[Layout | None]:
    assert STANDARD.count(old) == 1
    return read(STANDARD.replace(old, new))


def test_the_standard_layout_has_the_figures_of_gb_9704() -> None:
    layout = standard()
    margins = layout.margins
    assert [side.twips for side in (margins.top, margins.bottom, margins.left, margins.right)] == [
        2098,
        1984,
        1587,
        1474,
    ]
    assert [side.twips for side in layout.paper] == [11906, 16838]
    assert (layout.width.mm, layout.height.mm) == (156, 225)
    assert (layout.pitch.twips, layout.tracking.twips) == (579, -5)


def test_the_standard_grid_holds_22_lines_and_28_characters() -> None:
    layout = standard()
    character = layout.role("body").size + layout.tracking
    assert layout.height.emu // layout.pitch.emu == 22
    assert layout.width.emu // character.emu == 28


@pytest.mark.parametrize(
    ("role", "font", "size"),
    [
        ("title", "方正小标宋简体", 44),
        ("body", "仿宋_GB2312", 32),
        ("heading1", "黑体", 32),
        ("heading2", "楷体_GB2312", 32),
        ("heading3", "仿宋_GB2312", 32),
        ("heading4", "仿宋_GB2312", 32),
        ("secrecy", "黑体", 32),
        ("mark", "方正小标宋简体", 112),
        ("label", "黑体", 32),
        ("imprint", "仿宋_GB2312", 28),
    ],
)
def test_the_standard_type_is_that_of_gb_9704(role: str, font: str, size: int) -> None:
    found = standard().role(role)
    assert (found.font, found.size.half_points, found.bold) == (font, size, False)


def test_the_mark_alone_is_red() -> None:
    assert [role.name for role in standard().roles if role.red] == ["mark"]


def test_a_role_that_a_layout_does_not_have_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        standard().role("nothing")


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("37mm", mm(37)),
        ("3.7cm", mm(37)),
        ("3.7 厘米", mm(37)),
        ("28.95磅", pt(28.95)),
        ("-0.25pt", pt(-0.25)),
        ("12毫米", mm(12)),
    ],
)
def test_a_length_is_a_number_and_a_unit(text: str, length: Length) -> None:
    assert parse_length(text) == length


@pytest.mark.parametrize("text", ["37", "mm", "37 英寸", "三十七mm", "1e3mm", "", "--1mm"])
def test_a_length_without_number_or_unit_is_none(text: str) -> None:
    assert parse_length(text) is None


def test_lengths_convert_exactly() -> None:
    assert pt(28.95).twips == 579
    assert mm(37).mm == 37
    assert SIZES["三号"].points == 16
    assert (mm(10) + mm(5) - mm(3)) == mm(12)
    assert mm(10) * 0.5 == mm(5)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("行距: 28.95磅", "行距: 28.95", "行距"),
        ("上: 37mm", "上: 三七", "上"),
        ("左: 28mm", "左: 200mm", "左"),
        ("宽: 210mm", "宽: 1mm", "宽"),
        ("距版心: 7mm", "距版心: 60mm", "距版心"),
        ("空字: 1字", "空字: 一字", "空字"),
        ('形式: "— 1 —"', '形式: "— —"', "形式"),
        ("标题: {字体: 方正小标宋简体, 字号: 二号", "标题: {字体: 方正小标宋简体, 字号: 零号", "字号"),
        ("标题: {字体: 方正小标宋简体, 字号: 二号", "标题: {字体: 方正小标宋简体, 字号: 0.5磅", "字号"),
        ("黑体: SimHei", "黑体: [SimHei]", "黑体"),
    ],
)
def test_a_value_of_the_wrong_kind_is_pw203_at_its_place(old: str, new: str, key: str) -> None:
    made = changed(old, new)
    assert made.value is None
    assert [each.code for each in made.findings] == ["PW203"]
    assert f"“{key}”" in made.findings[0].message
    assert old in STANDARD.split("\n")[made.findings[0].pos.line - 1]


def test_a_missing_key_is_pw202() -> None:
    made = changed("西文: Times New Roman", "")
    assert [each.code for each in made.findings] == ["PW202"]


def test_a_missing_role_is_pw202() -> None:
    made = changed("  表题: {字体: 黑体, 字号: 四号, 对齐: 居中}\n", "")
    assert [(each.code, "表题" in each.message) for each in made.findings] == [("PW202", True)]


def test_an_unknown_key_is_pw201_with_the_nearest() -> None:
    made = changed("西文: Times New Roman", "西文字: Times New Roman")
    assert [(each.code, "“西文”" in each.hint) for each in made.findings] == [("PW201", True)]


def test_a_place_of_the_page_number_that_is_not_known_is_pw204() -> None:
    made = changed("位置: 外侧", "位置: 里侧")
    assert [each.code for each in made.findings] == ["PW204"]


def test_every_wrong_value_is_found_not_only_the_first() -> None:
    made = read(
        STANDARD.replace("上: 37mm", "上: 37").replace("下: 35mm", "下: 35").replace("字号: 小四", "字号: 小小")
    )
    assert len(made.findings) == 4


def test_a_layout_may_set_level_three_bold_and_centre_the_page_number() -> None:
    bold = "三级标题: {字体: 仿宋_GB2312, 字号: 三号, 首行缩进: 2字, 加粗: 是}"
    made = read(
        STANDARD.replace("三级标题: {字体: 仿宋_GB2312, 字号: 三号, 首行缩进: 2字}", bold).replace(
            "位置: 外侧", "位置: 居中"
        )
    )
    assert made.value is not None
    assert made.value.role("heading3").bold
    assert not made.value.page_number.outside


def test_the_fingerprint_changes_with_the_look_and_with_nothing_else() -> None:
    layout = standard()
    assert len(layout.fingerprint) == 64
    assert layout.fingerprint == standard().fingerprint
    assert replace(layout, about="另一句话").fingerprint == layout.fingerprint
    assert replace(layout, pitch=pt(29)).fingerprint != layout.fingerprint
