"""Finds a layout on the disk: a workspace's own, or one of templates/layouts/, with the base package kept beside it."""

from __future__ import annotations

import functools
import os
from typing import NamedTuple

from planwriter import files, grammar
from planwriter.diagnostics import Finding, Pos, Result, Span
from planwriter.load import load_tree
from planwriter.messages import finding
from planwriter.style import Layout, read_layout

STANDARD = "gb9704"


class Stored(NamedTuple):
    """A layout, and the base .docx made of it beforehand where there is one."""

    layout: Layout
    base: bytes | None


def load_layout(name: str, workspace: str | None = None) -> Result[Stored | None]:
    """The layout of that name: from the workspace's folder, else built in; the standard one where there is none.

    That an outline names one that is not there is told when the outline is checked (`unknown_layout`).
    """
    findings: list[Finding] = []
    path = _find(name, workspace) or os.path.join(_built_in(), f"{STANDARD}.yaml")
    shown = f"layouts/{os.path.basename(path)}"
    data = files.read_file(path, shown)
    if data.value is None:
        return Result(None, (*findings, *data.findings))
    layout = _parse(data.value, shown)
    findings += layout.findings
    if layout.value is None:
        return Result(None, tuple(findings))
    base = files.read_file(path.removesuffix(".yaml") + ".docx", shown)
    return Result(Stored(layout.value, base.value), tuple(findings))


@functools.lru_cache(maxsize=8)
def _parse(data: bytes, shown: str) -> Result[Layout | None]:
    """The layout that the bytes of a file stand for; kept, since one layout serves many documents."""
    tree = load_tree(data, shown, grammar.LAYOUT_KEYS)
    if tree.value is None:
        return Result(None, tree.findings)
    layout = read_layout(tree.value)
    return Result(layout.value, (*tree.findings, *layout.findings))


def unknown_layout(name: str, workspace: str | None, place: Span | Pos) -> tuple[Finding, ...]:
    """A finding at `place` where there is no layout of that name."""
    if _find(name, workspace):
        return ()
    known = "、".join(found.folder.removesuffix(".yaml") for found in files.read_data_files(_built_in()))
    return (finding("PW225", place, layout=name, known=known),)


def _built_in() -> str:
    return os.path.join(files.data_folder("templates"), "layouts")


def _find(name: str, workspace: str | None) -> str | None:
    if not name or os.path.basename(name) != name or name.startswith("."):
        return None
    for folder in [*([os.path.dirname(workspace)] if workspace else []), _built_in()]:
        path = os.path.join(folder, f"{name}.yaml")
        if os.path.isfile(path):
            return path
    return None
