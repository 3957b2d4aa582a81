"""Files that have much in common, read in passages: what is typed the same is read once, and gives the very same nodes.

A passage is an entry of the outermost mapping, an entry of a mapping or a list in one of these, or an item of a list further
in, with the lines below it. The places in it are counted from its first line. Where it stands now, in which file and at which
line, is noted with it when a file is read; so a place is right until the next file is read, and everything that is said of
places must have been said by then. A passage stands in one place only: typed twice in a file, it is read twice.

A passage that differs from one read before only in the digits of its texts gives the same nodes too, but for these texts. Both
are one passage, of which one is typed in a file at a time.

What is told of places is noted, so that a result that depends on them is not used again for a passage that has moved.
"""

from __future__ import annotations

from planwriter.findings.finding import NewSpan, Pos, Source, Span
from planwriter.model.memo import FixedPlaces, apart_from_digits
from planwriter.source.clean_text import CleanTexts
from planwriter.source.mend_line import LOST_KEY
from planwriter.source.nodes import Mapping, NewMapping, NewScalar, Node, Scalar, Sequence
from planwriter.source.simple import MAX_CHARACTERS, ContentLine, OtherForm, SimpleReader
from planwriter.start.patterns import re, regex
from planwriter.start.typing import TYPE_CHECKING, TypeAlias

_FEWEST = 1000
"""How many passages are remembered in any case."""
_DEEPEST = 10
"""Deeper inside no passages are looked for, so that the texts of all passages are no more than ten times the file."""
_Marks: TypeAlias = "tuple[tuple[int, ...], tuple[int, ...]]"
"""Where characters of a passage were added and taken out by mending."""
_NOT_MENDED: _Marks = ((), ())
_Key: TypeAlias = "tuple[int, str, _Marks]"
"""A depth, the text of a passage, and what is mended in it."""
_Shape: TypeAlias = "tuple[int, bytes]"
"""A depth, and the text of a passage with 0 for each digit."""
_LONGEST_ALIKE = 10_000
_Entry: TypeAlias = "tuple[Scalar | None, Node]"
"""The key, if it is an entry of a mapping, and the value."""
_Known: TypeAlias = "tuple[FilePassage, _Entry]"
_ROOTS = regex(r"^(?:[^\n #-]|-[^\n ])", re.M)
"""Where an entry of the outermost mapping begins; a list may stand in its own column."""
_FIRST = regex(r"(?: *(?:#[^\n]*)?\n)*$")
"""What may stand before the first one: blank lines and comments."""
Told: TypeAlias = "dict[FilePassage | str, int]"
"""What a result says of places: the passages whose lines it names, with the line of the file before each, and the file's name."""


class FilePassage(Source):
    """The text of a part of a file, and where it stands; or all of the file that is read at present.

    It does not hold its nodes, which hold it: what is forgotten is free without the collector of cycles.
    """

    __slots__ = ("before", "document", "file", "inner", "places")

    def __init__(self, text: str, places: PassagePlaces, mended: _Marks = _NOT_MENDED) -> None:
        self.text = text
        self.places = places
        self.inner: tuple[tuple[FilePassage, int, str], ...] = ()
        """The passages directly in it, after how many of its lines each begins, and how each is typed in it."""
        self.file = places.whole
        self.document = 0
        """The number of the file that it stands in; it may have been read anew since."""
        self.before = 0
        """How many lines of the file stand before it."""
        self._starts = []
        self._inserted, self._removed = [*mended[0]], [*mended[1]]

    if not TYPE_CHECKING:

        @property
        def name(self) -> str:
            self.places.told.append(self.file.name)
            return self.file.name

        @property
        def lines(self) -> list[str]:
            self.places.told += (self, self.file.name, self.places.root)
            return self.file.lines

    @property
    def whole(self) -> Source:
        return self.file

    def line(self, index: int) -> int:
        self.places.told.append(self)
        return self.before + Source.line(self, index)

    def pos(self, index: int) -> Pos:
        line = Source.line(self, index)
        self.places.told += (self, self.file.name)
        start = self._starts[line - 1]
        is_mended = self._inserted or self._removed
        return Pos(self.file.name, self.before + line, self._column(index, start) if is_mended else index - start + 1)

    def is_free(self, document: int) -> bool:
        """True if neither this passage nor one in it stands in the document yet."""
        return self.document != document and all(each.is_free(document) for each, _, _ in self.inner)

    def place(self, before: int, typed: str) -> None:
        """Puts the passage, and those in it, into the file that is read at present, after so many lines, as `typed` there."""
        self.document, self.file, self.before, self.text = self.places.document, self.places.whole, before, typed
        for each, lines, inner in self.inner:
            each.place(before + lines, inner)


