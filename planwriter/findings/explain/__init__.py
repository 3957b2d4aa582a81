"""The page that `planwriter explain` prints for a finding: what it says, why it matters, a wrong and a right example.

The pages stand in the modules beside this one, a family of codes in each.
"""

from __future__ import annotations

import importlib
import re
import string

from planwriter.findings.messages import message_of
from planwriter.start.named_tuple import NamedTuple

_FAMILIES = {
    "PW101": "reading",
    "PW201": "outline",
    "PW301": "clauses",
    "PW325": "libraries",
    "PW350": "quality",
    "PW401": "targets",
    "PW440": "figures",
    "PW470": "typed",
    "PW501": "form",
    "PW520": "wording",
    "PW601": "form",
    "PW650": "layout",
    "PW682": "carried",
    "PW701": "imported",
    "PW720": "sources",
    "PW735": "tasks",
    "PW750": "imported",
    "PW765": "rolled",
    "PW801": "output",
    "PW815": "collected",
    "PW840": "output",
    "PW850": "edited",
    "PW860": "absorbed",
    "PW880": "tracked",
    "PW890": "journal",
    "PW897": "output",
    "PW901": "output",
}
"""The first code of each family, in order, and the module of its pages."""


class Page(NamedTuple):
    """What an explanation adds to the catalogue."""

    why: str
    wrong: str
    right: str
    way: str


def explanation(code: str) -> str:
    """The page of a finding of the catalogue, its lines ended. Raises KeyError for a code that is not in it."""
    message, page = message_of(code), page_of(code)
    parts = [
        f"{code}（{message.severity.word}）",
        f"它说：\n{_indented(blanked(message.sentence))}",
        f"为什么：\n{_indented(page.why)}",
        f"错的写法：\n{_indented(page.wrong)}",
        f"对的写法：\n{_indented(page.right)}",
        f"办法：\n{_indented(page.way)}",
    ]
    return "\n\n".join(parts) + "\n"


def page_of(code: str) -> Page:
    """The page of a code, from the module of its range."""
    family = _FAMILIES[max(first for first in _FAMILIES if first <= code)]
    pages: dict[str, Page] = importlib.import_module(f"planwriter.findings.explain.{family}").PAGES
    return pages[code]


_FIELDS = {
    "advice": "怎么改",
    "cell": "哪一格",
    "block": "哪一块",
    "cut": "截掉的字",
    "clause": "条款",
    "difference": "哪里不同",
    "file": "文件",
    "found": "现在的样子",
    "key": "键",
    "label": "编号",
    "library": "条款库",
    "likeness": "哪里相同",
    "mark": "哪几个字",
    "name": "名称",
    "part": "哪一部分",
    "problem": "哪里不对",
    "reason": "为什么",
    "role": "哪种文字",
    "side": "哪一边",
    "source": "来源",
    "unit": "单位",
    "value": "写的内容",
    "wanted": "应有的样子",
    "what": "什么",
    "where": "哪里",
}
"""What stands in a sentence's place for the thing itself, in the writer's words."""


def blanked(sentence: str) -> str:
    """A sentence of the catalogue with a word in 「」, or 「…」, in the places of what a finding names itself."""
    pieces = (
        text + (f"「{_FIELDS.get(field, '…')}」" if field is not None else "")
        for text, field, _, _ in string.Formatter().parse(sentence)
    )
    return re.sub("“(「[^」]*」)”", r"\1", "".join(pieces))


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.split("\n"))
