"""From an outline to a document: clauses resolved, their parameters checked, every text filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from planwriter import regions
from planwriter.charts import series_of, shown_targets
from planwriter.diagnostics import MAX_FINDINGS, Finding, Pos, Result, Span
from planwriter.fill import Fault, Marks, Table, expressions_of, fill, split
from planwriter.kind import Kind
from planwriter.library import Clause
from planwriter.messages import finding, make_finding, near, nearest
from planwriter.model import (
    Argument,
    Attachment,
    Block,
    Box,
    Document,
    Duty,
    Filling,
    Frame,
    Outline,
    Paragraph,
    Part,
    Picture,
    Region,
    Section,
    Target,
    Text,
    Use,
)
from planwriter.model import Table as TableBlock
from planwriter.parameters import argument_value
from planwriter.tables import target_table, task_table
from planwriter.targets import NO_VALUE, TargetTable, complete_targets
from planwriter.wording import check_marks

MAX_USES = 5_000
MAX_CLAUSE_DEPTH = 16
MAX_CHARACTERS = 5_000_000
MAX_EXPRESSIONS = 2_000
MAX_ARGUMENT = 10_000
MAX_MEANT = 200

FindClause: TypeAlias = Callable[[str], Clause | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The clauses in reach: how to find one, and the identifiers of all (asked for only when one is not found)."""

    find: FindClause
    identifiers: Callable[[], tuple[str, ...]]
    unread: Callable[[str], bool] = lambda identifier: False
    """True where a clause of that identifier may stand in what could not be parsed, which has a finding of its own."""


