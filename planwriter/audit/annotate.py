"""Writes findings into a .docx as comments at their places: only the text, the comments and what names them change.

Everything else of the package keeps its bytes, packed as they were. A comment has an author and no date, so that the same
file and findings give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.readers.docx.comment_part import CommentPart, NewComment
from planwriter.readers.docx.comment_ranges import Remark, with_marks
from planwriter.readers.docx.document import WordDocument
from planwriter.readers.docx.package import Package
from planwriter.readers.docx.places import locate
from planwriter.readers.docx.xml import UnreadableDocx
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.system.zip_repack import repacked

AUTHOR = "planwriter"
MAX_COMMENTS = 2000
_CITED = regex(r"[“‘]([^“”‘’]{1,60})[”’]")


class Annotated(NamedTuple):
    """A file with comments: its bytes, how many comments were added, how many were left out, and if it was signed."""

    data: bytes
    added: int
    left_out: int
    was_signed: bool


def annotated(data: bytes, document: WordDocument, findings: Iterable[Finding], name: str) -> Result[Annotated | None]:
    """Like `annotate`; None, and a finding, if nothing can be put into the file."""
    try:
        made = annotate(data, document, findings, name)
    except UnreadableDocx as reason:
        return Result(None, (finding("PW770", Pos(name), file=name, reason=str(reason)),))
    told = []
    if made.left_out:
        told.append(finding("PW771", Pos(name), count=made.added, left=made.left_out))
    if made.was_signed and made.added:
        told.append(finding("PW772", Pos(name), file=name))
    return Result(made, tuple(told))


def annotate(data: bytes, document: WordDocument, findings: Iterable[Finding], name: str) -> Annotated:
    """The .docx `data`, which was read as `document`, with the findings on the file `name` as comments.

    A finding without a paragraph of the body (on pages, styles, headers, notes) stands at the first paragraph. Raises
    UnreadableDocx if the file is written in a way in which nothing can be put in.
    """
    package = Package(data)
    places = locate(package)
    if not places.paragraphs:
        raise UnreadableDocx("正文里没有段落")
    wanted = list(remarks(findings, name, [para.text for para in document.paragraphs]))
    kept = wanted[:MAX_COMMENTS]
    signed = any(each.startswith("_xmlsignatures/") for each in package.names)
    if not kept:
        return Annotated(data, 0, len(wanted), signed)
    comments = CommentPart(package, document.paragraphs, places.space)
    marked = with_marks(places, document, kept, comments.first, comments.space)
    new = [NewComment(AUTHOR, each.lines) for each in kept]
    made = repacked(package.archive, {package.main: marked, **comments.with_more(new)})
    return Annotated(made, len(kept), len(wanted) - len(kept), signed)


def remarks(findings: Iterable[Finding], name: str, texts: Sequence[str]) -> Iterator[Remark]:
    """The comments for findings, in their order, and one for each further place of a finding; `texts` are the paragraphs'."""
    for each in findings:
        if each.pos.file != name:
            continue
        head = f"【{each.severity.word} {each.code}】{each.message}"
        hint = (f"办法：{each.hint}",) if each.hint else ()
        yield _remark(each.pos, texts, each.message, (head, *hint))
        for pos, note in each.related:
            if pos.file == name and pos.line:
                yield _remark(pos, texts, note, (f"【{each.severity.word} {each.code}】同一个问题：{note}",))


def _remark(pos: Pos, texts: Sequence[str], said: str, lines: tuple[str, ...]) -> Remark:
    """The comment at a place: on the words that the finding cites, if they stand there, else on one character."""
    if not 0 < pos.line <= len(texts):
        return Remark(1, 0, 0, lines)
    text, start = texts[pos.line - 1], pos.column - 1
    if not 0 <= start < len(text):
        return Remark(pos.line, 0, 0, lines)
    cited = [len(each) for each in _CITED.findall(said) if text.startswith(each, start)]
    return Remark(pos.line, start, start + max(cited, default=1), lines)
