"""The use cases: what the command line and other front ends call. Strings the stages together."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from planwriter import files, grammar
from planwriter.check import check_citations, check_outline
from planwriter.compose import Composed, Shelf, compose_outline
from planwriter.diagnostics import MAX_FINDINGS, Finding, Pos, Result, Severity, has_errors
from planwriter.each import Row, lay_row
from planwriter.kind import Kind, find_kind, read_kind
from planwriter.layers import Layers
from planwriter.libraries import BUILT_IN, MANIFEST_FILE, Library, built_in_folder, open_folder
from planwriter.library import Clause
from planwriter.load import Mapping, Scalar, load_tree
from planwriter.messages import CATALOGUE, finding, near
from planwriter.model import Document, Image, Outline, Region, Text
from planwriter.number import number_document
from planwriter.outline import Defaults, misnamed_parts, read_outline, read_region
from planwriter.report import soften, sort_findings
from planwriter.shape import check_shape, texts

if TYPE_CHECKING:
    from planwriter.duties import UnitDuties
    from planwriter.installed import Installed
    from planwriter.layouts import Stored
    from planwriter.sharing.lock import Locked
    from planwriter.sheets import Sheet

_LEVEL_WORDS = {"错误": Severity.ERROR, "警告": Severity.WARNING, "提示": Severity.HINT}


@dataclass(frozen=True, slots=True)
class Plan:
    """What became of an outline file: as far as it got, and every finding."""

    path: str
    outline: Outline | None = None
    kind: Kind | None = None
    document: Document | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def sound(self) -> bool:
        """True where the document can be handed out: it is there, and nothing is an error."""
        return self.document is not None and not has_errors(self.findings)


@dataclass(slots=True)
class Bench:
    """What many outlines share: the kinds, and libraries already opened. Make one and use it for all of a run."""

    _kinds: dict[str | None, Result[tuple[Kind, ...]]] = field(default_factory=dict)
    _libraries: dict[str, Library] = field(default_factory=dict)
    replaced: dict[str, Library] = field(default_factory=dict)
    """Libraries to be taken for the installed ones of these names, to see what another version would change."""
    _installed: dict[str, Result[tuple[tuple[Locked, Library], ...]]] = field(default_factory=dict)
    _stores: dict[str, Installed] = field(default_factory=dict)
    _workspaces: dict[str | None, tuple[Defaults, dict[str, str], tuple[Finding, ...]]] = field(default_factory=dict)

    def kinds(self, workspace: str | None = None) -> Result[tuple[Kind, ...]]:
        """The kinds of plan: a workspace's own (its templates/ folder) before the built-in ones."""
        if workspace not in self._kinds:
            own = os.path.join(os.path.dirname(workspace), "templates") if workspace else None
            made: list[Kind] = []
            findings: list[Finding] = []
            for folder in (own, files.data_folder("templates")):
                for found in files.read_data_files(folder, shown="templates", only="kind.yaml") if folder else ():
                    tree = load_tree(found.data, found.shown, grammar.KIND_KEYS)
                    findings += tree.findings
                    if tree.value is not None:
                        kind = read_kind(tree.value, found.folder)
                        findings += kind.findings
                        made += [kind.value] if kind.value and find_kind(kind.value.name, tuple(made)) is None else []
            self._kinds[workspace] = Result(tuple(made), tuple(findings))
        return self._kinds[workspace]

    def library(self, folder: str, shown: str) -> Library:
        """The library in `folder`, opened once."""
        key = os.path.realpath(folder)
        if key not in self._libraries:
            self._libraries[key] = open_folder(folder, shown)
        return self._libraries[key]

    def installed(self, workspace: str | None) -> Result[tuple[tuple[Locked, Library], ...]]:
        """The libraries installed in a workspace, nearest first, each with what the lock says of it."""
        if workspace is None or not os.path.exists(os.path.join(os.path.dirname(workspace), files.LOCK_FILE)):
            return Result(())
        if workspace not in self._installed:
            read = self._store(workspace).libraries()
            made = tuple((locked, self.replaced.get(locked.name, library)) for locked, library in read.value)
            self._installed[workspace] = Result(made, read.findings)
        return self._installed[workspace]

    def _store(self, workspace: str) -> Installed:
        if workspace not in self._stores:
            from planwriter.installed import Installed

            self._stores[workspace] = Installed(workspace)
        return self._stores[workspace]

    def marks(self, workspace: str | None, path: str) -> dict[str, str]:
        """The fingerprints of the clauses of the outline at `path` as they were last looked at."""
        if workspace is None or not os.path.exists(os.path.join(os.path.dirname(workspace), files.LOCK_FILE)):
            return {}
        lock = self._store(workspace).lock().value
        return lock.uses.get(files.inner_path(path, workspace), {}) if lock else {}

    def built_in(self) -> Library:
        """The library that comes with planwriter."""
        return self.library(built_in_folder(), BUILT_IN)

    def workspace(self, path: str | None) -> tuple[Defaults, dict[str, str], tuple[Finding, ...]]:
        """What a workspace file says: defaults for outlines, the level of findings, and what is wrong with it."""
        if path not in self._workspaces:
            self._workspaces[path] = _read_workspace(path)
        return self._workspaces[path]


