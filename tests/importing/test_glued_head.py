"""A head on one line: title, number, recipients, signature and date get lines of their own."""

from typing import Any

import pytest

from planwriter.importing.glued_head import split_head
from planwriter.importing.script import ScriptLine
from tests.importing.making import NOTICE

TITLE = "青山县教育局2026年工作要点"


def texts(text: str) -> list[str]:
    return [line.text for line in split_head([ScriptLine(text=text, number=1), ScriptLine(text="一、甲", number=2)])]


def test_a_notice_on_one_line_is_split_into_its_parts() -> None:
    lines = [*NOTICE.splitlines(), TITLE, "为办好教育，制定本要点。"]
    assert texts("".join(lines)) == [*lines, "一、甲"]


def test_a_red_head_is_told_apart() -> None:
    lines = [
        "青山县教育局文件",
        "青教发〔2026〕3号",
        *NOTICE.splitlines()[0:1],
        *NOTICE.splitlines()[2:6],
        TITLE,
        "为办好教育，制定本要点。",
    ]
    assert texts("".join(lines)) == [*lines, "一、甲"]


def test_a_title_before_its_preface_gets_a_line() -> None:
    text = f"{TITLE}为深入贯彻上级教育工作会议精神，办好人民满意的教育，结合我县实际，制定本要点，请各学校对照执行。"
    assert texts(text)[0] == TITLE


def test_offices_behind_a_title_get_a_line() -> None:
    title, offices = (
        "关于加强校园周边环境治理工作的意见",
        "青山县教育局　青山县公安局　青山县财政局　青山县应急管理局　青山县市场监管局",
    )
    assert texts(title + offices)[:2] == [title, offices]


@pytest.mark.parametrize("text", [TITLE, "甲" * 100, "各学校要按照计划为学生办实事，" * 6, "一、" + "甲" * 80])
def test_other_first_lines_stay(text: str) -> None:
    assert texts(text) == [text, "一、甲"]


@pytest.mark.parametrize("kept", [{"rows": (("甲", "乙"),)}, {"label": "一、"}])
def test_a_table_or_a_counted_item_is_no_head(kept: dict[str, Any]) -> None:
    first = ScriptLine(text="".join((*NOTICE.splitlines(), TITLE, "为办好教育，制定本要点。")), number=1, **kept)
    assert split_head([first]) == [first]
    assert split_head([]) == []


def test_two_names_are_no_list_of_offices() -> None:
    text = "关于加强校园周边环境治理工作的意见青山县教育局　青山县公安局" + "　" * 40
    assert len(texts(text)) == 2


def test_every_piece_has_a_key_of_its_own() -> None:
    made = split_head([ScriptLine(text="".join((*NOTICE.splitlines(), TITLE, "为办好教育，制定本要点。")), number=1)])
    assert len({line.key for line in made}) == len(made)
