"""The rows of task lists in a workbook, with the texts of merged cells where they belong, and what is left out named."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import MAX_FINDINGS, Finding, Findings, Result, Span
from planwriter.importing.tasks.content import label_depth
from planwriter.importing.tasks.heads import TaskBlock, TaskRole, task_tables
from planwriter.language.figures import is_blank
from planwriter.language.numerals import numeral_value
from planwriter.model import Merge
from planwriter.sheets.sheet import Sheet, SheetTable, table_of
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass
from planwriter.targets.heads import is_heading, is_note

_TOTAL = regex(r"(?s:(?:合|总|共|小)\s*计.*|共\s*\d+\s*[项个条].*|累\s*计.*)")
_NOTE = regex(r"(?:注|备注|说明|附注|填表|填报|制表|审核|联系|电话|日期)[人说明单位日期电话]*\s*[\d.]*[:：]|[*※△▲]")
_SHARED = frozenset((TaskRole.GROUP, TaskRole.TASK, TaskRole.LEAD, TaskRole.SUPPORT, TaskRole.DEADLINE, TaskRole.NOTE))
"""The columns whose merged cells hold for every row that they cover."""
_ADDED = frozenset((TaskRole.LEAD, TaskRole.SUPPORT, TaskRole.DEADLINE, TaskRole.NOTE, TaskRole.OTHER))
"""What a row without a text of its own adds to the task above it."""
_ORDERS = regex(r"[（(]?(?:\d{1,4}|[一二三四五六七八九十百]{1,5}|[①-⑳])[)）]?[.．、]?|\d{1,3}(?:[.．\-—]\d{1,3}){1,3}")
_LIST_END = regex(r"(?:清单|[表单账]|分解|分工|任务|要点|计划|方案|安排|目标)(?:[（(][^（）()]{1,20}[）)])?\Z")
_GENERIC = regex(r"(?i:sheet|工作表|表)\s*\d*")


class TaskCell(NamedTuple):
    """The text of a cell, the header of its column, and its place."""

    text: str
    head: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A task: its cells by role. A heading over some rows has only `section`."""

    span: Span
    cells: tuple[tuple[TaskRole, TaskCell], ...] = ()
    section: TaskCell | None = None
    joined: bool = False
    """True if the row has no text of its own and adds units or a deadline to the row above."""

    def of(self, role: TaskRole) -> tuple[TaskCell, ...]:
        """The cells of a role, from left to right."""
        return tuple(cell for each, cell in self.cells if each is role)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSheet:
    """The tasks of one sheet."""

    name: str
    """The name of the sheet; "" if it is one that nobody gave, such as Sheet1."""
    title: TaskCell | None
    rows: tuple[TaskRow, ...]
    head: Span
    """The header of the list."""
    roles: frozenset[TaskRole] = frozenset()
    """What the columns of the list hold."""


def read_task_sheets(sheets: tuple[Sheet, ...], name: str) -> Result[tuple[TaskSheet, ...]]:
    """The task lists of a workbook; none, and a finding, if there is no header of tasks. Every cell is read or named."""
    found = Findings()
    made: list[TaskSheet] = []
    unread: list[Sheet] = []
    for sheet in sheets:
        table = table_of(sheet)
        blocks = [*task_tables(table)]
        if blocks:
            made.append(found.take(_read_sheet(sheet, table, blocks)))
        elif table.rows or table.title:
            unread.append(sheet)
    if not made:
        place = unread[0].source.span(0, 0) if unread else None
        found.append(no_list(place if place is not None else _file(name)))
    else:
        found += (finding("PW744", each.source.span(0, 0), sheet=each.name, count=_count(each)) for each in unread)
    found += _hidden(sheets)
    return found.result(tuple(made))


def no_list(place: Span) -> Finding:
    """The finding on a workbook without a list of tasks."""
    advice = "表头要有“重点任务”或“具体内容”，还要有“责任单位”“完成时限”中的一列；表在别的文件里的，换那一个文件。"
    return finding("PW735", place, what="没有找到任务清单的表头", advice=advice)


def _file(name: str) -> Span:
    from planwriter.findings.finding import Source

    return Span(Source(name, ""), 0, 0)


