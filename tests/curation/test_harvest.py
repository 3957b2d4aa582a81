"""Clauses drafted from wording that recurs: what is found, what becomes a parameter, and that the check of a library passes."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from planwriter.app import plans
from planwriter.app.session import Session
from planwriter.clauses.clause import Clause, read_clauses
from planwriter.clauses.library import open_folder
from planwriter.curation.check import check_library
from planwriter.curation.harvest import PlanSource, harvest
from planwriter.fill.optional import optional_parts
from planwriter.outline.kind import find_kind
from planwriter.source import keys
from planwriter.source.load import load_list
from tests.growth import soon
from tests.support import outline

SESSION = Session()
PURPOSE = "普惠性幼儿园覆盖率达到{rate}%以上，城区和乡镇各有布局，年底前把新建园的开园时间、招生范围向社会公布。"

OWN = (
    "竹编工坊进校园，老艺人每周授课，作品在县城展出，卖得的钱归学生社团支配使用。",
    "沿河学校学游泳，汛期停课，救生员持证上岗，家长轮流值守，器材由村里保管维修。",
)


def source(name: str, place: str, *items: tuple[str, str]) -> PlanSource:
    blocks = "".join(f"      - 条: {title}\n        文: '{text}'\n" for title, text in items)
    head = f"文种: 工作要点\n单位: {place}教育局\n地区: {{名称: {place}, 上级: 云岭市}}\n年度: 2026\n"
    typed = outline(f"重点任务:\n  - 章: 扩大优质资源\n    内容:\n{blocks}", head=head, tail="")
    made = plans.read_bytes(SESSION, typed.encode(), name).value
    assert made is not None
    kind = find_kind(made.kind, SESSION.kinds().value)
    assert kind is not None
    return PlanSource(name, made, kind)


def county(name: str, place: str, count: int, rate: int) -> PlanSource:
    return source(
        name,
        place,
        ("扩大普惠资源", f"{place}教育局牵头新建公办园{count}所，{PURPOSE.format(rate=rate)}"),
        (
            "改善办园条件",
            f"完成{count + 4}所幼儿园的照明和厨房改造，每班配齐2名教师，改造不合格的不予验收，照片存档备查。",
        ),
        (f"只有{place}有", OWN[count // 2 % 2]),
    )


SOURCES = (county("甲.yaml", "青山县", 3, 93), county("乙.yaml", "白水县", 5, 95))


def clauses(text: str) -> tuple[Clause, ...]:
    read = read_clauses(load_list(text.encode(), "草稿.yaml", keys.LIBRARY_KEYS).value, "草稿.yaml", 2)
    assert read.findings == ()
    return read.value


@functools.cache
def drafted() -> str:
    made = harvest(SOURCES, ())
    assert made.findings == ()
    return made.value


def test_only_what_recurs_is_drafted() -> None:
    assert [each.title for each in clauses(drafted())] == ["扩大普惠资源", "改善办园条件"]


def test_names_become_holes_and_differing_figures_parameters_that_may_be_left_out() -> None:
    first, second = clauses(drafted())
    assert first.text.startswith(
        "{{ 单位 }}牵头新建公办园〔{{ 参数.所数 }}所〕，〔普惠性幼儿园覆盖率达到{{ 参数.比例 }}%以上，〕城区"
    )
    assert second.text.startswith("完成〔{{ 参数.所数 }}所｜一批〕幼儿园的照明和厨房改造，每班配齐2名教师，")
    assert [(each.name, each.type, each.unit) for each in first.parameters] == [
        ("所数", "整数", "所"),
        ("比例", "百分数", ""),
    ]
    assert all(each.about and "青山" not in each.about for each in first.parameters)
    assert len(optional_parts(first.text)) == 2


def test_tags_users_and_sample_are_given_and_the_rest_is_in_comments() -> None:
    first = clauses(drafted())[0]
    assert first.systems == ("教育",) and first.levels == ("县",) and first.tags
    assert first.sample is not None and [key.value for key, _ in first.sample.arguments] == ["所数", "比例"]
    assert "# 在 2 份文件里：甲.yaml:9、乙.yaml:9\n# 待补：依据；" in drafted()
    assert "待改" not in drafted()


def test_the_draft_passes_the_check_of_a_library(tmp_path: Path) -> None:
    manifest = "名称: 草稿\n版本: 1.0.0\n发布单位: 云岭市教育局\n级别: 县\n说明: 草稿\n许可: 内部使用\n需要: '>=0.1'\n格式: 2\n"
    (tmp_path / "library.yaml").write_text(manifest, "utf-8")
    (tmp_path / "drafts.yaml").write_text(drafted(), "utf-8")
    library = open_folder(str(tmp_path), "草稿库")
    assert len(library.clauses()) == 2
    assert check_library(library, kinds=SESSION.kinds().value) == ()


def test_a_name_that_is_left_is_told_in_a_comment() -> None:
    text = "学习大方县教育局的做法，把每所学校的问题清单贴在校门口，整改一项销一项，家长看得见。"
    made = harvest((source("甲.yaml", "青山县", ("学先进", text)), source("乙.yaml", "白水县", ("学先进", text))), ())
    assert "# 待改：条款里写了" in made.value and "大方县" in made.value


def test_one_plan_that_repeats_itself_gives_none() -> None:
    made = harvest((SOURCES[0],), ())
    assert made.value == "" and [each.code for each in made.findings] == ["PW760"]
    assert harvest((), ()).value == ""


def test_what_a_library_has_already_is_left_out() -> None:
    known = clauses(drafted())[:1]
    made = harvest(SOURCES, known)
    assert [each.title for each in clauses(made.value)] == ["改善办园条件"]
    (told,) = made.findings
    assert told.code == "PW761" and known[0].identifier in told.message and told.pos.line == 9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("压减会议5%以上，腾出时间下校。", "〔压减会议{{ 参数.比例 }}%以上，〕腾出时间下校。"),
        ("腾出时间下校，压减会议5%以上。", "腾出时间下校〔，压减会议{{ 参数.比例 }}%以上〕。"),
        ("建成6个基地，培养8名骨干。", "建成〔{{ 参数.个数 }}个｜一批〕基地，培养〔{{ 参数.名数 }}名｜一批〕骨干。"),
        ("投入资金7亿元，改善条件。", "〔投入资金{{ 参数.亿数 }}亿元，〕改善条件。"),
        ("压减会议5%以上。", "压减会议{{ 参数.比例 }}%以上。"),
    ],
)
def test_a_parameter_is_left_out_with_the_words_that_need_it(text: str, expected: str) -> None:
    tail = "各科室照此办理，逐项登记造册，月底由办公室汇总通报，没有做到的说明原因。" if text.count("，") else ""
    one, other = ("".join(chr(ord(sign) + step) if sign.isdigit() else sign for sign in text) + tail for step in (0, 1))
    padding = "" if tail else "（从严控制各类会议和文件的数量）"
    made = harvest(
        (
            source("甲.yaml", "青山县", ("改进作风改进会风", padding + one)),
            source("乙.yaml", "白水县", ("改进作风改进会风", padding + other)),
        ),
        (),
    )
    (clause,) = clauses(made.value)
    assert clause.text == padding + expected + tail


def test_many_plans_are_compared_in_time() -> None:
    many = [county(f"{nth}.yaml", "青山县", nth % 7, 80 + nth % 9) for nth in range(60)]
    with soon():
        assert len(clauses(harvest(many, ()).value)) >= 2
