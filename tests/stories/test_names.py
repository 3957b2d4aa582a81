"""The names of the code: one thing has one name, and what the command line alone may do is done there."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.support import ROOT

PACKAGE = ROOT / "planwriter"


def modules() -> Iterator[tuple[str, str]]:
    """The path of each module within the package, and its text."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), path.read_text("utf-8")


def sessions_made(text: str) -> list[int]:
    """The lines of a module that make a session."""
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    return sorted(call.lineno for call in calls if ast.unparse(call.func).split(".here")[0].split(".")[-1] == "Session")


def test_only_the_command_line_makes_a_session() -> None:
    found = {name: sessions_made(text) for name, text in modules() if not name.startswith("cli/")}
    assert {name for name, lines in found.items() if lines} <= {"app/session.py"}


def test_a_session_made_below_the_command_line_is_found() -> None:
    assert sessions_made("kinds = Session().kinds()\nother = session.Session.here()\nsession.at(path)\n") == [1, 2]


def shared_names(texts: dict[str, str]) -> dict[str, list[str]]:
    """The public classes whose name more than one module of the package defines, and those modules."""
    found: dict[str, list[str]] = {}
    for name, text in texts.items():
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(name)
    return {name: places for name, places in found.items() if len(places) > 1}


def test_no_two_public_classes_share_a_name() -> None:
    assert shared_names(dict(modules())) == {}


def test_two_classes_of_one_name_are_found() -> None:
    texts = {"model.py": "class Table:\n    class Row: ...\n", "fill.py": "class Table: ...\nclass _Row: ...\n"}
    assert shared_names(texts) == {"Table": ["model.py", "fill.py"]}