def _read_workspace(path: str | None) -> tuple[Defaults, dict[str, str], tuple[Finding, ...]]:
    if path is None:
        return Defaults(), {}, ()
    data = files.read_file(path, files.WORKSPACE_FILE)
    if data.value is None:
        return Defaults(), {}, data.findings
    if all(not line.strip() or line.lstrip().startswith(b"#") for line in data.value.removeprefix(b"\xef\xbb\xbf").splitlines()):
        return Defaults(), {}, ()
    tree = load_tree(data.value, files.WORKSPACE_FILE, grammar.OUTLINE_KEYS)
    findings = list(tree.findings)
    nodes = check_shape(tree.value, grammar.WORKSPACE, files.WORKSPACE_FILE, findings) if tree.value else {}
    levels = nodes.pop("levels", None)
    nodes.pop("note", None)
    chosen: dict[str, str] = {}
    for code, node in levels.entries.items() if isinstance(levels, Mapping) else ():
        word = node.value if isinstance(node, Scalar) else ""
        place = levels.keys[code].span if isinstance(levels, Mapping) else node.span
        if code not in CATALOGUE:
            findings.append(finding("PW201", place, where="检查", key=code, advice=near(code, tuple(CATALOGUE))))
        elif word not in (*_LEVEL_WORDS, "忽略"):
            findings.append(finding("PW204", node.span, key=code, value=word, allowed="错误、警告、提示、忽略"))
        elif not adjustable(code):
            reason = "这类错误不能降级，否则文件排不出来"
            findings.append(finding("PW204", node.span, key=code, value=word, allowed=f"错误（{reason}）"))
        else:
            chosen[code] = word
    return Defaults(nodes=nodes), chosen, tuple(findings)


def adjustable(code: str) -> bool:
    """True where a workspace may change the level of a finding: the document can be made in spite of it."""
    message = CATALOGUE[code]
    return message.softens or message.severity is not Severity.ERROR


def _apply_levels(findings: list[Finding], levels: dict[str, str]) -> list[Finding]:
    if not levels:
        return findings
    made = []
    for each in findings:
        word = levels.get(each.code)
        if word == "忽略":
            continue
        made.append(replace(each, severity=_LEVEL_WORDS[word]) if word else each)
    return made


def plan_file(path: str, bench: Bench | None = None, *, draft: bool = False) -> Plan:
    """Everything from an outline file to a numbered document, with every finding; writes nothing.

    With `draft` what is merely unfinished (parts missing or empty) is a warning.
    """
    shown = files.shown_path(path)
    data = files.read_file(path, shown)
    if data.value is None:
        return Plan(shown, findings=data.findings)
    return plan_bytes(data.value, shown, bench or Bench(), draft=draft, workspace=files.find_workspace(path), path=path)


