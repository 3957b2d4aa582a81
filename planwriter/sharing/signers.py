"""Who signed a library that is in use: the lock's record held against its package, and against one that is to replace it."""

from __future__ import annotations

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos
from planwriter.sharing.bundle import Bundle
from planwriter.sharing.lock import Locked
from planwriter.sharing.signing import broken_signature, cryptography_missing, fingerprint
from planwriter.sharing.trust import Trust


def fingerprints(bundle: Bundle) -> tuple[str, ...]:
    """The fingerprints of the keys in a package's signatures, sorted."""
    return tuple(sorted(fingerprint(each.key) for each in bundle.signatures))


def record_fault(bundle: Bundle, locked: Locked, lock_shown: str) -> Finding | None:
    """The error if the package of a library in use is not what its lock records; None if it is.

    PW326 if the lock and the package name different libraries, versions or keys, PW332 if a signature is invalid. Without cryptography the
    keys are compared all the same, and the signatures rest on the sha256 in the lock.
    """
    there = fingerprints(bundle)
    missing = [each for each in locked.keys if each not in there]
    what = ""
    if (bundle.manifest.name, str(bundle.version)) != (locked.name, locked.version):
        what = f"换成了 {bundle.manifest.name} {bundle.version}"
    elif there and not locked.signed_by:
        what = f"签了名（公钥 {'，'.join(there)}），{lock_shown} 里却没有记"
    elif missing or (locked.signer and not there):
        what = f"在 {lock_shown} 里记着有{locked.signed_by}的签名，包里没有"
    if what:
        command = locked.install_command_with(allow_unsigned=not there and not locked.signed_by)
        return finding("PW326", Pos(lock_shown), library=f"{locked.name} {locked.version}", what=what, command=command)
    if not there or cryptography_missing("核对签名", lock_shown):
        return None
    return broken_signature(bundle, locked.file_name)


def changed_signer(there: Locked, name: str, trust: Trust, shown: str) -> Finding | None:
    """PW331 if the library `name` is in use as `there` and what is to replace it is not signed by all who signed that.

    It is signed by the same if it has the keys that the lock records, or if trusted keys have the names recorded there
    (a bureau that changed its key). A library that nobody signed may be replaced by any.
    """
    if there.name != name or not there.signed_by:
        return None
    names = set(there.signer.split("、"))
    same_keys = bool(there.keys) and set(there.keys) <= set(trust.fingerprints)
    if same_keys or (there.signer and (names <= set(trust.names) or there.signer in trust.names)):
        return None
    new = "、".join(trust.names) or "，".join(trust.fingerprints)
    now = f"是{new}签的名" if new else "没有签名"
    return finding("PW331", Pos(shown), library=name, before=there.signed_by, now=now)
