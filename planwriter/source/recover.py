"""The errors that the YAML parser still finds: reported in the writer's words, and cut out so that the rest can be read."""

from __future__ import annotations

from collections.abc import Callable

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Source, Span
from planwriter.source.mend_line import LOST_KEY
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import re, regex
from planwriter.start.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yaml.error import MarkedYAMLError

_ALIGN = "同一级的“- ”要对齐在同一列，同一块的键也要对齐在同一列"
_PROBLEMS = (
    (
        "mapping values are not allowed",
        "这一行缩进得太深，上一行已经写了文字",
        "与上一行的键对齐；上一行若是一块的开头，前面加“- ”；这一行若是上一行文字的接续，把半角冒号改成全角“：”。",
    ),
    (
        "could not find expected ':'",
        "这一行像是“键: 值”，却缺了冒号",
        "在键后面加半角冒号和空格；若是上一行文字的接续，把它缩进到那段文字下面。",
    ),
    ("did not find expected '-' indicator", "缩进与上面各行对不齐", f"{_ALIGN}。"),
    ("did not find expected key", "缩进与上面各行对不齐", f"{_ALIGN}；再看看上一行的引号和括号配对没有。"),
    ("block sequence entries are not allowed", "“- ”不能写在这里", "另起一行写“- ”，并比上一级多缩进两格。"),
    ("found unexpected end of stream", "引号没有收尾", "在这段文字的末尾补上引号。"),
    ("did not find expected ',' or", "方括号或花括号没有配对，或缺了逗号", "检查括号和逗号，都要用半角。"),
    ("found character that cannot start any token", "文字以 @、` 或 % 之类的记号开头", "给整段文字加上英文引号。"),
    ("found unknown escape character", "双引号里的反斜杠写法不对", "改用单引号，或把 \\ 写成 \\\\。"),
    ("did not find expected node content", "这里缺内容，或括号没有配对", "检查括号、逗号和冒号。"),
)
_ENTRY = regex(r" *(?:- +)*(?:-$|[^\s:]+ *:(?:\s|$))|\s*- ")


class Explained(NamedTuple):
    """An error of the parser as a finding, and its index in the source."""

    value: Finding
    at: int
    aligned: bool
    """True if the error is that lines do not stand in one column: the line after them would give the same error."""
    is_text: bool = False
    """True if the parser takes it and the entries after it at the same column for a part of the text above."""


def explain(error: MarkedYAMLError, source: Source) -> Explained:
    """An error of the parser in the writer's words."""
    context, problem = error.context or "", error.problem or ""
    opened = "quoted scalar" in context or "flow" in context or "could not find expected ':'" in problem
    if "escape character" in problem:
        opened = False
    mark = error.context_mark if opened and error.context_mark else (error.problem_mark or error.context_mark)
    index = min(mark.index if mark else 0, max(len(source.text) - 1, 0))
    if "mapping values" in problem:  # the mark is at the colon; the key before it is indented too much
        start = source.text.rfind("\n", 0, index) + 1
        index = start + _indent(source.text[start:index])
    unknown = ("", "读不懂", "检查这一行的缩进、冒号、引号和括号。")
    _, reason, advice = next((known for known in _PROBLEMS if known[0] in problem), unknown)
    if "quoted scalar" in context and opened:
        reason, advice = "引号没有收尾，或引号后面还有文字", "补上引号；文字里的引号用中文引号“”。"
    if "mapping values" in problem and (column := _lacks_content(source.text, index)):
        reason, advice = (
            "上一行有了标题，下面的块前面缺一行“内容:”",
            f"在上一行下面加一行“内容:”，从第 {column} 列写起。",
        )
        return Explained(
            finding("PW105", Span(source, index, index + 1), reason=reason, advice=advice), index, False, True
        )
    aligned = "mapping values" in problem or "did not find expected key" in problem or "'-' indicator" in problem
    advice += _where_it_belongs(source.text, index) if aligned else ""
    return Explained(finding("PW105", Span(source, index, index + 1), reason=reason, advice=advice), index, aligned)


def _where_it_belongs(text: str, index: int) -> str:
    """The nearest columns at which the line at `index` could stand, counted from 1; "" if nothing stands above it."""
    start = text.rfind("\n", 0, index) + 1
    line = _line(text, start)
    dashed, own = line.lstrip().startswith("- "), _indent(line)
    open_at: dict[int, str] = {}
    deepest = _MAX_INDENT
    for above in reversed(text[max(0, start - _MAX_ABOVE) : start].split("\n")[:-1]):
        match = _ENTRY.match(above)
        if match is None or _indent(above) > deepest:
            continue
        key = above[_key_column(above) :].split(":")[0].strip()
        if dashed and "- " in above[: _key_column(above)]:
            open_at.setdefault(_indent(above), f"- {key}")
        elif not dashed:
            open_at.setdefault(_key_column(above), key)
        deepest = _indent(above)
    if not open_at or own in open_at:
        return ""
    near = sorted(sorted(open_at, key=lambda column: (abs(column - own), -column))[:2])
    places = "，".join(f"和“{open_at[column]}”同级的从第 {column + 1} 列写起" for column in near)
    return f"这一行现在从第 {own + 1} 列写起：{places}。"