def plan_bytes(
    data: bytes,
    shown: str,
    bench: Bench,
    *,
    draft: bool = False,
    workspace: str | None = None,
    path: str = "",
    open_book: OpenBook | None = None,
) -> Plan:
    """`plan_file` for an outline that is in memory; `shown` is its name in findings.

    `open_book` opens the workbooks it names, in the place of the disk.
    """
    tree = load_tree(data, shown, grammar.OUTLINE_KEYS)
    return plan_tree(tree, shown, bench, draft=draft, workspace=workspace, path=path, open_book=open_book)


def plan_tree(
    tree: Result[Mapping | None],
    shown: str,
    bench: Bench,
    *,
    draft: bool = False,
    workspace: str | None = None,
    path: str = "",
    row: Row | None = None,
    open_book: OpenBook | None = None,
) -> Plan:
    """`plan_bytes` for a tree that is read already; `row` is put over it and may be cited."""
    kinds = bench.kinds(workspace)
    defaults, levels, workspace_findings = bench.workspace(workspace)
    findings = [*kinds.findings, *workspace_findings, *tree.findings]
    outline = kind = document = None
    if tree.value is not None and row is not None:
        tree = Result(lay_row(tree.value, row))
    if tree.value is not None and kinds.value:
        folder = os.path.dirname(path)
        books = functools.partial(open_book or open_workbook, folder)
        read = read_outline(tree.value, kinds.value, defaults, books, functools.partial(_open_picture, folder), row)
        findings += read.findings
        if read.value is not None:
            outline, kind = read.value
            if row is not None:
                outline = replace(outline, row=row.cited)
            if find_kind(_kind_word(tree.value), kinds.value) is not None:
                findings += check_outline(outline, kind, lost=(*tree.value.lost, *misnamed_parts(tree.value, kind)))
            findings += _check_layout(outline, tree.value, defaults, workspace, folder)
            marks = bench.marks(workspace, path)
            made = plan_outline(outline, kind, bench, folder=folder, workspace=workspace, marks=marks)
            document = made.value[1]
            findings += made.findings
            findings += _check_leaks(document, outline)
            findings += _check_figures(made.value, outline)
            findings += check_citations(outline, made.value[0].cited_targets, torn=has_errors(findings))
            findings += _check_superior(outline, folder, bench)
    ordered = _apply_levels(_bounded(sort_findings(findings), shown), levels)
    return Plan(shown, outline, kind, document, tuple(soften(ordered) if draft else ordered))


def _check_leaks(document: Document, outline: Outline) -> tuple[Finding, ...]:
    from planwriter.leaks import check_leaks

    return check_leaks(document, outline)


def _check_figures(made: tuple[Composed, Document], outline: Outline) -> tuple[Finding, ...]:
    from planwriter.lint.figures import check_document

    composed, document = made
    return check_document(document, composed.targets, outline.years)


Opened: TypeAlias = "Result[tuple[Sheet, ...] | None]"
OpenBook: TypeAlias = Callable[[str, Scalar], Opened]
"""Opens the workbook that an outline in a folder names."""


def open_workbook(folder: str, name: Scalar) -> Opened:
    """The sheets of a workbook named in an outline that stands in `folder`."""
    from planwriter import workbook

    data = _read_beside(folder, name, "工作簿", "工作簿", workbook.MAX_BYTES)
    if data.value is None:
        return Result(None, data.findings)
    sheets = workbook.read_workbook(data.value, name.value.replace("\\", "/"))
    return Result(sheets.value if sheets.value else None, sheets.findings)


def _open_picture(folder: str, name: Scalar) -> Result[Image | None]:
    """The picture named in an outline that stands in `folder`."""
    from planwriter import images

    if not name.value.lower().endswith(images.ENDINGS):
        advice = "写 {指标: [……]}，由指标画成；或写 .png、.jpg 图片的文件名。"
        return Result(None, (finding("PW460", name.span, reason=f"“{name.value}”不是图片的文件名", advice=advice),))
    data = _read_beside(folder, name, "图", "图片", images.MAX_BYTES)
    if data.value is None:
        return Result(None, data.findings)
    image = images.read_image(data.value)
    if isinstance(image, str):
        return Result(None, (finding("PW460", name.span, reason=image, advice="用画图或看图的程序打开，另存为 PNG 或 JPEG 再用。"),))
    return Result(image)


