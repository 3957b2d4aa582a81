"""The folder of a library in a .zip or a .tar.gz, as forges, file managers and Chinese Windows make them."""

import contextlib
import gzip
import io
import os
import stat
import subprocess
import sys
import tarfile
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter import cli
from planwriter.sharing.fetch import MAX_FILES, Fetched, fetch
from planwriter.sharing.folder_archive import is_folder_archive, read_folder_archive
from planwriter.system.tar import open_tar
from planwriter.system.zip_bounds import FOLDER, BadArchive
from planwriter.system.zip_write import Packed, pack, pack_entries, stored
from tests.sharing.packages import packed as package
from tests.sharing.support import FILES, library, web
from tests.support import ROOT

COMMIT = "4e1243bd22c66e76c2ba9eddc1f91394e57f9f83"
TOP = "ku-main/"
REPOSITORY = {**FILES, "README.md": b"#", "照片.jpg": b"x" * 99, "旧/library.yaml": b"old", ".gitignore": b"*.tmp\n"}
TAKEN = {**FILES, "README.md": b"#"}
Making = Callable[[dict[str, bytes]], bytes]


def below(top: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of a repository with the folder at the top that a forge adds, and the folders' own entries."""
    folders = {f"{top}{name.rpartition('/')[0]}/": b"" for name in files if "/" in name}
    return {top: b"", **folders, **{f"{top}{name}": data for name, data in files.items()}}


def zip_of(
    files: dict[str, bytes],
    change: Callable[[zipfile.ZipInfo], None] = lambda entry: None,
    comment: bytes = b"",
    method: int = zipfile.ZIP_DEFLATED,
    stream: io.BytesIO | None = None,
) -> bytes:
    stream = stream or io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(stream, "w") as archive:
            archive.comment = comment
            for name, data in files.items():
                entry = zipfile.ZipInfo(name, (2026, 3, 5, 8, 0, 0))
                entry.compress_type = method
                entry.external_attr = (stat.S_IFDIR | 0o755 if name.endswith("/") else stat.S_IFREG | 0o644) << 16
                change(entry)
                archive.writestr(entry, data)
    return stream.getvalue()


def forge_zip(files: dict[str, bytes]) -> bytes:
    """As `git archive` makes it for GitHub, Gitee and GitLab: a top folder, the commit as comment, the time as extra field."""

    def with_time(entry: zipfile.ZipInfo) -> None:
        entry.extra = b"UT\5\0\1\0\0\0\x60"

    return zip_of(below(TOP, files), with_time, COMMIT.encode())


def piped_zip(files: dict[str, bytes]) -> bytes:
    """As a program makes it that writes while it packs: data descriptors behind the entries."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *place: int) -> int:
            raise OSError

        def tell(self) -> int:
            raise OSError

    data = zip_of(below(TOP, files), stream=Pipe())
    assert data[6] & 8
    return data


def gbk_zip(files: dict[str, bytes]) -> bytes:
    """As the Explorer of a Chinese Windows makes it: names in GBK, and no flag that says so."""
    names = {f"{at:04}.n": name for at, name in enumerate(below("县库/", files))}
    data = zip_of({name: below("县库/", files)[real] for name, real in names.items()}, method=zipfile.ZIP_STORED)
    for name, real in names.items():
        raw = real.encode("gbk")
        data = _renamed(data, name.encode(), raw)
    return data


def _renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """The archive with one entry's name of any length; what is counted in it moves along."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    body, directory = bytearray(), bytearray()
    for each in infos:
        start = each.header_offset
        named = int.from_bytes(data[start + 26 : start + 28], "little")
        raw = data[start + 30 : start + 30 + named]
        content = data[start + 30 + named : start + 30 + named + each.compress_size]
        raw = new if raw == old else raw
        place = len(body)
        body += data[start : start + 26] + len(raw).to_bytes(2, "little") + bytes(2) + raw + content
        head = data[start + 4 : start + 26]
        mode = each.external_attr.to_bytes(4, "little")
        directory += b"PK\1\2\x14\0" + head + len(raw).to_bytes(2, "little") + bytes(8) + mode
        directory += place.to_bytes(4, "little") + raw
    count = len(infos).to_bytes(2, "little")
    size, at = len(directory).to_bytes(4, "little"), len(body).to_bytes(4, "little")
    return bytes(body + directory + b"PK\5\6" + bytes(4) + count * 2 + size + at + bytes(2))


def macos_zip(files: dict[str, bytes]) -> bytes:
    """As the Finder makes it: names in UTF-8 with marks apart, and a second folder for what only macOS knows."""
    apart = {unicodedata.normalize("NFD", name): data for name, data in below("县库/", files).items()}
    return zip_of({**apart, "__MACOSX/": b"", "__MACOSX/县库/._library.yaml": b"x", "县库/.DS_Store": b"x"})


def tar_of(
    files: dict[str, bytes], form: int = tarfile.PAX_FORMAT, more: tuple[tarfile.TarInfo, ...] = (), commit: str = ""
) -> bytes:
    stream = io.BytesIO()
    headers = {"comment": commit} if commit else None
    with tarfile.open(fileobj=stream, mode="w:gz", format=form, pax_headers=headers) as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name.rstrip("/"))
            member.size, member.type = len(data), tarfile.DIRTYPE if name.endswith("/") else tarfile.REGTYPE
            archive.addfile(member, io.BytesIO(data))
        for member in more:
            archive.addfile(member)
    return stream.getvalue()


