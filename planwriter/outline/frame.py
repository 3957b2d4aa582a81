"""The official frame (发文) and the attachments of an outline, read and checked."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Findings, Result
from planwriter.language.dates import iso_date, official_date
from planwriter.model import Attachment, Frame, Text
from planwriter.outline.blocks import Reader
from planwriter.outline.values import make_text, read_paragraphs, read_texts, text_of
from planwriter.source import keys
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence, kind_word
from planwriter.source.schema import check_shape, word_at
from planwriter.start.patterns import re, regex
from planwriter.start.records import replace

_AROUND_PRINT_DATE = regex(r"\A印发日期\s*[：:]\s*|\s*印\s*发[。；，]?\Z")
_NUMBER_YEAR = regex(r"〔(\d{4})〕")
_NUMBER = regex(r"[^〔〕\d\s]+〔(?:19|20)\d\d〕[1-9]\d{0,4}号")
_DIGITS = regex(r"\d+")
_LIKE_A_NUMBER = regex(r"([^\d\[\]【】〔〕()（）]+)[\[【〔(（]?((?:19|20)\d\d)[\]】〕)）]?(?:第)?0*(\d+)号?")
CLASSIFICATION = r"(?:绝密|机密|秘密)(?:★(?:\d{1,2}年|\d{1,2}个月|长期))?"


def read_frame(node: Node | None, years: tuple[int, int]) -> Result[Frame | None]:
    """The frame of an outline; None if it has none. Values that break the standard's form (7.2 to 7.4) are findings."""
    if not isinstance(node, Mapping):
        return Result(None)
    found = Findings()
    take = found.take
    got = take(check_shape(node, keys.FRAME, "发文"))
    form = word_at(got, "form") or "通知"
    if form == "无":
        return found.result(None)
    issuers = take(read_texts(got.get("issuers"), "发文机关"))
    number = take(_read_number(got.get("number"), years))
    date, print_date = take(_read_date(got.get("date"))), take(_read_print_date(got.get("print_date")))
    found += _disagreeing(number, date, print_date, years)
    printed = (
        issuers or number or any(name in got for name in ("approvers", "classification", "urgency", "copy_number"))
    )
    signatures = take(read_texts(got.get("signatures"), "署名"))
    signed = [each.value for each in signatures] != ["无"]
    frame = Frame(
        form=form,
        head=word_at(got, "head") or ("印制" if printed else "无"),
        issuers=issuers,
        number=number,
        approvers=take(read_texts(got.get("approvers"), "签发人")),
        classification=take(_read_matching(got.get("classification"), CLASSIFICATION, "PW603")),
        urgency=text_of(got.get("urgency")),
        copy_number=take(_read_matching(got.get("copy_number"), r"\d{6}", "PW604")),
        recipients=take(read_texts(got.get("recipients"), "主送")),
        notice_title=text_of(got.get("notice_title")),
        notice_body=take(read_paragraphs(got.get("notice_body"), "通知正文")),
        lists_attachments=word_at(got, "listing") != "无",
        listed_in_notice=word_at(got, "listing") == "通知",
        body_attached=word_at(got, "body_as") != "正文",
        signatures=signatures if signed else (),
        signed=signed,
        date=date,
        sealed=word_at(got, "seal") != "无",
        note=text_of(got.get("note")),
        copies=take(read_texts(got.get("copies"), "抄送")),
        printer=text_of(got.get("printer")),
        print_date=print_date,
        broken=node.torn,
        origin=node.span,
    )
    return found.result(frame)


def _disagreeing(
    number: Text | None, date: Text | None, print_date: Text | None, years: tuple[int, int]
) -> Iterator[Finding]:
    """Dates of a frame that contradict each other: the year of the number, the days of signing and printing, the plan's years.

    A plan is signed between the summer before its first year and the end of its last year.
    """
    day, printed = (iso_date(each.value) if each else None for each in (date, print_date))
    year = _NUMBER_YEAR.search(number.value) if number else None
    if day and year and number and number.origin and date and day[:4] != year[1]:
        yield finding("PW607", number.origin, what=f"文号是 {year[1]} 年的，成文日期是 {date.value}")
    if day and printed and print_date and print_date.origin and date and printed < day:
        yield finding("PW607", print_date.origin, what=f"印发日期 {print_date.value}早于成文日期 {date.value}")
    if day and date and date.origin and years[0] and not f"{years[0] - 1}-07" <= day < f"{years[1] + 1}":
        whole = f"{years[0]}—{years[1]}" if years[0] != years[1] else f"{years[0]}"
        yield finding("PW607", date.origin, what=f"计划是 {whole} 年的，成文日期是 {date.value}")


def _read_number(node: Node | None, years: tuple[int, int]) -> Result[Text | None]:
    """The document number in its one form: 青教发〔2026〕3号 (7.2.5)."""
    if isinstance(node, Mapping):
        return _compose_number(node, years)
    if not isinstance(node, Scalar):
        return Result(None)
    bare = node.value[1:-1] if node.value[:1] + node.value[-1:] == "（）" else node.value  # as below a title
    if _NUMBER.fullmatch(bare):
        return Result(make_text(node))
    like = _LIKE_A_NUMBER.fullmatch(node.value)
    right = f"{like[1]}〔{like[2]}〕{int(like[3])}号" if like else ""
    same = [int(each) for each in _DIGITS.findall(right)] == [int(each) for each in _DIGITS.findall(node.value)]
    remedy = node.span.replaced_within(node.value, 0, len(node.value), right) if same and like else ()
    advice = f"写成 {right}。" if like else "例如 青教发〔2026〕3号。"
    return Result(make_text(node), (finding("PW601", node.span, remedy=remedy, value=node.value, advice=advice),))


