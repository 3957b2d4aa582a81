"""The parts of an .xlsx that may come from anywhere, read as streams: what its cells hold, what is merged, what is hidden."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from datetime import datetime

from planwriter.model import Merge
from planwriter.sheets.number_formats import BUILT_IN, GENERAL, MAX_FORMAT, MAX_FORMATS, number_of, sections_of
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass, field
from planwriter.start.typing import TypeAlias
from planwriter.system.xml import BadXml, read_xml
from planwriter.system.zip import Zip, open_zip
from planwriter.system.zip_bounds import XLSX, BadArchive

MAX_CELLS = 200_000
MAX_AREA = 2 * MAX_CELLS
"""How many cells a sheet may span, and how many its merged ranges may have together."""
MAX_MERGES = 20_000
MAX_TEXT = 8 * 2**20
"""How many characters the cells of a workbook may show together."""
MAX_ELEMENTS = 6 * MAX_CELLS
_MAX_ROW, _MAX_COLUMN = 2**20, 2**14
_CHUNK = 64 * 1024
_CELL_NAME = regex(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_TRUE = ("1", "true")
_DAYS_TO_1904 = 1_462
"""How many days the 1904 calendar begins after the usual one."""
Value: TypeAlias = "str | bool | int | float | datetime | None"
BROKEN = "里面的内容坏了，打不开"
TOO_MANY_CELLS = f"超过 {MAX_CELLS} 个单元格"


class BadWorkbook(Exception):
    """The file is not read; the message says why, in the writer's words."""


class Cell(NamedTuple):
    """What the file says of one cell."""

    value: Value
    form: str
    """Its number format."""
    is_error: bool
    has_formula: bool


@dataclass(slots=True)
class Worksheet:
    """A visible worksheet. Rows and columns count from 0."""

    title: str
    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    """The cells that the file names, by row and column."""
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """First and last column of each hidden stretch."""
    rows: int = 0
    columns: int = 0
    """How far cells and merged ranges reach."""


