"""Keeps a document as it was rendered, with its outline, beside the outline: what later edits by hand are held against.

The record in a .docx is lost when a program drops it. So a copy is kept in `.planwriter/journal/renders`, one for each state of
each document, since what comes back may be older than the last render; rows of a sheet are left out, since a thousand documents
would be a thousand copies. Where nothing can be written, nothing is noted and nothing said: the record in the document is what
counts. `app/journal/rendered` reads the copies.

A plain render pays for this, so that it imports nothing of the journal and computes no digest of a file.
"""

from __future__ import annotations

import binascii
import os

from planwriter.start.digests import sha256
from planwriter.system import files
from planwriter.system.workspace import home_of, journal_folder, leads_astray

FOLDER = "renders"
ENDING = ".z"
HEAD = b"planwriter-render"
MAX_FILES = 1000
"""So many copies are kept, which may take `MAX_BYTES`; then the oldest are dropped, that of the last render of a document last."""
MAX_BYTES = 128 * 1024 * 1024
MAX_DOCUMENT = 512 * 1024
"""Of a larger document (one with pictures) only the record is kept."""
MAX_OUTLINE = 1024 * 1024
"""A larger outline is not kept."""


def note_render(outline_path: str, docx_path: str, docx: bytes) -> None:
    """Keeps a document as it was made, with the outline that it was made from."""
    home = home_of(outline_path)
    if leads_astray(home, FOLDER):
        return
    folder = journal_folder(home, FOLDER)
    if not os.path.isdir(folder):
        from planwriter.system.journal_folder import make_journal_folder

        if make_journal_folder(home, FOLDER) is not None:
            return
    outline = files.read_file(outline_path).value
    if outline is None:
        return
    names = [key_of(home, each) for each in (docx_path, outline_path)]
    record = b""
    outline = outline if len(outline) <= MAX_OUTLINE else b""
    if len(docx) > MAX_DOCUMENT:
        from planwriter.writers.docx.record import record_text

        docx, record = b"", (record_text(docx) or "").encode()
    pieces = (*(each.encode("utf-8", "surrogateescape") for each in names), outline, docx, record)
    sizes = b" ".join(b"%d" % len(each) for each in pieces)
    body = b"".join(pieces)
    digest = binascii.crc32(body)
    data = b"%b %d %d %b\n%b" % (HEAD, files.now(), digest, sizes, body)
    path = os.path.join(folder, f"{copies_name(names[0])}{digest:08x}{ENDING}")
    is_new = not os.path.lexists(path)
    if not is_new and os.path.islink(path):
        return
    failed = files.write_file(path, data, sync=False, private=files.is_private(outline_path))
    if is_new and failed is None:
        from planwriter.system.kept_files import drop_oldest

        drop_oldest(folder, ENDING, files=MAX_FILES, size=MAX_BYTES)


def key_of(home: str, path: str) -> str:
    """The name of a file in the journal: relative to its folder, or its last part alone if it is on another drive."""
    try:
        return os.path.relpath(path, home).replace(os.sep, "/")
    except ValueError:
        return os.path.basename(path)


def copies_name(key: str) -> str:
    """The beginning of the names of a document's copies."""
    return sha256(os.path.normcase(key).encode("utf-8", "surrogateescape"))[:16] + "-"
