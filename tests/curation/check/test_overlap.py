"""Phrases that two clauses share."""

from __future__ import annotations

from planwriter.clauses.library import open_files
from planwriter.curation.check.overlap import check_overlap

SHARED = "查出的问题当天下达整改通知书并派专人盯到销号为止"
FIRST = f"摸清全部养老机构的消防底数。{SHARED}，月底向乡镇通报。"
SECOND = f"汛前检查每一座水库的溢洪道和放水设施。{SHARED}。"


def told(*clauses: str, form: int = 2) -> list[str]:
    text = "".join(f"- 条款: 甲/{nth}\n  条: 标题\n  文: {each}\n" for nth, each in enumerate(clauses))
    contents = {"library.yaml": f"名称: 县库\n版本: 1.0.0\n格式: {form}\n".encode(), "甲.yaml": text.encode()}
    return [each.message for each in check_overlap(open_files(contents, "县库").clauses())]


def test_clauses_that_share_a_sentence_are_told_once_at_the_later() -> None:
    (message,) = told(FIRST, SECOND)
    assert message.startswith("条款“甲/1”和“甲/0”有 ") and message.endswith("% 的句子片段相同。")


def test_other_clauses_are_not() -> None:
    assert told(FIRST, "每月入户走访一次分散供养的老人，帮着收拾屋子、代买药品。") == []
    assert told(FIRST, SECOND, form=1) == []


def test_names_and_quoted_terms_are_not_compared() -> None:
    name = "《青山县养老机构消防安全专项整治三年行动实施方案》"
    assert told(f"落实{name}，逐家登记。", f"年底前对照{name}补发补贴。") == []


def test_clauses_that_never_meet_are_not_compared() -> None:
    assert told(f"{FIRST}\n  同组: 检查", f"{SECOND}\n  同组: 检查") == []
    years = "\n  适用: {年度: [%s, %s]}"
    assert told(FIRST + years % (2026, 2026), SECOND + years % (2027, 2028)) == []
    assert told(FIRST + years % (2026, 2027), SECOND + years % (2027, 2028)) != []
    assert told(FIRST, f"{SECOND}\n  基于: 甲/0") == []
