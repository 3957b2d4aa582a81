"""Finds documents that are cited with two names or two numbers, and those that no longer hold (PW529, PW530)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwriter.checks.prose.slip import Dated, Slip
from planwriter.checks.prose.wordlists import laws
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_CITED = regex(r"《([^《》\n]{2,80})》(?:[（(]([^（）()\n《》，。]{1,16}[〔\[［【]20\d\d[〕\]］】]\d{1,5}号)[）)])?")
_SPAN = regex(r"20\d\d年?\s?[—－–~～-]+\s?(20\d\d)\s?年?")
_LAW_ENDS = ("法", "条例", "则", "办法", "细则", "）")
_NUMERALS = frozenset("0123456789一二三四五六七八九十零〇两上下中初高小大甲乙丙东西南北前后左右省市县区镇乡村")
MIN_LENGTH = 10
"""In characters; shorter names may well differ by one."""
MAX_ALIKE = 12
"""How many names with the same beginning a name is compared with."""
_SAME = 6


class Cited(NamedTuple):
    """A document cited in a text: its name, its number or "", and where the name stands, without the marks."""

    name: str
    number: str
    start: int
    end: int


def cited_in(text: str) -> Iterator[Cited]:
    """The documents cited in a text."""
    if "《" in text:
        for found in _CITED.finditer(text):
            yield Cited(found[1], _plain(found[2] or ""), *found.span(1))


def outdated(text: str, cited: Iterable[Cited]) -> Iterator[Dated]:
    """The slips on documents of a text that no longer hold, in the plans of the years in which they do not."""
    for each in cited:
        name = each.name.removeprefix("中华人民共和国")
        law = laws().get(name) if name.endswith(_LAW_ENDS) else None
        if law is not None:
            year, month, day = law.until.split("-")
            what = f"《{each.name}》从 {year}年{int(month)}月{int(day)}日起不再施行"
            advice = (
                f"现行的是{law.new}；条文、提法一并核对（{law.source}）。"
                if law.new[0] == "《"
                else f"{law.new}（{law.source}）。"
            )
            yield Dated(Slip(each.start, each.end, "PW529", what, advice, kind=name), after=int(year) - 1)
            continue
        span = _SPAN.search(each.name) if "20" in each.name else None
        if span and _is_current(text, each.start - 1, each.end + 1):
            what = f"《{_shown(each.name)}》到 {span[1]} 年底为止，这里还当作现行的提"
            advice = "换成新一期的文件；新的还没有印发的，写明是哪一期的。"
            yield Dated(Slip(each.start, each.end, "PW529", what, advice, kind=each.name), after=int(span[1]))


def _is_current(text: str, start: int, end: int) -> bool:
    from planwriter.checks.prose.terms import is_current

    return is_current(text, start, end)


class Citations:
    """The documents that were cited so far."""

    def __init__(self) -> None:
        self._numbers: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._alike: dict[str, list[str]] = {}

    def read(self, cited: Iterable[Cited]) -> Iterator[Slip]:
        """The slips in the citations of the next text."""
        for each in cited:
            yield from self._check(each)

    def _check(self, cited: Cited) -> Iterator[Slip]:
        name = _plain(cited.name)
        place = (cited.start, cited.end)
        if cited.number:
            number, other = (
                self._numbers.setdefault(name, cited.number),
                self._names.setdefault(cited.number, cited.name),
            )
            if number != cited.number:
                what = f"《{_shown(cited.name)}》的文号这里是 {cited.number}，前面是 {number}"
                yield Slip(*place, "PW530", what, "核对原件，改成一样。", kind="number")
                return
            if _plain(other) != name:
                what = f"文号 {cited.number} 这里是《{_shown(cited.name)}》，前面是《{_shown(other)}》"
                yield Slip(*place, "PW530", what, "核对原件，改成一样。", kind="name")
                return
        if len(name) < MIN_LENGTH:
            return
        for key in (name[:_SAME], "…" + name[-_SAME:]):
            names = self._alike.setdefault(key, [])
            if name in names:
                return
            like = next((each for each in names if _differ_by_one(each, name)), "")
            if like:
                what = f"“{_shown(name)}”前面写的是“{_shown(like)}”，只差一个字"
                yield Slip(*place, "PW530", what, "是同一个文件的，核对原件改成一样；不是的，不用改。", kind="name")
                return
        for key in (name[:_SAME], "…" + name[-_SAME:]):
            if len(self._alike[key]) < MAX_ALIKE:
                self._alike[key].append(name)


def _differ_by_one(first: str, second: str) -> bool:
    """True if one character is another one, or is missing, and it is no number and no other word that tells documents apart."""
    if abs(len(first) - len(second)) > 1:
        return False
    at = next(
        (at for at, (one, two) in enumerate(zip(first, second, strict=False)) if one != two),
        min(len(first), len(second)),
    )
    longer, shorter = (first, second) if len(first) >= len(second) else (second, first)
    rest = shorter[at + 1 :] if len(first) == len(second) else shorter[at:]
    changed = {longer[at : at + 1], shorter[at : at + 1] if len(first) == len(second) else ""}
    return longer[at + 1 :] == rest and changed.isdisjoint(_NUMERALS) and any(mark.isalpha() for mark in changed)


def _plain(name: str) -> str:
    """A name or number without gaps, with the usual brackets."""
    return (
        "".join(name.split())
        .replace("[", "〔")
        .replace("]", "〕")
        .replace("［", "〔")
        .replace("］", "〕")
        .replace("(", "（")
        .replace(")", "）")
    )


def _shown(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:12]}……{name[-10:]}"
