"""Finds typos, set phrases that are miswritten or out of their dates, former names of bureaus (PW524 to PW527)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwriter.checks.prose.slip import Dated, OwnWords, Slip, beside
from planwriter.checks.prose.wordlists import DATED, NEAR, OFFICE, PHRASE, REFORM, TYPO, USUAL, ListEntry, ListHit
from planwriter.start.patterns import regex

_BEFORE = regex(
    r"贯彻|落实|实施|推进|推动|对接|编制|围绕|按照|根据|制定|开展|确保|抓好|做好|深化|完成|融入|谋划|启动|统筹|加强|聚焦|实现|纳入|列入|继续|持续|全力|坚决|扎实|加大|帮扶|资助|救助"
)
_PAST = regex(
    r"以来|期间取得|末|收官|总结|评估|回顾|成果|成效|成就|成绩|经验|终期|结束|以后|之后|圆满|遗留|完成情况|验收|基础|常态化|长效|条例|业已|已经?|曾|原|累计|过去|历次|如期|全面完成"
)
_AHEAD = regex(r"[”’]?(?:期间|时期|规划期|末)?[，]?[^，。；\0]{0,8}?(?:将|计划|拟|力争|要)(?![求点素])")
_LONGEST = 40
"""No set phrase has more characters."""
_CLAUSE_END = "，。；：！？\n、"
_REACH = 14
"""How many characters before and after a phrase say whether it is spoken of as current."""


def listed(own: OwnWords, hits: Iterable[ListHit]) -> Iterator[Dated]:
    """The slips among the places of a text at which entries of the lists may stand."""
    found = dict.fromkeys(dated for entry, at in hits for dated in _FINDERS[entry.kind](entry, own, at))
    phrases: dict[int, Slip] = {}
    for dated in found:
        slip = dated.slip
        if slip.code == "PW525" and (slip.start not in phrases or phrases[slip.start].end < slip.end):
            phrases[slip.start] = slip
    for dated in found:
        slip = dated.slip
        around = (phrases.get(start) for start in range(slip.start - _LONGEST, slip.start + 1)) if phrases else ()
        if not any(each is not None and _is_within(slip, each) for each in around):
            yield dated


def _is_within(slip: Slip, phrase: Slip) -> bool:
    """True if a slip is told by that on a longer phrase, or on a phrase as long of the set phrases."""
    is_longer = phrase.end - phrase.start > slip.end - slip.start or slip.code != phrase.code
    return is_longer and phrase.start <= slip.start and slip.end <= phrase.end


def _typos(entry: ListEntry, own: OwnWords, at: int) -> Iterator[Dated]:
    wrong, text = entry.words, own.prose
    allowed = entry.row[0].split(" ") if entry.row else []
    if text.startswith(wrong, at) and not any(_covers(text, word, wrong, at) for word in allowed):
        what = f"“{beside(own.text, at, at + len(wrong), 2)}”里的“{wrong}”是错别字"
        yield Dated(Slip(at, at + len(wrong), "PW524", what, f"改成“{entry.right}”。", entry.right, wrong))


def _covers(text: str, word: str, wrong: str, at: int) -> bool:
    """True if the wrong form at `at` is a part of the word, which is right."""
    start = at - word.find(wrong)
    return start >= 0 and text.startswith(word, start)


def _miswritten(entry: ListEntry, own: OwnWords, at: int) -> Iterator[Dated]:
    wrong, text = entry.words, own.terms
    if wrong[0].isdecimal() and text[at - 1 : at].isdecimal():
        return
    if text.startswith(entry.right, at) or (at and text[at - 1] + wrong == entry.right):
        return
    what = f"固定的提法“{entry.right}”写成了“{wrong}”"
    yield Dated(Slip(at, at + len(wrong), "PW525", what, _advice(entry), entry.right, entry.right))


def _advice(entry: ListEntry) -> str:
    return f"改成“{entry.right}”（{entry.row[0] or USUAL}）。"


def _near(entry: ListEntry, own: OwnWords, at: int) -> Iterator[Dated]:
    """A set phrase with one character wrong, missing or out of its place, one half of which is right."""
    right, text, known = entry.words, own.terms, entry.row[1].split(" ")
    half, written = (len(right) + 1) // 2, text[at : at + len(right)]
    is_half = written.startswith(right[:half]) or written.endswith(right[-half:])
    if written == right or not (is_half or written.startswith(right[:3])):
        return
    if len(written) < len(right) or any(text.startswith(each, at) for each in known if each):
        return
    wrong = [place for place, mark in enumerate(right) if written[place] != mark]
    is_inner = wrong[0] > 0 and wrong[-1] < len(right) - 1
    is_changed = len(wrong) == 1 and written[wrong[0]].isalpha()
    is_swapped = len(wrong) == 2 and written[wrong[0]] + written[wrong[1]] == right[wrong[1]] + right[wrong[0]]
    if is_half and is_inner and (is_changed or (is_swapped and wrong[1] == wrong[0] + 1)):
        yield _odd_phrase(entry, at, written)
        return
    cut = right[: wrong[0]] + right[wrong[0] + 1 :]
    if _is_inner_cut(right, wrong[0]) and text.startswith(cut, at):
        yield _odd_phrase(entry, at, cut)


def _is_inner_cut(right: str, at: int) -> bool:
    """True if the character left out is neither the first nor the last, and no word that may be left out."""
    return 2 < at < len(right) - 1 and right[at] not in "的和与"


def _odd_phrase(entry: ListEntry, at: int, written: str) -> Dated:
    what = f"固定的提法“{entry.right}”写成了“{written}”"
    return Dated(Slip(at, at + len(written), "PW525", what, _advice(entry), entry.right, entry.right))


def _out_of_date(entry: ListEntry, own: OwnWords, at: int) -> Iterator[Dated]:
    phrase, text, end = entry.words, own.terms, at + len(entry.words)
    source, since, until = entry.row[0] or USUAL, *entry.row[1:]
    if phrase[0] == "十" and text[at - 1 : at] in ("二", "三", "第"):
        return
    if since:
        what = f"“{phrase}”是 {since} 年才有的提法"
        advice = f"核对年份，或者换成当年的提法（{source}）。"
        yield Dated(Slip(at, end, "PW526", what, advice, kind=phrase), before=int(since))
    if until and is_current(text, at, end):
        what = f"“{phrase}”到 {until} 年为止，这里还当作现行的提"
        advice = f"换成现行的提法；说的是过去的，写明“以来”“期间”已经怎样（{source}）。"
        yield Dated(Slip(at, end, "PW526", what, advice, kind=phrase), after=int(until))


def is_current(text: str, start: int, end: int) -> bool:
    """True if the words around a phrase speak of it as something that is still being done."""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    for mark in _CLAUSE_END:
        before, after = before.rpartition(mark)[2], after.partition(mark)[0]
    if _PAST.search(after) or _PAST.search(before):
        return False
    return _BEFORE.search(before) is not None or _AHEAD.match(text, end) is not None


def _former(entry: ListEntry, own: OwnWords, at: int) -> Iterator[Dated]:
    name, text = entry.words, own.prose
    since, allowed, source = entry.row
    if not text.startswith(name, at) or "原" in text[max(0, at - 6) : at]:
        return
    if not any(_covers(text, each, name, at) for each in allowed.split(" ") if each):
        what = f"“{name}”{since} 年机构改革以后不用了"
        advice = f"改成“{entry.right}”，名称以本地的机构为准；说的是过去的，前面加“原”（{source or REFORM}）。"
        yield Dated(Slip(at, at + len(name), "PW527", what, advice, kind=name), after=int(since))


_FINDERS = {TYPO: _typos, PHRASE: _miswritten, NEAR: _near, DATED: _out_of_date, OFFICE: _former}