def _count(sheet: Sheet) -> int:
    return sum(map(bool, (cell for row in sheet.rows for cell in row)))


def _hidden(sheets: tuple[Sheet, ...]) -> Iterator[Finding]:
    """A hint for each sheet with hidden rows or columns that hold something: they are not read."""
    for sheet in sheets:
        places = [
            (at, column)
            for at, row in enumerate(sheet.rows)
            for column, cell in enumerate(row)
            if cell and (at in sheet.hidden_rows or column in sheet.hidden_columns)
        ]
        if places:
            yield finding("PW745", sheet.source.span(*places[0]), count=len(places))


def _read_sheet(sheet: Sheet, table: SheetTable, blocks: list[TaskBlock]) -> Result[TaskSheet]:
    found = Findings()
    title = _title(sheet, table)
    rows: list[TaskRow] = []
    for block in blocks:
        reader = _Rows(sheet, block)
        lines = [*_lines(block.above)]
        named = None if title else _title_among(lines)
        if named is not None:
            row, at, text = lines.pop(named)
            title = TaskCell(text, "", _span(sheet, block.above, row, at))
        if title is not None and not rows and is_heading(title.text) and label_depth(title.text):
            rows.append(TaskRow(span=title.span, section=title))  # the heading of the first of several tables
            title = None
        for row, at, text in lines:
            place = _span(sheet, block.above, row, at)
            found.append(finding("PW739", place, cell=place.pos.cell, text=text))
        made = found.take(reader.read())
        rows += made
    head = _span(sheet, blocks[0].table, blocks[0].header.start, 0)
    roles = frozenset(role for block in blocks for role in block.roles if role is not None)
    name = "" if _GENERIC.fullmatch(sheet.name.strip()) else sheet.name.strip()
    return found.result(TaskSheet(name=name, title=title, rows=tuple(rows), head=head, roles=roles))


def is_title(text: str) -> bool:
    """True for a text above a table that is its title, and no line such as 填报单位：……."""
    return len(text) > 3 and "：" not in text and ":" not in text and not is_note(text) and text[:1] != "附"


def _title_among(lines: list[tuple[int, int, str]]) -> int | None:
    """Which of the lines above a table is its title: one that ends like the name of a list, else the first if it may be one."""
    titles = [nth for nth, (_, _, text) in enumerate(lines) if is_title(text)]
    lists = [nth for nth in titles if _LIST_END.search(lines[nth][2])]
    return next(iter(lists), None) if lists else 0 if titles[:1] == [0] else None


def _title(sheet: Sheet, table: SheetTable) -> TaskCell | None:
    """The title that `table_of` took from the first row, at its cell."""
    if not table.title:
        return None
    for at, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            if cell and at not in sheet.hidden_rows:
                return TaskCell(table.title, "", sheet.source.span(at, column))
    return None


def _lines(table: SheetTable) -> Iterator[tuple[int, int, str]]:
    yield from ((row, at, cell) for row, cells in enumerate(table.rows) for at, cell in enumerate(cells) if cell)


def _span(sheet: Sheet, table: SheetTable, row: int, at: int) -> Span:
    down, along = table.places
    return sheet.source.span(down[row], along[at])


