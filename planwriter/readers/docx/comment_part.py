"""The part of a .docx that holds its comments: adds some, and what names the part; those that are there stay as they are."""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Iterable, Iterator, Sequence

from planwriter.readers.docx.document import WordParagraph
from planwriter.readers.docx.package import Package
from planwriter.readers.docx.xml import UnreadableDocx, W
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_TYPES_PART = "[Content_Types].xml"
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_SPACE = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LAST_TAG = regex(rb"</[^<>]{1,200}>\s*\Z")
_EMPTY_ROOT = regex(rb"<([^\s<>/!?]{1,200})([^<>]*)/>\s*\Z")
_UNFIT = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PARAGRAPH_ID = regex(rb"\b[0-9A-F]{8}\b")
_FIRST_ID = 0x50570000
"""The first identifier of a comment's paragraph; they are below 0x80000000."""


class _Kind(NamedTuple):
    """A kind of part: its relationship, where that is named, and the type of its content."""

    relation: str
    folder: str
    type: str


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_COMMENTS = _Kind("comments", "", f"{_WORD}.comments+xml")
_THREADS = _Kind(
    "commentsExtended", "http://schemas.microsoft.com/office/2011/relationships", f"{_WORD}.commentsExtended+xml"
)


class NewComment(NamedTuple):
    """A comment to be added: its author, a paragraph for each line, and a date as Word writes it, or ""."""

    author: str
    lines: tuple[str, ...]
    date: str = ""
    initials: str = ""
    """Those of the author; "" for the first character of the name."""
    settled: bool = False
    """True if it is marked as done."""
    answers: int = -1
    """The index, among the comments that are added together, of the one that it is an answer to; -1 for none."""


class CommentPart:
    """The comments of a package. `space` is the namespace that its text has.

    `first` is the number of the first comment that is added; `space` that of the elements to be written.
    """

    def __init__(self, package: Package, paragraphs: Iterable[WordParagraph], space: str) -> None:
        self._package = package
        self._existing = self._part(_COMMENTS)
        self.first = self._first_number(paragraphs)
        self.space = _STRICT_SPACE if _STRICT_SPACE in space else W.rstrip("}")

    def _part(self, kind: _Kind) -> str:
        """The part of that kind; "" if there is none."""
        related = self._package.related(self._package.main).values()
        found = next((path for each, path in related if each == kind.relation), "")
        return found if found in self._package.archive else ""

    def _first_number(self, paragraphs: Iterable[WordParagraph]) -> int:
        used = [int(each) for para in paragraphs for each in para.comments if each.isdecimal() and len(each) < 10]
        if self._existing:
            found: list[str] = []
            self._package.read_children(self._existing, lambda node: found.append(node.value("id")), frozenset())
            used += [int(each) for each in found if each.isdecimal() and len(each) < 10]
        return max(used, default=-1) + 1

    def with_more(self, new: Sequence[NewComment]) -> dict[str, bytes]:
        """The parts that change when comments are added. Raises UnreadableDocx if nothing can be put into one."""
        if not new:
            return {}
        package, added = self._package, []
        part = self._existing or _new_name(package, _COMMENTS)
        old = package.content(part) if self._existing else b""
        threads = self._part(_THREADS)
        said = package.content(threads) if threads else b""
        names = _identifiers(new, old, said)
        changed = {part: _with_comments(old, new, names, self.first, self.space)}
        if not self._existing:
            added.append((part, _COMMENTS))
        if names:
            threads = threads or _new_name(package, _THREADS)
            changed[threads] = _with_threads(said, new, names)
            added += [] if said else [(threads, _THREADS)]
        if added:
            changed.update(_links(package, added, strict=self.space == _STRICT_SPACE))
        return changed


def _new_name(package: Package, kind: _Kind) -> str:
    folder = posixpath.dirname(package.main)
    names = {each.casefold() for each in package.names}
    candidates = (posixpath.join(folder, f"{kind.relation}{number or ''}.xml") for number in range(len(names) + 2))
    return next(each for each in candidates if each.casefold() not in names)


def _identifiers(new: Sequence[NewComment], *parts: bytes) -> list[str]:
    """An identifier for each comment that no part has, if some comment is settled or an answer; else none."""
    if not any(each.settled or each.answers >= 0 for each in new):
        return []
    taken = {each for part in parts for each in _PARAGRAPH_ID.findall(part)}
    free = (number for number in itertools.count(_FIRST_ID) if b"%08X" % number not in taken)
    return [f"{number:08X}" for number in itertools.islice(free, len(new))]


