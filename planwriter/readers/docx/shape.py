"""The shape of a paragraph, from its effective properties: list, alignment, indents, line spacing, outline level."""

from __future__ import annotations

from typing import TypedDict

from planwriter.readers.docx.lists import Lists
from planwriter.readers.docx.properties import MAX_KEPT, Properties, is_on, number, shade, twips
from planwriter.readers.docx.styles import Styles


class Shape(TypedDict):
    """The fields of a WordParagraph that follow from its properties."""

    align: str
    first: float
    left: float
    right: float
    line: int
    rule: str
    before: int
    after: int
    snaps: bool
    outline: int


class Format:
    """The effective properties of a paragraph. `list_id` is "" outside of lists."""

    def __init__(self, got: Properties, list_id: str, list_level: int) -> None:
        self.list_id, self.list_level = list_id, list_level
        self.new_page = is_on(got.get("pageBreakBefore.val", ""))
        self.framed = "framePr.val" in got
        self.shade = shade(got)
        self._got = got
        self._shapes: dict[int, Shape] = {}

    def shape(self, size: int) -> Shape:
        """The shape of a paragraph whose characters are `size` half-points wide."""
        found = self._shapes.get(size)
        if found is None:
            if len(self._shapes) >= MAX_KEPT:
                self._shapes.clear()
            found = self._shapes[size] = _shape(self._got, size)
        return found


class Formats:
    """The formats of paragraphs by style and direct properties; equal ones are made once."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self._styles, self._lists = styles, lists
        self._kept: dict[tuple[str, frozenset[tuple[str, str]]], Format] = {}

    def of(self, style: str, direct: Properties) -> Format:
        """The format of a paragraph."""
        key = (style, frozenset(direct.items()))
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= MAX_KEPT:
                self._kept.clear()
            found = self._kept[key] = self._format(style, direct)
        return found

    def _format(self, style: str, direct: Properties) -> Format:
        got = self._styles.paragraph(style, direct, {})
        list_id = got.get("numPr.numId", "")
        named = got.get("numPr.ilvl")
        level = number(named) if named is not None else self._lists.depth_of_style(list_id, style)
        if list_id in ("", "0"):
            return Format(got, "", level)
        return Format(self._styles.paragraph(style, direct, self._lists.indents(list_id, level)), list_id, level)


def _shape(got: Properties, size: int) -> Shape:
    rule = got.get("spacing.lineRule", "auto")
    line = got.get("spacing.line", "")
    align = got.get("jc.val", "left")
    outline = number(got.get("outlineLvl.val", ""), 9)
    return Shape(
        align={"start": "left", "end": "right"}.get(align, align),
        first=_indent(got, size, "firstLine") - _indent(got, size, "hanging"),
        left=_indent(got, size, "left", "start"),
        right=_indent(got, size, "right", "end"),
        line=number(line, 240) if rule == "auto" else twips(line, 240),
        rule=rule,
        before=twips(got.get("spacing.before", "")),
        after=twips(got.get("spacing.after", "")),
        snaps=is_on(got.get("snapToGrid.val", "1")),
        outline=outline + 1 if 0 <= outline < 9 else 0,
    )


def _indent(got: Properties, size: int, *names: str) -> float:
    """An indent in characters, from the first of the properties `names` that is set."""
    for name in names:
        characters = number(got.get(f"ind.{name}Chars", ""))
        if characters:
            return characters / 100
    return next((twips(got[f"ind.{name}"]) / (size * 10) for name in names if f"ind.{name}" in got), 0.0)
