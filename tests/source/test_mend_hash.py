"""A “#” that cuts off a text is reported at its place with what it cuts off; a comment is left alone."""

import pytest

from planwriter.app.fix import fix_bytes
from planwriter.app.session import Session
from tests.support import outline, plan

BLOCK = "重点任务:\n  - 章: 提高质量\n    内容:\n      - 条: 抓好教学\n        文: 上好课。\n"


def _outline(old: str, new: str) -> str:
    return outline(BLOCK.replace(old, new))


def _text(typed: str) -> str:
    return _outline("上好课。", typed)


LOST = (
    (_text("完成 #2机组改造。"), "#2机组改造。"),
    (_text("完成 #2 教学楼改造，投入300万元。"), "#2 教学楼改造，投入300万元。"),
    (_text("完成 #A楼改造。  # 注"), "#A楼改造。"),
    (_text("完成  #二号楼改造，投入300万元。"), "#二号楼改造，投入300万元。"),
    (_text("#2机组改造完成。"), "#2机组改造完成。"),
    (_text("{{ 年度 }}年完成 #2机组改造。"), "#2机组改造。"),
    (_text("抓好以下工作，\n          完成 #2机组改造，\n          投入300万元。"), "#2机组改造，"),
    (_text("抓好以下工作，\n          #2机组改造。"), "#2机组改造。"),
    (_text("\n          完成 #2机组改造。"), "#2机组改造。"),
    (_text("[完成 #2机组改造。, 完成绿化。]"), "#2机组改造。"),
    (_text("[抓好,\n          完成 #2机组改造。,\n          完成绿化。]"), "#2机组改造。"),
    (_outline("抓好教学", "完成 #2机组改造"), "#2机组改造"),
    (_outline("提高质量", "完成 #2机组改造"), "#2机组改造"),
    (outline(BLOCK + "      - 完成 #2机组改造。\n"), "#2机组改造。"),
    (outline(BLOCK + "      - {条: 完成 #2机组改造, 文: 抓好。}\n"), "#2机组改造"),
    (outline(BLOCK + "      - 表: [[项目], [完成 #2 楼]]\n        题: 完成 #2 楼情况表\n"), "#2 楼"),
    (outline(BLOCK + "      - 表:\n          - [项目]\n          - [完成 #2 楼]\n        题: 情况表\n"), "#2 楼"),
    (outline(BLOCK + "      - 表: [[项目], [一]]\n        题: 完成 #2 楼情况表\n"), "#2 楼情况表"),
    (outline(BLOCK + "      - 专栏: 完成 #2 楼\n        内容: [抓好。]\n"), "#2 楼"),
    (outline(extra="附件:\n  - {标题: 完成 #2 楼, 内容: [抓好。]}\n"), "#2 楼"),
    (outline(extra="附件:\n  - 标题: 完成 #2 楼\n    内容: [抓好。]\n"), "#2 楼"),
    (outline(lead="总体要求: 抓好 #2 楼改造。\n"), "#2 楼改造。"),
    (outline(BLOCK + "      - 用: 教师队伍/师德师风\n        参数: {宣讲内容: 师德 #2 课}\n"), "#2 课"),
    (outline(BLOCK + "      - 用: 教师队伍/师德师风\n        参数:\n          宣讲内容: 师德 #2 课\n"), "#2 课"),
)


@pytest.mark.parametrize(("text", "cut"), LOST, ids=[str(number) for number in range(len(LOST))])
def test_a_text_that_is_cut_off_is_an_error_at_the_hash(text: str, cut: str) -> None:
    found = [each for each in plan(text).findings if each.code == "PW126"]
    assert found and f"“{cut}”" in found[0].message
    pos = found[0].pos
    assert text.split("\n")[pos.line - 1][pos.column - 1 :].startswith(cut)


@pytest.mark.parametrize(("text", "cut"), LOST, ids=[str(number) for number in range(len(LOST))])
def test_fix_puts_it_in_quotes(text: str, cut: str) -> None:
    fixed = fix_bytes(Session(), text.encode(), "提纲.yaml")
    assert not [each for each in fixed.left if each.remedy or each.code == "PW126"]
    assert "'" in fixed.after.decode()


