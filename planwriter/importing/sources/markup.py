"""HTML as a tree of blocks with their lines, read in one pass within bounds, however wrong it is.

The parser of the standard library reads each unfinished tag to the end of the file and begins anew behind it; this one
never looks at a character twice. Inline elements leave no trace but what they say of their characters: link, bold.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from planwriter.start.patterns import regex

MAX_DEPTH = 200
"""Blocks deeper than this are read as if they stood at this depth."""
MAX_BLOCKS = 400_000
_KEPT = (
    "id",
    "class",
    "style",
    "align",
    "name",
    "content",
    "charset",
    "http-equiv",
    "start",
    "type",
    "value",
    "hidden",
)
_KEPT_OF_CELLS = ("colspan", "rowspan")
_MAX_VALUE = 500
_MAX_MARK = 120

_LEFT_OUT = frozenset(["template", "svg", "math", "object", "select", "button", "canvas", "audio", "video", "map"])
_RAW = {tag: regex(rf"</{tag}\b", 2) for tag in ("script", "style", "textarea", "noscript", "iframe")}
"""The elements that are left out, and those that are skipped up to their end, whatever stands in them."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    (
        *[
            "html",
            "body",
            "div",
            "p",
            "table",
            "thead",
            "tbody",
            "tfoot",
            "tr",
            "td",
            "th",
            "caption",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "section",
            "article",
            "main",
            "header",
            "footer",
            "nav",
        ],
        *[
            "aside",
            "form",
            "fieldset",
            "legend",
            "center",
            "blockquote",
            "pre",
            "address",
            "figure",
            "figcaption",
            "details",
            "summary",
            "hgroup",
        ],
        *["ucapcontent", "ucaptitle", "founder-content", "founder-title", "head", "title"],
        *HEADINGS,
    )
)
_CLOSES = {
    "p": ("p",),
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "tr": ("tr", "td", "th"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "body": ("head",),
    **dict.fromkeys(("thead", "tbody", "tfoot"), ("thead", "tbody", "tfoot", "tr", "td", "th")),
}
"""The elements that end when one of a name begins, up to the nearest block that holds both."""
_HOLDS = {
    "p": frozenset(("td", "th", "table", "body", "li", "div", "blockquote")),
    "li": frozenset(("ul", "ol", "td", "th", "table", "body")),
    **dict.fromkeys(("dt", "dd"), frozenset(("dl", "td", "th", "table", "body"))),
    **dict.fromkeys(("tr", "td", "th", "thead", "tbody", "tfoot"), frozenset(("table",))),
    "body": frozenset(("html",)),
}
_NAME = regex(r"[A-Za-z][^\s/><\"'=]{0,40}")
_BETWEEN = regex(r"[\s/]*")
_ATTRIBUTE = regex(r"([^\s=>/\"'][^\s=>/]{0,100})(?:\s{0,20}=\s{0,20})?")
_UNQUOTED = regex(r"[^\s>]*")
_BLANKS = regex(r"[ \t\r\n\f]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\uffef\u2014\u2018-\u201d\u2026\u3000-\u303f"
_WRAPPED = regex(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")


class TooManyBlocks(Exception):
    """The page has more blocks than are read."""


class PageLine:
    """Characters between two breaks of lines."""

    __slots__ = ("_pieces", "bold", "linked", "seen", "text")

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.text = ""
        self.seen = self.linked = self.bold = 0
        """The numbers of characters that are no blanks: all, in links, bold."""

    def add(self, text: str, *, linked: bool, bold: bool) -> None:
        """Appends characters as they stand in the file, entities resolved."""
        self._pieces.append(text)
        seen = sum(map(len, text.split()))
        self.seen += seen
        self.linked += seen if linked else 0
        self.bold += seen if bold else 0

    def settle(self) -> None:
        """Fixes `text`, with the blanks as a browser shows them; none where only the file's line was broken."""
        self.text = _BLANKS.sub(" ", _WRAPPED.sub("", "".join(self._pieces))).strip(" ")


class Block:
    """An element that begins and ends lines.

    `items` are its lines and blocks in order; `mark` is its id and class; `has_table` is True if a table stands in it.
    """

    __slots__ = ("attributes", "has_table", "items", "mark", "name", "parent")

    def __init__(self, name: str, attributes: dict[str, str], parent: Block | None) -> None:
        self.name, self.attributes, self.parent = name, attributes, parent
        self.items: list[Block | PageLine] = []
        self.has_table = False
        self.mark = f"{attributes.get('id', '')} {attributes.get('class', '')}"[:_MAX_MARK].strip().lower()

    def blocks(self) -> Iterator[Block]:
        """The blocks directly in it."""
        return (each for each in self.items if isinstance(each, Block))

    def lines(self) -> Iterator[PageLine]:
        """All its lines in order, at every depth."""
        waiting: list[Block | PageLine] = [self]
        while waiting:
            each = waiting.pop()
            if isinstance(each, Block):
                waiting.extend(reversed(each.items))
            else:
                yield each

    def text(self, limit: int) -> str:
        """Its lines, one below the other, cut after `limit` characters."""
        found: list[str] = []
        for line in self.lines():
            found.append(line.text[:limit])
            limit -= len(line.text)
            if limit <= 0:
                break
        return "\n".join(found)


class WebPage:
    """A page: its body, its <title>, what its <meta> say by name in lower case."""

    def __init__(self) -> None:
        self.root = Block("html", {}, None)
        self.title = ""
        self.named: dict[str, str] = {}


def read_page(text: str) -> WebPage:
    """The blocks of a page. Raises TooManyBlocks."""
    reader = _Reader(text)
    reader.read()
    return reader.page


class _Reader:
    def __init__(self, text: str) -> None:
        self.page = WebPage()
        self._text = text
        self._last = {quote: text.rfind(quote) for quote in "\"'"}
        self._last_end = text.rfind(">")
        self._open = [self.page.root]
        self._deeper = 0
        self._line: PageLine | None = None
        self._linked = self._bold = self._count = 0
        self._skipped = ""
        self._inside = self._inside_blocks = 0
        """The element that is being left out, and how many of its name and how many blocks are open in it."""

    def read(self) -> None:
        text, at = self._text, 0
        while at < len(text):
            sign = text.find("<", at)
            if sign < 0:
                sign = len(text)
            if sign > at:
                self._take(text[at:sign])
            at = self._markup(sign) if sign < len(text) else sign
        self._break()
        self._end_block(0)

    def _markup(self, at: int) -> int:
        """Reads what begins with < at `at`; returns where it ends."""
        text = self._text
        if text.startswith("<!--", at):
            return self._after("-->", at)
        if text.startswith(("<!", "<?"), at):
            return self._after(">", at)
        ends = text.startswith("</", at)
        name = _NAME.match(text, at + 1 + ends)
        if name is None or at > self._last_end:
            self._take("<")
            return at + 1
        found, after = self._attributes(name.end())
        tag = name[0].lower()
        if ends:
            self._end(tag)
        else:
            if tag in _RAW:
                match = _RAW[tag].search(text, after)
                return match.start() if match else len(text)
            self._start(tag, found)
        return after

    def _after(self, mark: str, at: int) -> int:
        found = self._text.find(mark, at)
        return found + len(mark) if found >= 0 else len(self._text)

    def _attributes(self, at: int) -> tuple[dict[str, str], int]:
        """The attributes of a tag from `at`, and where the tag ends."""
        text = self._text
        found: dict[str, str] = {}
        while at < len(text):
            match = _BETWEEN.match(text, at)
            at = match.end() if match else at
            if text.startswith(">", at):
                return found, at + 1
            attribute = _ATTRIBUTE.match(text, at)
            if attribute is None:
                at += 1
                continue
            at, value = attribute.end(), ""
            if attribute[0].rstrip().endswith("="):
                value, at = self._value(at)
            name = attribute[1].lower()
            if name in _KEPT or name in _KEPT_OF_CELLS:
                found.setdefault(name, html.unescape(value[:_MAX_VALUE]))
        return found, at

    def _value(self, at: int) -> tuple[str, int]:
        text = self._text
        quote = text[at : at + 1]
        if quote in self._last and at < self._last[quote]:
            end = text.find(quote, at + 1)
            return text[at + 1 : min(end, at + 1 + _MAX_VALUE)], end + 1
        match = _UNQUOTED.match(text, at)
        return (match[0], match.end()) if match else ("", at)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipped:
            self._inside += tag == self._skipped
            self._inside_blocks += tag in BLOCKS
        elif tag == "meta":
            self._meta(attributes)
        elif tag in ("br", "hr"):
            self._break()
        elif tag in _LEFT_OUT:
            self._skipped, self._inside, self._inside_blocks = tag, 1, 0
        elif tag in BLOCKS:
            self._begin_block(tag, attributes)
        elif tag == "a":
            self._linked = 1
        elif tag in ("b", "strong"):
            self._bold += 1

    def _end(self, tag: str) -> None:
        if self._skipped and not self._is_outside(tag):
            return
        if tag in BLOCKS:
            self._close(tag)
        elif tag == "a":
            self._linked = 0
        elif tag in ("b", "strong"):
            self._bold = max(self._bold - 1, 0)
        elif tag == "br":
            self._break()

    def _is_outside(self, tag: str) -> bool:
        """True if the end of a block shows that what is left out has ended before, although nothing says so."""
        if tag == self._skipped:
            self._inside -= 1
            self._skipped = self._skipped if self._inside else ""
        elif tag in BLOCKS:
            self._inside_blocks -= 1
            if self._inside_blocks < 0:
                self._skipped = ""
                return True
        return False

    def _meta(self, attributes: dict[str, str]) -> None:
        name = attributes.get("name", "").lower()
        if name in ("contentstart", "contentend"):
            self._break()
            self._open[-1].items.append(Block(name, {}, self._open[-1]))
        elif name:
            self.page.named.setdefault(name, attributes.get("content", "").strip())

    def _begin_block(self, tag: str, attributes: dict[str, str]) -> None:
        self._break()
        self._bold = self._linked = 0
        if tag in ("html", "body") and any(each.name == tag for each in self._open[1:]):
            return
        if tag != "p" and self._open[-1].name == "p":
            self._end_block(len(self._open) - 1)
        for depth in range(len(self._open) - 1, 0, -1):
            name = self._open[depth].name
            if name in _HOLDS.get(tag, ()):
                break
            if name in _CLOSES.get(tag, ()):
                self._end_block(depth)
                if tag in ("p", "li", "td", "th", "dt", "dd", "body"):
                    break
        self._count += 1
        if self._count > MAX_BLOCKS:
            raise TooManyBlocks
        if len(self._open) >= MAX_DEPTH:
            self._deeper += 1
            return
        block = Block(tag, attributes, self._open[-1])
        self._open[-1].items.append(block)
        if tag == "table":
            for around in reversed(self._open):
                if around.has_table:
                    break
                around.has_table = True
        self._open.append(block)

    def _close(self, tag: str) -> None:
        self._break()
        self._bold = self._linked = 0
        if self._deeper:
            self._deeper -= 1
            return
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].name == tag:
                self._end_block(depth)
                return
            if self._open[depth].name == "table" and tag not in ("body", "html"):
                return

    def _end_block(self, depth: int) -> None:
        """Ends the open blocks from `depth` on, but the root."""
        for block in self._open[max(depth, 1) :]:
            if block.name == "title" and not self.page.title:
                self.page.title = block.text(_MAX_VALUE).replace("\n", " ")
        del self._open[max(depth, 1) :]
        self._deeper = 0

    def _take(self, data: str) -> None:
        if self._skipped or (self._line is None and not data.strip(" \t\r\n\f")):
            return
        if self._line is None:
            self._line = PageLine()
        self._line.add(html.unescape(data), linked=self._linked > 0, bold=self._bold > 0)

    def _break(self) -> None:
        """The line ends: at a break, or because a block begins or ends."""
        line, self._line = self._line, None
        if line is not None:
            line.settle()
            if line.text:
                self._open[-1].items.append(line)
