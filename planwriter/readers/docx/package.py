"""Opens a .docx that may come from anywhere: its parts, bounded in what they inflate to; nothing outside is fetched."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator

from planwriter.readers.docx.xml import ElementStream, Handler, Node, UnreadableDocx, grow, parse
from planwriter.start.named_tuple import NamedTuple
from planwriter.system.zip import Zip, open_zip
from planwriter.system.zip_bounds import DOCX, BadArchive, in_mib

MAX_ELEMENTS = 600_000
"""How many elements all parts that are read may have together."""
_CHUNK = 64 * 1024


def open_archive(data: bytes) -> Zip:
    """The archive that a .docx is. Raises UnreadableDocx when it is none, is encrypted, or exceeds the bounds."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableDocx("是旧的 .doc 格式，或者加了密码")
    if not data.startswith(b"PK"):
        raise UnreadableDocx("不是 .docx 文件")
    try:
        return open_zip(data, DOCX)
    except BadArchive as error:
        raise UnreadableDocx(str(error)) from error


class Related(NamedTuple):
    """What a part is related to: the last word of the relationship's type (styles, footer …) and the path of a part."""

    kind: str
    path: str


class Relationships(NamedTuple):
    """The relationships of a part by identifier: parts of the package, and targets outside, whose path is as written."""

    parts: dict[str, Related]
    outside: dict[str, Related]


class Package:
    """The parts of a .docx. Raises UnreadableDocx for everything that is wrong with one."""

    def __init__(self, data: bytes) -> None:
        self._archive = open_archive(data)
        self._elements = MAX_ELEMENTS
        self._left = DOCX.unpacked
        self.main = next(
            (path for kind, path in self.related("").values() if kind == "officeDocument"), "word/document.xml"
        )
        if self.main not in self._archive:
            raise UnreadableDocx("压缩包里没有正文，不是 Word 文件")

    @property
    def archive(self) -> Zip:
        """The archive itself."""
        return self._archive

    @property
    def names(self) -> Iterable[str]:
        """The names of all parts."""
        return iter(self._archive)

    def related(self, part: str) -> dict[str, Related]:
        """The parts that a part is related to by identifier; those of the package for ""."""
        return self.relationships(part).parts

    def relationships(self, part: str) -> Relationships:
        """All relationships of a part; those of the package for ""."""
        folder, name = posixpath.split(part)
        found = Relationships({}, {})

        def take(each: Node) -> None:
            target = each.attributes.get("Target", "")
            kind, identifier = each.attributes.get("Type", "").rpartition("/")[2], each.attributes.get("Id", "")
            if target and each.attributes.get("TargetMode") == "External":
                found.outside[identifier] = Related(kind, target)
            elif target:
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found.parts[identifier] = Related(kind, path)

        self.read_children(posixpath.join(folder, "_rels", f"{name}.rels"), take)
        return found

    def read(self, part: str, root: Handler, stream: Callable[[Handler], ElementStream] | None = None) -> None:
        """Reads a part into the handler of its root; nothing happens when there is no such part."""
        if part in self._archive:
            self._elements -= parse(self._chunks(part), part, root, self._elements, stream)

    def _chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece."""
        data = self.content(part)
        return (data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK))

    def content(self, part: str) -> bytes:
        """The bytes of a part; one that is read twice counts twice. Raises UnreadableDocx."""
        try:
            data = self._archive[part]
        except BadArchive as error:
            raise UnreadableDocx(str(error)) from error
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableDocx(f"解开以后超过 {in_mib(DOCX.unpacked)}")
        return data

    def read_children(self, part: str, take: Callable[[Node], None], keep: frozenset[str] | None = None) -> None:
        """Hands each child of a part's root to `take`, with its own children that are named in `keep`."""
        self.read(part, _Root(take, keep))


class _Root(Handler):
    """Above the root of a part whose children are taken one by one."""

    __slots__ = ("_keep", "_take")

    def __init__(self, take: Callable[[Node], None], keep: frozenset[str] | None) -> None:
        self._take, self._keep = take, keep

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        return _Children(self._take, self._keep)


class _Children(_Root):
    __slots__ = ()

    def start(self, name: str, attributes: dict[str, str]) -> Handler:
        return grow(name, attributes, self._take, self._keep)
