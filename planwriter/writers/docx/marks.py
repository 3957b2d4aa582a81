"""The marks by which a .docx that comes back is held against its record: hidden bookmarks, and the record itself.

`_pw_12` stands around the content of item 12 of the record, `_pw_12_1` around its first value that was filled in. In a table
the mark of the item is in its first cell. In the head and the imprint only items have marks. A program may move the ends of a
bookmark when text is typed there: the paragraph that holds it is certain, its extent is not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import accumulate

from planwriter.model import Document, MadeFrom
from planwriter.model.memo import Memo
from planwriter.plan.flow import BODY, Grid, Item, Line, LineRole, Run
from planwriter.start.typing import Any, TypeAlias
from planwriter.writers.docx.markup import bare_text_xml, is_bare, run_open, runs_xml, text_xml
from planwriter.writers.docx.recording import CellValues, Recorded, Values, packed_document, recorded

_NUMBER = "\x00"
"""Stands for the number of the item, which XML cannot contain: what is remembered of a line does not depend on its place."""
_MOST = 999
"""The most values of an item that have marks."""
_END = "</w:p>"
OpenLine: TypeAlias = "Callable[[Line], str | None]"
_Pieces: TypeAlias = "tuple[str, str, str]"
"""XML before the mark of an item, inside it and behind it."""


class HiddenMarks:
    """The marks of one document."""

    def __init__(
        self, document: Document, items: Sequence[Item], made: MadeFrom, memo: Memo, open_line: OpenLine | None = None
    ) -> None:
        """`open_line` gives the beginning of a line's paragraph if it depends on nothing else, and None for others."""
        self._known = [memo.once(_known, item, by=(open_line,)) for item in items]
        self._counts = [len(each.texts) for each in self._known]
        self._numbers = list(accumulate(self._counts, initial=0))
        self.values: list[Any] = [each.values for each in self._known]
        """What was filled in in each item of the flow: the Values of a line, the CellValues of a table."""
        texts = [text for each in self._known for text in each.texts]
        self.record = packed_document(document, made, texts, memo)

    def paragraphs(self) -> list[str | None]:
        """The paragraph of each item with its mark, if that depends on nothing but the item and its number."""
        return [
            (each.xml if each.number == number else each.numbered(number)) if each.pieces is not None else None
            for each, number in zip(self._known, self._numbers)  # noqa: B905  # the last number is that of no item
        ]

    def add_to(self, made: list[str], items: Sequence[Item], starts: Sequence[int], done: Collection[int]) -> None:
        """Puts the marks into the paragraphs and tables `made`; those of item i begin at `starts[i]`.

        The items `done` have theirs already.
        """
        ends = [*starts[1:], len(made)]
        for at, (start, end, count) in enumerate(zip(starts, ends, self._counts, strict=True)):
            if at in done or not count:
                continue
            item, number = items[at], self._numbers[at]
            if count == 1 and isinstance(item, Line) and made[end - 1].startswith("<w:p>"):
                made[end - 1] = _joined(_cut(made[end - 1], 0), number)
            else:
                _mark_several(made, range(start, end), number, 1 if isinstance(item, Grid) else count)


class _Known:
    """What is remembered of an item: its texts in the record, what was filled in, and its paragraph if this depends on nothing else."""

    __slots__ = ("number", "pieces", "texts", "values", "xml")

    def __init__(self, recorded: Recorded, pieces: _Pieces | None) -> None:
        self.texts, self.values = recorded
        self.pieces = pieces
        self.number, self.xml = -1, ""
        """The number that the item had last, and its paragraph with it."""

    def numbered(self, number: int) -> str:
        """The paragraph of an item with `pieces`."""
        assert self.pieces is not None
        self.number, self.xml = number, _joined(self.pieces, number)
        return self.xml


def _known(open_line: OpenLine | None, item: Item) -> _Known:
    made = recorded(item)
    start = open_line(item) if open_line is not None and isinstance(item, Line) and len(made[0]) == 1 else None
    if start is None:
        return _Known(made, None)
    assert isinstance(item, Line)
    values: Any = made[1]
    label = len(item.section.label) if item.section is not None else 0
    return _Known(made, (start, valued_runs(item, values, label) if values else runs_xml(item), _END))


