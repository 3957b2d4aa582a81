"""Paragraphs that are put in, deleted and moved: which ends of paragraphs are marked, so that accepting and rejecting are exact.

The end of a deleted paragraph is deleted with it, and then joins it to the next one. The last paragraph before a table, or in
a cell, has no next one: there the marks stand one paragraph earlier, and the look of each paragraph is a tracked change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from planwriter.readers.docx.document import WordBlock, WordParagraph, WordTable
from planwriter.readers.docx.pieces import OtherPiece, Piece, RunPiece
from planwriter.readers.docx.places import Places
from planwriter.start.named_tuple import NamedTuple
from planwriter.writers.docx.tracked_form import ParagraphForm, form_of
from planwriter.writers.docx.tracked_marks import Marker, bare
from planwriter.writers.docx.tracked_tables import NewTable, table_xml
from planwriter.writers.docx.tracked_text import RunEdit, arrival_kind, copied, length, markers_left, rewritten, struck

_KEPT, _GONE, _NEW, _BOTH, _TABLE = range(5)
"""_BOTH: one that goes and a new one in the same element. _TABLE: a new table."""


class NewParagraph(NamedTuple):
    """A paragraph that is put in; see `Insert`."""

    text: str
    author: str
    like: int
    comment: str
    lead: int


class Shift(NamedTuple):
    """Paragraphs that move; see `Move`."""

    first: int
    last: int
    after: int
    beyond: bool
    author: str
    comment: str


class _Slot:
    """A place in the order of paragraphs: one that is there (`number`) or a new one (0)."""

    __slots__ = (
        *("after", "at", "author", "before", "behind", "body", "changed", "ends_new"),
        *("form", "gone_kind", "new_form", "new_kind", "number", "status"),
    )

    def __init__(self, number: int, at: int, status: int = _KEPT) -> None:
        self.number, self.at, self.status = number, at, status
        self.behind: list[_Slot] = []
        """The new ones that are put behind it."""
        self.author = ""
        self.gone_kind, self.new_kind = "del", "ins"
        self.body: Callable[[], bytes] | None = None
        self.form: Callable[[], ParagraphForm] | None = None
        self.new_form: Callable[[], ParagraphForm] | None = None
        """For _BOTH the properties of the new one."""
        self.before = self.after = b""
        """What stands at the start of its content, and behind it: the ends of a move's range."""
        self.changed = False
        self.ends_new = False
        """True if the last characters of one that is there are put in: LibreOffice takes them and a new one behind for one change."""


class _Segment:
    """The paragraphs between two tables, or in a cell; `anchor` is where the first one would be put if there are none."""

    def __init__(self, anchor: int) -> None:
        self.anchor = anchor
        self.head: list[_Slot] = []
        """The new ones before all others."""
        self.there: list[_Slot] = []
        self.touched = False
        self.above: WordTable | None = None
        self.below: WordTable | None = None
        """The tables beside it, if any."""

    def slots(self) -> list[_Slot]:
        """All in their order."""
        made = list(self.head)
        for slot in self.there:
            made.append(slot)
            made += slot.behind
        return made


