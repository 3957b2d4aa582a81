"""The door to dulwich: the files of a folder in one commit of a git repository. Nothing of it is run or kept.

dulwich carries the pack (of one commit, without history) over; `pack.py` unpacks it in memory within bounds. There is no
working tree, so there are no hooks, no links, no submodules; the user's git configuration is not read.
"""

from __future__ import annotations

import importlib.util
import os
import time
from collections.abc import Mapping
from typing import Any

from planwriter.sharing.address import Address
from planwriter.sharing.pack import MAX_PACK, BadPack, NotThere, Objects, read_pack
from planwriter.sharing.refusal import Progress, Refused, too_large
from planwriter.sharing.remote import CONNECT_SECONDS, INSTALL, READ_SECONDS, TOTAL_SECONDS, reason_of_network

_SSH = f"ssh -o BatchMode=yes -o ConnectTimeout={CONNECT_SECONDS} -o ServerAliveInterval={READ_SECONDS}"
"""Asks for no password: keys only. What the environment says in GIT_SSH_COMMAND goes before."""


def fetch_commit(address: Address, progress: Progress | None = None) -> tuple[str, dict[str, bytes]]:
    """The commit that an address means, and the plain files in its folder there."""
    if importlib.util.find_spec("dulwich") is None:
        raise Refused("PW342", address.shown, source=address.shown, package="dulwich", command=INSTALL)
    name, pack = _fetch_pack(address, progress)
    try:
        objects: Objects = read_pack(pack)
        commit = objects.commit_of(name)
        return commit, objects.files(commit, address.folder)
    except NotThere as error:
        raise _unfit(address, f"里面没有文件夹“{address.folder}”", "核对 # 后面冒号之后的文件夹。") from error
    except BadPack as error:
        raise _unfit(
            address, f"传来的内容不完整，或展开后太大（{error}）", "这个仓库里只放条款库；或改用 .pwlib 文件。"
        ) from error


def _fetch_pack(address: Address, progress: Progress | None) -> tuple[str, bytes]:
    """The object that is wanted and a pack with all that it needs."""
    from dulwich.errors import NotGitRepository
    from dulwich.object_store import ObjectStoreGraphWalker

    wanted: list[bytes] = []
    pack = bytearray()
    end = time.monotonic() + TOTAL_SECONDS

    def determine(refs: Mapping[Any, Any], depth: int | None = None) -> list[Any]:
        wanted.append(_choose(address, refs))
        return wanted

    def take(data: bytes) -> int:
        pack.extend(data)
        if len(pack) > MAX_PACK:
            raise too_large(address.shown, "仓库", MAX_PACK)
        if time.monotonic() > end:
            raise TimeoutError
        if progress:
            progress(len(pack), None)
        return len(data)

    prefixes = (
        [b"refs/tags/" + address.ref.encode(), b"refs/heads/" + address.ref.encode()] if address.ref else [b"HEAD"]
    )
    try:
        client, path = _client(address)
        walker = ObjectStoreGraphWalker([], lambda name: [])
        client.fetch_pack(path, determine, walker, take, depth=1, ref_prefix=prefixes)
    except NotGitRepository as error:
        raise _unfit(address, "这里没有 git 仓库", "核对地址。") from error
    except Refused:
        raise
    except Exception as error:  # of urllib3, of ssh, of the protocol
        raise _lost(address, error) from error
    return wanted[0].decode("ascii"), bytes(pack)


def _client(address: Address) -> tuple[Any, str]:
    from dulwich import client

    if address.scheme in ("http", "https"):
        manager = client.default_urllib3_manager(None, base_url=address.where, timeout=READ_SECONDS)
        return client.get_transport_and_path_from_url(address.where, pool_manager=manager)  # type: ignore[arg-type]
    if address.scheme == "ssh" or not os.path.isabs(address.where):
        return client.get_transport_and_path(address.where, ssh_command=os.environ.get("GIT_SSH_COMMAND", _SSH))
    return client.LocalGitClient(), address.where


def _choose(address: Address, refs: Mapping[bytes, bytes]) -> bytes:
    """The object to ask for: the commit of a lock file, else the tag or branch, else where HEAD stands."""
    if address.commit:
        return address.commit.encode()
    names = [b"refs/tags/", b"refs/heads/"] if address.ref else [b"HEAD"]
    for name in names:
        found = refs.get(name + address.ref.encode())
        if found is not None:
            return found
    known = sorted(
        name.rpartition(b"/")[2].decode("utf-8", "replace") for name in refs if name.startswith(b"refs/tags/")
    )
    advice = f"有这些标签：{'、'.join(known[:12])}。" if known else "核对 # 后面的标签或分支。"
    raise _unfit(address, f"仓库里没有标签或分支“{address.ref}”" if address.ref else "仓库是空的", advice)


def _unfit(address: Address, reason: str, advice: str) -> Refused:
    return Refused("PW340", address.shown, source=address.shown, reason=reason, advice=advice)


def _lost(address: Address, error: Exception) -> Refused:
    from dulwich import client

    if isinstance(error, client.HTTPUnauthorized | client.HTTPProxyUnauthorized):
        cause: BaseException = PermissionError()
    else:
        cause = error.__cause__ or error
        inner = getattr(cause, "reason", None)  # what urllib3 tried several times
        cause = inner if isinstance(inner, Exception) else cause
    reason = reason_of_network(cause)
    return Refused("PW341", address.shown, source=address.shown, reason=reason)
