"""Next year's outline from last year's: read, moved, checked, and marked where a writer has to decide."""

from __future__ import annotations

import os
from collections.abc import Iterator

from planwriter.app import plans
from planwriter.app.journal.author_files import note_all
from planwriter.app.journal.journal import Step
from planwriter.app.session import Session
from planwriter.findings.catalogue import finding, typed
from planwriter.findings.finding import Finding, Findings, Pos, Result, has_errors
from planwriter.rolling.edits import REMARK
from planwriter.rolling.outline import Rolled, RolledLines, roll, with_remarks, years_of
from planwriter.rolling.words import Doubt, Turn
from planwriter.source.edit import Uneditable
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Scalar
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass
from planwriter.system import files

_UNSET = frozenset(("PW412", "PW605"))
"""What the new outline lacks on purpose: the values of its targets, and its date."""
_YEAR = regex(r"(?<!\d)20\d\d(?!\d)")
_MAX_REMARKS = 300
_NO_YEARS = "没有写“年度”或“起止”，不知道它是哪一年的"


@dataclass(frozen=True, slots=True, kw_only=True)
class RolledOutline:
    """The new outline; nothing is written yet."""

    target: str
    """The path of the file that is to be made."""
    data: bytes
    turn: Turn
    lines: tuple[RolledLines, ...]
    """The lines of the old file that change."""
    deadlines: tuple[tuple[int, str, str], ...]
    findings: tuple[Finding, ...]
    """What is to be decided, at its places in the new file, and how the new file checks."""
    has_targets: bool
    """True if it has targets, whose values are unset now."""
    figures: int
    """How many figures are typed in its texts."""

    @property
    def next_step(self) -> str:
        """What the writer does next."""
        steps = ["定指标的数值"] if self.has_targets else []
        steps += [f"逐处定文中的 {self.figures} 个数（没有动，还是去年的）"] if self.figures else []
        return "，".join((*steps, "看“# 待核”的地方"))


def roll_file(
    session: Session, path: str, *, year: int = 0, target: str = "", reached: str = ""
) -> Result[RolledOutline | None]:
    """The outline at `path` moved to the period that begins in `year`, by default the next one.

    `reached` is a sheet or a .yaml with the figures that were reached. None, and findings, if it is refused.
    """
    shown = files.shown_path(path)
    read = files.read_named(path, shown)
    if read.value is None:
        return Result(None, read.findings)
    tree = load_tree(read.value, shown, OUTLINE_KEYS)
    if tree.value is None:
        return Result(None, tree.findings)
    old = years_of(tree.value)
    if not old[0] or old[1] < old[0]:
        return _refused(shown, _NO_YEARS, "先补上“年度: 2026”或“起止: [2026, 2028]”再来。")
    first = year or old[1] + 1
    turn = Turn(old, (first, first + old[1] - old[0]))
    if turn.shift <= 0:
        return _refused(shown, f"它是 {old[0]} 年的，不能改成 {first} 年的", "--year 写以后的年份，例如下一年。")
    found = Findings()
    figures = found.take(reached_figures(reached, tree.value, old)) if reached else {}
    if figures is None:
        return Result(None, tuple(found))
    try:
        made = roll(read.value, tree.value, turn, figures)
        target = target or rolled_name(path, turn)
        result, findings = _checked(session, path, target, read.value, made)
    except Uneditable as error:
        first_error = next((each for each in tree.findings if each.severity), None)
        advice = f"先改好再来，有把握的可以用 {typed('planwriter', 'fix', shown)}。"
        refused = _refused(shown, str(error), advice)
        return Result(None, (*([first_error] if first_error else ()), *refused.findings))
    return Result(
        RolledOutline(
            target=target,
            data=result,
            turn=turn,
            lines=made.lines,
            deadlines=made.deadlines,
            findings=(*found, *findings),
            has_targets="指标" in tree.value.entries,
            figures=made.figures,
        )
    )


def write_rolled(rolled: RolledOutline) -> tuple[Finding, ...]:
    """Writes the new outline, if there is no file of its name; the journal notes it."""
    failed = files.write_new(rolled.target, rolled.data)
    if failed is not None:
        return (failed,)
    return note_all([(rolled.target, None, rolled.data)], Step("roll"), [f"写出 {rolled.turn.new[0]} 年的提纲"])


def _refused(shown: str, reason: str, advice: str) -> Result[RolledOutline | None]:
    return Result(None, (finding("PW765", Pos(shown), file=shown, reason=reason, advice=advice),))


