"""Files that an outline names outside its workspace are named in a hint, whatever they are; those inside are not."""

from pathlib import Path

import pytest

from planwriter.findings.finding import Finding, Severity
from tests.support import outline, plan_file
from tests.writers.pictures import png

CHAPTER = "重点任务:\n  - 章: 办好食堂\n    内容:\n      - 图: {}\n        题: 食堂\n"
NAMES = {
    "a workbook": ("项目.csv", "附件:\n  - 标题: 项目表\n    表: {}\n", ""),
    "targets": ("指标.csv", "指标: {}\n", ""),
    "a picture": ("食堂.png", "", CHAPTER),
    "the plan above": ("市局.yaml", "上级文件: {}\n", ""),
    "a library": ("县库", "库: {}\n", ""),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with an inner folder, and beside both of them the files that an outline may name."""
    for at in (tmp_path, tmp_path / "县", tmp_path / "县" / "里"):
        at.mkdir(exist_ok=True)
        (at / "项目.csv").write_text("序号,项目\n1,食堂\n", "utf-8")
        (at / "指标.csv").write_text("指标,目标值,单位\n食堂数,5,个\n", "utf-8")
        (at / "市局.yaml").write_text(outline(extra="指标:\n  食堂数: 5个\n"), "utf-8")
        (at / "县库").mkdir()
        (at / "县库" / "library.yaml").write_text("名称: 县库\n版本: 1.0.0\n", "utf-8")
        (at / "食堂.png").write_bytes(png(40, 30))
    (tmp_path / "县" / "planwriter.yaml").touch()
    monkeypatch.chdir(tmp_path / "县")
    return tmp_path / "县"


def hints(what: str, prefix: str, path: str = "提纲.yaml") -> list[Finding]:
    name, extra, tasks = NAMES[what]
    named = f"{prefix}{name}"
    Path(path).write_text(outline(tasks.format(named), extra=extra.format(named)), "utf-8")
    found = [each for each in plan_file(path).findings if each.code == "PW124"]
    assert all(each.severity is Severity.HINT and named in each.message and each.pos.line > 1 for each in found)
    return found


@pytest.mark.parametrize("what", NAMES)
def test_what_lies_outside_is_named_once(folder: Path, what: str) -> None:
    assert len(hints(what, "../")) == 1
    assert len(hints(what, "../../", "里/提纲.yaml")) == 1
    assert len(hints(what, "里/../../")) == 1


@pytest.mark.parametrize("what", NAMES)
def test_what_lies_inside_is_not_named(folder: Path, what: str) -> None:
    assert hints(what, "") == hints(what, "里/") == hints(what, "../", "里/提纲.yaml") == hints(what, "../县/") == []


@pytest.mark.parametrize("what", NAMES)
def test_without_a_workspace_nothing_is_named(folder: Path, what: str) -> None:
    (folder / "planwriter.yaml").unlink()
    assert hints(what, "../") == []


def test_a_link_that_leads_out_is_named(folder: Path) -> None:
    Path("外.csv").symlink_to("../项目.csv")
    NAMES["a link"] = ("外.csv", "附件:\n  - 标题: 项目表\n    表: {}\n", "")
    try:
        assert len(hints("a link", "")) == 1
    finally:
        del NAMES["a link"]


def test_a_library_by_its_whole_path_is_named(folder: Path) -> None:
    assert len(hints("a library", f"{folder.parent}/")) == 1
    assert hints("a library", f"{folder}/") == []


def test_targets_outside_are_still_edited(folder: Path) -> None:
    from planwriter.app.session import Session
    from planwriter.app.target_list import open_targets

    hints("targets", "../")
    assert open_targets(Session().at("提纲.yaml"), "提纲.yaml").value is not None
