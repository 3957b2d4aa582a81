"""Where a library comes from: an address as typed, told apart, and its canonical form without credentials."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")  # two letters at least: C:\ is a drive
_SCP = re.compile(r"[A-Za-z0-9_][\w.-]*@[A-Za-z0-9][\w.-]*:(?!//).+", re.ASCII)
_FRAGMENT = re.compile(r"(?P<ref>[^:]*?)(?::(?P<folder>.*?))?(?:@(?P<commit>[0-9a-f]{40}))?")
_REF = re.compile(r"(?!-)(?!.*\.\.)[^\s~^:?*\[\\\x00-\x1f\x7f]+")
_SECRET = re.compile(r"token|secret|sign?(ature)?$|key|passw|pwd|auth|credential|ticket", re.I)
_NAMED = ("abfs", "abfss")
"""Schemes that write a container's name where others write a user's."""
_GIT = ("git+https", "git+http", "git+ssh", "ssh")


@dataclass(frozen=True, slots=True)
class Address:
    """A source that can be gone to. `shown` is the canonical form, which may be stored and told."""

    sort: Literal["path", "url", "git"]
    where: str
    """An absolute path, or an address with its credentials: never to be shown."""
    shown: str
    scheme: str = ""
    """In small letters; empty for a path and for user@host:path."""
    ref: str = ""
    folder: str = ""
    commit: str = ""


def read_address(source: str, base: str) -> Address | None:
    """The address in `source`; a relative path counts from the folder `base`. None where nothing can be made of it.

    The canonical form of a path is relative to `base`, with forward slashes, where it lies inside. Credentials, and parts
    of a query that look like them, are not in the canonical form.
    """
    if not source.strip() or any(ord(mark) < 32 or ord(mark) == 127 for mark in source):
        return None
    try:
        return _read(source.strip(), base)
    except ValueError:  # a host or a port that is none
        return None


def _read(source: str, base: str) -> Address | None:
    match = _SCHEME.match(source)
    if match is None:
        if _SCP.fullmatch(source) and not os.path.exists(os.path.join(base, source)):
            where, _, fragment = source.partition("#")
            return _git(where, where, "", fragment)
        return _path(source, base)
    scheme = match[1].lower()
    if scheme == "file":
        return _path(_file_path(source), base)
    parts = urlsplit(source)
    _ = parts.port  # raises where it is no number
    if not parts.netloc:  # urlunsplit would drop the // and so make another address of it
        return None
    if scheme in _GIT or (scheme in ("http", "https") and parts.path.rstrip("/").endswith(".git")):
        whole = parts._replace(scheme=scheme.removeprefix("git+"), fragment="")
        shown = whole._replace(scheme=scheme, netloc=_host(parts, user=whole.scheme == "ssh"), query=_query(parts))
        return _git(urlunsplit(whole), urlunsplit(shown), whole.scheme, parts.fragment)
    shown = parts._replace(netloc=_host(parts, user=scheme in _NAMED), query=_query(parts), fragment="")
    return Address("url", urlunsplit(parts._replace(fragment="")), urlunsplit(shown), scheme)


def _host(parts: SplitResult, *, user: bool) -> str:
    """The host and port of an address; with the name before it where that is no secret."""
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.username}@{host}" if user and parts.username else host


def _query(parts: SplitResult) -> str:
    if not _SECRET.search(parts.query):
        return parts.query
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    return urlencode([pair for pair in pairs if not _SECRET.search(pair[0])])


def _file_path(source: str) -> str:
    from urllib.request import url2pathname

    parts = urlsplit(source)
    tail = f"#{parts.fragment}" if parts.fragment else ""
    path = parts.path if parts.netloc in ("", "localhost") else f"//{parts.netloc}{parts.path}"
    return url2pathname(path) + tail


def _path(source: str, base: str) -> Address | None:
    """A path as it is; or, where there is none, the repository before its last #."""
    where = os.path.abspath(os.path.join(base, os.path.expanduser(source)))
    if os.path.exists(where) or "#" not in source:
        sort: Literal["path", "git"] = "git" if _is_repository(where) else "path"
        return Address(sort, where, _shown(where, base))
    path, _, fragment = source.rpartition("#")
    where = os.path.abspath(os.path.join(base, os.path.expanduser(path)))
    if not os.path.exists(where):
        return Address("path", where, _shown(where, base))
    return _git(where, _shown(where, base), "", fragment)


def _is_repository(path: str) -> bool:
    """True for a bare repository; a folder with a library in it is taken as the library it is."""
    if os.path.isfile(os.path.join(path, "library.yaml")):
        return False
    return os.path.isfile(os.path.join(path, "HEAD")) and os.path.isdir(os.path.join(path, "objects"))


def _shown(path: str, base: str) -> str:
    """A path relative to `base` where it lies inside, else as it is; with forward slashes."""
    base = os.path.abspath(base)
    with_sep = os.path.join(os.path.normcase(base), "")
    inside = os.path.normcase(path).startswith(with_sep)
    return (os.path.relpath(path, base) if inside else path).replace(os.sep, "/")


def _git(where: str, shown: str, scheme: str, fragment: str) -> Address | None:
    match = _FRAGMENT.fullmatch(fragment)
    if match is None:
        return None
    ref, folder, commit = match["ref"], (match["folder"] or "").strip("/"), match["commit"] or ""
    if (ref and not _REF.fullmatch(ref)) or any(part in ("", ".", "..") for part in folder.split("/") if folder):
        return None
    address = Address("git", where, shown, scheme, ref, folder, commit)
    return replace(address, shown=_with_fragment(address, shown, commit)) if fragment else address


def at_commit(address: Address, commit: str) -> str:
    """The canonical form of a repository's address with the commit that was taken."""
    place = address.shown.rpartition("#")[0] if address.ref or address.folder or address.commit else address.shown
    return _with_fragment(address, place, commit)


def _with_fragment(address: Address, place: str, commit: str) -> str:
    folder, commit = address.folder and f":{address.folder}", commit and f"@{commit}"
    return f"{place}#{address.ref}{folder}{commit}"
