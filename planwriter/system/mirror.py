"""A folder in which files from another machine lie as they do there, relative to one another."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping

from planwriter.system.workspace import WORKSPACE_FILE, find_workspace


class Mirror:
    """A new folder below `parent`, deleted by `close`. Everything in it was put there by this class. Raises OSError."""

    def __init__(self, parent: str, name: str) -> None:
        self.root = os.path.join(os.path.realpath(parent), name)
        os.makedirs(self.root, mode=0o700)

    @property
    def is_alone(self) -> bool:
        """False if a workspace of this machine governs the folder, whose settings would count for the files in it."""
        return find_workspace(os.path.join(os.path.dirname(self.root), WORKSPACE_FILE)) is None

    def put(self, files: Mapping[str, bytes | None]) -> None:
        """Writes files by their paths relative to the root, with forward slashes; None stands for a folder.

        Raises ValueError for a path that leads out of the root.
        """
        for inner, data in files.items():
            path = self._path(inner)
            os.makedirs(path if data is None else os.path.dirname(path), exist_ok=True)
            if data is not None:
                with open(path, "wb") as file:
                    file.write(data)

    def remove(self, inner: Iterable[str]) -> None:
        """Deletes files that were put here."""
        for each in inner:
            with contextlib.suppress(OSError):
                os.unlink(self._path(each))

    def close(self) -> None:
        """Deletes the folder."""
        for at, folders, names in os.walk(self.root, topdown=False):
            with contextlib.suppress(OSError):
                for name in names:
                    os.unlink(os.path.join(at, name))
                for name in folders:
                    os.rmdir(os.path.join(at, name))
        with contextlib.suppress(OSError):
            os.rmdir(self.root)

    def _path(self, inner: str) -> str:
        if not is_inside(inner):
            raise ValueError(inner)
        return os.path.join(self.root, *inner.split("/"))


def is_inside(inner: str) -> bool:
    """True for a relative path with forward slashes that leads out of no folder on any system."""
    parts = inner.split("/")
    return all(part not in ("", ".", "..") for part in parts) and not any(mark in inner for mark in "\\:\0")
