"""Texts in the YAML of an outline: plain where YAML reads them unchanged, else in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from planwriter.source.keys import OUTLINE_KEYS
from planwriter.start.patterns import regex

_INVISIBLE = "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ue000\ufffe\uffff\ud800-\udfff"
_ESCAPED = regex(f"[{_INVISIBLE}]")
"""Matches what can be read only if it is escaped."""
_PLAIN = regex(r"[\w“‘《（〈【〔「『…—①-⑳×](?:[^\n\t]*[^\s:：\]}])?")
"""Matches a text that begins and ends with no mark of YAML."""
_HARMFUL = regex(rf"[{_INVISIBLE}\n\t\u00a0'\"\\{{}}]|:\s|\s#")
_FLOW_PLAIN = regex(r"[\w“《（](?:[\w×%、。.“”‘’《》（）·+—~*/\-]*[\w×%、。“”’《》（）·+])?")
_MARKS = regex(rf"[{_INVISIBLE},，\[\]{{}}#]")
_LIKE_MARKS = regex(r"[\[\]{}]|[,，]\s*[^\s{}\[\],，:：]{0,12}[:：]|\s#")
"""Matches what is taken for marks of YAML inside brackets, even in quotes."""
_LONG = 60
"""How many characters names in brackets have together at most."""
_FIRST_WORD = regex(r"[^\s:：;；=＝]{1,12}(?=\s*[;；=＝:：]|\s)")
_WORDS_OF_YAML = frozenset(("null", "Null", "NULL"))


def line_text(value: str) -> str:
    """A text as the value of a key, or as an item of a list on a line of its own."""
    if not _PLAIN.fullmatch(value) or _HARMFUL.search(value) or value in _WORDS_OF_YAML:
        return quoted(value)
    first = _FIRST_WORD.match(value)
    return quoted(value) if first and first[0] in OUTLINE_KEYS else value


def flow_text(value: str) -> str:
    """A text inside { } or [ ]."""
    if _FLOW_PLAIN.fullmatch(value) and value not in _WORDS_OF_YAML:
        return value
    return _escaped(value, _MARKS) if _LIKE_MARKS.search(value) else quoted(value)


def flow_list(values: Iterable[str]) -> str:
    """Texts in brackets on one line."""
    return f"[{', '.join(map(flow_text, values))}]"


def name_list(names: Iterable[str]) -> list[str]:
    """Names as the value of a key: a single one as it is, a few in brackets, many or long ones each on a line of its own."""
    typed = list(names)
    if len(typed) < 2:
        return [" " + line_text(each) for each in typed]
    if sum(map(len, typed)) > _LONG or not all(map(_FLOW_PLAIN.fullmatch, typed)):
        return ["", *(f"  - {line_text(each)}" for each in typed)]
    return [f" {flow_list(typed)}"]


def quoted(value: str) -> str:
    """A text in single quotes; in double quotes if it has a line end or a character that must be escaped."""
    if "\n" in value or "\t" in value or _ESCAPED.search(value):
        return _escaped(value, _ESCAPED)
    return "'" + value.replace("'", "''") + "'"


def _escaped(value: str, marks: re.Pattern[str]) -> str:
    value = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + marks.sub(lambda match: f"\\u{ord(match[0]):04x}", value) + '"'
