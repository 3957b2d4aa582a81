"""Files that have much in common, read in passages: what is typed the same is read once, and gives the very same nodes.

A passage is an entry of the outermost mapping, an entry of a mapping or a list in one of these, or an item of a list further
in, with the lines below it. The places in it are counted from its first line. Where it stands now, in which file and at which
line, is noted with it when a file is read; so a place is right until the next file is read, and everything that is said of
places must have been said by then. A passage stands in one place only: typed twice in a file, it is read twice.

What is told of places is noted, so that a result that depends on them is not used again for a passage that has moved.
"""

from __future__ import annotations

from planwriter.findings.finding import NewSpan, Pos, Source, Span
from planwriter.model.memo import FixedPlaces
from planwriter.source.clean_text import CleanTexts
from planwriter.source.mend_line import LOST_KEY
from planwriter.source.nodes import Mapping, NewMapping, Node, Scalar, Sequence
from planwriter.source.simple import MAX_CHARACTERS, ContentLine, OtherForm, SimpleReader
from planwriter.start.typing import TYPE_CHECKING, TypeAlias

_FEWEST = 1000
"""How many passages are remembered in any case."""
_DEEPEST = 10
"""Deeper inside no passages are looked for, so that the texts of all passages are no more than ten times the file."""
_Key: TypeAlias = "tuple[int, str]"
"""A depth, and the text of a passage."""
Told: TypeAlias = "dict[FilePassage | str, int]"
"""What a result says of places: the passages whose lines it names, with the line of the file before each, and the file's name."""


class FilePassage(Source):
    """A part of a file, with the part of the tree that it was read as; or the whole of the file that is read at present."""

    __slots__ = ("before", "document", "file", "inner", "made", "places")

    def __init__(self, text: str, places: PassagePlaces) -> None:
        self.text = text
        self.places = places
        self.made: tuple[Scalar | None, Node] | None = None
        """The key, if it is an entry of a mapping, and the value."""
        self.inner: tuple[tuple[FilePassage, int], ...] = ()
        """The passages directly in it, and after how many of its lines each begins."""
        self.file = places.whole
        self.document = 0
        """The number of the file that it stands in; it may have been read anew since."""
        self.before = 0
        """How many lines of the file stand before it."""
        self._starts = []
        self._inserted = []
        self._removed = []

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
        return Pos(self.file.name, self.before + line, index - self._starts[line - 1] + 1)

    def is_free(self, document: int) -> bool:
        """True if neither this passage nor one in it stands in the document yet."""
        return self.document != document and all(each.is_free(document) for each, _ in self.inner)

    def place(self, before: int) -> None:
        """Puts the passage, and those in it, into the file that is read at present, after so many lines."""
        self.document, self.file, self.before = self.places.document, self.places.whole, before
        for each, lines in self.inner:
            each.place(before + lines)


class PassagePlaces(FixedPlaces):
    """Where the passages stand in the file that is read at present, and what has been told of places since it was begun."""

    def __init__(self) -> None:
        self.document = 0
        self.whole = Source("", "")
        self.root: FilePassage = FilePassage("", self)
        self.told: list[FilePassage | str] = []

    def next_document(self, name: str, text: str) -> FilePassage:
        """Begins a file, and returns the passage that is all of it."""
        self.told.clear()
        self.document += 1
        self.whole = Source(name, text)
        self.root = FilePassage(text, self)
        self.root.place(0)
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
        self._now: dict[_Key, list[FilePassage]] = {}
        self._before: dict[_Key, list[FilePassage]] = {}
        self._most = _FEWEST

    def read(self, text: str, name: str, known_keys: frozenset[str]) -> Node | None:
        """The tree of a file, as `load` reads it; None if it has slips, or a form that is not read here.

        What was told of places must be told again after this, for a file read in another way too.
        """
        root = self.places.next_document(name, text)
        self.share = 0.0
        if len(text) > MAX_CHARACTERS or "\t" in text or LOST_KEY in text or not self._clean.is_clean(text, known_keys):
            return None
        if len(self._now) > self._most:
            self._before, self._now = self._now, {}
        is_first = not (self._now or self._before)
        try:
            reader = _PassageReader(self, root, text)
            node = reader.root()
        except OtherForm:
            return None
        self.share = 1.0 if is_first else reader.known / max(len(text), 1)
        self._most = max(_FEWEST, 2 * reader.count)
        return node

    def known(self, key: _Key) -> FilePassage | None:
        """A passage with this text that does not stand in the document yet."""
        kept = self._now.get(key)
        if kept is None:
            kept = self._before.get(key)
            if kept is None:
                return None
            self._now[key] = kept
        return next((each for each in kept if each.is_free(self.places.document)), None)

    def keep(self, key: _Key, passage: FilePassage) -> None:
        """Remembers a passage that was read."""
        self._now.setdefault(key, []).append(passage)


class _PassageReader(SimpleReader):
    """Reads a file passage by passage."""

    source: FilePassage

    def __init__(self, passages: Passages, root: FilePassage, text: str) -> None:
        super().__init__(root, text, 0)
        self.passages = passages
        self.text = text
        self.before = 0
        """The number of lines before the passage that is being read."""
        self.inner: list[tuple[FilePassage, int]] = []
        """The passages found in it so far."""
        self.known = self.count = 0
        """How many characters stand in passages that were read before; how many passages were looked for."""

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

    def passage(self, line: ContentLine, column: int, *, listed: bool) -> tuple[Scalar | None, Node]:
        """The key and the value of the entry that begins in a line, or None and the item; the lines below belong to it."""
        last = self.at + 1
        while (below := self.lines[last]).column > column or (listed and below.column == column and below.dashed):
            last += 1
        begin = line.at - line.column
        key = self.depth, self.text[begin : below.at]
        self.count += 1
        passage = self.passages.known(key)
        if passage is None:
            passage = self.new(key, line, last, begin)
        else:
            passage.place(line.number)
            self.at = last
            self.known += below.at - begin
        self.inner.append((passage, line.number - self.before))
        assert passage.made is not None
        return passage.made

    def new(self, key: _Key, line: ContentLine, last: int, begin: int) -> FilePassage:
        """The passage in the lines up to before `last`, read."""
        passage = FilePassage(key[1], self.passages.places)
        around = self.source, self.begin, self.before, self.inner
        self.source, self.begin, self.before, self.inner = passage, begin, line.number, []
        end = self.lines[last]
        self.lines[last] = ContentLine(-1, end.at, "", end.number)
        if line.dashed:
            made = super().sequence(line.column)
            items = made.items if isinstance(made, Sequence) else ()
            pair: tuple[Scalar | None, Node] = None, items[0]
        else:
            made = super().mapping(line.column)
            assert isinstance(made, Mapping)
            ((name, value),) = made.entries.items()
            pair = made.keys[name], value
        if self.at != last:
            raise OtherForm
        self.lines[last] = end
        passage.made, passage.inner = pair, tuple(self.inner)
        passage.place(line.number)
        self.source, self.begin, self.before, self.inner = around
        self.passages.keep(key, passage)
        return passage
