"""A round of a plan: rendered, edited by hand in the .docx and by its author in the outline, and what both must give together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planwriter.app import plans
from planwriter.app.session import Session
from planwriter.compare.versions.from_plan import version_of_plan
from planwriter.compare.versions.version import Value, VersionLine, VersionTable
from planwriter.model.walk import TextRole
from tests.hands import Hand

_WORDS = re.compile(r"[\u4e00-\u9fff]{6}")


def version(path: str) -> list[VersionLine | VersionTable]:
    """The lines and tables of an outline's document, as a draft."""
    document = plans.plan_file(Session().at(path), path, draft=True).document
    assert document is not None
    return [each for each in version_of_plan(document, path).items if isinstance(each, VersionLine | VersionTable)]


def texts(path: str) -> list[str]:
    """The text of each line, without its label."""
    return [each.text for each in version(path)]


@dataclass
class Row:
    """A line of the document that is expected in the end."""

    base: int
    """Its number in the first version; -1 for a line that a hand added."""
    text: str = ""
    """The text of a line that a hand added."""
    changes: list[tuple[str, str]] = field(default_factory=list)
    """Words that a hand changed."""

    def changed(self, text: str) -> str:
        """The text with the changes."""
        for old, new in self.changes:
            assert text.count(old) == 1, (old, text)
            text = text.replace(old, new)
        return text


class Round:
    """What is done to a plan; `rows` follow along and say what the document must be in the end."""

    def __init__(self, path: str, data: bytes) -> None:
        self.hand = Hand(data)
        self.base = version(path)
        self.rows = [Row(number) for number in range(len(self.base))]
        self.done: list[str] = []
        self.free = [
            number
            for number, each in enumerate(self.base)
            if isinstance(each, VersionLine) and len(self.found(number)) > 3
        ]
        """The paragraphs that nothing has been done to yet and that have enough words of their own."""

    def line(self, number: int) -> VersionLine:
        """A line of the first version."""
        line = self.base[number]
        assert isinstance(line, VersionLine)
        return line

    def take(self, *, clause: bool | None = None, item: bool = False, leaf: bool = False) -> int:
        """A paragraph for the next edit: one with a clause or without, an item, or one, of no target,
        that the next item may change places with."""
        for number in self.free:
            line = self.line(number)
            if (
                (clause is None or bool(line.clause) == clause)
                and (not item or line.level > 1)
                and (not leaf or (number + 1 in self.free and self._ends(number) and self._ends(number + 1)))
                and (not leaf or not any("指标." in each.typed for each in line.values))
            ):
                self.free.remove(number)
                if leaf:
                    self.free.remove(number + 1)
                return number
        raise AssertionError("no such paragraph is left")

    def words(self, number: int, nth: int = 0) -> str:
        """Six characters of a paragraph's text, none of them filled in, that stand once in the document."""
        return self.found(number)[nth]

    def expect(self, number: int, old: str, new: str, how: str) -> None:
        """Words of a line of the first version must have been changed so in the end."""
        assert self.base[number].text.count(old) == 1, (old, self.base[number].text)
        self.rows[self.at(number)].changes.append((old, new))
        self.done.append(f"{how}：{old} → {new}")

    def expected(self, by_author: list[str]) -> list[str]:
        """The lines that must stand in the end, if the outline would print these lines without the edits by hand."""
        assert len(by_author) == len(self.base)
        return [row.text if row.base < 0 else row.changed(by_author[row.base]) for row in self.rows]

    def targets(self) -> list[str]:
        """The keys of the targets that are cited in one place of one paragraph, with a figure in it, in order."""
        keys = [each.typed.split(".")[1].strip() for each in self._values() if each.typed.strip().startswith("指标.")]
        return [key for key in dict.fromkeys(keys) if keys.count(key) == 1]

    def _values(self) -> list[Value]:
        return [value for line in self.base if isinstance(line, VersionLine) for value in line.values]

    def at(self, number: int) -> int:
        """Where a line of the first version stands now."""
        return next(at for at, row in enumerate(self.rows) if row.base == number)

    def _ends(self, number: int) -> bool:
        """Whether a paragraph is an item of the lowest level in its chapter, with one of its own level before and behind it."""
        around = [self.base[each] for each in (number - 1, number, number + 1) if each < len(self.base)]
        levels = [each.level if isinstance(each, VersionLine) else 0 for each in around]
        return levels[1] > 1 and all(each in (levels[1], 1) for each in levels)

    def found(self, number: int) -> list[str]:
        """All that `words` may choose from."""
        line = self.line(number)
        text = next((each for each in line.stretches if each.role is TextRole.TEXT), None)
        if text is None:
            return []
        return [
            match[0]
            for match in _WORDS.finditer(line.text, text.start, text.end)
            if not any(each.start < match.end() and match.start() < each.end for each in line.values)
            and sum(each.text.count(match[0]) for each in self.base) == 1
        ]


