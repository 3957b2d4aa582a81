"""What each document was last made from, by the copies that `app/base_copies` keeps."""

from __future__ import annotations

import binascii
import os

from planwriter.app.base_copies import ENDING, FOLDER, HEAD, MAX_DOCUMENT, MAX_FILES, copy_name, key_of
from planwriter.start.named_tuple import NamedTuple
from planwriter.system import files
from planwriter.system.kept_files import newest_first
from planwriter.system.workspace import home_of, journal_folder, leads_astray

_MAX_BASE = 16 * 1024 * 1024
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


def last_render(docx_path: str, outline_path: str = "") -> RenderBase | None:
    """What the document at `docx_path` was last made from; None if it is not known.

    A document that was renamed is known by its bytes, or by its name if it was put into a different folder.
    """
    home = home_of(outline_path or docx_path)
    known = _known(home, [copy_name(key_of(home, docx_path))])
    if known:
        return known[0]
    others = known_renders(home)
    data = files.read_file(docx_path, limit=MAX_DOCUMENT).value if os.path.isfile(docx_path) else None
    same = [each for each in others if each.docx and each.docx == data]
    named = [each for each in others if os.path.basename(each.file) == os.path.basename(docx_path)]
    return same[0] if same else named[0] if len(named) == 1 else None


def renders_of(outline_path: str) -> list[RenderBase]:
    """What is known of the documents that were last made from an outline, the oldest first."""
    home = home_of(outline_path)
    name = key_of(home, outline_path)
    return sorted((each for each in known_renders(home) if each.outline_name == name), key=lambda each: each.at)


def known_renders(home: str) -> list[RenderBase]:
    """What is known of all documents, those that were made last first."""
    return _known(home, newest_first(journal_folder(home, FOLDER))[:MAX_FILES])


def _known(home: str, names: list[str]) -> list[RenderBase]:
    if leads_astray(home, FOLDER):
        return []
    folder = journal_folder(home, FOLDER)
    return [made for name in names if (made := _read(os.path.join(folder, name))) is not None]


def _read(path: str) -> RenderBase | None:
    """A copy that is whole; None for any other."""
    if not path.endswith(ENDING) or os.path.islink(path) or not os.path.isfile(path):
        return None
    data = files.read_file(path, limit=_MAX_BASE).value
    if data is None or len(data) > _MAX_BASE:
        return None
    line, _, body = data[:_MAX_HEAD].partition(b"\n")
    words = line.split(b" ")
    if len(words) != _FIELDS or words[0] != HEAD or not all(each.isdigit() and len(each) < 12 for each in words[1:]):
        return None
    at, digest, *sizes = map(int, words[1:])
    body = data[len(line) + 1 :]
    if sum(sizes) != len(body) or binascii.crc32(body) != digest:
        return None
    pieces, start = [], 0
    for size in sizes:
        pieces.append(body[start : start + size])
        start += size
    file, outline_name = (each.decode("utf-8", "surrogateescape") for each in pieces[:2])
    return RenderBase(at, file, outline_name, pieces[2], pieces[3], pieces[4].decode("ascii", "replace"))
