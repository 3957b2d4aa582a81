"""The clauses of a package, read before anybody uses them: what a library of others must not hold is told here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from planwriter.clauses.clause import Clause, read_clauses
from planwriter.clauses.library import BASES_FILE
from planwriter.clauses.parameters import MAX_ARGUMENT
from planwriter.fill import MAX_EXPRESSIONS, expressions_of, fill
from planwriter.findings.catalogue import finding, make_finding
from planwriter.findings.finding import MAX_FINDINGS, Finding, Findings, Pos, Result
from planwriter.model.walk import NAMES
from planwriter.sharing.bundle import LIBRARY_FILE
from planwriter.source import keys
from planwriter.source.decode import decode
from planwriter.source.load import load_list, load_tree
from planwriter.source.nodes import Scalar

_BANNED = frozenset(("PW308", "PW310", "PW311"))
"""Faults of a hole that no outline could make good."""


def read_contents(files: Mapping[str, bytes], shown: str) -> Result[tuple[Clause, ...]]:
    """Every clause of a library's files, and every finding on them: YAML, shapes, a clause twice, holes that are not allowed."""
    found = Findings()
    clauses: dict[str, Clause] = {}
    form = _format_of(files.get(LIBRARY_FILE, b""))
    for name, data in files.items():
        if name in (LIBRARY_FILE, BASES_FILE):
            continue
        if not name.endswith((".yaml", ".yml")):
            found += decode(data, f"{shown}/{name}").findings
            continue
        for clause in found.take(_read_topic(data, f"{shown}/{name}", form)):
            first = clauses.setdefault(clause.identifier, clause)
            if first is not clause and clause.origin and first.origin:
                related = ((first.origin.pos, "先写的在这里"),)
                found.append(finding("PW313", clause.origin, related=related, clause=clause.identifier))
        if len(found) > MAX_FINDINGS:
            break
    found += islice(_template_faults(clauses.values(), shown), MAX_FINDINGS)
    return Result(tuple(clauses.values()), tuple(found[:MAX_FINDINGS]))


def _format_of(data: bytes) -> int:
    """The format that a library.yaml states; its findings are those of the manifest."""
    tree = load_tree(data, LIBRARY_FILE, keys.LIBRARY_KEYS).value
    node = tree.entries.get("格式") if tree else None
    return 2 if isinstance(node, Scalar) and node.value == "2" else 1


def _read_topic(data: bytes, shown: str, form: int) -> Result[tuple[Clause, ...]]:
    found = Findings()
    tree = found.take(load_list(data, shown, keys.LIBRARY_KEYS))
    return found.result(found.take(read_clauses(tree, shown, form)))


def _template_faults(clauses: Iterable[Clause], shown: str) -> Iterator[Finding]:
    expressions: set[str] = set()
    for clause in clauses:
        yield from _long_defaults(clause)
        for text, role in clause.texts():
            if role in NAMES:
                continue
            expressions.update(expressions_of(text.value))
            if len(expressions) > MAX_EXPRESSIONS:
                yield finding(
                    "PW311", text.origin or Pos(shown), what="条款里不同的算式", limit=f"{MAX_EXPRESSIONS} 个"
                )
                return
            for fault in fill(text.value, {})[1]:
                if fault.code in _BANNED and text.origin:
                    place = text.origin.within(text.value, fault.at, fault.at + 2) if fault.at >= 0 else text.origin
                    yield make_finding(fault.code, place, fault.values)


def _long_defaults(clause: Clause) -> Iterator[Finding]:
    for parameter in clause.parameters:
        if parameter.default and parameter.origin and len(parameter.default.value) > MAX_ARGUMENT:
            yield finding("PW311", parameter.origin, what=f"参数“{parameter.name}”的默认值", limit=f"{MAX_ARGUMENT} 字")
