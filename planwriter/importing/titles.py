"""Titles of plans and attachments: which lines are one, and where it ends."""

from __future__ import annotations

from planwriter.importing.labels import read_label
from planwriter.importing.line_forms import is_attachment_label, is_date
from planwriter.importing.plan_lines import joined
from planwriter.importing.script import ScriptLine
from planwriter.start.patterns import regex

_PLAN_WORDS = r"要点|计划|方案|意见|规划|办法|措施|细则|规定|安排|纲要|指南|指引|制度|政策|行动|部署|思路|任务|清单|规程|标准|决定|报告|建议|总结|条例|守则|机制|预案"
_TITLE_END = regex(rf"(?:{_PLAN_WORDS}|通知|函|批复|公告|通告)(?:\s*[（(〔][^（）()]{{1,40}}[）)〕])*[》”]?")
PLAN_TITLE = regex(
    r".*(?:要点|计划|方案|意见|规划|办法|措施|细则|规定|纲要|政策|行动|安排)(?:\s*[（(〔][^（）()]{1,40}[）)〕])*"
)
_REMARK = regex(
    r"[（(](?:(?:19|20)\d\d\s*年?\s*[—–―~～－至-]+\s*(?:19|20)\d\d\s*年?|试行|暂行|征求意见稿|草案|修订.{0,4}|\d{4}年修订)[）)]"
)
"""Matches what stands below a title and belongs to it."""
_NO_TITLE = regex(
    r".*[〔﹝]\s*[\d〇○零一二三四五六七八九]{4}\s*[〕﹞].*\d+\s*号?[）)]?|[\u4e00-\u9fff]{2,12}\d{4}年\s*第?\d{1,4}号|[（(]?此件.{2,20}|附\s*件\s*\d{0,3}"
)
"""Matches a line that stands near a title, and is no part of one that has several lines."""
_ATTACHMENT_WORDS = ("表", "名单", "目录", "图", "情况", "要求", "职责", "分工", "流程")
"""What the title of an attachment that is no plan can end with."""
MAX_TITLE, MAX_TITLE_LINES = 90, 4
HEAD_LINES = 8
"""How many lines can stand above a title."""


def find_title(lines: list[ScriptLine], start: int, *, sure: bool = True) -> tuple[int, int] | None:
    """The lines of the title at or soon after `start`, from the first to before the last; None if there is none.

    With `sure` a short first line that does not read like a title is taken for one.
    """
    for at in range(start, min(len(lines), start + HEAD_LINES)):
        line = lines[at]
        if line.rows or line.label or is_date(line):
            break
        label = read_label(line.text)
        if label is not None and not label.doubtful:
            break
        if line.style == "标题":
            end = at + 1
            while end < len(lines) and lines[end].style == "标题" and end - at < MAX_TITLE_LINES:
                end += 1
            return at, end
        for end in range(at + 1, min(at + MAX_TITLE_LINES, len(lines)) + 1):
            if any(not in_title(each) for each in lines[at:end]):
                break
            if end > at + 1 and any(stands_alone(each) for each in lines[at:end]):
                break
            if is_title(joined(lines[at:end])):
                return at, end + (end < len(lines) and _REMARK.fullmatch(lines[end].text.strip()) is not None)
        if len(line.text) > MAX_TITLE:
            break
    if sure and start < len(lines) and in_title(lines[start]) and not is_date(lines[start]):
        return start, start + 1
    return None


def stands_alone(line: ScriptLine) -> bool:
    """True if a line is no part of a title that has several lines."""
    return any(mark in line.text for mark in "：:") or _NO_TITLE.fullmatch(line.text.strip()) is not None


def in_title(line: ScriptLine) -> bool:
    """True if a line can be a part of a title."""
    text = line.text.strip()
    label = read_label(text)
    return (
        not line.rows
        and not line.label
        and not line.boxed
        and 0 < len(text) <= MAX_TITLE
        and text[-1] not in "。；：！？;:!?"
        and (label is None or label.doubtful)
    )


def is_title(text: str) -> bool:
    """True for a text that reads like the title of a plan or a notice."""
    if not 4 <= len(text) <= MAX_TITLE or "。" in text or "；" in text:
        return False
    if any(text.count(one) != text.count(two) for one, two in ("《》", "“”", "（）", "()")):
        return False
    ends = [match.end() for match in _TITLE_END.finditer(text)]
    return bool(ends) and ends[-1] == len(text)


def plan_title_end(body: list[ScriptLine], at: int) -> int:
    """The index behind the title of a plan that begins at `at`; 0 if none does."""
    before = body[at - 1] if at else None
    last = before.text.strip()[-1:] if before is not None else ""
    is_apart = before is None or before.rows or is_attachment_label(before) or is_date(before) or last in "。）)；!！…"
    if (
        before is not None
        and not is_apart
        and not (body[at].page_break or body[at].centred)
        and (last in "：:，、" or len(before.text) > 45)
    ):
        return 0
    for end in range(at + 1, min(at + 3, len(body)) + 1):
        if any(not in_title(each) or read_label(each.text) for each in body[at:end]):
            return 0
        text = joined(body[at:end])
        if is_title(text) and PLAN_TITLE.fullmatch(text):
            return end
    return 0


def attachment_title_end(body: list[ScriptLine], at: int) -> int:
    """The index behind the title of the attachment whose label stands at `at`; that behind the label if it has none."""
    for end in range(at + 2, min(at + 5, len(body) + 1)):
        if any(not in_title(each) or is_attachment_label(each) for each in body[at + 1 : end]):
            break
        title = joined(body[at + 1 : end])
        if is_title(title) or title.endswith(_ATTACHMENT_WORDS):
            return end
    following = body[at + 1] if at + 1 < len(body) else None
    return at + 2 if following is not None and in_title(following) and not is_attachment_label(following) else at + 1
