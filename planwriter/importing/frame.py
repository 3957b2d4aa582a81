"""The lines of a script by what they are around a plan: notice, title, body, attachments, signature; and several plans in one."""

from __future__ import annotations

import re
from itertools import pairwise

from planwriter.importing.labels import LabelSeries, read_label
from planwriter.importing.script import ScriptLine
from planwriter.importing.texts import whole_text
from planwriter.language.dates import official_date
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass, field, replace

_PLAN_WORDS = r"要点|计划|方案|意见|规划|办法|措施|细则|规定|安排|纲要|指南|指引|制度|政策|行动|部署|思路|任务|清单|办法|规程|标准|决定|报告|建议|总结|条例|守则|机制|预案"
_TITLE_END = regex(rf"(?:{_PLAN_WORDS}|通知|函|批复|公告|通告)(?:\s*[（(〔][^（）()]{{1,40}}[）)〕])*[》”]?")
_PLAN_END = regex(
    r".*(?:要点|计划|方案|意见|规划|办法|措施|细则|规定|纲要|政策|行动|安排)(?:\s*[（(〔][^（）()]{1,40}[）)〕])*"
)
_NOTICE_END = regex(r".*(?:印发|转发|下发|发布|公布|关于).*(?:通知|函|批复)(?:\s*[（(][^（）()]{1,40}[）)])?")
_LABEL = regex(r"附\s*件\s*(?:[0-9一二三四五六七八九十]{1,3})?\s*[:：]?|附\s*(?:[0-9]{1,2})?\s*[:：]")
_ATTACHED = regex(r"附\s*件\s*[0-9一二三四五六七八九十]{0,3}\s*[:：]\s*\S.*")
_LABEL_AND_TITLE = regex(r"(附\s*件?\s*[0-9一二三四五六七八九十]{0,3}\s*[:：])\s*(\S.{1,40})")
_REMARK = regex(
    r"[（(](?:(?:19|20)\d\d\s*年?\s*[—–―~～－至-]+\s*(?:19|20)\d\d\s*年?|试行|暂行|征求意见稿|草案|修订.{0,4}|\d{4}年修订)[）)]"
)
"""Matches what stands below a title and belongs to it."""
_NO_TITLE = regex(
    r".*[〔﹝]\s*[\d〇○零一二三四五六七八九]{4}\s*[〕﹞].*\d+\s*号?[）)]?|[\u4e00-\u9fff]{2,12}\d{4}年\s*第?\d{1,4}号|[（(]?此件.{2,20}|附\s*件\s*\d{0,3}"
)
"""Matches a line that stands near a title, and is no part of one that has several lines."""
_NUMBERED = regex(r"\s*\d{1,2}\s*[.．、]\s*\S.*")
_NUMBER = regex(
    r"[（(]?[\u4e00-\u9fff（）()]{1,20}\s*[〔﹝\[【(（]\s*(?:19|20)\d\d\s*[〕﹞\]】)）]\s*第?\s*\d{1,5}\s*号[）)]?"
)
_MARK = regex(r"[\u4e00-\u9fff（）()、\s]{2,60}文件")
_RECIPIENT = regex(
    r".*(?:各|局|委|办|部门|单位|镇|乡|街道|学校|政府|公司|中心|院|厅|处|科室|站|所|园|社区|村|机构|大队|集团|成员).*[:：]"
)
_LEAD_SENTENCE = regex(
    r"(?:为了?|根据|按照|依据|依照|遵照|围绕|结合|以|按|经|现[将就对]|今年|近期|近年|当前|(?:19|20)\d\d年)|.*(?:如下|以下|下列)[^，。]{0,12}[:：]"
)
"""Matches a sentence that leads to a list and names bureaus, but is addressed to none: 为……，提出如下意见：."""
_NOTE = regex(r"[（(][^（）()]{2,40}[）)]")
_COPIES = regex(r"抄\s*送\s*[:：].+")
_PRINTED = regex(r"(.{2,40}?)\s+(.{8,20}?)\s*印\s*发")
_CHINESE_DATE = regex(r"[〇○O零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日")
_NAME = regex(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》")
_SENTENCE_END = "。；：，、！？;:,!?"
_MAX_TITLE, _MAX_TITLE_LINES = 90, 4
_MAX_LINE = 120
"""The longest line of a head or an imprint."""
_HEAD, _NOTICE = 8, 60
_SECRECY = regex(r"(?:绝密|机密|秘密)(?:★(?:\d{1,2}年|\d{1,2}个月|长期))?")
_URGENCY = frozenset(("特急", "加急", "特提", "平急"))
_COPY_NUMBER = regex(r"\d{6}")
_APPROVER = regex(r"(.*?)\s*签发人\s*[:：]\s*(.+)")
_CHAPTERS = frozenset((LabelSeries.PART, LabelSeries.CHAPTER_WORD, LabelSeries.NUMERAL))


@dataclass(slots=True, kw_only=True)
class AttachmentLines:
    """An attachment: its label, its title, its content."""

    label: ScriptLine
    title: list[ScriptLine]
    lines: list[ScriptLine]

    @property
    def title_text(self) -> str:
        """The title on one line."""
        return joined(self.title)

    @property
    def all(self) -> list[ScriptLine]:
        """All lines in their order."""
        return [self.label, *self.title, *self.lines]


@dataclass(slots=True, kw_only=True)
class PlanLines:
    """The lines of one plan by what they are; every line is in one of the lists, and `all` has them in their order."""

    head: list[tuple[str, ScriptLine]] = field(default_factory=list)
    """What stands above the first title, by its key: 份号, 密级, 紧急程度, 发文机关, 文号, 签发人, 附件标识."""
    notice_title: list[ScriptLine] = field(default_factory=list)
    number: ScriptLine | None = None
    """The document number below the first title."""
    recipients: ScriptLine | None = None
    notice_body: list[ScriptLine] = field(default_factory=list)
    attached: list[ScriptLine] = field(default_factory=list)
    """附件说明."""
    signature: list[ScriptLine] = field(default_factory=list)
    date: ScriptLine | None = None
    note: ScriptLine | None = None
    label: ScriptLine | None = None
    """The 附件 label above the plan."""
    title: list[ScriptLine] = field(default_factory=list)
    body: list[ScriptLine] = field(default_factory=list)
    listed: list[ScriptLine] = field(default_factory=list)
    """附件说明 at the end of a plan that a notice wraps."""
    attachments: list[AttachmentLines] = field(default_factory=list)
    imprint: list[ScriptLine] = field(default_factory=list)
    within: PlanLines | None = None
    """Title, signature and date of a plan that stands in the body, behind a notice without a title."""
    all: list[ScriptLine] = field(default_factory=list)

    @property
    def is_notice(self) -> bool:
        """True if a notice wraps the plan."""
        return bool(self.notice_title)

    @property
    def is_framed(self) -> bool:
        """True if anything of an official frame stands around the plan."""
        around = (self.date, self.signature, self.recipients, self.number, self.imprint, self.head)
        return self.is_notice or any(around)

    @property
    def title_text(self) -> str:
        """The title on one line."""
        return joined(self.title)


def joined(lines: list[ScriptLine]) -> str:
    """The lines of a title as one; a blank stays only between words of letters."""
    made = ""
    for line in lines:
        text = line.text.strip()
        gap = " " if made[-1:].isascii() and made[-1:].isalnum() and text[:1].isascii() and text[:1].isalnum() else ""
        made += gap + text
    return made


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
            signature = lines[at - 1 : at] if at > 1 and _is_signature(lines[at - 1]) else []
            return PlanLines(title=title, signature=signature, date=line)
    return None


def _apart(lines: list[ScriptLine], at: int) -> list[ScriptLine]:
    """A line; two if it is the label and the title of an attachment, right behind the date of a plan."""
    line = lines[at]
    match = _LABEL_AND_TITLE.fullmatch(line.text.strip()) if at and is_date(lines[at - 1]) and not line.label else None
    if match is None or at + 1 == len(lines) or not _in_title(replace(line, text=match[2])):
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
        and len(lines[0].text) <= _MAX_TITLE
    ):
        plan.title, plan.body = lines[:1], lines[1:]
    return plan


