"""Finds sentences that break off: 为了。 同时。 不少于， (PW536)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.slip import Slip, beside
from planwriter.start.patterns import regex

_PHRASE = regex(r"[^。；，！？\n]+")
_SENTENCE_ENDS = frozenset("。；！？")
_INNER_ENDS = frozenset("。；，")
_LINE_ENDS = frozenset(("", "\n"))
"""What stands before the first phrase of a line, and behind its last."""
_OPENING = "为 为了 通过 根据 按照 依据 围绕 由 在 对 把 将 从 向 与 和 及 以及 同时 此外 另外 因此 并 并且 而且 但 但是 其中 以便 使 让"
_OPENERS = frozenset(_OPENING.split())
_ACTING = "制定 印发 加强 确保 做好 抓好 贯彻 建立 健全 实现 促进 提高 提升 完善 强化"
_VERBS = frozenset(_ACTING.split())
_URGED = frozenset(
    f"{how}{verb}"
    for how in ("切实", "进一步", "认真", "大力", "全面")
    for verb in ("加强", "做好", "推动", "贯彻", "建立", "强化")
)
_BEFORE_FIGURES = (
    *("不少于", "不低于", "不超过", "不高于", "不小于", "不大于"),
    *(
        f"{verb}{to}"
        for verb in ("提高", "增加", "提升", "下降", "降低", "压缩", "缩短", "控制", "稳定", "保持")
        for to in "到至在"
        if verb + to != "保持到"
    ),
)
_LAST = frozenset("".join(each[-1] for each in (*_OPENERS, *_VERBS, *_URGED, *_BEFORE_FIGURES)))


def broken_off(text: str) -> Iterator[Slip]:
    """The slips of a text of prose, in which quotations are blanked."""
    for found in _PHRASE.finditer(text):
        phrase = found.group()
        if phrase[-1] not in _LAST:
            continue
        start, end = found.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if phrase in _OPENERS:
            if after in _SENTENCE_ENDS or (after in _LINE_ENDS and before in _INNER_ENDS):
                yield _slip(text, (start, end), f"“{phrase}”后面没有话了")
        elif phrase in _VERBS or phrase in _URGED:
            is_alone = before in _INNER_ENDS or (phrase in _URGED and before in _LINE_ENDS)
            if is_alone and after in ("。", "；"):
                yield _slip(text, (start, end), f"“{phrase}”后面没有写明是什么")
        elif phrase.endswith(_BEFORE_FIGURES) and after not in ("！", "？"):
            word = next(each for each in _BEFORE_FIGURES if phrase.endswith(each))
            yield _slip(text, (end - len(word), end), f"“{word}”后面没有数")


def _slip(text: str, span: tuple[int, int], what: str) -> Slip:
    shown = beside(text, *span, 6)
    return Slip(*span, "PW536", f"{what}：“{shown}”", "没写完的写完；多出来的删去。", kind="broken")
