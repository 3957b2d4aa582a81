"""A library is fetched from any source, within bounds, and no credential is ever shown."""

import http.server
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from planwriter.app.find_package import find_package
from planwriter.sharing.address import read_address
from planwriter.sharing.fetch import MAX_PACKAGE, Fetched, fetch
from planwriter.sharing.registry import is_registry, published
from planwriter.sharing.store import MAX_NAMES
from tests.sharing.support import FILES, Handler, library, package, python, web


def _get(source: str, base: Path) -> Fetched:
    got = fetch(source, base=str(base))
    assert got.value is not None, got.findings
    return got.value


def _code(source: str, base: Path, limit: int = MAX_PACKAGE) -> str:
    got = fetch(source, base=str(base), limit=limit)
    assert got.value is None
    return got.findings[0].code


# files and folders


def test_a_package_file_and_its_name_in_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "库").mkdir()
    (tmp_path / "库" / "甲.pwlib").write_bytes(package("甲"))
    for source in (
        "库/甲.pwlib",
        "./库/../库/甲.pwlib",
        str(tmp_path / "库" / "甲.pwlib"),
        (tmp_path / "库" / "甲.pwlib").as_uri(),
    ):
        assert _get(source, tmp_path) == Fetched("库/甲.pwlib", package("甲"))


def test_a_file_outside_the_workspace_keeps_its_whole_path(tmp_path: Path) -> None:
    (tmp_path / "甲.pwlib").write_bytes(b"x")
    (tmp_path / "工作区").mkdir()
    assert _get("../甲.pwlib", tmp_path / "工作区").source == f"{tmp_path}/甲.pwlib"


def test_a_folder_gives_the_files_of_a_library_and_nothing_else(tmp_path: Path) -> None:
    folder = library(
        tmp_path / "县库", {**FILES, "说明.md": b"#", "LICENSE": b"MIT", "照片.jpg": b"x", ".隐.yaml": b""}
    )
    (folder / "里.yaml").mkdir()
    (folder / "外.yaml").symlink_to("/etc/hostname")
    got = _get("县库", tmp_path)
    assert got == Fetched("县库", files={**FILES, "说明.md": b"#", "LICENSE": b"MIT"}) and got.package is None


@pytest.mark.parametrize(
    "source", ["没有.pwlib", "空", "/dev/zero", "空/x/y", "", " ", "a\0b", "ftp2://x/y", "data:,x", "http://[x/"]
)
def test_what_is_no_source_is_a_finding(tmp_path: Path, source: str) -> None:
    (tmp_path / "空").mkdir()
    assert _code(source, tmp_path) == "PW340"


def test_sizes_are_bounded(tmp_path: Path) -> None:
    (tmp_path / "大.pwlib").write_bytes(b"x" * 1001)
    assert _code("大.pwlib", tmp_path, limit=1000) == "PW343"
    assert _get("大.pwlib", tmp_path).package
    library(tmp_path / "库", {**FILES, "大.yaml": b"#" * (8 * 1024 * 1024 + 1)})
    assert _code("库", tmp_path) == "PW343"
    library(tmp_path / "库二", {**FILES, "甲.yaml": b"#" * 600, "乙.yaml": b"#" * 600})
    assert _code("库二", tmp_path, limit=1000) == "PW343"
    library(tmp_path / "库三", {**FILES, **{f"{number}.yaml": b"" for number in range(600)}})
    assert _code("库三", tmp_path) == "PW343" and MAX_NAMES > 600


def test_names_that_differ_in_capitals_only_are_refused(tmp_path: Path) -> None:
    library(tmp_path / "库", {**FILES, "a.yaml": b"", "A.yaml": b""})
    if len(os.listdir(tmp_path / "库")) == 4:
        assert _code("库", tmp_path) == "PW340"


