"""Findings as comments: where they stand, what else changes in the file, and that other programs read them."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.audit.annotate import MAX_COMMENTS, annotate, annotated, remarks
from planwriter.findings.finding import Finding, Pos, Severity
from planwriter.readers.docx.document import WordDocument
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.xml import UnreadableDocx
from planwriter.start.records import replace
from planwriter.system.office import find_soffice
from planwriter.writers.docx.package import is_untouched
from tests.audit.foreign import PARAMETERS
from tests.audit.planting import good
from tests.growth import assert_linear
from tests.readers.docx.making import MAIN, body, packed, para, run

NAME = "通知.docx"
FOREIGN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _at(line: int = 0, column: int = 0, message: str = "不对。") -> Finding:
    return Finding(code="PW501", severity=Severity.WARNING, pos=Pos(NAME, line, column), message=message, hint="改好。")


def _made(data: bytes, *findings: Finding) -> bytes:
    return annotate(data, read_docx(data), findings, NAME).data


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def _text(data: bytes) -> str:
    return _parts(data)["word/document.xml"].decode()


def test_only_the_text_and_what_names_the_comments_change() -> None:
    before, after = _parts(good()), _parts(_made(good(), _at(3, 1), _at()))
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {"word/document.xml", "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert before.keys() <= after.keys()
    bare = re.sub(
        rb"<w:commentRange(?:Start|End) w:id=\"\d+\"/>|<w:r><w:commentReference w:id=\"\d+\"/></w:r>",
        b"",
        after["word/document.xml"],
    )
    assert (
        read_docx(_with(good(), "word/document.xml", bare)).paragraphs[2].text == read_docx(good()).paragraphs[2].text
    )


def _with(data: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for each, old in (_parts(data) | {name: content}).items():
            archive.writestr(each, content if each == name else old)
    return buffer.getvalue()


def test_the_same_file_and_findings_give_the_same_bytes_without_a_date() -> None:
    made = _made(good(), _at(3, 1), _at())
    assert made == _made(good(), _at(3, 1), _at())
    comments = _parts(made)["word/comments.xml"].decode()
    assert 'w:author="planwriter"' in comments and "w:date" not in comments


def test_a_plain_run_is_split_at_the_words_that_are_cited() -> None:
    data = packed(body(f"<w:p>{run('甲，，乙&amp;丙')}{run('丁')}</w:p>"))
    text = _text(_made(data, _at(1, 2, "重复了“，，”。")))
    head, tail = '<w:r><w:rPr></w:rPr><w:t xml:space="preserve">', "</w:t></w:r>"
    assert (
        f'<w:p>{head}甲{tail}<w:commentRangeStart w:id="0"/>{head}，，{tail}<w:commentRangeEnd w:id="0"/>'
        f'{head}乙&amp;丙{tail}{run("丁")}<w:r><w:commentReference w:id="0"/></w:r></w:p>' in text
    )


def test_other_runs_are_marked_whole_and_a_wrapper_is_not_entered() -> None:
    link = f"<w:hyperlink w:anchor='x'>{run('链接')}</w:hyperlink>"
    tab = "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>"
    text = _text(_made(packed(body(f"<w:p>{link}{tab}</w:p>")), _at(1, 2), _at(1, 5)))
    assert f'<w:commentRangeStart w:id="0"/>{link}<w:commentRangeEnd w:id="0"/>' in text
    assert f'<w:commentRangeStart w:id="1"/>{tab}<w:commentRangeEnd w:id="1"/>' in text


def test_what_has_no_place_in_the_body_stands_at_the_first_paragraph() -> None:
    text = _text(_made(packed(body(para("甲") + para("乙"))), _at(), _at(99, 3)))
    first = text[: text.index("</w:p>")]
    assert first.count("commentReference") == 2 and text.count("commentReference") == 2
    assert first.index("</w:pPr>") < first.index("commentRangeStart")


def test_cells_text_boxes_and_changes_are_no_obstacle() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{para('框')}</w:txbxContent></w:pict></w:r>"
    cell = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    change = f"<w:ins w:id='1' w:author='x'>{run('乙，')}</w:ins>"
    data = packed(body(f"<w:p>{run('甲')}{box}{change}</w:p>{cell}"))
    made = _made(data, _at(1, 3), _at(2))
    text = _text(made)
    assert f'<w:commentRangeStart w:id="0"/>{change}<w:commentRangeEnd w:id="0"/>' in text
    assert '<w:tc><w:p><w:commentRangeStart w:id="1"/><w:commentRangeEnd w:id="1"/>' in text
    assert [each.text for each in read_docx(made).paragraphs] == [each.text for each in read_docx(data).paragraphs]


def test_comments_that_are_there_stay_with_their_numbers() -> None:
    old = f'<w:comments xmlns:w="{MAIN}"><w:comment w:id="7" w:author="某"><w:p/></w:comment></w:comments>'
    inner = f'<w:p>{run("甲")}<w:r><w:commentReference w:id="7"/></w:r></w:p>'
    parts = _parts(_made(packed(body(inner), comments=old), _at(1)))
    comments = parts["word/comments.xml"].decode()
    assert comments.startswith(old.removesuffix("</w:comments>")) and 'w:id="8" w:author="planwriter"' in comments
    assert '<w:commentReference w:id="8"/>' in parts["word/document.xml"].decode()
    assert b"rIdPw" not in parts["word/_rels/document.xml.rels"]


def test_an_empty_part_of_comments_is_opened() -> None:
    parts = _parts(_made(packed(body(para("甲")), comments=f'<w:comments xmlns:w="{MAIN}"/>'), _at(1)))
    assert parts["word/comments.xml"].decode().count("<w:comment ") == 1
    read_docx(_made(packed(body(para("甲")), comments=f'<w:comments xmlns:w="{MAIN}"/>'), _at(1)))


def test_a_text_with_another_prefix_or_none() -> None:
    for prefix, mark in (("x:", "xmlns:x"), ("", "xmlns")):
        text = f'<{prefix}document {mark}="{MAIN}"><{prefix}body><{prefix}p><{prefix}r><{prefix}t>甲乙</{prefix}t></{prefix}r></{prefix}p></{prefix}body></{prefix}document>'
        made = _made(packed(text), _at(1, 2))
        (paragraph,) = read_docx(made).paragraphs
        assert paragraph.text == "甲乙" and paragraph.comments == ("0",)


def test_a_strict_file_gets_strict_comments() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    parts = _parts(_made(packed(body(para("甲"), space=strict)), _at(1)))
    assert strict.encode() in parts["word/comments.xml"] and FOREIGN.encode() not in parts["word/comments.xml"]
    assert b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in parts["word/_rels/document.xml.rels"]


def test_a_comment_says_level_code_message_and_hint_and_further_places_have_their_own() -> None:
    one = replace(_at(1, 1, "用了“<”&。"), related=((Pos(NAME, 2, 1), "第2段"), (Pos("别的.docx", 1), "别处")))
    made = list(remarks((one, replace(one, pos=Pos("别的.docx"))), NAME, ["<甲", "乙"]))
    assert [(each.paragraph, each.start, each.end) for each in made] == [(1, 0, 1), (2, 0, 1)]
    assert made[0].lines == ("【警告 PW501】用了“<”&。", "办法：改好。") and "同一个问题：第2段" in made[1].lines[0]
    comments = _parts(_made(packed(body(para("&lt;甲") + para("乙"))), one))["word/comments.xml"].decode()
    assert "用了“&lt;”&amp;。" in comments


def test_too_many_a_signature_and_an_odd_file_are_findings() -> None:
    data = packed(body(para("甲")))
    many = annotated(data, read_docx(data), [_at(1)] * (MAX_COMMENTS + 2), NAME)
    assert [each.code for each in many.findings] == ["PW771"] and many.value is not None and many.value.left_out == 2
    signed = _with(data, "_xmlsignatures/sig1.xml", b"<x/>")
    assert [each.code for each in annotated(signed, read_docx(signed), [_at(1)], NAME).findings] == ["PW772"]
    assert annotated(signed, read_docx(signed), [], NAME).findings == ()
    odd = packed('<?xml version="1.0" encoding="GB18030"?>' + body(para("a")))
    refused = annotated(odd, read_docx(odd), [_at(1)], NAME)
    assert refused.value is None and [each.code for each in refused.findings] == ["PW770"]
    rest = _with(data, "[Content_Types].xml", b"<Types/><!-- -->")
    with pytest.raises(UnreadableDocx):
        _made(rest, _at(1))


def test_without_findings_the_file_is_the_same() -> None:
    assert _made(good()) == good()


def test_our_own_file_then_counts_as_edited() -> None:
    assert is_untouched(good()) is True
    assert is_untouched(_made(good(), _at(1))) is False


def test_another_library_reads_the_comments() -> None:
    opened = docx.Document(io.BytesIO(_made(good(), _at(2, 1), _at(5), _at())))
    found = list(opened.comments)
    assert [each.author for each in found] == ["planwriter"] * 3 and "不对" in found[0].text


@pytest.mark.parametrize("make", PARAMETERS)
def test_files_of_other_programs_keep_their_text(make: Callable[[Path], bytes], tmp_path: Path) -> None:
    data = make(tmp_path)
    before = read_docx(data).paragraphs
    made = _made(data, *(_at(number, 2) for number in range(1, len(before) + 1)), _at())
    after = read_docx(made).paragraphs
    assert [each.text for each in after] == [each.text for each in before]
    assert [_looks(each.shown) for each in after] == [_looks(each.shown) for each in before]
    assert sum(len(each.comments) for each in after) == len(before) + 1 + sum(len(each.comments) for each in before)


def test_time_is_linear_in_the_text_and_in_the_comments() -> None:
    def made(size: int) -> tuple[bytes, WordDocument, list[Finding]]:
        data = packed(body(f"<w:p>{run('，，') * size}</w:p>" + para("乙") * size))
        return data, read_docx(data), [_at(1, 2 * at + 1) for at in range(size)]

    assert_linear(lambda given: annotate(*given, NAME), made, 1_000)


_RUNS = st.lists(
    st.tuples(st.text("甲乙，&<> ab", max_size=5), st.sampled_from(["", "ins", "tab", "del", "hyperlink"])), max_size=5
)


def _run(text: str, kind: str) -> str:
    inner = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    typed = f'<w:t xml:space="preserve">{inner}</w:t>'
    if kind == "del":
        return f"<w:del w:id='1' w:author='x'><w:r><w:delText>{inner}</w:delText></w:r></w:del>"
    one = f"<w:r><w:rPr><w:b/></w:rPr>{typed}{'<w:tab/>' if kind == 'tab' else ''}</w:r>"
    return f"<w:{kind} w:id='1' w:author='x'>{one}</w:{kind}>" if kind in ("ins", "hyperlink") else one


@given(_RUNS, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 25)), max_size=6))
def test_the_text_and_its_look_stay_whatever_is_marked(runs: list[tuple[str, str]], at: list[tuple[int, int]]) -> None:
    data = packed(body(f"<w:p>{''.join(_run(*each) for each in runs)}</w:p>{para('乙')}"))
    made = _made(data, *(_at(*each) for each in at))
    before, after = read_docx(data).paragraphs, read_docx(made).paragraphs
    assert [each.text for each in after] == [each.text for each in before]
    assert [_looks(each.shown) for each in after] == [_looks(each.shown) for each in before]
    text = _text(made)
    for number in range(len(at)):
        start, end, held = (text.index(f'{mark} w:id="{number}"') for mark in _MARKS)
        assert start < end < held


_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")


def _looks(runs: object) -> list[object]:
    return [(mark, run.look) for run in runs for mark in run.text]  # type: ignore[attr-defined]


@pytest.mark.libreoffice
@pytest.mark.skipif(not find_soffice(), reason="no LibreOffice")
def test_libreoffice_shows_the_comments(tmp_path: Path) -> None:
    soffice = find_soffice()
    assert soffice is not None
    path = tmp_path / "批注.docx"
    path.write_bytes(_made(good(), _at(2, 1), _at(5), _at(9, 2), _at()))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path), str(path)],
        capture_output=True,
        timeout=120,
        check=False,
    )
    shown = (tmp_path / "批注.fodt").read_text("utf-8")
    assert shown.count("<office:annotation ") == 4 and shown.count("<dc:creator>planwriter</dc:creator>") >= 4
    shutil.rmtree(tmp_path / "profile", ignore_errors=True)
