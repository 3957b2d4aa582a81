"""Finds what does not go together in the official frame (发文): PW609 to PW611.

The rules are those of 《党政机关公文处理工作条例》 (articles 9 and 15) and GB/T 9704 (7.2 and 7.4).
"""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.language.regions import LEVELS, level_of
from planwriter.model import Frame, Outline, Text
from planwriter.start.patterns import regex

_ALL_OF = regex(r"各|有关|所属|直属|全[县市区镇乡街校]")
"""Matches the words that address several bodies of a lower or an equal rank."""
_PLACE = regex(
    r"[省市州盟县区旗](?=委|政府|人|[^，、场]{2,12}[局厅委])|[^，、]{1,12}?(?:自治[区州县旗]|[省市州盟县区旗乡镇](?!场))"
)
_OFFICE = regex(r"[委局厅会]$|政府$|人大$|政协$|办公[室厅]$")
_WHOLE = regex(r"(?:市|县|区|州|旗|省)?(?:委|党委|人民政府|政府|人大(?:常委会)?|政协)(?:办公?[室厅])?")
_NESTED = regex(r"印发《[^》]*?(?P<inner>印发[^》]*的通知)》")
_A_NOTICE = regex(r"(?:关于|印发).*的通知$")
_BETWEEN_NAMES = regex(r"[\s，、。；：]")
_TELEGRAMS = ("特提", "平急")
_PUBLIC = regex(r"(?:此件)?(?:主动|依申请)?公开(?:发布)?")


def check_frame(outline: Outline) -> Iterator[Finding]:
    """The findings on parts of the frame that contradict each other."""
    frame = outline.frame
    if frame is None:
        return
    yield from _check_notice(outline, frame)
    yield from _check_secrecy(frame)
    yield from _check_direction(outline, frame)
    yield from _check_copies(frame)
    if frame.urgency and frame.urgency.origin and frame.urgency.value in _TELEGRAMS:
        what = f"“{frame.urgency.value}”是电报的紧急程度，纸质公文不用"
        yield finding("PW610", frame.urgency.origin, what=what, advice="纸质公文写 特急 或 加急；不急的，删去这一行。")


def _check_notice(outline: Outline, frame: Frame) -> Iterator[Finding]:
    """A notice about a notice: 关于印发《关于印发…的通知》的通知."""
    if not frame.is_notice:
        return
    title = frame.notice_title
    if title is not None:
        nested = _NESTED.search(title.value)
        if nested and title.origin:
            place = title.origin.within(title.value, *nested.span("inner"))
            yield finding(
                "PW609",
                place,
                title=nested["inner"],
                advice="书名号里写计划本身的标题；或者删去“通知标题”，由程序来拟。",
            )
    elif outline.title and outline.title.origin and _A_NOTICE.search(outline.title.value):
        advice = "“标题”写计划本身的标题，通知的标题由程序来拟，或写在“发文”的“通知标题”里。"
        yield finding("PW609", outline.title.origin, title=outline.title.value, advice=advice)


def _check_secrecy(frame: Frame) -> Iterator[Finding]:
    secret = frame.classification
    if secret is None or secret.origin is None:
        return
    if frame.copy_number is None and not frame.broken:
        advice = "加上“份号: '000001'”，六位数字；不涉密的，删去“密级”。"
        yield finding("PW610", secret.origin, what="写了密级，没有份号；涉密公文应当标注份号", advice=advice)
    if frame.note and frame.note.origin and _PUBLIC.search(frame.note.value) and "不" not in frame.note.value:
        what = f"密级是“{secret.value}”，附注却写着“{frame.note.value}”"
        yield finding("PW610", frame.note.origin, what=what, advice="涉密的不公开，删去附注；能公开的，删去“密级”。")


# up or down


def _check_direction(outline: Outline, frame: Frame) -> Iterator[Finding]:
    """Approvers on a paper that does not go up, and several recipients of one that does."""
    upward = goes_up(outline)
    if frame.approvers and frame.approvers[0].origin and (frame.is_notice or upward is False):
        advice = "签发人只在报上级的公文上标注；下发、平行的公文，删去这一行。"
        yield finding("PW611", frame.approvers[0].origin, what="写了签发人，这份公文却不是报上级的", advice=advice)
    if upward and not frame.is_notice and len(frame.recipients) > 1 and frame.recipients[1].origin:
        what = f"报上级的公文主送了 {len(frame.recipients)} 个机关，原则上只主送一个"
        yield finding("PW610", frame.recipients[1].origin, what=what, advice="留一个负责答复的机关，其余的写进“抄送”。")


def goes_up(outline: Outline) -> bool | None:
    """True if the frame addresses a superior of the plan's unit, False if it addresses others, None if it addresses nobody."""
    frame = outline.frame
    if frame is None or not frame.recipients:
        return None
    return all(is_superior(each.value, outline) for each in frame.recipients)


def is_superior(name: str, outline: Outline) -> bool:
    """True if `name` is a body above the plan's unit: a bureau of a higher place, or the government of its own."""
    home = outline.region
    if _ALL_OF.match(name) or home.level not in LEVELS:
        return False
    if home.name in name:
        level, office = home.level, name.partition(home.name)[2]
    else:
        named = _PLACE.match(name)
        if named is None:
            return False
        level, office = level_of(f"某{named.group()}"), name[named.end() :]
    if level not in LEVELS or not _OFFICE.search(office):
        return False
    above = LEVELS[level].rank - LEVELS[home.level].rank
    return above > 0 or (above == 0 and _is_whole(office) and not _is_whole(outline.unit.removeprefix(home.name)))


def _is_whole(office: str) -> bool:
    """True for the committee, government or congress of a place, False for a bureau."""
    return _WHOLE.fullmatch(office) is not None


# copies


def _check_copies(frame: Frame) -> Iterator[Finding]:
    """抄送 that names a recipient again."""
    recipients = {_bare(each) for each in frame.recipients}
    for copy in frame.copies:
        if _bare(copy) in recipients and copy.origin:
            advice = "从抄送里删去它；一个机关只送一次。"
            yield finding("PW610", copy.origin, what=f"“{copy.value}”已经在主送里，抄送又写了一遍", advice=advice)


def _bare(name: Text) -> str:
    return _BETWEEN_NAMES.sub("", name.value)
