"""Points that are counted, sentences written twice, attachments that are missing, endings, characters."""

from __future__ import annotations

import pytest

from planwriter.checks.prose.characters import odd_characters
from planwriter.checks.prose.endings import open_ending
from planwriter.checks.prose.leftovers import holes, leftovers
from planwriter.checks.prose.references import missing_attachments, references_to_itself
from planwriter.checks.prose.repeats import Repeats, sentences_in
from planwriter.checks.prose.rules import read_line, slips
from planwriter.checks.prose.sequences import PointCounter, points_in, promised_points, typed_numbers
from planwriter.checks.prose.slip import LineKind, ProseLine
from tests.growth import assert_linear_text


def _points(*texts: str) -> list[str]:
    counter = PointCounter()
    return [text[slip.start : slip.end] for text in texts for slip in counter.read(points_in(text))]


@pytest.mark.parametrize(
    ("texts", "wrong"),
    [
        (["一是抓教学。二是抓管理。四是抓安全。"], ["四"]),
        (["一是抓教学；三是抓管理。"], ["三"]),
        (["二是抓管理。"], ["二"]),
        (["一是抓教学。一是抓管理。二是抓安全。二是抓卫生。"], ["二"]),
        (["第一，抓教学。第三，抓管理。"], ["三"]),
        (["一要抓教学。三要抓管理。"], ["三"]),
        (["一是抓教学。", "三是抓管理。"], ["三"]),
    ],
)
def test_gaps_in_points_are_found(texts: list[str], wrong: list[str]) -> None:
    assert _points(*texts) == wrong


@pytest.mark.parametrize(
    "texts",
    [
        ["一是抓教学。二是抓管理。三是抓安全。"],
        ["抓三件事：一是教学，二是管理，三是安全。"],
        ["一是抓教学。", "二是抓管理。", "一是抓安全。", "二是抓卫生。"],
        ["第一，抓教学。第二，抓管理。", "第一，抓安全。"],
        ["第三季度完成，第二批启动；三要素齐全；二是否齐全。"],
        ["十一是国庆节。"],
    ],
)
def test_counted_points_are_silent(texts: list[str]) -> None:
    assert _points(*texts) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("做好以下3项工作：一是减材料，二是减时限。", ["以下3项工作："]),
        ("做好以下两个方面工作：一是减材料；二是减时限；三是减环节。", ["以下两个方面工作："]),
        ("做好以下三项工作：一是减材料。二是减时限。三是减环节。", []),
        ("做好以下3项工作：减材料，减时限。", []),
        ("以下3项：一是甲，二是乙，三是丙。再做好以下两点：一是丁，二是戊。", []),
    ],
)
def test_as_many_points_follow_as_are_promised(text: str, found: list[str]) -> None:
    assert [text[each.start : each.end] for each in promised_points(text)] == found


def test_a_sentence_written_twice_is_found() -> None:
    sentence = "对排查出的隐患逐校建立台账，限期整改到位，整改一处销号一处"
    repeats = Repeats()

    def again(text: str) -> list[str]:
        return [slip.code for slip in repeats.read(sentences_in(text))]

    assert again(f"开展排查。{sentence}。") == []
    assert again(f"再次排查。{sentence}。") == ["PW504"]
    assert again("压实责任。") == []
    assert again("压实责任。") == []
    duty = "（责任单位：学前教育股；配合单位：计财股、基础教育股；完成时限：2026年12月底前）。"
    assert again(f"一{duty}") == again(f"二{duty}") == []


@pytest.mark.parametrize(
    ("text", "count", "found"),
    [
        ("任务分工见附件3。", 2, 1),
        ("详见附件二。", 1, 1),
        ("按附件1填报。", 0, 1),
        ("任务分工见附件2。", 2, 0),
        ("见附件。", 0, 0),
        ("下载附件30份。", 0, 0),
    ],
)
def test_a_missing_attachment_is_found(text: str, count: int, found: int) -> None:
    assert len(list(missing_attachments(text, count))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("分工见附件1。", 1), ("分工见附件一。", 1), ("分工见附件2。", 0), ("分工见附件。", 0), ("分工见附件10。", 0)],
)
def test_a_plan_that_is_the_first_attachment_does_not_refer_to_itself(text: str, found: int) -> None:
    assert len(list(references_to_itself(text))) == found


@pytest.mark.parametrize(
    ("text", "is_last", "found"),
    [
        ("抓好教学，", True, 1),
        ("抓好教学、", False, 1),
        ("抓好教学；", True, 1),
        ("抓好教学；", False, 0),
        ("全面落实国家课程方案，开齐开足课程。持续抓好教学管理工作", True, 1),
        ("提高教学质量", True, 0),
        ("全面落实国家课程方案，开齐开足课程。持续抓好教学管理工作。", True, 0),
        ("现将有关事项通知如下：", True, 0),
        ("责任单位：县教育局，县卫生健康局，县市场监管局，各乡镇人民政府。配合单位另列", True, 1),
        ("抓好教学，开齐课程。\n青山县2026年教育系统安全工作任务分解责任清单样式", True, 0),
        ("特此通知。青山县教育局办公室，2026年全县教育系统工作要点，2026年3月5日", True, 0),
    ],
)
def test_endings(text: str, is_last: bool, found: int) -> None:
    assert len(list(open_ending(text, is_last=is_last))) == found


