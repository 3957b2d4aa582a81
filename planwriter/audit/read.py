"""Reads a .docx from its XML into a `Paper`: tracked insertions and content controls count, deletions do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

from planwriter.audit.lists import Lists
from planwriter.audit.package import Element, Package, Unreadable
from planwriter.audit.paper import Paper, Para, Section, Table
from planwriter.audit.properties import Properties, Styles, W, is_on, local, number, properties, twips, value
from planwriter.audit.runs import Runs, flat

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAX_PARAGRAPHS = 200_000
_Place: TypeAlias = tuple[int, int, int]
"""A table, a row and a cell of it."""
_OUTSIDE: _Place = (-1, -1, -1)


def read_docx(data: bytes) -> Paper:
    """The document of a .docx. Raises Unreadable where there is none."""
    package = Package(data)
    root = package.xml(package.main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise Unreadable("里面没有 Word 的正文")
    parts = dict(package.related(package.main).values())
    loaded = {
        kind: package.xml(parts[kind]) if kind in parts else None
        for kind in ("styles", "theme", "numbering", "settings")
    }
    story = _Story(Styles(loaded["styles"], loaded["theme"]), Lists(loaded["numbering"]))
    story.read(body)
    settings = loaded["settings"]
    even_and_odd = settings.find(f"{W}evenAndOddHeaders") if settings is not None else None
    return Paper(
        paragraphs=tuple(story.paragraphs),
        tables=tuple(story.tables),
        sections=_sections(story, package),
        even_and_odd=even_and_odd is not None and is_on(properties(settings).get("evenAndOddHeaders.val", "")),
    )


class _Story:
    """Walks one story (the text, a footer) and collects its paragraphs, tables and sections."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self.styles, self.lists = styles, lists
        self.paragraphs: list[Para] = []
        self.tables: list[Table] = []
        self.sections: list[tuple[Element | None, int]] = []
        self.first = 1
        self.breaks = False

    def read(self, body: Element) -> None:
        self.blocks(body, _OUTSIDE)
        last = body.find(f"{W}sectPr")
        if last is not None or self.first <= len(self.paragraphs) or not self.sections:
            self.sections.append((last, self.first))

    def blocks(self, parent: Element, place: _Place, *, framed: bool = False) -> None:
        for child in flat(parent):
            name = local(child)
            if name == "p":
                self.paragraph(child, place, framed)
            elif name == "tbl":
                self.table(child, nested=place != _OUTSIDE)

    def table(self, element: Element, *, nested: bool) -> None:
        at = len(self.tables)
        form = element.find(f"{W}tblPr")
        floating = form is not None and form.find(f"{W}tblpPr") is not None
        rows = [child for child in flat(element) if local(child) == "tr"]
        kept = []
        for row in rows:
            got = properties(row.find(f"{W}trPr"))
            kept.append((is_on(got.get("cantSplit.val", "")), is_on(got.get("tblHeader.val", ""))))
        self.tables.append(Table(start=len(self.paragraphs) + 1, rows=tuple(kept), floating=floating, nested=nested))
        for number_of_row, row in enumerate(rows):
            for number_of_cell, cell in enumerate(each for each in flat(row) if local(each) == "tc"):
                self.blocks(cell, (at, number_of_row, number_of_cell))

    def paragraph(self, element: Element, place: _Place, framed: bool) -> None:
        if len(self.paragraphs) >= _MAX_PARAGRAPHS:
            raise Unreadable(f"段落超过 {_MAX_PARAGRAPHS} 个")
        form = element.find(f"{W}pPr")
        direct = properties(form)
        style = direct.get("pStyle.val", "")
        depth, num_id = self._list_of(style, direct)
        got = self.styles.paragraph(style, direct, self.lists.indents(num_id, depth) if num_id else {})
        runs = Runs(self.styles, style)
        runs.read(element)
        label = self.lists.label(num_id, depth) if num_id else ""
        new_page = self.breaks or runs.break_before or is_on(got.get("pageBreakBefore.val", ""))
        has_text = any(piece.text.strip() for piece in runs.pieces)
        self.breaks = runs.break_after or (new_page and not has_text)
        section = form.find(f"{W}sectPr") if form is not None else None
        mark = self.styles.characters(style, "", {})
        size = next((piece.type.size for piece in runs.pieces if piece.text.strip()), mark.size)
        made = _formed(got, max(size, 1))
        self.paragraphs.append(
            replace(
                made,
                number=len(self.paragraphs) + 1,
                label=label,
                pieces=tuple(runs.pieces),
                style=self.styles.name(style),
                new_page=new_page,
                boxed=bool(form is not None and form.find(f"{W}pBdr") is not None),
                framed=framed or any(key.startswith("framePr.") for key in got),
                drawn=runs.drawn,
                table=place[0],
                row=place[1],
                cell=place[2],
                section=len(self.sections),
            )
        )
        if section is not None:
            self.sections.append((section, self.first))
            self.first = len(self.paragraphs) + 1
            self.breaks = value(section.find(f"{W}type")) != "continuous"

    def _list_of(self, style: str, direct: Properties) -> tuple[int, str]:
        """The level and the list that a paragraph belongs to; "" for none."""
        got = self.styles.paragraph(style, direct, {})
        num_id = got.get("numPr.numId", "")
        return number(got.get("numPr.ilvl", "")), "" if num_id == "0" else num_id


