"""The slips that writers make in YAML, each found, explained, and mended in memory so that reading can go on."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from planwriter.diagnostics import MAX_FINDINGS, Finding, Pos, Result, Source, Span
from planwriter.messages import finding, make_finding

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u0084\u0086-\u009f"  # controls
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"  # invisible: soft hyphens, zero widths, directions
    "\ue000\ufffe\uffff\ud800-\udfff]"  # LOST_KEY; no characters at all
)
_OTHER_LINE_ENDS = "\x85\u2028\u2029"
_BLOCK_SCALAR = re.compile(r"(?:^|[:\-]\s+)[|>][+\-0-9]*\s*(?:#.*)?$")
_HEAD = re.compile(
    r"(?P<indent>\s*)(?P<dashes>(?:-\s+)*)"
    r"(?:(?P<key>[^\s'\"#\[\]{},:：&*!|>%@`-][^:：'\"\[\]{}]{0,40}?)(?P<colon>[:：])(?P<gap>\s*))?"
)
_DASH = re.compile(r"\s*(?P<dash>-(?=[^\s-])|[－—–−﹣•·●]\s*)(?P<key>[^\s:：]{1,12})[:：]")
_NO_COLON = re.compile(r"(?P<lead>\s*(?:-\s+)*)(?P<key>[^\s:：;；=＝]{1,12})(?P<mark>\s*[;；=＝])?(?P<gap>\s*)(?=[^\s:：#])")
_FLOW_COLON = re.compile(r"(?<=[{,，])(\s*)([^\s{}\[\],，:：]{1,12})：")
_FLOW_HOLE = re.compile(r"[:\[,]\s+(?P<hole>\{\{[^{}]*\}\}[^,{}\[\]]*)")
_FLOW_COMMA = re.compile(r"，(?=\s*[^\s{}\[\],，:：]{1,12}[:：])")
_LIST_COMMA = re.compile(r"，(?=[^\[\]#]*\])")
_WIDE_BRACKETS = re.compile(r"［.*］|｛.*｝")
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"")
_LISTS_OF_NAMES = frozenset(("责任单位", "配合单位", "起止", "附件", "标签"))
_INDENT_NAMES = {"\t": " Tab 键", "\u3000": "全角空格", "\u00a0": "不间断空格"}
MAX_CONTROLS = 20
LOST_KEY = "\ue000"
"""A key, of private use, that stands in a mapping for what could not be read of it."""


def mend(text: str, name: str, known_keys: frozenset[str]) -> Result[Source]:
    """The text with the common slips mended, as a source that still gives the author's lines and columns."""
    for mark in _OTHER_LINE_ENDS:
        text = text.replace(mark, " ")
    findings: list[Finding] = []
    typed = Source(name, text)
    if _CONTROL.search(text):
        for match in list(_CONTROL.finditer(text))[:MAX_CONTROLS]:
            findings.append(finding("PW112", Span(typed, match.start(), match.end()), code=ord(match.group())))
        text = _CONTROL.sub(" ", text)
    out: list[str] = []
    inserted: list[int] = []
    removed: list[int] = []
    at = 0
    state = _State(known_keys, text.split("\n"))
    for number, raw in enumerate(state.lines, 1):
        if raw and not state.inside_block_scalar(raw):
            line = _Line(raw)
            state.number = number
            if number <= state.quoted_to:
                _quote_on(line, state)
            else:
                _mend_line(line, state)
                state.remember(line.text)
            for code, column, values in line.codes:
                findings.append(make_finding(code, Pos(name, number, column + 1), values, source=typed))
            inserted += (at + column for column in line.inserted)
            removed += (at + column for column in line.removed)
            raw = line.text
            if len(findings) > MAX_FINDINGS:
                break
        out.append(raw)
        at += len(raw) + 1
    source = Source(name, "\n".join(out), original=typed.text, inserted=tuple(inserted), removed=tuple(removed))
    return Result(source, tuple(findings))


