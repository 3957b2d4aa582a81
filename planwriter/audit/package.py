"""Opens a .docx that may come from anywhere: its parts as XML, bounded in size and depth; nothing outside is fetched."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from typing import TypeAlias

from lxml import etree

MAX_UNPACKED = 50 * 1024 * 1024
_MAX_ENTRIES = 10_000
_MAX_DEPTH = 100
_MIB = 1024 * 1024
_STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
"""The namespaces of ISO 29500 strict, and those of transitional documents that mean the same."""
Element: TypeAlias = etree._Element


class Unreadable(Exception):
    """The file cannot be read as a .docx; the message says why, in the writer's words."""


class Package:
    """The parts of a .docx; raises Unreadable for everything that is wrong with one."""

    def __init__(self, data: bytes) -> None:
        self._archive = _open(data)
        self._names = {entry.filename for entry in self._archive.infolist()}
        self.main = next(
            (path for kind, path in self.related("").values() if kind == "officeDocument"), "word/document.xml"
        )
        if self.main not in self._names:
            raise Unreadable("压缩包里没有正文，不是 Word 文件")

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part is related to: identifier to kind (styles, footer …) and path; of the package for ""."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for each in root if root is not None else ():
            target, mode = each.get("Target", ""), each.get("TargetMode", "")
            if isinstance(each.tag, str) and target and mode != "External":
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[each.get("Id", "")] = (each.get("Type", "").rpartition("/")[2], path)
        return found

    def xml(self, part: str) -> Element | None:
        """The root of a part, in transitional namespaces; None where there is no such part."""
        if part not in self._names:
            return None
        try:
            data = self._archive.read(part)
        except _BROKEN as error:
            raise Unreadable(f"压缩包里的 {part} 坏了") from error
        return _parse(data, part)


_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError),
    *(LookupError, OverflowError),
)
"""What `zipfile` raises on damaged archives."""


def _open(data: bytes) -> zipfile.ZipFile:
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
        raise Unreadable(f"解开以后超过 {MAX_UNPACKED // _MIB} MB")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("加了密码")
    if not {entry.compress_type for entry in entries} <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Unreadable("压缩包用了 Word 不认的压缩方法")
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise Unreadable("压缩包里有重名的部分")
    return archive


def _parse(data: bytes, part: str) -> Element:
    # entities stay as they are, so that few bytes cannot become many; DTDs and the network stay out of it
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Unreadable(f"{part} 不是正确的 XML") from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(f"{part} 里有 DTD，Word 文件不许有")
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _MAX_DEPTH:
            raise Unreadable(f"{part} 嵌套超过 {_MAX_DEPTH} 层")
    if "purl.oclc.org" in str(root.tag):
        _make_transitional(root)
    return root


def _make_transitional(root: Element) -> None:
    for element in root.iter("*"):
        element.tag = _transitional(str(element.tag))
        for name, value in list(element.attrib.items()):
            plain = _transitional(str(name))
            if plain != name:
                del element.attrib[name]
                element.set(plain, value)


def _transitional(name: str) -> str:
    space, _, local = name.removeprefix("{").rpartition("}")
    return f"{{{_STRICT.get(space, space)}}}{local}" if space else local