def _read_head(lines: list[ScriptLine], plan: PlanLines) -> int:
    """Reads what a red head has above the title; the index behind it."""
    at = 0
    while at < min(len(lines), _HEAD):
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
        elif _APPROVER.fullmatch(text):
            key = "签发人"
        elif _MARK.fullmatch(text) and len(text) <= 40:
            key = "发文机关"
        if not key or (plan.head and key == "附件标识"):
            break
        plan.head.append((key, lines[at]))
        at += 1
    return at


def find_title(lines: list[ScriptLine], start: int, *, sure: bool = True) -> tuple[int, int] | None:
    """The lines of the title at or soon after `start`, from the first to before the last; None if there is none.

    With `sure` a short first line that does not read like a title is taken for one.
    """
    for at in range(start, min(len(lines), start + _HEAD)):
        line = lines[at]
        if line.rows or line.label or is_date(line):
            break
        label = read_label(line.text)
        if label is not None and not label.doubtful:
            break
        if line.style == "标题":
            end = at + 1
            while end < len(lines) and lines[end].style == "标题" and end - at < _MAX_TITLE_LINES:
                end += 1
            return at, end
        for end in range(at + 1, min(at + _MAX_TITLE_LINES, len(lines)) + 1):
            if any(not _in_title(each) for each in lines[at:end]):
                break
            if end > at + 1 and any(_stands_alone(each) for each in lines[at:end]):
                break
            if is_title(joined(lines[at:end])):
                return at, end + (end < len(lines) and _REMARK.fullmatch(lines[end].text.strip()) is not None)
        if len(line.text) > _MAX_TITLE:
            break
    if sure and start < len(lines):
        line = lines[start]
        if _in_title(line) and len(line.text.strip()) <= _MAX_TITLE and not is_date(line):
            return start, start + 1
    return None


def _stands_alone(line: ScriptLine) -> bool:
    """True if a line is no part of a title that has several lines."""
    return any(mark in line.text for mark in "：:") or _NO_TITLE.fullmatch(line.text.strip()) is not None


