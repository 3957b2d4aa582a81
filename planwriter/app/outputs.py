"""What is made of a sound plan: cut down to a unit, rendered, charts drawn; and whether a file may be overwritten."""

from __future__ import annotations

import functools
import itertools
import os
from collections.abc import Callable

from planwriter.app.plans import Plan
from planwriter.app.session import Session
from planwriter.findings.catalogue import finding, near
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.model import Document, MadeFrom, Outline
from planwriter.model.memo import Memo
from planwriter.start.records import replace
from planwriter.start.typing import TYPE_CHECKING
from planwriter.system import files
from planwriter.system.names import MAX_BYTES, as_plain, cut_name
from planwriter.system.zip_bounds import DOCX

if TYPE_CHECKING:
    from planwriter.layout.find import Stored
    from planwriter.plan.duties import UnitDuties

MAX_OUTPUT = DOCX.packed
"""How many bytes of an earlier output are read, to see whether somebody has edited it."""


def duties(plan: Plan, unit: str = "") -> Result[tuple[UnitDuties, ...]]:
    """What the units of a sound plan owe: all of them, or those that `unit` names."""
    from planwriter.plan.duties import duties_of, wanted_units

    if plan.document is None or plan.outline is None:
        return Result(())
    wanted = wanted_units(unit, plan.document, Pos(plan.path)) if unit else None
    made = duties_of(plan.document, plan.outline.years[1])
    if wanted is None:
        return Result(made)
    return Result(tuple(each for each in made if each.unit in wanted.value), wanted.findings)


def extract(plan: Plan, unit: str) -> Plan:
    """The plan with what concerns the units that `unit` names alone; a finding where it names none of the plan's."""
    if plan.document is None:
        return plan
    from planwriter.plan.duties import wanted_units
    from planwriter.plan.extract import extract_units

    wanted = wanted_units(unit, plan.document, Pos(plan.path))
    document = extract_units(plan.document, wanted.value) if wanted.value else None
    return replace(plan, document=document, findings=(*plan.findings, *wanted.findings), unit=unit)


def unit_suffix(unit: str) -> str:
    """What an extract adds to a file's name, so that it does not take the place of the plan: -学前教育股; "" without a unit."""
    return f"-{as_plain(unit)}" if unit else ""


def render_plan(session: Session, plan: Plan, form: str, *, final: bool = False) -> Result[bytes | None]:
    """The bytes of a plan in a form; None if the plan has an error. The findings are those of rendering alone.

    A .docx carries the record of what it was made from, unless it is `final`.
    """
    if not plan.sound or plan.document is None:
        return Result(None)
    return render(session, plan.document, form, made_from(plan) if form == "docx" and not final else None)


def made_from(plan: Plan) -> MadeFrom:
    """What the document of a plan is made from."""
    return MadeFrom(os.path.basename(plan.path), _digest(plan.typed), plan.unit, plan.draft, plan.row)


@functools.lru_cache(maxsize=1)
def _digest(typed: bytes) -> str:
    """The digest of an outline file, from which many documents may be made."""
    from planwriter.start.digests import sha256

    return sha256(typed)


def render(session: Session, document: Document, form: str, made_from: MadeFrom | None = None) -> Result[bytes | None]:
    """The bytes of a document in a form (docx, text, pdf, html, md or xlsx); with `made_from` a .docx has a record of it."""
    if form == "text":
        from planwriter.writers.text import render_text

        return Result(render_text(document).encode("utf-8"))
    if form == "md":
        from planwriter.writers.markdown import render_markdown
        from planwriter.writers.stamp import stamp

        return Result(stamp(render_markdown(document).encode("utf-8"), form))
    from planwriter.layout.find import load_layout

    layout = session.memo.lasting(load_layout, by=(document.layout, session.workspace))
    if layout.value is None:
        return Result(None, layout.findings)
    drawn = _with_pictures(document, layout.value, session.memo)
    if drawn.value is None:
        return Result(None, (*layout.findings, *drawn.findings))
    made = _typeset(drawn.value, form, layout.value, session.memo, made_from)
    return Result(made.value, (*layout.findings, *made.findings))


def _with_pictures(document: Document, stored: Stored, memo: Memo) -> Result[Document | None]:
    from planwriter.writers.charts import draw_pictures

    return draw_pictures(document, stored.layout, memo)


def _typeset(
    document: Document, form: str, stored: Stored, memo: Memo, made_from: MadeFrom | None
) -> Result[bytes | None]:
    """The bytes of a document in a form that has pages."""
    if form == "html":
        from planwriter.writers.html.write import render_html
        from planwriter.writers.stamp import stamp

        return Result(stamp(render_html(document, stored.layout).encode("utf-8"), form))
    if form == "xlsx":
        from planwriter.writers.xlsx import render_xlsx

        return render_xlsx(document, stored.layout)
    from planwriter.writers.docx.write import render_docx

    data = render_docx(document, stored.layout, stored.base, memo, made_from)
    if form == "docx":
        return Result(data)
    from planwriter.writers.pdf import docx_to_pdf
    from planwriter.writers.stamp import stamp

    pdf = docx_to_pdf(data)
    return Result(stamp(pdf.value, form), pdf.findings) if pdf.value is not None else pdf


