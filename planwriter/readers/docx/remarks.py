"""Puts comments of people into a .docx at their places: only the text, the comments and what names them change."""

from __future__ import annotations

from collections.abc import Sequence

from planwriter.readers.docx.comment_part import CommentPart, NewComment
from planwriter.readers.docx.comment_ranges import Remark, with_marks
from planwriter.readers.docx.document import WordDocument
from planwriter.readers.docx.package import Package
from planwriter.readers.docx.places import locate
from planwriter.readers.docx.xml import UnreadableDocx
from planwriter.start.named_tuple import NamedTuple
from planwriter.system.zip_repack import repacked


class PlacedComment(NamedTuple):
    """A comment to be put on the characters of a paragraph, counted with its label; on all of it if both are 0."""

    paragraph: int
    start: int
    end: int
    comment: NewComment


def with_comments(data: bytes, document: WordDocument, wanted: Sequence[PlacedComment]) -> bytes:
    """The .docx `data`, which was read as `document`, with these comments besides its own.

    Raises UnreadableDocx if the file is written in a way in which nothing can be put in.
    """
    if not wanted:
        return data
    package = Package(data)
    places = locate(package)
    if not places.paragraphs:
        raise UnreadableDocx("正文里没有段落")
    comments = CommentPart(package, document.paragraphs, places.space)
    remarks = [_remark(each, document) for each in wanted]
    marked = with_marks(places, document, remarks, comments.first, comments.space)
    parts = comments.with_more([each.comment for each in wanted])
    return repacked(package.archive, {package.main: marked, **parts})


def _remark(wanted: PlacedComment, document: WordDocument) -> Remark:
    """The place as it can be marked: between two characters there is nothing, so one of them is marked."""
    start, end = wanted.start, wanted.end
    if start == end and end:
        length = len(document.paragraphs[wanted.paragraph - 1].text)
        start, end = (start, end + 1) if end < length else (start - 1, end)
    return Remark(wanted.paragraph, start, end, wanted.comment.lines)
