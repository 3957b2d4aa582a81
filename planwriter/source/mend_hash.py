"""A “#” behind a space, which YAML takes for the start of a comment: is it one, or does it belong to the text?

“#2机组” belongs to the text. “# ” behind two spaces, a finished sentence, a list or a number is a comment, and nobody knows
what it is behind an unfinished sentence.
"""

from __future__ import annotations

from itertools import islice

from planwriter.source.mend_line import QUOTED, LineRemedy, MendedLine, State
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex

_HASH = regex(r"(?P<gap>(?:^|(?<![ \t]))[ \t]*)(?<![^ \t])#(?P<after>.?)")
_MOST = 100
"""How many of them are looked at on a line; those behind belong to what the last one is."""
_NUMBERED = regex(r"#\s?\d")
_KEY_BEFORE = regex(r"([^\s\[{,]+):$")
_ITEM_END = regex(r"[,\]}]|$")
_FINISHED = regex(r"[。！？；…][”’）》】]*$")
_NUMBER = regex(r"[<>≤≥约]?\s*[\d.,%％‰/年月日-]+\S{0,4}$")
_SENTENCE = regex("[，。；：、]")
_ATTACHED = regex(r"[\w“《（(〔【]")
TITLES = frozenset(("标题", "章", "节", "条", "款", "专栏", "题", "通知标题", "名称"))
_PROSE = frozenset(("文", "总体要求"))
TEXTS = TITLES.union(_PROSE, ("内容", "导语", "结语", "通知正文", "附注", "文本", "表"))
"""The keys of the format whose values are titles or texts; a key that the format does not know may be a parameter or a part."""


_LONGEST_KEY = 40


class Hash(NamedTuple):
    """A “#” behind a space: its index, whether it belongs to the text (else nobody knows), and whether that is certain."""

    at: int
    is_text: bool
    certain: bool


class Plain(NamedTuple):
    """A plain value on a line: where it ends, and the “#” that is to be reported."""

    end: int
    found: Hash | None


def read_plain(text: str, start: int, key: str, state: State, *, opens: bool = True) -> Plain:
    """Where the plain value from `start` on ends; `key` is its own or that of its list.

    With `opens` the value begins here; otherwise the line continues a text.
    """
    found: Hash | None = None
    value = text[start:]
    if "#" in value:
        for match in islice(_HASH.finditer(value), _MOST):
            judged = _judged(match, key, state, opens=opens)
            if judged is not None and judged.is_text:
                found = found._replace(certain=found.certain or judged.certain) if found else judged
                continue
            found = found or judged
            return Plain(start + match.start(), found and found._replace(at=start + found.at))
    return Plain(len(text.rstrip()), found and found._replace(at=start + found.at))


def _judged(match: re.Match[str], key: str, state: State, *, opens: bool) -> Hash | None:
    """What a “#” is, by what stands before and behind it; None for a comment."""
    before, at = match.string[: match.start()], match.end("gap")
    if (key in state.known and key not in TEXTS) or (before and _NUMBER.fullmatch(before)):
        return None
    cut, after, gap = match.string[at:].rstrip(), match["after"], len(match["gap"])
    finished = _FINISHED.search(before) is not None
    completes = not finished and _FINISHED.search(cut) is not None
    latin = after.isascii() and after.isalnum()
    if _ATTACHED.match(after):
        is_text = completes or (latin and opens if not before else gap == 1 and (latin or not finished))
        return Hash(at, True, completes or latin) if is_text else None
    numbered = _NUMBERED.match(cut) is not None
    sentence = key not in TITLES and (key in _PROSE or _SENTENCE.search(before) is not None)
    return Hash(at, False, False) if before and gap == 1 and not finished and (sentence or numbered) else None


class Below(NamedTuple):
    """What stands in the further lines of a text: the “#” that belongs to it, and whether there is a comment too."""

    found: Hash | None
    comment: bool


