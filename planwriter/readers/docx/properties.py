"""The properties that XML sets for paragraphs, characters, rows and sections, and how layers of them combine."""

from __future__ import annotations

import re

from planwriter.readers.docx.xml import Node, UnreadableDocx
from planwriter.start.patterns import regex

SLOTS = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}
"""The attributes of a font by script, and the attributes of theme fonts that replace them."""
_RIVALS = (("ind.firstLine", "ind.hanging"), ("ind.firstLineChars", "ind.hangingChars"))
_UNITS = {"pt": 20.0, "in": 1440.0, "cm": 1440 / 2.54, "mm": 1440 / 25.4, "pi": 240.0, "pc": 240.0}
_MEASURE = regex(r"\s*([+-]?\d{1,9}(?:\.\d{1,9})?)\s*(pt|in|cm|mm|pi|pc)?\s*")
_MAX_VALUE = 1000
MAX_KEPT = 5000
"""The most results that are cached for further paragraphs and runs."""
_SIDES = ("firstLine", "hanging", "left", "start", "right", "end")
_KNOWN: dict[str, frozenset[str]] = {
    "ind": frozenset((*_SIDES, *(f"{side}Chars" for side in _SIDES))),
    "spacing": frozenset(("val", "line", "lineRule", "before", "after")),
    "rFonts": frozenset((*SLOTS, *SLOTS.values(), "hint")),
    "pgSz": frozenset(("w", "h")),
    "pgMar": frozenset(("top", "bottom", "left", "right", "gutter", "footer")),
    "docGrid": frozenset(("type", "linePitch", "charSpace")),
    "pgNumType": frozenset(("fmt",)),
    **dict.fromkeys(("pStyle", "jc", "snapToGrid", "outlineLvl", "pageBreakBefore", "framePr"), frozenset(("val",))),
    **dict.fromkeys(("rStyle", "sz", "b", "i", "u", "strike", "color", "vertAlign", "vanish"), frozenset(("val",))),
    "highlight": frozenset(("val",)),
    "shd": frozenset(("fill",)),
    "rPrChange": frozenset(),
    **dict.fromkeys(("cantSplit", "tblHeader", "titlePg", "evenAndOddHeaders", "type"), frozenset(("val",))),
    **dict.fromkeys(("gridSpan", "vMerge"), frozenset(("val",))),
}
"""The properties that are read, by element and attribute. All others are dropped, so that layers stay small.

Of a tracked change of format only its presence is read.
"""

Properties = dict[str, str]
"""Values by element and attribute (ind.firstLine); a switch without a value reads "1"."""


def twips(text: str, default: int = 0) -> int:
    """A measure in twips: a number of them, or one with a unit."""
    match = _MEASURE.fullmatch(text)
    if match is None:
        return default
    return round(float(match[1]) * _UNITS.get(match[2] or "", 1.0))


def half_points(text: str, default: int) -> int:
    """A type size in half-points: a number of them, or one with a unit."""
    match = _MEASURE.fullmatch(text)
    if match is None:
        return default
    return round(float(match[1]) * (_UNITS[match[2]] / 10 if match[2] else 1.0))


def number(text: str, default: int = 0) -> int:
    """A whole number of at most nine digits."""
    return int(text) if re.fullmatch(r"[+-]?[0-9]{1,9}", text) else default


def is_on(text: str) -> bool:
    """True if a switch with this value is on; the value "" means that it is not set."""
    return text not in ("", "0", "false", "off", "none")


def shade(got: Properties) -> str:
    """The colour behind characters or a paragraph as RRGGBB; "" for none."""
    fill = got.get("shd.fill", "").upper()
    return "" if fill == "AUTO" else fill


def properties(element: Node | None) -> Properties:
    """The properties in a pPr, rPr, trPr, tcPr or sectPr. Raises UnreadableDocx for a value over 1,000 characters."""
    found: Properties = {}
    for child in element.children if element is not None else ():
        name = child.name
        if name == "numPr":
            found |= {f"numPr.{each}": child.value_of(each) for each in ("ilvl", "numId") if child.find(each)}
        known = _KNOWN.get(name)
        if known is None:
            continue
        for key, value in child.attributes.items():
            key = key.rpartition("}")[2]
            if key in known:
                found[f"{name}.{key}"] = checked(value)
        if f"{name}.val" not in found:
            found[f"{name}.val"] = "1"
    return found


def checked(value: str) -> str:
    """A value of a property. Raises UnreadableDocx if it is longer than any value that Word writes."""
    if len(value) > _MAX_VALUE:
        raise UnreadableDocx(f"有的格式属性超过 {_MAX_VALUE} 个字")
    return value


def overlay(below: Properties, above: Properties) -> Properties:
    """`below` overridden by `above`.

    A font and a theme font override each other, as do an indent and a hanging indent.
    """
    made = below | above
    for slot, theme in SLOTS.items():
        if f"rFonts.{theme}" in above:
            made.pop(f"rFonts.{slot}", None)
        elif f"rFonts.{slot}" in above:
            made.pop(f"rFonts.{theme}", None)
    for one, other in _RIVALS:
        for new, old in ((one, other), (other, one)):
            if new in above and old not in above:
                made.pop(old, None)
    return made
