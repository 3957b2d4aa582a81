"""Lines made into sections: levels, titles, texts, units, boxes, tables; headings without labels."""

import pytest

from planwriter.importing.script import Script, ScriptLine
from planwriter.importing.structure import BoxEntry, Entry, Leaf, SectionEntry, read_entries, sections, split_title
from planwriter.importing.texts import Origins
from planwriter.start.records import replace
from tests.importing.making import lines_of


def read(lines: list[ScriptLine], plain: frozenset[tuple[int, int]] = frozenset()) -> list[Entry]:
    return read_entries(lines, Origins(Script(name="旧", lines=tuple(lines))), plain)


def shape(text: str) -> list[tuple[int, str]]:
    """The level and the title, or else the text, of each section."""
    return [(each.level, each.title or each.texts[0]) for each in sections(read(lines_of(text)))]


STYLES = {
    "一、 （一） 1.": ("一、甲\n（一）乙\n1.丙。丁。\n2.丙。丁。\n（二）乙\n", [1, 2, 3, 3, 2]),
    "一、 1.": ("一、甲\n1.丙。丁。\n二、甲\n2.丙。丁。\n", [1, 3, 1, 3]),
    "一、 1. （1）": ("一、甲\n1.丙。丁。\n（1）戊。己。\n二、甲\n", [1, 3, 4, 1]),
    "第一部分 一、 （一） 1.": ("第一部分 甲\n一、乙\n（一）丙\n1.丁。戊。\n第二部分 甲\n", [1, 2, 3, 4, 1]),
    "第一章 第一节 一、 （一）": ("第一章 甲\n第一节 乙\n一、丙\n（一）丁。戊。\n", [1, 2, 3, 4]),
    "一、 （一） 1. ①": ("一、甲\n（一）乙\n1.丙。丁。\n①戊。己。\n②戊。己。\n", [1, 2, 3, 4, 4]),
    "一、 一是": ("一、甲\n一是丙。丁。\n二是丙。丁。\n", [1, 2, 2]),
    "一、 （一） 一是, anew": (
        "一、甲\n（一）乙\n一是丙。丁。\n二是丙。丁。\n（二）乙\n一是丙。丁。\n二是丙。丁。\n",
        [1, 2, 3, 3, 2, 3, 3],
    ),
    "1. （1） ①": ("1.甲\n（1）乙\n①丙。丁。\n②丙。丁。\n（2）乙\n2.甲\n", [2, 3, 4, 4, 3, 2]),
    "一、 第一，": ("一、甲\n第一，丙。丁。\n第二，丙。丁。\n", [1, 2, 2]),
    "（五） 16.": ("（五）甲\n16.乙。丙。\n17.乙。丙。\n（六）甲\n", [2, 3, 3, 2]),
    "第一， （一）": (
        "第一，甲。乙。\n第二，甲。乙。\n（一）丙。丁。\n（二）丙。丁。\n第三，甲。乙。\n",
        [1, 1, 2, 2, 1],
    ),
    "1. 一、": ("1.甲\n一、乙。丙。\n二、乙。丙。\n2.甲\n一、乙。丙。\n3.甲\n一、乙。丙。\n", [1, 2, 2, 1, 2, 1, 2]),
}


@pytest.mark.parametrize("name", STYLES)
def test_every_style_of_labels_has_its_levels(name: str) -> None:
    text, levels = STYLES[name]
    found = [level for level, _ in shape(text)]
    if name == "1. 一、":  # 1. stands over 一、 here, whatever the levels are called
        assert [level == found[0] for level in found] == [level == 1 for level in levels] and found[1] > found[0]
    else:
        assert found == levels


def test_a_label_below_the_fourth_level_stays_in_its_text() -> None:
    entries = read(lines_of("一、甲\n（一）乙\n1.丙\n（1）丁丁。戊。\n①己。庚。\n"))
    *_, last = sections(entries)
    assert last.level == 4 and last.texts == ["戊。", "①己。庚。"]


@pytest.mark.parametrize(
    ("text", "goes_on", "made"),
    [
        ("加强领导。各校落实责任。", False, ("加强领导", "各校落实责任。")),
        ("加强领导", False, ("加强领导", "")),
        ("加强领导。", True, ("加强领导。", "")),
        ("加强领导。", False, ("", "加强领导。")),
        ("建立机制；", False, ("", "建立机制；")),
        ("主要目标：", True, ("主要目标：", "")),
        ("学习《办学条例。总则》的规定。落实到位。", False, ("", "学习《办学条例。总则》的规定。落实到位。")),
        ("工作目标：建成三所。各校落实。", False, ("", "工作目标：建成三所。各校落实。")),
        ("甲" * 37 + "。乙。", False, ("", "甲" * 37 + "。乙。")),
        ("甲" * 61, True, ("", "甲" * 61)),
    ],
)
def test_a_title_ends_at_the_first_full_stop(text: str, goes_on: bool, made: tuple[str, str]) -> None:
    assert split_title(text, goes_on=goes_on) == made