def _read_beside(folder: str, name: Scalar, key: str, what: str, limit: int) -> Result[bytes | None]:
    """The bytes of a file that an outline names relative to its own `folder`; what is wrong is told at the name."""
    shown = name.value.replace("\\", "/")
    if os.path.isabs(shown) or ":" in shown:
        advice = f"把{what}放在提纲旁边，只写文件名，别的电脑上才找得到。"
        wrong = finding("PW203", name.span, key=key, expected="相对于提纲的文件名", found=f"“{name.value}”", advice=advice)
        return Result(None, (wrong,))
    data = files.read_file(os.path.join(folder, shown), shown, limit=limit)
    return Result(data.value, tuple(replace(each, pos=name.span.pos, source=name.span.source) for each in data.findings))


def read_superior(path: str, bench: Bench | None = None, *, shown: str = "") -> Result[Outline | None]:
    """The plan above, as far as its targets go: an outline that others wrote, whose slips are not ours to tell.

    None with PW456 where it cannot be read; the outline that it names as its own superior is not opened.
    """
    shown = shown or files.shown_path(path)
    data = files.read_file(path, shown)
    if data.value is None:
        return Result(None, (finding("PW456", Pos(shown), reason=data.findings[0].message.removeprefix("读不到文件：").rstrip("。")),))
    workspace = files.find_workspace(path)
    tree = load_tree(data.value, shown, grammar.OUTLINE_KEYS)
    kinds = (bench or Bench()).kinds(workspace).value
    read = None
    if tree.value is not None and kinds:
        read = read_outline(tree.value, kinds, None, functools.partial(open_workbook, os.path.dirname(path))).value
    if read is None or not any(not target.broken for target in read[0].targets):
        told = next((each.message for each in tree.findings if each.severity is Severity.ERROR), "里面没有指标")
        return Result(None, (finding("PW456", Pos(shown), reason=f"{shown}：{told.rstrip('。')}"),))
    return Result(read[0])


def _check_superior(outline: Outline, folder: str, bench: Bench) -> tuple[Finding, ...]:
    """The plan's targets against those of the plan above, where the outline names it."""
    name = outline.superior
    if name is None or name.origin is None:
        return ()
    above = superior_of(outline, folder, bench)
    if above.value is None:
        return above.findings
    from planwriter.align import check_alignment

    return check_alignment(outline, above.value)


def superior_of(outline: Outline, folder: str, bench: Bench) -> Result[Outline | None]:
    """The plan that an outline in `folder` names as its 上级文件; findings stand at that name."""
    name = outline.superior
    assert name is not None and name.origin is not None
    shown = name.value.replace("\\", "/")
    if os.path.isabs(shown) or ":" in shown:
        return Result(None, (finding("PW456", name.origin, reason=f"“{name.value}”不是相对于提纲的文件名"),))
    read = read_superior(os.path.join(folder, shown), bench, shown=shown)
    return Result(read.value, tuple(replace(each, pos=name.origin.pos, source=name.origin.source) for each in read.findings))


def _check_layout(
    outline: Outline, tree: Mapping, defaults: Defaults, workspace: str | None, folder: str
) -> tuple[Finding, ...]:
    node = tree.entries.get("版式") or defaults.nodes.get("layout")
    if node is None:
        return ()
    from planwriter import layouts

    return layouts.check_layout(outline.layout, workspace, node.span, folder)


def _bounded(findings: list[Finding], shown: str) -> list[Finding]:
    """As many findings as anybody reads."""
    if len(findings) <= MAX_FINDINGS:
        return findings
    return [*findings[:MAX_FINDINGS], finding("PW119", Pos(shown), limit=MAX_FINDINGS)]


