"""What `check` and `render` do with outlines; `plan` and `shortcut` call it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

from planwriter.app import outputs, plans
from planwriter.app.session import Session
from planwriter.cli.show import WrongUse, echo_findings, say, show_rendered, stop_on_errors
from planwriter.findings import report
from planwriter.findings.finding import Finding, Findings, Result, has_errors
from planwriter.start.records import dataclass
from planwriter.start.typing import TYPE_CHECKING
from planwriter.system import files
from planwriter.system.streams import write_stdout
from planwriter.system.workspace import find_outlines

if TYPE_CHECKING:
    from planwriter.sharing.store import Store

SUFFIXES = {
    "docx": ".docx",
    "text": ".txt",
    "pdf": ".pdf",
    "html": ".html",
    "md": ".md",
    "xlsx": ".xlsx",
    "json": ".json",
}


_ENDINGS = {".htm": ".html", ".markdown": ".md"}
_SHOWN = {
    "docx": " Word",
    "text": "纯文字",
    "pdf": " PDF",
    "html": "网页",
    "md": " Markdown",
    "xlsx": "工作簿",
    "json": " JSON",
}


def check(
    paths: list[str],
    typed: Sequence[str],
    *,
    strict: bool = False,
    form: str = "human",
    draft: bool = False,
    findings: tuple[Finding, ...] = (),
) -> None:
    """Shows the findings on the outlines, after `findings`, and ends the process. `typed` are the names that were typed.

    Raises WrongUse if a folder has no outlines.
    """
    session = Session()
    inside = _outlines_in(paths)
    chosen = _chosen(inside.value, typed)
    found = [*findings, *inside.findings, *chosen.findings]
    if len(chosen.value) == 1:
        (path,) = chosen.value
        found += plans.plan_file(session.at(path), path, draft=draft).findings
    else:
        found += _check_several(session, chosen.value, draft)
    echo_findings(found, form, err=False)
    if form == "human":
        say(report.summary(found))
    sys.exit(report.exit_code(found, strict=strict))


def _check_several(session: Session, paths: Sequence[str], draft: bool) -> tuple[Finding, ...]:
    """The findings on each outline, then those on all of them together."""
    session.remember(outlines=True)
    found: list[Finding] = []

    def made() -> Iterator[plans.Plan]:
        for path in paths:
            plan = plans.plan_file(session.at(path), path, draft=draft)
            found.extend(plan.findings)
            yield plan

    together = plans.check_together(made())
    return (*found, *together)


def _outlines_in(names: list[str]) -> Result[list[str]]:
    """The files named, and the outlines in each folder named and below."""
    found = Findings()
    paths: list[str] = []
    for name in names:
        if not os.path.isdir(name):
            paths.append(name)
            continue
        inside = found.take(find_outlines(name))
        if not inside:
            raise WrongUse(f"文件夹“{name}”里没有提纲（有“文种”一行的 .yaml 文件）。")
        paths += (os.path.join(name, each) for each in inside)
    return found.result(paths)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How outlines are to be rendered: the options of `render`."""

    form: str = "docx"
    draft: bool = False
    force: bool = False
    unit: str = ""
    final: bool = False
    changes: bool = False
    """--changes: the sentences are listed that differ from the document's last version."""
    everything: bool = False
    """--all: of several outlines those that are up to date as well."""
    on: str | None = None
    """The address of a cluster."""
    keep_comments: str | None = None
    """An older .docx, whose comments go into the new one."""


def render(
    paths: list[str], typed: Sequence[str], output: str | None, wanted: Wanted, *, emit: str | None = None
) -> None:
    """Renders the outlines, and ends the process. Raises WrongUse if the outlines and the options do not go together."""
    session = Session()
    chosen = _chosen(paths, typed)
    paths = chosen.value
    _check_outputs(paths, output, wanted, emit)
    if output is not None and output.endswith(("/", os.sep)) and not is_address(output):
        failed = files.make_folder(output)
        stop_on_errors([failed] if failed else [])
    echo_findings(chosen.findings, "human", err=True)
    if len(paths) != 1 and not emit:
        sys.exit(_render_many(session, paths, output, wanted))
    findings: list[Finding] = []
    for path in paths:
        there = session.at(path)
        plan = plans.plan_file(there, path, draft=wanted.draft)
        findings += (
            _emit(plan, emit, path, output, wanted.force) if emit else _render(there, plan, path, output, wanted)
        )
    sys.exit(report.exit_code(findings))


