"""Symbols that are put in by the number of a glyph in a font (w:sym), as the characters that a reader sees."""

from __future__ import annotations

_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "□",
    0x75: "◆",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "□",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
    **{0x80 + number: chr(0x245F + number) for number in range(1, 11)},
}
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0xA3: "□"}
_SYMBOL = {0xA3: "≤", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xD7: "·"}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_PRIVATE = 0xF000
"""Where the glyphs of symbol fonts stand among the characters."""


def symbol(font: str, number: str) -> str:
    """The character of a glyph, whose number is hexadecimal.

    One of a symbol font that no other character stands for stays in the private area, so that it is not lost; "" for no number.
    """
    try:
        code = int(number, 16)
    except ValueError:
        return ""
    glyphs = _FONTS.get(font.strip().lower())
    if _PRIVATE <= code <= _PRIVATE + 0xFF or (glyphs is not None and code <= 0xFF):
        return (glyphs or {}).get(code & 0xFF, chr(_PRIVATE | (code & 0xFF)))
    return chr(code) if 0x20 <= code < 0xD800 or _PRIVATE <= code <= 0xFFFD else ""
