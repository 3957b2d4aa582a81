"""Verbs with an object that they cannot take: what is found, and what is left alone."""

from __future__ import annotations

import pytest

from planwriter.checks.collocations import MAX_GAP, collocations, faulty_collocations
from tests.growth import assert_linear_text
from tests.support import EXAMPLES, REAL


def found(text: str) -> list[tuple[str, str, str]]:
    return [(text[each.start : each.end], each.verb, each.instead) for each in faulty_collocations(text)]


@pytest.mark.parametrize(
    ("text", "shown", "verb", "instead"),
    [
        ("精简企业开办办理时限。", "精简企业开办办理时限", "精简", "压缩时限"),
        ("及时化解困难群众急难愁盼问题。", "化解困难群众急难愁盼问题", "化解", "解决急难愁盼问题"),
        ("年内提升学校厕所16座", "提升学校厕所", "提升", "改造厕所"),
        ("提升学校厕所\0\0\0座", "提升学校厕所", "提升", "改造厕所"),
        ("坚决完善应急预案和抢险队伍，", "完善应急预案和抢险队伍", "完善", "建强队伍"),
        ("推行电梯应急救援平台建设。", "推行电梯应急救援平台建设", "推行", "建设平台，推行做法"),
        ("切实加强基层服务水平。", "加强基层服务水平", "加强", "提高水平"),
        ("逐校提高改革力度", "提高改革力度", "提高", "加大力度"),
        ("改善群众生活水平；", "改善群众生活水平", "改善", "提高水平"),
        ("加强地质灾害监测水平。", "加强地质灾害监测水平", "加强", "提高水平"),
        ("扩大对外开放水平。", "扩大对外开放水平", "扩大", "提高水平"),
    ],
)
def test_what_cannot_stand_is_found_with_what_to_write(text: str, shown: str, verb: str, instead: str) -> None:
    assert found(text) == [(shown, verb, instead)]


@pytest.mark.parametrize(
    "text",
    [
        "压缩办理时限。",
        "加大政策落实力度，提高服务水平。",
        "加强管理，提高水平。",
        "加强管理、提高水平。",
        "加大引进、培养力度。",
        "加大特殊教育教师的招聘力度和培养力度。",
        "加强水平评价。",
        "推进农业对外开放高水平。",
        "学前教育普及水平。",
        "整改未完善制度，健全队伍。",
        "改造提升学校厕所16座。",
        "加强提高服务水平。",
        "实施过程中遇到的问题，及时报告。",
        "水平。",
        "",
    ],
)
def test_what_can_stand_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_verb_and_noun_stand_near_each_other() -> None:
    assert found(f"加强{'好' * MAX_GAP}水平。") != []
    assert found(f"加强{'好' * (MAX_GAP + 1)}水平。") == []


def test_the_table_has_pairs_enough_and_never_advises_what_it_forbids() -> None:
    table = collocations()
    assert sum(map(len, table.values())) >= 150
    for noun, row in table.items():
        for verb, instead in row.items():
            assert instead and not instead.startswith(verb), (verb, noun)
            assert found(f"{instead}。") == [], (verb, noun)


def test_no_example_and_no_published_plan_has_one() -> None:
    for path in (*EXAMPLES, *REAL):
        assert found(path.read_text("utf-8")) == [], path.name


def test_a_text_made_to_be_slow_takes_no_longer_than_its_length_asks() -> None:
    for piece in ("加强水平，", "提高的力度", "提升厕所1"):
        assert_linear_text(lambda text: list(faulty_collocations(text)), piece * 40_000)
