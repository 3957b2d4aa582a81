"""The public keys that a user trusts, with their owners' names, and what they say about a package's signatures."""

from __future__ import annotations

import json
import re
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Sequence

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.sharing import naming
from planwriter.sharing.bundle import Bundle
from planwriter.sharing.signing import FINGERPRINT, broken_signature, cryptography_missing, fingerprint
from planwriter.start.enums import Enum
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass, replace

TRUST_FILE = "trusted.json"
MAX_TRUST_FILE = 1024 * 1024
_MAX_NAME = 60
_FINGERPRINT = regex(FINGERPRINT, re.I)


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A public key (32 bytes), the name that the user gave its owner, and the libraries for which it is trusted."""

    name: str
    key: bytes
    libraries: tuple[str, ...] = ()
    """Their names; empty for all."""

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the key, in groups of four."""
        return fingerprint(self.key)

    def is_for(self, library: str) -> bool:
        """True if the key is trusted to sign the library of that name."""
        return not self.libraries or library in self.libraries


class Signed(Enum):
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
    trusted: tuple[str, ...] = ()
    """The fingerprints of the trusted ones."""

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
    A package without a trusted signature is refused (PW333) unless the user set `allow_untrusted`. One whose only trusted
    signers are bound to different libraries is always refused (PW333).
    """
    if not bundle.signatures:
        return _allowed(Trust(Signed.UNSIGNED), shown, allow_untrusted)
    refused = cryptography_missing("核对签名", shown) or broken_signature(bundle, shown)
    if refused:
        return Result(None, (refused,))
    keys = {each.key for each in bundle.signatures}
    signers = [each for each in trusted if each.key in keys]
    fitting = [each for each in signers if each.is_for(bundle.manifest.name)]
    prints = tuple(fingerprint(each.key) for each in bundle.signatures)
    if fitting:
        names = tuple(dict.fromkeys(each.name for each in fitting))
        return Result(Trust(Signed.TRUSTED, names, prints, tuple(sorted({each.fingerprint for each in fitting}))))
    if signers:
        return Result(None, (_bound_elsewhere(signers[0], bundle.manifest.name, shown),))
    return _allowed(Trust(Signed.UNKNOWN, (), prints), shown, allow_untrusted)


def _allowed(trust: Trust, shown: str, allow_untrusted: bool) -> Result[Trust | None]:
    if allow_untrusted:
        return Result(trust)
    return Result(None, (finding("PW333", Pos(shown), file=_last(shown), reason=trust.words),))


def _last(shown: str) -> str:
    """The last part of a package's path or address, which stands whole before the finding."""
    return shown.rpartition("/")[2] or shown


def _bound_elsewhere(key: TrustedKey, library: str, shown: str) -> Finding:
    """The finding on a package whose signer is trusted for different libraries only."""
    reason = f"是“{library}”，签名的{key.name}只信任用于“{'”“'.join(key.libraries)}”"
    refused = finding("PW333", Pos(shown), file=_last(shown), reason=reason)
    advice = f"向“{library}”的发布单位要他们签了名的包；确实归{key.name}发布的，用 planwriter library trust 重新记下公钥，--library 里加上它。"
    return replace(refused, hint=advice)


def read_trusted(data: bytes, shown: str) -> Result[tuple[TrustedKey, ...]]:
    """The keys of a trust file; no keys and a finding if it is invalid."""
    try:
        records = json.loads(data)
        made = tuple(
            TrustedKey(each["name"], b64decode(each["key"], validate=True), _libraries(each)) for each in records
        )
        if all(_is_sound(each) for each in made):
            return Result(made)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    advice = "名单由 planwriter library trust 写，不用手改；改坏了的，删去这个文件，核对指纹以后重新加上各单位的公钥。"
    wrong = finding("PW335", Pos(shown), file=shown, reason="不是 planwriter 写的信任名单", advice=advice)
    return Result(
        (),
        (
            replace(
                wrong,
                hint="恢复原来的文件；没有的，删去它，用 planwriter library trust 公钥.pub --name 单位 重新记下各家的公钥。",
            ),
        ),
    )


def _libraries(record: dict[str, object]) -> tuple[str, ...]:
    """The libraries of a record of the trust file; raises ValueError if they are no list of names."""
    libraries = record.get("libraries")
    if libraries is None:
        return ()
    if not isinstance(libraries, list) or not libraries:
        raise ValueError
    return tuple(libraries)


def _is_sound(key: TrustedKey) -> bool:
    """True if the parts of a record of the trust file are what `format_trusted` writes."""
    named = isinstance(key.name, str) and is_name(key.name)
    libraries = all(isinstance(each, str) and naming.is_name(each) for each in key.libraries)
    return named and libraries and len(key.key) == 32


def format_trusted(keys: Sequence[TrustedKey]) -> bytes:
    """The bytes of a trust file, one record for each key."""
    records: list[dict[str, object]] = []
    for each in keys:
        bound = {"libraries": list(each.libraries)} if each.libraries else {}
        records.append({"name": each.name, "key": b64encode(each.key).decode(), **bound})
    return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()


def with_key(keys: Sequence[TrustedKey], new: TrustedKey) -> tuple[TrustedKey, ...]:
    """The keys with `new` added, or put in the place of the same key with a different name or libraries. A name may have several keys, old and new."""
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
