"""The content of a paragraph in pieces, as bytes: runs, which can be cut at characters, the tags around them, all else.

The pieces in their order are the bytes of the paragraph, so that what is not touched stays as it was.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import pairwise

from planwriter.readers.docx.places import ParagraphPlace
from planwriter.readers.docx.symbols import symbol
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.start.typing import TypeAlias

REVISIONS = frozenset(("ins", "del", "moveFrom", "moveTo"))
_AROUND = REVISIONS | {"hyperlink", "sdt", "sdtContent", "smartTag", "fldSimple", "customXml", "dir", "bdo"}
_TOKEN = regex(
    rb"<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>"
    rb"|<(/?)([^\s/>!?]{1,200})((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
)
_TYPE = regex(rb"\btype\s*=\s*[\"']([^\"']{0,40})")
_GLYPH = (regex(rb"\bfont\s*=\s*[\"']([^\"']{0,60})"), regex(rb"\bchar\s*=\s*[\"']([^\"']{0,8})"))
_CHARACTER = regex(r"&[^;&]{1,12};|[\s\S]")
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_OPENING, _CLOSING, _WHOLE = range(3)


class Bit(NamedTuple):
    """A child of a run: its bytes, its local name, and the characters that a reader sees in it."""

    raw: bytes
    name: str
    text: str


class RunPiece(NamedTuple):
    """A run. `text` is what a reader sees of it; `is_plain` is False if that is not what its children say."""

    opening: bytes
    form: bytes
    """Its properties, w:rPr; b"" without."""
    bits: tuple[Bit, ...]
    closing: bytes
    text: str
    is_plain: bool

    @property
    def raw(self) -> bytes:
        """Its bytes."""
        return b"".join((self.opening, self.form, *(each.raw for each in self.bits), self.closing))


class TagPiece(NamedTuple):
    """The start tag, or the end tag, of an element around runs: a tracked change, a link, a content control."""

    raw: bytes
    name: str
    opens: bool


class OtherPiece(NamedTuple):
    """Everything else, such as a bookmark. `text` is what a reader sees of it, which cannot be cut."""

    raw: bytes
    name: str
    text: str


Piece: TypeAlias = RunPiece | TagPiece | OtherPiece


class Token(NamedTuple):
    """A tag, or a comment, in the bytes of an element; `partner` is the index of the tag that closes it."""

    start: int
    end: int
    name: bytes
    kind: int
    partner: int


def pieces_of(data: bytes, place: ParagraphPlace) -> tuple[Piece, ...]:
    """The content of a paragraph behind its properties, without its own tags."""
    prefix = prefix_of(place.name)
    shown = {run.start: run.text for run in place.runs}
    return tuple(_pieces(data, place.content, place.closing, prefix, shown))


def prefix_of(name: bytes) -> bytes:
    """The prefix of an element's name with its colon; b"" without."""
    return name[: name.index(b":") + 1] if b":" in name else b""


def local_name(name: bytes, prefix: bytes) -> str:
    """The name without that prefix; one with another prefix stays whole."""
    short = name.removeprefix(prefix)
    return short.decode("utf-8", "replace")


def tokens(data: bytes, start: int, end: int) -> list[Token]:
    """The tags between two places, each with the tag that closes it; the bytes are well formed."""
    made: list[Token] = []
    opened: list[int] = []
    for found in _TOKEN.finditer(data, start, end):
        name = found[2] or b""
        at = len(made)
        if not name:
            made.append(Token(found.start(), found.end(), b"", _WHOLE, at))
        elif found[1]:
            first = opened.pop() if opened else at
            made[first] = made[first]._replace(partner=at)
            made.append(Token(found.start(), found.end(), name, _CLOSING, first))
        elif found[3].endswith(b"/"):
            made.append(Token(found.start(), found.end(), name, _WHOLE, at))
        else:
            opened.append(at)
            made.append(Token(found.start(), found.end(), name, _OPENING, at))
    return made


