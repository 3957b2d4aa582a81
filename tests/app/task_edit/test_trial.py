"""Several changes at once, and those after which the table would be another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.task_edit.editing import (
    SMALL,
    Change,
    check_made,
    codes,
    deleted,
    edited,
    inserted,
    put,
    replaced,
    together,
)
from tests.support import HEAD, LEAD

MADE: dict[str, Change] = {
    "删一行添一行": together(deleted(1), inserted(1, "办学", "规划布局。逐镇摸清底数。", "办公室", "2026年1月")),
    "一起": together(
        replaced(1, 3, "年底", "秋季"), put(2, 4, "招生考试中心"), put(4, 2, "后勤管理"), put(4, 5, "2026年3月")
    ),
}


@pytest.mark.parametrize("change", MADE.values(), ids=MADE)
def test_the_outline_gives_the_edited_table(change: Change, tmp_path: Path) -> None:
    check_made(tmp_path, change)


def test_what_is_certain_is_made_beside_what_is_not(tmp_path: Path) -> None:
    made, findings = edited(tmp_path, together(replaced(1, 3, "12所", "15所"), put(1, 4, "办公室")))
    assert codes(findings) == [("PW747", "C3")]
    assert made.after == SMALL.replace("责任单位: 计财股   # 牵头", "责任单位: 办公室   # 牵头").encode()


def test_an_outline_without_units_is_taken_in_too(tmp_path: Path) -> None:
    rows = "".join(f"      - 条: 事项{at}\n        文: 办好第{at}件事。\n" for at in "一二三")
    outline = f"{HEAD}{LEAD}重点任务:\n  - 章: 民生\n    内容:\n{rows}".encode()
    made, findings = edited(tmp_path, replaced(2, 3, "办好", "办成"), outline)
    assert findings == () and "办成第二件事" in made.after.decode()
    every = together(*(put(at, 4, "办公室") for at in (1, 2, 3)))
    made, findings = edited(tmp_path, every, outline)
    assert findings == () and made.after.decode().count("责任单位: 办公室") == 3
    made, findings = edited(tmp_path, put(2, 4, "办公室"), outline)
    assert codes(findings) == [("PW747", "D4")] and made.after == made.before
