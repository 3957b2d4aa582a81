"""Random plans with everything that a document can have, for the tests of comparing. No test by itself."""

from __future__ import annotations

import base64
from random import Random
from typing import TypeAlias

from planwriter.compare.versions.told_apart import as_in_base
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine, VersionPicture, VersionTable
from planwriter.language.numerals import parse_label_style
from planwriter.model import (
    Attachment,
    Block,
    Box,
    Document,
    Duty,
    Frame,
    Image,
    Level,
    LevelNumbering,
    Merge,
    OwnNumbering,
    Paragraph,
    Part,
    Picture,
    Section,
    Table,
    Text,
)
from planwriter.plan.flow import BLANK_MARK, BLANK_RULE, CAPTION, IMPRINT, MARK, TITLE, Grid, Imprint, Plate, flow
from planwriter.plan.number import number_document

_WORDS = "学校教师课程安全食堂校车图书经费督导改革质量评价数字素养体育美育劳动家长社区幼儿园普通高中职业教育特殊群体".replace(
    "", " "
).split()
_FIGURES = ("3所", "95%", "1.2万人次", "2026年3月5日", "2026年", "《校园食品安全守则》", "不低于30%", "500万元")
_UNITS = ("基础教育股", "安全办", "财务股", "人事股")
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_IMAGE = Image(data=_PIXEL, form="png", width=1, height=1)
_SAMPLES = (
    ("一、", "（一）", "1.", "（1）"),
    ("第一章", "第一条", "1.", "（1）"),
    ("一、", "（一）", "1、", "①"),
    ("（一）", "1.", "（1）", "①"),
)


def random_document(seed: int) -> Document:
    """The numbered document of a seed."""
    return _Maker(Random(seed)).document()


class _Maker:
    def __init__(self, random: Random) -> None:
        self.random = random

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def words(self, least: int = 2, most: int = 8) -> str:
        return "".join(self.random.choice(_WORDS) for _ in range(self.random.randint(least, most)))

    def sentence(self) -> str:
        parts = [self.words() for _ in range(self.random.randint(1, 3))]
        if self.chance(0.6):
            parts.insert(self.random.randint(0, len(parts)), self.random.choice(_FIGURES))
        return "，".join(parts) + self.random.choice("。。。；")

    def prose(self) -> str:
        first = self.random.choice(("", "", "", "", "一是", "（略）", "2026年", "3所学校"))
        return first + "".join(self.sentence() for _ in range(self.random.randint(1, 4)))

    def text(self, value: str) -> Text:
        return Text(value=value)

    def maybe(self, share: float, value: str) -> Text | None:
        return self.text(value) if self.chance(share) else None

    def duty(self) -> Duty | None:
        if self.chance(0.6):
            return None
        lead = tuple(self.text(each) for each in self.random.sample(_UNITS, self.random.randint(1, 2)))
        support = (self.text("办公室"),) if self.chance(0.3) else ()
        return Duty(lead=lead, support=support, deadline=self.maybe(0.3, "2026年12月"))

    def table(self) -> Table:
        columns, rows = self.random.randint(1, 4), self.random.randint(2, 5)
        cells = [[self.text(self.words(1, 5) if self.chance(0.9) else "") for _ in range(columns)] for _ in range(rows)]
        cells[0] = [self.text(f"栏{at}") for at in range(columns)]
        merges: tuple[Merge, ...] = ()
        if columns > 2 and rows > 3 and self.chance(0.5):
            merges = (Merge(2, 0, 2, 1),)
            cells[3][0] = self.text("")
        return Table(
            rows=tuple(map(tuple, cells)),
            caption=self.maybe(0.7, f"表{self.random.randint(1, 9)} {self.words()}"),
            merges=merges,
        )

    def leaf(self) -> Block:
        kind = self.random.random()
        if kind < 0.2:
            return self.table()
        if kind < 0.25:
            return Picture(file="图片/校园.png", image=_IMAGE, caption=self.maybe(0.7, f"图1 {self.words()}"))
        return Paragraph(text=self.text(self.prose()), duty=self.duty())

    def blocks(self, above: int = 0) -> tuple[Block, ...]:
        made: list[Block] = []
        for _ in range(self.random.randint(1 if above < 2 else 0, 4 - above)):
            if self.chance(0.25):
                made.append(self.leaf())
            if self.chance(0.1):
                made.append(
                    Box(title=self.text(f"专栏：{self.words()}"), children=self.blocks(max(above, 2)) or (self.leaf(),))
                )
            level = self.random.randint(above + 1, min(above + 2, 4))
            made.append(self.section(level))
        return tuple(made)

    def section(self, level: int) -> Section:
        titled = self.chance(0.75) or level == 1
        text = (
            "\n".join(self.prose() for _ in range(self.random.randint(1, 2))) if self.chance(0.7) or not titled else ""
        )
        own = OwnNumbering(unnumbered=True) if self.chance(0.05) else None
        return Section(
            level=Level(level),
            title=self.text(self.words()) if titled else None,
            text=self.text(text) if text else None,
            children=self.blocks(level) if level < 4 else (),
            duty=self.duty(),
            numbering=own,
            run_in=self.chance(0.5) if self.chance(0.2) else None,
        )

    def frame(self) -> Frame | None:
        if self.chance(0.3):
            return None
        several = self.chance(0.3)
        issuers = ("青山县教育局", "青山县财政局", "青山县公安局")[: self.random.randint(2, 3) if several else 1]
        return Frame(
            form=self.random.choice(("通知", "直发")),
            head=self.random.choice(("印制", "留空", "无")),
            issuers=tuple(self.text(f"{each}文件") for each in issuers),
            number=self.maybe(0.8, "青教发〔2026〕3号"),
            approvers=tuple(self.text(each) for each in ("甲某某", "乙某某", "丙某某")[: self.random.randint(0, 3)]),
            classification=self.maybe(0.2, "机密★1年"),
            urgency=self.maybe(0.2, "特急"),
            copy_number=self.maybe(0.2, "000012"),
            recipients=tuple(self.text(each) for each in ("各中小学", "各幼儿园")[: self.random.randint(0, 2)]),
            notice_title=self.text("青山县教育局关于印发2026年工作要点的通知"),
            notice_body=self.text("现将《青山县教育局2026年工作要点》印发给你们，请认真贯彻执行。\n特此通知。"),
            lists_attachments=self.chance(0.7),
            listed_in_notice=self.chance(0.3),
            body_attached=self.chance(0.5),
            signatures=tuple(self.text(each) for each in issuers),
            date=self.maybe(0.9, "2026年3月5日"),
            sealed=self.chance(0.5),
            note=self.maybe(0.5, "此件公开发布"),
            copies=tuple(self.text(each) for each in ("县委办", "县政府办")[: self.random.randint(0, 2)]),
            printer=self.maybe(0.8, "青山县教育局办公室"),
            print_date=self.maybe(0.7, "2026年3月6日"),
        )

    def document(self) -> Document:
        sample = self.random.choice(_SAMPLES)
        numbering = tuple(
            LevelNumbering(
                style=parse_label_style(each), restart=self.random.choice((at, max(at - 1, 0))), run_in=at > 0
            )
            for at, each in enumerate(sample)
        )
        attachments = tuple(
            Attachment(title=self.text(self.words()), blocks=self.blocks(2) or (self.table(),))
            for _ in range(self.random.choice((0, 0, 1, 2)))
        )
        made = Document(
            title=self.random.choice(
                ("青山县教育局2026年工作要点", "青山县推进义务教育优质均衡发展三年行动计划（2026—2028年）")
            ),
            label=self.random.choice(("", "", "附件2")),
            preface=tuple(Paragraph(text=self.text(self.prose())) for _ in range(self.random.randint(0, 2))),
            parts=(Part(role="重点任务", blocks=self.blocks()),),
            closing=tuple(Paragraph(text=self.text(self.prose())) for _ in range(self.random.randint(0, 1))),
            attachments=attachments,
            frame=self.frame(),
            numbering=numbering,  # type: ignore[arg-type]
            native_numbering=self.chance(0.3),
            duty_note=self.random.choice(("句末", "句末", "附表")),
            layout="gb9704",
        )
        return number_document(made).value


