"""The comments of people in a .docx, put into the one that is rendered anew: at the same block and the same words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from planwriter.compare.matching.match import match_items
from planwriter.compare.opinions.opinions import moved
from planwriter.compare.versions.from_record import version_of_record
from planwriter.compare.versions.from_word import version_of_word
from planwriter.compare.versions.place_names import clause_names
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine, VersionTable
from planwriter.compare.words.texts import TextEdit, changed
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.plan.flow import HEADINGS
from planwriter.readers.docx.comment_part import NewComment
from planwriter.readers.docx.comments import DocxComment, read_comments
from planwriter.readers.docx.document import WordDocument, WordParagraph
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.remarks import PlacedComment, with_comments
from planwriter.readers.docx.xml import UnreadableDocx
from planwriter.start.named_tuple import NamedTuple
from planwriter.writers.docx.record import record_of_docx

OURS = "planwriter"
"""The author of the comments that `audit` writes, which are not kept."""
_SHOWN = 30


class KeptComments(NamedTuple):
    """The new file with the comments, and how many stand where they did."""

    data: bytes
    in_place: int
    """At the same words."""
    at_block: int
    """At the same paragraph, whose words have changed."""
    displaced: int
    """Elsewhere, because their paragraph is gone."""
    ours: int
    """How many comments by `audit` were left out."""

    @property
    def kept(self) -> int:
        """How many comments of people there were; all of them are in the new file."""
        return self.in_place + self.at_block + self.displaced


class _Spot(NamedTuple):
    """Where a comment goes: a paragraph of the new file and its characters, and whether its words or its paragraph are gone."""

    paragraph: int
    start: int = 0
    end: int = 0
    changed: bool = False
    displaced: bool = False
    where: str = ""


def keep_comments(old: bytes, new: bytes, name: str) -> Result[KeptComments | None]:
    """The .docx `new` with the comments of people in the .docx `old`, whose name is that of findings.

    None, and a finding, if the old file is unreadable.
    """
    record = record_of_docx(old, name).value
    base = version_of_record(record, name) if record is not None else None
    read = version_of_word(old, name, base=base)
    if read.value is None:
        return Result(None, read.findings)
    there = read_comments(old)
    known = {(each.author, each.date, each.lines) for each in read_comments(new)}
    people = [each for each in there if each.author != OURS and (each.author, each.date, each.lines) not in known]
    ours = sum(1 for each in there if each.author == OURS)
    if not people:
        return Result(KeptComments(new, 0, 0, 0, ours))
    document = read_docx(new)
    carrier = _Carrier(read.value, base, read_docx(old), _version(new, name), document)
    spots = [carrier.spot(each) for each in people]
    indices = {each.number: at for at, each in enumerate(people)}
    wanted = [_placed(each, spot, indices) for each, spot in zip(people, spots, strict=True)]
    try:
        data = with_comments(new, document, wanted)
    except UnreadableDocx as reason:
        return Result(None, (finding("PW850", Pos(name), reason=str(reason)),))
    displaced = sum(each.displaced for each in spots)
    at_block = sum(each.changed for each in spots)
    counts = KeptComments(data, len(people) - displaced - at_block, at_block, displaced, ours)
    return Result(counts, tuple(_told(people, spots, name)))


def _version(data: bytes, name: str) -> PlanVersion:
    record = record_of_docx(data, name).value
    read = version_of_word(data, name, base=version_of_record(record, name) if record is not None else None)
    return read.value or PlanVersion(name=name, items=())


def _placed(comment: DocxComment, spot: _Spot, indices: Mapping[int, int]) -> PlacedComment:
    new = NewComment(
        author=comment.author,
        lines=comment.lines,
        date=comment.date,
        initials=comment.initials,
        settled=comment.settled,
        answers=indices.get(comment.answers, -1),
    )
    return PlacedComment(spot.paragraph, spot.start, spot.end, new)


def _told(people: Sequence[DocxComment], spots: Sequence[_Spot], name: str) -> Iterator[Finding]:
    for comment, spot in zip(people, spots, strict=True):
        if spot.displaced or spot.changed:
            code = "PW828" if spot.displaced else "PW829"
            said = " ".join(comment.text.split())
            said = said if len(said) <= _SHOWN else said[:_SHOWN] + "…"
            yield finding(code, Pos(name, comment.paragraph), author=comment.author, said=said, place=spot.where)


class _Carrier:
    """Two files, and which paragraphs of the one are which of the other."""

    def __init__(
        self,
        old: PlanVersion,
        base: PlanVersion | None,
        old_document: WordDocument,
        new: PlanVersion,
        new_document: WordDocument,
    ) -> None:
        self._old, self._new = old.items, new.items
        self._old_document, self._new_document = old_document, new_document
        self._places = [each.place for each in old.items]
        self._names = clause_names(new)
        self._edits: dict[int, tuple[TextEdit, ...]] = {}
        """The edits of the paragraphs of the old file, by their numbers."""
        self._pairs = dict(match_items(old.items, new.items).new_of_old)
        if base is not None:
            taken = set(self._pairs.values())
            later = match_items(base.items, new.items).new_of_old
            for at, item in enumerate(old.items):
                found = later.get(item.mark, -1) if item.mark >= 0 and not item.copied else -1
                if at not in self._pairs and found >= 0 and found not in taken:
                    self._pairs[at] = found
                    taken.add(found)

    def spot(self, comment: DocxComment) -> _Spot:
        """Where a comment goes."""
        at = bisect_right(self._places, comment.paragraph) - 1
        if comment.paragraph == 0 or at < 0:
            return self._elsewhere(len(self._old) - 1 if comment.paragraph == 0 else 0)
        new = self._pairs.get(at, -1)
        if new < 0:
            return self._elsewhere(at)
        item, other = self._old[at], self._new[new]
        paragraph = self._old_document.paragraphs[comment.paragraph - 1]
        if isinstance(item, VersionTable):
            return self._in_table(paragraph, comment, other, new)
        if item.place != comment.paragraph:  # a blank paragraph behind it
            return _Spot(other.place, changed=bool(paragraph.text.strip()), where=self._names[new])
        text = self._new_document.paragraphs[other.place - 1].text
        return self._in_line(paragraph.text, text, comment, other.place, new)

    def _in_line(self, old: str, new: str, comment: DocxComment, number: int, at: int) -> _Spot:
        where = self._names[at]
        start, end = comment.start, comment.end
        if old == new:
            return _Spot(number, start, end, where=where)
        if start == 0 and end >= len(old):
            return _Spot(number, where=where)
        if comment.paragraph not in self._edits:
            self._edits[comment.paragraph] = changed(old, new)
        edits = self._edits[comment.paragraph]
        first, last = moved(edits, start), moved(edits, end, after=True)
        kept = any(each.isalnum() for each in old[start:end]) and old[start:end] in new
        if kept and new.count(old[start:end]) == 1:
            first = new.index(old[start:end])
            return _Spot(number, first, first + end - start, where=where)
        if start < end and first >= last:
            return _Spot(number, changed=True, where=where)
        return _Spot(number, first, last, changed=start < end and not kept, where=where)

    def _in_table(self, paragraph: WordParagraph, comment: DocxComment, table: VersionItem, at: int) -> _Spot:
        """The cell with the same words, or the first one of the table."""
        cells = self._cells_of(at)
        same = [each for each in cells if each.text == paragraph.text] if paragraph.text.strip() else []
        if same:
            return _Spot(same[0].number, comment.start, comment.end, where=self._names[at])
        first = cells[0].number if cells else table.place
        return _Spot(first, changed=True, where=self._names[at])

    def _cells_of(self, at: int) -> list[WordParagraph]:
        """The paragraphs of the table that is item `at` of the new file."""
        start = self._new[at].place
        after = self._new[at + 1].place if at + 1 < len(self._new) else len(self._new_document.paragraphs) + 1
        found = self._new_document.paragraphs[start - 1 : after - 1]
        return [each for each in found if each.table == found[0].table]

    def _elsewhere(self, at: int) -> _Spot:
        """The nearest heading before item `at` of the old file that is still there, else the last paragraph."""
        for before in range(at, -1, -1):
            item, new = self._old[before], self._pairs.get(before, -1)
            if new >= 0 and isinstance(item, VersionLine) and (item.level or item.role in HEADINGS):
                return _Spot(self._new[new].place, displaced=True, where=self._names[new])
        if not self._new:
            return _Spot(1, displaced=True, where="第一段")
        return _Spot(self._new[-1].place, displaced=True, where="文末")
