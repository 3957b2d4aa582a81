"""Unpacks deflated bytes, and stops at a bound on what comes out, whatever is declared."""

from __future__ import annotations

import zlib

from planwriter.system.zip_bounds import BadArchive, TooLarge, in_mib

_PIECE = 64 * 1024
_GZIP = 31
"""The window of 32 KB, with the header and the checksum of gzip around it."""


def checksum(data: bytes) -> int:
    """The CRC-32 of `data`."""
    return zlib.crc32(data)


def inflate(packed: bytes | memoryview, size: int) -> bytes | None:
    """The `size` bytes that a deflated stream holds; None when it holds more or fewer, is damaged, or something follows it.

    No more than one byte over `size` is ever unpacked.
    """
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflater.decompress(packed, size + 1)
    except zlib.error:
        return None
    return data if inflater.eof and not inflater.unused_data and len(data) == size else None


def gunzip(data: bytes, limit: int) -> bytearray:
    """The bytes of a gzip file, at most `limit`; raises BadArchive. Zeros may follow it, a second one may not."""
    inflater = zlib.decompressobj(_GZIP)
    unpacked = bytearray()
    at = 0
    try:
        while not inflater.eof:
            # fed in pieces, since what is left of each is copied
            fed = inflater.unconsumed_tail or data[at : at + _PIECE]
            at += 0 if inflater.unconsumed_tail else len(fed)
            if not fed:
                raise BadArchive("压缩包不完整，可能只下载了一半")
            unpacked += inflater.decompress(fed, _PIECE)
            if len(unpacked) > limit:
                raise TooLarge("解开以后", in_mib(limit))
    except zlib.error as error:
        raise BadArchive("压缩包坏了，打不开") from error
    if inflater.unused_data.strip(b"\0") or data[at:].strip(b"\0"):
        raise BadArchive("压缩包后面夹带了别的东西")
    return unpacked
