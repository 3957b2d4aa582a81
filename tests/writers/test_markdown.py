"""The Markdown writer: a CommonMark parser reads back the text of the text writer, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from planwriter.model import Box, Document, Level
from planwriter.writers.markdown import render_markdown
from planwriter.writers.text import render_text
from tests.documents import document, paragraph, section, table, text
from tests.writers.framed import DOCUMENTS


def parsed(markdown: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)


def content(inline: Token) -> str:
    """The characters of an inline token; line ends as they are drawn."""
    made = []
    for token in inline.children or []:
        if token.type == "hardbreak" or token.content == "<br>":
            made.append("\n")
        else:
            assert token.type in ("text", "text_special", "strong_open", "strong_close"), token
            made.append(token.content)
    return "".join(made)


def lines_of(markdown: str) -> Iterator[str]:
    """The paragraphs, headings and rows that a parser finds."""
    row: list[str] | None = None
    for token in parsed(markdown):
        assert token.type not in ("bullet_list_open", "ordered_list_open", "code_block", "fence", "html_block"), token
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            assert row is not None
            yield "\t".join(row)
            row = None
        elif token.type == "inline" and row is not None:
            row.append(content(token).replace("\n", " "))
        elif token.type == "inline":
            yield from content(token).split("\n")


def expected(made: Document) -> list[str]:
    return [line for line in render_text(made).split("\n") if line]


def heads(markdown: str) -> list[tuple[str, str]]:
    tokens = parsed(markdown)
    return [(token.tag, content(after)) for token, after in pairwise(tokens) if token.type == "heading_open"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_parser_reads_the_text_of_the_text_writer(name: str) -> None:
    made = DOCUMENTS[name]
    assert [line for line in lines_of(render_markdown(made)) if line] == expected(made)


MARKS = "一二三。，：（）“”　1234.)-+*_=`~#<>&|[]!\\$:;/\"'aé \t"
LINES = st.text(MARKS, min_size=1, max_size=12).filter(lambda line: line.strip() != "")
SIGNS = [
    "1.",
    "1)",
    "12. a",
    "- a",
    "---",
    "***",
    "# a",
    "> a",
    "    a",
    "\ta",
    "&amp;",
    "&#32;",
    "![a](b)",
    "<a>",
    "~~a~~",
    "a  ",
    "[a]: b",
    "===",
]


@given(st.lists(st.one_of(LINES, st.sampled_from(SIGNS)), min_size=1, max_size=5))
def test_paragraphs_come_back_as_they_were(lines: list[str]) -> None:
    made = document(*map(paragraph, lines))
    assert list(lines_of(render_markdown(made))) == expected(made)


@given(LINES, LINES, LINES, st.sampled_from(list(Level)))
def test_headings_titles_that_run_in_and_boxes_come_back_as_they_were(
    title: str, body: str, after: str, level: Level
) -> None:
    inner = section(level, title, body, section(Level.SUBITEM, body))
    made = document(
        inner, Box(title=text(title), children=(paragraph(after), inner)), Box(title=text(after)), title=title
    )
    assert list(lines_of(render_markdown(made))) == expected(made)


@given(st.lists(st.lists(st.text(MARKS + "\n", max_size=8), min_size=2, max_size=2), min_size=1, max_size=4))
def test_cells_come_back_as_they_were(rows: list[list[str]]) -> None:
    made = document(table(*((one, two) for one, two in rows)))
    assert list(lines_of(render_markdown(made)))[1:] == render_text(made).split("\n")[1:-1]


def test_titles_on_a_line_of_their_own_are_headings_and_titles_that_run_in_are_bold() -> None:
    made = document(
        section(Level.CHAPTER, "提高质量", "", section(Level.ITEM, "落实“双减”", "减轻负担。")), title="要点"
    )
    markdown = render_markdown(made)
    assert markdown == "# 要点\n\n## 一、提高质量\n\n**1.落实“双减”**。减轻负担。\n"
    assert heads(markdown) == [("h1", "要点"), ("h2", "一、提高质量")]
    assert [token.type for token in parsed(markdown)[-2].children or []][:3] == ["text", "strong_open", "text"]


def test_a_number_at_the_beginning_does_not_become_a_list() -> None:
    assert "\n1\\. 甲\n" in render_markdown(document(paragraph("1. 甲")))


def test_a_box_is_one_quotation_and_a_table_has_a_header() -> None:
    tokens = parsed(render_markdown(DOCUMENTS["everything"]))
    assert [token.type for token in tokens].count("blockquote_open") == 2
    assert [token.type for token in tokens].count("thead_open") == 3


def test_attachments_stand_below_a_line_under_headings_of_their_own() -> None:
    markdown = render_markdown(DOCUMENTS["notice"])
    assert "\n---\n\n**附件2**\n\n# 重点项目清单\n" in markdown
    assert "（此件主动公开）\n\n---\n\n**附件1**\n\n# 青山县教育局2026年工作要点\n" in markdown
    assert "| 序号 | 项目 |\n| --- | --- |\n| 1 | 新建幼儿园<br>三所 |\n" in markdown