def read_below(state: State, last: int, key: str) -> Below:
    """What stands in the lines of a text from the next one to line `last`; its “#” is certain if one of them is."""
    found: Hash | None = None
    for number in range(state.number, last):
        line = state.lines[number].rstrip()
        each = read_plain(line, _indent(line), key, state, opens=False)
        if each.end < len(line):
            return Below(found, comment=True)
        if each.found is not None:
            found = each.found if found is None else found._replace(certain=found.certain or each.found.certain)
    return Below(found, comment=False)


def note_hash(line: MendedLine, plain: Plain, remedy: LineRemedy | None = None) -> LineRemedy:
    """Reports the “#” of a plain value with what it cuts off; returns the remedy."""
    assert plain.found is not None
    found = plain.found
    cut = line.text[found.at : plain.end] if found.is_text else line.text[found.at :].rstrip()
    return line.note("PW126" if found.is_text else "PW127", found.at, remedy=remedy, cut=cut)


def note_continued(line: MendedLine, state: State) -> None:
    """Reports the “#” in a line that continues a text or brackets."""
    if "#" not in line.text:
        return
    if state.in_brackets:
        quote_in_brackets(line, 0, state, closed=False)
        return
    plain = read_plain(line.text, _indent(line.text), state.owner, state, opens=False)
    if plain.found is not None and plain.found.is_text is state.doubling:
        note_hash(line, plain, state.quoting if state.doubling else None)


def quote_in_brackets(line: MendedLine, at: int, state: State, *, closed: bool) -> None:
    """Quotes the texts with a “#” inside the brackets that are open at `at`; `closed` if they end on this line."""
    count = 0
    depth = 0 if line.text[at : at + 1] in ("[", "{") else 1
    item, before = at, ""
    while at < len(line.text):
        mark = line.text[at]
        if mark in "'\"" and before in ("", "[", "{", ",", ":"):
            quoted = QUOTED.match(line.text, at)
            if quoted is None:
                return
            at = quoted.end() - 1
        elif mark == "#" and line.text[at - 1 : at] in (" ", "\t"):
            count += 1
            if count > _MOST or not _is_inside(line.text, item, at, before, state, closed=closed):
                return
            at = _quote_item(line, item, at, closed=closed)
            before = "'"
            continue
        elif mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
            if not depth:
                return
        if mark in "[{," or (mark == ":" and line.text[at + 1 : at + 2] == " "):
            item = at + 1
        before = before if mark.isspace() else mark
        at += 1


def _is_inside(text: str, item: int, at: int, before: str, state: State, *, closed: bool) -> bool:
    """True if a “#” inside brackets stands in a text that goes on: the brackets are closed behind it, or it is attached.

    `item` is where the item in which it stands begins, `before` the last mark before it.
    """
    if before in ("", "[", "{", ",", ":", "'", '"'):
        return False
    if closed and ("]" in text[at:] or "}" in text[at:]):
        return True
    named = _KEY_BEFORE.search(text[max(0, item - _LONGEST_KEY) : item])
    key = named[1] if named else state.owner
    is_text = key not in state.known or key in TEXTS
    return is_text and not _NUMBER.fullmatch(text[item:at].strip()) and _ATTACHED.match(text, at + 1) is not None


def _quote_item(line: MendedLine, start: int, at: int, *, closed: bool) -> int:
    """Quotes the item of brackets from `start` on, in which a “#” stands at `at`; returns the index behind it."""
    stop = _ITEM_END.search(line.text, at)
    end = stop.start() if stop else len(line.text)
    start += _indent(line.text[start:])
    end = start + len(line.text[start:end].rstrip())
    certain = closed or line.text[at + 1].isascii()
    remedy = line.note("PW126", at, cut=line.text[at:end])
    into = remedy if certain else None
    end = line.quote(start, end, into)
    line.replace(end, end, "'", into)
    line.replace(start, start, "'", into)
    return end + 2


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())
