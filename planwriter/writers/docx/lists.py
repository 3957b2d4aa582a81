"""Labels that Word counts itself (编号方式: 自动): multi-level lists, and the list that each paragraph belongs to.

In Word a level of a list restarts after every higher level of the same list. A level that continues across its parents (条
through the whole plan) therefore has a list of its own; so has everything with a separate count (a box, an attachment).
If Word would still count differently from the document, a w:num with a start value is added. w:lvlRestart would do some of
this, but LibreOffice does not support it.
"""

from __future__ import annotations

from planwriter.language.numerals import LabelStyle
from planwriter.layout.layout import Layout
from planwriter.model import Numbering, Section
from planwriter.plan.flow import HEADINGS, Line
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.system.zip_write import Packed, deflated
from planwriter.writers.docx.markup import PARAGRAPH_STYLES, first_line, text_attribute

_FORMATS = {"一": ("chineseCountingThousand", 99), "1": ("decimal", 9999), "①": ("decimalEnclosedCircle", 20)}
"""Word's names of the numerals, and the number up to which every program writes them as we do (一百零一 is 一百〇一 in some)."""
_UNFIT = regex("[%\x00-\x1f]")
"""Characters that no label in Word can hold: % has a special meaning there."""
_LEVELS = len(HEADINGS)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SIGNATURE = 0x50570000
"""The first identifier of a list (w:nsid): by it Word distinguishes lists that are pasted into one document."""

_STYLES, _NUMBERING = "word/styles.xml", "word/numbering.xml"
_STYLE_HEADS = [regex(f'w:styleId="{PARAGRAPH_STYLES[role]}".*?<w:pPr>(?:<w:keepNext/>)?') for role in HEADINGS]
"""A heading's style up to the place where the schema requires its numPr."""
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
_TOLD = (
    ("[Content_Types].xml", "</Types>", f'<Override PartName="/{_NUMBERING}" ContentType="{_TYPE}"/>'),
    (
        "word/_rels/document.xml.rels",
        "</Relationships>",
        f'<Relationship Id="rIdLists" Type="{_RELATION}" Target="numbering.xml"/>',
    ),
)
"""The parts that must refer to numbering.xml, with their end tag and what is inserted before it."""


class Listed(NamedTuple):
    """A paragraph that Word counts, or one that it must not count although its style belongs to a list."""

    number: str
    """Its w:numPr."""
    indented: bool
    """True if the paragraph must carry the indent of its role, because its list has a different one or none."""
    line: Line
    """The line without the label that Word writes."""


class NativeLists:
    """The lists of one document, built while its lines are written."""

    def __init__(self, numbering: Numbering, layout: Layout) -> None:
        self._numbering = numbering
        self._layout = layout
        self._heads = _list_heads(numbering)
        self._lists: dict[tuple[int, int, LabelStyle | None], _List] = {}
        self._nums: list[str] = []
        for head in dict.fromkeys(self._heads):
            self._list(0, head, None)

    def take(self, line: Line) -> Listed | None:
        """The place of a line's paragraph in a list; None if neither the line nor its style belongs to a list."""
        section = line.section
        if section is None or section.count is None or not _is_native(section.count.style, section.count.number):
            return Listed(_num_pr(0, 0), True, line) if line.role in HEADINGS else None
        first, *others = line.runs
        rest = first.text[len(section.label) :]
        runs = (first._replace(text=rest), *others) if rest else tuple(others)
        heading, role = HEADINGS[section.level - 1], line.role
        indented = first_line(self._layout.role(role)) != first_line(self._layout.role(heading))
        return Listed(self._number(section), indented, line._replace(runs=runs))

    def add_to(self, entries: dict[str, Packed]) -> None:
        """Adds the lists to the package of the document, and links the styles of headings to them."""
        for part, end, more in _TOLD:
            entries[part] = deflated(entries[part].data.decode().replace(end, more + end).encode())
        styles = entries[_STYLES].data.decode()
        for level, head in enumerate(self._heads):
            number = _num_pr(level, self._list(0, head, None).first)
            styles = _STYLE_HEADS[level].sub(rf"\g<0>{number}", styles, count=1)
        entries[_STYLES] = deflated(styles.encode())
        lists = "".join(each.xml for each in self._lists.values()) + "".join(self._nums)
        entries[_NUMBERING] = deflated(f"{_DECLARATION}\n<w:numbering {_W}>{lists}</w:numbering>".encode())

    def _number(self, section: Section) -> str:
        assert section.count is not None
        count, level = section.count, section.level - 1
        own = None if count.style == self._numbering[level].style else count.style
        return _num_pr(level, self._list(count.series, self._heads[level], own).take(level, count.number))

    def _list(self, series: int, head: int, own: LabelStyle | None) -> _List:
        """The list of a series by its highest level and, if it differs from the level's, the label form; made at first use."""
        key = (series, head, own)
        if key not in self._lists:
            main = series == 0 and own is None
            levels = "".join(
                _level(level, own or each.style, self._layout, linked=main and self._heads[level] == head)
                for level, each in enumerate(self._numbering)
            )
            self._lists[key] = _List(len(self._lists), levels, self._nums)
        return self._lists[key]