def draw_targets(
    session: Session, outline: Outline, names: tuple[str, ...], form: str, kind: str, *, title: str = ""
) -> Result[bytes | None]:
    """A chart of an outline's targets, by keys or names, as png or svg; without names of all that have yearly steps."""
    from planwriter.layout.find import load_layout
    from planwriter.targets.formulas import complete_targets
    from planwriter.targets.series import series_of, shown_targets
    from planwriter.writers.charts import fonts_of
    from planwriter.writers.plot import draw

    targets = complete_targets(outline.targets).value
    known = {name for target in targets for name in (target.key, target.title)}
    unknown = [
        finding("PW402", Pos("图"), name=name, advice=near(name, sorted(known))) for name in names if name not in known
    ]
    if unknown:
        return Result(None, tuple(unknown))
    shown = shown_targets(targets, names)
    if targets and not shown:
        advice = f"在命令后面写明要画的指标，例如 {targets[0].key}；或给指标写“分年”。"
        return Result(None, (finding("PW460", Pos("图"), reason="没有带“分年”的指标", advice=advice),))
    series = [series_of(target, outline.years[1]) for target in shown]
    layout = load_layout(outline.layout, session.workspace).value
    return draw(series, form, kind, fonts=fonts_of(layout.layout) if layout else (), title=title)


def guard_output(path: str, data: bytes, form: str, *, outline: str) -> Finding | None:
    """Why `path` must not be overwritten without --force: it is the outline, or holds what planwriter did not make."""
    if os.path.exists(path) and os.path.exists(outline) and os.path.samefile(path, outline):
        return finding("PW804", Pos(path))
    if not os.path.isfile(path):
        return None
    old = files.read_file(path, path, limit=MAX_OUTPUT)
    return why_kept(path, old.value, data, form, outline) if old.value is not None else None


def why_kept(path: str, old: bytes, data: bytes, form: str, outline: str = "") -> Finding | None:
    """PW803 if `old`, the bytes of an output, must not be replaced by `data`: planwriter did not make them as they are.

    `outline` is the path of what `data` was made of, if that is one file: what it has of `old` is not lost.
    """
    if old == data or not old.strip(b"\0"):  # a power failure leaves nothing but zeros, which are nobody's work
        return None
    if form == "text":
        return finding("PW803", Pos(path), file=path, reason="已经有了，内容也不同", advice="")
    state = is_untouched(old, form)
    if state:
        return None
    if state is None:
        return finding("PW803", Pos(path), file=path, reason="不是 planwriter 生成的", advice="")
    if form == "docx":
        from planwriter.app.edited import why_edited

        return why_edited(old, path, data, outline)
    reason, advice = f"生成以后{_EDITORS.get(form, '')}改动过", "先把手改的内容誊回提纲，再生成；不想动它，"
    return finding("PW803", Pos(path), file=path, reason=reason, advice=advice)


def refuse_existing(path: str, data: bytes | None = None) -> Finding | None:
    """Why the file at `path` must not be overwritten without --force: it is there, and holds anything but `data`."""
    if not os.path.isfile(path):
        return None
    if data is None:
        return finding("PW803", Pos(path), file=path, reason="已经有了", advice="")
    if files.read_file(path, limit=len(data)).value == data:
        return None
    return finding("PW803", Pos(path), file=path, reason="已经有了，内容也不同", advice="")


def write_output(
    path: str, data: bytes, refused: Finding | None, *, force: bool, sync: bool = True
) -> tuple[Finding, ...]:
    """Writes an output whole or not at all; an error says that nothing was written.

    `refused` is why the file that is there must not be overwritten. With `force` it is, after a copy of it was made beside.
    For `sync` see `files.write_file`.
    """
    kept: tuple[Finding, ...] = ()
    if refused is not None:
        if not force or refused.code != "PW803":
            return (refused,)
        copy = keep_copy(path, "手改", files.write_new)
        if copy.value is None:
            return copy.findings
        kept = (finding("PW808", Pos(path), file=path, copy=copy.value),)
    failed = files.write_file(path, data, sync=sync)
    return (*kept, failed) if failed else kept


def keep_copy(path: str, word: str, write: Callable[[str, bytes], Finding | None]) -> Result[str | None]:
    """Copies a file to one beside it, 要点（手改 1）.docx, with the first number that is free; returns the copy's path.

    `word` says what the copy is. `write` is `write_new`, or `write_file` if the file is locked. If there is a copy with the
    same bytes already, it is returned. None and a finding if no copy can be made.
    """
    size = os.path.getsize(path)
    old = files.read_file(path, limit=size)
    if old.value is None or len(old.value) != size:
        return Result(None, old.findings or (finding("PW802", Pos(path), file=path, reason="文件正在变"),))
    stem, ending = os.path.splitext(path)
    folder, name = os.path.split(stem)
    for number in itertools.count(1):
        tail = f"（{word} {number}）{ending}"
        copy = os.path.join(folder, cut_name(name, MAX_BYTES - len(tail.encode("utf-8", "replace"))) + tail)
        failed = finding("PW339", Pos(copy), file=copy) if os.path.lexists(copy) else write(copy, old.value)
        if failed is None or (
            failed.code == "PW339" and files.read_file(copy, limit=len(old.value)).value == old.value
        ):
            return Result(copy)
        if failed.code != "PW339":
            return Result(None, (failed,))
    raise AssertionError


_EDITORS = {"docx": "在 Word 或 WPS 里", "xlsx": "在 Excel 或 WPS 里"}


def is_untouched(data: bytes, form: str) -> bool | None:
    """True if an output of this form is as planwriter made it, False if it was edited, None if planwriter did not make it."""
    if form in _EDITORS:
        from planwriter.writers.docx import package

        return package.is_untouched(data)
    from planwriter.writers import stamp

    return stamp.is_untouched(data)
