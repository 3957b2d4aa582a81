"""What a run shares: the kinds of plan, libraries already opened, and what the workspace says."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from planwriter.clauses.library import BUILT_IN, Library, built_in_folder, open_folder
from planwriter.findings.catalogue import CATALOGUE, finding, near
from planwriter.findings.finding import Finding, Result, Severity
from planwriter.model import Region
from planwriter.outline.kind import Kind, find_kind, read_kind
from planwriter.outline.read import Defaults, read_region
from planwriter.source import keys
from planwriter.source.load import Mapping, Scalar, load_tree
from planwriter.source.schema import check_shape
from planwriter.system import files

if TYPE_CHECKING:
    from planwriter.app.installed import Installed
    from planwriter.sharing.lock import Locked

_LEVEL_WORDS = {"错误": Severity.ERROR, "警告": Severity.WARNING, "提示": Severity.HINT}


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
        if workspace is None or not os.path.exists(os.path.join(os.path.dirname(workspace), files.LOCK_FILE)):
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
        if workspace is None or not os.path.exists(os.path.join(os.path.dirname(workspace), files.LOCK_FILE)):
            return {}
        lock = self._store(workspace).lock().value
        return lock.uses.get(files.inner_path(path, workspace), {}) if lock else {}

    def built_in(self) -> Library:
        """The library that comes with planwriter."""
        return self.library(built_in_folder(), BUILT_IN)

    def workspace(self, path: str | None) -> tuple[Defaults, dict[str, str], tuple[Finding, ...]]:
        """What a workspace file says: defaults for outlines, the level of findings, and what is wrong with it."""
        if path not in self._workspaces:
            self._workspaces[path] = _read_workspace(path)
        return self._workspaces[path]


def _read_workspace(path: str | None) -> tuple[Defaults, dict[str, str], tuple[Finding, ...]]:
    if path is None:
        return Defaults(), {}, ()
    data = files.read_file(path, files.WORKSPACE_FILE)
    if data.value is None:
        return Defaults(), {}, data.findings
    if all(
        not line.strip() or line.lstrip().startswith(b"#")
        for line in data.value.removeprefix(b"\xef\xbb\xbf").splitlines()
    ):
        return Defaults(), {}, ()
    tree = load_tree(data.value, files.WORKSPACE_FILE, keys.OUTLINE_KEYS)
    findings = list(tree.findings)
    nodes = check_shape(tree.value, keys.WORKSPACE, files.WORKSPACE_FILE, findings) if tree.value else {}
    levels = nodes.pop("levels", None)
    nodes.pop("note", None)
    chosen: dict[str, str] = {}
    for code, node in levels.entries.items() if isinstance(levels, Mapping) else ():
        word = node.value if isinstance(node, Scalar) else ""
        place = levels.keys[code].span if isinstance(levels, Mapping) else node.span
        if code not in CATALOGUE:
            findings.append(finding("PW201", place, where="检查", key=code, advice=near(code, tuple(CATALOGUE))))
        elif word not in (*_LEVEL_WORDS, "忽略"):
            findings.append(finding("PW204", node.span, key=code, value=word, allowed="错误、警告、提示、忽略"))
        elif not adjustable(code):
            reason = "这类错误不能降级，否则文件排不出来"
            findings.append(finding("PW204", node.span, key=code, value=word, allowed=f"错误（{reason}）"))
        else:
            chosen[code] = word
    return Defaults(nodes=nodes), chosen, tuple(findings)


def adjustable(code: str) -> bool:
    """True where a workspace may change the level of a finding: the document can be made in spite of it."""
    message = CATALOGUE[code]
    return message.softens or message.severity is not Severity.ERROR


def apply_levels(findings: list[Finding], levels: dict[str, str]) -> list[Finding]:
    """The findings at the levels that a workspace gives them, without those that it ignores."""
    if not levels:
        return findings
    made = []
    for each in findings:
        word = levels.get(each.code)
        if word == "忽略":
            continue
        made.append(replace(each, severity=_LEVEL_WORDS[word]) if word else each)
    return made


def place_of(workspace: str | None) -> tuple[str, Region | None]:
    """The unit and the region that a workspace gives its outlines; empty where it gives none."""
    nodes = Bench().workspace(workspace)[0].nodes
    unit = nodes.get("unit")
    return unit.value if isinstance(unit, Scalar) else "", read_region(nodes.get("region"), [])


def starter(kind: Kind, workspace: str | None, values: dict[str, str]) -> Result[str | None]:
    """The commented starter outline of a kind for the unit in `values`, its @…@ marks filled in with them.

    A kind of the workspace without a starter of its own gets that of a built-in kind for the same period.
    """
    own = os.path.join(os.path.dirname(workspace), "templates") if workspace else ""
    built_in = files.data_folder("templates")
    stand_in = next((each for each in Bench().kinds().value if each.multi_year == kind.multi_year), kind)
    for base, each in ((own, kind), (built_in, kind), (built_in, stand_in)):
        name = each.starter_for(values["单位"])
        path = os.path.join(base, each.folder, name)
        if base and os.path.isfile(path):
            break
    data = files.read_file(path, f"templates/{each.folder}/{name}")
    if data.value is None:
        return Result(None, data.findings)
    text = data.value.decode("utf-8").replace("\r\n", "\n")
    text = re.sub(r"^文种: \S+", f"文种: {kind.name}", text, count=1, flags=re.M)
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return Result(text)
