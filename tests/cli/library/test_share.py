"""The commands for publishing and trust as users run them: real processes, exit codes, files."""

import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from tests.commands import run
from tests.sharing.packages import CLAUSE, PASSWORD, SECOND, entries, library, opened, packed
from tests.support import ROOT


def _run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "library", *arguments, **{"PLANWRITER_CONFIG": str(folder / "设置" / "我的"), **variables})


def _write(folder: Path, version: str, clauses: str = CLAUSE + SECOND) -> None:
    (folder / "库").mkdir(exist_ok=True)
    for name, data in library(version, clauses).items():
        (folder / "库" / name).write_bytes(data)


def test_a_bureau_publishes_and_a_county_trusts(tmp_path: Path) -> None:
    _write(tmp_path, "1.2.0")
    (tmp_path / "库" / "草稿.docx").write_bytes(b"x")
    made = _run(tmp_path, "release", "库")
    assert made.returncode == 0 and "教育条款 1.2.0，2 条" in made.stdout, made.stderr
    assert (tmp_path / "教育条款-1.2.0.pwlib").read_bytes() == packed()
    assert (tmp_path / "教育条款-1.2.0.md").read_text("utf-8") == "# 教育条款 1.2.0\n\n首次发布，共 2 条。\n"

    made = _run(tmp_path, "keygen", "-o", "市局.key", PLANWRITER_KEY_PASSWORD=PASSWORD)
    assert made.returncode == 0, made.stderr
    fingerprint = made.stdout.partition("公钥指纹：")[2][:39]
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "市局.key").stat().st_mode) == 0o600
    assert b"ENCRYPTED" in (tmp_path / "市局.key").read_bytes()

    refused = _run(tmp_path, "sign", "教育条款-1.2.0.pwlib", "--key", "市局.key")
    assert refused.returncode == 1 and "PW335" in refused.stderr and "口令" in refused.stderr
    made = _run(tmp_path, "sign", "教育条款-1.2.0.pwlib", "--key", "市局.key", PLANWRITER_KEY_PASSWORD=PASSWORD)
    assert made.returncode == 0, made.stderr
    assert list(entries((tmp_path / "教育条款-1.2.0.pwlib").read_bytes()))[-1] == "signatures.json"

    assert _run(tmp_path, "trust").stdout.startswith("共 0 个信任的公钥")
    made = _run(tmp_path, "trust", "市局.pub", "--name", "云岭市教育局")
    assert made.returncode == 0 and fingerprint in made.stdout
    assert f"{fingerprint}　云岭市教育局\n共 1 个" in _run(tmp_path, "trust").stdout
    assert json.loads((tmp_path / "设置" / "我的" / "trusted.json").read_text("utf-8"))[0]["name"] == "云岭市教育局"
    assert _run(tmp_path, "trust", "--remove", "云岭市").returncode == 2
    assert _run(tmp_path, "trust", "--remove", fingerprint).returncode == 0
    assert _run(tmp_path, "trust").stdout.startswith("共 0 个")

    again = _run(tmp_path, "release", "库")
    assert again.returncode == 0 and "已经发布过，内容一样" in again.stdout
    assert opened((tmp_path / "教育条款-1.2.0.pwlib").read_bytes()).signatures, "the signature is still there"


