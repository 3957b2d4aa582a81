"""The built-in library: every clause gives its sample, declares what it uses, and names no place."""

import re

import pytest

from planwriter import app
from planwriter.compose import Shelf, clause_texts, compose_outline
from planwriter.diagnostics import Severity
from planwriter.libraries import Library
from planwriter.library import Clause, fits
from planwriter.model import Part, Section, Text, Use
from planwriter.number import number_document
from planwriter.regions import place_named_in
from planwriter.render.flow import flow
from tests.support import outline, plan

LIBRARY = app.Bench().built_in()
CLAUSES = LIBRARY.clauses()
_HOLE = re.compile(r"参数\.(\w+)")
TOPICS = ["党建", "德育", "学前教育", "义务教育", "普通高中", "职业教育", "特殊教育", "教师队伍", "校园安全", "双减", "教育信息化", "学生资助", "教育督导", "项目建设", "招生考试", "语言文字", "保障", "总体要求"]


def sample_text(clause: Clause, library: Library = LIBRARY) -> tuple[str, list[str]]:
    """The text that a clause's sample gives, without labels, and the codes found on the way."""
    made = plan(outline())
    assert made.outline and made.kind and clause.sample
    variant = Text(value=clause.sample.variant) if clause.sample.variant else None
    use = Use(clause=Text(value=clause.identifier), arguments=clause.sample.arguments, variant=variant, origin=clause.origin)
    alone = Part(role="重点任务", blocks=(use,))
    from dataclasses import replace

    shelf = Shelf(find=library.find, identifiers=lambda: ())
    composed = compose_outline(replace(made.outline, parts=(alone,), title=Text(value="题")), made.kind, shelf)
    numbered = number_document(composed.value.document).value
    lines = []
    for item in list(flow(numbered))[1:]:
        runs = item.runs  # type: ignore[union-attr]
        text = "".join(run.text for run in runs)
        lines.append(re.sub(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.|（\d+）)", "", text))
    findings = [each.code for each in composed.findings if each.severity is Severity.ERROR]
    body = clause.block
    if isinstance(body, Section) and not body.children and body.title:
        lines[0] = lines[0].removeprefix(body.title.value + "。")
    return "\n".join(lines), findings


def test_the_library_is_sound_and_large_enough() -> None:
    assert LIBRARY.findings == []
    assert LIBRARY.manifest is not None and LIBRARY.manifest.name
    assert len(CLAUSES) >= 80
    assert {clause.identifier.split("/")[0] for clause in CLAUSES} >= set(TOPICS)


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.identifier)
def test_a_clause_gives_its_sample(clause: Clause) -> None:
    assert clause.sample is not None
    assert sample_text(clause) == (clause.sample.text, [])


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.identifier)
def test_a_clause_declares_what_it_uses_and_uses_what_it_declares(clause: Clause) -> None:
    texts = [text.value for text in clause_texts(clause.block)] + [text.value for _, text in clause.variants]
    passed = [
        argument.value
        for child in (clause.block.children if isinstance(clause.block, Section) else ())
        if isinstance(child, Use)
        for _, argument in child.arguments
        if isinstance(argument, Text)
    ]
    used = {name for text in [*texts, *passed] for name in _HOLE.findall(text)}
    assert used == {parameter.name for parameter in clause.parameters}


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.identifier)
def test_a_clause_names_no_place_and_is_punctuated_in_chinese(clause: Clause) -> None:
    for text in [*clause_texts(clause.block), *(text for _, text in clause.variants)]:
        assert place_named_in(text.value, ("青山县", "云岭市")) == ""
        assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", text.value.replace("{{", "").replace("}}", ""))


@pytest.mark.parametrize(
    ("wanted", "fit"),
    [(">=0.1", True), (">=0.1, <1", True), ("==0.1.0", True), (">=2", False), ("<0.1", False), ("新版", False), ("0.1", True)],
)
def test_a_library_can_ask_for_a_version(wanted: str, fit: bool) -> None:
    assert fits("0.1.0", wanted) is fit
