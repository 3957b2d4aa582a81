"""Findings come out of functions in a result or one by one; no function takes a list of them to append to."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from planwriter.findings.finding import (
    MAX_FINDINGS,
    Finding,
    Findings,
    NewSpan,
    Pos,
    Result,
    Severity,
    Source,
    Span,
    has_errors,
)
from tests.support import ROOT


def hint(number: int) -> Finding:
    return Finding(code="PW217", severity=Severity.HINT, pos=Pos("提纲.yaml", number), message="……")


def test_findings_keeps_the_findings_of_results_in_order_and_gives_their_values() -> None:
    found = Findings()
    assert found.take(Result("甲", (hint(2), hint(1)))) == "甲"
    found.append(hint(3))
    assert found.take(Result("乙")) == "乙"
    assert found.result("丙") == Result("丙", (hint(2), hint(1), hint(3)))


def test_a_result_does_not_change_when_more_is_found() -> None:
    found = Findings()
    result = found.result("甲")
    found.append(hint(1))
    assert result.findings == ()


def test_findings_takes_no_more_than_anybody_reads() -> None:
    found = Findings()
    for number in range(3 * MAX_FINDINGS):
        assert found.take(Result(number, (hint(number),))) == number
    assert [each.pos.line for each in found] == list(range(MAX_FINDINGS + 1))


def test_only_an_error_is_an_error() -> None:
    error = Finding(code="PW201", severity=Severity.ERROR, pos=Pos("提纲.yaml"), message="……")
    assert has_errors(each for each in (hint(1), error)) and not has_errors([hint(1)])


def _is_list(annotation: ast.expr | None) -> bool:
    """True for a type that is a list of findings or is `Findings`, also in quotes or as one of several."""
    for node in ast.walk(annotation) if annotation is not None else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return _is_list(ast.parse(node.value, mode="eval").body)
        if isinstance(node, ast.Subscript) and ast.unparse(node) in ("list[Finding]", "MutableSequence[Finding]"):
            return True
        if isinstance(node, ast.Name) and node.id == "Findings":
            return True
    return False


def _lists(package: Path) -> Iterator[str]:
    """The functions in `package` that take a list of findings from their callers, or return one."""
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                given = node.args
                every = (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg)
                yield from (f"{name}: {node.name}({each.arg})" for each in every if each and _is_list(each.annotation))
                if _is_list(node.returns):
                    yield f"{name}: {node.name}"


def test_no_function_takes_or_returns_a_list_of_findings() -> None:
    assert list(_lists(ROOT / "planwriter")) == []


def test_a_function_that_takes_or_returns_a_list_of_findings_is_reported(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "bad.py").write_text(
        "def check(text: str, findings: list[Finding]) -> None: ...\n"
        "class Reader:\n"
        "    def __init__(self, *, told: list[Finding] | None = None) -> None: ...\n"
        "    def take(self, found: 'Findings') -> None: ...\n"
        "def end(findings: tuple[Finding, ...] | list[Finding]) -> None: ...\n"
        "def sort(findings: Iterable[Finding]) -> list[Finding]: ...\n",
        "utf-8",
    )
    (tmp_path / "good.py").write_text(
        "def show(findings: Sequence[Finding], more: tuple[Finding, ...] = ()) -> None:\n"
        "    kept: list[Finding] = []\n"
        "def read(node: Node) -> Result[str]: ...\n",
        "utf-8",
    )
    assert list(_lists(tmp_path)) == [
        "room/bad.py: check(findings)",
        "room/bad.py: end(findings)",
        "room/bad.py: sort",
        "room/bad.py: __init__(told)",
        "room/bad.py: take(found)",
    ]


def test_a_span_made_quickly_is_a_span_like_any_other() -> None:
    source = Source("提纲.yaml", "年度: 2026")
    made = NewSpan(source, 4, 8)
    assert type(made) is Span and made == Span(source, 4, 8) and hash(made) == hash(Span(source, 4, 8))
    assert made.raw == "2026" and made.cause is None
    with pytest.raises(AttributeError):
        made.start = 0  # type: ignore[misc]
