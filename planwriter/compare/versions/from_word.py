"""A .docx as a version of a plan: its lines as a reader sees them, whoever saved it last.

Roles come from the styles that planwriter gives its paragraphs, known by their names; in other files, and for paragraphs that
were typed in, labels and levels are read as in an import. Hidden bookmarks say which item of the record a paragraph is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator

from planwriter.compare.versions.around import around
from planwriter.compare.versions.hand_look import hand_look
from planwriter.compare.versions.told_apart import as_in_base, shifted
from planwriter.compare.versions.version import (
    TEXT_ROLES,
    PlanVersion,
    VersionItem,
    VersionLine,
    VersionPicture,
    VersionTable,
    WordComment,
)
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.importing.headings import heading_levels
from planwriter.importing.labels import LabelSeries, read_label
from planwriter.importing.script import MAX_CELLS, STYLES, ScriptLine
from planwriter.importing.series import Labelled, levels_of, with_labels
from planwriter.importing.sources.word import is_contents, style_of
from planwriter.importing.sources.word_tables import grid_of, is_box
from planwriter.plan.flow import BODY, HEADINGS, IMPRINT, MARK, RULE, TITLE, LineRole
from planwriter.readers.docx.comments import DocxComment, read_comments
from planwriter.readers.docx.document import Revision, WordBlock, WordDocument, WordParagraph, WordRun, WordTable
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.xml import UnreadableDocx
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass, replace
from planwriter.start.typing import TYPE_CHECKING, TypeAlias
from planwriter.writers.docx.style_names import CHARACTER_STYLE_NAMES, STYLE_NAMES

if TYPE_CHECKING:
    from typing import Literal

    View: TypeAlias = Literal["accepted", "original"]

ROLES = {name.lower(): LineRole(role) for role, name in STYLE_NAMES.items() if not role.startswith("table_")}
"""The roles by the names of styles, as the reader gives these."""
_RUN_IN = {name.lower(): HEADINGS.index(LineRole(role)) + 1 for role, name in CHARACTER_STYLE_NAMES.items()}
_OF_CELLS = frozenset(STYLE_NAMES[role] for role in ("table_head", "table_text"))
"""The roles whose paragraphs may begin with a label."""
_PLACED = frozenset((TITLE, *TEXT_ROLES, LineRole.CAPTION, LineRole.BOX_TITLE))
"""The roles whose paragraphs have exactly the look of their style."""
_FRAMED = frozenset((STYLE_NAMES[MARK], STYLE_NAMES[IMPRINT]))
"""The styles of the paragraphs in the tables of the frame, each of which is a line of its own."""
_OWN = frozenset(ROLES) - {"normal", "title", "caption", *(STYLE_NAMES[role] for role in HEADINGS)} | _OF_CELLS
"""The names of styles that no other program gives."""
_MARK = regex(r"_pw_([0-9]{1,6})((?:_[a-z0-9]{1,12})?)((?:_Copy_[0-9]{1,4})?)")
_DISPLAY = 36
"""The smallest size of a title in files of others, in half-points."""
_MOSTLY = 0.75
"""The share of the titles with a series of labels that have one style, from which on the label stands for that level."""


def version_of_word(
    data: bytes, name: str, *, view: View = "accepted", base: PlanVersion | None = None
) -> Result[PlanVersion | None]:
    """The version in a .docx, with its tracked changes accepted, or in the `original` view rejected; None if it is unreadable.

    `base` is the version that the file was made from: where a bookmark says that a paragraph is one of its lines, the label
    is told from the text as it is there.
    """
    try:
        document = read_docx(data, rejected=view == "original")
        comments = read_comments(data) if view == "accepted" else ()
        lines = _Reading(document, comments)
        lines.add(document.blocks)
    except UnreadableDocx as error:
        return Result(None, (finding("PW850", Pos(name), reason=str(error)),))
    if lines.cells > MAX_CELLS:
        return Result(None, (finding("PW850", Pos(name), reason=f"表格有 {lines.cells} 格以上"),))
    items = tuple(_as_marked(each, base) for each in _finished(lines.made))
    items, left = lines.with_late_comments(items)
    beside = around(document, data, lines.contents, left)
    made = PlanVersion(name=name, items=items, tracked=lines.tracked, around=beside)
    return Result(made, tuple(_left_out(document, lines, left, name)))


def _as_marked(item: VersionItem, base: PlanVersion | None) -> VersionItem:
    if base is None or not 0 <= item.mark < len(base.items):
        return item
    return as_in_base(item, base.items[item.mark])


# reading


@dataclass(slots=True, kw_only=True)
class _RawLine:
    """A paragraph before its label is told from its text; `role` is None if its style says nothing."""

    text: str
    counted: str
    """The label that Word counts."""
    role: LineRole | None
    level: int
    """The level of a title that runs in with its text; 0 for none."""
    paragraph: WordParagraph
    place: int
    mark: int
    copied: bool
    boxed: bool
    look: str
    remarks: tuple[WordComment, ...]
    """Counted in the text with the label that was typed, but without one that Word counts."""


_Raw: TypeAlias = "_RawLine | VersionTable | VersionPicture"


class _Reading:
    """The lines of a document, as its blocks are added."""

    def __init__(self, document: WordDocument, comments: Iterable[DocxComment]) -> None:
        self.made: list[_Raw] = []
        self._comments: dict[int, list[DocxComment]] = {}
        for comment in comments:
            self._comments.setdefault(comment.paragraph, []).append(comment)
        self.cells = 0
        self.contents = 0
        """The paragraphs of a table of contents, which are left out."""
        self.tracked = 0
        self._carried: list[WordParagraph] = []
        self._in_box = False
        self._sections, self._section = document.sections, 0
        self._is_ours = any(each.style in _OWN or any(map(mark_of, each.bookmarks)) for each in document.paragraphs)

    def add(self, blocks: Iterable[WordBlock], *, place: int = 0) -> None:
        """Adds blocks in order; `place` is the number of the paragraph that their text box is anchored in."""
        for block in blocks:
            if isinstance(block, WordTable):
                self._end_carried(place)
                self._add_table(block, place)
            else:
                self._add_paragraph(block, place)
        self._end_carried(place)

    def _end_carried(self, place: int) -> None:
        """Text whose paragraph does not end, because its end is deleted, and that no paragraph follows."""
        if self._carried:
            self._append(self._carried.pop(), place)

    def _add_paragraph(self, paragraph: WordParagraph, place: int) -> None:
        self._count(paragraph)
        if paragraph.mark is not None and paragraph.mark.deletes:
            if paragraph.shown:
                self._carried.append(paragraph)
        elif is_contents(paragraph):
            self.contents += bool(paragraph.words)
        else:
            self._append(paragraph, place)
        for box in paragraph.boxes:
            was, self._in_box = self._in_box, True
            self.add(box.blocks, place=place or paragraph.number)
            self._in_box = was

    def _count(self, paragraph: WordParagraph) -> None:
        """Counts the tracked changes: neighbours of one kind and author are one."""
        last: Revision | None = None
        for revision in (*(run.revision for run in paragraph.runs), paragraph.mark):
            self.tracked += revision is not None and revision != last
            last = revision
        self.tracked += len(paragraph.changes)

    def _append(self, paragraph: WordParagraph, place: int) -> None:
        """Adds a paragraph, behind the text of those before it whose ends are deleted."""
        parts, self._carried = [*self._carried, paragraph], []
        text = "".join([run.text for part in parts for run in part.shown])
        mark, copied = _marked([name for part in parts for name in part.bookmarks])
        place = place or parts[0].number
        if paragraph.pictured:
            words = "；".join(dict.fromkeys(paragraph.descriptions))
            remarks = () if text.strip() else self._remarks(parts, "")
            self.made.append(VersionPicture(text=words, place=place, mark=mark, copied=copied, remarks=remarks))
            mark = -1
        role = self._role(paragraph)
        if not text.strip():
            return
        remarks = self._remarks(parts, text)
        if role == TITLE and "\n" in text:
            breaks = [text.count("\n", 0, at) for at in range(len(text) + 1)]
            remarks = tuple(
                [
                    each._replace(start=each.start - breaks[each.start], end=each.end - breaks[each.end])
                    for each in remarks
                ]
            )
            text = text.replace("\n", "")
        first = next((run for run in parts[0].shown if run.text.strip()), None)
        looks = dict.fromkeys([hand_look(part, in_frame=role not in _PLACED) for part in parts])
        if break_before := self._break_before(parts[0], role):
            looks[break_before] = None
        self.made.append(
            _RawLine(
                text=text,
                counted=next((part.label for part in parts if any(map(str.isalnum, part.label))), ""),
                role=role,
                level=_RUN_IN.get(first.style.name, 0) if first is not None and first.style is not None else 0,
                paragraph=parts[0],
                place=place,
                mark=mark,
                copied=copied,
                boxed=_has_border(paragraph) or (paragraph.framed and role != IMPRINT),
                look="；".join(each for each in looks if each),
                remarks=remarks,
            )
        )

    def _break_before(self, paragraph: WordParagraph, role: LineRole | None = None) -> str:
        """The break that stands before a line, or a table, where the writer puts none; "" for none."""
        if self._in_box or not self._is_ours:
            return ""
        was, self._section = self._section, paragraph.section
        if role is not None and (role not in _PLACED or role == TITLE):
            return ""
        if was < paragraph.section < len(self._sections):
            one, other = self._sections[was], self._sections[paragraph.section]
            if (one.width, one.height) == (other.width, other.height):
                return "前面分节"
        return "前面分页" if paragraph.new_page and self.made else ""

    def _remarks(self, parts: list[WordParagraph], text: str) -> tuple[WordComment, ...]:
        """The comments on paragraphs that make one line; a place is counted in its text."""
        if not self._comments or self._in_box:
            return ()
        made: list[WordComment] = []
        before = 0
        for part in parts:
            size = sum(len(run.text) for run in part.shown)
            for each in self._comments.pop(part.number, ()):
                start, end = (min(max(at - len(part.label), 0) + before, len(text)) for at in (each.start, each.end))
                if each.last != each.paragraph and each.last > part.number:
                    end = min(before + size, len(text))
                made.append(_remark(each, start, end))
            before += size
        return tuple(made)

    def with_late_comments(self, items: tuple[VersionItem, ...]) -> tuple[tuple[VersionItem, ...], int]:
        """The items with the comments on blank paragraphs, which go to the item before; the number of those that have no place."""
        left = len(self._comments.pop(0, ()))
        if not self._comments or not items:
            return items, left + sum(map(len, self._comments.values()))
        made = list(items)
        places = [each.place for each in items]
        for number, found in sorted(self._comments.items()):
            at = max(bisect_right(places, number) - 1, 0)
            remarks = (*made[at].remarks, *(_remark(each, 0, 0) for each in found))
            made[at] = replace(made[at], remarks=remarks)
        return tuple(made), left

    def _role(self, paragraph: WordParagraph) -> LineRole | None:
        role = ROLES.get(paragraph.style)
        if role == BODY and not self._is_ours:
            return None
        if role is not None:
            return role
        style = style_of(paragraph)
        return None if not style else TITLE if style == STYLES[0] else HEADINGS[STYLES.index(style) - 1]

    def _add_table(self, table: WordTable, place: int) -> None:
        paragraphs = list(_paragraphs(table))
        self.tracked += sum(row.revision is not None for row in table.rows)
        styles = {each.style for each in paragraphs}
        if not styles.isdisjoint(_FRAMED):
            for row in table.rows:
                if not row.deleted:
                    for cell in row.cells:
                        self.add(cell.blocks, place=place)
        elif is_box(table) and styles.isdisjoint(_OF_CELLS):
            self._add_box(table, place)
        else:
            self._add_grid(table, paragraphs, place)

    def _add_box(self, table: WordTable, place: int) -> None:
        """The lines of a box, which is a table of its own."""
        start = len(self.made)
        for row in table.rows:
            for cell in row.cells:
                self.add(cell.blocks, place=place)
        for each in self.made[start:]:
            if isinstance(each, _RawLine):
                each.boxed = True

    def _add_grid(self, table: WordTable, paragraphs: list[WordParagraph], place: int) -> None:
        for paragraph in paragraphs:
            self._count(paragraph)
        grid = grid_of(table, MAX_CELLS - self.cells)
        self.cells += grid.cells
        if not grid.rows:
            return
        mark, copied = _marked([name for each in paragraphs for name in each.bookmarks])
        looks = dict.fromkeys(
            [self._break_before(paragraphs[0]), *[hand_look(each, in_frame=True) for each in paragraphs]]
        )
        self.made.append(
            VersionTable(
                rows=grid.rows,
                merges=grid.merges,
                place=place or table.start,
                mark=mark,
                copied=copied,
                look="；".join([each for each in looks if each][:6]),
                remarks=tuple([each._replace(start=0, end=0) for each in self._remarks(paragraphs, "")]),
            )
        )


def _has_border(paragraph: WordParagraph) -> bool:
    return paragraph.boxed and ROLES.get(paragraph.style) not in (RULE, MARK, IMPRINT)


def _paragraphs(table: WordTable) -> Iterator[WordParagraph]:
    """The paragraphs of a table and of the tables in it."""
    for row in table.rows:
        for cell in row.cells:
            for block in cell.blocks:
                if isinstance(block, WordTable):
                    yield from _paragraphs(block)
                else:
                    yield block


def mark_of(name: str) -> tuple[int, bool, bool] | None:
    """The item that a hidden bookmark names, whether all of it is meant and not a value, and whether it is a copy's."""
    found = _MARK.fullmatch(name)
    return (int(found[1]), not found[2], bool(found[3])) if found else None


