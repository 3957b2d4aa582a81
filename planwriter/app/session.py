"""The state of a command: its workspace, the settings of the workspace, and the kinds and libraries opened so far."""

from __future__ import annotations

import os

from planwriter.app.settings import Settings, read_settings
from planwriter.checks.prose.own_terms import NO_TERMS, OwnTerms
from planwriter.findings.finding import Finding, Result
from planwriter.model.memo import NO_MEMO, LastingMemo, Memo
from planwriter.outline.kind import Kind, find_kind, read_kind
from planwriter.source import keys
from planwriter.source.load import load_tree
from planwriter.start.records import dataclass, field
from planwriter.start.typing import TYPE_CHECKING
from planwriter.system import files, watch
from planwriter.system.workspace import LOCK_FILE, find_workspace, inner_path, workspace_here

if TYPE_CHECKING:
    from planwriter.app.package_store import PackageStore
    from planwriter.clauses.library import Library
    from planwriter.sharing.lock import Lock, Locked
    from planwriter.source.nodes import Mapping
    from planwriter.source.passages import Passages

Kinds = Result[tuple[Kind, ...]]
_LEAST_SHARE = 0.25
"""How much of an outline must have been typed in those before it, so that it pays to look for what was made of that."""


@dataclass(slots=True)
class _Shared:
    """The state that the sessions of different workspaces share."""

    sessions: dict[str | None, Session] = field(default_factory=dict)
    libraries: dict[str, Library] = field(default_factory=dict)
    built_in: Library | None = None
    kinds: Kinds | None = None
    """The built-in ones."""
    memo: Memo = NO_MEMO
    passages: Passages | None = None
    """Those of the outlines of this run, if their blocks are remembered from one to the next."""
    memos: tuple[Memo, Memo] = (NO_MEMO, NO_MEMO)
    """With passages: the memos for an outline that shares little with those before it, and for others."""
    known_kinds: dict[str, Kind] = field(default_factory=dict)
    """Built-in kinds by the names under which they were asked for."""

    def kind_named(self, name: str) -> Kind | None:
        """The built-in kind with this name, alias or folder. Only files that contain the name are parsed."""
        if name not in self.known_kinds:
            kinds = _read_kinds(files.data_folder("templates"), as_is=True, containing=name)
            kind = find_kind(name, kinds.value) if not kinds.findings else None
            if kind is None:
                return None
            self.known_kinds[name] = kind
        return self.known_kinds[name]


