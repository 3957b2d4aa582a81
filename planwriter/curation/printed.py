"""A clause's own text as it is printed with the figures of its sample, for figures on how a library reads."""

from __future__ import annotations

import functools

from planwriter.clauses.clause import Clause
from planwriter.fill import HOLE
from planwriter.fill.optional import cuts, named_parameters, without
from planwriter.model import Section
from planwriter.model.walk import TextRole, walk_texts
from planwriter.start.patterns import re, regex

_OF_PARAMETER = regex(r"参数\s*\.\s*(\w+)")
_PROSE = (TextRole.TEXT, TextRole.TITLE)
_NUMBERS = ("整数", "小数", "百分数", "年份", "日期")


def printed_text(clause: Clause) -> str:
    """The text of a clause without its title: every optional part printed, a figure for every parameter, □□ for other names."""
    block = clause.block
    said = [(visit.text, visit.role) for visit in walk_texts((block,))]
    titled = isinstance(block, Section) and block.title is not None
    texts = [text.value for text, role in said[1 if titled else 0 :] if role in _PROSE]
    numbers = frozenset(each.name for each in clause.parameters if each.type in _NUMBERS)
    return "".join(_printed(text, numbers) for text in texts)


def _printed(text: str, numbers: frozenset[str]) -> str:
    whole = without(text, cuts(text, named_parameters(text)))
    return HOLE.sub(functools.partial(_shown, numbers), whole)


def _shown(numbers: frozenset[str], hole: re.Match[str]) -> str:
    named = _OF_PARAMETER.search(hole[1])
    return "10" if named and named[1] in numbers else "□□"
