"""Marks in a draft: every form of output shows them, no rule reads them, and `audit` reports them."""

import io
import zipfile
from pathlib import Path

import pytest

from planwriter.app.plans import Plan
from planwriter.audit.audit import read_case
from planwriter.audit.flaws import Case
from planwriter.audit.proofread import proofread
from planwriter.plan.duties import duties_of
from planwriter.plan.duty_list import duty_page
from tests.audit.planting import layout
from tests.support import outline, plan_file, render

CLAUSE = """- 条款: 校园/食堂
  条: 办好食堂
  文: |
    办好食堂。

    {{ 单位 }}每年抽查{{ 参数.次数 }}次，{{ 参数.天数 }}个工作日内办结，达标率达到{{ 参数.率 }}%以上，{{ 参数.率 }}。
  参数:
    率: {类型: 百分数, 默认: 95}
    次数: {类型: 文本, 默认: 两}
    天数: {类型: 整数, 默认: 10}
"""
CHOICE = "- 条款: 校园/操场\n  条: 开放操场\n  文: '{% if 参数.率 %}开放率达到{{ 参数.率 }}%，195所。{% endif %}'\n  参数: {率: {类型: 百分数, 默认: 95}}\n"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    monkeypatch.chdir(tmp_path)
    Path("县库").mkdir()
    Path("县库/library.yaml").write_text("名称: 青山县条款库\n版本: 1.0.0\n", "utf-8")
    Path("县库/校园.yaml").write_text(CLAUSE + CHOICE, "utf-8")
    uses = "      - 用: 校园/食堂\n        责任单位: 计财股\n      - 用: 校园/操场\n"
    extra = "库: 县库\n附件: [任务分解表]\n"
    Path("提纲.yaml").write_text(outline(f"重点任务:\n  - 章: 办好食堂\n    内容:\n{uses}", extra=extra), "utf-8")
    return plan_file("提纲.yaml", draft=True)


MARKED = "每年抽查【两次】，【10个工作日】内办结，达标率达到【95%】以上，【95】。"


@pytest.mark.parametrize("form", ["text", "html", "md"])
def test_every_form_shows_the_marks_in_the_text_and_in_the_table_of_tasks(made: Plan, form: str) -> None:
    assert made.document is not None
    shown = (render(made.document, form).value or b"").decode()
    assert shown.count(MARKED) == 2
    assert "开放率达到【95%】，195所。" in shown


def test_a_word_file_shows_the_marks_and_an_audit_reports_them(made: Plan) -> None:
    assert made.document is not None
    data = render(made.document, "docx").value or b""
    assert MARKED in zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    case = read_case(data, "草稿.docx", layout())
    assert isinstance(case, Case)
    assert [each.code for each in proofread(case, "草稿.docx")] == ["PW216"]


def test_a_list_of_duties_shows_the_marks(made: Plan) -> None:
    assert made.document is not None
    assert MARKED in duty_page(duties_of(made.document, 2026))


def test_a_document_that_is_no_draft_has_none(made: Plan) -> None:
    final = plan_file("提纲.yaml")
    assert final.sound and final.document is not None
    assert "【" not in (render(final.document, "text").value or b"").decode()


def test_what_the_author_sets_has_no_mark(made: Plan) -> None:
    text = Path("提纲.yaml").read_text("utf-8")
    given = "用: 校园/食堂\n        参数: {率: 95, 次数: 两, 天数: 10}"
    Path("提纲.yaml").write_text(text.replace("用: 校园/食堂", given), "utf-8")
    again = plan_file("提纲.yaml", draft=True)
    assert again.document is not None
    assert (render(again.document, "text").value or b"").decode().count("【") == 1  # of the other clause
