"""What importing adds: targets and clauses, only as far as the outline stays sound and prints the same."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pytest

from planwriter.app import import_extras, plans
from planwriter.app.import_extras import Extras, with_extras
from planwriter.app.importing import ImportedPlan, import_bytes
from planwriter.app.session import Session
from planwriter.clauses.clause import Clause
from planwriter.findings.finding import Finding, Severity
from planwriter.importing.identity import Given
from planwriter.importing.lift_targets import TargetProposal
from planwriter.importing.outlines import Imported
from planwriter.model import Outline, Use
from planwriter.model.walk import walk
from planwriter.outline.kind import Kind
from planwriter.writers.text import render_text
from tests.importing.making import PLAN, printed

SESSION = Session()
FIGURES = PLAN.replace("建成三所公办幼儿园", "新建公办幼儿园3所").replace("每季度通报", "毛入园率达到96%，每季度通报")


def everything(proposals: tuple[TargetProposal, ...]) -> tuple[TargetProposal, ...]:
    return proposals


def imported(text: str, extras: Extras) -> tuple[ImportedPlan, tuple[Finding, ...]]:
    made = import_bytes(SESSION, text.encode(), "旧.txt", Given(), extras)
    (plan,) = made.value
    return plan, made.findings


def text_of(outline: Outline, kind: Kind) -> str:
    return render_text(plans.plan_outline(SESSION, outline, kind).value[1])


@functools.cache
def plain_clause() -> Clause:
    """A clause of the built-in library that any bureau may use and that has no holes."""
    return next(
        each
        for each in SESSION.built_in().clauses()
        if each.level_word == "条" and not each.systems and not each.levels and each.text and "{" not in each.text
    )


def with_clause() -> str:
    """The plan with the text of a clause of the built-in library."""
    return PLAN.replace("强化督导。每季度通报一次进展。", f"{plain_clause().title}。{plain_clause().text}")


def test_targets_are_written_and_the_file_prints_the_same() -> None:
    plan, findings = imported(FIGURES, Extras(everything))
    assert "指标:\n  新建公办幼儿园: {数值: 3, 单位: 所}\n  毛入园率: {数值: 96, 单位: '%', 界限: 达到}\n" in plan.yaml
    assert printed(plan) == FIGURES
    assert [each.code for each in findings] == ["PW750"]


def test_a_year_that_was_guessed_is_marked_in_the_file() -> None:
    text = PLAN.replace("每季度通报", "毛入园率由94%提高到96%，每季度通报")
    plan, _ = imported(text, Extras(everything))
    assert "# 待核：毛入园率的基期没有写是哪一年\n指标:\n" in plan.yaml and "基期: {年份: 2025, 数值: 94}" in plan.yaml
    assert printed(plan) == text
    assert "待核" not in imported(text.replace("由94%", "由2024年的94%"), Extras(everything))[0].yaml


def test_only_the_chosen_targets_are_written() -> None:
    plan, _ = imported(FIGURES, Extras(lambda proposals: proposals[1:]))
    assert [each.key for each in plan.imported.outline.targets] == ["毛入园率"]
    assert imported(FIGURES, Extras(lambda proposals: ()))[0].imported.outline.targets == ()
    assert imported(FIGURES, Extras())[0].imported.outline.targets == ()


def test_a_target_that_would_make_an_error_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def findings_on(session: Session, imported: Imported) -> frozenset[import_extras.Told]:
        bad = (each.key for each in imported.outline.targets if each.key == "毛入园率")
        return frozenset(import_extras.Told("PW410", Severity.ERROR, f"“{each}”不对。") for each in bad)

    monkeypatch.setattr(import_extras, "_findings", findings_on)
    plan, findings = imported(FIGURES, Extras(everything))
    assert [each.key for each in plan.imported.outline.targets] == ["新建公办幼儿园"]
    assert [each.code for each in findings] == ["PW753", "PW750"]


def test_a_clause_becomes_its_use_and_the_file_prints_the_same() -> None:
    text = with_clause()
    plan, findings = imported(text, Extras(matches_clauses=True))
    assert f"- 用: {plain_clause().identifier}\n" in plan.yaml
    assert printed(plan) == text
    assert [each.code for each in findings] == ["PW755"]
    assert "用:" not in imported(text, Extras())[0].yaml


def test_what_would_print_otherwise_is_not_taken() -> None:
    plan = imported(with_clause(), Extras())[0].imported
    made = with_extras(
        SESSION, plan, Extras(everything, matches_clauses=True), lambda outline, kind: str(id(outline)), "旧.txt"
    )
    blocks = (visit.block for part in made.value.outline.parts for visit in walk(part.blocks))
    assert made.value is plan and not any(isinstance(block, Use) for block in blocks)
    assert "PW755" not in [each.code for each in made.findings]


def found(text: str, extras: Extras = Extras(everything, matches_clauses=True)) -> tuple[Finding, ...]:  # noqa: B008
    return imported(text, extras)[1]


def contradicting() -> tuple[Finding, ...]:
    """A plan of three years whose yearly figures fall."""
    years = PLAN.replace("青山县教育局2026年工作要点", "青山县教育事业三年行动计划（2026—2028年）")
    return found(
        years.replace(
            "每季度通报", "到2026年毛入园率达到96%，到2027年毛入园率达到94%，到2028年毛入园率达到97%，每季度通报"
        )
    )


CASES: list[tuple[str, int, Callable[[], tuple[Finding, ...]]]] = [
    ("PW750", 5, lambda: found(FIGURES)),
    ("PW751", 16, lambda: found(PLAN.replace("每季度通报", "毛入园率由94%提高到96%，每季度通报"))),
    ("PW752", 16, lambda: found(PLAN.replace("每季度通报", "建设数字\\教育基地5个，每季度通报"))),
    ("PW753", 0, contradicting),
    ("PW755", 16, lambda: found(with_clause())),
    ("PW756", 16, lambda: found(with_clause().rstrip("。\n") + "，做好记录。\n")),
]


@pytest.mark.parametrize(("code", "line", "make"), CASES, ids=[code for code, *_ in CASES])
def test_every_finding_has_its_place(code: str, line: int, make: Callable[[], tuple[Finding, ...]]) -> None:
    told = [each for each in make() if each.code == code]
    assert told and told[0].pos.line == line and told[0].hint


def test_a_plan_without_figures_and_clauses_has_none() -> None:
    assert found(PLAN) == ()


def test_a_target_is_renamed_if_the_text_has_its_name_for_another_figure() -> None:
    text = FIGURES.replace("落实考核制度。考核结果用于评优评先", "工作回顾。新建公办幼儿园2所")
    plan, _ = imported(text, Extras(everything))
    codes = [each.code for each in plans.plan_bytes(SESSION, plan.yaml.encode(), "新.yaml", draft=True).findings]
    assert "PW441" not in codes
    assert "新建公办幼儿园目标: " in plan.yaml
