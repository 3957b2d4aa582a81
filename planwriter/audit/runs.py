"""The text of one paragraph as pieces of one look each; wrappers around paragraphs and runs are seen through."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.audit.package import Element
from planwriter.audit.paper import Piece
from planwriter.audit.properties import Styles, W, local, properties, value

_WRAPPERS = {"ins", "moveTo", "sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "dir", "bdo"}


def flat(parent: Element) -> Iterator[Element]:
    """The children of an element, those in wrappers (content controls, insertions, alternatives) in their place."""
    for child in parent:
        name = local(child)
        if name == "AlternateContent":
            yield from _alternative(child)
        elif name in _WRAPPERS:
            yield from flat(child)
        else:
            yield child


def _alternative(element: Element) -> Iterator[Element]:
    """What the first alternative holds, which Word takes where it knows what is in it."""
    for child in element:
        if local(child) in ("Choice", "Fallback"):
            yield from flat(child)
            return


class Runs:
    """Reads the runs of one paragraph: pieces of text, page numbers, breaks; drawings are noted, not read."""

    def __init__(self, styles: Styles, style: str) -> None:
        self.styles, self.style = styles, style
        self.pieces: list[Piece] = []
        self.break_before = self.break_after = self.drawn = False
        self._fields: list[list[str]] = []
        """The codes of the open fields, each followed by "" once its result begins."""

    def read(self, parent: Element) -> None:
        for child in flat(parent):
            name = local(child)
            if name == "r":
                self.run(child)
            elif name == "fldSimple":
                self._simple_field(child)

    def run(self, element: Element) -> None:
        form = element.find(f"{W}rPr")
        direct = properties(form)
        look = self.styles.characters(self.style, direct.get("rStyle.val", ""), direct)
        text = ""
        for child in flat(element):
            name = local(child)
            if name == "t":
                text += child.text or ""
            elif name in ("tab", "ptab"):
                text += "\t"
            elif name in ("br", "cr"):
                text += self._break(child, text)
            elif name == "noBreakHyphen":
                text += "-"
            elif name == "instrText":
                if self._fields:
                    self._fields[-1][0] += child.text or ""
            elif name == "fldChar":
                self._field_mark(value(child, "fldCharType"))
            elif name in ("drawing", "pict", "object"):
                self.drawn = True
        page = any(_is_page(code[0]) for code in self._fields)
        in_code = bool(self._fields) and len(self._fields[-1]) == 1
        if text and not in_code and not look.hidden:
            self.pieces.append(Piece("1" if page else text, look, page))

    def _break(self, element: Element, text: str) -> str:
        if value(element, "type") == "page":
            if text.strip() or any(piece.text.strip() for piece in self.pieces):
                self.break_after = True
            else:
                self.break_before = True
            return ""
        return "\n"

    def _field_mark(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append([""])
        elif self._fields and kind == "separate":
            self._fields[-1].append("")
        elif self._fields and kind == "end":
            code = self._fields.pop()
            if _is_page(code[0]) and not any(piece.page for piece in self.pieces):
                self.pieces.append(Piece("1", self.styles.characters(self.style, "", {}), True))

    def _simple_field(self, element: Element) -> None:
        before = len(self.pieces)
        self.read(element)
        if _is_page(value(element, "instr")):
            look = self.pieces[before].type if len(self.pieces) > before else self.styles.characters(self.style, "", {})
            self.pieces[before:] = [Piece("1", look, True)]


def _is_page(code: str) -> bool:
    return code.split()[:1] in (["PAGE"], ["page"])
