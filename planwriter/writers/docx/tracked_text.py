"""Changes inside a paragraph: its pieces with words struck out and put in, or with all of it deleted, moved or copied."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from planwriter.readers.docx.pieces import REVISIONS, OtherPiece, Piece, RunPiece, TagPiece, cut
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.writers.docx.tracked_marks import Marker, as_deleted, bare

_GONE = frozenset(("del", "moveFrom"))
_BOOKMARK_NAME = regex(rb"(\bname\s*=\s*[\"'])([^\"']{1,200})")
_BOOKMARK_ID = regex(rb"\bid\s*=\s*[\"']([^\"']{1,40})")
_DRAWING_ID = regex(rb"(<[\w.-]{1,99}:docPr\b[^<>]{0,999}?\sid=[\"'])\d{1,20}")
_COPIED_NAMES = 40
"""The most characters that a bookmark's name may have."""
_OWN_BOOKMARK = b"_pw_"


class RunEdit(NamedTuple):
    """Characters of a paragraph's visible text that give way to others; with `start` = `end` only some are put in."""

    start: int
    end: int
    new: str
    author: str
    comment: str = ""


def length(pieces: Iterable[Piece]) -> int:
    """The number of characters that a reader sees."""
    return sum(len(each.text) for each in pieces if not isinstance(each, TagPiece))


def arrival_kind(size: int, edits: Sequence[RunEdit]) -> str:
    """How the end of a moved paragraph of `size` characters is marked at its new place.

    LibreOffice takes a move back only if the characters before such an end are moved too; else it must be put in.
    """
    kept = size
    for edit in sorted(edits, key=lambda each: (each.end, each.start), reverse=True):
        if edit.start < edit.end == kept:
            kept = edit.start
    new = kept < size or any(edit.new and edit.end >= kept for edit in edits)
    return "ins" if new else "moveTo"


