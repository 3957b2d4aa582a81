"""What GB/T 9704—2012 says about each item of a layout: the clause, and whether it is required or only usual.

For an item that the audit checks, the severity of its finding in the catalogue says which of the two.
"""

from __future__ import annotations

import re

from planwriter.findings.finding import Severity
from planwriter.findings.messages import message_of
from planwriter.layout.items import Path, items
from planwriter.layout.layout import Layout
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex


class Rule(NamedTuple):
    """The clause of the standard on an item. `code` is the audit's finding for a deviation, "" if it has none."""

    clause: str
    code: str
    required: bool

    @property
    def word(self) -> str:
        """What the standard calls it."""
        return "必须" if self.required else "一般"


class Deviation(NamedTuple):
    """An item that differs from the standard; `rule` is None if the standard leaves it open."""

    path: Path
    standard: str
    own: str
    rule: Rule | None


def deviations(layout: Layout, standard: Layout) -> tuple[Deviation, ...]:
    """The items in which a layout differs from the standard one, in the order of a layout file."""
    own = items(layout)
    return tuple(
        Deviation(path, text, own[path], None if _is_same_face(path, text, own[path]) else rule_of(path))
        for path, text in items(standard).items()
        if own[path] != text
    )


def _is_same_face(path: Path, one: str, other: str) -> bool:
    """True if two fonts are the same face from different makers: the standard asks for 仿宋 of any maker."""
    return path[-1] == "字体" and face(one) == face(other)


def face(font: str) -> str:
    """The face of a font: 仿宋 for both 仿宋_GB2312 and FangSong; for an unknown font its name."""
    return next((name for name, form in _FACES if form.search(font)), font.strip().lower())


def rule_of(path: Path) -> Rule | None:
    """What the standard says about an item; None if it leaves it open."""
    if path[0] != "文字":
        clause, code = _PAGE.get(path, ("", ""))
        return _by(clause, code) if clause else None
    _, role, key = path
    if (role, key) in _SPECIAL:
        return _SPECIAL[role, key]
    clause = _CLAUSES.get(role, "")
    if not clause or role not in _CODES.get(key, {}):
        return None
    return _by(_COLOUR if key == "颜色" else clause, _CODES[key][role])


def _by(clause: str, code: str) -> Rule:
    """A rule that is required if the audit's finding says so; one that the audit does not check is usual."""
    return Rule(clause, code, bool(code) and message_of(code).severity is Severity.ERROR)


_PAGE: dict[Path, tuple[str, str]] = {
    **{("纸张", side): ("5.1", "PW651") for side in "宽高"},
    **{("页边", side): ("5.2.1", "PW652") for side in "上下左右"},
    ("网格", "行距"): ("5.2.3", "PW653"),
    ("网格", "字距"): ("5.2.3", "PW654"),
    ("页码", "字体"): ("7.5", "PW658"),
    ("页码", "字号"): ("7.5", "PW658"),
    ("页码", "形式"): ("7.5", "PW656"),
    ("页码", "位置"): ("7.5", "PW657"),
    ("页码", "空字"): ("7.5", "PW657"),
    ("页码", "距版心"): ("7.5", "PW659"),
}
_COLOUR = "5.2.4"
_CLAUSES = {
    **{
        "标题": "7.3.1",
        "正文": "7.3.3",
        "一级标题": "7.3.3",
        "二级标题": "7.3.3",
        "三级标题": "7.3.3",
        "四级标题": "7.3.3",
    },
    **{
        "份号": "7.2.1",
        "密级": "7.2.2",
        "发文机关标志": "7.2.4",
        "发文字号": "7.2.5",
        "主送机关": "7.3.2",
        "附件说明": "7.3.4",
    },
    **{"署名": "7.3.5", "成文日期": "7.3.5", "附注": "7.3.6", "附件标识": "7.3.7", "版记": "7.4"},
}
"""The roles that the standard mentions; it does not mention the type in tables and boxes."""
_HEADINGS = ("一级标题", "二级标题", "三级标题", "四级标题")
_AUDITED = tuple(role for role in _CLAUSES if role != "发文机关标志")
_CODES: dict[str, dict[str, str]] = {
    "字体": {**dict.fromkeys(_AUDITED, "PW660"), "附件标识": "PW673", "发文机关标志": "", "份号": ""},
    "字号": {**dict.fromkeys(_AUDITED, "PW661"), "附件标识": "PW673"},
    "加粗": dict.fromkeys(("标题", "正文", *_HEADINGS), "PW662"),
    "颜色": dict.fromkeys(_AUDITED, "PW665"),
    "首行缩进": dict.fromkeys(("标题", "正文", "主送机关", "附件标识", *_HEADINGS), "PW664"),
    "对齐": dict.fromkeys(("标题", "发文字号", "主送机关", "附件标识", *_HEADINGS), "PW663"),
}
"""The audit's findings by key and role; "" for a rule of the standard that the audit does not check."""
_SPECIAL = {
    ("发文机关标志", "颜色"): Rule("7.2.4", "", False),
    ("标题", "段后"): Rule("7.3.2", "", True),
    ("附件标识", "段后"): Rule("7.3.7", "", True),
}
"""主送机关 is one line below the title, an attachment's title on the third line: the layout alone does not show this."""
_FACES = (
    ("小标宋", regex(r"小标宋|xiaobiaosong|fzxbs", re.I)),
    ("仿宋", regex(r"仿宋|fangsong|fzfs|stfangso", re.I)),
    ("楷体", regex(r"楷|kaiti|simkai|fzkt|stkaiti", re.I)),
    ("黑体", regex(r"(?<!雅)黑(?:体|$|_)|方正黑|simhei|stheiti|fzht", re.I)),
    ("宋体", regex(r"宋体|书宋|simsun|stsong|fzss", re.I)),
)