class _List:
    """One w:abstractNum and a model of how Word counts in it; `nums` are the w:num elements of all lists."""

    def __init__(self, number: int, levels: str, nums: list[str]) -> None:
        self.xml = (
            f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{_SIGNATURE + number:08X}"/>'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
        self._number = number
        self._nums = nums
        self._starts: dict[int, int] = {}
        """The start values of the current w:num by level; other levels start at 1."""
        self._next: list[int | None] = [1] * _LEVELS
        """The number that Word gives the next paragraph of each level; None if programs differ."""
        self._met = [False] * _LEVELS
        """For each level, whether a paragraph has been counted since the level restarted."""
        self.first = self._num = self._add("")

    def take(self, level: int, number: int) -> int:
        """The identifier of the w:num with which the next paragraph of `level` gets `number`."""
        if self._next[level] != number:
            self._starts = {level: number}
            self._num = self._add(
                f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{number}"/></w:lvlOverride>'
            )
        self._next[level] = number + 1
        self._met[level] = True
        for higher in range(level):
            if not self._met[higher]:  # LibreOffice counts a skipped level as one, Word as none
                self._next[higher] = None
        for deeper in range(level + 1, _LEVELS):
            self._next[deeper] = 1 if self._starts.get(deeper, 1) == 1 else None  # Word may restart at the override
            self._met[deeper] = False
        return self._num

    def _add(self, override: str) -> int:
        ident = len(self._nums) + 1
        self._nums.append(f'<w:num w:numId="{ident}"><w:abstractNumId w:val="{self._number}"/>{override}</w:num>')
        return ident


def _num_pr(level: int, num: int) -> str:
    """The w:numPr of a paragraph; `num` 0 removes it from the list of its style."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'


def _list_heads(numbering: Numbering) -> list[int]:
    """The highest level of the list that each level is in: a level that restarts at every parent shares its parent's list."""
    heads = [0]
    for level in range(1, _LEVELS):
        heads.append(heads[-1] if numbering[level].restart == level else level)
    return heads


def _is_native(style: LabelStyle, number: int) -> bool:
    """True if Word can write the label itself."""
    return not _UNFIT.search(style.before + style.after) and number <= _FORMATS[style.numeral][1]


def _level(level: int, style: LabelStyle, layout: Layout, *, linked: bool) -> str:
    """A w:lvl. It sets no font, since a label takes that of its paragraph's mark.

    Its indent is that of its heading: without one, LibreOffice removes the indent of the paragraph.
    """
    role = layout.role(HEADINGS[level])
    pattern = f"{style.before}%{level + 1}{style.after}" if _is_native(style, 1) else ""
    link = f'<w:pStyle w:val="{PARAGRAPH_STYLES[HEADINGS[level]]}"/>' if linked else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{_FORMATS[style.numeral][0]}"/>{link}'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text_attribute(pattern)}"/><w:lvlJc w:val="left"/>'
        f"<w:pPr>{first_line(role)}</w:pPr></w:lvl>"
    )
