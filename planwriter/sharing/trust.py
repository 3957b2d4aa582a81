"""The public keys that a user trusts, with their owners' names, and what they say about a package's signatures."""

from __future__ import annotations

import enum
import json
import re
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Pos, Result
from planwriter.sharing.bundle import Bundle
from planwriter.sharing.signing import broken_signature, cryptography_missing, fingerprint

TRUST_FILE = "trusted.json"
MAX_TRUST_FILE = 1024 * 1024
_MAX_NAME = 60
_FINGERPRINT = re.compile(r"(?:[0-9A-F]{4}-){7}[0-9A-F]{4}", re.I)


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A public key (32 bytes) and the name that the user gave its owner."""

    name: str
    key: bytes

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the key, in groups of four."""
        return fingerprint(self.key)


class Signed(enum.Enum):
    """What is known about the signer of a package."""

    TRUSTED = "trusted"
    UNKNOWN = "unknown"
    UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True)
class Trust:
    """The result of `judge` on a package's signatures, all of which are valid."""

    signed: Signed
    names: tuple[str, ...] = ()
    """The names that the user gave the trusted signers."""
    fingerprints: tuple[str, ...] = ()
    """The fingerprints of all keys that signed."""

    @property
    def words(self) -> str:
        """The result as a text for people."""
        if self.signed is Signed.TRUSTED:
            return f"有{'、'.join(self.names)}的签名"
        if self.signed is Signed.UNKNOWN:
            return f"签名的公钥不在信任的名单里（{'，'.join(self.fingerprints)}）"
        return "没有签名"


def judge(
    bundle: Bundle, trusted: Sequence[TrustedKey], shown: str, *, allow_untrusted: bool = False
) -> Result[Trust | None]:
    """Whether a package is signed by a trusted key; None and an error if the package must not be used.

    A broken signature is always refused (PW332). So is a signed package if cryptography is not installed to check it (PW334).
    A package without a trusted signature is refused (PW333) unless the user set `allow_untrusted`.
    """
    if not bundle.signatures:
        return _allowed(Trust(Signed.UNSIGNED), shown, allow_untrusted)
    refused = cryptography_missing("核对签名", shown) or broken_signature(bundle, shown)
    if refused:
        return Result(None, (refused,))
    keys = {each.key for each in bundle.signatures}
    names = tuple(dict.fromkeys(each.name for each in trusted if each.key in keys))
    prints = tuple(fingerprint(each.key) for each in bundle.signatures)
    if names:
        return Result(Trust(Signed.TRUSTED, names, prints))
    return _allowed(Trust(Signed.UNKNOWN, (), prints), shown, allow_untrusted)


def _allowed(trust: Trust, shown: str, allow_untrusted: bool) -> Result[Trust | None]:
    if allow_untrusted:
        return Result(trust)
    return Result(None, (finding("PW333", Pos(shown), file=shown, reason=trust.words),))


def read_trusted(data: bytes, shown: str) -> Result[tuple[TrustedKey, ...]]:
    """The keys of a trust file; no keys and a finding if it is invalid."""
    try:
        records = json.loads(data)
        made = tuple(TrustedKey(each["name"], b64decode(each["key"], validate=True)) for each in records)
        if all(isinstance(each.name, str) and is_name(each.name) and len(each.key) == 32 for each in made):
            return Result(made)
    except (ValueError, TypeError, KeyError, RecursionError):
        pass
    wrong = finding("PW335", Pos(shown), file=shown, reason="不是 planwriter 写的信任名单")
    return Result(
        (),
        (
            replace(
                wrong,
                hint="恢复原来的文件；没有的，删去它，用 planwriter library trust 公钥.pub --name 单位 重新记下各家的公钥。",
            ),
        ),
    )


def format_trusted(keys: Sequence[TrustedKey]) -> bytes:
    """The bytes of a trust file, one record for each key."""
    records = [{"name": each.name, "key": b64encode(each.key).decode()} for each in keys]
    return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()


def with_key(keys: Sequence[TrustedKey], new: TrustedKey) -> tuple[TrustedKey, ...]:
    """The keys with `new` added, or renamed if it is already there. A name may have several keys, old and new."""
    return (*(each for each in keys if each.key != new.key), new)


def without(keys: Sequence[TrustedKey], name_or_fingerprint: str) -> tuple[TrustedKey, ...]:
    """The keys without those of that name or fingerprint."""
    return tuple(each for each in keys if name_or_fingerprint not in (each.name, each.fingerprint))


def is_name(text: str) -> bool:
    """True if `text` can be a signer's name: one line of visible characters that is not a fingerprint."""
    plain = text.replace(" ", "")
    visible = all(unicodedata.category(mark)[0] not in "CZ" for mark in plain)
    return (
        bool(plain) and len(text) <= _MAX_NAME and text == text.strip() and visible and not _FINGERPRINT.fullmatch(text)
    )
