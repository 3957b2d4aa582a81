"""The walk over a plan: it yields every text that the model holds, and each of its users sees all that it must."""

from __future__ import annotations

import functools
import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from planwriter import model
from planwriter.app import workspace_outlines
from planwriter.app.session import Session
from planwriter.checks.citations import check_citations
from planwriter.checks.composed import check_composed
from planwriter.checks.duties import check_duties
from planwriter.checks.texts import check_texts
from planwriter.clauses.clause import Clause, Parameter, Variant
from planwriter.clauses.uses import uses_in_clause, uses_in_outline
from planwriter.curation import lift
from planwriter.curation.check.duplicates import check_duplicates
from planwriter.curation.check.parameters import check_parameters
from planwriter.curation.check.wording import check_places
from planwriter.curation.search.entry import entry_of
from planwriter.curation.search.page import clause_page
from planwriter.findings.finding import Finding, Source, Span
from planwriter.language.numerals import LabelStyle
from planwriter.model import (
    Attachment,
    Block,
    Box,
    Document,
    Duty,
    Frame,
    Level,
    LevelNumbering,
    Outline,
    Paragraph,
    Part,
    Picture,
    Region,
    Rewrite,
    Section,
    Table,
    Target,
    Text,
    Use,
)
from planwriter.model.walk import DUTY, NAMES, TextRole, rebuild, walk, walk_plan, walk_plan_texts, walk_texts
from planwriter.plan import flow as plan_flow
from planwriter.plan.changed import changed_sentences
from planwriter.plan.compose.compose import ClauseLookup, compose_outline
from planwriter.plan.duties import duties_of, units_in
from planwriter.plan.extract import extract_units
from planwriter.plan.tables import task_table
from planwriter.sharing.changes import compare
from planwriter.sharing.contents import _template_faults
from planwriter.start import records
from planwriter.writers.xlsx import tables_of

Value = Callable[[str], str]
"""What the text of a path such as 部·Section.title says."""

BLOCKS = get_args(Block)
NOT_WALKED = {
    ("Outline", "assertions"): "formulas, held against the targets",
    ("Outline", "libraries"): "names of libraries",
    ("Outline", "superior"): "the name of a file",
    ("Outline", "functions"): "departments, which become the units of the clauses that name their functions",
    ("Outline", "row"): "cells that texts cite: each has the place of its text",
    ("Document", "title_text"): "how the title was made; rules read it where it was typed",
    ("Document", "label_text"): "how the label was made; rules read it where it was typed",
    ("Target", "formula"): "a formula",
    ("Clause", "base"): "the name of a clause",
    ("Clause", "sample"): "shows what the other texts give",
}
"""Fields that hold texts and have no role, each with the reason."""
_STYLE = LabelStyle(before="", numeral="一", after="、")
_LEVEL = LevelNumbering(style=_STYLE, restart=0, run_in=False)
_PLAN: dict[str, Any] = {"numbering": (_LEVEL,) * 4, "duty_note": "句末", "layout": "公文"}
_OUTLINE = {
    "kind": "工作要点",
    "unit": "青山县教育局",
    "years": (2026, 2026),
    "region": Region(name="青山县", level="县"),
}
GIVEN: dict[type, dict[str, Any]] = {
    Use: {"origin": Span(Source("提纲", "用"), 0, 1)},
    Frame: {"form": "通知", "head": "印制"},
    Target: {"key": "入园率"},
    Variant: {"name": str},
    Parameter: {"name": str, "type": "文本"},
    Clause: {"identifier": "甲/乙", "origin": Span(Source("条款", "甲/乙"), 0, 3)},
    Outline: {**_PLAN, **_OUTLINE},
    Document: {**_PLAN, "title": "题"},
}
"""Fields that are needed and hold no text; `str` stands for the path."""


# one of everything


def is_text_holder(hint: Any) -> bool:
    """True for a type in which a text may stand, not counting what is walked by itself."""
    if hint is Text:
        return True
    if get_origin(hint) in (Union, types.UnionType, tuple):
        return any(map(is_text_holder, get_args(hint)))
    if hint in (*BLOCKS, Part, Attachment, Frame, Target) or not records.is_dataclass(hint):
        return False
    return any(map(is_text_holder, get_type_hints(hint).values()))


