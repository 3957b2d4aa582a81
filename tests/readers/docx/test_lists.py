"""The labels that Word counts."""

from __future__ import annotations

import pytest

from planwriter.readers.docx import story
from planwriter.readers.docx.xml import UnreadableDocx
from tests.readers.docx.making import para, part, read


def level(depth: int, shown: str, form: str = "decimal", more: str = '<w:start w:val="1"/>') -> str:
    return f'<w:lvl w:ilvl="{depth}">{more}<w:numFmt w:val="{form}"/><w:lvlText w:val="{shown}"/></w:lvl>'


def numbering(levels: str, *lists: str) -> str:
    made = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="0"/>{more}</w:num>' for at, more in enumerate(lists or ("",), 1)
    )
    return part("numbering", f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{made}')


def item(depth: int = 0, num: int = 1) -> str:
    return para("字", f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>')


def labels(inner: str, numbers: str, **more: str) -> list[str]:
    return [each.label for each in read(inner, numbering=numbers, **more).paragraphs]


LEVELS = (
    level(0, "%1、", "chineseCountingThousand")
    + level(1, "（%2）", "chineseCounting")
    + level(2, "%3.")
    + level(3, "%1-%3-%4", "decimal")
    + level(4, "%5", "decimalEnclosedCircleChinese")
)


def test_deeper_levels_count_anew_under_each_label() -> None:
    depths = (0, 1, 1, 2, 0, 1, 2, 2, 3)
    assert labels("".join(map(item, depths)), numbering(LEVELS)) == [
        *("一、", "（一）", "（二）", "1.", "二、", "（一）", "1.", "2.", "二-2-1"),
    ]


def test_lists_of_one_definition_count_on_unless_they_start_anew() -> None:
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    found = labels(item() + item(num=2) + item(num=3) + item(num=3), numbering(level(0, "%1."), "", "", start))
    assert found == ["1.", "2.", "5.", "6."]


def test_what_is_no_numeral_stays_empty_or_becomes_digits() -> None:
    levels = level(0, "●", "bullet") + level(1, "%2)", "hebrew1") + level(2, "%3", "chineseCounting", "")
    assert labels(item(0) + item(1), numbering(levels)) == ["●", ")"]
    assert labels(item(), numbering(level(0, "l", "bullet"))) == ["●"]
    far = level(0, "%1", "chineseCounting", '<w:start w:val="123456789"/>')
    assert labels(item(), numbering(far)) == ["123456789"]


@pytest.mark.parametrize(
    ("form", "start", "shown"),
    [
        *(("upperLetter", 1, "A"), ("lowerLetter", 28, "bb"), ("lowerLetter", 261, "261"), ("decimalZero", 3, "03")),
        *(("upperRoman", 49, "XLIX"), ("lowerRoman", 4, "iv"), ("lowerRoman", 400, "400"), ("upperRoman", 0, "0")),
        *(("ideographTraditional", 10, "癸"), ("ideographTraditional", 11, "11"), ("decimalEnclosedCircle", 3, "③")),
    ],
)
def test_letters_are_counted_as_word_does(form: str, start: int, shown: str) -> None:
    assert labels(item(), numbering(level(0, "%1", form, f'<w:start w:val="{start}"/>'))) == [shown]


def test_a_paragraph_whose_end_is_deleted_is_not_counted() -> None:
    gone = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr>'
    assert labels(item() + para("", gone) + item(), numbering(LEVELS)) == ["一、", "", "二、"]


def test_a_style_without_a_level_has_the_one_that_it_is_tied_to() -> None:
    styles = part("styles", '<w:style w:styleId="s"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>')
    tied = level(0, "%1、", "chineseCounting") + level(1, "（%2）", "chineseCounting").replace(
        "<w:numFmt", '<w:pStyle w:val="s"/><w:numFmt'
    )
    assert labels(item() + para("字", '<w:pStyle w:val="s"/>'), numbering(tied), styles=styles) == ["一、", "（一）"]


def test_a_list_may_define_a_level_itself_or_borrow_a_list_style() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "第%1条", "chineseCounting")}</w:lvlOverride>'
    assert labels(item() + item(num=2), numbering(LEVELS, "", own)) == ["一、", "第二条"]
    borrowed = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="x"/>{LEVELS}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="x"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    )
    assert labels(item(0) + item(1), borrowed) == ["一、", "（一）"]


@pytest.mark.parametrize(
    "form", ['<w:numPr><w:numId w:val="0"/></w:numPr>', '<w:numPr><w:numId w:val="9"/></w:numPr>', ""]
)
def test_without_a_list_there_is_no_label(form: str) -> None:
    assert labels(para("字", form), numbering(LEVELS)) == [""]


def test_a_style_can_make_a_paragraph_one_of_a_list() -> None:
    styles = part("styles", '<w:style w:styleId="s"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>')
    own = '<w:pStyle w:val="s"/>'
    inner = para("字", own) + para("字", f'{own}<w:numPr><w:ilvl w:val="1"/></w:numPr>') + para("字")
    found = read(inner, numbering=numbering(LEVELS), styles=styles).paragraphs
    assert [(each.label, each.list_level) for each in found] == [("一、", 0), ("（一）", 1), ("", -1)]


def test_the_level_sets_indents_unless_the_paragraph_does() -> None:
    levels = level(0, "%1.", more='<w:pPr><w:ind w:leftChars="300" w:hangingChars="100"/></w:pPr>')
    direct = para("字", '<w:numPr><w:numId w:val="1"/></w:numPr><w:ind w:firstLineChars="200"/>')
    one, two = read(item() + direct, numbering=numbering(levels)).paragraphs
    assert (one.left, one.first) == (3, -1) and (two.left, two.first) == (3, 2)


def test_text_boxes_count_by_themselves() -> None:
    box = f"<w:p><w:r><w:pict><w:txbxContent>{item()}</w:txbxContent></w:pict></w:r></w:p>"
    found = read(item() + box + box + item(), numbering=numbering(LEVELS)).paragraphs
    assert [each.label for each in found] == ["一、", "", "", "二、"]
    assert [each.boxes[0].paragraphs[0].label for each in found if each.boxes] == ["一、", "二、"]


def test_a_label_longer_than_any_that_word_writes_is_refused() -> None:
    with pytest.raises(UnreadableDocx, match="格式属性超过"):
        read(item(), numbering=numbering(level(0, "甲" * 1001)))


def test_labels_count_against_the_length_of_all_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story, "MAX_CHARACTERS", 30)
    with pytest.raises(UnreadableDocx, match="文字和自动编号"):
        read(item() * 4, numbering=numbering(level(0, "甲" * 9)))
