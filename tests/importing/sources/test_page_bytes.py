"""The text of the bytes of a page: declared encodings, wrong ones, pages saved as one file."""

from __future__ import annotations

import base64
import quopri

import pytest

from planwriter.importing.sources.page_bytes import page_text
from tests.growth import assert_linear

TEXT = '<meta charset="{}"><p>青山县教育局工作要点，全县教育工作。镕</p>'


def read(data: bytes) -> tuple[str, list[str]]:
    made = page_text(data, "网页.html")
    return made.value, [each.code for each in made.findings]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-8", "utf-8"),
        ("", "utf-8"),
        ("gb2312", "utf-8"),
        ("utf-8", "utf-16"),
    ],
)
def test_a_page_is_read_as_it_declares_or_as_it_is(declared: str, encoding: str) -> None:
    text = TEXT.format(declared)
    assert read(text.encode(encoding)) == (text, [])


def test_big5_is_read_when_declared() -> None:
    text = '<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>教育工作</p>'
    assert read(text.encode("big5")) == (text, [])


def test_damage_is_a_finding() -> None:
    text, codes = read(TEXT.format("gbk").encode("gbk", "replace") + b"\xff\xfe\xff")
    assert "青山县教育局" in text and codes == ["PW710"]


def mail(packed: str, body: bytes, end: str = "\r\n") -> bytes:
    head = [
        "From: <saved>",
        "MIME-Version: 1.0",
        "Content-Type: multipart/related;",
        ' boundary="--=_x"',
        "",
        "----=_x",
    ]
    part = ['Content-Type: text/html; charset="gbk"', f"Content-Transfer-Encoding: {packed}", "", ""]
    rest = ["", "----=_x", "Content-Type: image/png", "", "AAAA", "----=_x--"]
    return end.join([*head, *part]).encode() + body + end.join(rest).encode()


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("packed", ["quoted-printable", "base64", "8bit"])
def test_a_page_saved_as_one_file_is_taken_out_of_it(packed: str, end: str) -> None:
    data = "<html><p>青山县教育局工作要点</p></html>".encode("gbk")
    body = {"quoted-printable": quopri.encodestring(data), "base64": base64.encodebytes(data), "8bit": data}[packed]
    text, codes = read(mail(packed, body, end))
    assert text.strip() == "<html><p>青山县教育局工作要点</p></html>" and codes == []


def test_many_marks_between_parts_are_read_in_linear_time() -> None:
    kind = b"Content-Type: text/html\n\n"
    assert_linear(
        read, lambda size: b"MIME-Version: 1.0\n" + b"boundary=a\n" * size + kind + b"<p>" * 3 * size, 300_000
    )


def test_one_file_without_a_page_or_with_damage_is_read_all_the_same() -> None:
    assert read(b"MIME-Version: 1.0\n\nx")[0].endswith("x")
    assert isinstance(read(mail("base64", b"\xff=x"))[0], str)
