"""A library becomes a release: checked, its version held against what changed, packed, its changes told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planwriter.diagnostics import Finding, Pos, Result, has_errors
from planwriter.messages import finding
from planwriter.sharing.bundle import LIBRARY_FILE, Bundle, make_bundle, open_bundle
from planwriter.sharing.changes import Change, compare, demanded, least_version
from planwriter.sharing.contents import read_contents
from planwriter.sharing.notes import count_words, render_first_notes, render_notes
from planwriter.versions import Version


@dataclass(frozen=True, slots=True)
class Release:
    """A package ready to be written, and its change list."""

    bundle: Bundle
    data: bytes
    notes: str
    changes: tuple[Change, ...]
    count: int
    """How many clauses there are."""
    published: bool = False
    """True where the version is out already with this very content: there is nothing to write."""


def open_library(files: Mapping[str, bytes], shown: str) -> Result[tuple[Bundle, bytes] | None]:
    """The package of a library's files and its bytes; None where anything in the library is an error."""
    made = make_bundle(files, shown)
    opened = open_bundle(made.value, shown) if made.value is not None else None
    if made.value is None or opened is None or opened.value is None:
        return Result(None, made.findings)
    return Result((opened.value, made.value), made.findings)


def make_release(files: Mapping[str, bytes], shown: str, previous: Bundle | None) -> Result[Release | None]:
    """The release of a library's files after `previous` (None: the first); None with findings where it must not go out."""
    made = open_library(files, shown)
    if made.value is None or has_errors(made.findings):
        return Result(None, made.findings)
    bundle, data = made.value
    read = read_contents(bundle.files, shown)
    findings = (*made.findings, *read.findings)
    if has_errors(findings):
        return Result(None, findings)
    if previous is None:
        notes = render_first_notes(bundle.manifest, len(read.value))
        return Result(Release(bundle, data, notes, (), len(read.value)), findings)
    changes = compare(read_contents(previous.files, previous.file_name).value, read.value)
    refused = _refusal(bundle, previous, changes, f"{shown}/{LIBRARY_FILE}")
    if refused:
        return Result(None, (*findings, refused))
    notes = render_notes(bundle.manifest, str(previous.version), changes)
    published = bundle.fingerprint == previous.fingerprint
    return Result(Release(bundle, data, notes, changes, len(read.value), published), findings)


def previous_version(versions: Iterable[Version], version: Version) -> Version | None:
    """Which of the versions that are out `version` follows: the highest that is not higher, else the lowest of all."""
    out = sorted(versions)
    return max((each for each in out if each <= version), default=out[0] if out else None)


def _refusal(bundle: Bundle, previous: Bundle, changes: tuple[Change, ...], place: str) -> Finding | None:
    """Why a release must not go out after `previous`; None where it may."""
    if bundle.manifest.name != previous.manifest.name:
        problem = f"上一版是“{previous.manifest.name}”，这里是“{bundle.manifest.name}”，不是同一个条款库"
        return finding("PW212", Pos(place), problem=problem, advice="用 --previous 写明上一版的包，或把“名称”改回来。")
    if bundle.fingerprint == previous.fingerprint:
        return None
    wanted = least_version(previous.version, demanded(changes))
    if bundle.version == previous.version:
        return finding("PW338", Pos(place), have=bundle.version, wanted=wanted)
    if bundle.version < wanted and not _leads_to(bundle.version, wanted):
        change = f"有{count_words(changes)}" if changes else "版本号没有增大"
        return finding("PW337", Pos(place), have=bundle.version, before=previous.version, change=change, wanted=wanted)
    return None


def _leads_to(version: Version, wanted: Version) -> bool:
    """True for a pre-release of the version that is wanted."""
    return version.is_pre_release and version.numbers == wanted.numbers
