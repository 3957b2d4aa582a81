"""The document as a .docx: paragraphs are joined as text and put into the layout's base; no library is loaded.

What is the same in every document (styles, pages, footers, settings) comes from `base`.
"""

from __future__ import annotations

import functools

from planwriter.layout.layout import Length
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.plan.flow import (
    ATTACHED,
    BODY,
    BOX_TITLE,
    CAPTION,
    DATE,
    HEADINGS,
    LABEL,
    NOTE,
    SIGNATURE,
    TITLE,
    Grid,
    Imprint,
    Item,
    Line,
    LineRole,
    Plate,
    flow,
)
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex
from planwriter.start.typing import TYPE_CHECKING
from planwriter.system.zip_write import coded, deflated, pack_entries
from planwriter.writers.docx.markup import (
    END,
    GAP,
    STYLE_TAGS,
    empty_paragraph,
    first_line,
    mark_xml,
    runs_xml,
    text_xml,
)
from planwriter.writers.docx.package import CUSTOM_PART, digest, properties_xml, unpack

if TYPE_CHECKING:
    from planwriter.layout.layout import Layout
    from planwriter.model import Document, MadeFrom
    from planwriter.writers.docx.lists import Listed, NativeLists
    from planwriter.writers.docx.marks import HiddenMarks, OpenLine
    from planwriter.writers.docx.picture import Pictures
    from planwriter.writers.docx.recording import Values

DOCUMENT_PART = "word/document.xml"
_PACKING = 3
"""Chinese text is packed in a third of the time that the usual 6 takes, and becomes 4 % longer."""


def render_docx(
    document: Document,
    layout: Layout,
    base: bytes | None = None,
    memo: Memo = NO_MEMO,
    made_from: MadeFrom | None = None,
) -> bytes:
    """The .docx of a numbered document; the same bytes every time.

    `base` is the result of `base.make_base` for the layout. If it is missing or of a different layout, it is made now (slow).
    With `made_from` it carries the record of what it was made from, and hidden marks.
    """
    if base is None or not base.endswith(memo.lasting(_fingerprint, layout)):
        from planwriter.writers.docx.base import make_base

        base = make_base(layout)
    entries = dict(unpack(base))
    head, turned, upright, tail = _around_body(entries[DOCUMENT_PART].data)
    lists = _lists(document, layout)
    sealed = document.frame is None or document.frame.sealed
    items = list(flow(document, memo))
    pictures = _pictures(items, layout)
    marks = _marks(document, items, made_from, None if lists else _simple_opening, memo)
    body, last = _body(items, _Writing(layout, lists, pictures, marks, memo, sealed), (upright, turned))
    entries[DOCUMENT_PART] = deflated("".join((head, *body, last, tail)).encode(), level=_PACKING)
    if lists is not None:
        lists.add_to(entries)
    if pictures is not None:
        pictures.add_to(entries)
    own = digest((name, entry.data) for name, entry in entries.items())
    custom = properties_xml(own, marks.record if marks else "")
    entries[CUSTOM_PART] = coded(custom) if marks else deflated(custom)
    return pack_entries(entries)


def _fingerprint(layout: Layout) -> bytes:
    return layout.fingerprint.encode()


def _lists(document: Document, layout: Layout) -> NativeLists | None:
    if not document.native_numbering:
        return None
    from planwriter.writers.docx.lists import NativeLists

    return NativeLists(document.numbering, layout)


def _pictures(items: list[Item], layout: Layout) -> Pictures | None:
    if Plate not in set(map(type, items)):
        return None
    from planwriter.writers.docx.picture import Pictures

    return Pictures(layout)


def _marks(
    document: Document, items: list[Item], made_from: MadeFrom | None, open_line: OpenLine | None, memo: Memo
) -> HiddenMarks | None:
    if made_from is None:
        return None
    from planwriter.writers.docx.marks import HiddenMarks

    return HiddenMarks(document, items, made_from, memo, open_line)


# paragraphs

_SECTIONS = regex(r"<w:p><w:pPr>(<w:sectPr>.*?</w:sectPr>)</w:pPr></w:p>(<w:sectPr>.*?</w:sectPr>)", re.S)
"""Matches the properties of the landscape section and of the upright section in the base."""


@functools.lru_cache(maxsize=8)
def _around_body(part: bytes) -> tuple[str, str, str, str]:
    """What stands before the body of a base's document, the properties of its two sections, and what stands behind them."""
    head, turned, upright, tail = _SECTIONS.split(part.decode(), maxsplit=1)
    return head, turned, upright, tail


_OPEN = {role: f"<w:p><w:pPr>{tag}</w:pPr>" if tag else "<w:p>" for role, tag in STYLE_TAGS.items()}
_RULES = (
    f'<w:{side} w:val="single" w:sz="4" w:space="4" w:color="auto"/>' for side in ("top", "left", "bottom", "right")
)
_BOX_RULES, _BOX_SIDES = f"<w:pBdr>{''.join(_RULES)}</w:pBdr>", ' w:left="120" w:right="120"'
_BOX_GAP = '<w:spacing w:before="120"/>'
"""The space between the upper rule of a box and the line above it."""
_BOX_OPEN = {role: f"<w:p><w:pPr>{tag}{_BOX_RULES}<w:ind{_BOX_SIDES}/></w:pPr>" for role, tag in STYLE_TAGS.items()}
"""Word draws consecutive paragraphs with the same borders and indents as one box."""


