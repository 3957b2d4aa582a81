"""Findings as people and programs read them: the one module that draws them and chooses the exit code."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from planwriter.findings.characters import UNSHOWN, escaped
from planwriter.findings.finding import Finding, Pos, Severity
from planwriter.start.records import replace

EXIT_FINE, EXIT_ERRORS, EXIT_USAGE, EXIT_STRICT, EXIT_DISK, EXIT_FAULT = range(6)
_DISK_CODES = frozenset(("PW101", "PW339", "PW801", "PW802", "PW803", "PW804", "PW805", "PW806", "PW807", "PW811"))
MAX_SHOWN_LINE = 76
FIXABLE = "〔fix 可改〕"
"""Follows a finding that `planwriter fix` can deal with."""
_ANSI = {Severity.ERROR: "\033[31m", Severity.WARNING: "\033[33m", Severity.HINT: "\033[36m"}


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in the order of their places, each once."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda each: (each.pos, each.code, each.message)))


def soften(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of a draft: errors that only say what is unfinished become warnings."""
    return tuple(replace(each, severity=Severity.WARNING) if each.softens else each for each in findings)


def exit_code(findings: Iterable[Finding], *, strict: bool = False) -> int:
    """Returns 0 if all is fine, 1 for errors, 3 for warnings under --strict, 4 for a failed read or write, 5 for our own fault."""
    findings = list(findings)
    errors = [each for each in findings if each.severity is Severity.ERROR]
    if any(each.code.startswith("PW9") for each in errors):
        return EXIT_FAULT
    if any(each.code in _DISK_CODES for each in errors):
        return EXIT_DISK
    if errors:
        return EXIT_ERRORS
    return EXIT_STRICT if strict and any(each.severity is Severity.WARNING for each in findings) else EXIT_FINE


def width(text: str) -> int:
    """The columns a text takes on a terminal: a wide character takes two."""
    return sum(
        2 if unicodedata.east_asian_width(mark) in "WF" else 0 if unicodedata.combining(mark) else 1 for mark in text
    )


def format_human(findings: Iterable[Finding], *, color: bool = False) -> str:
    """The findings with the author's line, a caret under the place, and the hint; one that several share follows the last."""
    shown: list[str] = []
    alike = 0
    rest = [*findings]
    for number, each in enumerate(rest, 1):
        alike += 1
        following = rest[number] if number < len(rest) else None
        repeats = (
            following is not None and each.hint != "" and (each.code, each.hint) == (following.code, following.hint)
        )
        hint = "" if repeats else f"办法（这 {alike} 处一样）" if alike > 1 else "办法"
        shown.append(_human(each, color, hint))
        alike = alike if repeats else 0
    return "\n".join(shown)


def _human(each: Finding, color: bool, hint: str) -> str:
    start, end = (_ANSI[each.severity], "\033[0m") if color else ("", "")
    lines = [f"{start}{each.severity.word}{end} {place(each.pos)} [{each.code}] {_message(each)}"]
    lines += [] if each.pos.cell else _excerpt(each)
    if each.hint and hint:
        lines.append(f"    {hint}：{escaped(each.hint)}")
    lines += [f"    另见：{place(pos)} {escaped(note)}" for pos, note in each.related]
    return "\n".join(lines) + "\n"


def _message(each: Finding) -> str:
    return escaped(each.message) + (FIXABLE if each.remedy else "")


def _excerpt(each: Finding) -> list[str]:
    """The line of the place, cut to what fits around the column, and a caret under it."""
    if each.source is None or not 1 <= each.pos.line <= len(each.source.lines):
        return []
    line = each.source.lines[each.pos.line - 1].replace("\t", " ").rstrip()
    if not line.strip():
        return []
    column = min(max(each.pos.column - 1, 0), len(line))
    start = max(0, column - MAX_SHOWN_LINE)  # a line may be very long
    line = line[: column + 2 * MAX_SHOWN_LINE]
    if width(line[start:column]) > MAX_SHOWN_LINE // 2:
        while width(line[start:column]) > MAX_SHOWN_LINE // 2:
            start += 1
    shown = ("…" if start else "") + line[start:]
    end = len(shown)
    while width(shown[:end]) > MAX_SHOWN_LINE:
        end -= max(1, (width(shown[:end]) - MAX_SHOWN_LINE) // 2)
    cut = shown[:end] + ("…" if end < len(shown) else "")
    caret = width(_printable(shown[: column - start + (1 if start else 0)]))
    number = f"{each.pos.line:>5}"
    return [f"{number} | {_printable(cut)}", f"{'':>5} | {' ' * caret}^"]


def _printable(text: str) -> str:
    """A piece of a line as it is shown; an invisible character that is no danger is marked by one that can be seen."""
    return "".join(mark if mark.isprintable() or mark == "\u3000" else "\ufffd" for mark in escaped(text))


def place(pos: Pos) -> str:
    """Returns file:line:column as editors take it, or file:cell if the file is a workbook."""
    file = escaped(pos.file)
    if pos.cell:
        return f"{file}:{pos.cell}"
    if not pos.line:
        return file
    return f"{file}:{pos.line}:{pos.column}" if pos.column else f"{file}:{pos.line}"


def format_short(findings: Iterable[Finding]) -> str:
    """The findings, one line each."""
    return "".join(f"{place(each.pos)}: {each.severity.word} {each.code} {_message(each)}\n" for each in findings)


def format_json(findings: Iterable[Finding]) -> str:
    """The findings as a JSON list."""
    import json

    text = json.dumps([_record(each) for each in findings], ensure_ascii=False, indent=2)
    return UNSHOWN.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n"


def _record(each: Finding) -> dict[str, object]:
    return {
        "code": each.code,
        "severity": each.severity.name.lower(),
        "file": each.pos.file,
        "line": each.pos.line,
        "column": each.pos.column,
        "message": each.message,
        "hint": each.hint,
        "fixable": bool(each.remedy),
        "related": [
            {"file": pos.file, "line": pos.line, "column": pos.column, "note": note} for pos, note in each.related
        ],
    }


def summary(findings: Iterable[Finding]) -> str:
    """A sentence that says how many findings of each severity there are."""
    counts: dict[Severity, int] = {}
    for each in findings:
        counts[each.severity] = counts.get(each.severity, 0) + 1
    if not counts:
        return "没有发现问题。"
    return "、".join(f"{counts[severity]} 个{severity.word}" for severity in sorted(counts, reverse=True)) + "。"
