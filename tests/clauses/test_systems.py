"""Who may use a clause: the bureau's field, the level of the plan, schools and townships."""

from __future__ import annotations

import pytest

from planwriter.clauses.clause import Clause, Variant
from planwriter.clauses.systems import (
    CLAUSE_LEVELS,
    PlanProfile,
    is_school,
    misfit,
    plan_level,
    systems,
    systems_of,
    users_of,
)
from planwriter.model import Paragraph, Text
from planwriter.start import records


def fits(clause: Clause, unit: str, level: str, years: tuple[int, int] = (2026, 2026)) -> bool:
    return not misfit(users_of(clause), PlanProfile(unit, level, "工作要点", years))


CLAUSE = Clause(identifier="财政/预算执行", block=Paragraph(text=Text(value="文")), format=2)


@pytest.mark.parametrize(
    ("unit", "fields"),
    [
        ("青山县财政局", {"财政"}),
        ("青山县教育体育局", {"教育", "体育"}),
        ("青山县教体局", {"教育", "体育"}),
        ("青山县文化旅游体育局", {"文旅", "体育"}),
        ("青山县农业农村和水利局", {"农业农村", "水利"}),
        ("青山县住房和城乡建设局", {"住建"}),
        ("青山县城市管理综合行政执法局", {"城管"}),
        ("青山县人力资源和社会保障局", {"人社"}),
        ("青山县市场监督管理局", {"市场监管"}),
        ("柳林镇人民政府", {"乡镇"}),
        ("青山县第一中学", {"教育"}),
        ("青山县人民医院", {"卫健"}),
        ("青山县人民政府", set()),
        ("青山县供销合作社", {"供销"}),
        ("青山县信访局", {"信访"}),
        ("中共青山县纪律检查委员会", {"纪检"}),
        ("中共青山县委巡察工作领导小组办公室", {"纪检"}),
        ("中共青山县委社会工作部", {"社会工作"}),
        ("青山县人民代表大会常务委员会", {"人大"}),
        ("政协青山县委员会", {"政协"}),
        ("青山县人民法院", {"法院"}),
        ("青山县人民检察院", {"检察"}),
        ("青山县档案馆", {"档案"}),
        ("中共青山县委党校（行政学院）", {"党校"}),
        ("国家税务总局青山县税务局", {"税务"}),
        ("青山县烟草专卖局", set()),
        ("", set()),
    ],
)
def test_the_fields_of_a_bureau(unit: str, fields: set[str]) -> None:
    assert systems_of(unit) == fields


def test_the_table_has_each_field_once_with_its_words() -> None:
    assert len(systems()) >= 35 and all(words for words in systems().values())


@pytest.mark.parametrize(
    ("unit", "level", "word"),
    [
        ("青山县财政局", "县", "县"),
        ("青山区财政局", "区", "县"),
        ("云岭市财政局", "市", "市"),
        ("柳林镇人民政府", "镇", "乡镇"),
        ("柳林镇人民政府", "县", "乡镇"),
        ("城关街道办事处", "", "乡镇"),
        ("青山县第一中学", "县", "校"),
        ("青山县教育局", "县", "县"),
        ("中共青山县委党校", "县", "县"),
        ("中共青山县委党校（行政学院）", "县", "县"),
        ("云岭学院", "市", "校"),
        ("某单位", "", ""),
    ],
)
def test_the_level_of_a_plan(unit: str, level: str, word: str) -> None:
    assert plan_level(unit, level) == word and word in (*CLAUSE_LEVELS, "")
    assert is_school(unit) == (word == "校")


def test_a_clause_of_another_field_does_not_fit() -> None:
    clause = records.replace(CLAUSE, systems=("财政",))
    assert fits(clause, "青山县财政局", "县")
    assert fits(clause, "青山县人民政府", "县")
    assert not fits(clause, "青山县教育局", "县")
    assert not fits(clause, "柳林镇人民政府", "镇")


def test_a_wording_for_a_level_makes_a_clause_fit_it() -> None:
    clause = records.replace(CLAUSE, systems=("应急",), levels=("县",))
    assert not fits(clause, "柳林镇人民政府", "镇")
    own = records.replace(clause, variants=(Variant(name="乡镇", text=Text(value="配合")),))
    assert fits(own, "柳林镇人民政府", "镇")


@pytest.mark.parametrize(("level", "fit"), [("县", True), ("区", True), ("旗", True), ("市", False), ("县级市", True)])
def test_a_county_stands_for_every_region_of_its_rank(level: str, fit: bool) -> None:
    assert fits(records.replace(CLAUSE, levels=("县",)), "青山财政局", level) == fit


def test_a_library_of_format_1_names_its_levels_itself() -> None:
    old = records.replace(CLAUSE, format=1, levels=("县",))
    assert not fits(old, "青山区财政局", "区") and fits(old, "青山县财政局", "县")


@pytest.mark.parametrize(
    ("years", "fit"),
    [((2026, 2026), True), ((2026, 2028), True), ((2027, 2029), False), ((2027, 2027), False), ((0, 0), True)],
)
def test_a_clause_of_some_years_fits_plans_within_them(years: tuple[int, int], fit: bool) -> None:
    assert fits(records.replace(CLAUSE, years=(2025, 2026)), "青山县财政局", "县", years) == fit


def test_the_kind_of_plan_counts_too() -> None:
    assert not fits(records.replace(CLAUSE, kinds=("实施方案",)), "青山县财政局", "县")
