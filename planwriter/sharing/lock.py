"""planwriter.lock: the library versions that a workspace uses, and the state of each outline's clauses at their last review."""

from __future__ import annotations

import json
import re
from typing import Any

from planwriter.findings.catalogue import finding, typed
from planwriter.findings.characters import UNSHOWN
from planwriter.findings.finding import Pos, Result
from planwriter.sharing.address import ELSEWHERE, lock_form
from planwriter.sharing.signing import FINGERPRINT
from planwriter.start.records import dataclass, field, replace

_ABOUT = "由 planwriter 写出，不用手改：锁定在用的条款库，记下各份提纲用过的条款是什么样。随提纲一起保存。"
_FORMAT = 1
MAX_BYTES = 8 * 1024 * 1024
REGISTRY = "发布点 "
"""The prefix of the source of a library that came from a registry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """A library in use: its name, version and source, and the sha256 of its package."""

    name: str
    version: str
    source: str
    digest: str
    signer: str = ""
    """The name that the user gave the trusted key that signed it; "" if no trusted key signed it."""
    keys: tuple[str, ...] = ()
    """The fingerprints of the trusted keys that signed it, or else of all that did; empty in locks of earlier planwriters."""
    previous: tuple[str, str] | None = None
    """The previous version and its digest, while uses of its clauses still have to be reviewed."""

    @property
    def file_name(self) -> str:
        """The file name of its package in the workspace."""
        return store_name(self.name, self.version, self.digest)

    @property
    def registry(self) -> str | None:
        """The registry that it came from; None if it came from elsewhere."""
        return self.source.removeprefix(REGISTRY) if self.source.startswith(REGISTRY) else None

    @property
    def is_elsewhere(self) -> bool:
        """True if only the name of its source is known."""
        return self.source.removeprefix(REGISTRY).startswith(ELSEWHERE)

    @property
    def signed_by(self) -> str:
        """Who signed it, for people: the names, else the fingerprints; "" if nobody did."""
        return self.signer or "、".join(self.keys)

    @property
    def install_command(self) -> str:
        """The command that installs the same package again."""
        return self.install_command_with(allow_unsigned=not self.signer)

    def install_command_with(self, *, allow_unsigned: bool) -> str:
        """`install_command` with or without --allow-unsigned."""
        place = self.source.removeprefix(REGISTRY).removeprefix(ELSEWHERE)
        found = [f"{self.name}@{self.version}", "--from", place] if self.registry is not None else [place]
        return typed("planwriter", "library", "install", *found, *(["--allow-unsigned"] if allow_unsigned else []))


def local_source(source: str, folder: str) -> str:
    """The source of a library as the lock of the workspace in `folder` records it: without an absolute path."""
    prefix = REGISTRY if source.startswith(REGISTRY) else ""
    return prefix + lock_form(source.removeprefix(REGISTRY), folder)


def store_name(name: str, version: str, digest: str) -> str:
    """The file name of a package in a workspace; the digest distinguishes packages of the same version."""
    plain = re.sub(r"[^\w.-]|^\.", "_", f"{name[:60]}-{version[:40]}")
    return f"{plain}-{digest[:12]}.pwlib"


def digest_in(name: str) -> str:
    """The beginning of the digest in a file name made by `store_name`; "" if it is not such a name."""
    found = re.fullmatch(r"(?!\.)[\w.-]{1,101}-([0-9a-f]{12})\.pwlib", name)
    return found[1] if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """The content of planwriter.lock."""

    libraries: tuple[Locked, ...] = ()
    uses: dict[str, dict[str, str]] = field(default_factory=dict)
    """The fingerprint last reviewed, by outline (its path in the workspace) and clause."""

    def find(self, name: str) -> Locked | None:
        """The library of that name, if one is in use."""
        return next((each for each in self.libraries if each.name == name), None)

    def with_library(self, library: Locked) -> Lock:
        """The lock with a library added, or replaced if there is one of the same name."""
        kept = [each for each in self.libraries if each.name != library.name]
        return replace(self, libraries=tuple(sorted((*kept, library), key=lambda each: each.name)))

    def without_library(self, name: str) -> Lock:
        """The lock without the library of that name."""
        return replace(self, libraries=tuple(each for each in self.libraries if each.name != name))


def read_lock(data: bytes, shown: str) -> Result[Lock | None]:
    """The lock in a file's bytes; None and PW325 if planwriter did not write it."""
    try:
        if len(data) > MAX_BYTES:
            raise ValueError
        return Result(_lock(json.loads(data)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Result(None, (finding("PW325", Pos(shown), file=shown),))


def _lock(made: Any) -> Lock:
    """The lock in a JSON value; raises one of the errors caught in `read_lock` if it is invalid."""
    if made["格式"] != _FORMAT:
        raise ValueError
    libraries = tuple(_locked(each) for each in made["库"])
    if len({each.name for each in libraries}) < len(libraries):
        raise ValueError
    uses = {
        _text(name): {_text(clause): _text(mark) for clause, mark in each.items()}
        for name, each in made["使用"].items()
    }
    return Lock(libraries=libraries, uses=uses)


def _locked(made: Any) -> Locked:
    before = made.get("前版")
    return Locked(
        name=_text(made["名称"]),
        version=_text(made["版本"]),
        source=_text(made["来源"]),
        digest=_digest(made["sha256"]),
        signer=_text(made.get("签名", "")),
        keys=_fingerprints(made.get("公钥", [])),
        previous=(_text(before["版本"]), _digest(before["sha256"])) if before else None,
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or UNSHOWN.search(value):
        raise ValueError
    return value


def _fingerprints(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError
    made = tuple(_text(each) for each in value)
    if not all(re.fullmatch(FINGERPRINT, each) for each in made):
        raise ValueError
    return made


def _digest(value: object) -> str:
    if not re.fullmatch("[0-9a-f]{64}", _text(value)):
        raise ValueError
    return _text(value)


def write_lock(lock: Lock) -> bytes:
    """The bytes of a lock, one entry per line; the same for the same lock."""
    libraries = []
    for each in lock.libraries:
        made: dict[str, object] = {"名称": each.name, "版本": each.version, "来源": each.source, "sha256": each.digest}
        made |= {"签名": each.signer} if each.signer else {}
        made |= {"公钥": list(each.keys)} if each.keys else {}
        made |= {"前版": {"版本": each.previous[0], "sha256": each.previous[1]}} if each.previous else {}
        libraries.append(made)
    uses = {
        outline: dict(sorted(clauses.items()))
        for outline, clauses in sorted(lock.uses.items())
        if clauses and not UNSHOWN.search(outline)  # a file's name may hold what no lock may
    }
    whole = {"说明": _ABOUT, "格式": _FORMAT, "库": libraries, "使用": uses}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