def forge_tar(files: dict[str, bytes]) -> bytes:
    """As `git archive` makes it: a pax_global_header with the commit, a top folder."""
    return tar_of(below(TOP, files), commit=COMMIT)


def link(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


SHAPES: dict[str, Making] = {
    "a forge's zip": forge_zip,
    "a zip that was piped": piped_zip,
    "a zip without a top folder": zip_of,
    "a zip that is stored": lambda files: zip_of(below(TOP, files), method=zipfile.ZIP_STORED),
    "a zip of Chinese Windows": gbk_zip,
    "a zip of macOS": macos_zip,
    "a zip with backslashes": lambda files: zip_of(
        {name.replace("/", "!"): data for name, data in below(TOP, files).items() if name[-1] != "/"}
    ).replace(b"!", b"\\"),
    "ours": lambda files: pack({f"ku/{name}": data for name, data in files.items()}),
    "a forge's tar.gz": forge_tar,
    "a tar.gz of GNU tar": lambda files: tar_of(
        {f"./{name}": data for name, data in below("", files).items() if name}, tarfile.GNU_FORMAT
    ),
    "a tar.gz of POSIX": lambda files: tar_of(
        below("a" * 90 + "/", {name: data for name, data in files.items() if name.isascii() or "校" in name}),
        tarfile.USTAR_FORMAT,
    ),
    "a tar.gz with long names": lambda files: tar_of(below("甲" * 90 + "/", files), tarfile.GNU_FORMAT),
    "a tar.gz with a link elsewhere": lambda files: tar_of(
        below(TOP, files), more=(link(TOP + "文档/说明.md", "../README.md"),)
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_archive_is_the_library_in_it(shape: str, tmp_path: Path) -> None:
    suffix = "tar.gz" if "tar" in shape else "zip"
    (tmp_path / f"ku.{suffix}").write_bytes(SHAPES[shape](REPOSITORY))
    got = fetch(f"ku.{suffix}", base=str(tmp_path))
    assert got.value == Fetched(f"ku.{suffix}", files=TAKEN), got.findings


@pytest.mark.parametrize("name", ["main.zip", "main.tar.gz", "main.tgz", "main"])
def test_an_archive_from_a_web_server(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes((forge_zip if name == "main.zip" else forge_tar)(REPOSITORY))
    with web(tmp_path) as address:
        got = fetch(f"{address}/{name}?token=hunter2", base=".")
        assert got.value == Fetched(f"{address}/{name}", files=TAKEN), got.findings


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Exit code and everything that is shown."""
    with pytest.raises(SystemExit) as stop:
        cli.main([*arguments])
    shown = capsys.readouterr()
    return int(stop.value.code or 0), shown.out + shown.err


def test_an_archive_is_installed_as_its_folder_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    library(tmp_path / "夹")
    (tmp_path / "ku.zip").write_bytes(forge_zip(REPOSITORY))
    code, shown = run(capsys, "library", "install", "ku.zip")
    assert code == 1 and "PW333" in shown and "--allow-unsigned" in shown
    code, shown = run(capsys, "library", "install", "ku.zip", "--allow-unsigned")
    assert code == 0 and "已装上 青山条款库 1.2.0" in shown, shown
    assert "ku.zip" in (tmp_path / "planwriter.lock").read_text("utf-8")
    code, shown = run(capsys, "library", "outdated")
    assert code == 0, shown
    newer = {**FILES, "library.yaml": FILES["library.yaml"].replace(b"1.2.0", b"1.3.0")}
    (tmp_path / "ku-2.tar.gz").write_bytes(forge_tar(newer))
    code, shown = run(capsys, "library", "update", "--from", "ku-2.tar.gz", "--yes", "--allow-unsigned")
    assert code == 0 and "1.3.0" in (tmp_path / "planwriter.lock").read_text("utf-8"), shown


def test_a_package_stays_a_package_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "包.zip").write_bytes(package())
    got = fetch("包.zip", base=str(tmp_path))
    assert got.value is not None and got.value.package == package()
    assert not is_folder_archive(forge_zip(FILES), "库.pwlib") and is_folder_archive(forge_zip(FILES), "库")


# which folder

NOT_THERE: dict[str, tuple[dict[str, bytes], str]] = {
    "no library": ({"ku/a.yaml": b""}, "没有 library.yaml"),
    "nothing": ({}, "没有 library.yaml"),
    "two top folders": (below("甲/", FILES) | below("乙/", FILES), "在 乙、甲 等 2 个文件夹"),
    "one of two top folders": (below("甲/", FILES) | {"文档/x.md": b""}, "在 甲"),
    "deep in the only folder": (below("ku-main/县库/", FILES), "在 ku-main/县库"),
    "in capitals": ({"Library.yaml": b""}, "没有 library.yaml"),
    "upper and lower case": (below(TOP, {**FILES, "a.yaml": b"", "A.yaml": b""}), "大小写"),
    "upward": (below(TOP, FILES) | {"../外.yaml": b""}, "“../外.yaml”指到了文件夹外面"),
    "upward within": (below(TOP, FILES) | {"ku-main/../../外.yaml": b""}, "指到了文件夹外面"),
    "upward with backslashes": (below(TOP, FILES) | {"ku-main\\..\\外.yaml": b""}, ""),
    "absolute": (below(TOP, FILES) | {"/etc/外.yaml": b""}, "指到了文件夹外面"),
    "a drive": (below(TOP, FILES) | {"C:/外.yaml": b""}, "指到了文件夹外面"),
    "an escape in a name": (below(TOP, FILES) | {"../\x1b[2J": b""}, "“../\ufffd[2J”指到了"),
}


@pytest.mark.parametrize("making", [zip_of, tar_of])
@pytest.mark.parametrize("name", NOT_THERE)
def test_what_is_no_single_library_is_a_finding(name: str, making: Making, tmp_path: Path) -> None:
    files, word = NOT_THERE[name]
    if name == "upward with backslashes" and making is tar_of:
        return  # there a backslash is a character of the name
    (tmp_path / "ku").write_bytes(making(files) if files or making is zip_of else tar_of({"x/": b""}))
    got = fetch("ku", base=str(tmp_path))
    assert got.value is None
    (found,) = got.findings
    assert found.code == "PW340" and word in found.message and found.hint, found
    assert sorted(os.listdir(tmp_path)) == ["ku"]


def test_a_folder_beside_the_library_is_passed_over() -> None:
    files = {**FILES, "另/library.yaml": b"x", "图/1.yaml": b"x"}
    for making in (zip_of, tar_of, forge_zip, forge_tar):
        assert read_folder_archive(making(files), lambda name: name.endswith(".yaml")) == FILES


# hostile ones

ELSEWHERE = [
    link(TOP + "外.yaml", "/etc/passwd"),
    link(TOP + "外.yaml", TOP + "library.yaml", tarfile.LNKTYPE),
    link(TOP + "外.yaml", "", tarfile.CHRTYPE),
    link(TOP + "外.yaml", "", tarfile.FIFOTYPE),
]


@pytest.mark.parametrize("member", ELSEWHERE, ids=lambda member: str(member.type))
def test_a_link_or_a_device_in_the_place_of_a_file_is_refused(member: tarfile.TarInfo, tmp_path: Path) -> None:
    (tmp_path / "ku.tgz").write_bytes(tar_of(below(TOP, FILES), more=(member,)))
    (found,) = fetch("ku.tgz", base=str(tmp_path)).findings
    assert found.code == "PW340" and "“外.yaml”是链接或设备" in found.message


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
@pytest.mark.parametrize("system", [0, 3])
def test_a_link_in_a_zip_is_refused(kind: int, system: int, tmp_path: Path) -> None:
    def change(entry: zipfile.ZipInfo) -> None:
        if entry.filename.endswith("外.yaml"):
            entry.external_attr, entry.create_system = (kind | 0o777) << 16, system

    (tmp_path / "ku.zip").write_bytes(zip_of(below(TOP, {**FILES, "外.yaml": b"/etc/passwd"}), change))
    (found,) = fetch("ku.zip", base=str(tmp_path)).findings
    assert found.code == "PW340" and "“外.yaml”是链接或设备" in found.message


def test_library_yaml_that_is_a_link_is_none(tmp_path: Path) -> None:
    (tmp_path / "ku.tgz").write_bytes(tar_of({TOP: b""}, more=(link(TOP + "library.yaml", "/etc/passwd"),)))
    (found,) = fetch("ku.tgz", base=str(tmp_path)).findings
    assert found.code == "PW340" and "没有 library.yaml" in found.message


def _encrypted() -> bytes:
    data = bytearray(zip_of(FILES))
    start = int.from_bytes(data[-6:-2], "little")
    data[6] |= 1
    data[start + 8] |= 1
    return bytes(data)


def _sparse() -> bytes:
    member = tarfile.TarInfo("大.yaml")
    member.type = tarfile.GNUTYPE_SPARSE
    return tar_of(FILES, more=(member,))


def _header(change: Callable[[bytearray], object]) -> bytes:
    """A tar.gz whose first header is changed and summed up again."""
    plain = bytearray(gzip.decompress(tar_of(FILES, tarfile.USTAR_FORMAT)))
    change(plain)
    plain[148:156] = b" " * 8
    plain[148:156] = b"%06o\0 " % sum(plain[:512])
    return gzip.compress(bytes(plain))


def _pax(content: bytes) -> bytes:
    head = tarfile.TarInfo("pax")
    head.type, head.size = tarfile.XHDTYPE, len(content)
    block = head.tobuf(tarfile.USTAR_FORMAT) + content + bytes(-len(content) % 512)
    return gzip.compress(block + gzip.decompress(tar_of(FILES)))


DAMAGED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "half a zip": (lambda: forge_zip(FILES)[:-90], "PW340", "坏"),
    "half a tar.gz": (lambda: forge_tar(FILES)[:-30], "PW340", "一半"),
    "no tar": (lambda: gzip.compress(b"hello" * 999), "PW340", "坏"),
    "an empty tar": (lambda: gzip.compress(bytes(10240)), "PW340", "坏"),
    "a zip with a password": (_encrypted, "PW340", "密码"),
    "a file with holes": (_sparse, "PW340", "稀疏"),
    "a size that is none": (lambda: _header(lambda plain: plain.__setitem__(slice(124, 135), b"9" * 11)), "PW340", "坏"),
    "a negative size": (lambda: _header(lambda plain: plain.__setitem__(slice(124, 136), b"\xff" * 12)), "PW340", "坏"),
    "a size beyond the end": (lambda: _header(lambda plain: plain.__setitem__(slice(124, 135), b"7" * 11)), "PW340", "坏"),
    "a size in binary beyond the end": (lambda: _header(lambda plain: plain.__setitem__(slice(124, 136), b"\x80" + b"\xff" * 11)), "PW340", "坏"),
    "a pax header that is none": (lambda: _pax(b"hello"), "PW340", "坏"),
    "a pax record of no length": (lambda: _pax(b"0 path=x\n"), "PW340", "坏"),
    "a pax record without end": (lambda: _pax(b"99 path=x\n"), "PW340", ""),
    "a pax size that is none": (lambda: _pax(b"13 size=-512\n"), "PW340", "坏"),
    "a pax header of a megabyte": (lambda: _pax(b"x" * 1024 * 1024), "PW340", "坏"),
    "a large file": (lambda: forge_zip({**FILES, "大.yaml": bytes(8 * 1024 * 1024 + 1)}), "PW343", "8 MB"),
    "a large file in a tar": (lambda: forge_tar({**FILES, "大.yaml": bytes(8 * 1024 * 1024 + 1)}), "PW343", "8 MB"),
    "many files": (lambda: forge_zip({**FILES, **{f"{at}.yaml": b"" for at in range(MAX_FILES)}}), "PW343", "500"),
    "100,000 entries": (lambda: zip_of({**FILES, **{f"{at}": b"" for at in range(100_000)}}), "PW343", "20000 个"),
    "100,000 members": (lambda: gzip.compress(tarfile.TarInfo("x").tobuf() * 100_000, 1), "PW343", "20000 个"),
    "two of one name": (lambda: zip_of(below(TOP, {**FILES, "a.yaml": b"1", "b.yaml": b"2"})).replace(b"b.yaml", b"a.yaml"), "PW340", "两个“a.yaml”"),
    "too large": (lambda: b"PK\3\4" + bytes(FOLDER.packed - 3), "PW343", "32 MB"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_damaged_or_too_large_is_a_finding(name: str, tmp_path: Path) -> None:
    making, code, word = DAMAGED[name]
    (tmp_path / "ku").write_bytes(making())
    (found,) = fetch("ku", base=str(tmp_path)).findings
    assert found.code == code and word in found.message, found


def test_members_whose_header_is_followed_by_headers_without_end() -> None:
    """What `tarfile` reads by calling itself, once for each."""
    block = tarfile.TarInfo("pax")
    block.type = tarfile.XHDTYPE
    data = gzip.compress(block.tobuf() * 100_000 + gzip.decompress(tar_of(FILES)), 1)
    assert [member.name for member in open_tar(data, FOLDER).members] == list(FILES)


BOUNDED = """
import resource, sys
from planwriter.sharing.fetch import fetch
used = int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmSize"))) * 1024
resource.setrlimit(resource.RLIMIT_AS, (used + 400 * 1024 * 1024,) * 2)
(found,) = fetch(sys.argv[1], base="/").findings
print(found.code, found.message)
"""


def _bomb(window: int) -> bytes:
    """Four gigabytes of zeros, packed."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, window)
    block = compressor.compress(bytes(64 * 1024 * 1024)) + compressor.flush(zlib.Z_FULL_FLUSH)
    return block[: 10 if window > 15 else 0] + block[10 if window > 15 else 0 :] * 64 + compressor.flush()


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="asks Linux how much memory is used")
def test_a_bomb_does_not_fill_the_memory(tmp_path: Path) -> None:
    (tmp_path / "ku.tar.gz").write_bytes(_bomb(31))
    lying = Packed(b"0123456789", _bomb(-15))
    (tmp_path / "ku.zip").write_bytes(pack_entries({"library.yaml": stored(b"x"), "甲.yaml": lying}))
    for name, said in (("ku.tar.gz", "PW343"), ("ku.zip", "PW340")):
        done = subprocess.run(
            [sys.executable, "-c", BOUNDED, str(tmp_path / name)],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert done.stdout.startswith(said), (name, done.stdout, done.stderr)
        assert ("128 MB" if said == "PW343" else "甲.yaml 坏了") in done.stdout, done.stdout


@given(st.integers(0, 3000), st.integers(0, 255), st.sampled_from([forge_zip, forge_tar]))
def test_a_damaged_byte_never_ends_in_a_traceback(at: int, byte: int, making: Making) -> None:
    data = bytearray(making(REPOSITORY))
    if data[:2] == b"\x1f\x8b":
        plain = bytearray(gzip.decompress(bytes(data)))
        plain[at % len(plain)] = byte
        data = bytearray(gzip.compress(bytes(plain), 1))
    else:
        data[at % len(data)] = byte
    with contextlib.suppress(BadArchive):
        read_folder_archive(bytes(data), lambda name: name.endswith(".yaml"))
