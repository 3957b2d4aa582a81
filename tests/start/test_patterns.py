"""Patterns that are read from a file, or compiled when they are first used."""

from __future__ import annotations

import ast
import copy
import re
from pathlib import Path
from typing import Any

import pytest

from planwriter.start import patterns
from planwriter.start.patterns import regex
from tests.support import ROOT


def test_it_does_what_a_compiled_pattern_does() -> None:
    lazy, eager = regex(r"(?P<year>\d{4})年", re.A), re.compile(r"(?P<year>\d{4})年", re.A)
    text = "2026年至2028年"
    assert lazy.findall(text) == eager.findall(text) == ["2026", "2028"]
    assert [each.span() for each in lazy.finditer(text, 3)] == [each.span() for each in eager.finditer(text, 3)]
    assert (lazy.pattern, lazy.flags, lazy.groups) == (eager.pattern, eager.flags, eager.groups)
    assert regex(rb"a+").sub(b"b", b"caat") == b"cbt"


def test_a_pattern_that_is_not_in_the_file_is_compiled_at_its_first_use_and_only_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[Any] = []
    compile_now = re.compile

    def compile_and_note(*arguments: Any) -> Any:
        made.append(arguments)
        return compile_now(*arguments)

    monkeypatch.setattr(re, "compile", compile_and_note)
    lazy = regex("乡+镇?乡+")
    assert made == []
    assert lazy.search("乡乡") and lazy.fullmatch("乡乡") and lazy.search("乡镇乡") and made == [("乡+镇?乡+", 0)]


@pytest.mark.parametrize("content", [None, b"", b"\xff", b"\x00" * 9])
def test_without_the_file_everything_is_compiled(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        (tmp_path / "compiled").write_bytes(content)
    monkeypatch.setattr(patterns, "COMPILED", str(tmp_path / "compiled"))
    assert patterns.read_table() == {}


def test_the_flags_and_everything_else_of_re_are_those_of_re() -> None:
    lazy = patterns.re
    assert [lazy.ASCII, lazy.I, lazy.M, lazy.S] == [re.ASCII, re.I, re.M, re.S]
    assert lazy.escape is re.escape and lazy.Match is re.Match


def test_a_wrong_pattern_is_told_at_its_first_use() -> None:
    with pytest.raises(re.error):
        regex("(").search("")


def test_what_no_pattern_has_is_not_looked_for_in_one() -> None:
    assert copy.copy(regex("甲")).search("甲")
    with pytest.raises(AttributeError):
        getattr(regex("("), "__len__")  # noqa: B009


def _compiled_at_import(text: str) -> list[int]:
    """The lines of a module outside its functions that compile a pattern."""
    found: list[int] = []

    def look(node: ast.AST) -> None:
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            return
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile":
            found.append(node.lineno)
        for each in ast.iter_child_nodes(node):
            look(each)

    look(ast.parse(text))
    return found


def test_no_module_compiles_a_pattern_when_it_is_imported() -> None:
    modules = (ROOT / "planwriter").rglob("*.py")
    assert {path.name: found for path in modules if (found := _compiled_at_import(path.read_text("utf-8")))} == {}


def test_a_pattern_compiled_at_import_is_found() -> None:
    assert _compiled_at_import("import re\nA = (1, re.compile('a'))\ndef f():\n    re.compile('b')") == [2]
