"""How hand edits of a .docx are made in the outline that it came from: steps to choose from, and the changes of the file that they need."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from planwriter.compare.clause_edits import ClauseValues, use_changes
from planwriter.compare.frame_entries import frame_entry
from planwriter.compare.line_parts import EditedDuty, EditedLine, EditedText, edited_line, line_texts, split_duty
from planwriter.compare.outline_nodes import OutlineBlock, OutlineMap, Slot
from planwriter.compare.retyping import InsideClause, TypedEdit, Unabsorbable, retyped_text, text_edits
from planwriter.compare.sequence import longest_rising
from planwriter.compare.sides import Content, MergedSides, Sides, content_of
from planwriter.compare.version import VersionLine, VersionPicture, VersionTable
from planwriter.importing.tasks.content import split_title
from planwriter.importing.write import blocks_yaml
from planwriter.model import LEVEL_WORDS, Block, Document, Duty, Level, Paragraph, Section, Table, Text
from planwriter.model.walk import DUTY, TextRole
from planwriter.plan.flow import TITLE, Grid, Line, Printed
from planwriter.source.changes import (
    Arrange,
    Change,
    Drop,
    Item,
    NewBlock,
    Path,
    Rename,
    SetEntry,
    SetParagraphs,
    SetText,
)
from planwriter.source.nodes import Mapping, Scalar
from planwriter.source.nodes import Sequence as List
from planwriter.start.enums import Enum
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass, field

_FRAME_KEYS = {
    TextRole.RECIPIENT: "主送",
    TextRole.COPY: "抄送",
    TextRole.SIGNATURE: "署名",
    TextRole.ISSUER: "发文机关",
    TextRole.NUMBER: "文号",
    TextRole.CLASSIFICATION: "密级",
    TextRole.URGENCY: "紧急程度",
    TextRole.COPY_NUMBER: "份号",
    TextRole.NOTICE_TITLE: "通知标题",
    TextRole.DATE: "成文日期",
    TextRole.NOTE: "附注",
    TextRole.PRINTER: "印发机关",
    TextRole.PRINT_DATE: "印发日期",
}
_DROPPED = frozenset(
    (
        TextRole.RECIPIENT,
        TextRole.COPY,
        TextRole.NUMBER,
        TextRole.CLASSIFICATION,
        TextRole.URGENCY,
        TextRole.COPY_NUMBER,
        TextRole.NOTE,
    )
)
"""The texts of the frame that a plan may do without."""
_NAMED_AGAIN = frozenset((TextRole.PLAN_TITLE, TextRole.ATTACHMENT_TITLE))
"""The titles that other lines name too, such as 附件说明."""
_DUTY_KEYS = ("责任单位", "配合单位", "时限")


class StepKind(str, Enum):
    """What a step does."""

    WORDS = "改"
    ADDED = "增"
    GONE = "删"
    MOVED = "移"
    LEVEL = "级"


class AbsorbStep(NamedTuple):
    """One change that is made or not: items that are changed, added, deleted or moved together."""

    kind: StepKind
    keys: tuple[int, ...]
    before: str
    after: str
    line: int
    """The line of the outline; of the block before it, for what is new. 0 if it is unknown."""
    paragraph: int
    """The number of the paragraph in the .docx."""


class ExpectedItem(NamedTuple):
    """An item that the outline must print after the changes; `content` None if it follows from others."""

    key: int
    content: Content | None
    level: int


@dataclass(slots=True, kw_only=True)
class Realised:
    """The changes of the file for some steps, what it must print then, and the steps that cannot be made, with the reasons."""

    changes: list[Change] = field(default_factory=list)
    expected: list[ExpectedItem] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    """By the number of the step."""
    expanded: set[OutlineBlock] = field(default_factory=set)
    """Uses (用) that must first be replaced by blocks of the outline's own."""


class _Planned:
    """A block as it is to be: one of the file, or a new one, or the list of a part."""

    __slots__ = ("children", "is_box", "is_foreign", "is_root", "level", "own", "source")

    def __init__(
        self, source: OutlineBlock | None, level: int, own: Iterable[int] = (), *, is_foreign: bool = False
    ) -> None:
        self.source, self.level = source, level
        self.own = [*own]
        """The keys of its own lines."""
        self.children: list[_Planned] = []
        self.is_foreign = is_foreign
        """True if it was not here before: new or moved."""
        self.is_root = False
        self.is_box = source is not None and source.head == "专栏"


