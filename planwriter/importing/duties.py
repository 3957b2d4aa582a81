"""The units in brackets at the end of a paragraph, as the keys 责任单位, 配合单位 and 时限 of a block."""

from __future__ import annotations

from planwriter.language.deadlines import read_deadline
from planwriter.language.unit_names import needs_splitting
from planwriter.model import Duty, Text
from planwriter.model.added import ADDED, DUTY_NOTE
from planwriter.model.walk import TextRole
from planwriter.start.patterns import regex

_NOTE = regex(r"[（(]\s*((?:责任单位|配合单位|完成时限)[：:][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*)[）)]\s*$")
_ROLES = {"责任单位": TextRole.LEAD, "配合单位": TextRole.SUPPORT, "完成时限": TextRole.DEADLINE}
_MAX_NAME = 40


def split_duty(text: str) -> tuple[str, Duty | None]:
    """A paragraph without the note on its units, and the units; no units if printing them would give another note."""
    if not text.endswith(("）", ")")):
        return text, None
    at = max(
        text.rfind("（责任单位"),
        text.rfind("(责任单位"),
        text.rfind("（配合单位"),
        text.rfind("（完成时限"),
        text.rfind("(完成时限"),
        text.rfind("(配合单位"),
    )
    match = _NOTE.match(text, at) if at >= 0 else None
    if match is None:
        return text, None
    duty = _read(match[1])
    if duty is None or _printed(duty) != _plain(match.group().strip()):
        return text, None
    return text[:at].rstrip(), duty


def _read(note: str) -> Duty | None:
    found: dict[TextRole, str] = {}
    for piece in note.replace(";", "；").split("；"):
        key, colon, value = piece.replace(":", "：").partition("：")
        role = _ROLES.get(key.strip())
        if role is None or not colon or role in found or not value.strip():
            return None
        found[role] = value.strip()
    leads, supports = (_names(found.get(role, "")) for role in (TextRole.LEAD, TextRole.SUPPORT))
    deadline = found.get(TextRole.DEADLINE, "")
    if leads is None or supports is None or (deadline and read_deadline(deadline).shown != deadline):
        return None
    return Duty(lead=leads, support=supports, deadline=Text(value=deadline) if deadline else None)


def _names(typed: str) -> tuple[Text, ...] | None:
    """The units of a list; None if one of them would be read otherwise when it stands in an outline."""
    names = [name.strip() for name in typed.split("、")] if typed else []
    if any(not name or len(name) > _MAX_NAME or needs_splitting(name) or "：" in name for name in names):
        return None
    return tuple(Text(value=name) for name in names)


def _printed(duty: Duty) -> str:
    """The note as the writers print it."""
    texts = ((TextRole.LEAD, duty.lead), (TextRole.SUPPORT, duty.support))
    parts = [ADDED[role].around("、".join(unit.value for unit in units)) for role, units in texts if units]
    if duty.deadline:
        parts.append(ADDED[TextRole.DEADLINE].around(duty.deadline.value))
    return _plain(DUTY_NOTE.around("；".join(parts)))


def _plain(note: str) -> str:
    return note.translate(str.maketrans("(),;:", "（），；：")).replace(" ", "")
