"""The lists in `wordlists/`, by pairs of characters: a text is looked at only for entries of which it has the pair.

An entry stands under two characters that its wrong form has and a correct text rarely has, so that most texts have none.
`python -m planwriter.checks.prose.wordlists` writes the index, which is searched as it is; a test fails if it is stale.
"""

from __future__ import annotations

import functools
import os
import sys
from bisect import bisect_left
from collections.abc import Iterator
from operator import add

from planwriter.start.named_tuple import NamedTuple
from planwriter.system import files

TYPO, PHRASE, DATED, NEAR, OFFICE = "字", "误", "年", "近", "名"
"""The kinds of entries: a typo; a set phrase miswritten; one out of its dates; one with a single character wrong; a former name."""
INDEX = "index.tsv"
USUAL = "中央文件和国务院文件的通用提法"
REFORM = "2018年《深化党和国家机构改革方案》"
"""The commonest sources, which the index leaves out."""
_DIGITS = {word: str(number) for number, word in enumerate("一二三四五六七八九", 1)} | {"两": "2"}


_COMMON_PAIRS = (
    "中国 党的 习近 近平 平新 新时 时代 代中 国特 特色 色社 社会 会主 主义 全面 建设 安全 全生 生产 农村 教育 工作 管理 发展 学习 思想 政治 "
    "体系 保障 服务 学校 的群 群众 党组 组织 织领 领导 导的 的二 的十 大三 大四 大五 大六 届大 总书 书记 三年 年行 行动 深入 入贯 贯彻 中央 精神 人民 实施 "
    "推进 乡村 村振 振兴 城镇 改造 改革 防治 整治 治理 意识 形态 责任 任制 质量 高质 创新 文化 经济 国家 现代 代化 产业 市场 公共 共服 基本 常态 态化 开展 疫情 "
    "生态 文明 两个 四个 城乡 居民 全国 统一 一个 三个 重点 项目 环境 党史 史学 党纪 纪学 校长 负责 脱贫 贫攻 攻坚 建档 档立 立卡 专项 斗争 活动 基础 设施"
)
"""Pairs that most plans have, so that an entry stands under another of its pairs."""
_COMMON = frozenset(_COMMON_PAIRS.split(" "))


class ListEntry(NamedTuple):
    """What is looked for in a text: the words, what is right instead, and the rest of the row of its list."""

    kind: str
    words: str
    right: str
    row: tuple[str, ...]


class ListHit(NamedTuple):
    """A place in a text where the words of an entry may begin."""

    entry: ListEntry
    start: int


class Law(NamedTuple):
    """A law or regulation that no longer holds: from which day on, what replaced it, and where that is said."""

    until: str
    new: str
    source: str


def hits_in(text: str) -> Iterator[ListHit]:
    """The places at which entries have their words, or one half of them, by their pairs."""
    index = _index()
    for pair in sorted(index.pairs_in(text)):
        entries = index.entries(pair)
        at = text.find(pair)
        while at >= 0:
            for offset, entry in entries:
                if _may_stand(entry, text, at - offset):
                    yield ListHit(entry, at - offset)
            at = text.find(pair, at + 1)


def _may_stand(entry: ListEntry, text: str, start: int) -> bool:
    words = entry.words
    if start < 0 or entry.kind != NEAR:
        return start >= 0 and text.startswith(words, start)
    if text.startswith(words, start):
        return False  # as it should be
    return text.startswith(words[:3], start) or text.startswith(words[-3:], start + len(words) - 3)


@functools.cache
def laws() -> dict[str, Law]:
    """The laws that no longer hold, by their names without 中华人民共和国."""
    return {name: Law(*rest) for name, *rest in rows_of("laws.tsv")}