class _Line:
    """A line being mended: its text, where that differs in length from what was typed, and what was found."""

    __slots__ = ("codes", "inserted", "removed", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.inserted: list[int] = []
        self.removed: list[int] = []
        self.codes: list[tuple[str, int, dict[str, object]]] = []

    def note(self, code: str, column: int, **values: object) -> None:
        """Adds a finding at a column of the text as it is now."""
        before = sum(1 for at in self.inserted if at < column)
        gone = sum(1 for at in self.removed if at <= column)
        self.codes.append((code, column - before + gone, values))

    def replace(self, start: int, end: int, new: str) -> None:
        """Puts `new` in the place of the characters from `start` to before `end`."""
        more = len(new) - (end - start)
        self.inserted = [at + more if at >= end else at for at in self.inserted]
        self.removed = [at + more if at >= end else at for at in self.removed]
        self.inserted += range(end, start + len(new))
        self.removed += [start + len(new)] * -more
        self.text = self.text[:start] + new + self.text[end:]

    def quote(self, start: int) -> None:
        """Doubles the single quotes from `start` on."""
        marks = [at for at, mark in enumerate(self.text) if mark == "'" and at >= start]
        self.inserted = [at + bisect_left(marks, at) for at in self.inserted]
        self.removed = [at + bisect_left(marks, at) for at in self.removed]
        self.inserted += (at + nth for nth, at in enumerate(marks, 1))
        self.text = self.text[:start] + self.text[start:].replace("'", "''")


class _State:
    """What the lines before tell about the next: open block scalars, and the columns at which keys stand."""

    def __init__(self, known_keys: frozenset[str], lines: list[str]) -> None:
        self.known = known_keys
        self.lines = lines
        self.number = 0
        self.block: int | None = None
        self.columns: list[int] = []
        self.dashes: dict[str, int] = {}  # where the items of each kind (章, 条, 用 …) stood last
        self.open_end = True  # the last line ended with a colon, so keys may follow deeper
        self.indents: dict[tuple[str, str], int] = {}  # what an indent with tabs or wide spaces in it was taken for
        self.quoted_to = 0  # the number of the last line of a quoted text that runs over several
        self.closing = ""  # the quote that is to be added at its end
        self.doubling = False  # whether the quotes inside it are to be doubled

    def inside_block_scalar(self, line: str) -> bool:
        if self.block is None:
            return False
        if not line.strip() or len(line) - len(line.lstrip()) > self.block:
            return True
        self.block = None
        return False

    def remember(self, line: str) -> None:
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            return
        head = _HEAD.match(line)
        if head is None:
            return
        indent = len(head["indent"])
        column = indent + len(head["dashes"])
        if head["key"]:
            self.columns = [old for old in self.columns if old < indent] + [column]
        if head["dashes"]:
            self.dashes.pop(head["key"] or "", None)
            self.dashes[head["key"] or ""] = indent  # the last one last
        self.open_end = stripped.split(" #")[0].rstrip().endswith(":")
        if _BLOCK_SCALAR.search(line):
            self.block = indent

    def likely_indent(self, body: str) -> int:
        """Where a line begins whose own indent says nothing: deeper after an open key, else as the last of its kind."""
        last = self.columns[-1] if self.columns else 0
        head = _HEAD.match(body)
        if head is None or not head["dashes"]:
            return last + 2 if self.open_end else last
        return last + 2 if self.open_end else self.dashes.get(head["key"] or "", next(reversed(self.dashes.values()), last))

    def is_key_place(self, column: int, key: str, value: str, *, dashed: bool) -> bool:
        """True where `key` at `column` is a key, not the beginning of a text; `value` is what stands after it."""
        if dashed:
            return key in self.known
        opens = self.open_end and (key in self.known or value.lstrip().startswith("{"))
        return column in self.columns or column == 0 or opens

    def end_of_text(self, column: int) -> int:
        """The number of the last line of a text that begins on this one: those after it that stand deeper than `column`."""
        last = self.number
        for number in range(self.number, len(self.lines)):
            stripped = self.lines[number].lstrip()
            if stripped and (len(self.lines[number]) - len(stripped) <= column or stripped.startswith("#")):
                break
            last = number + 1 if stripped else last
        return last

    def end_of_quote(self, column: int, quote: str) -> int:
        """The number of the line that closes a quote opened on this one; 0 where an entry comes first."""
        for number in range(self.number, len(self.lines)):
            line = self.lines[number]
            head = _HEAD.match(line)
            entry = head is not None and (head["dashes"] or (head["key"] and head["gap"] + head["colon"] != ":"))
            if entry and head is not None and len(head["indent"]) <= column:
                return 0
            if quote in line:
                return number + 1
        return 0

    def end_of_brackets(self, text: str, column: int) -> int:
        """The number of the line that closes the brackets that `text` opens on this one; 0 where an entry comes first."""
        lines, size = [text], 0
        for number in range(self.number, len(self.lines)):
            line = self.lines[number]
            size += len(line)
            if size > MAX_BRACKETS:
                return self.number + len(lines) - 1  # too much to look through: the parser will tell
            stripped = line.lstrip()
            if stripped and len(line) - len(stripped) <= column and stripped[0] not in "]}":
                break
            lines.append(line)
        whole = "\n".join(lines)
        closed = _scan(whole, 0).closed
        return 0 if closed is None else self.number + whole.count("\n", 0, closed)


MAX_BRACKETS = 50_000
"""How many characters are looked through for the end of brackets."""


def _mend_line(line: _Line, state: _State) -> None:
    if line.text[0] in "\t\u3000\u00a0 ":
        _mend_indent(line, state)
        _mend_first(line, state)
    if line.text.lstrip().startswith("#"):
        return
    _mend_dash(line, state)
    _mend_no_colon(line, state)
    head = _HEAD.match(line.text)
    if head is None:
        return
    if head["key"]:
        value_at = _mend_colon(line, head, state)
        if value_at is not None:
            _mend_value(line, value_at, head["key"].strip(), head.start("key"), state)
    elif head["dashes"]:
        _mend_value(line, head.end(), "", len(head["indent"]), state)
    elif head["indent"] and state.open_end and state.columns:
        _mend_value(line, head.end(), "", state.columns[-1], state)


def _mend_indent(line: _Line, state: _State) -> None:
    body = line.text.lstrip(" \t\u3000\u00a0")
    lead = line.text[: len(line.text) - len(body)]
    odd = next((mark for mark in lead if mark != " "), None)
    if odd is None or not body:
        return
    line.note("PW107", lead.index(odd), what=_INDENT_NAMES[odd])
    key = (lead, body[:3] if body.startswith("- ") else "")
    line.replace(0, len(lead), " " * state.indents.setdefault(key, state.likely_indent(body)))


def _mend_first(line: _Line, state: _State) -> None:
    """The first line of all, where it stands deeper than others: YAML would take every other line for another document."""
    indent = len(line.text) - len(line.text.lstrip())
    head = _HEAD.match(line.text)
    if state.columns or not indent or head is None or not head["key"]:
        return
    if any(each[:1] not in ("", " ", "#", "\t") for each in state.lines[state.number :]):
        line.note("PW105", indent, reason="最外层的键前面有空格", advice="删去这一行开头的空格。")
        line.replace(0, indent, "")


def _mend_dash(line: _Line, state: _State) -> None:
    """A dash of a list without its space (-条: 标题), or of another kind (－ 条: 标题, • 条: 标题)."""
    match = _DASH.match(line.text)
    if match is None or match["key"] not in state.known:
        return
    if match["dash"] == "-":
        line.note("PW113", match.start("dash"), key="-" + match["key"], after="减号")
    else:
        reason, advice = f"“{match['dash'].strip()}”不是列表的记号", f"改成半角减号加一个空格：- {match['key']}: ……"
        line.note("PW105", match.start("dash"), reason=reason, advice=advice)
    line.replace(match.start("dash"), match.end("dash"), "- ")


def _mend_no_colon(line: _Line, state: _State) -> None:
    """A key of the format without its colon: 地区 青山县, 地区；青山县."""
    match = _NO_COLON.match(line.text)
    if match is None or not (match["mark"] or match["gap"]):
        return
    if match["key"] not in state.known and line.text[match.end()] != "{":
        return
    lead = match["lead"]
    if not state.is_key_place(len(lead), match["key"], line.text[match.end() :], dashed="-" in lead):
        return
    reason, advice = f"“{match['key']}”后面没有半角冒号", f"写成 {match['key']}: ……，冒号后面空一格。"
    line.note("PW105", match.start("key"), reason=reason, advice=advice)
    line.replace(match.end("key"), match.end() - len(match["gap"]), ":")
    if not match["gap"]:
        line.replace(match.end("key") + 1, match.end("key") + 1, " ")


def _mend_colon(line: _Line, head: re.Match[str], state: _State) -> int | None:
    """Puts a sound colon after a key; gives where the value begins, None where the line has no key."""
    key, at = head["key"].strip(), head.start("colon")
    place = state.is_key_place(head.start("key"), key, line.text[at + 1 :], dashed=bool(head["dashes"]))
    if head["colon"] == "：":
        if not place or re.search(r":\s", line.text[:at]):
            return None
        line.note("PW106", at, key=key)
    elif line.text[at + 1 : at + 2] in ("", " ", "\t"):
        return head.end()
    elif not place or key.isascii():
        return None
    else:
        line.note("PW113", at, key=key, after="冒号")
    line.replace(at, head.end(), ":" + " " * max(len(head["gap"]), 1))
    return at + 1 + max(len(head["gap"]), 1)


def _mend_value(line: _Line, at: int, key: str, column: int, state: _State) -> None:
    """A value that YAML would take for something else than the text that was meant is put in quotes.

    `key` is empty where the value stands in a list or on a line of its own; its text may go on over lines deeper than
    `column`.
    """
    value = line.text[at:].rstrip()
    if not value:
        return
    if _WIDE_BRACKETS.fullmatch(value):
        _mend_wide(line, at, len(value))
        return
    if value[0] in "'\"" and not _QUOTED.match(value):
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
        line.note("PW108", at, start=start)
    elif key and value[0] not in "'\"|>&*!#" and not value.startswith("- ") and re.search(r":(?:\s|$)", re.split(r"\s#", value)[0]):
        colon = re.search(r":(?:\s|$)", value)
        line.note("PW117", at + (colon.start() if colon else 0))
    else:
        return
    line.quote(at)
    line.replace(at, at, "'")
    _close(line, state.end_of_text(column), "'", state, doubling=True)


def _mend_quote(line: _Line, at: int, column: int, state: _State) -> None:
    """A quote that is not closed on its line: further down, or nowhere."""
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
    return value.endswith("}") and value.count("}") > value.count("{") and re.match(r"[^\s:{}]{1,12}: ", value) is not None


def _mend_open(line: _Line, at: int, column: int, state: _State) -> None:
    """Brackets and quotes that are not closed on their line: further down, or nowhere."""
    ends = _scan(line.text, at)
    if ends.closed is not None:
        return
    last = state.end_of_brackets(line.text[at:], column)
    if last:
        _close(line, last, "", state, doubling=False)
        return
    if ends.quote is not None:
        line.note("PW105", ends.quote, reason="引号没有收尾", advice="在这段文字的末尾补上引号；文字里的引号用中文引号“”。")
        stop = re.compile(r"\s*(?:[,}\]]|$)").search(line.text, ends.quote)
        end = stop.start() if stop else len(line.text)
        line.replace(end, end, line.text[ends.quote])
        ends = _scan(line.text, at)
    else:
        line.note("PW105", ends.open[-1], reason="括号没有配对", advice="在末尾补上括号；括号都要用半角。")
        if line.text[at] == "{":  # which of its keys stand inside which brackets, nobody knows
            line.replace(at, len(line.text), f"{{{LOST_KEY}: }}")
            return
    closers = "".join(_CLOSERS.get(line.text[index], "") for index in reversed(ends.open))
    line.replace(len(line.text), len(line.text), closers)


_CLOSERS = {"[": "]", "{": "}"}


class _Ends(NamedTuple):
    """How brackets that begin somewhere end: where, or else the quote and the brackets that stay open."""

    closed: int | None
    quote: int | None
    open: tuple[int, ...]


def _scan(text: str, at: int) -> _Ends:
    """Follows the brackets that open at `at`; quotes count only where a value can begin."""
    stack: list[int] = []
    before = ""  # the last mark that is no space
    while at < len(text):
        mark = text[at]
        if mark in "'\"" and before in "[{,:":
            quoted = _QUOTED.match(text, at)
            if quoted is None:
                return _Ends(None, at, tuple(stack))
            at = quoted.end() - 1
        elif mark in "[{":
            stack.append(at)
        elif mark in "]}" and stack:
            stack.pop()
            if not stack:
                return _Ends(at, None, ())
        elif mark == "#" and text[at - 1 : at].isspace():
            at = text.find("\n", at)
            if at < 0:
                break
        before = before if mark.isspace() else mark
        at += 1
    return _Ends(None, None, tuple(stack))


def _close(line: _Line, last: int, quote: str, state: _State, *, doubling: bool) -> None:
    """Closes a quote at the end of the line, or leaves it to line `last`."""
    if last == state.number:
        line.replace(len(line.text), len(line.text), quote)
        return
    state.quoted_to, state.closing, state.doubling = last, quote, doubling


def _quote_on(line: _Line, state: _State) -> None:
    """A further line of a quoted text."""
    if state.doubling:
        line.quote(0)
    if state.number == state.quoted_to:
        line.replace(len(line.text), len(line.text), state.closing)


def _odd_start(value: str) -> str | None:
    """The characters that make YAML take `value` for something else than the text that was meant; None if it is sound."""
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
        end = _QUOTED.match(value)
        return first if end and re.match(r"\s*[^\s#]", value[end.end() :]) else None
    if first == "[":
        end_at = value.find("]")
        depth = value[: end_at + 1].count("[") - 1
        return "[" if end_at > 0 and not depth and re.match(r"\s*[^\s#\],}]", value[end_at + 1 :]) else None
    return None


def _mend_flow(line: _Line, at: int, key: str, state: _State) -> None:
    """Full-width commas and colons that stand for YAML's own inside { } and [ ] on one line."""
    if key in _LISTS_OF_NAMES and line.text[at] == "[":
        _mend_marks(line, at, _LIST_COMMA, "PW118", state)
    if line.text[at] == "{":
        _mend_holes(line, at)
        _mend_marks(line, at, _FLOW_COMMA, "PW118", state)
        _mend_marks(line, at, _FLOW_COLON, "PW106", state)


def _mend_holes(line: _Line, at: int) -> None:
    """Holes that stand in { } without quotes: {人数: {{ 指标.招聘教师.数 }}}."""
    while match := _FLOW_HOLE.search(line.text, at):
        line.note("PW108", match.start("hole"), start="{{")
        hole = match["hole"].rstrip().strip("'\"").replace("'", '"')
        line.replace(match.start("hole"), match.end("hole"), f"'{hole}'")
        at = match.end("hole")


def _mend_marks(line: _Line, at: int, pattern: re.Pattern[str], code: str, state: _State) -> None:
    while match := pattern.search(line.text, at):
        at = match.end()
        if code == "PW118":
            line.note(code, match.start(), mark="，", half=", ")
            line.replace(match.start(), match.start() + 1, ", ")
        elif match[2] in state.known:
            line.note(code, match.end() - 1, key=match[2])
            line.replace(match.end() - 1, match.end(), ": ")


def _mend_wide(line: _Line, at: int, length: int) -> None:
    """A list or mapping in full-width brackets, its commas and colons full-width too: ［学前教育股，计财股］."""
    line.note("PW118", at, mark=line.text[at], half={"［": "[", "｛": "{"}[line.text[at]])
    for index in range(at + length - 1, at - 1, -1):
        half = {"［": "[", "］": "]", "｛": "{", "｝": "}", "，": ", ", "：": ": "}.get(line.text[index])
        if half:
            line.replace(index, index + 1, half)
