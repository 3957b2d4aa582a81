"""An outline as the YAML that a person would have typed; reading it gives the outline again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from planwriter.findings.finding import Span
from planwriter.importing.quoting import flow_list, flow_text, line_text, name_list
from planwriter.language import regions
from planwriter.language.figures import AFTER
from planwriter.model import (
    LEVEL_WORDS,
    Attachment,
    Block,
    Box,
    Duty,
    Figure,
    Frame,
    LevelNumbering,
    Numbering,
    Outline,
    OwnNumbering,
    Paragraph,
    Part,
    Picture,
    Region,
    Rewrite,
    Section,
    Share,
    Table,
    Target,
    Text,
    Use,
)
from planwriter.outline.kind import Kind
from planwriter.source.keys import RESTARTS

Notes = Mapping[object, str]
"""What is to be checked (待核), by the outermost key that it is about, or by the number of a line of the source."""
_NO_NOTES: Notes = {}


Remarks = Mapping[Span, str]
"""What stands in 备注, which is not printed, by the origin of the block."""
_NO_REMARKS: Remarks = {}


def outline_yaml(outline: Outline, kind: Kind, notes: Notes = _NO_NOTES, remarks: Remarks = _NO_REMARKS) -> str:
    """The YAML of an outline of that kind, with a comment (# 待核：……) above each place that `notes` names.

    What the outline has from its workspace and its kind is left out, as are values that YAML cannot hold: the merged cells
    of a typed table, labels of attachments, findings.
    """
    return "".join(f"{line}\n" for line in _Writer(notes, remarks).outline(outline, kind))


def blocks_yaml(blocks: Iterable[Block], remarks: Remarks = _NO_REMARKS) -> list[str]:
    """The lines of blocks as items of a list, for a place in an outline that is there already."""
    writer = _Writer(_NO_NOTES, remarks)
    return [line for block in blocks for line in writer.block(block)]


class _Writer:
    def __init__(self, notes: Notes, remarks: Remarks) -> None:
        self.notes = dict(notes)
        self.remarks = remarks

    def outline(self, outline: Outline, kind: Kind) -> Iterator[str]:
        first, last = outline.years
        yield from self.entry("文种", outline.kind)
        yield from self.entry("单位", outline.unit)
        yield from self.noted("地区", [f"地区: {_region(outline.region)}"])
        if kind.multi_year:
            yield from self.noted("起止", [f"起止: [{first}, {last}]"])
        else:
            yield from self.entry("年度", str(first))
        if outline.title is not None and not outline.title.value:
            yield from self.noted("标题", ["标题: ''"])
        yield from self.entry("标题", outline.title)
        yield from self.entry("附件标识", outline.label)
        yield from self.noted("编号", _numbering(outline.numbering, kind.numbering))
        if outline.native_numbering != kind.native_numbering:
            yield from self.entry("编号方式", "自动" if outline.native_numbering else "文本")
        yield from self.entry("责任标注", "" if outline.duty_note == kind.duty_note else outline.duty_note)
        yield from self.entry("版式", "" if outline.layout == kind.layout else outline.layout)
        yield from self.noted("库", _names("库", outline.libraries))
        yield from self.noted("可提地名", _names("可提地名", outline.places))
        yield from self.entry("上级文件", outline.superior)
        if outline.frame is not None:
            yield from self.noted("发文", ["发文:", *_indented(_frame(outline.frame))])
        if outline.targets:
            yield from self.noted("指标", ["", "指标:", *_indented(map(_target, outline.targets))])
        if outline.assertions:
            yield from self.noted(
                "核验", ["核验:", *_indented(f"- {line_text(each.value)}" for each in outline.assertions)]
            )
        yield from self.noted("导语", self.around("导语", outline.preface))
        for part in outline.parts:
            yield from self.noted(part.role, self.part(part))
        yield from self.noted("结语", self.around("结语", outline.closing))
        if outline.attachments:
            yield from self.noted("附件", ["", "附件:"])
            for attachment in outline.attachments:
                yield from _indented(self.attachment(attachment))

    def noted(self, key: object, lines: Iterable[str]) -> Iterator[str]:
        """The lines, below a comment if there is a note on their key; a blank line stays first."""
        note = self.notes.get(key)
        for line in lines:
            if note and line:
                yield f"{line[: len(line) - len(line.lstrip())]}# 待核：{note}"
                note = ""
            yield line

    def entry(self, key: str, value: Text | str | None) -> Iterator[str]:
        typed = value.value if isinstance(value, Text) else value
        if typed:
            yield from self.noted(key, [f"{key}: {line_text(typed)}"])

    def around(self, key: str, text: Text | None) -> Iterator[str]:
        """导语 or 结语, after a blank line."""
        if text is not None:
            yield ""
            yield from _paragraphs(key, text)

    def part(self, part: Part) -> Iterator[str]:
        yield ""
        blocks = part.blocks
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            yield f"{part.role}: {line_text(blocks[0].text.value)}"
            return
        yield f"{part.role}:"
        for at, block in enumerate(blocks):
            if at and isinstance(block, Section) and block.children:
                yield ""
            yield from _indented(self.block(block))

    def block(self, block: Block) -> Iterator[str]:
        origin = getattr(block, "origin", None) or (block.text.origin if isinstance(block, Paragraph) else None)
        note = self.notes.pop(origin.pos.line, "") if origin is not None and self.notes else ""
        if note:
            yield f"# 待核：{note}"
        if isinstance(block, Paragraph):
            yield f"- {line_text(block.text.value)}"
            return
        lines = self.lines_of(block)
        yield f"- {next(lines)}"
        yield from _indented(lines)

    def lines_of(self, block: Block) -> Iterator[str]:
        """The entries of a block that is a mapping."""
        if isinstance(block, Section):
            yield _headed(LEVEL_WORDS[block.level - 1], block.title)
            yield from _own(block)
            if block.text is not None:
                yield from _paragraphs("文", block.text)
            yield from _duty(block.duty)
            if block.origin is not None and block.origin in self.remarks:
                yield f"备注: {line_text(self.remarks[block.origin])}"
            yield from self.children(block.children)
        elif isinstance(block, Use):
            yield _headed("用", block.clause)
            if block.arguments:
                yield f"参数: {_arguments(block)}"
            yield from _given("变体", block.variant)
            yield from _rewrite(block.rewrite)
            yield from _own(block)
            yield from _duty(block.duty)
        elif isinstance(block, Box):
            yield _headed("专栏", block.title)
            yield from self.children(block.children) if block.children else ["内容: []"]
        elif isinstance(block, Table):
            yield from _table(block)
            yield from _given("题", block.caption)
        elif isinstance(block, Picture):
            yield f"图: {_picture(block)}"
            yield from _given("题", block.caption)

    def children(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        if blocks:
            yield "内容:"
            for block in blocks:
                yield from _indented(self.block(block))

    def attachment(self, attachment: Attachment) -> Iterator[str]:
        if attachment.made_of and attachment.made_of == attachment.title.value:
            yield f"- {attachment.made_of}" if not attachment.label else f"- 标题: {attachment.made_of}"
        else:
            yield f"- 标题: {line_text(attachment.title.value)}"
        if attachment.label:
            yield f"  标识: {line_text(attachment.label)}"
        blocks = attachment.blocks
        if len(blocks) == 1 and isinstance(blocks[0], Table) and blocks[0].caption is None:
            yield from _indented(_table(blocks[0]))
        elif blocks:
            yield from _indented(self.children(blocks))


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" if line else "" for line in lines)


def _headed(key: str, text: Text | None) -> str:
    return f"{key}: {line_text(text.value)}" if text is not None and text.value else f"{key}:"


def _given(key: str, text: Text | None) -> Iterator[str]:
    if text is not None:
        yield f"{key}: {line_text(text.value)}"


def _paragraphs(key: str, text: Text) -> Iterator[str]:
    """A text of one paragraph on one line; a list of its paragraphs."""
    paragraphs = [line for line in text.value.split("\n") if line]
    if len(paragraphs) < 2:
        yield f"{key}: {line_text(text.value)}"
        return
    yield f"{key}:"
    yield from _indented(f"- {line_text(each)}" for each in paragraphs)


def _names(key: str, names: Iterable[Text | str]) -> Iterator[str]:
    typed = [each.value if isinstance(each, Text) else each for each in names]
    if typed:
        first, *others = name_list(typed)
        yield f"{key}:{first}"
        yield from others


def _duty(duty: Duty | None) -> Iterator[str]:
    if duty is not None:
        yield from _names("责任单位", duty.lead)
        yield from _names("配合单位", duty.support)
        yield from _given("时限", duty.deadline)


def _own(block: Section | Use) -> Iterator[str]:
    """The keys that concern this block alone."""
    if block.numbering is not None:
        yield f"编号: {_own_numbering(block.numbering)}"
    if block.run_in is not None:
        yield f"题式: {'接排' if block.run_in else '独行'}"
    if block.identifier:
        yield f"标识: {line_text(block.identifier)}"


def _rewrite(rewrite: Rewrite | None) -> Iterator[str]:
    if rewrite is None:
        return
    if rewrite.text is not None and rewrite.title is None and not rewrite.wording:
        yield from _paragraphs("改写", rewrite.text)
        return
    yield "改写:"
    yield from _indented(_given("标题", rewrite.title))
    if rewrite.text is not None:
        yield from _indented(_paragraphs("文", rewrite.text))
    if rewrite.wording:
        yield f"  条款原文: {line_text(rewrite.wording)}"


def _own_numbering(own: OwnNumbering) -> str:
    if own.unnumbered:
        return "无"
    if own.style is None:
        return str(own.start)
    sample = flow_text(_sample(own.style.before, own.style.numeral, own.style.after))
    return sample if own.start is None else f"{{式样: {sample}, 起始: {own.start}}}"


def _sample(before: str, numeral: str, after: str) -> str:
    """The first label of a style, as it is typed: the wide space behind 第一章 is not."""
    return before + numeral + after.removesuffix("\u3000")


def _numbering(numbering: Numbering, base: Numbering) -> Iterator[str]:
    """The levels that are numbered otherwise than by the kind."""
    lines = [
        f"{word}: {typed}"
        for word, level, usual in zip(LEVEL_WORDS, numbering, base, strict=True)
        if (typed := _level(level, usual))
    ]
    starts = [
        f"{word}: {level.start}"
        for word, level, usual in zip(LEVEL_WORDS, numbering, base, strict=True)
        if level.start != usual.start
    ]
    if starts:
        lines.append(f"起始: {{{', '.join(starts)}}}")
    if lines:
        yield "编号:"
        yield from _indented(lines)


def _level(level: LevelNumbering, usual: LevelNumbering) -> str:
    sample = flow_text(_sample(level.style.before, level.style.numeral, level.style.after))
    made = []
    if level.restart != usual.restart:
        made.append(f"连续: {RESTARTS[level.restart]}")
    if level.run_in != usual.run_in:
        made.append(f"题式: {'接排' if level.run_in else '独行'}")
    if level.style != usual.style:
        if not made:
            return sample
        made.insert(0, f"式样: {sample}")
    return f"{{{', '.join(made)}}}" if made else ""


def _region(region: Region) -> str:
    if not region.superior and region.level == regions.level_of(region.name):
        return line_text(region.name)
    made = [f"名称: {flow_text(region.name)}"]
    if region.level != regions.level_of(region.name):
        made.append(f"级别: {flow_text(region.level)}")
    if region.superior:
        made.append(f"上级: {flow_text(region.superior)}")
    return f"{{{', '.join(made)}}}"


def _table(table: Table) -> Iterator[str]:
    yield "表:"
    yield from _indented(f"- {flow_list([cell.value for cell in row])}" for row in table.rows)


def _picture(picture: Picture) -> str:
    if picture.file:
        return line_text(picture.file)
    made = [f"指标: {flow_list([each.value for each in picture.targets])}"] if picture.targets else []
    if picture.form:
        made.append(f"形式: {picture.form}")
    return f"{{{', '.join(made)}}}"


def _arguments(use: Use) -> str:
    made = (
        f"{flow_text(name.value)}: "
        + (flow_text(value.value) if isinstance(value, Text) else flow_list([each.value for each in value]))
        for name, value in use.arguments
    )
    return f"{{{', '.join(made)}}}"


# targets


def _target(target: Target) -> str:
    made = list(_target_entries(target))
    shown = ", ".join(f"{key}: {value}" for key, value in made)
    return f"{flow_text(target.key)}: {{{shown}}}"


def _target_entries(target: Target) -> Iterator[tuple[str, str]]:
    if target.name:
        yield "名称", flow_text(target.name)
    if target.value is not None:
        yield "数值", _figure(target.value)
    if target.unit:
        yield "单位", flow_text(target.unit)
    if target.bound:
        yield "界限", target.bound
    if target.baseline is not None:
        yield "基期", f"{{年份: {target.baseline[0]}, 数值: {_figure(target.baseline[1])}}}"
    if target.years:
        yield "分年", f"{{{', '.join(f'{year}: {_figure(figure)}' for year, figure in target.years)}}}"
    if target.yearly:
        yield "分年口径", target.yearly
    if target.shares:
        yield "分项", f"{{{', '.join(map(_share, target.shares))}}}"
    if target.formula is not None:
        yield "公式", flow_text(target.formula.value)
    if target.nature:
        yield "性质", target.nature
    if target.basis:
        yield "依据", flow_list(list(target.basis))
    duty = target.duty or Duty()
    for key, units in (("责任单位", duty.lead), ("配合单位", duty.support)):
        if units:
            names = [each.value for each in units]
            yield key, flow_text(names[0]) if len(names) == 1 else flow_list(names)
    if duty.deadline is not None:
        yield "时限", flow_text(duty.deadline.value)


def _figure(figure: Figure) -> str:
    """A figure as it is typed; a bound that was typed with it stays with it."""
    return flow_text(
        f"{figure.bound}{figure.value:f}" if figure.bound not in AFTER else f"{figure.value:f}{figure.bound}"
    )


def _share(share: Share) -> str:
    figure = flow_text(f"{share.figure.value:f}{share.unit}")
    return f"{flow_text(share.name)}: {figure}"


# frame


def _frame(frame: Frame) -> Iterator[str]:
    printed = (
        frame.issuers or frame.number or frame.approvers or frame.classification or frame.urgency or frame.copy_number
    )
    if frame.form != "通知":
        yield f"形式: {frame.form}"
    if frame.head != ("印制" if printed else "无"):
        yield f"版头: {frame.head}"
    yield from _names("发文机关", frame.issuers)
    yield from _given("文号", frame.number)
    yield from _names("签发人", frame.approvers)
    yield from _given("密级", frame.classification)
    yield from _given("紧急程度", frame.urgency)
    if frame.copy_number is not None:
        yield f"份号: '{frame.copy_number.value}'"
    yield from _names("主送", frame.recipients)
    yield from _given("通知标题", frame.notice_title)
    if frame.notice_body is not None:
        yield from _paragraphs("通知正文", frame.notice_body)
    if not frame.lists_attachments:
        yield "附件说明: 无"
    elif frame.listed_in_notice:
        yield "附件说明: 通知"
    if not frame.body_attached:
        yield "正文作为: 正文"
    if frame.signed:
        yield from _names("署名", frame.signatures)
    else:
        yield "署名: 无"
    yield from _given("成文日期", frame.date)
    if not frame.sealed:
        yield "印章: 无"
    yield from _given("附注", frame.note)
    yield from _names("抄送", frame.copies)
    yield from _given("印发机关", frame.printer)
    yield from _given("印发日期", frame.print_date)
