"""A .tar.gz read as `tarfile` reads it; what is hostile in one is in tests/sharing/test_folder_archive.py."""

import gzip
import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.system.tar import open_tar
from planwriter.system.zip_bounds import FOLDER, BadArchive, Bounds, TooLarge

NAMES = st.lists(st.text("ab.甲é", min_size=1, max_size=120), min_size=1, max_size=3).map("/".join)
SMALL = Bounds(packed=1000, entries=3, unpacked=20_000, each=100)


def made(files: dict[str, bytes], form: int = tarfile.PAX_FORMAT, encoding: str = "utf-8") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz", format=form, encoding=encoding) as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return stream.getvalue()


@given(
    st.dictionaries(NAMES, st.binary(max_size=1500), min_size=1, max_size=4),
    st.sampled_from([tarfile.PAX_FORMAT, tarfile.GNU_FORMAT]),
)
def test_names_and_bytes_are_those_that_were_put_in(files: dict[str, bytes], form: int) -> None:
    archive = open_tar(made(files, form), FOLDER)
    assert {member.name: archive.read(member) for member in archive.members if member.is_file} == files


def test_names_in_gbk_are_read() -> None:
    archive = open_tar(made({"县库/校园.yaml": b""}, tarfile.GNU_FORMAT, "gbk"), FOLDER)
    assert [member.name for member in archive.members] == ["县库/校园.yaml"]


def test_folders_and_links_are_no_files() -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for kind in (tarfile.DIRTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.REGTYPE):
            member = tarfile.TarInfo("x")
            member.type, member.linkname = kind, "/etc/passwd" if kind in (tarfile.SYMTYPE, tarfile.LNKTYPE) else ""
            archive.addfile(member)
    members = open_tar(stream.getvalue(), FOLDER).members
    assert [(each.is_file, each.is_folder) for each in members] == [(False, True), *[(False, False)] * 3, (True, False)]


@pytest.mark.parametrize(
    ("files", "word"),
    [
        ({"a": b"x" * 101}, "里面的 a 超过"),
        ({str(at): b"" for at in range(4)}, "里面的文件超过 3 个"),
        ({"a": b"", "b": bytes(30_000)}, "解开以后超过"),
    ],
)
def test_every_bound_holds(files: dict[str, bytes], word: str) -> None:
    with pytest.raises(TooLarge, match=word):
        archive = open_tar(made(files), SMALL)
        archive.read(archive.members[0])
    with pytest.raises(TooLarge, match="超过"):
        open_tar(bytes(SMALL.packed + 1), SMALL)


@given(st.binary(max_size=1200))
def test_any_bytes_are_an_archive_or_refused(data: bytes) -> None:
    try:
        open_tar(gzip.compress(data, 1), FOLDER)
    except BadArchive as refused:
        assert str(refused)
