"""The door to the parser of XML that may come from anywhere: no document type, no entities, bounds on all sizes."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from itertools import chain
from xml.parsers import expat

from planwriter.start.patterns import regex
from planwriter.start.typing import Protocol

MAX_DEPTH = 100
_MAX_ATTRIBUTES = 256
_MAX_SILENT = 64
"""How many chunks may go by without an element or text: a tag, a comment of that many is too long."""
_DECLARED = regex(rb"<\?xml[^>]{0,60}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9._-]{1,40})")
_OWN = ("utf-8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "iso-8859-1")
"""The encodings that the parser knows. Office programs write UTF-8; other programs also the Chinese ones below."""
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5", "utf8": "utf-8"}


class BadXml(Exception):
    """XML is refused; the message says why, in the writer's words."""


class Events(Protocol):
    """Takes the elements and texts of a part in their order. A name stands as namespace}name, or name without one."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Text of the innermost open element; it may come in several pieces."""


def read_xml(
    chunks: Iterable[bytes],
    part: str,
    events: Events,
    *,
    limit: int,
    owner: str,
    placed: Callable[[Callable[[], int]], None] | None = None,
) -> int:
    """Hands a part of at most `limit` elements to `events`; returns how many it has. `owner` is the kind of file.

    `placed` takes a function that says during an event at which byte its tag begins; behind the tag, for the end of an
    element without content. Of a part that is not in UTF-8 the bytes are those of its text in UTF-8.

    Raises BadXml when it is no XML, has a document type, or exceeds the bounds.
    """
    stream = _Stream(part, events, limit, owner)
    parts = iter(chunks)
    first = next(parts, b"")
    declared = _DECLARED.match(first)
    encoding = declared[1].decode().lower() if declared else "utf-8"
    known = encoding in _CHINESE
    parser = expat.ParserCreate("utf-8" if known else None, namespace_separator="}")
    parser.buffer_text = True
    if placed is not None:
        placed(lambda: parser.CurrentByteIndex)
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
        raise BadXml(f"{part} 不是正确的 XML") from error
    return stream.count


def _check_encoding(version: str, encoding: str | None, standalone: int) -> None:
    """Refuses an encoding before the parser looks for it by itself."""
    if encoding and encoding.lower() not in _OWN:
        raise UnicodeError(encoding)


def _in_utf8(chunks: Iterable[bytes], encoding: str) -> Iterable[bytes]:
    decoder = codecs.getincrementaldecoder(_CHINESE[encoding])()
    return (decoder.decode(chunk).encode() for chunk in chunks)


class _Stream:
    """Counts what goes by on its way to the events."""

    def __init__(self, part: str, events: Events, limit: int, owner: str) -> None:
        self.part, self.count = part, 0
        self._start, self._end, self._text = events.start, events.end, events.text
        self._limit, self._owner, self._depth = limit, owner, 0
        self._seen, self._silent, self._has_text = 0, 0, False

    def doctype(self, *_: object) -> None:
        raise BadXml(f"{self.part} 里有 DTD，{self._owner}不许有")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        self._depth += 1
        if self.count > self._limit:
            raise BadXml(f"{self.part} 里的 XML 元素太多")
        if self._depth > MAX_DEPTH:
            raise BadXml(f"{self.part} 嵌套超过 {MAX_DEPTH} 层")
        if len(attributes) > _MAX_ATTRIBUTES:
            raise BadXml(f"{self.part} 里有的元素属性超过 {_MAX_ATTRIBUTES} 个")
        self._start(name, attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._end(name)

    def text(self, data: str) -> None:
        self._has_text = True
        self._text(data)

    def count_silence(self) -> None:
        """Counts the chunks that brought nothing. A token is looked through again with each chunk until it ends."""
        moved = self._has_text or self.count > self._seen
        self._silent = 0 if moved else self._silent + 1
        self._seen, self._has_text = self.count, False
        if self._silent > _MAX_SILENT:
            raise BadXml(f"{self.part} 里有的 XML 标记太长")
