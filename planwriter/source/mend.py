"""The common mistakes in YAML, each found, explained, and mended in memory so that reading can go on."""

from __future__ import annotations

from planwriter.findings.catalogue import finding, make_finding
from planwriter.findings.finding import MAX_FINDINGS, Finding, Pos, Replacement, Result, Source, Span
from planwriter.source.mend_block import mend_block, next_is_item, next_line
from planwriter.source.mend_hash import note_continued
from planwriter.source.mend_line import MendedLine, Noted, State, head_of
from planwriter.source.mend_value import mend_value
from planwriter.start.patterns import re, regex

CONTROL = regex(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u0084\u0086-\u009f"  # controls
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"  # invisible: soft hyphens, zero widths, directions
    "\ue000\ufffe\uffff\ud800-\udfff]"  # LOST_KEY; no characters at all
)
_NO_CHARACTERS = "\ue000\ufffe\uffff"
OTHER_LINE_ENDS = "\x85\u2028\u2029"
_DASH = regex(r"\s*(?P<dash>-(?=[^\s-])|[－—–−﹣•·●]\s*)(?P<key>[^\s:：]{1,12})[:：]")
_NO_COLON = regex(r"(?P<lead>\s*(?:-\s+)*)(?P<key>[^\s:：;；=＝]{1,12})(?P<mark>\s*[;；=＝])?(?P<gap>\s*)(?=[^\s:：#])")
_NO_COLON_AT_END = regex(r"(?P<lead>\s*(?:-\s+)*)(?P<key>[^\s:：;；=＝#]{2,12})\s*")
_FENCE = regex(r"\s*(?:`{3,}|~{3,})\s*[A-Za-z]*\s*")
_WIDE_HASH = regex(r"(?:^|(?<=[\s。；！？…]))[ \u3000]{0,2}＃(?!\d)")
_INDENT_NAMES = {"\t": " Tab 键", "\u3000": "全角空格", "\u00a0": "不间断空格"}
MAX_CONTROLS = 20


def mend(text: str, name: str, known_keys: frozenset[str]) -> Result[Source]:
    """The text with the common mistakes mended, as a source that still gives the author's lines and columns."""
    for mark in OTHER_LINE_ENDS:
        text = text.replace(mark, " ")
    findings: list[Finding] = []
    typed = Source(name, text)
    if CONTROL.search(text):
        for match in list(CONTROL.finditer(text))[:MAX_CONTROLS]:
            place = Span(typed, match.start(), match.end())
            remedy = place.replaced(match.group(), "") if _is_idle(text, match.start()) else ()
            findings.append(finding("PW112", place, remedy=remedy, code=ord(match.group())))
        text = CONTROL.sub(" ", text)
    out: list[str] = []
    inserted: list[int] = []
    removed: list[int] = []
    at = 0
    noted: list[tuple[int, Noted]] = []
    state = State(known_keys, text.split("\n"), text)
    for number, raw in enumerate(state.lines, 1):
        line = mend_line(raw, number, state)
        if line is not None:
            if line.codes:
                noted += ((number, each) for each in line.codes)
                if len(noted) > MAX_FINDINGS:
                    break
            if line.inserted or line.removed:
                inserted += (at + column for column in line.inserted)
                removed += (at + column for column in line.removed)
            raw = line.text
        out.append(raw)
        at += len(raw) + 1
    findings += (_finding(number, each, typed) for number, each in noted)
    source = Source(name, "\n".join(out), original=typed.text, inserted=tuple(inserted), removed=tuple(removed))
    return Result(source, tuple(findings))


def mend_line(raw: str, number: int, state: State) -> MendedLine | None:
    """A line mended, after those before it; None for one in which nothing is mended: blank, or of a block text."""
    if not raw or state.inside_block_scalar(raw):
        return None
    line = MendedLine(raw, number)
    state.number = number
    if number <= state.quoted_to:
        _quote_on(line, state)
    else:
        _mend_line(line, state)
        state.remember(line.text)
    return line


