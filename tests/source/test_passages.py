"""A file read in passages has the tree that it has when it is read alone, with the same places."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.findings.finding import Pos
from planwriter.source import keys
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence
from planwriter.source.passages import Passages
from tests.growth import steps
from tests.outline_series import EXAMPLES, FAULTY, series


def flat(node: Node) -> object:
    """A tree as tuples, with the place and the typed characters of every node."""
    pos = node.span.pos
    place = pos.file, pos.line, pos.column, node.span.source.line(node.span.start), node.span.raw
    if isinstance(node, Scalar):
        return node.value, node.empty, place
    if isinstance(node, Sequence):
        return place, [flat(item) for item in node.items]
    pairs = [(key, flat(node.keys[key]), flat(value)) for key, value in node.entries.items()]
    return place, node.torn, node.lost, pairs


def read(text: str, name: str, passages: Passages) -> Mapping:
    tree = load_tree(text.encode(), name, keys.OUTLINE_KEYS, passages=passages).value
    assert tree is not None
    return tree


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**9))
def test_any_files_have_the_trees_that_they_have_alone(seed: int) -> None:
    passages = Passages()
    for name, data in series(Random(seed)):
        alone = load_tree(data, name, keys.OUTLINE_KEYS)
        shared = load_tree(data, name, keys.OUTLINE_KEYS, passages=passages)
        assert shared.findings == alone.findings
        assert (shared.value is None) == (alone.value is None)
        if shared.value is not None and alone.value is not None:
            assert flat(shared.value) == flat(alone.value)


def test_what_is_typed_as_before_is_the_same_node_at_its_new_place() -> None:
    passages = Passages()
    before = read(FAULTY, "甲.yaml", passages)
    item = _chapters(before)[1]
    assert item.span.pos == Pos("甲.yaml", 38, 5)
    after = read("# 说明\n" + FAULTY.replace("班额: 45", "班额: 46"), "乙.yaml", passages)
    assert _chapters(after)[1] is item and after is not before
    assert item.span.pos == Pos("乙.yaml", 39, 5) and item.span.source.whole is after.span.source.whole
    assert after.entries["导语"] is before.entries["导语"]
    assert after.entries["指标"] is not before.entries["指标"]


def test_what_differs_only_in_digits_has_the_same_nodes_but_for_these() -> None:
    passages = Passages()
    targets = "  甲: {名称: 新建园, 数值: 12, 分年: {2026: 10}, 依据: [一, 3号文]}\n  乙: '7所'\n  丙: |-\n    8所\n"
    text = f"指标:\n{targets}重点任务:\n  - 新建12所\n  - 新建13所\n"
    before = read(text, "甲.yaml", passages)
    for old, new, is_shared in (
        ("数值: 12", "数值: 95", True),
        ("2026: 10", "2026: 11", True),
        ("3号文", "4号文", True),
        ("数值: 12", "数值: 9", False),  # shorter
        ("数值: 12", "数值: 1二", False),
        ("2026: 10", "2027: 10", False),  # a key
    ):
        after = read(text.replace(old, new), "乙.yaml", passages)
        assert flat(after) == flat(read(text.replace(old, new), "乙.yaml", Passages()))
        one, two = (each.entries["指标"] for each in (before, after))
        assert isinstance(one, Mapping) and isinstance(two, Mapping)
        target, other = one.entries["甲"], two.entries["甲"]
        assert isinstance(target, Mapping) and isinstance(other, Mapping)
        assert (other.entries["名称"] is target.entries["名称"]) is is_shared, new
        assert flat(read(text, "甲.yaml", passages)) == flat(read(text, "甲.yaml", Passages()))
    for old, new in (("'7所'", "'8所'"), ("8所", "9所"), ("新建12", "新建13"), ("新建13", "新建12")):
        typed = text.replace(old, new)
        assert flat(read(typed, "乙.yaml", passages)) == flat(read(typed, "乙.yaml", Passages()))


def test_what_is_mended_the_same_is_the_same_where_it_was_typed_the_same() -> None:
    passages = Passages()
    typed = (
        "重点任务:\n  - 章：一\n    文: {{ 甲 }}乙\n  - 章: 二\n    文: 丙\n",
        "重点任务:\n  - 章: 一\n    文: '{{ 甲 }}乙'\n  - 章: 二\n    文: 丙\n",
        "# 说明\n重点任务:\n  - 章：一\n    文: {{ 甲 }}乙\n  - 章: 二\n    文: 丙\n",
        "重点任务:\n  - 章：一\n    文: {{ 甲 }}乙\n  -章: 二\n    文: 丙\n",
    )
    firsts: list[Node] = []
    for text in (*typed, *typed[::-1]):
        found = load_tree(text.encode(), "甲.yaml", keys.OUTLINE_KEYS, passages=passages)
        alone = load_tree(text.encode(), "甲.yaml", keys.OUTLINE_KEYS)
        assert found.value is not None and alone.value is not None
        assert flat(found.value) == flat(alone.value) and found.findings == alone.findings
        firsts.append(_chapters(found.value)[0])
    assert firsts[0] is firsts[2] is firsts[3] and firsts[1] is not firsts[0], "the same columns, or others"


def test_what_is_typed_twice_in_a_file_has_two_places() -> None:
    passages = Passages()
    text = "重点任务:\n  - 章: 甲\n  - 章: 甲\n  - 章: 乙\n"
    for _ in range(3):
        one, two, _ = _chapters(read(text, "甲.yaml", passages))
        assert one is not two and (one.span.pos.line, two.span.pos.line) == (2, 3)


def test_a_share_tells_how_much_was_read_before() -> None:
    passages, text = Passages(), EXAMPLES[0]
    read(text, "甲.yaml", passages)
    assert passages.share == 1, "it may be the first of many"
    read(text, "乙.yaml", passages)
    assert passages.share > 0.9
    read("文种: 工作要点\n", "丙.yaml", passages)
    assert passages.share < 0.5 or text.startswith("文种: 工作要点\n")
    read(text.replace("\n", " # \n", 1).replace(": ", "：", 1), "丁.yaml", passages)
    assert passages.share > 0.9, "slips are mended before"
    read(text.replace("工作要点", "&a 工作要点", 1), "戊.yaml", passages)
    assert passages.share == 0, "a form that only the parser reads"


def test_what_no_file_had_for_long_is_forgotten() -> None:
    passages = Passages()
    for number in range(2500):
        read(f"文种: 工作要点\n标题: 第{number}个标题\n", "甲.yaml", passages)
    assert len(passages._now) + len(passages._before) <= 2100


@pytest.mark.parametrize(
    "made",
    [
        lambda size: "重点任务:\n" + "  - 章: 一\n" * size,
        lambda size: '导语: "一\n' + "  - 二\n" * size + '  三"\n',
        lambda size: "重点任务:\n" + "".join(f"  - 键{number}: 一\n" for number in range(size)),
        lambda size: "指标:\n" + "".join(f"  键{number}: 1\n" for number in range(size)),
    ],
    ids=["equal passages", "a quoted text over many lines", "many keys of items", "many targets"],
)
def test_the_work_grows_with_the_file(made: Callable[[int], str]) -> None:
    def read_twice(size: int) -> None:
        passages = Passages()
        for text in (made(size), made(size), made(size).replace("一", "二", 1)):
            passages.read(text, "甲.yaml", keys.OUTLINE_KEYS)

    read_twice(5)
    assert steps(lambda: read_twice(320)) < 12 * steps(lambda: read_twice(40)), "eight times the size"


def test_what_was_told_holds_while_it_stands_where_it_stood() -> None:
    passages = Passages()
    places = passages.places

    def told() -> object:
        start = len(places.told)
        assert _chapters(tree)[0].span.pos.line
        return places.since(start)

    tree = read("重点任务:\n  - 章: 甲\n  - 章: 乙\n", "甲.yaml", passages)
    kept = told()
    assert isinstance(kept, dict) and places.hold(kept)
    tree = read("重点任务:\n  - 章: 甲\n  - 章: 丙\n", "甲.yaml", passages)
    start = len(places.told)
    assert places.hold(kept), "at the same line of a file of the same name"
    assert places.since(start) == kept, "and it was told again"
    tree = read("# 说明\n重点任务:\n  - 章: 甲\n  - 章: 乙\n", "甲.yaml", passages)
    assert not places.hold(kept), "at another line"
    tree = read("重点任务:\n  - 章: 甲\n  - 章: 乙\n", "乙.yaml", passages)
    assert not places.hold(kept), "in another file"
    tree = read("重点任务:\n  - 章: 乙\n", "甲.yaml", passages)
    assert not places.hold(kept), "nowhere"


def _chapters(tree: Mapping) -> tuple[Node, ...]:
    node = tree.entries["重点任务"]
    assert isinstance(node, Sequence)
    return node.items
