"""Documents of ten programs, and packages that are broken or hostile."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hypothesis import strategies as st
from lxml import etree

from tests.audit.planting import BODY, W, changed, good, paragraph_of, with_parts
from tests.readers.docx.making import MAIN, body, packed, para

TEXT = (
    "青山县教育局2026年工作要点",
    "为办好人民满意的教育，落实“双减”要求，制定本要点。",
    "一、提高质量",
    "上好每一堂课。",
    "三、加强保障",
)
_HTML = "<h1>{}</h1><p>{}</p><h2>{}</h2><p>{}</p><h2>{}</h2><table><tr><td>年</td><td>数</td></tr><tr><td>2026</td><td>12</td></tr></table>"


def saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def by_python_docx(_: Path) -> bytes:
    document = docx.Document()
    document.add_heading(TEXT[0], 0)
    document.add_paragraph(TEXT[1])
    document.add_heading(TEXT[2], 1)
    document.add_paragraph(TEXT[3], style="List Bullet")
    document.add_table(rows=3, cols=2).cell(0, 0).text = "年"
    document.add_heading(TEXT[4], 1)
    return saved(document)


def by_docxtpl(_: Path) -> bytes:
    docxtpl = pytest.importorskip("docxtpl")
    template = docx.Document()
    template.add_paragraph("{{ title }}").alignment = WD_ALIGN_PARAGRAPH.CENTER
    template.add_paragraph("{{ text }}")
    made = docxtpl.DocxTemplate(io.BytesIO(saved(template)))
    made.render({"title": TEXT[0], "text": TEXT[1]})
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


_MADE: dict[str, bytes] = {}


def _converted(folder: Path, command: list[str], source: str, text: str) -> bytes:
    """The .docx that a program makes of a text; made once, as several tests read it."""
    program = shutil.which(command[0])
    if program is None:
        pytest.skip(f"{command[0]} is not installed")
    if source not in _MADE:
        (folder / source).write_text(text, "utf-8")
        subprocess.run([program, *command[1:], source], cwd=folder, check=True, capture_output=True, timeout=180)
        _MADE[source] = (folder / "made.docx").read_bytes()
    return _MADE[source]


def by_pandoc(folder: Path) -> bytes:
    text = "% {}\n\n{}\n\n# {}\n\n{}\n\n# {}\n\n1. 甲\n2. 乙\n".format(*TEXT)
    return _converted(folder, ["pandoc", "-o", "made.docx"], "made.md", text)


def by_libreoffice_from_html(folder: Path) -> bytes:
    return _converted(folder, soffice(folder), "made.html", f"<meta charset=utf-8>{_HTML.format(*TEXT)}")


def by_libreoffice_from_text(folder: Path) -> bytes:
    return _converted(folder, soffice(folder), "made.txt", "\n".join(TEXT))


def soffice(folder: Path) -> list[str]:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    return ["soffice", "--headless", profile, "--convert-to", "docx:MS Word 2007 XML"]


def by_hand(_: Path) -> bytes:
    return packed(body("".join(map(para, TEXT))))


def without_styles(_: Path) -> bytes:
    return with_parts(good(), {"word/styles.xml": None})


def with_strict_namespace(_: Path) -> bytes:
    inner = (
        "".join(map(para, TEXT))
        + '<w:sectPr><w:pgSz w:w="210mm" w:h="297mm"/><w:pgMar w:top="37mm" w:left="28mm"/></w:sectPr>'
    )
    return packed(body(inner, space="http://purl.oclc.org/ooxml/wordprocessingml/main"))


def with_tracked_changes(_: Path) -> bytes:
    def change(root: etree._Element) -> None:
        for run in list(root.iter(f"{W}r")):
            parent = run.getparent()
            assert parent is not None
            insertion = etree.Element(f"{W}ins")
            parent.replace(run, insertion)
            insertion.append(run)
        first = paragraph_of(root, "现将")
        deleted = etree.SubElement(etree.SubElement(first, f"{W}del"), f"{W}r")
        etree.SubElement(deleted, f"{W}delText").text = "删去的字"

    return changed(good(), BODY, change)


def with_content_controls(_: Path) -> bytes:
    def change(root: etree._Element) -> None:
        for element in list(root.iter(f"{W}p")):
            parent = element.getparent()
            assert parent is not None
            control = etree.Element(f"{W}sdt")
            parent.replace(element, control)
            etree.SubElement(control, f"{W}sdtContent").append(element)

    return changed(good(), BODY, change)


def with_junk(_: Path) -> bytes:
    inner = (
        '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="none"/>'
        '<x:strange xmlns:x="urn:x"><w:p/></x:strange><?php echo 1 ?><!-- comment -->'
        '<w:p><w:pPr><w:pStyle w:val="none"/><w:numPr><w:ilvl w:val="99"/><w:numId w:val="x"/></w:numPr><w:ind w:firstLineChars="1e9" w:left="-"/>'
        '<w:spacing w:line="abc"/><w:outlineLvl w:val="-3"/></w:pPr><w:r><w:rPr><w:sz w:val=""/><w:b w:val="maybe"/></w:rPr>'
        '<w:fldChar w:fldCharType="end"/><w:fldChar/><w:instrText>PAGE</w:instrText><w:t/><w:t>字</w:t><w:drawing/></w:r></w:p>'
        "<w:tbl/><w:tbl><w:tr/><w:tr><w:tc/></w:tr></w:tbl><w:sectPr><w:pgSz w:w='x' w:h=''/><w:footerReference/></w:sectPr>"
    )
    return packed(body(inner))


def parameters(*programs: Callable[[Path], bytes]) -> list[object]:
    """The programs as parameters of a test, with their names and what they need."""
    office = (by_libreoffice_from_html, by_libreoffice_from_text)
    return [
        pytest.param(each, id=each.__name__, marks=[pytest.mark.libreoffice] if each in office else [])
        for each in programs
    ]


PARAMETERS = parameters(
    *(
        by_python_docx,
        by_docxtpl,
        by_pandoc,
        by_libreoffice_from_html,
        by_libreoffice_from_text,
        by_hand,
        without_styles,
    ),
    *(with_strict_namespace, with_tracked_changes, with_content_controls, with_junk),
)
_LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True))
    + f']><w:document xmlns:w="{MAIN}"><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>'
)


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (60 * 1024 * 1024))
    return buffer.getvalue()


def _twice() -> bytes:
    buffer = io.BytesIO(good())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(BODY, "<x/>")
    return buffer.getvalue()


def _zip_of(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


BROKEN: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "text": TEXT[2].encode,
    "old doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "cut zip": lambda: good()[:4000],
    "tail of a zip": lambda: b"PK" + good()[5000:],
    "zip of something else": lambda: _zip_of(readme="hello"),
    "bomb": _bomb,
    "part twice": _twice,
    "broken XML": lambda: with_parts(good(), {BODY: b"<w:document"}),
    "broken styles": lambda: with_parts(good(), {"word/styles.xml": b"\xff\xfe\x00"}),
    "empty document": lambda: with_parts(good(), {BODY: b""}),
    "another root": lambda: with_parts(good(), {BODY: b"<html/>"}),
    "no text": lambda: packed(body("<w:p/>")),
    "billion laughs": lambda: packed(_LAUGHS),
    "outside entity": lambda: packed('<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + body(para("&a;"))),
    "too deep": lambda: packed(body("<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000)),
    "deep tables": lambda: packed(body("<w:tbl><w:tr><w:tc>" * 50 + para("字") + "</w:tc></w:tr></w:tbl>" * 50)),
}
_TAGS = st.sampled_from(
    [
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "sdt",
        "sdtContent",
        "ins",
        "del",
        "pPr",
        "rPr",
        "sectPr",
        "pgSz",
        "fldChar",
        "instrText",
        "br",
        "ind",
        "sz",
    ]
)
_VALUES = st.sampled_from(
    ["", "0", "1", "-1", "abc", "99999999999", "1e5", "PAGE", "一、", "附件1", "2026年03月05日", "抄送:", "true", "50%"]
)


@st.composite
def tree(draw: st.DrawFn, depth: int = 0) -> str:
    tag = draw(_TAGS)
    attributes = "".join(
        f' w:{name}="{draw(_VALUES)}"'
        for name in draw(
            st.sets(st.sampled_from(["val", "w", "h", "type", "fldCharType", "firstLineChars", "left"]), max_size=3)
        )
    )
    inner = draw(_VALUES) if depth > 3 else "".join(draw(st.lists(tree(depth + 1), max_size=3)))
    return f"<w:{tag}{attributes}>{inner}</w:{tag}>"
