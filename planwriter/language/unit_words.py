"""The words that are units of figures, told from other words that stand in brackets behind a name: （万元）, not （城乡居民）."""

from __future__ import annotations

import unicodedata

from planwriter.start.patterns import regex

_LISTED = """
元 美元 人 人次 户 户次 家 个 所 座 处 张 台 套 辆 艘 架 件 起 项 篇 场 次 场次 期 批 批次 条 份 名 位 间 栋 幢 宗 例 只 头 羽
株 棵 支 队 班 村 对 本 册 部 门 块 片 口 眼 组 吨 公斤 千克 斤 克 毫克 公里 千米 米 毫米 厘米 亩 公顷 平方米 平方公里
立方米 升 千瓦 千瓦时 兆瓦 吉瓦 度 岁 天 日 小时 分钟 床 床位 学位 标准煤 吨标准煤 百分点 个百分点 车次 班次 人日 课时 车位 泊位
"""
_WORD = "|".join(sorted(_LISTED.split(), key=len, reverse=True))
_UNIT = regex(
    rf"[%‰]|1?/[\d十百千万]*(?:{_WORD})?|(?:[十百千万亿]{{0,2}}|微克|毫克)(?:{_WORD})?(?:/[\d十百千万亿]*(?:{_WORD}|月|年|季)?)?"
)
_INSIDE = regex(r"(?:(?:计量)?单位\s*[:：])?\s*(.{1,10})")
_MAX_INSIDE = 16


def is_unit(text: str) -> bool:
    """True for a word that can only be a unit: 万元, %, 张, 元/月, 人/10万."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return bool(plain) and plain not in ("/", "1/") and _UNIT.fullmatch(plain) is not None


def split_unit(text: str) -> tuple[str, str]:
    """A name and the unit in brackets behind it: 危桥改造 and 座 of 危桥改造（座）; the text and "" if there is none."""
    typed = text.rstrip()
    at = max(typed.rfind("（"), typed.rfind("("))
    if at > 0 and typed[-1] in "）)" and len(typed) - at <= _MAX_INSIDE:
        inside = _INSIDE.fullmatch(typed[at + 1 : -1].strip())
        if inside and is_unit(inside[1]):
            return typed[:at].rstrip(), unicodedata.normalize("NFKC", inside[1])
    name = typed[:-1].rstrip()
    if typed[-1:] in ("%", "％", "‰") and name and not name[-1].isdigit():
        return name, unicodedata.normalize("NFKC", typed[-1])
    return text, ""
