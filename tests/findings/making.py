"""Findings that are made by functions instead of files; contains no tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

from planwriter.app import outputs
from planwriter.app.session import Session
from planwriter.findings.finding import Finding
from tests.support import plan_file

Maker: TypeAlias = Callable[[Path], list[Finding]]
"""Gives the findings on something faulty that it makes in the folder, which is the current one."""


def makers_in(module: ModuleType) -> list[Maker]:
    """The makers of a module: the functions whose docstring is a code."""
    return [each for each in vars(module).values() if callable(each) and (each.__doc__ or "").startswith("PW")]


def findings_of(name: str) -> list[Finding]:
    """What is found in an outline of the current folder, up to the layout it is rendered with."""
    made = plan_file(name)
    found = list(made.findings)
    if made.sound and made.document is not None:
        found += outputs.render(Session().at(name), made.document, "docx").findings
    return found


def codes(findings: Iterable[Finding]) -> list[str]:
    """The codes of findings, in their order."""
    return [each.code for each in findings]
