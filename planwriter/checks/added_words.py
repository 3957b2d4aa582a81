"""Finds words in the fields of an outline that are printed around them anyway: 签发人：签发人：, （责任单位：（责任单位：…）） (PW235).

What is printed around a field stands in `model/added`; this module knows the forms in which people type it.
"""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.checks.prose.report import PlacedSlip, report_slips
from planwriter.checks.prose.slip import Slip
from planwriter.findings.finding import Finding, Replacement, Span
from planwriter.language.unit_names import unit_names
from planwriter.model import Duty, Outline, Paragraph, Section, Text
from planwriter.model.added import ADDED, Added
from planwriter.model.memo import NO_MEMO, Memo
from planwriter.model.walk import DUTY, PlacedText, TextRole, read_plan_texts
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex

_COLON = r"\s*[：:]\s*"
_ENDS = r"\s*[。．；，、;,.]+\s*\Z"
_PRINTED = r"\s*印\s*发[。；，]?\Z|[。；，、]+\Z"
_COUNTED = r"附\s*件\s*(?:(?:\d+|[一二三四五六七八九十]+)(?:\s*[：:．.、]|(?=[^\W\d]|《|\s)\s*)|[：:])\s*"
_LISTED = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:[．、]|\.(?!\d))\s*"
_UNITS = r"(?:单位|部门|机构|科室|股室|处室|人)?"
_LEADS = rf"(?:责任|牵头|主责|主办|负责|承办|落实){_UNITS}{_COLON}"
_SUPPORTS = rf"(?:配合|协办|协同|协助|参与|参加|责任){_UNITS}{_COLON}"
_DEADLINES = rf"(?:(?:完成|办理|办结|落实)?(?:时限|期限|时间(?:要求)?)){_COLON}"
_IN_CHARGE = r"(?:牵头|主责|负责|承办)(?:负责|落实|办理|实施)?"
_HELPING = r"(?:配合|协助|协同|协办|参与|参加)(?:落实|办理|实施)?"
_HOW = r"(?:分别|共同|联合|具体|统一|统筹)?"
_MARK = r"[。．；，、;,.]*\s*\Z"
_TAILS = ("牵头", "主责", "负责", "承办", "配合", "协助", "协同", "协办", "参与", "参加", "落实", "办理", "实施")
_LABEL_INSIDE = regex(rf"{_LEADS}|{_SUPPORTS}|{_DEADLINES}")
_PAIRS = {"（": "）", "(": ")", "【": "】", "[": "]", "《": "》"}
_ATTACHED = "附件"
_MAX_LAYERS = 4
"""As many words and pairs of marks are looked for around a field, one inside the other."""
_BOOK, _BRACKETS = "《", "（(【["
_DUTY_IN_TEXT = regex(rf"[（(【]\s*{_LEADS}(?P<units>[^（）()【】：:；;]+)[）)】](?=[。；]?\Z)")


class _Field(NamedTuple):
    """How words that are printed around a field are typed in it."""

    key: str
    before: str = ""
    """A pattern of words at the beginning."""
    after: str = ""
    """A pattern of words at the end."""
    around: str = ""
    """The opening marks of the pairs that may stand around the whole."""
    dropped: str = ""
    """Marks that are left out when the field is printed, so that they are printed once."""


_FIELDS = {
    TextRole.APPROVER: _Field("签发人", rf"签\s*发\s*人?{_COLON}|签发人\s+", _ENDS),
    TextRole.RECIPIENT: _Field("主送", rf"主\s*送(?:机关|单位)?(?:{_COLON}|\s*)", r"\s*[：:。；，、;,]+\s*\Z"),
    TextRole.COPY: _Field("抄送", rf"抄\s*[送报发](?:机关|单位)?(?:{_COLON}|\s*)", _ENDS),
    TextRole.ISSUER: _Field("发文机关", rf"发文(?:机关|单位){_COLON}", _ENDS),
    TextRole.NUMBER: _Field("文号", rf"(?:发文字号|发文号|文号){_COLON}", _ENDS),
    TextRole.URGENCY: _Field("紧急程度", rf"紧急程度{_COLON}", _ENDS),
    TextRole.SIGNATURE: _Field("署名", rf"(?:署名|落款){_COLON}", r"\s*[。．；，、：;,.:]+\s*\Z"),
    TextRole.NOTE: _Field("附注", rf"附注{_COLON}", _ENDS, "（(", dropped="（()）"),
    TextRole.PRINTER: _Field("印发机关", rf"印发(?:机关|单位){_COLON}", _PRINTED),
    TextRole.PRINT_DATE: _Field("印发日期", rf"印发日期{_COLON}", _PRINTED),
    TextRole.PLAN_TITLE: _Field("标题", around=_BOOK),
    TextRole.NOTICE_TITLE: _Field("通知标题", around=_BOOK),
    TextRole.ATTACHMENT_TITLE: _Field("附件的标题", rf"(?:{_COUNTED})?(?:{_LISTED})?", around=_BOOK),
    TextRole.LEAD: _Field(
        "责任单位",
        rf"{_LEADS}|由",
        rf"{_HOW}(?:{_IN_CHARGE}|{_HELPING}){_MARK}|{_ENDS}",
        _BRACKETS,
    ),
    TextRole.SUPPORT: _Field("配合单位", _SUPPORTS, rf"{_HOW}{_HELPING}{_MARK}|{_ENDS}", _BRACKETS),
    TextRole.DEADLINE: _Field("时限", rf"{_DEADLINES}|(?:于|在)\s*(?=\d)", _ENDS, _BRACKETS),
}


