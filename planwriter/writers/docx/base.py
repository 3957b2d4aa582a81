"""The base of a .docx: everything but its text (styles, pages, footers, settings), made from a layout with python-docx.

The bases of the layouts that come with planwriter are stored next to them (`store.py`).
"""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Emu, Pt

from planwriter.layout.layout import ZERO, Layout, Role
from planwriter.plan.flow import (
    ATTACHED,
    BODY,
    BOX_TITLE,
    CAPTION,
    COPY_NUMBER,
    DATE,
    HEADINGS,
    IMPRINT,
    LABEL,
    NUMBER,
    RECIPIENTS,
    RULE,
    SECRECY,
    SIGNATURE,
    TITLE,
)
from planwriter.start.records import replace
from planwriter.system.zip import open_zip
from planwriter.system.zip_bounds import OURS
from planwriter.system.zip_write import pack
from planwriter.writers.docx import wordml
from planwriter.writers.docx.markup import CHARACTER_STYLES, PARAGRAPH_STYLES, TABLE_STYLE
from planwriter.writers.docx.package import CUSTOM_PART, properties_xml
from planwriter.writers.docx.style_names import CHARACTER_STYLE_NAMES, STYLE_NAMES
from planwriter.writers.docx.turned import turn_footer, turn_page

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.styles.style import ParagraphStyle

_ALIGN = {
    "两端": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "左": WD_ALIGN_PARAGRAPH.LEFT,
    "居中": WD_ALIGN_PARAGRAPH.CENTER,
    "右": WD_ALIGN_PARAGRAPH.RIGHT,
}
_BUILT_IN = {BODY, TITLE, CAPTION, *HEADINGS}
_UNSPACED = {COPY_NUMBER, SECRECY, NUMBER, ATTACHED, SIGNATURE, DATE, IMPRINT}
"""Roles without a gap between Chinese characters and digits, since their position is counted in characters."""
_RED = "FF0000"
_RED_RULE = 10
"""The weight of the red rule in eighths of a point: 0.44 mm."""
_KEPT_PARTS = {RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.FONT_TABLE}
_ASCENT = 0.48
"""How far the middle of a dash lies below the top of a line as high as its type, in type sizes [measured]."""


@functools.lru_cache(maxsize=4)
def make_base(layout: Layout) -> bytes:
    """A .docx without text that carries the layout, the same bytes for the same layout; its zip comment is the fingerprint."""
    document = _blank_document()
    _set_styles(document, layout)
    _set_settings(document, layout)
    _set_pages(document, layout)
    _set_font_table(document, layout)
    _set_properties(document)
    wordml.strip_namespaces(document.element)
    buffer = io.BytesIO()
    document.save(buffer)
    parts = dict(open_zip(buffer.getvalue(), OURS))
    first = "[Content_Types].xml"
    return pack({first: parts.pop(first), **dict(sorted(parts.items()))}, layout.fingerprint)


def _blank_document() -> Document:
    """python-docx's default document without the parts that carry the look of its template."""
    document = docx.Document()
    package = document.part.package
    assert package is not None
    for rels, kept in (
        (document.part.rels, _KEPT_PARTS),
        (package.rels, {RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES}),
    ):
        for rel_id in [rel_id for rel_id, rel in rels.items() if rel.reltype not in kept]:
            del rels[rel_id]
    return document


# styles


def _set_styles(document: Document, layout: Layout) -> None:
    styles = document.styles
    wordml.clear(styles.element)
    _set_defaults(styles.element, layout)
    for role_name in (
        BODY,
        *(name for name in STYLE_NAMES if name not in (BODY, RULE)),
    ):  # all styles are based on the body's
        _add_paragraph_style(document, layout, layout.role(role_name))
    _add_rule_style(document, layout)
    _add_plain_style(document, "Default Paragraph Font", "DefaultParagraphFont", WD_STYLE_TYPE.CHARACTER)
    for role_name in CHARACTER_STYLES:
        _add_character_style(document, layout, layout.role(role_name))
    _add_table_styles(document)
    _add_footer_style(document, layout)


