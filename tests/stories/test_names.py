"""The names of the code: one thing has one name, and what the command line alone may do is done there."""

from __future__ import annotations

import ast
import functools
import re
from collections import Counter
from collections.abc import Iterator

from tests.support import ROOT

PACKAGE = ROOT / "planwriter"

parsed = functools.cache(ast.parse)
"""The tree of a module's text, parsed once for all tests."""


def modules() -> Iterator[tuple[str, str]]:
    """The path of each module within the package, and its text."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), path.read_text("utf-8")


def sessions_made(text: str) -> list[int]:
    """The lines of a module that make a session."""
    calls = (node for node in ast.walk(parsed(text)) if isinstance(node, ast.Call))
    return sorted(call.lineno for call in calls if ast.unparse(call.func).split(".here")[0].split(".")[-1] == "Session")


def test_only_the_command_line_makes_a_session() -> None:
    found = {name: sessions_made(text) for name, text in modules() if not name.startswith("cli/")}
    assert {name for name, lines in found.items() if lines} <= {"app/session.py"}


def test_only_what_an_outline_once_was_is_read_apart() -> None:
    assert {name for name, text in modules() if "Session.apart(" in text} == {"app/edited.py"}


def test_a_session_made_below_the_command_line_is_found() -> None:
    assert sessions_made("kinds = Session().kinds()\nother = session.Session.here()\nsession.at(path)\n") == [1, 2]


def shared_names(texts: dict[str, str]) -> dict[str, list[str]]:
    """The public classes whose name more than one module of the package defines, and those modules."""
    found: dict[str, list[str]] = {}
    for name, text in texts.items():
        for node in parsed(text).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(name)
    return {name: places for name, places in found.items() if len(places) > 1}


def test_no_two_public_classes_share_a_name() -> None:
    assert shared_names(dict(modules())) == {}


def test_two_classes_of_one_name_are_found() -> None:
    texts = {"model.py": "class Table:\n    class Row: ...\n", "fill.py": "class Table: ...\nclass _Row: ...\n"}
    assert shared_names(texts) == {"Table": ["model.py", "fill.py"]}


def names_used_once(texts: dict[str, str]) -> dict[str, str]:
    """The functions, classes and values of the modules that are mentioned nowhere but where they are defined."""
    mentions = Counter(word for text in texts.values() for word in re.findall(r"[^\W\d]\w*", text))
    found: dict[str, str] = {}
    for module, text in texts.items():
        for node in parsed(text).body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            defined = [getattr(node, "name", ""), *(each.id for each in targets if isinstance(each, ast.Name))]
            found |= {name: module for name in defined if name and mentions[name] == 1 and not name.startswith("__")}
    return found


def test_nothing_is_defined_that_only_tests_use() -> None:
    assert names_used_once(dict(modules())) == {}


def test_what_is_defined_and_not_used_is_found() -> None:
    texts = {
        "a.py": "def one() -> int:\n    return _TWO\n\n_TWO = 2\n_THREE: int = 3\n",
        "b.py": "class Four:\n    five = 5\n",
    }
    assert names_used_once(texts) == {"one": "a.py", "_THREE": "a.py", "Four": "b.py"}


def undocumented(texts: dict[str, str]) -> list[str]:
    """The public functions, classes and methods without a docstring, by module and line.

    A method of a class with a base may leave it to the one of that name that it replaces; click's classes document their own.
    """
    trees = {name: parsed(text) for name, text in texts.items()}
    classes = [node for tree in trees.values() for node in tree.body if isinstance(node, ast.ClassDef)]
    documented = {each.name for owner in classes for each in _functions(owner) if ast.get_docstring(each)}
    found = []
    for name, tree in trees.items():
        found += [
            f"{name}:{getattr(node, 'lineno', 1)}" for node in (tree, *_public(tree)) if not ast.get_docstring(node)
        ]
        for owner in (node for node in _public(tree) if isinstance(node, ast.ClassDef)):
            bases = [ast.unparse(base) for base in owner.bases]
            if not any(base.startswith("click.") for base in bases):
                own = (each for each in _functions(owner) if not each.name.startswith("_") and not each.decorator_list)
                found += [
                    f"{name}:{each.lineno}"
                    for each in own
                    if not ast.get_docstring(each) and not (bases and each.name in documented)
                ]
    return found


def _functions(node: ast.Module | ast.ClassDef) -> list[ast.FunctionDef]:
    return [each for each in node.body if isinstance(each, ast.FunctionDef)]


def _public(tree: ast.Module) -> list[ast.FunctionDef | ast.ClassDef]:
    defined = (each for each in tree.body if isinstance(each, ast.FunctionDef | ast.ClassDef))
    return [each for each in defined if not each.name.startswith("_")]


def test_all_that_is_public_says_what_it_is() -> None:
    assert undocumented(dict(modules())) == []


def test_what_does_not_say_what_it_is_is_found() -> None:
    text = '''"""A module."""
def one(): ...
class Two:
    """Documented."""
    def three(self): ...
    def _four(self): ...
class Five(Two):
    """Documented."""
    def six(self):
        """Documented."""
class Seven(Five):
    """Documented."""
    def six(self): ...
'''
    assert undocumented({"a.py": text, "b.py": ""}) == ["a.py:2", "a.py:5", "b.py:1"]