def test_a_release_follows_the_package_next_to_it(tmp_path: Path) -> None:
    _write(tmp_path, "1.2.0")
    assert _run(tmp_path, "release", "库", "-o", ".").returncode == 0
    before = sorted(os.listdir(tmp_path))
    _write(tmp_path, "1.2.0", CLAUSE)
    made = _run(tmp_path, "release", "库")
    assert made.returncode == 1 and "PW338" in made.stderr and "2.0.0" in made.stderr
    _write(tmp_path, "1.3.0", CLAUSE)
    made = _run(tmp_path, "release", "库")
    assert (
        made.returncode == 1 and "版本 1.3.0 太小：和 1.2.0 相比有 1 处不兼容的改动，至少应当是 2.0.0。" in made.stderr
    )
    assert sorted(os.listdir(tmp_path)) == before
    _write(tmp_path, "2.0.0", CLAUSE)
    made = _run(tmp_path, "release", "库", "--notes", "更新说明.md")
    assert made.returncode == 0 and "接在 1.2.0 之后" in made.stdout, made.stderr
    assert "- 校园/食堂：删去了" in (tmp_path / "更新说明.md").read_text("utf-8")
    (tmp_path / "别处").mkdir()
    made = _run(tmp_path, "release", "库", "-o", "别处/甲.pwlib", "--previous", "教育条款-1.2.0.pwlib")
    assert made.returncode == 0 and sorted(os.listdir(tmp_path / "别处")) == ["甲.md", "甲.pwlib"]
    assert (tmp_path / "别处" / "甲.pwlib").read_bytes() == (tmp_path / "教育条款-2.0.0.pwlib").read_bytes()


def test_a_library_with_an_error_is_not_published(tmp_path: Path) -> None:
    for clauses, code in (
        (CLAUSE + CLAUSE, "PW313"),
        (CLAUSE.replace("条: ", "条："), "PW106"),
        (CLAUSE.replace("{{ 参数.场次 }}", "{{ 参数.场次 ** 9 }}"), "PW310"),
    ):
        _write(tmp_path, "1.2.0", clauses)
        made = _run(tmp_path, "release", "库")
        assert made.returncode == 1 and code in made.stderr and "库/教师.yaml:" in made.stderr
    _write(tmp_path, "1.2", CLAUSE)
    assert "PW336" in _run(tmp_path, "release", "库").stderr
    assert os.listdir(tmp_path) == ["库"]


def test_what_is_no_library_or_no_package_is_reported(tmp_path: Path) -> None:
    assert _run(tmp_path, "release", "没有").returncode == 4
    (tmp_path / "空").mkdir()
    told = _run(tmp_path, "release", "空").stderr
    assert "library.yaml" in told and "写条款库所在的文件夹" in told and "重新发一份" not in told
    _write(tmp_path, "1.2.0")
    (tmp_path / "教育条款-1.1.0.pwlib").write_bytes(b"x")
    made = _run(tmp_path, "release", "库")
    assert made.returncode == 1 and "PW330" in made.stderr, "a previous package that cannot be read is not passed over"
    assert _run(tmp_path, "release", "库", "-o", "没有/甲.pwlib").returncode == 4


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    _write(tmp_path, "1.2.0")
    (tmp_path / "教育条款-1.2.0.md").write_text("手写的", "utf-8")
    made = _run(tmp_path, "release", "库")
    assert made.returncode == 4 and "PW339" in made.stderr and not (tmp_path / "教育条款-1.2.0.pwlib").exists()
    (tmp_path / "甲.pub").write_text("别的", "utf-8")
    made = _run(tmp_path, "keygen", "-o", "甲.key", "--no-password")
    assert made.returncode == 4 and not (tmp_path / "甲.key").exists()
    assert (tmp_path / "甲.pub").read_text("utf-8") == "别的"
    assert _run(tmp_path, "keygen", "-o", "乙.key", "--no-password").returncode == 0
    key = (tmp_path / "乙.key").read_bytes()
    assert _run(tmp_path, "keygen", "-o", "乙.key", "--no-password").returncode == 4
    assert (tmp_path / "乙.key").read_bytes() == key


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_key_is_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "甲.key").symlink_to(tmp_path / "别处.key")
    assert _run(tmp_path, "keygen", "-o", "甲.key", "--no-password").returncode == 4
    assert not (tmp_path / "别处.key").exists()


def test_a_key_needs_a_password_that_is_long_enough(tmp_path: Path) -> None:
    made = _run(tmp_path, "keygen")
    assert made.returncode == 2 and "PLANWRITER_KEY_PASSWORD" in made.stderr
    made = _run(tmp_path, "keygen", PLANWRITER_KEY_PASSWORD="太短")
    assert made.returncode == 2 and "太短" in made.stderr
    assert os.listdir(tmp_path) == []


