"""What stands in a paragraph: tracked changes, content controls, fields, breaks, text boxes."""

from __future__ import annotations

import pytest

from planwriter.readers.docx.document import ContentControl, Revision, WordField
from tests.readers.docx.making import only, para, read, run


def field(instruction: str, result: str) -> str:
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "separate", "end"))
    return f"{begin}{code}{separate}{result}{end}"


def deleted(text: str, name: str = "del") -> str:
    return f'<w:{name} w:author="张三" w:date="2026-03-05"><w:r><w:delText>{text}</w:delText></w:r></w:{name}>'


# tracked changes


def test_insertions_are_shown_and_deletions_kept_and_marked() -> None:
    inserted = f'<w:ins w:author="李四" w:date="2026-03-06">{run("六")}</w:ins>'
    found = only(run("招聘") + deleted("五") + inserted + run("人"))
    assert found.text == "招聘六人"
    assert [each.text for each in found.runs] == ["招聘", "五", "六", "人"]
    assert [each.revision for each in found.runs] == [
        None,
        Revision("del", "张三", "2026-03-05"),
        Revision("ins", "李四", "2026-03-06"),
        None,
    ]


def test_a_move_is_a_deletion_and_an_insertion() -> None:
    found = only(deleted("甲", "moveFrom") + run("乙") + f"<w:moveTo>{run('甲')}</w:moveTo>")
    assert found.text == "乙甲"
    assert [each.revision.kind for each in found.runs if each.revision] == ["moveFrom", "moveTo"]


@pytest.mark.parametrize("inner", [f"<w:ins>{deleted('甲')}</w:ins>", f"<w:del><w:ins>{run('甲')}</w:ins></w:del>"])
def test_what_was_inserted_and_deleted_is_deleted(inner: str) -> None:
    found = only(inner + run("乙"))
    assert found.text == "乙" and [each.text for each in found.runs] == ["甲", "乙"]


def test_a_deleted_field_a_deleted_break_and_a_deleted_picture_change_nothing() -> None:
    inner = field("PAGE", run("7")) + '<w:r><w:br w:type="page"/><w:drawing/></w:r>'
    found = only(f"<w:del>{inner}</w:del>{run('字')}")
    assert found.text == "字" and not (found.new_page or found.drawn or found.fields)


def test_the_end_of_a_paragraph_tells_its_tracked_change() -> None:
    first, second, third = read(
        para("甲", '<w:rPr><w:del w:author="张三"/></w:rPr>') + para("乙", "<w:rPr><w:ins/></w:rPr>") + para("丙")
    ).paragraphs
    assert first.mark == Revision("del", "张三", "") and first.mark.deletes
    assert second.mark == Revision("ins", "", "") and not second.mark.deletes
    assert third.mark is None


def test_a_tracked_change_of_format_leaves_the_format_that_holds() -> None:
    (found,) = only(run("甲", '<w:b/><w:rPrChange><w:rPr><w:b w:val="0"/></w:rPr></w:rPrChange>')).shown
    assert found.look.bold


# content controls


def control(inner: str, form: str = '<w:tag w:val="t"/><w:alias w:val="名"/>') -> str:
    return f"<w:sdt><w:sdtPr>{form}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def test_the_text_of_content_controls_counts_and_knows_them() -> None:
    found = only(run("新建") + control(run("3") + control(run("所"), "<w:showingPlcHdr/>")) + run("园"))
    outer, inner = ContentControl("t", "名", False), ContentControl("", "", True)
    assert found.text == "新建3所园"
    assert [each.controls for each in found.shown] == [(), (outer,), (outer, inner), ()]


def test_content_controls_around_blocks_are_around_their_runs_too() -> None:
    inside, outside = read(control(para("甲")) + para("乙")).paragraphs
    assert [each.tag for each in inside.controls] == ["t"]
    assert inside.shown[0].controls == inside.controls and outside.controls == ()


# fields


def test_a_field_has_an_instruction_and_a_result() -> None:
    found = only(run("见") + field(' REF 附件1 \\h "x" ', run("附件") + run("1")) + run("。"))
    assert found.text == "见附件1。"
    assert found.fields == (WordField('REF 附件1 \\h "x"'),)
    assert [each.field for each in found.shown] == [-1, 0, 0, -1]


def test_text_in_an_instruction_is_kept_and_not_shown() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>IF</w:instrText></w:r>'
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    found = only(begin + run("暗") + separate + run("明"))
    assert found.text == "明"
    assert [(each.text, each.instruction) for each in found.runs] == [("暗", True), ("明", False)]


def test_fields_within_fields_have_results_of_their_own() -> None:
    found = only(field("A", run("甲") + field("B", run("乙")) + run("丙")))
    assert found.fields == (WordField("A"), WordField("B"))
    assert [(each.text, each.field) for each in found.shown] == [("甲", 0), ("乙", 1), ("丙", 0)]


def test_a_field_in_one_element_is_one_too() -> None:
    found = only(f'<w:fldSimple w:instr=" REF a ">{run("甲")}</w:fldSimple>{run("乙")}')
    assert found.fields == (WordField("REF a"),)
    assert [(each.text, each.field) for each in found.shown] == [("甲", 0), ("乙", -1)]


@pytest.mark.parametrize(
    "inner",
    [
        field(" PAGE ", run("7")),
        field("PA</w:instrText><w:instrText>GE \\* MERGEFORMAT", run("7")),
        field("page", ""),
        f'<w:fldSimple w:instr="PAGE">{run("7")}{run("8")}</w:fldSimple>',
        '<w:fldSimple w:instr="PAGE"/>',
    ],
)
def test_a_page_number_is_shown_as_1(inner: str) -> None:
    found = only(run("— ") + inner + run(" —"))
    assert found.text == "— 1 —" and [each.page for each in found.shown] == [False, True, False]


