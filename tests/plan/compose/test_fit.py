"""Clauses of format 2 at their place of use: who may use them, what may be left out, wording by level, their functions."""

from __future__ import annotations

from pathlib import Path

import pytest

from planwriter.app import plans
from tests.support import LEAD, TAIL, plan_file, render

_LIBRARY = """- 条款: 财政/预算执行
  条: 加快预算执行
  文: 三季度末会商〔执行率低于{{ 参数.执行率 }}%的｜执行偏慢的〕项目。〔{{ 参数.评价数 }}个〕重点项目8月底前出具评价报告。〔培训{{ 参数.期 }}期{{ 参数.人 }}人次。〕
  变体:
    简: 三季度末会商执行偏慢的项目。
    市: 指导各县会商执行偏慢的项目。
    详:
      文: 抓住两个环节。
      内容:
        - 款: 早下达
          文: 预算批复后〔{{ 参数.期 }}日内｜及时〕下达。
        - 款: 早支出
          文: 按进度支出。
  参数:
    执行率: {类型: 百分数, 说明: 会商的执行率线}
    评价数: {类型: 整数, 说明: 评价项目数, 单位: 个}
    期: {类型: 整数, 说明: 期数, 单位: 期}
    人: {类型: 整数, 说明: 人次, 单位: 人次}
  适用: {系统: [财政], 级别: [市, 县]}
  主办: 预算
  配合: [国库, 绩效]
  标签: [预算执行, 支出进度]
- 条款: 财政/乡镇预算执行
  条: 加快乡镇预算执行
  文: 按月核对支出。
  适用: {系统: [乡镇], 级别: [乡镇]}
  标签: [预算执行, 支出进度]
- 条款: 总体要求/开局
  文: "{{ 年度 }}年是开局之年。"
  适用: {年度: [2026, 2026]}
  替代: 总体要求/次年
- 条款: 总体要求/次年
  文: "{{ 年度 }}年是承上启下之年。"
  适用: {年度: [2027, 2027]}
- 条款: 财政/名称必给
  条: 办好实事
  文: 办好{{ 参数.名称 }}。
  参数: {名称: {类型: 文本, 说明: 实事的名称}}
- 条款: 财政/括号坏了
  条: 办好另一件实事
  文: 办好〔{{ 参数.件 }}件实事。
  参数: {件: {类型: 整数, 说明: 件数}}
- 条款: 财政/一种写法
  条: 清理存量资金
  文: 清理存量资金。
  同组: 存量资金
- 条款: 财政/另一种写法
  条: 盘活存量资金
  文: 盘活存量资金。
  同组: 存量资金
- 条款: 财政/三年有效
  条: 办好到期的事
  文: 办好到期的事。
  有效期: [2024-01-01, 2026-12-31]
  适用: {系统: [财政]}
- 条款: 财政/转交
  节: 管好预算
  内容:
    - 用: 财政/预算执行
      参数: {执行率: "{{ 参数.率 }}"}
  参数: {率: {类型: 百分数, 说明: 会商的执行率线}}
"""


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    library = tmp_path / "库"
    library.mkdir()
    (library / "library.yaml").write_text("名称: 试验\n版本: 1.0.0\n格式: 2\n", "utf-8")
    (library / "a.yaml").write_text(_LIBRARY, "utf-8")
    (tmp_path / "planwriter.yaml").write_text("库: [库]\n", "utf-8")
    return tmp_path


def made(
    bureau: Path, block: str, *, unit: str = "青山县财政局", region: str = "青山县", year: int = 2026
) -> plans.Plan:
    path = bureau / "提纲.yaml"
    inside = "".join(f"      {line}\n" for line in block.splitlines())
    head = f"文种: 工作要点\n单位: {unit}\n地区: {region}\n年度: {year}\n"
    path.write_text(f"{head}{LEAD}重点任务:\n  - 章: 甲\n    内容:\n{inside}{TAIL}", "utf-8")
    return plan_file(str(path))


def text(plan: plans.Plan) -> list[str]:
    assert plan.document is not None and plan.sound, plan.findings
    data = render(plan.document, "text").value
    assert data is not None
    shown = data.decode().splitlines()
    return shown[shown.index("一、甲") + 1 :]


def told(plan: plans.Plan) -> dict[str, str]:
    return {each.code: f"{each.message} {each.hint}" for each in plan.findings}


BARE = "1.加快预算执行。三季度末会商执行偏慢的项目。重点项目8月底前出具评价报告。"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("", BARE),
        ("\n  参数: {执行率: 75}", BARE.replace("执行偏慢的", "执行率低于75%的")),
        ("\n  参数: {评价数: 12}", BARE.replace("重点项目", "12个重点项目")),
        ("\n  参数: {期: 2, 人: 80}", BARE + "培训2期80人次。"),
        ("\n  变体: 简", "1.加快预算执行。三季度末会商执行偏慢的项目。"),
    ],
)
def test_a_sentence_is_whole_with_and_without_its_figures(bureau: Path, given: str, shown: str) -> None:
    plan = made(bureau, "- 用: 财政/预算执行" + given)
    assert text(plan)[0] == shown and plan.findings == ()


