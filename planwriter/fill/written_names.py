"""Names that an expression cannot hold as they are: 每千人口执业（助理）医师数, 重点项目（个）, 小学 专任教师, 3岁以下入托率.

They are matched as written, the longest first, and become subscripts (指标['重点项目（个）']), which both ways of evaluating read.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

from planwriter.start.patterns import re, regex

_TABLES = ("指标", "参数", "行")
_NAMES = regex(r"""\['([^']*)'\]|\["([^"]*)"\]|([^\W\d]\w*)""")
_UNWRITABLE = frozenset("{}\\\n\r")


def odd_names(names: Iterable[str]) -> tuple[str, ...]:
    """Those of `names` that are no identifiers but can be written in a hole, the longest first."""
    return _odd_names(tuple(names))


@functools.lru_cache(maxsize=64)
def _odd_names(names: tuple[str, ...]) -> tuple[str, ...]:
    odd = {name for name in names if not name.isidentifier() and is_writable(name)}
    return tuple(sorted(odd, key=lambda name: (-len(name), name)))


def is_writable(name: str) -> bool:
    """True if a name can be written in a hole: no braces, no backslash, and English quotes only in pairs of one kind."""
    quotes = [mark for mark in "'\"" if mark in name]
    is_paired = len(quotes) < 2 and all(name.count(mark) % 2 == 0 for mark in quotes)
    return is_paired and _UNWRITABLE.isdisjoint(name) and name.strip() == name != ""


def odd_names_in(names: Mapping[str, object]) -> tuple[str, ...]:
    """The odd names in the tables that texts are filled from, the longest first."""
    found = [odd for table in _TABLES if (odd := getattr(names.get(table), "odd", ()))]
    return found[0] if len(found) == 1 else _together(*found) if found else ()


@functools.lru_cache(maxsize=64)
def _together(*found: tuple[str, ...]) -> tuple[str, ...]:
    return odd_names(name for odd in found for name in odd)


def with_subscripts(expression: str, odd: tuple[str, ...], *, bare: bool = False) -> str:
    """The expression with each odd name behind a dot as a subscript; with `bare`, a target may stand without 指标 too."""
    if not odd:
        return expression
    made = _behind_a_dot(odd).sub(lambda match: f"[{_literal(match[1])}]", expression)
    return _alone(odd).sub(lambda match: match[1] or f"指标[{_literal(match[2])}]", made) if bare else made


def names_of(expression: str, odd: tuple[str, ...]) -> list[str]:
    """The names in an expression over targets, each once: odd ones as they are written, and identifiers."""
    made = with_subscripts(expression, odd, bare=True)
    return list(dict.fromkeys(first or second or third for first, second, third in _NAMES.findall(made)))


def _literal(name: str) -> str:
    quote = '"' if "'" in name else "'"
    return f"{quote}{name}{quote}"


@functools.lru_cache(maxsize=64)
def _behind_a_dot(odd: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<=\w|[\])])\s*\.\s*({_either(odd)})")


@functools.lru_cache(maxsize=64)
def _alone(odd: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"""(\[(?:'[^']*'|"[^"]*")\])|(?<![\w.])({_either(odd)})""")


def _either(odd: tuple[str, ...]) -> str:
    return "|".join(re.escape(name) + (r"(?!\w)" if name[-1].isalnum() or name[-1] == "_" else "") for name in odd)


def cited_names(text: str, table: str, known: Iterable[str]) -> list[str]:
    """The names that a text cites from a table (指标, 参数): `known` ones as they are written, others as identifiers."""
    either = _either(odd_names(known))
    return [match[1] for match in re.finditer(rf"{table}\s*\.\s*({f'{either}|' if either else ''}\w+)", text)]
