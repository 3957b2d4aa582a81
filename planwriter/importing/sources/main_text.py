"""Which block of a government web page holds its text, and what in it belongs to the page and not to the text."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.importing.sources.markup import Block, PageLine, WebPage
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_KNOWN = regex(
    r"(?:^|[\s_-])(?:trs_\w*editor|trs_ueditor|view|ucap-?content|zoom|pages_content|vsb_content\w*|v_news_content|article-?(?:con(?:tent)?|body|text)?"
    r"|(?:news|info|detail|doc|text|main|xxgk|gk|zw|wz|bt|xl|nr|txt|con)-?_?(?:content|contents|con|cont|nr|text|txt|detail|body)|(?:content|con)(?:-?_?(?:box|txt|text|body|main|detail))?"
    r"|conTxt|wzcon|nr|zhengwen|bodytext|printcontent|printarea|print-content|custom_unionstyle|mainTextBox|art_con|artibody|detail)(?:$|[\s_-])",
    2,
)
"""Names that content management systems give the block with the text."""
_KNOWN_ELEMENTS = ("ucapcontent", "founder-content", "article")
_ASIDE = regex(
    r"(?:^|[\s_-])(?:nav\w*|menu|bread\w*|crumbs?|location|position|wz|dqwz|weizhi|share\w*|bdshare\w*|bshare\w*|jiathis\w*|social|foot\w*|bottom|copyright|side\w*|"
    r"relat\w*|recommend\w*|hot|rank\w*|list|pager?|pagination|pages?|prev\w*|next|up-?down|qr\w*|ewm|erweima|code|tools?\w*|toolbar|fontsize|font-?size|zihao|"
    r"print|close|search\w*|login|banner|logo|top\w*|header|ad|ads|advert\w*|float\w*|comment\w*|pinglun|message|source|laiyuan|info|infos|property|xxgk-?\w*head|"
    r"zwgk-?\w*head|guide|help|wza|accessib\w*|voice|editor-?name|bianji|jieda|jiedu|xgjd|xgwj|xgfj|xgxx|annex-?list)(?:$|[\s_-])",
    2,
)
"""Names of what stands around the text; they count only for blocks with few sentences."""
_NEVER = frozenset(("nav", "footer", "aside", "head", "title"))
_HIDDEN = regex(r"display\s*:\s*none|visibility\s*:\s*hidden", 2)
_SENTENCE = regex(r"[，。；：、！？]")
_MOST = 0.8
"""A block with this share of the page's prose holds the text; deeper ones are tried next."""
_ENOUGH = 0.5
"""The share of the page's prose that a block with a known name must have."""
_INDEX = ("索引号", "索 引 号")
_INDEX_SIZE = 1500


class MainText(NamedTuple):
    """The block with the text, its share of the prose of the page, and the blocks in it that are no text."""

    block: Block
    share: float
    dropped: dict[int, Block]
    """The blocks in it that are left out, by their identities (id), in order."""


def main_text(page: WebPage) -> MainText:
    """The block of a page that holds its text."""
    marked = _marked(page.root)
    weights = _Weights(page.root)
    whole = weights.of(page.root)
    block = _deepest(marked or _known(page.root, weights, whole) or page.root, weights)
    share = weights.of(block) / whole if whole else 0.0
    return MainText(block, share, {id(each): each for each in _aside(block, weights)})


def is_index(block: Block) -> bool:
    """True for a table with the entries by which an office keeps the page: 索引号, 发布机构, 主题分类."""
    if block.name != "table" or block.has_table:
        return False
    return any(mark in block.text(_INDEX_SIZE) for mark in _INDEX)


def is_left_out(block: Block) -> bool:
    """True for a block that is never text: navigation, a footer, what is not shown."""
    if block.name in _NEVER or "hidden" in block.attributes:
        return True
    return _HIDDEN.search(block.attributes.get("style", "")) is not None


