"""Reads 用语.yaml, the terms of a workspace, which lies beside its planwriter.yaml (PW534)."""

from __future__ import annotations

import os

from planwriter.checks.prose.own_terms import NO_TERMS, OwnTerms
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Findings, Result
from planwriter.source import keys
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence
from planwriter.source.schema import check_shape
from planwriter.system import files, watch

TERMS_FILE = "用语.yaml"
MAX_TERMS = 2000
_KEYS = frozenset([*keys.TERMS, *keys.TERM])


def read_own_terms(workspace: str | None) -> Result[OwnTerms]:
    """The terms beside the planwriter.yaml at `workspace`, with the findings on the file; none if there is no file."""
    path = os.path.join(os.path.dirname(workspace), TERMS_FILE) if workspace else ""
    if not path or not watch.is_there(path):
        return Result(NO_TERMS)
    data = files.read_file(path, TERMS_FILE)
    if data.value is None:
        return Result(NO_TERMS, data.findings)
    tree = load_tree(data.value, TERMS_FILE, _KEYS)
    found = Findings(tree.findings)
    nodes = found.take(check_shape(tree.value, keys.TERMS, TERMS_FILE)) if tree.value else {}
    wrong: list[tuple[str, str]] = []
    terms = nodes.get("terms")
    for node in terms.items if isinstance(terms, Sequence) else ():
        read = _read_term(node)
        found += read.findings
        wrong += read.value
    allowed = tuple(each.value for each in _words(nodes.get("allowed")))
    return found.result(OwnTerms(tuple(wrong[:MAX_TERMS]), allowed[:MAX_TERMS]))


def _read_term(node: Node) -> Result[list[tuple[str, str]]]:
    """The wrong forms of one entry with its right form, and what is wrong in the entry."""
    if not isinstance(node, Mapping):
        return Result([], (_odd(node, "这一条不是“对的说法”和“错的说法”"),))
    shape = check_shape(node, keys.TERM, "用语")
    right = shape.value.get("right")
    words = _words(shape.value.get("wrong"))
    if not isinstance(right, Scalar) or not words:
        return Result([], shape.findings or (_odd(node, "这一条缺“对的说法”或“错的说法”"),))
    same = [each for each in words if each.value == right.value]
    findings = [*shape.findings, *(_odd(each, f"的“{each.value}”又是对的说法，又是错的说法") for each in same)]
    return Result([(each.value, right.value) for each in words if each not in same], tuple(findings))


def _words(node: Node | None) -> list[Scalar]:
    nodes = node.items if isinstance(node, Sequence) else (node,)
    return [each for each in nodes if isinstance(each, Scalar) and each.value.strip()]


def _odd(node: Node, what: str) -> Finding:
    advice = "每一条写成：- 对的说法: 县融媒体中心，下一行 错的说法: [县电视台]。"
    return finding("PW534", node.span, what=what, advice=advice)
