"""A library in use stays with its signer, the lock's record of the signer is checked, and sources of a lock are asked about."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planwriter.sharing import registry as registries
from planwriter.sharing.bundle import with_signatures
from planwriter.sharing.signing import KeyPair, fingerprint
from tests.app.libraries import lock_of, package
from tests.cli.library.bureau import Bureau
from tests.sharing.packages import key_pair, library, opened, packed, raw_key, signed
from tests.support import ROOT, plan_file

pytest.importorskip("cryptography")

CITY, SCHOOL, STRANGER = key_pair(), key_pair(), key_pair()
NAMES = {"云岭市教育局": CITY, "云岭第一小学": SCHOOL}


def made(folder: Path, version: str, *keys: KeyPair, name: str = "通用", text: str = "") -> Path:
    """A package of a library in `folder`, signed by `keys`."""
    folder.mkdir(exist_ok=True)
    path = Path(package(folder, name, version, text or f"抓好师德{version}。"))
    for key in keys:
        path.write_bytes(signed(path.read_bytes(), key))
    return path


def trust(bureau: Bureau, name: str, key: KeyPair, *more: str) -> str:
    Path("某.pub").write_bytes(key.public)
    return bureau.run("trust", "某.pub", "--name", name, *more)


@pytest.fixture
def county(bureau: Bureau, tmp_path: Path) -> Bureau:
    """A county that trusts the city and a school, and uses the city's library 1.0.0."""
    for name, key in NAMES.items():
        trust(bureau, name, key)
    made(tmp_path, "1.0.0", CITY)
    bureau.run("install", "../通用-1.0.0.pwlib")
    return bureau


def record(bureau: Bureau) -> dict[str, Any]:
    """The lock's record of the library."""
    found: dict[str, Any] = json.loads((bureau.folder / "planwriter.lock").read_text("utf-8"))["库"][0]
    return found


def change_record(bureau: Bureau, **changes: object) -> None:
    """Changes the lock's record by hand; None takes a key away."""
    path = bureau.folder / "planwriter.lock"
    lock = json.loads(path.read_text("utf-8"))
    lock["库"][0].update(changes)
    lock["库"][0] = {key: value for key, value in lock["库"][0].items() if value is not None}
    path.write_text(json.dumps(lock, ensure_ascii=False), "utf-8")


def exchange(bureau: Bureau, data: bytes, **changes: object) -> None:
    """Puts a different package into the store, and its sha256 into the lock."""
    bundle = opened(data)
    for each in (bureau.folder / ".planwriter").glob("*.pwlib"):
        each.unlink()
    change_record(bureau, sha256=bundle.sha256, **changes)
    (there,) = lock_of(str(bureau.folder / "planwriter.yaml")).libraries
    (bureau.folder / ".planwriter" / there.file_name).write_bytes(data)


def codes() -> list[str]:
    """What is found in the outline that uses the library; nothing may be rendered from a library with a fault."""
    plan = plan_file("要点.yaml")
    assert plan.sound == (not plan.findings)
    return [each.code for each in plan.findings]


# a library stays with its signer


@pytest.mark.parametrize("arguments", [["--from", "../学校/通用-1.1.0.pwlib"], ["--from", "../学校"]])
def test_a_different_trusted_key_does_not_replace_a_library(
    county: Bureau, tmp_path: Path, arguments: list[str]
) -> None:
    made(tmp_path / "学校", "1.1.0", SCHOOL)
    before = (county.folder / "planwriter.lock").read_bytes()
    said = county.run("update", "通用", *arguments, "--yes", code=1)
    assert "PW331" in said and "云岭市教育局" in said and "云岭第一小学" in said and "--signer-changed" in said
    assert "PW331" in county.run("update", "通用", *arguments, "--yes", "--allow-unsigned", code=1)
    assert (county.folder / "planwriter.lock").read_bytes() == before
    county.run("update", *arguments, "--yes", "--signer-changed", code=2)
    county.run("update", "通用", *arguments, "--yes", "--signer-changed")
    assert (county.version, record(county)["签名"]) == ("1.1.0", "云岭第一小学")