def _finding(number: int, noted: Noted, typed: Source) -> Finding:
    """What was noted in a line, as a finding."""
    code, column, values, changes = noted
    remedy = tuple(Replacement(Pos(typed.name, line, at + 1), old, new) for line, at, old, new in changes)
    return make_finding(code, Pos(typed.name, number, column + 1), values, remedy=remedy, source=typed)


def _is_idle(text: str, at: int) -> bool:
    """True if the control character at an index can be left out: it is one, in no indent, and joins no two Latin words."""
    around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    indents = not text[text.rfind("\n", 0, at) + 1 : at].strip()
    joins = len(around) == 2 and around.isascii() and around.isalnum()
    return text[at] not in _NO_CHARACTERS and not indents and not joins


def _mend_line(line: MendedLine, state: State) -> None:
    if ("```" in line.text or "~~~" in line.text) and _FENCE.fullmatch(line.text):
        _mend_fence(line)
        return
    if line.text[0] in "\t\u3000\u00a0 ":
        _mend_indent(line, state)
        _mend_first(line, state)
    if "＃" in line.text:
        _mend_wide_hash(line)
    if state.number <= state.text_to:
        note_continued(line, state)
    if line.text.lstrip().startswith("#"):
        return
    _mend_dash(line, state)
    _mend_no_colon(line, state)
    head = head_of(line.text)
    if head is None:
        return
    if head["key"] and mend_block(line, head, state):
        head = head_of(line.text) or head
    if head["key"]:
        value_at = _mend_colon(line, head, state)
        if value_at is not None:
            mend_value(line, value_at, head["key"].strip(), head.start("key"), state)
    elif head["dashes"]:
        mend_value(line, head.end(), "", len(head["indent"]), state)
    elif head["indent"] and state.open_end and state.columns:
        mend_value(line, head.end(), "", state.columns[-1], state)


def _mend_indent(line: MendedLine, state: State) -> None:
    body = line.text.lstrip(" \t\u3000\u00a0")
    lead = line.text[: len(line.text) - len(body)]
    odd = next((mark for mark in lead if mark != " "), None)
    if odd is None or not body:
        return
    remedy = line.note("PW107", lead.index(odd), what=_INDENT_NAMES[odd])
    key = (lead, body[:3] if body.startswith("- ") else "")
    certain = key in state.indents or state.is_sure_indent(lead, body)
    indent = state.indents.setdefault(key, state.likely_indent(body))
    line.replace(0, len(lead), " " * indent, remedy if certain else None)


def _mend_first(line: MendedLine, state: State) -> None:
    """The first line of the file, if it is indented more than others: YAML could not read the lines indented less."""
    indent = len(line.text) - len(line.text.lstrip())
    head = head_of(line.text)
    if state.columns or not indent or head is None or not head["key"]:
        return
    if any(each[:1] not in ("", " ", "#", "\t") for each in state.lines[state.number :]):
        remedy = line.note("PW105", indent, reason="最外层的键前面有空格", advice="删去这一行开头的空格。")
        line.replace(0, indent, "", remedy)


def _mend_dash(line: MendedLine, state: State) -> None:
    """A dash of a list without its space (-条: 标题), or of a different kind (－ 条: 标题, • 条: 标题)."""
    match = _DASH.match(line.text)
    if match is None or match["key"] not in state.known:
        return
    if match["dash"] == "-":
        remedy = line.note("PW113", match.start("dash"), key="-" + match["key"], after="减号", typed="")
    else:
        reason, advice = f"“{match['dash'].strip()}”不是列表的记号", f"改成半角减号加一个空格：- {match['key']}: ……"
        remedy = line.note("PW105", match.start("dash"), reason=reason, advice=advice)
    line.replace(match.start("dash"), match.end("dash"), "- ", remedy)


