"""The document as a .docx: prefabricated paragraphs joined as text and put into the layout's base; no library is loaded.

What never changes from document to document (styles, page, footers, settings) comes from `base`.
"""

from __future__ import annotations

import functools
import hashlib
import io
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from planwriter.render.flow import BODY, BOX_TITLE, CAPTION, HEADINGS, TITLE, Grid, Item, Line, flow

if TYPE_CHECKING:
    from planwriter.model import Document
    from planwriter.style import Layout

DOCUMENT_PART = "word/document.xml"
CUSTOM_PART = "docProps/custom.xml"
PARAGRAPH_STYLES = {
    TITLE: "Title",
    BODY: "Normal",
    **{role: f"Heading{number}" for number, role in enumerate(HEADINGS, 1)},
    CAPTION: "Caption",
    BOX_TITLE: "BoxTitle",
    "table_head": "TableHead",
    "table_text": "TableText",
}
"""The identifiers of the styles that the base holds, by role."""
CHARACTER_STYLES = {role: f"Heading{number}Char" for number, role in enumerate(HEADINGS, 1)}
TABLE_STYLE = "PlanTable"


def render_docx(document: Document, layout: Layout, base: bytes | None = None) -> bytes:
    """The .docx of a numbered document; the same bytes every time.

    `base` is what `base.make_base` made of the layout; without it, or with that of another layout, it is made now (slow).
    """
    if base is None or not base.endswith(layout.fingerprint.encode()):
        from planwriter.render.base import make_base

        base = make_base(layout)
    entries = dict(_unpack(base))
    frame = entries[DOCUMENT_PART].data
    at = frame.index(b"<w:sectPr")
    body = "".join(_body(flow(document), layout)).encode()
    entries[DOCUMENT_PART] = _entry(frame[:at] + body + frame[at:])
    entries[CUSTOM_PART] = _entry(properties_xml(_digest((name, entry.data) for name, entry in entries.items())))
    return _pack(entries)


# paragraphs

