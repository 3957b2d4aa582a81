"""The names of the base's styles, by role: word processors keep them when they change the identifiers."""

from __future__ import annotations

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
)

STYLE_NAMES: dict[str, str] = {
    BODY: "Normal",
    TITLE: "Title",
    CAPTION: "caption",
    BOX_TITLE: "专栏题",
    "table_head": "表头",
    "table_text": "表文",
    **{role: f"heading {number}" for number, role in enumerate(HEADINGS, 1)},
    COPY_NUMBER: "份号",
    SECRECY: "密级",
    MARK: "发文机关标志",
    NUMBER: "发文字号",
    RECIPIENTS: "主送机关",
    ATTACHED: "附件说明",
    SIGNATURE: "署名",
    DATE: "成文日期",
    NOTE: "附注",
    LABEL: "附件标识",
    IMPRINT: "版记",
    RULE: "红色分隔线",
}
"""The paragraph styles; the built-in ones, by which Word and WPS recognize headings, have English names."""
CHARACTER_STYLE_NAMES: dict[str, str] = {role: f"Heading {number} Char" for number, role in enumerate(HEADINGS, 1)}
"""The character styles of titles that run in with the text of a body paragraph."""
