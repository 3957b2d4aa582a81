"""Libraries installed into a workspace by several processes at once, and by processes that are killed while installing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from planwriter.app import find_package, install
from planwriter.app.package_store import PackageStore
from planwriter.app.session import Session
from planwriter.app.workspace_outlines import WorkspaceOutlines
from planwriter.sharing.bundle import make_bundle
from tests.app.libraries import OUTLINE, lock_of, package
from tests.support import ROOT


@pytest.fixture
def workspace(tmp_path: Path) -> str:
    (tmp_path / "县").mkdir()
    (tmp_path / "县" / "要点.yaml").write_text(OUTLINE, "utf-8")
    (tmp_path / "县" / "planwriter.yaml").write_text("单位: 青山县教育局\n", "utf-8")
    return str(tmp_path / "县" / "planwriter.yaml")


def candidate(path: str, workspace: str) -> install.PackageCandidate:
    made = find_package.find_package(path, os.path.dirname(workspace), allow_unsigned=True)
    assert made.value is not None, made.findings
    return made.value


def whole(workspace: str) -> bool:
    """True if every library in the lock is there and unchanged."""
    return not PackageStore(workspace).libraries().findings


CHILD = """
import json, os, sys, traceback
from planwriter.app import find_package, install
from planwriter.app.session import Session
from planwriter.app.workspace_outlines import WorkspaceOutlines

def change(workspace, action, *paths):
    for path in paths:
        outlines = WorkspaceOutlines(Session(workspace))
        made = find_package.find_package(path, os.path.dirname(workspace), allow_unsigned=True)
        assert made.value is not None, made.findings
        done = getattr(install, f"{action}_library")(outlines, made.value)
        assert done.value or not done.findings, done.findings
"""
AT_ONCE = CHILD + "change(*sys.argv[1:])"
KILLED = (
    CHILD
    + """
def change_and_die(step, *arguments):
    # the process is killed at the given change of the disk; 0: never
    left = [step]
    def stopped(function):
        def wrapped(*arguments, **options):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), 9)
            return function(*arguments, **options)
        return wrapped
    os.replace, os.fsync, os.unlink = stopped(os.replace), stopped(os.fsync), stopped(os.unlink)
    try:
        change(*arguments)
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)

for line in sys.stdin:
    child = os.fork() or change_and_die(*json.loads(line))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
)


