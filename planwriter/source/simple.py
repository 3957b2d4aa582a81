"""Reads YAML of the forms that outlines mostly consist of, without the parser of YAML, whose import takes long.

Read here are block mappings and lists, texts without quotes, block texts (|-), and on one line: texts in quotes, flow mappings
and lists.
For anything else `read_simple` returns None, and the parser reads the file. A test compares both on all kinds of files.
"""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.findings.finding import NewSpan, Source, Span
from planwriter.source.mend_line import LOST_KEY
from planwriter.source.nodes import NewMapping, NewScalar, Node, Scalar, Sequence, join_lines
from planwriter.start.patterns import re, regex

MAX_CHARACTERS = 400_000
"""A longer file may exceed the bounds of `load`, which are checked there."""
MAX_NESTING = 32
MAX_KEY = 200
_NO_START = frozenset("-?:,[]{}#&*!|>'\"%@` ")
"""Characters that cannot begin a text without quotes, or do so only in some places."""
_BLOCK_TEXTS = frozenset(("|", "|-", "|+", ">", ">-", ">+"))
_SPECIAL = frozenset("[]{}#&*!|>'\"%@`?")
_PAIRS = {"[": "]", "{": "}"}


class OtherForm(Exception):
    """The file has a form that is not read here."""


def read_simple(source: Source, start: int = 0, end: int | None = None) -> Node | None:
    """The tree of a source without control characters; None if it has a form that is left to the parser.

    With `start` and `end` only the lines between them are read; they must be entries of the outermost list or mapping.
    """
    text = source.text[start:end]
    if len(text) > MAX_CHARACTERS or "\t" in text or LOST_KEY in text:
        return None
    try:
        return SimpleReader(source, text, start).root()
    except OtherForm:
        return None


class ContentLine:
    """A line that has content: the column and the index of its first character, the text from there on, its number."""

    __slots__ = ("at", "column", "dashed", "number", "text")

    def __init__(self, column: int, at: int, text: str, number: int) -> None:
        self.column = column
        self.at = at
        self.text = text
        self.number = number
        self.dashed = text[:2] in ("- ", "-")


def _lines(typed: list[str], at: int) -> Iterator[ContentLine]:
    for number, line in enumerate(typed):
        content = line.strip(" ")
        if content and content[0] != "#":
            column = line.index(content[0])
            if column == 0 and content.startswith(("---", "...", "%")):
                raise OtherForm
            yield ContentLine(column, at + column, content, number)
        at += len(line) + 1
    yield ContentLine(-1, at - 1, "", len(typed))  # the end of the file


