"""Values written into an author's file: only their own characters change, or nothing changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.source.edit import Uneditable, Value, edit, overlaid, plain, quoted
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree

OUTLINE = """\
# 青山县  2026
文种:   工作要点   # 不要动

指标:   # 各股已核
  覆盖率: {名称: '普惠园覆盖率',  数值: 95 , 单位: "%",界限: 不低于,  分年: {2026: 94, 2028: 95}}   # 学前股
  新建园:  3所     # 计财股
  教师:
      名称: 骨干教师
      数值:    # 待定
      责任单位: [教师股,   人事股]  # 两家
      # 下面是分年
      分年:
        2026: 10
        2028: 12   # 末年

  入园率: 96.50%
总体要求: 办好教育。
"""


def changed(text: str, value: dict[str, Value], encoding: str = "utf-8") -> str:
    data = text.encode(encoding)
    tree = load_tree(data, "提纲.yaml").value
    assert tree is not None
    return edit(data, tree, {"指标": value}).decode(encoding)


@pytest.mark.parametrize(
    ("value", "old", "new"),
    [
        ({"覆盖率": {"数值": "96"}}, "数值: 95 ,", "数值: 96 ,"),
        ({"覆盖率": {"名称": "覆盖 率: 县"}}, "'普惠园覆盖率'", "'覆盖 率: 县'"),
        ({"覆盖率": {"单位": "‰"}}, '"%"', '"‰"'),
        ({"覆盖率": {"分年": {"2026": "94.50"}}}, "2026: 94,", "2026: 94.50,"),
        ({"覆盖率": {"分年": {"2027": "95"}}}, "2026: 94,", "2026: 94, 2027: 95,"),
        ({"覆盖率": {"分年": {"2025": "93"}}}, "{2026: 94,", "{2025: 93, 2026: 94,"),
        ({"覆盖率": {"责任单位": ["甲股", "乙股"]}}, "2028: 95}}", "2028: 95}, 责任单位: [甲股, 乙股]}"),
        ({"覆盖率": {"界限": "- x"}}, "界限: 不低于", '界限: "- x"'),
        ({"新建园": "4所"}, "3所 ", "4所 "),
        ({"新建园": {"数值": "3所", "界限": "新增"}}, " 3所 ", " {数值: 3所, 界限: 新增} "),
        ({"教师": {"数值": "12"}}, "数值:    #", "数值: 12    #"),
        ({"教师": {"责任单位": ["教师股"]}}, "[教师股,   人事股]", "[教师股]"),
        ({"教师": {"单位": "%"}}, "# 末年\n", '# 末年\n      单位: "%"\n'),
        ({"教师": {"分年": {"2027": "11"}}}, "2026: 10\n", "2026: 10\n        2027: 11\n"),
        ({"教师": {"分年": {"2025": "9"}}}, "        2026: 10\n", "        2025: 9\n        2026: 10\n"),
        ({"食堂": {"数值": "5", "单位": "%"}}, "96.50%\n", '96.50%\n  食堂: {数值: 5, 单位: "%"}\n'),
    ],
)
@pytest.mark.parametrize("form", ["utf-8", "utf-8-sig", "gb18030", "crlf", "mixed"])
def test_only_the_values_own_characters_change(value: dict[str, Value], old: str, new: str, form: str) -> None:
    text, encoding = OUTLINE, form
    if form == "crlf":
        text, old, new, encoding = (*(each.replace("\n", "\r\n") for each in (text, old, new)), "utf-8")
    if form == "mixed":  # one line of another system
        text, encoding = text.replace("# 不要动\n", "# 不要动\r\n"), "utf-8"
        new = (
            new.replace("\n      单位", "\r\n      单位")
            .replace("\n        2027", "\r\n        2027")
            .replace("2025: 9\n", "2025: 9\r\n")
            .replace("%\n  食", "%\r\n  食")
        )
    assert text.count(old) == 1
    if "‰" in new and encoding == "gb18030":
        assert "‰".encode(encoding)
    assert changed(text, value, encoding) == text.replace(old, new)


def test_several_values_are_put_at_once() -> None:
    value: dict[str, Value] = {
        "覆盖率": {"数值": "97", "分年": {"2027": "96", "2028": "97"}},
        "新建园": "9所",
        "甲": {"数值": "1"},
        "乙": {"数值": "2"},
    }
    made = changed(OUTLINE, value)
    assert "数值: 97 ," in made and "{2026: 94, 2027: 96, 2028: 97}" in made
    assert made.endswith("  入园率: 96.50%\n  甲: {数值: 1}\n  乙: {数值: 2}\n总体要求: 办好教育。\n")


@pytest.mark.parametrize(
    "text",
    [
        "文种: 甲\n年度: 2026\n总体要求: 乙\n",
        "文种: 甲\n年度: 2026\n指标:   # 待填\n总体要求: 乙\n",
        "文种: 甲\n年度: 2026\n指标: {}\n总体要求: 乙",
    ],
)
def test_the_first_target_finds_its_place(text: str) -> None:
    made = load_tree(changed(text, {"新建园": {"数值": "3", "单位": "%"}}).encode(), "提纲.yaml")
    assert made.findings == ()
    assert plain(made.value) == {
        "文种": "甲",
        "年度": "2026",
        "指标": {"新建园": {"数值": "3", "单位": "%"}},
        "总体要求": "乙",
    }


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("甲: {数值: 9, 依据: &a 文件}\n  乙: {依据: *a}", "&"),
        ("乙: {依据: &a 文件}\n  甲: {数值: 9, 依据: *a}", "\\*"),
        ("甲: &a {数值: 9, 依据: 文件}\n  乙: *a", "&"),
        ("乙: &a {数值: 9, 依据: 文件}\n  甲: *a", "\\*"),
        ("甲:\n    数值: 9\n    依据: 第一行\n      第二行", "几行"),
        ("甲:\n    数值: 9\n    依据: |\n      第一行", "几行"),
        ("甲:\n    依据:\n    - 一\n    - 二", "几行"),
    ],
)
def test_what_stands_in_two_places_or_over_lines_is_left_alone(text: str, word: str) -> None:
    with pytest.raises(Uneditable, match=word):
        changed(f"指标:\n  {text}\n", {"甲": {"依据": "别的"}})


@pytest.mark.parametrize("data", ["指标：\n  甲: 9\n".encode(), "指标:\n  甲: 9\n".encode("utf-16")])
def test_a_file_that_is_not_read_as_typed_is_left_alone(data: bytes) -> None:
    tree = load_tree(data, "提纲.yaml", frozenset(("指标",))).value
    assert tree is not None
    with pytest.raises(Uneditable):
        edit(data, tree, {"指标": {"甲": "8"}})


TEXTS = st.text(st.sampled_from("甲乙 a1#:%-'\"\\,[]{}&*!|>@`?~\n=.，：“”"), min_size=1, max_size=8).filter(
    lambda text: text == text.strip()
)
PATHS = st.sampled_from(["覆盖率", "教师", "新建园", "食堂"])


@given(PATHS, st.sampled_from(["名称", "依据", "备注", "公式"]), TEXTS)
def test_any_text_is_read_back_and_nothing_else_moves(name: str, key: str, text: str) -> None:
    tree = load_tree(OUTLINE.encode(), "提纲.yaml").value
    assert tree is not None
    value: dict[str, Value] = {"指标": {name: {key: text}}}
    try:
        made = edit(OUTLINE.encode(), tree, value)
    except Uneditable:
        return
    again = load_tree(made, "提纲.yaml")
    assert plain(again.value) == overlaid(plain(tree), value)
    kept = [line for line in OUTLINE.splitlines() if name not in line and "末年" not in line]
    assert [line for line in made.decode().splitlines() if line in kept] == kept


@pytest.mark.parametrize("text", ["附件：任务表", "时限：年底", "- 一", "1", "甲 # 乙", "甲: 乙"])
def test_a_text_is_read_back_wherever_it_is_written(text: str) -> None:
    block, flow = quoted(text, flow=False), quoted(text, flow=True)
    for written in (f"文: {block}", f"文:\n  - {block}", f"文: [{flow}]", f"文: [甲, {flow}]"):
        tree = load_tree(f"重点任务: 甲\n{written}\n".encode(), "提纲.yaml", OUTLINE_KEYS)
        assert tree.value is not None and not tree.findings, written
        value = plain(tree.value)
        got = value["文"] if isinstance(value, dict) else None
        assert text in (got if isinstance(got, list) else [got]), written
