"""The part of a .docx that holds its comments: adds some, and what names the part; those that are there stay as they are."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence

from planwriter.readers.docx.document import WordParagraph
from planwriter.readers.docx.package import Package
from planwriter.readers.docx.xml import UnreadableDocx, W
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex

_TYPES_PART = "[Content_Types].xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_SPACE = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LAST_TAG = regex(rb"</[^<>]{1,200}>\s*\Z")
_EMPTY_ROOT = regex(rb"<([^\s<>/!?]{1,200})([^<>]*)/>\s*\Z")
_UNFIT = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class NewComment(NamedTuple):
    """A comment to be added: its author, a paragraph for each line, and a date as Word writes it, or ""."""

    author: str
    lines: tuple[str, ...]
    date: str = ""


class CommentPart:
    """The comments of a package. `space` is the namespace that its text has.

    `first` is the number of the first comment that is added; `space` that of the elements to be written.
    """

    def __init__(self, package: Package, paragraphs: Iterable[WordParagraph], space: str) -> None:
        self._package = package
        found = next((path for kind, path in package.related(package.main).values() if kind == "comments"), "")
        self._existing = found if found in package.archive else ""
        self.first = self._first_number(paragraphs)
        self.space = _STRICT_SPACE if _STRICT_SPACE in space else W.rstrip("}")

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
        part = self._existing or _new_name(self._package)
        old = self._package.content(part) if self._existing else b""
        changed = {part: _with_comments(old, new, self.first, self.space)}
        if not self._existing:
            changed.update(_links(self._package, part, strict=self.space == _STRICT_SPACE))
        return changed


def _new_name(package: Package) -> str:
    folder = posixpath.dirname(package.main)
    names = {each.casefold() for each in package.names}
    candidates = (posixpath.join(folder, f"comments{number or ''}.xml") for number in range(len(names) + 2))
    return next(each for each in candidates if each.casefold() not in names)


def _with_comments(old: bytes, wanted: Sequence[NewComment], first: int, space: str) -> bytes:
    """The part of the comments, with those that are there unchanged."""
    new = "".join(_comment(number, each, space) for number, each in enumerate(wanted, first)).encode()
    if not old:
        head = f'<w:comments xmlns:w="{space}">'.encode()
        return _DECLARATION + head + new + b"</w:comments>"
    return _put_last(old, new, "批注")


def _comment(number: int, comment: NewComment, space: str) -> str:
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{_escaped(line)}</w:t></w:r></w:p>' for line in comment.lines
    )
    author = _escaped(comment.author).replace('"', "&quot;")
    initials = "pw" if comment.author == "planwriter" else _escaped(comment.author[:1]).replace('"', "&quot;")
    date = f' w:date="{comment.date}"' if comment.date else ""
    head = f'xmlns:w="{space}" w:id="{number}" w:author="{author}"{date} w:initials="{initials}"'
    return f"<w:comment {head}>{paragraphs}</w:comment>"


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


def _links(package: Package, part: str, *, strict: bool) -> Iterator[tuple[str, bytes]]:
    """The parts that name a new part: the types of content, and the relationships of the text."""
    types = package.content(_TYPES_PART) if _TYPES_PART in package.archive else b""
    if not types:
        raise UnreadableDocx(f"没有 {_TYPES_PART}")
    override = f'<Override xmlns="{_TYPES_SPACE}" PartName="/{part}" ContentType="{_TYPE}"/>'
    yield _TYPES_PART, _put_last(types, override.encode(), _TYPES_PART)
    folder, name = posixpath.split(package.main)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    known = package.relationships(package.main)
    names = {*known.parts, *known.outside}
    identifier = next(each for each in (f"rIdPw{number}" for number in range(len(names) + 1)) if each not in names)
    kind = f"{_STRICT_OFFICE if strict else _OFFICE}/comments"
    link = (
        f'<Relationship xmlns="{_LINKS_SPACE}" Id="{identifier}" Type="{kind}" Target="{posixpath.basename(part)}"/>'
    ).encode()
    if path in package.archive:
        yield path, _put_last(package.content(path), link, path)
    else:
        root = f'<Relationships xmlns="{_LINKS_SPACE}">'.encode()
        yield path, _DECLARATION + root + link + b"</Relationships>"
