"""Sentences of a text, and those that differ between two versions of it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_MAX_SENTENCES = 1_000


def sentence_changes(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """The sentences that differ, as pairs of before and after; "" for a side that has no such sentence.

    Texts with more than 1,000 sentences together are compared as a whole.
    """
    old, new = _sentences(before), _sentences(after)
    if len(old) + len(new) > _MAX_SENTENCES:
        return ((before, after),) if before != after else ()
    made = []
    for tag, first, last, start, end in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag != "equal":
            made.append(("".join(old[first:last]).strip(), "".join(new[start:end]).strip()))
    return tuple(made)


def _sentences(text: str) -> list[str]:
    return re.findall(r"[^。；！？\n]*[。；！？\n]|[^。；！？\n]+", text)