@pytest.mark.parametrize("instruction", ["PAGEREF a", "NUMPAGES", "Page", "P AGE"])
def test_other_fields_are_no_page_number(instruction: str) -> None:
    assert only(field(instruction, run("7"))).text == "7"


def test_later_paragraphs_know_the_field_that_goes_on() -> None:
    marks = {each: f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "separate", "end")}
    code = '<w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
    found = read(
        f"<w:p>{marks['begin']}{code}{marks['separate']}{run('一、')}</w:p>"
        f"<w:p>{run('二、')}{field('PAGEREF x', run('3'))}</w:p><w:p>{run('三、')}{marks['end']}</w:p>{para('正文')}"
    ).paragraphs
    assert [each.continued for each in found] == ["", 'TOC \\o "1-3"', 'TOC \\o "1-3"', ""]
    assert [each.text for each in found] == ["一、", "二、3", "三、", "正文"]


# the rest


def test_hidden_text_is_kept_and_not_shown() -> None:
    found = only(run("暗", "<w:vanish/>") + run("明"))
    assert found.text == "明" and [each.text for each in found.runs] == ["暗", "明"]


def test_tabs_lines_and_hyphens_are_text() -> None:
    assert only("<w:r><w:t>a</w:t><w:tab/><w:br/><w:cr/><w:noBreakHyphen/><w:t>b</w:t></w:r>").text == "a\t\n\n-b"


@pytest.mark.parametrize(
    ("first", "new"),
    [
        (run("甲") + '<w:r><w:br w:type="page"/></w:r>', [False, True]),
        ('<w:r><w:br w:type="page"/></w:r>' + run("甲"), [True, False]),
        ('<w:r><w:br w:type="page"/></w:r>', [True, True]),
    ],
)
def test_a_page_break_begins_a_page_here_or_with_the_next_paragraph(first: str, new: list[bool]) -> None:
    assert [each.new_page for each in read(f"<w:p>{first}</w:p>{para('乙')}").paragraphs] == new


@pytest.mark.parametrize("name", ["hyperlink", "smartTag", "customXml", "bdo"])
def test_wrappers_are_seen_through(name: str) -> None:
    assert only(f"<w:{name}>{run('甲')}</w:{name}>{run('乙')}").text == "甲乙"


def test_the_first_alternative_counts() -> None:
    inner = (
        f"<mc:Choice>{run('甲')}</mc:Choice><mc:Choice>{run('乙')}</mc:Choice><mc:Fallback>{run('丙')}</mc:Fallback>"
    )
    assert only(f"<mc:AlternateContent>{inner}</mc:AlternateContent>").text == "甲"


def test_bookmarks_are_of_the_paragraph_that_they_begin_in_or_before() -> None:
    def mark(name: str) -> str:
        return f'<w:bookmarkStart w:id="1" w:name="{name}"/><w:bookmarkEnd w:id="1"/>'

    first, second = read(mark("a") + f"<w:p>{mark('b')}{run('3')}{mark('c')}</w:p>{para('乙')}").paragraphs
    assert first.bookmarks == ("a", "b", "c") and second.bookmarks == ()


# text boxes


def boxed(inner: str) -> str:
    box = f"<w:txbxContent>{inner}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><a>{box}</a></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_a_story_of_its_own() -> None:
    found = read(f"<w:p>{run('前')}{boxed(para('框一') + para('框二'))}{run('后')}</w:p>" + para("下")).paragraphs
    assert [(each.number, each.text) for each in found] == [(1, "前后"), (2, "下")]
    (box,) = found[0].boxes
    assert [(each.number, each.text, each.framed) for each in box.paragraphs] == [(1, "框一", True), (2, "框二", True)]
    assert box.blocks == box.paragraphs and found[0].drawn


def test_a_text_box_in_a_text_box_and_one_with_a_table() -> None:
    inner = boxed(para("里"))
    table = f"<w:tbl><w:tr><w:tc>{para('格')}</w:tc></w:tr></w:tbl>"
    (outer,) = only(boxed(f"<w:p>{inner}</w:p>{table}")).boxes
    assert [each.text for each in outer.paragraphs] == ["", "格"]
    assert outer.paragraphs[0].boxes[0].paragraphs[0].text == "里"


def test_a_deleted_text_box_is_gone() -> None:
    assert only(f"<w:del>{boxed(para('框'))}</w:del>").boxes == ()


def test_a_formula_is_its_characters() -> None:
    part = "<m:r><m:t>{}</m:t></m:r>"
    formula = f"<m:oMath><m:f><m:num>{part.format('甲')}</m:num><m:den>{part.format('乙')}</m:den></m:f>{part.format('≥95%')}</m:oMath>"
    assert only(f"{run('率')}{formula}{run('。')}").text == "率甲乙≥95%。"
    assert only(f"<m:oMathPara>{formula}</m:oMathPara>").text == "甲乙≥95%"


def test_of_characters_with_small_ones_above_only_they_are_text() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('xi')}</w:rt><w:rubyBase>{run('溪')}</w:rubyBase></w:ruby></w:r>"
    assert only(run("清") + ruby + run("镇")).text == "清溪镇"


def test_a_symbol_is_a_character() -> None:
    assert only('<w:r><w:t>a</w:t><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>').text == "a☑"