@functools.cache
def fields_with_text(kind: type) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass in which texts stand, by its type hints."""
    hints = get_type_hints(kind).items()
    return tuple(
        (name, hint) for name, hint in hints if is_text_holder(hint) and (kind.__name__, name) not in NOT_WALKED
    )


def fillings(hint: Any, path: str, value: Value) -> list[Any]:
    """Values of a type, one for each form that it may take; every text in them says something different."""
    if hint is Text:
        said = value(path)
        return [Text(value=said, origin=Span(Source(path, said), 0, len(said)))]
    if hint is str:
        return [path]
    arguments = get_args(hint)
    if get_origin(hint) in (Union, types.UnionType):
        kinds = [each for each in arguments if each is not type(None)]
        return [made for nth, each in enumerate(kinds) for made in fillings(each, f"{path}~{nth}", value)]
    if get_origin(hint) is tuple and arguments[-1] is Ellipsis:
        return [tuple(fillings(arguments[0], f"{path}.0", value) + fillings(arguments[0], f"{path}.1", value))]
    if get_origin(hint) is tuple:
        sides = [fillings(each, f"{path}.{nth}", value) for nth, each in enumerate(arguments)]
        count = max(map(len, sides))
        return [tuple(side[nth % len(side)] for side in sides) for nth in range(count)]
    return [make(hint, path, value)]


def make(kind: Any, path: str, value: Value, **given: Any) -> Any:
    """A value of a dataclass with a different text in each of its fields."""
    texts = {name: fillings(hint, f"{path}.{name}", value)[0] for name, hint in fields_with_text(kind)}
    needed: dict[str, Any] = {name: path if each is str else each for name, each in GIVEN.get(kind, {}).items()}
    return kind(**{**needed, **texts, **given})


def blocks(path: str, value: Value, *, without: tuple[type, ...] = (), deep: bool = True) -> tuple[Any, ...]:
    """One block of each type, and one of each again in the two that hold blocks."""
    made = []
    for kind in BLOCKS:
        if kind in without:
            continue
        own = f"{path}·{kind.__name__}"
        given: dict[str, Any] = {"level": Level.CHAPTER if deep else Level.ITEM} if kind is Section else {}
        if deep and kind in (Section, Box):
            given["children"] = blocks(own, value, without=without, deep=False)
        made.append(make(kind, own, value, **given))
    return tuple(made)


def plan_of(kind: type[Any], value: Value) -> Any:
    """An outline or a document with one of everything; a document uses no clauses."""
    without = (Use,) if kind is Document else ()
    names = ("preface", "closing") if kind is Document else ()
    around = {name: (make(Paragraph, name, value, duty=None),) for name in names}
    return make(
        kind,
        kind.__name__,
        value,
        parts=(Part(role="部", blocks=blocks("部", value, without=without)),),
        attachments=(make(Attachment, "附", value, blocks=blocks("附", value, without=without, deep=False)),),
        frame=make(Frame, "框", value),
        targets=(make(Target, "标", value),),
        **around,
    )


def outline_of(value: Value) -> Outline:
    made = plan_of(Outline, value)
    assert isinstance(made, Outline)
    return made


def document_of(value: Value) -> Document:
    made = plan_of(Document, value)
    assert isinstance(made, Document)
    return made


def clause_of(value: Value) -> Clause:
    """A clause with every text that one may hold. Its block is a section, in which all others stand."""
    block = make(Section, "块", value, level=Level.CHAPTER, children=blocks("块", value))
    made = make(Clause, "条款", value, block=block)
    assert isinstance(made, Clause)
    return made


def path(text: Text) -> str:
    assert text.origin is not None
    return text.origin.source.name


def itself(at: str) -> str:
    """Texts that differ, and mean nothing to any rule."""
    return f"学习{at}"


def texts_in(value: Any) -> Iterator[Text]:
    """Every text that a value holds, in whatever fields."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_in(each)
    elif records.is_dataclass(value) and not isinstance(value, type):
        for field in records.fields(value):
            yield from texts_in(getattr(value, field.name))


def roles(visits: Iterable[Any]) -> dict[str, TextRole]:
    return {path(visit.text): visit.role for visit in visits}


# the walk


