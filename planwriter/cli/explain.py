"""The commands that list kinds of plan and explain findings: kinds, explain."""

from __future__ import annotations

import click

from planwriter.app.session import Session
from planwriter.cli.base import Command
from planwriter.cli.show import echo_findings, say


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
        say(f"{kind.name}{aliases}")
        say(f"    骨架：{' / '.join(part.role + ('' if part.required else '（可不写）') for part in kind.skeleton)}")
        say(f"    期间：{'起止年份' if kind.multi_year else '一个年度'}；文件夹：templates/{kind.folder}")
        if kind.about:
            say(f"    {kind.about}")


@click.command(cls=Command)
@click.argument("code", metavar="代码")
def explain(code: str) -> None:
    """解释一个问题代码：为什么算问题，错的和对的各是什么样。

    \b
    例：planwriter explain PW106
    """
    from planwriter.findings.catalogue import near
    from planwriter.findings.explain import explanation
    from planwriter.findings.messages import all_codes

    wanted = f"PW{code}" if code.isascii() and code.isdigit() else code.upper()
    if wanted not in all_codes():
        raise click.UsageError(f"没有“{code}”这个代码。{near(wanted, tuple(all_codes()))}")
    say(explanation(wanted), nl=False)