def _marked(names: Iterable[str]) -> tuple[int, bool]:
    """The item that the bookmarks of a paragraph name, -1 for none, and whether it is a copy."""
    found = [mark for name in names if (mark := mark_of(name)) is not None]
    best = next((each for each in found if each[1]), found[0] if found else None)
    return (best[0], best[2]) if best is not None else (-1, False)


# labels, levels and roles


def _finished(raws: list[_Raw]) -> Iterator[VersionItem]:
    """The lines with their labels, levels and roles."""
    texts = [each for each in raws if isinstance(each, _RawLine) and (each.role is None or each.role in TEXT_ROLES)]
    titles = _titles(texts)
    labelled = with_labels([_script_line(each) for each in texts])
    levels = levels_of(labelled)
    headings = heading_levels(labelled, levels)
    retyped = _retyped(labelled)
    found = {id(each): (labelled[at], headings.get(at, 0)) for at, each in enumerate(texts)}
    for each in raws:
        if isinstance(each, (VersionTable, VersionPicture)):
            yield each
        elif id(each) in titles:
            yield _line(each, TITLE, 0, 0)
        elif id(each) in found:
            yield _labelled_line(each, *found[id(each)], levels, retyped)
        else:
            yield _line(each, each.role or BODY, 0, 0)


def _titles(texts: list[_RawLine]) -> set[int]:
    """In files of others: the large centred lines before the first sentence or label."""
    made: set[int] = set()
    for each in texts:
        paragraph = each.paragraph
        if each.role is not None or read_label(each.text) or len(each.text) > 120 or each.text.strip()[-1:] in "。；：":
            break
        if paragraph.align == "center" and paragraph.size >= _DISPLAY:
            made.add(id(each))
    return made


