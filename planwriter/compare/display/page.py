"""The differences of two versions as one HTML page: all text in its order, what changed marked, for the screen and for paper.

The page loads nothing and runs nothing; every text of the versions is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from planwriter.compare.display.marked_rows import item_of, moved_words, row_pieces, table_rows
from planwriter.compare.display.marked_text import Mark, Pieces
from planwriter.compare.edits.difference import Difference, DifferenceKind, Differences, summary
from planwriter.compare.versions.version import VersionItem, VersionLine, VersionPicture, VersionTable
from planwriter.findings.characters import escaped
from planwriter.plan.flow import HEADINGS, TITLE, LineRole

_FEWEST_FOLDED = 3
"""So many unchanged paragraphs after each other are folded."""
_TAGS = {Mark.OUT: "del", Mark.IN: "ins"}
_CLASSES = {
    DifferenceKind.SAME: "same",
    DifferenceKind.CHANGED: "changed",
    DifferenceKind.NEW: "new",
    DifferenceKind.DELETED: "deleted",
    DifferenceKind.MOVED: "moved",
    DifferenceKind.LEFT: "left",
}
_CENTRED = frozenset((TITLE, LineRole.CAPTION, LineRole.BOX_TITLE, LineRole.MARK))
_STYLE = """
:root{color-scheme:light;--ink:#1f2328;--soft:#656d76;--line:#d8dee4;--in:#dafbe1;--in-ink:#0a5a25;--out:#ffebe9;--out-ink:#a40e26;
--move:#ddf4ff;--move-ink:#0550ae;--edit:#fff8c5;--edit-ink:#6b4e00}
*{box-sizing:border-box}
body{margin:0;background:#f6f8fa;color:var(--ink);font:16px/1.75 "FangSong","仿宋","STFangsong","Songti SC","Noto Serif CJK SC",serif;overflow-wrap:anywhere}
header,main{max-width:66rem;margin:0 auto;padding:1.2rem 1.6rem}
header{padding-top:2rem}
h1{font:700 1.5rem/1.4 "SimHei","黑体","PingFang SC","Noto Sans CJK SC",sans-serif;margin:0 0 .4rem}
h2{font:700 1.05rem/1.4 "SimHei","黑体","PingFang SC","Noto Sans CJK SC",sans-serif;margin:1.4rem 0 .5rem}
.files{color:var(--soft);margin:0}.files b{color:var(--ink);font-weight:400}
.chips{display:flex;flex-wrap:wrap;gap:.5rem;margin:.8rem 0;padding:0;list-style:none}
.chips li{border-radius:1rem;padding:.1rem .9rem;font-size:.92rem}
.summary{margin:.2rem 0 .6rem}.legend{color:var(--soft);font-size:.9rem;margin:0}
.index{margin:0;padding-left:1.4rem;columns:2 24rem;font-size:.95rem}.index li{break-inside:avoid}
a{color:var(--move-ink);text-decoration:none}a:hover{text-decoration:underline}
main{background:#fff;border:1px solid var(--line);border-radius:.5rem;padding:1.6rem 2rem;margin-bottom:3rem}
.row{display:grid;grid-template-columns:minmax(0,1fr) 15rem;gap:0 1.4rem;padding:.2rem 0 .2rem .9rem;border-left:.25rem solid transparent;break-inside:avoid-page}
.row p,.row table,.row figure{margin:0}.row p{white-space:pre-wrap}
.body p{text-indent:2em}.heading1 p,.heading2 p,.heading3 p,.heading4 p{font-weight:700;text-indent:2em}
.centred p{text-align:center;font-weight:700;text-indent:0}.title p{font-size:1.35rem}
.note{font-size:.86rem;line-height:1.55;color:var(--soft);padding-top:.15rem}
.note b{display:inline-block;border-radius:.25rem;padding:0 .45rem;margin-right:.3rem;font-weight:400}
.changed{border-color:#d4a72c}.new{border-color:#2da44e}.deleted{border-color:#cf222e}.moved{border-color:#218bff}.left{border-color:#b6e3ff}
.changed b,.chip-changed{background:var(--edit);color:var(--edit-ink)}.new b,.chip-new{background:var(--in);color:var(--in-ink)}
.deleted b,.chip-deleted{background:var(--out);color:var(--out-ink)}.moved b,.left b,.chip-moved{background:var(--move);color:var(--move-ink)}
.chip-rest{background:#eaeef2;color:var(--soft)}
.left p,.left table{color:#8c959f;text-decoration:line-through}
ins{background:var(--in);color:var(--in-ink);text-decoration:underline;text-underline-offset:.2em}
del{background:var(--out);color:var(--out-ink);text-decoration:line-through}
table{border-collapse:collapse;width:100%;font-size:.92rem;line-height:1.5}td,th{border:1px solid var(--line);padding:.2rem .5rem;text-align:left;vertical-align:top;white-space:pre-wrap}
th{background:#f6f8fa}
details{margin:.3rem 0;border-left:.25rem solid transparent;padding-left:.9rem}summary{cursor:pointer;color:var(--soft);font-size:.9rem}details .row{border-left:0;padding-left:0}
.boxed p{border-left:1px solid var(--line);border-right:1px solid var(--line);padding:0 .6rem}
@media (max-width:48rem){.row{grid-template-columns:1fr}main{padding:1rem}.index{columns:1}}
@media print{body{background:#fff;font-size:11pt}header,main{max-width:none;padding:0;border:0}.index{display:none}details:not([open]){color:var(--soft)}
ins,del,.note b,.chips li{print-color-adjust:exact;-webkit-print-color-adjust:exact}.row{grid-template-columns:minmax(0,1fr) 40mm}}
"""


def difference_page(found: Differences) -> str:
    """The page."""
    title = f"对照：{found.old.name} → {found.new.name}"
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
            '<meta name="viewport" content="width=device-width,initial-scale=1">\n',
            f"<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n",
            *_head(found),
            "<main>\n",
            *_rows(found),
            "</main>\n</body>\n</html>\n",
        )
    )


def _text(text: str) -> str:
    return escape(escaped(text))


def _head(found: Differences) -> Iterator[str]:
    yield "<header>\n<h1>对照</h1>\n"
    yield f'<p class="files">原稿 <b>{_text(found.old.name)}</b>　现稿 <b>{_text(found.new.name)}</b></p>\n'
    yield '<ul class="chips">'
    for kind in (DifferenceKind.CHANGED, DifferenceKind.NEW, DifferenceKind.DELETED, DifferenceKind.MOVED):
        count = sum(row.kind is kind and not row.follows for row in found.rows)
        yield f'<li class="chip-{_CLASSES[kind]}">{kind.value} {count}</li>'
    yield f'<li class="chip-rest">不变 {found.count(DifferenceKind.SAME)}</li></ul>\n'
    yield f'<p class="summary">{_text(summary(found))}</p>\n'
    yield '<p class="legend"><ins>下划线</ins>是新写的，<del>删除线</del>是删去的；灰字是移走的段原来的位置。</p>\n'
    if found.targets:
        yield "<h2>指标</h2>\n<table><tr><th>指标</th><th>原来</th><th>现在</th></tr>"
        for each in found.targets:
            yield f"<tr><td>{_text(each.name)}</td><td>{_text(each.old)}</td><td>{_text(each.new)}</td></tr>"
        yield "</table>\n"
    changes = [(at, row) for at, row in enumerate(found.rows) if _is_listed(row)]
    if changes:
        yield '<h2>改动</h2>\n<ol class="index">'
        for at, row in changes:
            yield f'<li>{row.kind.value} <a href="#r{at}">{_text(row.where)}</a></li>'
        yield "</ol>\n"
    yield "</header>\n"


def _is_listed(row: Difference) -> bool:
    if row.kind in (DifferenceKind.SAME, DifferenceKind.LEFT):
        return False
    return not row.follows or bool(row.edits or row.cells)


def _rows(found: Differences) -> Iterator[str]:
    folded: list[str] = []
    anchors = {row.new: at for at, row in enumerate(found.rows) if row.kind is DifferenceKind.MOVED}
    for at, row in enumerate(found.rows):
        shown = _row(found, row, at, anchors)
        if row.kind is DifferenceKind.SAME:
            folded.append(shown)
            continue
        yield _folded(folded)
        folded = []
        yield shown
    yield _folded(folded)


def _folded(rows: list[str]) -> str:
    if len(rows) < _FEWEST_FOLDED:
        return "".join(rows)
    return f"<details><summary>{len(rows)} 段没有改动</summary>\n{''.join(rows)}</details>\n"


def _row(found: Differences, row: Difference, at: int, anchors: dict[int, int]) -> str:
    item = item_of(found, row)
    words = " ".join((_CLASSES[row.kind], *_look(item)))
    return (
        f'<div class="row {words}" id="r{at}"><div>{_content(found, row, item)}</div>'
        f'<div class="note">{_note(row, anchors)}</div></div>\n'
    )


def _look(item: VersionItem) -> Iterator[str]:
    if not isinstance(item, VersionLine):
        return
    if item.role in _CENTRED:
        yield "centred"
    yield "title" if item.role == TITLE else str(item.role) if item.role in HEADINGS else "body"
    if item.boxed:
        yield "boxed"


def _content(found: Differences, row: Difference, item: VersionItem) -> str:
    if isinstance(item, VersionTable):
        made = ["<table>"]
        for number, cells in enumerate(table_rows(found, row)):
            tag = "th" if number == 0 else "td"
            made += ["<tr>", *(f"<{tag}>{_pieces(cell)}</{tag}>" for cell in cells), "</tr>"]
        return "".join((*made, "</table>"))
    before = "〔图〕" if isinstance(item, VersionPicture) else ""
    return f"<p>{before}{_pieces(row_pieces(found, row))}</p>"


def _pieces(pieces: Pieces) -> str:
    return "".join(
        _text(text) if mark is Mark.KEPT else f"<{_TAGS[mark]}>{_text(text)}</{_TAGS[mark]}>" for text, mark in pieces
    )


def _note(row: Difference, anchors: dict[int, int]) -> str:
    if row.kind is DifferenceKind.SAME:
        return ""
    if row.kind is DifferenceKind.LEFT:
        return f'<b>移走</b>现在在 <a href="#r{anchors.get(row.new, 0)}">{_text(row.was)}</a>'
    said = [each for each in row.reasons if each != row.kind.value]
    if row.kind is DifferenceKind.MOVED:
        said.insert(0, f"原在 {row.was}" if row.was != row.where else moved_words(row).removeprefix(f"{row.where}："))
    if row.doubtful:
        said.append("是不是同一段拿不准")
    return f"<b>{row.kind.value}</b>{_text('；'.join(said))}"
