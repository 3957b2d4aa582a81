"""Blocks without their dash, and keys that stand one column beside their place."""

from __future__ import annotations

from planwriter.source.mend_line import MendedLine, State, head_of
from planwriter.start.patterns import re

_HEADS = frozenset(("章", "节", "条", "款", "专栏", "用"))
_MAX_TITLE = 20


_PARTS = ("总体要求", "重点任务", "保障措施")
_BELOW = 50
"""How many lines are searched for the next one that says something."""


def mend_block(line: MendedLine, head: re.Match[str], state: State) -> bool:
    """Mends a line with a key that cannot be read where it stands; True if the line has changed."""
    key, column = head["key"].strip(), head.start("key")
    dash = _missing_dash(key, column, state) if key in _HEADS and not head["dashes"] else None
    if dash is not None:
        title = line.text[head.end() :].strip()[:_MAX_TITLE]
        remedy = line.note("PW128", column, block=f"{key}: {title}".rstrip(), want=dash + 1)
        if dash < column:
            line.replace(dash, dash + 1, "-", remedy)
        else:
            line.replace(dash, dash, "- ", remedy)
        return True
    if state.open_end or key not in state.known or state.number <= state.text_to:
        return False
    if head["dashes"]:
        indent = len(head["indent"])
        return _mend_column(line, f"- {key}", indent, {dash for dash, _ in state.items.values()}, head, state)
    return column not in state.columns and _mend_column(line, key, column, {*state.columns}, head, state)


def _missing_dash(key: str, column: int, state: State) -> int | None:
    """The column at which the dash of a block is missing; None if none is, or if the lines below contradict it."""
    below, key_below = next_line(state)
    if not state.open_end:
        if column in state.items:
            dash, keys = state.items[column]
            return dash if key in keys and below <= column else None
        listed = any(dash == column and _HEADS & keys for dash, keys in state.items.values())
        fits = below < column or below == column + 2 or (below == column and key_below in _HEADS)
        return column if listed and fits else None
    if not state.columns or column < state.columns[-1] + 2:
        return None
    above = state.names.get(state.columns[-1], "")
    is_part = state.columns[-1] == 0 and above not in state.known
    if not is_part and above not in ("内容", *_PARTS):
        return None
    return column if below > column else column - 2


def next_line(state: State) -> tuple[int, str]:
    """The column at which the next line begins, and its key; -1 if there is none."""
    for number in range(state.number, min(state.number + _BELOW, len(state.lines))):
        line = state.lines[number]
        body = line.lstrip()
        if body and not body.startswith("#"):
            head = head_of(line)
            return len(line) - len(body), (head["key"] or "").strip() if head is not None else ""
    return -1, ""


def next_is_item(state: State) -> bool:
    """True if the next line that says something is an item of a list."""
    below = (
        state.lines[number].lstrip() for number in range(state.number, min(state.number + _BELOW, len(state.lines)))
    )
    return next((body.startswith("- ") for body in below if body and not body.startswith("#")), False)


def _mend_column(line: MendedLine, key: str, column: int, columns: set[int], head: re.Match[str], state: State) -> bool:
    """A key of the format, or a dash, that stands one column beside the only place at which it could; True if it did."""
    wanted = columns.intersection((column - 1, column + 1))
    spaced = line.text[head.start("colon") :][:2] in (":", ": ") and not line.text[:column].strip(" ")
    if len(wanted) != 1 or column in columns or not spaced:
        return False
    want = wanted.pop()
    below, key_below = next_line(state)
    if not key.startswith("- ") and below > want and key_below and not line.text.rstrip().endswith(":"):
        return False  # the line below would be misplaced
    if below == column or (key.startswith("- ") and below > want and below != want + 2):
        return False  # the lines below stand like this one: it may be the ones above that are wrong
    other = state.names.get(want, "") if not key.startswith("- ") else key
    remedy = line.note("PW129", column, key=key, have=column + 1, want=want + 1, other=other, count=want)
    if want > column:
        line.replace(0, 0, " ", remedy)
    else:
        line.replace(0, 1, "", remedy)
    return True
