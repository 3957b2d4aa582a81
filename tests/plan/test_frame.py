"""What an outline does not say of its frame follows from the rest."""

import pytest

from planwriter.writers.docx.title import break_title
from tests.support import document, outline

_FOUR = ["青山县卫生健康局", "青山县民政局", "青山县财政局", "青山县医疗保障局"]


@pytest.mark.parametrize(
    ("issuers", "named"),
    [
        (_FOUR[:1], "青山县卫生健康局关于印发"),
        (_FOUR[:3], "青山县卫生健康局 青山县民政局 青山县财政局关于印发"),
        (_FOUR, "青山县卫生健康局等四部门关于印发"),
        ([*_FOUR, "青山县人民法院"], "青山县卫生健康局等五单位关于印发"),
    ],
)
def test_the_title_of_a_notice_names_up_to_three_issuers(issuers: list[str], named: str) -> None:
    frame = document(outline(extra=f"发文:\n  发文机关: [{', '.join(issuers)}]\n  成文日期: 2026-03-05\n")).frame
    assert frame is not None and frame.notice_title is not None
    assert frame.notice_title.value.startswith(f"{named}《") and frame.notice_title.value.endswith("》的通知")
    assert [each.value for each in frame.signatures] == issuers
    lines = break_title(frame.notice_title.value, 20)
    assert 1 < len(lines) <= 4 and all(len(line) <= 20 for line in lines)
