"""The rules on an outline: which texts each of them looks at."""

from __future__ import annotations

import pytest

from tests.support import HEAD, TAIL, codes, lines, outline, plan

YEARS = "文种: 三年行动计划\n单位: 云岭市教育局\n地区: 云岭市\n起止: [2026, 2028]\n"
FRAME = "发文: {{形式: 通知, 成文日期: 2026-03-05, {}}}\n"


@pytest.mark.parametrize(
    "extra",
    [
        "标题: 青山县教育局2026年工作要点。\n",
        "附件:\n  - {标题: 名单。, 内容: [各股一人。]}\n",
        "附件:\n  - {标题: 名单, 内容: [{表: [[甲]], 题: 名单；}]}\n",
        "附件:\n  - {标题: 名单, 内容: [{专栏: 名单：, 内容: [各股一人。]}]}\n",
        FRAME.format("通知标题: 关于印发要点的通知。"),
    ],
)
def test_no_title_ends_with_a_mark(extra: str) -> None:
    assert codes(outline(extra=extra)) == ["PW217"]


def test_a_title_may_end_like_those_that_are_followed_by_their_text() -> None:
    items = (
        "      - 条: 抓好教研\n        文: 上好课。\n      - 条: 抓好教学。\n        内容: [{款: 备课, 文: 写好。}]\n"
    )
    assert "PW217" not in codes(outline(f"重点任务:\n  - 章: 提高质量\n    内容:\n{items}"))


def _sections(*titles: str) -> str:
    made = "".join(f"      - 条: {title}\n        内容: [- 上好课。]\n".replace("[- ", "[") for title in titles)
    return outline(f"重点任务:\n  - 章: 提高质量\n    内容:\n{made}")


def test_titles_that_all_end_with_a_stop_are_a_style() -> None:
    assert codes(_sections("抓好教学。", "抓好教研。", "抓好备课")) == ["PW217", "PW217"]
    assert codes(_sections("抓好教学。", "抓好教研。", "抓好备课。")) == []
    assert codes(_sections("抓好教学：", "抓好教研：")) == ["PW217", "PW217"]


@pytest.mark.parametrize(
    ("item", "found"), [("抓好教学，上好课。", []), ("新建12所学校。", []), ("抓好教学。", ["PW217"])]
)
def test_an_item_may_be_one_sentence(item: str, found: list[str]) -> None:
    assert (
        codes(outline(f"重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: {item}\n      - 条: 抓好教研\n")) == found
    )


def test_spaces_that_set_off_a_label_or_a_title_are_none() -> None:
    text = "2.1 上好课，开齐课。\n① 抓教研，抓备课。\n组 长：局 长\n副组长：各 股 股 长，各校校长。"
    tasks = f"重点任务:\n  - 章: 提高质量\n    文: {text!r}\n".replace("'2.1", '"2.1').replace("长。'", '长。"')
    assert "PW501" in codes(outline(tasks))
    tasks = tasks.replace("各 股 股 长", "各股股长")
    assert "PW501" not in codes(outline(tasks))


@pytest.mark.parametrize("entry", ["发文机关: ××县教育局", "主送: [某某学校]", "附注: 联系人（待定）"])
def test_what_is_left_blank_in_the_frame_is_found(entry: str) -> None:
    assert codes(outline(extra=FRAME.format(entry))) == ["PW216"]


def test_a_unit_named_twice_is_found_in_an_attachment_and_at_a_target() -> None:
    extra = (
        "指标: {入园率: {数值: 95, 单位: '%', 责任单位: 甲股、甲股}}\n"
        "附件:\n  - 指标表\n  - {标题: 名单, 内容: [{条: 报名, 责任单位: [甲股, 甲股]}]}\n"
    )
    assert codes(outline(extra=extra)) == ["PW222", "PW222"]


@pytest.mark.parametrize("block", ["专栏: 主要目标\n          内容: [办好教育。]", "用: 目标/总体"])
def test_what_a_part_must_say_may_stand_in_a_box_or_in_a_clause_of_a_chapter(block: str) -> None:
    lead = f"总体要求:\n  - 章: 总体要求\n    内容:\n      - 节: 指导思想\n        文: 稳中求进。\n        内容:\n        - {block}\n"
    found = codes(outline(head=YEARS, lead=lead))
    assert "PW210" not in found
    assert "PW210" in codes(outline(head=YEARS, lead=lead.partition("        内容:\n        - ")[0]))


