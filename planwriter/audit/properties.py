"""Properties of paragraphs and characters as they take effect: defaults, chains of styles, what is set directly, themes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from planwriter.audit.package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MAX_CHAIN = 20
_SLOTS = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}
_RIVALS = (("ind.firstLine", "ind.hanging"), ("ind.firstLineChars", "ind.hangingChars"))
_UNITS = {"pt": 20.0, "in": 1440.0, "cm": 1440 / 2.54, "mm": 1440 / 25.4, "pi": 240.0, "pc": 240.0}
_MEASURE = re.compile(r"\s*([+-]?\d{1,9}(?:\.\d{1,9})?)\s*(pt|in|cm|mm|pi|pc)?\s*")

Properties = dict[str, str]
"""Values by element and attribute (ind.firstLine); a switch without a value reads "1"."""


def local(element: Element) -> str:
    """An element's name without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: Element | None, name: str = "val") -> str:
    """An attribute of WordprocessingML; "" where there is none."""
    return "" if element is None else element.get(W + name, "")


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
    """Whether a switch is on, given its value; "" where it is not set."""
    return text not in ("", "0", "false", "off", "none")


def properties(element: Element | None) -> Properties:
    """What a pPr or rPr sets."""
    found: Properties = {}
    for child in element if element is not None else ():
        name = local(child)
        for key, each in child.attrib.items():
            found[f"{name}.{str(key).rpartition('}')[2]}"] = str(each)
        if f"{name}.val" not in found:
            found[f"{name}.val"] = "1"
        if name == "numPr":
            found |= {f"numPr.{local(each)}": value(each) for each in child}
    return found


def overlay(below: Properties, above: Properties) -> Properties:
    """`below` with what `above` sets anew: a font and a theme's font, an indent and a hanging one drive each other out."""
    made = below | above
    for slot, theme in _SLOTS.items():
        if f"rFonts.{theme}" in above:
            made.pop(f"rFonts.{slot}", None)
        elif f"rFonts.{slot}" in above:
            made.pop(f"rFonts.{theme}", None)
    for one, other in _RIVALS:
        for new, old in ((one, other), (other, one)):
            if new in above and old not in above:
                made.pop(old, None)
    return made


@dataclass(frozen=True, slots=True)
class Type:
    """How characters look: fonts by script, size in half-points, space added to each in twips, colour as RRGGBB or ""."""

    chinese: str
    latin: str
    """The font of letters and digits."""
    quotes: str
    """The font of “ ” ‘ ’ … and —, which Word takes for Western unless told."""
    size: int
    bold: bool
    spacing: int
    color: str
    themed: bool
    """True where the Chinese font comes from the theme."""
    raised: bool
    hidden: bool


class Styles:
    """The styles of a document, its defaults and its theme's fonts; every part may be missing."""

    def __init__(self, styles: Element | None, theme: Element | None) -> None:
        self.themes = _theme_fonts(theme)
        self._styles: dict[str, Element] = {}
        self._default: dict[str, str] = {}
        self._looks: dict[tuple[str, str, frozenset[tuple[str, str]]], Type] = {}
        self._chains: dict[tuple[str, str], Properties] = {}
        self._defaults: dict[str, Properties] = {"pPr": {}, "rPr": {}}
        for child in styles if styles is not None else ():
            if local(child) == "style":
                self._styles.setdefault(value(child, "styleId"), child)
                if is_on(value(child, "default")):
                    self._default[value(child, "type")] = value(child, "styleId")
            elif local(child) == "docDefaults":
                for kind in self._defaults:
                    self._defaults[kind] = properties(child.find(f"{W}{kind}Default/{W}{kind}"))

    def name(self, style_id: str) -> str:
        """The name of a paragraph style in lower case, "" where there is none."""
        style = self._styles.get(style_id or self._default.get("paragraph", ""))
        return value(style.find(f"{W}name") if style is not None else None).lower()

    def paragraph(self, style_id: str, direct: Properties, listed: Properties) -> Properties:
        """What holds for a paragraph; `listed` is what its list level sets."""
        style = self._chain(style_id or self._default.get("paragraph", ""), "pPr")
        return overlay(overlay(overlay(self._defaults["pPr"], style), listed), direct)

    def characters(self, style_id: str, run_style: str, direct: Properties) -> Type:
        """The look of a run in a paragraph of style `style_id`."""
        key = (style_id, run_style, frozenset(direct.items()))
        if key not in self._looks:
            self._looks[key] = self._look(style_id, run_style, direct)
        return self._looks[key]

    def _look(self, style_id: str, run_style: str, direct: Properties) -> Type:
        paragraph = self._chain(style_id or self._default.get("paragraph", ""), "rPr")
        character = self._chain(run_style, "rPr") if run_style else {}
        both = [each["b.val"] for each in (paragraph, character) if "b.val" in each]
        got = overlay(overlay(overlay(self._defaults["rPr"], paragraph), character), direct)
        if "b.val" not in direct and len(both) == 2:  # a switch in both styles turns itself off (17.7.3)
            got["b.val"] = str(int(is_on(both[0]) != is_on(both[1])))
        chinese = self._font(got, "eastAsia")
        themed = "rFonts.eastAsiaTheme" in got
        colour = got.get("color.val", "").upper()
        return Type(
            chinese=chinese,
            latin=self._font(got, "ascii"),
            quotes=chinese if got.get("rFonts.hint") == "eastAsia" else self._font(got, "hAnsi"),
            size=half_points(got.get("sz.val", ""), 20),
            bold=is_on(got.get("b.val", "")),
            spacing=twips(got.get("spacing.val", "")),
            color="" if colour in ("AUTO", "000000", "1") else colour,
            themed=themed,
            raised=got.get("vertAlign.val", "baseline") not in ("baseline", ""),
            hidden=is_on(got.get("vanish.val", "")),
        )

    def _font(self, got: Properties, slot: str) -> str:
        theme = got.get(f"rFonts.{_SLOTS[slot]}")
        return self.themes.get(theme, "") if theme is not None else got.get(f"rFonts.{slot}", "")

    def _chain(self, style_id: str, kind: str) -> Properties:
        """What a style sets with all those it is based on."""
        key = (style_id, kind)
        if key not in self._chains:
            chain: list[Element] = []
            at = style_id
            while at in self._styles and len(chain) < _MAX_CHAIN and self._styles[at] not in chain:
                chain.append(self._styles[at])
                at = value(self._styles[at].find(f"{W}basedOn"))
            self._chains[key] = _layered(properties(style.find(W + kind)) for style in reversed(chain))
        return self._chains[key]


def _layered(layers: Iterable[Properties]) -> Properties:
    made: Properties = {}
    for layer in layers:
        made = overlay(made, layer)
    return made


def _theme_fonts(theme: Element | None) -> dict[str, str]:
    """The fonts that minorEastAsia, majorHAnsi and the like stand for; Chinese ones by the script where none is named."""
    fonts: dict[str, str] = {}
    for size in ("major", "minor"):
        found = theme.find(f".//{_A}{size}Font") if theme is not None else None
        if found is None:
            continue
        latin, east = (
            each.get("typeface", "") if each is not None else ""
            for each in (found.find(f"{_A}latin"), found.find(f"{_A}ea"))
        )
        by_script = {each.get("script"): each.get("typeface", "") for each in found.iter(f"{_A}font")}
        fonts |= {f"{size}Ascii": latin, f"{size}HAnsi": latin, f"{size}EastAsia": east or by_script.get("Hans", "")}
    return fonts
