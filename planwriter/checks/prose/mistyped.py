"""Finds slips of the keyboard: 2l0户, 480万万元, 的的, 确保确保, 培训培训, 防止不发生 (PW510)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.numbers import TYPED_DIGITS
from planwriter.checks.prose.slip import Slip
from planwriter.start.patterns import regex

_MAGNITUDES = regex(r"(?<=\d)(?P<word>[万亿])(?P=word)")
_TWICE = regex(
    r"(?<=[\d万亿])(?P<word>万元|亿元|万人|人次|平方米|公里|个百分点|[元亩吨%％‰])(?P=word)(?![旦均])"
    r"|(?<![目标有是])(?P<of>的)的(?![确士])"
)
_COUNTED_TWICE = regex(r"(?<=[\d万亿])(?P<word>[个所名家项条座处台户次辆张件场支])(?P=word)(?=[，。；、）\n]|\Z)")
_SOME_TWICE = regex(r"(...?)\1")
_MAY_REPEAT = frozenset("一二两三四五六七八九十百千万几每各逐半越再又边")
_MAY_MEET_WORDS = """
工程 单位 企业 机关 医院 学校 教师 组织 大学 银行 大队 支队 中队 总队 城市 项目 社区 用信 研究 讨论 商量 沟通
教育 服务 管理 监督 代表
"""
_MAY_MEET = frozenset(_MAY_MEET_WORDS.split())
"""Words that may end one phrase and begin the next (水利工程工程质量): they are told only at the end of a phrase."""
_PHRASE_ENDS = "，。；、）：！\n"
_MAGNITUDES_MIXED = regex(r"(?<=\d)亿万(?=[元人亩吨斤])")
_TWICE_SIGNS = (
    "的的",
    "元元",
    "亩亩",
    "吨吨",
    "%%",
    "％％",
    "‰‰",
    "元万元",
    "元亿元",
    "人万人",
    "次人次",
    "米平方米",
    "里公里",
    "点个百",
)
_VERBS = "确保|加强|推进|推动|完善|健全|提高|提升|强化|深化|坚持|开展|实施|建立|进一步|切实|积极|深入|扎实|全面"
_VERB_TWICE = regex(rf"(?P<verb>{_VERBS})(?P=verb)")
_VERB_SIGNS = tuple(f"{verb[-1]}{verb[0]}" for verb in _VERBS.split("|"))
_NOT_NOT = regex(r"(?:防止|避免|杜绝|严防)(?P<no>不要|不再|不)(?=发生|出现|产生)")
"""Matches a negation that turns what is meant round: 防止不发生事故."""
_FIGURE = regex(r"(?<![A-Za-z\d.,])\d[\d.,lIO]{1,15}(?=[^\W\da-zA-Z_]|%|\Z)")
_LETTERS = regex(r"[lI](?![\dlIO])|O(?=[.,])")
"""Matches letters that are no mistyped digits: 5l水桶, 3I类."""


def mistyped(text: str) -> Iterator[Slip]:
    """The slips of one text. A figure is shown as it was probably meant, but it is for the author to say."""
    if "万万" in text or "亿亿" in text:
        for found in _MAGNITUDES.finditer(text):
            word = found["word"]
            advice = f"多打的，删去一个“{word}”；真有这么多的，换一个大的单位。"
            yield Slip(*found.span(), "PW510", f"数字后面的“{word}”写了两遍", advice, kind="magnitude")
    for found in _TWICE.finditer(text) if any(map(text.__contains__, _TWICE_SIGNS)) else ():
        word = found["word"] or found["of"]
        what = f"“{word}”写了两遍“{text[max(0, found.start() - 4) : found.end() + 2]}”".replace("\n", "")
        yield Slip(*found.span(), "PW510", what, "删去一个。", word, "twice")
    for found in _COUNTED_TWICE.finditer(text):
        word = found["word"]
        what = f"“{word}”写了两遍“{text[max(0, found.start() - 4) : found.end()]}”"
        yield Slip(*found.span(), "PW510", what, "删去一个。", word, "twice")
    if "亿万" in text:
        for found in _MAGNITUDES_MIXED.finditer(text):
            what = f"“{text[max(0, found.start() - 6) : found.end() + 1]}”里“亿”和“万”连用"
            yield Slip(
                *found.span(), "PW510", what, "核对是“万”还是“亿”，删去一个；真有这么多的，写“万亿”。", kind="magnitude"
            )
    yield from _words_twice(text)
    for found in _VERB_TWICE.finditer(text) if any(map(text.__contains__, _VERB_SIGNS)) else ():
        word = found["verb"]
        yield Slip(*found.span(), "PW510", f"“{word}”写了两遍", "删去一个。", word, "twice")
    if "防" in text or "避免不" in text or "杜绝不" in text:
        for found in _NOT_NOT.finditer(text):
            what = f"“{found.group()}”多了否定的字，意思反了"
            yield Slip(*found.span("no"), "PW510", what, f"删去“{found['no']}”。", "", "negation")
    if any(letter in text for letter in "lIO"):
        for found in _FIGURE.finditer(text):
            figure = found.group()
            if not _LETTERS.search(figure) and any(each in figure for each in "lIO"):
                what = f"“{figure}”里有英文字母，不全是数字"
                advice = f"核对后改成“{figure.translate(TYPED_DIGITS)}”。"
                yield Slip(*found.span(), "PW510", what, advice, kind="letter")


def _words_twice(text: str) -> Iterator[Slip]:
    """Words of two or three characters that stand twice, side by side: 技能培训培训."""
    for found in _SOME_TWICE.finditer(text):
        word = found[1]
        if (
            not word.isalpha()
            or word[0] == word[1]
            or not _MAY_REPEAT.isdisjoint(word)
            or not all(map(_is_chinese, word))
        ):
            continue
        after = text[found.end() : found.end() + 1]
        if (
            _TWICE.match(text, found.start())
            or _VERB_TWICE.match(text, found.start())
            or (word in _MAY_MEET and after and after not in _PHRASE_ENDS)
        ):
            continue
        what = f"“{word}”写了两遍“{text[max(0, found.start() - 4) : found.end() + 2]}”".replace("\n", "")
        yield Slip(*found.span(), "PW510", what, "删去一个。", word, "twice")


def _is_chinese(mark: str) -> bool:
    return "\u4e00" <= mark <= "\u9fff"