def _in_title(line: ScriptLine) -> bool:
    """True if a line can be a part of a title."""
    text = line.text.strip()
    label = read_label(text)
    return (
        not line.rows
        and not line.label
        and not line.boxed
        and 0 < len(text) <= _MAX_TITLE
        and text[-1] not in "。；：！？;:!?"
        and (label is None or label.doubtful)
    )


def is_title(text: str) -> bool:
    """True for a text that reads like the title of a plan or a notice."""
    if not 4 <= len(text) <= _MAX_TITLE or "。" in text or "；" in text:
        return False
    if any(text.count(one) != text.count(two) for one, two in ("《》", "“”", "（）", "()")):
        return False
    ends = [match.end() for match in _TITLE_END.finditer(text)]
    return bool(ends) and ends[-1] == len(text)


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
        for end in range(at + 1, min(at + _MAX_TITLE_LINES, len(lines)) + 1):
            if any(not _in_title(each) for each in lines[at:end]):
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
    return len(text) <= 40 and (_NOTE.fullmatch(text) is not None or _stands_alone(line))


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
        while lines and _is_signature(lines[-1]) and len(plan.signature) < 20:
            plan.signature.insert(0, lines.pop())
    plan.attached = _take_listed(lines)


def _take_listed(lines: list[ScriptLine]) -> list[ScriptLine]:
    """Takes 附件说明 from the end of some lines."""
    at = len(lines)
    while (
        at
        and len(lines) - at < 30
        and _NUMBERED.fullmatch(lines[at - 1].text)
        and len(lines[at - 1].text) <= _MAX_TITLE
        and lines[at - 1].text.strip()[-1] not in _SENTENCE_END
    ):
        at -= 1
    if at and _ATTACHED.fullmatch(lines[at - 1].text.strip()):
        at -= 1
        while at and _ATTACHED.fullmatch(lines[at - 1].text.strip()):
            at -= 1
        taken = lines[at:]
        del lines[at:]
        return taken
    return []


def _is_signature(line: ScriptLine) -> bool:
    text = line.text.strip()
    if line.rows or line.label or not 2 <= len(text) <= 80 or text[-1] in _SENTENCE_END:
        return False
    return read_label(text) is None and "。" not in text and not _ATTACHED.fullmatch(text) and not is_date(line)


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
        title = _title_end(body, at) if chapters >= 2 else 0
        if title and _begins_anew(body, title, top):
            is_named = re.sub(r"\s", "", joined(body[at:title])) in names
            labelled = at > 0 and is_attachment_label(body[at - 1])
            if is_named or labelled or _PLAN_END.fullmatch(joined(body[at:title])):
                starts.append(at - 1 if labelled else at)
                chapters = 0
                at = title
                continue
        at += 1
    return starts


def _title_end(body: list[ScriptLine], at: int) -> int:
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
        if any(not _in_title(each) or read_label(each.text) for each in body[at:end]):
            return 0
        text = joined(body[at:end])
        if is_title(text) and _PLAN_END.fullmatch(text):
            return end
    return 0


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
    printed = _PRINTED.fullmatch(body[-1].text.strip()) if is_short else None
    if printed and official_date(re.sub(r"\s", "", printed[2])):
        start = len(body) - 1
        if _COPIES.fullmatch(body[start - 1].text.strip()) and len(body[start - 1].text) <= 10 * _MAX_LINE:
            start -= 1
        plan.imprint, body = body[start:], body[:start]
    starts = [at for at, line in enumerate(body) if is_attachment_label(line) and _attachment_title(body, at) > at + 1]
    cuts = starts if starts and starts[0] > 0 else []
    for at, end in pairwise([*cuts, len(body)]):
        title_end = _attachment_title(body, at)
        plan.attachments.append(
            AttachmentLines(label=body[at], title=body[at + 1 : title_end], lines=body[title_end:end])
        )
    main = list(body[: cuts[0]] if cuts else body)
    if plan.is_notice:
        plan.listed = _take_listed(main)
    else:
        _read_signature(main, plan)
    plan.body = main


def _attachment_title(body: list[ScriptLine], at: int) -> int:
    """The index behind the title of the attachment whose label stands at `at`; that behind the label if it has none."""
    for end in range(at + 2, min(at + 5, len(body) + 1)):
        if any(not _in_title(each) or is_attachment_label(each) for each in body[at + 1 : end]):
            break
        if is_title(joined(body[at + 1 : end])) or joined(body[at + 1 : end]).endswith(
            ("表", "名单", "目录", "图", "情况", "要求", "职责", "分工", "流程")
        ):
            return end
    following = body[at + 1] if at + 1 < len(body) else None
    return at + 2 if following is not None and _in_title(following) and not is_attachment_label(following) else at + 1


__all__ = [
    "AttachmentLines",
    "PlanLines",
    "find_title",
    "is_attachment_label",
    "is_date",
    "is_number",
    "is_recipients",
    "is_title",
    "joined",
    "split_plans",
    "whole_text",
]