class SimpleReader:
    """Reads a file line by line; `at` is the number of the line to be read next."""

    def __init__(self, source: Source, text: str, start: int) -> None:
        self.source = source
        self.typed = text.split("\n")
        self.end = start + len(text)
        self.lines = list(_lines(self.typed, start))
        self.at = 0
        self.depth = 0
        self.begin = 0
        """Where the source begins in the text; places are counted from there."""

    def root(self) -> Node:
        """The tree of the whole source. Raises `OtherForm`, as all methods do, for a form that only the parser reads."""
        if self.lines[0].column:
            raise OtherForm
        node = self.block(0)
        if len(self.lines) - 1 != self.at:
            raise OtherForm
        return node

    def span(self, start: int, end: int) -> Span:
        """The place from one index of the text to another."""
        return NewSpan(self.source, start, end)

    def block(self, column: int) -> Node:
        """The mapping or the list whose entries begin in a column."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise OtherForm
        node = self.sequence(column) if self.lines[self.at].dashed else self.mapping(column)
        self.depth -= 1
        if self.lines[self.at].column > column:
            raise OtherForm
        return node

    def sequence(self, column: int) -> Node:
        """The list whose dashes stand in a column."""
        start, items = self.lines[self.at].at, []
        while (line := self.lines[self.at]).column == column and line.dashed:
            rest = line.text[1:].lstrip(" ")
            if not rest or rest[0] == "#":
                items.append(self.below(column, line.at + 1, listed=False))
                continue
            skipped = len(line.text) - len(rest)
            inner = ContentLine(column + skipped, line.at + skipped, rest, line.number)
            if inner.dashed:
                raise OtherForm
            if rest[0] not in "'\"[{" and _colon(rest) >= 0:
                self.lines[self.at] = inner
                items.append(self.block(inner.column))
            else:
                items.append(self.value(inner.at, rest, column))
        return Sequence(self.span(start, self.lines[self.at].at), items)

    def mapping(self, column: int) -> Node:
        """The mapping whose keys begin in a column."""
        start = self.lines[self.at].at
        entries: dict[str, Node] = {}
        keys: dict[str, Scalar] = {}
        while (line := self.lines[self.at]).column == column:
            colon = _colon(line.text)
            key = line.text[: max(colon, 0)]
            if not 0 < colon <= MAX_KEY or key[0] in _NO_START or key[-1] == " " or key in entries:
                raise OtherForm
            keys[key] = NewScalar(key, self.span(line.at, line.at + colon), empty=key in ("~", "null"))
            rest = line.text[colon + 1 :].lstrip(" ")
            if not rest or rest[0] == "#":
                entries[key] = self.below(column, line.at + colon + 1, listed=True)
            else:
                entries[key] = self.value(line.at + len(line.text) - len(rest), rest, column)
        return NewMapping(self.span(start, self.lines[self.at].at), entries, keys, False)

    def below(self, column: int, end: int, *, listed: bool) -> Node:
        """The value in the lines below a key or a dash, which ends at `end`; a list may begin in the key's own column."""
        self.at += 1
        line = self.lines[self.at]
        if line.column > column and not line.dashed and (line.text[0] in "'\"[{" or _colon(line.text) < 0):
            return self.value(line.at, line.text, column)
        if line.column > column or (listed and line.column == column and line.dashed):
            return self.block(line.column)
        return NewScalar("", self.span(end, end), empty=True)

    def value(self, at: int, rest: str, column: int) -> Node:
        """A value that begins at `at` and takes the rest of its line; a text goes on in lines indented more than `column`."""
        self.at += 1
        if rest in _BLOCK_TEXTS:
            return self.block_text(at, rest, column)
        if rest[0] in "'\"[{":
            if self.lines[self.at].column > column:
                raise OtherForm
            return self.short(at, rest) or _Flow(self.source, at - self.begin, rest).whole()
        comment = rest.find(" #")
        text = rest[:comment].rstrip(" ") if comment >= 0 else rest
        if not _is_plain(text) or (comment >= 0 and self.lines[self.at].column > column):
            raise OtherForm
        end = at + len(text)
        while (line := self.lines[self.at]).column > column:
            if not _is_plain(line.text) or " #" in line.text:
                raise OtherForm
            end = line.at + len(line.text)
            self.at += 1
        span = self.span(at, end)
        if end > at + len(text):
            if "#" in span.raw:
                raise OtherForm  # a comment between the lines ends the text
            text = join_lines(span.raw, text, None)
        return NewScalar(text, span, empty=text in ("~", "null"))

    def short(self, at: int, text: str) -> Node | None:
        """A text in quotes, or a flow mapping or list of texts without special characters; None for anything else."""
        if text[0] == text[-1] in "'\"" and text.count(text[0]) == 2 and "\\" not in text:
            return NewScalar(text[1:-1], self.span(at, at + len(text)))
        listed, whole = text[0] == "[", self.span(at, at + len(text))
        if _PAIRS.get(text[0]) != text[-1] or not _SPECIAL.isdisjoint(text[1:-1]):
            return None
        items: list[Node] = []
        entries: dict[str, Node] = {}
        keys: dict[str, Scalar] = {}
        for part in text[1:-1].split(","):
            content = part.strip(" ")
            key, colon, value = content.partition(": ") if not listed else ("", "", content)
            if (
                listed == bool(colon)
                or key in entries
                or key[:1] == "-"
                or value[:1] in ("", " ", "-")
                or ":" in key + value
            ):
                return None
            start = at + 1 + len(part) - len(part.lstrip(" "))
            end = start + len(content)
            node = NewScalar(value, self.span(end - len(value), end), empty=value in ("~", "null"))
            if listed:
                items.append(node)
            elif not key or key[-1] == " ":
                return None
            else:
                keys[key] = NewScalar(key, self.span(start, start + len(key)), empty=key in ("~", "null"))
                entries[key] = node
            at += len(part) + 1
        return Sequence(whole, items) if listed else NewMapping(whole, entries, keys, False)

    def block_text(self, at: int, mark: str, column: int) -> Node:
        """A text after | or >, which goes on while lines are indented as its first line, or blank."""
        first = self.lines[self.at - 1].number + 1
        last, end = first, at + len(mark) + 1
        indent = 0
        while last < len(self.typed):
            line = self.typed[last]
            content = line.lstrip(" ")
            if content and not indent:
                indent = len(line) - len(content)
                if indent <= column or any(self.typed[first:last]):
                    raise OtherForm
            elif content and len(line) - len(content) < indent:
                break
            last, end = last + 1, end + len(line) + 1
        if not indent:
            raise OtherForm
        while self.lines[self.at].number < last:
            self.at += 1
        span = self.span(at, min(end, self.end))
        return NewScalar(join_lines(span.raw, "", mark[0]), span)


