"""The sources of libraries, and clusters, that a user has accepted, by workspace: what a file says is not contacted before."""

from __future__ import annotations

import json
import os

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos
from planwriter.sharing.lock import Locked
from planwriter.system import files
from planwriter.system.lock import locked
from planwriter.system.workspace import LOCK_FILE

SOURCES_FILE = "sources.json"
_MAX_BYTES = 1024 * 1024
_MAX_WORKSPACES = 500


def unknown_source(library: Locked, folder: str, command: str) -> Finding | None:
    """The finding on a source that must not be contacted: PW347 if the user has not accepted it, with the `command` to type.

    PW340 if the lock records only its name. None for a source that the user has accepted for the workspace in `folder`.
    """
    if library.is_elsewhere:
        reason = "它不在工作区里，也不在旁边，planwriter.lock 只记了名字"
        advice = f"写明它在哪里：planwriter library update {library.name} --from 文件、文件夹或网址。"
        return finding("PW340", Pos(LOCK_FILE), source=library.source, reason=reason, advice=advice)
    if is_accepted(library.source, folder):
        return None
    return finding("PW347", Pos(LOCK_FILE), library=library.name, source=library.source, command=command)


def is_accepted(source: str, folder: str) -> bool:
    """True if the user has accepted a source, or a cluster, for the workspace in `folder`."""
    return source in _read().get(_key(folder), ())


def remember_source(source: str, folder: str) -> None:
    """Records that the user has accepted a source, or a cluster, for the workspace in `folder`.

    If that cannot be written, the user is asked again next time.
    """
    if is_accepted(source, folder) or files.make_folder(files.config_folder(), private=True) is not None:
        return
    with locked(_path()) as failed:
        if failed is None:
            known = _read()
            known[_key(folder)] = [*known.pop(_key(folder), []), source]
            kept = dict(list(known.items())[-_MAX_WORKSPACES:])
            data = json.dumps(kept, ensure_ascii=False, indent=1) + "\n"
            files.write_file(_path(), data.encode("utf-8", "surrogateescape"))


def _path() -> str:
    return os.path.join(files.config_folder(), SOURCES_FILE)


def _key(folder: str) -> str:
    return os.path.realpath(folder)


def _read() -> dict[str, list[str]]:
    """The accepted sources by workspace; none if the file is not there or is not ours."""
    data = files.read_file(_path(), limit=_MAX_BYTES).value if os.path.isfile(_path()) else None
    try:
        made = json.loads((data or b"{}").decode("utf-8", "surrogateescape"))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(made, dict):
        return {}
    return {
        folder: [each for each in sources if isinstance(each, str)]
        for folder, sources in made.items()
        if isinstance(sources, list)
    }
