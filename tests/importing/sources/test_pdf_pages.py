"""The door to pdfminer.six: lines with their places, bounds, hostile files. Skipped without pdfminer.six."""

from __future__ import annotations

import contextlib
import zlib

import pytest

pytest.importorskip("pdfminer", reason="pdfminer.six is not installed: pip install planwriter[pdf]")

from planwriter.importing.sources import pdf_pages
from planwriter.importing.sources.pdf_pages import PdfPage, UnreadablePdf, read_pages
from tests.importing.sources.pdfs import Placed, pdf


def only(*lines: Placed) -> PdfPage:
    (page,) = read_pages(pdf([lines]))
    return page


def test_characters_become_lines_from_the_top() -> None:
    page = only((100, 600, 16, "第二行"), (100, 700, 16, "第一"), (132, 700, 16, "行"), (300, 700.5, 16, "远处"))
    assert [line.text for line in page.lines] == ["第一行 远处", "第二行"]
    first = page.lines[0]
    assert (first.left, round(first.right), round(first.size)) == (100, 332, 16) and (page.width, page.height) == (
        595,
        842,
    )


def test_a_line_printed_twice_is_read_once() -> None:
    assert [line.text for line in only((100, 700, 16, "标题"), (100.4, 700, 16, "标题")).lines] == ["标题"]


def test_pictures_are_seen() -> None:
    (page,) = read_pages(pdf([], streams=[b"q 100 0 0 100 0 0 cm /I Do Q"]))
    assert page.pictures and page.lines == ()


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "MAX_PAGES", 2)
    assert len(read_pages(pdf([[(100, 700, 16, "页")]] * 2))) == 2
    with pytest.raises(UnreadablePdf, match="超过 2 页"):
        read_pages(pdf([[(100, 700, 16, "页")]] * 3))


_ENCRYPTED = "/Encrypt<</Filter/Standard/V 1/R 2/O(12345678901234567890123456789012)/U(12345678901234567890123456789012)/P -4>>/ID[(a)(b)]"
_BOMB = b"BT /F 16 Tf " + b"(aaaaaaaaaaaaaaaa) Tj " * 4_000_000


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.4\nnothing", "文件坏了"),
        (pdf([[(1, 1, 1, "字")]], more=_ENCRYPTED), "加了密码"),
        (b"", "文件坏了"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, told: str) -> None:
    with pytest.raises(UnreadablePdf, match=told):
        read_pages(data)


def test_a_file_that_keeps_its_reader_busy_is_stopped() -> None:
    with pytest.raises(UnreadablePdf):
        read_pages(pdf([], streams=[_BOMB]), time_limit=3)


def test_a_file_that_unpacks_to_more_than_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "_MAX_MEMORY", 400 * 1024 * 1024)
    packer = zlib.compressobj(9)
    zeros = b"\0" * (1 << 20)
    bomb = b"".join([*(packer.compress(zeros) for _ in range(450)), packer.flush()])
    sound = pdf([[(100, 700, 16, "页")]])
    at = (
        sound.index(b"stream\nx")
        if b"stream\nx" in sound
        else sound.rindex(b"stream\n", 0, sound.index(b"\nendstream", sound.index(b"FlateDecode")))
    )
    end = sound.index(b"\nendstream", at)
    head = sound[:at].replace(f"/Length {end - at - 7}/Filter".encode(), f"/Length {len(bomb)}/Filter".encode())
    try:
        pages = read_pages(head + b"stream\n" + bomb + sound[end:], time_limit=60)
    except UnreadablePdf as error:
        assert "内存" in str(error) or "文件坏了" in str(error) or "秒" in str(error)
    else:
        assert all(page.lines == () for page in pages)


@pytest.mark.parametrize("cut", range(100, 1500, 200))
def test_a_cut_file_is_read_or_refused(cut: int) -> None:
    data = pdf([[(100, 700, 16, "页")]])
    with contextlib.suppress(UnreadablePdf):
        assert len(read_pages(data[:cut])) <= 1