def test_a_wording_may_have_blocks_of_its_own(bureau: Path) -> None:
    shown = text(made(bureau, "- 用: 财政/预算执行\n  变体: 详\n  参数: {期: 20}"))
    assert shown[:3] == [
        "1.加快预算执行。抓住两个环节。",
        "（1）早下达。预算批复后20日内下达。",
        "（2）早支出。按进度支出。",
    ]


def test_the_wording_of_the_plan_s_level_is_taken_by_itself(bureau: Path) -> None:
    shown = text(made(bureau, "- 用: 财政/预算执行", unit="云岭市财政局", region="云岭市"))
    assert shown[0] == "1.加快预算执行。指导各县会商执行偏慢的项目。"


def test_a_value_that_is_not_printed_is_told(bureau: Path) -> None:
    alone = told(made(bureau, "- 用: 财政/预算执行\n  参数: {期: 2}"))
    assert list(alone) == ["PW318"] and "还缺“人”" in alone["PW318"]
    unused = told(made(bureau, "- 用: 财政/预算执行\n  变体: 简\n  参数: {评价数: 2}"))
    assert list(unused) == ["PW318"] and "这种写法里没有它" in unused["PW318"]


def test_a_value_that_the_wording_needs_must_be_given(bureau: Path) -> None:
    assert list(told(made(bureau, "- 用: 财政/名称必给"))) == ["PW303"]


def test_brackets_that_do_not_close_are_told(bureau: Path) -> None:
    assert "PW319" in told(made(bureau, "- 用: 财政/括号坏了\n  参数: {件: 3}"))


@pytest.mark.parametrize(
    ("block", "unit", "region", "year", "reason", "instead"),
    [
        ("- 用: 财政/预算执行", "青山县教育局", "青山县", 2026, "写给财政系统", ""),
        ("- 用: 财政/预算执行", "柳林镇人民政府", "柳林镇", 2026, "写给财政系统", "财政/乡镇预算执行"),
        ("- 用: 财政/乡镇预算执行", "青山县财政局", "青山县", 2026, "写给乡镇系统", "财政/预算执行"),
        ("- 用: 财政/预算执行", "某省财政厅", "某省", 2026, "市、县一级", ""),
        ("- 用: 总体要求/开局", "青山县财政局", "青山县", 2027, "用于 2026 年", "总体要求/次年"),
    ],
)
def test_a_clause_for_others_is_an_error_that_names_the_fitting_one(
    bureau: Path, block: str, unit: str, region: str, year: int, reason: str, instead: str
) -> None:
    plan = made(bureau, block, unit=unit, region=region, year=year)
    found = next(each for each in plan.findings if each.code == "PW317")
    assert found.severity.name == "ERROR" and reason in found.message and instead in found.hint
    assert found.pos.file.endswith("提纲.yaml")


@pytest.mark.parametrize(("year", "expired"), [(2023, True), (2024, False), (2026, False), (2027, True)])
def test_a_clause_is_reported_in_plans_of_years_in_which_it_is_not_valid(
    bureau: Path, year: int, expired: bool
) -> None:
    found = told(made(bureau, "- 用: 财政/三年有效", year=year))
    assert list(found) == ["PW312"] * expired
    assert not expired or "有效期" in found["PW312"]


def test_the_clauses_on_the_same_subject_that_fit_are_named_and_no_others(bureau: Path) -> None:
    found = told(made(bureau, "- 用: 财政/预算执行", unit="柳林镇人民政府"))["PW317"]
    assert found.endswith(" 合用的有：财政/乡镇预算执行、财政/转交。"), "the likeliest first"


@pytest.mark.parametrize("unit", ["青山县人民政府", "青山县财政局", "青山县烟草专卖局"])
def test_a_government_and_a_bureau_that_is_not_known_may_use_any(bureau: Path, unit: str) -> None:
    assert told(made(bureau, "- 用: 财政/预算执行", unit=unit)) == {}


def test_two_wordings_of_one_matter_do_not_stand_together(bureau: Path) -> None:
    both = made(bureau, "- 用: 财政/一种写法\n- 用: 财政/另一种写法")
    assert list(told(both)) == ["PW323"] and "财政/一种写法" in told(both)["PW323"]
    assert told(made(bureau, "- 用: 财政/一种写法\n- 用: 财政/预算执行")) == {}


def test_a_clause_hands_on_a_value_only_if_it_has_one(bureau: Path) -> None:
    assert text(made(bureau, "- 用: 财政/转交"))[1].endswith(BARE.partition("。")[2])
    assert "执行率低于60%的" in "".join(text(made(bureau, "- 用: 财政/转交\n  参数: {率: 60}")))


def test_the_departments_follow_from_the_functions(bureau: Path) -> None:
    settings = bureau / "planwriter.yaml"
    settings.write_text("库: [库]\n职能: {预算: 预算股, 国库: 国库股}\n", "utf-8")
    assert text(made(bureau, "- 用: 财政/预算执行"))[0] == BARE + "（责任单位：预算股；配合单位：国库股）"
    assert text(made(bureau, "- 用: 财政/预算执行\n  责任单位: 办公室"))[0] == BARE + "（责任单位：办公室）"


def test_a_function_without_a_department_s_name_is_told(bureau: Path) -> None:
    (bureau / "planwriter.yaml").write_text("库: [库]\n职能: {预算: [预算股]}\n", "utf-8")
    assert "PW203" in told(made(bureau, "- 用: 财政/预算执行"))