def test_figures_are_read_in_captions_and_in_the_notice() -> None:
    attached = "附件:\n  - {标题: 2月30日名单, 内容: [{表: [[甲]], 题: 2026年2月30日名单}]}\n"
    text = outline(extra=attached + FRAME.format("通知正文: 请于2026年2月30日前报送。"))
    assert [each.code for each in plan(text).findings] == ["PW447"] * 3


def test_who_answers_in_a_box_stands_in_the_table_of_tasks() -> None:
    box = "{专栏: 试点, 内容: [{条: 报名, 责任单位: 甲股}]}"
    part = f"重点任务:\n  - 章: 提高质量\n    内容:\n      - {box}\n"
    text = HEAD + "责任标注: 附表\n附件: [任务分解表]\n总体要求: 办好教育。\n" + part + TAIL
    assert any("甲股" in line for line in lines(text))


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("云岭市教育质量提升五年行动方案（2026—2030年）", 0),
        ("云岭市教育质量提升三年行动计划（2026—2030年）", 1),
        ("云岭市教育质量提升行动计划", 1),
    ],
)
def test_a_title_may_say_that_a_plan_is_for_other_years_than_three(title: str, found: int) -> None:
    head = YEARS.replace("2028", "2030") + f"标题: {title}\n"
    assert codes(outline(head=head)).count("PW213") == found


@pytest.mark.parametrize(("names", "found"), [("青山县教育局, 二〇二六年三月五日", 0), ("青山县教育局", 1)])
def test_a_date_in_words_below_the_signature_is_a_date(names: str, found: int) -> None:
    assert codes(outline(extra=f"发文: {{形式: 直发, 署名: [{names}]}}\n")).count("PW605") == found


def test_an_item_that_leads_to_a_list_may_end_with_a_colon() -> None:
    def tasks(title: str) -> str:
        item = f"      - 条: '{title}'\n        内容: [{{款: 备课, 文: 写好。}}]\n"
        return outline(f"重点任务:\n  - 章: 提高质量\n    内容:\n{item}")

    assert "PW217" not in codes(tasks("有下列情形的：")) + codes(tasks("各校要做到，每周："))
    assert "PW217" in codes(tasks("主要工作："))


def test_a_lower_level_stands_for_chapters_where_all_parts_begin_with_it() -> None:
    def parts(last: str) -> str:
        lead = "总体要求:\n  - 条: 工作目标\n    文: 入园率达到95%。\n"
        tail = f"保障措施:\n  - {last}: 加强领导\n    文: 压实责任。\n"
        return outline("重点任务:\n  - 条: 抓好教学\n    文: 上好课。\n", lead=lead, tail=tail)

    assert "PW209" not in codes(parts("条"))
    assert "PW209" in codes(parts("章"))


def tasks(*chapters: str) -> str:
    return outline("重点任务:\n" + "".join(f"  - 章: {each}\n" for each in chapters))


ONE, TWO = "办好园\n    文: 新建公办园。", "上好课\n    文: 开齐课程。"


@pytest.mark.parametrize(
    ("chapters", "found"),
    [
        ((ONE, TWO, "宣传引导"), ["PW542"]),
        ((ONE, "宣传引导", TWO), ["PW542"]),
        (("宣传引导", "督促检查", ONE), []),  # a list of headings
        ((ONE, TWO, "新建公办园三所，改扩建两所"), []),
        ((ONE, TWO, "02 重点任务"), []),
        ((ONE, TWO, "宣传引导\n    内容: [用好媒体。]"), []),
    ],
)
def test_a_heading_without_content_is_found_among_others_with_some(chapters: tuple[str, ...], found: list[str]) -> None:
    assert [code for code in codes(tasks(*chapters)) if code == "PW542"] == found


def test_a_heading_stands_once_among_those_beside_it() -> None:
    twice = "抓管理\n    内容:\n      - {条: 督导, 文: 查。}\n      - {条: 督导, 文: 评。}\n"
    apart = "抓管理\n    内容: [{条: 督导, 文: 查。}]\n  - 章: 抓质量\n    内容: [{条: 督导, 文: 评。}]"
    assert codes(tasks(twice)).count("PW543") == 1
    assert codes(tasks(ONE, ONE)).count("PW543") == 1
    assert "PW543" not in codes(tasks(apart))


def test_a_reference_to_a_part_must_lead_to_one() -> None:
    assert "PW539" in codes(tasks(ONE, "督导\n    文: 具体见本要点第九部分。"))
    assert "PW539" not in codes(tasks(ONE, "督导\n    文: 具体见本要点第二部分。"))
