"""Where each item of a plan goes in the blocks of its outline, once the chosen steps are made."""

from __future__ import annotations

from collections.abc import Iterable

from planwriter.compare.absorb.absorption import Absorption, StepKind
from planwriter.compare.absorb.frame_entries import frame_entry
from planwriter.compare.absorb.line_parts import EditedDuty, split_duty
from planwriter.compare.absorb.outline_nodes import OutlineBlock, Slot
from planwriter.compare.absorb.retyping import literal_text
from planwriter.compare.edits.sides import Content, content_of
from planwriter.compare.versions.version import VersionLine
from planwriter.importing.tasks.content import split_title
from planwriter.model import Duty, Paragraph, Section, Text
from planwriter.model.walk import DUTY, TextRole
from planwriter.plan.flow import Line
from planwriter.source.changes import (
    Change,
    SetEntry,
)
from planwriter.source.nodes import Mapping
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass, field


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


class PlannedBlock:
    """A block as it is to be: one of the file, or a new one, or the list of a part."""

    __slots__ = ("children", "is_box", "is_foreign", "is_root", "level", "own", "source")

    def __init__(
        self, source: OutlineBlock | None, level: int, own: Iterable[int] = (), *, is_foreign: bool = False
    ) -> None:
        self.source, self.level = source, level
        self.own = [*own]
        """The keys of its own lines."""
        self.children: list[PlannedBlock] = []
        self.is_foreign = is_foreign
        """True if it was not here before: new or moved."""
        self.is_root = False
        self.is_box = source is not None and source.head == "专栏"


