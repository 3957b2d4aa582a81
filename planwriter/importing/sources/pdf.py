"""A PDF with text as a script: its lines are joined to paragraphs by their indents and ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.importing.script import Script, ScriptLine
from planwriter.importing.sources import pdf_pages
from planwriter.importing.sources.pdf_pages import UNKNOWN, PdfLine, PdfPage, UnreadablePdf
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

COUNTED = "段"
_NUMBER = regex(
    r"[-—–－─·•.\s]{0,6}\d{1,4}[-—–－─·•.\s]{0,6}|第\s{0,3}\d{1,4}\s{0,3}页(?:[\s,，/]{0,3}共\s{0,3}\d{1,4}\s{0,3}页)?|\d{1,4}\s?/\s?\d{1,4}"
)
_DIGITS = regex(r"\d+")
_EDGE = 0.12
"""The share of a page's height, at the top and the bottom, in which running heads and page numbers stand."""
_OFTEN = 3
"""A line at the edge of so many pages, and of half of all, is a running head."""
_LATIN = regex(r"[0-9A-Za-z,.;:!?)%]$")
_LATIN_NEXT = regex(r"[A-Za-z(]")
_SHOWN = 3


class _Placed(NamedTuple):
    """A line with the page that it is on, from 1."""

    line: PdfLine
    page: int


class _Body(NamedTuple):
    """The edges of the text, the size of its type, and the usual distance of its lines."""

    left: float
    right: float
    size: float
    pitch: float


def read(data: bytes, name: str, *, time_limit: float = pdf_pages.TIME_LIMIT) -> Result[Script | None]:
    """The script of a PDF; None and a finding if it has no text or cannot be read."""
    if not pdf_pages.is_installed():
        return Result(None, (finding("PW726", Pos(name)),))
    try:
        pages = pdf_pages.read_pages(data, time_limit=time_limit)
    except UnreadablePdf as error:
        return Result(None, (finding("PW720", Pos(name), kind="PDF", reason=str(error)),))
    if not any(page.lines for page in pages):
        return Result(None, (finding("PW727", Pos(name)),))
    return script_of(pages, name)


def script_of(pages: Sequence[PdfPage], name: str) -> Result[Script | None]:
    """The script of pages with text."""
    placed = [_Placed(line, number) for number, page in enumerate(pages, 1) for line in page.lines]
    heads = _running_heads(pages)
    kept = [each for each in placed if not _is_beside(each, pages[each.page - 1], heads)]
    body = _body(kept)
    lines = tuple(
        _script_line(paragraph, body, pages, number) for number, paragraph in enumerate(_paragraphs(kept, body), 1)
    )
    dropped = [each.line.text for each in placed if _is_beside(each, pages[each.page - 1], heads)]
    unknown = sum(each.line.text.count(UNKNOWN) for each in kept)
    return Result(Script(name=name, lines=lines, counted=COUNTED), tuple(_findings(pages, dropped, unknown, name)))


def _findings(pages: Sequence[PdfPage], dropped: list[str], unknown: int, name: str) -> Iterator[Finding]:
    yield finding("PW728", Pos(name))
    if dropped:
        words = list(dict.fromkeys(each for each in dropped if _NUMBER.fullmatch(each) is None))
        shown = f"，如“{'”“'.join(words[:_SHOWN])}”" if words else ""
        yield finding("PW722", Pos(name), what=f"页眉、页脚和页码（{len(dropped)} 行{shown}）")
    pictures = [str(number) for number, page in enumerate(pages, 1) if page.pictures and not page.lines]
    if pictures:
        yield finding("PW723", Pos(name), what=f"第{'、'.join(pictures[:20])}页只有图片，")
    if unknown:
        yield finding("PW730", Pos(name), count=unknown)


# what is repeated on every page


def _is_at_edge(line: PdfLine, page: PdfPage) -> bool:
    return not _EDGE * page.height < line.base < (1 - _EDGE) * page.height


