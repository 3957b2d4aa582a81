"""Accepted opinions go into the outline, each tried; what cannot is listed."""

import io
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planwriter.app.roundtrip.absorb_choices import Numbers
from planwriter.app.roundtrip.accept import Acceptance, plan_acceptance, write_acceptance
from planwriter.app.roundtrip.collect import collect
from planwriter.app.roundtrip.opinion_file import write_table
from planwriter.app.session import Session
from planwriter.findings.finding import Result
from tests.app.answers import TEXT, answer, put, sent
from tests.hands import Hand
from tests.support import lines


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("要点.yaml").write_text(TEXT, "utf-8")
    return tmp_path


def _replace(old: str, new: str) -> Callable[[Hand], None]:
    return lambda hand: hand.replace(old, new)


def _collected(verdicts: dict[str, str] | str, /, **answers: bytes) -> None:
    """Collects the answers in a table, in which the decisions are typed: one for all rows, or by their bureaus."""
    made = collect(Session(), "要点.yaml", put(Path(), **answers), {}).value
    assert made is not None
    assert write_table(made, "意见.xlsx", force=False).findings == ()
    _typed(
        {
            number: verdicts if isinstance(verdicts, str) else verdicts.get("、".join(row.units), "")
            for number, row in enumerate(made.rows, 3)
        }
    )


def _typed(cells: dict[int, str], column: int = 6) -> None:
    book: Any = openpyxl.load_workbook("意见.xlsx")
    for number, text in cells.items():
        book.worksheets[0].cell(number, column).value = text
    stream = io.BytesIO()
    book.save(stream)
    Path("意见.xlsx").write_bytes(stream.getvalue())


def _accepted(numbers: Numbers = "问") -> tuple[Result[Acceptance | None], Acceptance]:
    made = plan_acceptance(Session(), "要点.yaml", "意见.xlsx", numbers)
    assert made.value is not None
    assert write_acceptance(made.value, "意见.xlsx") == ()
    return made, made.value


def _outline() -> str:
    return Path("要点.yaml").read_text("utf-8")


def test_words_and_paragraphs_go_into_the_outline() -> None:
    _collected(
        "采纳",
        财政局=answer(_replace("3所", "5所"), lambda hand: hand.delete("每月检查一次")),
        民政局=answer(_replace("30名", "40名"), lambda hand: hand.comment("12栋", "请核实。", author="张某")),
        公安局=answer(lambda hand: hand.add_after("向居民开放", "（3）修好道路。年内修通。", like="向居民开放")),
    )
    result, made = _accepted()
    assert result.findings == () and made.left == ()
    assert (len(made.done), len(made.by_hand), made.refused, made.open) == (4, 1, 0, 0)
    printed = lines(_outline())
    assert "新建幼儿园5所，补充教师40名。" in "".join(printed) and "（3）修好道路。年内修通。" in printed
    assert "每月检查一次" not in _outline() and "责任单位: [教研室, 县水务局]" in _outline()


def test_a_second_run_changes_nothing() -> None:
    _collected(
        "采纳",
        财政局=answer(_replace("3所", "5所"), lambda hand: hand.delete("每月检查一次")),
        民政局=answer(lambda hand: hand.add_after("向居民开放", "（3）修好道路。年内修通。", like="向居民开放")),
        公安局=answer(_replace("每校配备", "每所学校配备"), _replace("完成时限为6月。", "加强培训。完成时限为6月。")),
    )
    _, made = _accepted()
    assert made.left == ()
    after = _outline()
    _, again = _accepted()
    assert _outline() == after and again.plan is None and again.left == ()
    assert len(again.already) == len(made.done) == 5


