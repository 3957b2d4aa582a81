"""What one line around a plan is, by its form: a date, a document number, recipients, a signature, a label of an attachment."""

from __future__ import annotations

import re

from planwriter.importing.labels import read_label
from planwriter.importing.script import ScriptLine
from planwriter.language.dates import official_date
from planwriter.start.patterns import regex

_LABEL = regex(r"附\s*件\s*(?:[0-9一二三四五六七八九十]{1,3})?\s*[:：]?|附\s*(?:[0-9]{1,2})?\s*[:：]")
ATTACHED = regex(r"附\s*件\s*[0-9一二三四五六七八九十]{0,3}\s*[:：]\s*\S.*")
_NUMBER = regex(
    r"[（(]?[\u4e00-\u9fff（）()]{1,20}\s*[〔﹝\[【(（]\s*(?:19|20)\d\d\s*[〕﹞\]】)）]\s*第?\s*\d{1,5}\s*号[）)]?"
)
_RECIPIENT = regex(
    r".*(?:各|局|委|办|部门|单位|镇|乡|街道|学校|政府|公司|中心|院|厅|处|科室|站|所|园|社区|村|机构|大队|集团|成员).*[:：]"
)
_LEAD_SENTENCE = regex(
    r"(?:为了?|根据|按照|依据|依照|遵照|围绕|结合|以|按|经|现[将就对]|今年|近期|近年|当前|(?:19|20)\d\d年)|.*(?:如下|以下|下列)[^，。]{0,12}[:：]"
)
"""Matches a sentence that leads to a list and names bureaus, but is addressed to none: 为……，提出如下意见：."""
_CHINESE_DATE = regex(r"[〇○O零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日")
APPROVER = regex(r"(.*?)\s*签发人\s*[:：]\s*(.+)")
"""Matches 签发人, with the document number that may stand before it."""
COPIES = regex(r"抄\s*送\s*[:：](.+)")
PRINTED = regex(r"(.{2,40}?)\s+(.{8,20}?)\s*印\s*发")
"""Matches the last line of an imprint: who printed it, and when."""
SENTENCE_END = "。；：，、！？;:,!?"


def is_date(line: ScriptLine) -> bool:
    """True for a day on a line of its own."""
    text = re.sub(r"\s", "", line.text)
    return (
        not line.rows
        and 8 <= len(text) <= 14
        and ((official_date(text) or "").endswith("日") or _CHINESE_DATE.fullmatch(text) is not None)
    )


def is_number(line: ScriptLine) -> bool:
    """True for a document number on a line of its own."""
    return not line.rows and len(line.text) <= 40 and _NUMBER.fullmatch(line.text.strip()) is not None


def is_recipients(line: ScriptLine) -> bool:
    """True for the recipients of a notice."""
    text = line.text.strip()
    return (
        not line.rows
        and 3 <= len(text) <= 600
        and "。" not in text
        and _RECIPIENT.fullmatch(text) is not None
        and _LEAD_SENTENCE.match(text) is None
        and read_label(text) is None
    )


def is_attachment_label(line: ScriptLine) -> bool:
    """True for 附件, 附件1 and the like on a line of its own."""
    return not line.rows and not line.label and _LABEL.fullmatch(line.text.strip()) is not None


def is_signature(line: ScriptLine) -> bool:
    """True for a name, without label and end mark, that can stand above a date."""
    text = line.text.strip()
    if line.rows or line.label or not 2 <= len(text) <= 80 or text[-1] in SENTENCE_END:
        return False
    return read_label(text) is None and "。" not in text and not ATTACHED.fullmatch(text) and not is_date(line)
