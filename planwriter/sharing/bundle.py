"""The package of a library (.pwlib): a zip with a manifest (pwlib.json), which lists every file, followed by the files.

The manifest is canonical JSON and depends on the files alone, so that the same library gives the same bytes. To check a
package, the manifest is made again from its files and must equal the one in the package.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from typing import cast

from planwriter import __version__
from planwriter.clauses.clause import Manifest, read_manifest
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result, has_errors
from planwriter.language.versions import Version, parse_version
from planwriter.sharing.archive import name_fault, pack, unpack
from planwriter.sharing.canonical import canonical, parse_canonical
from planwriter.source import keys
from planwriter.source.load import load_tree
from planwriter.start.records import dataclass
from planwriter.system.zip_bounds import PACKAGE, BadArchive

SUFFIX = ".pwlib"
MANIFEST_FILE = "pwlib.json"
SIGNATURES_FILE = "signatures.json"
LIBRARY_FILE = "library.yaml"
MAX_BUNDLE = PACKAGE.packed
_FORMAT = 1
_TEXTS = frozenset(("README.md", "README.txt", "LICENSE", "LICENSE.md", "LICENSE.txt"))
_MAX_MANIFEST = 256 * 1024
MAX_SIGNATURES = 16
_MAX_NAME = 60
_HARMLESS = frozenset(("PW315", "PW204"))
"""What may be found in library.yaml of a package that is given all the same: too new for this planwriter, an unknown 级别."""


@dataclass(frozen=True, slots=True)
class Signature:
    """An Ed25519 public key (32 bytes) and its signature on the manifest (64 bytes)."""

    key: bytes
    value: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A package whose archive, manifest and files agree; whether its signers are trusted is decided by `trust.judge`."""

    manifest: Manifest
    """The content of its library.yaml."""
    version: Version
    files: Mapping[str, bytes]
    """The library's files by name, as `libraries.open_files` takes them."""
    signed: bytes
    """The bytes of pwlib.json, which are what is signed."""
    signatures: tuple[Signature, ...]
    sha256: str
    """The sha256 of the whole file with its signatures, which a lock file records."""

    @property
    def fingerprint(self) -> str:
        """The sha256 of the manifest, and so of the content: it stays the same when a package is signed or zipped again."""
        return hashlib.sha256(self.signed).hexdigest()

    @property
    def file_name(self) -> str:
        """NAME-VERSION.pwlib, which is a valid name on every system."""
        return f"{self.manifest.name}-{self.version}{SUFFIX}"


def belongs(name: str) -> bool:
    """True for the files of a library's folder that go into its package: .yaml, README and LICENSE."""
    return name.endswith((".yaml", ".yml")) or name in _TEXTS


def make_bundle(files: Mapping[str, bytes], shown: str = "条款库") -> Result[bytes | None]:
    """The unsigned package of a library's files (bytes by name in its folder); the same bytes for the same files.

    None and the findings if library.yaml has errors, or if the package could not be opened again.
    """
    ordered = {name: files[name] for name in sorted(files)}
    library = _read_library(ordered, shown)
    if library.value is None:
        return Result(None, library.findings)
    data = pack({MANIFEST_FILE: _make_manifest(library.value[0], ordered), **ordered})
    opened = open_bundle(data, shown)
    return Result(data if opened.value is not None else None, opened.findings)


def open_bundle(data: bytes, shown: str) -> Result[Bundle | None]:
    """Opens and checks the package `data`; None and a finding if anything is wrong. `shown` is its name in findings.

    A library that requires a different version of planwriter is returned together with the error (PW315). The clauses are not
    read here: see `contents.read_contents`.
    """
    try:
        files = unpack(data)
    except BadArchive as error:
        return _refused(shown, str(error))
    if next(iter(files), "") != MANIFEST_FILE:
        return _refused(shown, f"第一个文件不是 {MANIFEST_FILE}")
    signed, packed_signatures = files.pop(MANIFEST_FILE), files.pop(SIGNATURES_FILE, None)
    if len(signed) > _MAX_MANIFEST:
        return _refused(shown, f"{MANIFEST_FILE} 太大")
    fault = _manifest_fault(signed, files)
    if fault:
        return _refused(shown, fault)
    signatures = _parse_signatures(packed_signatures)
    if signatures is None:
        return Result(None, (finding("PW332", Pos(shown), file=shown, reason=f"读不出来（{SIGNATURES_FILE}）"),))
    library = _read_library(files, shown)
    if library.value is None:
        return Result(None, library.findings)
    if _make_manifest(library.value[0], files) != signed:
        return _refused(shown, f"{MANIFEST_FILE} 和 {LIBRARY_FILE} 对不上，或者多写了东西")
    manifest, version = library.value
    sha256 = hashlib.sha256(data).hexdigest()
    bundle = Bundle(
        manifest=manifest, version=version, files=files, signed=signed, signatures=signatures, sha256=sha256
    )
    return Result(bundle, library.findings)


def with_signatures(bundle: Bundle, signatures: tuple[Signature, ...]) -> bytes:
    """The bytes of a package with its signatures replaced by these."""
    last = {SIGNATURES_FILE: _signatures_json(signatures)} if signatures else {}
    return pack({MANIFEST_FILE: bundle.signed, **bundle.files, **last})