class Placing:
    """Puts the items, in the order that the chosen steps give them, into the blocks of the file and into new ones."""

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
        self.next_root = self._next_roots()
        self.roots = [PlannedBlock(None, 0) for _ in self.outline.roots]
        for root in self.roots:
            root.is_root = True
        self.placed: dict[OutlineBlock, PlannedBlock] = {}
        self.holder: dict[int, PlannedBlock] = {}
        """The blocks that new paragraphs are added to."""
        self.of_section: dict[int, PlannedBlock] = {}
        """By the sections of clauses whose use is replaced."""
        self.slot_lines: dict[Slot, list[int]] = {}
        self.frame_keys: list[str] = []
        """The keys of 发文 that are new."""
        self.loose: list[int] = []
        """Items outside of blocks that are not as they were."""

    def keys(self, kind: StepKind) -> set[int]:
        """The items of the chosen steps of a kind."""
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

    def _next_roots(self) -> dict[int, int]:
        """For what is put between a text in which nothing is numbered and a list with numbered items: the number of that list."""
        roots = {key: block.root for key in self.order if (block := self._block(key)) is not None}
        numbered = {root for key, root in roots.items() if self.plan.level_now(key)}
        made: dict[int, int] = {}
        following = -1
        for key in reversed(self.order):
            if self.is_foreign(key):
                made[key] = following
            else:
                following = roots.get(key, -1)
        last = -1
        for key in self.order:
            if not self.is_foreign(key):
                last = roots.get(key, -1)
            elif made[key] not in numbered or last in numbered:
                del made[key]
        return made

    def is_foreign(self, key: int) -> bool:
        """True if an item was not where it is to be."""
        return self.current(key) < 0 or key in self.moved

    def _block(self, key: int) -> OutlineBlock | None:
        at = self.current(key)
        return self.outline.of_line[at] if at >= 0 else None

    def refuse(self, key: int, reason: str, *kinds: StepKind) -> None:
        """Gives up the steps of an item."""
        for kind in kinds or StepKind:
            at = self.plan.step_of.get((kind, key))
            if at is not None and at in self.taken:
                self.made_of.refused[at] = reason

    def content(self, key: int) -> Content:
        """What an item is to say: its new words if they were chosen, else those of the outline."""
        if key in self.words or key in self.added:
            return self.plan.content(key)
        return content_of(self.plan.sides.current.items[self.items[key].current])

    def current(self, key: int) -> int:
        """The number of an item in the plan as it stands; -1 if it is new."""
        return self.items[key].current

    def level(self, key: int) -> int:
        """The level that an item is to have, from 1; 0 for a paragraph."""
        if key in self.levels:
            return self.plan.new_level(key)
        if self.current(key) >= 0:
            return self.plan.level_now(key)
        item = self.plan.sides.edited.items[self.items[key].edited]
        return (item.level or self.plan.unlabelled.get(key, 0)) if isinstance(item, VersionLine) else 0

    def is_boxed(self, key: int) -> bool:
        """True if an item stands in a box, or was put between two that do."""
        if not self.is_foreign(key) or self._is_in_box(key):
            return self._is_in_box(key)
        order, at = self.plan.merged.order, self.plan.at_order.get(key, 0)
        beside = (*order[max(at - 1, 0) : at], *order[at + 1 : at + 2])
        return len(beside) == 2 and all(map(self._is_in_box, beside))

    def _is_in_box(self, key: int) -> bool:
        item = self.items[key]
        is_here = item.current >= 0 and not (key in self.moved and item.edited >= 0)
        version, at = (self.plan.sides.current, item.current) if is_here else (self.plan.sides.edited, item.edited)
        one = version.items[at]
        return isinstance(one, VersionLine) and one.boxed

    # where each item goes

    def place_all(self) -> None:
        """Puts every item into a block, a slot of the frame, or among those outside of blocks."""
        self.stack: list[PlannedBlock] = []
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
        """An item outside of all blocks, such as the title: only its words can change."""
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
        """Gives up the new items for which there was no place; lines of the frame become its entries."""
        self.take_frame_lines()
        for key in self.pending:
            self.refuse(key, "提纲里没有地方写这一行", StepKind.ADDED)
        self.pending = []

    def flush_slot(self, slot: Slot) -> None:
        """Adds the new items before a text of the frame to that text."""
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
        """An item that was in a block: that block goes here, or the item joins it or leaves it."""
        if block in self.plan.expanded:
            self.place_expanded(key, at, block)
            return
        known = self.placed.get(block)
        if known is not None:
            if self.stack and (self.stack[-1] is known or block.level == 0) and self.continues(known):
                known.own.append(key)
            else:
                self.place_apart(key, block)
            return
        before = block.lines[: block.lines.index(at)]
        is_left = block.head in ("表", "图") and all(self.plan.ours[each] in self.gone for each in before)
        is_head = not before or block.head == "文" or is_left
        if not is_head:
            self.place_apart(key, block)
            return
        is_moved = key in self.moved
        self.open_list(key)
        if (not self.stack and not is_moved) or (not is_moved and self.stack[0] is not self.roots[block.root]):
            self.flush(block.root)
            self.stack = [self.roots[block.root]]
        if not self.stack:  # moved to where no list is
            self.refuse(key, "这里不是列表，移不过来", StepKind.MOVED)
            return
        self.flush(block.root)
        level = self.level(key)
        is_leveled = bool(block.level) or block.head == "用"
        made = PlannedBlock(block, level if is_leveled else 0, [key], is_foreign=is_moved or key in self.levels)
        self.open_parent(block, made, key, is_moved=is_moved or key in self.levels)
        self.stack[-1].children.append(made)
        self.placed[block] = made
        if block.level or made.is_box:
            self.stack.append(made)

    def continues(self, known: PlannedBlock) -> bool:
        """True if an item follows the last one of its block."""
        parent = next((each for each in reversed(self.stack) if known in each.children[-1:]), None)
        return not known.children and (known is self.stack[-1] or (parent is not None and parent is self.stack[-1]))

    def open_parent(self, block: OutlineBlock, made: PlannedBlock, key: int, *, is_moved: bool) -> None:
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
        made = PlannedBlock(block, block.level)
        self.placed[block] = made
        if block.parent is not None and not block.parent.lines and block.parent not in self.placed:
            self.open_silent(block.parent)
        at = next((n for n, each in enumerate(self.stack) if each.source is block.parent and block.parent), 0)
        del self.stack[at + 1 :]
        self.stack[-1].children.append(made)
        self.stack.append(made)

    def open_by_level(self, level: int, *, boxed: bool) -> None:
        """Takes blocks off the stack until an item of a level can follow; out of a box unless it is `boxed`."""
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
            return
        made = PlannedBlock(None, level, [key], is_foreign=is_moved)
        if at == block.lines[0] and not is_moved:
            self.open_parent(block, made, key, is_moved=False)
        elif level:
            self.open_by_level(level, boxed=self.is_boxed(key))
        self.stack[-1].children.append(made)
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
        if self.current(key) < 0:
            self.open_list(key)
        if is_table and not self.stack:
            self.refuse(key, "这里放不下表")
            return
        if self.slot is not None:
            self.slot_lines[self.slot].append(key)
            return
        if not self.stack:
            self.pending.append(key)
            return
        if key in self.plan.unit_lines:
            self.place_units(key)
            return
        level = self.level(key) if self.current(key) < 0 else 0
        boxed = self.is_boxed(key)
        if level:
            self.open_by_level(level, boxed=boxed)
            made = PlannedBlock(None, level, [key], is_foreign=True)
            self.stack[-1].children.append(made)
            self.stack.append(made)
            return
        if not boxed:
            self.open_by_level(0, boxed=False)
        top = self.stack[-1]
        is_own = not top.children and not top.is_root and not top.is_box and not self.has_units(key)
        if is_own and isinstance(self.content(key), str) and self.takes_paragraph(top):
            top.own.append(key)
            self.holder[key] = top
            return
        made = PlannedBlock(None, 0, [key], is_foreign=True)
        while not top.children and self.ends_with_units(top):  # its units would go to a line of their own
            self.stack.pop()
            top = self.stack[-1]
        top.children.append(made)

    def place_units(self, key: int) -> None:
        """A new line of units, below a title; those of any other line stand at its end."""
        top = self.stack[-1]
        at = self.current(top.own[-1]) if top.own and not top.children else -1
        item = self.outline.items[at] if at >= 0 else None
        if not isinstance(item, Line) or {each.role for each in item.texts} != {TextRole.TITLE}:
            self.refuse(key, "不知道是哪一条的责任单位、时限：前一段已经写了，或者不是正文", StepKind.ADDED)
            return
        top.own.append(key)
        self.holder[key] = top

    def open_list(self, key: int) -> None:
        """Begins the list behind a text in which nothing is numbered, if a numbered item comes before the first of that list."""
        root = self.next_root.get(key, -1)
        if root >= 0 and self.level(key) and (not self.stack or self.stack[0] is not self.roots[root]):
            self.slot, self.stack = None, []
            self.flush(root)
            self.stack = [self.roots[root]]

    def has_units(self, key: int) -> bool:
        """True if a line ends with the units of the block that it was in."""
        at = self.current(key)
        item = self.outline.items[at] if at >= 0 else None
        return isinstance(item, Line) and any(each.role in DUTY for each in item.texts)

    def takes_paragraph(self, block: PlannedBlock) -> bool:
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
        has_units = roles & DUTY and split_duty(str(self.content(last)))[1] is not None
        return TextRole.TEXT in roles and not has_units

    def ends_with_units(self, block: PlannedBlock) -> bool:
        """True if the title of a block is followed by its units, on the same line."""
        at = self.current(block.own[-1]) if block.own else -1
        item = self.outline.items[at] if at >= 0 else None
        roles = {each.role for each in item.texts} if isinstance(item, Line) else set()
        return TextRole.TITLE in roles and bool(roles & DUTY) and TextRole.TEXT not in roles

    def new_parts(self, text: str, level: int) -> tuple[str, str, Duty | None]:
        """The title, the text and the units of a new numbered item."""
        duty = None
        if self.plan.document.duty_note == "句末":
            text, found = split_duty(text)
            duty = duty_of_names(found) if found is not None else None
        if self.plan.run_in[level - 1]:
            made = split_title(text)
            if made.title and f"{made.title}。{made.text}" == text:
                return made.title, made.text, duty
        if text.endswith(("。", "；", "！", "？", "：")) or "。" in text:
            return "", text, duty
        return text, "", duty


def duty_of_names(edited: EditedDuty) -> Duty:
    """The units and the deadline as texts of an outline, in which braces mean nothing."""
    return Duty(
        lead=tuple(Text(value=literal_text(each)) for each in edited.lead),
        support=tuple(Text(value=literal_text(each)) for each in edited.support),
        deadline=Text(value=literal_text(edited.deadline)) if edited.deadline else None,
    )
