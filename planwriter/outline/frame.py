"""The official frame (发文) and the attachments of an outline, read and checked; the frame completed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding
from planwriter.language.dates import iso_date, official_date
from planwriter.model import Attachment, Frame, Text
from planwriter.outline.blocks import Reader, make_text
from planwriter.source import keys
from planwriter.source.load import Mapping, Node, Scalar, Sequence, kind_word
from planwriter.source.schema import check_shape, word_at

_NUMBER = r"[^〔〕\d\s]+〔(?:19|20)\d\d〕[1-9]\d{0,4}号"
_LIKE_A_NUMBER = r"([^\d\[\]【】〔〕()（）]+)[\[【〔(（]?((?:19|20)\d\d)[\]】〕)）]?(?:第)?0*(\d+)号?"
_PERIODS = r"(?:绝密|机密|秘密)(?:★(?:\d{1,2}年|\d{1,2}个月|长期))?"


def read_frame(node: Node | None, reader: Reader, years: tuple[int, int]) -> Frame | None:
    """The frame of an outline; None where it has none. Values that break the standard's form (7.2 to 7.4) are findings."""
    if not isinstance(node, Mapping):
        return None
    findings = reader.findings
    got = check_shape(node, keys.FRAME, "发文", findings)
    form = word_at(got, "form") or "通知"
    if form == "无":
        return None
    issuers = reader.units(got.get("issuers"), "发文机关")
    number = _read_number(got.get("number"), years, findings)
    date, print_date = _read_date(got.get("date"), findings), _read_date(got.get("print_date"), findings)
    findings += _disagreeing(number, date, print_date, years)
    printed = (
        issuers or number or any(name in got for name in ("approvers", "classification", "urgency", "copy_number"))
    )
    return Frame(
        form=form,
        head=word_at(got, "head") or ("印制" if printed else "无"),
        issuers=issuers,
        number=number,
        approvers=reader.units(got.get("approvers"), "签发人"),
        classification=_matching(got.get("classification"), _PERIODS, "PW603", findings),
        urgency=reader.text(got.get("urgency")),
        copy_number=_matching(got.get("copy_number"), r"\d{6}", "PW604", findings),
        recipients=reader.units(got.get("recipients"), "主送"),
        notice_title=reader.text(got.get("notice_title")),
        notice_body=reader.joined(got.get("notice_body"), "通知正文"),
        body_attached=word_at(got, "body_as") != "正文",
        signatures=reader.units(got.get("signatures"), "署名"),
        date=date,
        sealed=word_at(got, "seal") != "无",
        note=reader.text(got.get("note")),
        copies=reader.units(got.get("copies"), "抄送"),
        printer=reader.text(got.get("printer")),
        print_date=print_date,
        broken=node.torn,
        origin=node.span,
    )


def _disagreeing(
    number: Text | None, date: Text | None, print_date: Text | None, years: tuple[int, int]
) -> Iterator[Finding]:
    """Dates of a frame that cannot all be right: a number of another year, a print before the signing, a plan of another time.

    A plan is signed from the summer before its first year on, and before its last year is over.
    """
    day, printed = (iso_date(each.value) if each else None for each in (date, print_date))
    year = re.search(r"〔(\d{4})〕", number.value) if number else None
    if day and year and number and number.origin and date and day[:4] != year[1]:
        yield finding("PW607", number.origin, what=f"文号是 {year[1]} 年的，成文日期是 {date.value}")
    if day and printed and print_date and print_date.origin and date and printed < day:
        yield finding("PW607", print_date.origin, what=f"印发日期 {print_date.value}早于成文日期 {date.value}")
    if day and date and date.origin and years[0] and not f"{years[0] - 1}-07" <= day < f"{years[1] + 1}":
        whole = f"{years[0]}—{years[1]}" if years[0] != years[1] else f"{years[0]}"
        yield finding("PW607", date.origin, what=f"计划是 {whole} 年的，成文日期是 {date.value}")


