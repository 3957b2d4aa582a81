"""Findings on clauses and the laws behind them that no outline can show: a function makes each; its docstring is the code."""

from collections.abc import Callable
from pathlib import Path

from planwriter.app.session import Session
from planwriter.clauses.library import open_files
from planwriter.curation.check import check_library
from planwriter.findings.finding import Finding


def _library_check(clauses: str, *, on: str = "") -> list[Finding]:
    contents = {"library.yaml": "名称: 县库\n版本: 1.0.0\n".encode(), "德育.yaml": clauses.encode()}
    return list(check_library(open_files(contents, "县库"), kinds=Session().kinds().value, on=on))


def _new_check(clauses: str, bases: str = "", *, on: str = "") -> list[Finding]:
    """The findings on a library of format 2."""
    contents = {
        "library.yaml": "名称: 县库\n版本: 1.0.0\n格式: 2\n".encode(),
        "财政.yaml": clauses.encode(),
        "bases.yaml": bases.encode(),
    }
    return list(check_library(open_files(contents, "县库"), kinds=Session().kinds().value, on=on))


_TALK = "- 条款: 德育/宣讲\n  文: 组织师德专题宣讲，每年不少于{{ 参数.场次 }}场，纳入年度考核。\n"
_COUNTED = "  参数: {场次: {类型: 整数, 说明: 每年场次, 默认: 6, 最小: 1}}\n"


def a_parameter_used_and_not_declared(folder: Path) -> list[Finding]:
    """PW351"""
    assert _library_check(_TALK + _COUNTED) == []
    return _library_check(_TALK)


def a_parameter_declared_and_not_used(folder: Path) -> list[Finding]:
    """PW352"""
    return _library_check(_TALK + _COUNTED.replace("}}", "}, 次数: {类型: 整数}}"))


def a_sample_that_is_not_what_its_clause_gives(folder: Path) -> list[Finding]:
    """PW353"""
    sample = "  示例: {参数: {场次: 8}, 文本: 组织师德专题宣讲，每年不少于8场，纳入年度考核。}\n"
    assert _library_check(_TALK + _COUNTED + sample) == []
    return _library_check(_TALK + _COUNTED + sample.replace("不少于8场", "不少于6场"))


def a_clause_for_a_kind_that_is_not(folder: Path) -> list[Finding]:
    """PW354"""
    applies = "  适用: {文种: [工作要点], 级别: [县], 年度: [2023, 2027]}\n"
    assert _library_check(_TALK + _COUNTED + applies) == []
    return _library_check(_TALK + _COUNTED + applies.replace("要点", "要典"))


def a_range_without_a_value(folder: Path) -> list[Finding]:
    """PW355"""
    return _library_check(_TALK + _COUNTED.replace("最小: 1", "最小: 9, 最大: 8"))


def a_clause_that_says_what_another_says(folder: Path) -> list[Finding]:
    """PW356"""
    return _library_check(
        _TALK + _COUNTED + (_TALK + _COUNTED).replace("德育/宣讲", "德育/讲座").replace("年度考核", "考核")
    )


def wording_that_has_run_out(folder: Path) -> list[Finding]:
    """PW357"""
    clause = _TALK + _COUNTED + "  有效期: [2021-01-01, 2025-12-31]\n"
    assert _library_check(clause) == [] and _library_check(clause, on="2025-12-31") == []
    return _library_check(clause, on="2026-01-01")


_EVALUATION = """- 条款: 财政/绩效评价
  条: 做好绩效评价
  文: 8月底前完成〔{{ 参数.评价数 }}个〕重点项目的评价，结果报{{ 政府 }}。
  参数: {评价数: {类型: 整数, 说明: 评价项目数, 单位: 个}}
  依据: [预算法]
  标签: [绩效, 评价]
  示例: {参数: {评价数: 6}}
"""


_LAW = "- 依据: 预算法\n  全称: 中华人民共和国预算法\n  施行日期: 2015-01-01\n  核对日期: 2026-11-30\n"


def a_number_that_the_library_invents(folder: Path) -> list[Finding]:
    """PW359"""
    assert _new_check(_EVALUATION, _LAW) == []
    return _new_check(_EVALUATION.replace("单位: 个", "单位: 个, 默认: 6"), _LAW)


def a_parameter_without_a_sample(folder: Path) -> list[Finding]:
    """PW360"""
    return _new_check(_EVALUATION.replace("{评价数: 6}", "{}"), _LAW)


def a_basis_described_twice(folder: Path) -> list[Finding]:
    """PW361"""
    return _new_check(_EVALUATION, _LAW + _LAW)


def a_basis_with_half_a_date(folder: Path) -> list[Finding]:
    """PW362"""
    return _new_check(_EVALUATION, _LAW.replace("2015-01-01", "2015年"))


