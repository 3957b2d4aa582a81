"""Reads the look of a .docx as items of a layout, each from the majority of the paragraphs with its role."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from planwriter.audit import roles
from planwriter.audit.flaws import has_chinese
from planwriter.audit.page import gap_above, numbers_of, pitch_of
from planwriter.audit.roles import ClassifiedParagraph, is_red
from planwriter.layout.items import Path, count_text, mm_text, pt_text, size_text
from planwriter.layout.layout import Length, mm, parse_length, pt
from planwriter.readers.docx.document import PageSetup, WordDocument, WordParagraph, WordRun
from planwriter.start.records import dataclass

BOX_TITLE, TABLE_HEAD, TABLE_TEXT = "box_title", "table_head", "table_text"
ROLES = {
    **{roles.TITLE: "标题", roles.BODY: "正文"},
    **dict(zip(roles.HEADINGS, ("一级标题", "二级标题", "三级标题", "四级标题"), strict=True)),
    **{roles.CAPTION: "表题", TABLE_HEAD: "表头", TABLE_TEXT: "表文", BOX_TITLE: "专栏题"},
    **{roles.COPY_NUMBER: "份号", roles.SECRECY: "密级", roles.MARK: "发文机关标志", roles.NUMBER: "发文字号"},
    **{roles.RECIPIENTS: "主送机关", roles.ATTACHED: "附件说明", roles.SIGNATURE: "署名", roles.DATE: "成文日期"},
    **{roles.NOTE: "附注", roles.LABEL: "附件标识", roles.IMPRINT: "版记"},
}
"""The roles of a layout, by their names in the audit."""
_FLOWING = {
    roles.TITLE,
    roles.BODY,
    *roles.HEADINGS,
    roles.CAPTION,
    TABLE_HEAD,
    TABLE_TEXT,
    BOX_TITLE,
    roles.RECIPIENTS,
    roles.LABEL,
}
"""The roles placed by alignment and indents alone; the writer places all other roles by the standard."""
_ALIGNS = {"both": "两端", "left": "左", "center": "居中", "right": "右"}
_CHINESE_NAMES = {
    **{"simhei": "黑体", "simsun": "宋体", "nsimsun": "新宋体", "fangsong": "仿宋", "kaiti": "楷体"},
    **{"fangsong_gb2312": "仿宋_GB2312", "kaiti_gb2312": "楷体_GB2312", "stzhongsong": "华文中宋"},
}
"""The Chinese names of fonts for which Word may use English names."""
_MAX_FONT = 60
_WHOLE = 0.16
"""The tolerance, in characters, for an indent that was typed in centimetres."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of an item, and how many of the places that show the item have this value."""

    value: str
    count: int
    total: int
    what: str
    """The unit of counting: 段 or 节."""


@dataclass(frozen=True, slots=True)
class LayoutReadings:
    """All items read from a document; `open` are unreadable items with the reasons, `absent` are missing roles."""

    readings: dict[Path, Reading]
    open: tuple[tuple[Path, str], ...]
    absent: tuple[str, ...]


def read_sample(document: WordDocument) -> LayoutReadings:
    """Reads the items of a layout from a document."""
    reader = _Reader()
    parts = tuple(_named(roles.classify(document), document))
    _read_page(reader, document)
    _read_grid(reader, [part for part in parts if part.role == roles.BODY], document)
    _read_page_number(reader, document)
    for role, key in ROLES.items():
        _read_role(reader, key, role, parts)
    absent = tuple(key for role, key in ROLES.items() if not any(part.role == role for part in parts))
    return LayoutReadings(reader.readings, tuple(reader.open), absent)


def _named(parts: Iterable[ClassifiedParagraph], document: WordDocument) -> Iterator[ClassifiedParagraph]:
    """The paragraphs with the roles of a layout, which also has roles for table cells and the titles of boxes."""
    boxed = False
    for part in parts:
        para, role = part.para, part.role
        if role == roles.CELL and not document.tables[para.table].nested:
            role = TABLE_TEXT if para.row else TABLE_HEAD
        elif role == roles.BOXED and not boxed and para.align == "center":
            role = BOX_TITLE
        boxed = para.boxed
        yield ClassifiedParagraph(para, role, part.label)