def test_a_release_by_a_different_signer_is_passed_over_in_a_registry(county: Bureau, tmp_path: Path) -> None:
    place = tmp_path / "发布点"
    place.mkdir()
    for version, key in (("1.0.0", CITY), ("1.1.0", CITY), ("1.2.0", SCHOOL)):
        registries.publish(str(place), "通用", version, made(tmp_path, version, key).read_bytes())
    assert "PW331" in county.run("update", "--from", "../发布点", "--yes")
    assert (county.version, record(county)["签名"]) == ("1.1.0", "云岭市教育局")
    said = county.run("outdated")
    assert "有 1.2.0，不能用" in said and "PW331" in said
    county.run("update", "通用", "--signer-changed", "--yes")
    assert (county.version, record(county)["签名"]) == ("1.2.0", "云岭第一小学")


def test_an_unsigned_package_replaces_a_signed_one_only_if_both_are_accepted(county: Bureau, tmp_path: Path) -> None:
    made(tmp_path / "别处", "1.1.0")
    arguments = ("update", "通用", "--from", "../别处/通用-1.1.0.pwlib", "--yes")
    assert "PW333" in county.run(*arguments, code=1)
    assert "PW333" in county.run(*arguments, "--signer-changed", code=1)
    assert "这一个没有签名" in county.run(*arguments, "--allow-unsigned", code=1)
    county.run(*arguments, "--allow-unsigned", "--signer-changed")
    assert county.version == "1.1.0" and "签名" not in record(county) and "公钥" not in record(county)


def test_who_adds_a_signature_does_not_become_the_signer(bureau: Bureau, tmp_path: Path) -> None:
    for name, key in NAMES.items():
        trust(bureau, name, key)
    made(tmp_path, "1.0.0", CITY, SCHOOL)
    bureau.run("install", "../通用-1.0.0.pwlib")
    made(tmp_path, "1.1.0", SCHOOL)
    assert "PW331" in bureau.run("update", "--yes") and bureau.version == "1.0.0"
    made(tmp_path, "1.1.0", SCHOOL, CITY)
    bureau.run("update", "--yes")
    assert bureau.version == "1.1.0"


def test_a_bureau_may_change_its_key(county: Bureau, tmp_path: Path) -> None:
    trust(county, "云岭市教育局", STRANGER)
    made(tmp_path, "1.1.0", STRANGER)
    county.run("update", "--yes")
    assert county.version == "1.1.0" and record(county)["公钥"] == [fingerprint(raw_key(STRANGER))]


def test_an_unknown_signer_is_kept_to_as_well(bureau: Bureau, tmp_path: Path) -> None:
    made(tmp_path, "1.0.0", STRANGER)
    bureau.run("install", "../通用-1.0.0.pwlib", "--allow-unsigned")
    assert record(bureau)["公钥"] == [fingerprint(raw_key(STRANGER))]
    for keys in ((), (SCHOOL,)):
        made(tmp_path, "1.1.0", *keys)
        assert "PW331" in bureau.run("update", "--yes") and bureau.version == "1.0.0"
    made(tmp_path, "1.1.0", STRANGER)
    bureau.run("update", "--yes")
    assert bureau.version == "1.1.0"


def test_a_library_installed_over_a_different_signer_s_is_refused_as_that(county: Bureau, tmp_path: Path) -> None:
    made(tmp_path / "学校", "1.1.0", SCHOOL)
    said = county.run("install", "../学校/通用-1.1.0.pwlib", code=1)
    assert "PW331" in said and "PW329" not in said
    said = county.run("install", "../学校/通用-1.1.0.pwlib", "--signer-changed", code=1)
    command = said[said.index("planwriter library update") :].split("。")[0]
    assert "PW329" in said and command.endswith("--signer-changed")
    county.type(command, "--yes")
    assert county.version == "1.1.0"


