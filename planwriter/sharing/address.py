"""Where a library comes from: an address as typed, told apart, and its canonical form without credentials."""

from __future__ import annotations

import os
import re
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from planwriter.start.patterns import regex
from planwriter.start.records import dataclass

_SCHEME = regex(r"([A-Za-z][A-Za-z0-9+.-]+)://")  # two letters at least: C:\ is a drive
_DRIVE = regex(r"[A-Za-z]:[/\\]|\\\\")
ELSEWHERE = "别处 "
"""The prefix of a source of which planwriter.lock records only the name."""
_SCP = regex(r"[A-Za-z0-9_][\w.-]*@[A-Za-z0-9][\w.-]*:(?!//).+", re.ASCII)
_SECRET = regex(r"token|secret|sign?(ature)?$|key|passw|pwd|auth|credential|ticket", re.I)
_NAMED = ("abfs", "abfss")
"""Schemes that write a container's name where others write a user's."""
_GIT = regex(r"git(\+\w+)?|ssh")
"""Schemes of git repositories, which were sources once."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a source is. `shown` is the canonical form, which may be stored and told."""

    sort: Literal["path", "url", "git"]
    """"git" is a repository, from which nothing is fetched."""
    where: str
    """An absolute path, or an address with its credentials: never to be shown."""
    shown: str
    scheme: str = ""
    """In small letters; empty for a path and for user@host:path."""


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
            where = source.partition("#")[0]
            return Address("git", where, where)
        return _path(source, base)
    scheme = match[1].lower()
    if scheme == "file":
        return _path(_file_path(source), base)
    parts = urlsplit(source)
    _ = parts.port  # raises where it is no number
    is_git = _GIT.fullmatch(scheme) or (scheme in ("http", "https") and parts.path.rstrip("/").endswith(".git"))
    if not parts.netloc and not is_git:  # urlunsplit would drop the // and so make another address of it
        return None
    user = scheme in _NAMED or scheme.endswith("ssh")
    shown = parts._replace(netloc=_host(parts, user=user), query=_query(parts), fragment="")
    sort: Literal["url", "git"] = "git" if is_git else "url"
    return Address(sort, urlunsplit(parts._replace(fragment="")), urlunsplit(shown), scheme)


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


def _path(source: str, base: str) -> Address:
    """A path as it is; when nothing is there, also the repository before its last #."""
    where = os.path.abspath(os.path.join(base, os.path.expanduser(source)))
    if not os.path.exists(where) and "#" in source:
        before = os.path.abspath(os.path.join(base, os.path.expanduser(source.rpartition("#")[0])))
        where = before if _is_repository(before) else where
    return Address("git" if _is_repository(where) else "path", where, _shown(where, base))


def lock_form(shown: str, base: str) -> str:
    """The canonical form of a source as planwriter.lock records it, which holds no absolute path.

    A path becomes relative to the folder `base` if it lies in that folder or beside it; else only its last part is kept,
    marked as being elsewhere. Addresses stay as they are.
    """
    if not os.path.isabs(shown) and not _DRIVE.match(shown):
        return shown
    base = os.path.abspath(base)
    beside = os.path.join(os.path.normcase(os.path.dirname(base)), "")
    if os.path.normcase(shown).startswith(beside):
        return os.path.relpath(shown, base).replace(os.sep, "/")
    return ELSEWHERE + (re.split(r"[/\\]", shown.rstrip("/\\"))[-1] or "来源")


def _is_repository(path: str) -> bool:
    """True for a bare repository; a folder with a library in it is taken as the library it is."""
    if os.path.isfile(os.path.join(path, "library.yaml")):
        return False
    return path.endswith(".git") or all(os.path.exists(os.path.join(path, each)) for each in ("HEAD", "objects"))


def _shown(path: str, base: str) -> str:
    """A path relative to `base` where it lies inside, else as it is; with forward slashes."""
    base = os.path.abspath(base)
    with_sep = os.path.join(os.path.normcase(base), "")
    inside = os.path.normcase(path).startswith(with_sep)
    return (os.path.relpath(path, base) if inside else path).replace(os.sep, "/")
