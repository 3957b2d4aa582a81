"""Suggestions for headings: a clause of the bureau's own field comes first, and a township gets its own."""

from __future__ import annotations

import pytest

from planwriter.app.session import Session
from planwriter.curation.search.find import Searcher
from planwriter.curation.search.query import make_query
from planwriter.curation.search.suggest import Suggestions, suggest
from tests.support import plan

LIBRARIES = [Session().built_in()]


def suggested(unit: str, *headings: str, region: str = "{名称: 青山县, 上级: 云岭市}") -> Suggestions:
    items = "".join(f"      - 条: {heading}\n        文: 按期办好。\n" for heading in headings)
    head = f"文种: 工作要点\n单位: {unit}\n地区: {region}\n年度: 2027\n"
    made = plan(f"{head}重点任务:\n  - 章: 抓好各项工作\n    内容:\n{items}")
    assert made.outline is not None
    return suggest(made.outline, LIBRARIES)


@pytest.mark.parametrize(
    ("unit", "heading", "clause"),
    [
        ("青山县统计局", "提高统计数据质量", "统计/数据质量"),
        ("青山县水利局", "推进灌区信息化建设", "水利/灌区"),
        ("青山县信访局", "领导干部接访下访", "信访/领导接访"),
        ("青山县气象局", "人工影响天气", "气象/人工影响天气"),
        ("青山县供销合作社", "深化社有企业改革", "供销/社有企业"),
        ("柳林镇人民政府", "发展壮大村级集体经济", "乡镇/集体经济"),
        ("柳林镇人民政府", "推行垃圾分类减量", "乡镇/垃圾分类"),
        ("青山县卫生健康局", "推进健康青山行动", "卫生健康/健康专家和细胞"),
    ],
)
def test_a_clause_of_the_units_own_field_comes_first(unit: str, heading: str, clause: str) -> None:
    (found,) = suggested(unit, heading).headings
    assert found.is_on_subject and found.clauses[0].identifier == clause


def test_what_the_field_usually_has_and_the_plan_lacks() -> None:
    lacking = [entry.identifier for entry in suggested("青山县信访局", "网上信访").lacking]
    assert "信访/积案化解" in lacking and "信访/网上信访" not in lacking
    assert all(each.startswith("信访/") for each in lacking)


@pytest.mark.parametrize(
    ("word", "clause"),
    [
        ("康养", "文化旅游/康养旅居"),
        ("控烟", "卫生健康/无烟环境"),
        ("标准化", "市场监管/标准化"),
        ("对台", "统战/港澳台侨"),
    ],
)
def test_a_clause_on_the_subject_comes_before_one_that_has_its_characters(word: str, clause: str) -> None:
    answer = Searcher((LIBRARIES[0],), None).search(make_query((word,)))
    assert answer.groups[0][0].entry.identifier == clause
