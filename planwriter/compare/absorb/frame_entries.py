"""Lines of the official frame that were typed by hand: what they are in 发文."""

from __future__ import annotations

from planwriter.model.added import ADDED
from planwriter.model.walk import TextRole
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_NUMBER = regex(r"[^〔〕\d\s]{1,20}〔(?:19|20)\d\d〕[1-9]\d{0,4}号")
_SECRECY = regex(r"(?:绝密|机密|秘密)(?:★.{1,8})?")
_URGENCY = regex("特急|加急|特提|平急")
_NAMES = regex("[，,、]")
_LONGEST_NOTE = 40


class FrameEntry(NamedTuple):
    """A key of 发文, and its value: one text, or several names."""

    key: str
    value: str | tuple[str, ...]


def frame_entry(text: str) -> FrameEntry | None:
    """What a line of the frame is; None if it is nothing that a frame has."""
    copies = ADDED[TextRole.COPY]
    if _NUMBER.fullmatch(text):
        return FrameEntry("文号", text)
    if _SECRECY.fullmatch(text):
        return FrameEntry("密级", text)
    if _URGENCY.fullmatch(text):
        return FrameEntry("紧急程度", text)
    if text.startswith(copies.before):
        return FrameEntry("抄送", _listed(text[len(copies.before) :].removesuffix(copies.after)))
    if text.startswith("（") and text.endswith("）") and len(text) <= _LONGEST_NOTE:
        return FrameEntry("附注", text[1:-1])
    if text.endswith("：") and "。" not in text:
        return FrameEntry("主送", _listed(text[:-1]))
    return None


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, _NAMES.split(text))))
