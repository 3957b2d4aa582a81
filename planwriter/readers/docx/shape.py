"""The shape of a paragraph, from the properties that hold for it: alignment, indents, line spacing, outline level."""

from __future__ import annotations

from typing import TypedDict

from planwriter.readers.docx.properties import Properties, is_on, number, twips


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


def shape(got: Properties, size: int) -> Shape:
    """The shape that properties give a paragraph whose characters are `size` half-points wide."""
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
    """An indent in characters, by the first name that sets it."""
    for name in names:
        characters = number(got.get(f"ind.{name}Chars", ""))
        if characters:
            return characters / 100
    return next((twips(got[f"ind.{name}"]) / (size * 10) for name in names if f"ind.{name}" in got), 0.0)
