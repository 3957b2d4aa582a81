"""What writers in bureaus other than education type, and what is reported to them."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from planwriter import cli
from planwriter.app.session import Session
from planwriter.app.starter import starter
from planwriter.findings.finding import Finding
from planwriter.language.dates import official_date
from planwriter.model import Table
from planwriter.outline.kind import Kind
from planwriter.plan.changed import changed_sentences
from tests.support import HEAD, document, lines, outline, plan, render


def found(text: str, code: str) -> list[Finding]:
    """The findings of a code in an outline."""
    return [each for each in plan(text).findings if each.code == code]


def tasks(text: str, *more: str) -> str:
    """A 重点任务 part of one item, its text `text`, and further keys of that item."""
    return (
        "重点任务:\n  - 章: 一类事\n    内容:\n      - 条: 一件事\n        文: "
        + text
        + "\n"
        + "".join(f"        {each}\n" for each in more)
    )


# numbers typed by hand


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("一、加强领导", "- 章: 加强领导"),
        ("（二）筹措资金。多方筹措。", "- 节: 筹措资金"),
        ("1、开展排查", "- 条: 开展排查"),
        ("（3）上报", "- 款: 上报"),
        ("①上报", "- 款: 上报"),
    ],
)
def test_a_number_in_a_line_that_gets_none_is_reported_with_the_level_to_write(line: str, block: str) -> None:
    (told,) = found(outline(f"重点任务:\n  - 章: 一类事\n    内容:\n      - {line}\n"), "PW218")
    assert "再编一次" not in told.message and block in told.hint


def test_a_number_in_a_title_would_be_doubled() -> None:
    (told,) = found(outline("重点任务:\n  - 章: 一、重点任务\n    内容: [做事。]\n"), "PW218")
    assert "再编一次" in told.message and told.hint == "删去“一、”，编号由程序统一编排。"


# dates


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("2026.3.5", "写成 2026年3月5日。"),
        ("2026/03/05", "写成 2026年3月5日。"),
        ("2026年03月05日", "写成 2026年3月5日。"),
        ("2026.2.30", "核对年、月、日。"),
        ("2026-02-29", "核对年、月、日。"),
    ],
)
def test_a_wrong_date_is_reported_with_the_right_form(typed: str, hint: str) -> None:
    (told,) = found(outline(extra=f"发文:\n  成文日期: {typed}\n"), "PW602")
    assert told.hint == hint


def test_the_29th_of_february_is_a_day_of_leap_years_only() -> None:
    assert official_date("2028-02-29") == "2028年2月29日" and official_date("2026年2月29日") is None


# sentences without an end


def test_a_text_without_a_full_stop_is_reported_at_its_end() -> None:
    (told,) = found(outline(tasks("做好征缴，参保率98%以上", "责任单位: 社会事务办")), "PW501")
    assert told.message == "这段话末尾没有标点： “率98%以上”。" and told.pos.line == 10 and told.pos.column > 20
    assert found(outline(tasks("做好征缴，参保率{{ 指标.率 }}"), extra='指标:\n  率: {数值: 9, 单位: "%"}\n'), "PW501")


@pytest.mark.parametrize(
    "text", ["2026年3月至5月", "做好征缴，参保率98%以上。", "有三件事，即：", "分三步，“先易后难”", "见附表，（略去）"]
)
def test_a_text_that_ends_or_is_no_sentence_has_no_finding(text: str) -> None:
    assert found(outline(tasks(text)), "PW501") == []


# where a changed row stands


def test_a_changed_row_of_the_table_of_targets_is_not_placed_in_a_different_table() -> None:
    text = outline(
        tasks("开设{{ 指标.门诊 }}。") + '      - 表: [[岗位, 人数], [临床, 16], [合计, ""]]\n',
        extra='指标:\n  门诊: {数值: 15, 单位: 个, 责任单位: 医政股}\n附件: [指标表, {标题: 表样, 表: [[岗位, 数], [门诊, "{{ 指标.门诊.数 }}"]]}]\n',
    )
    made = changed_sentences(document(text), document(text.replace("数值: 15", "数值: 16")))
    assert [(each.where, each.pos and each.pos.line) for each in made] == [
        ("1.一件事", 13),
        ("附件1 指标表 1 门诊", None),
        ("附件2 表样 门诊 16", 7),
    ]


# rates of a health bureau


HEALTH = """指标:
  婴儿死亡率: {数值: 3.2, 单位: ‰, 界限: 不超过, 基期: {年份: 2025, 数值: 3.5}}
  孕产妇死亡率: {数值: 10, 单位: 1/10万, 界限: 不超过, 基期: {年份: 2025, 数值: 12}, 责任单位: 妇幼股}
  标化发病率: {数值: 0.5, 单位: ‰, 公式: 孕产妇死亡率 * 5}
