"""The one door through which a command changes a file of its author, so that every change is noted and can be taken back."""

from __future__ import annotations

from collections.abc import Sequence

from planwriter.app.journal.journal import Step, note_change
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos
from planwriter.system import files


def replace_file(path: str, before: bytes, after: bytes, step: Step, told: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Writes an author's file that was changed, all of it or nothing; nothing if it no longer is as it was read.

    To be called while it is locked. The journal notes it as part of `step`, with what is `told` of it. Every command that changes
    a file of its author goes through here or `change_file`, so that the change can be taken back.
    """
    now = files.read_file(path, limit=len(before))
    if now.value != before:
        return now.findings or (finding("PW802", Pos(path), file=path, reason="文件刚刚被别人改过，再试一次"),)
    return change_file(path, before, after, step, told)


def change_file(
    path: str, before: bytes | None, after: bytes | None, step: Step, told: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """Like `replace_file`, for a file whose bytes `before` are known to be there; None if there is or will be no file."""
    failed = put_file(path, after) if after != before else None
    return (failed,) if failed else note_all([(path, before, after)], step, told)


def put_file(path: str, data: bytes | None) -> Finding | None:
    """Writes a file, or deletes it if its bytes are None; a finding if that fails."""
    return files.write_file(path, data) if data is not None else files.delete_file(path)


def note_all(
    changed: Sequence[tuple[str, bytes | None, bytes | None]], step: Step, told: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """Notes files that were changed, with their bytes before and after; the findings say what cannot be taken back."""
    return tuple(each for path, *states in changed for each in note_change(path, states[0], states[1], step, told))