def _signatures_json(signatures: Iterable[Signature]) -> bytes:
    """signatures.json, sorted by key, so that the order of signing makes no difference."""
    ordered = sorted(signatures, key=lambda each: each.key)
    return canonical(
        [{"key": b64encode(each.key).decode(), "signature": b64encode(each.value).decode()} for each in ordered]
    )


def _refused(shown: str, reason: str) -> Result[Bundle | None]:
    return Result(None, (finding("PW330", Pos(shown), file=shown, reason=reason),))


def _read_library(files: Mapping[str, bytes], shown: str) -> Result[tuple[Manifest, Version] | None]:
    """The content of library.yaml and its parsed version; None if it has errors or a file is not allowed in a package."""
    for name in files:
        fault = name_fault(name) or ("" if belongs(name) else "不是条款库的文件")
        if fault:
            return Result(None, (finding("PW330", Pos(shown), file=shown, reason=f"里面的“{name}”{fault}"),))
    if LIBRARY_FILE not in files:
        return Result(None, (finding("PW330", Pos(shown), file=shown, reason=f"里面没有 {LIBRARY_FILE}"),))
    place = f"{shown}/{LIBRARY_FILE}"
    tree = load_tree(files[LIBRARY_FILE], place, keys.LIBRARY_KEYS)
    if tree.value is None or has_errors(tree.findings):
        return Result(None, tree.findings)
    manifest = read_manifest(tree.value, __version__)
    findings = (*tree.findings, *manifest.findings)
    if manifest.value is None or any(each.code not in _HARMLESS for each in findings):
        return Result(None, findings)
    return _with_version(manifest.value, place, findings)


def _with_version(
    manifest: Manifest, place: str, findings: tuple[Finding, ...]
) -> Result[tuple[Manifest, Version] | None]:
    version = parse_version(manifest.version)
    if version is None:
        advice = "写成三段数字，例如 1.2.0；试用的写 1.2.0-rc.1。"
        return Result(None, (finding("PW336", Pos(place), value=manifest.version, what="版本号", advice=advice),))
    if name_fault(manifest.name) or "@" in manifest.name or len(manifest.name) > _MAX_NAME:
        problem, advice = (
            f"“名称”不能是“{manifest.name}”",
            f"名称要能作文件名：不超过 {_MAX_NAME} 个字，不用 / \\ : @ 之类的符号。",
        )
        return Result(None, (finding("PW212", Pos(place), problem=problem, advice=advice),))
    return Result((manifest, version), findings)


def _make_manifest(manifest: Manifest, files: Mapping[str, bytes]) -> bytes:
    library = {
        "name": manifest.name,
        "version": manifest.version,
        "publisher": manifest.publisher,
        "level": manifest.level,
        "needs": manifest.needs,
    }
    return canonical(
        {"format": _FORMAT, "library": library, "files": [_record(*each) for each in sorted(files.items())]}
    )


def _record(name: str, data: bytes) -> dict[str, object]:
    return {"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _manifest_fault(signed: bytes, files: Mapping[str, bytes]) -> str:
    """What is wrong with a manifest or with the files it lists, in the writer's words; empty if nothing is."""
    try:
        value = parse_canonical(signed)
    except ValueError:
        return f"{MANIFEST_FILE} 不是规范的 JSON"
    if not isinstance(value, dict) or not isinstance(value.get("files"), list) or type(value.get("format")) is not int:
        return f"{MANIFEST_FILE} 里缺了该有的项"
    if value["format"] != _FORMAT:
        return f"包的格式是第 {str(value['format'])[:20]} 版，这个 planwriter 只认第 {_FORMAT} 版"
    said = cast("list[object]", value["files"])
    if said == [_record(*each) for each in sorted(files.items())]:
        return ""
    return _difference([each for each in said if isinstance(each, dict)], files)


def _difference(said: list[dict[str, object]], files: Mapping[str, bytes]) -> str:
    """Which file differs from the manifest, in the writer's words."""
    known = {each.get("path"): each for each in said if isinstance(each.get("path"), str)}
    for name, data in files.items():
        if name not in known:
            return f"多了“{name}”，{MANIFEST_FILE} 里没有它"
        if known[name] != _record(name, data):
            return f"“{name}”的内容改动过，和 {MANIFEST_FILE} 里记的大小或 sha256 不符"
    missing = next((str(name) for name in known if name not in files), "")
    return f"少了“{missing}”" if missing else f"{MANIFEST_FILE} 里的文件列得不对"


def _parse_signatures(data: bytes | None) -> tuple[Signature, ...] | None:
    """The signatures of a package; None if they are not exactly as `with_signatures` writes them."""
    if data is None:
        return ()
    if len(data) > 200 * MAX_SIGNATURES:
        return None
    found = re.findall(rb'"key":"([A-Za-z0-9+/]{43}=)","signature":"([A-Za-z0-9+/]{86}==)"', data)
    made = tuple(Signature(b64decode(key), b64decode(value)) for key, value in found)
    once = len({each.key for each in made}) == len(made)
    return made if once and 0 < len(made) <= MAX_SIGNATURES and _signatures_json(made) == data else None
