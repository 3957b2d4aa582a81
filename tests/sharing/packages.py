"""Libraries and packages for the tests of sharing: valid ones, and ones that are deliberately wrong."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from planwriter.sharing import signing
from planwriter.sharing.bundle import Bundle, make_bundle, open_bundle

CLAUSE = "- 条款: 教师/师德\n  条: 加强师德建设\n  文: 每年宣讲{{ 参数.场次 }}场。确保全员参加。\n  参数: {场次: {类型: 整数, 默认: 5, 最小: 1}}\n"
SECOND = "- 条款: 校园/食堂\n  条: 办好食堂\n  文: 学校负责人陪餐。\n"
PASSWORD = "一二三四五六七八九十甲乙"


def library(version: str = "1.2.0", clauses: str = CLAUSE + SECOND, name: str = "教育条款") -> dict[str, bytes]:
    """The files of a small library."""
    manifest = f'名称: {name}\n版本: {version}\n发布单位: 云岭市教育局\n级别: 市\n需要: ">=0.1"\n'
    return {"library.yaml": manifest.encode(), "教师.yaml": clauses.encode(), "README.md": "说明\n".encode()}


def packed(files: dict[str, bytes] | None = None) -> bytes:
    """The package of a library's files."""
    made = make_bundle(library() if files is None else files, "库")
    assert made.value is not None, made.findings
    return made.value


def opened(data: bytes) -> Bundle:
    """Opens a valid package."""
    made = open_bundle(data, "包.pwlib")
    assert made.value is not None, made.findings
    return made.value


def key_pair() -> signing.KeyPair:
    """A new key without a password."""
    made = signing.make_key(None)
    assert made.value is not None
    return made.value


def signed(data: bytes, key: signing.KeyPair) -> bytes:
    """A package with one more signature."""
    made = signing.sign_bundle(data, "包.pwlib", key.private, None, "私钥.key")
    assert made.value is not None, made.findings
    return made.value


def raw_key(key: signing.KeyPair) -> bytes:
    """The 32 bytes of a public key."""
    made = signing.read_public_key(key.public, "公钥.pub")
    assert made.value is not None
    return made.value


def entries(data: bytes) -> dict[str, bytes]:
    """The content of an archive, read by zipfile."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(
    files: dict[str, bytes],
    change: Callable[[zipfile.ZipInfo], None] = lambda entry: None,
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """An archive of the files made by zipfile; `change` may alter the header of each file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (2026, 3, 5, 8, 0, 0))
            entry.compress_type = method
            change(entry)
            archive.writestr(entry, data)
    return out.getvalue()
