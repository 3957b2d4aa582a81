"""The history of an outline from the journal: which command changed which target and which block when, and when it was rendered."""

from __future__ import annotations

import operator
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from planwriter.app import plans
from planwriter.app.journal import journal
from planwriter.app.journal.journal import FileChange
from planwriter.app.journal.rendered import RenderBase, renders_of
from planwriter.app.session import Session
from planwriter.app.target_list import open_targets
from planwriter.findings.finding import Result
from planwriter.language.sentences import sentence_changes
from planwriter.model import Document, Paragraph, Section
from planwriter.model.walk import walk_plan
from planwriter.plan.flow import duty_note
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping
from planwriter.start.digests import sha256
from planwriter.start.records import dataclass, field
from planwriter.system import files
from planwriter.system.workspace import home_of
from planwriter.targets.sheet import cells_of

BY_HAND = "手改"
"""What stands for the command where somebody else than planwriter changed the file."""
NEWEST = 30
"""So many entries are told unless all are wanted; each takes as long as a check."""
_MOST_COMPARED = 300
"""Of so many entries, the last ones, the states are compared; of older ones is told what the commands said."""
_NAME = 20
_ALIKE = 0.5
_MOST_PAIRED = 200
"""Of more blocks whose names changed it is not looked for which are which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetChange:
    """A value of a target that changed; "" for one that is not there."""

    key: str
    value: str
    """分年.2027"""
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockChange:
    """A block that changed."""

    what: str
    """新增, 删去, 改写 or 移动."""
    label: str
    """Its label after the change, or before it if it is gone."""
    name: str
    """Its title, or the beginning of its text."""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One step of the history."""

    at: str
    """When, in UTC; "" for an edit by hand, whose time nobody noted."""
    command: str
    step: int = 0
    """The number by which it can be taken back; 0 if it cannot."""
    undoes: int = 0
    file: str = ""
    """The document that was made, or the file that was changed if it is not the outline itself."""
    told: tuple[str, ...] = ()
    """What the command said, where the two states cannot be compared."""
    targets: tuple[TargetChange, ...] = ()
    blocks: tuple[BlockChange, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """What changed, a line each."""
        made = [*self.told] if not (self.targets or self.blocks) else []
        made += (
            f"指标　{each.key}　{each.value}：{each.before or '（没有）'} → {each.after or '（没有）'}"
            for each in self.targets
        )
        for block in self.blocks:
            made.append(f"{block.what}　{block.label}{block.name}")
            for marks in sentence_changes(block.before, block.after) if block.what == "改写" else ():
                made += [
                    f"  {mark} {line}"
                    for mark, text in zip("－＋", marks, strict=True)
                    for line in text.split("\n")
                    if line
                ]
        return tuple(made)


def history(session: Session, path: str, *, newest: int = NEWEST) -> Result[tuple[HistoryEntry, ...]]:
    """What the journal knows of the outline at `path`, oldest first: at most so many entries, the last ones; 0 for all."""
    home = home_of(path)
    shown = files.shown_path(path)
    data = files.read_file(path, shown)
    if data.value is None:
        return Result((), data.findings)
    noted = journal.read_journal(home, shown)
    names = journal.known_names(home, noted.value, path, data.value)
    opened = open_targets(session, path).value
    book = journal.name_in(home, opened.book_path) if opened and opened.book_path else None
    own = [each for each in noted.value if each.file in (*names, book)]
    states = _States(session, home, path)
    states.known[sha256(data.value)] = data.value
    renders = renders_of(path)
    for each in renders:
        states.known[sha256(each.outline)] = each.outline
    wanted = list(_entries(_in_time(own, renders), names, sha256(data.value)))
    wanted = wanted[-newest:] if newest else wanted
    older = max(len(wanted) - _MOST_COMPARED, 0)
    told = tuple(
        made
        for number, each in enumerate(wanted)
        if (made := each.entry if number < older else _told(states, each)) is not None
    )
    return Result(told, noted.findings)


def _in_time(changes: list[FileChange], renders: list[RenderBase]) -> list[FileChange | RenderBase]:
    """Changes in their order, and each render where its outline stood between them, whatever the clock said.

    If that was several times or never, it is the place that its time is nearest to.
    """
    places: dict[str, list[int]] = {}
    for number, change in enumerate(changes):
        places.setdefault(change.before, []).append(number)
        places.setdefault(change.after, []).append(number + 1)
    times = [change.at for change in changes]
    made: list[tuple[int, FileChange | RenderBase]] = []
    for each in renders:
        by_time = bisect_right(times, journal.stamp(each.at))
        made.append((min(places.get(sha256(each.outline), [by_time]), key=lambda at: abs(at - by_time)), each))
    made += enumerate(changes)
    return [event for _, event in sorted(made, key=operator.itemgetter(0))]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bare:
    """An entry whose states are not compared yet."""

    entry: HistoryEntry
    before: str = ""
    after: str = ""


def _entries(events: list[FileChange | RenderBase], names: Sequence[str], now: str) -> Iterator[_Bare]:
    """The entries in order, with those of edits by hand between the states that commands left and found."""
    left = ""
    for each in events:
        if isinstance(each, RenderBase):
            found = sha256(each.outline)
            yield from _by_hand(left, found)
            left = found
            yield _Bare(entry=HistoryEntry(at=journal.stamp(each.at), command="render", file=_plain(each.file)))
            continue
        own = each.file in names
        if own:
            yield from _by_hand(left, each.before)
            left = each.after
        entry = HistoryEntry(
            at=each.at,
            command=each.command,
            step=each.step,
            undoes=each.undoes,
            file="" if own else each.file,
            told=each.told,
        )
        yield _Bare(entry=entry, before=each.before if own else "", after=each.after if own else "")
    yield from _by_hand(left, now)


def _plain(name: str) -> str:
    """A name that can be printed."""
    return name.encode("utf-8", "replace").decode()


def _by_hand(left: str, found: str) -> Iterator[_Bare]:
    """The entry of an edit by hand, if what was left is not what was found; neither is known if it is ""."""
    if left and found and left != found:
        yield _Bare(entry=HistoryEntry(at="", command=BY_HAND), before=left, after=found)


@dataclass(frozen=True, slots=True)
class _States:
    """The states of an outline, each read once."""

    session: Session
    home: str
    path: str
    known: dict[str, bytes | None] = field(default_factory=dict)
    plans: dict[str, plans.Plan] = field(default_factory=dict)

    def data(self, state: str) -> bytes | None:
        """The bytes of a state; None if there is no copy."""
        if state and state not in self.known:
            self.known[state] = journal.copy_of(self.home, state)
        return self.known.get(state)

    def document(self, state: str, data: bytes) -> Document | None:
        """The numbered document of a state."""
        if state not in self.plans:
            self.plans[state] = plans.plan_bytes(
                self.session, data, files.shown_path(self.path), path=self.path, draft=True
            )
        return self.plans[state].document


def _told(states: _States, bare: _Bare) -> HistoryEntry | None:
    """An entry with what changed; None for an edit by hand that changed nothing a reader sees and nothing of the targets."""
    from planwriter.start.records import replace

    before, after = states.data(bare.before), states.data(bare.after)
    if before is None or after is None:
        missing = bare.entry.command == BY_HAND
        return replace(bare.entry, told=("改以前的样子没有留着，说不出改了哪里",)) if missing else bare.entry
    targets = tuple(_target_changes(before, after))
    documents = states.document(bare.before, before), states.document(bare.after, after)
    blocks = tuple(_block_changes(documents[0], documents[1])) if documents[0] and documents[1] else ()
    if bare.entry.command == BY_HAND and not targets and not blocks:
        return None
    return replace(bare.entry, targets=targets, blocks=blocks)


# targets


def _values(data: bytes) -> dict[str, dict[str, str]]:
    """The values of the targets that an outline holds itself, as typed."""
    tree = load_tree(data, "", OUTLINE_KEYS).value
    node = tree.entries.get("指标") if tree is not None else None
    if not isinstance(node, Mapping):
        return {}
    return {
        key: {".".join(path): text for path, text in cells_of(each).items() if path != ("键",)}
        for key, each in node.entries.items()
    }


def _target_changes(before: bytes, after: bytes) -> Iterator[TargetChange]:
    old, new = _values(before), _values(after)
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key, {}), new.get(key, {})
        for value in dict.fromkeys((*was, *now)):
            if was.get(value) != now.get(value):
                yield TargetChange(key=key, value=value, before=was.get(value, ""), after=now.get(value, ""))


# blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """A numbered block without those inside it, or a paragraph outside all of them."""

    label: str
    name: str
    level: str
    text: str

    def key(self, *, by_text: bool) -> tuple[str, str]:
        """What it is recognized by: its text or its name, on its level."""
        return self.level, self.text if by_text else self.name


def _blocks(document: Document) -> list[_Block]:
    made = [_Block(label="", name="标题", level="标题", text=document.title)]
    for place, paragraphs in (("引言", document.preface), ("结尾", document.closing)):
        text = "\n".join(each.text.value for each in paragraphs)
        made += [_Block(label="", name=place, level=place, text=text)] if text else []
    for visit in walk_plan(document):
        block = visit.block
        if isinstance(block, Section):
            title = block.title.value if block.title else ""
            own = [each.text.value for each in block.children if isinstance(each, Paragraph)]
            text = "\n".join(filter(None, (title, block.text.value if block.text else "", *own, duty_note(block.duty))))
            made.append(_Block(label=block.label, name=title or _short(text), level=str(block.level), text=text))
        elif isinstance(block, Paragraph) and not any(isinstance(each, Section) for each in visit.parents):
            made.append(_Block(label="", name=_short(block.text.value), level="段", text=block.text.value))
    return made


def _short(text: str) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= _NAME else line[:_NAME] + "……"


