"""The words that follow from the level of a region: 全县, 我市, 区委, 自治州政府 …"""

from __future__ import annotations

import re
from typing import NamedTuple


class Words(NamedTuple):
    """How official prose speaks of a region of one level, its Party committee and its government."""

    whole: str
    ours: str
    committee: str
    government: str


LEVELS: dict[str, Words] = {
    "省": Words("全省", "我省", "省委", "省政府"),
    "自治区": Words("全区", "我区", "自治区党委", "自治区政府"),
    "直辖市": Words("全市", "我市", "市委", "市政府"),
    "市": Words("全市", "我市", "市委", "市政府"),
    "州": Words("全州", "我州", "州委", "州政府"),
    "地区": Words("全区", "我区", "地委", "行署"),
    "盟": Words("全盟", "我盟", "盟委", "盟行署"),
    "县": Words("全县", "我县", "县委", "县政府"),
    "县级市": Words("全市", "我市", "市委", "市政府"),
    "区": Words("全区", "我区", "区委", "区政府"),
    "旗": Words("全旗", "我旗", "旗委", "旗政府"),
    "新区": Words("全区", "我区", "党工委", "管委会"),
    "镇": Words("全镇", "我镇", "镇党委", "镇政府"),
    "乡": Words("全乡", "我乡", "乡党委", "乡政府"),
    "街道": Words("全街道", "我街道", "街道党工委", "街道办事处"),
}
_ENDINGS = ("自治区", "地区", "自治州", "自治县", "自治旗", "开发区", "高新区", "新区", "街道", "省", "市", "州", "盟", "县", "区", "旗", "镇", "乡")
SAME = {"自治州": "州", "自治县": "县", "自治旗": "旗", "开发区": "新区", "高新区": "新区"}


_PLACE = r"([\u4e00-\u9fff]{2})(?:县|自治县|自治州|市|区|旗)(?=教育局|教育体育局|教育和体育局|人民政府|政府|委)|([\u4e00-\u9fff]{2})县(?![域级中委乡城区直政长校市内外际情管])"
"""Compiled when a library is checked, not at every start: a range of Chinese characters takes 1 ms to compile."""
_NO_PLACE_MARKS = frozenset("全我各本该在强大小点范衡扶贫出进跨省市州区旗个到和与及每一两三级乡镇农名先质示试")


def place_named_in(text: str, own: tuple[str, ...] = ()) -> str:
    """A place named in a wording that is to be shared: one of `own`, or what looks like a county or its offices; or ""."""
    for name in own:
        if len(name) > 2 and name in text:
            return name
    for match in re.finditer(_PLACE, text):
        if (match[1] or match[2])[-1] not in _NO_PLACE_MARKS and (match[1] or match[2])[0] not in _NO_PLACE_MARKS:
            return match.group()
    return ""


def level_named(word: str) -> str:
    """The level that a 级别 typed by a writer means (自治县: 县); empty where it means none."""
    word = SAME.get(word, word)
    return word if word in LEVELS else ""


def level_of(name: str) -> str:
    """The level that the ending of a region's name tells (青山县: 县); empty where it tells none."""
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            return SAME.get(ending, ending)
    return ""