def _lacks_content(text: str, index: int) -> int:
    """The column, counted from 1, at which 内容 is missing above a list of blocks right below a title; else 0."""
    start = text.rfind("\n", 0, index) + 1
    match = _BLOCK_ITEM.match(_line(text, start))
    above = _BLOCK_ITEM.match(_line(text, text.rfind("\n", 0, max(start - 1, 0)) + 1)) if start else None
    if match is None or above is None or match.start("key") <= above.start("key"):
        return 0
    return above.start("key") + 1


_BLOCK_ITEM = regex(r" *- (?P<key>章|节|条|款|专栏|用): *\S?")
_MAX_INDENT = 1000
_MAX_ABOVE = 20_000
"""How many characters above a line are searched for the lines that it may be aligned with."""


class Cut(NamedTuple):
    """A text with a stretch blanked, its length and line ends kept; and the keys that stood in the stretch."""

    text: str
    start: int
    end: int
    keys: tuple[str, ...]


def cut_entry(text: str, index: int, *, rest: bool = False, is_text: bool = False) -> Cut | None:
    """Cuts out the smallest entry around `index`: a line of a mapping or a list with everything indented more.

    Its place is taken by LOST_KEY or an empty item of a list, which show that something is missing. With `rest`
    the entries after it at the same column go too. With `is_text` it is part of the text above, and nothing takes its place.
    """
    start = text.rfind("\n", 0, index) + 1
    while start and not _ENTRY.match(_line(text, start)):  # a text goes on over several lines
        start = text.rfind("\n", 0, start - 1) + 1
    indent = _indent(_line(text, start))
    end = _after(text, start, lambda line: _indent(line) >= indent + (not rest))
    return _cut(text, start, end, mark="" if is_text else _mark(text[:start].split("\n"), _line(text, start)))


def _mark(above: list[str], line: str) -> str:
    """What takes the place of a line that is cut out, if it is known what the line was part of."""
    indent = _indent(line)
    if line.startswith("- ", indent):
        return " " * indent + "- ''"
    above = [each for each in above if each.strip() and not each.lstrip().startswith("#")]
    parents = [each for each in above if _indent(each) <= indent][-1:]
    if not (parents and _key_column(parents[0]) == indent):
        parents = [each for each in above[-1:] if _ENTRY.match(each) and not each.rstrip().endswith(":")]
    return " " * _key_column(parents[0]) + LOST_KEY + ":" if parents else ""


def _key_column(line: str) -> int:
    """The column at which a line's key stands, behind its dashes."""
    match = re.match(r" *(?:- +)*", line)
    return match.end() if match else 0


def cut_block(text: str, index: int) -> Cut | None:
    """Cuts out the outermost entry around `index`: a top-level key with its value, or an item of a top-level list."""
    listed = text.lstrip("\n").startswith("-")
    inner = (" ", "#") if listed else (" ", "#", "-")
    start = text.rfind("\n", 0, index) + 1
    while start and (_line(text, start).startswith(inner) or not _line(text, start)):
        start = text.rfind("\n", 0, start - 1) + 1
    return _cut(text, start, _after(text, start, lambda line: line.startswith(inner)))


def is_next(text: str, end: int, index: int) -> bool:
    """True if nothing but comments stands between the end of the cut and the line of `index`."""
    start = text.rfind("\n", 0, index) + 1
    return end <= start and all(
        not line.strip() or line.lstrip().startswith("#") for line in text[end:start].split("\n")
    )


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start:] if end < 0 else text[start:end]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _after(text: str, start: int, inside: Callable[[str], bool]) -> int:
    """The end of the entry that begins at `start`: of its first line and those after it that are `inside` or blank."""
    end = text.find("\n", start)
    while end >= 0:
        line = _line(text, end + 1)
        if line.strip() and not inside(line):
            break
        end = text.find("\n", end + 1)
    return len(text) if end < 0 else end


def _cut(text: str, start: int, end: int, mark: str = "") -> Cut | None:
    """Blanks a stretch; None if it was blank already or if nothing else is left."""
    stretch = text[start:end]
    blank = "".join(mark if mark == "\n" else " " for mark in stretch)
    if len(mark) <= len(_line(stretch, 0)):
        blank = mark + blank[len(mark) :]
    rest = text[:start] + blank + text[end:]
    if not stretch.strip() or not rest.strip():
        return None
    keys = (re.match(r"\s*(?:-\s+)*([^:]+?)\s*(?::|$)", line) for line in stretch.split("\n"))
    return Cut(rest, start, end, tuple(key[1] for key in keys if key and key[1] != LOST_KEY))
