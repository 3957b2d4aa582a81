from __future__ import annotations

from planwriter.app.roundtrip.counts import counts_line, outline_lines
from planwriter.compare.edits.hand_edits import hand_edits
from planwriter.compare.versions.version import PlanVersion, VersionLine
from planwriter.plan.flow import BODY


def version(*texts: str) -> PlanVersion:
    items = tuple(VersionLine(role=BODY, text=text, place=10 * at + 10) for at, text in enumerate(texts))
    return PlanVersion(name="稿", items=items)


BASE = version("建好3所学校。", "上好每一堂课。", "配齐紧缺学科教师。", "改善食堂条件。")


def test_edits_are_counted_by_kind() -> None:
    made = hand_edits(BASE, version("建好5所学校。", "上好每一堂课。", "再查一次。再改一次。", "配齐紧缺学科教师。"))
    assert counts_line(made) == "改 1 句、新增 2 句、删去 1 句"


def test_labels_that_count_on_are_counted_apart() -> None:
    one, *more = (
        VersionLine(role=BODY, text=each.text, label=f"{at}.", level=3) for at, each in enumerate(BASE.items, 1)
    )
    made = hand_edits(PlanVersion(name="稿", items=(one, *more)), PlanVersion(name="稿", items=tuple(more)))
    assert counts_line(made) == "删去 1 句"
    again = tuple(VersionLine(role=BODY, text=each.text, label=f"{at}.", level=3) for at, each in enumerate(more, 1))
    made = hand_edits(PlanVersion(name="稿", items=(one, *more)), PlanVersion(name="稿", items=again))
    assert counts_line(made) == "删去 1 句（另有 3 处序号顺延）"


def test_the_lines_are_those_of_the_outline_as_it_stands() -> None:
    made = hand_edits(BASE, version("先开个会。", "建好5所学校。", "上好每一堂课。", "改善食堂条件。"))
    assert list(zip([each.kind.value for each in made.edits], outline_lines(made), strict=True)) == [
        ("新增", 10),
        ("改", 20),
        ("删去", 30),
    ]
    made = hand_edits(BASE, version(*(each.text for each in BASE.items[1:])))
    assert list(outline_lines(made)) == [0]
