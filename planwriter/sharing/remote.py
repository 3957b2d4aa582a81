"""Files at an address of any scheme, through fsspec; bounded in size, time and redirects."""

from __future__ import annotations

import importlib.util
from typing import Any

from planwriter.sharing.address import Address
from planwriter.sharing.refusal import Progress, Refused
from planwriter.sharing.store import MAX_NAMES, read_bounded

CONNECT_SECONDS, READ_SECONDS, TOTAL_SECONDS = 15, 30, 1800
MAX_REDIRECTS = 5
_WHOLE_PUTS = ("s3", "s3a", "oss", "gs", "gcs", "az", "abfs", "abfss", "memory")
"""Schemes on which a single put is atomic; nothing is written to addresses of other schemes."""
_WRAPPERS = (
    *("reference", "simplecache", "filecache", "blockcache", "cached", "generic", "dir", "asyncwrapper"),
    *("zip", "tar", "libarchive", "local", "data", "git", "github", "gist", "jlab", "jupyter", "dask", "root"),
)
"""Schemes of fsspec that are not a location: they lead to other schemes, to the disk or to a program."""
INSTALL = 'pip install "planwriter[share]"'


class RemoteStore:
    """The files under an address."""

    def __init__(self, address: Address) -> None:
        self.shown = address.shown
        self._root = address.where.rstrip("/")
        self._scheme = address.scheme
        self._fs = _file_system(address)

    def read(self, path: str, limit: int, progress: Progress | None = None) -> bytes | None:
        """Like `Store.read`."""
        where, shown = f"{self._root}/{path}" if path else self._root, f"{self.shown.rstrip('/')}/{path}".rstrip("/")
        # block_size 0 makes fsspec stream; with a given size it does not send a HEAD request first
        options = {"block_size": 0, "size": limit} if self._is_web else {}
        try:
            with self._fs.open(where, "rb", **options) as file:
                return read_bounded(file, shown, limit, progress, _size_of(file))
        except FileNotFoundError:
            return None
        except Refused:
            raise
        except Exception as error:  # each kind of store has its own errors
            raise _lost(shown, error) from error

    def names(self, folder: str) -> tuple[str, ...] | None:
        """Like `Store.names`; the web lists no folders."""
        if self._is_web:
            return None
        try:
            self._fs.invalidate_cache()
            found = self._fs.ls(f"{self._root}/{folder}", detail=False)
        except FileNotFoundError:
            return ()
        except Exception as error:
            raise _lost(self.shown, error) from error
        if len(found) > MAX_NAMES:
            raise Refused("PW343", self.shown, source=self.shown, what="文件的个数", limit=str(MAX_NAMES))
        return tuple(sorted(str(name).rstrip("/").rpartition("/")[2] for name in found))

    def write(self, path: str, data: bytes) -> None:
        """Like `Store.write`."""
        self._put(path, data)

    def create(self, path: str, data: bytes) -> bool:
        """Like `Store.create`; exclusive if the store supports it (S3, GCS and Azure do, with `mode`).

        Other stores (ossfs) do not accept `mode`: existence is checked first, and of two writers the last one wins.
        """
        try:
            self._put(path, data, mode="create")
        except FileExistsError:
            return False
        return True

    def must_take(self) -> None:
        """Like `Store.must_take`."""
        if self._scheme not in _WHOLE_PUTS:
            reason = "只能从这里读，不能往这里发布"
            advice = "把发布点的文件夹挂到本机（共享盘），发布到那个文件夹；或发布到对象存储（s3、oss 等）。"
            raise Refused("PW340", self.shown, source=self.shown, reason=reason, advice=advice)

    def _put(self, path: str, data: bytes, **mode: str) -> None:
        self.must_take()
        where = f"{self._root}/{path}"
        try:
            try:
                self._fs.pipe_file(where, data, **mode)
            except TypeError:
                if not mode:
                    raise
                self._fs.invalidate_cache()
                if self._fs.exists(where):
                    raise FileExistsError(where) from None
                self._fs.pipe_file(where, data)
        except FileExistsError:
            raise
        except Exception as error:
            raise _lost(self.shown, error) from error

    @property
    def _is_web(self) -> bool:
        return self._scheme in ("http", "https")


