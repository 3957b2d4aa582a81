"""The rules on the elements of a document: labels, number, dates, attachments, imprint, tables.

Each docstring names the clause of GB/T 9704 (7.2 to 7.4, 8, 9), and whether the standard requires it or calls it usual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from planwriter.audit.flaws import Case, Flaw, flaw
from planwriter.audit.labels import Label, Order
from planwriter.audit.roles import (
    ATTACHED,
    BODY,
    CELL,
    COPY_NUMBER,
    DATE,
    EMPTY,
    HEADINGS,
    IMPRINT,
    LABEL,
    LOOSE_NUMBER,
    NOTE,
    NUMBER,
    RECIPIENTS,
    SECRECY,
    TITLE,
    ClassifiedParagraph,
)
from planwriter.readers.docx.document import WordParagraph
from planwriter.start.patterns import regex

_NUMBER = regex(r"[^\d\s〔〕\[\]()（）第]+〔(?:19|20)[0-9]{2}〕[1-9][0-9]{0,4}号")
_DATE = regex(r"(?:19|20)[0-9]{2}年(?:[1-9]|1[0-2])月(?:[1-9]|[12][0-9]|3[01])日")
_PERIOD = regex(r"(?:绝密|机密|秘密)(?:★(?:[0-9]{1,2}年|[0-9]{1,2}个月|长期))?|特急|加急|特提|平急")
_PRINTED = regex(r"(\S*日)\s*印\s*发$|([0-9〇○零一二三四五六七八九十年月.\-/]{6,})\s*印\s*发$")
_NO_TEXT = regex(r"[（(]?\s*此\s*页\s*无\s*正\s*文\s*[）)]?[。]?")
_ZERO_DATE = regex(r"[0-9]{4}年0[1-9]月|月0[1-9]日")
_ROUND_ZERO = regex(r"[一二三四五六七八九][○Oo0〇]{1,3}[一二三四五六七八九○Oo0〇]{0,3}年")
_KINDS_OF_DOCUMENT = (
    "方案",
    "计划",
    "要点",
    "办法",
    "意见",
    "规定",
    "细则",
    "措施",
    "规划",
    "制度",
    "清单",
    "标准",
    "预案",
)
_LONGEST_TITLE = 50
_IN_BRACKETS = regex(r"[（(][^（）()]*[）)]$")
_FULL_WIDTH = regex(r"[０-９]+")


def order(case: Case) -> Iterator[Flaw]:
    """7.3.3: labels are consecutive: 一、 二、, under each （一） （二） …; a level may be left out, no number may."""
    count, used = Order(fragment=not any(case.having(TITLE))), dict[str, str]()
    is_titled = False  # a title stands between this paragraph and the last label
    for part in case.parts:
        is_titled = is_titled or _is_like_a_title(part)
        label = part.label
        if part.role in (TITLE, LABEL) or (is_titled and label and (label.level, label.number) == (1, 1)):
            count.begin_again()
        is_titled = is_titled and label is None
        if label is None or label.number == 0 or part.role not in (BODY, *HEADINGS):
            continue
        odd = count.take(label)
        if odd and odd.is_inner and label.level > 1:
            yield flaw("PW670", part.para, label=label.text, wanted="和外面一层不同的，例如“（1）”")
        elif odd:
            before = f"接在“{odd.before}”后面" if odd.before else "是这一级的第一个"
            yield flaw("PW668", part.para, label=label.text, before=before)
        yield from _mixed_form(part, label, used)


def _is_like_a_title(part: ClassifiedParagraph) -> bool:
    """True for the title of a further plan in the document, which may have the look of the body."""
    words = _IN_BRACKETS.sub("", part.para.words.strip())
    return part.label is None and len(words) <= _LONGEST_TITLE and words.endswith(_KINDS_OF_DOCUMENT)


def _mixed_form(part: ClassifiedParagraph, label: Label, used: dict[str, str]) -> Iterator[Flaw]:
    """Reports 1. and 1、 or 1． in one document, each other form once; `used` has the first label of each form."""
    if label.level == 3 and label.sound:
        form = label.text[-1]
        first = used.setdefault(form, label.text)
        usual = next(iter(used))
        if form != usual:
            yield flaw("PW670", part.para, label=first, wanted=f"与前面一致的“1{usual}”")


def label_forms(case: Case) -> Iterator[Flaw]:
    """7.3.3: the forms 一、 （一） 1. （1）, without a mark after the bracket (GB/T 15834)."""
    forms, first = ("一、", "（一）", "1.", "（1）"), dict[str, str]()
    for part in case.having(BODY, *HEADINGS):
        label = part.label
        if label and label.marked:
            yield flaw("PW669", part.para, label=label.text)
        elif label and label.number and not label.sound:
            form = re.sub(r"\w+", "", label.text) + str(label.level)
            wanted = f"“{forms[label.level - 1]}”的样子"
            yield flaw("PW670", part.para, label=first.setdefault(form, label.text), wanted=wanted)


def numbers(case: Case) -> Iterator[Flaw]:
    """7.2.5, required: 〔2026〕 in hexagonal brackets, no 第, no leading zero, 号 at the end."""
    for part in case.having(NUMBER):
        match = LOOSE_NUMBER.search("".join(part.para.words.split("签发人")[0].split()))
        if match and not _NUMBER.fullmatch(match[0]):
            yield flaw("PW671", part.para, found=match[0])


def dates(case: Case) -> Iterator[Flaw]:
    """7.3.5.4, 7.4.3, required: Arabic digits, the full year, no zero before month and day."""
    for part in case.having(DATE):
        found = "".join(part.para.words.split())
        if not _DATE.fullmatch(found):
            yield flaw("PW672", part.para, found=found)


def labels_of_attachments(case: Case) -> Iterator[Flaw]:
    """7.3.7, required: 附件 and its Arabic number on a new page, without a colon; the same title as in 附件说明."""
    named = {
        "".join(re.sub(r"^(附\s*件\s*[：:])?\s*([0-9]+[.．、])?", "", part.para.words).split())
        for part in case.having(ATTACHED)
    }
    for at, part in enumerate(case.parts):
        if part.role != LABEL:
            continue
        words = "".join(part.para.words.split())
        if not re.fullmatch(r"附件[0-9]*", words):
            yield flaw("PW673", part.para, role="“附件”二字", found=f"“{words}”", wanted="“附件”或“附件1”，不加冒号")
        if not part.para.new_page and at:
            yield flaw("PW673", part.para, role="附件", found="接排在正文后面", wanted="另起一页")
        title = _title_after(case, at)
        if named and title and title not in named:
            yield flaw("PW674", part.para, found=f"附件标题“{title[:20]}”与附件说明不一致", wanted="两处一字不差")


def _title_after(case: Case, at: int) -> str:
    """The title below the label of an attachment, which may consist of several paragraphs."""
    title = ""
    for part in case.parts[at + 1 :]:
        if part.role == TITLE:
            title += "".join(part.para.words.split())
        elif part.role != EMPTY:
            break
    return title


def attached(case: Case) -> Iterator[Flaw]:
    """7.3.4, required: 附件： with a full-width colon, 1. 2. 3., no book-title marks and no mark at the end."""
    expected = 1
    for part in case.having(ATTACHED):
        words = part.para.words
        begins = words.startswith("附")
        name = re.sub(r"^附\s*件\s*[0-9]?\s*[：:]", "", words) if begins else words
        expected = 1 if begins else expected
        if begins and not re.match("附件：", words):
            yield flaw("PW674", part.para, found=f"“{words[:4]}”", wanted="“附件”加全角冒号")
        label = re.match(r"\s*([0-9０-９]{1,2})\s*([.．、])", name)
        if label and (int(label[1]) != expected or label[2] == "、"):
            yield flaw("PW674", part.para, found=f"顺序号“{label[0].strip()}”", wanted=f"“{expected}.”")
        expected = int(label[1]) + 1 if label else expected + 1
        if re.search(r"《[^》]{0,200}》\s*[。；，、.;]?$", name) and re.match(r"\s*([0-9０-９]+[.．、])?\s*《", name):
            yield flaw("PW674", part.para, found="附件名称加了书名号", wanted="不加书名号")
        if name.rstrip()[-1:] in "。；，、.;,：":
            yield flaw("PW674", part.para, found=f"末尾有“{name.rstrip()[-1:]}”", wanted="末尾不加标点")


def no_text(case: Case) -> Iterator[Flaw]:
    """7.3.5.5, required: a signature alone on a page is avoided by spacing, not explained by 此页无正文."""
    for part in case.parts:
        if len(part.para.words) < 16 and _NO_TEXT.fullmatch(part.para.words):
            yield flaw("PW675", part.para)


def tables(case: Case) -> Iterator[Flaw]:
    """8, usual: a table over several pages repeats its header, and no row is split."""
    roles = {part.para.number: part.role for part in case.parts}
    held: dict[int, list[WordParagraph]] = {}
    for para in case.document.paragraphs:
        held.setdefault(para.table, []).append(para)
    for at, table in enumerate(case.document.tables):
        cells = held.get(at, [])
        if (
            table.nested
            or table.floating
            or not cells
            or any(roles[para.number] not in (CELL, EMPTY) for para in cells)
        ):
            continue
        first = next((para for para in cells if para.words), cells[0])
        if any(not row.whole for row in table.rows):
            yield flaw("PW676", first, found="有的行可以跨页断开", wanted="不许跨页断行")
        if len(table.rows) > 2 and not table.rows[0].header:
            yield flaw("PW676", first, found="标题行不重复", wanted="各页顶端重复标题行")


def imprint(case: Case) -> Iterator[Flaw]:
    """7.4.2, 7.4.3, required: 抄送： with a full-width colon and a full stop at the end; 印发 after a full date."""
    parts = [part for part in case.parts if part.role != EMPTY]
    first = next((at for at, part in enumerate(parts) if part.role == IMPRINT), len(parts))
    after = next((part for part in parts[first:] if part.role != IMPRINT), None)
    if after:
        yield flaw("PW677", after.para, found="后面还有别的内容", wanted="公文的最后一个部分，附件排在它前面")
    for part in case.having(IMPRINT):
        words = part.para.words
        copies = re.match(r"(抄\s*送|抄\s*报)\s*[：:]", words)
        printed = _PRINTED.search(words)
        if copies and "：" not in copies[0]:
            yield flaw("PW677", part.para, found=f"“{copies[0]}”是半角冒号", wanted="全角冒号")
        if copies and not words.endswith("。"):
            yield flaw("PW677", part.para, found="抄送机关末尾没有句号", wanted="最后一个抄送机关后面标句号")
        if printed and not re.search(_DATE.pattern + "$", "".join((printed[1] or printed[2]).split())):
            yield flaw(
                "PW677", part.para, found=f"印发日期“{(printed[1] or printed[2])[-14:]}”", wanted="2026年3月5日的样子"
            )


def elements(case: Case) -> Iterator[Flaw]:
    """7.2.1: six digits; 7.2.2: 机密★1年; 7.3.2: a colon after the recipients; 7.3.6: brackets around the note."""
    for part in case.having(COPY_NUMBER, SECRECY, RECIPIENTS, NOTE):
        words = "".join(part.para.words.split())
        if part.role == COPY_NUMBER and not re.fullmatch("[0-9]{6}", words):
            yield flaw("PW678", part.para, role="份号", found=f"“{words[:12]}”", wanted="六位阿拉伯数字")
        elif part.role == SECRECY and not _PERIOD.fullmatch(words):
            yield flaw("PW678", part.para, role="密级和保密期限", found=f"“{words[:12]}”", wanted="机密★1年的样子")
        elif part.role == RECIPIENTS and not words.endswith("："):
            yield flaw("PW678", part.para, role="主送机关", found=f"末尾是“{words[-1:]}”", wanted="末尾标全角冒号")
        elif part.role == NOTE and not (words.startswith("（") and words.endswith("）")):
            yield flaw("PW678", part.para, role="附注", found="括号不是一对全角圆括号", wanted="加全角圆括号")


def figures(case: Case) -> Iterator[Flaw]:
    """9 (GB/T 15835): half-width digits; 〇 in Chinese years; no zero before month and day."""
    for part in case.parts:
        text = part.para.text
        for form, wanted in ((_FULL_WIDTH, "半角数字"), (_ZERO_DATE, "月、日前面不加 0")):
            match = form.search(text)
            if match and part.role not in (DATE, IMPRINT):
                yield flaw("PW679", part.para, found=match[0], wanted=wanted)
        match = _ROUND_ZERO.search(text)
        if match and re.search("[○Oo0]", match[0]) and part.role != DATE:
            yield flaw("PW679", part.para, found=match[0], wanted="汉字“〇”")


RULES = (
    *(order, label_forms, numbers, dates, labels_of_attachments, attached),
    *(no_text, tables, imprint, elements, figures),
)
