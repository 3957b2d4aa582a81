"""Two commands that change files at the same time: neither loses what the other wrote. A new command joins `WRITERS`."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from planwriter.app.package_store import PackageStore
from planwriter.sharing import signing
from planwriter.sharing.bundle import make_bundle, open_bundle
from planwriter.sharing.lock import Lock
from planwriter.sharing.registry import find
from planwriter.sharing.trust import read_trusted
from planwriter.system.lock import locked
from tests.commands import run
from tests.stories import two_writers
from tests.support import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the runner forks")

OUTLINE = """\
文种: 工作要点
单位: 青山县教育局
地区: 青山县
年度: 2026
指标:
  甲: {数值: 1, 单位: 所}
  乙: {数值: 1, 单位: 所}
  丙: {数值: 1, 单位: 所}
  丁: {数值: 1, 单位: 所}
总体要求: 办好教育，甲{{ 指标.甲 }}，乙{{ 指标.乙 }}，丙{{ 指标.丙 }}，丁{{ 指标.丁 }}。
重点任务:
  - 章: 建强队伍
    内容:
      - 条: 手写的
        文: 抓好培训。
      - 用: 通用/条
保障措施:
  - 章: 强化保障
    文: 落实责任。
"""
FROM_SHEET = (
    OUTLINE[: OUTLINE.index("指标:")]
    + "指标: {文件: 表.csv}\n总体要求: 戊{{ 指标.戊 }}，己{{ 指标.己 }}。\n"
    + OUTLINE[OUTLINE.index("重点任务:") :]
)


@dataclass(frozen=True)
class Writer:
    """A command that changes a file: what one of two people types, and whether it was done."""

    name: str
    file: str
    """The file that it reads, changes and writes back."""
    words: Callable[[int], list[str]]
    """The arguments for person 0 or 1, who want different things."""
    done: Callable[[Path, int], bool]
    locks: bool = True


def _holds(file: str, text: str) -> Callable[[Path, int], bool]:
    return lambda folder, who: text.format("甲乙丙丁戊己"[who]) in (folder / file).read_text("utf-8")


def _lock(folder: Path) -> Lock:
    read = PackageStore(str(folder / "planwriter.yaml")).lock().value
    assert read is not None
    return read


def _version(folder: Path, name: str) -> str:
    found = _lock(folder).find(name)
    return found.version if found else ""


def _reviewed(folder: Path, _who: int) -> bool:
    found = _lock(folder).find("通用")
    return found is not None and found.previous is None


def _signers(folder: Path) -> set[bytes]:
    bundle = open_bundle((folder / "签.pwlib").read_bytes(), "签.pwlib").value
    assert bundle is not None
    return {each.key for each in bundle.signatures}


def _key(folder: Path, who: int) -> bytes:
    read = signing.read_public_key((folder / f"{who}.pub").read_bytes(), "").value
    assert read is not None
    return read


def _trusted(folder: Path) -> set[str]:
    return {each.name for each in read_trusted((folder / "config/trusted.json").read_bytes(), "").value}


def _published(folder: Path, who: int) -> bool:
    listed = json.loads((folder / "发布点/index.json").read_bytes())["releases"]
    return (
        f"发{who}" in {each["name"] for each in listed}
        and find(str(folder / "发布点"), f"发{who}", lambda _: True, len).value is not None
    )


WRITERS = (
    Writer("targets set", "要点.yaml", lambda who: ["targets", "set", "要点.yaml", "甲乙"[who], "数值=7"],
           _holds("要点.yaml", "{}: {{数值: 7,")),
    Writer("targets import", "要点.yaml", lambda who: ["targets", "import", f"{who}.csv", "要点.yaml", "--yes"],
           lambda folder, who: _holds("要点.yaml", "{}: {{数值: 8,")(folder, who + 2)),
    Writer("targets set in a sheet", "表.csv", lambda who: ["targets", "set", "计划.yaml", "戊己"[who], "数值=7"],
           lambda folder, who: _holds("表.csv", "{},7,")(folder, who + 4)),
    Writer("library add", "库/题.yaml",
           lambda who: ["library", "add", "要点.yaml:手写的", "--as", f"题/{'甲乙'[who]}", "--to", "库"],
           _holds("库/题.yaml", "题/{}")),
    Writer("library sign", "签.pwlib", lambda who: ["library", "sign", "签.pwlib", "--key", f"{who}.key"],
           lambda folder, who: _key(folder, who) in _signers(folder)),
    Writer("library trust", "config/trusted.json", lambda who: ["library", "trust", f"{who}.pub", "--name", f"信{who}"],
           lambda folder, who: f"信{who}" in _trusted(folder)),
    Writer("library trust --remove", "config/trusted.json", lambda who: ["library", "trust", "--remove", f"旧{who}"],
           lambda folder, who: f"旧{who}" not in _trusted(folder)),
    Writer("library install", "planwriter.lock",
           lambda who: ["library", "install", f"装{who}-1.0.0.pwlib", "--allow-unsigned"],
           lambda folder, who: _version(folder, f"装{who}") == "1.0.0"),
    Writer("library update", "planwriter.lock",
           lambda who: ["library", "update", f"换{who}", "--from", f"换{who}-1.1.0.pwlib", "--allow-unsigned", "--yes"],
           lambda folder, who: _version(folder, f"换{who}") == "1.1.0"),
    Writer("library remove", "planwriter.lock", lambda who: ["library", "remove", f"去{who}"],
           lambda folder, who: not _version(folder, f"去{who}")),
    Writer("library review", "planwriter.lock", lambda who: ["library", "review", "--yes"], _reviewed),
    Writer("library publish", "发布点/index.json",
           lambda who: ["library", "publish", f"发{who}-1.0.0.pwlib", "--to", "发布点"], _published, locks=False),
)  # fmt: skip
PAIRS = tuple(itertools.combinations_with_replacement(WRITERS, 2))
MEETING = tuple((one, two) for one, two in PAIRS if one.file == two.file)
"""The pairs that change the same file."""


def _package(folder: Path, name: str, version: str, text: str = "抓好。") -> str:
    clauses = f"- {{条款: {name}/条, 条: 小题, 文: {text}}}\n".encode()
    made = make_bundle({"library.yaml": f"名称: {name}\n版本: {version}\n".encode(), f"{name}.yaml": clauses})
    assert made.value is not None, made.findings
    (folder / f"{name}-{version}.pwlib").write_bytes(made.value)
    return f"{name}-{version}.pwlib"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which every command of `WRITERS` has something to do."""
    folder = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANWRITER_CONFIG", str(folder / "config"))
        (folder / "planwriter.yaml").touch()
        (folder / "要点.yaml").write_text(OUTLINE, "utf-8")
        (folder / "计划.yaml").write_text(FROM_SHEET, "utf-8")
        (folder / "表.csv").write_text("键,数值,单位\n戊,1,所\n己,1,所\n", "utf-8")
        for who in (0, 1):
            (folder / f"{who}.csv").write_text(f"键,数值,单位\n{'丙丁'[who]},8,所\n", "utf-8")
        for name in ("库", "发布点"):
            (folder / name).mkdir()
        (folder / "库/library.yaml").write_text("名称: 县库\n版本: 1.0.0\n", "utf-8")
        for name in ("0", "1", "旧0", "旧1"):
            key = signing.make_key(None).value
            assert key is not None
            (folder / f"{name}.key").write_bytes(key.private)
            (folder / f"{name}.pub").write_bytes(key.public)
        commands = [["trust", f"旧{who}.pub", "--name", f"旧{who}"] for who in (0, 1)]
        for name in ("通用", "去0", "去1", "换0", "换1"):
            commands.append(["install", _package(folder, name, "1.0.0"), "--allow-unsigned"])
        newer = _package(folder, "通用", "1.1.0", "抓实。")
        commands.append(["update", "通用", "--from", newer, "--allow-unsigned", "--yes"])
        for arguments in commands:
            made = run(folder, "library", *arguments)
            assert made.returncode == 0, made.stderr
        for name in ("装", "发"):
            for who in (0, 1):
                _package(folder, f"{name}{who}", "1.0.0")
        for who in (0, 1):
            _package(folder, f"换{who}", "1.1.0", "抓实。")
        (folder / "签.pwlib").write_bytes((folder / "装0-1.0.0.pwlib").read_bytes())
    return folder