def by_hand(play: Round) -> bytes:
    """Fifteen edits and more as people make them; the edited file."""
    hand = play.hand

    number = play.take(leaf=True)  # of two items, one is deleted
    hand.delete(play.words(number))
    del play.rows[play.at(number)]
    play.done.append("删去一条")

    number = play.take(leaf=True)
    one, other = play.words(number), play.words(number + 1)
    hand.swap(one, other)
    first, second = play.at(number), play.at(number + 1)
    play.rows[first], play.rows[second] = play.rows[second], play.rows[first]
    play.done.append("两条对调")

    number = play.take(leaf=True)  # typed without a label
    new = "建立联系点制度。每名班子成员联系一所薄弱学校，每月到校一次。"
    hand.add_after(play.words(number), new)
    play.rows.insert(play.at(number) + 1, Row(-1, new))
    play.done.append("加一条")

    number = play.take(leaf=True)
    hand.track_deletion(play.words(number))
    del play.rows[play.at(number)]
    play.done.append("修订删去一条")

    number = play.take(clause=False)  # the words are in several runs
    old = play.words(number)
    hand.format(old[:4], within=old, bold=False)
    hand.replace(old, "逐校逐班排查", within=old)
    play.expect(number, old, "逐校逐班排查", "改字")

    number = play.take(item=True)  # pasted from elsewhere
    old = play.words(number, 1)
    hand.replace(old, "从别处粘来的一句话", font="微软雅黑", bold=True)
    play.expect(number, old, "从别处粘来的一句话", "粘贴")

    number = next(each for each, line in enumerate(play.base) if isinstance(line, VersionLine) and line.level == 1)
    old = play.line(number).text  # a title
    hand.replace(old[-4:], "开创新的局面", within=old)
    play.expect(number, old, old[:-4] + "开创新的局面", "改标题")

    number = play.take()  # tracked
    old = play.words(number)
    hand.track(old, "按修订改成这样")
    play.expect(number, old, "按修订改成这样", "修订")

    number = play.take()
    hand.comment(play.words(number), "此处请教育局再核。")
    play.done.append("批注")

    number = play.take(clause=False, item=True)
    line = play.line(number)
    lead = next((each for each in line.stretches if each.role is TextRole.LEAD), None)
    if lead is None:  # a unit
        end = line.text[-12:]
        hand.replace(end, f"{end}（责任单位：安全办）")
        play.expect(number, end, f"{end}（责任单位：安全办）", "加责任单位")
    else:
        old = line.text[lead.start - 5 : lead.end]
        hand.replace(old, "责任单位：安全办", within=play.words(number))
        play.expect(number, old, "责任单位：安全办", "改责任单位")

    number = play.take(item=True)  # a whole sentence more
    text = play.line(number).text
    old = next(each for each in play.found(number) if re.search(r"[\u4e00-\u9fff]{4}。", text[text.index(each) :]))
    match = re.compile(r"[\u4e00-\u9fff]{4}。").search(text, text.index(old))
    assert match is not None
    tail = match[0]
    hand.replace(tail, f"{tail}这一句是领导加的。", within=old)
    play.expect(number, tail, f"{tail}这一句是领导加的。", "加一句")

    number = play.take()
    hand.format(play.words(number), bold=True)
    play.done.append("加粗")

    number = play.take(clause=False)
    old = play.words(number)
    hand.replace(old, "", within=old)
    play.expect(number, old, "", "删字")

    number = play.take(item=True)  # before its last sentence
    text = play.line(number).text
    old = text[text.index("。", text.index("。") + 1) + 1 :]
    hand.break_line(old)
    play.rows[play.at(number)].changes.append((old, ""))
    play.rows.insert(play.at(number) + 1, Row(-1, old))
    play.done.append("换行")

    number = len(play.base) - 1
    hand.type_cell("三百八十", "四百一十")
    play.expect(number, "三百八十", "四百一十", "改表")
    return hand.save()


def figure_by_hand(play: Round, key: str) -> None:
    """A hand changes the figure of a target, which is cited once."""
    number, value = next(
        (number, value)
        for number, line in enumerate(play.base)
        if isinstance(line, VersionLine)
        for value in line.values
        if key in value.typed
    )
    line = play.line(number)
    cited = line.text[value.start : value.end]
    match = re.search(r"\d+(?:\.\d+)?", cited)
    assert match is not None
    new = cited.replace(match[0], str(int(float(match[0])) + 7))
    around = line.text[value.start - 6 : value.end + 2]
    play.hand.replace(around, around.replace(cited, new))
    play.expect(number, around, around.replace(cited, new), "改数")