def check_added_words(outline: Outline, memo: Memo = NO_MEMO) -> Iterator[Finding]:
    """The findings on fields of an outline with words that are printed around them anyway."""
    around = (outline.duty_note == "句末", tuple(_lines_of_frame(outline).items()))
    return report_slips(slip for found in read_plan_texts(outline, _read, memo, around) for slip in found)


def _read(has_duty_note: bool, lines: tuple[tuple[str, str], ...], placed: PlacedText) -> tuple[PlacedSlip, ...] | None:
    """The slips in one text; None if it has none."""
    if placed.role in _FIELDS:
        return (*field_slips(placed.text, placed.role),) or None
    if placed.role is TextRole.TEXT and has_duty_note:
        return (*_units_in_text(placed),) or None
    if placed.role in (TextRole.CLOSING, TextRole.NOTICE_BODY) and lines:
        return (*_repeated_lines(placed, dict(lines)),) or None
    return None


def field_slips(text: Text, role: TextRole) -> Iterator[PlacedSlip]:
    """The words in one field, whose role is `role`, that are printed around it anyway."""
    field, origin, value = _FIELDS[role], text.origin, text.value
    if origin is None or not _may_have_any(value, role):
        return
    cuts = _cuts(value, field)
    if all(value[start:end] in field.dropped for start, end in cuts):
        return
    words = "”“".join(value[start:end].strip() for start, end in cuts)
    remedy = tuple(each for cut in cuts for each in origin.replaced_within(value, *cut, ""))
    advice = ""
    if role in DUTY and _LABEL_INSIDE.search(value[cuts[0][1] :]):  # what belongs into two keys
        remedy, advice = (), "责任单位、配合单位、时限各写一行，只写名称和时间。"
    if role is TextRole.LEAD and (re.search(_HELPING + _MARK, value) or re.search(_IN_CHARGE + r"[，、；,;]", value)):
        remedy, advice = (), "配合的另起一行写在“配合单位”里，两处都只写名称。"
    yield _placed(field.key, words, _why(role, value, words), origin.within(value, *cuts[0]), remedy, advice)


def _may_have_any(value: str, role: TextRole) -> bool:
    """False if the first and last characters show that a field has no such words; no pattern is compiled for most fields."""
    if role is TextRole.ATTACHMENT_TITLE and (value[:1].isdecimal() or value[:1] in "附一二三四五六七八九十"):
        return True
    if role in DUTY and (value.endswith(_TAILS) or value[:1] in "于在由"):
        return True
    ends = value[-1:] in "。．；，、：;,.: \u3000" or value.endswith("发")
    return ends or value[:1] in "《（(【[签主抄" or "：" in value or ":" in value


def _placed(
    key: str, words: str, why: str, place: Span, remedy: tuple[Replacement, ...], advice: str = ""
) -> PlacedSlip:
    what = f"“{key}”里不用写“{words}”：{why}"
    slip = Slip(0, 0, "PW235", what, advice or f"删去“{words}”。", kind=f"{key} {words}")
    return PlacedSlip(slip, place, remedy)


