"""Comments of people that go from one file to the next: none is lost, none is doubled."""

from collections.abc import Callable

import pytest

from planwriter.compare.opinions.kept_comments import KeptComments, keep_comments
from planwriter.findings.finding import Result
from planwriter.readers.docx.comment_part import NewComment
from planwriter.readers.docx.comments import read_comments
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.remarks import PlacedComment, with_comments
from tests.app.answers import TEXT, answer, sent
from tests.hands import Hand, resaved, retouched, through_office, without_marks, without_record


def _kept(old: bytes, text: str = TEXT) -> KeptComments:
    made = keep_comments(old, sent(text), "旧稿.docx").value
    assert made is not None
    return made


def _said(data: bytes) -> list[tuple[str, str, str]]:
    """The authors, the comments and the words that they are on."""
    paragraphs = read_docx(data).paragraphs
    return [
        (each.author, each.text, paragraphs[each.paragraph - 1].text[each.start : each.end])
        for each in read_comments(data)
    ]


def _on(words: str, said: str = "再核。", author: str = "王某") -> Callable[[Hand], None]:
    return lambda hand: hand.comment(words, said, author=author)


def test_a_comment_stays_at_its_words() -> None:
    old = answer(_on("12栋"), _on("6月", "来得及吗？", "张某"))
    made = _kept(old, TEXT.replace("新建幼儿园3所", "新建幼儿园4所").replace("每校配备图书两千册", "配书"))
    assert (made.in_place, made.at_block, made.displaced, made.kept) == (2, 0, 0, 2)
    assert sorted(_said(made.data)) == [("张某", "来得及吗？", "6月"), ("王某", "再核。", "12栋")]
    before = {(each.author, each.date, each.initials, each.lines) for each in read_comments(old)}
    assert {(each.author, each.date, each.initials, each.lines) for each in read_comments(made.data)} == before


@pytest.mark.parametrize("save", [retouched, resaved, without_marks, without_record])
def test_whoever_saved_the_file(save: Callable[[bytes], bytes]) -> None:
    made = _kept(save(answer(_on("12栋"), lambda hand: hand.replace("全部完成验收", "全部通过验收"))))
    assert (made.in_place, _said(made.data)) == (1, [("王某", "再核。", "12栋")])


def test_words_that_changed_leave_the_comment_at_its_paragraph() -> None:
    result = keep_comments(answer(_on("12栋")), sent(TEXT.replace("12栋", "十四幢")), "旧稿.docx")
    assert result.value is not None and result.value.at_block == 1
    assert [each.code for each in result.findings] == ["PW829"]
    ((_, _, words),) = _said(result.value.data)
    assert "十四幢" in words


def test_a_paragraph_that_is_gone_leaves_the_comment_at_the_heading_above() -> None:
    gone = TEXT.replace("          - 款: 配齐图书\n            文: 每校配备图书两千册，每年更新一成。\n", "")
    result = keep_comments(answer(_on("两千册")), sent(gone), "旧稿.docx")
    assert result.value is not None and result.value.displaced == 1
    assert [each.code for each in result.findings] == ["PW828"]
    assert "2.改善条件" in result.findings[0].message
    ((_, said, words),) = _said(result.value.data)
    assert said == "再核。" and words.startswith("2.改善条件")


def test_a_new_paragraph_of_the_hand_that_is_not_in_the_outline() -> None:
    old = answer(lambda hand: hand.add_after("隐患限期整改", "这是手写的一段新话。"), _on("新话"))
    assert _kept(old).displaced == 1 and len(_said(_kept(old).data)) == 1


def test_answers_and_settled_ones() -> None:
    data = sent()
    line = next(each.number for each in read_docx(data).paragraphs if "12栋" in each.text)
    wanted = [
        PlacedComment(line, 0, 0, NewComment("王某", ("再核。", "第二段。"), settled=True)),
        PlacedComment(line, 0, 0, NewComment("张某", ("核过了。",), answers=0)),
    ]
    made = _kept(with_comments(data, read_docx(data), wanted))
    assert [(each.author, each.lines, each.settled, each.answers) for each in read_comments(made.data)] == [
        ("王某", ("再核。", "第二段。"), True, 0),
        ("张某", ("核过了。",), False, 1),
    ]


def test_a_second_time_doubles_nothing() -> None:
    old = answer(_on("12栋"))
    once = _kept(old)
    again = _kept(once.data)
    assert _said(again.data) == _said(once.data) and again.data == once.data
    into_itself = keep_comments(old, once.data, "旧稿.docx").value
    assert into_itself is not None and into_itself.kept == 0 and into_itself.data == once.data


def test_comments_of_an_audit_are_left_out() -> None:
    made = _kept(answer(_on("12栋", author="planwriter"), _on("6月")))
    assert (made.ours, made.kept, len(_said(made.data))) == (1, 1, 1)


def test_a_file_without_comments_changes_nothing() -> None:
    assert _kept(answer(lambda hand: hand.replace("3所", "5所"))) == KeptComments(sent(), 0, 0, 0, 0)


def test_a_comment_that_stands_nowhere_goes_to_the_end() -> None:
    def detach(hand: Hand) -> None:
        for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            for each in hand.document.element.body.xpath(f".//w:{name}"):
                each.getparent().remove(each)

    made = _kept(answer(_on("12栋", "总的没有意见。"), detach))
    assert made.displaced == 1 and [each[1] for each in _said(made.data)] == ["总的没有意见。"]


_TABLE = TEXT.replace(
    "      - 条: 保障安全",
    "      - 表:\n          - [项目, 数量]\n          - [幼儿园, 3所]\n          - [小学, 1所]\n      - 条: 保障安全",
)


def test_a_comment_in_a_table_stays_in_its_cell() -> None:
    old = answer(_on("1所"), data=sent(_TABLE))
    made = _kept(old, _TABLE.replace("3所]", "4所]"))
    assert _said(made.data) == [("王某", "再核。", "1所")] and made.in_place == 1
    other = _kept(old, _TABLE.replace("1所]", "2所]"))
    assert other.at_block == 1 and len(_said(other.data)) == 1


@pytest.mark.parametrize("old", [b"", b"PK", sent()[:3000]])
def test_a_broken_file_is_told(old: bytes) -> None:
    result: Result[KeptComments | None] = keep_comments(old, sent(), "旧稿.docx")
    assert result.value is None and [each.code for each in result.findings] == ["PW850"]


@pytest.mark.libreoffice
def test_after_libreoffice() -> None:
    (saved,) = through_office(answer(_on("12栋"), lambda hand: hand.replace("3所", "5所")))
    made = _kept(saved)
    assert (made.in_place, _said(made.data)) == (1, [("王某", "再核。", "12栋")])
