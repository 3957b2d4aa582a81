"""The document as Markdown (CommonMark with GFM tables), for wikis, forges and chat; its text equals the text writer's.

Characters that have a meaning in Markdown are escaped. Labels are written as text: no list numbers itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from planwriter.model import Document
from planwriter.plan.flow import (
    BLANK_MARK,
    BLANK_RULE,
    BOX_TITLE,
    CAPTION,
    HEADINGS,
    LABEL,
    MARK,
    RULE,
    TITLE,
    Grid,
    Imprint,
    Item,
    Line,
    Plate,
    flow,
)
from planwriter.start.patterns import regex

_HEADINGS = {role: "#" * number for number, role in enumerate((TITLE, *HEADINGS), 1)}
_STRONG = (MARK, LABEL, CAPTION, BOX_TITLE)
_BREAK = "---"


def render_markdown(document: Document) -> str:
    """The Markdown of a numbered document.

    The title is a heading of the first level; 章 to 款 are headings of the second to fifth level if they stand on their own
    line, and bold if they run in. A 专栏 is a quotation. The red rule, a new page and the 版记 each begin with a rule (---).
    """
    blocks: list[str] = []
    boxed = False
    for item in flow(document):
        quoted = isinstance(item, Line) and item.boxed
        joined = quoted and boxed and not (isinstance(item, Line) and item.role == BOX_TITLE)
        for block in _blocks(item):
            shown = "\n".join(f"> {line}" for line in block.split("\n")) if quoted else block
            if joined and blocks:
                blocks[-1] += f"\n>\n{shown}"
            else:
                blocks.append(shown)
        boxed = quoted
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _blocks(item: Item) -> Iterator[str]:
    if isinstance(item, Grid):
        if any(item.rows):
            yield _table(item)
    elif isinstance(item, Imprint):
        yield _BREAK
        yield from map(_escaped, item.lines)
    elif isinstance(item, Plate):
        yield from (_escaped(item.text),) if item.text else ()
        yield from (_strong(item.caption),) if item.caption else ()
    elif item.role == RULE:
        yield _BREAK
    elif item.text and item.role not in (BLANK_MARK, BLANK_RULE):
        if item.new_page:
            yield _BREAK
        yield _paragraph(item)


def _paragraph(line: Line) -> str:
    if line.role in _HEADINGS:
        return f"{_HEADINGS[line.role]} {_inline(line.text)}"
    if line.role in _STRONG:
        return "\\\n".join(_strong(piece) for piece in line.text.split("\n") if piece)
    first, *rest = line.runs
    if first.role in HEADINGS and first.role != line.role:
        return _strong_start(first.text, "".join(run.text for run in rest))
    return _escaped(line.text)


def _strong_start(title: str, text: str) -> str:
    """A title that runs in, in bold, and the text after it.

    The punctuation that ends the title stays outside the bold: after a full stop Markdown takes a closing `**` for an
    opening one, because no space precedes the Chinese character that follows.
    """
    if len(title) < 2:
        return _escaped(title + text)
    return _strong(title[:-1]) + _inline(title[-1] + text)


def _strong(text: str) -> str:
    return f"**{_inline(text)}**"


# escapes

_SIGNS = regex(r"[\\`*_\[\]<>&~$#|]")
_STARTS = regex(r"\A([0-9]{1,9}(?=[.)])|(?=[-+=:]))(.)")
_DROPPED = regex("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def _escaped(text: str) -> str:
    """A paragraph, escaped; also escapes a beginning that would make it a list, a rule or a heading."""
    return "\\\n".join(_STARTS.sub(r"\1\\\2", _inline(line)) for line in text.split("\n") if line)


def _inline(text: str) -> str:
    """Text with special characters escaped; spaces at its ends, which Markdown drops, become character references."""
    text = _DROPPED.sub("", text).replace("\n", " ")
    start = len(text) - len(text.lstrip())
    end = max(start, len(text.rstrip()))
    return _references(text[:start]) + _SIGNS.sub(r"\\\g<0>", text[start:end]) + _references(text[end:])


def _references(spaces: str) -> str:
    return "".join(f"&#{ord(mark)};" for mark in spaces)


def _table(grid: Grid) -> str:
    columns = list(zip_longest(*grid.rows, fillvalue=""))
    rows = ["| " + " | ".join(map(_cell, row)) + " |" for row in zip(*columns, strict=True)]
    rows.insert(1, "|" + " --- |" * len(columns))
    return "\n".join(rows)


def _cell(text: str) -> str:
    return "<br>".join(_inline(line) for line in text.split("\n"))
