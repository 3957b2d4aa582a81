"""From an outline to a document: inserts clauses at their places of use and fills in every text."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

from planwriter.fill.plain import NameTable
from planwriter.findings.catalogue import near
from planwriter.findings.finding import Result, Span
from planwriter.language import regions
from planwriter.model import (
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
    Table,
    Target,
    Text,
    Use,
)
from planwriter.model.memo import NO_MEMO, Memo, joined
from planwriter.model.walk import walk
from planwriter.outline.kind import Kind
from planwriter.plan.compose.texts import Effects, Scope, Texts, official_deadline
from planwriter.plan.compose.unset import unset_values
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass, replace
from planwriter.start.typing import TYPE_CHECKING, TypeAlias
from planwriter.targets.formulas import complete_targets
from planwriter.targets.values import TargetTable

if TYPE_CHECKING:
    from planwriter.clauses.bases import Basis
    from planwriter.clauses.clause import Clause
    from planwriter.plan.compose.refill import Recipe

MAX_USES = 5_000
MAX_CLAUSE_DEPTH = 16

FindClause: TypeAlias = "Callable[[str], Clause | None]"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseLookup:
    """How to find a clause, and the identifiers of all clauses, needed only if one is not found."""

    find: FindClause
    identifiers: Callable[[], tuple[str, ...]]
    all: Callable[[], Iterable[Clause]] = tuple
    """Every clause, needed only if one does not fit."""
    repealed: Callable[[], Mapping[str, Basis]] = dict
    """The laws and papers that are no longer in force from some day on, by their keys."""
    unread: Callable[[str], bool] = lambda identifier: False
    """True if the clause may be in a file that could not be parsed, which is reported separately."""
    shelf: Callable[[], object] = object
    """An object that is the same as long as the same clauses are found."""
    is_sound: Callable[[], bool] = lambda: True
    """False if a clause that was looked up had findings."""


NO_CLAUSES = ClauseLookup(find=lambda identifier: None, identifiers=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A document without labels, and the targets that it cites."""

    document: Document
    cited_targets: frozenset[str]
    targets: tuple[Target, ...] = ()
    """The targets with all typed and computed values."""


def base_names(unit: str, region: Region, years: tuple[int, int]) -> dict[str, object]:
    """The names that every text may use: 单位 地区 级别 上级 年度 上年 起年 止年 全域 我域 党委 政府.

    Without the name of the superior, 上级 is the word itself, so that 报{{ 上级 }}商务部门 reads well.
    """
    words = regions.LEVELS.get(region.level, regions.LEVELS["县"])
    first, last = years
    return {
        "单位": unit,
        "地区": region.name,
        "级别": region.level,
        "上级": region.superior or "上级",
        "年度": str(first),
        "上年": str(first - 1),
        "起年": str(first),
        "止年": str(last),
        "全域": words.whole,
        "我域": words.ours,
        "党委": words.committee,
        "政府": words.government,
    }


def compose_outline(
    outline: Outline, kind: Kind, clauses: ClauseLookup = NO_CLAUSES, memo: Memo = NO_MEMO
) -> Result[Composed]:
    """The document of an outline, its labels empty, with every finding on clauses, names and targets.

    A hole that cannot be filled stays empty and has a finding (an error).
    """
    return _Composer(outline, kind, clauses, memo).compose()


_COMPOSED = "composed"


@functools.lru_cache(maxsize=64)
def _token(values: tuple[Hashable, ...]) -> object:
    """An object that stands for these values, as a short key."""
    return object()


class _Done(NamedTuple):
    """A composed block, what it was made from, and what else that did."""

    blocks: tuple[Block, ...]
    targets: tuple[tuple[str, Target | None], ...]
    used: list[str]
    """The clauses that it uses."""
    first_uses: frozenset[str]
    """The clauses that nothing before the block had used."""
    later_uses: frozenset[str]
    noted: Effects
    is_lasting: bool
    recipe: Recipe | None
    """How to make it with other figures; None if that is not known."""


