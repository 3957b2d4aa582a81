"""Targets in a sheet, one per row: to the mapping that 指标 is in YAML, with cells as places, and back to cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from planwriter.findings.catalogue import finding, make_finding
from planwriter.findings.finding import Finding, Findings, Result, Span
from planwriter.language.figures import Refusal, TypedFigure, is_blank, is_wordy, plain_unit, read_figure
from planwriter.language.unit_words import split_unit
from planwriter.model import Merge
from planwriter.sheets.sheet import Sheet, cell_name, table_of
from planwriter.source.keys import NATURES
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence
from planwriter.source.schema import FIGURE
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass
from planwriter.targets.columns import Columns, columns_of
from planwriter.targets.header import TargetBlock, find_header, tables_in
from planwriter.targets.heads import BASE_YEAR, KEY, NAMES, Path, is_heading, is_note, is_total
from planwriter.targets.rules import is_rate

_SHARED = frozenset(
    path
    for path in NAMES
    if path[0] in ("单位", "界限", "性质", "责任单位", "配合单位", "时限", "依据", "备注", "基期年份")
)
"""The values that one merged cell may give several targets."""
_DASHED = frozenset(("单位", "界限", "基期", "分年", "数值", "性质", "责任单位", "配合单位", "时限"))
"""The values for which a dash stands if there is none."""
_UNITS = frozenset(("责任单位", "配合单位"))
FIGURES = frozenset(("数值", "基期", "分年"))
_OFFICE = regex(r"(?!个).{2,}(?:局|委|委员会|办|办公室|股|科|中心|镇|乡|街道|大队|支队|公司)")
_RISKY, _ESCAPED = (regex(rf"{marks}[=+\-@＝＋－＠\t\r]") for marks in ("'*", "'+"))


@dataclass(frozen=True, slots=True)
class SheetTargets:
    """The targets of a sheet as the mapping that 指标 would be, and the cells in which their values belong."""

    sheet: Sheet
    mapping: Mapping
    columns: dict[str, dict[Path, int]]
    """The column of the sheet for each path, by the target's key."""
    rows: dict[str, int]
    """The row of the sheet for each target's key."""
    year: int = 0
    """The first year of the plan for which the sheet was read; 0 if it was not known."""


def choose_sheet(sheets: tuple[Sheet, ...]) -> Sheet | None:
    """The first sheet with a header of targets, else the first that is not empty."""
    filled = [sheet for sheet in sheets if table_of(sheet).rows] if sheets else []
    return next((sheet for sheet in filled if find_header(table_of(sheet)) is not None), filled[0] if filled else None)


def targets_in(sheet: Sheet, year: int = 0) -> Result[SheetTargets | None]:
    """The targets of a sheet, of all its tables; None, and a finding, if it has no header of targets.

    `year` is the first year of the plan, before which 上年 lies; 0 if it is not known.
    """
    tables = [*tables_in(table_of(sheet))]
    if not tables:
        advice = "第一行写表头，至少有“名称”（或“键”）和“数值”（或各年）；planwriter targets export 写出一份样表。"
        place, file = sheet.source.span(0, 0), sheet.source.name
        return Result(None, (finding("PW420", place, file=file, what="里找不到表头", advice=advice),))
    found = Findings()
    made = SheetTargets(sheet, Mapping(sheet.source.span(0, 0)), {}, {}, year)
    for each in tables:
        reader = _Rows(sheet, each, found.take(columns_of(sheet, each, year)), made)
        made = found.take(reader.read())
    return found.result(made)


def left_sheets(sheets: tuple[Sheet, ...], chosen: SheetTargets) -> Iterator[Finding]:
    """A hint for each other sheet with targets of its own, which are not read."""
    for sheet in sheets:
        if sheet is chosen.sheet or find_header(table_of(sheet)) is None:
            continue
        other = targets_in(sheet, chosen.year).value
        names = [key for key in other.rows if key not in chosen.rows] if other else []
        if names:
            values = {"sheet": sheet.name, "chosen": chosen.sheet.name, "count": len(names), "name": names[0]}
            yield make_finding("PW478", sheet.source.span(0, 0), dict[str, object](values))