def test_only_what_was_accepted() -> None:
    _collected(
        {"财政局": "不采纳", "民政局": "部分采纳", "公安局": "再议", "住建局": "采纳"},
        财政局=answer(_replace("3所", "5所")),
        民政局=answer(_replace("6月", "9月")),
        公安局=answer(_replace("12栋", "13栋")),
        住建局=answer(_replace("限期整改", "当天整改")),
        水利局=answer(_replace("两千册", "三千册")),
    )
    result, made = _accepted()
    assert [each.code for each in result.findings] == ["PW816"]
    assert _outline() == TEXT.replace("限期整改", "当天整改")
    assert (len(made.done), len(made.by_hand), made.refused, made.open) == (1, 1, 1, 2)


def test_words_that_were_changed_in_the_table() -> None:
    _collected("采纳", 财政局=answer(_replace("3所", "5所")))
    _typed({3: "改为：新建幼儿园4所，补充教师30名。"}, column=5)
    _, made = _accepted()
    assert len(made.done) == 1 and _outline() == TEXT.replace("3所", "4所")


def test_two_that_do_not_go_together_are_listed() -> None:
    _collected("采纳", 财政局=answer(_replace("3所", "5所")), 民政局=answer(_replace("3所", "4所")))
    _, made = _accepted()
    assert _outline() == TEXT.replace("3所", "5所") and len(made.done) == 1
    assert [each.reason for each in made.left] == ["和表里第 3 行改在同一处，改得不一样"]


def test_what_the_outline_changed_meanwhile_is_listed() -> None:
    _collected("采纳", 财政局=answer(_replace("3所", "5所"), _replace("限期整改", "当天整改")))
    changed = TEXT.replace("3所，补充教师30名", "两所，补充教师35名")
    Path("要点.yaml").write_text(changed, "utf-8")
    _, made = _accepted()
    assert _outline() == changed.replace("限期整改", "当天整改")
    assert len(made.done) == 1 and [each.reason for each in made.left] == ["这句话提纲里也改过，和这条意见改得不一样"]


def test_moved_paragraphs() -> None:
    _collected("采纳", 财政局=answer(lambda hand: hand.swap("每校配备图书", "向居民开放")))
    _, made = _accepted()
    assert made.left == () and _outline().index("建好操场") < _outline().index("配齐图书")


_TARGET = TEXT.replace(
    "年度: 2026\n", "年度: 2026\n指标:\n  新园: {名称: 新建幼儿园, 数值: 3, 单位: 所, 责任单位: 教研室}\n"
).replace("新建幼儿园3所", "新建幼儿园{{ 指标.新园 }}")


def test_a_figure_goes_into_its_target() -> None:
    Path("要点.yaml").write_text(_TARGET, "utf-8")
    _collected("采纳", 财政局=answer(_replace("3所", "5所"), data=sent(_TARGET)))
    _, made = _accepted()
    assert len(made.done) == 1 and _outline() == _TARGET.replace("数值: 3", "数值: 5")


def test_a_table_that_cannot_be_read() -> None:
    Path("意见.xlsx").write_bytes(b"PK\x03\x04")
    made = plan_acceptance(Session(), "要点.yaml", "意见.xlsx")
    assert made.value is None and made.findings
    assert plan_acceptance(Session(), "要点.yaml", "没有.xlsx").value is None


def test_an_outline_that_cannot_be_read(folder: Path) -> None:
    _collected("采纳", 财政局=answer(_replace("3所", "5所")))
    Path("要点.yaml").write_text("年度: [", "utf-8")
    made = plan_acceptance(Session(), "要点.yaml", "意见.xlsx")
    assert made.value is None and made.findings


def test_more_rows_than_are_taken_at_a_time_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planwriter.app.roundtrip.accept.MAX_ROWS", 1)
    _collected(
        "采纳",
        财政局=answer(lambda hand: hand.comment("幼儿园", "请核实。", author="张某"), _replace("30名", "40名")),
        民政局=answer(_replace("12栋", "13栋")),
    )
    _, made = _accepted()
    assert (len(made.by_hand), len(made.done), len(made.left)) == (1, 1, 1)
    assert made.left[0].reason == "一次最多写 1 行，再运行一次" and made.left[0].row not in made.done


