from __future__ import annotations

import pytest

from planwriter.compare.versions.hand_look import hand_look
from tests.readers.docx.making import only, part, run

STYLES = part(
    "styles",
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr><w:jc w:val="both"/></w:pPr>'
    '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="h"><w:name w:val="Heading 3 Char"/><w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="s"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>',
)


def look(inner: str, *, in_frame: bool = False) -> str:
    return hand_look(only(inner, styles=STYLES), in_frame=in_frame)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (run("甲乙"), ""),
        (run("甲乙", '<w:rFonts w:eastAsia="仿宋_GB2312" w:hint="eastAsia"/><w:sz w:val="32"/><w:b w:val="0"/>'), ""),
        (run("甲", '<w:lang w:val="en-US"/>') + run("乙", '<w:rStyle w:val="h"/>'), ""),
        (run("甲乙", "<w:b/>"), "加粗"),
        (run("甲") + run("乙", "<w:b/>"), "“乙”加粗"),
        (run("甲") + run("乙", '<w:rStyle w:val="s"/>'), "“乙”加粗"),
        (run("甲", "<w:b/>") + run("乙") + run("丙", "<w:b/>"), "“甲…丙”加粗"),
        (run("甲乙", '<w:color w:val="FF0000"/><w:u w:val="single"/>'), "下划线；红色"),
        (run("甲乙", '<w:color w:val="123456"/>'), "颜色#123456"),
        (run("甲乙", '<w:strike/><w:highlight w:val="yellow"/>'), "删除线；突出显示（黄色）"),
        (run("甲乙", '<w:rFonts w:eastAsia="宋体" w:ascii="Arial"/>'), "字体“宋体”"),
        (run("12", '<w:rFonts w:eastAsia="宋体" w:ascii="Arial"/>'), "字体“Arial”"),
        (run("甲乙", '<w:sz w:val="36"/>'), "字号18磅"),
        (run(" ", "<w:b/>") + run("甲"), ""),
        ('<w:pPr><w:jc w:val="center"/></w:pPr>' + run("甲"), "居中"),
        ('<w:pPr><w:jc w:val="left"/></w:pPr>' + run("甲"), ""),
    ],
)
def test_only_what_is_seen_is_told(inner: str, expected: str) -> None:
    assert look(inner) == expected


def test_a_line_of_the_frame_has_its_own_size_and_place() -> None:
    inner = '<w:pPr><w:jc w:val="right"/></w:pPr>' + run("甲", '<w:sz w:val="60"/>')
    assert (look(inner), look(inner, in_frame=True)) == ("字号30磅；右对齐", "")
    assert look(run("甲", "<w:b/>"), in_frame=True) == "加粗"
