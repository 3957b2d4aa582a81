"""Writes a layout file from a sample .docx: 基于 the most similar built-in layouts, with the items that differ."""

from __future__ import annotations

import functools
import itertools
import os
from collections.abc import Iterator
from typing import TypeAlias

from planwriter.audit.sample import Reading, read_sample
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.layout.find import STANDARD, known_layouts, load_based_on, read_layout_text
from planwriter.layout.items import Path, item_name, items
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.xml import UnreadableDocx
from planwriter.start.patterns import regex

_PLAIN = regex(r"-?\w[\w.·/（）]*(?: [\w.·/（）]+)*")


def learn_layout(data: bytes, shown: str, name: str) -> Result[str | None]:
    """The text of a layout file `name` with the look of the .docx `shown`, and hints on items that could not be read.

    None and a finding if the .docx cannot be read, or shows no item.
    """
    try:
        document = read_docx(data)
    except UnreadableDocx as reason:
        return Result(None, (finding("PW650", Pos(shown), file=shown, reason=str(reason)),))
    if not any(para.words for para in document.paragraphs):
        return Result(None, (finding("PW650", Pos(shown), file=shown, reason="里面没有文字"),))
    sample = read_sample(document)
    readings, refused = dict(sample.readings), list(sample.open)
    while True:
        bases, lines = _file_lines(name, shown, readings)
        text = "".join(f"{line}\n" for line, _ in lines)
        found = read_layout_text(text, shown).findings
        wrong = {each.pos.line: each.message.rstrip("。") for each in found if each.pos.file == shown}
        bad = [(path, wrong[at]) for at, (_, path) in enumerate(lines, 1) if path in readings and at in wrong]
        if not bad:
            return Result(text, tuple(_hints(sample.absent, refused, bases, shown)))
        refused += bad
        for path, _ in bad:
            del readings[path]


def _nearest(readings: dict[Path, Reading]) -> tuple[tuple[str, ...], dict[Path, str]]:
    """The built-in layouts, later over earlier ones, from which the fewest items differ; and their combined items."""
    return min(
        _candidates(), key=lambda each: sum(each[1][path] != reading.value for path, reading in readings.items())
    )


@functools.cache
def _candidates() -> tuple[tuple[tuple[str, ...], dict[Path, str]], ...]:
    """Every combination of built-in layouts with its items: the standard alone first, then by number of layouts."""
    others = [each.name for each in known_layouts() if each.name != STANDARD]
    choices = [names for count in range(len(others) + 1) for names in itertools.combinations(others, count)]
    return tuple((names or (STANDARD,), items(load_based_on(names))) for names in choices)


_Line: TypeAlias = tuple[str, Path]
"""A line of a layout file, and the path of its item; () if it has none."""


def _file_lines(name: str, shown: str, readings: dict[Path, Reading]) -> tuple[tuple[str, ...], list[_Line]]:
    """The bases of a layout file, and its lines: the items that differ, each with a note on what was counted."""
    bases, have = _nearest(readings)
    lines: list[_Line] = [
        ("# 从样本读出来的版式，只写与“基于”不同的地方；每行后面注明样本里有几处、其中几处是这样。", ()),
        (f"版式: {_scalar(name)}", ()),
        (f"说明: {_scalar(f'照{os.path.basename(shown)}的样子')}", ()),
        (f"基于: {_scalar(bases[0]) if len(bases) == 1 else '[' + ', '.join(map(_scalar, bases)) + ']'}", ()),
    ]
    before: Path = ()
    for path in have:
        reading = readings.get(path)
        if reading is None or reading.value == have[path]:
            continue
        if path[:1] != before[:1]:
            lines.append(("", ()))
        lines += [
            (f"{'  ' * depth}{path[depth]}:", ())
            for depth in range(len(path) - 1)
            if path[: depth + 1] != before[: depth + 1]
        ]
        told = f"# {reading.total} {reading.what}里 {reading.count} {reading.what}"
        lines.append((f"{'  ' * (len(path) - 1)}{path[-1]}: {_scalar(reading.value)}  {told}", path))
        before = path
    return bases, lines


def _scalar(text: str) -> str:
    """A text as a YAML value: plain if that is safe, else in quotes."""
    if _PLAIN.fullmatch(text) and text.lower() != "null":
        return text
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"


def _hints(
    absent: tuple[str, ...], refused: list[tuple[Path, str]], bases: tuple[str, ...], shown: str
) -> Iterator[Finding]:
    """Hints on items that could not be read, and on roles that the document does not have."""
    for path, reason in refused:
        yield finding("PW681", Pos(shown), item=item_name(path), reason=reason)
    if absent:
        yield finding("PW680", Pos(shown), roles="、".join(absent), base="、".join(bases))
