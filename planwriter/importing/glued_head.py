"""The head of a document that was copied without its line ends: title, number, recipients, signature and date in one line."""

from __future__ import annotations

import re

from planwriter.importing.script import ScriptLine
from planwriter.start.patterns import regex
from planwriter.start.records import replace

_LONG = 45
_MARK = regex(r"[\u4e00-\u9fff]{2,24}文件(?=[\u4e00-\u9fff]{2,12}\s*[〔\[【(（]\s*(?:19|20)\d\d)")
_NUMBER = regex(r"[\u4e00-\u9fff]{2,12}\s*[〔\[【(（]\s*(?:19|20)\d\d\s*[〕\]】)）]\s*\d{1,5}\s*号")
_NOTICE = regex(
    r"[^。；]{6,90}?的通知(?=各|[\u4e00-\u9fff]{2,12}\s*[〔\[【]|[\u4e00-\u9fff]{2,12}[、，：:]|《|现|为|根据|按照|经)"
)
_TITLE = regex(
    r"(?!各|请|要)[^。；，：]{8,60}?(?:要点|计划|方案|意见|规划|办法|措施|细则)(?:[（(][^（）()]{1,20}[）)])?(?=为(?!期|主)|根据|按照|深入|依据|以习近平|(?:19|20)\d\d年[是，,]|全面贯彻|现(?:就|将|提出))"
)
_TITLE_ENDS = regex(r"意见|方案|计划|要点|规划|办法|措施")
_OFFICE_ENDS = (*"部委局院会办厅社室", "公司", "政府", "中心")
_MAX_TITLE, _MAX_OFFICES = 76, 600
_RECIPIENTS = regex(r"(?:各|[\u4e00-\u9fff]{2,12}[、，])[^。；：:]{1,240}[：:]")
_NAME = regex(r"《([^《》]{4,80})》")
_ABOUT = regex(r"(?:印发|关于|转发)")
_DATE = r"\s*(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
_NOTE = regex(r"[（(][^（）()]{2,20}[）)]")


def split_head(lines: list[ScriptLine]) -> list[ScriptLine]:
    """The lines, the first one split into the parts of a head if it runs them together."""
    if not lines or lines[0].rows or lines[0].label or len(lines[0].text) <= _LONG:
        return lines
    pieces = _pieces(lines[0].text.strip())
    if len(pieces) < 2:
        return lines
    first = lines[0]
    made = [
        replace(first, text=piece, part=first.part * 1000 + at if at else first.part) for at, piece in enumerate(pieces)
    ]
    taken = {line.key for line in lines[1:]}
    if any(line.key in taken for line in made[1:]):
        made = [made[0], *(replace(line, part=line.part + 900_000) for line in made[1:])]
    return [*made, *lines[1:]]


def _pieces(text: str) -> list[str]:
    for end in (match.end() for match in _TITLE_ENDS.finditer(text[:_MAX_TITLE])):
        if _are_offices(text[end:]):
            return [text[:end], text[end:].strip()]
    made: list[str] = []
    for pattern in (_MARK, _NUMBER):
        text = _take(pattern, text, made)
    before = len(made)
    text = _take(_NOTICE, text, made)
    if len(made) == before:
        text = _take(_TITLE, text, made) if "。" in text else text
        return [*made, *([text] if text else [])]
    title = made[-1]
    text = _take(_NUMBER, text, made)
    text = _take(_RECIPIENTS, text, made)
    names = _NAME.findall(title)
    about = _ABOUT.search(title)
    office = title[: about.start()] if about else ""
    signed = re.search(rf"({re.escape(office)})({_DATE})", text) if office else re.search(rf"(?<=。)()({_DATE})", text)
    if signed is None:
        return [*made, text]
    made += [text[: signed.start()].strip(), *([signed[1]] if signed[1] else []), signed[2].strip()]
    text = _take(_NOTE, text[signed.end() :].strip(), made)
    name = next((name for name in names if text.startswith(name)), "")
    if name:
        made.append(name)
        text = text[len(name) :].strip()
    else:
        text = _take(_TITLE, text, made)
    return [piece for piece in (*made, text) if piece]


def _are_offices(text: str) -> bool:
    """True for the names of several offices with blanks between them."""
    names = text.split() if len(text) <= _MAX_OFFICES else []
    return len(names) > 2 and all(3 <= len(name) <= 60 and name.endswith(_OFFICE_ENDS) for name in names)


def _take(pattern: re.Pattern[str], text: str, made: list[str]) -> str:
    """Takes what a pattern matches from the beginning of a text; the rest."""
    match = pattern.match(text)
    if match is None:
        return text
    made.append(match.group().strip())
    return text[match.end() :].strip()
