"""The document as one HTML file, for a preview and for a website: no script, no external files, styles from the layout.

Without a script a browser cannot break pages on the screen. On the screen, a text that starts a new page starts a sheet as
wide as the paper and at least as high; in print there are true pages with numbers (CSS paged media: Chrome, Edge from 131).
The 版记 stands at the foot of its sheet; in print, if that sheet is longer than one page, it stands below the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice, zip_longest
from typing import TYPE_CHECKING

from planwriter.model.added import ADDED
from planwriter.model.walk import TextRole
from planwriter.plan.flow import (
    ATTACHED,
    BLANK_MARK,
    BLANK_RULE,
    BODY,
    BOX_TITLE,
    CAPTION,
    COPY_NUMBER,
    DATE,
    HEADINGS,
    IMPRINT,
    MARK,
    NUMBER,
    RULE,
    SECRECY,
    SIGNATURE,
    TITLE,
    Grid,
    Imprint,
    Item,
    Line,
    LineRole,
    Plate,
    Run,
    flow,
)
from planwriter.start.patterns import regex
from planwriter.writers.docx.picture import fitted
from planwriter.writers.docx.title import break_title, text_width
from planwriter.writers.html.style import style_sheet

if TYPE_CHECKING:
    from planwriter.layout.layout import Layout
    from planwriter.model import Document

_TAGS = {role: f"h{number}" for number, role in enumerate((TITLE, *HEADINGS), 1)}
_HEAD = (COPY_NUMBER, SECRECY, MARK, BLANK_MARK, NUMBER, RULE, BLANK_RULE)


def render_html(document: Document, layout: Layout) -> str:
    """The HTML of a numbered document; its text without tags equals that of the text writer."""
    sheets: list[list[Item]] = [[]]
    for item in flow(document):
        if isinstance(item, Line) and item.new_page and sheets[-1]:
            sheets.append([])
        sheets[-1].append(item)
    frame = document.frame
    title = frame.notice_title.value if frame and frame.notice_title and frame.is_notice else document.title
    sealed = frame is None or frame.sealed
    parts = [
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="generator" content="planwriter">\n',
        f"<title>{_escaped(title)}</title>\n<style>\n{style_sheet(layout)}</style>\n</head>\n<body>\n",
    ]
    for sheet in sheets:
        parts += ['<section class="sheet">\n', *(f"{line}\n" for line in _sheet(sheet, layout, sealed)), "</section>\n"]
    return "".join((*parts, "</body>\n</html>\n"))


def _sheet(items: Iterable[Item], layout: Layout, sealed: bool) -> Iterator[str]:
    """The elements of one sheet; the head, consecutive boxes and the signature are grouped."""
    for name, group in groupby(items, key=_group_of):
        members = list(group)
        if name == "head":
            yield from _head(members, layout)
        elif name == "signature":
            yield from _signature(members, sealed)
        elif name == "box":
            yield from _boxes(members, layout)
        else:
            yield from (_element(item, layout) for item in members)


def _group_of(item: Item) -> str:
    if not isinstance(item, Line):
        return ""
    if item.role in _HEAD:
        return "head"
    if item.role in (SIGNATURE, DATE):
        return "signature"
    return "box" if item.boxed else ""


def _element(item: Item, layout: Layout) -> str:
    if isinstance(item, Grid):
        return _table(item, layout)
    if isinstance(item, Imprint):
        return _imprint(item)
    if isinstance(item, Plate):
        return _picture(item, layout)
    tag = _TAGS.get(item.role, "p")
    if item.role == TITLE:
        return f'<h1 class="title">{_title(item.text, layout)}</h1>'
    if item.role == ATTACHED:
        return _attached(item.text)
    return f'<{tag} class="{item.role}">{_runs(item.runs, item.role)}</{tag}>'


def _runs(runs: Iterable[Run], role: LineRole) -> str:
    return "".join(
        _escaped(run.text) if run.role == role else f'<span class="{run.role}">{_escaped(run.text)}</span>'
        for run in runs
    )


def _title(text: str, layout: Layout) -> str:
    """The title, broken between words if it does not fit one line."""
    columns = layout.width.emu // layout.role(TITLE).size.emu
    lines = break_title(text, columns)
    return (
        _escaped(text) if len(lines) == 1 else "".join(f'<span class="line">{_escaped(line)}</span>' for line in lines)
    )


_DROPPED = regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def _escaped(text: str) -> str:
    """Escaped text without the characters that HTML forbids; spaces, tabs and newlines stay (white-space: pre-wrap)."""
    return _DROPPED.sub("", text).translate(_ESCAPES)


# elements with a fixed place on the page


def _head(items: Iterable[Item], layout: Layout) -> Iterator[str]:
    """份号, 密级 and 紧急程度 above the issuer's mark, then the mark, the document number and the red rule."""
    lines = [item for item in items if isinstance(item, Line)]
    signed = max((text_width(line.text.partition("\t")[2]) / 2 for line in lines if line.role == NUMBER), default=0)
    yield '<header class="head">\n<div class="above">'
    yield from (_plain(line) for line in lines if line.role in (COPY_NUMBER, SECRECY))
    yield "</div>"
    for line in lines:
        if line.role in (MARK, BLANK_MARK):
            yield _mark(line, layout)
        elif line.role == NUMBER:
            yield _number(line, signed) if "\t" in line.text else _plain(line)
        elif line.role in (RULE, BLANK_RULE):
            yield f'<hr class="rule{" blank" * (line.role == BLANK_RULE)}">'
    yield "</header>"