class _Cells(NameTable):
    """`行` in a template: the cells of the row; `read` is called when one is read."""

    __slots__ = ("read",)

    def __init__(self, cells: dict[str, str], read: Callable[[], None]) -> None:
        super().__init__("行", cells)
        self.read = read

    def look_up(self, name: str) -> object:
        self.read()
        return super().look_up(name)


class _Composer:
    def __init__(self, outline: Outline, kind: Kind, clauses: ClauseLookup, memo: Memo) -> None:
        self.memo = memo
        self.outline = outline
        self.kind = kind
        self.clauses = clauses
        self.texts = Texts(outline, memo)
        self.used: list[str] = []
        self.placed: set[str] = set()
        self.first_uses: list[str] = []
        self.targets: dict[str, Target] = {}
        self.around: object = None
        """Stands for what every block may depend on."""

    def compose(self) -> Result[Composed]:
        outline = self.outline
        targets = self.completed()
        self.targets = {target.key: target for target in targets}
        names = base_names(outline.unit, outline.region, outline.years)
        names["指标"] = table = TargetTable(targets, self.texts.cite, self.memo)
        around = (
            outline.kind,
            outline.unit,
            outline.region,
            outline.years,
            outline.row is None,
            table.odd,
            outline.functions,
            self.shelf(),
        )
        self.around = _token(around)
        if outline.row is not None:
            names["行"] = _Cells({name: cell.value for name, cell in outline.row}, self.texts.read_cell)
        scope = Scope(names)
        title_text = self.title(scope)
        title = title_text.value.replace("\n", "") if title_text else ""
        label = self.texts.fill(outline.label, scope) if outline.label else None
        parts = self.memo.gathered([self.part(part, scope) for part in outline.parts], outline.parts)
        self.check_parts(parts, scope)
        if self.used:
            self.check_groups(scope)
        document = Document(
            title=title,
            label=label.value if label else "",
            preface=self.paragraphs(outline.preface, scope),
            parts=parts,
            closing=self.paragraphs(outline.closing, scope),
            attachments=tuple(self.attachment(each, scope, targets, parts) for each in outline.attachments),
            frame=self.frame(outline.frame, title, scope) if outline.frame else None,
            numbering=outline.numbering,
            native_numbering=outline.native_numbering,
            duty_note=outline.duty_note,
            layout=outline.layout,
            targets=targets,
            title_text=title_text,
            label_text=label,
        )
        for expression in (*(target.formula for target in outline.targets), *outline.assertions):
            if expression:
                self.texts.count_as_cited(expression.value)
        composed = Composed(document=document, cited_targets=frozenset(self.texts.cited), targets=targets)
        return Result(composed, (*self.texts.findings, *unset_values(self.texts.unset)))

    def shelf(self) -> object:
        """Stands for the clauses that the outline may use, if it uses any and blocks are remembered."""
        outline, memo = self.outline, self.memo
        is_needed = memo.remembers_blocks and memo.once(_has_uses, *outline.parts, *outline.attachments)
        return self.clauses.shelf() if is_needed else None

    def completed(self) -> tuple[Target, ...]:
        """The targets with their computed values, and their deadlines in official form."""
        made = self.memo.once(complete_targets, self.outline.targets)
        self.texts.findings += made.findings
        return tuple(map(self.with_official_deadline, made.value))

    def with_official_deadline(self, target: Target) -> Target:
        is_dated = target.duty is not None and target.duty.deadline is not None
        return self.memo.once(_with_official_deadline, target, by=(self.memo,)) if is_dated else target

    def title(self, scope: Scope) -> Text | None:
        """The title typed, else that of the kind; None for an extract, whose numbers continue from a page before (起始)."""
        if self.outline.title is None and any(level.start > 1 for level in self.outline.numbering):
            return None
        if self.outline.title is None:  # what is not typed in the outline has no place in it
            return self.memo.once(_without_origin, self.texts.fill(self.kind.title, scope))
        return self.texts.fill(self.outline.title, scope)

    def part(self, part: Part, scope: Scope) -> Part:
        return self.memo.replaced(part, blocks=self.blocks(part.blocks, scope, None))

    def blocks(self, blocks: tuple[Block, ...], scope: Scope, parent: Section | None) -> tuple[Block, ...]:
        made: list[Block] = []
        for block in blocks:
            made += self.block(block, scope, parent)
        if not scope.chain:
            self.check_siblings(made, blocks, scope)
        # a section is composed anew only if something in it has changed
        return self.memo.gathered(made, blocks) if parent is None else joined(made, blocks)

    def check_parts(self, parts: tuple[Part, ...], scope: Scope) -> None:
        """Reports a part that begins below the level of the one before: it would seem to belong to its last chapter."""
        before: Section | None = None
        for part, typed in zip(parts, self.outline.parts, strict=True):
            tops = [block for block in part.blocks if isinstance(block, Section)]
            if before and tops and tops[0].level > before.level and _is_numbered(tops[0]) and _is_numbered(before):
                place = self.place_of(tops[0], typed.blocks)
                if place is not None:
                    advice = f"不然会接着上一{before.level.word}编号，像是它的内容：外面加一层“- {before.level.word}: {part.role}”，把这些放进它的“内容”里。"
                    self.texts.add(
                        "PW228", place, scope, first=before.level.word, second=tops[0].level.word, advice=advice
                    )
            before = tops[-1] if tops else before

    def check_siblings(self, made: list[Block], typed: tuple[Block, ...], scope: Scope) -> None:
        """Reports, once, a block below the level of its siblings, at the place where it was typed or used."""
        sections = [block for block in made if isinstance(block, Section)]
        odd = next((section for section in sections if section.level != sections[0].level), None)
        if odd is None:
            return
        place = self.place_of(odd, typed)
        if place is not None:
            advice = "同一个标题下面用同一级；要分层的，把低一级的放进“内容”里。"
            self.texts.add("PW228", place, scope, first=sections[0].level.word, second=odd.level.word, advice=advice)

    def place_of(self, section: Section, typed: tuple[Block, ...]) -> Span | None:
        """The place where a section was typed, or of its use among the blocks `typed`."""
        uses = (block.origin for block in typed if isinstance(block, Use) and block.clause.value == section.clause)
        return next(uses, section.origin)

    def block(self, block: Block, scope: Scope, parent: Section | None) -> tuple[Block, ...]:
        """What a block is composed to: the same as in the document before, if nothing that it was made from has changed."""
        if scope.chain or not self.memo.remembers_blocks:
            return self.made(block, scope, parent)
        by = (_COMPOSED, self.around)
        return self.memo.once_while(
            lambda before: (before and self.refilled(before, scope)) or self.done(block, scope, parent),
            self.again,
            block,
            parent,
            by=by,
        ).blocks

    def done(self, block: Block, scope: Scope, parent: Section | None) -> _Done:
        """Composes a block, and notes what it was made from and what else that did."""
        from planwriter.plan.compose.refill import FillTrace, recipe_of

        uses, first_uses, trace = len(self.used), len(self.first_uses), FillTrace()
        blocks, noted = self.texts.noted(lambda: self.made(block, scope, parent), trace)
        used, first = self.used[uses:], frozenset(self.first_uses[first_uses:])
        is_lasting = noted.is_lasting and len(self.used) < MAX_USES and (not used or self.clauses.is_sound())
        has_blocks = isinstance(block, Section | Box) and block.children != ()  # which are composed by themselves
        is_plain = is_lasting and not noted.findings and noted.cited and not has_blocks
        return _Done(
            blocks,
            self.targets_of(noted.cited),
            used,
            first,
            frozenset(used) - first,
            noted,
            is_lasting,
            recipe_of(trace, blocks, noted.characters) if is_plain else None,
        )

    def targets_of(self, keys: Iterable[str]) -> tuple[tuple[str, Target | None], ...]:
        return tuple([(key, self.targets.get(key)) for key in keys])

    def again(self, done: _Done) -> bool:
        """True if a block composed before would be composed to the same now; then all else that this did is done again."""
        for key, target in done.targets:
            if self.targets.get(key) is not target:
                return False
        return self.repeat(done, done.noted)

    def repeat(self, done: _Done, noted: Effects) -> bool:
        """Does again what composing a block did, and returns True; False, and nothing is done, if it might do something else."""
        if not done.is_lasting:
            return False
        if not done.used:
            return self.texts.repeat(noted)
        if (
            len(self.used) + len(done.used) >= MAX_USES
            or not (self.placed.isdisjoint(done.first_uses) and self.placed.issuperset(done.later_uses))
            or not self.texts.repeat(noted)
        ):
            return False
        self.used += done.used
        self.first_uses += done.first_uses
        self.placed |= done.first_uses
        return True

    def refilled(self, before: _Done, scope: Scope) -> _Done | None:
        """A block composed before with other figures in its holes; None if more than these may have changed."""
        from planwriter.plan.compose.refill import refill, shown_by

        recipe = before.recipe
        shown = shown_by(recipe, scope.names) if recipe is not None else None
        made = self.memo.once(refill, recipe, by=(shown,)) if shown is not None else None
        if made is None:
            return None
        noted = before.noted.with_characters(made.characters)
        if not self.repeat(before, noted):
            return None
        _, _, used, first, later, _, _, _ = before
        return _Done(made.blocks, self.targets_of(noted.cited), used, first, later, noted, True, recipe)

    def made(self, block: Block, scope: Scope, parent: Section | None) -> tuple[Block, ...]:
        if isinstance(block, Paragraph):
            return self.paragraphs(block.text, scope)
        if isinstance(block, Section):
            return (self.section(block, scope, parent),)
        if isinstance(block, Use):
            return self.use(block, scope, parent)
        if isinstance(block, Box):
            title = self.texts.fill(block.title, scope)
            return (self.memo.replaced(block, title=title, children=self.blocks(block.children, scope, None)),)
        if isinstance(block, Picture):
            self.texts.passing += 1  # it may show any target
            return (self.picture(block, scope),)
        return (self.table(block, scope),)

    def section(self, section: Section, scope: Scope, parent: Section | None) -> Section:
        if parent is not None and section.level <= parent.level and section.origin is not None:
            place = _own_place(section.origin, parent.origin, scope)
            self.texts.add("PW211", place, scope, inner=section.level.word, outer=parent.level.word)
        return self.memo.replaced(
            section,
            title=self.texts.fill(section.title, scope) if section.title else None,
            text=self.texts.fill(section.text, scope) if section.text else None,
            duty=self.texts.duty(section.duty, scope),
            children=self.blocks(section.children, scope, section),
        )

    def table(self, table: Table, scope: Scope) -> Table:
        rows = self.memo.gathered([self.texts.fill_all(row, scope) for row in table.rows], table.rows)
        caption = self.texts.fill(table.caption, scope) if table.caption else None
        return self.memo.replaced(table, rows=rows, caption=caption)

    def picture(self, picture: Picture, scope: Scope) -> Picture:
        """A picture with its caption filled in; for a chart, also the figures that it shows."""
        caption = self.texts.fill(picture.caption, scope) if picture.caption else None
        if picture.image is not None:
            return self.memo.replaced(picture, caption=caption)
        from planwriter.targets.series import series_of, shown_targets

        for name in picture.targets:
            if name.value not in self.targets and name.origin is not None:
                self.texts.add(
                    "PW402", name.origin, scope, name=name.value, advice=near(name.value, tuple(self.targets))
                )
        shown = shown_targets(tuple(self.targets.values()), tuple(name.value for name in picture.targets))
        self.texts.cited.update(target.key for target in shown)
        series = tuple(series_of(target, self.outline.years[1]) for target in shown)
        if not picture.targets and not series and picture.origin is not None:
            advice = "写明要画的指标：图: {指标: [……]}；或给指标写“分年”。"
            self.texts.add("PW460", picture.origin, scope, reason="没有带“分年”的指标", advice=advice)
        return replace(picture, caption=caption, series=series)

    def paragraphs(self, text: Text | None, scope: Scope) -> tuple[Paragraph, ...]:
        if text is None:
            return ()
        filled = self.texts.fill(text, scope)
        if filled.value and filled.value == filled.value.strip() and "\n" not in filled.value:
            return (self.memo.once(_paragraph, filled),)
        return self.memo.once(_paragraphs, filled)

    # frame and attachments

    def frame(self, frame: Frame, title: str, scope: Scope) -> Frame:
        is_dated = frame.date is not None or any(
            "年" in name.value and name.value[-1:] == "日" for name in frame.signatures
        )
        if not is_dated and frame.origin is not None and not frame.broken:
            self.texts.add("PW605", frame.origin, scope)
        from planwriter.plan.frame import complete_frame

        return complete_frame(frame, title, self.outline.unit, lambda text: self.texts.fill(text, scope))

    def attachment(
        self, attachment: Attachment, scope: Scope, targets: tuple[Target, ...], parts: tuple[Part, ...]
    ) -> Attachment:
        """An attachment with its texts filled in, or with its table made from the targets or tasks."""
        if not attachment.made_of:
            title = self.texts.fill(attachment.title, scope)
            return self.memo.replaced(attachment, title=title, blocks=self.blocks(attachment.blocks, scope, None))
        from planwriter.plan.tables import target_table, task_table

        if attachment.made_of == "指标表":
            self.texts.cited.update(target.key for target in targets)
            return self.memo.replaced(attachment, blocks=(target_table(targets),))
        return self.memo.replaced(attachment, blocks=(self.memo.once(task_table, parts),))

    # clauses

    def use(self, use: Use, scope: Scope, parent: Section | None) -> tuple[Block, ...]:
        """The blocks of the clause used; none if it does not exist or exceeds a limit."""
        from planwriter.plan.compose.clause import (
            check_places,
            chosen_wording,
            clause_scope,
            filled_argument,
            overridden,
            rewrite_scope,
            rewritten,
            sound_rewrite,
            usual_duty,
            without_rewritten,
        )
        from planwriter.plan.compose.fit import check_fit

        identifier = use.clause.value
        place = use.origin or self.outline.origin
        assert place is not None
        if self.is_refused(use, place, scope):
            return ()
        clause = self.clauses.find(identifier)
        if clause is None:
            from planwriter.clauses.stack import near_clause

            advice = near_clause(identifier, self.clauses.identifiers())
            if not self.clauses.unread(identifier):
                self.texts.add("PW301", use.clause.origin or place, scope, clause=identifier, advice=advice)
            self.texts.passing += 1  # the advice names clauses
            for _, argument in use.arguments:  # fills them, to count the targets they cite
                filled_argument(argument, scope, self.texts)
            return ()
        self.used.append(identifier)
        check_fit(clause, use, scope, self.texts, self.outline, self.clauses.all)
        self.check_bases(clause, use, scope)
        wording = chosen_wording(clause, use, scope, self.texts, self.outline)
        rewrite = sound_rewrite(clause, wording, use, scope, self.texts) if use.rewrite else None
        if rewrite is not None:
            wording = without_rewritten(wording, rewrite)
        inner = clause_scope(clause, wording, use, scope, self.texts)
        if identifier not in self.placed:
            self.placed.add(identifier)
            self.first_uses.append(identifier)
            check_places(clause, inner, self.texts, self.outline)
        wording = usual_duty(wording, clause, use, self.outline)
        made: tuple[Block, ...]
        if rewrite is not None and isinstance(wording, Paragraph):
            made = self.paragraphs(rewrite.text, rewrite_scope(inner, scope))
        else:
            made = self.block(wording, inner, parent)
        if rewrite is not None and made:
            made = (rewritten(made[0], rewrite, rewrite_scope(inner, scope), self.texts), *made[1:])
        if made and all(isinstance(block, Paragraph) for block in made):  # the units stand after the last
            return (*made[:-1], overridden(made[-1], use, scope, self.texts))
        return tuple(overridden(block, use, scope, self.texts) for block in made)

    def check_groups(self, scope: Scope) -> None:
        """Reports a clause of a group (同组) of which the plan uses another one already."""
        by = ("groups", self.around)
        for use, clause, other in self.memo.once_while(self.again_in_group, _always, *self.outline.parts, by=by):
            if use.origin is not None:
                self.texts.add("PW323", use.origin, scope, clause=clause, other=other)

    def again_in_group(self, before: object) -> tuple[tuple[Use, str, str], ...]:
        """The uses of a clause after one of the same group, with both clauses."""
        first: dict[str, str] = {}
        uses = ((use, self.clauses.find(use.clause.value)) for use in _uses_in(*self.outline.parts))
        grouped = [
            (use, clause) for use, clause in uses if clause is not None and clause.group and use.origin is not None
        ]
        found = [(use, clause.identifier, first.setdefault(clause.group, clause.identifier)) for use, clause in grouped]
        return tuple([each for each in found if each[1] != each[2]])

    def check_bases(self, clause: Clause, use: Use, scope: Scope) -> None:
        """Reports a clause that is based on what is no longer in force when the plan begins."""
        if clause.format < 2 or not clause.basis or use.origin is None:
            return
        for key in clause.basis:
            basis = self.clauses.repealed().get(key)
            if basis is not None and basis.is_repealed(f"{self.outline.years[0]:04}-01-01"):
                instead = f"改依{'、'.join(basis.successors)}的，请条款库的管理人改写。" if basis.successors else ""
                advice = instead or "换一个条款，或把这段文字直接写进提纲自己改。"
                names = {"clause": clause.identifier, "key": key, "day": basis.repealed, "advice": advice}
                self.texts.add("PW324", use.origin, scope, **names)

    def is_refused(self, use: Use, place: Span, scope: Scope) -> bool:
        """True if a use is circular, or exceeds the number or the depth of clauses that a document may have."""
        identifier = use.clause.value
        if identifier in scope.chain:
            chain = " → ".join((*scope.chain[scope.chain.index(identifier) :], identifier))
            self.texts.add("PW307", use.clause.origin or place, scope, chain=chain)
            return True
        if self.texts.is_full:
            return True
        if len(self.used) < MAX_USES and len(scope.chain) < MAX_CLAUSE_DEPTH:
            return False
        if len(self.used) == MAX_USES or len(scope.chain) >= MAX_CLAUSE_DEPTH:
            deep = len(self.used) < MAX_USES
            what, limit = ("条款套条款", f"{MAX_CLAUSE_DEPTH} 层") if deep else ("引用条款", f"{MAX_USES} 次")
            self.texts.add("PW311", place, scope, what=what, limit=limit)
            self.used.append(identifier)
        return True


