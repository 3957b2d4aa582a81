"""Values that YAML would misread: they are put in quotes, and their brackets and marks are mended."""

from __future__ import annotations

from planwriter.findings.catalogue import quoting
from planwriter.source.mend_hash import TITLES, note_hash, quote_in_brackets, read_below, read_plain
from planwriter.source.mend_line import LOST_KEY, QUOTED, LineRemedy, MendedLine, State, scan
from planwriter.start.patterns import re, regex

_LINES = TITLES.union(("", "文", "附注", "文本"))
"""The keys whose text may begin with a “#”; under the other ones it would be a comment on what stands below."""
_COLON = regex(r":(?:\s+|$)")
_CHINESE = regex(r"[\u3400-\u9fff”』》）】]")

_FLOW_COLON = regex(r"(?<=[{,，])(\s*)([^\s{}\[\],，:：]{1,12})：")
_FLOW_HOLE = regex(r"[:\[,]\s+(?P<hole>\{\{[^{}]*\}\}[^,{}\[\]]*)")
_FLOW_ODD = regex(r"[:\[,]\s+(?P<odd>[%@`][^,{}\[\]，]*)")
_THOUSANDS = regex(r":\s+(?P<number>\d{1,3}(?:,\d{3})+)(?=\s*[,}])")
_FLOW_COMMA = regex(r"，(?=\s*[^\s{}\[\],，:：]{1,12}[:：])")
_LIST_COMMA = regex(r"，(?=[^\[\]#]*\])")
_WIDE_BRACKETS = regex(r"［.*］|｛.*｝")
_LISTS_OF_NAMES = frozenset(
    ("责任单位", "配合单位", "起止", "附件", "标签", "依据", "库", "发文机关", "签发人", "主送", "署名", "抄送")
)
_FLOW_KEY = regex(r"[^\s:{}]{1,12}: ")
_QUOTE_STOP = regex(r"\s*(?:[,}\]]|$)")
_NAMES = regex(r"\[[^\[\]{}'\"#:：]+")
_ALIAS = regex(r"[*&][A-Za-z0-9_\-]+(\s.*)?")
_BLOCK = regex(r"[|>][+\-0-9]*\s*(?:#.*)?")
_MORE = regex(r"\s*[^\s#]")
_MORE_IN_LIST = regex(r"\s*[^\s#\],}]")
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
        _mend_wide(line, at, len(value), key, state)
        return
    if value[0] in "'\"" and not QUOTED.match(value):
        _mend_quote(line, at, column, state)
        return
    start = _odd_start(value)
    if start is None and value[0] in "[{":
        if " #" in value:
            state.owner = key or state.key_above(column)
            quote_in_brackets(line, at, state, closed=True)
        _mend_flow(line, at, key, state)
        _mend_open(line, at, key, column, state)
    elif start is None and _lacks_opening(value, key):
        bracket = "[" if value.endswith("]") else "{"
        remedy = line.note("PW105", at, reason="括号没有配对", advice=f"在这里补上“{bracket}”。")
        line.replace(at, at, bracket, remedy if bracket == "[" else None)
    elif start is not None or value[0] not in "'\"|>&*!#" or (value[0] == "#" and _is_line(key, column, state)):
        _mend_plain(line, at, key, column, state, start)


def _is_line(key: str, column: int, state: State) -> bool:
    """True if the value of a key can be a text of one line, and nothing stands below it."""
    return key in _LINES and state.end_of_text(column) == state.number


def _mend_plain(line: MendedLine, at: int, key: str, column: int, state: State, start: str | None) -> None:
    """Puts a plain value in quotes if it begins with `start`, holds a colon, or goes on behind a “#”."""
    owner = key or state.key_above(column)
    plain = read_plain(line.text, at, owner, state)
    last = state.end_of_text(column) if start is not None or state.has_hash else state.number
    below = read_below(state, last, owner)
    value = line.text[at : plain.end]
    colon = _COLON.search(value) if start is None and key and not value.startswith("- ") else None
    into: LineRemedy | None = None
    if start is not None:
        into = line.note("PW108", at, start=start, advice=quoting(start))
    elif colon:
        remedy = line.note("PW117", at + colon.start())
        into = None if value[: colon.start()] in state.known or _widen(line, at, value, remedy) else remedy
    elif plain.found is not None and plain.found.is_text:
        remedy = note_hash(line, plain)
        into = remedy if plain.found.certain else None
    elif below.found is not None:
        into = [] if below.found.certain else None
    else:
        if plain.found is not None:
            note_hash(line, plain)
        elif last > state.number:
            state.text_to, state.owner = last, owner
        return
    if plain.found is not None and (start is not None or colon):
        note_hash(line, plain, into if plain.found.is_text else None)
    into = None if below.comment else into
    end = line.quote(at, plain.end if last == state.number else len(line.text), into)
    line.replace(at, at, "'", into)
    state.owner = owner
    _close(line, end + 1, last, "'", state, doubling=True, remedy=into)


