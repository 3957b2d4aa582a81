"""The marks by which a .docx that comes back is held against its record: hidden bookmarks, and the record itself.

`_pw_12` stands around the content of item 12 of the record, `_pw_12_1` around its first value that was filled in. In a table
the mark of the item is in its first cell. In the head and the imprint only items have marks. A program may move the ends of a
bookmark when text is typed there: the paragraph that holds it is certain, its extent is not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate

from planwriter.model import Document, MadeFrom
from planwriter.model.memo import Memo
from planwriter.plan.flow import BODY, Grid, Item, Line, LineRole, Run
from planwriter.start.typing import Any
from planwriter.writers.docx.markup import run_open, text_xml
from planwriter.writers.docx.recording import CellValues, Values, packed_document, recorded

_NUMBER = "\x00"
"""Stands for the number of the item, which XML cannot contain: what is remembered of a line does not depend on its place."""
_MOST = 999
"""The most values of an item that have marks."""
_END = "</w:p>"


class HiddenMarks:
    """The marks of one document."""

    def __init__(self, document: Document, items: Sequence[Item], made: MadeFrom, memo: Memo) -> None:
        known = [memo.once(recorded, item) for item in items]
        self._counts = [len(texts) for texts, _ in known]
        self._numbers = list(accumulate(self._counts, initial=0))
        self.values: list[Any] = [values for _, values in known]
        """What was filled in in each item of the flow: the Values of a line, the CellValues of a table."""
        self.record = packed_document(document, made, known, memo)

    def number_alone(self, at: int) -> int | None:
        """The number of item `at` in the record, if it has one mark around it; see `around_alone`."""
        return self._numbers[at] if self._counts[at] == 1 else None

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
                made[end - 1] = around_alone(made[end - 1], number)
            else:
                _mark_several(made, range(start, end), number, 1 if isinstance(item, Grid) else count)


def around_alone(paragraph: str, number: int) -> str:
    """A paragraph with the mark of its item."""
    return _around(paragraph, number, 0)


def _around(xml: str, number: int, start: int) -> str:
    """XML with the mark of an item in the paragraph that begins at `start`, and the marks of its values numbered."""
    first = start + len("<w:p>")
    if xml.startswith("<w:pPr>", first):
        first = xml.index("</w:pPr>", first) + len("</w:pPr>")
    last = xml.index(_END, first)
    inside = xml[first:last]
    if _NUMBER in inside:
        inside = inside.replace(_NUMBER, str(number))
    ident = f'w:id="1{number}000"'
    return f'{xml[:first]}<w:bookmarkStart {ident} w:name="_pw_{number}"/>{inside}<w:bookmarkEnd {ident}/>{xml[last:]}'


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
            made[place] = _around(made[place], number + count - left, start)
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
    begin, left = 0, iter([each for each in values if each[2] <= _MOST])
    start, end, nth = next(left, _NO_VALUE)
    for text, own in runs:
        head, at, size = run_open(own, role), 0, len(text)
        while start - begin < size:
            first, last = max(start - begin, at), min(end - begin, size)
            if first < last:
                if at < first:
                    made.append(f"{head}{text_xml(text[at:first])}</w:r>")
                made.append(
                    f'<w:bookmarkStart w:id="1{_NUMBER}{nth:03}" w:name="_pw_{_NUMBER}_{nth}"/>'
                    f'{head}{text_xml(text[first:last])}</w:r><w:bookmarkEnd w:id="1{_NUMBER}{nth:03}"/>'
                )
                at = last
            start, end, nth = next(left, _NO_VALUE)
        if at < size:
            made.append(f"{head}{text_xml(text[at:])}</w:r>")
        begin += size
    return "".join(made)


_NO_VALUE = (1 << 60, 1 << 60, 0)
