"""A clause's own text, as it is printed with figures."""

from __future__ import annotations

from planwriter.clauses.library import open_files
from planwriter.curation.printed import printed_text


def printed(clause: str) -> str:
    contents = {"library.yaml": "名称: 县库\n版本: 1.0.0\n格式: 2\n".encode(), "甲.yaml": clause.encode()}
    (only,) = open_files(contents, "县库").clauses()
    return printed_text(only)


def test_optional_parts_are_printed_with_a_figure() -> None:
    clause = "- 条款: 甲/一\n  条: 评价\n  文: 8月底前评价〔{{ 参数.数 }}个｜全部〕项目，报{{ 政府 }}。\n  参数: {数: {类型: 整数}}\n"
    assert printed(clause) == "8月底前评价10个项目，报□□。"


def test_a_word_in_the_place_of_a_parameter_is_no_figure() -> None:
    assert printed("- 条款: 甲/一\n  文: 落实{{ 参数.主线 }}。\n  参数: {主线: {类型: 文本}}\n") == "落实□□。"


def test_the_blocks_inside_belong_to_it_and_its_title_does_not() -> None:
    clause = "- 条款: 甲/一\n  条: 评价\n  文: 分两步。\n  内容:\n    - 款: 自评\n      文: 各单位自评。\n  变体: {简: 评一评。}\n"
    assert printed(clause) == "分两步。自评各单位自评。"
