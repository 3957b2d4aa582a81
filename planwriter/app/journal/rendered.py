"""What each document was last made from, by the copies that `app/journal/base_copies` keeps."""

from __future__ import annotations

import binascii
import os
import time
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from planwriter.app.journal.base_copies import ENDING, FOLDER, HEAD, MAX_DOCUMENT, MAX_FILES, copies_name, key_of
from planwriter.compare.edits.sides import content_of
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Pos, Result
from planwriter.start.named_tuple import NamedTuple
from planwriter.system import files
from planwriter.system.kept_files import newest_first
from planwriter.system.workspace import home_of, journal_folder, leads_astray

if TYPE_CHECKING:
    from planwriter.compare.versions.version import PlanVersion
    from planwriter.writers.docx.record import Record

_MOST_COMPARED = 20
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
    found = _renders_at(docx_path, outline_path)
    return found[0] if found else None


def kept_record(docx_path: str, outline_path: str, data: bytes) -> Result[Record | None]:
    """The record that was kept of a document whose own is lost: that of the render which it is most like, the last of several.

    A warning (PW896) says which one it is, since it is not certain; None if none is known.
    """
    from planwriter.compare.versions.from_record import version_of_record
    from planwriter.compare.versions.from_word import version_of_word
    from planwriter.writers.docx.record import decode

    kept: list[tuple[RenderBase, Record]] = []
    known = _renders_at(docx_path, outline_path) or renders_of(outline_path)[::-1]
    for each in known[:_MOST_COMPARED]:
        record = decode(each.record_text())
        if record is not None:
            kept.append((each, record))
    shown = files.shown_path(docx_path)
    version = version_of_word(data, shown).value if kept else None
    if version is None:
        return Result(None)
    own = _pairs(version)
    shared = [(own & _pairs(version_of_record(each, shown))).total() for _, each in kept]
    base, record = kept[shared.index(max(shared))]
    return Result(record, (finding("PW896", Pos(shown), file=shown, other=base.file, when=shown_time(base.at)),))


def _pairs(version: PlanVersion) -> Counter[str]:
    """The pairs of characters that follow each other in the texts of a version."""
    texts = (str(content_of(each)) for each in version.items)
    return Counter(text[at : at + 2] for text in texts for at in range(len(text) - 1))


def shown_time(seconds: int) -> str:
    """A time as a writer here reads it: 2026-11-30 16:00."""
    try:
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))
    except (OverflowError, ValueError, OSError):
        return "？"


def renders_of(outline_path: str) -> list[RenderBase]:
    """What is known of the documents that were made from an outline, the oldest first."""
    home = home_of(outline_path)
    name = key_of(home, outline_path)
    return [each for each in reversed(known_renders(home)) if each.outline_name == name]


def known_renders(home: str) -> list[RenderBase]:
    """What is known of all documents, those that were made last first."""
    return _known(home, lambda name: True)


def _renders_at(docx_path: str, outline_path: str) -> list[RenderBase]:
    """The renders of one document, the last first."""
    home = home_of(outline_path or docx_path)
    beginning = copies_name(key_of(home, docx_path))
    known = _known(home, lambda name: name.startswith(beginning))
    if known:
        return known
    others = known_renders(home)
    data = files.read_file(docx_path, limit=MAX_DOCUMENT).value if os.path.isfile(docx_path) else None
    same = [each for each in others if each.docx and each.docx == data]
    if same:
        return same
    named = [each for each in others if os.path.basename(each.file) == os.path.basename(docx_path)]
    return named if len({each.file for each in named}) == 1 else []


def _known(home: str, wanted: Callable[[str], bool]) -> list[RenderBase]:
    if leads_astray(home, FOLDER):
        return []
    folder = journal_folder(home, FOLDER)
    names = [each for each in newest_first(folder) if wanted(each)][:MAX_FILES]
    made = [found for name in names if (found := _read(os.path.join(folder, name))) is not None]
    return sorted(made, key=lambda each: each.at, reverse=True)


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
