"""Twelve files come back, and one table is made of them."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from planwriter.app.roundtrip.answers import answers_in
from planwriter.app.roundtrip.collect import Collected, collect, marked
from planwriter.app.session import Session
from planwriter.cli.group import cli
from planwriter.compare.opinions.opinions import Wish
from planwriter.findings.finding import Result
from tests.app.answers import LATER, TEXT, answer, put, sent
from tests.hands import Hand, resaved, retouched, through_office, without_marks, without_record


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("要点.yaml").write_text(TEXT, "utf-8")
    return tmp_path


def _collected(paths: list[str], **units: str) -> Result[Collected | None]:
    return collect(Session(), "要点.yaml", paths, units)


def _of(folder: Path, /, **answers: bytes) -> Collected:
    made = _collected(put(folder, **answers))
    assert made.value is not None
    return made.value


def _rows(made: Collected) -> list[tuple[str, str, str, str]]:
    return [("、".join(each.units), str(each.opinion.wish), each.opinion.old, each.opinion.new) for each in made.rows]


def _codes(paths: list[str], **units: str) -> list[str]:
    return [each.code for each in _collected(paths, **units).findings]


_OLD, _NEW = "新建幼儿园3所，补充教师30名。", "新建幼儿园5所，补充教师30名。"


def _five(hand: Hand) -> None:
    hand.replace("3所", "5所")


def test_what_nobody_touched_has_no_opinion(folder: Path) -> None:
    data = sent()
    made = _of(folder, 财政局=data, 民政局=retouched(data), 公安局=resaved(data), 住建局=without_marks(resaved(data)))
    assert made.rows == () and made.opinions == 0
    assert [(each.unit, each.shown) for each in made.replies] == [
        (unit, "无意见") for unit in ("财政局", "民政局", "公安局", "住建局")
    ]


def test_plain_edits_tracked_changes_and_comments_are_all_opinions(folder: Path) -> None:
    made = _of(
        folder,
        财政局=answer(_five),
        民政局=answer(lambda hand: hand.track("6月", "9月", author="王某")),
        公安局=answer(lambda hand: hand.comment("12栋", "请核实。", author="张某")),
    )
    assert _rows(made) == [
        ("财政局", "改", _OLD, _NEW),
        ("民政局", "改", "完成时限为6月。", "完成时限为9月。"),
        ("公安局", "批", "改造危房校舍12栋，全部完成验收，列入年度民生实事。", "请核实。"),
    ]
    assert {each.clause for each in made.rows} == {"一、1.抓好教学", "一、2.改善条件"}


def test_units_on_a_line_of_their_own_are_an_edit_of_the_item(folder: Path) -> None:
    made = _of(
        folder, 财政局=answer(lambda hand: hand.add_after("每校配备图书", "责任单位：办公室。完成时限：2026年9月。"))
    )
    assert _rows(made) == [
        ("财政局", "改", "", "（责任单位：办公室；完成时限：2026年9月）"),
    ]


def test_equal_opinions_are_one_row(folder: Path) -> None:
    made = _of(
        folder,
        财政局=answer(_five),
        民政局=answer(lambda hand: hand.track("3所", "5所")),
        公安局=retouched(answer(_five)),
        住建局=answer(lambda hand: hand.replace("3所", "4所")),
    )
    assert [("、".join(each.units), each.opinion.new[5:8]) for each in made.rows] == [
        ("财政局、民政局、公安局", "5所，"[:3]),
        ("住建局", "4所，"[:3]),
    ]
    assert made.opinions == 4 and [each.opinions for each in made.replies] == [1, 1, 1, 1]


def test_paragraphs_that_are_added_removed_and_moved(folder: Path) -> None:
    made = _of(
        folder,
        财政局=answer(lambda hand: hand.delete("每月检查一次")),
        民政局=answer(lambda hand: hand.track_deletion("每校配备图书")),
        公安局=answer(lambda hand: hand.add_after("向居民开放", "（3）修好道路。年内修通。", like="向居民开放")),
        住建局=answer(lambda hand: hand.swap("每校配备图书", "向居民开放")),
    )
    by_unit = {each.units[0]: each for each in made.rows if each.units != ("住建局",)}
    assert by_unit["财政局"].opinion.wish == Wish.REMOVE and by_unit["民政局"].opinion.wish == Wish.REMOVE
    added = by_unit["公安局"].opinion
    assert (added.wish, added.label, added.new) == (Wish.ADD, "（3）", "修好道路。年内修通。")
    assert {each.opinion.wish for each in made.rows if each.units == ("住建局",)} == {Wish.MOVE}


@pytest.mark.parametrize("spoil", [without_record, without_marks, lambda data: without_marks(without_record(data))])
def test_without_record_or_marks_the_same_is_found(folder: Path, spoil: Callable[[bytes], bytes]) -> None:
    made = _of(folder, 财政局=spoil(answer(_five, lambda hand: hand.delete("每月检查一次"))))
    assert [each[:3] for each in _rows(made)][:1] == [("财政局", "改", _OLD)]
    assert [str(each.opinion.wish) for each in made.rows] == ["改", "删"]


def test_a_file_without_a_record_is_said(folder: Path) -> None:
    assert _codes(put(folder, 财政局=without_record(answer(_five)))) == ["PW823"]
    assert _codes(put(folder, 财政局=answer(_five))) == []


def test_files_without_a_record_are_compared_with_what_was_sent(folder: Path) -> None:
    Path("要点.yaml").write_text(LATER, "utf-8")
    paths = put(folder, 财政局=without_record(answer(lambda hand: hand.replace("6月", "9月"))))
    (first,) = put(folder, 发出=sent())
    made = collect(Session(), "要点.yaml", paths, {}, sent=first)
    assert made.value is not None and made.findings == ()
    assert [(each.opinion.old, each.opinion.new) for each in made.value.rows] == [
        ("完成时限为6月。", "完成时限为9月。")
    ]
    bare = collect(Session(), "要点.yaml", paths, {}, sent=put(folder, 发出=without_record(sent()))[0])
    assert bare.value is not None and len(bare.value.rows) == 1
    assert collect(Session(), "要点.yaml", paths, {}, sent="没有.docx").value is None


def test_files_without_a_record_are_compared_with_what_was_rendered(folder: Path) -> None:
    assert CliRunner().invoke(cli, ["render", "要点.yaml"]).exit_code == 0
    data = Path("要点.docx").read_bytes()
    Path("要点.yaml").write_text(LATER, "utf-8")
    made = _collected(put(folder, 财政局=without_record(answer(lambda hand: hand.replace("6月", "9月"), data=data))))
    assert made.value is not None and made.findings == ()
    assert [each.opinion.new for each in made.value.rows] == ["完成时限为9月。"]


def test_what_the_outline_already_has_is_said(folder: Path) -> None:
    Path("要点.yaml").write_text(TEXT.replace("3所", "5所"), "utf-8")
    made = _collected(put(folder, 财政局=answer(_five)))
    assert made.value is not None and made.findings == ()
    assert [(each.opinion.older, each.already) for each in made.value.rows] == [(True, True)]


def test_a_paragraph_that_was_taken_over_is_not_put_in_twice(folder: Path) -> None:
    new = "          - 款: 修好道路\n            文: 年内修通。\n      - 条: 保障安全"
    Path("要点.yaml").write_text(TEXT.replace("      - 条: 保障安全", new), "utf-8")
    data = answer(lambda hand: hand.add_after("向居民开放", "（3）修好道路。年内修通。", like="向居民开放"))
    made = _of(folder, 财政局=data)
    assert [(str(each.opinion.wish), each.already) for each in made.rows] == [("增", True)]
    copy = marked(Session(), made, "汇总.docx").value
    assert copy is not None and copy[1:] == (0, 0, 0, 0)


def test_an_older_state_of_the_plan(folder: Path) -> None:
    Path("要点.yaml").write_text(LATER, "utf-8")
    paths = put(
        folder, 财政局=answer(_five, lambda hand: hand.replace("6月", "9月"), lambda hand: hand.delete("每月检查"))
    )
    made = _collected(paths)
    assert made.value is not None
    assert [(str(each.opinion.wish), each.opinion.older) for each in made.value.rows] == [
        ("改", True),
        ("改", False),
        ("删", False),
    ]
    assert [each.code for each in made.findings] == ["PW821"] and "1 条" in made.findings[0].message
    assert made.value.replies[0].note.startswith("照旧稿改的")


def test_what_the_outline_changed_is_nobodys_opinion(folder: Path) -> None:
    Path("要点.yaml").write_text(LATER, "utf-8")
    assert _of(folder, 财政局=sent()).rows == ()


def test_files_that_are_no_copy_of_the_plan(folder: Path) -> None:
    letter = docx.Document()
    for line in ("关于征求意见的复函", "青山县教育局：", "来函收悉。经研究，无意见。"):
        letter.add_paragraph(line)
    stream = io.BytesIO()
    letter.save(stream)
    other = TEXT.replace("2026", "2025")
    for old, new in (
        ("新建幼儿园3所，补充教师30名", "举办运动会一次"),
        ("改造危房校舍12栋，全部完成验收", "疏通河道两条"),
    ):
        other = other.replace(old, new)
    for old in ("上好每一堂课", "落实责任", "办好教育"):
        other = other.replace(old, "按上级要求办")
    for old in ("每校配备图书两千册，每年更新一成", "每月检查一次校车、食堂和宿舍，隐患限期整改"):
        other = other.replace(old, "完成上级交办的其他工作，按时报送总结")
    made = _collected(put(folder, 财政局=stream.getvalue(), 民政局=sent(other), 公安局=sent()[:2000], 住建局=b"x"))
    assert made.value is not None and made.value.rows == ()
    assert [each.failed for each in made.value.replies] == [True] * 4
    assert "经研究，无意见" in made.value.replies[0].note and "另一份计划" in made.value.replies[1].note
    assert [each.code for each in made.findings] == ["PW820", "PW820", "PW850", "PW850"]


def test_a_file_that_is_no_word_file_is_told_from_a_broken_one(folder: Path) -> None:
    answers = put(folder, 财政局=sent())
    (folder / "复函.pdf").write_bytes(b"%PDF-1.7 ...")
    (folder / "民政局.txt").write_bytes("没有意见。".encode())
    (folder / "公安局.docx").write_bytes(b"%PDF-1.7 ...")
    made = _collected([*answers, *(str(folder / each) for each in ("复函.pdf", "民政局.txt", "公安局.docx"))])
    assert made.value is not None
    notes = {each.file: each.note for each in made.value.replies if each.failed}
    assert notes["复函.pdf"] == "是一份 PDF，里面改了什么程序读不出来"
    assert notes["民政局.txt"] == "是一份文字文件，里面改了什么程序读不出来"
    assert sorted(each.code for each in made.findings) == ["PW820", "PW820", "PW850"]


def test_a_part_of_the_plan_is_not_the_wish_to_delete_the_rest(folder: Path) -> None:
    def cut(hand: Hand) -> None:
        for text in ("提高质量", "上好每一堂课", "改造危房校舍", "每校配备", "向居民开放", "强化保障", "落实责任"):
            hand.delete(text)

    part = answer(cut, lambda hand: hand.replace("限期整改", "当天整改"))
    paths = put(folder, 财政局=part)
    made = _collected(paths)
    assert made.value is not None
    assert [each.opinion.wish for each in made.value.rows] == [Wish.CHANGE]
    assert [each.code for each in made.findings] == ["PW824"]


def test_who_sent_a_file(folder: Path) -> None:
    data = answer(lambda hand: hand.track("3所", "5所", author="县民政局"))
    paths = put(folder, 财政局的意见=data, 一=retouched(data), 二=answer(lambda hand: hand.replace("6月", "9月")))
    made = _collected(paths)
    assert made.value is not None
    assert [each.unit for each in made.value.replies] == ["财政局", "县民政局", "二"]
    assert [each.code for each in made.findings] == ["PW822", "PW822"]
    named = _collected(paths, 一="公安局", 二="住建局")
    assert named.value is not None and named.findings == ()
    assert [each.unit for each in named.value.replies] == ["财政局", "公安局", "住建局"]


def test_a_file_that_went_round_several_bureaus(folder: Path) -> None:
    data = answer(
        lambda hand: hand.track("3所", "5所", author="民政局"),
        lambda hand: hand.track("隐患限期", "隐患当天", author="公安局"),
        lambda hand: hand.comment("12栋", "核实。", author="住建局"),
    )
    made = _of(folder, 传签稿=data)
    assert [each.units for each in made.rows] == [("民政局",), ("住建局",), ("公安局",)]


def test_the_same_file_twice_is_taken_once(folder: Path) -> None:
    paths = put(folder, 财政局=answer(_five), 副本=answer(_five))
    made = _collected(paths)
    assert made.value is not None and made.value.opinions == 1
    assert [each.code for each in made.findings] == ["PW820"] and "一模一样" in made.value.replies[1].note
    assert _of(folder, 财政局=answer(_five), 民政局=answer(_five)).rows[0].units == ("财政局", "民政局")
    two = put(folder, 财政局=answer(_five), 财政局新=answer(lambda hand: hand.replace("6月", "9月")))
    assert _codes(two, 财政局新="财政局") == ["PW825"]


def test_comments_that_stand_nowhere_are_opinions_too(folder: Path) -> None:
    def detach(hand: Hand) -> None:
        hand.comment("12栋", "总的没有意见。", author="张某")
        for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            for each in hand.document.element.body.xpath(f".//w:{name}"):
                each.getparent().remove(each)

    (row,) = _of(folder, 财政局=answer(detach)).rows
    assert (row.opinion.new, row.opinion.at, row.clause) == ("总的没有意见。", -1, "全文")


def test_a_change_of_format_is_counted(folder: Path) -> None:
    made = _of(folder, 财政局=answer(lambda hand: hand.format("12栋")))
    assert made.rows == () and made.replies[0].note == "另有 1 处只改了格式，没有列"


def test_an_outline_with_an_error_stops() -> None:
    Path("要点.yaml").write_text(TEXT.replace("章: 提高质量", "章："), "utf-8")
    made = _collected([])
    assert made.value is None and made.findings


@pytest.mark.libreoffice
def test_files_that_went_through_libreoffice(folder: Path) -> None:
    edited = answer(
        _five, lambda hand: hand.track("6月", "9月"), lambda hand: hand.comment("12栋", "请核实。", author="张某")
    )
    saved, untouched = through_office(edited, sent())
    made = _of(folder, 财政局=saved, 民政局=untouched, 公安局=edited)
    assert [("、".join(each.units), str(each.opinion.wish)) for each in made.rows] == [
        ("财政局、公安局", "改"),
        ("财政局、公安局", "改"),
        ("财政局、公安局", "批"),
    ]
    assert made.replies[1].shown == "无意见"


def test_the_files_of_a_folder(folder: Path) -> None:
    inside = folder / "回来的"
    inside.mkdir()
    for name in ("乙.docx", "甲.doc", "~$乙.docx", "汇总.xlsx", "复函.txt", "丙.PDF", "丁.jpg"):
        (inside / name).write_bytes(b"")
    names = [Path(each).name for each in answers_in([str(inside), "另.docx", str(inside)])]
    assert names == ["丁.jpg", "丙.PDF", "乙.docx", "复函.txt", "甲.doc", "另.docx"]


def test_the_table_has_the_name_of_the_plan_not_of_its_notice(folder: Path) -> None:
    frame = "发文: {发文机关: 青山县教育局, 成文日期: 2026-03-05, 主送: [各校]}\n总体要求"
    data = sent()
    Path("要点.yaml").write_text(TEXT.replace("总体要求", frame, 1), "utf-8")
    title = _of(folder, 财政局=data).title
    assert title.endswith("2026年工作要点") and "通知" not in title and title.count("青山县教育局") == 1
