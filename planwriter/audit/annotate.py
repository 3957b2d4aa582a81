"""Writes findings into a .docx as comments at their places: only the text, the comments and what names them change.

Everything else of the package keeps its bytes, packed as they were. A comment has an author and no date, so that the same
file and findings give the same bytes.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence

from planwriter.audit.comment_ranges import Remark, with_marks
from planwriter.findings.catalogue import finding
from planwriter.findings.finding import Finding, Pos, Result
from planwriter.readers.docx.document import WordDocument
from planwriter.readers.docx.package import Package
from planwriter.readers.docx.places import locate
from planwriter.readers.docx.xml import UnreadableDocx, W
from planwriter.start.named_tuple import NamedTuple
from planwriter.start.patterns import regex
from planwriter.system.zip import Entry, Zip
from planwriter.system.zip_write import Head, Packed, deflated, pack_entries

AUTHOR = "planwriter"
MAX_COMMENTS = 2000
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
_CITED = regex(r"[“‘]([^“”‘’]{1,60})[”’]")
_UNFIT = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Annotated(NamedTuple):
    """A file with comments: its bytes, how many comments were added, how many were left out, and if it was signed."""

    data: bytes
    added: int
    left_out: int
    was_signed: bool


def annotated(data: bytes, document: WordDocument, findings: Iterable[Finding], name: str) -> Result[Annotated | None]:
    """Like `annotate`; None, and a finding, if nothing can be put into the file."""
    try:
        made = annotate(data, document, findings, name)
    except UnreadableDocx as reason:
        return Result(None, (finding("PW770", Pos(name), file=name, reason=str(reason)),))
    told = []
    if made.left_out:
        told.append(finding("PW771", Pos(name), count=made.added, left=made.left_out))
    if made.was_signed and made.added:
        told.append(finding("PW772", Pos(name), file=name))
    return Result(made, tuple(told))


def annotate(data: bytes, document: WordDocument, findings: Iterable[Finding], name: str) -> Annotated:
    """The .docx `data`, which was read as `document`, with the findings on the file `name` as comments.

    A finding without a paragraph of the body (on pages, styles, headers, notes) stands at the first paragraph. Raises
    UnreadableDocx if the file is written in a way in which nothing can be put in.
    """
    package = Package(data)
    places = locate(package)
    if not places.paragraphs:
        raise UnreadableDocx("正文里没有段落")
    wanted = list(remarks(findings, name, [para.text for para in document.paragraphs]))
    kept = wanted[:MAX_COMMENTS]
    existing = next((path for kind, path in package.related(package.main).values() if kind == "comments"), "")
    existing = existing if existing in package.archive else ""
    first = _first_number(package, existing, document)
    space = _STRICT_SPACE if _STRICT_SPACE in places.space else W.rstrip("}")
    changed = {package.main: with_marks(places, document, kept, first, space)}
    part = existing or _new_name(package)
    changed[part] = _with_comments(package.content(part) if existing else b"", kept, first, space)
    if not existing and kept:
        changed.update(_links(package, part, strict=space == _STRICT_SPACE))
    signed = any(each.startswith("_xmlsignatures/") for each in package.names)
    made = _packed(package.archive, changed) if kept else data
    return Annotated(made, len(kept), len(wanted) - len(kept), signed)


def remarks(findings: Iterable[Finding], name: str, texts: Sequence[str]) -> Iterator[Remark]:
    """The comments for findings, in their order, and one for each further place of a finding; `texts` are the paragraphs'."""
    for each in findings:
        if each.pos.file != name:
            continue
        head = f"【{each.severity.word} {each.code}】{each.message}"
        hint = (f"办法：{each.hint}",) if each.hint else ()
        yield _remark(each.pos, texts, each.message, (head, *hint))
        for pos, note in each.related:
            if pos.file == name and pos.line:
                yield _remark(pos, texts, note, (f"【{each.severity.word} {each.code}】同一个问题：{note}",))


def _remark(pos: Pos, texts: Sequence[str], said: str, lines: tuple[str, ...]) -> Remark:
    """The comment at a place: on the words that the finding cites, if they stand there, else on one character."""
    if not 0 < pos.line <= len(texts):
        return Remark(1, 0, 0, lines)
    text, start = texts[pos.line - 1], pos.column - 1
    if not 0 <= start < len(text):
        return Remark(pos.line, 0, 0, lines)
    cited = [len(each) for each in _CITED.findall(said) if text.startswith(each, start)]
    return Remark(pos.line, start, start + max(cited, default=1), lines)


def _first_number(package: Package, part: str, document: WordDocument) -> int:
    """The first number that no comment has."""
    used = [int(each) for para in document.paragraphs for each in para.comments if each.isdecimal() and len(each) < 10]
    if part:
        found: list[str] = []
        package.read_children(part, lambda node: found.append(node.value("id")), frozenset())
        used += [int(each) for each in found if each.isdecimal() and len(each) < 10]
    return max(used, default=-1) + 1


def _new_name(package: Package) -> str:
    folder = posixpath.dirname(package.main)
    names = {each.casefold() for each in package.names}
    candidates = (posixpath.join(folder, f"comments{number or ''}.xml") for number in range(len(names) + 2))
    return next(each for each in candidates if each.casefold() not in names)


# the comments


def _with_comments(old: bytes, wanted: Sequence[Remark], first: int, space: str) -> bytes:
    """The part of the comments, with those that are there unchanged."""
    new = "".join(_comment(number, each, space) for number, each in enumerate(wanted, first)).encode()
    if not old:
        head = f'<w:comments xmlns:w="{space}">'.encode()
        return _DECLARATION + head + new + b"</w:comments>"
    return _put_last(old, new, "批注")


def _comment(number: int, remark: Remark, space: str) -> str:
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{_escaped(line)}</w:t></w:r></w:p>' for line in remark.lines
    )
    return f'<w:comment xmlns:w="{space}" w:id="{number}" w:author="{AUTHOR}" w:initials="pw">{paragraphs}</w:comment>'


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
