"""Comments that are put into a .docx: who wrote them and when, answers and settled ones."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.readers.docx.comment_part import NewComment
from planwriter.readers.docx.comments import DocxComment, read_comments
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.remarks import PlacedComment, with_comments
from planwriter.readers.docx.xml import UnreadableDocx
from tests.audit.planting import good
from tests.readers.docx.making import MAIN, body, packed, para, part

_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


def _put(data: bytes, *wanted: PlacedComment) -> bytes:
    return with_comments(data, read_docx(data), wanted)


def _by(author: str, *, settled: bool = False, answers: int = -1) -> PlacedComment:
    return PlacedComment(1, 0, 0, NewComment(author, ("话",), settled=settled, answers=answers))


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_author_date_and_initials_are_kept() -> None:
    line = next(each.number for each in read_docx(good()).paragraphs if len(each.text) > 20)
    said = NewComment('财"政<局>', ("改一改。", "再看。"), "2026-03-05T09:00:00Z", "C&Z")
    (only,) = read_comments(_put(good(), PlacedComment(line, 1, 3, said)))
    assert only == DocxComment(
        number=1,
        author='财"政<局>',
        initials="C&Z",
        date="2026-03-05T09:00:00Z",
        lines=("改一改。", "再看。"),
        paragraph=line,
        start=1,
        end=3,
        last=line,
        settled=False,
        answers=0,
    )


def test_without_answers_and_settled_ones_no_part_says_so() -> None:
    assert "word/commentsExtended.xml" not in _parts(_put(good(), _by("某")))


def test_answers_and_settled_ones_are_read_again() -> None:
    data = _put(good(), _by("甲", settled=True), _by("乙", answers=0), _by("丙"))
    assert [(each.author, each.settled, each.answers) for each in read_comments(data)] == [
        ("甲", True, 0),
        ("乙", False, 1),
        ("丙", False, 0),
    ]
    types = _parts(data)["[Content_Types].xml"].decode()
    assert types.count("commentsExtended+xml") == 1 and types.count(".comments+xml") == 1


def test_what_is_there_already_is_joined() -> None:
    first = _put(good(), _by("甲", settled=True))
    data = _put(first, _by("乙"), _by("丙", answers=0))
    assert [(each.author, each.settled, each.answers) for each in read_comments(data)] == [
        ("甲", True, 0),
        ("乙", False, 0),
        ("丙", False, 2),
    ]
    said = _parts(data)["word/commentsExtended.xml"]
    assert said.startswith(_parts(first)["word/commentsExtended.xml"].removesuffix(b"</w15:commentsEx>"))


def test_identifiers_that_are_taken_are_not_used_again() -> None:
    old = f'<w15:commentsEx xmlns:w15="{_W15}"><w15:commentEx w15:paraId="50570000" w15:done="1"/></w15:commentsEx>'
    data = _put(packed(body(para("甲")), comments=part("comments", ""), commentsExtended=old), _by("甲", settled=True))
    assert b'w15:paraId="50570001" w15:done="1"' in _parts(data)["word/commentsExtended.xml"]


def test_nothing_to_put_in_changes_no_byte() -> None:
    assert _put(good()) == good()


def test_a_place_between_two_characters_is_one_of_them() -> None:
    data = packed(body(para("甲乙丙")), comments=part("comments", ""))
    said = NewComment("某", ("话",))
    made = _put(data, PlacedComment(1, 1, 1, said), PlacedComment(1, 3, 3, said))
    assert [(each.start, each.end) for each in read_comments(made)] == [(1, 2), (2, 3)]


def test_a_file_without_text_is_refused() -> None:
    with pytest.raises(UnreadableDocx):
        _put(packed(body("")), _by("某"))


@given(
    st.lists(
        st.tuples(st.text(min_size=1, max_size=8), st.text(max_size=8), st.integers(0, 6), st.integers(0, 6)),
        max_size=5,
    )
)
def test_whatever_people_write_the_text_stays(said: list[tuple[str, str, int, int]]) -> None:
    data = packed(body(para("甲乙丙丁戊己") + para("庚")), comments=f'<w:comments xmlns:w="{MAIN}"/>')
    wanted = [
        PlacedComment(
            1 + at % 2, min(a, b, 1 if at % 2 else 6), min(max(a, b), 1 if at % 2 else 6), NewComment(who, (line,))
        )
        for at, (who, line, a, b) in enumerate(said)
    ]
    made = _put(data, *wanted)
    assert [each.text for each in read_docx(made).paragraphs] == ["甲乙丙丁戊己", "庚"]
    assert [each.paragraph for each in read_comments(made)] == [each.paragraph for each in wanted]
