"""Packages of libraries from where they are: fetched, opened and judged, ready to be installed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from planwriter import files
from planwriter.diagnostics import Pos, Result, has_errors
from planwriter.install import Candidate
from planwriter.messages import finding
from planwriter.sharing import registry as registries
from planwriter.sharing.bundle import MAX_BUNDLE, SUFFIX, Bundle, make_bundle, open_bundle
from planwriter.sharing.contents import read_contents
from planwriter.sharing.fetch import fetch
from planwriter.sharing.lock import Locked
from planwriter.sharing.trust import MAX_TRUST_FILE, TRUST_FILE, TrustedKey, judge, read_trusted
from planwriter.versions import ANY, Version, loose_version, parse_version, parse_wanted

_REGISTRY = "发布点 "
"""What begins the source of a library that came from a registry."""
_MAX_BESIDE = 200
Progress = Callable[[int, int | None], None]


def obtain(
    source: str, folder: str, *, registry: str | None = None, allow_unsigned: bool = False, progress: Progress | None = None
) -> Result[Candidate | None]:
    """The package at `source` (a file, folder or address from `folder` on), or NAME@^1.2 of a registry; findings else."""
    if registry is not None:
        return _from_registry(source, registry, folder, allow_unsigned, progress)
    fetched = fetch(source, base=folder, progress=progress)
    if fetched.value is None:
        return Result(None, fetched.findings)
    data, shown = fetched.value.package, fetched.value.source
    if data is None:
        made = make_bundle(fetched.value.files, shown)
        if made.value is None:
            return Result(None, made.findings)
        data = made.value
    return _judged(data, shown, allow_unsigned)


def _from_registry(
    wanted: str, registry: str, folder: str, allow_unsigned: bool, progress: Progress | None
) -> Result[Candidate | None]:
    parsed = parse_wanted(wanted)
    if parsed is None:
        advice = "写名称，或名称加要求，例如 教育通用@^1.2。"
        return Result(None, (finding("PW328", Pos(registry), wanted=wanted, reason="“@”后面不是版本的要求", advice=advice),))
    name, requirement = parsed

    def fits(text: str) -> bool:
        version = parse_version(text)
        return version is not None and requirement.allows(version)

    release = registries.find(registry, name, fits, loose_version, base=folder)
    if release.value is None:
        return Result(None, release.findings)
    data = registries.download(registry, release.value, base=folder, progress=progress)
    if data.value is None:
        return Result(None, data.findings)
    judged = _judged(data.value, f"{_REGISTRY}{registry}", allow_unsigned)
    if judged.value is not None and (judged.value.locked.name, judged.value.locked.version) != (name, release.value.version):
        reason = "登记的名称、版本和包里的不一样"
        return Result(None, (finding("PW330", Pos(registry), file=f"{name} {release.value.version}", reason=reason),))
    return judged


def _judged(data: bytes, shown: str, allow_unsigned: bool) -> Result[Candidate | None]:
    bundle = open_bundle(data, shown)
    if bundle.value is None or has_errors(bundle.findings):
        return Result(None, bundle.findings)
    trusted = trusted_keys()
    trust = judge(bundle.value, trusted.value, shown, allow_untrusted=allow_unsigned)
    findings = (*bundle.findings, *trusted.findings, *trust.findings)
    if trust.value is None:
        return Result(None, findings)
    contents = read_contents(bundle.value.files, shown)
    if has_errors(contents.findings):
        return Result(None, (*findings, *contents.findings))
    return Result(Candidate(data=data, bundle=bundle.value, trust=trust.value, source=shown), findings)


def trusted_keys() -> Result[tuple[TrustedKey, ...]]:
    """The keys that this user trusts; none where the list is not there."""
    path = os.path.join(files.config_folder(), TRUST_FILE)
    if not os.path.exists(path):
        return Result(())
    data = files.read_file(path, TRUST_FILE, limit=MAX_TRUST_FILE)
    return Result((), data.findings) if data.value is None else read_trusted(data.value, TRUST_FILE)


def newest(locked: Locked, folder: str, *, allow_unsigned: bool = False) -> Result[Candidate | None]:
    """The highest version of a library where it came from: in its registry, beside its file, or at its address.

    A library that was installed unsigned when asked for is taken unsigned again.
    """
    lenient = allow_unsigned or not locked.signer
    if locked.source.startswith(_REGISTRY):
        return obtain(f"{locked.name}@{ANY}", folder, registry=locked.source.removeprefix(_REGISTRY), allow_unsigned=lenient)
    path = os.path.join(folder, locked.source)
    if not os.path.isfile(path):
        return obtain(locked.source, folder, allow_unsigned=lenient)
    beside = max(_beside(path, locked.name), key=lambda each: each[0], default=None)
    return obtain(beside[1] if beside else locked.source, folder, allow_unsigned=lenient)


def _beside(path: str, name: str) -> Iterator[tuple[Version, str]]:
    """The packages of a library in the folder of one of them, with their versions."""
    folder = os.path.dirname(path)
    names = sorted(each for each in os.listdir(folder) if each.endswith(SUFFIX))
    for each in names[:_MAX_BESIDE]:
        bundle = _read(os.path.join(folder, each))
        if bundle is not None and bundle.manifest.name == name:
            yield bundle.version, os.path.join(folder, each)


def _read(path: str) -> Bundle | None:
    data = files.read_file(path, limit=MAX_BUNDLE)
    return open_bundle(data.value, os.path.basename(path)).value if data.value is not None else None


