"""WordprocessingML as text, for the writer that loads no library: the identifiers of the base's styles, and runs."""

from __future__ import annotations

from planwriter.layout.layout import Role
from planwriter.plan.flow import (
    ATTACHED,
    BODY,
    BOX_TITLE,
    CAPTION,
    COPY_NUMBER,
    DATE,
    HEADINGS,
    IMPRINT,
    LABEL,
    MARK,
    NOTE,
    NUMBER,
    RECIPIENTS,
    RULE,
    SECRECY,
    SIGNATURE,
    TITLE,
    Line,
    LineRole,
)
from planwriter.start.patterns import regex

PARAGRAPH_STYLES: dict[str, str] = {
    TITLE: "Title",
    BODY: "Normal",
    **{role: f"Heading{number}" for number, role in enumerate(HEADINGS, 1)},
    CAPTION: "Caption",
    BOX_TITLE: "BoxTitle",
    "table_head": "TableHead",
    "table_text": "TableText",
    COPY_NUMBER: "CopyNumber",
    SECRECY: "Secrecy",
    MARK: "IssuerMark",
    NUMBER: "DocumentNumber",
    RULE: "RedRule",
    RECIPIENTS: "Recipients",
    ATTACHED: "AttachmentNote",
    SIGNATURE: "IssuerSignature",
    DATE: "IssueDate",
    NOTE: "FrameNote",
    LABEL: "AttachmentLabel",
    IMPRINT: "Imprint",
}
"""The identifiers of the base's styles, by role."""
CHARACTER_STYLES: dict[str, str] = {role: f"Heading{number}Char" for number, role in enumerate(HEADINGS, 1)}
TABLE_STYLE = "PlanTable"

STYLE_TAGS = {role: "" if role == BODY else f'<w:pStyle w:val="{style}"/>' for role, style in PARAGRAPH_STYLES.items()}
_FACES = {role: f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' for role, style in CHARACTER_STYLES.items()}
_RUN_OPEN = {role: f"<w:r>{face}" for role, face in _FACES.items()}


def empty_paragraph(twips: int, more: str = "") -> str:
    """A paragraph without text, `twips` high; `more` are further properties, placed last."""
    return (
        f'<w:p><w:pPr><w:spacing w:after="0" w:line="{twips}" w:lineRule="exact"/>'
        f'<w:ind w:firstLineChars="0" w:firstLine="0"/>{more}</w:pPr></w:p>'
    )


GAP = empty_paragraph(290)
"""The empty paragraph between two tables or boxes, which programs would otherwise join."""
END = empty_paragraph(20)
"""The empty paragraph that Word requires after a table at the end of a document."""


def runs_xml(line: Line) -> str:
    """The runs of a line; a run has a character style if its role differs from the paragraph's."""
    role = line.role
    return "".join([f"{run_open(own, role)}{text_xml(text)}</w:r>" for text, own in line.runs])


def run_open(own: LineRole, role: LineRole) -> str:
    """The beginning of a run of the role `own` in a paragraph of another or the same role."""
    return "<w:r>" if own == role else _RUN_OPEN.get(own, "<w:r>")


def first_line(role: Role, sides: str = "") -> str:
    """The first-line indent of a role; `sides` are the indents of the other lines."""
    return (
        f'<w:ind{sides} w:firstLineChars="{round(role.indent * 100)}" w:firstLine="{(role.size * role.indent).twips}"/>'
    )


def mark_xml(line: Line) -> str:
    """The style of a paragraph's mark, and so of a label that Word writes: that of the paragraph's first run."""
    role = line.runs[0].role
    return "" if role == line.role else _FACES.get(role, "")


_SPECIAL = regex("[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\t": "\t", "\n": "\n"}
_BREAK = regex("([\t\n])")


def text_xml(text: str) -> str:
    """The content of a run; characters that XML forbids are dropped, newlines and tabs become Word's elements."""
    if _SPECIAL.search(text):
        text = _SPECIAL.sub(lambda match: _ESCAPES.get(match[0], ""), text)
        if "\n" in text or "\t" in text:
            return "".join(
                "<w:br/>" if piece == "\n" else "<w:tab/>" if piece == "\t" else _t(piece)
                for piece in _BREAK.split(text)
                if piece
            )
    return _t(text)


def is_bare(text: str) -> bool:
    """True if no part of a text has a character that is escaped, dropped or made an element, or that is marked at an end of it."""
    return text.isprintable() and not (" " in text or "&" in text or "<" in text or ">" in text)


def bare_text_xml(text: str) -> str:
    """`text_xml` of a part of a text that `is_bare`."""
    return f"<w:t>{text}</w:t>"


def text_attribute(text: str) -> str:
    """A text as the value of an attribute."""
    return _SPECIAL.sub(lambda match: _ESCAPES.get(match[0], ""), text).replace('"', "&quot;")


def _t(text: str) -> str:
    if text[:1].isspace() or text[-1:].isspace():
        return f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:t>{text}</w:t>"
