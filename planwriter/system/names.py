"""The one rule for file names that this program makes up: valid on every system, and what they seem to be."""

from __future__ import annotations

import os
import unicodedata

from planwriter.start.patterns import re, regex

MAX_BYTES = 255
"""The longest file name of most disks, in bytes of UTF-8."""
_SYMBOLS = frozenset('\\/:*?"<>|')
_HIDDEN = regex("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""Characters that show nothing, though Unicode counts them as letters, marks or symbols."""
_DEVICE = regex(r"(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:[.:].*)?", re.I | re.S)


def is_device(name: str) -> bool:
    """True if Windows takes `name` for a device: AUX, with any ending, also if spaces come before that."""
    return _DEVICE.fullmatch(name) is not None


def is_plain(mark: str) -> bool:
    """True if a character may stand in a file name: it shows, and is no separator, control, bidi or zero-width character."""
    category = unicodedata.category(mark)
    hidden = category in ("Cc", "Cf", "Cs", "Zl", "Zp") or _HIDDEN.match(mark) is not None
    return not hidden and mark not in _SYMBOLS


def is_file_name(name: str, *, most: int = MAX_BYTES) -> bool:
    """True if `name` is valid on every system and not misleading; `most` is its greatest length in bytes."""
    return (
        bool(name)
        and all(map(is_plain, name))
        and name == name.strip()
        and name == name.strip(".")
        and not is_device(name)
        and len(name.encode("utf-8")) <= most
    )


def as_plain(text: str) -> str:
    """The text as a part of a file name: in normal form NFC, and `_` for spaces and what must not stand in one."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(mark if is_plain(mark) and not mark.isspace() else "_" for mark in composed)


def same_name(name: str) -> str:
    """A text that is equal for names that some system takes for one: capitals and both forms of é are not told apart."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def cut_name(name: str, most: int) -> str:
    """The beginning of a name that is at most `most` bytes long, cut between two characters."""
    raw = os.fsencode(name)
    return name if len(raw) <= most else raw[:most].decode("utf-8", "ignore")
