"""What a run shares: the kinds of plan, libraries already opened, and what the workspace says."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planwriter.app.settings import read_settings
from planwriter.clauses.library import BUILT_IN, Library, built_in_folder, open_folder
from planwriter.findings.finding import Finding, Result
from planwriter.outline.kind import Kind, find_kind, read_kind
from planwriter.outline.read import Defaults
from planwriter.source import keys
from planwriter.source.load import load_tree
from planwriter.system import files
from planwriter.system.workspace import LOCK_FILE, inner_path

if TYPE_CHECKING:
    from planwriter.app.installed import Installed
    from planwriter.sharing.lock import Locked


@dataclass(slots=True)
class Bench:
    """What many outlines share: the kinds, and libraries already opened. Make one and use it for all of a run."""

    _kinds: dict[str | None, Result[tuple[Kind, ...]]] = field(default_factory=dict)
    _libraries: dict[str, Library] = field(default_factory=dict)
    replaced: dict[str, Library] = field(default_factory=dict)
    """Libraries to be taken for the installed ones of these names, to see what another version would change."""
    _installed: dict[str, Result[tuple[tuple[Locked, Library], ...]]] = field(default_factory=dict)
    _stores: dict[str, Installed] = field(default_factory=dict)
    _workspaces: dict[str | None, tuple[Defaults, dict[str, str], tuple[Finding, ...]]] = field(default_factory=dict)

    def kinds(self, workspace: str | None = None) -> Result[tuple[Kind, ...]]:
        """The kinds of plan: a workspace's own (its templates/ folder) before the built-in ones."""
        if workspace not in self._kinds:
            own = os.path.join(os.path.dirname(workspace), "templates") if workspace else None
            made: list[Kind] = []
            findings: list[Finding] = []
            for folder in (own, files.data_folder("templates")):
                for found in files.read_data_files(folder, shown="templates", only="kind.yaml") if folder else ():
                    tree = load_tree(found.data, found.shown, keys.KIND_KEYS)
                    findings += tree.findings
                    if tree.value is not None:
                        kind = read_kind(tree.value, found.folder)
                        findings += kind.findings
                        made += [kind.value] if kind.value and find_kind(kind.value.name, tuple(made)) is None else []
            self._kinds[workspace] = Result(tuple(made), tuple(findings))
        return self._kinds[workspace]

    def library(self, folder: str, shown: str) -> Library:
        """The library in `folder`, opened once."""
        key = os.path.realpath(folder)
        if key not in self._libraries:
            self._libraries[key] = open_folder(folder, shown)
        return self._libraries[key]

    def installed(self, workspace: str | None) -> Result[tuple[tuple[Locked, Library], ...]]:
        """The libraries installed in a workspace, nearest first, each with what the lock says of it."""
        if workspace is None or not os.path.exists(os.path.join(os.path.dirname(workspace), LOCK_FILE)):
            return Result(())
        if workspace not in self._installed:
            read = self._store(workspace).libraries()
            made = tuple((locked, self.replaced.get(locked.name, library)) for locked, library in read.value)
            self._installed[workspace] = Result(made, read.findings)
        return self._installed[workspace]

    def _store(self, workspace: str) -> Installed:
        if workspace not in self._stores:
            from planwriter.app.installed import Installed

            self._stores[workspace] = Installed(workspace)
        return self._stores[workspace]

    def marks(self, workspace: str | None, path: str) -> dict[str, str]:
        """The fingerprints of the clauses of the outline at `path` as they were last looked at."""
        if workspace is None or not os.path.exists(os.path.join(os.path.dirname(workspace), LOCK_FILE)):
            return {}
        lock = self._store(workspace).lock().value
        return lock.uses.get(inner_path(path, workspace), {}) if lock else {}

    def built_in(self) -> Library:
        """The library that comes with planwriter."""
        return self.library(built_in_folder(), BUILT_IN)

    def workspace(self, path: str | None) -> tuple[Defaults, dict[str, str], tuple[Finding, ...]]:
        """What a workspace file says: defaults for outlines, the level of findings, and what is wrong with it."""
        if path not in self._workspaces:
            self._workspaces[path] = read_settings(path)
        return self._workspaces[path]
