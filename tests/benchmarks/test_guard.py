"""The guard fails on a loss, and only if counts are comparable."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import guard
from benchmarks.guard import Reference, advice, losses, read_reference, write_reference

BEFORE = Reference("3.11.7, click 8", {"first": 1_000_000, "qingshan": 2_000_000})


def _now(first: int, qingshan: int = 2_000_000, versions: str = BEFORE.versions) -> Reference:
    return Reference(versions, {"first": first, "qingshan": qingshan})


@pytest.mark.parametrize(
    ("now", "lost"),
    [
        (_now(1_051_000), ["first"]),
        (_now(1_051_000, 2_200_000), ["first", "qingshan"]),
        (_now(1_049_000), []),
        (_now(500_000), []),
    ],
)
def test_more_than_five_percent_is_a_loss(now: Reference, lost: list[str]) -> None:
    assert losses(now, BEFORE) == lost
    assert all(name in advice(now, BEFORE, "linux") for name in lost)
    assert advice(now, BEFORE, "linux").startswith("Loss" if lost else "No loss")


def test_a_gain_asks_for_a_new_reference() -> None:
    assert "first below the reference by more than 5%: `make bench-reference`" in advice(_now(900_000), BEFORE, "linux")
    assert "bench-reference" not in advice(_now(990_000), BEFORE, "linux")


def test_other_versions_are_not_judged() -> None:
    other = _now(9_000_000, versions="3.12.1, click 8")
    assert losses(other, BEFORE) == [] and "Nothing is judged" in advice(other, BEFORE, "linux")


def test_a_platform_without_a_row_is_told_and_not_failed() -> None:
    assert losses(_now(9_000_000), None) == []
    assert "No reference for macos arm64" in advice(_now(9_000_000), None, "macos arm64")


def test_an_outline_that_is_not_in_the_reference_is_not_judged() -> None:
    assert losses(Reference(BEFORE.versions, {"linyi": 5}), BEFORE) == []


def test_platforms_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "counts.json"
    assert read_reference("linux", path) is None
    write_reference("linux", BEFORE, path)
    write_reference("macos", _now(1), path)
    assert read_reference("linux", path) == BEFORE and read_reference("macos", path) == _now(1)


def test_the_committed_reference_can_be_read() -> None:
    made = read_reference("linux x86_64 cpython 3.11")
    assert made is not None and {"first", "qingshan-2026", "yunling-three-year"} <= set(made.counts)


def test_the_versions_name_python_and_what_planwriter_requires() -> None:
    assert guard.versions()[0] == "3" and "click" in guard.versions() and "docxtpl" not in guard.versions()


@pytest.mark.parametrize(
    ("now", "code"), [(_now(2_000_000), 1), (_now(1_000_000), 0), (_now(2_000_000, versions="4"), 0)]
)
def test_the_exit_code_is_that_of_a_loss(
    now: Reference, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["guard", "--no-times"])
    monkeypatch.setattr("benchmarks.peers.installed_elsewhere", lambda: "")
    monkeypatch.setattr("benchmarks.counts.tools", lambda: ["valgrind"])
    monkeypatch.setattr(guard, "_count_all", lambda: now)
    monkeypatch.setattr(guard, "read_reference", lambda key: BEFORE)
    with pytest.raises(SystemExit) as ended:
        guard.main()
    assert ended.value.code == code
    assert ("Loss: first" in capsys.readouterr().out) is bool(code)


def test_what_cannot_be_counted_is_told_and_not_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["guard"])
    monkeypatch.setattr("benchmarks.peers.installed_elsewhere", lambda: "planwriter is an editable install")
    with pytest.raises(SystemExit) as ended:
        guard.main()
    assert ended.value.code == 0 and "nothing is counted: planwriter is an editable install" in capsys.readouterr().out
