"""Shows the edits of a version of a plan sentence by sentence, changed words marked."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from planwriter.cli.show import colored, echo
from planwriter.compare.edited import EditKind, HandEdit
from planwriter.findings.characters import escaped

SHOWN = 40
"""So many edits are shown, if not all are asked for."""
_MARKS = ("【", "】")
_BEFORE, _AFTER, _PLAIN = "\033[31m", "\033[32m", "\033[0m"
_LONGEST, _AROUND = 160, 30
"""Of a longer text, the changed words are shown with so many characters around them."""


def show_edits(
    edits: Sequence[HandEdit], lines: Iterable[int], outline: str, *, limit: int = SHOWN, err: bool = False
) -> None:
    """Shows edits with their lines in the outline; `limit` 0 for all."""
    color = colored(sys.stderr if err else sys.stdout)
    shown = edits[:limit] if limit else edits
    for each, line in zip(shown, lines, strict=False):
        for text in _lines(each, f"{outline}:{line}" if line else outline, color=color):
            echo(text, err=err)
    if len(shown) < len(edits):
        echo(f"  还有 {len(edits) - len(shown)} 处没有列出来。", err=err)


def _lines(edit: HandEdit, place: str, *, color: bool) -> Iterable[str]:
    head = f"  {edit.kind.value}　{escaped(edit.where)}（{escaped(place)}）"
    if edit.kind is EditKind.MOVED:
        head = f"  {edit.kind.value}　{_cut(edit.new)}（{escaped(place)}）"
        several = f"连同后面共 {edit.size} 段，" if edit.size > 1 else ""
        yield f"{head}：{several}原在{_behind(edit.was)}，现在{_behind(edit.where)}"
    elif edit.kind is EditKind.COMMENT:
        cited = f"对“{_cut(edit.old)}”" if edit.old.strip() else ""
        yield f"{head}：{escaped(edit.author) or '有人'}{cited}说：{_cut(edit.new)}"
    elif edit.kind is EditKind.FORMAT:
        yield f"{head}：{_look(edit.old)}改成{_look(edit.new)}" if edit.old else f"{head}：{_look(edit.new)}"
    elif edit.kind in (EditKind.SPLIT, EditKind.JOINED):
        yield f"{head}：{'另起一段' if edit.kind is EditKind.SPLIT else '并进这一段'}的是“{_cut(edit.new)}”"
    else:
        yield head
        marks = edit.marks if edit.old and edit.new else ()
        if edit.old:
            yield f"    － {_marked(edit.old, [each[:2] for each in marks], _BEFORE if color else '')}"
        if edit.new:
            yield f"    ＋ {_marked(edit.new, [each[2:] for each in marks], _AFTER if color else '')}"


def _behind(where: str) -> str:
    return f"{escaped(where)}之后" if where else "最前面"


def _look(look: str) -> str:
    return escaped(look) or "没有手设的格式"


def _flat(text: str) -> str:
    return escaped(text.replace("\n", "↵").replace("\t", "　"))


def _cut(text: str) -> str:
    return _flat(text if len(text) <= 2 * _AROUND else text[: 2 * _AROUND] + "…")


def _marked(text: str, spans: Sequence[tuple[int, int]], start: str) -> str:
    """A text with characters marked, in color or between brackets, and cut around them if it is long."""
    if not spans:
        return _flat(text if len(text) <= 2 * _LONGEST else text[: 2 * _LONGEST] + "…")
    marks = (start, _PLAIN) if start else _MARKS
    made: list[str] = []
    at = 0
    for number, (first, last) in enumerate((*spans, (len(text), len(text)))):
        between = text[at:first]
        is_end = number == len(spans)
        if len(text) > _LONGEST and len(between) > 2 * _AROUND:
            head = between[:_AROUND] if number else ""
            between = f"{head}…{'' if is_end else between[-_AROUND:]}"
        made.append(_flat(between))
        if first < last:
            words = text[first:last]
            words = words if len(words) <= 2 * _LONGEST else f"{words[:_LONGEST]}…{words[-_LONGEST:]}"
            made.append(f"{marks[0]}{_flat(words)}{marks[1]}")
        at = last
    return "".join(made)
