"""Recognizes the role of each paragraph (title, body, heading, 主送机关, 署名 …) by its text and position."""

from __future__ import annotations

import re

from planwriter.audit.labels import Label, read_label
from planwriter.readers.docx.document import WordDocument, WordParagraph
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass

TITLE, SUBTITLE, BODY, CAPTION = "title", "subtitle", "body", "caption"
HEADINGS = ("heading1", "heading2", "heading3", "heading4")
COPY_NUMBER, SECRECY, MARK, NUMBER = "copy_number", "secrecy", "mark", "number"
RECIPIENTS, ATTACHED, SIGNATURE, DATE, NOTE, LABEL = "recipients", "attached", "signature", "date", "note", "label"
IMPRINT, BOXED, CELL, OTHER, EMPTY = "imprint", "boxed", "cell", "other", "empty"
PROSE = (BODY, *HEADINGS)

LOOSE_NUMBER = regex(
    r"\S{1,20}?\s*[〔\[【(（［]\s*\d{2,4}\s*[〕\]】)）］]\s*第?\s*\d{1,6}\s*号?|\S{2,20}\d{4}年?第?\d{1,5}号"
)
_COPY = regex(r"(?:№|No\.?)?\s*\d{4,8}")
_SECRECY = regex(r"(?:绝密|机密|秘密).{0,12}|特急|加急|特提|平急")
_DIGIT = "[0-9０-９〇○零一二三四五六七八九十]"
_DATE = regex(rf"{_DIGIT}{{2,4}}\s*[年.\-/．]\s*{_DIGIT}{{1,3}}\s*[月.\-/．]\s*{_DIGIT}{{1,3}}\s*日?")
_LABEL = regex(r"附\s*件\s*[0-9０-９一二三四五六七八九十]*\s*[：:]?")
_ATTACHED = regex(r"附\s*件\s*[0-9]?\s*[：:]\s*\S")
_NEXT_ATTACHED = regex(r"[0-9０-９]{1,2}\s*[.．、]\s*\S")
_RECIPIENTS = regex(r"[^。；：:？！]{2,300}[：:;；]?")
_NO_NAMES = regex(r"如下|为了?|根据|按照|现将|以下|通知|要求")
_NAMES = regex(r"[县市区省镇乡州旗部委厅局办校园院会位府处][，、：:]|^各|[：:]$")
_IMPRINT = regex(r"(?:抄\s*送|抄\s*报)\s*[：:]|.{2,60}[日0-9]\s*印\s*发$")
_PARENTHESIS = regex(r"[（(].*[）)]?", re.S)
_CAPTION = regex(r"[表图]\s*[0-9一二三四五六七八九十]")
_RED = regex("[A-F][0-9A-F][0-4][0-9A-F][0-4][0-9A-F]")
_ENDS = "。！？；：:;"
_TITLE_STYLES = ("title", "标题")
_DISPLAY = 36
"""The smallest type size of a title, in half-points."""


@dataclass(frozen=True, slots=True)
class ClassifiedParagraph:
    """A paragraph with its role and the label that it begins with."""

    para: WordParagraph
    role: str
    label: Label | None = None

    @property
    def heading(self) -> int:
        """The level of a heading; 0 for anything else."""
        return HEADINGS.index(self.role) + 1 if self.role in HEADINGS else 0


def classify(document: WordDocument) -> tuple[ClassifiedParagraph, ...]:
    """The paragraphs of a document with their roles."""
    reader = _Reader(document)
    for at, para in enumerate(document.paragraphs):
        reader.take(at, para)
    return tuple(reader.parts)


def is_displayed(para: WordParagraph) -> bool:
    """True if a paragraph looks like a title: centred and large."""
    return para.align == "center" and para.size >= _DISPLAY


def is_red(colour: str) -> bool:
    """True if a colour (RRGGBB) is the red of a 红头."""
    return _RED.fullmatch(colour) is not None


def is_sentence(text: str) -> bool:
    """True if a text ends like a sentence."""
    return text.rstrip()[-1:] in _ENDS and bool(text.strip())


