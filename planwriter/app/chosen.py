"""Selects the outlines among files that were named together, as by *.yaml."""

from __future__ import annotations

import os
from collections.abc import Iterable

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.outline.recognise import other_than_outline
from planwriter.system import files
from planwriter.system.workspace import WORKSPACE_FILE


def outlines_among(paths: Iterable[str]) -> Result[list[str]]:
    """The paths of outlines, and PW123 for each file that is something else.

    A file that cannot be read is kept; the next stage reports why.
    """
    kept: list[str] = []
    findings: list[Finding] = []
    for path in paths:
        read = files.read_named(path)
        text = (read.value or b"").decode("utf-8-sig", "replace").replace("\r", "\n")
        what = other_than_outline(text, workspace_file=os.path.basename(path) == WORKSPACE_FILE)
        if what:
            findings.append(finding("PW123", Pos(files.shown_path(path)), what=what))
        else:
            kept.append(path)
    return Result(kept, tuple(findings))