def read_pages(data: bytes) -> tuple[Worksheet, ...]:
    """The visible worksheets of a workbook in their order. Raises BadWorkbook."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadWorkbook("是旧的 .xls 格式，或者加了密码；用 WPS 或 Excel 另存为 .xlsx")
    if not data.startswith(b"PK"):
        raise BadWorkbook("不是 .xlsx 文件")
    try:
        archive = open_zip(data, XLSX)
        if "xl/workbook.xml" not in archive:
            raise BadWorkbook("压缩包里没有工作簿，不是 .xlsx 文件")
        for name in archive:  # damage of any part is reported, also of those that are not read
            archive[name]
        return _Book(archive).pages()
    except BadArchive as error:
        raise BadWorkbook(str(error)) from error
    except BadXml as error:
        raise BadWorkbook(BROKEN if "不是正确的" in str(error) else str(error)) from error
    except (ValueError, LookupError, OverflowError) as error:
        raise BadWorkbook(BROKEN) from error


class _Related(NamedTuple):
    kind: str
    part: str


class _Book:
    """The parts of one workbook, with a bound on all elements that are read of them."""

    def __init__(self, archive: Zip) -> None:
        self._archive = archive
        self._left = MAX_ELEMENTS
        self.cells = 0

    def pages(self) -> tuple[Worksheet, ...]:
        contents, related = _Contents(), _Relations()
        self.read("xl/workbook.xml", contents)
        self.read("xl/_rels/workbook.xml.rels", related)
        shared, styles = _Strings(), _Styles()
        for kind, part in related.found.values():
            if kind == "sharedStrings":
                self.read(part, shared)
            elif kind == "styles":
                self.read(part, styles)
        forms = [styles.named.get(each, BUILT_IN.get(each, GENERAL)) for each in styles.cells]
        found, seen = [], set[str]()
        for title, state, identifier in contents.sheets:
            kind, part = related.found.get(identifier, _Related("", ""))
            if kind != "worksheet" or part not in self._archive:
                continue
            if part in seen:
                raise BadWorkbook(BROKEN)
            seen.add(part)
            if state == "visible":
                sheet = _SheetEvents(Worksheet(title), forms, shared.found, contents.epoch_1904, MAX_CELLS - self.cells)
                self.read(part, sheet)
                self.cells += sheet.count
                found.append(sheet.finished())
        return tuple(found)

    def read(self, part: str, events: _Events) -> None:
        """Reads a part; nothing happens if there is none."""
        if part in self._archive:
            self._left -= read_xml(self._chunks(part), part, events, limit=self._left, owner="工作簿")

    def _chunks(self, part: str) -> Iterator[bytes]:
        data = self._archive[part]
        return (data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK))


class _Events:
    """Takes elements by their local names."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def local(self, name: str) -> str:
        found = self._names.get(name)
        if found is None:
            found = self._names[name] = name.rpartition("}")[2]
        return found

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Text of an element."""


class _Contents(_Events):
    """The sheets that a workbook lists: title, state and the identifier of the relationship."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, str]] = []
        self.epoch_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self.local(name)
        if local == "sheet":
            identifier = next((value for key, value in attributes.items() if key.endswith("}id")), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", "visible"), identifier))
        elif local == "workbookPr":
            self.epoch_1904 = attributes.get("date1904") in _TRUE


class _Relations(_Events):
    """The parts that a workbook is related to, by identifier."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, _Related] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            part = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip("/")
            self.found[attributes.get("Id", "")] = _Related(kind, part)


class _Styles(_Events):
    """The number formats that a workbook names, and the number of the format of each style of cells."""

    def __init__(self) -> None:
        super().__init__()
        self.named: dict[int, str] = {}
        self.cells: list[int] = []
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self.local(name)
        if local == "cellXfs":
            self._inside = True
        elif local == "xf" and self._inside:
            self.cells.append(int(attributes.get("numFmtId", 0)))
        elif local == "numFmt":
            code = attributes.get("formatCode", "")
            if len(code) > MAX_FORMAT:
                raise BadWorkbook(f"有的数字格式超过 {MAX_FORMAT} 个字")
            if len(self.named) >= MAX_FORMATS:
                raise BadWorkbook(f"数字格式超过 {MAX_FORMATS} 种")
            self.named[int(attributes.get("numFmtId", 0))] = code or GENERAL

    def end(self, name: str) -> None:
        if self.local(name) == "cellXfs":
            self._inside = False


class _Texts(_Events):
    """Texts made of runs; their phonetic hints are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._taking = self._hinting = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self.local(name)
        self._hinting = self._hinting or local == "rPh"
        self._taking = local == "t" and not self._hinting

    def end(self, name: str) -> None:
        self._taking = False
        if self.local(name) == "rPh":
            self._hinting = False

    def text(self, data: str) -> None:
        if self._taking:
            self.pieces.append(data)


class _Strings(_Texts):
    """The texts that cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def end(self, name: str) -> None:
        super().end(name)
        if self.local(name) == "si":
            self.found.append("".join(self.pieces).replace("x005F_", ""))
            self.pieces.clear()


class _SheetEvents(_Texts):
    """The cells of one sheet."""

    def __init__(self, page: Worksheet, forms: list[str], shared: list[str], epoch_1904: bool, limit: int) -> None:
        super().__init__()
        self._page, self._forms, self._shared, self._epoch_1904, self._limit = page, forms, shared, epoch_1904, limit
        self.count = 0
        self._row, self._column = -1, -1
        self._kind, self._style = "n", 0
        self._value: list[str] | None = None
        self._in_cell = self._in_value = self._has_formula = False
        self._area = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self.local(name)
        if self._in_cell:
            if local == "v":
                self._in_value, self._value = True, []
            elif local == "f":
                self._has_formula = True
            else:
                super().start(name, attributes)
        elif local == "c":
            self._open(attributes)
        elif local == "row":
            self._row = int(float(attributes["r"])) - 1 if "r" in attributes else self._row + 1
            self._column = -1
            if attributes.get("hidden") in _TRUE:
                self._page.hidden_rows.add(self._row)
        elif local == "col" and attributes.get("hidden") in _TRUE:
            self._page.hidden_columns.append((int(attributes["min"]) - 1, int(attributes["max"]) - 1))
        elif local == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _open(self, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > self._limit:
            raise BadWorkbook(TOO_MANY_CELLS)
        if "r" in attributes:
            self._row, self._column = _place(attributes["r"])
        else:
            self._column += 1
        self._kind, self._style = attributes.get("t", "n"), int(attributes.get("s") or 0)
        self._value, self._in_cell, self._has_formula = None, True, False

    def text(self, data: str) -> None:
        if self._in_value and self._value is not None:
            self._value.append(data)
        else:
            super().text(data)

    def end(self, name: str) -> None:
        if not self._in_cell:
            return
        local = self.local(name)
        if local == "v":
            self._in_value = False
        elif local == "c":
            self._close()
        else:
            super().end(name)

    def _close(self) -> None:
        self._in_cell = False
        if self._row < 0:  # it stands in no row
            return
        if self._row >= _MAX_ROW or self._column >= _MAX_COLUMN:
            raise BadWorkbook(BROKEN)
        value, is_error = self._read()
        cells = self._page.cells.setdefault(self._row, {})
        cells[self._column] = Cell(value, self._form(), is_error, self._has_formula)
        self._page.rows = max(self._page.rows, self._row + 1)
        self._page.columns = max(self._page.columns, self._column + 1)
        self.pieces.clear()

    def _form(self) -> str:
        return self._forms[self._style] if self._style < len(self._forms) else GENERAL

    def _read(self) -> tuple[Value, bool]:
        """The value of the cell that ends, and whether it is an error."""
        if self._kind == "inlineStr":
            return "".join(self.pieces), False
        typed = "".join(self._value or ())
        if not typed:
            return None, self._kind == "e"
        if self._kind == "n":
            number = number_of(typed)
            if self._epoch_1904 and any(section.is_day for section in sections_of(self._form())):
                number += _DAYS_TO_1904
            return number, False
        if self._kind == "s":
            at = int(typed)
            return self._shared[at if at >= 0 else len(self._shared)], False
        if self._kind == "b":
            return bool(int(typed)), False
        if self._kind == "d":
            return datetime.fromisoformat(typed.removesuffix("Z")), False
        return typed, self._kind == "e"

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        (top, left), (bottom, right) = _place(first), _place(last or first)
        if bottom < top or right < left:
            raise BadWorkbook(BROKEN)
        page = self._page
        page.merges.append(Merge(top, left, bottom - top + 1, right - left + 1))
        page.rows, page.columns = max(page.rows, bottom + 1), max(page.columns, right + 1)
        self._area += (bottom - top + 1) * (right - left + 1)
        if len(page.merges) > MAX_MERGES:
            raise BadWorkbook(f"合并的单元格超过 {MAX_MERGES} 处")

    def finished(self) -> Worksheet:
        """The sheet, without what stands below its merged cells. Raises BadWorkbook when it spans too much."""
        page = self._page
        if page.rows * page.columns > MAX_AREA:
            raise BadWorkbook(
                f"工作表“{page.title}”写到了第 {page.rows} 行第 {page.columns} 列，中间大多空着；删去多余的行和列"
            )
        if self._area > MAX_AREA:
            raise BadWorkbook(f"合并的单元格一共超过 {MAX_AREA} 格")
        empty = Cell(None, GENERAL, False, False)
        for merge in page.merges:
            for row in range(merge.row, merge.row + merge.rows):
                cells = page.cells.get(row, {})
                for column in range(merge.column, merge.column + merge.columns):
                    if column in cells and (row, column) != (merge.row, merge.column):
                        cells[column] = empty
        return page


def _place(name: str) -> tuple[int, int]:
    """The row and the column of B3. Raises BadWorkbook when it is no cell's name."""
    match = _CELL_NAME.fullmatch(name)
    if match is None:
        raise BadWorkbook(BROKEN)
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    if not (1 <= row <= _MAX_ROW and column <= _MAX_COLUMN):
        raise BadWorkbook(BROKEN)
    return row - 1, column - 1
