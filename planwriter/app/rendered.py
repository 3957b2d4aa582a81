"""What each document was last made from: the outline's bytes and the record, kept beside the workspace as well as in the document.

The record in a .docx is lost when a program drops it. So a copy is kept in `.planwriter/journal/renders`, one for each
document, replaced by the next render. It is noted when a single outline is rendered to a .docx; a batch notes nothing, since a
thousand documents would make a thousand copies of one outline. Where nothing can be written, nothing is noted and
nothing said: the record in the document is what counts.
"""

from __future__ import annotations

import os

from planwriter.app import journal
from planwriter.app.journal import Rendered
from planwriter.start.digests import sha256
from planwriter.start.named_tuple import NamedTuple
from planwriter.system import files

_FOLDER = "renders"
_MAX_FILES = 200
"""For so many documents copies are kept; the oldest are dropped."""
_MAX_BYTES = 32 * 1024 * 1024
_HEAD = "planwriter render 1"
_FIELDS = 7


class RenderBase(NamedTuple):
    """What a document was last made from."""

    at: str
    """When it was made, in UTC."""
    file: str
    """The document, relative to the folder of the journal."""
    outline_name: str
    outline: bytes
    record: str
    state: str
    """The sha256 of the document as it was made."""


def note_render(outline_path: str, outline: bytes, docx_path: str, docx: bytes, record: str) -> None:
    """Keeps what a document was made from; nothing is written if it was last made from the same, with the same result."""
    home = journal.home_of(outline_path)
    name = _key(home, outline_path)
    made = Rendered("", _key(home, docx_path), name, sha256(outline), sha256(docx))
    folder = os.path.join(journal.journal_folder(home), _FOLDER)
    path = os.path.join(folder, _file_name(made.file))
    if journal.leads_astray(home) or os.path.islink(folder) or os.path.islink(path):
        return
    is_new = not os.path.isfile(path)
    if not is_new and _is_same(path, made):
        return
    if not os.path.isdir(folder) and files.make_folder(folder) is not None:
        return
    from planwriter.system.zip_write import deflated

    made = made._replace(at=journal.now())
    packed, kept = deflated(outline).packed, record.encode("utf-8", "replace")
    head = journal.joined(_HEAD, *made[1:], made.at, f"{len(outline)} {len(packed)} {len(kept)}")
    if files.write_file(path, b"%b\n%b%b" % (head.encode("utf-8", "replace"), packed, kept), sync=False) is None:
        journal.add_line(home, journal.render_line(made), sync=False)
    if is_new:
        _drop_oldest(folder)


def last_render(docx_path: str, outline_path: str = "") -> RenderBase | None:
    """What the document at `docx_path` was last made from; None if it is not known.

    A document that was renamed is known by its bytes, or by its name if it was put into a different folder.
    """
    home = journal.home_of(outline_path or docx_path)
    folder = os.path.join(journal.journal_folder(home), _FOLDER)
    if journal.leads_astray(home) or os.path.islink(folder):
        return None
    known = _read(os.path.join(folder, _file_name(_key(home, docx_path))))
    if known is not None:
        return known
    others = [each for name in files.newest_first(folder)[:_MAX_FILES] if (each := _read(os.path.join(folder, name)))]
    data = files.read_file(docx_path, limit=_MAX_BYTES).value if os.path.isfile(docx_path) else None
    state = sha256(data) if data is not None else ""
    same = [each for each in others if each.state == state]
    named = [each for each in others if os.path.basename(each.file) == os.path.basename(docx_path)]
    return same[0] if same else named[0] if len(named) == 1 else None


def _key(home: str, path: str) -> str:
    """The name of a file in the journal: relative to its folder, or its last part alone if it is on another drive."""
    try:
        return os.path.relpath(path, home).replace(os.sep, "/")
    except ValueError:
        return os.path.basename(path)


def _file_name(key: str) -> str:
    return f"{sha256(os.path.normcase(key).encode('utf-8', 'surrogateescape'))[:16]}.z"


def _is_same(path: str, made: Rendered) -> bool:
    """True if the copy at `path` says that the same document was made from the same outline."""
    data = files.read_file(path, limit=_MAX_BYTES).value or b""
    return data.startswith((journal.joined(_HEAD, *made[1:]) + "\t").encode("utf-8", "replace"))


def _read(path: str) -> RenderBase | None:
    """A copy that is whole; None for any other."""
    if os.path.islink(path) or not os.path.isfile(path):
        return None
    data = files.read_file(path, limit=_MAX_BYTES).value
    if data is None or len(data) > _MAX_BYTES:
        return None
    line, _, body = data.partition(b"\n")
    words = journal.parted(line.decode("utf-8", "replace"))
    sizes = words[-1].split(" ")
    if len(words) != _FIELDS or words[0] != _HEAD or not all(each.isdecimal() and len(each) < 10 for each in sizes):
        return None
    whole, packed, kept = map(int, sizes) if len(sizes) == 3 else (-1, 0, 0)
    if whole < 0 or whole > _MAX_BYTES or packed + kept != len(body):
        return None
    from planwriter.system.zip_inflate import inflate

    outline = inflate(body[:packed], whole)
    if outline is None or sha256(outline) != words[3]:
        return None
    _, file, name, _, state, at, _ = words
    return RenderBase(at, file, name, outline, body[packed:].decode("utf-8", "replace"), state)


def _drop_oldest(folder: str) -> None:
    """Deletes the oldest copies if there are too many."""
    known = files.newest_first(folder)
    unwanted = set(known[_MAX_FILES:])
    if unwanted:
        files.delete_files(folder, lambda name: name in unwanted and name.endswith(".z"))
