"""The comments of people in a .docx go into the one that is rendered anew; if they are all that was added, it may take its place."""

from __future__ import annotations

import os

from planwriter.app.edited import base_of, edits_in
from planwriter.compare.opinions.kept_comments import KeptComments, keep_comments
from planwriter.findings.finding import Result
from planwriter.start.records import dataclass
from planwriter.system import files
from planwriter.system.zip_bounds import DOCX


@dataclass(frozen=True, slots=True)
class WithComments:
    """A rendered .docx with the comments of an older one."""

    kept: KeptComments
    may_replace: bool
    """True if nothing but its comments is lost when the older one is overwritten."""


def with_kept_comments(old: str, new: bytes, target: str) -> Result[WithComments | None]:
    """The .docx `new`, to be written to `target`, with the comments in the file `old`; None if that cannot be read."""
    shown = files.shown_path(old)
    data = files.read_named(old, shown, limit=DOCX.packed)
    if data.value is None:
        return Result(None, data.findings)
    made = keep_comments(data.value, new, shown)
    if made.value is None:
        return Result(None, made.findings)
    is_same = os.path.exists(target) and os.path.samefile(old, target)
    return Result(WithComments(made.value, is_same and _has_only_comments(data.value, shown, new)), made.findings)


def _has_only_comments(data: bytes, shown: str, new: bytes) -> bool:
    """True if nothing that a reader sees was changed since the file was made, and no tracked change is open."""
    base = base_of(data, shown, None).value
    found = edits_in(data, shown, base, new).value if base is not None else None
    return found is not None and not (found.words or found.format or found.edited.tracked)
