"""Labels in a text: which texts are labels, their number and form, and which labels are consecutive."""

import pytest

from planwriter.audit.labels import Order, read_label


@pytest.mark.parametrize(
    ("text", "level", "number", "sound"),
    [
        ("一、总体要求", 1, 1, True),
        ("十一、保障", 1, 11, True),
        ("（二十三）落实", 2, 23, True),
        ("12.落实", 3, 12, True),
        ("12．落实", 3, 12, True),
        ("12、落实", 3, 12, True),
        ("（3）落实", 4, 3, True),
        ("一.落实", 1, 1, False),
        ("（一）、落实", 2, 1, False),
        ("(一)落实", 2, 1, False),
        ("(1)落实", 4, 1, False),
        ("1）落实", 3, 1, False),
    ],
)
def test_a_label_is_read(text: str, level: int, number: int, sound: bool) -> None:
    label = read_label(text)
    assert label is not None
    assert (label.level, label.number, label.sound) == (level, number, sound)


@pytest.mark.parametrize(
    "text", ["2026年", "1.5亿元", "一、二年级学生", "二、三产业融合", "1:1配置", "3，000人", "一是落实", "第一章", ""]
)
def test_what_only_looks_like_a_label_is_none(text: str) -> None:
    assert read_label(text) is None


def slips(*labels: str, fragment: bool = False) -> list[str]:
    order = Order(fragment=fragment)
    read = [read_label(label) for label in labels]
    return [label.text for label in read if label and order.take(label)]


def test_levels_begin_again_or_run_on_under_a_new_parent() -> None:
    assert not slips("一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "（一）", "1.", "三、", "1.")
    assert not slips("一、", "1.", "2.", "二、", "3.", "（1）", "4.", "（1）")


def test_a_jump_a_repetition_and_a_late_beginning_are_slips() -> None:
    assert slips("一、", "三、", "四、") == ["三、"]
    assert slips("一、", "（一）", "（二）", "（二）", "（三）") == ["（二）"]
    assert slips("一、", "（二）") == ["（二）"]
    assert slips("二、", "三、") == ["二、"]


def test_an_inner_list_of_the_same_form_is_one_finding() -> None:
    order = Order()
    labels = ["1.", "2.", "1.", "2.", "3.", "3.", "1.", "2.", "4.", "5."]
    read = [read_label(label) for label in labels]
    found = [order.take(label) for label in read if label]
    assert [(each.label.text, each.is_inner) for each in found if each] == [("1.", True), ("1.", True)]
    assert slips("1.", "2.", "1.", "2.", "5.") == ["1.", "5."]


def test_a_fragment_may_begin_anywhere() -> None:
    assert not slips("（五）", "16.", "17.", "（六）", "18.", fragment=True)
