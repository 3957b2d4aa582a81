"""The layout for the peers, made once in advance with python-docx: the page, fonts and styles of GB/T 9704.

It comes in two sizes: `blank` has all the styles and parts of python-docx's own template, `small_blank` only those in use.
"""

from __future__ import annotations

from typing import cast

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.text.paragraph import Paragraph

from benchmarks import inputs

_BODY_FACE = "仿宋_GB2312"
_TITLE_FACE = "方正小标宋简体"
_STYLES = {"title": "Title", **{f"heading{level}": f"Heading {level}" for level in range(1, 5)}}
_HEADING_FACES = ("黑体", "楷体_GB2312", _BODY_FACE, _BODY_FACE)
_MARGINS: dict[str, Length] = {
    "page_width": Mm(210),
    "page_height": Mm(297),
    "top_margin": Mm(37),
    "bottom_margin": Mm(35),
    "left_margin": Mm(28),
    "right_margin": Mm(26),
    "footer_distance": Mm(24.7),
}


def blank() -> DocumentObject:
    """A document with the page and the styles but no text."""
    document = Document()
    section = document.sections[0]
    for name, length in _MARGINS.items():
        setattr(section, name, length)
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    _paragraph_style(document, "Normal", _BODY_FACE, 16)
    _paragraph_style(document, "Title", _TITLE_FACE, 22, centred=True)
    for level, face in enumerate(_HEADING_FACES, 1):
        _paragraph_style(document, f"Heading {level}", face, 16)
        lead = cast("CharacterStyle", document.styles.add_style(f"Lead {level}", WD_STYLE_TYPE.CHARACTER))
        _face(lead, face, 16)
    return document


def small_blank() -> DocumentObject:
    """The same as `blank` with the styles in use alone, and without theme, numbering, thumbnail and other parts."""
    document = blank()
    names = {
        *_STYLES.values(),
        "Normal",
        "Default Paragraph Font",
        "Footer",
        *(f"Lead {level}" for level in range(1, 5)),
    }
    for style in list(document.styles):
        if style.name not in names:
            style.delete()
    styles = document.styles.element
    for each in list(styles):
        if each.tag == qn("w:latentStyles"):
            styles.remove(each)
    kept = ("/styles", "/settings", "/footer", "/officeDocument", "/core-properties")
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if not relation.reltype.endswith(kept):
                del part.rels[key]
    return document


def written_template(document: DocumentObject, paragraphs: list[inputs.Paragraph]) -> DocumentObject:
    """A docxtpl template with the text of a plan, as typed in Word, and with holes in it; made of a blank document."""
    for each in paragraphs:
        paragraph = document.add_paragraph(style=_STYLES.get(each.role, "Normal"))
        if each.lead:
            paragraph.add_run(each.lead, style=f"Lead {each.role[-1]}")
        paragraph.add_run(each.text)
    return document


def looping_template(document: DocumentObject) -> DocumentObject:
    """A docxtpl template for any plan, made of a blank document.

    It loops over the `paragraphs` of its context, with one branch for each role.
    """
    document.add_paragraph("{%p for p in paragraphs %}")
    word = "if"
    for role, style in _STYLES.items():
        document.add_paragraph(f"{{%p {word} p.role == '{role}' %}}")
        document.add_paragraph("{{ p.text }}", style=style)
        word = "elif"
    for level in range(1, 5):
        document.add_paragraph(f"{{%p elif p.role == 'lead{level}' %}}")
        paragraph = document.add_paragraph()
        paragraph.add_run("{{ p.lead }}", style=f"Lead {level}")
        paragraph.add_run("{{ p.text }}")
    for text in ("{%p else %}", "{{ p.text }}", "{%p endif %}", "{%p endfor %}"):
        document.add_paragraph(text)
    return document


def _paragraph_style(document: DocumentObject, name: str, face: str, size: float, *, centred: bool = False) -> None:
    style = cast("ParagraphStyle", document.styles[name])
    _face(style, face, size)
    form = style.paragraph_format
    properties = style.element.get_or_add_pPr()
    for line in properties.findall(qn("w:pBdr")):
        properties.remove(line)
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28.95)
    form.first_line_indent = Pt(0 if centred else 32)
    if centred:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _face(style: CharacterStyle, face: str, size: float) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = "Times New Roman", Pt(size), False, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if str(name).endswith("Theme"):
            del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), face)
    fonts.set(qn("w:hAnsi"), face)


def _number(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    paragraph.alignment = side
    paragraph.add_run("— ")
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), (None, "1"), ("end", "")):
        run = paragraph.add_run(text if kind is None else "")
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind == "":
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)
    paragraph.add_run(" —")
