"""What makes a page of items look as if a machine had set it, as figures: length, sentences, openings, endings, skeletons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

TITLE_VERBS = ("加强", "深化", "强化", "推进", "持续")
"""Verbs with which half of all titles could begin, and which say nothing."""

_STOPS = str.maketrans("！？\n", "。。。")
_PAUSES = str.maketrans("；、：", "，，，")
_LEADING = "“‘（《〔"
_COUNTS = ("一是", "二是", "三是", "首先", "其次")
_NUMERALS, _AFTER_LABELS = "一二三四五六七八九十0123456789", ("、", "）", ".", "．")
_ADVERBS = ("切实", "不断", "进一步", "全面", "持续", "有效", "着力", "努力", "积极", "深入", "扎实", "大力")
_REACH = 60
"""A last piece is no longer than this."""
_FIGURES = frozenset("0123456789")
_OPENINGS = (
    "坚持 加强 强化 健全 完善 落实 规范 推进 推动 深化 建立 提升 提高 构建 压实 严格 实施 开展 组织 做好 抓好 持续 深入 扎实 全面"
    " 积极 严禁 坚决 严肃 巩固 优化 统筹 聚焦 围绕 贯彻"
)
_GENERAL = frozenset(_OPENINGS.split())
"""Words with which any sentence of any plan can begin."""
_PURPOSE = frozenset(("确保", "促进", "推动", "引导", "增强", "提升", "提高", "保障", "形成", "营造"))
_BAN = frozenset(("严禁", "不得", "严肃", "防止", "杜绝"))
_MARKS = frozenset("0123456789《“月")
_NAMES = "季度 汛前 开学 年底 年内 每年 每周 工程 平台 清单 台账 方案 条例 制度"
_NAMED = tuple(_NAMES.split())


def spread(lengths: Sequence[int]) -> float:
    """The coefficient of variation of lengths."""
    mean = sum(lengths) / len(lengths) if lengths else 0
    return float((sum((each - mean) ** 2 for each in lengths) / len(lengths)) ** 0.5 / mean) if mean else 0.0


def commonest(words: Iterable[str]) -> tuple[str, int]:
    """The commonest word, "" not counted, and how often it stands; ("", 0) if there is none."""
    counted: dict[str, int] = {}
    for word in words:
        counted[word] = counted.get(word, 0) + 1
    counted.pop("", None)
    most = max(counted.values(), default=0)
    return min([word for word, count in counted.items() if count == most], default=""), most


def sentences(text: str) -> list[str]:
    """The sentences of a text, without their end marks."""
    if "！" in text or "？" in text or "\n" in text:
        text = text.translate(_STOPS)
    return [each for each in text.split("。") if each.strip()]


def opening(text: str) -> str:
    """The first two characters of a text behind a label typed by hand (二十、); "" for a figure or a date."""
    first = text.lstrip(_LEADING)
    behind = first.lstrip(_NUMERALS)
    if behind != first and behind.startswith(_AFTER_LABELS):
        first = behind[1:].lstrip(_LEADING)
    return _word(first[2:].lstrip("，") if first.startswith(_COUNTS) else first)


def _word(piece: str) -> str:
    return "" if piece[:1] in _FIGURES else piece[:2]


def closing(text: str) -> str:
    """The first two characters of a text's last piece, behind an adverb: 促进 for …，切实促进公平。"""
    said = sentences(text)
    return last_word(said[-1]) if said else ""


def last_word(sentence: str) -> str:
    """The first two characters of a sentence's last piece, behind an adverb; "" if it is one piece, or a figure."""
    tail = sentence[-_REACH:].translate(_PAUSES).rstrip("，”） ")
    at = tail.rfind("，")
    if at < 0:
        return ""
    piece = tail[at + 1 :].lstrip(_LEADING)
    adverb = next((word for word in _ADVERBS if piece.startswith(word)), "")
    return _word(piece[len(adverb) :])


def has_figure(sentence: str) -> bool:
    """True if a sentence has a figure."""
    return not _FIGURES.isdisjoint(sentence)


def skeleton(text: str) -> str:
    """How the sentences of a text are built: the kind of opening, whether there is a figure, the kind of ending of each.

    It is "" for a text of fewer than three sentences, and for one of which most are not built in a common way.
    """
    said = sentences(text)
    if len(said) < 3:
        return ""
    made = [_built(each) for each in said]
    return "，".join(made) if 2 * sum(1 for each in made if each) > len(made) else ""


def _built(sentence: str) -> str:
    last = last_word(sentence)
    kinds = (
        "常用词开头" if opening(sentence) in _GENERAL else "",
        "有数" if has_figure(sentence) else "",
        "目的收尾" if last in _PURPOSE or last[:1] == "让" else "禁令收尾" if last in _BAN else "",
    )
    return "+".join(kind for kind in kinds if kind)


def is_concrete(sentence: str) -> bool:
    """True if a sentence has a figure, a name, a list, or a date."""
    return not _MARKS.isdisjoint(sentence) or sentence.count("、") > 1 or any(map(sentence.__contains__, _NAMED))
