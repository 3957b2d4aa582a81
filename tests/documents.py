"""Documents made without an outline, for the tests of the writers and of what reads their files."""

from __future__ import annotations

from planwriter.language.numerals import parse_label_style
from planwriter.model import Block, Box, Document, Duty, Level, LevelNumbering, Paragraph, Part, Section, Table, Text
from planwriter.plan.number import number_document


def text(value: str) -> Text:
    return Text(value=value)


def paragraph(value: str) -> Paragraph:
    return Paragraph(text=text(value))


def section(level: Level, title: str, body: str = "", *children: Block, duty: Duty | None = None) -> Section:
    return Section(level=level, title=text(title), text=text(body) if body else None, children=children, duty=duty)


def table(*rows: tuple[str, ...], caption: str = "") -> Table:
    return Table(rows=tuple(tuple(map(text, row)) for row in rows), caption=text(caption) if caption else None)


def document(*blocks: Block, title: str = "青山县教育局2026年工作要点") -> Document:
    numbering = tuple(
        LevelNumbering(style=parse_label_style(sample), restart=restart, run_in=at > 0)
        for at, (sample, restart) in enumerate((("一、", 0), ("（一）", 1), ("1.", 0), ("（1）", 3)))
    )
    made = Document(
        title=title,
        parts=(Part(role="重点任务", blocks=blocks),),
        numbering=numbering,  # type: ignore[arg-type]
        duty_note="句末",
        layout="gb9704",
    )
    return number_document(made).value


def sample() -> Document:
    return document(
        paragraph("为办好人民满意的教育，制定本计划。"),
        section(
            Level.CHAPTER,
            "聚焦普及普惠，办好学前教育",
            "",
            section(Level.SECTION, "扩大资源", "新建公办幼儿园12所。", duty=Duty(lead=(text("学前教育股"),))),
            section(
                Level.ITEM,
                "落实政策",
                "落实“双减”要求——减轻负担……\n另起一段。",
                section(Level.SUBITEM, "保证时间", "每天两小时。"),
            ),
        ),
        table(
            ("序号", "指标", "2026年"),
            ("1", "普惠性幼儿园覆盖率", "95%"),
            ("2", "巩固率\n（九年）", ""),
            caption="表1　主要指标",
        ),
        Box(
            title=text("专栏1　学前教育工程"),
            children=(paragraph("改造园舍。"), section(Level.CHAPTER, "任务", "新建3所。")),
        ),
        Box(title=text("专栏2　教师工程"), children=(paragraph("招聘教师。"),)),
        table(("年", "数"), ("2026", "12")),
        table(("年", "数"), ("2027", "13")),
    )
