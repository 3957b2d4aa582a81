"""Finds a layout and its bases on the disk: a workspace's own, or a built-in one with its stored base .docx."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator

from planwriter.findings.catalogue import finding, near
from planwriter.findings.finding import Finding, Findings, Pos, Result, Span
from planwriter.layout.layout import Layout, read_layout
from planwriter.source import keys
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Scalar
from planwriter.source.overlay import overlay
from planwriter.source.schema import texts
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.typing import TypeAlias
from planwriter.system import files
from planwriter.system.watch import is_file
from planwriter.system.workspace import WORKSPACE_FILE

STANDARD = "gb9704"
MAX_FILES = 16
"""The most files that one layout may consist of."""
_OWN_KEYS = ("版式", "说明", "基于")
"""The keys that a layout does not take from those it is based on."""
_Source: TypeAlias = "tuple[bytes, str, bool]"
"""A layout file: its bytes, its name in findings, and whether it is a built-in one."""


class Stored(NamedTuple):
    """A layout, and its stored base .docx; None if it has none."""

    layout: Layout
    base: bytes | None


class Known(NamedTuple):
    """A layout that a writer can name, and the description in its file."""

    name: str
    about: str
    own: bool
    """True if it belongs to the workspace, False if it is built in."""


def load_layout(name: str, workspace: str | None = None) -> Result[Stored | None]:
    """The layout with this name: from the workspace's folder, else built in, else the standard one.

    An unknown name is not reported here, but when the outline is checked (`check_layout`).
    """
    folder = _folder(workspace)
    return _load(_find(name, folder) or _path(_built_in(), STANDARD), folder)


def load_layout_file(path: str) -> Result[Stored | None]:
    """The layout in the file at `path`; its bases are searched in the same folder, then among the built-in layouts."""
    return _load(path, os.path.dirname(path) or ".", files.shown_path(path))


def read_layout_text(text: str, shown: str) -> Result[Layout | None]:
    """The layout of a file that is in memory, based on built-in ones."""
    chain = _Chain(None)
    found = Findings(chain.add_text(text.encode("utf-8"), shown))
    layout = found.take(_layout(tuple(chain.sources)))
    return found.result(None if chain.broken else layout)


def load_based_on(names: tuple[str, ...]) -> Layout:
    """Built-in layouts over the standard one, later ones over earlier ones, as with `基于: [one, other]`."""
    chain = _Chain(None)
    for name in (STANDARD, *names):
        chain.add(_path(_built_in(), name))
    layout = _layout(tuple(chain.sources)).value
    assert layout is not None, names
    return layout


def check_layout(name: str, workspace: str | None, place: Span | Pos, beside: str | None = None) -> tuple[Finding, ...]:
    """The findings on the layout that an outline or a workspace names at `place`. Tests check the built-in ones.

    `beside` is the folder of the outline.
    """
    folder = _folder(workspace)
    path = _find(name, folder)
    if path is None:
        known = "、".join(each.name for each in known_layouts(workspace))
        return (finding("PW225", place, layout=name, known=known, advice=stray_advice(name, workspace, beside)),)
    return () if _is_built_in(path) else _load(path, folder).findings


def stray_advice(name: str, workspace: str | None, folder: str | None) -> str:
    """Advice if the layout's file is in the outline's folder, which is not searched; "" if it is not there."""
    if folder is None or _find(name, folder or ".") is None:
        return ""
    where = (
        "要放到 planwriter.yaml 所在的文件夹才找得到"
        if workspace
        else "要和 planwriter.yaml 在一个文件夹才找得到，在那里建一个 planwriter.yaml（空的也行）"
    )
    return f"有 {name}.yaml，不过它{where}。"


def is_known(name: str, workspace: str | None = None) -> bool:
    """True if there is a layout of that name."""
    return _find(name, _folder(workspace)) is not None


def known_layouts(workspace: str | None = None) -> tuple[Known, ...]:
    """The workspace's own layouts, then the built-in ones with the standard first."""
    own = list(_listed(_folder(workspace))) if workspace else []
    taken = {each.name for each in own}
    others = sorted(_listed(None), key=lambda each: (each.name != STANDARD, each.name))
    return (*own, *(each for each in others if each.name not in taken))


def _is_layout(data: bytes) -> bool:
    """True if a file may be a layout: it begins with one of the keys that layouts begin with."""
    lines = (line.strip() for line in data.removeprefix(b"\xef\xbb\xbf").splitlines())
    first = next((line for line in lines if line and not line.startswith(b"#")), b"")
    return first.decode("utf-8", "replace").startswith(_OWN_KEYS)


def _listed(folder: str | None) -> Iterator[Known]:
    """The layouts in a workspace's folder, or the built-in ones. Outlines in the folder are recognized by their 文种."""
    for found in files.read_data_files(_built_in() if folder is None else folder):
        if found.folder == WORKSPACE_FILE or not found.folder.endswith(".yaml") or not _is_layout(found.data):
            continue
        tree = _tree(found.data, found.shown).value
        if tree is not None and "文种" not in tree.entries:
            about = tree.entries.get("说明")
            yield Known(
                found.folder.removesuffix(".yaml"), about.value if isinstance(about, Scalar) else "", folder is not None
            )


