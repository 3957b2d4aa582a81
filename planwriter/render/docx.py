"""The document as a .docx: prefabricated paragraphs joined as text and put into the layout's base; no library is loaded.

What never changes from document to document (styles, page, footers, settings) comes from `base`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise, zip_longest
from typing import TYPE_CHECKING

from planwriter.render.flow import BODY, BOX_TITLE, CAPTION, HEADINGS, TITLE, Grid, Item, Line, flow
from planwriter.render.package import CUSTOM_PART, digest, make_entry, pack_entries, properties_xml, unpack

if TYPE_CHECKING:
    from planwriter.model import Document
    from planwriter.style import Layout

DOCUMENT_PART = "word/document.xml"
PARAGRAPH_STYLES = {
    TITLE: "Title",
    BODY: "Normal",
    **{role: f"Heading{number}" for number, role in enumerate(HEADINGS, 1)},
    CAPTION: "Caption",
    BOX_TITLE: "BoxTitle",
    "table_head": "TableHead",
    "table_text": "TableText",
}
"""The identifiers of the styles that the base holds, by role."""
CHARACTER_STYLES = {role: f"Heading{number}Char" for number, role in enumerate(HEADINGS, 1)}
TABLE_STYLE = "PlanTable"


def render_docx(document: Document, layout: Layout, base: bytes | None = None) -> bytes:
    """The .docx of a numbered document; the same bytes every time.

    `base` is what `base.make_base` made of the layout; without it, or with that of another layout, it is made now (slow).
    """
    if base is None or not base.endswith(layout.fingerprint.encode()):
        from planwriter.render.base import make_base

        base = make_base(layout)
    entries = dict(unpack(base))
    frame = entries[DOCUMENT_PART].data
    at = frame.index(b"<w:sectPr")
    body = "".join(_body(flow(document), layout)).encode()
    entries[DOCUMENT_PART] = make_entry(frame[:at] + body + frame[at:])
    entries[CUSTOM_PART] = make_entry(properties_xml(digest((name, entry.data) for name, entry in entries.items())))
    return pack_entries(entries)


# paragraphs

_STYLE_TAGS = {role: "" if role == BODY else f'<w:pStyle w:val="{style}"/>' for role, style in PARAGRAPH_STYLES.items()}
_OPEN = {role: f"<w:p><w:pPr>{tag}</w:pPr>" if tag else "<w:p>" for role, tag in _STYLE_TAGS.items()}
_RUN_OPEN = {role: f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr>' for role, style in CHARACTER_STYLES.items()}
_GAP, _END = (
    f'<w:p><w:pPr><w:spacing w:after="0" w:line="{line}" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/></w:pPr></w:p>'
    for line in (290, 20)
)
"""Empty paragraphs: what keeps two tables or boxes apart, and what Word wants after a table that ends the document."""
_BOX_RULES = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="4" w:color="auto"/>' for side in ("top", "left", "bottom", "right"))
_BOX_OPEN = {
    role: f'<w:p><w:pPr>{tag}<w:pBdr>{_BOX_RULES}</w:pBdr><w:ind w:left="120" w:right="120"/></w:pPr>' for role, tag in _STYLE_TAGS.items()
}
"""Paragraphs that follow each other with the same borders and indents stand in one box."""


def _body(items: Iterable[Item], layout: Layout) -> Iterator[str]:
    previous: Item | None = None
    for item in items:
        if isinstance(item, Grid):
            if isinstance(previous, Grid):
                yield _GAP
            yield _table(item.rows, layout)
        elif item.boxed:
            if item.role == BOX_TITLE and isinstance(previous, Line) and previous.boxed:
                yield _GAP
            yield _BOX_OPEN[item.role] + _runs(item) + "</w:p>"
        elif item.role == TITLE:
            columns = layout.width.emu // layout.role(TITLE).size.emu
            yield f"{_OPEN[TITLE]}<w:r>{_text(_broken(item.text, columns))}</w:r></w:p>"
        else:
            yield _OPEN[item.role] + _runs(item) + "</w:p>"
        previous = item
    if isinstance(previous, Grid):
        yield _END


def _broken(title: str, columns: int) -> str:
    if len(title) <= columns:
        return title
    from planwriter.render.title import break_title

    return "\n".join(break_title(title, columns))


def _runs(line: Line) -> str:
    role = line.role
    return "".join(("<w:r>" if run.role == role else _RUN_OPEN.get(run.role, "<w:r>")) + _text(run.text) + "</w:r>" for run in line.runs)


_SPECIAL = re.compile("[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\t": "\t", "\n": "\n"}
_BREAK = re.compile("([\t\n])")


def _text(text: str) -> str:
    """The content of a run: characters that XML forbids are dropped, line ends and tabs become Word's own."""
    if _SPECIAL.search(text):
        text = _SPECIAL.sub(lambda match: _ESCAPES.get(match[0], ""), text)
        if "\n" in text or "\t" in text:
            return "".join(
                "<w:br/>" if piece == "\n" else "<w:tab/>" if piece == "\t" else _t(piece) for piece in _BREAK.split(text) if piece
            )
    return _t(text)