@pytest.mark.parametrize("kind", [Outline, Document])
def test_every_text_of_the_model_is_walked_over_once(kind: type[Any]) -> None:
    plan = plan_of(kind, itself)
    walked = [path(visit.text) for visit in walk_plan_texts(plan)]
    assert len(walked) > 100
    assert sorted(walked) == sorted(map(path, texts_in(plan)))


def test_every_text_of_a_clause_is_walked_over_once() -> None:
    clause = clause_of(itself)
    assert sorted(path(text) for text, _ in clause.texts()) == sorted(map(path, texts_in(clause)))


def test_every_role_is_taken() -> None:
    taken = {visit.role for visit in walk_plan_texts(outline_of(itself))}
    assert taken | {role for _, role in clause_of(itself).texts()} == set(TextRole)


def test_a_field_that_is_new_and_has_no_role_is_found() -> None:
    """The tests above see a field that the model gains, of whatever type."""

    @records.dataclass(frozen=True, slots=True, kw_only=True)
    class Noted(Box):
        notes: tuple[tuple[str, Duty], ...] = ()

    assert dict(fields_with_text(Noted)).keys() == {"title", "notes"}
    box = make(Noted, "注", itself)
    assert len(list(texts_in(box))) > len(list(walk_texts((box,)))) == 1


def test_every_type_that_holds_texts_is_known() -> None:
    found = {
        each
        for each in vars(model).values()
        if isinstance(each, type) and records.is_dataclass(each) and fields_with_text(each)
    }
    assert found == {*BLOCKS, Duty, Frame, Target, Attachment, Outline, Rewrite}
    assert get_type_hints(Document)["preface"] == tuple[Paragraph, ...]


@pytest.mark.parametrize(("kind", "name"), NOT_WALKED)
def test_what_is_not_walked_over_is_there(kind: str, name: str) -> None:
    holder = Clause if kind == "Clause" else getattr(model, kind)
    assert is_text_holder(get_type_hints(holder)[name])


def test_blocks_come_before_what_stands_in_them_and_know_what_they_stand_in() -> None:
    outline = outline_of(itself)
    visits = list(walk_plan(outline))
    assert len(visits) == 6 + 2 * 6 + 6
    part, attachment = outline.parts[0], outline.attachments[0]
    chapter = part.blocks[1]
    assert isinstance(chapter, Section) and visits[1] == (chapter, (part,))
    assert visits[2] == (chapter.children[0], (part, chapter))
    assert [visit.parents for visit in visits[-6:]] == [(attachment,)] * 6
    assert all(visit.holder in chapter.children for visit in walk_texts(chapter.children))


def test_rebuilt_blocks_are_the_same_where_nothing_changes() -> None:
    made = blocks("部", itself)
    assert rebuild(made, lambda block: block) is made
    shorter = rebuild(made, lambda block: records.replace(block, rows=()) if isinstance(block, Table) else block)
    assert [visit.block for visit in walk(shorter) if isinstance(visit.block, Table)] == [
        records.replace(visit.block, rows=()) for visit in walk(made) if isinstance(visit.block, Table)
    ]
    assert shorter[0] is made[0] and shorter[1] is not made[1]


# what its users see: a text that says `trigger`, among others that do not, must make a difference


def unseen(make_value: Callable[[Value], Any], trigger: str, sees: Callable[[Any], bool]) -> set[TextRole]:
    """The roles of the texts that a user does not see; it sees all texts of a role or none."""
    given = make_value(itself)
    assert not sees(given), "it sees what is not there"
    found = roles(walk_plan_texts(given)) if not isinstance(given, Clause) else {}
    if isinstance(given, Clause):
        found = {path(text): role for text, role in given.texts()}
    missed = {at for at in found if not sees(make_value(lambda each, at=at: trigger if each == at else itself(each)))}  # type: ignore[misc]
    made = {found[at] for at in missed}
    assert missed == {at for at, role in found.items() if role in made}, "of one role it sees some and misses others"
    return made


def has(code: str, findings: Iterable[Finding]) -> bool:
    return any(each.code == code for each in findings)


def says(trigger: str, value: object) -> bool:
    return trigger in repr(value)