class _Index:
    """The lines of the index, in the order of their pairs.

    Two characters of UTF-16 are looked up as one number: this takes a third of the time that texts of two characters take.
    """

    def __init__(self) -> None:
        pairs, *self._lines = _read(INDEX).split("\n")
        self._codes = frozenset(_codes(pairs))
        self._known: dict[str, tuple[tuple[int, ListEntry], ...]] = {}

    def pairs_in(self, text: str) -> set[str]:
        """The pairs of the index that a text has."""
        found = self._codes.intersection(_codes(text)) | self._codes.intersection(_codes(text[1:]))
        return {code.to_bytes(4, sys.byteorder).decode("utf-16-le", "replace") for code in found}

    def entries(self, pair: str) -> tuple[tuple[int, ListEntry], ...]:
        """The entries under a pair, each with the place of the pair in its words."""
        known = self._known.get(pair)
        if known is None:
            known = self._known[pair] = tuple(self._entries(pair))
        return known

    def _entries(self, pair: str) -> Iterator[tuple[int, ListEntry]]:
        at = bisect_left(self._lines, pair)
        while self._lines[at].startswith(pair):
            _, kind, offset, words, right, *row = self._lines[at].split("\t")
            yield int(offset), ListEntry(kind, words, right or words, tuple(row))
            at += 1


def _codes(text: str) -> memoryview:
    """The first two characters of a text as a number, the next two, and so on."""
    data = text.encode("utf-16-le", "replace")
    return memoryview(data)[: len(data) // 4 * 4].cast("I")


@functools.cache
def _index() -> _Index:
    return _Index()


def rows_of(name: str) -> list[list[str]]:
    """The rows of a list, without comments."""
    return [line.split("\t") for line in _read(name).split("\n") if line and line[0] != "#"]


def _read(name: str) -> str:
    data = files.read_file(os.path.join(files.data_folder("wordlists"), name)).value
    assert data is not None
    return data.decode("utf-8").replace("\r\n", "\n")


def index_of_lists() -> str:
    """The content of the index: the pairs in one line, then a line for each entry with its pair, sorted."""
    lines = {_line(_pair_of(row[0], row[1]), TYPO, row[0], row[1], row[2:]) for row in rows_of("typos.tsv")}
    for row in rows_of("set_phrases.tsv"):
        lines |= _phrase_lines(row)
    for name, new, *row, source in rows_of("bureau_names.tsv"):
        lines.add(_line(name[-2:], OFFICE, name, new, [*row, "" if source == REFORM else source]))
    pairs = sorted({line[:2] for line in lines})
    return "".join(f"{line}\n" for line in ("".join(pairs), *sorted(lines)))


def _phrase_lines(row: list[str]) -> set[str]:
    right, wrong, near, since, until, source = row
    source = "" if source == USUAL else source
    wrongs = wrong.split(" ") if wrong else []
    lines = {_line(_pair_of(each, right), PHRASE, each, right, [source]) for each in wrongs}
    if right[0] in _DIGITS and right[1] != "十":
        digits = _DIGITS[right[0]] + right[1:]
        lines.add(_line(digits[:2], PHRASE, digits, right, [source]))
    if since or until:
        lines.add(_line(_rare_pair(right), DATED, right, right, [source, since, until]))
    if near:
        half = (len(right) + 1) // 2
        lines.add(_line(_rare_pair(right[:half]), NEAR, right, right, [source, wrong]))
        lines.add(_line(_rare_pair(right[-half:]), NEAR, right, right, [source, wrong]))
    return lines


def _line(pair: str, kind: str, words: str, right: str, row: list[str]) -> str:
    return "\t".join((pair, kind, str(words.index(pair)), words, right if right != words else "", *row))


def _pair_of(wrong: str, right: str) -> str:
    """The two characters of a wrong form by which it is found: the first that the right one does not have."""
    return next((pair for pair in map(add, wrong, wrong[1:]) if pair not in right), _rare_pair(wrong))


def _rare_pair(words: str) -> str:
    """The first two characters of the words that are not in most plans."""
    return next((pair for pair in map(add, words, words[1:]) if pair not in _COMMON), words[:2])


if __name__ == "__main__":
    target = os.path.join(files.data_folder("wordlists"), INDEX)
    failed = files.write_file(target, index_of_lists().encode("utf-8"))
    print(failed.message if failed else target)
