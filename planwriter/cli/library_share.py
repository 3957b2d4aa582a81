"""The commands that share libraries between bureaus."""

from __future__ import annotations

import os

import click

from planwriter import app, files
from planwriter.cli.base import Command, echo_findings


@click.command("list", cls=Command)
def list_libraries() -> None:
    """列出这里在用的条款库，近的在前：名称、版本、发布单位、条款数。

    \b
    例：planwriter library list
    """
    for each in app.libraries_at(files.find_workspace(os.path.join(os.getcwd(), "x"))):
        count = len(each.clauses())
        echo_findings(each.findings, "human", err=True)
        manifest = each.manifest
        name = f"{manifest.name} {manifest.version}" if manifest else each.shown
        publisher = f"　{manifest.publisher}" if manifest and manifest.publisher else ""
        click.echo(f"{name}{publisher}　{count} 条　（{each.shown}）")