class _Reader:
    """Goes through a document; `place` is the last part seen: head, title, body, attached, label or end."""

    def __init__(self, document: WordDocument) -> None:
        self.document = document
        self.parts: list[ClassifiedParagraph] = []
        self.place = "head"

    def take(self, at: int, para: WordParagraph) -> None:
        role = self.role(at, para)
        label = read_label(para.words) if role in (BODY, BOXED) else None
        if role == BODY and label:
            role = HEADINGS[label.level - 1]
        elif role == BODY and (level := _level_of_style(para)):
            role = HEADINGS[level - 1]
        if role == DATE:
            self.sign()
        self.parts.append(ClassifiedParagraph(para, role, label))

    def role(self, at: int, para: WordParagraph) -> str:
        words = para.words
        if not words:
            return EMPTY
        if _IMPRINT.match(words) and len(words) < 400 and self.place != "head":
            return IMPRINT
        if self.place == "head" and (role := _head_role(para)):
            return role
        if self.place == "head" and self.last_role() == NUMBER and "\t" in para.text:
            return NUMBER  # a further 签发人
        if para.table >= 0:
            return CELL
        if para.style.startswith(("toc", "目录")) or para.framed:
            return OTHER
        if _LABEL.fullmatch(words):
            self.place = "label"
            return LABEL
        if (
            self.place == "head"
            and not is_displayed(para)
            and para.style not in _TITLE_STYLES
            and self.awaits_title(at)
        ):
            return OTHER
        if self.is_title(para):
            self.place = "title"
            return TITLE
        return BOXED if para.boxed else self.after_title(at, para)

    def is_title(self, para: WordParagraph) -> bool:
        words = para.words
        if para.style in _TITLE_STYLES:
            return True
        if read_label(words) or para.boxed or len(words) > 120:
            return False
        displayed = is_displayed(para)
        if self.place in ("head", "label"):
            return displayed or not (is_sentence(words) or len(words) > 60 or _PARENTHESIS.match(words))
        if displayed:
            return para.new_page or self.last_role() == TITLE
        return self.goes_on(para)

    def goes_on(self, para: WordParagraph) -> bool:
        """True for a centred line right below a title of the same look, which is not large: its next line."""
        last = self.parts[-1] if self.parts else None
        if self.place != "title" or last is None or last.role != TITLE or _PARENTHESIS.match(para.words):
            return False
        return para.align == last.para.align == "center" and para.size == last.para.size and not is_sentence(para.words)

    def awaits_title(self, at: int) -> bool:
        """True if a line of the head is followed by the document number, or by a paragraph that looks like a title."""
        near = [para for para in self.document.paragraphs[at + 1 : at + 16] if para.words][:8]
        for para in near:
            if read_label(para.words) or is_sentence(para.words):
                return False
            if para.style in _TITLE_STYLES or is_displayed(para) or LOOSE_NUMBER.fullmatch(para.words):
                return True
        return False

    def after_title(self, at: int, para: WordParagraph) -> str:
        words = para.words
        if self.place == "title":
            if para.style in ("subtitle", "副标题") or (_PARENTHESIS.match(words) and len(words) < 60):
                return SUBTITLE
            if LOOSE_NUMBER.fullmatch(words):
                return NUMBER  # below the title, if there is no head
            if _is_recipients(words):
                self.place = "body"
                return RECIPIENTS
        was, self.place = self.place, "body"
        if _ATTACHED.match(words) or (was == "attached" and _NEXT_ATTACHED.match(words)):
            self.place = "attached"
            return ATTACHED
        if was != "title" and _DATE.fullmatch(words):
            self.place = "end"
            return DATE
        if was == "end" and _PARENTHESIS.match(words):
            return NOTE
        return CAPTION if self.is_caption(at, para) else BODY

    def is_caption(self, at: int, para: WordParagraph) -> bool:
        """True for a line that belongs to a table or picture, or that is centred by itself."""
        words = para.words
        if para.style in ("caption", "题注"):
            return True
        if len(words) > 60 or is_sentence(words) or read_label(words) or _level_of_style(para):
            return False
        paragraphs = self.document.paragraphs
        before_table = at + 1 < len(paragraphs) and paragraphs[at + 1].table >= 0
        return para.align == "center" or before_table or bool(_CAPTION.match(words))

    def sign(self) -> None:
        """Marks the short lines directly above a date as the signature."""
        for at in range(len(self.parts) - 1, max(-1, len(self.parts) - 6), -1):
            part = self.parts[at]
            if part.role == EMPTY:
                continue
            if part.role not in (BODY, CAPTION) or len(part.para.words) > 30 or is_sentence(part.para.words):
                return
            self.parts[at] = ClassifiedParagraph(part.para, SIGNATURE)

    def last_role(self) -> str:
        return next((part.role for part in reversed(self.parts) if part.role != EMPTY), "")


def _head_role(para: WordParagraph) -> str:
    """The role of a line above the title, if it belongs to the head (7.2); else ""."""
    words = para.words
    if _COPY.fullmatch(words):
        return COPY_NUMBER
    if _SECRECY.fullmatch(words):
        return SECRECY
    if len(words) < 60 and (LOOSE_NUMBER.match(words) or "签发人" in words):
        return NUMBER
    red = any(is_red(run.look.color) for run in para.shown if run.text.strip())
    if (words.endswith("文件") and para.style not in _TITLE_STYLES and len(words) < 80) or (
        red and para.size > _DISPLAY
    ):
        return MARK
    return ""


def _is_recipients(words: str) -> bool:
    if not _RECIPIENTS.fullmatch(words) or _NO_NAMES.search(words):
        return False
    return words[-1] in "：:" or (len(words) < 80 and bool(_NAMES.search(words)) and words[-1] not in "。，")


def _level_of_style(para: WordParagraph) -> int:
    match = re.fullmatch(r"(?:heading|标题) ?([1-4])", para.style)
    return int(match[1]) if match else para.outline if para.outline <= len(HEADINGS) else 0
