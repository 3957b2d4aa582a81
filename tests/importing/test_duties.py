"""The note on units at the end of a paragraph: lifted only if the same note is printed again."""

import pytest

from planwriter.importing.duties import split_duty
from planwriter.model import Duty
from planwriter.plan.flow import duty_note

NOTES = [
    "（责任单位：学前股）",
    "（责任单位：学前股、计财股；配合单位：县财政局；完成时限：2026年12月）",
    "（完成时限：年底前）",
    "（责任单位：各乡镇（街道）、教研室）",
]


def names(duty: Duty | None) -> list[str]:
    return [each.value for each in (*duty.lead, *duty.support)] if duty else []


@pytest.mark.parametrize("note", NOTES)
def test_a_note_is_lifted_and_printed_again(note: str) -> None:
    rest, duty = split_duty(f"建成三所。{note}")
    assert rest == "建成三所。" and duty_note(duty) == note


def test_a_note_in_half_width_marks_is_lifted() -> None:
    assert names(split_duty("建成三所。(责任单位:学前股、计财股)")[1]) == ["学前股", "计财股"]


@pytest.mark.parametrize(
    "text",
    [
        "建成三所。（学前股牵头，计财股配合）",
        "建成三所。（牵头单位：学前股）",
        "建成三所（责任单位：学前股），年底前完成。",
        "建成三所。（责任单位：学前股；责任人：略）",
        "建成三所。（责任单位：学前股/计财股）",
        "建成三所。（责任单位：学前股；完成时限：2026.12）",
        "建成三所。（责任单位：）",
        "建成三所。",
    ],
)
def test_other_notes_stay(text: str) -> None:
    assert split_duty(text) == (text, None)