# credentials


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("https://u:hunter2@h.cn:8443/库.pwlib#x", "https://h.cn:8443/库.pwlib"),
        ("https://h.cn/a.pwlib?v=1&token=hunter2&X-Amz-Signature=hunter2", "https://h.cn/a.pwlib?v=1"),
        ("https://h.cn/a.pwlib?v=1", "https://h.cn/a.pwlib?v=1"),
        ("s3://key:hunter2@bucket/a.pwlib", "s3://bucket/a.pwlib"),
        ("https://u:hunter2@h.cn/ku.git#v1:县库", "https://h.cn/ku.git"),
        ("git+https://hunter2@h.cn/ku#v1", "git+https://h.cn/ku"),
        ("ssh://git:hunter2@h.cn:22/ku.git", "ssh://git@h.cn:22/ku.git"),
        ("abfs://box@account/a.pwlib", "abfs://box@account/a.pwlib"),
        ("git@h.cn:jyj/ku.git#v1", "git@h.cn:jyj/ku.git"),
    ],
)
def test_the_canonical_form_holds_no_credentials(source: str, shown: str, tmp_path: Path) -> None:
    address = read_address(source, str(tmp_path))
    assert address is not None and address.shown == shown and "hunter2" not in shown
    again = read_address(shown, str(tmp_path))
    assert again is not None and again.shown == shown and again.sort == address.sort


def test_a_finding_does_not_tell_a_password(tmp_path: Path) -> None:
    for source in (
        "http://u:hunter2@127.0.0.1:1/a.pwlib",
        "http://u:hunter2@127.0.0.1:1/a.zip",
        "nowhere://u:hunter2@h/x",
    ):
        (found,) = fetch(source, base=str(tmp_path)).findings
        assert "hunter2" not in f"{found.message}{found.hint}{found.pos}"


# the net


def test_a_package_from_a_web_server_with_its_progress(tmp_path: Path) -> None:
    (tmp_path / "甲 1.pwlib").write_bytes(package("甲", 3_000_000))
    told: list[tuple[int, int | None]] = []
    with web(tmp_path) as address:
        got = fetch(f"{address}/甲 1.pwlib", base=".", progress=lambda done, total: told.append((done, total)))
        assert got.value == Fetched(f"{address}/甲 1.pwlib", package("甲", 3_000_000))
        assert told[-1][0] == told[-1][1] == len(package("甲", 3_000_000))
        assert _code(f"{address}/没有.pwlib", tmp_path) == "PW340"
        assert _code(f"{address}/甲 1.pwlib", tmp_path, limit=1000) == "PW343"
    (found,) = fetch(f"{address}/甲.pwlib", base=".").findings
    assert found.code == "PW341" and "网络不通" in found.message and "U 盘" in found.hint


@pytest.fixture
def unfriendly() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "code", "word"),
    [("loop", "PW341", "跳转"), ("endless", "PW343", "32 MB"), ("locked", "PW341", "口令"), ("short", "PW341", "中断")],
)
def test_a_server_that_is_not_friendly_is_a_finding(
    unfriendly: str, tmp_path: Path, path: str, code: str, word: str
) -> None:
    (found,) = fetch(f"{unfriendly}/{path}", base=str(tmp_path)).findings
    assert (found.code, word in found.message) == (code, True), found.message


def test_a_server_that_says_nothing_is_left(tmp_path: Path) -> None:
    import socket

    program = (
        "import sys; from planwriter.sharing import remote; remote.READ_SECONDS = 1; "
        "from planwriter.sharing.fetch import fetch; "
        "print(fetch(f'http://127.0.0.1:{sys.argv[1]}/a', base='.').findings[0].message)"
    )
    with socket.create_server(("127.0.0.1", 0)) as silent:
        out, error = python(program, str(silent.getsockname()[1])).communicate(timeout=60)
    assert "等了太久没有回音" in out, (out, error)


def test_an_address_of_a_different_store(tmp_path: Path) -> None:
    import fsspec

    fsspec.filesystem("memory").pipe_file("/发布/甲.pwlib", package("甲"))
    assert _get("memory://发布/甲.pwlib", tmp_path) == Fetched("memory://发布/甲.pwlib", package("甲"))
    for source in (
        "reference://x.json",
        "simplecache://x",
        "zip://a",
        "memory://x::file:///etc/passwd",
        "local:///etc/passwd",
        "local://x/y",
    ):
        assert _code(source, tmp_path) == "PW340"
    assert _code("lakefs://库/甲.pwlib", tmp_path) == "PW342"


# git

