"""Keys, the list of trusted keys, and what is reported without cryptography."""

import sys
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.sharing import signing, trust
from planwriter.sharing.trust import TrustedKey
from tests.sharing.packages import PASSWORD, key_pair, opened, packed, raw_key, signed


def test_a_key_with_a_password_signs_with_that_password_alone() -> None:
    made = signing.make_key(PASSWORD).value
    assert made is not None and signing.needs_password(made.private) and b"PRIVATE" not in made.public
    data = packed()
    assert signing.sign_bundle(data, "包", made.private, PASSWORD, "私钥").value is not None
    for wrong in (None, "", "不对的口令不对的口令"):
        refused = signing.sign_bundle(data, "包", made.private, wrong, "私钥")
        assert refused.value is None and [each.code for each in refused.findings] == ["PW335"]
        assert refused.findings[0].hint.startswith("核对口令再试")


def test_signing_twice_or_in_a_different_order_gives_the_same_bytes() -> None:
    one, other = key_pair(), key_pair()
    first = signed(packed(), one)
    assert signed(first, one) == first
    assert signed(first, other) == signed(signed(packed(), other), one)
    assert len(opened(signed(first, other)).signatures) == 2


def test_a_package_with_a_broken_signature_is_not_signed_over() -> None:
    from planwriter.sharing.bundle import with_signatures

    one, other = key_pair(), key_pair()
    (mine,) = opened(signed(packed(), one)).signatures
    broken = with_signatures(opened(packed()), (type(mine)(raw_key(other), mine.value),))
    refused = signing.sign_bundle(broken, "包", one.private, None, "私钥")
    assert refused.value is None and [each.code for each in refused.findings] == ["PW332"]


@pytest.mark.parametrize(
    "data", [b"", b"x", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", b"\xff" * 99]
)
def test_what_is_no_key_is_reported(data: bytes) -> None:
    assert [each.code for each in signing.read_public_key(data, "公钥").findings] == ["PW335"]
    assert [each.code for each in signing.sign_bundle(packed(), "包", data, None, "私钥").findings] == ["PW335"]


def test_a_key_of_a_different_kind_and_a_private_one_are_reported() -> None:
    from cryptography.hazmat.primitives import serialization as pem
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    private = key.private_bytes(pem.Encoding.PEM, pem.PrivateFormat.PKCS8, pem.NoEncryption())
    public = key.public_key().public_bytes(pem.Encoding.PEM, pem.PublicFormat.SubjectPublicKeyInfo)
    assert [each.code for each in signing.read_public_key(public, "公钥").findings] == ["PW335"]
    assert [each.code for each in signing.sign_bundle(packed(), "包", private, None, "私钥").findings] == ["PW335"]
    assert "私钥" in signing.read_public_key(key_pair().private, "公钥").findings[0].message


def test_a_fingerprint_is_eight_groups_of_the_key_that_was_made() -> None:
    made = key_pair()
    assert made.fingerprint == signing.fingerprint(raw_key(made))
    assert [len(group) for group in made.fingerprint.split("-")] == [4] * 8


def test_the_list_of_trusted_keys_comes_back_and_may_hold_two_keys_of_one_name() -> None:
    old, new = TrustedKey("云岭市教育局", b"1" * 32), TrustedKey("云岭市教育局", b"2" * 32)
    keys = trust.with_key(trust.with_key((), old), new)
    assert trust.read_trusted(trust.format_trusted(keys), "x").value == keys == (old, new)
    assert trust.with_key(keys, TrustedKey("市局", b"1" * 32)) == (new, TrustedKey("市局", b"1" * 32))
    assert trust.without(keys, old.fingerprint) == (new,) and trust.without(keys, "云岭市教育局") == ()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}x",
        b"[1]",
        b'{"a": 1}',
        b'[{"name": "x", "key": "eA=="}]',
        b'[{"name": 1, "key": "eA=="}]',
        b"[" * 99_999,
        b'[{"name": "\\u001b[2J", "key": "' + b"A" * 43 + b'="}]',
    ],
)
def test_a_list_that_cannot_be_read_trusts_nobody(data: bytes) -> None:
    read = trust.read_trusted(data, "x")
    assert read.value == () and [each.code for each in read.findings] == ["PW335"]


@given(st.text(max_size=70))
def test_a_name_is_one_line_that_comes_back_as_it_was(name: str) -> None:
    if trust.is_name(name):
        assert name.isprintable() and not name.startswith(" ")
        key = TrustedKey(name, b"1" * 32)
        assert trust.read_trusted(trust.format_trusted([key]), "x").value == (key,)


