"""Findings made from their code, and what their sentences and hints are put together from."""

from __future__ import annotations

import functools

from planwriter.findings.finding import Finding, Pos, Replacement, Source, Span
from planwriter.start.patterns import re

_NO_PLACES: tuple[tuple[Pos, str], ...] = ()
_NO_REMEDY: tuple[Replacement, ...] = ()


def finding(
    code: str,
    place: Span | Pos,
    /,
    *,
    related: tuple[tuple[Pos, str], ...] = _NO_PLACES,
    remedy: tuple[Replacement, ...] = _NO_REMEDY,
    **values: object,
) -> Finding:
    """The finding `code` at `place`, its sentence and hint filled with `values`."""
    return make_finding(code, place, values, related, remedy)


def make_finding(
    code: str,
    place: Span | Pos,
    values: dict[str, object],
    related: tuple[tuple[Pos, str], ...] = _NO_PLACES,
    remedy: tuple[Replacement, ...] = _NO_REMEDY,
    source: Source | None = None,
) -> Finding:
    """Like `finding`, with the values in a dict; `source` is the file of a place that is not a Span."""
    from planwriter.findings.messages import message_of  # only when something is wrong

    message = message_of(code)
    values = {name: _short(value) for name, value in values.items()}
    hint = message.hint.format(**values)
    if isinstance(place, Span) and place.cause is not None:
        related = ((place.pos, place.cause.note), *related)
        hint, remedy, place = hint + place.cause.advice, _NO_REMEDY, place.cause.place
    pos, source = (place.pos, place.source.whole) if isinstance(place, Span) else (place, source)
    return Finding(
        code=code,
        severity=message.severity,
        pos=pos,
        message=message.sentence.format(**values),
        hint=hint,
        related=related,
        source=source,
        remedy=remedy,
        softens=message.softens,
    )


def _short(value: object) -> object:
    """A value as a finding shows it: one line of bounded length."""
    if not isinstance(value, str):
        return value
    line = value.replace("\n", " ")
    return line if len(line) <= MAX_VALUE else line[: MAX_VALUE - 1] + "…"


MAX_VALUE = 300
MAX_KNOWN, MAX_ALIKE = 2000, 200


def nearest(name: str, known: list[str] | tuple[str, ...]) -> list[str]:
    """At most three of `known`: those that `name` may have been meant for."""
    return _nearest(name, tuple(known[:MAX_KNOWN]))


@functools.lru_cache(maxsize=256)
def _nearest(name: str, known: tuple[str, ...]) -> list[str]:
    import difflib  # only when something is wrong

    marks = set(name)
    alike = [word for word in known if not marks.isdisjoint(word)][:MAX_ALIKE]
    close = difflib.get_close_matches(name[:40], alike, n=3, cutoff=0.5)
    return close or [word for word in alike if name in word or word in name][:3]


def typed(*words: str) -> str:
    """A command as it can be typed in any shell: words with spaces or signs stand between double quotes."""
    return " ".join(
        word if re.fullmatch(r"[\w./\\:@=+~-]+", word) and not word.startswith("~") else f'"{word}"' for word in words
    )


def quoting(start: str) -> str:
    """The hint for a text that begins with a character that YAML reserves."""
    if start[:1] in "'\"":
        return "改成中文引号“”；英文引号只能括住整段文字，不能只括开头几个字。"
    return f"给整段文字加上英文引号：'{start}……'。"


def near(name: str, known: list[str] | tuple[str, ...], *, what: str = "可用的有") -> str:
    """The hint for an unknown name: the nearest of `known`, else the first dozen of them."""
    close = nearest(name, known)
    if close:
        return "是不是“" + "”“".join(close) + "”？"
    if not known:
        return "现在一个也没有。"
    shown = "、".join(known[:12])
    return f"{what}：{shown}{' 等' if len(known) > 12 else ''}。"
