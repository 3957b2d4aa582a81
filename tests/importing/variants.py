"""Variants of a text as they occur: other labels, lines joined and broken, debris of web pages, several plans in one file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from planwriter.importing.labels import LabelSeries, read_label
from planwriter.language.numerals import CIRCLED_MAX, chinese_numeral, circled

Forms: TypeAlias = "dict[LabelSeries, Callable[[int], str]]"
HEAD = (
    "首页 > 政务公开 > 规划计划\n您当前的位置：首页 > 计划\n索引号：0001/2026-01\n发布时间：2026-03-05 10:22\n"
    "来源：办公室\n浏览次数：123\n【字体：大 中 小】\n"
)
TAIL = "\n扫一扫在手机打开当前页\n【打印本页】【关闭窗口】\n主办：青山县人民政府办公室\n版权所有 青山县人民政府"


def relabelled(text: str, forms: Forms) -> str:
    """The text with the labels of some series in other forms."""
    made = []
    for line in text.split("\n"):
        label = read_label(line)
        if label is not None and not label.doubtful and label.series in forms:
            line = forms[label.series](label.number) + label.rest
        made.append(line)
    return "\n".join(made)


def _numeral(before: str, after: str) -> Callable[[int], str]:
    return lambda number: f"{before}{chinese_numeral(number)}{after}"


def _digit(before: str, after: str) -> Callable[[int], str]:
    return lambda number: f"{before}{number}{after}"


def _circle(number: int) -> str:
    return circled(number) if number <= CIRCLED_MAX else f"{number}."


def _broken(text: str, width: int, indent: str = "") -> str:
    lines = [indent + line if len(line) > 20 else line for line in text.split("\n")]
    return "\n".join(line[at : at + width] for line in lines for at in range(0, len(line), width))


def _paged(text: str) -> str:
    made = []
    for at, line in enumerate(text.split("\n"), 1):
        made.append(line)
        if at % 12 == 0:
            made.append(f"— {at // 12} —")
    return "\n".join(made)


def _by_twos(text: str) -> str:
    lines = text.split("\n")
    return "\n".join("".join(lines[at : at + 2]) for at in range(0, len(lines), 2))


_NO_LABELS: Forms = dict.fromkeys(LabelSeries, lambda number: "")
_S = LabelSeries
VARIANTS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "(一) 1、": lambda text: relabelled(text, {_S.NUMERAL_IN_BRACKETS: _numeral("(", ")"), _S.DIGIT: _digit("", "、")}),
    "1．": lambda text: relabelled(text, {_S.DIGIT: _digit("", "．")}),
    "labels with blanks": lambda text: relabelled(text, {_S.DIGIT: _digit("", ". "), _S.NUMERAL: _numeral("", "、 ")}),
    "第一章": lambda text: relabelled(text, {_S.NUMERAL: _numeral("第", "章 ")}),
    "第一部分 一、": lambda text: relabelled(
        text, {_S.NUMERAL: _numeral("第", "部分 "), _S.NUMERAL_IN_BRACKETS: _numeral("", "、")}
    ),
    "（1）": lambda text: relabelled(text, {_S.DIGIT: _digit("（", "）")}),
    "1）": lambda text: relabelled(text, {_S.DIGIT: _digit("", "）")}),
    "①": lambda text: relabelled(text, {_S.DIGIT: _circle}),
    "一是": lambda text: relabelled(text, {_S.DIGIT: _numeral("", "是")}),
    "第一，": lambda text: relabelled(text, {_S.DIGIT: _numeral("第", "，")}),
    "1. over （1）": lambda text: relabelled(
        text, {_S.NUMERAL_IN_BRACKETS: _digit("", "."), _S.DIGIT: _digit("（", "）")}
    ),
    "no labels": lambda text: relabelled(text, _NO_LABELS),
    "chapters without labels": lambda text: relabelled(text, {_S.NUMERAL: lambda number: ""}),
    "on one line": lambda text: text.replace("\n", ""),
    "two lines on one": _by_twos,
    "broken at 30": lambda text: _broken(text, 30),
    "broken at 40, indented": lambda text: _broken(text, 40, "　　"),
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "indented, Windows": lambda text: "\r\n".join(f"　　{line} \u00a0" for line in text.split("\n")),
    "web debris": lambda text: HEAD + text + TAIL,
    "page numbers": _paged,
    "signed at the end": lambda text: f"{text}\n青山县教育局\n2026年3月5日",
    "braces": lambda text: text.replace("，", "{{，}}", 1).replace("。", "{%。%}", 1),
    "doubled numbers": lambda text: "\n".join(
        "一" + line[1:] if line.startswith("二、") else line for line in text.split("\n")
    ),
}
LEFT_OUT = ("web debris", "page numbers")
"""Variants of which something is to be left out: what is recovered is the text itself."""