def _uses_in(*parts: Part) -> Iterator[Use]:
    return (block for part in parts for block, _ in walk(part.blocks) if isinstance(block, Use))


def _has_uses(*holders: Part | Attachment) -> bool:
    return any(isinstance(block, Use) for holder in holders for block, _ in walk(holder.blocks))


def _always(before: object) -> bool:
    return True


def _without_origin(text: Text) -> Text:
    return replace(text, origin=None)


def _paragraph(text: Text) -> Paragraph:
    return Paragraph(text=text)


def _paragraphs(text: Text) -> tuple[Paragraph, ...]:
    """A paragraph for each line of a text that is not blank."""
    filling = text.filling or Filling(typed=text.value)
    made, offset = [], 0
    for line in text.value.split("\n"):
        if line.strip():
            begin = offset + len(line) - len(line.lstrip())
            part = replace(filling, offset=begin)
            made.append(Paragraph(text=Text(value=line.strip(), origin=text.origin, filling=part)))
        offset += len(line) + 1
    return tuple(made)


def _with_official_deadline(memo: Memo, target: Target) -> Target:
    duty = target.duty
    if duty is None or duty.deadline is None:
        return target
    return replace(target, duty=memo.once(_with_official, duty))


def _with_official(duty: Duty) -> Duty:
    return replace(duty, deadline=official_deadline(duty.deadline)) if duty.deadline else duty


def _own_place(place: Span, around: Span | None, scope: Scope) -> Span:
    """The place to report for a block that does not fit its parent: its own, or that of its use if the files differ."""
    use = scope.use
    if use is None or use.origin is None or (around is not None and around.source.whole is place.source.whole):
        return place
    return use.origin


def _is_numbered(section: Section) -> bool:
    return section.numbering is None or not section.numbering.unnumbered