class _Rows:
    """Reads the rows under a header."""

    def __init__(self, sheet: Sheet, part: TargetBlock, columns: Columns, before: SheetTargets) -> None:
        self.sheet, self.table, self.header = sheet, part.table, part.header
        self.columns, self.before = columns, before
        self._found = Findings()
        self.paths: dict[int, Path] = {at: each.path for at, each in columns.read.items()}
        self.merged = {
            (row, at): each for each in self.table.merges for row, at in _area(each) if row >= part.header.end
        }
        self._noted = self._noted_unit = False

    def span(self, row: int, at: int) -> Span:
        """The place in the sheet of a cell of the table."""
        down, along = self.table.places
        return self.sheet.source.span(down[row], along[at])

    def read(self) -> Result[SheetTargets]:
        """The targets of the tables before and of all rows of this one."""
        down, along = self.table.places
        before = self.before
        read = {key: (before.mapping.keys[key], node) for key, node in before.mapping.entries.items()}
        rows: dict[str, int] = {}
        for row in range(self.header.end, len(self.table.rows)):
            if not self.is_aside(row):
                self.read_row(row, read, rows)
        whole = Mapping(
            self.sheet.source.span(0, 0),
            {key: target for key, (_, target) in read.items()},
            {key: name for key, (name, _) in read.items()},
        )
        columns = {path: along[at] for at, path in self.paths.items()}
        places = {**before.rows, **{key: down[row] for key, row in rows.items()}}
        targets = SheetTargets(
            self.sheet, whole, {**before.columns, **dict.fromkeys(rows, columns)}, places, before.year
        )
        return self._found.result(targets)

    def is_aside(self, row: int) -> bool:
        """True for a heading over some of the rows, for notes below them, and for a total, of which a hint is kept."""
        cells = self.table.rows[row]
        filled = [at for at, cell in enumerate(cells) if cell]
        first = cells[filled[0]] if filled else ""
        if not filled or is_note(first) or (self._noted and len(filled) < 2):
            self._noted = self._noted or bool(filled)
            return True
        if is_total(first) or is_total(self.name(row)):
            what = re.sub(r"\s", "", self.name(row) or first)
            place = self.span(row, filled[0])
            self._found.append(finding("PW473", place, row=self.table.places[0][row] + 1, name=what))
            return True
        names = [at for at, path in self.paths.items() if path in (KEY, ("名称",))]
        if any(at in self.paths and at not in names for at in filled):
            return False
        if any((row, at) in self.merged and self.merged[row, at].row < row for at in self.paths if at not in names):
            return False
        merge = self.merged.get((row, filled[0]))
        return (merge is not None and merge.columns > 1) or is_heading(first) or filled[0] not in names[:1]

    def name(self, row: int) -> str:
        """The name in a row; "" if it has none."""
        return next((self.table.rows[row][at] for at, path in self.paths.items() if path == ("名称",)), "")

    def read_row(self, row: int, read: dict[str, tuple[Scalar, Node]], rows: dict[str, int]) -> None:
        values = {
            path: Scalar(text, self.span(row, at))
            for at, path in self.paths.items()
            if (text := self.text(row, at, path))
        }
        self.add_name(row, values)
        key = values.pop(KEY, None) or values.get(("名称",))
        if key is None:
            if values:
                what, advice = f"第 {self.table.places[0][row] + 1} 行没有写指标的名称", "补上名称；不是指标的行删去。"
                place = next(iter(values.values())).span
                self._found.append(finding("PW420", place, file=self.sheet.source.name, what=what, advice=advice))
            return
        if values.get(("名称",)) is key:
            del values[("名称",)]
        if key.value in read:
            self._found.append(self.twice(key, read[key.value][0].span))
            return
        if self.is_wordy(row, key, values):
            return
        unit = values.get(("单位",))
        if unit and _OFFICE.fullmatch(unit.value):
            what, advice = f"一列写的是“{unit.value}”，像是责任单位", "表头写成“责任单位”；计量单位另写一列。"
            self._found.append(finding("PW476", unit.span, head="单位", what=what, advice=advice))
        self.settle_units(key, values)
        read[key.value], rows[key.value] = (key, _target(values, key.span)), row

    def twice(self, key: Scalar, first: Span) -> Finding:
        """The finding on a second target of one name."""
        related = ((first.pos, "第一次写在这里"),)
        if not self.columns.levels:
            return finding("PW109", key.span, related=related, key=key.value)
        what, advice = f"里有两行“{key.value}”", "名称写成不同的，例如前面加上一级的名称。"
        return finding("PW420", key.span, related=related, file=self.sheet.source.name, what=what, advice=advice)

    def add_name(self, row: int, values: dict[Path, Scalar]) -> None:
        """Takes the name from a column of groups if the row has none of its own, and its unit from the brackets of the name."""
        cells = self.table.rows[row]
        own = [at for at in reversed(self.columns.levels) if cells[at] and self.is_own(row, at)]
        if ("名称",) not in values and KEY not in values and own and values:
            values[("名称",)] = Scalar(cells[own[0]], self.span(row, own[0]))
        name = values.get(("名称",))
        bare, unit = split_unit(name.value) if name and not self.is_exported() else ("", "")
        if name and unit and ("单位",) not in values:
            values[("名称",)] = Scalar(bare, name.span)
            values[("单位",)] = Scalar(unit, name.span)
        elif name and unit:  # the name stays as written, so that texts can cite it as they see it
            typed = values[("单位",)]
            if plain_unit(_word("单位", typed.value)) != unit:
                values[("名称",)] = Scalar(bare, name.span)
                self._found.append(finding("PW477", typed.span, name=name.value, unit=unit, other=typed.value))

    def is_exported(self) -> bool:
        """True for a sheet with keys of its own, as an export writes it: there a name is as typed."""
        return any(path == KEY and self.header.head(at) == "键" for at, path in self.paths.items())

    def is_levels(self, merge: Merge) -> bool:
        """True if a merged cell covers only columns of names."""
        names = [at for at, path in self.paths.items() if path == ("名称",)]
        return {*range(merge.column, merge.column + merge.columns)} <= {*self.columns.levels, *names}

    def is_own(self, row: int, at: int) -> bool:
        """True if a cell of a column of groups belongs to its row alone."""
        merge = self.merged.get((row, at))
        return merge is None or merge.rows == 1

    def is_wordy(self, row: int, key: Scalar, values: dict[Path, Scalar]) -> bool:
        """True, and a finding, if a row has words instead of figures: 全覆盖, 持平."""
        goals = [cell for path, cell in values.items() if path[0] in ("数值", "分年")]
        if not goals or not all(is_wordy(cell.value) for cell in goals):
            return False
        place = goals[0].span
        self._found.append(
            finding("PW479", place, cell=place.pos.cell or cell_name(row, 0), text=goals[0].value, name=key.value)
        )
        return True

    def settle_units(self, key: Scalar, values: dict[Path, Scalar]) -> None:
        """Gives the row the unit of its columns or of the whole table if it has none; figures in another one keep it."""
        units = {each.path: each.unit for each in self.columns.read.values()}
        figures = [path for path in values if path[0] in FIGURES and path != BASE_YEAR]
        order = sorted(figures, key=_place_of)
        headed = next((units[path] for path in order if units.get(path)), "")
        has_unit = any(split_figure(values[path].value)[1].strip("十百千万亿") for path in figures)
        if ("单位",) not in values and headed:
            values[("单位",)] = Scalar(headed, values[order[0]].span)
        elif ("单位",) not in values and not has_unit and not is_rate(key.value) and figures:
            if self.columns.unclear and not self._noted_unit:
                self._noted_unit = True
                what = "有几个单位，分不清这一行用哪一个"
                advice = "加一列“计量单位”，每行写自己的单位。"
                self._found.append(finding("PW476", key.span, head=self.columns.unclear, what=what, advice=advice))
            elif self.columns.unit:
                values[("单位",)] = Scalar(self.columns.unit, key.span)
        own = plain_unit(_word("单位", values[("单位",)].value)) if ("单位",) in values else ""
        for path in figures:
            read = read_figure(values[path].value)
            if units.get(path) and units[path] != own and isinstance(read, TypedFigure) and not read.unit:
                values[path] = Scalar(read._replace(unit=units[path]).plain, values[path].span)

    def text(self, row: int, at: int, path: Path) -> str:
        """The text of a cell, or of the merged cell over several rows that it is part of; "" if it is not clear whose it is."""
        merge = self.merged.get((row, at))
        text = self.table.rows[row][at]
        if path[0] in _DASHED and is_blank(text) and not (path == ("时限",) and text.isascii()):
            text = ""
        if merge is not None and path == ("名称",) and merge.rows == 1 and self.is_levels(merge):
            return self.table.rows[row][merge.column]
        if merge is not None:
            text = self.table.rows[merge.row][merge.column]
            if text and (merge.columns > 1 or (path not in _SHARED and merge.rows > 1)):
                if (row, at) == (merge.row, merge.column):
                    place = self.span(row, at)
                    self._found.append(finding("PW422", place, cell=place.pos.cell or cell_name(row, at)))
                return ""
        return (
            _ESCAPED.sub(lambda mark: mark[0][1:], text, count=1)
            if not self.sheet.name and _ESCAPED.match(text)
            else text
        )


