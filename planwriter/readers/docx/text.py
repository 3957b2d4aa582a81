"""The text of a .docx as a reader sees it, in the format of the text writer, including labels that Word counts."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from planwriter.readers.docx.document import WordParagraph
from planwriter.readers.docx.read import read_docx

_MARK = "发文机关标志"


def read_text(data: bytes) -> str:
    """One line for each paragraph and table row, with tabs between cells; empty paragraphs are left out.

    Raises UnreadableDocx if `data` is no .docx.
    """
    lines: list[str] = []
    for (table, _), group in itertools.groupby(read_docx(data).paragraphs, key=lambda each: (each.table, each.row)):
        paragraphs = list(group)
        lines += _lines(paragraphs) if table < 0 else _row(paragraphs)
    return "".join(f"{line}\n" for line in lines)


def _lines(paragraphs: Iterable[WordParagraph]) -> Iterable[str]:
    for each in paragraphs:
        text = each.text.replace("\n", "") if each.style == "title" else each.text
        if text:
            yield text


def _row(paragraphs: list[WordParagraph]) -> list[str]:
    """The lines of a table row; for an issuers' mark one line for each name, with 文件 after the last."""
    cells = [
        "\n".join(each.text for each in cell) for _, cell in itertools.groupby(paragraphs, key=lambda each: each.cell)
    ]
    if paragraphs[0].style == _MARK:
        return "".join(cells).split("\n")
    return ["\t".join(cell.replace("\n", " ") for cell in cells)]