# one layout of several files


def _load(path: str, folder: str | None, shown: str | None = None) -> Result[Stored | None]:
    chain = _Chain(folder)
    wrong = chain.add(path, shown)
    layout = _layout(tuple(chain.sources))
    findings = tuple(dict.fromkeys((*wrong, *layout.findings)))
    if layout.value is None or chain.broken:
        return Result(None, findings)
    base = files.read_file(path.removesuffix(".yaml") + ".docx", path).value if _is_built_in(path) else None
    return Result(Stored(layout.value, base), findings)


class _Chain:
    """Collects the files of a layout, each once: in the order named, each after its bases."""

    def __init__(self, folder: str | None) -> None:
        self.folder = folder
        self.sources: list[_Source] = []
        self.broken = False
        """True if a file could not be read; the standard replaces a missing base, so that the rest can be checked."""
        self._found = Findings()
        self._seen: set[str] = set()
        self._open: list[str] = []

    def add(self, path: str, shown: str | None = None) -> tuple[Finding, ...]:
        """Adds the file at `path`, after its bases; returns all findings so far."""
        self._add(path, shown)
        return tuple(self._found)

    def add_text(self, data: bytes, shown: str) -> tuple[Finding, ...]:
        """Adds a file that is in memory, after its bases; returns all findings so far."""
        self._take(data, shown, shown)
        return tuple(self._found)

    def _add(self, path: str, shown: str | None = None) -> None:
        shown = shown or _shown(path)
        self._seen.add(os.path.realpath(path))
        data = self._found.take(files.read_file(path, shown))
        if data is not None:
            self._take(data, path, shown)
        else:
            self.broken = True

    def _take(self, data: bytes, path: str, shown: str) -> None:
        tree = self._found.take(_tree(data, shown, _is_built_in(path)))
        if tree is None:
            self.broken = True
            return
        self._open.append(path)
        bases = tree.entries.get("基于")
        named = texts(bases, "基于") if bases else Result(())
        for name in named.value:
            self._add_base(name)
        for each in named.findings:
            self._refuse(each)
        self._open.pop()
        self.sources.append((data, shown, _is_built_in(path)))

    def _add_base(self, name: Scalar) -> None:
        path = _find(name.value, self.folder)
        if path is None:
            known = [each.name for each in _listed(None)] + [
                each.name for each in (_listed(self.folder) if self.folder else ())
            ]
            self._refuse(finding("PW227", name.span, layout=name.value, advice=near(name.value, known)))
        elif path in self._open:
            ring = " → ".join(
                os.path.basename(each).removesuffix(".yaml") for each in (*self._open[self._open.index(path) :], path)
            )
            reason, advice = f"绕成了圈：{ring}", "去掉其中一个“基于”；本单位的版式不要和自带的版式同名。"
            self._refuse(finding("PW226", name.span, reason=reason, advice=advice))
        elif os.path.realpath(path) not in self._seen and len(self._seen) >= MAX_FILES:
            reason = f"牵出的版式太多，最多 {MAX_FILES} 个"
            self._refuse(finding("PW226", name.span, reason=reason, advice="把几个版式并成一个。"))
        elif os.path.realpath(path) not in self._seen:
            self._add(path)

    def _refuse(self, reason: Finding) -> None:
        self._found.append(reason)
        if not self.broken:
            self.broken = True
            self._add(_path(_built_in(), STANDARD))


@functools.lru_cache(maxsize=32)
def _tree(data: bytes, shown: str, as_is: bool = False) -> Result[Mapping | None]:
    """The tree of a layout file; for `as_is`, true of a built-in one, see `load_tree`."""
    return load_tree(data, shown, keys.LAYOUT_KEYS, as_is=as_is)


@functools.lru_cache(maxsize=64)
def _layout(sources: tuple[_Source, ...]) -> Result[Layout | None]:
    """The layout of files laid over each other, the last on top; cached, since one layout serves many documents."""
    trees = [tree for source in sources if (tree := _tree(*source).value) is not None]
    return read_layout(functools.reduce(_based, trees)) if trees else Result(None)


def _based(below: Mapping, above: Mapping) -> Mapping:
    """A layout laid over its base, without the name of the base and without its own 基于."""
    return overlay(below, above, without=_OWN_KEYS).without(("基于",))


# places


def _built_in() -> str:
    return os.path.join(files.data_folder("templates"), "layouts")


def _is_built_in(path: str) -> bool:
    return os.path.dirname(path) == _built_in()


def _folder(workspace: str | None) -> str | None:
    return os.path.dirname(workspace) if workspace else None


def _path(folder: str, name: str) -> str:
    return os.path.join(folder, f"{name}.yaml")


def _shown(path: str) -> str:
    name = os.path.basename(path)
    return f"layouts/{name}" if _is_built_in(path) else name


def stored_path(name: str) -> str:
    """The path at which the base package of a built-in layout is stored."""
    return _path(_built_in(), name).removesuffix(".yaml") + ".docx"


def _find(name: str, folder: str | None) -> str | None:
    if not name or os.path.basename(name) != name or name.startswith("."):
        return None
    for each in (folder, _built_in()):
        if each is not None and is_file(_path(each, name)):
            return _path(each, name)
    return None
