"""What was changed by hand in a .docx, against the version that it was made from: sentence by sentence, as a reader sees it.

Saving a file is no edit: what no reader sees, such as the names of styles or how characters are divided into runs, is not in
a version. Words and format are told apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from planwriter.compare.edits.counted_columns import table_edits
from planwriter.compare.edits.counted_labels import relabelled
from planwriter.compare.matching.match import ItemMatching, MatchedBy, match_items
from planwriter.compare.versions.told_apart import as_in_base
from planwriter.compare.versions.version import PlanVersion, VersionItem, VersionLine, VersionTable, WordComment
from planwriter.compare.words.texts import TextEdit, changed, sentences
from planwriter.model.walk import TextRole
from planwriter.plan.flow import BODY, HEADINGS, TITLE, LineRole
from planwriter.start.enums import Enum
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.records import dataclass, replace

_TITLES = frozenset((TITLE, *HEADINGS, LineRole.BOX_TITLE, LineRole.CAPTION, LineRole.ATTACHED))
_ROLE_WORDS = {
    TITLE: "大标题",
    LineRole.COPY_NUMBER: "份号",
    LineRole.SECRECY: "密级和紧急程度",
    LineRole.MARK: "发文机关标志",
    LineRole.NUMBER: "发文字号",
    LineRole.RULE: "红色分隔线",
    LineRole.RECIPIENTS: "主送机关",
    LineRole.ATTACHED: "附件说明",
    LineRole.SIGNATURE: "署名",
    LineRole.DATE: "成文日期",
    LineRole.NOTE: "附注",
    LineRole.LABEL: "附件标识",
    LineRole.IMPRINT: "版记",
}
_STYLE_WORDS = {
    BODY: "正文",
    **{role: f"{word}级标题" for role, word in zip(HEADINGS, "一二三四", strict=True)},
    LineRole.BOX_TITLE: "专栏题",
    LineRole.CAPTION: "表题、图题",
    **_ROLE_WORDS,
}
_SHORT = 14
"""How many characters of a line name it."""


class EditKind(str, Enum):
    """What was done by hand."""

    CHANGED = "改"
    TITLE = "改标题"
    NEW = "新增"
    DELETED = "删去"
    MOVED = "移动"
    RENUMBERED = "改号"
    CELL = "改表格"
    FORMAT = "改格式"
    SPLIT = "分段"
    JOINED = "并段"
    COMMENT = "批注"


_OF_WORDS = frozenset(EditKind) - {EditKind.FORMAT, EditKind.COMMENT}


_CHANGED_WORDS = frozenset((EditKind.CHANGED, EditKind.TITLE, EditKind.RENUMBERED, EditKind.CELL))


class HandEdit(NamedTuple):
    """One edit: of one sentence, or of a whole paragraph, row or column that is new, deleted or moved."""

    kind: EditKind
    old: str
    """The sentence as it was; "" if it is new. The look that a format had; the words that a comment is on.

    Of a paragraph that was split or joined, the part that stands alone now, or did.
    """
    new: str
    """The sentence as it is; "" if it was deleted. The look; the comment."""
    base: int
    """The item of the base, by its number; -1 if the whole item is new."""
    item: int
    """The item of the edited version; -1 if the whole item was deleted."""
    place: int
    """The line of the outline at which the block begins, or the block before a new one; 0 if unknown."""
    where: str
    """What it is in, for people: “（二）抓好教学”; for what was moved, what it stands behind now."""
    was: str = ""
    """For what was moved, what it stood behind."""
    author: str = ""
    """Of a comment."""
    old_start: int = 0
    """Where the sentence begins in the text of the item of the base."""
    new_start: int = 0
    """Where it begins in the text of the edited item."""
    size: int = 1
    """How many sentences were changed, added or deleted; how many paragraphs moved together."""
    row: int = -1
    """In a table: the row of the edited one, of the base for what was deleted; -1 for a whole column."""
    column: int = -1

    @property
    def marks(self) -> tuple[TextEdit, ...]:
        """The characters that changed, in `old` and `new`."""
        return changed(self.old, self.new) if self.kind in _CHANGED_WORDS else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandEdits:
    """All that was done by hand."""

    base: PlanVersion
    edited: PlanVersion
    """Its items are told apart as those of the base that they are: labels, levels, titles on several lines."""
    matching: ItemMatching
    edits: tuple[HandEdit, ...]
    """In the order of the edited version; what was deleted stands where it was."""
    counted: int = 0
    """How many labels differ only since they count on: others were put in, left out or moved before them."""

    @property
    def words(self) -> bool:
        """True if a reader finds other words, or the same in another order."""
        return any(each.kind in _OF_WORDS for each in self.edits)

    @property
    def format(self) -> bool:
        """True if a reader finds another format."""
        return any(each.kind is EditKind.FORMAT for each in self.edits)

    @property
    def remarks(self) -> int:
        """How many comments there are."""
        return sum(each.kind is EditKind.COMMENT for each in self.edits)

    @property
    def counts(self) -> dict[EditKind, int]:
        """How many sentences, places or comments each kind of edit is about; kinds without any are left out."""
        counted: Counter[EditKind] = Counter()
        for each in self.edits:
            counted[each.kind] += each.size
        return {kind: counted[kind] for kind in EditKind if counted[kind]}

    @property
    def matched(self) -> dict[MatchedBy, int]:
        """How many items were recognised by each way."""
        return self.matching.counts()

    @property
    def is_of_base(self) -> bool:
        """False if so little was recognised that the file was hardly made from the base."""
        return 2 * len(self.matching.pairs) >= min(len(self.base.items), len(self.edited.items))


def hand_edits(base: PlanVersion, edited: PlanVersion, *, by_marks: bool = True) -> HandEdits:
    """What was changed from `base` to `edited`.

    Items are recognised by their marks, if the base is a record's and has them too, then by their words.
    """
    wholes = {item.whole: item for item in base.items}
    items = tuple([_as_same(item, wholes) for item in edited.items])
    anchors = _anchors(base.items, items) if by_marks else {}
    matching = match_items(base.items, items, anchors)
    told = list(items)
    for new, pair in matching.pairs.items():
        told[new] = as_in_base(items[new], base.items[pair.old])
    edited = replace(edited, items=tuple(told))
    comparison = _Comparison(base.items, edited.items, matching)
    edits = (*_with_breaks([*comparison.edits()]), *edits_around(base.around, edited.around))
    counted = sum(each.counts_on for each in comparison.labels.values())
    return HandEdits(base=base, edited=edited, matching=matching, edits=edits, counted=counted)


def _as_same(item: VersionItem, wholes: Mapping[str, VersionItem]) -> VersionItem:
    """A line told apart, label from text, as the one of the base that reads the same."""
    same = wholes.get(item.whole)
    return item if same is None else as_in_base(item, same)


def _anchors(base: tuple[VersionItem, ...], items: tuple[VersionItem, ...]) -> Mapping[int, int]:
    """The items of the base by those that bear their marks. Of several with one mark it is the original, or the same text."""
    places = {item.mark: at for at, item in enumerate(base) if item.mark >= 0}
    holders: dict[int, list[int]] = {}
    for new, item in enumerate(items):
        if item.mark in places:
            holders.setdefault(item.mark, []).append(new)
    made: dict[int, int] = {}
    for mark, found in holders.items():
        old = places[mark]
        made[min(found, key=lambda new: (items[new].text != base[old].text, items[new].copied))] = old
    return made


def edits_around(base: tuple[str, ...], edited: tuple[str, ...]) -> Iterator[HandEdit]:
    """The edits of what is around the text: pages, headers, footers, notes; none if that is not known of both versions."""
    if not base or not edited:
        return
    gone = [each for each in base if each not in edited]
    for each in (one for one in edited if one not in base):
        where, _, new = each.partition("：")
        was = next((one for one in gone if one.startswith(f"{where}：")), "")
        if was:
            gone.remove(was)
        yield HandEdit(EditKind.FORMAT, was.partition("：")[2], new, -1, -1, 0, where)
    for each in gone:
        where, _, old = each.partition("：")
        yield HandEdit(EditKind.FORMAT, old, "没有了", -1, -1, 0, where)


class _Comparison:
    """The two versions and their pairs, from which the edits are told."""

    def __init__(self, base: tuple[VersionItem, ...], items: tuple[VersionItem, ...], matching: ItemMatching) -> None:
        self.base, self.items = base, items
        self.pairs = {new: pair.old for new, pair in matching.pairs.items()}
        self.moved = matching.moved
        self.labels = relabelled(base, items, self.pairs, self.moved)
        self.base_names = list(_names(base))
        self.names = list(_names(items))

    def edits(self) -> Iterator[HandEdit]:
        deleted = self._deleted()
        yield from deleted.pop(-1, ())
        last = -1
        for new, item in enumerate(self.items):
            if new in self.pairs:
                last = self.pairs[new]
                yield from self._moved(new)
                yield from self._of_pair(last, new)
            else:
                yield self._new(item, new, last)
            yield from self._remarks(new, last)
            if new in self.pairs:
                yield from deleted.pop(last, ())

    def _deleted(self) -> dict[int, list[HandEdit]]:
        """The edits of deleted items by the item of the base, still there, that they stood behind; -1 for the first."""
        kept = set(self.pairs.values())
        made: dict[int, list[HandEdit]] = {}
        last = -1
        for old, item in enumerate(self.base):
            if old in kept:
                last = old
                continue
            text = item.whole
            edit = HandEdit(
                EditKind.DELETED, text, "", old, -1, item.place, self.base_names[old], size=_sentences(text)
            )
            made.setdefault(last, []).append(edit)
        return made

    def _new(self, item: VersionItem, new: int, last: int) -> HandEdit:
        text = item.whole
        place = self.base[last].place if last >= 0 else 0
        return HandEdit(EditKind.NEW, "", text, -1, new, place, self.names[new], size=_sentences(text))

    def _moved(self, new: int) -> Iterator[HandEdit]:
        """The edit of moved items, at the first of those that moved together."""
        old = self.pairs[new]
        if new not in self.moved or (new - 1 in self.moved and self.pairs[new - 1] == old - 1):
            return
        size = 1
        while new + size in self.moved and self.pairs[new + size] == old + size:
            size += 1
        behind = self.names[new - 1] if new else ""
        was = self.base_names[old - 1] if old else ""
        text = self.base[old].whole
        yield HandEdit(EditKind.MOVED, text, text, old, new, self.base[old].place, behind, was, size=size)

    def _of_pair(self, old: int, new: int) -> Iterator[HandEdit]:
        one, other = self.base[old], self.items[new]
        where, place = self.base_names[old], one.place
        if isinstance(one, VersionTable) and isinstance(other, VersionTable):
            for row, column, before, after in table_edits(one, other):
                yield HandEdit(EditKind.CELL, before, after, old, new, place, where, row=row, column=column)
            if len(one.merges) != len(other.merges) or (
                one.rows == other.rows and set(one.merges) != set(other.merges)
            ):
                yield HandEdit(EditKind.FORMAT, "", "合并的单元格不同", old, new, place, where)
        else:
            role = one.role if isinstance(one, VersionLine) else None
            before, after = (each.text.replace("\n", "") if role == TITLE else each.text for each in (one, other))
            if isinstance(one, VersionLine) and isinstance(other, VersionLine):
                if new in self.labels and not self.labels[new].counts_on:
                    yield HandEdit(EditKind.RENUMBERED, one.label, other.label, old, new, place, where)
                if before.strip() == after.strip():
                    yield from self._restyled(one, other, old, new)
            if before.strip() != after.strip():
                for start, end, new_start, new_end in sentence_edits(before, after):
                    yield _sentence(
                        HandEdit(
                            EditKind.TITLE if role in _TITLES else EditKind.CHANGED,
                            before[start:end],
                            after[new_start:new_end],
                            old,
                            new,
                            place,
                            where,
                            old_start=start,
                            new_start=new_start,
                        ),
                        one,
                    )
        looks = ["" if not isinstance(each, (VersionLine, VersionTable)) else each.look for each in (one, other)]
        if looks[0] != looks[1]:
            yield HandEdit(EditKind.FORMAT, looks[0], looks[1], old, new, place, where)

    def _restyled(self, one: VersionLine, other: VersionLine, old: int, new: int) -> Iterator[HandEdit]:
        where, place = self.base_names[old], one.place
        if one.role != other.role:
            words = _STYLE_WORDS[one.role], _STYLE_WORDS[other.role]
            yield HandEdit(EditKind.FORMAT, *words, old, new, place, where)
        if one.boxed != other.boxed:
            words = ("有框", "没有框") if one.boxed else ("没有框", "有框")
            yield HandEdit(EditKind.FORMAT, *words, old, new, place, where)

    def _remarks(self, new: int, last: int) -> Iterator[HandEdit]:
        item = self.items[new]
        if not item.remarks:
            return
        old = self.pairs.get(new, -1)
        known = Counter((each.author, each.text) for each in (self.base[old].remarks if old >= 0 else ()))
        place = self.base[last].place if last >= 0 else 0
        for each in item.remarks:
            known[each.author, each.text] -= 1
            if known[each.author, each.text] < 0 and not each.is_question:
                cited = _cited(item, each)
                yield HandEdit(
                    EditKind.COMMENT,
                    cited,
                    each.text,
                    old,
                    new,
                    place,
                    self.names[new],
                    author=each.author,
                    new_start=each.start,
                )


def _sentence(edit: HandEdit, base: VersionItem) -> HandEdit:
    """An edit of a sentence with its kind and its size."""
    size = max(_sentences(edit.old), _sentences(edit.new))
    kind = edit.kind
    if not edit.old.strip() or not edit.new.strip():
        if edit.old.strip() or edit.new.strip():
            kind = EditKind.DELETED if edit.old.strip() else EditKind.NEW
    elif isinstance(base, VersionLine):
        titles = [each for each in base.stretches if each.role == TextRole.TITLE]
        if titles and all(
            any(each.start <= edit.old_start + mark.start and edit.old_start + mark.end <= each.end for each in titles)
            for mark in edit.marks
        ):
            kind = EditKind.TITLE
    return edit._replace(kind=kind, size=size)


def _with_breaks(edits: list[HandEdit]) -> Iterator[HandEdit]:
    """The edits; where words left one paragraph for another as they are, a paragraph was split, or two were joined."""
    at = 0
    while at < len(edits):
        one = edits[at]
        joined = _break(one, edits[at + 1]) or _break(edits[at + 1], one) if at + 1 < len(edits) else None
        at += 1 if joined is None else 2
        yield joined or one


def _break(one: HandEdit, other: HandEdit) -> HandEdit | None:
    """The split or the joining that two edits are together: of a sentence in a paragraph, and of a whole paragraph."""
    if one.base < 0 or one.item < 0:
        return None
    if other.base < 0 and one.kind is EditKind.DELETED and one.old.strip() == other.new.strip():
        return one._replace(kind=EditKind.SPLIT, new=other.new, item=other.item, new_start=0, size=1)
    if other.item < 0 and one.kind is EditKind.NEW and one.new.strip() == other.old.strip():
        return one._replace(kind=EditKind.JOINED, old=other.old, base=other.base, old_start=0, size=1)
    return None


def _sentences(text: str) -> int:
    """How many sentences a text has, at least one; what stands in brackets behind one is none."""
    return max(1, sum(text[start] not in "（(" for start, _ in sentences(text)))


def _cited(item: VersionItem, remark: WordComment) -> str:
    return item.text[remark.start : remark.end] if isinstance(item, VersionLine) else ""


def _names(items: Iterable[VersionItem]) -> Iterator[str]:
    """What names each item for people: its label and its first words, those of the numbered line or the 附件 label above, or its role."""
    above = ""
    for item in items:
        if not isinstance(item, VersionLine):
            yield f"{above}下的表格" if isinstance(item, VersionTable) else f"{above}下的图"
        elif item.role == LineRole.LABEL:
            above = f"“{item.text}”"
            yield above
        elif item.role in _ROLE_WORDS:
            yield _ROLE_WORDS[item.role]
        elif item.label or item.role in HEADINGS:
            above = f"“{item.label}{_start(item.text)}”"
            yield above
        else:
            yield f"{above}下面" if above else "开头"


def _start(text: str) -> str:
    """The first words of a line, up to its first mark."""
    size = next(
        (at for at, mark in enumerate(text[: _SHORT + 1]) if mark in "。；，：！？、\n"), min(len(text), _SHORT)
    )
    return text[:size] + "…" * (size == _SHORT < len(text))


# sentences


def sentence_edits(old: str, new: str) -> tuple[TextEdit, ...]:
    """The stretches of whole sentences in which two texts differ; a sentence that is only put in or left out stands alone."""
    if old == new:
        return ()
    here, there = _borders(old), _borders(new)
    made: list[TextEdit] = []
    last = (0, 0)
    for at in (*_common_borders(old, new, here, there), (len(old), len(new))):
        if old[last[0] : at[0]] != new[last[1] : at[1]]:
            made.append(TextEdit(last[0], at[0], last[1], at[1]))
        last = at
    return tuple(made)


def _borders(text: str) -> set[int]:
    return {0, *(end for _, end in sentences(text))}


def _common_borders(old: str, new: str, here: set[int], there: set[int]) -> Iterator[tuple[int, int]]:
    """Where a sentence begins or ends in both texts, with the same words on one side."""
    first = start = 0
    for edit in (*changed(old, new), TextEdit(len(old), len(old), len(new), len(new))):
        shift = start - first
        yield from ((at, at + shift) for at in range(first, edit.start + 1) if at in here and at + shift in there)
        first, start = edit.end, edit.new_end
