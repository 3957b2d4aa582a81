"""Findings on packages, locks, registries and signatures that no outline can show: a function makes each; its docstring is the code."""

import os
from pathlib import Path

import pytest

from planwriter.app.session import Session
from planwriter.app.workspace_outlines import WorkspaceOutlines
from planwriter.findings.finding import Finding
from planwriter.sharing import registry, signing
from planwriter.sharing.bundle import open_bundle, with_signatures
from planwriter.sharing.fetch import fetch
from planwriter.sharing.release import make_release, pack_library
from planwriter.sharing.trust import Signed, Trust, judge
from planwriter.system import files
from tests.sharing import packages
from tests.support import outline, plan_file


def _installed(text: str) -> list[Finding]:
    """What is found in an outline whose workspace has the library 通用 1.0.0."""
    from planwriter.app import find_package, install
    from planwriter.sharing.bundle import make_bundle

    for version, words in (("1.0.0", "抓好师德。"), ("1.1.0", "抓实师德。")):
        clauses = f"- {{条款: 教师/师德, 条: 加强师德, 文: {words}}}\n"
        made = make_bundle({"library.yaml": f"名称: 通用\n版本: {version}\n".encode(), "教师.yaml": clauses.encode()})
        Path(f"通用-{version}.pwlib").write_bytes(made.value or b"")
    Path("planwriter.yaml").write_text("单位: 青山县教育局\n", "utf-8")
    Path("提纲.yaml").write_text(text, "utf-8")
    candidate = find_package.find_package("通用-1.0.0.pwlib", ".", allow_unsigned=True).value
    assert (
        candidate is not None
        and install.install_library(WorkspaceOutlines(Session("planwriter.yaml")), candidate).value
    )
    return list(plan_file("提纲.yaml").findings)


_USE = "重点任务:\n  - 章: 建强队伍\n    内容:\n      - 用: 教师/师德\n"


def a_lock_that_was_meddled_with(folder: Path) -> list[Finding]:
    """PW325"""
    assert _installed(outline(_USE)) == []
    Path("planwriter.lock").write_text("{}", "utf-8")
    return list(plan_file("提纲.yaml").findings)


def a_locked_library_that_is_gone(folder: Path) -> list[Finding]:
    """PW326"""
    assert _installed(outline(_USE)) == []
    for each in Path(".planwriter").glob("*.pwlib"):
        each.unlink()
    return list(plan_file("提纲.yaml").findings)


def a_clause_that_changed_since_it_was_looked_at(folder: Path) -> list[Finding]:
    """PW327"""
    from planwriter.app import find_package, install

    assert _installed(outline(_USE)) == []
    candidate = find_package.find_package("通用-1.1.0.pwlib", ".", allow_unsigned=True).value
    assert (
        candidate is not None and install.update_library(WorkspaceOutlines(Session("planwriter.yaml")), candidate).value
    )
    found = list(plan_file("提纲.yaml").findings)
    assert [each.pos.line for each in found] == [9]
    return found


def a_library_of_another_version_than_asked_for(folder: Path) -> list[Finding]:
    """PW328"""
    assert _installed(outline(_USE, extra="库: 通用@^1.0\n")) == []
    Path("提纲.yaml").write_text(outline(_USE, extra="库: 通用@^2.0\n"), "utf-8")
    return list(plan_file("提纲.yaml").findings)


def a_library_installed_over_another_version(folder: Path) -> list[Finding]:
    """PW329"""
    from planwriter.app import find_package, install

    _installed(outline(_USE))
    candidate = find_package.find_package("通用-1.1.0.pwlib", ".", allow_unsigned=True).value
    assert candidate is not None
    return list(install.install_library(WorkspaceOutlines(Session("planwriter.yaml")), candidate).findings)


def a_package_that_is_none(folder: Path) -> list[Finding]:
    """PW330"""
    return list(open_bundle(b"%PDF-1.7", "条款.pwlib").findings)


def a_signature_of_another_package(folder: Path) -> list[Finding]:
    """PW332"""
    key = packages.key_pair()
    (signature,) = packages.opened(packages.signed(packages.packed(), key)).signatures
    other = packages.opened(packages.packed(packages.library("1.3.0")))
    assert (
        judge(packages.opened(packages.signed(packages.packed(), key)), (), "甲", allow_untrusted=True).findings == ()
    )
    return list(judge(packages.opened(with_signatures(other, (signature,))), (), "条款.pwlib").findings)


def a_package_that_nobody_signed(folder: Path) -> list[Finding]:
    """PW333"""
    return list(judge(packages.opened(packages.packed()), (), "条款.pwlib").findings)


def a_library_by_a_different_signer(folder: Path) -> list[Finding]:
    """PW331"""
    from planwriter.sharing.lock import Locked
    from planwriter.sharing.signers import changed_signer
    from planwriter.sharing.trust import TrustedKey

    city, school = (TrustedKey(name, packages.raw_key(packages.key_pair())) for name in ("云岭市教育局", "第一小学"))
    there = Locked(name="甲", version="1.0.0", source="", digest="", signer=city.name, keys=(city.fingerprint,))
    found = []
    for key in (city, school):
        signed = Trust(Signed.TRUSTED, (key.name,), (key.fingerprint,), (key.fingerprint,))
        found.append(changed_signer(there, "甲", signed, "甲.pwlib"))
    assert found[0] is None and found[1] is not None
    return [found[1]]