class TrackedOrder:
    """The paragraphs of a text in their order, and what becomes of them."""

    def __init__(self, places: Places, marker: Marker, pieces_of: Callable[[int], tuple[Piece, ...]]) -> None:
        self._places, self._marker, self._pieces_of = places, marker, pieces_of
        self._table_at = 0
        self._segments: list[_Segment] = []
        self._slots: dict[int, tuple[_Segment, _Slot]] = {}
        self._behind: dict[int, _Segment] = {}
        """For each paragraph in a table the segment behind its outermost table."""
        first = places.read.blocks[0] if places.read.blocks else None
        is_table = first is not None and not isinstance(first, WordParagraph)
        start = places.tables[0].start if is_table else places.paragraphs[0].start
        self._collect(places.read.blocks, start, None)
        self._head = self._segments[0]

    def _collect(self, blocks: Sequence[WordBlock], anchor: int, outer: list[int] | None) -> None:
        """Takes the blocks of the body, or of a cell; `outer` collects the paragraphs in a table of the body."""
        segment = _Segment(anchor)
        self._segments.append(segment)
        for block in blocks:
            if isinstance(block, WordParagraph):
                slot = _Slot(block.number, len(segment.there))
                segment.there.append(slot)
                self._slots[block.number] = segment, slot
                if outer is not None:
                    outer.append(block.number)
                continue
            segment.below = block
            inside: list[int] = [] if outer is None else outer
            at = self._table_at
            self._table_at += 1
            place = self._places.tables[at]
            for row in block.rows:
                for cell in row.cells:
                    self._collect(cell.blocks, place.start, inside)
            segment = _Segment(place.end)
            segment.above = block
            self._segments.append(segment)
            if outer is None:
                self._behind.update(dict.fromkeys(inside, segment))

    def is_stretch(self, first: int, last: int) -> bool:
        """True if these paragraphs stand side by side, and no section ends in them."""
        segment, slot = self._slots[first]
        numbers = [each.number for each in segment.there[slot.at : slot.at + last - first + 1]]
        return numbers == list(range(first, last + 1)) and not any(self._form(each).section for each in numbers)

    def _form(self, number: int) -> ParagraphForm:
        return form_of(self._places.data, self._places.paragraphs[number - 1], self._marker.prefix)

    def _touch(self, number: int) -> _Slot:
        segment, slot = self._slots[number]
        segment.touched = slot.changed = True
        return slot

    # what is to be done

    def rewrite(self, number: int, edits: Sequence[RunEdit]) -> None:
        """Puts edits into a paragraph."""
        slot = self._touch(number)
        pieces = self._pieces_of(number)
        size = length(pieces)
        slot.ends_new = any(each.new and each.end == size for each in edits)
        form = self._form(number).run_form(self._marker.prefix)
        slot.body = lambda: rewritten(pieces, edits, self._marker, form)

    def strike(self, number: int, author: str, comment: str = "") -> None:
        """Deletes the characters of a paragraph, and leaves its end."""
        slot = self._touch(number)
        pieces, marker = self._pieces_of(number), self._marker
        slot.body = lambda: _commented(lambda: struck(pieces, author, marker), author, comment, marker)

    def remove(self, number: int, author: str, comment: str = "") -> None:
        """Deletes a paragraph; the end of a section stays."""
        slot = self._touch(number)
        pieces = self._pieces_of(number)
        marker = self._marker
        if not self._form(number).section:
            slot.status, slot.author = _GONE, author
        slot.body = lambda: _commented(lambda: _without(pieces, author, marker), author, comment, marker)

    def insert(self, after: int, new: NewParagraph, *, beyond: bool = False) -> None:
        """Puts a paragraph in."""
        slot = self._new_slot(after, beyond)
        slot.author = new.author
        marker = self._marker
        form = self._form(new.like).copy if new.like else ParagraphForm()
        slot.form = lambda: form
        runs = self._like(new, form)

        def body() -> bytes:
            made = b"".join(marker.run(text, look) for text, look in runs if text)
            if made and not marker.plain:
                made = marker.start("ins", new.author) + made + marker.end("ins")
            return made

        slot.body = lambda: _commented(body, new.author, new.comment, marker)

    def _like(self, new: NewParagraph, form: ParagraphForm) -> tuple[tuple[str, bytes], ...]:
        """The characters of a new paragraph with their looks: those of the first and of the last run that is seen."""
        pieces = self._pieces_of(new.like) if new.like else ()
        looks = [bare(each.form) for each in pieces if isinstance(each, RunPiece) and each.text]
        if not looks:
            return ((new.text, form.run_form(self._marker.prefix)),)
        return ((new.text[: new.lead], looks[0]), (new.text[new.lead :], looks[-1]))

    def insert_table(self, after: int, table: NewTable, *, beyond: bool = False) -> None:
        """Puts a table in."""
        slot = self._new_slot(after, beyond)
        slot.status, slot.author = _TABLE, table.author
        slot.body = lambda: table_xml(self._places, table, self._marker)

    def move(self, shift: Shift, edits: Mapping[int, Sequence[RunEdit]]) -> None:
        """Moves paragraphs, with their edits."""
        marker = self._marker
        name = "" if marker.plain else marker.move_name()
        ranges = [(b"", b"")] * 2
        if not marker.plain:
            ranges = [marker.move_range(kind, name, shift.author) for kind in ("moveFrom", "moveTo")]
        new: list[_Slot] = []
        for number in range(shift.first, shift.last + 1):
            own = tuple(sorted(edits.get(number, ()), key=lambda each: (each.start, each.end)))
            self._take_away(number, shift.author)
            target = self._new_slot(shift.after, shift.beyond)
            new.append(target)
            target.author, target.new_kind = shift.author, arrival_kind(length(self._pieces_of(number)), own)
            target.form = self._moved_form(number)
            comment = shift.comment if number == shift.first else ""
            target.body = self._arriving(number, own, shift.author, comment)
        (self._slots[shift.first][1].before, self._slots[shift.last][1].after), ends = ranges
        new[0].before, new[-1].after = ends

    def _take_away(self, number: int, author: str) -> None:
        slot = self._touch(number)
        slot.status, slot.author, slot.gone_kind = _GONE, author, "moveFrom"
        pieces, marker = self._pieces_of(number), self._marker
        slot.body = lambda: b"" if marker.plain else struck(pieces, author, marker, kind="moveFrom")

    def _moved_form(self, number: int) -> Callable[[], ParagraphForm]:
        form = self._form(number)
        return lambda: form if self._marker.plain else form.copy

    def _arriving(self, number: int, edits: Sequence[RunEdit], author: str, comment: str) -> Callable[[], bytes]:
        pieces, marker = self._pieces_of(number), self._marker

        def body() -> bytes:
            return rewritten(pieces, edits, marker) if marker.plain else copied(pieces, author, marker, edits)

        return lambda: _commented(body, author, comment, marker)

    def _new_slot(self, after: int, beyond: bool) -> _Slot:
        """A new place behind what stands there, and behind what was put there before."""
        slot = _Slot(0, -1, _NEW)
        slot.changed = True
        if after == 0 or (beyond and after in self._behind):
            segment = self._behind[after] if after else self._head
            segment.head.append(slot)
        else:
            segment, old = self._slots[after]
            old.behind.append(slot)
        segment.touched = True
        return slot

    # the bytes

    def patches(self) -> Iterator[tuple[int, int, bytes]]:
        """The stretches of the text that change."""
        for segment in self._segments:
            if segment.touched:
                yield from self._plain(segment) if self._marker.plain else self._marked(segment)

    def _apart(self, segment: _Segment) -> list[_Slot]:
        """The slots, with an empty paragraph where two tables would stand side by side, or one would be the last of all.

        A new table stands before paragraphs that go: an end that goes cannot be joined to a table.
        """
        made: list[_Slot] = []
        start = 0
        for slot in segment.slots():
            if slot.status != _TABLE:
                made.append(slot)
                continue
            gone = made[start:] if all(each.status == _GONE for each in made[start:]) else []
            del made[len(made) - len(gone) :]
            beside = made[-1].status == _TABLE if made else segment.above is not None and not segment.above.floating
            if beside:
                made.append(self._blank(slot.author))
            made.append(slot)
            start = len(made)
            made += gone
        if made[-1].status == _TABLE and not (segment.below is not None and segment.below.floating):
            made.append(self._blank(made[-1].author))
        return made

    @staticmethod
    def _blank(author: str) -> _Slot:
        slot = _Slot(0, -1, _NEW)
        slot.author, slot.form, slot.changed = author, ParagraphForm, True
        return slot

    def _plain(self, segment: _Segment) -> Iterator[tuple[int, int, bytes]]:
        slots = self._apart(segment)
        present = [slot for slot in slots if slot.status not in (_GONE, _TABLE)]
        last = slots[-1]
        for slot, place in self._placed(slots, segment.anchor):
            body = slot.body() if slot.body else b""
            if slot.status == _TABLE:
                yield place, place, body
            elif slot.status == _GONE and slot is last and not present:
                yield self._written(slot, place, self._form(slot.number), body)
            elif slot.status == _GONE:
                number = slot.number
                start, end = self._span(number)
                yield start, end, b"" if slot.gone_kind == "moveFrom" else markers_left(self._pieces_of(number))
            elif slot.changed:
                yield self._written(slot, place, self._own_form(slot), body)

    def _marked(self, segment: _Segment) -> Iterator[tuple[int, int, bytes]]:
        slots: list[_Slot] = []
        stretches: list[list[_Slot]] = []
        """What stands between new tables; together with what is before, if no end of it was there."""
        for is_table, group in groupby(self._apart(segment), key=lambda each: each.status == _TABLE):
            stretch = list(group)
            if not is_table:
                stretch = self._with_both(stretch)
            slots += stretch
            if not is_table and stretches and not any(each.number for each in stretch):
                stretches[-1] += stretch
            elif not is_table:
                stretches.append(stretch)
        forms: dict[_Slot, ParagraphForm] = {}
        for stretch in stretches:
            forms.update(self._forms(stretch))
        for slot, place in self._placed(slots, segment.anchor):
            form = forms.get(slot)
            if slot.status == _TABLE:
                yield place, place, slot.body() if slot.body else b""
            elif slot.changed or form is not None:
                body = slot.body() if slot.body else None
                yield self._written(slot, place, form or self._own_form(slot), body)

    def _with_both(self, slots: list[_Slot]) -> list[_Slot]:
        """If none stays, one that goes and a new one side by side are made one: the last end cannot be deleted or put in."""
        if any(slot.status == _KEPT for slot in slots):
            return slots
        at = next((at for at in range(1, len(slots)) if slots[at].status != slots[at - 1].status), 0)
        if not at:
            return slots
        pair = slots[at - 1 : at + 1]
        gone, new = sorted(pair, key=lambda each: each.status)
        made = _Slot(gone.number, gone.at, _BOTH)
        made.changed, made.author, made.new_form = True, new.author, new.form
        made.body = lambda: b"".join(each.before + (each.body() if each.body else b"") for each in pair)
        made.after = b"".join(each.after for each in pair)
        return [*slots[: at - 1], made, *slots[at + 1 :]]

    def _forms(self, slots: list[_Slot]) -> dict[_Slot, ParagraphForm]:
        """The properties of the paragraphs whose ends or looks are changed."""
        marker = self._marker
        kept = [at for at, slot in enumerate(slots) if slot.status in (_KEPT, _BOTH)]
        tail = kept[-1] if kept else len(slots)
        made: dict[_Slot, ParagraphForm] = {}
        for at, slot in enumerate(slots[:tail]):
            if slot.status == _KEPT and slot.ends_new and slots[at + 1].status == _NEW:
                behind = next(each for each in range(at + 1, tail + 1) if slots[each].status != _NEW)
                self._shifted(slots[at:behind], made)
            elif slot.status in (_GONE, _NEW) and slot not in made:
                kind = slot.gone_kind if slot.status == _GONE else slot.new_kind
                made[slot] = self._own_form(slot).signed(kind, slot.author, marker)
        if tail < len(slots) - 1 or (kept and slots[tail].status == _BOTH):
            self._shifted(slots[tail:], made)
        elif not kept and (gone := [slot for slot in slots if slot.status == _GONE]):
            # a cell, and the text between two tables, must have a paragraph: the last one leaves its end
            made.pop(gone[-1], None)
        return made

    def _shifted(self, slots: list[_Slot], made: dict[_Slot, ParagraphForm]) -> None:
        """The ends of the last paragraphs: each is marked as the paragraph behind it."""
        marker = self._marker
        own = [self._own_form(slot) for slot in slots]
        accepted = rejected = own[0].look
        for at, slot in enumerate(slots):
            if slot.status != _GONE:
                accepted = (slot.new_form() if slot.new_form else own[at]).look
            if slot.status != _NEW:
                rejected = own[at].look
            behind = slots[at + 1] if at + 1 < len(slots) else None
            made[slot] = own[at].looking(accepted, rejected, slot.author, marker)
            if behind is not None:
                kind = "del" if behind.status == _GONE else "ins"
                made[slot] = made[slot].signed(kind, behind.author, marker)

    def _own_form(self, slot: _Slot) -> ParagraphForm:
        if slot.form is not None:
            return slot.form()
        return self._form(slot.number)

    def _placed(self, slots: list[_Slot], anchor: int) -> Iterator[tuple[_Slot, int]]:
        """The paragraphs, each new one with the place at which it is put."""
        first = next((slot.number for slot in slots if slot.number), 0)
        at = self._span(first)[0] if first else anchor
        for slot in slots:
            if slot.number:
                at = self._span(slot.number)[1]
            yield slot, at

    def _span(self, number: int) -> tuple[int, int]:
        place = self._places.paragraphs[number - 1]
        return place.start, place.end

    def _written(self, slot: _Slot, place: int, form: ParagraphForm, body: bytes | None) -> tuple[int, int, bytes]:
        """A paragraph with these properties and this content; that of one that is there if `body` is None."""
        prefix = self._marker.prefix
        if not slot.number:
            inner = form.made(prefix) + slot.before + (body or b"")
            head = f"<w:p{self._marker.declared}>".encode() if prefix != b"w:" else b"<w:p>"
            return place, place, head + inner + b"</w:p>" + slot.after
        own = self._places.paragraphs[slot.number - 1]
        data = self._places.data
        opening = data[own.start : own.opened]
        if own.is_empty:
            opening = opening[:-2].rstrip() + b">"
        if body is None:
            body = data[own.content : own.closing]
        same = form == self._form(slot.number)
        properties = data[own.opened : own.content] if same else form.made(prefix)
        ending = data[own.closing : own.end] if not own.is_empty else b"</" + own.name + b">"
        return own.start, own.end, opening + properties + slot.before + body + ending + slot.after


def _without(pieces: Sequence[Piece], author: str, marker: Marker) -> bytes:
    """The content of a paragraph that is deleted; without marks only what has no text stays."""
    if not marker.plain:
        return struck(pieces, author, marker)
    return b"".join(each.raw for each in pieces if isinstance(each, OtherPiece) and each.name)


def _commented(body: Callable[[], bytes], author: str, comment: str, marker: Marker) -> bytes:
    if not comment:
        return body()
    start, end = marker.comment(author, comment)
    return start + body() + end