def _kind_word(tree: Mapping) -> str:
    node = tree.entries.get("文种")
    return node.value if isinstance(node, Scalar) else ""


def plan_outline(
    outline: Outline, kind: Kind, bench: Bench, *, folder: str = "", workspace: str | None = None, marks: dict[str, str] | None = None
) -> Result[tuple[Composed, Document]]:
    """The composed and the numbered document of an outline that is in memory (to change a target and make it again).

    `marks` are the fingerprints of clauses as they were last looked at: those that are others now are told.
    """
    layers = layers_of(outline, bench, folder, workspace)
    composed = compose_outline(outline, kind, shelf_of(layers.value))
    numbered = number_document(composed.value.document)
    told = [each for library in layers.value.opened for each in library.findings]
    findings = (*layers.findings, *told, *layers.value.findings, *composed.findings, *numbered.findings)
    if marks:
        findings = (*findings, *_suspects(outline, layers.value, marks))
    return Result((composed.value, numbered.value), findings)


def _suspects(outline: Outline, layers: Layers, marks: dict[str, str]) -> Iterator[Finding]:
    """A finding at each use of a clause that changed since its use was looked at."""
    from planwriter.uses import fingerprint, uses_of

    for use in uses_of(outline):
        clause = layers.find(use.clause.value)
        mark = marks.get(use.clause.value)
        if clause is not None and mark and use.origin and fingerprint(clause, layers.find) != mark:
            yield finding("PW327", use.origin, clause=clause.identifier)


def shelf_of(layers: Layers) -> Shelf:
    """The clauses of libraries, as composing wants them."""
    return Shelf(find=layers.find, identifiers=layers.identifiers, unread=layers.unread)


def layers_of(outline: Outline, bench: Bench, folder: str, workspace: str | None) -> Result[Layers]:
    """The libraries of an outline, nearest first; the built-in one, opened only when a clause is asked for, comes last."""
    named = _named_libraries(outline.libraries, bench, folder, workspace)
    return Result(Layers(named.value, last=bench.built_in), named.findings)


def _named_libraries(
    names: tuple[Text, ...], bench: Bench, folder: str, workspace: str | None
) -> Result[tuple[Library, ...]]:
    """The libraries that 库 names, folders and installed ones; without a 库, all that are installed."""
    installed = bench.installed(workspace)
    findings = list(installed.findings)
    unknown = bool(findings) and not installed.value  # the lock cannot be read: nobody knows what is installed
    named: list[Library] = [Library(files.LOCK_FILE, lost=True)] if unknown else []
    named += [] if names else [library for _, library in installed.value]
    for name in names:
        at = _library_folder(name, folder, workspace)
        if name.value == BUILT_IN:
            continue
        if at is not None:
            named.append(bench.library(at, name.value))
            continue
        library, told = _installed_library(name, installed.value) if not unknown else (None, None)
        named += [library] if library else []
        findings += [told] if told else []
    return Result(tuple(named), tuple(findings))


def _installed_library(
    name: Text, installed: tuple[tuple[Locked, Library], ...]
) -> tuple[Library | None, Finding | None]:
    """The installed library that 库 names as NAME or NAME@^1.2; or a finding why there is none that fits."""
    from planwriter.versions import parse_version, parse_wanted

    wanted = parse_wanted(name.value)
    found = next((each for each in installed if wanted and each[0].name == wanted[0]), None)
    place = name.origin or Pos(BUILT_IN)
    if found is None and "@" not in name.value:
        return None, finding("PW302", place, library=name.value, reason="没有这个文件夹，里面没有 library.yaml，也没有装过这个名字的库")
    if found is None or wanted is None:
        reason = "这里没有装过它" if wanted else "“@”后面不是版本的要求"
        return None, finding("PW328", place, wanted=name.value, reason=reason, advice="planwriter library install 来源；要求写成 名称@^1.2。")
    version = parse_version(found[0].version)
    if version is None or not wanted[1].allows(version):
        advice = f"planwriter library update {found[0].name}；或者改“库”里的要求。"
        return found[1], finding("PW328", place, wanted=name.value, reason=f"装的是 {found[0].version}", advice=advice)
    return found[1], None