class _Writing(NamedTuple):
    """What all paragraphs and tables of a document are made with."""

    layout: Layout
    lists: NativeLists | None
    pictures: Pictures | None
    marks: HiddenMarks | None
    memo: Memo
    sealed: bool


def _body(items: list[Item], writing: _Writing, sections: tuple[str, str]) -> tuple[list[str], str]:
    """The document's paragraphs and tables, and the properties of its last section.

    `sections` are the properties of an upright and of a landscape section.
    """
    made: list[str] = []
    layout, marks = writing.layout, writing.marks
    upright_width, turned_width = layout.width, layout.height
    turned = _turned_items(items, layout)
    is_signed = any(isinstance(item, Line) and item.role in _SIGNED for item in items)
    kept = _kept_items(items) if is_signed else set()
    known = marks.paragraphs() if marks is not None and not (turned or is_signed) else [None] * len(items)
    starts: list[int] = []
    marked: set[int] = set()
    for at, paragraph in enumerate(known):
        if paragraph is not None:
            starts.append(len(made))
            made.append(paragraph)
            marked.add(at)
            continue
        turns = at > 0 and (at in turned) != (at - 1 in turned)
        if turns:
            _end_section(made, sections[at - 1 in turned])
        starts.append(len(made))
        width = turned_width if at in turned else upright_width
        made += _blocks(items, at, writing, width, turns=turns, keep=at in kept)
    if items and isinstance(items[-1], Grid):
        made.append(END)
    if is_signed and any(_has_role(item, SIGNATURE, DATE) for item in items):
        from planwriter.writers.docx.squeeze import squeeze

        squeeze(made, items, (*starts, len(made)), layout)
    if marks is not None:
        marks.add_to(made, items, starts, marked)
    return made, sections[len(items) - 1 in turned]


def _blocks(items: list[Item], at: int, writing: _Writing, width: Length, *, turns: bool, keep: bool) -> list[str]:
    """The paragraphs or the table of an item, and what parts it from the item before it.

    With `turns` the page was turned before it; with `keep` it stays on the page of the next item.
    """
    item, previous = items[at], items[at - 1] if at else None
    values = writing.marks.values[at] if writing.marks is not None else ()
    framed = _framed(items, at, writing.layout, width, writing.sealed)
    if framed is not None:
        made = [END, *framed] if isinstance(item, Imprint) and isinstance(previous, Grid) else [*framed]
    elif isinstance(item, Grid):
        from planwriter.writers.docx.grid import grid_xml

        table = grid_xml(item, writing.layout, width, keep=keep, values=values)
        return [GAP, table] if isinstance(previous, Grid) and not turns else [table]
    elif isinstance(item, Line):
        made = _line(item, previous, values, writing, width, turns=turns)
    else:
        made = [*writing.pictures.take(item)] if isinstance(item, Plate) and writing.pictures is not None else []
    if keep:
        made = [_marked(each, "<w:keepNext/>") for each in made]
    if isinstance(item, Line) and item.new_page and not turns and previous is not None:
        made[0] = _marked(made[0], "<w:pageBreakBefore/>")
    return made


def _line(
    line: Line, previous: Item | None, values: Values, writing: _Writing, width: Length, *, turns: bool
) -> list[str]:
    """The paragraph of a line, and for one in a box the space above the box."""
    if writing.lists is None and line.role != TITLE:
        made = writing.memo.once(_plain_paragraph, line, values)
    else:
        made = _paragraph(line, values, writing.layout, width, writing.lists)
    if not line.boxed or not isinstance(previous, Line):
        return [made]
    if previous.boxed:
        return [GAP, made] if line.role == BOX_TITLE else [made]
    return [made if turns else made.replace(f"{_BOX_RULES}<w:ind", f"{_BOX_RULES}{_BOX_GAP}<w:ind", 1)]


def _framed(items: list[Item], at: int, layout: Layout, width: Length, sealed: bool) -> list[str] | None:
    item = items[at]
    if (isinstance(item, Line) and item.role in _PLAIN) or isinstance(item, (Grid, Plate)):
        return None
    from planwriter.writers.docx.frame import frame_xml

    return frame_xml(items, at, layout, width, sealed)


_SIGNED = frozenset((SIGNATURE, DATE, NOTE))
_SIMPLE = frozenset((BODY, CAPTION, *HEADINGS))
"""Of a line with such a role the paragraph depends on nothing else, unless Word counts labels, a page is turned or signed."""
_PLAIN = _SIMPLE.union((TITLE, BOX_TITLE))