def a_basis_that_is_not_described(folder: Path) -> list[Finding]:
    """PW363"""
    return _new_check(_EVALUATION.replace("[预算法]", "[预算法, 预算条例]"), _LAW)


def a_number_of_a_basis_that_nobody_looked_up(folder: Path) -> list[Finding]:
    """PW364"""
    return _new_check(_EVALUATION, _LAW.replace("  核对日期: 2026-11-30\n", ""))


def a_basis_out_of_force(folder: Path) -> list[Finding]:
    """PW365"""
    repealed = _LAW + "  失效: 2026-07-01\n"
    assert _new_check(_EVALUATION, repealed, on="2026-06-30") == []
    return _new_check(_EVALUATION, repealed, on="2026-07-01")


def a_basis_not_looked_up_for_a_year(folder: Path) -> list[Finding]:
    """PW366"""
    assert _new_check(_EVALUATION, _LAW, on="2027-11-29") == []
    return _new_check(_EVALUATION, _LAW, on="2027-11-30")


def an_object_that_its_verb_cannot_take(folder: Path) -> list[Finding]:
    """PW370"""
    return _new_check(_EVALUATION.replace("的评价，", "的评价，压缩评价门槛，"), _LAW)


_THINGS = "课本操场食堂宿舍校车图书灯光仪器球门花圃水塔门卫黑板窗帘钢琴跑道苗圃井盖锅炉电扇"


def _reads(make: Callable[[str, int], str], *, verb: str = "管护", last: int = 20) -> list[Finding]:
    """The findings on a library of 20 clauses, of which the first `last` have the text that `make` gives."""
    clauses = ""
    for nth in range(20):
        thing = _THINGS[2 * nth : 2 * nth + 2]
        listed = "、".join(f"{each}号{thing}" for each in range(1 + nth * nth % 11))
        usual = f"{thing}逐件登记{listed}。" + f"{thing}坏了，{thing}当天报修。" * (nth % 4)
        text = make(thing, nth) if nth < last else usual
        title = f"{verb}{thing}" if nth < last else f"{thing}管护"
        clauses += f"- 条款: 校产/{thing}\n  条: {title}\n  文: {text}\n  标签: [校产, {thing}]\n"
    return _new_check(clauses)


def clauses_of_one_length(folder: Path) -> list[Finding]:
    """PW371"""
    return _reads(lambda thing, nth: f"{thing}每季度查{nth % 9 + 1}次，{thing}坏了报修。")


def clauses_of_three_sentences(folder: Path) -> list[Finding]:
    """PW372"""
    return _reads(lambda thing, nth: f"{thing}登记。{thing}坏了报修。{thing * (nth % 7)}有人看管。")


def clauses_that_begin_alike(folder: Path) -> list[Finding]:
    """PW373"""
    return _reads(lambda thing, nth: f"坚持{thing * (nth % 7 + 1)}登记。", last=4)


def clauses_with_one_skeleton(folder: Path) -> list[Finding]:
    """PW374"""
    return _reads(lambda thing, nth: f"落实{thing}台账。组织检查{nth + 2}次。规范{thing}保管，确保完好。", last=3)


def titles_that_say_nothing(folder: Path) -> list[Finding]:
    """PW375"""
    return _reads(lambda thing, nth: f"{thing}{'登记造册' * (nth + 1)}。", verb="加强", last=7)


def a_lawful_duty_as_a_rate(folder: Path) -> list[Finding]:
    """PW376"""
    return _new_check(_EVALUATION.replace("的评价，", "的评价，按期办结率98%，"), _LAW)


def an_honour_that_a_bureau_gives_itself(folder: Path) -> list[Finding]:
    """PW377"""
    return _new_check(_EVALUATION.replace("的评价，", "的评价，评选绩效示范单位，"), _LAW)


def a_government_that_is_told_what_to_do(folder: Path) -> list[Finding]:
    """PW378"""
    assert _new_check(_EVALUATION.replace("结果报", "提请"), _LAW) == []
    return _new_check(_EVALUATION.replace("结果报{{ 政府 }}", "由{{ 政府 }}每季度研究1次"), _LAW)


def two_clauses_that_share_a_sentence(folder: Path) -> list[Finding]:
    """PW379"""
    shared = "查出的问题当天下达整改通知书并派专人盯到销号为止"
    one = f"- 条款: 校产/水塔\n  条: 检查水塔\n  文: 开学前检查水塔。{shared}。\n"
    other = f"- 条款: 校产/锅炉\n  条: 检查锅炉\n  文: 供暖前请检验机构检验每一台锅炉。{shared}。\n"
    return _new_check(one + other)