def _widen(line: MendedLine, at: int, value: str, remedy: LineRemedy) -> bool:
    """Gives a text with colons the remedy of full-width ones, if every colon stands behind a Chinese character."""
    colons = [*_COLON.finditer(value)]
    if not all(_CHINESE.match(value[max(colon.start() - 1, 0)]) for colon in colons):
        return False
    for colon in colons:
        remedy.append((line.number, line.typed(at + colon.start()), colon.group(), "："))
    return True


def _mend_quote(line: MendedLine, at: int, column: int, state: State) -> None:
    """A quote that is not closed on its line: it is closed further down, or never."""
    quote = line.text[at]
    last = state.end_of_quote(column, quote)
    end = len(line.text)
    if last:
        _close(line, end, last, "", state, doubling=False)
        return
    line.note("PW105", at, reason="引号没有收尾", advice="在这段文字的末尾补上引号；文字里的引号用中文引号“”。")
    _close(line, end, state.end_of_text(column), quote, state, doubling=False)


def _lacks_opening(value: str, key: str) -> bool:
    """True for a list of names or a mapping whose first bracket is missing: 学前教育股, 计财股]."""
    if value.endswith("]"):
        return key in _LISTS_OF_NAMES and "[" not in value
    return value.endswith("}") and value.count("}") > value.count("{") and _FLOW_KEY.match(value) is not None


def _mend_open(line: MendedLine, at: int, key: str, column: int, state: State) -> None:
    """Brackets and quotes that are not closed on their line: they are closed further down, or never."""
    ends = scan(line.text, at)
    if ends.closed is not None:
        return
    last = state.end_of_brackets(line.text[at:], column)
    if last:
        _close(line, len(line.text), last, "", state, doubling=False)
        whole = "\n".join((line.text[at:], *state.lines[state.number : last]))
        state.owner = key or state.key_above(column)
        state.in_brackets = " #" in whole and not any("\n" in quoted for quoted in QUOTED.findall(whole))
        return
    remedy: LineRemedy | None = None
    if ends.quote is not None:
        line.note(
            "PW105", ends.quote, reason="引号没有收尾", advice="在这段文字的末尾补上引号；文字里的引号用中文引号“”。"
        )
        stop = _QUOTE_STOP.search(line.text, ends.quote)
        end = stop.start() if stop else len(line.text)
        line.replace(end, end, line.text[ends.quote])
        ends = scan(line.text, at)
    else:
        remedy = line.note("PW105", ends.open[-1], reason="括号没有配对", advice="在末尾补上括号；括号都要用半角。")
        remedy = remedy if _is_list_of_names(line.text[at:], key) else None
        if line.text[at] == "{":  # it is not known which of its keys stand inside which brackets
            line.replace(at, len(line.text), f"{{{LOST_KEY}: }}")
            return
    closers = "".join(_CLOSERS.get(line.text[index], "") for index in reversed(ends.open))
    line.replace(len(line.text), len(line.text), closers, remedy)


def _is_list_of_names(value: str, key: str) -> bool:
    """True for a list of names that lacks nothing but its last bracket: [学前教育股, 计财股"""
    return key in _LISTS_OF_NAMES and _NAMES.fullmatch(value.rstrip()) is not None


def _close(
    line: MendedLine, end: int, last: int, quote: str, state: State, *, doubling: bool, remedy: LineRemedy | None = None
) -> None:
    """Closes a quote at the index `end` of the line, or leaves it to line `last`."""
    if last == state.number:
        line.replace(end, end, quote, remedy)
        return
    state.quoted_to, state.closing, state.doubling, state.quoting = last, quote, doubling, remedy
    state.in_brackets = False


def _odd_start(value: str) -> str | None:
    """The characters because of which YAML would misread `value`; None if there are none."""
    first = value[0]
    if value.startswith("{{"):
        return "{{"
    if first in "%@`":
        return first
    if first in "*&":
        return None if _ALIAS.fullmatch(value) else first
    if first in "|>":
        return None if _BLOCK.fullmatch(value) else first
    if first == "!":
        return None if value.split()[0].isascii() else first
    if first == "?":
        return first if value[1:2] == " " else None
    if first in "'\"":
        end = QUOTED.match(value)
        return first if end and _MORE.match(value, end.end()) else None
    if first == "[":
        end_at = value.find("]")
        depth = value[: end_at + 1].count("[") - 1
        return "[" if end_at > 0 and not depth and _MORE_IN_LIST.match(value, end_at + 1) else None
    return None


