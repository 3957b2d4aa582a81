"""Breaks long titles into balanced lines between words, by rules and a list of words that are common in titles."""

from __future__ import annotations

from itertools import pairwise

from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_SEAM = regex("(?<=[0-9A-Za-z%])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])")


def text_width(text: str) -> float:
    """The width of `text` in half characters: a Chinese character counts two, a letter one, the gap between them one half."""
    if text.isascii():
        return len(text)
    if "\n" in text:
        return max(map(text_width, text.split("\n")))
    width = (len(text) + len(text.encode("utf-8", "ignore"))) // 2
    return width if width == 2 * len(text) else width + len(_SEAM.findall(text)) / 2


_MAX_TITLE_LINES = 4
_FORBIDDEN = 1000
_KIND_WORDS = (
    "三年行动计划 三年行动方案 专项行动方案 行动计划 行动方案 实施方案 工作方案 工作要点 工作计划 工作规划 实施意见 实施细则 指导意见 "
    "管理办法 若干措施 若干意见 发展规划 任务清单 责任清单 重点任务 重点工作 专项规划 通知 意见 办法 方案 规划 规定 决定 通报 报告 请示"
)
_OTHER_WORDS = (
    "高质量发展 优质均衡 义务教育 学前教育 职业教育 特殊教育 普通高中 高中阶段 基础教育 高等教育 家庭教育 教育教学 教师队伍 师德师风 "
    "校园安全 安全生产 心理健康 青少年 儿童 中小学 幼儿园 学校 学生 教师 教育 体育 卫生 健康 评价 考核 督导 改革 创新 发展 建设 提升 "
    "提质 增效 推进 加强 进一步 深入 全面 开展 落实 做好 促进 实施 支持 优化 完善 建立 健全 治理 整治 管理 服务 保障 监督 检查 质量 "
    "水平 能力 体系 机制 制度 工程 项目 专项 行动 工作 任务 计划 数字化 信息化 现代化 一体化 普及普惠 均衡 公平 安全 环境 综合 系统 "
    "领域 部门 单位 机关 政府 县域 城乡 农村 乡村 振兴 营商环境 政务公开 关于 印发 转发 有关 若干 政策 措施 问题 情况 试点 示范 创建 "
    "国家 国务院 全国 全省 全市 全县 全区 隐患 排查 整改 反馈 招生 入学 学期 资源 供给 特色 优质 融合 普及 普惠 提高 强化 "
    "卫生健康 农业农村 交通运输 市场监管 文化旅游 自然资源 生态环境 乡村振兴 民政 医疗 医药 食品 药品 餐饮 公路 道路 水利 林业 产业 旅游 文化 就业 社会 "
    "保障房 养老 托育 防治 防控 救助 监管 执法 提质 扩面 攻坚 试点县 满意度"
)
_KINDS = frozenset(_KIND_WORDS.split())
_WORDS = _KINDS.union(_OTHER_WORDS.split())
_LONGEST_WORD = 6
_OFFICE = regex(
    "(?:(?!关于|印发|转发|的)[\u4e00-\u9fff]){2,17}(?:人民政府|办公室|办公厅|委员会|领导小组|(?<![布格结])局|厅)"
)
_UNBROKEN = regex(r"\d+(?:\.\d+)?(?:[—–～~至-]+\d+)*(?:年度|年|月|日|%|％)?|[A-Za-z][A-Za-z0-9.+-]*")
_NO_LINE_START = frozenset("的之等、，。；：！？》”’）)％%·—…")
_NO_LINE_END = frozenset("《“‘（(")
_AND = ("和", "与", "及", "暨")


