"""One copy with all opinions: each is in it once, and rejecting everything gives the plan again."""

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planwriter.app.roundtrip.collect import Collected, collect, marked
from planwriter.app.session import Session
from planwriter.compare.opinions.marked_copy import MarkedCopy
from planwriter.readers.docx.comments import read_comments
from planwriter.readers.docx.read import read_docx
from tests.app.answers import LATER, TEXT, answer, put
from tests.hands import Hand
from tests.revisions import missing_validator, resolved, texts, troubles, validated

_TABLE = TEXT.replace(
    "      - 条: 保障安全",
    "      - 表:\n          - [项目, 数量]\n          - [幼儿园, 7所]\n          - [小学, 1所]\n      - 条: 保障安全",
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("要点.yaml").write_text(TEXT, "utf-8")
    return tmp_path


def _copy(text: str = TEXT, /, **answers: bytes) -> tuple[Collected, MarkedCopy]:
    Path("要点.yaml").write_text(text, "utf-8")
    made = collect(Session(), "要点.yaml", put(Path(), **answers), {}).value
    assert made is not None
    copy = marked(Session(), made, "汇总.docx").value
    assert copy is not None
    assert copy.tracked + copy.said + copy.told + copy.displaced == len(made.rows)
    assert troubles(copy.data) == []
    empty = collect(Session(), "要点.yaml", [], {}).value
    assert empty is not None
    plain = marked(Session(), empty, "汇总.docx").value
    assert plain is not None and texts(resolved(copy.data, accept=False)) == texts(plain.data)
    return made, copy


def _replace(old: str, new: str) -> Callable[[Hand], None]:
    return lambda hand: hand.replace(old, new)


def _authors(data: bytes) -> set[str]:
    return {run.revision.author for each in read_docx(data).paragraphs for run in each.runs if run.revision is not None}


def _add_row(hand: Hand) -> None:
    table: Any = hand.document.tables[0]
    table.add_row()


def test_words_paragraphs_and_comments() -> None:
    _, copy = _copy(
        财政局=answer(_replace("3所", "5所"), lambda hand: hand.delete("每月检查一次")),
        民政局=answer(_replace("3所", "5所"), lambda hand: hand.comment("12栋", "请核实。", author="张某")),
        公安局=answer(lambda hand: hand.add_after("向居民开放", "（3）修好道路。年内修通。", like="向居民开放")),
    )
    assert copy[1:] == (3, 1, 0, 0)
    accepted = texts(resolved(copy.data, accept=True))
    assert any("新建幼儿园5所，" in each for each in accepted) and "（3）修好道路。年内修通。" in accepted
    assert not any("每月检查一次" in each for each in accepted)
    assert _authors(copy.data) == {"财政局、民政局", "财政局", "公安局"}
    assert [(each.author, each.text) for each in read_comments(copy.data)] == [("民政局", "请核实。")]


def test_two_opinions_on_the_same_words() -> None:
    _, copy = _copy(财政局=answer(_replace("3所", "5所")), 民政局=answer(_replace("3所", "4所")))
    assert copy[1:] == (1, 0, 1, 0)
    (said,) = read_comments(copy.data)
    assert said.author == "民政局" and said.text.startswith("改为：新建幼儿园4所")


def test_two_opinions_on_other_words_of_a_sentence() -> None:
    _, copy = _copy(财政局=answer(_replace("3所", "5所")), 民政局=answer(_replace("30名", "40名")))
    assert copy[1:] == (2, 0, 0, 0)
    assert any("新建幼儿园5所，补充教师40名。" in each for each in texts(resolved(copy.data, accept=True)))


def test_deleted_by_one_and_changed_by_another() -> None:
    _, copy = _copy(
        财政局=answer(lambda hand: hand.delete("每月检查一次")), 民政局=answer(_replace("限期整改", "当天整改"))
    )
    assert (copy.tracked, copy.told) == (1, 1)


def test_moved_paragraphs() -> None:
    _, copy = _copy(财政局=answer(lambda hand: hand.swap("每校配备图书", "向居民开放")))
    accepted = texts(resolved(copy.data, accept=True))
    assert copy.tracked and accepted.index("（1）配齐图书。每校配备图书两千册，每年更新一成。") > next(
        at for at, each in enumerate(accepted) if "向居民开放" in each
    )


def test_all_the_way_round() -> None:
    _, copy = _copy(
        财政局=answer(
            lambda hand: hand.move("向居民开放", "改造危房校舍"), lambda hand: hand.move("每月检查一次", "改造危房校舍")
        )
    )
    accepted = texts(resolved(copy.data, accept=True))
    start = next(at for at, each in enumerate(accepted) if "改造危房校舍" in each)
    assert copy.tracked == 2
    for at, word in enumerate(("保障安全", "建好操场", "配齐图书"), start + 1):
        assert word in accepted[at]


def test_cells_and_rows_of_a_table() -> None:
    from tests.app.answers import sent

    data = sent(_TABLE)
    made, copy = _copy(
        _TABLE,
        财政局=answer(lambda hand: hand.type_cell("7所", "9所"), data=data),
        民政局=answer(_add_row, data=data),
    )
    assert len(made.rows) == 2 and (copy.tracked, copy.told) == (1, 1)
    assert "9所" in texts(resolved(copy.data, accept=True))


def test_opinions_on_an_older_state_are_comments() -> None:
    made, copy = _copy(
        LATER.replace("      - 条: 保障安全\n        文: 每月检查一次校车、食堂和宿舍，隐患限期整改。\n", ""),
        财政局=answer(_replace("3所", "5所"), _replace("限期整改", "当天整改")),
    )
    assert len(made.rows) == 2 and (copy.tracked, copy.told, copy.displaced) == (0, 1, 1)
    first, second = sorted(read_comments(copy.data), key=lambda each: each.paragraph)
    assert "限期整改" in first.text and "当天整改" in first.text and "5所" in second.text


def test_the_same_bytes_each_time() -> None:
    answers = {"财政局": answer(_replace("3所", "5所")), "民政局": answer(lambda hand: hand.comment("12栋", "核实。"))}
    assert _copy(TEXT, **answers)[1].data == _copy(TEXT, **answers)[1].data


_EDITS: list[Callable[[Hand], None]] = [
    _replace("3所", "5所"),
    _replace("3所", "4所"),
    _replace("30名", "40名"),
    _replace("新建幼儿园3所，补充教师30名。", ""),
    _replace("完成时限为6月", "完成时限为9月底"),
    lambda hand: hand.delete("每月检查一次"),
    _replace("限期整改", "当天整改"),
    lambda hand: hand.delete("每校配备图书"),
    lambda hand: hand.swap("每校配备图书", "向居民开放"),
    lambda hand: hand.move("每月检查一次", "强化保障"),
    lambda hand: hand.add_after("向居民开放", "新的一段，说明来由。"),
    lambda hand: hand.add_after("上好每一堂课", "新的另一段。", like="向居民开放"),
    lambda hand: hand.split("补充教师"),
    lambda hand: hand.comment("12栋", "请核实。", author="张某"),
    lambda hand: hand.comment("落实责任", "谁的责任？"),
]


def test_many_bureaus_with_all_sorts_of_edits() -> None:
    """Random edits of three bureaus each time; `_copy` checks that all are counted, and that nothing is lost by rejecting."""
    checked: dict[str, bytes] = {}
    for seed in range(int(os.environ.get("PLANWRITER_CASES", "8"))):
        chosen = random.Random(seed)
        answers = {}
        for unit in ("财政局", "民政局", "公安局"):
            edits = chosen.sample(_EDITS, chosen.randint(1, 3))
            try:
                answers[unit] = answer(*edits)
            except AssertionError:  # two edits of one place do not go together
                continue
        checked[str(seed)] = _copy(TEXT, **answers)[1].data
    if "PLANWRITER_CASES" in os.environ and not missing_validator():
        assert {name: said for name, said in validated(checked).items() if said} == {}
