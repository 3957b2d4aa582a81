"""Many new files in one folder, each written whole or not at all: what is true of all of them is looked at once."""

from __future__ import annotations

import os

from planwriter.system import files
from planwriter.system.spare import has_old_spares, open_spare
from planwriter.system.workspace import leaving


class NewFiles:
    """Writes files that are not there yet into a folder, which must not become a link meanwhile."""

    def __init__(self, folder: str) -> None:
        self._folder = os.path.realpath(folder)
        self._is_plain = leaving(os.path.join(folder, "_")) is None and not has_old_spares(self._folder)

    def write(self, name: str, data: bytes) -> bool:
        """Writes a file without waiting for the disk; False, and nothing is done, if `files.write_file` must decide.

        It must if something of this name is there, or if anything goes wrong.
        """
        target = os.path.join(self._folder, name)
        if not self._is_plain or os.path.lexists(target):
            return False
        spare = ""
        try:
            spare, descriptor = open_spare(target, 0o666)
            try:
                left = memoryview(data)
                while left:
                    left = left[os.write(descriptor, left) :]
            finally:
                os.close(descriptor)
            os.replace(spare, target)
        except (OSError, ValueError):
            files.remove_file(spare)
            return False
        except BaseException:
            files.remove_file(spare)
            raise
        return True
