"""Shows the edits of a version of a plan sentence by sentence, changed words marked."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from planwriter.cli.show import colored, echo, say
from planwriter.compare.edits.hand_edits import EditKind, HandEdit
from planwriter.findings.characters import escaped
from planwriter.start.named_tuple import NamedTuple

SHOWN = 40
"""So many edits are shown, if not all are asked for."""
_LEFT, _RIGHT = "【", "】"
_RED, _GREEN, _PLAIN = "\033[31m", "\033[32m", "\033[0m"
_LONGEST, _AROUND = 160, 30
"""Of a longer text, the changed words are shown with so many characters around them."""


class _Piece(NamedTuple):
    """A part of a line; changed words have a color."""

    text: str
    color: str = ""


def show_edits(
    edits: Sequence[HandEdit], lines: Iterable[int], outline: str, *, limit: int = SHOWN, err: bool = False
) -> None:
    """Shows edits with their lines in the outline; `limit` 0 for all."""
    in_color = colored(sys.stderr if err else sys.stdout)
    shown = edits[:limit] if limit else edits
    for each, number in zip(shown, lines, strict=False):
        for line in _lines(each, f"{outline}:{number}" if number else outline):
            if in_color:
                echo("".join(f"{color}{escaped(text)}{_PLAIN * bool(color)}" for text, color in line), err=err)
            else:
                say("".join(f"{_LEFT}{text}{_RIGHT}" if color else text for text, color in line), err=err)
    if len(shown) < len(edits):
        say(f"  还有 {len(edits) - len(shown)} 处没有列出来。", err=err)


def _lines(edit: HandEdit, place: str) -> Iterator[list[_Piece]]:
    head = f"  {edit.kind.value}　{edit.where}（{place}）"
    if edit.kind is EditKind.MOVED:
        several = f"连同后面共 {edit.size} 段，" if edit.size > 1 else ""
        moved = f"原在{_behind(edit.was)}，现在{_behind(edit.where)}"
        yield [_Piece(f"  {edit.kind.value}　{_cut(edit.new)}（{place}）：{several}{moved}")]
    elif edit.kind is EditKind.COMMENT:
        cited = f"对“{_cut(edit.old)}”" if edit.old.strip() else ""
        yield [_Piece(f"{head}：{edit.author or '有人'}{cited}说：{_cut(edit.new)}")]
    elif edit.kind is EditKind.FORMAT:
        yield [_Piece(f"{head}：{edit.old}改成{edit.new or '没有手设的格式'}" if edit.old else f"{head}：{edit.new}")]
    elif edit.kind in (EditKind.SPLIT, EditKind.JOINED):
        word = "另起一段" if edit.kind is EditKind.SPLIT else "并进这一段"
        yield [_Piece(f"{head}：{word}的是“{_cut(edit.new)}”")]
    else:
        yield [_Piece(head)]
        marks = edit.marks if edit.old and edit.new else ()
        if edit.old:
            yield [_Piece("    － "), *_marked(edit.old, [each[:2] for each in marks], _RED)]
        if edit.new:
            yield [_Piece("    ＋ "), *_marked(edit.new, [each[2:] for each in marks], _GREEN)]


def _behind(where: str) -> str:
    return f"{where}之后" if where else "最前面"


def _flat(text: str) -> str:
    return text.replace("\n", "↵").replace("\t", "　")


def _cut(text: str) -> str:
    return _flat(text if len(text) <= 2 * _AROUND else text[: 2 * _AROUND] + "…")


def _marked(text: str, spans: Sequence[tuple[int, int]], color: str) -> Iterator[_Piece]:
    """A text with characters marked, and cut around them if it is long."""
    if not spans:
        yield _Piece(_flat(text if len(text) <= 2 * _LONGEST else text[: 2 * _LONGEST] + "…"))
        return
    at = 0
    for number, (first, last) in enumerate((*spans, (len(text), len(text)))):
        between = text[at:first]
        if len(text) > _LONGEST and len(between) > 2 * _AROUND:
            head = between[:_AROUND] if number else ""
            between = f"{head}…{'' if number == len(spans) else between[-_AROUND:]}"
        yield _Piece(_flat(between))
        if first < last:
            words = text[first:last]
            yield _Piece(
                _flat(words if len(words) <= 2 * _LONGEST else f"{words[:_LONGEST]}…{words[-_LONGEST:]}"), color
            )
        at = last
