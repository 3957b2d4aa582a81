"""Finds a workspace (the folder with a planwriter.yaml) and the outlines in it."""

from __future__ import annotations

import os

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result, Severity
from planwriter.start.patterns import re, regex
from planwriter.start.records import replace
from planwriter.system.plain import open_plain
from planwriter.system.reasons import reason_of
from planwriter.system.watch import is_file

WORKSPACE_FILE = "planwriter.yaml"
LOCK_FILE = "planwriter.lock"
STORE = ".planwriter"
"""The folder of what planwriter keeps beside a workspace file, or beside an outline without one."""
_MAX_PARENTS = 40
_MAX_LOOKED = 1000
_KIND = regex("^文种[:：]".encode(), re.M)
_KIND_WITHIN = 64 * 1024
_COPY = regex(r"（改前 \d+）\.ya?ml$")
"""Matches the name of a copy that `fix` keeps of the old outline."""


def find_workspace(path: str) -> str | None:
    """The planwriter.yaml for an outline, in its folder or the nearest one above; None if there is none."""
    folder = os.path.dirname(os.path.abspath(path))
    for _ in range(_MAX_PARENTS):
        candidate = os.path.join(folder, WORKSPACE_FILE)
        if is_file(candidate):
            return candidate
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return None


def workspace_here() -> str | None:
    """The planwriter.yaml for the current folder; None if there is none."""
    return find_workspace(os.path.join(os.getcwd(), WORKSPACE_FILE))


def home_of(path: str) -> str:
    """The folder in which planwriter keeps what it knows of the file `path`: that of its workspace, else its own."""
    return os.path.dirname(os.path.abspath(find_workspace(path) or path))


def journal_folder(home: str, *inner: str) -> str:
    """The folder of the journal of `home`, or one in it."""
    return os.path.join(home, STORE, "journal", *inner)


def leads_astray(home: str, *inner: str) -> bool:
    """True if the folder of the journal, or one in it, is a link, or lies behind one."""
    return os.path.realpath(journal_folder(home, *inner)) != journal_folder(os.path.realpath(home), *inner)


def leads_out(folder: str, name: str) -> bool:
    """True if the file `name`, seen from `folder`, lies outside the workspace that `folder` belongs to, links followed.

    False if `folder` belongs to none.
    """
    path = os.path.realpath(os.path.join(folder, name))
    if _is_below(path, os.path.realpath(folder or ".")):
        return False
    workspace = find_workspace(os.path.join(folder, WORKSPACE_FILE))
    return workspace is not None and not _is_below(path, os.path.realpath(os.path.dirname(workspace)))


def _is_below(path: str, folder: str) -> bool:
    return os.path.normcase(path).startswith(os.path.join(os.path.normcase(folder), ""))


def leaving(path: str) -> Finding | None:
    """PW807 if `path` lies in a workspace, but a link on the way leads out of it; None otherwise.

    A workspace from somebody else must not choose what is written, replaced or deleted elsewhere. A path outside all
    workspaces is the user's own choice.
    """
    workspace = find_workspace(path)
    if workspace is None:
        return None
    folder, real = os.path.realpath(os.path.dirname(workspace)), os.path.realpath(path)
    if _is_below(real, folder):
        return None
    return finding("PW807", Pos(path), file=path.replace(os.sep, "/"), real=real.replace(os.sep, "/"))


def inner_path(path: str, workspace: str) -> str:
    """The path of a file relative to the workspace's folder, with forward slashes, as in planwriter.lock."""
    return os.path.relpath(os.path.abspath(path), os.path.dirname(os.path.abspath(workspace))).replace(os.sep, "/")


def find_outlines(folder: str) -> Result[tuple[str, ...]]:
    """The relative paths of the outlines (.yaml files with a key 文种) in a workspace's folder and below, in order.

    The copies that `fix` keeps, hidden folders and folders more than four levels below are left out; at most 1,000 files are read. A pipe, a device,
    and whatever else cannot be read is a warning (PW101): it may be an outline.
    """
    found: list[str] = []
    failed: dict[str, OSError] = {}
    looked = 0
    for base, folders, names in os.walk(folder, onerror=lambda error: failed.setdefault(error.filename, error)):
        shown = os.path.relpath(base, folder).replace(os.sep, "/")
        folders[:] = sorted(each for each in folders if not each.startswith(".")) if shown.count("/") < 3 else []
        for name in sorted(names):
            if name.endswith((".yaml", ".yml")) and not _COPY.search(name) and looked < _MAX_LOOKED:
                looked += 1
                path = os.path.join(base, name)
                try:
                    with open_plain(path) as file:
                        if _KIND.search(file.read(_KIND_WITHIN)):
                            found.append(name if shown == "." else f"{shown}/{name}")
                except FileNotFoundError:  # deleted meanwhile, or an editor's mark, which is a link to nothing
                    continue
                except OSError as error:
                    failed[path] = error
    return Result(tuple(found), tuple(_unread(folder, path, error) for path, error in failed.items()))


def _unread(folder: str, path: str, error: OSError) -> Finding:
    place = Pos(os.path.relpath(path, folder).replace(os.sep, "/"))
    return replace(finding("PW101", place, reason=reason_of(error)), severity=Severity.WARNING)