FORMS = {TextRole.NUMBER, TextRole.CLASSIFICATION, TextRole.COPY_NUMBER, TextRole.DATE, TextRole.PRINT_DATE}
UNITS = {TextRole.LEAD, TextRole.SUPPORT}
PRINTED_NAMES = {
    TextRole.ISSUER,
    TextRole.RECIPIENT,
    TextRole.SIGNATURE,
    TextRole.COPY,
    TextRole.PRINTER,
    TextRole.APPROVER,
}


def test_the_rules_on_texts_see_every_text_that_is_printed() -> None:
    assert unseen(outline_of, "某某学校", lambda made: has("PW216", check_texts(made, ()))) == NAMES | FORMS


def test_places_elsewhere_are_seen_in_every_text_that_may_name_one() -> None:
    home = outline_of(itself)
    left = unseen(document_of, "正安县教育局", lambda made: has("PW350", check_composed(made, (), home)))
    assert left == {
        TextRole.TARGET_KEY,
        TextRole.COPY,
        TextRole.NUMBER,
        TextRole.APPROVER,
        TextRole.DATE,
        TextRole.PRINT_DATE,
    }


def test_a_place_elsewhere_is_seen_in_the_title() -> None:
    title = Text(value="正安县教育局工作要点", origin=Span(Source("题", "正安县教育局工作要点"), 0, 10))
    home = records.replace(outline_of(itself), title=title)
    (found,) = check_composed(records.replace(document_of(itself), title=title.value), (), home)
    assert found.code == "PW350" and found.pos.file == "题"


def test_figures_are_read_in_every_text_that_has_some() -> None:
    home = outline_of(itself)
    left = unseen(document_of, "到2026年2月30日", lambda made: has("PW447", check_composed(made, (), home)))
    assert left == {TextRole.TARGET_KEY, TextRole.URGENCY, *UNITS, *FORMS, *PRINTED_NAMES}


def test_a_unit_named_twice_is_seen_in_every_duty() -> None:
    left = unseen(outline_of, "督导室、督导室", lambda made: has("PW222", check_duties(made)))
    assert left == set(TextRole) - UNITS - {TextRole.VARIANT, TextRole.DEFAULT}


def test_a_change_is_shown_of_every_text_that_is_printed() -> None:
    before = document_of(itself)
    printed = {at for at, role in roles(walk_plan_texts(before)).items() if not at.startswith("标")}
    missed = set()
    for at in printed:
        after = document_of(lambda each, at=at: "改了" if each == at else itself(each))  # type: ignore[misc]
        if not changed_sentences(before, after):
            missed.add(roles(walk_plan_texts(before))[at])
    assert missed == {TextRole.TARGET_KEY}  # a chart shows figures, which are changed by hand here


PLACED = {
    TextRole.TITLE,
    TextRole.TEXT,
    TextRole.BOX_TITLE,
    TextRole.CELL,
    TextRole.CAPTION,
    TextRole.PREFACE,
    TextRole.CLOSING,
}
PLACED |= {TextRole.ATTACHMENT_TITLE, TextRole.NOTICE_TITLE, TextRole.NOTICE_BODY}


def test_a_changed_text_is_shown_at_its_place() -> None:
    before, found = document_of(itself), roles(walk_plan_texts(document_of(itself)))
    for at in (at for at, role in found.items() if role in PLACED):
        after = document_of(lambda each, at=at: "改了" if each == at else itself(each))  # type: ignore[misc]
        shown = [each.pos.file for each in changed_sentences(before, after) if each.pos and "改了" in each.after]
        row = at.rpartition(".")[0]
        assert shown and (shown[0] == at or shown[0].startswith(row)), (at, shown)


def test_a_review_shows_every_text_that_a_clause_prints() -> None:
    def document(value: Value) -> Document:
        return records.replace(document_of(value), attachments=(), frame=None, targets=(), preface=(), closing=())

    assert (
        unseen(document, "改了", lambda made: says("改了", list(workspace_outlines._texts(made.parts[0].blocks))))
        == set()
    )


def test_every_change_of_a_clause_is_a_change_of_its_library() -> None:
    before = clause_of(itself)
    assert unseen(clause_of, "改了", lambda made: bool(compare((before,), (made,)))) == set()


