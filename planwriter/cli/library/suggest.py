"""The command that suggests clauses for the headings of an outline."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from planwriter.app import plans
from planwriter.app.libraries import outline_libraries
from planwriter.app.session import Session
from planwriter.cli.base import Command, format_option
from planwriter.cli.show import echo_findings, say
from planwriter.findings import report

if TYPE_CHECKING:
    from planwriter.curation.search.entry import SearchEntry
    from planwriter.curation.search.suggest import Suggestions

_EXCERPT = 44


@click.command(cls=Command)
@click.argument("outline", metavar="提纲")
@format_option()
def suggest(outline: str, form: str) -> None:
    """给提纲里每个标题找合用的条款，再列出本系统常写、提纲里还没有的题目。

    只列这份提纲能用的：系统、级别、文种、年度都合。提纲一个字也不改。

    \b
    例：planwriter library suggest 要点.yaml
    """
    from planwriter.curation.search.suggest import suggest as suggested

    session = Session().at(outline)
    made = plans.plan_file(session, outline)
    if made.outline is None:
        echo_findings(made.findings, "human", err=True)
        sys.exit(report.exit_code(made.findings) or report.EXIT_ERRORS)
    libraries = outline_libraries(session, made.outline, os.path.dirname(outline))
    echo_findings(libraries.findings, "human", err=True)
    found = suggested(made.outline, libraries.value.libraries)
    click.echo(_json(found) if form == "json" else "", nl=False)
    if form == "human":
        say(_human(found))


def _human(found: Suggestions) -> str:
    lines = []
    for each in found.headings:
        lines.append(f"第 {each.pos.line} 行　{each.heading}")
        if not each.clauses:
            lines.append("    没有同一题目的条款")
        elif not each.is_on_subject:
            lines.append("    相近的：")
        lines += (f"    {_shown(entry)}" for entry in each.clauses)
    if found.lacking:
        lines += ["", "本系统常写而提纲里没有的："]
        lines += (f"    {_shown(entry)}" for entry in found.lacking)
    count = sum(1 for each in found.headings if each.is_on_subject)
    lines += ["", f"{len(found.headings)} 个标题，{count} 个有同一题目的条款。看全文：planwriter library show 编号"]
    return "\n".join(lines)


def _shown(entry: SearchEntry) -> str:
    text = entry.text.split("\n")[0]
    return f"{entry.identifier}　{entry.title}　{text[:_EXCERPT]}{'…' * (len(text) > _EXCERPT)}"


def _json(found: Suggestions) -> str:
    import json

    def record(entry: SearchEntry) -> dict[str, object]:
        return {"clause": entry.identifier, "title": entry.title, "text": entry.text, "tags": entry.tags}

    headings = [
        {
            "heading": each.heading,
            "line": each.pos.line,
            "on_subject": each.is_on_subject,
            "clauses": [record(entry) for entry in each.clauses],
        }
        for each in found.headings
    ]
    told = {"headings": headings, "lacking": [record(entry) for entry in found.lacking]}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
