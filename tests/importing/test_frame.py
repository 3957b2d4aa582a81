"""The lines around a plan: notice, number, recipients, signature, date, attachments; several plans in one text."""

import pytest

from planwriter.importing.frame import split_plans
from planwriter.importing.plan_lines import joined
from planwriter.importing.script import ScriptLine
from tests.importing.making import NOTICE, PLAN, lines_of


def texts(lines: list[ScriptLine]) -> list[str]:
    return [each.text for each in lines]


def test_a_plan_alone() -> None:
    (plan,) = split_plans(lines_of(PLAN))
    assert plan.title_text == "青山县教育局2026年工作要点"
    assert texts(plan.body) == PLAN.splitlines()[1:]
    assert not plan.is_framed and not plan.is_notice


def test_a_notice_around_a_plan() -> None:
    (plan,) = split_plans(lines_of(NOTICE + "附件\n" + PLAN))
    assert joined(plan.notice_title).endswith("的通知")
    assert plan.number is not None and plan.number.text == "青教发〔2026〕3号"
    assert plan.recipients is not None and plan.recipients.text.startswith("各乡镇")
    assert texts(plan.notice_body) == ["现将《青山县教育局2026年工作要点》印发给你们，请认真抓好落实。"]
    assert texts(plan.signature) == ["青山县教育局"]
    assert plan.date is not None and plan.note is not None and plan.label is not None
    assert plan.title_text == "青山县教育局2026年工作要点" and len(plan.body) == len(PLAN.splitlines()) - 1
    assert len(plan.all) == len(NOTICE.splitlines()) + 1 + len(PLAN.splitlines())


def test_titles_over_several_lines() -> None:
    text = (
        NOTICE.replace("印发《青山县教育局", "印发\n《青山县教育局").replace(
            "工作要点》的通知", "工作\n要点》的通知", 1
        )
        + PLAN
    )
    (plan,) = split_plans(lines_of(text))
    assert joined(plan.notice_title) == "青山县教育局关于印发《青山县教育局2026年工作要点》的通知"
    assert len(plan.notice_title) == 3


def test_a_red_head() -> None:
    head = "000012\n秘密★1年\n特急\n青山县教育局文件\n青教发〔2026〕3号\n"
    (plan,) = split_plans(lines_of(head + NOTICE.replace("青教发〔2026〕3号\n", "") + PLAN))
    assert [key for key, _ in plan.head] == ["份号", "密级", "紧急程度", "发文机关", "文号"]
    assert plan.is_notice and plan.number is None


def test_a_plan_signed_at_its_end() -> None:
    tail = "附件：1.指标表\n2.名单\n青山县教育局\n2026年3月5日\n附件1\n指标表\n一、甲\n附件2\n名单\n张某某\n"
    (plan,) = split_plans(lines_of(PLAN + tail))
    assert texts(plan.attached) == ["附件：1.指标表", "2.名单"]
    assert texts(plan.signature) == ["青山县教育局"] and plan.date is not None
    assert [each.title_text for each in plan.attachments] == ["指标表", "名单"]
    assert texts(plan.attachments[0].lines) == ["一、甲"]


def test_a_notice_that_is_the_plan_itself() -> None:
    text = "青山县教育局关于做好开学工作的通知\n各学校：\n开学在即，现通知如下。\n一、做好准备\n二、抓好落实\n青山县教育局\n2026年8月20日\n"
    (plan,) = split_plans(lines_of(text))
    assert not plan.is_notice and plan.is_framed
    assert plan.title_text.endswith("的通知") and texts(plan.body)[-1] == "二、抓好落实"


def second(title: str) -> str:
    return PLAN.replace("青山县教育局2026年工作要点", title)


def test_several_plans_under_one_notice() -> None:
    titles = ["青山县规范办学行动方案", "青山县减负增效行动方案", "青山县校园安全行动方案"]
    plans = split_plans(lines_of(NOTICE + "".join(map(second, titles))))
    assert [plan.title_text for plan in plans] == titles
    assert [plan.is_notice for plan in plans] == [True, False, False]
    assert all(len(plan.body) == len(PLAN.splitlines()) - 1 for plan in plans)


