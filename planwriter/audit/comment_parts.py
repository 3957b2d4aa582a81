"""Puts comments into a .docx: only the text, the comments and what names them change.

Everything else of the package keeps its bytes, packed as they were.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from planwriter.audit.comment_ranges import Remark, with_marks
from planwriter.readers.docx.document import WordDocument
from planwriter.readers.docx.package import Package
from planwriter.readers.docx.places import locate
from planwriter.readers.docx.xml import UnreadableDocx, W
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.system.zip import Entry, Zip
from planwriter.system.zip_write import Head, Packed, deflated, pack_entries

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
_FIRST_ID = 0x50570000
"""The first identifier of a comment's paragraph; they are below 0x80000000."""


class _Kind(NamedTuple):
    """A kind of part: its relationship, where its type is named, and the type of its content."""

    relation: str
    folder: str
    type: str


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_COMMENTS = _Kind("comments", "", f"{_WORD}.comments+xml")
_THREADS = _Kind(
    "commentsExtended", "http://schemas.microsoft.com/office/2011/relationships", f"{_WORD}.commentsExtended+xml"
)


class Remarked(NamedTuple):
    """A file with comments, and whether it was signed."""

    data: bytes
    was_signed: bool


def with_remarks(data: bytes, document: WordDocument, wanted: Sequence[Remark]) -> Remarked:
    """The .docx `data`, which was read as `document`, with these comments besides its own.

    Raises UnreadableDocx if the file is written in a way in which nothing can be put in.
    """
    package = Package(data)
    places = locate(package)
    if not places.paragraphs:
        raise UnreadableDocx("正文里没有段落")
    existing = _part(package, _COMMENTS)
    first = _first_number(package, existing, document)
    space = _STRICT_SPACE if _STRICT_SPACE in places.space else W.rstrip("}")
    changed = {package.main: with_marks(places, document, wanted, first, space)}
    part = existing or _new_name(package, _COMMENTS)
    old = package.content(part) if existing else b""
    threads = _part(package, _THREADS)
    said = package.content(threads) if threads else b""
    identifiers = _identifiers(wanted, old, said, places.data)
    changed[part] = _with_comments(old, wanted, identifiers, first, space)
    new = [] if existing else [(part, _COMMENTS)]
    if identifiers:
        threads = threads or _new_name(package, _THREADS)
        changed[threads] = _with_threads(said, wanted, identifiers)
        new += [] if said else [(threads, _THREADS)]
    if new and wanted:
        changed.update(_links(package, new, strict=space == _STRICT_SPACE))
    signed = any(each.startswith("_xmlsignatures/") for each in package.names)
    return Remarked(_packed(package.archive, changed) if wanted else data, signed)


def _part(package: Package, kind: _Kind) -> str:
    """The part of that kind; "" if there is none."""
    found = next((path for each, path in package.related(package.main).values() if each == kind.relation), "")
    return found if found in package.archive else ""


def _first_number(package: Package, part: str, document: WordDocument) -> int:
    """The first number that no comment has."""
    used = [int(each) for para in document.paragraphs for each in para.comments if each.isdecimal() and len(each) < 10]
    if part:
        found: list[str] = []
        package.read_children(part, lambda node: found.append(node.value("id")), frozenset())
        used += [int(each) for each in found if each.isdecimal() and len(each) < 10]
    return max(used, default=-1) + 1


def _new_name(package: Package, kind: _Kind) -> str:
    folder = posixpath.dirname(package.main)
    names = {each.casefold() for each in package.names}
    candidates = (posixpath.join(folder, f"{kind.relation}{number or ''}.xml") for number in range(len(names) + 2))
    return next(each for each in candidates if each.casefold() not in names)


# the comments


def _identifiers(wanted: Sequence[Remark], *parts: bytes) -> list[str]:
    """An identifier for each comment that no part has, if some comment is settled or an answer; else none."""
    if not any(each.settled or each.answers >= 0 for each in wanted):
        return []
    made: list[str] = []
    number = _FIRST_ID
    taken = {each for part in parts for each in _PARAGRAPH_ID.findall(part)}
    while len(made) < len(wanted):
        if b"%08X" % number not in taken:
            made.append(f"{number:08X}")
        number += 1
    return made


_PARAGRAPH_ID = regex(rb"\b[0-9A-F]{8}\b")


def _with_comments(old: bytes, wanted: Sequence[Remark], identifiers: Sequence[str], first: int, space: str) -> bytes:
    """The part of the comments, with those that are there unchanged."""
    names = identifiers or [""] * len(wanted)
    made = (
        _comment(number, each, name, space)
        for number, (each, name) in enumerate(zip(wanted, names, strict=True), first)
    )
    new = "".join(made).encode()
    if not old:
        more = f' xmlns:mc="{_COMPATIBLE}" xmlns:w14="{_W14}" mc:Ignorable="w14"' if identifiers else ""
        return _DECLARATION + f'<w:comments xmlns:w="{space}"{more}>'.encode() + new + b"</w:comments>"
    return _put_last(old, new, "批注")


def _comment(number: int, remark: Remark, identifier: str, space: str) -> str:
    lines = remark.lines or ("",)
    named = f' xmlns:w14="{_W14}" w14:paraId="{identifier}"' if identifier else ""
    paragraphs = "".join(
        f'<w:p{named if at == len(lines) else ""}><w:r><w:t xml:space="preserve">{_escaped(line)}</w:t></w:r></w:p>'
        for at, line in enumerate(lines, 1)
    )
    date = f' w:date="{_quoted(remark.date)}"' if remark.date else ""
    initials = f' w:initials="{_quoted(remark.initials)}"' if remark.initials else ""
    head = f'<w:comment xmlns:w="{space}" w:id="{number}" w:author="{_quoted(remark.author)}"{date}{initials}>'
    return f"{head}{paragraphs}</w:comment>"


def _with_threads(old: bytes, wanted: Sequence[Remark], identifiers: Sequence[str]) -> bytes:
    """The part that says which comments are settled, and which are answers."""
    new = "".join(
        f'<w15:commentEx xmlns:w15="{_W15}" w15:paraId="{name}"'
        + (f' w15:paraIdParent="{identifiers[each.answers]}"' if each.answers >= 0 else "")
        + f' w15:done="{int(each.settled)}"/>'
        for each, name in zip(wanted, identifiers, strict=True)
    ).encode()
    if not old:
        return _DECLARATION + f'<w15:commentsEx xmlns:w15="{_W15}">'.encode() + new + b"</w15:commentsEx>"
    return _put_last(old, new, "批注")


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
    free = (each for each in (f"rIdPw{number}" for number in range(len(names) + 2)) if each not in names)
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


# the package


def _packed(archive: Zip, changed: dict[str, bytes]) -> bytes:
    """The archive with some parts in a new state; the others keep their packed bytes."""
    entries: dict[str, Packed] = {}
    for entry in archive.entries:
        head = _head(entry)
        if entry.name in changed:
            entries[entry.name] = deflated(changed[entry.name], head)
        else:
            entries[entry.name] = Packed(archive.read(entry), bytes(archive.packed(entry)), entry.method, head)
    for name, data in changed.items():
        if name not in entries:
            entries[name] = deflated(data)
    return pack_entries(entries, archive.comment)


def _head(entry: Entry) -> Head:
    return Head(
        made_by=entry.made_by,
        needs=min(entry.needs, 20),
        time=entry.time,
        date=entry.date,
        internal=entry.internal,
        mode=entry.mode,
    )
