"""Instructions are counted; two counts must agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import counts
from benchmarks.guard import Reference, losses
from benchmarks.inputs import Unfit

needs_valgrind = pytest.mark.skipif(not counts.tools(), reason="valgrind is not installed")


def _loop(times: int) -> list[str]:
    return ["sh", "-c", f"i=0; while [ $i -lt {times} ]; do i=$((i+1)); done"]


@needs_valgrind
def test_more_work_is_a_loss(tmp_path: Path) -> None:
    before, same, more = (counts.count(_loop(times), tmp_path) for times in (1_000, 1_000, 1_500))
    assert same == pytest.approx(before, rel=0.001)
    reference = Reference("3", {"loop": before})
    assert losses(Reference("3", {"loop": same}), reference) == []
    assert losses(Reference("3", {"loop": more}), reference) == ["loop"]


@needs_valgrind
def test_a_command_that_fails_is_not_counted(tmp_path: Path) -> None:
    with pytest.raises(Unfit, match="cannot be counted"):
        counts.count(["sh", "-c", "exit 3"], tmp_path)


@needs_valgrind
def test_each_run_is_made_ready(tmp_path: Path) -> None:
    calls: list[None] = []
    counts.count(["true"], tmp_path, lambda: calls.append(None))
    assert len(calls) >= 2


@needs_valgrind
def test_counts_that_never_agree_are_refused(tmp_path: Path) -> None:
    grows = "n=$(cat n); n=$((n*2)); echo $n > n; i=0; while [ $i -lt $n ]; do i=$((i+1)); done"
    (tmp_path / "n").write_text("1000", "utf-8")
    with pytest.raises(Unfit, match="do not agree"):
        counts.count(["sh", "-c", grows], tmp_path)


def test_without_valgrind_there_is_nothing_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert counts.tools() == []
