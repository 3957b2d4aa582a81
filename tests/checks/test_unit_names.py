"""Near misses of the names of responsible units (PW251)."""

from pathlib import Path

import pytest

from tests.support import outline, plan, plan_file


def _outline(*units: str) -> str:
    blocks = "".join(
        f"      - 条: 第{nth}件事\n        文: 抓好。\n        责任单位: {unit}\n" for nth, unit in enumerate(units)
    )
    return outline(f"重点任务:\n  - 章: 提高质量\n    内容:\n{blocks}")


def _reported(*units: str) -> list[str]:
    found = [each for each in plan(_outline(*units)).findings if each.code == "PW251"]
    return [each.message.split("“")[1].split("”")[0] for each in found]


def test_a_bureau_listed_with_one_of_the_county_is_of_the_county_too() -> None:
    assert _reported("[县公安局, 司法局]", "[县司法局, 公安局]", "[县教育局, 住建局]") == []
    assert _reported("县司法局", "司法局", "县司法局") == ["司法局"]


@pytest.mark.parametrize(
    ("right", "slip"),
    [
        ("政策法规股", "政策法规科"),
        ("县教育局", "教育局"),
        ("县教育局", "青山县教育局"),
        ("学前教育股", "学前教育科股"),
        ("学前教育股", "学前育教股"),
        ("政策法规股", "政策法规"),
        ("督导室", "督导办"),
        ("办公室", "局办公室"),
        ("县市场监管局", "县市场监督局"),
        ("县卫生健康局", "县卫生健康委"),
        ("县政府办公室", "县政府办"),
        ("学生资助中心", "学生资助科"),
    ],
)
def test_a_near_miss_is_reported_at_the_rarer_name(right: str, slip: str) -> None:
    assert _reported(right, slip, right) == [slip]
    assert _reported(slip, right, right) == [slip]
    assert _reported(right, slip) == [slip]


@pytest.mark.parametrize(
    "pair",
    [
        ("县财政局", "县民政局"),
        ("市教育局", "县教育局"),
        ("县公安局", "县公路局"),
        ("县教育局", "县体育局"),
        ("清溪镇政府", "柳溪镇政府"),
        ("城东街道", "城西街道"),
        ("县第一中学", "县第二中学"),
        ("初中教育股", "高中教育股"),
        ("基础教育股", "职业教育股"),
        ("县委办公室", "县政府办公室"),
        ("办公室", "教研室"),
        ("县委宣传部", "县委统战部"),
        ("各镇政府", "各乡政府"),
        ("{{ 单位 }}", "县教育局"),
    ],
)
def test_names_of_different_units_are_silent(pair: tuple[str, str]) -> None:
    assert _reported(*(f'"{unit}"' for unit in pair)) == []


def test_names_that_both_occur_often_are_both_right() -> None:
    assert _reported("政策法规股", "政策法规科", "政策法规股", "政策法规科") == []


def test_every_kind_of_duty_is_read_and_a_name_is_reported_once() -> None:
    text = _outline("政策法规股", "政策法规股").replace(
        "第1件事\n", "第1件事\n        配合单位: [政策法规科, 人事股]\n"
    )
    text = text.replace("总体要求", "指标: {率: {数值: 3, 责任单位: 政策法规科}}\n附件: [指标表]\n总体要求")
    text = text.replace("政策法规股\n", "政策法规股、计财股\n")
    found = [each for each in plan(text).findings if each.code == "PW251"]
    assert found == []  # both names occur twice
    found = [
        each for each in plan(text.replace("责任单位: 政策法规科", "责任单位: 人事股")).findings if each.code == "PW251"
    ]
    assert len(found) == 1 and "“政策法规股”" in found[0].message


@pytest.mark.parametrize(
    ("listed", "reported"),
    [
        ("[政策法规股, 政策法规科]", []),
        ("政策法规科、人事股", ["政策法规股"]),
        ("[政策法规室]", ["政策法规股", "政策法规科"]),
        ("[县财政局]", ["政策法规科"]),
    ],
)
def test_the_list_of_the_workspace_decides(
    listed: str, reported: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("planwriter.yaml").write_text(f"责任单位名单: {listed}\n", "utf-8")
    Path("提纲.yaml").write_text(_outline("政策法规股", "政策法规科"), "utf-8")
    found = [each.message.split("“")[1].split("”")[0] for each in plan_file("提纲.yaml").findings]
    assert sorted(found) == sorted(reported)


@pytest.mark.parametrize(
    ("lead", "reported"), [("妇幼保健股", 1), ("妇幼健康股", 0), ("人口监测股", 0), ("妇幼保健院", 0), ("妇幼股", 0)]
)
def test_a_department_that_is_not_listed_is_told_from_one_that_begins_alike(
    lead: str, reported: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("planwriter.yaml").write_text("责任单位名单: [妇幼健康股, 办公室]\n", "utf-8")
    Path("提纲.yaml").write_text(_outline(lead, "办公室"), "utf-8")
    assert [each.code for each in plan_file("提纲.yaml").findings] == ["PW251"] * reported


def test_without_a_list_departments_that_begin_alike_are_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("提纲.yaml").write_text(_outline("妇幼保健股", "妇幼健康股"), "utf-8")
    assert plan_file("提纲.yaml").findings == ()