class Absorption:
    """The steps that make an outline print what was merged, and the changes for any choice of them."""

    def __init__(
        self,
        sides: Sides,
        merged: MergedSides,
        outline: OutlineMap,
        document: Document,
        values_of: ClauseValues,
    ) -> None:
        self.values_of = values_of
        self.sides, self.merged, self.outline, self.document = sides, merged, outline, document
        self.run_in = [level.run_in for level in document.numbering]
        self.ours = list(sides.ours)
        self.at_order = {key: at for at, key in enumerate(merged.order)}
        self.refused: dict[int, str] = {}
        self.edits: dict[int, EditedLine] = {}
        self.in_own_words: set[int] = set()
        """The steps that change a clause's words by 改写, though its parameters alone seem to have changed."""
        self.expanded: set[OutlineBlock] = set()
        """The uses (用) that are replaced by blocks of the outline's own, since something in them changes."""
        self.steps: list[AbsorbStep] = []
        self._find_steps()
        self.step_of = {(step.kind, key): at for at, step in enumerate(self.steps) for key in step.keys}
        self._find_edits()
        self.unlabelled = self._unlabelled()
        self.heading_roots = self._heading_roots()

    # the steps

    def _find_steps(self) -> None:
        order = self.merged.order
        wanted = set(order)
        places = {key: at for at, key in enumerate(self.ours)}
        kept = [key for key in order if key in places]
        steady = {kept[at] for at in longest_rising([places[key] for key in kept])}
        found: list[tuple[int, AbsorbStep]] = []
        for key in kept:
            now = content_of(self.sides.current.items[self.sides.items[key].current])
            new = self.merged.contents.get(key, now)
            if new != now:
                found.append((places[key], self._step(StepKind.WORDS, (key,), shown(now), shown(new))))
            level = self._new_level(key)
            if level:
                words = (LEVEL_WORDS[self._level_now(key) - 1], LEVEL_WORDS[level - 1])
                found.append((places[key], self._step(StepKind.LEVEL, (key,), *words)))
        gone = [key for key in self.ours if key not in wanted]
        for run in _runs(gone, places):
            found.append((places[run[0]], self._step(StepKind.GONE, run, self._text(run), "")))
        at_order = self.at_order
        moved = [key for key in order if key in places and key not in steady]
        for run in _runs(moved, at_order, places):
            found.append((places[run[0]], self._step(StepKind.MOVED, run, self._text(run), self._behind(run[0]))))
        added = [key for key in order if key not in places]
        last = 0
        before = {}
        for key in order:
            last = places.get(key, last)
            before[key] = last
        for run in _runs(added, at_order):
            step = self._step(StepKind.ADDED, run, "", self._text(run))
            place = self.sides.current.items[before[run[0]]].place if self.ours else 0
            found.append((before[run[0]], step._replace(line=place)))
        found.sort(key=lambda each: each[0])
        self.steps = [step for _, step in found]

    def _step(self, kind: StepKind, keys: tuple[int, ...], before: str, after: str) -> AbsorbStep:
        item = self.sides.items[keys[0]]
        line = self.sides.current.items[item.current].place if item.current >= 0 else 0
        paragraph = self.sides.edited.items[item.edited].place if item.edited >= 0 else 0
        return AbsorbStep(kind, keys, before, after, line, paragraph)

    def _text(self, keys: Iterable[int]) -> str:
        return " / ".join(shown(self.content(key)) for key in keys)

    def _behind(self, key: int) -> str:
        at = self.at_order[key]
        return shown(self.content(self.merged.order[at - 1])) if at else ""

    def content(self, key: int) -> Content:
        """What an item is to show."""
        if key in self.merged.contents:
            return self.merged.contents[key]
        item = self.sides.items[key]
        version, at = (self.sides.current, item.current) if item.current >= 0 else (self.sides.edited, item.edited)
        return content_of(version.items[at])

    def _level_now(self, key: int) -> int:
        current = self.sides.items[key].current
        item = self.sides.current.items[current] if current >= 0 else None
        return item.level if isinstance(item, VersionLine) else 0

    def _new_level(self, key: int) -> int:
        """The level that was given to a numbered item by hand; 0 if it has its own."""
        item = self.sides.items[key]
        if min(item) < 0:
            return 0
        base, edited = self.sides.base.items[item.base], self.sides.edited.items[item.edited]
        now = self._level_now(key)
        if not isinstance(base, VersionLine) or not isinstance(edited, VersionLine) or not now:
            return 0
        is_new = edited.level and edited.level != base.level and base.level == now and edited.level != now
        return edited.level if is_new else 0

    def _find_edits(self) -> None:
        for at, step in enumerate(self.steps):
            if step.kind is StepKind.ADDED:
                self._check_added(at, step)
            if step.kind is not StepKind.WORDS:
                continue
            key = step.keys[0]
            item, new = self.outline.items[self.sides.items[key].current], self.merged.contents[key]
            try:
                if isinstance(item, Line) and isinstance(new, str):
                    if not new.strip():
                        raise Unabsorbable("没有留下文字")
                    self.edits[key] = edited_line(item, new)
                elif not isinstance(item, Grid):
                    raise Unabsorbable("图是程序画的，改不回提纲")
            except Unabsorbable as error:
                self.refused[at] = str(error)

    def _check_added(self, at: int, step: AbsorbStep) -> None:
        for key in step.keys:
            item = self.sides.edited.items[self.sides.items[key].edited]
            try:
                if isinstance(item, VersionPicture):
                    raise Unabsorbable("新的图，自己写进提纲")
                if isinstance(item, VersionTable) and (item.merges or len({len(row) for row in item.rows}) > 1):
                    raise Unabsorbable("新的表里有合并的格子，自己写进提纲")
                _literal(item.text)
            except Unabsorbable as error:
                self.refused[at] = str(error)

    def _unlabelled(self) -> dict[int, int]:
        """The levels of new items that were typed without a label: like those before them, a title and its text in one line."""
        made: dict[int, int] = {}
        order = self.merged.order
        for at, key in enumerate(order):
            item = self.sides.items[key]
            edited = self.sides.edited.items[item.edited] if item.edited >= 0 else None
            if item.current >= 0 or not isinstance(edited, VersionLine) or edited.level or not at:
                continue
            level = made.get(order[at - 1], 0) or self._run_in_level(order[at - 1])
            following = self._run_in_level(order[at + 1]) if at + 1 < len(order) else 0
            if level and following in (0, level) and split_title(edited.text).title and self._ends_item(at):
                made[key] = level
        return made

    def _run_in_level(self, key: int) -> int:
        """The level of an item that is one line with its title and its text; 0 for any other."""
        current = self.sides.items[key].current
        line = self.outline.items[current] if current >= 0 else None
        if not isinstance(line, Line) or not isinstance(line.block, Section) or line.section is None:
            return 0
        roles = {each.role for each in line.texts}
        is_one = line.block.text is not None and "\n" not in line.block.text.value and line.section.label
        return int(line.section.level) if is_one and {TextRole.TITLE, TextRole.TEXT} <= roles else 0

    def _ends_item(self, at: int) -> bool:
        """True if what follows the new lines from `at` on begins another numbered item, or nothing follows."""
        for key in self.merged.order[at + 1 :]:
            if self.sides.items[key].current >= 0:
                current = self.outline.items[self.sides.items[key].current]
                return not isinstance(current, Line) or current.section is not None or current.block is None
        return True

    def _heading_roots(self) -> dict[int, int]:
        """For the line that is the title of a part: the number of its list."""
        made = {}
        for at in range(len(self.outline.items) - 1):
            item = self.outline.items[at]
            after = self.outline.of_line[at + 1]
            is_heading = isinstance(item, Line) and item.section is not None and at not in self.outline.slots
            if is_heading and after is not None and self.outline.of_line[at] is None:
                made[at] = after.root
        return made

    def is_of_use(self, step: int) -> bool:
        """True if a step changes the words of a clause."""
        current = self.sides.items[self.steps[step].keys[0]].current
        block = self.outline.of_line[current] if current >= 0 else None
        return self.steps[step].kind is StepKind.WORDS and block is not None and block.head == "用"

    # the changes for a choice of steps

    def realised(self, chosen: Collection[int]) -> Realised:
        """The changes for the steps with these numbers."""
        refused = {at: reason for at, reason in self.refused.items() if at in chosen}
        taken = set(chosen) - refused.keys()
        while True:
            made = Realiser(self, taken).made()
            if made.expanded - self.expanded:
                self.expanded |= made.expanded
                continue
            refused.update(made.refused)
            if not made.refused:
                made.refused = refused
                return made
            taken -= made.refused.keys()


