"""The official frame in WordprocessingML: every element in its place on the page (GB/T 9704 7.2 to 7.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from planwriter.layout.layout import Layout, Length, mm, pt
from planwriter.model.added import ADDED
from planwriter.model.walk import TextRole
from planwriter.plan.flow import (
    ATTACHED,
    BLANK_MARK,
    BLANK_RULE,
    DATE,
    HEADINGS,
    IMPRINT,
    MARK,
    NUMBER,
    RULE,
    SIGNATURE,
    TITLE,
    Imprint,
    Item,
    Line,
    LineRole,
)
from planwriter.start.patterns import regex
from planwriter.writers.docx.markup import END, STYLE_TAGS, empty_paragraph, runs_xml, text_xml

_MARK_TOP = mm(35)
"""The distance from the upper edge of the type area to that of the issuer's mark (7.2.4)."""
_RULE_TOP = mm(4)
"""The distance from the characters of the document number to the red rule (7.2.7)."""
_INK_BOTTOM = 0.128
"""How far characters reach below the baseline, in type sizes [measured]."""
_RULE = pt(1.25)
"""The weight of the red rule (`base`)."""
_NARROWEST = 0.6
"""How far the characters of a mark may be narrowed, as a factor, before their size is reduced."""
_BASELINE, _INK_TOP = 0.8, 0.8
"""The baseline of an exact line, in line heights from its top; the height of characters above it, in type sizes."""
_SEAL = mm(42)
_APPROVED, _ATTACHMENT = ADDED[TextRole.APPROVER].before, ADDED[TextRole.ATTACHMENT_TITLE].before
_COUNTED, _UNCOUNTED = regex(rf"(?:{_ATTACHMENT})?\d+\."), regex(_ATTACHMENT)
_SINGLE = 1.3
"""Single line spacing, in type sizes."""


def frame_xml(items: Sequence[Item], at: int, layout: Layout, width: Length, sealed: bool) -> list[str] | None:
    """The paragraphs of the frame's element at `at`; None if its style suffices. `width` is that of the page's type area."""
    item = items[at]
    if isinstance(item, Imprint):
        return list(_imprint(item, layout, width))
    if not isinstance(item, Line):
        return None
    if item.role in (MARK, BLANK_MARK):
        return _Mark(item, layout, width).xml(at)
    if item.role == NUMBER:
        return [_number(items, at, layout, width)]
    if item.role in (RULE, BLANK_RULE):
        return [_rule(items, at, layout)]
    if item.role == ATTACHED:
        return [_attached(items, at, layout)]
    if item.role in (SIGNATURE, DATE):
        return [_signed(items, at, layout, width, sealed)]
    return None


def _is(item: Item, *roles: LineRole) -> bool:
    return isinstance(item, Line) and item.role in roles


def _width(text: str, size: Length) -> int:
    """The width of `text` in twips: letters and digits are half as wide as Chinese characters, full stops a quarter."""
    return round(sum(0.25 if char == "." else 0.5 if char.isascii() else 1.0 for char in text) * size.emu / 635)


def _paragraph(role: LineRole, properties: str, content: str) -> str:
    return f"<w:p><w:pPr>{STYLE_TAGS[role]}{properties}</w:pPr>{content}</w:p>"