def _number(line: Line, width: float) -> str:
    """The document number left, 签发人 right; the names of all lines begin `width` characters before the right end."""
    before, _, after = line.runs[0].text.partition("\t")
    kind = "" if after else ' class="next"'
    signed = _runs((Run(after, NUMBER), *line.runs[1:]), NUMBER)
    return f'<p class="number approved"><span>{_escaped(before)}</span>\t<span{kind} style="width:{width:g}em">{signed}</span></p>'


def _plain(line: Line) -> str:
    return f'<p class="{line.role}">{_runs(line.runs, line.role)}</p>'


def _mark(line: Line, layout: Layout) -> str:
    """发文机关标志, fitted to the type area; on preprinted paper, the space that it takes.

    Several issuers stand each in a line as wide as the longest, with 文件 to their right.
    """
    names, word = line.runs[0].text.split("\n"), "".join(run.text for run in line.runs[1:])
    widest = max(map(text_width, names)) / 2 + len(word)
    size = min(layout.role(MARK).size.points, layout.width.points / max(widest, 1))
    if line.role == BLANK_MARK:
        return f'<div style="height:{size * 1.2 * len(names):.1f}pt"></div>'
    shown = "\n".join(f'<span class="office">{_escaped(name)}</span>' for name in names)
    many = " many" if len(names) > 1 else ""
    style = f"font-size:{size:.1f}pt;--wide:{widest:g}"
    return (
        f'<p class="mark{many}" style="{style}"><span class="offices">{shown}</span><span>{_escaped(word)}</span></p>'
    )


_ATTACHED = regex(rf"({ADDED[TextRole.ATTACHMENT_TITLE].before})?(?:([0-9]+\.)(?=.))?(.*)", re.S)


def _attached(text: str) -> str:
    """附件说明; the further lines of a long name align with its first character."""
    match = _ATTACHED.fullmatch(text)
    word, number, name = (match[1] or "", match[2] or "", match[3]) if match else ("", "", text)
    kind = " first" if word else ""
    counted = f' counted" style="--count:{text_width(number) / 2 - 0.25:g}em' if number else ""
    return f'<p class="attached{kind}{counted}">{word}{number}{_escaped(name)}</p>'


_TAB = "\t"


def _signature(items: Iterable[Item], sealed: bool) -> Iterator[str]:
    """署名 and 成文日期 (7.3.5). With a seal, the names are centred over the date, which ends 4 characters from the right.

    Without a seal, the name ends 2 characters from the right and the date starts 2 characters to the right of the name's
    start; if the date is longer than the name, the date ends 2 characters from the right instead, and the name moves.
    """
    lines = [item for item in items if isinstance(item, Line)]
    names = max(
        (text_width(line.text.replace("\t", "　　")) / 2 for line in lines if line.role == SIGNATURE), default=0
    )
    date = max((text_width(line.text) / 2 for line in lines if line.role == DATE), default=0)
    over = max(names - date, 0) / 2 if date else 0
    inset = max(4 - over, 0) if sealed else 2
    yield f'<div class="signed-off {"sealed" if sealed else "unsealed"}" style="margin-right:{inset:g}em">'
    for line in lines:
        several = line.text.split("\t")
        if len(several) > 1:
            yield f'<p class="signature joint">{_TAB.join(f"<span>{_escaped(name)}</span>" for name in several)}</p>'
        else:
            yield _plain(line)
    yield "</div>"


