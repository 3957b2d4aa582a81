"""Ed25519 keys, and signatures on a package's manifest; the only module that imports cryptography (the extra `share`).

The signed bytes are a line that states the purpose, followed by the manifest: a signature made for anything else is never
valid here, and a package stays signed when it is zipped again.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.sharing.bundle import MAX_SIGNATURES, Bundle, Signature, open_bundle, with_signatures
from planwriter.start.records import dataclass

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

MIN_PASSWORD = 12
"""In characters; long, since PKCS #8 files that openssl reads stretch a password only a little (PBKDF2, 2048 rounds)."""
MAX_KEY_FILE = 16 * 1024
FINGERPRINT = "(?:[0-9A-F]{4}-){7}[0-9A-F]{4}"
"""The pattern of a fingerprint."""
_PURPOSE = b"planwriter pwlib v1\n"
_FIELD = 2**255 - 19
_ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
"""The y of two of the four points of order 8; the other two have the y that is its negative."""
_SMALL_ORDER = frozenset((0, 1, _FIELD - 1, _ORDER_8, _FIELD - _ORDER_8))
"""The y of the eight points of small order: a signature by such a key can be valid for any content."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A new key pair: the private and the public key as PEM files, and the fingerprint of the public key."""

    private: bytes
    public: bytes
    fingerprint: str


def fingerprint(key: bytes) -> str:
    """The fingerprint of a public key, short enough to read out on the telephone: 128 bits of its sha256 in groups of four."""
    digits = hashlib.sha256(key).hexdigest()[:32].upper()
    return "-".join(digits[at : at + 4] for at in range(0, 32, 4))


def is_weak(key: bytes) -> bool:
    """True for 32 bytes that are no sound Ed25519 key: a point of small order, or a y that is not reduced."""
    y = int.from_bytes(key, "little") & (2**255 - 1)
    return y in _SMALL_ORDER or y >= _FIELD


def cryptography_missing(what: str, shown: str) -> Finding | None:
    """The finding on how to install cryptography, which `what` needs; None if it is installed."""
    try:
        import cryptography.hazmat.primitives.asymmetric.ed25519  # noqa: F401
    except ImportError:
        return finding("PW334", Pos(shown), what=what)
    return None


def make_key(password: str | None) -> Result[KeyPair | None]:
    """Makes a key pair; the private key is encrypted if there is a password. PW334 without cryptography."""
    missing = cryptography_missing("生成密钥", "planwriter")
    if missing:
        return Result(None, (missing,))
    from cryptography.hazmat.primitives import serialization as pem
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    lock = pem.BestAvailableEncryption(password.encode()) if password else pem.NoEncryption()
    private = key.private_bytes(pem.Encoding.PEM, pem.PrivateFormat.PKCS8, lock)
    public = key.public_key().public_bytes(pem.Encoding.PEM, pem.PublicFormat.SubjectPublicKeyInfo)
    return Result(KeyPair(private, public, fingerprint(_raw(key))))


def needs_password(private: bytes) -> bool:
    """True if a private key file is encrypted."""
    return b"BEGIN ENCRYPTED PRIVATE KEY" in private


def read_public_key(data: bytes, shown: str) -> Result[bytes | None]:
    """The 32 bytes of a public key from its PEM file; None and a finding if it is something else, such as a private key."""
    missing = cryptography_missing("读公钥", shown)
    if missing:
        return Result(None, (missing,))
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization as pem
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if b"PRIVATE KEY" in data:
        return Result(None, (_key_fault(shown, "是私钥，要的是公钥（.pub）；私钥不要交给任何人"),))
    try:
        key = pem.load_pem_public_key(data[:MAX_KEY_FILE])
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        return Result(None, (_key_fault(shown, "不是 planwriter 生成的公钥"),))
    raw = key.public_bytes_raw()
    if is_weak(raw):
        return Result(None, (_key_fault(shown, "是不安全的公钥，谁都能冒它的名签名，不能信任"),))
    return Result(raw)


def sign_bundle(data: bytes, shown: str, private: bytes, password: str | None, key_shown: str) -> Result[bytes | None]:
    """Adds a signature by a private key (PEM) to the package `data`, replacing an older one by the same key.

    Signing twice gives the same bytes. A package with a broken signature is refused.
    """
    missing = cryptography_missing("签名", shown)
    if missing:
        return Result(None, (missing,))
    opened = open_bundle(data, shown)
    if opened.value is None:
        return Result(None, opened.findings)
    key = _load_private(private, password, key_shown)
    if key.value is None:
        return Result(None, key.findings)
    broken = broken_signature(opened.value, shown)
    others = tuple(each for each in opened.value.signatures if each.key != _raw(key.value))
    if broken is None and len(others) >= MAX_SIGNATURES:
        broken = finding("PW332", Pos(shown), file=shown, reason=f"已经有 {MAX_SIGNATURES} 个，不能再多")
    if broken:
        return Result(None, (broken,))
    mine = Signature(_raw(key.value), key.value.sign(_PURPOSE + opened.value.signed))
    return Result(with_signatures(opened.value, (*others, mine)))


def broken_signature(bundle: Bundle, shown: str) -> Finding | None:
    """The finding on the first invalid signature; None if all are valid. cryptography must be installed."""
    for each in bundle.signatures:
        if is_weak(each.key):
            reason = f"用的是不安全的公钥（{fingerprint(each.key)}），谁都能冒名"
            return finding("PW332", Pos(shown), file=shown, reason=reason)
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    for each in bundle.signatures:
        try:
            Ed25519PublicKey.from_public_bytes(each.key).verify(each.value, _PURPOSE + bundle.signed)
        except (InvalidSignature, ValueError):
            reason = f"和内容对不上（公钥 {fingerprint(each.key)}）"
            return finding("PW332", Pos(shown), file=shown, reason=reason)
    return None


def _load_private(data: bytes, password: str | None, shown: str) -> Result[Ed25519PrivateKey | None]:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization as pem
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    locked = needs_password(data)
    if locked and not password:
        return Result(None, (_key_fault(shown, "加了口令，要给出口令", _PASSWORD),))
    try:
        key = pem.load_pem_private_key(data[:MAX_KEY_FILE], password.encode() if locked and password else None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        fault = ("的口令不对，或者文件坏了", _PASSWORD) if locked else ("不是 planwriter 生成的私钥",)
        return Result(None, (_key_fault(shown, *fault),))
    if not isinstance(key, Ed25519PrivateKey):
        return Result(None, (_key_fault(shown, "不是 planwriter 生成的私钥（要 Ed25519）"),))
    return Result(key)


_MADE = "密钥用 planwriter library keygen 生成：.key 是私钥，自己收好；.pub 是公钥，发给要核对签名的单位。"
_PASSWORD = (
    "核对口令再试，注意大小写和全角半角；忘了的，只能用 planwriter library keygen 重新生成一对，把新的公钥发给各单位。"
)


def _key_fault(shown: str, reason: str, advice: str = _MADE) -> Finding:
    return finding("PW335", Pos(shown), file=shown, reason=reason, advice=advice)


def _raw(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()
