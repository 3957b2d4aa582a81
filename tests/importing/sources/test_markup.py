"""HTML as a tree of blocks, however wrong it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.importing.sources import markup
from planwriter.importing.sources.markup import Block, PageLine, TooManyBlocks, read_page


def shape(block: Block) -> str:
    """A tree as text: names of blocks with what is in them."""
    return f"{block.name}({' '.join(each.text if isinstance(each, PageLine) else shape(each) for each in block.items)})"


def tree(text: str) -> str:
    return shape(read_page(text).root).removeprefix("html(").removesuffix(")")


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("<p>甲<p>乙", "p(甲) p(乙)"),
        ("<p>甲<div>乙</div>丙", "p(甲) div(乙) 丙"),
        ("<ul><li>甲<li>乙<ul><li>丙</ul></ul>", "ul(li(甲) li(乙 ul(li(丙))))"),
        ("<table><tr><td>甲<td>乙<tr><td>丙</table>丁", "table(tr(td(甲) td(乙)) tr(td(丙))) 丁"),
        ("<table><tr><td><table><tr><td>甲</table><td>乙</table>", "table(tr(td(table(tr(td(甲)))) td(乙)))"),
        ("<table><tr><td>甲</div>乙</table>", "table(tr(td(甲 乙)))"),
        ("<div><p>甲</div>乙", "div(p(甲)) 乙"),
        ("甲<!-- <p>乙 -->丙<!doctype x>丁<?php 戊 ?>己", "甲丙丁己"),
        ("甲<script>'<p>'</script>乙<style>p{}</style>丙", "甲乙丙"),
        ("甲<script>'<p>'", "甲"),
        ("甲<select><option>乙<option>丙</select>丁", "甲丁"),
        ("<div>甲<object>乙<div>丙</div></div>丁", "div(甲) 丁"),
        ("1 < 2，3 > 2<4", "1 < 2，3 > 2<4"),
        ("&lt;p&gt;&nbsp;&#20013;&amp;", "<p>\xa0中&"),
        ('<p title="a>b">甲</p>', "p(甲)"),
        ("<p title='甲>乙", "p(乙)"),
        ("<P CLASS=x>甲</P>", "p(甲)"),
        ("</p></div>甲", "甲"),
        ("<a href=x><b>甲</a>乙</b>", "甲乙"),
        ("<html><body><p>甲</body></html><p>乙", "html(body(p(甲))) p(乙)"),
    ],
)
def test_a_page_becomes_blocks(text: str, made: str) -> None:
    assert tree(text) == made


def test_a_block_has_its_name_and_what_matters_of_its_attributes() -> None:
    (block,) = read_page("<div id=Zoom class='TRS_Editor x' onclick='y' style=\"a:b\" hidden>甲</div>").root.blocks()
    assert block.mark == "zoom trs_editor x"
    assert block.attributes == {"id": "Zoom", "class": "TRS_Editor x", "style": "a:b", "hidden": ""}


def test_links_and_bold_are_counted() -> None:
    (line,) = read_page("<a>链 接</a>外<b>粗</b>").root.lines()
    assert (line.seen, line.linked, line.bold) == (4, 2, 1)


def test_what_the_head_says_is_kept() -> None:
    page = read_page(
        "<head><title>题\n目</title><meta name=ArticleTitle content='要点'><meta name=articletitle content=二></head>"
    )
    assert page.title == "题目" and page.named == {"articletitle": "要点"}


def test_a_table_is_known_to_all_around_it() -> None:
    div, p = read_page("<div><ul><li><table></table></ul></div><p>甲").root.blocks()
    assert div.has_table and next(div.blocks()).has_table and not p.has_table


def test_a_text_is_cut() -> None:
    assert read_page("<p>甲乙<p>丙丁").root.text(3) == "甲乙\n丙"


def test_blocks_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MAX_BLOCKS", 3)
    assert tree("<p>甲" * 3) == "p(甲) p(甲) p(甲)"
    with pytest.raises(TooManyBlocks):
        read_page("<p>甲" * 4)


def test_depth_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MAX_DEPTH", 3)
    assert tree("<div><div><div>甲</div>乙</div>丙</div>丁") == "div(div(甲 乙) 丙) 丁"


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div a='",
                "<td>",
                "<table>",
                "</table>",
                "<!--",
                "-->",
                "<",
                ">",
                "'",
                '"',
                "=",
                "甲",
                "&",
                "<br>",
                "<select>",
                "</div>",
                "<script>",
                "</script>",
                "<a",
                " ",
            ]
        )
    ).map("".join)
)
def test_anything_is_read(text: str) -> None:
    page = read_page(text)
    assert sum(line.text.count("甲") for line in page.root.lines()) <= text.count("甲")