def _boxes(items: Iterable[Item], layout: Layout) -> Iterator[str]:
    opened = False
    for item in items:
        if opened and isinstance(item, Line) and item.role == BOX_TITLE:
            yield "</aside>"
            opened = False
        if not opened:
            yield '<aside class="box">'
            opened = True
        yield _element(item, layout)
    yield "</aside>"


def _imprint(imprint: Imprint) -> str:
    """版记: its rows between rules; the printing office left, the date of printing right."""
    made = ['<footer class="imprint">']
    for line in imprint.lines:
        left, tab, right = line.partition("\t")
        if tab:
            made.append(
                f'<p class="{IMPRINT} printer"><span>{_escaped(left)}</span>\t<span>{_escaped(right)}</span></p>'
            )
        else:
            kind = " copies" if line.startswith(ADDED[TextRole.COPY].before) else ""
            made.append(f'<p class="{IMPRINT}{kind}">{_escaped(line)}</p>')
    return "\n".join((*made, "</footer>"))


def _picture(plate: Plate, layout: Layout) -> str:
    """A picture embedded in the file, with its caption; the alternative text is that of the picture."""
    caption = f'\n<figcaption class="{CAPTION}">{_escaped(plate.caption)}</figcaption>' if plate.caption else ""
    if plate.image is None:
        return f'<figure><p class="{BODY}">{_escaped(plate.text)}</p>{caption}</figure>'
    import base64

    width, _ = fitted(plate.image, layout)
    source = f"data:image/{plate.image.form};base64,{base64.b64encode(plate.image.data).decode()}"
    return f'<figure><img src="{source}" alt="{_escaped(plate.text)}" style="width:{width.mm:.1f}mm">{caption}</figure>'


_CELL_PADDING = 2
"""The free space to the left and right of a cell's text, in characters."""


def _table(grid: Grid, layout: Layout) -> str:
    """A table as wide as the type area; columns with a text of more than one line are aligned left."""
    columns = list(zip_longest(*grid.rows, fillvalue=""))
    if not columns:
        return ""
    wants = [max(map(text_width, column)) / 2 + _CELL_PADDING for column in columns]
    room = layout.width.emu / layout.role("table_text").size.emu
    fits = [sum(wants) <= room or want <= room / len(wants) for want in wants]
    spans = _spans(grid)
    rows = enumerate(zip(*columns, strict=True))
    made = [
        "<table>",
        "<thead>",
        *(_row(at, row, "th", fits, spans) for at, row in islice(rows, grid.heads)),
        "</thead>",
        "<tbody>",
    ]
    made += (_row(at, row, "td", fits, spans) for at, row in rows)
    return "\n".join((*made, "</tbody>", "</table>"))


def _spans(grid: Grid) -> dict[tuple[int, int], str | None]:
    """The attributes of merged cells by row and column; None for a covered cell."""
    made: dict[tuple[int, int], str | None] = {}
    for each in grid.merges:
        made.update(
            {
                (row, column): None
                for row in range(each.row, each.row + each.rows)
                for column in range(each.column, each.column + each.columns)
            }
        )
        down = f' rowspan="{each.rows}"' if each.rows > 1 else ""
        made[each.row, each.column] = down + (f' colspan="{each.columns}"' if each.columns > 1 else "")
    return made


def _row(
    at: int, cells: Sequence[str], tag: str, fits: Sequence[bool], spans: dict[tuple[int, int], str | None]
) -> str:
    shown = (
        f'<{tag} class="{"fit" if fit else "long"}"{spans.get((at, column), "")}>{_escaped(cell)}</{tag}>'
        for column, (cell, fit) in enumerate(zip(cells, fits, strict=True))
        if spans.get((at, column), "") is not None
    )
    return f"<tr>{''.join(shown)}</tr>"
