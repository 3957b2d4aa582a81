"""From a script to outlines: the richest way that loses nothing, and what is told."""

import pytest

from planwriter.importing.assemble import Way
from planwriter.language.dates import spelled_date
from tests.importing.making import NOTICE, PLAN, counts, imported, levels, only, printed, roles


def test_a_plan_is_whole_and_has_its_levels() -> None:
    made = only(PLAN)
    assert printed(made) == PLAN.replace("计财股；完成时限", "计财股；完成时限")
    assert counts(made) == (3, 3, 8, 0)
    assert roles(made)["保障措施"] == ["强化组织保障"]
    assert levels(made)[:3] == [(1, "扩大优质资源"), (2, "办好学前教育"), (3, "新建公办园")]


def test_a_notice_is_a_frame() -> None:
    made = only(NOTICE + PLAN)
    outline = made.imported.outline
    assert printed(made) == NOTICE + PLAN
    assert outline.frame is not None and outline.frame.is_notice and made.imported.way is Way.FRAMED
    assert [each.value for each in outline.frame.recipients] == ["各乡镇中心学校", "局属各学校"]
    assert outline.frame.number is not None and outline.frame.number.value == "青教发〔2026〕3号"


def test_a_notice_with_its_list_and_label() -> None:
    text = NOTICE.replace("落实。\n青山县", "落实。\n附件：青山县教育局2026年工作要点\n青山县") + "附件\n" + PLAN
    made = only(text)
    frame = made.imported.outline.frame
    assert printed(made) == text and frame is not None and frame.body_attached


def test_a_list_of_the_attachments_of_the_plan_in_the_notice() -> None:
    listed = NOTICE.replace("落实。\n青山县", "落实。\n附件：1.指标表\n2.名单\n青山县")
    made = only(listed + PLAN + "附件1\n指标表\n甲\n附件2\n名单\n张某某\n")
    frame = made.imported.outline.frame
    assert frame is not None and frame.listed_in_notice and not frame.body_attached and frame.notice_body is not None
    assert frame.notice_body.value == "现将《青山县教育局2026年工作要点》印发给你们，请认真抓好落实。"


def test_a_day_in_chinese_numerals_is_printed_as_the_standard_has_it_and_told() -> None:
    (made,), findings = imported(NOTICE.replace("2026年3月5日", "二〇二六年 三月五日") + PLAN)
    frame = made.imported.outline.frame
    assert printed(made) == NOTICE + PLAN
    assert (
        frame is not None and frame.date is not None and [each.value for each in frame.signatures] == ["青山县教育局"]
    )
    assert [(each.code, each.pos.line) for each in findings] == [("PW713", 6)]
    assert findings[0].message == "落款的日期“二〇二六年 三月五日”改成了“2026年3月5日”。"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("二〇二六年三月五日", "2026年3月5日"),
        ("二○二六年十二月三十一日", "2026年12月31日"),
        ("二零二六年十月二十日", "2026年10月20日"),
        ("二〇二六年二月三十日", None),
        ("二〇二六年十三月五日", None),
        ("二〇二六年三月", None),
        ("2026年3月5日", None),
    ],
)
def test_days_in_chinese_numerals(typed: str, shown: str | None) -> None:
    assert spelled_date(typed) == shown


HEAD = "青山县教育局文件\n青教发〔2026〕3号\n"
SIGNED = "青山县教育局\n2026年3月5日\n"
FRAMES = {
    "red head": HEAD + NOTICE.replace("青教发〔2026〕3号\n", "") + PLAN,
    "signed plan": PLAN + SIGNED,
    "signed plan with attachments": PLAN + "附件：1.指标表\n2.名单\n" + SIGNED + "附件1\n指标表\n年\t数\n2026\t3\n附件2\n名单\n一、组长\n张某某\n",
    "list of the plan's attachments in the notice": NOTICE.replace("落实。\n青山县", "落实。\n附件：1.指标表\n2.名单\n青山县") + PLAN + "附件1\n指标表\n年\t数\n2026\t3\n附件2\n名单\n一、组长\n张某某\n",
    "no signature": NOTICE.replace("青山县教育局\n2026", "2026") + PLAN,
    "no recipients": NOTICE.replace("各乡镇中心学校，局属各学校：\n", "") + PLAN,
    "attachments without a list": NOTICE + PLAN + "附件\n责任清单\n1.建园。学前股负责。\n2.招聘。人事股负责。\n",
    "attachment labels with colons": NOTICE + PLAN + "附件1：\n责任清单\n1.建园。\n附件2：\n名单\n张某某\n",
    "label above": "附件2\n" + PLAN,
    "imprint": NOTICE + PLAN + "抄送：云岭市教育局，青山县人民政府。\n青山县教育局办公室　　2026年3月6日印发\n",
    "number in odd brackets": NOTICE.replace("〔2026〕", "[2026] ") + PLAN,
    "number in brackets": NOTICE.replace("青教发〔2026〕3号", "（青教发〔2026〕3号）") + PLAN,
    "two signatures": NOTICE.replace("青山县教育局\n2026", "青山县教育局\n青山县财政局\n2026") + PLAN,
    "signature with a remark": NOTICE.replace("青山县教育局\n2026", "青山县教育局\n（青山县人民政府代章）\n2026") + PLAN,
    "note above": NOTICE.replace("（此件公开发布）\n", "").replace("各乡镇", "（此件公开发布）\n各乡镇", 1) + PLAN,
    "odd order": PLAN.replace("工作要点\n", "工作要点\n各学校：\n", 1) + "2026年3月5日\n青山县教育局\n",
    "own notice": "青山县教育局关于做好开学工作的通知\n各学校：\n开学在即，现通知如下。\n一、做好准备\n检查校舍。\n二、抓好落实\n各负其责。\n" + SIGNED,
    "title twice": "青山县教育局2026年工作要点\n青教发〔2026〕3号\n" + NOTICE.replace("青教发〔2026〕3号\n", "") + PLAN,
    "authors below the title": PLAN.replace("工作要点\n", "工作要点\n青山县教育局　青山县财政局\n（2026年3月）\n", 1),
    "three titles": PLAN * 3,
}  # fmt: skip


