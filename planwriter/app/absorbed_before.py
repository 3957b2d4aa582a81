"""What an outline printed when hand edits were last taken into it, by the journal: what it had then is no edit any more."""

from __future__ import annotations

from planwriter.app.journal.journal import FileChange, copy_of, known_names, read_changes
from planwriter.app.journal.undo import steps_taken_back
from planwriter.app.open_outline import open_outline
from planwriter.app.session import Session
from planwriter.compare.edits.sides import EditsTaken, content_of
from planwriter.compare.versions.version import PlanVersion
from planwriter.system import files
from planwriter.system.workspace import home_of


def absorbed_before(session: Session, path: str, data: bytes, current: PlanVersion) -> EditsTaken | None:
    """What the outline at `path`, now `data`, printed right before and after the last `absorb` that was not taken back.

    None if there was none, or if the outline does not seem to come from that state.
    """
    home = home_of(path)
    last = _last_absorb(home, path, data)
    if last is None:
        return None
    states = [copy_of(home, state) for state in (last.before, last.after)]
    versions: list[PlanVersion] = []
    for state in states:
        opened = open_outline(session, state, files.shown_path(path), path).value if state is not None else None
        if opened is not None:
            versions.append(opened.version())
    if len(versions) != len(states) or _is_nearer(current, *versions):
        return None
    return EditsTaken(*versions)


def _last_absorb(home: str, path: str, data: bytes) -> FileChange | None:
    done = read_changes(home)
    names, gone = known_names(home, done, path, data), steps_taken_back(done)
    absorbs = (each for each in reversed(done) if each.command == "absorb" and each.file in names)
    return next((each for each in absorbs if not each.undoes and each.step not in gone), None)


def _is_nearer(current: PlanVersion, before: PlanVersion, after: PlanVersion) -> bool:
    """True if `current` has more of what `before` alone has than of what `after` alone has: it was put back, and goes on from there."""
    here, old, new = (set(map(content_of, version.items)) for version in (current, before, after))
    return len((old - new) & here) * len(new - old) > len((new - old) & here) * len(old - new)
