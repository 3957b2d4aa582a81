"""The command that puts the opinions of bureaus together in one table: collect."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from planwriter.app import outputs
from planwriter.app.session import Session
from planwriter.cli.base import Command
from planwriter.cli.show import echo_findings, expanded, say
from planwriter.findings import report
from planwriter.findings.finding import Finding, has_errors

if TYPE_CHECKING:
    from planwriter.app.roundtrip.collect import Collected


@click.command(cls=Command)
@click.argument("answers", metavar="回来的文件…", nargs=-1)
@click.option("--for", "outline", metavar="提纲", required=True, help="征求意见的是哪一份提纲排出来的稿子。")
@click.option(
    "-o", "--output", metavar="表.xlsx", default="意见汇总.xlsx", help="写到哪个工作簿；不写就是 意见汇总.xlsx。"
)
@click.option(
    "--unit",
    "units",
    metavar="文件=单位",
    multiple=True,
    help="哪个文件是哪个单位的，可以写几次；文件名里有单位的不用写。",
)
@click.option(
    "--sent",
    metavar="发出的稿子.docx",
    help="当时发出去的那一份；返回的文件丢了记录（转过格式、粘进了新文件）、提纲后来又改过的，要用它来比。",
)
@click.option(
    "--marked",
    metavar="汇总稿.docx",
    help="另排一份带着全部意见的稿子：改的是修订，说的是批注，作者是各单位。",
)
@click.option("--accept", metavar="表.xlsx", help="把表里填了“采纳”的写进提纲：先列出改哪里，确认了才写。")
@click.option("--dry-run", is_flag=True, help="同 --accept 一起用：只看改什么，不写。")
@click.option("--yes", is_flag=True, help="同 --accept 一起用：不问，直接写。")
@click.option(
    "--numbers",
    type=click.Choice(["指标", "这里", "问"]),
    default="问",
    help="同 --accept 一起用：采纳的数在提纲里是指标的，改指标（别处跟着变），还是只改这里。不写就只改一处用到的指标，别的列出来。",
)
@click.option("--draft", is_flag=True, help="草稿：提纲没写完的部分只提醒，同 render --draft。")
@click.option("--force", is_flag=True, help="-o 的文件已经有了、又不是意见汇总表，也覆盖。")
def collect(
    answers: tuple[str, ...],
    outline: str,
    output: str,
    units: tuple[str, ...],
    sent: str | None,
    marked: str | None,
    accept: str | None,
    dry_run: bool,
    yes: bool,
    numbers: str,
    draft: bool,
    force: bool,
) -> None:
    """把各单位返回的征求意见稿汇成一张表：单位、条款、原文、意见或修改、采纳情况、理由。

    修订、批注、直接在稿子上改的，都收；相同的意见合成一行。写文件夹，就收里面的每一份。

    再收一次，表里已经填了的采纳情况和理由照旧留着。填好以后用 --accept 把采纳的写进提纲，每一处都试着排一遍，排出来对了才算。

    \b
    例：planwriter collect 征求意见/ --for 要点.yaml -o 意见汇总.xlsx
        planwriter collect 征求意见/*.docx --for 要点.yaml --unit 3.docx=财政局 --marked 汇总稿.docx
        planwriter collect --accept 意见汇总.xlsx --for 要点.yaml
    """
    if accept is not None:
        from planwriter.cli.accepting import accept_opinions

        if answers or marked or units or sent:
            raise click.UsageError("--accept 只要写表和 --for 提纲，不和要收的文件一起写。")
        accept_opinions(outline, accept, numbers, dry_run=dry_run, yes=yes)  # type: ignore[arg-type]
        return
    if dry_run or yes or numbers != "问":
        raise click.UsageError("--dry-run、--yes、--numbers 同 --accept 一起用。")
    if not answers:
        raise click.UsageError(
            "后面写返回来的文件，或它们的文件夹，例如 planwriter collect 征求意见/ --for 要点.yaml。"
        )
    from planwriter.app.roundtrip.answers import answers_in
    from planwriter.app.roundtrip.collect import collect
    from planwriter.app.roundtrip.opinion_file import write_table

    if not output.lower().endswith(".xlsx"):
        raise click.UsageError(f"-o 后面的文件名要以 .xlsx 结尾，这里是“{output}”。")
    paths = answers_in(expanded(answers))
    if not paths:
        raise click.UsageError(f"“{answers[0]}”里没有返回来的文件（.docx）。")
    _check_marked(marked, [*paths, outline])
    given = _units(units, paths)
    session = Session().at(outline)
    made = collect(session, outline, paths, given, draft=draft, sent=sent)
    echo_findings(made.findings, "human", err=True)
    if made.value is None:
        say(f"没有收。{report.summary(made.findings)}", err=True)
        sys.exit(report.exit_code(made.findings))
    if all(each.failed for each in made.value.replies):
        _show(made.value)
        say("没有一个收得进来，没有写表。", err=True)
        sys.exit(report.exit_code(made.findings) or 1)
    written = write_table(made.value, output, force=force)
    echo_findings(written.findings, "human", err=True)
    _show(written.value)
    if not has_errors(written.findings):
        say(f"已写出 {output}。")
    findings = (*made.findings, *written.findings)
    if marked is not None:
        findings += _write_marked(session, written.value, marked, force)
    sys.exit(report.exit_code(findings))


def _check_marked(marked: str | None, inputs: Sequence[str]) -> None:
    if marked is None:
        return
    if not marked.lower().endswith(".docx"):
        raise click.UsageError(f"--marked 后面的文件名要以 .docx 结尾，这里是“{marked}”。")
    if any(os.path.exists(marked) and os.path.samefile(marked, each) for each in inputs if os.path.exists(each)):
        raise click.UsageError(f"“{marked}”是要收的文件，--marked 换一个名字。")


def _write_marked(session: Session, collected: Collected, target: str, force: bool) -> tuple[Finding, ...]:
    """Writes the copy with all opinions; shows, and returns, what is to be said of it."""
    from planwriter.app.roundtrip.collect import marked

    made = marked(session, collected, target)
    findings = made.findings
    if made.value is not None:
        refused = outputs.refuse_existing(target, made.value.data)
        findings += outputs.write_output(target, made.value.data, refused, force=force)
    echo_findings(findings, "human", err=True)
    if made.value is None or has_errors(findings):
        return findings
    copy = made.value
    parts = [f"修订 {copy.tracked} 条", f"批注 {copy.said} 条"]
    if copy.told:
        parts.append(f"写不成修订（和别的单位改在同一处，或改了表的行列）、写成批注的 {copy.told} 条")
    if copy.displaced:
        parts.append(f"提纲里没有原处、写在标题上的 {copy.displaced} 条")
    already = sum(1 for each in collected.rows if each.already)
    if already:
        parts.append(f"提纲里已经这样改了、没有再写的 {already} 条")
    say(f"已写出 {target}：{'，'.join(parts)}。")
    return findings


def _units(typed: Sequence[str], paths: Sequence[str]) -> dict[str, str]:
    """The bureaus of files by their names, as typed after --unit."""
    names = {os.path.basename(path) for path in paths}
    stems = {os.path.splitext(name)[0] for name in names}
    made: dict[str, str] = {}
    for each in typed:
        name, sign, unit = each.partition("=")
        name, unit = os.path.basename(name.strip()), unit.strip()
        if not sign or not name or not unit:
            raise click.UsageError(f"--unit 后面写成 文件=单位，例如 3.docx=财政局；这里是“{each}”。")
        if name not in names and name not in stems:
            raise click.UsageError(f"--unit 里的“{name}”不在要收的文件里。")
        made[name] = unit
    return made


def _show(collected: Collected) -> None:
    """Says what came back, and what was taken from it."""
    replies = collected.replies
    failed = [each for each in replies if each.failed]
    silent = sum(1 for each in replies if not each.failed and not each.opinions)
    parts = [f"{len(replies) - len(failed) - silent} 个有意见", f"{silent} 个无意见" if silent else ""]
    parts.append(f"{len(failed)} 个没有收进来" if failed else "")
    say(f"{len(replies)} 个文件：{'，'.join(each for each in parts if each)}。")
    for each in failed:
        say(f"  没有收进来：{each.file}（{each.note}）")
    kinds = Counter(each.opinion.wish.shown for each in collected.rows)
    joined = f"，相同的合在一起是 {len(collected.rows)} 条" if len(collected.rows) != collected.opinions else ""
    detail = "、".join(f"{kind} {count}" for kind, count in kinds.items())
    say(f"意见 {collected.opinions} 条{joined}{'：' + detail if detail else ''}。")
    already = sum(1 for each in collected.rows if each.already)
    older = sum(1 for each in collected.rows if each.opinion.older and not each.already)
    if already:
        say(f"其中 {already} 条提纲里已经这样改了，表里注明了。")
    if older:
        say(f"其中 {older} 条说的话现在的提纲里没有了，表里注明了。")
    if collected.decided or collected.kept or collected.dropped:
        say(
            f"上次表里填了的，照旧 {collected.decided} 行；这次没有了的，填过的 {len(collected.kept)} 行留在表末"
            f"{f'，没填过的 {collected.dropped} 行去掉了' if collected.dropped else ''}。"
        )