def _run(text: str, properties: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{text_xml(text)}</w:r>"


def _sized(half_points: int, scale: int, spacing: int = 0) -> str:
    stretch = (f'<w:spacing w:val="{spacing}"/>' if spacing else "") + (
        f'<w:w w:val="{scale}"/>' if scale != 100 else ""
    )
    return f'{stretch}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


# head


class _Mark:
    """发文机关标志 in the size of the layout; if it does not fit the line, it is narrowed first and then made smaller."""

    def __init__(self, line: Line, layout: Layout, width: Length) -> None:
        names = [name for name in line.runs[0].text.split("\n") if name]
        self.names = names or ["一二三四五六"]
        self.suffix = line.runs[1].text
        self.blank = line.role == BLANK_MARK
        self.layout, self.width = layout, width.points
        self.joint = len(self.names) > 1
        longest = max(_width(name, pt(1)) for name in self.names) / 20
        most = layout.role(MARK).size.points
        if self.joint:
            most = max(min(most * 0.75, 108 / len(self.names)), 16)
        chars, fixed = (longest + 2.6, 0.5) if self.joint else (longest + len(self.suffix), 0.0)
        size = min(most, self.width / (_NARROWEST * chars + fixed))
        self.half_points = int(size * 2)
        self.size = self.half_points / 2
        self.scale = min(100, int((self.width - fixed * self.size) / (chars * self.size) * 100))
        self.longest = longest
        self.line = 1.27 if self.joint else 1.1

    def xml(self, above: int) -> list[str]:
        """The mark, its upper edge 35 mm below that of the type area; `above` is the number of lines above it."""
        height = round(self.line * self.size * 20)
        ink = (_BASELINE * self.line - _INK_TOP) * self.size * 20
        before = max(round(_MARK_TOP.twips - above * self.layout.pitch.twips - ink), 0)
        if self.blank:
            return [empty_paragraph(before + height * len(self.names))]
        if self.joint:
            return [*([empty_paragraph(before)] if before else []), self._table(height)]
        spacing = f'<w:spacing w:before="{before}" w:line="{height}" w:lineRule="exact"/>'
        type_size = _sized(self.half_points, self.scale)
        return [_paragraph(MARK, spacing, _run(self.names[0] + self.suffix, type_size))]

    def _table(self, height: int) -> str:
        """The names of several issuers stretched to one width, and 文件 to their right, centred vertically."""
        own, size = round(self.longest * self.size * self.scale / 5), round(self.size * 1.3 * 2)
        beside = round((2 * size / 2 * self.scale / 100 + 0.5 * self.size) * 20)
        margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
        lines = f'<w:spacing w:line="{height}" w:lineRule="exact"/>'
        names = "".join(
            _paragraph(MARK, f'{lines}<w:jc w:val="left"/>', self._stretched(name, own)) for name in self.names
        )
        lines = f'<w:spacing w:line="{round(1.27 * size * 10)}" w:lineRule="exact"/>'
        suffix = _paragraph(MARK, f'{lines}<w:jc w:val="right"/>', _run(self.suffix, _sized(size, self.scale)))
        own += 40
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{own + beside}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{own}"/><w:gridCol w:w="{beside}"/></w:tblGrid>'
            f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{own}" w:type="dxa"/></w:tcPr>{names}</w:tc>'
            f'<w:tc><w:tcPr><w:tcW w:w="{beside}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{suffix}</w:tc></w:tr></w:tbl>'
        )

    def _stretched(self, name: str, width: int) -> str:
        """A name with its characters spaced out over `width` twips."""
        spare = width - _width(name, pt(self.size)) * self.scale / 100
        if len(name) < 2 or spare < len(name):
            return _run(name, _sized(self.half_points, self.scale))
        spread = _sized(self.half_points, self.scale, int(spare / (len(name) - 1)))
        return _run(name[:-1], spread) + _run(name[-1], _sized(self.half_points, self.scale))


def _number(items: Sequence[Item], at: int, layout: Layout, width: Length) -> str:
    """发文字号, two lines below the mark; on the left if 签发人 stands in the same line (7.2.5, 7.2.6)."""
    line = items[at]
    assert isinstance(line, Line)
    first = at == 0 or not _is(items[at - 1], NUMBER)
    first = first and not (at and _is(items[at - 1], TITLE))
    before = f'<w:spacing w:before="{2 * layout.pitch.twips}"/>' if first else ""
    if len(line.runs) == 1:
        return _paragraph(NUMBER, before, runs_xml(line))
    names = [each.runs[1].text for each in items[:12] if isinstance(each, Line) and each.role == NUMBER]
    character = layout.role(HEADINGS[1]).size + layout.tracking
    size = layout.role(NUMBER).size
    start = width.twips - size.twips - max(_width(name, character) for name in names)
    if line.runs[0].text.endswith(_APPROVED):
        start -= _width(_APPROVED, size)
    tab = f'<w:tabs><w:tab w:val="left" w:pos="{start}"/></w:tabs>'
    return _paragraph(NUMBER, f'{tab}{before}<w:ind w:left="{size.twips}"/><w:jc w:val="left"/>', runs_xml(line))


def _rule(items: Sequence[Item], at: int, layout: Layout) -> str:
    """The red rule 4 mm below the number; on paper with a preprinted rule, the space that it takes."""
    below = (
        layout.pitch * (1 - _BASELINE) - layout.role(NUMBER).size * _INK_BOTTOM
    )  # the free space in the number's own line
    before = max((_RULE_TOP - below).twips, 0) + (0 if _is(items[at - 1], NUMBER) else 3 * layout.pitch.twips)
    if not _is(items[at], BLANK_RULE):
        return _paragraph(RULE, f'<w:spacing w:before="{before}"/>', "")
    return _paragraph(RULE, f'<w:pBdr><w:top w:val="nil"/></w:pBdr><w:spacing w:before="{before + _RULE.twips}"/>', "")


# below the body


def _attached(items: Sequence[Item], at: int, layout: Layout) -> str:
    """附件说明: one line below the body, indented two characters; wrapped lines align with the name (7.3.4)."""
    line = items[at]
    assert isinstance(line, Line)
    size = layout.role(ATTACHED).size
    several = any(0 <= other < len(items) and _is(items[other], ATTACHED) for other in (at - 1, at + 1))
    head = (_COUNTED if several else _UNCOUNTED).match(line.text)
    first = line.text.startswith(_ATTACHMENT)
    start = size.twips * 2 + (0 if first else _width(_ATTACHMENT, size))
    hanging = _width(head[0], size) if head else 0
    before = f'<w:spacing w:before="{layout.pitch.twips}"/>' if first else ""
    indent = f'<w:ind w:left="{start + hanging}" w:firstLineChars="0" w:hanging="{hanging}"/>'
    return _paragraph(ATTACHED, before + indent, runs_xml(line))


