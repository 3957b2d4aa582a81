"""A plan as a reader sees it, line by line: the form in which outlines, records and .docx files are compared."""

from __future__ import annotations

from planwriter.model import Merge
from planwriter.model.walk import TextRole
from planwriter.plan.flow import BODY, HEADINGS, LineRole
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass
from planwriter.start.typing import TypeAlias

ASKER = "提纲"
"""Whose tracked changes and comments it is that show what both sides changed differently."""
QUESTION = "接受这处修订用提纲的，拒绝用文件的。"
"""How such a comment ends."""
TEXT_ROLES = frozenset((BODY, *HEADINGS))
"""The roles of the lines that a plan consists of between its title and its frame."""


class Stretch(NamedTuple):
    """Characters of a line that come from one text of the outline, such as its title; all else is added in print."""

    start: int
    end: int
    role: TextRole


class Value(NamedTuple):
    """Characters of a line that were filled in, and what was typed for them between {{ and }}."""

    start: int
    end: int
    typed: str


class WordComment(NamedTuple):
    """A comment that a person wrote in a .docx."""

    number: int
    """From 1, in the order of the file."""
    author: str
    date: str
    """As the file gives it; "" if it does not."""
    text: str
    start: int
    end: int
    """The characters of the line that it is on; both 0 if it is on the whole line."""

    @property
    def is_question(self) -> bool:
        """True for one that no person wrote: it asks whose words are to be taken."""
        return self.author == ASKER and self.text.endswith(QUESTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """A paragraph. Its text does not contain its label."""

    role: LineRole
    text: str
    label: str = ""
    """Its number as printed: 一、 （一） 1. （1）."""
    level: int = 0
    """1 to 4 (章 to 款) for the first paragraph of a numbered block; else 0."""
    boxed: bool = False
    place: int = 0
    """The line of the outline, from 1, at which its block begins; in a .docx the number of the paragraph. 0 if unknown."""
    mark: int = -1
    """The number of its item in the record of the .docx; -1 if it has none."""
    copied: bool = False
    """True if its mark is that of a copy, or of a tracked move (`_Copy_1`)."""
    stretches: tuple[Stretch, ...] = ()
    values: tuple[Value, ...] = ()
    clause: str = ""
    """The clause that its block was made from, if any."""
    remarks: tuple[WordComment, ...] = ()
    look: str = ""
    """What was set by hand in its format and is seen, in words (加粗、红色); "" for nothing."""

    @property
    def whole(self) -> str:
        """The paragraph as it is read: its label and its text."""
        return self.label + self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionTable:
    """A table: rows of cells as shown. Its caption is a line before it."""

    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...] = ()
    place: int = 0
    mark: int = -1
    copied: bool = False
    remarks: tuple[WordComment, ...] = ()
    look: str = ""
    """What was set by hand in the format of its cells, in words."""

    @property
    def text(self) -> str:
        """The cells as one text: a line for each row, cells separated by tabs."""
        return "\n".join("\t".join(row) for row in self.rows)

    @property
    def whole(self) -> str:
        """All that is read in it."""
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPicture:
    """A picture, by its alternative text. Its caption is a line after it."""

    text: str
    place: int = 0
    mark: int = -1
    copied: bool = False
    remarks: tuple[WordComment, ...] = ()

    @property
    def whole(self) -> str:
        """All that is read in it."""
        return self.text


VersionItem: TypeAlias = VersionLine | VersionTable | VersionPicture


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVersion:
    """A whole plan, from the head of its first page to its imprint."""

    name: str
    """The file, as findings show it."""
    items: tuple[VersionItem, ...]
    targets: tuple[tuple[str, str], ...] = ()
    """For an outline or a record: the keys of the targets, and the figures as texts cite them."""
    tracked: int = 0
    """For a .docx: how many tracked changes it has."""
    around: tuple[str, ...] = ()
    """For a .docx: its pages, headers, footers, notes and pictures, in words; empty if they are not known."""
