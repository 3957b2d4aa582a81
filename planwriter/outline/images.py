"""Picture files, which are not trusted: only PNG and JPEG of bounded size; the size in pixels is read from the header."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from planwriter.model import Image

MAX_BYTES = 8 * 1024 * 1024
MAX_SIDE = 10_000
"""Pixels: a page at 600 dots an inch has 7,000."""
ENDINGS = (".png", ".jpg", ".jpeg")
_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset((0xC0, 0xC1, 0xC2))
"""The JPEG markers of a baseline, extended or progressive frame, which hold its size; office programs show only these."""
_BARE = frozenset((0x01, *range(0xD0, 0xD8)))


def read_image(data: bytes) -> Image | str:
    """The image in `data`, or the reason why it cannot be used, in the writer's words."""
    if len(data) > MAX_BYTES:
        return f"图片超过 {MAX_BYTES // 1024 // 1024} MB"
    if data.startswith(_PNG):
        form, size = "png", _png_size(data)
    elif data.startswith(b"\xff\xd8\xff"):
        form, size = "jpeg", _jpeg_size(data)
    else:
        return "不是 PNG 或 JPEG 图片"
    if size is None or not all(size):
        return "图片坏了，或者没有存完整"
    if max(size) > MAX_SIDE:
        return f"图片有 {size[0]}×{size[1]} 点，一边最多 {MAX_SIDE} 点"
    return Image(data=data, form=form, width=size[0], height=size[1])


def _png_size(data: bytes) -> tuple[int, int] | None:
    """The size in the first chunk; None if the file does not begin and end as a PNG does."""
    if data[8:16] != b"\x00\x00\x00\rIHDR" or len(data) < 33 or data[-8:-4] != b"IEND":
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    if not data.rstrip(b"\0").endswith(b"\xff\xd9"):
        return None
    for marker, at in _segments(data):
        if marker in _FRAMES and at + 9 <= len(data):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
    return None


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    """The markers before the image data, each with its index; ends at anything that is not a marker."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        marker = data[at + 1]
        if marker == 0xFF:  # a filler
            at += 1
            continue
        yield marker, at
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if marker not in _BARE and length < 2:
            return
        at += 2 if marker in _BARE else 2 + length
