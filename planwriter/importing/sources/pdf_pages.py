"""The door to pdfminer.six: the lines of each page of a PDF with their places, read by a process of its own within bounds.

A PDF may unpack to any size and keep its reader busy for ever, and nothing in this process could stop that.
"""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Iterator
from concurrent.futures import TimeoutError as TooLong
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.system.processes import Pool, bound_memory, deaf

if TYPE_CHECKING:
    from pdfminer.layout import LTChar, LTPage

MAX_PAGES = 1000
TIME_LIMIT = 120.0
"""In seconds, for one file; a page takes some hundredths of one."""
_MAX_MEMORY = 1024 * 1024 * 1024
_MAX_CHARACTERS = 5_000_000
_MAX_OF_PAGE = 200_000
UNKNOWN = "\ufffd"
"""What stands for a character whose font does not say which it is."""
_CID = regex(r"\(cid:\d+\)")
_WIDE = regex("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\uffef\u3000-\u303f]")


class PdfLine(NamedTuple):
    """A line of a page: its text, its ends and its base line in points from the lower left corner, the size of its type."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


class PdfPage(NamedTuple):
    """A page: its size, its lines from the top, and whether it has pictures."""

    width: float
    height: float
    lines: tuple[PdfLine, ...]
    pictures: bool


class UnreadablePdf(Exception):
    """The file cannot be read; the message says why, in the writer's words."""


def is_installed() -> bool:
    """True if pdfminer.six is there."""
    return importlib.util.find_spec("pdfminer") is not None


def read_pages(data: bytes, *, time_limit: float = TIME_LIMIT) -> tuple[PdfPage, ...]:
    """The pages of a PDF. Raises UnreadablePdf."""
    try:
        with deaf():
            pool = Pool(1, _begin, _MAX_MEMORY)
            future = pool.submit(_pages, data)
    except (OSError, ImportError, NotImplementedError):
        return _checked(_pages(data))
    try:
        made = future.result(time_limit)
    except TooLong:
        pool.end()
        raise UnreadablePdf(f"{time_limit:g} 秒还没有读完，已经停掉") from None
    except (BrokenProcessPool, MemoryError):
        raise UnreadablePdf("读它的进程中途停了，多半是内存不够") from None
    finally:
        pool.shutdown()
    return _checked(made)


def _checked(made: tuple[PdfPage, ...] | str) -> tuple[PdfPage, ...]:
    if isinstance(made, str):
        raise UnreadablePdf(made)
    return made


def _begin(limit: int) -> None:
    """Imports what the process that reads needs, and bounds what it takes beyond that."""
    import pdfminer.converter
    import pdfminer.pdfpage  # noqa: F401

    bound_memory(limit)


def _pages(data: bytes) -> tuple[PdfPage, ...] | str:
    """The pages, or why there are none."""
    import logging

    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    logging.disable(logging.CRITICAL)  # what it warns of is said by findings
    try:
        return tuple(_each_page(data))
    except _TooMuch as error:
        return str(error)
    except (PDFPasswordIncorrect, PDFEncryptionError):
        return "加了密码"
    except MemoryError:
        return "解开以后太大，内存装不下"
    except Exception:  # a damaged file raises errors of every kind
        return "文件坏了，或者不是 PDF"


class _TooMuch(Exception):
    """A bound is exceeded; the message says which."""


def _each_page(data: bytes) -> Iterator[PdfPage]:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    characters = 0
    for number, page in enumerate(PDFPage.get_pages(io.BytesIO(data)), 1):
        if number > MAX_PAGES:
            raise _TooMuch(f"超过 {MAX_PAGES} 页")
        interpreter.process_page(page)
        made = _page(device.get_result())
        characters += sum([len(line.text) for line in made.lines])
        if characters > _MAX_CHARACTERS:
            raise _TooMuch(f"文字超过 {_MAX_CHARACTERS // 10000} 万字")
        yield made


def _page(layout: LTPage) -> PdfPage:
    from pdfminer.layout import LTChar, LTContainer, LTImage

    found: list[LTChar] = []
    pictures = False
    waiting: list[object] = [layout]
    while waiting:
        each = waiting.pop()
        if isinstance(each, LTChar):
            if each.upright and each.size > 0:
                found.append(each)
        elif isinstance(each, LTImage):
            pictures = True
        elif isinstance(each, LTContainer):
            waiting.extend(reversed(list(each)))
    if len(found) > _MAX_OF_PAGE:
        raise _TooMuch(f"一页里的字超过 {_MAX_OF_PAGE} 个")
    return PdfPage(layout.width, layout.height, tuple(_lines(found)), pictures)


def _lines(characters: list[LTChar]) -> Iterator[PdfLine]:
    """The characters as lines from the top: those whose base lines are nearly the same, from left to right."""
    ordered = sorted(characters, key=lambda each: (-each.y0, each.x0))
    row: list[LTChar] = []
    for each in ordered:
        if row and row[0].y0 - each.y0 > 0.45 * min(row[0].size, each.size):
            yield from _line(row)
            row = []
        row.append(each)
    yield from _line(row)


def _line(row: list[LTChar]) -> Iterator[PdfLine]:
    texts: list[str] = []
    last: LTChar | None = None
    for each in sorted(row, key=lambda each: each.x0):
        text = _CID.sub(UNKNOWN, each.get_text())
        if last is not None:
            gap = each.x0 - last.x1
            if texts[-1] == text and each.x0 - last.x0 < 0.2 * each.size:
                continue  # printed twice, to look bold
            wide = _WIDE.match(text) is not None or _WIDE.match(texts[-1]) is not None
            if gap > (0.9 if wide else 0.2) * each.size and texts[-1] != " " and text != " ":
                texts.append(" ")
        texts.append(text)
        last = each
    text = "".join(texts).strip()
    if text and last is not None:
        seen = [each for each in row if each.get_text().strip()]
        sizes = sorted(each.size for each in seen)
        bold = all("bold" in each.fontname.lower() or "hei" in each.fontname.lower() for each in seen)
        left, right = min(each.x0 for each in seen), max(each.x1 for each in seen)
        yield PdfLine(text, left, right, row[0].y0, sizes[len(sizes) // 2], bold)
