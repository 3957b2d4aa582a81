"""A .docx as plain values: its paragraphs as they look, its tables, its sections with page and page number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planwriter.audit.properties import Type

_BLANKS = {"\u3000": 1.0, " ": 0.5, "\xa0": 0.5}


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one look; `page` where they are a page number that Word fills in."""

    text: str
    type: Type
    page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Para:
    """A paragraph. Indents are in characters of its own size, lengths in twips."""

    number: int
    """Its place among all paragraphs of the text, those of tables too; from 1."""
    label: str
    """What Word counts itself, where the paragraph is one of a list."""
    pieces: tuple[Piece, ...]
    style: str
    """The name of its style in lower case."""
    align: str
    first: float
    left: float
    right: float
    line: int
    rule: str
    """How `line` is meant: exact, atLeast, or auto (240ths of a line)."""
    before: int
    after: int
    snaps: bool
    outline: int
    """The outline level from 1; 0 for body text."""
    new_page: bool
    boxed: bool
    framed: bool
    """True in a frame or text box, whose place the indents do not tell."""
    drawn: bool
    """True where it holds a picture or shape."""
    table: int
    """The table it stands in, counted from 0; -1 outside of tables."""
    row: int
    """Its row in that table, counted from 0; -1 outside of tables."""
    section: int

    @property
    def text(self) -> str:
        """The characters, the label that Word counts among them."""
        return self.label + "".join(piece.text for piece in self.pieces)

    @property
    def words(self) -> str:
        """The text without the white space around it."""
        return self.text.strip()

    @property
    def blanks(self) -> float:
        """The characters of white space that stand in for an indent."""
        free = 0.0
        for mark in self.text:
            if mark not in _BLANKS:
                return free
            free += _BLANKS[mark]
        return free

    @property
    def indent(self) -> float:
        """How far the first line begins from the type area's edge, in characters."""
        return self.left + self.first + self.blanks

    @property
    def excerpt(self) -> str:
        """The first words, as findings cite them."""
        words = re.sub(r"\s+", " ", self.words)
        return words if len(words) <= 12 else words[:12] + "…"

    @property
    def size(self) -> int:
        """The size of its first characters, in half-points."""
        return next((piece.type.size for piece in self.pieces if piece.text.strip()), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: where it begins, and of each row whether it stays in one piece and whether it is a header."""

    start: int
    rows: tuple[tuple[bool, bool], ...]
    floating: bool
    nested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The page of one section; lengths in twips. `start` is the number of its first paragraph."""

    start: int
    width: int
    height: int
    landscape: bool
    top: int
    bottom: int
    left: int
    right: int
    footer: int
    grid: str
    """The type of its grid: lines, linesAndChars, snapToChars, or ""."""
    pitch: int
    char_space: int
    """What the grid adds to a character's width, in 4096ths of a point."""
    title_page: bool
    dashed: bool
    """True where Word itself puts dashes around the page number."""
    footers: tuple[tuple[str, tuple[Para, ...]], ...]
    """The footers by type (default, even, first), inherited ones too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """All of a document that an audit looks at."""

    paragraphs: tuple[Para, ...]
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    even_and_odd: bool