def _with_comments(old: bytes, new: Sequence[NewComment], names: Sequence[str], first: int, space: str) -> bytes:
    """The part of the comments, with those that are there unchanged."""
    each_name = names or [""] * len(new)
    made = (
        _comment(number, each, name, space)
        for number, (each, name) in enumerate(zip(new, each_name, strict=True), first)
    )
    put = "".join(made).encode()
    if not old:
        more = f' xmlns:mc="{_COMPATIBLE}" xmlns:w14="{_W14}" mc:Ignorable="w14"' if names else ""
        return _DECLARATION + f'<w:comments xmlns:w="{space}"{more}>'.encode() + put + b"</w:comments>"
    return _put_last(old, put, "批注")


def _comment(number: int, comment: NewComment, name: str, space: str) -> str:
    lines = comment.lines or ("",)
    named = f' xmlns:w14="{_W14}" w14:paraId="{name}"' if name else ""
    paragraphs = "".join(
        f'<w:p{named if at == len(lines) else ""}><w:r><w:t xml:space="preserve">{_escaped(line)}</w:t></w:r></w:p>'
        for at, line in enumerate(lines, 1)
    )
    initials = comment.initials or ("pw" if comment.author == "planwriter" else comment.author[:1])
    date = f' w:date="{_quoted(comment.date)}"' if comment.date else ""
    head = f'xmlns:w="{space}" w:id="{number}" w:author="{_quoted(comment.author)}"{date}'
    return f'<w:comment {head} w:initials="{_quoted(initials)}">{paragraphs}</w:comment>'


def _with_threads(old: bytes, new: Sequence[NewComment], names: Sequence[str]) -> bytes:
    """The part that says which comments are settled, and which are answers."""
    put = "".join(
        f'<w15:commentEx xmlns:w15="{_W15}" w15:paraId="{name}"'
        + (f' w15:paraIdParent="{names[each.answers]}"' if each.answers >= 0 else "")
        + f' w15:done="{int(each.settled)}"/>'
        for each, name in zip(new, names, strict=True)
    ).encode()
    if not old:
        return _DECLARATION + f'<w15:commentsEx xmlns:w15="{_W15}">'.encode() + put + b"</w15:commentsEx>"
    return _put_last(old, put, "批注")


def _quoted(text: str) -> str:
    """A text as the value of an attribute."""
    return _escaped(text).replace('"', "&quot;").replace("\t", " ")


def _escaped(text: str) -> str:
    clean = _UNFIT.sub("", text).replace("\r", " ").replace("\n", " ")
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _put_last(old: bytes, new: bytes, what: str) -> bytes:
    """A part with something put before the end of its root. Raises UnreadableDocx if that cannot be found."""
    last = _LAST_TAG.search(old, max(0, len(old) - 1000))
    if last:
        return old[: last.start()] + new + old[last.start() :]
    empty = _EMPTY_ROOT.search(old, max(0, len(old) - 4000))
    if empty is None or old[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UnreadableDocx(f"{what}这一部分的写法不认识")
    return old[: empty.start()] + b"<" + empty[1] + empty[2] + b">" + new + b"</" + empty[1] + b">\n"


def _links(package: Package, parts: Sequence[tuple[str, _Kind]], *, strict: bool) -> Iterator[tuple[str, bytes]]:
    """The parts that name new parts: the types of content, and the relationships of the text."""
    types = package.content(_TYPES_PART) if _TYPES_PART in package.archive else b""
    if not types:
        raise UnreadableDocx(f"没有 {_TYPES_PART}")
    overrides = "".join(
        f'<Override xmlns="{_TYPES_SPACE}" PartName="/{part}" ContentType="{kind.type}"/>' for part, kind in parts
    )
    yield _TYPES_PART, _put_last(types, overrides.encode(), _TYPES_PART)
    folder, name = posixpath.split(package.main)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    known = package.relationships(package.main)
    names = {*known.parts, *known.outside}
    free = (each for number in range(len(names) + len(parts)) if (each := f"rIdPw{number}") not in names)
    office = _STRICT_OFFICE if strict else _OFFICE
    links = "".join(
        f'<Relationship xmlns="{_LINKS_SPACE}" Id="{identifier}" Type="{kind.folder or office}/{kind.relation}" '
        f'Target="{posixpath.basename(part)}"/>'
        for (part, kind), identifier in zip(parts, free, strict=False)
    ).encode()
    if path in package.archive:
        yield path, _put_last(package.content(path), links, path)
    else:
        root = f'<Relationships xmlns="{_LINKS_SPACE}">'.encode()
        yield path, _DECLARATION + root + links + b"</Relationships>"
