"""The table of opinions: what its cells say, and what is read from them again when they have been filled in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from planwriter.compare.opinions.opinions import Opinion, Wish
from planwriter.compare.words.texts import sentences
from planwriter.plan.flow import BODY, LineRole
from planwriter.sheets.sheet import UNFIT, Sheet
from planwriter.sheets.write import Column, NewSheet
from planwriter.start.enums import Enum
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass, replace

SHEET, REPLIES = "意见汇总", "回复情况"
MAX_CELL = 32_767
"""The most characters of a cell of a workbook."""
_CUT, _NAME = 300, 40
_VERDICT, _WANTED, _OLD, _MARK, _REASON = "采纳情况", "意见或修改", "原文", "记号", "理由"
_OLDER, _ALREADY = "（提的是旧稿，这句现在的提纲里没有了）", "（提纲里已经这样改了）"
_COLUMNS = (
    Column("序号", 6, centered=True),
    Column("单位", 16, centered=True),
    Column("条款", 20),
    Column(_OLD, 38),
    Column(_WANTED, 42),
    Column(
        _VERDICT,
        11,
        ("采纳", "部分采纳", "不采纳"),
        "在这里选。“部分采纳”的，把前面“意见或修改”里的话改成要采纳的样子，再选“采纳”。",
        centered=True,
    ),
    Column(_REASON, 26),
    Column(_MARK, 8, hidden=True),
)
_SWAPPED = regex("(?:建议)?[将把]?“([^“”]{1,300})”(?:修改|更改|调整|改)为“([^“”]{0,300})”。?")
"""How people write that words become others."""
_REPLY_COLUMNS = (
    Column("序号", 6, centered=True),
    Column("单位", 22, centered=True),
    Column("文件", 36),
    Column("回复", 18, centered=True),
    Column("说明", 60),
)


class Verdict(Enum):
    """What was decided on an opinion."""

    TAKEN = "采纳"
    PARTLY = "部分采纳"
    REFUSED = "不采纳"
    OPEN = ""
    UNCLEAR = "?"


class Reply(NamedTuple):
    """A file that came back: its name, its bureau, how many opinions it has, and what is to be said of it."""

    file: str
    unit: str
    opinions: int
    note: str = ""
    failed: bool = False

    @property
    def shown(self) -> str:
        """The answer in a word."""
        if self.failed:
            return "没有收进来"
        return f"{self.opinions} 条意见" if self.opinions else "无意见"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionRow:
    """A row: an opinion, the bureaus that have it, and the name of its place."""

    opinion: Opinion
    units: tuple[str, ...]
    clause: str
    verdict: str = ""
    """The decision, as it was typed in the table before."""
    reason: str = ""
    already: bool = False
    """True if the plan already has what is wanted."""
    said: str = ""
    """What is wanted, if that was typed over in the table before; "" for what the opinion says."""

    @property
    def mark(self) -> str:
        """The opinion for programs."""
        return _encoded(self.opinion)


class FilledRow(NamedTuple):
    """A row that was filled in: its number in the sheet, its bureaus, what it says, and the decision."""

    at: int
    units: str
    clause: str
    said: str
    verdict: Verdict
    typed: str
    """The decision as typed."""
    reason: str
    opinion: Opinion | None
    """None if the row does not say what is to be changed, in a form that planwriter knows."""
    original: Opinion | None
    """The opinion as planwriter wrote it; None for a row that somebody added."""
    mark: str
    cells: tuple[str, ...]
    """The cells in the order of our columns."""

    is_reworded: bool
    """True if what is wanted was typed over."""

    @property
    def is_by_hand(self) -> bool:
        """True if something in it was filled in by hand."""
        return bool(self.typed or self.reason or not self.mark or self.is_reworded)


# what the cells say


def shown_old(opinion: Opinion) -> str:
    """The words that an opinion is about."""
    if opinion.wish in (Wish.ADD, Wish.TABLE):
        return _cut(opinion.text)
    if opinion.start < opinion.end:
        return opinion.old if opinion.wish in (Wish.CHANGE, Wish.CELL) else _cut(opinion.old)
    if opinion.wish == Wish.CHANGE and opinion.text:
        before = [opinion.text[start:end] for start, end in sentences(opinion.text) if end <= opinion.start]
        return _cut(before[-1] if before else opinion.text)
    return "（空格）" if opinion.wish == Wish.CELL else _cut(opinion.text)


def shown_wish(opinion: Opinion) -> str:
    """What an opinion wants, in words."""
    head, new = _head_of(opinion), opinion.label + opinion.new
    if opinion.wish in (Wish.CHANGE, Wish.CELL) and not opinion.new:
        return "删去这几句。" if opinion.wish == Wish.CHANGE and _several(opinion.old) else "删去。"
    if opinion.wish == Wish.REMOVE:
        return "删去这一段。"
    if opinion.wish == Wish.TABLE:
        return f"{head}{_cut(new)}"
    if opinion.wish == Wish.MOVE:
        return head + (new if len(new) <= _NAME else new[:_NAME] + "…")
    return head + new


def _several(text: str) -> bool:
    return sum(text.count(mark) for mark in "。；！？") > 1


def _head_of(opinion: Opinion) -> str:
    """The words before the new ones."""
    if opinion.wish == Wish.CHANGE and opinion.start == opinion.end:
        return "在这后面增加：" if opinion.start else "在这一段前面增加："
    if opinion.wish == Wish.ADD:
        return "在这一段后面增加一段：" if opinion.at >= 0 else "在最前面增加一段："
    if opinion.wish == Wish.MOVE:
        several = f"连同后面共 {opinion.count} 段，" if opinion.count > 1 else ""
        return f"{several}移到这一段后面：" if opinion.new else f"{several}移到最前面。"
    if opinion.wish == Wish.CELL:
        return f"第 {opinion.row + 1} 行第 {opinion.column + 1} 列改为："
    if opinion.wish == Wish.TABLE:
        return "表的行、列改了，改为：\n"
    return "批注：" if opinion.wish == Wish.SAY else "改为："


def _cut(text: str) -> str:
    return text if len(text) <= _CUT else text[:_CUT] + "…"


def opinion_sheets(
    title: str, rows: Sequence[OpinionRow], replies: Sequence[Reply], kept: Sequence[FilledRow] = ()
) -> tuple[NewSheet, ...]:
    """The sheets of a table of opinions; rows that are `kept` from a table before come last."""
    cells: tuple[tuple[str, ...], ...] = tuple(
        (
            str(number),
            "、".join(each.units),
            each.clause,
            _fit(shown_old(each.opinion)),
            _fit(each.said or shown_wish(each.opinion)),
            each.verdict,
            each.reason or (_ALREADY if each.already else _OLDER if each.opinion.older else ""),
            each.mark,
        )
        for number, each in enumerate(rows, 1)
    )
    cells += tuple((str(number), *each.cells[1:]) for number, each in enumerate(kept, len(rows) + 1))
    answers = tuple(
        (str(number), each.unit, each.file, each.shown, each.note) for number, each in enumerate(replies, 1)
    )
    return (
        NewSheet(SHEET, _COLUMNS, cells, "A3", title=f"{title}征求意见汇总表", printed=True),
        NewSheet(REPLIES, _REPLY_COLUMNS, answers, "A3", title=f"{title}征求意见回复情况", printed=True),
    )


def _fit(text: str) -> str:
    text = UNFIT.sub("", text)
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"


def _encoded(opinion: Opinion) -> str:
    """The opinion for programs; only a digest of it if a cell cannot hold it."""
    said: dict[str, object] = {"w": str(opinion.wish), "a": opinion.at, "t": opinion.text, "n": opinion.new}
    if opinion.start or opinion.end:
        said["s"], said["e"] = opinion.start, opinion.end
    for key, value, usual in (
        ("l", opinion.label, ""),
        ("v", opinion.level, 0),
        ("r", str(opinion.role), str(BODY)),
        ("c", opinion.count, 1),
        ("y", opinion.row, 0),
        ("x", opinion.column, 0),
        ("o", int(opinion.older), 0),
    ):
        if value != usual:
            said[key] = value
    said["d"] = _digest(_typed(shown_wish(opinion)))
    made = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    if len(made.encode("utf-16-le", "replace")) <= 2 * MAX_CELL and not UNFIT.search(made):
        return made
    return f"#{_digest(made)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


# what is read from them


def read_rows(sheets: Sequence[Sheet]) -> list[FilledRow] | None:
    """The rows of a table that was filled in; None if no sheet has its header."""
    for sheet in sheets:
        for at, row in enumerate(sheet.rows[:15]):
            heads = {"".join(cell.split()): column for column, cell in enumerate(row) if cell.strip()}
            if _VERDICT in heads and _WANTED in heads:
                return [
                    _read(number, cells, heads)
                    for number, cells in enumerate(sheet.rows[at + 1 :], at + 2)
                    if any(cell.strip() for cell in cells)
                ]
    return None


def _read(number: int, cells: Sequence[str], heads: dict[str, int]) -> FilledRow:
    def cell(name: str) -> str:
        return cells[heads[name]].strip() if name in heads else ""

    typed, said, mark = cell(_VERDICT), cell(_WANTED), cell(_MARK)
    reason = cell(_REASON)
    original, digest = _decoded(mark)
    is_reworded = original is not None and digest != _digest(said) and said != _typed(shown_wish(original))
    opinion = _as_said(original, said) if original is not None and is_reworded else original
    if not mark:
        opinion = _typed_opinion(cell(_OLD), said)
    return FilledRow(
        at=number,
        units=cell("单位"),
        clause=cell("条款"),
        said=said,
        verdict=verdict_of(typed),
        typed=typed,
        reason="" if reason in (_OLDER, _ALREADY) else reason,
        opinion=opinion,
        original=original,
        mark=mark,
        cells=tuple(cell(each.head) for each in _COLUMNS),
        is_reworded=is_reworded,
    )


_WORDS = {
    Verdict.TAKEN: "采纳 已采纳 予以采纳 全部采纳 采用 吸收 已吸收 吸纳 已吸纳 同意 是 √ ✓ ✔ 对",
    Verdict.PARTLY: "部分采纳 采纳部分 部分采用 部分吸收 部分吸纳 部分同意 部分",
    Verdict.REFUSED: "不采纳 未采纳 不予采纳 暂不采纳 没有采纳 不采用 未采用 不吸收 未吸收 不吸纳 未吸纳 不同意 否 × ✗ x X",
}
_VERDICTS = {word: verdict for verdict, words in _WORDS.items() for word in words.split()}


def verdict_of(typed: str) -> Verdict:
    """The decision that was typed."""
    plain = "".join(typed.split()).rstrip("。")
    return _VERDICTS.get(plain, Verdict.UNCLEAR) if plain else Verdict.OPEN


def _as_said(opinion: Opinion, said: str) -> Opinion | None:
    """The opinion with the words that now stand in the table; None if they cannot be told from what is around them."""
    head = _typed(_head_of(opinion))
    changed = opinion.wish in (Wish.CHANGE, Wish.CELL) or (
        opinion.wish == Wish.ADD and said.startswith(head + opinion.label)
    )
    if not changed or not said.startswith(head):
        return None
    return replace(opinion, new=said[len(head) :].removeprefix(opinion.label))


def _typed_opinion(old: str, said: str) -> Opinion | None:
    """The opinion of a row that a person added, in the words that planwriter uses itself; None for other words."""
    after = Opinion(wish=Wish.CHANGE, at=-1, text=old, start=len(old), end=len(old))
    change = replace(after, start=0)
    if not old:
        return None
    if said in (shown_wish(change), "删去"):
        return change
    for opinion in (change, after):
        head = _head_of(opinion)
        if said.startswith(head) and said != head:
            return replace(opinion, new=said[len(head) :].strip())
    found = _SWAPPED.fullmatch(said)
    if found is None or old.count(found[1]) != 1:
        return None
    return replace(change, new=old.replace(found[1], found[2]))


def _typed(text: str) -> str:
    """A text as the reader of workbooks gives it."""
    return "\n".join(line.strip() for line in _fit(text).strip().splitlines())


def _decoded(mark: str) -> tuple[Opinion | None, str]:
    """The opinion in a mark, and the digest of its words as they were written; None if it is no mark."""
    try:
        said = json.loads(mark)
        if not isinstance(said, dict):
            return None, ""
        text, start, end = _text(said, "t"), _number(said, "s"), _number(said, "e")
        if not 0 <= start <= end <= len(text):
            return None, ""
        opinion = Opinion(
            wish=Wish(_text(said, "w")),
            at=_number(said, "a", -1),
            text=text,
            start=start,
            end=end,
            new=_text(said, "n"),
            label=_text(said, "l"),
            level=min(_number(said, "v"), 4),
            role=LineRole(_text(said, "r") or str(BODY)),
            count=max(_number(said, "c", 1), 1),
            row=_number(said, "y"),
            column=_number(said, "x"),
            older=bool(_number(said, "o")),
        )
        return opinion, _text(said, "d")
    except (ValueError, RecursionError):
        return None, ""


def _text(said: dict[str, object], key: str) -> str:
    value = said.get(key, "")
    if not isinstance(value, str):
        raise ValueError(key)
    return value


def _number(said: dict[str, object], key: str, usual: int = 0) -> int:
    value = said.get(key, usual)
    if not isinstance(value, int) or not -1 <= value < 10**9:
        raise ValueError(key)
    return value
