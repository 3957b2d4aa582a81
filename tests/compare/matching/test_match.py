"""Tests of which items of two versions are the same."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.compare.matching.match import ItemPair, MatchedBy, likeness, match_items
from planwriter.compare.versions.version import VersionItem, VersionLine, VersionPicture, VersionTable
from planwriter.plan.flow import LineRole
from tests.growth import steps


def _lines(*texts: str, role: LineRole = LineRole.BODY) -> list[VersionItem]:
    return [VersionLine(role=role, text=text) for text in texts]


A = "加快推进农村公路建设，年内完成改造30公里。"
B = "完善养老服务体系，新增床位120张。"
C = "全面落实河湖长制，水质优良比例达到95%。"
D = "开展职业技能培训，帮助群众就近就业。"


def _olds(old: list[VersionItem], new: list[VersionItem], anchors: dict[int, int] | None = None) -> dict[int, int]:
    return {at: pair.old for at, pair in match_items(old, new, anchors).pairs.items()}


def test_equal_and_changed_paragraphs() -> None:
    made = match_items(_lines(A, B, C), _lines(A.replace("30", "45"), B, D, C.replace("全面落实", "深化")))
    assert made.pairs == {
        0: ItemPair(0, MatchedBy.LIKENESS),
        1: ItemPair(1, MatchedBy.TEXT),
        3: ItemPair(2, MatchedBy.LIKENESS),
    }
    assert made.moved == frozenset()
    assert made.doubtful == frozenset()
    assert made.new_of_old == {0: 0, 1: 1, 2: 3}
    assert made.counts() == {MatchedBy.MARK: 0, MatchedBy.TEXT: 1, MatchedBy.LIKENESS: 2, MatchedBy.PLACE: 0}


def test_moved_and_changed_paragraphs() -> None:
    made = match_items(_lines(A, B, C, D), _lines(D.replace("帮助", "带动"), A, B, C))
    assert {at: pair.old for at, pair in made.pairs.items()} == {0: 3, 1: 0, 2: 1, 3: 2}
    assert made.moved == {0}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("加快推进农村公路建设。", "年内完成改造30公里，优先安排自然村通硬化路，确保按期完成验收并投入使用。"),
        ("加快推进农村公路的建设。", "年内完成改造30公里，优先安排自然村通硬化路，确保按期完成验收并投入使用。"),
    ],
)
def test_of_a_paragraph_that_was_split_the_beginning_is_what_it_was(first: str, second: str) -> None:
    whole = "加快推进农村公路建设。年内完成改造30公里，优先安排自然村通硬化路，确保按期完成验收并投入使用。"
    old = VersionLine(role=LineRole.BODY, text=whole, label="3.", level=3)
    new = [VersionLine(role=LineRole.BODY, text=first, label="3.", level=3), *_lines(second)]
    assert _olds([*_lines(A), old, *_lines(B)], [*_lines(A), *new, *_lines(B)]) == {0: 0, 1: 1, 3: 2}


def test_swapped_and_changed_paragraphs() -> None:
    made = match_items(_lines(A, B), _lines(B.replace("120", "150"), A.replace("30", "45")))
    assert {at: pair.old for at, pair in made.pairs.items()} == {0: 1, 1: 0}
    assert len(made.moved) == 1


def test_marks_come_first_unless_the_words_stand_elsewhere() -> None:
    made = match_items(_lines(A, B, C), _lines(D, C, A), {0: 1, 1: 0, 2: 2, 9: 1, -1: 0})
    assert made.pairs[0].how is MatchedBy.MARK
    assert made.doubtful == {0}
    assert (made.pairs[1].old, made.pairs[2].old) == (2, 0)


def test_a_mark_given_twice_counts_once() -> None:
    made = match_items(_lines(A, B), _lines(A + "新增。", A, B), {0: 0, 1: 0})
    assert made.pairs[0] == ItemPair(0, MatchedBy.MARK)
    assert 1 not in made.pairs


def test_repeated_lines_are_told_apart_by_their_neighbours() -> None:
    note = "（责任单位：县教育局）"
    made = match_items(_lines(A, note, B, note, C, note), _lines(A, note, C, note, B, note))
    assert {at: pair.old for at, pair in made.pairs.items()} == {0: 0, 1: 1, 2: 4, 3: 5, 4: 2, 5: 3}
    assert made.moved in ({2, 3}, {4, 5})


def test_a_repeated_line_without_neighbours_is_doubtful() -> None:
    made = match_items(_lines(A, "略", B, "略"), _lines(C, "略", D))
    assert made.pairs[1].how is MatchedBy.TEXT
    assert made.doubtful == {1}


def test_the_only_line_of_a_role_is_matched_by_its_place() -> None:
    old = _lines("2026年1月5日", role=LineRole.DATE) + _lines(A)
    new = _lines("二〇二六年二月", role=LineRole.DATE) + _lines(A)
    made = match_items(old, new)
    assert made.pairs[0] == ItemPair(0, MatchedBy.PLACE)
    assert made.doubtful == frozenset()


def test_a_heading_between_the_same_neighbours_is_matched_with_doubt() -> None:
    head = _lines("水利", role=LineRole.HEADING2)
    made = match_items(_lines(A) + head + _lines(B), _lines(A) + _lines("交通", role=LineRole.HEADING2) + _lines(B))
    assert made.pairs[1] == ItemPair(1, MatchedBy.PLACE)
    assert made.doubtful == {1}
    assert _olds(_lines(A, C, B), _lines(A, D, B)) == {0: 0, 2: 2}


def test_tables_and_pictures_are_matched_with_their_kind() -> None:
    table = VersionTable(rows=(("指标", "数值"), ("床位", "120")))
    other = VersionTable(rows=(("指标", "数值"), ("床位", "150"), ("学校", "3")))
    picture = VersionPicture(text="指标\t数值\n床位\t120")
    assert _olds([table, *_lines(A)], [*_lines(A), other]) == {0: 1, 1: 0}
    assert _olds([table], [picture]) == {}


def test_likeness() -> None:
    assert likeness(A, A) == 1
    assert likeness(A, B) < 0.2
    assert likeness("", "") == 1
    assert likeness("甲", "") == 0


@given(st.lists(st.sampled_from((A, B, C, D, "", "略", "附件")), max_size=12), st.randoms(use_true_random=False))
def test_pairs_are_one_to_one_and_every_text_is_found(texts: list[str], order: random.Random) -> None:
    turned = list(texts)
    order.shuffle(turned)
    made = match_items(_lines(*texts), _lines(*turned))
    olds = [pair.old for pair in made.pairs.values()]
    assert len(olds) == len(set(olds))
    for new, pair in made.pairs.items():
        if pair.how is MatchedBy.TEXT:
            assert texts[pair.old] == turned[new]
    once = [text for text in set(texts) if text and texts.count(text) == 1]
    assert all(made.pairs[turned.index(text)].old == texts.index(text) for text in once)


def _edited(count: int) -> tuple[list[str], list[str]]:
    order = random.Random(17)
    words = [chr(0x4E00 + at) for at in range(400)]
    texts = ["".join(order.choice(words) for _ in range(60)) for _ in range(count)]
    new = [text[:20] + "新的说法" + text[26:] for text in texts]
    return texts, [*new[-5:], *new[:-5]]


def test_every_paragraph_changed_and_some_moved() -> None:
    old, new = _edited(300)
    made = match_items(_lines(*old), _lines(*new))
    assert {at: pair.old for at, pair in made.pairs.items()} == dict(enumerate([*range(295, 300), *range(295)]))
    assert made.moved == frozenset(range(5))
    assert made.doubtful == frozenset()


@pytest.mark.parametrize(
    "sides",
    [
        lambda n: ([A] * n, [A] * (n - n // 10)),
        lambda n: ([A, B] * (n // 2), [B, A] * (n // 2)),
        lambda n: ([f"{A}{at}" for at in range(n)], [f"{A}{at}" for at in range(n // 2, n + n // 2)]),
        lambda n: ([f"{A}{chr(0x4E00 + at)}" for at in range(n)], [f"{A}{chr(0x8000 + at)}" for at in range(n)]),
        lambda n: (["略"] * n, [""] * n),
        _edited,
    ],
    ids=["equal", "shifted", "numbers", "like", "blank", "edited"],
)
def test_the_work_grows_with_the_number_of_items(sides: Callable[[int], tuple[list[str], list[str]]]) -> None:
    def work(count: int) -> int:
        old, new = sides(count)
        return steps(lambda: match_items(_lines(*old), _lines(*new)))

    assert work(400) < 5 * work(100)


def test_ten_thousand_items() -> None:
    old = [f"{A}{at}" for at in range(10_000)]
    made = match_items(_lines(*old), _lines(*old[5_000:], *old[:5_000]))
    assert len(made.pairs) == 10_000
    assert len(made.moved) == 5_000
