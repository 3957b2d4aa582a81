"""Small packages made by hand. No test by itself."""

from __future__ import annotations

import io
import zipfile

from planwriter.readers.docx.document import WordDocument, WordParagraph
from planwriter.readers.docx.read import read_docx

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = {"footer1": "footer", "footer2": "footer"}


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


def part(name: str, inner: str, *, space: str = MAIN) -> str:
    """A part whose root is `name`."""
    spaces = f'xmlns:w="{space}" xmlns:r="{OFFICE}" xmlns:mc="{COMPATIBLE}"'
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
