"""Blocks that are clauses become uses: parameters, optional parts, variants, names; what is near is listed; the speed."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from planwriter.app import plans
from planwriter.app.libraries import clause_lookup
from planwriter.app.session import Session
from planwriter.clauses.clause import Clause, read_clauses
from planwriter.clauses.stack import LibraryStack
from planwriter.findings.finding import Finding
from planwriter.importing.match_clauses import match_clauses
from planwriter.model import Outline, Section, Text, Use
from planwriter.model.walk import walk
from planwriter.outline.kind import find_kind
from planwriter.plan.compose.compose import base_names, compose_outline
from planwriter.source import keys
from planwriter.source.load import load_list
from planwriter.start.records import replace
from planwriter.writers.text import render_text
from tests.growth import soon
from tests.support import EXAMPLES, outline

SESSION = Session()
LIBRARY = """
- 条款: 学前/办园
  条: 扩大普惠资源
  文: '{{ 单位 }}牵头，〔新建公办园{{ 参数.所数 }}所｜有序新建公办园〕，〔覆盖率达到{{ 参数.覆盖率 }}%，〕年底前由{{ 参数.牵头 }}向{{ 政府 }}报告。'
  参数:
    所数: {类型: 整数, 单位: 所}
    覆盖率: {类型: 百分数}
    牵头: {类型: 文本}
  变体:
    简: 新建公办园，年底前报告{{ 政府 }}。
    县: 全县新建公办园{{ 参数.所数 }}所，按乡镇列出清单。
  适用: {级别: [县]}
- 条款: 学前/市里
  条: 只给市里
  文: 市本级带头建设三所示范园，各县照着做。
  适用: {级别: [市]}
- 条款: 学前/一段
  文: 本段文字没有标题，只有一段话，印{{ 参数.份数 }}份。
  参数: {份数: {类型: 整数}}
- 条款: 学前/算式
  条: 算一算
  文: 每月{{ 参数.份数 * 2 }}份，共计{{ 参数.份数 }}份。
  参数: {份数: {类型: 整数}}
