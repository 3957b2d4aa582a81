"""The document as plain text: one line for each paragraph, and for each row of a table, with tabs between its cells."""

from __future__ import annotations

from planwriter.model import Document
from planwriter.plan.flow import BLANK_MARK, BLANK_RULE, MARK, RULE, Grid, Imprint, Plate, flow


def render_text(document: Document) -> str:
    """The text of a numbered document; every line ends with a newline."""
    lines: list[str] = []
    for item in flow(document):
        if isinstance(item, Grid):
            lines += ("\t".join(cell.replace("\n", " ") for cell in row) for row in item.rows)
        elif isinstance(item, Imprint | Plate):
            lines += item.lines
        elif item.role == MARK:
            lines += item.text.split("\n")
        elif item.role not in (RULE, BLANK_MARK, BLANK_RULE):
            lines.append(item.text)
    return "".join(f"{line}\n" for line in lines)
