"""What a bureau wants changed in a plan that was sent to it: its edits, sentence by sentence, and its comments."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from planwriter.compare.matching.match import ItemMatching, match_items
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine, VersionTable, WordComment
from planwriter.compare.words.texts import TextEdit, changed, sentences
from planwriter.plan.flow import BODY, LineRole
from planwriter.readers.docx.comments import DocxComment
from planwriter.start.enums import Enum
from planwriter.start.records import dataclass, replace

MAX_OPINIONS = 5_000
"""The most opinions of one file that are taken."""


class Wish(str, Enum):
    """What is wanted of a place."""

    CHANGE = "改"
    """Other words in a paragraph; also words put in or left out."""
    ADD = "增"
    """A new paragraph behind this one."""
    REMOVE = "删"
    MOVE = "移"
    """The paragraph behind another one."""
    CELL = "格"
    """Other words in a cell of a table."""
    TABLE = "表"
    """A table with other rows or columns."""
    SAY = "批"
    """A comment."""

    __str__ = str.__str__

    @property
    def shown(self) -> str:
        """The word in a summary."""
        return _SHOWN[self]


_SHOWN = {
    Wish.CHANGE: "改文字",
    Wish.ADD: "增加段落",
    Wish.REMOVE: "删去段落",
    Wish.MOVE: "移动",
    Wish.CELL: "改表格",
    Wish.TABLE: "改表的行列",
    Wish.SAY: "批注",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """An opinion on a place of a plan."""

    wish: Wish
    at: int
    """The item of the plan; for a new paragraph the one before it; -1 if it has no place, or stands before everything."""
    text: str = ""
    """The text of that item."""
    start: int = 0
    end: int = 0
    """The characters of it that are to be changed, or that a comment is about; none at both 0."""
    new: str = ""
    """The words that are wanted, the new paragraph with its label, the text behind which something is to stand, the comment."""
    label: str = ""
    """The label of a new paragraph."""
    level: int = 0
    role: LineRole = BODY
    count: int = 1
    """How many items are to be moved together."""
    row: int = 0
    column: int = 0
    author: str = ""
    date: str = ""
    older: bool = False
    """True if the words that it is about are no longer in the plan."""

    @property
    def old(self) -> str:
        """The words that are to be changed."""
        return self.text[self.start : self.end]

    @property
    def same_as(self) -> tuple[object, ...]:
        """Equal for two opinions that want the same."""
        new = "".join(self.new.split()) if self.wish == Wish.SAY else self.new
        return self.at, self.text, self.start, self.end, str(self.wish), self.row, self.column, new, self.label


def opinions_of(base: PlanVersion, edited: PlanVersion, matching: ItemMatching) -> Iterator[Opinion]:
    """The opinions in a file: what was edited in it, and what was said, in the order of the plan that it was made from."""
    found = [*_edits(base, edited, matching), *_comments(base, edited, matching)]
    found.sort(key=lambda each: (each.at, each.start, each.end))
    yield from found


# edits


def _edits(base: PlanVersion, edited: PlanVersion, matching: ItemMatching) -> Iterator[Opinion]:
    before = -1
    move: Opinion | None = None
    for number, item in enumerate(edited.items):
        pair = matching.pairs.get(number)
        if pair is None:
            if item.text.strip():
                yield _added(base, before, item)
            continue
        old = base.items[pair.old]
        yield from _changes(pair.old, old, item)
        is_moved = number in matching.moved
        if move is not None and is_moved and pair.old == move.at + move.count:
            move = replace(move, count=move.count + 1)
        elif move is not None or is_moved:
            if move is not None:
                yield move
            move = _move(base, pair.old, before) if is_moved else None
        before = pair.old
    if move is not None:
        yield move
    kept = matching.new_of_old
    for at, gone in enumerate(base.items):
        if at not in kept and gone.text.strip():
            yield Opinion(wish=Wish.REMOVE, at=at, text=gone.text, end=len(gone.text))


def _move(base: PlanVersion, at: int, behind: int) -> Opinion:
    text = base.items[at].text
    return Opinion(wish=Wish.MOVE, at=at, text=text, end=len(text), new=_text_of(base, behind))


def _text_of(version: PlanVersion, at: int) -> str:
    return version.items[at].text if at >= 0 else ""


def _added(base: PlanVersion, before: int, item: VersionItem) -> Opinion:
    line = item if isinstance(item, VersionLine) else None
    return Opinion(
        wish=Wish.ADD,
        at=before,
        text=_text_of(base, before),
        new=item.text,
        label=line.label if line else "",
        level=line.level if line else 0,
        role=line.role if line else BODY,
    )


def _changes(at: int, old: VersionItem, new: VersionItem) -> Iterator[Opinion]:
    """The changes of one item."""
    if isinstance(old, VersionTable) and isinstance(new, VersionTable):
        yield from _cells(at, old, new)
    elif old.text != new.text:
        for start, end, words in sentence_changes(old.text, new.text):
            yield Opinion(wish=Wish.CHANGE, at=at, text=old.text, start=start, end=end, new=words)


def _cells(at: int, old: VersionTable, new: VersionTable) -> Iterator[Opinion]:
    if [len(row) for row in old.rows] != [len(row) for row in new.rows]:
        yield Opinion(wish=Wish.TABLE, at=at, text=old.text, end=len(old.text), new=new.text)
        return
    place = 0
    for row, (cells, others) in enumerate(zip(old.rows, new.rows, strict=True)):
        for column, (cell, other) in enumerate(zip(cells, others, strict=True)):
            if cell != other:
                yield Opinion(
                    wish=Wish.CELL,
                    at=at,
                    text=old.text,
                    start=place,
                    end=place + len(cell),
                    new=other,
                    row=row,
                    column=column,
                )
            place += len(cell) + 1


def sentence_changes(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """The sentences of `old` that are others in `new`, as characters, with their new words.

    For a sentence that is only put in the characters are none.
    """
    edits = changed(old, new)
    bounds = sentences(old)
    ends = {0, *(end for _, end in bounds)}
    touched: list[tuple[int, int, TextEdit]] = []
    for edit in edits:
        if edit.start == edit.end and edit.start in ends and _is_whole(new, edit):
            touched.append((edit.start, edit.end, edit))
            continue
        start, end = _around(bounds, edit.start, edit.end)
        touched.append((start, max(end, edit.end), edit))
    made: list[list[tuple[int, int, TextEdit]]] = []
    for each in touched:
        if made and each[0] < made[-1][-1][1]:
            made[-1].append(each)
        else:
            made.append([each])
    for group in made:
        first, last = group[0], group[-1]
        start, end = first[0], max(end for _, end, _ in group)
        left, right = first[2].start - start, end - last[2].end
        yield start, end, new[first[2].new_start - left : last[2].new_end + right]


def _is_whole(new: str, edit: TextEdit) -> bool:
    """True if whole sentences were put in."""
    return edit.new_end == len(new) or new[edit.new_end - 1] in "。；！？\n"


# comments


def _comments(base: PlanVersion, edited: PlanVersion, matching: ItemMatching) -> Iterator[Opinion]:
    before = -1
    for number, item in enumerate(edited.items):
        pair = matching.pairs.get(number)
        if pair is not None:
            before = pair.old
        if item.remarks:
            text = _text_of(base, before)
            ranges = _SentenceRanges(item.text, text) if isinstance(item, VersionLine) and text else None
            for remark in item.remarks:
                yield _said(before, text, remark, ranges)


def _said(at: int, text: str, remark: WordComment, ranges: _SentenceRanges | None) -> Opinion:
    start, end = ranges.of(remark) if ranges is not None and remark.end else (0, 0)
    return Opinion(
        wish=Wish.SAY,
        at=at,
        text=text,
        start=start,
        end=end,
        new=remark.text,
        author=remark.author,
        date=remark.date,
    )


def unplaced_comment(comment: DocxComment) -> Opinion:
    """The opinion in a comment that does not stand in a paragraph of the text."""
    return Opinion(wish=Wish.SAY, at=-1, new=comment.text, author=comment.author, date=comment.date)


class _SentenceRanges:
    """The sentences of a base text that hold the words of an edited one which comments are about."""

    def __init__(self, edited: str, base: str) -> None:
        self._edits, self._bounds = changed(edited, base), sentences(base)

    def of(self, remark: WordComment) -> tuple[int, int]:
        start, end = moved(self._edits, remark.start), moved(self._edits, remark.end, after=True)
        return _around(self._bounds, start, end)


def _around(bounds: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The whole sentences that these characters are in."""
    if not bounds:
        return 0, 0
    first = max(bisect_right(bounds, (start, _FAR)) - 1, 0)
    last = min(bisect_left(bounds, max(end, start + 1), key=itemgetter(1)), len(bounds) - 1)
    return bounds[first][0], bounds[last][1]


