"""What each document was last made from: the outline's bytes and the document itself, kept beside the outline as well.

The record in a .docx is lost when a program drops it. So the file as it was made is kept in `.planwriter/journal/renders`, one
for each document, replaced by the next render; rows of a sheet are left out, since a thousand documents would be a thousand
copies. Where nothing can be written, nothing is noted and nothing said: the record in the document is what counts.

A plain render pays for this, so that it imports nothing of the journal and computes no digest.
"""

from __future__ import annotations

import os
import time
import zlib

from planwriter.start.digests import sha256
from planwriter.start.named_tuple import NamedTuple
from planwriter.system import files
from planwriter.system.journal_folder import home_of, journal_folder, leads_astray, make_journal_folder

_FOLDER = "renders"
_ENDING = ".z"
_MAX_FILES = 1000
"""For so many documents copies are kept, which may take `_MAX_BYTES`; the oldest are dropped."""
_MAX_BYTES = 128 * 1024 * 1024
_MAX_COPY = 2 * 1024 * 1024
"""Of a larger document (one with pictures) only the record is kept."""
_MAX_BASE = 16 * 1024 * 1024
_HEAD = b"planwriter-render"
_FIELDS = 8
_MAX_HEAD = 200


class RenderBase(NamedTuple):
    """What a document was last made from."""

    at: int
    """When it was made, in seconds since 1970."""
    file: str
    """The document, relative to the folder of the journal; its last part alone if it is on another drive."""
    outline_name: str
    """The outline likewise."""
    outline: bytes
    docx: bytes
    """The document as it was made; b"" if only its record is kept."""
    record: str
    """The record of a document that is not kept itself; for others see `record_text`."""

    def record_text(self) -> str:
        """The record that the document had, as it is encoded there; "" if it had none."""
        if not self.docx:
            return self.record
        from planwriter.writers.docx.record import record_text

        return record_text(self.docx) or ""


def note_render(outline_path: str, docx_path: str, docx: bytes) -> None:
    """Keeps a document as it was made, with the outline that it was made from."""
    home = home_of(outline_path)
    if leads_astray(home, _FOLDER) or make_journal_folder(home, _FOLDER) is not None:
        return
    outline = files.read_file(outline_path).value
    if outline is None:
        return
    folder = os.path.join(journal_folder(home), _FOLDER)
    names = [_key(home, each) for each in (docx_path, outline_path)]
    path = os.path.join(folder, _file_name(names[0]))
    is_new = not os.path.lexists(path)
    if not is_new and os.path.islink(path):
        return
    record = b""
    if len(docx) > _MAX_COPY:
        from planwriter.writers.docx.record import record_text

        docx, record = b"", (record_text(docx) or "").encode()
    pieces = (*map(os.fsencode, names), outline, docx, record)
    sizes = b" ".join(b"%d" % len(each) for each in pieces)
    body = b"".join(pieces)
    data = b"%b %d %d %b\n%b" % (_HEAD, _now(), zlib.crc32(body), sizes, body)
    failed = files.write_file(path, data, sync=False, private=files.is_private(outline_path))
    if is_new and failed is None:
        _drop_oldest(folder)


def _now() -> int:
    given = files.environment("SOURCE_DATE_EPOCH") or ""
    return int(given) if given.isdecimal() and len(given) < 12 else int(time.time())


def last_render(docx_path: str, outline_path: str = "") -> RenderBase | None:
    """What the document at `docx_path` was last made from; None if it is not known.

    A document that was renamed is known by its bytes, or by its name if it was put into a different folder.
    """
    home = home_of(outline_path or docx_path)
    known = _known(home, [_file_name(_key(home, docx_path))])
    if known:
        return known[0]
    others = known_renders(home)
    data = files.read_file(docx_path, limit=_MAX_COPY).value if os.path.isfile(docx_path) else None
    same = [each for each in others if each.docx and each.docx == data]
    named = [each for each in others if os.path.basename(each.file) == os.path.basename(docx_path)]
    return same[0] if same else named[0] if len(named) == 1 else None


def renders_of(outline_path: str) -> list[RenderBase]:
    """What is known of the documents that were last made from an outline, the oldest first."""
    home = home_of(outline_path)
    name = _key(home, outline_path)
    return sorted((each for each in known_renders(home) if each.outline_name == name), key=lambda each: each.at)


def known_renders(home: str) -> list[RenderBase]:
    """What is known of all documents, those that were made last first."""
    return _known(home, files.newest_first(os.path.join(journal_folder(home), _FOLDER))[:_MAX_FILES])


def _known(home: str, names: list[str]) -> list[RenderBase]:
    if leads_astray(home, _FOLDER):
        return []
    folder = os.path.join(journal_folder(home), _FOLDER)
    return [made for name in names if (made := _read(os.path.join(folder, name))) is not None]


def _key(home: str, path: str) -> str:
    """The name of a file in the journal: relative to its folder, or its last part alone if it is on another drive."""
    try:
        return os.path.relpath(path, home).replace(os.sep, "/")
    except ValueError:
        return os.path.basename(path)


def _file_name(key: str) -> str:
    return sha256(os.fsencode(os.path.normcase(key)))[:16] + _ENDING


def _read(path: str) -> RenderBase | None:
    """A copy that is whole; None for any other."""
    if not path.endswith(_ENDING) or os.path.islink(path) or not os.path.isfile(path):
        return None
    data = files.read_file(path, limit=_MAX_BASE).value
    if data is None or len(data) > _MAX_BASE:
        return None
    line, _, body = data[:_MAX_HEAD].partition(b"\n")
    words = line.split(b" ")
    if len(words) != _FIELDS or words[0] != _HEAD or not all(each.isdigit() and len(each) < 12 for each in words[1:]):
        return None
    at, digest, *sizes = map(int, words[1:])
    body = data[len(line) + 1 :]
    if sum(sizes) != len(body) or zlib.crc32(body) != digest:
        return None
    pieces, start = [], 0
    for size in sizes:
        pieces.append(body[start : start + size])
        start += size
    file, outline_name = (os.fsdecode(each) for each in pieces[:2])
    return RenderBase(at, file, outline_name, pieces[2], pieces[3], pieces[4].decode("ascii", "replace"))


def _drop_oldest(folder: str) -> None:
    """Deletes the oldest copies if there are too many, or if they take too much room."""
    sizes = files.sizes_in(folder)
    if len(sizes) <= _MAX_FILES and sum(sizes.values()) <= _MAX_BYTES:
        return
    kept: set[str] = set()
    room = _MAX_BYTES
    for name in files.newest_first(folder)[:_MAX_FILES]:
        room -= sizes.get(name, 0)
        if room < 0 and kept:
            break
        kept.add(name)
    files.delete_files(folder, lambda name: name.endswith(_ENDING) and name not in kept)
