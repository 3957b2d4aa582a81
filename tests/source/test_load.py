"""The nodes of a YAML file: they stay as they were read, whoever uses them."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from planwriter.findings.characters import UNSHOWN
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence
from planwriter.source.overlay import overlay

TEXT = "甲: &a {乙: 丙, 丁: [戊, 己]}\n庚: *a\n辛: ''\n"


def tree(text: str = TEXT) -> Mapping:
    made = load_tree(text.encode(), "提纲.yaml")
    assert made.value is not None, made.findings
    return made.value


def plain(node: Node) -> object:
    """The values of a node, lists as tuples."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return tuple(map(plain, node.items))
    return {key: plain(each) for key, each in node.entries.items()}


def nodes(node: Node) -> list[Node]:
    """A node and all below it, keys too."""
    if isinstance(node, Scalar):
        return [node]
    below = node.items if isinstance(node, Sequence) else (*node.entries.values(), *node.keys.values())
    return [node, *(each for inner in below for each in nodes(inner))]


SPAN = tree().span
MADE: tuple[Node, ...] = (
    Scalar("甲", SPAN),
    Sequence(SPAN, [Scalar("甲", SPAN)]),
    Mapping(SPAN, {"甲": Scalar("乙", SPAN)}, {"甲": Scalar("甲", SPAN)}),
)


@pytest.mark.parametrize("node", [*nodes(tree()), *MADE], ids=lambda node: type(node).__name__)
def test_no_node_can_be_changed(node: Node) -> None:
    assert type(node) in (Scalar, Sequence, Mapping)
    for name in type(node).__slots__:
        with pytest.raises(AttributeError):
            setattr(node, name, getattr(node, name))
        with pytest.raises(AttributeError):
            delattr(node, name)
    with pytest.raises(AttributeError):
        node.note = ""
    if isinstance(node, Sequence):
        assert type(node.items) is tuple
    if isinstance(node, Mapping):
        assert type(node.entries) is type(node.keys) is MappingProxyType
        assert list(node.entries) == list(node.keys)


def test_an_alias_is_the_node_that_was_read() -> None:
    read = tree()
    assert read.entries["甲"] is read.entries["庚"]
    assert plain(read) == {
        "甲": {"乙": "丙", "丁": ("戊", "己")},
        "庚": {"乙": "丙", "丁": ("戊", "己")},
        "辛": "",
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲: &a {乙: *a}\n", ["PW111"]),
        ("甲: &a [一, [*a]]\n", ["PW111"]),
        ("甲: &a {丙: &a 丁}\n戊: *a\n", []),
        ("甲: *a\n", ["PW111"]),
    ],
)
def test_an_alias_of_what_is_not_read_to_its_end_is_found(text: str, found: list[str]) -> None:
    made = load_tree(text.encode(), "提纲.yaml")
    assert [each.code for each in made.findings] == found
    if not found:
        assert made.value is not None and plain(made.value.entries["戊"]) == "丁"


def test_a_mapping_laid_over_a_different_one_changes_neither() -> None:
    below, above = tree("甲: {乙: 一, 丙: 二}\n丁: 三\n戊: 四\n"), tree("甲: {丙: 五}\n己: 六\n")
    before = plain(below), plain(above)
    made = overlay(below, above, without=("丁",))
    assert plain(made) == {"甲": {"丙": "五", "乙": "一"}, "己": "六", "戊": "四"}
    assert list(made.entries) == list(made.keys) == ["甲", "己", "戊"]
    assert (plain(below), plain(above)) == before
    assert plain(made.without(("甲",))) == {"己": "六", "戊": "四"} and made.without(("甲",)).keys == made.keys
    changed = made.with_entry("己", above.entries["甲"])
    assert plain(changed) == {"甲": {"丙": "五", "乙": "一"}, "己": {"丙": "五"}, "戊": "四"}


@pytest.mark.parametrize("key", ['"普惠园"', "'普惠园'", '"普惠园" ', '"\\u666e惠园"'])
@pytest.mark.parametrize("value", ["{数值: 3, 单位: 所}", "3所", "\n    数值: 3\n    单位: 所"])
def test_a_quoted_key_is_a_key(key: str, value: str) -> None:
    quoted = load_tree(f"指标:\n  {key}: {value}\n  入园率: 96%\n".encode(), "提纲.yaml", OUTLINE_KEYS)
    plainly = load_tree(f"指标:\n  普惠园: {value}\n  入园率: 96%\n".encode(), "提纲.yaml", OUTLINE_KEYS)
    assert quoted.findings == plainly.findings == ()
    assert quoted.value is not None and plainly.value is not None
    assert plain(quoted.value) == plain(plainly.value)


def test_quoted_keys_are_keys_at_every_level() -> None:
    text = "\"重点任务\":\n  - '章': 甲\n    \"内容\":\n      - \"条\": 乙\n        '文': '{{ 指标.甲 }}所。'\n"
    read = load_tree(text.encode(), "提纲.yaml", OUTLINE_KEYS)
    assert read.findings == () and read.value is not None
    block = {"条": "乙", "文": "{{ 指标.甲 }}所。"}
    assert plain(read.value) == {"重点任务": ({"章": "甲", "内容": (block,)},)}


def test_a_text_that_only_begins_with_quotes_is_still_a_slip() -> None:
    read = load_tree('单位: "青山"县教育局\n'.encode(), "提纲.yaml", OUTLINE_KEYS)
    assert [each.code for each in read.findings] == ["PW108"]


@pytest.mark.parametrize("mark", ["\\e[31m", "\\u202e", "\\x9b", "\\uE000", "\\r"])
def test_a_character_that_an_escape_hides_is_reported_and_dropped(mark: str) -> None:
    read = load_tree(f'单位: "青山{mark}"\n"地{mark}区": 甲\n'.encode(), "提纲.yaml", OUTLINE_KEYS)
    assert [(each.code, each.pos.line) for each in read.findings] == [("PW112", 1), ("PW112", 2)]
    assert read.value is not None and not UNSHOWN.search(str(plain(read.value)))


def test_an_escape_of_what_can_be_printed_is_none() -> None:
    read = load_tree('单位: "\\u9752山\\n县\\t局"\n'.encode(), "提纲.yaml", OUTLINE_KEYS)
    assert read.findings == ()
