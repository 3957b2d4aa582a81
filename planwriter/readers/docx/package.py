"""Opens a .docx that may come from anywhere: its parts, bounded in what they inflate to; nothing outside is fetched."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from planwriter.readers.docx.xml import Handler, Node, Unreadable, grow, parse

MAX_UNPACKED = 50 * 1024 * 1024
MAX_ELEMENTS = 600_000
"""How many elements all parts that are read may have together."""
_MAX_ENTRIES = 10_000
_CHUNK = 64 * 1024
_MIB = 1024 * 1024
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError),
    *(LookupError, OverflowError),
)
"""What `zipfile` raises on damaged archives."""


class Archive:
    """The members of an archive; what is inflated counts against one bound for all of them."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = MAX_UNPACKED
        self.names = frozenset(archive.namelist())

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a member, piece by piece. Raises Unreadable when it is damaged or too large."""
        try:
            with self._archive.open(name) as member:
                while chunk := member.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise Unreadable(_TOO_LARGE)
                    yield chunk
        except _BROKEN as error:
            raise Unreadable(f"压缩包里的 {name} 坏了") from error


_TOO_LARGE = f"解开以后超过 {MAX_UNPACKED // _MIB} MB"


def open_archive(data: bytes) -> Archive:
    """The archive that a .docx is. Raises Unreadable when it is none, is encrypted, or exceeds the bounds."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("是旧的 .doc 格式，或者加了密码")
    if not data.startswith(b"PK"):
        raise Unreadable("不是 .docx 文件")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except _BROKEN as error:
        raise Unreadable("压缩包坏了，打不开") from error
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED or len(entries) > _MAX_ENTRIES:
        raise Unreadable(_TOO_LARGE)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("加了密码")
    if not {entry.compress_type for entry in entries} <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Unreadable("压缩包用了 Word 不认的压缩方法")
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise Unreadable("压缩包里有重名的部分")
    return Archive(archive)


class Related(NamedTuple):
    """What a part is related to: the last word of the relationship's type (styles, footer …) and the path of a part."""

    kind: str
    path: str


class Package:
    """The parts of a .docx. Raises Unreadable for everything that is wrong with one."""

    def __init__(self, data: bytes) -> None:
        self._archive = open_archive(data)
        self._elements = MAX_ELEMENTS
        self.main = next(
            (path for kind, path in self.related("").values() if kind == "officeDocument"), "word/document.xml"
        )
        if self.main not in self._archive.names:
            raise Unreadable("压缩包里没有正文，不是 Word 文件")

    def related(self, part: str) -> dict[str, Related]:
        """The parts that a part is related to by identifier; those of the package for ""."""
        folder, name = posixpath.split(part)
        found: dict[str, Related] = {}

        def take(each: Node) -> None:
            target = each.attributes.get("Target", "")
            if target and each.attributes.get("TargetMode") != "External":
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                kind = each.attributes.get("Type", "").rpartition("/")[2]
                found[each.attributes.get("Id", "")] = Related(kind, path)

        self.read_children(posixpath.join(folder, "_rels", f"{name}.rels"), take)
        return found

    def read(self, part: str, root: Handler) -> None:
        """Reads a part into the handler of its root; nothing happens when there is no such part."""
        if part in self._archive.names:
            self._elements -= parse(self._archive.chunks(part), part, root, self._elements)

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
