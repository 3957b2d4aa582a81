"""A deviation as a rule reports it, the document that rules examine, and the words they share for sizes and lengths."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from planwriter.audit.roles import ClassifiedParagraph
from planwriter.layout.layout import SIZES, Layout, Role
from planwriter.readers.docx.document import WordDocument, WordParagraph
from planwriter.start.records import dataclass

_SIZE_NAMES = {length.half_points: name for name, length in SIZES.items()}
_FALLBACKS = {
    **dict.fromkeys(
        ("recipients", "attached", "signature", "date", "note", "number", "copy_number", "imprint"), "body"
    ),
    **dict.fromkeys(("label", "secrecy"), "heading1"),
}
"""Roles that a layout need not define, and the roles whose look they take."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A deviation. `values` fill in its sentence; deviations that differ only in the paragraph are reported once."""

    code: str
    values: tuple[tuple[str, str], ...]
    para: WordParagraph | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """The input of a rule."""

    document: WordDocument
    parts: tuple[ClassifiedParagraph, ...]
    layout: Layout

    def having(self, *roles: str) -> Iterator[ClassifiedParagraph]:
        """The paragraphs with one of these roles."""
        return (part for part in self.parts if part.role in roles)


Rule: TypeAlias = Callable[[Case], Iterator[Flaw]]


def flaw(code: str, para: WordParagraph | None = None, **values: str) -> Flaw:
    """A deviation at a paragraph, or of the whole document."""
    return Flaw(code, tuple(values.items()), para)


def role_of(layout: Layout, name: str) -> Role | None:
    """The look of a role in a layout; if the layout does not define it, that of the role it falls back to, if any."""
    known = {role.name: role for role in layout.roles}
    return known.get(name) or known.get(_FALLBACKS.get(name, ""))


def size_name(half_points: int) -> str:
    """The common name of a type size: 三号（16磅）."""
    points = f"{half_points / 2:g}磅"
    return f"{_SIZE_NAMES[half_points]}（{points}）" if half_points in _SIZE_NAMES else points


def millimetres(twips: int) -> str:
    """A length as findings show it: 37mm."""
    return f"{twips * 25.4 / 1440:.1f}".removesuffix(".0") + "mm"


def points(twips: int) -> str:
    """A length as findings show it: 28.95磅."""
    return f"{twips / 20:g}磅"


def characters(count: float) -> str:
    """A length in characters as findings show it: 2字."""
    return f"{round(count, 1):g}字"


def has_chinese(text: str) -> bool:
    """True if a text has a Chinese character."""
    return any("\u4e00" <= mark <= "\u9fff" for mark in text)
