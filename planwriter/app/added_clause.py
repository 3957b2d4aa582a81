"""Adds a clause to a clause library or a file of clauses, at its end; the journal notes it."""

from __future__ import annotations

import os

from planwriter.app.journal.author_files import change_file
from planwriter.app.journal.journal import Step
from planwriter.app.library_check import topic_file
from planwriter.clauses.library import MANIFEST_FILE
from planwriter.curation.lift import append
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result, has_errors
from planwriter.system import files
from planwriter.system.lock import locked


def add_to_library(yaml: str, identifier: str, folder: str) -> Result[str | None]:
    """Adds a clause to the file of its topic in a library; the path of that file, or None and why not."""
    shown = files.shown_path(folder)
    if not os.path.isdir(folder):
        return Result(None, (finding("PW302", Pos(shown), library=shown, reason="没有这个文件夹"),))
    with locked(os.path.join(folder, MANIFEST_FILE)) as failed:  # no other clause of that name is added meanwhile
        path = failed or topic_file(folder, identifier)
        return Result(None, (path,)) if isinstance(path, Finding) else add_to_file(yaml, identifier, path)


def add_to_file(yaml: str, identifier: str, path: str) -> Result[str | None]:
    """Adds a clause at the end of a file, which is made if there is none; the path, or None and why not."""
    with locked(path) as failed:
        if failed is not None:
            return Result(None, (failed,))
        old = files.read_file(path) if os.path.exists(path) else Result(None)
        if old.findings:
            return Result(None, old.findings)
        made = append(old.value or b"", yaml, files.shown_path(path))
        if made.value is None:
            return Result(None, made.findings)
        written = change_file(path, old.value, made.value, Step("library add"), [f"添上条款“{identifier}”"])
    return Result(None if has_errors(written) else path, written)
