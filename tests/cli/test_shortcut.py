"""What is done without click is what click would do."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from planwriter.cli import main, shortcut
from planwriter.cli.group import cli
from planwriter.system.streams import NoStream
from tests.support import ROOT, outline

EXAMPLES = ("first.yaml", "qingshan-2026.yaml", "yunling-three-year.yaml")
CASES: dict[str, tuple[str, ...]] = {
    "an example": ("render", "qingshan-2026.yaml"),
    "an example checked": ("check", "yunling-three-year.yaml"),
    "another name": ("render", "first.yaml", "-o", "印发稿.docx"),
    "a folder": ("render", "first.yaml", "-o", "出/"),
    "a folder that is there": ("render", "first.yaml", "-o", "有"),
    "an ending of another form": ("render", "first.yaml", "-o", "甲.pdf"),
    "no ending": ("render", "first.yaml", "-o", "甲"),
    "a file that is not ours": ("render", "first.yaml", "-o", "别人.docx"),
    "over the outline": ("render", "first.yaml", "-o", "first.yaml"),
    "warnings": ("render", "warned.yaml"),
    "errors": ("render", "wrong.yaml"),
    "errors checked": ("check", "wrong.yaml"),
    "no file": ("render", "没有.yaml"),
    "no file checked": ("check", "没有.yaml"),
    "a folder for an outline": ("check", "有"),
    "not an outline": ("render", "别人.docx"),
    "an odd name": ("check", "\x1b甲.yaml"),
    "several": ("render", "first.yaml", "qingshan-2026.yaml"),
    "several into a folder": ("render", "first.yaml", "qingshan-2026.yaml", "-o", "出/"),
    "several into a file": ("render", "first.yaml", "qingshan-2026.yaml", "-o", "甲.docx"),
    "several, one with errors": ("render", "wrong.yaml", "first.yaml"),
    "several checked": ("check", "first.yaml", "warned.yaml", "没有.yaml"),
    "rows": ("render", "first.yaml", "--each", "各校.csv"),
    "rows into a folder": ("render", "first.yaml", "--each", "各校.csv", "-o", "出/"),
    "a folder for rows": ("render", "first.yaml", "-o", "有", "--each", "各校.csv"),
    "rows into a file": ("render", "first.yaml", "--each", "各校.csv", "-o", "甲.docx"),
    "rows with a column that is not known": ("render", "first.yaml", "--each", "错.csv", "-o", "有"),
    "no rows": ("render", "first.yaml", "--each", "没有.csv", "-o", "有"),
    "a sheet that is not there": ("render", "first.yaml", "--each", "各校.csv#二", "-o", "有"),
}


def _setting(folder: Path) -> Path:
    folder.mkdir()
    for name in EXAMPLES:
        shutil.copy(ROOT / "examples" / name, folder)
    (folder / "有").mkdir()
    (folder / "别人.docx").write_bytes(b"no package")
    (folder / "wrong.yaml").write_text(outline().replace("文种", "文中"), "utf-8")
    (folder / "warned.yaml").write_text(outline().replace("导语: ", "导语: 自己的"), "utf-8")
    (folder / "各校.csv").write_text("文件名,单位\n甲,青山县第一小学\n乙,青山县第二小学\n", "utf-8")
    (folder / "错.csv").write_text("文件名,单维\n甲,青山县第一小学\n", "utf-8")
    return folder


def _run(folder: Path, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> tuple[object, ...]:
    """How a command ends in a folder, what it says, and the files that are there afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(sys, "stdout", sys.stdout)
        patch.setattr(sys, "stderr", sys.stderr)
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        if isinstance(sys.stdout, NoStream):
            sys.stdout.close()
    said = capsys.readouterr()
    files = {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    return ended.value.code, said.out, said.err, files


@pytest.mark.parametrize("name", CASES)
def test_both_ways_are_equal(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shortcut.fits(CASES[name])
    directly = _run(_setting(tmp_path / "direct"), CASES[name], capsys)
    monkeypatch.setattr(shortcut, "fits", lambda typed: False)
    assert directly == _run(_setting(tmp_path / "click"), CASES[name], capsys)


def _fails(error: BaseException) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), EOFError(), BrokenPipeError(32, "gone"), OSError(5, "disk"), ValueError("ours")]
)
def test_both_ways_end_alike(
    error: BaseException, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planwriter.cli.runs.check", _fails(error))
    directly = _run(_setting(tmp_path / "direct"), ("check", "first.yaml"), capsys)
    monkeypatch.setattr(shortcut, "fits", lambda typed: False)
    assert directly == _run(_setting(tmp_path / "click"), ("check", "first.yaml"), capsys)


@pytest.mark.parametrize(
    "typed",
    [
        (),
        ("render",),
        ("--help",),
        ("render", "--help"),
        ("render", "-o", "甲.docx"),
        ("render", "甲.yaml", "乙.yaml", "--each", "各校.csv"),
        ("render", "甲.yaml", "--each", "各校.csv", "--each", "各园.csv"),
        ("render", "--each", "各校.csv", "甲.yaml"),
        ("check", "甲.yaml", "--each", "各校.csv"),
        ("check", "甲.yaml", "--strict"),
        ("check", "甲.yaml", "-o", "乙.docx"),
        ("render", "甲.yaml", "-o", "-"),
        ("render", "-", "-o", "乙.docx"),
        ("render", "*.yaml"),
        ("render", "~/甲.yaml"),
        ("render", ""),
        ("duties", "甲.yaml"),
    ],
)
def test_the_rest_is_left_to_click(typed: tuple[str, ...]) -> None:
    assert not shortcut.fits(typed)


def test_the_commands_are_still_those_of_click() -> None:
    assert {"check", "render"} <= set(cli.list_commands(cli.make_context("planwriter", [], resilient_parsing=True)))