def test_no_name_is_taken_for_a_fingerprint() -> None:
    assert trust.is_name("云岭市教育局") and not trust.is_name(signing.fingerprint(b"")) and not trust.is_name("")


def test_without_cryptography_a_signed_package_is_refused_and_an_unsigned_one_taken_when_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key, data = key_pair(), packed()
    sealed = opened(signed(data, key))
    for name in [name for name in sys.modules if name.partition(".")[0] == "cryptography"]:
        monkeypatch.setitem(sys.modules, name, None)
    for found in (
        signing.make_key(None).findings,
        signing.sign_bundle(data, "包", key.private, None, "私钥").findings,
        signing.read_public_key(key.public, "公钥").findings,
        trust.judge(sealed, (), "包", allow_untrusted=True).findings,
    ):
        assert [each.code for each in found] == ["PW334"] and "pip install" in found[0].hint
    assert trust.judge(opened(data), (), "包", allow_untrusted=True).value is not None


_P = 2**255 - 19


def _encodings_of_small_order() -> list[bytes]:
    """Every encoding of the eight points of small order on edwards25519, -x² + y² = 1 + d·x²·y².

    The points of order 1, 2 and 4 have y = 1, -1 and 0. A point has order 8 if its double has y = 0, so that x² = -y² and
    d·y⁴ + 2·y² - 1 = 0.
    """
    d = -121665 * pow(121666, -1, _P) % _P

    def roots(square: int) -> list[int]:
        root = pow(square, (_P + 3) // 8, _P)
        root = root if root * root % _P == square % _P else root * pow(2, (_P - 1) // 4, _P) % _P
        return [root, _P - root] if root * root % _P == square % _P else []

    halves = [(-1 + sign * root) * pow(d, -1, _P) % _P for root in roots(1 + d)[:1] for sign in (1, -1)]
    ys = {0, 1, _P - 1, *(y for half in halves for y in roots(half))}
    assert len(ys) == 5
    whole = [*ys, *(y + _P for y in ys if y + _P < 2**255)]
    return [(y | sign << 255).to_bytes(32, "little") for y in whole for sign in (0, 1)]


WEAK = _encodings_of_small_order()
NOT_REDUCED = [(_P + y).to_bytes(32, "little") for y in range(2, 19)]


def _pem(raw: bytes) -> bytes:
    der = bytes.fromhex("302a300506032b6570032100") + raw
    return b"-----BEGIN PUBLIC KEY-----\n" + b64encode(der) + b"\n-----END PUBLIC KEY-----\n"


@pytest.mark.parametrize("raw", WEAK + NOT_REDUCED, ids=bytes.hex)
def test_a_key_under_which_anybody_can_sign_is_neither_trusted_nor_accepted(raw: bytes) -> None:
    from planwriter.sharing.bundle import Signature, with_signatures

    assert signing.is_weak(raw)
    assert [each.code for each in signing.read_public_key(_pem(raw), "公钥").findings] == ["PW335"]
    forged = opened(with_signatures(opened(packed()), (Signature(raw, b"\1" + bytes(63)),)))
    judged = trust.judge(forged, (TrustedKey("某局", raw),), "包", allow_untrusted=True)
    assert judged.value is None and [each.code for each in judged.findings] == ["PW332"]


def test_one_of_them_would_verify_for_any_content() -> None:
    """R and A are the neutral point and s is zero, so that the equation holds for every message."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    neutral = b"\1" + bytes(31)
    Ed25519PublicKey.from_public_bytes(neutral).verify(neutral + bytes(32), b"anything")


def test_keys_that_are_made_are_not_weak() -> None:
    assert not any(signing.is_weak(raw_key(key_pair())) for _ in range(50))


def test_a_key_bound_to_libraries_comes_back_and_old_lists_mean_all() -> None:
    bound = TrustedKey("市局", b"1" * 32, ("甲", "乙"))
    data = trust.format_trusted([bound])
    assert trust.read_trusted(data, "x").value == (bound,) and bound.is_for("乙") and not bound.is_for("丙")
    old = trust.format_trusted([TrustedKey("市局", b"1" * 32)])
    assert b"libraries" not in old and trust.read_trusted(old, "x").value[0].is_for("丙")


@pytest.mark.parametrize("libraries", ['"甲"', "[]", "[1]", '["a\\nb"]', "{}", "1"])
def test_a_list_with_libraries_that_are_no_names_trusts_nobody(libraries: str) -> None:
    record = f'[{{"name": "市局", "key": "{b64encode(b"1" * 32).decode()}", "libraries": {libraries}}}]'
    read = trust.read_trusted(record.encode(), "x")
    assert read.value == () and [each.code for each in read.findings] == ["PW335"]
