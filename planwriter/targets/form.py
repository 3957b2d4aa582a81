"""The sheet of targets that a writer fills in: as an .xlsx with drop-downs and a page of advice, or as a .csv."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from planwriter.language.figures import BOUNDS
from planwriter.sheets.write import Column, NewSheet, write_workbook
from planwriter.source.keys import NATURES
from planwriter.source.nodes import Mapping
from planwriter.source.schema import FIGURE
from planwriter.targets.heads import KEY, NAMES, Path
from planwriter.targets.sheet import FIGURES, cells_of, csv_text

SHEET, HELP_SHEET = "指标", "说明"
_WIDTHS = {
    "键": 16,
    "名称": 26,
    "依据": 26,
    "备注": 24,
    "责任单位": 20,
    "配合单位": 18,
    "公式": 22,
    "时限": 14,
    "基期": 10,
    "分年": 10,
}
_CHOICES = {
    "界限": (BOUNDS, "正文里怎么说这个数：不低于95%、96%以上、力争达到96%……空着就只写数。"),
    "性质": (NATURES, "约束性指标必须完成，预期性指标争取完成。"),
}
_HELP = (
    "这张表由 planwriter targets export 写出。一行一个指标，填好以后用 planwriter targets import 写回提纲；",
    "也可以在提纲里写“指标: 这个文件.xlsx”，直接从表里取。",
    "",
    "键：正文里引用的名字，例如 {{ 指标.普惠园覆盖率 }}。写回提纲时按它认指标，不要改；新增的指标自己起一个，短一点，不带空格。",
    "名称：正式名称，空着就是键。",
    "单位：%、所、名……。各年、基期、数值用同一个单位，格子里只写数字。",
    "界限、性质：从下拉里选。",
    "基期年份、基期数值：从哪一年的多少开始。",
    "各年（2026年……）：分年的目标；要加一年，插一列，表头写“2029年”。",
    "数值：最后要达到的数；写了各年的可以空着，以最后一年为准；写了公式的也可以空着。",
    "责任单位、配合单位：有几个的用顿号隔开。依据：有几条的一条一行（Alt+Enter 换行）。",
    "公式：别的指标的键和 + - * / ( )，例如：新建园 + 改扩建园。不以等号开头。",
    "备注：给自己看的，不排进文件。",
    "",
    "列的次序可以换，用不着的列可以删；空着的格子写回时不动提纲里原来的内容。",
)


def target_rows(targets: Mapping, years: tuple[int, ...] = ()) -> tuple[tuple[Path, ...], list[dict[Path, str]]]:
    """The columns of an export and the cells of each row; each of `years`, and each year of a target, has a column."""
    rows = [{KEY: key, **cells_of(node)} for key, node in targets.entries.items()]
    typed = {path[1] for row in rows for path in row if path[0] == "分年"}
    steps = tuple(("分年", year) for year in sorted({*typed, *map(str, years)}))
    columns: list[Path] = []
    for path in NAMES:
        if path != ("分年口径",) or any(path in row for row in rows):
            columns += (*steps, path) if path == ("数值",) else (path,)
    return tuple(columns), rows


def head_of(path: Path) -> str:
    """The header of a column in an export."""
    return f"{path[1]}年" if path[0] == "分年" else NAMES[path][0]


def export_xlsx(targets: Mapping, years: tuple[int, ...] = ()) -> bytes:
    """The targets as a workbook to be filled in."""
    paths, rows = target_rows(targets, years)
    columns = tuple(_column(path) for path in paths)
    cells = tuple(tuple(_typed(path, row.get(path, "")) for path in paths) for row in rows)
    advice = NewSheet(HELP_SHEET, (Column("", 110),), tuple((line,) for line in _HELP))
    return write_workbook((NewSheet(SHEET, columns, cells, frozen="C2"), advice))


def _column(path: Path) -> Column:
    choices, prompt = _CHOICES.get(path[0], ((), ""))
    return Column(head_of(path), _WIDTHS.get(path[0], 11), choices, prompt, is_text=path[0] not in FIGURES)


def _typed(path: Path, text: str) -> str | Decimal:
    """A figure as a number, anything else as a text."""
    return Decimal(text) if path[0] in FIGURES and FIGURE.fullmatch(text) and f"{Decimal(text):f}" == text else text


def export_csv(targets: Mapping, years: tuple[int, ...] = (), *, gb18030: bool = False) -> bytes:
    """The targets as a .csv that Excel and WPS open rightly: UTF-8 with its mark, or GB18030.

    A text that a spreadsheet would take for a formula gets an apostrophe, which is removed when it is read.
    """
    paths, rows = target_rows(targets, years)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(head_of(path) for path in paths)
    for row in rows:
        writer.writerow(csv_text(path, row.get(path, "")) for path in paths)
    return stream.getvalue().encode("gb18030" if gb18030 else "utf-8-sig")