def test_in_an_outline_a_comma_shows_prose() -> None:
    duties = "责任单位：县教育局，县卫生健康局，县市场监管局，各乡镇人民政府"
    assert list(open_ending(duties, is_last=True, marks="。，；")) == []
    text = "2026年，全县农业农村工作以增产增收为重点，努力推进乡村全面振兴"
    assert len(list(open_ending(text, is_last=True, marks="。，；"))) == 1
    assert list(open_ending(text, is_last=True)) == list(open_ending(text, is_last=True, marks="")) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("\ue000", ["PW509"]),
        ("\ufffd", ["PW509"]),
        ("⼯作", ["PW509"]),
        ("李喆", ["PW508"]),
        ("𠮷", ["PW508"]),
        ("抓好教学，提高质量。", []),
    ],
)
def test_characters_that_print_badly(text: str, codes: list[str]) -> None:
    assert [slip.code for slip in odd_characters(text, "gb2312")] == codes


def test_a_radical_is_replaced_by_its_character() -> None:
    assert [slip.new for slip in odd_characters("⼯作")] == ["工"]
    assert list(odd_characters("李喆", "gbk")) == list(odd_characters("李喆")) == []


@pytest.mark.parametrize(
    "text",
    [
        "____",
        "XX县",
        "××小学",
        "新建***所",
        "【待补】",
        "〔待定〕",
        "（待核实）",
        "TODO",
        "TBD",
        "某某小学",
        "（ ）",
        "〔〕",
        "建成？？？所",
        "〇〇".replace("〇", "○") + "县",
        "启动X号门诊楼设计",
        "每年不少于几次？？",
        "（责任单位：）",
        "（牵头部门:　）",
        "不少于2次。【财务股核】",
        "投入300万元【由计财股提供】。",
        "新建X个站点",
        "培训Ｘ人次",
        "×年底前完成",
        "完成监护档案[待定]。",
        "电话0871-××××××××",
        "联系人：XXX",
        "时间：2026-XXX",
    ],
)
def test_what_was_left_to_be_filled_in_is_found(text: str) -> None:
    assert len(list(leftovers(text))) == 1


NO_LEFTOVERS = (
    *(
        "【牵头单位】",
        "【信息审核】",
        "〔教育局〕",
        "是否合格？",
        "配置X光机1台",
        "X射线",
        "查X号染色体",
        "X元素",
        "138××××0012",
        "138****0012",
        "5 × 3人",
        "X2项目",
        "XXL号",
    ),
    *("二○二六年三月五日", "二○○六年度"),
    *("补助标准×人数", "月均支出×月数", "单价×年限", "×人体", "[2026]", "A×B", "型号X3"),
)
"""Signs that stand for no number that is missing."""


@pytest.mark.parametrize(
    "text", ["“数据要素×”行动", "1+N体系", "A*算法", "（略去）", "〔2026〕3号", "待定岗教师", "3×5米", *NO_LEFTOVERS]
)
def test_signs_that_are_meant_are_silent(text: str) -> None:
    assert list(leftovers(text)) == []


def test_holes_are_leftovers_of_a_finished_text() -> None:
    assert [*holes("新建{{ 指标.幼儿园 }}所，{% if %}")] == [(2, 14), (16, 24)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("抓好三件事：1.摸清底数。2.建立台账。3.限期整改。", 1),
        ("摸清底数。\n（1）建立台账。\n（2）限期整改。", 1),
        ("占比提高1.5个百分点；2.5亿元投资。", 0),
        ("到2026年，1.2万人受益。", 0),
        ("摸清底数。", 0),
    ],
)
def test_numbers_typed_inside_a_text(text: str, count: int) -> None:
    assert len(list(typed_numbers(text))) == count


def test_the_rules_on_lines() -> None:
    lines = [
        ProseLine("一、抓好教学", LineKind.HEADING),
        ProseLine("任务见附件2；", LineKind.PROSE),
        ProseLine("抓好教学；", LineKind.PROSE),
        ProseLine("各学校(园)", LineKind.CELL),
    ]
    assert [(at, slip.code) for at, slip in slips(map(read_line, lines), attachments=1)] == [
        (1, "PW505"),
        (2, "PW503"),
        (3, "PW503"),
    ]


# every rule is linear in the length of a text, whatever characters it is made of

LENGTH = 60_000
PIECES = (
    *("字", "，", "。", "（", "）", "(", ")", "“", "”", "《", "》", "<", ">", "-", "－", "—", ".", "…", "·", "1", "_", "*", "?", " ", "\n", "○", "×", "X", "l", "万", "的"),
    *("1.", "1-", "附件", "见附件1", "一是", "第一，", "{{", "}}", "〔待", "（责任单位", "责任", "单位：", "字(", "\n1.", "，1-2", "⼯", "喆"),
    *("台帐", "落实十三五", "四个意思", "县卫健局", "《婚姻法》", "（1）", "、和", "绿水青山", "率达到9", "约3人", "2026年", "\u200b"),
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_text_is_read_in_linear_time(piece: str) -> None:
    def run(text: str) -> None:
        read = read_line(ProseLine(text, LineKind.PROSE))
        for rule in (slips([read], attachments=1, charset="gb2312"), leftovers(text), holes(text), typed_numbers(text)):
            list(rule)

    for text in (piece * (LENGTH // len(piece)), (piece + "字") * (LENGTH // (len(piece) + 1))):
        assert_linear_text(run, text)
