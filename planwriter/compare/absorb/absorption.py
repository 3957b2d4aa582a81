"""How hand edits of a .docx are made in the outline that it came from: steps to choose from, and the changes of the file that they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from planwriter.compare.absorb.clause_edits import ClauseValues
from planwriter.compare.absorb.line_parts import EditedLine, EditedText, edited_line, line_texts
from planwriter.compare.absorb.outline_nodes import OutlineBlock, OutlineMap
from planwriter.compare.absorb.retyping import Unabsorbable, literal_text, retyped_text
from planwriter.compare.edits.own_units import units_alone
from planwriter.compare.edits.sides import Content, MergedSides, Sides, content_of, shown
from planwriter.compare.matching.sequence import longest_rising
from planwriter.compare.versions.version import VersionLine, VersionPicture, VersionTable
from planwriter.importing.tasks.content import split_title
from planwriter.model import LEVEL_WORDS, Document, Section
from planwriter.model.walk import DUTY, TextRole
from planwriter.plan.flow import Grid, Line
from planwriter.start.enums import Enum
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_SENTENCE = regex(r"[^。；！？\n]+")
_TELLING = 8
"""From so many characters on, a sentence that is gone here and new there is the same one."""

_LEAST = 4
"""From so many on, words in a line that stays in conflict are not put elsewhere too."""


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
    added: tuple[str, ...] = ()
    """What is added, item by item; `after` has it as one text."""


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
        self.sides, self.outline, self.document = sides, outline, document
        self.own_titles = dict(_own_titles(sides, merged, outline))
        """The titles after which a line end was typed, by their keys: from then on they stand on a line of their own."""
        self.merged = merged._replace(contents={**merged.contents, **self.own_titles})
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
        self.unit_lines = {
            key
            for key in merged.order
            if sides.items[key].current < 0 and units_alone(sides.edited.items[sides.items[key].edited])
        }
        """The new lines that say nothing but who is responsible, below a title."""
        self._find_steps()
        self.step_of = {(step.kind, key): at for at, step in enumerate(self.steps) for key in step.keys}
        self._find_edits()
        self.parted = self._parted()
        self.linked = self._linked()
        self._keep_holes_of_joined()
        self._refuse_doubled()
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
            level = self.new_level(key)
            if level:
                words = (LEVEL_WORDS[self.level_now(key) - 1], LEVEL_WORDS[level - 1])
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
            found.append((before[run[0]], step._replace(line=place, added=tuple(map(self._shown, run)))))
        found.sort(key=lambda each: each[0])
        self.steps = [step for _, step in found]

    def _step(self, kind: StepKind, keys: tuple[int, ...], before: str, after: str) -> AbsorbStep:
        item = self.sides.items[keys[0]]
        line = self.sides.current.items[item.current].place if item.current >= 0 else 0
        paragraph = self.sides.edited.items[item.edited].place if item.edited >= 0 else 0
        return AbsorbStep(kind, keys, before, after, line, paragraph)

    def _text(self, keys: Iterable[int]) -> str:
        return " / ".join(map(self._shown, keys))

    def _shown(self, key: int) -> str:
        return shown(self.content(key)) or "（图）"

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

    def level_now(self, key: int) -> int:
        """The level of an item in the plan as it stands, from 1; 0 for what has none."""
        current = self.sides.items[key].current
        item = self.sides.current.items[current] if current >= 0 else None
        return item.level if isinstance(item, VersionLine) else 0

    def new_level(self, key: int) -> int:
        """The level that was given to a numbered item by hand; 0 if it has its own."""
        item = self.sides.items[key]
        if min(item) < 0:
            return 0
        base, edited = self.sides.base.items[item.base], self.sides.edited.items[item.edited]
        now = self.level_now(key)
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
                if key in self.own_titles:
                    self.edits[key] = EditedLine((), None)
                elif isinstance(item, Line) and isinstance(new, str):
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
                literal_text(item.text)
            except Unabsorbable as error:
                self.refused[at] = str(error)

    def _parted(self) -> dict[int, tuple[int, int]]:
        """New items that are the rest of the line before them, and were parted from it: its key, and where they begin in it."""
        made: dict[int, tuple[int, int]] = {}
        for before, key in pairwise(self.merged.order):
            item = self.sides.items[key]
            whole, text = made.get(before, (before, 0))[0], self.content(key)
            current = self.sides.items[whole].current
            if item.current >= 0 or current < 0 or not isinstance(text, str) or not text:
                continue
            old = self.sides.current.items[current]
            if isinstance(old, VersionLine) and old.text.count(text) == 1:
                made[key] = (whole, old.text.index(text))
        return made

    def with_linked(self, chosen: set[int]) -> set[int]:
        """The steps with those without which words would be lost or stand twice."""
        made = set(chosen)
        for group in self.linked:
            if not made.isdisjoint(group):
                made |= group
        return made

    def _linked(self) -> list[set[int]]:
        """Steps that are made together or not at all, since words go from one to the other.

        They are a line that was parted and its rest, lines that were joined, and a sentence that was put into another line.
        """
        pairs = [*self._carried()]
        for key, (whole, _) in self.parted.items():
            words = self.step_of.get((StepKind.WORDS, whole))
            if words is not None:
                pairs.append((words, self.step_of[StepKind.ADDED, key]))
        groups: list[set[int]] = []
        group_of: dict[int, int] = {}
        for pair in pairs:
            known = sorted({group_of[step] for step in pair if step in group_of})
            at = known[0] if known else len(groups)
            if not known:
                groups.append(set())
            groups[at].update(pair)
            for other in known[1:]:
                groups[at] |= groups[other]
                groups[other] = set()
            group_of.update((step, at) for step in groups[at])
        return [group for group in groups if group]

    def _refuse_doubled(self) -> None:
        """Gives up steps that put words where they would stand twice, since the item that has them is in conflict and stays."""
        troubled = {each.key for each in self.merged.conflicts} & self.at_order.keys()
        there = {
            words
            for key in troubled
            for content in (self.content(key), self._was(key))
            for words in _sentences(shown(content), _LEAST)
        }
        for at, step in enumerate(self.steps):
            if step.kind in (StepKind.ADDED, StepKind.WORDS) and troubled.isdisjoint(step.keys):
                put = set(_sentences(step.after, _LEAST)) - set(_sentences(step.before, _LEAST))
                if not put.isdisjoint(there):
                    self.refused[at] = "它的话还在另一段里，那一段两边都改了；先定那一段用哪一个"

    def _was(self, key: int) -> Content:
        """What an item showed before either side changed it; "" if it is new."""
        base = self.sides.items[key].base
        return content_of(self.sides.base.items[base]) if base >= 0 else ""

    def _carried(self) -> Iterator[tuple[int, int]]:
        """The steps that take words away, each with the step that puts them elsewhere."""
        lost: dict[str, list[int]] = {}
        put: dict[str, list[int]] = {}
        for at, step in enumerate(self.steps):
            if step.kind in (StepKind.MOVED, StepKind.LEVEL):
                continue
            old, new = set(_sentences(step.before)), set(_sentences(step.after))
            for text in old - new:
                lost.setdefault(text, []).append(at)
            for text in new - old:
                put.setdefault(text, []).append(at)
        for text, steps in lost.items():
            if len(steps) == len(put.get(text, ())) == 1 and steps != put[text]:
                yield steps[0], put[text][0]
        yield from self._joined()

    def _joined(self) -> Iterator[tuple[int, int]]:
        """The deleted lines that stand whole in the new words of the line before or behind them."""
        kept = [*self.ours]
        neighbours: dict[int, list[int]] = {key: [] for key in kept}
        for keys in (kept, kept[::-1]):
            words = -1
            for key in keys:
                if (StepKind.GONE, key) in self.step_of:
                    neighbours[key] += [words] if words >= 0 else []
                else:
                    words = self.step_of.get((StepKind.WORDS, key), -1)
        for key in kept:
            gone, text = self.step_of.get((StepKind.GONE, key)), self.content(key)
            if gone is None or not isinstance(text, str) or not text:
                continue
            for words in neighbours[key]:
                step = self.steps[words]
                if text in step.after and text not in step.before:
                    yield gone, words

    def _keep_holes_of_joined(self) -> None:
        """What is filled in in a line that was joined to another stays so there."""
        for gone, words in self._joined():
            key = self.steps[words].keys[0]
            block = self.outline.of_line[self.sides.items[key].current]
            edited = self.edits.get(key)
            if edited is None or (block is not None and block.head == "用"):
                continue
            for lost in self.steps[gone].keys:
                text, typed = self.content(lost), self._typed(lost)
                if isinstance(text, str) and typed != text:
                    edited = edited._replace(texts=tuple(_with_typed(each, text, typed) for each in edited.texts))
            self.edits[key] = edited

    def _typed(self, key: int) -> str:
        """What is typed for a line of the outline, its title and text together."""
        line = self.outline.items[self.sides.items[key].current]
        if not isinstance(line, Line):
            return ""
        text, parts = line_texts(line)
        made, last = "", 0
        for part in parts:
            if not self.outline.is_typed(part.text) or part.role in DUTY:
                continue
            made += text[last : part.start]
            made += retyped_text(part.text, (), part.offset, part.offset + part.end - part.start)
            last = part.end
        return made + text[last:]

    def _unlabelled(self) -> dict[int, int]:
        """The levels of new items that were typed without a label: like those before them, a title and its text in one line."""
        made: dict[int, int] = {}
        order = self.merged.order
        for at, key in enumerate(order):
            item = self.sides.items[key]
            edited = self.sides.edited.items[item.edited] if item.edited >= 0 else None
            if item.current >= 0 or not isinstance(edited, VersionLine) or edited.level or not at or key in self.parted:
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


def _own_titles(sides: Sides, merged: MergedSides, outline: OutlineMap) -> Iterator[tuple[int, str]]:
    """The titles of which all that followed in their lines, now follows in paragraphs of its own; without the mark that parted them."""
    for key, following in pairwise(merged.order):
        current = sides.items[key].current
        line = outline.items[current] if current >= 0 else None
        if key not in merged.contents or sides.items[following].current >= 0 or not isinstance(line, Line):
            continue
        block, (text, parts) = outline.of_line[current], line_texts(line)
        if block is None or not block.level or [each.role for each in parts[:2]] != [TextRole.TITLE, TextRole.TEXT]:
            continue
        title = text[: parts[0].end]
        if merged.contents[key] in (title, text[: parts[1].start]):
            yield key, title


def _with_typed(edited: EditedText, text: str, typed: str) -> EditedText:
    """The edits of a text, of which one puts in a line that is typed otherwise than printed."""
    return edited._replace(
        edits=tuple(
            each._replace(typed=each.new.replace(text, typed)) if text in each.new else each for each in edited.edits
        )
    )


def _sentences(text: str, least: int = _TELLING) -> list[str]:
    """The sentences that are long enough to be known again; units and deadlines stand in brackets, and are like others."""
    found = [each.strip() for each in _SENTENCE.findall(text)]
    return [each for each in found if len(each) >= least and each[0] != "（" and each[-1] != "）"]


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
