"""Makes next year's outline of last year's: the characters of the author's file that change, and nothing else."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Pairs
from itertools import zip_longest

from planwriter.rolling.edits import Edit, anchors, commented, entries_removed, remarks
from planwriter.rolling.targets import base_years, roll_targets
from planwriter.rolling.words import Doubt, Turn, YearReading, read_deadline, read_holes, read_years
from planwriter.source.decode import decode
from planwriter.source.edit import Patch, Uneditable, patched
from planwriter.source.keys import OUTLINE_KEYS
from planwriter.source.load import load_tree
from planwriter.source.nodes import Mapping, Node, Scalar, Sequence
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_NAMES = "文种 单位 地区 库 版式 可提地名 用 变体 标识 工作表 图 文件 责任单位 配合单位 指标"
_ASIDE = "年度 起止 核验 编号 编号方式 题式 形式 备注 文号 成文日期 印发日期 份号"
_KEPT = frozenset((*_NAMES.split(), *_ASIDE.split()))
"""The keys whose values are names, marks or notes of the writer, and those that are treated by themselves."""
_OWN_TITLES = frozenset(("通知标题", "通知正文"))
_LAST_YEARS = ("完成情况", "结果", "总结", "统计", "台账", "通报", "决算", "评估", "情况表")
"""Words for what an attachment gives of the year before."""
_FILLED_LATER = {
    "文号": "编号后填，上一份是",
    "成文日期": "定稿后填，上一份是",
    "印发日期": "印发时填，上一份是",
}
_YEAR = regex(r"20\d\d")
_REST = regex(r"[^,}\]\n#]{0,40}")
_FIGURE = regex(r"[≥≤<>约]?\s?\d[\d.,，]*\s?[%％‰万亿]?\D{0,3}")
_COUNTED = regex(r"(?<![\d.A-Za-z〔\[(（])\d+(?:\.\d+)?(?![\d年月日号点:：〕\])）A-Za-z])")
_BOOK = regex(r"\.(?:xlsx|csv|yaml|yml|png|jpe?g)$")


class RolledLines(NamedTuple):
    """Lines of the old file that change: the number of the first, what they were and are, and the kinds of change."""

    number: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    kinds: tuple[str, ...]


class Rolled(NamedTuple):
    """The new file, the lines in which it differs, and the deadlines that moved: line, before, after."""

    data: bytes
    lines: tuple[RolledLines, ...]
    deadlines: tuple[tuple[int, str, str], ...]
    figures: int
    """How many figures, other than dates, are typed in its texts: they are those of last year."""


def years_of(tree: Mapping) -> tuple[int, int]:
    """The years of an outline (年度 or 起止); zeros if it has none."""
    year, span = tree.entries.get("年度"), tree.entries.get("起止")
    typed: list[str] = []
    if isinstance(span, Sequence):
        typed = [each.value for each in span.items if isinstance(each, Scalar)]
    elif isinstance(year, Scalar):
        typed = [year.value, year.value]
    if len(typed) != 2 or not all(_YEAR.fullmatch(each.strip()) for each in typed):
        return 0, 0
    return int(typed[0]), int(typed[1])


def roll(data: bytes, tree: Mapping, turn: Turn, reached: Pairs[str, str]) -> Rolled:
    """The outline `data`, which was read as `tree`, moved to other years.

    `reached` has the figures that were reached, by key or name of target. Raises Uneditable if the file cannot be changed
    without touching more than what is listed.
    """
    text = tree.span.source.text
    if decode(data, "").value != text:
        raise Uneditable("提纲里还有写法上的错，要先改好")
    targets = tree.entries.get("指标")
    bases = base_years(targets, turn, reached) if isinstance(targets, Mapping) else {}
    walk = _Walk(text, turn, bases)
    found = list(walk.outline(tree, reached))
    edits = list(dict.fromkeys(each for each in found if isinstance(each, Edit)))
    edits += remarks(text, anchors(tree), sorted(each for each in found if isinstance(each, Doubt)))
    made = patched(data, [Patch(*each[:3]) for each in edits])
    _prove(tree, made, edits)
    lines = tuple(changed_lines(text, edits))
    starts = _starts(text)
    deadlines = tuple(_deadline(text, starts, each) for each in sorted(edits) if each.what == "时限")
    return Rolled(made, lines, deadlines, walk.figures)


def _deadline(text: str, starts: list[int], edit: Edit) -> tuple[int, str, str]:
    rest = _REST.match(text, edit.end)
    tail = rest.group().rstrip() if rest else ""
    return _line(starts, edit.start) + 1, text[edit.start : edit.end] + tail, edit.text + tail


def with_remarks(data: bytes, tree: Mapping, doubts: Iterable[Doubt]) -> bytes:
    """The outline with a remark above the line of each doubt. Raises Uneditable."""
    edits = list(remarks(tree.span.source.text, anchors(tree), sorted(doubts)))
    made = patched(data, [Patch(*each[:3]) for each in edits])
    _prove(tree, made, edits)
    return made


class _Walk:
    """Goes over an outline and yields what changes."""

    def __init__(self, text: str, turn: Turn, bases: Pairs[str, tuple[int, int]]) -> None:
        self._text, self._turn, self._bases = text, turn, bases
        self.figures = 0
        """How many figures stood in the texts so far."""

    def outline(self, tree: Mapping, reached: Pairs[str, str]) -> Iterator[Edit | Doubt]:
        yield from self._own_years(tree)
        targets = tree.entries.get("指标")
        if isinstance(targets, Mapping):
            yield from roll_targets(targets, self._turn, reached)
            for node in targets.entries.values():
                if isinstance(node, Mapping):
                    yield from self._words_of_target(node)
        elif isinstance(targets, Scalar) and not targets.empty:
            place = tree.keys["指标"].span.start
            yield Doubt(place, f"指标在“{targets.value[:40]}”里，那里的数值没有动，另存一份改好再换上文件名")
        superior = tree.entries.get("上级文件")
        if isinstance(superior, Scalar) and not superior.empty:
            yield Doubt(tree.keys["上级文件"].span.start, f"上级文件“{superior.value[:40]}”是去年的，换成今年的")
        frame = tree.entries.get("发文")
        if isinstance(frame, Mapping):
            yield from self._frame(frame)
        yield from self._mapping(tree.without(("上级文件",)))

    def _own_years(self, tree: Mapping) -> Iterator[Edit]:
        span, year = tree.entries.get("起止"), tree.entries.get("年度")
        items = span.items if isinstance(span, Sequence) else (year,)
        for node, new in zip_longest(items, self._turn.new[: len(items)]):
            if isinstance(node, Scalar):
                at = node.span.start + node.span.raw.index(node.value.strip())
                yield Edit(at, at + 4, str(new), "年度")

    def _frame(self, frame: Mapping) -> Iterator[Edit | Doubt]:
        """The number and the dates of the document, which are not known yet."""
        if frame.span.raw[:1] == "{":
            known = [key for key in _FILLED_LATER if key in frame.entries]
            try:
                yield from entries_removed(frame, known, "发文") if known else ()
            except Uneditable as error:
                yield Doubt(frame.keys[known[0]].span.start, f"{'、'.join(known)}没有去掉：{error}")
            return
        for key, note in _FILLED_LATER.items():
            node = frame.entries.get(key)
            if node is None or (isinstance(node, Scalar) and node.empty):
                continue
            try:
                old = f"（{note} {node.value}）" if isinstance(node, Scalar) else ""
                yield commented(frame, key, "发文", old if "\n" not in old else "")
            except Uneditable as error:
                yield Doubt(frame.keys[key].span.start, f"{key}没有去掉：{error}")

    def _words_of_target(self, node: Mapping) -> Iterator[Edit | Doubt]:
        name, deadline = node.entries.get("名称"), node.entries.get("时限")
        if isinstance(name, Scalar):
            yield from self._text_of(name, "名称")
        if isinstance(deadline, Scalar):
            yield from self._text_of(deadline, "时限")

    def _mapping(self, node: Mapping, *, last_year: bool = False) -> Iterator[Edit | Doubt]:
        title = node.entries.get("标题")
        if isinstance(title, Scalar) and any(word in title.value for word in _LAST_YEARS):
            last_year = True
        for key, each in node.entries.items():
            if each.span.start >= node.keys[key].span.start and key not in _KEPT:
                yield from self._node(each, key, last_year=last_year)

    def _node(self, node: Node, key: str, *, last_year: bool) -> Iterator[Edit | Doubt]:
        if isinstance(node, Mapping) and key == "参数":
            yield from self._arguments(node)
        elif isinstance(node, Mapping):
            yield from self._mapping(node, last_year=last_year)
        elif isinstance(node, Sequence):
            found = [edit for item in node.items for edit in self._node(item, key, last_year=last_year)]
            yield from found
            if key == "表" and node.items and not last_year:
                yield from self._figures_below(node, found)
        elif not node.empty:
            yield from self._text_of(node, key, last_year=last_year)

    def _figures_below(self, table: Sequence, found: list[Edit | Doubt]) -> Iterator[Doubt]:
        """A doubt about the figures of a table whose header names the years that moved: they are those of last year."""
        head = table.items[0].span
        moved = [each for each in found if isinstance(each, Edit) and head.start <= each.start < head.end]
        rows = [cell for row in table.items[1:] if isinstance(row, Sequence) for cell in row.items]
        if moved and any(isinstance(cell, Scalar) and _FIGURE.fullmatch(cell.value) for cell in rows):
            yield Doubt(head.start, "表头的年份改了，下面的数没有动，逐列换成今年的")

    def _arguments(self, node: Mapping) -> Iterator[Edit | Doubt]:
        """The arguments of a clause; a bare year is one if its name says so."""
        for key, each in node.entries.items():
            if not isinstance(each, Scalar):
                yield from self._node(each, key, last_year=False)
            elif _YEAR.fullmatch(each.value) and "年" in key:
                if self._turn.old[0] <= int(each.value) <= self._turn.old[1]:
                    at = each.span.start + each.span.raw.index(each.value)
                    yield Edit(at, at + 4, str(int(each.value) + self._turn.shift), "参数")
            else:
                yield from self._text_of(each, key)

    def _text_of(self, node: Scalar, key: str, *, last_year: bool = False) -> Iterator[Edit | Doubt]:
        """The years of a text, in the characters as they were typed."""
        raw, at, turn = node.span.raw, node.span.start, self._turn
        if key == "时限":
            read = read_deadline(raw, turn)
        elif key == "表" and _BOOK.search(node.value):
            years = {int(year) for year in _YEAR.findall(node.value)}
            stale = any(turn.old[0] <= year <= turn.old[1] for year in years)
            read = YearReading((), (Doubt(0, f"“{node.value[:40]}”是去年的文件，没有改"),) if stale else ())
        else:
            title = key in _OWN_TITLES
            self.figures += len(_COUNTED.findall(node.value)) if key not in ("标题", *_OWN_TITLES) else 0
            read = read_years(raw, turn, own_title=title, of_last_year=last_year, bases=self._bases)
            yield from (Edit(at + each.start, at + each.end, each.text, "正文") for each in read_holes(raw, turn))
        what = key if key in ("时限", "标题", "名称", *_OWN_TITLES) else "正文"
        yield from (Edit(at + each.start, at + each.end, each.text, what) for each in read.moved)
        yield from (Doubt(at + each.start, each.note) for each in read.doubts)


# proof


def _prove(tree: Mapping, made: bytes, edits: list[Edit]) -> None:
    """Raises Uneditable if anything is read differently that no edit touches."""
    again = load_tree(made, "", OUTLINE_KEYS)
    if again.value is None or again.findings:
        raise Uneditable("改了它会牵动别处")
    touched = sorted((each.start, each.end) for each in edits if each.what != "待核")
    if not _agree(tree, again.value, touched):
        raise Uneditable("改了它会牵动别处")


def _agree(before: Node, after: Node, touched: list[tuple[int, int]]) -> bool:
    if isinstance(before, Scalar):
        same = isinstance(after, Scalar) and before.value == after.value and before.empty == after.empty
        return same or _is_touched(before.span.start, before.span.end, touched)
    if isinstance(before, Sequence):
        return (
            isinstance(after, Sequence)
            and len(before.items) == len(after.items)
            and all(_agree(one, two, touched) for one, two in zip(before.items, after.items, strict=True))
        )
    if not isinstance(after, Mapping):
        return before.span.start == before.span.end or _is_touched(before.span.start, before.span.end, touched)
    left = dict(after.entries)
    for key, node in before.entries.items():
        start = before.keys[key].span.start
        if key in left:
            if not _agree(node, left.pop(key), touched):
                return False
        elif not _is_touched(start, max(node.span.end, before.keys[key].span.end), touched):
            return False
    return not left or _is_touched(before.span.start, before.span.end + 1, touched)


def _is_touched(start: int, end: int, touched: list[tuple[int, int]]) -> bool:
    """True if an edit stands in the characters from `start` to `end`."""
    at = bisect_left(touched, (start, -1))
    near = touched[max(at - 1, 0) : at + 1]
    return any(first <= end and last >= start for first, last in near)


# what is shown


def changed_lines(text: str, edits: list[Edit]) -> Iterator[RolledLines]:
    """The lines of `text` that edits change, in order; edits on one line are one change."""
    starts = _starts(text)
    group: list[Edit] = []
    first = last = -1
    for edit in sorted(edits, key=lambda each: each[:2]):
        begin = _line(starts, edit.start)
        end = _line(starts, max(edit.start, edit.end - 1))
        if group and begin > last:
            yield _lines(text, starts, first, last, group)
            group = []
        if not group:
            first, last = begin, end
        group.append(edit)
        last = max(last, end)
    if group:
        yield _lines(text, starts, first, last, group)


def _starts(text: str) -> list[int]:
    """Where the lines begin."""
    return [0, *(at + 1 for at, mark in enumerate(text) if mark == "\n")]


def _line(starts: list[int], at: int) -> int:
    return bisect_right(starts, at) - 1


def _lines(text: str, starts: list[int], first: int, last: int, group: list[Edit]) -> RolledLines:
    at = starts[first]
    end = starts[last + 1] - 1 if last + 1 < len(starts) else len(text)
    before, made = text[at:end], []
    for edit in group:
        made += [text[at : edit.start], edit.text]
        at = edit.end
    after = "".join((*made, text[at:end]))
    kinds = tuple(dict.fromkeys(each.what for each in group))
    return RolledLines(first + 1, tuple(before.split("\n")), tuple(after.split("\n")), kinds)
