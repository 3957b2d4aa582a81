"""The changes of an outline's file by which chosen steps are made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from planwriter.compare.absorb.absorption import Absorption, StepKind
from planwriter.compare.absorb.clause_edits import use_changes
from planwriter.compare.absorb.line_parts import EditedDuty, EditedText, line_texts, split_duty
from planwriter.compare.absorb.outline_nodes import OutlineBlock, Slot
from planwriter.compare.absorb.placing import ExpectedItem, Placing, PlannedBlock, Realised, duty_of_names
from planwriter.compare.absorb.retyping import (
    InsideClause,
    TypedEdit,
    Unabsorbable,
    literal_text,
    retyped_text,
    text_edits,
)
from planwriter.importing.write import blocks_yaml
from planwriter.model import LEVEL_WORDS, Block, Level, Paragraph, Section, Table, Text
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


def realised(plan: Absorption, chosen: Collection[int]) -> Realised:
    """The changes for the steps with these numbers."""
    refused = {at: reason for at, reason in plan.refused.items() if at in chosen}
    taken = set(chosen) - refused.keys()
    while True:
        for group in plan.linked:
            if not group <= taken:  # with one of them alone words would be lost or stand twice
                refused.update((at, "它的字来自或者去了另一段，那一段没有收回") for at in group & taken)
                taken -= group
        made = _Realiser(plan, taken).made()
        if made.expanded - plan.expanded:
            plan.expanded |= made.expanded
            continue
        refused.update(made.refused)
        if not made.refused:
            made.refused = refused
            return made
        taken -= made.refused.keys()


class _Realiser(Placing):
    """Makes the changes of the file for steps that were taken."""

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

    # changes of blocks

    def change_blocks(self) -> None:
        for block, planned in self.placed.items():
            try:
                self.made_of.changes += self.changes_of(block, planned)
            except InsideClause:
                self.made_of.expanded.add(block)
            except Unabsorbable as error:
                self.refuse_words(block, planned, str(error))

    def refuse_words(self, block: OutlineBlock, planned: PlannedBlock, reason: str) -> None:
        keys = [*planned.own, *(self.plan.ours[at] for at in block.lines)]
        before = len(self.made_of.refused)
        for key in keys:
            self.refuse(key, reason, StepKind.WORDS)
        if len(self.made_of.refused) == before:
            for key in keys:
                self.refuse(key, reason)

    def changes_of(self, block: OutlineBlock, planned: PlannedBlock) -> Iterator[Change]:
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

    def changes_of_section(self, block: OutlineBlock, planned: PlannedBlock, keys: list[int]) -> Iterator[Change]:
        duty = self.units_of_last(planned)
        for key in planned.own:
            edits = self.plan.edits.get(key) if key in self.words else None
            if edits is None:
                continue
            for printed, made in edits.texts:
                if printed.role is TextRole.TITLE:
                    yield SetText((*block.path, block.head), retyped_text(printed.text, made))
            duty = duty or edits.duty
        gone = [self.outline.items[self.current(key)] for key in set(keys) - set(planned.own)]
        if duty is None and any(
            isinstance(item, Line) and any(each.role in DUTY for each in item.texts) for item in gone
        ):
            duty = EditedDuty()
        if duty is not None:
            yield from self.duty_changes(block.path, duty)
        alone = self.words & self.plan.own_titles.keys()
        if not alone.isdisjoint(planned.own):
            yield SetEntry(block.path, "题式", "独行")
        old = [key for key in keys if self.text_in(key) is not None]
        others = alone | self.plan.unit_lines
        new = [key for key in planned.own if self.text_in(key) is not None and key not in others]
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

    def units_of_last(self, planned: PlannedBlock) -> EditedDuty | None:
        """The units that the last paragraph of a block ends with, if that is new; they are those of the block."""
        last = planned.own[-1]
        if self.current(last) >= 0 or self.plan.document.duty_note != "句末":
            return None
        return split_duty(str(self.plan.content(last)))[1]

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
            return self.words_of(key)
        item = self.outline.items[at]
        if not isinstance(item, Line):
            return None
        return next((each for each in line_texts(item)[1] if each.role in _PARAGRAPHS), None)

    def words_of(self, key: int) -> str:
        """The words of a line; a table or a picture has none that could stand in its place."""
        content = self.content(key)
        if not isinstance(content, str):
            raise Unabsorbable("表和它的题要一起动")
        return content

    def has_text_edits(self, key: int) -> bool:
        edits = self.plan.edits.get(key) if key in self.words else None
        return edits is not None and any(each.printed.role in _PARAGRAPHS for each in edits.texts)

    def typed_line(self, key: int) -> str:
        """What is typed for the 文 in a line, or for a line that is no block's any more."""
        found = self.text_in(key)
        if isinstance(found, str):
            return self.typed_new(key, found)
        if found is None:
            return literal_text(self.words_of(key).strip())
        edits = self.plan.edits.get(key) if key in self.words else None
        made = next((each.edits for each in edits.texts if each.printed == found), ()) if edits else ()
        return self.typed_part(key, found, made).strip()

    def typed_new(self, key: int, text: str) -> str:
        """What is typed for a new paragraph: what it was typed as before, if it is the rest of a line; no units of its block."""
        block = self.holder.get(key)
        if block is not None and block.level and self.plan.document.duty_note == "句末":
            text = split_duty(text)[0] if key == block.own[-1] else text
        before = self.plan.parted.get(key)
        item = self.outline.items[self.current(before[0])] if before is not None else None
        if before is None or not isinstance(item, Line):
            return literal_text(text.strip())
        start, end = before[1], before[1] + len(text)
        made, last = "", start
        for part in line_texts(item)[1]:
            low, high = max(part.start, start), min(part.end, end)
            if low >= high:
                continue
            made += literal_text(_text_of(item)[last:low])
            own = part._replace(start=low, end=high, offset=part.offset + low - part.start)
            made += literal_text(_text_of(item)[low:high]) if part.role in DUTY else self.typed_part(before[0], own, ())
            last = high
        return (made + literal_text(_text_of(item)[last:end])).strip()

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
                return (made + literal_text(new[len(split_duty(new)[0]) :])).strip()
            is_unit = part.role in DUTY  # a deadline is not printed as it is typed
            own = (
                literal_text(text[part.start : part.end])
                if is_unit
                else self.typed_part(key, part, edits.get(part, ()))
            )
            made += literal_text(text[last : part.start]) + own
            last = part.end
        return (made + literal_text(text[last:])).strip()

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
                literal_text(each)
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

    def changes_of_others(self, block: OutlineBlock, planned: PlannedBlock, edited: list[int]) -> Iterator[Change]:
        """The changes of a 专栏, 表 or 图: of its title, and of the cells."""
        for at in block.lines:
            if self.plan.ours[at] not in planned.own:
                yield self.without_caption(at)
        for key in edited:
            yield from self.changes_in_place(key)

    def without_caption(self, at: int) -> Change:
        """The change that leaves out the caption of a table or a picture, at this line."""
        item = self.outline.items[at]
        texts = item.texts if isinstance(item, Line) and self.plan.ours[at] in self.gone else ()
        path = self.outline.path_of(texts[0].text) if texts and texts[0].role is TextRole.CAPTION else None
        if not path or not isinstance(path[-1], str):
            raise Unabsorbable("表和它的题、图和它的题要一起动")
        return Drop(path[:-1], path[-1])

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
                literal_text(each)
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
        from planwriter.compare.matching.sequence import shared_runs

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

    def change_list(self, path: Path, planned: PlannedBlock) -> None:
        old = self.outline.lists.get(path, [])
        silent = {each for each in old if not self.prints(each)}
        now = [each for each in old if each not in silent]
        new = [each.source for each in planned.children]
        if new == now:
            return
        items: list[Item] = []
        following: dict[OutlineBlock | None, list[OutlineBlock]] = {}
        last: OutlineBlock | None = None
        for each in old:
            if each in silent and each not in self.placed:
                following.setdefault(last, []).append(each)
            else:
                last = each
        items += [each.path for each in following.pop(None, [])]
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

    def item(self, planned: PlannedBlock) -> Item:
        if planned.source is not None:
            return planned.source.path
        try:
            lines = tuple(blocks_yaml((self.new_block(planned),)))
        except Unabsorbable as error:
            self.refuse_apart(planned, str(error))
            return ()
        if not planned.children:
            return lines
        return NewBlock(lines, tuple(self.item(each) for each in planned.children))

    def refuse_apart(self, planned: PlannedBlock, reason: str) -> None:
        """Gives up the steps by which lines came to stand apart from the rest of their blocks; or all, if these are not known."""
        blocks = [block for key in planned.own if (block := self._block(key)) is not None]
        for key in (*planned.own, *(self.plan.ours[at] for block in blocks for at in block.lines)):
            self.refuse(key, reason)
        if not self.made_of.refused:
            self.made_of.refused.update(dict.fromkeys(self.taken, reason))

    def new_block(self, planned: PlannedBlock) -> Block:
        first, *others = planned.own
        content = self.content(first)
        if not isinstance(content, str) and self.current(first) < 0:
            return Table(rows=tuple(tuple(Text(value=literal_text(cell)) for cell in row) for row in content))
        if not planned.level:
            return Paragraph(text=Text(value=self.typed_whole(first)))
        if self.current(first) >= 0:
            return self.own_block(planned)
        text = str(self.plan.content(first)).strip()
        title, body, duty = self.new_parts(text, planned.level)
        paragraphs = [literal_text(body), *(self.typed_line(each) for each in others)]
        return Section(
            level=Level(planned.level),
            title=Text(value=literal_text(title)) if title else None,
            text=Text(value="\n".join(filter(None, paragraphs))) if any(paragraphs) else None,
            duty=duty,
        )

    def own_block(self, planned: PlannedBlock) -> Section:
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
        duty = duty_of_names(duties[0]) if duties else item.block.duty
        paragraphs = [typed[TextRole.TEXT], *(self.typed_line(each) for each in others)]
        return Section(
            level=Level(planned.level),
            title=Text(value=typed[TextRole.TITLE]) if typed[TextRole.TITLE] else None,
            text=Text(value="\n".join(filter(None, paragraphs))) if any(paragraphs) else None,
            duty=duty,
            numbering=item.block.numbering,
            run_in=item.block.run_in,
        )

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
            if slot.key == "通知正文":
                raise Unabsorbable("通知不能没有正文，删了会排上惯用的那一句")
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
        return literal_text(self.words_of(key).strip())

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


def _typed_names(node: object) -> tuple[str, ...]:
    if isinstance(node, Scalar):
        return () if node.empty else (node.value,)
    if isinstance(node, List):
        return tuple(each.value for each in node.items if isinstance(each, Scalar))
    return ()


def _text_of(line: Line) -> str:
    """The characters of a line without its label."""
    return line_texts(line)[0]


def _cell(text: str) -> str:
    from planwriter.source.edit import quoted

    return quoted(literal_text(text), flow=True) if text else "''"
