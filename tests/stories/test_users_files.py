"""What commands must not do to a user's files: delete a stranger's, replace a pipe or device, lose an edit, hang, or crash."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from planwriter.app.library_check import topic_file
from planwriter.outline.rows import read_rows
from planwriter.sheets.sheet import Sheet, SheetSource
from tests.app.libraries import OUTLINE, package
from tests.commands import run
from tests.support import ROOT, outline

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


@pytest.fixture
def area(tmp_path: Path) -> Path:
    """A workspace with packages beside it, and a folder of the user's."""
    (tmp_path / "家").mkdir()
    for name in ("信.txt", "教育-1.0.0.pwlib"):
        (tmp_path / "家" / name).write_text("自己的", "utf-8")
    folder = tmp_path / "区"
    folder.mkdir()
    (folder / "planwriter.yaml").touch()
    (folder / "要点.yaml").write_text(OUTLINE, "utf-8")
    package(folder, "通用")
    package(folder, "通用", "1.1.0", "抓实师德。")
    return folder


CHANGES = (
    ("install", "通用-1.0.0.pwlib", "--allow-unsigned"),
    ("update", "通用", "--from", "通用-1.1.0.pwlib", "--allow-unsigned", "--yes"),
    ("review", "--yes"),
    ("remove", "通用"),
)


def test_a_strangers_file_in_the_store_survives_everything(area: Path) -> None:
    store = area / ".planwriter"
    store.mkdir()
    strange = ["信.txt", "busy", "假-1.0.0-0123456789ab.pwlib", "教育-1.0.0.pwlib"]
    for name in strange:
        (store / name).write_text("自己的", "utf-8")
    (store / "夹").mkdir()
    (store / "链接-1.0.0-0123456789ab.pwlib").symlink_to(area.parent / "家/信.txt")
    os.mkfifo(store / "管-1.0.0-0123456789ab.pwlib")
    there = set(os.listdir(store))
    for number, arguments in enumerate(CHANGES):
        made = run(area, "library", *arguments)
        assert made.returncode == 0, made.stderr
        assert there <= set(os.listdir(store))
        assert len(list(store.glob("通用-*.pwlib"))) == (1, 2, 1, 0)[number], "what is ours and not needed goes"
    assert all((store / name).read_text("utf-8") == "自己的" for name in strange)


@pytest.mark.parametrize("what", [".planwriter", "planwriter.lock"])
@pytest.mark.parametrize("begin", range(len(CHANGES)))
def test_a_store_or_lock_that_leads_out_of_the_workspace_is_refused(area: Path, what: str, begin: int) -> None:
    """`library install` emptied the folder to which .planwriter led, with exit code 0."""
    for arguments in CHANGES[:begin]:
        assert run(area, "library", *arguments).returncode == 0
    home = area.parent / "家"
    if (area / what).exists():
        (area / what).rename(home / what)
    elif what == "planwriter.lock":
        (home / what).write_text('{"格式": 1, "库": [], "使用": {}}', "utf-8")
    else:
        (home / what).mkdir()
    (area / what).symlink_to(home / what)
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    refused = run(area, "library", *CHANGES[begin])
    assert refused.returncode == 4 and "PW807" in refused.stderr, refused.stderr
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_an_output_that_leads_out_of_the_workspace_is_refused(area: Path) -> None:
    (area / "要点.yaml").write_text(outline(), "utf-8")
    (area / "要点.txt").symlink_to(area.parent / "家/信.txt")
    (area / "印发").symlink_to(area.parent / "家")
    for more in ([], ["-o", "印发/"], ["-o", "印发/信.txt"]):
        refused = run(area, "render", "要点.yaml", "--to", "text", "--force", *more)
        assert refused.returncode == 4 and "PW807" in refused.stderr
    assert (area.parent / "家/信.txt").read_text("utf-8") == "自己的"
    assert len(os.listdir(area.parent / "家")) == 2


# pipes and devices


@contextmanager
def feeding(pipe: Path, text: str) -> Iterator[None]:
    """A process that writes into a pipe."""
    with subprocess.Popen([sys.executable, "-c", f"open({str(pipe)!r}, 'w').write({text!r})"]) as process:
        yield
        process.kill()


def test_a_device_is_written_to(tmp_path: Path) -> None:
    (tmp_path / "要点.yaml").write_text(outline(), "utf-8")
    ours, theirs = os.openpty()
    device = Path(os.ttyname(theirs))
    made = run(device.parent, "render", str(tmp_path / "要点.yaml"), "--to", "text", "-o", device.name)
    assert made.returncode == 0, made.stderr
    assert os.read(ours, 999) and stat.S_ISCHR(device.stat().st_mode)
    os.close(ours)
    os.close(theirs)


@pytest.mark.parametrize("command", [["check"], ["render", "--to", "text", "-o", "-"], ["targets", "list"]])
def test_a_pipe_that_is_named_is_read(tmp_path: Path, command: list[str]) -> None:
    os.mkfifo(tmp_path / "管.yaml")
    text = outline().replace("总体要求:", "指标:\n  甲: 1\n总体要求:")
    with feeding(tmp_path / "管.yaml", text):
        made = run(tmp_path, *command, "管.yaml")
    assert made.returncode == 0, made.stderr