class PassagePlaces(FixedPlaces):
    """Where the passages stand in the file that is read at present, and what has been told of places since it was begun."""

    def __init__(self) -> None:
        self.document = 0
        self.whole = Source("", "")
        self.root: FilePassage = FilePassage("", self)
        self.told: list[FilePassage | str] = []

    def next_document(self, whole: Source) -> FilePassage:
        """Begins a file, and returns the passage that is all of it."""
        self.told.clear()
        self.document += 1
        self.whole = whole
        self.root = FilePassage(whole.text, self, whole.mended(0, len(whole.text)))
        self.root.place(0, whole.text)
        return self.root

    def since(self, start: int) -> Told | None:
        """What has been told since `told` had `start` entries; None if it is nothing."""
        if len(self.told) == start:
            return None
        return {each: 0 if isinstance(each, str) else each.before for each in self.told[start:]}

    def hold(self, told: Told) -> bool:
        """True if all that was told is still so; then it counts as told again."""
        for each, before in told.items():
            if isinstance(each, str):
                if each != self.whole.name:
                    return False
            elif each.document != self.document or each.before != before:
                return False
        self.told += told
        return True


class Passages:
    """The passages of the files that a process has read last."""

    def __init__(self) -> None:
        self.places = PassagePlaces()
        self.share = 1.0
        """How much of the last file was typed as in those before it: from 0 to 1; 1 for the first."""
        self._clean = CleanTexts()
        self._now: dict[_Key, list[_Known]] = {}
        self._before: dict[_Key, list[_Known]] = {}
        self._alike: dict[_Shape, tuple[FilePassage, _Entry, str]] = {}
        self._alike_before: dict[_Shape, tuple[FilePassage, _Entry, str]] = {}
        """By all but their digits: the passages without others inside them, and how they are typed."""
        self._next: dict[_Key, int] = {}
        """How many of the passages with one text stand in the document already, or cannot: they come first in its list."""
        self._most = _FEWEST

    def read(self, text: str, name: str, known_keys: frozenset[str]) -> Node | None:
        """The tree of a file, as `load` reads it; None if it has slips, or a form that is not read here.

        What was told of places must be told again after this, for a file read in another way too.
        """
        whole = Source(name, text)
        self.places.next_document(whole)
        self.share = 0.0
        return self.read_mended(whole) if _is_read_here(text) and self._clean.is_clean(text, known_keys) else None

    def read_mended(self, whole: Source) -> Node | None:
        """The tree of a file in which all slips are mended; None if it has a form that is not read here."""
        text = whole.text
        root = self.places.next_document(whole)
        self.share = 0.0
        self._next.clear()
        if not _is_read_here(text):
            return None
        if len(self._now) > self._most:
            self._before, self._now = self._now, {}
            self._alike_before, self._alike = self._alike, {}
        is_first = not (self._now or self._before)
        try:
            node, known, count = self._outermost(root)
        except OtherForm:
            return None
        self.share = 1.0 if is_first else min(known / max(len(text), 1), 1.0)
        self._most = max(_FEWEST, 2 * count)
        return node

    def _outermost(self, root: FilePassage) -> tuple[Node, int, int]:
        """The outermost mapping; how many characters of it were read before, and how many passages were looked for."""
        text = root.text
        starts = [found.start() for found in _ROOTS.finditer(text)]
        if not starts or _FIRST.match(text, 0, starts[0]) is None:
            raise OtherForm
        entries: dict[str, Node] = {}
        keys: dict[str, Scalar] = {}
        line, known, count = text.count("\n", 0, starts[0]), 0, len(starts)
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            place = 1, text[start:end], root.mended(start, end)
            found = self.known(place)
            if found is None:
                passage = FilePassage(place[1], self.places, place[2])
                reader = _PassageReader(self, passage)
                found = self.keep(place, passage, reader.outermost())
                passage.inner = tuple(reader.inner)
                known += reader.known
                count += reader.count
            else:
                known += end - start
            passage, (key, node) = found
            passage.place(line, place[1])
            line += place[1].count("\n")
            if key is None or key.value in entries:
                raise OtherForm
            keys[key.value], entries[key.value] = key, node
        return NewMapping(NewSpan(root, starts[0], len(text)), entries, keys, False), known, count

    def known(self, key: _Key) -> _Known | None:
        """A passage with this text that does not stand in the document yet."""
        kept = self._now.get(key)
        if kept is None:
            kept = self._before.get(key)
            if kept is None:
                return None
            self._now[key] = kept
        at = self._next.get(key, 0)
        while at < len(kept) and not kept[at][0].is_free(self.places.document):
            at += 1
        if at:
            self._next[key] = at
        return kept[at] if at < len(kept) else None

    def keep(self, key: _Key, passage: FilePassage, entry: _Entry) -> _Known:
        """Remembers a passage that was read."""
        known = passage, entry
        self._now.setdefault(key, []).append(known)
        if not passage.inner and len(key[1]) <= _LONGEST_ALIKE and key[2] == _NOT_MENDED:
            self._alike[key[0], apart_from_digits(key[1])] = passage, entry, key[1]
        return known

    def alike(self, key: _Key) -> _Known | None:
        """A passage that is free and was typed with other digits in some of its texts, with its entry as it is typed now."""
        if key[2] != _NOT_MENDED:
            return None
        shape = key[0], apart_from_digits(key[1])
        kept = self._alike.get(shape) or self._alike_before.get(shape)
        if kept is None or not kept[0].is_free(self.places.document):
            return None
        passage, (name, before), typed = kept
        retyped = _Retyped(passage, typed, key[1])
        node = retyped.node(before)
        return self.keep(key, passage, (name, node)) if retyped.is_whole() else None


