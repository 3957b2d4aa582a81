"""Finds titles that name the year of a different plan, as they do when last year's file was copied (PW608)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.language.numerals import YEAR_DIGITS
from planwriter.model import Attachment, Outline, Text
from planwriter.start.patterns import regex

_HOLE = regex(r"\{\{.*?\}\}")
_CITED = regex(r"《[^》]*》|“[^”]*”|\{\{.*?\}\}")
_SPAN = regex(r"(?<!\d)((?:19|20)\d\d)年?\s*(?:[—–－~～-]+|至|到)\s*((?:19|20)\d\d)年?")
_YEAR = regex(r"(?<!\d)((?:19|20)\d\d)年(?!以?前)")
_CHINESE = regex(r"二[〇○零][〇○零一二三四五六七八九]{2}")
_ISSUES = regex(r"现将《[^》]*》[^，。]{0,4}(?:印发|下发|转发)")
"""Matches the words by which a notice issues the plan, whose title stands in 《》."""
_MAX_SHOWN = 60
_LAST_YEARS = ("完成情况", "结果", "总结", "统计", "基数", "现状", "台账", "通报", "决算", "评估", "情况表", "底数")
"""Words for what an attachment may well give of the year before."""


def check_title_years(outline: Outline) -> Iterator[Finding]:
    """A finding for each title that names a year, or a span of years, but not that of the plan."""
    first, last = outline.years
    if not first:
        return
    span = f"{first}—{last}" if first != last else str(first)
    for text, what in _titles(outline):
        value = text.value
        if what == "通知正文":
            issued = _ISSUES.search(value)
            value = "\0" * issued.start() + issued.group() if issued else ""
        found = _stray(value, outline.years, cites=what not in ("通知标题", "通知正文"))
        if found and text.origin:
            start, end, shown = found
            place = text.origin.within(text.value, start, end)
            title = text.value if len(text.value) <= _MAX_SHOWN else f"{text.value[:_MAX_SHOWN]}…"
            yield finding("PW608", place, what=what, title=title, found=shown, span=span)


def _titles(outline: Outline) -> Iterator[tuple[Text, str]]:
    if outline.title:
        yield outline.title, "标题"
    if outline.frame and outline.frame.notice_body and _ISSUES.search(outline.frame.notice_body.value):
        yield outline.frame.notice_body, "通知正文"
    if outline.frame and outline.frame.notice_title and outline.frame.is_notice:
        yield outline.frame.notice_title, "通知标题"
    for attachment in outline.attachments:
        if not _is_of_last_year(attachment):
            yield attachment.title, "附件标题"


def _is_of_last_year(attachment: Attachment) -> bool:
    return any(word in attachment.title.value for word in _LAST_YEARS)


def _stray(title: str, years: tuple[int, int], *, cites: bool) -> tuple[int, int, str] | None:
    """The range of the year that cannot be the plan's, and the year; None if the title names the plan's own, or none.

    `cites` is False if the title in 《》 is the plan's own.
    """
    plain = (_CITED if cites else _HOLE).sub(lambda cited: "\0" * len(cited.group()), title)
    plain = _CHINESE.sub(lambda year: year.group().translate(YEAR_DIGITS), plain)
    spans = [(*each.span(), int(each[1]), int(each[2])) for each in _SPAN.finditer(plain)]
    if spans:
        if any((begin, end) == years for _, _, begin, end in spans):
            return None
        if years[0] == years[1] and any(begin <= years[0] <= end for _, _, begin, end in spans):
            return None
        start, stop, begin, end = spans[0]
        return start, stop, f"{begin}—{end}"
    singles = [(*each.span(), int(each[1])) for each in _YEAR.finditer(plain)]
    if not singles or years[0] != years[1] or any(year == years[0] for _, _, year in singles):
        return None
    start, stop, year = singles[0]
    return start, stop, str(year)