def bare(text: str) -> str:
    return "".join(text.split()).replace("．", ".")


@pytest.mark.parametrize("name", FRAMES)
def test_whatever_stands_around_a_plan_nothing_is_lost(name: str) -> None:
    plans, findings = imported(FRAMES[name])
    assert bare("".join(map(printed, plans))) == bare(FRAMES[name])
    assert not {"PW702", "PW707", "PW712"} & {each.code for each in findings}


@pytest.mark.parametrize("name", ["red head", "signed plan", "signed plan with attachments", "no signature", "attachments without a list", "imprint", "number in brackets", "two signatures"])  # fmt: skip
def test_usual_frames_are_frames(name: str) -> None:
    made = only(FRAMES[name])
    assert made.imported.way is Way.FRAMED and made.imported.outline.frame is not None


def test_a_frame_that_would_be_printed_otherwise_is_told() -> None:
    text = NOTICE.replace("各乡镇中心学校，", "各乡镇中心学校，，") + PLAN
    (made,), findings = imported(text)
    assert printed(made) == text and made.imported.way is Way.UNFRAMED
    assert "PW706" in [each.code for each in findings]


def test_the_name_of_a_site_is_left_out_and_told() -> None:
    (made,), findings = imported("青山县教育局网站\n" + PLAN)
    assert printed(made) == PLAN and [each.code for each in findings] == ["PW701"]


def test_attachments_stand_by_themselves() -> None:
    outline = only(FRAMES["signed plan with attachments"]).imported.outline
    assert [each.title.value for each in outline.attachments] == ["指标表", "名单"]
    assert [len(each.blocks) for each in outline.attachments] == [1, 1]


def test_several_plans_are_several_outlines_and_told() -> None:
    titles = ["青山县规范办学行动方案", "青山县减负增效行动方案", "青山县校园安全行动方案"]
    text = NOTICE + "".join(PLAN.replace("青山县教育局2026年工作要点", title) for title in titles)
    plans, findings = imported(text)
    assert [plan.imported.outline.title.value for plan in plans if plan.imported.outline.title] == titles
    assert "".join(map(printed, plans)) == text
    assert [each.code for each in findings if each.code != "PW705"] == ["PW704"]
    assert [plan.imported.outline.frame is not None for plan in plans] == [True, False, False]


def test_a_text_without_title_gets_none() -> None:
    text = PLAN.split("\n", 1)[1]
    assert printed(only(text)) == text
    extract = "（五）加强保障\n16.加强领导。落实责任。\n17.强化督导。每季通报。\n"
    made = only(extract)
    assert printed(made) == extract and made.imported.outline.title is None


def test_texts_without_any_structure_are_paragraphs() -> None:
    text = "关于办学的几点想法\n" + "办好每一所学校，教好每一个学生。\n" * 5
    made = only(text)
    assert printed(made) == text and counts(made) == (0, 0, 0, 0)


def test_braces_are_text() -> None:
    text = PLAN.replace("建成三所公办幼儿园", "建成{{三}}所公办{%幼儿园%}")
    assert printed(only(text)) == text


def test_an_empty_file_is_told() -> None:
    plans, findings = imported("\n \n\u200b\n")
    assert plans == () and [each.code for each in findings] == ["PW703"]


def test_the_same_bytes_for_the_same_file() -> None:
    assert only(NOTICE + PLAN).yaml == only(NOTICE + PLAN).yaml


@pytest.mark.parametrize("signed", ["中共柳林镇委员会\n柳林镇人民政府\n2026年2月20日\n"])
def test_a_signature_of_several_lines_is_printed_so(signed: str) -> None:
    assert printed(only(PLAN + signed)) == PLAN + signed


def test_the_title_of_a_notice_is_broken_as_it_was_unless_a_name_is_torn() -> None:
    broken = NOTICE.replace("关于印发", "\n关于印发", 1)
    assert printed(only(broken + PLAN)) == broken + PLAN
    torn = NOTICE.replace("工作要点", "\n工作要点", 1)
    assert printed(only(torn + PLAN)) == NOTICE + PLAN
