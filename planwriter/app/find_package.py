"""Packages of libraries from where they are: fetched, opened and judged, ready to be installed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator

from planwriter.app.install import PackageCandidate
from planwriter.clauses.library import MANIFEST_FILE
from planwriter.findings.catalogue import finding, typed
from planwriter.findings.finding import Finding, Pos, Result, Severity, has_errors
from planwriter.language.versions import Version, loose_version, parse_version, parse_wanted
from planwriter.sharing.address import read_address
from planwriter.sharing.bundle import MAX_BUNDLE, SUFFIX, Bundle, make_bundle, open_bundle
from planwriter.sharing.contents import read_contents
from planwriter.sharing.fetch import fetch
from planwriter.sharing.folder_archive import ARCHIVE_SUFFIXES
from planwriter.sharing.lock import REGISTRY, Locked, local_source
from planwriter.sharing.refusal import Progress
from planwriter.sharing.registry import PublishedPackage, download, find, is_registry, published
from planwriter.sharing.signers import changed_signer
from planwriter.sharing.trust import MAX_TRUST_FILE, TRUST_FILE, TrustedKey, judge, read_trusted
from planwriter.start.records import dataclass, replace
from planwriter.system import files

Fits = Callable[[Version], bool]
_MAX_BESIDE = 200
_MAX_TRIED = 20
_STOPS = frozenset(("PW334", "PW341", "PW342"))
"""What is no fault of a release: the next one would meet it too."""


@dataclass(frozen=True, slots=True)
class _Terms:
    """What the user accepts of a package."""

    allow_unsigned: bool
    stays: Locked | None = None
    """The library in use whose signers it must have; None for any."""


@dataclass(frozen=True, slots=True)
class Newest:
    """What was found of a library where it came from."""

    candidate: PackageCandidate | None = None
    beyond: str = ""
    """The highest version there that does not fit."""
    passed: tuple[str, ...] = ()
    """The versions that fit and cannot be used."""


def find_package(
    source: str,
    folder: str,
    *,
    registry: str | None = None,
    allow_unsigned: bool = False,
    stays: Locked | None = None,
    progress: Progress | None = None,
) -> Result[PackageCandidate | None]:
    """The package at `source` (a file, folder or address from `folder` on), or NAME@^1.2 of a registry; findings else.

    `stays` is the library in use that it is to replace and whose signers it must have (PW331).
    """
    terms = _Terms(allow_unsigned, stays)
    if registry is not None:
        return _from_registry(source, registry, folder, terms, progress)
    fetched = fetch(source, base=folder, progress=progress)
    if fetched.value is None:
        odd = _no_package(source, folder) if not any(each.code in _STOPS for each in fetched.findings) else None
        return Result(None, (odd,) if odd else fetched.findings)
    data, shown = fetched.value.package, fetched.value.source
    if data is None:
        made = make_bundle(fetched.value.files, shown)
        if made.value is None:
            return Result(None, made.findings)
        data = made.value
    return _judged(data, shown, folder, terms)


def _no_package(source: str, folder: str) -> Finding | None:
    """What is told of a source that is a registry, a folder of packages or the name of a library: what to type instead."""
    path = os.path.join(folder, source)
    address = read_address(source, folder)
    if address is not None and address.sort == "git":
        return None
    if is_registry(source, folder):
        names = published(source, base=folder).value or ("名称",)
        more = f"；里面有：{'、'.join(names[:12])}" if len(names) > 1 else ""
        advice = f"写要装哪一个库：{typed('planwriter', 'library', 'install', names[0], '--from', source)}{more}。"
        return finding("PW340", Pos(source), source=source, reason="这是发布点，不是条款库", advice=advice)
    packages = [each for each in files.list_folder(path) if each.endswith(SUFFIX)] if os.path.isdir(path) else []
    if packages:
        command = typed("planwriter", "library", "install", f"{files.shown_path(source).rstrip('/')}/{packages[-1]}")
        advice = f"写里面的一个包：{command}；共 {len(packages)} 个。"
        return finding("PW340", Pos(source), source=source, reason="这个文件夹里放的是包，不是条款", advice=advice)
    if (
        not os.path.exists(path)
        and not re.search(r"[/\\:]", source)
        and not source.endswith((SUFFIX, *ARCHIVE_SUFFIXES))
        and parse_wanted(source)
    ):
        advice = f"从发布点装：{typed('planwriter', 'library', 'install', source)} --from 发布点（文件夹或网址）；装文件，写文件名，例如 E:/教育通用-1.0.0.pwlib。"
        return finding(
            "PW340", Pos(source), source=source, reason="没有这个文件，也没有写从哪个发布点装", advice=advice
        )
    return None


def _from_registry(
    wanted: str, registry: str, folder: str, terms: _Terms, progress: Progress | None
) -> Result[PackageCandidate | None]:
    parsed = parse_wanted(wanted)
    if parsed is None:
        advice = '写名称，或名称加要求，例如 "教育通用@^1.2"。'
        return Result(
            None, (finding("PW328", Pos(registry), wanted=wanted, reason="“@”后面不是版本的要求", advice=advice),)
        )
    found = _highest(parsed[0], registry, parsed[1].allows, folder, terms, progress)
    return Result(found.value.candidate, found.findings)


def _highest(
    name: str, registry: str, fits: Fits, folder: str, terms: _Terms, progress: Progress | None = None
) -> Result[Newest]:
    """The highest release of a library that fits and can be used; those passed over on the way are told as warnings."""
    bad: list[str] = []
    told: tuple[Finding, ...] = ()
    while True:
        fitting: list[str] = []
        others: list[Version] = []

        def fit(text: str, fitting: list[str] = fitting, others: list[Version] = others) -> bool:
            version = parse_version(text)
            if version is not None and fits(version):
                fitting += [text] if text not in bad else []
                return text not in bad
            others += [version] if version is not None and not version.is_pre_release else []
            return False

        release = find(registry, name, fit, _rank, base=folder)
        beyond = str(max(others)) if others else ""
        if not fitting:
            return Result(Newest(None, beyond, tuple(bad)), told or release.findings)
        version = max(fitting, key=_rank)
        made = (
            Result(None, _naming(release.findings, name, version))
            if release.value is None
            else _released(release.value, registry, folder, terms, progress)
        )
        if made.value is not None:
            return Result(Newest(made.value, beyond, tuple(bad)), (*_passed_over(told), *made.findings))
        told += made.findings
        bad.append(version)
        if len(bad) >= _MAX_TRIED or any(each.code in _STOPS for each in made.findings):
            return Result(Newest(None, beyond, tuple(bad)), told)


def _released(
    release: PublishedPackage, registry: str, folder: str, terms: _Terms, progress: Progress | None
) -> Result[PackageCandidate | None]:
    """The package of a release, if it is what the registry says it is."""
    named = f"{release.name} {release.version}"
    data = download(registry, release, base=folder, progress=progress)
    if data.value is None:
        return Result(None, data.findings)
    address = read_address(registry, folder)
    shown = address.shown if address else registry
    judged = _judged(data.value, f"{REGISTRY}{shown}", folder, terms, f"{shown} 的 {named}")
    if judged.value is not None and (judged.value.locked.name, judged.value.locked.version) != (
        release.name,
        release.version,
    ):
        return Result(None, (finding("PW330", Pos(registry), file=named, reason="登记的名称、版本和包里的不一样"),))
    return judged


def _rank(text: str) -> Version:
    return parse_version(text) or loose_version(text)


def _naming(findings: tuple[Finding, ...], name: str, version: str) -> tuple[Finding, ...]:
    """Findings on a release's file, which say whose it is."""
    return tuple(replace(each, message=f"{name} {version}：{each.message}") for each in findings)


