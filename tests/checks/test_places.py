"""The name of a different district in a plan is reported; the plan's own names and intended ones are not."""

from __future__ import annotations

import pytest

from planwriter.findings.finding import Finding
from tests.support import EXAMPLES, REAL, outline, plan, plan_file

DAFANG = "文种: 工作要点\n单位: 大方县教育局\n地区: {名称: 大方县, 上级: 毕节市}\n年度: 2026\n"

PLANTED = """组织骨干教师到正安县跟岗学习。
认真落实正安县教育局的部署。
正安县委、县政府高度重视教育。
学习遵义市正安县的做法。
办好正安一中。
与织金县结对。
推广七星关区集团化办学的做法。
力争进入黔西市前列。
由临沂市教育局牵头。
临沂市发展和改革委员会配合。
全面落实山东省的要求。
争取广西壮族自治区的支持。
在鲤城区建设两所学校。
鲤城区教育局负责督查。
把武侯区的经验用起来。
组织教师赴北京市海淀区培训。
依托深圳市南山区的平台。
邀请杭州市临平区专家授课。
与昆山市共建实训基地。
做好米林市学生的服务。
义乌市人民政府牵头。
按照韩城市卫生健康局的方案推进。
到阜新蒙古族自治县调研。
对照襄阳市襄州区的标准。
组织泰安市中小学参加。
济南市市中区教育局牵头。
青山县教育局各股室负责。
报云岭市发展和改革委员会审批。
完善长沙县校车管理。
参照兰考县的办法。""".splitlines()


def _leaks(tasks: str, head: str = DAFANG, extra: str = "") -> list[Finding]:
    block = f"重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: {tasks}\n"
    return [each for each in plan(outline(block, head=head, extra=extra)).findings if each.code == "PW350"]


@pytest.mark.parametrize("sentence", PLANTED)
def test_a_name_that_was_copied_along_is_reported(sentence: str) -> None:
    found = _leaks(sentence)
    assert found and all(each.pos.line == 10 for each in found)


@pytest.mark.parametrize("region", ["某县", "{名称: 全国, 级别: 国家}"])
def test_no_place_is_foreign_where_the_region_is_unknown_or_the_country(region: str) -> None:
    head = f"文种: 工作要点\n单位: 某单位\n地区: {region}\n年度: 2026\n"
    assert _leaks(PLANTED[0], head=head) == []


def test_thirty_are_planted() -> None:
    assert len(PLANTED) == 30


@pytest.mark.parametrize(
    "sentence",
    [
        "大方县教育局、大方县委和毕节市教育局、贵州省教育厅一起落实。",
        "学习《正安县教研办法》和“浦江县经验”。",
        "开展与香港特别行政区学校的交流。",
        "大方一中、大方籍教师，落落大方。",
    ],
)
def test_what_is_of_the_place_or_of_a_title_is_not_reported(sentence: str) -> None:
    assert _leaks(sentence) == []


def test_a_citys_plan_may_name_its_counties_and_a_county_not_its_neighbours() -> None:
    city = "文种: 工作要点\n单位: 毕节市教育局\n地区: 毕节市\n年度: 2026\n"
    assert _leaks("大方县、织金县和七星关区先行。", head=city) == []
    assert len(_leaks("织金县先行。")) == 1


def test_the_region_is_distinguished_from_its_namesakes_by_its_superior() -> None:
    head = "文种: 工作要点\n单位: 朝阳区教育局\n地区: {{名称: 朝阳区, 上级: {}}}\n年度: 2026\n"
    assert _leaks("落实吉林省的要求。", head=head.format("长春市")) == []
    assert len(_leaks("落实吉林省的要求。", head=head.format("北京市"))) == 1


def test_a_declared_name_is_not_reported_in_the_outline_or_the_workspace() -> None:
    sentence = "与正安县教育局、兰考县结对。"
    assert len(_leaks(sentence)) == 2
    assert _leaks(sentence, extra="可提地名: [遵义市正安县, 兰考县]\n") == []


def test_the_workspace_declares_names_too(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    (tmp_path / "planwriter.yaml").write_text("可提地名: [兰考县]\n", "utf-8")
    text = outline(head=DAFANG, extra="可提地名: 正安县\n").replace("上好课。", "与正安县、兰考县、织金县结对。")
    (tmp_path / "提纲.yaml").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert ["织金县" in each.message for each in plan_file("提纲.yaml").findings] == [True]


def test_each_place_is_reported_once_with_its_number() -> None:
    (found,) = _leaks("到正安县跟岗，落实正安县教育局的部署，办好正安一中。")
    assert found.message == "文中写了“正安县”（共 3 处），不是大方县的地名。"
    assert [note for _, note in found.related] == ["这里是“正安县教育局”", "这里是“正安”"]


def test_a_name_that_comes_in_by_a_parameter_is_reported_where_it_was_typed(tmp_path: object) -> None:
    block = "重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: 上好课。\n        责任单位: [教研室, 织金县教育局]\n"
    found = [each for each in plan(outline(block, head=DAFANG)).findings if each.code == "PW350"]
    assert [(each.pos.line, each.pos.column) for each in found] == [(11, 21)]


@pytest.mark.parametrize("path", [*EXAMPLES, *REAL], ids=lambda path: path.stem)
def test_published_plans_and_examples_have_none(path: object) -> None:
    assert [each.message for each in plan_file(str(path)).findings if each.code == "PW350"] == []
