"""A line being mended, and what is known about it from the lines before."""

from __future__ import annotations

import functools
from bisect import bisect_left

from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex
from planwriter.start.typing import TypeAlias

LOST_KEY = "\ue000"
"""A key (a private-use character) that stands in a mapping for entries that could not be read."""
HEAD = regex(
    r"(?P<indent>\s*)(?P<dashes>(?:-\s+)*)"
    r"(?:(?P<key>[^\s'\"#\[\]{},:：&*!|>%@`-][^:：'\"\[\]{}]{0,40}?)(?P<colon>[:：])(?P<gap>\s*))?"
)
_QUOTED_KEY = regex(r"\s*(?:-\s+)*(?P<key>'(?:[^']|'')+'|\"(?:[^\"\\]|\\.)+\")\s*:(?:\s|$)")
_NO_WORD = regex(r"\W")
QUOTED = regex(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"")
_BLOCK_SCALAR = regex(r"(?:^|[:\-]\s+)[|>][+\-0-9]*\s*(?:#.*)?$")
MAX_BRACKETS = 50_000
"""How many characters are searched for the end of brackets."""


@functools.lru_cache(maxsize=16)  # the same line is asked about up to three times in a row
def head_of(line: str) -> re.Match[str] | None:
    """What stands before a line's value, by HEAD; a quoted key counts as a plain one."""
    quoted = _QUOTED_KEY.match(line) if "'" in line or '"' in line else None
    if quoted is not None:
        start, end = quoted.span("key")
        line = line[:start] + _NO_WORD.sub("_", line[start:end]) + line[end:]
    return HEAD.match(line)


LineRemedy: TypeAlias = "list[tuple[int, int, str, str]]"
"""The changes of a remedy: for each its line and column as typed, from 0, the old text and the new one."""


class Noted(NamedTuple):
    """What was found in a line: code, column as typed, values of the finding; and its remedy, if it is certain."""

    code: str
    column: int
    values: dict[str, object]
    remedy: LineRemedy


class MendedLine:
    """A line being mended: its text, the columns at which characters were added or removed, and what was found."""

    __slots__ = ("codes", "inserted", "number", "removed", "text")

    def __init__(self, text: str, number: int) -> None:
        self.text = text
        self.number = number
        self.inserted: list[int] = []
        self.removed: list[int] = []
        self.codes: list[Noted] = []

    def note(self, code: str, column: int, *, remedy: LineRemedy | None = None, **values: object) -> LineRemedy:
        """Adds a finding at a column of the text as it is now; returns its remedy, to which changes can be added."""
        made: LineRemedy = [] if remedy is None else remedy
        self.codes.append(Noted(code, self.typed(column), values, made))
        return made

    def replace(self, start: int, end: int, new: str, remedy: LineRemedy | None = None) -> None:
        """Replaces the characters from `start` to before `end` by `new`, as a part of `remedy` if that is given."""
        if remedy is not None:
            remedy.append((self.number, self.typed(start), self.text[start:end], new))
        more = len(new) - (end - start)
        self.inserted = [at + more if at >= end else at for at in self.inserted]
        self.removed = [at + more if at >= end else at for at in self.removed]
        self.inserted += range(end, start + len(new))
        self.removed += [start + len(new)] * -more
        self.text = self.text[:start] + new + self.text[end:]

    def quote(self, start: int, end: int, remedy: LineRemedy | None = None) -> int:
        """Doubles the single quotes from `start` to before `end`; returns the new end."""
        marks = [at for at, mark in enumerate(self.text[:end]) if mark == "'" and at >= start]
        if remedy is not None:
            remedy += ((self.number, self.typed(at), "'", "''") for at in marks)
        self.inserted = [at + bisect_left(marks, at) for at in self.inserted]
        self.removed = [at + bisect_left(marks, at) for at in self.removed]
        self.inserted += (at + nth for nth, at in enumerate(marks, 1))
        self.text = self.text[:start] + self.text[start:end].replace("'", "''") + self.text[end:]
        return end + len(marks)

    def typed(self, column: int) -> int:
        """The column, in the line as it was typed, of a column of the text as it is now."""
        before = sum(1 for at in self.inserted if at < column)
        gone = sum(1 for at in self.removed if at <= column)
        return column - before + gone


