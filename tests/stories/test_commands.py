"""Every command that a page shows in a fence is typed, in order, in a folder where lies what the page speaks of.

The handbook has a test of its own, which holds its answers too; the fences of architecture.md are drawings.
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from planwriter.cli import main
from planwriter.writers.plot import find_font
from tests.hands import Hand
from tests.importing.making import NOTICE, PLAN
from tests.importing.tasks.lists import TEN
from tests.sharing.support import web
from tests.support import ROOT, outline

PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("templates/*/README.md"))
    if path.name not in ("handbook.md", "architecture.md")
)
COMMANDS = "docs/commands.md"

NOT_RUN = {
    "planwriter library publish 青山条款库-1.2.0.pwlib --to s3://jyj/tiaokuan": "wants an object store",
    "planwriter render 要点.yaml --to pdf": "wants LibreOffice: tests/writers/test_pdf.py",
    'pip install "planwriter[cluster]"': "as make does",
    "dask scheduler --host 192.168.1.10": "a cluster: tests/app/batch/test_cluster.py",
    "dask worker tcp://192.168.1.10:8786 --nworkers 4 --nthreads 1": "a cluster: tests/app/batch/test_cluster.py",
    "planwriter render *.yaml -o 印发/ --on tcp://192.168.1.10:8786": "a cluster: tests/app/batch/test_cluster.py",
    "planwriter render 方案.yaml --each 学校.xlsx -o 各校/ --on tcp://192.168.1.10:8786": "a cluster: the same tests",
    "planwriter watch 要点.yaml --draft": "runs until Ctrl-C: tests/stories/test_taking_back.py",
    "planwriter watch 要点.yaml --to html": "the same",
    "pip install .": "tests/stories/test_wheel.py",
    "make example": "tests/cli/test_plan.py renders the examples",
    "make test": "this is it",
    "python -m venv .venv": "as make does",
    "mkdir out": "as make does",
    r".venv\Scripts\pip install .": "as make does",
    r".venv\Scripts\pip install -e .[test]": "as make does",
    r".venv\Scripts\planwriter render examples/*.yaml -o out": "as make does",
    r".venv\Scripts\ruff check .": "as make does",
    r".venv\Scripts\ruff format --check .": "as make does",
    r".venv\Scripts\mypy": "as make does",
    r".venv\Scripts\lint-imports --no-cache": "as make does",
    r".venv\Scripts\python -m pytest -n 2 --dist worksteal": "as make does",
}
"""Lines in fences that are not typed here, and why."""
NEEDS_A_FONT = {"planwriter targets chart 要点.yaml 普惠园覆盖率 培训教师 -o 指标.png --kind 柱形"}

PLACES = {
    "Z:\\条款库发布点": "发布点",
    "Z:/发布点": "发布点",
    "E:/教育条款-1.2.0.pwlib": "U盘/教育条款-1.2.0.pwlib",
    "E:/教育通用-1.0.0.pwlib": "U盘/教育通用-1.0.0.pwlib",
    "E:/教育通用-2.0.0.pwlib": "U盘/教育通用-2.0.0.pwlib",
    "E:/条款库": "U盘",
}
"""Where the folder of the test has what the pages have on drives; addresses of the web are those of a server here."""
ADDRESSES = ("https://ku.example.gov.cn/tiaokuan", "https://example.gov.cn/条款库")

BEFORE = {
    (COMMANDS, "planwriter undo 要点.yaml"): ["targets set 要点.yaml 普惠园覆盖率 数值=96"],
    (COMMANDS, "planwriter undo 要点.yaml --redo"): ["undo 要点.yaml --yes"],
    (COMMANDS, "planwriter library outdated"): ["library install U盘/教育通用-1.0.0.pwlib"],
    (COMMANDS, "planwriter library update"): ["library install U盘/教育通用-1.0.0.pwlib"],
    (COMMANDS, "planwriter library review"): ["library install U盘/教育通用-1.0.0.pwlib"],
    (COMMANDS, "planwriter library remove 教育通用"): ["library install U盘/教育通用-1.0.0.pwlib"],
    (COMMANDS, "planwriter library publish 青山条款库-1.2.0.pwlib --to Z:\\条款库发布点"): [
        "library release 青山条款库"
    ],
    (COMMANDS, "planwriter library sign 教育条款-1.2.0.pwlib --key 云岭市教育局.key"): [
        "library release 教育条款",
        "library keygen -o 云岭市教育局.key",
    ],
    (COMMANDS, "planwriter library trust"): ["library keygen -o 云岭市教育局.key"],
    (COMMANDS, 'planwriter library install "教育通用@^1.2" --from https://example.gov.cn/条款库'): [
        "library remove 教育通用"
    ],
    ("docs/registry.md", "planwriter library publish 青山条款库-1.2.0.pwlib --to Z:\\条款库发布点"): [
        "library release 青山条款库",
        "library sign 青山条款库-1.2.0.pwlib --key 设置-电教馆.key",
    ],
    ("docs/sharing.md", 'planwriter library install "教育条款@^1.2" --from Z:/发布点'): ["library remove 教育条款"],
}
"""Commands that somebody has typed before, where a page begins later."""


class Block(NamedTuple):
    """A fence of a page: the page, the language it names, and its text."""

    page: str
    language: str
    text: str

    @property
    def commands(self) -> list[str]:
        """The lines that call planwriter; in the pages of help those that stand as examples."""
        return re.findall(r"^(?: *例：| +)?(planwriter .*?) *$", self.text, re.M)


def blocks_of(page: str) -> list[Block]:
    """The fences of a page without a language, in order; one in a list is moved to the left."""
    text = (ROOT / page).read_text("utf-8")
    found = re.findall(r"^( *)```([^\n]*)\n(.*?)^ *```$", text, re.M | re.S)
    return [
        Block(page, language, re.sub(rf"^{indent}", "", body, flags=re.M))
        for indent, language, body in found
        if language in ("", "console")
    ]


def words_of(command: str) -> list[str]:
    """A command as cmd.exe and sh both split it: double quotes keep a word together, and nothing else is special."""
    return [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)]


def runs() -> list[tuple[str, str]]:
    """Pages to be run as wholes; of the page of commands, whose fences are independent, each fence."""
    found = []
    for page in PAGES:
        blocks = [block for block in blocks_of(page) if block.commands]
        names = [block.text.split("\n", 1)[0] for block in blocks] if page == COMMANDS else [""] * bool(blocks)
        found += [(page, name) for name in names]
    return found


def typed(*words: str, code: int = 0) -> str:
    """What a command shows that is typed in the current folder, its exit code being `code`."""
    shown = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown), pytest.raises(SystemExit) as ended:
        main(list(words))
    shown.seek(0)
    said = shown.read()
    assert (ended.value.code or 0) == code, (words, said)
    return said


@pytest.fixture(scope="session")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bureau's folder with the files that the pages speak of."""
    folder = tmp_path_factory.mktemp("局")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        _set_up(patch, folder)
        for name in ("U盘", "发布点", "发布", "旧", "县库", "印发"):
            Path(name).mkdir()
        _write_outlines()
        _write_others()
        _write_versions()
        _publish()
    return folder