"""


@functools.cache
def clauses() -> tuple[Clause, ...]:
    read = read_clauses(load_list(LIBRARY.encode(), "库.yaml", keys.LIBRARY_KEYS).value, "库.yaml", 2)
    assert not read.findings
    return read.value


def matched(title: str, text: str, level: str = "条", extra: str = "") -> tuple[Outline, tuple[Finding, ...]]:
    block = f"      - {level}: {title}\n        文: '{text}'\n{extra}" if title else f"      - '{text}'\n"
    made = plans.read_bytes(
        SESSION, outline(f"重点任务:\n  - 章: 办园\n    内容:\n{block}").encode(), "提纲.yaml"
    ).value
    assert made is not None
    result = match_clauses(made, clauses(), base_names(made.unit, made.region, made.years))
    if result.value is not made:
        assert text_of(result.value) == text_of(made)
    return result.value, result.findings


def text_of(made: Outline) -> str:
    kind = find_kind(made.kind, SESSION.kinds().value)
    assert kind is not None
    by_name = {each.identifier: each for each in clauses()}
    lookup = replace(clause_lookup(LibraryStack(())), find=by_name.get, identifiers=lambda: tuple(by_name))
    composed = compose_outline(made, kind, lookup)
    assert composed.findings == ()
    return render_text(composed.value.document)


def uses(made: Outline) -> list[Use]:
    return [visit.block for part in made.parts for visit in walk(part.blocks) if isinstance(visit.block, Use)]


def arguments(use: Use) -> dict[str, str]:
    return {key.value: value.value for key, value in use.arguments if isinstance(value, Text)}


TITLE = "扩大普惠资源"


@pytest.mark.parametrize(
    ("text", "given", "variant"),
    [
        (
            "青山县教育局牵头，新建公办园3所，覆盖率达到95%，年底前由学前教育股向县政府报告。",
            {"所数": "3", "覆盖率": "95", "牵头": "学前教育股"},
            "常",
        ),
        ("青山县教育局牵头，有序新建公办园，年底前由计财股向县政府报告。", {"牵头": "计财股"}, "常"),
        ("新建公办园，年底前报告县政府。", {}, "简"),
        ("全县新建公办园1.2万所，按乡镇列出清单。", {"所数": "1.2万"}, ""),
    ],
)
def test_the_text_of_a_clause_becomes_its_use(text: str, given: dict[str, str], variant: str) -> None:
    made, findings = matched(TITLE, text)
    (use,) = uses(made)
    assert (use.clause.value, arguments(use)) == ("学前/办园", given)
    assert (use.variant.value if use.variant else "") == variant
    assert [each.code for each in findings] == ["PW755"]


@pytest.mark.parametrize(
    ("title", "text", "level"),
    [
        (TITLE, "青山县教育局牵头，新建公办园三所，年底前由计财股向县政府报告。", "条"),
        (TITLE, "云岭市教育局牵头，有序新建公办园，年底前由计财股向县政府报告。", "条"),
        ("扩大普惠园", "新建公办园，年底前报告县政府。", "条"),
        (TITLE, "新建公办园，年底前报告县政府。", "节"),
        (TITLE, "新建公办园，年底前报告县政府", "条"),
        ("只给市里", "市本级带头建设三所示范园，各县照着做。", "条"),
        ("算一算", "每月4份，共计2份。", "条"),
    ],
)
def test_other_texts_stay(title: str, text: str, level: str) -> None:
    made, findings = matched(title, text, level)
    assert uses(made) == [] and "PW755" not in [each.code for each in findings]


def test_a_paragraph_becomes_a_use_too() -> None:
    (use,) = uses(matched("", "本段文字没有标题，只有一段话，印20份。")[0])
    assert (use.clause.value, arguments(use)) == ("学前/一段", {"份数": "20"})


def test_units_deadline_and_identifier_stay() -> None:
    extra = "        责任单位: [学前教育股]\n        时限: 2026年12月\n        标识: 办园\n"
    (use,) = uses(matched(TITLE, "新建公办园，年底前报告县政府。", extra=extra)[0])
    assert use.identifier == "办园" and use.duty is not None and use.duty.deadline is not None


def test_a_block_with_blocks_inside_stays() -> None:
    extra = "        内容: [一段。]\n"
    assert uses(matched(TITLE, "新建公办园，年底前报告县政府。", extra=extra)[0]) == []


def test_what_is_near_a_clause_is_listed_with_its_likeness() -> None:
    made, findings = matched(TITLE, "青山县教育局牵头，有序新建公办园，年底以前向县政府报告。")
    assert uses(made) == [] and [each.code for each in findings] == ["PW756"]
    assert "学前/办园" in findings[0].message and "%" in findings[0].message
    assert matched(TITLE, "开展师德宣讲，把师德表现作为评优评先的首要内容，每学期考核一次。")[1] == ()


@functools.cache
def built_in() -> tuple[Clause, ...]:
    return LibraryStack((SESSION.built_in(),)).clauses()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_clauses_of_the_examples_are_found_again(path: Path) -> None:
    plan = plans.plan_file(SESSION.at(str(path)), str(path), draft=True)
    if plan.outline is None or plan.document is None or plan.outline.row is not None:
        pytest.skip("an outline for the rows of a sheet")
    typed = plan.outline
    used = [visit.block for part in typed.parts for visit in walk(part.blocks) if isinstance(visit.block, Use)]
    parts = zip(typed.parts, plan.document.parts, strict=True)
    plain = replace(typed, functions=(), parts=tuple(replace(part, blocks=made.blocks) for part, made in parts))
    found = uses(match_clauses(plain, built_in(), base_names(typed.unit, typed.region, typed.years)).value)
    assert len(found) >= 0.9 * len(used)
    assert {each.clause.value for each in found} <= {each.clause.value for each in used}


def test_a_long_plan_is_compared_with_the_whole_library_soon() -> None:
    bodies = [clause.text[::-1][:200] + clause.text[:60] for clause in built_in()[:300]]
    blocks = "".join(
        f"      - 条: 第{nth}项\n        文: '{body.translate({ord(mark): None for mark in '{}〔〕｜'})}'\n".replace(
            "\n        文: ''", ""
        )
        for nth, body in enumerate(bodies)
        if "'" not in body and "\n" not in body
    )
    made = plans.read_bytes(
        SESSION, outline(f"重点任务:\n  - 章: 办园\n    内容:\n{blocks}").encode(), "提纲.yaml"
    ).value
    assert made is not None and len(built_in()) >= 1400
    assert sum(isinstance(visit.block, Section) for part in made.parts for visit in walk(part.blocks)) > 250
    with soon(40):
        match_clauses(made, built_in(), base_names(made.unit, made.region, made.years))
