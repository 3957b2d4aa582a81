"""What a .docx has beside its text, and what was changed in it: left out or accepted, and said."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos
from planwriter.readers.docx.document import Revision, WordDocument, WordParagraph

_SHOWN = 20
"""How many places of one kind a finding lists."""


def left_out(document: WordDocument, name: str) -> Iterator[Finding]:
    """A finding for each kind of thing that does not become text of the script, or that was changed in it."""
    paragraphs = _all_paragraphs(document)
    yield from _changes(document, paragraphs, name)
    yield from _notes(document, name)
    pictures = [each for each in paragraphs if each.pictured]
    if pictures:
        first = f"图片（{len(pictures)} 处）"
        yield finding("PW723", Pos(name, pictures[0].number), related=_places(pictures, name), what=first)
    hidden = [each for each in paragraphs if any(_is_hidden(run.look.hidden, run.text) for run in each.runs)]
    if hidden:
        what = f"隐藏的文字（{len(hidden)} 段）"
        yield finding("PW723", Pos(name, hidden[0].number), related=_places(hidden, name), what=what)
    comments = [each for each in paragraphs if each.comments]
    if comments:
        count = sum(len(each.comments) for each in comments)
        yield finding("PW722", Pos(name, comments[0].number), what=f"批注（{count} 条）")


def _is_hidden(hidden: bool, text: str) -> bool:
    return hidden and bool(text.strip())


def _all_paragraphs(document: WordDocument) -> list[WordParagraph]:
    """The paragraphs of the text; those of a text box follow the one that it is anchored in."""
    made: list[WordParagraph] = []
    waiting = list(reversed(document.paragraphs))
    while waiting:
        paragraph = waiting.pop()
        made.append(paragraph)
        for box in reversed(paragraph.boxes):
            waiting += reversed([each._replace(number=paragraph.number) for each in box.paragraphs])
    return made


def _places(paragraphs: list[WordParagraph], name: str) -> tuple[tuple[Pos, str], ...]:
    return tuple([(Pos(name, each.number), f"第{each.number}段") for each in paragraphs[1:_SHOWN]])


def _changes(document: WordDocument, paragraphs: list[WordParagraph], name: str) -> Iterator[Finding]:
    """One finding for all tracked changes of the text: insertions and deletions, of rows as well."""
    added = deleted = first = 0
    for paragraph in paragraphs:
        last: Revision | None = None
        for change in (*(run.revision for run in paragraph.runs), paragraph.mark):
            if change is not None and change != last:
                added, deleted = added + (not change.deletes), deleted + change.deletes
                first = first or paragraph.number
            last = change
    for table in document.tables:
        for row in table.rows:
            if row.revision is not None:
                added, deleted = added + (not row.revision.deletes), deleted + row.revision.deletes
                first = first or table.start
    if first:
        yield finding("PW721", Pos(name, first), added=added, deleted=deleted)


def _notes(document: WordDocument, name: str) -> Iterator[Finding]:
    """One finding for all footnotes and endnotes, with the words of each."""
    notes = [(side.place, "".join(each.words for each in side.paragraphs)) for side in document.sides if side.is_note]
    notes = [(place, words) for place, words in notes if words]
    if notes:
        related = tuple([(Pos(name), f"{place}：{_short(words)}") for place, words in notes[:_SHOWN]])
        yield finding("PW723", Pos(name), related=related, what=f"脚注、尾注（{len(notes)} 条）")


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:60]}…"
