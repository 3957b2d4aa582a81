"""The properties of a paragraph taken apart, so that its end can be marked as put in or deleted and its look as changed."""

from __future__ import annotations

from planwriter.readers.docx.pieces import children, local_name, tokens
from planwriter.readers.docx.places import ParagraphPlace
from planwriter.start.named_tuple import NamedTuple
from planwriter.writers.docx.tracked_marks import Marker

_SIGNS = ("ins", "del", "moveFrom", "moveTo")
"""The tracked changes of a paragraph's end, in the order of the schema."""


class ParagraphForm(NamedTuple):
    """The properties: the look, the tracked changes of its end, how its end looks, its section, a tracked change of it."""

    look: bytes = b""
    signs: tuple[tuple[str, bytes], ...] = ()
    end_look: bytes = b""
    section: bytes = b""
    change: bytes = b""

    @property
    def copy(self) -> ParagraphForm:
        """What another paragraph of the same look has."""
        return ParagraphForm(self.look, (), self.end_look)

    def signed(self, kind: str, author: str, marker: Marker) -> ParagraphForm:
        """With its end marked as changed, unless it is marked like that already."""
        if any(name == kind for name, _ in self.signs):
            return self
        signs = (*self.signs, (kind, marker.sign(kind, author)))
        return self._replace(signs=tuple(sorted(signs, key=lambda each: _SIGNS.index(each[0]))))

    def looking(self, look: bytes, was: bytes, author: str, marker: Marker) -> ParagraphForm:
        """With another look, which is a tracked change if the look `was` another one."""
        if self.change or look == was == self.look:
            return self
        prefix = marker.prefix
        old = b"<" + prefix + b"pPr>" + was + b"</" + prefix + b"pPr>"
        change = f"<w:pPrChange{marker.attributes(author)}>".encode() + old + b"</w:pPrChange>"
        return self._replace(look=look, change=b"" if look == was else change)

    def made(self, prefix: bytes) -> bytes:
        """The element."""
        end = b"".join(raw for _, raw in self.signs) + self.end_look
        end = b"<" + prefix + b"rPr>" + end + b"</" + prefix + b"rPr>" if end else b""
        inner = self.look + end + self.section + self.change
        return b"<" + prefix + b"pPr>" + inner + b"</" + prefix + b"pPr>" if inner else b""

    def run_form(self, prefix: bytes) -> bytes:
        """The properties of a run that looks like the paragraph's end."""
        return b"<" + prefix + b"rPr>" + self.end_look + b"</" + prefix + b"rPr>" if self.end_look else b""


def form_of(data: bytes, place: ParagraphPlace, prefix: bytes) -> ParagraphForm:
    """The properties of a paragraph."""
    raw = data[place.opened : place.content]
    look: list[bytes] = []
    signs: list[tuple[str, bytes]] = []
    end_look: list[bytes] = []
    kept = {"sectPr": b"", "pPrChange": b""}
    for name, each in _inside(raw):
        local = local_name(name, prefix)
        if local in kept:
            kept[local] = each
        elif local == "rPr":
            for inner_name, inner in _inside(each):
                inner_local = local_name(inner_name, prefix)
                if inner_local in _SIGNS:
                    signs.append((inner_local, inner))
                elif inner_local != "rPrChange":
                    end_look.append(inner)
        else:
            look.append(each)
    return ParagraphForm(b"".join(look), tuple(signs), b"".join(end_look), kept["sectPr"], kept["pPrChange"])


def _inside(raw: bytes) -> list[tuple[bytes, bytes]]:
    """The children of the first element in `raw`."""
    found = [each for each in tokens(raw, 0, len(raw)) if each.name]
    if not found or (found[0].partner == 0 and len(found) == 1):
        return []
    first = found[0]
    last = next((each for each in reversed(found) if each.name == first.name), first)
    return list(children(raw, first.end, last.start))