def _cut(xml: str, start: int) -> _Pieces:
    """XML cut where the mark of an item begins and ends in the paragraph that begins at `start`."""
    first = start + len("<w:p>")
    if xml.startswith("<w:pPr>", first):
        first = xml.index("</w:pPr>", first) + len("</w:pPr>")
    last = xml.index(_END, first)
    return xml[:first], xml[first:last], xml[last:]


def _joined(pieces: _Pieces, number: int) -> str:
    """XML that was cut with the mark of an item, and the marks of its values numbered."""
    before, inside, after = pieces
    if _NUMBER in inside:
        inside = inside.replace(_NUMBER, str(number))
    ident = f'w:id="1{number}000"'
    return f'{before}<w:bookmarkStart {ident} w:name="_pw_{number}"/>{inside}<w:bookmarkEnd {ident}/>{after}'


def _mark_several(made: list[str], places: Iterable[int], number: int, count: int) -> None:
    """HiddenMarks the first paragraphs with text, as many as `count`."""
    left = count
    for place in places:
        at = 0
        while left:
            run = made[place].find("<w:r>", at)
            start = made[place].rfind("<w:p>", 0, run) if run >= 0 else -1
            if start < 0:
                break
            made[place] = _joined(_cut(made[place], start), number + count - left)
            left -= 1
            at = made[place].index(_END, start) + len(_END)
        if _NUMBER in made[place]:
            made[place] = made[place].replace(_NUMBER, str(number))


# values


def valued_runs(line: Line, values: Values, before: int) -> str:
    """The runs of a line with marks around the values, which are counted after its first `before` characters."""
    return _cut_runs(line.runs, line.role, _numbered(values, before))


def _numbered(values: Values, before: int = 0) -> list[tuple[int, int, int]]:
    return [(start + before, end + before, nth) for nth, (start, end, _) in enumerate(values, 1)]


def valued_title(line: Line, values: Values, broken: str) -> str:
    """The run of a title, which is `broken` into lines, with marks around the values."""
    places = [at for at, char in enumerate(broken) if char != "\n"]
    inside = [(start, end, nth) for start, end, nth in _numbered(values) if end <= len(places)]
    moved = [(places[start], places[end - 1] + 1, nth) for start, end, nth in inside]
    return _cut_runs((Run(broken, line.role),), line.role, moved)


def valued_cells(grid: Grid, values: CellValues) -> dict[tuple[int, int], str]:
    """The runs of the cells in which something was filled in, by row and column."""
    places: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
    for nth, (row, column, start, end, _) in enumerate(values, 1):
        places.setdefault((row, column), []).append((start, end, nth))
    return {
        (row, column): _cut_runs((Run(grid.rows[row][column], BODY),), BODY, inside)
        for (row, column), inside in places.items()
    }


def _cut_runs(runs: Iterable[Run], role: LineRole, values: Sequence[tuple[int, int, int]]) -> str:
    """Runs that are cut where a value begins or ends, with a mark around each: its start, its end, its number; in order."""
    made: list[str] = []
    begin, left = 0, iter(values)
    start, end, nth = next(left, _NO_VALUE)
    for text, own in runs:
        head, at, size = run_open(own, role), 0, len(text)
        set_text = bare_text_xml if is_bare(text) else text_xml
        while start - begin < size:
            first, last = max(start - begin, at), min(end - begin, size)
            if first < last and nth <= _MOST:
                if at < first:
                    made.append(f"{head}{set_text(text[at:first])}</w:r>")
                mark = f'w:id="1{_NUMBER}{nth:03}"'
                made.append(
                    f'<w:bookmarkStart {mark} w:name="_pw_{_NUMBER}_{nth}"/>'
                    f"{head}{set_text(text[first:last])}</w:r><w:bookmarkEnd {mark}/>"
                )
                at = last
            start, end, nth = next(left, _NO_VALUE)
        if at < size:
            made.append(f"{head}{set_text(text[at:])}</w:r>")
        begin += size
    return "".join(made)


_NO_VALUE = (1 << 60, 1 << 60, 0)
