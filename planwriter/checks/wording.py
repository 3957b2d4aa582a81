"""Finds slips in the wording of a text: stray braces, a bound said twice, non-Chinese or swapped punctuation marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planwriter.fill import HOLE, split_at_last
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Replacement
from planwriter.language.figures import AFTER
from planwriter.language.units import behind
from planwriter.model import Target, Text
from planwriter.start.patterns import re, regex
from planwriter.start.typing import TypeAlias

_LETTER = r"[^\W\da-zA-Z_]"
_QUOTES = regex(rf"(?<={_LETTER})[\"']|[\"'](?={_LETTER})")
_WIDE = {",": "，", ";": "；", ":": "：", ".": "。"}
_HALF = regex(
    rf"(?<={_LETTER})[,;:](?={_LETTER}|\d)|(?<=[\d%])[,;](?={_LETTER})|(?:(?<={_LETTER})|(?<=[%）”》]))[.;](?=\n|\Z)"
)
_DOUBLED = regex("([，。；、：])\\1+|[，、；：][，。；、：]|。[，；、：]")
_WIDE_DIGITS = regex("[０-９]+(?:．[０-９]+)?")
_NARROW_DIGITS = str.maketrans("０１２３４５６７８９．", "0123456789.")
_A_LETTER = regex(_LETTER)
_SPACE = " \t\u3000\xa0"
_MARKS = "，。；、：！？（）《》“”"
_SPACED = regex(
    rf"(?<=[^\s{_SPACE}])[{_SPACE}]+(?=[{_MARKS}])|(?<=[{_MARKS}])[{_SPACE}]+(?=[^\s{_SPACE}])|(?:(?<={_LETTER})|(?<=[\d%\0]))[{_SPACE}]+(?={_LETTER}|[\d\0])"
)
"""Rarely used patterns are not compiled here but after a quick search for a mark, so that the program starts faster."""
_PROSE = ("。", "，", "；")
_OFFICES = regex("(?:国务院|人民政府|办公厅|办公室|委员会|[部委局厅])")
_LATIN = regex(r"[A-Za-z][A-Za-z/.-]*[ \d.—-]*\Z")
"""A figure after Latin letters, such as GB/T 9704."""
_LABELLED = regex(
    r"(?:^|\n)(?:第[一二三四五六七八九十百\d]+[章节条编款部分]+|(?:专栏|附件|附表|附图|[表图])[\d一二三四五六七八九十]*)\Z"
)
"""Matches a label that is set off by a space: 第一章 总则, 专栏3 重点工程."""
_TYPED = regex(r"[\n。；：]\s*(?:\d{1,2}(?:[.．]\d{1,2}){0,3}[.．、]?|[（(]\d{1,2}[）)]|[①-⑳●○■□◆★☆▲])\Z")
"""Matches a label before the space that sets it off: 2.1 加强领导, ① 开展排查."""
_ALIGNED = regex(
    rf"(?:\A|[\n。；：])\s*{_LETTER}(?:\s{{1,4}}{_LETTER}){{1,5}}[：:](?:{_LETTER}(?:\s{{1,4}}{_LETTER}){{1,3}}$)?",
    re.M,
)
"""Matches words whose characters are set apart, so that they are as long as the words above: 组　　长：."""
_TITLES = regex("《[^》]*》|“[^”]*”")
_ALL_SWAPPED = regex("[^“”]*(?:”[^“”]*“[^“”]*)+")
_ODD_BRACES = regex(r"[｛｝]{2}|(?<!\{)[｛{【]\s*(?:指标|参数)\.")
_ODD_HOLE = regex(r"(?<!\{)[｛{【]{1,2}\s*((?:指标|参数)\.\w+(?:\.\w+)?)\s*[｝}】]{1,2}(?!\})")
_STATEMENT = regex(r"\{%.*?%\}", re.S)
_BEFORE = ("不低于", "不少于", "不超过", "不高于", "力争达到", "力争", "达到", "超过", "新增", "约")
_SUFFIXES = frozenset(AFTER)
_ENDS_IN_ABOUT = ("签约", "节约", "履约", "违约", "条约", "预约", "契约")
_FITS_A_SUFFIX = frozenset(("力争达到", "力争", "达到"))
"""达到96%以上 is good prose; 不低于96%以上 is not."""


def check_wording(text: Text) -> Iterator[Finding]:
    """The findings on the wording of one text of the outline, whatever its targets are."""
    origin, value = text.origin, text.value
    if origin is None:
        return
    literal = literal_text(value)
    odd = _ODD_BRACES.search(literal) if any(mark in literal for mark in "｛｝{【") else None
    if odd:
        reason = "要用两个半角的花括号，写成 {{ 指标.名字 }}"
        holes = _edits(_ODD_HOLE, literal, lambda hole: _ODD_HOLE.sub(r"{{ \1 }}", hole))
        yield finding("PW308", origin.within(value, *odd.span()), remedy=_remedy(text, holes), reason=reason)
    yield from _check_marks(literal, text)


def check_marks(text: Text) -> Iterator[Finding]:
    """The findings on punctuation in a text from outside the outline: of a clause, or of a cell."""
    return _check_marks(literal_text(text.value), text)


def literal_text(value: str) -> str:
    """A text with its holes and statements blanked, character by character."""
    literal = HOLE.sub(lambda hole: "\0" * len(hole.group()), value) if "{{" in value else value
    if "{%" not in literal:
        return literal
    head, rest = split_at_last(literal, "%}")
    return _STATEMENT.sub(lambda made: "\0" * len(made.group()), head) + rest


def _check_marks(literal: str, text: Text) -> Iterator[Finding]:
    """The findings on marks: one of each kind, at its first place, with a remedy for all places of that kind."""
    if text.origin is None:
        return
    found: list[tuple[int, int, str, str, str, list[_Edit]]] = []
    quote = _QUOTES.search(literal) if '"' in literal or "'" in literal else None
    if quote:
        advice = "改成中文引号“”（单引号‘’）。"
        found.append((*quote.span(), "用了英文引号", quote.group(), advice, _chinese_quotes(literal)))
    half = _edits(_HALF, literal, _WIDE.__getitem__) if any(mark in literal for mark in _WIDE) else []
    if not any(mark in literal for mark in _PROSE):
        half = [edit for edit in half if edit[2] != "。"]  # the end of a title is PW217
    if half:
        start, end, wide = half[0]
        what, mark = ("句末用了半角的", "“.”") if wide == "。" else ("汉字之间用了半角的", literal[start:end])
        found.append((start, end, what, mark, f"改成全角的“{wide}”。", half))
    doubled = _DOUBLED.search(literal)
    if doubled:
        same = [edit for edit in _edits(_DOUBLED, literal, lambda marks: marks[0]) if _is_repeated(literal, edit)]
        found.append((*doubled.span(), "标点重复了", f"“{doubled.group()}”", "留下一个。", same))
    digits = _edits(_WIDE_DIGITS, literal, lambda wide: wide.translate(_NARROW_DIGITS))
    if digits:
        start, end, narrow = digits[0]
        mark = f"“{literal[start:end]}”"
        found.append((start, end, "数字用了全角的", mark, f"改成半角的“{narrow}”。", digits))
    spaces = _stray_spaces(literal)
    if spaces:
        start, end = spaces[0]
        mark = f"“{text.value[max(0, start - 2) : start]}□{text.value[end : end + 2]}”".replace("\n", "")
        advice = "删去空格；从 Word 或网页复制来的文字常带着。"
        found.append((start, end, "文字中间有空格（□）", mark, advice, [(*span, "") for span in spaces]))
    swapped = _swapped(literal) if "”" in literal else None
    if swapped:
        advice = "前面用“，后面用”。"
        found.append((*swapped, "引号前后写反了：", literal[slice(*swapped)], advice, _swapped_back(literal, swapped)))
    for start, end, what, mark, advice, edits in found:
        place = text.origin.within(text.value, start, end)
        yield finding("PW501", place, remedy=_remedy(text, edits), what=what, mark=mark, advice=advice)


_MOST_EDITS = 200
"""How many changes a remedy has; the next round of `planwriter fix` takes the rest."""
_Edit: TypeAlias = tuple[int, int, str]
"""The start and end of characters in a text, and what they become."""


def _edits(pattern: re.Pattern[str], literal: str, new: Callable[[str], str]) -> list[_Edit]:
    return [(*match.span(), new(match.group())) for match in pattern.finditer(literal)]


def _remedy(text: Text, edits: list[_Edit]) -> tuple[Replacement, ...]:
    """The remedy that makes these changes in a text, as far as their places are known."""
    if text.origin is None or text.filling is not None:
        return ()
    value, origin = text.value, text.origin
    return tuple(each for edit in edits[:_MOST_EDITS] for each in origin.replaced_within(value, *edit))


def _is_repeated(literal: str, edit: _Edit) -> bool:
    """True if the marks are one and the same, so that any of them can be left out."""
    return len(set(literal[edit[0] : edit[1]])) == 1


def _chinese_quotes(literal: str) -> list[_Edit]:
    """The Chinese marks for the English quotes in paragraphs in which the quotes of one kind are pairs."""
    edits: list[_Edit] = []
    at = 0
    for line in literal.split("\n"):
        for mark, pair in (('"', "“”"), ("'", "‘’")):
            places = [match.start() for match in re.finditer(mark, line)] if not set(line) & set(pair) else []
            if places and len(places) % 2 == 0 and _are_pairs(line, places):
                edits += ((at + each, at + each + 1, pair[nth % 2]) for nth, each in enumerate(places))
        at += len(line) + 1
    return edits


def _are_pairs(line: str, places: list[int]) -> bool:
    """True if every second quote closes: something stands between it and the one before, and no mark of a name or a foot."""
    inner = [line[first + 1 : last] for first, last in zip(places[::2], places[1::2], strict=True)]
    return all(each.strip() == each != "" and _A_LETTER.search(each) for each in inner)


def _swapped_back(literal: str, swapped: tuple[int, int]) -> list[_Edit]:
    """The quotes of the paragraph in which they are swapped, each the other way round."""
    start = literal.rfind("\n", 0, swapped[0]) + 1
    line = literal[start:].split("\n", 1)[0]
    return [(start + at, start + at + 1, "“" if mark == "”" else "”") for at, mark in enumerate(line) if mark in "“”"]


def _stray_spaces(literal: str) -> list[tuple[int, int]]:
    """The ranges of the spaces in prose; spaces between names of offices and in document titles are allowed."""
    if not any(mark in literal for mark in _SPACE) or not any(mark in literal for mark in _PROSE):
        return []
    titles = [title.span() for title in _TITLES.finditer(literal)] if "《" in literal or "“" in literal else []
    titles += (each.span() for each in _ALIGNED.finditer(literal))
    spaces = []
    for match in _SPACED.finditer(literal):
        start, end = match.span()
        line = literal[literal.rfind("\n", 0, start) + 1 :].partition("\n")[0] if "\n" in literal else literal
        if not any(mark in line for mark in _PROSE):
            continue
        if any(first < start and end < last for first, last in titles):
            continue
        if _OFFICES.search(literal[end : end + 12]) and _OFFICES.search(literal[max(0, start - 12) : start]):
            continue
        before = literal[start - 12 : start] if start > 12 else f"\n{literal[:start]}"
        if _LABELLED.search(before) or _TYPED.search(before):
            continue
        if _LATIN.search(literal[max(0, start - 20) : start]):
            continue
        spaces.append((start, end))
        if len(spaces) == _MOST_EDITS:
            break
    return spaces


def _swapped(literal: str) -> tuple[int, int] | None:
    """The first closing mark and the next opening one, in a paragraph in which every pair is swapped."""
    at = 0
    for line in literal.split("\n"):
        if line.count("”") == line.count("“") and _ALL_SWAPPED.fullmatch(line):
            return at + line.index("”"), at + line.index("“") + 1
        at += len(line) + 1
    return None


def may_repeat_bounds(value: str) -> bool:
    """True if `check_bounds` may have a finding on the text: a bound stands beside a hole that cites a target."""
    if "指标." not in value:
        return False
    return any(
        value.endswith(_BEFORE, 0, hole.start()) or value.startswith(AFTER, hole.end()) for hole in HOLE.finditer(value)
    )


def check_bounds(text: Text, targets: dict[str, Target]) -> Iterator[Finding]:
    """Reports a bound typed next to a citation that includes it: 不低于{{ 指标.X }} gives 不低于不低于95%."""
    if text.origin is None:
        return
    for match in HOLE.finditer(text.value):
        cited = match[1].strip()
        key = cited.removeprefix("指标.")
        target = targets.get(key.partition(".年(")[0] if key.endswith(")") and ".年(" in key else key)
        if target is None or not target.bound:
            continue
        before = next((word for word in _BEFORE if text.value.endswith(word, 0, match.start())), "")
        after = next((word for word in AFTER if text.value.startswith(word, match.end())), "")
        is_other_word = before == "约" and text.value.endswith(_ENDS_IN_ABOUT, 0, match.start())
        if before and ((target.bound in _SUFFIXES and before in _FITS_A_SUFFIX) or is_other_word):
            before = ""
        word = before or after
        if not word:
            continue
        at = match.start() - len(word) if before else match.end()
        said = target.bound if target.bound in _SUFFIXES else ""
        value = (
            f"{target.value.value:f}{behind(target.unit)}{said}" if target.value else f"……{behind(target.unit)}{said}"
        )
        shown = f"{before}{'' if said else target.bound}{value}{'' if before else after}"
        place = text.origin.within(text.value, at, at + len(word))
        remedy = place.replaced(word, "") if word == target.bound else ()
        yield finding("PW415", place, remedy=remedy, word=word, name=target.title, shown=shown, hole=cited)
