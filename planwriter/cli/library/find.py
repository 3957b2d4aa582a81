"""The commands that find clauses: search, show, clauses."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from planwriter.app import plans
from planwriter.app.libraries import not_found, workspace_libraries
from planwriter.app.session import Session
from planwriter.app.starter import unit_and_region
from planwriter.cli.base import Command, format_option
from planwriter.cli.show import colored, echo_findings, end_with, say
from planwriter.findings import report
from planwriter.findings.catalogue import typed
from planwriter.system import files

if TYPE_CHECKING:
    from planwriter.clauses.systems import PlanProfile
    from planwriter.curation.search.find import Answer, Hit, Searcher
    from planwriter.curation.search.query import Query

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
    from planwriter.clauses.stack import LibraryStack
    from planwriter.curation.search.page import clause_page, find_uses

    libraries = workspace_libraries(session)
    stack = LibraryStack(libraries.value)
    resolved = stack.resolve(identifier)
    if resolved is None:
        end_with(not_found(libraries, identifier, "planwriter library show"))
    held = resolved.library
    unit, region = unit_and_region(session)
    folder = session.folder or files.current_folder()
    echo_findings(held.findings, "human", err=True)
    based = "".join(f"；基于“{library.shown}”的 {clause.identifier}" for library, clause in resolved.bases)
    say(
        clause_page(resolved.clause, held.shown + based, unit, region, find_uses(identifier, files.read_below(folder))),
        nl=False,
    )
    end_with([*libraries.findings, *stack.findings])


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
    end_with([*libraries.findings, *(each for library in libraries.value for each in library.findings)])