def _block_changes(before: Document, after: Document) -> Iterator[BlockChange]:
    old, new = _blocks(before), _blocks(after)
    pairs = _pairs(old, new)
    still = _in_order([pairs[at] for at in sorted(pairs)])
    for at, block in enumerate(new):
        if at not in pairs:
            yield BlockChange(what="新增", label=block.label, name=block.name, after=block.text)
            continue
        was = old[pairs[at]]
        if pairs[at] not in still:
            moved = f"（原来是 {was.label}）" if was.label and was.label != block.label else ""
            yield BlockChange(
                what="移动", label=block.label, name=block.name + moved, before=was.label, after=block.label
            )
        if was.text != block.text:
            yield BlockChange(what="改写", label=block.label, name=block.name, before=was.text, after=block.text)
    gone = sorted(set(range(len(old))).difference(pairs.values()))
    yield from (BlockChange(what="删去", label=old[at].label, name=old[at].name, before=old[at].text) for at in gone)


def _pairs(old: list[_Block], new: list[_Block]) -> dict[int, int]:
    """Which new block was which old one: the same text, else the same name, else the most alike of those that are left."""
    pairs: dict[int, int] = {}
    free = dict.fromkeys(range(len(old)))
    for by_text in (True, False):
        places: dict[tuple[str, str], list[int]] = {}
        for at in reversed(free):
            places.setdefault(old[at].key(by_text=by_text), []).append(at)
        for at, block in enumerate(new):
            same = places.get(block.key(by_text=by_text))
            if at not in pairs and same:
                pairs[at] = same.pop()
                del free[pairs[at]]
    left = [at for at in range(len(new)) if at not in pairs]
    if len(left) <= _MOST_PAIRED and len(free) <= _MOST_PAIRED:
        _pair_alike(old, new, left, free, pairs)
    return pairs


def _pair_alike(
    old: list[_Block], new: list[_Block], left: list[int], free: dict[int, None], pairs: dict[int, int]
) -> None:
    from difflib import SequenceMatcher

    for at in left:
        best, closest = _ALIKE, -1
        for place in free:
            if old[place].level == new[at].level:
                matcher = SequenceMatcher(None, old[place].text[:500], new[at].text[:500], autojunk=False)
                if matcher.quick_ratio() > best and (ratio := matcher.ratio()) > best:
                    best, closest = ratio, place
        if closest >= 0:
            pairs[at] = closest
            del free[closest]


def _in_order(places: Sequence[int]) -> set[int]:
    """The longest part of `places` that rises: the blocks that stayed where they are."""
    from bisect import bisect_left

    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for number, place in enumerate(places):
        spot = bisect_left(ends, place)
        before.append(at[spot - 1] if spot else -1)
        ends[spot : spot + 1] = [place]
        at[spot : spot + 1] = [number]
    kept: set[int] = set()
    number = at[-1] if at else -1
    while number >= 0:
        kept.add(places[number])
        number = before[number]
    return kept


def history_json(entries: Sequence[HistoryEntry]) -> str:
    """The history as JSON, for programs."""
    import json

    made = [
        {
            "at": each.at,
            "command": each.command,
            "step": each.step,
            "undoes": each.undoes,
            "file": each.file,
            "told": [*each.told],
            "targets": [
                {"key": one.key, "value": one.value, "before": one.before, "after": one.after} for one in each.targets
            ],
            "blocks": [
                {"what": one.what, "label": one.label, "name": one.name, "before": one.before, "after": one.after}
                for one in each.blocks
            ],
        }
        for each in entries
    ]
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
