"""The one table of how large an archive of each kind may be, and how an archive is refused."""

from __future__ import annotations

from planwriter.start.named_tuple import NamedTuple

_MIB = 1024 * 1024


class Bounds(NamedTuple):
    """The most that is read of an archive of one kind. Sizes are in bytes, and hold for what is really unpacked."""

    packed: int
    """The size of the archive itself."""
    entries: int
    """How many entries it holds, folders included."""
    unpacked: int
    """What all entries together unpack to."""
    each: int
    """What a single entry unpacks to."""
    ratio: int = 0
    """How many times its packed size an entry may unpack to, beyond a first kilobyte; 0 when any ratio is fine."""


DOCX = Bounds(packed=64 * _MIB, entries=10_000, unpacked=50 * _MIB, each=50 * _MIB)
"""A .docx from anywhere, and an .xlsx that planwriter may have made."""
XLSX = Bounds(packed=8 * _MIB, entries=2_000, unpacked=48 * _MIB, each=48 * _MIB)
"""A workbook that is read."""
PACKAGE = Bounds(packed=9 * _MIB, entries=500, unpacked=8 * _MIB, each=8 * _MIB, ratio=100)
"""The package of a library (.pwlib): texts only, so a high ratio is the mark of a bomb."""
FOLDER = Bounds(packed=32 * _MIB, entries=20_000, unpacked=128 * _MIB, each=8 * _MIB)
"""A .zip or .tar.gz of the folder of a library. As a forge makes it, it may be a whole repository with its pictures."""
OURS = Bounds(packed=1024 * _MIB, entries=10_000, unpacked=1024 * _MIB, each=1024 * _MIB)
"""What a library has just made for us in memory."""


class BadArchive(Exception):
    """An archive is refused; the message says why, in the writer's words."""


class TooLarge(BadArchive):
    """An archive is beyond a bound. `what` is what is too large (empty for the archive itself), `limit` the bound in words."""

    def __init__(self, what: str, limit: str) -> None:
        super().__init__(f"{what}超过 {limit}")
        self.what, self.limit = what, limit


def in_mib(size: int) -> str:
    """A size as a writer reads it: `8 MB`."""
    return f"{size / _MIB:g} MB"