def _compose_number(node: Mapping, years: tuple[int, int]) -> Result[Text | None]:
    """The document number of 机关代字, year and serial; None if one of them is missing."""
    shape = check_shape(node, keys.DOCUMENT_NUMBER, "文号")
    got = shape.value
    if "code" not in got or "serial" not in got:
        return Result(None, shape.findings)
    year = word_at(got, "year") or str(years[0])
    number = f"{word_at(got, 'code')}〔{year}〕{int(word_at(got, 'serial'))}号"
    return Result(Text(value=number, origin=node.span), shape.findings)


def _read_date(node: Node | None) -> Result[Text | None]:
    """A day in its official form: full year, no zero before month and day (7.3.5.4)."""
    if not isinstance(node, Scalar):
        return Result(None)
    shown = official_date(node.value)
    if shown is None or "日" not in shown:
        return Result(make_text(node), (_wrong_date(node),))
    return Result(Text(value=shown, origin=node.span))


def _read_print_date(node: Node | None) -> Result[Text | None]:
    """The day of printing; words around it that are printed anyway (2026年3月6日印发) are reported by `checks.added_words`."""
    if isinstance(node, Scalar):
        plain = _AROUND_PRINT_DATE.sub("", node.value)
        if plain != node.value and "日" in (official_date(plain) or ""):
            return Result(make_text(node))
    return _read_date(node)


_LIKE_A_DATE = regex(r"\s*(\d{4})\s*[-./年．。—–－／]\s*(\d{1,2})\s*[-./月．。—–－／]\s*(\d{1,2})\s*[日号]?\s*")


def _wrong_date(node: Scalar) -> Finding:
    """The finding on a text that is no day; the remedy writes the day that it means, if it is written in another form."""
    value = node.value
    like = _LIKE_A_DATE.fullmatch(value)
    if like is not None:
        year, month, day = map(int, like.groups())
        shown = official_date(f"{year}-{month}-{day}")
        if shown is None:
            return finding("PW602", node.span, value=value, what="这一天日历上没有", advice="核对年、月、日。")
    else:
        from planwriter.language.deadlines import read_deadline

        shown = official_date(read_deadline(value).shown)
    if shown is None or "日" not in shown:
        advice = "写成 2026年3月5日 这样（月、日前不加 0），或 2026-03-05；还没有定的，先在这一行前面加 #。"
        return finding("PW602", node.span, value=value, what="不是一个日期", advice=advice)
    remedy = node.span.replaced_within(value, 0, len(value), shown)
    return finding("PW602", node.span, remedy=remedy, value=value, what="不是日期的写法", advice=f"写成 {shown}。")


def _read_matching(node: Node | None, form: str, code: str) -> Result[Text | None]:
    """The text of a value; one that does not match `form` has the finding `code`."""
    if not isinstance(node, Scalar):
        return Result(None)
    if re.fullmatch(form, node.value):
        return Result(make_text(node))
    right = re.sub(r"\s*[*＊☆★]\s*", "★", node.value)
    remedy = node.span.replaced_within(node.value, 0, len(node.value), right) if re.fullmatch(form, right) else ()
    return Result(make_text(node), (finding(code, node.span, remedy=remedy, value=node.value),))


def read_attachments(node: Node | None, reader: Reader) -> Result[tuple[Attachment, ...]]:
    """The attachments of an outline, in the order typed."""
    found = Findings()
    items = node.items if isinstance(node, Sequence) else ()
    made = [found.take(_read_attachment(item, reader)) for item in items]
    return found.result(tuple(attachment for attachment in made if attachment is not None))


def _read_attachment(item: Node, reader: Reader) -> Result[Attachment | None]:
    if isinstance(item, Mapping):
        return _read_own_attachment(item, reader)
    if not isinstance(item, Scalar):
        advice = "写 指标表、任务分解表，或 {标题: ……, 内容: ……}。"
        expected, shown = "文字或一组“键: 值”", kind_word(item)
        return Result(None, (finding("PW203", item.span, key="附件", expected=expected, found=shown, advice=advice),))
    if item.value in keys.MADE_TABLES:
        return Result(Attachment(title=make_text(item), made_of=item.value, origin=item.span))
    allowed = f"{'、'.join(keys.MADE_TABLES)}，或 {{标题: ……, 内容: ……}}"
    return Result(None, (finding("PW204", item.span, key="附件", value=item.value, allowed=allowed),))


def _read_own_attachment(item: Mapping, reader: Reader) -> Result[Attachment | None]:
    """An attachment whose content stands in the outline; None if it has no title."""
    found = Findings()
    got = found.take(check_shape(item, keys.ATTACHMENT, "附件"))
    title = text_of(got.get("title"))
    if title is None:
        return found.result(None)
    blocks = found.take(reader.blocks(got.get("children")))
    if "rows" in got or "sheet" in got:
        from planwriter.outline.tables import read_table

        place = item.keys["表" if "表" in item.keys else "工作表"].span
        table = found.take(read_table(got, place, None, reader.open_workbook))
        blocks = (*blocks, replace(table, caption=None)) if table else blocks
    if "图" in item.keys:
        from planwriter.outline.pictures import read_picture

        picture = found.take(read_picture(got.get("picture"), item.keys["图"].span, None, reader.open_picture))
        blocks = (*blocks, picture) if picture else blocks
    if title.value in keys.MADE_TABLES and not blocks:
        return found.result(
            Attachment(title=title, made_of=title.value, label=word_at(got, "label"), origin=title.origin)
        )
    return found.result(Attachment(title=title, label=word_at(got, "label"), blocks=blocks, origin=title.origin))