def _t(text: str) -> str:
    if text[:1].isspace() or text[-1:].isspace():
        return f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:t>{text}</w:t>"


# tables

_MIN_CELL = 8
"""The least width of a column, in halves of a character, where its content would fill it."""
_CELL_MARGINS = 190
"""The free space beside a cell's text, in twips: a little more than the style's two margins."""


def _table(rows: Sequence[Sequence[str]], layout: Layout) -> str:
    """A table as wide as the type area; its header repeats on every page, no row is split."""
    columns = max(map(len, rows), default=0)
    if not columns:
        return _END
    widths, single = _column_widths(rows, layout)
    head = [_cell_open(width, "table_head", "") for width in widths]
    cells = [
        _cell_open(width, "table_text", "" if fits else '<w:jc w:val="left"/>') for width, fits in zip(widths, single, strict=True)
    ]
    made = [
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>',
        *(f'<w:gridCol w:w="{width}"/>' for width in widths),
        "</w:tblGrid>",
    ]
    opens, properties = head, "<w:cantSplit/><w:tblHeader/>"
    for row in rows:
        made.append(f"<w:tr><w:trPr>{properties}</w:trPr>")
        made += (
            f"{start}<w:r>{_text(cell)}</w:r></w:p></w:tc>" if cell else f"{start}</w:p></w:tc>"
            for start, cell in zip_longest(opens, row, fillvalue="")
        )
        made.append("</w:tr>")
        opens, properties = cells, "<w:cantSplit/>"
    made.append("</w:tbl>")
    return "".join(made)


def _cell_open(width: int, role: str, align: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"<w:p><w:pPr>{_STYLE_TAGS[role]}{align}</w:pPr>"
    )


def _column_widths(rows: Sequence[Sequence[str]], layout: Layout) -> tuple[list[int], list[bool]]:
    """The columns' widths in twips, which fill the type area, and whether each holds its longest cell in one line."""
    half = max(layout.role("table_text").size.twips, layout.role("table_head").size.twips) / 2
    from planwriter.render.title import text_width

    wants = [max(map(text_width, column)) * half + _CELL_MARGINS for column in zip_longest(*rows, fillvalue="")]
    exact = _share_out(wants, layout.width.twips, _MIN_CELL * half + _CELL_MARGINS)
    edges = [round(edge) for edge in accumulate(exact, initial=0.0)]
    widths = [edge - before for before, edge in pairwise(edges)]
    return widths, [want <= width + 1 for want, width in zip(wants, widths, strict=True)]


def _share_out(wants: list[float], total: float, least: float) -> list[float]:
    """`total` shared out among columns that want so much.

    Where all get what they want, they get more in proportion. Otherwise those that want no more than an equal share get it,
    and the rest is shared by the others in proportion to what they want above `least`.
    """
    if sum(wants) <= total:
        return [want * total / sum(wants) for want in wants]
    left, greedy = total, set(range(len(wants)))
    while modest := {at for at in greedy if wants[at] <= left / len(greedy)}:
        greedy -= modest
        left -= sum(wants[at] for at in modest)
    floor = min(least, left / len(greedy))
    spare = (left - floor * len(greedy)) / sum(wants[at] - floor for at in greedy)
    return [floor + spare * (want - floor) if at in greedy else want for at, want in enumerate(wants)]
