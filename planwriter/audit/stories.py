"""The paragraphs of a document wherever they are (body, headers, notes, text boxes), and findings on several of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planwriter.audit.audit import where
from planwriter.findings.catalogue import make_finding
from planwriter.findings.finding import Finding, Pos
from planwriter.readers.docx.document import WordDocument, WordParagraph
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import replace

_SAMPLES = 3
_RELATED = 5
_SHOWN = 16
"""How many characters of a text a finding shows."""


class PlacedParagraph(NamedTuple):
    """A paragraph and the place of its story; "" for the body."""

    para: WordParagraph
    story: str = ""

    @property
    def where(self) -> str:
        """The words by which a finding names it: 第3段“各乡镇……”： or 脚注1“见附件……”：."""
        if not self.story:
            return where(self.para)
        return f"{self.story}“{self.para.excerpt}”：" if self.para.words else f"{self.story}："

    def pos(self, name: str, at: int | None = None) -> Pos:
        """Its place in the file `name`, or that of the character `at` of its text; only paragraphs of the body have a number."""
        if self.story:
            return Pos(name)
        return Pos(name, self.para.number, 0 if at is None or at >= len(self.para.text) else at + 1)


def paragraphs_of(document: WordDocument) -> Iterator[PlacedParagraph]:
    """All paragraphs: those of the body first."""
    yield from map(PlacedParagraph, document.paragraphs)
    for side in document.sides:
        yield from (PlacedParagraph(para, side.place) for para in side.paragraphs)


class Trace(NamedTuple):
    """Something that is left in a file: its paragraph, None if it is in none, its words, and of what kind it is."""

    place: PlacedParagraph | None
    shown: str
    kind: str = ""


def gathered(code: str, name: str, traces: Sequence[Trace], *, most: int = _SHOWN, **values: str) -> Iterator[Finding]:
    """One finding on all traces, with their number, their kinds and the first places; none if there are no traces.

    Of the words of each trace it shows `most` characters.
    """
    if not traces:
        return
    first = traces[0]
    samples = list(dict.fromkeys(short(each.shown, most) for each in traces if each.shown.strip()))
    own = {
        "where": first.place.where if first.place else "",
        "count": str(len(traces)),
        "samples": "”“".join(samples[:_SAMPLES]),
        "kinds": "、".join(dict.fromkeys(each.kind for each in traces)),
    }
    made = make_finding(code, first.place.pos(name) if first.place else Pos(name), {**own, **values})
    yield replace(made, related=tuple(_related(name, each, most) for each in traces[1 : 1 + _RELATED]))


def _related(name: str, each: Trace, most: int) -> tuple[Pos, str]:
    place = each.place
    shown = f"{each.kind}“{short(each.shown, most)}”" if each.shown.strip() else each.kind
    return (place.pos(name), place.where + shown) if place else (Pos(name), shown)


def short(text: str, most: int = _SHOWN) -> str:
    """The first characters of a text, on one line."""
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most and len(text) <= 4 * most else line[:most] + "…"


def listed(names: Iterable[str], most: int = 5, *, length: int = 24) -> str:
    """Names as a finding lists them: each once, the first few, and how many there are."""
    found = list(dict.fromkeys(short(each, length) for each in names if each.strip()))
    more = f"等{len(found)}项" if len(found) > most else ""
    return "、".join(found[:most]) + more
