"""XML of a .docx: each element is taken by a handler, which gives the handlers of its children."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from planwriter.system.xml import BadXml, read_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of WordprocessingML as it stands before an attribute's name; names of elements go without it."""
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
"""The namespace of references to relationships."""
_MAX_TREE = 20_000
_STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main}": W,
    "http://purl.oclc.org/ooxml/drawingml/main}": "http://schemas.openxmlformats.org/drawingml/2006/main}",
    "http://purl.oclc.org/ooxml/officeDocument/relationships}": "http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
}
"""The namespaces of ISO 29500 strict, and those of transitional documents that mean the same."""


class UnreadableDocx(Exception):
    """The file cannot be read as a .docx; the message says why, in the writer's words."""


class Handler:
    """Takes what stands in one element. By itself it skips everything.

    Names of elements in the namespace of WordprocessingML are local (p); all others stand in full (namespace}name, or
    }name without one). Names of attributes stand in full when they have a namespace.
    """

    __slots__ = ()

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        """The handler of a child that begins."""
        return SKIP

    def text(self, data: str) -> None:
        """Takes text of the element; it may come in several pieces."""

    def end(self) -> None:
        """The element ends."""


SKIP = Handler()


def parse(
    chunks: Iterable[bytes],
    part: str,
    root: Handler,
    limit: int,
    stream: Callable[[Handler], ElementStream] | None = None,
) -> int:
    """Reads a part of at most `limit` elements into the handler above its root; returns how many it has.

    `stream` makes what hands the elements to the handlers, if it is to know more of them.

    Raises UnreadableDocx when it is no XML, has a document type, or exceeds the bounds.
    """
    try:
        made = stream(root) if stream else ElementStream(root)
        return read_xml(chunks, part, made, limit=limit, owner="Word 文件", placed=made.placed)
    except BadXml as error:
        raise UnreadableDocx(str(error)) from error


class ElementStream:
    """The elements that are open, each with its handler."""

    placed: Callable[[Callable[[], int]], None] | None = None
    """Takes the function that says at which byte of the part the present tag stands."""

    def __init__(self, root: Handler) -> None:
        self._open = [root]
        self._names: dict[str, str] = {}
        self._strict = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begins an element."""
        above = self._open[-1]
        self._open.append(SKIP if above is SKIP else self._start(above, name, attributes))

    def _start(self, above: Handler, name: str, attributes: dict[str, str]) -> Handler:
        if len(self._open) == 1:
            self._strict = "purl.oclc.org" in name
        if self._strict:
            attributes = {self._transitional(key): value for key, value in attributes.items()}
        short = self._names.get(name)
        if short is None:
            short = self._names[name] = _short(self._transitional(name) if self._strict else name)
        return above.start(short, attributes)

    def end(self, name: str) -> None:
        """Ends the element that was begun last."""
        handler = self._open.pop()
        if handler is not SKIP:
            handler.end()

    def text(self, data: str) -> None:
        """Gives text to the element that is open."""
        self._open[-1].text(data)

    def _transitional(self, name: str) -> str:
        space, mark, local = name.rpartition("}")
        return _STRICT.get(space + mark, space + mark) + local


class RejectingStream(ElementStream):
    """The elements of a text with its tracked changes the other way round: what was inserted is deleted, and back."""

    def _start(self, above: Handler, name: str, attributes: dict[str, str]) -> Handler:
        space, mark, local = name.rpartition("}")
        return super()._start(above, space + mark + _REJECTED.get(local, local), attributes)


_REJECTED = {
    "ins": "del",
    "del": "ins",
    "moveTo": "moveFrom",
    "moveFrom": "moveTo",
    "cellIns": "cellDel",
    "cellDel": "cellIns",
    "delText": "t",
    "delInstrText": "instrText",
}


def _short(name: str) -> str:
    """The name that handlers see; one without a namespace is no name of Word's."""
    if name.startswith(W):
        return name.removeprefix(W)
    return name if "}" in name else f"}}{name}"


class Node(Handler):
    """An element with all below it but the text, for parts that are small."""

    __slots__ = ("_size", "attributes", "children", "name")

    def __init__(self, name: str, attributes: dict[str, str], size: list[int]) -> None:
        self.name, self.attributes, self._size = name, attributes, size
        self.children: list[Node] = []

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        self._size[0] += 1
        if self._size[0] > _MAX_TREE:
            raise UnreadableDocx(f"一处格式里的 XML 元素超过 {_MAX_TREE} 个")
        child = Node(name, attributes, self._size)
        self.children.append(child)
        return child

    def find(self, name: str) -> Node | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def value(self, name: str = "val") -> str:
        """An attribute of WordprocessingML; "" when there is none."""
        return self.attributes.get(W + name, "")

    def value_of(self, name: str) -> str:
        """The w:val of the first child of that name; "" when there is none."""
        child = self.find(name)
        return child.value() if child is not None else ""


class _Top(Node):
    __slots__ = ("_keep", "_take")

    def __init__(
        self, name: str, attributes: dict[str, str], take: Callable[[Node], None], keep: frozenset[str] | None
    ) -> None:
        super().__init__(name, attributes, [0])
        self._take, self._keep = take, keep

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        return SKIP if self._keep is not None and name not in self._keep else super().start(name, attributes)

    def end(self) -> None:
        self._take(self)


def grow(
    name: str, attributes: dict[str, str], take: Callable[[Node], None], keep: frozenset[str] | None = None
) -> Handler:
    """The handler of an element that is handed to `take` when it ends, with the children that are named in `keep`."""
    return _Top(name, attributes, take, keep)