def render_rows(path: str, source: str, output: str | None, wanted: Wanted) -> None:
    """Renders an outline with each row of a sheet, and ends the process. Raises WrongUse if `output` is no folder."""
    from planwriter.cli.plan_rows import render_each, rows_of
    from planwriter.cli.runner import chosen_runner

    form = wanted.form
    there = Session().at(path)
    rows = rows_of(there, path, source, form, draft=wanted.draft, unit=wanted.unit, final=wanted.final)
    store = open_store(output, wanted.force)
    with chosen_runner(there, wanted.on, form) as runner:
        code = render_each(
            rows, output, SUFFIXES[form], runner, force=wanted.force, everything=wanted.everything, store=store
        )
    sys.exit(code)


def _check_outputs(paths: list[str], output: str | None, wanted: Wanted, emit: str | None) -> None:
    if output is not None and len(paths) > 1 and not _is_folder(output):
        raise WrongUse(
            "有几份提纲时，-o 后面要写一个文件夹，还没有的末尾加上 / 就新建；不写 -o 则每份写在各自的提纲旁边。"
        )
    if not emit:
        _check_targets(paths, output, wanted.form, wanted.unit)
    if wanted.changes and (len(paths) != 1 or emit or wanted.form != "docx" or output == "-"):
        raise WrongUse("--changes 用于一份提纲排成 .docx 文件。")
    if (wanted.on or is_address(output)) and (len(paths) == 1 or emit):
        raise WrongUse("--on 和写网址的 -o 用于一次排多份：几份提纲，或 --each。")


def _render_many(session: Session, paths: list[str], output: str | None, wanted: Wanted) -> int:
    """Renders several outlines as a batch; returns the exit code."""
    from planwriter.app.batch.outline_batch import Outlines
    from planwriter.cli.plan_many import render_many
    from planwriter.cli.runner import chosen_runner

    form, force, everything = wanted.form, wanted.force, wanted.everything
    batch = Outlines(
        session=session, paths=tuple(paths), form=form, draft=wanted.draft, unit=wanted.unit, final=wanted.final
    )
    targets = [_target(path, output, form, wanted.unit) for path in paths]
    store = open_store(output, force)
    with chosen_runner(session.at(paths[0]), wanted.on, form) as runner:
        return render_many(batch, targets, runner, force=force, everything=everything, store=store)


def _render(session: Session, plan: plans.Plan, path: str, output: str | None, wanted: Wanted) -> tuple[Finding, ...]:
    """Renders one plan, or the part that concerns a unit; shows its findings, and returns them."""
    form, unit = wanted.form, wanted.unit
    plan = outputs.extract(plan, unit) if unit else plan
    rendered = outputs.render_plan(session, plan, form, final=wanted.final)
    findings, data = (*plan.findings, *rendered.findings), rendered.value
    target = _target(path, output, form, unit)
    before = (
        files.read_file(target, limit=outputs.MAX_OUTPUT).value if form == "docx" and os.path.isfile(target) else None
    )
    done = False
    if data is not None and wanted.keep_comments is not None:
        from planwriter.cli.kept import render_with_comments

        findings = render_with_comments(
            data,
            findings,
            target,
            path,
            wanted.keep_comments,
            lambda made: write_form(target, made, form, wanted.force, path),
        )
        done = not has_errors(findings)
    else:
        if data is not None:
            written = write_noted(target, data, form, path, force=wanted.force)
            findings += written
            done = not has_errors(written)
        show_rendered(path, target, findings, done)
    if before is not None and data is not None and before != data:
        from planwriter.cli.changes import tell_changes, tell_refused

        if done:
            tell_changes(before, data, files.shown_path(path), listed=wanted.changes)
        elif any(each.code == "PW803" for each in findings):
            tell_refused(session, path, target, unit)
    return findings


def open_store(output: str | None, force: bool) -> Store | None:
    """The store that -o names by its address; None for a folder. Ends the process if it takes no files."""
    if output is None or not is_address(output):
        return None
    from planwriter.app.batch.remote_outputs import open_outputs

    if force:
        raise WrongUse("-o 写网址时不用 --force：那里手改过的文件，先移走再排。")
    opened = open_outputs(output)
    stop_on_errors(opened.findings)
    return opened.value


