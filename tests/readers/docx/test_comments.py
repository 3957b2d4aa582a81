"""Comments: who wrote what, whether it is settled, and where it stands."""

import io
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.readers.docx.comments import MAX_READ, DocxComment, read_comments
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.xml import UnreadableDocx
from tests.audit.planting import good
from tests.growth import assert_linear
from tests.readers.docx.making import body, packed, para, part, related, run

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


def _comment(
    identifier: object, *lines: str, form: str = 'w:author="李某" w:initials="李" w:date="2026-03-05T09:00:00Z"'
) -> str:
    inner = "".join(f"<w:p>{run(line)}</w:p>" for line in lines)
    return f'<w:comment w:id="{identifier}" {form}>{inner}</w:comment>'


def _open(identifier: object) -> str:
    return f'<w:commentRangeStart w:id="{identifier}"/>'


def _close(identifier: object) -> str:
    return f'<w:commentRangeEnd w:id="{identifier}"/>'


def _held(identifier: object) -> str:
    return f'<w:r><w:commentReference w:id="{identifier}"/></w:r>'


def _read(inner: str, *comments: str, **more: str) -> tuple[DocxComment, ...]:
    return read_comments(packed(body(inner), comments=part("comments", "".join(comments)), **more))


def _on(inner: str, **more: str) -> tuple[int, int, int, int]:
    """The place of the one comment, whose identifier is 3."""
    (only,) = _read(inner, _comment(3, "话"), **more)
    return only.paragraph, only.start, only.end, only.last


def test_a_comment_with_all_that_a_reader_sees() -> None:
    inner = para("甲") + f"<w:p>{run('乙丙')}{_open(0)}{run('丁戊')}{_close(0)}{_held(0)}{run('己')}</w:p>"
    (only,) = _read(inner, _comment(0, "改成三所。", "", "请核。"))
    assert only == DocxComment(
        number=1,
        author="李某",
        initials="李",
        date="2026-03-05T09:00:00Z",
        lines=("改成三所。", "请核。"),
        paragraph=2,
        start=2,
        end=4,
        last=2,
        settled=False,
        answers=0,
    )
    assert only.text == "改成三所。\n请核。"


def test_several_keep_the_order_of_their_part_and_may_overlap() -> None:
    inner = (
        f"<w:p>{_open(5)}{run('甲')}{_open(2)}{run('乙')}{_close(5)}{run('丙')}{_close(2)}{_held(5)}{_held(2)}</w:p>"
    )
    first, second = _read(inner, _comment(2, "后"), _comment(5, "先"))
    assert (first.number, first.text, first.start, first.end) == (1, "后", 1, 3)
    assert (second.number, second.text, second.start, second.end) == (2, "先", 0, 2)


def test_one_without_a_range_stands_where_it_is_held() -> None:
    assert _on(f"<w:p>{run('甲乙')}{_held(3)}{run('丙')}</w:p>") == (1, 2, 2, 1)


def test_one_over_several_paragraphs_reaches_to_the_end_of_the_first() -> None:
    inner = f"<w:p>{run('甲')}{_open(3)}{run('乙')}</w:p>{para('丙')}<w:p>{run('丁')}{_close(3)}{_held(3)}</w:p>"
    assert _on(inner) == (1, 1, 2, 3)


def test_marks_between_paragraphs_belong_to_those_they_enclose() -> None:
    assert _on(f"{para('甲')}{_open(3)}{para('乙丙')}{_close(3)}<w:p>{_held(3)}{run('丁')}</w:p>") == (2, 0, 2, 2)
    assert _on(f"{para('甲')}{_open(3)}{_close(3)}") == (1, 1, 1, 1)