EMPTY_SHELF = Shelf(find=lambda identifier: None, identifiers=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A document without its numbers, and which targets it cites."""

    document: Document
    cited_targets: frozenset[str]
    targets: tuple[Target, ...] = ()
    """The targets with every value there is."""


@dataclass(slots=True)
class _Scope:
    """What a text is filled from, and the chain of clauses it stands in."""

    names: dict[str, object]
    chain: tuple[str, ...] = ()
    use: Use | None = None


def base_names(unit: str, region: Region, years: tuple[int, int]) -> dict[str, object]:
    """The names every text may use: 单位 地区 级别 上级 年度 上年 起年 止年 全域 我域 党委 政府."""
    words = regions.LEVELS.get(region.level, regions.LEVELS["县"])
    first, last = years
    return {
        "单位": unit,
        "地区": region.name,
        "级别": region.level,
        "上级": region.superior,
        "年度": str(first),
        "上年": str(first - 1),
        "起年": str(first),
        "止年": str(last),
        "全域": words.whole,
        "我域": words.ours,
        "党委": words.committee,
        "政府": words.government,
    }


def compose_outline(outline: Outline, kind: Kind, shelf: Shelf = EMPTY_SHELF) -> Result[Composed]:
    """The document of an outline, its labels still empty, with every finding on clauses, names and targets.

    Where a text cannot be filled the place stays empty and a finding (an error) says why.
    """
    return _Composer(outline, kind, shelf).compose()


class _Composer:
    def __init__(self, outline: Outline, kind: Kind, shelf: Shelf) -> None:
        self.outline = outline
        self.kind = kind
        self.shelf = shelf
        self.findings: list[Finding] = []
        self.cited: set[str] = set()
        self.keys = {target.key for target in outline.targets}
        self.meant: set[str] = set()
        self.odd_keys = [key for key in self.keys if not re.fullmatch(r"\w+", key)]
        self.used: list[str] = []
        self.placed: set[str] = set()
        self.faults = 0
        self.characters = 0
        self.expressions: set[str] = set()
        self.targets: dict[str, Target] = {}
        self.is_full = False

    def compose(self) -> Result[Composed]:
        outline = self.outline
        targets = complete_targets(outline.targets)
        self.findings += targets.findings
        self.targets = {target.key: target for target in targets.value}
        names = base_names(outline.unit, outline.region, outline.years)
        names["指标"] = TargetTable(targets.value, self.cited.add)
        if outline.row is not None:
            names["行"] = Table("行", {name: cell.value for name, cell in outline.row})
        scope = _Scope(names)
        title = self.title(scope)
        parts = tuple(self.part(part, scope) for part in outline.parts)
        document = Document(
            title=title,
            preface=self.paragraphs(outline.preface, scope),
            parts=parts,
            closing=self.paragraphs(outline.closing, scope),
            attachments=tuple(self.attachment(each, scope, targets.value, parts) for each in outline.attachments),
            frame=self.frame(outline.frame, title, scope) if outline.frame else None,
            numbering=outline.numbering,
            native_numbering=outline.native_numbering,
            duty_note=outline.duty_note,
            layout=outline.layout,
            targets=targets.value,
        )
        for expression in (*(target.formula for target in outline.targets), *outline.assertions):
            if expression:
                self.count_as_cited(expression.value)
        composed = Composed(document=document, cited_targets=frozenset(self.cited), targets=targets.value)
        return Result(composed, tuple(self.findings))

    def title(self, scope: _Scope) -> str:
        """The title given, or that of the kind; none for an extract, whose numbers (起始) go on from an earlier page."""
        if self.outline.title is None and any(level.start > 1 for level in self.outline.numbering):
            return ""
        return self.fill(self.outline.title or self.kind.title, scope).value.replace("\n", "")

    def part(self, part: Part, scope: _Scope) -> Part:
        return replace(part, blocks=self.blocks(part.blocks, scope, None))

    def blocks(self, blocks: tuple[Block, ...], scope: _Scope, parent: Section | None) -> tuple[Block, ...]:
        made: list[Block] = []
        for block in blocks:
            made += self.block(block, scope, parent)
        if not scope.chain:
            self.check_siblings(made, blocks, scope)
        return tuple(made)

    def check_siblings(self, made: list[Block], typed: tuple[Block, ...], scope: _Scope) -> None:
        """Under one heading stand blocks of one level; a lower one is told (once) where it was typed or used."""
        sections = [block for block in made if isinstance(block, Section)]
        odd = next((section for section in sections if section.level != sections[0].level), None)
        if odd is None:
            return
        place = odd.origin
        for block in typed:
            if isinstance(block, Use) and block.clause.value == odd.clause:
                place = block.origin
        if place is not None:
            self.add("PW228", place, scope, first=sections[0].level.word, second=odd.level.word)

    def block(self, block: Block, scope: _Scope, parent: Section | None) -> tuple[Block, ...]:
        if isinstance(block, Paragraph):
            return self.paragraphs(block.text, scope)
        if isinstance(block, Section):
            return (self.section(block, scope, parent),)
        if isinstance(block, Use):
            return self.use(block, scope, parent)
        if isinstance(block, Box):
            return (replace(block, title=self.fill(block.title, scope), children=self.blocks(block.children, scope, None)),)
        if isinstance(block, Picture):
            return (self.picture(block, scope),)
        return (self.table(block, scope),)

    def section(self, section: Section, scope: _Scope, parent: Section | None) -> Section:
        if parent is not None and section.level <= parent.level and section.origin is not None:
            place = _own_place(section.origin, parent.origin, scope)
            self.add("PW211", place, scope, inner=section.level.word, outer=parent.level.word)
        return replace(
            section,
            title=self.fill(section.title, scope) if section.title else None,
            text=self.fill(section.text, scope) if section.text else None,
            duty=self.duty(section.duty, scope),
            children=self.blocks(section.children, scope, section),
        )

    def table(self, table: TableBlock, scope: _Scope) -> TableBlock:
        rows = tuple(tuple(self.fill(cell, scope) for cell in row) for row in table.rows)
        return replace(table, rows=rows, caption=self.fill(table.caption, scope) if table.caption else None)

    def picture(self, picture: Picture, scope: _Scope) -> Picture:
        """A picture with its caption filled, and what a chart shows of its targets."""
        caption = self.fill(picture.caption, scope) if picture.caption else None
        if picture.image is not None:
            return replace(picture, caption=caption)
        for name in picture.targets:
            if name.value not in self.targets and name.origin is not None:
                self.add("PW402", name.origin, scope, name=name.value, advice=near(name.value, tuple(self.targets)))
        shown = shown_targets(tuple(self.targets.values()), tuple(name.value for name in picture.targets))
        self.cited.update(target.key for target in shown)
        series = tuple(series_of(target, self.outline.years[1]) for target in shown)
        if not picture.targets and not series and picture.origin is not None:
            advice = "写明要画的指标：图: {指标: [……]}；或给指标写“分年”。"
            self.add("PW460", picture.origin, scope, reason="没有带“分年”的指标", advice=advice)
        return replace(picture, caption=caption, series=series)

    def duty(self, duty: Duty | None, scope: _Scope) -> Duty | None:
        if duty is None:
            return None
        return Duty(
            lead=tuple(self.fill(unit, scope) for unit in duty.lead),
            support=tuple(self.fill(unit, scope) for unit in duty.support),
            deadline=self.fill(duty.deadline, scope) if duty.deadline else None,
        )

    def paragraphs(self, text: Text | None, scope: _Scope) -> tuple[Paragraph, ...]:
        if text is None:
            return ()
        filled = self.fill(text, scope)
        if filled.value and filled.value == filled.value.strip() and "\n" not in filled.value:
            return (Paragraph(text=filled),)
        filling = filled.filling or Filling(typed=filled.value)
        made, offset = [], 0
        for line in filled.value.split("\n"):
            if line.strip():
                begin = offset + len(line) - len(line.lstrip())
                part = replace(filling, offset=begin)
                made.append(Paragraph(text=Text(value=line.strip(), origin=filled.origin, filling=part)))
            offset += len(line) + 1
        return tuple(made)

    # frame and attachments

    def frame(self, frame: Frame, title: str, scope: _Scope) -> Frame:
        """The frame with its texts filled, and in place of what is not given what follows from the rest."""

        def filled(text: Text | None) -> Text | None:
            return self.fill(text, scope) if text else None

        def all_filled(texts: tuple[Text, ...]) -> tuple[Text, ...]:
            return tuple(self.fill(text, scope) for text in texts)

        def derived(value: str) -> Text:
            return Text(value=value, origin=frame.origin)

        issuers = all_filled(frame.issuers) or ((derived(self.outline.unit),) if frame.head == "印制" else ())
        names = tuple(each.value.removesuffix("文件") for each in issuers) or (self.outline.unit,)
        marked = f"《{title.replace('《', '〈').replace('》', '〉')}》"
        printer, print_date = filled(frame.printer), filled(frame.print_date)
        if frame.has_imprint:
            printer, print_date = printer or derived(f"{self.outline.unit}办公室"), print_date or filled(frame.date)
        if frame.date is None and frame.origin is not None and not frame.broken:
            self.add("PW605", frame.origin, scope)
        if frame.is_notice:
            default = f"现将{marked}印发给你们，请结合实际认真贯彻落实。"
            frame = replace(
                frame,
                notice_title=filled(frame.notice_title) or derived(f"{' '.join(names)}关于印发{marked}的通知"),
                notice_body=filled(frame.notice_body) or derived(default),
            )
        return replace(
            frame,
            issuers=issuers,
            number=filled(frame.number),
            approvers=all_filled(frame.approvers),
            recipients=all_filled(frame.recipients),
            signatures=all_filled(frame.signatures) or tuple(derived(name) for name in names),
            date=filled(frame.date),
            note=filled(frame.note),
            copies=all_filled(frame.copies),
            printer=printer,
            print_date=print_date,
        )

    def attachment(
        self, attachment: Attachment, scope: _Scope, targets: tuple[Target, ...], parts: tuple[Part, ...]
    ) -> Attachment:
        """An attachment with its texts filled, or its table made from the targets or the tasks."""
        if attachment.made_of == "指标表":
            self.cited.update(target.key for target in targets)
            return replace(attachment, blocks=(target_table(targets),))
        if attachment.made_of:
            return replace(attachment, blocks=(task_table(parts),))
        title = self.fill(attachment.title, scope)
        return replace(attachment, title=title, blocks=self.blocks(attachment.blocks, scope, None))

    # clauses

    def use(self, use: Use, scope: _Scope, parent: Section | None) -> tuple[Block, ...]:
        identifier = use.clause.value
        place = use.origin or self.outline.origin
        assert place is not None
        if identifier in scope.chain:
            chain = " → ".join((*scope.chain[scope.chain.index(identifier) :], identifier))
            self.add("PW307", use.clause.origin or place, scope, chain=chain)
            return ()
        if self.is_full:
            return ()
        if len(self.used) >= MAX_USES or len(scope.chain) >= MAX_CLAUSE_DEPTH:
            if len(self.used) == MAX_USES or len(scope.chain) >= MAX_CLAUSE_DEPTH:
                deep = len(self.used) < MAX_USES
                what, limit = ("条款套条款", f"{MAX_CLAUSE_DEPTH} 层") if deep else ("引用条款", f"{MAX_USES} 次")
                self.add("PW311", place, scope, what=what, limit=limit)
                self.used.append(identifier)
            return ()
        clause = self.shelf.find(identifier)
        if clause is None:
            advice = near(identifier, self.shelf.identifiers())
            if not self.shelf.unread(identifier):
                self.add("PW301", use.clause.origin or place, scope, clause=identifier, advice=advice)
            for _, argument in use.arguments:  # for what they cite
                self.argument(argument, scope)
            return ()
        self.used.append(identifier)
        self.check_fit(clause, use, scope)
        names = {**scope.names, "参数": Table("参数", self.arguments(clause, use, scope))}
        inner = _Scope(names, (*scope.chain, identifier), scope.use or use)
        if identifier not in self.placed:
            self.placed.add(identifier)
            self.check_places(clause, inner)
        made = self.block(self.chosen(clause, use, scope), inner, parent)
        if made and all(isinstance(block, Paragraph) for block in made):  # who answers stands at the end of the last
            return (*made[:-1], self.overridden(made[-1], use, identifier, scope))
        return tuple(self.overridden(block, use, identifier, scope) for block in made)

    def overridden(self, block: Block, use: Use, identifier: str, scope: _Scope) -> Block:
        """What the place of use says over the clause: who answers for it, its number, how its title stands."""
        if isinstance(block, Paragraph):
            return replace(block, duty=self.duty(use.duty, scope))
        if not isinstance(block, Section):
            return block
        return replace(
            block,
            duty=self.duty(use.duty, scope) or block.duty,
            numbering=use.numbering or block.numbering,
            run_in=block.run_in if use.run_in is None else use.run_in,
            identifier=use.identifier or block.identifier,
            clause=identifier,
        )

    def chosen(self, clause: Clause, use: Use, scope: _Scope) -> Block:
        """The clause's block, its text that of the variant asked for."""
        if use.variant is None:
            return clause.block
        for name, text in clause.variants:
            if name == use.variant.value:
                return replace(clause.block, text=text) if isinstance(clause.block, (Section, Paragraph)) else clause.block
        advice = near(use.variant.value, tuple(name for name, _ in clause.variants))
        place = use.variant.origin or use.origin
        assert place is not None
        self.add("PW306", place, scope, clause=clause.identifier, variant=use.variant.value, advice=advice)
        return clause.block

    def check_fit(self, clause: Clause, use: Use, scope: _Scope) -> None:
        outline = self.outline
        reason = ""
        if clause.kinds and outline.kind not in clause.kinds:
            reason = f"它用于{'、'.join(clause.kinds)}"
        elif clause.levels and outline.region.level and not _level_fits(outline.region.level, clause.levels):
            reason = f"它用于{'、'.join(clause.levels)}一级"
        elif clause.validity and outline.years[0] and not clause.validity.covers_some_of(*outline.years):
            reason = f"它的有效期是 {clause.validity}"
        elif clause.years and outline.years[0] and not (clause.years[0] <= outline.years[0] and outline.years[1] <= clause.years[1]):
            reason = f"它用于 {clause.years[0]}—{clause.years[1]} 年"
        if reason and use.origin is not None:
            self.add("PW312", use.origin, scope, clause=clause.identifier, reason=reason)

    def check_places(self, clause: Clause, scope: _Scope) -> None:
        """A shared clause names neither the place nor the bureau it is used for; those of others are found when it is composed."""
        outline = self.outline
        own = [name for name in (outline.unit, outline.region.name, outline.region.superior) if len(name) > 2]
        for text in clause_texts(clause.block):
            name = next((name for name in own if name in text.value), "")
            if name and text.origin is not None:
                self.add("PW314", text.origin.find(name), scope, name=name)

    def arguments(self, clause: Clause, use: Use, scope: _Scope) -> dict[str, object]:
        """The values of the clause's parameters: given at the place of use, or their defaults."""
        given: dict[str, tuple[Text, Argument]] = {key.value: (key, value) for key, value in use.arguments}
        declared = {parameter.name: parameter for parameter in clause.parameters}
        for name, (key, _) in given.items():
            if name not in declared and key.origin is not None:
                advice = near(name, tuple(declared), what="它的参数有") if declared else "它不带参数，删去“参数”一行。"
                self.add("PW305", key.origin, scope, clause=clause.identifier, name=name, advice=advice)
        values: dict[str, object] = {}
        for name, parameter in declared.items():
            before = self.faults
            if name in given:
                key, argument = given[name]
                filled = self.argument(argument, scope)
                place = (argument.origin if isinstance(argument, Text) else None) or key.origin or use.origin
            elif parameter.default is not None:
                filled, place = self.fill(parameter.default, scope).value, parameter.default.origin
            else:
                about = f"（{parameter.about}）" if parameter.about else ""
                if use.origin is not None and not use.broken:
                    self.add("PW303", use.origin, scope, clause=clause.identifier, name=name, about=about)
                values[name] = ""
                continue
            if sum(map(len, filled)) > MAX_ARGUMENT and place is not None:
                self.add("PW311", place, scope, what=f"参数“{name}”", limit=f"{MAX_ARGUMENT} 字")
                filled = ""
            value, problem = argument_value(parameter, filled)
            values[name] = value
            if problem is not None and place is not None and self.faults == before:
                shown = filled if isinstance(filled, str) else "、".join(filled)
                self.add("PW304", place, scope, name=name, expected=problem.expected, value=shown, advice=problem.advice)
        return values

    def argument(self, argument: Argument, scope: _Scope) -> str | tuple[str, ...]:
        if isinstance(argument, Text):
            return self.fill(argument, scope).value
        return tuple(self.fill(text, scope).value for text in argument)

    # texts

    def fill(self, text: Text, scope: _Scope) -> Text:
        self.characters += len(text.value)
        if scope.chain:
            self.findings += (replace(each, related=_related(text.origin, scope)) for each in check_marks(text) if text.origin)
        if self.characters > MAX_CHARACTERS:
            self.stop(text, scope, "整份文件", f"{MAX_CHARACTERS} 字")
        if "{" not in text.value and "}}" not in text.value:
            return text
        self.expressions.update(expressions_of(text.value))
        if len(self.expressions) > MAX_EXPRESSIONS:
            self.stop(text, scope, "{{ }} 里的算式", f"{MAX_EXPRESSIONS} 个")
        if self.is_full or len(self.findings) > MAX_FINDINGS:
            return text
        if self.outline.row is not None and "行" in text.value:
            self.check_cells(text, self.outline.row)
        marks: Marks = []
        filled, faults = fill(text.value, scope.names, marks)
        if faults:
            self.faults += len(faults)
            self.count_as_cited(text.value)
        for fault in faults[:MAX_FINDINGS]:
            if not _is_told_elsewhere(fault):
                self.findings.append(_explain(fault, text, scope))
        self.characters += max(len(filled) - len(text.value), 0)
        return Text(value=filled, origin=text.origin, filling=Filling(typed=text.value, pieces=tuple(marks)) if marks else None)

    def check_cells(self, text: Text, cells: tuple[tuple[str, Text], ...]) -> None:
        """The cells of the row that a text puts in as they are: not blank, and their quotation marks Chinese ones."""
        cited = {piece.path[1] for piece in split(text.value) or () if piece.path[:1] == ("行",) and len(piece.path) == 2}
        for name, cell in cells:
            if name in cited and cell.origin is not None:
                if cell.value:
                    self.findings += check_marks(cell)
                else:
                    shown, reason = cell.origin.pos.cell, f"是空的，提纲里却写了 {{{{ 行.{name} }}}}"
                    self.findings.append(finding("PW121", cell.origin, cell=shown, reason=reason))

    def stop(self, text: Text, scope: _Scope, what: str, limit: str) -> None:
        """Says once that the document is too large; from then on no text is filled."""
        if not self.is_full and text.origin is not None:
            self.add("PW311", text.origin, scope, what=what, limit=limit)
        self.is_full = True

    def count_as_cited(self, text: str) -> None:
        """What a formula names, or a text with something wrong in it, or what was meant there, is not called uncited."""
        names = set(re.findall(r"\w+", text))
        self.cited.update(self.keys & names, (key for key in self.odd_keys if key in text))
        if "指标" not in text and "{" in text:
            return
        for name in sorted(name for name in names - self.keys - self.meant if not name[0].isdigit()):
            if len(self.meant) < MAX_MEANT:
                self.meant.add(name)
                self.cited.update(nearest(name, tuple(self.keys))[:1])

    def add(self, code: str, place: Span, scope: _Scope, **values: object) -> None:
        self.findings.append(make_finding(code, place, values, _related(place, scope)))


def _level_fits(level: str, levels: tuple[str, ...]) -> bool:
    """True where a clause for `levels` serves a region of `level`; a 县级市 is served by what serves a county or a city."""
    return level in levels or (level == "县级市" and ("市" in levels or "县" in levels))


def clause_texts(block: Block) -> Iterator[Text]:
    """The titles and texts of a clause's block."""
    if isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Section):
        yield from (text for text in (block.title, block.text) if text)
        for child in block.children:
            yield from clause_texts(child)


