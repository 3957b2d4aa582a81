"""发文 as it is read from the lines around a plan."""

import pytest

from planwriter.importing.frame import split_plans
from planwriter.importing.official_frame import official_frame
from planwriter.importing.texts import Origins
from planwriter.model import Frame, Text
from tests.importing.making import NOTICE, PLAN, only, script_of


def frame_of(text: str, *, attachments_apart: bool = True) -> Frame:
    script = script_of(text)
    return official_frame(split_plans(list(script.lines))[0], Origins(script), attachments_apart=attachments_apart)


def values(texts: tuple[Text, ...]) -> list[str]:
    return [each.value for each in texts]


def value(text: Text | None) -> str:
    return text.value if text else ""


def test_a_notice() -> None:
    made = frame_of(NOTICE + "附件\n" + PLAN)
    assert (made.form, made.head, value(made.number)) == ("通知", "无", "青教发〔2026〕3号")
    assert values(made.recipients)[0].startswith("各乡镇") and value(made.notice_title).endswith("的通知")
    assert values(made.signatures) == ["青山县教育局"] and value(made.date) == "2026年3月5日"
    assert value(made.note) == "此件公开发布" and made.signed and made.sealed


def test_the_head_of_a_document() -> None:
    head = "000012\n秘密★1年\n特急\n青山县教育局文件\n青教发〔2026〕 3 号\n签发人：甲某某　乙某某\n"
    made = frame_of(head + NOTICE.replace("青教发〔2026〕3号\n", "") + PLAN)
    assert (value(made.copy_number), value(made.classification), value(made.urgency)) == ("000012", "秘密★1年", "特急")
    assert (made.head, values(made.issuers), value(made.number)) == ("印制", ["青山县教育局"], "青教发〔2026〕3号")
    assert values(made.approvers) == ["甲某某", "乙某某"]


def test_a_number_and_an_approver_on_one_line() -> None:
    head = "青山县教育局文件\n青教发〔2026〕3号　　签发人：甲某某\n"
    notice = head + NOTICE.replace("青教发〔2026〕3号\n", "") + PLAN
    made = frame_of(notice)
    assert (value(made.number), values(made.approvers)) == ("青教发〔2026〕3号", ["甲某某"])
    frame = only(notice).imported.outline.frame
    assert frame is not None and value(frame.number) == "青教发〔2026〕3号"


def test_the_imprint() -> None:
    tail = "抄送：县委办公室，县政府办公室。\n青山县教育局办公室　2026年3月6日印发\n"
    made = frame_of(PLAN + "青山县教育局\n2026年3月5日\n" + tail)
    assert values(made.copies) == ["县委办公室", "县政府办公室"]
    assert (value(made.printer), value(made.print_date)) == ("青山县教育局办公室", "2026年3月6日")
    assert made.form == "直发" and made.body_attached


@pytest.mark.parametrize("apart", [True, False])
def test_a_list_of_attachments_is_the_frame_s_if_they_stand_apart(apart: bool) -> None:
    tail = "附件：1.指标表\n2.名单\n青山县教育局\n2026年3月5日\n附件1\n指标表\n一、甲\n附件2\n名单\n张某某\n"
    assert frame_of(PLAN + tail, attachments_apart=apart).lists_attachments is apart


def test_a_date_that_is_no_day_stands_among_the_signatures() -> None:
    made = frame_of(PLAN + "青山县教育局\n二〇二六年三月三十二日\n")
    assert values(made.signatures) == ["青山县教育局", "二〇二六年三月三十二日"] and made.date is None


def test_names_beside_each_other_are_sealed_and_names_below_each_other_are_not() -> None:
    beside = frame_of(PLAN + "青山县教育局\t青山县财政局\n青山县公安局\t青山县民政局\n2026年3月5日\n")
    assert (
        values(beside.signatures) == ["青山县教育局", "青山县财政局", "青山县公安局", "青山县民政局"] and beside.sealed
    )
    below = frame_of(PLAN + "青山县教育局\n青山县财政局\n2026年3月5日\n")
    assert values(below.signatures) == ["青山县教育局", "青山县财政局"] and not below.sealed


def test_a_list_of_the_plan_alone_is_the_frame_s_and_any_other_stays_in_the_notice() -> None:
    listed = (
        NOTICE.replace("（此件公开发布）", "")
        .rstrip()
        .replace("青山县教育局\n2026年3月5日", "附件：青山县教育局2026年工作要点\n青山县教育局\n2026年3月5日")
    )
    made = frame_of(f"{listed}\n附件\n{PLAN}")
    assert made.body_attached and made.notice_body is not None and "附件" not in made.notice_body.value
    other = frame_of(f"{listed.replace('附件：青山县教育局2026年工作要点', '附件：名单')}\n附件\n{PLAN}")
    assert other.notice_body is not None and other.notice_body.value.endswith("附件：名单")
