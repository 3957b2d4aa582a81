"""Lines that hold several items are split before their labels, and only there."""

import pytest

from planwriter.importing.run_together import split_lines
from planwriter.importing.script import ScriptLine
from tests.importing.making import PLAN, lines_of


def texts(text: str) -> list[str]:
    return [line.text for line in split_lines(lines_of(text))]


def test_a_document_on_one_line_is_split_at_its_labels() -> None:
    lines = PLAN.splitlines()
    made = texts("".join(lines))
    assert made[0] == lines[0] + lines[1]
    assert made[1:] == lines[2:]


def test_every_piece_has_a_key_of_its_own() -> None:
    made = split_lines(lines_of(PLAN.replace("\n", "")))
    assert {line.number for line in made} == {1}
    assert len({line.key for line in made}) == len(made) > 10


def test_a_chapter_run_together_with_its_first_section_is_split() -> None:
    text = "一、扩大优质资源，办好每一所学校（一）办好学前教育。建成三所公办幼儿园，城区和柳林镇各一所。\n（二）办好义务教育。优化布局。\n二、建强队伍\n"
    assert texts(text)[:2] == [
        "一、扩大优质资源，办好每一所学校",
        "（一）办好学前教育。建成三所公办幼儿园，城区和柳林镇各一所。",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "要把握三个重点：一、二、三产业协调发展，1.5万人受益，每人每年培训12天，重点抓好城区和柳林镇的学校布局。",
        "统筹推进以下工作：（1）建园；（2）招聘；（3）培训，年底前全部完成，各学校要把进展报到县教育局，并抄送县财政局。",
        "照《青山县学校安全管理办法》第二章第三条和（二）款执行，各学校要对照检查，逐条整改，年底前全部整改到位，不留死角。",
    ],
)
def test_labels_inside_a_sentence_do_not_split_it(line: str) -> None:
    text = f"一、甲\n{line}\n二、乙\n"
    assert texts(text) == text.splitlines()


def test_an_enumeration_inside_a_paragraph_does_not_split_it() -> None:
    line = (
        "建立长效机制。1.定期研究，每季度召开一次会议。2.定期通报，每半年通报一次进展。3.定期评估，年底组织一次评估。"
    )
    text = f"一、甲\n（一）{line}\n（二）{line.replace('1.', '（1）').replace('2.', '（2）').replace('3.', '（3）')}\n二、乙\n"
    assert texts(text) == text.splitlines()


def test_an_enumeration_inside_a_paragraph_is_not_split_where_it_counts_on_from_a_line_above() -> None:
    """附件：1.… and 2.… above a paragraph with 1. 2. 3. in it."""
    line = "（一）加强管理。1.每季度召开一次会议。2.每半年通报一次进展。3.年底组织一次评估，评估结果报县教育局。"
    text = f"附件：1.学校名单\n2.主要指标\n一、甲\n{line}\n二、乙\n"
    assert texts(text) == text.splitlines()


def test_lines_joined_by_twos_are_split() -> None:
    lines = PLAN.splitlines()
    joined = ["".join(lines[at : at + 2]) for at in range(0, len(lines), 2)]
    assert [one for one in texts("\n".join(joined)) if one[0] in "一二三（12345678"] == lines[2:]


def test_a_standard_title_glued_to_its_text_gets_a_line() -> None:
    body = (
        "坚持育人为本，办好每一所学校，促进城乡教育均衡发展，让每个孩子都能就近上好学，实现全县教育高质量发展的目标。"
    )
    text = f"为办好教育，制定本方案。一、总体要求{body}二、主要任务（一）建园。建成三所。（二）招聘。招聘二十名。三、保障措施加强领导。"
    made = texts(text)
    assert made[1:3] == ["一、总体要求", body]
    assert "".join(made) == text


def test_tables_stay() -> None:
    table = ScriptLine(rows=(("一、甲", "二、乙" * 40),), number=1)
    assert split_lines([table, *lines_of(PLAN)])[0] == table


def test_items_with_one_bracket_are_split_where_the_document_is_run_together() -> None:
    lines = [line.replace(".", "）", 1) if line[1] == "." else line for line in PLAN.splitlines()]
    assert texts("".join(lines))[1:4] == ["一、扩大优质资源", "（一）办好学前教育", lines[4]]
    inside = "（一）办好学前教育。做好三件事。1）建园，三所都要建成。2）招聘，每班两名教师。3）培训，每人每年一次。"
    text = f"一、扩大优质资源\n{inside}\n（二）办好义务教育。优化布局。\n二、建强队伍\n"
    assert texts(text) == text.splitlines()