def child(program: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_processes_that_install_at_once_lose_nothing(tmp_path: Path, workspace: str) -> None:
    """Each puts a hundred libraries into one workspace."""
    os.unlink(os.path.join(os.path.dirname(workspace), "要点.yaml"))
    mine = [package(tmp_path, f"甲{number}") for number in range(100)]
    yours = [package(tmp_path, f"乙{number}") for number in range(100)]
    running = [child(AT_ONCE, workspace, "install", *each) for each in (mine, yours)]
    for each in running:
        said = each.communicate(timeout=180)[1]
        assert each.returncode == 0, said
    names = {each.name for each in lock_of(workspace).libraries}
    assert names == {f"{side}{number}" for side in "甲乙" for number in range(100)}
    assert whole(workspace)


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.kill
def test_a_process_killed_at_any_write_leaves_the_old_or_the_new(tmp_path: Path, workspace: str) -> None:
    first, second = package(tmp_path, "通用"), package(tmp_path, "通用", "1.1.0", "抓实师德。")
    killer = child(KILLED)
    assert killer.stdin is not None and killer.stdout is not None
    for action, path, before in (("install", first, None), ("update", second, "1.0.0")):
        for step in range(1, 40):
            killer.stdin.write(json.dumps([step, workspace, action, path]) + "\n")
            killer.stdin.flush()
            code = int(killer.stdout.readline())
            there = lock_of(workspace).find("通用")
            assert whole(workspace)
            assert there is None or there.version in (before, path.rsplit("-", 1)[1].removesuffix(".pwlib"))
            if code == 0:
                break
            assert code == -9
        assert step > 2, "it was never killed"
        assert there is not None and there.version == path.rsplit("-", 1)[1].removesuffix(".pwlib")
    assert killer.communicate(timeout=60) == ("", "")
    left = sorted(os.listdir(tmp_path / "县" / ".planwriter"))
    wanted = {each.file_name for each in lock_of(workspace).libraries}
    assert [name for name in left if name not in (*wanted, "journal") and "1.0.0" not in name] == []


def test_uses_are_recorded_when_a_library_is_installed_and_suspect_when_it_changes(
    tmp_path: Path, workspace: str
) -> None:
    outlines = WorkspaceOutlines(Session(workspace))
    assert install.install_library(outlines, candidate(package(tmp_path, "通用"), workspace)).value
    assert list(lock_of(workspace).uses["要点.yaml"]) == ["教师/师德"]
    assert list(outlines.unreviewed()) == []
    new = candidate(package(tmp_path, "通用", "1.1.0", "抓实师德。"), workspace)
    (shown,) = outlines.changes({"通用": new.library()})
    assert (shown.outline, shown.pos.line, shown.before, shown.after) == (
        "要点.yaml",
        9,
        ("加强师德", "抓好师德。"),
        ("加强师德", "抓实师德。"),
    )
    assert install.update_library(outlines, new).value
    (suspect,) = WorkspaceOutlines(Session(workspace)).unreviewed()
    assert (suspect.before, suspect.after) == (shown.before, shown.after)
    assert install.accept_changes(outlines, {("要点.yaml", "教师/师德")}).value
    assert list(WorkspaceOutlines(Session(workspace)).unreviewed()) == []
    (locked,) = lock_of(workspace).libraries
    assert locked.previous is None


BOXED = """\
- 条款: 教师/师德
  条: 加强师德
  内容:
    - 专栏: 师德建设
      内容:
        - 示范学校五所。
        - 表: [[学校, 数量], [中学, 五所]]
          题: 示范学校五所
    - 用: 教师/底数
      责任单位: 督导室
- {条款: 教师/底数, 文: 现有五所。}
"""


def test_a_change_in_a_box_a_table_or_who_answers_is_shown_before_and_after(tmp_path: Path, workspace: str) -> None:
    def library(version: str, clauses: str) -> install.PackageCandidate:
        made = make_bundle({"library.yaml": f"名称: 通用\n版本: {version}\n".encode(), "教师.yaml": clauses.encode()})
        assert made.value is not None, made.findings
        (tmp_path / "包.pwlib").write_bytes(made.value)
        return candidate(str(tmp_path / "包.pwlib"), workspace)

    outlines = WorkspaceOutlines(Session(workspace))
    assert install.install_library(outlines, library("1.0.0", BOXED)).value
    outlines = WorkspaceOutlines(Session(workspace))
    new = library("1.1.0", BOXED.replace("五所", "九所").replace("督导室", "人事股"))
    (shown,) = outlines.changes({"通用": new.library()})
    changed = ["示范学校五所。", "示范学校五所", "中学 五所", "现有五所。", "（责任单位：督导室）"]
    assert [line for line in shown.before if line not in shown.after] == changed
    assert install.update_library(outlines, new).value
    (suspect,) = WorkspaceOutlines(Session(workspace)).unreviewed()
    assert (suspect.before, suspect.after) == (shown.before, shown.after)


def test_a_use_typed_after_the_library_was_installed_is_suspect_too_when_it_changes(
    tmp_path: Path, workspace: str
) -> None:
    outline = tmp_path / "县" / "要点.yaml"
    outline.write_text(OUTLINE.replace("用: 教师/师德", "条: 手写"), "utf-8")
    assert install.install_library(
        WorkspaceOutlines(Session(workspace)), candidate(package(tmp_path, "通用"), workspace)
    ).value
    outline.write_text(OUTLINE, "utf-8")
    new = candidate(package(tmp_path, "通用", "1.1.0", "抓实师德。"), workspace)
    assert install.update_library(WorkspaceOutlines(Session(workspace)), new).value
    assert [each.clause for each in WorkspaceOutlines(Session(workspace)).unreviewed()] == ["教师/师德"]


def test_a_clause_in_a_folder_that_is_changed_by_hand_makes_its_uses_suspect(tmp_path: Path, workspace: str) -> None:
    folder = tmp_path / "县" / "县库"
    folder.mkdir()
    (folder / "library.yaml").write_text("名称: 县库\n版本: 1.0.0\n", "utf-8")
    (folder / "教师.yaml").write_text("- {条款: 教师/师德, 条: 加强师德, 文: 县里的话。, 标签: [甲]}\n", "utf-8")
    (tmp_path / "县" / "planwriter.yaml").write_text("单位: 青山县教育局\n库: 县库\n", "utf-8")
    assert install.accept_changes(WorkspaceOutlines(Session(workspace)), set()).value
    (folder / "教师.yaml").write_text("- {条款: 教师/师德, 条: 加强师德, 文: 县里的话。, 标签: [乙]}\n", "utf-8")
    assert list(WorkspaceOutlines(Session(workspace)).unreviewed()) == [], "a tag is no wording"
    (folder / "教师.yaml").write_text("- {条款: 教师/师德, 条: 加强师德, 文: 县里的新话。, 标签: [乙]}\n", "utf-8")
    (suspect,) = WorkspaceOutlines(Session(workspace)).unreviewed()
    assert suspect.after == ("加强师德", "县里的新话。") and suspect.before == ()


def test_a_different_package_of_the_same_version_is_not_installed_silently(tmp_path: Path, workspace: str) -> None:
    outlines = WorkspaceOutlines(Session(workspace))
    assert install.install_library(outlines, candidate(package(tmp_path, "通用"), workspace)).value
    other = candidate(package(tmp_path, "通用", text="换了话。"), workspace)
    refused = install.install_library(outlines, other)
    assert not refused.value and [each.code for each in refused.findings] == ["PW329"]


def test_a_lock_that_was_meddled_with_stops_every_change(tmp_path: Path, workspace: str) -> None:
    path = tmp_path / "县" / "planwriter.lock"
    path.write_text(json.dumps({"格式": 9}), "utf-8")
    refused = install.install_library(
        WorkspaceOutlines(Session(workspace)), candidate(package(tmp_path, "通用"), workspace)
    )
    assert [each.code for each in refused.findings] == ["PW325"]
    assert path.read_text("utf-8") == json.dumps({"格式": 9})


def test_an_outline_that_cannot_be_read_just_now_keeps_what_was_looked_at(tmp_path: Path, workspace: str) -> None:
    outline = tmp_path / "县" / "要点.yaml"
    assert install.install_library(
        WorkspaceOutlines(Session(workspace)), candidate(package(tmp_path, "通用"), workspace)
    ).value
    marks = lock_of(workspace).uses
    outline.write_text("文种：「「\n", "utf-8")
    new = candidate(package(tmp_path, "通用", "1.1.0", "抓实师德。"), workspace)
    assert install.update_library(WorkspaceOutlines(Session(workspace)), new).value
    assert lock_of(workspace).uses == marks
    outline.write_text(OUTLINE, "utf-8")
    assert [each.clause for each in WorkspaceOutlines(Session(workspace)).unreviewed()] == ["教师/师德"]
    outline.unlink()
    assert install.accept_changes(WorkspaceOutlines(Session(workspace)), set()).value
    assert lock_of(workspace).uses == {}


def test_a_workspace_locked_by_a_different_process_is_reported_instead_of_waiting_for_ever(
    tmp_path: Path, workspace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planwriter.system.lock.WAIT", 0.2)
    with PackageStore(workspace).changing("library install") as first:
        assert first.value is not None
        refused = install.install_library(
            WorkspaceOutlines(Session(workspace)), candidate(package(tmp_path, "通用"), workspace)
        )
    assert not refused.value and [each.code for each in refused.findings] == ["PW802"]