def _script_line(raw: _RawLine) -> ScriptLine:
    level = HEADINGS.index(raw.role) + 1 if raw.role in HEADINGS else raw.level
    return ScriptLine(
        text=raw.text,
        number=raw.place,
        label=raw.counted,
        style=STYLES[level] if level else "",
        centred=raw.paragraph.align == "center",
        right=raw.paragraph.align == "right",
        bold=all(run.look.bold for run in raw.paragraph.shown if run.text.strip()),
        boxed=raw.boxed,
    )


def _retyped(labelled: list[Labelled]) -> dict[LabelSeries, int]:
    """The level of each series of labels that nearly all of its titles have by their style.

    Where another label is typed over the old one, the style stays, but the label is what a reader sees.
    """
    votes: dict[LabelSeries, Counter[str]] = {}
    for each in labelled:
        if each.label is not None and not each.line.label and each.line.style in STYLES[1:]:
            votes.setdefault(each.label.series, Counter())[each.line.style] += 1
    made = {}
    for series, styles in votes.items():
        style, count = styles.most_common(1)[0]
        if count >= _MOSTLY * styles.total():
            made[series] = STYLES.index(style)
    return made


def _labelled_line(
    raw: _RawLine, labelled: Labelled, heading: int, levels: dict[LabelSeries, int], retyped: dict[LabelSeries, int]
) -> VersionLine:
    label = labelled.label
    known = HEADINGS.index(raw.role) + 1 if raw.role in HEADINGS else raw.level
    if label is None and known and not raw.counted:
        label = read_label(raw.text)
    level = known or (levels.get(label.series, 0) if label is not None else 0)
    if label is not None and not raw.counted and raw.role not in HEADINGS:
        level = retyped.get(label.series, level)
    size = 0
    if label is not None and not raw.counted and (known or label.series < LabelSeries.FIRSTLY) and level:
        size = len(raw.text) - len(label.rest) if raw.text.endswith(label.rest) else 0
    if raw.counted and not known:
        level = min(raw.paragraph.list_level + 1, len(HEADINGS)) if label is None else level
    if not size and not raw.counted and not known:
        level = 0
    role = raw.role or (HEADINGS[heading - 1] if heading and _stands_alone(raw.text) else BODY)
    return _line(raw, role, level, size)


