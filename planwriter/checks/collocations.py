"""Finds verbs with an object that they cannot take: 精简办理时限, 加强服务水平.

section_library/collocations.tsv has a line for each: the verb, the nouns, and what to write instead, in which … stands for the
noun. A rule is narrow: verb and noun stand in one piece of a sentence, the noun ends it, and no other verb stands before them or
between them.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator

from planwriter.start.named_tuple import NamedTuple
from planwriter.system import files

COLLOCATIONS_FILE = "collocations.tsv"
MAX_GAP = 10
"""At most so many characters stand between the verb and its noun."""
_LONGEST = 4
"""No verb of the table is longer."""
_MAX_BEFORE = 30
"""So many characters before the verb are read for a verb that governs it."""
_MOST = 200
"""So many places of a noun are looked at in one text."""
_ENDS = "，。；！？\n〔0123456789\0"
"""What follows a noun that ends its piece, or is counted: 提升厕所20座."""
_MARKS = "，。；：、！？（）《》“”〔〕｜\n"
_BREAKS = "，。；：！？\n"
"""Marks behind which nothing before them governs a verb; behind the others a verb may be a noun: 加大引进、培养力度."""
_HIGH = "高低"
"""高水平 and 低标准 are no objects."""
_NOUNS_AS_WELL = (
    "推进 落实 实施 执行 开展 培养 完成 推行 制定 建立 打造 规范 普及 巩固 优化 拓展 改善 完善 发挥 履行 出台 搭建 增加 满足"
    " 解决 化解 实现 严格 丰富 减少"
)
_AS_NOUNS = frozenset(_NOUNS_AS_WELL.split())
"""Verbs that are nouns as well: in 政策落实水平 and 普及水平 there is no object. They count only at the beginning or after an
adverb, and with something between them and the noun."""
_BEFORE_VERBS = (  # adverbs, and the ends of times: 汛前完善…
    "全面 深入 扎实 持续 进一步 大力 切实 不断 积极 着力 稳步 有序 有效 继续 认真 加快 严格 要 并 地 逐步 统筹 重点 依法 科学"
    " 精准 及时 坚决 努力 全力 前 底 内 月 年"
)
_ADVERBS = ("\0", *_BEFORE_VERBS.split())
_COURSES = ("过程", "情况", "期间", "工作中")
"""What makes a noun of the verb before it: 实施过程中遇到的问题."""
_NOT_AFTER = "未已所被可待能"
_OTHER_VERBS = (
    "促进 推动 保障 确保 形成 防范 防止 杜绝 整改 排查 整治 创建 创新 探索 构建 举办 举行 参加 参与 支持 鼓励 引导 帮助 指导"
    " 督促 查处 打击 监测 评估 考核 测评 掌握 了解 反映 体现 衡量 决定 影响 依托 围绕 聚焦 针对 根据 按照 结合 通过 利用 运用"
    " 发现 存在 出现 涉及 造成 导致 避免 克服 缓解 破解 回应 明确 细化 分解 下达 控制 稳定 保持 维持 超过 低于 高于 力争 争取"
    " 实行 采取 改造 新建 改建 扩建 更新 编制 修订 公布 发布 通报 报告 汇总 分析 研判 征集 收集 协调 调整 具有 具备 拥有 适应"
    " 匹配 符合 位居 进入 提供 给予 享受 转化 转变 改变 压降 压减 管控 做到 做好 抓好 抓实 建好 建成 建强 用好 反馈 销号 消除"
    " 列入 纳入 作为 成为 面向 覆盖 带动 承接 对标 对照 跟踪 研究 解释 说明 提出 推广 兜牢 守住 吸引 凝聚 弥补 使 让 把"
)
_OTHERS = tuple(_OTHER_VERBS.split())


class Collocation(NamedTuple):
    """A verb with a noun that it cannot take: where it stands, both words, and what to write instead."""

    start: int
    end: int
    verb: str
    noun: str
    instead: str


@functools.cache
def collocations() -> dict[str, dict[str, str]]:
    """What to write instead, by noun and verb; empty if the table cannot be read."""
    data = files.read_file(
        os.path.join(files.data_folder("section_library"), COLLOCATIONS_FILE), COLLOCATIONS_FILE
    ).value
    table: dict[str, dict[str, str]] = {}
    rows = (line.split("\t") for line in (data or b"").decode("utf-8").splitlines() if line)
    for verb, nouns, instead in rows:
        for noun in nouns.split("、"):
            table.setdefault(noun, {})[verb] = instead.replace("…", noun)
    return table


@functools.cache
def _verbs() -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(verb for row in collocations().values() for verb in row), *_OTHERS)))


def faulty_collocations(text: str) -> Iterator[Collocation]:
    """The collocations of a text that cannot stand; the holes of the text are blanked.

    A noun is looked at in its first places only, which bounds the time for a text made to be slow.
    """
    table = collocations()
    for noun in filter(text.__contains__, table):  # most texts have none of them
        verbs, at, seen = table[noun], text.find(noun), 0
        while at >= 0 and seen < _MOST:
            seen += 1
            end = at + len(noun)
            if (end == len(text) or text[end] in _ENDS) and text[at - 1 : at] not in (*_HIGH, ""):
                yield from _faulty(text, at, noun, verbs)
            at = text.find(noun, end)


def _faulty(text: str, at: int, noun: str, verbs: dict[str, str]) -> Iterator[Collocation]:
    near = text[max(0, at - MAX_GAP - _LONGEST) : at]
    if not any(verb in near for verb in verbs):
        return
    first = at
    while first > max(0, at - MAX_GAP - _MAX_BEFORE) and text[first - 1] not in _MARKS:
        first -= 1
    piece = text[first:at]
    for verb, instead in verbs.items():
        start = piece.rfind(verb)
        if start < 0 or len(piece) - start - len(verb) > MAX_GAP:
            continue
        before, between = piece[:start], piece[start + len(verb) :]
        if before[-1:] in (*_NOT_AFTER,) or noun in before:
            continue
        if verb in _AS_NOUNS and not (between and _may_govern(text, first, before)):
            continue
        if between.startswith(_COURSES):
            continue
        if between.endswith(_OTHERS):
            between = between[:-2]  # 监测 in 监测水平 is a noun
        around = f"{before}\0{between}"
        if not any(other in around for other in _verbs()):
            yield Collocation(first + start, at + len(noun), verb, noun, instead)


def _may_govern(text: str, first: int, before: str) -> bool:
    """True if a word that may be a noun is a verb: it begins its piece, which begins at `first`, or follows an adverb."""
    return before.endswith(_ADVERBS) or (not before and (first == 0 or text[first - 1] in _BREAKS))