def test_the_list_shows_who_signed_beside_the_publisher_that_a_library_claims(bureau: Bureau, tmp_path: Path) -> None:
    trust(bureau, "云岭第一小学", SCHOOL)
    path = tmp_path / "库.pwlib"
    path.write_bytes(signed(packed(library()), SCHOOL))
    bureau.run("install", "../库.pwlib")
    assert "云岭市教育局　签名：云岭第一小学　" in bureau.run("list")
    bureau.run("trust", "--remove", "云岭第一小学")
    assert "签名：云岭第一小学（公钥不在你信任的名单里）" in bureau.run("list")
    bureau.run("remove", "教育条款")
    path.write_bytes(packed(library()))
    bureau.run("install", "../库.pwlib", "--allow-unsigned")
    assert "云岭市教育局　没有签名　" in bureau.run("list")


def test_a_key_bound_to_a_library_signs_no_other(bureau: Bureau, tmp_path: Path) -> None:
    assert "只用于：小学条款、校园条款" in trust(
        bureau, "云岭第一小学", SCHOOL, "--library", "小学条款", "--library", "校园条款"
    )
    assert "只用于：小学条款、校园条款" in bureau.run("trust")
    made(tmp_path, "1.0.0", SCHOOL)
    for more in ([], ["--allow-unsigned"]):
        said = bureau.run("install", "../通用-1.0.0.pwlib", *more, code=1)
        assert "PW333" in said and "云岭第一小学只信任用于“小学条款”“校园条款”" in said
    made(tmp_path, "1.0.0", SCHOOL, name="小学条款")
    bureau.run("install", "../小学条款-1.0.0.pwlib")
    trust(bureau, "云岭市教育局", CITY, "--library", "通用")
    made(tmp_path, "1.0.0", SCHOOL, CITY)
    bureau.run("install", "../通用-1.0.0.pwlib")
    assert [each.signer for each in lock_of("planwriter.yaml").libraries] == ["云岭第一小学", "云岭市教育局"]
    trust(bureau, "云岭第一小学", SCHOOL)
    assert "只用于：小学" not in bureau.run("trust")
    bureau.run("trust", "某.pub", "--name", "某", "--library", "a\nb", code=2)
    bureau.run("trust", "--library", "通用", code=2)


def test_an_older_package_is_a_downgrade_unless_its_version_is_typed(county: Bureau, tmp_path: Path) -> None:
    made(tmp_path, "1.1.0", CITY)
    county.run("update", "--yes")
    said = county.run("update", "通用", "--from", "../通用-1.0.0.pwlib", "--yes", code=1)
    assert "PW329" in said and "退回旧版" in said and county.version == "1.1.0"
    county.type(said[said.index("planwriter library update") :].split("。\n")[0], "--yes")
    assert county.version == "1.0.0"


# the lock's record of the signer


def test_a_lock_records_the_key_and_its_package_renders(county: Bureau) -> None:
    assert record(county)["公钥"] == [fingerprint(raw_key(CITY))] and codes() == []


def unsigned(data: bytes) -> bytes:
    return with_signatures(opened(data), ())


def with_invalid(data: bytes) -> bytes:
    """The package with the city's key beside a signature that it did not make."""
    (mine,) = opened(data).signatures
    return with_signatures(opened(data), (type(mine)(mine.key, bytes(64)),))