_FAR = 1 << 60


def moved(edits: Sequence[TextEdit], at: int, *, after: bool = False) -> int:
    """Where the character `at` of the old text stands in the new one; at an edge of its edit, the later with `after`."""
    count = bisect_left(edits, at, key=itemgetter(0))
    if after and count < len(edits) and edits[count].start == edits[count].end == at:
        count += 1
    if not count:
        return at
    last = edits[count - 1]
    if at < last.end or (at == last.end and not after and last.start < last.end):
        return last.new_end if after else last.new_start
    return at + last.new_end - last.end


# another state of the plan


def placed_in(opinions: Sequence[Opinion], base: PlanVersion, current: PlanVersion) -> tuple[Opinion, ...]:
    """Opinions on one state of a plan as opinions on another."""
    if base.items == current.items:
        return tuple(opinions)
    place = match_items(base.items, current.items).new_of_old
    return tuple(_placed(each, place.get(each.at, -1), current) if each.at >= 0 else each for each in opinions)


def _placed(opinion: Opinion, at: int, current: PlanVersion) -> Opinion:
    if at < 0:
        return replace(opinion, at=-1, older=True)
    text = current.items[at].text
    if text == opinion.text:
        return replace(opinion, at=at)
    found = found_in(opinion, text)
    if found is None:
        return replace(opinion, at=at, older=True)
    return replace(opinion, at=at, text=text, start=found[0], end=found[1])