def _mend_flow(line: MendedLine, at: int, key: str, state: State) -> None:
    """Full-width commas and colons that stand for YAML's own inside { } and [ ] on one line."""
    _mend_odd(line, at)
    if key in _LISTS_OF_NAMES and line.text[at] == "[":
        _mend_marks(line, at, _LIST_COMMA, "PW118", state)
    if line.text[at] == "{":
        _mend_holes(line, at)
        _mend_thousands(line, at)
        _mend_marks(line, at, _FLOW_COMMA, "PW118", state)
        _mend_marks(line, at, _FLOW_COLON, "PW106", state)


def _mend_holes(line: MendedLine, at: int) -> None:
    """Holes that stand in { } without quotes: {人数: {{ 指标.招聘教师.数 }}}."""
    while match := _FLOW_HOLE.search(line.text, at):
        remedy = line.note("PW108", match.start("hole"), start="{{", advice=quoting("{{"))
        typed = match["hole"].rstrip()
        hole = typed.strip("'\"").replace("'", '"')
        line.replace(
            match.start("hole"), match.start("hole") + len(typed), f"'{hole}'", remedy if hole == typed else None
        )
        at = match.start("hole") + len(hole) + 2


def _mend_marks(
    line: MendedLine, at: int, pattern: re.Pattern[str], code: str, state: State, into: LineRemedy | None = None
) -> None:
    """Each of the marks a finding of its own or, with `into`, a part of that remedy."""
    while match := pattern.search(line.text, at):
        at = match.end()
        if code == "PW118":
            remedy = line.note(code, match.start(), mark="，", half=", ") if into is None else into
            line.replace(match.start(), match.start() + 1, ", ", remedy)
        elif match[2] in state.known:
            remedy = line.note(code, match.end() - 1, key=match[2]) if into is None else into
            line.replace(match.end() - 1, match.end(), ": ", remedy)


def _mend_wide(line: MendedLine, at: int, length: int, key: str, state: State) -> None:
    """A list or mapping in full-width brackets, its commas and colons full-width too: ［学前教育股，计财股］."""
    remedy = line.note("PW118", at, mark=line.text[at], half={"［": "[", "｛": "{"}[line.text[at]])
    if line.text[at] == "｛":
        line.replace(at + length - 1, at + length, "}", remedy)
        line.replace(at, at + 1, "{", remedy)
        _mend_marks(line, at, _FLOW_COMMA, "PW118", state, remedy)
        _mend_marks(line, at, _FLOW_COLON, "PW106", state, remedy)
        _mend_flow(line, at, key, state)
        return
    into = remedy if key in _LISTS_OF_NAMES else None
    for index in range(at + length - 1, at - 1, -1):
        half = {"［": "[", "］": "]", "｛": "{", "｝": "}", "，": ", ", "：": ": "}.get(line.text[index])
        if half:
            line.replace(index, index + 1, half, into)


def _search_unquoted(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    """The first match from `at` on that does not begin inside quotes."""
    match = pattern.search(text, at)
    if match is None:
        return None
    quotes = [quoted.span() for quoted in QUOTED.finditer(text)]
    while match is not None and any(one <= match.start() < two for one, two in quotes):
        match = pattern.search(text, match.end())
    return match


def _mend_odd(line: MendedLine, at: int) -> None:
    """A text inside brackets that begins with a mark of YAML: {单位: %}."""
    while match := _search_unquoted(_FLOW_ODD, line.text, at):
        start, value = match.start("odd"), match["odd"].rstrip()
        remedy = line.note(
            "PW108", start, start=value[0], advice=quoting(value[0]) if len(value) > 1 else f"写成 '{value}'。"
        )
        into = remedy if "'" not in value and '"' not in value else None
        line.replace(start, start + len(value), f"'{value.replace(chr(39), '')}'", into)
        at = start + len(value) + 2


def _mend_thousands(line: MendedLine, at: int) -> None:
    """A number with commas between its thousands inside { }, which would end the number: {数值: 1,260}."""
    while match := _search_unquoted(_THOUSANDS, line.text, at):
        number = match["number"].replace(",", "")
        reason, advice = f"{match['number']} 里的逗号在花括号里是分隔的记号", f"写成 {number}。"
        remedy = line.note("PW105", match.start("number"), reason=reason, advice=advice)
        line.replace(match.start("number"), match.end("number"), number, remedy)
        at = match.start("number") + len(number)
