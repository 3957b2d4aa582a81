"""Styles and themes: the effective properties of paragraphs and runs, from defaults, styles and direct properties."""

from __future__ import annotations

from collections.abc import Iterable

from planwriter.readers.docx.document import Look, RunStyle
from planwriter.readers.docx.package import Package
from planwriter.readers.docx.properties import (
    MAX_KEPT,
    SLOTS,
    Properties,
    checked,
    half_points,
    is_on,
    overlay,
    properties,
    shade,
    twips,
)
from planwriter.readers.docx.xml import Node
from planwriter.start.named_tuple import NamedTuple

_A = "http://schemas.openxmlformats.org/drawingml/2006/main}"
_MAX_CHAIN = 20
_OF_STYLES = frozenset(("name", "basedOn", "pPr", "rPr", "pPrDefault", "rPrDefault"))
"""The elements that are read from a style and from the defaults."""


class _Style(NamedTuple):
    name: str
    based_on: str
    layers: dict[str, Properties]
    """The properties that it sets itself, by pPr and rPr."""


class Styles:
    """The styles of a document, its defaults and its theme's fonts; each part may be missing."""

    def __init__(self, package: Package, styles: str, theme: str) -> None:
        self._styles: dict[str, _Style] = {}
        self._default: dict[str, str] = {}
        self._defaults: dict[str, Properties] = {"pPr": {}, "rPr": {}}
        self._chains: dict[tuple[str, str], Properties] = {}
        self._looks: dict[tuple[str, str, frozenset[tuple[str, str]]], Look] = {}
        self._of_runs: dict[tuple[str, str], RunStyle] = {}
        self._themes: dict[str, str] = {}
        package.read_children(styles, self._add, _OF_STYLES)
        package.read_children(theme, self._add_fonts)

    def _add(self, node: Node) -> None:
        if node.name == "style":
            layers = {kind: properties(node.find(kind)) for kind in ("pPr", "rPr")}
            style = _Style(checked(node.value_of("name")).lower(), node.value_of("basedOn"), layers)
            self._styles.setdefault(node.value("styleId"), style)
            if is_on(node.value("default")):
                self._default[node.value("type")] = node.value("styleId")
        elif node.name == "docDefaults":
            for kind in self._defaults:
                default = node.find(f"{kind}Default")
                self._defaults[kind] = properties(default.find(kind) if default is not None else None)

    def _add_fonts(self, node: Node) -> None:
        """Adds the fonts for minorEastAsia, majorHAnsi and so on; Chinese ones by script if none is named."""
        scheme = node.find(f"{_A}fontScheme")
        for size in ("major", "minor"):
            fonts = scheme.find(f"{_A}{size}Font") if scheme is not None else None
            if fonts is None:
                continue
            latin, east = (
                checked(each.attributes.get("typeface", "")) if each is not None else ""
                for each in (fonts.find(f"{_A}latin"), fonts.find(f"{_A}ea"))
            )
            by_script = {
                each.attributes.get("script"): checked(each.attributes.get("typeface", ""))
                for each in fonts.children
                if each.name == f"{_A}font"
            }
            self._themes |= {
                f"{size}Ascii": latin,
                f"{size}HAnsi": latin,
                f"{size}EastAsia": east or by_script.get("Hans", ""),
            }

    def name(self, style_id: str) -> str:
        """The name of a paragraph style in lower case; "" if there is none."""
        style = self._styles.get(style_id or self._default.get("paragraph", ""))
        return style.name if style is not None else ""

    def paragraph(self, style_id: str, direct: Properties, listed: Properties) -> Properties:
        """The effective properties of a paragraph; `listed` are those set by its list level."""
        style = self._chain(style_id or self._default.get("paragraph", ""), "pPr")
        return overlay(overlay(overlay(self._defaults["pPr"], style), listed), direct)

    def characters(self, style_id: str, direct: Properties) -> Look:
        """The look of a run in a paragraph of style `style_id`; `direct` also names the style of the run."""
        key = (style_id, direct.get("rStyle.val", ""), frozenset(direct.items()))
        look = self._looks.get(key)
        if look is None:
            if len(self._looks) >= MAX_KEPT:
                self._looks.clear()
            look = self._looks[key] = self._look(style_id, direct)
        return look

    def of_run(self, style_id: str, direct: Properties) -> RunStyle:
        """What the styles say of a run in a paragraph of style `style_id`; of `direct` only its character style counts."""
        named = direct.get("rStyle.val", "")
        made = self._of_runs.get((style_id, named))
        if made is None:
            if len(self._of_runs) >= MAX_KEPT:
                self._of_runs.clear()
            paragraph = self.characters(style_id, {})
            look = self.characters(style_id, {"rStyle.val": named}) if named else paragraph
            style = self._styles.get(named) if named else None
            made = self._of_runs[style_id, named] = RunStyle(style.name if style else "", look, paragraph)
        return made

    def _look(self, style_id: str, direct: Properties) -> Look:
        paragraph = self._chain(style_id or self._default.get("paragraph", ""), "rPr")
        character = self._chain(direct["rStyle.val"], "rPr") if direct.get("rStyle.val") else {}
        both = [each["b.val"] for each in (paragraph, character) if "b.val" in each]
        got = overlay(overlay(overlay(self._defaults["rPr"], paragraph), character), direct)
        if "b.val" not in direct and len(both) == 2:  # a switch in both styles turns itself off (17.7.3)
            got["b.val"] = str(int(is_on(both[0]) != is_on(both[1])))
        chinese = self._font(got, "eastAsia")
        colour = got.get("color.val", "").upper()
        return Look(
            chinese=chinese,
            latin=self._font(got, "ascii"),
            quotes=chinese if got.get("rFonts.hint") == "eastAsia" else self._font(got, "hAnsi"),
            size=half_points(got.get("sz.val", ""), 20),
            bold=is_on(got.get("b.val", "")),
            italic=is_on(got.get("i.val", "")),
            underlined=is_on(got.get("u.val", "")),
            struck=is_on(got.get("strike.val", "")),
            spacing=twips(got.get("spacing.val", "")),
            color="" if colour in ("AUTO", "000000", "1") else colour,
            themed="rFonts.eastAsiaTheme" in got,
            raised=got.get("vertAlign.val", "baseline") not in ("baseline", ""),
            hidden=is_on(got.get("vanish.val", "")),
            highlight="" if got.get("highlight.val") == "none" else got.get("highlight.val", ""),
            shade=shade(got),
        )

    def _font(self, got: Properties, slot: str) -> str:
        theme = got.get(f"rFonts.{SLOTS[slot]}")
        return self._themes.get(theme, "") if theme is not None else got.get(f"rFonts.{slot}", "")

    def _chain(self, style_id: str, kind: str) -> Properties:
        """The properties that a style and its bases set."""
        key = (style_id, kind)
        if key not in self._chains:
            chain: dict[str, _Style] = {}
            at = style_id
            while at in self._styles and len(chain) < _MAX_CHAIN and at not in chain:
                chain[at] = self._styles[at]
                at = chain[at].based_on
            self._chains[key] = _layered(style.layers[kind] for style in reversed(chain.values()))
        return self._chains[key]


def _layered(layers: Iterable[Properties]) -> Properties:
    made: Properties = {}
    for layer in layers:
        made = overlay(made, layer)
    return made