def test_paragraphs_go_to_the_section_above_them() -> None:
    first, second = (each for each in sections(read(lines_of("一、甲\n乙。\n丙。\n二、丁丁。戊。\n己。\n"))))
    assert (first.title, first.texts, first.run_in) == ("甲", ["乙。", "丙。"], False)
    assert (second.title, second.texts, second.run_in) == ("丁丁", ["戊。", "己。"], True)


def test_units_in_brackets_become_keys() -> None:
    (entry,) = read(lines_of("1.建园。建成三所。（责任单位：学前股、计财股；配合单位：办公室；完成时限：2026年9月）\n"))
    assert isinstance(entry, SectionEntry) and entry.duty is not None
    assert [each.value for each in entry.duty.lead] == ["学前股", "计财股"]
    assert entry.texts == ["建成三所。"]


def test_a_paragraph_with_a_title_and_units_is_an_item_without_a_number() -> None:
    text = "一、甲\n建园扩容。建成三所。（责任单位：学前股）\n招聘教师。招聘十名。（责任单位：人事股）\n其中音体美四名。\n二、乙\n"
    made = list(sections(read(lines_of(text))))
    assert [(each.level, each.title, each.label is None) for each in made] == [
        (1, "甲", False),
        (3, "建园扩容", True),
        (3, "招聘教师", True),
        (1, "乙", False),
    ]
    assert all(each.duty is not None for each in made[1:3])


def test_a_line_kept_plain_keeps_its_label() -> None:
    lines = lines_of("一、甲\n二、乙\n")
    assert [entry.text for entry in read(lines, frozenset(line.key for line in lines)) if isinstance(entry, Leaf)] == [
        "一、甲",
        "二、乙",
    ]


def test_labels_that_the_program_counts_and_styles_tell_levels() -> None:
    lines = [
        ScriptLine(text="甲", label="1", style="章", number=1),
        ScriptLine(text="乙乙。丙。", label="1.", number=2),
        ScriptLine(text="丁", style="章", number=3),
        ScriptLine(text="戊。", number=4),
    ]
    made = list(sections(read(lines)))
    assert [(each.level, each.title, each.label is None) for each in made] == [
        (1, "1甲", True),
        (3, "乙乙", False),
        (1, "丁", True),
    ]


def test_a_box_and_a_table_are_blocks() -> None:
    lines = [
        *lines_of("一、甲\n"),
        ScriptLine(text="专栏1 重点工程", number=2, boxed=True),
        ScriptLine(text="1.建园。三所。", number=3, boxed=True),
        ScriptLine(text="表1 分年目标", number=4),
        ScriptLine(rows=(("年", "数"), ("2026", "3")), number=5),
    ]
    (chapter,) = read(lines)
    assert isinstance(chapter, SectionEntry)
    box, table = chapter.children
    assert isinstance(box, BoxEntry) and box.title == "专栏1 重点工程" and len(box.children) == 1
    assert isinstance(table, Leaf) and table.table is not None and table.table.caption is not None
    assert table.table.caption.value == "表1 分年目标"


UNLABELLED = "总体要求\n坚持育人为本，办好每一所学校，让每个孩子都能就近上好学，促进城乡教育均衡发展，提高保教质量，努力办好人民满意的教育，建设教育强县，为全县经济社会发展作出贡献。\n"


def test_headings_without_labels_are_told_by_their_looks() -> None:
    body = UNLABELLED.splitlines()[1]
    text = f"总体要求\n{body}\n重点任务\n扩大优质资源\n{body}\n建强教师队伍\n{body}\n保障措施\n{body}\n"
    assert shape(text) == [(1, "总体要求"), (1, "重点任务"), (2, "扩大优质资源"), (2, "建强教师队伍"), (1, "保障措施")]


def test_chapters_without_labels_over_labelled_sections() -> None:
    text = "总体要求\n（一）甲。乙。\n（二）甲。乙。\n主要任务\n（一）丙。丁。\n保障措施\n（一）戊。己。\n"
    assert [each for each in shape(text) if each[0] == 1] == [(1, "总体要求"), (1, "主要任务"), (1, "保障措施")]


def test_paragraphs_alone_make_no_headings() -> None:
    assert shape("甲乙丙丁。\n" * 5) == []
    assert shape("张三 组长\n李四 副组长\n王五 组员\n") == []


def test_unboxed_lines_are_as_they_were() -> None:
    line = ScriptLine(text="甲", number=1, boxed=True)
    assert replace(line, boxed=False).key == line.key


def test_headings_without_labels_stand_over_paragraphs_of_any_usual_length() -> None:
    text = "".join(
        f"{title}\n各学校要按时完成任务，做到责任到人、落实到位，每学期报告一次进展情况。\n"
        for title in ("办好学前教育", "建强教师队伍", "改善办学条件")
    )
    assert [title for _, title in shape(text)] == ["办好学前教育", "建强教师队伍", "改善办学条件"]