def rolled_name(path: str, turn: Turn) -> str:
    """The path of the new outline: the same name with the years moved, else with the new year behind it."""
    folder, name = os.path.split(path)
    moved = {str(old): str(new) for old, new in zip(turn.old, turn.new, strict=True)}
    made = _YEAR.sub(lambda year: moved.get(year.group(), year.group()), name)
    stem, ending = os.path.splitext(name)
    return os.path.join(folder, made if made != name else f"{stem}-{turn.new[0]}{ending}")


# what was reached


def reached_figures(path: str, tree: Mapping, years: tuple[int, int]) -> Result[dict[str, str] | None]:
    """The figures that were reached by key or name of target, from a sheet or a .yaml with `name: figure`.

    None, and findings, if it cannot be read; a name that the outline does not have is a finding.
    """
    shown = files.shown_path(path)
    if path.lower().endswith((".yaml", ".yml")):
        data = files.read_named(path, shown)
        if data.value is None:
            return Result(None, data.findings)
        read = load_tree(data.value, shown, frozenset())
        if read.value is None or has_errors(read.findings):
            return Result(None, read.findings)
        mapping, told = read.value, read.findings
    else:
        from planwriter.app.target_edit import read_sheet

        sheet = read_sheet(path, years[0])
        if sheet.value is None:
            return Result(None, sheet.findings)
        mapping, told = sheet.value.mapping, sheet.findings
    known = set(_names(tree))
    figures: dict[str, str] = {}
    found = Findings(told)
    for key, node in mapping.entries.items():
        names = [key, *_own_name(node)]
        value = _figure_of(node, years)
        if known.isdisjoint(names):
            found.append(finding("PW768", mapping.keys[key].span, name=key))
        elif value:
            figures.update(dict.fromkeys(names, value))
    return found.result(figures)


def _names(tree: Mapping) -> Iterator[str]:
    targets = tree.entries.get("指标")
    for key, node in targets.entries.items() if isinstance(targets, Mapping) else ():
        yield key
        yield from _own_name(node)


def _own_name(node: object) -> tuple[str, ...]:
    name = node.entries.get("名称") if isinstance(node, Mapping) else None
    return (name.value,) if isinstance(name, Scalar) and not name.empty else ()


def _figure_of(node: object, years: tuple[int, int]) -> str:
    """The figure of a target: a text, its 数值, or its figure for the last year."""
    if isinstance(node, Scalar):
        return "" if node.empty else node.value
    if not isinstance(node, Mapping):
        return ""
    yearly = node.entries.get("分年")
    places = [node.entries.get("数值")]
    if isinstance(yearly, Mapping):
        places += [each for year, each in yearly.entries.items() if year[:4] == str(years[1])]
    return next((each.value for each in places if isinstance(each, Scalar) and not each.empty), "")


# how the new outline checks


def _checked(
    session: Session, path: str, target: str, before: bytes, made: Rolled
) -> tuple[bytes, tuple[Finding, ...]]:
    """The new outline with remarks at what its check finds and the old one's did not, and the findings on it."""
    shown = files.shown_path(target)
    old = plans.plan_bytes(session, before, shown, path=path).findings
    new = plans.plan_bytes(session, made.data, shown, path=path).findings
    known = {(each.code, each.message) for each in old}
    fresh = [each for each in new if each.code not in _UNSET and (each.code, each.message) not in known]
    tree = load_tree(made.data, shown, OUTLINE_KEYS).value
    data = made.data
    if tree is not None and fresh:
        text = tree.span.source.text
        starts = [0]
        for line in text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        own = [each for each in fresh if each.pos.file == shown and 0 < each.pos.line < len(starts)]
        doubts = [
            Doubt(starts[each.pos.line - 1] + max(each.pos.column - 1, 0), f"{each.message}{each.hint}")
            for each in own[:_MAX_REMARKS]
        ]
        data = with_remarks(data, tree, doubts)
    return data, (*_remarked(data, before, shown), *_told(made, shown, tuple(fresh)))


def _remarked(data: bytes, before: bytes, shown: str) -> Iterator[Finding]:
    """A finding at each remark that the old file did not have."""
    from planwriter.source.decode import decode

    old = {line.strip() for line in decode(before, "").value.split("\n") if REMARK in line}
    for number, line in enumerate(decode(data, "").value.split("\n"), 1):
        remark = line.strip()
        if remark.startswith(REMARK) and remark not in old:
            place = Pos(shown, number, line.index("#") + 1)
            yield finding("PW766", place, what=remark.removeprefix(REMARK).rstrip("。"))


def _told(made: Rolled, shown: str, fresh: tuple[Finding, ...]) -> Iterator[Finding]:
    if made.deadlines:
        yield finding("PW767", Pos(shown), count=len(made.deadlines))
    yield from (each for each in fresh if each.pos.file != shown)
