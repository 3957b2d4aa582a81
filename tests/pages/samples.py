"""Documents with frames to measure: each element of GB/T 9704 at least once; contains no tests."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph

from planwriter.model import Attachment, Block, Document, Frame, Level, Text
from planwriter.start.records import replace
from planwriter.writers.docx.write import render_docx
from tests.documents import document, paragraph, section, table
from tests.wordml import stored

SENTENCE = "坚持以人民为中心，办好人民满意的教育，推动全县教育高质量发展。"
RECIPIENTS = (
    *(f"{name}镇人民政府" for name in ("东山", "西河", "南塘", "北岭", "青石", "白沙", "红岩", "黄泥", "大桥", "小溪")),
    "县直各学校（幼儿园）",
    "县教育发展中心",
)


def texts(*values: str) -> tuple[Text, ...]:
    return tuple(Text(value=value) for value in values)


def frame(**changes: object) -> Frame:
    """The frame of a plan that is issued by itself, with a sealed signature."""
    made = Frame(
        form="直发",
        head="印制",
        issuers=texts("青山县教育局"),
        number=Text(value="青教发〔2026〕3号"),
        signatures=texts("青山县教育局"),
        date=Text(value="2026年3月5日"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


EVERYTHING = frame(
    copy_number=Text(value="000123"),
    classification=Text(value="秘密★1年"),
    urgency=Text(value="特急"),
    recipients=texts("各镇中心学校", "县直各学校"),
    note=Text(value="此件公开发布"),
    copies=texts(
        "县委办公室", "县政府办公室", "县人大常委会教科文卫工作委员会", "县政协教科卫体委员会", "云岭市教育局"
    ),
    printer=Text(value="青山县教育局办公室"),
    print_date=Text(value="2026年3月6日"),
)
JOINT = ("青山县教育局", "青山县发展和改革局", "青山县财政局")


def attachment(title: str, *blocks: Block) -> Attachment:
    return Attachment(title=Text(value=title), blocks=blocks or (paragraph(SENTENCE),))


def framed(
    own: Frame | None,
    *blocks: Block,
    title: str = "青山县教育局2026年工作要点",
    attachments: tuple[Attachment, ...] = (),
) -> Document:
    blocks = blocks or (paragraph(SENTENCE), section(Level.CHAPTER, "主要任务"), paragraph(SENTENCE * 3))
    return replace(document(*blocks, title=title), frame=own, attachments=attachments)


def notice(**changes: object) -> Frame:
    return replace(
        EVERYTHING,
        form="通知",
        notice_title=Text(value="青山县教育局关于印发《青山县教育局2026年工作要点》的通知"),
        notice_body=Text(value="现将《青山县教育局2026年工作要点》印发给你们，请结合实际认真贯彻落实。"),
        **changes,  # type: ignore[arg-type]
    )


WIDE = table(
    (
        "序号",
        "指标名称全称",
        "计量单位名称",
        "2025年基期值",
        "2026年目标值",
        "2027年目标值",
        "2028年目标值",
        "指标性质分类",
        "责任单位名称",
    ),
    *[
        (str(number), "普惠性幼儿园覆盖率", "百分比", "93", "95", "96", "97", "约束性", "学前教育股")
        for number in range(1, 40)
    ],
)
NINE = (
    *(attachment(f"第{number}号附件") for number in "一二三四五六七八"),
    attachment("青山县义务教育学校校园安全隐患排查整治专项行动工作任务分解表和责任清单"),
)
FOUR = texts("青山县教育局", "青山县财政局", "青山县民政局", "青山县体育局")
SCHOOLS = tuple(f"青山县第{number}小学校委员会" for number in range(1, 200))
SAMPLES: dict[str, Document] = {
    "everything": framed(EVERYTHING, attachments=(attachment("青山县教育局2026年重点任务分解表"),)),
    "none": framed(None),
    "notice": framed(notice(), attachments=(attachment("主要指标", WIDE), attachment("分工"))),
    **{
        f"notice_of_{count}": framed(
            replace(notice(), copy_number=None, classification=None, urgency=None, note=None),
            attachments=NINE[: count - 1],
        )
        for count in range(1, 7)
    },
    "printed": framed(notice(body_attached=False)),
    "loose": framed(notice(body_attached=False, issuers=FOUR, signatures=FOUR, note=None)),
    "loose_printed_head": framed(notice(body_attached=False, head="留空", issuers=FOUR, signatures=FOUR)),
    "loose_upward": framed(notice(body_attached=False, approvers=texts("某某某"), issuers=FOUR, signatures=FOUR)),
    "joint": framed(frame(issuers=texts(*JOINT), signatures=texts(*JOINT))),
    "joint_unsealed": framed(frame(issuers=texts(*JOINT), signatures=texts(*JOINT), sealed=False)),
    "four": framed(frame(signatures=texts("甲县教育局", "乙县教育局", "丙县教育局", "丁县教育局"))),
    "upward": framed(frame(approvers=texts("某某某"), copy_number=Text(value="000001"))),
    "three_approvers": framed(frame(approvers=texts("某某某", "某某", "某某某"))),
    "unsealed": framed(frame(sealed=False)),
    "short_name": framed(frame(sealed=False, signatures=texts("县教育局"), date=Text(value="2026年12月31日"))),
    "long_title": framed(
        frame(),
        title="青山县教育局关于进一步加强全县中小学校幼儿园校园食品安全和膳食经费管理突出问题专项整治工作暨义务教育优质均衡发展实施方案",
    ),
    "recipients": framed(frame(recipients=texts(*RECIPIENTS))),
    "nine": framed(frame(), attachments=NINE),
    "rows": framed(
        EVERYTHING,
        attachments=(
            attachment(
                "任务清单",
                table(
                    ("序号", "任务", "责任单位"),
                    *[(str(at), "扩大普惠性资源供给", "学前教育股") for at in range(1, 301)],
                ),
            ),
        ),
    ),
    "copied": framed(frame(copies=texts(*SCHOOLS), printer=Text(value="青山县教育局办公室"))),
    "left_blank": framed(replace(EVERYTHING, head="留空")),
    "long_mark": framed(frame(issuers=texts("中共云岭市青山县委教育体育和科学技术工作领导小组办公室"))),
}


def render(made: Document) -> bytes:
    layout, base = stored()
    return render_docx(made, layout, base)


def lines_of(data: bytes) -> Iterator[str]:
    """The lines that python-docx sees; the names of a joint mark are one line each, with 文件 after the last."""
    for item in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(item, DocxParagraph):
            title = item.style is not None and item.style.name == "Title"
            if item.runs:
                yield item.text.replace("\n", "") if title else item.text
        elif isinstance(item, DocxTable):
            for row in item.rows:
                style = row.cells[0].paragraphs[0].style
                if style is not None and style.name == "发文机关标志":
                    yield from (row.cells[0].text + row.cells[1].text).split("\n")
                else:
                    yield "\t".join(cell.text.replace("\n", " ") for cell in row.cells)