def shown(content: Content) -> str:
    """The content of an item on one line."""
    if isinstance(content, str):
        return content
    return "；".join("｜".join(row) for row in content)


def _runs(keys: Sequence[int], *places: dict[int, int]) -> Iterator[tuple[int, ...]]:
    """The keys in runs that follow each other in every order."""
    run: list[int] = []
    for key in keys:
        if run and any(each[key] != each[run[-1]] + 1 for each in places):
            yield tuple(run)
            run = []
        run.append(key)
    if run:
        yield tuple(run)


class Realiser:
    """Makes the changes of the file for steps that were taken."""

    def __init__(self, plan: Absorption, taken: set[int]) -> None:
        self.plan, self.taken = plan, taken
        self.outline, self.items = plan.outline, plan.sides.items
        self.made_of = Realised()
        self.moved = self.keys(StepKind.MOVED)
        self.added = self.keys(StepKind.ADDED)
        self.gone = self.keys(StepKind.GONE)
        self.words = self.keys(StepKind.WORDS)
        self.levels = self.keys(StepKind.LEVEL)
        self.order = self._order()
        self.roots = [_Planned(None, 0) for _ in self.outline.roots]
        for root in self.roots:
            root.is_root = True
        self.placed: dict[OutlineBlock, _Planned] = {}
        self.holder: dict[int, _Planned] = {}
        """The block that an item belongs to."""
        self.of_section: dict[int, _Planned] = {}
        """By the sections of clauses whose use is replaced."""
        self.slot_lines: dict[Slot, list[int]] = {}
        self.frame_keys: list[str] = []
        """The keys of 发文 that are new."""
        self.loose: list[int] = []
        """Items outside of blocks that are not as they were."""

    def keys(self, kind: StepKind) -> set[int]:
        return {key for at in self.taken for key in self.plan.steps[at].keys if self.plan.steps[at].kind is kind}

    def _order(self) -> list[int]:
        fixed = [key for key in self.plan.ours if key not in self.gone and key not in self.moved]
        after: dict[int | None, int | None] = dict(zip((None, *fixed), (*fixed, None), strict=True))
        last: int | None = None
        for key in self.plan.merged.order:
            if key in self.moved or key in self.added:
                after[key], after[last] = after[last], key
            if key in after:
                last = key
        made = []
        at = after[None]
        while at is not None:
            made.append(at)
            at = after[at]
        return made

    def refuse(self, key: int, reason: str, *kinds: StepKind) -> None:
        """Gives up the steps of an item."""
        for kind in kinds or StepKind:
            at = self.plan.step_of.get((kind, key))
            if at is not None and at in self.taken:
                self.made_of.refused[at] = reason

    def content(self, key: int) -> Content:
        if key in self.words or key in self.added:
            return self.plan.content(key)
        return content_of(self.plan.sides.current.items[self.items[key].current])

    def current(self, key: int) -> int:
        return self.items[key].current

    def level(self, key: int) -> int:
        if key in self.levels:
            return self.plan._new_level(key)
        if self.current(key) >= 0:
            return self.plan._level_now(key)
        item = self.plan.sides.edited.items[self.items[key].edited]
        return (item.level or self.plan.unlabelled.get(key, 0)) if isinstance(item, VersionLine) else 0

    def is_boxed(self, key: int) -> bool:
        item = self.items[key]
        version, at = (
            (self.plan.sides.current, item.current) if item.current >= 0 else (self.plan.sides.edited, item.edited)
        )
        one = version.items[at]
        return isinstance(one, VersionLine) and one.boxed

    def made(self) -> Realised:
        self.place_all()
        if not self.made_of.refused and not self.made_of.expanded:
            self.change_blocks()
            self.change_lists()
            self.change_slots()
            self.change_loose()
        if not self.made_of.refused and not self.made_of.expanded:
            self.expect()
        return self.made_of

    def expect(self) -> None:
        for key in self.order:
            at = self.current(key)
            free = at >= 0 and key not in self.words and self.is_derived(at)
            self.made_of.expected.append(ExpectedItem(key, None if free else self.content(key), self.level(key)))

    def is_derived(self, at: int) -> bool:
        """True for an item that is made from others: it changes with them."""
        item = self.outline.items[at]
        if isinstance(item, Grid):
            return item.block is None or not any(self.outline.is_typed(t) for row in item.block.rows for t in row)
        if not isinstance(item, Line):
            return True
        return self.outline.of_line[at] is None and not all(self.outline.is_typed(each.text) for each in item.texts)

    # where each item goes

    def place_all(self) -> None:
        self.stack: list[_Planned] = []
        self.slot: Slot | None = None
        self.pending: list[int] = []
        self.after_title = False
        for key in self.order:
            at = self.current(key)
            if at < 0:
                self.place_new(key)
                continue
            block, slot = self.outline.of_line[at], self.outline.slots.get(at)
            if slot is not None:
                self.flush_slot(slot)
                self.slot_lines.setdefault(slot, []).append(key)
                self.slot, self.stack = slot, []
            elif block is not None:
                self.slot = None
                self.place_line(key, at, block)
            elif at in self.plan.heading_roots:
                self.flush(self.plan.heading_roots[at], is_heading=True)
                root = self.roots[self.plan.heading_roots[at]]
                root.level = self.level(key)
                self.stack, self.slot = [root], None
                self.loose_line(key)
            else:
                self.refuse_pending()
                self.stack, self.slot = [], None
                self.loose_line(key)
                item = self.outline.items[at]
                self.after_title = isinstance(item, Line) and item.role.value in ("title", "recipients", "number")
        self.refuse_pending()
        for key in self.gone:
            at = self.current(key)
            if self.outline.of_line[at] is None and at not in self.outline.slots:
                self.loose.append(key)

    def loose_line(self, key: int) -> None:
        if key in self.moved:
            self.refuse(key, "这一行的位置是固定的", StepKind.MOVED)
        if key in self.levels:
            self.refuse(key, "这一行的级别是固定的", StepKind.LEVEL)
        if key in self.words:
            self.loose.append(key)

    def take_frame_lines(self) -> None:
        """New lines that are entries of 发文."""
        frame = self.outline.node(("发文",))
        if not isinstance(frame, Mapping):
            return
        for key in list(self.pending):
            text = self.plan.content(key) if self.current(key) < 0 else ""
            entry = frame_entry(text.strip()) if isinstance(text, str) else None
            if entry is not None and entry.key not in (*frame.entries, *self.frame_keys):
                self.frame_keys.append(entry.key)
                self.made_of.changes.append(SetEntry(("发文",), entry.key, entry.value))
                self.pending.remove(key)

    def refuse_pending(self) -> None:
        self.take_frame_lines()
        for key in self.pending:
            self.refuse(key, "提纲里没有地方写这一行", StepKind.ADDED)
        self.pending = []

    def flush_slot(self, slot: Slot) -> None:
        self.take_frame_lines()
        self.slot_lines.setdefault(slot, []).extend(self.pending)
        self.pending = []

    def flush(self, root: int, *, is_heading: bool = False) -> None:
        """Puts the new items before the first block of a list into it, or into 导语."""
        self.take_frame_lines()
        pending, self.pending = self.pending, []
        is_lead = root == 0 and self.after_title and not any(self.level(key) for key in pending)
        if pending and is_lead:
            self.slot_lines.setdefault(Slot((), "导语"), []).extend(pending)
        elif pending and is_heading:
            for key in pending:
                self.refuse(key, "提纲里没有地方写这一行", StepKind.ADDED)
        else:
            self.stack = [self.roots[root]] if not self.stack else self.stack
            for key in pending:
                self.place_new(key)

    def place_line(self, key: int, at: int, block: OutlineBlock) -> None:
        if block in self.plan.expanded:
            self.place_expanded(key, at, block)
            return
        known = self.placed.get(block)
        if known is not None:
            if self.stack and (self.stack[-1] is known or block.level == 0) and self.continues(known, key):
                known.own.append(key)
                self.holder[key] = known
            else:
                self.place_apart(key, block)
            return
        is_head = block.lines[0] == at or block.head == "文"
        if not is_head:
            self.place_apart(key, block)
            return
        is_moved = key in self.moved
        if (not self.stack and not is_moved) or (not is_moved and self.stack[0] is not self.roots[block.root]):
            self.flush(block.root)
            self.stack = [self.roots[block.root]]
        if not self.stack:  # moved to where no list is
            self.refuse(key, "这里不是列表，移不过来", StepKind.MOVED)
            return
        self.flush(block.root)
        level = self.level(key)
        is_leveled = bool(block.level) or block.head == "用"
        made = _Planned(block, level if is_leveled else 0, [key], is_foreign=is_moved or key in self.levels)
        self.open_parent(block, made, key, is_moved=is_moved or key in self.levels)
        self.stack[-1].children.append(made)
        self.placed[block] = made
        self.holder[key] = made
        if block.level or made.is_box:
            self.stack.append(made)

    def continues(self, known: _Planned, key: int) -> bool:
        """True if an item follows the last one of its block."""
        parent = next((each for each in reversed(self.stack) if known in each.children[-1:]), None)
        return not known.children and (known is self.stack[-1] or (parent is not None and parent is self.stack[-1]))

    def open_parent(self, block: OutlineBlock, made: _Planned, key: int, *, is_moved: bool) -> None:
        """Takes blocks off the stack until its last is the one that the new one belongs into."""
        boxed = self.is_boxed(key) and not made.is_box
        if not is_moved:
            parent = block.parent
            while parent is not None and not parent.lines and parent not in self.placed:
                self.open_silent(parent)
                break
            at = next((n for n, each in enumerate(self.stack) if parent is not None and each.source is parent), -1)
            if parent is None and self.stack[0] is self.roots[block.root]:
                at = 0
            if at >= 0:
                above = self.stack[at + 1 :]
                if not any(each.is_foreign and (not made.level or each.level < made.level) for each in above):
                    del self.stack[at + 1 :]
                    return
        self.open_by_level(made.level, boxed=boxed)

    def open_silent(self, block: OutlineBlock) -> None:
        """A block that prints no line of its own is there for those in it."""
        made = _Planned(block, block.level)
        self.placed[block] = made
        if block.parent is not None and not block.parent.lines and block.parent not in self.placed:
            self.open_silent(block.parent)
        at = next((n for n, each in enumerate(self.stack) if each.source is block.parent and block.parent), 0)
        del self.stack[at + 1 :]
        self.stack[-1].children.append(made)
        self.stack.append(made)

    def open_by_level(self, level: int, *, boxed: bool) -> None:
        if not boxed:
            at = next((n for n, each in enumerate(self.stack) if each.is_box), len(self.stack))
            del self.stack[at:]
        if level:
            while len(self.stack) > 1 and self.stack[-1].level >= level and not self.stack[-1].is_box:
                self.stack.pop()

    def place_apart(self, key: int, block: OutlineBlock) -> None:
        """A line of a block that no longer stands in it becomes a paragraph of its own."""
        if block.head == "用":
            self.made_of.expanded.add(block)
            return
        if not self.stack:
            self.refuse(key, "这里不是列表，移不过来", StepKind.MOVED)
            return
        self.place_new(key)

    def place_expanded(self, key: int, at: int, block: OutlineBlock) -> None:
        """A line of a clause whose use is replaced by blocks of the outline's own."""
        item = self.outline.items[at]
        section = item.block if isinstance(item, Line) else None
        if not isinstance(section, Section | Paragraph):
            self.refuse_use(block, "这个条款里有表、图或者专栏，换成自己的块要自己动手")
            return
        is_moved = key in self.moved
        if at == block.lines[0] and not is_moved and (not self.stack or self.stack[0] is not self.roots[block.root]):
            self.flush(block.root)
            self.stack = [self.roots[block.root]]
        if not self.stack:
            self.refuse(key, "这里不是列表，移不过来", StepKind.MOVED)
            return
        known = self.of_section.get(id(section))
        level = self.level(key)
        if known is not None and not level and known is self.stack[-1] and not known.children:
            known.own.append(key)
            self.holder[key] = known
            return
        made = _Planned(None, level, [key], is_foreign=is_moved)
        if at == block.lines[0] and not is_moved:
            self.open_parent(block, made, key, is_moved=False)
        elif level:
            self.open_by_level(level, boxed=self.is_boxed(key))
        self.stack[-1].children.append(made)
        self.holder[key] = made
        if level:
            self.stack.append(made)
            self.of_section[id(section)] = made

    def refuse_use(self, block: OutlineBlock, reason: str) -> None:
        """Gives up every step that has to do with a use."""
        keys = {self.plan.ours[at] for at in block.lines}
        for key in keys:
            self.refuse(key, reason)
        if not self.made_of.refused:  # something was put in between its lines
            for at in self.taken:
                if self.plan.steps[at].kind in (StepKind.ADDED, StepKind.MOVED):
                    self.made_of.refused[at] = reason

    def place_new(self, key: int) -> None:
        """A new item, behind the last one."""
        is_table = not isinstance(self.content(key), str)
        if is_table and not self.stack:
            self.refuse(key, "这里放不下表")
            return
        if self.slot is not None:
            self.slot_lines[self.slot].append(key)
            return
        if not self.stack:
            self.pending.append(key)
            return
        level = self.level(key) if self.current(key) < 0 else 0
        boxed = self.is_boxed(key)
        if level:
            self.open_by_level(level, boxed=boxed)
            made = _Planned(None, level, [key], is_foreign=True)
            self.stack[-1].children.append(made)
            self.stack.append(made)
            self.holder[key] = made
            return
        if not boxed:
            self.open_by_level(0, boxed=False)
        top = self.stack[-1]
        is_own = not top.children and not top.is_root and not top.is_box and not self.has_units(key)
        if is_own and isinstance(self.content(key), str) and self.takes_paragraph(top):
            top.own.append(key)
            self.holder[key] = top
            return
        made = _Planned(None, 0, [key], is_foreign=True)
        while not top.children and self.ends_with_units(top):  # its units would go to a line of their own
            self.stack.pop()
            top = self.stack[-1]
        top.children.append(made)
        self.holder[key] = made

    def has_units(self, key: int) -> bool:
        """True if a line ends with the units of the block that it was in."""
        at = self.current(key)
        item = self.outline.items[at] if at >= 0 else None
        return isinstance(item, Line) and any(each.role in DUTY for each in item.texts)

    def takes_paragraph(self, block: _Planned) -> bool:
        """True if a paragraph can be added to the text of a block and is printed behind it."""
        last = block.own[-1] if block.own else -1
        if last < 0:
            return False
        if block.source is not None and block.level:
            rest = {self.plan.ours[each] for each in block.source.lines} - set(block.own) - self.gone - self.moved
            if rest:
                return True
        at = self.current(last)
        if at < 0:
            text = self.plan.content(last)
            return block.source is not None or (isinstance(text, str) and bool(self.new_parts(text, block.level)[1]))
        item = self.outline.items[at]
        if not isinstance(item, Line):
            return False
        roles = {each.role for each in item.texts}
        return TextRole.TEXT in roles and not roles & DUTY

    def ends_with_units(self, block: _Planned) -> bool:
        """True if the title of a block is followed by its units, on the same line."""
        at = self.current(block.own[-1]) if block.own else -1
        item = self.outline.items[at] if at >= 0 else None
        roles = {each.role for each in item.texts} if isinstance(item, Line) else set()
        return TextRole.TITLE in roles and bool(roles & DUTY) and TextRole.TEXT not in roles

    # changes of blocks

    def change_blocks(self) -> None:
        for block, planned in self.placed.items():
            try:
                self.made_of.changes += self.changes_of(block, planned)
            except InsideClause:
                self.made_of.expanded.add(block)
            except Unabsorbable as error:
                self.refuse_words(block, planned, str(error))

    def refuse_words(self, block: OutlineBlock, planned: _Planned, reason: str) -> None:
        keys = [*planned.own, *(self.plan.ours[at] for at in block.lines)]
        before = len(self.made_of.refused)
        for key in keys:
            self.refuse(key, reason, StepKind.WORDS)
        if len(self.made_of.refused) == before:
            for key in keys:
                self.refuse(key, reason)

    def changes_of(self, block: OutlineBlock, planned: _Planned) -> Iterator[Change]:
        keys = [self.plan.ours[at] for at in block.lines]
        own_changed = planned.own != keys
        edited = [key for key in planned.own if key in self.words]
        if planned.own and planned.own[0] in self.levels:
            if block.head not in LEVEL_WORDS:
                raise Unabsorbable("级别是条款定的")
            yield Rename(block.path, block.head, LEVEL_WORDS[planned.level - 1])
        if not own_changed and not edited:
            return
        if block.head == "用":
            if own_changed:
                raise InsideClause("这一段在条款里面")
            yield from self.changes_of_use(block, edited)
        elif block.head == "文":
            yield SetText(block.path, self.scalar_text(block.path, keys, planned.own))
        elif block.head in LEVEL_WORDS:
            yield from self.changes_of_section(block, planned, keys)
        else:
            yield from self.changes_of_others(block, planned, edited)

    def changes_of_section(self, block: OutlineBlock, planned: _Planned, keys: list[int]) -> Iterator[Change]:
        for key in planned.own:
            edits = self.plan.edits.get(key) if key in self.words else None
            if edits is None:
                continue
            for printed, made in edits.texts:
                if printed.role is TextRole.TITLE:
                    yield SetText((*block.path, block.head), retyped_text(printed.text, made))
            if edits.duty is not None:
                yield from self.duty_changes(block.path, edits.duty)
        for key in set(keys) - set(planned.own):
            item = self.outline.items[self.current(key)]
            if isinstance(item, Line) and any(each.role in DUTY for each in item.texts):
                yield from self.duty_changes(block.path, EditedDuty())
        old = [key for key in keys if self.text_in(key) is not None]
        new = [key for key in planned.own if self.text_in(key) is not None]
        if old == new and not any(self.has_text_edits(key) for key in new):
            return
        path = (*block.path, "文")
        node = self.outline.node(path)
        if not new:
            yield Drop(block.path, "文")
        elif isinstance(node, Scalar):
            yield from self.scalar_changes(block.path, "文", old, new)
        else:
            yield SetParagraphs(block.path, "文", tuple(self.typed_line(key) for key in new))

    def scalar_changes(self, path: Path, key: str, old: list[int], new: list[int]) -> Iterator[Change]:
        """The changes of paragraphs that are typed as one text."""
        is_one = len(old) == 1
        if is_one and len(new) > 1:
            yield SetParagraphs(path, key, tuple(self.typed_line(each) for each in new))
        else:
            yield SetText((*path, key), self.scalar_text((*path, key), old, new))

    def scalar_text(self, path: Path, old: list[int], new: list[int]) -> str:
        """What is typed for paragraphs that are one text, with the blank lines between them."""
        node = self.outline.node(path)
        if not isinstance(node, Scalar):
            raise Unabsorbable("它不是一段文字")
        lines = node.value.split("\n")
        at_line = [at for at, line in enumerate(lines) if line.strip()]
        if len(at_line) != len(old):
            raise Unabsorbable("文字里有算出来的段落")
        if len(old) == 1 and len(new) == 1:
            return self.typed_line(new[0])
        places = dict(zip(old, at_line, strict=True))
        gap = "\n" * max((b - a for a, b in pairwise(at_line)), default=1)
        made = ""
        last: int | None = None
        for key in new:
            typed = self.typed_line(key)
            place = places.get(key)
            between = "\n" * (place - last) if place is not None and last is not None and place > last else gap
            made += f"{between if made else ''}{typed}"
            last = place if place is not None else last
        if not made:
            raise Unabsorbable("没有留下文字")
        return made

    def text_in(self, key: int) -> Printed | str | None:
        """The text of a line that is 文, or the new text; None if it has none."""
        at = self.current(key)
        if at < 0:
            return str(self.plan.content(key))
        item = self.outline.items[at]
        if not isinstance(item, Line):
            return None
        return next((each for each in line_texts(item)[1] if each.role in _PARAGRAPHS), None)

    def has_text_edits(self, key: int) -> bool:
        edits = self.plan.edits.get(key) if key in self.words else None
        return edits is not None and any(each.printed.role in _PARAGRAPHS for each in edits.texts)

    def typed_line(self, key: int) -> str:
        """What is typed for the 文 in a line, or for a line that is no block's any more."""
        found = self.text_in(key)
        if isinstance(found, str):
            return _literal(found.strip())
        if found is None:
            return _literal(str(self.content(key)).strip())
        edits = self.plan.edits.get(key) if key in self.words else None
        made = next((each.edits for each in edits.texts if each.printed == found), ()) if edits else ()
        return self.typed_part(key, found, made).strip()

    def typed_whole(self, key: int) -> str:
        """What is typed for all characters of a line, the title and the units of its block among them."""
        at = self.current(key)
        item = self.outline.items[at] if at >= 0 else None
        if not isinstance(item, Line):
            return self.typed_line(key)
        text, parts = line_texts(item)
        edited = self.plan.edits.get(key) if key in self.words else None
        edits = {each.printed: each.edits for each in edited.texts} if edited else {}
        made, last = "", 0
        for part in parts:
            if edited and edited.duty is not None and part.role in DUTY:
                new = str(self.content(key))
                return (made + _literal(new[len(split_duty(new)[0]) :])).strip()
            is_unit = part.role in DUTY  # a deadline is not printed as it is typed
            own = _literal(text[part.start : part.end]) if is_unit else self.typed_part(key, part, edits.get(part, ()))
            made += _literal(text[last : part.start]) + own
            last = part.end
        return (made + _literal(text[last:])).strip()

    def typed_part(self, key: int, part: Printed, edits: Sequence[TypedEdit]) -> str:
        """What is typed for a text of a line; the parameters of a clause are known only in its use."""
        end = part.offset + part.end - part.start
        block = self.outline.of_line[self.current(key)]
        is_inside = block is not None and block.head == "用" and not self.outline.is_typed(part.text)
        return retyped_text(part.text, edits, part.offset, end, printed="参数" if is_inside else "")

    def duty_changes(self, path: Path, duty: EditedDuty) -> Iterator[Change]:
        if self.plan.document.duty_note != "句末":
            raise Unabsorbable("责任单位不印在句末，写在这里提纲认不出来")
        node = self.outline.node(path)
        entries = node.entries if isinstance(node, Mapping) else {}
        for key, new in zip(_DUTY_KEYS, (duty.lead, duty.support, duty.deadline), strict=True):
            now = _typed_names(entries.get(key))
            names = (new,) if isinstance(new, str) else new
            names = tuple(filter(None, names))
            if now == names or any("{{" in each for each in now):
                if any("{{" in each for each in now):
                    raise Unabsorbable(f"“{key}”是算出来的")
                continue
            for each in names:
                _literal(each)
            if not names:
                if key in entries:
                    yield Drop(path, key)
            else:
                yield SetEntry(path, key, names[0] if len(names) == 1 else names)

    def changes_of_use(self, block: OutlineBlock, edited: list[int]) -> Iterator[Change]:
        texts: list[EditedText] = []
        for key in edited:
            edits = self.plan.edits[key]
            if edits.duty is not None:
                yield from self.duty_changes(block.path, edits.duty)
            texts += edits.texts
        steps = {self.plan.step_of[StepKind.WORDS, key] for key in edited}
        in_own_words = not steps.isdisjoint(self.plan.in_own_words)
        yield from use_changes(self.outline, block, texts, self.plan.values_of, in_own_words=in_own_words)

    def changes_of_others(self, block: OutlineBlock, planned: _Planned, edited: list[int]) -> Iterator[Change]:
        """The changes of a 专栏, 表 or 图: of its title, and of the cells."""
        if set(planned.own) != {self.plan.ours[at] for at in block.lines}:
            raise Unabsorbable("表和它的题、图和它的题要一起动")
        for key in edited:
            yield from self.changes_in_place(key)

    def changes_in_place(self, key: int) -> Iterator[Change]:
        """The changes of the texts of an item where they are typed."""
        item = self.outline.items[self.current(key)]
        if isinstance(item, Grid):
            yield from self.cell_changes(key, item)
            return
        edits = self.plan.edits[key]
        for printed, made in edits.texts:
            if printed.role in _NAMED_AGAIN and isinstance(item, Line) and item.role != TITLE:
                continue  # it follows the title
            yield self.text_change(printed, made)
        if edits.listed is not None:
            role, names = edits.listed
            for each in names:
                _literal(each)
            yield SetEntry(("发文",), _FRAME_KEYS[role], names[0] if len(names) == 1 else names)
        if edits.duty is not None:
            raise Unabsorbable("责任单位不能写在这里")

    def text_change(self, printed: Printed, edits: Sequence[TypedEdit]) -> Change:
        typed = retyped_text(printed.text, edits)
        path = self.outline.path_of(printed.text)
        if path and self.outline.is_typed(printed.text) and isinstance(self.outline.node(path), Scalar):
            return SetText(path, typed)
        if printed.role is TextRole.PLAN_TITLE:
            return SetEntry((), "标题", typed)
        key = _FRAME_KEYS.get(printed.role)
        if key is None or isinstance(self.outline.node(("发文", key)), List):
            raise Unabsorbable("这一行的字是程序排上去的")
        return SetEntry(("发文",), key, typed)

    def cell_changes(self, key: int, item: Grid) -> Iterator[Change]:
        new = self.plan.content(key)
        table = item.block
        if table is None or isinstance(new, str):
            raise Unabsorbable("这张表是程序排出来的")
        typed = [
            [self.outline.path_of(cell) if self.outline.is_typed(cell) else None for cell in row] for row in table.rows
        ]
        if not any(path for row in typed for path in row):
            is_made = not any(cell.origin for row in table.rows for cell in row)
            raise Unabsorbable("这张表是程序按提纲排的" if is_made else "这张表的内容在工作簿里，改那里")
        if [len(row) for row in new] != [len(row) for row in item.rows]:
            yield self.row_changes(item, new, typed)
            return
        for old_row, new_row, texts in zip(item.rows, new, table.rows, strict=True):
            for old, value, text in zip(old_row, new_row, texts, strict=True):
                if old == value:
                    continue
                path = self.outline.path_of(text)
                if path is None or not self.outline.is_typed(text):
                    raise Unabsorbable("这一格不在提纲里")
                yield SetText(path, retyped_text(text, text_edits(text.value, value)))

    def row_changes(self, item: Grid, new: tuple[tuple[str, ...], ...], typed: list[list[Path | None]]) -> Change:
        """Rows put in and left out; every other row must be as it was."""
        from planwriter.compare.sequence import shared_runs

        rows: list[Path | None] = [row[0][:-1] if row and row[0] else None for row in typed]
        if item.merges or not all(rows):
            raise Unabsorbable("这张表的行列改了，又有合并的格子，分不清哪行是哪行")
        width = len(item.rows[0])
        if any(len(row) != width for row in new):
            raise Unabsorbable("这张表的列数改了")
        made: list[Item] = []
        at = 0
        for old, place, size in [*shared_runs(item.rows, new), (len(item.rows), len(new), 0)]:
            for row in new[at:place]:
                cells = ", ".join(_cell(each) for each in row)
                made.append((f"- [{cells}]",))
            for path in rows[old : old + size]:
                assert path is not None
                made.append(path)
            at = place + size
        first = rows[0]
        assert first is not None
        return Arrange(first[:-1], tuple(made))

    # lists, slots, and what stands in neither

    def change_lists(self) -> None:
        for at, root in enumerate(self.roots):
            self.change_list(self.outline.roots[at], root)
        for block, planned in self.placed.items():
            if block.level or block.head == "专栏":
                self.change_list(block.list_path, planned)

    def change_list(self, path: Path, planned: _Planned) -> None:
        old = self.outline.lists.get(path, [])
        silent = {each for each in old if not self.prints(each)}
        now = [each for each in old if each not in silent]
        new = [each.source for each in planned.children]
        if new == now:
            return
        kept = [each for each in planned.children if each.source not in silent]
        items: list[Item] = []
        following: dict[OutlineBlock | None, list[OutlineBlock]] = {}
        last: OutlineBlock | None = None
        for each in old:
            if each in silent and each not in self.placed:
                following.setdefault(last, []).append(each)
            else:
                last = each
        items += [each.path for each in following.pop(None, [])]
        del kept
        for child in planned.children:
            items.append(self.item(child))
            if child.source is not None:
                items += [each.path for each in following.pop(child.source, [])]
        items += [each.path for rest in following.values() for each in rest]
        self.made_of.changes.append(Arrange(path, tuple(items)))

    def prints(self, block: OutlineBlock) -> bool:
        if block.lines or block in self.placed:
            return True
        return any(self.prints(each) for each in self.outline.lists.get(block.list_path, []))

    def item(self, planned: _Planned) -> Item:
        if planned.source is not None:
            return planned.source.path
        block = self.new_block(planned)
        lines = tuple(blocks_yaml((block,)))
        if not planned.children:
            return lines
        return NewBlock(lines, tuple(self.item(each) for each in planned.children))

    def new_block(self, planned: _Planned) -> Block:
        first, *others = planned.own
        content = self.content(first)
        if not isinstance(content, str) and self.current(first) < 0:
            return Table(rows=tuple(tuple(Text(value=_literal(cell)) for cell in row) for row in content))
        if not planned.level:
            return Paragraph(text=Text(value=self.typed_whole(first)))
        if self.current(first) >= 0:
            return self.own_block(planned)
        text = str(self.plan.content(first)).strip()
        title, body, duty = self.new_parts(text, planned.level)
        paragraphs = [_literal(body), *(self.typed_line(each) for each in others)]
        return Section(
            level=Level(planned.level),
            title=Text(value=_literal(title)) if title else None,
            text=Text(value="\n".join(filter(None, paragraphs))) if any(paragraphs) else None,
            duty=duty,
        )

    def own_block(self, planned: _Planned) -> Section:
        """A block of a clause as one of the outline's own, with the same texts, units and numbering."""
        first, *others = planned.own
        item = self.outline.items[self.current(first)]
        assert isinstance(item, Line) and isinstance(item.block, Section)
        edits = self.plan.edits.get(first) if first in self.words else None
        typed = {TextRole.TITLE: "", TextRole.TEXT: ""}
        for part in line_texts(item)[1]:
            if part.role in typed:
                made = next((each.edits for each in edits.texts if each.printed == part), ()) if edits else ()
                typed[part.role] = self.typed_part(first, part, made).strip()
        duties = [each.duty for key in planned.own if key in self.words and (each := self.plan.edits[key]).duty]
        duty = _duty(duties[0]) if duties else item.block.duty
        paragraphs = [typed[TextRole.TEXT], *(self.typed_line(each) for each in others)]
        return Section(
            level=Level(planned.level),
            title=Text(value=typed[TextRole.TITLE]) if typed[TextRole.TITLE] else None,
            text=Text(value="\n".join(filter(None, paragraphs))) if any(paragraphs) else None,
            duty=duty,
            numbering=item.block.numbering,
            run_in=item.block.run_in,
        )

    def new_parts(self, text: str, level: int) -> tuple[str, str, Duty | None]:
        """The title, the text and the units of a new numbered item."""
        duty = None
        if self.plan.document.duty_note == "句末":
            text, found = split_duty(text)
            duty = _duty(found) if found is not None else None
        if self.plan.run_in[level - 1]:
            made = split_title(text)
            if made.title and f"{made.title}。{made.text}" == text:
                return made.title, made.text, duty
        if text.endswith(("。", "；", "！", "？", "：")) or "。" in text:
            return "", text, duty
        return text, "", duty

    def change_slots(self) -> None:
        old: dict[Slot, list[int]] = {}
        for at, slot in sorted(self.outline.slots.items()):
            old.setdefault(slot, []).append(self.plan.ours[at])
        for slot in {**old, **self.slot_lines}:
            before, new = old.get(slot, []), self.slot_lines.get(slot, [])
            if before == new and not any(key in self.words for key in new):
                continue
            try:
                self.made_of.changes += self.slot_changes(slot, before, new)
            except Unabsorbable as error:
                for key in (*before, *new):
                    self.refuse(key, str(error))

    def slot_changes(self, slot: Slot, before: list[int], new: list[int]) -> Iterator[Change]:
        node = self.outline.node((*slot.path, slot.key))
        is_typed = node is not None and not (isinstance(node, Scalar) and node.empty)
        if not new:
            if not is_typed:
                raise Unabsorbable("这一行的字是程序排上去的")
            yield Drop(slot.path, slot.key)
        elif not is_typed:
            if not isinstance(self.outline.node(slot.path), Mapping):
                raise Unabsorbable("提纲里没有地方写这一行")
            typed = [self.typed_slot(key) for key in new]
            yield SetEntry(slot.path, slot.key, typed[0] if len(typed) == 1 else tuple(typed))
        elif isinstance(node, Scalar):
            yield from self.scalar_changes(slot.path, slot.key, before, new)
        else:
            yield SetParagraphs(slot.path, slot.key, tuple(self.typed_line(key) for key in new))

    def typed_slot(self, key: int) -> str:
        """The words of a derived paragraph, which from now on are typed."""
        return _literal(str(self.content(key)).strip())

    def change_loose(self) -> None:
        for key in self.loose:
            try:
                if key in self.gone:
                    self.made_of.changes.append(self.dropped(key))
                else:
                    self.made_of.changes += self.changes_in_place(key)
            except Unabsorbable as error:
                self.refuse(key, str(error), StepKind.GONE if key in self.gone else StepKind.WORDS)

    def dropped(self, key: int) -> Change:
        item = self.outline.items[self.current(key)]
        roles = {each.role for each in item.texts} if isinstance(item, Line) else set()
        if len(roles) == 1 and roles <= _DROPPED:
            name = _FRAME_KEYS[roles.pop()]
            if isinstance(self.outline.node(("发文",)), Mapping) and self.outline.node(("发文", name)) is not None:
                return Drop(("发文",), name)
        raise Unabsorbable("这一行是程序排上去的，提纲里没有地方删")


_PARAGRAPHS = frozenset((TextRole.TEXT, TextRole.PREFACE, TextRole.CLOSING, TextRole.NOTICE_BODY))


def _duty(edited: EditedDuty) -> Duty:
    return Duty(
        lead=tuple(Text(value=_literal(each)) for each in edited.lead),
        support=tuple(Text(value=_literal(each)) for each in edited.support),
        deadline=Text(value=_literal(edited.deadline)) if edited.deadline else None,
    )


def _literal(text: str) -> str:
    """A text that is typed as it is printed. Raises Unabsorbable."""
    return retyped_text(Text(value=""), [TypedEdit(0, 0, text)])


def _typed_names(node: object) -> tuple[str, ...]:
    if isinstance(node, Scalar):
        return () if node.empty else (node.value,)
    if isinstance(node, List):
        return tuple(each.value for each in node.items if isinstance(each, Scalar))
    return ()


def _cell(text: str) -> str:
    from planwriter.source.edit import quoted

    return quoted(_literal(text), flow=True) if text else "''"
