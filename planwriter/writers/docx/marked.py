"""A .docx in which characters are marked as struck out, put in or moved, by their format and not as tracked changes.

It is for reading alone, so every page has a header that says so; it contains nothing that could be accepted or rejected.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from planwriter.layout.layout import Layout
from planwriter.model import Merge
from planwriter.model.added import ADDED
from planwriter.model.walk import TextRole
from planwriter.plan.flow import ATTACHED, DATE, IMPRINT, LABEL, MARK, NUMBER, SIGNATURE, TITLE, Grid
from planwriter.start.enums import Enum
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex
from planwriter.start.typing import TypeAlias
from planwriter.system.zip_write import Packed, deflated, pack_entries
from planwriter.writers.docx.grid import column_widths
from planwriter.writers.docx.markup import CHARACTER_STYLES, END, GAP, STYLE_TAGS, TABLE_STYLE, text_attribute, text_xml
from planwriter.writers.docx.package import CUSTOM_PART, digest, properties_xml, unpack
from planwriter.writers.docx.title import break_title

_DOCUMENT, _RELATIONS, _TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SECTIONS = regex(r"<w:p><w:pPr><w:sectPr>.*?</w:sectPr></w:pPr></w:p>(<w:sectPr>.*?</w:sectPr>)", re.S)
"""Matches the landscape section and the upright section in the base."""
_SIDES = ("default", "even")
_LONG = 300
"""How many characters the longest cell of a row has that may be split between pages."""
_NAME_INDENT = 5
"""By how many characters the second name of a list of attachments is indented: below the first one."""
_NARROWEST = 0.6
_NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'


class Marking(str, Enum):
    """How characters are marked."""

    NONE = ""
    PUT_IN = '<w:color w:val="0B5394"/><w:u w:val="single"/>'
    STRUCK = '<w:strike/><w:color w:val="C00000"/>'
    COME = '<w:color w:val="38761D"/><w:u w:val="double"/>'
    """Moved here."""
    GONE = '<w:dstrike/><w:color w:val="38761D"/>'
    """Moved away."""


class MarkedRun(NamedTuple):
    """Characters of one marking; `face` is the role whose type they have if it is not that of the paragraph."""

    text: str
    marking: Marking = Marking.NONE
    face: str = ""


_LEGEND = (
    MarkedRun("下划线", Marking.PUT_IN),
    MarkedRun("新写　"),
    MarkedRun("删除线", Marking.STRUCK),
    MarkedRun("删去　"),
    MarkedRun("双下划线", Marking.COME),
    MarkedRun("移来　"),
    MarkedRun("双删除线", Marking.GONE),
    MarkedRun("移走"),
)


class MarkedLine(NamedTuple):
    """A paragraph."""

    role: str
    runs: tuple[MarkedRun, ...]
    boxed: bool = False
    plain: bool = False
    """True for one without the first-line indent of its role, centred."""


Cells: TypeAlias = tuple[tuple[tuple[MarkedRun, ...], ...], ...]


class MarkedGrid(NamedTuple):
    """A table, the first row of which is its header."""

    rows: Cells
    merges: tuple[Merge, ...] = ()
    shares: tuple[int, ...] = ()
    """What share of the width each column has; by their content if empty. With shares, all cells are aligned to the left."""


MarkedItem: TypeAlias = MarkedLine | MarkedGrid


def render_marked(items: Sequence[MarkedItem], layout: Layout, base: bytes, header: str) -> bytes:
    """The .docx of these items on pages of the layout, whose base `base` is; `header`, and what the marks mean, are on every page."""
    entries = dict(unpack(base))
    head, upright, tail = _SECTIONS.split(entries[_DOCUMENT].data.decode(), maxsplit=1)
    references = "".join(f'<w:headerReference w:type="{side}" r:id="rIdHeader{side}"/>' for side in _SIDES)
    section = upright.replace("<w:sectPr>", f"<w:sectPr>{references}", 1)
    entries[_DOCUMENT] = deflated("".join((head, *_body(items, layout), section, tail)).encode())
    _add_headers(entries, layout, header)
    entries[CUSTOM_PART] = deflated(properties_xml(digest((name, entry.data) for name, entry in entries.items())))
    return pack_entries(entries)


def _add_headers(entries: dict[str, Packed], layout: Layout, header: str) -> None:
    """Adds a header for right pages and one for left pages; both say the same."""
    font = text_attribute(layout.role("heading1").font)
    fonts = f'<w:rFonts w:eastAsia="{font}" w:ascii="{font}" w:hAnsi="{font}"/>'
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:hdr xmlns:w="{_MAIN}"><w:p><w:pPr>'
        f'<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>{_NO_INDENT}<w:jc w:val="center"/></w:pPr>'
        f'<w:r><w:rPr>{fonts}<w:color w:val="C00000"/><w:sz w:val="28"/></w:rPr>{text_xml(header)}</w:r></w:p>'
        f"<w:p><w:pPr>{STYLE_TAGS['table_text']}</w:pPr>{_runs(_LEGEND, 'table_text')}</w:p></w:hdr>"
    )
    types = relations = ""
    for side in _SIDES:
        name = f"header-{side}.xml"
        entries[f"word/{name}"] = deflated(xml.encode())
        types += f'<Override PartName="/word/{name}" ContentType="{_HEADER_TYPE}"/>'
        relations += f'<Relationship Id="rIdHeader{side}" Type="{_OFFICE}/header" Target="{name}"/>'
    for part, end, more in ((_TYPES, "</Types>", types), (_RELATIONS, "</Relationships>", relations)):
        entries[part] = deflated(entries[part].data.decode().replace(end, more + end, 1).encode())


def _body(items: Sequence[MarkedItem], layout: Layout) -> Iterator[str]:
    previous: MarkedItem | None = None
    for item in items:
        if isinstance(item, MarkedGrid):
            if isinstance(previous, MarkedGrid):
                yield GAP
            yield _grid(item, layout)
        else:
            yield _line(item, layout, starts=previous is not None)
        previous = item
    if previous is None or isinstance(previous, MarkedGrid):
        yield END


_RULES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="4" w:color="auto"/>' for side in ("top", "left", "bottom", "right")
)


_EDGES: dict[str, str] = {
    NUMBER: '<w:pBdr><w:bottom w:val="single" w:sz="10" w:space="4" w:color="FF0000"/></w:pBdr>',
    IMPRINT: '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>',
}
"""The rules of the frame: the red one below the number, and one above each row of the imprint."""


def _line(line: MarkedLine, layout: Layout, *, starts: bool) -> str:
    """A paragraph; an attachment's label begins a page."""
    form, runs, size = STYLE_TAGS.get(line.role, ""), line.runs, ""
    form += "<w:pageBreakBefore/>" if line.role == LABEL and starts else ""
    form += _EDGES.get(line.role, "")
    if line.boxed:
        form += f'<w:pBdr>{_RULES}</w:pBdr><w:ind w:left="120" w:right="120"/>'
    elif line.plain:
        form += f'{_NO_INDENT}<w:jc w:val="center"/>'
    elif line.role in (SIGNATURE, DATE):
        form += '<w:ind w:rightChars="200" w:right="640" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>'
    elif line.role == ATTACHED:
        indent = 2 if runs and runs[0].text.startswith(ADDED[TextRole.ATTACHMENT_TITLE].before) else _NAME_INDENT
        form += f'<w:ind w:leftChars="{indent}00" w:left="{indent * 320}" w:firstLineChars="0" w:firstLine="0"/>'
    elif line.role == MARK:
        size = _fitted(runs, layout)
    elif line.role == TITLE:
        runs = tuple(_in_lines(runs, layout.width.emu // layout.role(TITLE).size.emu))
    properties = f"<w:pPr>{form}</w:pPr>" if form else ""
    return f"<w:p>{properties}{_runs(runs, line.role, size)}</w:p>"


def _fitted(runs: Sequence[MarkedRun], layout: Layout) -> str:
    """The type of the issuer's mark, narrowed and then made smaller until it fits one line."""
    count = max(sum(len(run.text) for run in runs), 1)
    width, most = layout.width.points, layout.role(MARK).size.points
    half_points = int(min(most, width / (_NARROWEST * count)) * 2)
    scale = min(100, int(width / (count * half_points / 2) * 100))
    return f'<w:w w:val="{scale}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _in_lines(runs: Sequence[MarkedRun], columns: int) -> Iterator[MarkedRun]:
    """The runs of a title with the line ends that it has in print."""
    parts = "".join(run.text for run in runs).split("\n")
    lines = [line for part in parts for line in (break_title(part, columns) if len(part) > columns else [part])]
    ends = {*accumulate(len(line) for line in lines[:-1])}
    at = 0
    for run in runs:
        text = ""
        for char in run.text.replace("\n", ""):
            text += f"\n{char}" if at in ends else char
            at += 1
        yield run._replace(text=text)


def _runs(runs: Sequence[MarkedRun], role: str, size: str = "") -> str:
    """Runs; `size` are properties of all of them, which have their place before the line below the characters."""
    made = []
    for run in runs:
        face = CHARACTER_STYLES.get(run.face, "") if run.face != role else ""
        style = f'<w:rStyle w:val="{face}"/>' if face else ""
        before, line, after = run.marking.value.partition("<w:u ")
        form = f"{style}{before}{size}{line}{after}"
        made.append(f"<w:r>{f'<w:rPr>{form}</w:rPr>' if form else ''}{text_xml(run.text)}</w:r>")
    return "".join(made)


def _grid(grid: MarkedGrid, layout: Layout) -> str:
    """A table as wide as the type area, whose header repeats on every page; with shares, long rows may be split."""
    plain = tuple(tuple("".join(run.text for run in cell) for cell in row) for row in grid.rows)
    if not plain or not max(map(len, plain)):
        return END
    total = layout.width.twips
    if grid.shares:
        edges = [round(total * edge / sum(grid.shares)) for edge in accumulate(grid.shares, initial=0)]
        widths = [edge - before for before, edge in pairwise(edges)]
        single = [False] * len(widths)
    else:
        widths, single = column_widths(Grid(plain, grid.merges), layout, total)
    covered = {
        (row, column): each
        for each in grid.merges
        for row in range(each.row, each.row + each.rows)
        for column in range(each.column, each.column + each.columns)
    }
    made = [
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>',
        *(f'<w:gridCol w:w="{width}"/>' for width in widths),
        "</w:tblGrid>",
    ]
    for at, row in enumerate(grid.rows):
        is_long = max(map(len, plain[at]), default=0) > _LONG
        split = "" if grid.shares and is_long else "<w:cantSplit/>"
        head = "<w:tblHeader/>" if at == 0 else ""
        made.append(f"<w:tr><w:trPr>{split}{head}</w:trPr>" if split or head else "<w:tr>")
        for column in range(len(widths)):
            merge = covered.get((at, column))
            if merge is not None and column > merge.column:
                continue
            cell = row[column] if column < len(row) else ()
            made.append(_cell(cell, at, widths, column, merge, fits=single[column]))
        made.append("</w:tr>")
    return "".join((*made, "</w:tbl>"))


def _cell(
    runs: Sequence[MarkedRun], row: int, widths: Sequence[int], column: int, merge: Merge | None, *, fits: bool
) -> str:
    role = "table_text" if row else "table_head"
    width, span, down = widths[column], "", ""
    if merge is not None:
        width = sum(widths[merge.column : merge.column + merge.columns])
        span = f'<w:gridSpan w:val="{merge.columns}"/>' if merge.columns > 1 else ""
        down = "" if merge.rows == 1 else '<w:vMerge w:val="restart"/>' if row == merge.row else "<w:vMerge/>"
    align = "" if fits or not row else '<w:jc w:val="left"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{down}<w:vAlign w:val="center"/></w:tcPr>'
        f"<w:p><w:pPr>{STYLE_TAGS[role]}{align}</w:pPr>{_runs(runs, role)}</w:p></w:tc>"
    )
