"""The tools that the benchmark needs besides planwriter: where they are, which are missing, and their versions."""

from __future__ import annotations

import importlib.util
import json
import platform
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from benchmarks.inputs import ROOT, Unfit
from benchmarks.measure import Contestant, printed
from tests.pages import font_folder, soffice

NODE_MODULES = Path(sys.prefix) / "node" / "node_modules"
"""Where `make bench` installs docx of npm."""
_PACKAGES = ("planwriter", "docxtpl", "python-docx", "lxml", "jinja2", "PyYAML", "typst")


def planwriter() -> tuple[str, ...]:
    """The beginning of planwriter's command: its script if it is installed, else the module."""
    script = Path(sys.executable).parent / "planwriter"
    return (str(script),) if script.exists() else (sys.executable, "-m", "planwriter")


def node() -> str | None:
    """The path of node; None if it or docx of npm is missing."""
    return shutil.which("node") if (NODE_MODULES / "docx").is_dir() else None


def pandoc() -> str | None:
    """The path of pandoc."""
    return shutil.which("pandoc")


def office() -> str | None:
    """The path of LibreOffice's program; None if it is missing, or poppler, by which the texts of PDFs are compared."""
    return soffice() if shutil.which("pdftotext") else None


def typst_fonts() -> Path | None:
    """The folder of the fonts for Typst; None if the fonts or Typst are missing."""
    return font_folder() if importlib.util.find_spec("typst") else None


def missing() -> list[str]:
    """The peers that cannot take part, each with its reason."""
    found = {
        "docx-js: node or the npm package docx is missing": node(),
        "pandoc is not installed": pandoc(),
        "LibreOffice or pdftotext is not installed: no PDF": office(),
        "Typst: the package typst or the Fandol fonts (PLANWRITER_FONTS) are missing": typst_fonts(),
    }
    return [reason for reason, path in found.items() if path is None]


def versions() -> str:
    """The versions of Python, the packages and the programs that take part."""
    shown = [f"Python {platform.python_version()}"]
    for name in _PACKAGES:
        if importlib.util.find_spec({"python-docx": "docx", "PyYAML": "yaml"}.get(name, name)):
            shown.append(f"{name} {metadata.version(name)}")
    if node():
        package = json.loads((NODE_MODULES / "docx" / "package.json").read_text("utf-8"))
        shown.append(f"docx (npm) {package['version']}, node {_told(str(node()), '--version').lstrip('v')}")
    if pandoc():
        shown.append(_told(str(pandoc()), "--version").splitlines()[0])
    if office():
        shown.append(" ".join(_told(str(office()), "--version").split()[:2]))
    return ", ".join(shown)


def _told(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def installed_elsewhere() -> str:
    """Why the planwriter that runs is not an installed copy of this source tree; empty if it is."""
    program = "import os, planwriter; print(os.path.dirname(planwriter.__file__))"
    try:
        told = printed(Contestant("planwriter", (sys.executable, "-c", program), folder=Path(sys.prefix)))
    except Unfit:
        return "planwriter is not installed"
    package = Path(told.strip())
    if package == ROOT / "planwriter":
        return "planwriter is an editable install, which costs every process an import hook"
    for source in sorted((ROOT / "planwriter").rglob("*.py")):
        copy = package / source.relative_to(ROOT / "planwriter")
        if not copy.is_file() or copy.read_bytes() != source.read_bytes():
            return f"the installed planwriter is not that of this folder: {source.relative_to(ROOT)} differs"
    return ""