def test_an_outline_that_comes_through_a_pipe_makes_many_documents(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管.yaml")
    (tmp_path / "表.csv").write_text("学校\n" + "".join(f"第{number}小学\n" for number in range(30)), "utf-8")
    with feeding(tmp_path / "管.yaml", outline()):
        made = run(tmp_path, "render", "管.yaml", "--each", "表.csv", "--to", "text", "-o", "各校/")
    assert made.returncode == 0, made.stderr
    assert len(list((tmp_path / "各校").glob("[!.]*"))) == 30


@pytest.mark.parametrize(
    ("name", "line"),
    [("指标.xlsx", "指标: 指标.xlsx\n"), ("上级.yaml", "上级文件: 上级.yaml\n"), ("库/library.yaml", "库: 库\n")],
)
def test_a_pipe_that_an_outline_refers_to_is_a_finding(tmp_path: Path, name: str, line: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    os.mkfifo(tmp_path / name)
    (tmp_path / "要点.yaml").write_text(outline().replace("总体要求:", f"{line}总体要求:"), "utf-8")
    command = [sys.executable, "-m", "planwriter", "check", "要点.yaml"]
    made = subprocess.run(
        command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False
    )
    assert "管道" in made.stdout or "PW302" in made.stdout, made.stdout


def test_pipes_in_a_workspace_are_named_and_do_not_hang(area: Path) -> None:
    """Also by every command that reads the outlines of a workspace; a pipe was passed over, as if nothing could be in it."""
    (area / "templates/文种").mkdir(parents=True)
    for name in ("管.yaml", "templates/文种/kind.yaml"):
        os.mkfifo(area / name)
    for arguments in (CHANGES[0], ("outdated",), *CHANGES[1:]):
        made = run(area, "library", *arguments)
        assert made.returncode == 0, made.stderr
        assert re.search(r"^警告 管\.yaml \[PW101\] .*管道", made.stderr, re.M), (arguments, made.stderr)
    assert "PW101" in run(area, "kinds").stderr


# signals and streams


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_run_cleanly_at_any_moment(tmp_path: Path, number: int) -> None:
    """Also while modules are still being imported, which was PW901 or a traceback."""
    items = "".join(f"      - 条: 抓好第{each}项工作\n        文: 上好第{each}门课。\n" for each in range(800))
    long = outline(f"重点任务:\n  - 章: 提高质量\n    内容:\n{items}")  # so that a signal comes before the end
    (tmp_path / "要点.yaml").write_text(long, "utf-8")
    command = [sys.executable, "-m", "planwriter", "render", "要点.yaml"]
    ended = 0
    for step in range(12):
        with subprocess.Popen(
            command, cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            _wait_for_handler(process.pid, number)
            time.sleep(step * 0.03)
            process.send_signal(number)
            said = process.communicate(timeout=60)[1]
        assert process.returncode in (0, 130), (process.returncode, said)
        assert "PW901" not in said and "Traceback" not in said
        ended += process.returncode == 130
        assert not [name for name in os.listdir(tmp_path) if name.endswith(".tmp")]
    assert ended


def _wait_for_handler(pid: int, number: int) -> None:
    """Waits until a process catches a signal in our way, or has ended."""
    if not os.path.exists("/proc/self/status"):
        time.sleep(0.3)
        return
    for _ in range(20_000):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("SigCgt:") and int(line.split()[1], 16) >> (signal.SIGTERM - 1) & 1:
                return
        time.sleep(0.005)


def test_an_interrupt_that_a_library_takes_for_its_own_error_is_no_fault_of_ours(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys\n"
        "from planwriter.system import interrupts; interrupts.listen()\n"
        "from planwriter import cli\n"
        "import planwriter.app.plans as plans\n"
        "def broken(*_, **__):\n"
        "    try:\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "        while True: pass\n"
        "    except KeyboardInterrupt as error:\n"
        "        raise ImportError('initialization failed') from error\n"
        "plans.plan_file = broken\n"
        "cli.main(['check', '要点.yaml'])\n"
    )
    made = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert (made.returncode, made.stderr) == (130, "已中断。\n")


STREAMS = (
    "import sys; sys.stdout = sys.stderr = sys.stdin = None",
    "import sys; sys.stdout.close(); sys.stderr.close(); sys.stdin.close()",
)


@pytest.mark.parametrize("streams", STREAMS)
@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["render", "要点.yaml"], 0), (["check", "没有.yaml"], 4), (["--help"], 0), (["render", "要点.yaml", "--to", "text", "-o", "-"], 4),
     (["render", "要点.yaml", "--each", "表.csv", "-o", "各校/"], 0), (["new"], 2), (["targets", "import", "表.csv", "要点.yaml"], 1)],
)  # fmt: skip
def test_streams_that_are_not_there_are_no_fault(tmp_path: Path, streams: str, arguments: list[str], code: int) -> None:
    """pythonw has none."""
    (tmp_path / "要点.yaml").write_text(outline(), "utf-8")
    (tmp_path / "表.csv").write_text("学校\n甲\n", "utf-8")
    program = f"{streams}; from planwriter import cli; cli.main({arguments!r})"
    assert (
        subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=ENVIRONMENT, check=False).returncode == code
    )