def _is_read_here(text: str) -> bool:
    return len(text) <= MAX_CHARACTERS and "\t" not in text and LOST_KEY not in text


class _Retyped:
    """The nodes of a passage for a text that differs from the one they were read from only in digits."""

    def __init__(self, passage: FilePassage, before: str, now: str) -> None:
        self.passage = passage
        self.before = before
        self.now = now
        self.texts: list[tuple[int, int]] = []
        """Where the texts stand that differ."""

    def node(self, node: Node) -> Node:
        """A node of the passage; the same one if it is typed the same."""
        start, end = node.span.start, node.span.end
        if self.before[start:end] == self.now[start:end]:
            return node
        span = NewSpan(self.passage, start, end)
        if isinstance(node, Mapping):
            entries = {name: self.node(each) for name, each in node.entries.items()}
            return NewMapping(span, entries, dict(node.keys), node.torn)
        if isinstance(node, Sequence):
            return Sequence(span, map(self.node, node.items))
        quote = 1 if self.before[start] in "'\"" else 0
        if self.before[start + quote : end - quote] == node.value:
            self.texts.append((start, end))
        return NewScalar(self.now[start + quote : end - quote], span)

    def is_whole(self) -> bool:
        """True if nothing differs but texts that stand in one line as they are read, so that all nodes are right."""
        at = 0
        for start, end in self.texts:
            if self.before[at:start] != self.now[at:start]:
                return False
            at = end
        return self.before[at:] == self.now[at:]


class _PassageReader(SimpleReader):
    """Reads an entry of the outermost mapping passage by passage."""

    def __init__(self, passages: Passages, passage: FilePassage) -> None:
        super().__init__(passage, passage.text, 0)
        self.outer = passage
        self.passages = passages
        self.text = passage.text
        self.before = 0
        """The number of lines before the passage that is being read."""
        self.inner: list[tuple[FilePassage, int, str]] = []
        """The passages found in it so far."""
        self.known = self.count = 0
        """How many characters stand in passages that were read before; how many passages were looked for."""

    def outermost(self) -> _Entry:
        """The key and the value of the entry."""
        self.depth = 1
        return self.entry(len(self.lines) - 1)

    def span(self, start: int, end: int) -> Span:
        return NewSpan(self.source, start - self.begin, end - self.begin)

    def sequence(self, column: int) -> Node:
        if self.depth > _DEEPEST:
            return super().sequence(column)
        start, items = self.lines[self.at].at, []
        while (line := self.lines[self.at]).column == column and line.dashed:
            items.append(self.passage(line, column, listed=False)[1])
        return Sequence(self.span(start, self.lines[self.at].at), items)

    def mapping(self, column: int) -> Node:
        if self.depth > 2:
            return super().mapping(column)
        start = self.lines[self.at].at
        entries: dict[str, Node] = {}
        keys: dict[str, Scalar] = {}
        while (line := self.lines[self.at]).column == column:
            key, node = self.passage(line, column, listed=True)
            if key is None or key.value in entries:
                raise OtherForm
            keys[key.value], entries[key.value] = key, node
        return NewMapping(self.span(start, self.lines[self.at].at), entries, keys, False)

    def passage(self, line: ContentLine, column: int, *, listed: bool) -> _Entry:
        """The key and the value of the entry that begins in a line, or None and the item; the lines below belong to it."""
        last = self.at + 1
        while (below := self.lines[last]).column > column or (listed and below.column == column and below.dashed):
            last += 1
        begin = line.at - line.column
        key = self.depth, self.text[begin : below.at], self.outer.mended(begin, below.at)
        self.count += 1
        found = self.passages.known(key) or self.passages.alike(key)
        if found is None:
            passage = FilePassage(key[1], self.passages.places, key[2])
            entry = self.new(passage, line, last)
            self.passages.keep(key, passage, entry)
        else:
            passage, entry = found
            self.at = last
            self.known += below.at - begin
        passage.place(line.number, key[1])
        self.inner.append((passage, line.number - self.before, key[1]))
        return entry

    def new(self, passage: FilePassage, line: ContentLine, last: int) -> _Entry:
        """What stands in a passage, which is the lines up to before `last`."""
        around = self.source, self.begin, self.before, self.inner
        self.source, self.begin, self.before, self.inner = passage, line.at - line.column, line.number, []
        end = self.lines[last]
        self.lines[last] = ContentLine(-1, end.at, "", end.number)
        entry = self.entry(last)
        self.lines[last] = end
        passage.inner = tuple(self.inner)
        self.source, self.begin, self.before, self.inner = around
        return entry

    def entry(self, last: int) -> _Entry:
        """The only entry or item in the lines up to before `last`."""
        line = self.lines[self.at]
        made = super().sequence(line.column) if line.dashed else super().mapping(line.column)
        if self.at != last:
            raise OtherForm
        if isinstance(made, Sequence):
            (item,) = made.items
            return None, item
        assert isinstance(made, Mapping)
        ((name, node),) = made.entries.items()
        return made.keys[name], node
