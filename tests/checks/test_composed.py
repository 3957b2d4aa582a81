"""One walk over a composed document gives the findings of all rules on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from planwriter.app.plans import plan_file
from planwriter.app.session import Session
from planwriter.checks.composed import check_composed
from planwriter.model.memo import NO_MEMO, Memo

OUTLINE = """\
文种: 工作要点
单位: 青山县教育局
地区: 青山县
年度: 2026
总体要求: 学习正安县的做法，2026年2月30日以前办好。
重点任务:
  - 章: 办好学校
    文: 新建学校5所，其中小学3所、初中1所。
  - 章: 明确时限
    内容:
      - 表: [[项目, 数], [甲, 3], [乙, 4], [合计, 9]]
      - 表: [[项目, 完成时间], [甲, 2024年12月]]
保障措施: 落实。
"""


@pytest.mark.parametrize("memo", [NO_MEMO, Memo()], ids=["one document", "several"])
def test_places_figures_totals_and_deadlines_are_found_together(memo: Memo, tmp_path: Path) -> None:
    path = tmp_path / "方案.yaml"
    path.write_text(OUTLINE, "utf-8")
    plan = plan_file(Session(), str(path))
    assert plan.document is not None and plan.outline is not None
    for _ in range(2):
        found = [each.code for each in check_composed(plan.document, (), plan.outline, memo)]
        assert sorted(found) == ["PW350", "PW442", "PW442", "PW443", "PW447"]
