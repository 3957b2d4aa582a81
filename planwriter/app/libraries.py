"""The libraries available to an outline or a workspace: those named by 库, those installed, the built-in one."""

from __future__ import annotations

import os

from planwriter.app.linked import outside_hint
from planwriter.app.session import Session
from planwriter.clauses.stack import LibraryStack
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.model import Outline, Text
from planwriter.outline.values import read_texts
from planwriter.plan.compose.compose import ClauseLookup
from planwriter.start.typing import TYPE_CHECKING
from planwriter.system.watch import is_file
from planwriter.system.workspace import LOCK_FILE

if TYPE_CHECKING:
    from planwriter.clauses.library import Library
    from planwriter.sharing.lock import Locked


def outline_libraries(session: Session, outline: Outline, folder: str) -> Result[LibraryStack]:
    """The libraries of an outline in `folder`, highest priority first; the built-in one is last, opened when needed."""
    named = _named_libraries(session, outline.libraries, folder)
    return Result(LibraryStack(named.value, last=session.built_in, memo=session.memo), named.findings)


def clause_lookup(stack: LibraryStack) -> ClauseLookup:
    """The lookup of clauses in these libraries, for composing."""
    return ClauseLookup(
        find=stack.find,
        identifiers=stack.identifiers,
        all=stack.clauses,
        repealed=stack.repealed,
        unread=stack.unread,
        shelf=stack.shelf,
        is_sound=stack.is_sound,
    )


def workspace_libraries(session: Session) -> Result[tuple[Library, ...]]:
    """The libraries of a workspace, highest priority first, the built-in one last.

    The findings are on the workspace file, the lock and the installed libraries.
    """
    named = _named_libraries(session, library_names(session), "")
    return Result((*named.value, session.built_in()), (*session.settings.findings, *named.findings))


def not_found(libraries: Result[tuple[Library, ...]], identifier: str, command: str) -> tuple[Finding, ...]:
    """The findings for a clause that none of the libraries has; what a damaged library may have is not said to be missing."""
    from planwriter.clauses.stack import near_clause

    stack = LibraryStack(libraries.value)
    if libraries.findings and stack.unread(identifier):
        return libraries.findings
    advice = near_clause(identifier, stack.identifiers())
    return (*libraries.findings, finding("PW301", Pos(command), clause=identifier, advice=advice))


def library_names(session: Session) -> tuple[Text, ...]:
    """The names under 库 in the workspace file."""
    return read_texts(session.settings.defaults.nodes.get("libraries"), "库").value


def _named_libraries(session: Session, names: tuple[Text, ...], folder: str) -> Result[tuple[Library, ...]]:
    """The libraries that 库 names, by folder or package; without 库, all installed ones."""
    installed = session.installed()
    if not names and not installed.findings:
        return Result(tuple(library for _, library in installed.value))
    from planwriter.clauses.library import BUILT_IN, BUILT_IN_FOLDER, Library

    findings = list(installed.findings)
    unknown = bool(findings) and not installed.value  # the lock cannot be read: the installed libraries are unknown
    named: list[Library] = [Library(LOCK_FILE, lost=True)] if unknown else []
    named += [] if names else [library for _, library in installed.value]
    for name in names:
        at = _library_folder(name, folder, session.folder)
        if name.value in (BUILT_IN, BUILT_IN_FOLDER):
            continue
        if at is not None:
            findings += outside_hint(folder or session.folder, name, os.path.abspath(at))
            named.append(session.library(at, name.value))
            continue
        library, told = _installed_library(name, installed.value) if not unknown else (None, None)
        named += [library] if library else []
        findings += [told] if told else []
    return Result(tuple(named), tuple(findings))


def _installed_library(
    name: Text, installed: tuple[tuple[Locked, Library], ...]
) -> tuple[Library | None, Finding | None]:
    """The installed library that 库 names as NAME or NAME@^1.2, or a finding if none fits."""
    from planwriter.clauses.library import BUILT_IN
    from planwriter.language.versions import parse_version, parse_wanted

    wanted = parse_wanted(name.value)
    found = next((each for each in installed if wanted and each[0].name == wanted[0]), None)
    place = name.origin or Pos(BUILT_IN)
    if found is None and "@" not in name.value:
        return None, finding(
            "PW302", place, library=name.value, reason="没有这个文件夹，里面没有 library.yaml，也没有装过这个名字的库"
        )
    if found is None or wanted is None:
        reason = "这里没有装过它" if wanted else "“@”后面不是版本的要求"
        return None, finding(
            "PW328",
            place,
            wanted=name.value,
            reason=reason,
            advice="planwriter library install 来源；要求写成 名称@^1.2。",
        )
    version = parse_version(found[0].version)
    if version is None or not wanted[1].allows(version):
        advice = f"planwriter library update {found[0].name}；或者改“库”里的要求。"
        return found[1], finding("PW328", place, wanted=name.value, reason=f"装的是 {found[0].version}", advice=advice)
    return found[1], None


def _library_folder(name: Text, *folders: str) -> str | None:
    """The folder of a library named in an outline, relative to the first of these folders that has it; None if none has."""
    from planwriter.clauses.library import MANIFEST_FILE

    for base in folders:
        candidate = os.path.join(base, name.value)
        if is_file(os.path.join(candidate, MANIFEST_FILE)):
            return candidate
    return None