GIT = [
    "https://u:hunter2@h.cn/ku.git#v1:县库",
    "https://h.cn/ku.git/?token=hunter2",
    "http://h.cn/ku.git",
    "git+https://hunter2@h.cn/ku#v1",
    "git+file:///srv/ku",
    "git://h.cn/ku",
    "ssh://git:hunter2@h.cn:22/ku",
    "git+ssh://git:hunter2@h.cn/ku#v1..v2",
    "git@h.cn:jyj/ku.git#v1",
    "库",
    "库#v1.2.0:县库",
    "没有.git",
    "ssh://-oProxyCommand=touch%20x/ku.git",
]


@pytest.mark.parametrize("source", GIT)
def test_a_git_repository_is_no_source_and_the_finding_says_what_to_do(source: str, tmp_path: Path) -> None:
    (tmp_path / "库" / "objects").mkdir(parents=True)
    (tmp_path / "库" / "HEAD").write_bytes(b"ref: refs/heads/main\n")
    for findings in (
        fetch(source, base=str(tmp_path)).findings,
        published(source, base=str(tmp_path)).findings,
        find_package(source, str(tmp_path)).findings,
    ):
        (found,) = findings
        assert found.code == "PW340" and "不能再从 git 仓库取" in found.message and ".tar.gz" in found.hint
        assert "hunter2" not in f"{found.message}{found.hint}{found.pos}"
    assert is_registry(source, str(tmp_path)) is False


def test_a_folder_that_is_a_checkout_is_the_library_it_is(tmp_path: Path) -> None:
    (library(tmp_path / "ku.git") / ".git").mkdir()
    assert _get("ku.git", tmp_path).files == FILES


def test_without_the_libraries_a_finding_says_how_to_install_them(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules.update(fsspec=None); from planwriter.sharing.fetch import fetch; "
        "found = fetch('http://h.cn/a.pwlib', base=sys.argv[1]).findings[0]; "
        "print(found.code, 'planwriter[share]' in found.hint)"
    )
    out, error = python(program, str(tmp_path)).communicate(timeout=60)
    assert out == "PW342 True\n", error


SECURE = """
import datetime, http.server, ipaddress, ssl, sys, threading
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "x")])
now = datetime.datetime.now(datetime.timezone.utc)
day = datetime.timedelta(days=1)
names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
made = made.not_valid_before(now - day).not_valid_after(now + day).add_extension(names, False)
made = made.add_extension(x509.BasicConstraints(True, None), True).sign(key, hashes.SHA256())
form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
with open(sys.argv[1], "wb") as file:
    file.write(key.private_bytes(serialization.Encoding.PEM, *form) + made.public_bytes(serialization.Encoding.PEM))

class Plain(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", f"http://127.0.0.1:{plain.server_port}/a")
        else:
            self.send_response(200)
            self.send_header("Content-Length", "1")
        self.end_headers()
        self.wfile.write(b"x")
    def log_message(self, *arguments):
        pass

plain, secure = (http.server.ThreadingHTTPServer(("127.0.0.1", 0), Plain) for _ in range(2))
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1])
secure.socket = context.wrap_socket(secure.socket, server_side=True)
threading.Thread(target=plain.serve_forever, daemon=True).start()
print(secure.server_port, flush=True)
secure.serve_forever()
"""


def test_https_is_not_left_by_a_redirect_nor_believed_without_a_certificate(tmp_path: Path) -> None:
    pytest.importorskip("cryptography")
    ask = (
        "import os, sys; os.environ.update(SSL_CERT_FILE=sys.argv[2]) if sys.argv[2] else None; "
        "from planwriter.sharing.fetch import fetch; got = fetch(sys.argv[1], base='.'); "
        "print(got.value.package if got.value else got.findings[0].message)"
    )
    certificate = str(tmp_path / "cert.pem")
    with python(SECURE, certificate) as server:
        assert server.stdout is not None
        address = f"https://127.0.0.1:{int(server.stdout.readline())}"
        asked = [
            (f"{address}/a", certificate),
            (f"{address}/away", certificate),
            (f"{address}/a", ""),
        ]
        try:
            told = [python(ask, *each).communicate(timeout=60)[0] for each in asked]
        finally:
            server.kill()
    assert told[0] == "b'x'\n"
    assert "跳转不可靠" in told[1] and "证书不可信" in told[2], told