def _own_place(place: Span, around: Span | None, scope: _Scope) -> Span:
    """Where a block does not fit what is around it: its own place, or that of its use where the two are of two files."""
    use = scope.use
    if use is None or use.origin is None or (around is not None and around.source is place.source):
        return place
    return use.origin


def _related(place: Span, scope: _Scope) -> tuple[tuple[Pos, str], ...]:
    """For a finding inside a clause: where the outline uses it."""
    use = scope.use
    if use is None or use.origin is None or use.origin.source is place.source:
        return ()
    return ((use.origin.pos, f"提纲在这里引用了条款“{use.clause.value}”"),)


def _is_told_elsewhere(fault: Fault) -> bool:
    """True where a target has no value: that is told where the target stands."""
    missing = fault.missing
    return missing is not None and missing.scope.startswith("指标.") and missing.name == NO_VALUE


def _explain(fault: Fault, text: Text, scope: _Scope) -> Finding:
    """The finding of a fault, at the hole it stands in."""
    assert text.origin is not None
    place, at = text.origin, fault.at
    if at < 0 and fault.code != "PW311":  # the text as a whole: its first hole or statement that names what is missing
        named = re.escape(fault.missing.name) if fault.missing else ""
        statement = re.search(r"\{[{%#](?=[^}]*" + named + ")", text.value)
        at = statement.start() if statement else -1
    if at >= 0:
        place = place.within(text.value, at, at + 2)
    related = _related(place, scope)
    missing = fault.missing
    if missing is None:
        return make_finding(fault.code, place, fault.values, related)
    if missing.scope == "指标":
        return finding("PW402", place, related=related, name=missing.name, advice=near(missing.name, missing.known))
    if missing.scope.startswith("指标."):
        advice = near(missing.name, missing.known) if missing.known else "在“指标”里补上，或改这里的写法。"
        return finding("PW413", place, related=related, name=missing.scope[3:], wanted=missing.name, advice=advice)
    if missing.scope == "参数":
        name, advice = f"参数.{missing.name}", near(missing.name, missing.known, what="这个条款的参数有")
    elif missing.scope == "行":
        name, advice = f"行.{missing.name}", near(missing.name, missing.known, what="表里的列有")
    elif missing.name == "行":
        name, advice = missing.name, "这份提纲要和一张表一起排：planwriter render 提纲.yaml --each 表.xlsx；检查也一样，用 check 提纲.yaml --each 表.xlsx。"
    else:
        name, advice = missing.name, near(missing.name, missing.known or tuple(scope.names))
    return finding("PW309", place, related=related, name=name, advice=advice)


