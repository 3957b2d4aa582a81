"""Recognises YAML files that are not outlines, by their outermost keys. In doubt a file is an outline."""

from __future__ import annotations

import re

from planwriter.outline.rows import NAME
from planwriter.source import keys
from planwriter.start.patterns import regex

_KEY = regex(r"^[\"']?([^\s#\"'{}\[\]&*!|>%@`-][^\s:：\"']*)[\"']?[ \t]*[:：]", re.M)
_CLAUSE = regex(r"^-[ \t]+(?:\{[ \t]*)?[\"']?条款[\"']?[ \t]*[:：]", re.M)
_BASIS = regex(r"^-[ \t]+(?:\{[ \t]*)?[\"']?依据[\"']?[ \t]*[:：]", re.M)
_COMMENT = regex(r"^[ \t]*#.*", re.M)
_CITED_ROW = regex(rf"\{{\{{[^{{}}]*\b{NAME}\s*[.\[]")

_OTHERS: tuple[tuple[str, keys.Schema, frozenset[str], frozenset[str]], ...] = (
    ("版式文件", keys.LAYOUT, frozenset(["版式"]), frozenset(keys.LAYOUT) - frozenset(keys.OUTLINE) - {"说明"}),
    ("条款库的 library.yaml", keys.LIBRARY, frozenset(["名称"]), frozenset(["版本", "发布单位", "许可", "需要"])),
    ("文种的 kind.yaml", keys.KIND, frozenset(["文种", "骨架"]), frozenset(["期间"])),
)
"""For each other type of file: its name, its keys, the keys it must have, and keys of which it must have one."""

_ONLY_OUTLINES = keys.OUTLINE.keys() - keys.WORKSPACE.keys()


def other_than_outline(text: str, *, workspace_file: bool = False) -> str:
    """The type of the file with this text, in the writer's words, if it is no outline to be rendered; else "".

    A file has a different type only if all its outermost keys belong to it; with a misspelt key it is an outline.
    `workspace_file`: the file has the name of a workspace's settings.
    """
    text = _COMMENT.sub("", text)
    found = frozenset(_KEY.findall(text))
    if workspace_file and found.isdisjoint(_ONLY_OUTLINES):
        return "工作区文件"
    if not found:
        return "条款文件" if _CLAUSE.search(text) else "条款库的 bases.yaml" if _BASIS.search(text) else ""
    for name, schema, needed, one_of in _OTHERS:
        if needed <= found <= schema.keys() and found & one_of:
            return name
    return "一表多份的提纲" if _CITED_ROW.search(text) else ""