def _file_system(address: Address) -> Any:
    """The file system of fsspec for an address."""
    shown, scheme = address.shown, address.scheme
    if scheme in _WRAPPERS or (scheme not in ("http", "https") and "::" in address.where):
        raise _no_scheme(shown, scheme)
    if importlib.util.find_spec("fsspec") is None:
        raise Refused("PW342", shown, source=shown, package="fsspec", command=INSTALL)
    import fsspec

    try:
        if scheme in ("http", "https"):
            return fsspec.filesystem(scheme, skip_instance_cache=True, **_web_options())
        return fsspec.core.url_to_fs(address.where)[0]
    except ImportError as error:
        package = _package(scheme)
        raise Refused("PW342", shown, source=shown, package=package, command=f"pip install {package}") from error
    except ValueError as error:  # fsspec's error for an unknown scheme
        raise _no_scheme(shown, scheme) from error
    except Exception as error:
        raise _lost(shown, error) from error


def _web_options() -> dict[str, Any]:
    """The bounds for aiohttp; proxies and ~/.netrc are those of the environment, and no redirect may leave https."""
    import aiohttp

    async def on_redirect(session: Any, context: Any, params: Any) -> None:
        target = params.response.headers.get("Location", "")
        if params.url.scheme == "https" and target.lower().startswith("http:"):
            raise aiohttp.ClientError("redirected from https to http")

    async def on_end(session: Any, context: Any, params: Any) -> None:
        if params.response.status >= 400:  # fsspec raises an error here and leaves the connection open
            params.response.close()

    trace = aiohttp.TraceConfig()
    trace.on_request_redirect.append(on_redirect)
    trace.on_request_end.append(on_end)
    timeout = aiohttp.ClientTimeout(total=TOTAL_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=READ_SECONDS)
    return {
        "client_kwargs": {"timeout": timeout, "trust_env": True, "trace_configs": [trace]},
        "max_redirects": MAX_REDIRECTS,
        "headers": {"Accept-Encoding": "identity"},
    }


def _package(scheme: str) -> str:
    """The package that implements a scheme, according to fsspec."""
    from fsspec.registry import known_implementations

    module = str(known_implementations.get(scheme, {}).get("class", "fsspec")).partition(".")[0]
    return '"planwriter[share]"' if scheme in ("http", "https") else module


def _no_scheme(shown: str, scheme: str) -> Refused:
    advice = "可以写文件、文件夹、http(s) 网址或对象存储的地址（s3、oss 等，要另装）。"
    return Refused("PW340", shown, source=shown, reason=f"不认识“{scheme}://”这种地址", advice=advice)


def _size_of(file: Any) -> int | None:
    """The number of bytes to come; None if the server or the store does not report it."""
    headers = getattr(getattr(file, "r", None), "headers", {})
    size = str(headers.get("Content-Length") or getattr(file, "size", None))
    return int(size) if size.isdecimal() and len(size) < 20 else None


def _lost(shown: str, error: Exception) -> Refused:
    return Refused("PW341", shown, source=shown, reason=reason_of_network(error))


def reason_of_network(error: BaseException) -> str:
    """Why a connection failed, in the writer's words; never contains the address, which may hold a password."""
    status = getattr(error, "status", None)
    if status in (401, 403, 407) or isinstance(error, PermissionError):
        return "对方不让取（要用户名、口令或权限）"
    if isinstance(status, int) and status >= 400:
        return f"对方出错（HTTP {status}）"
    name = type(error).__name__
    if isinstance(error, TimeoutError) or "Timeout" in name:
        return "等了太久没有回音"
    if name == "TooManyRedirects" or "redirected" in str(error):
        return "网址跳转不可靠"
    if "Certificate" in name or "SSL" in name:
        return "对方的证书不可信"
    if isinstance(error, OSError) or "Connect" in name:
        return "网络不通，或对方没有开"
    return f"传输中断（{name}）"
