"""Starters: each kind for each field of administration is a plan that passes once its targets have values."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planwriter.app.field_starter import field_file
from planwriter.app.plans import Plan, plan_bytes
from planwriter.app.session import Session
from planwriter.app.starter import starter
from planwriter.findings.finding import Severity
from planwriter.system import files

SESSION = Session()
"""One for all tests of this file, so that the clauses are read once."""
KINDS = {kind.name: kind for kind in SESSION.kinds().value}
FIELDS = sorted(path.stem for path in Path(files.data_folder("templates"), "fields").glob("*.yaml"))
UNITS = {
    "乡镇": ("柳林镇人民政府", "柳林镇"),
    "街道": ("北关街道办事处", "北关街道"),
    "学校": ("青山县第一中学", "青山县"),
    "医院": ("青山县人民医院", "青山县"),
    "园区": ("青山经济开发区管理委员会", "青山县"),
    "发改": ("青山县发展和改革局", "青山县"),
    "工信": ("青山县工业和信息化局", "青山县"),
    "科技": ("青山县科学技术局", "青山县"),
    "人社": ("青山县人力资源和社会保障局", "青山县"),
    "医保": ("青山县医疗保障局", "青山县"),
    "林草": ("青山县林业和草原局", "青山县"),
    "住建": ("青山县住房和城乡建设局", "青山县"),
    "城管": ("青山县城市管理局", "青山县"),
    "交通": ("青山县交通运输局", "青山县"),
    "应急": ("青山县应急管理局", "青山县"),
    "卫健": ("青山县卫生健康局", "青山县"),
    "文旅": ("青山县文化和旅游局", "青山县"),
    "市场监管": ("青山县市场监督管理局", "青山县"),
    "政务数据": ("青山县政务服务和数据局", "青山县"),
    "国资": ("青山县国有资产监督管理局", "青山县"),
    "退役军人": ("青山县退役军人事务局", "青山县"),
    "政法": ("中共青山县委政法委员会", "青山县"),
    "组织": ("中共青山县委组织部", "青山县"),
    "宣传": ("中共青山县委宣传部", "青山县"),
    "统战": ("中共青山县委统战部", "青山县"),
    "群团": ("青山县总工会", "青山县"),
    "共青团": ("共青团青山县委员会", "青山县"),
    "妇联": ("青山县妇女联合会", "青山县"),
    "供销": ("青山县供销合作社", "青山县"),
    "社会工作": ("中共青山县委社会工作部", "青山县"),
    "纪检": ("中共青山县纪律检查委员会", "青山县"),
    "法院": ("青山县人民法院", "青山县"),
    "检察": ("青山县人民检察院", "青山县"),
    "档案": ("青山县档案馆", "青山县"),
}


def unit_of(field: str) -> tuple[str, str]:
    return UNITS.get(field, (f"青山县{field}局", "青山县"))


def made(kind: str, unit: str, region: str) -> str:
    values = {"单位": unit, "地区": region, "年度": "2027", "起年": "2027", "止年": "2029"}
    text = starter(SESSION, KINDS[kind], values).value
    assert text is not None
    return text


def plan(text: str) -> Plan:
    return plan_bytes(SESSION, text.encode(), "提纲.yaml")


def filled(text: str) -> str:
    """The starter with a value for each target."""
    return text.replace("数值: ,", "数值: 60,")


@pytest.mark.parametrize("field", FIELDS)
def test_a_unit_gets_the_starter_of_its_field(field: str) -> None:
    unit, region = unit_of(field)
    assert field_file(unit) == field
    text = made("工作要点", unit, region)
    assert "数值: ," in text and "网上可办率" not in text.split("重点任务:")[0].split("指标:")[1]


@pytest.mark.parametrize("kind", ["工作要点", "三年行动计划", "实施方案"])
@pytest.mark.parametrize("field", FIELDS)
def test_a_starter_passes_once_its_targets_have_values(kind: str, field: str) -> None:
    unit, region = unit_of(field)
    text = made(kind, unit, region)
    findings = plan(filled(text)).findings
    assert [each for each in findings if each.severity is not Severity.HINT] == []
    unset = {each.code for each in plan(text).findings if each.severity is Severity.ERROR}
    assert unset == {"PW412"}


@pytest.mark.parametrize("field", FIELDS)
def test_a_starter_has_the_items_of_a_whole_plan(field: str) -> None:
    text = made("工作要点", *unit_of(field))
    items = re.findall(r"^ +- (?:条|用): ", text, re.M)
    assert 15 <= len(items) <= 45
    targets = text.split("指标:")[1].split("\n\n")[0]
    assert 3 <= targets.count("数值: ,") <= 12


@pytest.mark.parametrize("field", FIELDS)
def test_three_years_have_their_targets_in_the_goal_only(field: str) -> None:
    """Clauses speak of one year (年内加固堤防…公里), so their sentences with figures are left out."""
    text = made("三年行动计划", *unit_of(field))
    assert not re.search(r"^ +参数: .*指标\.", text, re.M)
    goal = re.search(r"^ +- 到\{\{ 止年 \}\}年，.*", text, re.M)
    assert goal is not None
    targets = re.findall(r"^  (\S+): \{名称: .*数值: ,", text, re.M)
    assert [key for key in targets if f"指标.{key} " not in goal[0]] == []
    assert re.search(r"^ +参数: .*指标\.", made("工作要点", *unit_of(field)), re.M)


@pytest.mark.parametrize("year", ["2026", "2027", "2028", "2029", "2030"])
@pytest.mark.parametrize("field", ["统计", "应急", "发改", "医保", "司法", "乡镇"])
def test_items_of_other_years_are_left_out(field: str, year: str) -> None:
    unit, region = unit_of(field)
    values = {"单位": unit, "地区": region, "年度": year, "起年": year, "止年": year}
    text = starter(SESSION, KINDS["工作要点"], values).value
    assert text is not None
    assert [each for each in plan(filled(text)).findings if each.severity is not Severity.HINT] == []
    assert ("统计/农业普查登记" in text) is (field == "统计" and year == "2027")


@pytest.mark.parametrize(
    ("unit", "wording"),
    [
        ("青山县民政局", "兜底救助、养老服务和儿童福利"),
        ("青山县教育局", "党的教育方针"),
        ("北关街道办事处", "小区、楼栋和商户"),
        ("青山县人民医院", "公立医院公益性"),
    ],
)
@pytest.mark.parametrize("year", ["2027", "2028", "2030"])
def test_the_opening_is_of_the_year_and_of_the_unit(year: str, unit: str, wording: str) -> None:
    text = starter(SESSION, KINDS["工作要点"], {"单位": unit, "地区": "青山县", "年度": year}).value
    assert text is not None
    assert ("用: 总体要求/指导思想2028" in text) is (year != "2027")
    made_of = plan(filled(text))
    assert [each for each in made_of.findings if each.severity is not Severity.HINT] == []
    assert wording in str(made_of.document)


@pytest.mark.parametrize("kind", ["工作要点", "三年行动计划"])
@pytest.mark.parametrize("field", [field for field in FIELDS if unit_of(field)[1] == "青山县"])
def test_a_bureau_of_a_city_gets_what_a_city_may_use(kind: str, field: str) -> None:
    text = made(kind, unit_of(field)[0].replace("青山县", "云岭市"), "云岭市")
    findings = plan(filled(text)).findings
    assert [each for each in findings if each.severity is not Severity.HINT] == []
    assert len(re.findall(r"^ +- (?:条|用): ", text, re.M)) >= 12


def test_what_a_city_may_not_use_is_left_out_with_its_target() -> None:
    city, county = (made("工作要点", f"{place}水利局", place) for place in ("云岭市", "青山县"))
    for part in ("水利/农村供水", "改造农村供水工程", "受益人数"):
        assert part in county and part not in city
    assert "水利/水利工程建设\n        参数" in county and "水利/水利工程建设\n      -" in city


def test_no_part_has_the_title_of_another_field() -> None:
    titles = [
        title
        for field in FIELDS
        for title in re.findall(r"^  - 章: (.*)", made("工作要点", *unit_of(field)).split("重点任务:")[1], re.M)[:-1]
    ]
    assert len(titles) == len(set(titles)) and all(6 <= len(title) <= 18 for title in titles)


@pytest.mark.parametrize("unit", ["青山县烟草专卖局", "青山县残疾人联合会"])
def test_a_unit_that_is_not_known_gets_the_general_starter(unit: str) -> None:
    text = made("工作要点", unit, "青山县")
    assert "数值: ," not in text and "网上可办率" in text


@pytest.mark.parametrize(
    ("unit", "field"),
    [
        ("青山县教育体育局", "教育"),
        ("青山县工业和信息化局", "工信"),
        ("青山县农业农村和水利局", "农业农村"),
        ("柳林镇卫生院", "医院"),
        ("柳林镇中心小学", "学校"),
        ("青山县烟草专卖局", ""),
        ("青山县卫生健康局", "卫健"),
        ("青山县妇联", "妇联"),
    ],
)
def test_the_first_field_in_a_name_counts(unit: str, field: str) -> None:
    assert field_file(unit) == field


@pytest.mark.parametrize(
    ("unit", "region", "title"),
    [
        ("青山县卫生健康局", "青山县", "青山县卫生健康服务能力提升三年行动计划（2026—2028年）"),
        ("青山县水利局", "青山县", "青山县水利保障能力提升三年行动计划（2026—2028年）"),
        ("柳林镇人民政府", "柳林镇", "柳林镇高质量发展三年行动计划（2026—2028年）"),
        ("青山县第一中学", "青山县", "青山县第一中学办学质量提升三年行动计划（2026—2028年）"),
    ],
)
def test_an_action_plan_of_a_field_says_what_it_is_about(unit: str, region: str, title: str) -> None:
    values = {"单位": unit, "地区": region, "年度": "2026", "起年": "2026", "止年": "2028"}
    text = starter(SESSION, KINDS["三年行动计划"], values).value or ""
    assert f"\n标题: {title} " in text


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_comments_of_a_starter_say_what_is_true_of_it(kind: str) -> None:
    values = {"地区": "青山县", "年度": "2026", "起年": "2026", "止年": "2028"}
    for unit, has_values in (("青山县水利局", False), ("青山县教育局", True), ("青山县烟草专卖局", True)):
        text = starter(SESSION, KINDS[kind], {"单位": unit, **values}).value or ""
        assert ("可以直接生成文件" in text) is has_values is ("数值: ," not in text)
        assert ("这类单位常写" in text) is not has_values
        assert "各单位都用得上" not in text or has_values
