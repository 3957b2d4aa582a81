"""The text of a .docx in the form of the text writer."""

from __future__ import annotations

from planwriter.readers.docx.text import read_text
from tests.readers.docx.making import body, packed, para


def test_a_paragraph_is_a_line_and_a_row_is_one_with_tabs() -> None:
    cells = "".join(f"<w:tc>{para(text)}</w:tc>" for text in ("年", "数"))
    inner = para("一、甲") + para("") + f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>" + para("乙")
    assert read_text(packed(body(inner))) == "一、甲\n年\t数\n年\t数\n乙\n"
