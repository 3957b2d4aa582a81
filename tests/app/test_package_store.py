"""The order of the libraries installed in a workspace, by their 级别."""

from pathlib import Path

import pytest

from planwriter.app.find_package import find_package
from planwriter.app.install import install_library
from planwriter.app.package_store import PackageStore
from planwriter.app.session import Session
from planwriter.app.workspace_outlines import WorkspaceOutlines
from planwriter.clauses.library import open_files
from planwriter.findings.finding import Severity
from planwriter.language.regions import LEVELS, LIBRARY_LEVELS, SAME, rank_named
from planwriter.sharing.bundle import make_bundle
from tests.sharing.support import library

CLAUSE = "- {条款: 校园/食堂, 文: 办好食堂。}\n".encode()


def files_of(level: str) -> dict[str, bytes]:
    """The files of a library of a level, whose name says it."""
    manifest = f"名称: 库{LEVEL_NAMES.index(level):02}\n版本: 1.0.0\n" + (f"级别: {level}\n" if level else "")
    return {"library.yaml": manifest.encode(), "校园.yaml": CLAUSE}


LEVEL_NAMES = ["省级", "通用", "", "国家", "直辖市", "自治区", "自治州", "市", "新区", "自治县", "区", "街道"]
"""From far to near, so that the order of names is not the one that is wanted."""


def install_in(folder: Path, level: str) -> tuple[str, ...]:
    workspace = folder / "planwriter.yaml"
    workspace.touch()
    library(folder / f"源{level}", files_of(level))
    made = find_package(f"源{level}", str(folder), allow_unsigned=True)
    assert made.value is not None, made.findings
    done = install_library(WorkspaceOutlines(Session(str(workspace))), made.value)
    assert done.value, done.findings
    return tuple(each.code for each in made.findings)


def test_the_nearest_level_comes_first(tmp_path: Path) -> None:
    """直辖市, 新区 and 自治州 were below 国家 once."""
    for level in LEVEL_NAMES:
        install_in(tmp_path, level)
    order = [library.manifest.level for _, library in PackageStore(str(tmp_path / "planwriter.yaml")).libraries().value if library.manifest]  # fmt: skip
    assert order == ["街道", "新区", "自治县", "区", "自治州", "市", "直辖市", "自治区", "国家", "省级", "通用", ""]


def test_a_level_that_is_none_is_a_warning_that_says_what_there_is(tmp_path: Path) -> None:
    assert install_in(tmp_path, "省级") == ("PW204",) and install_in(tmp_path, "直辖市") == ()
    (found,) = open_files(files_of("省级"), "库").findings
    assert (found.code, found.severity) == ("PW204", Severity.WARNING)
    assert (
        "“级别”不能是“省级”" in found.message
        and "自治区、直辖市" in found.hint
        and "国家" in found.hint
        and "通用" in found.hint
    )
    assert found.pos is not None and found.pos.line == 3
    assert make_bundle(files_of("省级")).value is not None


@pytest.mark.parametrize("level", [*LIBRARY_LEVELS, *SAME])
def test_every_level_has_a_rank_and_no_warning(level: str) -> None:
    manifest = f"名称: 库\n版本: 1.0.0\n级别: {level}\n".encode()
    assert rank_named(level) is not None and open_files({"library.yaml": manifest}, "库").findings == []


def test_townships_come_before_counties_cities_provinces_and_the_country() -> None:
    assert [rank_named(each) for each in ("镇", "县", "市", "省", "国家", "通用")] == [0, 1, 2, 3, 4, 5]
    assert {words.rank for words in LEVELS.values()} == {0, 1, 2, 3, 4} and rank_named("省级") is None
