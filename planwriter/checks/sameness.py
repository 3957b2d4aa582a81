"""Says in one hint what makes the items of a plan look alike, or the plan too long (PW512).

The limits are wider than those for a library (`curation/check/style`): no published plan of those that we have is outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planwriter.checks.prose.style import (
    TITLE_VERBS,
    commonest,
    has_figure,
    is_concrete,
    last_word,
    opening,
    sentences,
    spread,
)
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.model import Block, Document, Level, Outline, Paragraph, Section
from planwriter.model.memo import NO_MEMO, Memo, Recent, apart_from_digits
from planwriter.start.named_tuple import NamedTuple

FEWEST = 10
"""A plan with fewer items is not judged."""
LONGEST = 5_000
"""A general plan should have no more characters; special ones no more than 4,000."""
_MARGIN = 500
"""A plan is not told of a few lines too many."""
_SPREAD, _THREE, _SAME, _BARE, _VERBS = 0.25, 0.60, 0.30, 0.60, 6
"""The limits: each is told of, and one that is passed is enough."""
_ALSO_SAME, _ALSO_VERBS = 0.15, 3
"""What real plans pass as well: it is only told beside something else."""
_SHOWN = 5


class Item(NamedTuple):
    """The lowest numbered block with a text above 款, as figures."""

    title: str
    length: int
    sentences: int
    bare: int
    """How many of its sentences have no figure, name, list or date."""
    opening: str
    closing: str


def check_sameness(
    document: Document, outline: Outline, short_of: Callable[[], list[str]], memo: Memo = NO_MEMO
) -> Iterator[Finding]:
    """At most one finding; `short_of` gives the clauses that the plan uses at full length, and that have a short wording."""
    read = [memo.once(_read, block, by=(memo, True)) for part in document.parts for block in part.blocks]
    chapters = [items for items, _ in read]
    items = [item for chapter in chapters for item in chapter]
    if len(items) < FEWEST:
        return
    told, also = _alike(items, chapters)
    told += _too_long(sum(length for _, length in read), short_of)
    place = outline.title.origin if outline.title and outline.title.origin else outline.origin
    if told and place is not None:
        yield finding("PW512", place, count=len(items), what="；".join((*told, *also)))


def _alike(items: list[Item], chapters: list[tuple[Item, ...]]) -> tuple[list[str], list[str]]:
    """What is outside the limits, and what is worth a word beside it."""
    told: list[str] = []
    also: list[str] = []
    varied = spread([item.length for item in items])
    if varied < _SPREAD:
        told.append(f"长短太齐（离散系数 {varied:.2f}，发过的文件多在 0.4 以上）")
    three = [item.sentences for item in items].count(3) / len(items)
    if three > _THREE:
        told.append(f"{three:.0%} 正好三句话")
    for what, words in (("开头", [item.opening for item in items]), ("收尾的一句", [item.closing for item in items])):
        word, count = commonest(words)
        if count > 3 and count > _ALSO_SAME * len(items):
            (told if count > _SAME * len(items) else also).append(f"{count} 段的{what}都是“{word}……”")
    for chapter in chapters:
        word, count = commonest(item.title[:2] for item in chapter if item.title.startswith(TITLE_VERBS))
        if count > _ALSO_VERBS:
            (told if count > _VERBS else also).append(f"一章里 {count} 个标题以“{word}”开头")
    said = sum([item.sentences for item in items])
    bare = sum([item.bare for item in items])
    if said and bare > _BARE * said:
        told.append(f"{bare / said:.0%} 的句子没有数、名称、清单和日期")
    return told, also


def _too_long(length: int, short_of: Callable[[], list[str]]) -> list[str]:
    names = short_of() if length > LONGEST + _MARGIN else []
    if not names:
        return []
    shown = "、".join(names[:_SHOWN]) + ("等" if len(names) > _SHOWN else "")
    return [f"正文 {length} 字，超过 {LONGEST} 字，可以换成“简”的有 {shown}"]


def items_of(block: Block) -> tuple[Item, ...]:
    """The items of an outermost block."""
    return _read(NO_MEMO, True, block)[0]


def _read(memo: Memo, holds_items: bool, block: Block) -> tuple[tuple[Item, ...], int]:
    """The items of a block, if it may hold some, and how many characters it has; blocks inside it are remembered."""
    if isinstance(block, Paragraph):
        return (), len(block.text.value)
    if not isinstance(block, Section):
        return (), 0
    title = block.title.value if block.title else ""
    length = len(title) + (len(block.text.value) if block.text else 0)
    items: tuple[Item, ...] = ()
    is_item = holds_items
    for each in block.children:
        is_higher = isinstance(each, Section) and each.level < Level.SUBITEM
        inner, size = memo.once(_read, each, by=(memo, holds_items and is_higher))
        length, items, is_item = length + size, items + inner, is_item and not is_higher
    text = _text(block) if is_item else ""
    return ((Item(title, len(text), *_said(text)),) if text else items), length


def _said(text: str) -> tuple[int, int, str, str]:
    """How many sentences a text has, how many of them are bare, and its first and last words."""
    key = apart_from_digits(text)
    known: tuple[int, int, str, str] | None = _known.get(key)
    if known is None:
        said = sentences(text)
        bare = sum(1 for each in said if not is_concrete(each))
        known = len(said), bare, opening(text), last_word(said[-1] if said else "")
        if not has_figure(known[2] + known[3]):
            _known.put(key, text, known)
    return known


_known = Recent()


def _text(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text.value
    if not isinstance(block, Section):
        return ""
    return (block.text.value if block.text else "") + "".join(map(_text, block.children))
