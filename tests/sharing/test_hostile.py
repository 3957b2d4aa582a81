"""Hostile packages: each is refused with a finding, quickly, with little memory, and nothing is written."""

import hashlib
import itertools
import json
import os
import re
import stat
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.app.plans import plan_bytes
from planwriter.app.session import Session
from planwriter.findings import report
from planwriter.findings.finding import has_errors
from planwriter.sharing.archive import pack
from planwriter.sharing.bundle import MAX_BUNDLE, make_bundle, open_bundle, with_signatures
from planwriter.sharing.canonical import canonical
from planwriter.sharing.contents import read_contents
from planwriter.sharing.trust import Signed, TrustedKey, judge
from planwriter.system.zip_bounds import PACKAGE
from tests.growth import soon
from tests.sharing.packages import CLAUSE, SECOND, entries, key_pair, library, opened, packed, raw_key, signed, zipped
from tests.support import outline

SOUND = packed()
PARTS = entries(SOUND)
MINE, OTHER = key_pair(), key_pair()
SIGNED = signed(SOUND, MINE)
TRUSTED = (TrustedKey("云岭市教育局", raw_key(MINE)),)
LIMIT_BYTES = 80 * 1024 * 1024
LOCAL, CENTRAL = 30, 46


def _manifest(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The package with its manifest changed, and written canonically again."""
    value = json.loads(PARTS["pwlib.json"])
    change(value)
    return pack({**PARTS, "pwlib.json": canonical(value)})


def _record(field: str, value: object) -> bytes:
    return _manifest(lambda manifest: manifest["files"][0].update({field: value}))


def _entry(name: str, data: bytes = b"x", **fields: int) -> bytes:
    """The package with one entry more, of any name and with anything said of it."""

    def change(entry: zipfile.ZipInfo) -> None:
        if entry.filename == name:
            for field, value in fields.items():
                setattr(entry, field, value)

    return zipped({**PARTS, name: data}, change)


def _field(offset: int, form: str, value: int, *, both: bool = True) -> bytes:
    """The package with a field of its first entry changed: in its own header, and (`both`) in the directory."""
    data = bytearray(SOUND)
    struct.pack_into(form, data, offset, value)
    if both:
        struct.pack_into(form, data, _directory(SOUND) + offset + 2, value)
    return bytes(data)


def _directory(data: bytes) -> int:
    return int(struct.unpack_from("<I", data, len(data) - 6)[0])


def _directory_field(offset: int, form: str, value: int) -> bytes:
    data = bytearray(SOUND)
    struct.pack_into(form, data, _directory(SOUND) + offset, value)
    return bytes(data)


def _with_program() -> bytes:
    value = json.loads(PARTS["pwlib.json"])
    value["files"] = sorted(
        [*value["files"], {"path": "install.py", "size": 1, "sha256": hashlib.sha256(b"x").hexdigest()}],
        key=lambda each: str(each["path"]),
    )
    return pack({**PARTS, "pwlib.json": canonical(value), "install.py": b"x"})


def _overlapping() -> bytes:
    """A hundred entries of the directory that share one packed megabyte (as in Fifield's bomb)."""
    bomb = zipped({"甲.yaml": b"\0" * 1_000_000})
    at = _directory(bomb)
    record = bomb[at:-22]
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 100, 100, 100 * len(record), at, 0)
    return bomb[:at] + record * 100 + end


def _lying_size() -> bytes:
    """A megabyte of zeros that says it is ten bytes."""
    data = bytearray(zipped({"pwlib.json": b"\0" * 1_000_000}))
    struct.pack_into("<I", data, 22, 10)
    struct.pack_into("<I", data, _directory(bytes(data)) + 24, 10)
    return bytes(data)


def _twice(name: str, again: str) -> bytes:
    """An archive with two entries of names as long as each other, the second renamed after the fact."""
    stand_in = "x" * len(again.encode())
    made = zipped({**PARTS, name: b"x", stand_in: b"x"}, method=zipfile.ZIP_STORED)
    data = made.replace(stand_in.encode(), again.encode())
    return _as_utf8(data, again.encode()) if not again.isascii() else data


def _as_utf8(data: bytes, name: bytes) -> bytes:
    changed = bytearray(data)
    for match in re.finditer(re.escape(name), data):
        at = match.start()
        flag = at - LOCAL + 6 if data[at - LOCAL : at - LOCAL + 4] == b"PK\3\4" else at - CENTRAL + 8
        changed[flag + 1] |= 8
    return bytes(changed)


HOSTILE: dict[str, Callable[[], bytes]] = {
    # not an archive, or more than one
    "nothing": lambda: b"",
    "text": lambda: b"PK" * 100,
    "an old Word file": lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "half a package": lambda: SOUND[: len(SOUND) // 2],
    "an end alone": lambda: b"PK\5\6" + bytes(18),
    "something before it": lambda: b"#!/bin/sh\n" + SOUND,
    "an archive before it": lambda: SOUND + SOUND,
    "something behind it": lambda: SOUND + b"x",
    "a comment": lambda: SOUND[:-2] + b"\5\0hello",
    "something between entries and directory": lambda: (
        SOUND[: _directory(SOUND)] + b"x" * 9 + SOUND[_directory(SOUND) :]
    ),
    "larger than a package may be": lambda: b"PK\3\4" + bytes(MAX_BUNDLE),
    # bombs
    "zeros": lambda: _entry("甲.yaml", bytes(8_000_000)),
    "many times zeros": lambda: zipped({**PARTS, **{f"{number}.yaml": bytes(900_000) for number in range(100)}}),
    "a size that lies small": _lying_size,
    "a size that lies large": lambda: _field(22, "<I", 0xFFFFFFF0),
    "entries that share their bytes": _overlapping,
    "a thousand entries": lambda: zipped({**PARTS, **{f"{number}.yaml": b"" for number in range(1_000)}}),
    "more text than a library has": lambda: zipped(
        {f"{number}.yaml": os.urandom(900_000) for number in range(10)}, method=0
    )[: MAX_BUNDLE - 1],
    # names
    "upward": lambda: _entry("../甲.yaml"),
    "far upward": lambda: _entry("../../../../etc/cron.d/x.yaml"),
    "absolute": lambda: _entry("/etc/passwd.yaml"),
    "a drive": lambda: _entry("C:甲.yaml"),
    "a stream of Windows": lambda: _entry("甲.yaml:x.yaml"),
    "backslashes": lambda: zipped({**PARTS, "..!甲.yaml": b"x"}).replace(b"..!", b"..\\"),
    "a share": lambda: zipped({**PARTS, "!!server!甲.yaml": b"x"}).replace(b"!!server!", b"\\\\server\\"),
    "a folder": lambda: _entry("夹/", b""),
    "a file in a folder": lambda: _entry("夹/甲.yaml"),
    "a device of Windows": lambda: _entry("nul.yaml"),
    "a device of Windows, spelled": lambda: _entry("COM1.甲.yaml"),
    "hidden": lambda: _entry(".bashrc.yaml"),
    "dot": lambda: _entry("."),
    "a dot at the end": lambda: _entry("甲.yaml."),
    "a new line": lambda: _entry("甲\n.yaml"),
    "an escape": lambda: _entry("甲\x1b[2J.yaml"),
    "a null": lambda: zipped({**PARTS, "x!y.yaml": b"x"}).replace(b"x!y.yaml", b"x\0y.yaml"),
    "right to left": lambda: _entry("甲\u202elmay.yaml"),
    "of no width": lambda: _entry("甲\u200b.yaml"),
    "in pieces": lambda: _entry("e\u0301.yaml"),
    "half a character": lambda: zipped({**PARTS, "甲.yaml": b"x"}).replace("甲".encode(), b"\xff\xfe\xfd"),
    "in GBK": lambda: zipped({**PARTS, "xx.yaml": b"x"}).replace(b"xx.yaml", "甲".encode("gbk") + b".yaml"),
    "no name": lambda: _entry("a" * 300 + ".yaml"),
    "a program": lambda: _entry("install.py"),
    "twice": lambda: _twice("a.yaml", "a.yaml"),
    "twice, in capitals": lambda: _twice("a.yaml", "A.yaml"),
    "twice, library.yaml in capitals": lambda: _entry("LIBRARY.yaml"),
    "twice, full-width": lambda: _twice("a.yaml", "ａ.yaml"),
    # kinds of entries
    "a link": lambda: _entry("甲.yaml", b"/etc/passwd", external_attr=(stat.S_IFLNK | 0o777) << 16, create_system=3),
    "a link of another system": lambda: _entry(
        "甲.yaml", b"/etc/passwd", external_attr=(stat.S_IFLNK | 0o777) << 16, create_system=0
    ),
    "a pipe": lambda: _entry("甲.yaml", b"", external_attr=stat.S_IFIFO << 16, create_system=3),
    "a device": lambda: _entry("甲.yaml", b"", external_attr=stat.S_IFCHR << 16, create_system=3),
    "a folder that has a file's name": lambda: _entry("甲.yaml", b"", external_attr=0x10, create_system=0),
    "encrypted": lambda: _field(6, "<H", 1),
    "strongly encrypted": lambda: _field(6, "<H", 0x41),
    "its size behind it": lambda: _field(6, "<H", 8),
    "patched": lambda: _field(6, "<H", 0x20),
    "packed by bzip2": lambda: zipped(PARTS, method=zipfile.ZIP_BZIP2),
    "packed by LZMA": lambda: zipped(PARTS, method=zipfile.ZIP_LZMA),
    "packed by nothing known": lambda: _field(8, "<H", 99),
    "stored, says deflated": lambda: _field(8, "<H", 8),
    "a wrong checksum": lambda: _field(14, "<I", 7),
    "a checksum the directory does not have": lambda: _field(14, "<I", 7, both=False),
    "a name the directory does not have": lambda: (
        SOUND[: _directory(SOUND)] + SOUND[_directory(SOUND) :].replace(b"library", b"LIBRARY")
    ),
    "on another disk": lambda: _directory_field(34, "<H", 1),
    "with a comment": lambda: _directory_field(32, "<H", 4),
    "elsewhere": lambda: _directory_field(42, "<I", 5),
    # the manifest
    "no manifest": lambda: pack({name: data for name, data in PARTS.items() if name != "pwlib.json"}),
    "a manifest that is not first": lambda: pack(dict(reversed(PARTS.items()))),
    "a manifest without end": lambda: pack({**PARTS, "pwlib.json": PARTS["pwlib.json"] + b" " * 300_000}),
    "a manifest that is no JSON": lambda: pack({**PARTS, "pwlib.json": b"format: 1"}),
    "a manifest in UTF-16": lambda: pack({**PARTS, "pwlib.json": PARTS["pwlib.json"].decode().encode("utf-16")}),
    "a manifest of brackets": lambda: pack({**PARTS, "pwlib.json": b"[" * 200_000}),
    "a manifest of brackets, closed": lambda: pack({**PARTS, "pwlib.json": b"[" * 100_000 + b"]" * 100_000}),
    "a manifest that is a list": lambda: pack({**PARTS, "pwlib.json": b"[]"}),
    "a manifest of NaN": lambda: pack({**PARTS, "pwlib.json": b'{"format":NaN}'}),
    "a number of ten thousand digits": lambda: pack({**PARTS, "pwlib.json": b'{"format":' + b"9" * 10_000 + b"}"}),
    "half a character in it": lambda: pack({**PARTS, "pwlib.json": b'{"format":"\\ud800"}'}),
    "spaces in it": lambda: pack({**PARTS, "pwlib.json": PARTS["pwlib.json"].replace(b",", b", ")}),
    "a key twice": lambda: pack(
        {**PARTS, "pwlib.json": PARTS["pwlib.json"].replace(b'{"files"', b'{"files":[],"files"')}
    ),
    "a newer format": lambda: _manifest(lambda manifest: manifest.update(format=2)),
    "a format that is true": lambda: _manifest(lambda manifest: manifest.update(format=True)),
    "files that are a text": lambda: _manifest(lambda manifest: manifest.update(files="x")),
    "files that are numbers": lambda: _manifest(lambda manifest: manifest.update(files=[1, 2])),
    "files of lists": lambda: _manifest(lambda manifest: manifest.update(files=[{"path": ["x"]}])),
    "a key more": lambda: _manifest(lambda manifest: manifest.update(scripts=["x"])),
    "a program that the manifest speaks of": _with_program,
    "a file missing from the manifest": lambda: _manifest(lambda manifest: manifest["files"].pop()),
    "a file missing from the archive": lambda: pack(
        {name: data for name, data in PARTS.items() if name != "教师.yaml"}
    ),
    "a file said twice": lambda: _manifest(lambda manifest: manifest["files"].append(manifest["files"][0])),
    "a wrong hash": lambda: _record("sha256", "0" * 64),
    "a hash in capitals": lambda: _manifest(
        lambda manifest: manifest["files"][0].update(sha256=manifest["files"][0]["sha256"].upper())
    ),
    "a wrong size": lambda: _record("size", 1),
    "a size in quotes": lambda: _record("size", str(len(PARTS["README.md"]))),
    "a size with a point": lambda: _record("size", float(len(PARTS["README.md"]))),
    "a path elsewhere": lambda: _record("path", "../README.md"),
    "other content": lambda: pack({**PARTS, "教师.yaml": PARTS["教师.yaml"].replace(b"5", b"6")}),
    "another name in the manifest": lambda: _manifest(lambda manifest: manifest["library"].update(name="省教育条款")),
    "another version in the manifest": lambda: _manifest(lambda manifest: manifest["library"].update(version="9.0.0")),
    "another publisher in the manifest": lambda: _manifest(
        lambda manifest: manifest["library"].update(publisher="教育部")
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_package_made_wrong_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = HOSTILE[name]()
    assert data != SOUND
    tracemalloc.start()
    with soon():
        made = open_bundle(data, "包.pwlib")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert made.value is None and [each.code for each in made.findings] == ["PW330"]
    shown = report.format_human(made.findings)
    assert len(shown) < 1_000 and not re.search(r"[\x00-\x09\x0b-\x1f\u202e\ud800-\udfff]", shown)
    assert peak < LIMIT_BYTES
    assert os.listdir(tmp_path) == []


def test_there_are_enough_of_them_and_each_is_different() -> None:
    assert len({HOSTILE[name]() for name in HOSTILE if name != "more text than a library has"}) == len(HOSTILE) - 1 > 60


# signatures


def _signatures(data: bytes, change: Callable[[list[dict[str, str]]], object]) -> bytes:
    parts = entries(data)
    records = json.loads(parts["signatures.json"])
    change(records)
    return pack({**parts, "signatures.json": canonical(records)})


def _edited_after_signing() -> bytes:
    """Other content under a manifest that fits it, with the signature that the first one had."""
    other = opened(packed(library(clauses=CLAUSE.replace("宣讲", "宣讲宣讲") + SECOND)))
    return with_signatures(other, opened(SIGNED).signatures)


def _of_another_package() -> bytes:
    return with_signatures(opened(SOUND), opened(signed(packed(library(version="9.9.9")), MINE)).signatures)


def _key_swapped() -> bytes:
    other = json.loads(entries(signed(SOUND, OTHER))["signatures.json"])[0]
    return _signatures(SIGNED, lambda records: records[0].update(key=other["key"]))


def _signed_without_purpose() -> bytes:
    """A signature of the manifest alone, as if for another purpose."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(MINE.private, None)
    assert isinstance(key, Ed25519PrivateKey)
    bundle = opened(SIGNED)
    (mine,) = bundle.signatures
    return with_signatures(bundle, (type(mine)(mine.key, key.sign(bundle.signed)),))


def _one_good_one_bad() -> bytes:
    bundle = opened(signed(SIGNED, OTHER))
    first, second = bundle.signatures
    return with_signatures(bundle, (first, type(second)(second.key, first.value)))


BROKEN: dict[str, Callable[[], bytes]] = {
    "content changed after signing": _edited_after_signing,
    "a signature of another package": _of_another_package,
    "the key swapped": _key_swapped,
    "signed for something else": _signed_without_purpose,
    "a good one and a bad one": _one_good_one_bad,
    "zeros": lambda: _signatures(SIGNED, lambda records: records[0].update(signature="A" * 86 + "==")),
    "the key of zeros": lambda: _signatures(SIGNED, lambda records: records[0].update(key="A" * 43 + "=")),
    "the same twice": lambda: _signatures(SIGNED, lambda records: records.append(records[0])),
    "none": lambda: _signatures(SIGNED, lambda records: records.clear()),
    "no base64": lambda: _signatures(SIGNED, lambda records: records[0].update(key="?" * 44)),
    "base64 with spare bits": lambda: _signatures(
        SIGNED, lambda records: records[0].update(signature=records[0]["signature"][:-3] + "B==")
    ),
    "a record more": lambda: _signatures(SIGNED, lambda records: records[0].update(name="教育部")),
    "no JSON": lambda: pack({**PARTS, "signatures.json": b"x"}),
    "brackets": lambda: pack({**PARTS, "signatures.json": b"[" * 500_000}),
    "a hundred of them": lambda: pack(
        {**PARTS, "signatures.json": canonical([{"key": "A" * 43 + "=", "signature": "A" * 86 + "=="}] * 100)}
    ),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("asked", [False, True], ids=["", "asked for"])
def test_a_broken_signature_is_refused_whatever_was_asked_for(name: str, asked: bool) -> None:
    made = open_bundle(BROKEN[name](), "包.pwlib")
    codes = [each.code for each in made.findings]
    if made.value is not None:
        judged = judge(made.value, TRUSTED, "包.pwlib", allow_untrusted=asked)
        assert judged.value is None
        codes += [each.code for each in judged.findings]
    assert codes == ["PW332"]


def test_nobody_trusted_is_refused_unless_asked_for() -> None:
    for data, signed_by in ((SOUND, Signed.UNSIGNED), (signed(SOUND, OTHER), Signed.UNKNOWN)):
        judged = judge(opened(data), TRUSTED, "包.pwlib")
        assert judged.value is None and [each.code for each in judged.findings] == ["PW333"]
        allowed = judge(opened(data), TRUSTED, "包.pwlib", allow_untrusted=True)
        assert allowed.value is not None and allowed.value.signed is signed_by and allowed.findings == ()


def test_a_trusted_signature_holds_in_an_archive_made_again() -> None:
    for data in (SIGNED, signed(SIGNED, OTHER), zipped(entries(SIGNED)), zipped(entries(SIGNED), method=0)):
        judged = judge(opened(data), TRUSTED, "包.pwlib")
        assert (
            judged.value is not None
            and judged.value.signed is Signed.TRUSTED
            and judged.value.names == ("云岭市教育局",)
        )
        assert opened(data).fingerprint == opened(SOUND).fingerprint


@settings(max_examples=400)
@given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
def test_a_byte_changed_anywhere_is_refused_or_changes_nothing(at: int, change: int) -> None:
    data = bytearray(SIGNED)
    data[at] ^= change
    made = open_bundle(bytes(data), "包.pwlib")
    if made.value is None:
        assert made.findings
        return
    judged = judge(made.value, TRUSTED, "包.pwlib", allow_untrusted=True)
    if judged.value is not None:
        assert made.value.files == opened(SIGNED).files and made.value.manifest == opened(SIGNED).manifest
        assert judged.value == judge(opened(SIGNED), TRUSTED, "包.pwlib").value


@settings(max_examples=200)
@given(st.binary(max_size=400), st.integers(0, len(SIGNED)), st.integers(0, 100))
def test_any_bytes_end_in_a_finding_or_the_same_files(patch: bytes, at: int, cut: int) -> None:
    for data in (patch, SIGNED[:at] + patch + SIGNED[at + cut :]):
        made = open_bundle(data, "包.pwlib")
        assert has_errors(made.findings) if made.value is None else made.value.files == opened(SIGNED).files


_NAMES = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters='/\\:<>"|?*.'), min_size=1, max_size=20
)


@given(st.dictionaries(_NAMES.map(lambda name: f"{name}.yaml"), st.binary(max_size=300), max_size=6))
def test_any_files_come_back_as_they_were_or_are_refused(files: dict[str, bytes]) -> None:
    given_files = {**files, **library()}
    made = make_bundle(given_files, "库")
    again = make_bundle(dict(reversed(given_files.items())), "库")
    assert made.value == again.value
    if made.value is None:
        assert has_errors(made.findings)
    else:
        assert opened(made.value).files == given_files


# what stands in the files


def _inside(clauses: str) -> set[str]:
    """The codes found in a package of these clauses, which opens as a package."""
    with soon():
        bundle = opened(packed(library(clauses=clauses)))
        found = read_contents(bundle.files, "包.pwlib")
        report.format_human(found.findings)
    return {each.code for each in found.findings if has_errors([each])}


INSIDE = {
    "deep YAML": ("- 条款: 甲/一\n  文: " + "[" * 5_000 + "]" * 5_000, "PW110"),
    "deep YAML, left open": ("- 条款: 甲/一\n  文: " + "[" * 500_000, "PW110"),
    "deep clauses": (
        "- 条款: 甲/一\n  章: 甲\n  内容:\n"
        + "".join(f"{'  ' * depth}- 章: 乙\n{'  ' * depth}  内容:\n" for depth in range(2, 80)),
        "PW110",
    ),
    "an alias bomb": (
        "- &a [一, 二, 三, 四]\n"
        + "".join(f"- &{new} [{', '.join([f'*{old}'] * 20)}]\n" for old, new in itertools.pairwise("abcdefgh")),
        "PW111",
    ),
    "a tag": ("- !!python/object/apply:os.system ['true']\n", "PW114"),
    "a huge default": (
        CLAUSE.replace("默认: 5", f"默认: {'好' * 100_000}").replace("整数", "文本").replace(", 最小: 1", ""),
        "PW311",
    ),
    "a huge text": ("- 条款: 甲/一\n  文: '" + "字" * 300_000 + "{{ 全域 }}'\n", "PW311"),
    "thousands of expressions": (
        "- 条款: 甲/一\n  文: '" + "".join(f"{{{{ {number} + 1 }}}}" for number in range(5_000)) + "'\n",
        "PW311",
    ),
    "a hundred thousand holes of nothing": ("- 条款: 甲/一\n  文: '" + "{{" * 90_000 + "'\n", "PW308"),
    "code": ('- 条款: 甲/一\n  文: "{{ ().__class__.__mro__ }}"\n', "PW310"),
    "a loop": ('- 条款: 甲/一\n  文: "{% for 甲 in 乙 %}x{% endfor %}"\n', "PW310"),
    "code in a variant": ('- 条款: 甲/一\n  文: 甲\n  变体: {简: "{{ 9 ** 9 ** 9 }}"}\n', "PW310"),
    "code in a box": ("- 条款: 甲/一\n  条: 甲\n  内容: [{专栏: '{{ 9 ** 9 ** 9 }}'}]\n", "PW310"),
    "code in a box's paragraph": (
        "- 条款: 甲/一\n  条: 甲\n  内容: [{专栏: 乙, 内容: ['{{ 9 ** 9 ** 9 }}']}]\n",
        "PW310",
    ),
    "code in a cell": ("- 条款: 甲/一\n  条: 甲\n  内容: [{表: [[甲], ['{{ 9 ** 9 ** 9 }}']]}]\n", "PW310"),
    "code in a caption": ("- 条款: 甲/一\n  条: 甲\n  内容: [{表: [[甲]], 题: '{{ 9 ** 9 ** 9 }}'}]\n", "PW310"),
    "code in who answers": ("- 条款: 甲/一\n  条: 甲\n  文: 甲\n  责任单位: '{{ 9 ** 9 ** 9 }}'\n", "PW310"),
    "code in an argument": (
        "- 条款: 甲/一\n  条: 甲\n  内容: [{用: 甲/二, 参数: {丙: ['{{ 9 ** 9 ** 9 }}']}}]\n"
        "- {条款: 甲/二, 文: '{{ 参数.丙 }}', 参数: {丙: {类型: 文本}}}\n",
        "PW310",
    ),
    "code in a default": (
        "- {条款: 甲/一, 文: '{{ 参数.丙 }}', 参数: {丙: {类型: 文本, 默认: '{{ 9 ** 9 ** 9 }}'}}}\n",
        "PW310",
    ),
    "a number beyond bounds": (CLAUSE.replace("最小: 1", f"最小: {'9' * 5_000}"), "PW203"),
    "no clauses": ("甲: 乙\n", "PW203"),
    "nonsense": ("\0\t{{{[[[\n- - -\n", "PW112"),
    "a clause twice": (CLAUSE + CLAUSE, "PW313"),
}


@pytest.mark.parametrize("name", INSIDE)
def test_what_a_library_must_not_hold_is_reported(name: str) -> None:
    clauses, code = INSIDE[name]
    assert code in _inside(clauses)


@pytest.mark.parametrize("text", ["{{ ().__class__ }}", "{% for 甲 in [1] %}{% endfor %}", "{{ 'a' * 10**9 }}"])
def test_template_code_does_nothing_even_if_it_is_used(text: str, tmp_path: Path) -> None:
    clauses = f'- 条款: 甲/一\n  文: "{text}"\n'
    (tmp_path / "库").mkdir()
    for name, data in opened(packed(library(clauses=clauses))).files.items():
        (tmp_path / "库" / name).write_bytes(data)
    use = "重点任务:\n  - 章: 甲\n    内容:\n      - 用: 甲/一\n"
    made = plan_bytes(Session(), outline(use, extra="库: 库\n").encode(), "提纲.yaml", path=str(tmp_path / "提纲.yaml"))
    assert not made.sound and "PW310" in {each.code for each in made.findings}


def test_a_bad_library_file_is_reported_at_its_place() -> None:
    for text, code in (
        ("名称: 甲\n", "PW202"),
        ("名称: 甲\n版本: 1.2\n", "PW336"),
        ("名称: 甲/乙\n版本: 1.2.0\n", "PW212"),
        ("名称: 甲\n版本: " + "[" * 999, "PW110"),
        ("", "PW103"),
        ("- 甲\n", "PW116"),
    ):
        made = make_bundle({"library.yaml": text.encode()}, "库")
        assert made.value is None and code in {each.code for each in made.findings}, (text, made.findings)
    newer = open_bundle(packed_for_newer(), "包.pwlib")
    assert newer.value is not None and [each.code for each in newer.findings] == ["PW315"]


def packed_for_newer() -> bytes:
    """A package that asks for a planwriter of the future."""
    files = library()
    files["library.yaml"] = files["library.yaml"].replace(b">=0.1", b">=99")
    made = make_bundle(files, "库")
    assert made.value is not None
    return made.value


def test_what_is_too_large_is_not_packed() -> None:
    assert [each.code for each in make_bundle({**library(), "大.yaml": bytes(PACKAGE.unpacked)}, "库").findings] == [
        "PW330"
    ]


def test_the_bytes_are_these_on_every_system() -> None:
    assert zlib.crc32(packed({"library.yaml": "名称: 甲\n版本: 1.0.0\n".encode()})) == 3773164634