def _formed(got: Properties, size: int) -> Para:
    """A paragraph without text that has the properties `got`; a character is `size` half-points wide."""
    em = size * 10

    def indent(*names: str) -> float:
        for name in names:
            characters = number(got.get(f"ind.{name}Chars", ""))
            if characters:
                return characters / 100
        return next((twips(got[f"ind.{name}"]) / em for name in names if f"ind.{name}" in got), 0.0)

    rule = got.get("spacing.lineRule", "auto")
    first, hanging = indent("firstLine"), indent("hanging")
    outline = number(got.get("outlineLvl.val", ""), 9)
    return Para(
        number=0,
        label="",
        pieces=(),
        style="",
        align={"start": "left", "end": "right"}.get(got.get("jc.val", "left"), got.get("jc.val", "left")),
        first=first - hanging,
        left=indent("left", "start"),
        right=indent("right", "end"),
        line=number(got.get("spacing.line", ""), 240) if rule == "auto" else twips(got.get("spacing.line", ""), 240),
        rule=rule,
        before=twips(got.get("spacing.before", "")),
        after=twips(got.get("spacing.after", "")),
        snaps=is_on(got.get("snapToGrid.val", "1")),
        outline=outline + 1 if 0 <= outline < 9 else 0,
        new_page=False,
        boxed=False,
        framed=False,
        drawn=False,
        table=-1,
        row=-1,
        cell=-1,
        section=0,
    )


def _sections(story: _Story, package: Package) -> tuple[Section, ...]:
    """The sections of a document, each with the footers it has or inherits."""
    related = package.related(package.main)
    read: dict[str, tuple[Para, ...]] = {}
    footers: dict[str, tuple[Para, ...]] = {}
    made = []
    for element, start in story.sections:
        for reference in element.findall(f"{W}footerReference") if element is not None else ():
            kind, path = related.get(reference.get(_R, ""), ("", ""))
            if kind == "footer":
                if path not in read:
                    read[path] = _footer(package.xml(path), story.styles)
                footers[value(reference, "type") or "default"] = read[path]
        made.append(_section(properties(element), start, dict(footers)))
    return tuple(made)


def _section(got: Properties, start: int, footers: dict[str, tuple[Para, ...]]) -> Section:
    def length(name: str, default: int) -> int:
        return twips(got.get(name, ""), default)

    grid = got.get("docGrid.type", "")
    return Section(
        start=start,
        width=length("pgSz.w", 12240),  # Word's own defaults, for files that do not say
        height=length("pgSz.h", 15840),
        landscape=length("pgSz.w", 12240) > length("pgSz.h", 15840),
        top=abs(length("pgMar.top", 1440)),
        bottom=abs(length("pgMar.bottom", 1440)),
        left=length("pgMar.left", 1440) + length("pgMar.gutter", 0),
        right=length("pgMar.right", 1440),
        footer=length("pgMar.footer", 720),
        grid="" if grid == "default" else grid,
        pitch=length("docGrid.linePitch", 0),
        char_space=number(got.get("docGrid.charSpace", "")),
        title_page=is_on(got.get("titlePg.val", "")),
        dashed=got.get("pgNumType.fmt") == "numberInDash",
        footers=tuple(footers.items()),
    )


def _footer(root: Element | None, styles: Styles) -> tuple[Para, ...]:
    """The paragraphs of a footer, those in its text boxes too."""
    if root is None:
        return ()
    story = _Story(styles, Lists(None))
    story.blocks(root, _OUTSIDE)
    for box in _boxes(root):
        story.blocks(box, _OUTSIDE, framed=True)
    return tuple(story.paragraphs)


def _boxes(root: Element) -> Iterable[Element]:
    """The text boxes of a part, without the copies for programs that do not know them."""
    for box in root.iter(f"{W}txbxContent"):
        if not any(local(above) == "Fallback" for above in box.iterancestors()):
            yield box
