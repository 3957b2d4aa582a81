"""A .docx edited by hand in every way, and what diff says of each edit."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from planwriter.app.roundtrip.diff import compare_files
from planwriter.app.session import Session
from planwriter.compare.edits.difference import Difference, DifferenceKind, Differences
from tests.compare.office import rendered
from tests.hands import Hand, resaved, without_marks, without_record
from tests.support import ROOT, drafts

PLAN = "qingshan-2026"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "examples" / f"{PLAN}.yaml", "要点.yaml")
    return tmp_path


def _by_hand() -> bytes:
    hand = Hand(rendered(drafts()[PLAN]))
    hand.replace("58%", "62%", font="楷体")
    hand.track("每学期开学前", "每学年开学前")
    hand.delete("守住控辍保学底线")
    hand.add_after("提升课后服务质量", "开展读书活动。每所学校每月一次。")
    hand.swap("保证锻炼时间", "完善竞赛体系")
    hand.split("规范引入第三方机构")
    hand.format("推进教育数字化")
    hand.comment("做好教育考试招生工作", "要不要删？")
    hand.replace("把牢办学方向", "把牢正确方向")
    hand.replace("（责任单位：安全股）", "（责任单位：安全股、办公室）")
    hand.replace("工作要点", "工作计划", within="青山县教育局2026年工作要点")
    return hand.save()


def _compared(old: str, new: str) -> Differences:
    compared = compare_files(Session(), old, new)
    assert compared.found is not None
    assert compared.findings == ()
    return compared.found


def _row(found: Differences, words: str) -> Difference:
    """The only change in a place with these words, of those that are not new."""
    rows = [row for row in found.changes if words in row.where and row.kind is not DifferenceKind.NEW]
    assert len(rows) == 1, (words, rows)
    return rows[0]


@pytest.mark.parametrize(
    "saved",
    [lambda data: data, resaved, without_marks, lambda data: without_record(without_marks(data))],
    ids=["as it is", "python-docx", "without marks", "without marks and record"],
)
def test_each_edit_is_told_once(saved: Callable[[bytes], bytes]) -> None:
    Path("改过.docx").write_bytes(saved(_by_hand()))
    found = _compared("要点.yaml", "改过.docx")
    assert _row(found, "增强学生体质健康").reasons[0] == "指标“体质优良率”由58%调整为62%"
    assert _row(found, "党组织领导的校长负责制").reasons == ("文字修改",)
    assert _row(found, "守住控辍保学底线").kind is DifferenceKind.DELETED
    moved = [row for row in found.changes if row.kind is DifferenceKind.MOVED]
    assert len(moved) == 1 and moved[0].was_behind != moved[0].behind
    assert _row(found, "提升课后服务质量").reasons == ("后面的话另起一段",)
    assert "格式" in _row(found, "推进教育数字化").reasons[0]
    assert _row(found, "把牢正确方向").reasons == ("标题修改",)
    assert _row(found, "筑牢校园安全防线").reasons == ("责任单位由“安全股”改为“安全股、办公室”",)
    assert _row(found, "标题").reasons == ("标题修改",)
    assert [found.new.items[row.new].text[:6] for row in found.changes if row.kind is DifferenceKind.NEW] == [
        "规范引入第三",
        "开展读书活动",
    ]
    assert len(found.changes) == 11
    assert not any(row.doubtful for row in found.rows)


def test_the_other_way_round_the_same_places_differ() -> None:
    Path("改过.docx").write_bytes(_by_hand())
    there, back = _compared("要点.yaml", "改过.docx"), _compared("改过.docx", "要点.yaml")
    assert len(there.changes) == len(back.changes)
    swapped = {DifferenceKind.NEW: DifferenceKind.DELETED, DifferenceKind.DELETED: DifferenceKind.NEW}
    for kind in DifferenceKind:
        assert there.count(kind) == back.count(swapped.get(kind, kind))


def test_a_file_saved_by_another_program_does_not_differ() -> None:
    Path("改过.docx").write_bytes(_by_hand())
    Path("另存.docx").write_bytes(without_record(without_marks(resaved(_by_hand()))))
    assert _compared("改过.docx", "另存.docx").is_empty
