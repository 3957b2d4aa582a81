"""Makes a release of a library: checks it, compares its version with the changes, packs it and lists the changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result, has_errors
from planwriter.language.versions import Version
from planwriter.sharing.bundle import LIBRARY_FILE, Bundle, make_bundle, open_bundle, with_signatures
from planwriter.sharing.changes import Change, compare, demanded, least_version
from planwriter.sharing.contents import read_contents
from planwriter.sharing.notes import count_words, render_first_notes, render_notes
from planwriter.start.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class Release:
    """A package ready to be written, with its change list."""

    bundle: Bundle
    data: bytes
    notes: str
    changes: tuple[Change, ...]
    count: int
    """The number of clauses."""
    published: bool = False
    """True if this version is already published with the same content, so that there is nothing to write."""


_MEND = "写条款库所在的文件夹；里面要有 library.yaml（写着名称、发布单位、版本），只放条款库自己的文件。改好再打包。"


def pack_library(files: Mapping[str, bytes], shown: str) -> Result[Bundle | None]:
    """The package made from the files of a library; None and the findings if that is not possible."""
    made = make_bundle(files, shown)
    if made.value is None:  # whoever packs it can mend it
        told = (replace(each, hint=_MEND) if each.code == "PW330" else each for each in made.findings)
        return Result(None, tuple(told))
    return open_bundle(made.value, shown)


def make_release(bundle: Bundle, shown: str, previous: Bundle | None) -> Result[Release | None]:
    """The release of a library after `previous` (None for the first); None and errors if it must not be published."""
    read = read_contents(bundle.files, shown)
    if has_errors(read.findings):
        return Result(None, read.findings)
    data, count = with_signatures(bundle, ()), len(read.value)
    if previous is None:
        return Result(Release(bundle, data, render_first_notes(bundle.manifest, count), (), count), read.findings)
    changes = compare(read_contents(previous.files, previous.file_name).value, read.value)
    refused = _refusal(bundle, previous, changes, f"{shown}/{LIBRARY_FILE}")
    if refused:
        return Result(None, (*read.findings, refused))
    notes = render_notes(bundle.manifest, str(previous.version), changes)
    published = bundle.fingerprint == previous.fingerprint
    return Result(Release(bundle, data, notes, changes, count, published), read.findings)


def previous_version(versions: Iterable[Version], version: Version) -> Version | None:
    """The published version that `version` follows: the highest that is not higher than it, else the lowest of all."""
    out = sorted(versions)
    return max((each for each in out if each <= version), default=out[0] if out else None)


def _refusal(bundle: Bundle, previous: Bundle, changes: tuple[Change, ...], place: str) -> Finding | None:
    """Why a release must not be published after `previous`; None if it may be."""
    if bundle.manifest.name != previous.manifest.name:
        problem = f"上一版是“{previous.manifest.name}”，这里是“{bundle.manifest.name}”，不是同一个条款库"
        return finding("PW212", Pos(place), problem=problem, advice="用 --previous 写明上一版的包，或把“名称”改回来。")
    if bundle.fingerprint == previous.fingerprint:
        return None
    wanted = least_version(previous.version, demanded(changes))
    if bundle.version == previous.version:
        return finding("PW338", Pos(place), have=bundle.version, wanted=wanted)
    if bundle.version < wanted and not _leads_to(bundle.version, wanted):
        change = f"有 {count_words(changes)}" if changes else "版本号没有增大"
        return finding("PW337", Pos(place), have=bundle.version, before=previous.version, change=change, wanted=wanted)
    return None


def _leads_to(version: Version, wanted: Version) -> bool:
    """True if `version` is a pre-release of `wanted`."""
    return version.is_pre_release and version.numbers == wanted.numbers
