"""A git pack: read as git means it, and never larger than the bounds."""

import hashlib
import itertools
import resource
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from dulwich.objects import Blob, ShaFile
from dulwich.pack import write_pack_objects
from hypothesis import given
from hypothesis import strategies as st

from planwriter.sharing import pack as packs
from planwriter.sharing.pack import MAX_UNPACKED, BadPack, read_pack


def _pack(*objects: bytes, count: int | None = None) -> bytes:
    body = b"PACK\0\0\0\2" + (len(objects) if count is None else count).to_bytes(4, "big") + b"".join(objects)
    return body + hashlib.sha1(body).digest()


def _head(kind: int, size: int) -> bytes:
    made = [kind << 4 | size & 15]
    size >>= 4
    while size:
        made[-1] |= 0x80
        made.append(size & 0x7F)
        size >>= 7
    return bytes(made)


def _number(number: int) -> bytes:
    made = [number & 0x7F]
    while number := number >> 7:
        made[-1] |= 0x80
        made.append(number & 0x7F)
    return bytes(made)


def _blob(data: bytes) -> bytes:
    return _head(3, len(data)) + zlib.compress(data)


def _delta(base: bytes, delta: bytes) -> bytes:
    name = hashlib.sha1(b"blob %d\0" % len(base) + base).digest()
    return _head(7, len(delta)) + name + zlib.compress(delta)


@given(st.lists(st.binary(max_size=3000), max_size=8, unique=True), st.booleans())
def test_it_reads_what_dulwich_writes(contents: list[bytes], deltify: bool) -> None:
    blobs: list[ShaFile] = [Blob.from_string(data * 3) for data in contents]
    file = BytesIO()
    from dulwich.object_format import DEFAULT_OBJECT_FORMAT

    write_pack_objects(file, [(blob, None) for blob in blobs], object_format=DEFAULT_OBJECT_FORMAT, deltify=deltify)
    named = read_pack(file.getvalue()).named
    assert named == {blob.id.decode(): (b"blob", blob.as_raw_string()) for blob in blobs}


def test_a_delta_copies_and_inserts_whichever_comes_first() -> None:
    base = b"0123456789"
    delta = _number(10) + _number(9) + b"\x91\x02\x03" + b"\x03abc" + b"\x90\x03"
    for order in ((_blob(base), _delta(base, delta)), (_delta(base, delta), _blob(base))):
        contents = {data for _, data in read_pack(_pack(*order)).named.values()}
        assert contents == {base, b"234abc012"}


GIGABYTE = 2**30
BOMBS: dict[str, Callable[[], bytes]] = {
    "an object that says a gigabyte": lambda: _pack(_head(3, GIGABYTE) + zlib.compress(b"x")),
    "an object that unpacks to more than it says": lambda: _pack(_head(3, 10) + zlib.compress(b"\0" * 30_000_000)),
    "an object that unpacks to less": lambda: _pack(_head(3, 10) + zlib.compress(b"x")),
    "many objects": lambda: _pack(*[_head(3, 20_000_000) + zlib.compress(b"\0" * 20_000_000)] * 8),
    "a delta that says a gigabyte": lambda: _pack(
        _blob(b"x"), _delta(b"x", _number(1) + _number(GIGABYTE) + b"\x90\x01")
    ),
    "a delta that makes more than it says": lambda: _pack(
        _blob(b"\0" * 65536), _delta(b"\0" * 65536, _number(65536) + _number(10) + b"\x80" * 100_000)
    ),
    "a delta that copies from behind the end": lambda: _pack(
        _blob(b"x"), _delta(b"x", _number(1) + _number(9) + b"\x91\x05\x09")
    ),
    "a delta without a base": lambda: _pack(_delta(b"nowhere", _number(7) + _number(0))),
    "a size without end": lambda: _pack(b"\xbf" + b"\xff" * 40),
    "a count that is not so": lambda: _pack(count=4_000_000_000),
    "a count that is too large by one": lambda: _pack(_blob(b"x"), count=2),
    "a kind that is none": lambda: _pack(_head(5, 1) + zlib.compress(b"x")),
    "another file": lambda: b"PK\3\4" + b"\0" * 100,
    "nothing": lambda: b"",
    "a byte changed": lambda: _pack(_blob(b"x"))[:-1] + b"\0",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_pack_that_lies_is_refused_and_costs_little(bomb: str) -> None:
    data = BOMBS[bomb]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadPack):
        read_pack(data)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown < 2 * MAX_UNPACKED


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_without_another_error(noise: bytes) -> None:
    body = b"PACK\0\0\0\2\0\0\0\3" + noise
    for data in (noise, body + hashlib.sha1(body).digest()):
        try:
            objects = read_pack(data)
        except BadPack:
            continue
        assert len(objects.named) <= 3


def test_what_waits_for_a_base_is_not_gone_through_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = [b"%d" % number * 9 for number in range(100)]
    deltas = [
        _delta(old, _number(len(old)) + _number(len(new)) + bytes([len(new)]) + new)
        for old, new in itertools.pairwise(chain)
    ]
    assert len(read_pack(_pack(_blob(chain[0]), *deltas)).named) == 100
    with pytest.raises(BadPack):
        read_pack(_pack(*reversed(deltas), _blob(chain[0])))
    monkeypatch.setattr(packs, "_ROUNDS", 200)
    assert len(read_pack(_pack(*reversed(deltas), _blob(chain[0]))).named) == 100
