"""Which block of a page holds its text; `test_web` shows it on whole pages."""

from __future__ import annotations

import pytest

from planwriter.importing.sources.main_text import MainText, is_index, is_left_out, main_text
from planwriter.importing.sources.markup import Block, read_page

PROSE = "<p>各学校要细化措施，明确到人，每季度报送一次进展情况。</p>"


def found(inner: str) -> MainText:
    return main_text(read_page(inner))


def first(inner: str) -> Block:
    return next(read_page(inner).root.blocks())


@pytest.mark.parametrize(
    "mark", ["id=zoom", "class='view TRS_UEDITOR'", "class=pages_content", "id=UCAP-CONTENT", "class=article-content"]
)
def test_a_known_name_is_found_among_others_with_prose(mark: str) -> None:
    main = found(f"<div class=x><div>{PROSE}</div><div {mark}>{PROSE * 4}</div><div>{PROSE}</div></div>")
    assert main.block.mark != "x" and main.share == pytest.approx(4 / 6)


def test_a_known_name_without_prose_does_not_count() -> None:
    main = found(f"<div id=zoom>字</div><section>{PROSE * 5}</section>")
    assert main.block.name == "section" and main.share == 1


def test_marks_for_search_engines_are_believed() -> None:
    main = found(f"<div>{PROSE}<meta name=ContentStart>{PROSE * 3}<meta name=ContentEnd>{PROSE}</div>")
    assert main.block.text(1000).count("各学校") == 3
    whole = found(f"<div>{PROSE}<meta name=ContentEnd>{PROSE}<meta name=ContentStart></div>")
    assert whole.block.text(1000).count("各学校") == 2


def test_without_prose_the_page_is_the_text() -> None:
    assert found("<div>甲</div><div>乙</div>").block.name == "html"


def test_lists_of_links_and_named_blocks_are_dropped_from_the_text() -> None:
    links = "<ul><li><a href=x>甲乙丙丁</a><li><a href=y>戊己庚辛</a></ul>"
    main = found(
        f"<div id=zoom>{PROSE * 20}{links}<div class=share>分享</div><p><a href=z>附件：清单.docx</a></p></div>"
    )
    assert sorted(each.name for each in main.dropped.values()) == ["div", "ul"]


@pytest.mark.parametrize(
    ("inner", "left"),
    [
        ("<nav>字</nav>", True),
        ("<footer>字</footer>", True),
        ("<div style='DISPLAY:none'>字</div>", True),
        ("<div hidden>字</div>", True),
        ("<div style='display:block'>字</div>", False),
        ("<main>字</main>", False),
    ],
)
def test_what_is_never_text(inner: str, left: bool) -> None:
    assert is_left_out(first(inner)) is left


def test_an_index_is_a_table_that_says_so() -> None:
    assert is_index(first("<table><tr><td>索 引 号：<td>1</table>"))
    assert not is_index(first("<table><tr><td>任务<td>单位</table>")) and not is_index(first("<p>索引号：1"))
    assert not is_index(first("<table><tr><td>索引号：1<table></table></table>"))
