"""Findings on charts, pictures, rows and samples of a layout that no outline can show: a function makes each; its docstring is the code."""

import sys
from pathlib import Path

import pytest

from planwriter.app.session import Session
from planwriter.audit.audit import audit_docx
from planwriter.audit.learn import learn_layout
from planwriter.findings.finding import Finding
from tests.audit.planting import good, layout
from tests.findings.making import findings_of
from tests.readers.docx.making import body, packed, para
from tests.support import outline


def a_table_with_a_column_twice(folder: Path) -> list[Finding]:
    """PW450"""
    from planwriter.app.batch.rows import Rows, read_job

    Path("学校.csv").write_text("学校,学校\n甲,乙\n", "utf-8")
    return list(
        read_job(Rows(session=Session(), outline="提纲.yaml", workbook="学校.csv", sheet="", form="docx")).findings
    )


def _with_chart(picture: str, name: str = "新建幼儿园") -> list[Finding]:
    targets = f"指标:\n  新建: {{名称: {name}, 数值: 3, 单位: 所}}\n"
    Path("提纲.yaml").write_text(outline(extra=f"{targets}附件:\n  - {{标题: 走势图, 图: {picture}}}\n"), "utf-8")
    return findings_of("提纲.yaml")


def a_chart_of_nothing(folder: Path) -> list[Finding]:
    """PW460"""
    return _with_chart("{}")


def a_picture_that_is_none(folder: Path) -> list[Finding]:
    """PW460"""
    Path("平面图.png").write_bytes(b"GIF89a")
    return _with_chart("平面图.png")


def a_chart_without_matplotlib(folder: Path) -> list[Finding]:
    """PW461"""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "matplotlib", None)
        return _with_chart("{指标: [新建]}")


def a_chart_with_a_character_that_no_font_has(folder: Path) -> list[Finding]:
    """PW462"""
    return _with_chart("{指标: [新建]}", name="新建\U0003134a幼儿园")


def a_table_with_a_column_that_nothing_uses(folder: Path) -> list[Finding]:
    """PW463"""
    from planwriter.app.batch.rows import Rows, read_job

    Path("提纲.yaml").write_text(outline(), "utf-8")
    Path("学校.csv").write_text("学校,联系人\n甲,乙\n", "utf-8")
    return list(
        read_job(Rows(session=Session(), outline="提纲.yaml", workbook="学校.csv", sheet="", form="docx")).findings
    )


def an_audit_of_what_is_no_word_file(folder: Path) -> list[Finding]:
    """PW650"""
    return list(audit_docx(b"%PDF-1.7", "要点.docx", layout()))


def _learned(*paragraphs: str) -> list[Finding]:
    return list(learn_layout(packed(body("".join(paragraphs))), "样本.docx", "本局").findings)


def a_sample_of_little(folder: Path) -> list[Finding]:
    """PW680"""
    assert learn_layout(good(), "样本.docx", "本局").findings == (), "a sample that has everything leaves nothing open"
    return _learned(para("为办好人民满意的教育，制定本要点。"))


def a_sample_of_two_minds(folder: Path) -> list[Finding]:
    """PW681"""
    font = '<w:r><w:rPr><w:rFonts w:eastAsia="{}"/></w:rPr><w:t>上好每一堂课，办好教育。</w:t></w:r>'
    return _learned(*(f"<w:p>{font.format(name)}</w:p>" for name in ("仿宋", "楷体", "仿宋", "楷体")))
