"""sha256 without OpenSSL."""

from __future__ import annotations

import hashlib
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from planwriter.start import digests
from tests.support import ROOT


@given(st.lists(st.binary(max_size=200), max_size=5))
def test_it_is_the_digest_of_hashlib(pieces: list[bytes]) -> None:
    expected = hashlib.sha256(b"".join(pieces)).hexdigest()
    assert digests.sha256(*pieces) == expected
    short = digests._short_sha256()
    short.update(b"".join(pieces))
    assert short.hexdigest() == expected


def _imports(program: str) -> bool:
    """True if a program imports hashlib."""
    told = "import sys; from planwriter.start.digests import sha256; %s; print('hashlib' in sys.modules)"
    made = subprocess.run([sys.executable, "-S", "-c", told % program], cwd=ROOT, capture_output=True, check=True)
    return made.stdout.split()[-1] == b"True"


def test_only_a_long_text_needs_openssl() -> None:
    assert not _imports("sha256(b'short', b'text')")
    assert _imports("sha256(b'long' * 300_000)")
    assert _imports("[sha256(b'text' * 3000) for _ in range(100)]"), "many short ones"
