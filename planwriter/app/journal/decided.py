"""What was decided once about what both sides changed differently: that the outline's words stand. It is not asked again.

Cases are known by digests of all three wordings, so that any other wording is a new case. They stand in `.planwriter/journal`.
"""

from __future__ import annotations

import os
from collections.abc import Collection

from planwriter.findings.finding import Finding
from planwriter.start.patterns import regex
from planwriter.system.journal_folder import make_journal_folder
from planwriter.system.kept_files import append_line, read_end
from planwriter.system.workspace import journal_folder, leads_astray

_TEXT = "decided.txt"
_HEAD = b"# planwriter 1\n"
_MAX_TEXT = 1024 * 1024
_CASE = regex(r"[0-9a-f]{16}")


def decided_cases(home: str) -> frozenset[str]:
    """The cases in which the outline's words stand, by the journal of this folder."""
    path = os.path.join(journal_folder(home), _TEXT)
    if leads_astray(home) or os.path.islink(path) or not os.path.isfile(path):
        return frozenset()
    text = read_end(path, _MAX_TEXT).value or b""
    return frozenset(each for each in text.decode("utf-8", "replace").split() if _CASE.fullmatch(each))


def note_decided(home: str, cases: Collection[str]) -> Finding | None:
    """Notes cases; a finding if that fails."""
    new = sorted(set(cases) - decided_cases(home))
    if not new or leads_astray(home):
        return None
    failed = make_journal_folder(home)
    line = f"{' '.join(new)}\n".encode()
    return failed or append_line(os.path.join(journal_folder(home), _TEXT), line, head=_HEAD)