def test_trust_is_used_as_it_should_be(tmp_path: Path) -> None:
    _run(tmp_path, "keygen", "-o", "甲.key", "--no-password")
    assert _run(tmp_path, "trust", "甲.pub").returncode == 2
    assert _run(tmp_path, "trust", "甲.pub", "--name", "甲\n乙").returncode == 2
    assert _run(tmp_path, "trust", "--name", "甲").returncode == 2
    assert _run(tmp_path, "trust", "甲.pub", "--name", "甲", "--remove", "甲").returncode == 2
    made = _run(tmp_path, "trust", "甲.key", "--name", "甲")
    assert made.returncode == 1 and "私钥" in made.stderr
    (tmp_path / "设置" / "我的").mkdir(parents=True)
    (tmp_path / "设置" / "我的" / "trusted.json").write_text("x", "utf-8")
    made = _run(tmp_path, "trust", "甲.pub", "--name", "甲")
    assert made.returncode == 1 and "PW335" in made.stderr
    assert (tmp_path / "设置" / "我的" / "trusted.json").read_text("utf-8") == "x"
    assert "重新记下" in made.stderr and "keygen" not in made.stderr


def test_a_hostile_package_is_neither_signed_nor_changed(tmp_path: Path) -> None:
    _run(tmp_path, "keygen", "-o", "甲.key", "--no-password")
    data = packed() + b"x"
    (tmp_path / "包.pwlib").write_bytes(data)
    made = _run(tmp_path, "sign", "包.pwlib", "--key", "甲.key")
    assert made.returncode == 1 and "PW330" in made.stderr
    assert (tmp_path / "包.pwlib").read_bytes() == data and sorted(os.listdir(tmp_path)) == [
        "包.pwlib",
        "甲.key",
        "甲.pub",
    ]


def test_without_cryptography_a_library_can_be_published_but_not_signed(tmp_path: Path) -> None:
    (tmp_path / "假的" / "cryptography").mkdir(parents=True)
    (tmp_path / "假的" / "cryptography" / "__init__.py").write_text("raise ImportError('not installed')\n", "utf-8")
    without = {"PYTHONPATH": os.pathsep.join((str(tmp_path / "假的"), str(ROOT)))}
    _write(tmp_path, "1.2.0")
    assert _run(tmp_path, "release", "库", **without).returncode == 0
    for arguments in (("keygen", "--no-password"), ("keygen",)):
        made = _run(tmp_path, *arguments, **without)
        assert made.returncode == 1 and "PW334" in made.stderr and 'pip install "planwriter[share]"' in made.stderr
    (tmp_path / "甲.key").write_bytes(b"-----BEGIN PRIVATE KEY-----\n")
    assert "PW334" in _run(tmp_path, "sign", "教育条款-1.2.0.pwlib", "--key", "甲.key", **without).stderr


def test_the_built_in_library_can_be_published(tmp_path: Path) -> None:
    made = _run(tmp_path, "release", str(ROOT / "section_library"))
    assert made.returncode == 0, made.stderr


def test_a_release_goes_to_the_file_that_was_asked_for(tmp_path: Path) -> None:
    _write(tmp_path, "1.2.0")
    assert _run(tmp_path, "release", "库").returncode == 0
    refused = _run(tmp_path, "release", "库", "-o", "甲.zip")
    assert refused.returncode == 2 and "甲.pwlib" in refused.stderr and not (tmp_path / "甲.zip").exists()
    made = _run(tmp_path, "release", "库", "-o", "甲.pwlib")
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "甲.pwlib").read_bytes() == (tmp_path / "教育条款-1.2.0.pwlib").read_bytes()
    assert "没有重写" in _run(tmp_path, "release", "库").stdout
