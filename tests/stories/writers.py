"""The commands that change files, for trials with two at once, with kills and with bad disks. A new command joins `WRITERS`."""

from __future__ import annotations

import json
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
from tests.commands import run
from tests.hands import Hand

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
        文: 抓好培训,抓出成效。
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
    asks: bool = False
    """True if it shows what it is going to write: it does not write then what it has not shown, and has to be run again (PW802)."""


def _holds(file: str, text: str) -> Callable[[Path, int], bool]:
    return lambda folder, who: text.format("甲乙丙丁戊己"[who]) in (folder / file).read_text("utf-8")


def _words(docx: Path) -> str:
    return "\n".join(each.text for each in Hand(docx.read_bytes()).document.paragraphs)


def _edited(folder: Path) -> None:
    """Makes files that were edited by hand, and one that is older than its outline."""
    for name in ("要点", "刷"):
        made = run(folder, "render", f"{name}.yaml", "-o", f"{name}.docx")
        assert made.returncode == 0, made.stderr
    (folder / "刷.yaml").write_text(OUTLINE.replace("甲: {数值: 1", "甲: {数值: 7"), "utf-8")
    for who, (old, new) in enumerate((("办好教育", "办好教育大事"), ("落实责任", "落实主体责任"))):
        hand = Hand((folder / "要点.docx").read_bytes())
        hand.replace(old, new)
        (folder / f"改{who}.docx").write_bytes(hand.save())
    (folder / "要点.docx").unlink()


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
    Writer("fix", "要点.yaml", lambda who: ["fix", "要点.yaml"], _holds("要点.yaml", "抓好培训，抓出成效。")),
    Writer("targets set in a sheet", "表.csv", lambda who: ["targets", "set", "计划.yaml", "戊己"[who], "数值=7"],
           lambda folder, who: _holds("表.csv", "{},7,")(folder, who + 4)),
    Writer("undo", "撤0.yaml", lambda who: ["undo", f"撤{who}.yaml", "--yes"],
           lambda folder, who: "数值: 1," in (folder / f"撤{who}.yaml").read_text("utf-8")),
    Writer("absorb", "要点.yaml", lambda who: ["absorb", f"改{who}.docx", "要点.yaml", "--yes"],
           lambda folder, who: ("办好教育大事", "落实主体责任")[who] in (folder / "要点.yaml").read_text("utf-8"), asks=True),
    Writer("refresh", "刷.docx", lambda _who: ["refresh", "刷.yaml", "--plain"],
           lambda folder, _who: "甲7所" in _words(folder / "刷.docx"), asks=True),
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


def _package(folder: Path, name: str, version: str, text: str = "抓好。") -> str:
    clauses = f"- {{条款: {name}/条, 条: 小题, 文: {text}}}\n".encode()
    made = make_bundle({"library.yaml": f"名称: {name}\n版本: {version}\n".encode(), f"{name}.yaml": clauses})
    assert made.value is not None, made.findings
    (folder / f"{name}-{version}.pwlib").write_bytes(made.value)
    return f"{name}-{version}.pwlib"


def make_template(folder: Path) -> Path:
    """Makes, in `folder`, a workspace in which every command of `WRITERS` has something to do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANWRITER_CONFIG", str(folder / "config"))
        (folder / "planwriter.yaml").touch()
        for name in ("要点.yaml", "刷.yaml"):  # before anything is installed, so that the lock knows what they use
            (folder / name).write_text(OUTLINE, "utf-8")
        (folder / "计划.yaml").write_text(FROM_SHEET, "utf-8")
        (folder / "表.csv").write_text("键,数值,单位\n戊,1,所\n己,1,所\n", "utf-8")
        for who in (0, 1):
            (folder / f"撤{who}.yaml").write_text(
                "指标: {甲: {数值: 1, 单位: 所}}\n" + OUTLINE[: OUTLINE.index("指标:")], "utf-8"
            )
            assert run(folder, "targets", "set", f"撤{who}.yaml", "甲", "数值=9").returncode == 0
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
        _edited(folder)
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    """The files of a workspace but the runner's log, the journal's text, which tells the time, and spares and locks, which a
    killed command may leave behind."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
        and path.name not in ("log.txt", "journal.txt")
        and not path.name.endswith((".tmp", ".planwriter-lock"))
    }
