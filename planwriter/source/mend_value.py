"""Values that YAML would misread: they are put in quotes, and their brackets and marks are mended."""

from __future__ import annotations

import re

from planwriter.findings.catalogue import quoting
from planwriter.source.mend_line import LOST_KEY, QUOTED, MendedLine, State, scan
from planwriter.start.patterns import regex

_FLOW_COLON = regex(r"(?<=[{,，])(\s*)([^\s{}\[\],，:：]{1,12})：")
_FLOW_HOLE = regex(r"[:\[,]\s+(?P<hole>\{\{[^{}]*\}\}[^,{}\[\]]*)")
_FLOW_COMMA = regex(r"，(?=\s*[^\s{}\[\],，:：]{1,12}[:：])")
_LIST_COMMA = regex(r"，(?=[^\[\]#]*\])")
_WIDE_BRACKETS = regex(r"［.*］|｛.*｝")
_LISTS_OF_NAMES = frozenset(
    ("责任单位", "配合单位", "起止", "附件", "标签", "依据", "库", "发文机关", "签发人", "主送", "署名", "抄送")
)
_CLOSERS = {"[": "]", "{": "}"}


def mend_value(line: MendedLine, at: int, key: str, column: int, state: State) -> None:
    """Puts a value in quotes if YAML would misread it.

    `key` is empty if the value stands in a list or on a line of its own. Its text may go on over lines indented more than
    `column`.
    """
    value = line.text[at:].rstrip()
    if not value:
        return
    if _WIDE_BRACKETS.fullmatch(value):
        _mend_wide(line, at, len(value))
        return
    if value[0] in "'\"" and not QUOTED.match(value):
        _mend_quote(line, at, column, state)
        return
    start = _odd_start(value)
    if start is None and value[0] in "[{":
        _mend_flow(line, at, key, state)
        _mend_open(line, at, column, state)
        return
    if start is None and _lacks_opening(value, key):
        bracket = "[" if value.endswith("]") else "{"
        line.note("PW105", at, reason="括号没有配对", advice=f"在这里补上“{bracket}”。")
        line.replace(at, at, bracket)
        return
    if start is not None:
        line.note("PW108", at, start=start, advice=quoting(start))
    elif (
        key
        and value[0] not in "'\"|>&*!#"
        and not value.startswith("- ")
        and re.search(r":(?:\s|$)", re.split(r"\s#", value)[0])
    ):
        colon = re.search(r":(?:\s|$)", value)
        line.note("PW117", at + (colon.start() if colon else 0))
    else:
        return
    line.quote(at)
    line.replace(at, at, "'")
    _close(line, state.end_of_text(column), "'", state, doubling=True)


def _mend_quote(line: MendedLine, at: int, column: int, state: State) -> None:
    """A quote that is not closed on its line: it is closed further down, or never."""
    quote = line.text[at]
    last = state.end_of_quote(column, quote)
    if last:
        _close(line, last, "", state, doubling=False)
        return
    line.note("PW105", at, reason="引号没有收尾", advice="在这段文字的末尾补上引号；文字里的引号用中文引号“”。")
    _close(line, state.end_of_text(column), quote, state, doubling=False)


def _lacks_opening(value: str, key: str) -> bool:
    """True for a list of names or a mapping whose first bracket is missing: 学前教育股, 计财股]."""
    if value.endswith("]"):
        return key in _LISTS_OF_NAMES and "[" not in value
    return (
        value.endswith("}") and value.count("}") > value.count("{") and re.match(r"[^\s:{}]{1,12}: ", value) is not None
    )