def a_source_that_nobody_has_accepted(folder: Path) -> list[Finding]:
    """PW347"""
    from planwriter.app.known_sources import remember_source, unknown_source

    _installed(outline(_USE))
    (there,) = Session("planwriter.yaml").installed().value
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANWRITER_CONFIG", str(folder / "设置"))
        before = unknown_source(there[0], ".", "planwriter library outdated --source-ok")
        assert before is not None
        remember_source(there[0].source, ".")
        assert unknown_source(there[0], ".", "") is None
    return [before]


def a_file_outside_the_workspace(folder: Path) -> list[Finding]:
    """PW124"""
    Path("里").mkdir()
    Path("里/提纲.yaml").write_text(outline(extra="附件:\n  - 标题: 项目表\n    表: ../项目.csv\n"), "utf-8")
    Path("项目.csv").write_text("序号,项目\n1,食堂\n", "utf-8")
    assert plan_file("里/提纲.yaml").findings == (), "there is no workspace"
    Path("planwriter.yaml").touch()
    assert plan_file("里/提纲.yaml").findings == (), "it is in the workspace"
    Path("planwriter.yaml").rename("里/planwriter.yaml")
    assert plan_file("里/提纲.yaml").sound
    return list(plan_file("里/提纲.yaml").findings)


def a_private_key_in_the_place_of_a_public_one(folder: Path) -> list[Finding]:
    """PW335"""
    key = packages.key_pair()
    assert signing.read_public_key(key.public, "市局.pub").findings == ()
    return list(signing.read_public_key(key.private, "市局.key").findings)


def a_year_in_the_place_of_a_version(folder: Path) -> list[Finding]:
    """PW336"""
    return list(pack_library(packages.library("2026"), "库").findings)


def _release(version: str, clauses: str) -> list[Finding]:
    bundle = packages.opened(packages.packed(packages.library(version, clauses)))
    return list(make_release(bundle, "库", packages.opened(packages.packed())).findings)


def a_version_too_small_for_what_changed(folder: Path) -> list[Finding]:
    """PW337"""
    assert _release("2.0.0", packages.CLAUSE) == []
    return _release("1.2.1", packages.CLAUSE)


def a_version_that_is_out_with_other_content(folder: Path) -> list[Finding]:
    """PW338"""
    assert _release("1.2.0", packages.CLAUSE + packages.SECOND) == []
    return _release("1.2.0", packages.CLAUSE)


def a_key_that_is_there_already(folder: Path) -> list[Finding]:
    """PW339"""
    assert files.write_new("市局.key", b"x") is None
    return [each for each in [files.write_new("市局.key", b"y")] if each]


def a_source_that_is_no_library(folder: Path) -> list[Finding]:
    """PW340"""
    Path("县库").mkdir()
    found = list(fetch("县库", base=".").findings)
    Path("县库/library.yaml").write_text("名称: 青山县条款库\n版本: 1.0.0\n", "utf-8")
    assert fetch("县库", base=".").findings == ()
    return found


def a_server_that_is_not_there(folder: Path) -> list[Finding]:
    """PW341"""
    return list(fetch("http://127.0.0.1:1/县库.pwlib", base=".").findings)


def a_store_whose_package_is_not_installed(folder: Path) -> list[Finding]:
    """PW342"""
    return list(fetch("lakefs://教育局/县库.pwlib", base=".").findings)


def a_package_too_large(folder: Path) -> list[Finding]:
    """PW343"""
    Path("县库.pwlib").write_bytes(b"x" * 101)
    assert fetch("县库.pwlib", base=".", limit=101).findings == ()
    return list(fetch("县库.pwlib", base=".", limit=100).findings)


def _published(data: bytes) -> registry.PublishedPackage:
    os.makedirs("发布点", exist_ok=True)
    made = registry.publish("发布点", "青山条款库", "1.0.0", data)
    assert made.value is not None and made.findings == ()
    return made.value


def a_package_that_was_changed_in_the_registry(folder: Path) -> list[Finding]:
    """PW344"""
    release = _published(b"x")
    assert registry.download("发布点", release).findings == ()
    next(Path("发布点").rglob("*.pwlib")).write_bytes(b"y")
    return list(registry.download("发布点", release).findings)


def a_library_that_the_registry_does_not_have(folder: Path) -> list[Finding]:
    """PW345"""
    _published(b"x")
    assert registry.find("发布点", "青山条款库", lambda version: True, str).findings == ()
    return list(registry.find("发布点", "青山县条款库", lambda version: True, str).findings)


def other_bytes_under_a_version_that_is_taken(folder: Path) -> list[Finding]:
    """PW346"""
    _published(b"x")
    return list(registry.publish("发布点", "青山条款库", "1.0.0", b"y").findings)
