"""The slips that writers make in YAML, each found, explained, and mended in memory so that reading can go on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planwriter.diagnostics import Finding, Pos, Result, Source, Span
from planwriter.messages import finding, make_finding

if TYPE_CHECKING:
    from yaml.error import MarkedYAMLError

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u0084\u0086-\u009f\ufeff\ufffe\uffff\ud800-\udfff]")
_OTHER_LINE_ENDS = str.maketrans({"\x85": " ", "\u2028": " ", "\u2029": " "})
_BLOCK_SCALAR = re.compile(r"(?:^|[:\-]\s+)[|>][+\-0-9]*\s*(?:#.*)?$")
_HEAD = re.compile(
    r"(?P<indent>\s*)(?P<dashes>(?:-\s+)*)"
    r"(?:(?P<key>[^\s'\"#\[\]{},:：&*!|>%@`-][^:：'\"\[\]{}]{0,40}?)(?P<colon>[:：])(?P<gap>\s*))?"
)
_FLOW_COLON = re.compile(r"(?<=[{,，])(\s*)([^\s{}\[\],，:：]{1,12})：")
_FLOW_COMMA = re.compile(r"，(?=\s*[^\s{}\[\],，:：]{1,12}[:：])")
_INDENT_NAMES = {"\t": " Tab 键", "\u3000": "全角空格", "\u00a0": "不间断空格"}
_PROBLEMS = (
    ("mapping values are not allowed", "文字里有半角冒号加空格", "把冒号改成全角“：”，或给整段文字加引号。"),
    ("could not find expected ':'", "这一行像是“键: 值”，却缺了冒号", "在键后面加半角冒号和空格；若是上一行文字的接续，把它缩进到那段文字下面。"),
    ("did not find expected '-' indicator", "列表的缩进对不齐", "同一级的“- ”要对齐在同一列。"),
    ("did not find expected key", "缩进对不齐，或引号、括号没有配对", "同一级的键要对齐在同一列；检查上一行的引号和括号。"),
    ("block sequence entries are not allowed", "“- ”不能写在这里", "另起一行写“- ”，并比上一级多缩进两格。"),
    ("found unexpected end of stream", "引号没有收尾", "在这段文字的末尾补上引号。"),
    ("did not find expected ',' or", "方括号或花括号没有配对，或缺了逗号", "检查括号和逗号，都要用半角。"),
    ("found character that cannot start any token", "文字以 @、` 或 % 之类的记号开头", "给整段文字加上英文引号。"),
    ("found unknown escape character", "双引号里的反斜杠写法不对", "改用单引号，或把 \\ 写成 \\\\。"),
    ("did not find expected node content", "这里缺内容，或括号没有配对", "检查括号、逗号和冒号。"),
)


class _Line(NamedTuple):
    text: str
    inserted: tuple[int, ...]  # columns of characters that the author did not type


def mend(text: str, name: str, known_keys: frozenset[str]) -> Result[Source]:
    """The text with the common slips mended, as a source that still gives the author's lines and columns."""
    text = text.translate(_OTHER_LINE_ENDS)
    findings: list[Finding] = []
    original = text
    if _CONTROL.search(text):
        plain = Source(name, text)
        for match in list(_CONTROL.finditer(text))[:20]:
            findings.append(finding("PW112", Span(plain, match.start(), match.end()), code=ord(match.group())))
        text = _CONTROL.sub(" ", text)
    out: list[str] = []
    inserted: list[int] = []
    at = 0
    state = _State(known_keys)
    for number, line in enumerate(text.split("\n"), 1):
        if line and not state.inside_block_scalar(line):
            mended, codes = _mend_line(line, state)
            for code, column, values in codes:
                findings.append(_with_line(make_finding(code, Pos(name, number, column + 1), values), original, name))
            inserted += [at + column for column in mended.inserted]
            state.remember(mended.text)
            line = mended.text
        out.append(line)
        at += len(line) + 1
    source = Source(name, "\n".join(out), original=original, inserted=tuple(inserted))
    return Result(source, tuple(findings))