def seen(document: Document) -> PlanVersion:
    """What a reader sees of a document, counted out here once more, without the modules that are tested."""
    items: list[VersionItem] = []
    for item in flow(document):
        if isinstance(item, Grid):
            width = max(map(len, item.rows))
            rows = tuple((*row, *[""] * (width - len(row))) for row in item.rows)
            items.append(VersionTable(rows=rows, merges=item.merges))
        elif isinstance(item, Imprint):
            items += [VersionLine(role=IMPRINT, text=line) for line in item.lines if line.strip()]
        elif isinstance(item, Plate):
            items.append(VersionPicture(text=item.text))
            items += [VersionLine(role=CAPTION, text=item.caption)] if item.caption else []
        elif item.role == MARK and "\n" in item.text:
            names = [*item.runs[0].text.split("\n"), item.runs[1].text]
            items += [VersionLine(role=MARK, text=name) for name in names]
        elif item.text.strip() and item.role not in (BLANK_MARK, BLANK_RULE):
            label = item.section.label if item.section is not None else ""
            level = item.section.level if item.section is not None else 0
            text = item.text.removeprefix(label)
            items.append(VersionLine(role=item.role, text=text, label=label, level=level, boxed=item.boxed))
    return PlanVersion(name="提纲.yaml", items=tuple(items))


Shown: TypeAlias = tuple[object, ...]


def shown(version: PlanVersion, like: PlanVersion | None = None) -> list[Shown]:
    """What is compared of a version's items; with `like` told apart as those of that version, if there are as many."""
    items = version.items
    if like is not None and len(like.items) == len(items):
        items = tuple(map(as_in_base, items, like.items))
    return [_shown(each) for each in items]


def _shown(item: VersionItem) -> Shown:
    if isinstance(item, VersionLine):
        text = item.text.replace("\n", "") if item.role == TITLE else item.text
        return (item.role, item.label, text, int(item.level), item.boxed, item.look)
    if isinstance(item, VersionTable):
        return (item.rows, tuple(sorted(item.merges)), item.look)
    return (" ".join(item.text.split()),)