class Session:
    """A workspace as one command sees it: everything is read when it is first needed, and then kept.

    The command line makes one. `at` gives those of other workspaces, which share the libraries and the built-in kinds.
    A session that is sent to a different process starts there with nothing read.
    """

    def __init__(self, workspace: str | None = None) -> None:
        self.workspace = os.path.abspath(workspace) if workspace is not None else None
        """The path of its planwriter.yaml; None without one."""
        self._replaced: dict[str, Library] = {}
        self._kinds: Kinds | None = None
        self._settings: Settings | None = None
        self._terms: Result[OwnTerms] | None = None
        self._store: PackageStore | None = None
        self._installed: Result[tuple[tuple[Locked, Library], ...]] | None = None
        self._shared = _Shared({self.workspace: self})

    @classmethod
    def here(cls) -> Session:
        """The session of the workspace that governs the current folder."""
        return cls(workspace_here())

    @classmethod
    def apart(cls, path: str) -> Session:
        """The session of the workspace that governs the file `path`, which shares nothing with others.

        For what an outline once was: read in a session that remembers, it would disturb the places of what is being made.
        """
        return cls(find_workspace(path))

    def at(self, path: str) -> Session:
        """The session of the workspace that governs the file `path`."""
        workspace = find_workspace(path)
        if workspace not in self._shared.sessions:
            made = self._shared.sessions[workspace] = Session(workspace)
            made._shared = self._shared
        return self._shared.sessions[workspace]

    def with_libraries(self, replaced: dict[str, Library]) -> Session:
        """A session of the same workspace in which these libraries replace the installed ones of the same names."""
        made = Session(self.workspace)
        made._shared, made._store, made._settings, made._kinds = self._shared, self._store, self._settings, self._kinds
        made._terms = self._terms
        made._replaced = replaced
        return made

    def __reduce__(self) -> tuple[type[Session], tuple[str | None]]:
        return Session, (self.workspace,)

    @property
    def memo(self) -> Memo:
        """What is remembered from one document to the next; nothing unless `remember` was called."""
        return self._shared.memo

    def remember(self, *, outlines: bool = False) -> None:
        """To be called before several documents are made: what they have in common is then composed and checked once.

        They are made of one outline; or of several `outlines`, which are read by `load_outline`.
        """
        shared = self._shared
        if shared.memo is not NO_MEMO:
            return
        account = watch.log, watch.since, watch.count
        if outlines:
            from planwriter.source.passages import Passages

            shared.passages = Passages()
            shared.memos = LastingMemo(*account), Memo(*account, places=shared.passages.places)
            shared.memo = shared.memos[1]
        else:
            shared.memo = Memo(*account)

    def load_outline(self, data: bytes, shown: str) -> Result[Mapping | None]:
        """The tree of an outline; `shown` is its name in findings.

        After `remember(outlines=True)` the places in what is made of the tree are right until the next outline is loaded.
        """
        shared = self._shared
        tree = load_tree(data, shown, keys.OUTLINE_KEYS, passages=shared.passages)
        if shared.passages is not None:
            shared.memo = shared.memos[shared.passages.share >= _LEAST_SHARE]
        return tree

    @property
    def folder(self) -> str:
        """The folder of the workspace; "" without one."""
        return os.path.dirname(self.workspace) if self.workspace else ""

    @property
    def settings(self) -> Settings:
        """The settings in the workspace file: defaults for outlines, levels of findings, and findings on the file."""
        if self._settings is None:
            with watch.keeping(("settings", self.workspace)):
                self._settings = read_settings(self.workspace)
        watch.reuse(("settings", self.workspace))
        return self._settings

    def own_terms(self) -> Result[OwnTerms]:
        """The terms in the workspace's 用语.yaml, and the findings on that file."""
        if self._terms is None:
            with watch.keeping(("terms", self.workspace)):
                self._terms = self._read_own_terms()
        watch.reuse(("terms", self.workspace))
        return self._terms

    def _read_own_terms(self) -> Result[OwnTerms]:
        if self.workspace is None:
            return Result(NO_TERMS)
        from planwriter.app.own_terms import read_own_terms

        return read_own_terms(self.workspace)

    def kinds(self) -> Kinds:
        """The kinds of plan: the workspace's own (its templates/ folder) before the built-in ones."""
        if self._kinds is None:
            built_in = self.built_in_kinds()
            with watch.keeping(("kinds", self.workspace)):
                own = _read_kinds(os.path.join(self.folder, "templates")) if self.workspace else Result(())
            others = (each for each in built_in.value if find_kind(each.name, own.value) is None)
            self._kinds = Result((*own.value, *others), (*own.findings, *built_in.findings))
        watch.reuse(("kinds", self.workspace))
        return self._kinds

    def built_in_kinds(self) -> Kinds:
        """The kinds of plan that come with planwriter."""
        if self._shared.kinds is None:
            self._shared.kinds = _read_kinds(files.data_folder("templates"), as_is=True)
        return self._shared.kinds

    def kinds_for(self, name: str) -> Kinds:
        """The kind with this name, alias or folder alone, if that can be read without the others; else all kinds.

        It can be if no other kind comes before it: in a workspace without its own kinds.
        """
        if name and not (self.workspace and watch.is_there(os.path.join(self.folder, "templates"))):
            kind = self._shared.kind_named(name)
            if kind is not None:
                return Result((kind,))
        return self.kinds()

    def library(self, folder: str, shown: str) -> Library:
        """The library in `folder`, opened once; `shown` is its name in findings."""
        key = os.path.realpath(folder)
        if key not in self._shared.libraries:
            from planwriter.clauses.library import open_folder

            with watch.keeping(("library", key)):
                self._shared.libraries[key] = open_folder(folder, shown)
        watch.reuse(("library", key))
        return self._shared.libraries[key]

    def built_in(self) -> Library:
        """The library that comes with planwriter."""
        from planwriter.clauses.built_in import BuiltIn, built_in_folder

        if self._shared.built_in is None:
            key = os.path.realpath(built_in_folder())
            self._shared.built_in = self._shared.libraries.setdefault(key, BuiltIn())
        return self._shared.built_in

    @property
    def store(self) -> PackageStore:
        """The packages installed in the workspace, and its lock. There must be a workspace."""
        if self._store is None:
            from planwriter.app.package_store import PackageStore

            assert self.workspace is not None
            self._store = PackageStore(self.workspace)
        return self._store

    def installed(self) -> Result[tuple[tuple[Locked, Library], ...]]:
        """The libraries installed in the workspace, highest priority first, each with its entry in the lock."""
        if not self._has_lock():
            return Result(())
        if self._installed is None:
            with watch.keeping(("installed", self.workspace)):
                self._lock()
                read = self.store.libraries()
            made = tuple((locked, self._replaced.get(locked.name, library)) for locked, library in read.value)
            self._installed = Result(made, read.findings)
        watch.reuse(("installed", self.workspace))
        return self._installed

    def forget_installed(self) -> None:
        """To be called when installed packages have changed: `installed` then reads them again."""
        self._installed = None

    def reviewed_uses(self, path: str) -> dict[str, str]:
        """The fingerprints that the clauses of the outline at `path` had when their uses were last reviewed."""
        if self.workspace is None or not self._has_lock():
            return {}
        lock = self._lock()
        return lock.uses.get(inner_path(path, self.workspace), {}) if lock else {}

    def _lock(self) -> Lock | None:
        with watch.keeping(("lock", self.workspace)):
            read = self.store.lock()
        watch.reuse(("lock", self.workspace))
        return read.value

    def _has_lock(self) -> bool:
        return self.workspace is not None and watch.is_there(os.path.join(self.folder, LOCK_FILE))


def _read_kinds(folder: str, *, as_is: bool = False, containing: str = "") -> Kinds:
    """The kinds of a templates folder; the first of several with one name. For `as_is` see `load_tree`.

    With `containing` only those that have this word in their file or as the name of their folder.
    """
    word = containing.encode("utf-8", "surrogatepass")
    made: list[Kind] = []
    findings: list[Finding] = []
    for found in files.read_data_files(folder, shown="templates", only="kind.yaml"):
        if word not in found.data and containing != found.folder:
            continue
        findings += found.findings
        if found.findings:
            continue
        tree = load_tree(found.data, found.shown, keys.KIND_KEYS, as_is=as_is)
        findings += tree.findings
        if tree.value is not None:
            kind = read_kind(tree.value, found.folder)
            findings += kind.findings
            made += [kind.value] if kind.value and find_kind(kind.value.name, tuple(made)) is None else []
    return Result(tuple(made), tuple(findings))
