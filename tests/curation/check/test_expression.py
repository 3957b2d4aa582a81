"""Single expressions of clauses of format 2."""

from __future__ import annotations

import pytest

from planwriter.clauses.library import open_files
from planwriter.curation.check.expression import check_expression


def told(text: str, *, form: int = 2, systems: str = "民政") -> list[tuple[str, str]]:
    """The codes and the expressions found in a clause with this text."""
    manifest = f"名称: 县库\n版本: 1.0.0\n格式: {form}\n"
    clause = f"- 条款: 民政/救助\n  条: 做好救助\n  文: '{text}'\n  适用: {{系统: [{systems}]}}\n"
    library = open_files({"library.yaml": manifest.encode(), "民政.yaml": clause.encode()}, "县库")
    assert library.findings == []
    return [
        (each.code, each.message.split("“")[-1].split("”")[0])
        for made in library.clauses()
        for each in check_expression(made)
    ]


def test_a_faulty_collocation_is_an_error_in_any_format() -> None:
    assert told("加强救助水平。") == told("加强救助水平。", form=1) == [("PW370", "水平")]
    assert told("提高救助水平。") == []


@pytest.mark.parametrize(
    "text",
    [
        "信访事项按期办结率达到98%以上。",
        "信访事项按期办结率〔不低于{{ 参数.率 }}%〕。",
        "电梯定期检验率达到{{ 参数.率 }}%。",
        "特种作业持证上岗率99.5%。",
    ],
)
def test_a_lawful_duty_is_no_rate(text: str) -> None:
    assert [code for code, _ in told(text)] == ["PW376"]


@pytest.mark.parametrize(
    "text",
    [
        "信访事项依法按期办结。",
        "按期办结率100%。",
        "群众满意率达到{{ 参数.率 }}%。",
        "按期办结率按季通报，95%的在线上办。",
    ],
)
def test_other_rates_are_left_alone(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text", ["评选优秀传统文化特色学校〔{{ 参数.数 }}所〕。", "打造养老服务示范社区。", "建设人工智能教育基地校3所。"]
)
def test_an_honour_of_ones_own_is_told(text: str) -> None:
    assert [code for code, _ in told(text)] == ["PW377"]


@pytest.mark.parametrize(
    "text",
    [
        "指导3个社区申报创建省级养老服务示范社区。",
        "不再自行评选特色学校。",
        "对照已公布的创建示范活动项目清单，清理打造示范社区等活动。",
        "建设实训基地2个。",
        "培育种植大户。",
    ],
)
def test_an_honour_of_a_superior_is_left_alone(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "由{{ 政府 }}统筹解决园舍、编制。",
        "{{ 政府 }}每半年专题研究1次。",
        "经费不足的，由财政部门统筹安排。",
        "摸清底数，组织部门负责配备干部。",
    ],
)
def test_others_are_not_told_what_to_do(text: str) -> None:
    assert [code for code, _ in told(text)] == ["PW378"]


@pytest.mark.parametrize(
    "text",
    [
        "提请{{ 政府 }}每半年专题研究1次。",
        "会同有关单位督促，由财政部门统筹安排。",
        "按季汇总入库情况报{{ 政府 }}。",
        "{{ 政府 }}主要负责同志到场。",
    ],
)
def test_taking_part_in_what_others_decide_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_a_body_may_decide_in_its_own_clauses() -> None:
    assert told("由财政部门统筹安排。", systems="财政") == []


def test_the_doubtful_is_told_only_from_format_2_on() -> None:
    assert told("评选特色学校3所。", form=1) == []