@pytest.mark.parametrize("typed", ["开展 #双减 行动", "抓好教学 #老王改", "完成（一期） #待定"])
def test_words_behind_a_hash_that_may_be_a_comment_are_an_error_without_a_remedy(typed: str) -> None:
    found = [each for each in plan(_outline("抓好教学", typed)).findings if each.code == "PW126"]
    assert len(found) == 1 and not found[0].remedy


@pytest.mark.parametrize(
    "text",
    [
        _text("完成 # 2 教学楼改造"),
        _text("完成改造 # 注"),
        _text("完成改造，\n          抓好 # 2 教学楼。"),
        _outline("抓好教学", "完成 # 2 教学楼改造"),
        outline(BLOCK + "      - 完成改造，抓好 # 教学楼。\n"),
        outline(lead="总体要求: 抓好教育 # 教学。\n"),
    ],
)
def test_a_comment_behind_an_unfinished_sentence_is_a_warning(text: str) -> None:
    found = [each for each in plan(text).findings if each.code in ("PW126", "PW127")]
    assert [each.code for each in found] == ["PW127"] and not found[0].remedy
    assert text.split("\n")[found[0].pos.line - 1][found[0].pos.column - 1] == "#"


@pytest.mark.parametrize(
    "text",
    [
        _text("上好课。 # 注"),
        _text("上好课  # 注，再看看"),
        _text("上好课。 #老王改"),
        _text("上好课。  #3月改"),
        _text("'完成 #2机组。' #注"),
        _text('"完成 #2机组。" # 注'),
        _text("|\n          完成 #2机组。"),
        _text("|  # 注\n          完成 #2机组。"),
        _text("编号#2的机组完成。"),
        _text("编号\u3000#2的机组完成"),
        _outline("抓好教学", "抓好教学 # 注"),
        _outline("抓好教学", "抓好教学  #注"),
        _outline("内容:", "内容: # 注，还没有完"),
        _outline("内容:", "内容: #2026年的"),
        _outline("      - 条:", "      #- 条: 旧的\n      - 条:"),
        _outline("        文:", "        #文: 旧的。\n        文:"),
        _outline("文: 上好课。", "文: 上好课。\n        责任单位: 教育股 #牵头"),
        _outline("文: 上好课。", "文: 上好课。\n        责任单位: [教育股, 计财股] #牵头"),
        _outline(
            "文: 上好课。", "文: 上好课。\n        责任单位:\n          - 教育股 #牵头\n          - 计财股 # 配合"
        ),
        _outline("文: 上好课。", "文: 上好课。\n        时限: 2026年12月 #年底"),
        _outline("文: 上好课。", "文: 上好课。\n        备注: 问 #2 楼的人"),
        outline(extra="指标: {}  #没有\n"),
        outline(lead="总体要求: 建{{ 指标.甲 }}。\n", extra="指标:\n  甲: 12所 #上级定的\n"),
        outline(lead="总体要求: 建{{ 指标.甲 }}。\n", extra="指标:\n  甲: {数值: 12, # 上级定的\n       单位: 所}\n"),
        outline(
            lead="总体要求: 建{{ 指标.甲 }}。\n", extra="指标:\n  甲: {单位: 所,\n       数值: 12 #上级定的\n      }\n"
        ),
        _outline(
            "文: 上好课。", "文: 上好课。\n        责任单位: [教育股, # 牵头\n          计财股 #配合\n          ]"
        ),
        outline().replace("年度: 2026", "年度: 2026 #今年"),
        outline().replace("单位: 青山县教育局", "单位: 青山县教育局 #全称"),
    ],
)
def test_a_comment_is_left_alone(text: str) -> None:
    assert [each.message for each in plan(text).findings] == []


def test_many_hashes_on_a_line_take_no_time() -> None:
    for typed in ("完成 #2楼" * 5_000, "[" + "完成 #2楼, " * 5_000 + "完]", " #" * 10_000):
        assert plan(_text(typed)).findings
