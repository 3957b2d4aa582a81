"""The commands that find clauses and take new ones in: search, show, clauses, add."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from planwriter.app import plans
from planwriter.app.journal.author_files import change_file
from planwriter.app.journal.journal import Step
from planwriter.app.libraries import workspace_libraries
from planwriter.app.library_check import topic_file
from planwriter.app.session import Session
from planwriter.app.starter import unit_and_region
from planwriter.clauses.library import MANIFEST_FILE
from planwriter.cli.base import Command, asks, confirm, format_option, prompt
from planwriter.cli.show import colored, echo_findings, say
from planwriter.findings import report
from planwriter.findings.catalogue import finding, typed
from planwriter.findings.finding import Finding, Pos, has_errors
from planwriter.system import files
from planwriter.system.lock import locked

if TYPE_CHECKING:
    from planwriter.clauses.systems import PlanProfile
    from planwriter.curation.lift import Lifted
    from planwriter.curation.search.find import Answer, Hit, Searcher
    from planwriter.curation.search.query import Query
    from planwriter.model import Outline, Section

_EXCERPT = 60
_MOST = 20
"""How many clauses a search lists."""


@click.command(cls=Command)
@click.argument("words", metavar="词…", nargs=-1)
@click.option("--tag", "tags", metavar="标签", multiple=True, help="只要带这个标签的；可以写几次。")
@click.option("--kind", metavar="文种", default="", help="只要这个文种能用的。")
@click.option("--level", metavar="级别", default="", help="只要这一级能用的，例如 县。")
@click.option("--basis", metavar="依据", multiple=True, help="只要依据里有这几个字的；可以写几次。")
@click.option("--for", "outline", metavar="提纲", help="只要这份提纲能用的；不写就按工作区的单位、地区。")
@click.option("--year", type=click.IntRange(1949, 2100), metavar="年度", help="只要这一年的文件能用的。")
@click.option("--all", "everything", is_flag=True, help="写给别的系统、级别、年度的也列出来。")
@click.option("-n", "most", metavar="条数", type=click.IntRange(1, 200), default=_MOST, help=f"最多列几条（{_MOST}）。")
@format_option()
def search(
    words: tuple[str, ...],
    tags: tuple[str, ...],
    kind: str,
    level: str,
    basis: tuple[str, ...],
    outline: str | None,
    year: int | None,
    everything: bool,
    most: int,
    form: str,
) -> None:
    """在各个条款库里找条款：标题、编号、标签、正文、依据都找，同一件事的别的说法也找；几个词要都有。

    写给别的系统、级别、年度的不列，要看加 --all。

    \b
    例：planwriter library search 师德 宣讲
        planwriter library search 食堂 --level 县 --basis 食品安全法
        planwriter library search 放管服 --for 要点.yaml
    """
    from planwriter.curation.search.query import make_query

    session = Session.here()
    query = make_query(words, tags=tags, kind=_kind(session, kind), level=_level(level), basis=basis)
    if query.is_empty:
        raise click.UsageError("写出要找的词，例如 planwriter library search 师德。")
    if everything and (outline or year):
        raise click.UsageError("--all 和 --for、--year 不能一起写。")
    plan = None if everything else _plan(session, outline, year)
    _search(session, query, most, form, plan)


def _plan(session: Session, path: str | None, year: int | None) -> PlanProfile:
    """The plan for which clauses are searched: an outline, or one of the workspace's unit."""
    from planwriter.clauses.systems import PlanProfile
    from planwriter.plan.compose.fit import plan_of

    if path is not None:
        outline = plans.plan_file(session.at(path), path).outline
        if outline is None:
            raise click.UsageError(f"“{path}”读不出来；{typed('planwriter', 'check', path)} 列出哪里不对。")
        made = plan_of(outline)
    else:
        unit, region = unit_and_region(session)
        made = PlanProfile(unit, region.level if region else "")
    return made._replace(years=(year, year)) if year else made


def _search(session: Session, query: Query, most: int, form: str, plan: PlanProfile | None = None) -> None:
    """Shows the clauses that answer a query, and ends with their exit code: 1 if there are none."""
    from planwriter.curation.search.find import Searcher

    libraries = workspace_libraries(session)
    echo_findings(libraries.findings, "human", err=True)
    searcher = Searcher(libraries.value, files.cache_folder(), _indexing if sys.stderr.isatty() else None)
    answer = searcher.search(query, most, plan)
    for number, library in enumerate(searcher.libraries):
        echo_findings(library.findings, "human", err=True)
        if number in searcher.without_index and form == "human":
            say(f"没有用上索引，逐条找的（{searcher.without_index[number]}）。", err=True)
        if searcher.torn.get(number) and form == "human":
            names = "、".join(f"{library.shown}/{name}" for name in searcher.torn[number])
            say(
                f"{names} 里有错，有的条款可能找不到；{typed('planwriter', 'library', 'check', library.shown)} 列出错处。",
                err=True,
            )
    click.echo(_json(answer, searcher) if form == "json" else _human(answer, searcher, query), nl=False)
    searcher.close()
    sys.exit(report.EXIT_FINE if answer.count else report.EXIT_ERRORS)


