"""A batch gives the same in one process and in several, in order, and also on a system without several."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planwriter.app.batch import batch as batches
from planwriter.app.batch.batch import run_here
from planwriter.app.batch.outline_batch import Outlines
from planwriter.app.session import Session
from planwriter.cli.group import cli
from tests.support import ROOT, outline

COUNT = 20


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Outlines of which some have warnings and some errors."""
    monkeypatch.chdir(tmp_path)
    for number in range(COUNT):
        text = outline(lead=f"总体要求: 办好第{number}所学校。\n")
        if number % 5 == 1:
            text = text.replace("上好课", '上好"课"')
        if number % 5 == 3:
            text = text.replace("保障措施", "保障错施")
        Path(f"{number:02}.yaml").write_text(text, "utf-8")
    return tmp_path


def paths() -> list[str]:
    return [f"{number:02}.yaml" for number in range(COUNT)]


def render(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["render", *paths(), *arguments])


def test_many_processes_say_and_write_what_one_does(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    for cores, name in ((1, "甲"), (3, "乙")):
        monkeypatch.setattr(batches, "cores", lambda cores=cores: cores)
        made = render("-o", f"{name}/")
        said.append((made.exit_code, made.stdout.replace(name, ""), made.stderr.replace(name, "")))
    assert said[0] == said[1] and said[0][0] == 1
    assert "[PW501]" in said[0][2] and "[PW201]" in said[0][2] and "[20/20] 已生成" in said[0][1]
    one, three = ({each.name: each.read_bytes() for each in Path(name).iterdir()} for name in ("甲", "乙"))
    assert len(one) == 17 and {name: data for name, data in one.items() if name[0] != "."} == {
        name: data for name, data in three.items() if name[0] != "."
    }


@pytest.mark.parametrize("copied", [True, False])
def test_a_system_without_processes_makes_them_in_one(
    folder: Path, copied: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(*_: object) -> None:
        raise OSError if copied else ImportError("This platform lacks a functioning sem_open implementation")

    monkeypatch.setattr(batches, "can_copy", lambda: copied)
    monkeypatch.setattr(batches, "Copies", without)
    monkeypatch.setattr("planwriter.system.processes.Pool", without)
    batch = Outlines(session=Session(), paths=tuple(paths()), form="text")
    assert [each.data is not None for each in run_here(batch, range(COUNT), processes=3)] == [
        number % 5 != 3 for number in range(COUNT)
    ]


def test_processes_that_inherit_nothing_make_the_same(folder: Path) -> None:
    """As on Windows and macOS."""
    script = folder / "start.py"
    script.write_text(
        "import multiprocessing, sys\n"
        "from planwriter.app.batch import batch\n"
        "from planwriter.cli import main\n"
        "if __name__ == '__main__':\n"
        "    multiprocessing.set_start_method('spawn')\n"
        "    batch.cores, batch.can_copy = (lambda: 2), (lambda: False)\n"
        "    main(sys.argv[1:])\n",
        "utf-8",
    )
    command = [sys.executable, str(script), "render", *paths(), "-o", "甲/"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    made = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    assert made.returncode == 1, made.stderr
    here = render("-o", "乙/")
    assert made.stdout.replace("甲", "乙") == here.stdout and made.stderr == here.stderr


@pytest.mark.skipif(os.name != "posix", reason="there are no named pipes in the file system")
def test_an_outline_that_comes_through_a_pipe_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    os.mkfifo("20.yaml")
    threading.Thread(target=lambda: Path("20.yaml").write_text(outline(), "utf-8"), daemon=True).start()
    monkeypatch.setattr(batches, "cores", lambda: 3)
    made = CliRunner().invoke(cli, ["render", *paths(), "20.yaml", "--to", "text", "-o", "印发/"])
    assert "[21/21] 已生成" in made.stdout, made.stderr


@pytest.mark.parametrize(("cores", "copied"), [(1, True), (3, True), (3, False)])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_after_what_was_begun_and_the_next_run_goes_on(
    folder: Path, cores: int, copied: bool, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from planwriter.cli.show import show_rendered

    shown: list[object] = []

    def noted(*arguments: object) -> None:
        shown.append(arguments)
        show_rendered(*arguments)  # type: ignore[arg-type]
        if len(shown) == 2:
            signal.raise_signal(number)

    with monkeypatch.context() as patch:
        patch.setattr(batches, "cores", lambda: cores)
        patch.setattr(batches, "can_copy", lambda: copied)
        patch.setattr(batches, "_AT_ONCE", 1)
        patch.setattr(batches, "_AHEAD", 1)
        patch.setattr("planwriter.cli.plan_many.show_rendered", noted)
        made = render("-o", "印发/")
    written = sorted(Path("印发").glob("*.docx"))
    assert made.exit_code == 130 and f"排到第 {len(shown)} 份，后面 {COUNT - len(shown)} 份没有排" in made.stderr
    assert 2 <= len(written) <= len(shown) < COUNT
    before = {path: path.stat().st_mtime_ns for path in written}
    assert f"跳过 {len(written)} 份" in render("-o", "印发/").stdout
    assert {path: path.stat().st_mtime_ns for path in written} == before
    assert len(list(Path("印发").glob("*.docx"))) == 16


# PDF

_OFFICE = """#!/bin/sh
for file; do
  case "$file" in *.docx) ;; *) continue ;; esac
  echo "$file" >> "{folder}/begun"
  sleep {seconds}
  printf '%%PDF-1.6\\nstartxref\\n' > "${{file%.docx}}.pdf"
done
"""


def office(folder: Path, seconds: float) -> dict[str, str]:
    """The environment with a program in LibreOffice's place that takes so long for each document."""
    program = folder / "soffice"
    program.write_text(_OFFICE.format(folder=folder, seconds=seconds), "utf-8")
    program.chmod(0o755)
    (folder / "temporary").mkdir()
    return {
        **os.environ,
        "PLANWRITER_SOFFICE": str(program),
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(folder / "temporary"),
    }


@pytest.mark.skipif(os.name != "posix", reason="the program in LibreOffice's place is a shell script")
@pytest.mark.parametrize("to_group", [False, True])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("each", [False, True])
def test_a_signal_ends_libreoffice_and_leaves_whole_files_alone(
    folder: Path, number: int, to_group: bool, each: bool
) -> None:
    """The next run makes the others."""
    import time

    Path("行.yaml").write_text(outline(lead="总体要求: 办好{{ 行.学校 }}。\n"), "utf-8")
    Path("校.csv").write_text("学校\n" + "".join(f"第{number}小学\n" for number in range(COUNT)), "utf-8")
    named = ["行.yaml", "--each", "校.csv"] if each else paths()
    command = [sys.executable, "-m", "planwriter", "render", *named, "--to", "pdf", "-o", "印发/"]
    environment = office(folder, 0.6)
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        while process.poll() is None and not list(Path("印发").glob("*.pdf")):
            time.sleep(0.02)
        (os.killpg if to_group else os.kill)(process.pid, number)
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 130 and "已中断" in said and "PW901" not in said, said
    made = sorted(Path("印发").glob("*.pdf"))
    assert 1 <= len(made) < COUNT - 5 and all(path.read_bytes().endswith(b"startxref\n") for path in made)
    assert os.listdir(folder / "temporary") == [] and not list(Path("印发").glob(".*.tmp"))
    begun = Path("begun").read_text("utf-8")
    time.sleep(0.5)
    assert Path("begun").read_text("utf-8") == begun, "LibreOffice goes on"
    (folder / "soffice").write_text(_OFFICE.format(folder=folder, seconds=0), "utf-8")
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert f"跳过 {len(made)} 份" in again.stdout, again.stderr
    assert len(list(Path("印发").glob("*.pdf"))) == (COUNT if each else COUNT - 4)
