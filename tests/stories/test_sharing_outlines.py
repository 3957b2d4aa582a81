"""Outlines that are made in one process share what is typed the same; not a byte and not a finding of any of them changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.app import outputs, plans
from planwriter.app.session import Session
from planwriter.clauses.stack import LibraryStack
from planwriter.findings.finding import Finding
from planwriter.source.passages import FilePassage, PassagePlaces, _Retyped
from planwriter.system import watch
from tests.outline_series import FAULTY, series


def result(session: Session, name: str, data: bytes, form: str, draft: bool) -> object:
    """Everything that is made of an outline: the findings with all places and lines shown, the bytes."""
    plan = plans.plan_bytes(session, data, name, draft=draft)
    made = outputs.render_plan(session, plan, form)
    shown = [
        (each, each.remedy, each.source.lines[each.pos.line - 1 : each.pos.line] if each.source else None)
        for each in (*plan.findings, *made.findings)
    ]
    return shown, made.value


def unlike(outlines: Sequence[tuple[str, bytes]], form: str, draft: bool) -> list[int]:
    """The numbers of the outlines that become something else together than each alone."""
    session = Session()
    session.remember(outlines=True)
    together = [result(session, name, data, form, draft) for name, data in outlines]
    alone = [result(Session(), name, data, form, draft) for name, data in outlines]
    return [number for number, pair in enumerate(zip(together, alone, strict=True)) if pair[0] != pair[1]]


SEEDS, FORMS = st.integers(0, 10**9), st.sampled_from(("docx", "docx", "text", "html"))


@settings(max_examples=5, deadline=None)
@given(SEEDS, FORMS, st.booleans())
def test_any_outlines_become_together_what_each_becomes_alone(seed: int, form: str, draft: bool) -> None:
    assert unlike(series(Random(seed)), form, draft) == []


@pytest.mark.long
@settings(max_examples=300, deadline=None)
@given(SEEDS, FORMS, st.booleans())
def test_many_outlines_become_together_what_each_becomes_alone(seed: int, form: str, draft: bool) -> None:
    assert unlike(series(Random(seed)), form, draft) == []


def test_the_comparison_finds_places_that_are_not_those_of_the_outline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each part of the sharing that keeps places right is needed."""
    other = FAULTY.replace("120人", "1３0人").replace("数值: 100", "数值: 105").replace("完成，", "完成3-5项，")
    again = other.replace("完成3-5项", "完成2-6项")
    texts = (FAULTY, FAULTY, "# 说明\n" + FAULTY, other, again, other, FAULTY.replace("2027: 3", "2026: 3"))
    typed = [("一.yaml" if number == 0 else "二.yaml", text.encode()) for number, text in enumerate(texts)]
    assert unlike(typed, "docx", draft=True) == []
    for owner, name, broken in (
        (PassagePlaces, "hold", lambda self, told: True),
        (
            PassagePlaces,
            "hold",
            lambda self, told: all(each == self.whole.name for each in told if isinstance(each, str)),
        ),
        (FilePassage, "is_free", lambda self, document: True),
        (FilePassage, "place", lambda self, before, typed: setattr(self, "file", self.places.whole)),
        (FilePassage, "place", _placed_as_it_was_typed),
        (_Retyped, "is_whole", lambda self: True),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(owner, name, broken)
            assert unlike(typed, "docx", draft=True) != [], name


def _placed_as_it_was_typed(self: FilePassage, before: int, typed: str) -> None:
    self.document, self.file, self.before = self.places.document, self.places.whole, before
    for each, lines, inner in self.inner:
        each.place(before + lines, inner)


def test_an_outline_that_was_copied_shares_its_blocks() -> None:
    """Only what is typed anew is composed again, also where it stands at another line."""
    session = Session()
    session.remember(outlines=True)
    first = plans.plan_bytes(session, FAULTY.encode(), "一.yaml").outline
    text = "# 说明\n" + FAULTY.replace("甲3所、乙4所，共8所", "甲3所、乙5所，共8所")
    second = plans.plan_bytes(session, text.encode(), "二.yaml").outline
    assert first is not None and second is not None
    tops = [[block for part in outline.parts for block in part.blocks] for outline in (first, second)]
    assert [one is two for one, two in zip(*tops, strict=True)] == [True, True, False, False], (
        "the last one has a 标识 that an earlier one has, too"
    )


CLAUSES = """\
- 条款: 校园/食堂
  条: 办好食堂
  文: WORDING
  适用: {系统: [教育], 级别: [县]}
- 条款: 校园/安全
  条: 抓好安全
  文: 每月检查一次。
  适用: {系统: [教育], 级别: [县]}
"""
BASED = """\
- 条款: 校园/校车
  基于: 校园/没有
  条: 管好校车
  文: 校车定期检修。
  适用: {系统: [教育], 级别: [县]}
"""
USING = """\
文种: 工作要点
单位: 青山县教育局
地区: 青山县
年度: 2026
库: [LIBRARY]
总体要求: 抓好落实。
重点任务:
FIRST  - 章: 管好校园
    内容:
      - 用: 校园/安全
CAR保障措施: 落实责任。
"""

FIRST = """\
  - 章: 办好学校
    内容:
      - 用: 校园/食堂
      - 用: 校园/安全
"""


_Made: TypeAlias = tuple[tuple[Finding, ...], bytes | None, dict[str, str]]


def _in_one_process(folder: Path, names: Sequence[str], *, remembers: bool) -> list[_Made]:
    """For each outline everything that is made of it, and the files of the libraries that it was made from."""
    session = Session()
    made: list[_Made] = []
    if remembers:
        session.remember(outlines=True)
    with watch.accounted():
        for name in names:
            with watch.facts() as facts:
                text = USING.replace("LIBRARY", name.strip("+-")).replace("FIRST", FIRST if "-" not in name else "")
                text = text.replace("CAR", "      - 用: 校园/校车\n" if "+" in name else "")
                plan = plans.plan_bytes(session, text.encode(), "提纲.yaml", path=str(folder / "提纲.yaml"))
                bytes_of = outputs.render_plan(session, plan, "docx").value
            own = {fact: state for fact, state in facts.items() if str(folder) in fact}
            made.append((plan.findings, bytes_of, own))
    return made


def test_outlines_of_different_libraries_share_no_clause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same uses, composed before with other libraries; a clause whose base is missing is reported for each outline."""
    for name, wording in (("甲库", "食堂每周公示菜谱。"), ("乙库", "食堂每月公示账目。")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "library.yaml").write_text(f"名称: {name}\n版本: 1.0.0\n格式: 2\n", "utf-8")
        (tmp_path / name / "食堂.yaml").write_text(CLAUSES.replace("WORDING", wording), "utf-8")
        (tmp_path / name / "校车.yaml").write_text(BASED, "utf-8")
    names = ("甲库", "甲库+", "乙库", "甲库+", "甲库, 乙库", "乙库+", "乙库, 甲库", "甲库+", "甲库+", "甲库", "甲库-")
    alone = _in_one_process(tmp_path, names, remembers=False)
    assert [data is None for _, data, _ in alone] == ["+" in name for name in names]
    assert all("PW301" in {each.code for each in findings} for findings, data, _ in alone if data is None)
    assert all(facts for _, _, facts in alone)
    assert _in_one_process(tmp_path, names, remembers=True) == alone
    for owner, name, broken in (
        (LibraryStack, "shelf", lambda self: None),
        (LibraryStack, "is_sound", lambda self: True),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(owner, name, broken)
            assert _in_one_process(tmp_path, names, remembers=True) != alone, name