def _kind(session: Session, name: str) -> str:
    """The name of the kind that is asked for, where one is."""
    from planwriter.outline.kind import find_kind

    kinds = session.kinds().value
    found = find_kind(name, kinds)
    if name and found is None:
        raise click.UsageError(f"没有“{name}”这个文种，有的是：{'、'.join(each.name for each in kinds)}。")
    return found.name if found else ""


def _level(name: str) -> str:
    """The level that is asked for, where one is; 县级 as 县."""
    from planwriter.language import regions

    level = regions.level_named(name) or regions.level_named(name.removesuffix("级"))
    if name and not level:
        raise click.UsageError(f"“{name}”不是一个级别，可以写：{'、'.join(regions.LEVELS)}。")
    return level


def _indexing(done: int, total: int) -> None:
    """Shows how far the index of a large library is."""
    if total > 1:
        click.echo(f"\r正在建索引 {done}/{total}", err=True, nl=done == total)


def _human(answer: Answer, searcher: Searcher, query: Query) -> str:
    from planwriter.findings.characters import escaped

    unfit = f"另有 {answer.unfit} 条写给别的系统、级别或年度，加 --all 一起列出。\n" if answer.unfit else ""
    if not answer.count:
        if unfit:
            return f"没有合用的。{unfit}"
        return "没有找到。换个说法、少写几个词，或去掉筛选再试；planwriter clauses 列出全部条款。\n"
    lines = ["没有一字不差的，相近的有："] if answer.is_near else []
    for group in answer.groups:
        lines += _hit_lines(group[0], searcher, query)
        if len(group) > 1:
            names = "、".join(escaped(hit.entry.identifier) for hit in group[1:4]) + " 等" * (len(group) > 4)
            lines.append(f"    另有 {len(group) - 1} 条近似：{names}")
    shown = sum(map(len, answer.groups))
    more = "以上" if answer.is_cut else ""
    rest = "，只列出前面的；多写一个词找得更准" if answer.is_cut or shown < answer.count else ""
    lines.append(
        f"共 {answer.count} 条{more}{rest}。看全文：planwriter library show {escaped(answer.groups[0][0].entry.identifier)}"
    )
    return "\n".join(lines) + "\n" + unfit


def _hit_lines(hit: Hit, searcher: Searcher, query: Query) -> list[str]:
    """A clause found, the words marked in it: with 【】 where there are no colors."""
    from planwriter.curation.search.find import excerpt, marked_words
    from planwriter.curation.search.text import cut
    from planwriter.findings.characters import escaped

    words, color = marked_words(query), colored(sys.stdout)
    start, end = ("\033[1;33m", "\033[0m") if color else ("【", "】")

    def marked(text: str) -> str:
        clean = "".join(mark if mark.isprintable() else " " for mark in text)
        return "".join(f"{start}{piece}{end}" if is_word else piece for piece, is_word in cut(clean, words))

    entry = hit.entry
    hidden = "；近处的库有同名的，引用时用的是那一条" if hit.library and searcher.hidden(hit) else ""
    lines = [
        f"{marked(entry.identifier)}　〔{entry.level_word}〕{marked(entry.title)}　（{escaped(searcher.libraries[hit.library].shown)}{hidden}）"
    ]
    if entry.text:
        lines.append(f"    {marked(excerpt(entry.text, words, _EXCERPT))}")
    for head, names in (("标签", entry.tags), ("依据", entry.basis)):
        with_word = [name for name in names if any(is_word for _, is_word in cut(name, words))]
        lines += [f"    {head}：{marked('、'.join(with_word))}"] if with_word else []
    return lines


