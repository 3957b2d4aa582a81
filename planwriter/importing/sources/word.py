"""A .docx as a script, with all tracked changes accepted; what stands beside the text is left out and said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.importing.script import MAX_CELLS, Script, ScriptLine
from planwriter.importing.sources.word_beside import left_out
from planwriter.importing.sources.word_tables import WordGrid, grid_of, is_box
from planwriter.readers.docx.document import WordBlock, WordDocument, WordParagraph, WordTable
from planwriter.readers.docx.read import read_docx
from planwriter.readers.docx.xml import UnreadableDocx
from planwriter.start.patterns import regex

COUNTED = "段"
_HEADING = regex(r"(?:heading|标题|outline|级别)([1-4])|([1-4一二三四])级标题")
_LEVELS = {"1": "章", "2": "节", "3": "条", "4": "款", "一": "章", "二": "节", "三": "条", "四": "款"}
_TITLES = frozenset(("title", "标题", "文章标题", "公文标题", "大标题", "总标题", "主标题"))
_CONTENTS = regex(r"(?:toc|目录)[1-9]?|tocheading|contents[1-9]|contentsheading|目录标题")
_OF_MARK = "发文机关标志"
"""The style of the table with the names of several issuers, which our own layouts set."""
_ASIDE = 0.4
"""A line that begins behind this share of the width, and is short, is set to the right."""
_SHORT = 40


def read(data: bytes, name: str) -> Result[Script | None]:
    """The script of a .docx; None and a finding if it cannot be read."""
    try:
        document = read_docx(data)
    except UnreadableDocx as error:
        return Result(None, (finding("PW720", Pos(name), kind="Word 文件", reason=str(error)),))
    lines = _Lines(document)
    lines.add(document.blocks)
    if lines.cells > MAX_CELLS:
        return Result(
            None, (finding("PW709", Pos(name), size=f"表格有 {lines.cells} 格以上", limit=f"{MAX_CELLS} 格"),)
        )
    return Result(Script(name=name, lines=tuple(lines.made), counted=COUNTED), _findings(document, lines, name))


def _findings(document: WordDocument, lines: _Lines, name: str) -> tuple[Finding, ...]:
    contents = lines.contents
    found = (finding("PW722", Pos(name, contents[0]), what=f"目录（{len(contents)} 行）"),) if contents else ()
    return (*left_out(document, name), *found)


class _Lines:
    """The lines of a document, as its blocks are added."""

    def __init__(self, document: WordDocument) -> None:
        self.made: list[ScriptLine] = []
        self.cells = 0
        self.contents: list[int] = []
        """The paragraphs of a table of contents, which are left out."""
        self._widths = [max(each.width - each.left - each.right, 1) for each in document.sections]
        self._face = _usual_face(document.paragraphs)
        self._carried = ""
        self._new_page = False

    def add(self, blocks: Iterable[WordBlock], *, boxed: bool = False) -> None:
        """Adds blocks in order."""
        last: WordParagraph | None = None
        for block in blocks:
            if isinstance(block, WordTable):
                self._end_carried(last, boxed)
                self._add_table(block, boxed)
            else:
                self._add_paragraph(block, boxed)
                last = block
        self._end_carried(last, boxed)

    def _end_carried(self, last: WordParagraph | None, boxed: bool) -> None:
        """Text whose paragraph does not end because its end is deleted, and that no paragraph follows."""
        if last is not None and self._carried:
            self._append(last, "", "", boxed)

    def _add_paragraph(self, paragraph: WordParagraph, boxed: bool) -> None:
        text = "".join([run.text for run in paragraph.shown])
        if paragraph.mark is not None and paragraph.mark.deletes:
            self._carried += text
            self._new_page = self._new_page or (paragraph.new_page and bool(text))
        elif is_contents(paragraph):
            if text.strip():
                self.contents.append(paragraph.number)
        else:
            self._append(paragraph, _counted(paragraph.label), text, boxed)
        for box in paragraph.boxes:
            self.add(box.blocks, boxed=True)

    def _append(self, paragraph: WordParagraph, label: str, text: str, boxed: bool) -> None:
        text, self._carried = self._carried + text, ""
        new_page, self._new_page = self._new_page or paragraph.new_page, False
        style = style_of(paragraph)
        self.made.append(
            ScriptLine(
                text=text.replace("\n", "") if style == "标题" else text,
                number=paragraph.number,
                label=label,
                style=style,
                page_break=new_page,
                centred=paragraph.align == "center",
                right=self._is_aside(paragraph, text),
                bold=self._is_bold(paragraph),
                boxed=boxed or paragraph.framed or (paragraph.boxed and bool(text.strip())),
            )
        )

    def _is_aside(self, paragraph: WordParagraph, text: str) -> bool:
        if paragraph.align == "right":
            return True
        words = text.strip()
        if not words or len(words) > _SHORT or paragraph.align == "center" or paragraph.label:
            return False
        width = self._widths[min(paragraph.section, len(self._widths) - 1)] / (10 * max(paragraph.size, 1))
        return paragraph.indent >= _ASIDE * width

    def _is_bold(self, paragraph: WordParagraph) -> bool:
        shown = [run.look for run in paragraph.shown if run.text.strip()]
        return bool(shown) and all(look.bold or look.chinese != self._face for look in shown)

    def _add_table(self, table: WordTable, boxed: bool) -> None:
        if is_box(table):
            for row in table.rows:
                for cell in row.cells:
                    self.add(cell.blocks, boxed=True)
            return
        grid = grid_of(table, MAX_CELLS - self.cells)
        self.cells += grid.cells
        if grid.rows and self.cells <= MAX_CELLS:
            self.made += _of_mark(grid, table) if _is_mark(table) else (_table_line(grid, table, boxed),)


def _table_line(grid: WordGrid, table: WordTable, boxed: bool) -> ScriptLine:
    return ScriptLine(number=table.start, rows=grid.rows, merges=grid.merges, boxed=boxed)


def _is_mark(table: WordTable) -> bool:
    first = next((block for row in table.rows for cell in row.cells for block in cell.blocks), None)
    return isinstance(first, WordParagraph) and first.style == _OF_MARK


def _of_mark(grid: WordGrid, table: WordTable) -> Iterator[ScriptLine]:
    """The names of several issuers, a line each, with 文件 after the last."""
    for line in "".join(cell for row in grid.rows for cell in row).split("\n"):
        yield ScriptLine(text=line, number=table.start, centred=True)


def _counted(label: str) -> str:
    """A label that Word counts; "" for a bullet, which says nothing."""
    return label if any(map(str.isalnum, label)) else ""


def style_of(paragraph: WordParagraph) -> str:
    """What the style of a paragraph says it is: one of STYLES, or ""."""
    name = paragraph.style.replace(" ", "")
    if name in _TITLES:
        return "标题"
    match = _HEADING.fullmatch(name)
    if match is not None:
        return _LEVELS[match[1] or match[2]]
    return _LEVELS.get(str(paragraph.outline), "")


def is_contents(paragraph: WordParagraph) -> bool:
    """True for a line of a table of contents."""
    if _CONTENTS.fullmatch(paragraph.style.replace(" ", "")) is not None:
        return True
    return paragraph.continued.startswith("TOC") or any(each.instruction.startswith("TOC") for each in paragraph.fields)


def _usual_face(paragraphs: Iterable[WordParagraph]) -> str:
    """The Chinese font of most characters."""
    count: Counter[str] = Counter()
    for paragraph in paragraphs:
        for run in paragraph.shown:
            count[run.look.chinese] += len(run.text)
    return max(count, key=lambda face: (count[face], face), default="")
