"""The text of a .docx as a reader sees it, in the form of the text writer: the labels that Word counts stand in their places."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from planwriter.readers.docx.document import WordParagraph
from planwriter.readers.docx.read import read_docx

_MARK = "发文机关标志"


def read_text(data: bytes) -> str:
    """A paragraph a line, a table's row a line with tabs between its cells; empty paragraphs are left out.

    Raises UnreadableDocx when `data` is no .docx.
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
    """A row of a table; that of an issuers' mark is the names, a line each, and 文件 behind the last."""
    cells = [
        "\n".join(each.text for each in cell) for _, cell in itertools.groupby(paragraphs, key=lambda each: each.cell)
    ]
    if paragraphs[0].style == _MARK:
        return "".join(cells).split("\n")
    return ["\t".join(cell.replace("\n", " ") for cell in cells)]
