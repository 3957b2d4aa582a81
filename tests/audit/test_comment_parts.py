"""Comments that are put into a .docx: who wrote them and when, answers and settled ones."""

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from planwriter.audit.comment_parts import with_remarks
from planwriter.audit.comment_ranges import Remark
from planwriter.readers.docx.comments import DocxComment, read_comments
from planwriter.readers.docx.read import read_docx
from tests.audit.planting import good
from tests.readers.docx.making import MAIN, body, packed, para, part

_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


def _put(data: bytes, *wanted: Remark) -> bytes:
    return with_remarks(data, read_docx(data), wanted).data


def _by(author: str, *, line: int = 1, start: int = 0, end: int = 0, **more: object) -> Remark:
    return Remark(line, start, end, ("话",), author, "", **more)  # type: ignore[arg-type]


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_author_date_and_initials_are_kept() -> None:
    line = next(each.number for each in read_docx(good()).paragraphs if len(each.text) > 20)
    wanted = Remark(line, 1, 3, ("改一改。", "再看。"), '财"政<局>', "C&Z", "2026-03-05T09:00:00Z")
    (only,) = read_comments(_put(good(), wanted))
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


@given(
    st.lists(
        st.tuples(st.text(min_size=1, max_size=8), st.text(max_size=8), st.integers(0, 8), st.integers(0, 8)),
        max_size=5,
    )
)
def test_whatever_people_write_the_text_stays(said: list[tuple[str, str, int, int]]) -> None:
    data = packed(body(para("甲乙丙丁戊己") + para("庚")), comments=f'<w:comments xmlns:w="{MAIN}"/>')
    wanted = [Remark(1 + at % 2, min(a, b), max(a, b), (line,), who) for at, (who, line, a, b) in enumerate(said)]
    made = _put(data, *(each for each in wanted if each.end > each.start or each.end == 0))
    assert [each.text for each in read_docx(made).paragraphs] == ["甲乙丙丁戊己", "庚"]
    assert len(read_comments(made)) == sum(each.end > each.start or each.end == 0 for each in wanted)