def uncuttable(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """The characters that cannot be cut, as from and to: those of a formula, a field for page numbers, a phonetic guide."""
    made: list[tuple[int, int]] = []
    at = 0
    for each in pieces:
        if isinstance(each, TagPiece) or not each.text:
            continue
        if isinstance(each, OtherPiece) or not each.is_plain:
            made.append((at, at + len(each.text)))
        at += len(each.text)
    return made


def exploded(pieces: Sequence[Piece], edits: Sequence[RunEdit]) -> list[Piece]:
    """The pieces with each run that an edit concerns cut at the edit's ends."""
    made: list[Piece] = []
    at = 0
    bounds = sorted({each for edit in edits for each in (edit.start, edit.end)})
    over = _Over(edits)
    for piece in pieces:
        if isinstance(piece, TagPiece) or not piece.text:
            made.append(piece)
            continue
        end = at + len(piece.text)
        inner = [each - at for each in bounds[bisect_right(bounds, at) : bisect_left(bounds, end)]]
        if isinstance(piece, RunPiece) and (inner or over.at(at, end)):
            made += cut(piece, inner)
        else:
            made.append(piece)
        at = end
    return made


class _Over:
    """Which edits concern stretches of characters; these are asked for from left to right."""

    def __init__(self, edits: Sequence[RunEdit]) -> None:
        self._edits = edits
        self._order = sorted(range(len(edits)), key=lambda each: edits[each].start)
        self._next = 0
        self._open: list[int] = []

    def at(self, start: int, end: int) -> list[int]:
        """The numbers of the edits that take out all characters from `start` to before `end`."""
        while self._next < len(self._order) and self._edits[self._order[self._next]].start <= start:
            self._open.append(self._order[self._next])
            self._next += 1
        self._open = [each for each in self._open if self._edits[each].end > start]
        return sorted(each for each in self._open if self._edits[each].end >= end)


def rewritten(pieces: Sequence[Piece], edits: Sequence[RunEdit], marker: Marker, form: bytes = b"") -> bytes:
    """The content with the edits in it; `form` are the properties of new characters in a paragraph without any."""
    return _Rewriting(exploded(pieces, edits), edits, marker, form).made()


class _Out:
    """The content that is written, with the tracked changes that are open around its end."""

    def __init__(self, marker: Marker) -> None:
        self._marker = marker
        self._entries: list[tuple[str, bytes]] = []
        self._frames: list[TagPiece] = []
        self._deleting = ""

    def add(self, raw: bytes) -> None:
        """Adds something that is not deleted."""
        self.end_deletion()
        self._entries.append(("", raw))

    def delete(self, run: RunPiece, author: str) -> None:
        """Adds a run that is deleted."""
        if self._marker.plain:
            return
        if self._deleting != author:
            self.end_deletion()
            self._entries.append(("", self._marker.start("del", author)))
            self._deleting = author
        self._entries.append(("", as_deleted(run, self._marker.prefix)))

    def end_deletion(self) -> None:
        """What comes now is not deleted with what came before."""
        if self._deleting:
            self._entries.append(("", self._marker.end("del")))
            self._deleting = ""

    def tag(self, piece: TagPiece) -> None:
        """Adds a tag around runs. A change that was opened again for nothing is left out."""
        self.end_deletion()
        if piece.opens:
            self._frames.append(piece)
            self._entries.append(("open", piece.raw))
            return
        if self._frames:
            self._frames.pop()
        if self._entries and self._entries[-1][0] == "again":
            self._entries.pop()
        else:
            self._entries.append(("", piece.raw))

    def put(self, raw: bytes) -> None:
        """Adds something outside of the tracked changes of others that end here, or would go on around it."""
        self.end_deletion()
        around: list[TagPiece] = []
        for frame in reversed(self._frames):
            if frame.name not in REVISIONS:
                break
            around.insert(0, frame)
        count = len(around)
        opened = self._entries[len(self._entries) - count :] if count else []
        if count and len(opened) == count and all(kind for kind, _ in opened):
            self._entries[len(self._entries) - count :] = [("", raw), *opened]
            return
        for frame in reversed(around):
            name = self._marker.prefix + frame.name.encode()
            self._entries.append(("", b"</" + name + b">"))
        self._entries.append(("", raw))
        for frame in around:
            self._entries.append(("again", self._marker.renumbered(frame.raw)))

    def made(self) -> bytes:
        """All of it."""
        self.end_deletion()
        return b"".join(raw for _, raw in self._entries)


class _Rewriting:
    def __init__(self, pieces: Sequence[Piece], edits: Sequence[RunEdit], marker: Marker, form: bytes) -> None:
        self._pieces, self._edits, self._marker, self._form = pieces, edits, marker, form
        self._out = _Out(marker)
        self._ends: dict[int, bytes] = {}
        """For each edit with a comment that has begun what ends the comment."""

    def made(self) -> bytes:
        """The content with the edits."""
        before, after = self._insertions()
        waiting: list[tuple[int, bytes]] = []
        at = 0
        out = self._out
        done: set[int] = set()
        covering = _Over(self._edits)
        for index, piece in enumerate(self._pieces):
            for number, form in before.get(index, ()):
                self._insert(number, form)
            if isinstance(piece, TagPiece):
                self._flush(waiting)
                out.tag(piece)
            elif not piece.text:
                out.add(piece.raw)
            else:
                end = at + len(piece.text)
                over = covering.at(at, end)
                if over and isinstance(piece, RunPiece):
                    for number in over:
                        if number not in done:
                            done.add(number)
                            self._begin(number)
                            waiting.append((number, bare(piece.form)))
                    out.delete(piece, self._edits[over[0]].author)
                else:
                    self._flush(waiting)
                    out.add(piece.raw)
                at = end
                ended = [each for each in waiting if self._edits[each[0]].end <= at]
                waiting = [each for each in waiting if self._edits[each[0]].end > at]
                self._flush(ended)
            for number, form in after.get(index, ()):
                self._insert(number, form)
        self._flush(waiting)
        for number, form in before.get(len(self._pieces), ()):
            self._insert(number, form)
        return out.made()

    def _flush(self, waiting: list[tuple[int, bytes]]) -> None:
        """Writes the new words of the edits whose old ones have been deleted."""
        for number, form in waiting:
            self._insert(number, form)
        waiting.clear()

    def _begin(self, number: int) -> None:
        edit = self._edits[number]
        if edit.comment and number not in self._ends:
            start, self._ends[number] = self._marker.comment(edit.author, edit.comment)
            self._out.add(start)

    def _insert(self, number: int, form: bytes) -> None:
        edit = self._edits[number]
        self._begin(number)
        ending = self._ends.get(number, b"")
        if edit.new:
            run = self._marker.run(edit.new, form)
            if not self._marker.plain:
                run = self._marker.start("ins", edit.author) + run + self._marker.end("ins")
            self._out.put(run + ending)
        elif ending:
            self._out.put(ending)

    def _insertions(self) -> tuple[dict[int, list[tuple[int, bytes]]], dict[int, list[tuple[int, bytes]]]]:
        """The edits that only put in, with the look of their words: those before a piece, and those behind one."""
        before: dict[int, list[tuple[int, bytes]]] = {}
        after: dict[int, list[tuple[int, bytes]]] = {}
        starts, ends = self._edges()
        for number, edit in enumerate(self._edits):
            if edit.start != edit.end:
                continue
            left, right = ends.get(edit.start), starts.get(edit.start)
            if left is not None and (right is None or left[1] <= right[1]):
                after.setdefault(left[0], []).append((number, left[2]))
            elif right is not None:
                look = left[2] if left is not None else right[2]
                before.setdefault(right[0], []).append((number, look))
            else:
                before.setdefault(self._empty_place(), []).append((number, self._form))
        return before, after

    def _edges(self) -> tuple[dict[int, tuple[int, int, bytes]], dict[int, tuple[int, int, bytes]]]:
        """The visible pieces by the characters at which they begin, and end: index, depth and look."""
        starts: dict[int, tuple[int, int, bytes]] = {}
        ends: dict[int, tuple[int, int, bytes]] = {}
        at = depth = 0
        for index, piece in enumerate(self._pieces):
            if isinstance(piece, TagPiece):
                depth += (1 if piece.opens else -1) if piece.name not in REVISIONS else 0
            elif piece.text:
                form = bare(piece.form) if isinstance(piece, RunPiece) else self._form
                starts[at] = index, depth, form
                at += len(piece.text)
                ends[at] = index, depth, form
        return starts, ends

    def _empty_place(self) -> int:
        """Where the first characters of an empty paragraph are put: inside of its bookmarks."""
        depth = 0
        for index, piece in enumerate(self._pieces):
            if isinstance(piece, TagPiece):
                depth += 1 if piece.opens else -1
            elif depth == 0 and isinstance(piece, OtherPiece) and piece.name == "bookmarkEnd":
                return index
        return len(self._pieces)


# whole paragraphs


def has_more_than_runs(pieces: Sequence[Piece]) -> bool:
    """True if a reader sees something in a paragraph that is in no run of it, such as a formula."""
    return any(
        isinstance(each, OtherPiece) and (each.text or each.name.endswith(("oMath", "oMathPara", "AlternateContent")))
        for each in pieces
    )


def struck(pieces: Sequence[Piece], author: str, marker: Marker, kind: str = "del") -> bytes:
    """The content of a paragraph that is deleted, or moved away (moveFrom). What is deleted already stays as it is."""
    made: list[bytes] = []
    is_open = False
    gone = 0
    for piece in pieces:
        wanted = isinstance(piece, RunPiece) and not gone
        if wanted != is_open:
            made.append(marker.start(kind, author) if wanted else marker.end(kind))
            is_open = wanted
        if isinstance(piece, TagPiece) and piece.name in _GONE:
            gone += 1 if piece.opens else -1
        made.append(
            as_deleted(piece, marker.prefix) if isinstance(piece, RunPiece) and wanted and kind == "del" else piece.raw
        )
    if is_open:
        made.append(marker.end(kind))
    return b"".join(made)


def copied(pieces: Sequence[Piece], author: str, marker: Marker, edits: Sequence[RunEdit] = ()) -> bytes:
    """The content of a paragraph at the place to which it moves.

    Words that changed are insertions, and what they replace is shown as put in and deleted again, so that it is there neither
    before nor after. Our bookmarks are named as copies; those of others, and comments, stay where they were.
    """
    kept = [each for each in exploded(pieces, edits) if not isinstance(each, OtherPiece) or each.text or _is_own(each)]
    return _Copying(edits, author, marker).made(_present(kept))


class _Copying:
    def __init__(self, edits: Sequence[RunEdit], author: str, marker: Marker) -> None:
        self._edits = sorted(edits, key=lambda each: (each.start, each.end))
        self._author, self._marker = author, marker
        self._out: list[bytes] = []
        self._numbers: dict[bytes, int] = {}
        self._next = 0
        """The index of the first edit whose new words have not been written."""
        self._open = False

    def made(self, pieces: Iterable[Piece]) -> bytes:
        """The content."""
        at, form = 0, b""
        for piece in pieces:
            if not isinstance(piece, RunPiece):
                self._move(moving=False)
                copied = (
                    _copied_bookmark(piece, self._numbers, self._marker) if isinstance(piece, OtherPiece) else piece.raw
                )
                self._out.append(copied)
                continue
            if piece.text:
                look = bare(piece.form)
                self._insert(at, form if at else look)
                form = look
            end = at + len(piece.text)
            edit = self._edits[self._next] if self._next < len(self._edits) else None
            if piece.text and edit is not None and edit.start <= at and end <= edit.end:
                self._strike(piece)
            else:
                self._move(moving=True)
                raw = _DRAWING_ID.sub(lambda match: match[1] + b"%d" % self._marker.number(), piece.raw)
                self._out.append(bytes(raw))
            at = end
        self._insert(at, form)
        self._move(moving=False)
        ends = (f'<w:bookmarkEnd{self._marker.declared} w:id="{number}"/>' for number in self._numbers.values())
        return b"".join((*self._out, *(each.encode() for each in ends)))

    def _move(self, *, moving: bool) -> None:
        if moving != self._open:
            marker = self._marker
            self._out.append(marker.start("moveTo", self._author) if moving else marker.end("moveTo"))
            self._open = moving

    def _strike(self, run: RunPiece) -> None:
        self._move(moving=False)
        marker = self._marker
        self._out += (marker.start("ins", self._author), marker.start("del", self._author))
        self._out += (as_deleted(run, marker.prefix), marker.end("del"), marker.end("ins"))

    def _insert(self, at: int, form: bytes) -> None:
        """Writes the new words of the edits that end before or at this character."""
        while self._next < len(self._edits) and self._edits[self._next].end <= at:
            edit = self._edits[self._next]
            self._next += 1
            if edit.new:
                self._move(moving=False)
                marker = self._marker
                self._out += (marker.start("ins", edit.author), marker.run(edit.new, form), marker.end("ins"))


def _present(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces without what is deleted, without the tags of tracked changes and of content controls."""
    gone = 0
    for piece in pieces:
        if isinstance(piece, TagPiece):
            if piece.name in _GONE:
                gone += 1 if piece.opens else -1
            elif piece.name not in REVISIONS and piece.name not in ("sdt", "sdtContent") and not gone:
                yield piece
        elif not gone and not (isinstance(piece, RunPiece) and any(b.name == "commentReference" for b in piece.bits)):
            yield piece


def _is_own(piece: OtherPiece) -> bool:
    return piece.name == "bookmarkEnd" or (piece.name == "bookmarkStart" and _OWN_BOOKMARK in piece.raw)


def _copied_bookmark(piece: OtherPiece, numbers: dict[bytes, int], marker: Marker) -> bytes:
    """A bookmark of ours as the one of a copy; b"" for the end of another one."""
    found = _BOOKMARK_ID.search(piece.raw)
    if found is None:
        return b""
    number = found[1]
    if piece.name == "bookmarkEnd":
        if number not in numbers:
            return b""
        return f'<w:bookmarkEnd{marker.declared} w:id="{numbers.pop(number)}"/>'.encode()
    name = _BOOKMARK_NAME.search(piece.raw)
    if name is None or not name[2].startswith(_OWN_BOOKMARK):
        return b""
    numbers[number] = marker.number()
    new = name[2].decode("utf-8", "replace")[: _COPIED_NAMES - len("_Copy_1")] + "_Copy_1"
    return f'<w:bookmarkStart{marker.declared} w:id="{numbers[number]}" w:name="{new}"/>'.encode()


def markers_left(pieces: Sequence[Piece]) -> bytes:
    """The ends of bookmarks and comments whose other end is elsewhere: what must stay when a paragraph is taken out."""
    pairs: dict[tuple[str, bytes], list[bytes]] = {}
    for piece in pieces:
        if isinstance(piece, OtherPiece) and piece.name.endswith(("Start", "End")):
            found = _BOOKMARK_ID.search(piece.raw)
            kind = piece.name.removesuffix("Start").removesuffix("End")
            pairs.setdefault((kind, found[1] if found else b""), []).append(piece.raw)
    return b"".join(raw for found in pairs.values() if len(found) == 1 for raw in found)