def _why(role: TextRole, value: str, words: str) -> str:
    """The reason why words are not to be typed, and how the field would read with them."""
    added = ADDED.get(role, Added())
    if role is TextRole.PRINTER and "印" in words and "：" not in words and ":" not in words:
        return f"同一行的印发日期后面，程序会加“{ADDED[TextRole.PRINT_DATE].after}”"
    is_mark = not any(mark.isalnum() for mark in words)
    if is_mark and role not in (TextRole.RECIPIENT, TextRole.COPY, TextRole.PLAN_TITLE):
        return "这里不加标点"
    if not (added.before or added.after):
        return "排出来就多了"
    does_repeat = role not in DUTY or "：" in words or ":" in words
    short = value if len(value) <= 24 else f"{value[:10]}……{value[-10:]}"
    reason = "程序会加" if does_repeat else f"这里只写{'时间' if role is TextRole.DEADLINE else '名称'}"
    return f"{reason}，现在排出来是“{added.around(short)}”"


def _cuts(value: str, field: _Field) -> list[tuple[int, int]]:
    """The ranges of the words that are printed anyway, in order; none if the value has nothing else."""
    start, end = 0, len(value)
    cuts: list[tuple[int, int]] = []
    for _ in range(_MAX_LAYERS):
        known = len(cuts)
        after = re.compile(field.after).search(value, max(start, end - 40), end) if field.after else None
        if after:
            end = after.start()
            cuts.append(after.span())
        start, end = _inside(value, start, end, field.around, cuts)
        before = re.compile(field.before).match(value, start, end) if field.before else None
        if before and before.end() > start:
            start = before.end()
            cuts.append(before.span())
        if len(cuts) == known:
            break
    return _joined(sorted(cuts)) if value[start:end].strip() else []


def _inside(value: str, start: int, end: int, openings: str, cuts: list[tuple[int, int]]) -> tuple[int, int]:
    """The range without the pair of marks that stands around all of it, which is added to `cuts`."""
    first = value[start : start + 1]
    if end - start < 2 or first not in openings or value[end - 1] != _PAIRS.get(first):
        return start, end
    depth = 0
    for at in range(start, end - 1):
        depth += (value[at] == first) - (value[at] == _PAIRS[first])
        if depth == 0:
            return start, end
    cuts += ((start, start + 1), (end - 1, end))
    return start + 1, end - 1


def _joined(cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges, those that touch each other as one."""
    made = cuts[:1]
    for start, end in cuts[1:]:
        if start <= made[-1][1]:
            made[-1] = made[-1][0], max(end, made[-1][1])
        else:
            made.append((start, end))
    return made


# words that a text repeats from a field


def _units_in_text(placed: PlacedText) -> Iterator[PlacedSlip]:
    """Units typed at the end of a text that has 责任单位 too: both are printed."""
    block, text = placed.block, placed.text
    duty = block.duty if isinstance(block, (Section, Paragraph)) else None
    if duty is None or not duty.lead or text.origin is None or "单位" not in text.value[-200:]:
        return
    found = _DUTY_IN_TEXT.search(text.value)
    if found:
        place = text.origin.within(text.value, *found.span())
        is_same = _names_the_same(found["units"], duty)
        remedy = text.origin.replaced_within(text.value, *found.span(), "") if is_same else ()
        yield _placed("文", found.group(), "“责任单位”一栏也写了，排出来有两个", place, remedy)


def _names_the_same(typed: str, duty: Duty) -> bool:
    return set(unit_names(typed)) == {name for unit in duty.lead for name in unit_names(unit.value)}


def _lines_of_frame(outline: Outline) -> dict[str, str]:
    """The lines that the frame prints below the text: what they are, by the words that they consist of."""
    frame = outline.frame
    if frame is None:
        return {}
    names = [each.value for each in frame.signatures] or [outline.unit]
    lines = dict.fromkeys(names, "署名")
    if frame.date:
        lines[frame.date.value] = "成文日期"
    if frame.lists_attachments and (outline.attachments or (frame.is_notice and frame.body_attached)):
        lines[_ATTACHED] = "附件说明"
    return lines


def _repeated_lines(placed: PlacedText, lines: dict[str, str]) -> Iterator[PlacedSlip]:
    """Lines typed at the end of a text that the frame prints below it: the signature and the date."""
    at = 0
    for line in placed.text.value.split("\n"):
        bare = "".join(line.split())
        what = lines.get(bare) or (lines.get(_ATTACHED, "") if bare.startswith(("附件：", "附件:", "附件1")) else "")
        if what and placed.text.origin:
            key = "通知正文" if placed.role is TextRole.NOTICE_BODY else "结语"
            place = placed.text.origin.within(placed.text.value, at, at + len(line))
            yield _placed(key, line.strip(), f"程序会按“{what}”再排一遍", place, ())
        at += len(line) + 1
