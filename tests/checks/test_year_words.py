"""Words that belong to one year: in its plan and in those of others."""

from __future__ import annotations

import pytest

from planwriter.checks.year_words import misplaced_year_words


def found(text: str, first: int, last: int = 0) -> list[str]:
    return [each.shown for each in misplaced_year_words(text, (first, last or first))]


def test_the_reason_names_both_years() -> None:
    (word,) = misplaced_year_words("2027年是“十五五”规划开局之年。", (2027, 2027))
    assert word.reason == "说的是 2027 年，开局之年是 2026 年"
    assert (word.start, word.end) == (6, 17)


@pytest.mark.parametrize(
    ("text", "year", "shown"),
    [
        ("今年是“十五五”开局之年。", 2027, "“十五五”开局之年"),
        ("2027年是十五五起步之年。", 2028, "十五五起步之年"),
        ("2029年既是换届之年，又是“十五五”规划收官之年。", 2029, "“十五五”规划收官之年"),
        ("2026年是“十四五”规划的收官之年。", 2026, "“十四五”规划的收官之年"),
        ("深入实施“十四五”教育发展专项规划。", 2026, "实施“十四五”教育发展专项规划"),
        ("扎实推进“八五”普法。", 2026, "推进“八五”普法"),
        ("学习贯彻党的二十届四中全会精神。", 2024, "二十届四中全会"),
        ("贯彻党的二十一大精神。", 2026, "二十一大"),
        ("以优异成绩迎接党的二十大胜利召开。", 2026, "迎接党的二十大"),
    ],
)
def test_a_word_of_another_year_is_found(text: str, year: int, shown: str) -> None:
    assert found(text, year) == [shown]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2026年是“十五五”规划开局之年。", 2026),
        ("2026年是“十五五”规划开局之年。", 2027),  # looks back, and is true
        ("今年是“十五五”开局之年。", 2026),
        ("2030年是“十五五”规划收官之年。", 2030),
        ("2025年既是“十四五”规划收官之年，也是“十五五”规划谋划之年。", 2025),
        ("2026年是三年行动的开局之年。", 2027),
        ("实现“十五五”良好开局。", 2027),
        ("站在“十五五”开局之年的新起点上。", 2027),
        ("完成“十四五”规划总结评估。", 2026),
        ("落实“十四五”规划结转项目。", 2026),
        ("“十四五”以来，全县新建学校8所。", 2026),
        ("贯彻《青山县“十四五”教育发展规划》。", 2026),
        ("组织“八五”普法总结验收。", 2026),
        ("实施“八五”普法规划。", 2025),
        ("学习贯彻党的二十届四中全会精神。", 2025),
        ("以实干迎接党的二十一大胜利召开。", 2026),
        ("学习贯彻党的二十大精神。", 2026),
        ("以优异成绩迎接党的二十大胜利召开。", 2022),
        ("2027年是“十五五”规划开局之年。", 0),
    ],
)
def test_a_word_in_its_year_is_left_alone(text: str, year: int) -> None:
    assert found(text, year) == []


def test_a_plan_of_several_years_is_wrong_only_if_none_of_them_fits() -> None:
    assert found("贯彻党的二十一大精神。", 2026, 2028) == []
    assert found("贯彻党的二十一大精神。", 2024, 2026) == ["二十一大"]
    assert found("实施“十四五”规划。", 2024, 2026) == []
    assert found("今年是“十五五”开局之年。", 2025, 2027) == []