def _read_number(node: Node | None, years: tuple[int, int], findings: list[Finding]) -> Text | None:
    """The document number in its one form: 青教发〔2026〕3号 (7.2.5)."""
    if isinstance(node, Mapping):
        got = check_shape(node, keys.DOCUMENT_NUMBER, "文号", findings)
        if "code" not in got or "serial" not in got:
            return None
        year = word_at(got, "year") or str(years[0])
        return Text(value=f"{word_at(got, 'code')}〔{year}〕{int(word_at(got, 'serial'))}号", origin=node.span)
    if not isinstance(node, Scalar):
        return None
    if not re.fullmatch(_NUMBER, node.value):
        like = re.fullmatch(_LIKE_A_NUMBER, node.value)
        advice = f"写成 {like[1]}〔{like[2]}〕{int(like[3])}号。" if like else "例如 青教发〔2026〕3号。"
        findings.append(finding("PW601", node.span, value=node.value, advice=advice))
    return make_text(node)


def _read_date(node: Node | None, findings: list[Finding]) -> Text | None:
    """A day in its official form: full year, no zero before month and day (7.3.5.4)."""
    if not isinstance(node, Scalar):
        return None
    shown = official_date(node.value)
    if shown is None or "日" not in shown:
        findings.append(_wrong_date(node))
        return make_text(node)
    return Text(value=shown, origin=node.span)


_LIKE_A_DATE = r"\s*(\d{4})\s*[-./年．。]\s*(\d{1,2})\s*[-./月．。]\s*(\d{1,2})\s*日?\s*"


def _wrong_date(node: Scalar) -> Finding:
    like = re.fullmatch(_LIKE_A_DATE, node.value)
    if like is None:
        return finding(
            "PW602",
            node.span,
            value=node.value,
            what="不是一个日期",
            advice="写成 2026年3月5日（月、日前不加 0），或 2026-03-05。",
        )
    year, month, day = map(int, like.groups())
    shown = official_date(f"{year}-{month}-{day}")
    if shown is None:
        return finding("PW602", node.span, value=node.value, what="这一天日历上没有", advice="核对年、月、日。")
    return finding("PW602", node.span, value=node.value, what="不是日期的写法", advice=f"写成 {shown}。")


def _matching(node: Node | None, form: str, code: str, findings: list[Finding]) -> Text | None:
    if not isinstance(node, Scalar):
        return None
    if not re.fullmatch(form, node.value):
        findings.append(finding(code, node.span, value=node.value))
    return make_text(node)


def read_attachments(node: Node | None, reader: Reader) -> tuple[Attachment, ...]:
    """The attachments of an outline, in the order typed."""
    made = []
    for item in node.items if isinstance(node, Sequence) else ():
        attachment = _read_attachment(item, reader)
        if attachment is not None:
            made.append(attachment)
    return tuple(made)


def _read_attachment(item: Node, reader: Reader) -> Attachment | None:
    if isinstance(item, Scalar):
        if item.value in keys.MADE_TABLES:
            return Attachment(title=make_text(item), made_of=item.value, origin=item.span)
        allowed = "、".join(keys.MADE_TABLES)
        reader.add("PW204", item, key="附件", value=item.value, allowed=f"{allowed}，或 {{标题: ……, 内容: ……}}")
        return None
    if not isinstance(item, Mapping):
        advice = "写 指标表、任务分解表，或 {标题: ……, 内容: ……}。"
        reader.add("PW203", item, key="附件", expected="文字或一组“键: 值”", found=kind_word(item), advice=advice)
        return None
    got = check_shape(item, keys.ATTACHMENT, "附件", reader.findings)
    title = reader.text(got.get("title"))
    if title is None:
        return None
    blocks = reader.blocks(got.get("children"))
    if "rows" in got or "sheet" in got:
        table = reader.table_of(got, item.keys["表" if "表" in item.keys else "工作表"].span, None)
        blocks = (*blocks, replace(table, caption=None)) if table else blocks
    picture = reader.picture_of(got.get("picture"), item.keys["图"].span) if "图" in item.keys else None
    blocks = (*blocks, picture) if picture else blocks
    if title.value in keys.MADE_TABLES and not blocks:
        return Attachment(title=title, made_of=title.value, origin=title.origin)
    return Attachment(title=title, blocks=blocks, origin=title.origin)
