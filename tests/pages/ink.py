"""Reads rules and the edges of characters from the picture of a page, in millimetres; contains no tests."""

from __future__ import annotations

import functools
import subprocess
from pathlib import Path
from typing import NamedTuple

_DOTS = 300
_MM = 25.4 / _DOTS
_HIGH = bytes(int(value > 170) for value in range(256))
_LOW = bytes(int(value < 120) for value in range(256))


class Band(NamedTuple):
    """Rows of a picture that follow each other and all bear ink of one colour."""

    top: float
    bottom: float
    left: float
    right: float
    share: float
    """The greatest part of the page's width that one of its rows covers."""

    @property
    def is_rule(self) -> bool:
        """True for a line drawn across the page."""
        return self.bottom - self.top < 1 and self.share > 0.6


@functools.cache
def bands(pdf: Path, page: int, *, red: bool, left: float = 0, right: float = 210) -> list[Band]:
    """The bands of red or of black ink on a page, from top to bottom; only what lies between `left` and `right`. Not to be changed."""
    made: list[Band] = []
    rows, width = _rows(pdf, page)
    first, last = int(left / _MM), min(int(right / _MM), width)
    start, share, edges = -1, 0.0, [width, 0]
    for at, row in enumerate([*rows, b"\xff" * width * 3]):
        masks = (row[0::3].translate(_HIGH if red else _LOW), row[1::3].translate(_LOW))
        found = _both(*masks)[first:last]
        count = found.count(1)
        if count:
            start = at if start < 0 else start
            share = max(share, count / width)
            edges = [min(edges[0], first + found.index(1)), max(edges[1], first + found.rindex(1) + 1)]
        elif start >= 0:
            made.append(Band(start * _MM, at * _MM, edges[0] * _MM, edges[1] * _MM, share))
            start, share, edges = -1, 0.0, [width, 0]
    return made


def _both(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one, "big") & int.from_bytes(other, "big")).to_bytes(len(one), "big")


def _rows(pdf: Path, page: int) -> tuple[list[bytes], int]:
    command = ("pdftoppm", "-r", str(_DOTS), "-f", str(page), "-l", str(page), str(pdf))
    data = subprocess.run(command, check=True, capture_output=True, timeout=120).stdout
    magic, size, depth, pixels = data.split(b"\n", 3)
    assert (magic, depth) == (b"P6", b"255")
    width, height = map(int, size.split())
    return [pixels[at * width * 3 : (at + 1) * width * 3] for at in range(height)], width