def _with_line(made: Finding, original: str, name: str) -> Finding:
    import dataclasses

    return dataclasses.replace(made, source=Source(name, original))


class _State:
    """What the lines before tell about the next: open block scalars, and the columns at which keys stand."""

    def __init__(self, known_keys: frozenset[str]) -> None:
        self.known = known_keys
        self.block: int | None = None
        self.columns: list[int] = []
        self.open_end = True  # the last line ended with a colon, so keys may follow deeper
        self.indents: dict[str, int] = {}  # what an indent with tabs or wide spaces in it was taken for

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
        self.open_end = stripped.split(" #")[0].rstrip().endswith(":")
        if _BLOCK_SCALAR.search(line):
            self.block = indent

    def likely_indent(self) -> int:
        """Where a line begins whose own indent says nothing: deeper after an open key, else as the key before."""
        last = self.columns[-1] if self.columns else 0
        return last + 2 if self.open_end else last

    def is_key_place(self, indent: int, column: int, key: str, *, dashed: bool) -> bool:
        if dashed:
            return key in self.known
        return column in self.columns or column == 0 or (self.open_end and key in self.known)


_Codes = list[tuple[str, int, dict[str, object]]]


def _mend_line(line: str, state: _State) -> tuple[_Line, _Codes]:
    codes: _Codes = []
    inserted: list[int] = []
    if line[0] in "\t\u3000\u00a0 ":
        line = _mend_indent(line, state, codes, inserted)
    if line.lstrip().startswith("#"):
        return _Line(line, tuple(inserted)), codes
    line = _mend_dash(line, state, codes, inserted)
    head = _HEAD.match(line)
    value_at: int | None = 0
    if head and head["key"]:
        line, value_at = _mend_colon(line, head, state, codes, inserted)
    elif head:
        value_at = head.end() if head["dashes"] else None
    if head and value_at is not None:
        line = _mend_value(line, value_at, bool(head["key"]), codes, inserted, state)
    return _Line(line, tuple(inserted)), codes


def _mend_indent(line: str, state: _State, codes: _Codes, inserted: list[int]) -> str:
    body = line.lstrip(" \t\u3000\u00a0")
    lead = line[: len(line) - len(body)]
    odd = next((mark for mark in lead if mark != " "), None)
    if odd is None or not body:
        return line
    codes.append(("PW107", lead.index(odd), {"what": _INDENT_NAMES[odd]}))
    width = state.indents.setdefault(lead, state.likely_indent())
    inserted += range(len(lead), width)
    return " " * width + body


def _mend_dash(line: str, state: _State, codes: _Codes, inserted: list[int]) -> str:
    match = re.match(r"\s*-(?=[^\s-])([^\s:：]{1,12})[:：]", line)
    if match is None or match[1] not in state.known:
        return line
    at = match.start(1)
    codes.append(("PW113", at - 1, {"key": "-", "after": "减号"}))
    inserted.append(at)
    return line[:at] + " " + line[at:]


def _mend_colon(
    line: str, head: re.Match[str], state: _State, codes: _Codes, inserted: list[int]
) -> tuple[str, int | None]:
    """The line with a sound colon after its key, and where the value begins; None where the line has no key."""
    key, at = head["key"].strip(), head.start("colon")
    place = state.is_key_place(len(head["indent"]), head.start("key"), key, dashed=bool(head["dashes"]))
    if head["colon"] == "：":
        if not place or re.search(r":\s", line[:at]):
            return line, None
        codes.append(("PW106", at, {"key": key}))
    elif head["gap"] or at + 1 == len(line):
        return line, head.end()
    elif not place or key.isascii():
        return line, None
    else:
        codes.append(("PW113", at, {"key": key, "after": "冒号"}))
    rest = line[at + 1 :].lstrip()
    if head["colon"] == "：" and line[at + 1 : at + 2] == " ":
        return line[:at] + ": " + rest, at + 2
    if rest:
        inserted.append(at + 1)
    return line[:at] + ": " + rest, at + 2


