"""Clauses and their libraries by themselves: checked, shown, and the file that a new clause goes to."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

from planwriter.app.libraries import libraries_at, libraries_of
from planwriter.app.session import Bench
from planwriter.app.settings import apply_levels
from planwriter.clauses.clause import Clause
from planwriter.clauses.library import MANIFEST_FILE, Library, open_folder
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.source.load import Scalar
from planwriter.system import files


def libraries_to_check(folders: tuple[str, ...], workspace: str | None, bench: Bench) -> Result[tuple[Library, ...]]:
    """The libraries in `folders`, or those the workspace names; a finding where a folder holds none."""
    if not folders:
        named = libraries_of(workspace, bench)
        return Result(named.value[:-1], named.findings)
    findings, made = [], []
    for folder in folders:
        if os.path.isfile(os.path.join(folder, MANIFEST_FILE)):
            made.append(bench.library(folder, files.shown_path(folder).rstrip("/")))
        else:
            reason = "没有这个文件夹，或里面没有 library.yaml"
            findings.append(finding("PW302", Pos(files.shown_path(folder)), library=folder, reason=reason))
    return Result(tuple(made), tuple(findings))


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
    from planwriter.curation import check as quality

    defaults, levels, workspace_findings = bench.workspace(workspace)
    own = [node.value for name in ("unit", "region") if isinstance(node := defaults.nodes.get(name), Scalar)]
    others = [each for each in libraries_at(workspace, bench) if each is not library]
    kinds = bench.kinds(workspace)
    found = quality.check_library(library, others, kinds=kinds.value, own=tuple(own), on=on, progress=progress)
    return tuple(apply_levels((*kinds.findings, *workspace_findings, *found), levels))


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