def _paragraph(line: Line, values: Values, layout: Layout, width: Length, lists: NativeLists | None) -> str:
    listed = lists.take(line) if lists else None
    if listed:
        return _listed_paragraph(line, values, listed, layout)
    if line.role == TITLE and not line.boxed:
        columns = width.emu // layout.role(TITLE).size.emu
        return f"{_OPEN[TITLE]}{_title_runs(line, values, _broken(line.text, columns))}</w:p>"
    return _plain_paragraph(line, values)


def _title_runs(line: Line, values: Values, broken: str) -> str:
    if not values:
        return f"<w:r>{text_xml(broken)}</w:r>"
    from planwriter.writers.docx.marks import valued_title

    return valued_title(line, values, broken)


def _plain_paragraph(line: Line, values: Values) -> str:
    """A paragraph; `values` are marked, and counted in its text without its label."""
    runs = _valued_runs(line, values, _label_size(line)) if values else runs_xml(line)
    return (_BOX_OPEN if line.boxed else _OPEN)[line.role] + runs + "</w:p>"


def _simple_opening(line: Line) -> str | None:
    """The beginning of a line's paragraph, if the whole of it depends on nothing else; None if it may."""
    return _OPEN[line.role] if line.role in _SIMPLE and not (line.boxed or line.new_page) else None


def _label_size(line: Line) -> int:
    return len(line.section.label) if line.section is not None else 0


def _valued_runs(line: Line, values: Values, before: int) -> str:
    from planwriter.writers.docx.marks import valued_runs

    return valued_runs(line, values, before)


def _listed_paragraph(line: Line, values: Values, listed: Listed, layout: Layout) -> str:
    rules, sides = (_BOX_RULES, _BOX_SIDES) if line.boxed else ("", "")
    indent = first_line(layout.role(line.role), sides) if listed.indented else f"<w:ind{sides}/>" if sides else ""
    form = f"{STYLE_TAGS[line.role]}{listed.number}{rules}{indent}{mark_xml(line)}"
    left = len(listed.line.text) - len(line.text) + _label_size(line)
    runs = _valued_runs(listed.line, values, left) if values else runs_xml(listed.line)
    return f"<w:p><w:pPr>{form}</w:pPr>{runs}</w:p>"


def _broken(title: str, columns: int) -> str:
    if len(title) <= columns:
        return title
    from planwriter.writers.docx.title import break_title

    return "\n".join(break_title(title, columns))


def _marked(paragraph: str, mark: str) -> str:
    """A paragraph with the property `mark` added right after its style and keepNext."""
    if not paragraph.startswith("<w:p><w:pPr>"):
        return (
            paragraph.replace("<w:p>", f"<w:p><w:pPr>{mark}</w:pPr>", 1) if paragraph.startswith("<w:p>") else paragraph
        )
    return _HEAD.sub(lambda match: match[0] + mark, paragraph, count=1)


_HEAD = regex(r"<w:p><w:pPr>(?:<w:pStyle [^>]*>)?(?:<w:keepNext/>)?")


def _kept_items(items: list[Item]) -> set[int]:
    """The indices of items that stay on the same page as the next item, so that a signature has text above it.

    With 附件说明 the only paragraph of a notice is not kept whole: its last line moves with the list and the signature (`squeeze`).
    """
    kept: set[int] = set()
    for at, item in enumerate(items):
        if at > 0 and _has_role(item, SIGNATURE, DATE, NOTE):
            before = at - 1
            kept.add(before)
            while before > 0 and _has_role(items[before], ATTACHED):
                before -= 1
                kept.add(before)
            if before < at - 1 and not _has_role(items[before - 1], BODY, *HEADINGS):
                kept.discard(before)
    return kept


# sections


def _is_wide(grid: Grid, layout: Layout) -> bool:
    from planwriter.writers.docx.grid import is_wide

    return is_wide(grid, layout)


def _turned_items(items: list[Item], layout: Layout) -> set[int]:
    """The indices of items on landscape pages: tables too wide for upright pages, their captions and titles, and the signature."""
    turned: set[int] = set()
    for at, item in enumerate(items if Grid in set(map(type, items)) else ()):
        if isinstance(item, Grid) and _is_wide(item, layout):
            turned.add(at)
            before = at - 1
            while before >= 0 and _has_role(items[before], CAPTION, TITLE, LABEL):
                turned.add(before)
                before -= 1
        elif at - 1 in turned and (isinstance(item, Imprint) or _has_role(item, ATTACHED, SIGNATURE, DATE, NOTE)):
            turned.add(at)
    return turned


def _has_role(item: Item, *roles: LineRole) -> bool:
    return isinstance(item, Line) and item.role in roles


def _end_section(made: list[str], properties: str) -> None:
    """Ends a section in the last paragraph made, since an additional paragraph might need an additional page."""
    if made and made[-1].startswith("<w:p>"):
        last = made[-1] if made[-1].startswith("<w:p><w:pPr>") else made[-1].replace("<w:p>", "<w:p><w:pPr></w:pPr>", 1)
        made[-1] = last.replace("</w:pPr>", f"{properties}</w:pPr>", 1)
    else:
        made.append(empty_paragraph(20, properties))
