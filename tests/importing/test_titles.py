"""What reads like a title."""

import pytest

from planwriter.importing.titles import is_title


@pytest.mark.parametrize(
    "text",
    [
        "青山县教育局2026年工作要点",
        "青山县义务教育优质均衡发展三年行动计划（2026—2028年）",
        "关于进一步加强校园安全工作的实施意见（试行）",
        "青山县教育局关于印发《青山县教育局2026年工作要点》的通知",
    ],
)
def test_titles(text: str) -> None:
    assert is_title(text)


@pytest.mark.parametrize(
    "text",
    [
        "青山县教育局关于印发《青山县教育局2026年工作要点",
        "为办好教育，制定本计划。",
        "计划",
        "青山县教育局",
        "各学校要制定计划；",
    ],
)
def test_no_titles(text: str) -> None:
    assert not is_title(text)