def break_title(title: str, columns: int) -> list[str]:
    """The lines of a title when a line holds `columns` characters; joined they give the title again.

    The title is broken between words, in the shape of a trapezoid or diamond (GB/T 9704 7.3.1). It stays in one piece if it
    fits a line, or if it needs more than four lines and the word processor may as well break it.
    """
    capacity = columns * 2
    least = int(-(-text_width(title) // capacity))
    if least <= 1 or least > _MAX_TITLE_LINES or "\n" in title:
        return [title]
    tokens = _tokens(title)
    costs = _break_costs(tokens)
    best = _best_lines(tokens, costs, least, capacity)
    if best.cost > 15 and least < _MAX_TITLE_LINES:
        other = _best_lines(tokens, costs, least + 1, capacity)
        if other.cost + 10 < best.cost:
            best = other
    if best.cost >= _FORBIDDEN:
        return [title]
    edges = (0, *best.breaks, len(tokens))
    return ["".join(tokens[start:end]) for start, end in pairwise(edges)]


def _tokens(title: str) -> list[str]:
    """The words of a title, which are not to be broken; an office's name at the beginning or after 《 or a space counts as one word."""
    tokens: list[str] = []
    at = 0
    while at < len(title):
        first = _OFFICE if at == 0 or title[at - 1] in "《 　" else _UNBROKEN
        match = first.match(title, at) or _UNBROKEN.match(title, at)
        token = match[0] if match else _word_at(title, at)
        tokens.append(token)
        at += len(token)
    return tokens


def _word_at(title: str, at: int) -> str:
    for length in range(_LONGEST_WORD, 1, -1):
        if title[at : at + length] in _WORDS:
            return title[at : at + length]
    return title[at]


def _break_costs(tokens: list[str]) -> list[float]:
    """The cost of breaking a title after each word but the last; higher inside brackets."""
    costs, depth = [], 0
    for before, after in pairwise(tokens):
        depth += (before in "《“（(") - (before in "》”）)")
        costs.append(_break_cost(before, after) + (10 if depth > 0 and after[0] not in "《“（(" else 0))
    return costs


def _break_cost(before: str, after: str) -> float:
    """The cost of breaking a title between two words: 1 to 30, or `_FORBIDDEN`."""
    if after[0] in _NO_LINE_START or before[-1] in _NO_LINE_END or before in ("关于", "有关"):
        return _FORBIDDEN
    if before[-1] in "、；， 　" or after[0] in "《（" or after == "关于":
        return 1
    if before[-1] in "》）" or after in _KINDS or len(before) > 4:
        return 2
    if before in ("的", "印发", "转发"):
        return 3
    if after in _AND:
        return 4
    if before in _AND:
        return 15
    known = (before in _WORDS or len(before) > 3) + (after in _WORDS or len(after) > 3)
    return (30, 12, 7)[known]


class _Lines(NamedTuple):
    cost: float
    breaks: tuple[int, ...]


def _best_lines(tokens: list[str], costs: list[float], count: int, capacity: int) -> _Lines:
    """The cheapest way to break `tokens` into `count` lines of at most `capacity` half characters."""
    ends = [0.0]
    for token in tokens:
        ends.append(ends[-1] + text_width(token))
    best = _Lines(_FORBIDDEN, ())

    def extend(start: int, breaks: tuple[int, ...], cost: float) -> None:
        nonlocal best
        left = count - len(breaks) - 1
        if left == 0:
            if ends[-1] - ends[start] <= capacity:
                edges = (0, *breaks, len(tokens))
                shape = _shape_cost([ends[edge] - ends[edges[at]] for at, edge in enumerate(edges[1:])])
                if cost + shape < best.cost:
                    best = _Lines(cost + shape, breaks)
            return
        for at in range(start + 1, len(tokens)):
            if ends[at] - ends[start] > capacity:
                break
            if cost + costs[at - 1] < best.cost and ends[-1] - ends[at] <= left * capacity:
                extend(at, (*breaks, at), cost + costs[at - 1])

    extend(0, (), 0)
    return best


def _shape_cost(widths: list[float]) -> float:
    """The cost of the shape of the lines: unequal or nearly equal lengths, a waist and very short lines are penalized."""
    longest = max(widths)
    cost = sum(longest - width for width in widths) * 0.4
    if max(widths) - min(widths) < 2:
        cost += 6
    if any(a > b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False)):
        cost += 40
    return cost + (20 if min(widths) < 8 else 0)