def _json(answer: Answer, searcher: Searcher) -> str:
    import json

    def record(hit: Hit) -> dict[str, object]:
        shown = searcher.libraries[hit.library].shown
        entry = hit.entry
        return {
            "clause": entry.identifier, "title": entry.title, "library": shown, "file": f"{shown}/{entry.file}", "line": entry.line,
            "text": entry.text, "tags": entry.tags, "basis": entry.basis, "kinds": entry.kinds, "levels": entry.levels,
        }  # fmt: skip

    groups = [{**record(group[0]), "alike": [record(hit) for hit in group[1:]]} for group in answer.groups]
    told = {
        "count": answer.count, "more": answer.is_cut, "near": answer.is_near, "unfit": answer.unfit, "clauses": groups
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


@click.command(cls=Command)
@click.argument("identifier", metavar="条款")
def show(identifier: str) -> None:
    """显示一个条款：照工作区的单位、地区填好的文字，参数、变体、依据，用在哪些提纲的哪一行。

    \b
    例：planwriter library show 教师队伍/师德师风
    """
    _show(Session.here(), identifier)


def _show(session: Session, identifier: str) -> None:
    """Shows the page of a clause; ends with an exit code if something is wrong."""
    from planwriter.clauses.stack import LibraryStack, near_clause
    from planwriter.curation.search.page import clause_page, find_uses

    libraries = workspace_libraries(session)
    stack = LibraryStack(libraries.value)
    resolved = stack.resolve(identifier)
    if resolved is None:
        absent = finding(
            "PW301",
            Pos("planwriter library show"),
            clause=identifier,
            advice=near_clause(identifier, stack.identifiers()),
        )
        _end([*libraries.findings, *([] if stack.unread(identifier) and libraries.findings else [absent])])
        return
    held = resolved.library
    unit, region = unit_and_region(session)
    folder = session.folder or files.current_folder()
    echo_findings(held.findings, "human", err=True)
    based = "".join(f"；基于“{library.shown}”的 {clause.identifier}" for library, clause in resolved.bases)
    say(
        clause_page(resolved.clause, held.shown + based, unit, region, find_uses(identifier, files.read_below(folder))),
        nl=False,
    )
    _end([*libraries.findings, *stack.findings])


@click.command(cls=Command)
@click.argument("word", metavar="[词]", required=False)
def clauses(word: str | None) -> None:
    """列出全部条款；给一个词就是 library search，给条款编号就是 library show。

    \b
    例：planwriter clauses
        planwriter clauses 师德
        planwriter clauses 保障/组织领导
    """
    from planwriter.clauses.stack import LibraryStack
    from planwriter.curation.search.query import make_query

    session = Session.here()
    query = make_query((word,) if word else ())
    if word and LibraryStack(workspace_libraries(session).value).find(word):
        _show(session, word)
    elif not query.is_empty:
        _search(session, query, _MOST, "human")
    else:
        _list(session)


def _list(session: Session) -> None:
    """Shows the identifier, level and title of every clause."""
    libraries = workspace_libraries(session)
    count = 0
    for library in libraries.value:
        for clause in library.clauses():
            say(f"{clause.identifier}　〔{clause.level_word}〕{clause.title}　（{library.shown}）")
            count += 1
    say(f"共 {count} 条。看全文：planwriter library show 编号")
    _end([*libraries.findings, *(each for library in libraries.value for each in library.findings)])


def _end(findings: Sequence[Finding]) -> None:
    echo_findings(findings, "human", err=True)
    code = report.exit_code(findings)
    if code:
        sys.exit(code)


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
        _end(plan.findings)
        return
    block = lift.find_block(plan.outline, item)
    if block is None:
        _end([finding("PW320", Pos(plan.path), item=item)])
        return
    made = lift.lift(plan.outline, plan.kind, block)
    if made.value is None:
        _end(made.findings)
        return
    holes = [piece for pieces in made.value.texts for piece in pieces if piece.candidate]
    found = [word for piece in holes if piece.candidate for word in (piece.text, piece.candidate.name)]
    unknown = next((each for each in keep if each not in found), None)
    if unknown is not None:
        raise click.UsageError(
            f"--keep 写文中找到的（{'、'.join(dict.fromkeys(found)) or '没有'}），这里是“{unknown}”。"
        )
    lifted = lift.choose(made.value, keep, _pairs(named, made.value))
    if asks() and not named and not keep:
        lifted = lift.choose(lifted, *_asked(lifted))
    identifier = identifier or f"{_topic(plan.outline, block)}/{(block.title.value if block.title else '条款')[:12]}"
    yaml = lift.clause_yaml(lifted, identifier, plan.kind, plan.outline, tags)
    findings = tuple(lift.named_places(yaml, identifier, plan.outline))
    if not (output or target):
        say(yaml, nl=False)
        _end(findings)
        return
    _end(findings if has_errors(findings) else (*findings, *_write(yaml, identifier, output, target)))


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


def _write(yaml: str, identifier: str, output: str | None, target: str | None) -> tuple[Finding, ...]:
    """Adds a clause at the end of its topic file; returns what went wrong."""
    if target is None:
        return _append(yaml, identifier, output or "")
    if not os.path.isdir(target):
        return (
            finding("PW302", Pos(files.shown_path(target)), library=files.shown_path(target), reason="没有这个文件夹"),
        )
    with locked(os.path.join(target, MANIFEST_FILE)) as failed:  # no other clause of that name is added meanwhile
        path = failed or topic_file(target, identifier)
        return (path,) if isinstance(path, Finding) else _append(yaml, identifier, path)


def _append(yaml: str, identifier: str, path: str) -> tuple[Finding, ...]:
    """Adds a clause at the end of a file; returns what went wrong."""
    from planwriter.curation import lift

    with locked(path) as failed:
        if failed is not None:
            return (failed,)
        old = files.read_file(path) if os.path.exists(path) else None
        if old is not None and old.value is None:
            return old.findings
        made = lift.append(old.value or b"" if old else b"", yaml, files.shown_path(path))
        if made.value is None:
            return made.findings
        before = old.value if old else None
        written = change_file(path, before, made.value, Step("library add"), [f"添上条款“{identifier}”"])
    if not has_errors(written):
        say(f"条款“{identifier}”已接在 {files.shown_path(path)} 末尾。", err=True)
    return written
