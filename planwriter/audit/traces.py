"""Finds what a file still has in it before it is issued: tracked changes, comments, hidden text, prompts, highlighting."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

from planwriter.audit.details import details, record_left
from planwriter.audit.fields import fields
from planwriter.audit.flaws import Case
from planwriter.audit.stories import PlacedParagraph, Trace, gathered, listed, paragraphs_of
from planwriter.findings.finding import Finding
from planwriter.readers.docx.document import Look, Revision, WordCell, WordParagraph, WordRun, WordTable
from planwriter.start.patterns import regex

_KINDS = {
    "ins": "插入",
    "del": "删除",
    "moveFrom": "移动",
    "moveTo": "移动",
    "cellIns": "单元格",
    "cellDel": "单元格",
    "cellMerge": "单元格",
    "numberingChange": "编号",
}
_PROMPT = regex(
    r"(?:单击|点击|单击或点击)此处(?:输入|键入|添加|选择)\w{0,6}|[\[［](?:在此处?)?(?:键入|输入)\w{1,12}[\]］]"
    r"|Click (?:or tap )?(?:here|to) (?:to )?enter (?:text|a date)"
)
_MACRO_BUTTON = regex(r"MACROBUTTON\s+\S+\s+(.+)", 2)
_TINY = 4
"""In half-points; nobody can read smaller type."""
_WHITE = regex("(?:F[A-F0-9]){3}")
_COLOURED = 24
"""The least difference between red, green and blue that makes a colour of a grey."""


def traces(case: Case, name: str) -> Iterator[Finding]:
    """The findings on what the file `name` has besides what is printed (PW682 to PW695, PW841).

    The line in a finding's place is the number of the first paragraph; 0 in headers, notes and text boxes.
    """
    document = case.document
    everywhere = list(paragraphs_of(document))
    yield from _tracked(case, everywhere, name)
    comments = [Trace(each, each.para.words) for each in everywhere for _ in each.para.comments]
    comments += [Trace(None, "")] * (len(document.details.comments) - len(comments))
    yield from gathered("PW683", name, comments, who=listed(document.details.comments) or "没有署名")
    yield from gathered("PW684", name, list(_stretches(everywhere, _hidden_kind)))
    yield from gathered("PW693", name, list(_prompts(everywhere)))
    yield from gathered("PW694", name, list(_stretches(everywhere, _highlight)))
    yield from gathered("PW695", name, list(_stretches(everywhere, _shading)))
    yield from fields(document, everywhere, name)
    yield from details(document, name)
    yield from record_left(case, name)


# tracked changes


def _tracked(case: Case, everywhere: list[PlacedParagraph], name: str) -> Iterator[Finding]:
    found = [
        (Trace(each, shown, _kind(change)), change) for each in everywhere for change, shown in _changes(each.para)
    ]
    for table in case.document.tables:
        first = case.document.paragraphs[table.start - 1 : table.start]
        place = PlacedParagraph(first[0]) if first else None
        found += [(Trace(place, "", kind), change) for change, kind in _table_changes(table)]
    for section in case.document.sections:
        found += [(Trace(None, "", "页面"), change) for change in section.changes]
    if found:
        who = listed(change.author for _, change in found) or "没有署名"
        yield from gathered("PW682", name, [trace for trace, _ in found], who=who)


def _kind(change: Revision) -> str:
    return _KINDS.get(change.kind, "格式")


def _changes(para: WordParagraph) -> Iterator[tuple[Revision, str]]:
    """The changes of a paragraph with their words; runs of one change are one."""
    seen: set[tuple[str, str]] = set()
    for change, runs in itertools.groupby(para.runs, key=lambda run: run.revision):
        if change is not None:
            seen.add((change.kind, change.author))
            yield change, "".join(run.text for run in runs)
    for change in dict.fromkeys((*([para.mark] if para.mark else []), *para.changes)):
        if (change.kind, change.author) not in seen:
            yield change, ""


def _table_changes(table: WordTable) -> Iterator[tuple[Revision, str]]:
    yield from ((change, "表格格式") for change in table.changes)
    for row in table.rows:
        if row.revision is not None:
            yield row.revision, f"{_kind(row.revision)}整行"
        yield from ((change, "表格格式") for change in row.changes)
        for cell in row.cells:
            yield from _cell_changes(cell)


def _cell_changes(cell: WordCell) -> Iterator[tuple[Revision, str]]:
    for change in cell.changes:
        yield change, "表格格式" if change.kind == "tcPrChange" else _kind(change)


# looks


def _stretches(
    everywhere: Iterable[PlacedParagraph], kind_of: Callable[[WordParagraph, WordRun], str]
) -> Iterator[Trace]:
    """The stretches of text to which `kind_of` gives a kind; neighbouring runs of one kind are one stretch."""
    for each in everywhere:
        for kind, runs in itertools.groupby(each.para.runs, key=lambda run: _kind_of(each.para, run, kind_of)):
            if kind:
                yield Trace(each, "".join(run.text for run in runs), kind)


def _kind_of(para: WordParagraph, run: WordRun, kind_of: Callable[[WordParagraph, WordRun], str]) -> str:
    if run.instruction or (run.revision is not None and run.revision.deletes) or run.text.isspace():
        return ""
    return kind_of(para, run)


def _hidden_kind(para: WordParagraph, run: WordRun) -> str:
    """How a run is hidden; "" if it is not. White text in a table or a shape may be on a dark ground."""
    look = run.look
    if look.hidden:
        return "隐藏文字"
    if look.size <= _TINY:
        return "小得看不见的字"
    on_paper = para.table < 0 and not para.framed and not (look.highlight or _is_shaded(look.shade or para.shade))
    return "白色文字" if on_paper and _WHITE.fullmatch(look.color) else ""


def _is_shaded(shade: str) -> bool:
    return bool(shade) and not _WHITE.fullmatch(shade)


def _highlight(para: WordParagraph, run: WordRun) -> str:
    return "" if run.look.hidden or run.look.highlight in ("", "white") else "突出显示"


def _shading(para: WordParagraph, run: WordRun) -> str:
    """The shading of a run outside of tables and boxes, in which it belongs to the design."""
    if para.table >= 0 or para.framed or para.boxed or run.look.hidden:
        return ""
    return "底纹" if _is_coloured(run.look) or _is_colour(para.shade) else ""


def _is_coloured(look: Look) -> bool:
    return _is_colour(look.shade)


def _is_colour(shade: str) -> bool:
    """True for RRGGBB that is neither white nor grey."""
    if not _RGB.fullmatch(shade):
        return False
    parts = [int(shade[at : at + 2], 16) for at in (0, 2, 4)]
    return max(parts) - min(parts) > _COLOURED


_RGB = regex("[0-9A-F]{6}")


# prompts


def _prompts(everywhere: Iterable[PlacedParagraph]) -> Iterator[Trace]:
    """What asks the writer to type something: content controls that show their prompt, and prompts typed as text."""
    for each in everywhere:
        para, found = each.para, False
        for is_prompt, runs in itertools.groupby(para.shown, key=_is_prompt):
            words = "".join(run.text for run in runs) if is_prompt else ""
            if words.strip():
                found = True
                yield Trace(each, words)
        if found:
            continue
        yield from (Trace(each, match[0]) for match in _PROMPT.finditer(para.text))
        buttons = (_MACRO_BUTTON.match(field.instruction) for field in para.fields)
        yield from (Trace(each, match[1]) for match in buttons if match)


def _is_prompt(run: WordRun) -> bool:
    return any(control.placeholder for control in run.controls)
