"""A text as units that no comparison splits: a number, a date, a name in 《》, a Latin word, a hole; else each character."""

from __future__ import annotations

from planwriter.start.patterns import regex

_D = "[0-9０-９]"
_NUMERAL = "[〇○零一二两三四五六七八九十百千万亿]"
_UNIT = regex(
    r"《(?:[^《》\n]|《[^《》\n]{0,100}》){1,200}》"
    r"|\{\{[^{}\n]{0,300}\}\}"
    rf"|{_D}{{4}}[ ]?年(?:[ ]?{_D}{{1,2}}[ ]?月(?:[ ]?{_D}{{1,2}}[ ]?日)?)?"
    rf"|{_D}{{4}}-{_D}{{1,2}}(?:-{_D}{{1,2}})?(?!{_D})"
    rf"|{_D}{{1,2}}[ ]?月(?:[ ]?{_D}{{1,2}}[ ]?日)?"
    r"|[〇○零一二三四五六七八九]{4}年(?:[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?)?"
    r"|[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
    rf"|{_D}+(?:(?:[.．:/](?!{_D}{{4}}[ ]?年)|,(?={_D}{{3}}(?!{_D}))){_D}+)*(?:百(?!分)|千(?![米克瓦伏])|[十万亿])*(?:[%％‰])?"
    rf"|百分之{_NUMERAL}+(?:点{_NUMERAL}+)?"
    rf"|{_NUMERAL}{{2,}}"
    r"|[A-Za-z][A-Za-z0-9]*(?:[-_.'’/@][A-Za-z0-9]+)*"
    r"|[^\u0300-\u036f\ufe00-\ufe0f][\u0300-\u036f\ufe00-\ufe0f]*"
    r"|[\u0300-\u036f\ufe00-\ufe0f]"
)
_CLOSERS = frozenset("”’」』）)】〕》")
_ENDS = frozenset("。；！？\n")


def units(text: str) -> tuple[str, ...]:
    """The units of a text in their order; joined they are the text."""
    return tuple(_UNIT.findall(text))


def is_word(unit: str) -> bool:
    """True for a unit that stands for itself: a number, a date, a name in 《》, a Latin word, a hole."""
    return len(unit) > 1 or (unit.isascii() and unit.isalnum())


def sentence_ends(parts: tuple[str, ...]) -> list[int]:
    """For the units of a text: the index after each sentence, with the quotation marks and brackets closed behind it."""
    ends = []
    at, count = 0, len(parts)
    while at < count:
        at += 1
        if parts[at - 1] in _ENDS:
            while parts[at - 1] != "\n" and at < count and parts[at] in _CLOSERS:
                at += 1
            ends.append(at)
    if count and (not ends or ends[-1] < count):
        ends.append(count)
    return ends
