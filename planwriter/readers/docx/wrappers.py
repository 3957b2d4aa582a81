"""Reads through the wrappers of blocks and runs: tracked changes, content controls, links, alternatives."""

from __future__ import annotations

from planwriter.readers.docx.document import ContentControl, Revision
from planwriter.readers.docx.xml import SKIP, Handler, Node, W, grow
from planwriter.start.named_tuple import NamedTuple

_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PLAIN = frozenset(("sdtContent", "customXml", "smartTag", "hyperlink", "dir", "bdo"))
_ADDED = frozenset(("ins", "moveTo"))
_WRAPPERS = _PLAIN | _ADDED | {"sdt", f"{_MC}AlternateContent"}


class Marks(NamedTuple):
    """The wrappers of a block or run: a tracked change, and the content controls, outermost first."""

    revision: Revision | None = None
    controls: tuple[ContentControl, ...] = ()

    @property
    def deleted(self) -> bool:
        """True inside a tracked deletion."""
        return self.revision is not None and self.revision.deletes


_FORMAT_CHANGES = frozenset(
    (
        *("rPrChange", "pPrChange", "numberingChange", "sectPrChange"),
        *("tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange", "tcPrChange"),
        *("cellIns", "cellDel", "cellMerge"),
    )
)


def format_changes(form: Node | None) -> tuple[Revision, ...]:
    """The tracked changes that a pPr, rPr, sectPr, tblPr, tblGrid, trPr or tcPr names itself."""
    if form is None:
        return ()
    return tuple([revision(each.name, each.attributes) for each in form.children if each.name in _FORMAT_CHANGES])


def revision(kind: str, attributes: dict[str, str]) -> Revision:
    """The tracked change of an element; `kind` is the element's name."""
    return Revision(kind, attributes.get(f"{W}author", ""), attributes.get(f"{W}date", ""))


class OpenElement(Handler):
    """An element whose children are opened by `open`; a wrapper is replaced by its children."""

    __slots__ = ("marks",)

    def __init__(self, marks: Marks) -> None:
        self.marks = marks

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        return _inside(self, self.marks, name, attributes)

    def open(self, name: str, attributes: dict[str, str], marks: Marks) -> Handler:
        """The handler of a child that is not a wrapper."""
        return SKIP

    def link(self, attributes: dict[str, str]) -> None:
        """A link begins, which is a wrapper."""


def _inside(target: OpenElement, marks: Marks, name: str, attributes: dict[str, str]) -> Handler:
    if name not in _WRAPPERS:
        return target.open(name, attributes, marks)
    if name in _PLAIN:
        if name == "hyperlink" and not marks.deleted:
            target.link(attributes)
        return Inside(target, marks)
    if name in _ADDED:
        return Inside(target, marks if marks.deleted else marks._replace(revision=revision(name, attributes)))
    if name == "sdt":
        return _Control(target, marks)
    return _Alternatives(target, marks)


class Inside(OpenElement):
    """A wrapper: its children are treated as children of the target."""

    __slots__ = ("_target",)

    def __init__(self, target: OpenElement, marks: Marks) -> None:
        super().__init__(marks)
        self._target = target

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        return _inside(self._target, self.marks, name, attributes)


class _Control(Inside):
    """A content control; its properties come before its content."""

    __slots__ = ("_around",)

    def __init__(self, target: OpenElement, marks: Marks) -> None:
        super().__init__(target, marks)
        self._around = marks.controls
        self._set(ContentControl("", "", False))

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        if name == "sdtPr":
            return grow(name, attributes, self._read)
        return super().start(name, attributes)

    def _read(self, node: Node) -> None:
        self._set(ContentControl(node.value_of("tag"), node.value_of("alias"), node.find("showingPlcHdr") is not None))

    def _set(self, control: ContentControl) -> None:
        self.marks = self.marks._replace(controls=(*self._around, control))


class _Alternatives(OpenElement):
    """Alternatives, of which the first is read: Word uses it if it understands the content."""

    __slots__ = ("_chosen", "_target")

    def __init__(self, target: OpenElement, marks: Marks) -> None:
        super().__init__(marks)
        self._target, self._chosen = target, False

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        if self._chosen or name not in (f"{_MC}Choice", FALLBACK):
            return SKIP
        self._chosen = True
        return Inside(self._target, self.marks)


FALLBACK = f"{_MC}Fallback"
