"""The levels of regions: how high each is, and the words that follow from it (全县, 我市, 区委, 自治州政府 …)."""

from __future__ import annotations

from planwriter.start.named_tuple import NamedTuple


class Words(NamedTuple):
    """The words of official prose for a region of one level, its Party committee and its government."""

    whole: str
    ours: str
    committee: str
    government: str
    rank: int
    """How high the level is, from 0 for a township to 3 for a province and 4 for the country."""


LEVELS: dict[str, Words] = {
    "国家": Words("全国", "我国", "党中央", "国务院", 4),
    "省": Words("全省", "我省", "省委", "省政府", 3),
    "自治区": Words("全区", "我区", "自治区党委", "自治区政府", 3),
    "直辖市": Words("全市", "我市", "市委", "市政府", 3),
    "市": Words("全市", "我市", "市委", "市政府", 2),
    "州": Words("全州", "我州", "州委", "州政府", 2),
    "地区": Words("全区", "我区", "地委", "行署", 2),
    "盟": Words("全盟", "我盟", "盟委", "盟行署", 2),
    "县": Words("全县", "我县", "县委", "县政府", 1),
    "县级市": Words("全市", "我市", "市委", "市政府", 1),
    "区": Words("全区", "我区", "区委", "区政府", 1),
    "旗": Words("全旗", "我旗", "旗委", "旗政府", 1),
    "新区": Words("全区", "我区", "党工委", "管委会", 1),
    "镇": Words("全镇", "我镇", "镇党委", "镇政府", 0),
    "乡": Words("全乡", "我乡", "乡党委", "乡政府", 0),
    "街道": Words("全街道", "我街道", "街道党工委", "街道办事处", 0),
}
_ENDINGS = (
    "自治区",
    "地区",
    "自治州",
    "自治县",
    "自治旗",
    "开发区",
    "高新区",
    "新区",
    "街道",
    "省",
    "市",
    "州",
    "盟",
    "县",
    "区",
    "旗",
    "镇",
    "乡",
)
_BEYOND = {"通用": 5, "": 5}
"""What only a library can be of, and how high that is."""
LIBRARY_LEVELS = (*LEVELS, *filter(None, _BEYOND))
"""The words for the 级别 of a library."""
FARTHEST = max(_BEYOND.values())
"""The rank of what no level is known of."""
SAME = {"自治州": "州", "自治县": "县", "自治旗": "旗", "开发区": "新区", "高新区": "新区"}


def level_named(word: str) -> str:
    """The level that a 级别 typed by a writer means (自治县: 县); empty if it is unknown."""
    word = SAME.get(word, word)
    return word if word in LEVELS else ""


def rank_named(word: str) -> int | None:
    """How near to its user a library of the 级别 `word` is: 0 for a township up to 5 for one of no level; None when it means none."""
    level = level_named(word)
    return LEVELS[level].rank if level else _BEYOND.get(word)


def level_of(name: str) -> str:
    """The level by the ending of a region's name (青山县: 县); empty if the ending shows none."""
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            return SAME.get(ending, ending)
    return ""