def _signed(items: Sequence[Item], at: int, layout: Layout, width: Length, sealed: bool) -> str:
    """A line of 署名 or 成文日期; its position depends on all lines of its group (7.3.5)."""
    group = _group(items, at)
    names, dates = ([line for line in group if line.role == role] for role in (SIGNATURE, DATE))
    line = items[at]
    assert isinstance(line, Line)
    first = line is group[0]
    size, total, pitch = layout.role(SIGNATURE).size, width.twips, layout.pitch.twips
    longest = max((_width(name, size) for each in names for name in each.text.split("\t")), default=0)
    date = _width(dates[0].text, layout.role(DATE).size) if dates else 0
    if sealed:
        before = 2 * pitch if first and names else pitch if first else 4 * pitch if line.role == SIGNATURE else 0
        last = total - max(4 * size.twips + (date or longest) // 2, longest // 2)
        if line.role == DATE:
            place = _from_right(total - last - date // 2)
        else:
            across = max(each.text.count("\t") for each in names) + 1
            place = _side_by_side(line.text.split("\t"), size, last, max(longest, _SEAL.twips) // 2, across)
    else:
        before = pitch if first else 0
        right = 2 * size.twips
        own = total - right - (longest if date <= longest else date + right)
        if line.role == DATE:
            place = (
                _from_right(right) if date > longest else f'<w:ind w:left="{max(own + right, 0)}" w:right="{-right}"/>'
            )
        else:
            place = f'<w:ind w:left="{max(own, 0)}"/>'
    spacing = f'<w:spacing w:before="{before}"/>' if before else ""
    return _paragraph(line.role, place.replace("<w:ind", f"{spacing}<w:ind", 1), runs_xml(line))


def _from_right(twips: int) -> str:
    return f'<w:ind w:right="{max(twips, 0)}"/><w:jc w:val="right"/>'


def _side_by_side(names: list[str], size: Length, last: int, first: int, across: int) -> str:
    """The tabs and indent that centre `names` in `across` columns, the first centred at `first`, the last at `last` (twips)."""
    step = (last - first) / (across - 1) if across > 1 else 0
    centres = [round(last - step * back) for back in reversed(range(len(names)))]
    tabs = "".join(f'<w:tab w:val="center" w:pos="{centre}"/>' for centre in centres[1:])
    indent = f'<w:ind w:left="{max(centres[0] - _width(names[0], size) // 2, 0)}"/>'
    return (f"<w:tabs>{tabs}</w:tabs>" if tabs else "") + indent


def _group(items: Sequence[Item], at: int) -> list[Line]:
    """The consecutive lines of 署名 and 成文日期 around `at`."""
    start = end = at
    while start > 0 and _is(items[start - 1], SIGNATURE, DATE):
        start -= 1
    while end < len(items) and _is(items[end], SIGNATURE, DATE):
        end += 1
    return [item for item in items[start:end] if isinstance(item, Line)]


# imprint


def _imprint(imprint: Imprint, layout: Layout, width: Length) -> Iterator[str]:
    """版记: a table that stands on the lower edge of the type area, whatever is above it.

    If it takes more than half a page, it follows the text instead: programs do not split a positioned table.
    """
    size, total = layout.role(IMPRINT).size.twips, width.twips
    left = (layout.margins.left if width == layout.width else layout.margins.bottom).twips
    *copies, printed = imprint.lines
    hanging = 3 * size
    lines = sum(ceil(_width(text, layout.role(IMPRINT).size) / (total - 2 * size - hanging)) for text in copies) + 1
    fits = lines * size * _SINGLE <= layout.height.twips / 2
    rows = [
        _imprint_row(
            f'<w:ind w:left="{size + hanging}" w:right="{size}" w:firstLineChars="0" w:hanging="{hanging}"/>',
            text,
            total,
            whole=fits,
        )
        for text in copies
    ]
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{total - size}"/></w:tabs>'
    rows.append(_imprint_row(f'{tab}<w:ind w:left="{size}" w:right="{size}"/>', printed, total, whole=True))
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{weight}" w:space="0" w:color="auto"/>'
        for side, weight in (("top", 8), ("bottom", 8), ("insideH", 6))
    )
    margins = "".join(
        f'<w:{side} w:w="{space}" w:type="dxa"/>'
        for side, space in (("top", 60), ("left", 0), ("bottom", 60), ("right", 0))
    )
    place = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page"'
        f' w:tblpX="{left}" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
    )
    yield (
        f'<w:tbl><w:tblPr>{place if fits else ""}<w:tblW w:w="{total}" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{total}"/></w:tblGrid>'
        + "".join(rows)
        + "</w:tbl>"
    )
    yield END


def _imprint_row(properties: str, text: str, width: int, *, whole: bool) -> str:
    return (
        f'<w:tr>{"<w:trPr><w:cantSplit/></w:trPr>" if whole else ""}<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(IMPRINT, properties, _run(text))}</w:tc></w:tr>"
    )
