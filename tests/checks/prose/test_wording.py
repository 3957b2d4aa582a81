"""Faults of wording planted in a clean text: each is found at its place, mended if that is certain, and nothing else is."""

from __future__ import annotations

import pytest

from planwriter.checks.prose.own_terms import NO_TERMS, OwnTerms
from planwriter.checks.prose.rules import read_line, slips
from planwriter.checks.prose.slip import LineKind, ProseLine, Slip
from planwriter.checks.prose.wording import read_wording
from tests.checks.prose.faults import FAULTS

CLEAN = (
    "全县新建幼儿园12所，毛入园率由94.5%提高到96%以上，投入1.2亿元，约300人受益，2026年3月5日前开工。",
    "深入学习贯彻党的二十届四中全会精神，增强“四个意识”、坚定“四个自信”、做到“两个维护”，落实“一岗双责”。",
    "用3—5年时间，建立台账，逐校落实部署，第二课堂、第三产业、第1号文件、二十多个基地、两个中心、5‰、30%—40%。",
    "严格执行《中华人民共和国安全生产法》，按照《关于加强校园食品安全工作的意见》（青政发〔2025〕3号）办理。",
    "会同县生态环境局、县市场监管局、县卫生健康局、县卫健局开展检查，原县环保局的档案一并移交。",
)
YEARS = (2026, 2026)


def _found(
    *texts: str, years: tuple[int, int] = YEARS, kind: LineKind = LineKind.PROSE, terms: OwnTerms = NO_TERMS
) -> list[Slip]:
    lines = [read_line(ProseLine(text, kind)) for text in texts]
    return [slip for _, slip in slips(lines, attachments=None, years=years, terms=terms) if slip.code >= "PW520"]


def test_a_clean_text_is_silent() -> None:
    assert _found(*CLEAN) == []


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("农村人居环境治理水平稳步提高，一般公共预算支出结构更优。", 2026),
        ("严格执行全国统一的市场准入制度，守牢不发生系统性风险的底线。", 2026),
        ("城乡居民人均可支配收入增长6%，社会消费品零售额增长5%。", 2026),
        ("探索中小学校党组织领导的校长负责制，改造城镇老旧街区3处。", 2021),
        ("做好“十五五”规划前期研究，编制思路。", 2025),
        ("推行化肥农药“双减”，落实“六保”责任。", 2019),
        ("五年来，我们打赢了一场规模很大的脱贫攻坚战。", 2026),
        ("推动党史学习教育常态化长效化。", 2026),
    ],
)
def test_what_only_resembles_a_set_phrase_is_silent(text: str, year: int) -> None:
    assert _found(text, years=(year, year)) == []


def test_there_are_a_hundred_kinds_of_faults() -> None:
    assert len({(code, wrong) for _, code, wrong, _ in FAULTS}) == len(FAULTS) >= 100
    assert {code for _, code, _, _ in FAULTS} == {f"PW{number}" for number in (*range(520, 532), *range(535, 539))}


@pytest.mark.parametrize(("code", "wrong", "right"), [each[1:] for each in FAULTS], ids=[each[0] for each in FAULTS])
def test_a_planted_fault_is_found_at_its_place(code: str, wrong: str, right: str | None) -> None:
    before, after = "县教育局牵头，", "，按月通报情况。" if wrong[-1] not in "。！？" else "按月通报情况。"
    text = before + wrong + after
    found = _found(*CLEAN, text)
    assert [slip.code for slip in found if slip.code == code], found
    for slip in found:
        assert slip.code == code and len(before) - 1 <= slip.start <= slip.end <= len(before) + len(wrong) + 1
    mended = text
    for slip in sorted(found, reverse=True):
        if slip.new is not None:
            mended = mended[: slip.start] + slip.new + mended[slip.end :]
    assert mended == before + (wrong if right is None else right) + after
    if right is not None:
        assert _found(*CLEAN, mended) == []


@pytest.mark.parametrize(
    "text",
    [
        "落实《森林防火台帐管理办法》和“布署”一词。",
        "节约30万元左右，公约3条，附近10多个村，近3年左右完成。",
        "至少1名副高以上职称教师，不少于2所二级以上医院。",
        "第三、四季度，七、八年级，一、二产业，第十二个，二个百年，5千米，3千瓦。",
        "3·15活动、12·4宣传日、9.5万人、GB/T 9704—2012、v1.2.3、10.0.0.1。",
        "2024—2025学年、2026—2027年、3—5月、2—3人、1—2名、1至2万元。",
        "救灾帐篷、防犯罪、就象征着、一座落成、问题纲要、平安县、汇总帐篷、逾期未完成。",
        "水平估算、转化分析、要请示、职工做、严格守住、构建康养、改善自身、负责认真、核销防护。",
        "“十三五”以来，全县完成了任务；“十四五”期间取得的成效；总结“十四五”规划执行情况。",
        "原国土资源局、环境保护部门、农业部署、文化部门、城市旅游局面、扶贫办法。",
        "县发展和改革局、县发改局、市发改委牵头。",
        "《关于加强一年级工作的意见》《关于加强二年级工作的意见》《关于加强东区防汛工作的通知》《关于加强西区防汛工作的通知》。",
        "容积率为2，汇率为7，巩固率达到98%，达到95分以上。",
        "（1）摸底数；（2）建台账；（3）抓整改。①一；②二。（一）甲；（二）乙。",
        "和溪镇、和谐社区、等级、等待；“你去吗？”他问。《甲》《乙》。",
        "走访3户、培训2026人、第1号、2百货大楼、十堰市、100强企业、千岛湖。",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_fault_is_silent(text: str) -> None:
    assert _found(text) == []


def test_dates_in_cells_may_be_short() -> None:
    assert _found("2026.3.5", kind=LineKind.CELL) == []
    assert [slip.code for slip in _found("2026.3.5", kind=LineKind.HEADING)] == ["PW521"]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("深入实施“十三五”规划。", 2026, 2018),
        ("对接“十四五”规划。", 2026, 2024),
        ("学习贯彻党的二十届四中全会精神。", 2021, 2026),
        ("会同县环保局检查。", 2026, 2018),
        ("执行《城市供水条例》。", 2026, 2025),
        ("执行《环境保护法》。", 2027, 2025),
        ("落实《青山县教育行动计划（2021—2025年）》。", 2026, 2025),
    ],
)
def test_what_depends_on_the_year(text: str, wrong: int, right: int) -> None:
    assert len(_found(text, years=(wrong, wrong))) == 1
    assert _found(text, years=(right, right)) == [] == _found(text, years=(0, 0))


def test_a_long_sentence_is_a_hint() -> None:
    assert [slip.code for slip in _found("加强领导，" * 60 + "。")] == ["PW532"]
    assert _found("加强领导。" * 60) == []


def test_a_workspace_has_terms_of_its_own() -> None:
    terms = OwnTerms((("县电视台", "县融媒体中心"),), ("台帐管理软件",))
    found = _found("请县电视台报道，用好台帐管理软件，建立台帐。", terms=terms)
    assert [(slip.code, slip.start, slip.new) for slip in found] == [
        ("PW524", 19, "台账"),
        ("PW533", 1, "县融媒体中心"),
    ]


def test_a_line_is_read_as_it_would_be_alone() -> None:
    lines = [ProseLine(f"{wrong}。", LineKind.PROSE) for _, _, wrong, _ in FAULTS]
    together = read_wording([line._replace(marks="，") for line in lines])
    assert [each.found for each in together] == [read_wording([line])[0].found for line in lines]
