"""One copy of a plan that carries all opinions: as tracked changes and comments by the bureaus that have them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from planwriter.compare.matching.match import match_items
from planwriter.compare.opinions.opinion_table import OpinionRow, shown_old, shown_wish
from planwriter.compare.opinions.opinions import Opinion, Wish, in_turn
from planwriter.compare.versions.from_word import version_of_word
from planwriter.compare.versions.version import PlanVersion, VersionLine, VersionTable
from planwriter.compare.words.texts import changed
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Pos, Result
from planwriter.plan.flow import TITLE
from planwriter.readers.docx.comment_part import NewComment
from planwriter.readers.docx.document import WordDocument, WordParagraph
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.remarks import PlacedComment, with_comments
from planwriter.readers.docx.xml import UnreadableDocx
from planwriter.start.named_tuple import NamedTuple
from planwriter.writers.docx.tracked import Insert, Move, Remove, WordChange, WordRewrite, track


class MarkedCopy(NamedTuple):
    """The copy; each opinion is in it once, in one of these ways."""

    data: bytes
    tracked: int
    """How many opinions are tracked changes."""
    said: int
    """How many are comments at their place, because they are comments."""
    told: int
    """How many changes are comments at their place, because they cannot be tracked changes there."""
    displaced: int
    """How many are comments at the head of the plan, because their place is no longer in it."""


def marked_copy(data: bytes, current: PlanVersion, rows: Sequence[OpinionRow], name: str) -> Result[MarkedCopy | None]:
    """The rendered .docx `data` of the plan `current` with the opinions in `rows`; `name` is that of findings."""
    read = version_of_word(data, name, base=current)
    if read.value is None:
        return Result(None, read.findings)
    try:
        return Result(_Marking(data, current, read.value, rows, name).made())
    except UnreadableDocx as reason:
        return Result(None, (finding("PW850", Pos(name), reason=str(reason)),))


class _Marking:
    """A copy while it is made."""

    def __init__(
        self, data: bytes, current: PlanVersion, word: PlanVersion, rows: Sequence[OpinionRow], name: str
    ) -> None:
        self._data, self._current, self._rows, self._name = data, current, rows, name
        self._document: WordDocument = read_docx(data)
        anchors = {new: each.mark for new, each in enumerate(word.items) if 0 <= each.mark < len(current.items)}
        pairs = match_items(current.items, word.items, anchors).new_of_old
        self._places = {old: word.items[new].place for old, new in pairs.items()}
        """The paragraphs by the items of the plan."""
        self._taken: dict[int, list[tuple[int, int]]] = {}
        """The characters of each paragraph that are rewritten."""
        self._gone: set[int] = set()
        """The paragraphs that are deleted."""
        self._moved: dict[int, int] = {}
        """The paragraphs that are moved, and behind which one."""
        self._cells: dict[tuple[int, int], list[WordParagraph]] = {}

    def made(self) -> MarkedCopy:
        """The copy. What turns out not to be possible as tracked changes becomes comments."""
        turn = in_turn([each.opinion for each in self._rows], self._current.items)
        made_of = {at: self._changes(self._rows[at]) for at in turn}
        wanted = [made_of[at] for at in range(len(self._rows))]
        changes = [(at, each) for at in turn for each in wanted[at]]
        refused = self._refused([each for _, each in changes])
        failed = {changes[index][0] for index in refused}
        kept = [each for at, each in changes if at not in failed]
        said = told = displaced = tracked = 0
        comments: list[PlacedComment] = []
        for at, row in enumerate(self._rows):
            if wanted[at] and at not in failed:
                tracked += 1
                continue
            place, has_place = self._comment(row)
            comments.append(place)
            if not has_place:
                displaced += 1
            elif row.opinion.wish == Wish.SAY:
                said += 1
            else:
                told += 1
        made = track(with_comments(self._data, self._document, comments), kept, self._name).value
        if made is None or made.refused:
            raise UnreadableDocx("写不进修订")
        return MarkedCopy(made.data, tracked, said, told, displaced)

    def _refused(self, changes: Sequence[WordChange]) -> tuple[int, ...]:
        made = track(self._data, changes, self._name).value
        if made is None:
            raise UnreadableDocx("写不进修订")
        return made.refused

    # tracked changes

    def _changes(self, row: OpinionRow) -> list[WordChange]:
        """The tracked changes for an opinion; none if it has to be a comment."""
        opinion = row.opinion
        makers: dict[Wish, Callable[[Opinion, str], Iterator[WordChange]]] = {
            Wish.CHANGE: self._rewrites,
            Wish.ADD: self._insert,
            Wish.REMOVE: self._remove,
            Wish.MOVE: self._move,
            Wish.CELL: self._cell,
        }
        maker = makers.get(opinion.wish)
        if maker is None or opinion.older or (opinion.at < 0 and opinion.wish != Wish.ADD):
            return []
        return list(maker(opinion, "、".join(row.units)))

    def _paragraph(self, at: int) -> WordParagraph | None:
        place = self._places.get(at, 0)
        return self._document.paragraphs[place - 1] if place else None

    def _line(self, at: int) -> tuple[WordParagraph, int] | None:
        """The paragraph of a line, and where the line's text begins in its text without the label that Word counts."""
        item, paragraph = self._current.items[at], self._paragraph(at)
        if not isinstance(item, VersionLine) or paragraph is None:
            return None
        typed = paragraph.text[len(paragraph.label) :]
        return (paragraph, len(typed) - len(item.text)) if typed.endswith(item.text) else None

    def _rewrites(self, opinion: Opinion, author: str) -> Iterator[WordChange]:
        found = self._line(opinion.at)
        if found is None:
            return
        paragraph, begin = found
        yield from self._words(paragraph, begin + opinion.start, opinion.old, opinion.new, author)

    def _words(self, paragraph: WordParagraph, at: int, old: str, new: str, author: str) -> Iterator[WordChange]:
        """The changes that make `new` of the words `old` at a place; none if another opinion changes some of them."""
        edits = [(at + each.start, at + each.end, new[each.new_start : each.new_end]) for each in changed(old, new)]
        taken = self._taken.setdefault(paragraph.number, [])
        if paragraph.number in self._gone or any(
            start <= last and first <= end for start, end, _ in edits for first, last in taken
        ):
            return
        taken += [(start, end) for start, end, _ in edits]
        for start, end, words in edits:
            yield WordRewrite(paragraph.number, start, end, words, author)

    def _insert(self, opinion: Opinion, author: str) -> Iterator[WordChange]:
        place = self._places.get(opinion.at, 0)
        if opinion.at >= 0 and not place:
            return
        like = self._like(opinion)
        counted = like is not None and bool(like.label)
        text = opinion.new if counted else opinion.label + opinion.new
        is_table = opinion.at >= 0 and isinstance(self._current.items[opinion.at], VersionTable)
        yield Insert(place, text, author, like.number if like is not None else 0, beyond=is_table)

    def _like(self, opinion: Opinion) -> WordParagraph | None:
        """The nearest paragraph of the same kind."""
        items = self._current.items
        alike = [
            at
            for at, each in enumerate(items)
            if isinstance(each, VersionLine) and each.role == opinion.role and each.level == opinion.level
        ]
        alike = alike or [at for at, each in enumerate(items) if isinstance(each, VersionLine) and at == opinion.at]
        return self._paragraph(min(alike, key=lambda at: abs(at - opinion.at))) if alike else None

    def _remove(self, opinion: Opinion, author: str) -> Iterator[WordChange]:
        found = self._line(opinion.at)
        number = found[0].number if found is not None else 0
        if number and number not in self._gone and number not in self._moved and not self._taken.get(number):
            self._gone.add(number)
            yield Remove(number, author)

    def _move(self, opinion: Opinion, author: str) -> Iterator[WordChange]:
        numbers = range(opinion.at, opinion.at + opinion.count)
        lines = [self._line(at) for at in numbers if at < len(self._current.items)]
        behind = [at for at, each in enumerate(self._current.items) if each.text == opinion.new and at not in numbers]
        if len(lines) != opinion.count or (opinion.new and len(behind) != 1):
            return
        places = [each[0].number for each in lines if each is not None]
        after = self._places.get(behind[0], 0) if opinion.new else 0
        after = self._moved.get(after, after)
        if (
            len(places) == opinion.count
            and (after or not opinion.new)
            and self._gone.isdisjoint(places)
            and self._moved.keys().isdisjoint(places)
        ):
            beyond = bool(opinion.new) and isinstance(self._current.items[behind[0]], VersionTable)
            self._moved.update(dict.fromkeys(places, after))
            yield Move(places[0], places[-1], after, author, beyond)

    def _row(self, table: int, row: int) -> list[WordParagraph]:
        """The paragraphs of a row of a table."""
        if not self._cells:
            for each in self._document.paragraphs:
                if each.table >= 0:
                    self._cells.setdefault((each.table, each.row), []).append(each)
        return self._cells.get((table, row), [])

    def _cell(self, opinion: Opinion, author: str) -> Iterator[WordChange]:
        paragraph = self._paragraph(opinion.at)
        if paragraph is None or paragraph.table < 0:
            return
        same = [each for each in self._row(paragraph.table, opinion.row) if each.text == opinion.old]
        exact = [each for each in same if each.cell == opinion.column]
        if len(exact) == 1 or len(same) == 1:
            yield from self._words((exact or same)[0], 0, opinion.old, opinion.new, author)

    # comments

    def _comment(self, row: OpinionRow) -> tuple[PlacedComment, bool]:
        """An opinion as a comment, and whether it stands at its place."""
        opinion = row.opinion
        text = opinion.new if opinion.wish == Wish.SAY else shown_wish(opinion)
        paragraph = self._paragraph(opinion.at) if opinion.at >= 0 else None
        lines = text.split("\n")
        if opinion.older or paragraph is None:
            about = shown_old(opinion)
            lines = [f"{row.clause}：{about}" if about else row.clause, *lines]
        said = NewComment("、".join(row.units), tuple(lines), opinion.date)
        if paragraph is None:
            return PlacedComment(self._head(), 0, 0, said), False
        line = self._line(opinion.at)
        if line is None or opinion.older or (opinion.start == 0 and opinion.end == 0):
            return PlacedComment(paragraph.number, 0, 0, said), True
        begin = len(paragraph.label) + line[1]
        return PlacedComment(paragraph.number, begin + opinion.start, begin + opinion.end, said), True

    def _head(self) -> int:
        """The paragraph at the head of the plan: its title."""
        titles = (
            self._places.get(at, 0)
            for at, each in enumerate(self._current.items)
            if isinstance(each, VersionLine) and each.role == TITLE
        )
        return next((each for each in titles if each), 1)
