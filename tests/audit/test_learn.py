"""A layout learned from a .docx: the layout equals what the document shows, and a document rendered in it shows the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planwriter.audit.learn import learn_layout
from planwriter.audit.sample import read_sample
from planwriter.findings.finding import Finding
from planwriter.layout.find import known_layouts, load_layout, read_layout_text
from planwriter.layout.items import Path as Item
from planwriter.layout.items import items
from planwriter.layout.layout import Layout
from planwriter.readers.docx.read import read_docx
from planwriter.source.keys import LAYOUT_ROLES
from tests.audit.foreign import BROKEN, PARAMETERS, tree
from tests.audit.planting import (
    BODY,
    STYLES,
    Change,
    everywhere,
    footer_part,
    formed,
    good,
    layout,
    rendered,
    styled,
    typed,
)
from tests.audit.planting import changed as spoiled
from tests.growth import assert_linear
from tests.readers.docx.making import MAIN, body, packed, para

NAMES = [each.name for each in known_layouts()]


def learned(data: bytes, name: str = "本局") -> tuple[str, tuple[Finding, ...]]:
    made = learn_layout(data, "样本.docx", name)
    assert made.value is not None, made.findings
    return made.value, made.findings


def loaded(text: str) -> Layout:
    made = read_layout_text(text, "本局.yaml")
    assert made.findings == ()
    assert made.value is not None
    return made.value


def values(text: str) -> list[str]:
    """The lines of a layout file with a comment on where their value was found, without this comment."""
    return [line.split("  #")[0] for line in text.splitlines() if "  #" in line]


def bases(text: str) -> str:
    return next(line.removeprefix("基于: ") for line in text.splitlines() if line.startswith("基于: "))


# every shipped layout, and any other


@pytest.mark.parametrize("name", NAMES)
def test_a_document_in_a_shipped_layout_is_known_again_without_any_difference(name: str) -> None:
    stored = load_layout(name).value
    assert stored is not None
    text, findings = learned(rendered(stored.layout))
    assert (bases(text), values(text), findings) == (name, [], ())


def test_a_combination_is_known_again() -> None:
    combined = loaded("版式: 几样\n基于: [三级加粗, 方正字体, 行距28磅, 页码居中]\n")
    text, _ = learned(rendered(combined))
    assert bases(text) == "[三级加粗, 方正字体, 行距28磅, 页码居中]"
    assert values(text) == []


def figures(low: int, high: int, step: float, unit: str) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(lambda count: f"{round(count * step, 2):g}{unit}")


_FONTS = st.sampled_from(
    [
        "仿宋",
        "楷体",
        "黑体",
        "宋体",
        "华文中宋",
        "方正仿宋_GBK",
        "Noto Serif CJK SC",
        'A "B" \\C',
        "甲: 乙 #丙",
        "- 甲",
        "'甲",
    ]
)
_TYPES = {
    "字体": _FONTS,
    "字号": st.sampled_from(["三号", "小三", "四号", "15.5磅", "17磅"]),
    "加粗": st.sampled_from(["是", "否"]),
    "首行缩进": st.sampled_from(["0字", "2字", "1.5字", "3字"]),
    "段后": st.sampled_from(["0行", "0.5行", "1行"]),
    "对齐": st.sampled_from(["两端", "左"]),
}
_PAGE: dict[Item, st.SearchStrategy[str]] = {
    **{("页边", side): figures(200, 450, 0.1, "mm") for side in "上下左右"},
    ("网格", "行距"): figures(400, 700, 0.05, "磅"),
    ("网格", "字距"): figures(-10, 10, 0.05, "磅"),
    ("页码", "字体"): _FONTS,
    ("页码", "字号"): st.sampled_from(["四号", "小四", "11磅"]),
    ("页码", "形式"): st.sampled_from(["1", "- 1 -", "— 1 —", "第1页"]),
    ("页码", "位置"): st.sampled_from(["外侧", "居中"]),
    ("页码", "距版心"): figures(20, 100, 0.1, "mm"),
    ("西文",): st.sampled_from(["Arial", "Times New Roman", "仿宋_GB2312"]),
}
_ITEMS: dict[Item, st.SearchStrategy[str]] = {
    **_PAGE,
    **{
        ("文字", role, key): each
        for role in ("正文", "一级标题", "二级标题", "三级标题", "四级标题")
        for key, each in _TYPES.items()
    },
    **{("文字", role, key): _TYPES[key] for role in LAYOUT_ROLES for key in ("字体", "加粗")},
    ("文字", "标题", "字号"): st.sampled_from(["二号", "小一", "一号", "20磅"]),
    ("文字", "标题", "段后"): _TYPES["段后"],
}


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """The standard with up to a dozen items changed, as a layout file in one nested mapping."""
    tree: dict[str, Any] = {}
    for path in draw(st.lists(st.sampled_from(sorted(_ITEMS)), max_size=12, unique=True)):
        at = tree
        for key in path[:-1]:
            at = at.setdefault(key, {})
        at[path[-1]] = draw(_ITEMS[path])
    return loaded("".join(["版式: 随便\n基于: gb9704\n", *(f"{key}: {_flow(value)}\n" for key, value in tree.items())]))


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    return "'" + str(value).replace("'", "''") + "'"


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(layouts())
def test_what_is_learned_of_any_layout_is_learned_again_of_a_document_set_in_it(own: Layout) -> None:
    data = rendered(own)
    text, _ = learned(data)
    again = loaded(text)
    assert learned(rendered(again))[0] == text
    assert learned(data)[0] == text
    shown, have, had = read_sample(read_docx(data)).readings, items(again), items(own)
    named = {path: had[path] for path, reading in shown.items() if reading.value == had[path]}
    assert {path: have[path] for path in named} == named, "what was read off is what the file says"


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(layouts())
def test_type_and_page_are_read_off_as_they_were_set(own: Layout) -> None:
    shown, had = read_sample(read_docx(rendered(own))).readings, items(own)
    sure = [("页边", side) for side in "上下左右"] + [
        ("网格", "字距"),
        ("西文",),
        ("页码", "字体"),
        ("页码", "字号"),
        ("页码", "位置"),
    ]
    sure += [
        ("文字", role, key)
        for role in ("标题", "正文", "一级标题", "二级标题", "三级标题")
        for key in ("字体", "字号", "加粗")
    ]
    assert {path: shown[path].value for path in sure} == {path: had[path] for path in sure}


# what stands in the file


def test_the_file_names_only_what_differs_and_what_it_was_read_off() -> None:
    data = spoiled(good(), STYLES, styled("heading 1", "rPr/b", val="1"))
    data = spoiled(data, BODY, everywhere("pgMar", top="2268"))
    text, findings = learned(data)
    assert findings == ()
    assert text.split("\n", 1)[1] == (
        "版式: 本局\n说明: 照样本.docx的样子\n基于: gb9704\n"
        "\n页边:\n  上: 40mm  # 1 节里 1 节\n"
        "\n文字:\n  一级标题:\n    加粗: 是  # 3 段里 3 段\n"
    )


def test_the_majority_of_a_role_decides_and_says_how_large_it_is() -> None:
    runs = '<w:r><w:rPr><w:rFonts w:eastAsia="{}"/></w:rPr><w:t>上好每一堂课，办好教育。</w:t></w:r>'
    data = packed(
        body("".join(f"<w:p>{runs.format(font)}</w:p>" for font in ("华文仿宋", "楷体", "华文仿宋", "华文仿宋")))
    )
    assert "    字体: 华文仿宋  # 4 段里 3 段\n" in learned(data)[0]


def test_what_varies_is_reported_and_not_guessed() -> None:
    runs = '<w:r><w:rPr><w:rFonts w:eastAsia="{}"/></w:rPr><w:t>上好每一堂课，办好教育。</w:t></w:r>'
    text, findings = learned(packed(body("".join(f"<w:p>{runs.format(font)}</w:p>" for font in ("华文仿宋", "楷体")))))
    assert "华文仿宋" not in text
    assert any(each.code == "PW681" and "正文 字体" in each.message and "华文仿宋" in each.message for each in findings)


def test_roles_that_do_not_occur_are_reported_in_one_hint() -> None:
    _, findings = learned(packed(body(para("上好每一堂课，办好教育。"))))
    (absent,) = [each for each in findings if each.code == "PW680"]
    assert "版记" in absent.message and "正文" not in absent.message


@pytest.mark.parametrize(
    ("font", "name"),
    [("SimHei", "黑体"), ("FangSong_GB2312", "仿宋_GB2312"), ("KaiTi", "楷体"), ("STZhongsong", "华文中宋")],
)
def test_a_font_under_its_english_name_is_written_under_its_chinese_one(font: str, name: str) -> None:
    data = spoiled(good(), STYLES, styled("heading 3", "rPr/rFonts", eastAsia=font, hAnsi=font))
    data = spoiled(data, STYLES, styled("Heading 3 Char", "rPr/rFonts", eastAsia=font, hAnsi=font))
    assert loaded(learned(data)[0]).role("heading3").font == name


def test_indents_of_spaces_and_of_centimetres_are_characters() -> None:
    assert loaded(learned(packed(body(para("　　上好每一堂课，办好教育。"))))[0]).role("body").indent == 2
    sized = para("上好每一堂课，办好教育。", '<w:ind w:firstLine="641"/>').replace(
        "<w:r>", '<w:r><w:rPr><w:sz w:val="32"/></w:rPr>'
    )
    assert loaded(learned(packed(body(sized)))[0]).role("body").indent == 2


def test_a_blank_line_below_the_title_is_space_below_it() -> None:
    title = para("青山县教育局2026年工作要点", '<w:jc w:val="center"/>').replace(
        "<w:r>", '<w:r><w:rPr><w:sz w:val="44"/></w:rPr>'
    )
    rest = para("上好每一堂课，办好教育。", '<w:spacing w:line="560" w:lineRule="exact"/>')
    assert loaded(learned(packed(body(title + para("") * 2 + rest)))[0]).role("title").after == 2
    assert loaded(learned(packed(body(title + rest)))[0]).role("title").after == 0


@pytest.mark.parametrize(
    ("change", "item"),
    [
        (styled("Normal", "pPr/spacing", line="240", lineRule="auto"), "网格 行距"),
        (styled("heading 1", "rPr/color", val="0000FF"), "一级标题 颜色"),
        (styled("heading 1", "pPr/jc", val="distribute"), "一级标题 对齐"),
        (styled("heading 2", "rPr/rFonts", eastAsiaTheme="minorEastAsia"), "二级标题 字体"),
    ],
)
def test_what_a_layout_cannot_say_is_reported(change: Change, item: str) -> None:
    text, findings = learned(spoiled(good(), STYLES, change))
    assert any(each.code == "PW681" and each.message.startswith(item) for each in findings), findings
    loaded(text)


def test_what_the_reader_of_layouts_does_not_take_is_left_out_and_reported() -> None:
    text, findings = learned(spoiled(good(), BODY, everywhere("pgMar", left="6000")))
    assert loaded(text).margins.left == layout().margins.left
    assert any(each.code == "PW681" and each.message.startswith("页边 左") for each in findings)


def test_a_page_number_in_a_text_box_or_on_one_side_only_is_reported() -> None:
    part = footer_part(good(), "default")
    text, findings = learned(spoiled(good(), part, everywhere("jc", val="left")))
    assert "外侧" not in text
    assert any("页码 位置" in each.message for each in findings)


def test_emphasis_in_a_few_paragraphs_changes_nothing() -> None:
    data = spoiled(good(), BODY, typed("为办好", "b", val="1"))
    assert values(learned(spoiled(data, BODY, formed("为办好", "pPr/ind", firstLine="0", firstLineChars="0")))[0]) == []


@pytest.mark.parametrize(
    "name", ["本局", "县 教育局（2026）", "a: b #c", '带"引号"', "[方括号]", "- 横", "null", "~", "'", "1e3", "基于"]
)
def test_any_name_can_be_written(name: str) -> None:
    assert loaded(learned(good(), name)[0]).name == name


# any file


@pytest.mark.parametrize("program", PARAMETERS)
def test_a_file_of_any_program_gives_a_layout_that_loads(program: Callable[[Path], bytes], tmp_path: Path) -> None:
    text, findings = learned(program(tmp_path))
    loaded(text)
    assert {each.code for each in findings} <= {"PW680", "PW681"}


def test_a_document_of_titles_alone_is_read_in_linear_time() -> None:
    titles = para("青山县教育局2026年工作要点", '<w:pStyle w:val="Title"/>') + "<w:p/>"
    styles = f'<w:styles xmlns:w="{MAIN}"><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style></w:styles>'
    assert_linear(learned, lambda size: packed(body(titles * size), styles=styles), 6_000)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_ends_in_one_finding(name: str) -> None:
    made = learn_layout(BROKEN[name](), "样本.docx", "本局")
    assert made.value is None
    assert [each.code for each in made.findings] == ["PW650"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(tree(), max_size=4))
def test_no_tree_of_known_elements_breaks_it(trees: list[str]) -> None:
    inner = "".join(trees)
    styles = f'<w:styles xmlns:w="{MAIN}">{inner}</w:styles>'
    made = learn_layout(packed(body(para("题目") + inner), styles=styles), "样本.docx", "本局")
    assert made.value is None or loaded(made.value)