def test_a_release_says_which_targets_any_text_newly_needs() -> None:
    before = clause_of(itself)

    def needs(made: Clause) -> bool:
        return any("要求提纲里有指标“新的”" in each.words for each in compare((before,), (made,)))

    assert unseen(clause_of, "{{ 指标.新的 }}", needs) == NAMES
    chart = Picture(targets=(Text(value="新的"),))
    assert needs(records.replace(before, block=chart))


def test_a_variant_that_is_new_asks_nothing_of_outlines() -> None:
    before = records.replace(clause_of(itself), variants=())
    after = records.replace(before, variants=(Variant(name="新", text=Text(value="{{ 指标.新的 }}")),))
    assert [each.words for each in compare((before,), (after,))] == ["新增变体“新”"]


def test_a_search_finds_every_text_that_a_clause_prints() -> None:
    left = unseen(clause_of, "找得到", lambda made: says("找得到", entry_of(made, "甲.yaml")))
    assert left == NAMES | {TextRole.DEFAULT}


def test_the_page_of_a_clause_shows_every_text() -> None:
    assert unseen(clause_of, "看得见", lambda made: "看得见" in clause_page(made, "库", "", None, ())) == set()


def test_the_check_of_a_library_sees_places_and_parameters_in_every_text() -> None:
    assert unseen(clause_of, "青山县教育局", lambda made: has("PW314", check_places(made, ("青山县教育局",)))) == NAMES
    left = unseen(clause_of, "{{ 参数.丁 }}", lambda made: has("PW351", check_parameters(made)))
    assert left == NAMES | {TextRole.DEFAULT}


def test_clauses_are_alike_only_if_every_text_of_theirs_is() -> None:
    first = clause_of(itself)

    def differs(made: Clause) -> bool:
        twins = (first, records.replace(made, identifier="丙/丁"))
        return not any("文字相同" in each.message and "%" not in each.message for each in check_duplicates(twins))

    assert unseen(clause_of, "改了", differs) == NAMES | {TextRole.VARIANT, TextRole.DEFAULT}


def test_the_screen_of_foreign_packages_sees_every_hole() -> None:
    loop = "{% for a in 单位 %}{% endfor %}"
    assert unseen(clause_of, loop, lambda made: has("PW310", _template_faults([made], "包"))) == NAMES
    assert unseen(clause_of, "{{ 1 +", lambda made: has("PW308", _template_faults([made], "包"))) == NAMES


def test_a_clause_that_names_the_place_it_is_used_for_is_seen_in_every_text() -> None:
    assert unseen(clause_of, "青山县教育局", lambda made: has("PW314", _used(made)[1])) == NAMES


def _used(clause: Clause) -> tuple[Document, tuple[Finding, ...]]:
    """What becomes of an outline that uses a clause, and is otherwise empty."""
    use = Use(clause=Text(value="甲/乙"), origin=Span(Source("提纲", "甲/乙"), 0, 3))
    alone = Outline(**{**GIVEN[Outline], "title": Text(value="题"), "parts": (Part(role="部", blocks=(use,)),)})
    kind = Session().kinds().value[0]
    shelf = ClauseLookup(find=lambda identifier: clause if identifier == "甲/乙" else None, identifiers=tuple)
    made = compose_outline(alone, kind, shelf)
    return made.value.document, made.findings


def test_every_text_that_is_printed_is_filled_in() -> None:
    kind = Session().kinds().value[0]
    made = compose_outline(outline_of(lambda at: f"{{{{ 单位 }}}}{at}"), kind).value.document
    found = {
        visit.role for visit in walk_plan_texts(made) if "{{" in visit.text.value and visit.holder not in made.targets
    }
    assert found == {
        TextRole.TARGET_KEY,
        TextRole.COPY_NUMBER,
        TextRole.CLASSIFICATION,
        TextRole.URGENCY,
    }  # fixed forms
    held = {type(visit.holder) for visit in walk_plan_texts(made)}
    assert held == {*BLOCKS, Attachment, Frame, Target, Document} - {Use}


def test_a_use_is_found_wherever_it_stands() -> None:
    assert len(list(uses_in_outline(outline_of(itself)))) == 4
    assert len(list(uses_in_clause(clause_of(itself)))) == 3


# who answers