def _library_folder(name: Text, folder: str, workspace: str | None) -> str | None:
    """Where a library named in an outline lies: relative to the outline, else to the workspace."""
    for base in (folder, os.path.dirname(workspace) if workspace else ""):
        candidate = os.path.join(base, name.value)
        if os.path.isfile(os.path.join(candidate, MANIFEST_FILE)):
            return candidate
    return None


def starter(kind: Kind, workspace: str | None, values: dict[str, str]) -> Result[str | None]:
    """The commented starter outline of a kind, its @…@ marks filled in with `values`.

    A kind of the workspace without a starter of its own gets that of a built-in kind for the same period.
    """
    own = os.path.join(os.path.dirname(workspace), "templates") if workspace else ""
    built_in = files.data_folder("templates")
    stand_in = next((each.folder for each in Bench().kinds().value if each.multi_year == kind.multi_year), kind.folder)
    for base, folder in ((own, kind.folder), (built_in, kind.folder), (built_in, stand_in)):
        path = os.path.join(base, folder, "starter.yaml")
        if base and os.path.isfile(path):
            break
    data = files.read_file(path, f"templates/{folder}/starter.yaml")
    if data.value is None:
        return Result(None, data.findings)
    text = data.value.decode("utf-8").replace("\r\n", "\n")
    text = re.sub(r"^文种: \S+", f"文种: {kind.name}", text, count=1, flags=re.M)
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return Result(text)


def duties(plan: Plan, unit: str = "") -> Result[tuple[UnitDuties, ...]]:
    """What the units of a sound plan owe: all of them, or those that `unit` names."""
    from planwriter.duties import duties_of, wanted_units

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
    from planwriter.duties import wanted_units
    from planwriter.extract import extract_units

    wanted = wanted_units(unit, plan.document, Pos(plan.path))
    document = extract_units(plan.document, wanted.value) if wanted.value else None
    return replace(plan, document=document, findings=(*plan.findings, *wanted.findings))


def unit_mark(unit: str) -> str:
    """What an extract adds to a file's name, so that it does not take the place of the plan: -学前教育股; "" without a unit."""
    return "-" + re.sub(r'[\\/:*?"<>|\s]', "_", unit) if unit else ""


def render(document: Document, form: str, workspace: str | None = None) -> Result[bytes | None]:
    """The bytes of a document in a form (docx, text, pdf, html, md or xlsx)."""
    if form == "text":
        from planwriter.render.text import render_text

        return Result(render_text(document).encode("utf-8"))
    if form == "md":
        from planwriter.render.markdown import render_markdown
        from planwriter.render.stamp import stamp

        return Result(stamp(render_markdown(document).encode("utf-8"), form))
    from planwriter import layouts

    layout = layouts.load_layout(document.layout, workspace)
    if layout.value is None:
        return Result(None, layout.findings)
    drawn = _drawn(document, layout.value)
    if drawn.value is None:
        return Result(None, (*layout.findings, *drawn.findings))
    made = _set(drawn.value, form, layout.value)
    return Result(made.value, (*layout.findings, *made.findings))


def _drawn(document: Document, stored: Stored) -> Result[Document | None]:
    from planwriter.pictures import draw_pictures

    return draw_pictures(document, stored.layout)


def _set(document: Document, form: str, stored: Stored) -> Result[bytes | None]:
    """The bytes of a document in a form that has pages."""
    from planwriter.render.stamp import stamp

    if form == "html":
        from planwriter.render.html import render_html

        return Result(stamp(render_html(document, stored.layout).encode("utf-8"), form))
    if form == "xlsx":
        from planwriter.render.xlsx import render_xlsx

        return render_xlsx(document, stored.layout)
    from planwriter.render.docx import render_docx

    data = render_docx(document, stored.layout, stored.base)
    if form == "docx":
        return Result(data)
    from planwriter.pdf import docx_to_pdf

    pdf = docx_to_pdf(data)
    return Result(stamp(pdf.value, form), pdf.findings) if pdf.value is not None else pdf