def _set_up(patch: pytest.MonkeyPatch, folder: Path) -> None:
    patch.setenv("PLANWRITER_CONFIG", str(folder / "设置"))
    patch.setenv("PLANWRITER_KEY_PASSWORD", "云岭市电教馆签名用的一句长口令")


def _write_outlines() -> None:
    shutil.copytree(ROOT / "examples", "examples")
    for name, place, kind in (
        ("要点", "青山县", "工作要点"),
        ("计划", "青山县", "三年行动计划"),
        ("市局", "云岭市", "工作要点"),
    ):
        unit = f"{place}教育局"
        typed("new", kind, "--unit", unit, "--region", place, "--year", "2026", "-o", f"{name}.yaml")
    shutil.copy("市局.yaml", "市局2026.yaml")
    with Path("要点.yaml").open("a", encoding="utf-8") as file:
        file.write("\n上级文件: 市局2026.yaml\n")
    Path("2026年").mkdir()
    shutil.copy("市局.yaml", "2026年")
    Path("方案.yaml").write_text(outline().replace("上好课", "为{{ 行.学校 }}上好课"), "utf-8")


def _write_others() -> None:
    Path("planwriter.yaml").write_text("单位: 青山县教育局\n地区: 青山县\n", "utf-8")
    Path("县库/library.yaml").write_text("名称: 县库\n版本: 1.0.0\n", "utf-8")
    for name in ("2025年要点.txt", "旧方案.txt", "旧要点.txt"):
        Path(name).write_text(NOTICE + PLAN, "utf-8")
    Path("本局.yaml").write_text("版式: 本局\n基于: [行距28磅, 三级加粗]\n页边: {上: 36mm}\n", "utf-8")
    book = openpyxl.Workbook()
    for row in (["学校"], ["青山县第一小学"], ["青山县第二小学"]):
        book.worksheets[0].append(row)
    book.save("学校.xlsx")
    Path("任务清单.xlsx").write_bytes(TEN["plain"]())
    for name, title in (("2025年要点.txt", "2025年工作要点"), ("旧方案.txt", "2025年招生工作实施方案")):
        Path(name).write_text(f"青山县教育局{title}\n\n一、办好教育\n（一）抓好教学。上好课。\n", "utf-8")
    typed("targets", "export", "计划.yaml", "-o", "指标.xlsx")
    typed("render", "examples/first.yaml", "-o", "文件.docx", "--final")
    for name in ("通知.docx", "样本.docx", "上年的通知.docx"):
        shutil.copy("文件.docx", name)