EXCHANGED: dict[str, tuple[Callable[[bytes], bytes], dict[str, object], str]] = {
    "the signature is gone": (unsigned, {}, "PW326"),
    "by a different key": (lambda data: signed(unsigned(data), SCHOOL), {}, "PW326"),
    "by a different key under the recorded name": (
        lambda data: signed(unsigned(data), SCHOOL),
        {"公钥": [fingerprint(raw_key(STRANGER))]},
        "PW326",
    ),
    "a different library by the same signer": (
        lambda data: signed(packed(library()), CITY),
        {},
        "PW326",
    ),
    "a different version by the same signer": (lambda data: data, {"版本": "1.0.9"}, "PW326"),
    "an invalid signature": (with_invalid, {}, "PW332"),
    "the lock forgot the signer": (lambda data: data, {"签名": None, "公钥": None}, "PW326"),
    "an old lock, the signature is gone": (unsigned, {"公钥": None}, "PW326"),
    "an old lock, an invalid signature": (with_invalid, {"公钥": None}, "PW332"),
}


@pytest.mark.parametrize("name", EXCHANGED)
def test_a_package_that_is_not_signed_as_the_lock_says_is_an_error(county: Bureau, tmp_path: Path, name: str) -> None:
    change, changes, code = EXCHANGED[name]
    exchange(county, change((tmp_path / "通用-1.0.0.pwlib").read_bytes()), **changes)
    assert codes() == [code]
    assert code in county.run("list", code=1) and code in county.run("review", code=1)
    (tmp_path / "通用-1.0.0.pwlib").unlink()
    made(tmp_path, "1.1.0", SCHOOL)
    assert "PW331" in county.run("update", "--yes", code=1), "not even then may a different signer replace it"


def test_a_lock_that_lost_its_signer_is_healed_by_installing_again(county: Bureau) -> None:
    change_record(county, 签名=None, 公钥=None)
    (told,) = plan_file("要点.yaml").findings
    command = told.hint[told.hint.index("planwriter library install") :].split("；")[0]
    assert "--allow-unsigned" not in command
    county.type(command)
    assert record(county)["签名"] == "云岭市教育局" and codes() == []


def test_an_old_lock_gets_the_key_at_the_next_write(county: Bureau, tmp_path: Path) -> None:
    change_record(county, 公钥=None)
    assert codes() == []
    made(tmp_path, "1.0.0", CITY, name="又一库", text="别的。")
    county.run("install", "../又一库-1.0.0.pwlib")
    assert [each.keys for each in lock_of("planwriter.yaml").libraries] == [(fingerprint(raw_key(CITY)),)] * 2


WITHOUT = """
import sys
sys.modules["cryptography"] = None
from planwriter.cli import main
main(sys.argv[1:])
"""


def python(program: str, *arguments: str) -> str:
    """What a program says in a process of its own, where nobody sits at a terminal."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
    )
    return done.stdout + done.stderr


def test_without_cryptography_the_recorded_keys_are_checked(county: Bureau, tmp_path: Path) -> None:
    assert python(WITHOUT, "check", "要点.yaml") == "没有发现问题。\n"
    data = (tmp_path / "通用-1.0.0.pwlib").read_bytes()
    exchange(county, signed(unsigned(data), SCHOOL))
    assert "PW326" in python(WITHOUT, "check", "要点.yaml")
    exchange(county, unsigned(data))
    assert "PW326" in python(WITHOUT, "check", "要点.yaml")


@pytest.mark.parametrize("keys", ["x", ["x"], [1], {"a": 1}])
def test_a_record_of_keys_that_is_none_makes_the_lock_unreadable(county: Bureau, keys: object) -> None:
    change_record(county, 公钥=keys)
    assert codes() == ["PW325"]


# sources


@pytest.fixture
def sent(county: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Bureau:
    """The county's workspace, sent to somebody who trusts the same keys."""
    made(tmp_path, "1.1.0", CITY)
    folder = tmp_path / "收到的"
    shutil.copytree(county.folder, folder)
    monkeypatch.chdir(folder)
    return Bureau(folder, capsys)


WATCHED = """
import sys

def listen(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and "通用-" in str(arguments[0]):
        if ".planwriter" not in str(arguments[0]):
            print("looked at", arguments[0])

sys.addaudithook(listen)
from planwriter.cli import main
main(sys.argv[1:])
"""