def _mend_no_colon(line: MendedLine, state: State) -> None:
    """A key of the format without its colon: 地区 青山县, 地区；青山县."""
    if _mend_no_colon_at_end(line, state):
        return
    match = _NO_COLON.match(line.text)
    if match is None or not (match["mark"] or match["gap"]):
        return
    if match["key"] not in state.known and line.text[match.end()] != "{":
        return
    lead = match["lead"]
    if not state.is_key_place(len(lead), match["key"], line.text[match.end() :], dashed="-" in lead):
        return
    reason, advice = f"“{match['key']}”后面没有半角冒号", f"写成 {match['key']}: ……，冒号后面空一格。"
    remedy = line.note("PW105", match.start("key"), reason=reason, advice=advice)
    certain = match["mark"] or len(match["key"]) > 1
    line.replace(match.end("key"), match.end(), f":{match['gap'] or ' '}", remedy if certain else None)


def _mend_no_colon_at_end(line: MendedLine, state: State) -> bool:
    """A key of the format alone on its line without its colon, its value on the lines below: 重点任务. True if it is one."""
    match = None if ":" in line.text else _NO_COLON_AT_END.fullmatch(line.text)
    if match is None or state.number <= state.text_to:
        return False
    column = len(match["lead"])
    if match["key"] not in state.known and (column or not match["key"].isalnum()):
        return False
    below, is_item = next_line(state)[0], next_is_item(state)
    opens = below > column or (below == column and is_item)
    if not opens or not state.is_key_place(column, match["key"], "", dashed="-" in match["lead"]):
        return False
    reason, advice = f"“{match['key']}”后面没有半角冒号", f"写成“{match['key']}:”。"
    remedy = line.note("PW105", column, reason=reason, advice=advice)
    line.replace(match.end("key"), match.end("key"), ":", remedy)
    return True


def _mend_wide_hash(line: MendedLine) -> None:
    """A full-width ＃ for the “#” of a comment, behind a space, a finished sentence, or at the beginning."""
    match = _WIDE_HASH.search(line.text)
    if match is None or line.text.count('"', 0, match.start()) % 2 or line.text.count("'", 0, match.start()) % 2:
        return
    at, before = match.end() - 1, line.text[: match.start()].rstrip(" \u3000")
    remedy = line.note("PW130", at, note=line.text[at:].rstrip())
    line.replace(len(before), match.end(), "  #" if before else f"{line.text[: match.end() - 1]}#", remedy)


def _mend_fence(line: MendedLine) -> None:
    """A line of ``` or ```yaml, copied from a page together with the outline."""
    at = len(line.text) - len(line.text.lstrip())
    mark = line.text[at : at + 3]
    remedy = line.note("PW105", at, reason=f"“{mark}”是从网页上复制来的记号", advice="删去这一行。")
    line.replace(0, len(line.text), "", remedy)


def _mend_colon(line: MendedLine, head: re.Match[str], state: State) -> int | None:
    """Puts a correct colon after a key; returns where the value begins, or None if the line has no key."""
    key, at = head["key"].strip(), head.start("colon")
    place = state.is_key_place(head.start("key"), key, line.text[at + 1 :], dashed=bool(head["dashes"]))
    if head["colon"] == "：":
        if not place or re.search(r":\s", line.text[:at]):
            return None
        remedy = line.note("PW106", at, key=key)
    elif line.text[at + 1 : at + 2] in ("", " ", "\t"):
        return head.end()
    elif not place or key.isascii():
        return None
    else:
        wide = _INDENT_NAMES.get(line.text[at + 1], "").strip()
        remedy = line.note("PW113", at, key=key, after="冒号", typed=f"（现在是{wide}）" if wide else "")
    gap = " " * max(len(head["gap"]), head.end() < len(line.text))
    line.replace(at, head.end(), f":{gap}", remedy)
    return at + 1 + len(gap)


def _quote_on(line: MendedLine, state: State) -> None:
    """A line of a quoted text after its first one."""
    if state.doubling or state.in_brackets:
        note_continued(line, state)
    if state.doubling:
        line.quote(0, len(line.text), state.quoting)
    if state.number == state.quoted_to and state.closing:
        line.replace(len(line.text), len(line.text), state.closing, state.quoting)
