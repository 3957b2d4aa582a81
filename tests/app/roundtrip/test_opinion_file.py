"""The table of opinions as a file: what was filled in by hand stays."""

from pathlib import Path

import pytest

from planwriter.app.roundtrip.collect import Collected, collect
from planwriter.app.roundtrip.opinion_file import read_table, with_decisions, write_table
from planwriter.app.session import Session
from planwriter.compare.opinions.opinion_table import Verdict
from planwriter.sheets.write import Column, NewSheet, write_workbook
from planwriter.start.records import replace
from tests.app.answers import LATER, TEXT, answer, put
from tests.hands import Hand


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("要点.yaml").write_text(TEXT, "utf-8")
    return tmp_path


def _collected(paths: list[str]) -> Collected:
    made = collect(Session(), "要点.yaml", paths, {}).value
    assert made is not None
    return made


def _of(folder: Path, /, **answers: bytes) -> Collected:
    return _collected(put(folder, **answers))


def _five(hand: Hand) -> None:
    hand.replace("3所", "5所")


def _filled(made: Collected, verdict: str, reason: str = "") -> Collected:
    return replace(made, rows=tuple(replace(each, verdict=verdict, reason=reason) for each in made.rows))


def test_the_table_is_read_again(folder: Path) -> None:
    made = _of(
        folder, 财政局=answer(_five), 民政局=answer(lambda hand: hand.comment("12栋", "请核实。", author="张某"))
    )
    assert write_table(made, "意见.xlsx", force=False).findings == ()
    rows = read_table("意见.xlsx").value
    assert rows is not None
    assert [
        (each.units, each.verdict, each.opinion == row.opinion) for each, row in zip(rows, made.rows, strict=True)
    ] == [
        ("财政局", Verdict.OPEN, True),
        ("民政局", Verdict.OPEN, False),  # the author is not in the table
    ]


def test_a_second_run_keeps_what_was_filled_in(folder: Path) -> None:
    made = _of(folder, 财政局=answer(_five))
    write_table(_filled(made, "采纳", "有道理"), "意见.xlsx", force=False)
    more = _of(folder, 财政局=answer(_five), 民政局=answer(lambda hand: hand.replace("6月", "9月")))
    written = write_table(more, "意见.xlsx", force=False)
    assert [each.code for each in written.findings] == ["PW827"] and Path("意见（上一次 1）.xlsx").exists()
    rows = read_table("意见.xlsx").value
    assert rows is not None
    assert [(each.units, each.typed, each.reason) for each in rows] == [
        ("财政局", "采纳", "有道理"),
        ("民政局", "", ""),
    ]
    assert written.value.decided == 1 and written.value.kept == ()
    again = write_table(more, "意见.xlsx", force=False)
    assert again.findings == () and again.value.decided == 1


def test_decided_rows_of_files_that_are_gone_stay(folder: Path) -> None:
    both = _of(folder, 财政局=answer(_five), 民政局=answer(lambda hand: hand.replace("6月", "9月")))
    earlier = _filled(both, "不采纳")
    write_table(earlier, "意见.xlsx", force=False)
    rows = read_table("意见.xlsx").value
    assert rows is not None
    fewer = _of(folder, 财政局=answer(_five))
    made = with_decisions(fewer, rows)
    assert (made.decided, [each.units for each in made.kept], made.dropped) == (1, ["民政局"], 0)
    undecided = with_decisions(fewer, [each._replace(typed="") for each in rows])
    assert (undecided.kept, undecided.dropped) == ((), 1)


def test_after_the_outline_changed_decisions_are_found_by_their_words(folder: Path) -> None:
    paths = put(folder, 财政局=answer(lambda hand: hand.replace("6月", "9月")))
    write_table(_filled(_collected(paths), "采纳"), "意见.xlsx", force=False)
    Path("要点.yaml").write_text(LATER, "utf-8")
    assert [each.verdict for each in write_table(_collected(paths), "意见.xlsx", force=False).value.rows] == ["采纳"]


def test_another_file_is_not_overwritten(folder: Path) -> None:
    made = _of(folder, 财政局=answer(_five))
    for data in (b"x", b"PK\x03\x04"):
        Path("意见.xlsx").write_bytes(data)
        assert [each.code for each in write_table(made, "意见.xlsx", force=False).findings] == ["PW803"]
        assert Path("意见.xlsx").read_bytes() == data


def test_a_workbook_of_something_else_is_no_table(folder: Path) -> None:
    Path("别的.xlsx").write_bytes(write_workbook((NewSheet("表", (Column("单位", 9),), (("甲",),), "A2"),)))
    read = read_table("别的.xlsx")
    assert read.value is None and [each.code for each in read.findings] == ["PW826"]