class State:
    """What the lines before say about the next: open block scalars, and the columns at which keys stand."""

    def __init__(self, known_keys: frozenset[str], lines: list[str], text: str) -> None:
        """`lines` are those of `text`."""
        self.known = known_keys
        self.lines = lines
        self.number = 0
        self.block: int | None = None
        self.columns: list[int] = []
        self.dashes: dict[str, int] = {}  # where the items of each kind (章, 条, 用 …) stood last
        self.open_end = True  # the last line ended with a colon, so keys may follow deeper
        self.indents: dict[tuple[str, str], int] = {}  # what an indent with tabs or wide spaces in it was taken for
        self.quoted_to = 0  # the number of the last line of a quoted text that runs over several
        self.closing = ""  # the quote that is to be added at its end
        self.doubling = False  # whether the quotes inside it are to be doubled
        self.quoting: LineRemedy | None = None  # the remedy to which these quotes belong
        self.in_brackets = False  # whether that text is brackets that are closed on a line below
        self.owner = ""  # the key of the text that goes on
        self.text_to = 0  # the number of the last line of a plain text that runs over several
        self.has_hash = " #" in text or "\t#" in text
        self.items: dict[int, tuple[int, set[str]]] = {}
        """By the column of their keys, the open items of lists: the column of the dash, and the keys so far."""
        self.names: dict[int, str] = {}  # the key that stood last at a column

    def inside_block_scalar(self, line: str) -> bool:
        """True for a line of a text that was begun with | or >."""
        if self.block is None:
            return False
        if not line.strip() or len(line) - len(line.lstrip()) > self.block:
            return True
        self.block = None
        return False

    def remember(self, line: str) -> None:
        """Notes the key of a line for those below it."""
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            return
        head = head_of(line)
        if head is None:
            return
        indent = len(head["indent"])
        column = indent + len(head["dashes"])
        if head["key"]:
            self.columns = [old for old in self.columns if old < indent] + [column]
            self.names[column] = head["key"].strip()
        self._remember_item(head, indent, column)
        if head["dashes"]:
            self.dashes.pop(head["key"] or "", None)
            self.dashes[head["key"] or ""] = indent  # the last one last
        self.open_end = stripped.split(" #")[0].rstrip().endswith(":")
        if ("|" in line or ">" in line) and _BLOCK_SCALAR.search(line):
            self.block = indent

    def _remember_item(self, head: re.Match[str], indent: int, column: int) -> None:
        dashes = head["dashes"]
        last = indent if dashes else column
        if self.items and max(self.items) > last:
            self.items = {at: item for at, item in self.items.items() if at <= last}
        if head["key"] and dashes:
            self.items[column] = (indent + dashes.rfind("-"), {head["key"].strip()})
        elif head["key"] and column in self.items:
            self.items[column][1].add(head["key"].strip())

    def likely_indent(self, body: str) -> int:
        """The column of a line whose own indent says nothing: deeper after an open key, else that of the last line of its kind."""
        last = self.columns[-1] if self.columns else 0
        head = HEAD.match(body)
        if head is None or not head["dashes"]:
            return last + 2 if self.open_end else last
        return (
            last + 2
            if self.open_end
            else self.dashes.get(head["key"] or "", next(reversed(self.dashes.values()), last))
        )

    def is_sure_indent(self, lead: str, body: str) -> bool:
        """True if an indent with tabs or wide spaces can only be what `likely_indent` says."""
        head = HEAD.match(body)
        if self.open_end or len(self.columns) < 2:
            return True
        if head is not None and head["dashes"]:
            return (head["key"] or "") in self.dashes
        widths = {sum({"\t": tab, "\u3000": 2}.get(mark, 1) for mark in lead) for tab in (2, 4, 8)}
        return self.likely_indent(body) in widths

    def key_above(self, column: int) -> str:
        """The key whose value begins on a line of its own, or whose list has an item, at `column`."""
        above = max((each for each in self.columns if each <= column), default=None)
        return self.names.get(above, "") if above is not None else ""

    def is_key_place(self, column: int, key: str, value: str, *, dashed: bool) -> bool:
        """True if `key` at `column` is a key, not the beginning of a text; `value` is what stands after it."""
        if dashed:
            return key in self.known
        opens = self.open_end and (key in self.known or value.lstrip().startswith("{"))
        return column in self.columns or column == 0 or opens

    def end_of_text(self, column: int) -> int:
        """The number of the last line of a text that begins on this one: those after it that stand deeper than `column`."""
        last = self.number
        for number in range(self.number, len(self.lines)):
            stripped = self.lines[number].lstrip()
            if stripped and (len(self.lines[number]) - len(stripped) <= column or _is_comment(stripped)):
                break
            last = number + 1 if stripped else last
        return last

    def end_of_quote(self, column: int, quote: str) -> int:
        """The number of the line that closes a quote opened on this one; 0 if an entry comes first."""
        for number in range(self.number, len(self.lines)):
            line = self.lines[number]
            head = head_of(line)
            entry = head is not None and (head["dashes"] or (head["key"] and head["gap"] + head["colon"] != ":"))
            if entry and head is not None and len(head["indent"]) <= column:
                return 0
            if quote in line:
                return number + 1
        return 0

    def end_of_brackets(self, text: str, column: int) -> int:
        """The number of the line that closes the brackets that `text` opens on this one; 0 if an entry comes first."""
        lines, size = [text], 0
        for number in range(self.number, len(self.lines)):
            line = self.lines[number]
            size += len(line)
            if size > MAX_BRACKETS:
                return self.number + len(lines) - 1  # too much to search: the parser will report it
            stripped = line.lstrip()
            if stripped and len(line) - len(stripped) <= column and stripped[0] not in "]}":
                break
            lines.append(line)
        whole = "\n".join(lines)
        closed = scan(whole, 0).closed
        return 0 if closed is None else self.number + whole.count("\n", 0, closed)


def _is_comment(line: str) -> bool:
    """True for a line of comment, other than one that completes a sentence: #2机组改造。"""
    return line.startswith("#") and re.match(r"#\w.*[。！？；]$", line.rstrip()) is None


class Ends(NamedTuple):
    """How brackets end: the index of their end, or else the quote and the brackets that stay open."""

    closed: int | None
    quote: int | None
    open: tuple[int, ...]


_MARK = regex(r"[\[\]{}'\"#]")


def scan(text: str, at: int) -> Ends:
    """Follows the brackets that open at `at`; a quote counts only at a place at which a value can begin."""
    stack: list[int] = []
    before = ""  # the last mark that is no space
    while found := _MARK.search(text, at):
        passed = text[at : found.start()].rstrip()
        before = passed[-1] if passed else before
        at, mark = found.start(), found[0]
        if mark in "'\"" and before in "[{,:":
            quoted = QUOTED.match(text, at)
            if quoted is None:
                return Ends(None, at, tuple(stack))
            at = quoted.end() - 1
        elif mark in "[{":
            stack.append(at)
        elif mark in "]}" and stack:
            stack.pop()
            if not stack:
                return Ends(at, None, ())
        elif mark == "#" and text[at - 1 : at].isspace():
            at = text.find("\n", at)
            if at < 0:
                break
        before = mark
        at += 1
    return Ends(None, None, tuple(stack))