def _place_of(path: Path) -> tuple[bool, bool, int]:
    """The order in which figures say the unit of their target: 数值, the last year first, the baseline."""
    return path[0] != "数值", path[0] == "基期", -int(path[1]) if path[0] == "分年" else 0


def _area(merge: Merge) -> Iterator[tuple[int, int]]:
    for row in range(merge.row, merge.row + merge.rows):
        yield from ((row, column) for column in range(merge.column, merge.column + merge.columns))


def _target(values: dict[Path, Scalar], origin: Span) -> Mapping:
    """The mapping of one row's values, with figures as YAML has them and lists split."""
    unit = plain_unit(values[("单位",)].value) if ("单位",) in values else ""
    entries: dict[str, Node] = {}
    inner: dict[str, dict[str, Node]] = {}
    for path, cell in values.items():
        into = entries
        if len(path) > 1:
            entries.setdefault(path[0], cell)  # keeps its place in the order of the columns
            into = inner.setdefault(path[0], {})
        if len(path) == 3:
            into["年份"] = Scalar(path[2], cell.span)
        into[path[min(len(path), 2) - 1]] = _value(path, cell, unit)
    for key, parts in inner.items():
        entries[key] = _mapping(entries[key].span, parts)
    return _mapping(origin, entries)


def _mapping(span: Span, entries: dict[str, Node]) -> Mapping:
    """The mapping of values that have no typed keys: each key has the place of its value."""
    return Mapping(span, entries, {key: Scalar(key, node.span) for key, node in entries.items()})


