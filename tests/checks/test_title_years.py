"""A title that names a different year than the plan's is reported; a year that the title may name is not."""

from __future__ import annotations

import pytest

from tests.support import outline, plan

THREE = "文种: 三年行动计划\n单位: 青山县教育局\n地区: 青山县\n起止: [2026, 2028]\n"


def _found(extra: str, head: str | None = None) -> list[str]:
    text = outline("", extra=extra, **({"head": head} if head else {}))
    return [each.message for each in plan(text).findings if each.code == "PW608"]


@pytest.mark.parametrize(
    "extra",
    [
        "标题: 青山县教育局2025年工作要点\n",
        "标题: 2027年全县教育工作要点\n",
        "标题: 青山县教育局二〇二五年工作要点\n",
        "标题: 青山县教育局二○二五年工作要点\n",
        "标题: 青山县教育局（2023—2025年）工作要点\n",
        "发文:\n  通知标题: 关于印发《青山县教育局2025年工作要点》的通知\n  成文日期: 2026-03-05\n",
        "发文:\n  通知正文: 现将《青山县教育局2025年工作要点》印发给你们。\n  成文日期: 2026-03-05\n",
        "附件:\n  - 标题: 2025年重点任务清单\n    内容: [详见各股室台账。]\n",
        "附件:\n  - 标题: 青山县2025年教育项目表\n    内容: [详见各股室台账。]\n",
    ],
)
def test_the_year_of_a_different_plan_is_reported(extra: str) -> None:
    assert len(_found(extra)) == 1


@pytest.mark.parametrize("title", ["青山县教育三年行动计划（2025—2027年）", "青山县教育行动计划（2026年至2027年）"])
def test_a_span_must_be_the_plans(title: str) -> None:
    assert len(_found(f"标题: {title}\n", THREE)) == 1


@pytest.mark.parametrize(
    "extra",
    [
        "标题: 青山县教育局2026年工作要点\n",
        "标题: 青山县教育局2025年工作总结和2026年工作要点\n",
        "标题: 青山县教育局工作要点\n",
        "标题: 贯彻《教育强县规划（2024—2035年）》工作要点\n",
        "标题: 青山县教育现代化（2024—2027年）2026年度工作要点\n",
        "标题: 青山县教育局{{ 年度 }}年工作要点\n",
        "发文:\n  通知标题: 关于印发《青山县教育局2026年工作要点》的通知\n  成文日期: 2026-03-05\n",
        "发文:\n  通知正文: 现将《青山县教育局2026年工作要点》印发给你们，2025年的同时废止。\n  成文日期: 2026-03-05\n",
        "发文:\n  通知正文: 根据《云岭市2025年方案》，现将《工作要点》印发给你们。\n  成文日期: 2026-03-05\n",
        "发文:\n  通知正文: 请对照《2025年工作要点》抓好落实。\n  成文日期: 2026-03-05\n",
        "附件:\n  - 标题: 2025年任务完成情况\n    内容: [详见各股室台账。]\n",
        "附件:\n  - 标题: 2026年重点任务清单\n    内容: [详见各股室台账。]\n",
    ],
)
def test_a_year_that_a_title_may_name_is_silent(extra: str) -> None:
    assert _found(extra) == []


@pytest.mark.parametrize("title", ["青山县教育三年行动计划（2026—2028年）", "青山县到2030年教育发展行动计划"])
def test_the_plans_own_span_is_silent(title: str) -> None:
    assert _found(f"标题: {title}\n", THREE) == []
