"""The command that lists what in a library must be looked up again."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from planwriter.app.library_check import libraries_to_check
from planwriter.app.session import Session
from planwriter.cli.base import Command, format_option
from planwriter.cli.show import echo_findings, say
from planwriter.findings import report
from planwriter.language import dates
from planwriter.system import files

if TYPE_CHECKING:
    from planwriter.clauses.library import Library
    from planwriter.curation.stale import Stale

_SHOWN = 6


@click.command(cls=Command)
@click.argument("folders", metavar="[文件夹]…", nargs=-1)
@click.option("--on", metavar="日期", required=True, help="到哪一天，例如 2027-01-31。")
@format_option()
def stale(folders: tuple[str, ...], on: str, form: str) -> None:
    """列出到那一天该重新核对的：失效的、满一年没有核对的、从来没有核对的依据，到期的说法，连同引用它们的条款和提纲。

    不写文件夹，就查工作区文件“库”里写的那些；没有写的，查自带的库。

    \b
    例：planwriter library stale --on 2027-01-31
        planwriter library stale 县库 --on 2027-01-31
    """
    from planwriter.curation.stale import stale as found_stale

    day = dates.iso_date(on)
    if day is None:
        raise click.UsageError(f"--on 后面写一个日期，例如 2027-01-31，这里是“{on}”。")
    session = Session.here()
    opened = libraries_to_check(session, folders)
    echo_findings(opened.findings, "human", err=True)
    libraries = opened.value or (() if opened.findings else (session.built_in(),))
    found = [(library, found_stale(library, day)) for library in libraries]
    if form == "json":
        click.echo(_json(found), nl=False)
    else:
        for library, each in found:
            say(_human(library, each, day, session))
    sys.exit(report.exit_code(opened.findings))


def _human(library: Library, found: Stale, day: str, session: Session) -> str:
    from planwriter.curation.search.page import find_uses
    from planwriter.findings.report import place

    lines = [f"{library.shown}（到 {day}）"]
    concerned: dict[str, None] = {}
    for each in found.bases:
        lines.append(f"  {each.reason}")
        if each.clauses:
            more = f" 等 {len(each.clauses)} 条" if len(each.clauses) > _SHOWN else ""
            lines.append(f"      引用它的条款：{'、'.join(each.clauses[:_SHOWN])}{more}")
        if each.is_repealed:
            concerned.update(dict.fromkeys(each.clauses))
    for ended in found.clauses:
        instead = f"，换用{'、'.join(ended.successors)}" if ended.successors else ""
        lines.append(f"  条款“{ended.clause}”{ended.reason}{instead}。")
        concerned[ended.clause] = None
    below = tuple(files.read_below(session.folder or files.current_folder())) if concerned else ()
    uses = [f"      {place(pos)}　{name}" for name in concerned for pos in find_uses(name, below)]
    if uses:
        lines += ["  用了失效、到期的条款的地方：", *uses]
    lines.append(f"  依据 {len(found.bases)} 个、条款 {len(found.clauses)} 条该看。")
    return "\n".join(lines)


def _json(found: list[tuple[Library, Stale]]) -> str:
    import json

    told = [
        {
            "library": library.shown,
            "bases": [
                {
                    "key": each.basis.key,
                    "name": each.basis.name,
                    "number": each.basis.number,
                    "checked": each.basis.checked,
                    "reason": each.reason,
                    "repealed": each.is_repealed,
                    "clauses": each.clauses,
                }
                for each in stale.bases
            ],
            "clauses": [each._asdict() for each in stale.clauses],
        }
        for library, stale in found
    ]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