def _mend_open(line: MendedLine, at: int, column: int, state: State) -> None:
    """Brackets and quotes that are not closed on their line: they are closed further down, or never."""
    ends = scan(line.text, at)
    if ends.closed is not None:
        return
    last = state.end_of_brackets(line.text[at:], column)
    if last:
        _close(line, last, "", state, doubling=False)
        return
    if ends.quote is not None:
        line.note(
            "PW105", ends.quote, reason="引号没有收尾", advice="在这段文字的末尾补上引号；文字里的引号用中文引号“”。"
        )
        stop = re.compile(r"\s*(?:[,}\]]|$)").search(line.text, ends.quote)
        end = stop.start() if stop else len(line.text)
        line.replace(end, end, line.text[ends.quote])
        ends = scan(line.text, at)
    else:
        line.note("PW105", ends.open[-1], reason="括号没有配对", advice="在末尾补上括号；括号都要用半角。")
        if line.text[at] == "{":  # it is not known which of its keys stand inside which brackets
            line.replace(at, len(line.text), f"{{{LOST_KEY}: }}")
            return
    closers = "".join(_CLOSERS.get(line.text[index], "") for index in reversed(ends.open))
    line.replace(len(line.text), len(line.text), closers)


def _close(line: MendedLine, last: int, quote: str, state: State, *, doubling: bool) -> None:
    """Closes a quote at the end of the line, or leaves it to line `last`."""
    if last == state.number:
        line.replace(len(line.text), len(line.text), quote)
        return
    state.quoted_to, state.closing, state.doubling = last, quote, doubling


def _odd_start(value: str) -> str | None:
    """The characters because of which YAML would misread `value`; None if there are none."""
    first = value[0]
    if value.startswith("{{"):
        return "{{"
    if first in "%@`":
        return first
    if first in "*&":
        return None if re.fullmatch(r"[*&][A-Za-z0-9_\-]+(\s.*)?", value) else first
    if first in "|>":
        return None if re.fullmatch(r"[|>][+\-0-9]*\s*(?:#.*)?", value) else first
    if first == "!":
        return None if value.split()[0].isascii() else first
    if first == "?":
        return first if value[1:2] == " " else None
    if first in "'\"":
        end = QUOTED.match(value)
        return first if end and re.match(r"\s*[^\s#]", value[end.end() :]) else None
    if first == "[":
        end_at = value.find("]")
        depth = value[: end_at + 1].count("[") - 1
        return "[" if end_at > 0 and not depth and re.match(r"\s*[^\s#\],}]", value[end_at + 1 :]) else None
    return None


def _mend_flow(line: MendedLine, at: int, key: str, state: State) -> None:
    """Full-width commas and colons that stand for YAML's own inside { } and [ ] on one line."""
    if key in _LISTS_OF_NAMES and line.text[at] == "[":
        _mend_marks(line, at, _LIST_COMMA, "PW118", state)
    if line.text[at] == "{":
        _mend_holes(line, at)
        _mend_marks(line, at, _FLOW_COMMA, "PW118", state)
        _mend_marks(line, at, _FLOW_COLON, "PW106", state)


def _mend_holes(line: MendedLine, at: int) -> None:
    """Holes that stand in { } without quotes: {人数: {{ 指标.招聘教师.数 }}}."""
    while match := _FLOW_HOLE.search(line.text, at):
        line.note("PW108", match.start("hole"), start="{{", advice=quoting("{{"))
        hole = match["hole"].rstrip().strip("'\"").replace("'", '"')
        line.replace(match.start("hole"), match.end("hole"), f"'{hole}'")
        at = match.end("hole")


def _mend_marks(line: MendedLine, at: int, pattern: re.Pattern[str], code: str, state: State) -> None:
    while match := pattern.search(line.text, at):
        at = match.end()
        if code == "PW118":
            line.note(code, match.start(), mark="，", half=", ")
            line.replace(match.start(), match.start() + 1, ", ")
        elif match[2] in state.known:
            line.note(code, match.end() - 1, key=match[2])
            line.replace(match.end() - 1, match.end(), ": ")


def _mend_wide(line: MendedLine, at: int, length: int) -> None:
    """A list or mapping in full-width brackets, its commas and colons full-width too: ［学前教育股，计财股］."""
    line.note("PW118", at, mark=line.text[at], half={"［": "[", "｛": "{"}[line.text[at]])
    for index in range(at + length - 1, at - 1, -1):
        half = {"［": "[", "］": "]", "｛": "{", "｝": "}", "，": ", ", "：": ": "}.get(line.text[index])
        if half:
            line.replace(index, index + 1, half)