# names and edits


@pytest.mark.parametrize("length", [82, 83, 84, 85])
def test_a_long_name_is_rendered(tmp_path: Path, length: int) -> None:
    name = "甲" * length
    (tmp_path / "要点.yaml").write_text(outline(), "utf-8")
    made = run(tmp_path, "render", "要点.yaml", "--to", "text", "-o", name)
    assert made.returncode == 0, made.stderr
    assert name in os.listdir(tmp_path)


@pytest.mark.parametrize("name", ["AUX .txt", "CONIN$", "COM¹", "甲.", "甲 .", "甲\u202e乙", "甲\u200b乙", "甲\u3164"])
def test_a_row_whose_file_would_mislead_is_left_out(name: str) -> None:
    rows = (("文件名", "学校"), (name, "甲"), ("好", "乙"))
    made = read_rows(Sheet("表", rows, source=SheetSource("学校.xlsx", rows)), "方案")
    assert [row.name for row in made.value] == ["好"] and [each.code for each in made.findings] == ["PW450"]
    assert all(mark.isprintable() for mark in made.findings[0].message)


def test_rows_whose_names_some_disk_takes_for_one_are_refused_and_names_are_in_one_form() -> None:
    rows = (("文件名", "学校"), ("Caf\u00e9", "甲"), ("cafe\u0301", "乙"), ("e\u0301", "丙"), ("甲" * 83, "丁"))
    made = read_rows(Sheet("表", rows, source=SheetSource("学校.xlsx", rows)), "方案")
    assert [row.name for row in made.value] == ["\u00e9", "甲" * 83] and len(made.findings) == 2


def test_force_keeps_a_copy_of_what_was_edited(tmp_path: Path) -> None:
    (tmp_path / "要点.yaml").write_text(outline(), "utf-8")
    assert run(tmp_path, "render", "要点.yaml").returncode == 0
    assert run(tmp_path, "render", "要点.yaml", "--force").returncode == 0
    assert not list(tmp_path.glob("*手改*")), "nobody edited it"
    for number, edit in enumerate(("一", "二", "一"), 1):
        (tmp_path / "要点.docx").write_text(edit, "utf-8")
        made = run(tmp_path, "render", "要点.yaml", "--force")
        copy = f"要点（手改 {number if number < 3 else 1}）.docx"
        assert made.returncode == 0 and f"“{copy}”" in made.stderr and "PW808" in made.stderr
        assert (tmp_path / copy).read_text("utf-8") == edit
    assert len(list(tmp_path.glob("*手改*"))) == 2


def test_force_keeps_what_it_cannot_copy(tmp_path: Path) -> None:
    """A folder without room for a copy: the file stays as it is."""
    (tmp_path / "要点.yaml").write_text(outline(), "utf-8")
    (tmp_path / "planwriter.yaml").touch()
    (tmp_path / "要点.txt").write_text("手改的", "utf-8")
    (tmp_path / "要点（手改 1）.txt").mkdir()
    made = run(tmp_path, "render", "要点.yaml", "--to", "text", "--force")
    assert made.returncode == 0 and (tmp_path / "要点（手改 2）.txt").read_text("utf-8") == "手改的"


@pytest.mark.parametrize("arguments", [
    ("new", "工作要点", "--unit", "青山县教育局", "--region", "青山县", "--year", "2026", "-o", "文.yaml"),
    ("targets", "export", "要点.yaml", "-o", "文.csv"),
    ("render", "要点.yaml", "--to", "md", "-o", "文.md"),
])  # fmt: skip
def test_every_command_with_force_keeps_a_copy(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "要点.yaml").write_text(outline().replace("总体要求:", "指标:\n  甲: 1\n总体要求:"), "utf-8")
    target = tmp_path / arguments[-1]
    target.write_text("手改的", "utf-8")
    assert run(tmp_path, *arguments).returncode == 4 and target.read_text("utf-8") == "手改的"
    made = run(tmp_path, *arguments, "--force")
    assert made.returncode == 0 and "PW808" in made.stderr
    assert (tmp_path / f"文（手改 1）{target.suffix}").read_text("utf-8") == "手改的"


def test_a_topic_that_windows_takes_for_a_device_gets_a_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "library.yaml").write_text("名称: 县库\n版本: 1.0.0\n", "utf-8")
    assert topic_file(str(tmp_path), "aux/新条") == str(tmp_path / "_aux.yaml")
    assert topic_file(str(tmp_path), "校园/新条") == str(tmp_path / "校园.yaml")


def test_a_store_that_is_a_file_is_a_finding_in_chinese(area: Path) -> None:
    (area / ".planwriter").write_text("自己的", "utf-8")
    refused = run(area, "library", *CHANGES[0])
    assert refused.returncode == 4 and "已经有同名的文件" in refused.stderr
