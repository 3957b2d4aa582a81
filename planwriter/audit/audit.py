"""Compares a .docx with a layout; each deviation is a finding with the paragraph's number and first words."""

from __future__ import annotations

from collections.abc import Iterable

from planwriter.audit import elements, page, type
from planwriter.audit.flaws import Case, Flaw
from planwriter.audit.roles import classify
from planwriter.findings.catalogue import finding, make_finding
from planwriter.findings.finding import Finding, Pos
from planwriter.layout.layout import Layout
from planwriter.readers.docx.document import WordParagraph
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.xml import UnreadableDocx

RULES = (*page.RULES, *type.RULES, *elements.RULES)


def audit_docx(data: bytes, name: str, layout: Layout) -> tuple[Finding, ...]:
    """The deviations of the .docx `name` from the layout; the line in a finding's place is the paragraph's number.

    A deviation from what GB/T 9704 requires is an error, from what it calls usual (一般) a hint. A deviation that several
    paragraphs share is reported once.
    """
    case = read_case(data, name, layout)
    return (case,) if isinstance(case, Finding) else audit_case(case, name)


def read_case(data: bytes, name: str, layout: Layout) -> Case | Finding:
    """The .docx `name`, read for comparison with a layout; a finding if it cannot be read."""
    try:
        document = read_docx(data)
    except UnreadableDocx as reason:
        return finding("PW650", Pos(name), file=name, reason=str(reason))
    if not any(para.words for para in document.paragraphs):
        return finding("PW650", Pos(name), file=name, reason="里面没有文字")
    return Case(document, classify(document), layout)


def audit_case(case: Case, name: str) -> tuple[Finding, ...]:
    """Like `audit_docx`, for a document that has been read."""
    return _findings(name, (each for rule in RULES for each in rule(case)))


def _findings(name: str, flaws: Iterable[Flaw]) -> tuple[Finding, ...]:
    alike: dict[tuple[str, tuple[tuple[str, str], ...]], list[WordParagraph | None]] = {}
    for each in flaws:
        alike.setdefault((each.code, each.values), []).append(each.para)
    made = []
    for (code, values), found in alike.items():
        paragraphs = list(dict.fromkeys(para.number for para in found if para is not None))
        first = next((para for para in found if para is not None), None)
        place = Pos(name, first.number) if first else Pos(name)
        made.append(
            make_finding(code, place, {"where": where(first, len(paragraphs)) if first else "", **dict(values)})
        )
    return tuple(sorted(made, key=lambda each: (each.pos, each.code)))


def where(first: WordParagraph, count: int = 1) -> str:
    """The words by which a finding names its paragraph, the first of `count`: 第3段“各乡镇……”：."""
    words = f"“{first.excerpt}”" if first.words else ""
    return f"第{first.number}段{words}{f'等{count}段' if count > 1 else ''}："
