"""Where something stands and what is wrong with it: Source, Pos, Span, Severity, Finding, and a value with its findings.

A rule whose remedy is certain gives it with its finding, as one or more `Replacement`s; `planwriter fix` applies them.

How findings are handed back:

- A function that makes a value and may find something returns `Result[T]`: the value, and its findings as a tuple.
- A rule that only finds yields: `-> Iterator[Finding]`. A function that other rooms call may give the finished
  `tuple[Finding, ...]` instead.
- A value that lasts longer than the call and whose findings belong to it, such as a `Plan`, keeps them as `findings`.
- No function takes a list from its caller to append to. Inside a function a `Findings` keeps the findings of the results
  it uses, in their order:

      found = Findings()
      title = found.take(read_title(node))
      found += check_title(title)
      return found.result(title)

- A class that reads one file may keep a `Findings` of its own, and its public methods return `Result`.

A parameter of findings that are only read is an `Iterable[Finding]` or a `Sequence[Finding]`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from planwriter.findings.alignment import align
from planwriter.start.enums import IntEnum
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass, field
from planwriter.start.typing import TYPE_CHECKING, Generic, TypeVar

T = TypeVar("T")
MAX_FINDINGS = 1000
"""How many findings one file gets: a stage that has as many looks no further."""


class Severity(IntEnum):
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
    """The cell's name if the file is a workbook; line and column are then its row and column."""


class Source:
    """The text of one file; turns an index in it into the line and column that its author sees.

    `inserted` holds the indices of characters added while mending the text, such as a space after a full-width colon or
    a quote; they do not count as columns. `removed` holds the indices before which a character was taken out.
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

    @property
    def whole(self) -> Source:
        """The file that the text is in: the source itself, unless it is a passage of one."""
        return self

    def line(self, index: int) -> int:
        """The line of the character at `index`, from 1; 0 if the file has cells instead of lines."""
        if not self._starts:
            self._starts = [0]
            find = self.text.find
            at = find("\n")
            while at >= 0:
                self._starts.append(at + 1)
                at = find("\n", at + 1)
        return bisect_right(self._starts, index)

    def pos(self, index: int) -> Pos:
        """The line and column of the character at `index`."""
        line = Source.line(self, index)
        return Pos(self.name, line, self._column(index, self._starts[line - 1]))

    def _column(self, index: int, start: int) -> int:
        """The column of the character at `index` in the line that begins at `start`."""
        added = bisect_left(self._inserted, index) - bisect_left(self._inserted, start)
        gone = bisect_right(self._removed, index) - bisect_left(self._removed, start)
        return index - start + 1 - added + gone

    def mended(self, start: int, end: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Where characters were added and taken out in whole lines of the text, counted from the first one; () and () if none."""
        if not (self._inserted or self._removed):
            return (), ()
        last = end + 1 if end == len(self.text) else end
        inserted, removed = (
            [at - start for at in each if start <= at < last] for each in (self._inserted, self._removed)
        )
        return tuple(inserted), tuple(removed)


class Replacement(NamedTuple):
    """A part of a remedy: the characters `old`, which stand at `pos` as the author typed them, become `new`.

    An empty `old` inserts, an empty `new` deletes. If `pos` has no line, the whole file is meant, and `old` and `new` are
    encodings.
    """

    pos: Pos
    old: str
    new: str