def test_the_label_that_word_counts_is_part_of_the_text() -> None:
    numbering = part(
        "numbering",
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/><w:suff w:val="nothing"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    )
    form = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    inner = f"<w:p>{form}{run('甲')}{_open(3)}{run('乙')}{_close(3)}{_held(3)}</w:p>"
    assert read_docx(packed(body(inner), numbering=numbering)).paragraphs[0].text == "1.甲乙"
    assert _on(inner, numbering=numbering) == (1, 3, 4, 1)


def test_deleted_and_hidden_text_is_not_counted() -> None:
    gone = "<w:del w:id='9' w:author='x'><w:r><w:delText>删去</w:delText></w:r></w:del>"
    inner = f"<w:p>{gone}{run('隐', '<w:vanish/>')}{run('甲')}{_open(3)}{gone}{_close(3)}{_held(3)}{run('乙')}</w:p>"
    assert _on(inner) == (1, 1, 1, 1)


def test_in_cells_and_inserted_text_as_elsewhere_and_in_a_text_box_at_its_paragraph() -> None:
    added = f"<w:ins w:id='9' w:author='x'>{run('乙')}{_open(3)}{run('丙')}</w:ins>"
    cell = f"<w:p>{run('甲')}{added}{_close(3)}{_held(3)}</w:p>"
    assert _on(f"{para('前')}<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>") == (2, 2, 3, 2)
    inner = f"<w:p>{_open(3)}{run('框里')}{_close(3)}{_held(3)}</w:p>"
    box = f"<w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r>"
    assert _on(f"{para('前')}<w:p>{run('甲')}{box}{run('乙')}</w:p>") == (2, 1, 1, 2)


def test_copies_for_older_programs_are_not_read() -> None:
    choice = f"<mc:Choice Requires='x'>{run('甲')}</mc:Choice><mc:Fallback>{run('乙丙')}{_held(3)}</mc:Fallback>"
    inner = f"<w:p><mc:AlternateContent>{choice}</mc:AlternateContent>{_held(3)}</w:p>"
    assert _on(inner) == (1, 1, 1, 1)


def test_one_that_no_place_holds_has_none() -> None:
    assert _on(para("甲")) == (0, 0, 0, 0)
    assert _on("") == (0, 0, 0, 0)


def test_marks_in_the_wrong_order_stand_at_the_first() -> None:
    inner = f"<w:p>{run('甲')}{_close(3)}{run('乙')}{_open(3)}{run('丙')}{_held(3)}</w:p>"
    assert _on(inner) == (1, 2, 2, 1)


def test_answers_and_settled_ones() -> None:
    comments = (
        f'<w:comment w:id="{number}" w:author="某"><w:p/><w:p xmlns:w14="{_W14}" w14:paraId="{name}">{run("话")}</w:p></w:comment>'
        for number, name in ((0, "0a"), (1, "0B"), (2, "0C"))
    )
    said = (
        f'<x:commentsEx xmlns:x="{_W15}"><x:commentEx x:paraId="0A" x:done="1"/>'
        '<x:commentEx x:paraId="0B" x:paraIdParent="0A" x:done="0"/><x:commentEx x:paraId="0C" x:paraIdParent="0C"/></x:commentsEx>'
    )
    data = packed(body(para("甲")), comments=part("comments", "".join(comments)), commentsExtended=said)
    assert [(each.settled, each.answers) for each in read_comments(data)] == [(True, 0), (False, 1), (False, 0)]


def test_a_file_without_comments_has_none() -> None:
    assert read_comments(good()) == () and read_comments(packed(body(para("甲")))) == ()
    assert _read(para("甲")) == ()
    named = related(packed(body(para("甲"))), "word/document.xml", ("r9", "comments", "nowhere.xml"))
    assert read_comments(named) == ()


def test_of_two_with_one_identifier_the_first_counts_and_strange_ones_are_taken_as_they_are() -> None:
    first, second = _read(
        f"<w:p>{run('甲')}{_held('x')}</w:p>", _comment(1, "一"), _comment(1, "二"), _comment("x", "三"), "<w:p/>"
    )
    assert (first.text, second.text, second.paragraph) == ("一", "三", 1)


