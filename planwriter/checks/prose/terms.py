"""Finds typos, set phrases that are miswritten or out of their dates, former names of bureaus (PW524 to PW527)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.quoted import OwnWords
from planwriter.checks.prose.slip import Dated, Slip
from planwriter.checks.prose.wordlists import DATED, NEAR, OFFICE, PHRASE, TYPO, Entry
from planwriter.start.patterns import regex

_BEFORE = regex(
    r"贯彻|落实|实施|推进|推动|对接|编制|围绕|按照|根据|制定|开展|打赢|决胜|决战|确保|抓好|做好|深化|完成|融入|谋划|启动|统筹|加强|聚焦|实现|纳入|列入|继续|持续|全力|坚决|扎实|加大|帮扶|资助|救助"
)
_PAST = regex(
    r"以来|期间取得|末|收官|总结|评估|回顾|成果|成效|成就|成绩|经验|终期|结束|以后|之后|圆满|遗留|完成情况|验收|基础|业已|已经?|曾|原|累计|过去|历次|如期|全面完成"
)
_AHEAD = regex(r"[”’]?(?:期间|时期|规划期|末)?[，]?[^，。；\0]{0,8}?(?:将|计划|拟|力争|要)(?![求点素])")
_CLAUSE_END = "，。；：！？\n、"
_REACH = 14
"""How many characters before and after a phrase say whether it is spoken of as current."""


def listed(own: OwnWords, entries: list[Entry]) -> Iterator[Dated]:
    """The slips that the entries are, in one text."""
    for entry in entries:
        yield from _FINDERS[entry.kind](entry, own)


def _places(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _typos(entry: Entry, own: OwnWords) -> Iterator[Dated]:
    wrong, text = entry.words, own.prose
    allowed = entry.row[0].split(" ") if entry.row else []
    for at in _places(wrong, text):
        if not any(_covers(text, word, wrong, at) for word in allowed):
            what = f"“{_around(text, at, at + len(wrong))}”里的“{wrong}”是错别字"
            yield Dated(Slip(at, at + len(wrong), "PW524", what, f"改成“{entry.right}”。", entry.right, wrong))


def _covers(text: str, word: str, wrong: str, at: int) -> bool:
    """True if the wrong form at `at` is a part of the word, which is right."""
    start = at - word.find(wrong)
    return start >= 0 and text.startswith(word, start)


def _miswritten(entry: Entry, own: OwnWords) -> Iterator[Dated]:
    wrong, text = entry.words, own.terms
    for at in _places(wrong, text):
        if wrong[0].isdecimal() and text[at - 1 : at].isdecimal():
            continue
        if text.startswith(entry.right, at) or (at and text[at - 1] + wrong == entry.right):
            continue
        what = f"固定的提法“{entry.right}”写成了“{wrong}”"
        yield Dated(Slip(at, at + len(wrong), "PW525", what, _advice(entry), entry.right, entry.right))


def _advice(entry: Entry) -> str:
    return f"改成“{entry.right}”（{entry.row[0]}）。"


def _near(entry: Entry, own: OwnWords) -> Iterator[Dated]:
    """A set phrase with one character wrong, missing or out of its place; the half at which it was found is right."""
    right, text = entry.words, own.terms
    half = (len(right) + 1) // 2
    known = entry.row[1].split(" ")
    if text[:1] and right[:2] in text:
        for at in _places(right[:half], text):
            yield from _compared(entry, text, at, known)
    for at in _places(right[-half:], text):
        start = at - (len(right) - half)
        if start >= 0 and not text.startswith(right[:half], start):
            yield from _compared(entry, text, start, known)


def _compared(entry: Entry, text: str, at: int, known: list[str]) -> Iterator[Dated]:
    right = entry.words
    written = text[at : at + len(right)]
    if written == right or len(written) < len(right) or any(text.startswith(each, at) for each in known if each):
        return
    wrong = [place for place, mark in enumerate(right) if written[place] != mark]
    inner = wrong[0] > 0 and wrong[-1] < len(right) - 1
    is_changed = len(wrong) == 1 and written[wrong[0]].isalpha()
    is_swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and written[wrong[0]] == right[wrong[1]]
    is_swapped = is_swapped and written[wrong[1]] == right[wrong[0]]
    if inner and (is_changed or is_swapped):
        yield _odd_phrase(entry, at, written)
        return
    cut = right[: wrong[0]] + right[wrong[0] + 1 :]
    if inner and text.startswith(cut, at) and not text.startswith("的", at + wrong[0]):
        yield _odd_phrase(entry, at, cut)


def _odd_phrase(entry: Entry, at: int, written: str) -> Dated:
    what = f"固定的提法“{entry.right}”写成了“{written}”"
    return Dated(Slip(at, at + len(written), "PW525", what, _advice(entry), entry.right, entry.right))


def _out_of_date(entry: Entry, own: OwnWords) -> Iterator[Dated]:
    phrase, text = entry.words, own.terms
    since, until = entry.row[1], entry.row[2]
    for at in _places(phrase, text):
        end = at + len(phrase)
        if text[at - 1 : at] in ("二", "三", "第") and phrase[0] == "十":
            continue
        if since:
            what = f"“{phrase}”是 {since} 年才有的提法"
            yield Dated(
                Slip(at, end, "PW526", what, f"核对年份，或者换成当年的提法（{entry.row[0]}）。", kind=phrase),
                before=int(since),
            )
        if until and is_current(text, at, end):
            what = f"“{phrase}”到 {until} 年为止，这里还当作现行的提"
            advice = f"换成现行的提法；说的是过去的，写明“以来”“期间”已经怎样（{entry.row[0]}）。"
            yield Dated(Slip(at, end, "PW526", what, advice, kind=phrase), after=int(until))


def is_current(text: str, start: int, end: int) -> bool:
    """True if the words around a phrase speak of it as something that is still being done."""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    for mark in _CLAUSE_END:
        before, after = before.rpartition(mark)[2], after.partition(mark)[0]
    if _PAST.search(after) or _PAST.search(before):
        return False
    return _BEFORE.search(before) is not None or _AHEAD.match(text, end) is not None


def _former(entry: Entry, own: OwnWords) -> Iterator[Dated]:
    name, text = entry.words, own.prose
    since, allowed = int(entry.row[0]), entry.row[1].split(" ") if entry.row[1] else []
    for at in _places(name, text):
        before = text[max(0, at - 6) : at]
        if "原" in before or any(_covers(text, each, name, at) for each in allowed):
            continue
        what = f"“{name}”{since} 年机构改革以后不用了"
        advice = f"改成“{entry.right}”，名称以本地的机构为准；说的是过去的，前面加“原”（{entry.row[2]}）。"
        yield Dated(Slip(at, at + len(name), "PW527", what, advice, kind=name), after=since)


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 2) : end + 2].replace("\n", "").replace("\0", "")


_FINDERS = {TYPO: _typos, PHRASE: _miswritten, NEAR: _near, DATED: _out_of_date, OFFICE: _former}