class Cause(NamedTuple):
    """The place in the author's file that a text of a library comes from: the use of its clause, or an argument."""

    place: Span
    note: str
    """About the place in the library, for a related place of the finding."""
    advice: str = ""
    """What the author can write at `place`, for the hint."""
    clause: str = ""
    """The identifier of the clause that the text stands in."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source: the characters from `start` to before `end`.

    With a `cause` it stands in a library, and findings on it point at the cause instead.
    """

    source: Source
    start: int
    end: int
    cause: Cause | None = field(default=None, compare=False, repr=False)

    @property
    def pos(self) -> Pos:
        """Where the stretch begins."""
        return self.source.pos(self.start)

    @property
    def raw(self) -> str:
        """The characters as the author typed them, quotes and line breaks included."""
        return self.source.text[self.start : self.end]

    def find(self, fragment: str, nth: int = 0) -> Span:
        """The `nth` (from 0) place of `fragment` inside this stretch; the stretch itself if it does not occur."""
        at = self.start - 1
        for _ in range(nth + 1):
            at = self.source.text.find(fragment, at + 1, self.end)
            if at < 0:
                return self
        return Span(self.source, at, at + len(fragment), self.cause)

    def within(self, value: str, start: int, end: int) -> Span:
        """The place of `value[start:end]`; `value` is the text that this stretch was read as."""
        found = align(self.raw, value)
        if found is not None and start < end:
            return Span(self.source, self.start + found.starts[start], self.start + found.ends[end - 1], self.cause)
        fragment, nth = value[start:end], 0
        at = value.find(fragment)
        while at < start:
            nth += 1
            at = value.find(fragment, at + 1)
            if nth > MAX_FINDINGS:  # nobody reads so many; counting further would take time without bound
                return self
        return self.find(fragment, nth)

    def replaced_within(self, value: str, start: int, end: int, new: str) -> tuple[Replacement, ...]:
        """The remedy that writes `new` for `value[start:end]`; none if it is not known where these characters stand."""
        if align(self.raw, value) is None:
            return ()
        return self.within(value, start, end).replaced(value[start:end], new)

    def replaced(self, old: str, new: str) -> tuple[Replacement, ...]:
        """The remedy that writes `new` in this place; none unless exactly `old` was typed here, on one line.

        Between quotes, a quote or a backslash may be typed as two characters.
        """
        pos, raw = self.pos, self.raw
        line = self.source.lines[pos.line - 1]
        for escape in (str, _doubled, _escaped):
            if raw == escape(old):
                if line.startswith(raw, pos.column - 1):
                    return (Replacement(pos, raw, escape(new)),)
                if line.startswith(old, pos.column - 1):  # quotes were added while mending
                    return (Replacement(pos, old, new),)
        return ()


class NewSpan(Span):
    """A stretch made by a reader of files in half the time; it is a Span, and frozen, once `__init__` is done."""

    __slots__ = ()
    if not TYPE_CHECKING:
        __setattr__ = object.__setattr__

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source  # type: ignore[misc]
        self.start = start  # type: ignore[misc]
        self.end = end  # type: ignore[misc]
        self.cause = None  # type: ignore[misc]
        self.__class__ = Span  # type: ignore[assignment]


def _doubled(text: str) -> str:
    return text.replace("'", "''")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a writer should know: code, severity, place, sentence, hint, and related places with a note each."""

    code: str
    severity: Severity
    pos: Pos
    message: str
    hint: str = ""
    related: tuple[tuple[Pos, str], ...] = ()
    source: Source | None = field(default=None, compare=False, repr=False)
    remedy: tuple[Replacement, ...] = field(default=(), compare=False, repr=False)
    """What `planwriter fix` changes; empty unless the remedy is certain and changes no figure, no name and no meaning."""
    softens: bool = False
    """True if `--draft` makes a warning of the error: the document is unfinished, but it can be composed."""


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """What a function gives: its value, and everything it found on the way."""

    value: T
    findings: tuple[Finding, ...] = ()


class Findings(list[Finding]):
    """The findings of one function or one reader while it works, in the order they are made."""

    __slots__ = ()

    def take(self, result: Result[T]) -> T:
        """The value of `result`; its findings are kept unless there are more than MAX_FINDINGS already."""
        if result.findings and len(self) <= MAX_FINDINGS:
            self += result.findings
        return result.value

    def result(self, value: T) -> Result[T]:
        """`value` with all findings kept so far."""
        return Result(value, tuple(self))


def has_errors(findings: Iterable[Finding]) -> bool:
    """True if at least one finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