def _stands_alone(text: str) -> bool:
    return len(text) <= 60 and "。" not in text and text.strip()[-1:] not in "；：，"


def _line(raw: _RawLine, role: LineRole, level: int, size: int) -> VersionLine:
    """A line whose typed label has `size` characters."""
    return VersionLine(
        role=role,
        text=raw.text[size:],
        label=raw.counted + raw.text[:size],
        level=level,
        boxed=raw.boxed,
        place=raw.place,
        mark=raw.mark,
        copied=raw.copied,
        look=raw.look,
        remarks=tuple([shifted(each, -size) for each in raw.remarks]) if size else raw.remarks,
    )


def _remark(comment: DocxComment, start: int, end: int) -> WordComment:
    return WordComment(comment.number, comment.author, comment.date, comment.text, start, end)


# what is not compared


def _is_hidden(run: WordRun) -> bool:
    """True for words that stand in the file and are not printed."""
    is_there = run.revision is None or not run.revision.deletes
    return run.look.hidden and is_there and not run.instruction and bool(run.text.strip())


def _left_out(document: WordDocument, lines: _Reading, comments: int, name: str) -> Iterator[Finding]:
    notes = [each for each in document.sides if each.is_note and any(one.words for one in each.paragraphs)]
    if notes:
        yield finding("PW851", Pos(name), what=f"脚注、尾注（{len(notes)} 条）")
    hidden = sum(any(map(_is_hidden, each.runs)) for each in document.paragraphs)
    if hidden:
        yield finding("PW851", Pos(name), what=f"隐藏的文字（{hidden} 段）")
    if comments:
        yield finding("PW851", Pos(name), what=f"不在正文里的批注（{comments} 条）")
    if lines.contents:
        yield finding("PW851", Pos(name), what=f"目录（{lines.contents} 行）")
