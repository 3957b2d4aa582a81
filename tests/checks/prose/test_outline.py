"""The numbers of attachments in a plan are those that are printed: a plan attached to its notice is 附件1 itself."""

from __future__ import annotations

import pytest

from tests.support import outline, plan

_TASKS = "重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: 分工见附件{number}。\n"
_NOTICE = "发文:\n  发文机关: 青山县教育局\n  成文日期: 2026-03-05\n"
_ATTACHED = "附件:\n  - {标题: 名单, 内容: [分工按附件1执行。]}\n  - {标题: 安排, 内容: [各股一人。]}\n"


def _found(number: int, frame: str, attached: str = _ATTACHED) -> list[str]:
    text = outline(_TASKS.format(number=number), extra=frame + attached)
    return [each.message for each in plan(text).findings if each.code == "PW505"]


@pytest.mark.parametrize("frame", ["", _NOTICE + "  正文作为: 正文\n", _NOTICE + "  形式: 直发\n"])
def test_attachments_of_a_plan_that_is_none_itself_are_counted_alone(frame: str) -> None:
    assert _found(1, frame) == _found(2, frame) == []
    assert len(_found(3, frame)) == 1


def test_a_plan_that_is_the_first_attachment_is_counted() -> None:
    assert _found(2, _NOTICE) == _found(3, _NOTICE) == []
    assert "只有 3 个附件" in _found(4, _NOTICE)[0]
    (itself,) = _found(1, _NOTICE)  # but not in the attachment, which may refer to the plan
    assert "这份正文自己排成附件1" in itself


def test_the_notice_may_refer_to_the_plan() -> None:
    assert _found(2, _NOTICE + "  通知正文: 现将《要点》（见附件1）印发给你们。\n") == []


def test_without_attachments_there_is_none_to_refer_to() -> None:
    assert "没有附件" in _found(1, _NOTICE, "")[0]
