"""The audit checks a document against what the standard says about each item."""

from __future__ import annotations

import pytest

from planwriter.audit.audit import audit_docx
from planwriter.findings.finding import Severity
from planwriter.layout.find import known_layouts, load_based_on, read_layout_text
from planwriter.layout.items import Path, items
from planwriter.layout.layout import Layout
from planwriter.layout.standard import deviations, rule_of
from planwriter.model import Level
from planwriter.writers.docx.write import render_docx
from tests.audit.planting import good, layout, rendered
from tests.documents import document, paragraph, section

STANDARD = items(layout())
_OTHER = {"字体": "微软雅黑", "字号": "小三", "加粗": "是", "颜色": "红", "首行缩进": "4字", "段后": "3行"}
_PAGE: dict[Path, str] = {
    **{("纸张", "宽"): "184mm", ("纸张", "高"): "260mm", ("网格", "行距"): "24磅", ("网格", "字距"): "2磅"},
    **{("页边", side): "20mm" for side in "上下左右"},
    **{("页码", "字体"): "黑体", ("页码", "字号"): "小五", ("页码", "形式"): "第1页", ("页码", "位置"): "居中"},
    **{("页码", "空字"): "3字", ("页码", "距版心"): "12mm"},
}


TITLES_ALONE = document(
    section(
        Level.CHAPTER,
        "办好学前教育",
        "",
        section(Level.SECTION, "扩大资源", "", section(Level.ITEM, "新建园舍", "", section(Level.SUBITEM, "选好校址"))),
    ),
    paragraph("为办好人民满意的教育，制定本要点。"),
)
"""A document whose headings all stand on their own line: headings that run in are body paragraphs."""


def other(path: Path) -> str:
    """A value of an item that deviates from the standard but is allowed in a layout."""
    if path[-1] == "对齐":
        return "右" if path[1] in ("标题", "发文字号") else "居中"
    return _PAGE.get(path) or _OTHER[path[-1]]


def with_item(path: Path, value: str) -> Layout:
    keys, closing = ": {".join(path), "}" * (len(path) - 1)
    made = read_layout_text(f'版式: 别的\n基于: gb9704\n{keys}: "{value}"{closing}\n', "别的.yaml")
    assert made.findings == ()
    assert made.value is not None
    return made.value


@pytest.mark.parametrize("path", [path for path in STANDARD if (rule := rule_of(path)) and rule.code], ids=" ".join)
def test_a_document_that_deviates_gets_the_finding_that_the_rule_names(path: Path) -> None:
    rule = rule_of(path)
    assert rule is not None
    own = with_item(path, other(path))
    audited = [
        finding
        for data in (rendered(own), render_docx(TITLES_ALONE, own))
        for finding in audit_docx(data, "别的.docx", layout())
    ]
    found = {each.code: each for each in audited}
    assert rule.code in found
    assert rule.required == (found[rule.code].severity is Severity.ERROR)


def test_the_documents_of_these_tests_deviate_in_nothing_by_themselves() -> None:
    assert audit_docx(good(), "好.docx", layout()) == ()
    assert audit_docx(render_docx(TITLES_ALONE, layout()), "好.docx", layout()) == ()


@pytest.mark.parametrize(
    ("path", "clause", "required"),
    [
        (("纸张", "宽"), "5.1", True),
        (("页边", "左"), "5.2.1", True),
        (("网格", "行距"), "5.2.3", False),
        (("页码", "位置"), "7.5", False),
        (("文字", "标题", "字体"), "7.3.1", False),
        (("文字", "标题", "对齐"), "7.3.1", True),
        (("文字", "三级标题", "加粗"), "7.3.3", False),
        (("文字", "正文", "首行缩进"), "7.3.3", True),
        (("文字", "正文", "颜色"), "5.2.4", True),
        (("文字", "发文机关标志", "颜色"), "7.2.4", False),
        (("文字", "附件标识", "字体"), "7.3.7", True),
    ],
)
def test_the_clauses_are_those_of_the_standard(path: Path, clause: str, required: bool) -> None:
    rule = rule_of(path)
    assert rule is not None
    assert (rule.clause, rule.required) == (clause, required)


@pytest.mark.parametrize(
    "path", [("文字", "表文", "字号"), ("西文",), ("文字", "正文", "对齐"), ("文字", "专栏题", "字体")]
)
def test_the_standard_says_nothing_of_some_items(path: Path) -> None:
    assert rule_of(path) is None


def test_a_font_of_the_same_face_is_as_the_standard_wants_it() -> None:
    by_maker = [each for each in deviations(load_based_on(("方正字体",)), layout()) if each.rule]
    assert by_maker == []
    system = {each.path: each.rule for each in deviations(load_based_on(("系统字体",)), layout())}
    assert system["文字", "正文", "字体"] is None
    assert system["文字", "标题", "字体"] is not None


@pytest.mark.parametrize(
    "names",
    [(each.name,) for each in known_layouts()] + [("三级加粗", "页码居中", "行距28磅", "方正字体")],
    ids=" ".join,
)
def test_a_document_deviates_in_nothing_from_the_layout_it_was_set_in(names: tuple[str, ...]) -> None:
    own = load_based_on(names)
    assert audit_docx(rendered(own), "自己的.docx", own) == ()