def test_marks_that_somebody_tampered_with() -> None:
    _collected("采纳", 财政局=answer(_replace("3所", "5所"), _replace("6月", "9月"), _replace("12栋", "13栋")))
    bad = ["[" * 9000, '{"w":"改","a":99999999999999999999,"t":"x"}', '{"w":"改","a":3,"t":"短","s":1,"e":1,"n":"x"}']
    _typed(dict(enumerate(bad, 3)), column=8)
    _, made = _accepted()
    assert made.done == () and len(made.left) == 3 and _outline() == TEXT


_EDITS: list[Callable[[Hand], None]] = [
    _replace("3所", "5所"),
    _replace("30名", "40名"),
    _replace("补充教师30名", "补充乡村教师30名"),
    _replace("完成时限为6月", "完成时限为9月底"),
    _replace("限期整改", "当天整改"),
    _replace("每年更新一成", "每年更新两成"),
    lambda hand: hand.delete("每月检查一次"),
    lambda hand: hand.delete("每校配备图书"),
    lambda hand: hand.swap("每校配备图书", "向居民开放"),
    lambda hand: hand.add_after("向居民开放", "（3）修好道路。年内修通。", like="向居民开放"),
    lambda hand: hand.comment("12栋", "请核实。", author="张某"),
]


def test_every_accepted_row_is_done_or_listed() -> None:
    """Random edits of three bureaus, all accepted: every row is counted once, and what is done is printed."""
    for seed in range(int(os.environ.get("PLANWRITER_CASES", "6"))):
        Path("要点.yaml").write_text(TEXT, "utf-8")
        Path("意见.xlsx").unlink(missing_ok=True)
        chosen = random.Random(seed)
        answers = {}
        for unit in ("财政局", "民政局", "公安局"):
            try:
                answers[unit] = answer(*chosen.sample(_EDITS, chosen.randint(1, 3)))
            except AssertionError:  # two edits of one place do not go together
                continue
        _collected("采纳", **answers)
        count = openpyxl.load_workbook("意见.xlsx").worksheets[0].max_row - 2
        _, made = _accepted()
        assert len(made.done) + len(made.already) + len(made.left) + len(made.by_hand) == count, seed
        printed = _outline()
        _, again = _accepted()
        assert again.done == () and _outline() == printed, (seed, [each.said for each in again.done])
        assert {each.at for each in made.done} <= {each.at for each in again.already}, seed


def _join(hand: Hand) -> None:
    """Two paragraphs are joined: the end of the first is deleted, and the label of the second."""
    hand.delete("柳林镇、清溪镇的操场")
    hand.replace("每年更新一成。", "每年更新一成。柳林镇、清溪镇的操场年内完工，向居民开放。")


def test_joined_paragraphs_are_taken_together_or_not_at_all() -> None:
    _collected("", 财政局=answer(_join))
    for accepted in ({3: "采纳"}, {4: "采纳"}):
        _typed({3: "", 4: "", **accepted})
        _, made = _accepted()
        assert _outline() == TEXT and len(made.left) == 1
        assert "是一处改动，要一起采纳" in made.left[0].reason
    _typed({3: "采纳", 4: "采纳"})
    _, made = _accepted()
    assert made.left == () and _outline().count("向居民开放") == 1


def test_units_that_no_item_takes_are_refused_with_the_reason_and_change_nothing() -> None:
    def hand(number: str) -> Callable[[Hand], None]:
        return lambda edit: edit.add_after("上好每一堂课", f"责任单位：{number}。")

    _collected("采纳", 财政局=answer(hand("办公室")), 民政局=answer(hand("督导室")))
    _, made = _accepted()
    assert made.done == () and Path("要点.yaml").read_text("utf-8") == TEXT
    assert [reason.partition("：")[0] for _, reason in made.left] == ["不知道是哪一条的责任单位、时限"] * 2
