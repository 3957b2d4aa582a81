"""The figures of each machine, in a file of its own below results/, and their display in the README."""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Sequence
from pathlib import Path

from benchmarks.tables import Figures, Table, show

FOLDER = Path(__file__).resolve().parent / "results"
README = Path(__file__).resolve().parent / "README.md"
START = "<!-- Figures: written by `make bench` from results/, not by hand. -->"
END = "<!-- End of the figures. -->"


def machine() -> str:
    """The machine that this is: its processor, number of cores, system and Python."""
    told = ""
    if os.path.exists("/proc/cpuinfo"):
        named = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
        told = named[1] if named else ""
    name = told or platform.processor() or platform.machine()
    python = ".".join(platform.python_version_tuple()[:2])
    return f"{name}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {python}"


def store(
    name: str, versions: str, races: dict[str, Figures], order: Sequence[str] = (), folder: Path = FOLDER
) -> None:
    """Writes the figures of races into the machine's file, in this order; those of other races in it are kept."""
    path = folder / f"{'-'.join(re.findall(r'[a-z0-9.]+', name.lower()))}.json"
    kept = json.loads(path.read_text("utf-8"))["races"] if path.exists() else {}
    for key, each in races.items():
        tables = [{"caption": t.caption, "headings": t.headings, "rows": t.rows} for t in each.tables]
        kept[key] = {"title": each.title, "versions": versions, "tables": tables, "notes": each.notes}
    ordered = {key: kept[key] for key in dict.fromkeys([*order, *kept]) if key in kept}
    folder.mkdir(exist_ok=True)
    text = json.dumps({"machine": name, "races": ordered}, ensure_ascii=False, indent=1)
    path.write_text(_short_rows(text) + "\n", "utf-8")


def _short_rows(text: str) -> str:
    """JSON with each list of plain strings on one line."""
    pattern = r"\[\s*(\"[^\[\]{}]*?\")\s*\]"
    return re.sub(pattern, lambda match: f"[{re.sub(chr(10) + ' *', ' ', match[1])}]", text)


def section(folder: Path = FOLDER) -> str:
    """The figures of all machines as they stand in the README: a section for each machine, a fence for each race."""
    parts = []
    for path in sorted(folder.glob("*.json")):
        read = json.loads(path.read_text("utf-8"))
        parts.append(f"### {read['machine']}")
        versions = ""
        for each in read["races"].values():
            if each["versions"] != versions:
                versions = each["versions"]
                parts.append(f"{versions}.")
            tables = tuple(
                Table(t["caption"], tuple(t["headings"]), tuple(map(tuple, t["rows"]))) for t in each["tables"]
            )
            parts.append(f"#### {each['title']}")
            parts.append("```\n" + show(Figures(each["title"], tables, tuple(each["notes"]))) + "\n```")
    return "\n\n".join(parts)


def with_figures(text: str, figures: str) -> str:
    """The text of the README with these figures between its markers. Raises ValueError without the markers."""
    head, start, rest = text.partition(START)
    _, end, tail = rest.partition(END)
    if not start or not end:
        raise ValueError("the README has no markers for the figures")
    return f"{head}{start}\n\n{figures}\n\n{end}{tail}"


def write_readme() -> None:
    """Writes the figures of all machines into the README."""
    README.write_text(with_figures(README.read_text("utf-8"), section()), "utf-8")