Round = tuple[str, list[list[str]], float | None]
"""A folder to be made, the commands to run in it, and after how many seconds they are killed."""


def _rounds(template: Path, rounds: list[Round], wait: float = 60) -> list[list[int]]:
    """The exit codes of the commands in each round."""
    command = [sys.executable, two_writers.__file__, str(template), str(wait)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, input=json.dumps(rounds), env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    made: list[list[int]] = json.loads(done.stdout)
    return made


def _lose_nothing(template: Path, folder: Path, one: Writer, two: Writer, count: int) -> None:
    """Asserts that both commands were done in each of `count` rounds, and that nothing is left over."""
    commands = [one.words(0), two.words(1)]
    places = [folder / str(number) for number in range(count)]
    for place, codes in zip(places, _rounds(template, [(str(place), commands, None) for place in places]), strict=True):
        log = (place / "log.txt").read_text("utf-8")
        assert codes == [0, 0], log
        assert one.done(place, 0) and two.done(place, 1), log
        left = {each.name for each in place.rglob("*") if each.name.endswith((".tmp", ".planwriter-lock"))}
        assert left == set()
        shutil.rmtree(place)


def _name(pair: tuple[Writer, Writer]) -> str:
    return f"{pair[0].name} and {pair[1].name}"


@pytest.mark.kill
@pytest.mark.parametrize("pair", MEETING, ids=_name)
def test_two_that_change_one_file_at_once_lose_nothing(
    template: Path, tmp_path: Path, pair: tuple[Writer, Writer]
) -> None:
    _lose_nothing(template, tmp_path, *pair, count=4)


@pytest.mark.long
@pytest.mark.parametrize("pair", PAIRS, ids=_name)
def test_two_of_any_kind_lose_nothing_in_200_rounds(
    template: Path, tmp_path: Path, pair: tuple[Writer, Writer]
) -> None:
    _lose_nothing(template, tmp_path, *pair, count=200)


KILLS = int(os.environ.get("PLANWRITER_KILLS", "40"))
"""How often each command is killed in the long trial; 40 make over 500."""


def _files(folder: Path) -> dict[str, bytes]:
    """The files of a workspace but the runner's log, and spares and locks, which a killed command may leave behind."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "log.txt" and not path.name.endswith((".tmp", ".planwriter-lock"))
    }


def _survives_kills(template: Path, folder: Path, writer: Writer, count: int) -> None:
    """Asserts that a command killed at `count` moments tears no file, and that it works when it is run again."""
    words = [writer.words(0)]
    assert _rounds(template, [(str(folder / "whole"), words, None)]) == [[0]]
    before, after = _files(template), _files(folder / "whole")
    moments = random.Random(writer.name)
    for number in range(count):
        place = folder / str(number)
        _rounds(template, [(str(place), words, moments.uniform(0, 0.12))])
        for name, data in _files(place).items():
            data = data.replace(f'{place}"'.encode(), f'{folder / "whole"}"'.encode())  # in sources.json
            assert data in (before.get(name), after.get(name)), name
        assert set(before) - set(_files(place)) <= set(before) - set(after), "a file is gone"
        again = place.with_name(f"{number} again")
        codes = _rounds(place, [(str(again), words, None)])
        assert writer.done(again, 0), (codes, (again / "log.txt").read_text("utf-8"))
        shutil.rmtree(place)
        shutil.rmtree(again)


@pytest.mark.kill
@pytest.mark.parametrize("writer", WRITERS, ids=lambda each: each.name)
def test_a_command_that_is_killed_tears_nothing_and_can_be_run_again(
    template: Path, tmp_path: Path, writer: Writer
) -> None:
    _survives_kills(template, tmp_path, writer, count=2)


@pytest.mark.long
@pytest.mark.parametrize("writer", WRITERS, ids=lambda each: each.name)
def test_no_command_tears_anything_at_any_moment(template: Path, tmp_path: Path, writer: Writer) -> None:
    _survives_kills(template, tmp_path, writer, count=KILLS)


@pytest.mark.parametrize("writer", [each for each in WRITERS if each.locks], ids=lambda each: each.name)
def test_a_command_does_not_begin_while_a_different_process_has_its_file(
    template: Path, tmp_path: Path, writer: Writer
) -> None:
    """Fails for a command that reads, changes and writes back without the lock."""
    folder = tmp_path / "县"
    shutil.copytree(template, folder)
    hold = folder / writer.file
    before = hold.read_bytes() if hold.exists() else None
    with locked(str(hold)) as failed:
        assert failed is None
        shown = _held_run(folder, writer.words(0))
    assert "PW802" in shown and "另一个 planwriter 正在改它" in shown
    assert (hold.read_bytes() if hold.exists() else None) == before


def _held_run(folder: Path, arguments: list[str]) -> str:
    """What a command says in `folder` that waits for a tenth of a second only."""
    program = "import sys; from planwriter.system import lock; lock.WAIT = 0.1; from planwriter import cli; cli.main(sys.argv[1:])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PLANWRITER_CONFIG": str(folder / "config")}
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 4, done.stderr
    return done.stderr
