"""Parts of the official frame that contradict each other are reported; a proper frame is not."""

from __future__ import annotations

import pytest

from planwriter.checks.frame import goes_up
from tests.support import outline, plan

CODES = ("PW609", "PW610", "PW611", "PW350")


def _found(frame: str, extra: str = "", head: str | None = None) -> list[str]:
    lines = "".join(f"  {line}\n" for line in frame.split("; "))
    text = outline("", extra=f"{extra}发文:\n{lines}  成文日期: 2026-03-05\n", **({"head": head} if head else {}))
    return [each.code for each in plan(text).findings if each.code in CODES]


@pytest.mark.parametrize(
    "frame",
    [
        "密级: 秘密; 主送: 各镇中心学校",
        "密级: 机密★1年; 主送: 各镇中心学校",
        "密级: 秘密; 份号: '000001'; 附注: （此件公开发布）; 主送: 各镇中心学校",
        "密级: 秘密; 份号: '000001'; 附注: 此件主动公开; 主送: 各镇中心学校",
        "密级: 秘密; 份号: '000001'; 附注: 此件依申请公开; 主送: 各镇中心学校",
        "紧急程度: 特提; 主送: 各镇中心学校",
        "紧急程度: 平急; 主送: 各镇中心学校",
        "形式: 直发; 主送: [青山县人民政府, 云岭市教育局]",
        "形式: 直发; 主送: [县政府, 市教育局]",
        "形式: 直发; 签发人: 刘某; 主送: [中共青山县委, 青山县人民政府]",
        "主送: [各镇中心学校, 县直各学校]; 抄送: [县委办公室, 县直各学校]",
        "主送: 各镇人民政府; 抄送: [各镇人民政府。]",
    ],
)
def test_what_does_not_go_together_is_reported(frame: str) -> None:
    assert _found(frame) == ["PW610"]


@pytest.mark.parametrize(
    "frame",
    [
        "签发人: 刘某; 主送: 各镇中心学校",
        "签发人: 刘某; 主送: [县直各学校, 各股室]",
        "形式: 直发; 签发人: 刘某; 主送: 各镇中心学校",
        "形式: 直发; 签发人: 刘某; 主送: 青山县财政局",
        "形式: 直发; 签发人: 刘某; 主送: 柳林镇人民政府",
    ],
)
def test_an_approver_on_a_paper_that_does_not_go_up_is_a_hint(frame: str) -> None:
    assert _found(frame) == ["PW611"]


@pytest.mark.parametrize(
    "frame",
    [
        "主送: [各镇中心学校, 县直各学校]; 抄送: [县委办公室, 县政府办公室]",
        "密级: 秘密★1年; 份号: '000001'; 附注: 此件不公开; 主送: 各镇中心学校",
        "紧急程度: 特急; 主送: 各镇中心学校; 附注: 此件公开发布",
        "形式: 直发; 签发人: 刘某; 主送: 青山县人民政府",
        "形式: 直发; 签发人: 刘某; 主送: 云岭市教育局",
        "形式: 直发; 签发人: 刘某; 主送: 市教育局; 抄送: 县政府办公室",
        "形式: 直发; 签发人: 刘某; 主送: 云岭市市场监督管理局",
        "形式: 直发; 主送: [青山县财政局, 青山县市场监督管理局]",
    ],
)
def test_a_proper_frame_is_silent(frame: str) -> None:
    assert _found(frame) == []


def test_a_foreign_superior_is_still_foreign() -> None:
    head = "文种: 工作要点\n单位: 莒南县教育局\n地区: 莒南县\n年度: 2026\n"
    assert _found("形式: 直发; 签发人: 刘某; 主送: 德州市教育局", head=head) == ["PW350"]
    assert _found("形式: 直发; 签发人: 刘某; 主送: 临沂市教育局", head=head) == []


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("标题: 关于印发青山县教育局2026年工作要点的通知\n", 1),
        ("标题: 青山县教育局关于做好2026年重点工作的通知\n", 1),
        ("标题: 青山县教育局2026年工作要点\n", 0),
        ("标题: 贯彻《关于加强教师队伍建设的通知》2026年工作要点\n", 0),
    ],
)
def test_a_plan_titled_as_its_own_notice_is_reported(title: str, count: int) -> None:
    assert _found("主送: 各镇中心学校", extra=title).count("PW609") == count


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("青山县教育局关于印发《关于印发2026年工作要点的通知》的通知", 1),
        ("关于印发《青山县教育局关于印发〈2026年工作要点〉的通知》的通知", 1),
        ("青山县教育局关于印发《青山县教育局2026年工作要点》的通知", 0),
    ],
)
def test_a_notice_of_a_notice_is_reported(title: str, count: int) -> None:
    assert _found(f"通知标题: {title}; 主送: 各镇中心学校").count("PW609") == count


def test_the_direction_of_a_paper() -> None:
    def direction(recipients: str) -> bool | None:
        made = plan(outline("", extra=f"发文:\n  形式: 直发\n{recipients}  成文日期: 2026-03-05\n")).outline
        assert made is not None
        return goes_up(made)

    assert direction("") is None
    assert direction("  主送: 青山县人民政府\n") is True
    assert direction("  主送: 各镇中心学校\n") is False
