"""Small versions of plans, written line by line; contains no tests."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from planwriter.compare.edits.difference import ComparedSide
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine, VersionTable
from planwriter.importing.labels import read_label
from planwriter.plan.flow import BODY, HEADINGS, TITLE
from planwriter.start.records import replace

_LEVELS = {"4": 1, "5": 2, "6": 3, "7": 4}
"""Levels by the sort of label: 一、 （一） 1. （1）."""


def line(text: str, **more: object) -> VersionLine:
    """A numbered paragraph if the text begins with a label, else a plain one; `# ` begins the title."""
    if text.startswith("# "):
        return VersionLine(role=TITLE, text=text[2:])
    label = read_label(text)
    if label is None:
        return VersionLine(role=BODY, text=text, **more)  # type: ignore[arg-type]
    level = _LEVELS[str(int(label.series))]
    role = HEADINGS[level - 1] if level < 3 and "。" not in text else BODY
    size = len(text) - len(label.rest)
    return VersionLine(role=role, text=label.rest, label=text[:size], level=level, **more)  # type: ignore[arg-type]


def table(*rows: str) -> VersionTable:
    """A table of rows whose cells are separated by bars."""
    return VersionTable(rows=tuple(tuple(row.split("|")) for row in rows))


def version(name: str, *items: str | VersionItem, targets: tuple[tuple[str, str], ...] = ()) -> PlanVersion:
    """A version of these lines."""
    made = tuple(line(item) if isinstance(item, str) else item for item in items)
    return PlanVersion(name=name, items=made, targets=targets)


def side(*items: str | VersionItem, targets: tuple[tuple[str, str], ...] = (), name: str = "要点.yaml") -> ComparedSide:
    """An outline of these lines."""
    return ComparedSide(version(name, *items, targets=targets))


def edited_items(items: Sequence[VersionItem], chance: Random) -> list[VersionItem]:
    """The items as a person may leave them: some put in, deleted, moved, changed."""
    made = list(items)
    for _ in range(chance.randrange(8)):
        at = chance.randrange(len(made) + 1)
        what = chance.randrange(4)
        if what == 0:
            made.insert(at, line(f"另外开展第{chance.randrange(90)}项工作，责任到人。"))
        elif made and what == 1:
            made.pop(at % len(made))
        elif made and what == 2:
            made.insert(at % len(made), made.pop(chance.randrange(len(made))))
        elif made and isinstance(item := made[at % len(made)], VersionLine):
            made[at % len(made)] = replace(item, text=item.text[: len(item.text) // 2] + "改后的说法")
    return made