def is_address(output: str | None) -> bool:
    """True if -o names a place of an object store, not a file or a folder."""
    return output is not None and "://" in output


def _check_targets(paths: list[str], output: str | None, form: str, unit: str) -> None:
    """Refuses an output name that belongs to a different form, and several outlines with the same output file."""
    if output and output != "-" and not _is_folder(output):
        _check_ending(output, form)
    seen: dict[str, str] = {}
    for path in paths:
        target = os.path.normcase(os.path.abspath(_target(path, output, form, unit)))
        if target != os.path.abspath("-") and target in seen:
            raise WrongUse(f"“{seen[target]}”和“{path}”会写进同一个文件，分开来排，或给其中一份改名。")
        seen[target] = path


def _check_ending(output: str, form: str) -> None:
    stem, ending = os.path.splitext(output)
    ending = _ENDINGS.get(ending.lower(), ending.lower())
    others = [each for each, suffix in SUFFIXES.items() if suffix == ending and each not in (form, "json")]
    if ending == SUFFIXES[form] or not (others or form in ("docx", "pdf", "xlsx")):
        return
    shown, suffix = _SHOWN[form], SUFFIXES[form]
    if others and form == "docx":
        advice = f"要出{_SHOWN[others[0]]}，加 --to {others[0]}；要出{shown}，写 -o {stem}{suffix}。"
    elif others:
        advice = f"出{shown}，写 -o {stem}{suffix}；要出{_SHOWN[others[0]]}，写 --to {others[0]}。"
    else:
        advice = f"写 -o {stem}{suffix}；“{output}”是文件夹的，末尾加上 /，没有就新建。"
    raise WrongUse(f"-o 后面的文件名要以 {suffix} 结尾，这里是“{output}”。{advice}")


def _is_folder(output: str) -> bool:
    return output.endswith(("/", os.sep)) or is_address(output) or os.path.isdir(output)


def _target(path: str, output: str | None, form: str, unit: str = "") -> str:
    """The output file of a plan: the file requested, a file in the folder requested, or one in the outline's folder."""
    name = os.path.splitext(path)[0] + outputs.unit_suffix(unit) + SUFFIXES[form]
    if output is None:
        return name
    return os.path.join(output, os.path.basename(name)) if _is_folder(output) else output


def write_form(target: str, data: bytes, form: str, force: bool, path: str) -> tuple[Finding, ...]:
    """Writes the output made from the outline `path`, unless it would overwrite a file that may not be overwritten."""
    if target == "-":
        failed = write_stdout(data)
        return (failed,) if failed else ()
    refused = outputs.guard_output(target, data, form, outline=path)
    return outputs.write_output(target, data, refused, force=force)


def write_noted(target: str, data: bytes, form: str, path: str, *, force: bool = False) -> tuple[Finding, ...]:
    """Writes the document of a single outline like `write_form`; the journal keeps what a .docx was made from."""
    written = write_form(target, data, form, force, path)
    if form == "docx" and target != "-" and os.path.isfile(path) and not has_errors(written):
        from planwriter.app.journal.base_copies import note_render

        note_render(path, target, data)
    return written


def output_of(path: str, output: str | None, form: str) -> str:
    """The output file of a single outline; raises WrongUse for a name that belongs to a different form."""
    _check_targets([path], output, form, "")
    return _target(path, output, form)


def _emit(plan: plans.Plan, stage: str, path: str, output: str | None, force: bool) -> tuple[Finding, ...]:
    """Prints a stage as JSON."""
    from planwriter.plan.emit import to_json

    findings = plan.findings
    value = plan.outline if stage == "outline" else plan.document
    if value is not None:
        data = to_json(value).encode("utf-8")
        findings += write_form(_target(path, output, "json") if output else "-", data, "json", force, path)
    echo_findings(findings, "human", err=True)
    return findings


def _chosen(paths: list[str], typed: Sequence[str]) -> Result[list[str]]:
    """The outlines among several files, and a hint for each other file; a single typed file is taken as an outline."""
    if len(paths) == len(typed) == 1 and paths[0] == typed[0]:
        return Result(paths)
    from planwriter.app.chosen import outlines_among

    return outlines_among(paths)