def _write_versions() -> None:
    """Versions of a plan: the file as it was rendered, by hand, with comments, and the drafts before it."""
    typed("render", "要点.yaml", "--draft")
    hand = Hand(Path("要点.docx").read_bytes())
    hand.comment("青山县教育局2026年工作要点", "题目再斟酌。")
    for name in ("征求意见/1.docx", "征求意见/3.docx"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(hand.save())
    for name in ("局长改过的", "一稿", "要点（一稿）", "去年", "今年"):
        shutil.copy("要点.docx", f"{name}.docx")
    shutil.copy("要点.yaml", "要点（一稿）.yaml")


def _publish() -> None:
    """Makes libraries, and signed packages of their versions on a drive and in a registry."""
    typed("library", "keygen", "-o", "设置-电教馆.key")
    typed("library", "trust", "设置-电教馆.pub", "--name", "云岭市电教馆")
    for name, versions in (
        ("教育条款", ("1.1.0", "1.2.0", "1.3.0", "2.0.0")),
        ("教育通用", ("1.0.0", "1.2.0", "2.0.0")),
        ("青山条款库", ("1.1.0", "1.2.0")),
    ):
        Path(name).mkdir()
        for version in versions:
            clause = f"- 条款: 教师/师德\n  条: 加强师德\n  文: 抓好师德。第{version}版。\n"
            Path(name, "library.yaml").write_text(f"名称: {name}\n版本: {version}\n发布单位: 云岭市教育局\n", "utf-8")
            Path(name, "教师.yaml").write_text(clause, "utf-8")
            made = f"U盘/{name}-{version}.pwlib"
            typed("library", "release", name, "-o", made)
            if version == "1.1.0":
                shutil.copy(made, "旧")
            typed("library", "sign", made, "--key", "设置-电教馆.key")
            if (name, version) != ("青山条款库", "1.2.0"):
                typed("library", "publish", made, "--to", "发布点")
        manifest = Path(name, "library.yaml")
        manifest.write_text(re.sub("版本: .*", "版本: 1.2.0", manifest.read_text("utf-8")), "utf-8")


@pytest.fixture
def folder(bureau: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The bureau's folder, copied to be the current one."""
    copied = tmp_path / "局"
    shutil.copytree(bureau, copied)
    monkeypatch.chdir(copied)
    _set_up(monkeypatch, copied)
    return copied


def _type(page: str, commands: list[str], folder: Path) -> None:
    """Types the commands of a page in order; each must end with 0."""
    for made in re.findall(r"^planwriter (?:new|layout learn) .*-o (\S+)", "\n".join(commands), re.M):
        Path(made).unlink(missing_ok=True)
    with contextlib.ExitStack() as stack:
        served = any(address in command for command in commands for address in ADDRESSES)
        address = stack.enter_context(web(folder / "发布点")) if served else ""
        for command in commands:
            for earlier in BEFORE.get((page, command), ()):
                typed(*words_of(earlier))
            if command not in NOT_RUN and (command not in NEEDS_A_FONT or find_font("指标")):
                words = [address if word in ADDRESSES else PLACES.get(word, word) for word in words_of(command)]
                typed(*words[1:])


@pytest.mark.parametrize(("page", "fence"), runs(), ids=lambda value: value or "whole")
def test_what_a_page_types_works(page: str, fence: str, folder: Path) -> None:
    blocks = [each for each in blocks_of(page) if not fence or each.text.split("\n", 1)[0] == fence]
    _type(page, [command for each in blocks for command in each.commands], folder)


def test_what_the_readme_s_table_types_works(folder: Path) -> None:
    table = "\n".join(re.findall(r"^\|.*\|$", (ROOT / "README.md").read_text("utf-8"), re.M))
    commands = re.findall(r"`(planwriter [^`]+)`", table)
    assert len(commands) > 15
    needed = {
        "planwriter library install": "shows a name, not a command",
        "planwriter watch 要点.yaml": "runs until Ctrl-C: tests/stories/test_taking_back.py",
    }
    _type("README.md", [command for command in commands if command not in needed], folder)


def test_a_command_that_fails_is_reported(folder: Path) -> None:
    with pytest.raises(AssertionError, match="PW101"):
        _type("README.md", ["planwriter kinds", "planwriter render 没有.yaml"], folder)
    with pytest.raises(AssertionError, match="没有“chek”这个命令"):
        _type("README.md", ["planwriter chek 要点.yaml"], folder)


def test_the_readme_shows_the_answer_to_a_slip(folder: Path) -> None:
    shown = next(each.text for each in blocks_of("README.md") if each.text.startswith("错误 "))
    text = Path("要点.yaml").read_text("utf-8")
    assert text.count("\n年度: 2026") == 1
    Path("要点.yaml").write_text(text.replace("\n年度: 2026", "\n年度：2026"), "utf-8")
    assert shown in typed("check", "要点.yaml", code=1)


@pytest.mark.parametrize("page", PAGES)
def test_every_line_of_a_fence_is_typed_or_answered_or_known(page: str) -> None:
    for block in blocks_of(page):
        if page != COMMANDS and not block.text.startswith("错误 "):
            unknown = [line for line in block.text.splitlines() if line not in (*block.commands, *NOT_RUN)]
            assert unknown == [], "neither a command nor one of NOT_RUN"


def test_what_is_known_of_the_pages_is_on_them() -> None:
    lines = {
        (page, line.removeprefix("  例：").strip())
        for page in PAGES
        for block in blocks_of(page)
        for line in block.text.splitlines()
    }
    assert set(NOT_RUN) | NEEDS_A_FONT <= {line for _, line in lines}
    assert set(BEFORE) <= lines


def special(command: str) -> bool:
    """True if cmd.exe does not take a command as sh does: it knows no comments or single quotes, and eats ^."""
    return bool(re.search(r"\s#|'|\^|[&|<>%!]", re.sub(r'"[^"%!]*"', "", command)))


@pytest.mark.parametrize("page", [*PAGES, "docs/handbook.md"])
def test_a_command_means_the_same_to_every_shell(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    commands = [command for block in blocks_of(page) for command in block.commands]
    commands += re.findall(r"`((?:planwriter|pip) [^`]+)`", text)
    assert [command for command in commands if special(command)] == []


@pytest.mark.parametrize(
    "command", ["planwriter kinds  # 看看", "pip install 'a[b]'", "planwriter library install 甲@^1.2"]
)
def test_what_a_shell_takes_in_its_own_way_is_reported(command: str) -> None:
    assert special(command)
    assert not special('planwriter library install "甲@^1.2" --from Z:\\库')
