"""The columns of a table of targets: what each one holds, and which ones are named and not read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planwriter.findings.catalogue import finding, near
from planwriter.findings.finding import MAX_FINDINGS, Finding, Findings, Result, Span
from planwriter.language.unit_words import is_unit
from planwriter.sheets.sheet import Sheet
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.targets.header import TargetBlock
from planwriter.targets.heads import (
    ASIDE,
    BASE_VALUE,
    BASE_YEAR,
    KNOWN_HEADS,
    OTHER,
    RELATIVE,
    Path,
    has_goal,
    is_person,
    plain_head,
    rank_of,
)

_NAME: Path = ("名称",)
_LEVELS = regex("[一二三四]级指标|项目|项目名称|主要指标|工作内容|指标")
"""Columns of names that only order the sheet if another one names the target."""
_YEAR = regex(r"(?:19|20)\d{2}(?=年)")
_SHOWN = 4
_UNIT_LINE = regex(r"(?P<sure>计量|金额|数量)?单位\s*[:：]\s*(?P<unit>[^()（）。；;\s]{1,20})")


class HeadedColumn(NamedTuple):
    """What a column holds, and the unit that its header gives."""

    path: Path
    unit: str


class Columns(NamedTuple):
    """The columns that are read, by their place in the table, and those that name groups of targets, from left to right."""

    read: dict[int, HeadedColumn]
    levels: tuple[int, ...]
    unit: str
    """The unit that a line above the table or the header of the names gives all targets; "" if none."""
    unclear: str
    """A line above the table that gives several units; "" if there is none."""


def columns_of(sheet: Sheet, part: TargetBlock, year: int) -> Result[Columns]:
    """The columns of a table; `year` is the first year of the plan, 0 if it is not known."""
    return _Columns(sheet, part, year).made()


class _Columns:
    """Settles what each column of one table holds."""

    def __init__(self, sheet: Sheet, part: TargetBlock, year: int) -> None:
        self.sheet, self.header, self.table = sheet, part.header, part.table
        self.above = part.above
        self._found = Findings()
        self._others: list[int] = []
        self.paths = {at: path for at in range(len(self.header.heads)) if (path := self.header.path(at)) is not None}
        self.year = year or self._own_year()

    def _own_year(self) -> int:
        """The first year of the plan as the sheet says it: that of its first goal, else that of its title; 0 if neither."""
        goals = [
            int(path[1]) for at, path in self.paths.items() if path[0] == "分年" and has_goal(self.header.head(at))
        ]
        titles = [int(year) for text in self.above[:3] for year in _YEAR.findall(text)]
        return min(goals or titles, default=0)

    def made(self) -> Result[Columns]:
        levels = self._levels()
        self._settle_years()
        read: dict[int, HeadedColumn] = {}
        for at in range(len(self.header.heads)):
            if at in levels or len(self._found) > MAX_FINDINGS:
                continue
            if at not in self.paths:
                self._tell_unknown(at)
            elif self._is_read(at, {each.path[:2] for each in read.values()}):
                read[at] = HeadedColumn(self.paths[at], self.header.unit(at))
        self._found += self._told_others()
        unit, unclear = _unit_above(self.above)
        unit = next((each.unit for each in read.values() if each.path == _NAME and each.unit), unit)
        return self._found.result(Columns(read, levels, unit, unclear))

    def _levels(self) -> tuple[int, ...]:
        """The columns of names besides the one that names the targets, which is the last and most exact one."""
        names = [at for at, path in self.paths.items() if path == _NAME]
        if len(names) < 2:
            return ()
        ranks = {at: rank_of(self.header.head(at)) for at in names}
        best = max(ranks.values())
        levels = [at for at in names if ranks[at] < best]
        for at in levels:
            if not _LEVELS.fullmatch(self.header.head(at)):
                self._tell_other(at)
        return tuple(levels)

    def _settle_years(self) -> None:
        """Baselines get their years; of several, and of goals before the plan, only the last baseline is read."""
        bases: dict[int, int] = {}
        for at, path in [*self.paths.items()]:
            head = self.header.head(at)
            if path[0] == "分年" and self.year and int(path[1]) < self.year:
                if has_goal(head):
                    self._leave_out(at)
                else:
                    bases[at] = int(path[1])
            elif path == (*BASE_VALUE, RELATIVE) and self.year:
                bases[at] = self.year - 1
            elif path[:2] == BASE_VALUE and len(path) > 2 and path[2] != RELATIVE:
                bases[at] = int(path[2])
            elif path[:2] == BASE_VALUE and BASE_YEAR not in self.paths.values():
                del self.paths[at]
                if not self._is_filled(at):
                    continue
                what = "没有写是哪一年的"
                advice = f"表头写成“{self.year - 1 if self.year else 2025}年{head if len(path) < 3 else '完成'}”。"
                self._found.append(finding("PW476", self._span(at), head=head, what=what, advice=advice))
        last = max((each for each in bases.values() if not self.year or each < self.year), default=0)
        for at, base in bases.items():
            same = self.paths[at][0] == "分年" and sum(each == base for each in bases.values()) > 1
            if self.year and (base != last or same) and (last or base >= self.year):
                self._leave_out(at)
            else:
                self.paths[at] = (*BASE_VALUE, str(base))

    def _leave_out(self, at: int) -> None:
        del self.paths[at]
        self._tell_other(at)

    def _is_read(self, at: int, read: set[Path]) -> bool:
        """True if a column is read; one of persons beside that of offices, and a second one of a kind, is not."""
        path, head = self.paths[at], self.header.head(at)
        if is_person(head) and any(
            self.paths[each] == path and not is_person(self.header.head(each)) for each in self.paths
        ):
            self._tell_other(at)
            return False
        if path[:2] not in read:
            return True
        if self._is_filled(at):  # else its header is merged over an empty column
            what, advice = f"里有两列“{'.'.join(path[:2])}”", "只留一列。"
            self._found.append(finding("PW420", self._span(at), file=self.sheet.source.name, what=what, advice=advice))
        return False

    def _tell_unknown(self, at: int) -> None:
        head = self.header.head(at)
        told = {each.pos for each in self._found}
        if (
            at in self._others
            or not head
            or ASIDE.fullmatch(head)
            or not self._is_filled(at)
            or self._span(at).pos in told
        ):
            return
        if any(OTHER.fullmatch(each) for each in (head, plain_head(self.header.heads[at][-1]))):
            self._tell_other(at)
            return
        advice = f"{near(head, (*KNOWN_HEADS, '2026年'), what='可以有')}不是指标的内容就删去这一列，或把它隐藏。"
        self._found.append(finding("PW421", self._span(at), head=head, advice=advice))

    def _tell_other(self, at: int) -> None:
        if self._is_filled(at):
            self._others.append(at)

    def _told_others(self) -> Iterator[Finding]:
        """One hint on all columns that are known and not read."""
        if self._others:
            others = sorted(self._others)
            heads = "".join(f"“{self.header.head(at)}”" for at in others[:_SHOWN])
            heads += f"等 {len(others)} 列" if len(others) > _SHOWN else ""
            yield finding("PW475", self._span(others[0]), heads=heads)

    def _is_filled(self, at: int) -> bool:
        return any(row[at] for row in self.table.rows[self.header.end :])

    def _span(self, at: int) -> Span:
        down, along = self.table.places
        return self.sheet.source.span(down[self.header.start], along[at])


def _unit_above(above: tuple[str, ...]) -> tuple[str, str]:
    """The unit in a line above a table (单位：万元), and a line that gives several: 单位：万元、亩."""
    for match in _unit_lines(above):
        parts = [each for each in re.split("[、，,/和]", match["unit"]) if each]
        if is_unit(match["unit"]):
            return match["unit"], ""
        if all(map(is_unit, parts)):
            return "", match[0]
    return "", ""


def _unit_lines(above: tuple[str, ...]) -> Iterator[re.Match[str]]:
    for text in above:
        yield from _UNIT_LINE.finditer(text)