def _passed_over(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What is wrong with releases that were not needed in the end: no error any more."""
    return tuple(
        replace(each, severity=Severity.WARNING) if each.severity is Severity.ERROR else each for each in findings
    )


def _judged(data: bytes, source: str, folder: str, terms: _Terms, shown: str = "") -> Result[PackageCandidate | None]:
    """The package that `data` is; `source` is its canonical source, `shown` is for findings if that says more."""
    shown = shown or source
    bundle = open_bundle(data, shown)
    if bundle.value is None or has_errors(bundle.findings):
        return Result(None, bundle.findings)
    trusted = trusted_keys()
    trust = judge(bundle.value, trusted.value, shown, allow_untrusted=terms.allow_unsigned)
    findings = (*bundle.findings, *trusted.findings, *trust.findings)
    if trust.value is None:
        return Result(None, findings)
    changed = changed_signer(terms.stays, bundle.value.manifest.name, trust.value, shown) if terms.stays else None
    if changed:
        return Result(None, (*findings, changed))
    contents = read_contents(bundle.value.files, shown)
    if has_errors(contents.findings):
        return Result(None, (*findings, *contents.findings))
    made = PackageCandidate(
        data=data,
        bundle=bundle.value,
        trust=trust.value,
        source=local_source(source, folder),
        place=source.removeprefix(REGISTRY),
    )
    return Result(made, findings)


def trusted_keys() -> Result[tuple[TrustedKey, ...]]:
    """The keys that this user trusts; none where the list is not there."""
    path = os.path.join(files.config_folder(), TRUST_FILE)
    if not os.path.lexists(path):
        return Result(())
    shown = files.shown_path(path)
    data = files.read_file(path, shown, limit=MAX_TRUST_FILE)
    return Result((), data.findings) if data.value is None else read_trusted(data.value, shown)


def find_newest(
    locked: Locked, folder: str, fits: Fits, *, allow_unsigned: bool = False, signer_changed: bool = False
) -> Result[Newest]:
    """The highest version of a library that fits, where it came from: in its registry, beside its file, or at its address.

    A release that cannot be used is passed over for the next lower one, and reported; so is one by different signers, unless
    `signer_changed` accepts them. A library that was installed unsigned when asked for is taken unsigned again.
    """
    terms = _Terms(allow_unsigned or not locked.signer, None if signer_changed else locked)
    if locked.registry is not None:
        return _highest(locked.name, locked.registry, fits, folder, terms)
    path = os.path.join(folder, locked.source)
    if locked.source.endswith(SUFFIX) and os.path.isdir(os.path.dirname(path)):
        return _find_newest_beside(path, locked, folder, fits, terms)
    made = find_package(locked.source, folder, allow_unsigned=terms.allow_unsigned, stays=terms.stays)
    if made.value is not None and not fits(made.value.bundle.version):
        return Result(Newest(beyond=str(made.value.bundle.version)))
    return Result(Newest(made.value), made.findings)


def package_in(folder: str, name: str) -> str | None:
    """One of a library's packages in a folder of the disk that is no library itself, None where there is none."""
    if not os.path.isdir(folder) or os.path.exists(os.path.join(folder, MANIFEST_FILE)):
        return None
    return next((path for _, path in _packages_in_folder_of(os.path.join(folder, ""), name)), None)


def _find_newest_beside(path: str, locked: Locked, folder: str, fits: Fits, terms: _Terms) -> Result[Newest]:
    """As `find_newest`, among the packages in the folder of `path`."""
    there = sorted(_packages_in_folder_of(path, locked.name), reverse=True)
    beyond = next((str(version) for version, _ in there if not fits(version) and not version.is_pre_release), "")
    told: tuple[Finding, ...] = ()
    bad: list[str] = []
    for version, each in [found for found in there if fits(found[0])][:_MAX_TRIED]:
        made = find_package(each, folder, allow_unsigned=terms.allow_unsigned, stays=terms.stays)
        if made.value is not None:
            return Result(Newest(made.value, beyond, tuple(bad)), (*_passed_over(told), *made.findings))
        told += made.findings
        bad.append(str(version))
    return (
        Result(Newest(None, beyond, tuple(bad)), told)
        if there
        else Result(Newest(), find_package(locked.source, folder).findings)
    )


def _packages_in_folder_of(path: str, name: str) -> Iterator[tuple[Version, str]]:
    """The packages of a library in the folder of one of them, with their versions; damaged ones go by their names."""
    folder = os.path.dirname(path)
    for each in [name for name in files.list_folder(folder or ".") if name.endswith(SUFFIX)][:_MAX_BESIDE]:
        bundle = _read(os.path.join(folder, each))
        called = parse_version(each.removeprefix(f"{name}-").removesuffix(SUFFIX))
        if bundle is not None and bundle.manifest.name == name:
            yield bundle.version, os.path.join(folder, each)
        elif bundle is None and called is not None and each.startswith(f"{name}-"):
            yield called, os.path.join(folder, each)


def _read(path: str) -> Bundle | None:
    data = files.read_file(path, limit=MAX_BUNDLE)
    return open_bundle(data.value, os.path.basename(path)).value if data.value is not None else None
