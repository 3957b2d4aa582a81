"""Where something stands and what is wrong with it: Source, Pos, Span, Severity, Finding, and a value with its findings."""

from __future__ import annotations

import enum
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")
MAX_FINDINGS = 1000
"""How many findings one file gets: a stage that has so many looks no further."""


class Severity(enum.IntEnum):
    """How much a finding matters: an error is provable, a warning likely, a hint a matter of taste."""

    HINT = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The Chinese word a writer sees."""
        return {1: "提示", 2: "警告", 3: "错误"}[self.value]


@dataclass(frozen=True, slots=True, order=True)
class Pos:
    """A place in a file: line and column count from 1; 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0
    cell: str = ""
    """The cell's name where the file is a workbook; line and column are its row and column."""


class Source:
    """The text of one file, with the way from an index in it to the line and column its author sees.

    `inserted` holds the indices of characters that the reader put in while mending the text (a space after a colon that
    was typed full-width, a quote); they do not count as columns. `removed` holds the indices before which one was taken out.
    """

    __slots__ = ("_inserted", "_removed", "_starts", "lines", "name", "text")

    def __init__(
        self,
        name: str,
        text: str,
        *,
        original: str | None = None,
        inserted: tuple[int, ...] = (),
        removed: tuple[int, ...] = (),
    ) -> None:
        self.name = name
        self.text = text
        self.lines = (text if original is None else original).split("\n")
        self._starts: list[int] = []
        self._inserted = sorted(inserted)
        self._removed = sorted(removed)

    def pos(self, index: int) -> Pos:
        """The line and column of the character at `index`."""
        if not self._starts:
            self._starts = [0]
            find = self.text.find
            at = find("\n")
            while at >= 0:
                self._starts.append(at + 1)
                at = find("\n", at + 1)
        line = bisect_right(self._starts, index)
        start = self._starts[line - 1]
        added = bisect_left(self._inserted, index) - bisect_left(self._inserted, start)
        gone = bisect_right(self._removed, index) - bisect_left(self._removed, start)
        return Pos(self.name, line, index - start + 1 - added + gone)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source: the characters from `start` to before `end`."""

    source: Source
    start: int
    end: int

    @property
    def pos(self) -> Pos:
        """Where the stretch begins."""
        return self.source.pos(self.start)

    @property
    def raw(self) -> str:
        """The characters as the author typed them, quotes and line breaks included."""
        return self.source.text[self.start : self.end]

    def find(self, fragment: str, nth: int = 0) -> Span:
        """The `nth` (from 0) place of `fragment` inside this stretch; the stretch itself where it does not occur."""
        at = self.start - 1
        for _ in range(nth + 1):
            at = self.source.text.find(fragment, at + 1, self.end)
            if at < 0:
                return self
        return Span(self.source, at, at + len(fragment))

    def within(self, value: str, start: int, end: int) -> Span:
        """The place of `value[start:end]`, where `value` is the text that this stretch was read as."""
        fragment, nth = value[start:end], 0
        at = value.find(fragment)
        while at < start:
            nth += 1
            at = value.find(fragment, at + 1)
        return self.find(fragment, nth)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a writer should know: code, severity, place, sentence, way out, and related places with a note each."""

    code: str
    severity: Severity
    pos: Pos
    message: str
    hint: str = ""
    related: tuple[tuple[Pos, str], ...] = ()
    source: Source | None = field(default=None, compare=False, repr=False)
    softens: bool = False
    """True where `--draft` makes a warning of the error: the document is unfinished, but it can be composed."""


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """What a stage gives: its value, and everything it found on the way."""

    value: T
    findings: tuple[Finding, ...] = ()


def has_errors(findings: tuple[Finding, ...] | list[Finding]) -> bool:
    """True when at least one finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