def test_the_source_in_a_lock_is_not_contacted_in_a_workspace_that_is_new_here(sent: Bureau) -> None:
    for command in (["outdated"], ["update"], ["update", "通用", "--to", "1.1.0", "--yes"]):
        said = python(WATCHED, "library", *command)
        assert "PW347" in said and "../通用-1.0.0.pwlib" in said and "looked at" not in said
    typed = said[said.index("planwriter library update") :].split("。")[0]
    assert typed == "planwriter library update 通用 --to 1.1.0 --source-ok"
    said = python(WATCHED, "library", "outdated", "--source-ok")
    assert "有 1.1.0" in said and "looked at" in said
    assert "有 1.1.0" in sent.run("outdated"), "it is remembered"
    sent.run("update", "--yes")
    assert sent.version == "1.1.0"


def test_a_source_that_is_typed_is_accepted(sent: Bureau) -> None:
    sent.run("update", "通用", "--from", "../通用-1.1.0.pwlib", "--yes")
    assert "已是最新" in sent.run("outdated")


@pytest.mark.parametrize(("answer", "code"), [("是", 0), ("否", 1)])
def test_at_a_terminal_the_source_is_asked_about(
    sent: Bureau, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr("planwriter.cli.library.update.asks", lambda: True)
    monkeypatch.setattr("planwriter.cli.library.update.confirm", lambda question: answer == "是")
    assert "来自“../通用-1.0.0.pwlib”" in sent.run("outdated", code=code)


def test_a_record_of_sources_that_is_broken_accepts_none(sent: Bureau, tmp_path: Path) -> None:
    for data in (b"{", b"[]", b'{"x": 1}', b"[" * 100_000, b"\xff"):
        (tmp_path / "设置" / "sources.json").write_bytes(data)
        assert "PW347" in sent.run("outdated", code=1)
    sent.run("outdated", "--source-ok")


def test_no_absolute_path_stands_in_a_lock(
    county: Bureau, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert record(county)["来源"] == "../通用-1.0.0.pwlib"
    far = tmp_path_factory.mktemp("U盘")
    package_of = made(far, "1.1.0", CITY)
    county.run("update", "--from", str(package_of), "--yes")
    assert record(county)["来源"] == "别处 通用-1.1.0.pwlib" and county.version == "1.1.0"
    for command in ("outdated", "update"):
        said = county.run(command, code=1)
        assert "PW340" in said and "planwriter library update 通用 --from " in said
    place = far / "发布点"
    place.mkdir()
    registries.publish(str(place), "通用", "1.2.0", made(far, "1.2.0", CITY).read_bytes())
    county.run("update", "--from", str(place), "--yes")
    assert record(county)["来源"] == "发布点 别处 发布点" and county.version == "1.2.0"
    assert str(far) not in (county.folder / "planwriter.lock").read_text("utf-8")
    assert "PW340" in county.run("update", code=1)


def test_an_absolute_path_in_an_old_lock_is_replaced_at_the_next_write(county: Bureau, tmp_path: Path) -> None:
    made(tmp_path, "1.0.0", CITY, name="又一库", text="别的。")
    for source, wanted in (
        (str(tmp_path / "通用-1.0.0.pwlib"), "../通用-1.0.0.pwlib"),
        ("/mnt/u/甲.pwlib", "别处 甲.pwlib"),
        ("C:\\盘\\甲.pwlib", "别处 甲.pwlib"),
    ):
        lock = json.loads((county.folder / "planwriter.lock").read_text("utf-8"))
        next(each for each in lock["库"] if each["名称"] == "通用")["来源"] = source
        (county.folder / "planwriter.lock").write_text(json.dumps(lock, ensure_ascii=False), "utf-8")
        county.run("install", "../又一库-1.0.0.pwlib")
        county.run("remove", "又一库")
        assert record(county)["来源"] == wanted