class _Reader:
    """Collects readings; an item without a majority stays open."""

    def __init__(self) -> None:
        self.readings: dict[Path, Reading] = {}
        self.open: list[tuple[Path, str]] = []

    @property
    def pitch(self) -> Length | None:
        """The line pitch of the body; None until it has been read."""
        reading = self.readings.get(("网格", "行距"))
        return parse_length(reading.value) if reading else None

    def take(self, path: Path, values: Iterable[str | None], what: str = "段") -> None:
        """Adds the most frequent of the values; None stands for a value that a layout cannot have."""
        counts = Counter(values)
        total = sum(counts.values())
        if not total:
            return
        value, count = min(counts.items(), key=lambda each: (-each[1], each[0] or ""))
        if count * 2 <= total:
            shown = "、".join(sorted({each for each in counts if each})[:3])
            self.open.append((path, f"{total} {what}里各不相同{f'（{shown}……）' if shown else ''}"))
        elif value is None:
            self.open.append((path, f"{total} {what}里有 {count} {what}看不出，或者不是版式里能写的样子"))
        else:
            self.readings[path] = Reading(value, count, total, what)


# page


def _read_page(reader: _Reader, document: WordDocument) -> None:
    upright = [section for section in document.sections if not section.landscape] or list(document.sections)
    reader.take(("纸张", "宽"), (_mm(section.width) for section in upright), "节")
    reader.take(("纸张", "高"), (_mm(section.height) for section in upright), "节")
    for key, side in (("上", "top"), ("下", "bottom"), ("左", "left"), ("右", "right")):
        reader.take(("页边", key), (_mm(getattr(section, side)) for section in upright), "节")


def _mm(twips: int) -> str:
    """Twips as millimetres, with as few decimals as possible."""
    exact = twips * 25.4 / 1440
    plain = next(
        (mm(round(exact, digits)) for digits in (0, 1, 2) if abs(mm(round(exact, digits)).twips - twips) <= 2 - digits),
        mm(exact),
    )
    return mm_text(plain)


def _read_grid(reader: _Reader, body: list[ClassifiedParagraph], document: WordDocument) -> None:
    """Reads line pitch and character spacing from the body."""
    pitches: list[str | None] = []
    spaces: list[str | None] = []
    for part in body:
        section = document.sections[min(part.para.section, len(document.sections) - 1)]
        pitch = pitch_of(part.para, section)
        pitches.append(_points(pitch) if pitch else None)
        grid = section.char_space / 4096 * 20 if section.grid in ("linesAndChars", "snapToChars") else 0.0
        run = _first(part.para)
        spaces.append(_points(run.look.spacing + grid) if run else None)
    reader.take(("网格", "行距"), pitches)
    reader.take(("网格", "字距"), spaces)
    runs = [_font(run.look.latin) for part in body for run in part.para.shown if re.search("[0-9A-Za-z]", run.text)]
    reader.take(("西文",), runs, "处")


def _points(twips: float) -> str:
    return pt_text(pt(round(twips) / 20))


def _read_page_number(reader: _Reader, document: WordDocument) -> None:
    found = [
        each for section in document.sections if not section.landscape for each in dict.fromkeys(numbers_of(section))
    ]
    numbers = [(para, kind, section) for para, kind, section in found if kind != "even" or document.even_and_odd]
    if not numbers:
        reader.open.append((("页码",), "样本里没有页码"))
        return
    runs = [next(run for run in para.shown if run.page) for para, _, _ in numbers]
    reader.take(("页码", "字体"), (_font(run.look.latin or run.look.chinese) for run in runs), "处")
    reader.take(("页码", "字号"), (_size(run) for run in runs), "处")
    reader.take(("页码", "形式"), (_pattern(para, section) for para, _, section in numbers), "处")
    places = [_place(para, kind, document.even_and_odd) for para, kind, _ in numbers]
    reader.take(("页码", "位置"), (place for place, _ in places), "处")
    reader.take(("页码", "空字"), (_count(free, "字") for place, free in places if place), "处")
    gaps = ((gap_above(para, kind, section), para) for para, kind, section in numbers)
    reader.take(("页码", "距版心"), (_gap(gap) if para.rule == "exact" else None for gap, para in gaps), "处")


def _pattern(para: WordParagraph, section: PageSetup) -> str | None:
    """The characters around the page number, which is shown as 1."""
    words = f"- {para.words} -" if section.dashed else para.words
    return words if words.count("1") == 1 and len(words) <= 20 and words.isprintable() else None


