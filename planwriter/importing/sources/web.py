"""A web page as a script: the text that it was published for, without what a site puts around it."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Findings, Pos, Result
from planwriter.importing.script import MAX_CELLS, MAX_LINES, Script, ScriptLine
from planwriter.importing.sources.main_text import MainText, is_left_out, main_text
from planwriter.importing.sources.markup import HEADINGS, MAX_BLOCKS, Block, PageLine, TooManyBlocks, WebPage, read_page
from planwriter.importing.sources.ordered import labels_of
from planwriter.importing.sources.page_bytes import page_text
from planwriter.importing.sources.web_tables import is_data, rows_of
from planwriter.start.patterns import regex
from planwriter.start.records import replace

COUNTED = "段"
_STYLES = {"h1": "标题", "h2": "章", "h3": "节", "h4": "条", "h5": "款"}
_LOWEST = 0.6
"""A block with less of the page's prose than this may not be the text."""
_ALIGN = regex(r"text-align\s*:\s*(\w{1,10})", 2)
_SITE = regex(r"\s*[_|]\s*|\s+[-—–]+\s+|(?<!\d)-|-(?!\d)")
"""What parts the title of a page from the name of its site."""
_ENDS_CUT = regex(r"(?:…|\.\.\.)$")
_TITLED = regex(r"(?:^|[\s_-])(?:[a-z]{0,10}[-_]?title\w?|biaoti|bt|tit)(?:$|[\s_-])", 2)
_SIGNS = regex(r"[\W_]+")
_TITLE_PLACE, _TITLE_LINES = 12, 4
"""Within so many lines from the beginning of a text its title is looked for, in at most so many lines."""
_LONGEST_TITLE = 100
_SHOWN, _SHOWN_LENGTH = 3, 40


def read(data: bytes, name: str) -> Result[Script | None]:
    """The script of a web page; None and a finding if there is too much of it."""
    found = Findings()
    text = found.take(page_text(data, name))
    try:
        page = read_page(text)
    except TooManyBlocks:
        size, limit = f"网页里的标记超过 {MAX_BLOCKS} 处", f"{MAX_BLOCKS} 处"
        return Result(None, (finding("PW709", Pos(name), size=size, limit=limit),))
    main = main_text(page)
    reader = _Reader(main)
    reader.read()
    lines = [*_title(page, main, reader.made), *reader.made]
    if reader.is_full or len(lines) > MAX_LINES:
        size, limit = f"{len(lines)} 段，表格 {reader.cells} 格", f"{MAX_LINES} 段，{MAX_CELLS} 格"
        return Result(None, (finding("PW709", Pos(name), size=size, limit=limit),))
    if lines and main.share < _LOWEST:
        found.append(finding("PW729", Pos(name), what="只导入了最像正文的一块"))
    found += _left_out(main, name)
    numbered = tuple([replace(line, number=number) for number, line in enumerate(lines, 1)])
    return found.result(Script(name=name, lines=numbered, counted=COUNTED))


def _left_out(main: MainText, name: str) -> Iterator[Finding]:
    """One finding for what stands in the text and is left out, with the first words of some."""
    words = [" ".join(each.text(_SHOWN_LENGTH).split()) for each in main.dropped.values() if not is_left_out(each)]
    words = [each for each in words if each]
    if words:
        shown = "”“".join(words[:_SHOWN])
        yield finding("PW722", Pos(name), what=f"网页上导航、著录项之类的文字（{len(words)} 处，如“{shown}”）")


class _Reader:
    """Reads the lines of the main text."""

    def __init__(self, main: MainText) -> None:
        self.made: list[ScriptLine] = []
        self.cells = 0
        self.is_full = False
        self._main = main

    def read(self) -> None:
        """Reads the block with the text, in order and without recursion."""
        waiting: list[tuple[Block | PageLine, str, str]] = [(self._main.block, "", "")]
        labelled: dict[int, str] = {}
        pending = ""
        while waiting and not self.is_full:
            each, align, style = waiting.pop()
            if isinstance(each, PageLine):
                self.made.append(_line(each, align, style, pending))
                pending = ""
            elif id(each) in self._main.dropped:
                continue
            elif each.name == "table" and is_data(each):
                self._add_table(each)
            elif each.name in HEADINGS:
                self.made += _heading(each, _aligned(each, align), pending)
                pending = ""
            else:
                align = _aligned(each, align)
                if each.name == "ol":
                    labelled |= labels_of(each)
                pending = labelled.pop(id(each), pending)
                waiting += [(item, align, style) for item in reversed(each.items)]

    def _add_table(self, table: Block) -> None:
        grid = rows_of(table, MAX_CELLS - self.cells)
        if grid is None:
            self.is_full = True
        elif grid.rows:
            self.cells += len(grid.rows) * len(grid.rows[0])
            self.made.append(ScriptLine(rows=grid.rows, merges=grid.merges))


def _line(line: PageLine, align: str, style: str, label: str) -> ScriptLine:
    return ScriptLine(
        text=line.text,
        label=label,
        style=style,
        centred=align == "center",
        right=align == "right",
        bold=line.seen > 0 and line.bold == line.seen,
    )


def _heading(block: Block, align: str, label: str) -> Iterator[ScriptLine]:
    """A heading as one line, however many it is broken into."""
    text = "".join([line.text for line in block.lines()])
    if text:
        style = _STYLES.get(block.name, "")
        yield ScriptLine(
            text=text, label=label, style=style, centred=align == "center", right=align == "right", bold=True
        )


def _aligned(block: Block, above: str) -> str:
    """How the lines of a block are aligned: center, right, or anything else."""
    match = _ALIGN.search(block.attributes.get("style", ""))
    if match is not None:
        return match[1].lower().replace("end", "right")
    if block.name == "center":
        return "center"
    return block.attributes.get("align", above).lower()


# the title, which many sites keep outside of the text


def _title(page: WebPage, main: MainText, lines: list[ScriptLine]) -> Iterator[ScriptLine]:
    """The title of the page as a line, unless the text begins with it."""
    title = next((each for each in _titles(page, main) if each and not _ENDS_CUT.search(each)), "")
    bare = _bare(title)
    if not bare or len(title) > _LONGEST_TITLE:
        return
    top = [_bare(line.text) for line in lines[:_TITLE_PLACE]]
    runs = ("".join(top[at : at + count]) for at in range(len(top)) for count in range(1, _TITLE_LINES + 1))
    if bare not in runs:
        yield ScriptLine(text=title, style="标题", centred=True)


def _titles(page: WebPage, main: MainText) -> Iterator[str]:
    """What may be the title, the surest first."""
    yield page.named.get("articletitle", "")
    outside = list(_outside(page.root, main.block))
    yield from (_joined(block) for block in outside if block.name in ("ucaptitle", "founder-title"))
    yield from (_joined(block) for block in outside if block.name == "h1")
    named = (_joined(block) for block in outside if _TITLED.search(block.mark) is not None)
    shown = _SITE.split(page.title)[0].strip()
    yield from (each for each in named if 6 <= len(each) <= _LONGEST_TITLE and _bare(each) in _bare(page.title))
    yield shown if len(shown) >= 8 else ""


def _outside(root: Block, main: Block) -> Iterator[Block]:
    """The blocks of a page that are not in its main text, in order."""
    waiting = [root]
    while waiting:
        block = waiting.pop()
        if block is not main:
            yield block
            waiting.extend(reversed(list(block.blocks())))


def _joined(block: Block) -> str:
    return block.text(_LONGEST_TITLE).replace("\n", "").strip()


def _bare(text: str) -> str:
    return _SIGNS.sub("", text)
