"""Finds fields and links that a finished file should not have: broken references, dates that change, an old 目录."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from planwriter.audit.stories import PlacedParagraph, Trace, gathered
from planwriter.findings.finding import Finding
from planwriter.readers.docx.document import WordDocument, WordField, WordParagraph
from planwriter.start.patterns import regex

_REFERENCES = ("REF", "PAGEREF", "NOTEREF")
_CHANGING = {
    "DATE": "日期",
    "TIME": "时间",
    "SAVEDATE": "保存日期",
    "PRINTDATE": "打印日期",
    "EDITTIME": "编辑时间",
    "FILENAME": "文件名",
    "LASTSAVEDBY": "最后保存者",
    "USERNAME": "用户名",
    "USERINITIALS": "用户名",
    "USERADDRESS": "用户地址",
}
_MERGED = ("MERGEFIELD", "MERGEREC", "MERGESEQ", "ADDRESSBLOCK", "GREETINGLINE", "DATABASE", "NEXT", "NEXTIF", "SKIPIF")
_ASKING = ("FILLIN", "ASK")
_LINKED = ("HYPERLINK", "INCLUDETEXT", "INCLUDEPICTURE", "LINK", "DDE", "DDEAUTO", "RD")
_ERROR = regex(
    r"错误!\s*[^。！\n]{2,40}。?|错误[！:：]\s*(?:未找到引用|未定义书签|文档中没有指定|超级?链接引用)[^。！\n]{0,12}。?"
    r"|Error[!:] (?:Reference|Bookmark|No text|No table|Hyperlink|Not a valid)[^.\n]{0,30}\.?"
)
_EMPTY_CONTENTS = regex(r"错误[!！]\s*未找到目录项|未找到目录项|No table of (?:contents|figures) entries found")
_QUOTED = regex(r'"([^"]{1,500})"')
_BARE = regex(r"\S+\s+([^\s\\\"]\S{0,500})")
_LOCAL = regex(r"file:|[A-Za-z]:[\\/]|\\\\", 2)
_SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.-]+:|#|//|www\.", 2)
_ENTRY_END = regex(r"[\s.．…·•]*[0-9IVXivx-]{0,8}\s*$")
_TOC_MARK = regex(r"(?:PAGEREF|HYPERLINK\s+\\l)\s+\"?([^\s\"]{1,100})", 2)


def fields(document: WordDocument, everywhere: Sequence[PlacedParagraph], name: str) -> Iterator[Finding]:
    """The findings on fields and links (PW686 to PW690)."""
    contents = [each for each in everywhere if _is_contents(each.para)]
    numbers = {id(each.para) for each in contents}
    marks = {mark: each.para for each in everywhere for mark in each.para.bookmarks}
    rest = [each for each in everywhere if id(each.para) not in numbers]
    yield from gathered("PW686", name, list(_broken(rest, everywhere, marks)))
    words = [(each, field, _word(field)) for each in everywhere if each.para.fields for field in each.para.fields]
    yield from gathered("PW687", name, [Trace(at, _CHANGING[word]) for at, _, word in words if word in _CHANGING])
    asked = [Trace(at, _argument(field)) for at, field, word in words if word in _MERGED or word in _ASKING]
    yield from gathered("PW688", name, asked)
    links = [Trace(at, target) for at in everywhere for target in at.para.links if is_local(target)]
    links += [Trace(at, path) for at, field, word in words if word in _LINKED for path in _paths(field)]
    links += [Trace(None, target) for target in document.details.sources if is_local(target)]
    yield from gathered("PW689", name, links, most=60)
    yield from gathered("PW690", name, list(_stale(contents, everywhere, marks)))


def is_local(target: str) -> bool:
    """True for the path of a file; false for an address on the web and for a place in the same file."""
    return bool(target) and (_LOCAL.match(target) is not None or _SCHEME.match(target) is None)


def _word(field: WordField) -> str:
    return field.instruction[:40].partition(" ")[0].strip().upper()


def _argument(field: WordField) -> str:
    """A field as a finding shows it: its instruction without switches."""
    return field.instruction[:200].partition("\\")[0].strip()


def _paths(field: WordField) -> Iterator[str]:
    """The local paths in an instruction."""
    instruction = field.instruction[:2000]
    found = _QUOTED.findall(instruction)
    if not found and (bare := _BARE.match(instruction)):
        found = [bare[1]]
    typed = _word(field) == "HYPERLINK"
    first = found[:1] if typed and "\\l" not in instruction.partition('"')[0] else [] if typed else found
    yield from (path for path in first if (is_local(path) if typed else _LOCAL.match(path)))


# references


def _broken(
    rest: Iterable[PlacedParagraph], everywhere: Sequence[PlacedParagraph], marks: dict[str, WordParagraph]
) -> Iterator[Trace]:
    """References that show an error or nothing, or that lead to a bookmark of Word's own that is gone."""
    following = {id(one.para): other.para for one, other in pairwise(everywhere)}
    for each in rest:
        para = each.para
        errors = [match[0] for match in _ERROR.finditer(para.text)]
        yield from (Trace(each, shown) for shown in errors)
        for index, field in enumerate(para.fields):
            word = _word(field)
            if word not in _REFERENCES or errors:
                continue
            target = field.instruction.split()[1:2]
            shown = "".join(run.text for run in para.shown if run.field == index) if field.ends else "…"
            if not shown.strip() and not _is_unended(field, following.get(id(para))):
                yield Trace(each, field.instruction)
            elif target and target[0].startswith(("_Ref", "_Toc")) and target[0] not in marks:
                yield Trace(each, shown)


def _is_unended(field: WordField, after: WordParagraph | None) -> bool:
    return not field.ends and after is not None and bool(after.continued)


# 目录


def _is_contents(para: WordParagraph) -> bool:
    if para.continued[:4].upper().strip() == "TOC" or para.style.startswith(("toc ", "目录 ")):
        return True
    return any(_word(field) == "TOC" for field in para.fields)


def _stale(
    contents: Sequence[PlacedParagraph], everywhere: Iterable[PlacedParagraph], marks: dict[str, WordParagraph]
) -> Iterator[Trace]:
    """The entries of a 目录 whose heading is gone, or has other words now."""
    if not contents:
        return
    listed = {id(each.para) for each in contents}
    texts = {_squeezed(each.para.text) for each in everywhere if id(each.para) not in listed}
    for each in contents:
        if _EMPTY_CONTENTS.search(each.para.text) or _ERROR.search(each.para.text):
            yield Trace(each, each.para.words)
            continue
        target = _target(each.para)
        entry = _squeezed(_ENTRY_END.sub("", each.para.words))
        if not target or not entry or entry in texts:
            continue
        heading = marks.get(target)
        if heading is None or not _agree(entry, heading):
            yield Trace(each, _ENTRY_END.sub("", each.para.words))


def _target(para: WordParagraph) -> str:
    """The bookmark that an entry leads to; "" if it leads nowhere."""
    for link in para.links:
        if link.startswith("#"):
            return link[1:]
    found = (_TOC_MARK.match(field.instruction) for field in para.fields)
    return next((match[1] for match in found if match), "")


def _agree(entry: str, heading: WordParagraph) -> bool:
    whole, words = _squeezed(heading.text), _squeezed("".join(run.text for run in heading.shown))
    return entry in whole or (bool(words) and words in entry)


def _squeezed(text: str) -> str:
    return "".join(text.split())
