"""A layout (版式), read from its file: paper, margins, grid, page number, and the type of each kind of text."""

from __future__ import annotations

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Findings, Result
from planwriter.source.keys import (
    LAYOUT,
    LAYOUT_GRID,
    LAYOUT_MARGINS,
    LAYOUT_PAGE_NUMBER,
    LAYOUT_PAPER,
    LAYOUT_ROLE,
    LAYOUT_ROLES,
    Schema,
)
from planwriter.source.nodes import Mapping, Node, Scalar
from planwriter.source.schema import check_shape, word_at
from planwriter.start.digests import sha256
from planwriter.start.patterns import regex
from planwriter.start.records import dataclass, field

_EMU_PER_TWIP = 635
_EMU_PER_POINT = 12_700
_EMU_PER_MM = 36_000


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A length in English Metric Units: hundredths of a millimetre and of a point are whole numbers of them."""

    emu: int

    @property
    def twips(self) -> int:
        """Twentieths of a point, the unit of positions in WordprocessingML."""
        return round(self.emu / _EMU_PER_TWIP)

    @property
    def half_points(self) -> int:
        """Halves of a point, the unit of type sizes in WordprocessingML."""
        return round(self.emu * 2 / _EMU_PER_POINT)

    @property
    def points(self) -> float:
        """Points of 1/72 inch."""
        return self.emu / _EMU_PER_POINT

    @property
    def mm(self) -> float:
        """Millimetres."""
        return self.emu / _EMU_PER_MM

    def __add__(self, other: Length) -> Length:
        return Length(self.emu + other.emu)

    def __sub__(self, other: Length) -> Length:
        return Length(self.emu - other.emu)

    def __mul__(self, factor: float) -> Length:
        return Length(round(self.emu * factor))


def mm(value: float) -> Length:
    """A length of `value` millimetres."""
    return Length(round(value * _EMU_PER_MM))


def pt(value: float) -> Length:
    """A length of `value` points."""
    return Length(round(value * _EMU_PER_POINT))


ZERO = Length(0)

SIZES: dict[str, Length] = {
    name: pt(points)
    for name, points in {
        **{"初号": 42, "小初": 36, "一号": 26, "小一": 24, "二号": 22, "小二": 18, "三号": 16, "小三": 15, "四号": 14},
        **{"小四": 12, "五号": 10.5, "小五": 9, "六号": 7.5, "小六": 6.5, "七号": 5.5, "八号": 5},
    }.items()
}
"""The sizes of Chinese type by their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """The distances from the paper's edges to the type area (版心)."""

    top: Length
    bottom: Length
    left: Length
    right: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNumber:
    """The page number: its type, the marks around it, and its place below the type area (GB/T 9704 7.5)."""

    font: str
    size: Length
    before: str
    after: str
    outside: bool
    """True: right on odd pages and left on even pages; False: centred."""
    inset: float
    """Characters left free on the side of the outer edge."""
    gap: Length
    """The distance from the type area's lower edge to the dashes beside the number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """The type of one kind of text; `name` is the role of the lines it is used for (`plan.flow`)."""

    name: str
    font: str
    size: Length
    bold: bool = False
    red: bool = False
    indent: float = 0.0
    """First-line indent in characters."""
    after: float = 0.0
    """Space below, in lines of the grid."""
    align: str = "两端"
    """One of `keys.ALIGNMENTS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a document looks: all that the .docx writer needs besides the document itself."""

    name: str
    about: str = field(default="", compare=False, repr=False)
    paper: tuple[Length, Length]
    """Width and height."""
    margins: Margins
    pitch: Length
    """From line to line of the body."""
    tracking: Length
    """Added to the width of every character of the body; negative if they are closer together."""
    latin: str
    """The font of digits and Latin letters."""
    page_number: PageNumber
    roles: tuple[Role, ...]
    substitutes: tuple[tuple[str, str], ...] = ()
    """Fonts, each with the one to use if a machine does not have it."""

    @property
    def width(self) -> Length:
        """The width of the type area."""
        return self.paper[0] - self.margins.left - self.margins.right

    @property
    def height(self) -> Length:
        """The height of the type area."""
        return self.paper[1] - self.margins.top - self.margins.bottom

    def role(self, name: str) -> Role:
        """The type of the role `name`. Raises KeyError if the layout has none."""
        for role in self.roles:
            if role.name == name:
                return role
        raise KeyError(name)

    @property
    def fingerprint(self) -> str:
        """64 hexadecimal digits that change whenever the look changes."""
        return sha256(repr(self).encode())


def read_layout(tree: Mapping) -> Result[Layout | None]:
    """The layout of a file in templates/layouts/, and the findings on the file; None if there are any."""
    read = _LayoutReader().layout(tree)
    return Result(None if read.findings else read.value, read.findings)


_LENGTH = regex(r"(-?\d{1,4}(?:\.\d{1,3})?)\s*(mm|毫米|cm|厘米|pt|磅)")
_UNITS = {"mm": 1, "毫米": 1, "cm": 10, "厘米": 10}
_COUNT = regex(r"(\d{1,2}(?:\.\d)?)\s*[字行]?")


def parse_length(text: str) -> Length | None:
    """The length written as “37mm”, “2.5cm” or “28.95磅”; None if the number or the unit is missing."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        return None
    value, unit = float(match[1]), match[2]
    return mm(value * _UNITS[unit]) if unit in _UNITS else pt(value)


class _LayoutReader:
    """Reads a layout; a wrong value has a finding, and a harmless one takes its place."""

    def __init__(self) -> None:
        self._found = Findings()
        self.foot: Node | None = None

    def layout(self, tree: Mapping) -> Result[Layout]:
        """The layout of a file."""
        got = self._found.take(check_shape(tree, LAYOUT, "版式"))
        paper = self.part(got, "paper", LAYOUT_PAPER, "纸张")
        grid = self.part(got, "grid", LAYOUT_GRID, "网格")
        size = (
            self.length(paper, "width", "宽", mm(50), mm(1000)),
            self.length(paper, "height", "高", mm(50), mm(1000)),
        )
        margins = self.margins(got, size)
        edges = got.get("margins")
        self.tree, self.foot = tree, edges.entries.get("下") if isinstance(edges, Mapping) else None
        layout = Layout(
            name=word_at(got, "name"),
            about=word_at(got, "about"),
            paper=size,
            margins=margins,
            pitch=self.length(grid, "pitch", "行距", pt(6), pt(200)),
            tracking=self.length(grid, "tracking", "字距", pt(-5), pt(50)) if "tracking" in grid else ZERO,
            latin=word_at(got, "latin"),
            page_number=self.page_number(got, margins.bottom),
            roles=self.roles(got),
            substitutes=self.substitutes(got.get("substitutes")),
        )
        return self._found.result(layout)

    def part(self, got: dict[str, Node], name: str, schema: Schema, where: str) -> dict[str, Node]:
        node = got.get(name)
        return self._found.take(check_shape(node, schema, f"“{where}”")) if isinstance(node, Mapping) else {}

    def margins(self, got: dict[str, Node], paper: tuple[Length, Length]) -> Margins:
        part = self.part(got, "margins", LAYOUT_MARGINS, "页边")
        half = (paper[0] * 0.4, paper[1] * 0.4)
        return Margins(
            top=self.length(part, "top", "上", ZERO, half[1]),
            bottom=self.length(part, "bottom", "下", ZERO, half[1]),
            left=self.length(part, "left", "左", ZERO, half[0]),
            right=self.length(part, "right", "右", ZERO, half[0]),
        )

    def page_number(self, got: dict[str, Node], room: Length) -> PageNumber:
        part = self.part(got, "page_number", LAYOUT_PAGE_NUMBER, "页码")
        pattern = word_at(part, "pattern")
        before, _, after = pattern.partition("1")
        if "pattern" in part and pattern.count("1") != 1:
            self.wrong(part["pattern"], "形式", "带一个 1 的样子，例如 — 1 —", "用 1 表示页码所在的地方。")
        size = self.size(part)
        return PageNumber(
            font=word_at(part, "font"),
            size=size,
            before=before,
            after=after,
            outside=word_at(part, "place") != "居中",
            inset=self.count(part, "inset", "空字"),
            gap=self.gap(part, max(room - size, ZERO)),
        )

    def gap(self, part: dict[str, Node], room: Length) -> Length:
        """The distance of the page number from the type area; the lower margin leaves `room` for it.

        If one of the two values comes from a base layout, the finding is placed at the other value.
        """
        node, foot = part.get("gap"), self.foot
        length = parse_length(node.value) if isinstance(node, Scalar) else None
        if node is None or foot is None or length is None or ZERO <= length <= room:
            return self.length(part, "gap", "距版心", ZERO, room)
        own = self.tree.span.source
        place, other, name = (
            (foot, node, "距版心") if foot.span.source is own is not node.span.source else (node, foot, "下边距")
        )
        self._found.append(
            finding(
                "PW203",
                place.span,
                related=((other.span.pos, f"{name}在这里"),),
                key="距版心",
                expected=f"{ZERO.mm:g}mm 到 {round(room.mm, 1):g}mm 的长度",
                found=f"“{node.value if isinstance(node, Scalar) else ''}”",
                advice="下边距里只有这么多地方放页码：改大“页边”的“下”，或者改小“页码”的“距版心”。",
            )
        )
        return room

    def roles(self, got: dict[str, Node]) -> tuple[Role, ...]:
        part = self.part(got, "roles", LAYOUT_ROLES, "文字")
        keys = {rules["meta"]["name"]: key for key, rules in LAYOUT_ROLES.items()}
        return tuple(self.role(key, name, part[name]) for name, key in keys.items() if name in part)

    def role(self, key: str, name: str, node: Node) -> Role:
        got = self._found.take(check_shape(node, LAYOUT_ROLE, f"“{key}”")) if isinstance(node, Mapping) else {}
        return Role(
            name=name,
            font=word_at(got, "font"),
            size=self.size(got),
            bold=word_at(got, "bold") == "是",
            red=word_at(got, "color") == "红",
            indent=self.count(got, "indent", "首行缩进"),
            after=self.count(got, "after", "段后"),
            align=word_at(got, "align") or "两端",
        )

    def substitutes(self, node: Node | None) -> tuple[tuple[str, str], ...]:
        entries = node.entries.items() if isinstance(node, Mapping) else ()
        made = []
        for font, other in entries:
            if isinstance(other, Scalar):
                made.append((font, other.value))
            else:
                self.wrong(other, font, "字体的名字", "每种字体写一种代替它的字体。")
        return tuple(made)

    def length(self, got: dict[str, Node], name: str, key: str, low: Length, high: Length) -> Length:
        """The length `name`, which must lie between `low` and `high`; `high` if it does not."""
        node = got.get(name)
        if not isinstance(node, Scalar):
            return high
        length = parse_length(node.value)
        if length is None:
            self.wrong(node, key, "带单位的长度", "写数和单位，例如 37mm、28.95磅。")
            return high
        if not low <= length <= high:
            self.wrong(node, key, f"{round(low.mm, 1):g}mm 到 {round(high.mm, 1):g}mm 的长度", "核对数和单位。")
            return high
        return length

    def size(self, got: dict[str, Node]) -> Length:
        """The type size 字号: by its name, or in points."""
        node = got.get("size")
        if not isinstance(node, Scalar):
            return SIZES["三号"]
        size = SIZES.get(node.value) or parse_length(node.value)
        if size is None or not pt(1) <= size <= pt(400):
            self.wrong(node, "字号", "字号", "写 二号、三号、小四 之类，或 16磅。")
            return SIZES["三号"]
        return size

    def count(self, got: dict[str, Node], name: str, key: str) -> float:
        """A number of characters or lines; 0 if it is not given."""
        node = got.get(name)
        if not isinstance(node, Scalar):
            return 0.0
        match = _COUNT.fullmatch(node.value.strip())
        if match is None:
            self.wrong(node, key, "字数或行数", "例如 2字、1行。")
            return 0.0
        return float(match[1])

    def wrong(self, node: Node, key: str, expected: str, advice: str) -> None:
        """Adds a finding: the value of `key` is not what it should be."""
        found = f"“{node.value}”" if isinstance(node, Scalar) else "别的东西"
        self._found.append(finding("PW203", node.span, key=key, expected=expected, found=found, advice=advice))