def draw_targets(
    outline: Outline, names: tuple[str, ...], form: str, kind: str, *, title: str = "", workspace: str | None = None
) -> Result[bytes | None]:
    """A chart of an outline's targets, by keys or names, as png or svg; without names of all that have yearly steps."""
    from planwriter import layouts
    from planwriter.charts import series_of, shown_targets
    from planwriter.pictures import fonts_of
    from planwriter.plot import draw
    from planwriter.targets import complete_targets

    targets = complete_targets(outline.targets).value
    known = {name for target in targets for name in (target.key, target.title)}
    unknown = [finding("PW402", Pos("图"), name=name, advice=near(name, sorted(known))) for name in names if name not in known]
    if unknown:
        return Result(None, tuple(unknown))
    series = [series_of(target, outline.years[1]) for target in shown_targets(targets, names)]
    layout = layouts.load_layout(outline.layout, workspace).value
    return draw(series, form, kind, fonts=fonts_of(layout.layout) if layout else (), title=title)


def guard_output(path: str, data: bytes, form: str, *, outline: str) -> Finding | None:
    """Why `path` must not be overwritten without --force: it is the outline, or holds what planwriter did not make."""
    if os.path.exists(path) and os.path.exists(outline) and os.path.samefile(path, outline):
        return finding("PW804", Pos(path))
    if not os.path.isfile(path):
        return None
    old = files.read_file(path, path, limit=64 * 1024 * 1024)
    if old.value is None:
        return None
    if old.value == data:
        return None
    advice = ""
    if form == "text":
        reason = "已经有了，内容也不同"
    else:
        state = _untouched(old.value, form)
        if state:
            return None
        reason = f"生成以后{_EDITORS.get(form, '')}改动过" if state is False else "不是 planwriter 生成的"
        advice = "先把手改的内容誊回提纲，再生成；不想动它，" if state is False else ""
    return finding("PW803", Pos(path), file=path, reason=reason, advice=advice)


_EDITORS = {"docx": "在 Word 或 WPS 里", "xlsx": "在 Excel 或 WPS 里"}


def _untouched(data: bytes, form: str) -> bool | None:
    if form in _EDITORS:
        from planwriter.render import package

        return package.is_untouched(data)
    from planwriter.render import stamp

    return stamp.is_untouched(data)


def libraries_at(workspace: str | None, bench: Bench | None = None) -> tuple[Library, ...]:
    """The libraries of a workspace, nearest first, and the built-in one."""
    return libraries_of(workspace, bench).value


def libraries_of(workspace: str | None, bench: Bench | None = None) -> Result[tuple[Library, ...]]:
    """As `libraries_at`, with what is wrong with the workspace file, the lock and what is installed."""
    bench = bench or Bench()
    names = library_names(workspace, bench)
    named = _named_libraries(names, bench, "", workspace)
    return Result((*named.value, bench.built_in()), (*bench.workspace(workspace)[2], *named.findings))


def library_names(workspace: str | None, bench: Bench | None = None) -> tuple[Text, ...]:
    """What 库 says in a workspace file."""
    node = (bench or Bench()).workspace(workspace)[0].nodes.get("libraries")
    return tuple(Text(value=item.value, origin=item.span) for item in texts(node, [], "库")) if node else ()


def libraries_to_check(folders: tuple[str, ...], workspace: str | None, bench: Bench) -> Result[tuple[Library, ...]]:
    """The libraries in `folders`, or those the workspace names; a finding where a folder holds none."""
    findings, made = [], []
    for folder in folders:
        if os.path.isfile(os.path.join(folder, MANIFEST_FILE)):
            made.append(bench.library(folder, files.shown_path(folder).rstrip("/")))
        else:
            reason = "没有这个文件夹，或里面没有 library.yaml"
            findings.append(finding("PW302", Pos(files.shown_path(folder)), library=folder, reason=reason))
    return Result(tuple(made) if folders else libraries_at(workspace, bench)[:-1], tuple(findings))