def _place(para: WordParagraph, kind: str, even_and_odd: bool) -> tuple[str | None, float]:
    """The alignment of the number, and the number of free characters beside it."""
    if para.framed:
        return None, 0.0
    if para.align == "center":
        return "居中", 0.0
    wanted, free = ("left", para.left + para.first + para.blanks) if kind == "even" else ("right", para.right)
    align = "left" if para.align == "both" else para.align
    if kind != "even":
        free += sum(mark == "\u3000" for mark in para.text[len(para.text.rstrip()) :])
    return ("外侧" if align == wanted and even_and_odd else None), free


def _gap(twips: float | None) -> str | None:
    if twips is None or twips < 0:
        return None
    length = Length(round(twips * 635))
    return mm_text(mm(round(length.mm, 1)))


# roles


def _read_role(reader: _Reader, key: str, role: str, parts: tuple[ClassifiedParagraph, ...]) -> None:
    mine = [(at, part.para) for at, part in enumerate(parts) if part.role == role and part.para.words]
    firsts = [run for _, para in mine if (run := _first(para))]
    chinese = [run for run in firsts if has_chinese(run.text)]
    reader.take(("文字", key, "字体"), (None if run.look.themed else _font(run.look.chinese) for run in chinese))
    if role != roles.MARK or all(para.table < 0 for _, para in mine):  # the names of a joint issue are squeezed to fit
        reader.take(("文字", key, "字号"), (_size(run) for run in firsts))
    reader.take(("文字", key, "加粗"), ("是" if run.look.bold else "否" for run in firsts))
    reader.take(("文字", key, "颜色"), (_colour(run) for run in firsts))
    if role not in _FLOWING:
        return
    free = [(at, para) for at, para in mine if not para.framed]
    starts = [para for _, para in free if para.align in ("left", "both")]
    reader.take(("文字", key, "首行缩进"), (_count(para.indent, "字") for para in starts))
    reader.take(("文字", key, "对齐"), (_ALIGNS.get(para.align) for _, para in free))
    last = (
        [(at, para) for at, para in free if _next_role(parts, at) != role]
        if role in (roles.TITLE, roles.LABEL)
        else free
    )
    if reader.pitch:
        reader.take(
            ("文字", key, "段后"),
            (_count(_lines_below(parts, at, para, role, reader.pitch), "行") for at, para in last),
        )


def _next_role(parts: tuple[ClassifiedParagraph, ...], at: int) -> str:
    return next((parts[after].role for after in range(at + 1, len(parts)) if parts[after].role != roles.EMPTY), "")


def _lines_below(
    parts: tuple[ClassifiedParagraph, ...], at: int, para: WordParagraph, role: str, pitch: Length
) -> float:
    """The free lines below a paragraph: its space after, and below a title also empty paragraphs."""
    lines = para.after / pitch.twips
    if role in (roles.TITLE, roles.LABEL):
        blank = itertools.takewhile(_is_blank, (parts[after] for after in range(at + 1, len(parts))))
        lines += sum(1 for _ in blank)
    return lines


def _is_blank(part: ClassifiedParagraph) -> bool:
    """True for an empty line without a rule or picture."""
    return part.role == roles.EMPTY and not part.para.drawn and not part.para.boxed


def _first(para: WordParagraph) -> WordRun | None:
    """The first visible run; in a paragraph with a run-in title it belongs to the title."""
    shown = [run for run in para.shown if run.text.strip()]
    return next((run for run in shown if has_chinese(run.text)), shown[0] if shown else None)


def _font(name: str) -> str | None:
    name = _CHINESE_NAMES.get(name.strip().lower(), name.strip())
    return name if name and len(name) <= _MAX_FONT and name.isprintable() else None


def _size(run: WordRun) -> str | None:
    return size_text(pt(run.look.size / 2)) if 2 <= run.look.size <= 800 else None


def _colour(run: WordRun) -> str | None:
    return "红" if is_red(run.look.color) else "黑" if not run.look.color else None


def _count(count: float, unit: str) -> str | None:
    """A number of characters or lines, rounded to a whole or half one if it is close to that."""
    near = round(count * 2) / 2
    count = near if abs(count - near) <= _WHOLE else round(count, 1)
    return count_text(count, unit) if 0 <= count < 100 else None