class _Weights:
    """How much prose each block has: the characters of sentences that are not links."""

    def __init__(self, root: Block) -> None:
        self._prose: dict[int, int] = {}
        self._seen: dict[int, tuple[int, int]] = {}
        for block in _from_below(root):
            prose = seen = linked = 0
            if not is_left_out(block):
                for each in block.items:
                    if isinstance(each, PageLine):
                        prose += _prose(each)
                        seen += each.seen
                        linked += each.linked
                    else:
                        prose += self._prose[id(each)]
                        seen += self._seen[id(each)][0]
                        linked += self._seen[id(each)][1]
            self._prose[id(block)] = prose
            self._seen[id(block)] = seen, linked

    def of(self, block: Block) -> int:
        """The characters of prose in a block."""
        return self._prose[id(block)]

    def seen(self, block: Block) -> int:
        """All characters in a block."""
        return self._seen[id(block)][0]

    def linked(self, block: Block) -> float:
        """The share of the characters in a block that are links."""
        seen, linked = self._seen[id(block)]
        return linked / seen if seen else 0.0


def _prose(line: PageLine) -> int:
    """The characters of a line that count as prose: those of sentences count, a few words do not."""
    plain = line.seen - line.linked
    if plain <= 0:
        return 0
    return plain if plain >= 40 or (plain >= 12 and _SENTENCE.search(line.text) is not None) else 0


def _from_below(root: Block) -> Iterator[Block]:
    """All blocks of a tree, each after those in it."""
    made: list[Block] = []
    waiting = [root]
    while waiting:
        block = waiting.pop()
        made.append(block)
        waiting.extend(block.blocks())
    return reversed(made)


def _all(root: Block) -> Iterator[Block]:
    """All blocks of a tree in order, without what is never text."""
    waiting = [root]
    while waiting:
        block = waiting.pop()
        if not is_left_out(block):
            yield block
            waiting.extend(reversed(list(block.blocks())))


def _marked(root: Block) -> Block | None:
    """What stands between the marks ContentStart and ContentEnd, by which sites tell search engines where the text is."""
    start = next((each for each in _all(root) if each.name == "contentstart"), None)
    if start is None or start.parent is None:
        return None
    items = start.parent.items
    first = next(at for at, each in enumerate(items) if each is start)
    last = next((at for at, each in enumerate(items) if isinstance(each, Block) and each.name == "contentend"), -1)
    if last <= first:
        return None
    made = Block("div", {}, start.parent)
    made.items = items[first + 1 : last]
    start.parent.items = [*items[:first], made, *items[last + 1 :]]
    return made if any(line.seen for line in made.lines()) else None


def _known(root: Block, weights: _Weights, whole: int) -> Block | None:
    """The block with a name for the text that has most of the prose, the innermost of them."""
    best: Block | None = None
    for block in _all(root):
        named = block.name in _KNOWN_ELEMENTS or _KNOWN.search(block.mark) is not None
        enough = weights.of(block) >= max(_ENOUGH * whole, 1)
        if named and enough and (best is None or weights.of(block) >= 0.95 * weights.of(best)):
            best = block
    return best


def _deepest(block: Block, weights: _Weights) -> Block:
    """The innermost block that has nearly all prose of `block`, but no part of a table of data or of a list."""
    whole = weights.of(block)
    while whole:
        inner = next((each for each in block.blocks() if weights.of(each) >= _MOST * whole), None)
        lost = whole - weights.of(inner) if inner is not None else 0
        if inner is None or lost > 200 or (inner.name in ("p", "li", "tr", "ul", "ol", "td") and not _is_layout(inner)):
            break
        block = inner
    return block


def _is_layout(block: Block) -> bool:
    """True for a row or a cell that holds paragraphs of its own, as pages laid out by tables have."""
    return block.name in ("tr", "td") and sum(1 for _ in block.blocks()) > 0


def _aside(main: Block, weights: _Weights) -> Iterator[Block]:
    """The blocks in the text that belong to the page: never text, lists of links, named so and without sentences."""
    whole = max(weights.of(main), 1)
    waiting = list(reversed(list(main.blocks())))
    while waiting:
        block = waiting.pop()
        if (
            is_left_out(block)
            or is_index(block)
            or (weights.linked(block) > 0.6 and weights.seen(block) > 0 and not _is_part_of_text(block, weights))
            or (_ASIDE.search(block.mark) is not None and weights.of(block) < 0.05 * whole)
        ):
            yield block
        else:
            waiting.extend(reversed(list(block.blocks())))


def _is_part_of_text(block: Block, weights: _Weights) -> bool:
    """True for a paragraph that is a link as a whole, such as the name of an attachment."""
    return block.name in ("p", "span", "td", "th", "tr", "h1", "h2", "h3") and weights.seen(block) < 120
