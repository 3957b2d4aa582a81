"""Symbols of fonts are the characters that a reader sees."""

from __future__ import annotations

import pytest

from planwriter.readers.docx.symbols import symbol


@pytest.mark.parametrize(
    ("font", "number", "seen"),
    [
        ("Wingdings", "F0FE", "☑"),
        ("wingdings", "00A8", "□"),
        ("Wingdings", "F081", "①"),
        ("Wingdings", "F08A", "⑩"),
        ("Wingdings 2", "F052", "☑"),
        ("Symbol", "F0B3", "≥"),
        ("宋体", "25CB", "○"),
        ("Wingdings", "F0CB", "\uf0cb"),
        ("Webdings", "F061", "\uf061"),
        ("Wingdings", "4B", "\uf04b"),
        ("宋体", "", ""),
        ("宋体", "xyz", ""),
        ("宋体", "D800", ""),
        ("宋体", "FFFFFFFF", ""),
        ("宋体", "7", ""),
    ],
)
def test_a_glyph_is_a_character(font: str, number: str, seen: str) -> None:
    assert symbol(font, number) == seen