def test_a_strict_file() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    inner = f"<w:p>{run('甲')}{_open(3)}{run('乙')}{_close(3)}{_held(3)}</w:p>"
    (only,) = read_comments(
        packed(body(inner, space=strict), comments=part("comments", _comment(3, "话"), space=strict))
    )
    assert (only.author, only.text, only.start, only.end) == ("李某", "话", 1, 2)


def test_what_other_programs_write_is_read() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("新建幼儿园")
    marked = paragraph.add_run("三所")
    document.add_comment(marked, "改为五所", author="王某", initials="W")
    buffer = io.BytesIO()
    document.save(buffer)
    (only,) = read_comments(buffer.getvalue())
    text = read_docx(buffer.getvalue()).paragraphs[only.paragraph - 1].text
    assert (only.author, only.text, text[only.start : only.end]) == ("王某", "改为五所", "三所")


@pytest.mark.parametrize(
    "comments",
    [
        "<",
        "<!DOCTYPE x><x/>",
        part("comments", "<w:comment>" * 200 + "</w:comment>" * 200),
        part("comments", _comment(1, "x" * 6_000_000)),
    ],
    ids=["broken", "doctype", "deep", "long"],
)
def test_hostile_parts_are_refused(comments: str) -> None:
    with pytest.raises(UnreadableDocx):
        read_comments(packed(body(para("甲")), comments=comments))


def test_what_is_not_a_file_is_refused() -> None:
    for data in (b"", b"PK", b"\xd0\xcf\x11\xe0", b"x" * 100):
        with pytest.raises(UnreadableDocx):
            read_comments(data)


def test_long_names_are_cut_and_too_many_are_left() -> None:
    data = packed(
        body(para("甲")),
        comments=part(
            "comments", "".join(_comment(number, form=f'w:author="{"长" * 500}"') for number in range(MAX_READ + 5))
        ),
    )
    found = read_comments(data)
    assert len(found) == MAX_READ and len(found[0].author) == 200


def test_time_is_linear() -> None:
    def made(size: int) -> bytes:
        marks = "".join(f"{_open(number)}{run('甲')}{_close(number)}{_held(number)}" for number in range(size))
        comments = "".join(_comment(number, "话") for number in range(size))
        return packed(body(f"<w:p>{marks}</w:p>"), comments=part("comments", comments))

    last = read_comments(made(2_000))[-1]
    assert (last.start, last.end) == (1_999, 2_000)
    assert_linear(read_comments, made, 2_000)


_PIECES = st.lists(
    st.one_of(
        st.builds(run, st.text("甲乙 ab", max_size=3)),
        st.builds(_open, st.integers(0, 3)),
        st.builds(_close, st.integers(0, 3)),
        st.builds(_held, st.integers(0, 3)),
        st.just(f"</w:p><w:p>{run('换段')}"),
    ),
    max_size=12,
)


@given(_PIECES)
def test_a_place_is_always_inside_its_paragraph(pieces: list[str]) -> None:
    data = packed(
        body(f"<w:p>{''.join(pieces)}</w:p>"), comments=part("comments", "".join(_comment(n, "话") for n in range(4)))
    )
    paragraphs = read_docx(data).paragraphs
    for each in read_comments(data):
        if each.paragraph:
            assert 1 <= each.paragraph <= each.last <= len(paragraphs)
            assert 0 <= each.start <= each.end <= len(paragraphs[each.paragraph - 1].text)


def test_the_same_comments_stay_after_a_repack() -> None:
    inner = f"<w:p>{_open(3)}{run('甲')}{_close(3)}{_held(3)}</w:p>"
    data = packed(body(inner), comments=part("comments", _comment(3, "话")))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as made:
        for name in archive.namelist():
            made.writestr(name, archive.read(name))
    assert read_comments(buffer.getvalue()) == read_comments(data)