def test_units_and_deadlines_are_listed_of_every_block_that_names_some() -> None:
    duty = {TextRole.DEADLINE, *UNITS}
    assert (
        unseen(document_of, "督导室", lambda made: "督导室" in units_in(made))
        == set(TextRole) & {*roles(walk_plan_texts(document_of(itself))).values()} - UNITS
    )
    content = {TextRole.TITLE, TextRole.TEXT, TextRole.ATTACHMENT_TITLE}
    left = unseen(document_of, "督导室", lambda made: says("督导室", duties_of(made, 2026)))
    assert left == {*roles(walk_plan_texts(document_of(itself))).values()} - duty - content


def test_the_table_of_tasks_lists_every_block_that_answers_to_somebody() -> None:
    def document(value: Value) -> Document:
        return records.replace(document_of(value), attachments=(), frame=None, targets=(), preface=(), closing=())

    left = unseen(document, "督导室", lambda made: says("督导室", task_table(made.parts)))
    assert left == {TextRole.BOX_TITLE, TextRole.CELL, TextRole.CAPTION, TextRole.TARGET_KEY}


def test_an_extract_holds_every_block_that_names_the_unit() -> None:
    def kept(made: Document) -> bool:
        cut = extract_units(made, ("督导室",))
        return bool(cut.parts or cut.attachments or cut.targets)

    left = unseen(document_of, "督导室", kept)
    assert left == {*roles(walk_plan_texts(document_of(itself))).values()} - UNITS


def test_a_workbook_holds_the_cells_of_every_table_under_a_title() -> None:
    found = roles(walk_plan_texts(document_of(itself)))
    for at in (at for at, role in found.items() if role is TextRole.CELL):
        made = document_of(lambda each, at=at: "格子" if each == at else itself(each))  # type: ignore[misc]
        assert any(says("格子", each.grid) for each in tables_of(made)), at
    assert all(each.title for each in tables_of(document_of(itself)))


# lifting


@pytest.mark.parametrize("kind", [each for each in BLOCKS if each not in (Section, Paragraph)])
def test_a_block_that_no_lifted_clause_can_hold_is_refused(kind: type[Any]) -> None:
    odd = make(Box, "箱", itself, children=(make(kind, "里", itself),))
    section = Section(level=Level.ITEM, title=Text(value="题"), children=(odd,))
    lifted = lift.lift(outline_of(itself), Session().kinds().value[0], section)
    assert lifted.value is None and [each.code for each in lifted.findings] == ["PW321"]


def test_a_lifted_clause_says_every_text_but_who_answers() -> None:
    kind, home = Session().kinds().value[0], records.replace(outline_of(itself), targets=(), assertions=())

    def yaml(value: Value) -> str:
        without = tuple(each for each in BLOCKS if each not in (Section, Paragraph))
        block = make(
            Section, "块", value, level=Level.CHAPTER, children=blocks("块", value, without=without, deep=False)
        )
        lifted = lift.lift(home, kind, block)
        assert lifted.value is not None
        return lift.clause_yaml(lifted.value, "甲/乙", kind, home)

    plain = yaml(itself)
    block = make(Section, "块", itself, level=Level.CHAPTER, children=())
    assert "督导" not in plain
    for visit in walk_texts((block,)):
        at = path(visit.text)
        made = yaml(lambda each, at=at: "督导有力" if each == at else itself(each))  # type: ignore[misc]
        assert ("督导有力" in made) == (visit.role not in DUTY), at


def test_targets_that_are_cited_anywhere_are_cited() -> None:
    outline = outline_of(lambda at: "{{ 指标.入园率.名称 }}" if at == "附·Table.rows.0.0" else itself(at))
    composed = compose_outline(outline, Session().kinds().value[0]).value
    assert "入园率" in composed.cited_targets
    assert list(check_citations(outline, composed.cited_targets)) == []


def test_every_text_that_is_printed_flows_into_the_writers() -> None:
    made = records.replace(document_of(itself), targets=())
    shown = repr(
        [
            each.text if isinstance(each, plan_flow.Line) else each[0]
            for item in plan_flow.flow(made)
            for each in plan_flow.shown(item)
        ]
    )
    assert {role for at, role in roles(walk_plan_texts(made)).items() if at not in shown} == {TextRole.TARGET_KEY}
