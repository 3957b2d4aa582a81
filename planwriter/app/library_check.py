"""Checks libraries, and finds the topic file for a new clause."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

from planwriter.app.libraries import workspace_libraries
from planwriter.app.session import Session
from planwriter.app.settings import apply_levels
from planwriter.clauses.library import MANIFEST_FILE, Library, open_folder
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.source.nodes import Scalar
from planwriter.system import files
from planwriter.system.names import is_device


def libraries_to_check(session: Session, folders: tuple[str, ...]) -> Result[tuple[Library, ...]]:
    """The libraries in `folders`, or those the workspace names; a finding if a folder contains none."""
    if not folders:
        named = workspace_libraries(session)
        return Result(named.value[:-1], named.findings)
    findings, made = [], []
    for folder in folders:
        if os.path.isfile(os.path.join(folder, MANIFEST_FILE)):
            made.append(session.library(folder, files.shown_path(folder).rstrip("/")))
        else:
            reason = "没有这个文件夹，或里面没有 library.yaml"
            findings.append(finding("PW302", Pos(files.shown_path(folder)), library=folder, reason=reason))
    return Result(tuple(made), tuple(findings))


def check_in_workspace(
    session: Session,
    library: Library,
    *,
    on: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Finding, ...]:
    """The findings on a library, compared with the other libraries of the workspace and the built-in one.

    `on` is the day (2026-01-31) on which its wording should be valid. `progress` is called with the number of clauses
    done and the number of all.
    """
    from planwriter.curation.check import check_library

    settings = session.settings
    own = [node.value for name in ("unit", "region") if isinstance(node := settings.defaults.nodes.get(name), Scalar)]
    others = [each for each in workspace_libraries(session).value if each is not library]
    kinds = session.kinds()
    found = check_library(library, others, kinds=kinds.value, own=tuple(own), on=on, progress=progress)
    return tuple(apply_levels((*kinds.findings, *settings.findings, *found), settings.levels))


def topic_file(folder: str, identifier: str) -> str | Finding:
    """The file for a new clause in a library: that of its topic, or a new one named after the topic."""
    shown = files.shown_path(folder)
    if not os.path.isfile(os.path.join(folder, MANIFEST_FILE)):
        return finding("PW302", Pos(shown), library=shown, reason="没有这个文件夹，或里面没有 library.yaml")
    library = open_folder(folder, shown)
    known = library.find(identifier)
    if known is not None:
        return finding("PW313", known.origin or Pos(shown), clause=identifier)
    topic = identifier.split("/")[0]
    for name in library.topics():
        if any(clause.identifier.split("/")[0] == topic for clause in library.topic(name)):
            return os.path.join(folder, name)
    name = re.sub(r"\W", "_", topic) + ".yaml"
    return os.path.join(folder, f"_{name}" if is_device(name) else name)
