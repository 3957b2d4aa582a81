"""The blocks of an outline or a clause, read from their nodes: sections, uses of clauses, boxes, tables, paragraphs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from planwriter.findings.catalogue import finding, make_finding, near
from planwriter.findings.finding import Finding, Result, Span
from planwriter.model import (
    LEVEL_WORDS,
    Argument,
    Block,
    Box,
    Duty,
    Image,
    OwnNumbering,
    Paragraph,
    Picture,
    Section,
    Table,
    Text,
    Use,
)
from planwriter.outline.numbering import level_of, read_style
from planwriter.sheets.sheet import ENDINGS, Sheet, table_of
from planwriter.source import keys
from planwriter.source.load import Mapping, Node, Scalar, Sequence, kind_word
from planwriter.source.schema import check_shape, texts, word_at

OpenWorkbook: TypeAlias = Callable[[Scalar], Result[tuple[Sheet, ...] | None]]
"""Opens the workbook whose file name an outline gives; what is wrong is told at that name."""
OpenPicture: TypeAlias = Callable[[Scalar], Result[Image | None]]
"""Opens the picture whose file name an outline gives, likewise."""


def make_text(node: Scalar) -> Text:
    """The text of a scalar, with its place."""
    return Text(value=node.value, origin=node.span)


class Reader:
    """Reads blocks; what is wrong with them goes into the list it was made with."""

    def __init__(
        self,
        findings: list[Finding],
        open_workbook: OpenWorkbook | None = None,
        open_picture: OpenPicture | None = None,
    ) -> None:
        self.findings = findings
        self.open_workbook = open_workbook
        self.open_picture = open_picture
        self.identifiers: dict[str, Span] = {}

    def blocks(self, node: Node | None) -> tuple[Block, ...]:
        """The blocks of a list, or the paragraph of a text."""
        if node is None:
            return ()
        if isinstance(node, Scalar):
            return () if node.empty else (Paragraph(text=make_text(node)),)
        items = node.items if isinstance(node, Sequence) else [node]  # a block without its dash: told by its schema
        made = (self.block(item) for item in items)
        return tuple(block for block in made if block is not None)

    def block(self, node: Node) -> Block | None:
        """One block; None where it is not to be made out."""
        if isinstance(node, Scalar):
            return Paragraph(text=make_text(node)) if node.value and not node.empty else None
        if isinstance(node, Sequence):
            advice = "检查“- ”前面的缩进；文字以“[”开头时要加引号。"
            self.add("PW203", node, key="内容", expected="一段文字或一块", found=kind_word(node), advice=advice)
            return None
        heads = [key for key in node.entries if key in keys.BLOCK_HEADS]
        if not heads:
            first = next(iter(node.keys.values()), None)
            self.findings.append(finding("PW224", first.span if first else node.span))
            return None
        if len(heads) > 1:
            place = node.keys[heads[1]].span
            self.findings.append(finding("PW223", place, first=heads[0], second=heads[1]))
        head = heads[0]
        if head in LEVEL_WORDS:
            return self.section(node, head)
        if head == "用":
            return self.use(node)
        if head == "图":
            return self.picture(node)
        return self.box(node) if head == "专栏" else self.table(node)

    def section(self, node: Mapping, head: str) -> Section:
        """A 章, 节, 条 or 款."""
        return self.section_of(check_shape(node, keys.SECTION, f"“{head}”这一块", self.findings), node, head)

    def section_of(self, got: dict[str, Node], node: Mapping, head: str) -> Section:
        """A section made of values whose shapes are checked already."""
        title = got.get("title")
        made = Section(
            level=level_of(head),
            title=make_text(title) if isinstance(title, Scalar) else None,
            text=self.joined(got.get("text"), "文"),
            children=self.blocks(got.get("children")),
            duty=self.duty(got),
            numbering=self.numbering(got.get("numbering")),
            run_in=self.run_in(got),
            identifier=self.identifier(got),
            origin=node.keys[head].span,
        )
        known_bad = node.torn or any(key in node.entries for key in ("文", "内容"))
        if made.title is None and made.text is None and not made.children and not known_bad:
            self.findings.append(finding("PW215", node.keys[head].span, level=head))
        return made

    def use(self, node: Mapping) -> Use | None:
        """A use of a clause; None where it names none."""
        before = len(self.findings)
        got = check_shape(node, keys.USE, "“用”这一块", self.findings)
        given = got.get("arguments")
        broken = node.torn or len(self.findings) > before or (isinstance(given, Mapping) and given.torn)
        clause = got.get("clause")
        if not isinstance(clause, Scalar):
            if node.entries.get("用") is not None and isinstance(node.entries["用"], Scalar):
                self.add(
                    "PW203",
                    node.keys["用"],
                    key="用",
                    expected="条款的编号",
                    found="空的",
                    advice="planwriter clauses 列出全部条款。",
                )
            return None
        return Use(
            clause=make_text(clause),
            arguments=self.arguments(got.get("arguments")),
            variant=self.text(got.get("variant")),
            duty=self.duty(got),
            numbering=self.numbering(got.get("numbering")),
            run_in=self.run_in(got),
            identifier=self.identifier(got),
            broken=broken,
            origin=node.keys["用"].span,
        )

    def arguments(self, node: Node | None) -> tuple[tuple[Text, Argument], ...]:
        """The arguments of a use, in the order typed."""
        made: list[tuple[Text, Argument]] = []
        for name, value in node.entries.items() if isinstance(node, Mapping) else ():
            key = make_text(node.keys[name]) if isinstance(node, Mapping) else Text(value=name)
            if isinstance(value, Scalar):
                made.append((key, make_text(value)))
            elif isinstance(value, Sequence):
                made.append((key, tuple(make_text(item) for item in texts(value, self.findings, name))))
            else:
                self.add(
                    "PW203", value, key=name, expected="文字或数", found=kind_word(value), advice="每个参数写一个值。"
                )
        return tuple(made)

    def box(self, node: Mapping) -> Box | None:
        """A 专栏."""
        got = check_shape(node, keys.BOX, "“专栏”这一块", self.findings)
        title = self.text(got.get("title"))
        if title is None:
            return None
        return Box(title=title, children=self.blocks(got.get("children")), origin=node.keys["专栏"].span)

    def table(self, node: Mapping) -> Table | None:
        """A 表; every row has as many cells as the first."""
        got = check_shape(node, keys.TABLE, "“表”这一块", self.findings)
        return self.table_of(got, node.keys["表"].span, self.text(got.get("caption")))

    def table_of(self, got: dict[str, Node], origin: Span, caption: Text | None) -> Table | None:
        """The table of checked values: a list of rows, or the sheet of a workbook; None where there is none."""
        rows = got.get("rows")
        sheet = got.get("sheet")
        if isinstance(rows, Scalar) and not rows.empty:
            return self.table_in(rows, sheet if isinstance(sheet, Scalar) else None, caption)
        if isinstance(sheet, Scalar):
            self.add(
                "PW203",
                sheet,
                key="工作表",
                expected="工作簿里一张表的名字",
                found="表没有取自工作簿",
                advice="删去“工作表”，或写“表: 文件.xlsx”。",
            )
        return self.rows_of(rows, origin, caption) if isinstance(rows, Sequence) else None

    def table_in(self, file: Scalar, wanted: Scalar | None, caption: Text | None) -> Table | None:
        """The table in a workbook: of the sheet that is named, else of the first that holds anything."""
        sheets = self.sheets_of(file)
        if sheets is None:
            return None
        if wanted is not None:
            named = self.sheet_named(wanted, file, sheets)
            if named is None:
                return None
            chosen = [named]
        else:
            chosen = [sheet for sheet in sheets if table_of(sheet).rows]
        made = table_of(chosen[0]) if chosen else None
        if made is None or not made.rows:
            self.findings.append(
                finding("PW122", file.span, file=file.value, what="没有内容", advice="填好表再生成；隐藏的行和列不算。")
            )
            return None
        source, (down, along) = chosen[0].source, made.places
        rows = tuple(
            tuple(Text(value=cell, origin=source.span(row, column)) for cell, column in zip(cells, along, strict=True))
            for cells, row in zip(made.rows, down, strict=True)
        )
        own = Text(value=made.title, origin=source.span(0, 0)) if made.title else None
        return Table(rows=rows, merges=made.merges, caption=caption or own, origin=file.span)

    def sheet_named(self, wanted: Scalar, file: Scalar, sheets: tuple[Sheet, ...]) -> Sheet | None:
        """The sheet of that name; None, and a finding, where the workbook has none."""
        chosen = next((sheet for sheet in sheets if sheet.name == wanted.value), None)
        if chosen is None:
            advice = near(wanted.value, tuple(sheet.name for sheet in sheets), what="里面有")
            self.findings.append(
                finding("PW122", wanted.span, file=file.value, what=f"没有工作表“{wanted.value}”", advice=advice)
            )
        return chosen

    def sheets_of(self, file: Scalar, key: str = "表", expected: str = "一行一行的列表") -> tuple[Sheet, ...] | None:
        """The sheets of a workbook that is named in the outline under `key`; None where it cannot be read."""
        if self.open_workbook is None:
            self.add(
                "PW203",
                file,
                key="表",
                expected="一行一行的列表",
                found=f"“{file.value}”",
                advice="条款里的表要写成一行一行的列表，不能取自工作簿。",
            )
            return None
        if not file.value.lower().endswith(ENDINGS):
            self.add(
                "PW203",
                file,
                key=key,
                expected=f"{expected}，或工作簿的文件名",
                found=f"“{file.value}”",
                advice="工作簿的文件名以 .xlsx 或 .csv 结尾。",
            )
            return None
        opened = self.open_workbook(file)
        self.findings += opened.findings
        return opened.value

    def rows_of(self, rows_node: Sequence, origin: Span, caption: Text | None) -> Table | None:
        """The table of a list of rows; None where it holds none."""
        rows: list[tuple[Text, ...]] = []
        for item in rows_node.items:
            cells = tuple(self.cells(item))
            if rows and len(cells) != len(rows[0]):
                expected, found = f"每行{len(rows[0])}格（与首行一样）", f"{len(cells)}格"
                self.add(
                    "PW203", item, key="表", expected=expected, found=found, advice='补上空格子 ""，或删去多余的。'
                )
                continue
            rows.append(cells)
        if not rows or not rows[0]:
            return None
        return Table(rows=tuple(rows), caption=caption, origin=origin)

    def cells(self, node: Node) -> list[Text]:
        """The cells of a row."""
        if not isinstance(node, Sequence):
            self.add(
                "PW203",
                node,
                key="表",
                expected="一行，例如 - [序号, 任务, 单位]",
                found=kind_word(node),
                advice="每一行写成一个方括号列表。",
            )
            return []
        cells = []
        for item in node.items:
            if isinstance(item, Scalar):
                cells.append(Text(value="" if item.empty else item.value, origin=item.span))
            else:
                self.add("PW203", item, key="表", expected="文字", found=kind_word(item), advice="一格只写文字或数。")
                cells.append(Text(value="", origin=item.span))
        return cells

    def picture(self, node: Mapping) -> Picture | None:
        """A 图."""
        got = check_shape(node, keys.PICTURE, "“图”这一块", self.findings)
        return self.picture_of(got.get("picture"), node.keys["图"].span, self.text(got.get("caption")))

    def picture_of(self, node: Node | None, origin: Span, caption: Text | None = None) -> Picture | None:
        """The picture of a checked value: a chart of targets, or a file; None where there is none."""
        if isinstance(node, Scalar):
            return self.picture_in(node, caption)
        if not isinstance(node, Mapping):
            return None
        got = check_shape(node, keys.CHART, "图", self.findings)
        return Picture(
            targets=self.units(got.get("targets"), "指标"),
            form=word_at(got, "form"),
            caption=caption or self.text(got.get("caption")),
            origin=origin,
        )

    def picture_in(self, file: Scalar, caption: Text | None) -> Picture | None:
        """The picture in a file; None where it cannot be read."""
        if file.empty:
            return None
        if self.open_picture is None:
            self.add(
                "PW203",
                file,
                key="图",
                expected="{指标: [……]}",
                found=f"“{file.value}”",
                advice="条款里的图只能由指标画成，不能取自文件。",
            )
            return None
        opened = self.open_picture(file)
        self.findings += opened.findings
        if opened.value is None:
            return None
        return Picture(file=file.value, image=opened.value, caption=caption, origin=file.span)

    def duty(self, got: dict[str, Node]) -> Duty | None:
        """Who answers for a block, from its checked values."""
        lead = self.units(got.get("lead"), "责任单位")
        support = self.units(got.get("support"), "配合单位")
        deadline = self.text(got.get("deadline"))
        return Duty(lead=lead, support=support, deadline=deadline) if lead or support or deadline else None

    def units(self, node: Node | None, key: str) -> tuple[Text, ...]:
        """The units named in a text or a list."""
        return tuple(make_text(item) for item in texts(node, self.findings, key)) if node is not None else ()

    def identifier(self, got: dict[str, Node]) -> str:
        """The 标识 of a block, each used once."""
        name = word_at(got, "identifier")
        if name:
            place = got["identifier"].span
            first = self.identifiers.setdefault(name, place)
            if first is not place:
                self.findings.append(finding("PW219", place, related=((first.pos, "先用在这里"),), name=name))
        return name

    def numbering(self, node: Node | None) -> OwnNumbering | None:
        """A block's own numbering: 无, a number, a label's form, or a mapping of both."""
        if isinstance(node, Scalar):
            if node.value in ("无", "不编号", "否"):
                return OwnNumbering(unnumbered=True)
            if node.value.isascii() and node.value.isdigit():
                if 1 <= int(node.value[:9]) <= 9999:
                    return OwnNumbering(start=int(node.value))
                self.add("PW204", node, key="编号", value=node.value, allowed="1 到 9999 的整数，或编号的样子")
                return None
            style = read_style(node, self.findings)
            return OwnNumbering(style=style) if style else None
        if not isinstance(node, Mapping):
            return None
        got = check_shape(node, keys.BLOCK_NUMBERING, "编号", self.findings)
        sample = got.get("style")
        return OwnNumbering(
            start=int(word_at(got, "start")) if word_at(got, "start") else None,
            style=read_style(sample, self.findings) if isinstance(sample, Scalar) else None,
        )

    def run_in(self, got: dict[str, Node]) -> bool | None:
        """True for 接排, False for 独行, None where the block does not say."""
        style = word_at(got, "title_style")
        return style == "接排" if style else None

    def text(self, node: Node | None) -> Text | None:
        """The text of a scalar, if it is one."""
        return make_text(node) if isinstance(node, Scalar) and not node.empty else None

    def joined(self, node: Node | None, key: str) -> Text | None:
        """The paragraphs of a text, or of a list of texts, as one text."""
        if node is None:
            return None
        if isinstance(node, Scalar):
            return self.text(node)
        scalars = texts(node, self.findings, key)
        if not scalars:
            return None
        return Text(value="\n".join(scalar.value for scalar in scalars), origin=node.span)

    def add(self, code: str, node: Node, **values: object) -> None:
        """Adds a finding at `node`."""
        self.findings.append(make_finding(code, node.span, values))