"""


def test_a_rate_in_a_hundred_thousand_is_a_rate_and_reads_as_one() -> None:
    text = outline(
        tasks(
            "死亡率{{ 指标.孕产妇死亡率 }}，即{{ 指标.孕产妇死亡率.值 }}，降{{ 指标.孕产妇死亡率.减量 }}；{{ 指标.婴儿死亡率 }}，降{{ 指标.婴儿死亡率.下降 }}。"
        ),
        extra=HEALTH + "附件: [指标表]\n",
    )
    made = plan(text)
    assert [each.code for each in made.findings] == []
    assert any("死亡率不超过10/10万，即10/10万，降2/10万；不超过3.2‰，降0.3个千分点。" in line for line in lines(text))
    assert any("1/10万\t12\t≤10" in line for line in lines(text))


# totals


def table(*rows: str) -> str:
    return outline(
        "重点任务:\n  - 章: 一类事\n    内容:\n      - 表:\n" + "".join(f"          - [{row}]\n" for row in rows)
    )


WRONG = [
    (("岗位, 人数", "临床, 16", "中医, 8", "合计, 25"), "“人数”这一列加起来是 24，不是 25。"),
    (("项目, 人次", "培训, 1.2万", "宣讲, 8000", "合计, 3万"), "“人次”这一列加起来是 20000，不是 3万。"),
    (("项目, 人次", "培训, 1万", "宣讲, 2万", "合计, 4万"), "“人次”这一列加起来是 30000，不是 4万。"),
    (
        ("序号, 项目, 投资（万元）", "1, 农田, '1,600'", "2, 冷库, 2200", "3, 大棚, 380", "合　计, '', 4080"),
        "“投资”这一列加起来是 4180，不是 4080。",
    ),
    (("乡镇, 户数", "总计, 30户", "城关镇, 12户", "石桥乡, 19户"), "“户数”这一列加起来是 31户，不是 30户。"),
    (
        ("镇, 校, 人数", "甲, 一校, 10", "甲, 二校, 12", "小计, '', 22", "乙, 三校, 5", "小计, '', 5", "合计, '', 37"),
        "“人数”这一列加起来是 27，不是 37。",
    ),
]
RIGHT = [
    ("岗位, 人数", "临床, 16", "中医, 8", "合计, 24"),
    ("项目, 人次", "培训, 1.2万", "宣讲, 8000", "合计, 2万"),
    ("项目, 人次", "培训, 1.24万", "宣讲, 0.83万", "合计, 2.08万"),
    ("项目, 人次", "培训, 300余", "宣讲, 8000", "合计, 2万"),
    ("项目, 人次", "培训, ≥300", "宣讲, 8000", "合计, 2万"),
    ("岗位, 人数", "临床, 16", "护理, —", "中医, 8", "合计, 24"),
    ("项目, 占比", "甲, 40%", "乙, 50%", "合计, 100%"),
    ("项目, 完成率", "甲, 40", "乙, 50", "合计, 45"),
    ("项目, 投资", "甲, 33.3", "乙, 33.3", "丙, 33.3", "合计, 100"),
    ("项目, 人数", "教师, 20", "其中：女教师, 12", "职工, 5", "合计, 25"),
    ("项目, 投资", "一、学校, 30", "小学, 20", "中学, 10", "合计, 30"),
    ("项目, 投资", "甲, 30", "乙, 待定", "合计, 50"),
    ("序号, 投资", "1, 30", "1.1, 20", "1.2, 10", "合计, 30"),
    ("镇, 校, 人数", "甲, 一校, 10", "甲, 二校, 12", "小计, '', 22", "乙, 三校, 5", "小计, '', 5", "合计, '', 27"),
    ("序号, 乡镇, 面积", "1, 城关镇, 12亩", "2, 石桥乡, 8亩", "合计, 2个, 20亩"),
]


@pytest.mark.parametrize(("rows", "message"), WRONG)
def test_a_total_of_a_table_that_does_not_add_up_is_reported_at_its_cell(rows: tuple[str, ...], message: str) -> None:
    (told,) = found(table(*rows), "PW442")
    assert told.message == message and "计" in table(*rows).splitlines()[told.pos.line - 1]


@pytest.mark.parametrize("rows", RIGHT)
def test_a_table_whose_total_is_right_or_cannot_be_checked_has_no_finding(rows: tuple[str, ...]) -> None:
    assert found(table(*rows), "PW442") == []


def test_parts_with_commas_between_them_are_added_up_to_the_last() -> None:
    (told,) = found(outline(tasks("改造户厕260户，其中大湾村100户，小湾村80户，高坡村90户。")), "PW442")
    assert told.message == "大湾村100户、小湾村80户、高坡村90户加起来是 270户，不是 260户。"
    assert found(outline(tasks("改造户厕260户，其中大湾村100户，小湾村160户，改造厨房90户。")), "PW442") == []


# starters


@pytest.mark.parametrize("kind", ["工作要点", "三年行动计划", "实施方案"])
@pytest.mark.parametrize("unit", ["青山县卫生健康局", "石桥乡人民政府", "青山县市场监督管理局"])
def test_the_starter_of_a_different_bureau_is_sound_and_mentions_no_schools(kind: str, unit: str) -> None:
    region = "石桥乡" if unit.startswith("石桥") else "青山县"
    made = starter(
        Session(), _kind(kind), {"单位": unit, "地区": region, "年度": "2027", "起年": "2027", "止年": "2029"}
    ).value
    assert made and not re.search("@|教育局|幼儿园|教师队伍|师德", made) and "2026" not in made
    set_targets = made.replace("数值: ,", "数值: 60,")
    assert set_targets != made and [(each.code, each.message) for each in plan(set_targets).findings] == []


@pytest.mark.parametrize(
    "unit", ["青山县教育局", "青山县教育体育局", "青山县第一中学", "青山县城关小学", "云岭一中", "青山县职业技术学校"]
)
def test_the_starter_of_those_who_run_schools_speaks_of_schools(unit: str) -> None:
    made = starter(
        Session(), _kind("工作要点"), {"单位": unit, "地区": "青山县", "年度": "2027", "起年": "2027", "止年": "2027"}
    ).value
    assert made and "教师" in made and "2026" not in made


def _kind(name: str) -> Kind:
    return next(each for each in Session().kinds().value if each.name == name)


# units, quotes


@pytest.mark.parametrize(
    ("duties", "message"),
    [
        (("责任单位: [工程股, 工程 股, 规划股]",), "“责任单位”里的单位“工程股”写了两遍。"),
        (
            ("责任单位: 工程股、规划股", "配合单位: [财务股, 规划股]"),
            "“责任单位”和“配合单位”里的单位“规划股”写了两遍。",
        ),
    ],
)
def test_a_unit_named_twice_for_one_item_is_reported(duties: tuple[str, ...], message: str) -> None:
    (told,) = found(outline(tasks("做事。", *duties)), "PW222")
    assert told.message == message
    assert found(outline(tasks("做事。", "责任单位: [工程股, 规划股]", "配合单位: 财务股")), "PW222") == []


@pytest.mark.parametrize("text", ['"四好农村路"建设要加快。', "'\"四好\"'农村路建设要加快。"])
def test_a_text_that_begins_with_a_quote_gets_chinese_quotes_as_the_way_out(text: str) -> None:
    (told,) = found(outline(tasks(text)), "PW108")
    assert told.hint.startswith("改成中文引号“”") and "''" not in told.hint


# marks, digits and spaces


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("办公室设在工程股。。", "标点重复了 “。。”。"),
        ("加强监管，、落实责任。", "标点重复了 “，、”。"),
        ("实施防护工程３０公里。", "数字用了全角的 “３０”。"),
        ("为加强质量 安全监管，制定方案。", "文字中间有空格（□） “质量□安全”。"),
        ("每公里补助1万元　　。", "文字中间有空格（□） “万元□。”。"),
        ("到 2026 年，建成公路。", "文字中间有空格（□） “到□20”。"),
        ("坚持问题导\xa0向，全面排查。", "文字中间有空格（□） “题导□向，”。"),
        ("检查学校食堂;2家养老机构。", "汉字之间用了半角的 ;。"),
    ],
)
def test_what_is_pasted_or_typed_double_is_reported(text: str, message: str) -> None:
    assert [each.message for each in found(outline(tasks(text)), "PW501")] == [message]


@pytest.mark.parametrize(
    "text",
    [
        "落实《中共中央　国务院关于推进健康中国建设的意见》要求，抓好落实。",
        "由县委办公室　县人民政府办公室联合印发，抓好落实。",
        "组　长：某甲　局长",
        "推广 WPS 和 Word 软件，配备12:30开饭的食堂，比例1:3。",
        "建设3,500米公路，GB/T 9704 标准，“一站 一策”。",
        "做到……，说明——这是。",
    ],
)
def test_spaces_and_marks_that_are_meant_are_left_alone(text: str) -> None:
    assert found(outline(tasks(text)), "PW501") == []


# rates of other bureaus, the year of a figure


@pytest.mark.parametrize(
    "name",
    [
        "建制村通客车率",
        "农村公路优良中等路率",
        "家庭医生签约率",
        "畜禽粪污综合利用率",
        "投诉举报办结率",
        "群众满意度",
        "规范管理率",
    ],
)
def test_a_rate_that_is_part_of_a_whole_is_not_over_100(name: str) -> None:
    text = outline(tasks(f"做到{{{{ 指标.{name} }}}}。"), extra=f'指标:\n  {name}: {{数值: 105, 单位: "%"}}\n')
    assert len(found(text, "PW408")) == 1
    assert len(found(outline(tasks(f"全县{name}达到105%。")), "PW444")) == 1


@pytest.mark.parametrize("name", ["收入增长率", "毛入学率", "预算执行率", "产能利用率", "床位使用率"])
def test_a_rate_that_may_be_over_100_is_left_alone(name: str) -> None:
    text = outline(tasks(f"做到{{{{ 指标.{name} }}}}。"), extra=f'指标:\n  {name}: {{数值: 105, 单位: "%"}}\n')
    assert found(text, "PW408") == found(outline(tasks(f"全县{name}达到105%。")), "PW444") == []


def test_a_goal_stated_for_the_year_of_the_baseline_is_reported_as_that_of_a_different_year() -> None:
    extra = "指标:\n  财政收入: {名称: 一般公共预算收入, 数值: 860, 单位: 万元, 基期: {年份: 2025, 数值: 812}}\n"
    (told,) = found(outline(tasks("2025年力争一般公共预算收入{{ 指标.财政收入 }}。"), extra=extra), "PW441")
    assert (
        told.message == "“一般公共预算收入”这里写的是 860万元，指标里是 2025年的812万元。"
        and "核对前面的年份" in told.hint
    )


@pytest.mark.parametrize(
    ("day", "is_told"),
    [("2025-06-30", True), ("2025-07-01", False), ("2025-12-20", False), ("2026-12-31", False), ("2027-01-04", True)],
)
def test_a_plan_is_signed_about_its_time(day: str, is_told: bool) -> None:
    text = outline().replace("总体要求:", f"发文:\n  署名: 青山县教育局\n  成文日期: {day}\n总体要求:", 1)
    assert [each.message for each in found(text, "PW607")] == (
        [f"计划是 2026 年的，成文日期是 {official_date(day)}。"] if is_told else []
    )


# targets changed


def test_a_goal_that_is_the_last_year_of_a_sheet_is_changed_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("指标.csv").write_text("指标名称,单位,2026年,2028年\n粮食产量,万吨,21,22\n", "utf-8")
    Path("计划.yaml").write_text(
        outline(
            tasks("达到{{ 指标.粮食产量 }}。"), head=HEAD.replace("工作要点", "实施方案"), extra="指标: 指标.csv\n"
        ),
        "utf-8",
    )
    shown = _run(capsys, "targets", "set", "计划.yaml", "粮食产量", "数值=23")
    command = re.search("planwriter (targets set .*)", shown)
    assert command, shown
    _run(capsys, *command[1].split())
    assert "22" not in Path("指标.csv").read_text("utf-8") and "23" in Path("指标.csv").read_text("utf-8")


def test_a_goal_can_be_changed_before_its_parts_which_are_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("要点.yaml").write_text(
        outline(tasks("招聘{{ 指标.村医 }}。"), extra="指标:\n  村医: {数值: 5, 单位: 名, 分项: {甲镇: 2, 乙镇: 3}}\n"),
        "utf-8",
    )
    shown = _run(capsys, "targets", "set", "要点.yaml", "村医", "数值=6")
    assert "PW430" in shown and "已写进" in shown and "数值: 6" in Path("要点.yaml").read_text("utf-8")


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit):
        cli.main(list(arguments))
    shown = capsys.readouterr()
    return shown.out + shown.err


# the box of a plan


def test_a_box_keeps_off_the_text_above_it() -> None:
    text = outline(
        tasks("做好事。") + "      - 专栏: 重点工程\n        内容:\n          - 条: 茶园\n            文: 改造茶园。\n"
    )
    made = render(document(text), "docx").value
    with zipfile.ZipFile(io.BytesIO(made or b"")) as package:
        body = package.read("word/document.xml").decode()
    boxed = [each for each in re.findall("<w:p>.*?</w:p>", body) if "<w:pBdr><w:top" in each and 'w:sz="4"' in each]
    assert ["<w:spacing w:before=" in each for each in boxed] == [True, False]


# targets in a list


def test_for_targets_written_as_a_list_the_right_form_is_reported() -> None:
    (told,) = found(outline(extra="指标:\n  - 名称: 接待游客\n    数值: 120\n    单位: 万人次\n"), "PW203")
    assert "接待游客: {数值: ……, 单位: ……}" in told.hint


def test_the_only_year_has_no_column_if_it_repeats_the_goals() -> None:
    def heads(years: str) -> list[str]:
        targets = f"指标:\n  覆盖率: {{数值: 95, 单位: '%', 分年: {years}}}\n  学位: {{数值: 810, 单位: 个}}\n附件: [指标表]\n"
        made = document(outline(tasks("覆盖率{{ 指标.覆盖率 }}，学位{{ 指标.学位 }}。"), extra=targets))
        (table,) = made.attachments[0].blocks
        assert isinstance(table, Table)
        return [cell.value for cell in table.rows[0]]

    assert heads("{2026: 95}") == ["序号", "指标名称", "单位", "目标值"]
    assert heads("{2025: 93, 2026: 95}") == ["序号", "指标名称", "单位", "2025年", "2026年", "目标值"]


@pytest.mark.parametrize(
    ("block", "is_told"),
    [
        ("- 条: 加强领导\n    文: 加强领导。", True),
        ("- 用: 保障/组织领导", True),
        ("- 章: 加强领导\n    内容: [加强领导。]", False),
        ("- {条: 加强领导, 文: 加强领导。, 编号: 无}", False),
        ("- 加强领导。", False),
    ],
)
def test_a_part_that_begins_below_the_chapter_before_it_is_reported(block: str, is_told: bool) -> None:
    text = "文种: 工作要点\n单位: 青山县教育局\n地区: 青山县\n年度: 2026\n总体要求: 抓好工作。\n重点任务:\n  - 章: 办学\n    内容:\n      - 条: 学位\n        文: 增加学位。\n"
    told = found(f"{text}保障措施:\n  {block}\n", "PW228")
    assert [each.pos.line for each in told] == ([12] if is_told else [])
    assert all("外面加一层“- 章: 保障措施”" in each.hint for each in told)
    flat = text.replace(
        "  - 章: 办学\n    内容:\n      - 条: 学位\n        文: 增加学位。", "  - 条: 学位\n    文: 增加学位。"
    )
    assert found(f"{flat}保障措施:\n  {block}\n", "PW228") == []


def test_a_rate_of_many_needs_no_per_cent_sign() -> None:
    extra = "指标:\n  建筑业百亿元产值死亡率: {数值: 1.2, 界限: 不超过}\n  普惠率: {数值: 95, 界限: 不低于}\n"
    text = outline(tasks("做到{{ 指标.建筑业百亿元产值死亡率 }}、{{ 指标.普惠率 }}。"), extra=extra)
    assert [each.message for each in found(text, "PW408")] == ["指标“普惠率”的单位不合：名称是比率，却没有写单位。"]
    assert found(outline(tasks("建筑业百亿元产值死亡率控制在1.2以内。")), "PW523") == []
    assert len(found(outline(tasks("普惠率控制在12以内。")), "PW523")) == 1
