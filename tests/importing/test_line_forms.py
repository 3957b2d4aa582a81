"""Lines that their form alone tells apart: dates, numbers, recipients, labels of attachments."""

import pytest

from planwriter.importing.line_forms import is_attachment_label, is_date, is_number, is_recipients
from planwriter.importing.script import ScriptLine


def line(text: str) -> ScriptLine:
    return ScriptLine(text=text, number=1)


def test_small_lines_of_the_frame() -> None:
    assert all(map(is_date, map(line, ["2026年3月5日", " 2026 年 3 月 5 日", "二〇二六年三月五日"])))
    assert not any(map(is_date, map(line, ["2026年3月", "2026年2月30日", "2026年3月5日印发"])))
    assert all(map(is_number, map(line, ["青教发〔2026〕3号", "（青教发[2026]3号）", "青教发〔2026〕 3 号"])))
    assert not is_number(line("照青教发〔2026〕3号文件执行"))
    assert all(map(is_recipients, map(line, ["各乡镇中心学校，局属各学校：", "县直各部门:"])))
    assert not any(map(is_recipients, map(line, ["总体要求：", "一、各学校：", "各学校要做到。以下几点："])))
    assert all(map(is_attachment_label, map(line, ["附件", "附件1", "附 件 2", "附件："])))
    assert not any(map(is_attachment_label, map(line, ["附件：名单", "附件1.名单", "附则"])))


def test_a_number_in_small_brackets_is_one() -> None:
    assert is_number(line("青教发﹝2026﹞3号"))


@pytest.mark.parametrize(
    "text",
    [
        "为落实县教育局、县公安局的部署，制定方案如下：",
        "2026年，县教育局将紧紧围绕目标，做好各校的以下工作：",
        "围绕校园安全，抓好以下几个单位：",
        "根据县委、县政府、各局的部署，现提出以下实施意见：",
    ],
)
def test_a_sentence_that_leads_to_a_list_is_addressed_to_nobody(text: str) -> None:
    assert not is_recipients(line(text))
    assert is_recipients(line("各乡镇人民政府，县政府各部门："))