class _Rows:
    """Reads the rows under one header."""

    def __init__(self, sheet: Sheet, block: TaskBlock) -> None:
        self.sheet, self.table, self.header, self.roles = sheet, block.table, block.header, block.roles
        self._found = Findings()
        self.merged = {
            (row, at): each
            for each in self.table.merges
            for row in range(each.row, each.row + each.rows)
            for at in range(each.column, each.column + each.columns)
            if each.row >= self.header.end
        }
        self.texts = [at for at, role in enumerate(self.roles) if role in (TaskRole.TASK, TaskRole.CONTENT)]
        self.groups = [at for at, role in enumerate(self.roles) if role is TaskRole.GROUP]
        has_content = TaskRole.CONTENT in self.roles
        self.orders = [*self.groups, *(at for at in self.texts if has_content and self.roles[at] is TaskRole.TASK)]
        """The columns whose texts hold until the next one: they order the rows."""
        self.taken: set[tuple[int, int]] = set()
        self._noted = False

    def span(self, row: int, at: int) -> Span:
        return _span(self.sheet, self.table, row, at)

    def read(self) -> Result[tuple[TaskRow, ...]]:
        """The tasks and the headings among them, in order."""
        made: list[TaskRow] = []
        above: dict[int, TaskCell] = {}
        for row in range(self.header.end, len(self.table.rows)):
            if len(self._found) > MAX_FINDINGS:
                break
            if self.is_aside(row):
                continue
            section = self.section(row)
            if section is not None:
                made.append(TaskRow(span=section.span, section=section))
                above = {}
                continue
            before = made[-1] if made and made[-1].section is None else None
            read = self.task(row, above, before)
            if read is not None:
                made.append(read)
        self._found += _skipped(made)
        self._found += self.left_columns()
        self._found += self.left_cells()
        return self._found.result(tuple(made))

    def filled(self, row: int) -> list[int]:
        """The columns of a row that hold a text of their own."""
        return [at for at, cell in enumerate(self.table.rows[row]) if cell]

    def take_all(self, row: int) -> None:
        self.taken.update((row, at) for at in self.filled(row))

    def is_aside(self, row: int) -> bool:
        """True for rows that are no tasks: blank ones, a repeated header, a total, a note; the last two are named."""
        filled, cells = self.filled(row), self.table.rows[row]
        if not filled or any(cells == self.table.rows[head] for head in range(self.header.end)):
            self.take_all(row)
            return True
        first = cells[filled[0]].strip()
        named = next((cells[at].strip() for at in self.texts if cells[at]), "")
        if _TOTAL.fullmatch(first) or (_TOTAL.fullmatch(named) and not order_value(first)):
            self.leave_out(row, "PW738")
            return True
        if len(filled) == 1 and not self.is_covered(row) and not is_heading(first):
            is_task = filled[0] in self.texts and not self.is_wide(row, filled[0])
            self._noted = self._noted or bool(_NOTE.match(first)) or (is_note(first) and not is_task)
            if self._noted:
                self.leave_out(row, "PW739")
                return True
        return False

    def leave_out(self, row: int, code: str) -> None:
        """Names the texts of a row that is no task."""
        filled = self.filled(row)
        place = self.span(row, filled[0])
        text = "　".join(self.table.rows[row][at] for at in filled)
        self._found.append(finding(code, place, cell=place.pos.cell, text=text))
        self.take_all(row)

    def is_covered(self, row: int) -> bool:
        """True if a merged cell that begins in a row above reaches into this one."""
        return any((row, at) in self.merged and self.merged[row, at].row < row for at in range(len(self.roles)))

    def is_wide(self, row: int, at: int) -> bool:
        """True for a cell merged over several columns of one row."""
        merge = self.merged.get((row, at))
        return merge is not None and merge.columns > 1 and merge.rows == 1

    def section(self, row: int) -> TaskCell | None:
        """The heading over some rows that a row is; None if it is none."""
        cells, filled = self.table.rows[row], self.filled(row)
        if self.is_covered(row):
            return None
        first = filled[0]
        text = cells[first].strip()
        is_title = self.is_wide(row, first) or is_heading(text) or self.roles[first] is TaskRole.NUMBER
        if len(filled) == 1 and not is_order(text) and is_title:
            self.take_all(row)
            return TaskCell(text, "", self.span(row, first))
        named = filled[1] if len(filled) == 2 and self.roles[first] is TaskRole.NUMBER else first
        is_place = named != first and named in (*self.groups, *self.texts[:1])
        if is_place and is_heading(text) and is_order(text):
            self.take_all(row)
            mark = "" if text[-1:] in "、)）.．" else "、"
            return TaskCell(f"{text}{mark}{cells[named].strip()}", "", self.span(row, named))
        return None

    def task(self, row: int, above: dict[int, TaskCell], before: TaskRow | None) -> TaskRow | None:
        """The task in a row; `above` holds the texts that still order the rows, `before` is the task above, if any."""
        cells, own = self._cells(row, above)
        if not own.isdisjoint((*self.groups, *self.texts)):
            return TaskRow(span=self.span(row, min(own)), cells=tuple(cells))
        here = self.line(row)
        added = tuple((role, cell) for role, cell in cells if role in _ADDED and cell.span.pos.line == here)
        if before is not None and added:
            return TaskRow(span=added[0][1].span, cells=added, joined=True)
        self.taken.difference_update((row, at) for at in own if self.roles[at] is not TaskRole.NUMBER)
        return None

    def _cells(self, row: int, above: dict[int, TaskCell]) -> tuple[list[tuple[TaskRole, TaskCell]], set[int]]:
        """The cells of a row with their roles, and the columns with a text in this very row; keeps `above` up to date."""
        cells: list[tuple[TaskRole, TaskCell]] = []
        own: set[int] = set()
        for at, role in enumerate(self.roles):
            if role is None or role is TaskRole.PERSON:
                continue
            text, place = self.text(row, at, role)
            if role is TaskRole.NUMBER and text and not is_order(text):
                self.taken.discard(place)
                continue
            cell = TaskCell(text, self.header.head(at), self.span(*place)) if text and not is_blank(text) else None
            if cell and place[0] == row:
                own.add(at)
            if at in self.orders:
                if at in own:
                    for right in [each for each in above if each > at]:
                        del above[right]
                if cell:
                    above[at] = cell
                cell = above.get(at)
            if cell:
                cells.append((role, cell))
        return cells, own

    def line(self, row: int) -> int:
        """The number of a row in the sheet, from 1."""
        return self.table.places[0][row] + 1

    def text(self, row: int, at: int, role: TaskRole) -> tuple[str, tuple[int, int]]:
        """The text of a cell and the cell that it stands in, which may be a merged one over several rows."""
        merge: Merge | None = self.merged.get((row, at))
        place = (row, at)
        if merge is not None:
            if merge.column != at or (merge.row != row and role not in _SHARED):
                return "", place
            place = (merge.row, merge.column)
        text = self.table.rows[place[0]][place[1]]
        if text:
            self.taken.add(place)
        return text, place

    def left_columns(self) -> Iterator[Finding]:
        """A hint for each column of persons, which are not imported, and for each that goes into 备注 as a whole."""
        for at, role in enumerate(self.roles):
            rows = [row for row in range(self.header.end, len(self.table.rows)) if self.table.rows[row][at]]
            own = [row for row in rows if role is TaskRole.PERSON or (row, at) in self.taken]
            if not own or role not in (TaskRole.PERSON, TaskRole.OTHER):
                continue
            place = self.span(self.header.start, at)
            cells = _range(self.span(own[0], at), self.span(own[-1], at))
            if role is TaskRole.PERSON:
                self.taken.update((row, at) for row in own)
                yield finding("PW736", place, head=self.header.head(at), cells=cells, count=len(own))
            else:
                yield finding("PW737", place, head=self.header.head(at), cells=cells)

    def left_cells(self) -> Iterator[Finding]:
        """A finding for each cell that no step has taken: nothing is lost silently."""
        for row in range(self.header.end, len(self.table.rows)):
            for at in self.filled(row):
                if (row, at) not in self.taken:
                    place = self.span(row, at)
                    text = self.table.rows[row][at]
                    yield finding("PW740", place, cell=place.pos.cell, text=text)


def _skipped(rows: list[TaskRow]) -> Iterator[Finding]:
    """A hint where the numbers of the rows skip one or have one twice: a row may have been lost."""
    last = 0
    for row in rows:
        for cell in row.of(TaskRole.NUMBER):
            number = order_value(cell.text)
            if number is None:
                continue
            if last and number not in (last + 1, 1):
                yield finding("PW742", cell.span, cell=cell.span.pos.cell, number=cell.text, last=last)
            last = number


def _range(first: Span, last: Span) -> str:
    one, other = first.pos.cell, last.pos.cell
    return one if one == other else f"{one}—{other}"


def order_value(text: str) -> int | None:
    """The number in a cell of the column 序号 (3, 三、, （三）, ③); None if it is none, or one of several parts."""
    plain = unicodedata.normalize("NFKC", text).strip(" ()（）.．、")
    if plain.isascii() and plain.isdigit():
        return int(plain[:9])
    return numeral_value(plain) if plain else None


def is_order(text: str) -> bool:
    """True for a text that only numbers its row: 3, （三）, 2.1."""
    return _ORDERS.fullmatch(text.strip()) is not None
