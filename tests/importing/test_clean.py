"""Scripts made clean: what is left out is told, and every other character stays."""

import pytest

from planwriter.importing.clean import clean_script, visible
from planwriter.importing.script import Script, ScriptLine
from planwriter.start.records import replace
from tests.importing.making import PLAN, lines_of, script_of


def texts(text: str) -> list[str]:
    return [line.text for line in clean_script(script_of(text)).value.lines]


def test_invisible_characters_and_blank_lines_go() -> None:
    assert texts("\ufeff青山县\u200b要点\n\n　\n一、建\u00a0园\u00ad\n") == ["青山县要点", "一、建 园"]
    assert visible("甲\u2003乙\x07") == "甲 乙"


def test_a_line_break_inside_a_paragraph_makes_two_lines_with_keys_of_their_own() -> None:
    made = clean_script(
        Script(name="旧.docx", lines=(ScriptLine(text="青山县\n工作要点", number=4, style="标题"),))
    ).value
    assert [(line.text, line.number) for line in made.lines] == [("青山县", 4), ("工作要点", 4)]
    assert len({line.key for line in made.lines}) == 2


HEAD = "您当前的位置：首页 > 政务公开\n索引号：0123/2026-01\n发布时间：2026-03-05 10:00\n来源：办公室\n【字体：大 中 小】\n"
TAIL = "扫一扫在手机打开当前页\n【打印本页】【关闭窗口】\n主办：青山县人民政府办公室\n版权所有 青山县人民政府\n"


def test_debris_of_a_web_page_goes_and_is_told() -> None:
    made = clean_script(script_of(HEAD + PLAN + TAIL))
    assert [line.text for line in made.value.lines] == PLAN.splitlines()
    assert [each.code for each in made.findings] == ["PW701", "PW701"]
    assert "您当前的位置" in made.findings[0].message and made.findings[0].pos.line == 1
    assert "／发布时间：2026-03-05 10:0…／来源：办公室……" in made.findings[0].message


@pytest.mark.parametrize(
    "line", ["来源：各学校的报告要写明。", "打印店要规范管理。", "1.来源：甲", "发布时间：每年3月。"]
)
def test_what_looks_like_debris_stays_inside_the_text(line: str) -> None:
    text = PLAN.replace("二、建强教师队伍", f"{line}\n二、建强教师队伍")
    assert texts(text) == text.splitlines()


@pytest.mark.parametrize(
    "line",
    ["承办单位：青山县第一小学", "来源：县统计局", "校对：办公室", "联系我们：办公室", "相关附件：任务清单", "分享"],
)
def test_a_last_line_that_a_document_can_have_goes_only_beside_one_of_a_page(line: str) -> None:
    assert texts(PLAN + line) == [*PLAN.splitlines(), line]
    assert texts(f"{PLAN}{line}\n【打印本页】【关闭窗口】") == PLAN.splitlines()


@pytest.mark.parametrize("line", ["主题分类：教育", "发布日期：2026年3月5日", "转发：各学校", "公开方式：主动公开"])
def test_a_first_line_that_a_document_can_have_goes_only_beside_one_of_a_page(line: str) -> None:
    assert texts(f"{line}\n{PLAN}") == [line, *PLAN.splitlines()]
    assert texts(f"首页 > 规划计划\n{line}\n{PLAN}") == PLAN.splitlines()


def test_a_title_that_begins_with_passing_on_stays() -> None:
    title = "转发县安委会2026年工作要点的通知"
    assert texts(f"首页 > 通知\n{title}\n{PLAN}") == [title, *PLAN.splitlines()]


def test_a_value_below_its_key_goes_with_it() -> None:
    head = "[ 索引号 ]\n0123-01\n[ 主题分类 ]\n综合政务\n视力保护色：\n"
    assert texts(head + PLAN) == PLAN.splitlines()


def test_the_end_of_a_page_with_a_file_and_its_owner_goes() -> None:
    tail = "相关附件：\n要点.pdf\nCopyright © 2026 青山县教育局\n"
    assert texts(PLAN + tail) == PLAN.splitlines()


def test_the_numbers_of_the_rows_of_a_table_stay() -> None:
    rows = [
        f"{number}\n办好第{number}件实事{'，做到全县学校一个不少' * 16}\n计财股\n办公室\n每季度\n"
        for number in range(1, 10)
    ]
    table = "序号\n内容\n单位\n配合\n时限\n" + "".join(rows)
    assert texts(PLAN + table) == (PLAN + table).splitlines()
    assert texts(PLAN + "3/8\n") == [*PLAN.splitlines(), "3/8"]


def test_page_numbers_go() -> None:
    lines = PLAN.splitlines()
    typed = "\n".join((*lines[:6], "— 1 —", *lines[6:12], "第 2 页 共 3 页", *lines[12:], "- 3 -"))
    assert texts(typed) == lines


def test_bare_numbers_go_only_if_they_count_up_over_the_whole_text() -> None:
    lines = [f"第{number}所学校要按时完成各项任务，做到不留死角。" for number in range(30)]
    paged = [*lines[:9], "1", *lines[9:18], "2", *lines[18:27], "3", *lines[27:]]
    assert texts("\n".join(paged)) == lines
    assert texts("\n".join([*lines, "7", "3"])) == [*lines, "7", "3"]


def wrapped(text: str, width: int) -> str:
    return "\n".join(line[at : at + width] for line in text.splitlines() for at in range(0, len(line), width))


LONG = "".join(
    f"{line}各学校要对照任务清单逐项抓好落实，及时报告进展，年底前由县教育局统一组织评估并通报结果。\n"
    for line in PLAN.splitlines()[3:]
)


@pytest.mark.parametrize("width", [20, 28, 40])
def test_lines_broken_at_the_edge_of_a_page_are_joined(width: int) -> None:
    assert "".join(texts(wrapped(LONG, width))) == LONG.replace("\n", "")
    assert sum(1 for one in texts(wrapped(LONG, width)) if one in LONG.splitlines()) >= len(LONG.splitlines()) - 2


def test_paragraphs_of_the_usual_lengths_are_not_joined() -> None:
    assert texts(PLAN) == PLAN.splitlines()
    assert texts("甲乙丙\n丁\n") == ["甲乙丙", "丁"]


def test_rows_get_one_length() -> None:
    made = clean_script(Script(name="旧", lines=(ScriptLine(rows=(("甲", "乙\u200b"), ("丙",)), number=1),))).value
    assert made.lines[0].rows == (("甲", "乙"), ("丙", ""))


def test_nothing_of_a_text_without_debris_is_lost() -> None:
    lines = [replace(line, text=f"　{line.text}  ") for line in lines_of(PLAN)]
    made = clean_script(Script(name="旧", lines=tuple(lines)))
    assert "".join(line.text.strip() for line in made.value.lines) == PLAN.replace("\n", "")
    assert made.findings == ()
