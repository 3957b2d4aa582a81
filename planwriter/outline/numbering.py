"""Reads 编号: how each level of a plan is numbered, and how a single block is."""

from __future__ import annotations

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Findings, Result
from planwriter.language.numerals import LabelStyle, parse_label_style
from planwriter.model import LEVEL_WORDS, Level, LevelNumbering, Numbering, OwnNumbering
from planwriter.source import keys
from planwriter.source.nodes import Mapping, Node, Scalar
from planwriter.source.schema import check_shape, word_at
from planwriter.start.records import replace
from planwriter.start.typing import cast

DEFAULT_NUMBERING: Numbering = (
    LevelNumbering(style=LabelStyle("", "一", "、"), restart=0, run_in=False),
    LevelNumbering(style=LabelStyle("（", "一", "）"), restart=1, run_in=True),
    LevelNumbering(style=LabelStyle("", "1", "."), restart=0, run_in=True),
    LevelNumbering(style=LabelStyle("（", "1", "）"), restart=3, run_in=True),
)
_NO_NUMBERING: Result[OwnNumbering | None] = Result(None)


def read_numbering(node: Mapping, base: Numbering) -> Result[Numbering]:
    """`base` with the changes of a 编号 mapping."""
    found = Findings()
    got = found.take(check_shape(node, keys.NUMBERING, "编号"))
    levels = list(base)
    for index, level_word in enumerate(LEVEL_WORDS):
        if level_word in got:
            levels[index] = found.take(_read_level(got[level_word], level_word, levels[index]))
    starts = got.get("start")
    if isinstance(starts, Mapping):
        for level_word, value in found.take(check_shape(starts, keys.STARTS, "起始")).items():
            index = LEVEL_WORDS.index(level_word)
            if isinstance(value, Scalar):
                levels[index] = replace(levels[index], start=int(value.value))
    return found.result(cast(Numbering, tuple(levels)))


def _read_level(node: Node, level_word: str, base: LevelNumbering) -> Result[LevelNumbering]:
    """`base` with the changes of one level of 编号: a sample such as “1.”, or a mapping."""
    found = Findings()
    if isinstance(node, Scalar):
        style = found.take(read_style(node))
        return found.result(base if style is None else replace(base, style=style))
    if not isinstance(node, Mapping):
        return found.result(base)
    got = found.take(check_shape(node, keys.LEVEL_NUMBERING, f"编号的“{level_word}”"))
    style_node = got.get("style")
    if isinstance(style_node, Scalar):
        base = replace(base, style=found.take(read_style(style_node)) or base.style)
    restart = word_at(got, "restart")
    if restart:
        restart_level = 0 if restart == "全文" else LEVEL_WORDS.index(restart) + 1
        if restart_level >= LEVEL_WORDS.index(level_word) + 1:
            span = got["restart"].span
            allowed = "、".join(("全文", *LEVEL_WORDS[: LEVEL_WORDS.index(level_word)]))
            found.append(finding("PW204", span, key="连续", value=restart, allowed=allowed))
        else:
            base = replace(base, restart=restart_level)
    if word_at(got, "title_style"):
        base = replace(base, run_in=word_at(got, "title_style") == "接排")
    return found.result(replace(base, start=int(word_at(got, "start"))) if word_at(got, "start") else base)


def read_own_numbering(node: Node | None) -> Result[OwnNumbering | None]:
    """A block's own numbering: 无, a number, a sample of a label, or a mapping of both; None if it has none."""
    if isinstance(node, Scalar):
        return _read_own_sign(node)
    if not isinstance(node, Mapping):
        return _NO_NUMBERING
    found = Findings()
    got = found.take(check_shape(node, keys.BLOCK_NUMBERING, "编号"))
    sample, start = got.get("style"), word_at(got, "start")
    style = found.take(read_style(sample)) if isinstance(sample, Scalar) else None
    return found.result(OwnNumbering(start=int(start) if start else None, style=style))


def _read_own_sign(node: Scalar) -> Result[OwnNumbering | None]:
    if node.value in ("无", "不编号", "否"):
        return Result(OwnNumbering(unnumbered=True))
    if node.value.isascii() and node.value.isdigit():
        if 1 <= int(node.value[:9]) <= 9999:
            return Result(OwnNumbering(start=int(node.value)))
        allowed = "1 到 9999 的整数，或编号的样子"
        return Result(None, (finding("PW204", node.span, key="编号", value=node.value, allowed=allowed),))
    style = read_style(node)
    return Result(OwnNumbering(style=style.value) if style.value else None, style.findings)


def read_style(node: Scalar) -> Result[LabelStyle | None]:
    """The label style of a sample such as “1、”; None, and a finding, if it has none."""
    try:
        return Result(parse_label_style(node.value))
    except ValueError:
        return Result(None, (finding("PW220", node.span, value=node.value),))


def level_of(level_word: str) -> Level:
    """The level that 章, 节, 条 or 款 names."""
    return Level(LEVEL_WORDS.index(level_word) + 1)
