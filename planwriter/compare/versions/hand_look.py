"""Visible formatting that was set by hand in a paragraph of a .docx, in words: 加粗、“五所学校”红色."""

from __future__ import annotations

from collections.abc import Iterable

from planwriter.readers.docx.document import Look, WordParagraph, WordRun
from planwriter.start.patterns import regex
from planwriter.writers.docx.style_names import CHARACTER_STYLE_NAMES

_COLOURS = {
    "FF0000": "红色",
    "C00000": "深红色",
    "0000FF": "蓝色",
    "0070C0": "蓝色",
    "00B0F0": "浅蓝色",
    "002060": "深蓝色",
    "FFFF00": "黄色",
    "FFC000": "橙色",
    "008000": "绿色",
    "00B050": "绿色",
    "00FF00": "绿色",
    "7030A0": "紫色",
    "FFFFFF": "白色",
    "808080": "灰色",
}
_HIGHLIGHTS = {
    "yellow": "黄色",
    "green": "绿色",
    "cyan": "青色",
    "magenta": "粉色",
    "red": "红色",
    "blue": "蓝色",
    "lightgray": "灰色",
    "darkgray": "灰色",
}
_ALIGNED = {"left": "左对齐", "center": "居中", "right": "右对齐", "both": "两端对齐", "distribute": "分散对齐"}
_OURS = frozenset(name.lower() for name in CHARACTER_STYLE_NAMES.values())
_CHINESE, _LATIN = regex("[\u3400-\u9fff]"), regex("[0-9A-Za-z]")
_SHORT, _MOST = 12, 6
"""How many characters of a stretch are cited, and how many stretches of a paragraph."""


def hand_look(paragraph: WordParagraph, *, in_frame: bool = False) -> str:
    """What differs from the styles of a paragraph; "" for nothing.

    With `in_frame` its sizes and its place on the line do not count, since the writer sets them itself.
    """
    shown = [run for run in paragraph.shown if run.text.strip()]
    found: dict[str, list[WordRun]] = {}
    for run in shown:
        for word in _words(run, sized=not in_frame):
            found.setdefault(word, []).append(run)
    said = [_said(word, runs, shown) for word, runs in found.items()]
    if shown and not in_frame and _side(paragraph.align) != _side(paragraph.styled_align):
        said.append(_ALIGNED.get(paragraph.align, "对齐方式"))
    return "；".join(said[:_MOST])


def _side(align: str) -> str:
    return "both" if align in ("both", "left", "mediumKashi", "lowKashi", "highKashi") else align


def _said(word: str, runs: list[WordRun], shown: list[WordRun]) -> str:
    if len(runs) == len(shown):
        return word
    text = "".join(_joined(runs, shown))
    return f"“{text[:_SHORT]}{'…' * (len(text) > _SHORT)}”{word}"


def _joined(runs: list[WordRun], shown: list[WordRun]) -> Iterable[str]:
    """The texts of the runs; … stands where others are between them."""
    chosen = {id(run) for run in runs}
    last = -1
    for at, run in enumerate(shown):
        if id(run) in chosen:
            if 0 <= last < at - 1:
                yield "…"
            yield run.text
            last = at


def _words(run: WordRun, *, sized: bool) -> Iterable[str]:
    """What a run has that its styles do not give; a character style that planwriter does not use counts as set by hand."""
    if run.style is None:
        return
    look = run.look
    usual = run.style.look if run.style.name in _OURS else run.style.paragraph
    if look == usual:
        return
    yield from _switched(look, usual)
    if look.color != usual.color:
        yield _COLOURS.get(look.color, f"颜色#{look.color}") if look.color else "黑色"
    if look.highlight != usual.highlight:
        yield (
            f"突出显示（{_HIGHLIGHTS.get(look.highlight.lower(), look.highlight)}）" if look.highlight else "无突出显示"
        )
    if look.shade != usual.shade and look.shade != "FFFFFF":
        yield "底纹"
    for font, own, script in ((look.chinese, usual.chinese, _CHINESE), (look.latin, usual.latin, _LATIN)):
        if font != own and font and script.search(run.text):
            yield f"字体“{font}”"
    if sized and look.size != usual.size:
        yield f"字号{look.size / 2:g}磅"


def _switched(look: Look, usual: Look) -> Iterable[str]:
    for name, word in (
        ("bold", "加粗"),
        ("italic", "斜体"),
        ("underlined", "下划线"),
        ("struck", "删除线"),
        ("raised", "上下标"),
    ):
        own = getattr(look, name)
        if own != getattr(usual, name):
            yield word if own else f"取消{word}"
