"""The rules on prose are linear in the length of a text, whatever characters it is made of."""

from __future__ import annotations

import time

import pytest

from planwriter.checks.prose.leftovers import holes, leftovers
from planwriter.checks.prose.rules import LineKind, ProseLine, read_line, slips
from planwriter.checks.prose.sequences import typed_numbers

LENGTH = 60_000
PIECES = (
    *("字", "，", "。", "（", "）", "(", ")", "“", "”", "《", "》", "<", ">", "-", "－", "—", ".", "…", "·", "1", "_", "*", "?", " ", "\n"),
    *("1.", "1-", "附件", "见附件1", "一是", "第一，", "{{", "}}", "〔待", "（责任单位", "责任", "单位：", "字(", "\n1.", "，1-2", "⼯", "喆"),
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_text_is_read_in_time(piece: str) -> None:
    for text in (piece * (LENGTH // len(piece)), (piece + "字") * (LENGTH // (len(piece) + 1))):
        start = time.process_time()
        read = read_line(ProseLine(text, LineKind.PROSE))
        found = [*slips([read], attachments=1, charset="gb2312"), *leftovers(text), *holes(text), *typed_numbers(text)]
        assert time.process_time() - start < 5, f"{len(found)} found"