def test_plans_under_labels_of_attachments() -> None:
    text = NOTICE + "附件1\n" + second("青山县规范办学行动方案") + "附件2\n" + second("青山县减负增效行动方案")
    plans = split_plans(lines_of(text))
    assert [plan.label.text if plan.label else "" for plan in plans] == ["附件1", "附件2"]


def test_one_plan_is_not_split_at_a_line_that_ends_like_a_title() -> None:
    text = PLAN.replace("3.优化布局。", "各学校制定实施方案\n3.优化布局。")
    assert len(split_plans(lines_of(text))) == 1


def test_every_line_is_somewhere() -> None:
    text = (
        "青山县教育局文件\n"
        + NOTICE
        + "附件\n"
        + PLAN
        + "附件：名单\n附件\n名单\n张某某\n抄送：云岭市教育局。\n青山县教育局办公室　2026年3月6日印发\n"
    )
    (plan,) = split_plans(lines_of(text))
    listed = [line for _, line in plan.head] + plan.notice_title + plan.notice_body + plan.attached + plan.signature
    listed += [each for each in (plan.number, plan.recipients, plan.date, plan.note, plan.label) if each]
    listed += (
        plan.title + plan.body + plan.listed + [line for each in plan.attachments for line in each.all] + plan.imprint
    )
    assert sorted(line.key for line in listed) == [line.key for line in lines_of(text)]
    assert len(plan.imprint) == 2


def test_a_label_and_a_title_on_one_line_behind_the_signature() -> None:
    (plan,) = split_plans(lines_of(PLAN + "青山县教育局\n2026年3月5日\n附：领导小组名单\n组长：张某某\n"))
    assert plan.date is not None and [each.title_text for each in plan.attachments] == ["领导小组名单"]
    assert plan.attachments[0].label.text == "附：" and texts(plan.attachments[0].lines) == ["组长：张某某"]
    assert len({each.key for each in plan.all}) == len(plan.all)


@pytest.mark.parametrize("remark", ["（2026—2028年）", "（试行）", "（征求意见稿）"])
def test_a_remark_below_a_title_belongs_to_it(remark: str) -> None:
    (plan,) = split_plans(lines_of(f"青山县学校发展行动计划\n{remark}\n一、甲\n"))
    assert plan.title_text == f"青山县学校发展行动计划{remark}"
    (other,) = split_plans(lines_of("青山县学校发展行动计划\n（2026年3月5日局务会通过）\n一、甲\n"))
    assert other.title_text == "青山县学校发展行动计划"


def test_a_line_with_a_colon_is_no_part_of_the_title_below_it() -> None:
    (plan,) = split_plans(lines_of("来源：县委办\n" + PLAN))
    assert texts(plan.all) == ["来源：县委办", *PLAN.splitlines()] and "来源" not in plan.title_text[3:]


def test_the_list_of_the_only_attachment_stays_a_line() -> None:
    notice = NOTICE.replace("（此件公开发布）", "附件：青山县教育局2026年工作要点")
    (plan,) = split_plans(lines_of(f"{notice}附件\n{PLAN}"))
    assert texts(plan.all) == [*notice.splitlines(), "附件", *PLAN.splitlines()]


@pytest.mark.parametrize("above", ["此件公开发布", "青教发2026年3号", "青山县教育局〔2026〕3"])
def test_what_stands_above_a_title_is_no_part_of_it(above: str) -> None:
    notice = "\n".join(NOTICE.splitlines()[:-1])
    for plan in split_plans(lines_of(f"{notice}\n{above}\n{PLAN}")) + split_plans(lines_of(f"{above}\n{PLAN}")):
        assert above + PLAN.splitlines()[0] != plan.title_text


@pytest.mark.parametrize("note", ["此件公开发布", "公开方式：主动公开", "（此件公开发布）"])
def test_the_plan_behind_a_note_of_any_form_is_found(note: str) -> None:
    notice = NOTICE.replace("（此件公开发布）", note).replace("《青山县教育局2026年工作要点》", "有关要点")
    (plan,) = split_plans(lines_of(notice + PLAN))
    assert plan.title_text == PLAN.splitlines()[0] and plan.is_notice and len(plan.body) == len(PLAN.splitlines()) - 1