def _is_plain(text: str) -> bool:
    """True for a line of a text without quotes."""
    return (text[0] not in _NO_START or (text[0] == "-" and text[1:2] not in ("", " "))) and _colon(text) < 0


def _colon(text: str) -> int:
    """Where the colon after a key stands; -1 if there is none. Raises OtherForm if a comment begins before it."""
    colon = text.find(": ")
    if colon < 0:
        if not text.endswith(":"):
            return -1
        colon = len(text) - 1
    if " #" in text[:colon]:
        raise OtherForm
    return colon


_PLAIN = r"""(?:[^\[\]{},:#&*!|>'"%@`?\- ]|-(?=[^\[\]{},:# ]))[^\[\]{},:#]*"""
_TOKEN = regex(rf""" *(?:([\[\]{{}},])|'((?:[^']|'')*)'|"([^"\\]*)"|({_PLAIN})(:(?= ))?)""")
"""Matches a bracket or comma, a text in single or double quotes, or a text without quotes with the colon after it if it is a key."""


class _Flow:
    """Reads a value in quotes, or a flow mapping or list, up to the end of its line."""

    def __init__(self, source: Source, at: int, text: str) -> None:
        self.source = source
        self.start = at
        self.text = text
        self.at = 0
        self.depth = 0

    def whole(self) -> Node:
        node = self.node(self.token())
        rest = self.text[self.at :]
        if (rest and not rest.lstrip(" ").startswith("#")) or rest.startswith("#"):
            raise OtherForm
        return node

    def token(self) -> re.Match[str]:
        match = _TOKEN.match(self.text, self.at)
        if match is None:
            raise OtherForm
        self.at = match.end()
        return match

    def span(self, start: int, end: int) -> Span:
        return NewSpan(self.source, self.start + start, self.start + end)

    def node(self, token: re.Match[str]) -> Node:
        self.depth += 1
        if self.depth > MAX_NESTING or token[5]:
            raise OtherForm
        if token[1] == "[":
            node = self.sequence(token.start(1))
        elif token[1] == "{":
            node = self.mapping(token.start(1))
        else:
            node = self.scalar(token)
        self.depth -= 1
        return node

    def scalar(self, token: re.Match[str]) -> Scalar:
        if token[1]:
            raise OtherForm
        if token[4]:
            value = token[4].rstrip(" ")
            return NewScalar(
                value, self.span(token.start(4), token.start(4) + len(value)), empty=value in ("~", "null")
            )
        value = token[2].replace("''", "'") if token[2] is not None else token[3]
        start = token.start(2 if token[2] is not None else 3) - 1
        return NewScalar(value, self.span(start, token.end()))

    def sequence(self, start: int) -> Node:
        items: list[Node] = []
        token = self.token()
        while token[1] != "]" or items:
            items.append(self.node(token))
            if self.closed("]"):
                break
            token = self.token()
        return Sequence(self.span(start, self.at), items)

    def mapping(self, start: int) -> Node:
        entries: dict[str, Node] = {}
        keys: dict[str, Scalar] = {}
        token = self.token()
        while token[1] != "}" or entries:
            if not token[5] or token[4][-1] == " " or token[4] in entries:
                raise OtherForm
            keys[token[4]] = self.scalar(token)
            entries[token[4]] = self.node(self.token())
            if self.closed("}"):
                break
            token = self.token()
        return NewMapping(self.span(start, self.at), entries, keys, False)

    def closed(self, mark: str) -> bool:
        """True if the collection ends here, False if a comma shows that it goes on."""
        token = self.token()
        if token[1] not in (mark, ","):
            raise OtherForm
        return token[1] == mark
