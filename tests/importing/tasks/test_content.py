"""The texts of tasks taken apart."""

from __future__ import annotations

import pytest

from planwriter.importing.tasks.content import Content, label_depth, read_content, without_label


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("一、加强领导", "加强领导"),
        ("（二）加强领导", "加强领导"),
        ("3.加强领导", "加强领导"),
        ("第四条　加强领导", "加强领导"),
        ("2.1 加强领导", "加强领导"),
        ("1.5万人次", "1.5万人次"),
        ("2026年底建成", "2026年底建成"),
        ("①加强领导", "加强领导"),
        ("一体化推进", "一体化推进"),
    ],
)
def test_a_typed_label_is_taken_off(text: str, bare: str) -> None:
    assert without_label(text) == bare


def test_the_depth_of_a_heading() -> None:
    assert [label_depth(each) for each in ("党建", "一、党建", "（一）党建", "1.党建")] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("加强领导。成立专班。", Content("加强领导", "成立专班。")),
        ("到2026年底，建成两所。投入使用。", Content("", "到2026年底，建成两所。投入使用。")),
        ("1.甲；2.乙；3.丙。", Content("", "", ("甲。", "乙。", "丙。"), (1, 2, 3))),
        ("做好三项：①甲；②乙", Content("", "做好三项：", ("甲。", "乙"), (1, 2))),
        ("总的要求。\n1.甲\n还有\n2.乙", Content("", "总的要求。", ("甲\n还有", "乙"), (1, 2))),
        ("第一段。\n第二段。", Content("", "第一段。\n第二段。")),
        ("1.只有一点", Content("", "只有一点")),
        ("", Content("", "")),
    ],
)
def test_a_text(text: str, made: Content) -> None:
    assert read_content(text) == made