def _value(path: Path, cell: Scalar, unit: str) -> Node:
    if path == BASE_YEAR:
        return Scalar(unicodedata.normalize("NFKC", cell.value).removesuffix("年").strip(), cell.span)
    if path[0] in FIGURES:
        return Scalar(plain_figure(cell.value, unit), cell.span)
    if path[0] in ("单位", "性质"):
        return Scalar(_word(path[0], cell.value), cell.span)
    parts = parted(path[0], cell.value)
    if len(parts) < 2:
        return Scalar(parts[0] if parts else cell.value, cell.span)
    return Sequence(cell.span, (Scalar(part, cell.span) for part in parts))


def _word(key: str, text: str) -> str:
    """The usual word for a unit or a nature: % for （%）, 约束性 for 约束性指标."""
    if key == "单位":
        bracketed = re.fullmatch(r"[(（]([^()（）]+)[)）]", text)
        return bracketed[1] if bracketed else text
    word = text.removesuffix("指标").strip()
    return f"{word}性" if f"{word}性" in NATURES else word if word in NATURES else text


def parted(key: str, text: str) -> list[str]:
    """The texts of a value that may have several: units are separated by 、 or similar marks, 依据 by line ends."""
    if key in _UNITS:
        text = re.sub("[、，,；;]", "\n", text)
    elif key != "依据":
        return [text]
    return [part.strip() for part in text.split("\n") if part.strip()]


