"""Finds fields and links that a finished file should not have: broken references, dates that change, an old 目录."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from planwriter.audit.stories import PlacedParagraph, Trace, gathered
from planwriter.findings.finding import Finding
from planwriter.readers.docx.document import WordDocument, WordField, WordParagraph
from planwriter.start.named_tuple import NamedTuple
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
_PAGE, _LEADERS = "0123456789IVXivx-", " \t\u3000\xa0.．…·•"
"""The characters of the page number that ends an entry of a 目录, and those before it."""
_MAX_HEADING = 1000
_TOC_MARK = regex(r"(?:PAGEREF|HYPERLINK\s+\\l)\s+\"?([^\s\"]{1,100})", 2)


class _Field(NamedTuple):
    """A field, the word it begins with in capitals, its place and what it shows."""

    at: PlacedParagraph
    field: WordField
    word: str
    shown: str


def fields(document: WordDocument, everywhere: Sequence[PlacedParagraph], name: str) -> Iterator[Finding]:
    """The findings on fields and links (PW686 to PW690)."""
    marks = {mark: each.para for each in everywhere for mark in each.para.bookmarks}
    contents = {id(each.para): each for each in everywhere if _is_contents(each.para)}
    every = [each for place in everywhere for each in _fields(place)]
    broken = _broken((each for each in everywhere if id(each.para) not in contents), everywhere, marks)
    yield from gathered("PW686", name, list(broken))
    changing = [Trace(each.at, each.shown, _CHANGING[each.word]) for each in every if each.word in _CHANGING]
    yield from gathered("PW687", name, changing)
    asking = [Trace(each.at, _argument(each.field)) for each in every if each.word in (*_MERGED, *_ASKING)]
    yield from gathered("PW688", name, asking)
    links = [Trace(at, target) for at in everywhere for target in at.para.links if is_local(target)]
    links += [Trace(each.at, path) for each in every if each.word in _LINKED for path in _paths(each)]
    links += [Trace(None, target) for target in document.details.sources if is_local(target)]
    yield from gathered("PW689", name, links, most=60)
    yield from gathered("PW690", name, list(_stale(contents, everywhere, marks)))


def _fields(place: PlacedParagraph) -> Iterator[_Field]:
    para = place.para
    if not para.fields:
        return
    shown: list[list[str]] = [[] for _ in para.fields]
    for run in para.shown:
        if run.field >= 0:
            shown[run.field].append(run.text)
    for field, texts in zip(para.fields, shown, strict=True):
        yield _Field(place, field, _word(field), "".join(texts))


def is_local(target: str) -> bool:
    """True for the path of a file; false for an address on the web and for a place in the same file."""
    return bool(target) and (_LOCAL.match(target) is not None or _SCHEME.match(target) is None)


def _word(field: WordField) -> str:
    return field.instruction[:40].partition(" ")[0].strip().upper()


def _argument(field: WordField) -> str:
    """A field as a finding shows it: its instruction without switches."""
    return field.instruction[:200].partition("\\")[0].strip()


def _paths(each: _Field) -> Iterator[str]:
    """The local paths in an instruction."""
    instruction = each.field.instruction[:2000]
    found = _QUOTED.findall(instruction)
    if not found and (bare := _BARE.match(instruction)):
        found = [bare[1]]
    typed = each.word == "HYPERLINK"
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
        for _, field, word, shown in _fields(each):
            if word not in _REFERENCES or errors:
                continue
            target = field.instruction[:200].split()[1:2]
            if not shown.strip() and not _is_unended(field, following.get(id(para))):
                yield Trace(each, _argument(field))
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
    contents: dict[int, PlacedParagraph], everywhere: Iterable[PlacedParagraph], marks: dict[str, WordParagraph]
) -> Iterator[Trace]:
    """The entries of a 目录 whose heading is gone, or has other words now."""
    if not contents:
        return
    texts = {_squeezed(each.para.text) for each in everywhere if id(each.para) not in contents}
    headings: dict[str, tuple[str, str]] = {}
    for each in contents.values():
        if _EMPTY_CONTENTS.search(each.para.text) or _ERROR.search(each.para.text):
            yield Trace(each, each.para.words)
            continue
        target = _target(each.para)
        shown = each.para.words.rstrip(_PAGE).rstrip(_LEADERS)
        entry = _squeezed(shown)
        if not target or not entry or entry in texts:
            continue
        if target in marks and target not in headings:
            headings[target] = _heading(marks[target])
        whole, words = headings.get(target, ("", ""))
        if entry not in whole and not (words and words in entry):
            yield Trace(each, shown)


def _target(para: WordParagraph) -> str:
    """The bookmark that an entry leads to; "" if it leads nowhere."""
    for link in para.links:
        if link.startswith("#"):
            return link[1:]
    found = (_TOC_MARK.match(field.instruction) for field in para.fields)
    return next((match[1] for match in found if match), "")


def _heading(para: WordParagraph) -> tuple[str, str]:
    """The beginning of a heading with and without its label."""
    return _squeezed(para.text[:_MAX_HEADING]), _squeezed(para.text[len(para.label) : _MAX_HEADING])


def _squeezed(text: str) -> str:
    return "".join(text.split())
