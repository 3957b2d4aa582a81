"""Groups of commands; what the command line prints cannot steer a terminal; and the tests run it as users do."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from planwriter.cli.group import cli
from tests.commands import run, run_fresh
from tests.support import ROOT, outline

HARMLESS = (
    "_json(",
    "json.dumps",
    "format_human",
    "format_short",
    "format_json",
    "get_help",
    "\\r",
    "写 是（y）",
    "escaped(",
    "difference_text(",
    "echo(text, nl=nl, err=err)",
)
"""What `echo` may print: JSON, findings (which escape by themselves), help, progress in figures, texts of ours."""


def _raw(source: str) -> Iterator[str]:
    """The calls of `echo`, ours or click's, in a module that may print what somebody else wrote."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in ("echo", "click.echo"):
            printed = ast.unparse(node)
            if not any(each in printed for each in HARMLESS):
                yield printed


@pytest.mark.parametrize("path", sorted((ROOT / "planwriter/cli").rglob("*.py")), ids=lambda path: path.name)
def test_texts_are_printed_by_say(path: Path) -> None:
    assert list(_raw(path.read_text("utf-8"))) == []


def test_a_text_that_is_printed_as_it_is_is_found() -> None:
    assert list(_raw("click.echo(f'已生成 {target}')")) == ["click.echo(f'已生成 {target}')"]
    assert list(_raw("echo(target)")) == ["echo(target)"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_file_name_does_not_reach_the_terminal_raw(tmp_path: Path) -> None:
    name = "要\x1b[31m点\u202e.yaml"
    (tmp_path / name).write_text(outline(), "utf-8")
    for arguments in (
        ("render", name),
        ("check", name),
        ("duties", name, "-o", "清\x1b[0m单.docx"),
        ("targets", "list", name),
    ):
        made = run(tmp_path, *arguments)
        assert "\x1b" not in made.stdout + made.stderr and "\u202e" not in made.stdout + made.stderr, arguments
    assert "\\x1b[31m" in run(tmp_path, "render", name, "--force").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "要点.yaml"],
        ["check", "-"],
        ["render", "要点.yaml", "--to", "text", "-o", "-"],
        ["targets", "list", "没有.yaml"],
        ["library", "list"],
        ["没有的"],
        [],
    ],
    ids=" ".join,
)
def test_a_command_that_is_forked_says_what_one_in_a_new_interpreter_says(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "要点.yaml").write_text(outline(), "utf-8")
    forked, fresh = (
        start(tmp_path, *arguments, stdin="文种：工作要点\n", PLANWRITER_CONFIG=str(tmp_path))
        for start in (run, run_fresh)
    )
    assert (forked.returncode, forked.stdout, forked.stderr) == (fresh.returncode, fresh.stdout, fresh.stderr)


@pytest.mark.parametrize("group", [[], ["library"], ["targets"], ["tasks"], ["layout"]])
def test_a_group_without_a_command_shows_its_help(group: list[str]) -> None:
    shown = CliRunner().invoke(cli, group)
    assert shown.exit_code == 0
    assert shown.output == CliRunner().invoke(cli, [*group, "--help"]).output


def test_a_command_that_is_not_there_is_refused_with_one_that_was_meant() -> None:
    shown = CliRunner().invoke(cli, ["library", "serch"])
    assert shown.exit_code == 2 and "search" in shown.output


def test_the_version_is_all_that_is_shown() -> None:
    shown = CliRunner().invoke(cli, ["--version"])
    assert shown.exit_code == 0 and shown.output.startswith("planwriter ") and shown.output.count("\n") == 1