def _set_defaults(styles: Any, layout: Layout) -> None:
    """Sets the defaults for all styles: the body's type, and that Word lists no styles but ours."""
    body = layout.role(BODY)
    defaults = wordml.put(styles, "docDefaults")
    r_pr = wordml.put(wordml.put(defaults, "rPrDefault"), "rPr")
    wordml.set_fonts(r_pr, body.font, layout.latin)
    wordml.set_type_size(r_pr, body.size.half_points)
    wordml.put(r_pr, "lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    wordml.put(wordml.put(defaults, "pPrDefault"), "pPr")
    wordml.put(
        styles,
        "latentStyles",
        defLockedState=0,
        defUIPriority=99,
        defSemiHidden=1,
        defUnhideWhenUsed=1,
        defQFormat=0,
        count=376,
    )


def _add_paragraph_style(document: Document, layout: Layout, role: Role) -> None:
    style = document.styles.add_style(STYLE_NAMES[role.name], WD_STYLE_TYPE.PARAGRAPH, builtin=role.name in _BUILT_IN)
    style.element.styleId = PARAGRAPH_STYLES[role.name]
    style.quick_style = True
    if role.name == BODY:
        style.element.default = True
        _set_body_habits(style)
    else:
        style.base_style = document.styles["Normal"]
    if role.name in (TITLE, *HEADINGS):
        style.next_paragraph_style = document.styles["Normal"]
    if role.name in HEADINGS:
        wordml.put(style.element, "link", val=CHARACTER_STYLES[role.name])
        wordml.put(style.element.get_or_add_pPr(), "outlineLvl", val=HEADINGS.index(role.name))
    _set_paragraph(style, layout, role)
    _set_type(style.element.get_or_add_rPr(), layout, role)


def _set_body_habits(style: ParagraphStyle) -> None:
    """Sets what the grid of 22 lines requires of every paragraph: no widow control, no snapping to a document grid.

    overflowPunct is on by default in Word but off in LibreOffice, which then loses punctuation that hangs out of a
    justified line [measured with 7.4]; so it is set.
    """
    style.paragraph_format.widow_control = False
    p_pr = style.element.get_or_add_pPr()
    wordml.put(p_pr, "overflowPunct", val=1)
    wordml.put(p_pr, "snapToGrid", val=0)


def _set_paragraph(style: ParagraphStyle, layout: Layout, role: Role) -> None:
    form = style.paragraph_format
    form.alignment = _ALIGN[role.align]
    form.space_before = Emu(0)
    form.space_after = Emu((layout.pitch * role.after).emu)
    if role.name in (TITLE, CAPTION, BOX_TITLE, LABEL, "table_head", *HEADINGS):
        form.keep_with_next = True
    if role.name in _UNSPACED:
        wordml.put(style.element.get_or_add_pPr(), "autoSpaceDE", val=0)
        wordml.put(style.element.get_or_add_pPr(), "autoSpaceDN", val=0)
    if role.name == IMPRINT or role.name.startswith("table_"):
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = Emu(max(layout.pitch, role.size * 1.15).emu)
    wordml.set_first_line(style.element.get_or_add_pPr(), role.indent, (role.size * role.indent).twips)


def _set_type(r_pr: Any, layout: Layout, role: Role) -> None:
    wordml.set_fonts(r_pr, role.font, layout.latin)
    wordml.set_type_size(r_pr, role.size.half_points)
    wordml.put(r_pr, "b", val=int(role.bold))
    wordml.put(r_pr, "bCs", val=int(role.bold))
    if role.red:
        wordml.put(r_pr, "color", val=_RED)
    on_grid = role.name in (BODY, RECIPIENTS, *HEADINGS)
    wordml.put(r_pr, "spacing", val=(layout.tracking if on_grid else ZERO).twips)


def _add_rule_style(document: Document, layout: Layout) -> None:
    """The red rule below the head: a paragraph one point high with a border on top; two lines stay free below it."""
    style = document.styles.add_style(STYLE_NAMES[RULE], WD_STYLE_TYPE.PARAGRAPH)
    style.element.styleId = PARAGRAPH_STYLES[RULE]
    style.base_style = document.styles["Normal"]
    form = style.paragraph_format
    form.space_before, form.space_after = Emu(0), Emu((layout.pitch * 2).emu)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
    p_pr = style.element.get_or_add_pPr()
    wordml.put(wordml.put(p_pr, "pBdr"), "top", val="single", sz=_RED_RULE, space=0, color=_RED)
    wordml.set_first_line(p_pr, 0, 0)


def _add_plain_style(document: Document, name: str, style_id: str, kind: WD_STYLE_TYPE) -> Any:
    """An empty style: the default that every document must have for this kind of style."""
    style = document.styles.add_style(name, kind, builtin=True)
    style.element.styleId = style_id
    style.element.default = True
    wordml.put(style.element, "uiPriority", val=99)
    wordml.put(style.element, "semiHidden")
    wordml.put(style.element, "unhideWhenUsed")
    return style.element


def _add_character_style(document: Document, layout: Layout, role: Role) -> None:
    """The character style linked to a heading's style, for a title that runs in with the text of a body paragraph.

    Bold in both the paragraph style and the character style cancels out (ECMA-376 17.7.3).
    """
    style = document.styles.add_style(CHARACTER_STYLE_NAMES[role.name], WD_STYLE_TYPE.CHARACTER)
    style.element.styleId = CHARACTER_STYLES[role.name]
    wordml.put(style.element, "basedOn", val="DefaultParagraphFont")
    wordml.put(style.element, "link", val=PARAGRAPH_STYLES[role.name])
    wordml.put(style.element, "uiPriority", val=9)
    _set_type(style.element.get_or_add_rPr(), layout, replace(role, bold=role.bold != layout.role(BODY).bold))


def _add_table_styles(document: Document) -> None:
    normal = _add_plain_style(document, "Normal Table", "TableNormal", WD_STYLE_TYPE.TABLE)
    tbl_pr = wordml.put(normal, "tblPr")
    wordml.put(tbl_pr, "tblInd", w=0, type="dxa")
    margins = wordml.put(tbl_pr, "tblCellMar")
    for side, width in (("top", 40), ("left", 85), ("bottom", 40), ("right", 85)):
        wordml.put(margins, side, w=width, type="dxa")
    style = document.styles.add_style("公文表格", WD_STYLE_TYPE.TABLE)
    style.element.styleId = TABLE_STYLE
    wordml.put(style.element, "basedOn", val="TableNormal")
    wordml.put(style.element, "qFormat")
    wordml.add_table_borders(wordml.put(style.element, "tblPr"), 4)
    _add_plain_style(document, "No List", "NoList", WD_STYLE_TYPE.LIST)


# page


def _set_pages(document: Document, layout: Layout) -> None:
    """Sets the landscape section, held by the document's only paragraph, and the upright section after it."""
    document.add_section()
    turned, upright = document.sections
    for section in (upright, turned):
        _set_page(section, layout)
        _set_footers(section, layout)
    turned_footers = (turned.footer, turned.even_page_footer) if layout.page_number.outside else (turned.footer,)
    for footer in turned_footers:
        turn_footer(footer._element, layout)
    turn_page(turned._sectPr, layout)


def _set_page(section: Section, layout: Layout) -> None:
    margins, number = layout.margins, layout.page_number
    section.page_width, section.page_height = (Emu(side.emu) for side in layout.paper)
    section.top_margin, section.bottom_margin = Emu(margins.top.emu), Emu(margins.bottom.emu)
    section.left_margin, section.right_margin = Emu(margins.left.emu), Emu(margins.right.emu)
    section.gutter = Emu(0)
    section.header_distance = Emu(margins.top.emu // 2)
    foot = margins.bottom - number.gap - number.size * (1 - _ASCENT)
    section.footer_distance = Emu(max(foot, ZERO).emu)
    sect_pr: Any = section._sectPr
    for child in sect_pr.xpath("w:docGrid"):
        sect_pr.remove(child)
    sect_pr.attrib.clear()


def _add_footer_style(document: Document, layout: Layout) -> None:
    number = layout.page_number
    style = document.styles.add_style("footer", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    style.element.styleId = "Footer"
    style.base_style = document.styles["Normal"]
    form = style.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Emu(number.size.emu)
    wordml.set_first_line(style.element.get_or_add_pPr(), 0, 0)
    r_pr = style.element.get_or_add_rPr()
    wordml.set_fonts(r_pr, number.font, number.font)
    wordml.set_type_size(r_pr, number.size.half_points)
    wordml.put(r_pr, "spacing", val=0)


def _set_footers(section: Section, layout: Layout) -> None:
    """Sets the page number: at the outer edge, indented by some characters, or centred (GB/T 9704 7.5)."""
    number = layout.page_number
    inset = Emu((number.size * number.inset).emu)
    footers = [(section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)]
    for footer, align in footers if number.outside else footers[:1]:
        footer.is_linked_to_previous = False
        wordml.strip_namespaces(footer._element)
        paragraph = footer.paragraphs[0]
        form = paragraph.paragraph_format
        if not number.outside:
            form.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif align is WD_ALIGN_PARAGRAPH.RIGHT:
            form.alignment, form.right_indent = align, inset
        else:
            form.alignment, form.left_indent = align, inset
        wordml.add_text(paragraph._p, number.before)
        wordml.add_page_field(paragraph._p)
        wordml.add_text(paragraph._p, number.after)


# the rest of the package


def _set_settings(document: Document, layout: Layout) -> None:
    settings = document.settings
    element: Any = settings.element
    wordml.clear(element)
    settings.odd_and_even_pages_header_footer = layout.page_number.outside
    wordml.put(element, "zoom", percent=100)
    wordml.put(element, "defaultTabStop", val=420)
    wordml.put(element, "characterSpacingControl", val="compressPunctuation")
    compat = wordml.put(element, "compat")
    for name, value in (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
    ):
        wordml.add(compat, "compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)


def _set_font_table(document: Document, layout: Layout) -> None:
    """Lists the fonts in use, each with its substitute, if there is one, for machines that do not have it."""
    root = wordml.root("fonts")
    others = dict(layout.substitutes)
    for name in dict.fromkeys([role.font for role in layout.roles] + [layout.page_number.font]):
        font = wordml.add(root, "font", name=name)
        if name in others:
            wordml.add(font, "altName", val=others[name])
        wordml.add(font, "charset", val="86")
        wordml.add(font, "family", val="auto")
        wordml.add(font, "pitch", val="default")
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = wordml.serialize(root)


def _set_properties(document: Document) -> None:
    """Sets no author, no dates, and a property that shows whether the file was edited (`package.is_untouched`)."""
    core: Any = document.core_properties
    wordml.clear(core._element)
    core.language = "zh-CN"
    package = document.part.package
    assert package is not None
    content_type = CONTENT_TYPE.OFC_CUSTOM_PROPERTIES
    part = Part(PackURI(f"/{CUSTOM_PART}"), content_type, properties_xml("0" * 64), package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
