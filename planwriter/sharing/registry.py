"""A registry: the library releases of a city or a province as plain files, on a share, a web server or an object store.

    blobs/sha256/ab/<hex>.pwlib        the packages, by their sha256
    releases/<name>/<version>.json     one file per release, created once and never changed: the authoritative record
    index.json                         derived from all releases, for readers that cannot list a folder (http)

Nothing in it is trusted: names, sizes and hashes are checked before they are used.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from typing import Any

from planwriter.findings.catalogue import near
from planwriter.sharing.address import read_address
from planwriter.sharing.bundle import open_bundle
from planwriter.sharing.fetch import MAX_PACKAGE
from planwriter.sharing.naming import MAX_NAME, from_file_name, is_name, is_version, to_file_name
from planwriter.sharing.refusal import Progress, Refused, gives_result, no_git, too_large
from planwriter.sharing.remote import RemoteStore
from planwriter.sharing.store import FolderStore, Store
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass, fields

INDEX = "index.json"
MAX_INDEX = 8 * 1024 * 1024
MAX_RELEASES = 20_000
_MAX_ENTRY = 4096
_MAX_TURNS = 1000
_FORMAT = 1
_SHA256 = regex(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, order=True)
class PublishedPackage:
    """A published version of a library, with the sha256 and the size of its package in bytes."""

    name: str
    version: str
    sha256: str
    size: int


@gives_result
def publish(registry: str, name: str, version: str, data: bytes, *, base: str = ".") -> PublishedPackage:
    """Puts a package into the registry at `registry` (a folder is relative to `base`) and returns its release.

    Publishing the same bytes again is allowed and completes an interrupted publish. Different bytes for an existing version
    are refused (PW346). Further findings: PW340 to PW344, PW802.

    The blob is written first, then the release, then the index, each of them atomically. A publish killed before the release
    leaves an unused blob. After the release, readers that can list folders see it, and the next publish updates the index.

    Two publishers at once: a release is created exclusively, so they never write the same release file. After that, each
    publisher (1) lists the releases, (2) writes the index of that list if it differs, (3) lists again, and repeats until the
    list is unchanged. Once all publishers are done, the index holds every release. Proof: let W be the last write of the
    index, made from list L, and r any release. W's publisher listed L again after W; otherwise it would have written again.
    If r existed at that time, r is in L. If not, r was created later; r's publisher then compared the index with a list that
    contains r, and would have written after W. (Releases are never removed, and a listing shows everything created before
    it, as disks and today's object stores guarantee.)

    A publisher killed between (2) and (3) may leave an outdated index: `find` reads the releases themselves if it can list
    them, and the next publish updates the index.
    """
    release = _release_of(name, version, data)
    store = _open(registry, base)
    store.must_take()
    entry = _entry_path(name, version)
    mends = release in _index_or_nothing(store)  # the index can replace a damaged release file
    held = _read_entry(store, entry, strict=not mends)
    _refuse_other(store, release, held, data)
    _put_blob(store, release, data)
    if held is None:
        if (
            not store.create(entry, _canonical(_plain(release)))
            and mends
            and _read_entry(store, entry, strict=False) is None
        ):
            store.write(entry, _canonical(_plain(release)))
        _refuse_other(store, release, _read_entry(store, entry), data)  # created by another publisher meanwhile
    _write_index(store, entry)
    return release


@gives_result
def find(
    registry: str, name: str, fits: Callable[[str], bool], rank: Callable[[str], Any], *, base: str = "."
) -> PublishedPackage:
    """The release of `name` with the highest-ranked version that fits; PW345 if none fits."""
    store = _open(registry, base)
    listed = store.names(f"releases/{to_file_name(name)}") if is_name(name) else ()
    if listed is None:
        releases = {each.version: each for each in _read_index(store) if each.name == name}
        versions = list(releases)
    else:
        releases = {}
        versions = [version for version in map(_version_of, listed) if version]
    fitting = [version for version in versions if fits(version)]
    if not fitting:
        raise _absent(store, name, sorted(versions, key=rank))
    best = max(fitting, key=rank)
    release = releases.get(best) or _read_entry(store, _entry_path(name, best))
    if release is None:
        raise _damaged(store, _entry_path(name, best), "读不懂")
    return release


def is_registry(source: str, base: str = ".") -> bool:
    """True if `source` is a registry: a folder with releases, or an address with an index."""
    address = read_address(source, base)
    if address is None or address.sort == "git" or source.endswith(".pwlib"):
        return False
    if address.sort == "path":
        return os.path.isdir(os.path.join(address.where, "releases"))
    try:
        return RemoteStore(address).read(INDEX, MAX_INDEX) is not None
    except Refused:
        return False


@gives_result
def published(registry: str, *, base: str = ".") -> tuple[str, ...]:
    """The names of the libraries in a registry."""
    store = _open(registry, base)
    folders = store.names("releases")
    names = {each.name for each in _read_index(store)} if folders is None else set(map(from_file_name, folders))
    return tuple(sorted(each for each in names if each))


@gives_result
def download(registry: str, release: PublishedPackage, *, base: str = ".", progress: Progress | None = None) -> bytes:
    """The package of a release; PW344 if its size or sha256 differs, PW345 if it was withdrawn."""
    store = _open(registry, base)
    path = _blob_path(store, release.sha256)
    data = store.read(path, MAX_PACKAGE, progress)
    if data is None:
        what = f"{release.name} {release.version} 的文件已经撤下"
        raise Refused(
            "PW345", store.shown, registry=store.shown, what=what, advice="换一个版本，或问发布单位为什么撤下。"
        )
    if len(data) != release.size or hashlib.sha256(data).hexdigest() != release.sha256:
        raise _damaged(store, f"{release.name} {release.version}（{path}）", "与登记的大小、校验值（sha256）不符")
    return data


def _open(registry: str, base: str) -> Store:
    address = read_address(registry, base)
    if address is None:
        advice = "写文件夹、http(s) 网址或对象存储的地址。"
        raise Refused("PW340", "（发布点）", source="（发布点）", reason="不能作发布点", advice=advice)
    if address.sort == "git":
        raise no_git(address.shown)
    return RemoteStore(address) if address.sort == "url" else FolderStore(address.where, address.shown)


def _release_of(name: str, version: str, data: bytes) -> PublishedPackage:
    """The release for a package; refused if its name, version or size is not allowed."""
    if not is_name(name) or not is_version(version):
        advice = f"名称最多 {MAX_NAME} 个字，不含看不见的字符；版本写成 1.2.0 的样子。改好 library.yaml 再打包。"
        raise Refused("PW340", name, source=f"{name} {version}", reason="名称或版本不合发布的要求", advice=advice)
    if len(data) > MAX_PACKAGE:
        raise too_large(name, "大小", MAX_PACKAGE)
    return PublishedPackage(name, version, hashlib.sha256(data).hexdigest(), len(data))


def _refuse_other(store: Store, release: PublishedPackage, held: PublishedPackage | None, data: bytes) -> None:
    """Refuses a release if its version exists with different bytes; the finding says if only the signatures differ.

    Different signatures are refused too: a release is never changed, so that two publishers never write the same file and a
    locked package always remains available.
    """
    if held in (None, release):
        return
    old = store.read(_blob_path(store, held.sha256), MAX_PACKAGE) if held else None
    prints = [bundle.fingerprint for each in (old, data) if each and (bundle := open_bundle(each, release.name).value)]
    if len(prints) == 2 and prints[0] == prints[1]:
        difference = "内容一样，只是签名不一样"
        advice = (
            "发布过的版本不再改动，签名要在发布以前签好；要让新的签名传下去，换一个版本号，重新打包、签名、再发布。"
        )
    else:
        difference = "内容不一样"
        advice = "改动过的库换一个版本号（library.yaml 的“版本”），重新打包再发布。"
    raise Refused(
        "PW346", release.name, library=release.name, version=release.version, difference=difference, advice=advice
    )


def _put_blob(store: Store, release: PublishedPackage, data: bytes) -> None:
    """Stores the package under its hash, unless it is already there intact."""
    path = _blob_path(store, release.sha256)
    if store.read(path, MAX_PACKAGE) != data:
        store.write(path, data)


def _plain(release: PublishedPackage) -> dict[str, object]:
    return {each.name: getattr(release, each.name) for each in fields(release)}


def _write_index(store: Store, entry: str) -> None:
    """Updates the index to the releases, which include `entry`; `publish` explains why this suffices."""
    listed = _list_entries(store)
    for _ in range(_MAX_TURNS):
        if entry not in listed:  # without permission, a store may list nothing: the index would become empty
            raise _damaged(store, "releases", "列不全（也可能没有列出文件的权限）")
        read = (_read_entry(store, path, strict=False) for path in listed)
        releases = sorted(release for release in read if release is not None)
        index = _canonical({"format": _FORMAT, "releases": [_plain(release) for release in releases]})
        if len(releases) > MAX_RELEASES or len(index) > MAX_INDEX:
            raise too_large(f"{store.shown}/{INDEX}", "大小", MAX_INDEX)
        if store.read(INDEX, MAX_INDEX) != index:
            store.write(INDEX, index)
        before, listed = listed, _list_entries(store)
        if listed == before:
            return
    raise _damaged(store, "releases", "总在变")


def _list_entries(store: Store) -> tuple[str, ...]:
    """The paths of every release."""
    made = []
    for folder in store.names("releases") or ():
        if from_file_name(folder) is not None:
            made += [
                f"releases/{folder}/{file}" for file in store.names(f"releases/{folder}") or () if _version_of(file)
            ]
    return tuple(made)


def _read_entry(store: Store, path: str, *, strict: bool = True) -> PublishedPackage | None:
    """The release in a file; None if there is none. An invalid one is refused with `strict`, otherwise it counts as none."""
    data = store.read(path, _MAX_ENTRY)
    if data is None:
        return None
    release = _as_release(_parse(data))
    if release is not None and _entry_path(release.name, release.version) == path:
        return release
    if strict:
        raise _damaged(store, path, "读不懂")
    return None


def _read_index(store: Store) -> Iterable[PublishedPackage]:
    """The releases in the index; the whole index is refused if one of them is invalid."""
    data = store.read(INDEX, MAX_INDEX)
    if data is None:
        advice = f"核对网址；发布点的网址下面应当有 {INDEX}。"
        raise Refused("PW340", store.shown, source=store.shown, reason=f"那里没有 {INDEX}，不是发布点", advice=advice)
    value = _parse(data)
    listed = value.get("releases") if isinstance(value, dict) and value.get("format") == _FORMAT else None
    if not isinstance(listed, list) or len(listed) > MAX_RELEASES:
        raise _damaged(store, INDEX, "读不懂（也可能要新版 planwriter）")
    releases = [_as_release(each) for each in listed]
    sound = [each for each in releases if each is not None]
    if len({(each.name, each.version) for each in sound}) < len(releases):
        raise _damaged(store, INDEX, "里有不合规矩的条目")
    return sound


def _index_or_nothing(store: Store) -> Iterable[PublishedPackage]:
    try:
        return _read_index(store)
    except Refused:
        return ()


def _as_release(value: object) -> PublishedPackage | None:
    """The release in a JSON value, or None if a field is invalid; unknown fields are ignored, for later versions."""
    if not isinstance(value, dict):
        return None
    name, version, sha256, size = (value.get(key) for key in ("name", "version", "sha256", "size"))
    if (
        not isinstance(name, str)
        or not isinstance(version, str)
        or not isinstance(sha256, str)
        or type(size) is not int
    ):
        return None
    sound = is_name(name) and is_version(version) and _SHA256.fullmatch(sha256) and 0 <= size <= MAX_PACKAGE
    return PublishedPackage(name, version, sha256, size) if sound else None


def _parse(data: bytes) -> object:
    try:
        return json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return None


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8") + b"\n"


def _entry_path(name: str, version: str) -> str:
    return f"releases/{to_file_name(name)}/{to_file_name(version)}.json"


def _version_of(file: str) -> str | None:
    """The version of the release with this file name; None if it is no such name."""
    version = from_file_name(file.removesuffix(".json")) if file.endswith(".json") else None
    return version if version and is_version(version) else None


def _blob_path(store: Store, sha256: str) -> str:
    if not _SHA256.fullmatch(sha256):
        raise _damaged(store, sha256, "不是校验值（sha256）")
    return f"blobs/sha256/{sha256[:2]}/{sha256}.pwlib"


def _absent(store: Store, name: str, versions: list[str]) -> Refused:
    if versions:
        what, advice = f"{name} 没有合要求的版本", f"有这些版本：{'、'.join(versions[-12:])}。"
    else:
        known = (
            [from_file_name(each) for each in names]
            if (names := store.names("releases")) is not None
            else [each.name for each in _read_index(store)]
        )
        what, advice = f"没有“{name}”", near(name, sorted({each for each in known if each}))
    return Refused("PW345", store.shown, registry=store.shown, what=what, advice=advice)


def _damaged(store: Store, file: str, reason: str) -> Refused:
    return Refused("PW344", store.shown, registry=store.shown, file=file, reason=reason)