def _mend_value(
    line: str, at: int, keyed: bool, codes: _Codes, inserted: list[int], state: _State
) -> str:
    value = line[at:].rstrip()
    if not value:
        return line
    start = _odd_start(value)
    if start is None and value[0] in "[{":
        return _mend_flow(line, at, codes, inserted, state)
    if start is not None:
        codes.append(("PW108", at, {"start": start}))
    elif keyed and value[0] not in "'\"|>&*!#" and re.search(r":(?:\s|$)", re.split(r"\s#", value)[0]):
        colon = re.search(r":(?:\s|$)", value)
        codes.append(("PW117", at + (colon.start() if colon else 0), {}))
    else:
        return line
    inserted.append(at)
    inserted += [at + 1 + index for index, mark in enumerate(value) if mark == "'"]
    return line[:at] + "'" + value.replace("'", "''") + "'"


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
    if first == "?":
        return first if value[1:2] == " " else None
    if first in "'\"":
        end = re.match(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"", value)
        return first if end and re.match(r"\s*[^\s#]", value[end.end() :]) else None
    if first == "[":
        end_at = value.find("]")
        depth = value[: end_at + 1].count("[") - 1
        return "[" if end_at > 0 and not depth and re.match(r"\s*[^\s#\],}]", value[end_at + 1 :]) else None
    return None


def _mend_flow(line: str, at: int, codes: _Codes, inserted: list[int], state: _State) -> str:
    """Full-width colons and commas that stand for YAML's own inside { } on one line."""
    if line[at] != "{":
        return line
    for pattern, code in ((_FLOW_COMMA, "PW118"), (_FLOW_COLON, "PW106")):
        position = at
        while match := pattern.search(line, position):
            mark = match.end() - 1 if code == "PW106" else match.start()
            key = match[2] if code == "PW106" else ""
            position = mark + 1
            if code == "PW106" and key not in state.known:
                continue
            codes.append((code, mark - sum(1 for index in inserted if index < mark), {"key": key}))
            inserted.append(mark + 1)
            line = line[:mark] + (": " if code == "PW106" else ", ") + line[mark + 1 :]
    return line


class Explained(NamedTuple):
    """A parser's complaint as a finding, and where in the source it stands."""

    value: Finding
    at: int


def explain(error: MarkedYAMLError, source: Source) -> Explained:
    """The parser's complaint in the writer's words."""
    context, problem = error.context or "", error.problem or ""
    opened = "quoted scalar" in context or "flow" in context
    mark = error.context_mark if opened and error.context_mark else (error.problem_mark or error.context_mark)
    index = min(mark.index if mark else 0, max(len(source.text) - 1, 0))
    unknown = ("", "读不懂", "检查这一行的缩进、冒号、引号和括号。")
    _, reason, advice = next((known for known in _PROBLEMS if known[0] in problem), unknown)
    if "quoted scalar" in context:
        reason, advice = "引号没有收尾，或引号后面还有文字", "补上引号；文字里的引号用中文引号“”。"
    return Explained(finding("PW105", Span(source, index, index + 1), reason=reason, advice=advice), index)


def without_block(text: str, index: int) -> tuple[str, str] | None:
    """`text` with the top-level block around `index` blanked, its line ends kept, and the key of that block.

    None where nothing else is left.
    """
    start = text.rfind("\n", 0, index) + 1
    while start and text[start : start + 1] in (" ", "\n", "#", "-", "\t"):
        start = text.rfind("\n", 0, start - 1) + 1
    end = index
    while True:
        end = text.find("\n", end)
        if end < 0:
            end = len(text)
            break
        if end + 1 < len(text) and text[end + 1] not in " \n#-\t":
            break
        end += 1
    blanked = "".join(mark if mark == "\n" else " " for mark in text[start:end])
    rest = text[:start] + blanked + text[end:]
    if not rest.strip() or not text[start:end].strip():
        return None
    return rest, text[start:end].partition(":")[0].strip()
