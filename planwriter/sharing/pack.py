"""A git pack unpacked within bounds, and the files of a folder in it.

The pack of a repository that is not ours may claim any size: a few bytes of zlib or of a delta can stand for gigabytes.
So every size is looked at before anything of that size is made, which dulwich's own reader does not do.
Objects are known by the hash that is computed here, so that files belong to their commit.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field

MAX_PACK = 32 * 1024 * 1024
MAX_UNPACKED = 128 * 1024 * 1024
MAX_OBJECTS = 50_000
_ROUNDS = 64
"""How often what waits for its base is gone through; in a pack that git made nearly every base comes first."""
_CHUNK = 8192
_KINDS = {1: b"commit", 2: b"tree", 3: b"blob", 4: b"tag"}
_OFFSET_DELTA, _NAMED_DELTA = 6, 7
_FILES = (b"100644", b"100755", b"100664")
_FOLDER = b"40000"


class BadPack(Exception):
    """The pack is damaged, or larger than the bounds."""


class NotThere(Exception):
    """The folder is not in the commit."""


@dataclass(slots=True)
class Objects:
    """The objects of a pack by their names (40 hex digits)."""

    named: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    _placed: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)
    _left: int = MAX_UNPACKED

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise BadPack("too large")

    def _take(self, at: int, kind: bytes, data: bytes) -> None:
        name = hashlib.sha1(b"%s %d\0" % (kind, len(data)) + data, usedforsecurity=False).hexdigest()
        self.named[name] = self._placed[at] = (kind, data)

    def content(self, name: str, kind: bytes) -> bytes:
        """The bytes of an object of that kind."""
        found = self.named.get(name)
        if found is None or found[0] != kind:
            raise BadPack(f"no {kind.decode()} {name}")
        return found[1]

    def commit_of(self, name: str) -> str:
        """The commit that a name means: itself, or what its tag is on."""
        for _ in range(5):
            kind, data = self.named.get(name, (b"", b""))
            if kind != b"tag":
                break
            name = data.partition(b"\n")[0].removeprefix(b"object ").decode("ascii", "replace")
        self.content(name, b"commit")
        return name

    def files(self, commit: str, folder: str) -> dict[str, bytes]:
        """The plain files of a folder of the commit: no links, no submodules, no folders within."""
        tree = self.content(commit, b"commit").partition(b"\n")[0].removeprefix(b"tree ").decode("ascii", "replace")
        for part in folder.split("/") if folder else ():
            mode, tree = self._entries(tree).get(part, (b"", ""))
            if mode != _FOLDER:
                raise NotThere(folder)
        entries = self._entries(tree).items()
        return {name: self.content(blob, b"blob") for name, (mode, blob) in entries if mode in _FILES}

    def _entries(self, tree: str) -> dict[str, tuple[bytes, str]]:
        """Mode and object by name; names that are not UTF-8 are left out."""
        data, made, at = self.content(tree, b"tree"), {}, 0
        while at < len(data):
            end = data.find(b"\0", at)
            mode, _, name = data[at:end].partition(b" ")
            if end < 0 or end + 21 > len(data):
                raise BadPack("tree")
            at = end + 21
            try:
                made[name.decode("utf-8")] = (mode.lstrip(b"0"), data[end + 1 : at].hex())
            except UnicodeDecodeError:
                continue
        return made


def read_pack(pack: bytes) -> Objects:
    """The objects of a pack that stands for itself (no bases outside). Raises BadPack."""
    if pack[:8] not in (b"PACK\0\0\0\2", b"PACK\0\0\0\3") or len(pack) > MAX_PACK:
        raise BadPack("no pack")
    if hashlib.sha1(pack[:-20], usedforsecurity=False).digest() != pack[-20:]:
        raise BadPack("damaged")
    count = int.from_bytes(pack[8:12], "big")
    if count > MAX_OBJECTS:
        raise BadPack("too many objects")
    try:
        return _read_objects(pack, count)
    except (IndexError, zlib.error) as error:
        raise BadPack("damaged") from error


def _read_objects(pack: bytes, count: int) -> Objects:
    objects = Objects()
    waiting: list[tuple[int, int | str, bytes]] = []
    at = 12
    for _ in range(count):
        start = at
        kind, size, at = _header(pack, at)
        base: int | str | None = None
        if kind == _OFFSET_DELTA:
            distance, at = _distance(pack, at)
            base = start - distance
        elif kind == _NAMED_DELTA:
            base, at = pack[at : at + 20].hex(), at + 20
        elif kind not in _KINDS:
            raise BadPack("kind")
        objects._spend(size)
        data, at = _inflate(pack, at, size)
        if base is None:
            objects._take(start, _KINDS[kind], data)
        else:
            waiting.append((start, base, data))
    for _ in range(_ROUNDS):
        waiting = [each for each in waiting if not _resolve(objects, *each)]
        if not waiting:
            return objects
    raise BadPack("base")


def _resolve(objects: Objects, at: int, base: int | str, delta: bytes) -> bool:
    """Applies a delta where its base is there already."""
    found = objects._placed.get(base) if isinstance(base, int) else objects.named.get(base)
    if found is None:
        return False
    kind, old = found
    length, start = _number(delta, 0)
    size, start = _number(delta, start)
    if length != len(old):
        raise BadPack("delta")
    objects._spend(size)
    objects._take(at, kind, _apply(old, delta, start, size))
    return True


def _apply(old: bytes, delta: bytes, at: int, size: int) -> bytes:
    """What a delta makes of `old`: `size` bytes and no more at any moment."""
    made = bytearray()
    while at < len(delta):
        code = delta[at]
        at += 1
        if code & 0x80:
            numbers = []
            for bits, places in ((code & 15, 4), (code >> 4 & 7, 3)):
                number = 0
                for place in range(places):
                    if bits >> place & 1:
                        number |= delta[at] << 8 * place
                        at += 1
                numbers.append(number)
            start, length = numbers[0], numbers[1] or 0x10000
            piece = old[start : start + length]
        else:
            length = code
            piece, at = delta[at : at + code], at + code
        if not length or len(piece) != length or len(made) + length > size:
            raise BadPack("delta")
        made += piece
    if len(made) != size:
        raise BadPack("delta")
    return bytes(made)


def _header(pack: bytes, at: int) -> tuple[int, int, int]:
    """The kind and size of the object at `at`, and where it goes on."""
    byte = pack[at]
    kind, size, shift = byte >> 4 & 7, byte & 15, 4
    while byte & 0x80:
        at += 1
        byte = pack[at]
        size |= (byte & 0x7F) << shift
        shift += 7
        if shift > 60:
            raise BadPack("size")
    return kind, size, at + 1


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A size in a delta, and where it goes on."""
    number = shift = 0
    while True:
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return number, at
        if shift > 60:
            raise BadPack("size")


def _distance(pack: bytes, at: int) -> tuple[int, int]:
    """How far before a delta its base stands, and where it goes on."""
    byte = pack[at]
    distance = byte & 0x7F
    while byte & 0x80:
        at += 1
        byte = pack[at]
        distance = (distance + 1 << 7) | (byte & 0x7F)
        if distance > MAX_PACK:
            raise BadPack("base")
    return distance, at + 1


def _inflate(pack: bytes, at: int, size: int) -> tuple[bytes, int]:
    """The `size` bytes of the zlib stream at `at`, and where it ends; never more than that is unpacked."""
    inflater, parts, length = zlib.decompressobj(), [], 0
    while not inflater.eof:
        chunk = pack[at : at + _CHUNK]
        if not chunk:
            raise BadPack("cut off")
        part = inflater.decompress(chunk, size - length + 1)
        at += len(chunk) - len(inflater.unused_data) - len(inflater.unconsumed_tail)
        length += len(part)
        if length > size:
            raise BadPack("size")
        parts.append(part)
    if length != size:
        raise BadPack("size")
    return b"".join(parts), at
