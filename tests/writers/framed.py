"""Documents with every kind of element, for the writers of every format; contains no tests."""

from __future__ import annotations

from planwriter.model import Attachment, Document, Frame, Level, Table
from planwriter.start.records import replace
from tests.documents import document, paragraph, sample, section, table, text
from tests.support import drafts

NOTICE = Frame(
    form="通知",
    head="印制",
    issuers=(text("青山县教育局"), text("青山县发展和改革局")),
    number=text("青教发〔2026〕3号"),
    approvers=(text("张三"), text("李四"), text("王五")),
    classification=text("机密★1年"),
    urgency=text("特急"),
    copy_number=text("000012"),
    recipients=(text("各中小学、幼儿园"), text("局机关各股室")),
    notice_title=text("青山县教育局关于印发《青山县教育局2026年教育系统重点工作要点和任务分解》的通知"),
    notice_body=text("现将有关要点印发给你们。\n请认真贯彻落实。"),
    signatures=(text("青山县教育局"), text("青山县发展和改革局")),
    date=text("2026年3月5日"),
    note=text("此件主动公开"),
    copies=(text("县委办公室"), text("县政府办公室")),
    printer=text("青山县教育局办公室"),
    print_date=text("2026年3月6日"),
)
LIST = Attachment(
    title=text("重点项目清单"), blocks=(table(("序号", "项目"), ("1", "新建幼儿园\n三所")), paragraph("以上。"))
)


def documents() -> dict[str, Document]:
    """Documents by name: the forms of the frame, every kind of element, the examples and the real plans."""
    made = {
        "everything": sample(),
        "signs": document(
            section(Level.CHAPTER, "1*2_<b>&amp;`~", "# 一 | 二 \\ [三](四)"),
            table(("a|b", "<i>"), ("", "*")),
            title="&<>",
        ),
        "notice": replace(sample(), frame=NOTICE, attachments=(LIST,)),
        "printed document": replace(
            sample(), frame=replace(NOTICE, body_attached=False, sealed=False), attachments=(LIST, LIST)
        ),
        "direct": replace(sample(), frame=replace(NOTICE, form="直发", head="留空", approvers=())),
        "no head": replace(
            sample(), frame=replace(NOTICE, form="直发", head="无", copies=(), note=None), attachments=(LIST,)
        ),
        "no rows": document(Table(rows=())),
    }
    return {**made, **drafts()}


DOCUMENTS = documents()
