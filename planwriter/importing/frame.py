"""The lines of a script by what they are around a plan: notice, title, body, attachments, signature; and several plans in one."""

from __future__ import annotations

import re
from itertools import pairwise

from planwriter.importing.labels import LabelSeries, read_label
from planwriter.importing.line_forms import (
    APPROVER,
    ATTACHED,
    COPIES,
    PRINTED,
    SENTENCE_END,
    is_attachment_label,
    is_date,
    is_number,
    is_recipients,
    is_signature,
)
from planwriter.importing.plan_lines import AttachmentLines, PlanLines, joined
from planwriter.importing.script import ScriptLine
from planwriter.importing.titles import (
    HEAD_LINES,
    MAX_TITLE,
    MAX_TITLE_LINES,
    PLAN_TITLE,
    attachment_title_end,
    find_title,
    in_title,
    plan_title_end,
    stands_alone,
)
from planwriter.language.dates import official_date
from planwriter.outline.frame import CLASSIFICATION
from planwriter.start.patterns import regex
from planwriter.start.records import replace

_NOTICE_END = regex(r".*(?:印发|转发|下发|发布|公布|关于).*(?:通知|函|批复)(?:\s*[（(][^（）()]{1,40}[）)])?")
_LABEL_AND_TITLE = regex(r"(附\s*件?\s*[0-9一二三四五六七八九十]{0,3}\s*[:：])\s*(\S.{1,40})")
_NUMBERED = regex(r"\s*\d{1,2}\s*[.．、]\s*\S.*")
_MARK = regex(r"[\u4e00-\u9fff（）()、\s]{2,60}文件")
_NOTE = regex(r"[（(][^（）()]{2,40}[）)]")
_NAME = regex(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》")
_MAX_LINE = 120
"""The longest line of a head or an imprint."""
_NOTICE = 60
_SECRECY = regex(CLASSIFICATION)
_URGENCY = frozenset(("特急", "加急", "特提", "平急"))
_COPY_NUMBER = regex(r"\d{6}")
_CHAPTERS = frozenset((LabelSeries.PART, LabelSeries.CHAPTER_WORD, LabelSeries.NUMERAL))


def split_plans(lines: list[ScriptLine]) -> list[PlanLines]:
    """The plans of a script; a notice goes with the first."""
    lines = [piece for at, line in enumerate(lines) for piece in _apart(lines, at)]
    first = _read_front(lines)
    start = len(lines) - len(first.body)
    cuts = _plan_starts(first.body, first)
    rest = first.body
    first.within = None if first.title or first.notice_title else _untitled_notice(first.body)
    plans = [first]
    for at, end in pairwise([*cuts, len(rest)]):
        plan = _read_front(rest[at:end], within=True)
        plan.all = rest[at:end]
        plans.append(plan)
    first.body = rest[: cuts[0]] if cuts else rest
    first.all = lines[: start + len(first.body)]
    for plan in plans:
        _read_back(plan)
    return plans


def _untitled_notice(lines: list[ScriptLine]) -> PlanLines | None:
    """Title, signature and date of the plan behind a notice of which only the text was copied from a web page."""
    if not lines or not is_recipients(lines[0]):
        return None
    for at, line in enumerate(lines[:_NOTICE]):
        if is_date(line):
            after = at + 1
            while after < len(lines) and (is_attachment_label(lines[after]) or _is_note(lines[after])):
                after += 1
            span = find_title(lines, after)
            title = lines[span[0] : span[1]] if span is not None and span[0] == after else []
            signature = lines[at - 1 : at] if at > 1 and is_signature(lines[at - 1]) else []
            return PlanLines(title=title, signature=signature, date=line)
    return None


def _apart(lines: list[ScriptLine], at: int) -> list[ScriptLine]:
    """A line; two if it is the label and the title of an attachment, right behind the date of a plan."""
    line = lines[at]
    match = _LABEL_AND_TITLE.fullmatch(line.text.strip()) if at and is_date(lines[at - 1]) and not line.label else None
    if match is None or at + 1 == len(lines) or not in_title(replace(line, text=match[2])):
        return [line]
    following = lines[at + 1].text.strip()
    if is_attachment_label(lines[at + 1]):
        return [line]
    if _NUMBERED.fullmatch(following) and read_label(match[2]):
        return [line]
    part = line.part * 1000
    return [replace(line, text=match[1], part=part + 998), replace(line, text=match[2], part=part + 999)]


def _read_front(lines: list[ScriptLine], *, within: bool = False) -> PlanLines:
    """What stands before the body of a plan; the rest is its body."""
    plan = PlanLines(all=lines)
    at = _read_head(lines, plan)
    span = find_title(lines, at, sure=not within)
    if span is None:
        plan.body = lines
        plan.head = []
        return plan
    title, after = lines[span[0] : span[1]], span[1]
    if span[0] > at:  # what stands above the title is no part of a head that is known
        plan.body, plan.head = lines, []
        return _read_strange(lines, plan)
    number = recipients = None
    if after < len(lines) and is_number(lines[after]):
        number, after = lines[after], after + 1
    if after < len(lines) and is_recipients(lines[after]):
        recipients, after = lines[after], after + 1
    plan.number, plan.recipients = number, recipients
    if not within and _NOTICE_END.fullmatch(joined(title)):
        inner = _inner_title(lines, after, joined(title))
        if inner is not None:
            plan.notice_title = title
            _read_notice(lines[after : inner[0]], plan)
            plan.title, plan.body = lines[inner[0] : inner[1]], lines[inner[1] :]
            return plan
    plan.title, plan.body = title, lines[after:]
    label = next((line for key, line in plan.head if key == "附件标识"), None)
    if label is not None:
        plan.label = label
        plan.head = [each for each in plan.head if each[1] is not label]
    return plan


def _read_strange(lines: list[ScriptLine], plan: PlanLines) -> PlanLines:
    """A plan whose first line is no title: that line stands for it, so that every line keeps its place."""
    if (
        lines
        and not lines[0].rows
        and read_label(lines[0].text) is None
        and not is_recipients(lines[0])
        and not lines[0].label
        and len(lines[0].text) <= MAX_TITLE
    ):
        plan.title, plan.body = lines[:1], lines[1:]
    return plan


def _read_head(lines: list[ScriptLine], plan: PlanLines) -> int:
    """Reads what a red head has above the title; the index behind it."""
    at = 0
    while at < min(len(lines), HEAD_LINES):
        text = lines[at].text.strip()
        key = ""
        if lines[at].rows or lines[at].label or len(text) > _MAX_LINE:
            break
        if is_attachment_label(lines[at]):
            key = "附件标识"
        elif _COPY_NUMBER.fullmatch(text):
            key = "份号"
        elif _SECRECY.fullmatch(text):
            key = "密级"
        elif text in _URGENCY:
            key = "紧急程度"
        elif is_number(lines[at]):
            key = "文号"
        elif APPROVER.fullmatch(text):
            key = "签发人"
        elif _MARK.fullmatch(text) and len(text) <= 40:
            key = "发文机关"
        if not key or (plan.head and key == "附件标识"):
            break
        plan.head.append((key, lines[at]))
        at += 1
    return at


def _inner_title(lines: list[ScriptLine], start: int, notice: str) -> tuple[int, int] | None:
    """The lines of the title of the plan that a notice wraps; None if the notice is the plan."""
    names = [re.sub(r"\s", "", name) for name in _NAME.findall(notice)]
    chapters = 0
    dated = False
    for at in range(start, min(len(lines), start + _NOTICE)):
        line = lines[at]
        if line.rows:
            return None
        label = read_label(line.text)
        if label is not None and label.series in _CHAPTERS and not label.doubtful:
            chapters += 1
            if chapters > 1:
                return None
        for end in range(at + 1, min(at + MAX_TITLE_LINES, len(lines)) + 1):
            if any(not in_title(each) for each in lines[at:end]):
                break
            if at > start and re.sub(r"\s", "", joined(lines[at:end])).strip("《》") in names:
                return at, end
        if dated and not (is_date(line) or is_attachment_label(line) or _is_note(line)):
            found = find_title(lines, at)
            return found if found is not None and found[0] == at else None
        dated = dated or is_date(line)
    return None


def _is_note(line: ScriptLine) -> bool:
    """True for what can stand between the date of a notice and the plan: （此件公开发布）, 公开方式：主动公开."""
    text = line.text.strip()
    return len(text) <= 40 and (_NOTE.fullmatch(text) is not None or stands_alone(line))


def _read_notice(lines: list[ScriptLine], plan: PlanLines) -> None:
    """The body, the list of attachments, the signature and the date of a notice; a last label belongs to the plan."""
    lines = list(lines)
    if lines and is_attachment_label(lines[-1]):
        plan.label = lines.pop()
    _read_signature(lines, plan)
    plan.notice_body = lines


def _read_signature(lines: list[ScriptLine], plan: PlanLines) -> None:
    """Takes 附注, 成文日期, 署名 and 附件说明 from the end of some lines."""
    if lines and _NOTE.fullmatch(lines[-1].text.strip()) and len(lines) > 1 and is_date(lines[-2]):
        plan.note = lines.pop()
    if lines and is_date(lines[-1]):
        plan.date = lines.pop()
        while lines and is_signature(lines[-1]) and len(plan.signature) < 20:
            plan.signature.insert(0, lines.pop())
    plan.attached = _take_listed(lines)


def _take_listed(lines: list[ScriptLine]) -> list[ScriptLine]:
    """Takes 附件说明 from the end of some lines."""
    at = len(lines)
    while (
        at
        and len(lines) - at < 30
        and _NUMBERED.fullmatch(lines[at - 1].text)
        and len(lines[at - 1].text) <= MAX_TITLE
        and lines[at - 1].text.strip()[-1] not in SENTENCE_END
    ):
        at -= 1
    if at and ATTACHED.fullmatch(lines[at - 1].text.strip()):
        at -= 1
        while at and ATTACHED.fullmatch(lines[at - 1].text.strip()):
            at -= 1
        taken = lines[at:]
        del lines[at:]
        return taken
    return []


def _plan_starts(body: list[ScriptLine], first: PlanLines) -> list[int]:
    """The indices at which further plans begin: titles of plans behind which the chapters begin anew."""
    names = {
        re.sub(r"\s", "", name)
        for line in (*first.notice_title, *first.notice_body, *first.attached)
        for name in _NAME.findall(line.text)
    }
    starts: list[int] = []
    top = _top_series(body)
    chapters = 0
    at = 0
    while at < len(body):
        line = body[at]
        label = read_label(line.label or line.text) if not line.rows else None
        if label is not None and label.series is top and not label.doubtful:
            chapters += 1
        title = plan_title_end(body, at) if chapters >= 2 else 0
        if title and _begins_anew(body, title, top):
            is_named = re.sub(r"\s", "", joined(body[at:title])) in names
            labelled = at > 0 and is_attachment_label(body[at - 1])
            if is_named or labelled or PLAN_TITLE.fullmatch(joined(body[at:title])):
                starts.append(at - 1 if labelled else at)
                chapters = 0
                at = title
                continue
        at += 1
    return starts


def _top_series(body: list[ScriptLine]) -> LabelSeries | None:
    """The series of the chapters: the highest that begins with 1 near the beginning."""
    labels = [read_label(line.label or line.text) for line in body[:60] if not line.rows]
    firsts = [label.series for label in labels if label is not None and label.number == 1 and not label.doubtful]
    return min((series for series in firsts if series < LabelSeries.FIRSTLY), default=None)


def _begins_anew(body: list[ScriptLine], at: int, top: LabelSeries | None) -> bool:
    """True if the next chapter behind `at` is the first of several."""
    seen = 0
    for line in body[at : at + 400]:
        label = read_label(line.label or line.text) if not line.rows else None
        if label is None or label.series is not top or label.doubtful:
            continue
        if not seen and label.number != 1:
            return False
        seen += 1
        if seen > 1:
            return label.number == 2
    return False


def _read_back(plan: PlanLines) -> None:
    """Takes attachments, signature and imprint from the end of a plan's body."""
    body = plan.body
    is_short = len(body) > 1 and len(body[-1].text) <= _MAX_LINE
    printed = PRINTED.fullmatch(body[-1].text.strip()) if is_short else None
    if printed and official_date(re.sub(r"\s", "", printed[2])):
        start = len(body) - 1
        if COPIES.fullmatch(body[start - 1].text.strip()) and len(body[start - 1].text) <= 10 * _MAX_LINE:
            start -= 1
        plan.imprint, body = body[start:], body[:start]
    starts = [
        at for at, line in enumerate(body) if is_attachment_label(line) and attachment_title_end(body, at) > at + 1
    ]
    cuts = starts if starts and starts[0] > 0 else []
    for at, end in pairwise([*cuts, len(body)]):
        title_end = attachment_title_end(body, at)
        plan.attachments.append(
            AttachmentLines(label=body[at], title=body[at + 1 : title_end], lines=body[title_end:end])
        )
    main = list(body[: cuts[0]] if cuts else body)
    if plan.is_notice:
        plan.listed = _take_listed(main)
    else:
        _read_signature(main, plan)
    plan.body = main
