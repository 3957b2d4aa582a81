"""The header of a sheet of targets: which rows it has, what each column holds, which rows are no targets."""

from __future__ import annotations

import re
import unicodedata
from typing import TypeAlias

from planwriter.model import Merge
from planwriter.sheets.sheet import SheetTable
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass

Path: TypeAlias = tuple[str, ...]
"""The place of a value in a target: (数值,), (基期, 年份), (分年, 2026)."""

KEY: Path = ("键",)
BASE_YEAR, BASE_VALUE = ("基期", "年份"), ("基期", "数值")
NAMES: dict[Path, tuple[str, ...]] = {
    KEY: ("键", "代号", "代码", "指标代码", "简称"),
    ("名称",): (
        "名称",
        "指标名称",
        "指标",
        "项目",
        "指标项目",
        "主要指标",
        "具体指标",
        "指标内容",
        "二级指标",
        "三级指标",
    ),
    ("单位",): ("单位", "计量单位", "指标单位", "单位名称", "度量单位"),
    ("界限",): ("界限", "目标要求", "限度"),
    BASE_YEAR: ("基期年份", "基期年", "基年", "基准年"),
    BASE_VALUE: ("基期数值", "基期", "基期值", "基数", "现状", "现状值", "基准值", "现状数"),
    ("数值",): ("数值", "目标值", "目标", "指标值", "目标数", "目标数值", "目标任务", "总目标", "规划目标"),
    ("分年口径",): ("分年口径", "口径"),
    ("性质",): ("性质", "指标性质", "属性", "指标属性", "指标类型"),
    ("责任单位",): ("责任单位", "牵头单位", "责任股室", "责任科室", "责任人"),
    ("配合单位",): ("配合单位", "协办单位"),
    ("时限",): ("时限", "完成时限", "完成时间", "期限"),
    ("公式",): ("公式", "计算公式"),
    ("依据",): ("依据", "来源依据", "文件依据", "数据来源", "指标来源"),
    ("备注",): ("备注", "说明", "注"),
}
"""The columns in the order of an export, the years before 数值; each with its headers, of which an export writes the first."""
_PATHS = {name: path for path, names in NAMES.items() for name in names}
KNOWN_HEADS = tuple(_PATHS)
ASIDE = regex(r"序号|编号|序列|类别|指标类别|分类|类型|领域|维度|一级指标|板块|项目类别|指标分类")
"""The columns that order a sheet and hold nothing of a target."""
_LEAD = regex(r"(?:牵头|责任|主责|主办|承办).{0,8}")
_SUPPORT = regex(r"(?:配合|协办|协同|参与|协助).{0,8}")
_PERSON = regex(r".*(?:领导|责任人|联系人|负责人)")
_GOAL_WORDS = (
    r"(?:年度|分年|规划|计划|预期|主要|工作)?(?:目标|计划|任务|预期|预计)(?:任务|目标|完成)?(?:值|数|数值|情况)?"
)
_BASE_WORDS = r"(?:基期|基数|基准|现状|实际|实绩|完成|底数|已完成|实现|达到)(?:完成|达到|情况)?(?:值|数|数值|情况)?"
_YEAR_WORD = r"(?P<year>(?:19|20)[0-9]{2})年?[度底末]?"
_YEAR = regex(rf"(?:{_GOAL_WORDS})?\(?(?:到|至)?{_YEAR_WORD}\)?\(?(?:{_GOAL_WORDS}|数值)?\)?")
_BASE = regex(rf"{_YEAR_WORD}\(?{_BASE_WORDS}\)?|{_BASE_WORDS}\(?{_YEAR_WORD}\)?(?:数|值)?".replace("?P<year>", ""))
_ANY_YEAR = regex(r"(?:19|20)[0-9]{2}")
_NOTE = regex(
    r"(?:注|备注|说明|附注|填表|填报|制表|审核|单位|数据来源|联系|电话|日期)[人说明单位日期电话]*\s*[\d.]*[:：]"
)
_SENTENCE = regex(r".{12,}[。；;]|[*※△▲].{4,}", re.S)
_TOTAL = regex(r"(?:合|总|共|小)\s*计|累\s*计|总\s*数")
_HEADING = regex(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?(?:[、.．].*|\s.*)?", re.S)
_LETTER = regex(r"[甲乙丙丁戊]|栏次|[A-J]")
"""What stands in a row of column numbers besides 1, 2, 3."""
_MAX_HEADER = 10


def plain_head(head: str) -> str:
    """A header without spaces and full-width signs."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", head))


def path_of(head: str) -> Path | None:
    """The path of a column with this header; (基期, 数值, year) for the baseline of a year that it names."""
    plain = plain_head(head)
    if plain in _PATHS:
        return _PATHS[plain]
    if year := _YEAR.fullmatch(plain):
        return ("分年", year["year"])
    if _BASE.fullmatch(plain):
        found = _ANY_YEAR.search(plain)
        return (*BASE_VALUE, found.group()) if found else None
    return ("责任单位",) if _LEAD.fullmatch(plain) else ("配合单位",) if _SUPPORT.fullmatch(plain) else None


def is_person(head: str) -> bool:
    """True for a column of persons (责任领导, 责任人), which an outline does not name beside the offices."""
    return _PERSON.fullmatch(plain_head(head)) is not None


def is_note(text: str) -> bool:
    """True for a text below a table: 注：…, 填报人：…, a whole sentence."""
    return bool(_NOTE.match(text) or _SENTENCE.fullmatch(text))


def is_total(text: str) -> bool:
    """True for the name of a row that adds up others: 合计."""
    return _TOTAL.fullmatch(text.strip().rstrip(":：")) is not None


def is_heading(text: str) -> bool:
    """True for a heading over some rows: 一、学前教育, or 一 in the column of numbers."""
    return _HEADING.fullmatch(text.strip()) is not None


@dataclass(frozen=True, slots=True)
class Header:
    """The rows of a header, and the texts over each column of the table, from the highest down."""

    start: int
    end: int
    heads: tuple[tuple[str, ...], ...]

    def path(self, column: int) -> Path | None:
        """The path of a column, from all texts of its header together, else from the lowest."""
        heads = self.heads[column]
        return path_of("".join(heads)) or (path_of(heads[-1]) if heads else None)


def find_header(table: SheetTable) -> Header | None:
    """The first rows that name a target and one of its values; merged cells add further rows to the header."""
    for start in range(min(_MAX_HEADER, len(table.rows))):
        bound = [each for each in table.merges if each.row == start and (each.rows > 1 or each.columns > 1)]
        end = min(max([start + 1, *(each.row + max(each.rows, 2) for each in bound)]), len(table.rows))
        made = _header_of(table, start, end)
        if _is_header(made):
            return _with_lower_rows(table, made)
    return None


def _is_header(header: Header) -> bool:
    paths = {header.path(at) for at in range(len(header.heads))} - {None}
    return len(paths) > 1 and not paths.isdisjoint((KEY, ("名称",)))


def _header_of(table: SheetTable, start: int, end: int, *, spread: bool = False) -> Header:
    """The header of some rows; with `spread` a text also stands over the empty cells to its right."""
    cells = [list(row) for row in table.rows[:end]]
    for merge in table.merges:
        _spread(merge, cells)
    if spread:
        for at in range(1, len(cells[start])):
            cells[start][at] = cells[start][at] or (cells[start][at - 1] if cells[end - 1][at] else "")
    heads = tuple(tuple(dict.fromkeys(row[at] for row in cells[start:] if row[at])) for at in range(len(table.rows[0])))
    return Header(start, end, heads)


def _with_lower_rows(table: SheetTable, header: Header) -> Header:
    """The header with a second row that is not merged (2026年, 2027年 below 目标), and past a row of column numbers."""
    names = [at for at in range(len(header.heads)) if header.path(at) in (KEY, ("名称",))]
    if header.end < len(table.rows):
        row = table.rows[header.end]
        below = [cell for cell in row if cell]
        if below and not any(row[at] for at in names) and all(path_of(cell) for cell in below):
            header = _header_of(table, header.start, header.end + 1, spread=True)
    if header.end < len(table.rows):
        numbers = [cell.strip("()（）") for cell in table.rows[header.end] if cell and not _LETTER.fullmatch(cell)]
        if len(numbers) > 2 and numbers == [str(at) for at in range(1, len(numbers) + 1)]:
            header = Header(header.start, header.end + 1, header.heads)
    return header


def _spread(merge: Merge, cells: list[list[str]]) -> None:
    """Writes the text of a merged cell into every cell that it covers."""
    for row in cells[merge.row : merge.row + merge.rows]:
        for column in range(merge.column, merge.column + merge.columns):
            row[column] = cells[merge.row][merge.column]
