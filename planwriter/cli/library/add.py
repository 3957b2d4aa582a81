"""The command that makes a clause of a block of an outline: add."""

from __future__ import annotations

import re

import click

from planwriter.app import plans
from planwriter.app.session import Session
from planwriter.cli.base import Command, asks, confirm, prompt
from planwriter.cli.show import end_with, say
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Pos, has_errors
from planwriter.start.typing import TYPE_CHECKING
from planwriter.system import files

if TYPE_CHECKING:
    from planwriter.curation.lift import Lifted
    from planwriter.model import Outline, Section


@click.command(cls=Command)
@click.argument("place", metavar="提纲:块")
@click.option("--as", "identifier", metavar="主题/名称", help="条款的编号；不写则用这一块所在部分和标题。")
@click.option(
    "--parameter",
    "named",
    metavar="名称=数",
    multiple=True,
    help="给找到的数起个参数名，例如 培训人次=800；可以写几次。",
)
@click.option("--keep", metavar="文字", multiple=True, help="这个数、名称或参数照原样留着；可以写几次。")
@click.option("--tag", "tags", metavar="标签", multiple=True, help="给条款加标签；可以写几次。")
@click.option("-o", "--output", metavar="文件", help="接在这个条款文件末尾；没有就新建。")
@click.option("--to", "target", metavar="条款库", help="接在这个条款库（文件夹）里同一主题的文件末尾。")
def add(
    place: str,
    identifier: str | None,
    named: tuple[str, ...],
    keep: tuple[str, ...],
    tags: tuple[str, ...],
    output: str | None,
    target: str | None,
) -> None:
    """把提纲里的一块做成条款：地名、单位名换成 {{ 地区 }} 之类，数字换成参数。块写标识、标题或行号。

    \b
    例：planwriter library add 要点.yaml:加强教师培训
        planwriter library add 要点.yaml:88 --as 教师队伍/教师培训 --parameter 培训人次=800 --to 县库
    """
    from planwriter.curation import lift

    if output and target:
        raise click.UsageError("-o 和 --to 只写一个。")
    if identifier is not None and not re.fullmatch(r"[^\s/]+(/[^\s/]+)+", identifier):
        raise click.UsageError(f"--as 写成 主题/名称，例如 教师队伍/师德宣讲，这里是“{identifier}”。")
    path, item = _parted(place)
    plan = plans.plan_file(Session().at(path), path)
    if plan.outline is None or plan.kind is None:
        end_with(plan.findings)
    block = lift.find_block(plan.outline, item)
    if block is None:
        end_with([finding("PW320", Pos(plan.path), item=item)])
    made = lift.lift(plan.outline, plan.kind, block)
    if made.value is None:
        end_with(made.findings)
    lifted = _chosen(made.value, named, keep)
    identifier = identifier or f"{_topic(plan.outline, block)}/{(block.title.value if block.title else '条款')[:12]}"
    yaml = lift.clause_yaml(lifted, identifier, plan.kind, plan.outline, tags)
    findings = tuple(lift.named_places(yaml, identifier, plan.outline))
    if not (output or target):
        say(yaml, nl=False)
    elif not has_errors(findings):
        from planwriter.app.added_clause import add_to_file, add_to_library

        added = add_to_library(yaml, identifier, target) if target else add_to_file(yaml, identifier, output or "")
        if added.value is not None:
            say(f"条款“{identifier}”已接在 {files.shown_path(added.value)} 末尾。", err=True)
        findings = (*findings, *added.findings)
    end_with(findings)


def _chosen(lifted: Lifted, named: tuple[str, ...], keep: tuple[str, ...]) -> Lifted:
    """The clause with the names and numbers kept that are to be kept, and its parameters named, as typed or asked for."""
    from planwriter.curation.lift import choose

    found = [word for each in lifted.candidates for word in (each.literal, each.name)]
    unknown = next((each for each in keep if each not in found), None)
    if unknown is not None:
        raise click.UsageError(
            f"--keep 写文中找到的（{'、'.join(dict.fromkeys(found)) or '没有'}），这里是“{unknown}”。"
        )
    chosen = choose(lifted, keep, _pairs(named, lifted))
    return choose(chosen, *_asked(chosen)) if asks() and not named and not keep else chosen


def _parted(place: str) -> tuple[str, str]:
    """The outline and the block of 提纲:块; a drive's colon is part of the file's name."""
    match = re.fullmatch(r"(.+?\.ya?ml):(.+)", place, re.IGNORECASE | re.DOTALL) or re.fullmatch(
        r"(.+):(.+)", place, re.DOTALL
    )
    if match is None:
        raise click.UsageError("写成 提纲:块，例如 要点.yaml:加强教师培训、要点.yaml:88。")
    return match[1], match[2]


def _pairs(named: tuple[str, ...], lifted: Lifted) -> list[tuple[str, str]]:
    """The names given for parameters, with their numbers."""
    pairs = []
    numbers = [candidate.literal for candidate in lifted.candidates if candidate.type]
    for each in named:
        name, _, number = each.partition("=")
        if not name.isidentifier() or number not in numbers:
            raise click.UsageError(
                f"--parameter 写成 名称=数，数要是文中找到的（{'、'.join(numbers) or '没有'}），这里是“{each}”。"
            )
        numbers.remove(number)
        pairs.append((name, number))
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise click.UsageError("两个参数不能同名。")
    return pairs


def _asked(lifted: Lifted) -> tuple[list[str], list[tuple[str, str]]]:
    """What somebody at the terminal wants kept, and the names of parameters."""
    keep: list[str] = []
    named: list[tuple[str, str]] = []
    for each in lifted.candidates:
        if not each.type:
            if not confirm(f"“{each.literal}”换成 {each.hole}", default=True):
                keep.append(each.literal)
            continue
        name = prompt(
            f"“{each.about or each.literal}”里的 {each.literal} 做成参数，名称（- 为照原样）", default=each.name
        )
        while name != "-" and not name.isidentifier():
            name = prompt("名称只用文字和数字，不以数字开头", default=each.name)
        if name == "-":
            keep.append(each.name)
        else:
            named.append((name, each.literal))
    return keep, named


def _topic(outline: Outline, block: Section) -> str:
    """The part of the plan that a block stands in."""
    from planwriter.curation.lift import is_in

    return next((part.role for part in outline.parts if is_in(part, block)), "条款")