def check_library(
    library: Library,
    workspace: str | None,
    bench: Bench,
    *,
    on: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Finding, ...]:
    """What is to be said of a library that `bench` opened, beside the others of a workspace and the built-in one.

    `on` is the day (2026-01-31) on which its wording should hold; `progress` is told how many of how many clauses are done.
    """
    from planwriter import quality

    defaults, levels, workspace_findings = bench.workspace(workspace)
    own = [node.value for name in ("unit", "region") if isinstance(node := defaults.nodes.get(name), Scalar)]
    others = [each for each in libraries_at(workspace, bench) if each is not library]
    kinds = bench.kinds(workspace)
    found = quality.check_library(library, others, kinds=kinds.value, own=tuple(own), on=on, progress=progress)
    return tuple(_apply_levels([*kinds.findings, *workspace_findings, *found], levels))


def place_of(workspace: str | None) -> tuple[str, Region | None]:
    """The unit and the region that a workspace gives its outlines; empty where it gives none."""
    nodes = Bench().workspace(workspace)[0].nodes
    unit = nodes.get("unit")
    return unit.value if isinstance(unit, Scalar) else "", read_region(nodes.get("region"), [])


def kind_named(name: str, workspace: str | None) -> str:
    """The name of the kind that a writer means: an alias by its kind's name, anything else as it is."""
    kind = find_kind(name, Bench().kinds(workspace).value) if name else None
    return kind.name if kind else name


def topic_file(folder: str, identifier: str) -> str | Finding:
    """The file of a library that a new clause belongs to: that of its topic, or a new one named after it."""
    shown = files.shown_path(folder)
    if not os.path.isfile(os.path.join(folder, MANIFEST_FILE)):
        return finding("PW302", Pos(shown), library=shown, reason="没有这个文件夹，或里面没有 library.yaml")
    library = open_folder(folder, shown)
    known = library.find(identifier)
    if known is not None:
        return finding("PW313", known.origin or Pos(shown), clause=identifier)
    topic = identifier.split("/")[0]
    for name in library.topics():
        if any(clause.identifier.split("/")[0] == topic for clause in library.topic(name)):
            return os.path.join(folder, name)
    return os.path.join(folder, re.sub(r"\W", "_", topic) + ".yaml")


def clause_matches(clause: Clause, word: str) -> bool:
    """True where a word stands in a clause's identifier, title, text or tags."""
    return any(word in text for text in (clause.identifier, clause.title, clause.text, *clause.tags))


def describe_clause(clause: Clause) -> str:
    """A clause as a page for people: title, text, parameters, variants, basis, and how to use it."""
    lines = [clause.identifier, f"  层级：{clause.level_word}", f"  标题：{clause.title}"]
    lines += [f"  文字：{clause.text}"] if clause.text else []
    for parameter in clause.parameters:
        default = f"，默认 {parameter.default.value}" if parameter.default else "，必须给出"
        choices = f"，可选 {'、'.join(parameter.choices)}" if parameter.choices else ""
        lines.append(f"  参数：{parameter.name}（{parameter.type}{choices}{default}）{parameter.about}")
    lines += [f"  变体：{name}：{text.value}" for name, text in clause.variants]
    if clause.basis:
        lines.append("  依据：" + "、".join(clause.basis))
    if clause.tags:
        lines.append("  标签：" + "、".join(clause.tags))
    if clause.sample:
        lines.append("  示例：" + clause.sample.text.replace("\n", "\n        "))
    needed = [parameter.name for parameter in clause.parameters if parameter.default is None]
    lines.append(f"  用法：- 用: {clause.identifier}")
    if needed:
        lines.append("          参数: {" + ", ".join(f"{name}: ……" for name in needed) + "}")
    return "\n".join(lines) + "\n"
