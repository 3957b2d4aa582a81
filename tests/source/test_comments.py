"""The comments in a YAML file."""

from __future__ import annotations

import pytest

from planwriter.source.comments import typed_comments
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("文: 好。\n", []),
        ("# 头\n文: 好。   # 尾\n  # 末", ["# 头", "# 尾", "# 末"]),
        ("文: '一 # 二'  # 三\n时限: \"甲 # 乙\"\n", ["# 三"]),
        ("文: C#语言\n", []),
        ("文: >  # 折\n  一 # 二\n\n  三\n时限: 长期  # 四\n", ["# 折", "# 四"]),
        ("文: |\n  # 一\n  二\n# 后\n", ["# 后"]),
        ("内容:  # 内\n  # 前\n  - [甲, '乙 # 丙']  # 丁\n  - {章: 一}  # 戊\n", ["# 内", "# 前", "# 丁", "# 戊"]),
        ("文: 一\n  二 # 注\n", ["# 注"]),
    ],
)
def test_comments_are_told_from_texts(text: str, comments: list[str]) -> None:
    tree = load_tree(text.encode(), "", OUTLINE_KEYS).value
    assert tree is not None
    found = typed_comments(tree)
    assert [each.text for each in found] == comments
    assert all(text.startswith(each.text, each.start) for each in found)
