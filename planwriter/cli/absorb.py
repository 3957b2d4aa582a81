"""The command that takes the hand edits of a .docx back into its outline."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from planwriter.cli.base import Command, asks, confirm, prompt
from planwriter.cli.show import echo_findings, say, stop_on_errors
from planwriter.system import files

if TYPE_CHECKING:
    from planwriter.app.roundtrip.absorb import AbsorbPlan
    from planwriter.app.roundtrip.absorb_choices import AbsorbChoices
    from planwriter.app.roundtrip.returned import Returned
    from planwriter.compare.absorb.absorption import AbsorbStep
    from planwriter.compare.edits.sides import SideConflict

_MAX_SHOWN = 60
_MAX_FINDINGS = 20
_NUMBERS = ("指标", "这里", "问")
_WIDE = {ord("０") + digit: str(digit) for digit in range(10)}
"""Digits as a Chinese input method types them."""


@click.command(cls=Command)
@click.argument("docx", metavar="文件")
@click.argument("outline", metavar="[提纲]", required=False)
@click.option("--dry-run", is_flag=True, help="只看要改什么，不写。")
@click.option("--yes", is_flag=True, help="不问，拿得准的都收回；两边都改了的不动。")
@click.option(
    "--numbers",
    type=click.Choice(_NUMBERS),
    default="问",
    metavar="指标|这里|问",
    help="改了的数在提纲里是指标的：改指标（别处跟着变），还是只改这里。不写就问；不问的时候，只有一处用到的改指标，别的不动。",
)
@click.option(
    "--tracked",
    type=click.Choice(("accept", "keep")),
    default="accept",
    metavar="accept|keep",
    help="带修订标记的字：accept 当作已接受（不写也是这样），keep 先不收，列出来。",
)
@click.option(
    "--conflicts",
    "copy",
    metavar="输出.docx",
    help="两边都改了的，在文件的副本里写成修订，带批注：接受的用提纲的，拒绝的用文件的。",
)
@click.option("--again", is_flag=True, help="以前定过用提纲的，也再问一遍。")
@click.option("--no-record", is_flag=True, help="没有记录、不看记录：就和现在的提纲比。")
@click.option("--whole", is_flag=True, help="删掉的超过三分之一，也照着收回。")
def absorb(
    docx: str,
    outline: str | None,
    dry_run: bool,
    yes: bool,
    numbers: str,
    tracked: str,
    copy: str | None,
    again: bool,
    no_record: bool,
    whole: bool,
) -> None:
    """把在 Word、WPS 里手改的收回提纲：改了的话、增删的条目、挪了的、标题、责任单位、时限、表格、版头落款。

    先列出要改哪几处，确认了才写；提纲里的注释和排法不动。每一处都先试排一遍，排出来和文件里一样才算数，不一样的列出来，不改。

    提纲后来也改过的，两边的改动合到一起；同一处两边都改了的，问用哪一个。收回以后不满意：planwriter undo。

    \b
    例：planwriter absorb 要点.docx --dry-run
        planwriter absorb 要点.docx 要点.yaml
        planwriter absorb 要点.docx 要点.yaml --yes --numbers 指标
    """
    from planwriter.app.roundtrip.absorb import plan_absorb, write_absorbed
    from planwriter.app.roundtrip.absorb_choices import AbsorbChoices
    from planwriter.app.roundtrip.returned import outline_of, read_returned
    from planwriter.app.session import Session

    if outline and docx.lower().endswith((".yaml", ".yml")) and outline.lower().endswith(".docx"):
        docx, outline = outline, docx
    if docx.lower().endswith((".yaml", ".yml")):
        from planwriter.findings.catalogue import typed

        example = typed("planwriter", "absorb", f"{docx.rpartition('.')[0]}.docx", docx)
        raise click.UsageError(f"“{docx}”是提纲；收回的是手改过的 .docx，例如：{example}")
    path = outline or outline_of(docx)
    if path is None:
        stop_on_errors(read_returned(docx, "").findings)
        raise click.UsageError("不知道它是哪份提纲排的，把提纲写在后面，例如：planwriter absorb 要点.docx 要点.yaml。")
    session = Session().at(path)
    returned = read_returned(docx, path, keeps_tracked=tracked == "keep")
    if returned.value is None:
        stop_on_errors(returned.findings)
        return
    echo_findings(returned.findings, "human", err=True)
    choices = AbsorbChoices(numbers=numbers, again=again, without_record=no_record, deletes=whole)  # type: ignore[arg-type]
    made = plan_absorb(session, path, returned.value, choices)
    if made.value is None:
        stop_on_errors(made.findings)
        return
    plan = made.value
    is_asked = not dry_run and not yes and asks()
    if is_asked and (plan.figures_left or plan.conflicts):
        choices = _decided(plan, choices)
        made = plan_absorb(session, path, returned.value, choices)
        if made.value is None:
            stop_on_errors(made.findings)
            return
        plan = made.value
    _show(plan)
    if copy is not None:
        _write_conflicts(plan, returned.value, copy)
    code = 0 if plan.is_whole else 1
    if plan.after == plan.before:
        stop_on_errors(() if dry_run else write_absorbed(plan))
        after = f"不用改。{_next(plan, docx) if plan.decided or plan.standing else ''}" if plan.is_whole else "没有改。"
        say(f"{files.shown_path(path)} {after}")
    elif dry_run or not (yes or (is_asked and confirm("写进提纲吗"))):
        say("没有写。" if dry_run or is_asked else "没有写。看过了要写进提纲，加 --yes。")
    else:
        stop_on_errors(write_absorbed(plan))
        say(f"已写进 {files.shown_path(path)}。{_next(plan, docx)}")
    sys.exit(code)


def _next(plan: AbsorbPlan, docx: str) -> str:
    """What to type next: the command that renders the outline again; not over the file if that has what the outline has not."""
    from planwriter.findings.catalogue import typed

    words = ["planwriter", "render", files.shown_path(plan.path)]
    words += ["--keep-comments", files.shown_path(docx)] if plan.comments else []
    if plan.is_whole:
        return f"再排一遍：{typed(*words, *(['--force'] if plan.formats else []))}"
    stem, ending = os.path.splitext(files.shown_path(docx))
    other = typed(*words, "-o", f"{stem}（新）{ending}")
    return f"没有收回的只在 {files.shown_path(docx)} 里，先别覆盖它；另排一份：{other}"


def _write_conflicts(plan: AbsorbPlan, returned: Returned, target: str) -> None:
    """Writes the file with what both sides changed as tracked changes."""
    from planwriter.app.outputs import refuse_existing, write_output
    from planwriter.app.roundtrip.absorb import conflicts_in_word

    if not plan.conflicts:
        say(f"没有两边都改了的，不写 {files.shown_path(target)}。")
        return
    made = conflicts_in_word(plan, returned)
    stop_on_errors(made.findings)
    if made.value is not None:
        written = write_output(target, made.value.data, refuse_existing(target, made.value.data), force=False)
        stop_on_errors([*written])
        left = f"，还有 {made.value.left} 处写不进去，见上面" if made.value.left else ""
        say(
            f"已写出 {files.shown_path(target)}：两边都改了的 {made.value.marked} 处写成了修订{left}。改好以后再收回它。"
        )


# questions


def _decided(plan: AbsorbPlan, choices: AbsorbChoices) -> AbsorbChoices:
    """What is chosen at the terminal of what is not certain."""
    from planwriter.start.records import replace

    figures = dict(choices.figures)
    for figure, _ in plan.figures_left:
        name = f"指标“{figure.target}”" if figure.target else "算出来的数"
        say(f"第 {figure.line} 行，{name}：{figure.before} → {figure.after}")
        ways = ("指标", "这里", "不改") if figure.target else ("这里", "不改")
        figures[figure.key, figure.nth] = _one_of("改指标（别处跟着变）、只改这里，还是不改", ways, ways[0])
    theirs, ours = set(choices.theirs), set(choices.ours)
    for number, each in enumerate(plan.conflicts, 1):
        say(f"{number}. {each.kind.value}　{_where(plan, each)[0]}")
        say(f"   原来：{each.base or '（没有）'}")
        say(f"   提纲：{each.ours or '（没有）'}")
        say(f"   文件：{each.theirs or '（没有）'}")
        said = _one_of("用哪一个", ("提纲", "文件"), "提纲")
        (theirs if said == "文件" else ours).add((each.key, each.nth))
    return replace(choices, figures=figures, theirs=frozenset(theirs), ours=frozenset(ours))


def _one_of(question: str, ways: tuple[str, ...], default: str) -> str:
    """The way that is chosen, by its number or by how it begins."""
    shown = "、".join(f"{number} {each}" for number, each in enumerate(ways, 1))
    while True:
        said = prompt(f"{question}〔{shown}〕", default=default).strip().translate(_WIDE)
        found = [each for number, each in enumerate(ways, 1) if said and (each.startswith(said) or said == str(number))]
        if len(found) == 1:
            return found[0]
        say(f"写号码，或者写 {'、'.join(ways)} 里的一个。", err=True)


# what is shown


def _show(plan: AbsorbPlan) -> None:
    """Shows what is taken back, and what is not."""
    made = plan.absorbed
    for each in plan.set_figures:
        figure = each.figure
        say(f"改指标　第 {figure.line} 行　{figure.target}：{figure.before} → {figure.after}")
        for one in each.sentences[:_MAX_SHOWN]:
            say(f"    跟着变：{one.after}")
    for step in made.done[:_MAX_SHOWN]:
        say(_told(step))
    if len(made.done) > _MAX_SHOWN:
        say(f"……还有 {len(made.done) - _MAX_SHOWN} 处")
    for before, after in made.follows[:_MAX_SHOWN]:
        say(f"    跟着变：{_short(before, 40)} → {_short(after, 40)}")
    for name in made.expanded:
        say(f"条款“{name}”里面有改动，“用”换成了自己写的块，条款库以后更新，这里不会跟着变。")
    _show_left(plan)
    if made.findings:
        say("改了以后，提纲里新出来的问题：", err=True)
        echo_findings(made.findings[:_MAX_FINDINGS], "short", err=True)
    counted = f"收回 {len(made.done) + len(plan.set_figures)} 处"
    left = len(made.left) + len(plan.figures_left) + len(plan.renumbered)
    tails = [f"没有收回 {left} 处"] if left else []
    tails += [f"两边都改了、没有动的 {len(plan.conflicts)} 处"] if plan.conflicts else []
    tails += [f"照以前定的、用提纲的 {plan.standing} 处（要重新定，加 --again）"] if plan.standing else []
    tails += [f"带修订标记、先没收的 {len(plan.kept)} 处"] if plan.kept else []
    tails += [f"只改了格式、提纲里写不了的 {len(plan.formats)} 处"] if plan.formats else []
    tails += [f"批注 {len(plan.comments)} 条"] if plan.comments else []
    say("，".join((counted, *tails)) + "。")


_INNER = str.maketrans("“”", "‘’")
"""Quotes inside of quotes."""


def _show_left(plan: AbsorbPlan) -> None:
    from planwriter.findings.catalogue import finding
    from planwriter.findings.finding import Pos

    made, name = plan.absorbed, files.shown_path(plan.path)
    found = []
    for step, reason in made.left:
        what = _short(step.after if step.kind.value == "增" else step.before)
        what = _changes(step).translate(_INNER) if step.kind.value == "改" else what
        found.append(finding("PW866", Pos(name, step.line), what=f"{step.kind.value}：{what}", reason=reason))
    for figure, reason in plan.figures_left:
        what = f"{figure.before} → {figure.after}"
        found.append(finding("PW866", Pos(name, figure.line), what=what, reason=reason))
    for edit in plan.renumbered:
        reason = "编号是提纲排的" if edit.new else "去掉了编号，提纲里它还是有编号的一条；要当正文，自己写成段"
        found.append(
            finding("PW866", Pos(name, edit.place), what=f"编号 {edit.old} → {edit.new or '（没有）'}", reason=reason)
        )
    for each in plan.conflicts:
        old, ours, theirs = (_short(words) or "（没有）" for words in (each.base, each.ours, each.theirs))
        where, line = _where(plan, each)
        kind = f"{each.kind.value}（{where}）"
        found.append(finding("PW867", Pos(name, line), kind=kind, base=old, ours=ours, theirs=theirs))
    echo_findings(found, "human", err=True)
    for edit in plan.kept:
        say(f"带修订标记，先没收　{edit.where}：{_short(edit.old)} → {_short(edit.new)}")
    for edit in plan.formats[:_MAX_SHOWN]:
        say(f"没有收回　格式　{edit.where}：{edit.old or '原来的'} → {edit.new or '原来的'}")
    for text in plan.doubtful[:_MAX_SHOWN]:
        say(f"拿不准是不是原来那一段，看一看：{_short(text)}")
    for edit in plan.comments:
        say(f"批注　{edit.author}　{edit.where}　“{_short(edit.old)}”：{edit.new}")


def _where(plan: AbsorbPlan, conflict: SideConflict) -> tuple[str, int]:
    """The first words of the paragraph that a conflict is about, and its line in the outline; 0 if it is not there."""
    sides = plan.absorbed.sides
    base, current, edited = sides.items[conflict.key]
    versions = ((sides.current, current), (sides.edited, edited), (sides.base, base))
    item = next(version.items[at] for version, at in versions if at >= 0)
    return _short(item.whole, 16), item.place if current >= 0 else 0


def _told(step: AbsorbStep) -> str:
    """A step on one line."""
    place = f"第 {step.line} 行" if step.line else "新的一处"
    kind = step.kind.value
    if kind == "增":
        return f"增　{place}后面　{_short(step.after, 60)}"
    if kind == "删":
        return f"删　{place}　{_short(step.before, 60)}"
    if kind == "移":
        behind = f"，移到“{_short(step.after)}”后面" if step.after else "，移到最前面"
        return f"移　{place}　{_short(step.before)}{behind}"
    return f"改　{place}　{_changes(step)}"


def _changes(step: AbsorbStep) -> str:
    """The first words of what changes, and the words that do."""
    from planwriter.compare.words.texts import changed

    edits = changed(step.before, step.after)
    shown = [_change(_short(step.before[a:b]), _short(step.after[c:d])) for a, b, c, d in edits[:6]]
    return f"{_short(step.before, 16).rstrip('：')}：{'，'.join(shown)}"


def _change(old: str, new: str) -> str:
    """Words and what they become; in brackets of another kind if they have quotes themselves."""
    marks = "【】" if any(mark in old + new for mark in "“”‘’\"'") else "“”"
    old, new = (f"{marks[0]}{each}{marks[1]}" if each else "" for each in (old, new))
    return f"{old}→{new}" if old and new else f"加{new}" if new else f"删{old}"


def _short(text: str, size: int = 30) -> str:
    flat = text.replace("\n", " ").replace("\t", " ")
    return flat if len(flat) <= size else f"{flat[: size - 1]}…"