def children(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    """The names and bytes of the elements between two places."""
    found = tokens(data, start, end)
    at = 0
    while at < len(found):
        first, last = found[at], found[found[at].partner]
        if first.name:
            yield first.name, data[first.start : last.end]
        at = max(first.partner, at) + 1


def _pieces(data: bytes, start: int, end: int, prefix: bytes, shown: Mapping[int, str]) -> Iterator[Piece]:
    found = tokens(data, start, end)
    seen = sorted(shown)
    at, behind = 0, start
    while at < len(found):
        token = found[at]
        if token.start > behind:
            yield OtherPiece(data[behind : token.start], "", "")
        name = local_name(token.name, prefix)
        last = found[token.partner] if token.kind == _OPENING else token
        if name in _AROUND and token.kind != _WHOLE:
            yield TagPiece(data[token.start : token.end], name, token.kind == _OPENING)
            last = token
        elif name == "r" and token.kind == _OPENING:
            yield _run(data, found, at, prefix, shown.get(token.start, ""))
            at = token.partner
        else:
            inside = seen[bisect_left(seen, token.start) : bisect_left(seen, last.end)]
            yield OtherPiece(data[token.start : last.end], name, "".join(shown[each] for each in inside))
            at = token.partner if token.kind == _OPENING else at
        behind = last.end
        at += 1
    if end > behind:
        yield OtherPiece(data[behind:end], "", "")


def _run(data: bytes, found: list[Token], at: int, prefix: bytes, text: str) -> RunPiece:
    """The run whose start tag has the index `at`."""
    base, last = found[at], found[found[at].partner]
    form = b""
    bits: list[Bit] = []
    behind = base.end
    at += 1
    while at < base.partner:
        token = found[at]
        at = token.partner if token.kind == _OPENING else at
        end = found[at].end
        if token.start > behind:
            bits.append(Bit(data[behind : token.start], "", ""))
        raw, name = data[token.start : end], local_name(token.name, prefix)
        if name == "rPr" and not form and not any(each.name for each in bits):
            form, bits = raw, []
        else:
            bits.append(Bit(raw, name, _said(raw, name)))
        behind = end
        at += 1
    if last.start > behind:
        bits.append(Bit(data[behind : last.start], "", ""))
    is_plain = not text or "".join(each.text for each in bits) == text
    if not text:
        bits = [each._replace(text="") for each in bits]
    return RunPiece(data[base.start : base.end], form, tuple(bits), data[last.start : last.end], text, is_plain)


def _said(raw: bytes, name: str) -> str:
    """The characters that a child of a run shows."""
    if name == "t":
        typed = raw.partition(b">")[2].rpartition(b"<")[0]
        # a comment or a CDATA section: it is cut nowhere
        return "\0" if b"<" in typed else "".join(map(unescape, _signs(typed)))
    if name == "br":
        kind = _TYPE.search(raw)
        return "" if kind and kind[1] == b"page" else "\n"
    if name == "sym":
        font, number = (found[1].decode("utf-8", "replace") if (found := each.search(raw)) else "" for each in _GLYPH)
        return symbol(unescape(font), number)
    return _SIGNS.get(name, "")


def _signs(typed: bytes) -> list[str]:
    """The characters of a text as they are written, each entity as one."""
    text = typed.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return _CHARACTER.findall(text) if "&" in text else list(text)


def cut(run: RunPiece, places: Sequence[int]) -> list[RunPiece]:
    """A run in several of the same look, cut before these characters; what shows no character is a run of its own.

    A run that cannot be cut is returned as it is.
    """
    if not run.is_plain or not run.text:
        return [run]
    bounds = [0, *sorted({each for each in places if 0 < each < len(run.text)}), len(run.text)]
    made: list[RunPiece] = []
    at = 0
    for bit in run.bits:
        if not bit.text:
            if bit.name:
                made.append(run._replace(bits=(bit,), text=""))
            continue
        inner = [0, *(each - at for each in bounds if at < each < at + len(bit.text)), len(bit.text)]
        for low, high in pairwise(inner):
            part = bit if high - low == len(bit.text) else _part(bit, low, high)
            if made and made[-1].text and at + low not in bounds:
                last = made[-1]
                made[-1] = last._replace(bits=(*last.bits, part), text=last.text + part.text)
            else:
                made.append(run._replace(bits=(part,), text=part.text))
        at += len(bit.text)
    return made


def _part(bit: Bit, low: int, high: int) -> Bit:
    """Some characters of a text."""
    opening, _, rest = bit.raw.partition(b">")
    typed, _, closing = rest.rpartition(b"<")
    signs = _signs(typed)
    name = opening[1:].split()[0]
    raw = b"<" + name + b' xml:space="preserve">' + "".join(signs[low:high]).encode() + b"<" + closing
    return Bit(raw, bit.name, bit.text[low:high])
