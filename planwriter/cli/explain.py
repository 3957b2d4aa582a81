"""The commands that tell what there is: kinds, clauses, explain."""

from __future__ import annotations

import sys

import click

from planwriter.app.libraries import workspace_libraries
from planwriter.app.library_check import clause_matches, describe_clause
from planwriter.app.session import Session
from planwriter.cli.base import Command, echo_findings
from planwriter.findings.finding import Pos


@click.command(cls=Command)
def kinds() -> None:
    """列出文种：名称、骨架和用途。

    \b
    例：planwriter kinds
    """
    result = Session.here().kinds()
    echo_findings(result.findings, "human", err=True)
    for kind in result.value:
        aliases = f"（也叫 {'、'.join(kind.aliases)}）" if kind.aliases else ""
        click.echo(f"{kind.name}{aliases}")
        click.echo(
            f"    骨架：{' / '.join(part.role + ('' if part.required else '（可不写）') for part in kind.skeleton)}"
        )
        click.echo(f"    期间：{'起止年份' if kind.multi_year else '一个年度'}；文件夹：templates/{kind.folder}")
        if kind.about:
            click.echo(f"    {kind.about}")


@click.command(cls=Command)
@click.argument("word", metavar="[词]", required=False)
def clauses(word: str | None) -> None:
    """列出条款；给一个词就只列含这个词的，给条款编号就显示全文。

    \b
    例：planwriter clauses 师德
        planwriter clauses 保障/组织领导
    """
    from planwriter.findings.catalogue import finding, near

    libraries = workspace_libraries(Session.here()).value
    everything = [clause for library in libraries for clause in library.clauses()]
    for library in libraries:
        echo_findings(library.findings, "human", err=True)
    exact = next((clause for clause in everything if clause.identifier == word), None)
    if exact is not None:
        click.echo(describe_clause(exact), nl=False)
        return
    found = [clause for clause in everything if word is None or clause_matches(clause, word)]
    if not found:
        names = tuple(clause.identifier for clause in everything)
        made = finding("PW301", Pos("planwriter clauses"), clause=word, advice=near(word or "", names))
        echo_findings([made], "human", err=True)
        sys.exit(1)
    for clause in found:
        needed = [parameter.name for parameter in clause.parameters if parameter.default is None]
        given = f"　要给出：{'、'.join(needed)}" if needed else ""
        click.echo(f"{clause.identifier}　〔{clause.level_word}〕{clause.title}{given}")
    click.echo(f"共 {len(found)} 条。看全文：planwriter clauses {found[0].identifier}")


@click.command(cls=Command)
@click.argument("code", metavar="代码")
def explain(code: str) -> None:
    """解释一个问题代码：为什么算问题，错的和对的各是什么样。

    \b
    例：planwriter explain PW106
    """
    from planwriter.findings.catalogue import CATALOGUE, near
    from planwriter.findings.explain import explanation

    wanted = code.upper()
    if wanted not in CATALOGUE:
        raise click.UsageError(f"没有“{code}”这个代码。{near(wanted, tuple(CATALOGUE))}")
    click.echo(explanation(wanted), nl=False)