def plain_figure(text: str, unit: str = "") -> str:
    """A figure in its plain form without the target's own unit: 1200 for １，２００所; any other text as it is."""
    read = read_figure(text)
    if isinstance(read, Refusal):
        return text
    if unit and read.words == read.magnitude and read.typed_unit == plain_unit(unit):
        return read._replace(words="", unit="").plain
    return (read._replace(unit="") if read.unit == plain_unit(unit) and not read.magnitude else read).plain


def csv_text(path: Path, text: str) -> str:
    """A text as written in a .csv: with an apostrophe if a spreadsheet would take it for a formula."""
    is_figure = path[0] in FIGURES and FIGURE.fullmatch(text) is not None
    return f"'{text}" if _RISKY.match(text) and not is_figure else text


# and back


def cells_of(node: Node) -> dict[Path, str]:
    """The cells of a target's row by path, without empty ones: figures and units separate, lists joined."""
    entries = dict(node.entries) if isinstance(node, Mapping) else {"数值": node}
    made: dict[Path, str] = {}
    for key, value in entries.items():
        if isinstance(value, Mapping):
            for inner, each in value.entries.items():
                made[key, inner.removesuffix("年") if key == "分年" else inner] = _joined(key, each)
        else:
            made[(key,)] = _joined(key, value)
    return settled_cells(made)


def settled_cells(cells: dict[Path, str]) -> dict[Path, str]:
    """The cells of a row without empty ones, with the unit and the bound of its value in their own columns."""
    typed = cells.get(("数值",), "")
    steps = sorted((path for path in cells if path[0] in FIGURES and path != BASE_YEAR), reverse=True)
    units = [split_figure(cells[path])[1] for path in [("数值",), *steps] if path in cells]
    unit = cells.get(("单位",)) or next(filter(None, units), "")
    made = {
        path: plain_figure(text, unit) if path[0] in FIGURES and path != BASE_YEAR else text
        for path, text in cells.items()
    }
    read = read_figure(typed)
    if isinstance(read, TypedFigure) and read.bound and made.get(("界限",), read.bound) == read.bound:
        made[("界限",)] = read.bound
        made[("数值",)] = plain_figure(read._replace(bound="").plain, unit)
    made[("单位",)] = unit
    return {path: text for path, text in made.items() if text}


def split_figure(text: str) -> tuple[str, str]:
    """A figure and the unit typed behind it (1.2 and 万人次, ≥300余 and 人); the text and "" if it is no figure."""
    read = read_figure(text)
    if isinstance(read, Refusal):
        return text, ""
    whole = bool(read.unit) and read.words == read.magnitude
    number = read._replace(unit="", words="" if whole else read.words).plain
    return number, read.typed_unit if whole else read.unit


def _joined(key: str, node: Node) -> str:
    texts = [node] if isinstance(node, Scalar) else node.items if isinstance(node, Sequence) else []
    shown = [each.value for each in texts if isinstance(each, Scalar) and not each.empty]
    lines = ("、" if key in _UNITS else "\n").join(shown).strip().splitlines()
    return "\n".join(line.strip() for line in lines)
