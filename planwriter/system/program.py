"""Which planwriter this is: its version, and a digest of its own files."""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Iterator

from planwriter import __version__
from planwriter.system import files
from planwriter.system.zip_inflate import checksum

DATA = ("gazetteer", "section_library", "templates", "wordlists")
"""The folders of data that come with planwriter."""
_ENDINGS = (".py", ".yaml", ".tsv", ".docx")


@functools.lru_cache(maxsize=1)
def program() -> str:
    """The version and the digest of code and data: equal for two installations that make the same documents.

    The digest is needed beside the version, since a version may be patched on one machine. Raises OSError.
    """
    told = [f"{name} {_checksum(path)}" for name, path in sorted(_own_files())]
    return f"{__version__}+{hashlib.sha256(chr(10).join(told).encode()).hexdigest()[:16]}"


def _checksum(path: str) -> str:
    """The size and the checksum of a file, with the line ends that git gives it on other systems."""
    with open(path, "rb", buffering=0) as file:
        data = file.read()
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    return f"{len(data)} {checksum(data)}"


def is_own_data(path: str) -> bool:
    """True if a file or folder is part of the data that comes with planwriter."""
    return os.path.join(path, "").startswith(_data_folders())


@functools.lru_cache(maxsize=1)
def _data_folders() -> tuple[str, ...]:
    return tuple(os.path.join(files.data_folder(name), "") for name in DATA)


def _own_files() -> Iterator[tuple[str, str]]:
    """The names of planwriter's own files, the same for every way of installing it, and their paths."""
    for folder in DATA:
        yield from _below(files.data_folder(folder), folder)
    for name, path in _below(files.data_folder("."), "planwriter"):
        if name.split("/")[1] not in DATA:
            yield name, path


def _below(folder: str, shown: str) -> Iterator[tuple[str, str]]:
    with os.scandir(folder) as entries:
        for each in entries:
            name = f"{shown}/{each.name}"
            if each.name.endswith(_ENDINGS):
                yield name, each.path
            elif each.is_dir(follow_symlinks=False):
                yield from _below(each.path, name)
