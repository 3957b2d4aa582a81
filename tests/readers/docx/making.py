"""Small packages made by hand. No test by itself."""

from __future__ import annotations

import io
import zipfile

from planwriter.readers.docx.document import WordDocument, WordParagraph
from planwriter.readers.docx.read import read_docx

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = {f"{kind}{number}": kind for kind in ("header", "footer") for number in (1, 2)}


def packed(document: str, **more: str) -> bytes:
    """A minimal package; `more` are parts in word/ and their text."""
    rels = "".join(
        f'<Relationship Id="r{name}" Type="{OFFICE}/{_KINDS.get(name, name)}" Target="{name}.xml"/>' for name in more
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Target="word/document.xml" '
            f'Type="{OFFICE}/officeDocument"/></Relationships>',
        )
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{rels}</Relationships>')
        archive.writestr("word/document.xml", document)
        for name, text in more.items():
            archive.writestr(f"word/{name}.xml", text)
    return buffer.getvalue()


def related(data: bytes, part: str, *entries: tuple[str, str, str], outside: bool = False) -> bytes:
    """The package with relationships (identifier, kind, target) added to a part, which is "" for the package."""
    folder, _, name = part.rpartition("/")
    path = f"{folder}/_rels/{name}.rels".lstrip("/")
    mode = ' TargetMode="External"' if outside else ""
    more = "".join(
        f'<Relationship Id="{identifier}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
        for identifier, kind, target in entries
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w") as made:
        for each in archive.namelist():
            if each != path:
                made.writestr(each, archive.read(each))
        old = archive.read(path).decode() if path in archive.namelist() else f'<Relationships xmlns="{_PACKAGE}"/>'
        root = old.replace("/>", "></Relationships>") if "</Relationships>" not in old else old
        made.writestr(path, root.replace("</Relationships>", f"{more}</Relationships>"))
    return buffer.getvalue()


def part(name: str, inner: str, *, space: str = MAIN) -> str:
    """A part whose root is `name`."""
    spaces = f'xmlns:w="{space}" xmlns:r="{OFFICE}" xmlns:mc="{COMPATIBLE}" xmlns:m="{MATH}"'
    return f"<w:{name} {spaces}>{inner}</w:{name}>"


def body(inner: str, *, space: str = MAIN) -> str:
    return part("document", f"<w:body>{inner}</w:body>", space=space)


def para(text: str, form: str = "") -> str:
    return f"<w:p><w:pPr>{form}</w:pPr>{run(text)}</w:p>"


def run(text: str, form: str = "") -> str:
    return f"<w:r><w:rPr>{form}</w:rPr><w:t>{text}</w:t></w:r>"


def read(inner: str, **more: str) -> WordDocument:
    """The document whose body is `inner`."""
    return read_docx(packed(body(inner), **more))


def only(inner: str, **more: str) -> WordParagraph:
    """The one paragraph whose content is `inner`."""
    (paragraph,) = read(f"<w:p>{inner}</w:p>", **more).paragraphs
    return paragraph