def found_in(opinion: Opinion, text: str) -> tuple[int, int] | None:
    """The characters of a changed text that an opinion is about; None if they are not in it exactly once."""
    if opinion.wish in (Wish.ADD, Wish.SAY, Wish.MOVE):
        where = text.find(opinion.old) if opinion.old else -1
        return (where, where + len(opinion.old)) if where >= 0 else (0, 0)
    if opinion.wish != Wish.CHANGE:
        return None
    start, end = opinion.start, opinion.end
    if start == end:  # known by what stands before it
        start = max((a for a, b in sentences(opinion.text) if b <= opinion.start), default=0)
    words = opinion.text[start:end]
    if not words or text.count(words) != 1:
        return None
    where = text.find(words)
    return (where, where + len(words)) if opinion.start < opinion.end else (where + len(words),) * 2


def in_order(opinions: Sequence[Opinion]) -> list[list[int]]:
    """The numbers of the opinions, equal ones together, in the order of the plan; those without a place come last."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for number, each in enumerate(opinions):
        groups.setdefault(each.same_as, []).append(number)

    def place(numbers: list[int]) -> tuple[bool, int, int, int]:
        first = opinions[numbers[0]]
        return first.at < 0 and first.older, first.at, first.start, first.end

    return sorted(groups.values(), key=place)


def in_turn(opinions: Sequence[Opinion | None], items: Sequence[VersionItem]) -> list[int]:
    """The numbers of opinions in the order in which they can be done in a plan with these items: what is moved comes last.

    What moves behind something that is moved too comes after that.
    """
    moves: dict[int, Opinion] = {}
    movers: dict[str, int] = {}
    for number, each in enumerate(opinions):
        if each is not None and each.wish == Wish.MOVE:
            moves[number] = each
            for item in items[max(each.at, 0) : each.at + each.count]:
                movers[item.text] = number
    made = [number for number in range(len(opinions)) if number not in moves]
    done: set[int] = set()
    for number in moves:
        chain: list[int] = []
        at: int | None = number
        while at is not None and at not in done:
            done.add(at)
            chain.append(at)
            at = movers.get(moves[at].new) if moves[at].new else None
        made += reversed(chain)
    return made
