"""Lines of the frame typed by hand, by what they say."""

from __future__ import annotations

import pytest

from planwriter.compare.absorb.frame_entries import frame_entry


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("青教发〔2026〕12号", ("文号", "青教发〔2026〕12号")),
        ("机密★1年", ("密级", "机密★1年")),
        ("特急", ("紧急程度", "特急")),
        ("抄送：县委办公室，县政府办公室。", ("抄送", ("县委办公室", "县政府办公室"))),
        ("（此件公开发布）", ("附注", "此件公开发布")),
        ("各中心校，县直各校：", ("主送", ("各中心校", "县直各校"))),
    ],
)
def test_what_a_line_is(text: str, entry: tuple[str, object]) -> None:
    made = frame_entry(text)
    assert made is not None and tuple(made) == entry


@pytest.mark.parametrize(
    "text", ["为做好工作，制定本要点。", "青教发2026", "（" + "很长" * 30 + "）", "一句。又一句："]
)
def test_what_is_no_line_of_a_frame(text: str) -> None:
    assert frame_entry(text) is None
