"""Reads 编号: how each level of a plan is numbered."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.language.numerals import LabelStyle, parse_label_style
from planwriter.model import LEVEL_WORDS, Level, LevelNumbering, Numbering
from planwriter.source import keys
from planwriter.source.load import Mapping, Node, Scalar
from planwriter.source.schema import check_shape, word_at

DEFAULT_NUMBERING: Numbering = (
    LevelNumbering(style=LabelStyle("", "一", "、"), restart=0, run_in=False),
    LevelNumbering(style=LabelStyle("（", "一", "）"), restart=1, run_in=True),
    LevelNumbering(style=LabelStyle("", "1", "."), restart=0, run_in=True),
    LevelNumbering(style=LabelStyle("（", "1", "）"), restart=3, run_in=True),
)


def read_numbering(node: Mapping, base: Numbering, findings: list[Finding]) -> Numbering:
    """`base` with what a 编号 mapping changes in it."""
    got = check_shape(node, keys.NUMBERING, "编号", findings)
    levels = list(base)
    for index, level_word in enumerate(LEVEL_WORDS):
        if level_word in got:
            levels[index] = _read_level(got[level_word], level_word, levels[index], findings)
    starts = got.get("start")
    if isinstance(starts, Mapping):
        for level_word, value in check_shape(starts, keys.STARTS, "起始", findings).items():
            index = LEVEL_WORDS.index(level_word)
            if isinstance(value, Scalar):
                levels[index] = replace(levels[index], start=int(value.value))
    return cast(Numbering, tuple(levels))


def _read_level(node: Node, level_word: str, base: LevelNumbering, findings: list[Finding]) -> LevelNumbering:
    if isinstance(node, Scalar):
        style = read_style(node, findings)
        return base if style is None else replace(base, style=style)
    if not isinstance(node, Mapping):
        return base
    got = check_shape(node, keys.LEVEL_NUMBERING, f"编号的“{level_word}”", findings)
    style_node = got.get("style")
    if isinstance(style_node, Scalar):
        base = replace(base, style=read_style(style_node, findings) or base.style)
    restart = word_at(got, "restart")
    if restart:
        restart_level = 0 if restart == "全文" else LEVEL_WORDS.index(restart) + 1
        if restart_level >= LEVEL_WORDS.index(level_word) + 1:
            span = got["restart"].span
            allowed = "、".join(("全文", *LEVEL_WORDS[: LEVEL_WORDS.index(level_word)]))
            findings.append(finding("PW204", span, key="连续", value=restart, allowed=allowed))
        else:
            base = replace(base, restart=restart_level)
    if word_at(got, "title_style"):
        base = replace(base, run_in=word_at(got, "title_style") == "接排")
    return replace(base, start=int(word_at(got, "start"))) if word_at(got, "start") else base


def read_style(node: Scalar, findings: list[Finding]) -> LabelStyle | None:
    """The label style that a sample such as “1、” stands for; a finding and None where it is none."""
    try:
        return parse_label_style(node.value)
    except ValueError:
        findings.append(finding("PW220", node.span, value=node.value))
        return None


def level_of(level_word: str) -> Level:
    """The level that 章, 节, 条 or 款 stands for."""
    return Level(LEVEL_WORDS.index(level_word) + 1)
