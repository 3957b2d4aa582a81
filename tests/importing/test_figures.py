"""Figures of a text that are targets: their places, and hostile texts."""

from __future__ import annotations

from itertools import islice

import pytest

from planwriter.importing.figures import liftable_figures
from tests.growth import assert_linear


def test_the_places_are_those_of_the_text() -> None:
    text = "抓好落实。普惠园覆盖率由2024年的93.2%提高到95%以上，流失率不超过1%。"
    first, second = liftable_figures(text)
    assert text[first.start : first.end] == "95%以上" and first.bound == "以上" and first.before == first.start
    assert first.baseline is not None and text[first.baseline.start : first.baseline.end] == "93.2%"
    assert first.baseline.year == 2024
    assert text[second.before : second.end] == "不超过1%" and text[second.start : second.end] == "1%"


def test_a_year_goes_with_the_figure_behind_it() -> None:
    assert [each.year for each in liftable_figures("到2027年新建幼儿园3所，毛入园率达到95%。")] == [2027, 2027]
    assert [each.year for each in liftable_figures("到2027年新建幼儿园3所。毛入园率达到95%。")] == [2027, 0]


@pytest.mark.parametrize(
    "text", ["", "没有数。", "{{ 指标.甲 }}，新建幼儿园3所。", "第3所、3.5.2、A3所、３所、1/5、3~5所、03所"]
)
def test_there_are_none(text: str) -> None:
    assert list(liftable_figures(text)) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("60岁以上老年人接种率达到90%以上。", ["老年人接种率"]),
        ("每千人口执业（助理）医师数达到3.1人。", ["每千人口执业医师数"]),
        ("新（改）建农村户厕1.2万座。", ["新建农村户厕"]),
        ("命名体育传统学校10所，硬化通组路12公里。", ["命名体育传统学校", "硬化通组路"]),
        ("高血压、糖尿病患者管理率分别达到64%、63%。", ["高血压管理率", "糖尿病患者管理率"]),
        ("自来水普及率、规模化供水比例分别达到93%、65%。", ["自来水普及率", "规模化供水比例"]),
        ("履约率、开工率、到位率分别不低于90%、75%、60%。", ["履约率", "开工率", "到位率"]),
        ("森林面积、疫点数量分别比上年下降15%、20%。", ["森林面积比上年下降", "疫点数量比上年下降"]),
        (
            "接待游客60万人次，旅游收入5亿元，同比分别增长10%和12%。",
            ["接待游客", "旅游收入", "接待游客同比增长", "旅游收入同比增长"],
        ),
        ("甲、乙、丙三项指标分别达到93%、65%。", []),
        ("养护补助标准分别不低于每年每公里5000元、3000元。", []),
        ("小学、初中原有比例分别为93%、65%。", []),
        ("手术7200台，其中三、四级手术占比达到42%。", []),
        ("门诊量同比增长4%。", ["门诊量同比增长"]),
        ("门诊量达到52万人次，同比增长4%。", ["门诊量", "门诊量同比增长"]),
        ("零售总额增长6%，力争达到420亿元。", ["零售总额增长", "零售总额"]),
        ("新增学位900个，其中2026年400个、2027年500个。", ["新增学位", "新增学位2026年", "新增学位2027年"]),
        ("治理河道3条21公里。", ["治理河道", "治理河道里程"]),
        ("新增4A级景区1家、3A级2家。", ["新增4A级景区", "新增3A级景区"]),
        ("新增绿地5公顷、绿道8公里。", ["新增绿地", "新增绿道"]),
        ("为60名残疾儿童提供康复服务。", ["残疾儿童康复服务"]),
        ("资金支出占比不低于总支出的5%。", ["资金支出占比"]),
        ("改良老果园800亩，封山育林3000亩。", ["改良老果园", "封山育林"]),
        ("新建高标准农田4.5万亩，建成标准厂房3万平方米。", ["新建高标准农田", "建成标准厂房"]),
        ("低保标准提高到780元，每户补助标准为500元。", ["低保标准"]),
        ("审批时间压缩至55个工作日，3个工作日内办结。", ["审批时间"]),
        ("孕产妇死亡率控制在9/10万以内，细颗粒物浓度不高于22微克/立方米。", ["孕产妇死亡率", "细颗粒物浓度"]),
        (
            "收入10万元以上的村占比达到85%，50万元以上的村占比达到25%。",
            ["收入10万元以上的村占比", "达50万元以上的村占比"],
        ),
        ("灌溉水有效利用系数提高到0.56。", ["灌溉水有效利用系数"]),
        ("持证人员达到8万人，占从业人员的45%以上。", ["持证人员", "持证人员占比"]),
        ("30户以上自然村垃圾处理率达到100%。", ["自然村垃圾处理率"]),
        ("引进10亿元以上项目，对50万元以上项目开展评估。", []),
        ("建设标准：路基宽度不低于6.5米。", []),
        ("单个项目支持不超过1000万元。", []),
        ("年培训2万人次以上，1.7万人取得证书。", ["培训人次", "培训取得证书"]),
        ("推动30条生产线投产，投入500万元完成修复。", ["生产线投产", "投入资金"]),
        ("持证人员（含企业经营管理人才、专业技术人才）总量达到8万人。", ["持证人员"]),
        ("确保南坪100兆瓦风电项目并网。", []),
        ("接诉后5个工作日内办结，开放时间每周不少于42小时。", []),
        ("评定一等奖2名、二等奖3名，各奖5万元。", []),
        ("下设办公室3个，设组长1名。", []),
        ("全县现有水库46座，累计建成公路1200公里。", []),
        ("落实纪律15条规定，印发措施20条。", []),
        ("两者之比达到2.8∶1，用水1.35亿m³。", []),
        ("检测能力不低于3万管。", []),
        ("明确治安、安全等7大类32项职责。", []),
    ],
)
def test_what_a_figure_belongs_to(text: str, names: list[str]) -> None:
    assert [each.name for each in liftable_figures(text)] == names


HOSTILE = {
    "figures": "新建1所，" * 20_000,
    "years": "2026年、" * 30_000,
    "one sentence": "由1%提高到2%" * 10_000,
    "digits": "1" * 200_000,
    "letters": "和" * 200_000 + "1所",
    "brackets": "（" * 100_000 + "新建1所" + "）" * 100_000,
    "quotes": "“《" * 60_000 + "1所",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_read_in_linear_time(name: str) -> None:
    text = HOSTILE[name]
    assert_linear(lambda given: list(islice(liftable_figures(given), 500)), lambda size: text[:size] + "1所", len(text))
