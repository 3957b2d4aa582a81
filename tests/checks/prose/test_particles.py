"""的, 地 and 得."""

from __future__ import annotations

import pytest

from planwriter.checks.prose.particles import wrong_particles
from tests.growth import assert_linear_text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("扎实的推进整改。", "扎实地推进整改。"),
        ("各校要认真的落实任务。", "各校要认真地落实任务。"),
        ("制度落实，切实的抓好检查。", "制度落实，切实地抓好检查。"),
        ("工作做的扎实。", "工作做得扎实。"),
        ("任务完成的很出色，台账管的不够。", "任务完成得很出色，台账管得不够。"),
    ],
)
def test_a_wrong_particle_is_found_and_mended(text: str, right: str) -> None:
    made = text
    for slip in wrong_particles(text):
        assert slip.new is not None
        made = made[: slip.start] + slip.new + made[slip.end :]
    assert made == right


@pytest.mark.parametrize(
    "text",
    [
        "扎实的推进机制。",
        "认真的落实态度，主动的参与精神。",
        "有效的推动作用，科学的实施方案。",
        "大力的支持下，全面的建设。",
        "做的工作，学的知识，抓的落实。",
        "做得扎实，扎实地推进。",
        "开展的不少活动很受欢迎。",
    ],
)
def test_other_uses_are_left_alone(text: str) -> None:
    assert list(wrong_particles(text)) == []


@pytest.mark.parametrize("piece", ["扎实的推进", "做的很", "要", "，扎实的"])
def test_a_long_text_is_read_in_linear_time(piece: str) -> None:
    assert_linear_text(lambda text: list(wrong_particles(text)), piece * (60_000 // len(piece)))
