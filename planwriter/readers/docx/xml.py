"""XML of others, read as a stream by the standard library's parser: no document type, no entities, bounds on all sizes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from itertools import chain
from xml.parsers import expat

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of WordprocessingML as it stands before an attribute's name; names of elements go without it."""
_MAX_DEPTH = 100
_MAX_ATTRIBUTES = 256
_MAX_SILENT = 64
"""How many chunks may go by without an element or text: a tag, a comment of that many is too long."""
_MAX_TREE = 20_000
_DECLARED = re.compile(rb"<\?xml[^>]{0,60}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9._-]{1,40})")
_OWN = ("utf-8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "iso-8859-1")
"""The encodings that the parser knows. Word writes UTF-8; other programs also the Chinese ones below."""
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5", "utf8": "utf-8"}
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


def parse(chunks: Iterable[bytes], part: str, root: Handler, limit: int) -> int:
    """Reads a part of at most `limit` elements into the handler above its root; returns how many it has.

    Raises UnreadableDocx when it is no XML, has a document type, or exceeds the bounds.
    """
    stream = _Stream(part, root, limit)
    parts = iter(chunks)
    first = next(parts, b"")
    declared = _DECLARED.match(first)
    encoding = declared[1].decode().lower() if declared else "utf-8"
    known = encoding in _CHINESE
    parser = expat.ParserCreate("utf-8" if known else None, namespace_separator="}")
    parser.buffer_text = True
    if not known:
        parser.XmlDeclHandler = _check_encoding
    parser.StartDoctypeDeclHandler = stream.doctype
    parser.StartElementHandler = stream.start
    parser.EndElementHandler = stream.end
    parser.CharacterDataHandler = stream.text
    try:
        for chunk in _in_utf8(chain((first,), parts), encoding) if known else chain((first,), parts):
            parser.Parse(chunk, False)
            stream.count_silence()
        parser.Parse(b"", True)
    except (expat.ExpatError, UnicodeError) as error:
        raise UnreadableDocx(f"{part} 不是正确的 XML") from error
    return stream.count


def _check_encoding(version: str, encoding: str | None, standalone: int) -> None:
    """Refuses an encoding before the parser looks for it by itself."""
    if encoding and encoding.lower() not in _OWN:
        raise UnicodeError(encoding)


def _in_utf8(chunks: Iterable[bytes], encoding: str) -> Iterable[bytes]:
    decoder = codecs.getincrementaldecoder(_CHINESE[encoding])()
    return (decoder.decode(chunk).encode() for chunk in chunks)


class _Stream:
    """The elements that are open, each with its handler; counts what goes by."""

    def __init__(self, part: str, root: Handler, limit: int) -> None:
        self.part, self.count = part, 0
        self._limit, self._open = limit, [root]
        self._names: dict[str, str] = {}
        self._strict = False
        self._seen, self._silent, self._has_text = 0, 0, False

    def doctype(self, *_: object) -> None:
        raise UnreadableDocx(f"{self.part} 里有 DTD，Word 文件不许有")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > self._limit:
            raise UnreadableDocx(f"{self.part} 里的 XML 元素太多")
        if len(self._open) > _MAX_DEPTH:
            raise UnreadableDocx(f"{self.part} 嵌套超过 {_MAX_DEPTH} 层")
        if len(attributes) > _MAX_ATTRIBUTES:
            raise UnreadableDocx(f"{self.part} 里有的元素属性超过 {_MAX_ATTRIBUTES} 个")
        above = self._open[-1]
        self._open.append(SKIP if above is SKIP else self._start(above, name, attributes))

    def _start(self, above: Handler, name: str, attributes: dict[str, str]) -> Handler:
        if self.count == 1:
            self._strict = "purl.oclc.org" in name
        if self._strict:
            attributes = {self._transitional(key): value for key, value in attributes.items()}
        short = self._names.get(name)
        if short is None:
            short = self._names[name] = _short(self._transitional(name) if self._strict else name)
        return above.start(short, attributes)

    def end(self, name: str) -> None:
        handler = self._open.pop()
        if handler is not SKIP:
            handler.end()

    def text(self, data: str) -> None:
        self._has_text = True
        self._open[-1].text(data)

    def count_silence(self) -> None:
        """Counts the chunks that brought nothing. A token is looked through again with each chunk until it ends."""
        moved = self._has_text or self.count > self._seen
        self._silent = 0 if moved else self._silent + 1
        self._seen, self._has_text = self.count, False
        if self._silent > _MAX_SILENT:
            raise UnreadableDocx(f"{self.part} 里有的 XML 标记太长")

    def _transitional(self, name: str) -> str:
        space, mark, local = name.rpartition("}")
        return _STRICT.get(space + mark, space + mark) + local


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
