"""Shortcuts for tests from an outline's text to findings, documents and lines."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from planwriter.app import outputs, plans
from planwriter.app.session import Session
from planwriter.findings.finding import Result
from planwriter.model import Document

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
REAL = sorted((ROOT.parent / "shared" / "real").glob("*.yaml"))

HEAD = "文种: 工作要点\n单位: 青山县教育局\n地区: {名称: 青山县, 上级: 云岭市}\n年度: 2026\n"
TAIL = "保障措施:\n  - 章: 强化保障\n    内容:\n      - 条: 加强领导\n        文: 落实责任。\n"
LEAD = "总体要求: 办好教育。\n"


def outline(tasks: str = "", *, head: str = HEAD, lead: str = LEAD, tail: str = TAIL, extra: str = "") -> str:
    """A sound outline around a 重点任务 part; `extra` goes before the parts."""
    tasks = tasks or "重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: 上好课。\n"
    return head + extra + lead + tasks + tail


def plan(text: str, *, draft: bool = False) -> plans.Plan:
    """The plan made from an outline."""
    return plans.plan_bytes(Session(), text.encode(), "提纲.yaml", draft=draft)


def plan_file(path: str, *, draft: bool = False) -> plans.Plan:
    """What becomes of an outline file, in a session of its own."""
    return plans.plan_file(Session().at(path), path, draft=draft)


@functools.cache
def drafts() -> Mapping[str, Document]:
    """The documents of the examples and of the real plans by the names of their files."""
    session, made = Session(), dict[str, Document]()
    for path in (*EXAMPLES, *REAL):
        document = plans.plan_file(session.at(str(path)), str(path), draft=True).document
        assert document is not None, path
        made[path.stem] = document
    return MappingProxyType(made)


def render(document: Document, form: str) -> Result[bytes | None]:
    """The bytes of a document in a form, without a workspace."""
    return outputs.render(Session(), document, form)


def codes(text: str) -> list[str]:
    """The codes found in an outline, in order of place."""
    return [each.code for each in plan(text).findings]


def document(text: str) -> Document:
    """The document of a sound outline; fails with its findings otherwise."""
    made = plan(text)
    assert made.sound, [(each.code, each.pos, each.message) for each in made.findings]
    assert made.document is not None
    return made.document


def lines(text: str) -> list[str]:
    """The lines of a sound outline's document."""
    from planwriter.writers.text import render_text

    return render_text(document(text)).splitlines()
