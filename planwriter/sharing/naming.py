"""Names of libraries and versions as file names that are valid on every system, including Windows."""

from __future__ import annotations

import re
import unicodedata

from planwriter.start.patterns import regex
from planwriter.system import names

MAX_NAME = 60
_MAX_BYTES = 200  # most disks allow 255 bytes, some of which a temporary file needs
_VERSION = regex(r"(0|[1-9]\d{0,8})(\.(0|[1-9]\d{0,8})){2}([-+][0-9A-Za-z.+-]{1,40})?", re.ASCII)
_PLAIN = frozenset("0123456789abcdefghijklmnopqrstuvwxyz-_.")
_BYTE = regex(r"=([0-9A-F]{2})")


def is_name(name: str) -> bool:
    """True if `name` can be a library's name: one line of at most 60 visible characters, in normal form NFC."""
    return (
        0 < len(name) <= MAX_NAME
        and name == name.strip()
        and unicodedata.is_normalized("NFC", name)
        and not any(unicodedata.category(mark)[0] == "C" or unicodedata.category(mark) in ("Zl", "Zp") for mark in name)
        and len(to_file_name(name).encode("utf-8")) <= _MAX_BYTES
    )


def is_version(version: str) -> bool:
    """True for three numbers with dots, and the suffixes that semver allows."""
    return _VERSION.fullmatch(version) is not None


def is_file_name(name: str) -> bool:
    """True if `name` is valid as it is as a file name on every system."""
    return is_name(name) and names.is_file_name(name)


def to_file_name(text: str) -> str:
    """A file name for `text` that is valid everywhere and different for every text.

    Chinese stays as it is. Capitals (which Windows and macOS do not distinguish from lower case), symbols, a dot at either
    end and the first letter of a Windows device name are written as their UTF-8 bytes, =XX each.
    """
    last = len(text) - 1
    device = names.is_device(text)
    pieces = []
    for at, mark in enumerate(text):
        plain = mark in _PLAIN or (not mark.isascii() and mark.isalnum() and mark == mark.casefold())
        if plain and not (mark == "." and at in (0, last)) and not (device and at == 0):
            pieces.append(mark)
        else:
            pieces.append("".join(f"={byte:02X}" for byte in mark.encode("utf-8")))
    return "".join(pieces)


def from_file_name(name: str) -> str | None:
    """The text with this file name; None if no text has it."""
    name = unicodedata.normalize("NFC", name)  # older macOS disks store decomposed letters
    parts = _BYTE.split(name)
    data = b"".join(
        bytes.fromhex(part) if at % 2 else part.encode("utf-8", "surrogatepass") for at, part in enumerate(parts)
    )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if to_file_name(text) == name else None
