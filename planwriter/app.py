"""The use cases: what the command line and other front ends call. Strings the stages together."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from planwriter import files, grammar
from planwriter.check import check_citations, check_outline
from planwriter.compose import Composed, Shelf, compose_outline
from planwriter.diagnostics import MAX_FINDINGS, Finding, Pos, Result, Severity, has_errors
from planwriter.kind import Kind, find_kind, read_kind
from planwriter.libraries import BUILT_IN, MANIFEST_FILE, Library, built_in_folder, open_folder
from planwriter.library import Clause
from planwriter.load import Mapping, Scalar, load_tree
from planwriter.messages import CATALOGUE, finding, near
from planwriter.model import Document, Outline, Region, Text
from planwriter.number import number_document
from planwriter.outline import Defaults, misnamed_parts, read_outline, read_region
from planwriter.report import soften, sort_findings
from planwriter.shape import check_shape, texts

if TYPE_CHECKING:
    from planwriter.layouts import Stored
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
    if not data.value.strip():
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
    data: bytes, shown: str, bench: Bench, *, draft: bool = False, workspace: str | None = None, path: str = ""
) -> Plan:
    """`plan_file` for an outline that is in memory; `shown` is its name in findings."""
    kinds = bench.kinds(workspace)
    defaults, levels, workspace_findings = bench.workspace(workspace)
    findings = [*kinds.findings, *workspace_findings]
    tree = load_tree(data, shown, grammar.OUTLINE_KEYS)
    findings += tree.findings
    outline = kind = document = None
    if tree.value is not None and kinds.value:
        read = read_outline(tree.value, kinds.value, defaults, functools.partial(_open_workbook, os.path.dirname(path)))
        findings += read.findings
        if read.value is not None:
            outline, kind = read.value
            if find_kind(_kind_word(tree.value), kinds.value) is not None:
                findings += check_outline(outline, kind, lost=(*tree.value.lost, *misnamed_parts(tree.value, kind)))
            findings += _check_layout(outline, tree.value, defaults, workspace)
            made = plan_outline(outline, kind, bench, folder=os.path.dirname(path), workspace=workspace)
            document = made.value[1]
            findings += made.findings
            findings += check_citations(outline, made.value[0].cited_targets, torn=has_errors(findings))
    ordered = _apply_levels(_bounded(sort_findings(findings), shown), levels)
    return Plan(shown, outline, kind, document, tuple(soften(ordered) if draft else ordered))


def _open_workbook(folder: str, name: Scalar) -> Result[tuple[Sheet, ...] | None]:
    """The sheets of a workbook named in an outline that stands in `folder`."""
    from planwriter import workbook

    shown = name.value.replace("\\", "/")
    if os.path.isabs(shown) or ":" in shown:
        advice = "把工作簿放在提纲旁边，只写文件名，别的电脑上才找得到。"
        wrong = finding("PW203", name.span, key="表", expected="相对于提纲的文件名", found=f"“{name.value}”", advice=advice)
        return Result(None, (wrong,))
    data = files.read_file(os.path.join(folder, shown), shown, limit=workbook.MAX_BYTES)
    if data.value is None:
        return Result(None, tuple(replace(each, pos=name.span.pos, source=name.span.source) for each in data.findings))
    sheets = workbook.read_workbook(data.value, shown)
    return Result(sheets.value if sheets.value else None, sheets.findings)


def _check_layout(
    outline: Outline, tree: Mapping, defaults: Defaults, workspace: str | None
) -> tuple[Finding, ...]:
    node = tree.entries.get("版式") or defaults.nodes.get("layout")
    if node is None:
        return ()
    from planwriter import layouts

    return layouts.unknown_layout(outline.layout, workspace, node.span)


def _bounded(findings: list[Finding], shown: str) -> list[Finding]:
    """As many findings as anybody reads."""
    if len(findings) <= MAX_FINDINGS:
        return findings
    return [*findings[:MAX_FINDINGS], finding("PW119", Pos(shown), limit=MAX_FINDINGS)]


def _kind_word(tree: Mapping) -> str:
    node = tree.entries.get("文种")
    return node.value if isinstance(node, Scalar) else ""


def plan_outline(
    outline: Outline, kind: Kind, bench: Bench, *, folder: str = "", workspace: str | None = None
) -> Result[tuple[Composed, Document]]:
    """The composed and the numbered document of an outline that is in memory (to change a target and make it again)."""
    shelf, findings, used = _shelf(outline, bench, folder, workspace)
    composed = compose_outline(outline, kind, shelf)
    numbered = number_document(composed.value.document)
    library_findings = [each for library in used() for each in library.findings]
    return Result(
        (composed.value, numbered.value), (*findings, *library_findings, *composed.findings, *numbered.findings)
    )


def _shelf(
    outline: Outline, bench: Bench, folder: str, workspace: str | None
) -> tuple[Shelf, tuple[Finding, ...], Callable[[], tuple[Library, ...]]]:
    """The libraries of an outline, nearest first; the built-in one, opened only when a clause is asked for, comes last."""
    findings: list[Finding] = []
    opened: list[Library] = []
    for name in outline.libraries:
        if name.value == BUILT_IN:
            continue
        at = _library_folder(name, folder, workspace)
        if at is None:
            reason = "没有这个文件夹，或里面没有 library.yaml"
            if name.origin:
                findings.append(finding("PW302", name.origin, library=name.value, reason=reason))
        else:
            opened.append(bench.library(at, name.value))

    @functools.cache
    def libraries() -> tuple[Library, ...]:
        return (*opened, bench.built_in())

    used: list[Library] = list(opened)

    def find(identifier: str) -> Clause | None:
        for library in libraries():
            if library not in used:
                used.append(library)
            clause = library.find(identifier)
            if clause is not None:
                return clause
        return None

    def identifiers() -> tuple[str, ...]:
        return tuple(clause.identifier for library in libraries() for clause in library.clauses())

    def unread(identifier: str) -> bool:
        return any(library.unread(identifier) for library in libraries())

    return Shelf(find=find, identifiers=identifiers, unread=unread), tuple(findings), lambda: tuple(used)


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


def render(document: Document, form: str, workspace: str | None = None) -> Result[bytes | None]:
    """The bytes of a document in a form (docx, text, pdf, html or md)."""
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
    made = _set(document, form, layout.value)
    return Result(made.value, (*layout.findings, *made.findings))


def _set(document: Document, form: str, stored: Stored) -> Result[bytes | None]:
    """The bytes of a document in a form that has pages."""
    from planwriter.render.stamp import stamp

    if form == "html":
        from planwriter.render.html import render_html

        return Result(stamp(render_html(document, stored.layout).encode("utf-8"), form))
    from planwriter.render.docx import render_docx

    data = render_docx(document, stored.layout, stored.base)
    if form == "docx":
        return Result(data)
    from planwriter.pdf import docx_to_pdf

    pdf = docx_to_pdf(data)
    return Result(stamp(pdf.value, form), pdf.findings) if pdf.value is not None else pdf


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
    if form == "text":
        reason = "已经有了，内容也不同"
    else:
        state = _untouched(old.value, form)
        if state:
            return None
        reason = f"生成以后{'在 Word 或 WPS 里' * (form == 'docx')}改动过" if state is False else "不是 planwriter 生成的"
    return finding("PW803", Pos(path), file=path, reason=reason)


def _untouched(data: bytes, form: str) -> bool | None:
    if form == "docx":
        from planwriter.render import package

        return package.is_untouched(data)
    from planwriter.render import stamp

    return stamp.is_untouched(data)


def libraries_at(workspace: str | None) -> tuple[Library, ...]:
    """The libraries a workspace names, nearest first, and the built-in one."""
    bench = Bench()
    nodes = bench.workspace(workspace)[0].nodes
    made = []
    if "libraries" in nodes:
        for item in texts(nodes["libraries"], [], "库"):
            at = _library_folder(Text(value=item.value), "", workspace)
            if at is not None and item.value != BUILT_IN:
                made.append(bench.library(at, item.value))
    return (*made, bench.built_in())


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