def _running_heads(pages: Sequence[PdfPage]) -> frozenset[str]:
    """The texts at the edges of many pages, without their digits."""
    count: Counter[str] = Counter()
    for page in pages:
        count.update({_DIGITS.sub("", line.text) for line in page.lines if _is_at_edge(line, page)})
    return frozenset(text for text, times in count.items() if times >= max(_OFTEN, len(pages) / 2))


def _is_beside(each: _Placed, page: PdfPage, heads: frozenset[str]) -> bool:
    """True for a page number or a running head."""
    if not _is_at_edge(each.line, page):
        return False
    return _NUMBER.fullmatch(each.line.text) is not None or _DIGITS.sub("", each.line.text) in heads


# paragraphs


def _body(lines: Sequence[_Placed]) -> _Body:
    """The edges are where many lines begin and end, weighed by their length."""
    sizes: Counter[float] = Counter()
    for each, _ in lines:
        sizes[round(each.size * 2) / 2] += len(each.text)
    size = max(sizes, key=lambda each: (sizes[each], each), default=12.0)
    usual = [each for each in lines if abs(each.line.size - size) < 0.1 * size + 0.5]
    lefts: Counter[int] = Counter(round(each.line.left) for each in usual)
    most = max(lefts.values(), default=0)
    left = min((at for at, times in lefts.items() if times >= 0.2 * most), default=0)
    rights = sorted(each.line.right for each in usual)
    right = rights[int(len(rights) * 0.9)] if rights else 0.0
    gaps: Counter[float] = Counter()
    for one, two in pairwise(lines):
        if one.page == two.page and two.line.base < one.line.base:
            gaps[round(one.line.base - two.line.base)] += 1
    pitch = max(gaps, key=lambda each: (gaps[each], -each), default=2 * size)
    return _Body(left, right, size, pitch)


def _paragraphs(lines: Sequence[_Placed], body: _Body) -> Iterator[list[_Placed]]:
    made: list[_Placed] = []
    for each in lines:
        if made and _begins(made, each, body):
            yield made
            made = []
        made.append(each)
    if made:
        yield made


def _begins(made: list[_Placed], each: _Placed, body: _Body) -> bool:
    """True if a line begins a new paragraph and does not continue the one before it."""
    last, line = made[-1].line, each.line
    if _is_title(last, body) and _is_title(line, body) and made[-1].page == each.page:
        near = last.base - line.base < 2.5 * line.size and abs(last.size - line.size) < 0.5
        return not near or abs(last.left + last.right - line.left - line.right) > 2 * body.size
    if abs(last.size - line.size) > 0.12 * body.size:
        return True
    if line.left - body.left > 1.2 * body.size or body.left - line.left > 1.2 * body.size:
        return not _hangs(made, line, body)
    if body.right - last.right > 2.2 * body.size:
        return True
    return made[-1].page == each.page and last.base - line.base > 1.5 * body.pitch


def _is_title(line: PdfLine, body: _Body) -> bool:
    """True for a line of a title: in larger type, away from the left edge."""
    return line.size > 1.2 * body.size and line.left > body.left


def _hangs(made: list[_Placed], line: PdfLine, body: _Body) -> bool:
    """True if a line goes on below an indented paragraph that hangs: it begins where the line before does, which is full."""
    if len(made) < 2:
        return False
    return abs(made[-1].line.left - line.left) < 0.3 * body.size and body.right - made[-1].line.right < 1.2 * body.size


def _script_line(lines: list[_Placed], body: _Body, pages: Sequence[PdfPage], number: int) -> ScriptLine:
    text = lines[0].line.text
    for each, _ in lines[1:]:
        apart = _LATIN.search(text) is not None and _LATIN_NEXT.match(each.text) is not None
        text += f" {each.text}" if apart else each.text
    first = lines[0].line
    middle = pages[lines[0].page - 1].width / 2
    at_middle = abs((first.left + first.right) / 2 - middle) < body.size and first.left - body.left > 2.2 * body.size
    centred = at_middle and (len(lines) == 1 or _is_title(first, body))
    return ScriptLine(
        text=text,
        number=number,
        centred=centred,
        right=not centred and len(lines) == 1 and first.left > body.left + 0.4 * (body.right - body.left),
        bold=all(each.line.bold for each in lines),
    )