_STYLE_TAGS = {role: "" if role == BODY else f'<w:pStyle w:val="{style}"/>' for role, style in PARAGRAPH_STYLES.items()}
_OPEN = {role: f"<w:p><w:pPr>{tag}</w:pPr>" if tag else "<w:p>" for role, tag in _STYLE_TAGS.items()}
_RUN_OPEN = {role: f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr>' for role, style in CHARACTER_STYLES.items()}
_GAP, _END = (
    f'<w:p><w:pPr><w:spacing w:after="0" w:line="{line}" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/></w:pPr></w:p>'
    for line in (290, 20)
)
"""Empty paragraphs: what keeps two tables or boxes apart, and what Word wants after a table that ends the document."""
_BOX_RULES = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="4" w:color="auto"/>' for side in ("top", "left", "bottom", "right"))
_BOX_OPEN = {
    role: f'<w:p><w:pPr>{tag}<w:pBdr>{_BOX_RULES}</w:pBdr><w:ind w:left="120" w:right="120"/></w:pPr>' for role, tag in _STYLE_TAGS.items()
}
"""Paragraphs that follow each other with the same borders and indents stand in one box."""


def _body(items: Iterable[Item], layout: Layout) -> Iterator[str]:
    previous: Item | None = None
    for item in items:
        if isinstance(item, Grid):
            if isinstance(previous, Grid):
                yield _GAP
            yield _table(item.rows, layout)
        elif item.boxed:
            if item.role == BOX_TITLE and isinstance(previous, Line) and previous.boxed:
                yield _GAP
            yield _BOX_OPEN[item.role] + _runs(item) + "</w:p>"
        elif item.role == TITLE:
            columns = layout.width.emu // layout.role(TITLE).size.emu
            lines = "\n".join(break_title(item.text, columns))
            yield f"{_OPEN[TITLE]}<w:r>{_text(lines)}</w:r></w:p>"
        else:
            yield _OPEN[item.role] + _runs(item) + "</w:p>"
        previous = item
    if isinstance(previous, Grid):
        yield _END


def _runs(line: Line) -> str:
    role = line.role
    return "".join(("<w:r>" if run.role == role else _RUN_OPEN.get(run.role, "<w:r>")) + _text(run.text) + "</w:r>" for run in line.runs)


_SPECIAL = re.compile("[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\t": "\t", "\n": "\n"}
_BREAK = re.compile("([\t\n])")


def _text(text: str) -> str:
    """The content of a run: characters that XML forbids are dropped, line ends and tabs become Word's own."""
    if _SPECIAL.search(text):
        text = _SPECIAL.sub(lambda match: _ESCAPES.get(match[0], ""), text)
        if "\n" in text or "\t" in text:
            return "".join(
                "<w:br/>" if piece == "\n" else "<w:tab/>" if piece == "\t" else _t(piece) for piece in _BREAK.split(text) if piece
            )
    return _t(text)


def _t(text: str) -> str:
    if text[:1].isspace() or text[-1:].isspace():
        return f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:t>{text}</w:t>"


# tables

_MIN_CELL = 8
"""The least width of a column, in halves of a character, where its content would fill it."""
_CELL_MARGINS = 190
"""The free space beside a cell's text, in twips: a little more than the style's two margins."""


def _table(rows: Sequence[Sequence[str]], layout: Layout) -> str:
    """A table as wide as the type area; its header repeats on every page, no row is split."""
    columns = max(map(len, rows), default=0)
    if not columns:
        return _END
    widths, single = _column_widths(rows, layout)
    head = [_cell_open(width, "table_head", "") for width in widths]
    cells = [
        _cell_open(width, "table_text", "" if fits else '<w:jc w:val="left"/>') for width, fits in zip(widths, single, strict=True)
    ]
    made = [
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>',
        *(f'<w:gridCol w:w="{width}"/>' for width in widths),
        "</w:tblGrid>",
    ]
    opens, properties = head, "<w:cantSplit/><w:tblHeader/>"
    for row in rows:
        made.append(f"<w:tr><w:trPr>{properties}</w:trPr>")
        made += (
            f"{start}<w:r>{_text(cell)}</w:r></w:p></w:tc>" if cell else f"{start}</w:p></w:tc>"
            for start, cell in zip_longest(opens, row, fillvalue="")
        )
        made.append("</w:tr>")
        opens, properties = cells, "<w:cantSplit/>"
    made.append("</w:tbl>")
    return "".join(made)


def _cell_open(width: int, role: str, align: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"<w:p><w:pPr>{_STYLE_TAGS[role]}{align}</w:pPr>"
    )


def _column_widths(rows: Sequence[Sequence[str]], layout: Layout) -> tuple[list[int], list[bool]]:
    """The columns' widths in twips, which fill the type area, and whether each holds its longest cell in one line."""
    half = max(layout.role("table_text").size.twips, layout.role("table_head").size.twips) / 2
    wants = [max(map(_width, column)) * half + _CELL_MARGINS for column in zip_longest(*rows, fillvalue="")]
    exact = _share_out(wants, layout.width.twips, _MIN_CELL * half + _CELL_MARGINS)
    edges = [round(edge) for edge in accumulate(exact, initial=0.0)]
    widths = [edge - before for before, edge in pairwise(edges)]
    return widths, [want <= width + 1 for want, width in zip(wants, widths, strict=True)]


def _share_out(wants: list[float], total: float, least: float) -> list[float]:
    """`total` shared out among columns that want so much.

    Where all get what they want, they get more in proportion. Otherwise those that want no more than an equal share get it,
    and the rest is shared by the others in proportion to what they want above `least`.
    """
    if sum(wants) <= total:
        return [want * total / sum(wants) for want in wants]
    left, greedy = total, set(range(len(wants)))
    while modest := {at for at in greedy if wants[at] <= left / len(greedy)}:
        greedy -= modest
        left -= sum(wants[at] for at in modest)
    floor = min(least, left / len(greedy))
    spare = (left - floor * len(greedy)) / sum(wants[at] - floor for at in greedy)
    return [floor + spare * (want - floor) if at in greedy else want for at, want in enumerate(wants)]


_SEAM = "(?<=[0-9A-Za-z%])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])"


def _width(text: str) -> float:
    """How wide `text` is, in halves of a character: a Chinese character is two, a letter one, a gap between them a half."""
    if text.isascii():
        return len(text)
    if "\n" in text:
        return max(map(_width, text.split("\n")))
    width = (len(text) + len(text.encode("utf-8", "ignore"))) // 2
    return width if width == 2 * len(text) else width + len(re.findall(_SEAM, text)) / 2


# the title

_MAX_TITLE_LINES = 4
_FORBIDDEN = 1000
_KIND_WORDS = (
    "三年行动计划 三年行动方案 专项行动方案 行动计划 行动方案 实施方案 工作方案 工作要点 工作计划 工作规划 实施意见 实施细则 指导意见 "
    "管理办法 若干措施 若干意见 发展规划 任务清单 责任清单 重点任务 重点工作 专项规划 通知 意见 办法 方案 规划 规定 决定 通报 报告 请示"
)
_OTHER_WORDS = (
    "高质量发展 优质均衡 义务教育 学前教育 职业教育 特殊教育 普通高中 高中阶段 基础教育 高等教育 家庭教育 教育教学 教师队伍 师德师风 "
    "校园安全 安全生产 心理健康 青少年 儿童 中小学 幼儿园 学校 学生 教师 教育 体育 卫生 健康 评价 考核 督导 改革 创新 发展 建设 提升 "
    "提质 增效 推进 加强 进一步 深入 全面 开展 落实 做好 促进 实施 支持 优化 完善 建立 健全 治理 整治 管理 服务 保障 监督 检查 质量 "
    "水平 能力 体系 机制 制度 工程 项目 专项 行动 工作 任务 计划 数字化 信息化 现代化 一体化 普及普惠 均衡 公平 安全 环境 综合 系统 "
    "领域 部门 单位 机关 政府 县域 城乡 农村 乡村 振兴 营商环境 政务公开 关于 印发 转发 有关 若干 政策 措施 问题 情况 试点 示范 创建 "
    "国家 国务院 全国 全省 全市 全县 全区 隐患 排查 整改 反馈 招生 入学 学期 资源 供给 特色 优质 融合 普及 普惠 提高 强化"
)
_KINDS = frozenset(_KIND_WORDS.split())
_WORDS = _KINDS.union(_OTHER_WORDS.split())
_LONGEST_WORD = 6
_OFFICE = "(?:(?!关于|印发|转发|的)[\u4e00-\u9fff]){2,17}(?:人民政府|办公室|办公厅|委员会|领导小组|局|厅)"
_UNBROKEN = r"\d+(?:\.\d+)?(?:[—–～~至-]+\d+)*(?:年度|年|月|日|%|％)?|[A-Za-z][A-Za-z0-9.+-]*"
_NO_LINE_START = frozenset("的之等、，。；：！？》”’）)％%·—…")
_NO_LINE_END = frozenset("《“‘（(")
_AND = ("和", "与", "及", "暨")


def break_title(title: str, columns: int) -> list[str]:
    """The lines of a title when a line holds `columns` characters; joined they give the title again.

    Broken between words, in the shape of a trapezoid or diamond (GB/T 9704 7.3.1); one piece where it fits a line, or is so
    long that the word processor may as well break it.
    """
    capacity = columns * 2
    least = int(-(-_width(title) // capacity))
    if least <= 1 or least > _MAX_TITLE_LINES or "\n" in title:
        return [title]
    tokens = _tokens(title)
    costs = _break_costs(tokens)
    best = _best_lines(tokens, costs, least, capacity)
    if best.cost > 15 and least < _MAX_TITLE_LINES:
        other = _best_lines(tokens, costs, least + 1, capacity)
        if other.cost + 10 < best.cost:
            best = other
    if best.cost >= _FORBIDDEN:
        return [title]
    edges = (0, *best.breaks, len(tokens))
    return ["".join(tokens[start:end]) for start, end in pairwise(edges)]


def _tokens(title: str) -> list[str]:
    """The words of a title that are not to be broken; an office's name at its beginning is one."""
    office = re.match(_OFFICE, title)
    tokens = [office[0]] if office else []
    at, unbroken = len("".join(tokens)), re.compile(_UNBROKEN)
    while at < len(title):
        match = unbroken.match(title, at)
        token = match[0] if match else _word_at(title, at)
        tokens.append(token)
        at += len(token)
    return tokens


def _word_at(title: str, at: int) -> str:
    for length in range(_LONGEST_WORD, 1, -1):
        if title[at : at + length] in _WORDS:
            return title[at : at + length]
    return title[at]


def _break_costs(tokens: list[str]) -> list[float]:
    """How bad it is to break a title after each word but the last; worse inside brackets."""
    costs, depth = [], 0
    for before, after in pairwise(tokens):
        depth += (before in "《“（(") - (before in "》”）)")
        costs.append(_break_cost(before, after) + (10 if depth > 0 and after[0] not in "《“（(" else 0))
    return costs


def _break_cost(before: str, after: str) -> float:
    """How bad it is to break a title between two words; from 0 to 30, or `_FORBIDDEN`."""
    if after[0] in _NO_LINE_START or before[-1] in _NO_LINE_END or before in ("关于", "有关"):
        return _FORBIDDEN
    if before[-1] in "、；， 　" or after[0] in "《（" or after == "关于":
        return 1
    if before[-1] in "》）" or after in _KINDS or len(before) > 4:
        return 2
    if before in ("的", "印发", "转发"):
        return 3
    if after in _AND:
        return 4
    if before in _AND:
        return 15
    known = (before in _WORDS or len(before) > 3) + (after in _WORDS or len(after) > 3)
    return (30, 12, 7)[known]


class _Lines(NamedTuple):
    cost: float
    breaks: tuple[int, ...]


def _best_lines(tokens: list[str], costs: list[float], count: int, capacity: int) -> _Lines:
    """The best way to break `tokens` into `count` lines."""
    ends = [0.0]
    for token in tokens:
        ends.append(ends[-1] + _width(token))
    best = _Lines(_FORBIDDEN, ())

    def extend(start: int, breaks: tuple[int, ...], cost: float) -> None:
        nonlocal best
        left = count - len(breaks) - 1
        if left == 0:
            if ends[-1] - ends[start] <= capacity:
                edges = (0, *breaks, len(tokens))
                shape = _shape_cost([ends[edge] - ends[edges[at]] for at, edge in enumerate(edges[1:])])
                if cost + shape < best.cost:
                    best = _Lines(cost + shape, breaks)
            return
        for at in range(start + 1, len(tokens)):
            if ends[at] - ends[start] > capacity:
                break
            if cost + costs[at - 1] < best.cost and ends[-1] - ends[at] <= left * capacity:
                extend(at, (*breaks, at), cost + costs[at - 1])

    extend(0, (), 0)
    return best


def _shape_cost(widths: list[float]) -> float:
    """How far the lines are from a trapezoid or a diamond: equal lengths and a waist are out, a short last line is ugly."""
    longest = max(widths)
    cost = sum(longest - width for width in widths) * 0.4
    if max(widths) - min(widths) < 2:
        cost += 6
    if any(a > b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False)):
        cost += 40
    return cost + (20 if min(widths) < 8 else 0)


# the package


def properties_xml(value: str) -> bytes:
    """docProps/custom.xml with the property `planwriter`."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="planwriter">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property></Properties>"
    ).encode()


def _digest(parts: Iterable[tuple[str, bytes]]) -> str:
    """sha256 of the names and bytes of all parts but the one that holds the digest."""
    sha = hashlib.sha256()
    for name, data in sorted(parts):
        if name != CUSTOM_PART:
            sha.update(f"{name}\n{len(data)}\n".encode())
            sha.update(data)
    return sha.hexdigest()


class _Entry(NamedTuple):
    """A part of an archive, plain and compressed."""

    data: bytes
    packed: bytes


def _entry(data: bytes) -> _Entry:
    compressor = zlib.compressobj(6, zlib.DEFLATED, -15)
    return _Entry(data, compressor.compress(data) + compressor.flush())


_LOCAL_HEADER = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL_HEADER = struct.Struct("<4sHHHHHHIIIHHHHHII")
_LAST_HEADER = struct.Struct("<4sHHHHIIH")
_FIRST_DAY = 33  # 1 January 1980 as a zip entry dates it
_DEFLATED = 8
_MAX_UNPACKED = 50 * 1024 * 1024


def pack(parts: dict[str, bytes], comment: str = "") -> bytes:
    """A zip archive of `parts` in their order: the same bytes for the same parts, on every system and at any time."""
    return _pack({name: _entry(data) for name, data in parts.items()}, comment)


def _pack(entries: dict[str, _Entry], comment: str = "") -> bytes:
    """Written by hand since loading `zipfile` takes longer than all of the rendering."""
    body, directory = bytearray(), bytearray()
    for name, (data, packed) in entries.items():
        head = (20, 0, _DEFLATED, 0, _FIRST_DAY, zlib.crc32(data), len(packed), len(data), len(name), 0)
        directory += _CENTRAL_HEADER.pack(b"PK\1\2", 20, *head, 0, 0, 0, 0, len(body)) + name.encode("ascii")
        body += _LOCAL_HEADER.pack(b"PK\3\4", *head) + name.encode("ascii") + packed
    count = len(entries)
    end = _LAST_HEADER.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(body), len(comment))
    return bytes(body + directory + end) + comment.encode("ascii")


@functools.lru_cache(maxsize=8)
def _unpack(archive: bytes) -> tuple[tuple[str, _Entry], ...]:
    """The parts of an archive that `pack` made."""
    parts, at = [], 0
    while archive.startswith(b"PK\3\4", at):
        header = _LOCAL_HEADER.unpack_from(archive, at)
        start = at + _LOCAL_HEADER.size + header[9]
        at = start + header[7]
        packed = archive[start:at]
        data = zlib.decompressobj(-15).decompress(packed, _MAX_UNPACKED)
        parts.append((archive[start - header[9] : start].decode("ascii"), _Entry(data, packed)))
    return tuple(parts)


# whether a file is still as it was made

_PROPERTY = rb'<property\b[^<>]{0,400}\bname="planwriter"[^<>]{0,400}>\s{0,99}<vt:lpwstr>([0-9a-f]{64})</vt:lpwstr>'


def is_untouched(data: bytes) -> bool | None:
    """True where nobody has edited the .docx `data` since planwriter made it, False where somebody has.

    None where planwriter did not make it, or it is no .docx of 50 MB unpacked at most.
    """
    parts = _read_archive(data)
    if parts is None:
        return None
    mark = re.search(_PROPERTY, parts.get(CUSTOM_PART, b""))
    return mark[1].decode() == _digest(parts.items()) if mark else None


def _read_archive(data: bytes) -> dict[str, bytes] | None:
    """The parts of any zip archive; None where it is broken, encrypted, too large, or has a part twice."""
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            methods = {entry.compress_type for entry in entries}
            if sum(entry.file_size for entry in entries) > _MAX_UNPACKED or not methods <= {0, _DEFLATED}:
                return None
            parts = {entry.filename: archive.read(entry) for entry in entries}
            return parts if len(parts) == len(entries) else None
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return None
