"""Words that are printed around a field anyway are reported, and mended; the same field without them is silent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from planwriter.app.fix import fix_bytes
from planwriter.app.session import Session
from planwriter.checks.added_words import field_slips
from planwriter.findings.finding import Source, Span
from planwriter.model import Text
from planwriter.model.added import ADDED
from planwriter.model.walk import TextRole
from tests.growth import assert_linear
from tests.support import outline, plan

_TASKS = "重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: {text}\n        责任单位: {lead}\n"


def _found(text: str) -> list[str]:
    return [each.message for each in plan(text).findings if each.code == "PW235"]


def _fixed(text: str) -> str:
    return fix_bytes(Session(), text.encode(), "提纲.yaml").after.decode()


def _frame(*lines: str) -> str:
    return outline(extra="发文:\n" + "".join(f"  {line}\n" for line in (*lines, "成文日期: 2026-03-05")))


def _slips(value: str, role: TextRole) -> list[str]:
    text = Text(value=value, origin=Span(Source("提纲.yaml", value), 0, len(value)))
    return ["".join(each.old for each in found.remedy) for found in field_slips(text, role)]


@pytest.mark.parametrize("role", sorted(ADDED))
def test_what_is_printed_around_a_field_is_not_to_be_typed_in_it(role: TextRole) -> None:
    typed = ADDED[role].around("青山县教育局")
    if role in (TextRole.ISSUER, TextRole.NOTE):
        assert _slips(typed, role) == []  # printed once, however it is typed
    else:
        assert _slips(typed, role) == [ADDED[role].before + ADDED[role].after]
    assert _slips("青山县教育局", role) == []


@pytest.mark.parametrize(
    ("role", "value", "bare"),
    [
        (TextRole.APPROVER, "签发：刘某", "刘某"),
        (TextRole.APPROVER, "签 发 人：刘某。", "刘某"),
        (TextRole.APPROVER, "签发人 刘某", "刘某"),
        (TextRole.RECIPIENT, "主送机关：各镇中心学校，县直各学校:", "各镇中心学校，县直各学校"),
        (TextRole.RECIPIENT, "各镇中心学校，县直各学校（园）：", "各镇中心学校，县直各学校（园）"),
        (TextRole.RECIPIENT, "各镇中心学校、", "各镇中心学校"),
        (TextRole.COPY, "抄报：县委办公室，县政府办公室。", "县委办公室，县政府办公室"),
        (TextRole.COPY, "县委办公室；", "县委办公室"),
        (TextRole.NUMBER, "文号：青教发〔2026〕3号", "青教发〔2026〕3号"),
        (TextRole.SIGNATURE, "落款：青山县教育局", "青山县教育局"),
        (TextRole.NOTE, "附注：（此件公开发布）。", "此件公开发布"),
        (TextRole.PRINTER, "印发机关：青山县教育局办公室 印发。", "青山县教育局办公室"),
        (TextRole.ATTACHMENT_TITLE, "附件3：《任务清单》", "任务清单"),
        (TextRole.ATTACHMENT_TITLE, "附件 一、任务清单", "任务清单"),
        (TextRole.ATTACHMENT_TITLE, "附件2任务清单", "任务清单"),
        (TextRole.ATTACHMENT_TITLE, "附件：任务清单", "任务清单"),
        (TextRole.ATTACHMENT_TITLE, "二、任务清单", "任务清单"),
        (TextRole.ATTACHMENT_TITLE, "附件：2.《任务清单》", "任务清单"),
        (TextRole.NOTICE_TITLE, "《关于做好学前教育工作的通知》", "关于做好学前教育工作的通知"),
        (TextRole.LEAD, "（责任单位：学前教育股、计财股）", "学前教育股、计财股"),
        (TextRole.LEAD, "(牵头科室:学前教育股)", "学前教育股"),
        (TextRole.LEAD, "责任部门：（学前教育股）。", "学前教育股"),
        (TextRole.LEAD, "【学前教育股】", "学前教育股"),
        (TextRole.LEAD, "学前教育股；", "学前教育股"),
        (TextRole.SUPPORT, "协办单位：县财政局、县人社局。", "县财政局、县人社局"),
        (TextRole.DEADLINE, "时限：2026年12月底前", "2026年12月底前"),
        (TextRole.DEADLINE, "（完成时间：2026年12月底前）。", "2026年12月底前"),
        (TextRole.DEADLINE, "2026年12月底前。", "2026年12月底前"),
        (TextRole.DEADLINE, "于2026年12月底前", "2026年12月底前"),
        (TextRole.DEADLINE, "完成时限：在12月底前", "12月底前"),
        (TextRole.COPY, "抄送县委办公室，县政府办公室。", "县委办公室，县政府办公室"),
        (TextRole.RECIPIENT, "主送各镇中心学校", "各镇中心学校"),
        (TextRole.LEAD, "学前教育股牵头", "学前教育股"),
        (TextRole.LEAD, "由学前教育股负责", "学前教育股"),
        (TextRole.LEAD, "学前教育股、计财股共同负责。", "学前教育股、计财股"),
        (TextRole.LEAD, "责任单位：学前教育股牵头负责", "学前教育股"),
        (TextRole.SUPPORT, "计财股、人事股配合", "计财股、人事股"),
    ],
)
def test_exactly_the_words_that_are_printed_anyway_are_cut(role: TextRole, value: str, bare: str) -> None:
    text = Text(value=value, origin=Span(Source("提纲.yaml", value), 0, len(value)))
    (found,) = field_slips(text, role)
    left = list(value)
    for pos, old, new in found.remedy:
        assert new == "" and value.startswith(old, pos.column - 1)
        left[pos.column - 1 : pos.column - 1 + len(old)] = [""] * len(old)
    assert "".join(left) == bare


@pytest.mark.parametrize(
    ("role", "value"),
    [
        (TextRole.RECIPIENT, "各镇中心学校、县直各学校（园）"),
        (TextRole.NOTE, "（此件公开发布）"),
        (TextRole.NOTE, "联系人：刘某，电话：0000-1234567"),
        (TextRole.ISSUER, "青山县教育局文件"),
        (TextRole.PRINTER, "青山县印发中心"),
        (TextRole.ATTACHMENT_TITLE, "附件材料目录"),
        (TextRole.ATTACHMENT_TITLE, "附件"),
        (TextRole.ATTACHMENT_TITLE, "2026年重点项目表"),
        (TextRole.ATTACHMENT_TITLE, "1.5万名教师轮训计划"),
        (TextRole.ATTACHMENT_TITLE, "《义务教育质量评价指南》任务分解（县级）"),
        (TextRole.PLAN_TITLE, "《青山县规划》实施方案和《任务清单》"),
        (TextRole.LEAD, "学前教育股（牵头）、计财股（配合）"),
        (TextRole.LEAD, "（学前）教育股、（义务）教育股"),
        (TextRole.SUPPORT, "县财政局、县人社局等"),
        (TextRole.DEADLINE, "2026年9月30日前完成，长期坚持"),
        (TextRole.DEADLINE, "2026年（秋季学期）"),
        (TextRole.DEADLINE, "在建项目完工以前"),
        (TextRole.LEAD, "牵头单位"),
        (TextRole.SUPPORT, "参与单位"),
        (TextRole.RECIPIENT, "主城区各学校"),
    ],
)
def test_a_field_that_only_looks_like_it_is_silent(role: TextRole, value: str) -> None:
    assert _slips(value, role) == []


@pytest.mark.parametrize("value", ["学前教育股牵头，计财股配合", "计财股配合", "学前教育股负责、计财股协助落实。"])
def test_units_that_help_are_no_responsible_units(value: str) -> None:
    text = Text(value=value, origin=Span(Source("提纲.yaml", value), 0, len(value)))
    (found,) = field_slips(text, TextRole.LEAD)
    assert "配合单位" in found.slip.advice and found.remedy == ()


def test_every_field_of_a_frame_is_mended() -> None:
    text = _frame(
        "形式: 直发",
        "主送: [主送：县政府, '各镇中心学校：']",
        "署名: [青山县教育局。]",
        "抄送: 抄送：县委办公室。",
        "印发机关: 青山县教育局办公室印发",
        "印发日期: 2026年3月6日印发",
    )
    assert len(_found(text)) == 6
    fixed = _fixed(text)
    assert _found(fixed) == []
    assert "主送: [县政府, '各镇中心学校']" in fixed and "印发日期: 2026年3月6日\n" in fixed


def test_a_day_of_printing_that_is_none_keeps_its_finding() -> None:
    assert [each.code for each in plan(_frame("印发日期: 2026年13月6日印发")).findings] == ["PW602", "PW235"]


def test_units_typed_twice_are_cut_from_the_text_if_they_are_the_same() -> None:
    text = outline(_TASKS.format(text="上好课。（责任单位：教研室、人事股）", lead="[教研室, 人事股]"))
    assert len(_found(text)) == 1
    assert "文: 上好课。\n" in _fixed(text)
    other = outline(_TASKS.format(text="上好课。（责任单位：教研室）", lead="[教研室, 人事股]"))
    assert len(_found(other)) == 1 and _fixed(other) == other
    elsewhere = outline(_TASKS.format(text="上好课（责任单位：教研室），抓好教研。", lead="教研室"))
    assert _found(elsewhere) == []


def test_two_kinds_of_units_in_one_field_are_left_to_the_writer() -> None:
    text = outline(_TASKS.format(text="上好课。", lead="牵头单位：教研室；配合单位：人事股"))
    assert len(_found(text)) == 1 and _fixed(text) == text


def test_many_of_one_kind_are_one_finding() -> None:
    items = "".join(f"      - 条: 抓好第{n}项\n        责任单位: 责任单位：教研室\n" for n in range(6))
    text = outline("重点任务:\n  - 章: 提高质量\n    内容:\n" + items)
    (message,) = _found(text)
    assert "共 6 处" in message
    assert "责任单位：" not in _fixed(text)


def test_the_signature_and_date_typed_below_the_text_are_reported() -> None:
    text = _frame("形式: 直发") + "结语: |\n  特此报告。\n\n  青山县教育局\n\n  2026年3月5日\n"
    assert len(_found(text)) == 2
    assert _found(_frame("形式: 直发") + "结语: 青山县教育局将按季调度。\n") == []


def test_a_duty_in_a_sheet_is_reported_without_a_remedy(tmp_path: Path) -> None:
    from planwriter.app.plans import plan_file

    (tmp_path / "指标.csv").write_text("名称,数值,单位,责任单位\n新建公办幼儿园,3,所,责任单位：学前教育股\n", "utf-8")
    path = tmp_path / "提纲.yaml"
    path.write_text(outline(extra="指标: 指标.csv\n"), "utf-8")
    found = [each for each in plan_file(Session().at(str(path)), str(path)).findings if each.code == "PW235"]
    assert [(each.pos.cell, each.remedy) for each in found] == [("D2", ())]


def test_deep_brackets_and_long_runs_of_marks_are_read_in_linear_time() -> None:
    makers: list[Callable[[int], str]] = [
        lambda size: "（" * size + "股" + "）" * size,
        lambda size: "责任单位：" + " " * 2 * size + "股",
        lambda size: "股" + "。" * 2 * size,
    ]
    for made in makers:
        assert_linear(lambda text: _slips(text, TextRole.LEAD), made, 50_000)


def test_the_list_of_attachments_typed_below_the_text_is_reported() -> None:
    attached = "附件:\n  - 标题: 任务清单\n    内容: [抓好落实。]\n"
    closing = "结语: |\n  特此报告。\n\n  附件：任务清单\n"
    assert len(_found(_frame("形式: 直发") + closing + attached)) == 1
    assert _found(_frame("形式: 直发") + closing.replace("附件：任务清单", "附件中的任务要抓好。") + attached) == []


@pytest.mark.parametrize(("listing", "count"), [("写明", 1), ("通知", 1), ("无", 0)])
def test_a_list_of_attachments_typed_in_the_notice_repeats_the_one_of_the_frame(listing: str, count: int) -> None:
    frame = f"发文:\n  通知正文: [现印发给你们。, '附件：1.名单']\n  正文作为: 正文\n  附件说明: {listing}\n  成文日期: 2026-03-05\n"
    text = outline(extra=f"{frame}附件:\n  - {{标题: 名单, 内容: [甲。]}}\n")
    assert len([each for each in plan(text).findings if each.code == "PW235"]) == count
